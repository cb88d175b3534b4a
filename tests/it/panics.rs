//! Faults of the program itself: one in a job ends the job, one in the journal ends nothing, one in a frame ends the program, which
//! says where the work is. So does one that the system asks to end while the journal cannot be written.
//!
//! They are brought about by the machine that the program runs on: its clock, which frames ask for, or its dialog of files, which
//! is asked by a job.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use annalist::app::{OpenRequest, Pick, Picked, Platform, Settings, guarded};
use annalist::time::{CivilDay, Instant};
use egui::Key;

use crate::window::{FILE, Setup, TREATY, Window};

/// A machine that breaks when it is told to.
struct Faulty {
    state: PathBuf,
    breaks: AtomicBool,
}

impl Faulty {
    fn new(folder: &Path) -> Arc<Self> {
        Arc::new(Self { state: folder.join("state"), breaks: AtomicBool::new(false) })
    }

    fn setup(self: &Arc<Self>) -> Setup {
        Setup { platform: Some(Arc::clone(self) as _), ..Setup::default() }
    }
}

impl Platform for Faulty {
    fn now(&self) -> Instant {
        assert!(!self.breaks.load(Ordering::Relaxed), "the clock broke");
        Instant::from_day(CivilDay::new(2026, 11, 23)).unwrap()
    }

    fn state_folder(&self) -> Option<PathBuf> {
        Some(self.state.clone())
    }

    fn pick(&self, _: &Pick) -> Picked {
        panic!("the dialog broke")
    }
}

fn retitle(window: &mut Window, event: &str, title: &str) {
    window.select(event);
    window.fill("Title", title);
    window.key(Key::Enter);
}

#[test]
fn a_fault_of_a_job_ends_the_job_and_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(FILE), TREATY).unwrap();
    let faulty = Faulty::new(folder.path());
    let mut window = faulty.setup().open(OpenRequest::File(folder.path().join(FILE)));
    retitle(&mut window, "Duma ratifies", "State Duma ratifies");
    window.ctrl(Key::O);
    assert!(window.tells("Waiting for the file dialog broke off. The timeline is as it was"), "{:?}", window.notices());
    retitle(&mut window, "Treaty signed", "Signed");
    window.ctrl(Key::S);
    assert!(std::fs::read_to_string(folder.path().join(FILE)).unwrap().contains("\"Signed\""));
}

/// Where this is set, the test is the program, on the file in that folder.
const FOLDER: &str = "ANNALIST_TEST_BREAKS_IN";

/// Runs the program, which changes two titles and breaks; `saves` before that.
fn break_off(folder: &Path, saves: bool) -> Output {
    let own = std::env::current_exe().unwrap();
    let name = "panics::a_fault_in_a_frame_ends_the_program_which_says_where_the_work_is";
    let mut program = Command::new(own);
    program.args(["--exact", name, "--nocapture"]).env(FOLDER, folder);
    if saves {
        program.env("ANNALIST_TEST_SAVES", "1");
    }
    program.output().unwrap()
}

#[test]
fn a_fault_in_a_frame_ends_the_program_which_says_where_the_work_is() {
    if let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) {
        // As `main` does, with frames that no screen shows.
        let ended = guarded(|opened| {
            let faulty = Faulty::new(&folder);
            let mut window = faulty.setup().open(OpenRequest::File(folder.join(FILE)));
            opened.note(window.app());
            retitle(&mut window, "Duma ratifies", "State Duma ratifies");
            retitle(&mut window, "Treaty signed", "Signed");
            if std::env::var_os("ANNALIST_TEST_SAVES").is_some() {
                window.ctrl(Key::S);
            }
            faulty.breaks.store(true, Ordering::Relaxed);
            window.steps(1);
            Ok(())
        });
        if let Err(error) = ended {
            annalist::cli::problem(&format!("error: {error}"));
            std::process::exit(1);
        }
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let journals = folder.path().join("state/journals");
    std::fs::write(folder.path().join(FILE), TREATY).unwrap();
    let says = |output: &Output, work: &str| {
        let said = String::from_utf8_lossy(&output.stderr);
        let line = format!("error: Annalist broke off through a fault of its own (the clock broke); {work}");
        assert!(said.lines().any(|told| told == line), "{line}\n{said}");
        assert_eq!(output.status.code(), Some(1));
    };

    let output = break_off(folder.path(), false);
    let work = format!(
        "changes that were not saved are kept in \"{}\", and offered when it is started again",
        journals.display()
    );
    says(&output, &work);
    assert_eq!(std::fs::read_to_string(folder.path().join(FILE)).unwrap(), TREATY);
    let file = folder.path().join(FILE);
    let setup = Setup { keeps_state: true, folder: Some(folder), ..Setup::default() };
    let mut window = setup.open(OpenRequest::File(file));
    window.click("Restore");
    assert_eq!(window.titles(), ["Signed", "State Duma ratifies", "Treaty in force"]);
    window.ctrl(Key::S);
    window.ask_to_close();
    let folder = window.crash();

    std::fs::write(folder.path().join(FILE), TREATY).unwrap();
    says(&break_off(folder.path(), true), "all changes were saved");

    // A file where the folder of journals should be.
    std::fs::write(folder.path().join(FILE), TREATY).unwrap();
    std::fs::remove_dir_all(&journals).unwrap();
    std::fs::write(&journals, "").unwrap();
    let said = String::from_utf8(break_off(folder.path(), false).stderr).unwrap();
    let lost = format!(
        "the last changes that were not saved are lost, as nothing could be written to \"{}\": ",
        journals.display()
    );
    assert!(said.contains(&lost), "{said}");
}

#[test]
fn a_request_to_end_while_nothing_can_be_kept_is_answered_with_what_is_lost() {
    let name = "panics::a_request_to_end_while_nothing_can_be_kept_is_answered_with_what_is_lost";
    if let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) {
        let ended = guarded(|opened| {
            let mut window = Faulty::new(&folder).setup().open(OpenRequest::File(folder.join(FILE)));
            opened.note(window.app());
            if std::env::var_os("ANNALIST_TEST_SAVES").is_none() {
                retitle(&mut window, "Duma ratifies", "State Duma ratifies");
            }
            window.app().asked_to_end().store(true, Ordering::Relaxed);
            window.steps(1);
            window.keep_settings();
            Ok(())
        });
        if let Err(error) = ended {
            annalist::cli::problem(&format!("error: {error}"));
            std::process::exit(1);
        }
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let journals = folder.path().join("state/journals");
    std::fs::write(folder.path().join(FILE), TREATY).unwrap();
    std::fs::create_dir(folder.path().join("state")).unwrap();
    // A file where the folder should be.
    std::fs::write(&journals, "").unwrap();
    let run = |is_saved: bool| {
        let mut program = Command::new(std::env::current_exe().unwrap());
        program.args(["--exact", name, "--nocapture"]).env(FOLDER, folder.path());
        if is_saved {
            program.env("ANNALIST_TEST_SAVES", "1");
        }
        program.output().unwrap()
    };
    assert_eq!(run(true).status.code(), Some(0), "nothing was lost");

    let output = run(false);
    let said = String::from_utf8_lossy(&output.stderr);
    let line = format!(
        "error: Annalist was asked to end with unsaved changes to “{FILE}”; the last changes that were not saved are lost, as \
         nothing could be written to \"{}\": ",
        journals.display()
    );
    let told = said.lines().find(|told| told.starts_with(&line));
    assert!(told.is_some_and(|told| told.ends_with("; put a folder in its place")), "{line}\n{said}");
    assert_eq!(output.status.code(), Some(1));

    let settings = || Settings::kept_in(&folder.path().join("state")).unwrap();
    let start = || {
        let setup = Setup { settings: settings(), ..Faulty::new(folder.path()).setup() };
        setup.open(OpenRequest::File(folder.path().join(FILE)))
    };
    let mut window = start();
    let words =
        format!("When Annalist was ended the last changes of “{FILE}” were lost, as nothing could be written in");
    assert!(window.tells(&words), "{:?}", window.notices());
    window.keep_settings();
    drop(window);
    assert!(!start().tells(&words), "once");
}
