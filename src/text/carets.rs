//! Where each character of a line stands, in the order in which it is written: what a caret, a selection and a click need.
//!
//! ```text
//!   written   t r e a t y _ ש ל ו ם       a character begins at its leading edge: the left one,
//!   shown     t r e a t y _ ם ו ל ש       where it reads from right to left the right one
//!             0 1 2 3 4 5 6│       7
//!                         11             behind the last stands the caret at its trailing edge
//! ```

use std::sync::Arc;

use unicode_bidi::{BidiClass, bidi_class};
use unicode_segmentation::UnicodeSegmentation;

use super::line::{Line, shape};
use super::missing::stand_in;
use super::visible::turns_letters;
use super::{Run, Style};

/// Where a character stands in its line, in points from its left end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CharPlace {
    /// Its left edge.
    pub left: f64,
    /// Its right edge.
    pub right: f64,
    /// Whether it reads from right to left.
    pub rtl: bool,
    /// Whether a caret may stand before it: not within a letter with its marks.
    pub is_first: bool,
}

impl CharPlace {
    /// Where it begins.
    pub const fn leading(&self) -> f64 {
        if self.rtl { self.right } else { self.left }
    }

    /// Where it ends.
    pub const fn trailing(&self) -> f64 {
        if self.rtl { self.left } else { self.right }
    }
}

/// A shaped line with the places of its characters.
#[derive(Debug, Clone)]
pub struct PlacedLine {
    /// The line, with signs that cannot be shown as others: as many as were given, behind a mark of direction that may stand first.
    pub run: Arc<Run>,
    /// Of each character that was given, in the order in which they are written.
    pub chars: Vec<CharPlace>,
}

/// The line of a text that as a whole reads from right to left or does not, whatever letter it begins with.
pub fn placed(text: &str, style: Style, is_from_right: bool) -> PlacedLine {
    let mark = first_strong(text).is_none_or(|rtl| rtl != is_from_right);
    let mark = mark.then_some(if is_from_right { '\u{200f}' } else { '\u{200e}' });
    let shown: String = mark.into_iter().chain(text.chars().map(as_one)).collect();
    let Line { run, clusters } = shape(shown.as_str().into(), style);
    let firsts: Vec<usize> = shown.grapheme_indices(true).map(|(at, _)| at).collect();
    let mut places: Vec<(usize, CharPlace)> = Vec::with_capacity(text.len());
    for piece in &run.pieces {
        let own = clusters.iter().filter(|(start, _)| piece.range.contains(start));
        // Several glyphs of a cluster stand for the same characters.
        let mut parts: Vec<(usize, f64)> = Vec::new();
        for (start, advance) in own {
            match parts.last_mut() {
                Some((last, sum)) if last == start => *sum += advance,
                _ => parts.push((*start, *advance)),
            }
        }
        let ends: Vec<usize> = parts.iter().skip(1).map(|(start, _)| *start).chain([piece.range.end]).collect();
        let mut x = if piece.rtl { piece.x + piece.width_pt } else { piece.x };
        for ((start, advance), end) in parts.into_iter().zip(ends) {
            let text = shown.get(start..end).unwrap_or_default();
            // Letters that are joined to one glyph share its width.
            let is_first = |at: usize| firsts.binary_search(&(start + at)).is_ok();
            let letters = text.char_indices().filter(|(at, _)| is_first(*at)).count().max(1);
            let each = advance / letters as f64;
            for (nth, (at, _)) in text.char_indices().enumerate() {
                let is_first = is_first(at);
                let width = if is_first || nth == 0 { each } else { 0.0 };
                let (left, right) = if piece.rtl { (x - width, x) } else { (x, x + width) };
                x = if piece.rtl { left } else { right };
                places.push((start + at, CharPlace { left, right, rtl: piece.rtl, is_first }));
            }
        }
    }
    places.sort_by_key(|(at, _)| *at);
    let chars = places.into_iter().skip(usize::from(mark.is_some())).map(|(_, place)| place).collect();
    PlacedLine { run: Arc::new(run), chars }
}

/// Whether the first letter of a text is written from right to left (Unicode Standard Annex 9, rule P2); none where it has none.
fn first_strong(text: &str) -> Option<bool> {
    text.chars().find_map(|c| match bidi_class(c) {
        BidiClass::L => Some(false),
        BidiClass::R | BidiClass::AL => Some(true),
        _ => None,
    })
}

/// One character for each that is typed, so that a caret can stand before it.
fn as_one(c: char) -> char {
    if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
        return ' ';
    }
    if turns_letters(c) {
        return '\u{fffd}';
    }
    let mut plain = stand_in(c).into_iter().flatten();
    match (plain.next(), plain.next()) {
        (Some(plain), None) => plain,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STYLE: Style = Style::regular(13.0);

    fn leading(text: &str, is_from_right: bool) -> Vec<f64> {
        placed(text, STYLE, is_from_right).chars.iter().map(CharPlace::leading).collect()
    }

    #[test]
    fn hebrew_begins_at_the_right_and_goes_left() {
        let edges = leading("שלום", true);
        assert!(edges.is_sorted_by(|a, b| a > b), "{edges:?}");
        let PlacedLine { run, chars } = placed("שלום", STYLE, true);
        assert!((chars[0].leading() - run.width_pt).abs() < 1e-9 && chars[3].trailing().abs() < 1e-9);
    }

    #[test]
    fn latin_and_numbers_within_go_right() {
        let edges = leading("של 24 ab", true);
        let (number, latin) = (&edges[3..5], &edges[6..8]);
        assert!(number.is_sorted_by(|a, b| a < b) && latin.is_sorted_by(|a, b| a < b), "{edges:?}");
        assert!(latin[1] < number[0] && number[1] < edges[1], "{edges:?}");
    }

    #[test]
    fn a_line_has_the_direction_of_its_paragraph() {
        let PlacedLine { run, chars } = placed("ab של", STYLE, true);
        assert_eq!(chars.len(), 5);
        assert!(run.rtl && chars[0].left > chars[3].right);
        assert!(!placed("של ab", STYLE, false).run.rtl);
    }

    #[test]
    fn a_letter_with_marks_has_one_place_and_joined_letters_share_theirs() {
        let marked = placed("שָׁל", STYLE, true).chars;
        assert_eq!(marked.iter().map(|place| place.is_first).collect::<Vec<_>>(), [true, false, false, true]);
        let joined = placed("لا", STYLE, true).chars;
        assert!((joined[0].right - joined[0].left - (joined[1].right - joined[1].left)).abs() < 1e-9, "{joined:?}");
    }

    proptest! {
        #[test]
        fn every_character_has_a_place_and_together_they_fill_the_line(
            text in "[ a-c0-9אבגمرحبالا()«»한\u{301}\u{5b8}\t\u{200f}\u{202e}ﬁ]{0,24}",
            is_from_right in any::<bool>(),
        ) {
            let PlacedLine { run, chars } = placed(&text, STYLE, is_from_right);
            prop_assert_eq!(chars.len(), text.chars().count());
            let sum: f64 = chars.iter().map(|place| place.right - place.left).sum();
            prop_assert!((sum - run.width_pt).abs() < 1e-6, "{} of {}", sum, run.width_pt);
            prop_assert!(chars.iter().all(|place| -1e-6 <= place.left && place.right <= run.width_pt + 1e-6));
        }
    }
}
