//! Dates given on the command line: as a file has them, or in people's words.

use super::Failure;
use crate::model::KnownOn;
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

/// Reads the value of an option as a date up to whose end things were known.
pub fn read_known_on(option: &str, text: &str, zone: Zone) -> Result<KnownOn, Failure> {
    let date = read(option, text)?.date;
    KnownOn::new(&date, zone).ok_or_else(|| {
        Failure::Usage(format!("{option} \"{text}\" has no end: give the last day that counts, such as 2024-10-24"))
    })
}

/// The readings of an ambiguous text, in words.
pub fn choices(readings: &[(Date, String)]) -> String {
    readings.iter().map(|(date, how)| format!("{date} ({how})")).collect::<Vec<_>>().join(" or ")
}
