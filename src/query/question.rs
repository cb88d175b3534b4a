//! All that decides whether an event is shown: words that must occur, and what was known on a date.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{Matches, Query};
use crate::model::{Event, Known, KnownOn, Source, Timeline};

/// Events that one thread looks at in one go: whole words of [`Matches`].
const STRIDE: usize = 4096;

/// Which events are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Their words. Those of citations whose sources were not out yet do not count.
    pub query: &'a Query,
    /// Only what was known on a date, or may have been.
    pub known_on: Option<&'a KnownOn>,
}

impl Question<'_> {
    /// Whether an event is among those asked for.
    pub fn matches(&self, timeline: &Timeline, event: &Event) -> bool {
        let Some(known_on) = self.known_on else { return self.query.matches(timeline, event) };
        known_on.event(timeline, event) != Known::NotYet
            && (self.query.is_empty() || self.query.matches(timeline, &as_known(timeline, event, known_on)))
    }

    /// The events that match; none where nothing is asked.
    pub fn matching(&self, timeline: &Timeline) -> Option<Matches> {
        self.narrow(timeline, self.query.matching(timeline))
    }

    /// Of the events in which the words occur (none where there are no words), those that match.
    pub fn narrow(&self, timeline: &Timeline, worded: Option<Matches>) -> Option<Matches> {
        let Some(known_on) = self.known_on else { return worded };
        // Sources are few beside the events that cite them: each is judged once.
        let sources = known_on.sources(timeline);
        let is_late = |source: &&Source| known_on.source(source) == Known::NotYet;
        let late: FxHashSet<&str> =
            timeline.sources().iter().filter(is_late).map(|source| source.id.as_str()).collect();
        let is_asked_for = |at: usize, event: &Event| {
            if worded.as_ref().is_some_and(|worded| !worded.contains(at)) {
                return false;
            }
            let known = || event.citations.iter().map(|citation| sources.get(citation.source.as_str()).copied());
            if KnownOn::best(known()) == Known::NotYet {
                return false;
            }
            // The words may stand in a citation that nobody could know.
            worded.is_none()
                || event.citations.iter().all(|citation| !late.contains(citation.source.as_str()))
                || self.query.matches(timeline, &as_known(timeline, event, known_on))
        };
        let events = timeline.events().len();
        let words: Vec<u64> = (0..events.div_ceil(STRIDE))
            .into_par_iter()
            .flat_map_iter(|stride| {
                let range = stride * STRIDE..events.min((stride + 1) * STRIDE);
                let mut bits = vec![0_u64; range.len().div_ceil(64)];
                for (at, event) in range.clone().zip(timeline.events().focus().narrow(range)) {
                    if is_asked_for(at, event)
                        && let Some(bits) = bits.get_mut(at % STRIDE / 64)
                    {
                        *bits |= 1 << (at % 64);
                    }
                }
                bits
            })
            .collect();
        Some(Matches::from_words(words, events))
    }
}

/// The event without what could not be known of it.
fn as_known(timeline: &Timeline, event: &Event, known_on: &KnownOn) -> Event {
    let mut event = event.clone();
    event.citations.retain(|citation| KnownOn::counts(Some(known_on), timeline, citation));
    event
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citation, Header};
    use crate::time::{Date, Zone};

    fn timeline() -> Timeline {
        let date = |text: &str| Date::parse(text).unwrap();
        let source = |id: &str, published: &str| Source {
            published: Some(date(published)),
            ..Source::new(id, format!("Report of {id}"))
        };
        let event = |id: &str, sources: &[&str]| {
            let mut event = Event::new(id, id, date("2024-06-19"));
            event.citations = sources.iter().map(|source| Citation::new(*source)).collect();
            event
        };
        let events = vec![
            event("signing", &["tass", "yonhap"]),
            event("secret", &["yonhap"]),
            event("rumour", &[]),
            event("stray", &["not-in-the-file"]),
        ];
        let sources = vec![source("tass", "2024-06-19"), source("yonhap", "2024-10-24")];
        Timeline::from_records(Header::new("t"), vec![], sources, events, vec![], vec![])
    }

    fn check(query: &str, known_on: Option<&str>, expected: Option<&[&str]>) {
        let timeline = timeline();
        let query = Query::parse(query);
        let known_on = known_on.and_then(|text| KnownOn::new(&Date::parse(text).unwrap(), Zone::UTC));
        let question = Question { query: &query, known_on: known_on.as_ref() };
        let id = |at: usize| timeline.events().get(at).unwrap().id.as_str();
        let found = question.matching(&timeline);
        let found: Option<Vec<&str>> = found.map(|found| found.iter().map(id).collect());
        assert_eq!(found.as_deref(), expected, "{question:?}");
        let one_by_one = timeline.events().iter().filter(|event| question.matches(&timeline, event)).count();
        assert_eq!(one_by_one, expected.map_or(4, <[_]>::len), "{question:?}");
    }

    #[test]
    fn what_no_source_had_told_of_is_hidden_and_what_none_dates_stays() {
        check("", None, None);
        check("", Some("2024-06-18"), Some(&["rumour", "stray"]));
        check("", Some("2024-06-19"), Some(&["signing", "rumour", "stray"]));
        check("", Some("2024-10-24"), Some(&["signing", "secret", "rumour", "stray"]));
    }

    #[test]
    fn words_of_sources_that_were_not_out_find_nothing() {
        check("yonhap", None, Some(&["signing", "secret"]));
        check("yonhap", Some("2024-06-19"), Some(&[]));
        check("tass", Some("2024-06-19"), Some(&["signing"]));
    }

    #[test]
    fn many_events_are_answered_as_one_by_one() {
        let date = |text: &str| Date::parse(text).unwrap();
        let source = |at: i64| Source {
            published: (at % 7 != 0).then(|| Date::from_day(crate::time::CivilDay::from_number(19_000 + at))),
            ..Source::new(format!("s{at}"), format!("Paper {}", at % 3))
        };
        let event = |at: i64| {
            let mut event = Event::new(format!("e{at}"), "x", date("2022"));
            event.citations = (0..at % 4).map(|n| Citation::new(format!("s{}", (at * 31 + n * 17) % 400))).collect();
            event
        };
        let sources = (0..400).map(source).collect();
        let events = (0..9_000).map(event).collect();
        let timeline = Timeline::from_records(Header::new("t"), vec![], sources, events, vec![], vec![]);
        let known_on = KnownOn::new(&Date::from_day(crate::time::CivilDay::from_number(19_100)), Zone::UTC);
        for words in ["", "paper", "paper 1"] {
            let query = Query::parse(words);
            let question = Question { query: &query, known_on: known_on.as_ref() };
            let plainly = timeline.events().iter().map(|event| question.matches(&timeline, event)).collect::<Vec<_>>();
            let found = question.matching(&timeline).unwrap();
            assert_eq!(found, Matches::from_fn(9_000, |at| plainly[at]), "{words}");
            assert!(0 < found.count() && found.count() < 9_000, "{words}");
        }
    }

    #[test]
    fn an_answer_is_found_anew_when_the_date_changes() {
        let timeline = timeline();
        let on = |text: &str| KnownOn::new(&Date::parse(text).unwrap(), Zone::UTC);
        let mut found = super::super::Found::default();
        let count = |found: &super::super::Found| found.matches().map(Matches::count);
        found.refresh(&timeline, 1, "", None);
        assert_eq!(count(&found), None);
        found.refresh(&timeline, 1, "", on("2024-06-19").as_ref());
        assert_eq!(count(&found), Some(3));
        found.refresh(&timeline, 1, "", on("2024-06-18").as_ref());
        assert_eq!(count(&found), Some(2));
        found.refresh(&timeline, 1, "yonhap", None);
        assert_eq!(count(&found), Some(2));
    }
}
