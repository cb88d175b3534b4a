//! What a saved view or a command says of folds, as text: `auto`, `none`, or stretches of time.

use std::fmt;

use thiserror::Error;

use crate::time::{Date, Instant, Shape, Zone};

/// Between two stretches.
const SEPARATOR: char = ';';

/// Which stretches of time a picture leaves out.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum FoldChoice {
    /// Long gaps between what is shown.
    #[default]
    Auto,
    /// None.
    Off,
    /// What is empty of these intervals.
    Stretches(Vec<Date>),
}

/// Why a text names no folds.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FoldError {
    /// No word and no date.
    #[error("\"{0}\" is neither auto nor none nor an interval such as 1962/1999")]
    NoDate(String),
    /// A date that does not last from a start to an end.
    #[error("\"{0}\" is no interval: write a start and an end, for example 1962/1999")]
    NoInterval(String),
    /// An interval without a known start and end.
    #[error("\"{0}\" has no start and end on the axis")]
    NotBounded(String),
    /// An interval that is empty as far as is known for certain.
    #[error("\"{0}\" ends before it begins")]
    EndsBeforeItBegins(String),
    /// More stretches than an axis can have.
    #[error("{0} stretches are more than the {most} that can be folded", most = FoldChoice::MOST)]
    TooMany(usize),
}

impl FoldChoice {
    /// The most stretches that can be named.
    pub const MOST: usize = 24;

    /// Reads `auto`, `none` or intervals in EDTF between semicolons.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn parse(text: &str) -> Result<Self, FoldError> {
        match text.trim() {
            "auto" => return Ok(Self::Auto),
            "none" => return Ok(Self::Off),
            _ => {}
        }
        let parts: Vec<&str> = text.split(SEPARATOR).map(str::trim).collect();
        if parts.len() > Self::MOST {
            return Err(FoldError::TooMany(parts.len()));
        }
        let stretch = |part: &&str| {
            let date = Date::parse(part).map_err(|_| FoldError::NoDate((*part).to_owned()))?;
            if date.shape() != Shape::Span {
                return Err(FoldError::NoInterval((*part).to_owned()));
            }
            let (start, end) = ends(&date, Zone::UTC).ok_or_else(|| FoldError::NotBounded((*part).to_owned()))?;
            if end <= start {
                return Err(FoldError::EndsBeforeItBegins((*part).to_owned()));
            }
            Ok(date)
        };
        parts.iter().map(stretch).collect::<Result<_, _>>().map(Self::Stretches)
    }

    /// The stretches in a zone, each with its first instant and the first after it.
    pub fn stretches(&self, zone: Zone) -> Vec<(Instant, Instant)> {
        match self {
            Self::Auto | Self::Off => Vec::new(),
            Self::Stretches(dates) => dates.iter().filter_map(|date| ends(date, zone)).collect(),
        }
    }
}

impl fmt::Display for FoldChoice {
    /// As [`FoldChoice::parse`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Auto => f.write_str("auto"),
            Self::Off => f.write_str("none"),
            Self::Stretches(dates) => {
                for (at, date) in dates.iter().enumerate() {
                    let separator = if at == 0 { "" } else { "; " };
                    write!(f, "{separator}{date}")?;
                }
                Ok(())
            }
        }
    }
}

fn ends(date: &Date, zone: Zone) -> Option<(Instant, Instant)> {
    let extent = date.extent(zone);
    Some((extent.earliest_start.instant()?, extent.latest_end.instant()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_intervals_are_read_and_written() {
        for text in ["auto", "none", "1962/1999", "1962/1999; 2000-03/2024-05-31", "-0044/0014"] {
            assert_eq!(FoldChoice::parse(text).map(|choice| choice.to_string()).as_deref(), Ok(text));
        }
        let stretches = FoldChoice::parse(" 1962/1999;2001/2002 ").map(|choice| choice.stretches(Zone::UTC).len());
        assert_eq!(stretches, Ok(2));
    }

    #[test]
    fn what_names_no_folds_is_told_in_words() {
        for (text, said) in [
            ("", "\"\" is neither auto nor none nor an interval such as 1962/1999"),
            ("Auto", "\"Auto\" is neither auto nor none nor an interval such as 1962/1999"),
            ("1962", "\"1962\" is no interval: write a start and an end, for example 1962/1999"),
            ("1962/..", "\"1962/..\" has no start and end on the axis"),
            ("1962/1999;", "\"\" is neither auto nor none nor an interval such as 1962/1999"),
        ] {
            assert_eq!(FoldChoice::parse(text).map_err(|error| error.to_string()), Err(said.to_owned()));
        }
        let many = ["1962/1999"; 25].join(";");
        assert_eq!(FoldChoice::parse(&many), Err(FoldError::TooMany(25)));
    }
}
