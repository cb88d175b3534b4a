//! Room that is free is spent before a fact is hidden: no event stands without its label, none is cut and no date is missing while
//! there is room beside it.

use std::sync::Arc;

use annalist::export::picture::{PictureOptions, render};
use annalist::geom::{Rect, Size};
use annalist::model::{Event, Header, Timeline};
use annalist::scene::{self, Frame, LabelSides, Packed, Plan, SceneInput};
use annalist::store;
use annalist::text::Shaper;
use annalist::time::Date;

use crate::scene::{Subject, TREATY, labels, texts};

const SCRIPTS: &str = include_str!("../data/free_room/scripts.ron");
const BRONZE: &str = include_str!("../../timelines/bronze-age-to-rome.ron");

fn read(text: &str) -> Subject {
    Subject::new(store::read(text.to_owned()).timeline)
}

fn subject(events: &[(&str, &str)]) -> Subject {
    let event = |(at, (title, date)): (usize, &(&str, &str))| {
        Event::new(format!("e{at}"), *title, Date::parse(date).expect(date))
    };
    let events = events.iter().enumerate().map(event).collect();
    Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]))
}

/// What a window shows of the events, in rows for that, whatever of them is in sight: labels, and all texts, with where they stand.
type Said = (Vec<(Rect, String)>, Vec<(Rect, String)>);

fn said(input: &SceneInput<'_>) -> Said {
    let mut shaper = Shaper::new();
    let packed = Arc::new(Packed::of(input, None, &mut shaper));
    let plan = Plan::packed(input, Arc::clone(&packed), &mut shaper);
    let size = Size::new(input.size.width, plan.content_height().max(input.size.height));
    let input = SceneInput { size, ..*input };
    let plan = Plan::packed(&input, packed, &mut shaper);
    let scene = scene::draw_moved(&input, &plan, &mut LabelSides::default(), &mut shaper);
    let owned = |all: Vec<(Rect, &str)>| all.into_iter().map(|(rect, text)| (rect, text.to_owned())).collect();
    (owned(labels(&scene, plan.areas.track)), owned(texts(&scene)))
}

/// Whether a date stands right behind the title.
fn is_dated((labels, texts): &Said, title: &str) -> bool {
    let (at, _) = labels.iter().find(|(_, text)| text == title).unwrap_or_else(|| panic!("{title} is whole"));
    texts.iter().any(|(rect, _)| (rect.y1 - at.y1).abs() < 2.0 && at.x1 < rect.x0 && rect.x0 < at.x1 + 8.0)
}

#[test]
fn no_event_is_without_its_label_where_dates_have_no_room() {
    let subject = read(SCRIPTS);
    let count = subject.timeline.events().len();
    for width in (480..1600).step_by(20) {
        let (labels, _) = said(&subject.input(Frame::Window, Size::new(f64::from(width), 520.0), None));
        assert_eq!(labels.len(), count, "in a window {width} wide: {labels:?}");
        let options =
            PictureOptions { width_px: u32::try_from(width).unwrap(), scale: 1.0, ..PictureOptions::default() };
        let picture = render(&subject.timeline, &options, &mut Shaper::new()).unwrap();
        let shown = texts(&picture.scene);
        let beginning = |title: &str| title.chars().take(4).collect::<String>();
        for event in subject.timeline.events() {
            let is_said = shown.iter().any(|(_, text)| text.starts_with(&beginning(&event.title)));
            assert!(is_said, "{} in a picture {width} wide", event.title);
        }
    }
}

#[test]
fn beside_a_body_without_room_for_the_date_stand_title_and_date() {
    let events = [("War lasted", "1950-06-25/1953-07-27"), ("Vote in the Duma", "1968-10-24"), ("Last", "1969-01-01")];
    let subject = subject(&events);
    for width in (500..1600).step_by(20) {
        let said = said(&subject.input(Frame::Window, Size::new(f64::from(width), 400.0), None));
        for (title, _) in events {
            assert!(is_dated(&said, title), "{title} in a window {width} wide");
        }
    }
}

#[test]
fn a_scrolled_window_has_the_dates_for_which_its_rows_have_room() {
    let subject = read(BRONZE);
    for width in (1100..1600).step_by(50) {
        let said = said(&subject.input(Frame::Window, Size::new(f64::from(width), 750.0), None));
        for title in ["Battle of Kadesh", "Reign of Hammurabi"] {
            assert!(is_dated(&said, title), "{title} in a window {width} wide");
        }
    }
}

#[test]
fn the_source_of_another_date_is_named_whole_where_its_row_is_free() {
    let subject = read(TREATY);
    let troops = |id: &str| subject.timeline.event_position(id).unwrap();
    let positions = ["troops-shipped", "kcna-confirm"].map(troops);
    let found = subject.index.select(&subject.timeline, positions);
    let plain = subject.input(Frame::Window, Size::new(1232.0, 750.0), None);
    let input = SceneInput { selection: Some("troops-shipped"), matches: Some(&found), ..plain };
    let (_, texts) = said(&input);
    let name = "[White House briefing by John Kirby, known here through reports]";
    assert!(texts.iter().any(|(_, text)| text == name), "{texts:?}");
}

#[test]
fn the_source_of_another_date_keeps_clear_of_the_frame_around_the_mark() {
    let subject = read(TREATY);
    let plain = subject.input(Frame::Window, Size::new(1232.0, 750.0), None);
    let (_, texts) = said(&SceneInput { selection: Some("duma-ratified"), ..plain });
    let mut shaper = Shaper::new();
    let packed = Arc::new(Packed::of(&plain, None, &mut shaper));
    let plan = Plan::packed(&plain, packed, &mut shaper);
    let scene = scene::draw_moved(&plain, &plan, &mut LabelSides::default(), &mut shaper);
    let at = subject.position("duma-ratified");
    let mark = scene.targets.iter().find(|target| target.subject == scene::Hit::Event(at)).unwrap().rect;
    let (name, text) = texts.iter().find(|(_, text)| text.starts_with("[Undated")).unwrap();
    assert!(name.x0 >= mark.x1 + 8.0 || name.x1 <= mark.x0 - 8.0, "{text} at {name:?}, the mark at {mark:?}");
}
