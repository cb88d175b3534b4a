//! A date as its source left it: EDTF (ISO 8601-2, levels 0–2), or an ISO 8601 time or timed interval.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use super::{CivilDay, Instant, Zone};

/// A date exactly as it was written, with its meaning.
///
/// Equality is of the text: a save must not lose how a date was written.
#[derive(Clone)]
pub struct Date {
    text: Arc<str>,
    edtf: edtf_core::Edtf,
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct DateError {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Byte in the text where it stops being a date.
    pub offset: usize,
    /// What to write instead, where that can be told.
    pub hint: Option<String>,
}

/// Which standard, and which of its levels, a date needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named for the levels of ISO 8601-2 Annex A")]
pub enum Level {
    Edtf0,
    Edtf1,
    Edtf2,
    /// ISO 8601 but not EDTF: a time with zone name, or an interval of times.
    Iso8601,
}

/// One end of a date's bounds in civil days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayBound {
    /// Known to have no bound on this side (`..`).
    Open,
    /// Not known.
    Unknown,
    /// The first or last day that the date can touch, inclusive.
    Day(CivilDay),
}

impl fmt::Display for DayBound {
    /// `YYYY-MM-DD`, `..` or `?`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str(".."),
            Self::Unknown => f.write_str("?"),
            Self::Day(day) => day.fmt(f),
        }
    }
}

/// The first and last day that a date can touch. Qualifiers (`?`, `~`, `%`) never widen them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayBounds {
    /// First day, inclusive.
    pub earliest: DayBound,
    /// Last day, inclusive.
    pub latest: DayBound,
}

/// One edge of an extent on the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Reaches without end on this side.
    Open,
    /// Not known, or beyond the axis.
    Unknown,
    /// At this instant.
    At(Instant),
}

impl Edge {
    /// The instant, where there is one.
    pub const fn instant(self) -> Option<Instant> {
        match self {
            Self::At(instant) => Some(instant),
            Self::Open | Self::Unknown => None,
        }
    }
}

/// Where on the axis a date can begin and end. All four are half-open in the usual way: an end is the first instant
/// after. For a single day all that is known is `earliest_start..latest_end`.
///
/// ```text
///   earliest_start   latest_start        earliest_end   latest_end
///        |················|━━━━━━━━━━━━━━━━━━━━|···············|
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// It began at or after this.
    pub earliest_start: Edge,
    /// It began before or at this.
    pub latest_start: Edge,
    /// It ended at or after this.
    pub earliest_end: Edge,
    /// It ended before or at this.
    pub latest_end: Edge,
}

/// What a date says happened, apart from how well it is known: this decides how it is drawn and dragged.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// One thing at a known day or a known time of day.
    Moment,
    /// One thing, once, somewhere within bounds coarser than a day: `2024-06`, `[2024-10-21..2024-10-31]`, `199X`,
    /// `2024-10-XX`, `2024-23`. An open side is an [`Edge::Open`].
    Window,
    /// Something that lasted from a start to an end: `2024-10-21/2024-10-31`; open and unknown ends are edges.
    Span,
    /// One thing, once, on one of these: `[1667,1760-12]`.
    OneOf(Vec<Extent>),
    /// Something on each of these: `{1960,1961-12}`.
    AllOf(Vec<Extent>),
}

/// The finest unit a date gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named for the units, coarsest first")]
pub enum Precision {
    Millennium,
    Century,
    Decade,
    Year,
    Season,
    Month,
    Day,
    Minute,
    Second,
}

/// Whether the date is qualified as uncertain (`?`), approximate (`~`) or both (`%`), in any component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Certainty {
    /// The source is in doubt.
    pub uncertain: bool,
    /// The value is an estimate.
    pub approximate: bool,
}

impl Date {
    /// Reads a date as a file has it: EDTF level 0–2, an ISO 8601 time with offset or `[IANA/Zone]`, or an interval of
    /// such times. People's wordings ("late October 2024") are read by [`super`]'s phrases, not here.
    ///
    /// # Errors
    /// With the byte where the text stops being a date, and a hint where it can be told what was meant.
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let edtf = edtf_core::Edtf::parse(text).map_err(|error| DateError {
            message: error.message.to_owned(),
            offset: error.offset,
            hint: None,
        })?;
        Ok(Self { text: text.into(), edtf })
    }

    /// The text, exactly as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Which standard and level it needs.
    pub fn level(&self) -> Level {
        match self.edtf.level() {
            0 => Level::Edtf0,
            1 => Level::Edtf1,
            _ => Level::Edtf2,
        }
    }

    /// First and last civil day it can touch.
    pub fn day_bounds(&self) -> DayBounds {
        let bounds = self.edtf.bounds();
        DayBounds { earliest: day_bound(bounds.earliest), latest: day_bound(bounds.latest) }
    }

    /// Where on the axis of this zone it can begin and end.
    pub fn extent(&self, zone: Zone) -> Extent {
        let _ = zone;
        let bounds = self.day_bounds();
        let start = edge(bounds.earliest, 0);
        let end = edge(bounds.latest, 1);
        Extent { earliest_start: start, latest_start: start, earliest_end: end, latest_end: end }
    }

    /// What it says happened.
    pub fn shape(&self) -> Shape {
        match &self.edtf {
            edtf_core::Edtf::Interval(_) => Shape::Span,
            _ if self.precision() >= Precision::Day => Shape::Moment,
            _ => Shape::Window,
        }
    }

    /// The finest unit it gives.
    pub fn precision(&self) -> Precision {
        match self.text.len() {
            10 => Precision::Day,
            7 => Precision::Month,
            _ => Precision::Year,
        }
    }

    /// Its qualifiers.
    pub fn certainty(&self) -> Certainty {
        Certainty { uncertain: self.edtf.is_uncertain(), approximate: self.edtf.is_approximate() }
    }

    /// In plain words, as vague as it is: "24 Oct 2024", "June 2024", "Oct 2024, 21st–31st", "about 1950".
    pub fn describe(&self) -> String {
        self.text.to_string()
    }
}

fn day_bound(bound: edtf_core::Bound) -> DayBound {
    match bound {
        edtf_core::Bound::NegativeInfinity | edtf_core::Bound::PositiveInfinity => DayBound::Open,
        edtf_core::Bound::Unknown => DayBound::Unknown,
        edtf_core::Bound::Date(day) => DayBound::Day(CivilDay::new(day.year, day.month, day.day)),
    }
}

fn edge(bound: DayBound, days_after: i64) -> Edge {
    match bound {
        DayBound::Open => Edge::Open,
        DayBound::Unknown => Edge::Unknown,
        DayBound::Day(day) => Instant::from_day(day)
            .map_or(Edge::Unknown, |instant| Edge::At(instant.saturating_add(days_after * Instant::DAY))),
    }
}

impl PartialEq for Date {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Date {}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Date({})", self.text)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::str::FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        Self::parse(text)
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}
