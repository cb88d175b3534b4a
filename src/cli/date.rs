//! `annalist date`: what a text is as a date.

use std::io::{BufRead as _, Write};

use serde::Serialize;

use super::{Failure, Outcome, TextOrJson, when};
use crate::text::visible;
use crate::time::{Date, DateError, Level, Reading, Zone, read_phrase};

/// Arguments of `annalist date`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The texts; `-` reads one from each line of standard input
    #[arg(required = true, allow_hyphen_values = true)]
    texts: Vec<String>,
    /// Says times on the clock of this zone too (an IANA name such as Europe/Moscow)
    #[arg(long, value_parser = Zone::parse)]
    zone: Option<Zone>,
    /// `json` prints one object a text: {input, valid, edtf, level, earliest, latest, error}; with --zone, in_zone; and
    /// `readings`, each {edtf, how}, where a text can be read in several ways and edtf is null
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    format: TextOrJson,
}

/// What is said of one text. `valid`: it is a date as it stands. Where it is not but people's words for one, `edtf`,
/// `level` and the bounds are those of the date they mean, and `error` says that it is not one as it stands. Where they can
/// mean several, none is taken and all are listed.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    input: &'a str,
    valid: bool,
    edtf: Option<String>,
    level: Option<serde_json::Value>,
    earliest: Option<String>,
    latest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_zone: Option<String>,
    error: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    readings: Vec<Way>,
}

/// One of the ways to read a text.
#[derive(Debug, Serialize)]
struct Way {
    edtf: String,
    /// How it was read: "5 Nov 2024, day first".
    how: String,
}

impl<'a> Answer<'a> {
    fn new(input: &'a str, zone: Option<Zone>) -> Self {
        // Also a date as it stands can be asked about: a time that came twice.
        let valid = Date::parse(input).is_ok();
        match read_phrase(input, when::now()) {
            Reading::Date(date) if valid => Self::about(input, true, &date, zone, None),
            Reading::Date(date) => {
                let words = format!("not a date in EDTF; read as {date} ({})", date.describe());
                Self::about(input, false, &date, zone, Some(words))
            }
            Reading::Ambiguous(readings) => {
                let lead = if valid { "it stands for both in a file" } else { "not a date in EDTF" };
                let error = format!("{lead}; it can be read as {}", when::choices(&readings));
                let way = |(date, how): (Date, String)| Way { edtf: date.to_string(), how };
                Self { valid, readings: readings.into_iter().map(way).collect(), ..Self::refused(input, error) }
            }
            Reading::None(error) => Self::refused(input, in_words(&error)),
        }
    }

    fn about(input: &'a str, valid: bool, date: &Date, zone: Option<Zone>, error: Option<String>) -> Self {
        let bounds = date.day_bounds();
        Self {
            input,
            valid,
            edtf: Some(date.as_str().to_owned()),
            level: Some(match date.level() {
                Level::Edtf0 => 0.into(),
                Level::Edtf1 => 1.into(),
                Level::Edtf2 => 2.into(),
                Level::Iso8601 => "ISO 8601".into(),
            }),
            earliest: Some(bounds.earliest.to_string()),
            latest: Some(bounds.latest.to_string()),
            in_zone: zone.and_then(|zone| date.describe_in(zone)),
            error,
            readings: Vec::new(),
        }
    }

    fn refused(input: &'a str, error: String) -> Self {
        Self {
            input,
            valid: false,
            edtf: None,
            level: None,
            earliest: None,
            latest: None,
            in_zone: None,
            error: Some(error),
            readings: Vec::new(),
        }
    }

    fn write_text(&self, out: &mut impl Write) -> std::io::Result<()> {
        writeln!(out, "{}", visible(self.input))?;
        if let Some(error) = &self.error {
            writeln!(out, "  {}", visible(error))?;
        }
        if let (Some(edtf), Some(level)) = (&self.edtf, &self.level) {
            let level = level.as_str().map_or_else(|| format!("EDTF level {level}"), str::to_owned);
            writeln!(out, "  {edtf}, {level}")?;
        }
        if let (Some(earliest), Some(latest)) = (&self.earliest, &self.latest) {
            writeln!(out, "  earliest {earliest}, latest {latest}")?;
        }
        if let Some(there) = &self.in_zone {
            writeln!(out, "  {there}")?;
        }
        Ok(())
    }
}

/// The reason, and what to write instead where that can be told.
fn in_words(error: &DateError) -> String {
    match &error.hint {
        Some(hint) => format!("{}: {hint}", error.message),
        None => error.message.clone(),
    }
}

/// Answers for every text; problems where one is not a date.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome, Failure> {
    let mut all_valid = true;
    let mut answer = |text: &str| -> Result<(), Failure> {
        let answer = Answer::new(text, arguments.zone);
        all_valid &= answer.valid;
        match arguments.format {
            TextOrJson::Text => answer.write_text(out)?,
            TextOrJson::Json => {
                serde_json::to_writer(&mut *out, &answer)?;
                writeln!(out)?;
            }
        }
        Ok(())
    };
    for text in &arguments.texts {
        if text == "-" {
            for line in std::io::stdin().lock().split(b'\n') {
                let mut line = line?;
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                answer(&String::from_utf8_lossy(&line))?;
            }
        } else {
            answer(text)?;
        }
    }
    Ok(if all_valid { Outcome::Done } else { Outcome::Problems })
}
