//! What the picture of a question says of it: nobody takes what matches for all there is.

use annalist::export::picture::{PictureOptions, render};
use annalist::model::{Grouping, KnownOn, Timeline};
use annalist::query::{Asking, Query};
use annalist::scene::Item;
use annalist::store;
use annalist::text::Shaper;
use annalist::time::{Date, Instant};

const ROUTE: &str = r#"Timeline(format: 1, title: "A route", sources: [Source(id: "log", title: "Log", published: "2024-05-02")], events: [
    Event(id: "a", title: "Sails", date: "2024-05-01", standing: Alleged, citations: [Citation(source: "log")]),
    Event(id: "b", title: "Lands", date: "2024-05-03", citations: [Citation(source: "log")]),
    Event(id: "c", title: "Unloads", date: "2024-05-20", citations: [Citation(source: "log")]),
])"#;

fn timeline() -> Timeline {
    store::read(ROUTE.to_owned()).timeline
}

/// The lines of a picture that say how many events it shows, or what was asked.
fn said(timeline: &Timeline, options: &PictureOptions) -> Vec<String> {
    let picture = render(timeline, options, &mut Shaper::new()).unwrap();
    let texts = picture.scene.items.iter().filter_map(|item| match item {
        Item::Text { run, .. } => Some(run.text.to_string()),
        _ => None,
    });
    texts.filter(|text| text.contains(" event") || text.contains("asked for")).collect()
}

fn asking(timeline: &Timeline, question: &str) -> PictureOptions {
    let query = Query::read(question, Asking::new(timeline, Instant::default())).unwrap();
    PictureOptions { query, ..PictureOptions::default() }
}

#[test]
fn the_picture_of_a_question_says_what_was_asked_and_of_how_many() {
    let timeline = timeline();
    let all = said(&timeline, &PictureOptions::default());
    assert!(
        all.iter().any(|line| line.contains("3 events")) && !all.iter().any(|line| line.contains("asked")),
        "{all:?}"
    );
    let some = said(&timeline, &asking(&timeline, "date:..2024-05-10"));
    assert!(some.iter().any(|line| line.contains("2 of 3 events · asked for: date:..2024-05-10")), "{some:?}");
    let span = PictureOptions {
        from: Date::parse("2024-04-30").unwrap().extent(timeline.zone()).earliest_start.instant(),
        to: Date::parse("2024-06").unwrap().extent(timeline.zone()).latest_end.instant(),
        ..asking(&timeline, "standing:alleged")
    };
    let one = said(&timeline, &span);
    assert!(one.iter().any(|line| line.contains("1 of 3 events · asked for: standing:alleged")), "{one:?}");
}

#[test]
fn so_do_those_of_accounts_and_of_what_was_known() {
    let timeline = timeline();
    let accounts = PictureOptions { grouping: Grouping::Accounts, ..asking(&timeline, "standing:alleged") };
    let lines = said(&timeline, &accounts);
    assert!(lines.iter().any(|line| line.contains("asked for: standing:alleged")), "{lines:?}");
    let date = Date::parse("2024-05-10").unwrap();
    let known_on = KnownOn::new(&date, timeline.zone());
    let lines = said(&timeline, &PictureOptions { known_on, ..asking(&timeline, "standing:alleged") });
    assert!(lines.iter().any(|line| line.contains("asked for: standing:alleged")), "{lines:?}");
}

#[test]
fn the_header_says_open_ends() {
    let text = r#"Timeline(format: 1, title: "Open", events: [
        Event(id: "a", title: "First", date: "2024-10-21"),
        Event(id: "b", title: "Vote", date: "2024-11-02"),
        Event(id: "c", title: "Afterwards", date: "[2024-11-03..]"),
    ])"#;
    let header = |text: &str, wanted: &str| {
        let timeline = store::read(text.to_owned()).timeline;
        let lines = said(&timeline, &PictureOptions::default());
        assert!(lines.iter().any(|line| line.contains(wanted)), "{wanted} in {lines:?}");
    };
    header(text, "21 Oct 2024 – open · 3 events");
    header(&text.replace("[2024-11-03..]", "2024-11-03"), "21 Oct 2024 – 3 Nov 2024 · 3 events");
    header(&text.replace("[2024-11-03..]", "../2024-11-01"), "open – 2 Nov 2024 · 3 events");
}
