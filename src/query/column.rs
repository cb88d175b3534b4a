//! A column of what each of many records has, one behind the other: texts that are searched, or numbers.

use memchr::memmem::Finder;

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
    /// Sets a bit for each record that holds what is looked for. The search goes on behind the record: the first letter that
    /// is typed is in most of them, and often.
    pub fn mark(&self, finder: &Finder<'_>, bits: &mut [u64]) {
        let (mut record, mut start) = (0, 0);
        while let Some(found) = finder.find(self.all.get(start..).unwrap_or_default()) {
            let mut ends = self.ends.iter().enumerate().skip(record);
            let Some((at, end)) = ends.find(|(_, end)| **end as usize > start + found) else { break };
            set(bits, at);
            (record, start) = (at + 1, *end as usize);
        }
    }
}

fn set(bits: &mut [u64], at: usize) {
    if let Some(word) = bits.get_mut(at / 64) {
        *word |= 1 << (at % 64);
    }
}

/// A [`Column`] that records are still added to.
#[derive(Debug)]
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
