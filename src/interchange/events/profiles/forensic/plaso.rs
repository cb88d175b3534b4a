//! Plaso (log2timeline): its default CSV, `l2tcsv` and `json_line`.
//!
//! `-` is an empty cell. Dates of `l2tcsv` are month, day, year by definition.

use serde_json::Value;

use super::super::draft::Tally;
use super::super::stamp::{Stamp, zone_text};
use super::super::{json, table};
use super::trace::{self, Trace};
use crate::interchange::events::chronology::Chronology;
use crate::interchange::events::pace::Progress;

/// Kinds of time of the library that Plaso reads dates with which have whole seconds.
const WHOLE_SECONDS: [&str; 3] = ["PosixTime", "FATDateTime", "RFC2579DateTime"];

pub(in crate::interchange::events) fn recognises_dynamic(_: &str, head: &str) -> bool {
    let start = head.trim_start_matches('\u{feff}');
    start.starts_with("datetime,timestamp_desc,source")
        && table::has_header(head, &["datetime", "timestamp_desc", "source", "source_long", "message", "parser"])
}

pub(in crate::interchange::events) fn recognises_l2t(_: &str, head: &str) -> bool {
    table::has_header(head, &["date", "time", "timezone", "MACB", "source", "sourcetype", "type", "short", "desc"])
}

pub(in crate::interchange::events) fn recognises_json_lines(_: &str, head: &str) -> bool {
    json::first_object(head).is_some_and(|object| {
        object.contains_key("message")
            && object.contains_key("timestamp")
            && (object.contains_key("date_time") || object.contains_key("__container_type__"))
    })
}

pub(in crate::interchange::events) fn read_dynamic(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    let mut tally = Tally::default();
    table::each_row(text, progress, &mut chronology, |row, chronology| {
        let (message, date) = (row.take("message").to_owned(), row.take("datetime").to_owned());
        let fields = row.rest().map(|(name, text)| (name, text.to_owned())).collect();
        let stamp = Stamp::read(&date);
        let trace = Trace { line: row.line, locator: format!("row {}", row.number), message, date, stamp, fields };
        trace.put(&mut tally, chronology);
    });
    trace::tell(&tally, &mut chronology);
    chronology
}

pub(in crate::interchange::events) fn read_l2t(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    let mut tally = Tally::default();
    table::each_row(text, progress, &mut chronology, |row, chronology| {
        let mut text = |name: &str| row.take(name).to_owned();
        let (day, time, zone) = (text("date"), text("time"), text("timezone"));
        let (short, long) = (text("short"), text("desc"));
        let stamp = l2t_stamp(&day, &time, &zone);
        // A zone that is not known stays a field, and the time has none.
        let is_known = zone_text(&zone).is_some();
        let mut fields: Vec<(String, String)> = row.rest().map(|(name, text)| (name, text.to_owned())).collect();
        if !is_known {
            fields.push(("timezone".to_owned(), zone.clone()));
        }
        let is_empty = |text: &str| matches!(text, "" | "-");
        let message = if is_empty(&long) { short.clone() } else { long.clone() };
        if !is_empty(&short) && short != message {
            fields.push(("short".to_owned(), short));
        }
        let date = format!("{day} {time} {zone}");
        let trace = Trace { line: row.line, locator: format!("row {}", row.number), message, date, stamp, fields };
        trace.put(&mut tally, chronology);
    });
    trace::tell(&tally, &mut chronology);
    chronology
}

fn l2t_stamp(day: &str, time: &str, zone: &str) -> Option<Stamp> {
    let mut parts = day.trim().split('/').map(|part| part.parse::<i64>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    let stamp = Stamp::of_numbers(year, Some(u8::try_from(month).ok()?), Some(u8::try_from(day).ok()?))?;
    let time = time.trim();
    if time.is_empty() || time.starts_with('-') {
        return Some(stamp);
    }
    let mut stamp = stamp.with_clock(time)?;
    stamp.zone = zone_text(zone.trim()).unwrap_or_default();
    Some(stamp)
}

pub(in crate::interchange::events) fn read_json_lines(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    let mut tally = Tally::default();
    json::each_object(text, progress, &mut chronology, |line, object, chronology| {
        let of = |name: &str| object.get(name).map(json::text).unwrap_or_default();
        let micros = of("timestamp");
        let class = object.get("date_time").and_then(|time| time.get("__class_name__")).and_then(Value::as_str);
        let is_fine = class.is_none_or(|class| !WHOLE_SECONDS.contains(&class));
        let stamp = micros.trim().parse().ok().and_then(|micros| Stamp::of_micros(micros, is_fine));
        let fields = object
            .iter()
            .filter(|(name, _)| {
                !["message", "timestamp", "date_time", "__container_type__", "__type__"].contains(&name.as_str())
            })
            .map(|(name, value)| (name.clone(), json::text(value)))
            .collect();
        let trace =
            Trace { line, locator: format!("line {line}"), message: of("message"), date: micros, stamp, fields };
        trace.put(&mut tally, chronology);
    });
    trace::tell(&tally, &mut chronology);
    chronology
}
