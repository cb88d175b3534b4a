//! Bursts: stretches in which events follow one another much faster than usual.
//!
//! By the two-state automaton of J. Kleinberg, *Bursty and Hierarchical Structure in Streams* (KDD 2002, § 2.1): the waits between arrivals
//! are exponential, at the usual rate α₀ = n / T in the one state and at `RATE` times that in the other; to enter the other costs γ ln n
//! with γ = 1, to leave it nothing. The cheapest sequence of states is found by dynamic programming (Viterbi), in time linear in
//! arrivals; where both cost the same, the usual state is kept. What is left out of the paper: more than one level of bursts.
//!
//! An arrival counts where it is known as finely as a hundredth of all time, or to the day. What is vaguer has no wait: whether it is part
//! of a burst nobody can say, so it neither makes one nor breaks it up.

use super::occurrence::{Occurrence, Occurrences};
use crate::time::Instant;

/// How many times as fast as usual events follow one another in the state of a burst.
const RATE: f64 = 3.0;
/// How finely the time of an arrival has to be known, as a share of all time.
const FINE_SHARE: i64 = 100;
/// Fewer arrivals than this have no usual rate, and fewer than the other make no burst.
const LEAST_ARRIVALS: usize = 8;
const LEAST_IN_BURST: usize = 3;

/// A burst.
pub(super) struct Burst {
    /// Where its first event begins.
    pub start: i64,
    /// Where its last is over.
    pub end: i64,
    /// How many events.
    pub events: usize,
    /// How many times as fast as usual these follow one another.
    pub rate: f64,
    /// How much cheaper the state of a burst makes it: how unusual it is.
    pub gain: f64,
}

/// The bursts among occurrences in so much time, in order of time.
pub(super) fn bursts(all: &Occurrences, extent_micros: i64) -> Vec<Burst> {
    let fine = Instant::DAY.max(extent_micros / FINE_SHARE);
    let arrivals: Vec<Occurrence> = all.once.iter().filter(|it| it.is_arrival && it.width() <= fine).copied().collect();
    let (Some(first), Some(last)) = (arrivals.first(), arrivals.last()) else { return Vec::new() };
    let span = (last.from - first.from) as f64;
    if arrivals.len() < LEAST_ARRIVALS || span <= 0.0 {
        return Vec::new();
    }
    // Waits in units of the usual one, so that the usual rate is 1.
    let unit = span / (arrivals.len() - 1) as f64;
    let waits: Vec<f64> = arrivals.windows(2).map(|pair| wait(pair) / unit).collect();
    let enter = (arrivals.len() as f64).ln();
    // The cost of the cheapest way to each state so far, and for each wait whether that came from the burst.
    let (mut usual, mut burst) = (0.0_f64, f64::INFINITY);
    let mut from_burst: Vec<[bool; 2]> = Vec::with_capacity(waits.len());
    for wait in &waits {
        let to_usual = burst < usual;
        let to_burst = burst <= usual + enter;
        let usual_before = if to_usual { burst } else { usual };
        let burst_before = if to_burst { burst } else { usual + enter };
        usual = usual_before + wait;
        burst = burst_before + RATE * wait - RATE.ln();
        from_burst.push([to_usual, to_burst]);
    }
    let mut is_burst = burst < usual;
    let mut states = vec![false; waits.len()];
    for (state, [to_usual, to_burst]) in states.iter_mut().zip(&from_burst).rev() {
        *state = is_burst;
        is_burst = if is_burst { *to_burst } else { *to_usual };
    }
    let mut found = Vec::new();
    let mut at = 0;
    for run in states.chunk_by(|a, b| a == b) {
        let own = at..at + run.len();
        at += run.len();
        if run.first() == Some(&true) {
            found.extend(of_run(&arrivals, &waits, own));
        }
    }
    found
}

const fn wait(pair: &[Occurrence]) -> f64 {
    match pair {
        [before, after] => (after.from - before.from) as f64,
        _ => 0.0,
    }
}

/// The burst of some waits, which lie between one arrival more.
fn of_run(arrivals: &[Occurrence], waits: &[f64], run: std::ops::Range<usize>) -> Option<Burst> {
    let members = arrivals.get(run.start..=run.end)?;
    let (first, last) = (members.first()?, members.iter().map(|it| it.to).max()?);
    let length: f64 = waits.get(run)?.iter().sum();
    let count = (members.len() - 1) as f64;
    if members.len() < LEAST_IN_BURST {
        return None;
    }
    let gain = count * RATE.ln() - (RATE - 1.0) * length;
    Some(Burst { start: first.from, end: last, events: members.len(), rate: count / length.max(f64::EPSILON), gain })
}
