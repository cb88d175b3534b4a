//! The strip that tells of a file being exported: how much of it is written, and how to stop.

use egui::{Align, Button, Frame, Layout, Margin, Panel, RichText, Spinner, Ui};

use super::Action;
use super::style::{Chrome, GRID_PT};
use crate::text::visible;

/// Height of the strip in points.
const STRIP_PT: f32 = 36.0;

/// What there is to say of an export that goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFacts {
    /// The name of the file.
    pub name: String,
    /// Bytes that were written.
    pub bytes: u64,
    /// Whether it was called off and is about to end.
    pub is_called_off: bool,
}

impl ExportFacts {
    /// "Exporting… 1.2 MB".
    pub fn words(&self) -> String {
        if self.is_called_off {
            return "Calling off…".to_owned();
        }
        let tenths = self.bytes / 100_000;
        if tenths == 0 { "Exporting…".to_owned() } else { format!("Exporting… {}.{} MB", tenths / 10, tenths % 10) }
    }
}

/// The strip below the top bar.
pub fn exporting_ui(ui: &mut Ui, facts: &ExportFacts, chrome: Chrome, actions: &mut Vec<Action>) {
    let frame = Frame::new().fill(chrome.surface).inner_margin(Margin::symmetric(12, 0));
    Panel::top("exporting").exact_size(STRIP_PT).frame(frame).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 3.0 * GRID_PT;
            // How long a file becomes is known once it is there.
            ui.add(Spinner::new().size(16.0));
            ui.label(RichText::new(visible(&facts.name)).color(chrome.text));
            ui.label(RichText::new(facts.words()).color(chrome.muted));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let cancel = ui.add_enabled(!facts.is_called_off, Button::new("Cancel export"));
                if cancel.on_hover_text("Write nothing; a file that was there stays as it is").clicked() {
                    actions.push(Action::CancelExport);
                }
            });
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_names_no_size_below_a_tenth_of_a_megabyte() {
        let words = |bytes, is_called_off| ExportFacts { name: "a.csv".to_owned(), bytes, is_called_off }.words();
        assert_eq!(words(99_999, false), "Exporting…");
        assert_eq!(words(1_250_000, false), "Exporting… 1.2 MB");
        assert_eq!(words(1_250_000, true), "Calling off…");
    }
}
