//! What the window looks like: the pictures of the README, which are the references here and so cannot go stale, and the
//! Problems drawer of a file that does not parse. Renders on the CPU, so that no GPU is needed.
//!
//! `UPDATE_SNAPSHOTS=force cargo test --test it pictures` makes all of them anew; look at them before you commit them.

use std::collections::BTreeSet;
use std::path::Path;

use annalist::app::{OpenRequest, Settings};
use annalist::ui::ThemeChoice;
use egui::vec2;
use egui_kittest::SnapshotOptions;
use egui_kittest::kittest::Queryable as _;

use super::pixels::{ROUNDING, check_same};
use super::window::{Setup, Window};

fn setup(theme: ThemeChoice, size: egui::Vec2) -> Setup {
    Setup { settings: Settings { theme, ..Settings::default() }, reads: true, size, renders: true, ..Setup::default() }
}

/// Where the pictures of the README are, from the root of the package.
const SCREENSHOTS: &str = "assets/screenshots";

/// The pictures of the README.
const NAMES: [&str; 3] = ["dark", "light", "selected"];

/// The sample as the README shows it.
fn sample(theme: ThemeChoice) -> Window {
    setup(theme, vec2(1440.0, 900.0)).open(OpenRequest::Sample)
}

/// Chooses what has this name without a pointer, which would leave a card.
fn choose(mut window: Window, name: &str) -> Window {
    window.harness.get_by_label_contains(name).click_accesskit();
    window.settle();
    window
}

/// Compares with the reference. Shapers and rasterisers of other machines may round a few pixels of text otherwise; what is
/// missing shows in its region.
fn compare(mut window: Window, folder: &str, name: &str) {
    let options = SnapshotOptions::new().threshold(2.0).max_failed_pixels(600).output_path(folder);
    window.harness.snapshot_options(name, &options);
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(format!("{name}.png"));
    let reference = image::open(reference).unwrap().to_rgba8();
    check_same(&reference, &window.harness.render().unwrap(), ROUNDING);
}

#[test]
fn the_whole_treaty_in_light() {
    compare(sample(ThemeChoice::Light), SCREENSHOTS, "light");
}

#[test]
fn the_ratification_weeks_in_dark() {
    compare(choose(sample(ThemeChoice::Dark), "Ratification weeks"), SCREENSHOTS, "dark");
}

#[test]
fn the_vote_selected_in_the_ratification_weeks() {
    let weeks = choose(sample(ThemeChoice::Light), "Ratification weeks");
    compare(choose(weeks, "State Duma ratifies the treaty"), SCREENSHOTS, "selected");
}

#[test]
fn the_readme_shows_these_pictures_and_no_others() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let shown: BTreeSet<&str> =
        readme.split("](").skip(1).filter_map(|rest| rest.split_once(')')?.0.strip_suffix(".png")).collect();
    let made: Vec<String> = NAMES.iter().map(|name| format!("{SCREENSHOTS}/{name}")).collect();
    assert_eq!(shown, made.iter().map(String::as_str).collect());
    let kept = std::fs::read_dir(root.join(SCREENSHOTS)).unwrap();
    let kept: BTreeSet<String> = kept.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    let is_reference = |name: &&String| !name.contains(".new.") && !name.contains(".diff.") && !name.contains(".old.");
    let expected: BTreeSet<String> = NAMES.iter().map(|name| format!("{name}.png")).collect();
    assert_eq!(kept.iter().filter(is_reference).cloned().collect::<BTreeSet<_>>(), expected);
}

#[test]
fn a_file_that_does_not_parse_with_its_problems() {
    let text = "Timeline(\n    format: 1,\n    title: \"Two slips\",\n    events: [\n        Event(tilte: \"A typo\", date: \"2024\"),\n        Event(title: \"A day that is none\", date: \"2024-02-30\"),\n        Event(title: \"This one can be read\", date: \"2024-06\"),\n    ],\n)\n";
    compare(setup(ThemeChoice::Light, vec2(1200.0, 760.0)).on(text), "tests/it/snapshots", "window-problems");
}
