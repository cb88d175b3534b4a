//! Right-to-left text for a painter that sets every word but puts the words from left to right.
//!
//! epaint shapes each stretch of one font by itself and in the right direction, but lays the stretches out from left to
//! right. So the words of a right-to-left stretch are handed over in reverse order, each word itself as it was written.

use std::borrow::Cow;
use std::ops::Range;

use unicode_bidi::{BidiClass, BidiInfo, bidi_class};

/// A line of text with its words in the order in which they stand on the screen (Unicode Standard Annex 9), control
/// characters as spaces. Most texts come back as they are.
pub(super) fn in_visual_order(text: &str) -> Cow<'_, str> {
    let text = if text.contains(char::is_control) {
        Cow::Owned(text.replace(char::is_control, " "))
    } else {
        Cow::Borrowed(text)
    };
    if text.is_ascii() {
        return text;
    }
    let info = BidiInfo::new(&text, None);
    if !info.has_rtl() {
        return text;
    }
    let mut visual = String::with_capacity(text.len());
    for paragraph in &info.paragraphs {
        let (levels, runs) = info.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let rtl = levels.get(run.start).is_some_and(|level| level.is_rtl());
            let Some(part) = text.get(run) else { continue };
            if rtl { push_words_reversed(part, &mut visual) } else { visual.push_str(part) }
        }
    }
    Cow::Owned(visual)
}

fn push_words_reversed(text: &str, visual: &mut String) {
    for word in words(text).into_iter().rev() {
        let Some(word) = text.get(word) else { continue };
        if word.chars().any(is_rtl_letter) {
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
    matches!(bidi_class(c), BidiClass::R | BidiClass::AL)
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
    use super::*;

    #[test]
    fn words_of_hebrew_come_from_the_right_and_stay_whole() {
        assert_eq!(in_visual_order("שלום עולם"), "עולם שלום");
        assert_eq!(in_visual_order("שלום (עולם)"), "(עולם) שלום");
    }

    #[test]
    fn numbers_and_latin_inside_keep_their_direction() {
        assert_eq!(in_visual_order("UN: שלום 2024"), "UN: 2024 שלום");
    }

    #[test]
    fn other_texts_come_back_as_they_are() {
        assert_eq!(in_visual_order("Дума — ratifies"), "Дума — ratifies");
        assert_eq!(in_visual_order("two\nlines"), "two lines");
    }
}
