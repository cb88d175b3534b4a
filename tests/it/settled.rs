//! Labels at the edges of a window that was moved: what is cut there is whole once the window rests, wherever a row has room for it,
//! and nothing else has another row.

use std::collections::BTreeMap;
use std::sync::Arc;

use annalist::geom::{Rect, Size};
use annalist::index::Spot;
use annalist::layout::Bands;
use annalist::scene::{self, Frame, LabelSides, Packed, Plan, Scene, SceneInput};
use annalist::store;
use annalist::text::{Shaper, Style};
use annalist::theme::font;
use annalist::time::{CivilDay, Instant};
use proptest::prelude::*;

use crate::rows::{any_dates, subject};
use crate::scene::{Subject, TREATY, labels};

/// A window as it is moved from frame to frame.
struct Moved<'a> {
    subject: &'a Subject,
    packed: Arc<Packed>,
    sides: LabelSides,
    shaper: Shaper,
}

impl<'a> Moved<'a> {
    fn of(subject: &'a Subject, input: &SceneInput<'_>) -> Self {
        let mut shaper = Shaper::new();
        let packed = Arc::new(Packed::of(input, None, &mut shaper));
        Self { subject, packed, sides: LabelSides::default(), shaper }
    }

    fn draw(&mut self, input: &SceneInput<'_>) -> (Plan, Scene) {
        let packed = Packed::clone(&self.packed).moved(input, &mut self.shaper);
        self.packed = Arc::new(packed);
        let plan = Plan::packed(input, Arc::clone(&self.packed), &mut self.shaper);
        let scene = scene::draw_moved(input, &plan, &mut self.sides, &mut self.shaper);
        (plan, scene)
    }

    /// Lets it rest; says whether rows have changed.
    fn rest(&mut self, input: &SceneInput<'_>) -> bool {
        let settled = scene::settled(input, &self.packed, &self.sides, &mut self.shaper);
        settled.map(|packed| self.packed = Arc::new(packed)).is_some()
    }

    fn rows(&self, plan: &Plan) -> BTreeMap<u32, Vec<Spot>> {
        let all = 0..u32::try_from(self.subject.timeline.events().len()).unwrap();
        all.map(|event| (event, plan.spots(&self.subject.index, event as usize))).collect()
    }

    /// The title of an event.
    fn title(&self, event: u32) -> &'a str {
        &self.subject.timeline.events()[event as usize].title
    }
}

/// Checks what is still cut: in no row of its band is there room beside its mark for all that may be kept for its label.
fn check_no_room(moved: &mut Moved<'_>, input: &SceneInput<'_>, plan: &Plan, scene: &Scene) {
    let track = plan.areas.track;
    let marks: Vec<Rect> = scene
        .targets
        .iter()
        .filter(|target| matches!(target.subject, scene::Hit::Event(_) | scene::Hit::EventLabel(_)))
        .map(|target| target.rect)
        .collect();
    for (band, event) in moved.sides.cut().to_vec() {
        let title = moved.title(event);
        let width = moved.shaper.most_width_pt(title, Style::regular(font::BODY)) + 60.0;
        let own = plan.spots(&moved.subject.index, event as usize)[0];
        let y = plan.row_center(own, input.scroll_y).unwrap();
        let mark = scene.targets.iter().find(|target| target.subject == scene::Hit::Event(event));
        // What is cut by the edge on the left, or reaches out of sight, has its label in what is in sight of it.
        let Some(mark) =
            mark.map(|mark| mark.rect).filter(|mark| track.x0 + 400.0 < mark.x0 && mark.x1 < track.x1 - 1.0)
        else {
            continue;
        };
        for row in 0..plan.rows(&moved.subject.index, band as usize) {
            let other = plan.row_center(Spot { band, row }, input.scroll_y).unwrap();
            if (other - y).abs() < 1.0 {
                continue;
            }
            let half = Bands::ROW_HEIGHT / 2.0 - 1.0;
            for (x0, x1) in [(mark.x0 - width, mark.x1 + 20.0), (mark.x0 - 20.0, mark.x1 + width)] {
                let room = Rect::new(x0, other - half, x1, other + half);
                let is_free =
                    track.x0 + 8.0 < x0 && x1 < track.x1 - 24.0 && !marks.iter().any(|mark| mark.overlaps(room));
                assert!(!is_free, "\"{title}\" is cut, and row {row} of band {band} has room from {x0} to {x1}");
            }
        }
    }
}

fn check_pans(subject: &Subject, size: Size, window: Option<(Instant, Instant)>, factor: f64, x: f64, steps: &[f64]) {
    let whole = subject.input(Frame::Window, size, window);
    let mut input = SceneInput { viewport: whole.viewport.zoomed(factor, x), ..whole };
    let mut moved = Moved::of(subject, &input);
    for dx in steps {
        for _ in 0..4 {
            input.viewport = input.viewport.panned(dx / 4.0);
            moved.draw(&input);
        }
        let (plan, before) = moved.draw(&input);
        let (rows, cut) = (moved.rows(&plan), moved.sides.cut().to_vec());
        let texts = labels(&before, plan.areas.track).len();
        let has_changed = moved.rest(&input);
        let (plan, scene) = moved.draw(&input);
        let left = moved.sides.cut().len();
        assert!(left < cut.len() || !has_changed && left == cut.len(), "{left} of {} are cut", cut.len());
        assert!(labels(&scene, plan.areas.track).len() >= texts);
        for (event, spots) in moved.rows(&plan) {
            let is_cut = cut.iter().any(|mark| mark.1 == event);
            assert!(is_cut || rows[&event] == spots, "{} has no need of another row", moved.title(event));
        }
    }
}

fn day(year: i64, month: u8, day: u8) -> Instant {
    Instant::from_day(CivilDay::new(year, month, day)).unwrap()
}

/// How many labels of a window are cut when it was moved on by `dx`, and once it rests.
fn cut_before_and_after(subject: &Subject, mut input: SceneInput<'_>, dx: f64) -> (usize, usize) {
    let mut moved = Moved::of(subject, &input);
    moved.draw(&input);
    for _ in 0..8 {
        input.viewport = input.viewport.panned(dx / 8.0);
        moved.draw(&input);
    }
    let before = moved.sides.cut().len();
    moved.rest(&input);
    let (plan, scene) = moved.draw(&input);
    check_no_room(&mut moved, &input, &plan, &scene);
    (before, moved.sides.cut().len())
}

#[test]
fn wherever_a_pan_of_the_treaty_ends_every_label_with_room_is_whole() {
    let subject = Subject::new(store::read(TREATY.to_owned()).timeline);
    let weeks = Some((day(2024, 10, 1), day(2024, 11, 20)));
    for step in -20_i32..=20 {
        let input = subject.input(Frame::Window, Size::new(1_440.0, 860.0), weeks);
        let (_, left) = cut_before_and_after(&subject, input, f64::from(step) * 41.0);
        assert_eq!(left, 0, "step {step}");
    }
}

#[test]
fn what_the_edge_cuts_beside_a_label_has_another_row_once_the_window_rests() {
    // In each lane all labels have room in one row, one behind the other.
    let titles = (0..30).map(|nth| (nth * 1_000, 0, "Convoy leaves the eastern harbour".to_owned()));
    let subject = subject(&titles.collect::<Vec<_>>());
    let (mut before, mut after) = (0, 0);
    for (step, factor) in (0..16).flat_map(|step| [3.4, 3.8, 4.2, 4.6].map(|factor| (step, factor))) {
        let whole = subject.input(Frame::Window, Size::new(1_200.0, 800.0), None);
        let input = SceneInput { viewport: whole.viewport.zoomed(factor, 500.0), ..whole };
        let (cut, left) = cut_before_and_after(&subject, input, f64::from(step) * -37.0);
        (before, after) = (before + cut, after + left);
    }
    assert!(before > 0 && after == 0, "{after} of {before} are still cut");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn where_a_pan_ends_only_marks_with_cut_labels_have_other_rows(
        dates in any_dates(60),
        factor in 1.0_f64..12.0,
        x in 0.0_f64..1_000.0,
        steps in prop::collection::vec(-700.0_f64..700.0, 1..5),
    ) {
        check_pans(&subject(&dates), Size::new(1_200.0, 800.0), None, factor, x, &steps);
    }
}
