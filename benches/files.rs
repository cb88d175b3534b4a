//! What opening, keeping and saving a large file costs, and how soon the window is there. Each figure comes from a process
//! of its own, so that none pays for what another left behind; the file follows from the seed.
//!
//! `cargo bench --bench files [-- --events 1000000 --shape bursty --seed 1 --file FILE.ron]`
//!
//! The measure of opening is one bare `ron::from_str` of the same bytes on one core, into records of strings and lists as
//! anyone would write them down: those of the program share their code with what is measured. That of saving is a copy of
//! the file, flushed. The window is started where there is a display, or `xvfb-run` to make one.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a measurement that meets the unexpected should stop at once, and it may read files"
)]

mod bare;
mod data;
#[path = "measure/file.rs"]
mod file;
#[path = "measure/process.rs"]
mod process;

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use annalist::app::Session;
use annalist::edit::Edit;
use annalist::geom::Size;
use annalist::layout::Viewport;
use annalist::query::{Expr, Leaf, Query, Question, Texts, TimeTest};
use annalist::scene::{self, Frame, SceneInput};
use annalist::store::{self, Progress};
use annalist::text::Shaper;
use annalist::theme::{Theme, ThemeName};

use self::data::{Plan, Shape};
use self::file::make;
use self::process::{cpu_seconds, machine, memory};

/// As the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often the file is read bare and opened.
const TURNS: usize = 7;

/// How long somebody looks at the timeline before its memory is measured.
const REST: Duration = Duration::from_secs(5);

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1).cloned()
    };
    if let Some(task) = value("--task") {
        let file = PathBuf::from(value("--file").unwrap_or_default());
        return match task.as_str() {
            "bare" => bare(&file),
            "open" => open(&file),
            "search" => search(&file),
            _ => save(&file),
        };
    }
    let number = |name: &str, usual: usize| value(name).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let shape = value("--shape").and_then(|name| Shape::parse(&name)).unwrap_or(Shape::Bursty);
    let plan = Plan::new(number("--events", 1_000_000), shape, number("--seed", 1) as u64);
    let folder = tempfile::tempdir().expect("a folder for the file");
    let file = match value("--file") {
        Some(file) => PathBuf::from(file),
        None => make(&plan, folder.path()).expect("the file is made"),
    };
    report(&plan, &file);
}

/// Figures as a task prints them: `name value` in a line each.
struct Figures(Vec<(String, f64)>);

impl Figures {
    fn of(task: &str, file: &Path) -> Self {
        let program = std::env::current_exe().expect("this program");
        let output = Command::new(program).args(["--task", task, "--file"]).arg(file).output().expect("the task runs");
        assert!(output.status.success(), "{task}: {}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let figures = text.lines().filter_map(|line| {
            let (name, value) = line.rsplit_once(' ')?;
            Some((name.to_owned(), value.parse().ok()?))
        });
        Self(figures.collect())
    }

    /// The run of middle length, and how long the shortest and the longest took.
    fn middle(mut runs: Vec<Self>) -> (Self, String) {
        runs.sort_by(|a, b| a.get("wall").total_cmp(&b.get("wall")));
        let wall = |run: Option<&Self>| run.map_or(f64::NAN, |run| run.get("wall"));
        let range = format!("{:.2}–{:.2} s", wall(runs.first()), wall(runs.last()));
        (runs.swap_remove(runs.len() / 2), range)
    }

    fn get(&self, name: &str) -> f64 {
        self.0.iter().find(|(other, _)| other == name).map_or(f64::NAN, |(_, value)| *value)
    }
}

fn report(plan: &Plan, file: &Path) {
    let bytes = fs::metadata(file).expect("the file").len() as f64;
    let cores = rayon::current_num_threads();
    println!("{}", machine());
    println!(
        "{} events, {}, seed {}: {:.0} MB; {cores} threads\n",
        plan.events,
        plan.shape.name(),
        plan.seed,
        bytes / 1e6
    );
    // By turns, and of each that of middle length: on a machine that does other things too, the shortest of one is as much
    // chance as the longest of the other.
    let turns: Vec<(Figures, Figures)> =
        (0..TURNS).map(|_| (Figures::of("bare", file), Figures::of("open", file))).collect();
    let (bares, opens): (Vec<Figures>, Vec<Figures>) = turns.into_iter().unzip();
    let ((bare, bare_range), (open, open_range)) = (Figures::middle(bares), Figures::middle(opens));
    let (save, search) = (Figures::of("save", file), Figures::of("search", file));
    let row = |what: &str, found: String, goal: String, is_met: bool| {
        println!("| {what:<44} | {found:<36} | {goal:<40} | {} |", if is_met { "met" } else { "NOT MET" });
    };
    println!("| {:<44} | {:<36} | {:<40} | |", "what", "found", "goal");
    println!("|---|---|---|---|");
    println!(
        "| {:<44} | {:<36} | {:<40} | |",
        "bare ron::from_str",
        format!("{:.2} s ({bare_range}), CPU {:.2} s", bare.get("wall"), bare.get("cpu")),
        ""
    );
    let goal = 1.5 * bare.get("wall") / cores as f64;
    row(
        "open to first full picture: file, index, scene",
        format!("{:.2} s ({open_range}), CPU {:.2} s", open.get("wall"), open.get("cpu")),
        format!("≤ {goal:.2} s: 1.5 × bare / {cores} cores"),
        open.get("wall") <= goal,
    );
    println!(
        "| {:<44} | {:<36} | {:<40} | |",
        "… of it reading / index",
        format!("{:.2} s / {:.2} s", open.get("read"), open.get("index")),
        ""
    );
    row(
        "first events shown",
        format!("{:.3} s", open.get("first part")),
        "before the end".to_owned(),
        open.get("first part") < open.get("wall"),
    );
    row(
        "memory after opening",
        format!("{:.0} MB, {:.2} × the file", open.get("rss") / 1e6, open.get("rss") / bytes),
        "≤ 1.6 × the file".to_owned(),
        open.get("rss") <= 1.6 * bytes,
    );
    println!(
        "| {:<44} | {:<36} | {:<40} | |",
        "… with its check, done behind the picture",
        format!("{} problems after {:.2} s more", open.get("problems"), open.get("check")),
        ""
    );
    println!(
        "| {:<44} | {:<36} | {:<40} | |",
        "memory at its highest while opening",
        format!("{:.0} MB, {:.2} × the file", open.get("peak") / 1e6, open.get("peak") / bytes),
        ""
    );
    println!("| {:<44} | {:<36} | {:<40} | |", "copy of the file, flushed", format!("{:.2} s", save.get("copies")), "");
    let goal = 1.5 * save.get("copies");
    for (what, name) in [
        ("save after one edit: the first, with backup", "first save"),
        ("save after one edit: the next five", "next saves"),
    ] {
        row(what, format!("{:.2} s", save.get(name)), format!("≤ {goal:.2} s: 1.5 × the copy"), save.get(name) <= goal);
    }
    println!(
        "| {:<44} | {:<36} | {:<40} | |",
        "the first search, which puts the texts together",
        format!("{:.2} s, CPU {:.2} s", search.get("first"), search.get("first cpu")),
        ""
    );
    for (what, name, goal) in [("search as one types: titles", "titles", 16.0), ("… all texts of events", "all", 100.0)]
    {
        let (median, most) = (search.get(&format!("{name} median")) * 1e3, search.get(&format!("{name} most")) * 1e3);
        row(what, format!("median {median:.1} ms, most {most:.1} ms"), format!("≤ {goal} ms"), most <= goal);
    }
    row(
        "a question of five terms, with not and dates",
        format!("{:.1} ms, CPU {:.1} ms", search.get("five") * 1e3, search.get("five cpu") * 1e3),
        "CPU ≤ 100 ms".to_owned(),
        search.get("five cpu") <= 0.1,
    );
    match start() {
        Some((wall, cpu)) => {
            row(
                "start to first frame, the sample",
                format!("{wall:.0} ms, CPU {cpu:.0} ms"),
                "≤ 300 ms, CPU ≤ 200 ms".to_owned(),
                wall <= 300.0 && cpu <= 200.0,
            );
        }
        None => println!("\nNo display and no xvfb-run: the start of the window was not measured."),
    }
}

/// The whole file as `ron` alone reads it.
fn bare(file: &Path) {
    let text = fs::read_to_string(file).expect("the file");
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    let (start, cpu) = (Instant::now(), cpu_seconds("self"));
    let timeline: bare::Timeline = options.from_str(&text).expect("a timeline");
    println!("wall {}\ncpu {}", start.elapsed().as_secs_f64(), cpu_seconds("self") - cpu);
    // Letting go of it is not what is measured.
    std::mem::forget(timeline);
}

fn open(file: &Path) {
    let (start, cpu) = (Instant::now(), cpu_seconds("self"));
    let first_micros = Arc::new(AtomicU64::new(0));
    let progress = {
        let (first, file) = (Arc::clone(&first_micros), file.to_owned());
        Progress::showing(move |timeline| {
            let part = Session::part(file.clone(), timeline);
            let _ = first.compare_exchange(0, start.elapsed().as_micros() as u64, Ordering::Relaxed, Ordering::Relaxed);
            drop(part);
        })
    };
    let loaded = store::load_with(file, &progress).expect("the file").expect("not cancelled");
    let read = start.elapsed();
    let mut session = Session::loaded(loaded);
    let indexed = start.elapsed();
    let mut shaper = Shaper::new();
    draw(&session, &mut shaper, 1.0);
    println!("wall {}\ncpu {}", start.elapsed().as_secs_f64(), cpu_seconds("self") - cpu);
    println!("read {}\nindex {}", read.as_secs_f64(), (indexed - read).as_secs_f64());
    println!("first part {}", first_micros.load(Ordering::Relaxed) as f64 / 1e6);
    println!("peak {}", memory("VmHWM"));
    let start = Instant::now();
    if let Some(unchecked) = session.unchecked() {
        session.checked(unchecked.check());
    }
    println!("check {}\nproblems {}", start.elapsed().as_secs_f64(), session.problems().len());
    // As in a window that is zoomed and moved: what the allocator has left over it gives back while it is asked for more.
    let start = Instant::now();
    for turn in 0.. {
        if start.elapsed() > REST {
            break;
        }
        draw(&session, &mut shaper, 10_f64.powi(turn % 5));
        std::thread::sleep(Duration::from_millis(16));
    }
    println!("rss {}", memory("VmRSS"));
    std::mem::forget(session);
}

/// The picture of all time, or of its middle so many times as large, in a window of usual size.
fn draw(session: &Session, shaper: &mut Shaper, zoom: f64) {
    let document = session.document(annalist::time::Instant::default());
    let (theme, size) = (Theme::named(ThemeName::Light), Size::new(1600.0, 900.0));
    let width_pt = scene::track_width(document.index, Frame::Window, size.width, shaper);
    let input = SceneInput {
        timeline: document.timeline,
        index: document.index,
        theme: &theme,
        viewport: Viewport::fit(document.index, width_pt).zoomed(zoom, width_pt / 2.0),
        size,
        scroll_y: 0.0,
        selection: None,
        hover: None,
        matches: None,
        now: None,
        zone: document.zone,
        iso_weeks: false,
        frame: Frame::Window,
        aspect: scene::Aspect::default(),
    };
    std::hint::black_box(scene::build(&input, shaper));
}

/// Words typed letter by letter, after each of which the list of what was found is to be there.
const TYPED: [&str; 6] = ["council", "border crossing", "para 17", "illegible", "2014", "zeppelin"];

fn search(file: &Path) {
    let loaded = store::load_with(file, &Progress::new()).expect("the file").expect("not cancelled");
    let timeline = loaded.read.timeline;
    let never = AtomicBool::new(false);
    let (start, cpu) = (Instant::now(), cpu_seconds("self"));
    let ask = |query: &Query, texts: &Texts| {
        std::hint::black_box(Question { query, known_on: None }.hits(&timeline, texts, &never));
    };
    let texts = Texts::of(timeline.events());
    ask(&Query::words("council"), &texts);
    println!("first {}\nfirst cpu {}", start.elapsed().as_secs_f64(), cpu_seconds("self") - cpu);
    let (mut titles, mut all) = (Vec::new(), Vec::new());
    for words in TYPED {
        for end in 1..=words.len() {
            let typed = words.get(..end).expect("plain letters");
            titles.push(shortest(|| drop(std::hint::black_box(texts.titles_holding(typed)))));
            let query = Query::words(typed);
            all.push(shortest(|| ask(&query, &texts)));
        }
    }
    // The processor's account is in hundredths of a second.
    let (start, cpu, runs) = (Instant::now(), cpu_seconds("self"), 20);
    (0..runs).for_each(|_| ask(&five_terms(), &texts));
    let each = |seconds: f64| seconds / f64::from(runs);
    println!("five {}\nfive cpu {}", each(start.elapsed().as_secs_f64()), each(cpu_seconds("self") - cpu));
    for (name, mut seconds) in [("titles", titles), ("all", all)] {
        let median = median(&mut seconds);
        println!("{name} median {median}\n{name} most {}", seconds.last().expect("some were typed"));
    }
    std::mem::forget((timeline, texts));
}

/// Two words, one without another, in a stretch of time and not before a month.
fn five_terms() -> Query {
    let date = |text: &str| annalist::time::Date::parse(text).expect("a date");
    let word = |word: &str| Expr::Leaf(Leaf::Word(word.into()));
    let time = |test| Expr::Leaf(Leaf::Time(test));
    Expr::And(vec![
        Expr::Or(vec![word("council"), word("border")]),
        Expr::Not(Box::new(word("illegible"))),
        time(TimeTest::Overlaps(date("2014/2016"))),
        Expr::Not(Box::new(time(TimeTest::Before(date("2014-06"))))),
    ])
    .into()
}

/// Seconds of three runs, the shortest: the longer ones say what else the machine does.
fn shortest(mut run: impl FnMut()) -> f64 {
    let seconds = (0..3).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    });
    seconds.fold(f64::INFINITY, f64::min)
}

/// Seconds that a copy of a file takes until it is on the disk.
fn copied(file: &Path, to: &Path) -> f64 {
    let start = Instant::now();
    fs::copy(file, to).and_then(|_| File::open(to)?.sync_all()).expect("a copy");
    let seconds = start.elapsed().as_secs_f64();
    fs::remove_file(to).expect("the copy is there");
    seconds
}

fn median(seconds: &mut [f64]) -> f64 {
    seconds.sort_by(f64::total_cmp);
    *seconds.get(seconds.len() / 2).expect("some")
}

fn save(file: &Path) {
    let folder = tempfile::tempdir_in(file.parent().unwrap_or(Path::new("."))).expect("a folder beside the file");
    let path = folder.path().join("saved.ron");
    fs::copy(file, &path).and_then(|_| File::open(&path)?.sync_all()).expect("a copy");
    let loaded = store::load(&path).expect("the file");
    let (mut text, mut timeline) = (loaded.read.text, loaded.read.timeline);
    let middle = timeline.events().len() / 2;
    let (mut copies, mut saves) = (Vec::new(), Vec::new());
    // In turn, so that both find the same memory and the same disk.
    for turn in 0..6 {
        copies.push(copied(&path, &folder.path().join("copy")));
        let mut event = timeline.events().get(middle).expect("events").clone();
        event.title = format!("Changed in turn {turn}").into();
        annalist::edit::apply(&mut timeline, &Edit::put_event(event)).expect("an edit");
        let start = Instant::now();
        store::save(&path, &mut text, &timeline).expect("a save");
        saves.push(start.elapsed().as_secs_f64());
    }
    println!("first save {}\nnext saves {}\ncopies {}", saves.remove(0), median(&mut saves), median(&mut copies));
    assert!(store::load(&path).expect("the file").read.timeline == timeline, "what was saved is what is there");
    std::mem::forget((text, timeline));
}

/// Milliseconds from the start of the program to its first frame, and those of the processor: the median of five.
fn start() -> Option<(f64, f64)> {
    let has_display = ["WAYLAND_DISPLAY", "DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let program = env!("CARGO_BIN_EXE_annalist");
    let home = tempfile::tempdir().ok()?;
    let mut runs: Vec<(f64, f64)> = Vec::new();
    // The first finds nothing in the caches of the system.
    for _ in 0..6 {
        let mut command = if has_display { Command::new(program) } else { Command::new("xvfb-run") };
        if !has_display {
            command.args(["-a", "-s", "-screen 0 1400x900x24", program]);
        }
        command.env("ANNALIST_TRACE_START", "1").env("HOME", home.path()).env("XDG_DATA_HOME", home.path());
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().ok()?;
        let lines = BufReader::new(child.stderr.take()?).lines();
        let told = lines.map_while(Result::ok).find_map(|line| {
            let rest = line.strip_prefix("first frame after ")?.to_owned();
            let mut numbers = rest.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse::<f64>().ok());
            Some((numbers.next()?, numbers.next()?, numbers.next()? as u32))
        });
        if let Some((wall, cpu, pid)) = told {
            runs.push((wall, cpu));
            let _ = Command::new("kill").arg(pid.to_string()).status();
        }
        let _ = child.wait();
    }
    let mut runs = runs.split_off(1.min(runs.len()));
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    runs.get(runs.len() / 2).copied()
}
