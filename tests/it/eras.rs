//! The strip of eras: names stay whole and in sight, eras that overlap stand in rows, and none is silently missing.

use annalist::geom::{Rect, Size};
use annalist::model::{Era, Event, Header, Timeline};
use annalist::scene::{self, Frame, Hit, Item, Scene, SceneInput};
use annalist::text::Shaper;
use annalist::time::Date;

use crate::scene::Subject;

const SIZE: Size = Size::new(1200.0, 600.0);

fn subject(eras: &[(&str, &str)]) -> Subject {
    let era = |(at, (title, date)): (usize, &(&str, &str))| Era {
        id: format!("era{at}").into(),
        title: (*title).into(),
        date: Date::parse(date).unwrap(),
        color: None,
        note: None,
    };
    let event = |id: &str, date: &str| Event::new(id, id, Date::parse(date).unwrap());
    let events = vec![event("first", "1900"), event("last", "2000")];
    let eras = eras.iter().enumerate().map(era).collect();
    Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], events, eras, vec![]))
}

fn draw(input: &SceneInput<'_>) -> (Scene, Rect) {
    let mut shaper = Shaper::new();
    let plan = scene::Plan::of(input, &mut shaper);
    (scene::draw(input, &plan, &mut shaper), plan.areas.eras)
}

/// The names in the strip, with their left and right ends.
fn names(scene: &Scene, area: Rect) -> Vec<(String, f64, f64)> {
    let name = |item: &Item| match item {
        Item::Text { run, origin, .. } if area.contains(*origin) || area.y0 < origin.y && origin.y < area.y1 => {
            Some((run.text.to_string(), origin.x, origin.x + run.width_pt))
        }
        _ => None,
    };
    scene.items.iter().filter_map(name).collect()
}

/// The rows in which eras stand, by id.
fn rows(scene: &Scene, area: Rect) -> Vec<(String, i64)> {
    let row = |target: &scene::Target| match &target.subject {
        Hit::Era(id) => Some((id.to_string(), ((target.rect.y0 - area.y0) / 20.0).round() as i64)),
        _ => None,
    };
    let mut rows: Vec<(String, i64)> = scene.targets.iter().filter_map(row).collect();
    rows.sort();
    rows
}

#[test]
fn a_name_stays_whole_and_in_sight_while_its_era_goes_on() {
    let subject =
        subject(&[("The long peace between two wars", "1905/1995"), ("A short crisis with a long name", "1950")]);
    let whole = subject.input(Frame::Window, SIZE, None);
    for (factor, at) in [(1.0, 0.5), (3.0, 0.2), (8.0, 0.5), (20.0, 0.7)] {
        let viewport = whole.viewport.zoomed(factor, whole.viewport.width_pt * at);
        let (scene, area) = draw(&SceneInput { viewport, ..whole });
        let long = names(&scene, area).into_iter().find(|(name, ..)| name == "The long peace between two wars");
        let (_, x0, x1) = long.unwrap_or_else(|| panic!("not whole at {factor}"));
        assert!(area.x0 <= x0 && x1 <= area.x1);
        let is_crisis_in_sight = scene.targets.iter().any(|target| target.subject == Hit::Era("era1".into()));
        let says_crisis = names(&scene, area).iter().any(|(name, ..)| name == "A short crisis with a long name");
        assert_eq!(is_crisis_in_sight, says_crisis, "a short era has its whole name too");
    }
}

#[test]
fn eras_that_overlap_stand_in_rows_that_panning_does_not_change() {
    let subject =
        subject(&[("One", "1900/1950"), ("Two", "1920/1970"), ("Three", "1960/1999"), ("The last one", "1999/..")]);
    let whole = subject.input(Frame::Window, SIZE, None);
    let (scene, area) = draw(&whole);
    let at_first = rows(&scene, area);
    assert_eq!(at_first.iter().map(|(_, row)| *row).collect::<Vec<_>>(), [0, 1, 0, 1]);
    assert!(names(&scene, area).iter().any(|(name, ..)| name == "The last one"), "it turns left at the edge");
    let zoomed = whole.viewport.zoomed(4.0, 300.0);
    let (_, strip) = draw(&SceneInput { viewport: zoomed, ..whole });
    let mut known = std::collections::BTreeMap::new();
    for dx in [0.0, -150.0, -400.0, -900.0, 200.0] {
        let (scene, area) = draw(&SceneInput { viewport: zoomed.panned(dx), ..whole });
        assert_eq!(area, strip, "the strip is as high");
        for (id, row) in rows(&scene, area) {
            assert_eq!(*known.entry(id).or_insert(row), row);
        }
    }
}

#[test]
fn more_eras_than_have_room_are_counted() {
    let eras: Vec<(String, String)> = (0..20).map(|at| (format!("Era {at}"), format!("19{at:02}/1990"))).collect();
    let eras: Vec<(&str, &str)> = eras.iter().map(|(title, date)| (title.as_str(), date.as_str())).collect();
    let subject = subject(&eras);
    let (scene, area) = draw(&subject.input(Frame::Window, SIZE, None));
    assert!(area.height() <= SIZE.height * 0.2 + 20.0, "{area:?}");
    let drawn = rows(&scene, area).len();
    let count = format!("+{} eras", 20 - drawn);
    assert!(names(&scene, area).iter().any(|(name, ..)| *name == count), "{:?}", names(&scene, area));
    let (picture, area) = draw(&subject.input(Frame::Picture, SIZE, None));
    assert!(rows(&picture, area).len() > drawn, "a picture has more rows");
}
