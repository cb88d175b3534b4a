//! Stretches in which nothing happens, certainly or perhaps. Linear in occurrences once these are sorted.

use super::occurrence::{Occurrence, Occurrences};
use crate::time::Instant;

/// What is known as finely as this share of all time, or to the day, stands where it stands; only what is vaguer may leave a part
/// of its stretch empty.
const CORE_SHARE: i64 = 500;

/// From when to when.
type Stretch = (i64, i64);

/// What is certainly empty within `extent`, and what is perhaps; each at least so long.
pub(super) fn gaps(all: &Occurrences, extent: Stretch, least: i64) -> (Vec<Stretch>, Vec<Stretch>) {
    let empty: Vec<Stretch> = between(all.blocks.iter().copied(), extent).filter(|gap| is_long(gap, least)).collect();
    let core = Instant::DAY.max((extent.1 - extent.0) / CORE_SHARE);
    let is_core = |it: &&Occurrence| it.width() <= core;
    let cores = all.once.iter().filter(is_core).map(|it| (it.from, it.to));
    let vague: Vec<Occurrence> = all.once.iter().filter(|it| !is_core(it)).copied().collect();
    let mut perhaps = Vec::new();
    for stretch in between(cores, extent).filter(|gap| is_long(gap, least)) {
        perhaps_empty(&vague, stretch, least, &mut perhaps);
    }
    // What is certain is not also said to be perhaps so.
    perhaps.retain(|gap| !empty.contains(gap));
    (empty, perhaps)
}

const fn is_long(gap: &Stretch, least: i64) -> bool {
    gap.1 - gap.0 >= least
}

/// What lies between stretches that come by their starts, within an extent.
fn between(stretches: impl Iterator<Item = Stretch>, extent: Stretch) -> impl Iterator<Item = Stretch> {
    // Up to where everything is taken; behind the last there is one more that takes the end.
    let mut taken = extent.0;
    stretches.chain([(extent.1, extent.1)]).filter_map(move |(from, to)| {
        let gap = (taken, from.min(extent.1));
        taken = taken.max(to);
        (gap.0 < gap.1).then_some(gap)
    })
}

/// The longest stretches within one between cores of which none has to hold any of `vague`, which come by their starts.
///
/// ```text
///   stretch   |---------------------------------|
///   vague          [--- a ---]   [-- b --]             each lies once, somewhere in its brackets
///   found     |--------------)                         all lie behind: up to the last day of a
///                  (------------------------)          a lies before: from behind its first day to the last of b
///                                 (-------------|      b lies before too
/// ```
///
/// A stretch holds none for certain if of each it leaves out a day, before or behind. So the candidates begin where the
/// stretch does or behind the first day of some of them, and end before the last day of the first that begins no earlier.
fn perhaps_empty(vague: &[Occurrence], (start, end): Stretch, least: i64, found: &mut Vec<Stretch>) {
    let begun = vague.partition_point(|it| it.from < start);
    let within = vague.get(begun..).unwrap_or_default();
    let within = within.iter().take_while(|it| it.from < end).filter(|it| it.to <= end);
    let held: Vec<Occurrence> = within.copied().collect();
    // For each the earliest last day of it and of all that begin later.
    let mut earliest = vec![end; held.len() + 1];
    for (at, it) in held.iter().enumerate().rev() {
        let next = earliest.get(at + 1).copied().unwrap_or(end);
        if let Some(own) = earliest.get_mut(at) {
            *own = next.min(it.to - Instant::DAY);
        }
    }
    let mut last_end = i64::MIN;
    let mut at = 0;
    let mut from = start;
    loop {
        let to = earliest.get(at).copied().unwrap_or(end);
        // One that ends no later than the one before lies in it.
        if to > last_end && to - from >= least {
            found.push((from, to));
        }
        last_end = last_end.max(to);
        let Some(next) = held.get(at) else { break };
        from = next.from + Instant::DAY;
        while held.get(at).is_some_and(|it| it.from + Instant::DAY <= from) {
            at += 1;
        }
    }
}
