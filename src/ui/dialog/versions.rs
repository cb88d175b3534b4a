//! The earlier versions of a timeline: a list, what differs between the chosen one and the timeline as it is now, and the way
//! back to it.

use egui::accesskit::Action as Request;
use egui::{
    Align, Context, EventFilter, Id, Key, Label, Layout, Modifiers, Rect, RichText, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, WidgetInfo, vec2,
};

use super::compared::lines_ui;
use super::{footer, main_button, modal};
use crate::compare::{RecordDifference, words};
use crate::diagnostic::counted;
use crate::text::visible;
use crate::ui::exact_key::take_key;
use crate::ui::field::choice_ui;
use crate::ui::fonts::semibold;
use crate::ui::style::Chrome;

/// Width of the list in points.
const LIST_PT: f32 = 264.0;

/// Height of a row of the list in points.
const ROW_PT: f32 = 44.0;

/// Width of the menu of how many are kept, in points.
const CHOICE_PT: f32 = 120.0;

/// Between the list and what differs, in points.
const GAP_PT: f32 = 16.0;

/// How many versions may be kept, as they are offered.
const CHOICES: [usize; 6] = [0, 3, 10, 20, 50, 100];

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierVersions {
    /// The name of the timeline's file.
    pub name: String,
    /// The versions, newest first.
    pub rows: Vec<VersionRow>,
    /// The one that is shown.
    pub selected: usize,
    /// How many are kept.
    pub most: usize,
    /// Why the open timeline cannot be changed, with what helps.
    pub read_only: Option<&'static str>,
    /// The list asks for the keyboard until it has it.
    wants_focus: bool,
}

impl EarlierVersions {
    /// The newest version comes first and is shown.
    pub fn new(name: String, rows: Vec<VersionRow>, most: usize, read_only: Option<&'static str>) -> Self {
        Self { name, rows, selected: 0, most, read_only, wants_focus: true }
    }
}

/// A version as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// When it was kept, on the clock of the user: "today 14:03".
    pub when: String,
    /// How large it is: "38 kB".
    pub size: String,
    /// What it holds.
    pub content: VersionContent,
}

/// What a version holds, as far as that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VersionContent {
    /// Nobody has read it yet.
    Unread,
    /// It is being read.
    Reading,
    /// It cannot be read, and why.
    Unreadable(String),
    /// It was read.
    Read(ReadVersion),
}

/// A version that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadVersion {
    /// How many events it has.
    pub events: usize,
    /// What differs from it, in words.
    lines: Vec<String>,
    /// Whether the timeline is just so now.
    pub is_same: bool,
    /// Whether it was not understood whole.
    pub is_damaged: bool,
}

impl ReadVersion {
    /// A version with so many events, and what differs between it, as the earlier one, and the timeline as it is now.
    pub fn new(events: usize, all: &[RecordDifference], is_same: bool, is_damaged: bool) -> Self {
        let mut lines: Vec<String> = words(all).lines().map(|line| visible(line).into_owned()).collect();
        // The order of records is no difference that words tell, and an empty list would say nothing at all.
        if is_same {
            lines = vec!["The timeline is as it was in this version".to_owned()];
        } else if all.is_empty() {
            lines = vec!["Only the order of the records differs".to_owned()];
        }
        Self { events, lines, is_same, is_damaged }
    }
}

/// What the user wants of a version, by its place in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VersionsAnswer {
    /// To see what differs.
    Show(usize),
    /// To have the timeline as it was.
    Restore(usize),
    /// To have it as a file.
    SaveCopy(usize),
    /// That so many are kept.
    Keep(usize),
    /// Nothing more.
    Close,
}

/// Shows the dialog. Escape closes it.
pub fn versions_ui(ctx: &Context, shown: &mut EarlierVersions, chrome: Chrome) -> Option<VersionsAnswer> {
    let screen = ctx.content_rect().size();
    let modal = modal(ctx, "earlier versions").show(ctx, |ui| {
        ui.set_width((screen.x - 96.0).min(880.0));
        ui.heading(format!("Earlier versions of “{}”", visible(&shown.name)));
        ui.add_space(4.0);
        let kept = kept_ui(ui, shown, chrome);
        ui.add_space(8.0);
        let height = (screen.y - 260.0).clamp(2.0 * ROW_PT, 480.0);
        let mut answer = None;
        let mut enters = false;
        if shown.rows.is_empty() {
            ui.add(
                Label::new("No earlier version is kept yet. The first save after the file is opened keeps one.").wrap(),
            );
        } else {
            let width = ui.available_width();
            ui.allocate_ui_with_layout(vec2(width, height), Layout::left_to_right(Align::Min), |ui| {
                ui.spacing_mut().item_spacing.x = GAP_PT;
                let before = shown.selected;
                enters = list_ui(ui, shown, height, chrome);
                // A version is read from the disk only when somebody looks at it.
                if shown.selected != before {
                    answer = Some(VersionsAnswer::Show(shown.selected));
                }
                let size = vec2((width - LIST_PT - GAP_PT).max(160.0), height);
                ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                    ui.set_min_size(size);
                    differences_ui(ui, shown, chrome);
                });
            });
        }
        answer.or(kept).or(footer(ui, |ui| buttons_ui(ui, shown, enters, chrome)))
    });
    modal.inner.or_else(|| modal.should_close().then_some(VersionsAnswer::Close))
}

/// How many versions are kept, and what that means.
fn kept_ui(ui: &mut Ui, shown: &EarlierVersions, chrome: Chrome) -> Option<VersionsAnswer> {
    let words = |most: usize| if most == 0 { "none".to_owned() } else { format!("the last {most}") };
    let chosen = ui.horizontal(|ui| {
        ui.label(RichText::new("Before the first save of a session the file as it was is kept:").color(chrome.muted));
        let own = Some(shown.most).filter(|most| !CHOICES.contains(most));
        let options: Vec<_> = own.into_iter().chain(CHOICES).map(|most| (most, words(most))).collect();
        let size = vec2(CHOICE_PT, ui.spacing().interact_size.y);
        ui.allocate_ui(size, |ui| choice_ui(ui, "Versions kept", true, false, &shown.most, &options)).inner
    });
    if shown.most == 0 {
        let text = "None is kept from now on: what a save replaces cannot be brought back.";
        ui.add(Label::new(RichText::new(text).color(chrome.warning)).wrap());
    }
    chosen.inner.map(VersionsAnswer::Keep)
}

/// The list; says whether Enter was pressed in it.
fn list_ui(ui: &mut Ui, shown: &mut EarlierVersions, height: f32, chrome: Chrome) -> bool {
    let rect = Rect::from_min_size(ui.cursor().min, vec2(LIST_PT, height));
    let id = ui.scope_id().with("versions");
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Earlier versions"));
    // Focus that is asked for in the frame in which the dialog opens may go to what opened it: it is asked for until it is there.
    if std::mem::take(&mut shown.wants_focus) && !response.has_focus() {
        response.request_focus();
        shown.wants_focus = true;
    }
    let (mut enters, before) = (false, shown.selected);
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let pressed = |key: Key| take_key(ui, Modifiers::NONE, key);
        let last = shown.rows.len().saturating_sub(1);
        shown.selected = (shown.selected + pressed(Key::ArrowDown)).min(last).saturating_sub(pressed(Key::ArrowUp));
        if pressed(Key::Home) > 0 {
            shown.selected = 0;
        }
        if pressed(Key::End) > 0 {
            shown.selected = last;
        }
        enters = pressed(Key::Enter) > 0;
    }
    let layout = Layout::top_down(Align::Min);
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).layout(layout).accessibility_parent(id));
    child.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().id_salt("rows of versions").auto_shrink(false);
    if shown.selected != before {
        let middle = (shown.selected as f32 + 0.5) * ROW_PT - height / 2.0;
        area = area.vertical_scroll_offset(middle.max(0.0));
    }
    let mut clicked = None;
    area.show_rows(&mut child, ROW_PT, shown.rows.len(), |ui, range| {
        for at in range {
            if let Some(row) = shown.rows.get(at)
                && row_ui(ui, row, (id, at, shown.rows.len()), at == shown.selected, chrome)
            {
                clicked = Some(at);
            }
        }
    });
    if let Some(at) = clicked {
        shown.selected = at;
        response.request_focus();
    }
    ui.advance_cursor_after_rect(rect);
    let active = id.with(shown.selected).accesskit_id();
    ui.ctx().accesskit_node_builder(id, |builder| builder.set_active_descendant(active));
    enters
}

/// One version; says whether it was clicked. `place` are the id of the list, the number of the row and how many there are.
fn row_ui(
    ui: &mut Ui,
    row: &VersionRow,
    (list, at, count): (Id, usize, usize),
    is_selected: bool,
    chrome: Chrome,
) -> bool {
    let id = list.with(at);
    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), ROW_PT));
    ui.advance_cursor_after_rect(rect);
    // The list has the keyboard, not its rows: those out of view could not be reached.
    let response = ui.interact(rect, id, Sense::CLICK);
    let (below, color) = match &row.content {
        VersionContent::Unread | VersionContent::Reading => (row.size.clone(), chrome.muted),
        VersionContent::Unreadable(_) => (format!("{} · cannot be read", row.size), chrome.error),
        VersionContent::Read(read) if read.is_damaged => (format!("{} · damaged", row.size), chrome.error),
        VersionContent::Read(read) => (format!("{} · {}", counted(read.events, "event"), row.size), chrome.muted),
    };
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_selected, format!("{}, {below}", row.when)));
    ui.ctx().accesskit_node_builder(id, |builder| {
        builder.add_action(Request::Click);
        builder.set_position_in_set(at + 1);
        builder.set_size_of_set(count);
    });
    if is_selected {
        ui.painter().rect_filled(rect, 4.0, chrome.selected);
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.0, chrome.edge), StrokeKind::Inside);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, chrome.hover);
    }
    let mut cell =
        ui.new_child(UiBuilder::new().max_rect(rect.shrink2(vec2(8.0, 4.0))).layout(Layout::top_down(Align::Min)));
    cell.spacing_mut().item_spacing.y = 0.0;
    let line = |ui: &mut Ui, text: RichText| ui.add(Label::new(text).truncate().selectable(false));
    line(&mut cell, RichText::new(&row.when).family(semibold()).color(chrome.text));
    line(&mut cell, RichText::new(below).small().color(color));
    response.clicked()
}

/// What differs between the chosen version and the timeline as it is now.
fn differences_ui(ui: &mut Ui, shown: &EarlierVersions, chrome: Chrome) {
    match shown.rows.get(shown.selected).map(|row| &row.content) {
        None => {}
        Some(VersionContent::Unread | VersionContent::Reading) => {
            ui.label(RichText::new("Comparing…").color(chrome.muted));
        }
        Some(VersionContent::Unreadable(reason)) => {
            ui.add(Label::new(RichText::new(visible(reason)).color(chrome.error)).wrap());
        }
        Some(VersionContent::Read(read)) => {
            if read.is_damaged {
                let text = "This version has errors and was not understood whole: it can be saved as a copy and mended, but not restored.";
                ui.add(Label::new(RichText::new(text).color(chrome.error)).wrap());
            } else if !read.is_same {
                let note = "What has changed since: + is only in the timeline now, − only in this version, ~ in both and differs.";
                ui.add(Label::new(RichText::new(note).small().color(chrome.muted)).wrap());
            }
            let height = ui.available_height();
            lines_ui(ui, &read.lines, height, chrome);
        }
    }
}

/// The buttons. Where Enter was pressed in the list, *Restore* gets the keyboard.
fn buttons_ui(ui: &mut Ui, shown: &EarlierVersions, enters: bool, chrome: Chrome) -> Option<VersionsAnswer> {
    let close = ui.button("Close").clicked();
    let Some(row) = shown.rows.get(shown.selected) else { return close.then_some(VersionsAnswer::Close) };
    let copy = ui.button("Save a copy…").on_hover_text("Write this version to another file").clicked();
    let hindrance = match (&row.content, shown.read_only) {
        (_, Some(reason)) => Some(reason),
        (VersionContent::Unread | VersionContent::Reading, _) => Some("This version is still being read"),
        (VersionContent::Unreadable(_), _) => Some("This version cannot be read"),
        (VersionContent::Read(read), _) if read.is_damaged => Some("This version has errors"),
        (VersionContent::Read(read), _) if read.is_same => Some("The timeline is as it was in this version"),
        (VersionContent::Read(_), _) => None,
    };
    let restore = ui.add_enabled(hindrance.is_none(), main_button("Restore", chrome));
    if enters && hindrance.is_none() {
        restore.request_focus();
    }
    let restore = restore
        .on_hover_text(
            "Makes the timeline what it was in this version. It is one step that can be undone, and not saved yet",
        )
        .on_disabled_hover_text(hindrance.unwrap_or_default())
        .clicked();
    if restore {
        Some(VersionsAnswer::Restore(shown.selected))
    } else if copy {
        Some(VersionsAnswer::SaveCopy(shown.selected))
    } else {
        close.then_some(VersionsAnswer::Close)
    }
}
