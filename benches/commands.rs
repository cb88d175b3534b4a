//! What each command costs: processor seconds and peak memory at 10 k, 100 k and 1 M events, beside the bare reading of the
//! same bytes, so that machines can be compared. Each figure comes from a process of its own; the files follow from the seed.
//!
//! `cargo bench --bench commands [-- --most 1000000 --shape bursty --seed 1]`
//!
//! The goal of a command is 1.5 × what `check` takes of each, that of a brief in HTML 3 ×; for events in formats that few keep a
//! million in there is none.
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

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use annalist::cli::{self, Arguments};
use clap::Parser as _;

use self::data::{Plan, Shape};
use self::file::make;
use self::process::{cpu_seconds, machine, memory};

/// As the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A command as it is measured.
struct Measured {
    name: &'static str,
    /// Its arguments; FILE is the timeline and OUT a file in a folder that goes.
    arguments: &'static [&'static str],
    /// How many times the costs of `check` it may have; none for that itself, and where no goal is set.
    most: Option<f64>,
}

const CHECK: &str = "check";

const MEASURED: [Measured; 17] = [
    Measured { name: CHECK, arguments: &["check", "FILE"], most: None },
    Measured { name: "list", arguments: &["list", "FILE"], most: Some(1.5) },
    Measured { name: "list --query", arguments: &["list", "FILE", "--query", "harbour"], most: Some(1.5) },
    Measured { name: "list as JSON", arguments: &["list", "FILE", "--format", "json"], most: Some(1.5) },
    Measured { name: "fmt --check", arguments: &["fmt", "--check", "FILE"], most: Some(1.5) },
    Measured { name: "brief in Markdown", arguments: &["export", "FILE", "-o", "OUT.md"], most: Some(1.5) },
    Measured { name: "brief in HTML", arguments: &["export", "FILE", "-o", "OUT.html"], most: Some(3.0) },
    Measured { name: "picture as PNG", arguments: &["export", "FILE", "-o", "OUT.png"], most: Some(1.5) },
    Measured { name: "picture as SVG", arguments: &["export", "FILE", "-o", "OUT.svg"], most: Some(1.5) },
    Measured { name: "events as CSV", arguments: &["export", "FILE", "-o", "OUT.csv"], most: Some(1.5) },
    Measured { name: "events as JSON", arguments: &["export", "FILE", "-o", "OUT.json"], most: Some(1.5) },
    Measured { name: "events as JSON lines", arguments: &["export", "FILE", "-o", "OUT.jsonl"], most: Some(1.5) },
    Measured { name: "calendar", arguments: &["export", "FILE", "-o", "OUT.ics"], most: None },
    Measured { name: "The Timeline Project", arguments: &["export", "FILE", "-o", "OUT.timeline"], most: None },
    Measured { name: "Timesketch", arguments: &["export", "FILE", "-o", "OUT.timesketch.jsonl"], most: None },
    Measured { name: "workbook", arguments: &["export", "FILE", "-o", "OUT.xlsx"], most: None },
    Measured {
        name: "add",
        arguments: &["add", "FILE", "--date", "2024-10-24", "--title", "One more"],
        most: Some(1.5),
    },
];

/// What a run has cost.
#[derive(Debug, Clone, Copy)]
struct Cost {
    cpu_seconds: f64,
    peak_bytes: f64,
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let at = |name: &str| words.iter().position(|word| word == name);
    if let Some(at) = at("--run") {
        return run(
            Path::new(words.get(at + 1).expect("where the figures go")),
            words.get(at + 2..).unwrap_or_default(),
        );
    }
    let value = |name: &str| at(name).and_then(|at| words.get(at + 1));
    let number = |name: &str, usual: usize| value(name).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let shape = value("--shape").and_then(|name| Shape::parse(name)).unwrap_or(Shape::Bursty);
    let (seed, most) = (number("--seed", 1) as u64, number("--most", 1_000_000));
    println!("{}", machine());
    for events in [10_000, 100_000, 1_000_000].into_iter().filter(|events| *events <= most) {
        report(&Plan::new(events, shape, seed));
    }
}

fn report(plan: &Plan) {
    let folder = tempfile::tempdir().expect("a folder for the file");
    let file = make(plan, folder.path()).expect("the file is made");
    let bytes = fs::metadata(&file).expect("the file").len() as f64;
    println!("\n{} events, {}, seed {}: {:.1} MB\n", plan.events, plan.shape.name(), plan.seed, bytes / 1e6);
    println!("| {:<20} | {:>8} | {:>8} | {:>9} | {:>8} | |", "command", "CPU s", "× check", "peak MB", "× check");
    println!("|---|---:|---:|---:|---:|---|");
    let bare = cost(folder.path(), &["bare".to_owned(), file.display().to_string()]);
    println!(
        "| {:<20} | {:>8.2} | {:>8} | {:>9.0} | {:>8} | |",
        "bare ron::from_str",
        bare.cpu_seconds,
        "",
        bare.peak_bytes / 1e6,
        ""
    );
    let mut check = None;
    for measured in &MEASURED {
        let out = folder.path().join("out").display().to_string();
        let argument = |word: &&str| match *word {
            "FILE" => file.display().to_string(),
            word => word.replace("OUT", &out),
        };
        let found = cost(folder.path(), &measured.arguments.iter().map(argument).collect::<Vec<_>>());
        let by = *check.get_or_insert(found);
        let (cpu, peak) = (found.cpu_seconds / by.cpu_seconds, found.peak_bytes / by.peak_bytes);
        let judged = match measured.most {
            Some(most) if cpu <= most && peak <= most => "met",
            Some(_) => "NOT MET",
            None => "",
        };
        println!(
            "| {:<20} | {:>8.2} | {cpu:>8.2} | {:>9.0} | {peak:>8.2} | {judged} |",
            measured.name,
            found.cpu_seconds,
            found.peak_bytes / 1e6
        );
    }
}

/// Runs a command in a process of its own, which tells its figures in a file: what it prints is the command's.
fn cost(folder: &Path, arguments: &[String]) -> Cost {
    let figures = folder.join("figures");
    let program = std::env::current_exe().expect("this program");
    let status = Command::new(program)
        .arg("--run")
        .arg(&figures)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the command runs");
    assert!(status.success(), "{arguments:?}");
    let text = fs::read_to_string(&figures).expect("figures");
    let mut numbers = text.split_whitespace().map(|word| word.parse().expect("a number"));
    let mut next = || numbers.next().expect("two figures");
    Cost { cpu_seconds: next(), peak_bytes: next() }
}

/// Runs a command in this process and writes what it has cost.
fn run(figures: &Path, arguments: &[String]) {
    match arguments {
        [bare, file] if bare == "bare" => {
            let text = fs::read_to_string(file).expect("the file");
            let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
            std::mem::forget::<bare::Timeline>(options.from_str(&text).expect("a timeline"));
        }
        _ => {
            let arguments =
                Arguments::parse_from(std::iter::once("annalist".to_owned()).chain(arguments.iter().cloned()));
            // Problems in the timeline are what a check is for.
            let _ = cli::run(&arguments.command.expect("a subcommand"));
        }
    }
    fs::write(figures, format!("{} {}", cpu_seconds("self"), memory("VmHWM"))).expect("the figures are written");
}
