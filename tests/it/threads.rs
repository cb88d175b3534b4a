//! Threads between accounts that cannot both be right: faint, and one way for those of one event.

use std::collections::BTreeSet;

use annalist::account::{AccountBy, Accounts};
use annalist::export::picture::{LinkChoice, PictureOptions, render};
use annalist::model::Grouping;
use annalist::scene::{Item, Scene, Segment};
use annalist::store;
use annalist::text::Shaper;
use annalist::theme::{Color, Theme, ThemeName};

use crate::scene::TREATY;

/// What the treaty shows by publisher.
fn picture() -> Scene {
    let timeline = store::read(TREATY.to_owned()).timeline;
    let options =
        PictureOptions { grouping: Grouping::PublisherAccounts, links: LinkChoice::All, ..PictureOptions::default() };
    render(&timeline, &options, &mut Shaper::new()).unwrap().scene
}

/// The strokes in the colour of contradictions that are as faint as asked, and their segments.
fn strokes(scene: &Scene, is_asked: impl Fn(u8) -> bool) -> Vec<&[Segment]> {
    let Color { r, g, b, .. } = Theme::named(ThemeName::Light).error;
    let paths = scene.items.iter().filter_map(|item| match item {
        Item::Path { segments, stroke: Some(stroke), .. } => {
            let Color { r: own_r, g: own_g, b: own_b, a } = stroke.color;
            ((own_r, own_g, own_b) == (r, g, b) && is_asked(a)).then_some(segments.as_slice())
        }
        _ => None,
    });
    paths.collect()
}

/// Where long upright parts run.
fn columns(segments: &[Segment]) -> Vec<i64> {
    let mut last = None;
    let mut columns = Vec::new();
    for segment in segments {
        let to = match segment {
            Segment::MoveTo(to) | Segment::LineTo(to) | Segment::CubicTo(_, _, to) => *to,
            Segment::Close => continue,
        };
        let before = last.replace(to);
        if let (Some(before), Segment::LineTo(_)) = (before, segment)
            && before.x == to.x
            && (before.y - to.y).abs() > 60.0
        {
            columns.push((to.x * 10.0).round() as i64);
        }
    }
    columns
}

#[test]
fn threads_of_one_event_run_as_one_and_are_faint() {
    let timeline = store::read(TREATY.to_owned()).timeline;
    let accounts = Accounts::of(&timeline, AccountBy::Publisher, None, None);
    let pairs = accounts.conflicts();
    let scene = picture();
    let faint = strokes(&scene, |alpha| alpha < 255);
    assert!(pairs >= 12 && faint.len() >= pairs, "{} of {pairs}", faint.len());
    let all: Vec<i64> = faint.iter().flat_map(|segments| columns(segments)).collect();
    let distinct: BTreeSet<i64> = all.iter().copied().collect();
    assert!(distinct.len() * 3 <= all.len() * 2, "{} ways of {} threads", distinct.len(), all.len());
    assert_eq!(strokes(&scene, |alpha| alpha == 255).len(), 0, "nobody has asked for any");
}
