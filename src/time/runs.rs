//! The runs of a date: where on the axis its one time can lie, when that is not a single stretch.
//!
//! `2024-10-X5` is the 5th, the 15th or the 25th; from its first day to its last it covers days that it rules out. Questions
//! whether two dates can be of the same time are answered by their runs. Before and after follow from the first and the last.
//!
//! Runs of masks are not listed but found one after the other: `XXXX-12-25` has ten thousand.

use edtf_core::{Date as EdtfDate, DateField, Edtf, SetElement, YearKind};

use super::coverage::day_edges;
use super::date::{Date, Form};
use super::{CivilDay, DayBound, Instant};

/// Steps after which two dates with masks count as perhaps of the same time; those of a list are all taken.
const MOST_STEPS: usize = 2_000;

/// From its first instant to the first after it, in microseconds on the axis and beyond.
pub(super) type Run = (i128, i128);

/// Disjoint runs in order, and masks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Runs {
    /// Sorted; none touches the next.
    listed: Vec<Run>,
    masks: Vec<Mask>,
}

impl Runs {
    /// The runs of a date that has more than one, as masks and sets have; none for any other.
    pub fn of(date: &Date) -> Option<Self> {
        if date.is_plain() {
            return None;
        }
        let mut runs = Self::default();
        match &*date.form() {
            Form::Edtf(Edtf::Date(date)) => runs.masks.push(Mask::of(date)?),
            Form::Edtf(Edtf::Set(set)) => set.elements.iter().for_each(|element| runs.add(element)),
            Form::Edtf(Edtf::DateTime(_) | Edtf::Interval(_)) | Form::Iso(_) => return None,
        }
        runs.join();
        (runs.listed.len() + runs.masks.len() > 1 || !runs.masks.is_empty()).then_some(runs)
    }

    /// A single one.
    pub fn single(run: Run) -> Self {
        Self { listed: vec![run], masks: Vec::new() }
    }

    fn add(&mut self, element: &SetElement) {
        if let SetElement::Date(date) = element
            && let Some(mask) = Mask::of(date)
        {
            self.masks.push(mask);
            return;
        }
        let start = |date| match day_edges(date).earliest {
            DayBound::Day(day) => micros_at(day, 0),
            DayBound::Open | DayBound::Unknown => i128::MIN,
        };
        let end = |date| match day_edges(date).latest {
            DayBound::Day(day) => micros_at(day, 1),
            DayBound::Open | DayBound::Unknown => i128::MAX,
        };
        self.listed.push(match element {
            SetElement::Date(date) => (start(date), end(date)),
            SetElement::OnOrBefore(date) => (i128::MIN, end(date)),
            SetElement::OnOrAfter(date) => (start(date), i128::MAX),
            SetElement::Range(from, to) => (start(from), end(to)),
        });
    }

    /// Sorts those that are listed, and makes one of those that touch.
    fn join(&mut self) {
        self.listed.sort_unstable();
        self.listed.dedup_by(|next, run| {
            let touches = next.0 <= run.1;
            if touches {
                run.1 = run.1.max(next.1);
            }
            touches
        });
    }

    /// The first run that ends after an instant.
    fn next(&self, after: i128) -> Option<Run> {
        let listed = self.listed.get(self.listed.partition_point(|run| run.1 <= after));
        self.masks.iter().filter_map(|mask| mask.next(after)).chain(listed.copied()).min()
    }

    /// Whether a run of the one shares an instant with a run of the other, or would if either lay elsewhere by `slack`
    /// microseconds at most. Where that takes too long to find out, it counts as so.
    pub fn meet(&self, other: &Self, slack: i128) -> bool {
        let is_ruled_out = |mask: &Mask| other.masks.iter().all(|other| mask.rules_out(other));
        if slack == 0 && self.listed.is_empty() && other.listed.is_empty() && self.masks.iter().all(is_ruled_out) {
            return false;
        }
        let most = MOST_STEPS + 2 * (self.listed.len() + other.listed.len());
        let (mut own, mut others) = (self.next(i128::MIN), other.next(i128::MIN));
        // Whichever ends first moves on to where the other begins.
        for _ in 0..most {
            let (Some(a), Some(b)) = (own, others) else { return false };
            if a.1.saturating_add(slack) <= b.0 {
                own = self.next(b.0.saturating_sub(slack));
            } else if b.1.saturating_add(slack) <= a.0 {
                others = other.next(a.0.saturating_sub(slack));
            } else {
                return true;
            }
        }
        true
    }
}

/// A date with digits that are not given: `19X4`, `2024-X1`, `XXXX-12-25`, `2024-10-X5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mask(EdtfDate);

impl Mask {
    /// None where all that it can be lies side by side, as with `199X` and `2024-10-2X`, or where it has no mask.
    fn of(date: &EdtfDate) -> Option<Self> {
        let YearKind::Standard { negative, digits } = date.year.kind else { return None };
        let fields = [date.month, date.day].into_iter().flatten().flat_map(|field| field.digits);
        let is_last = digits.into_iter().chain(fields).skip_while(Option::is_some).all(|digit| digit.is_none());
        let is_year_masked = digits.contains(&None);
        let mask = Self(*date);
        let is_known = !is_last && date.year.significant_digits.is_none() && !(negative && is_year_masked);
        (is_known && mask.next(i128::MIN).is_some()).then_some(mask)
    }

    /// Whether no day is both, because a digit that both give differs.
    fn rules_out(&self, other: &Self) -> bool {
        // A winter reaches into another year, and a year BCE is another with the same digits.
        let digits = |mask: &Self| match (mask.0.year.kind, mask.0.month.and_then(DateField::value)) {
            (YearKind::Standard { negative: false, digits: [a, b, c, d] }, None | Some(..=12)) => {
                let [e, f] = mask.0.month.map_or([None; 2], |field| field.digits);
                let [g, h] = mask.0.day.map_or([None; 2], |field| field.digits);
                [a, b, c, d, e, f, g, h]
            }
            _ => [None; 8],
        };
        digits(self).into_iter().zip(digits(other)).any(|(a, b)| a.is_some() && b.is_some() && a != b)
    }

    /// The first run that ends after an instant.
    fn next(&self, after: i128) -> Option<Run> {
        let year = match self.0.year.value() {
            Some(year) => year..=year,
            // A winter reaches into the year after its own.
            None => (year_at(after) - 1).max(0)..=LAST_YEAR,
        };
        year.filter(|year| self.has_year(*year)).find_map(|year| self.runs_in(year).find(|run| run.1 > after))
    }

    fn has_year(&self, year: i64) -> bool {
        let YearKind::Standard { digits, .. } = self.0.year.kind else { return false };
        let given = [1_000, 100, 10, 1].map(|place| year.unsigned_abs() / place % 10);
        digits.iter().zip(given).all(|(digit, given)| digit.is_none_or(|digit| u64::from(digit) == given))
    }

    /// Those of one year, in order.
    fn runs_in(&self, year: i64) -> impl Iterator<Item = Run> {
        let (month, day) = (self.0.month, self.0.day);
        // A season, or the whole year.
        let whole = match month.map(DateField::value) {
            None => Some(CivilDay::new(year, 1, 1)..=CivilDay::new(year, 12, 31)),
            Some(Some(13..)) => self.season_in(year),
            Some(_) => None,
        };
        let months = (1..=12_u8).filter(move |number| month.is_some_and(|field| has_number(field, *number)));
        let days = months.flat_map(move |month| {
            let last = CivilDay::days_in_month(year, month);
            let is_day = move |number: u8| number <= last && day.is_none_or(|day| has_number(day, number));
            // Each day that is one and whose eve is none begins a run.
            (1..=last).filter(move |first| is_day(*first) && (*first == 1 || !is_day(first - 1))).map(move |first| {
                let after = (first..=last).find(|number| !is_day(*number)).unwrap_or(last + 1);
                CivilDay::new(year, month, first)..=CivilDay::new(year, month, after - 1)
            })
        });
        whole.into_iter().chain(days).map(|days| (micros_at(*days.start(), 0), micros_at(*days.end(), 1)))
    }

    fn season_in(&self, year: i64) -> Option<std::ops::RangeInclusive<CivilDay>> {
        let digits = [1_000, 100, 10, 1].map(|place| u8::try_from(year.unsigned_abs() / place % 10).ok());
        let mut date = self.0;
        date.year.kind = YearKind::Standard { negative: year < 0, digits };
        match (day_edges(&date).earliest, day_edges(&date).latest) {
            (DayBound::Day(first), DayBound::Day(last)) => Some(first..=last),
            _ => None,
        }
    }
}

/// The last year that has four digits.
const LAST_YEAR: i64 = 9_999;

/// Whether a number of two digits is one of those that a field can be.
fn has_number(field: DateField, number: u8) -> bool {
    let [tens, ones] = field.digits;
    tens.is_none_or(|tens| tens == number / 10) && ones.is_none_or(|ones| ones == number % 10)
}

/// The year that an instant lies in, or the nearest that the axis has.
fn year_at(micros: i128) -> i64 {
    let clamped = micros.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
    i64::try_from(clamped).map_or(0, |micros| Instant::from_micros(micros).day().year)
}

fn micros_at(day: CivilDay, days_after: i128) -> i128 {
    (day.number_wide() + days_after) * i128::from(Instant::DAY)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn runs(text: &str) -> Option<Runs> {
        Runs::of(&Date::parse(text).unwrap())
    }

    fn listed(text: &str) -> Vec<String> {
        let mut after = i128::MIN;
        let mut found = Vec::new();
        while let Some(run) = runs(text).and_then(|runs| runs.next(after)).filter(|_| found.len() < 5) {
            let day = |micros: i128| Instant::from_micros(i64::try_from(micros).unwrap()).day();
            found.push(format!("{}/{}", day(run.0), day(run.1 - 1)));
            after = run.1;
        }
        found
    }

    #[test]
    fn masks_and_sets_have_runs() {
        assert_eq!(listed("2024-10-X5"), ["2024-10-05/2024-10-05", "2024-10-15/2024-10-15", "2024-10-25/2024-10-25"]);
        assert_eq!(listed("2024-X2"), ["2024-02-01/2024-02-29", "2024-12-01/2024-12-31"]);
        assert_eq!(listed("197X-10-3X")[..2], ["1970-10-30/1970-10-31", "1971-10-30/1971-10-31"]);
        assert_eq!(listed("19X4")[..2], ["1904-01-01/1904-12-31", "1914-01-01/1914-12-31"]);
        assert_eq!(listed("XXXX-02-29")[..2], ["0000-02-29/0000-02-29", "0004-02-29/0004-02-29"]);
        assert_eq!(listed("19X9-24")[..2], ["1909-12-01/1910-02-28", "1919-12-01/1920-02-29"]);
        assert_eq!(listed("-0043-XX-15")[..2], ["-0043-01-15/-0043-01-15", "-0043-02-15/-0043-02-15"]);
        assert_eq!(
            listed("[2024-10-01..2024-10-03,2024-10-04,2024-10-20]"),
            ["2024-10-01/2024-10-04", "2024-10-20/2024-10-20"]
        );
        for text in ["2024", "199X", "2024-10-2X", "2024-XX", "XXXX", "2024-1X", "[2024,2025]", "1950S2", "19XX-XX"] {
            assert_eq!(runs(text), None, "{text}");
        }
    }

    #[test]
    fn interleaved_runs_do_not_meet_and_near_ones_do_within_slack() {
        let meet =
            |a: &str, b: &str, days: i64| runs(a).unwrap().meet(&runs(b).unwrap(), i128::from(days * Instant::DAY));
        assert!(!meet("2024-10-X4", "2024-10-X5", 0));
        assert!(meet("2024-10-X4", "2024-10-X5", 1));
        assert!(meet("2024-10-X5", "XXXX-10-25", 0));
        assert!(!meet("19X4", "[1903,1905..1913,1915]", 0));
        assert!(meet("[..1903,1950]", "19X0", 0));
        assert!(!meet("XXXX-XX-X4", "XXXX-XX-X5", 0));
        assert!(!meet("XXXX-12-25", "XXXX-X0-25", 0));
        assert!(meet("19X9-24", "19X0-01", 0));
        // No February has a 30th: that would take too long to find out, and nothing is said.
        assert!(meet("XXXX-XX-30", "XXXX-02-XX", 0));
    }

    #[test]
    fn long_lists_take_as_many_steps_as_they_have_members() {
        let list = |first: i32| {
            let years: Vec<String> = (0..4_000).map(|at| format!("{:04}", first + 2 * at)).collect();
            runs(&format!("[{}]", years.join(","))).unwrap()
        };
        assert!(!list(1).meet(&list(2), 0));
        assert!(list(1).meet(&list(3), 0));
    }

    proptest! {
        #[test]
        fn a_mask_has_just_the_days_that_match(
            text in "20[12X]{2}-[01X]{2}-[0-3X]{2}", day in 14_000_i64..24_000,
        ) {
            let Ok(date) = Date::parse(&text) else { return Ok(()) };
            let Some(runs) = Runs::of(&date) else { return Ok(()) };
            let micros = micros_at(CivilDay::from_number(day), 0);
            let written = CivilDay::from_number(day).to_string();
            let matches = text.chars().zip(written.chars()).all(|(mask, digit)| mask == 'X' || mask == digit);
            let one = Runs::single((micros, micros + i128::from(Instant::DAY)));
            prop_assert_eq!(runs.meet(&one, 0), matches, "{} {}", text, written);
        }
    }
}
