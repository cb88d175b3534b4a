//! The list of every key and gesture.

use egui::style::ScrollStyle;
use egui::{Context, Grid, RichText, ScrollArea, Ui};

use super::chord::shortcut_text;
use super::command::{Command, Group};
use super::dialog::{begin_at, scroll_by_key};
use super::fonts::semibold;
use super::style::Chrome;

/// What the pointer does on the canvas, and keys that are not commands.
const GESTURES: [(&str, &str); 21] = [
    ("Wheel", "Zoom, or move: see the View menu"),
    ("Ctrl+wheel", "Zoom at the pointer; so does a pinch"),
    ("Shift+wheel", "Move through time"),
    ("Drag", "Move the window"),
    ("Shift+drag", "Zoom to a range"),
    ("Ctrl+drag", "Add an event that lasted"),
    ("Ctrl+Shift+drag", "Select what a frame touches"),
    ("Alt+drag", "Measure the time between two events or points"),
    ("Ctrl+click", "Select an event too, or not any more"),
    ("Shift+click", "Select all events from the last one to this"),
    ("Ctrl+drag in the ruler", "Fold what is empty of a stretch"),
    ("Click a fold in the ruler", "Open it"),
    ("Double-click", "Add an event; on one, edit it"),
    ("Drag a mark", "Move its event, or the start or end of it"),
    ("Drag a mark up or down", "Put it elsewhere among those of its date; so does a row"),
    ("Drag a band's name", "Move the band up or down"),
    ("Drag the circle above a mark", "Link its event to another"),
    ("Drag over the strip of eras", "Make an era; on one, move or resize it"),
    ("Shift+F10", "Menu of what has the keyboard"),
    ("Alt+↑ ↓", "In a citation: move it up or down"),
    ("Ctrl++ − 0", "Size of the whole interface"),
];

/// The width at which the list has three columns, in points; with less, it has two.
const WIDEST_PT: f32 = 880.0;

/// Shows the list; says whether it stays open.
pub fn shortcuts_ui(ctx: &Context, chrome: Chrome) -> bool {
    let modal = egui::Modal::new(egui::Id::unique("shortcuts")).frame(super::dialog::frame(ctx)).show(ctx, |ui| {
        let window = ui.ctx().content_rect().size();
        let width = (window.x - 80.0).min(WIDEST_PT);
        ui.set_width(width);
        ui.heading("Keyboard shortcuts");
        ui.add_space(8.0);
        // The bar says that there is more, which a bar that comes with the pointer would not.
        ui.spacing_mut().scroll = ScrollStyle { foreground_color: true, ..ScrollStyle::solid() };
        let area = ScrollArea::vertical().max_height((window.y - 160.0).max(160.0)).auto_shrink([false, true]);
        area.show(ui, |ui| {
            scroll_by_key(ui, window.y / 2.0);
            ui.spacing_mut().interact_size.y = 18.0;
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 28.0;
                ui.vertical(|ui| {
                    group_ui(ui, Group::File, chrome);
                    group_ui(ui, Group::Edit, chrome);
                    group_ui(ui, Group::Help, chrome);
                });
                let pointer = |ui: &mut Ui| {
                    rows_ui(ui, "Pointer", chrome, GESTURES.map(|(keys, what)| (keys.to_owned(), what)));
                };
                ui.vertical(|ui| {
                    group_ui(ui, Group::View, chrome);
                    if width < WIDEST_PT {
                        pointer(ui);
                    }
                });
                if width >= WIDEST_PT {
                    ui.vertical(pointer);
                }
            });
        });
        ui.add_space(8.0);
        let close = |ui: &mut Ui| {
            let close = ui.button("Close");
            begin_at(&close);
            close.clicked()
        };
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), close).inner
    });
    !(modal.inner || modal.should_close())
}

fn group_ui(ui: &mut Ui, group: Group, chrome: Chrome) {
    let rows = Command::ALL
        .into_iter()
        .filter(|command| command.group() == group && command.shortcuts().next().is_some())
        // Those of saved views differ by their number alone.
        .filter(|command| command.view_number().is_none_or(|number| number == 1))
        .map(|command| {
            if command.view_number().is_some() {
                return ("1 to 9".to_owned(), "Show a saved view");
            }
            let keys: Vec<String> = command.shortcuts().map(|shortcut| shortcut_text(ui.ctx(), &shortcut)).collect();
            (keys.join(", "), command.label())
        })
        .collect::<Vec<_>>();
    rows_ui(ui, group.label(), chrome, rows);
}

fn rows_ui(ui: &mut Ui, title: &str, chrome: Chrome, rows: impl IntoIterator<Item = (String, &'static str)>) {
    ui.label(RichText::new(title).family(semibold()));
    Grid::new(title).num_columns(2).min_col_width(92.0).spacing([12.0, 2.0]).show(ui, |ui| {
        for (keys, what) in rows {
            ui.label(RichText::new(keys).color(chrome.muted));
            ui.label(what.trim_end_matches('…'));
            ui.end_row();
        }
    });
    ui.add_space(12.0);
}
