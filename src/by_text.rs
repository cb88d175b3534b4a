//! A hash table by text, for passes over very many records that say the same things.
//!
//! Texts that records of a file have in common are read once and shared, and names of terms stand in the program. Such a text is
//! known by its address, without a look at its letters: a small cache in front of the table remembers where those asked for last lie.

use rustc_hash::FxHashMap;

/// Texts whose addresses are remembered: some more than most fields have values, and small enough to stay at hand.
const RECENT: usize = 512;

/// A value for each text that was asked for. The texts outlive the table, so none comes to lie where another lay.
pub(crate) struct ByText<'t, T> {
    known: FxHashMap<&'t str, u32>,
    values: Vec<T>,
    /// Address and length of texts, with the place of their values, by a hash of the address. A direct-mapped cache: what falls on the
    /// same entry takes its place.
    recent: Vec<(usize, usize, u32)>,
}

impl<T> Default for ByText<'_, T> {
    fn default() -> Self {
        // No text lies at address 0.
        Self { known: FxHashMap::default(), values: Vec::new(), recent: vec![(0, 0, 0); RECENT] }
    }
}

impl<'t, T> ByText<'t, T> {
    /// The value of a text, which is made where the text was not asked for before.
    pub fn get(&mut self, text: &'t str, make: impl FnOnce() -> T) -> Option<&T> {
        let (address, length) = (text.as_ptr().addr(), text.len());
        // Texts of their own lie sixteen bytes apart or more; names in the program lie closer.
        let recent = self.recent.get_mut((address >> 4 ^ address) % RECENT)?;
        if (recent.0, recent.1) != (address, length) {
            let place = *self.known.entry(text).or_insert_with(|| {
                self.values.push(make());
                (self.values.len() - 1) as u32
            });
            *recent = (address, length, place);
        }
        self.values.get(recent.2 as usize)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_text_has_the_value_that_was_made_for_it_first(texts in prop::collection::vec("[ab]{0,3}", 0..2_000)) {
            let mut table = ByText::default();
            let mut made = 0;
            let mut known: Vec<(&str, usize)> = Vec::new();
            for text in &texts {
                let value = table.get(text.as_str(), || {
                    made += 1;
                    made
                });
                let value = value.copied().unwrap();
                match known.iter().find(|(other, _)| other == text) {
                    Some((_, expected)) => prop_assert_eq!(value, *expected),
                    None => known.push((text, value)),
                }
            }
            prop_assert_eq!(made, known.len());
        }
    }
}
