//! What the values of a column are like, from the first rows of a table.

use std::collections::HashMap;

use super::grid::Table;
use crate::interchange::events::dates::{self, Scan};

/// Rows that are looked at: more of a million would tell the same.
const MOST_ROWS: usize = 5_000;

/// Values that are told apart, of a column.
const MOST_VALUES: usize = 400;

/// What the cells of a column have in common.
#[derive(Debug, Default)]
pub struct Facts {
    /// Cells with something in them.
    pub filled: usize,
    /// Letters in them, all together.
    letters: usize,
    /// Addresses.
    pub urls: usize,
    /// Numbers.
    pub numbers: usize,
    /// Times of day without a date.
    pub clocks: usize,
    /// How often each value occurs, of the first few hundred.
    pub values: HashMap<String, usize>,
    /// Whether there are more values than that.
    pub has_many_values: bool,
    /// As dates.
    pub dates: Scan,
}

impl Facts {
    fn add(&mut self, cell: &str) {
        self.filled += 1;
        self.letters += cell.chars().count();
        self.urls +=
            usize::from(cell.starts_with("http://") || cell.starts_with("https://") || cell.starts_with("www."));
        self.numbers += usize::from(cell.parse::<f64>().is_ok_and(f64::is_finite));
        self.clocks += usize::from(dates::clock(cell).is_some() && cell.contains(':'));
        // A long text is no date, and to try costs.
        if cell.len() <= 60 {
            self.dates.add(cell);
        } else {
            self.dates.filled += 1;
        }
        if let Some(count) = self.values.get_mut(cell) {
            *count += 1;
        } else if self.values.len() < MOST_VALUES {
            self.values.insert(cell.to_owned(), 1);
        } else {
            self.has_many_values = true;
        }
    }

    /// Letters of a cell, on average.
    pub const fn length(&self) -> usize {
        match self.filled {
            0 => 0,
            filled => self.letters / filled,
        }
    }

    /// Whether so many of a hundred cells at least are of a kind.
    pub const fn is_mostly(&self, of_a_kind: usize, percent: usize) -> bool {
        self.filled > 0 && of_a_kind * 100 >= self.filled * percent
    }

    /// Whether all values count days as spreadsheets do, and none lies before 1950 or behind 2050.
    pub fn is_of_days(&self) -> bool {
        let is_of_our_time = |value: &String| value.parse().is_ok_and(|days: f64| (18_264.0..54_789.0).contains(&days));
        self.filled >= 2 && self.dates.is_of_counts() && self.values.keys().all(is_of_our_time)
    }

    /// How many values there are, where they are few enough to sort events by: 2 to 20, each met twice on average.
    pub fn categories(&self) -> Option<usize> {
        let number = self.values.len();
        (!self.has_many_values && (2..=20).contains(&number) && self.filled >= 2 * number).then_some(number)
    }

    /// Whether no value occurs twice, of those that are told apart.
    pub fn is_unique(&self) -> bool {
        self.values.values().all(|count| *count == 1)
    }
}

/// The facts of every column.
pub fn facts(table: &Table<'_>, is_null: impl Fn(&str) -> bool) -> Vec<Facts> {
    let mut facts: Vec<Facts> = table.columns.iter().map(|_| Facts::default()).collect();
    let mut rows = 0;
    table.each(|row, _| {
        for (at, facts) in facts.iter_mut().enumerate() {
            let cell = row.get(at);
            if !is_null(cell) {
                facts.add(cell);
            }
        }
        rows += 1;
        rows < MOST_ROWS
    });
    facts
}
