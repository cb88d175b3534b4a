//! Large files in the window: shown while they are read, and given up without a trace.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use annalist::app::{App, OpenRequest, Settings, System};
use annalist::time::Instant;
use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::Harness;
use egui_kittest::kittest::{By, Queryable as _};

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

fn window(path: &Path) -> Harness<'static, App> {
    let request = OpenRequest::File(path.to_owned());
    Harness::builder()
        .with_size(vec2(1360.0, 840.0))
        .with_max_steps(40)
        .build_eframe(|cc| App::new(&cc.egui_ctx, Settings::default(), request, Arc::new(System)))
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn shows(window: &Harness<'_, App>, words: &str) -> bool {
    window.query_all(By::new().label_contains(words)).next().is_some()
}

/// Runs frames until this is so.
fn until(window: &mut Harness<'_, App>, mut is_so: impl FnMut(&Harness<'_, App>) -> bool) {
    for _ in 0..6_000 {
        window.step();
        if is_so(window) {
            return;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(is_so(window), "it never came to be");
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
    let mut window = window(&path);
    until(&mut window, |window| !window.state().session().timeline().events().is_empty());
    window.step();
    let part = window.state().session();
    let events = part.timeline().events().len();
    assert!(0 < events && events < MANY, "{events}");
    assert_eq!(part.timeline().header().title, "Long");
    assert_eq!(part.read_only(), Some("The file is still being read"));
    assert!(shows(&window, "Reading… "), "how far it has come is told");
    assert!(window.query_by_role(Role::ProgressIndicator).is_some());
    assert_ne!(window.state().view().viewport.origin, Instant::default(), "the part is fitted into the window");

    slow.go_on();
    until(&mut window, |window| !window.state().is_busy());
    window.run_ok();
    let session = window.state().session();
    assert!(!session.is_part() && session.read_only().is_none());
    assert_eq!(session.timeline().events().len(), MANY);
    assert!(!shows(&window, "Reading… "));
}

#[cfg(unix)]
#[test]
fn a_large_file_that_is_given_up_leaves_what_was_open_before() {
    let folder = tempfile::tempdir().unwrap();
    let (before, path) = (folder.path().join("before.ron"), folder.path().join("long.ron"));
    std::fs::write(&before, small("Before")).unwrap();
    let slow = Slow::file(&path, large());
    let mut window = window(&before);
    window.run_ok();
    window.input_mut().dropped_files.push(Arc::new(Dropped(path)));
    until(&mut window, |window| window.state().session().is_part());
    window.step();
    window.get_by_role_and_label(Role::Button, "Cancel").click();
    until(&mut window, |window| !window.state().session().is_part());
    assert_eq!(window.state().session().timeline().header().title, "Before");
    assert_eq!(window.state().session().path(), Some(before.as_path()));
    // What the reading still brings changes nothing.
    slow.go_on();
    until(&mut window, |window| !window.state().is_busy());
    window.run_ok();
    assert_eq!(window.state().session().timeline().header().title, "Before");
    assert!(window.state().notices().is_empty());
    assert!(!shows(&window, "Reading… "));
}

#[test]
fn a_large_file_is_shown_before_it_is_checked_and_its_problems_come_with_their_places() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.ron");
    let text = large()
        .replace("    ],\n)\n", "        Event(title: \"Astray\", date: \"2024\", lane: \"none\"),\n    ],\n)\n");
    std::fs::write(&path, &text).unwrap();
    let loaded = annalist::store::load_with(&path, &annalist::store::Progress::new()).unwrap().unwrap();
    assert!(!loaded.read.is_checked && loaded.read.diagnostics.is_empty());
    let checked = annalist::store::load(&path).unwrap().read;
    assert!(checked.is_checked && checked.diagnostics.iter().any(|problem| problem.code == "unknown-lane"));

    let mut window = window(&path);
    until(&mut window, |window| !window.state().is_busy() && !window.state().session().is_part());
    window.run_ok();
    until(&mut window, |window| !window.state().is_busy());
    window.run_ok();
    let session = window.state().session();
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
    let path = folder.path().join("long.ron");
    std::fs::write(&path, large()).unwrap();
    let mut window = window(&path);
    let mut frames = 0;
    until(&mut window, |window| {
        for words in ["Jan 1970", "Double-click", "Not saved yet", "Untitled"] {
            assert!(!shows(window, words), "{words:?} in frame {frames}");
        }
        let none = By::new().predicate(|node| node.label().is_some_and(|label| label.starts_with("0 events")));
        assert!(window.query_all(none).next().is_none(), "a count in frame {frames}");
        frames += 1;
        !window.state().is_busy() && !window.state().session().is_part()
    });
    window.run_ok();
    assert!(shows(&window, "1989 – 2020"), "the window in time is told once it is known");
}

#[test]
fn nobody_is_asked_to_add_to_a_file_that_cannot_be_edited() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.ron");
    std::fs::write(
        &path,
        "Timeline(format: 1, title: \"Broken\", events: [Event(tilte: \"A typo\", date: \"2024\")])\n",
    )
    .unwrap();
    let mut window = window(&path);
    until(&mut window, |window| !window.state().is_busy() && window.state().session().read_only().is_some());
    window.run_ok();
    assert!(window.state().session().timeline().events().is_empty());
    assert!(!shows(&window, "ouble-click"));
}

/// A pipe that nobody writes to is a file that takes for ever.
#[cfg(unix)]
#[test]
fn the_window_answers_while_a_file_does_not_come() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe.ron");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut window = window(&pipe);
    until(&mut window, |window| shows(window, "Reading… 0 %"));
    window.get_by_role_and_label(Role::Button, "Cancel").click();
    until(&mut window, |window| !shows(window, "Reading… "));
    let sample = window.state().session().timeline().header().title.clone();
    assert!(window.state().session().path().is_none() && !window.state().session().timeline().events().is_empty());
    // At last it comes, and nobody asks for it any more.
    std::fs::write(&pipe, small("Late")).unwrap();
    until(&mut window, |window| !window.state().is_busy());
    window.run_ok();
    assert_eq!(window.state().session().timeline().header().title, sample);
}
