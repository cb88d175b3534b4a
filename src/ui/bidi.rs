//! Text from right to left where egui lays it out: its words in the order in which they are read.
//!
//! egui 0.37 shapes each stretch of one font in its direction, but lays the stretches from left to right; where a caret stands
//! and what a click means follows from that order too, and cannot be told otherwise. So a field that is being typed in is left
//! to egui, and one that is only read is laid out anew: line by line, each with its words in visual order.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{FontSelection, Galley, TextBuffer, Ui};
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
    let line = text.replace('\n', " ");
    let whole = 0..line.len();
    Cow::Owned(in_visual_order(&line, std::slice::from_ref(&whole)))
}

/// Lays out a text that is read and not typed, in the font, colour and distances of lines that egui gives its fields.
pub fn lay_out(ui: &Ui, text: &dyn TextBuffer, wrap_width: f32) -> Arc<Galley> {
    let font = FontSelection::Default.resolve(ui.style());
    let visuals = ui.visuals();
    let color = visuals.override_text_color.unwrap_or_else(|| visuals.widgets.inactive.text_color());
    let spacing = ui.spacing().extra_text_line_spacing;
    ui.fonts_mut(|fonts| {
        let mut width = |part: &str| fonts.layout_no_wrap(part.to_owned(), font.clone(), color).size().x;
        let lines = lines(text.as_str(), wrap_width, &mut width);
        let line_height = fonts.row_height(&font) + spacing;
        // A word wider than the field is broken by egui.
        let mut job = LayoutJob::simple(in_visual_order(text.as_str(), &lines), font, color, wrap_width);
        for section in &mut job.sections {
            section.format.line_height = Some(line_height);
        }
        fonts.layout_job(job)
    })
}

/// Breaks a text into lines of whole words, without the blanks at their ends. egui cannot be asked for its own: of letters
/// from right to left its rows do not hold a glyph for each character.
fn lines(text: &str, wrap_width: f32, width: &mut dyn FnMut(&str) -> f32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for paragraph in text.split('\n') {
        let (mut start, mut filled) = (at, 0.0);
        for word in paragraph.split_inclusive(char::is_whitespace) {
            if filled > 0.0 && filled + width(word.trim_end()) > wrap_width {
                lines.push(start..at);
                (start, filled) = (at, 0.0);
            }
            filled += width(word);
            at += word.len();
        }
        lines.push(start..at);
        at += 1;
    }
    for line in &mut lines {
        line.end = line.start + text.get(line.clone()).unwrap_or_default().trim_end().len();
    }
    lines
}

/// The lines of a text, each with its words in the order in which they stand on the screen (Unicode Standard Annex 9, rule
/// L2) and each word as it was written, for a painter that turns its letters round.
fn in_visual_order(text: &str, lines: &[Range<usize>]) -> String {
    let info = BidiInfo::new(text, None);
    let mut visual = String::with_capacity(text.len() + lines.len());
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            visual.push('\n');
        }
        let paragraph = info.paragraphs.iter().find(|paragraph| paragraph.range.contains(&line.start));
        let Some(paragraph) = paragraph.filter(|_| !line.is_empty()) else { continue };
        let (levels, runs) = info.visual_runs(paragraph, line.clone());
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

    #[expect(clippy::single_range_in_vec_init, reason = "one line is a list of one range")]
    fn visual(text: &str) -> String {
        in_visual_order(text, &[0..text.len()])
    }

    #[test]
    fn words_of_hebrew_come_from_the_right_and_stay_whole() {
        assert_eq!(visual("שלום עולם"), "עולם שלום");
        assert_eq!(visual("שלום (עולם)"), "(עולם) שלום");
    }

    #[test]
    fn numbers_and_latin_inside_keep_their_direction() {
        assert_eq!(visual("UN: שלום 2024"), "UN: 2024 שלום");
        assert_eq!(visual("Дума — ratifies"), "Дума — ratifies");
    }

    #[test]
    fn each_line_is_read_from_its_right_end() {
        let mut width = |part: &str| part.chars().count() as f32;
        let text = "שלום עולם טוב\n\nab cd";
        let lines = lines(text, 10.0, &mut width);
        assert_eq!(in_visual_order(text, &lines), "עולם שלום\nטוב\n\nab cd");
    }

    proptest! {
        #[test]
        fn no_character_is_lost(text in "[ a-c0-9אבגمرحبا()«»한\u{301}\u{5b8}\n\r\u{2029}\u{200f}]{0,24}") {
            let ctx = egui::Context::default();
            crate::ui::fonts::install(&ctx);
            let mut laid = None;
            ctx.run_ui(egui::RawInput::default(), |ui| {
                laid = Some(lay_out(ui, &text.as_str(), 60.0));
            })
            .textures_delta
            .clear();
            let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).map(|c| mirrored(c).min(c)).fold(
                std::collections::BTreeMap::new(),
                |mut counts, c| {
                    *counts.entry(c).or_insert(0) += 1;
                    counts
                },
            );
            let laid = laid.unwrap_or_else(|| panic!("nothing was laid out"));
            prop_assert_eq!(count(&laid.job.text), count(&text));
        }
    }
}
