//! What is written comes back, whatever it says; what was damaged on the way is told.

use proptest::prelude::*;

use super::*;
use crate::interchange::events::random::timelines;
use crate::interchange::events::write::{Choice, Format, write};
use crate::model::{Judgment, Text};

fn written(id: &str, timeline: &Timeline) -> Vec<u8> {
    let mut bytes = Vec::new();
    let choice = Choice { include_collectors: true, ..Choice::default() };
    write(Format::named(id).unwrap(), timeline, &choice, &mut bytes).unwrap();
    bytes
}

/// Every record, events in order of their ids: in a file their order is that of time.
fn records(timeline: &Timeline) -> Own {
    let mut events: Vec<Event> = timeline.events().iter().cloned().collect();
    events.sort_by(|one, other| one.id.cmp(&other.id));
    Own {
        header: Some(timeline.header().clone()),
        lanes: timeline.lanes().to_vec(),
        sources: timeline.sources().iter().cloned().collect(),
        events,
        eras: timeline.eras().to_vec(),
        views: timeline.views().to_vec(),
        is_as_of: false,
        problems: Vec::new(),
    }
}

/// An event as a table can say it: an empty cell is nothing.
fn tabled(mut event: Event) -> Event {
    let texts = [&mut event.wording, &mut event.lane, &mut event.place, &mut event.note];
    texts.into_iter().for_each(without_empty);
    if let Some(judgment) = &mut event.judgment {
        without_empty(&mut judgment.note);
    }
    event.judgment = event.judgment.filter(|it| **it != Judgment { likelihood: None, confidence: None, note: None });
    let empty: Vec<Text> =
        event.rare.fields.iter().filter(|(_, text)| text.is_empty()).map(|(name, _)| name.clone()).collect();
    empty.iter().for_each(|name| event.rare.fields.remove(name));
    event
}

fn without_empty(text: &mut Option<Text>) {
    *text = text.take().filter(|text| !text.is_empty());
}

/// As [`tabled`], of everything. The order of the user's own fields is that of the columns.
fn in_order(mut event: Event) -> Event {
    let mut pairs: Vec<(Text, Text)> =
        event.rare.fields.iter().map(|(name, text)| (name.clone(), text.clone())).collect();
    pairs.sort();
    let names: Vec<Text> = pairs.iter().map(|(name, _)| name.clone()).collect();
    names.iter().for_each(|name| event.rare.fields.remove(name));
    pairs.into_iter().for_each(|(name, text)| event.rare.fields.put(name, text));
    event
}

/// Every record as a table can say it.
fn all_tabled(mut own: Own) -> Own {
    own.events = own.events.into_iter().map(|event| in_order(tabled(event))).collect();
    own.lanes.iter_mut().for_each(|lane| [&mut lane.color, &mut lane.note].into_iter().for_each(without_empty));
    own.eras.iter_mut().for_each(|era| [&mut era.color, &mut era.note].into_iter().for_each(without_empty));
    own.views.iter_mut().for_each(|view| without_empty(&mut view.query));
    if let Some(header) = &mut own.header {
        without_empty(&mut header.description);
    }
    for source in &mut own.sources {
        let Source { author, publisher, number, language, url, archive_url, origin, descriptor, note, .. } = source;
        let texts = [author, publisher, number, language, url, archive_url, origin, descriptor, note];
        texts.into_iter().for_each(without_empty);
    }
    own
}

fn all_in_order(mut own: Own) -> Own {
    own.events = own.events.into_iter().map(in_order).collect();
    own
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn json_comes_back_as_it_was(timeline in timelines()) {
        let own = document(&String::from_utf8(written("json", &timeline)).unwrap(), &|_| true);
        prop_assert_eq!(&own.problems, &[]);
        prop_assert_eq!(records(&own.timeline("none")), records(&timeline));
        let own = lines(&String::from_utf8(written("json-lines", &timeline)).unwrap(), &|_| true);
        prop_assert_eq!(&own.problems, &[]);
        prop_assert_eq!(records(&own.timeline("none")), records(&timeline));
    }

    #[test]
    fn tables_and_workbooks_come_back_as_they_were(timeline in timelines()) {
        for (id, own) in [
            ("csv", delimited(&String::from_utf8(written("csv", &timeline)).unwrap(), b',')),
            ("tsv", delimited(&String::from_utf8(written("tsv", &timeline)).unwrap(), b'\t')),
            ("xlsx", workbook(&written("xlsx", &timeline), &|_| true).unwrap()),
        ] {
            prop_assert_eq!(&own.problems, &[], "{}", id);
            prop_assert_eq!(all_in_order(records(&own.timeline("none"))), all_tabled(records(&timeline)), "{}", id);
        }
    }

    #[test]
    fn what_was_damaged_on_the_way_is_no_panic(
        timeline in timelines(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        for id in ["json", "json-lines", "csv", "tsv", "xlsx"] {
            let mut bytes = written(id, &timeline);
            for (at, byte) in &changes {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] = *byte;
                }
            }
            let text = String::from_utf8_lossy(&bytes);
            drop(read(&bytes, &|_| true));
            drop((document(&text, &|_| true), lines(&text, &|_| true), delimited(&text, b','), delimited(&text, b'\t'), workbook(&bytes, &|_| true)));
        }
    }
}

#[test]
fn a_file_is_told_by_what_is_in_it() {
    let timeline =
        Timeline::from_records(Header::new("T"), vec![], vec![], vec![Event::undated("a", "A")], vec![], vec![]);
    for id in ["json", "json-lines", "csv", "tsv", "xlsx"] {
        let own = read(&written(id, &timeline), &|_| true).unwrap();
        assert_eq!(own.events.len(), 1, "{id}");
    }
    for text in ["", "PK", "{}", "[]", "id,title,date\na,A,2024\n", "{\"a\":1}"] {
        assert!(read(text.as_bytes(), &|_| true).is_none(), "{text}");
    }
}

#[test]
fn a_row_that_somebody_wrote_is_read_and_what_it_cannot_be_is_told() {
    let text = "title,date,date_in_words,citations.source,citations.stance,standing,Reviewer,tags\n\
                A vote,2024-10,,\"gazette; wire\",; Denies,Alleged,Kim,duma; law\n\
                Another,last week,,,,Perhaps,,\n\
                ,2024,,,,,,\n";
    let own = delimited(text, b',');
    let [vote, other] = own.events.as_slice() else { panic!("{:?}", own.events) };
    let stances: Vec<&str> = vote.citations.iter().map(|citation| citation.stance.label()).collect();
    assert_eq!(stances, ["Supports", "Denies"]);
    assert_eq!(vote.rare.fields.get("Reviewer").unwrap(), "Kim");
    assert_eq!(vote.tags.as_slice(), ["duma", "law"]);
    assert_eq!((other.date.clone(), other.wording.as_deref()), (None, Some("last week")));
    let told: Vec<(usize, &str)> = own.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    assert_eq!(told, [(3, "unread-cell"), (3, "unread-cell"), (4, "missing-title")]);

    let mut timeline = Timeline::empty("T");
    let edit = own.clone().edit(&timeline).unwrap();
    apply(&mut timeline, &edit).unwrap();
    assert_eq!(timeline.events().len(), 2);
    assert!(timeline.event("a-vote-2024-10").is_some());
}

#[test]
fn what_a_file_could_not_say_is_no_deletion() {
    use crate::model::{Capture, Citation, Hash, HashAlgorithm, Link, Relation};
    let hash = Hash { algorithm: HashAlgorithm::Sha256, value: "ab".into() };
    let by = Some("A collector".into());
    let mut source = Source::new("gazette", "Gazette");
    source.captures.push(Capture { file: "a.pdf".into(), hash, captured: None, by, alters: None, note: None });
    let mut event = Event::undated("a", "A vote");
    event.links.extend(["b", "c"].map(|to| Link { to: to.into(), relation: Relation::Causes, note: None }));
    event.citations.extend([Citation::new("gazette"), Citation::new("wire")]);
    let others = ["b", "c"].map(|id| Event::undated(id, id));
    let events: Vec<Event> = [event.clone()].into_iter().chain(others).collect();
    let sources = vec![source, Source::new("wire", "Wire")];
    let mut timeline = Timeline::from_records(Header::new("T"), vec![], sources, events, vec![], vec![]);
    // The file holds a and b, and was made as of a date on which the wire was not out.
    let mut exported = timeline.source("gazette").unwrap().clone();
    exported.captures.iter_mut().for_each(|capture| capture.by = None);
    event.title = "The vote".into();
    event.links.clear();
    event.citations.truncate(1);
    let events = vec![event, Event::undated("b", "b")];
    let own = Own { sources: vec![exported], events, is_as_of: true, ..Own::default() };
    let edit = own.edit(&timeline).unwrap();
    apply(&mut timeline, &edit).unwrap();
    let event = timeline.event("a").unwrap();
    assert_eq!((event.title.as_str(), event.citations.len()), ("The vote", 2));
    assert_eq!(event.links.iter().map(|link| link.to.as_str()).collect::<Vec<_>>(), ["c"], "that to b was taken out");
    assert_eq!(timeline.source("gazette").unwrap().captures[0].by.as_deref(), Some("A collector"));
}
