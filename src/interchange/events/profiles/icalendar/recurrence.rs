//! When an event that recurs occurs: its rule, what is added to it and what is taken out.

use calcard::icalendar::ICalendar;
use calcard::{Entry, Parser};
use chrono::{Datelike as _, Timelike as _};

use super::content::Component;
use super::moment::Moment;
use crate::time::{CivilDay, Instant};

/// Occurrences of one event that come in; a rule may go on for ever.
pub(super) const MOST: usize = 100;

/// Bytes beyond which a rule is none.
const LONGEST_RULE: usize = 400;

/// When an event occurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Occurrences {
    /// In order of time.
    pub starts: Vec<Moment>,
    /// Whether the rule goes on beyond them.
    pub is_cut: bool,
}

/// When an event with a rule or further dates occurs, `replaced` being occurrences that stand as events of their own. None where
/// its rule cannot be read.
pub(super) fn occurrences(event: &Component, start: &Moment, replaced: &[String]) -> Option<Occurrences> {
    let first = start.civil()?;
    let mut starts = vec![first];
    for rule in event.all("RRULE") {
        starts.extend(of_rule(&rule.value, start, first)?);
    }
    for added in event.all("RDATE").flat_map(Moment::all) {
        starts.push(on_clock_of(start, &added)?);
    }
    starts.sort_unstable();
    starts.dedup();
    let is_cut = starts.len() > MOST;
    starts.truncate(MOST);
    let taken_out: Vec<Instant> =
        event.all("EXDATE").flat_map(Moment::all).filter_map(|moment| on_clock_of(start, &moment)).collect();
    let starts = starts.into_iter().filter(|civil| !taken_out.contains(civil)).filter_map(|civil| start.at(civil));
    let starts = starts.filter(|start| !replaced.contains(&start.stamp.text())).collect();
    Some(Occurrences { starts, is_cut })
}

/// What the clock of an event shows at a moment that is given in its zone, in UTC or in none; a day alone means that day at the
/// time of the event.
fn on_clock_of(event: &Moment, moment: &Moment) -> Option<Instant> {
    let civil = moment.civil()?;
    if moment.is_day() && !event.is_day() {
        return Some(civil.saturating_add(event.civil()?.micros_of_day()));
    }
    Some(if moment.stamp.zone == "Z" { event.clock_at(civil) } else { civil })
}

/// What the clock of an event shows when it occurs by a rule: one more than come in, which says that there are more.
fn of_rule(rule: &str, start: &Moment, first: Instant) -> Option<Vec<Instant>> {
    let is_rule = rule.len() <= LONGEST_RULE
        && rule
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'=' | b';' | b',' | b'-' | b'+' | b':'));
    if !is_rule {
        return None;
    }
    // The rule is worked out on the clock of the event, so that its end has to be on it too.
    let parts = rule.split(';').map(|part| match part.split_once('=') {
        Some((name, until)) if name.eq_ignore_ascii_case("UNTIL") => format!("UNTIL={}", until_on_clock(until, start)),
        _ => part.to_owned(),
    });
    let rule = parts.collect::<Vec<_>>().join(";");
    let text = format!(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:{}\r\nRRULE:{rule}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        written(first)
    );
    let Entry::ICalendar(calendar) = Parser::new(&text).entry() else { return None };
    expanded(&calendar)
}

fn expanded(calendar: &ICalendar) -> Option<Vec<Instant>> {
    let expanded = calendar.expand_dates(calcard::common::timezone::Tz::Floating, MOST + 1);
    if !expanded.errors.is_empty() || expanded.events.is_empty() {
        return None;
    }
    let civil = expanded.events.iter().map(|event| {
        let start = event.start.naive_local();
        let (month, day) = (u8::try_from(start.month()).ok()?, u8::try_from(start.day()).ok()?);
        let of_day = Instant::from_day(CivilDay::new(i64::from(start.year()), month, day))?;
        Some(of_day.saturating_add(i64::from(start.num_seconds_from_midnight()) * Instant::SECOND))
    });
    civil.collect()
}

/// An end in UTC as the clock of the event shows it; a day is the end of that day.
fn until_on_clock(until: &str, start: &Moment) -> String {
    let property = super::content::Property { value: until.to_owned(), ..super::content::Property::default() };
    let Some(moment) = Moment::of(&property) else { return until.to_owned() };
    let Some(civil) = moment.civil() else { return until.to_owned() };
    match (moment.is_day(), moment.stamp.zone.as_str()) {
        (true, _) => written(civil.saturating_add(super::moment::DAY_MICROS - Instant::SECOND)),
        (false, "Z") => written(start.clock_at(civil)),
        (false, _) => written(civil),
    }
}

fn written(civil: Instant) -> String {
    let CivilDay { year, month, day } = civil.day();
    let seconds = civil.micros_of_day() / Instant::SECOND;
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}")
}
