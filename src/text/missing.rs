//! Characters that no bundled font has.

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use super::fonts::font_with;
use super::line::is_invisible;
use super::{Face, MOST_BYTES};

/// The graphemes of a text, as far as it is shaped, that are drawn as boxes.
pub fn missing(text: &str) -> impl Iterator<Item = &str> {
    let shaped = text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or_default();
    let is_missing = |grapheme: &&str| !grapheme.is_ascii() && grapheme.chars().any(|c| stand_in(c).is_some_and(lacks));
    let graphemes = (!shaped.is_ascii()).then(|| shaped.graphemes(true));
    graphemes.into_iter().flatten().filter(is_missing)
}

/// The character that is drawn for one: itself, unless no font has it and it is another in a typeface of its own, as letters of
/// formulas are. None for what is not drawn at all.
pub(super) fn stand_in(character: char) -> Option<char> {
    if character.is_control() || is_invisible(character) || matches!(character, '\u{fe00}'..='\u{fe0f}') {
        return None;
    }
    if !lacks(character) {
        return Some(character);
    }
    let mut plain = character.nfkc();
    let one = plain.next().filter(|_| plain.next().is_none());
    Some(one.filter(|plain| !lacks(*plain)).unwrap_or(character))
}

/// Whether no font has a character.
fn lacks(character: char) -> bool {
    !character.is_ascii() && font_with(Face::Regular, character).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_has_is_named_grapheme_by_grapheme() {
        let found = |text: &'static str| missing(text).collect::<Vec<_>>();
        assert!(found("Договор ratified, 조약 비준, שָׁלוֹם, a\tb\u{200d}").is_empty());
        assert!(found("🇺🇦 statement 🇰🇵, ❤\u{fe0f} 👩\u{200d}🚀").is_empty());
        assert_eq!(found("አማ a"), ["አ", "ማ"]);
        assert_eq!(found("\u{10fffd}"), ["\u{10fffd}"]);
    }

    #[test]
    fn letters_of_formulas_are_drawn_as_plain_ones() {
        assert_eq!("𝕻𝖗𝖊𝖘𝖘".chars().filter_map(stand_in).collect::<String>(), "Press");
        assert_eq!(missing("𝕻𝖗𝖊𝖘𝖘").count(), 0);
        assert_eq!(stand_in('a'), Some('a'));
        assert_eq!(stand_in('\u{10fffd}'), Some('\u{10fffd}'));
    }
}
