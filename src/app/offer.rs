//! Offer: what crashes left of one timeline, in the order in which it was made.
//!
//! Owns which journals belong together, and what they say as a whole. A second crash before the first was answered leaves two
//! journals of one file; either rests on the file alone, so they are put back one after the other.

use std::cmp::Reverse;
use std::io;
use std::path::Path;

use super::session::Origin;
use crate::compare::{FieldChange, Said, field_lines, record_difference};
use crate::edit::net;
use crate::model::Timeline;
use crate::store::{JournalBase, JournalChange, LeftBehind, record_to_ron};
use crate::text::clipped;
use crate::ui::{Typed, file_name};

/// Records of one change of which it is told what became of them.
const MOST_RECORDS: usize = 3;

/// The longest texts in which that is told, in short and in full, in bytes.
const MOST_SHORT: usize = 240;
const MOST_WHOLE: usize = 4_000;

/// The journals that crashes left of one timeline. As long as it is held, no other window finds them.
pub struct Offer {
    older: Vec<LeftBehind>,
    newest: LeftBehind,
}

impl Offer {
    /// The offers of journals, the one written last first. Timelines without a file are each one of their own.
    pub fn grouped(mut found: Vec<LeftBehind>) -> Vec<Self> {
        // By the clock of the disk: a journal in which something was only typed has no change with a time.
        found.sort_by_key(|left| Reverse((left.written_at(), left.last_at())));
        let mut offers: Vec<Self> = Vec::new();
        for left in found {
            match offers.iter_mut().find(|offer| offer.is_of_same(&left)) {
                Some(offer) => offer.older.insert(0, left),
                None => offers.push(Self { older: Vec::new(), newest: left }),
            }
        }
        offers
    }

    /// The offer of journals of which the typing was put back, the oldest first; none of none. What another version has typed stays.
    pub fn without_typed(mut journals: Vec<LeftBehind>) -> Option<Self> {
        for left in &mut journals {
            left.typed.take_if(|text| ron::from_str::<Typed>(text).is_ok());
        }
        let newest = journals.pop()?;
        Some(Self { older: journals, newest })
    }

    /// Whether a journal is of the same file.
    pub fn is_of_same(&self, left: &LeftBehind) -> bool {
        path_of(self.base()).is_some_and(|path| path_of(&left.base) == Some(path))
    }

    /// The name of the timeline.
    pub fn name(&self) -> String {
        match self.base() {
            JournalBase::Untitled => "Untitled".to_owned(),
            JournalBase::Sample => "Sample".to_owned(),
            JournalBase::File { path, .. } => file_name(path),
        }
    }

    /// What the changes begin from, as the newest journal knows it.
    pub fn base(&self) -> &JournalBase {
        &self.newest.base
    }

    /// The timeline it is of.
    pub fn origin(&self) -> Origin {
        match self.base() {
            JournalBase::Untitled => Origin::Untitled,
            JournalBase::Sample => Origin::Sample,
            JournalBase::File { path, .. } => Origin::File(path.clone()),
        }
    }

    /// Its journals, the oldest first.
    pub fn journals(&self) -> impl Iterator<Item = &LeftBehind> {
        self.older.iter().chain([&self.newest])
    }

    /// Takes it apart into its journals, the oldest first.
    pub fn into_journals(self) -> impl Iterator<Item = LeftBehind> {
        self.older.into_iter().chain([self.newest])
    }

    /// The changes, in the order in which they were made.
    pub fn changes(&self) -> impl Iterator<Item = &JournalChange> {
        self.journals().flat_map(|left| &left.changes)
    }

    /// What was typed and not committed, over what was typed before; also whether there is some that another version wrote.
    pub fn typed(&self) -> (Typed, bool) {
        let (mut typed, mut is_foreign) = (Typed::default(), false);
        for text in self.journals().filter_map(|left| left.typed.as_deref()) {
            match ron::from_str::<Typed>(text) {
                Ok(newer) => typed = newer.over(typed),
                Err(_) => is_foreign = true,
            }
        }
        (typed, is_foreign)
    }

    /// The version that has what its file held, where that is gone.
    pub fn kept(&self) -> Option<&Path> {
        let JournalBase::File { path, .. } = self.base() else { return None };
        let kept = || self.journals().filter_map(|left| left.kept.as_deref()).filter(|kept| kept.exists()).last();
        if path.exists() { None } else { kept() }
    }

    /// Whether the end came while a save was under way, of which is not known how far it came.
    pub fn is_saving(&self) -> bool {
        self.newest.is_saving
    }

    /// Whether something behind the last change of a journal cannot be read.
    pub fn is_damaged(&self) -> bool {
        self.journals().any(|left| left.is_damaged)
    }

    /// Removes the journals.
    ///
    /// # Errors
    /// What the system says; as much as can be is removed.
    pub fn discard(self) -> io::Result<()> {
        self.into_journals().map(LeftBehind::discard).fold(Ok(()), io::Result::and)
    }

    /// The changes as text, with the records as they were meant to be, and what was typed.
    pub fn as_text(&self, typed: &Typed, timeline: &Timeline) -> String {
        let mut text = String::new();
        for change in self.changes() {
            text.push_str(&change.label);
            text.push('\n');
        }
        for left in self.journals() {
            for change in net(left.changes.iter().map(|change| (&change.edit, &change.inverse))) {
                if let Some(record) = change.after {
                    text.push('\n');
                    text.push_str(&record_to_ron(&record));
                    text.push('\n');
                }
            }
        }
        for (field, typed) in typed.texts(timeline) {
            text.push_str(&format!("\n{field}: {typed}\n"));
        }
        text
    }
}

/// What a change changed, in short and in full: old and new value of each field, in the words in which timelines are compared.
pub(super) fn told(change: &JournalChange, timeline: &Timeline) -> (String, String) {
    let (mut short, mut whole) = (Vec::new(), Vec::new());
    for change in net([(&change.edit, &change.inverse)]).into_iter().take(MOST_RECORDS) {
        let difference = record_difference(timeline, change.before, change.after);
        let lines = field_lines(&difference);
        for field in difference.difference.fields().iter().filter(|_| !lines.is_empty()) {
            if let FieldChange::Value { before, after } = &field.change {
                let words = |said: &Option<Said>| said.as_ref().map_or("nothing".to_owned(), |said| said.words.clone());
                whole.push(format!("{}\nBefore: {}\nAfter: {}", field.label, words(before), words(after)));
            }
        }
        short.extend(lines);
    }
    let short = short.join("; ");
    let whole = if whole.is_empty() { short.clone() } else { whole.join("\n\n") };
    (clipped(&short, MOST_SHORT).to_string(), clipped(&whole, MOST_WHOLE).to_string())
}

fn path_of(base: &JournalBase) -> Option<&Path> {
    match base {
        JournalBase::File { path, .. } => Some(path),
        JournalBase::Untitled | JournalBase::Sample => None,
    }
}
