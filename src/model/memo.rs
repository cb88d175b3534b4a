//! Texts read before, for whoever reads very many records: lanes, actors, places, tags, sources are said over and over, and
//! are kept once.

use std::cell::RefCell;
use std::fmt;
use std::hash::{BuildHasher, BuildHasherDefault};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxHasher;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};
use thin_vec::ThinVec;

use super::{Text, exact};
use crate::memo::lend;

/// Texts beyond which no new ones are kept: what is common comes early.
const MOST_TEXTS: usize = 1 << 16;

/// Texts read before.
#[derive(Debug, Default)]
pub struct TextMemo {
    texts: HashTable<Text>,
}

thread_local! {
    static MEMO: RefCell<Option<TextMemo>> = const { RefCell::new(None) };
}

impl TextMemo {
    /// Does some work during which what records have in common, as this thread reads them from files, is looked up here
    /// first.
    pub fn during<R>(&mut self, work: impl FnOnce() -> R) -> R {
        lend(&MEMO, self, work)
    }

    fn text(&mut self, text: &str) -> Text {
        let hash = |text: &str| BuildHasherDefault::<FxHasher>::default().hash_one(text);
        let own = hash(text);
        if self.texts.len() >= MOST_TEXTS {
            return self.texts.find(own, |known| known == text).map_or_else(|| text.into(), Text::clone);
        }
        match self.texts.entry(own, |known| known == text, |known| hash(known)) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(free) => free.insert(text.into()).get().clone(),
        }
    }
}

/// A text that other records are likely to say too.
pub(super) struct Common(pub Text);

impl From<Common> for Text {
    fn from(Common(text): Common) -> Self {
        text
    }
}

impl<'de> Deserialize<'de> for Common {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(CommonVisitor)
    }
}

struct CommonVisitor;

impl Visitor<'_> for CommonVisitor {
    type Value = Common;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Common, E> {
        MEMO.with_borrow_mut(|memo| match memo {
            Some(memo) => Ok(Common(memo.text(text))),
            None => Ok(Common(text.into())),
        })
    }
}

/// Reads a text that other records are likely to say too.
pub(super) fn common<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
    Common::deserialize(deserializer).map(Text::from)
}

/// [`common`] where it may be left out.
pub(super) fn common_option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Text>, D::Error> {
    Ok(Option::<Common>::deserialize(deserializer)?.map(Text::from))
}

/// A list of what [`common`] reads.
pub(super) fn common_list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ThinVec<Text>, D::Error> {
    exact::list_of::<Common, _, _>(deserializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Event;

    fn read(text: &str) -> Event {
        ron::from_str(text).unwrap()
    }

    #[test]
    fn what_events_have_in_common_is_kept_once_while_a_memo_is_lent() {
        let text = r#"(title: "A", date: Some("2024"), lane: Some("a"), wording: Some("in 2024"), place: Some("P"), actors: ["x", "y"],
            tags: ["t"], citations: [(source: "s", locator: Some("p. 1"))])"#;
        let mut memo = TextMemo::default();
        let (one, two) = memo.during(|| (read(text), read(text)));
        let plain = read(text);
        assert_eq!((&one, &one), (&two, &plain));
        let common = |event: &Event| -> Vec<Text> {
            let Event { lane, wording, place, actors, tags, citations, .. } = event.clone();
            let cited = citations.into_iter().flat_map(|citation| [Some(citation.source), citation.locator]);
            let rest = [lane, wording, place].into_iter().chain(cited).flatten();
            rest.chain(actors).chain(tags).collect()
        };
        let (one, two, plain) = (common(&one), common(&two), common(&plain));
        assert_eq!((one.len(), memo.texts.len()), (8, 8));
        assert!(one.iter().zip(&two).all(|(one, two)| Text::ptr_eq(one, two)));
        assert!(!one.iter().zip(&plain).any(|(one, plain)| Text::ptr_eq(one, plain)));
    }
}
