//! The problems tab of the drawer: what is wrong with the timeline, where, and what mends it.
//!
//! Draws only the rows in view, so that a hundred thousand problems scroll as one does. Finding problems is for `model` and
//! `store`, mending them for `edit`; here they are sorted, filtered and chosen.
//!
//! | module | owns |
//! |---|---|
//! | `list` | which problems are shown, in which order, and which is chosen |
//! | `row` | one problem in two lines, with its fix and its menu |

mod list;
mod row;

pub use list::ProblemsState;

use egui::{Atom, Button, ComboBox, EventFilter, Id, Key, Modifiers, RichText, ScrollArea, Stroke, Ui, vec2};

use crate::diagnostic::{Diagnostic, Severity, Subject};
use crate::model::{Timeline, check_kind};
use crate::theme::Theme;
use crate::ui::field::{GRID_PT, Ink, begin_here, choice_ui, combo_id, help_ui};
use crate::ui::style::Chrome;
use crate::ui::{Action, Document, ViewState};
use list::{Order, plural};
use row::{ROW_PT, RowAnswer, row_ui, severity_mark};

/// The problems of the document: a click or Enter leads to the record one is about, a button or key mends it.
pub fn problems_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    theme: &Theme,
    state: &mut ProblemsState,
    actions: &mut Vec<Action>,
) {
    let ink = Ink::of(theme);
    state.refresh(doc);
    if doc.problems.is_empty() {
        ui.add_space(2.0 * GRID_PT);
        help_ui(ui, ink, "No problems");
        return;
    }
    filters_ui(ui, doc, theme, state);
    if state.len() == 0 {
        ui.add_space(2.0 * GRID_PT);
        help_ui(ui, ink, "The filter leaves no problem");
        if ui.button("Show all problems").clicked() {
            state.show_all();
        }
        return;
    }
    rows_ui(ui, doc, view, theme, state, actions);
}

/// How many there are of each severity, which kinds are shown, and in which order.
fn filters_ui(ui: &mut Ui, doc: Document<'_>, theme: &Theme, state: &mut ProblemsState) {
    let (ink, chrome) = (Ink::of(theme), Chrome::of(theme));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = GRID_PT;
        for severity in [Severity::Error, Severity::Warning, Severity::Info] {
            let count = state.count(severity);
            if count > 0 {
                severity_button(ui, ink, chrome, state, severity, count);
            }
        }
        ui.add_space(2.0 * GRID_PT);
        let button = combo_id(ui, "kinds of problems");
        let kinds = ComboBox::from_id_salt("kinds of problems")
            .width(180.0)
            .truncate()
            .height(320.0)
            .selected_text(state.kind().unwrap_or("All kinds"))
            .show_ui(ui, |ui| kinds_ui(ui, doc, state, button));
        kinds.response.accessible_name("Kind of problem").on_hover_text("Show one kind of problem only");
        let orders = Order::ALL.map(|order| (order, order.label().to_owned()));
        let size = vec2(110.0, ui.spacing().interact_size.y);
        let order = ui.allocate_ui(size, |ui| choice_ui(ui, "Order of problems", true, false, &state.order(), &orders));
        if let Some(order) = order.inner {
            state.sort(order);
        }
        let total = doc.problems.total();
        if state.shown() < total {
            help_ui(ui, ink, &format!("{} of {total} shown", state.shown()));
        }
    });
}

/// Every kind that there is, with how often.
fn kinds_ui(ui: &mut Ui, doc: Document<'_>, state: &mut ProblemsState, button: Id) {
    let mut chosen = None;
    let every = Button::selectable(state.kind().is_none(), "All kinds").right_text(doc.problems.total().to_string());
    let every = ui.add(every);
    if state.kind().is_none() {
        begin_here(ui, &every);
    }
    if every.clicked() {
        chosen = Some(None);
    }
    for &(kind, count) in state.kinds() {
        let entry = Button::selectable(state.kind() == Some(kind), kind).right_text(count.to_string());
        let what = check_kind(kind).map_or("", |kind| kind.what);
        let entry = ui.add(entry).on_hover_text(what);
        if state.kind() == Some(kind) {
            begin_here(ui, &entry);
        }
        if entry.clicked() {
            chosen = Some(Some(kind));
        }
    }
    if let Some(kind) = chosen {
        state.show_kind(kind);
        ui.close();
        ui.memory_mut(|memory| memory.request_focus(button));
    }
}

/// Shows or hides the problems of a severity; its mark and word stand beside the count.
fn severity_button(ui: &mut Ui, ink: Ink, chrome: Chrome, state: &mut ProblemsState, severity: Severity, count: usize) {
    let shown = state.shows(severity);
    let text = RichText::new(plural(count, severity)).color(if shown { chrome.text } else { chrome.muted });
    let fill = if shown { chrome.pressed } else { egui::Color32::TRANSPARENT };
    let mark = Atom::paint(vec2(12.0, 12.0), move |ui, args| severity_mark(ui, ink, severity, args.rect.center()));
    let response = ui.add(Button::new((mark, text)).fill(fill).stroke(Stroke::new(1.0, chrome.line)));
    let verb = if shown { "Hide" } else { "Show" };
    if response.on_hover_text(format!("{verb} {}", plural(2, severity).trim_start_matches("2 "))).clicked() {
        state.toggle(severity);
    }
}

fn rows_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &ViewState,
    theme: &Theme,
    state: &mut ProblemsState,
    actions: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    let list = ui.scope_id().with("problem rows");
    let row_id = |row: usize| list.with(row);
    let height = ui.available_height();
    if ui.memory(|memory| memory.has_focus(row_id(state.chosen()))) {
        step_ui(ui, state, (height / ROW_PT) as usize);
    }
    let mut area = ScrollArea::vertical().id_salt("problems").auto_shrink(false);
    let one_kind = state.kind().is_some();
    let wanted = state.take_wanted();
    if let Some(row) = wanted {
        area = area.vertical_scroll_offset(state.offset_to_show(row, height, ROW_PT));
    }
    let output = area.show_rows(ui, ROW_PT, state.len(), |ui, shown| {
        for row in shown {
            let Some((at, problem)) = state.problem(doc, row) else { continue };
            let place = doc.problems.place(at);
            let fixes = state.fixes(doc, at, problem);
            let goal = leads_to(doc.timeline, problem);
            let selected = match &goal {
                Goal::Event(id) => view.transient.selection.as_deref() == Some(*id),
                Goal::Source(id) => view.transient.source.as_deref() == Some(*id),
                Goal::Header | Goal::Nowhere => false,
            };
            let row_view = row::RowView {
                id: row_id(row),
                problem,
                context: row::context(doc.timeline, problem, place),
                fixes,
                leads_somewhere: !matches!(goal, Goal::Nowhere),
                selected,
                read_only: doc.read_only.is_some(),
                one_kind,
            };
            let (response, answer) = row_ui(ui, doc, theme, &row_view);
            if wanted == Some(row) {
                response.request_focus();
                // The next key must find the row's own use of the arrows in place.
                ui.ctx().request_repaint();
            }
            if response.has_focus() {
                let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
                ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
                state.choose(row);
            }
            if let Some(answer) = answer {
                state.choose(row);
                answer_ui(doc, problem, answer, state, actions);
            }
        }
    });
    state.scrolled(output.state.clamped_offset().y);
}

/// Moves through the list by keys while one of its rows has the keyboard.
fn step_ui(ui: &Ui, state: &mut ProblemsState, page: usize) {
    let last = state.len().saturating_sub(1);
    let page = page.max(1);
    let chosen = state.chosen();
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let next = if pressed(Key::ArrowDown) {
        chosen + 1
    } else if pressed(Key::ArrowUp) {
        chosen.saturating_sub(1)
    } else if pressed(Key::PageDown) {
        chosen + page
    } else if pressed(Key::PageUp) {
        chosen.saturating_sub(page)
    } else if pressed(Key::Home) {
        0
    } else if pressed(Key::End) {
        last
    } else {
        return;
    };
    state.want(next.min(last));
}

/// Where a problem leads.
enum Goal<'t> {
    Header,
    Event(&'t str),
    Source(&'t str),
    Nowhere,
}

fn leads_to<'t>(timeline: &'t Timeline, problem: &Diagnostic) -> Goal<'t> {
    match &problem.subject {
        Subject::Timeline => Goal::Header,
        Subject::Event(id) => timeline.event(id).map_or(Goal::Nowhere, |event| Goal::Event(&event.id)),
        Subject::Source(id) => timeline.source(id).map_or(Goal::Nowhere, |source| Goal::Source(&source.id)),
        Subject::Lane(_) | Subject::Era(_) | Subject::View(_) => Goal::Nowhere,
    }
}

fn reveal(timeline: &Timeline, problem: &Diagnostic) -> Option<Action> {
    match leads_to(timeline, problem) {
        Goal::Header => Some(Action::Select(None)),
        Goal::Event(id) => Some(Action::Reveal(id.into())),
        Goal::Source(id) => Some(Action::ShowSource(Some(id.into()))),
        Goal::Nowhere => None,
    }
}

fn answer_ui(
    doc: Document<'_>,
    problem: &Diagnostic,
    answer: RowAnswer,
    state: &mut ProblemsState,
    actions: &mut Vec<Action>,
) {
    match answer {
        RowAnswer::Reveal => actions.extend(reveal(doc.timeline, problem)),
        RowAnswer::Fix(fix) => {
            let said = format!("Mended: {}", fix.label);
            actions.push(Action::EditAndTell { label: fix.label, said, edit: fix.edit, select: None });
        }
        RowAnswer::Level(level) => {
            let edit = crate::edit::set_level(doc.timeline.header(), problem.code, level);
            let label = match level {
                Some(level) => format!("Set “{}” to {}", problem.code, level.label()),
                None => format!("Set “{}” as usual", problem.code),
            };
            actions.push(Action::Edit { label, edit, select: None });
        }
        RowAnswer::OnlyKind => state.show_kind(Some(problem.code)),
        RowAnswer::AllKinds => state.show_kind(None),
    }
}
