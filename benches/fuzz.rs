//! A long run of what `tests/it/fuzzed.rs` runs for some seconds: inputs of the corpus, changed at random, on one core. Prints the
//! seed, how many inputs a second of the wall clock and the CPU time of the slowest; what fails goes into `target/fuzz`, made smaller.
//!
//! `cargo bench --profile dev-release --bench fuzz -- SUBJECT COUNT [SEED]`, where SUBJECT may be `all`; with a file in place of
//! COUNT, that input alone is checked.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "what meets the unexpected should stop at once, and failures are files"
)]

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::panic;
use std::time::{Duration, Instant};

#[path = "../tests/fuzz/checks/mod.rs"]
mod checks;
#[path = "../tests/fuzz/driver.rs"]
mod driver;

use checks::{SUBJECTS, Subject};
use driver::{Failure, Mutator};

/// Tries at making a failing input smaller.
const MOST_TRIES: usize = 20_000;

/// Failures after which a run ends: the next ones are mostly the same again.
const ENOUGH: usize = 10;

const USAGE: &str =
    "SUBJECT COUNT [SEED], or SUBJECT FILE; subjects are scan, load, splice, edits, date, interchange and all";

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let number = |at: usize| words.get(at).and_then(|word| word.replace('_', "").parse::<u64>().ok());
    let (Some(name), Some(what)) = (words.first(), words.get(1)) else {
        println!("{USAGE}");
        return;
    };
    let seed = number(2).unwrap_or(20_241_109);
    let subjects: Vec<&Subject> =
        SUBJECTS.iter().filter(|subject| name == "all" || subject.name == name.as_str()).collect();
    assert!(!subjects.is_empty(), "{USAGE}");
    // Parallel work is done by this thread too: on tiny inputs it would mostly be waited for, and its time would not be counted.
    rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global().unwrap();
    // Each failure is told once, below, and not again for every try to make it smaller.
    panic::set_hook(Box::new(|_| {}));
    let failures: usize = match number(1) {
        Some(count) => subjects.iter().map(|subject| run(subject, count, seed)).sum(),
        None => subjects.iter().map(|subject| check_all(subject, &[fs::read(what).unwrap()])).sum(),
    };
    std::process::exit(i32::from(failures > 0));
}

/// Runs a subject and says what came of it; how many inputs failed.
fn run(subject: &Subject, count: u64, seed: u64) -> usize {
    let inputs: Vec<Vec<u8>> = driver::corpus(subject).into_iter().map(|(_, input)| input).collect();
    let mut failures = check_all(subject, &inputs);
    let mut mutator = Mutator::new(subject, inputs, seed);
    let (start, mut done) = (Instant::now(), 0);
    let (mut slowest, mut bytes) = (Duration::ZERO, 0);
    while done < count && failures < ENOUGH {
        let input = mutator.next_input();
        bytes += input.len();
        done += 1;
        match driver::tried(subject, &input) {
            Ok(taken) => slowest = slowest.max(taken),
            Err(failure) => {
                told(subject, failure);
                failures += 1;
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{:<12} seed {seed}  {done:>9} inputs of {:>4.0} bytes  {seconds:>7.1} s  {:>8.0} a second  slowest {slowest:.0?}  failures {failures}",
        subject.name,
        bytes as f64 / done.max(1) as f64,
        done as f64 / seconds,
    );
    failures
}

/// Checks these inputs; how many failed.
fn check_all(subject: &Subject, inputs: &[Vec<u8>]) -> usize {
    let failed = inputs.iter().filter_map(|input| driver::tried(subject, input).err());
    failed.map(|failure| told(subject, failure)).count()
}

/// Makes a failure smaller, says it and keeps its input.
fn told(subject: &Subject, failure: Failure) {
    let least = smaller(subject, failure);
    let mut hasher = DefaultHasher::new();
    least.input.hash(&mut hasher);
    let path = format!("{}/target/fuzz/{}-{:016x}", env!("CARGO_MANIFEST_DIR"), subject.name, hasher.finish());
    fs::create_dir_all(format!("{}/target/fuzz", env!("CARGO_MANIFEST_DIR"))).unwrap();
    fs::write(&path, &least.input).unwrap();
    println!("{}: {}\n  b\"{}\"\n  {path}", subject.name, least.message, least.input.escape_ascii());
}

/// A smaller input that fails too: runs of bytes are cut out, long ones first, as long as the check is still not passed.
fn smaller(subject: &Subject, failure: Failure) -> Failure {
    let mut least = failure;
    let mut tries = 0;
    let mut length = least.input.len() / 2;
    while length > 0 {
        let mut at = 0;
        while at < least.input.len() && tries < MOST_TRIES {
            let end = (at + length).min(least.input.len());
            let shorter = [&least.input[..at], &least.input[end..]].concat();
            tries += 1;
            match driver::tried(subject, &shorter) {
                Err(failure) => least = failure,
                Ok(_) => at = end,
            }
        }
        length /= 2;
    }
    least
}
