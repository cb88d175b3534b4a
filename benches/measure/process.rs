//! What a process has used, and on which machine, for benchmarks. Linux tells; elsewhere there are no figures.
#![expect(clippy::disallowed_methods, reason = "a measurement may read files")]

use std::fs;

/// The machine in a line: cores, processor, system.
pub fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("unknown processor");
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{} × {}, {} {}",
        cores,
        model.trim_start_matches([' ', '\t', ':']),
        std::env::consts::OS,
        std::env::consts::ARCH
    )
}

/// Seconds of the processor that a process has used, all its threads together.
pub fn cpu_seconds(process: &str) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or(f64::NAN);
    // User and system time, in hundredths of a second on every Linux there is.
    (ticks(11) + ticks(12)) / 100.0
}

/// A line of `/proc/self/status`, in bytes.
pub fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    let kilobytes = line.split_whitespace().find_map(|word| word.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}
