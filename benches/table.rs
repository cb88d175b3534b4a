//! What the table costs at a million events: the order of each column, one way and the other, and a frame of it.
//!
//! `cargo bench --bench table [-- --events 1000000 --seed N --shape uniform]`
//!
//! Prints the seed, then for each column the median and the most of the time that passed, as a job would take it, and of the
//! CPU time of all threads; both in milliseconds.

mod data;

use std::fs::File;
use std::hint::black_box;
use std::io::Read as _;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use annalist::model::{EventField, Field as _, Timeline};
use annalist::query::{OrderBy, Sorter, Texts};

use self::data::{Plan, Shape};

/// As the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each column is sorted.
const TURNS: usize = 5;

/// What is asked for, in milliseconds at a million events.
const LIMIT: f64 = 300.0;

/// A field of one's own of numbers in words, and one of numbers alone.
const OWN: [&str; 2] = ["Chapter", "Casualties"];

/// Milliseconds that all threads of this process have run, where the system tells.
fn cpu_ms() -> f64 {
    let account = |task: std::fs::DirEntry| {
        let mut text = String::new();
        File::open(task.path().join("schedstat")).ok()?.read_to_string(&mut text).ok()?;
        text.split_whitespace().next()?.parse::<f64>().ok()
    };
    let tasks = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    tasks.filter_map(account).sum::<f64>() / 1e6
}

fn value(name: &str) -> Option<String> {
    let words: Vec<String> = std::env::args().collect();
    let at = words.iter().position(|word| word == name)?;
    words.get(at + 1).cloned()
}

fn median(times: &mut [f64]) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    (times.get(times.len() / 2).copied().unwrap_or_default(), times.last().copied().unwrap_or_default())
}

fn main() {
    let events = value("--events").and_then(|word| word.parse().ok()).unwrap_or(1_000_000);
    let seed = value("--seed").and_then(|word| word.parse().ok()).unwrap_or(20_241_109);
    let [usual, ..] = Shape::ALL;
    let shape = value("--shape").and_then(|word| Shape::parse(&word)).unwrap_or(usual);
    let plan = Plan { lanes: 8, ..Plan::new(events, shape, seed) };
    let event = |at: usize| {
        let mut event = plan.event(at);
        // The data has no fields of one's own: a few values that the position decides.
        let spread = (at as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        event.rare.fields.put(OWN[0], format!("ch {}", spread % 5_000));
        event.rare.fields.put(OWN[1], (spread % 100_000).to_string());
        event
    };
    let all = (0..plan.events).map(event).collect();
    let timeline = Timeline::from_records(plan.header(), plan.lanes(), plan.sources(), all, Vec::new(), Vec::new());
    let texts = Texts::of(timeline.events());
    texts.work_out_terms(timeline.zone());
    let cancelled = AtomicBool::new(false);
    let sorter =
        Sorter { timeline: &timeline, texts: &texts, known_on: None, zone: timeline.zone(), cancelled: &cancelled };

    println!(
        "seed {seed}, {events} events, {}, {} cores",
        shape.name(),
        std::thread::available_parallelism().map_or(1, usize::from)
    );
    println!("   column                    way     median      most       CPU   limit");
    let fields = EventField::ALL.iter().map(|field| (field.label().to_owned(), OrderBy::Field(*field)));
    let derived = [("Earliest", OrderBy::Earliest), ("Latest", OrderBy::Latest), ("Sources", OrderBy::Sources)];
    let own = OWN.map(|name| (name.to_owned(), OrderBy::Own(name.into())));
    for (name, by) in fields.chain(derived.map(|(name, by)| (name.to_owned(), by))).chain(own) {
        for descending in [false, true] {
            let (mut times, mut cpu) = (Vec::new(), Vec::new());
            for _ in 0..TURNS {
                let (start, start_cpu) = (Instant::now(), cpu_ms());
                black_box(sorter.order(&by, descending));
                times.push(start.elapsed().as_secs_f64() * 1e3);
                cpu.push(cpu_ms() - start_cpu);
            }
            let ((median_ms, most_ms), (cpu_ms, _)) = (median(&mut times), median(&mut cpu));
            let way = if descending { "down" } else { "up" };
            let verdict = if median_ms <= LIMIT { "met" } else { "NOT MET" };
            println!("   {name:<24} {way:>4} {median_ms:>10.1} {most_ms:>9.1} {cpu_ms:>9.1} {LIMIT:>7.0}   {verdict}");
        }
    }
}
