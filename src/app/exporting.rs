//! An export on its way to a file: how much is written, and how it is called off.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use egui::Context;

use super::App;
use super::jobs::JobKind;
use crate::ui::ExportFacts;

/// How long an export goes on before it is told of, in seconds: most are over by then.
const TOLD_AFTER: f64 = 0.4;

/// What an export is told by, and tells.
#[derive(Debug, Clone, Default)]
pub struct Watch(Arc<State>);

#[derive(Debug, Default)]
struct State {
    is_called_off: AtomicBool,
    bytes: AtomicU64,
}

impl Watch {
    /// Ends the export at its next write.
    pub fn call_off(&self) {
        self.0.is_called_off.store(true, Ordering::Relaxed);
    }

    /// Whether it was called off.
    pub fn is_called_off(&self) -> bool {
        self.0.is_called_off.load(Ordering::Relaxed)
    }

    /// That the export goes on, or why it does not.
    ///
    /// # Errors
    /// Where it was called off.
    pub fn go_on(&self) -> io::Result<()> {
        if self.is_called_off() { Err(io::Error::other("it was called off")) } else { Ok(()) }
    }

    /// A writer that counts what goes through it, and refuses it once the export is called off.
    pub fn over<'a>(&'a self, out: &'a mut dyn Write) -> impl Write + 'a {
        io::BufWriter::with_capacity(64 * 1024, Watched { watch: self, out })
    }
}

struct Watched<'a> {
    watch: &'a Watch,
    out: &'a mut dyn Write,
}

impl Write for Watched<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.watch.go_on()?;
        let written = self.out.write(bytes)?;
        self.watch.0.bytes.fetch_add(written as u64, Ordering::Relaxed);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The export that goes on.
pub(super) struct Exporting {
    /// The name of its file.
    pub name: String,
    /// By which it is called off.
    pub watch: Watch,
    /// When it was first seen to go on, in seconds of egui's clock.
    pub since: Option<f64>,
}

impl App {
    /// Calls the export off that goes on.
    pub(super) fn cancel_export(&mut self) {
        if let Some(exporting) = &self.panels.exporting {
            exporting.watch.call_off();
        }
    }

    /// What there is to say of an export, once it takes its time.
    pub(super) fn export_facts(&mut self, ctx: &Context) -> Option<ExportFacts> {
        if !self.jobs.is_running(JobKind::Export) {
            self.panels.exporting = None;
        }
        let exporting = self.panels.exporting.as_mut()?;
        let now = ctx.input(|input| input.time);
        let since = *exporting.since.get_or_insert(now);
        ctx.request_repaint_after(Duration::from_millis(100));
        let Watch(state) = &exporting.watch;
        (now - since >= TOLD_AFTER).then(|| ExportFacts {
            name: exporting.name.clone(),
            bytes: state.bytes.load(Ordering::Relaxed),
            is_called_off: exporting.watch.is_called_off(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_off_writes_no_more() {
        let (watch, mut bytes) = (Watch::default(), Vec::new());
        {
            let mut out = watch.over(&mut bytes);
            out.write_all(b"first").unwrap();
            out.flush().unwrap();
            watch.call_off();
            out.write_all(b"second").unwrap();
            assert!(out.flush().is_err());
        }
        assert_eq!((bytes.as_slice(), watch.0.bytes.load(Ordering::Relaxed)), (b"first".as_slice(), 5));
    }
}
