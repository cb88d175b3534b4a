//! A date in plain English, as vague as it is and short enough for a cell of a table.

use edtf_core::{
    DateField, Edtf, Interval, IntervalEndpoint, Qualifier, Set, SetElement, SetKind, TimeShift, YearKind,
};

use super::calendar::{month_abbreviation, month_name, year_label};
use super::coverage::day_edges;
use super::date::{Date, Form};
use super::extent::DayBound;
use super::timed::{Iso, Timed, TimedEnd};
use super::{CivilDay, Local, Precision, precision};

/// More members of a set than this are counted, not named.
const MOST_NAMED: usize = 3;

impl Date {
    /// In plain words, as vague as it is: "24 Oct 2024", "Jun 2024", "Oct 2024, 21st–31st", "about 1950".
    pub fn describe(&self) -> String {
        // Most are no more than this, and a long list describes very many.
        if let Some((year, month, day)) = self.plain_parts() {
            return match (month, day) {
                (Some(month), Some(day)) => day_words(CivilDay::new(year, month, day)),
                (Some(month), None) => format!("{} {}", month_abbreviation(month), year_label(year)),
                (None, _) => year_label(year),
            };
        }
        match &*self.form() {
            Form::Edtf(Edtf::Date(date)) => qualified(date),
            Form::Edtf(Edtf::DateTime(time)) => timed(&Timed::from_edtf(time)),
            Form::Edtf(Edtf::Interval(interval)) => interval_words(interval),
            Form::Edtf(Edtf::Set(set)) => set_words(set),
            Form::Iso(Iso::Time(time)) => timed(time),
            Form::Iso(Iso::Span(start, end)) => timed_span(start, end),
        }
    }
}

/// Words of a date with the names of months in full, for whoever looks for these: "24 October 2024"; none where there is none
/// that is longer.
pub(crate) fn with_whole_months(words: &str) -> Option<String> {
    let mut whole = String::new();
    let mut is_longer = false;
    for part in words.split_inclusive(|c: char| !c.is_ascii_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        let month = (1..=12).find(|month| month_abbreviation(*month) == word).map(month_name);
        let name = month.unwrap_or(word);
        is_longer |= name.len() > word.len();
        whole.push_str(name);
        whole.push_str(part.get(word.len()..).unwrap_or_default());
    }
    is_longer.then_some(whole)
}

/// "1st", "22nd", "13th".
pub(super) fn ordinal(number: u8) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// "24 Oct 2024". Put together by hand: a long list or brief says it of every event, and the machinery of formats takes longer
/// for it than all the rest of a line.
pub(super) fn day_words(day: CivilDay) -> String {
    let mut words = String::with_capacity("24 Oct 2024 BCE".len());
    if day.day >= 10 {
        words.push(char::from(b'0' + day.day / 10));
    }
    words.push(char::from(b'0' + day.day % 10));
    for part in [" ", month_abbreviation(day.month), " ", &year_label(day.year)] {
        words.push_str(part);
    }
    words
}

fn qualified(date: &edtf_core::Date) -> String {
    let words = plain(date);
    let parts = [
        ("year", Some(date.year.qualifier)),
        ("month", date.month.map(|month| month.qualifier)),
        ("day", date.day.map(|day| day.qualifier)),
    ];
    let given = || parts.iter().filter_map(|(name, qualifier)| qualifier.map(|qualifier| (*name, qualifier)));
    let whole = date.year.qualifier;
    if given().all(|(_, qualifier)| qualifier == whole) {
        return match (whole.approximate, whole.uncertain) {
            (false, false) => words,
            (true, false) => format!("about {words}"),
            (false, true) => format!("{words}, uncertain"),
            (true, true) => format!("about {words}, uncertain"),
        };
    }
    let notes: Vec<String> = given()
        .filter(|(_, qualifier)| qualifier.is_qualified())
        .map(|(name, qualifier)| format!("{name} {}", qualifier_word(qualifier)))
        .collect();
    format!("{words} ({})", notes.join(", "))
}

const fn qualifier_word(qualifier: Qualifier) -> &'static str {
    match (qualifier.approximate, qualifier.uncertain) {
        (true, true) => "approximate and uncertain",
        (true, false) => "approximate",
        _ => "uncertain",
    }
}

/// Without its qualifiers.
pub(super) fn plain(date: &edtf_core::Date) -> String {
    let Some(year) = date.year.value() else { return masked_year(date) };
    let year_words = year_label(year);
    if date.year.significant_digits.is_some() {
        return match bounds_of(date) {
            Some((first, last)) if first.year != last.year => {
                format!("{year_words}, give or take ({})", years_between(first.year, last.year))
            }
            _ => year_words,
        };
    }
    let Some(month) = date.month else { return year_words };
    match (month.value(), date.day) {
        (None, None) if month.digits == [None, None] => format!("{year_words}, month unknown"),
        (None, Some(day)) if month.digits == [None, None] && day.digits == [None, None] => {
            format!("{year_words}, day unknown")
        }
        (None, _) => within(date),
        (Some(code), _) if code > 12 => season(code, year),
        (Some(month), None) => format!("{} {year_words}", month_abbreviation(month)),
        (Some(month), Some(day)) => match (day.value(), day.digits) {
            (Some(day), _) => day_words(CivilDay::new(year, month, day)),
            (None, [None, None]) => format!("{} {year_words}, day unknown", month_abbreviation(month)),
            (None, [Some(_), None]) => match bounds_of(date) {
                Some((first, last)) => days_of_month(first, last),
                None => within(date),
            },
            (None, _) => within(date),
        },
    }
}

fn masked_year(date: &edtf_core::Date) -> String {
    let YearKind::Standard { digits, .. } = date.year.kind else {
        // The only other years without a value are exponents beyond 64 bits.
        return Edtf::Date(*date).to_string();
    };
    let words = match (precision::of_date(date), bounds_of(date)) {
        _ if digits == [None; 4] => "year unknown".to_owned(),
        (Precision::Decade, Some((first, _))) => format!("{}0s", first.year / 10),
        (_, Some((first, last))) if digits.iter().skip_while(|digit| digit.is_some()).all(Option::is_none) => {
            years_between(first.year, last.year)
        }
        _ => return within(date),
    };
    match (date.month, date.month.and_then(DateField::value), date.day, date.day.and_then(DateField::value)) {
        (None, ..) => words,
        (_, Some(month), None, _) if month <= 12 => format!("{}, {words}", month_abbreviation(month)),
        (_, Some(month), _, Some(day)) => format!("{day} {}, {words}", month_abbreviation(month)),
        (_, None, None, _) => words,
        _ => within(date),
    }
}

pub(super) fn bounds_of(date: &edtf_core::Date) -> Option<(CivilDay, CivilDay)> {
    let bounds = day_edges(date);
    match (bounds.earliest, bounds.latest) {
        (DayBound::Day(first), DayBound::Day(last)) => Some((first, last)),
        _ => None,
    }
}

fn within(date: &edtf_core::Date) -> String {
    match bounds_of(date) {
        Some((first, last)) => format!("within {} – {}", day_words(first), day_words(last)),
        None => Edtf::Date(*date).to_string(),
    }
}

/// "Oct 2024, 21st–31st".
fn days_of_month(first: CivilDay, last: CivilDay) -> String {
    format!(
        "{} {}, {}–{}",
        month_abbreviation(first.month),
        year_label(first.year),
        ordinal(first.day),
        ordinal(last.day)
    )
}

fn years_between(first: i64, last: i64) -> String {
    if first > 999 && last < 10_000 {
        return format!("{first}–{last}");
    }
    let (from, to) = (year_label(first), year_label(last));
    match (from.strip_suffix(" BCE"), from.strip_suffix(" CE")) {
        (Some(from), _) if to.ends_with(" BCE") => format!("{from}–{to}"),
        (_, Some(from)) if to.ends_with(" CE") => format!("{from}–{to}"),
        _ => format!("{from} – {to}"),
    }
}

/// ISO 8601-2, 4.8: 21–24 seasons, 25–32 of one hemisphere, 33–41 parts of a year.
pub(super) fn season(code: u8, year: i64) -> String {
    let name = match code {
        21 | 25 | 29 => "spring",
        22 | 26 | 30 => "summer",
        23 | 27 | 31 => "autumn",
        24 | 28 | 32 => "winter",
        33..=36 => return format!("Q{} {}", code - 32, year_label(year)),
        37..=39 => return format!("{} third of {}", ordinal(code - 36), year_label(year)),
        40 => return format!("first half of {}", year_label(year)),
        _ => return format!("second half of {}", year_label(year)),
    };
    let hemisphere = match code {
        25..=28 => ", northern",
        29..=32 => ", southern",
        _ => "",
    };
    format!("{name} {}{hemisphere}", year_label(year))
}

fn interval_words(interval: &Interval) -> String {
    if let (IntervalEndpoint::Date(start), IntervalEndpoint::Date(end)) = (&interval.start, &interval.end)
        && let Some(words) = compact(start, end)
    {
        return words;
    }
    let start = match &interval.start {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrAfter(date) => qualified(date),
        IntervalEndpoint::OnOrBefore(date) => format!("by {}", qualified(date)),
        IntervalEndpoint::Open => "open start".to_owned(),
        IntervalEndpoint::Unknown => "start unknown".to_owned(),
    };
    let end = match &interval.end {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) => qualified(date),
        IntervalEndpoint::OnOrAfter(date) => format!("{} or later", qualified(date)),
        IntervalEndpoint::Open => return format!("{start} → still going on"),
        IntervalEndpoint::Unknown => return format!("{start} → end unknown"),
    };
    match (&interval.start, &interval.end) {
        (IntervalEndpoint::Date(_), IntervalEndpoint::Date(_)) => format!("{start} – {end}"),
        _ => format!("{start} → {end}"),
    }
}

/// Two plain dates, each shared part said once: "21–31 Oct 2024", "Jun–Aug 2024", "1939–1945".
pub(super) fn compact(start: &edtf_core::Date, end: &edtf_core::Date) -> Option<String> {
    let is_plain = |date: &edtf_core::Date| {
        !date.has_unspecified()
            && !date.is_uncertain()
            && !date.is_approximate()
            && date.year.significant_digits.is_none()
            && date.month.and_then(DateField::value).is_none_or(|month| month <= 12)
    };
    if !is_plain(start) || !is_plain(end) {
        return None;
    }
    let parts = |date: &edtf_core::Date| {
        Some((date.year.value()?, date.month.and_then(DateField::value), date.day.and_then(DateField::value)))
    };
    match (parts(start)?, parts(end)?) {
        ((y, Some(m), Some(a)), (z, Some(n), Some(b))) if (y, m) == (z, n) => Some(if a == b {
            format!("all of {}", day_words(CivilDay::new(y, m, a)))
        } else {
            format!("{a}–{b} {} {}", month_abbreviation(m), year_label(y))
        }),
        ((y, Some(m), Some(a)), (z, Some(n), Some(b))) if y == z => {
            Some(format!("{a} {} – {b} {} {}", month_abbreviation(m), month_abbreviation(n), year_label(y)))
        }
        ((y, Some(m), None), (z, Some(n), None)) if y == z && m != n => {
            Some(format!("{}–{} {}", month_abbreviation(m), month_abbreviation(n), year_label(y)))
        }
        ((y, None, None), (z, None, None)) if y != z => Some(years_between(y, z)),
        _ => None,
    }
}

fn set_words(set: &Set) -> String {
    if let (SetKind::OneMember, [element]) = (set.kind, set.elements.as_slice()) {
        return match element {
            SetElement::Date(date) => qualified(date),
            SetElement::OnOrBefore(date) => format!("by {}", qualified(date)),
            SetElement::OnOrAfter(date) => format!("from {} on", qualified(date)),
            SetElement::Range(from, to) => one_between(from, to),
        };
    }
    let named: Vec<String> = set.elements.iter().take(MOST_NAMED).map(element_words).collect();
    let more = set.elements.len().saturating_sub(MOST_NAMED);
    match (set.kind, more) {
        (SetKind::OneMember, 0) => named.join(" or "),
        (SetKind::OneMember, _) => format!("{} or one of {more} more", named.join(", ")),
        (SetKind::AllMembers, 0) if set.elements.len() == 1 => format!("all of: {}", named.join("")),
        (SetKind::AllMembers, 0) => named.join(" and "),
        (SetKind::AllMembers, _) => format!("{} and {more} more", named.join(", ")),
    }
}

/// One thing, once, between two dates of the same precision.
fn one_between(from: &edtf_core::Date, to: &edtf_core::Date) -> String {
    match (bounds_of(from), bounds_of(to)) {
        (Some((first, _)), Some((_, last)))
            if from.day.is_some() && (first.year, first.month) == (last.year, last.month) =>
        {
            days_of_month(first, last)
        }
        _ => format!("between {} and {}", plain(from), plain(to)),
    }
}

fn element_words(element: &SetElement) -> String {
    match element {
        SetElement::Date(date) => qualified(date),
        SetElement::OnOrBefore(date) => format!("{} or before", qualified(date)),
        SetElement::OnOrAfter(date) => format!("{} or after", qualified(date)),
        SetElement::Range(from, to) => compact(from, to).unwrap_or_else(|| format!("{} – {}", plain(from), plain(to))),
    }
}

pub(super) fn clock(time: &Timed) -> String {
    match (time.second, time.fraction) {
        (Some(second), Some(fraction)) => format!("{:02}:{:02}:{second:02}{fraction}", time.hour, time.minute),
        (Some(second), None) => format!("{:02}:{:02}:{second:02}", time.hour, time.minute),
        (None, _) => format!("{:02}:{:02}", time.hour, time.minute),
    }
}

/// " +03:00", " UTC", " Europe/Moscow", or nothing. The offset stands beside a zone where it tells two moments apart.
pub(super) fn zone_words(time: &Timed) -> String {
    let shift = match time.shift {
        Some(TimeShift::Utc) => " UTC".to_owned(),
        Some(TimeShift::Offset { minutes, .. }) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!(" {sign}{:02}:{:02}", minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60)
        }
        None => String::new(),
    };
    match time.zone {
        Some(zone) if matches!(zone.local(time.civil()), Local::Fold(..)) => format!("{shift} {}", zone.name()),
        Some(zone) => format!(" {}", zone.name()),
        None => shift,
    }
}

fn timed(time: &Timed) -> String {
    format!("{} {}{}", day_words(time.day), clock(time), zone_words(time))
}

fn timed_span(start: &TimedEnd, end: &TimedEnd) -> String {
    if let (TimedEnd::Time(a), TimedEnd::Time(b)) = (start, end)
        && a.day == b.day
        && zone_words(a) == zone_words(b)
    {
        return format!("{} {}–{}{}", day_words(a.day), clock(a), clock(b), zone_words(a));
    }
    let words = |end: &TimedEnd| match end {
        TimedEnd::Time(time) => Some(timed(time)),
        TimedEnd::Day(day) => Some(day_words(*day)),
        TimedEnd::Open | TimedEnd::Unknown => None,
    };
    let start = match start {
        TimedEnd::Open => "open start".to_owned(),
        other => words(other).unwrap_or_else(|| "start unknown".to_owned()),
    };
    match end {
        TimedEnd::Open => format!("{start} → still going on"),
        other => match words(other) {
            Some(end) => format!("{start} – {end}"),
            None => format!("{start} → end unknown"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(date: &str, expected: &str) {
        assert_eq!(Date::parse(date).unwrap().describe(), expected, "{date}");
    }

    #[test]
    fn a_plain_date_is_described_as_what_it_is_read_as() {
        for text in
            ["2024-10-24", "2024-06", "2024", "0000", "0000-01-01", "0079-08-24", "0999-12", "1000", "9999-12-31"]
        {
            let date = Date::parse(text).unwrap();
            assert!(date.is_plain());
            let Form::Edtf(Edtf::Date(read)) = &*date.form() else { panic!("{text}") };
            assert_eq!(date.describe(), qualified(read));
        }
    }

    #[test]
    fn a_date_says_no_more_than_it_knows() {
        check("2024-10-24", "24 Oct 2024");
        check("2024-06", "Jun 2024");
        check("2024", "2024");
        check("1950~", "about 1950");
        check("2024-06?", "Jun 2024, uncertain");
        check("2024-06%", "about Jun 2024, uncertain");
        check("2024-06~-11", "11 Jun 2024 (year approximate, month approximate)");
        check("2024-23", "autumn 2024");
        check("2024-35", "Q3 2024");
        check("-0043-03-15", "15 Mar 44 BCE");
        check("0000", "1 BCE");
        check("0079-08-24", "24 Aug 79 CE");
        check("Y170000002", "170,000,002 CE");
        check("Y-13800000000", "13,800,000,001 BCE");
    }

    #[test]
    fn unspecified_digits_are_ranges_or_unknown() {
        check("199X", "1990s");
        check("19XX", "1900–1999");
        check("XXXX-12-25", "25 Dec, year unknown");
        check("2024-10-XX", "Oct 2024, day unknown");
        check("2024-10-2X", "Oct 2024, 20th–29th");
        check("2024-XX", "2024, month unknown");
        check("2024-XX-XX", "2024, day unknown");
        check("2024-1X-15", "within 15 Oct 2024 – 15 Dec 2024");
        check("1950S2", "1950, give or take (1900–1999)");
    }

    #[test]
    fn windows_and_spans_read_differently() {
        check("[2024-10-21..2024-10-31]", "Oct 2024, 21st–31st");
        check("[2024-10-21..2024-11-03]", "between 21 Oct 2024 and 3 Nov 2024");
        check("2024-10-21/2024-10-31", "21–31 Oct 2024");
        check("2024-10-21/2024-11-03", "21 Oct – 3 Nov 2024");
        check("2024-06/2024-08", "Jun–Aug 2024");
        check("1939/1945", "1939–1945");
        check("-0043/-0026", "44–27 BCE");
        check("-0026/0014", "27 BCE – 14 CE");
        check("[..2024-11-09]", "by 9 Nov 2024");
        check("[2024-10..]", "from Oct 2024 on");
        check("2024-06-19/..", "19 Jun 2024 → still going on");
        check("2024-06-19/", "19 Jun 2024 → end unknown");
        check("/1945", "start unknown → 1945");
        check("2024-10-21~/2024-10-31", "about 21 Oct 2024 – 31 Oct 2024");
        check("[1667,1760-12]", "1667 or Dec 1760");
        check("{1960,1961-12}", "1960 and Dec 1961");
        check("[1,2,3,4,5]".replace(['1', '2', '3', '4', '5'], "1960").as_str(), "1960, 1960, 1960 or one of 2 more");
    }

    #[test]
    fn times_name_their_zone() {
        check("2024-10-24T10:23:00+03:00", "24 Oct 2024 10:23:00 +03:00");
        check("2024-10-24T10:23:00Z", "24 Oct 2024 10:23:00 UTC");
        check("2024-10-24T10:23[Europe/Moscow]", "24 Oct 2024 10:23 Europe/Moscow");
        check("2024-10-24T10:00+03:00/2024-10-24T12:00+03:00", "24 Oct 2024 10:00–12:00 +03:00");
        check("2024-10-24T10:23", "24 Oct 2024 10:23");
        check("2024-10-24T10:23-07:00", "24 Oct 2024 10:23 -07:00");
        check("2024-10-24T10:23Z", "24 Oct 2024 10:23 UTC");
        check("2024-10-24T10:23:05.078125Z", "24 Oct 2024 10:23:05.078125 UTC");
        check("2024-10-24T10:23:05,50", "24 Oct 2024 10:23:05,50");
        check("2024-10-24T10:00:00.5/2024-10-24T10:00:02.25", "24 Oct 2024 10:00:00.5–10:00:02.25");
    }
}
