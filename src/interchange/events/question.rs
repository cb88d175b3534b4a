//! Questions that a file leaves open, and the answers to them.
//!
//! A reader never guesses where two readings are as good as each other: it asks, and goes on once it is told. What it could
//! take for granted it asks too, with the answer that it took.

use serde::{Deserialize, Serialize};

use crate::time::Zone;

/// A question on a file, with the answers there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Stable, kebab-case name of the kind of question.
    pub code: &'static str,
    /// The column it is about, where it is about one.
    pub column: Option<String>,
    /// The question, in one or two sentences, with the figures that bear on it.
    pub text: String,
    /// The answers; where the question is not open, the first is the one that was taken.
    pub choices: Vec<Choice>,
    /// Whether nothing can be brought in before it is answered.
    pub is_open: bool,
}

/// An answer that can be given to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The answer in words.
    pub label: String,
    /// How the command line says it; empty where only a mapping does.
    pub flag: String,
    /// What is put among the answers.
    pub answer: Answer,
}

impl Choice {
    /// An answer with its words and the way in which the command line says it.
    pub fn new(label: impl Into<String>, flag: impl Into<String>, answer: Answer) -> Self {
        Self { label: label.into(), flag: flag.into(), answer }
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "named for the fields of `Answers`")]
pub enum Answer {
    Order(DayOrder),
    ShortYears(i32),
    Zone(String),
    Ranges(Ranges),
    /// Of all columns, or of the one it names.
    Padded(Option<String>, Vec<Padded>),
    Serials(Serials),
    Mend(bool),
}

/// What was answered; whatever is not given was not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answers {
    /// What stands first in 2/5/2025.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<DayOrder>,
    /// The first of the hundred years in which years of two digits lie: with 1950, 49 is 2049 and 50 is 1950.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short_years: Option<i32>,
    /// The zone of times that name none: `Europe/Berlin`, `UTC` or `+02:00`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// What a start and an end say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranges: Option<Ranges>,
    /// What only fills up a date, in every column.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub padded: Vec<Padded>,
    /// Whether that holds of those dates alone whose wording names no day.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub padded_where_wording_has_no_day: bool,
    /// What days are counted from, where dates are the numbers of a spreadsheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serials: Option<Serials>,
    /// Whether text that was decoded twice is mended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mend: Option<bool>,
}

impl Answers {
    /// Puts an answer in the place of the one there is.
    pub fn put(&mut self, answer: Answer) {
        match answer {
            Answer::Order(order) => self.order = Some(order),
            Answer::ShortYears(first) => self.short_years = Some(first),
            Answer::Zone(zone) => self.zone = Some(zone),
            Answer::Ranges(ranges) => self.ranges = Some(ranges),
            Answer::Padded(_, padded) => self.padded = padded,
            Answer::Serials(serials) => self.serials = Some(serials),
            Answer::Mend(mend) => self.mend = Some(mend),
        }
    }

    /// These, with what the others say in place of what they say.
    pub fn overridden_by(mut self, others: &Self) -> Self {
        fn put<T: Clone>(one: &mut Option<T>, other: &Option<T>) {
            if other.is_some() {
                one.clone_from(other);
            }
        }
        put(&mut self.order, &others.order);
        put(&mut self.short_years, &others.short_years);
        put(&mut self.zone, &others.zone);
        put(&mut self.ranges, &others.ranges);
        put(&mut self.serials, &others.serials);
        put(&mut self.mend, &others.mend);
        if !others.padded.is_empty() {
            self.padded.clone_from(&others.padded);
        }
        self.padded_where_wording_has_no_day |= others.padded_where_wording_has_no_day;
        self
    }
}

/// What stands first in a date of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DayOrder {
    DayFirst,
    MonthFirst,
}

/// What a start and an end say of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ranges {
    /// It lasted from the one to the other.
    Lasted,
    /// It happened once, at an unknown time between them.
    Within,
}

/// A part of a date that programs write where nothing is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Padded {
    /// 00:00:00 stands for the day.
    Midnight,
    /// The first of a month stands for the month.
    FirstOfMonth,
    /// The fifteenth stands for the month.
    Fifteenth,
    /// 1 January stands for the year.
    NewYear,
}

impl Padded {
    /// Every one, from the finest.
    pub const ALL: [Self; 4] = [Self::Midnight, Self::FirstOfMonth, Self::Fifteenth, Self::NewYear];

    /// Its name on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Midnight => "midnight",
            Self::FirstOfMonth => "first",
            Self::Fifteenth => "fifteenth",
            Self::NewYear => "new-year",
        }
    }
}

/// What the days of a spreadsheet are counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Serials {
    /// 1 is 1 January 1900, and 1900 has a 29 February.
    Since1900,
    /// 0 is 1 January 1904, as old Macintosh programs count.
    Since1904,
}

/// The suffix that gives a time its zone: `Z`, `+02:00` or `[Europe/Berlin]`. None where the text names no zone.
pub fn zone_suffix(text: &str) -> Option<String> {
    let text = text.trim();
    if matches!(text, "Z" | "z" | "UTC" | "utc" | "GMT" | "Etc/UTC" | "Zulu") {
        return Some("Z".to_owned());
    }
    let digits = text.strip_prefix("UTC").or_else(|| text.strip_prefix("GMT")).unwrap_or(text);
    if let Some(sign @ ('+' | '-' | '\u{2212}')) = digits.chars().next() {
        let sign = if sign == '+' { '+' } else { '-' };
        let rest = digits.get(digits.chars().next().map_or(0, char::len_utf8)..)?;
        let (hours, minutes) = match rest.split_once(':') {
            Some((hours, minutes)) => (hours, minutes),
            None if rest.len() == 4 => rest.split_at_checked(2)?,
            None => (rest, "0"),
        };
        let (hours, minutes): (u8, u8) = (hours.parse().ok()?, minutes.parse().ok()?);
        return (hours <= 18 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"));
    }
    Zone::parse(text).ok().map(|zone| format!("[{}]", zone.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_written_behind_a_time_as_iso_8601_and_the_zones_have_it() {
        for (text, suffix) in [
            ("UTC", Some("Z")),
            ("+02:00", Some("+02:00")),
            ("-0530", Some("-05:30")),
            ("UTC+3", Some("+03:00")),
            ("Europe/Berlin", Some("[Europe/Berlin]")),
            ("somewhere", None),
            ("+99", None),
            ("+", None),
        ] {
            assert_eq!(zone_suffix(text).as_deref(), suffix, "{text}");
        }
    }

    #[test]
    fn what_is_said_last_holds() {
        let early = Answers { order: Some(DayOrder::DayFirst), mend: Some(true), ..Answers::default() };
        let late = Answers { order: Some(DayOrder::MonthFirst), ..Answers::default() };
        let both = early.overridden_by(&late);
        assert_eq!((both.order, both.mend), (Some(DayOrder::MonthFirst), Some(true)));
    }
}
