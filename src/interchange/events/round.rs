//! Timelines that leave in a format of another program and come back: what the format can hold is the same, and no date finer.

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::chronology::{Chronology, Record};
use super::write::{Choice, Format, write};
use super::{Asked, Input};
use crate::interchange::sources::random::date;
use crate::model::{Coordinates, Era, Event, Header, Lane, RareFields, Standing, Text, Timeline};
use crate::time::{Date, DayBound, Precision};

/// Words that some format takes for more than words.
const WORDS: [&str; 40] = [
    "talks",
    "Дума",
    "北京",
    "العربية",
    "a_b_c",
    "*x*",
    "**x**",
    "`x`",
    "<b>x</b>",
    "&amp;",
    "a<b",
    "R&D",
    "#1",
    "#tag",
    "C#",
    "!id",
    "!",
    "[x]",
    "(3)",
    "[3]",
    "2024:",
    "2024-05:",
    "10:30",
    "x:",
    "x,",
    "x;",
    "\\",
    "\\n",
    "\"x\"",
    "'x'",
    "//",
    "/*",
    "---",
    "- ",
    ">",
    "[a](http://b.example)",
    "1.",
    "every",
    "end",
    "%",
];

/// A text in one line, of at most 60 signs.
fn words() -> impl Strategy<Value = String> {
    vec(select(WORDS.to_vec()), 1..5).prop_map(|words| one_line(&words.join(" ")))
}

/// A text of several lines, the first and the last of which are not blank.
fn lines() -> impl Strategy<Value = String> {
    let between = select(vec!["\n", "\n\n", "\n- ", "\n  "]);
    (words(), vec((between, words()), 0..4))
        .prop_map(|(first, rest)| rest.into_iter().fold(first, |text, (between, line)| text + between + &line))
}

fn event() -> impl Strategy<Value = Event> {
    let texts = (
        words(),
        option::of(words()),
        option::of(lines()),
        option::of(select(vec!["as they say", "\"soon\", he said"])),
    );
    let lists = (vec(words(), 0..3), vec(words(), 0..3), option::of(0..3_usize));
    let place = option::of((-90.0..=90.0, -180.0..=180.0));
    (option::of(date()), texts, lists, select(Standing::ALL.to_vec()), place).prop_map(
        |(date, texts, lists, standing, place)| Event {
            date,
            place: texts.1.map(Text::from),
            note: texts.2.map(Text::from),
            wording: texts.3.map(Text::from),
            actors: lists.0.into_iter().collect::<BTreeSet<_>>().into_iter().map(Text::from).collect(),
            tags: lists.1.into_iter().collect::<BTreeSet<_>>().into_iter().map(Text::from).collect(),
            lane: lists.2.map(|at| Text::from(format!("lane-{at}"))),
            standing,
            rare: RareFields {
                coordinates: place.and_then(|(north, east)| Coordinates::new(north, east)),
                ..RareFields::default()
            }
            .into(),
            ..Event::undated("", texts.0)
        },
    )
}

fn timelines() -> impl Strategy<Value = Timeline> {
    let header = (words(), option::of(lines()))
        .prop_map(|(title, description)| Header { description: description.map(Text::from), ..Header::new(title) });
    let lanes = vec((words(), option::of(select(vec!["#0a6ebd", "#ffffff"]))), 3..4);
    let eras = vec((words(), date()), 0..3);
    (header, lanes, vec(event(), 0..5), eras).prop_map(|(header, lanes, events, eras)| {
        let lanes = lanes.into_iter().enumerate().map(|(at, (title, color))| Lane {
            id: format!("lane-{at}").into(),
            title: format!("{title} {at}").into(),
            color: color.map(Text::from),
            note: None,
        });
        let events = events.into_iter().enumerate().map(|(at, event)| Event {
            id: format!("event-{at}").into(),
            // Where a format keeps no id a title is known by the number at its end.
            title: format!("{} {at}", event.title).into(),
            ..event
        });
        let eras = eras.into_iter().enumerate().map(|(at, (title, date))| Era {
            id: format!("era-{at}").into(),
            title: title.into(),
            date,
            color: None,
            note: None,
        });
        Timeline::from_records(header, lanes.collect(), Vec::new(), events.collect(), eras.collect(), Vec::new())
    })
}

/// What comes back of a timeline, and how many events did not leave.
fn back(id: &str, timeline: &Timeline) -> (Chronology, usize) {
    let format = Format::named(id).unwrap();
    let mut bytes = Vec::new();
    let remarks = write(format, timeline, &Choice::default(), &mut bytes).unwrap().join(" ");
    let name = format!("x.{}", format.extension);
    let input = Input::new(&name, &bytes);
    let reader = super::Format::of(&input).unwrap();
    assert_eq!(reader.id, id);
    let words: Vec<&str> = remarks.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let stayed =
        words.windows(3).filter(|words| words[1] == "undated" || words[1].starts_with("event") && words[2] != "’s");
    let stayed = stayed.filter_map(|words| words[0].parse::<usize>().ok()).sum();
    (reader.read(&input, &Asked::NOTHING), stayed)
}

/// Each record with the event that it was.
fn pairs<'c, 't>(chronology: &'c Chronology, timeline: &'t Timeline) -> Vec<(&'c Record, &'t Event)> {
    let id = |record: &Record| match &record.key {
        Some(key) => key.clone(),
        None => format!("event-{}", record.event.title.rsplit(' ').next().unwrap()),
    };
    chronology.records.iter().map(|record| (record, timeline.event(&id(record)).unwrap())).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lane_title<'t>(event: &Event, timeline: &'t Timeline) -> Option<&'t str> {
    event.lane.as_deref().and_then(|id| timeline.lane(id)).map(|lane| lane.title.as_str())
}

/// Whether a date can touch every day that the other can: it is not finer.
fn covers(read: &Date, given: &Date) -> bool {
    let (read, given) = (read.day_bounds(), given.day_bounds());
    let starts = match (read.earliest, given.earliest) {
        (DayBound::Day(read), DayBound::Day(given)) => read <= given,
        _ => true,
    };
    let ends = match (read.latest, given.latest) {
        (DayBound::Day(read), DayBound::Day(given)) => given <= read,
        _ => true,
    };
    starts && ends
}

/// The lines of a text that are not blank, without the blanks at their ends.
fn filled_lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// Whether a note begins with what an event said; behind it stands what a format has no place for.
fn begins_with(read: Option<&Text>, given: Option<&Text>) -> bool {
    let (read, given) = (filled_lines(read.map_or("", |text| text)), filled_lines(given.map_or("", |text| text)));
    read.starts_with(&given)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn a_calendar_keeps_what_it_can_hold(timeline in timelines()) {
        let (chronology, stayed) = back("icalendar", &timeline);
        prop_assert_eq!(chronology.records.len() + stayed, timeline.events().len());
        prop_assert_eq!(chronology.title.as_deref(), Some(timeline.header().title.as_str()));
        for (record, event) in pairs(&chronology, &timeline) {
            let read = &record.event;
            prop_assert_eq!(&read.date, &event.date);
            prop_assert_eq!(&read.title, &event.title);
            prop_assert_eq!(&read.place, &event.place);
            prop_assert_eq!(read.standing, event.standing);
            prop_assert_eq!(read.rare.coordinates, event.rare.coordinates);
            prop_assert!(begins_with(read.note.as_ref(), event.note.as_ref()), "{:?}", read.note);
            let categories: BTreeSet<&str> = read.lane.iter().chain(&read.tags).map(Text::as_str).collect();
            let given: BTreeSet<&str> =
                lane_title(event, &timeline).into_iter().chain(event.tags.iter().map(Text::as_str)).collect();
            prop_assert_eq!(categories, given);
        }
    }

    #[test]
    fn markwhen_keeps_what_it_can_hold(timeline in timelines()) {
        let (chronology, stayed) = back("markwhen", &timeline);
        prop_assert_eq!(chronology.records.len() + stayed, timeline.events().len());
        prop_assert_eq!(chronology.title.as_deref(), Some(timeline.header().title.as_str()));
        prop_assert_eq!(chronology.description.as_deref(), timeline.header().description.as_deref());
        for (record, event) in pairs(&chronology, &timeline) {
            let read = &record.event;
            prop_assert_eq!(record.key.as_deref(), Some(event.id.as_str()));
            prop_assert_eq!(&read.date, &event.date);
            prop_assert_eq!(&read.title, &event.title);
            prop_assert_eq!(&read.place, &event.place);
            prop_assert_eq!(&read.wording, &event.wording);
            prop_assert_eq!(&read.actors, &event.actors);
            prop_assert_eq!(read.tags.iter().collect::<BTreeSet<_>>(), event.tags.iter().collect::<BTreeSet<_>>());
            prop_assert_eq!(read.standing, event.standing);
            prop_assert_eq!(read.lane.as_deref(), lane_title(event, &timeline));
            prop_assert!(begins_with(read.note.as_ref(), event.note.as_ref()), "{:?}", read.note);
            prop_assert!(read.rare.fields.is_empty(), "{:?}", read.rare.fields);
        }
    }

    #[test]
    fn slides_keep_what_they_can_hold(timeline in timelines()) {
        let (chronology, stayed) = back("timelinejs", &timeline);
        prop_assert_eq!(chronology.records.len() + stayed, timeline.events().len());
        prop_assert_eq!(chronology.title.as_deref(), Some(timeline.header().title.as_str()));
        prop_assert_eq!(
            chronology.description.as_deref().map(filled_lines),
            timeline.header().description.as_deref().map(filled_lines)
        );
        for (record, event) in pairs(&chronology, &timeline) {
            let read = &record.event;
            let (there, given) = (read.date.as_ref().unwrap(), event.date.as_ref().unwrap());
            prop_assert!(covers(there, given), "{} for {}", there, given);
            let is_plain = given.as_str().bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
            if is_plain && given.precision() != Precision::Season {
                prop_assert_eq!(there, given);
            }
            prop_assert_eq!(record.key.as_deref(), Some(event.id.as_str()));
            prop_assert_eq!(&read.title, &event.title);
            prop_assert_eq!(read.lane.as_deref(), lane_title(event, &timeline));
            prop_assert!(event.wording.is_none() || read.wording == event.wording, "{:?}", read.wording);
            prop_assert!(begins_with(read.note.as_ref(), event.note.as_ref()), "{:?}", read.note);
        }
        for era in &chronology.eras {
            let given = timeline.eras().iter().find(|given| given.title == era.title && covers(&era.date, &given.date));
            prop_assert!(given.is_some(), "{:?}", era);
        }
    }

    #[test]
    fn the_timeline_project_keeps_what_it_can_hold(timeline in timelines()) {
        let (chronology, stayed) = back("thetimelineproj", &timeline);
        prop_assert_eq!(chronology.records.len() + stayed, timeline.events().len());
        for lane in timeline.lanes() {
            let read = chronology.lanes.iter().find(|read| *read.name == *lane.title);
            prop_assert!(lane.color.is_none() && read.is_some() || read.unwrap().color.as_deref() == lane.color.as_deref());
        }
        for (record, event) in pairs(&chronology, &timeline) {
            let read = &record.event;
            let (there, given) = (read.date.as_ref().unwrap(), event.date.as_ref().unwrap());
            prop_assert!(covers(there, given), "{} for {}", there, given);
            prop_assert!(there == given || given.as_str().contains('T'), "{} for {}", there, given);
            prop_assert_eq!(&read.title, &event.title);
            prop_assert_eq!(read.lane.as_deref(), lane_title(event, &timeline));
            prop_assert!(begins_with(read.note.as_ref(), event.note.as_ref()), "{:?}", read.note);
            let bare = |tag: &&Text| !tag.contains([',', ';']);
            for tag in event.tags.iter().filter(bare) {
                prop_assert!(read.tags.contains(tag), "{} of {:?}", tag, read.tags);
            }
        }
    }
}
