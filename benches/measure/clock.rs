//! The time that a thread has run, for benchmarks: what other programs take meanwhile is not counted.

/// Milliseconds that this thread has run.
///
/// It is asked for around parts of a millisecond: to read the account that the system keeps as a file would cost a tenth of that, and to
/// give way before it would leave the caches to whoever runs then.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub fn now_ms() -> f64 {
    let rustix::time::Timespec { tv_sec, tv_nsec } = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    tv_sec as f64 * 1e3 + tv_nsec as f64 / 1e6
}

/// Milliseconds that have passed: other systems are asked for no more.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub fn now_ms() -> f64 {
    static EPOCH: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    EPOCH.elapsed().as_secs_f64() * 1e3
}
