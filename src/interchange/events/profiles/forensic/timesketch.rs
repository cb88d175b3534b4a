//! Timesketch: rows with `message`, `datetime` and `timestamp_desc`, in CSV or one JSON object a line.
//!
//! `datetime` is ISO 8601, or a count of microseconds where programs put one there; `timestamp` counts microseconds since 1970, and
//! gives the fraction of a second that `datetime` lacks.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::super::draft::{Draft, Tally, one_line};
use super::super::stamp::Stamp;
use super::super::{json, table};
use super::trace::{self, Trace};
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::chronology::{Chronology, Named};
use crate::interchange::events::pace::Progress;
use crate::model::Source;
use crate::time::Date;

const NAMES: [&str; 3] = ["message", "datetime", "timestamp_desc"];

/// What rows are called that Annalist writes.
const OWN: &str = "annalist:event";

/// Digits of a count of microseconds since 1970, between 1973 and 2286; of milliseconds and seconds there are fewer.
const MICROS_DIGITS: usize = 16;

pub(in crate::interchange::events) fn recognises_csv(_: &str, head: &str) -> bool {
    table::has_header(head, &NAMES)
}

pub(in crate::interchange::events) fn recognises_json_lines(_: &str, head: &str) -> bool {
    json::first_object(head).is_some_and(|object| NAMES.iter().all(|name| object.contains_key(*name)))
}

pub(in crate::interchange::events) fn read_csv(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    let mut tally = Tally::default();
    table::each_row(text, progress, &mut chronology, |row, chronology| {
        let (message, date, micros) =
            (row.take("message").to_owned(), row.take("datetime").to_owned(), row.take("timestamp").to_owned());
        let mut trace = Trace { line: row.line, locator: format!("row {}", row.number), message, ..Trace::default() };
        trace.fields = row.rest().map(|(name, text)| (name, text.to_owned())).collect();
        put(trace, date, micros, &mut tally, chronology);
    });
    trace::tell(&tally, &mut chronology);
    chronology
}

pub(in crate::interchange::events) fn read_json_lines(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    let mut tally = Tally::default();
    let mut own = BTreeSet::new();
    json::each_object(text, progress, &mut chronology, |line, object, chronology| {
        if object.get("data_type").and_then(Value::as_str) == Some(OWN) {
            put_own(line, object, &mut own, chronology);
            return;
        }
        let of = |name: &str| object.get(name).map(json::text).unwrap_or_default();
        let mut trace = Trace { line, locator: format!("line {line}"), message: of("message"), ..Trace::default() };
        let rest = object.iter().filter(|(name, _)| !["message", "datetime", "timestamp"].contains(&name.as_str()));
        trace.fields = rest.map(|(name, value)| (name.clone(), json::text(value))).collect();
        put(trace, of("datetime"), of("timestamp"), &mut tally, chronology);
    });
    trace::tell(&tally, &mut chronology);
    chronology
}

/// An event of ours has a row for each of its edges that is known: one of them brings all of it back.
fn put_own(line: usize, row: &Map<String, Value>, seen: &mut BTreeSet<String>, chronology: &mut Chronology) {
    let of = |name: &str| row.get(name).map(json::text).unwrap_or_default();
    let key = of("event_id");
    if !key.is_empty() && !seen.insert(key.clone()) {
        return;
    }
    let mut draft = Draft::new(line, format!("line {line}"));
    draft.record.key = (!key.is_empty()).then_some(key);
    draft.title(&of("message"));
    draft.record.date_as_given = Some(of("edtf")).filter(|text| !text.is_empty());
    match Date::parse(&of("edtf")) {
        Ok(date) => draft.event().date = Some(date),
        Err(_) => draft.unread_date("edtf", &of("edtf")),
    }
    let wording = of("wording");
    draft.event().wording = (!wording.is_empty()).then(|| one_line(&wording).into());
    draft.standing(&of("standing"));
    draft.lane(&of("lane"));
    draft.place(&of("place"));
    draft.note(&of("note"));
    let list = |name: &str| row.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    list("actors").iter().for_each(|actor| draft.actor(&json::text(actor)));
    list("tag").iter().for_each(|tag| draft.tag(&json::text(tag)));
    for source in list("sources").iter().map(json::text) {
        let (title, address) =
            source.rsplit_once(" <").map_or((source.as_str(), ""), |(title, rest)| (title, rest.trim_end_matches('>')));
        if !draft.address(address, title) {
            draft.source(Named::new(Source::new("", one_line(&source))));
        }
    }
    draft.finish(chronology);
}

fn put(mut trace: Trace, date: String, micros: String, tally: &mut Tally, chronology: &mut Chronology) {
    let of_micros = micros.trim().parse::<i64>().ok().and_then(|micros| Stamp::of_micros(micros, true));
    let is_count = date.trim().len() >= MICROS_DIGITS && date.trim().bytes().all(|byte| byte.is_ascii_digit());
    trace.stamp = if is_count {
        date.trim().parse().ok().and_then(|micros| Stamp::of_micros(micros, true))
    } else if date.trim().is_empty() {
        of_micros.clone()
    } else {
        Stamp::read(&date)
    };
    if let (Some(fine), Some(stamp)) = (&of_micros, &trace.stamp)
        && fine != stamp
        && !date.trim().is_empty()
    {
        // The fraction of the same second, in whatever zone that is written.
        let second =
            |stamp: &Stamp| stamp.date().map(|date| date.sort_key(crate::time::Zone::UTC).clamped().0 / 1_000_000);
        if second(fine).is_some() && second(fine) == second(stamp) {
            if !date.contains(['.', ',']) {
                trace.stamp = of_micros;
            }
        } else {
            tally.count("two-dates", trace.line);
            trace.fields.push(("timestamp".to_owned(), micros.clone()));
        }
    }
    trace.date = if date.trim().is_empty() { micros } else { date };
    if trace.message.trim().is_empty() && trace.date.trim().is_empty() {
        let message = "the row has neither a message nor a date, and was not taken";
        chronology.problems.push(Problem::new(Severity::Error, "empty-event", trace.line, message));
        return;
    }
    trace.put(tally, chronology);
}
