//! What all cells of a column say of how it is read.

use rayon::prelude::*;

use super::cell::{Cell, Numbers, cell};
use super::parts::Parts;
use crate::diagnostic::{Severity, counted, counted_as};
use crate::interchange::Problem;
use crate::interchange::events::question::{Answer, Answers, Choice, DayOrder, Padded, Question, Serials, zone_suffix};
use crate::time::{self, CivilDay, Date, Instant, Pad, Padding};

/// Cells that one core takes apart at least.
const LEAST_SHARED: usize = 128;

/// What the cells of a column of dates have in common, counted one by one.
#[derive(Debug, Default)]
pub struct Scan {
    /// Cells with something in them.
    pub filled: usize,
    /// Those that are dates, as far as their form tells.
    pub dated: usize,
    /// The first cell whose first number can only be a day, with how many such there are.
    day_first: Option<(String, usize)>,
    month_first: Option<(String, usize)>,
    /// Cells that can be read both ways, and the first of them.
    either: Option<(String, usize)>,
    /// Years of two digits.
    short: Option<(String, usize)>,
    /// Counts of each size: days of a spreadsheet, then seconds, milli-, micro- and nanoseconds since 1970.
    counts: [usize; 5],
    /// The first moment of 1970, with and without a time.
    epoch_moments: usize,
    epoch_days: usize,
    /// Times of day, and those without a zone.
    times: usize,
    zoneless: usize,
    /// How many dates stand where programs put what they do not know.
    pub padding: Padding,
    sentinels: usize,
}

/// What counts are counts of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Days,
    Seconds,
    Millis,
    Micros,
    Nanos,
}

const UNITS: [Unit; 5] = [Unit::Days, Unit::Seconds, Unit::Millis, Unit::Micros, Unit::Nanos];

impl Unit {
    /// The unit that a count of so many has, if what it counts is of our time.
    fn of(count: i64) -> Self {
        // Each bound lies far from what is meant on both of its sides: ten million days reach past the year 29000, ten million
        // seconds end in April 1970, and so on with each thousand.
        match count.unsigned_abs() {
            0..=9_999_999 => Self::Days,
            10_000_000..=99_999_999_999 => Self::Seconds,
            100_000_000_000..=99_999_999_999_999 => Self::Millis,
            100_000_000_000_000..=99_999_999_999_999_999 => Self::Micros,
            _ => Self::Nanos,
        }
    }

    const fn per_second(self) -> i64 {
        match self {
            Self::Days | Self::Seconds => 1,
            Self::Millis => 1_000,
            Self::Micros => 1_000_000,
            Self::Nanos => 1_000_000_000,
        }
    }
}

/// How a column is read, once it is settled.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    order: Option<DayOrder>,
    short_years: Option<i32>,
    unit: Option<Unit>,
    serials: Option<Serials>,
    /// What only fills its dates up.
    pub padded: Vec<Padded>,
    is_epoch_nothing: bool,
}

/// What a cell of a date says.
#[derive(Debug, Clone, PartialEq)]
pub enum Taken {
    /// Nothing.
    Nothing,
    /// The numbers of a date.
    Parts(Parts),
    /// A date that numbers cannot say.
    Date(Date),
    /// What stands for no date; why.
    Refused(&'static str),
    /// It is no date, or not one alone; why.
    Unread(String),
}

fn count(place: &mut Option<(String, usize)>, text: &str) {
    match place {
        Some((_, count)) => *count += 1,
        None => *place = Some((text.to_owned(), 1)),
    }
}

impl Scan {
    /// Counts a cell.
    pub fn add(&mut self, text: &str) {
        self.add_cell(text, cell(text));
    }

    /// Counts cells. Each is taken apart by itself, so that cores share that.
    pub fn add_all(&mut self, texts: &[&str]) {
        let cells: Vec<Cell> = texts.par_iter().with_min_len(LEAST_SHARED).map(|text| cell(text)).collect();
        texts.iter().zip(cells).for_each(|(text, cell)| self.add_cell(text, cell));
    }

    fn add_cell(&mut self, text: &str, cell: Cell) {
        self.filled += usize::from(cell != Cell::Nothing);
        match cell {
            Cell::Nothing => {}
            Cell::Sentinel(_) => {
                self.sentinels += 1;
                self.dated += 1;
            }
            Cell::Words => {
                let date = Date::parse(text.trim()).ok().or_else(|| time::unambiguous(text));
                self.dated += usize::from(date.is_some());
                if let Some(date) = date {
                    self.padding.count(&date);
                }
            }
            Cell::Count(whole, _) => {
                self.dated += 1;
                let unit = Unit::of(whole);
                if let Some(place) =
                    UNITS.iter().position(|known| *known == unit).and_then(|at| self.counts.get_mut(at))
                {
                    *place += 1;
                }
            }
            Cell::Parts(parts) => {
                self.dated += 1;
                self.add_parts(&parts);
            }
            Cell::Numbers(numbers) => {
                self.dated += 1;
                self.add_numbers(text, &numbers);
            }
        }
    }

    fn add_parts(&mut self, parts: &Parts) {
        let is_midnight = parts.clock.as_ref().map(super::parts::Clock::is_midnight);
        if (parts.year, parts.month, parts.day) == (1970, Some(1), Some(1)) {
            match is_midnight {
                Some(true) => self.epoch_moments += 1,
                None => self.epoch_days += 1,
                Some(false) => {}
            }
        }
        self.times += usize::from(parts.clock.is_some());
        self.zoneless += usize::from(parts.clock.is_some() && parts.zone.is_none());
        if let (Some(month), Some(day)) = (parts.month, parts.day) {
            self.padding.add(month, day, is_midnight);
        }
    }

    fn add_numbers(&mut self, text: &str, numbers: &Numbers) {
        if numbers.is_short {
            count(&mut self.short, text);
        }
        let order = match (numbers.first, numbers.second) {
            // Dots stand between the numbers where the day comes first, and nowhere else.
            _ if numbers.has_dots => Some(DayOrder::DayFirst),
            // No date in either order: it settles nothing, and is told when it is read.
            (13.., 13..) => return,
            (13.., _) => {
                count(&mut self.day_first, text);
                Some(DayOrder::DayFirst)
            }
            (_, 13..) => {
                count(&mut self.month_first, text);
                Some(DayOrder::MonthFirst)
            }
            // The same day in both.
            (first, second) if first == second => Some(DayOrder::DayFirst),
            _ => {
                count(&mut self.either, text);
                None
            }
        };
        // Where nothing tells, the day counts as first here: of padding it is asked how many days are 1, and 1/1 is 1/1.
        let day = match order {
            Some(DayOrder::MonthFirst) => (numbers.first, numbers.second),
            _ => (numbers.second, numbers.first),
        };
        let is_midnight = numbers.clock.as_ref().map(super::parts::Clock::is_midnight);
        self.times += usize::from(is_midnight.is_some());
        self.zoneless += usize::from(is_midnight.is_some() && numbers.zone.is_none());
        self.padding.add(day.0, day.1, is_midnight);
    }

    /// Whether a column can be one of dates, by its cells alone.
    pub fn is_of_dates(&self) -> bool {
        let counts: usize = self.counts.iter().sum();
        // Some cells of most columns hold a remark. A number alone can be anything, so it makes no column of dates.
        self.filled > 0 && self.dated * 10 >= self.filled * 7 && counts == 0
    }

    /// Whether it counts days or seconds.
    pub fn is_of_counts(&self) -> bool {
        let filled = self.filled - self.sentinels;
        filled > 0 && self.counts.iter().sum::<usize>() * 10 >= filled * 9
    }

    /// Whether it counts seconds since 1970, or fractions of them: no other numbers of a table are as large and as like.
    pub fn is_of_moments(&self) -> bool {
        let filled = self.filled - self.sentinels;
        self.is_of_counts() && self.counts.iter().skip(1).any(|count| *count * 10 >= filled * 9)
    }

    /// How the column is read, as far as its cells and the answers settle it; what they do not is asked.
    pub fn settle(
        &self,
        column: &str,
        answers: &Answers,
        padded: &[Padded],
        questions: &mut Vec<Question>,
        problems: &mut Vec<Problem>,
    ) -> Reading {
        let mut ask = |code, text: String, choices, is_open| {
            questions.push(Question { code, column: Some(column.to_owned()), text, choices, is_open });
        };
        let order = self.order(column, answers, &mut ask, problems);
        if let (Some((example, number)), None) = (&self.short, answers.short_years) {
            let text = format!(
                "{number} dates in \"{column}\" have years of two digits, such as {example}. In which hundred years do they lie?"
            );
            let choice = |first: i32| {
                let label = format!("{first}–{}", first + 99);
                Choice::new(label, format!("--short-years {first}"), Answer::ShortYears(first))
            };
            ask("short-years", text, [1950, 1970, 1930, 1900, 2000].map(choice).into(), true);
        }
        let unit = self.unit();
        if unit == Some(Unit::Days) && answers.serials.is_none() {
            let text = format!("\"{column}\" has numbers of days, as spreadsheets count them. From when?");
            let choices = vec![
                Choice::new("1900, as Excel does", "--serials 1900", Answer::Serials(Serials::Since1900)),
                Choice::new(
                    "1904, as old Excel for Macintosh did",
                    "--serials 1904",
                    Answer::Serials(Serials::Since1904),
                ),
            ];
            ask("serials", text, choices, false);
        }
        if self.zoneless > 0 && answers.zone.is_none() {
            let text = format!(
                "{} no zone in \"{column}\". Which is it?",
                counted_as(self.zoneless, "time names", "times name")
            );
            let choices = vec![
                Choice::new("Not known: the times stay as they are", "", Answer::Zone(String::new())),
                Choice::new("UTC", "--zone UTC", Answer::Zone("UTC".to_owned())),
            ];
            ask("zone", text, choices, false);
        }
        let padded: Vec<Padded> = if padded.is_empty() { answers.padded.clone() } else { padded.to_vec() };
        let excesses = self.padding.excesses();
        if padded.is_empty() && !excesses.is_empty() {
            let figures: Vec<String> = excesses.iter().map(time::Excess::words).collect();
            let text = format!("In \"{column}\", {}. Do they only fill up what is not known?", figures.join("; "));
            ask("padded", text, padding_choices(column, &excesses), false);
        }
        if self.sentinels > 0 {
            let message = {
                let cells = counted(self.sentinels, "cell");
                format!(
                    "{cells} of \"{column}\" taken as nothing: what stands there is what programs write for no date"
                )
            };
            problems.push(Problem::new(Severity::Warning, "sentinel-dates", 1, message));
        }
        // Once, something may have happened then; a moment to the second is less likely to be meant than a day.
        let is_epoch_nothing = self.epoch_moments >= 2 || self.epoch_days >= 3;
        if is_epoch_nothing {
            let number = self.epoch_moments + self.epoch_days;
            let message = format!(
                "{number} dates of \"{column}\" are the first moment of 1970, which programs write for nothing; they were taken as none"
            );
            problems.push(Problem::new(Severity::Warning, "sentinel-dates", 1, message));
        }
        Reading { order, short_years: answers.short_years, unit, serials: answers.serials, padded, is_epoch_nothing }
    }

    fn order(
        &self,
        column: &str,
        answers: &Answers,
        ask: &mut impl FnMut(&'static str, String, Vec<Choice>, bool),
        problems: &mut Vec<Problem>,
    ) -> Option<DayOrder> {
        let choices = || {
            vec![
                Choice::new("Day first", "--dates dmy", Answer::Order(DayOrder::DayFirst)),
                Choice::new("Month first", "--dates mdy", Answer::Order(DayOrder::MonthFirst)),
            ]
        };
        if answers.order.is_some() {
            return answers.order;
        }
        // One date that can be read in one way alone settles all others of its column; dates of both kinds settle none.
        match (&self.day_first, &self.month_first, &self.either) {
            (Some((day, days)), Some((month, months)), _) => {
                let text = format!(
                    "\"{column}\" has dates of both orders: {days} can only have the day first ({day}), {months} only the month ({month}). Which order do the others have?"
                );
                ask("date-order", text, choices(), true);
                None
            }
            (Some((day, _)), None, either) => {
                if let Some((example, number)) = either {
                    let dates = counted_as(*number, "date that could", "dates that could");
                    let message = format!(
                        "\"{column}\" has the day first, as {day} shows; {dates} be read otherwise, such as {example}, were read so"
                    );
                    problems.push(Problem::new(Severity::Info, "date-order", 1, message));
                }
                Some(DayOrder::DayFirst)
            }
            (None, Some((month, _)), either) => {
                if let Some((example, number)) = either {
                    let dates = counted_as(*number, "date that could", "dates that could");
                    let message = format!(
                        "\"{column}\" has the month first, as {month} shows; {dates} be read otherwise, such as {example}, were read so"
                    );
                    problems.push(Problem::new(Severity::Info, "date-order", 1, message));
                }
                Some(DayOrder::MonthFirst)
            }
            (None, None, Some((example, number))) => {
                let text = format!(
                    "{number} dates in \"{column}\" can be read in two ways, such as {example}, and none tells which. What stands first?"
                );
                ask("date-order", text, choices(), true);
                None
            }
            (None, None, None) => None,
        }
    }

    /// The unit that most counts have.
    fn unit(&self) -> Option<Unit> {
        let most = self.counts.iter().zip(UNITS).max_by_key(|(count, _)| **count);
        most.filter(|(count, _)| **count > 0).map(|(_, unit)| unit)
    }
}

/// What can be answered to dates that look padded.
fn padding_choices(column: &str, excesses: &[time::Excess]) -> Vec<Choice> {
    let all: Vec<Padded> = excesses.iter().map(|excess| padded(excess.what)).collect();
    let ways: [(&str, &[Padded]); 3] = [
        ("00:00 stands for the day", &[Padded::Midnight]),
        ("00:00 stands for the day, the first for the month", &[Padded::Midnight, Padded::FirstOfMonth]),
        (
            "00:00 stands for the day, the first for the month, 1 January for the year",
            &[Padded::Midnight, Padded::FirstOfMonth, Padded::NewYear],
        ),
    ];
    let flag =
        |padded: &[Padded]| format!("--padded {}", padded.iter().map(|pad| pad.id()).collect::<Vec<_>>().join(","));
    let mut choices =
        vec![Choice::new("No: they are what they say", "", Answer::Padded(Some(column.to_owned()), vec![]))];
    for (label, pads) in ways {
        let is_asked = pads.iter().any(|pad| all.contains(pad));
        if is_asked {
            choices.push(Choice::new(label, flag(pads), Answer::Padded(Some(column.to_owned()), pads.to_vec())));
        }
    }
    if all.contains(&Padded::Fifteenth) {
        let pads = vec![Padded::Midnight, Padded::FirstOfMonth, Padded::Fifteenth, Padded::NewYear];
        let label = "the same, and the fifteenth stands for the month";
        choices.push(Choice::new(label, flag(&pads), Answer::Padded(Some(column.to_owned()), pads)));
    }
    choices
}

const fn padded(pad: Pad) -> Padded {
    match pad {
        Pad::Midnight => Padded::Midnight,
        Pad::FirstOfMonth => Padded::FirstOfMonth,
        Pad::Fifteenth => Padded::Fifteenth,
        Pad::NewYear => Padded::NewYear,
    }
}

impl Reading {
    /// Reads a cell. What only fills it up is left in: a wording beside it may tell otherwise.
    pub fn read(&self, text: &str) -> Taken {
        match cell(text) {
            Cell::Nothing => Taken::Nothing,
            Cell::Sentinel(reason) => Taken::Refused(reason),
            Cell::Words => in_words(text),
            Cell::Parts(parts) => {
                let is_epoch = (parts.year, parts.month, parts.day) == (1970, Some(1), Some(1))
                    && parts.clock.as_ref().is_none_or(super::parts::Clock::is_midnight);
                if is_epoch && self.is_epoch_nothing {
                    Taken::Refused("it is the first moment of 1970")
                } else {
                    existing(parts, text)
                }
            }
            Cell::Numbers(numbers) => self.numbers(numbers, text),
            Cell::Count(whole, fraction) => self.count(whole, &fraction, text),
        }
    }

    fn numbers(&self, numbers: Numbers, text: &str) -> Taken {
        let Numbers { first, second, year, is_short, has_dots, clock, zone } = numbers;
        let order = if has_dots || first == second { Some(DayOrder::DayFirst) } else { self.order };
        let (month, day) = match order {
            Some(DayOrder::DayFirst) => (second, first),
            Some(DayOrder::MonthFirst) => (first, second),
            None if first > 12 => (second, first),
            None if second > 12 => (first, second),
            None => return Taken::Unread(format!("nobody has said whether the day stands first in {text}")),
        };
        let year = match (is_short, self.short_years) {
            (false, _) => year,
            (true, Some(first)) => {
                let first = i64::from(first);
                first + (year - first).rem_euclid(100)
            }
            (true, None) => return Taken::Unread(format!("nobody has said in which century {text} lies")),
        };
        if month > 12 {
            let first = if order == Some(DayOrder::DayFirst) { "day" } else { "month" };
            return Taken::Unread(format!("{text} is no date with the {first} first, as the others of its column"));
        }
        existing(Parts { clock, zone, ..Parts::day(year, month, day) }, text)
    }

    fn count(&self, whole: i64, fraction: &str, text: &str) -> Taken {
        let unit = self.unit.unwrap_or_else(|| Unit::of(whole));
        if unit == Unit::Days {
            return serial(whole, fraction, self.serials.unwrap_or(Serials::Since1900), text);
        }
        if Unit::of(whole) != unit && whole != 0 {
            return Taken::Unread(format!("{text} counts otherwise than the rest of its column"));
        }
        let per_second = unit.per_second();
        let seconds = whole.div_euclid(per_second);
        if whole == 0 {
            return Taken::Refused("it is the first moment of 1970");
        }
        let rest = whole.rem_euclid(per_second);
        let digits = match unit {
            Unit::Days | Unit::Seconds => fraction.get(..fraction.len().min(9)).unwrap_or_default().to_owned(),
            Unit::Millis => format!("{rest:03}"),
            Unit::Micros => format!("{rest:06}"),
            Unit::Nanos => format!("{rest:09}"),
        };
        let epoch = Instant::from_day(CivilDay::new(1970, 1, 1)).unwrap_or_default();
        let micros = i128::from(seconds) * i128::from(Instant::SECOND);
        match i64::try_from(micros) {
            Ok(micros) => existing(Parts::moment(epoch.saturating_add(micros), &digits), text),
            Err(_) => Taken::Unread(format!("{text} is beyond every calendar")),
        }
    }
}

/// The day of a count of days, with its time where the count has a fraction.
fn serial(whole: i64, fraction: &str, serials: Serials, text: &str) -> Taken {
    let epoch = match serials {
        // 1900 is counted with a 29 February that it did not have: from March on, two days too many.
        Serials::Since1900 if whole > 60 => CivilDay::new(1899, 12, 30),
        Serials::Since1900 => CivilDay::new(1899, 12, 31),
        Serials::Since1904 => CivilDay::new(1904, 1, 1),
    };
    if whole <= 0 || whole > 2_958_465 {
        return Taken::Unread(format!("{text} is no day that a spreadsheet counts"));
    }
    let midnight = Instant::from_day(epoch).unwrap_or_default().saturating_add(whole * Instant::DAY);
    let part: f64 = format!("0.{fraction}").parse().unwrap_or_default();
    let seconds = (part * 86_400.0).round() as i64;
    let mut parts = Parts::moment(midnight.saturating_add(seconds * Instant::SECOND), "");
    parts.zone = None;
    if seconds == 0 {
        parts.clock = None;
    }
    existing(parts, text)
}

fn existing(parts: Parts, text: &str) -> Taken {
    if parts.date().is_some() {
        return Taken::Parts(parts);
    }
    // A time that a zone's clock never showed is a time all the same.
    let zoneless = Parts { zone: None, ..parts.clone() };
    match zoneless.date() {
        Some(_) if parts.zone.is_some() => Taken::Parts(zoneless),
        _ => Taken::Unread(format!("there is no {text}")),
    }
}

fn in_words(text: &str) -> Taken {
    let text = text.trim();
    if let Ok(date) = Date::parse(text) {
        return Taken::Date(date);
    }
    if let Some(date) = time::unambiguous(text) {
        return Taken::Date(date);
    }
    match time::read_phrase(text, Instant::default()) {
        time::Reading::Ambiguous(ways) => {
            let ways: Vec<String> = ways.iter().map(|(date, _)| date.as_str().to_owned()).collect();
            Taken::Unread(format!("\"{text}\" can be {}", ways.join(" or ")))
        }
        time::Reading::Date(_) => Taken::Unread(format!("\"{text}\" depends on the day it is read")),
        time::Reading::None(error) => Taken::Unread(format!("\"{text}\" is no date: {}", error.message)),
    }
}

/// The zone that times without one have, as it is written behind a time.
pub fn answered_zone(answers: &Answers) -> Option<String> {
    answers.zone.as_deref().and_then(zone_suffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str], answers: &Answers) -> (Vec<String>, Vec<&'static str>) {
        let mut scan = Scan::default();
        cells.iter().for_each(|cell| scan.add(cell));
        let (mut questions, mut problems) = (Vec::new(), Vec::new());
        let reading = scan.settle("Date", answers, &[], &mut questions, &mut problems);
        let dates = cells.iter().map(|cell| match reading.read(cell) {
            Taken::Nothing => String::new(),
            Taken::Parts(parts) => parts.without(&reading.padded).text(),
            Taken::Date(date) => date.as_str().to_owned(),
            Taken::Refused(_) => "refused".to_owned(),
            Taken::Unread(_) => "unread".to_owned(),
        });
        (dates.collect(), questions.iter().filter(|question| question.is_open).map(|question| question.code).collect())
    }

    #[test]
    fn one_value_settles_the_order_of_all() {
        let nothing = Answers::default();
        assert_eq!(
            read(&["2/5/2025", "1/20/2025"], &nothing),
            (vec!["2025-02-05".into(), "2025-01-20".into()], vec![])
        );
        assert_eq!(
            read(&["2/5/2025", "20/1/2025"], &nothing),
            (vec!["2025-05-02".into(), "2025-01-20".into()], vec![])
        );
        assert_eq!(read(&["2/5/2025"], &nothing).1, ["date-order"]);
        assert_eq!(read(&["2/5/2025", "13/1/2025", "1/13/2025"], &nothing).1, ["date-order"]);
        assert_eq!(read(&["5/5/2025", "2.5.2025"], &nothing), (vec!["2025-05-05".into(), "2025-05-02".into()], vec![]));
        let told = Answers { order: Some(DayOrder::MonthFirst), ..Answers::default() };
        assert_eq!(read(&["2/5/2025", "13/1/2025"], &told).0, ["2025-02-05", "unread"]);
    }

    #[test]
    fn years_of_two_digits_are_asked() {
        assert_eq!(read(&["24.10.49"], &Answers::default()), (vec!["unread".into()], vec!["short-years"]));
        let told = Answers { short_years: Some(1950), ..Answers::default() };
        assert_eq!(read(&["24.10.49", "24.10.50", "1.1.00"], &told).0, ["2049-10-24", "1950-10-24", "2000-01-01"]);
    }

    #[test]
    fn counts_are_of_one_unit() {
        let nothing = Answers::default();
        assert_eq!(read(&["1723474994"], &nothing).0, ["2024-08-12T15:03:14Z"]);
        assert_eq!(read(&["1723474994349"], &nothing).0, ["2024-08-12T15:03:14.349Z"]);
        assert_eq!(read(&["1723474994349345"], &nothing).0, ["2024-08-12T15:03:14.349345Z"]);
        assert_eq!(read(&["1723474994000000000"], &nothing).0, ["2024-08-12T15:03:14Z"]);
        assert_eq!(read(&["1723474994349345", "1723474994", "1723474994349346"], &nothing).0[1], "unread");
        assert_eq!(read(&["45589", "45589.5", "60"], &nothing).0, ["2024-10-24", "2024-10-24T12:00:00", "unread"]);
        let told = Answers { serials: Some(Serials::Since1904), ..Answers::default() };
        assert_eq!(read(&["44127"], &told).0, ["2024-10-24"]);
    }

    #[test]
    fn what_stands_for_nothing_is_refused() {
        let nothing = Answers::default();
        let once = "1970-01-01T00:00:00.000000+00:00";
        assert_eq!(read(&[once, "2024-01-02"], &nothing).0[0], "1970-01-01T00:00:00.000000+00:00");
        assert_eq!(
            read(&[once, once, "1970-01-01T00:00:01Z"], &nothing).0,
            ["refused", "refused", "1970-01-01T00:00:01Z"]
        );
        assert_eq!(read(&["0000-00-00T00:00:00.000000+00:00"], &nothing).0, ["refused"]);
    }

    #[test]
    fn vague_dates_stay_vague() {
        let cells =
            ["late October 2024", "c. 1950", "2024-10", "199X", "[..2024-11]", "24 October 2024", "Summer 2023"];
        let dates = ["2024-10-21/2024-10-31", "1950~", "2024-10", "199X", "[..2024-11]", "2024-10-24", "2023-22"];
        let found = read(&cells, &Answers::default()).0;
        for (found, expected) in found.iter().zip(dates).skip(1) {
            assert_eq!(found, expected);
        }
        assert_eq!(read(&["Jun-24", "yesterday", "tba"], &Answers::default()).0, ["unread", "unread", "unread"]);
    }

    #[test]
    fn padding_is_asked_and_never_taken_out_by_itself() {
        let cells: Vec<String> = (0..40).map(|at| format!("20{:02}-{:02}-01", at / 12 + 10, at % 12 + 1)).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        assert_eq!(read(&cells, &Answers::default()).0[0], "2010-01-01");
        let mut scan = Scan::default();
        cells.iter().for_each(|cell| scan.add(cell));
        let mut questions = Vec::new();
        scan.settle("Date", &Answers::default(), &[], &mut questions, &mut Vec::new());
        assert!(questions.iter().any(|question| question.code == "padded" && question.text.contains("40 of 40 dates")));
        let told = Answers { padded: vec![Padded::FirstOfMonth, Padded::NewYear], ..Answers::default() };
        assert_eq!(read(&cells, &told).0[..2], ["2010", "2010-02"]);
    }
}
