//! Characters that no bundled font has: those that need no glyph, and what is drawn for those that are others in another form.

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use super::fonts::font_with;
use super::{Face, MOST_BYTES};

/// The graphemes of a text, as far as it is shaped, that are drawn as boxes.
pub fn missing(text: &str) -> impl Iterator<Item = &str> {
    let shaped = text.get(..text.floor_char_boundary(MOST_BYTES)).unwrap_or_default();
    let is_missing = |grapheme: &&str| !grapheme.is_ascii() && grapheme.chars().any(is_missing);
    let graphemes = (!shaped.is_ascii()).then(|| shaped.graphemes(true));
    graphemes.into_iter().flatten().filter(is_missing)
}

/// The characters that are drawn in place of one that no font has, where it is these in another form (Unicode Standard Annex 15,
/// NFKC): the letters of a ligature, those of formulas in plain type. None where it is drawn as it is.
pub(super) fn stand_in(character: char) -> Option<impl Iterator<Item = char> + Clone> {
    // Nothing below has another form that is drawn otherwise.
    if character < '\u{a0}' {
        return None;
    }
    let plain = std::iter::once(character).nfkc();
    let is_other = plain.clone().next() != Some(character);
    (is_other && lacks(character) && plain.clone().all(|plain| !lacks(plain))).then_some(plain)
}

/// Joiners, direction marks, tags and their like: no glyph of their own, so no reason to change the font.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Whether a character is drawn as a box.
fn is_missing(character: char) -> bool {
    let is_undrawn = character.is_control() || is_invisible(character) || matches!(character, '\u{fe00}'..='\u{fe0f}');
    !is_undrawn && lacks(character) && stand_in(character).is_none()
}

/// Whether no font has a character.
fn lacks(character: char) -> bool {
    !character.is_ascii() && font_with(Face::Regular, character).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Shaper, Style};

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
        assert_eq!("𝕻𝖗𝖊𝖘𝖘".chars().filter_map(stand_in).flatten().collect::<String>(), "Press");
        assert_eq!(missing("𝕻𝖗𝖊𝖘𝖘").count(), 0);
        assert!(stand_in('a').is_none() && stand_in('\u{10fffd}').is_none());
    }

    #[test]
    fn a_form_of_other_characters_is_drawn_as_these_before_it_is_a_box() {
        let drawn = |text: &str| Shaper::new().shape(text, Style::regular(13.0));
        for (text, plain) in [("ﬁne", "fine"), ("aﬄict", "afflict")] {
            assert_eq!((missing(text).count(), &drawn(text).glyphs), (0, &drawn(plain).glyphs), "{text}");
        }
        for text in ["㏂", "ﬅ", "ﻼ", "㍿", "⑴"] {
            assert_eq!(missing(text).count(), 0, "{text}");
            assert!(drawn(text).glyphs.iter().all(|glyph| glyph.id != 0), "{text}");
        }
        // What a font has stays what it is.
        assert_eq!(&*drawn("½ ² ™").text, "½ ² ™");
    }
}
