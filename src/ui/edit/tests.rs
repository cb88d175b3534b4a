//! A field with letters from right to left under keys and pointer.

use egui::{Context, Modifiers, OutputCommand, PointerButton, RawInput, pos2, vec2};

use super::*;

/// A field alone on a screen, and what is in it.
struct Desk {
    ctx: Context,
    text: String,
    editing: Editing,
    time: f64,
    /// Where its text begins.
    copied: Vec<String>,
    rect: Rect,
}

impl Desk {
    fn new(text: &str, editing: Editing) -> Self {
        let ctx = Context::default();
        crate::ui::fonts::install(&ctx);
        let mut desk = Self { ctx, text: text.to_owned(), editing, time: 0.0, copied: Vec::new(), rect: Rect::ZERO };
        desk.frame([]);
        desk.ctx.memory_mut(|memory| memory.request_focus(Self::id()));
        desk.frame([]);
        desk
    }

    fn id() -> Id {
        Id::unique("field")
    }

    fn frame(&mut self, events: impl IntoIterator<Item = Event>) {
        self.time += 1.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(400.0, 300.0))),
            time: Some(self.time),
            events: events.into_iter().collect(),
            focused: true,
            ..RawInput::default()
        };
        let Self { text, editing, rect, ctx, .. } = self;
        let mut output = ctx.run_ui(input, |ui| {
            *rect = edit_ui(ui, Self::id(), text, editing, |edit| {
                edit.desired_width(200.0).margin(egui::Margin::symmetric(4, 2))
            })
            .rect;
        });
        output.textures_delta.clear();
        let copied =
            std::mem::take(&mut output.platform_output).commands.into_iter().filter_map(|command| match command {
                OutputCommand::CopyText(text) => Some(text),
                _ => None,
            });
        self.copied.extend(copied);
    }

    fn press(&mut self, key: Key, modifiers: Modifiers) {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        self.frame([event(true)]);
        self.frame([event(false)]);
    }

    fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.frame([Event::Text(letter.to_string())]);
        }
    }

    fn laid(&self) -> Arc<Laid> {
        let kept: Kept = self.ctx.data(|data| data.get_temp(Self::id())).expect("laid out here");
        kept.laid
    }

    /// The two ends of the selection, that which moves first.
    fn selected(&self) -> (usize, usize) {
        let state = TextEditState::load(&self.ctx, Self::id()).expect("a state");
        let range = state.cursor.char_range().expect("a caret");
        (range.primary.index.0, range.secondary.index.0)
    }

    fn caret_x(&self) -> f32 {
        self.laid().caret(self.selected().0).left()
    }

    fn pointer(&mut self, x: f32, pressed: Option<bool>) {
        // As far inside as its frame is.
        let pos = pos2(self.rect.left() + 4.0 + x, self.rect.center().y);
        let button =
            |pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
        self.frame([Event::PointerMoved(pos)].into_iter().chain(pressed.map(button)));
    }
}

#[test]
fn hebrew_is_typed_from_the_right_and_arrows_go_where_they_point() {
    let mut desk = Desk::new("", Editing::line());
    desk.type_text("שלום");
    assert_eq!(desk.text, "שלום");
    assert_eq!(desk.selected(), (4, 4));
    let mut before = desk.caret_x();
    for at in [3, 2, 1, 0] {
        desk.press(Key::ArrowRight, Modifiers::NONE);
        assert_eq!(desk.selected(), (at, at));
        assert!(desk.caret_x() > before);
        before = desk.caret_x();
    }
    desk.press(Key::ArrowLeft, Modifiers::NONE);
    desk.type_text("א");
    assert_eq!(desk.text, "שאלום");
    desk.press(Key::Home, Modifiers::NONE);
    assert_eq!(desk.selected().0, 0);
    desk.press(Key::End, Modifiers::NONE);
    desk.press(Key::Backspace, Modifiers::NONE);
    assert_eq!(desk.text, "שאלו");
}

#[test]
fn latin_and_numbers_within_are_stepped_through_as_they_are_seen() {
    let mut desk = Desk::new("", Editing::lines());
    desk.type_text("הסכם 2024 AP");
    let mut places = vec![desk.caret_x()];
    for _ in 0..12 {
        desk.press(Key::ArrowRight, Modifiers::NONE);
        places.push(desk.caret_x());
    }
    assert!(places.is_sorted_by(|a, b| a <= b), "{places:?}");
    assert_eq!(desk.selected().0, 0, "its right end is where it begins");
}

#[test]
fn what_is_selected_with_shift_is_copied_as_it_is_written() {
    let mut desk = Desk::new("AP: שלום עולם", Editing::line());
    desk.press(Key::Home, Modifiers::NONE);
    for _ in 0..4 {
        desk.press(Key::ArrowRight, Modifiers::NONE);
    }
    // The caret stands before the first Hebrew letter, which is the one at the right.
    assert_eq!(desk.selected().0, 13, "the next place to the right is behind the last letter");
    desk.press(Key::ArrowRight, Modifiers::SHIFT);
    desk.press(Key::ArrowRight, Modifiers::SHIFT);
    assert_eq!(desk.selected(), (11, 13));
    desk.frame([Event::Copy]);
    assert_eq!(desk.copied, ["לם"]);
    desk.press(Key::ArrowRight, Modifiers::NONE);
    assert_eq!(desk.selected(), (11, 11), "an arrow leaves a selection on its side");
}

#[test]
fn the_pointer_finds_the_letter_that_it_points_at() {
    let mut desk = Desk::new("של 12 ab", Editing::line());
    let laid = desk.laid();
    for at in 0..8 {
        let place = laid.lines[0].placed.chars[at];
        // A little behind where the letter begins.
        let x = place.leading() + (place.trailing() - place.leading()) * 0.2;
        desk.pointer(x as f32, Some(true));
        desk.pointer(x as f32, Some(false));
        assert_eq!(desk.selected(), (at, at));
    }
    let x = |at: usize| laid.caret(at).left();
    desk.pointer(x(1) + 1.0, Some(true));
    desk.pointer(x(7) + 1.0, None);
    desk.pointer(x(7) + 1.0, Some(false));
    assert_eq!(desk.selected(), (7, 1), "dragged over a change of direction");
    desk.frame([Event::Copy]);
    assert_eq!(desk.copied, ["ל 12 a"]);
}

#[test]
fn lines_that_wrap_are_gone_through_up_and_down() {
    let mut desk = Desk::new(&"שלום עולם טוב ".repeat(6), Editing::lines());
    desk.press(Key::Home, Modifiers::COMMAND | Modifiers::CTRL);
    let rows = desk.laid().lines.len();
    assert!(rows > 2);
    let mut before = desk.laid().caret(desk.selected().0).top();
    for _ in 1..rows {
        desk.press(Key::ArrowDown, Modifiers::NONE);
        let top = desk.laid().caret(desk.selected().0).top();
        assert!(top > before);
        before = top;
    }
    desk.press(Key::ArrowUp, Modifiers::NONE);
    assert!(desk.laid().caret(desk.selected().0).top() < before);
}

#[test]
fn what_has_no_such_letters_is_left_to_egui() {
    let mut desk = Desk::new("", Editing::line());
    desk.type_text("Treaty 2024");
    assert!(desk.ctx.data(|data| data.get_temp::<Kept>(Desk::id())).is_none());
    desk.type_text(" ש");
    assert_eq!(desk.laid().text, "Treaty 2024 ש");
}
