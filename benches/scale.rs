//! What a frame, an edit and an index cost as timelines grow. Prints tables, and last the goals with what was measured;
//! every figure is CPU time of this process on this machine, and the data follows from the seed.
//!
//! `cargo bench --bench scale [-- --quick] [-- --links] [-- --seed N --events 100000,1000000 --shape uniform --lanes 8]
//! [-- --frames --zooms 2 --width 1600 --height 900]`
//!
//! Without further words all goals are measured, which takes a quarter of an hour and some ten gigabytes; `--quick` leaves
//! out ten million events, `--links` measures nothing but what 100,000 links cost, and `--frames` nothing but frames: of the
//! first zooms and of one size where they are named.
//!
//! A *frame* is what the canvas does anew when the window has moved: index query, layout, scene, overview, painting with
//! egui, and tessellation to meshes. Each packs its rows anew, as after a zoom; *panned* frames keep them, as the window does
//! while it is moved. What is said of 10 million events is about lean ones, without notes or citations.

#[path = "measure/clock.rs"]
mod clock;
mod data;

use std::fs::File;
use std::hint::black_box;
use std::io::Read as _;
use std::sync::Arc;

use annalist::edit::{Edit, apply};
use annalist::geom::Size;
use annalist::index::{Facet, Index, Lens, LinkLens, Links, References, Spot, Touched, Values};
use annalist::layout::Viewport;
use annalist::model::{Event, Grouping, Record, Timeline};
use annalist::scene::{self, Frame, Packed, SceneInput, ShownLinks};
use annalist::text::Shaper;
use annalist::theme::{Theme, ThemeName};
use annalist::time::Zone;
use annalist::ui;

use self::clock::now_ms;
use self::data::{Plan, Random, Shape};

/// As the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Zooms, from all time to a millionth of it.
const ZOOMS: usize = 7;
/// The sizes of a window and of a large screen, in points.
const WINDOW: (f64, f64) = (1600.0, 900.0);
const SCREEN: (f64, f64) = (3840.0, 2160.0);
/// Random windows at each.
const WINDOWS: usize = 200;
/// How often everything is measured.
const PASSES: usize = 2;
/// Windows that are drawn before any is measured, so that fonts are there.
const WARM_UP: usize = 20;
/// Above this, events are lean.
const MOST_WHOLE: usize = 2_000_000;

/// What is asked for in the issue of scale, in milliseconds of a frame.
const FRAME: f64 = 8.3;
const LARGE_FRAME: f64 = 16.7;
/// And of other bands, of all threads together.
const REGROUP: f64 = 300.0;
/// How much longer the slowest frame may take with a hundred times as many events.
const GROWTH: f64 = 6.0;
const FEW: usize = 100_000;
/// Events that link to another each.
const LINKED: usize = 100_000;
/// Pans at each zoom, their steps, and how far one goes.
const PANS: usize = 10;
const STEPS: usize = 20;
const STEP_PT: f64 = 40.0;
const MANY: usize = 1_000_000;
const MOST: usize = 10_000_000;
const MOST_LANES: usize = 64;

struct Arguments {
    seed: u64,
    events: Vec<usize>,
    shapes: Vec<Shape>,
    lanes: usize,
    /// The largest timeline is measured with many lanes too.
    many_lanes: bool,
    /// Nothing is measured but links.
    links_alone: bool,
    /// Nothing is measured but frames.
    frames_alone: bool,
    /// The first of these are drawn.
    zooms: usize,
    /// Of frames alone, the one size that is measured.
    size: Option<Size>,
}

impl Arguments {
    /// Whatever cargo passes beside them is let by.
    fn read() -> Self {
        let words: Vec<String> = std::env::args().collect();
        let value = |name: &str| -> Option<String> {
            let at = words.iter().position(|word| word == name)?;
            words.get(at + 1).cloned()
        };
        let number = |name: &str| value(name).and_then(|word| word.parse::<f64>().ok());
        let is_quick = words.iter().any(|word| word == "--quick");
        let all = if is_quick { format!("{FEW},{MANY}") } else { format!("{FEW},{MANY},{MOST}") };
        let many_lanes = !is_quick && value("--events").is_none() && value("--lanes").is_none();
        let events = value("--events").unwrap_or(all);
        Self {
            many_lanes,
            links_alone: words.iter().any(|word| word == "--links"),
            frames_alone: words.iter().any(|word| word == "--frames"),
            zooms: number("--zooms").map_or(ZOOMS, |zooms| (zooms as usize).min(ZOOMS)),
            size: number("--width").zip(number("--height")).map(|(width, height)| Size::new(width, height)),
            seed: value("--seed").and_then(|word| word.parse().ok()).unwrap_or(20_241_109),
            events: events.split(',').filter_map(|word| word.parse().ok()).collect(),
            shapes: value("--shape")
                .and_then(|word| Shape::parse(&word))
                .map_or(Shape::ALL.to_vec(), |shape| vec![shape]),
            lanes: value("--lanes").and_then(|word| word.parse().ok()).unwrap_or(8),
        }
    }
}

/// Durations in milliseconds, to be summed up.
#[derive(Default)]
struct Times(Vec<f64>);

impl Times {
    fn take<T>(&mut self, run: impl FnOnce() -> T) -> T {
        self.take_by(now_ms, run)
    }

    fn take_by<T>(&mut self, clock: fn() -> f64, run: impl FnOnce() -> T) -> T {
        let start = clock();
        let result = black_box(run());
        self.0.push(clock() - start);
        result
    }

    /// Keeps the shorter of each two.
    fn shorten(&mut self, other: &Self) {
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own = own.min(*other);
        }
    }

    /// The value below which a share of them lie.
    fn quantile(&mut self, share: f64) -> f64 {
        self.0.sort_by(f64::total_cmp);
        let at = (self.0.len() as f64 * share) as usize;
        self.0.get(at.min(self.0.len().saturating_sub(1))).copied().unwrap_or_default()
    }

    fn summary(&mut self) -> String {
        let [p50, p99, most] = [0.5, 0.99, 1.0].map(|share| self.quantile(share));
        format!("{p50:>8.2} {p99:>8.2} {most:>8.2}")
    }
}

fn timeline(plan: &Plan) -> Timeline {
    let lean = |at| {
        let Event { id, title, date, lane, weight, .. } = plan.event(at);
        Event { lane, weight, date, ..Event::undated(id, title) }
    };
    let event = |at| if plan.events > MOST_WHOLE { lean(at) } else { plan.event(at) };
    let events = (0..plan.events).map(event).collect();
    Timeline::from_records(plan.header(), plan.lanes(), plan.sources(), events, Vec::new(), Vec::new())
}

/// One screen: its size and what it keeps between frames.
struct Screen {
    ctx: egui::Context,
    shaper: Shaper,
    theme: Theme,
    size: Size,
    packed: Option<Packed>,
}

/// What becomes of the rows of the frame before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// All are packed anew, as after a zoom.
    Anew,
    /// They are kept, as far as there are any for the window.
    Kept,
}

/// What one frame drew.
#[derive(Default)]
struct Drawn {
    items: usize,
    refused: usize,
}

impl Screen {
    fn new(size: Size) -> Self {
        let ctx = egui::Context::default();
        ui::fonts::install(&ctx);
        Self { ctx, shaper: Shaper::new(), theme: Theme::named(ThemeName::Light), size, packed: None }
    }

    fn input<'a>(&'a self, timeline: &'a Timeline, index: &'a Index, viewport: Viewport) -> SceneInput<'a> {
        SceneInput {
            timeline,
            index,
            theme: &self.theme,
            viewport,
            size: self.size,
            scroll_y: 0.0,
            selection: None,
            hover: None,
            matches: None,
            now: None,
            zone: Zone::UTC,
            iso_weeks: false,
            frame: Frame::Window,
            aspect: scene::Aspect::default(),
        }
    }

    /// Draws a window whose rows are packed anew, with times for scene, painting and tessellation.
    fn frame(&mut self, timeline: &Timeline, index: &Index, viewport: Viewport, times: &mut [Times; 4]) -> Drawn {
        self.frame_with(timeline, index, viewport, (Rows::Anew, ShownLinks::default()), times)
    }

    /// The same with these links, in rows that may be kept.
    fn frame_with(
        &mut self,
        timeline: &Timeline,
        index: &Index,
        viewport: Viewport,
        (rows, links): (Rows, ShownLinks<'_>),
        times: &mut [Times; 4],
    ) -> Drawn {
        let [whole, scenes, paints, meshes] = times;
        let mut shaper = std::mem::take(&mut self.shaper);
        let before = self.packed.take();
        // Where one part ends the next begins.
        let start = now_ms();
        let (track, strip, refused, kept) = {
            let input = self.input(timeline, index, viewport);
            let input = SceneInput { aspect: scene::Aspect { links, ..input.aspect }, ..input };
            shaper.limit(ui::NEW_LABELS);
            let packed = match (rows, before) {
                (Rows::Kept, Some(before)) => before.moved(&input, &mut shaper),
                (_, before) => Packed::of(&input, before, &mut shaper),
            };
            let packed = Arc::new(packed);
            let plan = scene::Plan::packed(&input, Arc::clone(&packed), &mut shaper);
            let track = scene::draw(&input, &plan, &mut shaper);
            drop(plan);
            let kept = Arc::into_inner(packed);
            let refused = shaper.unlimit();
            let strip = scene::overview(&input, Size::new(self.size.width, ui::OVERVIEW_PT), &mut shaper);
            (track, strip, refused, kept)
        };
        let drawn = now_ms();
        let area = egui::vec2(self.size.width as f32, self.size.height as f32);
        let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, area);
        let raw = egui::RawInput { screen_rect: Some(screen), ..egui::RawInput::default() };
        let mut output = self.ctx.run_ui(raw, |ui| {
            ui::paint_scene(ui.painter(), &track, egui::Pos2::ZERO);
            ui::paint_scene(ui.painter(), &strip, egui::pos2(0.0, area.y - ui::OVERVIEW_PT as f32));
        });
        let painted = now_ms();
        // There is no screen that would want them.
        output.textures_delta.clear();
        black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        let end = now_ms();
        scenes.0.push(drawn - start);
        paints.0.push(painted - drawn);
        meshes.0.push(end - painted);
        whole.0.push(end - start);
        self.shaper = shaper;
        self.packed = kept;
        Drawn { items: track.items.len(), refused }
    }
}

/// A window of a share of all time at a place that the seed decides.
fn window(index: &Index, zoom: f64, width_pt: f64, random: &mut Random) -> Viewport {
    let (start, end) = index.extent().unwrap_or_default();
    let all = end.saturating_since(start) as f64;
    let span = (all * zoom).max(1.0);
    let from = start.saturating_add((random.share() * (all - span)) as i64);
    Viewport::spanning(from, from.saturating_add(span as i64), width_pt)
}

/// Draws random windows at each zoom and prints a line for each; returns zoom and p99.
///
/// The whole is done [`PASSES`] times from the start, and of each window the shortest time counts: on a machine that does
/// other things too, the longest says nothing of this program.
fn frames(timeline: &Timeline, index: &Index, (size, zooms): (Size, usize), seed: u64) -> Vec<(f64, f64)> {
    let mut best: Vec<[Times; 4]> = Vec::new();
    let mut most = [(0, 0, 0); ZOOMS];
    for _ in 0..PASSES {
        let mut screen = Screen::new(size);
        let width_pt = scene::track_width(index, Frame::Window, size.width, &mut screen.shaper);
        let mut random = Random::of(seed, 77);
        for _ in 0..WARM_UP {
            let viewport = window(index, 1e-3, width_pt, &mut random);
            screen.frame(timeline, index, viewport, &mut Default::default());
        }
        for at in 0..zooms {
            let mut times: [Times; 4] = Default::default();
            for _ in 0..WINDOWS {
                let viewport = window(index, 10_f64.powi(-(at as i32)), width_pt, &mut random);
                let drawn = screen.frame(timeline, index, viewport, &mut times);
                if let Some((items, touched, refused)) = most.get_mut(at) {
                    *items = drawn.items.max(*items);
                    *refused = drawn.refused.max(*refused);
                    *touched = touch(index, viewport, size).max(*touched);
                }
            }
            match best.get_mut(at) {
                None => best.push(times),
                Some(best) => best.iter_mut().zip(&times).for_each(|(best, times)| best.shorten(times)),
            }
        }
    }
    println!(
        "   zoom   frame p50      p99      max   scene p99  paint p99  tessellate p99   items  touched  labels put off"
    );
    let mut worst = Vec::new();
    for ((at, [whole, scenes, paints, meshes]), (items, touched, refused)) in best.iter_mut().enumerate().zip(most) {
        println!(
            "   10^-{at}  {}    {:>8.2}   {:>8.2}        {:>8.2} {items:>7} {touched:>8} {refused:>8}",
            whole.summary(),
            scenes.quantile(0.99),
            paints.quantile(0.99),
            meshes.quantile(0.99),
        );
        worst.push((10_f64.powi(-(at as i32)), whole.quantile(0.99)));
    }
    worst
}

/// Pans through random stretches at each zoom and prints a line for each.
fn panned(timeline: &Timeline, index: &Index, (size, zooms): (Size, usize), seed: u64) {
    println!("   panned   frame p50      p99      max");
    let mut screen = Screen::new(size);
    let width_pt = scene::track_width(index, Frame::Window, size.width, &mut screen.shaper);
    for at in 0..zooms {
        let mut best = Times::default();
        for pass in 0..PASSES {
            let mut random = Random::of(seed, 78);
            let mut own: [Times; 4] = Default::default();
            for _ in 0..PANS {
                let mut viewport = window(index, 10_f64.powi(-(at as i32)), width_pt, &mut random);
                screen.frame(timeline, index, viewport, &mut Default::default());
                for _ in 0..STEPS {
                    viewport = viewport.panned(-STEP_PT);
                    let rows = (Rows::Kept, ShownLinks::default());
                    screen.frame_with(timeline, index, viewport, rows, &mut own);
                }
            }
            let [whole, ..] = own;
            if pass == 0 { best = whole } else { best.shorten(&whole) }
        }
        println!("   10^-{at}     {}", best.summary());
    }
}

/// How many entries the index reads for a window in which every row that fits is shown.
fn touch(index: &Index, viewport: Viewport, size: Size) -> u64 {
    let rows = (0..index.bands().len()).flat_map(|band| index.rows_of(band)).take((size.height / 24.0) as usize);
    let least_micros = (14.0 * viewport.micros_per_pt) as i64;
    let lens = Lens {
        start: viewport.origin,
        end: viewport.end(),
        least_micros: least_micros.max(1),
        cell_shift: 5,
        prominent: 2,
        folds: viewport.folds,
    };
    index.sight(None, rows.collect::<Vec<Spot>>().into_iter(), lens).touched
}

/// An event moved, then put in and taken out, each followed by a frame; then all that undone. Returns the p99 of both.
fn edits(timeline: &mut Timeline, index: &mut Index, seed: u64) -> (f64, f64) {
    let size = Size::new(1600.0, 900.0);
    let mut screen = Screen::new(size);
    let width_pt = scene::track_width(index, Frame::Window, size.width, &mut screen.shaper);
    let viewport = Viewport::fit(index, width_pt);
    let mut random = Random::of(seed, 99);
    for _ in 0..WARM_UP {
        screen.frame(timeline, index, viewport, &mut Default::default());
    }
    let count = timeline.events().len() as u64;
    let (mut follows, mut applies, mut redraws, mut undos): (Times, Times, Times, Times) = Default::default();
    let mut inverses = Vec::new();
    for turn in 0..WINDOWS {
        let at = random.below(count) as usize;
        let other = random.below(count) as usize;
        let (Some(event), Some(donor)) = (timeline.events().get(at).cloned(), timeline.events().get(other)) else {
            break;
        };
        let date = donor.date.clone();
        let edit = match turn % 4 {
            0 | 1 => Edit::put_event(Event { date, ..event }),
            2 => Edit::Put {
                record: Record::Event(Event { id: format!("fresh-{turn}").into(), date, ..event }.into()),
                replaces: None,
                at: Some(at),
            },
            _ => Edit::Remove(annalist::model::Key::Event(event.id)),
        };
        let start = now_ms();
        let touched = Touched::by(&edit, timeline);
        inverses.extend(applies.take(|| apply(timeline, &edit)).ok());
        follows.take(|| index.follow(timeline, Zone::UTC, &touched));
        screen.frame(timeline, index, viewport, &mut Default::default());
        redraws.0.push(now_ms() - start);
    }
    for inverse in inverses.into_iter().rev() {
        undos.take(|| {
            let touched = Touched::by(&inverse, timeline);
            apply(timeline, &inverse).ok();
            index.follow(timeline, Zone::UTC, &touched);
            screen.frame(timeline, index, viewport, &mut Default::default());
        });
    }
    println!("   edit            p50      p99      max ms");
    println!("   apply      {}", applies.summary());
    println!("   follow     {}", follows.summary());
    println!("   to redraw  {}", redraws.summary());
    println!("   undo       {}", undos.summary());
    (redraws.quantile(0.99), undos.quantile(0.99))
}

fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // Named where the system tells.
    let named =
        std::process::Command::new("sh").args(["-c", "grep -m1 'model name' /proc/cpuinfo | cut -d: -f2"]).output();
    let name = named.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned()).unwrap_or_default();
    format!("{cores} cores, {name}")
}

/// Some of the events picked out, as a query does.
fn selections(timeline: &Timeline, index: &Index) {
    println!("   query           p50      p99      max ms");
    for (what, step) in [("every", 1), ("every third", 3), ("1 in 1000", 1_000)] {
        let mut times = Times::default();
        for _ in 0..20 {
            times.take(|| index.select(timeline, (0..timeline.events().len()).step_by(step)));
        }
        println!("   {what:<11}{}", times.summary());
    }
}

/// Milliseconds that all threads of this process have run, where the system tells; else that have passed.
fn all_threads_ms() -> f64 {
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

/// The same events in other bands, and the values of all that they are told apart by counted: milliseconds of all threads.
/// Returns the longest regrouping.
fn groupings(timeline: &Timeline, index: &Index) -> f64 {
    println!("   bands by        p50      p99      max ms    bands    marks  bytes an event");
    let mut longest: f64 = 0.0;
    for grouping in Grouping::ALL {
        let mut times = Times::default();
        let mut regrouped = Index::default();
        for _ in 0..5 {
            regrouped = times.take_by(all_threads_ms, || index.regrouped(timeline, grouping));
        }
        let bands = regrouped.bands().len();
        let marks: usize = (0..bands).map(|band| regrouped.events_in(band)).sum();
        let bytes = regrouped.bytes() as f64 / timeline.events().len().max(1) as f64;
        println!("   {:<12}{} {bands:>8} {marks:>8} {bytes:>8.1}", grouping.label(), times.summary());
        longest = longest.max(times.quantile(0.5));
    }
    println!("   counts of       p50      p99      max ms   values");
    for facet in Facet::all() {
        let mut times = Times::default();
        let mut values = 0;
        for _ in 0..5 {
            values =
                times.take_by(all_threads_ms, || Values::count(facet, timeline, Zone::UTC, None)).most_frequent().len();
        }
        println!("   {:<12}{} {values:>8}", facet.label(), times.summary());
    }
    longest
}

/// What was measured of one timeline, in milliseconds.
struct Measured {
    events: usize,
    lanes: usize,
    shape: Shape,
    /// The p99 of a frame of a window and of a large screen, at each zoom.
    window: Vec<(f64, f64)>,
    screen: Vec<(f64, f64)>,
    /// The slowest of other bands, and the p99 of an edit and of its undo; none where frames alone are measured.
    regroup: Option<f64>,
    redraw: Option<f64>,
    undo: Option<f64>,
}

/// What all links cost where they are drawn: deriving them, of all threads together, and what a window reads of them.
fn links(timeline: &Timeline, index: &Index, seed: u64) {
    let start = all_threads_ms();
    let links = Links::build(timeline, index, None);
    let built = all_threads_ms() - start;
    let (mut windows, mut most) = (Times::default(), 0);
    let mut random = Random::of(seed, 79);
    for at in 0..7 * WINDOWS {
        let viewport = window(index, 10_f64.powi(-((at % 7) as i32)), 1_400.0, &mut random);
        let lens = LinkLens {
            window: (viewport.origin, viewport.end()),
            bands: (0, u32::MAX),
            x: &|instant| viewport.x_from_instant(instant),
            place_pt: 48.0,
            most_place_pt: 350.0,
            most: 150,
            most_leaving: 12,
            most_opened: 16_384,
        };
        let sight = windows.take(|| links.sight(&lens));
        most = sight.entries().max(most);
    }
    println!("   {} links of all threads in {built:.1} ms; at most {most} read of a window", links.len());
    println!("   links      {}", windows.summary());
}

/// Frames in which all links are drawn, where each event has one.
fn linked(seed: u64) {
    let plan = Plan { links_one_in: 1, ..Plan::new(LINKED, Shape::Uniform, seed) };
    let timeline = timeline(&plan);
    let index = Index::build(&timeline, Zone::UTC);
    println!("\n{} events that link to another each\n  1600 × 900", plan.events);
    links(&timeline, &index, seed);
    let (references, links) = (References::build(&timeline), Links::build(&timeline, &index, None));
    let all = ShownLinks { references: Some(&references), all: Some(&links), ..ShownLinks::default() };
    println!("   drawn    frame p50      p99      max   without p50      p99      max");
    let mut screen = Screen::new(Size::new(1600.0, 900.0));
    let width_pt = scene::track_width(&index, Frame::Window, screen.size.width, &mut screen.shaper);
    for at in 0..ZOOMS {
        let mut with_and_without = [Times::default(), Times::default()];
        for (best, shown) in with_and_without.iter_mut().zip([all, ShownLinks::default()]) {
            for pass in 0..PASSES {
                let mut random = Random::of(seed, 80);
                let mut own: [Times; 4] = Default::default();
                for _ in 0..WINDOWS / 2 {
                    let viewport = window(&index, 10_f64.powi(-(at as i32)), width_pt, &mut random);
                    screen.frame_with(&timeline, &index, viewport, (Rows::Anew, shown), &mut own);
                }
                let [whole, ..] = own;
                if pass == 0 { *best = whole } else { best.shorten(&whole) }
            }
        }
        let [with, without] = &mut with_and_without;
        println!("   10^-{at}     {}     {}", with.summary(), without.summary());
    }
}

fn worst(zooms: &[(f64, f64)]) -> f64 {
    zooms.iter().map(|(_, p99)| *p99).fold(0.0, f64::max)
}

/// Everything that is measured of one timeline. What is measured further of the same timeline (opening, memory, saving,
/// search) is a function called from here. The timeline is gone at the end: the next has all the memory.
fn measure(plan: &Plan, arguments: &Arguments) -> Measured {
    let mut timeline = timeline(plan);
    let mut builds = Times::default();
    let mut index = builds.take(|| Index::build(&timeline, Zone::UTC));
    println!(
        "\n{} events, {}, {} lanes: index in {:.0} ms of this thread, {:.1} bytes an event",
        plan.events,
        plan.shape.name(),
        plan.lanes,
        builds.quantile(0.5),
        index.bytes() as f64 / plan.events.max(1) as f64,
    );
    let Plan { events, lanes, shape, .. } = *plan;
    let mut measured = Measured {
        events,
        lanes,
        shape,
        window: Vec::new(),
        screen: Vec::new(),
        regroup: None,
        redraw: None,
        undo: None,
    };
    for (own, (width, height)) in [(&mut measured.window, WINDOW), (&mut measured.screen, SCREEN)] {
        let size = Size::new(width, height);
        if arguments.size.is_some_and(|only| only != size) {
            continue;
        }
        println!("  {width} × {height}");
        *own = frames(&timeline, &index, (size, arguments.zooms), plan.seed);
        panned(&timeline, &index, (size, arguments.zooms), plan.seed);
    }
    if arguments.frames_alone {
        return measured;
    }
    println!("  1600 × 900");
    selections(&timeline, &index);
    links(&timeline, &index, plan.seed);
    measured.regroup = Some(groupings(&timeline, &index));
    let (redraw, undo) = edits(&mut timeline, &mut index, plan.seed);
    Measured { redraw: Some(redraw), undo: Some(undo), ..measured }
}

fn goal(what: &str, measured: f64, limit: f64) {
    let verdict = if measured <= limit { "met" } else { "NOT MET" };
    println!("   {what:<58} {measured:>8.2} {limit:>8.1}   {verdict}");
}

/// The goals that were measured, each beside what was asked for.
fn goals(all: &[Measured]) {
    println!("\n   goal (ms p99, worst zoom)                                   measured    limit");
    for shape in Shape::ALL {
        let of_shape = || all.iter().filter(|one| one.shape == shape && one.lanes < MOST_LANES);
        for one in of_shape() {
            let limit = if one.events <= MANY { FRAME } else { LARGE_FRAME };
            let (name, events) = (shape.name(), one.events);
            let frames = [
                ("frame 1600 × 900", (!one.window.is_empty()).then(|| worst(&one.window)), limit),
                ("frame 3840 × 2160", (!one.screen.is_empty()).then(|| worst(&one.screen)), LARGE_FRAME),
            ];
            let edits = [
                ("edit to redraw", one.redraw, LARGE_FRAME),
                ("undo to redraw", one.undo, LARGE_FRAME),
                ("other bands", one.regroup, REGROUP),
            ];
            // Of more events than those, edits have no goal.
            for (what, measured, limit) in frames.into_iter().chain(edits.into_iter().filter(|_| events <= MANY)) {
                if let Some(measured) = measured {
                    goal(&format!("{name}, {events}: {what}"), measured, limit);
                }
            }
        }
        if let (Some(few), Some(many)) = (of_shape().next(), of_shape().next_back())
            && few.events < many.events
        {
            let ratio = |(few, many): (&(f64, f64), &(f64, f64))| many.1 / few.1;
            let growth = few.window.iter().zip(&many.window).map(ratio).fold(0.0, f64::max);
            goal(&format!("{}: growth from {} to {} (times)", shape.name(), few.events, many.events), growth, GROWTH);
        }
    }
    for one in all.iter().filter(|one| one.lanes >= MOST_LANES) {
        let what = format!("{}, {}, {} lanes: frame 3840 × 2160", one.shape.name(), one.events, one.lanes);
        goal(&what, worst(&one.screen), LARGE_FRAME);
    }
}

fn main() {
    let arguments = Arguments::read();
    println!("seed {}, {}, {WINDOWS} windows a zoom, times in ms of the CPU", arguments.seed, machine());
    if arguments.links_alone {
        linked(arguments.seed);
        return;
    }
    let mut all = Vec::new();
    for shape in &arguments.shapes {
        for events in &arguments.events {
            all.push(measure(
                &Plan { lanes: arguments.lanes, ..Plan::new(*events, *shape, arguments.seed) },
                &arguments,
            ));
        }
    }
    if let Some(shape) = arguments.shapes.first().filter(|_| arguments.many_lanes && !arguments.frames_alone) {
        all.push(measure(&Plan { lanes: MOST_LANES, ..Plan::new(MOST, *shape, arguments.seed) }, &arguments));
    }
    if arguments.many_lanes && !arguments.frames_alone {
        linked(arguments.seed);
    }
    goals(&all);
}
