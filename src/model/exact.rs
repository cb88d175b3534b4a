//! Lists that are read with no more room than they fill: a million records hold several lists each, most of them with one or
//! two in it, and the room that a growing list keeps is a fifth of what a large file takes.

use std::fmt;
use std::marker::PhantomData;

use arrayvec::ArrayVec;
use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use thin_vec::ThinVec;

/// Up to this many are put aside until it is known how many they are.
const FEW: usize = 8;

/// Reads a list.
pub(super) fn list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<ThinVec<T>, D::Error> {
    list_of::<T, T, D>(deserializer)
}

/// Reads a list of one type as one of another.
pub(super) fn list_of<'de, R, T, D>(deserializer: D) -> Result<ThinVec<T>, D::Error>
where
    R: Deserialize<'de> + Into<T>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_seq(ListVisitor::<R, T>(PhantomData))
}

struct ListVisitor<R, T>(PhantomData<fn(R) -> T>);

impl<'de, R: Deserialize<'de> + Into<T>, T> Visitor<'de> for ListVisitor<R, T> {
    type Value = ThinVec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<ThinVec<T>, A::Error> {
        let mut few: ArrayVec<T, FEW> = ArrayVec::new();
        while few.remaining_capacity() > 0 {
            match items.next_element::<R>()? {
                Some(item) => few.push(item.into()),
                None => return Ok(moved(few)),
            }
        }
        let mut many: Vec<T> = few.into_iter().collect();
        while let Some(item) = items.next_element::<R>()? {
            many.push(item.into());
        }
        Ok(moved(many))
    }
}

fn moved<T>(items: impl IntoIterator<Item = T, IntoIter: ExactSizeIterator>) -> ThinVec<T> {
    let items = items.into_iter();
    let mut list = ThinVec::with_capacity(items.len());
    list.extend(items);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_has_as_much_room_as_it_fills() {
        for length in [0, 1, FEW - 1, FEW, FEW + 1, 3 * FEW] {
            let numbers: Vec<usize> = (0..length).collect();
            let text = ron::to_string(&numbers).unwrap();
            let read: ThinVec<usize> = list(&mut ron::Deserializer::from_str(&text).unwrap()).unwrap();
            assert_eq!(read, numbers);
            assert_eq!(read.capacity(), length);
        }
        let cut = list::<usize, _>(&mut ron::Deserializer::from_str("[1, x]").unwrap());
        assert!(cut.is_err());
    }
}
