//! What a frame of the whole program costs on a long timeline: while its file is opened, at rest, while it pans, and when
//! something is edited, undone and redone, with every panel open that grows with the timeline.
//!
//! `cargo bench --bench window [-- --events 100000,1000000 --shape bursty --seed 1 --turns 40 --drawer table --file FILE.ron]`
//!
//! The program runs as in its window, with keys and frames but without a screen. A frame is everything from its input to
//! tessellated meshes. CPU is that of the thread that draws; wall is what passed, so waiting for others shows, and so does
//! whatever else the machine does. An edit is the frame in which the key was struck, which shows what came of it; the longest
//! frame after it includes those in which jobs report.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a measurement that meets the unexpected should stop at once, and it may read files"
)]

#[path = "measure/clock.rs"]
mod clock;
mod data;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant as Clock};

use annalist::app::{App, OpenRequest, Pick, Picked, Platform, Settings};
use annalist::model::Timeline;
use annalist::store::to_ron;
use annalist::time::Instant;
use annalist::ui::DrawerTab;
use eframe::App as _;
use egui::{Event, Key, Modifiers, RawInput};

use self::clock::now_ms;
use self::data::{Plan, Shape};

/// As the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a frame may take at 60 a second, in milliseconds.
const GOAL_MS: f64 = 16.7;

/// From one frame to the next while a file is opened.
const PERIOD: Duration = Duration::from_micros(16_667);

/// How often each thing is done where nothing else is asked for.
const TURNS: usize = 40;

/// Frames after an edit in which what it started may show.
const AFTERWARDS: usize = 12;

/// Nobody answers and time stands still.
struct Nobody;

impl Platform for Nobody {
    fn now(&self) -> Instant {
        Instant::from_micros(1_700_000_000_000_000)
    }

    fn pick(&self, _: &Pick) -> Picked {
        Picked::Cancelled
    }
}

/// What frames took, in milliseconds.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    cpu: f64,
    wall: f64,
}

/// The program without a screen.
struct Window {
    ctx: egui::Context,
    app: App,
    frame: eframe::Frame,
    seconds: f64,
}

impl Window {
    fn open(path: &Path, drawer: Option<DrawerTab>) -> Self {
        let ctx = egui::Context::default();
        let settings = Settings { drawer, ..Settings::default() };
        let app = App::new(&ctx, settings, OpenRequest::File(path.to_owned()), Arc::new(Nobody));
        Self { ctx, app, frame: eframe::Frame::_new_kittest(), seconds: 0.0 }
    }

    fn input(&mut self, events: Vec<Event>) -> RawInput {
        self.seconds += PERIOD.as_secs_f64();
        let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(1600.0, 900.0));
        let (screen_rect, time) = (Some(screen), Some(self.seconds));
        RawInput { screen_rect, time, events, focused: true, ..RawInput::default() }
    }

    /// Runs a frame up to its meshes.
    fn frame(&mut self, events: Vec<Event>) -> Cost {
        let input = self.input(events);
        // Reading the account gives way to others, which is none of the frame's time.
        let cpu = now_ms();
        let begun = Clock::now();
        let (app, frame) = (&mut self.app, &mut self.frame);
        let mut output = self.ctx.run_ui(input, |ui| app.ui(ui, frame));
        // There is no screen that would want them.
        output.textures_delta.clear();
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        let wall = begun.elapsed().as_secs_f64() * 1e3;
        Cost { cpu: now_ms() - cpu, wall }
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) -> Cost {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        let held = [Event::ModifiersChanged(modifiers), event(true), event(false)];
        self.frame(held.into_iter().chain([Event::ModifiersChanged(Modifiers::NONE)]).collect())
    }

    fn text(&mut self, text: &str) -> Cost {
        self.frame(vec![Event::Text(text.to_owned())])
    }

    /// Runs frames until no job is left and nothing moves.
    fn settle(&mut self) {
        let mut quiet = 0;
        while quiet < 4 {
            self.frame(Vec::new());
            quiet = if self.app.is_busy() { 0 } else { quiet + 1 };
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Selects an event by a query for its id, as someone would who knows it.
    fn select(&mut self, id: &str) {
        self.key(Modifiers::COMMAND, Key::F);
        self.settle();
        self.text(&format!("id:{id}"));
        self.settle();
        self.key(Modifiers::NONE, Key::Enter);
        self.settle();
        // Escape would go back to what was selected before. A field that is emptied leaves what was found selected.
        self.key(Modifiers::COMMAND, Key::F);
        self.settle();
        self.key(Modifiers::COMMAND, Key::A);
        self.key(Modifiers::NONE, Key::Delete);
        self.settle();
        self.key(Modifiers::NONE, Key::Escape);
        self.settle();
        let selected = self.app.view().transient.selection.as_deref();
        assert_eq!(selected, Some(id), "the event is selected, query {:?}", self.app.view().place.query);
    }

    fn undo_label(&self) -> String {
        self.app.session().history().undo_label().unwrap_or_default().to_owned()
    }

    /// Puts a text into a field, ready for Enter.
    fn fill(&mut self, field: Field, text: &str) {
        match field {
            Field::Title | Field::Date => {
                self.key(Modifiers::NONE, Key::F2);
                self.settle();
                if field == Field::Date {
                    self.key(Modifiers::NONE, Key::Tab);
                    self.settle();
                }
                self.key(Modifiers::COMMAND, Key::A);
            }
            Field::Citation => {
                self.key(Modifiers::NONE, Key::C);
                self.settle();
            }
        }
        self.text(text);
        self.settle();
    }
}

/// A field of the inspector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Date,
    Citation,
}

/// Rows of the table that is printed.
#[derive(Debug, Default)]
struct Report {
    rows: Vec<(&'static str, Vec<Cost>)>,
}

impl Report {
    fn add(&mut self, what: &'static str, cost: Cost) {
        match self.rows.iter_mut().find(|(known, _)| *known == what) {
            Some((_, costs)) => costs.push(cost),
            None => self.rows.push((what, vec![cost])),
        }
    }

    fn print(&self, heading: &str) {
        println!("\n  {heading:<34}   CPU p50      p99      max      wall p50      p99      max");
        for (what, costs) in &self.rows {
            let quantile = |of: fn(&Cost) -> f64, share: f64| {
                let mut values: Vec<f64> = costs.iter().map(of).collect();
                values.sort_by(f64::total_cmp);
                let at = (values.len() as f64 * share) as usize;
                values.get(at.min(values.len().saturating_sub(1))).copied().unwrap_or_default()
            };
            let [cpu, wall] = [(|cost| cost.cpu) as fn(&Cost) -> f64, |cost| cost.wall]
                .map(|of| [0.5, 0.99, 1.0].map(|share| quantile(of, share)));
            let is_met = if cpu.get(1).is_some_and(|p99| *p99 <= GOAL_MS) { "met" } else { "NOT MET" };
            println!(
                "  {what:<34}  {:>8.2} {:>8.2} {:>8.2}      {:>8.2} {:>8.2} {:>8.2}  {is_met}",
                cpu[0], cpu[1], cpu[2], wall[0], wall[1], wall[2],
            );
        }
    }
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1).cloned()
    };
    let events = value("--events").unwrap_or_else(|| "100000,1000000".to_owned());
    let shape = value("--shape").and_then(|name| Shape::parse(&name)).unwrap_or(Shape::Bursty);
    let seed = value("--seed").and_then(|text| text.parse().ok()).unwrap_or(1);
    let turns = value("--turns").and_then(|text| text.parse().ok()).unwrap_or(TURNS);
    let cores = rayon::current_num_threads();
    println!("{cores} threads, {}, seed {seed}, {turns} turns each, times in ms, goal {GOAL_MS} CPU p99", shape.name());
    for events in events.split(',').filter_map(|word| word.parse().ok()) {
        let plan = Plan::new(events, shape, seed);
        let folder = tempfile::tempdir().expect("a folder for the file");
        let path = value("--file").map_or_else(|| make(&plan, folder.path()), PathBuf::from);
        println!("\n{events} events, {:.0} MB", fs::metadata(&path).expect("the file").len() as f64 / 1e6);
        first_answer(&path);
        regrouped(&path);
        for (drawer, name) in [
            (None, "drawer closed"),
            (Some(DrawerTab::Table), "table open"),
            (Some(DrawerTab::Sources), "sources open"),
            (Some(DrawerTab::Problems), "problems open"),
        ] {
            if value("--drawer").is_none_or(|wanted| name.starts_with(&wanted)) {
                measure(&path, turns, drawer, name);
            }
        }
    }
}

fn make(plan: &Plan, folder: &Path) -> PathBuf {
    let path = folder.join("long.ron");
    let events = (0..plan.events).map(|at| plan.event(at)).collect();
    let timeline = Timeline::from_records(plan.header(), plan.lanes(), plan.sources(), events, vec![], vec![]);
    fs::write(&path, to_ron(&timeline)).expect("the file is written");
    path
}

fn measure(path: &Path, turns: usize, drawer: Option<DrawerTab>, heading: &str) {
    let mut report = Report::default();
    let mut window = Window::open(path, drawer);
    open(&mut window, &mut report);
    // Somewhere in the middle, with something of everything.
    let timeline = Arc::clone(window.app.session().timeline());
    let references = window.app.session().references();
    let middle = timeline.events().iter().skip(timeline.events().len() / 2);
    let is_rich = |id: &str, citations| citations > 1 && references.linking(id).len() > 0;
    let mut rich = middle.filter(|event| is_rich(&event.id, event.citations.len()));
    let event = rich.next().expect("an event that is cited and linked to").id.clone();
    drop(timeline);
    window.select(&event);
    for _ in 0..turns {
        report.add("at rest", window.frame(Vec::new()));
    }
    for turn in 0..turns {
        let key = if turn % 2 == 0 { Key::ArrowRight } else { Key::ArrowLeft };
        report.add("pan, first frame", window.key(Modifiers::NONE, key));
        for _ in 0..AFTERWARDS {
            report.add("pan, other frames", window.frame(Vec::new()));
        }
    }
    for turn in 0..turns {
        let title = format!("What was decided in the end, {turn}");
        edit(&mut window, &mut report, "title", Field::Title, &title);
        let date = format!("19{:02}-0{}-11", 10 + turn, 1 + turn % 9);
        edit(&mut window, &mut report, "date", Field::Date, &date);
        edit(&mut window, &mut report, "citation", Field::Citation, "on");
        for _ in 0..3 {
            strike(&mut window, &mut report, "undo", Modifiers::COMMAND, Key::Z);
        }
        strike(&mut window, &mut report, "redo", Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    }
    for _ in 0..turns.div_ceil(2) {
        strike(&mut window, &mut report, "duplicate", Modifiers::COMMAND, Key::D);
        strike(&mut window, &mut report, "delete", Modifiers::NONE, Key::Delete);
        window.select(&event);
    }
    report.print(heading);
}

/// A window on a file that has just been read, of which nothing else is known yet.
fn just_read(path: &Path) -> Window {
    let mut window = Window::open(path, None);
    while window.app.session().is_part() {
        window.frame(Vec::new());
        std::thread::sleep(Duration::from_millis(2));
    }
    window
}

/// Runs frames at their usual pace while this is so: the longest of them, and what passed until then in milliseconds.
fn while_so(window: &mut Window, first: Cost, is_so: impl Fn(&App) -> bool) -> (Cost, f64) {
    let begun = Clock::now();
    let mut longest = first;
    while is_so(&window.app) {
        let frame = Clock::now();
        longest = longer(longest, window.frame(Vec::new()));
        std::thread::sleep(PERIOD.saturating_sub(frame.elapsed()));
    }
    (longest, first.wall + begun.elapsed().as_secs_f64() * 1e3)
}

fn tell(what: &str, (longest, passed): (Cost, f64)) {
    let (cpu, wall) = (longest.cpu, longest.wall);
    println!("  {what:<44} after {passed:>7.0} ms, longest frame {cpu:>6.1} ms CPU, {wall:>6.1} ms wall");
}

/// The first keystroke in the field of questions of a file that has just been read, and the next.
fn first_answer(path: &Path) {
    let mut window = just_read(path);
    window.key(Modifiers::COMMAND, Key::F);
    let first = window.text("c");
    let found = while_so(&mut window, first, App::is_answering);
    tell("first answer after opening, cold", found);
    window.settle();
    let first = window.text("o");
    let found = while_so(&mut window, first, App::is_answering);
    tell("next answer", found);
}

/// Bands and colours by other fields, from the key to the picture.
fn regrouped(path: &Path) {
    let mut window = just_read(path);
    window.settle();
    for name in ["Group by problem", "Group by actor", "Accounts by source", "Group by lane"] {
        window.key(Modifiers::COMMAND, Key::K);
        window.text(name);
        let first = window.key(Modifiers::NONE, Key::Enter);
        let next = longer(first, window.frame(Vec::new()));
        let found = while_so(&mut window, next, App::is_waited_for);
        tell(name, found);
        window.settle();
    }
}

/// Runs frames at their usual pace until the file is open, checked and drawn.
fn open(window: &mut Window, report: &mut Report) {
    let mut quiet = 0;
    while quiet < 30 {
        let begun = Clock::now();
        report.add("while opening", window.frame(Vec::new()));
        quiet = if window.app.is_busy() || window.app.session().is_part() { 0 } else { quiet + 1 };
        std::thread::sleep(PERIOD.saturating_sub(begun.elapsed()));
    }
}

fn edit(window: &mut Window, report: &mut Report, what: &'static str, field: Field, text: &str) {
    window.fill(field, text);
    strike(window, report, what, Modifiers::NONE, Key::Enter);
}

/// Strikes a key and looks at what comes of it.
fn strike(window: &mut Window, report: &mut Report, what: &'static str, modifiers: Modifiers, key: Key) {
    let before = window.app.session().history().revision();
    let own = window.key(modifiers, key);
    assert_ne!(window.app.session().history().revision(), before, "{what}, after {}", window.undo_label());
    report.add(what, own);
    let mut longest = own;
    for _ in 0..AFTERWARDS {
        longest = longer(longest, window.frame(Vec::new()));
        std::thread::sleep(Duration::from_millis(2));
    }
    window.settle();
    report.add("longest frame around an edit", longest);
}

fn longer(a: Cost, b: Cost) -> Cost {
    Cost { cpu: a.cpu.max(b.cpu), wall: a.wall.max(b.wall) }
}
