//! Which element of a new list is which of the old one.
//!
//! Owns the matching alone; what follows from it for a text is `patch`'s.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// Where an element of the new list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The old element at this position, which stays where it is (its content may differ).
    Kept(usize),
    /// The old element at this position, from elsewhere in the list.
    Moved(usize),
    New,
}

/// Comparisons in one gap beyond which only neighbours are tried.
const MOST_TRIES: usize = 10_000;

/// Matches equal elements first, keeps as many as possible in place (the longest run in the old order), then pairs what
/// is left between two kept ones where `similar(old, new)` says that one became the other.
pub(super) fn align<K: Eq + Hash>(old: &[K], new: &[K], similar: impl Fn(usize, usize) -> bool) -> Vec<Origin> {
    let mut places: HashMap<&K, VecDeque<usize>> = HashMap::with_capacity(old.len());
    for (at, key) in old.iter().enumerate() {
        places.entry(key).or_default().push_back(at);
    }
    let matched: Vec<Option<usize>> = new.iter().map(|key| places.get_mut(key)?.pop_front()).collect();
    let left: Vec<usize> = {
        let mut left: Vec<usize> = places.into_values().flatten().collect();
        left.sort_unstable();
        left
    };
    let in_place = longest_rise(&matched);
    let mut origins: Vec<Origin> = matched
        .iter()
        .zip(&in_place)
        .map(|(at, &stays)| match at {
            Some(at) if stays => Origin::Kept(*at),
            Some(at) => Origin::Moved(*at),
            None => Origin::New,
        })
        .collect();
    pair(&mut origins, &left, old.len(), similar);
    origins
}

/// Turns new elements between two kept ones into changed old ones.
fn pair(origins: &mut [Origin], left: &[usize], old_len: usize, similar: impl Fn(usize, usize) -> bool) {
    let mut start = 0;
    let mut from = 0;
    while start <= origins.len() {
        let rest = origins.get(start..).unwrap_or_default();
        let length = rest.iter().position(|origin| matches!(origin, Origin::Kept(_))).unwrap_or(rest.len());
        let end = start + length;
        let to = match origins.get(end) {
            Some(Origin::Kept(at)) => *at,
            _ => old_len,
        };
        let first = left.partition_point(|&at| at < from);
        let last = left.partition_point(|&at| at < to);
        let mut candidates = left.get(first..last).unwrap_or_default();
        let tries = if candidates.len().saturating_mul(length) > MOST_TRIES { 1 } else { usize::MAX };
        for new in start..end {
            let Some(origin) = origins.get_mut(new).filter(|origin| **origin == Origin::New) else { continue };
            if let Some(found) = candidates.iter().take(tries).position(|&at| similar(at, new)) {
                if let Some(&at) = candidates.get(found) {
                    *origin = Origin::Kept(at);
                }
                candidates = candidates.get(found + 1..).unwrap_or_default();
            }
        }
        start = end + 1;
        from = to + 1;
    }
}

/// Marks the longest strictly rising run among the given values, in `n log n`.
fn longest_rise(values: &[Option<usize>]) -> Vec<bool> {
    // For each length, the position of the smallest value that ends a run of that length.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = vec![None; values.len()];
    let value = |at: usize| values.get(at).copied().flatten();
    for (at, current) in values.iter().enumerate() {
        let Some(current) = *current else { continue };
        let length = ends.partition_point(|&end| value(end).is_some_and(|other| other < current));
        if let Some(slot) = previous.get_mut(at) {
            *slot = length.checked_sub(1).and_then(|shorter| ends.get(shorter).copied());
        }
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut is_in_run = vec![false; values.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        if let Some(flag) = is_in_run.get_mut(at) {
            *flag = true;
        }
        next = previous.get(at).copied().flatten();
    }
    is_in_run
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(old: &str, new: &str, expected: &[Origin]) {
        let old: Vec<char> = old.chars().collect();
        let new: Vec<char> = new.chars().collect();
        let similar = |at: usize, to: usize| old[at].eq_ignore_ascii_case(&new[to]);
        assert_eq!(align(&old, &new, similar), expected);
    }

    #[test]
    fn what_stays_in_order_is_kept_and_the_rest_moves() {
        use Origin::{Kept, Moved, New};
        check("abc", "abc", &[Kept(0), Kept(1), Kept(2)]);
        check("abc", "axbc", &[Kept(0), New, Kept(1), Kept(2)]);
        check("abcd", "dabc", &[Moved(3), Kept(0), Kept(1), Kept(2)]);
        check("abc", "ac", &[Kept(0), Kept(2)]);
        check("", "a", &[New]);
    }

    #[test]
    fn a_changed_element_is_paired_within_its_gap_only() {
        use Origin::{Kept, New};
        check("abc", "aBc", &[Kept(0), Kept(1), Kept(2)]);
        check("abc", "Bac", &[New, Kept(0), Kept(2)]);
        check("aa", "aaa", &[Kept(0), Kept(1), New]);
    }
}
