//! Aeon Timeline 2 and 3: the table that it exports, with a row for each event, person, place and folder.
//!
//! A start may have a latest date, an end an earliest one. Aeon fills the months and days that nobody gave with 01.

use std::collections::BTreeMap;

use super::colors;
use super::draft::{Draft, Tally};
use super::stamp::Stamp;
use super::table::{self, Row};
use crate::diagnostic::{Severity, counted};
use crate::interchange::Problem;
use crate::interchange::events::chronology::{Chronology, Group};
use crate::interchange::events::dates::piece;
use crate::interchange::events::pace::Progress;
use crate::time::Date;

/// Columns of relations that say who acted.
const ACTORS: [&str; 8] =
    ["Participant", "Participants", "Character", "Characters", "Person", "People", "Actor", "Actors"];

/// Columns of relations that say where.
const PLACES: [&str; 4] = ["Location", "Locations", "Place", "Places"];

/// Columns that only arrange a story on the screen.
const LEFT_OUT: [(&str, &str); 1] = [("Initials", "initials")];

pub(in crate::interchange::events) fn recognises(_: &str, head: &str) -> bool {
    table::has_header(head, &["Type", "Display ID", "Label", "Start Date"])
        || table::has_header(head, &["Start Date", "End Date", "Title", "EventID"])
}

pub(in crate::interchange::events) fn read(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    let mut tally = Tally::default();
    let mut entities: BTreeMap<String, usize> = BTreeMap::new();
    let mut first_entity = 0;
    let mut padding = Padding::default();
    table::each_row(text, progress, &mut chronology, |row, chronology| {
        let kind = row.take("Type").to_owned();
        if !kind.is_empty() && !kind.eq_ignore_ascii_case("event") {
            chronology.leave_out("row that is no event (person, place, folder)");
            if entities.is_empty() {
                first_entity = row.line;
            }
            *entities.entry(kind).or_default() += 1;
            return;
        }
        read_event(row, &mut tally, &mut padding, chronology);
    });
    if !entities.is_empty() {
        let kinds: Vec<String> = entities.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        let message = format!(
            "rows that are no events were left out ({}); what events name of them is an actor, a place or a field",
            kinds.join(", ")
        );
        chronology.problems.push(Problem::new(Severity::Info, "left-out", first_entity, message));
    }
    padding.tell(&mut chronology);
    tally.tell(&mut chronology, Severity::Info, "window", |count| {
        let dates = counted(count, "date");
        format!("{dates} with a window at an end became as wide as an interval can say it, with the limits as fields")
    });
    chronology
}

fn read_event(row: &mut Row<'_>, tally: &mut Tally, padding: &mut Padding, chronology: &mut Chronology) {
    let mut draft = row.draft();
    let key = [row.take("Display ID").to_owned(), row.take("EventID").to_owned()];
    draft.record.key = key.into_iter().find(|key| !key.is_empty());
    let title = [row.take("Label").to_owned(), row.take("Title").to_owned()];
    draft.title(title.iter().find(|title| !title.is_empty()).map_or("", String::as_str));
    let summary = row.take("Summary").to_owned();
    let summary = draft.plain(&summary);
    draft.note(&summary);
    put_date(row, &mut draft, tally, padding);
    // The names of colours are the user's own: "Suspects". The name of a colour is a colour.
    let color = row.take("Color").to_owned();
    if colors::hex(&color).is_some() || color.is_empty() {
        if !color.is_empty() {
            chronology.leave_out("colour of an event");
        }
    } else {
        draft.lane(&color);
        if chronology.lanes.iter().all(|lane| lane.name != color) {
            chronology.lanes.push(Group { name: color, color: None, note: None });
        }
    }
    for tag in row.take("Tags").split(',') {
        draft.tag(tag);
    }
    for name in ACTORS {
        row.take(name).split(',').for_each(|actor| draft.actor(actor));
    }
    for name in PLACES {
        let place = row.take(name).to_owned();
        match &draft.record.event.place {
            None => draft.place(&place),
            Some(_) => draft.own(name, &place),
        }
    }
    for link in row.take("Links").split([',', ' ', '\n']).filter(|link| !link.is_empty()) {
        if !draft.address(link, "") {
            draft.own("Links", link);
        }
    }
    let duration = row.take("Duration").to_owned();
    let has_end = !row.take("End Date").is_empty();
    if !duration.is_empty() && !has_end && !duration.starts_with("0 ") {
        draft.own("Duration", &duration);
    } else if !duration.is_empty() {
        chronology.leave_out("duration beside both ends");
    }
    for (name, kind) in LEFT_OUT {
        if !row.take(name).is_empty() {
            chronology.leave_out(kind);
        }
    }
    row.keep_rest(&mut draft);
    draft.finish(chronology);
}

fn put_date(row: &mut Row<'_>, draft: &mut Draft, tally: &mut Tally, padding: &mut Padding) {
    let mut text = |name: &str| row.take(name).to_owned();
    let (start, latest) = (text("Start Date"), text("Latest Start Date"));
    let (earliest, end) = (text("Earliest End Date"), text("End Date"));
    let is_ongoing = text("Ongoing").eq_ignore_ascii_case("true");
    let given: Vec<&str> =
        [&start, &latest, &earliest, &end].into_iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    if given.is_empty() {
        return;
    }
    draft.record.date_as_given = Some(given.join(" – "));
    let mut stamp = |draft: &mut Draft, name: &str, text: &str| {
        let stamp = stamp(text);
        if stamp.is_none() && !text.is_empty() {
            draft.unread_date(name, text);
        }
        if let Some(stamp) = &stamp {
            padding.count(stamp, draft.record.line);
        }
        stamp
    };
    let first = stamp(draft, "Start Date", &start);
    let latest_start = stamp(draft, "Latest Start Date", &latest);
    let earliest_end = stamp(draft, "Earliest End Date", &earliest);
    let last = stamp(draft, "End Date", &end);
    let Some(from) = first.as_ref().or(last.as_ref()).map(Stamp::text) else { return };
    let has_window = latest_start.as_ref().is_some_and(|stamp| Some(stamp) != first.as_ref())
        || earliest_end.as_ref().is_some_and(|stamp| Some(stamp) != last.as_ref());
    if !has_window {
        match (is_ongoing, &last) {
            (true, _) => draft.event().date = Date::parse(&format!("{from}/..")).or_else(|_| Date::parse(&from)).ok(),
            (false, Some(last)) => draft.span(&from, &last.text(), "End Date"),
            (false, None) => draft.event().date = Date::parse(&from).ok(),
        }
        return;
    }
    // Once within its limits, where nothing says that it lasted.
    let ends = [latest_start.as_ref(), earliest_end.as_ref(), last.as_ref()];
    let is_one = last.is_none() || latest_start.is_some() && latest_start == last;
    let day = |stamp: &Stamp| stamp.on_day().text();
    if is_one
        && let (Some(first), Some(last)) = (first.as_ref(), ends.iter().rev().find_map(|stamp| *stamp))
        && let Ok(date) = Date::parse(&format!("[{}..{}]", day(first), day(last)))
    {
        draft.event().date = Some(date);
        if first.clock.is_some() || last.clock.is_some() {
            draft.own("Start Date", &start);
            draft.own("Latest Start Date", &latest);
        }
        return;
    }
    // An interval has no windows at its ends but pieces of the calendar: the smallest that hold them are taken, and the limits stay.
    draft.own("Latest Start Date", &latest);
    draft.own("Earliest End Date", &earliest);
    let mut is_wider = false;
    let mut widened = |first: &Stamp, last: &Stamp| {
        let (first, last) = (first.on_day().date()?, last.on_day().date()?);
        let found = piece(&first, &last)?;
        is_wider |= !found.is_exact;
        Some(found.date.as_str().to_owned())
    };
    let start = first.as_ref().zip(latest_start.as_ref()).and_then(|(first, latest)| widened(first, latest));
    let start = start.unwrap_or_else(|| first.as_ref().map_or_else(|| from.clone(), day));
    let end = earliest_end.as_ref().zip(last.as_ref()).and_then(|(earliest, last)| widened(earliest, last));
    let end = end.or_else(|| last.as_ref().map(day));
    if is_wider {
        tally.count("window", draft.record.line);
    }
    match end {
        // Two windows in one piece would be something that happened once in it.
        Some(end) if end == start => draft.span(&from, &end, "End Date"),
        Some(end) => draft.span(&start, &end, "End Date"),
        None => draft.event().date = Date::parse(&start).ok(),
    }
}

/// Reads `1933-02-07 01:17:00`, `BC 1-11-19` and `0001-12-17 00:00:00 BC`: 1 BC is the year 0.
fn stamp(text: &str) -> Option<Stamp> {
    let text = text.trim();
    let before_christ = ["BC ", "BCE ", "B.C. "].iter().find_map(|era| text.strip_prefix(era));
    let before_christ =
        before_christ.or_else(|| [" BC", " BCE", " B.C."].iter().find_map(|era| text.strip_suffix(era)));
    let bare = before_christ.or_else(|| text.strip_prefix("AD ")).unwrap_or(text).trim();
    let Some(_) = before_christ else { return Stamp::read(bare) };
    let (year, rest) = bare.split_at_checked(bare.find(['-', ' ']).unwrap_or(bare.len()))?;
    let year: i64 = year.parse().ok().filter(|year| *year > 0)?;
    Stamp::read(&format!("{}{rest}", 1 - year))
}

/// How many dates stand where Aeon puts what has no month or day.
#[derive(Default)]
struct Padding {
    dates: usize,
    on_new_year: usize,
    on_a_first: usize,
    line: usize,
}

impl Padding {
    fn count(&mut self, stamp: &Stamp, line: usize) {
        self.dates += 1;
        let has_time = stamp.clock.is_some() && !stamp.is_midnight();
        if has_time {
            return;
        }
        if stamp.day.ends_with("-01") {
            self.on_a_first += 1;
            self.line = if self.line == 0 { line } else { self.line };
        }
        if stamp.day.ends_with("-01-01") {
            self.on_new_year += 1;
        }
    }

    fn tell(&self, chronology: &mut Chronology) {
        if self.on_a_first > 0 {
            let are = if self.on_a_first == 1 { "is" } else { "are" };
            let dates = counted(self.dates, "date");
            let message = format!(
                "{} of {dates} {are} the first of a month, {} of these 1 January; Aeon writes 01 where no month or day was given",
                self.on_a_first, self.on_new_year
            );
            chronology.problems.push(Problem::new(Severity::Info, "padded-dates", self.line, message));
        }
    }
}
