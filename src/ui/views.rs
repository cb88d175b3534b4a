//! The saved views: as entries of menus, and as a list in the drawer in which they are renamed, sorted and deleted.

use egui::{
    Button, EventFilter, Id, Key, Modifiers, RichText, Role, ScrollArea, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2,
};

use super::context::{context_command_ui, context_menu, ticked_ui};
use super::dialog::Naming;
use super::state::Summary;
use super::style::Chrome;
use super::{Action, Command, Document, Facts, ViewState, color32};
use crate::edit::{Edit, moved_record};
use crate::model::{Grouping, Key as RecordKey, Text, Timeline, View};
use crate::text::visible;
use crate::theme::Theme;

/// Height of a row, in points.
const ROW_PT: f32 = 24.0;
/// Where the columns begin, in points: key, name, window, and what else it holds.
const COLUMNS_PT: [f32; 4] = [8.0, 40.0, 320.0, 560.0];
/// Views that have a key.
const MOST_KEYS: usize = 9;

/// What the list remembers between frames.
#[derive(Debug, Default)]
pub struct ViewsState {
    /// The view whose row takes the keyboard, by id.
    focus: Option<Text>,
}

/// Behind the name of the view that was opened last, where something else is shown by now.
pub fn changed_sign(facts: &Facts<'_>) -> &'static str {
    if facts.view_changed { " •" } else { "" }
}

/// The view that was opened last.
pub fn opened_view<'t>(timeline: &'t Timeline, view: &ViewState) -> Option<&'t View> {
    let id = view.transient.opened_view.as_deref()?;
    timeline.views().iter().find(|known| known.id == id)
}

/// Entries of a menu: the views with their keys, and what makes one.
pub fn views_menu(ui: &mut Ui, summary: &Summary<'_>, view: &ViewState, actions: &mut Vec<Action>) {
    let facts = &summary.facts;
    for (nth, saved) in summary.timeline.views().iter().enumerate() {
        let is_open = view.transient.opened_view.as_deref() == Some(saved.id.as_str());
        let key = if nth < MOST_KEYS { (nth + 1).to_string() } else { String::new() };
        let sign = if is_open { changed_sign(facts) } else { "" };
        let entry = ticked_ui(ui, &format!("{}{sign}", visible(&saved.title)), &key, is_open);
        if entry.on_hover_text(contents(saved)).clicked() {
            actions.push(Action::ShowView(saved.id.clone()));
            egui::Popup::close_all(ui.ctx());
        }
    }
    if !summary.timeline.views().is_empty() {
        ui.separator();
    }
    for command in [Command::SaveView, Command::UpdateView] {
        context_command_ui(ui, command, facts, actions);
    }
    let is_listed = summary.drawer == Some(super::DrawerTab::Views);
    let key = Command::ToggleViews.shortcut_text(ui.ctx());
    if ticked_ui(ui, "List of saved views", &key, is_listed).on_hover_text(Command::ToggleViews.tooltip()).clicked() {
        actions.push(Action::Run(Command::ToggleViews));
        egui::Popup::close_all(ui.ctx());
    }
}

/// What can be done with a view.
fn view_entries(ui: &mut Ui, doc: Document<'_>, at: usize, saved: &View, is_open: bool, actions: &mut Vec<Action>) {
    let refusal = doc.read_only.map(super::ReadOnly::remedy);
    let mut entry = |ui: &mut Ui, label: &str, key: &str, is_possible: bool, action: Option<Action>| {
        let button = if key.is_empty() { Button::new(label) } else { Button::new(label).shortcut_text(key) };
        let response = ui.add_enabled(is_possible && refusal.is_none(), button);
        if response.on_disabled_hover_text(refusal.unwrap_or("It stands there already")).clicked() {
            actions.extend(action);
            ui.close();
        }
    };
    let id = || saved.id.clone();
    let update = if is_open { "Update with what is shown" } else { "Replace with what is shown" };
    entry(ui, update, "", true, Some(Action::UpdateView(id())));
    entry(ui, "Rename…", "F2", true, Some(Action::Name(Naming::View(id()))));
    let up = at.checked_sub(1).and_then(|to| moved(doc.timeline, saved, to));
    entry(ui, "Move up", "Ctrl+↑", up.is_some(), up);
    let down = (at + 1 < doc.timeline.views().len()).then(|| moved(doc.timeline, saved, at + 1)).flatten();
    entry(ui, "Move down", "Ctrl+↓", down.is_some(), down);
    ui.separator();
    entry(ui, "Delete view", "Delete", true, Some(deleted(saved)));
}

fn moved(timeline: &Timeline, saved: &View, to: usize) -> Option<Action> {
    let edit = moved_record(timeline, &RecordKey::View(saved.id.clone()), to)?;
    Some(Action::Edit { label: format!("Move the view “{}”", saved.title), edit, select: None })
}

fn deleted(saved: &View) -> Action {
    Action::EditAndTell {
        label: format!("Delete the view “{}”", saved.title),
        said: format!("Deleted the view “{}”", visible(&saved.title)),
        edit: Edit::Remove(RecordKey::View(saved.id.clone())),
        select: None,
    }
}

/// The list.
pub fn views_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    summary: &Summary<'_>,
    view: &ViewState,
    theme: &Theme,
    state: &mut ViewsState,
    actions: &mut Vec<Action>,
) {
    let chrome = Chrome::of(theme);
    ui.horizontal(|ui| {
        for command in [Command::SaveView, Command::UpdateView] {
            let refusal = command.unavailable(&summary.facts);
            let button = ui.add_enabled(refusal.is_none(), Button::new(command.label()));
            if button.on_hover_text(command.tooltip()).on_disabled_hover_text(refusal.unwrap_or_default()).clicked() {
                actions.push(Action::Run(command));
            }
        }
    });
    let views = doc.timeline.views();
    if views.is_empty() {
        let words = "No view is saved yet: V keeps what is shown now under a name, and the keys 1 to 9 bring it back";
        ui.label(RichText::new(words).color(chrome.muted));
        return;
    }
    take_keys(ui, doc, state, actions);
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("views").auto_shrink(false).show_rows(ui, ROW_PT, views.len(), |ui, rows| {
        for at in rows {
            let Some(saved) = views.get(at) else { continue };
            row_ui(ui, doc, summary, (at, saved), view, theme, state, actions);
        }
    });
}

fn row_id(view: &str) -> Id {
    Id::unique(("view row", view))
}

/// Arrows go from row to row while one has the keyboard; with Ctrl they move its view, F2 renames it, Delete deletes it.
fn take_keys(ui: &Ui, doc: Document<'_>, state: &mut ViewsState, actions: &mut Vec<Action>) {
    let views = doc.timeline.views();
    let focused = views.iter().position(|known| ui.memory(|memory| memory.has_focus(row_id(&known.id))));
    let Some((at, saved)) = focused.and_then(|at| Some((at, views.get(at)?))) else { return };
    let struck = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let (up, down) = (at.saturating_sub(1), (at + 1).min(views.len().saturating_sub(1)));
    let is_writable = doc.read_only.is_none();
    for (key, to) in [(Key::ArrowUp, up), (Key::ArrowDown, down)] {
        if struck(Modifiers::COMMAND, key) {
            actions.extend(moved(doc.timeline, saved, to).filter(|_| is_writable));
        } else if struck(Modifiers::NONE, key) {
            state.focus = views.get(to).map(|next| next.id.clone());
        }
    }
    if struck(Modifiers::NONE, Key::F2) && is_writable {
        actions.push(Action::Name(Naming::View(saved.id.clone())));
    }
    if (struck(Modifiers::NONE, Key::Delete) || struck(Modifiers::NONE, Key::Backspace)) && is_writable {
        state.focus = views.get(if down == at { up } else { down }).map(|next| next.id.clone());
        actions.push(deleted(saved));
    }
}

#[expect(clippy::too_many_arguments, reason = "a row is drawn from everything the list has")]
fn row_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    summary: &Summary<'_>,
    (at, saved): (usize, &View),
    view: &ViewState,
    theme: &Theme,
    state: &mut ViewsState,
    actions: &mut Vec<Action>,
) {
    let chrome = Chrome::of(theme);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW_PT));
    let id = row_id(&saved.id);
    let response = ui.interact(rect, id, Sense::click());
    let is_open = view.transient.opened_view.as_deref() == Some(saved.id.as_str());
    let key = if at < MOST_KEYS { (at + 1).to_string() } else { String::new() };
    let sign = if is_open { changed_sign(&summary.facts) } else { "" };
    let (title, window) = (format!("{}{sign}", visible(&saved.title)), saved.window.describe_with(doc.zone));
    let rest = contents(saved);
    response.widget_info(|| {
        let changed = if sign.is_empty() { "" } else { ", changed since" };
        let key = if key.is_empty() { String::new() } else { format!(", key {key}") };
        let name = format!("View {}{key}{changed}, {window}", visible(&saved.title));
        WidgetInfo::selected(Role::ListBoxOption, true, is_open, name)
    });
    if state.focus.as_deref() == Some(saved.id.as_str()) {
        response.request_focus();
        state.focus = None;
        // Arrows stay its own from the next frame on.
        ui.ctx().request_repaint();
    }
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    let ground = if is_open { Some(theme.selection) } else { response.hovered().then_some(theme.hover) };
    if let Some(ground) = ground {
        ui.painter().rect_filled(rect, 0.0, color32(ground));
    }
    let font = TextStyle::Body.resolve(ui.style());
    let cells = [(key, chrome.muted), (title, chrome.text), (window, chrome.text), (rest.clone(), chrome.muted)];
    let ends = COLUMNS_PT.into_iter().skip(1).map(|x| rect.left() + x - 8.0).chain([rect.right()]);
    for (((text, color), x), end) in cells.into_iter().zip(COLUMNS_PT).zip(ends) {
        let galley = ui.painter().layout_no_wrap(text, font.clone(), color);
        let clip = rect.with_max_x(end);
        let at = pos2(rect.left() + x, rect.center().y - galley.size().y / 2.0);
        ui.painter_at(clip).galley(at, galley, color);
    }
    if response.clicked() {
        response.request_focus();
        actions.push(Action::ShowView(saved.id.clone()));
    }
    context_menu(&response, |ui| {
        if ui.button("Show view").clicked() {
            actions.push(Action::ShowView(saved.id.clone()));
            ui.close();
        }
        ui.separator();
        view_entries(ui, doc, at, saved, is_open, actions);
    });
    if !rest.is_empty() {
        response.on_hover_text_at_pointer(rest);
    }
}

/// What a view holds beside its window, in words.
fn contents(saved: &View) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(saved.query.as_deref().map(|query| format!("asks {}", visible(query))));
    if saved.grouping != Grouping::Lane {
        parts.push(format!("bands by {}", visible(&saved.grouping.label().to_lowercase())));
    }
    if saved.color_by != Grouping::Lane {
        parts.push(format!("colours by {}", visible(&saved.color_by.label().to_lowercase())));
    }
    parts.extend(saved.zone.as_deref().map(|zone| format!("times in {}", visible(zone))));
    parts.extend(saved.known_on.as_ref().map(|date| format!("as known on {}", date.describe())));
    parts.extend(saved.bands.as_deref().map(|bands| format!("bands {}", visible(bands))));
    parts.extend(saved.folds.as_deref().map(|folds| format!("folds {}", visible(folds))));
    parts.extend(saved.export.as_deref().map(|export| format!("export {}", visible(export))));
    parts.join("; ")
}
