//! What a single frame of the whole program shows, and of it what came of the key that was struck in it.

use std::sync::Arc;

use annalist::app::{App, OpenRequest, Settings};
use eframe::App as _;
use egui::epaint::{ClippedPrimitive, Primitive, Vertex};
use egui::{Event, Key, Modifiers, RawInput, vec2};

use super::pictures::Still;

/// The program, frame by frame.
struct Window {
    ctx: egui::Context,
    app: App,
    frame: eframe::Frame,
    seconds: f64,
}

impl Window {
    fn on_the_sample() -> Self {
        let ctx = egui::Context::default();
        // A scroll bar of the inspector would fade for some frames.
        let settings = Settings { reduce_motion: true, inspector: false, ..Settings::default() };
        let app = App::new(&ctx, settings, OpenRequest::Sample, Arc::new(Still));
        let mut window = Self { ctx, app, frame: eframe::Frame::_new_kittest(), seconds: 0.0 };
        window.settle();
        window
    }

    /// Runs one frame; what it puts on the screen.
    fn frame(&mut self, events: Vec<Event>) -> Vec<Vertex> {
        self.seconds += 1.0 / 60.0;
        let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, vec2(1360.0, 840.0));
        let (screen_rect, time) = (Some(screen), Some(self.seconds));
        let input = RawInput { screen_rect, time, events, focused: true, ..RawInput::default() };
        let (app, frame) = (&mut self.app, &mut self.frame);
        let mut output = self.ctx.run_ui(input, |ui| app.ui(ui, frame));
        output.textures_delta.clear();
        let meshes = self.ctx.tessellate(output.shapes, output.pixels_per_point).into_iter();
        let vertices = meshes.filter_map(|ClippedPrimitive { primitive, .. }| match primitive {
            Primitive::Mesh(mesh) => Some(mesh.vertices),
            Primitive::Callback(_) => None,
        });
        vertices.flatten().collect()
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) -> Vec<Vertex> {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        let held = [Event::ModifiersChanged(modifiers), event(true), event(false)];
        self.frame(held.into_iter().chain([Event::ModifiersChanged(Modifiers::NONE)]).collect())
    }

    /// Runs frames until nothing moves; what they show in the end.
    fn settle(&mut self) -> Vec<Vertex> {
        let mut last = self.frame(Vec::new());
        for _ in 0..200 {
            let next = self.frame(Vec::new());
            let is_still = next == last && !self.app.is_busy();
            last = next;
            if is_still {
                break;
            }
        }
        assert!(self.frame(Vec::new()) == last, "nothing moves any more");
        last
    }
}

#[test]
fn the_frame_of_a_key_that_changes_something_shows_what_came_of_it() {
    let mut window = Window::on_the_sample();
    window.key(Modifiers::NONE, Key::Home);
    let mut before = window.settle();
    for (what, modifiers, key) in [
        ("duplicate", Modifiers::COMMAND, Key::D),
        ("undo", Modifiers::COMMAND, Key::Z),
        ("redo", Modifiers::COMMAND | Modifiers::SHIFT, Key::Z),
    ] {
        let revision = window.app.session().revision();
        let shown = window.key(modifiers, key);
        assert_ne!(window.app.session().revision(), revision, "{what}");
        assert!(shown != before, "{what}: something is seen at once");
        before = window.settle();
        assert!(shown == before, "{what}: and it is all there is to see");
    }
}
