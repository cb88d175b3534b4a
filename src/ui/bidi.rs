//! Lines from right to left on buttons and in lists that egui lays out: their words in the order in which they stand.
//!
//! egui 0.37 shapes each stretch of one font in its direction, but lays the stretches from left to right, so it is given them in that
//! order. Fields are laid out by [`super::edit`], and what is read elsewhere by [`super::letters`].

use std::borrow::Cow;
use std::ops::Range;

use unicode_bidi::{BidiClass, BidiInfo, bidi_class};

/// Whether a text has letters that are written from right to left.
pub fn has_rtl(text: &str) -> bool {
    !text.is_ascii() && text.contains(is_rtl_letter)
}

/// Whether a line is read from the right: its first letter is (Unicode Standard Annex 9, rules P2 and P3).
pub fn reads_from_right(text: &str) -> bool {
    let strong = |c: char| matches!(bidi_class(c), BidiClass::L | BidiClass::R | BidiClass::AL);
    text.chars().find(|c| strong(*c)).is_some_and(is_rtl_letter)
}

/// A short line for a button or an entry of a list, which egui lays from left to right: its words in the order in which they stand.
pub fn visual_line(text: &str) -> Cow<'_, str> {
    if !has_rtl(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(in_visual_order(&text.replace('\n', " ")))
}

/// A text with its words in the order in which they stand on the screen (Unicode Standard Annex 9, rule L2) and each word as it was
/// written, for a painter that turns its letters round.
fn in_visual_order(text: &str) -> String {
    let info = BidiInfo::new(text, None);
    let mut visual = String::with_capacity(text.len());
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let rtl = levels.get(run.start).is_some_and(|level| level.is_rtl());
            let Some(part) = text.get(run) else { continue };
            if rtl { push_words_reversed(part, &mut visual) } else { visual.push_str(part) }
        }
    }
    visual
}

fn push_words_reversed(text: &str, visual: &mut String) {
    for word in words(text).into_iter().rev() {
        let Some(word) = text.get(word) else { continue };
        if has_rtl(word) {
            visual.push_str(word);
        } else {
            visual.extend(word.chars().rev().map(mirrored));
        }
    }
}

/// Stretches of right-to-left letters with their marks, and what stands between them.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<(Range<usize>, bool)> = Vec::new();
    for (at, c) in text.char_indices() {
        let mark = bidi_class(c) == BidiClass::NSM;
        let letter = is_rtl_letter(c);
        let end = at + c.len_utf8();
        match words.last_mut() {
            Some((range, of_letters)) if mark || *of_letters == letter => range.end = end,
            _ => words.push((at..end, letter)),
        }
    }
    words.into_iter().map(|(range, _)| range).collect()
}

fn is_rtl_letter(c: char) -> bool {
    // Nothing below U+0590 is written from right to left.
    c >= '\u{590}' && matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
}

/// Brackets that open towards the reader's left in right-to-left text (the pairs that occur in titles).
fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_of_hebrew_come_from_the_right_and_stay_whole() {
        assert_eq!(visual_line("שלום עולם"), "עולם שלום");
        assert_eq!(visual_line("שלום (עולם)"), "(עולם) שלום");
    }

    #[test]
    fn numbers_and_latin_inside_keep_their_direction() {
        assert_eq!(visual_line("UN: שלום 2024"), "UN: 2024 שלום");
        assert_eq!(visual_line("Дума — ratifies"), "Дума — ratifies");
    }

    proptest! {
        #[test]
        fn no_character_is_lost(text in "[ a-c0-9אבגمرحبا()«»한\u{301}\u{5b8}\r\u{2029}\u{200f}]{0,24}") {
            let count = |text: &str| {
                let mut all: Vec<char> = text.chars().map(|c| mirrored(c).min(c)).collect();
                all.sort_unstable();
                all
            };
            prop_assert_eq!(count(&visual_line(&text)), count(&text));
        }
    }
}
