//! Dates given on the command line: as a file has them, or in people's words.

use super::Failure;
use crate::model::{KnownBy, KnownOn, Timeline};
use crate::query::{Asking, Query};
use crate::text::visible;
use crate::time::{Date, Instant, Reading, Zone, read_phrase};

/// A date from the command line.
pub struct Given {
    /// What it means.
    pub date: Date,
    /// It was given in words, not as EDTF.
    pub in_words: bool,
}

/// The moment of the call, for words such as "yesterday".
#[expect(clippy::disallowed_methods, reason = "the command line is an outer layer; the core gets the moment from here")]
pub fn now() -> Instant {
    Instant::from_micros(chrono::Local::now().naive_local().and_utc().timestamp_micros())
}

/// The moment of the call on the axis of the world, for what is kept from one call to the next.
#[expect(clippy::disallowed_methods, reason = "the command line is an outer layer; the core gets the moment from here")]
pub fn now_utc() -> Instant {
    Instant::from_micros(chrono::Utc::now().timestamp_micros())
}

/// Reads the value of an option as a date.
pub fn read(option: &str, text: &str) -> Result<Given, Failure> {
    match read_phrase(text, now()) {
        Reading::Date(date) => Ok(Given { in_words: Date::parse(text).is_err(), date }),
        Reading::Ambiguous(readings) => {
            Err(Failure::Usage(format!("{option} \"{text}\" can be read as {}: give one of these", choices(&readings))))
        }
        Reading::None(error) => {
            let hint = error.hint.map(|hint| format!(": {hint}")).unwrap_or_default();
            Err(Failure::Usage(format!("{option} \"{text}\" is not a date: {}{hint}", error.message)))
        }
    }
}

/// Reads the value of an option as a question to a timeline, as of a date. A fault is shown with its place.
pub fn query(option: &str, text: &str, timeline: &Timeline, known_on: Option<&KnownOn>) -> Result<Query, Failure> {
    Query::read(text, Asking { known_on, ..Asking::new(timeline, now()) }).map_err(|fault| {
        let before = text.get(..fault.span.start).unwrap_or_default();
        let at = text.get(fault.span.clone()).unwrap_or_default();
        // What is not seen is printed as several signs.
        let width = |text: &str| visible(text).chars().count();
        let marks = format!("{}{}", " ".repeat(width(before)), "^".repeat(width(at).max(1)));
        Failure::Question(vec![format!("error: {option}: {fault}"), format!("  {text}"), format!("  {marks}")])
    })
}

/// The options that ask what was known on a date.
#[derive(Debug, clap::Args)]
pub struct AsOf {
    /// Only what was known on this date: events that a source had told of by its end, or that no source dates
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    as_known_on: Option<String>,
    /// Only what we knew on this date: events that were recorded by its end, or that do not say when they were
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, conflicts_with = "as_known_on")]
    as_we_knew_on: Option<String>,
}

impl AsOf {
    /// The option that goes by publication.
    pub const PUBLISHED: &'static str = "--as-known-on";
    /// The option that goes by our own record.
    pub const RECORDED: &'static str = "--as-we-knew-on";

    /// Each option with whether it was given.
    pub fn given(&self) -> [(&'static str, bool); 2] {
        [(Self::PUBLISHED, self.as_known_on.is_some()), (Self::RECORDED, self.as_we_knew_on.is_some())]
    }

    /// What is asked; none where nothing is.
    pub fn read(&self, zone: Zone) -> Result<Option<KnownOn>, Failure> {
        let published = self.as_known_on.as_ref().map(|text| (Self::PUBLISHED, text, KnownBy::Published));
        let recorded = self.as_we_knew_on.as_ref().map(|text| (Self::RECORDED, text, KnownBy::Recorded));
        let asked = published.or(recorded);
        asked.map(|(option, text, by)| read_known_on(option, text, by, zone)).transpose()
    }
}

/// Reads the value of an option as a date up to whose end things were known.
fn read_known_on(option: &str, text: &str, by: KnownBy, zone: Zone) -> Result<KnownOn, Failure> {
    let date = read(option, text)?.date;
    KnownOn::of(&date, by, zone).ok_or_else(|| {
        Failure::Usage(format!("{option} \"{text}\" has no end: give the last day that counts, such as 2024-10-24"))
    })
}

/// The readings of an ambiguous text, in words.
pub fn choices(readings: &[(Date, String)]) -> String {
    readings.iter().map(|(date, how)| format!("{date} ({how})")).collect::<Vec<_>>().join(" or ")
}
