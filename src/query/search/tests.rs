//! A search from texts side by side finds what reading event by event finds.

use super::*;
use crate::model::{Citation, Lane};
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

/// The same from texts side by side, in one go and event by event; how many.
fn check(query: &str, timeline: &Timeline, texts: &Texts) -> usize {
    let query = Query::parse(query);
    let found = search(&query, timeline, texts, &AtomicBool::new(false));
    assert_eq!(found, scan(&query, timeline), "{query:?}");
    let Some(found) = found else { return timeline.events().len() };
    let events = timeline.events();
    let plainly = Matches::from_fn(events.len(), |at| query.matches(timeline, events.get(at).unwrap()));
    assert_eq!(found, plainly, "{query:?}");
    found.count()
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
    let off = AtomicBool::new(true);
    assert_eq!(search(&Query::parse("дума"), &timeline, &texts, &off), None, "called off");
}

#[test]
fn no_text_reaches_into_the_next_one() {
    let mut event = Event::new("ab", "cd", Date::parse("2024").unwrap());
    event.note = Some("ef".into());
    event.wording = Some("gh".into());
    let events = vec![event, Event::new("ij", "kl", Date::parse("2025").unwrap())];
    let timeline = Timeline::from_records(crate::model::Header::new("t"), vec![], vec![], events, vec![], vec![]);
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
    let timeline = Timeline::from_records(crate::model::Header::new("t"), vec![], sources, events, vec![], vec![]);
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
