//! The calendar's own boundaries, from seconds to hundreds of thousands of years, and their names.
//!
//! Pure arithmetic on the axis. Every boundary is anchored in the calendar and never in the window that asks, so a ruler
//! made of them does not jump while it is panned. Which steps fit a screen is answered here; where labels go is for
//! `layout`.

use super::{CivilDay, Instant};

/// English month names, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Most ticks that one call gives.
const MOST_TICKS: usize = 10_000;

/// How long a stretch of time is, in the largest unit of which there are two, fullest first: "39 years", "39 y". Rounded, as
/// years and months are of several lengths.
pub fn length_names(micros: i64) -> Vec<String> {
    let year = Unit::Years(1).typical_micros();
    let units = [
        (year, "years", "y"),
        (Unit::Month.typical_micros(), "months", "mo"),
        (Instant::DAY, "days", "d"),
        (Instant::HOUR, "hours", "h"),
        (Instant::MINUTE, "minutes", "min"),
        (Instant::SECOND, "seconds", "s"),
    ];
    let unit = units.into_iter().find(|(unit, ..)| micros / 2 >= *unit).unwrap_or((Instant::SECOND, "seconds", "s"));
    let (unit, name, sign) = unit;
    let count = grouped_thousands((micros.saturating_add(unit / 2)) / unit);
    vec![format!("{count} {name}"), format!("{count} {sign}")]
}

/// A count with its thousands apart from five digits on: "1200", "12,000".
fn grouped_thousands(count: i64) -> String {
    let digits = count.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A calendar step. Construct those of [`Unit::STEPS`]; other numbers work where they divide the next larger unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// That many seconds; divides 60.
    Seconds(u8),
    /// That many minutes; divides 60.
    Minutes(u8),
    /// That many hours; divides 24.
    Hours(u8),
    /// A day.
    Day,
    /// An ISO week, from Monday.
    Week,
    /// A month.
    Month,
    /// A quarter of a year.
    Quarter,
    /// That many years. From 5 on they are counted as people do: … 200 BCE, 100 BCE, 1 CE, 100 CE, 200 CE …
    Years(i64),
}

impl Unit {
    /// The steps a ruler goes through while zooming out, finest first.
    pub const STEPS: [Self; 34] = [
        Self::Seconds(1),
        Self::Seconds(5),
        Self::Seconds(15),
        Self::Seconds(30),
        Self::Minutes(1),
        Self::Minutes(5),
        Self::Minutes(15),
        Self::Minutes(30),
        Self::Hours(1),
        Self::Hours(3),
        Self::Hours(6),
        Self::Hours(12),
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Years(1),
        Self::Years(2),
        Self::Years(5),
        Self::Years(10),
        Self::Years(20),
        Self::Years(50),
        Self::Years(100),
        Self::Years(200),
        Self::Years(500),
        Self::Years(1_000),
        Self::Years(2_000),
        Self::Years(5_000),
        Self::Years(10_000),
        Self::Years(20_000),
        Self::Years(50_000),
        Self::Years(100_000),
        Self::Years(200_000),
        Self::Years(500_000),
    ];

    /// The last boundary at or before an instant; the start of the axis where there is none.
    pub fn floor(self, instant: Instant) -> Instant {
        self.boundary_at_or_before(instant).unwrap_or(Instant::MIN)
    }

    /// The first boundary after an instant; the end of the axis where there is none.
    pub fn next(self, instant: Instant) -> Instant {
        self.boundary_after(instant).unwrap_or(Instant::MAX)
    }

    /// The boundary nearest to an instant, the earlier of two as near.
    pub fn nearest(self, instant: Instant) -> Instant {
        let (before, after) = (self.floor(instant), self.next(instant));
        if instant.saturating_since(before) <= after.saturating_since(instant) { before } else { after }
    }

    /// How long it usually lasts, in microseconds.
    pub fn typical_micros(self) -> i64 {
        match self {
            Self::Seconds(n) => i64::from(n) * Instant::SECOND,
            Self::Minutes(n) => i64::from(n) * Instant::MINUTE,
            Self::Hours(n) => i64::from(n) * Instant::HOUR,
            Self::Day => Instant::DAY,
            Self::Week => 7 * Instant::DAY,
            // The mean Gregorian year has 365.2425 days.
            Self::Month => 3_652_425 * (Instant::DAY / 10_000) / 12,
            Self::Quarter => 3_652_425 * (Instant::DAY / 10_000) / 4,
            Self::Years(n) => n.saturating_mul(3_652_425 * (Instant::DAY / 10_000)),
        }
    }

    /// How long it lasts at the least, in microseconds: ticks are never closer than this.
    pub fn shortest_micros(self) -> i64 {
        match self {
            Self::Month => 28 * Instant::DAY,
            Self::Quarter => 90 * Instant::DAY,
            // From 1 CE to n CE.
            Self::Years(n) if n >= 5 => (n - 1).saturating_mul(365 * Instant::DAY),
            Self::Years(n) => n.saturating_mul(365 * Instant::DAY),
            other => other.typical_micros(),
        }
    }

    /// The level above it on a ruler.
    pub fn upper(self) -> Self {
        match self {
            Self::Seconds(_) => Self::Minutes(1),
            Self::Minutes(_) | Self::Hours(_) => Self::Day,
            Self::Day | Self::Week => Self::Month,
            Self::Month | Self::Quarter => Self::Years(1),
            Self::Years(n) => {
                let mut decade = 10;
                while decade <= n && decade < 1_000_000 {
                    decade *= 10;
                }
                Self::Years(decade)
            }
        }
    }

    /// The name of the unit that starts at, or holds, an instant. `short` is for a ruler's lower level, whose
    /// surroundings the upper one names ("21", ":05"); otherwise it stands alone ("Thu 24 Oct 2024", "1990s").
    pub fn label(self, instant: Instant, short: bool) -> String {
        let instant = self.floor(instant);
        let day = instant.day();
        let seconds = instant.micros_of_day() / Instant::SECOND;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let date = || format!("{} {} {}", day.day, month_abbreviation(day.month), year_label(day.year));
        match (self, short) {
            (Self::Seconds(_), true) => format!(":{second:02}"),
            (Self::Seconds(_), false) => format!("{} {hour:02}:{minute:02}:{second:02}", date()),
            (Self::Minutes(_) | Self::Hours(_), true) => format!("{hour:02}:{minute:02}"),
            (Self::Minutes(_) | Self::Hours(_), false) => format!("{} {hour:02}:{minute:02}", date()),
            (Self::Day | Self::Week, true) => day.day.to_string(),
            (Self::Day, false) => {
                let weekday = WEEKDAYS.get(usize::from(day.weekday()) - 1).copied().unwrap_or_default();
                format!("{weekday} {}", date())
            }
            (Self::Week, false) => {
                let (year, week) = day.iso_week();
                format!("Week {week}, {}", year_label(year))
            }
            (Self::Month, true) => month_abbreviation(day.month).to_owned(),
            (Self::Month, false) => format!("{} {}", month_name(day.month), year_label(day.year)),
            (Self::Quarter, true) => format!("Q{}", day.month.div_ceil(3)),
            (Self::Quarter, false) => format!("Q{} {}", day.month.div_ceil(3), year_label(day.year)),
            (Self::Years(n), false) if n >= 10 => years_label(floor_year(day.year, n), n),
            (Self::Years(_), _) => year_label(day.year),
        }
    }

    /// The names of the unit that holds an instant, each with its year, fullest first: "Thu 24 Oct 2024", "24 Oct 2024".
    pub fn full_names(self, instant: Instant) -> Vec<String> {
        let full = self.label(instant, false);
        let day = self.floor(instant).day();
        let (month, year) = (month_abbreviation(day.month), year_label(day.year));
        match self {
            Self::Day => vec![full, format!("{} {month} {year}", day.day)],
            Self::Month => vec![full, format!("{month} {year}")],
            _ => vec![full],
        }
    }

    /// The names of a stretch from the unit that holds its first instant to the one that holds its last, fullest first: those of
    /// the unit where both lie in one, else "24–26 Oct 2024", "Q4 2017 – Q1 2018", "2023–2024", "2023–24".
    pub fn names_through(self, first: Instant, last: Instant) -> Vec<String> {
        let (from, to) = (self.floor(first), self.floor(last));
        if to <= from {
            return self.full_names(from);
        }
        let (a, b) = (from.day(), to.day());
        let (from_year, to_year) = (year_label(a.year), year_label(b.year));
        let (from_month, to_month) = (month_abbreviation(a.month), month_abbreviation(b.month));
        // What both say stands once, at the end.
        let joined = |from: String, to: String| match a.year == b.year {
            true => vec![format!("{from}–{to} {to_year}")],
            false => vec![format!("{from} {from_year} – {to} {to_year}")],
        };
        match self {
            Self::Years(_) => {
                let era = |label: &str| label.rsplit_once(' ').map(|(_, era)| era.to_owned());
                let number = |label: &str| label.split(' ').next().unwrap_or_default().to_owned();
                let whole = match era(&from_year) == era(&to_year) {
                    true => format!("{}–{to_year}", number(&from_year)),
                    false => format!("{from_year} – {to_year}"),
                };
                let is_short = 1_000 <= a.year && b.year < 10_000 && a.year / 100 == b.year / 100;
                let short = is_short.then(|| format!("{from_year}–{:02}", b.year % 100));
                std::iter::once(whole).chain(short).collect()
            }
            Self::Quarter => joined(self.label(from, true), self.label(to, true)),
            Self::Month => joined(from_month.to_owned(), to_month.to_owned()),
            _ if (a.year, a.month) == (b.year, b.month) => vec![format!("{}–{} {to_month} {to_year}", a.day, b.day)],
            _ if a.year == b.year => vec![format!("{} {from_month} – {} {to_month} {to_year}", a.day, b.day)],
            _ => joined(format!("{} {from_month}", a.day), format!("{} {to_month}", b.day)),
        }
    }

    /// Shorter names for where a division beside it names the year, fullest first: "24 Oct", "24".
    pub fn brief_names(self, instant: Instant) -> Vec<String> {
        let short = self.label(instant, true);
        let day = self.floor(instant).day();
        match self {
            Self::Day => vec![format!("{} {}", day.day, month_abbreviation(day.month)), short],
            _ => vec![short],
        }
    }

    /// The name of the unit that holds an instant in a row of names: what the one before says already, of `previous`, is left
    /// out ("24 Oct 2024", "31", "7 Nov"). Without one before it stands alone.
    pub fn name_after(self, instant: Instant, previous: Option<Instant>) -> String {
        let instant = self.floor(instant);
        let (day, before) = (instant.day(), previous.map(Instant::day));
        let (has_year, has_month) = (
            before.is_some_and(|before| before.year == day.year),
            before.is_some_and(|before| (before.year, before.month) == (day.year, day.month)),
        );
        let month = || {
            let month = month_abbreviation(day.month);
            if has_year { month.to_owned() } else { format!("{month} {}", year_label(day.year)) }
        };
        let date = || if has_month { day.day.to_string() } else { format!("{} {}", day.day, month()) };
        match self {
            Self::Years(_) => year_label(day.year),
            Self::Quarter if has_year => self.label(instant, true),
            Self::Quarter => self.label(instant, false),
            Self::Month => month(),
            Self::Week | Self::Day => date(),
            Self::Seconds(_) | Self::Minutes(_) | Self::Hours(_) => {
                let seconds = instant.micros_of_day() / Instant::SECOND;
                let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
                let time = match self {
                    Self::Seconds(_) => format!("{hour:02}:{minute:02}:{second:02}"),
                    _ => format!("{hour:02}:{minute:02}"),
                };
                // A day by its number alone would read as an hour: it brings its month along.
                let date = || format!("{} {}", day.day, month());
                match before == Some(day) {
                    true => time,
                    false if seconds == 0 => date(),
                    false => format!("{} {time}", date()),
                }
            }
        }
    }

    fn boundary_at_or_before(self, instant: Instant) -> Option<Instant> {
        let day = instant.day();
        match self {
            Self::Seconds(_) | Self::Minutes(_) | Self::Hours(_) | Self::Day => {
                let step = self.typical_micros().max(1);
                // Steps divide the day, so a multiple from the epoch is one from midnight.
                instant.micros().checked_sub(instant.micros().rem_euclid(step)).map(Instant::from_micros)
            }
            Self::Week => start_of(CivilDay::from_number(day.number() - i64::from(day.weekday() - 1))),
            Self::Month => start_of(CivilDay::new(day.year, day.month, 1)),
            Self::Quarter => start_of(CivilDay::new(day.year, (day.month - 1) / 3 * 3 + 1, 1)),
            Self::Years(n) => start_of(CivilDay::new(floor_year(day.year, n), 1, 1)),
        }
    }

    fn boundary_after(self, instant: Instant) -> Option<Instant> {
        let day = instant.day();
        match self {
            Self::Seconds(_) | Self::Minutes(_) | Self::Hours(_) | Self::Day => {
                let step = self.typical_micros().max(1);
                let into = instant.micros().rem_euclid(step);
                instant.micros().checked_add(step - into).map(Instant::from_micros)
            }
            Self::Week => start_of(CivilDay::from_number(day.number() - i64::from(day.weekday() - 1) + 7)),
            Self::Month => start_of(month_after(day.year, day.month, 1)),
            Self::Quarter => start_of(month_after(day.year, (day.month - 1) / 3 * 3 + 1, 3)),
            Self::Years(n) => start_of(CivilDay::new(year_after(day.year, n), 1, 1)),
        }
    }
}

/// The names of the ISO week that holds an instant, fullest first. `short` is for a ruler's lower level, whose surroundings
/// the upper one names: the year stands there only where the week begins before the year it belongs to.
pub fn week_names(instant: Instant, short: bool) -> Vec<String> {
    let monday = Unit::Week.floor(instant).day();
    let (year, week) = monday.iso_week();
    let year_words = year_label(year);
    match (short, year == monday.year) {
        (true, true) => vec![format!("W{week}")],
        (true, false) => vec![format!("W{week} {year_words}"), format!("W{week}")],
        (false, _) => vec![
            format!("Week {week}, {year_words} · {} {}", monday.day, month_abbreviation(monday.month)),
            format!("Week {week}, {year_words}"),
            format!("Week {week}"),
        ],
    }
}

/// The boundaries of a unit from `from` to `to`, both inclusive, strictly increasing; at most 10,000.
pub fn ticks(unit: Unit, from: Instant, to: Instant) -> impl Iterator<Item = Instant> {
    let first = unit.boundary_at_or_before(from).filter(|&at| at == from).or_else(|| unit.boundary_after(from));
    std::iter::successors(first, move |&at| unit.boundary_after(at)).take_while(move |&at| at <= to).take(MOST_TICKS)
}

/// A year as people write it: "2024", "476 CE", "44 BCE", "170,000,002 CE". The astronomical year 0 is 1 BCE.
pub fn year_label(year: i64) -> String {
    match year {
        ..=0 => format!("{} BCE", grouped(1 + u128::from(year.unsigned_abs()))),
        1..=999 => format!("{year} CE"),
        1_000..=9_999 => year.to_string(),
        _ => format!("{} CE", grouped(u128::from(year.unsigned_abs()))),
    }
}

/// The name of a month, 1–12.
pub(super) fn month_name(month: u8) -> &'static str {
    MONTHS.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default()
}

/// The first three letters of a month's name.
pub(super) fn month_abbreviation(month: u8) -> &'static str {
    month_name(month).get(..3).unwrap_or_default()
}

fn grouped(number: u128) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "1990s", "1900s", "100–1 BCE", "1–99 CE".
fn years_label(first: i64, step: i64) -> String {
    if first <= 0 {
        let begin = 1 - first;
        return format!("{}–{} BCE", grouped(u128::from(begin.unsigned_abs())), begin - step + 1);
    }
    if first == 1 {
        return format!("1–{} CE", grouped(u128::from((step - 1).unsigned_abs())));
    }
    if (1_000..10_000).contains(&first) && step <= 1_000 {
        return format!("{first}s");
    }
    format!(
        "{}–{} CE",
        grouped(u128::from(first.unsigned_abs())),
        grouped(u128::from((first + step - 1).unsigned_abs()))
    )
}

fn start_of(day: CivilDay) -> Option<Instant> {
    Instant::from_day(day)
}

fn month_after(year: i64, month: u8, months: u8) -> CivilDay {
    let after = month + months;
    if after > 12 { CivilDay::new(year + 1, after - 12, 1) } else { CivilDay::new(year, after, 1) }
}

/// The first year of the step that holds `year`.
///
/// ```text
///   n = 100   … -199      -99          1       100       200 …   astronomical
///             200 BCE   100 BCE      1 CE    100 CE    200 CE
/// ```
fn floor_year(year: i64, n: i64) -> i64 {
    let n = n.max(1);
    if n < 5 {
        return year.div_euclid(n) * n;
    }
    match year {
        ..=0 => 1 - (1 - year + n - 1).div_euclid(n) * n,
        _ if year < n => 1,
        _ => year.div_euclid(n) * n,
    }
}

/// The first year of the step after the one that holds `year`.
fn year_after(year: i64, n: i64) -> i64 {
    let n = n.max(1);
    let first = floor_year(year, n);
    if n >= 5 && first == 1 { n } else { first.saturating_add(n) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i64, month: u8, day: u8) -> Instant {
        Instant::from_day(CivilDay::new(year, month, day)).unwrap()
    }

    #[test]
    fn centuries_are_counted_as_people_do() {
        let years: Vec<String> = ticks(Unit::Years(100), day(-250, 1, 1), day(210, 1, 1))
            .map(|at| Unit::Years(100).label(at, true))
            .collect();
        assert_eq!(years, ["200 BCE", "100 BCE", "1 CE", "100 CE", "200 CE"]);
        assert_eq!(Unit::Years(1).label(day(0, 6, 1), true), "1 BCE");
        assert_eq!(Unit::Years(100).label(day(-43, 3, 15), false), "100–1 BCE");
        assert_eq!(Unit::Years(10).label(day(1996, 1, 1), false), "1990s");
    }

    #[test]
    fn labels_know_their_surroundings() {
        assert_eq!(Unit::Month.label(day(2024, 10, 24), false), "October 2024");
        assert_eq!(Unit::Day.label(day(2024, 10, 24), true), "24");
        assert_eq!(Unit::Day.label(day(2024, 10, 24), false), "Thu 24 Oct 2024");
        assert_eq!(Unit::Week.label(day(2024, 10, 24), false), "Week 43, 2024");
        assert_eq!(Unit::Hours(6).label(day(2024, 10, 24).saturating_add(7 * Instant::HOUR), true), "06:00");
    }

    #[test]
    fn the_first_week_of_a_year_may_begin_in_the_year_before() {
        assert_eq!(Unit::Week.floor(day(2025, 1, 1)), day(2024, 12, 30));
        assert_eq!(week_names(day(2025, 1, 1), true), ["W1 2025", "W1"]);
        assert_eq!(week_names(day(2024, 12, 30), false), ["Week 1, 2025 · 30 Dec", "Week 1, 2025", "Week 1"]);
        assert_eq!(week_names(day(2024, 10, 24), true), ["W43"]);
        assert_eq!(week_names(day(2021, 1, 3), false)[0], "Week 53, 2020 · 28 Dec");
    }

    #[test]
    fn a_leap_day_has_its_tick() {
        let days = ticks(Unit::Day, day(2024, 2, 28), day(2024, 3, 1));
        let labels: Vec<String> = days.map(|at| Unit::Day.label(at, true)).collect();
        assert_eq!(labels, ["28", "29", "1"]);
    }

    #[test]
    fn names_say_what_the_one_before_does_not() {
        let noon = day(2024, 10, 24).saturating_add(12 * Instant::HOUR);
        for (unit, at, before, expected) in [
            (Unit::Years(10), day(1990, 1, 1), None, "1990"),
            (Unit::Quarter, day(2024, 10, 1), None, "Q4 2024"),
            (Unit::Quarter, day(2024, 10, 1), Some(day(2024, 7, 1)), "Q4"),
            (Unit::Month, day(2025, 1, 1), Some(day(2024, 12, 1)), "Jan 2025"),
            (Unit::Month, day(2024, 12, 1), Some(day(2024, 11, 1)), "Dec"),
            (Unit::Week, day(2024, 10, 21), None, "21 Oct 2024"),
            (Unit::Week, day(2024, 11, 4), Some(day(2024, 10, 28)), "4 Nov"),
            (Unit::Day, day(2024, 10, 22), Some(day(2024, 10, 21)), "22"),
            (Unit::Hours(12), noon, None, "24 Oct 2024 12:00"),
            (Unit::Hours(12), day(2024, 10, 25), Some(noon), "25 Oct"),
            (Unit::Hours(12), day(2025, 10, 25), Some(noon), "25 Oct 2025"),
            (Unit::Hours(12), noon, Some(day(2024, 10, 24)), "12:00"),
            (Unit::Seconds(5), noon.saturating_add(5 * Instant::SECOND), Some(noon), "12:00:05"),
        ] {
            assert_eq!(unit.name_after(at, before), expected, "{unit:?}");
        }
    }

    fn any_unit() -> impl Strategy<Value = Unit> {
        (0..Unit::STEPS.len()).prop_map(|at| Unit::STEPS[at])
    }

    #[test]
    fn a_stretch_is_named_by_its_first_and_its_last_unit() {
        let check = |unit: Unit, from, to, names: &[&str]| assert_eq!(unit.names_through(from, to), names);
        check(Unit::Month, day(2024, 10, 1), day(2024, 10, 31), &["October 2024", "Oct 2024"]);
        check(Unit::Month, day(2024, 10, 1), day(2024, 11, 1), &["Oct–Nov 2024"]);
        check(Unit::Month, day(2024, 12, 1), day(2025, 1, 1), &["Dec 2024 – Jan 2025"]);
        check(Unit::Quarter, day(2017, 12, 22), day(2018, 1, 20), &["Q4 2017 – Q1 2018"]);
        check(Unit::Day, day(2024, 10, 24), day(2024, 10, 26), &["24–26 Oct 2024"]);
        check(Unit::Day, day(2024, 10, 30), day(2024, 11, 2), &["30 Oct – 2 Nov 2024"]);
        check(Unit::Day, day(2024, 12, 30), day(2025, 1, 2), &["30 Dec 2024 – 2 Jan 2025"]);
        check(Unit::Years(1), day(2023, 2, 1), day(2024, 10, 24), &["2023–2024", "2023–24"]);
        check(Unit::Years(1), day(1999, 2, 1), day(2001, 1, 1), &["1999–2001"]);
        check(Unit::Years(1), day(-45, 2, 1), day(-43, 1, 1), &["46–44 BCE"]);
        check(Unit::Years(1), day(0, 2, 1), day(2, 1, 1), &["1 BCE – 2 CE"]);
        check(Unit::Years(1), day(12_020, 2, 1), day(12_026, 1, 1), &["12,020–12,026 CE"]);
    }

    proptest! {
        #[test]
        fn ticks_rise_and_stand_on_boundaries(unit in any_unit(), micros in any::<i64>(), many in 1i64..60) {
            let from = Instant::from_micros(micros);
            let to = from.saturating_add(unit.typical_micros().saturating_mul(many));
            let all: Vec<Instant> = ticks(unit, from, to).collect();
            for pair in all.windows(2) {
                prop_assert!(pair[1].saturating_since(pair[0]) >= unit.shortest_micros());
            }
            for at in all {
                prop_assert!(from <= at && at <= to);
                prop_assert_eq!(unit.floor(at), at);
                prop_assert!(!unit.label(at, true).is_empty() && !unit.label(at, false).is_empty());
            }
        }

        #[test]
        fn ticks_do_not_depend_on_the_window(unit in any_unit(), micros in any::<i64>(), later in 0i64..20) {
            let from = Instant::from_micros(micros / 2);
            let to = from.saturating_add(unit.typical_micros().saturating_mul(30));
            let middle = from.saturating_add(unit.typical_micros().saturating_mul(later));
            let whole: Vec<Instant> = ticks(unit, from, to).filter(|&at| at >= middle).collect();
            prop_assert_eq!(whole, ticks(unit, middle, to).collect::<Vec<_>>());
        }

        #[test]
        fn an_instant_lies_between_its_floor_and_the_next(unit in any_unit(), micros in any::<i64>()) {
            let at = Instant::from_micros(micros);
            prop_assert!(unit.floor(at) <= at);
            prop_assert!(unit.next(at) > at || at == Instant::MAX);
        }
    }
}
