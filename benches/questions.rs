//! What questions cost at a million events: building the columns they read, the first keystrokes, five terms with dates and
//! NOT, each kind of leaf by itself, and the counts of facets. Prints the seed, and last the goals with what was measured.
//!
//! `cargo bench --bench questions [-- --seed N --events 1000000 --shape uniform]`
//!
//! Every figure is CPU time of the one thread that does all the work, so that other programs on the machine do not count; but for the
//! first keystrokes, of which the time is told too that passes until their answer, on all cores as in the window.
#![expect(clippy::expect_used, reason = "a measurement that meets the unexpected should stop at once")]

#[path = "measure/clock.rs"]
mod clock;
mod data;
#[path = "measure/process.rs"]
mod process;

use std::hint::black_box;
use std::sync::atomic::AtomicBool;

use annalist::model::Timeline;
use annalist::query::{Asking, FacetName, Query, Question, Texts};
use annalist::time::Instant;

use self::clock::now_ms;
use self::data::{Plan, Shape};

/// As the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each is asked; the median counts.
const PASSES: usize = 5;

/// What is asked for, in milliseconds at a million events.
const FIRST: f64 = 50.0;
const FIVE: f64 = 100.0;
const FACETS: f64 = 150.0;

/// The first keystrokes.
const TYPED: [&str; 4] = ["c", "co", "council", "zeppelin"];

/// Five terms with dates and NOT, as analysts ask.
const FIVE_TERMS: [&str; 4] = [
    "council -illegible standing:alleged,disputed after:2014 before:2017-11",
    "(council OR border) NOT tag:press during:2014..2016 weight:>=3 -stance:denies",
    "lane:lane-1,lane-2 -cite(stance:disputes reliability:>=B) publisher:courier overlaps:2015 -before:2014-06",
    "actor:council -is:vague date:2012..2018 credibility:<=2 -during:2015",
];

/// Each kind of leaf.
const LEAVES: [&str; 22] = [
    "lane:lane-3",
    "standing:denied",
    "-standing:confirmed",
    "place:harbour",
    "tag:press",
    "actor:council",
    "title:resolution",
    "note:illegible",
    "weight:>=4",
    "likelihood:>=likely",
    "before:2014-11",
    "-before:2014-11",
    "year:2015",
    "is:vague",
    "precision:<=month",
    "source:source-17",
    "publisher:courier",
    "reliability:>=B",
    "best-reliability:A",
    "cite(stance:disputes credibility:<=2)",
    "cite(stance:disputes illegible)",
    "link:causes",
];

/// Leaves for which a check reads every event.
const CHECKED: [&str; 3] = ["is:unsourced", "is:single-origin", "known:2015"];

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn timed<T>(passes: usize, mut run: impl FnMut() -> T) -> (f64, T) {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..passes {
        let start = now_ms();
        last = Some(black_box(run()));
        times.push(now_ms() - start);
    }
    (median(times), last.expect("at least one pass"))
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let text = |name: &str| -> Option<String> {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1).cloned()
    };
    let value = |name: &str| text(name).and_then(|word| word.parse::<u64>().ok());
    let (seed, events) = (value("--seed").unwrap_or(20_241_109), value("--events").unwrap_or(1_000_000) as usize);
    println!("seed {seed}, {events} events, {}, CPU ms of one thread, median of {PASSES}", process::machine());
    let start = process::cpu_seconds("self");
    let shape = text("--shape").and_then(|word| Shape::parse(&word)).unwrap_or(Shape::ALL[0]);
    let plan = Plan::new(events, shape, seed);
    let all = (0..events).map(|at| plan.event(at)).collect();
    let timeline = Timeline::from_records(plan.header(), plan.lanes(), plan.sources(), all, Vec::new(), Vec::new());
    // All work on one thread, whose account is exact.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let texts = pool.install(|| measure(&timeline));
    first_answers(&timeline, &texts);
    println!("\n   all of it took {:.0} s of CPU", process::cpu_seconds("self") - start);
    std::mem::forget(timeline);
}

/// The time that passes from a first keystroke to its answer.
fn first_answers(timeline: &Timeline, texts: &Texts) {
    let never = AtomicBool::new(false);
    let asking = Asking::new(timeline, Instant::default());
    let waits = TYPED.map(|typed| {
        let mut waits = Vec::new();
        for _ in 0..PASSES {
            let start = std::time::Instant::now();
            let query = Query::read(typed, asking).expect("a question");
            black_box(Question { query: &query, known_on: None }.hits(timeline, texts, &never).expect("an answer"));
            waits.push(start.elapsed().as_secs_f64() * 1e3);
        }
        median(waits)
    });
    goal("first keystroke to its answer, all cores", waits.into_iter().fold(0.0, f64::max), FIRST);
}

fn goal(what: &str, measured: f64, limit: f64) {
    let verdict = if measured <= limit { "met" } else { "NOT MET" };
    println!("   {what:<40} {measured:>8.1} {limit:>8.1}   {verdict}");
}

/// Measures on one thread; returns what was searched.
fn measure(timeline: &Timeline) -> Texts {
    let never = AtomicBool::new(false);
    let before = process::memory("VmRSS:");
    let (building, texts) = timed(1, || Texts::of(timeline.events()));
    let bytes = process::memory("VmRSS:").saturating_sub(before) as f64 / timeline.events().len().max(1) as f64;
    println!("   columns and texts built in {building:.0} ms, {bytes:.0} bytes an event\n");

    let asking = Asking::new(timeline, Instant::default());
    let ask = |text: &str| {
        let (ms, found) = timed(PASSES, || {
            let query = Query::read(text, asking).expect("a question");
            Question { query: &query, known_on: None }.hits(timeline, &texts, &never).expect("an answer")
        });
        let (certain, possible) = (found.certain().count(), found.only_possible());
        println!("   {ms:>8.1}  {certain:>8} {possible:>8}  {text}");
        ms
    };
    println!("         ms   certain possibly  question");
    let first = TYPED.map(ask);
    let five = FIVE_TERMS.map(ask);
    for leaf in LEAVES.into_iter().chain(CHECKED) {
        ask(leaf);
    }

    let query = Query::read(FIVE_TERMS[0], asking).expect("a question");
    let hits = Question { query: &query, known_on: None }.hits(timeline, &texts, &never).expect("an answer");
    let mut sums = [0.0; 2];
    println!("\n   facet                of all    of hits   values");
    for facet in FacetName::ALL.into_iter().filter(|facet| *facet != FacetName::Problem) {
        let (of_all, counts) = timed(PASSES, || facet.count(timeline, &texts, None, &never));
        let (of_hits, _) = timed(PASSES, || facet.count(timeline, &texts, Some(hits.certain()), &never));
        sums = [sums[0] + of_all, sums[1] + of_hits];
        println!("   {:<17} {of_all:>9.1}  {of_hits:>9.1} {:>8}", facet.label(), counts.values.len());
    }
    println!("   {:<17} {:>9.1}  {:>9.1}", "all of them", sums[0], sums[1]);

    println!("\n   goal                                     measured    limit");
    let worst = |times: &[f64]| times.iter().copied().fold(0.0, f64::max);
    println!("   {:<40} {:>8.1}", "first keystroke, CPU of one thread", worst(&first));
    goal("five terms with NOT and dates", worst(&five), FIVE);
    goal("all facets", worst(&sums), FACETS);
    texts
}
