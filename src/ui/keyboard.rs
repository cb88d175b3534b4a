//! The keyboard between frames: every key meets the window that the key or click before it has left, and whatever a field
//! was asked for waits until that field has the focus.
//!
//! Owns in which frame a key arrives, whether it may run a command, and that a text reached with Tab is selected. Which key
//! runs which command belongs to `command`.

use egui::{Context, Event, Id, InputState, Key, KeyboardShortcut, Plugin, RawInput, Ui, WidgetRect};

use super::edit::LeftHistory;
use super::{Action, Command};

/// Frames for which keys wait for a field that was asked for: it is drawn in the first, and takes the focus in the second
/// where it stands in a dialog, whose size is measured first.
const PATIENCE: u8 = 3;

/// Whom the keys of a frame belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyboardOwner {
    /// A field of text, or a form whose text is not committed: only combinations are commands that no field uses itself, and undo
    /// and redo where the field has nothing for them.
    Text,
    /// The form of a new event that has lost the focus: as with a text, but the key that opened it leads back into it.
    NewEvent,
    /// Some other widget: Enter and the arrows stay with it.
    Widget,
    /// Nobody.
    Free,
}

/// Takes from this frame's input the commands whose keys were pressed.
pub fn pressed(ctx: &Context, owner: KeyboardOwner) -> Vec<Command> {
    // Of the keys with Shift, signs need it to be typed on some keyboards (`+`, `?`), so it may be held with any of them:
    // combinations that ask for it go first.
    let mut keys: Vec<(KeyboardShortcut, Command)> =
        Command::ALL.iter().flat_map(|&command| command.shortcuts().map(move |key| (key, command))).collect();
    keys.sort_by_key(|(key, _)| std::cmp::Reverse(key.modifiers.shift));
    let left = match LeftHistory::take(ctx) {
        Some(LeftHistory::Undo) => Some(Command::Undo),
        Some(LeftHistory::Redo) => Some(Command::Redo),
        None => None,
    };
    ctx.input_mut(|input| {
        keys.into_iter()
            .filter(|(key, command)| match owner {
                KeyboardOwner::Text => !belongs_to_text(key) || left == Some(*command),
                KeyboardOwner::NewEvent => *command == Command::AddEvent || !belongs_to_text(key),
                KeyboardOwner::Widget => !belongs_to_focus(key),
                KeyboardOwner::Free => true,
            })
            .filter(|(key, _)| consume(input, key))
            .map(|(_, command)| command)
            .collect()
    })
}

/// Takes from this frame's input what concerns the clipboard and no text: egui has these keys come as events of their own.
pub fn clipboard(ctx: &Context, owner: KeyboardOwner) -> Vec<Action> {
    if !matches!(owner, KeyboardOwner::Widget | KeyboardOwner::Free) {
        return Vec::new();
    }
    let mut actions = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            actions.push(match event {
                Event::Copy => Action::Run(Command::CopyEvents),
                Event::Cut => Action::Run(Command::CutEvents),
                Event::Paste(text) => Action::Paste(text.clone()),
                _ => return true,
            });
            false
        });
    });
    actions
}

/// Takes a key from the input. Egui would take it with Alt too where that is not asked for.
fn consume(input: &mut InputState, key: &KeyboardShortcut) -> bool {
    let count = input.events.len();
    input.events.retain(|event| match event {
        Event::Key { key: pressed, pressed: true, modifiers, .. } => {
            *pressed != key.logical_key
                || modifiers.alt != key.modifiers.alt
                || !modifiers.matches_logically(key.modifiers)
        }
        _ => true,
    });
    input.events.len() < count
}

fn belongs_to_text(key: &KeyboardShortcut) -> bool {
    // A capital letter is typed as a small one is, which egui does not reckon with.
    let is_typed = !key.modifiers.command && !key.modifiers.ctrl && !key.modifiers.alt;
    // What is typed is stepped through while one types, and left for another part of the window.
    !matches!(key.logical_key, Key::F3 | Key::F6) && (is_typed || key.conflicts_with_text_editing())
        || matches!(key.logical_key, Key::Z | Key::Y | Key::A | Key::C | Key::X | Key::V)
}

fn belongs_to_focus(key: &KeyboardShortcut) -> bool {
    key.modifiers.is_none()
        && matches!(key.logical_key, Key::Enter | Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown)
}

/// Keys that wait for their frame, and the focus as it was.
#[derive(Debug, Default)]
struct KeyQueue {
    held: Vec<Event>,
    /// Frames for which a field that was asked for is still waited for.
    awaited: u8,
    /// What had the focus at the end of the last frame.
    focused: Option<Id>,
    /// Frames since Tab was pressed, up to two: Shift+Tab moves the focus in the second.
    since_tab: u8,
}

/// Has keys arrive in order from now on.
pub fn install(ctx: &Context) {
    ctx.add_plugin(KeyQueue { since_tab: 2, ..KeyQueue::default() });
}

/// Holds the keys back until a field of text has the focus, for a few frames at most. To be called when one is asked for.
pub fn await_field(ctx: &Context) {
    ctx.with_plugin(|queue: &mut KeyQueue| queue.awaited = PATIENCE);
}

/// The widget that has the focus, as it was drawn last. Egui's `read_response` is no way to ask: in the frame of a click
/// elsewhere, which may be the click that gave the widget the focus, it takes the focus away again.
pub fn focused(ctx: &Context) -> Option<WidgetRect> {
    let id = ctx.memory(|memory| memory.focused())?;
    ctx.viewport(|viewport| {
        let drawn = viewport.this_pass.widgets.get(id).or_else(|| viewport.prev_pass.widgets.get(id));
        drawn.copied()
    })
}

/// A field whose text Tab does not select: the first letter would replace a whole note.
pub fn keep_caret(ctx: &Context, field: Id) {
    ctx.data_mut(|data| data.insert_temp(field.with("keeps its caret"), true));
}

impl Plugin for KeyQueue {
    fn debug_name(&self) -> &'static str {
        "keyboard"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        // A second pass shows what came of the first: it has no input of its own.
        if ctx.current_pass_index() > 0 {
            return;
        }
        let typing = ctx.text_edit_focused();
        let mut events = std::mem::take(&mut self.held);
        events.append(&mut input.events);
        self.awaited = if typing { 0 } else { self.awaited.saturating_sub(1) };
        let cut = if self.awaited > 0 {
            events.iter().position(is_key).unwrap_or(events.len())
        } else {
            cut(&events, typing)
        };
        self.held = events.split_off(cut);
        input.events = events;
        if self.awaited > 0 || !self.held.is_empty() {
            ctx.request_repaint();
        }
    }

    fn on_end_pass(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx();
        let tabbed = ctx.input(|input| input.key_pressed(Key::Tab));
        self.since_tab = if tabbed { 0 } else { self.since_tab.saturating_add(1).min(2) };
        let focused = ctx.memory(|memory| memory.focused());
        if focused != self.focused && self.since_tab < 2 {
            focused.inspect(|id| select_all(ctx, *id));
        }
        self.focused = focused;
    }
}

/// How many of these events belong to one frame. A key that is pressed after another key or a click waits for the next, since
/// what the first one does decides what the second one means. Letters typed into a field stay together, and so do the strokes
/// of a key that is held.
fn cut(events: &[Event], typing: bool) -> usize {
    let mut decided = false;
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Key { pressed: true, repeat: false, key, modifiers, .. } => {
                if decided {
                    return at;
                }
                let leaves = modifiers.command || modifiers.alt || matches!(key, Key::Enter | Key::Tab | Key::Escape);
                decided = !typing || leaves;
            }
            Event::PointerButton { .. } => decided = true,
            _ => {}
        }
    }
    events.len()
}

/// Whether it comes from the keyboard.
const fn is_key(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Paste(_) | Event::Cut | Event::Copy | Event::Ime(_))
}

/// Selects the text of a field of text.
pub fn select_all(ctx: &Context, field: Id) {
    use egui::text::{CCursor, CCursorRange};
    let keeps_caret = ctx.data(|data| data.get_temp::<bool>(field.with("keeps its caret"))).is_some();
    let Some(mut state) = egui::text_edit::TextEditState::load(ctx, field).filter(|_| !keeps_caret) else { return };
    // The field brings the end of the range back to the end of its text.
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(usize::MAX));
    state.cursor.set_char_range(Some(all));
    state.store(ctx, field);
    ctx.request_repaint();
}

#[cfg(test)]
mod tests {
    use egui::{Modifiers, PointerButton, Pos2};

    use super::*;

    fn press(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    fn text(text: &str) -> Event {
        Event::Text(text.to_owned())
    }

    #[test]
    fn a_key_after_one_that_decides_waits_for_its_frame() {
        let (none, ctrl) = (Modifiers::NONE, Modifiers::COMMAND);
        let typed = [press(Key::N, none), text("n"), press(Key::R, none), text("r")];
        assert_eq!(cut(&typed, false), 2, "N may open a form, to which the r belongs");
        assert_eq!(cut(&typed, true), 4, "letters of a word come together");
        let entered = [press(Key::A, none), text("a"), press(Key::Enter, none), press(Key::Delete, none)];
        assert_eq!(cut(&entered, true), 3);
        assert_eq!(cut(&[press(Key::K, ctrl), press(Key::Z, none), text("z")], true), 1);
        let click =
            Event::PointerButton { pos: Pos2::ZERO, button: PointerButton::Primary, pressed: false, modifiers: none };
        assert_eq!(cut(&[click, press(Key::Delete, none)], true), 1);
    }

    #[test]
    fn a_key_that_is_held_does_not_pile_up() {
        let stroke = |repeat| Event::Key {
            key: Key::ArrowLeft,
            physical_key: None,
            pressed: true,
            repeat,
            modifiers: Modifiers::NONE,
        };
        assert_eq!(cut(&[stroke(false), stroke(true), stroke(true)], false), 3);
        assert_eq!(cut(&[], false), 0);
    }
}
