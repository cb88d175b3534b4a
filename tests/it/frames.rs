//! What a single frame of the whole program shows, and of it what came of the key that was struck in it.

use annalist::app::{OpenRequest, Settings};
use egui::epaint::{ClippedPrimitive, Primitive, Vertex};
use egui::{Event, Key, Modifiers};

use super::window::{Setup, Window};

/// What the last frame put on the screen.
fn shown(window: &Window) -> Vec<Vertex> {
    let output = window.harness.output();
    let meshes = window.harness.ctx.tessellate(output.shapes.clone(), output.pixels_per_point).into_iter();
    let vertices = meshes.filter_map(|ClippedPrimitive { primitive, .. }| match primitive {
        Primitive::Mesh(mesh) => Some(mesh.vertices),
        Primitive::Callback(_) => None,
    });
    vertices.flatten().collect()
}

/// What the one frame shows in which a key is pressed and let go.
fn struck(window: &mut Window, modifiers: Modifiers, key: Key) -> Vec<Vertex> {
    let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
    let held = [Event::ModifiersChanged(modifiers), event(true), event(false)];
    window.frame(held.into_iter().chain([Event::ModifiersChanged(Modifiers::NONE)]));
    shown(window)
}

/// What is shown once nothing moves any more.
fn settled(window: &mut Window) -> Vec<Vertex> {
    window.settle();
    let still = shown(window);
    window.steps(1);
    assert!(shown(window) == still, "nothing moves any more");
    still
}

#[test]
fn the_frame_of_a_key_that_changes_something_shows_what_came_of_it() {
    // A scroll bar of the inspector would fade for some frames.
    let settings = Settings { reduce_motion: true, inspector: false, ..Settings::default() };
    let mut window = Setup { settings, step_seconds: 1.0 / 60.0, ..Setup::default() }.open(OpenRequest::Sample);
    window.key(Key::Home);
    let mut before = settled(&mut window);
    for (what, modifiers, key) in [
        ("duplicate", Modifiers::COMMAND, Key::D),
        ("undo", Modifiers::COMMAND, Key::Z),
        ("redo", Modifiers::COMMAND | Modifiers::SHIFT, Key::Z),
    ] {
        let revision = window.app().session().revision();
        let shown = struck(&mut window, modifiers, key);
        assert_ne!(window.app().session().revision(), revision, "{what}");
        assert!(shown != before, "{what}: something is seen at once");
        before = settled(&mut window);
        // A notice that is new comes last, in a frame of its own: egui lays an area out once before it paints it.
        assert!(before.starts_with(&shown), "{what}: and it is all there is to see");
        assert!(what == "duplicate" || shown.len() == before.len(), "{what}: nothing comes later");
    }
}
