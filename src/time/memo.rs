//! Dates as files have them, and dates read before, for whoever reads very many of them: equal ones are read once and share what they mean. Those that
//! need no place of their own in memory are read sooner than found, and are not kept here.

use std::cell::RefCell;
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::date::Date;
use super::error::DateError;
use crate::memo::lend;

/// Dates beyond which no new ones are remembered, as in a file of moments that never come again.
const MOST_DATES: usize = 1 << 16;

/// Dates read before.
#[derive(Debug, Default)]
pub struct DateMemo {
    dates: HashTable<Date>,
}

thread_local! {
    static MEMO: RefCell<Option<DateMemo>> = const { RefCell::new(None) };
}

impl DateMemo {
    /// Does some work during which dates that this thread reads from files are looked up here first.
    pub fn during<R>(&mut self, work: impl FnOnce() -> R) -> R {
        lend(&MEMO, self, work)
    }

    fn parse(&mut self, text: &str) -> Result<Date, DateError> {
        let hash = |text: &str| BuildHasherDefault::<FxHasher>::default().hash_one(text);
        let own = hash(text);
        if let Some(date) = self.dates.find(own, |date| date.as_str() == text) {
            return Ok(date.clone());
        }
        let date = Date::parse(text)?;
        if self.dates.len() < MOST_DATES {
            self.dates.insert_unique(own, date.clone(), |date| hash(date.as_str()));
        }
        Ok(date)
    }
}

/// [`Date::parse`], from memory where this thread has one and knows the text: whoever shows an error explains it.
fn parse(text: &str) -> Result<Date, DateError> {
    if let Some(date) = Date::plain(text) {
        return Ok(date);
    }
    MEMO.with_borrow_mut(|memo| match memo {
        Some(memo) => memo.parse(text),
        None => Date::parse(text),
    })
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(DateVisitor)
    }
}

struct DateVisitor;

impl Visitor<'_> for DateVisitor {
    type Value = Date;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Date, E> {
        parse(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_memo_gives_the_dates_that_would_be_read_and_only_while_it_is_lent() {
        let mut memo = DateMemo::default();
        let texts = ["2024-06~", "2024-06", "2024~", "2024-06~", "no date", "2024-06", "2024-06~"];
        let read = |text: &&str| ron::from_str::<Date>(&format!("\"{text}\"")).map_err(|error| error.code);
        let plain: Vec<_> = texts.iter().map(read).collect();
        let lent: Vec<_> = memo.during(|| texts.iter().map(read).collect());
        assert_eq!(lent, plain);
        assert_eq!(memo.dates.len(), 2);
    }
}
