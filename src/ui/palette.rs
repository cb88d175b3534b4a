//! The command palette: a field that finds commands by name.

use egui::{Align, Button, Context, Key, Layout, Modifiers, RichText, ScrollArea, TextEdit, vec2};

use super::available::Facts;
use super::command::Command;
use super::style::Chrome;
use crate::query::fold;

/// What the palette remembers while it is open.
#[derive(Debug, Clone, Default)]
pub struct PaletteState {
    text: String,
    chosen: usize,
}

/// Shows the palette. Returns whether it stays open, and the command that was chosen.
pub fn palette_ui(
    ctx: &Context,
    state: &mut PaletteState,
    facts: &Facts<'_>,
    chrome: Chrome,
) -> (bool, Option<Command>) {
    let area = egui::Modal::default_area(egui::Id::unique("palette")).anchor(egui::Align2::CENTER_TOP, vec2(0.0, 72.0));
    let frame = super::dialog::frame(ctx).inner_margin(8);
    let mut run = None;
    let step = ctx.input_mut(|input| {
        let down = input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown);
        let up = input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp);
        (down, up)
    });
    let enter = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let modal = egui::Modal::new(egui::Id::unique("palette")).area(area).frame(frame).show(ctx, |ui| {
        ui.set_width(480.0);
        let field = TextEdit::singleline(&mut state.text)
            .hint_text("Type a command…")
            .font(egui::TextStyle::Heading)
            .frame(egui::Frame::new().inner_margin(egui::Margin::symmetric(4, 4)))
            .desired_width(f32::INFINITY);
        let response = ui.add(field).accessible_name("Find a command");
        response.request_focus();
        if response.changed() {
            state.chosen = 0;
        }
        ui.separator();
        let found = matching(&state.text);
        if found.is_empty() {
            ui.label(RichText::new("No command of this name").color(chrome.muted));
            return;
        }
        state.chosen = (state.chosen + step.0).saturating_sub(step.1).min(found.len() - 1);
        ScrollArea::vertical().max_height(320.0).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
                for (at, &command) in found.iter().enumerate() {
                    let chosen = at == state.chosen;
                    let reason = command.unavailable(facts);
                    let label = RichText::new(command.full_label(facts));
                    let label = if reason.is_some() { label.color(chrome.muted) } else { label };
                    let entry = Button::selectable(chosen, label)
                        .right_text(RichText::new(command.shortcut_text(ui.ctx())).small().color(chrome.muted));
                    let mut response = ui.add(entry);
                    if let Some(reason) = reason {
                        response = response.on_hover_text(reason);
                    }
                    if chosen && (step.0 + step.1 > 0) {
                        response.scroll_to_me(None);
                    }
                    if reason.is_none() && (response.clicked() || (enter && chosen)) {
                        run = Some(command);
                    }
                }
            });
        });
    });
    let open = run.is_none() && !modal.should_close();
    (open, run)
}

/// The commands whose names contain the letters in this order, those that contain them in one piece first.
fn matching(text: &str) -> Vec<Command> {
    let wanted = fold(text.trim());
    let mut found: Vec<(u8, Command)> = Command::ALL
        .into_iter()
        .filter(|&command| command != Command::Palette)
        .filter_map(|command| rank(&fold(command.label()), &wanted).map(|rank| (rank, command)))
        .collect();
    found.sort_by_key(|&(rank, _)| rank);
    found.into_iter().map(|(_, command)| command).collect()
}

/// 0 where a label starts with what is wanted, 1 where it contains it, 2 where it contains its letters in order.
fn rank(label: &str, wanted: &str) -> Option<u8> {
    if label.starts_with(wanted) {
        return Some(0);
    }
    if label.contains(wanted) {
        return Some(1);
    }
    let mut letters = label.chars();
    wanted.chars().all(|letter| letters.any(|other| other == letter)).then_some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_order_find_a_command_and_the_plainest_comes_first() {
        assert_eq!(matching("save").first(), Some(&Command::Save));
        assert!(matching("dupev").contains(&Command::DuplicateEvent));
        assert!(matching("xyzzy").is_empty());
        assert_eq!(matching("").len(), Command::ALL.len() - 1);
    }
}
