//! The front matter: what a brief covers, how it was filtered and made, and what its sourcing amounts to.
//!
//! A brief leaves the program: whoever reads it cannot ask what was left out. So each filter is named, with what becomes of events that
//! it cannot decide, and the sourcing is summed up as ICD 206 wants it, as far as that can be counted.

use std::collections::BTreeSet;

use super::subject::Subject;
use super::tally::Tally;
use super::wording::count;
use super::{BriefOptions, Painter, Span};
use crate::model::{Badge, KnownBy, Reliability, Stance, perhaps_words, root_origin};
use crate::time::calendar::Unit;
use crate::time::{Covered, Instant};

/// What it covers, its filter, its as-of date and its making.
pub(super) fn about(subject: &Subject<'_>, out: &mut impl Painter) {
    if let Some(words) = covered(subject) {
        out.fact("Time covered", |out| out.words(&words));
    }
    out.fact("Shown", |out| out.words(&shown(subject)));
    out.fact("Selection", |out| selection(subject.options, out));
    if let Some(known_on) = &subject.options.known_on {
        let date = subject.words(known_on.date());
        // Neither is a whole return to that day: each says what is shown as it is now.
        let (name, words) = match known_on.by() {
            KnownBy::Published => (
                "As known on",
                format!(
                    "{date}. What came out later is left out; standing, notes and judgments are those of the timeline \
                     as it is now."
                ),
            ),
            KnownBy::Recorded => ("As we knew it on", our_record(subject, &date)),
        };
        out.fact(name, |out| out.words(&words));
    }
    if subject.timeline.header().zone.is_some() {
        let words = format!("Times of day on the clock of {} unless marked otherwise", subject.zone.name());
        out.fact("Clock", |out| out.words(&words));
    }
    out.fact("Made", |out| made(subject, out));
}

/// What a replay of our own record leaves out, and what nobody can tell by it.
fn our_record(subject: &Subject<'_>, date: &str) -> String {
    let silent = subject.shown.iter().filter(|shown| shown.event.rare.recorded.is_none()).count();
    let silent = match silent {
        0 => String::new(),
        1 => " 1 event does not say when it was recorded; it is shown, and may have been entered later.".to_owned(),
        _ => format!(
            " {silent} events do not say when they were recorded; they are shown, and may have been entered later."
        ),
    };
    format!(
        "{date}, by our own record: what was entered later is left out.{silent} What an event says is what it says now, as \
         no date of entry is kept for citations, notes, standing and judgments; sources that came out later are left out."
    )
}

/// How many events are shown, and what becomes of those without a date: a window asks about time, which they cannot answer.
fn shown(subject: &Subject<'_>) -> String {
    let all = subject.timeline.events().len();
    let events = || subject.shown.iter().map(|shown| shown.event);
    let perhaps = subject.options.known_on.as_ref().map_or(0, |known_on| known_on.perhaps(subject.timeline, events()));
    let shown = format!("{} of {}{}", subject.shown.len(), count(all, "event", "events"), perhaps_words(perhaps));
    let undated = subject.shown.iter().filter(|shown| shown.event.date.is_none()).count();
    // A window leaves out all that is undated, so that only one of the two is ever more than none.
    match (undated, subject.undated_left_out) {
        (0, 0) => shown,
        (0, 1) => format!("{shown}; 1 that has no date is left out, as it cannot be said to lie in the time selected"),
        (0, left_out) => {
            format!(
                "{shown}; {left_out} that have no date are left out, as they cannot be said to lie in the time selected"
            )
        }
        (undated, _) => format!("{shown}, {undated} of them undated"),
    }
}

/// From the first dated event to the last, each as vague as it is. Where an event has an open end there is no last.
fn covered(subject: &Subject<'_>) -> Option<String> {
    let mut covered = Covered::default();
    for date in subject.shown.iter().filter_map(|shown| shown.event.date.as_ref()) {
        covered.take_in(&date.extent(subject.zone), None);
    }
    // No event is the last of what goes on.
    if covered.is_open() {
        return covered.describe(subject.zone);
    }
    let (first, last) = subject.ends?;
    let (first, last) = (subject.shown.get(first)?, subject.shown.get(last)?);
    let (from, to) = (subject.words(first.event.date.as_ref()?), subject.words(last.event.date.as_ref()?));
    Some(if first.number == last.number { from } else { format!("{from} (first event) to {to} (last event)") })
}

/// Which view, query and window select the events: each that is given, in this order.
fn selection(options: &BriefOptions, out: &mut impl Painter) {
    // What stands before the next part; nothing before the first.
    let mut between = "";
    if let Some(view) = &options.view {
        out.words("the saved view ");
        out.quoted(view, None);
        between = "; ";
    }
    if !options.query.is_empty() {
        out.words(between);
        out.words("the query ");
        out.quoted(options.query.text(), None);
        between = "; ";
    }
    // A window that is open on a side is longer than any.
    let in_days = match (options.from, options.to) {
        (Some(from), Some(to)) => to.saturating_since(from) > IN_DAYS_MICROS,
        _ => true,
    };
    let from = options.from.map(|from| begin(from, in_days));
    let to = options.to.map(|to| end(to, in_days));
    let window = match (from, to) {
        (Some(from), Some(to)) => format!("the time from {from} to {to}"),
        (Some(from), None) => format!("the time from {from} on"),
        (None, Some(to)) => format!("the time to {to}"),
        (None, None) if between.is_empty() && options.known_on.is_some() => {
            return out.words("all that was known by then, or may have been");
        }
        (None, None) if between.is_empty() => return out.words("none: the whole timeline"),
        (None, None) => return,
    };
    out.words(between);
    out.words(&window);
    out.words(" (with what may lie in it)");
}

/// A longer window than this is said in whole days: minutes come from where somebody happened to stop zooming.
const IN_DAYS_MICROS: i64 = 3 * Instant::DAY;

/// The day on which a window begins, with the time where that matters.
fn begin(from: Instant, in_days: bool) -> String {
    moment(if in_days { Unit::Day.floor(from) } else { from })
}

/// The day with which a window ends, or the time before which it does.
fn end(to: Instant, in_days: bool) -> String {
    // A window ends before `to`: at midnight its last day is the one that is over.
    let ends_a_day = to.micros_of_day() == 0;
    moment(if ends_a_day || in_days { Unit::Day.floor(to.saturating_add(-1)) } else { to })
}

fn moment(instant: Instant) -> String {
    if instant.micros_of_day() > 0 {
        return Unit::Minutes(1).label(instant, false);
    }
    // The label of a day begins with its weekday.
    let words = Unit::Day.label(instant, false);
    words.split_once(' ').map_or(words.clone(), |(_, day)| day.to_owned())
}

/// When, by which program and from which file.
fn made(subject: &Subject<'_>, out: &mut impl Painter) {
    let options = subject.options;
    let program = concat!("Annalist ", env!("CARGO_PKG_VERSION"));
    let format = subject.timeline.header().format;
    if let Some(date) = &options.made {
        out.words(&format!("{}, ", date.describe()));
    }
    out.words(&format!("with {program} (file format {format})"));
    let Some(file) = &options.file else { return };
    out.words(", from ");
    out.span(Span::Code(&file.name));
    match &file.sha256 {
        Some(hash) => {
            out.words(" (SHA-256 ");
            out.span(Span::Code(hash));
            out.words(")");
        }
        None => out.words(" with changes that are not saved in it"),
    }
}

/// What the sourcing amounts to, as paragraphs. Only what can be counted is said: how good it is all in all is for the analyst.
pub(super) fn summary(subject: &Subject<'_>, tally: &Tally) -> Vec<String> {
    if subject.shown.is_empty() {
        return vec!["No event matches, so there is nothing to be sourced.".to_owned()];
    }
    let counted = [grades(subject), stances(tally), unknown(tally), badges(tally)];
    std::iter::once(sources(subject)).chain(counted.into_iter().flatten()).collect()
}

/// How many citations of how many sources there are, and how many voices those are: two reports of one dispatch are one.
fn sources(subject: &Subject<'_>) -> String {
    let cited: Vec<&str> = cited_ids(subject);
    let roots: BTreeSet<&str> = cited.iter().map(|id| root_origin(subject.timeline, id)).collect();
    let events = count(subject.shown.len(), "event rests", "events rest");
    let citations = count(subject.note_count, "citation", "citations");
    let origins = match roots.len() {
        number if number == cited.len() => "each with an origin of its own as far as is recorded".to_owned(),
        number => format!("which go back to {}", count(number, "origin", "origins")),
    };
    match cited.len() {
        0 => format!("The {} on no source.", count(subject.shown.len(), "event rests", "events rest")),
        1 => format!("The {events} on {citations} of 1 source."),
        number => format!("The {events} on {citations} of {number} sources, {origins}."),
    }
}

/// The ids of the sources that are cited, in the order of the list.
fn cited_ids<'t>(subject: &Subject<'t>) -> Vec<&'t str> {
    subject.sources.iter().filter(|listed| !listed.notes.is_empty()).map(|listed| &*listed.source.id).collect()
}

/// How many of the cited sources have which grade of reliability. F is a grade (it was tried, and cannot be judged); a source that has
/// none was not judged.
fn grades(subject: &Subject<'_>) -> Option<String> {
    let cited = || subject.sources.iter().filter(|listed| !listed.notes.is_empty());
    let graded = |grade: Option<Reliability>| cited().filter(|listed| listed.source.reliability == grade).count();
    let mut parts: Vec<String> = Reliability::ALL
        .into_iter()
        .map(|grade| (graded(Some(grade)), grade))
        .filter(|&(number, _)| number > 0)
        .map(|(number, grade)| format!("{number} {} ({})", grade.letter(), grade.label().to_lowercase()))
        .collect();
    let ungraded = graded(None);
    if ungraded > 0 {
        parts.push(format!("{ungraded} not graded"));
    }
    (!parts.is_empty()).then(|| format!("Reliability of the sources cited: {}.", parts.join(", ")))
}

/// How many citations take which stance.
fn stances(tally: &Tally) -> Option<String> {
    let parts: Vec<String> = tally
        .stances
        .into_iter()
        .filter(|&(_, number)| number > 0)
        .map(|(stance, number)| {
            let verb = match (stance, number) {
                (Stance::Supports, 1) => "supports",
                (Stance::Supports, _) => "support",
                (Stance::Disputes, 1) => "disputes",
                (Stance::Disputes, _) => "dispute",
                (Stance::Denies, 1) => "denies",
                (Stance::Denies, _) => "deny",
                (Stance::Mentions, 1) => "only mentions",
                (Stance::Mentions, _) => "only mention",
            };
            format!("{number} {verb}")
        })
        .collect();
    (!parts.is_empty()).then(|| format!("Citations by stance: {}.", parts.join(", ")))
}

/// Citations that lead to no source.
fn unknown(tally: &Tally) -> Option<String> {
    let number = tally.without_source;
    let citations = count(number, "citation names", "citations name");
    (number > 0).then(|| format!("{citations} a source that the timeline does not have."))
}

/// How many events have the signs by which the window and pictures mark weak sourcing.
fn badges(tally: &Tally) -> Option<String> {
    let events = |number| count(number, "event", "events");
    let parts: Vec<String> = tally
        .badges
        .into_iter()
        .filter(|&(_, number)| number > 0)
        .map(|(badge, number)| match badge {
            Badge::Unsourced => format!("{} without a citation in support", events(number)),
            Badge::SingleOrigin => format!("{} with several citations of one origin", events(number)),
            Badge::Contradicted => format!("{} disputed or denied by a citation", events(number)),
        })
        .collect();
    (!parts.is_empty()).then(|| format!("To be read with care: {}.", parts.join(", ")))
}

/// What a picture of the same events shows, in words: for readers who do not see it.
pub(super) fn picture(subject: &Subject<'_>) -> String {
    let lanes: BTreeSet<Option<&str>> = subject.in_file_order().map(|shown| shown.event.lane.as_deref()).collect();
    let events = count(subject.shown.len(), "event", "events");
    let lanes = count(lanes.len(), "lane", "lanes");
    let time = covered(subject).map(|words| format!(", {words}")).unwrap_or_default();
    format!("Timeline of {events} in {lanes}{time}. The chronology says all of it in words.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::CivilDay;

    #[test]
    fn a_window_is_said_as_finely_as_it_matters() {
        let day = |day| Instant::from_day(CivilDay::new(2024, 10, day)).unwrap();
        let (midnight, morning) = (day(24), day(24).saturating_add(10 * Instant::HOUR + 23 * Instant::MINUTE));
        let cases = [
            (begin(midnight, false), "24 Oct 2024"),
            (begin(morning, false), "24 Oct 2024 10:23"),
            (begin(morning, true), "24 Oct 2024"),
            (end(midnight, false), "23 Oct 2024"),
            (end(morning, false), "24 Oct 2024 10:23"),
            (end(morning, true), "24 Oct 2024"),
        ];
        for (words, expected) in cases {
            assert_eq!(words, expected);
        }
    }
}
