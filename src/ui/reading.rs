//! The strip that tells of a file being read: how far it has come, and how to stop.

use egui::accesskit::Role;
use egui::{Align, Button, Frame, Layout, Margin, Panel, RichText, Sense, Ui, WidgetInfo, vec2};

use super::style::{Chrome, GRID_PT};
use super::{Action, Command};
use crate::diagnostic::grouped;
use crate::text::visible;

/// Height of the strip in points.
const STRIP_PT: f32 = 36.0;

/// Width and height of the bar in points.
const BAR_PT: (f32, f32) = (320.0, 1.5 * GRID_PT);

/// What there is to say of a file being read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingFacts {
    /// The name of the file.
    pub name: String,
    /// Events read so far.
    pub events: u64,
    /// How much of it has been read, from 0 to 1.
    pub share: f64,
}

impl ReadingFacts {
    /// "Reading… 412,000 events, 41 %".
    pub fn words(&self) -> String {
        let percent = (self.share * 100.0).floor() as u64;
        match self.events {
            0 => format!("Reading… {percent} %"),
            1 => format!("Reading… 1 event, {percent} %"),
            events => format!("Reading… {} events, {percent} %", grouped(events)),
        }
    }
}

/// The strip below the top bar.
pub fn reading_ui(ui: &mut Ui, facts: &ReadingFacts, chrome: Chrome, actions: &mut Vec<Action>) {
    let frame = Frame::new().fill(chrome.surface).inner_margin(Margin::symmetric(12, 0));
    Panel::top("reading").exact_size(STRIP_PT).frame(frame).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 3.0 * GRID_PT;
            ui.label(RichText::new(visible(&facts.name)).color(chrome.text));
            ui.label(RichText::new(facts.words()).color(chrome.muted));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let cancel = ui.add(Button::new("Cancel")).on_hover_text(Command::CancelReading.tooltip());
                if cancel.clicked() {
                    actions.push(Action::Run(Command::CancelReading));
                }
                bar_ui(ui, facts, chrome);
            });
        });
    });
}

fn bar_ui(ui: &mut Ui, facts: &ReadingFacts, chrome: Chrome) {
    let size = vec2(ui.available_width().min(BAR_PT.0), BAR_PT.1);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo {
        value: Some((facts.share * 100.0).floor()),
        ..WidgetInfo::labeled(Role::ProgressIndicator, true, facts.words())
    });
    let radius = rect.height() / 2.0;
    ui.painter().rect_filled(rect, radius, chrome.line);
    let mut done = rect;
    done.set_width((rect.width() * facts.share as f32).max(rect.height()));
    ui.painter().rect_filled(done, radius, chrome.accent);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_counts_events_and_never_says_all_before_the_end() {
        let words = |events, share| ReadingFacts { name: "a.ron".to_owned(), events, share }.words();
        assert_eq!(words(0, 0.0), "Reading… 0 %");
        assert_eq!(words(1, 0.999), "Reading… 1 event, 99 %");
        assert_eq!(words(1_412_007, 0.41), "Reading… 1,412,007 events, 41 %");
    }
}
