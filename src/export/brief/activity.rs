//! Gaps and bursts of the events that a brief shows, as lines.

use super::subject::Subject;
use crate::activity::{Activity, date_words};

/// A line for each stretch, and at last what none of them can say: "Empty: 25 Jun 2024 – 17 Oct 2024, 115 days".
pub(super) fn lines(subject: &Subject<'_>) -> Vec<String> {
    let events = subject.shown.iter().map(|shown| shown.event);
    let activity = Activity::of(events, std::iter::empty(), subject.zone, None);
    let mut lines: Vec<String> = activity
        .rows(subject.zone)
        .map(|row| {
            let note = if row.note.is_empty() { String::new() } else { format!(" ({})", row.note) };
            format!("{}: {}, {}{note}", row.kind.label(), date_words(&row), row.length)
        })
        .collect();
    if lines.is_empty() {
        lines.push("No stretch is empty for long, and in none events follow one another unusually fast.".to_owned());
    }
    let caveat = activity.caveat();
    if !caveat.is_empty() {
        lines.push(format!("{caveat}."));
    }
    lines
}
