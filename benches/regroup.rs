//! What it costs to let bands stand for something else at a million events: by every field and by one of the user's own, in each
//! order, with hidden bands; accounts side by side; gaps and bursts; colours of values. Prints the seed, and last the goals.
//!
//! `cargo bench --bench regroup [-- --seed N --events 1000000 --shape uniform]`
//!
//! Every figure is the median of some passes: CPU time of the one thread that does all the work, so that other programs on the machine do
//! not count, and the time that passes while all cores do it.
#![expect(clippy::expect_used, reason = "a measurement that meets the unexpected should stop at once")]

#[path = "measure/clock.rs"]
mod clock;
mod data;
#[path = "measure/process.rs"]
mod process;

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant as Clock;

use annalist::account::{AccountBy, Accounts};
use annalist::activity::Activity;
use annalist::index::{Hues, Index};
use annalist::model::{Arrangement, Event, Grouping, OwnName, Timeline};
use annalist::store;
use annalist::time::Zone;
use rayon::ThreadPool;
use rayon::prelude::*;

use self::clock::now_ms;
use self::data::{Plan, Shape};

/// As the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each is done; the median counts.
const PASSES: usize = 5;

/// What is asked for, in milliseconds of the time that passes at a million events.
const REGROUP: f64 = 300.0;

/// The name of a field of the user's own, and how many values it has.
const OWN: &str = "Channel";
const OWN_VALUES: usize = 60;

/// Arrangements of the bands of actors.
const ARRANGEMENTS: [&str; 5] =
    ["by first event", "by count; at most 10", "by name", "collapsed council", "hidden council"];

/// The two figures of something: CPU of one thread, and what passes with all cores, in milliseconds.
#[derive(Clone, Copy)]
struct Cost {
    cpu: f64,
    wall: f64,
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn cost<T: Send>(alone: &ThreadPool, run: impl Fn() -> T + Sync) -> (Cost, T) {
    let mut cpu = Vec::new();
    let mut wall = Vec::new();
    let mut last = None;
    for _ in 0..PASSES {
        cpu.push(alone.install(|| {
            let start = now_ms();
            black_box(run());
            now_ms() - start
        }));
        let start = Clock::now();
        last = Some(black_box(run()));
        wall.push(start.elapsed().as_secs_f64() * 1e3);
    }
    (Cost { cpu: median(cpu), wall: median(wall) }, last.expect("at least one pass"))
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    let text = |name: &str| -> Option<String> {
        let at = words.iter().position(|word| word == name)?;
        words.get(at + 1).cloned()
    };
    let value = |name: &str| text(name).and_then(|word| word.parse::<u64>().ok());
    let (seed, events) = (value("--seed").unwrap_or(20_241_109), value("--events").unwrap_or(1_000_000) as usize);
    println!("seed {seed}, {events} events, {}, median of {PASSES}", process::machine());
    let shape = text("--shape").and_then(|word| Shape::parse(&word)).unwrap_or(Shape::ALL[0]);
    let plan = Plan::new(events, shape, seed);
    let event = |at: usize| {
        let mut event = plan.event(at);
        // Two of three events have a field of the user's own.
        if !at.is_multiple_of(3) {
            let channel = format!("channel {}", at * 7919 % OWN_VALUES);
            event.rare.fields.put(OWN, channel);
        }
        event
    };
    let all = (0..events).map(event).collect();
    let made = Timeline::from_records(plan.header(), plan.lanes(), plan.sources(), all, Vec::new(), Vec::new());
    // As the program has it that opened such a file: what events have in common lies in memory once.
    let text = store::to_ron(&made);
    drop(made);
    let timeline = store::read(text).timeline;
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let start = process::cpu_seconds("self");
    measure(&timeline, &alone);
    let memory = process::memory("VmHWM:") >> 20;
    println!("\n   all of it took {:.0} s of CPU and {memory} MB at most", process::cpu_seconds("self") - start);
    std::mem::forget(timeline);
}

fn line(what: &str, cost: Cost, more: &str) {
    println!("   {what:<34} {:>8.1} {:>8.1}   {more}", cost.cpu, cost.wall);
}

fn measure(timeline: &Timeline, alone: &ThreadPool) {
    let zone = Zone::UTC;
    let index = Index::build(timeline, zone);
    println!("\n   bands by                             CPU ms  wall ms    bands    marks");
    let mut worst = Cost { cpu: 0.0, wall: 0.0 };
    let own = Grouping::Own(OwnName::new(OWN));
    let is_field = |grouping: &Grouping| AccountBy::of(*grouping).is_none() && *grouping != Grouping::Problem;
    let fields = Grouping::ALL.into_iter().filter(is_field);
    for grouping in fields.chain([own]) {
        let (cost, regrouped) = cost(alone, || index.regrouped(timeline, grouping));
        line(grouping.label(), cost, &counted(&regrouped));
        worst = Cost { cpu: worst.cpu.max(cost.cpu), wall: worst.wall.max(cost.wall) };
    }
    // What is wrong with an event is no field: each is checked.
    let (problems, regrouped) = cost(alone, || index.regrouped(timeline, Grouping::Problem));
    line(Grouping::Problem.label(), problems, &counted(&regrouped));
    println!("\n   bands of actors                      CPU ms  wall ms    bands    marks");
    for text in ARRANGEMENTS {
        let arrangement = Arc::new(Arrangement::parse(text).expect("an arrangement"));
        let (cost, arranged) = cost(alone, || index.rearranged(timeline, Grouping::Actor, &arrangement));
        line(text, cost, &counted(&arranged));
        worst = Cost { cpu: worst.cpu.max(cost.cpu), wall: worst.wall.max(cost.wall) };
    }
    println!("\n   accounts by                          CPU ms  wall ms");
    for by in AccountBy::ALL {
        let (cost, accounts) = cost(alone, || Accounts::of(timeline, by, None, None));
        let (told, bands) = (accounts.timeline().events().len(), accounts.accounts().len());
        line(by.id(), cost, &format!("{bands} accounts, {told} tellings, {} conflicts", accounts.conflicts()));
    }
    println!("\n   gaps and bursts                      CPU ms  wall ms");
    let (of_all, found) = cost(alone, || Activity::of(timeline.events().iter(), std::iter::empty(), zone, None));
    line("of all", of_all, &format!("{} found", found.spells.len()));
    let by_actor = index.regrouped(timeline, Grouping::Actor);
    let of_band = |band: usize| {
        let own: Vec<&Event> = by_actor.positions_in(band).filter_map(|at| timeline.events().get(at)).collect();
        Activity::of(own.into_iter(), std::iter::empty(), zone, None)
    };
    let bands = by_actor.bands().len();
    let (of_bands, found) = cost(alone, || (0..bands).into_par_iter().map(of_band).collect::<Vec<Activity>>());
    let spells: usize = found.iter().map(|activity| activity.spells.len()).sum();
    line("of each actor", of_bands, &format!("{spells} found in {bands} bands"));
    println!("\n   colours by                           CPU ms  wall ms");
    for grouping in [Grouping::Place, Grouping::Publisher, own] {
        let (cost, _) = cost(alone, || Hues::of(timeline, zone, grouping));
        line(grouping.label(), cost, "");
    }
    println!("\n   goal                                     measured    limit");
    let goal = |what: &str, measured: f64| {
        let verdict = if measured <= REGROUP { "met" } else { "NOT MET" };
        println!("   {what:<40} {measured:>8.1} {REGROUP:>8.1}   {verdict}");
    };
    goal("other bands, all cores", worst.wall);
    goal("other bands, CPU of one thread", worst.cpu);
}

fn counted(index: &Index) -> String {
    let bands = index.bands().len();
    let marks: usize = (0..bands).map(|band| index.events_in(band)).sum();
    format!("{bands:>6} {marks:>8}")
}
