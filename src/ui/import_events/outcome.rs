//! What becomes of the file: what changed on both sides, what is brought up to date, what comes in, and what could not be taken.

use egui::{Align, Button, CollapsingHeader, Color32, Label, Layout, RichText, ScrollArea, Ui};

use super::form::{EventsAnswer, EventsForm, EventsRead};
use crate::diagnostic::{Severity, counted};
use crate::text::visible;
use crate::ui::command::Command;
use crate::ui::fonts::semibold;
use crate::ui::letters::{self, Letters};
use crate::ui::style::Chrome;

/// Lines of one kind that are shown.
const MOST_SHOWN: usize = 200;

/// Height of the list of remarks in points, at most.
const REMARKS_PT: f32 = 110.0;

/// Width from which an event is listed on one line, and there those of its date and its lane, in points.
const WIDE_PT: f32 = 700.0;
const DATE_PT: f32 = 230.0;
const LANE_PT: f32 = 140.0;

/// What comes in and what changes.
pub fn outcome_ui(ui: &mut Ui, form: &EventsForm, height: f32, chrome: Chrome) {
    let Some(read) = &form.read else { return };
    let area = ScrollArea::vertical().id_salt("events").max_height(height).auto_shrink([false, false]);
    area.show(ui, |ui| {
        lines_ui(ui, "Changed on both sides, and stays as it is here", &read.conflicts, chrome.warning, chrome);
        lines_ui(ui, "Changes in what is there", &read.changed, chrome.text, chrome);
        if form.is_open() {
            ui.label(RichText::new("The events are read once the questions are answered").color(chrome.warning));
        }
        events_ui(ui, read, chrome);
    });
}

fn title_ui(ui: &mut Ui, title: &str) {
    ui.add(Label::new(RichText::new(title).family(semibold())).truncate());
}

fn lines_ui(ui: &mut Ui, title: &str, lines: &[String], ink: Color32, chrome: Chrome) {
    if lines.is_empty() {
        return;
    }
    title_ui(ui, &format!("{title} ({})", lines.len()));
    for line in lines.iter().take(MOST_SHOWN) {
        letters::label_ui(ui, &visible(line), Letters::body(ink));
    }
    more_ui(ui, lines.len().saturating_sub(MOST_SHOWN), chrome);
    ui.add_space(8.0);
}

fn more_ui(ui: &mut Ui, more: usize, chrome: Chrome) {
    if more > 0 {
        ui.label(RichText::new(format!("… and {more} more")).color(chrome.muted));
    }
}

/// An event on one line, where there is room for that.
fn row_ui(ui: &mut Ui, date: &str, title: &str, lane: &str, chrome: Chrome) {
    ui.horizontal(|ui| {
        let height = ui.spacing().interact_size.y;
        for (width, text, ink) in [(DATE_PT, date, chrome.muted), (LANE_PT, lane, chrome.muted)] {
            let place = egui::vec2(width, height);
            ui.allocate_ui_with_layout(place, Layout::left_to_right(Align::Center), |ui| {
                ui.set_width(width);
                let text = visible(text);
                letters::tooltip(letters::cut_text_ui(ui, &text, Letters::body(ink)), &text);
            });
        }
        letters::cut_text_ui(ui, &visible(title), Letters::body(chrome.text));
    });
}

fn events_ui(ui: &mut Ui, read: &EventsRead, chrome: Chrome) {
    if read.events.is_empty() {
        return;
    }
    title_ui(ui, &format!("New and changed events ({})", read.events.len() + read.more));
    let is_wide = ui.available_width() > WIDE_PT;
    for [date, title, lane] in &read.events {
        if is_wide {
            row_ui(ui, date, title, lane, chrome);
            continue;
        }
        let lane = if lane.is_empty() { String::new() } else { format!(" · {}", visible(lane)) };
        letters::cut_text_ui(ui, &visible(title), Letters::body(chrome.text));
        letters::cut_text_ui(ui, &format!("{}{lane}", visible(date)), Letters::small(chrome.muted));
        ui.add_space(2.0);
    }
    more_ui(ui, read.more, chrome);
}

/// What could not be taken, or not as it stood, folded.
pub fn remarks_ui(ui: &mut Ui, form: &EventsForm, chrome: Chrome) -> Option<EventsAnswer> {
    let read = form.read.as_ref().filter(|read| !read.problems.is_empty())?;
    let worst = read.problems.iter().map(|problem| problem.severity).max().unwrap_or(Severity::Info);
    let ink = |severity| match severity {
        Severity::Error => chrome.error,
        Severity::Warning => chrome.warning,
        Severity::Info => chrome.text,
    };
    let heading = RichText::new(counted(read.problems.len(), "remark")).color(ink(worst));
    ui.add_space(4.0);
    let mut answer = None;
    if !read.rejected.1.is_empty() {
        let save = ui.add_enabled(!form.is_busy(), Button::new(Command::SaveRejected.label()));
        let save = save.on_hover_text("As a table with the reasons, for the one who has to mend the file");
        answer = save.clicked().then_some(EventsAnswer::SaveRejected);
    }
    CollapsingHeader::new(heading).id_salt("remarks heading").default_open(false).show(ui, |ui| {
        ScrollArea::vertical().id_salt("remarks").max_height(REMARKS_PT).auto_shrink([false, true]).show(ui, |ui| {
            for problem in &read.problems {
                let line = if problem.line > 0 && problem.line < usize::MAX {
                    format!("row {}: {problem}", problem.line)
                } else {
                    problem.to_string()
                };
                letters::label_ui(ui, &visible(&line), Letters::body(ink(problem.severity)));
            }
        });
    });
    answer
}
