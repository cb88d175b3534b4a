//! A row of a forensic timeline, however it was written, as a record.

use super::super::draft::{Draft, Tally};
use super::super::stamp::Stamp;
use crate::diagnostic::{Severity, counted};
use crate::interchange::events::chronology::Chronology;

/// Days that stand for no date where it is midnight on them: the beginnings of clocks.
const FILLERS: [&str; 3] = ["1970-01-01", "1601-01-01", "0000-00-00"];

/// Fields that name the lane, the surest first.
const LANES: [&str; 4] = ["source_short", "source", "data_type", "sourcetype"];

/// Fields that name who acted.
const ACTORS: [&str; 2] = ["username", "user"];

/// Fields that hold keywords.
const TAGS: [&str; 2] = ["tag", "label"];

/// Fields by which the program itself knows a row.
const KEYS: [&str; 2] = ["_id", "event_id"];

/// A row: its fields in their order, and when it was.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Trace {
    pub line: usize,
    pub locator: String,
    pub message: String,
    /// As it stands in the file.
    pub date: String,
    /// What it means; none where it cannot be read.
    pub stamp: Option<Stamp>,
    pub fields: Vec<(String, String)>,
}

impl Trace {
    /// Adds it to the events.
    pub fn put(self, tally: &mut Tally, chronology: &mut Chronology) {
        let mut draft = Draft::new(self.line, self.locator);
        draft.title(&self.message);
        draft.record.date_as_given = Some(self.date.trim().to_owned()).filter(|date| !date.is_empty());
        match self.stamp {
            _ if is_filler(&self.date, self.stamp.as_ref()) => {
                draft.own("datetime", &self.date);
                tally.count("no-date", self.line);
            }
            Some(stamp) => {
                if stamp.zone.is_empty() && stamp.clock.is_some() {
                    tally.count("floating-time", self.line);
                }
                draft.event().date = stamp.date();
            }
            None => draft.unread_date("datetime", &self.date),
        }
        let says = |text: &str| !matches!(text.trim(), "" | "-" | "[]" | "{}" | "None" | "null");
        let fields: Vec<(String, String)> = self.fields.into_iter().filter(|(_, text)| says(text)).collect();
        let lane = LANES.iter().find_map(|name| fields.iter().find(|(known, _)| known == name));
        if let Some((_, lane)) = lane {
            draft.lane(lane);
        }
        for (name, text) in &fields {
            if Some(name) == lane.map(|(name, _)| name) {
                continue;
            }
            match name.as_str() {
                name if ACTORS.contains(&name) => draft.actor(text),
                name if TAGS.contains(&name) => tags(text).iter().for_each(|tag| draft.tag(tag)),
                name if KEYS.contains(&name) => draft.record.key = Some(text.clone()),
                "url" if draft.address(text, "") => {}
                _ => draft.own(name, text),
            }
        }
        draft.finish(chronology);
    }
}

/// Whether a date is what programs write that know none.
fn is_filler(text: &str, stamp: Option<&Stamp>) -> bool {
    let is_at_midnight = stamp.is_none_or(|stamp| stamp.clock.is_none() || stamp.is_midnight());
    let text = text.trim();
    // The zeros of l2tcsv, and the 0 of a count.
    let is_zero = matches!(text, "" | "0") || text.starts_with("00/00");
    let is_first = |day: &str| stamp.is_some_and(|stamp| stamp.day == day) || text.starts_with(day);
    is_zero || is_at_midnight && FILLERS.iter().any(|day| is_first(day))
}

/// `['a', 'b']`, `a|b`, `a b` with commas: the keywords in a field.
fn tags(text: &str) -> Vec<String> {
    let inner = text.trim().trim_start_matches('[').trim_end_matches(']');
    let words = inner.split([',', '|', ';']).map(|word| word.trim().trim_matches(['\'', '"']).trim().to_owned());
    words.filter(|word| !word.is_empty()).collect()
}

/// Tells what was counted of all rows.
pub(super) fn tell(tally: &Tally, chronology: &mut Chronology) {
    tally.tell(chronology, Severity::Warning, "no-date", |count| {
        let dates = counted(count, "date");
        format!("{dates} that programs write when they know none (1970-01-01, 1601-01-01, 0000-00-00) were not taken")
    });
    tally.tell(chronology, Severity::Info, "floating-time", |count| {
        format!("{} without a zone, on the clock of the timeline", counted(count, "time"))
    });
    tally.tell(chronology, Severity::Warning, "two-dates", |count| {
        format!(
            "{} with a timestamp that is another moment than the datetime keep it as a field",
            counted(count, "row")
        )
    });
}
