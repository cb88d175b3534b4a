//! The parts of one date as they come in a phrase, perhaps not all of them, and what two dates share.

use super::lexicon::{Part, WeekOf};
use super::tokens::Number;
use crate::time::DateError;
use crate::time::{CivilDay, Zone};

/// One date's parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Partial {
    /// Byte where it begins.
    pub at: usize,
    pub part: Option<Part>,
    /// 1 or 2.
    pub half: Option<u8>,
    pub day: Option<Field>,
    pub month: Option<Field>,
    /// A code of ISO 8601-2, 4.8.
    pub season: Option<u8>,
    /// A week of ISO 8601, and a day in it.
    pub week: Option<(u8, Option<u8>)>,
    /// A day of a year.
    pub day_of_year: Option<u16>,
    pub years: Option<Years>,
    pub era: Option<Era>,
    /// A number of one or two digits that can be a day or the end of a year.
    pub loose: Option<Number>,
    pub clock: Option<Clock>,
    pub zone: Option<ZoneWords>,
    pub weekday: Option<u8>,
    pub is_approximate: bool,
    pub is_uncertain: bool,
    /// A mark of doubt stands behind it with a space or in brackets.
    pub is_marked_apart: bool,
    /// The first days of a month, or the last week of a year.
    pub stretch: Option<Stretch>,
    /// The week that its day stands for.
    pub week_of: Option<WeekOf>,
    /// The days of a week seen from today.
    pub days: Option<(CivilDay, CivilDay)>,
}

/// A month or a day, or that it is not known: `08/??/1999`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Given(u8),
    Masked,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    Bc,
    Ad,
}

/// A year or a stretch of them, counted within its era.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Years {
    Year(i64),
    /// By its first year.
    Decade(i64),
    /// By its number: 19 is the nineteenth.
    Century(i64),
    Millennium(i64),
}

impl Years {
    /// Whether it is the same as the other or comes later in one era; what differs in kind does not.
    pub fn is_no_less(self, other: Self) -> bool {
        match (self, other) {
            (Self::Year(a), Self::Year(b)) | (Self::Decade(a), Self::Decade(b)) => a >= b,
            (Self::Century(a), Self::Century(b)) | (Self::Millennium(a), Self::Millennium(b)) => a >= b,
            _ => false,
        }
    }
}

/// "The first ten days", "the last week", "the second Monday" of something longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Counted from the start, from 1; none is the last.
    pub nth: Option<u8>,
    /// How many of them; none where "the first days" leaves it open.
    pub count: Option<u64>,
    pub of: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    /// 1 is Monday.
    Weekday(u8),
    Third,
    Quarter,
    Half,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: u8,
    pub minute: u8,
    pub second: Option<u8>,
    /// Its value and its digits.
    pub fraction: Option<(u64, usize)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ZoneWords {
    /// "UTC".
    Utc,
    /// "Z".
    Zulu,
    Zone(Zone),
    /// Minutes ahead of UTC.
    Shift(i16),
    Both(i16, Zone),
}

impl Partial {
    pub fn new(at: usize) -> Self {
        Self { at, ..Self::default() }
    }

    /// Nothing but qualifiers, or nothing at all.
    pub fn is_empty(&self) -> bool {
        let bare = Self {
            at: self.at,
            is_approximate: self.is_approximate,
            is_uncertain: self.is_uncertain,
            is_marked_apart: self.is_marked_apart,
            ..Self::default()
        };
        *self == bare
    }

    pub fn is_bc(&self) -> bool {
        self.era == Some(Era::Bc)
    }

    /// Whether a year is all that it says.
    pub fn is_bare_year(&self) -> bool {
        matches!(self.years, Some(Years::Year(_))) && Self { years: None, era: None, ..self.clone() }.is_empty()
    }

    /// Whether it is a number alone.
    pub fn is_loose(&self) -> bool {
        self.loose.is_some() && Self { loose: None, ..self.clone() }.is_empty()
    }

    /// Puts it in the doubts of another too.
    pub fn mark_as(&mut self, other: &Self) {
        self.is_approximate |= other.is_approximate;
        self.is_uncertain |= other.is_uncertain;
    }
}

/// # Errors
/// Where the slot is filled already.
pub(super) fn set<T>(slot: &mut Option<T>, value: T, at: usize, name: &str) -> Result<(), DateError> {
    if slot.is_some() {
        return Err(DateError::at(at, format!("the {name} is given twice"), None));
    }
    *slot = Some(value);
    Ok(())
}

/// Lets each of two joined dates have what only the other says: "21–31 October 2024", "October 21, 2024 – November 3",
/// "19th–20th century", "44–27 BC". What a number alone means is told by the other date or not at all.
pub(super) fn share(a: &mut Partial, b: &mut Partial) {
    // "10:00–12" ends at noon, or on the 12th: what a number alone counts beside a time is not told.
    if a.clock.is_some() && b.is_loose() || b.clock.is_some() && a.is_loose() {
        return share_years(a, b);
    }
    share_whole(a, b);
    share_whole(b, a);
    share_counted(a, b);
    share_years(a, b);
    if a.clock.is_some() || b.clock.is_some() {
        (a.zone, b.zone) = (a.zone.or(b.zone), b.zone.or(a.zone));
    }
    let (from_a, from_b) = ((a.month, a.day), (b.month, b.day));
    complete(a, from_b);
    complete(b, from_a);
}

/// "Early or late October 2024": what is early is said with the other date.
fn share_whole(part: &mut Partial, other: &Partial) {
    let rest = Partial { part: None, half: None, ..part.clone() };
    if (part.part.is_none() && part.half.is_none()) || !rest.is_empty() {
        return;
    }
    *part = Partial {
        part: part.part,
        half: part.half,
        month: other.month,
        season: other.season,
        years: other.years,
        era: other.era,
        ..rest
    };
}

/// Numbers of years, centuries and millennia.
fn share_counted(a: &mut Partial, b: &mut Partial) {
    count_as(a, b);
    count_as(b, a);
    // "1939–45": the end of a year.
    if let (Some(number), true, Some(Years::Year(first)), true) = (b.loose, b.is_loose(), a.years, a.is_bare_year())
        && a.era.is_none()
        && !number.is_ordinal
    {
        let modulus = if number.digits == 1 { 10 } else { 100 };
        let last = i64::try_from(number.value).unwrap_or(i64::MAX);
        let year = first - first.rem_euclid(modulus) + last;
        if first >= 100 && year > first {
            (b.years, b.loose) = (Some(Years::Year(year)), None);
        }
    }
}

/// A number alone counts what the other date counts.
pub(super) fn count_as(loose: &mut Partial, other: &Partial) {
    let Some(number) = loose.loose.filter(|_| loose.years.is_none() && loose.month.is_none()) else { return };
    let value = i64::try_from(number.value).unwrap_or(i64::MAX);
    let is_year = !number.is_ordinal && loose.is_loose() && other.era.is_some() && other.is_bare_year();
    let years = match other.years {
        // "18–19 вв." too: beside a century a number that stands alone counts nothing else.
        Some(Years::Century(_)) if number.is_ordinal || loose.is_loose() => Years::Century(value),
        Some(Years::Millennium(_)) if number.is_ordinal => Years::Millennium(value),
        // "44–27 BCE": a number of two digits is a year where its era is said.
        Some(Years::Year(_)) if is_year => Years::Year(value),
        _ => return,
    };
    (loose.years, loose.loose) = (Some(years), None);
}

fn share_years(a: &mut Partial, b: &mut Partial) {
    // "October – 2024": a year that stands alone is the other date, not the year of both.
    let is_finer = |date: &Partial| date.years.is_none() && (date.month.is_some() || date.season.is_some());
    if is_finer(a) && b.is_bare_year() || is_finer(b) && a.is_bare_year() {
        return;
    }
    match (a.years, b.years) {
        (None, Some(_)) => (a.years, a.era) = (b.years, b.era.or(a.era)),
        (Some(_), None) => (b.years, b.era) = (a.years, a.era.or(b.era)),
        (Some(first), Some(last)) => {
            // "44–27 BC" is before the era at both ends; what "44 BC – 27" is was asked.
            if b.era == Some(Era::Bc) && a.era.is_none() && first != last && first.is_no_less(last) {
                a.era = Some(Era::Bc);
            }
        }
        (None, None) => {}
    }
}

/// Gives a day or a time the month (and day) of the other date; a number alone is a day beside a day.
fn complete(partial: &mut Partial, (month, day): (Option<Field>, Option<Field>)) {
    let has_day = partial.loose.is_some() && day.is_some() || partial.day.is_some();
    if partial.month.is_none() && partial.season.is_none() && (has_day || partial.clock.is_some()) {
        partial.month = month;
        if !has_day {
            partial.day = day;
        }
    }
    if let (Some(number), Some(_), None) = (partial.loose, partial.month, partial.day) {
        partial.day = u8::try_from(number.value).ok().map(Field::Given);
        partial.loose = None;
    }
}
