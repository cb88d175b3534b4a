//! Padding: dates that stand on the first of a month, on 1 January, on the fifteenth or at midnight more often than chance has it.
//!
//! Programs that know only days write a month as its first day, and a day as its first second. Counting tells that of many
//! dates together, and of no single one.

use super::Date;

/// How many dates stand where programs put what they do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Padding {
    /// Dates that give a day.
    pub days: usize,
    /// Those of them on the first of a month, 1 January included.
    pub firsts: usize,
    /// Those on a fifteenth.
    pub fifteenths: usize,
    /// Those on 1 January.
    pub new_years: usize,
    /// Dates that give a time of day.
    pub times: usize,
    /// Those of them at 00:00 or 00:00:00.
    pub midnights: usize,
}

/// One way in which dates look padded, with its figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Excess {
    /// What stands for nothing.
    pub what: Pad,
    /// How many dates have it.
    pub found: usize,
    /// Of how many.
    pub of: usize,
    /// The share that chance gives, from 0 to 1.
    pub chance: f64,
}

/// A part of a date that may only fill it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Pad {
    Midnight,
    FirstOfMonth,
    Fifteenth,
    NewYear,
}

/// Dates of which a share is told at least: of fewer, anything may be chance.
const FEWEST: usize = 12;

impl Padding {
    /// Counts a date, where it is one day or one time of day.
    pub fn count(&mut self, date: &Date) {
        // By the clock of its own place: the text says it.
        let text = date.as_str();
        let (day, time) = text.split_once('T').map_or((text, None), |(day, time)| (day, Some(time)));
        if is_compound(text) {
            return;
        }
        let mut numbers = day.trim_start_matches('-').split('-').skip(1).map(|number| number.parse::<u8>().ok());
        if let (Some(Some(month)), Some(Some(day)), None) = (numbers.next(), numbers.next(), numbers.next()) {
            self.add(month, day, time.map(|time| time.starts_with("00:00") && !has_seconds(time)));
        }
    }

    /// Counts a day of a month, and whether its time is midnight where it has one.
    pub fn add(&mut self, month: u8, day: u8, is_midnight: Option<bool>) {
        self.days += 1;
        self.firsts += usize::from(day == 1);
        self.new_years += usize::from(day == 1 && month == 1);
        self.fifteenths += usize::from(day == 15);
        self.times += usize::from(is_midnight.is_some());
        self.midnights += usize::from(is_midnight == Some(true));
    }

    /// The ways in which more dates stand at such a place than chance has it, by more than four times the deviation that chance
    /// gives.
    pub fn excesses(&self) -> Vec<Excess> {
        let ways = [
            (Pad::Midnight, self.midnights, self.times, 1.0 / 1440.0),
            (Pad::FirstOfMonth, self.firsts, self.days, 12.0 / 365.25),
            (Pad::NewYear, self.new_years, self.days, 1.0 / 365.25),
            (Pad::Fifteenth, self.fifteenths, self.days, 12.0 / 365.25),
        ];
        let is_more = |found: usize, of: usize, chance: f64| {
            // The deviation of a binomial count.
            let expected = of as f64 * chance;
            of >= FEWEST && found >= 4 && found as f64 > expected + 4.0 * (expected * (1.0 - chance)).sqrt()
        };
        ways.into_iter()
            .filter(|&(_, found, of, chance)| is_more(found, of, chance))
            .map(|(what, found, of, chance)| Excess { what, found, of, chance })
            .collect()
    }
}

impl Excess {
    /// The share of the dates that have it, from 0 to 1.
    pub fn share(&self) -> f64 {
        self.found as f64 / self.of.max(1) as f64
    }

    /// The figures in words: "336 of 2052 dates (16 %) are on the first of a month; chance is 3 %".
    pub fn words(&self) -> String {
        let share = 100.0 * self.share();
        let (noun, place) = match self.what {
            Pad::Midnight => ("times", "at 00:00"),
            Pad::FirstOfMonth => ("dates", "on the first of a month"),
            Pad::Fifteenth => ("dates", "on the fifteenth of a month"),
            Pad::NewYear => ("dates", "on 1 January"),
        };
        let chance = match 100.0 * self.chance {
            percent if percent < 1.0 => format!("{percent:.1}"),
            percent => format!("{percent:.0}"),
        };
        format!("{} of {} {noun} ({share:.0} %) are {place}; chance is {chance} %", self.found, self.of)
    }
}

/// Whether a text says more than one date.
fn is_compound(text: &str) -> bool {
    text.starts_with(['[', '{', '/'])
        || text.split('[').next().is_some_and(|date| date.contains(['/', '~', '?', '%', 'X']))
}

/// Whether a time has seconds other than 0.
fn has_seconds(time: &str) -> bool {
    let seconds = time.strip_prefix("00:00").and_then(|rest| rest.strip_prefix(':'));
    seconds.is_some_and(|seconds| {
        let clock = seconds.split(['+', '-', 'Z', '[']).next().unwrap_or_default();
        clock.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted<'t>(texts: impl IntoIterator<Item = &'t str>) -> Padding {
        let mut padding = Padding::default();
        texts.into_iter().for_each(|text| padding.count(&Date::parse(text).unwrap()));
        padding
    }

    #[test]
    fn only_days_and_times_are_counted_as_they_are_written() {
        let padding = counted(
            [
                "2024-01-01",
                "2024-05-01",
                "2024-05-15",
                "2024-05-02T00:00:00Z",
                "2024-05-01T00:00:00+09:00",
                "2024-05-03T00:00:01",
                "2024-05-04T10:00[Europe/Moscow]",
                "2024-05",
                "2024",
                "2024-05-01/2024-05-09",
                "[2024-05-01..2024-06-01]",
                "2024-05-01~",
                "..2024-05-01",
            ]
            .into_iter()
            .filter(|text| Date::parse(text).is_ok()),
        );
        assert_eq!(padding, Padding { days: 7, firsts: 3, fifteenths: 1, new_years: 1, times: 4, midnights: 2 });
    }

    #[test]
    fn many_firsts_are_more_than_chance_and_few_are_not() {
        let mut months = Padding::default();
        let mut days = Padding::default();
        for at in 0..120_u8 {
            months.add(at % 12 + 1, if at % 3 == 0 { 1 } else { at % 27 + 2 }, None);
            days.add(at % 12 + 1, at % 28 + 1, None);
        }
        let whats: Vec<Pad> = months.excesses().iter().map(|excess| excess.what).collect();
        assert!(whats.contains(&Pad::FirstOfMonth), "{months:?}");
        assert_eq!(days.excesses(), []);
        assert_eq!(
            Excess { what: Pad::FirstOfMonth, found: 336, of: 2052, chance: 12.0 / 365.25 }.words(),
            "336 of 2052 dates (16 %) are on the first of a month; chance is 3 %"
        );
    }
}
