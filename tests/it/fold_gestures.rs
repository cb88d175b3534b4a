//! Folded time under a hand: what opens a fold, what makes one, and what a drag across one writes.

use annalist::edit::Edit;
use annalist::layout::{FoldSpan, Folding};
use annalist::model::{Event, Header, Record, Timeline};
use annalist::text::Shaper;
use annalist::time::{Date, Instant};
use annalist::ui::{Action, CanvasInput, CanvasState, Command, canvas_ui, navigate};
use egui::{Modifiers, Pos2, vec2};
use egui_kittest::kittest::Queryable as _;

use super::window::{Screen, panel};

#[derive(Default)]
struct Canvas {
    shaper: Shaper,
    canvas: CanvasState,
}

type Desk = panel::Desk<Canvas>;

/// Around the canvas in a test window, in points.
const MARGIN_PT: f64 = 8.0;
const WIDTH_PT: f64 = 1000.0;
/// The height of the lower level of the ruler.
const RULER_Y: f32 = 8.0 + 33.0;

/// A treaty of 1961, one of 2000, and a busy month of 2024.
fn window() -> Screen<Desk> {
    let days = (1..=20).map(|day| (format!("Step {day}"), format!("2024-10-{day:02}")));
    let old = [("Old treaty", "1961-07-06"), ("Newer treaty", "2000-02-09")];
    let dates = old.iter().map(|(title, date)| ((*title).to_owned(), (*date).to_owned())).chain(days);
    let events = dates.map(|(title, date)| Event::new("", title, Date::parse(&date).unwrap()));
    let timeline = Timeline::from_records(Header::new("T"), vec![], vec![], events.collect(), vec![], vec![]);
    let mut desk = Desk::new(timeline, |ui, doc, view, theme, preferences, canvas, actions| {
        let input = CanvasInput { doc, theme, preferences };
        canvas_ui(ui, input, view, &mut canvas.shaper, &mut canvas.canvas, actions);
    });
    desk.preferences.reduce_motion = true;
    desk.screen_at(vec2(WIDTH_PT as f32, 500.0), 1.0 / 30.0)
}

fn folds(harness: &Screen<Desk>) -> Vec<FoldSpan> {
    harness.state().view.place.viewport.folded().collect()
}

/// Where an x of the track is on the screen.
fn on_screen(harness: &Screen<Desk>, x: f64) -> f32 {
    (WIDTH_PT - MARGIN_PT - harness.state().view.place.viewport.width_pt + x) as f32
}

fn middle(harness: &Screen<Desk>, span: FoldSpan, y: f32) -> Pos2 {
    Pos2::new(on_screen(harness, f64::midpoint(span.x0, span.x1)), y)
}

fn at(text: &str) -> Instant {
    Date::parse(text).unwrap().extent(annalist::time::Zone::UTC).earliest_start.instant().unwrap()
}

#[test]
fn a_click_on_a_fold_opens_it_and_the_same_time_is_shown() {
    let mut harness = window();
    let [first, second] = folds(&harness)[..] else { panic!("{:?}", folds(&harness)) };
    let place = middle(&harness, first, RULER_Y);
    let before = harness.state().view.place.viewport;
    harness.click_at(place);
    harness.run();
    let after = folds(&harness);
    assert_eq!(after.iter().map(|span| span.fold).collect::<Vec<_>>(), [second.fold]);
    let viewport = harness.state().view.place.viewport;
    assert!(viewport.origin <= before.origin && before.end() <= viewport.end(), "everything was shown, and is");
    assert!(matches!(harness.state().view.place.folding, Folding::Chosen(_)));
}

#[test]
fn a_key_shows_all_time_at_one_scale_and_folds_it_again() {
    let mut harness = window();
    let before = harness.state().view.place.viewport;
    for expected in [0, 2] {
        let desk = harness.state_mut();
        let mut view = desk.view.clone();
        assert!(navigate(Command::FoldTime, desk.document(), &mut view));
        desk.view = view;
        harness.run();
        assert_eq!(folds(&harness).len(), expected);
    }
    assert_eq!(harness.state().view.place.viewport, before, "everything was shown, and is");
}

#[test]
fn panning_and_zooming_fold_and_open_nothing() {
    let mut harness = window();
    let folds = harness.state().view.place.viewport.folds;
    for step in 0..30 {
        let desk = harness.state_mut();
        let viewport = desk.view.place.viewport;
        let (factor, x) = ([1.7, 0.8, 1.3][step % 3], f64::from(step as u32 * 37 % 900));
        desk.view.place.viewport = viewport.zoomed(factor, x).panned(if step % 2 == 0 { 200.0 } else { -170.0 });
        harness.run();
        assert_eq!(harness.state().view.place.viewport.folds, folds);
    }
}

/// Where a day stands in the window.
fn x(harness: &Screen<Desk>, day: &str) -> f64 {
    harness.state().view.place.viewport.x_from_instant(at(day))
}

fn ask(harness: &mut Screen<Desk>, question: &str) {
    question.clone_into(&mut harness.state_mut().view.place.query);
    harness.run();
}

#[test]
fn a_question_folds_the_time_before_what_matches_and_its_end_brings_that_back() {
    let mut harness = window();
    let before = harness.state().view.place.viewport;
    let width = before.width_pt;
    for question in ["s", "st", "step"] {
        ask(&mut harness, question);
    }
    let [fold] = folds(&harness)[..] else { panic!("{:?}", folds(&harness)) };
    assert_eq!((fold.fold.start.day().year, fold.fold.end.day().year), (1961, 2024));
    assert!(0.0 <= fold.x0 && fold.x1 <= x(&harness, "2024-10-01"), "{fold:?}");
    let month = x(&harness, "2024-10-20") - x(&harness, "2024-10-01");
    assert!(month > 0.7 * width, "{month} of {width}");
    // Whoever moves the window folds and opens nothing.
    let shown = harness.state().view.place.viewport;
    for moved in [shown.panned(130.0), shown.zoomed(3.0, 400.0), shown] {
        harness.state_mut().view.place.viewport = moved;
        harness.run();
        assert_eq!(harness.state().view.place.viewport, moved);
    }
    ask(&mut harness, "");
    assert_eq!(harness.state().view.place.viewport, before, "everything was shown, and is");
}

#[test]
fn a_window_that_shows_a_part_comes_back_as_it_was_once_a_question_is_taken_back() {
    let mut harness = window();
    for (from, to) in [("1990-01-01", "2005-01-01"), ("1950-01-01", "2024-12-01"), ("1970-01-01", "1980-01-01")] {
        let desk = harness.state_mut();
        desk.view.place.viewport = desk.view.place.viewport.showing(at(from), at(to));
        harness.run();
        let before = harness.state().view.place.viewport;
        ask(&mut harness, "step");
        assert_ne!(harness.state().view.place.viewport, before);
        // Of a window that is folded as a whole the fold is seen.
        assert!(folds(&harness).iter().any(|fold| fold.fold.start.day().year == 1961), "{from} to {to}");
        ask(&mut harness, "treaty");
        ask(&mut harness, "");
        assert_eq!(harness.state().view.place.viewport, before, "{from} to {to}");
    }
}

#[test]
fn what_is_seen_beside_all_time_stays_a_margin_where_the_rest_is_folded() {
    let mut harness = window();
    let desk = harness.state_mut();
    desk.view.place.viewport = desk.view.place.viewport.panned(40.0);
    harness.run();
    let before = (x(&harness, "1961-07-06"), x(&harness, "2024-10-20"));
    ask(&mut harness, "step");
    assert!((x(&harness, "1961-07-06") - before.0).abs() < 1.0);
    let month = x(&harness, "2024-10-20") - x(&harness, "2024-10-01");
    assert!(month > 0.7 * harness.state().view.place.viewport.width_pt, "{month}");
}

#[test]
fn a_drag_with_control_over_the_ruler_folds_what_is_empty_of_a_stretch() {
    let mut harness = window();
    let desk = harness.state_mut();
    desk.view.place.folding = Folding::Off;
    harness.run();
    let viewport = harness.state().view.place.viewport;
    let x = |text: &str| on_screen(&harness, viewport.x_from_instant(at(text)));
    let (from, to) = (x("1970"), x("1990"));
    harness.drag(Modifiers::COMMAND, Pos2::new(from, RULER_Y), vec2(to - from, 0.0));
    harness.run();
    let [span] = folds(&harness)[..] else { panic!("{:?}", folds(&harness)) };
    let years = (span.fold.start.day().year, span.fold.end.day().year);
    assert!((1969..=1971).contains(&years.0) && (1989..=1991).contains(&years.1), "{years:?}");
    assert!(harness.state().actions.is_empty(), "no event is begun over the ruler");
}

#[test]
fn an_event_that_comes_into_a_fold_opens_it_there() {
    let mut harness = window();
    let event = Event::new("between", "Between", Date::parse("1980-06-15").unwrap());
    harness.state_mut().act(|_, _, _, _, actions| {
        let edit = Edit::Put { record: Record::Event(event.into()), replaces: None, at: None };
        actions.push(Action::Edit { label: "Add".to_owned(), edit, select: None });
    });
    harness.run();
    let moment = at("1980-06-15T12:00:00Z");
    assert!(folds(&harness).iter().all(|span| !span.fold.contains(moment)), "{:?}", folds(&harness));
    assert!(harness.get_by_label_contains("Between").rect().width() > 0.0);
    harness.state_mut().undo();
    harness.run();
    assert_eq!(folds(&harness).len(), 2);
}

#[test]
fn a_drag_across_a_fold_writes_the_date_at_which_it_ends_and_in_a_fold_nothing() {
    let mut harness = window();
    let [first, _] = folds(&harness)[..] else { panic!("{:?}", folds(&harness)) };
    let mark = harness.get_by_label_contains("Old treaty").rect().center();
    harness.drag(Modifiers::NONE, mark, vec2(middle(&harness, first, mark.y).x - mark.x, 0.0));
    harness.run();
    assert!(harness.state().edits().is_empty(), "no date is pointed at in a fold");
    // Where the newer treaty stands.
    let newer = on_screen(&harness, harness.state().view.place.viewport.x_from_instant(at("2000-02-09T12:00:00Z")));
    harness.drag(Modifiers::NONE, mark, vec2(newer - mark.x, 0.0));
    harness.run();
    let date = |action: &Action| match action {
        Action::EditAndTell { edit: Edit::Put { record: Record::Event(event), .. }, .. } => event.date.clone(),
        _ => None,
    };
    let dates: Vec<Date> = harness.state().actions.iter().filter_map(date).collect();
    let [date] = &dates[..] else { panic!("{dates:?}") };
    assert!(date.as_str().starts_with("2000-02-0"), "{date}");
}

#[test]
fn a_double_click_on_a_fold_opens_it_and_adds_nothing() {
    let mut harness = window();
    let [first, _] = folds(&harness)[..] else { panic!("{:?}", folds(&harness)) };
    let place = middle(&harness, first, 380.0);
    harness.double_click(place);
    harness.run();
    assert_eq!(folds(&harness).len(), 1);
    assert!(harness.state().actions.iter().all(|action| !matches!(action, Action::BeginEvent { .. })));
}
