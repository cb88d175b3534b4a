//! A date as short as a label of a picture has it, as vague as it is: "24 Oct", "late Oct", "c. 1950", "Nov 2023?".
//!
//! What the picture says beside it is left out. Whatever has no shorter words has those of [`Date::describe`].

use edtf_core::{DateField, Edtf, Interval, IntervalEndpoint, Set, SetElement, SetKind};

use super::calendar::{month_abbreviation, year_label};
use super::date::{Date, Form};
use super::describe::{bounds_of, compact, plain, season, zone_words};
use super::timed::{Iso, Timed, TimedEnd};
use super::{CivilDay, Zone};

/// More members of a set than this are counted, not named.
const MOST_NAMED: usize = 2;

/// What a picture says of all that it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// The only year in view.
    pub year: Option<i64>,
    /// The only day in view.
    pub day: Option<CivilDay>,
    /// The clock of its axis.
    pub zone: Zone,
}

impl Said {
    /// Nothing but whose clock it is.
    pub const fn nothing(zone: Zone) -> Self {
        Self { year: None, day: None, zone }
    }

    /// What follows from its first and its last day.
    pub fn of_days(first: CivilDay, last: CivilDay, zone: Zone) -> Self {
        Self { year: (first.year == last.year).then_some(first.year), day: (first == last).then_some(first), zone }
    }

    /// Words that end in a year, without it where the picture says it.
    fn without_year(&self, words: String, year: i64) -> String {
        if self.year != Some(year) {
            return words;
        }
        // Not all words end in their year: a season names its hemisphere last, and stays whole. So does a year alone, or nothing were left.
        let year = year_label(year);
        let short = words.strip_suffix(&year).map(|rest| rest.trim_end_matches([' ', ',']));
        let short = short.map(|rest| rest.strip_suffix(" of").unwrap_or(rest)).filter(|rest| !rest.is_empty());
        short.map_or(words.clone(), str::to_owned)
    }

    fn day(&self, day: CivilDay) -> String {
        let words = format!("{} {} {}", day.day, month_abbreviation(day.month), year_label(day.year));
        self.without_year(words, day.year)
    }
}

impl Date {
    /// In few words, as vague as it is, without what is said already: "24 Oct", "late Oct", "c. 1950", "since 19 Jun 2024".
    pub fn brief(&self, said: &Said) -> String {
        // Nearly all are plain, and a frame labels hundreds.
        if let Some((year, month, day)) = self.plain_parts() {
            return match (month, day) {
                (Some(month), Some(day)) => said.day(CivilDay::new(year, month, day)),
                (Some(month), None) => {
                    said.without_year(format!("{} {}", month_abbreviation(month), year_label(year)), year)
                }
                (None, _) => year_label(year),
            };
        }
        match &*self.form() {
            Form::Edtf(Edtf::Date(date)) => date_words(date, said),
            Form::Edtf(Edtf::DateTime(time)) => self.time_words(&Timed::from_edtf(time), said),
            Form::Edtf(Edtf::Interval(interval)) => interval_words(interval, said),
            Form::Edtf(Edtf::Set(set)) => set_words(set, said),
            Form::Iso(Iso::Time(time)) => self.time_words(time, said),
            Form::Iso(Iso::Span(start, end)) => self.span_words(start, end, said),
        }
    }

    /// The zone of a time, where its clock is not that of the axis: that of the timeline for a time which names none.
    fn foreign_zone(&self, time: &Timed, said: &Said) -> String {
        // There are words for another clock only where that shows another time.
        if self.describe_in(said.zone).is_none() {
            return String::new();
        }
        let own = zone_words(time);
        if own.is_empty() { format!(" {}", said.zone.of_bare_times().name()) } else { own }
    }

    fn time_words(&self, time: &Timed, said: &Said) -> String {
        format!("{}{}", day_and_clock(time, said), self.foreign_zone(time, said))
    }

    fn span_words(&self, start: &TimedEnd, end: &TimedEnd, said: &Said) -> String {
        if let (TimedEnd::Time(a), TimedEnd::Time(b)) = (start, end) {
            let zone = self.foreign_zone(b, said);
            return if a.day == b.day {
                format!("{}–{}{zone}", day_and_clock(a, said), clock(b, said))
            } else {
                format!("{} – {}{zone}", day_and_clock(a, said), day_and_clock(b, said))
            };
        }
        let words = |end: &TimedEnd| match end {
            TimedEnd::Time(time) => Some(self.time_words(time, said)),
            TimedEnd::Day(day) => Some(said.day(*day)),
            TimedEnd::Open | TimedEnd::Unknown => None,
        };
        // An end that is open goes on; one that is not known is somewhere: they are never said alike.
        match (words(start), words(end)) {
            (Some(start), Some(end)) => format!("{start} – {end}"),
            (Some(start), None) if *end == TimedEnd::Open => format!("since {start}"),
            (Some(start), None) => format!("{start} – ?"),
            (None, Some(end)) if *start == TimedEnd::Open => format!("until {end}"),
            (None, Some(end)) => format!("? – {end}"),
            (None, None) => self.describe(),
        }
    }
}

fn day_and_clock(time: &Timed, said: &Said) -> String {
    let clock = clock(time, said);
    if said.day == Some(time.day) { clock } else { format!("{} {clock}", said.day(time.day)) }
}

/// To the minute, where several days are in view.
fn clock(time: &Timed, said: &Said) -> String {
    match time.second.filter(|second| said.day.is_some() && *second > 0) {
        Some(second) => format!("{:02}:{:02}:{second:02}", time.hour, time.minute),
        None => format!("{:02}:{:02}", time.hour, time.minute),
    }
}

/// "c." before what is approximate, "?" behind what is uncertain, in whichever part.
fn date_words(date: &edtf_core::Date, said: &Said) -> String {
    let words = without_qualifiers(date, said);
    let before = if date.is_approximate() { "c. " } else { "" };
    let behind = if date.is_uncertain() { "?" } else { "" };
    format!("{before}{words}{behind}")
}

/// Digits that are not given are left out with what they belong to, where what is left is no finer than the date.
fn without_qualifiers(date: &edtf_core::Date, said: &Said) -> String {
    let Some(year) = date.year.value() else { return plain(date) };
    let bounds = bounds_of(date);
    // Of `1950S2` the first two digits are good: it is one of the years that have these.
    if date.year.significant_digits.is_some() {
        return match bounds {
            Some((first, last)) if first.year != last.year => {
                format!("{}–{}", year_label(first.year), year_label(last.year))
            }
            _ => year_label(year),
        };
    }
    let Some(month) = date.month else { return year_label(year) };
    match (month.value(), date.day) {
        // A month or a day that is not known leaves what is.
        (None, None) if month.digits == [None, None] => year_label(year),
        (None, Some(day)) if month.digits == [None, None] && day.digits == [None, None] => year_label(year),
        // ISO 8601-2 numbers seasons, quarters and the like from 21 on.
        (Some(code), _) if code > 12 => said.without_year(season(code, year), year),
        (Some(month), None) => said.without_year(format!("{} {}", month_abbreviation(month), year_label(year)), year),
        (Some(month), Some(day)) => match (day.value(), bounds) {
            (Some(day), _) => said.day(CivilDay::new(year, month, day)),
            (None, _) if day.digits == [None, None] => {
                said.without_year(format!("{} {}", month_abbreviation(month), year_label(year)), year)
            }
            // `2024-10-2X` is one of ten days; any other mask of days is no run of them.
            (None, Some((first, last))) if matches!(day.digits, [Some(_), None]) => days_of_month(first, last, said),
            (None, _) => said.without_year(plain(date), year),
        },
        (None, _) => plain(date),
    }
}

/// Once in some days of a month: "late Oct", "within 21–29 Oct". Early, mid and late are the days that a phrase means by them
/// (`phrases`): whoever types what a label says gets the same date.
fn days_of_month(first: CivilDay, last: CivilDay, said: &Said) -> String {
    let part = match (first.day, last.day) {
        (1, 10) => "early ",
        (11, 20) => "mid-",
        (21, last_day) if last_day == CivilDay::days_in_month(last.year, last.month) => "late ",
        _ => "",
    };
    let month = month_abbreviation(first.month);
    let days =
        if part.is_empty() { format!("within {}–{} {month}", first.day, last.day) } else { format!("{part}{month}") };
    said.without_year(format!("{days} {}", year_label(first.year)), first.year)
}

/// Once in some months of a year: "mid-2024". These are the months that a phrase means too.
fn months_of_year(first: CivilDay, last: CivilDay) -> Option<String> {
    let part = match (first.month, last.month) {
        (1, 4) => "early ",
        (5, 8) => "mid-",
        (9, 12) => "late ",
        _ => return None,
    };
    Some(format!("{part}{}", year_label(first.year)))
}

fn interval_words(interval: &Interval, said: &Said) -> String {
    if let (IntervalEndpoint::Date(start), IntervalEndpoint::Date(end)) = (&interval.start, &interval.end) {
        if let Some(words) = compact(start, end) {
            // That it lasted the whole day is what the bar beside the label shows.
            let words = words.strip_prefix("all of ").map(str::to_owned).unwrap_or(words);
            return match (start.year.value(), end.year.value()) {
                (Some(year), Some(other)) if year == other => said.without_year(words, year),
                _ => words,
            };
        }
        return format!("{} – {}", date_words(start, said), date_words(end, said));
    }
    let start = match &interval.start {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrAfter(date) => Some(date_words(date, said)),
        IntervalEndpoint::OnOrBefore(date) => Some(format!("by {}", date_words(date, said))),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    };
    let end = match &interval.end {
        IntervalEndpoint::Date(date) | IntervalEndpoint::OnOrBefore(date) => Some(date_words(date, said)),
        IntervalEndpoint::OnOrAfter(date) => Some(format!("{} or later", date_words(date, said))),
        IntervalEndpoint::Open | IntervalEndpoint::Unknown => None,
    };
    match (start, end) {
        (Some(start), Some(end)) => format!("{start} – {end}"),
        (Some(start), None) if interval.end == IntervalEndpoint::Open => format!("since {start}"),
        (Some(start), None) => format!("{start} – ?"),
        (None, Some(end)) if interval.start == IntervalEndpoint::Open => format!("until {end}"),
        (None, Some(end)) => format!("? – {end}"),
        (None, None) => Edtf::Interval(*interval).to_string(),
    }
}

fn set_words(set: &Set, said: &Said) -> String {
    // One of a single range or half-line is a window: what happened once, some time in it. All of it would be something else.
    if let (SetKind::OneMember, [element]) = (set.kind, set.elements.as_slice()) {
        return match element {
            SetElement::Date(date) => date_words(date, said),
            SetElement::OnOrBefore(date) => format!("by {}", date_words(date, said)),
            SetElement::OnOrAfter(date) => format!("from {} on", date_words(date, said)),
            SetElement::Range(from, to) => between(from, to, said),
        };
    }
    let named: Vec<String> = set.elements.iter().take(MOST_NAMED).map(|element| element_words(element, said)).collect();
    let more = set.elements.len().saturating_sub(MOST_NAMED);
    let word = if set.kind == SetKind::OneMember { "or" } else { "and" };
    if more == 0 { named.join(&format!(" {word} ")) } else { format!("{} {word} {more} more", named.join(", ")) }
}

fn element_words(element: &SetElement, said: &Said) -> String {
    match element {
        SetElement::Date(date) => date_words(date, said),
        SetElement::OnOrBefore(date) => format!("by {}", date_words(date, said)),
        SetElement::OnOrAfter(date) => format!("from {} on", date_words(date, said)),
        SetElement::Range(from, to) => format!("{} – {}", date_words(from, said), date_words(to, said)),
    }
}

/// One thing, once, between two dates of the same precision.
fn between(from: &edtf_core::Date, to: &edtf_core::Date, said: &Said) -> String {
    // Only whole parts of one month or year have a short name, and only of dates without doubt: it would have no place for that.
    let bounds = bounds_of(from).zip(bounds_of(to)).map(|((first, _), (_, last))| (first, last));
    let is_qualified = [from, to].into_iter().any(|date| date.is_approximate() || date.is_uncertain());
    let is_month = |date: &edtf_core::Date| {
        date.day.is_none() && date.month.and_then(DateField::value).is_some_and(|month| month <= 12)
    };
    if let Some((first, last)) = bounds.filter(|(first, last)| first.year == last.year && !is_qualified) {
        if from.day.is_some() && to.day.is_some() && first.month == last.month {
            return days_of_month(first, last, said);
        }
        if let Some(words) = months_of_year(first, last).filter(|_| is_month(from) && is_month(to)) {
            return words;
        }
    }
    format!("between {} and {}", date_words(from, said), date_words(to, said))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::Precision;

    fn said(year: Option<i64>) -> Said {
        Said { year, ..Said::nothing(Zone::UTC) }
    }

    #[track_caller]
    fn check(date: &str, alone: &str, in_2024: &str) {
        let date = Date::parse(date).unwrap();
        assert_eq!(date.brief(&said(None)), alone, "{date}");
        assert_eq!(date.brief(&said(Some(2024))), in_2024, "{date} in 2024");
    }

    #[test]
    fn a_year_that_is_said_is_left_out() {
        check("2024-10-24", "24 Oct 2024", "24 Oct");
        check("2023-10-24", "24 Oct 2023", "24 Oct 2023");
        check("2024-10", "Oct 2024", "Oct");
        check("2024", "2024", "2024");
        check("2024-23", "autumn 2024", "autumn");
        check("2024-35", "Q3 2024", "Q3");
        check("2024-40", "first half of 2024", "first half");
        check("-0043-03-15", "15 Mar 44 BCE", "15 Mar 44 BCE");
    }

    #[test]
    fn what_is_vague_stays_so() {
        check("1950~", "c. 1950", "c. 1950");
        check("2024-06?", "Jun 2024?", "Jun?");
        check("2024-06-11%", "c. 11 Jun 2024?", "c. 11 Jun?");
        check("2024-10-XX", "Oct 2024", "Oct");
        check("2024-XX", "2024", "2024");
        check("2024-10-2X", "within 20–29 Oct 2024", "within 20–29 Oct");
        check("199X", "1990s", "1990s");
        check("1950S2", "1900–1999", "1900–1999");
        check("[2024-10-21..2024-10-31]", "late Oct 2024", "late Oct");
        check("[2024-10-01..2024-10-10]", "early Oct 2024", "early Oct");
        check("[2024-02-11..2024-02-20]", "mid-Feb 2024", "mid-Feb");
        check("[2024-10-22..2024-10-31]", "within 22–31 Oct 2024", "within 22–31 Oct");
        check("[2024-05..2024-08]", "mid-2024", "mid-2024");
        check("[2024-10-21..2024-11-03]", "between 21 Oct 2024 and 3 Nov 2024", "between 21 Oct and 3 Nov");
        check("[..2024-11-09]", "by 9 Nov 2024", "by 9 Nov");
        check("[2024-10..]", "from Oct 2024 on", "from Oct on");
        check("[1667,1760-12]", "1667 or Dec 1760", "1667 or Dec 1760");
        check("{1960,1961,1962,1963}", "1960, 1961 and 2 more", "1960, 1961 and 2 more");
    }

    #[test]
    fn spans_say_from_when_to_when() {
        check("2024-10-21/2024-10-31", "21–31 Oct 2024", "21–31 Oct");
        check("2024-10-21/2024-11-03", "21 Oct – 3 Nov 2024", "21 Oct – 3 Nov");
        check("2023-10-21/2024-11-03", "21 Oct 2023 – 3 Nov 2024", "21 Oct 2023 – 3 Nov");
        check("1939/1945", "1939–1945", "1939–1945");
        check("2024-10-24/2024-10-24", "24 Oct 2024", "24 Oct");
        check("2024-06-19/..", "since 19 Jun 2024", "since 19 Jun");
        check("2024-06-19/", "19 Jun 2024 – ?", "19 Jun – ?");
        check("../2024-06", "until Jun 2024", "until Jun");
        check("/1945", "? – 1945", "? – 1945");
        check("2024-10-21~/2024-10-31", "c. 21 Oct 2024 – 31 Oct 2024", "c. 21 Oct – 31 Oct");
    }

    #[test]
    fn a_time_stands_on_its_own_clock_which_is_named_where_the_axis_has_another() {
        check("2024-10-24T10:23:00Z", "24 Oct 2024 10:23", "24 Oct 10:23");
        check("2024-10-24T10:23:00+03:00", "24 Oct 2024 10:23 +03:00", "24 Oct 10:23 +03:00");
        check("2024-10-24T10:00Z/2024-10-24T12:00Z", "24 Oct 2024 10:00–12:00", "24 Oct 10:00–12:00");
        let day = CivilDay::new(2024, 10, 24);
        let of_day = Said::of_days(day, day, Zone::UTC);
        let brief = |date: &str| Date::parse(date).unwrap().brief(&of_day);
        assert_eq!(brief("2024-10-24T10:23:07Z"), "10:23:07");
        assert_eq!(brief("2024-10-24T10:23Z"), "10:23");
        assert_eq!(brief("2024-10-24"), "24 Oct");
        assert_eq!(brief("2024-10-25T10:23Z"), "25 Oct 10:23");
        // One that names no zone stands on the timeline's clock: a picture on another says whose it is.
        let oslo = Zone::parse("Europe/Oslo").unwrap();
        let bare = |zone: Zone| Date::parse("2024-10-24T10:23").unwrap().brief(&Said::nothing(zone));
        assert_eq!(bare(oslo), "24 Oct 2024 10:23");
        assert_eq!(bare(oslo.shown_on(Zone::parse("Asia/Tokyo").unwrap())), "24 Oct 2024 10:23 Europe/Oslo");
        let both = Date::parse("2024-10-24T10:23/2024-10-24T11:00").unwrap();
        assert_eq!(both.brief(&Said::nothing(oslo.shown_on(Zone::UTC))), "24 Oct 2024 10:23–11:00 Europe/Oslo");
    }

    proptest! {
        /// What is read back from the words of a plain date is as coarse as the date.
        #[test]
        fn no_label_is_more_precise_than_its_date(year in 1000_i64..9999, month in 1_u8..13, day in 1_u8..29, parts in 1_usize..4, sign in "[~?%]?") {
            let text: String = match parts {
                1 => format!("{year}{sign}"),
                2 => format!("{year}-{month:02}{sign}"),
                _ => format!("{year}-{month:02}-{day:02}{sign}"),
            };
            let date = Date::parse(&text).unwrap();
            let words = date.brief(&said(None));
            let bare = words.trim_start_matches("c. ").trim_end_matches('?');
            let numbers = bare.split(' ').count();
            prop_assert_eq!(numbers, parts, "{} is {}", text, words);
            prop_assert_eq!(words.starts_with("c. "), sign == "~" || sign == "%");
            prop_assert_eq!(words.ends_with('?'), sign == "?" || sign == "%");
            prop_assert_eq!(date.precision(), [Precision::Year, Precision::Month, Precision::Day][parts - 1]);
        }
    }
}
