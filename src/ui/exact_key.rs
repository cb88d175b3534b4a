//! Keys of a widget, with exactly the modifiers that are meant.

use egui::{Event, Key, Modifiers, Ui};

/// Takes a key from this frame's input; says how often it was pressed. Egui's own way of taking one takes it with Shift and
/// Alt too, which on most desktops mean something else: Alt+← is the way back.
pub(super) fn take_key(ui: &Ui, modifiers: Modifiers, key: Key) -> usize {
    ui.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| {
            !matches!(event, Event::Key { key: pressed, pressed: true, modifiers: held, .. }
                if *pressed == key && held.matches_exact(modifiers))
        });
        before - input.events.len()
    })
}
