//! A column of a block, dictionary-encoded: which row of values each of some records has.
//!
//! What few records of a block say differently is kept once. Blocks in which all say the same need no code a record, and most
//! others one byte:
//!
//! ```text
//!   rows    [3] [] [3, 17]          numbers of a dictionary
//!   codes   0 0 1 0 2 0 …           a row for each record
//! ```

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::{BuildHasher as _, BuildHasherDefault};

use super::column::{Column, Growing};
use crate::time::Answer;

/// A column of a block.
#[derive(Debug, Default)]
pub(super) struct Coded {
    rows: Column<u32>,
    codes: Codes,
    records: usize,
}

/// The place in the rows of what each record has.
#[derive(Debug, Default)]
enum Codes {
    /// All have the first.
    #[default]
    Same,
    Few(Box<[u8]>),
    Many(Box<[u32]>),
}

impl Coded {
    /// The column of cells, each with the numbers of a record.
    pub fn of(cells: &Growing<u32>) -> Self {
        let hash = |row: &[u32]| BuildHasherDefault::<FxHasher>::default().hash_one(row);
        let mut rows = Growing::<u32>::default();
        let mut known: HashTable<u32> = HashTable::new();
        let mut codes: Vec<u32> = Vec::with_capacity(cells.len());
        // Records that follow on one another often say the same.
        let mut last: Option<(&[u32], u32)> = None;
        for cell in cells.iter() {
            if let Some((row, code)) = last
                && row == cell
            {
                codes.push(code);
                continue;
            }
            let own = hash(cell);
            let code = known.find(own, |code| rows.get(*code as usize) == cell).copied().unwrap_or_else(|| {
                let code = rows.len() as u32;
                rows.all.extend_from_slice(cell);
                rows.end();
                known.insert_unique(own, code, |code| hash(rows.get(*code as usize)));
                code
            });
            codes.push(code);
            last = Some((cell, code));
        }
        let records = codes.len();
        let codes = match rows.len() {
            0 | 1 => Codes::Same,
            // As many rows as a byte counts.
            2..=256 => Codes::Few(codes.into_iter().map(|code| code as u8).collect()),
            _ => Codes::Many(codes.into()),
        };
        Self { rows: rows.into(), codes, records }
    }

    /// The numbers of a record.
    pub fn get(&self, record: usize) -> &[u32] {
        match &self.codes {
            Codes::Same => self.rows.get(0),
            Codes::Few(codes) => codes.get(record).map_or(&[], |code| self.rows.get(usize::from(*code))),
            Codes::Many(codes) => codes.get(record).map_or(&[], |code| self.rows.get(*code as usize)),
        }
    }

    /// What is made of the numbers of each record, made once a row.
    pub fn map<T: Copy>(&self, of_row: impl Fn(&[u32]) -> T) -> Vec<T> {
        let made: Vec<T> = self.rows.iter().map(of_row).collect();
        let Some(first) = made.first().copied() else { return Vec::new() };
        // Every code has a row. Where none is passed over the length is known at once.
        let of = |row: usize| made.get(row).copied().unwrap_or(first);
        match &self.codes {
            Codes::Same => vec![first; self.records],
            Codes::Few(codes) => codes.iter().map(|code| of(usize::from(*code))).collect(),
            Codes::Many(codes) => codes.iter().map(|code| of(*code as usize)).collect(),
        }
    }

    /// Sets the bit of each record whose numbers `is_wanted`.
    pub fn mark(&self, is_wanted: impl Fn(&[u32]) -> bool, bits: &mut [u64]) {
        let wanted: Vec<bool> = self.rows.iter().map(is_wanted).collect();
        if wanted.contains(&true) {
            self.set(|row| wanted.get(row).copied().unwrap_or(false), bits);
        }
    }

    /// Sets the bit of each record whose numbers answer *yes*, and those of each that may, where `of_row` says what numbers
    /// answer.
    pub fn answer(&self, of_row: impl Fn(&[u32]) -> Answer, certain: &mut [u64], possible: &mut [u64]) {
        let answers: Vec<Answer> = self.rows.iter().map(of_row).collect();
        if let Codes::Few(codes) = &self.codes {
            // Both bits of an answer at once: dates are asked about most, and of them a block has as many rows as records.
            let mut table = [0_u8; 256];
            for (bits, answer) in table.iter_mut().zip(&answers) {
                *bits = u8::from(*answer == Answer::Yes) | u8::from(answer.is_possible()) << 1;
            }
            for ((codes, certain), possible) in codes.chunks(64).zip(certain).zip(possible) {
                let both = codes.iter().zip(0..).fold((0, 0), |(certain, possible), (code, at)| {
                    let bits = u64::from(table.get(usize::from(*code)).copied().unwrap_or_default());
                    (certain | (bits & 1) << at, possible | (bits >> 1) << at)
                });
                *certain |= both.0;
                *possible |= both.1;
            }
            return;
        }
        for (least, bits) in [(Answer::Yes, certain), (Answer::Possibly, possible)] {
            if answers.iter().any(|answer| *answer >= least) {
                self.set(|row| answers.get(row).is_some_and(|answer| *answer >= least), bits);
            }
        }
    }

    /// Hands over each row of numbers that some of the records with a bit have, with how many do.
    pub fn count(&self, among: &[u64], mut each: impl FnMut(&[u32], usize)) {
        let add = |count: Option<&mut u32>| count.into_iter().for_each(|count| *count += 1);
        let mut hand_over = |counts: &[u32]| {
            let rows = self.rows.iter().zip(counts).filter(|(_, count)| **count > 0);
            rows.for_each(|(row, count)| each(row, *count as usize));
        };
        match &self.codes {
            Codes::Same => hand_over(&[among.iter().map(|word| word.count_ones()).sum()]),
            Codes::Few(codes) => {
                // As where records are marked: no byte is outside of it.
                let mut counts = [0; 256];
                each_code(codes, among, |code| add(counts.get_mut(usize::from(code))));
                hand_over(&counts);
            }
            Codes::Many(codes) => {
                let mut counts = vec![0; self.rows.len()];
                each_code(codes, among, |code| add(counts.get_mut(code as usize)));
                hand_over(&counts);
            }
        }
    }

    fn set(&self, is_wanted: impl Fn(usize) -> bool, bits: &mut [u64]) {
        let words = |wanted: &mut dyn Iterator<Item = u64>, word: &mut u64| {
            *word |= wanted.zip(0..).fold(0, |word, (bit, at)| word | (bit << at));
        };
        match &self.codes {
            Codes::Same if is_wanted(0) => {
                let records = self.records;
                for (at, word) in bits.iter_mut().enumerate() {
                    let left = records.saturating_sub(at * 64);
                    *word |= if left >= 64 { u64::MAX } else { (1 << left) - 1 };
                }
            }
            Codes::Same => {}
            Codes::Few(codes) => {
                // A table of all bytes is looked up without a check. Of most columns a block has few rows.
                let mut table = [0_u8; 256];
                let rows = table.iter_mut().enumerate().take(self.rows.len());
                rows.for_each(|(row, bit)| *bit = u8::from(is_wanted(row)));
                for (codes, word) in codes.chunks(64).zip(bits) {
                    let wanted = codes.iter().zip(0..).fold(0, |word, (code, at)| {
                        word | (u64::from(table.get(usize::from(*code)).copied().unwrap_or_default()) << at)
                    });
                    *word |= wanted;
                }
            }
            Codes::Many(codes) => {
                for (codes, word) in codes.chunks(64).zip(bits) {
                    words(&mut codes.iter().map(|code| u64::from(is_wanted(*code as usize))), word);
                }
            }
        }
    }
}

/// Hands over the codes of the records with a bit. Mostly all have one: then no position is worked out.
fn each_code<C: Copy>(codes: &[C], among: &[u64], mut each: impl FnMut(C)) {
    for (codes, word) in codes.chunks(64).zip(among) {
        if *word == u64::MAX {
            codes.iter().copied().for_each(&mut each);
            continue;
        }
        let mut rest = *word;
        while rest != 0 {
            codes.get(rest.trailing_zeros() as usize).copied().into_iter().for_each(&mut each);
            rest &= rest - 1;
        }
    }
}

/// Hands over the positions of the bits that are set, in order. Mostly all are.
pub(super) fn each_bit(bits: &[u64], mut each: impl FnMut(usize)) {
    for (at, word) in bits.iter().enumerate() {
        let first = at * 64;
        if *word == u64::MAX {
            (first..first + 64).for_each(&mut each);
            continue;
        }
        let mut rest = *word;
        while rest != 0 {
            each(first + rest.trailing_zeros() as usize);
            rest &= rest - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_column_gives_back_what_was_put_into_it(
            cells in proptest::collection::vec(proptest::collection::vec(0..5_u32, 0..3), 0..400),
            many in proptest::collection::vec(0..400_u32, 0..400),
        ) {
            for cells in [cells, many.into_iter().map(|number| vec![number]).collect()] {
                let mut growing = Growing::default();
                for cell in &cells {
                    growing.all.extend_from_slice(cell);
                    growing.end();
                }
                let coded = Coded::of(&growing);
                let mut found = vec![0_u64; cells.len().div_ceil(64)];
                coded.mark(|row| row.contains(&3), &mut found);
                let (mut certain, mut possible) = (found.clone(), found.clone());
                certain.fill(0);
                possible.fill(0);
                let answer = |row: &[u32]| match row {
                    [] => Answer::Possibly,
                    row if row.contains(&3) => Answer::Yes,
                    _ => Answer::No,
                };
                coded.answer(answer, &mut certain, &mut possible);
                prop_assert_eq!(coded.map(<[u32]>::len), cells.iter().map(Vec::len).collect::<Vec<_>>());
                let bit = |bits: &[u64], at: usize| bits[at / 64] >> (at % 64) & 1 == 1;
                for (at, cell) in cells.iter().enumerate() {
                    prop_assert_eq!(coded.get(at), cell.as_slice());
                    prop_assert_eq!(bit(&found, at), cell.contains(&3));
                    prop_assert_eq!(bit(&certain, at), cell.contains(&3));
                    prop_assert_eq!(bit(&possible, at), cell.contains(&3) || cell.is_empty());
                }
                // Of the first 64 all, of the others every second.
                let is_counted = |at: &usize| *at < 64 || at % 2 == 1;
                let mut among = vec![0_u64; cells.len().div_ceil(64)];
                (0..cells.len()).filter(is_counted).for_each(|at| among[at / 64] |= 1 << (at % 64));
                let mut positions = Vec::new();
                each_bit(&among, |at| positions.push(at));
                prop_assert_eq!(&positions, &(0..cells.len()).filter(is_counted).collect::<Vec<_>>());
                let (mut counted, mut expected) = (BTreeMap::new(), BTreeMap::new());
                coded.count(&among, |row, count| *counted.entry(row.to_vec()).or_insert(0) += count);
                positions.iter().for_each(|at| *expected.entry(cells[*at].clone()).or_insert(0) += 1);
                prop_assert_eq!(counted, expected);
            }
        }
    }
}
