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

/// The track of a window, above its status line and right of its panels.
fn track_of(window: &mut Window) -> image::RgbaImage {
    window.move_to(egui::pos2(2.0, 2.0));
    window.steps(8);
    let track = window.harness.get_by_role_and_label(egui::accesskit::Role::ListBox, "Timeline").rect();
    let picture = window.harness.render().unwrap();
    let [left, top, width, height] = [track.left(), track.top(), track.width(), track.height()].map(|at| at as u32);
    image::imageops::crop_imm(&picture, left, top, width, height).to_image()
}

#[test]
fn the_track_is_the_same_once_the_drawer_has_been_opened_and_closed() {
    for (height, days) in [(620.0, 3), (620.0, 11), (760.0, 5), (760.0, 2)] {
        let events: String = (0..25)
            .map(|at| {
                let (month, day) = (1 + at * days / 28 % 12, 1 + at * days % 28);
                format!("Event(id: \"e{at}\", title: \"Statement number {at} of the harbour\", date: \"2024-{month:02}-{day:02}\", lane: \"l{}\"),\n", at % 2)
            })
            .collect();
        let text = format!(
            "Timeline(format: 1, title: \"Dossier\", lanes: [Lane(id: \"l0\", title: \"Port\"), Lane(id: \"l1\", title: \"Town\")], events: [{events}])"
        );
        for reduce_motion in [true, false] {
            let mut setup = setup(ThemeChoice::Light, vec2(1100.0, height));
            setup.settings.reduce_motion = reduce_motion;
            let mut window = setup.on(&text);
            let before = track_of(&mut window);
            window.ctrl(egui::Key::T);
            let small = track_of(&mut window);
            assert_ne!(before.dimensions(), small.dimensions());
            window.ctrl(egui::Key::T);
            let after = track_of(&mut window);
            check_same(&before, &after, ROUNDING);
        }
    }
}
