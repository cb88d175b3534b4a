//! A text in lines, with the place of each character: what a field with letters from right to left shows, and what a click or a key
//! means in it.

use std::ops::Range;
use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Color32, FontId, Galley, Pos2, Rect, Ui, Vec2, pos2, vec2};

use crate::text::{CharPlace, PlacedLine, Style, placed};
use crate::ui::bidi::reads_from_right;

/// What stands for each character where egui is asked for a galley: it joins with no other.
const STAND_IN: &str = "o";

/// How a text is laid out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Setting {
    pub style: Style,
    pub font: FontId,
    /// Where lines are broken; infinite where they are not.
    pub wrap_width: f32,
}

/// A text in lines.
#[derive(Debug)]
pub(super) struct Laid {
    pub text: String,
    pub setting: Setting,
    pub lines: Vec<Line>,
    pub line_height: f32,
    pub width: f32,
}

/// A line of a text.
#[derive(Debug)]
pub(super) struct Line {
    /// Its characters, by their number in the text.
    pub chars: Range<usize>,
    pub placed: PlacedLine,
    /// Its left end.
    pub x: f32,
    /// Whether a line break follows, which is a character too.
    ends_with_newline: bool,
    /// Whether its paragraph goes on in the next.
    is_broken: bool,
    is_from_right: bool,
}

impl Laid {
    pub fn of(text: &str, setting: Setting, line_height: f32) -> Self {
        let style = setting.style;
        let mut lines = Vec::new();
        let mut first = 0;
        let mut paragraphs = text.split('\n').peekable();
        while let Some(paragraph) = paragraphs.next() {
            let is_from_right = reads_from_right(paragraph);
            let parts = broken(paragraph, style, is_from_right, f64::from(setting.wrap_width));
            let last = parts.len().saturating_sub(1);
            for (nth, part) in parts.into_iter().enumerate() {
                let placed = placed(part, style, is_from_right);
                let chars = first..first + placed.chars.len();
                first = chars.end;
                let is_broken = nth < last;
                let ends_with_newline = !is_broken && paragraphs.peek().is_some();
                lines.push(Line { chars, placed, x: 0.0, ends_with_newline, is_broken, is_from_right });
            }
            first += 1;
        }
        // Where lines are broken, those that are read from the right begin there, and the blanks at their ends hang out.
        let widest = lines.iter().map(Line::width).fold(0.0, f32::max);
        let of_lines = if setting.wrap_width.is_finite() { setting.wrap_width } else { widest };
        let has_right = lines.iter().any(|line| line.is_from_right);
        let width = if has_right { of_lines } else { widest };
        for line in lines.iter_mut().filter(|line| line.is_from_right) {
            line.x = width - line.width();
        }
        Self { text: text.to_owned(), setting, lines, line_height, width }
    }

    /// A galley in which egui finds each character in its place, and paints none: what has the right number of them for its lines,
    /// moved to where they stand. egui asks the rows of a galley where a caret stands (`Row::x_offset`), and a caret behind the last
    /// character stands at the width of its row.
    pub fn galley(&self, ui: &Ui) -> Arc<Galley> {
        let stand_ins: Vec<String> = self.lines.iter().map(|line| STAND_IN.repeat(line.placed.chars.len())).collect();
        let Setting { font, .. } = &self.setting;
        let mut job = LayoutJob::simple(stand_ins.join("\n"), font.clone(), Color32::TRANSPARENT, f32::INFINITY);
        for section in &mut job.sections {
            section.format.line_height = Some(self.line_height);
        }
        let mut galley = Arc::unwrap_or_clone(ui.fonts_mut(|fonts| fonts.layout_job(job)));
        let mut of_text = self.text.chars();
        for (row, line) in galley.rows.iter_mut().zip(&self.lines) {
            row.pos.x = line.x;
            row.ends_with_newline = line.ends_with_newline;
            let row = Arc::make_mut(&mut row.row);
            row.visuals = Default::default();
            row.glyphs.truncate(line.placed.chars.len());
            for (glyph, place) in row.glyphs.iter_mut().zip(&line.placed.chars) {
                glyph.chr = of_text.next().unwrap_or(' ');
                glyph.pos.x = place.leading() as f32;
                glyph.advance_width = (place.right - place.left) as f32;
                glyph.uv_rect = Default::default();
                glyph.first_vertex = 0;
            }
            row.size.x = line.end();
            if line.ends_with_newline {
                of_text.next();
            }
        }
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(self.width, galley.rect.height()));
        (galley.rect, galley.mesh_bounds) = (rect, rect);
        (galley.num_vertices, galley.num_indices) = (0, 0);
        // What is read out and copied is the text itself.
        let job = LayoutJob { text: self.text.clone(), ..LayoutJob::clone(&galley.job) };
        galley.job = Arc::new(job);
        Arc::new(galley)
    }

    /// Where the caret before a character stands, from the top of the text.
    pub fn caret(&self, at: usize) -> Rect {
        let nth = self.line_of(at);
        let Some(line) = self.lines.get(nth) else { return Rect::ZERO };
        let top = self.line_height * nth as f32;
        Rect::from_min_size(pos2(line.x + line.caret(at), top), vec2(0.0, self.line_height))
    }

    /// The character before which a caret stands after a click.
    pub fn at(&self, place: Vec2) -> usize {
        let nth = (place.y / self.line_height).floor().max(0.0) as usize;
        let line = self.lines.get(nth).or(self.lines.last());
        line.map_or(0, |line| line.at(f64::from(place.x - line.x)))
    }

    /// Where a caret goes by a step to the left or right: to the next place in its line as it is seen; at its end to the line
    /// before or after.
    pub fn stepped(&self, at: usize, is_right: bool) -> usize {
        let nth = self.line_of(at);
        let Some(line) = self.lines.get(nth) else { return at };
        let stops = line.stops();
        let here = stops.iter().position(|stop| *stop == at);
        let next = match (here, is_right) {
            (Some(here), true) => stops.get(here + 1),
            (Some(here), false) => here.checked_sub(1).and_then(|before| stops.get(before)),
            // Within a letter with its marks.
            (None, _) => None,
        };
        if let Some(next) = next {
            return *next;
        }
        // What is left at the end of a line that is read from the right goes on, as what is right does otherwise.
        let other = if is_right != line.is_from_right { Some(nth + 1) } else { nth.checked_sub(1) };
        let other = other.and_then(|other| self.lines.get(other));
        let begins = |line: &Line| if is_right != line.is_from_right { line.chars.start } else { line.last() };
        other.map_or(at, begins)
    }

    /// Where a caret goes by a step to the line above or below; none where there is no such line.
    pub fn stepped_over(&self, at: usize, is_down: bool) -> Option<usize> {
        let (nth, caret) = (self.line_of(at), self.caret(at));
        let other = if is_down { nth + 1 } else { nth.checked_sub(1)? };
        let line = self.lines.get(other)?;
        Some(line.at(f64::from(caret.left() - line.x)))
    }

    /// The rectangles of some characters, from the top of the text, as wide as they are seen.
    pub fn rects(&self, chars: &Range<usize>) -> Vec<Rect> {
        let mut rects = Vec::new();
        for (nth, line) in self.lines.iter().enumerate() {
            let (top, first) = (self.line_height * nth as f32, line.chars.start);
            let own = chars.start.max(first)..chars.end.min(line.chars.end);
            let own = own.filter_map(|at| line.placed.chars.get(at - first));
            let mut ends: Vec<(f64, f64)> = own.map(|place| (place.left, place.right)).collect();
            if line.ends_with_newline && chars.contains(&line.chars.end) {
                let end = f64::from(line.end());
                let half = f64::from(self.line_height) / 2.0;
                ends.push(if line.is_from_right { (end - half, end) } else { (end, end + half) });
            }
            ends.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut joined: Vec<(f64, f64)> = Vec::new();
            for (left, right) in ends {
                match joined.last_mut() {
                    Some(last) if left <= last.1 + 0.01 => last.1 = last.1.max(right),
                    _ => joined.push((left, right)),
                }
            }
            rects.extend(joined.into_iter().map(|(left, right)| {
                Rect::from_min_max(pos2(line.x + left as f32, top), pos2(line.x + right as f32, top + self.line_height))
            }));
        }
        rects
    }

    /// Whether the line in which a caret stands is read from the right.
    pub fn is_from_right(&self, at: usize) -> bool {
        self.lines.get(self.line_of(at)).is_some_and(|line| line.is_from_right)
    }

    /// The line of a caret; of two that it stands between the later.
    fn line_of(&self, at: usize) -> usize {
        self.lines.partition_point(|line| line.chars.start <= at).saturating_sub(1)
    }
}

impl Line {
    fn width(&self) -> f32 {
        self.placed.run.width_pt as f32
    }

    /// Where the caret behind its last character stands.
    fn end(&self) -> f32 {
        self.placed.chars.last().map_or(0.0, CharPlace::trailing) as f32
    }

    fn caret(&self, at: usize) -> f32 {
        let place = at.checked_sub(self.chars.start).and_then(|at| self.placed.chars.get(at));
        place.map_or_else(|| self.end(), |place| place.leading() as f32)
    }

    /// The last place of a caret that is in this line: behind its last character, where that is not before the first of the next.
    fn last(&self) -> usize {
        if !self.is_broken {
            return self.chars.end;
        }
        let mut places = self.chars.clone().zip(&self.placed.chars).rev();
        places.find(|(_, place)| place.is_first).map_or(self.chars.start, |(at, _)| at)
    }

    /// The places of a caret from left to right.
    fn stops(&self) -> Vec<usize> {
        let places = self.chars.clone().zip(&self.placed.chars).filter(|(_, place)| place.is_first);
        let mut stops: Vec<(f32, usize)> = places.map(|(at, place)| (place.leading() as f32, at)).collect();
        if !self.is_broken {
            stops.push((self.end(), self.chars.end));
        }
        stops.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        stops.into_iter().map(|(_, at)| at).collect()
    }

    /// The place of a caret nearest to a click; of two in one place, where directions meet, that of the letter on this side of it.
    fn at(&self, x: f64) -> usize {
        let is_aside = |at: usize| {
            let place = at.checked_sub(self.chars.start).and_then(|at| self.placed.chars.get(at));
            place.is_none_or(|place| place.rtl != (x < place.leading()))
        };
        let key = |at: usize| ((f64::from(self.caret(at)) - x).abs(), is_aside(at));
        let nearest = self.stops().into_iter().map(|at| (key(at), at));
        let nearest = nearest.min_by(|(a, _), (b, _)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        nearest.map_or(self.chars.start, |(_, at)| at)
    }
}

/// A paragraph in lines of whole words with the blanks behind them; a word wider than a line is broken where it must be.
fn broken(paragraph: &str, style: Style, is_from_right: bool, wrap_width: f64) -> Vec<&str> {
    if !wrap_width.is_finite() {
        return vec![paragraph];
    }
    let places = placed(paragraph, style, is_from_right).chars;
    let mut lines = Vec::new();
    // Bytes at which the line begins and at which it can be broken, with the widths up to there.
    let (mut start, mut filled) = (0, 0.0);
    let mut blank: Option<(usize, f64)> = None;
    for ((at, c), place) in paragraph.char_indices().zip(&places) {
        let width = place.right - place.left;
        if filled + width > wrap_width && !c.is_whitespace() && place.is_first && at > start {
            let (end, up_to) = blank.take().unwrap_or((at, filled));
            lines.extend(paragraph.get(start..end));
            (start, filled) = (end, filled - up_to);
        }
        filled += width;
        if c.is_whitespace() {
            blank = Some((at + c.len_utf8(), filled));
        }
    }
    lines.extend(paragraph.get(start..));
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn laid(text: &str, wrap_width: f32) -> Laid {
        let setting = Setting { style: Style::regular(13.0), font: FontId::proportional(13.0), wrap_width };
        Laid::of(text, setting, 18.0)
    }

    #[test]
    fn a_caret_steps_as_it_is_seen() {
        let laid = laid("ab של", f32::INFINITY);
        let mut way = vec![0];
        while let Some(at) = way.last().map(|at| laid.stepped(*at, true)).filter(|at| Some(at) != way.last()) {
            way.push(at);
        }
        // Behind the last letter, which stands left of the first: its trailing edge is where the blank ends.
        assert_eq!(way, [0, 1, 2, 5, 4, 3]);
        assert!(way.windows(2).all(|two| laid.caret(two[0]).left() <= laid.caret(two[1]).left()));
        assert_eq!(laid.stepped(4, false), 5);
    }

    #[test]
    fn what_is_read_from_the_right_ends_there_and_wraps() {
        let laid = laid("שלום עולם טוב מאד", 60.0);
        assert!(laid.lines.len() > 1);
        assert!(laid.lines.iter().all(|line| (line.x + line.width() - 60.0).abs() < 0.01));
        let second = laid.lines[1].chars.start;
        assert_eq!(laid.stepped(second, true), second - 1, "before the blank at the end of the first line");
        assert_eq!(laid.stepped_over(0, true), Some(second));
        assert_eq!(laid.stepped_over(second, false), Some(0));
        assert_eq!(laid.stepped_over(second, true).is_some(), laid.lines.len() > 2);
    }

    #[test]
    fn a_selection_over_two_directions_is_as_wide_as_what_is_selected() {
        let laid = laid("ab של 12", f32::INFINITY);
        let rects = laid.rects(&(1..4));
        let width: f32 = rects.iter().map(Rect::width).sum();
        let own: f64 = laid.lines[0].placed.chars[1..4].iter().map(|place| place.right - place.left).sum();
        assert_eq!(rects.len(), 2, "the first of the two letters stands right of the second");
        assert!((f64::from(width) - own).abs() < 0.01);
    }

    proptest! {
        #[test]
        fn a_click_on_a_caret_finds_it_and_every_place_can_be_reached(
            text in "[ a-c0-9אבגمرحبا()«»\u{5b8}\n]{0,40}",
            wrap_width in prop_oneof![Just(f32::INFINITY), 30.0_f32..200.0],
        ) {
            let laid = laid(&text, wrap_width);
            let count = text.chars().count();
            prop_assert_eq!(laid.lines.last().map(|line| line.chars.end), Some(count));
            let is_first = |at: usize| {
                let mut places = laid.lines.iter().flat_map(|line| line.chars.clone().zip(&line.placed.chars));
                places.find(|(other, _)| *other == at).is_none_or(|(_, place)| place.is_first)
            };
            for at in (0..=count).filter(|at| is_first(*at)) {
                let caret = laid.caret(at);
                let found = laid.caret(laid.at(caret.center().to_vec2()));
                // Where two stand in one place, on two sides of a change of direction, either is found.
                prop_assert!((found.left() - caret.left()).abs() < 0.01 || wrap_width.is_finite(), "{} of {:?}: {:?} and {:?}", at, text, found, caret);
                prop_assert!(laid.stepped(at, true) <= count && laid.stepped(at, false) <= count);
            }
            for line in &laid.lines {
                let mut stops = line.stops();
                stops.sort_unstable();
                stops.dedup();
                let firsts = line.placed.chars.iter().filter(|place| place.is_first).count();
                prop_assert_eq!(stops.len(), firsts + usize::from(!line.is_broken));
            }
        }
    }
}
