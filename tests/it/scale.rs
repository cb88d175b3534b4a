//! Pictures of timelines with thousands of events: what has no room is counted exactly, what has is drawn, and panning
//! changes neither. The data is that of the benchmarks.

use std::collections::BTreeSet;
use std::sync::Arc;

use annalist::geom::{Rect, Size};
use annalist::index::{Crowd, MOST_ROWS, Spot};
use annalist::layout::Viewport;
use annalist::model::{Text, Timeline};
use annalist::scene::{self, Frame, Hit, Item, Packed, Scene, SceneInput};
use annalist::text::Shaper;
use annalist::time::Instant;

use crate::scene::{Subject, check_no_overlap, event_of, labels, plan};

#[path = "../../benches/data/mod.rs"]
pub mod data;

use data::{Plan, Shape};

const EVENTS: usize = 4_000;
const SIZE: Size = Size::new(1200.0, 800.0);

fn subject(shape: Shape) -> Subject {
    let plan = Plan::new(EVENTS, shape, 7);
    let events = (0..plan.events).map(|at| plan.event(at)).collect();
    Subject::new(Timeline::from_records(plan.header(), plan.lanes(), plan.sources(), events, vec![], vec![]))
}

/// Windows of all time, a tenth, a hundredth and a thousandth of it.
fn windows(subject: &Subject) -> Vec<Viewport> {
    let whole = subject.input(Frame::Window, SIZE, None).viewport;
    let middle = whole.width_pt * 0.6;
    [1.0, 10.0, 100.0, 1_000.0].into_iter().map(|factor| whole.zoomed(factor, middle)).collect()
}

fn build(input: &SceneInput<'_>) -> Scene {
    scene::build(input, &mut Shaper::new())
}

#[test]
fn crowded_pictures_keep_their_labels_apart_and_their_marks_few() {
    for shape in Shape::ALL {
        assert_eq!(Shape::parse(shape.name()), Some(shape));
        let subject = subject(shape);
        for viewport in windows(&subject) {
            let input = SceneInput { viewport, ..subject.input(Frame::Window, SIZE, None) };
            let picture = build(&input);
            check_no_overlap(&labels(&picture, plan(&input).areas.track));
            assert!(picture.items.len() < 8_000, "{} items", picture.items.len());
        }
    }
}

#[test]
fn every_event_in_sight_is_drawn_or_counted_and_every_count_is_exact() {
    for shape in Shape::ALL {
        let subject = subject(shape);
        for viewport in windows(&subject) {
            let input = SceneInput { viewport, ..subject.input(Frame::Window, SIZE, None) };
            let picture = build(&input);
            let mut drawn: BTreeSet<&str> = BTreeSet::new();
            let mut crowds = BTreeSet::new();
            for target in &picture.targets {
                drawn.extend(event_of(&subject.timeline, &target.subject).map(Text::as_str));
                if let Hit::Crowd(crowd) = &target.subject {
                    crowds.extend([(crowd.band, crowd.row, crowd.start, crowd.end, crowd.count)]);
                }
            }
            for (band, row, start, end, count) in &crowds {
                let of_row = |event: &annalist::index::Single| (event.band, event.row) == (*band, *row);
                let touching = subject.index.touching(None, *start, *end).filter(of_row).count();
                assert_eq!(touching, *count as usize, "{}: {start:?} to {end:?}", shape.name());
            }
            let plan = plan(&input);
            let track = plan.areas.track;
            for seen in subject.index.touching(None, input.viewport.origin, input.viewport.end()) {
                let event = &subject.timeline.events()[seen.event as usize];
                let row = plan.row_rect(subject.spot(&event.id), input.scroll_y).unwrap();
                let is_in_sight = track.y0 <= row.y0 && row.y1 <= track.y1;
                let is_counted = |(band, row, start, end, _): &(u32, u32, _, _, u32)| {
                    (*band, *row) == (seen.band, seen.row) && *start <= seen.start && seen.start < *end
                        || seen.row as usize == MOST_ROWS && *row == seen.row && *start < seen.end && seen.start < *end
                };
                let found = drawn.contains(&*event.id) || crowds.iter().any(is_counted);
                assert!(!is_in_sight || found, "{}: {} is lost", shape.name(), event.id);
            }
        }
    }
}

/// The counts that a picture shows, "+41", each with the crowd that a click on it lists.
fn counts(picture: &Scene) -> Vec<(u32, Crowd)> {
    let of_item = |item: &Item| {
        let Item::Text { run, origin, .. } = item else { return None };
        let count: u32 = run.text.strip_prefix('+')?.parse().ok()?;
        let (x0, x1) = (origin.x, origin.x + run.width_pt);
        // The target of a count is as wide as that, with the same room on both sides.
        let is_of_count = |rect: &Rect| {
            let (left, right) = (x0 - rect.x0, rect.x1 - x1);
            rect.y0 < origin.y && origin.y < rect.y1 && left > 0.0 && (left - right).abs() < 0.01 && left < 4.0
        };
        let mut crowds = picture.targets.iter().filter_map(|target| match &target.subject {
            Hit::Crowd(crowd) if is_of_count(&target.rect) => Some(*crowd),
            _ => None,
        });
        crowds.next_back().map(|crowd| (count, crowd))
    };
    picture.items.iter().filter_map(of_item).collect()
}

#[test]
fn no_count_is_smaller_than_what_its_strip_stands_for_nor_counts_what_is_drawn() {
    let mut checked = 0;
    for shape in Shape::ALL {
        let subject = subject(shape);
        for (viewport, is_packed) in windows(&subject).into_iter().flat_map(|window| [(window, false), (window, true)])
        {
            let input = SceneInput { viewport, ..subject.input(Frame::Window, SIZE, None) };
            let mut shaper = Shaper::new();
            let plan = match is_packed {
                true => scene::Plan::packed(&input, Arc::new(Packed::of(&input, None, &mut shaper)), &mut shaper),
                false => plan(&input),
            };
            let picture = scene::draw(&input, &plan, &mut shaper);
            let drawn: BTreeSet<&str> = picture
                .targets
                .iter()
                .filter_map(|target| event_of(&subject.timeline, &target.subject).map(Text::as_str))
                .collect();
            for (count, crowd) in counts(&picture) {
                let spot = Spot { band: crowd.band, row: crowd.row };
                let of_crowd = |start: Instant, end: Instant| -> Vec<&str> {
                    let touching = subject.index.touching(None, start, end).filter(|seen| seen.band == crowd.band);
                    let of_row =
                        touching.filter(|seen| plan.spots(&subject.index, seen.event as usize).contains(&spot));
                    of_row.map(|seen| &*subject.timeline.events()[seen.event as usize].id).collect()
                };
                let in_sight = of_crowd(crowd.start.max(viewport.origin), crowd.end.min(viewport.end()));
                let marks = in_sight.iter().filter(|id| drawn.contains(*id)).count();
                let others = u32::try_from(in_sight.len() - marks).unwrap();
                let all = u32::try_from(of_crowd(crowd.start, crowd.end).len()).unwrap();
                assert!(others <= count && count <= all, "{shape:?}: +{count} of {all}, {others} of them in sight");
                checked += 1;
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

/// What of a picture can be pointed at and lies well within a stretch of it, moved by `dx`.
fn within(picture: &Scene, (from, to): (f64, f64), dx: f64) -> Vec<(Hit, Rect)> {
    let moved = |rect: Rect| Rect::new(rect.x0 + dx, rect.y0, rect.x1 + dx, rect.y1);
    let rounded = |rect: Rect| {
        let [x0, y0, x1, y1] = [rect.x0, rect.y0, rect.x1, rect.y1].map(|at| (at * 4.0).round() / 4.0);
        Rect::new(x0, y0, x1, y1)
    };
    let crowds = picture.targets.iter().filter(|target| matches!(target.subject, Hit::Crowd(_)));
    crowds
        .map(|target| (target.subject.clone(), rounded(moved(target.rect))))
        .filter(|(_, rect)| from < rect.x0 && rect.x1 < to)
        .collect()
}

#[test]
fn panning_moves_what_is_drawn_and_changes_none_of_it() {
    let subject = subject(Shape::Bursty);
    for viewport in windows(&subject) {
        let input = SceneInput { viewport, ..subject.input(Frame::Window, SIZE, None) };
        let here = build(&input);
        let track = plan(&input).areas.track;
        let events = |picture: &Scene, from: f64, to: f64| -> BTreeSet<Text> {
            let within = picture.targets.iter().filter(|target| from < target.rect.x0 && target.rect.x1 < to);
            within.filter_map(|target| event_of(&subject.timeline, &target.subject)).cloned().collect()
        };
        for dx in [3.0, 40.0, 250.0] {
            let there = build(&SceneInput { viewport: viewport.panned(dx), ..input });
            let (from, to) = (track.x0 + dx + 30.0, track.x1 - 30.0);
            // The count of a row that goes on from cell to cell is that of what is in sight of it.
            let parts: BTreeSet<(u32, u32, Instant)> = here
                .targets
                .iter()
                .chain(&there.targets)
                .filter_map(|target| match &target.subject {
                    Hit::Crowd(crowd) if crowd.is_part => Some((crowd.band, crowd.row, crowd.start)),
                    _ => None,
                })
                .collect();
            let is_of_row = |hit: &Hit| match hit {
                Hit::Crowd(crowd) => !crowd.is_part && parts.contains(&(crowd.band, crowd.row, crowd.start)),
                _ => false,
            };
            let counts = |hits: Vec<(Hit, Rect)>| {
                hits.into_iter().map(|(hit, _)| hit).filter(|hit| !is_of_row(hit)).collect::<Vec<_>>()
            };
            let (a, b) = (counts(within(&here, (from, to), dx)), counts(within(&there, (from, to), 0.0)));
            // A count beside a mark comes and goes with the label before it: each crowd is compared once.
            let (a, b): (BTreeSet<String>, BTreeSet<String>) =
                (a.iter().map(|hit| format!("{hit:?}")).collect(), b.iter().map(|hit| format!("{hit:?}")).collect());
            assert_eq!(a, b, "by {dx}");
            // Labels turn over at the edges, marks do not: each event of the one is in the other.
            let all: BTreeSet<Text> = events(&there, f64::MIN, f64::MAX);
            for id in events(&here, from - dx, to - dx) {
                assert!(all.contains(&id), "{id} is gone after panning by {dx}");
            }
        }
    }
}
