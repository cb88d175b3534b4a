//! What changing many events at once costs among a million: selecting them, the change itself, and the frame that shows it.
//!
//! `cargo bench --bench many [-- --events 1000000 --seed N --shape uniform --stages --shared]`
//!
//! Figures are milliseconds that passed, by which the goal is judged, and beside them those of CPU of all threads of this process,
//! where the system tells; the data follows from the seed. With `--stages` it is told where the time goes. With `--shared` another
//! list shares the events while they are changed, as that of a question's columns or of a check that runs does in the window: what is
//! changed is copied first then, and with it the 63 events that lie beside it.

mod data;

use std::fs::File;
use std::hint::black_box;
use std::io::Read as _;

use annalist::edit::{BulkEdit, EventChange, History, NothingToDo, change_events, delete_events};
use annalist::geom::Size;
use annalist::index::{Index, References, Touched};
use annalist::layout::Viewport;
use annalist::model::{Problems, Standing, Timeline};
use annalist::query::Matches;
use annalist::scene::{self, Frame, SceneInput};
use annalist::text::Shaper;
use annalist::theme::{Theme, ThemeName};
use annalist::time::{CalendarShift, Instant, ShiftUnit, Zone};
use annalist::ui::{self, Document, ViewState, select_many};

use self::data::{Plan, Shape};

/// As the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Events of a change, and of a selection.
const CHANGED: usize = 10_000;
const SELECTED: usize = 100_000;
/// How often everything is measured.
const TURNS: usize = 7;
/// What is asked for, in milliseconds.
const CHANGE_LIMIT: f64 = 100.0;
const SELECT_LIMIT: f64 = 16.0;

/// What a thing took, in milliseconds: that have passed, and that all threads of this process have run.
#[derive(Debug, Clone, Copy)]
struct Cost {
    wall: f64,
    cpu: f64,
}

/// When something began.
struct Watch {
    started: std::time::Instant,
    cpu: f64,
}

impl Watch {
    fn start() -> Self {
        Self { cpu: cpu_ms(), started: std::time::Instant::now() }
    }

    fn cost(&self) -> Cost {
        let wall = self.started.elapsed().as_secs_f64() * 1e3;
        Cost { wall, cpu: cpu_ms() - self.cpu }
    }
}

/// What the parts of a change took, where that is asked for.
#[derive(Default)]
struct Stages(Vec<(&'static str, Vec<f64>)>);

impl Stages {
    /// Does a part and notes how long it took.
    fn of<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let watch = std::time::Instant::now();
        let done = work();
        let took = watch.elapsed().as_secs_f64() * 1e3;
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, times)) => times.push(took),
            None => self.0.push((name, vec![took])),
        }
        done
    }

    fn print(&mut self) {
        let parts = self.0.iter_mut().map(|(name, times)| format!("{name} {:.1}", median(times)));
        println!("      {}", parts.collect::<Vec<_>>().join("  "));
    }
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Milliseconds that all threads of this process have run, where the system tells; else that have passed.
fn cpu_ms() -> f64 {
    static EPOCH: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    std::thread::yield_now();
    let account = |task: std::fs::DirEntry| {
        let mut text = String::new();
        File::open(task.path().join("schedstat")).ok()?.read_to_string(&mut text).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    };
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let nanos: f64 = tasks.filter_map(account).sum();
    if nanos > 0.0 { nanos / 1e6 } else { EPOCH.elapsed().as_secs_f64() * 1e3 }
}

fn value(name: &str) -> Option<String> {
    let words: Vec<String> = std::env::args().collect();
    let at = words.iter().position(|word| word == name)?;
    words.get(at + 1).cloned()
}

/// The picture that follows a change: what a frame builds anew.
fn draw(timeline: &Timeline, index: &Index, view: &ViewState, ctx: &egui::Context, shaper: &mut Shaper) {
    let (size, theme) = (Size::new(1600.0, 900.0), Theme::named(ThemeName::Light));
    let width_pt = scene::track_width(index, Frame::Window, size.width, shaper);
    let input = SceneInput {
        timeline,
        index,
        theme: &theme,
        viewport: Viewport::fit(index, width_pt),
        size,
        scroll_y: 0.0,
        selection: None,
        hover: None,
        matches: None,
        now: None,
        zone: Zone::UTC,
        iso_weeks: false,
        frame: Frame::Window,
        aspect: scene::Aspect { selected: view.transient.selected.members(), ..scene::Aspect::default() },
    };
    shaper.limit(ui::NEW_LABELS);
    let plan = scene::Plan::of(&input, shaper);
    let track = scene::draw(&input, &plan, shaper);
    shaper.unlimit();
    let area = egui::vec2(size.width as f32, size.height as f32);
    let screen = Some(egui::Rect::from_min_size(egui::Pos2::ZERO, area));
    let raw = egui::RawInput { screen_rect: screen, ..egui::RawInput::default() };
    let mut output = ctx.run_ui(raw, |ui| ui::paint_scene(ui.painter(), &track, egui::Pos2::ZERO));
    output.textures_delta.clear();
    black_box(ctx.tessellate(output.shapes, output.pixels_per_point));
}

fn summary(what: &str, costs: &[Cost], limit: f64) {
    let [mut wall, mut cpu] =
        [|cost: &Cost| cost.wall, |cost: &Cost| cost.cpu].map(|of| costs.iter().map(of).collect());
    let columns = |times: &mut Vec<f64>| (median(times), times.last().copied().unwrap_or_default());
    let ((wall, most), (cpu, most_cpu)) = (columns(&mut wall), columns(&mut cpu));
    let verdict = if wall <= limit { "met" } else { "NOT MET" };
    println!("   {what:<44} {wall:>9.2} {most:>9.2} {cpu:>9.2} {most_cpu:>9.2} {limit:>9.1}   {verdict}");
}

fn main() {
    let events = value("--events").and_then(|word| word.parse().ok()).unwrap_or(1_000_000);
    let seed = value("--seed").and_then(|word| word.parse().ok()).unwrap_or(20_241_109);
    let [usual, ..] = Shape::ALL;
    let shape = value("--shape").and_then(|word| Shape::parse(&word)).unwrap_or(usual);
    let plan = Plan { lanes: 8, ..Plan::new(events, shape, seed) };
    let all = (0..plan.events).map(|at| plan.event(at)).collect();
    let mut timeline = Timeline::from_records(plan.header(), plan.lanes(), plan.sources(), all, Vec::new(), Vec::new());
    let mut index = Index::build(&timeline, Zone::UTC);
    let mut references = References::build(&timeline);
    let problems = Problems::default();
    let ctx = egui::Context::default();
    ui::fonts::install(&ctx);
    let (mut shaper, mut view) = (Shaper::new(), ViewState::opened());
    for _ in 0..3 {
        draw(&timeline, &index, &view, &ctx, &mut shaper);
    }
    println!("seed {seed}, {events} events, {}, 8 lanes, in ms", shape.name());
    println!("                                                     passed                   CPU");
    println!("   what                                            median      most    median      most     limit");

    let step = (events / SELECTED).max(1);
    let mut times = Vec::new();
    for turn in 0..TURNS {
        let document = Document {
            timeline: &timeline,
            index: &index,
            references: &references,
            problems: &problems,
            thumbnails: None,
            activity: None,
            accounts: None,
            grouping: index.grouping(),
            colored: None,
            arranged: 0,
            answer: 0,
            matches: None,
            certain: None,
            known_on: None,
            perhaps_known: 0,
            zone: Zone::UTC,
            read_only: None,
            revision: turn as u64,
            now: Instant::default(),
        };
        let watch = Watch::start();
        let members = Matches::from_fn(events, |at| at % step == turn % step);
        select_many(document, &mut view, members);
        times.push(watch.cost());
    }
    summary(&format!("select {} events", view.transient.selected.len()), &times, SELECT_LIMIT);

    let lane = plan.lanes().first().map(|lane| lane.id.clone());
    let by = CalendarShift { count: 1, unit: ShiftUnit::Months };
    // None deletes.
    let changes: [(&str, Option<EventChange>); 5] = [
        ("mark as confirmed", Some(EventChange::Standing(Standing::Confirmed))),
        ("set the weight", Some(EventChange::Weight(5))),
        ("move to a lane", Some(EventChange::Lane(lane))),
        ("shift by a month", Some(EventChange::Shift(by))),
        ("delete", None),
    ];
    let made = |timeline: &Timeline,
                change: &Option<EventChange>,
                positions: std::iter::StepBy<std::ops::Range<usize>>|
     -> Result<BulkEdit, NothingToDo> {
        match change {
            Some(change) => change_events(timeline, positions, change),
            None => delete_events(timeline, positions, []),
        }
    };
    let step = (events / CHANGED).max(1);
    let tells_stages = std::env::args().any(|word| word == "--stages");
    let is_shared = std::env::args().any(|word| word == "--shared");
    let mut history = History::default();
    for (what, change) in changes {
        let (mut redraws, mut undos) = (Vec::new(), Vec::new());
        let (mut doing, mut undoing) = (Stages::default(), Stages::default());
        for turn in 0..TURNS {
            let positions = (turn..events).step_by(step);
            let shared = is_shared.then(|| timeline.clone());
            let watch = Watch::start();
            let Ok(bulk) = doing.of("make", || made(&timeline, &change, positions)) else { continue };
            let touched = doing.of("note", || Touched::by(&bulk.edit, &timeline));
            if doing.of("apply", || history.apply(&mut timeline, bulk.label, &bulk.edit)).is_err() {
                continue;
            }
            doing.of("index and references", || {
                std::thread::scope(|scope| {
                    scope.spawn(|| references.follow(&timeline, &touched));
                    index.follow(&timeline, Zone::UTC, &touched);
                });
            });
            doing.of("draw", || draw(&timeline, &index, &view, &ctx, &mut shaper));
            redraws.push(watch.cost());
            drop(touched);
            drop(shared);
            let shared = is_shared.then(|| timeline.clone());
            let watch = Watch::start();
            let touched = undoing.of("note", || history.undo_edit().map(|edit| Touched::by(edit, &timeline)));
            let Some(touched) = touched else { continue };
            undoing.of("apply", || history.undo(&mut timeline));
            undoing.of("index and references", || {
                std::thread::scope(|scope| {
                    scope.spawn(|| references.follow(&timeline, &touched));
                    index.follow(&timeline, Zone::UTC, &touched);
                });
            });
            undoing.of("draw", || draw(&timeline, &index, &view, &ctx, &mut shaper));
            undos.push(watch.cost());
            drop(shared);
        }
        summary(&format!("{what}: {} events, to redraw", events / step), &redraws, CHANGE_LIMIT);
        if tells_stages {
            doing.print();
        }
        summary(&format!("{what}: undo, to redraw"), &undos, CHANGE_LIMIT);
        if tells_stages {
            undoing.print();
        }
    }
}
