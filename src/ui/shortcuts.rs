//! The list of every key and gesture.

use egui::{Context, Grid, RichText, ScrollArea, Ui};

use super::command::{Command, Group};
use super::fonts::semibold;
use super::style::Chrome;

/// What the pointer does on the canvas, and keys that are not commands.
const GESTURES: [(&str, &str); 10] = [
    ("Wheel", "Zoom at the pointer, or move through time (View menu)"),
    ("Ctrl+wheel, pinch", "Zoom at the pointer"),
    ("Shift+wheel", "Move through time"),
    ("Drag the ground", "Move the window"),
    ("Shift+drag", "Zoom to a range"),
    ("Ctrl+drag", "Add an event that lasted"),
    ("Double-click the ground", "Add an event there"),
    ("Double-click an event", "Edit it"),
    ("Drag an event", "Move it; an edge changes its start or end"),
    ("Ctrl++, Ctrl+-, Ctrl+0", "Size of the whole interface"),
];

/// Shows the list; says whether it stays open.
pub fn shortcuts_ui(ctx: &Context, chrome: Chrome) -> bool {
    let modal = egui::Modal::new(egui::Id::unique("shortcuts")).frame(super::dialog::frame(ctx)).show(ctx, |ui| {
        ui.heading("Keyboard shortcuts");
        ui.add_space(8.0);
        let height = (ui.ctx().content_rect().height() - 160.0).clamp(200.0, 620.0);
        ScrollArea::vertical().max_height(height).show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 32.0;
                ui.vertical(|ui| {
                    group_ui(ui, Group::File, chrome);
                    group_ui(ui, Group::Edit, chrome);
                    group_ui(ui, Group::Help, chrome);
                });
                ui.vertical(|ui| {
                    group_ui(ui, Group::View, chrome);
                    rows_ui(ui, "Pointer", chrome, GESTURES.map(|(keys, what)| (keys.to_owned(), what)));
                });
            });
        });
        ui.add_space(8.0);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| ui.button("Close").clicked()).inner
    });
    !(modal.inner || modal.should_close())
}

fn group_ui(ui: &mut Ui, group: Group, chrome: Chrome) {
    let rows = Command::ALL
        .into_iter()
        .filter(|command| command.group() == group && command.shortcuts().next().is_some())
        .map(|command| {
            let keys: Vec<String> = command.shortcuts().map(|shortcut| ui.ctx().format_shortcut(&shortcut)).collect();
            (keys.join(", "), command.label())
        })
        .collect::<Vec<_>>();
    rows_ui(ui, group.label(), chrome, rows);
}

fn rows_ui(ui: &mut Ui, title: &str, chrome: Chrome, rows: impl IntoIterator<Item = (String, &'static str)>) {
    ui.label(RichText::new(title).family(semibold()));
    Grid::new(title).num_columns(2).min_col_width(136.0).spacing([12.0, 4.0]).show(ui, |ui| {
        for (keys, what) in rows {
            ui.label(RichText::new(keys).color(chrome.muted));
            ui.label(what.trim_end_matches('…'));
            ui.end_row();
        }
    });
    ui.add_space(12.0);
}
