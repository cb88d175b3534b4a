//! Records that are probably there twice: sources of one page or one title and day, events that nothing tells apart.
//!
//! Owns what counts as the same. Merging is for `edit`, and the decision for the analyst.

use std::hash::{BuildHasher as _, Hash, Hasher as _};

use rustc_hash::FxBuildHasher;
use unicode_normalization::UnicodeNormalization as _;

use super::check::{About, Check, Report};
use super::{Citation, Event, Source, Text, Timeline, same_page_key};

/// Why two sources are probably one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameSource {
    /// Their web addresses lead to one page.
    Page,
    /// They have one title and one date of publication, and neither two authors nor two publishers.
    TitleAndDate,
}

impl SameSource {
    /// Why these two are probably one; none where they are not.
    pub fn of(a: &Source, b: &Source) -> Option<Self> {
        let is_one_page = || {
            let (a, b) = (a.url.as_deref()?, b.url.as_deref()?);
            (a == b || same_page_key(a)? == same_page_key(b)?).then_some(Self::Page)
        };
        let is_one_title = a.published.is_some()
            && a.published == b.published
            && !a.title.trim().is_empty()
            && same_text(&a.title, &b.title)
            && !are_two(&a.author, &b.author)
            && !are_two(&a.publisher, &b.publisher);
        is_one_page().or_else(|| is_one_title.then_some(Self::TitleAndDate))
    }
}

/// The first source before this one that is probably the same.
pub fn source_like<'t>(timeline: &'t Timeline, source: &Source) -> Option<(&'t Source, SameSource)> {
    let earlier = timeline.sources().iter().take_while(|other| other.id != source.id);
    earlier.filter_map(|other| SameSource::of(other, source).map(|why| (other, why))).next()
}

/// The first event before this one that nothing tells apart from it.
pub fn event_like<'t>(timeline: &'t Timeline, event: &Event) -> Option<&'t Event> {
    timeline.events().iter().take_while(|other| other.id != event.id).find(|other| is_same_event(other, event))
}

/// Whether two events say the same in every field: what one says and the other leaves out tells them apart. Of texts neither
/// case nor blanks count, nor how their letters are coded. What says nothing of what happened does not count: the id, how
/// long the label stays, when it was entered. A link from one to the other tells them apart: whoever drew it knows of both.
fn is_same_event(a: &Event, b: &Event) -> bool {
    a.date == b.date
        && a.standing == b.standing
        && a.judgment == b.judgment
        && a.rare.coordinates == b.rare.coordinates
        && a.rare.images == b.rare.images
        && same_list(&own(a), &own(b), |a, b| a.0 == b.0 && same_text(a.1, b.1))
        && a.lane == b.lane
        && same_text(&a.title, &b.title)
        && same_texts(&a.wording, &b.wording)
        && same_texts(&a.place, &b.place)
        && same_texts(&a.note, &b.note)
        && same_list(&a.actors, &b.actors, |a, b| same_text(a, b))
        && same_list(&a.tags, &b.tags, |a, b| same_text(a, b))
        && same_list(&a.citations, &b.citations, is_same_citation)
        && same_list(&a.links, &b.links, PartialEq::eq)
        && !a.links.iter().any(|link| link.to == b.id)
        && !b.links.iter().any(|link| link.to == a.id)
}

fn own(event: &Event) -> Vec<(&Text, &Text)> {
    event.rare.fields.iter().collect()
}

fn is_same_citation(a: &Citation, b: &Citation) -> bool {
    let rest = |citation: &Citation| {
        let Citation { source, stance, credibility, reliability, date, .. } = citation.clone();
        (source, stance, credibility, reliability, date)
    };
    rest(a) == rest(b)
        && same_texts(&a.locator, &b.locator)
        && same_texts(&a.quote, &b.quote)
        && same_texts(&a.translation, &b.translation)
        && same_texts(&a.wording, &b.wording)
        && same_texts(&a.note, &b.note)
}

/// In whatever order.
fn same_list<T>(a: &[T], b: &[T], is_same: impl Fn(&T, &T) -> bool) -> bool {
    let holds = |list: &[T], one: &T| list.iter().any(|other| is_same(one, other));
    a.len() == b.len() && a.iter().all(|one| holds(b, one)) && b.iter().all(|one| holds(a, one))
}

/// Sources that are probably there twice: positions of an earlier and a later one in [`Timeline::sources`], each later one
/// once, in order.
pub fn duplicate_sources(timeline: &Timeline) -> Vec<(usize, usize, SameSource)> {
    let sources = timeline.sources();
    let why = |a: usize, b: usize| SameSource::of(sources.get(a)?, sources.get(b)?);
    let by_page = pairs(
        sources
            .iter()
            .map(|source| source.url.as_deref().map(|url| hash_of(same_page_key(url).as_deref().unwrap_or(url)))),
        |a, b| why(a, b) == Some(SameSource::Page),
    );
    let by_title = pairs(
        sources.iter().map(|source| Some(title_hash(&source.title, source.published.as_ref()?.as_str()))),
        |a, b| why(a, b).is_some(),
    );
    let mut found: Vec<_> = by_page.into_iter().chain(by_title).collect();
    found.sort_unstable_by_key(|&(earlier, later)| (later, earlier));
    found.dedup_by_key(|&mut (_, later)| later);
    found.into_iter().filter_map(|(earlier, later)| Some((earlier, later, why(earlier, later)?))).collect()
}

/// Events that nothing tells apart: positions of an earlier and a later one in [`Timeline::events`], each later one once,
/// in order.
pub fn duplicate_events(timeline: &Timeline) -> Vec<(usize, usize)> {
    let events = timeline.events();
    let is_same = |a, b| events.get(a).zip(events.get(b)).is_some_and(|(a, b)| is_same_event(a, b));
    let is_titled = |event: &&Event| !event.title.trim().is_empty();
    pairs(events.iter().map(|event| Some(event).filter(is_titled).map(event_hash)), is_same)
}

pub(super) fn check_duplicates(report: &mut Report<'_>) {
    let timeline = report.timeline;
    if report.wants(Check::DuplicateSource) {
        for (first, later, why) in duplicate_sources(timeline) {
            let sources = timeline.sources();
            let (Some(first), Some(later)) = (sources.get(first), sources.get(later)) else { continue };
            let (field, message) = match why {
                SameSource::Page => {
                    let name = report.source_name(&first.id);
                    ("url", format!("source {name} (\"{}\") has the address of the same page", first.id))
                }
                SameSource::TitleAndDate => {
                    ("title", format!("source \"{}\" has the same title and date of publication", first.id))
                }
            };
            let hint = "merge the two: citations, captures and notes of both stay";
            report.tell(Check::DuplicateSource, About::Source(&later.id), &[field], message, hint);
        }
    }
    if report.wants(Check::DuplicateEvent) {
        for (first, later) in duplicate_events(timeline) {
            let (Some(first), Some(later)) = (timeline.events().get(first), timeline.events().get(later)) else {
                continue;
            };
            report.tell(
                Check::DuplicateEvent,
                About::Event(&later.id),
                &["title"],
                format!("nothing tells it apart from event \"{}\", of the same title and date", first.id),
                "remove one of the two, or say what tells them apart: a place, an actor, a note",
            );
        }
    }
}

/// A text without what does not tell two apart: case, blanks, and whether a letter is coded whole or with its accent beside
/// it (Unicode Standard Annex 15).
fn letters(text: &str) -> impl Iterator<Item = char> {
    let words = text.split_whitespace().enumerate();
    let spaced = words.flat_map(|(at, word)| (at > 0).then_some(' ').into_iter().chain(word.chars()));
    spaced.nfd().flat_map(char::to_lowercase)
}

fn same_text(a: &str, b: &str) -> bool {
    a == b || letters(a).eq(letters(b))
}

fn same_texts(a: &Option<Text>, b: &Option<Text>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => same_text(a, b),
        _ => a.is_none() && b.is_none(),
    }
}

fn are_two<T: AsRef<str>>(a: &Option<T>, b: &Option<T>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if !same_text(a.as_ref(), b.as_ref()))
}

fn hash_of(value: &str) -> u64 {
    FxBuildHasher.hash_one(value)
}

fn title_hash(title: &str, date: &str) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    for letter in letters(title) {
        hasher.write_u32(u32::from(letter));
    }
    date.hash(&mut hasher);
    hasher.finish()
}

/// Of what tells most events of one title and date apart.
fn event_hash(event: &Event) -> u64 {
    let mut hasher = FxBuildHasher.build_hasher();
    hasher.write_u64(title_hash(&event.title, event.date_as_written()));
    for text in [&event.wording, &event.place, &event.note] {
        text.as_ref().map(|text| text_hash(text)).hash(&mut hasher);
    }
    // Lists are the same in any order.
    let sum = |hashes: &mut dyn Iterator<Item = u64>| hashes.fold(0, u64::wrapping_add);
    hasher.write_u64(sum(&mut event.actors.iter().map(|actor| text_hash(actor))));
    hasher.write_u64(sum(&mut event.tags.iter().map(|tag| text_hash(tag))));
    let locator = |citation: &Citation| citation.locator.as_ref().map_or(0, |locator| text_hash(locator));
    hasher.write_u64(sum(&mut event.citations.iter().map(|one| hash_of(&one.source).wrapping_add(locator(one)))));
    (&event.lane, event.standing, event.links.len()).hash(&mut hasher);
    hasher.finish()
}

fn text_hash(text: &str) -> u64 {
    title_hash(text, "")
}

/// Records of one hash that are told apart at most, so that a file of look-alikes stays quick to check.
const MOST_FIRSTS: usize = 64;

/// Pairs each position with the first earlier one that is the same, among those whose hashes are equal. Sorted by the later.
fn pairs(hashes: impl Iterator<Item = Option<u64>>, is_same: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut order: Vec<(u64, usize)> =
        hashes.enumerate().filter_map(|(at, hash)| hash.map(|hash| (hash, at))).collect();
    order.sort_unstable();
    let mut found = Vec::new();
    for run in order.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        // More than one only where hashes collide, or something else tells them apart.
        let mut firsts: Vec<usize> = Vec::new();
        for &(_, at) in run {
            match firsts.iter().find(|&&first| is_same(first, at)) {
                Some(&first) => found.push((first, at)),
                None if firsts.len() < MOST_FIRSTS => firsts.push(at),
                None => {}
            }
        }
    }
    found.sort_unstable_by_key(|&(_, later)| later);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Date;

    fn timeline(notes: impl IntoIterator<Item = Option<String>>) -> Timeline {
        let header = Timeline::empty("t").header().clone();
        let date = Date::parse("2024-10-24T10:00:00Z").unwrap();
        let events = notes.into_iter().enumerate().map(|(at, note)| Event {
            note: note.map(Into::into),
            ..Event::new(format!("e{at}"), "Login", date.clone())
        });
        Timeline::from_records(header, vec![], vec![], events.collect(), vec![], vec![])
    }

    #[test]
    fn records_of_a_log_are_no_duplicates_and_a_copy_among_many_is_one() {
        let notes = (0..600).map(|n| Some(format!("message {n}")));
        assert_eq!(duplicate_events(&timeline(notes.clone())), []);
        let copies = notes.chain([Some("message 583".to_owned()), Some("message 2".to_owned()), None]);
        let found = duplicate_events(&timeline(copies.chain([None])));
        assert_eq!(found, [(583, 600), (2, 601), (602, 603)], "one without a note is no copy of one with");
    }
}
