//! Which events hold a word, in any of the texts that belong to them.
//!
//! An event's own texts (title, note, quotations) are read where they stand. Texts that many events share (a lane's title,
//! a source's, an actor, a day in words) are looked at once and remembered for as long as the search lasts.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use memchr::memmem::Finder;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::{Matches, Query, Titles};
use crate::model::{Event, Text, Timeline};

/// Events that one thread looks at in one go.
const STRIDE: usize = 4096;

/// Shared texts remembered by one thread; past it they are looked at each time.
const MOST_REMEMBERED: usize = 1 << 16;

/// The events that match a query; none where the query asks for nothing, or the search was cancelled. `titles` are those
/// of the timeline's events.
pub fn search(query: &Query, timeline: &Timeline, titles: &Titles, cancelled: &AtomicBool) -> Option<Matches> {
    let mut found: Option<Matches> = None;
    for word in query.words() {
        let in_title = titles.containing(word);
        let words: Vec<u64> = (0..timeline.events().len().div_ceil(STRIDE))
            .into_par_iter()
            .map_init(
                || Word::new(word),
                |word, stride| {
                    let range = stride * STRIDE..timeline.events().len().min((stride + 1) * STRIDE);
                    let mut bits = vec![0_u64; range.len().div_ceil(64)];
                    if cancelled.load(Ordering::Relaxed) {
                        return bits;
                    }
                    for (at, event) in range.clone().zip(timeline.events().focus().narrow(range)) {
                        let is_candidate = found.as_ref().is_none_or(|found| found.contains(at));
                        if is_candidate
                            && (in_title.contains(at) || word.is_beside_title(timeline, event))
                            && let Some(bits) = bits.get_mut(at % STRIDE / 64)
                        {
                            *bits |= 1 << (at % 64);
                        }
                    }
                    bits
                },
            )
            .flatten_iter()
            .collect();
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        found = Some(Matches::from_words(words, timeline.events().len()));
    }
    found
}

/// A word looked for, in lower case, with what has been found out about texts that events share.
pub(super) struct Word<'w> {
    finder: Finder<'w>,
    /// The text at hand in lower case.
    lower: String,
    /// By the address of a text: records that share a text share it in memory.
    texts: HashMap<usize, bool, FxBuildHasher>,
    sources: HashMap<usize, bool, FxBuildHasher>,
    lanes: HashMap<usize, bool, FxBuildHasher>,
    dates: HashMap<Box<str>, bool, FxBuildHasher>,
}

impl<'w> Word<'w> {
    /// A word in lower case.
    pub fn new(lower: &'w str) -> Self {
        Self {
            finder: Finder::new(lower.as_bytes()),
            lower: String::new(),
            texts: HashMap::default(),
            sources: HashMap::default(),
            lanes: HashMap::default(),
            dates: HashMap::default(),
        }
    }

    /// Whether any text of an event holds the word.
    pub fn is_in(&mut self, timeline: &Timeline, event: &Event) -> bool {
        self.holds(&event.title) || self.is_beside_title(timeline, event)
    }

    /// Whether any text but the title holds the word.
    fn is_beside_title(&mut self, timeline: &Timeline, event: &Event) -> bool {
        self.holds(&event.id)
            || self.is_in_date(event)
            || self.holds(event.standing.label())
            || [&event.wording, &event.note].into_iter().flatten().any(|text| self.holds(text))
            || event.place.iter().chain(&event.actors).chain(&event.tags).any(|text| self.shared_holds(text))
            || event.lane.as_ref().is_some_and(|id| self.is_in_lane(timeline, id))
            || event.judgment.iter().filter_map(|judgment| judgment.note.as_ref()).any(|text| self.holds(text))
            || event.links.iter().filter_map(|link| link.note.as_ref()).any(|text| self.holds(text))
            || event.citations.iter().any(|citation| {
                let own =
                    [&citation.note, &citation.quote, &citation.translation, &citation.wording, &citation.locator];
                own.into_iter().flatten().any(|text| self.holds(text)) || self.is_in_source(timeline, &citation.source)
            })
    }

    fn holds(&mut self, text: &str) -> bool {
        self.lower.clear();
        if text.is_ascii() {
            self.lower.push_str(text);
            self.lower.make_ascii_lowercase();
        } else {
            self.lower.push_str(&text.to_lowercase());
        }
        self.finder.find(self.lower.as_bytes()).is_some()
    }

    fn shared_holds(&mut self, text: &Text) -> bool {
        let key = address(text);
        if let Some(known) = self.texts.get(&key) {
            return *known;
        }
        let holds = self.holds(text);
        remember(&mut self.texts, key, holds)
    }

    fn is_in_date(&mut self, event: &Event) -> bool {
        if let Some(known) = self.dates.get(event.date.as_str()) {
            return *known;
        }
        let holds = self.holds(event.date.as_str()) || self.holds(&event.date.describe());
        remember(&mut self.dates, event.date.as_str().into(), holds)
    }

    fn is_in_lane(&mut self, timeline: &Timeline, id: &Text) -> bool {
        if let Some(known) = self.lanes.get(&address(id)) {
            return *known;
        }
        let holds = self.holds(id) || timeline.lane(id).is_some_and(|lane| self.holds(&lane.title));
        remember(&mut self.lanes, address(id), holds)
    }

    fn is_in_source(&mut self, timeline: &Timeline, id: &Text) -> bool {
        if let Some(known) = self.sources.get(&address(id)) {
            return *known;
        }
        let holds = self.holds(id)
            || timeline.source(id).is_some_and(|source| {
                let more = [&source.publisher, &source.author, &source.number, &source.url];
                self.holds(&source.title) || more.into_iter().flatten().any(|text| self.holds(text))
            });
        remember(&mut self.sources, address(id), holds)
    }
}

fn address(text: &Text) -> usize {
    text.as_ptr() as usize
}

fn remember<K: Eq + std::hash::Hash>(known: &mut HashMap<K, bool, FxBuildHasher>, key: K, holds: bool) -> bool {
    if known.len() < MOST_REMEMBERED {
        known.insert(key, holds);
    }
    holds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citation, Lane, Source};
    use crate::time::Date;

    fn timeline() -> Timeline {
        let event = |at: usize| {
            let date = ["2024-10-24", "[2024-10-21..2024-10-31]", "1950~"][at % 3];
            let mut event = Event::new(format!("e{at}"), format!("Event {at} ДУМА"), Date::parse(date).unwrap());
            event.lane = Some(["treaty", "war"][at % 2].into());
            event.note = at.is_multiple_of(7).then(|| "A NOTE".into());
            event.citations.extend(at.is_multiple_of(5).then(|| Citation::new("interfax")));
            event.actors.extend(at.is_multiple_of(11).then_some("Путин".into()));
            event
        };
        let lane = |id: &str, title: &str| Lane { id: id.into(), title: title.into(), color: None, note: None };
        let mut source = Source::new("interfax", "Дума ратифицировала");
        source.url = Some("https://m.interfax.ru/988359".into());
        Timeline::from_records(
            crate::model::Header::new("t"),
            vec![lane("treaty", "Treaty, the"), lane("war", "Kursk")],
            vec![source],
            (0..9000).map(event).collect(),
            vec![],
            vec![],
        )
    }

    #[test]
    fn a_search_finds_what_reading_each_event_finds() {
        let timeline = timeline();
        let titles = Titles::build(timeline.events());
        let never = AtomicBool::new(false);
        for (text, expected) in [
            ("дума", 9000),
            ("event 17", 279),
            ("KURSK", 4500),
            ("a note путин", 117),
            ("988359", 1800),
            ("oct kursk", 3000),
            ("1950 interfax", 601),
            ("nothing", 0),
            ("e8999", 1),
        ] {
            let query = Query::parse(text);
            let found = search(&query, &timeline, &titles, &never).unwrap();
            let plainly = Matches::from_fn(9000, |at| query.matches(&timeline, timeline.events().get(at).unwrap()));
            assert_eq!(found, plainly, "{text}");
            assert_eq!(found.count(), expected, "{text}");
        }
        assert_eq!(search(&Query::parse(" "), &timeline, &titles, &never), None);
        assert_eq!(search(&Query::parse("дума"), &timeline, &titles, &AtomicBool::new(true)), None);
    }
}
