//! A column of what each of many records has, one behind the other: texts that are searched, or numbers.

use memchr::memmem::Finder;

/// Stands behind a text. Cannot occur in UTF-8.
pub(super) const BEHIND: u8 = 0xFF;

/// What each of some records has, one behind the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Column<T> {
    all: Box<[T]>,
    /// Where the part of each record ends.
    ends: Box<[u32]>,
}

impl<T> Column<T> {
    /// How many records it is of.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// What the record at a position has.
    pub fn get(&self, at: usize) -> &[T] {
        part(&self.all, &self.ends, at)
    }

    /// What each has, in order.
    pub fn iter(&self) -> impl Iterator<Item = &[T]> {
        parts(&self.all, &self.ends)
    }
}

impl Column<u8> {
    /// Sets a bit for each record that holds what is looked for, of those without a bit among the `decided`; of those it may
    /// set some too.
    pub fn mark(&self, finder: &Finder<'_>, decided: &[u64], bits: &mut [u64]) {
        mark(&self.all, &self.ends, finder, decided, bits);
    }
}

fn mark(all: &[u8], ends: &[u32], finder: &Finder<'_>, decided: &[u64], bits: &mut [u64]) {
    let end_of = |record: usize| ends.get(record).map_or(all.len(), |end| *end as usize);
    let mut next = 0;
    while let Some(run) = undecided(decided, next, ends.len()) {
        let behind = end_of(run.end - 1);
        let mut record = run.start;
        let mut start = record.checked_sub(1).map_or(0, end_of);
        // Behind what is found the search goes on with the next record: the first letter that is typed is in most of
        // them, and often.
        while let Some(found) = finder.find(all.get(start..behind).unwrap_or_default()) {
            let mut ends = ends.iter().enumerate().skip(record);
            let Some((at, end)) = ends.find(|(_, end)| **end as usize > start + found) else { break };
            set(bits, at);
            (record, start) = (at + 1, *end as usize);
        }
        next = run.end;
    }
}

/// The next records that follow on one another of so many, from one on, few of which have a bit.
fn undecided(decided: &[u64], from: usize, records: usize) -> Option<std::ops::Range<usize>> {
    // From a record to the next with or without a bit, a word at a time.
    let next = |mut at: usize, has_bit: bool| {
        while at < records {
            let word = decided.get(at / 64).copied().unwrap_or(0);
            let rest = if has_bit { word } else { !word } >> (at % 64);
            if rest != 0 {
                return records.min(at + rest.trailing_zeros() as usize);
            }
            at = (at / 64 + 1) * 64;
        }
        records
    };
    let start = next(from, false);
    let mut end = next(start, true);
    // To search through a few that are decided costs less than to begin anew behind them.
    loop {
        let again = next(end, false);
        if again >= records || again - end > MOST_BETWEEN {
            return (start < records).then_some(start..end);
        }
        end = next(again, true);
    }
}

/// Decided records that are searched through between others.
const MOST_BETWEEN: usize = 16;

fn set(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

/// A [`Column`] that records are still added to.
#[derive(Debug, Clone)]
pub(super) struct Growing<T> {
    pub all: Vec<T>,
    ends: Vec<u32>,
}

impl<T> Default for Growing<T> {
    fn default() -> Self {
        Self { all: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Growing<T> {
    /// Ends the part of a record.
    pub fn end(&mut self) {
        self.ends.push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
    }

    /// How many records have ended.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Where the part that has not ended begins.
    pub fn begun(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }

    /// What the record at a position has.
    pub fn get(&self, at: usize) -> &[T] {
        part(&self.all, &self.ends, at)
    }

    /// What each has that has ended, in order.
    pub fn iter(&self) -> impl Iterator<Item = &[T]> {
        parts(&self.all, &self.ends)
    }

    /// Forgets all of them.
    pub fn clear(&mut self) {
        self.all.clear();
        self.ends.clear();
    }
}

impl Growing<u8> {
    /// Sets a bit for each record that has ended and holds what is looked for.
    pub fn mark(&self, finder: &Finder<'_>, bits: &mut [u64]) {
        mark(&self.all, &self.ends, finder, &[], bits);
    }
}

fn part<'c, T>(all: &'c [T], ends: &[u32], at: usize) -> &'c [T] {
    let start = at.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    ends.get(at).and_then(|end| all.get(start as usize..*end as usize)).unwrap_or_default()
}

fn parts<'c, T>(all: &'c [T], ends: &'c [u32]) -> impl Iterator<Item = &'c [T]> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends).map(|(start, end)| all.get(start as usize..*end as usize).unwrap_or_default())
}

impl<T> From<Growing<T>> for Column<T> {
    fn from(growing: Growing<T>) -> Self {
        Self { all: growing.all.into(), ends: growing.ends.into() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_is_found_in_each_record_that_is_not_decided(
            records in proptest::collection::vec(("[ab]{0,4}", any::<bool>()), 0..200), wanted in "[ab]{1,2}",
            from in 0..200_usize, length in 0..100_usize,
        ) {
            // Some by themselves, and a long run.
            let is_decided = |at: usize| records[at].1 || (from..from + length).contains(&at);
            let mut growing = Growing::<u8>::default();
            for (text, _) in &records {
                growing.all.extend_from_slice(text.as_bytes());
                growing.all.push(0xFF);
                growing.end();
            }
            let column = Column::from(growing);
            let bits = |is_set: &dyn Fn(usize) -> bool| {
                let mut bits = vec![0_u64; records.len().div_ceil(64)];
                (0..records.len()).filter(|at| is_set(*at)).for_each(|at| set(&mut bits, at));
                bits
            };
            let mut found = bits(&|_| false);
            column.mark(&Finder::new(wanted.as_bytes()), &bits(&is_decided), &mut found);
            let bit = |at: usize| found[at / 64] >> (at % 64) & 1 == 1;
            for (at, (text, _)) in records.iter().enumerate() {
                let holds = text.contains(&wanted);
                prop_assert!(if is_decided(at) { holds || !bit(at) } else { bit(at) == holds }, "{}", at);
            }
        }
    }
}
