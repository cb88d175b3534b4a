//! What differs between the open timeline and another, to read and to copy.

use egui::{Context, Label, RichText, ScrollArea, TextStyle};

use super::{footer, main_button, modal};
use crate::compare::{RecordDifference, words};
use crate::text::visible;
use crate::ui::sources::scroll_by_key;
use crate::ui::style::Chrome;

/// What differs, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    name: String,
    lines: Vec<String>,
}

impl Compared {
    /// What differs between the timeline of this name, as it was, and the open one.
    pub fn new(name: String, all: &[RecordDifference]) -> Self {
        Self { name, lines: words(all).lines().map(|line| visible(line).into_owned()).collect() }
    }
}

/// Shows what differs; says whether it stays open.
pub fn compared_ui(ctx: &Context, compared: &Compared, chrome: Chrome) -> bool {
    let screen = ctx.content_rect().size();
    let modal = modal(ctx, "compared").show(ctx, |ui| {
        ui.set_width((screen.x - 96.0).min(760.0));
        ui.heading(format!("What differs from “{}”", visible(&compared.name)));
        let note = "That timeline is taken as the earlier one: + is only here, − only there, ~ is in both and differs.";
        ui.add(Label::new(RichText::new(note).small().color(chrome.muted)).wrap());
        ui.add_space(8.0);
        let height = ui.text_style_height(&TextStyle::Body) + ui.spacing().item_spacing.y;
        let area = ScrollArea::both().auto_shrink([false, true]).max_height((screen.y - 240.0).clamp(96.0, 560.0));
        area.show_rows(ui, height, compared.lines.len(), |ui, shown| {
            scroll_by_key(ui, screen.y / 2.0);
            for line in compared.lines.get(shown).unwrap_or_default() {
                let is_record = !line.starts_with(' ');
                let color = if is_record { chrome.text } else { chrome.muted };
                ui.add(Label::new(RichText::new(line).color(color)).extend().selectable(true));
            }
        });
        footer(ui, |ui| {
            if ui.button("Copy all").clicked() {
                ui.ctx().copy_text(compared.lines.join("\n"));
            }
            ui.add(main_button("Close", chrome)).clicked()
        })
    });
    !(modal.inner || modal.should_close())
}
