//! A long sitting in fast motion: open, zoom, edit, undo, save, reload and close again and again, with memory and handles looked at
//! from time to time.
//!
//! A few rounds are part of every run of the tests. The whole sitting is
//! `ANNALIST_SOAK=10000 cargo test --profile dev-release --test it soak:: -- --nocapture`, which prints the figures. Where debug
//! assertions are on, memory tells nothing: egui then keeps the origin of every id that it ever made.

use std::process::Command;
use std::time::Instant;

use annalist::app::{OpenRequest, Settings};
use egui::{Key, Modifiers};

use crate::scale::data::Random;
use crate::window::{FILE, Setup, TREATY, Window};

/// How many rounds there are.
const ROUNDS: &str = "ANNALIST_SOAK";

/// Set in the program of its own in which the sitting takes place: memory and handles of this one are those of all tests that run
/// beside it.
const ALONE: &str = "ANNALIST_SOAK_ALONE";

/// Rounds in a run of all tests.
const FEW: usize = 6;

/// Rounds after which the window is closed and another one opened.
const SITTING: usize = 250;

/// Memory in pages that are in use, and open handles; none where the system does not tell.
fn held() -> Option<(u64, usize)> {
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse().ok()?;
    Some((pages, std::fs::read_dir("/proc/self/fd").ok()?.count()))
}

/// The window on the file, which has a second one beside it.
fn sit_down(setup: Setup) -> Window {
    let folder = setup.folder.unwrap();
    let file = folder.path().join(FILE);
    let settings = Settings { reduce_motion: true, ..Settings::default() };
    Setup { settings, folder: Some(folder), keeps_state: true, ..Setup::default() }.open(OpenRequest::File(file))
}

/// One round; `number` is in the title that it leaves.
fn round(window: &mut Window, number: usize, random: &mut Random) {
    let (first, second) = (window.file(), window.path("second.ron"));
    let path = if random.one_in(2) { first } else { second };
    window.answer(path.clone());
    window.ctrl(Key::O);
    assert_eq!(window.app().session().path(), Some(path.as_path()));
    for _ in 0..1 + random.below(3) {
        window.key(if random.one_in(2) { Key::Plus } else { Key::Minus });
    }
    window.key(Key::Num0);
    window.key(Key::N);
    window.type_text(&format!("Added {number}"));
    window.key(Key::Enter);
    assert!(window.undo_label().contains("Added"), "{}", window.undo_label());
    window.ctrl(Key::Z);
    let title = format!("Signed {:05}", number % 100_000);
    let before = window.titles()[0].to_owned();
    window.select(&before);
    window.fill("Title", &title);
    window.key(Key::Enter);
    for _ in 0..random.below(3) {
        window.ctrl(Key::Z);
        window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    }
    assert_eq!(window.titles()[0], title);
    window.ctrl(Key::S);
    assert!(!window.app().session().is_unsaved(), "{:?}", window.notices());
    window.menu("File", "Reload from disk");
    assert_eq!(window.titles()[0], title);
    window.ctrl(Key::N);
    assert!(window.app().session().path().is_none());
}

#[test]
fn memory_and_handles_grow_by_nothing() {
    if std::env::var_os(ALONE).is_some() {
        return sit();
    }
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "soak::memory_and_handles_grow_by_nothing", "--nocapture"]).env(ALONE, "1");
    assert!(program.status().unwrap().success(), "what it says is above");
}

fn sit() {
    let rounds = std::env::var(ROUNDS).ok().and_then(|text| text.parse().ok()).unwrap_or(FEW);
    let folder = tempfile::tempdir().unwrap();
    for name in [FILE, "second.ron"] {
        std::fs::write(folder.path().join(name), TREATY).unwrap();
    }
    let mut random = Random::of(16, rounds as u64);
    let mut window = sit_down(Setup { folder: Some(folder), ..Setup::default() });
    let begun = Instant::now();
    let mut first = None;
    for number in 1..=rounds {
        round(&mut window, number, &mut random);
        if number % SITTING == 0 {
            window = sit_down(Setup { folder: Some(window.crash()), ..Setup::default() });
        }
        if number % (rounds / 20).max(1) == 0 {
            let Some((pages, handles)) = held() else { continue };
            let kept = window.harness.ctx.data(|data| data.len());
            let since = begun.elapsed();
            println!("{number:6} rounds, {since:5.0?}: {:6} kB, {handles} handles, {kept} kept by egui", pages * 4);
            // What is kept for the next time is there after a tenth. Jobs that are not over yet hold a file or a pipe each, so a
            // few more are no leak: one that leaks a handle a round is past that soon.
            let (_, usual) = *first.get_or_insert((pages, handles));
            assert!(handles <= usual + 4, "{handles} handles after {number} rounds, {usual} at first");
        }
    }
}
