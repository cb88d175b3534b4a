//! The items of lists lined up: which citation, link or capture of one state is which of another.

use std::collections::{HashMap, VecDeque};

use crate::model::{Capture, CheckSetting, Citation, Image, Link};

/// A record inside a record.
pub(super) trait Item: Clone + PartialEq {
    /// What it is known by among its siblings: the source of a citation. Several may have the same.
    fn key(&self) -> String;
}

impl Item for Citation {
    fn key(&self) -> String {
        self.source.to_string()
    }
}

impl Item for Link {
    fn key(&self) -> String {
        format!("{}\n{}", self.to, self.relation.label())
    }
}

impl Item for Capture {
    fn key(&self) -> String {
        self.file.to_string()
    }
}

impl Item for Image {
    fn key(&self) -> String {
        self.file.to_string()
    }
}

impl Item for CheckSetting {
    fn key(&self) -> String {
        self.code.to_string()
    }
}

/// Pairs the items of two lists: first those that are equal, then those with the same key, in order. An item without its
/// like has none beside it. Pairs come in the order of the second list, each gone item where it stood.
pub(super) fn pairs<'a, T: Item>(before: &'a [T], after: &'a [T]) -> Vec<(Option<&'a T>, Option<&'a T>)> {
    let mut partner: Vec<Option<usize>> = vec![None; after.len()];
    let mut is_taken = vec![false; before.len()];
    // Positions in `before` by key, in order: equal ones are looked for among them first, so that an item that merely moved
    // is not told as changed.
    let mut by_key: HashMap<String, VecDeque<usize>> = HashMap::new();
    before.iter().enumerate().for_each(|(at, item)| by_key.entry(item.key()).or_default().push_back(at));
    for only_equal in [true, false] {
        for (to, item) in after.iter().enumerate() {
            let Some(found) = partner.get_mut(to).filter(|found| found.is_none()) else { continue };
            let Some(candidates) = by_key.get_mut(&item.key()) else { continue };
            let is_like = |&&at: &&usize| !only_equal || before.get(at) == Some(item);
            let Some(&at) = candidates.iter().find(is_like) else { continue };
            candidates.retain(|&other| other != at);
            *found = Some(at);
            if let Some(taken) = is_taken.get_mut(at) {
                *taken = true;
            }
        }
    }
    let mut all = Vec::with_capacity(after.len());
    let mut gone = before.iter().zip(&is_taken).enumerate().filter(|(_, (_, taken))| !**taken).peekable();
    for (item, partner) in after.iter().zip(partner) {
        // Gone items stand before the one that followed them.
        while let Some((_, (item, _))) = gone.next_if(|(at, _)| partner.is_some_and(|partner| *at < partner)) {
            all.push((Some(item), None));
        }
        all.push((partner.and_then(|at| before.get(at)), Some(item)));
    }
    all.extend(gone.map(|(_, (item, _))| (Some(item), None)));
    all
}
