//! The natural order of names: numbers in them are compared as numbers, so that "ch 2" stands before "ch 10".

use super::fold;
use super::keys::push_natural;

/// What a name is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NaturalKey(Vec<u8>);

impl NaturalKey {
    /// The key of a name, folded as questions fold it.
    ///
    /// ```
    /// # use annalist::query::NaturalKey;
    /// let mut names = ["ch 10", "Ch 2", "ch 1"];
    /// names.sort_by_cached_key(|name| NaturalKey::of(name));
    /// assert_eq!(names, ["ch 1", "Ch 2", "ch 10"]);
    /// ```
    pub fn of(name: &str) -> Self {
        let mut key = Vec::with_capacity(name.len());
        push_natural(&mut key, &fold(name));
        Self(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_in_their_order() {
        let sorted = [
            "",
            "7",
            "007 b",
            "10",
            "a",
            "ch 1",
            "ch 01a",
            "CH 2",
            "ch 2 b",
            "ch 10",
            "ch 99999999999999999999",
            "ch 100000000000000000000",
            "ch a",
            "д 2",
            "д 10",
        ];
        for (at, one) in sorted.iter().enumerate() {
            for (other_at, other) in sorted.iter().enumerate() {
                let order = NaturalKey::of(one).cmp(&NaturalKey::of(other));
                assert_eq!(order, at.cmp(&other_at), "{one:?} and {other:?}");
            }
        }
        assert_eq!(NaturalKey::of("ch 01"), NaturalKey::of("Ch 1"));
    }
}
