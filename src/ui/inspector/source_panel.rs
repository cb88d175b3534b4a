//! The inspector where a source is selected: all of its fields, its captures, who cites it, what derives from it.

use egui::{Align, Button, Label, Layout, RichText, ScrollArea, Ui, vec2};

use super::Backlinks;
use super::captures::captures_ui;
use super::changes::{Changes, quoted};
use super::draft::unfinished_ui;
use super::event::focus_draft;
use super::form::{Form, Initially, card_ui, section_ui};
use super::slot::Slot;
use super::source::{OriginPick, is_placed, source_ui};
use super::source_pick::{Picked, SourcePick};
use crate::diagnostic::{Subject, counted, counted_as};
use crate::edit;
use crate::model::{Source, SourceField, Text};
use crate::text::visible;
use crate::ui::field::{self, GRID_PT, Outcome};
use crate::ui::{Action, ViewState};

/// The accessible name of the field of a new source.
const NEW_SOURCE: &str = "New source";

/// How many rows of events or sources are shown before they scroll.
const ROWS: usize = 8;

/// Height of such a row, in points.
const ROW_PT: f32 = 24.0;

/// What the panel remembers between frames.
#[derive(Debug, Default)]
pub struct SourcePanel {
    origin: Option<OriginPick>,
    focus_title: bool,
    /// The source of which it is asked whether it shall go.
    deleting: Option<Text>,
}

impl SourcePanel {
    /// Gives the title the focus when it is drawn next.
    pub fn focus_title(&mut self) {
        self.focus_title = true;
    }

    /// Asks whether this source shall be deleted where anything points to it, else deletes it.
    pub fn delete(&mut self, id: &str) {
        self.deleting = Some(id.into());
    }
}

/// The whole source.
pub fn panel_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    state: &mut SourcePanel,
    backlinks: &mut Backlinks,
    view: &mut ViewState,
    source: &Source,
) {
    if std::mem::take(&mut state.focus_title) {
        form.focus_slot = Some(Slot::Source(source.id.clone(), SourceField::Title));
    }
    ui.heading("Source");
    // Above the fields, which may be longer than the panel: problems that belong to none of them, and the question before a deletion.
    unplaced_problems_ui(ui, form, source);
    deleting_ui(ui, form, state, backlinks, source);
    source_ui(ui, form, &mut state.origin, &source.id, "Source");
    captures_ui(ui, form, view, source);
    uses_ui(ui, form, backlinks, source);
    // The id is wanted seldom, so that its part is folded: it opens where something leads to the field.
    let id = Slot::Source(source.id.clone(), SourceField::Id);
    let is_wanted = form.focus_slot.as_ref() == Some(&id);
    section_ui(ui, "Record", None, Initially::Folded.or_shown(is_wanted), |ui| {
        form.named_text(ui, &id, "Source id");
        if form.editable() && ui.button("Delete source").clicked() {
            state.delete(&source.id);
        }
    });
}

/// The problems of the source that belong to no field which is drawn.
fn unplaced_problems_ui(ui: &mut Ui, form: &Form<'_>, source: &Source) {
    let subject = Subject::Source(source.id.clone());
    for problem in form.problems.iter().filter(|problem| problem.subject == subject && !is_placed(problem)) {
        field::diagnostic_ui(ui, form.ink, problem);
    }
}

/// Says what would go with the source and asks once more; a source that nothing points to goes at once.
fn deleting_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut SourcePanel, backlinks: &mut Backlinks, source: &Source) {
    // What was asked of another source is over once this one is shown: nobody would answer it for that one here.
    if state.deleting.take_if(|id| *id != *source.id).is_some() || state.deleting.is_none() || !form.editable() {
        return;
    }
    let uses = backlinks.uses(form.doc, &source.id);
    let (events, derived) = (uses.events.len(), uses.derived.len());
    let mut delete = events + derived == 0;
    let mut keep = false;
    if !delete {
        card_ui(ui, form, |ui, form| {
            let goes = match (events, derived) {
                (0, _) => format!("{} it", counted_as(derived, "source derives from", "sources derive from")),
                (_, 0) => format!("{} it", counted_as(events, "event cites", "events cite")),
                _ => format!(
                    "{} it, and {} it",
                    counted_as(events, "event cites", "events cite"),
                    counted_as(derived, "source derives from", "sources derive from")
                ),
            };
            ui.add(Label::new(RichText::new(goes).strong()).wrap());
            if events > 0 {
                field::help_ui(ui, form.ink, "Its citations go with it, and the quotations and notes in them");
            }
            if derived > 0 {
                field::help_ui(ui, form.ink, "What derives from it derives from its own origin then, where it has one");
            }
            ui.horizontal_wrapped(|ui| {
                let label = match uses.citations(form.doc.timeline, &source.id) {
                    0 => "Delete source".to_owned(),
                    citations => format!("Delete source and {}", counted(citations, "citation")),
                };
                let button = ui.button(label).accessible_name("Delete source and its citations");
                if button.clicked() {
                    delete = true;
                }
                let button = ui.button("Keep it").accessible_name("Keep the source");
                keep = button.clicked();
            });
        });
    }
    // A notice takes the deletion back, citations and all.
    if delete && let Some(edit) = edit::remove_source(form.doc.timeline, &source.id) {
        let label = format!("Delete source {}", quoted(&source.title));
        let said = format!("Deleted source {}", quoted(&source.title));
        form.actions.push(Action::EditAndTell { label, said, edit, select: None });
    }
    if delete || keep {
        state.deleting = None;
    }
}

/// The events that cite the source, in time order, and the sources that derive from it.
fn uses_ui(ui: &mut Ui, form: &mut Form<'_>, backlinks: &mut Backlinks, source: &Source) {
    let timeline = form.doc.timeline;
    let uses = backlinks.uses(form.doc, &source.id);
    section_ui(ui, "Cited by", Some(uses.events.len()), Initially::Open, |ui| {
        if uses.events.is_empty() {
            field::help_ui(ui, form.ink, "No event cites it yet");
        }
        rows_ui(ui, form, "events", uses.events.len(), |ui, form, at| {
            let Some(event) = uses.events.get(at).and_then(|at| timeline.events().get(*at as usize)) else { return };
            if row_ui(ui, form, &event.title, &event.date_in_words()) {
                form.actions.push(Action::Reveal(event.id.clone()));
            }
        });
    });
    if uses.derived.is_empty() {
        return;
    }
    section_ui(ui, "Derived sources", Some(uses.derived.len()), Initially::Open, |ui| {
        rows_ui(ui, form, "sources", uses.derived.len(), |ui, form, at| {
            let Some(derived) = uses.derived.get(at).and_then(|id| timeline.source(id)) else { return };
            let detail = derived.publisher.as_deref().unwrap_or_default();
            if row_ui(ui, form, &derived.title, detail) {
                form.actions.push(Action::ShowSource(Some(derived.id.clone())));
            }
        });
    });
}

/// So many rows, of which those in sight are drawn where there are more than a few: a source may be cited by every event.
fn rows_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    salt: &str,
    count: usize,
    mut row: impl FnMut(&mut Ui, &mut Form<'_>, usize),
) {
    // Rows are as high as `show_rows` takes them to be only without a gap between them.
    ui.spacing_mut().item_spacing.y = 0.0;
    if count <= ROWS {
        for at in 0..count {
            row(ui, form, at);
        }
        return;
    }
    let area = ScrollArea::vertical().id_salt(salt).max_height(ROWS as f32 * ROW_PT).auto_shrink([false, true]);
    area.show_rows(ui, ROW_PT, count, |ui, shown| {
        for at in shown {
            row(ui, form, at);
        }
    });
}

/// One line that leads somewhere; says whether it was followed.
fn row_ui(ui: &mut Ui, form: &Form<'_>, title: &str, detail: &str) -> bool {
    ui.allocate_ui_with_layout(vec2(ui.available_width(), ROW_PT), Layout::left_to_right(Align::Center), |ui| {
        let (title, detail) = (visible(title), visible(detail));
        let button = Button::new(RichText::new(&*title).color(form.ink.accent))
            .right_text(RichText::new(&*detail).small().color(form.ink.muted))
            .frame_when_inactive(false)
            .truncate()
            .min_size(vec2(ui.available_width(), ROW_PT));
        let hover = format!("{title}\n{detail}");
        ui.add(button).on_hover_text(hover.trim_end()).accessible_name(format!("Go to {title}")).clicked()
    })
    .inner
}

/// A source that is not in the timeline yet.
#[derive(Debug, Default)]
pub struct NewSource {
    pick: SourcePick,
    /// What was selected when the form was drawn last; the outer is none until it was drawn, the inner where nothing was selected.
    beside: Option<Option<Subject>>,
    /// Whether something else is shown in its place until one goes on with it.
    is_aside: bool,
}

impl NewSource {
    /// A form with this text and the focus in its field.
    pub fn focused(typed: String) -> Self {
        let mut new = Self::default();
        new.pick.type_in(typed);
        new.pick.focus();
        new
    }

    /// What is typed.
    pub fn typed(&self) -> &str {
        self.pick.typed().trim()
    }

    /// Whether something else is shown in its place until one goes on with it.
    pub const fn is_aside(&self) -> bool {
        self.is_aside
    }

    /// Shows it again where it was put aside, and gives its field the focus.
    pub fn resume(&mut self) {
        (self.beside, self.is_aside) = (None, false);
        self.pick.focus();
    }

    /// Adds what is typed as a new source.
    pub fn put_into(&self, changes: &mut Changes<'_>) {
        if let Some(picked) = self.pick.as_new() {
            put_into(changes, picked);
        }
    }
}

/// Makes way for what is selected since: a form into which nothing was typed is closed, another is put aside.
pub fn make_way(state: &mut Option<NewSource>, selected: Option<&Subject>) {
    let Some(new) = state else { return };
    // What is selected when the form opens has been there before it, and is nothing to make way for.
    let beside = new.beside.get_or_insert_with(|| selected.cloned());
    if beside.as_ref() == selected {
        return;
    }
    *beside = selected.cloned();
    // A selection that was only cleared leaves the panel to the form.
    new.is_aside |= selected.is_some();
    close_untouched(state);
}

/// Makes way for another form: this one is closed, or put aside where something was typed into it.
pub fn give_way(state: &mut Option<NewSource>) {
    close_untouched(state);
    state.iter_mut().for_each(|new| new.is_aside = true);
}

fn close_untouched(state: &mut Option<NewSource>) {
    state.take_if(|new| new.pick.is_empty());
}

/// The line that leads back to the form where it is put aside.
pub fn aside_ui(ui: &mut Ui, form: &Form<'_>, state: &mut Option<NewSource>) {
    let Some(new) = state.as_mut().filter(|new| new.is_aside) else { return };
    if unfinished_ui(ui, form, "new source", new.typed()) {
        new.resume();
    }
}

/// The form of a new source: one field, from which everything else is read. Adds the source to the changes and closes itself.
pub fn new_source_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut Option<NewSource>) {
    let Some(new) = state else { return };
    form.is_open = true;
    ui.heading("New source");
    field::help_ui(
        ui,
        form.ink,
        "Type its title, or paste its address or a whole reference: the fields are read from it",
    );
    ui.add_space(GRID_PT);
    // The field empties itself at Escape, before its outcome says so.
    let typed = new.pick.typed().to_owned();
    let (outcome, mut picked) = new.pick.ui(ui, form, NEW_SOURCE, "Take");
    let mut cancel = false;
    ui.add_space(2.0 * GRID_PT);
    ui.horizontal(|ui| {
        let add = ui.add_enabled(!new.pick.is_empty(), Button::new("Add source"));
        if add.on_disabled_hover_text("Type something first").clicked() {
            picked = new.pick.as_new();
        }
        cancel |= ui.button("Cancel").accessible_name("Cancel the new source").clicked();
    });
    if let Some(picked) = picked {
        put_into(&mut form.changes, picked);
        *state = None;
    } else if cancel {
        *state = None;
    } else if outcome == Outcome::Reverted {
        // Of what was typed nothing goes with a key.
        new.pick.type_in(typed);
        give_way(state);
        ui.ctx().request_repaint();
    } else if outcome == Outcome::Entered {
        // Enter with nothing to take leaves the keyboard where it is.
        focus_draft(ui, NEW_SOURCE);
    }
}

/// Adds a source that is new, and shows it.
fn put_into(changes: &mut Changes<'_>, picked: Picked) {
    if let Picked::New(source) = &picked {
        changes.label(format!("Add source {}", quoted(&source.title)));
    }
    let id = picked.put_into(changes);
    changes.show_source(&id);
}
