//! Searching a timeline that is edited meanwhile: texts side by side follow every edit.

use std::sync::atomic::AtomicBool;

use annalist::edit::{Edit, apply};
use annalist::model::{Citation, Event, Header, Judgment, Key, Link, Record, Relation, Source, Text, Timeline};
use annalist::query::{Query, Texts, search};
use annalist::time::Date;
use proptest::prelude::*;
use proptest::sample::Index;

/// The same from texts side by side and from the events as they are now.
fn check(query: &str, timeline: &Timeline, texts: &Texts) {
    let query = Query::parse(query);
    let found = search(&query, timeline, texts, &AtomicBool::new(false));
    assert_eq!(found, query.matching(timeline), "{query:?}");
}

/// A few words that occur in every field, so that what is looked for is sometimes there.
fn word() -> impl Strategy<Value = String> {
    "(Ab|И|ï|b a|2024|x)[abи]{0,2}"
}

fn event() -> impl Strategy<Value = Event> {
    let texts = proptest::collection::vec(word(), 12);
    let dates = prop::sample::select(vec!["2024-10", "1950~", "[2024-01-01..2024-01-10]"]);
    (0..400_u16, texts, dates, any::<u16>()).prop_map(|(id, texts, date, has)| {
        let text = |at: usize| Text::from(texts[at].as_str());
        let some = |at: usize| (has >> at & 1 == 1).then(|| text(at));
        let mut event = Event::new(format!("e{id}"), text(0), Date::parse(date).unwrap());
        (event.wording, event.note, event.place, event.lane) = (some(1), some(2), some(3), some(4));
        event.actors.extend(some(5));
        event.tags.extend(some(6));
        let judgment = |note| Judgment { likelihood: None, confidence: None, note: Some(note) };
        event.judgment = some(7).map(|note| Box::new(judgment(note)));
        event.links.extend(some(8).map(|note| Link { to: "e1".into(), relation: Relation::Causes, note: Some(note) }));
        event.citations.extend(some(9).map(|source| {
            let mut citation = Citation::new(source);
            (citation.locator, citation.quote, citation.note) = (some(10), some(11), some(1));
            (citation.translation, citation.wording) = (some(2), some(3));
            citation
        }));
        event
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn texts_follow_every_edit(
        first in proptest::collection::vec(event(), 0..60),
        repeated in 0..30_usize,
        edits in proptest::collection::vec((0..4_u8, event(), any::<Index>()), 0..12),
        words in proptest::collection::vec(word(), 1..3),
        every in 1..4_usize,
    ) {
        // More than a block, so that some are shared.
        let copies = (0..=repeated).flat_map(|round| {
            first.iter().enumerate().map(move |(at, event)| Event { id: format!("r{round}-{at}").into(), ..event.clone() })
        });
        let sources = vec![Source::new("Ab", "Иb"), Source::new("x", "ïa")];
        let mut timeline = Timeline::from_records(
            Header::new("t"), vec![], sources, copies.collect(), vec![], vec![],
        );
        let mut texts = Texts::of(timeline.events());
        let query = words.join(" ");
        for (number, (what, event, place)) in edits.into_iter().enumerate() {
            let count = timeline.events().len();
            let at = if count == 0 { 0 } else { place.index(count) };
            let there = timeline.events().get(at).map(|event| event.id.clone());
            let edit = match (what, there) {
                (0, Some(id)) => Edit::Remove(Key::Event(id)),
                (1, Some(id)) => Edit::put_event(Event { id, ..event }),
                _ => {
                    let event = Event { id: format!("n{number}").into(), ..event };
                    Edit::Put { record: Record::Event(Box::new(event)), replaces: None, at: Some(at) }
                }
            };
            prop_assert!(apply(&mut timeline, &edit).is_ok());
            // They may follow several edits at once.
            if number % every == 0 {
                texts.follow(timeline.events());
                check(&query, &timeline, &texts);
            }
        }
        texts.follow(timeline.events());
        check(&query, &timeline, &texts);
        prop_assert_eq!(texts.titles_holding(&annalist::query::fold(&words[0])).events(), timeline.events().len());
    }
}
