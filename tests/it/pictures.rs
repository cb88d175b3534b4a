//! What the window looks like, in three small pictures: light and whole, dark and zoomed to the ratification weeks with an
//! event selected, and the Problems drawer of a file that does not parse. Renders on the CPU, so that no GPU is needed.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test --test it pictures` writes new references; look at them before you commit them.

use std::sync::Arc;

use annalist::app::{App, OpenRequest, Pick, Picked, Platform, Settings};
use annalist::time::{CivilDay, Instant};
use annalist::ui::ThemeChoice;
use egui::{Key, vec2};
use egui_kittest::kittest::Queryable as _;
use egui_kittest::{Harness, SnapshotOptions};

use crate::software::SoftwareRenderer;

/// A machine whose clock stands still.
pub(super) struct Still;

impl Platform for Still {
    fn now(&self) -> Instant {
        Instant::from_day(CivilDay::new(2026, 11, 23)).unwrap()
    }

    fn pick(&self, _: &Pick) -> Picked {
        Picked::Cancelled
    }
}

fn window(theme: ThemeChoice, request: OpenRequest) -> Harness<'static, App> {
    let settings = Settings { theme, ..Settings::default() };
    let harness = Harness::builder()
        .with_theme(if theme == ThemeChoice::Dark { egui::Theme::Dark } else { egui::Theme::Light })
        .with_size(vec2(1200.0, 760.0))
        .with_max_steps(40)
        .renderer(SoftwareRenderer::default())
        .build_eframe(|cc| App::new(&cc.egui_ctx, settings, request, Arc::new(Still)));
    settled(harness)
}

fn settled(mut harness: Harness<'static, App>) -> Harness<'static, App> {
    for _ in 0..400 {
        harness.run_ok();
        if !harness.state().is_busy() {
            harness.run_ok();
            return harness;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    unreachable!("a job never ended");
}

/// Compares with the reference. Shapers and rasterisers of other machines may round a few pixels of text otherwise.
fn compare(mut harness: Harness<'static, App>, name: &str) {
    let options = SnapshotOptions::new().threshold(2.0).max_failed_pixels(600).output_path("tests/it/snapshots");
    harness.snapshot_options(name, &options);
}

#[test]
fn the_whole_treaty_in_light() {
    compare(window(ThemeChoice::Light, OpenRequest::Sample), "window-light");
}

#[test]
fn the_ratification_weeks_in_dark_with_an_event_selected() {
    let mut harness = window(ThemeChoice::Dark, OpenRequest::Sample);
    harness.get_by_label_contains("State Duma ratifies the treaty").click();
    harness.run_ok();
    harness.key_press(Key::F);
    let mut harness = settled(harness);
    for _ in 0..3 {
        harness.key_press(Key::Minus);
        harness.run_ok();
    }
    compare(settled(harness), "window-dark-selected");
}

#[test]
fn a_file_that_does_not_parse_with_its_problems() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.ron");
    let text = "Timeline(\n    format: 1,\n    title: \"Two slips\",\n    events: [\n        Event(tilte: \"A typo\", date: \"2024\"),\n        Event(title: \"A day that is none\", date: \"2024-02-30\"),\n        Event(title: \"This one can be read\", date: \"2024-06\"),\n    ],\n)\n";
    std::fs::write(&path, text).unwrap();
    compare(window(ThemeChoice::Light, OpenRequest::File(path)), "window-problems");
}
