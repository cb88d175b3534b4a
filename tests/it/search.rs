//! What words find: every one of them in any text of an event, of a timeline that is edited meanwhile too.

use std::sync::atomic::AtomicBool;

use annalist::edit::{Edit, apply};
use annalist::model::{
    Citation, Event, Header, Image, Judgment, Key, Lane, Link, Record, Relation, Source, Text, Timeline,
};
use annalist::query::{Hits, Matches, Query, Question, Texts, fold};
use annalist::time::Date;
use proptest::prelude::*;
use proptest::sample::Index;

/// Every text that a word may stand in, folded: those of the event, its lane, its citations and their sources.
fn texts_of(timeline: &Timeline, event: &Event) -> Vec<String> {
    let mut texts = vec![event.id.to_string(), event.title.to_string(), event.standing.label().to_owned()];
    texts.extend([event.date_as_written().to_owned(), event.date_in_words()]);
    texts.extend(event.date_in_words().contains("Oct").then(|| event.date_in_words().replace("Oct", "October")));
    let mut add = |text: &Option<Text>| texts.extend(text.iter().map(ToString::to_string));
    [&event.wording, &event.place, &event.note, &event.lane].into_iter().for_each(&mut add);
    event.judgment.iter().for_each(|judgment| add(&judgment.note));
    event.links.iter().for_each(|link| add(&link.note));
    for (name, text) in event.rare.fields.iter() {
        [name, text].into_iter().for_each(|text| add(&Some(text.clone())));
    }
    for image in &event.rare.images {
        [&Some(image.file.clone()), &image.caption, &image.credit].into_iter().for_each(&mut add);
    }
    for citation in &event.citations {
        [&citation.locator, &citation.quote, &citation.translation, &citation.wording, &citation.note]
            .into_iter()
            .for_each(&mut add);
        add(&Some(citation.source.clone()));
        if let Some(source) = timeline.source(&citation.source) {
            [&source.publisher, &source.author, &source.number, &source.url].into_iter().for_each(&mut add);
            add(&Some(source.title.clone()));
        }
    }
    event.lane.iter().filter_map(|lane| timeline.lane(lane)).for_each(|lane| add(&Some(lane.title.clone())));
    event.actors.iter().chain(&event.tags).for_each(|text| add(&Some(text.clone())));
    texts.iter().map(|text| fold(text)).collect()
}

/// What is found from texts side by side is what reading each event finds; how many.
fn check(text: &str, timeline: &Timeline, texts: &Texts) -> usize {
    let (query, events) = (Query::words(text), timeline.events());
    let found = Question { query: &query, known_on: None }.hits(timeline, texts, &AtomicBool::new(false));
    assert_eq!(found, Question { query: &query, known_on: None }.find(timeline), "{text}");
    let words: Vec<String> = fold(text).split_whitespace().map(str::to_owned).collect();
    assert_eq!(found.is_none(), words.is_empty(), "{text}");
    let holds = |at: usize| {
        let own = texts_of(timeline, events.get(at).unwrap());
        words.iter().all(|word| own.iter().any(|own| own.contains(word)))
    };
    let plainly = Hits::exact(Matches::from_fn(events.len(), holds));
    assert_eq!(found.unwrap_or_else(|| Hits::all(events.len())), plainly, "{text}");
    plainly.certain().count()
}

/// A few words that occur in every field, so that what is looked for is sometimes there.
fn word() -> impl Strategy<Value = String> {
    "(Ab|И|ï|b a|2024|x)[abи]{0,2}"
}

fn event() -> impl Strategy<Value = Event> {
    let texts = proptest::collection::vec(word(), 12);
    let dates = prop::sample::select(vec!["2024-10", "1950~", "[2024-01-01..2024-01-10]", ""]);
    (0..400_u16, texts, dates, any::<u16>()).prop_map(|(id, texts, date, has)| {
        let text = |at: usize| Text::from(texts[at].as_str());
        let some = |at: usize| (has >> at & 1 == 1).then(|| text(at));
        let mut event = Event::undated(format!("e{id}"), text(0));
        event.date = Date::parse(date).ok();
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
        // Few events have them: memory of their own is taken for these.
        if has % 5 == 0 {
            event.rare.fields.put(text(4), text(5));
            event.rare.images.push(Image { caption: some(6), credit: some(7), ..Image::new(text(8)) });
        }
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
                    Edit::Put { record: Record::Event(event.into()), replaces: None, at: Some(at) }
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
        prop_assert_eq!(texts.titles_holding(&fold(&words[0])).events(), timeline.events().len());
    }
}

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
        Header::new("t"),
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
    let texts = Texts::of(timeline.events());
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
        ("k", 4500),
        (" ", 9000),
    ] {
        assert_eq!(check(text, &timeline, &texts), expected, "{text}");
    }
    assert_eq!(texts.titles_holding("event 17").count(), 111);
    for letter in ["9", "0", "e", "д", "z"] {
        check(letter, &timeline, &texts);
        let plainly = timeline.events().iter().filter(|event| event.title.to_lowercase().contains(letter)).count();
        assert_eq!(texts.titles_holding(letter).count(), plainly, "{letter}");
    }
    let question = Question { query: &Query::words("дума"), known_on: None };
    assert_eq!(question.hits(&timeline, &texts, &AtomicBool::new(true)), None, "called off");
}

#[test]
fn no_text_reaches_into_the_next_one() {
    let mut event = Event::new("ab", "cd", Date::parse("2024").unwrap());
    event.note = Some("ef".into());
    event.wording = Some("gh".into());
    let events = vec![event, Event::new("ij", "kl", Date::parse("2025").unwrap())];
    let timeline = Timeline::from_records(Header::new("t"), vec![], vec![], events, vec![], vec![]);
    let texts = Texts::of(timeline.events());
    for (text, expected) in
        [("abgh", 0), ("ghef", 0), ("cdkl", 0), ("efij", 0), ("gh", 1), ("reported", 2), ("2025", 1)]
    {
        assert_eq!(check(text, &timeline, &texts), expected, "{text}");
    }
}

#[test]
fn a_word_is_found_however_it_is_written() {
    let decomposed = "\u{110c}\u{1169}\u{110b}\u{1163}\u{11a8}";
    let titles = ["조약 서명", decomposed, "Алёшин", "Straße", "ＮＡＴＯ", "İzmir", "σοφος"];
    let mut events: Vec<Event> = (0..)
        .zip(titles)
        .map(|(at, title)| Event::new(format!("e{at}"), title, Date::parse("2024").unwrap()))
        .collect();
    // The same in what events share, and in sources.
    for (event, title) in events.iter_mut().zip(titles.iter().cycle().skip(1)) {
        event.place = Some((*title).into());
        event.citations.push(Citation::new(event.id.clone()));
    }
    let sources = (0..).zip(titles.iter().cycle().skip(2));
    let sources = sources.map(|(at, title)| Source::new(format!("e{at}"), *title)).take(titles.len()).collect();
    let timeline = Timeline::from_records(Header::new("t"), vec![], sources, events, vec![], vec![]);
    let texts = Texts::of(timeline.events());
    for (text, expected) in [
        ("조약", 4),
        (decomposed, 4),
        ("алешин", 3),
        ("Але\u{308}шин", 3),
        ("STRASSE", 3),
        ("strasse", 3),
        ("nato", 3),
        ("ｎａｔｏ", 3),
        ("izmir", 3),
        ("IZMIR", 3),
        ("ΣΟΦΟΣ", 3),
        ("\u{200b}", 7),
    ] {
        assert_eq!(check(text, &timeline, &texts), expected, "{text}");
    }
    assert_eq!(texts.titles_holding(&fold(decomposed)).count(), 2);
}
