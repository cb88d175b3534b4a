//! How far a command has come, on standard error of a terminal while it works.
//!
//! Nothing is shown of what takes less than a second, and nothing stays: the line is cleared before anything else is said.

use std::cell::Cell;
use std::io::{self, IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use crate::text::visible;

/// Work that is shorter is not shown.
const SHORTEST: Duration = Duration::from_secs(1);

/// Between two showings.
const PAUSE: Duration = Duration::from_millis(100);

/// Begins a line anew and clears it.
const CLEAR: &str = "\r\x1b[K";

/// What a command is doing, while it does.
pub struct Progress {
    began: Instant,
    /// When it was last shown.
    shown: Cell<Option<Instant>>,
    /// Whether somebody looks on.
    is_seen: bool,
}

impl Progress {
    /// Of work that begins now.
    pub fn new() -> Self {
        Self { began: Instant::now(), shown: Cell::new(None), is_seen: io::stderr().is_terminal() }
    }

    /// Shows what is being done, and how much of it is: at a pace that an eye can follow.
    pub fn tell(&self, doing: &str, share: Option<f64>) {
        if self.is_seen && is_due(self.began.elapsed(), self.shown.get().map(|at| at.elapsed())) {
            self.shown.set(Some(Instant::now()));
            let mut err = io::stderr().lock();
            let _ = write!(err, "{CLEAR}{}", visible(&words(doing, share)));
            let _ = err.flush();
        }
    }

    /// Takes the line away.
    pub fn clear(&self) {
        if self.shown.take().is_some() {
            let _ = write!(io::stderr().lock(), "{CLEAR}");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Whether something is to be shown, so long after the beginning and after it was last shown.
fn is_due(since_beginning: Duration, since_shown: Option<Duration>) -> bool {
    since_beginning >= SHORTEST && since_shown.is_none_or(|since| since >= PAUSE)
}

/// "Reading a.csv: 42 %".
fn words(doing: &str, share: Option<f64>) -> String {
    match share {
        Some(share) => format!("{doing}: {:.0} %", (share * 100.0).clamp(0.0, 100.0).floor()),
        None => format!("{doing} …"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_work_is_not_shown_and_long_work_at_a_pace() {
        let millis = Duration::from_millis;
        assert!(!is_due(millis(999), None));
        assert!(is_due(millis(1000), None) && is_due(millis(5000), Some(millis(100))));
        assert!(!is_due(millis(5000), Some(millis(99))));
        assert_eq!(words("Reading a.csv", Some(0.429)), "Reading a.csv: 42 %");
        assert_eq!(words("Reading a.csv", Some(7.0)), "Reading a.csv: 100 %");
        assert_eq!(words("Saving", None), "Saving …");
    }
}
