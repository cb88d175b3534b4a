//! The status line: how much is shown, which window, the date under the pointer, how the file stands.

use std::sync::Arc;

use egui::{
    Align, Button, Color32, Frame, Galley, Layout, Margin, Panel, RichText, Stroke, TextStyle, TextWrapMode, Ui,
    WidgetText, vec2,
};

use super::bidi::has_rtl;
use super::letters::{Letters, cut_label_ui};
use super::measure::between;
use super::state::{DrawerTab, SaveState, Summary};
use super::style::{Chrome, STATUS_PT};
use super::{Action, Command, Document, ReadOnly, ViewState};
use crate::diagnostic::Severity;
use crate::layout::Viewport;
use crate::model::perhaps_words;
use crate::text::visible;
use crate::time::{CivilDay, Instant};

/// The least room in which words are begun, in points.
const LEAST_PT: f32 = 72.0;

/// The line across the bottom of the window.
pub fn status_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    summary: &Summary<'_>,
    view: &ViewState,
    chrome: Chrome,
    actions: &mut Vec<Action>,
) {
    let frame = Frame::new().fill(chrome.surface).inner_margin(Margin::symmetric(8, 0));
    Panel::bottom("status").exact_size(STATUS_PT).frame(frame).show(ui, |ui| {
        ui.style_mut().override_text_style = Some(TextStyle::Small);
        ui.spacing_mut().interact_size.y = 18.0;
        ui.spacing_mut().button_padding = vec2(6.0, 1.0);
        ui.spacing_mut().item_spacing.x = 12.0;
        ui.horizontal_centered(|ui| {
            drawer_buttons_ui(ui, summary, chrome, actions);
            // How the file stands and what runs have their room in any case, the rest what is left.
            let (saved, ink) = save_words(summary, chrome);
            let busy = summary.busy.map(|busy| small_text(ui, busy, chrome.muted));
            let saved = small_text(ui, &saved, ink);
            let gap = ui.spacing().item_spacing.x;
            let right_pt = saved.size().x + busy.as_ref().map_or(0.0, |busy| busy.size().x + gap);
            let left_pt = (ui.available_width() - right_pt - gap).max(0.0);
            ui.allocate_ui_with_layout(
                vec2(left_pt, ui.available_height()),
                Layout::left_to_right(Align::Center),
                |ui| {
                    ui.set_width(left_pt);
                    left_ui(ui, doc, summary, view, chrome, actions);
                },
            );
            for words in busy.into_iter().chain([saved]) {
                ui.label(words);
            }
        });
    });
}

/// How much is shown and selected, the window in time, and the date under the pointer.
fn left_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    summary: &Summary<'_>,
    view: &ViewState,
    chrome: Chrome,
    actions: &mut Vec<Action>,
) {
    // Of a file of which nothing has been read yet there is nothing to say.
    let is_known = !(view.transient.is_partial && doc.timeline.events().is_empty());
    // What leads to the selected event is not cut.
    let unseen = unseen_words(doc, view).map(|(words, way)| (small_text(ui, words, chrome.accent), way));
    let link_pt = unseen.as_ref().map_or(0.0, |(words, _)| words.size().x + ui.spacing().item_spacing.x);
    let size = vec2((ui.available_width() - link_pt).max(0.0), ui.available_height());
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        if is_known {
            muted(ui, chrome, shown_words(doc, summary, view));
        }
        if let Some(words) = selected_words(doc, view) {
            ui.add(egui::Label::new(RichText::new(words).color(chrome.text)).truncate());
        }
    });
    if let Some((words, way_there)) = unseen {
        let link = ui.add(egui::Link::new(words));
        if link.on_hover_text("Show it").clicked() {
            actions.extend(way_there);
        }
    }
    if is_known && !view.transient.fit_pending {
        muted(ui, chrome, shown_window_words(&view.place.viewport));
    }
    match (&view.transient.status, view.transient.pointer_instant) {
        (Some(status), _) => {
            cut_label_ui(ui, status, Letters::small(chrome.accent));
        }
        (None, Some(instant)) if is_known => {
            muted(ui, chrome, instant_words(instant, view.place.viewport.micros_per_pt_at(instant)));
        }
        (None, _) => {}
    }
}

fn small_text(ui: &Ui, words: &str, color: Color32) -> Arc<Galley> {
    let words = WidgetText::from(RichText::new(words).color(color));
    words.into_galley(ui, Some(TextWrapMode::Extend), f32::INFINITY, TextStyle::Small)
}

fn muted(ui: &mut Ui, chrome: Chrome, text: String) {
    // A few letters and an ellipsis would say nothing.
    if ui.available_width() < LEAST_PT {
        return;
    }
    if has_rtl(&text) {
        cut_label_ui(ui, &text, Letters::small(chrome.muted));
    } else {
        ui.add(egui::Label::new(RichText::new(text).color(chrome.muted)).truncate());
    }
}

fn drawer_buttons_ui(ui: &mut Ui, summary: &Summary<'_>, chrome: Chrome, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    let problems = match summary.problems {
        0 => "Problems".to_owned(),
        count => format!("Problems {count}"),
    };
    let ink = match summary.worst_problem {
        None | Some(Severity::Info) => chrome.muted,
        Some(Severity::Warning) => chrome.warning,
        Some(Severity::Error) => chrome.error,
    };
    for (command, label, tab, ink) in [
        (Command::ToggleTable, "Table".to_owned(), DrawerTab::Table, chrome.muted),
        (Command::ToggleSources, "Sources".to_owned(), DrawerTab::Sources, chrome.muted),
        (Command::ToggleProblems, problems, DrawerTab::Problems, ink),
    ] {
        let open = summary.drawer == Some(tab);
        let fill = if open { chrome.pressed } else { Color32::TRANSPARENT };
        let ink = if open && ink == chrome.muted { chrome.text } else { ink };
        let button = Button::new(RichText::new(label).color(ink)).fill(fill).stroke(Stroke::NONE);
        if ui.add(button).on_hover_text(command.tooltip()).clicked() {
            actions.push(Action::Run(command));
        }
    }
    ui.spacing_mut().item_spacing.x = 12.0;
    ui.add_space(8.0);
}

/// How the file stands.
fn save_words(summary: &Summary<'_>, chrome: Chrome) -> (String, Color32) {
    let (text, ink) = match summary.save_state {
        SaveState::Unwritable { why, .. } => {
            return (format!("Cannot be written: {why}"), chrome.error);
        }
        SaveState::Sample => ("Sample: save it as a file to keep changes", chrome.muted),
        SaveState::Untitled => ("Not saved yet", chrome.muted),
        SaveState::Saved => ("Saved", chrome.muted),
        SaveState::Unsaved => ("Unsaved changes", chrome.text),
        SaveState::Diverged => ("Changed here and in the file", chrome.error),
        SaveState::Unreadable => ("The file cannot be read now", chrome.error),
        SaveState::Gone => ("The file is gone: not saved", chrome.error),
        SaveState::Saving => ("Saving…", chrome.muted),
        SaveState::Reading => ("Reading…", chrome.muted),
        SaveState::ReadOnly => match summary.facts.read_only {
            Some(ReadOnly::Held) => ("Read-only: open in another window", chrome.text),
            Some(ReadOnly::Released) => ("Read-only until it is taken over", chrome.text),
            _ => ("Read-only: the file has errors", chrome.error),
        },
    };
    (text.to_owned(), ink)
}

fn shown_words(doc: Document<'_>, summary: &Summary<'_>, view: &ViewState) -> String {
    let all = doc.timeline.events().len();
    let noun = if all == 1 { "event" } else { "events" };
    let known = doc.known_on.map(|known_on| format!(" {}", known_on.describe().replacen('A', "a", 1)));
    // What cannot be read is not answered: the question before it is.
    let (asked, until) = match summary.query_fault {
        Some(_) if summary.answered.is_empty() => ("", ", shown until the question can be read".to_owned()),
        Some(_) => {
            (summary.answered, format!(" match “{}”, shown until the question can be read", visible(summary.answered)))
        }
        None => (view.place.query.trim(), String::new()),
    };
    let words = match known {
        Some(known) => {
            format!("{} of {all} {noun}{known}{}", summary.matching, perhaps_words(doc.perhaps_known))
        }
        None if asked.is_empty() => match doc.index.undated().len() {
            0 => format!("{all} {noun}"),
            undated => format!("{all} {noun}, {undated} undated"),
        },
        None => {
            let found = match summary.only_possible {
                0 => format!("{} of {all} {noun}", summary.matching),
                possibly => format!("{} of {all} {noun}, and {possibly} possibly", summary.matching),
            };
            match (view.transient.hit, doc.matches) {
                (Some(hit), Some(matches)) if until.is_empty() => {
                    format!("{found}, match {hit} of {}", matches.count())
                }
                _ => found,
            }
        }
    };
    words + &until
}

/// The time between two events that are selected.
fn apart_words(doc: Document<'_>, view: &ViewState) -> Option<String> {
    let selected = &view.transient.selected;
    if selected.len() != 2 {
        return None;
    }
    let ranked =
        |position: usize| Some((doc.index.rank(doc.timeline, position)?, doc.index.entry(doc.timeline, position)?));
    let mut both: Vec<_> = selected.positions().filter_map(ranked).collect();
    both.sort_by_key(|(rank, _)| *rank);
    let [(_, first), (_, second)] = both.as_slice() else { return None };
    Some(between(first, second, doc.zone))
}

/// How many events are selected, where several are, and how many of them are not to be seen.
fn selected_words(doc: Document<'_>, view: &ViewState) -> Option<String> {
    let selected = &view.transient.selected;
    let members = selected.members()?;
    let mut words = format!("{} selected", selected.len());
    if let Some(apart) = apart_words(doc, view) {
        words.push_str(&format!(", {apart}"));
    }
    if let Some(matches) = doc.matches {
        let mut hidden = members.clone();
        hidden.subtract(matches);
        if hidden.count() > 0 {
            words.push_str(&format!(", {} hidden by the question", hidden.count()));
        }
    }
    if selected.len() <= MOST_SOUGHT {
        let outside = selected.positions().filter(|position| is_outside(doc, view, *position)).count();
        if outside > 0 {
            words.push_str(&format!(", {outside} outside the window"));
        }
    }
    Some(words)
}

/// Why the event that is selected by itself is not to be seen, and the way to it; none where it is, or stands in the tray.
fn unseen_words(doc: Document<'_>, view: &ViewState) -> Option<(&'static str, Vec<Action>)> {
    let transient = &view.transient;
    let id = transient.selection.as_ref().filter(|_| transient.selected.is_empty() && !transient.fit_pending)?;
    let position = doc.timeline.event_position(id)?;
    if doc.matches.is_some_and(|matches| !matches.contains(position)) {
        // That it was not known by a date is said where the date is.
        let is_asked = !view.place.query.trim().is_empty();
        // Without its question the window is where it was before that, with what was selected there.
        let way_there = vec![Action::Run(Command::ClearQuestion), Action::Reveal(id.clone())];
        return is_asked.then_some(("Selected event hidden by the question", way_there));
    }
    is_outside(doc, view, position).then(|| ("Selected event outside the window", vec![Action::Reveal(id.clone())]))
}

/// Whether an event has no part in the window of time.
fn is_outside(doc: Document<'_>, view: &ViewState, position: usize) -> bool {
    let viewport = &view.place.viewport;
    let (start, end) = (viewport.origin, viewport.end());
    doc.index.entry(doc.timeline, position).is_some_and(|entry| entry.end <= start || end <= entry.start)
}

/// Of more selected events it is not said how many are outside the window: every frame would look for them.
const MOST_SOUGHT: usize = 2_000;

/// The window of a viewport in words. Less than half a point of a month or a day at its edges is rounding, and nobody sees it.
fn shown_window_words(viewport: &Viewport) -> String {
    let unseen = (viewport.micros_per_pt / 2.0) as i64;
    let (start, end) = (viewport.origin.saturating_add(unseen), viewport.end().saturating_add(-unseen));
    // Of a fold at an edge nothing is shown: what is begins where that ends.
    let folds = viewport.folds_in_effect();
    let start = folds.at(start).map_or(start, |fold| fold.end);
    let end = folds.at(end).map_or(end, |fold| fold.start).max(start);
    // Where times are said, they are those of the edges.
    if end.saturating_since(start) > SAID_IN_DAYS {
        window_words(start, end)
    } else {
        let at = |edge: Instant, shown: Instant| if folds.at(edge).is_some() { shown } else { edge };
        window_words(at(viewport.origin, start), at(viewport.end(), end))
    }
}

/// A window that lasts longer is said in days, and coarser units, without times.
const SAID_IN_DAYS: i64 = 2 * Instant::DAY;

/// A window of the axis in words, no finer than its width calls for and with all that it names: up to 1 December it is
/// "Jun – Nov 2024". Its end is the first instant after it.
pub fn window_words(start: Instant, end: Instant) -> String {
    let last = end.saturating_add(-1).max(start);
    let (from, to) = (start.day(), last.day());
    let span = end.saturating_since(start);
    if span > 20 * 365 * Instant::DAY {
        return format!("{} – {}", year_words(from.year), year_words(to.year));
    }
    if span > 62 * Instant::DAY {
        return if from.year == to.year {
            format!("{} – {} {}", month_name(from.month), month_name(to.month), year_words(to.year))
        } else {
            format!("{} – {}", month_words(from), month_words(to))
        };
    }
    if span > SAID_IN_DAYS {
        return match (from.year == to.year, from.month == to.month) {
            (true, true) => format!("{} – {}", from.day, day_words(to)),
            (true, false) => format!("{} {} – {}", from.day, month_name(from.month), day_words(to)),
            (false, _) => format!("{} – {}", day_words(from), day_words(to)),
        };
    }
    // An end at midnight is the 24:00 of the day that it ends (ISO 8601).
    let until = if end > start && end.micros_of_day() == 0 { "24:00".to_owned() } else { clock_words(end) };
    if from == to {
        format!("{} {} – {until}", day_words(from), clock_words(start))
    } else {
        format!("{} {} – {} {until}", day_words(from), clock_words(start), day_words(to))
    }
}

/// An instant in words, as fine as a point of the screen is wide.
fn instant_words(instant: Instant, micros_per_pt: f64) -> String {
    let day = instant.day();
    let hour = Instant::HOUR as f64;
    if micros_per_pt > 30.0 * 24.0 * hour {
        year_words(day.year)
    } else if micros_per_pt > 2.0 * 24.0 * hour {
        month_words(day)
    } else if micros_per_pt > hour / 2.0 {
        day_words(day)
    } else {
        format!("{} {}", day_words(day), clock_words(instant))
    }
}

/// A year as people write it: astronomical year 0 is 1 BCE.
fn year_words(year: i64) -> String {
    if year > 0 { year.to_string() } else { format!("{} BCE", year.unsigned_abs() + 1) }
}

fn month_words(day: CivilDay) -> String {
    format!("{} {}", month_name(day.month), year_words(day.year))
}

fn day_words(day: CivilDay) -> String {
    format!("{} {}", day.day, month_words(day))
}

fn clock_words(instant: Instant) -> String {
    let minutes = instant.micros_of_day() / Instant::MINUTE;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Fold, Folds};

    fn at(year: i64, month: u8, day: u8) -> Instant {
        Instant::from_day(CivilDay::new(year, month, day)).unwrap()
    }

    #[test]
    fn a_window_is_said_no_finer_than_it_is_wide() {
        assert_eq!(window_words(at(-43, 3, 15), at(14, 8, 19)), "44 BCE – 14");
        assert_eq!(window_words(at(2024, 6, 1), at(2024, 12, 4)), "Jun – Dec 2024");
        assert_eq!(window_words(at(2023, 6, 1), at(2024, 12, 4)), "Jun 2023 – Dec 2024");
        let hour = |day: u8, hour: i64| at(2024, 10, day).saturating_add(hour * Instant::HOUR);
        assert_eq!(window_words(hour(21, 9), hour(22, 18)), "21 Oct 2024 09:00 – 22 Oct 2024 18:00");
        assert_eq!(window_words(hour(21, 9), hour(21, 18)), "21 Oct 2024 09:00 – 18:00");
    }

    #[test]
    fn a_window_is_said_with_its_last_day_and_not_with_the_first_one_after_it() {
        assert_eq!(window_words(at(1950, 1, 1), at(2025, 1, 1)), "1950 – 2024");
        assert_eq!(window_words(at(2021, 12, 1), at(2024, 12, 1)), "Dec 2021 – Nov 2024");
        assert_eq!(window_words(at(2024, 6, 1), at(2025, 1, 1)), "Jun – Dec 2024");
        assert_eq!(window_words(at(2024, 10, 21), at(2024, 11, 9)), "21 Oct – 8 Nov 2024");
        assert_eq!(window_words(at(2024, 10, 21), at(2024, 11, 1)), "21 – 31 Oct 2024");
        assert_eq!(window_words(at(2024, 10, 21), at(2024, 10, 22)), "21 Oct 2024 00:00 – 24:00");
        assert_eq!(window_words(at(2024, 10, 21), at(2024, 10, 23)), "21 Oct 2024 00:00 – 22 Oct 2024 24:00");
        // What the window rounds at its edges is no month of its own.
        let viewport = Viewport::spanning(at(2021, 12, 1), at(2024, 12, 1), 937.0);
        let off = |micros: f64| Viewport { micros_per_pt: viewport.micros_per_pt + micros, ..viewport };
        assert_eq!(shown_window_words(&off(5.0)), "Dec 2021 – Nov 2024");
    }

    #[test]
    fn of_a_fold_at_an_edge_of_a_window_nothing_is_said() {
        let fold = |start, end| Fold { start, end };
        let folds = Folds::of([fold(at(2021, 1, 1), at(2024, 10, 1)), fold(at(2025, 5, 1), at(2029, 1, 1))]);
        let words = |from, to| shown_window_words(&Viewport::spanning_folded(from, to, folds, 937.0));
        assert_eq!(words(at(2022, 1, 1), at(2025, 5, 1)), "Oct 2024 – Apr 2025");
        assert_eq!(words(at(2024, 12, 1), at(2026, 5, 1)), "Dec 2024 – Apr 2025");
    }

    #[test]
    fn the_pointer_is_told_no_finer_than_a_point_is_wide() {
        let noon = at(2024, 10, 24).saturating_add(12 * Instant::HOUR + 5 * Instant::MINUTE);
        assert_eq!(instant_words(noon, Instant::MINUTE as f64), "24 Oct 2024 12:05");
        assert_eq!(instant_words(noon, Instant::HOUR as f64), "24 Oct 2024");
        assert_eq!(instant_words(noon, 5.0 * Instant::DAY as f64), "Oct 2024");
        assert_eq!(instant_words(noon, 100.0 * Instant::DAY as f64), "2024");
    }
}
