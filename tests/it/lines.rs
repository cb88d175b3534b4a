//! Lines of a picture go behind its words: none strikes a label through.

use annalist::geom::{Rect, Size};
use annalist::model::{Event, Header, Timeline};
use annalist::scene::{self, Frame, Item, Scene, SceneInput, Stroke};
use annalist::store;
use annalist::text::Shaper;
use annalist::theme::{Theme, ThemeName};
use annalist::time::{Date, Instant};
use proptest::prelude::*;

use crate::scene::{Subject, TREATY, labels};

const SIZE: Size = Size::new(1360.0, 700.0);

/// The upright lines of a stroke's colour in a picture's track.
fn uprights(scene: &Scene, color: annalist::theme::Color) -> Vec<(f64, f64, f64)> {
    let upright = |item: &Item| match *item {
        Item::Line { from, to, stroke: Stroke { color: own, .. } } if own == color && from.x == to.x => {
            Some((from.x, from.y.min(to.y), from.y.max(to.y)))
        }
        _ => None,
    };
    scene.items.iter().filter_map(upright).collect()
}

/// Which labels such lines cross.
fn struck(input: &SceneInput<'_>) -> Vec<String> {
    let mut shaper = Shaper::new();
    let plan = scene::Plan::of(input, &mut shaper);
    let picture = scene::draw(input, &plan, &mut shaper);
    let lines = uprights(&picture, input.theme.accent);
    assert!(!lines.is_empty(), "today is in sight");
    let crosses =
        |rect: &Rect| lines.iter().any(|(x, y0, y1)| rect.x0 < *x && *x < rect.x1 && rect.y0 < *y1 && *y0 < rect.y1);
    let labels = labels(&picture, plan.areas.track).into_iter();
    labels.filter(|(rect, _)| crosses(rect)).map(|(_, text)| text.to_owned()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn today_strikes_no_label_through(at in 0.02_f64..0.98, factor in 1.0_f64..40.0, is_picture in any::<bool>()) {
        let subject = Subject::new(store::read(TREATY.to_owned()).timeline);
        let frame = if is_picture { Frame::Picture } else { Frame::Window };
        let whole = subject.input(frame, SIZE, None);
        let viewport = whole.viewport.zoomed(factor, whole.viewport.width_pt * at);
        let now = viewport.instant_from_x(viewport.width_pt * at);
        let input = SceneInput { viewport, now: Some(now), ..whole };
        prop_assert_eq!(struck(&input), Vec::<String>::new());
    }
}

#[test]
fn today_goes_on_behind_a_label() {
    let event = Event::new("a", "A label long enough to reach over today", Date::parse("2024-10-24").unwrap());
    let subject = Subject::new(Timeline::from_records(Header::new("T"), vec![], vec![], vec![event], vec![], vec![]));
    let whole = subject.input(Frame::Window, SIZE, None);
    let signed: Instant = Date::parse("2024-10-24").unwrap().extent(whole.zone).earliest_start.instant().unwrap();
    let now = whole.viewport.instant_from_x(whole.viewport.x_from_instant(signed) + 120.0);
    let input = SceneInput { now: Some(now), theme: &Theme::named(ThemeName::Dark), ..whole };
    assert_eq!(struck(&input), Vec::<String>::new());
    let mut shaper = Shaper::new();
    let plan = scene::Plan::of(&input, &mut shaper);
    let picture = scene::draw(&input, &plan, &mut shaper);
    let track = plan.areas.track;
    // The foot of its flag stands in the ruler.
    let mut lines = uprights(&picture, input.theme.accent);
    lines.retain(|(_, y0, _)| *y0 >= track.y0);
    let ends = |y: f64| lines.iter().any(|(_, y0, y1)| (y0 - y).abs() < 0.5 || (y1 - y).abs() < 0.5);
    assert!(lines.len() == 2 && ends(track.y0) && ends(track.y1), "{lines:?} in {track:?}");
}
