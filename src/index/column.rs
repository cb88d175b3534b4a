//! A column: values in an order, out of which many are taken and into which many are put in one pass, where they lie.
//!
//! Memory that was in use is faster than new one of the same size, so nothing is copied elsewhere.

/// Takes out the values at these positions, which rise, and then puts others in: each before the value that stands at its position in
/// what is left, those of one position in the order in which they come.
pub(super) fn splice<T: Copy>(
    column: &mut Vec<T>,
    gone: &[usize],
    come: impl DoubleEndedIterator<Item = (usize, T)> + ExactSizeIterator,
) {
    // What stays moves to the front, a stretch between two that go at a time.
    let mut kept = gone.first().copied().unwrap_or(column.len());
    for (nth, at) in gone.iter().enumerate() {
        let next = gone.get(nth + 1).copied().unwrap_or(column.len());
        column.copy_within(at + 1..next, kept);
        kept += next - at - 1;
    }
    column.truncate(kept);
    // Then it moves to the end, from the last on, and leaves a place for each that comes.
    let (mut end, mut open) = (column.len(), come.len());
    if open == 0 {
        return;
    }
    let room = column.len() + open;
    if column.capacity() < room {
        column.reserve_exact(super::with_spare(room) - column.len());
    }
    let Some(filler) = column.last().copied() else {
        column.extend(come.map(|(_, value)| value));
        return;
    };
    column.resize(room, filler);
    for (at, value) in come.rev() {
        column.copy_within(at..end, at + open);
        open -= 1;
        if let Some(place) = column.get_mut(at + open) {
            *place = value;
        }
        end = at;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn many_go_and_come_as_one_after_another(
            mut column in prop::collection::vec(0_u32..100, 0..60),
            gone in prop::collection::btree_set(0_usize..60, 0..30),
            come in prop::collection::vec((0_usize..60, 100_u32..200), 0..30),
        ) {
            let gone: Vec<usize> = gone.into_iter().filter(|at| *at < column.len()).collect();
            let left = column.len() - gone.len();
            let mut come: Vec<(usize, u32)> = come.into_iter().map(|(at, value)| (at.min(left), value)).collect();
            come.sort_by_key(|(at, _)| *at);
            let mut expected = column.clone();
            for at in gone.iter().rev() {
                expected.remove(*at);
            }
            (0..).zip(&come).for_each(|(nth, (at, value))| expected.insert(at + nth, *value));
            splice(&mut column, &gone, come.into_iter());
            prop_assert_eq!(column, expected);
        }
    }
}
