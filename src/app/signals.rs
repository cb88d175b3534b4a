//! The system's requests to end: a logout, a shutdown, `kill`, Ctrl+C in the terminal.
//!
//! Owns waiting for them. They set a flag that the next frame sees: it ends the program without a question, with the journal in
//! place of the answer.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use egui::Context;

/// Sets the flag once the system asks the program to end, and asks for a frame. Where none comes, the program ends all the same:
/// what was changed has been handed to the journal, and `last_word` says it where that could not be written.
#[cfg(unix)]
pub(super) fn watch(ctx: &Context, flag: &Arc<AtomicBool>, last_word: impl Fn() + Send + 'static) {
    use std::sync::atomic::Ordering;
    use std::time::Duration;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    /// A system that shuts down waits some ten seconds before it kills.
    const PATIENCE: Duration = Duration::from_secs(5);

    // Without them the program ends as before: at once, with its journal left for the next start.
    let Ok(mut signals) = Signals::new([SIGTERM, SIGINT, SIGHUP]) else { return };
    let (ctx, flag) = (ctx.clone(), Arc::clone(flag));
    std::thread::spawn(move || {
        let Some(signal) = signals.forever().next() else { return };
        flag.store(true, Ordering::Relaxed);
        ctx.request_repaint();
        std::thread::sleep(PATIENCE);
        last_word();
        std::process::exit(128 + signal);
    });
}

#[cfg(not(unix))]
pub(super) fn watch(_ctx: &Context, _flag: &Arc<AtomicBool>, _last_word: impl Fn() + Send + 'static) {}
