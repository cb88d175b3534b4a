//! Room that is free is spent before a fact is hidden: no event stands without its label, none is cut and no date is missing while
//! there is room beside it.

use std::sync::Arc;

use annalist::export::picture::{PictureOptions, render};
use annalist::geom::{Rect, Size};
use annalist::scene::{self, Frame, LabelSides, Packed, Plan, SceneInput};
use annalist::store;
use annalist::text::Shaper;

use crate::scene::{Subject, labels, texts};

const SCRIPTS: &str = include_str!("../data/free_room/scripts.ron");
const BRONZE: &str = include_str!("../../timelines/bronze-age-to-rome.ron");

fn read(text: &str) -> Subject {
    Subject::new(store::read(text.to_owned()).timeline)
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
fn a_scrolled_window_has_the_dates_for_which_its_rows_have_room() {
    let subject = read(BRONZE);
    for width in (1100..1600).step_by(50) {
        let said = said(&subject.input(Frame::Window, Size::new(f64::from(width), 750.0), None));
        for title in ["Battle of Kadesh", "Reign of Hammurabi"] {
            assert!(is_dated(&said, title), "{title} in a window {width} wide");
        }
    }
}
