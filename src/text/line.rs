//! Shaping one line: reordering by the bidirectional algorithm, a font for every grapheme, glyphs from `harfrust`.
//!
//! Every painter takes the glyphs from here: the screen, PNG and SVG. Fonts are chosen by a grapheme's first character,
//! features are the default ones, and advances are not rounded; where egui sets a line of its interface it does the same.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use harfrust::{BufferFlags, Direction, ShapeOptions, UnicodeBuffer};
use unicode_bidi::{BidiClass, BidiInfo, bidi_class};
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::{ParsedFont, face_index, font_of, parsed};
use super::missing::{is_invisible, stand_in};
use super::visible::{push_visible, turns_letters};
use super::{Face, Glyph, Piece, Run, Style};

/// A shaped line and, for cutting it, how far each cluster of its text advances.
pub(super) struct Line {
    pub run: Run,
    /// First byte of a cluster and its advance in points; in logical order.
    pub clusters: Vec<(usize, f64)>,
}

/// Shapes one line. A size that is not a positive number gives a line of no width.
pub(super) fn shape(text: Arc<str>, style: Style) -> Line {
    let size_pt = if style.size_pt.is_finite() { style.size_pt.max(0.0) } else { 0.0 };
    let (rtl, level_runs) = visual_runs(&text);
    let mut setter = Setter {
        text: &text,
        size_pt,
        cursor: 0.0,
        glyphs: Vec::with_capacity(text.len()),
        pieces: Vec::with_capacity(level_runs.len()),
        clusters: Vec::with_capacity(text.len()),
    };
    for level_run in level_runs {
        let mut stretches = font_stretches(&text, &level_run, style.face);
        if level_run.rtl {
            stretches.reverse();
        }
        for (range, font) in stretches {
            setter.set(range, font, level_run.rtl);
        }
    }
    let Setter { cursor, glyphs, pieces, mut clusters, .. } = setter;
    clusters.sort_by_key(|&(start, _)| start);
    Line { run: Run { text, style, width_pt: cursor, glyphs, pieces, rtl }, clusters }
}

/// The text with spaces for what would break the line or cannot be shown (controls, line and paragraph separators), with what
/// would turn its letters round made visible, and with plain letters for forms of them that no font has.
///
/// A mark of direction stays where letters from right to left stand with it, which need it; elsewhere it could only turn
/// figures and brackets round, and is made visible too.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let is_mark = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}');
    let is_turned = |c: char| !is_mark(c) && matches!(bidi_class(c), BidiClass::R | BidiClass::AL);
    let shows_marks = text.contains(is_mark) && !text.contains(is_turned);
    let steers = |c: char| turns_letters(c) || shows_marks && is_mark(c);
    if !text.contains(|c: char| breaks(c) || steers(c) || stand_in(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if steers(c) {
            push_visible(&mut out, c);
        } else if breaks(c) {
            out.push(' ');
        } else if let Some(plain) = stand_in(c) {
            out.extend(plain);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Characters of one embedding level.
struct LevelRun {
    range: Range<usize>,
    rtl: bool,
}

/// Whether the line reads from right to left, and its level runs from left to right.
fn visual_runs(text: &str) -> (bool, Vec<LevelRun>) {
    // Nothing below U+0590 is written from right to left or changes direction.
    if text.chars().all(|c| c < '\u{590}') {
        return (false, vec![LevelRun { range: 0..text.len(), rtl: false }]);
    }
    let bidi = BidiInfo::new(text, None);
    let Some(paragraph) = bidi.paragraphs.first() else { return (false, Vec::new()) };
    let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
    let level_run =
        |range: Range<usize>| LevelRun { rtl: levels.get(range.start).is_some_and(|level| level.is_rtl()), range };
    (paragraph.level.is_rtl(), runs.into_iter().map(level_run).collect())
}

/// Stretches of one font, in logical order. What no font has goes to the face, whose `.notdef` shows that it is missing.
fn font_stretches(text: &str, level_run: &LevelRun, face: Face) -> Vec<(Range<usize>, usize)> {
    let mut stretches: Vec<(Range<usize>, usize)> = Vec::new();
    let offset = level_run.range.start;
    for (start, grapheme) in text.get(level_run.range.clone()).unwrap_or_default().grapheme_indices(true) {
        let range = offset + start..offset + start + grapheme.len();
        let invisible = grapheme.chars().all(is_invisible);
        let font = (!invisible).then(|| font_of(face, grapheme).unwrap_or(face_index(face)));
        match (stretches.last_mut(), font) {
            (Some((last, _)), None) => last.end = range.end,
            (Some((last, same)), Some(font)) if *same == font => last.end = range.end,
            (_, font) => stretches.push((range, font.unwrap_or(face_index(face)))),
        }
    }
    stretches
}

/// Puts glyphs one after another.
struct Setter<'a> {
    text: &'a str,
    size_pt: f64,
    cursor: f64,
    glyphs: Vec<Glyph>,
    pieces: Vec<Piece>,
    clusters: Vec<(usize, f64)>,
}

impl Setter<'_> {
    fn set(&mut self, range: Range<usize>, font: usize, rtl: bool) {
        let (Some(text), Some(parsed)) = (self.text.get(range.clone()), parsed(font)) else { return };
        let x = self.cursor;
        self.set_glyphs(text, &range, parsed, font, rtl);
        self.pieces.push(Piece { range, rtl, font, x, width_pt: self.cursor - x });
    }

    fn set_glyphs(&mut self, text: &str, range: &Range<usize>, parsed: &ParsedFont, font: usize, rtl: bool) {
        let mut buffer = UnicodeBuffer::new();
        let mut flags = BufferFlags::empty();
        flags.set(BufferFlags::BEGINNING_OF_TEXT, range.start == 0);
        flags.set(BufferFlags::END_OF_TEXT, range.end == self.text.len());
        buffer.set_flags(flags);
        buffer.push_str(text);
        let direction = if rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        buffer.set_direction(direction);
        buffer.guess_segment_properties();
        let shaper = parsed.shaper.shaper(&parsed.font).build();
        let plan = parsed.plan(&shaper, buffer.script(), direction);
        let shaped = shaper.shape(buffer, ShapeOptions::new().plan(Some(&plan)));

        let points = self.size_pt / parsed.units_per_em;
        let mut previous = None;
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let repeats_cluster = previous == Some(info.cluster);
            previous = Some(info.cluster);
            // A mark its base's font lacks is left out: a box for it would push the text apart.
            if info.glyph_id == 0 && repeats_cluster {
                continue;
            }
            self.glyphs.push(Glyph {
                font,
                id: info.glyph_id,
                x: self.cursor + f64::from(position.x_offset) * points,
                y: -f64::from(position.y_offset) * points,
            });
            let advance = f64::from(position.x_advance) * points;
            self.clusters.push((range.start + info.cluster as usize, advance));
            self.cursor += advance;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Shaper;

    fn shaped(text: &str) -> Run {
        shape(text.into(), Style::regular(13.0)).run
    }

    /// The pieces from left to right, those that read from right to left in angle brackets.
    fn visual(text: &str) -> String {
        let run = shaped(text);
        run.pieces
            .iter()
            .map(|piece| {
                let text = run.piece_text(piece);
                if piece.rtl { format!("‹{text}›") } else { text.to_owned() }
            })
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn latin_and_cyrillic_are_one_piece() {
        assert_eq!(visual("Договор ratified, 9 ноября 2024"), "Договор ratified, 9 ноября 2024");
    }

    #[test]
    fn right_to_left_text_is_reordered() {
        assert_eq!(visual("שלום עולם"), "‹עולם›|‹ ›|‹שלום›");
        assert_eq!(visual("treaty שלום 2024"), "treaty |2024|‹ ›|‹שלום›");
        assert!(shaped("שלום 2024").rtl && !shaped("2024").rtl);
    }

    #[test]
    fn brackets_are_mirrored_from_right_to_left() {
        let mirrored = shaped("א(ב");
        let plain = shaped("a)b");
        let bracket =
            |run: &Run| run.glyphs.iter().find(|glyph| glyph.font == 0 && glyph.x > 0.0).map(|glyph| glyph.id);
        assert_eq!(bracket(&mirrored), shaped(")").glyphs.first().map(|glyph| glyph.id));
        assert!(plain.is_ltr() && !mirrored.is_ltr());
    }

    #[test]
    fn arabic_letters_join() {
        let joined = shaped("بب").width_pt;
        assert!((joined - 2.0 * shaped("ب").width_pt).abs() > 0.5);
    }

    #[test]
    fn missing_characters_show_a_box_and_missing_marks_nothing() {
        let run = shaped("a\u{10fffd}b");
        assert!(run.glyphs.iter().any(|glyph| glyph.id == 0));
        let marked = shaped("a\u{5b8}");
        assert!(marked.glyphs.iter().all(|glyph| glyph.id != 0), "{marked:?}");
    }

    #[test]
    fn breaks_become_spaces() {
        assert_eq!(one_line("a\nb\tc\u{2029}d\u{85}e"), "a b c d e");
        assert!(matches!(one_line("plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn nothing_turns_letters_round_that_are_written_in_one_direction() {
        let shown = |text: &str| one_line(text).into_owned();
        assert_eq!(shown("A \u{202e}txet desrever"), "A \\u202etxet desrever");
        assert_eq!(shown("\u{2067}a\u{2069}\u{202b}b\u{202c}"), "\\u2067a\\u2069\\u202bb\\u202c");
        assert_eq!(shown("\u{200f}12 - 34"), "\\u200f12 - 34");
        // Genuine text from right to left stays as it is written, with its marks.
        for text in ["שלום (\u{200f}2024)", "معاهدة\u{200e} 2024", "treaty שלום\u{200f}!"] {
            assert_eq!(shown(text), text);
        }
        assert!(Shaper::new().shape("A \u{202e}txet desrever", Style::regular(13.0)).is_ltr());
    }
}
