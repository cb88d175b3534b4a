//! Imported sources into a timeline, as one edit: new ones are added, those that are there are left or filled.

use std::collections::{HashMap, HashSet};

use super::Imported;
use super::{identity, labelled};
use crate::diagnostic::Severity;
use crate::edit::Edit;
use crate::interchange::Problem;
use crate::model::{Field as _, SameSource, Source, SourceField, SourceKind, Timeline, Value};

/// What becomes of imported sources.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// All of it; applies to the timeline it was made for.
    pub edit: Edit,
    /// The ids of the sources it adds, as they are in the timeline.
    pub added: Vec<String>,
    /// The sources that were there already.
    pub matched: Vec<Matched>,
    /// What could not be carried over, and what may be there twice. Their lines are 0: they are about the timeline, not
    /// about a line.
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

/// Works out how sources come into a timeline. Only one whose every field is there already is left out; every other is
/// added, with a warning where it looks like one that is there. `fill` fills the empty fields of the source in the timeline
/// that it is a record of, by key, address, DOI or ISBN. Ids that are taken get a number, and origins follow.
pub fn merge(timeline: &Timeline, imported: &Imported, fill: bool) -> Merged {
    let sources = &imported.sources;
    let mut known = Known::default();
    for source in timeline.sources() {
        known.add(source.clone(), true, true);
    }
    let in_timeline = known.sources.len();
    let in_file: HashSet<&str> = sources.iter().map(|source| &*source.id).collect();
    let mut ids: HashMap<&str, String> = HashMap::new();
    let mut verdicts: Vec<Option<Verdict>> = sources.iter().map(|_| None).collect();
    for at in origins_first(sources) {
        let Some(source) = sources.get(at) else { continue };
        let has_key = !imported.supplied_ids.contains(&source.id);
        let mut followed = source.clone();
        // In a circle an origin may not be known yet; it stays as it is called in the file.
        if source.origin.as_deref().is_none_or(|origin| ids.contains_key(origin) || !in_file.contains(origin)) {
            follow_origin(&mut followed, timeline, &ids);
        }
        let verdict = known.judge(&followed, has_key, fill.then_some(in_timeline));
        let id = match &verdict {
            Verdict::New { .. } => {
                followed.id = known.fresh(&source.id).as_str().into();
                let id = followed.id.to_string();
                known.add(followed, has_key, false);
                id
            }
            Verdict::Same { id } | Verdict::Filled { id, .. } => id.clone(),
        };
        ids.insert(&source.id, id);
        if let Some(place) = verdicts.get_mut(at) {
            *place = Some(verdict);
        }
    }

    let mut merged = Merged { edit: Edit::Batch(vec![]), added: vec![], matched: vec![], problems: vec![] };
    let mut edits: Vec<Edit> = known
        .sources
        .iter()
        .take(in_timeline)
        .filter(|source| timeline.source(&source.id) != Some(source))
        .cloned()
        .map(Edit::put_source)
        .collect();
    for (source, verdict) in sources.iter().zip(verdicts.into_iter().flatten()) {
        let imported = source.id.to_string();
        let told = |code, message| Problem::new(Severity::Warning, code, 0, message).of(&source.id);
        match verdict {
            Verdict::New { like } => {
                let mut source = source.clone();
                source.id = ids.get(&*source.id).map(String::as_str).unwrap_or_default().into();
                if let Some(origin) = follow_origin(&mut source, timeline, &ids) {
                    let message = format!(
                        "its origin \"{origin}\" is neither in the file nor in the timeline; it is named in the note"
                    );
                    merged.problems.push(told("unknown-origin", message));
                }
                merged.problems.extend(like.map(|like| told("duplicate-source", like)));
                merged.added.push(source.id.to_string());
                edits.push(Edit::put_source(source));
            }
            Verdict::Same { id } => merged.matched.push(Matched { imported, id, filled: vec![] }),
            Verdict::Filled { id, filled, differing } => {
                if !differing.is_empty() {
                    let message =
                        format!("not the same in \"{id}\", which was left as it is: {}", differing.join(", "));
                    merged.problems.push(told("differing-field", message));
                }
                merged.matched.push(Matched { imported, id, filled });
            }
        }
    }
    merged.edit = Edit::Batch(edits);
    merged
}

/// What becomes of one imported source.
enum Verdict {
    /// It is added; what is said of one that it looks like.
    New { like: Option<String> },
    /// All that it says is there.
    Same { id: String },
    /// It filled fields of the source there; what differs in the others.
    Filled { id: String, filled: Vec<&'static str>, differing: Vec<&'static str> },
}

/// The sources there are, those of the timeline first, and where to look for one.
#[derive(Default)]
struct Known {
    sources: Vec<Source>,
    /// Whether the id of each is a key that was given, not one made from title and date.
    has_key: Vec<bool>,
    ids: HashSet<String>,
    buckets: HashMap<u64, Vec<usize>>,
}

/// Sources of one bucket that are compared at most: a library of a thousand works "Untitled" stays quick to read.
const MOST_COMPARED: usize = 16;

impl Known {
    fn add(&mut self, source: Source, has_key: bool, is_in_timeline: bool) {
        let at = self.sources.len();
        self.find_by(&source, has_key || is_in_timeline, at);
        self.ids.insert(source.id.to_string());
        self.sources.push(source);
        self.has_key.push(has_key || is_in_timeline);
    }

    fn find_by(&mut self, source: &Source, has_key: bool, at: usize) {
        for key in identity::keys(source, has_key) {
            let bucket = self.buckets.entry(key).or_default();
            if bucket.len() < MOST_COMPARED && !bucket.contains(&at) {
                bucket.push(at);
            }
        }
    }

    /// What becomes of a source; where it is to fill one of the first `fill`, that is filled.
    fn judge(&mut self, new: &Source, has_key: bool, fill: Option<usize>) -> Verdict {
        let mut near: Vec<usize> =
            identity::keys(new, has_key).iter().filter_map(|key| self.buckets.get(key)).flatten().copied().collect();
        near.sort_unstable();
        near.dedup();
        let is_one_record = |at: usize, there: &Source| {
            has_key && there.id == new.id && self.has_key.get(at).is_some_and(|has_key| *has_key)
        };
        let near = || near.iter().filter_map(|&at| Some((at, self.sources.get(at)?)));
        if let Some((_, there)) = near().find(|&(at, there)| identity::is_same(new, there, is_one_record(at, there))) {
            return Verdict::Same { id: there.id.to_string() };
        }
        let filled = near().find(|&(at, there)| {
            fill.is_some_and(|end| at < end) && identity::is_updated_by(there, new, is_one_record(at, there))
        });
        if let Some((at, there)) = filled {
            let differing: Vec<&str> = labelled::fields()
                .filter(|field| identity::is_written_otherwise(*field, new, there))
                .map(SourceField::label)
                .collect();
            let mut target = there.clone();
            let filled = fill_empty(&mut target, new);
            let id = target.id.to_string();
            self.find_by(&target, true, at);
            if let Some(place) = self.sources.get_mut(at) {
                *place = target;
            }
            return Verdict::Filled { id, filled, differing };
        }
        let like = near().find_map(|(_, there)| {
            let why = match SameSource::of(there, new) {
                Some(SameSource::Page) => "has the address of the same page",
                Some(SameSource::TitleAndDate) => "has the same title and date of publication",
                None if identity::have_one_doi(new, there) => "has the same DOI",
                None if identity::may_be_one(new, there) => "has the same title",
                None => return None,
            };
            Some(format!(
                "source \"{}\" {why}, and not all else is the same: both are kept; merge them if they are one",
                there.id
            ))
        });
        Verdict::New { like }
    }

    fn fresh(&self, id: &str) -> String {
        let taken = |id: &str| self.ids.contains(id);
        if !taken(id) {
            return id.to_owned();
        }
        (2_u64..).map(|number| format!("{id}-{number}")).find(|id| !taken(id)).unwrap_or_default()
    }
}

/// Positions of all sources, each behind its origin: what an origin is called decides whether two sources are the same.
/// In a circle, somewhere.
fn origins_first(sources: &[Source]) -> Vec<usize> {
    let by_id: HashMap<&str, usize> = sources.iter().enumerate().map(|(at, source)| (&*source.id, at)).collect();
    let mut is_placed = vec![false; sources.len()];
    let mut order = Vec::with_capacity(sources.len());
    for at in 0..sources.len() {
        let mut chain = Vec::new();
        let mut next = Some(at);
        while let Some(at) = next {
            match is_placed.get_mut(at) {
                Some(placed) if !*placed => *placed = true,
                _ => break,
            }
            chain.push(at);
            next = sources.get(at).and_then(|source| by_id.get(source.origin.as_deref()?).copied());
        }
        order.extend(chain.into_iter().rev());
    }
    order
}

/// The origin under the id it has in the timeline; one that is nowhere goes to the note, and is given back.
fn follow_origin(source: &mut Source, timeline: &Timeline, ids: &HashMap<&str, String>) -> Option<String> {
    let origin = source.origin.take()?;
    if let Some(id) = ids.get(&*origin) {
        source.origin = Some(id.as_str().into());
    } else if timeline.source(&origin).is_some() {
        source.origin = Some(origin);
    } else {
        let line = format!("Origin: {origin}");
        let note = source.note.as_deref().map_or_else(|| line.clone(), |note| format!("{note}\n{line}"));
        source.note = Some(note.as_str().into());
        return Some(origin.to_string());
    }
    None
}

/// Fills what is empty; the names of what was filled.
fn fill_empty(target: &mut Source, from: &Source) -> Vec<&'static str> {
    let is_empty = |value: Value<'_>| value.is_none() || value.as_str() == Some("");
    let mut filled = Vec::new();
    for &field in SourceField::ALL {
        let is_free = match field {
            SourceField::Id | SourceField::Title => false,
            SourceField::Kind => target.kind == SourceKind::Other && from.kind != SourceKind::Other,
            // A source is not its own origin.
            SourceField::Origin => target.origin.is_none() && from.origin.as_deref() != Some(&*target.id),
            _ => is_empty(field.get(target)),
        };
        let value = field.get(from);
        if is_free && !is_empty(value) && field.set(target, value).is_ok() {
            filled.push(field.label());
        }
    }
    filled
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::edit::apply;
    use crate::interchange::sources::random;
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

    fn imported(sources: &[Source]) -> Imported {
        Imported { sources: sources.to_vec(), ..Imported::default() }
    }

    /// A page with author and date, and what of it is changed.
    fn page(id: &str, change: impl FnOnce(&mut Source)) -> Source {
        let mut page = source(id, "A page", Some("https://example.org/a"), Some("2024-10"));
        page.author = Some("Jane Roe".into());
        page.note = Some("Pages: 1–20".into());
        change(&mut page);
        page
    }

    #[test]
    fn only_a_source_that_is_the_same_in_every_field_is_left_out() {
        let mut there = page("page", |_| ());
        there.publisher = Some("Ours".into());
        there.note = Some("The analyst's.\nPages: 1–20\nMore.".into());
        let there = timeline(vec![there, source("bare", "Statement", None, None)]);
        let same = [
            page("x", |_| ()),
            page("x", |new| new.title = " A page ".into()),
            page("x", |new| new.author = None),
            page("x", |new| new.title = "[example.org: a]".into()),
            source("x", "Statement", None, None),
        ];
        for new in same {
            let merged = merge(&there, &imported(std::slice::from_ref(&new)), false);
            assert_eq!((merged.added.len(), merged.problems.len()), (0, 0), "{new:?}");
        }
        let others = [
            (page("x", |new| new.title = "Another page".into()), true),
            (page("x", |new| new.title = "a Page".into()), true),
            (page("x", |new| new.title = "A  page".into()), true),
            (page("x", |new| new.url = Some("http://example.org/a".into())), true),
            (page("x", |new| new.url = Some("https://www.example.org/a/".into())), true),
            (page("x", |new| new.url = Some("https://example.org/a?utm_source=x".into())), true),
            (page("x", |new| new.author = Some("jane roe".into())), true),
            (source("x", "statement", None, None), true),
            (page("x", |new| new.author = Some("John Doe".into())), true),
            (page("x", |new| new.publisher = Some("Theirs".into())), true),
            (page("x", |new| new.published = Date::parse("2024-11").ok()), true),
            (page("x", |new| new.url = Some("https://example.org/a#2".into())), true),
            (page("x", |new| new.note = Some("Pages: 21–40".into())), true),
            (page("x", |new| new.number = Some("7".into())), true),
            (page("x", |new| new.kind = SourceKind::Web), true),
            (page("page", |new| new.accessed = Date::parse("2024-11").ok()), true),
            // Without address, author and publisher would be a guess.
            (source("x", "A page", None, Some("2024-10")), true),
            (source("x", "Statement", None, Some("2024-10")), true),
            (source("x", "A page", Some("https://example.org/b"), Some("2024-11")), false),
            (source("page", "New", None, None), false),
        ];
        for (new, is_like) in others {
            let merged = merge(&there, &imported(std::slice::from_ref(&new)), false);
            assert_eq!(merged.added.len(), 1, "{new:?}");
            let told: Vec<&str> = merged.problems.iter().map(|problem| problem.code).collect();
            assert_eq!(told, if is_like { vec!["duplicate-source"] } else { vec![] }, "{new:?}");
        }
    }

    #[test]
    fn works_of_one_title_address_or_day_all_come_in() {
        let statement = |id: &str, author: &str| {
            let mut new = source(id, "Statement", None, Some("2024-10-24"));
            new.author = Some(author.into());
            new
        };
        let proceedings = Some("https://example.org/proceedings.pdf");
        let mut sources = vec![
            statement("a", "Ministry A"),
            statement("b", "Ministry B"),
            source("north", "The dam", proceedings, Some("2011")),
            source("south", "The wells", proceedings, Some("2012")),
            source("one", "Step", Some("https://example.org/steps#1"), None),
            source("two", "Step", Some("https://example.org/steps#2"), None),
            source("shafts", "The Book of Wells", None, None),
            source("pumps", "The Book of Wells", None, None),
        ];
        sources[6].note = Some("Chapter: Shafts".into());
        sources[7].note = Some("Chapter: Pumps".into());
        for fill in [false, true] {
            let mut timeline = timeline(vec![]);
            let merged = merge(&timeline, &imported(&sources), fill);
            assert_eq!(merged.added.len(), sources.len(), "{:?}", merged.matched);
            let told: Vec<&str> = merged.problems.iter().filter_map(|problem| problem.entry.as_deref()).collect();
            assert_eq!(told, ["south", "two", "pumps"]);
            apply(&mut timeline, &merged.edit).unwrap();
            let again = merge(&timeline, &imported(&sources), fill);
            assert_eq!((again.matched.len(), again.edit), (sources.len(), Edit::Batch(vec![])));
        }
    }

    #[test]
    fn what_differs_in_writing_alone_is_kept_and_told_and_comes_in_once() {
        let doi = |id: &str, url: &str, number: Option<&str>| {
            let mut new = source(id, "A paper", Some(url), None);
            new.author = Some("Jane Roe".into());
            new.number = number.map(Into::into);
            new
        };
        let mut sources = vec![
            doi("one", "https://doi.org/10.1/X", None),
            doi("two", "https://doi.org/10.1/x", None),
            doi("three", "https://dx.doi.org/10.1/x", None),
            doi("four", "https://example.org/paper", Some("doi:10.1/X")),
            source("page", "Other", Some("http://www.e.org/p/"), None),
            source("page2", "Other", Some("https://e.org/p"), None),
        ];
        // More than are compared of one title.
        sources.extend((1_usize..=40).map(|blanks| {
            source(&format!("blanks{blanks}"), &format!("An{}old title", " ".repeat(blanks)), None, None)
        }));
        let mut timeline = timeline(vec![]);
        let merged = merge(&timeline, &imported(&sources), false);
        assert_eq!(merged.added.len(), sources.len(), "{:?}", merged.matched);
        let told: Vec<&str> = merged.problems.iter().filter_map(|problem| problem.entry.as_deref()).collect();
        assert_eq!(told.len(), sources.len() - 3, "{told:?}");
        assert_eq!(told.get(..4), Some(&["two", "three", "four", "page2"][..]));
        apply(&mut timeline, &merged.edit).unwrap();
        for fill in [false, true] {
            let again = merge(&timeline, &imported(&sources), fill);
            assert_eq!((again.matched.len(), again.edit), (sources.len(), Edit::Batch(vec![])));
        }
    }

    #[test]
    fn an_update_fills_what_is_empty_in_the_record_of_one_key_address_doi_or_isbn() {
        let bare = |id: &str| {
            let mut new = source(id, "A page", None, None);
            new.note = Some("Ours.".into());
            new
        };
        let mut numbered = bare("numbered");
        numbered.number = Some("ISBN 978-3-16-148410-0".into());
        let mut addressed = bare("addressed");
        addressed.url = Some("https://doi.org/10.1234/X".into());
        let there = timeline(vec![bare("keyed"), numbered, addressed]);
        let new = |id: &str, change: &dyn Fn(&mut Source)| {
            let mut new = source(id, "A page", None, Some("2024"));
            change(&mut new);
            new
        };
        let cases = [
            (new("keyed", &|_| ()), Some("keyed"), None),
            (new("keyed", &|new| new.note = Some("Theirs.".into())), Some("keyed"), Some("differing-field")),
            (
                new("x", &|new| new.number = Some("ISBN 9783161484100".into())),
                Some("numbered"),
                Some("differing-field"),
            ),
            (
                new("x", &|new| new.url = Some("https://www.doi.org/10.1234/X".into())),
                Some("addressed"),
                Some("differing-field"),
            ),
            (
                new("x", &|new| {
                    new.url = Some("https://example.org/paper".into());
                    new.number = Some("doi:10.1234/X".into());
                }),
                Some("addressed"),
                Some("differing-field"),
            ),
            (new("x", &|_| ()), None, Some("duplicate-source")),
            (new("keyed", &|new| new.title = "Another".into()), None, None),
            (
                new("x", &|new| {
                    new.number = Some("ISBN 9783161484100".into());
                    new.note = Some("Chapter: Pumps".into());
                }),
                None,
                Some("duplicate-source"),
            ),
        ];
        for (new, expected, told) in cases {
            let merged = merge(&there, &imported(std::slice::from_ref(&new)), true);
            let found = merged.matched.first().map(|matched| matched.id.as_str());
            assert_eq!(found, expected, "{new:?}");
            assert_eq!(merged.problems.first().map(|problem| problem.code), told, "{new:?}");
            if let Some(matched) = merged.matched.first() {
                assert!(matched.filled.contains(&"Published"), "{matched:?}");
            }
        }
        let mut supplied = imported(&[new("keyed", &|_| ())]);
        supplied.supplied_ids.insert("keyed".into());
        assert_eq!(merge(&there, &supplied, true).added, ["keyed-2"], "an id made from the title is no key");
    }

    #[test]
    fn filling_overwrites_nothing_and_fills_only_once() {
        let mut there = source("a", "A page", Some("https://example.org/a"), None);
        there.publisher = Some("Ours".into());
        let mut new = source("b", "A page", Some("https://example.org/a"), Some("2024-10"));
        new.author = Some("Jane Roe".into());
        let mut timeline = timeline(vec![there.clone()]);
        let merged = merge(&timeline, &imported(&[new.clone(), new]), true);
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
        let mut circle = [source("c", "Circle", None, None), source("d", "Circle, too", None, None)];
        circle[0].origin = Some("d".into());
        circle[1].origin = Some("c".into());
        let [c, d] = circle;
        let file = imported(&[copy, source("tass", "Another report", None, None), lost, c, d]);
        let merged = merge(&timeline, &file, false);
        assert_eq!(merged.added, ["copy", "tass-2", "lost", "c", "d"]);
        assert_eq!(merged.problems.len(), 1);
        apply(&mut timeline, &merged.edit).unwrap();
        assert_eq!(timeline.source("copy").unwrap().origin.as_deref(), Some("tass-2"));
        assert_eq!(timeline.source("c").unwrap().origin.as_deref(), Some("d"));
        assert_eq!(timeline.source("lost").unwrap().note.as_deref(), Some("Origin: nowhere"));
        let again = merge(&timeline, &file, false);
        assert_eq!((again.added.len(), again.edit), (0, Edit::Batch(vec![])));
    }

    proptest! {
        #[test]
        fn what_was_merged_once_is_there_the_second_time(sources in random::sources(), fill in any::<bool>()) {
            let mut timeline = timeline(vec![]);
            let once = merge(&timeline, &imported(&sources), fill);
            let undo = apply(&mut timeline, &once.edit).unwrap();
            let twice = merge(&timeline, &imported(&sources), false);
            prop_assert_eq!(twice.added, Vec::<String>::new());
            prop_assert_eq!(twice.edit, Edit::Batch(vec![]));
            apply(&mut timeline, &undo).unwrap();
            prop_assert!(timeline.sources().is_empty());
        }

        #[test]
        fn every_field_of_every_source_is_there_after_a_merge(
            (mut sources, at) in random::sources().prop_flat_map(|sources| {
                let places = 0..sources.len();
                (Just(sources), places)
            }),
            changed in proptest::sample::select(labelled::fields().collect::<Vec<_>>()),
        ) {
            // A second record that differs in one field at most.
            let mut second = sources[at].clone();
            second.id = "second".into();
            if changed != SourceField::Id {
                labelled::put(changed, &mut second, Some("x"));
            }
            second.origin = None;
            sources.push(second);
            let mut timeline = timeline(vec![]);
            let merged = merge(&timeline, &imported(&sources), false);
            apply(&mut timeline, &merged.edit).unwrap();
            prop_assert_eq!(merged.added.len() + merged.matched.len(), sources.len());
            for source in &sources {
                let is_there = |there: &Source| labelled::fields().filter(|field| !matches!(field, SourceField::Id | SourceField::Origin)).all(|field| {
                    identity::given(field, source).is_none() || !identity::is_written_otherwise(field, source, there) && identity::given(field, there).is_some()
                });
                prop_assert!(timeline.sources().iter().any(is_there), "{:?}", source);
            }
        }
    }
}
