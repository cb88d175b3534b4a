//! The shaper: shapes lines, cuts those that are too long, and remembers both.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use unicode_segmentation::UnicodeSegmentation;

use super::clip::clipped;
use super::fonts::{face_index, parsed};
use super::line::{Line, one_line, shape};
use super::memory::Memory;
use super::{Run, Style};

const ELLIPSIS: &str = "…";

/// Shapes text and remembers what it shaped. The memory is bounded; a repeated label costs a lookup.
#[derive(Debug, Default)]
pub struct Shaper {
    runs: Memory<Arc<Run>>,
    fits: Memory<Arc<[Fit]>>,
    /// Widths of single characters in each style, of which there are few.
    widths: Vec<Widths>,
    /// How much may still be shaped by who can do without; none where there is no limit.
    left: Option<usize>,
    refused: usize,
}

/// The longest text that is shaped, in bytes; of a longer one its beginning is, with an ellipsis. No line that can be seen is
/// longer, and a line of ten megabytes would take seconds and a gigabyte.
pub const MOST_BYTES: usize = 4_096;

/// Cuts of one line that are remembered. A title that comes again and again is cut to many rooms on one screen; were each
/// to push out the one before, no picture of it would ever be finished.
const MOST_FITS: usize = 32;

/// A cut line and the room for which it is the right cut.
#[derive(Debug, Clone)]
struct Fit {
    run: Arc<Run>,
    /// With this room or more, one grapheme more would fit.
    below_pt: f64,
}

impl Fit {
    fn is_for(&self, room_pt: f64) -> bool {
        (self.run.width_pt..self.below_pt).contains(&room_pt)
    }
}

/// The widths of single characters in a style. Titles of thousands of events are measured at once, and most of their characters
/// are ASCII: these are found without hashing.
#[derive(Debug)]
struct Widths {
    style: Style,
    /// NaN of what is not known yet.
    ascii: [f64; 128],
    /// Only looked up.
    others: FxHashMap<char, f64>,
}

impl Widths {
    fn of(style: Style) -> Self {
        Self { style, ascii: [f64::NAN; 128], others: FxHashMap::default() }
    }

    fn is_of(&self, style: Style) -> bool {
        self.style.face == style.face && self.style.size_pt.to_bits() == style.size_pt.to_bits()
    }

    fn get(&self, character: char) -> Option<f64> {
        match self.ascii.get(character as usize) {
            Some(width) => Some(*width).filter(|width| !width.is_nan()),
            None => self.others.get(&character).copied(),
        }
    }

    fn put(&mut self, character: char, width: f64) {
        match self.ascii.get_mut(character as usize) {
            Some(slot) => *slot = width,
            None => _ = self.others.insert(character, width),
        }
    }
}

/// By how much a line can be wider than its characters are.
const MOST_KERNING: f64 = 1.01;

impl Shaper {
    /// A shaper with an empty memory.
    pub fn new() -> Self {
        Self::default()
    }

    /// Shapes one line, or the beginning of one longer than [`MOST_BYTES`]. Control characters are shown as spaces, and
    /// what turns letters round by its number. A size that
    /// is not a positive number gives no width.
    pub fn shape(&mut self, text: &str, style: Style) -> Arc<Run> {
        let text = &*clipped(text, MOST_BYTES);
        if let Some(run) = self.runs.get(text, style) {
            return run;
        }
        let key: Arc<str> = text.into();
        let run = Arc::new(shape(shown(&key), style).run);
        self.runs.put(key, style, Arc::clone(&run));
        run
    }

    /// Shapes one line, cut with an ellipsis after a whole grapheme where it is wider than `max_width_pt`: the longest
    /// beginning that fits with its ellipsis, trailing spaces dropped. Where not even one grapheme fits, the ellipsis alone;
    /// where that does not fit either, an empty run. [`Run::text`] is what is left.
    pub fn shape_to_fit(&mut self, text: &str, style: Style, max_width_pt: f64) -> Arc<Run> {
        let text = &*clipped(text, MOST_BYTES);
        let whole = self.shape(text, style);
        if max_width_pt.is_nan() || whole.width_pt <= max_width_pt {
            return whole;
        }
        let known = self.fits.get(text, style);
        let known = known.as_deref().unwrap_or_default();
        if let Some(fit) = known.iter().find(|fit| fit.is_for(max_width_pt)) {
            return Arc::clone(&fit.run);
        }
        let key: Arc<str> = text.into();
        let fit = cut(shape(shown(&key), style), max_width_pt);
        let run = Arc::clone(&fit.run);
        let kept = known.iter().take(MOST_FITS - 1).cloned();
        self.fits.put(key, style, std::iter::once(fit).chain(kept).collect());
        run
    }

    /// From now on, [`Shaper::try_shape`] and [`Shaper::try_shape_to_fit`] shape no more than `lines` that are not
    /// remembered.
    pub fn limit(&mut self, lines: usize) {
        self.left = Some(lines);
    }

    /// Ends the limit; says how many lines it has refused.
    pub fn unlimit(&mut self) -> usize {
        self.left = None;
        std::mem::take(&mut self.refused)
    }

    /// [`Shaper::shape`] within the limit; none where that is used up.
    pub fn try_shape(&mut self, text: &str, style: Style) -> Option<Arc<Run>> {
        let text = &*clipped(text, MOST_BYTES);
        if let Some(run) = self.runs.get(text, style) {
            return Some(run);
        }
        self.spend(1).then(|| self.shape(text, style))
    }

    /// [`Shaper::shape_to_fit`] within the limit; none where that is used up.
    pub fn try_shape_to_fit(&mut self, text: &str, style: Style, max_width_pt: f64) -> Option<Arc<Run>> {
        let text = &*clipped(text, MOST_BYTES);
        let whole = self.try_shape(text, style)?;
        let is_known = |fits: Arc<[Fit]>| fits.iter().any(|fit| fit.is_for(max_width_pt));
        let is_free = whole.width_pt <= max_width_pt || self.fits.get(text, style).is_some_and(is_known);
        // A cut is found by shaping a few.
        (is_free || self.spend(3)).then(|| self.shape_to_fit(text, style, max_width_pt))
    }

    fn spend(&mut self, lines: usize) -> bool {
        match &mut self.left {
            None => true,
            Some(0) => {
                self.refused += 1;
                false
            }
            Some(left) => {
                *left = left.saturating_sub(lines);
                true
            }
        }
    }

    /// Advance of a line in points.
    pub fn width_pt(&mut self, text: &str, style: Style) -> f64 {
        self.shape(text, style).width_pt
    }

    /// A width that a line does not exceed, in points: the sum of those of its characters, each shaped once, and a hair. Costs a
    /// lookup for each and is bound by no limit, so that room can be kept for lines that are yet to be shaped.
    pub fn most_width_pt(&mut self, text: &str, style: Style) -> f64 {
        let text = &*clipped(text, MOST_BYTES);
        let known = self.widths.iter().position(|widths| widths.is_of(style));
        let at = known.unwrap_or(self.widths.len());
        if known.is_none() {
            self.widths.push(Widths::of(style));
        }
        let mut sum = 0.0;
        for character in text.chars() {
            let known = self.widths.get(at).and_then(|widths| widths.get(character));
            sum += known.unwrap_or_else(|| {
                let width = self.shape(character.encode_utf8(&mut [0; 4]), style).width_pt;
                if let Some(widths) = self.widths.get_mut(at) {
                    widths.put(character, width);
                }
                width
            });
        }
        sum * MOST_KERNING + 1.0
    }

    /// Height above and depth below the baseline of a face at a size, in points.
    pub fn ascent_descent_pt(&self, style: Style) -> (f64, f64) {
        parsed(face_index(style.face)).map_or((0.0, 0.0), |font| {
            let points = style.size_pt / font.units_per_em;
            (font.ascent * points, font.descent * points)
        })
    }
}

fn shown(text: &Arc<str>) -> Arc<str> {
    match one_line(text) {
        std::borrow::Cow::Borrowed(_) => Arc::clone(text),
        std::borrow::Cow::Owned(text) => text.into(),
    }
}

/// The longest cut of a line that fits. Widths grow with the text but for kerning and joining at the cut, so a guess from
/// the clusters' advances is off by a grapheme at most, and is corrected by shaping its neighbours.
fn cut(line: Line, max_width_pt: f64) -> Fit {
    let Line { run: Run { text, style, .. }, clusters } = line;
    let empty = || Fit { run: Arc::new(shape("".into(), style).run), below_pt: 0.0 };
    let ends: Vec<usize> =
        std::iter::once(0).chain(text.grapheme_indices(true).map(|(start, grapheme)| start + grapheme.len())).collect();
    let beginning = |graphemes: usize| {
        let end = ends.get(graphemes).copied().unwrap_or(text.len());
        let kept = text.get(..end).unwrap_or_default().trim_end();
        shape(format!("{kept}{ELLIPSIS}").into(), style).run
    };
    let ellipsis = beginning(0);
    if max_width_pt < ellipsis.width_pt {
        return Fit { below_pt: ellipsis.width_pt, ..empty() };
    }

    let mut graphemes = guess(&ends, &clusters, max_width_pt - ellipsis.width_pt);
    let mut fitting = beginning(graphemes);
    while graphemes > 0 && fitting.width_pt > max_width_pt {
        graphemes -= 1;
        fitting = beginning(graphemes);
    }
    let last = ends.len().saturating_sub(2);
    let mut below_pt = f64::INFINITY;
    while graphemes < last {
        let longer = beginning(graphemes + 1);
        if longer.width_pt > max_width_pt {
            below_pt = longer.width_pt;
            break;
        }
        graphemes += 1;
        fitting = longer;
    }
    Fit { run: Arc::new(fitting), below_pt }
}

/// How many graphemes advance no further than `room_pt`.
fn guess(ends: &[usize], clusters: &[(usize, f64)], room_pt: f64) -> usize {
    let mut advanced = 0.0;
    let mut clusters = clusters.iter().peekable();
    let mut fitting = 0;
    for (graphemes, &end) in ends.iter().enumerate().skip(1) {
        while let Some((_, advance)) = clusters.next_if(|&&(start, _)| start < end) {
            advanced += advance;
        }
        if advanced > room_pt {
            break;
        }
        fitting = graphemes;
    }
    fitting.min(ends.len().saturating_sub(2))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const STYLE: Style = Style::regular(13.0);

    #[test]
    fn a_repeated_label_is_the_same_run() {
        let mut shaper = Shaper::new();
        let first = shaper.shape("State Duma ratifies", STYLE);
        assert!(Arc::ptr_eq(&first, &shaper.shape("State Duma ratifies", STYLE)));
        let cut = shaper.shape_to_fit("State Duma ratifies", STYLE, 60.0);
        assert!(Arc::ptr_eq(&cut, &shaper.shape_to_fit("State Duma ratifies", STYLE, cut.width_pt)));
    }

    #[test]
    fn no_line_is_wider_than_the_most_it_can_be() {
        let mut shaper = Shaper::new();
        for text in [
            "",
            "Russia–DPRK friendship treaty signed",
            "Blinken: 8,000 DPRK troops in Kursk",
            "Дума ратифицировала",
            "AVATAR",
        ] {
            for style in [STYLE, Style::semibold(11.0)] {
                let (width, most) = (shaper.width_pt(text, style), shaper.most_width_pt(text, style));
                assert!(width <= most, "{text}: {width} and {most}");
            }
        }
    }

    #[test]
    fn figures_are_tabular() {
        let mut shaper = Shaper::new();
        for style in [STYLE, Style::semibold(13.0)] {
            let width = shaper.width_pt("0000", style);
            for figures in ["1111", "2024", "1917", "7771", "4444"] {
                assert!((shaper.width_pt(figures, style) - width).abs() < 1e-9, "{figures}");
            }
        }
    }

    #[test]
    fn kerning_is_applied() {
        let mut shaper = Shaper::new();
        let apart = shaper.width_pt("A", STYLE) + shaper.width_pt("V", STYLE);
        assert!(shaper.width_pt("AV", STYLE) < apart - 0.2);
    }

    #[test]
    fn the_cut_is_the_longest_that_fits() {
        let mut shaper = Shaper::new();
        let text = "State Duma ratifies";
        for room in 0..140 {
            let room = f64::from(room);
            let run = shaper.shape_to_fit(text, STYLE, room);
            assert!(run.width_pt <= room);
            let Some(kept) = run.text.strip_suffix('…') else {
                assert!(run.text.is_empty() || *run.text == *text, "{}", run.text);
                continue;
            };
            assert!(text.starts_with(kept) && !kept.ends_with(' '), "{kept}");
            let longest = (0..text.len())
                .map(|end| format!("{}…", text.get(..end).unwrap_or_default().trim_end()))
                .filter(|cut| shaper.width_pt(cut, STYLE) <= room)
                .max_by_key(String::len);
            assert_eq!(Some(&*run.text), longest.as_deref(), "room {room}");
        }
    }

    #[test]
    fn graphemes_are_not_cut_apart() {
        let mut shaper = Shaper::new();
        let text = "e\u{301}e\u{301}e\u{301}e\u{301}";
        let run = shaper.shape_to_fit(text, STYLE, shaper.ascent_descent_pt(STYLE).0 * 2.0);
        assert_eq!(run.text.matches('e').count(), run.text.matches('\u{301}').count());
        assert!(run.text.ends_with('…') && run.text.contains('e'), "{}", run.text);
    }

    #[test]
    fn sizes_that_are_none_have_no_width() {
        let mut shaper = Shaper::new();
        for size in [0.0, -3.0, f64::NAN, f64::INFINITY] {
            assert_eq!(shaper.width_pt("text", Style::regular(size)), 0.0);
        }
    }

    #[test]
    fn inter_stands_as_high_as_it_says() {
        let (ascent, descent) = Shaper::new().ascent_descent_pt(Style::regular(16.0));
        assert!((ascent - 15.5).abs() < 1e-9 && (descent - 3.859_375).abs() < 1e-9, "{ascent} {descent}");
    }

    #[test]
    fn a_title_cut_to_several_rooms_is_shaped_once_for_each() {
        let mut shaper = Shaper::new();
        let title = "State Duma ratifies the treaty on comprehensive partnership";
        let rooms = || (0..20).map(|at| 60.0 + 8.0 * f64::from(at));
        for room in rooms() {
            shaper.shape_to_fit(title, STYLE, room);
        }
        shaper.limit(0);
        assert!(rooms().all(|room| shaper.try_shape_to_fit(title, STYLE, room).is_some()));
        assert_eq!(shaper.unlimit(), 0);
    }

    #[test]
    fn of_a_text_that_nobody_can_see_whole_the_beginning_is_shaped() {
        let mut shaper = Shaper::new();
        for long in ["word ".repeat(100_000), "слово ".repeat(100_000), "\u{301}".repeat(100_000), "조".repeat(100_000)]
        {
            let run = shaper.shape(&long, STYLE);
            assert!(
                run.text.len() <= MOST_BYTES + ELLIPSIS.len() && run.text.ends_with(ELLIPSIS),
                "{}",
                run.text.len()
            );
            let cut = shaper.shape_to_fit(&long, STYLE, 200.0);
            assert!(cut.width_pt <= 200.0 && cut.text.ends_with(ELLIPSIS));
        }
    }

    proptest! {
        #[test]
        fn any_text_shapes(text in any::<String>(), size in 1.0..40.0, room in -5.0..400.0) {
            let mut shaper = Shaper::new();
            let style = Style::regular(size);
            let run = shaper.shape(&text, style);
            // What would turn letters round is shown by its number.
            prop_assert!(run.text.chars().count() >= text.chars().count());
            prop_assert!(!run.text.contains(super::super::visible::turns_letters));
            prop_assert!(run.width_pt.is_finite() && run.glyphs.iter().all(|glyph| glyph.x.is_finite()));
            let cut = shaper.shape_to_fit(&text, style, room);
            prop_assert!(cut.width_pt <= room.max(0.0));
        }

        #[test]
        fn mixed_directions_shape(text in "[ a-c0-9אבגمرحبا()한か\u{200d}\u{200f}\u{202e}\u{2067}\u{301}क्षि\n\u{2029}]{0,24}", room in 0.0..120.0) {
            let mut shaper = Shaper::new();
            let run = shaper.shape(&text, STYLE);
            let mut covered: Vec<_> = run.pieces.iter().map(|piece| piece.range.clone()).collect();
            covered.sort_by_key(|range| range.start);
            let mut end = 0;
            for range in covered {
                prop_assert_eq!(range.start, end);
                end = range.end;
            }
            prop_assert_eq!(end, run.text.len());
            let mut x = 0.0;
            for piece in &run.pieces {
                prop_assert!((piece.x - x).abs() < 1e-9);
                x = piece.x + piece.width_pt;
            }
            prop_assert!((x - run.width_pt).abs() < 1e-9);
            prop_assert!(shaper.shape_to_fit(&text, STYLE, room).width_pt <= room);
        }
    }
}
