//! Opening the window, and saying in one line why it cannot be opened.

use std::fmt;
use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Instant;

use egui::{IconData, ViewportBuilder};
use thiserror::Error;

use super::journal::Trouble;
use super::platform::APP_ID;
use super::{App, OpenRequest, Platform as _, Settings, System, signals};
use crate::store::left_behind;
use crate::text::visible;

/// The icon of the window.
const ICON: &[u8] = include_bytes!("../../assets/icon/annalist-128.png");

/// Why there is no window.
#[derive(Debug, Error)]
pub enum RunError {
    /// The file to open is not there.
    #[error("there is no file \"{}\"; check the name and the folder", .0.display())]
    MissingFile(PathBuf),
    /// No screen to open a window on.
    #[error("no window can be opened without a display; to make a picture use: annalist export FILE -o OUT.png")]
    NoDisplay,
    /// A library of the system that the window needs is not installed.
    #[error("the window needs {library}, which is not installed; on Debian or Ubuntu: apt install {package}")]
    MissingLibrary {
        /// The library.
        library: &'static str,
        /// The package that has it.
        package: &'static str,
    },
    /// A fault of the program itself, while the window was open.
    #[error("Annalist broke off through a fault of its own ({fault}); {work}")]
    BrokeOff {
        /// What it said.
        fault: String,
        /// What became of changes that were not saved.
        work: KeptWork,
    },
    /// The system asked it to end, and changes could not be kept.
    #[error("Annalist was asked to end{}; {work}", with_changes(.name.as_deref()))]
    Ended {
        /// The timeline, where that is known.
        name: Option<String>,
        /// What became of changes that were not saved.
        work: KeptWork,
    },
    /// Anything else that the system said.
    #[error("the window cannot be opened: {0}; to make a picture use: annalist export FILE -o OUT.png")]
    Window(String),
}

/// What became of changes that were not saved when the program broke off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeptWork {
    /// There were none.
    Saved,
    /// They are in the journals of this folder.
    In(PathBuf),
    /// The journal could not be written there, for this reason.
    Unwritten(PathBuf, String),
    /// Nothing is kept from one start to the next.
    Nowhere,
}

impl fmt::Display for KeptWork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Saved => f.write_str("all changes were saved"),
            Self::In(folder) => write!(
                f,
                "changes that were not saved are kept in \"{}\", and offered when it is started again",
                folder.display()
            ),
            Self::Unwritten(folder, reason) => write!(
                f,
                "the last changes that were not saved are lost, as nothing could be written to \"{}\": {reason}",
                folder.display()
            ),
            Self::Nowhere => f.write_str("changes that were not saved are lost"),
        }
    }
}

fn with_changes(name: Option<&str>) -> String {
    name.map(|name| format!(" with unsaved changes to “{name}”")).unwrap_or_default()
}

/// Where an open window keeps changes that are not saved, known outside it should it break off.
#[derive(Debug, Default)]
pub struct Opened(OnceLock<Kept>);

#[derive(Debug)]
struct Kept {
    journals: Option<PathBuf>,
    trouble: Trouble,
    /// The timeline that had unsaved changes when the system asked the program to end.
    left_unsaved: Arc<OnceLock<String>>,
}

impl Opened {
    /// Takes note that the window is open.
    pub fn note(&self, app: &App) {
        let _ = self.0.set(Kept {
            journals: app.journals(),
            trouble: Arc::clone(&app.journal_trouble),
            left_unsaved: Arc::clone(&app.left_unsaved),
        });
    }

    fn is_noted(&self) -> bool {
        self.0.get().is_some()
    }

    /// What became of changes that were not saved, once the window is gone.
    fn work(&self) -> KeptWork {
        let Some(Kept { journals: Some(folder), trouble, .. }) = self.0.get() else { return KeptWork::Nowhere };
        let trouble = trouble.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match trouble {
            Some(reason) => KeptWork::Unwritten(folder.clone(), reason),
            None if left_behind(folder).is_empty() => KeptWork::Saved,
            None => KeptWork::In(folder.clone()),
        }
    }

    /// What is to be said where the system asked the program to end and changes could not be kept.
    fn lost(&self) -> Option<RunError> {
        let name = self.0.get()?.left_unsaved.get().cloned();
        match self.work() {
            KeptWork::Saved | KeptWork::In(_) => None,
            // Without a place to keep changes it is not known before the window is left whether there are any.
            KeptWork::Nowhere if name.is_none() => None,
            work => Some(RunError::Ended { name, work }),
        }
    }

    /// The same of a program that was left: who answered that nothing is to be saved has lost nothing.
    fn lost_at_end(&self) -> Option<RunError> {
        self.0.get()?.left_unsaved.get()?;
        self.lost()
    }
}

/// Where this is set in the environment, the program says on standard error when its first frame is on the screen.
const TRACE_START: &str = "ANNALIST_TRACE_START";

/// The program with a look at the clock.
struct Traced {
    app: App,
    started: Instant,
    frames: u32,
}

impl eframe::App for Traced {
    fn ui(&mut self, ui: &mut egui::Ui, frame: &mut eframe::Frame) {
        // The second frame begins when the first has been shown.
        if self.frames == 1 {
            let wall = self.started.elapsed().as_millis();
            eprintln!("first frame after {wall} ms, CPU {} ms, process {}", cpu_millis(), std::process::id());
        }
        self.frames = self.frames.saturating_add(1);
        self.app.ui(ui, frame);
        if self.frames == 1 {
            ui.ctx().request_repaint();
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.app.save(storage);
    }
}

/// Milliseconds of the processor that this process has used, where the system tells; else 0.
#[expect(clippy::disallowed_methods, reason = "what the system says of this process is no timeline's file")]
fn cpu_millis() -> u64 {
    // Time on a processor in nanoseconds comes first.
    let of_thread = |path: PathBuf| {
        let text = std::fs::read_to_string(path.join("schedstat")).ok()?;
        text.split(' ').next()?.parse::<u64>().ok()
    };
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    threads.filter_map(|thread| of_thread(thread.path())).sum::<u64>() / 1_000_000
}

/// Opens the window with a file, or with what was open last, and returns when it is closed.
///
/// # Errors
/// Where the file is not there or no window can be opened; the message is one line and says what to do.
pub fn run(file: Option<PathBuf>) -> Result<(), RunError> {
    let request = match file {
        Some(path) if !path.exists() => return Err(RunError::MissingFile(path)),
        Some(path) => OpenRequest::File(path),
        None => OpenRequest::Last,
    };
    if !has_display() {
        return Err(RunError::NoDisplay);
    }
    let started = std::env::var_os(TRACE_START).map(|_| Instant::now());
    guarded(move |opened| {
        let opened = Arc::clone(opened);
        let create = move |cc: &eframe::CreationContext<'_>| {
            let kept = System.state_folder().and_then(|folder| Settings::kept_in(&folder));
            let old = || cc.storage.and_then(|storage| eframe::get_value(storage, Settings::OLD_KEY));
            let settings = kept.or_else(old);
            let app = App::new(&cc.egui_ctx, settings.unwrap_or_default(), request, Arc::new(System));
            opened.note(&app);
            signals::watch(&cc.egui_ctx, &app.asked_to_end(), move || {
                if let Some(error) = opened.lost() {
                    // A closed standard error must not keep the program from ending.
                    let _ = writeln!(io::stderr(), "error: {}", visible(&error.to_string()));
                }
            });
            Ok(match started {
                Some(started) => Box::new(Traced { app, started, frames: 0 }),
                None => Box::new(app) as Box<dyn eframe::App>,
            })
        };
        eframe::run_native("Annalist", options(), Box::new(create)).map_err(|error| error.to_string())
    })
}

/// Runs what drives the window to its end, with panics caught. `drive` gives what the system said where there is no window, and
/// lets go of the program before it returns; it tells when the window is open.
///
/// # Errors
/// Where there is no window, or it broke off: then the journal has been flushed, and the message says where the work is. Also where
/// the system asked for the end, and the journal could not be written.
pub fn guarded(drive: impl FnOnce(&Arc<Opened>) -> Result<(), String>) -> Result<(), RunError> {
    let opened = Arc::new(Opened::default());
    let said = Arc::new(Mutex::new(None));
    let usual = Arc::new(std::panic::take_hook());
    let (note, noted, loud) = (Arc::clone(&said), Arc::clone(&opened), Arc::clone(&usual));
    // Until the window is open panics are noted and not printed: the window library panics where a library is missing.
    std::panic::set_hook(Box::new(move |info| {
        if noted.is_noted() {
            loud(info);
        }
        let text = info.payload_as_str().unwrap_or("it broke off").to_owned();
        // The last one counts: one of a job before it has been told in the window.
        note.lock().unwrap_or_else(PoisonError::into_inner).replace(text);
    }));
    // Nothing of what ran is used afterwards, whole or not.
    let result = catch_unwind(AssertUnwindSafe(|| drive(&opened)));
    std::panic::set_hook(Box::new(move |info| usual(info)));
    match result {
        Ok(Err(message)) => Err(explain(&message)),
        // Only now is it known: the journal has tried until its end.
        Ok(Ok(())) => opened.lost_at_end().map_or(Ok(()), Err),
        Err(_) => {
            let fault = said.lock().unwrap_or_else(PoisonError::into_inner).take();
            let fault = fault.unwrap_or_else(|| "it broke off".to_owned());
            // By now the journal has been flushed: it ends with the session, and waits for its thread.
            Err(if opened.is_noted() { RunError::BrokeOff { fault, work: opened.work() } } else { explain(&fault) })
        }
    }
}

/// What a message of the window library means to the user.
fn explain(message: &str) -> RunError {
    let lower = message.to_lowercase();
    if lower.contains("xkbcommon-x11") || lower.contains("xkbcommon_x11") {
        return RunError::MissingLibrary { library: "libxkbcommon-x11", package: "libxkbcommon-x11-0" };
    }
    if lower.contains("libxkbcommon") || lower.contains("xkbcommon") {
        return RunError::MissingLibrary { library: "libxkbcommon", package: "libxkbcommon0" };
    }
    if lower.contains("xlib") {
        let package = "libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2 libxkbcommon-x11-0 libegl1 libgl1";
        return RunError::MissingLibrary { library: "Xlib", package };
    }
    if lower.contains("libegl") || lower.contains("libgl") {
        return RunError::MissingLibrary { library: "OpenGL", package: "libegl1 libgl1 libgl1-mesa-dri" };
    }
    if lower.contains("display") && (lower.contains("wayland") || lower.contains("x11")) {
        return RunError::NoDisplay;
    }
    let first_line = message.lines().next().unwrap_or_default();
    RunError::Window(first_line.trim_end_matches('.').to_owned())
}

/// Whether there can be a window at all: elsewhere than on X11 and Wayland there always is a display.
fn has_display() -> bool {
    if !cfg!(all(unix, not(target_os = "macos"))) {
        return true;
    }
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn options() -> eframe::NativeOptions {
    let mut viewport = ViewportBuilder::default()
        .with_app_id(APP_ID)
        .with_title("Annalist")
        .with_inner_size([1360.0, 840.0])
        .with_min_inner_size([900.0, 600.0])
        .with_drag_and_drop(true);
    if let Some(icon) = icon() {
        viewport = viewport.with_icon(Arc::new(icon));
    }
    eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() }
}

fn icon() -> Option<IconData> {
    let mut decoder = png::Decoder::new(io::Cursor::new(ICON));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let mut rgba = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut rgba).ok()?;
    rgba.truncate(info.buffer_size());
    Some(IconData { rgba, width: info.width, height: info.height })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_icon_is_what_it_should_be() {
        let icon = icon().unwrap();
        assert_eq!((icon.width, icon.height, icon.rgba.len()), (128, 128, 128 * 128 * 4));
    }

    #[test]
    fn every_reason_is_one_line_that_says_what_to_do() {
        let cases = [
            ("Library libxkbcommon-x11.so could not be loaded.", "apt install libxkbcommon-x11-0"),
            ("libEGL.so.1: cannot open shared object file", "apt install libegl1"),
            ("neither WAYLAND_DISPLAY nor DISPLAY is set (x11, wayland)", "annalist export"),
            ("something else\nwith details", "annalist export"),
        ];
        for (message, remedy) in cases {
            let said = explain(message).to_string();
            assert!(said.contains(remedy) && !said.contains('\n'), "{said}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let said = run(Some(PathBuf::from("no such file.ron"))).unwrap_err().to_string();
        assert_eq!(said, "there is no file \"no such file.ron\"; check the name and the folder");
    }
}
