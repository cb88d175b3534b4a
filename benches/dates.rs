//! How fast dates are read and bounded, on one core. Prints the seed of its data and the median of five runs.
//!
//! `cargo bench --bench dates [-- SEED]`

use std::hint::black_box;
use std::time::Instant;

use annalist::time::{Date, Zone, read_phrase};

const COUNT: usize = 1_000_000;
const RUNS: usize = 5;

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// A date of one of the forms that timelines are made of: mostly days, then months, spans, windows, qualified ones.
fn edtf(random: &mut Random) -> String {
    let (year, month, day) = (1900 + random.below(130), 1 + random.below(12), 1 + random.below(28));
    match random.below(10) {
        0..=4 => format!("{year}-{month:02}-{day:02}"),
        5 => format!("{year}-{month:02}"),
        6 => format!("{year}-{month:02}-{day:02}/{}-{month:02}-{day:02}", year + 1),
        7 => format!("[{year}-{month:02}-21..{year}-{month:02}-28]"),
        8 => format!("{year}-{month:02}~"),
        _ => format!("{year}-{month:02}-{day:02}T10:23:00+03:00"),
    }
}

fn phrase(random: &mut Random) -> String {
    let (year, day) = (1900 + random.below(130), 1 + random.below(28));
    match random.below(4) {
        0 => format!("late October {year}"),
        1 => format!("{day} Oct {year}"),
        2 => format!("c. {year}"),
        _ => format!("{day} октября {year} г."),
    }
}

fn median_seconds(mut run: impl FnMut()) -> f64 {
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    seconds.get(RUNS / 2).copied().unwrap_or_default()
}

fn report(what: &str, count: usize, seconds: f64) {
    println!("{what:<28} {:>8.2} M/s   {:>7.0} ns each", count as f64 / seconds / 1e6, seconds / count as f64 * 1e9);
}

fn main() {
    let seed = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(20_241_109);
    let mut random = Random(seed);
    let texts: Vec<String> = (0..COUNT).map(|_| edtf(&mut random)).collect();
    let phrases: Vec<String> = (0..COUNT / 10).map(|_| phrase(&mut random)).collect();
    println!("seed {seed}, {COUNT} dates, {} phrases, median of {RUNS} runs, one core", phrases.len());

    let parse = median_seconds(|| {
        for text in &texts {
            let _ = black_box(Date::parse(black_box(text)));
        }
    });
    report("parse", COUNT, parse);
    let both = median_seconds(|| {
        for text in &texts {
            if let Ok(date) = Date::parse(black_box(text)) {
                black_box(date.day_bounds());
                black_box(date.extent(Zone::UTC));
            }
        }
    });
    report("parse, bounds and extent", COUNT, both);
    let now = annalist::time::Instant::from_micros(0);
    let words = median_seconds(|| {
        for text in &phrases {
            let _ = black_box(read_phrase(black_box(text), now));
        }
    });
    report("phrases", phrases.len(), words);
}
