//! Large files in the window: shown while they are read, and given up without a trace.

use std::fmt::Write as _;
use std::path::Path;

use annalist::app::OpenRequest;
use annalist::time::Instant;
use annalist::ui::ReadOnly;
use egui::accesskit::Role;
use egui_kittest::kittest::{By, Queryable as _};

use super::window::{FILE, Setup, Window};

/// Enough events for a file that is read in pieces, and for a look at a part of it.
const MANY: usize = 90_000;

fn small(title: &str) -> String {
    format!(
        "Timeline(format: 1, title: \"{title}\", events: [Event(id: \"one\", title: \"The only one\", date: \"2024\")])\n"
    )
}

fn large() -> String {
    let mut text = String::from("Timeline(\n    format: 1,\n    title: \"Long\",\n    events: [\n");
    for at in 0..MANY {
        let (year, month) = (1990 + at % 30, 1 + at % 12);
        writeln!(text, "        Event(id: \"event-{at}\", title: \"What happened as number {at}\", date: \"{year}-{month:02}\", tags: [\"long\"]),").unwrap();
    }
    text + "    ],\n)\n"
}

/// A window that begins to read this file.
fn window(folder: tempfile::TempDir, path: &Path) -> Window {
    Setup { folder: Some(folder), ..Setup::default() }.begin(OpenRequest::File(path.to_owned()))
}

/// A file that comes as far as nine tenths, and on when it is told to.
#[cfg(unix)]
struct Slow {
    go_on: std::sync::mpsc::Sender<()>,
}

#[cfg(unix)]
impl Slow {
    fn file(path: &Path, text: String) -> Self {
        use std::io::Write as _;

        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
        let (go_on, wait) = std::sync::mpsc::channel();
        let path = path.to_owned();
        std::thread::spawn(move || {
            let mut pipe = std::fs::File::options().write(true).open(path).unwrap();
            let (start, rest) = text.as_bytes().split_at(text.len() / 10 * 9);
            // Whoever gives up reading closes the pipe.
            let _ = pipe.write_all(start).and_then(|()| {
                let _ = wait.recv();
                pipe.write_all(rest)
            });
        });
        Self { go_on }
    }

    fn go_on(&self) {
        let _ = self.go_on.send(());
    }
}

#[cfg(unix)]
#[test]
fn the_first_events_of_a_large_file_are_there_before_the_last() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.ron");
    let slow = Slow::file(&path, large());
    let mut window = window(folder, &path);
    window.wait_until("a part is shown", |window| !window.titles().is_empty());
    window.steps(1);
    let part = window.app().session();
    let events = part.timeline().events().len();
    assert!(0 < events && events < MANY, "{events}");
    assert_eq!(part.timeline().header().title, "Long");
    assert_eq!(part.read_only(), Some(ReadOnly::Reading));
    assert!(window.shows("Reading… "), "how far it has come is told");
    assert!(window.harness.query_by_role(Role::ProgressIndicator).is_some());
    assert_ne!(window.app().view().place.viewport.origin, Instant::default(), "the part is fitted into the window");

    slow.go_on();
    window.settle();
    let session = window.app().session();
    assert!(!session.is_part() && session.read_only().is_none());
    assert_eq!(session.timeline().events().len(), MANY);
    assert!(!window.shows("Reading… "));
}

#[cfg(unix)]
#[test]
fn a_large_file_that_is_given_up_leaves_what_was_open_before() {
    let mut window = Window::on(&small("Before"));
    let path = window.path("long.ron");
    let slow = Slow::file(&path, large());
    window.hold_and_drop(&[&path]);
    window.wait_until("a part is shown", |window| window.app().session().is_part());
    window.steps(1);
    window.named("Cancel").click();
    window.wait_until("the part is gone", |window| !window.app().session().is_part());
    assert_eq!(window.timeline().header().title, "Before");
    assert_eq!(window.app().session().path(), Some(window.file().as_path()));
    // What the reading still brings changes nothing.
    slow.go_on();
    window.settle();
    assert_eq!(window.timeline().header().title, "Before");
    assert!(window.notices().is_empty());
    assert!(!window.shows("Reading… "));
}

#[test]
fn a_large_file_is_shown_before_it_is_checked_and_its_problems_come_with_their_places() {
    let text = large()
        .replace("    ],\n)\n", "        Event(title: \"Astray\", date: \"2024\", lane: \"none\"),\n    ],\n)\n");
    let window = Window::on(&text);
    let loaded = annalist::store::load_with(&window.file(), &annalist::store::Progress::new()).unwrap().unwrap();
    assert!(!loaded.read.is_checked && loaded.read.diagnostics.is_empty());
    let checked = annalist::store::load(&window.file()).unwrap().read;
    assert!(checked.is_checked && checked.diagnostics.iter().any(|problem| problem.code == "unknown-lane"));

    let session = window.app().session();
    assert!(!session.is_part());
    assert_eq!(session.problems().len(), checked.diagnostics.len());
    assert_eq!(session.worst_problem(), Some(annalist::diagnostic::Severity::Error));
    let document = session.document(Instant::default());
    let at = document.problems.iter().position(|problem| problem.code == "unknown-lane").unwrap();
    assert_eq!(document.problems.place(at).unwrap().line, text.lines().count() - 2);
}

/// What is not known yet is not said: no window in time, no count, no advice for an empty timeline, no unsaved state.
#[test]
fn nothing_is_said_of_a_file_of_which_nothing_has_been_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE);
    std::fs::write(&path, large()).unwrap();
    let mut window = window(folder, &path);
    let mut frames = 0;
    window.wait_until("all is read", |window| {
        for words in ["Jan 1970", "Double-click", "Not saved yet", "Untitled"] {
            assert!(!window.shows(words), "{words:?} in frame {frames}");
        }
        let none = By::new().predicate(|node| node.label().is_some_and(|label| label.starts_with("0 events")));
        assert!(window.harness.query_all(none).next().is_none(), "a count in frame {frames}");
        frames += 1;
        !window.app().is_busy() && !window.app().session().is_part()
    });
    window.settle();
    assert!(window.shows("1989 – 2020"), "the window in time is told once it is known");
}

#[test]
fn nobody_is_asked_to_add_to_a_file_that_cannot_be_edited() {
    let text = "Timeline(format: 1, title: \"Broken\", events: [Event(tilte: \"A typo\", date: \"2024\")])\n";
    let window = Window::on(text);
    assert!(window.app().session().read_only().is_some());
    assert!(window.titles().is_empty());
    assert!(!window.shows("ouble-click"));
}

/// A pipe that nobody writes to is a file that takes for ever.
#[cfg(unix)]
#[test]
fn the_window_answers_while_a_file_does_not_come() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.ron");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut window = window(folder, &pipe);
    window.wait_until("how far it has come is told", |window| window.shows("Reading… 0 %"));
    window.named("Cancel").click();
    window.wait_until("it is given up", |window| !window.shows("Reading… "));
    let sample = window.timeline().header().title.clone();
    assert!(window.app().session().path().is_none() && !window.titles().is_empty());
    // At last it comes, and nobody asks for it any more.
    std::fs::write(&pipe, small("Late")).unwrap();
    window.settle();
    assert_eq!(window.timeline().header().title, sample);
}
