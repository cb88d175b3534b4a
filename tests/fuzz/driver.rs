//! A fuzzer for the stable toolchain: inputs of a corpus, changed at random, against the check of a subject.
//!
//! It sees nothing of the code, so it finds less than the targets in `fuzz/` do in the same time; what these find goes into the
//! corpus, and from there into every run of this one.
#![expect(clippy::disallowed_methods, reason = "the corpus is files")]

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use super::checks::Subject;

/// Bytes in an input, at most: small ones find as much as large ones, and sooner.
const LONGEST: usize = 4_096;

/// Changes of one input, at most.
const MOST_CHANGES: usize = 6;

/// Inputs that take more of the CPU hang, as far as whoever waits for them is concerned.
const LONGEST_TIME: Duration = Duration::from_secs(10);

/// The inputs of a folder, each with the name of its file, in the order of these.
pub fn corpus(subject: &Subject) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fuzz").join(subject.corpus);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut inputs: Vec<(String, Vec<u8>)> = files
        .map(|file| {
            let path = file.unwrap().path();
            (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())
        })
        .collect();
    inputs.sort();
    inputs
}

/// An input that a check did not pass.
pub struct Failure {
    pub input: Vec<u8>,
    /// What the check said; of one that takes too long, how long.
    pub message: String,
}

/// Checks one input; how long that took, in time of the CPU where it can be had.
pub fn tried(subject: &Subject, input: &[u8]) -> Result<Duration, Failure> {
    let clock = Stopwatch::start();
    let outcome = catch_unwind(AssertUnwindSafe(|| (subject.check)(input)));
    let taken = clock.elapsed();
    let message = match outcome {
        Ok(()) if taken > LONGEST_TIME => format!("takes {taken:?}"),
        Ok(()) => return Ok(taken),
        Err(panic) => match (panic.downcast_ref::<String>(), panic.downcast_ref::<&str>()) {
            (Some(text), _) => text.clone(),
            (None, Some(text)) => (*text).to_owned(),
            (None, None) => "panics without a word".to_owned(),
        },
    };
    Err(Failure { input: input.to_owned(), message })
}

/// A stopwatch of the CPU time of the thread that started it: a machine with other things to do is no fault of an input. What the
/// pool of rayon does for the thread counts only where the thread itself is that pool. Without Linux it goes by the wall clock.
struct Stopwatch {
    start: Instant,
    on_cpu: Option<Duration>,
}

impl Stopwatch {
    fn start() -> Self {
        Self { start: Instant::now(), on_cpu: time_on_cpu().ok() }
    }

    fn elapsed(&self) -> Duration {
        match (self.on_cpu, time_on_cpu()) {
            (Some(start), Ok(now)) => now.saturating_sub(start),
            _ => self.start.elapsed(),
        }
    }
}

thread_local! {
    /// Kept open: an input can take less time than it takes to find the file.
    static ON_CPU: io::Result<File> = File::open("/proc/thread-self/schedstat");
}

/// The first number of `schedstat` (Linux, `Documentation/scheduler/sched-stats.rst`): nanoseconds that the thread has run, as of
/// the last tick.
fn time_on_cpu() -> io::Result<Duration> {
    ON_CPU.with(|file| {
        let mut file = file.as_ref().map_err(|error| error.kind())?;
        let (mut bytes, mut nanos) = ([0; 64], 0);
        file.rewind()?;
        let length = file.read(&mut bytes)?;
        for digit in bytes[..length].iter().take_while(|byte| byte.is_ascii_digit()) {
            nanos = nanos * 10 + u64::from(digit - b'0');
        }
        Ok(Duration::from_nanos(nanos))
    })
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, and the same everywhere.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    pub const fn of(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or_default()
    }

    /// A run of a list, mostly a short one.
    fn run<'t, T>(&mut self, of: &'t [T]) -> &'t [T] {
        let longest = if self.below(4) == 0 { of.len() } else { of.len().min(24) };
        let length = self.below(longest + 1);
        let start = self.below(of.len() - length + 1);
        &of[start..start + length]
    }
}

/// Inputs without end, from a corpus and a seed: the same ones whenever both are.
pub struct Mutator<'s> {
    words: &'s [&'static str],
    corpus: Vec<Vec<u8>>,
    random: Random,
}

impl<'s> Mutator<'s> {
    pub fn new(subject: &'s Subject, corpus: Vec<Vec<u8>>, seed: u64) -> Self {
        assert!(!corpus.is_empty(), "nothing to begin with");
        Self { words: subject.words, corpus, random: Random::of(seed) }
    }

    /// The next input.
    pub fn next_input(&mut self) -> Vec<u8> {
        let mut input = self.corpus[self.random.below(self.corpus.len())].clone();
        for _ in 0..=self.random.below(MOST_CHANGES) {
            self.change(&mut input);
        }
        input.truncate(LONGEST);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let random = &mut self.random;
        let at = random.below(input.len() + 1);
        match random.below(10) {
            // A word of the subject, or any byte.
            0..=2 if !self.words.is_empty() => {
                let word = self.words[random.below(self.words.len())];
                input.splice(at..at, word.bytes());
            }
            0..=2 => input.insert(at, random.next().to_le_bytes()[0]),
            // Less.
            3 => {
                let length = random.run(input).len();
                let start = at.min(input.len() - length);
                input.drain(start..start + length);
            }
            // What stands elsewhere, in this input or in another.
            4 | 5 => {
                let from = if random.below(2) == 0 { &*input } else { &self.corpus[random.below(self.corpus.len())] };
                let run = random.run(from).to_vec();
                input.splice(at..at, run);
            }
            // The beginning of this input and the end of another.
            6 => {
                let other = &self.corpus[random.below(self.corpus.len())];
                let from = random.below(other.len() + 1);
                input.truncate(at);
                input.extend_from_slice(&other[from..]);
            }
            // One byte, or one bit of it.
            7 | 8 => {
                let bits = if random.below(2) == 0 { 1 << random.below(8) } else { random.next().to_le_bytes()[0] };
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= bits;
                }
            }
            // The same again and again: depth and length.
            _ => {
                let run = random.run(input).to_vec();
                let times = random.below(12);
                input.splice(at..at, run.repeat(times));
            }
        }
        input.truncate(LONGEST);
    }
}
