//! The explanation of why a text is not a date: the fault in plain words, and what was probably meant.
//!
//! A hint is only ever a text that parses.

use super::date::Date;
use super::error::DateError;
use super::{fault, phrases};

/// Longer texts are not worth guessing at, and are no phrases.
const LONGEST_GUESS: usize = 200;

impl DateError {
    /// The error of [`Date::parse`] for a `text` in people's words and, where one can be told, with what to write instead.
    /// What the reader of phrases makes of the text decides: a file's dates and typed ones get the same answer.
    #[must_use]
    pub fn explained(self, text: &str) -> Self {
        let trimmed = text.trim();
        let parses = |hint: &String| hint != text && Date::parse(hint).is_ok();
        let own_hint = self.hint.clone().filter(parses);
        if text.len() > LONGEST_GUESS {
            return DateError { message: fault::in_words(text, &self), hint: own_hint, ..self };
        }
        if let Ok(date) = Date::parse(trimmed) {
            return DateError { message: fault::in_words(text, &self), hint: Some(date.to_string()), ..self };
        }
        match phrases::readings(trimmed, None) {
            Err(words) => {
                let told = fault::better(trimmed, self, words);
                // Offsets are of the text as it stands.
                let offset = told.offset + (text.len() - text.trim_start().len());
                DateError { offset: offset.min(text.len()), hint: told.hint.filter(parses).or(own_hint), ..told }
            }
            Ok(dates) => {
                let message = match dates.as_slice() {
                    _ if fault::is_almost_edtf(trimmed) => fault::in_words(text, &self),
                    [_] if text.chars().any(char::is_alphabetic) => {
                        "a file has its dates in EDTF, not in words".to_owned()
                    }
                    [_] => fault::in_words(text, &self),
                    several => format!("this can be read as {}", in_choice(several)),
                };
                let hint = match dates.as_slice() {
                    [(date, _)] => Some(date.to_string()),
                    _ => own_hint,
                };
                DateError { message, offset: self.offset, hint }
            }
        }
    }
}

/// The readings of a text that can be meant in several ways: "2024-11-05 (5 Nov 2024, day first) or …".
fn in_choice(readings: &[(Date, String)]) -> String {
    readings.iter().map(|(date, how)| format!("{date} ({how})")).collect::<Vec<_>>().join(" or ")
}
