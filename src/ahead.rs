//! Prefetching: many things that lie anywhere in memory are read a little before the first of them is worked on.
//!
//! To work through a million events in any other order than that of the file is to wait for memory at each, and again for its
//! title, its note and its citations: one wait after the other, which takes more time than most work does. Reads that do not
//! depend on each other wait side by side. What was read is near afterwards.

use std::hint::black_box;

/// How many things are read at once: more than a core can wait for side by side, and all that is read of them has room
/// in the cache next to it.
pub(crate) const AT_ONCE: usize = 32;

/// Reads a little of each. What lies behind what was read is for another call: it cannot be waited for before that is there.
pub(crate) fn read<T>(all: &[T], little: impl Fn(&T) -> usize) {
    // If nobody asked for the sum, nothing would be read.
    black_box(all.iter().map(little).fold(0, usize::wrapping_add));
}

/// The same things in the same order, each part of them read before it is handed out.
pub(crate) fn in_parts<T>(all: &[T], read: impl Fn(&[T])) -> impl Iterator<Item = &T> {
    all.chunks(AT_ONCE).flat_map(move |part| {
        read(part);
        part
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_ahead_is_handed_out_whole_and_in_order() {
        for count in [0, 1, AT_ONCE - 1, AT_ONCE, 3 * AT_ONCE + 1] {
            let all: Vec<usize> = (0..count).collect();
            assert_eq!(in_parts(&all, |part| read(part, |at| *at)).copied().collect::<Vec<_>>(), all);
        }
    }
}
