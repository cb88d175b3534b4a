//! Events as a calendar (iCalendar, RFC 5545).
//!
//! A calendar knows days and moments. What is vaguer is an all-day event over all that it can be, with the date itself in
//! `X-ANNALIST-DATE`. An end is the first day or moment after.

use std::io::{self, BufWriter, Write};

use super::edges::{Edges, clock, days, is_timed};
use super::lost::Losses;
use super::prose;
use super::selection::Selection;
use crate::interchange::events::marks::{CALENDAR_DATE, CALENDAR_STANDING};
use crate::model::{Event, Relation, Standing, WebAddress};
use crate::time::{CivilDay, Instant};

/// Octets of a line, its end apart (RFC 5545, 3.1).
const LONGEST_LINE: usize = 75;
/// The years that a date of a calendar can have.
const YEARS: std::ops::RangeInclusive<i64> = 1..=9999;

pub(super) fn ics(selection: &Selection<'_>, losses: &mut Losses, out: &mut dyn Write) -> io::Result<()> {
    let mut out = Lines { out: BufWriter::new(out) };
    let header = selection.timeline.header();
    out.raw("BEGIN:VCALENDAR")?;
    out.raw("VERSION:2.0")?;
    out.raw("PRODID:-//Annalist//Annalist//EN")?;
    out.text("NAME", &header.title)?;
    out.text("X-WR-CALNAME", &header.title)?;
    if let Some(description) = &header.description {
        out.text("DESCRIPTION", description)?;
        out.text("X-WR-CALDESC", description)?;
    }
    for event in selection.events() {
        match Times::of(&event, selection) {
            Some(times) => write_event(&event, &times, selection, &mut out)?,
            None if event.date.is_none() => losses.add("undated event", "undated events", 1),
            None => losses.add(
                "event that begins and ends at no known day of the years 1 to 9999",
                "events that begin and end at no known day of the years 1 to 9999",
                1,
            ),
        }
    }
    out.raw("END:VCALENDAR")?;
    out.out.flush()
}

/// When an event stands in a calendar.
enum Times {
    /// From a day to the day after the last.
    Days(CivilDay, CivilDay),
    /// From a moment, perhaps to another.
    Moments(Instant, Option<Instant>),
}

impl Times {
    fn of(event: &Event, selection: &Selection<'_>) -> Option<Self> {
        let date = event.date.as_ref()?;
        let edges = Edges::of(date, selection);
        if is_timed(date)
            && let Some(start) = edges.earliest_start.filter(|at| YEARS.contains(&at.day().year))
        {
            // A moment as long as its unit has no end: a minute is no meeting of a minute.
            let end = edges.latest_end.filter(|at| edges.is_span && YEARS.contains(&at.day().year));
            return Some(Self::Moments(start, end));
        }
        // Of what is open on one side the known day stands: an end that nobody knows is not made up.
        let (first, last) = match days(date, YEARS) {
            (Some(first), Some(last)) => (first, last),
            (Some(day), None) | (None, Some(day)) => (day, day),
            (None, None) => return None,
        };
        let after = CivilDay::from_number(last.number() + 1);
        YEARS.contains(&after.year).then_some(Self::Days(first, after))
    }
}

fn write_event(event: &Event, times: &Times, selection: &Selection<'_>, out: &mut Lines<impl Write>) -> io::Result<()> {
    out.raw("BEGIN:VEVENT")?;
    out.text("UID", &event.id)?;
    // When the entry was made. It is asked for, and no clock is read: where the record says nothing, the beginning of 1970 stands.
    let recorded = event.rare.recorded.as_ref().and_then(|date| Edges::of(date, selection).earliest_start);
    let recorded = recorded.filter(|at| YEARS.contains(&at.day().year));
    out.raw(&format!("DTSTAMP:{}", utc(recorded.unwrap_or(Instant::from_micros(0)))))?;
    if let Some(at) = recorded {
        out.raw(&format!("CREATED:{}", utc(at)))?;
    }
    match times {
        Times::Days(first, after) => {
            out.raw(&format!("DTSTART;VALUE=DATE:{}", day(*first)))?;
            out.raw(&format!("DTEND;VALUE=DATE:{}", day(*after)))?;
        }
        Times::Moments(start, end) => {
            out.raw(&format!("DTSTART:{}", utc(*start)))?;
            if let Some(end) = end {
                out.raw(&format!("DTEND:{}", utc(*end)))?;
            }
        }
    }
    out.raw(&format!("{CALENDAR_DATE}:{}", event.date_as_written()))?;
    out.text("SUMMARY", &event.title)?;
    out.text("DESCRIPTION", &prose::description(event, selection, &["Place", "Tags", "EDTF"]))?;
    if let Some(place) = &event.place {
        out.text("LOCATION", place)?;
    }
    if let Some(place) = event.rare.coordinates {
        out.raw(&format!("GEO:{};{}", place.latitude(), place.longitude()))?;
    }
    let lane = event.lane.as_deref().map(|id| selection.timeline.lane(id).map_or(id, |lane| &lane.title));
    let categories: Vec<String> =
        lane.into_iter().chain(event.tags.iter().map(|tag| tag.as_str())).map(escaped).collect();
    if !categories.is_empty() {
        out.raw(&format!("CATEGORIES:{}", categories.join(",")))?;
    }
    let address = event.citations.iter().find_map(|citation| {
        let source = selection.timeline.source(&citation.source)?;
        source.url.as_deref().filter(|url| WebAddress::parse(url).is_ok())
    });
    if let Some(address) = address {
        out.raw(&format!("URL:{address}"))?;
    }
    match event.standing {
        Standing::Confirmed => out.raw("STATUS:CONFIRMED")?,
        Standing::Expected => out.raw("STATUS:TENTATIVE")?,
        Standing::Retracted => out.raw("STATUS:CANCELLED")?,
        Standing::Reported | Standing::Alleged | Standing::Disputed | Standing::Denied => {}
    }
    out.text(CALENDAR_STANDING, event.standing.label())?;
    for link in &event.links {
        let kind = if link.relation == Relation::PartOf { "PARENT" } else { "SIBLING" };
        out.raw(&format!("RELATED-TO;RELTYPE={kind}:{}", escaped(&link.to)))?;
    }
    out.raw("END:VEVENT")
}

/// `20241024`.
fn day(day: CivilDay) -> String {
    format!("{:04}{:02}{:02}", day.year, day.month, day.day)
}

/// `20241024T072300Z`.
fn utc(at: Instant) -> String {
    let (of, hour, minute, second, _) = clock(at);
    format!("{}T{hour:02}{minute:02}{second:02}Z", day(of))
}

/// A text as a value (RFC 5545, 3.3.11). Controls have no place in it.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 8);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' | ';' | ',' => value.extend(['\\', sign]),
            '\r' if signs.peek() == Some(&'\n') => {}
            '\n' | '\r' => value.push_str("\\n"),
            '\t' => value.push('\t'),
            sign if sign.is_control() => {}
            sign => value.push(sign),
        }
    }
    value
}

/// Lines of a calendar.
struct Lines<W> {
    out: W,
}

impl<W: Write> Lines<W> {
    fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.raw(&format!("{name}:{}", escaped(text)))
    }

    /// A line, folded: what goes on behind 75 octets begins with a space. No sign is torn.
    fn raw(&mut self, line: &str) -> io::Result<()> {
        // An address or a date may hold what ends a line: nothing behind it becomes a property.
        let mut room = LONGEST_LINE;
        for sign in line.chars().filter(|sign| !sign.is_control() || *sign == '\t') {
            if sign.len_utf8() > room {
                self.out.write_all(b"\r\n ")?;
                room = LONGEST_LINE - 1;
            }
            room -= sign.len_utf8();
            let mut bytes = [0; 4];
            self.out.write_all(sign.encode_utf8(&mut bytes).as_bytes())?;
        }
        self.out.write_all(b"\r\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_signs_and_hold_no_other() {
        let line = format!("X:{}\r\nSTATUS:é{}", "é".repeat(60), "b".repeat(80));
        let mut lines = Lines { out: Vec::new() };
        lines.raw(&line).unwrap();
        let text = String::from_utf8(lines.out).unwrap();
        let folded: Vec<&str> = text.strip_suffix("\r\n").unwrap().split("\r\n").collect();
        assert!(folded.iter().all(|line| line.len() <= LONGEST_LINE && !line.is_empty()), "{folded:?}");
        assert!(folded.iter().skip(1).all(|line| line.starts_with(' ')));
        assert_eq!(text.replace("\r\n ", ""), line.replace("\r\n", "") + "\r\n");
        assert_eq!(escaped("a, b; c\\\r\nd\u{7}"), "a\\, b\\; c\\\\\\nd");
    }
}
