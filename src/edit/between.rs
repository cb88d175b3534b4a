//! The edit between two states of a timeline: what makes one the other, as one step.

use std::collections::HashMap;

use super::Edit;
use crate::model::{Event, Key, Record, Timeline};

/// The edit that makes a timeline equal to another: records, their order and the header. An empty batch where it is already.
///
/// ```
/// use annalist::edit::{apply, between};
/// let read = |text: &str| annalist::store::read(text.to_owned()).timeline;
/// let mut now = read(r#"Timeline(format: 1, title: "T", events: [Event(id: "a", title: "A", date: "2024-10")])"#);
/// let earlier = read(r#"Timeline(format: 1, title: "T", events: [Event(id: "b", title: "B", date: "2023")])"#);
/// let edit = between(&now, &earlier);
/// apply(&mut now, &edit).unwrap();
/// assert_eq!(now, earlier);
/// ```
pub fn between(now: &Timeline, wanted: &Timeline) -> Edit {
    let mut edits = Vec::new();
    if now.header() != wanted.header() {
        edits.push(Edit::put(Record::Header(wanted.header().clone())));
    }
    list(&mut edits, now.lanes(), wanted.lanes(), |lane| Key::Lane(lane.id.clone()), |lane| Record::Lane(lane.clone()));
    let record = |source: &_| Record::Source(Box::new(Clone::clone(source)));
    list(&mut edits, now.sources(), wanted.sources(), |source| Key::Source(source.id.clone()), record);
    let record = |event: &Event| Record::Event(event.clone().into());
    list(&mut edits, now.events(), wanted.events(), |event| Key::Event(event.id.clone()), record);
    list(&mut edits, now.eras(), wanted.eras(), |era| Key::Era(era.id.clone()), |era| Record::Era(era.clone()));
    list(&mut edits, now.views(), wanted.views(), |view| Key::View(view.id.clone()), |view| Record::View(view.clone()));
    Edit::Batch(edits)
}

/// The edits that make one list of records another.
///
/// Records that are in both and in the same order stay where they are: a longest such row of them. All others of the present
/// list are taken out. Then the wanted list is gone through from its start: what stays is changed in place where it differs,
/// and what does not is put at its position. Before each step all positions before it are right, so that position is the
/// wanted one.
fn list<'r, T: PartialEq + 'r>(
    edits: &mut Vec<Edit>,
    now: impl IntoIterator<Item = &'r T>,
    wanted: impl IntoIterator<Item = &'r T>,
    key: impl Fn(&T) -> Key,
    record: impl Fn(&T) -> Record,
) {
    let now: Vec<&T> = now.into_iter().collect();
    let wanted: Vec<&T> = wanted.into_iter().collect();
    let places: HashMap<Key, usize> = now.iter().enumerate().map(|(at, item)| (key(item), at)).collect();
    let place: Vec<Option<usize>> = wanted.iter().map(|item| places.get(&key(item)).copied()).collect();
    let mut stays = vec![false; now.len()];
    for at in longest_increasing(&place) {
        if let Some(stays) = stays.get_mut(at) {
            *stays = true;
        }
    }
    let gone = now.iter().zip(&stays).filter(|(_, stays)| !**stays);
    edits.extend(gone.map(|(item, _)| Edit::Remove(key(item))));
    for (at, (item, place)) in wanted.iter().zip(place).enumerate() {
        let staying = place.filter(|place| stays.get(*place) == Some(&true)).and_then(|place| now.get(place));
        match staying {
            Some(same) if std::ptr::eq(*same, *item) || same == item => {}
            Some(_) => edits.push(Edit::put(record(item))),
            None => edits.push(Edit::Put { record: record(item), replaces: None, at: Some(at) }),
        }
    }
}

/// A longest increasing subsequence of the numbers that are given, by patience sorting: `ends` has for each length the number
/// that ends the best row of that length, and each number remembers the one before it (Fredman, "On computing the length of
/// longest increasing subsequences", 1975).
fn longest_increasing(numbers: &[Option<usize>]) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut before: HashMap<usize, usize> = HashMap::new();
    for &number in numbers.iter().flatten() {
        let length = ends.partition_point(|end| *end < number);
        if let Some(&last) = length.checked_sub(1).and_then(|at| ends.get(at)) {
            before.insert(number, last);
        }
        match ends.get_mut(length) {
            Some(end) => *end = number,
            None => ends.push(number),
        }
    }
    let mut row: Vec<usize> = std::iter::successors(ends.last().copied(), |at| before.get(at).copied()).collect();
    row.reverse();
    row
}
