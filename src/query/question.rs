//! All that decides whether an event is shown: the question, and what was known on a date.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::date_test::DateTest;
use super::expr::Gathered;
use super::{Expr, Hits, Leaf, Matches, Query, Texts, lookup};
use crate::model::{Event, Events, Known, KnownOn, Source, Timeline};

/// Events that one thread looks at in one go: whole words of [`Matches`].
const STRIDE: usize = 4096;

/// A part of a question that is looked up at once: a leaf, or all that asks about dates alone.
type Part<'q> = Gathered<'q, Leaf, DateTest<'q>>;

/// Which events are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// What must hold of them. Words of citations whose sources were not out yet do not count.
    pub query: &'a Query,
    /// Only what was known on a date, or may have been.
    pub known_on: Option<&'a KnownOn>,
}

impl Question<'_> {
    /// The events that match; none where nothing is asked. For a timeline that is asked once: its texts are put side by side
    /// for this question alone.
    pub fn find(&self, timeline: &Timeline) -> Option<Hits> {
        let texts = if self.query.is_empty() { Texts::default() } else { Texts::of(timeline.events()) };
        self.hits(timeline, &texts, &AtomicBool::new(false))
    }

    /// The events that match, where `texts` are those of the timeline's events; none where nothing is asked, or it was called
    /// off.
    pub fn hits(&self, timeline: &Timeline, texts: &Texts, cancelled: &AtomicBool) -> Option<Hits> {
        debug_assert!(self.query.is_empty() || texts.are_of(timeline.events()), "texts follow every edit");
        match self.known_on {
            None if self.query.is_empty() => None,
            None => self.evaluate(timeline, texts, cancelled, None),
            Some(known_on) => self.as_known(timeline, texts, cancelled, known_on),
        }
    }

    /// What the query finds among events that have these texts, with the lanes and sources of a timeline. Of the `unsure`
    /// events a word that is found may stand where it does not count.
    fn evaluate(
        &self,
        timeline: &Timeline,
        texts: &Texts,
        cancelled: &AtomicBool,
        unsure: Option<&Matches>,
    ) -> Option<Hits> {
        let is_off = || cancelled.load(Ordering::Relaxed);
        let hits = self.parts(timeline).evaluate(texts.len(), &mut |part, among| {
            let hits = found(part, texts, timeline, among, is_off);
            let hits = match (part, unsure) {
                (Gathered::One(leaf), Some(unsure)) if leaf.reads_citations() => {
                    let (mut certain, mut possible) = (hits.certain().clone(), hits.possible().clone());
                    certain.subtract(unsure);
                    // Without a citation the best that is left is another.
                    if leaf.compares_citations() {
                        possible.unite(unsure);
                    }
                    Hits::new(certain, possible)
                }
                _ => hits,
            };
            (!is_off()).then_some(hits)
        })?;
        // What has no date may lie anywhere, so a question about time does not rule it out and its negation does not find it;
        // among what may match it would stand in every answer.
        Some(if self.query.asks_time() { hits.not_merely_possible(&texts.undated()) } else { hits })
    }

    /// The parts of the query that are looked up one after the other.
    fn parts(&self, timeline: &Timeline) -> Expr<Part<'_>> {
        let zone = timeline.zone();
        self.query.expr().gathered(&|leaf| DateTest::of(leaf, zone))
    }

    /// What the query finds among the events that were known, without the words that nobody could know.
    ///
    /// A word that is found may stand in a citation whose source was not out. In events with such a citation it is first taken
    /// as possible; the logic of three values says which of them that leaves undecided, and only these are read without what
    /// was not known.
    fn as_known(&self, timeline: &Timeline, texts: &Texts, cancelled: &AtomicBool, known_on: &KnownOn) -> Option<Hits> {
        // Sources are few beside the events that cite them: each is judged once.
        let sources = known_on.sources(timeline);
        let known = those(timeline, |event| known_on.event_among(&sources, event) != Known::NotYet);
        if self.query.is_empty() {
            return Some(Hits::exact(known));
        }
        let is_late = |source: &&Source| known_on.source(source) == Known::NotYet;
        let late: FxHashSet<&str> =
            timeline.sources().iter().filter(is_late).map(|source| source.id.as_str()).collect();
        let unsure =
            those(timeline, |event| event.citations.iter().any(|citation| late.contains(citation.source.as_str())));
        let hits = self.evaluate(timeline, texts, cancelled, Some(&unsure))?.and(&Hits::exact(known));

        let mut undecided = hits.possible().clone();
        undecided.subtract(hits.certain());
        undecided.intersect(&unsure);
        if undecided.count() == 0 {
            return Some(hits);
        }
        let without_late = |event: &Event| {
            let mut event = event.clone();
            event.citations.retain(|citation| !late.contains(citation.source.as_str()));
            event
        };
        let copies: Events = undecided.iter().filter_map(|at| timeline.events().get(at)).map(without_late).collect();
        // What does not hang on citations is asked of the events themselves: what an event has among others is told by its
        // place in the timeline, which its copy does not have.
        let copied = Texts::of(&copies);
        let is_off = || cancelled.load(Ordering::Relaxed);
        let of_undecided = |found: &Matches| {
            let mut positions = undecided.iter();
            Matches::from_fn(copies.len(), |_| positions.next().is_some_and(|at| found.contains(at)))
        };
        let of_copies = self.parts(timeline).evaluate(copies.len(), &mut |part, among| {
            let hits = match part {
                Gathered::One(leaf) if leaf.reads_citations() => found(part, &copied, timeline, among, is_off),
                _ => {
                    let hits = found(part, texts, timeline, &undecided, is_off);
                    Hits::new(of_undecided(hits.certain()), of_undecided(hits.possible()))
                }
            };
            (!is_off()).then_some(hits)
        })?;
        let of_copies = match self.query.asks_time() {
            true => of_copies.not_merely_possible(&of_undecided(&texts.undated())),
            false => of_copies,
        };
        let spread = |found: &Matches| {
            let mut found = (0..).zip(undecided.iter()).filter(|(copy, _)| found.contains(*copy)).map(|(_, at)| at);
            let mut next = found.next();
            Matches::from_fn(timeline.events().len(), |at| {
                let is_next = next == Some(at);
                if is_next {
                    next = found.next();
                }
                is_next
            })
        };
        let (certain, possible) = (spread(of_copies.certain()), spread(of_copies.possible()));
        let outside = Hits::exact(undecided.complement());
        Some(hits.and(&outside).or(&Hits::new(certain, possible)))
    }
}

/// What a part of a question finds among some events.
fn found(
    part: &Part<'_>,
    texts: &Texts,
    timeline: &Timeline,
    among: &Matches,
    is_off: impl Fn() -> bool + Sync,
) -> Hits {
    match part {
        Gathered::One(leaf) => lookup::hits(texts, timeline, leaf, among, is_off),
        Gathered::Whole(dates) => lookup::hits_by_date(texts, timeline, dates, among, is_off),
    }
}

/// The events for which `is_asked_for` holds, asked on all cores.
fn those(timeline: &Timeline, is_asked_for: impl Fn(&Event) -> bool + Sync) -> Matches {
    let events = timeline.events().len();
    let words: Vec<u64> = (0..events.div_ceil(STRIDE))
        .into_par_iter()
        .flat_map_iter(|stride| {
            let range = stride * STRIDE..events.min((stride + 1) * STRIDE);
            let mut bits = vec![0_u64; range.len().div_ceil(64)];
            for (at, event) in range.clone().zip(timeline.events().range(range)) {
                if is_asked_for(event)
                    && let Some(bits) = bits.get_mut(at % STRIDE / 64)
                {
                    *bits |= 1 << (at % 64);
                }
            }
            bits
        })
        .collect();
    Matches::from_words(words, events)
}

#[cfg(test)]
mod tests {
    use super::super::{Answer, Asking, Expr, Found, Reading};
    use super::*;
    use crate::model::{Citation, Header};
    use crate::time::{Date, Instant, Zone};

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
        let query = Query::words(query);
        let known_on = known_on.and_then(|text| KnownOn::new(&Date::parse(text).unwrap(), Zone::UTC));
        let question = Question { query: &query, known_on: known_on.as_ref() };
        let id = |at: usize| timeline.events().get(at).unwrap().id.as_str();
        let found = question.find(&timeline);
        assert!(found.as_ref().is_none_or(|found| found.certain() == found.possible()), "{question:?}");
        let found: Option<Vec<&str>> = found.as_ref().map(|found| found.certain().iter().map(id).collect());
        assert_eq!(found.as_deref(), expected, "{question:?}");
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
    fn problems_are_those_of_the_events_as_they_stand_in_the_timeline() {
        let source = |id: &str, published: &str| Source {
            published: Some(Date::parse(published).unwrap()),
            ..Source::new(id, format!("Report of {id}"))
        };
        let dated = |id: &str| Event::new(id, id, Date::parse("2024-06-19").unwrap());
        let mut signing = dated("signing");
        signing.citations = ["tass", "yonhap"].into_iter().map(Citation::new).collect();
        let sources = vec![source("tass", "2024-06-19"), source("yonhap", "2024-10-24")];
        // Only the second is read without what was not out, as the first of the copies that are.
        let events = vec![dated("rumour"), signing];
        let timeline = Timeline::from_records(Header::new("t"), vec![], sources, events, vec![], vec![]);
        let query = Query::read("-is:unsourced -yonhap", Asking::new(&timeline, Instant::default()));
        let known_on = KnownOn::new(&Date::parse("2024-06-19").unwrap(), Zone::UTC);
        let found = Question { query: &query.unwrap(), known_on: known_on.as_ref() }.find(&timeline).unwrap();
        assert_eq!(found.certain().iter().collect::<Vec<_>>(), [1]);
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
            for is_negated in [false, true] {
                let expr = Query::words(words).expr().clone();
                let query = Query::from(if is_negated { Expr::Not(Box::new(expr)) } else { expr });
                let question = Question { query: &query, known_on: known_on.as_ref() };
                let found = question.find(&timeline).unwrap();
                assert_eq!(found.certain(), found.possible(), "{words}");
                let plainly = |at: usize| {
                    let event = timeline.events().get(at).unwrap();
                    let out = |citation: &&Citation| KnownOn::counts(known_on.as_ref(), &timeline, citation);
                    let papers = event.citations.iter().filter(out).filter_map(|it| timeline.source(&it.source));
                    let papers: Vec<&Source> = papers.collect();
                    let has_one = || papers.iter().any(|paper| paper.title.contains('1') || paper.id.contains('1'));
                    let is_found = match words {
                        "" => true,
                        "paper" => !papers.is_empty(),
                        _ => !papers.is_empty() && (event.id.contains('1') || has_one()),
                    };
                    known_on.as_ref().unwrap().event(&timeline, event) != Known::NotYet && is_found != is_negated
                };
                assert_eq!(*found.certain(), Matches::from_fn(9_000, plainly), "{words}, {is_negated}");
                assert!((1..9_000).contains(&found.certain().count()) || words.is_empty(), "{words}");
            }
        }
    }

    #[test]
    fn an_answer_is_found_anew_when_the_date_changes() {
        let timeline = timeline();
        let on = |text: &str| KnownOn::new(&Date::parse(text).unwrap(), Zone::UTC);
        let (mut found, mut texts) = (Found::default(), Texts::default());
        let mut count = |text: &str, known_on: Option<KnownOn>| {
            let asked = (1, text.to_owned(), known_on.clone());
            assert!(!found.answers(1, text, known_on.as_ref()));
            let reading = Reading { now: Instant::default(), otherwise: found.query(), selected: None };
            found.take(Answer::find(&timeline, &mut texts, asked, &reading, &AtomicBool::new(false)).unwrap());
            assert!(found.answers(1, text, known_on.as_ref()) && !found.answers(2, text, known_on.as_ref()));
            found.matches().map(Matches::count)
        };
        assert_eq!(count("", None), None);
        assert_eq!(count("", on("2024-06-19")), Some(3));
        assert_eq!(count("", on("2024-06-18")), Some(2));
        assert_eq!(count("yonhap", None), Some(2));
        assert_eq!(count("yonhap", on("2024-06-19")), Some(0));
    }
}
