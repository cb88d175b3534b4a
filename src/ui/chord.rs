//! Keys with what is held beside them, and how menus and lists write them.

use egui::{Key, KeyboardShortcut, Modifiers};

/// A key with what is held beside it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Chord {
    Plain(Key),
    Shift(Key),
    Ctrl(Key),
    CtrlShift(Key),
    Alt(Key),
}

impl Chord {
    /// The key and its modifiers as egui has them.
    pub const fn shortcut(self) -> KeyboardShortcut {
        match self {
            Self::Plain(key) => KeyboardShortcut::new(Modifiers::NONE, key),
            Self::Shift(key) => KeyboardShortcut::new(Modifiers::SHIFT, key),
            Self::Ctrl(key) => KeyboardShortcut::new(Modifiers::COMMAND, key),
            Self::Alt(key) => KeyboardShortcut::new(Modifiers::ALT, key),
            Self::CtrlShift(key) => KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key),
        }
    }
}

/// A key as menus and lists write it: `Ctrl+Shift+Z`, `Ctrl+.`, `+`, `←`.
pub fn shortcut_text(ctx: &egui::Context, shortcut: &KeyboardShortcut) -> String {
    let sign = key_sign(shortcut.logical_key);
    if shortcut.modifiers.is_none() {
        return sign.to_owned();
    }
    let words = ctx.format_shortcut(shortcut);
    match words.strip_suffix(shortcut.logical_key.name()) {
        Some(modifiers) => format!("{modifiers}{sign}"),
        None => words,
    }
}

fn key_sign(key: Key) -> &'static str {
    match key {
        Key::Plus => "+",
        Key::Minus => "−",
        Key::Equals => "=",
        Key::Period => ".",
        Key::Comma => ",",
        Key::Questionmark => "?",
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        key => key.name(),
    }
}
