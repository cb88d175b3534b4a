//! Keys that events are sorted by: a rank for each, or bytes that compare as what they stand for.
//!
//! ```text
//!   ranks    3 0 – 1 0 …                      counted, then put: stable, and no two events are compared
//!   bytes    "duma ratifies" "signing" …      compared 16 bytes at a time, as one number
//! ```
//!
//! Events with equal keys keep their order, and those without a key come last, whichever way the others are sorted.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::ahead;

/// The rank of what has no key.
pub(super) const NONE: u32 = u32::MAX;

/// Bytes that are compared at a time.
const WIDTH: usize = size_of::<u128>();

/// The positions of events by a rank for each, of so many ranks.
pub(super) fn by_ranks(ranks: &[u32], count: usize, descending: bool) -> Vec<u32> {
    let bucket = |rank: u32| match rank as usize {
        rank if rank >= count => count,
        rank if descending => count - 1 - rank,
        rank => rank,
    };
    // A counting sort: where the events of each rank begin follows from how many stand before them.
    let mut starts = vec![0_u32; count + 2];
    for rank in ranks {
        if let Some(next) = starts.get_mut(bucket(*rank) + 1) {
            *next += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut order = vec![0_u32; ranks.len()];
    for (at, rank) in (0..).zip(ranks) {
        let Some(start) = starts.get_mut(bucket(*rank)) else { continue };
        if let Some(place) = order.get_mut(*start as usize) {
            *place = at;
        }
        *start += 1;
    }
    order
}

/// The dense ranks of keys, each with what it is of, and how many different ones there are.
pub(super) fn dense<K: Ord + Send>(mut keys: Vec<(K, u32)>, of: usize) -> (Vec<u32>, usize) {
    keys.par_sort_unstable();
    let (mut ranks, mut count) = (vec![NONE; of], 0_usize);
    for same in keys.chunk_by(|(a, _), (b, _)| a == b) {
        for (_, at) in same {
            if let Some(rank) = ranks.get_mut(*at as usize) {
                *rank = u32::try_from(count).unwrap_or(NONE - 1);
            }
        }
        count += 1;
    }
    (ranks, count)
}

/// An event among those that are sorted by bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Item {
    /// The next bytes of its key, as a number.
    part: u128,
    at: u32,
    /// Whether its key is greater than that of the event before it.
    is_first: bool,
}

impl Ord for Item {
    fn cmp(&self, other: &Self) -> Ordering {
        self.part.cmp(&other.part).then(self.at.cmp(&other.at))
    }
}

impl PartialOrd for Item {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The positions of events by the bytes of each; an event of no bytes has no key.
///
/// Most significant digits first, with digits of 16 bytes (a multikey quicksort over a super-alphabet, as string sorting has
/// it: Bentley and Sedgewick 1997, Rantala's caching of keys): only runs whose keys agree so far look at the bytes behind.
pub(super) fn by_bytes(keys: &[&[u8]], descending: bool) -> Vec<u32> {
    let item = |(at, key): (usize, &&[u8])| Item { part: part(key, 0), at: at as u32, is_first: false };
    let mut items: Vec<Item> = keys.par_iter().enumerate().filter(|(_, key)| !key.is_empty()).map(item).collect();
    items.par_sort_unstable();
    items.par_chunk_by_mut(|a, b| a.part == b.part).for_each(|run| sort_run(run, keys, WIDTH));
    let mut order = Vec::with_capacity(keys.len());
    let same = items.chunk_by(|_, next| !next.is_first);
    if descending {
        same.rev().for_each(|same| order.extend(same.iter().map(|item| item.at)));
    } else {
        same.for_each(|same| order.extend(same.iter().map(|item| item.at)));
    }
    order.extend((0..).zip(keys).filter(|(_, key)| key.is_empty()).map(|(at, _): (u32, _)| at));
    order
}

/// Sorts items whose keys agree up to a depth, and marks the first of each key.
fn sort_run(run: &mut [Item], keys: &[&[u8]], depth: usize) {
    if let Some(first) = run.first_mut() {
        first.is_first = true;
    }
    let key = |at: u32| keys.get(at as usize).copied().unwrap_or_default();
    if run.len() < 2 || run.iter().all(|item| key(item.at).len() <= depth) {
        return;
    }
    // Keys lie anywhere in memory: a few are fetched at once.
    for some in run.chunks_mut(ahead::AT_ONCE) {
        ahead::read(some, |item| key(item.at).get(depth).map_or(0, |byte| usize::from(*byte)));
        for item in some {
            item.part = part(key(item.at), depth);
            item.is_first = false;
        }
    }
    run.sort_unstable();
    run.chunk_by_mut(|a, b| a.part == b.part).for_each(|run| sort_run(run, keys, depth + WIDTH));
}

/// The bytes of a key from a depth on, as many as are compared at a time. What has ended comes before what goes on.
fn part(key: &[u8], depth: usize) -> u128 {
    let rest = key.get(depth..).unwrap_or_default();
    if let Some(whole) = rest.first_chunk() {
        return u128::from_be_bytes(*whole);
    }
    let mut padded = [0_u8; WIDTH];
    padded.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
    u128::from_be_bytes(padded)
}

/// Adds the key of a text, which is folded or in ASCII, in which numbers count as such: "ch 2" comes before "ch 10".
///
/// Each run of digits is written as one digit (where it stands among letters), its length without leading noughts, and its
/// digits: a longer number is a greater one.
pub(super) fn push_natural(to: &mut Vec<u8>, text: &str) {
    let mut rest = text.as_bytes();
    while let Some(byte) = rest.first() {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (own, behind) = rest.split_at_checked(digits.max(1)).unwrap_or((rest, &[]));
        if digits == 0 {
            to.push(byte.to_ascii_lowercase());
        } else {
            let noughts = own.iter().take_while(|byte| **byte == b'0').count();
            let significant = own.get(noughts..).unwrap_or_default();
            to.push(b'0');
            // No one writes numbers of more digits; of two that do, the digits decide.
            to.push(u8::try_from(significant.len()).unwrap_or(u8::MAX));
            to.extend_from_slice(significant);
        }
        rest = behind;
    }
}

/// The number that a text is, as people write numbers: with a sign, with groups of three digits set apart by blanks or
/// commas, with a point or a comma before decimals. None where it is none.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    // Nearly all are plain. No text has so many digits that they are no number.
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => (-1.0, digits.trim_start()),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    let is_blank = |letter: char| matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’');
    let grouped = |text: &str, is_gap: &dyn Fn(char) -> bool| {
        let mut groups = text.split(is_gap);
        let all_digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
        let first =
            groups.next().is_some_and(|group| all_digits(group) && (!text.contains(is_gap) || group.len() <= 3));
        first && groups.all(|group| all_digits(group) && group.len() == 3)
    };
    let (whole, decimals) = match digits.split_once('.') {
        Some((whole, decimals)) => (whole, decimals),
        // "1,234" is written for 1234 and "1,5" for one and a half.
        None if grouped(digits, &|letter| letter == ',') => (digits, ""),
        None => digits.split_once(',').unwrap_or((digits, "")),
    };
    let is_whole = grouped(whole, &is_blank) || grouped(whole, &|letter| letter == ',');
    if !is_whole || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let plain: String = whole.chars().filter(char::is_ascii_digit).collect();
    format!("{plain}.{decimals}0").parse::<f64>().ok().map(|number| sign * number)
}

/// Bytes that compare as a number does.
pub(super) fn bytes_of(number: f64) -> [u8; 8] {
    // The bits of a positive number grow with it; those of a negative one shrink (IEEE 754, total order).
    let bits = number.to_bits();
    let turned = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    turned.to_be_bytes()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn expected(keys: &[Vec<u8>], descending: bool) -> Vec<u32> {
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&keys[*a as usize], &keys[*b as usize]);
            let compared = if descending { b.cmp(a) } else { a.cmp(b) };
            a.is_empty().cmp(&b.is_empty()).then(compared)
        });
        order
    }

    proptest! {
        #[test]
        fn bytes_and_ranks_sort_as_a_stable_sort_does(
            stems in proptest::collection::vec("[ab]{0,40}", 1..6), picks in proptest::collection::vec((0..6_usize, "[ab]{0,3}"), 0..120),
            descending: bool,
        ) {
            let keys: Vec<Vec<u8>> =
                picks.iter().map(|(stem, end)| (stems[stem % stems.len()].clone() + end).into_bytes()).collect();
            let wanted = expected(&keys, descending);
            let bytes: Vec<&[u8]> = keys.iter().map(Vec::as_slice).collect();
            prop_assert_eq!(by_bytes(&bytes, descending), wanted.clone());
            let ranked = (0..).zip(&keys).filter(|(_, key)| !key.is_empty()).map(|(at, key): (u32, _)| (key.clone(), at));
            let (ranks, count) = dense(ranked.collect(), keys.len());
            prop_assert_eq!(by_ranks(&ranks, count, descending), wanted);
        }

        #[test]
        fn bytes_of_numbers_compare_as_numbers(a in -1e12_f64..1e12, b in -1e12_f64..1e12) {
            prop_assert_eq!(bytes_of(a).cmp(&bytes_of(b)), a.total_cmp(&b));
        }
    }

    #[test]
    fn numbers_in_a_text_count_as_such() {
        let sorted = ["2", "9a", "10", "ch", "ch 2", "ch 02b", "ch 10", "ch 10.9", "ch 10.10", "chapter"];
        let natural = |text: &str| {
            let mut key = Vec::new();
            push_natural(&mut key, text);
            key
        };
        assert!(sorted.is_sorted_by_key(|text| natural(text)), "{sorted:?}");
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, wanted) in [
            ("14", Some(14.0)),
            (" 007 ", Some(7.0)),
            ("-3", Some(-3.0)),
            ("−3.25", Some(-3.25)),
            ("+8", Some(8.0)),
            ("1,234", Some(1234.0)),
            ("1 234 567", Some(1_234_567.0)),
            ("1\u{a0}234,5", Some(1234.5)),
            ("1,5", Some(1.5)),
            ("1,234.5", Some(1234.5)),
            ("12,34,56", None),
            ("1.2.3", None),
            ("ch 2", None),
            ("about 5", None),
            ("", None),
            ("-", None),
            (".5", None),
        ] {
            assert_eq!(number(text), wanted, "{text}");
        }
    }
}
