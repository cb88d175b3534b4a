//! What differs between the open timeline and another, to read and to copy.

use egui::{Context, Label, RichText, ScrollArea, TextStyle, Ui};

use super::{begin_at, footer, main_button, modal, scroll_by_key};
use crate::compare::{RecordDifference, words};
use crate::text::visible;
use crate::ui::bidi::has_rtl;
use crate::ui::letters::{Letters, label_ui};
use crate::ui::style::Chrome;

/// What differs, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    heading: String,
    /// How to read it.
    note: &'static str,
    lines: Vec<String>,
}

impl Compared {
    /// What differs between the timeline of this name, as it was, and the open one.
    pub fn new(name: String, all: &[RecordDifference]) -> Self {
        let heading = format!("What differs from “{}”", visible(&name));
        let note = "That timeline is taken as the earlier one: + is only here, − only there, ~ is in both and differs.";
        Self::of(heading, note, all)
    }

    /// What another program changed in the file of this name.
    pub fn taken_in(name: String, all: &[RecordDifference]) -> Self {
        let heading = format!("What another program changed in “{}”", visible(&name));
        Self::of(heading, "+ was added, − was taken out, ~ was changed.", all)
    }

    fn of(heading: String, note: &'static str, all: &[RecordDifference]) -> Self {
        Self { heading, note, lines: words(all).lines().map(|line| visible(line).into_owned()).collect() }
    }

    /// "1 event added, 2 changed".
    pub fn summary(&self) -> &str {
        self.lines.first().map(String::as_str).unwrap_or_default()
    }
}

/// Shows what differs; says whether it stays open.
pub fn compared_ui(ctx: &Context, compared: &Compared, chrome: Chrome) -> bool {
    let screen = ctx.content_rect().size();
    let modal = modal(ctx, "compared").show(ctx, |ui| {
        ui.set_width((screen.x - 96.0).min(760.0));
        ui.heading(&compared.heading);
        ui.add(Label::new(RichText::new(compared.note).small().color(chrome.muted)).wrap());
        ui.add_space(8.0);
        lines_ui(ui, &compared.lines, (screen.y - 240.0).clamp(96.0, 560.0), chrome);
        footer(ui, |ui| {
            if ui.button("Copy all").clicked() {
                ui.ctx().copy_text(compared.lines.join("\n"));
            }
            let close = ui.add(main_button("Close", chrome));
            begin_at(&close);
            close.clicked()
        })
    });
    !(modal.inner || modal.should_close())
}

/// The lines of what differs, as high as they are and no higher than `most_pt`.
pub(super) fn lines_ui(ui: &mut Ui, lines: &[String], most_pt: f32, chrome: Chrome) {
    let height = ui.text_style_height(&TextStyle::Body) + ui.spacing().item_spacing.y;
    let page = ui.ctx().content_rect().height() / 2.0;
    ScrollArea::both().auto_shrink([false, true]).max_height(most_pt).show_rows(
        ui,
        height,
        lines.len(),
        |ui, shown| {
            scroll_by_key(ui, page);
            for line in lines.get(shown).unwrap_or_default() {
                let is_record = !line.starts_with(' ');
                let color = if is_record { chrome.text } else { chrome.muted };
                if has_rtl(line) {
                    label_ui(ui, line, Letters::body(color));
                } else {
                    ui.add(Label::new(RichText::new(line).color(color)).extend().selectable(true));
                }
            }
        },
    );
}
