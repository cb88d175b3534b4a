//! The command palette: a field that finds commands by name or another name, and places to go to: dates, events, sources, views
//! and lanes.

mod found;
mod synonyms;

use egui::{Align, Button, Context, Key, Layout, Modifiers, RichText, ScrollArea, vec2};

use self::found::{Entry, MOST_EVENTS, find};
pub use self::found::{Found, Scope};
use super::Document;
use super::available::Facts;
use super::bidi::{has_rtl, visual_line};
use super::edit::{Editing, edit_ui};
use super::style::Chrome;
use crate::time::Zone;

/// The height from which the list scrolls, in points, and how far the foot of the palette stays from that of the window.
const LIST_PT: f32 = 360.0;
const AROUND_PT: f32 = 160.0;

/// So many of those chosen last are remembered.
const MOST_LATELY: usize = 12;

/// What the palette remembers while it is open.
#[derive(Debug, Clone, Default)]
pub struct PaletteState {
    scope: Scope,
    text: String,
    chosen: usize,
    /// What the text found, and in which state of the timeline.
    found: Option<(String, u64, Vec<Entry>)>,
}

impl PaletteState {
    /// A palette that has just been opened, for everything or for places alone.
    pub fn of(scope: Scope) -> Self {
        Self { scope, ..Self::default() }
    }

    /// One for the zone on whose clock times are shown; that of this computer's clock is offered first, where it is known.
    pub fn of_zones(of_computer: Option<Zone>) -> Self {
        Self::of(Scope::Zones { of_computer })
    }
}

/// Puts what was chosen before what was chosen earlier.
pub fn note_chosen(lately: &mut Vec<Found>, chosen: Found) {
    lately.retain(|found| *found != chosen);
    lately.insert(0, chosen);
    lately.truncate(MOST_LATELY);
}

/// Shows the palette; `lately` is what was chosen before, last first. Returns whether it stays open, and what was chosen.
pub fn palette_ui(
    ctx: &Context,
    state: &mut PaletteState,
    doc: Document<'_>,
    (facts, lately): (&Facts<'_>, &[Found]),
    chrome: Chrome,
) -> (bool, Option<Found>) {
    let area = egui::Modal::default_area(egui::Id::unique("palette")).anchor(egui::Align2::CENTER_TOP, vec2(0.0, 72.0));
    let frame = super::dialog::frame(ctx).inner_margin(8);
    let mut chosen = None;
    let step = ctx.input_mut(|input| {
        let down = input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown);
        let up = input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp);
        (down, up)
    });
    let enter = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let (name, hint, nothing) = match state.scope {
        Scope::All => ("Find a command", "Type a command, a date, or the name of anything…", "Nothing of this name"),
        Scope::Places => {
            ("Go to", "A date in words, an event, a source, a view or a lane…", "No date, and nothing of this name")
        }
        Scope::Zones { .. } => ("Show times in", "A zone, a city or UTC…", "No zone of this name"),
    };
    let modal = egui::Modal::new(egui::Id::unique("palette")).area(area).frame(frame).show(ctx, |ui| {
        ui.set_width(560.0);
        let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(4, 4));
        let editing = Editing { font: egui::TextStyle::Heading.into(), ..Editing::line() };
        let id = ui.make_persistent_id("sought");
        let response = edit_ui(ui, id, &mut state.text, &editing, |edit| {
            edit.hint_text(hint).frame(frame).desired_width(f32::INFINITY)
        });
        let response = response.accessible_name(name);
        response.request_focus();
        if response.changed() {
            state.chosen = 0;
        }
        ui.separator();
        let is_known =
            |(text, revision, _): &(String, u64, Vec<Entry>)| *text == state.text && *revision == doc.revision;
        if !state.found.as_ref().is_some_and(is_known) {
            state.found = Some((state.text.clone(), doc.revision, find(&state.text, state.scope, doc, lately)));
        }
        let found: &[Entry] = state.found.as_ref().map_or(&[], |(.., found)| found);
        let muted = |text: &str| RichText::new(text).color(chrome.muted);
        if found.is_empty() {
            ui.label(muted(if state.text.trim().is_empty() {
                "For example: late October 2024, yesterday, 1953"
            } else {
                nothing
            }));
        }
        state.chosen = (state.chosen + step.0).saturating_sub(step.1).min(found.len().saturating_sub(1));
        // Else it would be given the height of what it listed last: a list of one row would stay one.
        let height = LIST_PT.min(ui.ctx().content_rect().height() - AROUND_PT);
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]);
        area.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
                for (at, entry) in found.iter().enumerate() {
                    let is_chosen = at == state.chosen;
                    let (reason, label, note) = match &entry.found {
                        Found::Command(command) => {
                            (command.unavailable(facts), command.full_label(facts), command.shortcut_text(ui.ctx()))
                        }
                        _ => (None, entry.label.clone(), entry.note.clone()),
                    };
                    let label = RichText::new(visual_line(&label));
                    let label = if reason.is_some() { label.color(chrome.muted) } else { label };
                    let button = Button::selectable(is_chosen, label).truncate().right_text(muted(&note).small());
                    let mut response = ui.add(button);
                    if has_rtl(&entry.label) {
                        response = response.accessible_name(&*entry.label);
                    }
                    if let Some(reason) = reason {
                        response = response.on_hover_text(reason);
                    }
                    if is_chosen && (step.0 + step.1 > 0) {
                        response.scroll_to_me(None);
                    }
                    if reason.is_none() && (response.clicked() || (enter && is_chosen)) {
                        chosen = Some(entry.found.clone());
                    }
                }
            });
        });
        let looks_through = !matches!(state.scope, Scope::Zones { .. });
        if looks_through && doc.timeline.events().len() > MOST_EVENTS && !state.text.trim().is_empty() {
            ui.add_space(4.0);
            ui.label(
                muted(&format!(
                    "Of events the first {MOST_EVENTS} of the file are looked through: Ctrl+F asks for all"
                ))
                .small(),
            );
        }
    });
    let open = chosen.is_none() && !modal.should_close();
    (open, chosen)
}
