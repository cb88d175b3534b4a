//! Times of day: EDTF's own, and what ISO 8601 has beyond EDTF (a zone by name, minutes without seconds, intervals of
//! times).
//!
//! Only what EDTF's grammar can never hold is read here: every text has a `T` and either a bracketed zone or a `/`.

use std::fmt;

use edtf_core::TimeShift;

use super::date::DateError;
use super::{CivilDay, Instant, Local, Zone};

/// A civil time of day, perhaps with its offset from UTC, perhaps with the zone whose clock it was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timed {
    /// As written, not as it fell in UTC.
    pub day: CivilDay,
    pub hour: u8,
    pub minute: u8,
    /// None where only the minute is known.
    pub second: Option<u8>,
    pub shift: Option<TimeShift>,
    pub zone: Option<Zone>,
}

/// One side of an interval of times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimedEnd {
    Time(Timed),
    Day(CivilDay),
    Open,
    Unknown,
}

/// What ISO 8601 has and EDTF has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Iso {
    Time(Timed),
    Span(TimedEnd, TimedEnd),
}

impl Iso {
    /// Reads it where the text has the marks of one; none leaves it to EDTF's own verdict.
    pub fn parse(text: &str) -> Option<Result<Self, DateError>> {
        if !text.is_ascii() || text.starts_with(['[', '{']) || !text.contains('T') {
            return None;
        }
        match slash_outside_brackets(text) {
            Some(slash) => {
                let (start, end) = (text.get(..slash)?, text.get(slash + 1..)?);
                (start.contains('T') || end.contains('T')).then(|| parse_span(start, end))
            }
            None => text.contains('[').then(|| Timed::parse(text, 0).map(Self::Time)),
        }
    }
}

impl Timed {
    pub fn from_edtf(time: &edtf_core::DateTime) -> Self {
        let date = &time.date;
        let field = |field: Option<edtf_core::DateField>| field.and_then(edtf_core::DateField::value).unwrap_or(1);
        Self {
            day: CivilDay::new(date.year.value().unwrap_or(0), field(date.month), field(date.day)),
            hour: time.time.hour,
            minute: time.time.minute,
            second: Some(time.time.second),
            shift: time.time.shift,
            zone: None,
        }
    }

    /// The time at this place of the axis, as the axis's own zone shows it.
    pub fn from_civil(civil: Instant) -> Self {
        let seconds = civil.micros_of_day() / Instant::SECOND;
        let part = |value: i64| u8::try_from(value).unwrap_or(0);
        Self {
            day: civil.day(),
            hour: part(seconds / 3600),
            minute: part(seconds / 60 % 60),
            second: Some(part(seconds % 60)),
            shift: None,
            zone: None,
        }
    }

    /// [`Timed::read`], where the zone's clocks did show it.
    fn parse(text: &str, base: usize) -> Result<Self, DateError> {
        let timed = Self::read(text, base)?;
        timed.check_zone(base)?;
        Ok(timed)
    }

    /// Reads `YYYY-MM-DDThh:mm[:ss][Z|±hh[:mm]][\[Zone\]]`; `base` is where it stands in the whole text.
    pub fn read(text: &str, base: usize) -> Result<Self, DateError> {
        let (clock, zone) = match text.split_once('[') {
            None => (text, None),
            Some((clock, rest)) => {
                let at = base + clock.len() + 1;
                let name = rest.strip_suffix(']').ok_or_else(|| {
                    DateError::at(base + text.len(), "the time zone must end with ]", Some(format!("{text}]")))
                })?;
                let zone = Zone::parse(name).map_err(|error| {
                    let hint = error.suggestion.map(|name| format!("{clock}[{name}]"));
                    DateError::at(at, error.to_string(), hint)
                })?;
                (clock, Some(zone))
            }
        };
        let has_seconds = clock.as_bytes().get(16) == Some(&b':');
        let parsed = match (has_seconds, clock.get(..16), clock.get(16..)) {
            (false, Some(to_minute), Some(rest)) => edtf_core::Edtf::parse(&format!("{to_minute}:00{rest}")),
            _ => edtf_core::Edtf::parse(clock),
        };
        let time = match parsed {
            Ok(edtf_core::Edtf::DateTime(time)) => time,
            Ok(_) => return Err(DateError::at(base, "a time of day is missing", None)),
            Err(error) => {
                let offset = if !has_seconds && error.offset > 16 { error.offset - 3 } else { error.offset };
                return Err(DateError::at(base + offset.min(clock.len()), error.message, None));
            }
        };
        Ok(Self { zone, second: has_seconds.then_some(time.time.second), ..Self::from_edtf(&time) })
    }

    fn check_zone(&self, base: usize) -> Result<(), DateError> {
        let Some(zone) = self.zone else { return Ok(()) };
        match self.shift {
            None if zone.local(self.civil()) == Local::Gap => {
                let later = Self::from_civil(self.civil().saturating_add(Instant::HOUR));
                let hint = Self { second: self.second.and(later.second), zone: Some(zone), ..later };
                Err(DateError::at(
                    base + 11,
                    format!("clocks in {} were put forward over this time, so it did not occur", zone.name()),
                    Some(hint.to_string()),
                ))
            }
            Some(TimeShift::Offset { minutes, .. }) => {
                let moment = self.civil().saturating_add(-i64::from(minutes) * Instant::MINUTE);
                if zone.offset_seconds(moment) == i32::from(minutes) * 60 {
                    return Ok(());
                }
                let label = zone.offset_label(moment);
                let corrected = Self { shift: None, ..*self };
                Err(DateError::at(
                    base + 16 + if self.second.is_some() { 3 } else { 0 },
                    format!("{} was at {label} then", zone.name()),
                    Some(corrected.to_string()),
                ))
            }
            Some(TimeShift::Utc) | None => Ok(()),
        }
    }

    /// The clock as written, read as a position on the axis. A leap second stands with the second before it.
    pub fn civil(&self) -> Instant {
        let seconds =
            i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second.unwrap_or(0).min(59));
        Instant::from_day(self.day).unwrap_or_default().saturating_add(seconds * Instant::SECOND)
    }

    /// How long the finest given unit lasts, in microseconds.
    pub const fn width_micros(&self) -> i64 {
        if self.second.is_some() { Instant::SECOND } else { Instant::MINUTE }
    }

    /// First instant and first instant after, on the axis of `axis`. A clock time that occurred twice covers both.
    pub fn on_axis(&self, axis: Zone) -> (Instant, Instant) {
        let (first, last) = match (self.shift, self.zone) {
            (Some(shift), _) => {
                let moment = self.civil().saturating_add(-i64::from(shift_minutes(shift)) * Instant::MINUTE);
                (axis.civil(moment), axis.civil(moment))
            }
            (None, Some(zone)) => match zone.local(self.civil()) {
                Local::One(moment) => (axis.civil(moment), axis.civil(moment)),
                Local::Fold(a, b) => {
                    let (a, b) = (axis.civil(a), axis.civil(b));
                    (a.min(b), a.max(b))
                }
                Local::Gap => (self.civil(), self.civil()),
            },
            (None, None) => (self.civil(), self.civil()),
        };
        (first, last.saturating_add(self.width_micros()))
    }

    /// Whether it can be compared with another without knowing the zone of either.
    const fn is_comparable(&self, other: &Self) -> bool {
        (self.shift.is_some() || self.zone.is_some()) == (other.shift.is_some() || other.zone.is_some())
    }
}

/// Minutes ahead of UTC.
pub(super) const fn shift_minutes(shift: TimeShift) -> i16 {
    match shift {
        TimeShift::Utc => 0,
        TimeShift::Offset { minutes, .. } => minutes,
    }
}

pub(super) fn slash_outside_brackets(text: &str) -> Option<usize> {
    let mut inside = false;
    text.bytes().position(|byte| {
        match byte {
            b'[' => inside = true,
            b']' => inside = false,
            _ => {}
        }
        byte == b'/' && !inside
    })
}

fn parse_span(start: &str, end: &str) -> Result<Iso, DateError> {
    let end_at = start.len() + 1;
    if let Some(slash) = slash_outside_brackets(end) {
        return Err(DateError::at(end_at + slash, "an interval has exactly one /", None));
    }
    let whole = |part: DateError, hint: &dyn Fn(String) -> String| DateError { hint: part.hint.map(hint), ..part };
    let (start_text, end_text) = (start, end);
    let start = parse_end(start, 0).map_err(|error| whole(error, &|hint| format!("{hint}/{end_text}")))?;
    let mut end = parse_end(end, end_at).map_err(|error| whole(error, &|hint| format!("{start_text}/{hint}")))?;
    if let (TimedEnd::Time(a), TimedEnd::Time(b)) = (&start, &mut end) {
        // ISO 8601-1, 5.5.2: a zone given only with the start holds for the end too.
        if b.shift.is_none() && b.zone.is_none() {
            // An offset beside a zone says which of two moments the start is, and nothing about the end.
            (b.shift, b.zone) = (a.shift.filter(|_| a.zone.is_none()), a.zone);
        }
        if a.is_comparable(b) && a.on_axis(Zone::UTC).0 > b.on_axis(Zone::UTC).1 {
            return Err(DateError::at(end_at, "the interval ends before it starts", None));
        }
    } else if let (Some(a), Some(b)) = (start.day(), end.day())
        && a > b
    {
        return Err(DateError::at(end_at, "the interval ends before it starts", None));
    }
    Ok(Iso::Span(start, end))
}

fn parse_end(text: &str, base: usize) -> Result<TimedEnd, DateError> {
    match text {
        "" => Ok(TimedEnd::Unknown),
        ".." => Ok(TimedEnd::Open),
        _ if text.contains('T') => Timed::parse(text, base).map(TimedEnd::Time),
        _ => match edtf_core::Edtf::parse(text) {
            Ok(edtf_core::Edtf::Date(date)) if date.is_plain_day() => {
                let field = |field: Option<edtf_core::DateField>| field.and_then(edtf_core::DateField::value);
                match (date.year.value(), field(date.month), field(date.day)) {
                    (Some(year), Some(month), Some(day)) => Ok(TimedEnd::Day(CivilDay::new(year, month, day))),
                    _ => Err(DateError::at(base, "an interval of times ends in a day or a time", None)),
                }
            }
            Ok(_) => Err(DateError::at(base, "an interval of times ends in a day or a time", None)),
            Err(error) => Err(DateError::at(base + error.offset, error.message, None)),
        },
    }
}

impl TimedEnd {
    /// The civil day, as written.
    pub const fn day(&self) -> Option<CivilDay> {
        match self {
            Self::Time(timed) => Some(timed.day),
            Self::Day(day) => Some(*day),
            Self::Open | Self::Unknown => None,
        }
    }
}

/// Dates without mask, qualifier or coarser precision.
trait PlainDay {
    fn is_plain_day(&self) -> bool;
}

impl PlainDay for edtf_core::Date {
    fn is_plain_day(&self) -> bool {
        self.day.is_some() && !self.has_unspecified() && !self.is_uncertain() && !self.is_approximate()
    }
}

impl fmt::Display for Timed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{:02}:{:02}", self.day, self.hour, self.minute)?;
        if let Some(second) = self.second {
            write!(f, ":{second:02}")?;
        }
        match self.shift {
            None => {}
            Some(TimeShift::Utc) => f.write_str("Z")?,
            Some(TimeShift::Offset { minutes, hours_only }) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let magnitude = minutes.unsigned_abs();
                write!(f, "{sign}{:02}", magnitude / 60)?;
                if !hours_only || magnitude % 60 != 0 {
                    write!(f, ":{:02}", magnitude % 60)?;
                }
            }
        }
        match self.zone {
            Some(zone) => write!(f, "[{}]", zone.name()),
            None => Ok(()),
        }
    }
}

impl fmt::Display for TimedEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(timed) => timed.fmt(f),
            Self::Day(day) => day.fmt(f),
            Self::Open => f.write_str(".."),
            Self::Unknown => Ok(()),
        }
    }
}

impl fmt::Display for Iso {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(timed) => timed.fmt(f),
            Self::Span(start, end) => write!(f, "{start}/{end}"),
        }
    }
}
