//! What bringing a large table into a new timeline costs, beside opening the same events as a timeline: the whole command, with
//! everything that it writes. Each figure comes from a process of its own;
//! the table follows from the seed.
//!
//! `cargo bench --bench import [-- --events 1000000 --seed 1]`
//!
//! The goals: no more than three times as long as opening, and at its highest no more than three times the table's bytes of
//! memory.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a measurement that meets the unexpected should stop at once, and it may read files"
)]

#[expect(dead_code, reason = "other benchmarks make more of it")]
mod data;
#[path = "measure/file.rs"]
mod file;
#[path = "measure/process.rs"]
mod process;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use annalist::cli::{self, Arguments};
use annalist::store;
use clap::Parser as _;

use self::data::{Plan, Shape};
use self::file::make;
use self::process::{cpu_seconds, machine, memory};

/// As the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each is measured.
const TURNS: usize = 3;

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1).cloned()
    };
    if let Some(task) = value("--task") {
        let file = PathBuf::from(value("--file").unwrap_or_default());
        let figures = PathBuf::from(value("--figures").unwrap_or_default());
        return if task == "open" { open(&file, &figures) } else { import(&file, &figures) };
    }
    let number = |name: &str, usual: usize| value(name).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let plan = Plan::new(number("--events", 1_000_000), Shape::Bursty, number("--seed", 1) as u64);
    let folder = tempfile::tempdir().expect("a folder for the files");
    let ron = make(&plan, folder.path()).expect("the timeline is made");
    let csv = make_csv(&plan, folder.path());
    report(&plan, &ron, &csv);
}

/// The events of a plan as a table.
fn make_csv(plan: &Plan, folder: &Path) -> PathBuf {
    let path = folder.join("made.csv");
    let mut out = csv::Writer::from_path(&path).expect("the table is made");
    out.write_record(["id", "title", "date", "lane", "place", "actors", "tags", "note"]).expect("a row");
    for at in 0..plan.events {
        let event = plan.event(at);
        let list =
            |items: &[annalist::model::Text]| items.iter().map(|item| item.as_str()).collect::<Vec<_>>().join("; ");
        let row = [
            event.id.to_string(),
            event.title.to_string(),
            event.date_as_written().to_owned(),
            event.lane.as_deref().unwrap_or_default().to_owned(),
            event.place.as_deref().unwrap_or_default().to_owned(),
            list(&event.actors),
            list(&event.tags),
            event.note.as_deref().unwrap_or_default().to_owned(),
        ];
        out.write_record(&row).expect("a row");
    }
    out.flush().expect("the table is written");
    path
}

/// Seconds, seconds of the processor, and bytes at the highest, of the run of middle length.
fn measured(task: &str, file: &Path) -> [f64; 3] {
    let program = std::env::current_exe().expect("this program");
    let figures = file.with_extension("figures");
    let mut runs: Vec<[f64; 3]> = (0..TURNS)
        .map(|_| {
            let status = Command::new(&program)
                .args(["--task", task, "--file"])
                .arg(file)
                .arg("--figures")
                .arg(&figures)
                .stdout(Stdio::null())
                .status()
                .expect("the task runs");
            assert!(status.success(), "{task}");
            let text = fs::read_to_string(&figures).expect("figures");
            let mut figures = text.split_whitespace().map(|word| word.parse().unwrap_or(f64::NAN));
            [(); 3].map(|()| figures.next().unwrap_or(f64::NAN))
        })
        .collect();
    runs.sort_by(|a, b| a[0].total_cmp(&b[0]));
    runs.swap_remove(runs.len() / 2)
}

fn report(plan: &Plan, ron: &Path, csv: &Path) {
    let bytes = |path: &Path| fs::metadata(path).expect("the file").len() as f64;
    println!("{}", machine());
    println!(
        "{} events, {}, seed {}: {:.0} MB as a timeline, {:.0} MB as a table\n",
        plan.events,
        plan.shape.name(),
        plan.seed,
        bytes(ron) / 1e6,
        bytes(csv) / 1e6
    );
    let ([open_wall, open_cpu, open_peak], [wall, cpu, peak]) = (measured("open", ron), measured("import", csv));
    println!("| what                | wall    | CPU     | memory at its highest |");
    println!("|---|---|---|---|");
    println!("| opening the RON     | {open_wall:.2} s  | {open_cpu:.2} s  | {:.0} MB |", open_peak / 1e6);
    println!(
        "| importing the table | {wall:.2} s  | {cpu:.2} s  | {:.0} MB, {:.2} × the table |",
        peak / 1e6,
        peak / bytes(csv)
    );
    let met = |is_met: bool| if is_met { "met" } else { "NOT MET" };
    println!("\ntime {:.2} × opening (≤ 3): {}", wall / open_wall, met(wall <= 3.0 * open_wall));
    println!("memory {:.2} × the table (≤ 3): {}", peak / bytes(csv), met(peak <= 3.0 * bytes(csv)));
}

/// Writes what a task has cost.
fn tell(figures: &Path, start: Instant, cpu: f64) {
    let text = format!("{} {} {}", start.elapsed().as_secs_f64(), cpu_seconds("self") - cpu, memory("VmHWM"));
    fs::write(figures, text).expect("the figures are written");
}

fn open(file: &Path, figures: &Path) {
    let (start, cpu) = (Instant::now(), cpu_seconds("self"));
    let loaded = store::load_unchecked(file).expect("a timeline");
    tell(figures, start, cpu);
    std::mem::forget(loaded);
}

/// All that the command does: into a new timeline beside the table, with a copy of it, and what is kept for the next import.
fn import(file: &Path, figures: &Path) {
    let folder = tempfile::tempdir_in(file.parent().expect("a folder")).expect("a folder for the timeline");
    let output = folder.path().join("out.ron");
    let words: [&OsStr; 5] =
        ["annalist".as_ref(), "import-events".as_ref(), file.as_ref(), "-o".as_ref(), output.as_ref()];
    let (start, cpu) = (Instant::now(), cpu_seconds("self"));
    let arguments = Arguments::parse_from(words);
    let code = cli::run(&arguments.command.expect("a subcommand"));
    assert_eq!(code, ExitCode::SUCCESS, "the table comes in");
    tell(figures, start, cpu);
}
