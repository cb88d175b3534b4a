//! Which sources may be the same, in groups. What counts as the same is `model`'s.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, Hash as _, Hasher as _};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::model::{SameSource, Source, Text, Timeline, same_page_key};

/// Remembers what was read of addresses, since reading one costs more than everything else here.
#[derive(Debug, Default)]
pub struct Duplicates {
    pages: FxHashMap<Text, Option<u64>>,
}

impl Duplicates {
    /// The positions of sources that may be the same, in groups of two or more, each in the order of the file.
    pub fn groups(&mut self, timeline: &Timeline) -> Vec<Vec<usize>> {
        let sources = timeline.sources();
        let mut leaders: Vec<usize> = (0..sources.len()).collect();
        // What may be the same shares a bucket; whether it is, `model` says.
        let mut buckets: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
        for (at, source) in sources.iter().enumerate() {
            for bucket in [self.page(source), title(source)].into_iter().flatten() {
                let bucket = buckets.entry(bucket).or_default();
                let is_same =
                    |other: &&usize| sources.get(**other).is_some_and(|other| SameSource::of(other, source).is_some());
                match bucket.iter().find(is_same) {
                    Some(other) => join(&mut leaders, at, *other),
                    None => bucket.push(at),
                }
            }
        }
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..leaders.len() {
            groups.entry(leader(&mut leaders, at)).or_default().push(at);
        }
        groups.into_values().filter(|group| group.len() > 1).collect()
    }

    fn page(&mut self, source: &Source) -> Option<u64> {
        let url = source.url.as_ref()?;
        if let Some(known) = self.pages.get(url) {
            return *known;
        }
        let page = Some(
            same_page_key(url).map_or_else(|| FxBuildHasher.hash_one(&**url), |key| FxBuildHasher.hash_one(&*key)),
        );
        self.pages.insert(url.clone(), page);
        page
    }
}

/// The bucket of a source's title and date, where it has both.
fn title(source: &Source) -> Option<u64> {
    let mut hasher = FxBuildHasher.build_hasher();
    source.published.as_ref()?.as_str().hash(&mut hasher);
    for word in source.title.split_whitespace() {
        word.chars().flat_map(char::to_lowercase).for_each(|letter| hasher.write_u32(u32::from(letter)));
    }
    Some(hasher.finish())
}

/// Puts two into one group, which the earlier leads.
fn join(leaders: &mut [usize], a: usize, b: usize) {
    let (a, b) = (leader(leaders, a), leader(leaders, b));
    if let Some(led) = leaders.get_mut(a.max(b)) {
        *led = a.min(b);
    }
}

/// The first of the group that this one is in; on the way, shortens the way for the next.
fn leader(leaders: &mut [usize], mut at: usize) -> usize {
    while let Some(next) = leaders.get(at).copied().filter(|next| *next != at) {
        let beyond = leaders.get(next).copied().unwrap_or(next);
        if let Some(shortened) = leaders.get_mut(at) {
            *shortened = beyond;
        }
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Date;

    #[test]
    fn sources_of_one_page_or_of_one_title_and_date_are_one_group() {
        let source = |id: &str, title: &str, url: &str, published: &str| {
            let mut source = Source::new(id, title);
            source.url = (!url.is_empty()).then(|| url.into());
            source.published = Date::parse(published).ok();
            source
        };
        let mut elsewhere = source("h", "Duma ratifies", "", "2024-11-06");
        elsewhere.publisher = Some("One".into());
        let mut other = source("i", "Duma ratifies", "", "2024-11-06");
        other.publisher = Some("Other".into());
        let sources = vec![
            source("a", "Duma ratifies", "https://example.org/1", "2024-10-24"),
            source("b", "Another", "", "2024-10-24"),
            source("c", "Seen on the page", "http://www.example.org/1/#top", ""),
            source("d", "duma  Ratifies", "", "2024-10-24"),
            source("e", "Duma ratifies", "", "2024-10"),
            source("f", "Duma ratifies", "", ""),
            source("g", "Duma ratifies", "", ""),
            elsewhere,
            other,
        ];
        let header = Timeline::empty("t").header().clone();
        let timeline = Timeline::from_records(header, Vec::new(), sources, Vec::new(), Vec::new(), Vec::new());
        let mut duplicates = Duplicates::default();
        for _ in 0..2 {
            assert_eq!(duplicates.groups(&timeline), [vec![0, 2, 3]]);
        }
    }
}
