//! The time that a thread has run, for benchmarks: what other programs take meanwhile is not counted.

use std::fs::File;
use std::io::Read as _;
use std::time::Instant as Clock;

/// Milliseconds that this thread has run, where the system tells to the microsecond; else that have passed. Other programs
/// on the machine then do not count.
pub fn now_ms() -> f64 {
    static EPOCH: std::sync::LazyLock<Clock> = std::sync::LazyLock::new(Clock::now);
    // Linux brings its account up to date when a thread gives way.
    std::thread::yield_now();
    let mut account = String::new();
    let read = File::open("/proc/thread-self/schedstat").and_then(|mut file| file.read_to_string(&mut account));
    let nanos = account.split_whitespace().next().and_then(|word| word.parse::<f64>().ok());
    match (read, nanos) {
        (Ok(_), Some(nanos)) => nanos / 1e6,
        _ => EPOCH.elapsed().as_secs_f64() * 1e3,
    }
}
