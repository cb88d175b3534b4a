//! Times of day: EDTF's own, and what ISO 8601 has beyond EDTF (minutes without seconds, fractions of a second, a zone by
//! name, intervals of times).
//!
//! Only what EDTF has refused is read here: a text with a `T` behind its day, or an interval with one in an end.

use std::fmt;

use edtf_core::TimeShift;

use super::error::DateError;
use super::zone::as_offset;
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
    /// Digits after the second, where any are given.
    pub fraction: Option<Fraction>,
    pub shift: Option<TimeShift>,
    pub zone: Option<Zone>,
}

/// A decimal fraction of a second, with the digits and the sign it was written with (ISO 8601-1, 4.3.4 and 5.3.1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fraction {
    /// The digits as a number.
    value: u128,
    /// How many digits there are, at least one.
    digits: u8,
    /// Whether a comma stands before them, not a point.
    is_comma: bool,
}

impl Fraction {
    /// More digits than this do not fit the number that holds them.
    const MOST_DIGITS: usize = 38;

    /// Reads a point or comma and the digits behind it, and says how many bytes that took; nothing where a text begins with
    /// neither.
    fn read(text: &str, base: usize) -> Result<Option<(Self, usize)>, DateError> {
        let Some(behind) = text.strip_prefix(['.', ',']) else { return Ok(None) };
        let length = behind.bytes().take_while(u8::is_ascii_digit).count();
        let digits = behind.get(..length).unwrap_or_default();
        match (digits.parse(), u8::try_from(length)) {
            (Ok(value), Ok(digits)) if length <= Self::MOST_DIGITS => {
                Ok(Some((Self { value, digits, is_comma: text.starts_with(',') }, length + 1)))
            }
            _ if length == 0 => Err(DateError::at(base + 1, "the digits of the fraction are missing", None)),
            _ => {
                let message = format!("a fraction of a second has at most {} digits", Self::MOST_DIGITS);
                Err(DateError::at(base + 1 + Self::MOST_DIGITS, message, None))
            }
        }
    }

    /// Whole nanoseconds, what is finer cut off.
    fn nanos(self) -> i64 {
        let digits = u32::from(self.digits);
        let nanos =
            if digits <= 9 { self.value * 10_u128.pow(9 - digits) } else { self.value / 10_u128.pow(digits - 9) };
        i64::try_from(nanos).unwrap_or(0)
    }

    /// How long its last digit lasts in microseconds, but at least one.
    const fn width_micros(self) -> i64 {
        if self.digits < 6 { 10_i64.pow(6 - self.digits as u32) } else { 1 }
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:0>2$}", if self.is_comma { ',' } else { '.' }, self.value, usize::from(self.digits))
    }
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
            None => (text.as_bytes().get(CLOCK - 1) == Some(&b'T')).then(|| Timed::parse(text, 0).map(Self::Time)),
        }
    }
}

/// Where the clock stands in `YYYY-MM-DDThh:mm:ss`.
const CLOCK: usize = "YYYY-MM-DDT".len();
/// Where its minute is over.
const TO_MINUTE: usize = "YYYY-MM-DDThh:mm".len();
/// Where its second is over.
const TO_SECOND: usize = "YYYY-MM-DDThh:mm:ss".len();

impl Timed {
    pub fn from_edtf(time: &edtf_core::DateTime) -> Self {
        let date = &time.date;
        let field = |field: Option<edtf_core::DateField>| field.and_then(edtf_core::DateField::value).unwrap_or(1);
        Self {
            day: CivilDay::new(date.year.value().unwrap_or(0), field(date.month), field(date.day)),
            hour: time.time.hour,
            minute: time.time.minute,
            second: Some(time.time.second),
            fraction: None,
            shift: time.time.shift,
            zone: None,
        }
    }

    /// The time at this place of the axis, as the axis's own zone shows it, to the second.
    pub fn from_civil(civil: Instant) -> Self {
        let seconds = civil.micros_of_day() / Instant::SECOND;
        let part = |value: i64| u8::try_from(value).unwrap_or(0);
        Self {
            day: civil.day(),
            hour: part(seconds / 3600),
            minute: part(seconds / 60 % 60),
            second: Some(part(seconds % 60)),
            fraction: None,
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

    /// Reads `YYYY-MM-DDThh:mm[:ss[.f]][Z|±hh[:mm]][\[Zone\]]`; `base` is where it stands in the whole text.
    pub fn read(text: &str, base: usize) -> Result<Self, DateError> {
        let (clock, zone) = match text.split_once('[') {
            None => (text, None),
            Some((clock, rest)) => {
                let at = base + clock.len() + 1;
                let name = rest.strip_suffix(']').ok_or_else(|| {
                    DateError::at(base + text.len(), "the time zone must end with ]", Some(format!("{text}]")))
                })?;
                let zone = Zone::parse(name).map_err(|error| match as_offset(name) {
                    Some(offset) if !clock.ends_with(&offset) => {
                        let hint = Some(format!("{clock}{offset}"));
                        DateError::at(at, "an offset stands without brackets, which are for the name of a zone", hint)
                    }
                    _ => DateError::at(at, error.to_string(), error.suggestion.map(|name| format!("{clock}[{name}]"))),
                })?;
                (clock, Some(zone))
            }
        };
        // The crate reads whole seconds: without seconds they are put in, and a fraction is taken out.
        let has_seconds = clock.as_bytes().get(TO_MINUTE) == Some(&b':');
        let split = if has_seconds { TO_SECOND } else { TO_MINUTE };
        let (to_split, rest) = (clock.get(..split).unwrap_or(clock), clock.get(split..).unwrap_or_default());
        let (fraction, taken) = match Fraction::read(rest, base + split)? {
            Some(_) if !has_seconds => {
                return Err(DateError::at(base + split, "a fraction needs the second it is of: hh:mm:ss.f", None));
            }
            Some((fraction, taken)) => (Some(fraction), taken),
            None => (None, 0),
        };
        let added = if has_seconds || clock.len() < TO_MINUTE { "" } else { ":00" };
        match edtf_core::Edtf::parse(&format!("{to_split}{added}{}", rest.get(taken..).unwrap_or_default())) {
            Ok(edtf_core::Edtf::DateTime(time)) => {
                Ok(Self { zone, second: has_seconds.then_some(time.time.second), fraction, ..Self::from_edtf(&time) })
            }
            Ok(_) => Err(DateError::at(base, "a time of day is missing", None)),
            Err(error) => {
                let is_behind = error.offset >= split + added.len();
                let offset = if is_behind { error.offset + taken - added.len() } else { error.offset };
                Err(DateError::at(base + offset.min(clock.len()), error.message, None))
            }
        }
    }

    fn check_zone(&self, base: usize) -> Result<(), DateError> {
        let Some(zone) = self.zone else { return Ok(()) };
        match self.shift {
            None if zone.local(self.civil()) == Local::Gap => {
                let later = Self::from_civil(self.civil().saturating_add(Instant::HOUR));
                let hint =
                    Self { second: self.second.and(later.second), fraction: self.fraction, zone: Some(zone), ..later };
                Err(DateError::at(
                    base + CLOCK,
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
                    base + TO_MINUTE
                        + if self.second.is_some() { 3 } else { 0 }
                        + self.fraction.map_or(0, |fraction| 1 + usize::from(fraction.digits)),
                    format!("{} was at {label} then", zone.name()),
                    Some(corrected.to_string()),
                ))
            }
            Some(TimeShift::Utc) | None => Ok(()),
        }
    }

    /// The clock as written, read as a position on the axis. A leap second stands with the second before it; with a
    /// fraction, in the last instant of it, so that it comes after every fraction of that second.
    pub fn civil(&self) -> Instant {
        let seconds =
            i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second.unwrap_or(0).min(59));
        let fraction = match self.fraction {
            Some(_) if self.is_leap_second() => Instant::SECOND - 1,
            Some(fraction) => fraction.nanos() / 1_000,
            None => 0,
        };
        Instant::from_day(self.day).unwrap_or_default().saturating_add(seconds * Instant::SECOND + fraction)
    }

    const fn is_leap_second(&self) -> bool {
        matches!(self.second, Some(60..))
    }

    /// How long the finest given unit lasts in microseconds, but at least one.
    pub const fn width_micros(&self) -> i64 {
        match (self.second, self.fraction) {
            (None, _) => Instant::MINUTE,
            (Some(_), None) => Instant::SECOND,
            (Some(60..), Some(_)) => 1,
            (Some(_), Some(fraction)) => fraction.width_micros(),
        }
    }

    /// The first and the last moment it can begin at: two where its clock showed the time twice. A time without offset and zone
    /// is one of the clock that `axis` reads such times by; none where that skipped it.
    pub fn moments(&self, axis: Zone) -> Option<(Instant, Instant)> {
        let civil = self.civil();
        match self.shift {
            Some(shift) => {
                let moment = civil.saturating_add(-i64::from(shift_minutes(shift)) * Instant::MINUTE);
                Some((moment, moment))
            }
            None => match self.zone.unwrap_or(axis.of_bare_times()).local(civil) {
                Local::One(moment) => Some((moment, moment)),
                Local::Fold(first, second) => Some((first, second)),
                Local::Gap => None,
            },
        }
    }

    /// First instant and first instant after, on the axis of `axis`. A clock time that occurred twice covers both.
    pub fn on_axis(&self, axis: Zone) -> (Instant, Instant) {
        let width = self.width_micros();
        match self.moments(axis) {
            // By its last instant: what follows that may stand elsewhere, where clocks were put forward.
            Some((first, last)) => {
                (axis.position(first), axis.position(last.saturating_add(width - 1)).saturating_add(1))
            }
            None => (self.civil(), self.civil().saturating_add(width)),
        }
    }

    /// As [`Timed::on_axis`], but where the clock of `axis` stood even while it was put back: for holding it against days.
    pub fn by_clock(&self, axis: Zone) -> (Instant, Instant) {
        let (first, last) = self.moments(axis).map_or((self.civil(), self.civil()), |(first, last)| {
            let (first, last) = (axis.civil(first), axis.civil(last));
            (first.min(last), first.max(last))
        });
        (first, last.saturating_add(self.width_micros()))
    }

    /// By how many nanoseconds it begins after the microsecond at which it stands on the axis.
    pub fn nanos_on_axis(&self, axis: Zone) -> u16 {
        let nanos = match self.fraction {
            // All of it stands in one microsecond: in order there.
            Some(fraction) if self.is_leap_second() => fraction.nanos() / 1_000_000,
            Some(fraction) => fraction.nanos() % 1_000,
            None => 0,
        };
        let nanos = u16::try_from(nanos).unwrap_or(0);
        self.moments(axis).map_or(nanos, |(first, _)| axis.position_fine(first, nanos).1)
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
        if let Some(fraction) = self.fraction {
            fraction.fmt(f)?;
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
