//! iCalendar (RFC 5545): events and journal entries of calendars (`.ics`).
//!
//! An end is the first day or moment after. A time keeps its zone; one without stands on the clock of the timeline. What recurs comes
//! as often as it occurs, up to a hundred times.
//!
//! | module | owns |
//! |---|---|
//! | `content` | lines, properties and components |
//! | `moment` | dates, zones and lengths of time |
//! | `recurrence` | when what recurs occurs |

mod content;
mod moment;
mod recurrence;

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, Tally, one_line};
use crate::diagnostic::{Severity, counted};
use crate::interchange::Problem;
use crate::interchange::events::chronology::{Chronology, Group};
use crate::interchange::events::marks::{CALENDAR_DATE, CALENDAR_STANDING};
use crate::interchange::events::pace::{Pace, Progress};
use crate::model::{Coordinates, Relation, Standing};
use crate::time::Date;
use content::{Component, Property};
use moment::Moment;

/// Properties that only keep the books of a calendar.
const LEFT_OUT: [&str; 7] = ["DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "TRANSP", "CLASS", "REQUEST-STATUS", "X-ALT-DESC"];

/// From 2 to so many categories, one an event, are lanes.
const MOST_LANES: usize = 20;

pub(in crate::interchange::events) fn recognises(_: &str, head: &str) -> bool {
    let start = head.trim_start_matches('\u{feff}').trim_start();
    start.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
}

pub(in crate::interchange::events) fn read(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    let (calendars, strays) = content::components(text.trim_start_matches('\u{feff}'));
    if let Some(line) = strays.first() {
        let message = format!("{} that are no property of a component were left out", counted(strays.len(), "line"));
        chronology.problems.push(Problem::new(Severity::Warning, "stray-line", *line, message));
    }
    let mut tally = Tally::default();
    let mut pace = Pace::new(progress, calendars.iter().map(|calendar| calendar.components.len()).sum());
    for calendar in &calendars {
        let named = |name: &str| calendar.property(name).map(Property::text).filter(|text| !text.is_empty());
        chronology.title = chronology.title.or_else(|| named("NAME").or_else(|| named("X-WR-CALNAME")));
        chronology.description =
            chronology.description.or_else(|| named("DESCRIPTION").or_else(|| named("X-WR-CALDESC")));
        read_calendar(calendar, &mut pace, &mut tally, &mut chronology);
    }
    lanes_of_categories(&mut chronology);
    tell(&tally, &mut chronology);
    chronology
}

fn tell(tally: &Tally, chronology: &mut Chronology) {
    tally.tell(chronology, Severity::Info, "day-with-time", |count| {
        format!("{} called days with a midnight behind them became days", counted(count, "date"))
    });
    tally.tell(chronology, Severity::Info, "floating-time", |count| {
        format!("{} without a zone, on the clock of the timeline", counted(count, "time"))
    });
    tally.tell(chronology, Severity::Warning, "unknown-zone", |count| {
        let times = counted(count, "time");
        format!("{times} of a zone that is not known (field \"TZID\") stand on the clock of the timeline")
    });
}

fn read_calendar(calendar: &Component, pace: &mut Pace<'_>, tally: &mut Tally, chronology: &mut Chronology) {
    // A file may begin with an event.
    if calendar.name == "VEVENT" {
        read_event(calendar, &BTreeMap::new(), 1, tally, chronology);
        return;
    }
    // Occurrences that stand as events of their own, by the id of what recurs.
    let mut replaced: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for event in &calendar.components {
        if let (Some(uid), Some(moment)) = (event.property("UID"), event.property("RECURRENCE-ID").and_then(Moment::of))
        {
            replaced.entry(uid.text()).or_default().push(moment.stamp.text());
        }
    }
    let mut number = 0;
    for component in calendar.components.iter().take_while(|_| pace.goes_on()) {
        match component.name.as_str() {
            "VEVENT" | "VJOURNAL" => {
                number += 1;
                read_event(component, &replaced, number, tally, chronology);
            }
            "VTIMEZONE" => {}
            "VTODO" => chronology.leave_out("task"),
            "VFREEBUSY" => chronology.leave_out("free and busy time"),
            _ => chronology.leave_out("component that is no event"),
        }
    }
}

fn read_event(
    event: &Component,
    replaced: &BTreeMap<String, Vec<String>>,
    number: usize,
    tally: &mut Tally,
    chronology: &mut Chronology,
) {
    let says_something = ["SUMMARY", "DESCRIPTION", "DTSTART"].iter().any(|name| event.property(name).is_some());
    if !says_something {
        let message = "the event has neither a summary, nor a description, nor a start, and was not taken";
        chronology.problems.push(Problem::new(Severity::Error, "empty-event", event.line, message));
        return;
    }
    for component in &event.components {
        chronology.leave_out(if component.name == "VALARM" { "alarm" } else { "component within an event" });
    }
    let uid = event.property("UID").map(Property::text).unwrap_or_default();
    let start = event.property("DTSTART").and_then(Moment::of);
    let mut recurs = ["RRULE", "RDATE"].iter().any(|name| event.property(name).is_some());
    let replaced = replaced.get(&uid).map(Vec::as_slice).unwrap_or_default();
    let starts = match &start {
        Some(start) if recurs => match recurrence::occurrences(event, start, replaced) {
            Some(found) => {
                if found.is_cut {
                    let message = format!("the event recurs beyond the {} times that came in", recurrence::MOST);
                    let problem = Problem::new(Severity::Warning, "recurrence-cut", event.line, message);
                    chronology.problems.push(problem.of(&uid));
                }
                found.starts
            }
            None => {
                let message = "how the event recurs cannot be read; it came once, with the rule as a field";
                let problem = Problem::new(Severity::Warning, "recurrence", event.line, message);
                chronology.problems.push(problem.of(&uid));
                recurs = false;
                vec![start.clone()]
            }
        },
        _ => start.iter().cloned().collect(),
    };
    if starts.is_empty() {
        put(event, number, &uid, None, None, tally, chronology);
    }
    for (at, occurrence) in starts.iter().enumerate() {
        let first = start.as_ref().filter(|_| recurs);
        put(event, number, &uid, Some(occurrence), first.map(|first| (first, at)), tally, chronology);
    }
}

/// One occurrence of an event; `first` is when the event first occurs, and which of its occurrences this is.
fn put(
    event: &Component,
    number: usize,
    uid: &str,
    start: Option<&Moment>,
    first: Option<(&Moment, usize)>,
    tally: &mut Tally,
    chronology: &mut Chronology,
) {
    let mut draft = Draft::new(event.line, format!("event {number}"));
    let replaces = event.property("RECURRENCE-ID").map(|property| property.value.trim().to_owned());
    let suffix = match (first, start) {
        (Some(_), Some(start)) => Some(start.stamp.text()),
        _ => replaces.as_ref().map(|_| {
            let moment = event.property("RECURRENCE-ID").and_then(Moment::of);
            moment.map(|moment| moment.stamp.text()).unwrap_or_default()
        }),
    };
    if !uid.is_empty() {
        draft.record.key = Some(suffix.map_or_else(|| uid.to_owned(), |suffix| format!("{uid} {suffix}")));
    }
    put_date(event, start, first.map(|(first, _)| first), &mut draft, tally);
    // What Annalist wrote holds no markup: its signs are those of the text.
    let is_own = event.property(CALENDAR_DATE).is_some();
    for property in &event.properties {
        match property.name.as_str() {
            "DESCRIPTION" if is_own => draft.note(&property.text()),
            _ => put_property(property, &mut draft, chronology),
        }
    }
    if first.is_none_or(|(_, at)| at == 0) {
        put_unread_recurrence(event, start.is_some(), &mut draft);
    }
    if first.is_some_and(|(_, at)| at > 0) {
        // The rule stands with the first occurrence.
        draft.event().rare.fields.remove("RRULE");
    }
    draft.finish(chronology);
}

/// Further dates, and dates taken out, that are none: times without a day, or any beside an event that has no start. They are told.
fn put_unread_recurrence(event: &Component, has_start: bool, draft: &mut Draft) {
    for name in ["RDATE", "EXDATE"] {
        for property in event.all(name) {
            let given = property.value.split(',').filter(|text| !text.trim().is_empty()).count();
            let unread = if has_start { given - Moment::all(property).len().min(given) } else { given };
            if unread > 0 {
                draft.own(name, &property.value);
                let message =
                    format!("{} of {name} cannot be read, and it is kept as a field", counted(unread, "date"));
                draft.tell(Severity::Warning, "recurrence", message);
            }
        }
    }
}

fn put_date(event: &Component, start: Option<&Moment>, first: Option<&Moment>, draft: &mut Draft, tally: &mut Tally) {
    let own = event.property(CALENDAR_DATE).and_then(|property| Date::parse(property.value.trim()).ok());
    let value = |name: &str| event.property(name).map(|property| property.value.trim().to_owned());
    let as_given: Vec<String> = ["DTSTART", "DTEND", "DURATION"].into_iter().filter_map(value).collect();
    draft.record.date_as_given = (!as_given.is_empty()).then(|| as_given.join(" – "));
    let Some(start) = start else {
        if let Some(text) = value("DTSTART") {
            draft.unread_date("DTSTART", &text);
        }
        draft.event().date = own;
        return;
    };
    if start.is_day_with_time {
        tally.count("day-with-time", event.line);
    }
    if let Some(zone) = &start.unknown_zone {
        draft.own("TZID", zone);
        tally.count("unknown-zone", event.line);
    } else if !start.is_day() && start.stamp.zone.is_empty() {
        tally.count("floating-time", event.line);
    }
    if own.is_some() && first.is_none() {
        draft.event().date = own;
        return;
    }
    let from = start.stamp.text();
    match end(event, start, first) {
        Some(end) => draft.span(&from, &end, "DTEND"),
        None => draft.span(&from, &from, "DTEND"),
    }
    if draft.record.event.date.is_none() {
        // A time that clocks skipped is no moment: its day is what is left.
        draft.event().date = start.stamp.on_day().date();
        draft.unread_date("DTSTART", &from);
    }
}

/// The end as it is written: of days the last one, which stands before the end that the format gives.
fn end(event: &Component, start: &Moment, first: Option<&Moment>) -> Option<String> {
    let given = event.property("DTEND").and_then(Moment::of);
    let lasts = event.property("DURATION").and_then(|property| moment::duration(&property.value));
    let end = match (given, lasts) {
        (Some(end), _) => match first {
            // A later occurrence lasts as long as the first.
            Some(first) => {
                let length = end.civil()?.micros() - first.civil()?.micros();
                end.at(start.civil()?.saturating_add(length))?
            }
            None => end,
        },
        (None, Some(length)) => start.at(start.civil()?.saturating_add(length))?,
        (None, None) => return None,
    };
    if end.is_day() && start.is_day() {
        // A calendar that ends a day on the same day means that day.
        let last = moment::day_before(&end.stamp)?;
        let is_before = end.civil()? <= start.civil()?;
        return Some(if is_before && end.stamp == start.stamp { start.stamp.text() } else { last.text() });
    }
    Some(end.stamp.text())
}

fn put_property(property: &Property, draft: &mut Draft, chronology: &mut Chronology) {
    let text = property.text();
    match property.name.as_str() {
        "SUMMARY" => draft.title(&text),
        "DESCRIPTION" => {
            let plain = draft.plain(&text);
            draft.note(&plain);
        }
        "LOCATION" => draft.place(&text),
        "GEO" => match Coordinates::parse(&text) {
            Some(place) => draft.event().rare.coordinates = Some(place),
            None => draft.own("GEO", &text),
        },
        "CATEGORIES" => property.list().iter().for_each(|category| draft.tag(category)),
        "URL" | "ATTACH" | "CONFERENCE" | "SOURCE" => {
            if property.parameter("ENCODING").is_some() || text.starts_with("data:") {
                chronology.leave_out("attached file");
            } else if !draft.address(&text, property.parameter("FILENAME").unwrap_or_default()) {
                draft.own(&property.name, &text);
            }
        }
        "STATUS" => match text.to_ascii_uppercase().as_str() {
            "TENTATIVE" => draft.event().standing = Standing::Expected,
            "CANCELLED" => draft.event().standing = Standing::Retracted,
            _ => draft.own("STATUS", &text),
        },
        "ATTENDEE" | "ORGANIZER" => {
            let name = property.parameter("CN").unwrap_or_else(|| text.trim_start_matches("mailto:"));
            draft.actor(name);
        }
        "RELATED-TO" => {
            let kind = property.parameter("RELTYPE").unwrap_or("PARENT").to_ascii_uppercase();
            draft.link(&text, if kind == "PARENT" { Relation::PartOf } else { Relation::Related });
        }
        "CREATED" => {
            draft.event().rare.recorded = Moment::of(property).and_then(|moment| moment.stamp.date());
        }
        "UID" | "DTSTART" | "DTEND" | "DURATION" | "RDATE" | "EXDATE" | "RECURRENCE-ID" | CALENDAR_DATE => {}
        CALENDAR_STANDING if draft.standing(&text) => {}
        name if LEFT_OUT.contains(&name) => chronology.leave_out("bookkeeping of a calendar"),
        name if name.starts_with("X-") => chronology.leave_out("property of another program (X-…)"),
        name => draft.own(name, &text),
    }
}

/// Where no event has more than one category and there are from 2 to 20 of them, they are lanes.
fn lanes_of_categories(chronology: &mut Chronology) {
    let names: BTreeSet<String> =
        chronology.records.iter().flat_map(|record| record.event.tags.iter().map(|tag| one_line(tag))).collect();
    let is_one_each = chronology.records.iter().all(|record| record.event.tags.len() <= 1);
    if !is_one_each || !(2..=MOST_LANES).contains(&names.len()) {
        return;
    }
    for record in &mut chronology.records {
        record.event.lane = record.event.tags.pop();
    }
    chronology.lanes = names.into_iter().map(|name| Group { name, color: None, note: None }).collect();
}
