//! Imported sources into a timeline, as one edit: new ones are added, those that are there are left or filled.

use std::collections::{HashMap, HashSet};

use super::Problem;
use super::labelled::Field;
use crate::diagnostic::Severity;
use crate::edit::Edit;
use crate::model::{Source, SourceKind, Timeline, same_page_key};

/// What becomes of imported sources.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// All of it; applies to the timeline it was made for.
    pub edit: Edit,
    /// The ids of the sources it adds, as they are in the timeline.
    pub added: Vec<String>,
    /// The sources that were there already.
    pub matched: Vec<Matched>,
    /// What could not be carried over. Their lines are 0: they are about the timeline, not about a line.
    pub problems: Vec<Problem>,
}

/// An imported source that the timeline has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Its id in the imported file.
    pub imported: String,
    /// The id of the source that is there.
    pub id: String,
    /// Names of the fields that were filled; none where nothing was, or nothing was to be.
    pub filled: Vec<&'static str>,
}

/// Works out how sources come into a timeline. One that is there already, because it has the same address, or the same
/// title and date of publication, is left as it is; `fill` fills its empty fields. Ids that are taken get a number, and
/// origins follow.
pub fn merge(timeline: &Timeline, sources: &[Source], fill: bool) -> Merged {
    let mut known = Known::new(timeline);
    let mut ids: HashMap<&str, String> = HashMap::new();
    let mut matches: Vec<Option<String>> = Vec::new();
    for source in sources {
        let found = known.find(source);
        let id = found.clone().unwrap_or_else(|| known.fresh(&source.id));
        known.add(source, &id);
        ids.insert(&source.id, id);
        matches.push(found);
    }

    let mut merged = Merged { edit: Edit::Batch(vec![]), added: vec![], matched: vec![], problems: vec![] };
    // What each source shall be; several imported ones may fill the same.
    let mut changed: Vec<Source> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (source, found) in sources.iter().zip(matches) {
        let mut source = source.clone();
        follow_origin(&mut source, timeline, &ids, &mut merged.problems);
        let Some(id) = found else {
            source.id = ids.get(&*source.id).map(String::as_str).unwrap_or_default().into();
            merged.added.push(source.id.to_string());
            places.insert(source.id.to_string(), changed.len());
            changed.push(source);
            continue;
        };
        let mut filled = Vec::new();
        if fill {
            let at = places.get(&id).copied().or_else(|| {
                changed.push(timeline.source(&id)?.clone());
                Some(changed.len() - 1)
            });
            places.extend(at.map(|at| (id.clone(), at)));
            if let Some(target) = at.and_then(|at| changed.get_mut(at)) {
                filled = fill_empty(target, &source);
            }
        }
        merged.matched.push(Matched { imported: source.id.to_string(), id, filled });
    }
    let is_new = |source: &&Source| timeline.source(&source.id) != Some(source);
    merged.edit = Edit::Batch(changed.iter().filter(is_new).cloned().map(Edit::put_source).collect());
    merged
}

/// The sources there are, by what tells them apart.
#[derive(Default)]
struct Known {
    ids: HashSet<String>,
    by_page: HashMap<String, String>,
    with_page: HashSet<String>,
    by_title: HashMap<(String, String), String>,
}

impl Known {
    fn new(timeline: &Timeline) -> Self {
        let mut known = Self::default();
        for source in timeline.sources() {
            known.add(source, &source.id);
        }
        known
    }

    fn add(&mut self, source: &Source, id: &str) {
        self.ids.insert(id.to_owned());
        if let Some(page) = page(source) {
            self.by_page.entry(page).or_insert_with(|| id.to_owned());
            self.with_page.insert(id.to_owned());
        }
        self.by_title.entry(title(source)).or_insert_with(|| id.to_owned());
    }

    /// The source that is the same. Two addresses tell two sources apart, whatever their titles.
    fn find(&self, source: &Source) -> Option<String> {
        let page = page(source);
        if let Some(id) = page.as_ref().and_then(|page| self.by_page.get(page)) {
            return Some(id.clone());
        }
        let id = self.by_title.get(&title(source))?;
        let has_other_page = page.is_some() && self.with_page.contains(id);
        (!has_other_page).then(|| id.clone())
    }

    fn fresh(&self, id: &str) -> String {
        let taken = |id: &str| self.ids.contains(id);
        if !taken(id) {
            return id.to_owned();
        }
        (2_u64..).map(|number| format!("{id}-{number}")).find(|id| !taken(id)).unwrap_or_default()
    }
}

fn page(source: &Source) -> Option<String> {
    source.url.as_deref().and_then(same_page_key)
}

fn title(source: &Source) -> (String, String) {
    let words: Vec<String> = source.title.split_whitespace().map(str::to_lowercase).collect();
    (words.join(" "), source.published.as_ref().map(ToString::to_string).unwrap_or_default())
}

/// The origin under the id it has in the timeline; one that is nowhere goes to the note.
fn follow_origin(source: &mut Source, timeline: &Timeline, ids: &HashMap<&str, String>, problems: &mut Vec<Problem>) {
    let Some(origin) = source.origin.take() else { return };
    if let Some(id) = ids.get(&*origin) {
        source.origin = Some(id.as_str().into());
    } else if timeline.source(&origin).is_some() {
        source.origin = Some(origin);
    } else {
        let line = format!("Origin: {origin}");
        let note = source.note.as_deref().map_or_else(|| line.clone(), |note| format!("{note}\n{line}"));
        source.note = Some(note.as_str().into());
        let message =
            format!("its origin \"{origin}\" is neither in the file nor in the timeline; it is named in the note");
        problems.push(Problem::new(Severity::Warning, "unknown-origin", 0, message).of(&source.id));
    }
}

/// Fills what is empty; the names of what was filled.
fn fill_empty(target: &mut Source, from: &Source) -> Vec<&'static str> {
    let mut filled = Vec::new();
    for field in Field::ALL {
        let is_empty = match field {
            Field::Id | Field::Title => false,
            Field::Kind => target.kind == SourceKind::Other && from.kind != SourceKind::Other,
            // A source is not its own origin.
            Field::Origin => target.origin.is_none() && from.origin.as_deref() != Some(&*target.id),
            _ => field.get(target).is_none_or(str::is_empty),
        };
        if let Some(value) = field.get(from).filter(|value| is_empty && !value.is_empty())
            && field.set(target, Some(value))
        {
            filled.push(field.label());
        }
    }
    if target.captures.is_empty() && !from.captures.is_empty() {
        target.captures.clone_from(&from.captures);
        filled.push("Captures");
    }
    filled
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::edit::apply;
    use crate::interchange::random;
    use crate::model::Header;
    use crate::time::Date;

    fn source(id: &str, title: &str, url: Option<&str>, published: Option<&str>) -> Source {
        let mut source = Source::new(id, title);
        source.url = url.map(Into::into);
        source.published = published.map(|text| Date::parse(text).unwrap());
        source
    }

    fn timeline(sources: Vec<Source>) -> Timeline {
        Timeline::from_records(Header::new("t"), vec![], sources, vec![], vec![], vec![])
    }

    #[test]
    fn a_source_that_is_there_is_found_by_page_or_by_title_and_date() {
        let there = timeline(vec![
            source("page", "A page", Some("https://www.example.org/a/"), None),
            source("title", "Two  votes", None, Some("2024-10")),
        ]);
        let cases = [
            (source("x", "Another title", Some("http://example.org/a#top"), None), Some("page")),
            (source("x", "two votes", None, Some("2024-10")), Some("title")),
            (source("x", "two votes", Some("https://example.org/b"), Some("2024-10")), Some("title")),
            (source("x", "Two votes", None, Some("2024-11")), None),
            (source("x", "A page", Some("https://example.org/c"), None), None),
            (source("page", "New", None, None), None),
        ];
        for (new, expected) in cases {
            let merged = merge(&there, std::slice::from_ref(&new), false);
            let found = merged.matched.first().map(|matched| matched.id.as_str());
            assert_eq!(found, expected, "{new:?}");
            assert_eq!(merged.added.len(), usize::from(expected.is_none()));
        }
    }

    #[test]
    fn filling_fills_only_what_is_empty() {
        let mut there = source("a", "A page", Some("https://example.org/a"), None);
        there.publisher = Some("Ours".into());
        let mut new = source("b", "Other title", Some("https://example.org/a"), Some("2024-10"));
        new.publisher = Some("Theirs".into());
        new.author = Some("Jane Roe".into());
        let mut timeline = timeline(vec![there.clone()]);
        assert_eq!(merge(&timeline, std::slice::from_ref(&new), false).edit, Edit::Batch(vec![]));
        let merged = merge(&timeline, &[new.clone(), new], true);
        let filled: Vec<&[&str]> = merged.matched.iter().map(|matched| matched.filled.as_slice()).collect();
        assert_eq!(filled, [&["Author", "Published"][..], &[]]);
        apply(&mut timeline, &merged.edit).unwrap();
        there.author = Some("Jane Roe".into());
        there.published = Date::parse("2024-10").ok();
        assert_eq!(timeline.sources().iter().collect::<Vec<_>>(), [&there]);
    }

    #[test]
    fn ids_that_are_taken_get_a_number_and_origins_follow() {
        let mut timeline = timeline(vec![source("tass", "TASS", None, None)]);
        let mut copy = source("copy", "Copy", None, None);
        copy.origin = Some("tass".into());
        let mut lost = source("lost", "Lost", None, None);
        lost.origin = Some("nowhere".into());
        let merged = merge(&timeline, &[source("tass", "Another report", None, None), copy, lost], false);
        assert_eq!(merged.added, ["tass-2", "copy", "lost"]);
        assert_eq!(merged.problems.len(), 1);
        apply(&mut timeline, &merged.edit).unwrap();
        assert_eq!(timeline.source("copy").unwrap().origin.as_deref(), Some("tass-2"));
        assert_eq!(timeline.source("lost").unwrap().note.as_deref(), Some("Origin: nowhere"));
    }

    proptest! {
        #[test]
        fn what_was_merged_once_is_there_the_second_time(sources in random::sources(), fill in any::<bool>()) {
            let mut timeline = timeline(vec![]);
            let once = merge(&timeline, &sources, fill);
            let undo = apply(&mut timeline, &once.edit).unwrap();
            let twice = merge(&timeline, &sources, false);
            prop_assert_eq!(twice.added, Vec::<String>::new());
            prop_assert_eq!(twice.edit, Edit::Batch(vec![]));
            apply(&mut timeline, &undo).unwrap();
            prop_assert!(timeline.sources().is_empty());
        }
    }
}
