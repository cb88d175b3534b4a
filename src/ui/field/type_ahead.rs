//! Type-ahead of a list of choices: letters typed in quick succession are one prefix, which chooses the option that begins with it.
//!
//! The first letter chooses at once and those after it choose again. Whoever carries out the choices is told which of them takes the
//! place of the one before, so that a word is one step to undo.

use egui::{Context, Event, Id, Key, Ui};

use crate::query::fold;

/// Letters that follow each other within this time are one prefix, in seconds.
const PREFIX_SECONDS: f64 = 1.0;

/// The letters typed last at a list.
#[derive(Debug, Clone)]
struct Prefix {
    /// The button of the list.
    list: Id,
    /// Folded, with those that matched nothing: the rest of a word that is not there must not choose another.
    letters: String,
    /// When the last of them was typed, in seconds of the window.
    at: f64,
    /// Whether a value has been chosen by them.
    has_chosen: bool,
}

/// A value that letters chose in this frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TypedChoice {
    /// The first of a prefix.
    #[default]
    First,
    /// It takes the place of the one that the same prefix chose before.
    Again,
}

fn choice_id() -> Id {
    Id::unique("value chosen by letters")
}

/// Takes note that the letters typed at a list have chosen a value that is to be carried out.
pub(super) fn note_choice(ctx: &Context, list: Id) {
    let Some(mut typed) = prefix(ctx, list) else { return };
    let choice = if typed.has_chosen { TypedChoice::Again } else { TypedChoice::First };
    typed.has_chosen = true;
    ctx.data_mut(|data| {
        data.insert_temp(prefix_id(), typed);
        data.insert_temp(choice_id(), choice);
    });
}

/// What letters have chosen since this was last asked.
pub fn take_typed_choice(ctx: &Context) -> Option<TypedChoice> {
    ctx.data_mut(|data| data.remove_temp(choice_id()))
}

fn prefix_id() -> Id {
    Id::unique("letters typed at a list")
}

/// The letters typed at a list so far, whenever that was.
fn prefix(ctx: &Context, list: Id) -> Option<Prefix> {
    ctx.data(|data| data.get_temp::<Prefix>(prefix_id())).filter(|prefix| prefix.list == list)
}

/// Whether letters have been typed at a list since the keyboard came to it.
pub fn is_typed_at(ctx: &Context, list: Id) -> bool {
    prefix(ctx, list).is_some()
}

/// Forgets what was typed at a list: the keyboard comes to it, or has left it.
pub(super) fn forget(ctx: &Context, list: Id) {
    if is_typed_at(ctx, list) {
        ctx.data_mut(|data| data.remove::<Prefix>(prefix_id()));
    }
}

/// Takes the letters and digits of this frame from the input, together with their keys, which may be those of commands. A blank is
/// one of them only where it goes on with the prefix of an option: else it is the key that opens a list or takes an entry.
pub(super) fn take_letters<T>(ui: &Ui, list: Id, options: &[(T, String)]) -> Option<String> {
    let typed: String = ui.input(|input| {
        let texts = input.events.iter().filter_map(|event| match event {
            Event::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect()
    });
    let is_blank = |text: &str| text.chars().all(char::is_whitespace);
    let is_letters = typed.chars().all(|letter| letter.is_alphanumeric() || letter == ' ');
    if typed.is_empty() || !is_letters {
        return None;
    }
    if is_blank(&typed) {
        let longer = live_prefix(ui, list).map(|prefix| prefix.letters).unwrap_or_default() + &typed;
        let goes_on = !is_blank(&longer) && options.iter().any(|(_, wording)| begins(wording, &longer));
        if !goes_on {
            return None;
        }
    }
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Text(_) => false,
            Event::Key { key, pressed, .. } => !(*pressed && (key.name().chars().count() == 1 || *key == Key::Space)),
            _ => true,
        });
    });
    Some(typed)
}

/// The position of the option that these letters choose after those typed before, from the option at `at`; none where no option
/// begins so.
pub(super) fn choose<T>(ui: &Ui, list: Id, letters: &str, at: Option<usize>, options: &[(T, String)]) -> Option<usize> {
    let before = live_prefix(ui, list);
    let has_chosen = before.as_ref().is_some_and(|before| before.has_chosen);
    let mut prefix = before.map(|before| before.letters).unwrap_or_default();
    let mut chosen = None;
    for letter in fold(letters).chars() {
        prefix.push(letter);
        chosen = position(&prefix, chosen.or(at), options).or(chosen);
    }
    let prefix = Prefix { list, letters: prefix, at: ui.input(|input| input.time), has_chosen };
    ui.data_mut(|data| data.insert_temp(prefix_id(), prefix));
    chosen
}

/// The prefix that a letter typed now goes on with.
fn live_prefix(ui: &Ui, list: Id) -> Option<Prefix> {
    let now = ui.input(|input| input.time);
    prefix(ui.ctx(), list).filter(|prefix| now - prefix.at < PREFIX_SECONDS)
}

fn begins(wording: &str, prefix: &str) -> bool {
    fold(wording).starts_with(prefix)
}

/// The position of the option that a folded prefix chooses, from the option at `at` and around. A first letter, and the same
/// letter again, go on to the next option; more letters stay with one that begins with them.
fn position<T>(prefix: &str, at: Option<usize>, options: &[(T, String)]) -> Option<usize> {
    let around = |from: usize, prefix: &str| {
        (from..options.len())
            .chain(0..from.min(options.len()))
            .find(|at| options.get(*at).is_some_and(|(_, wording)| begins(wording, prefix)))
    };
    let next = at.map_or(0, |at| at + 1);
    let mut letters = prefix.chars();
    let first = letters.next()?;
    let is_repeated = letters.all(|letter| letter == first);
    let is_single = prefix.len() == first.len_utf8();
    let whole = around(if is_single { next } else { at.unwrap_or(0) }, prefix);
    whole.or_else(|| is_repeated.then(|| around(next, first.encode_utf8(&mut [0; 4]))).flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The position that a word chooses letter by letter.
    fn chosen(word: &str, at: usize) -> usize {
        let words = ["Confirmed", "Reported", "Alleged", "Disputed", "Denied", "Retracted", "Expected"];
        let options = words.map(|word| ((), word.to_owned()));
        let mut prefix = String::new();
        word.chars().fold(at, |at, letter| {
            prefix.push(letter);
            position(&prefix, Some(at), &options).unwrap_or(at)
        })
    }

    #[test]
    fn letters_are_one_prefix() {
        assert_eq!(["alle", "conf", "disp", "de", "e"].map(|word| chosen(word, 1)), [2, 0, 3, 4, 6]);
        assert_eq!(["disp", "reported", "ret"].map(|word| chosen(word, 3)), [3, 1, 5]);
    }

    #[test]
    fn what_matches_nothing_changes_nothing() {
        assert_eq!(["x", "xal", "alx", "alxe"].map(|word| chosen(word, 1)), [1, 1, 2, 2]);
    }

    #[test]
    fn the_same_letter_again_goes_to_the_next() {
        assert_eq!(["d", "dd", "ddd", "r", "rr"].map(|word| chosen(word, 1)), [3, 4, 3, 5, 1]);
    }
}
