//! Words of a file that are read in lists, cards, titles, notices and tooltips. Those with letters from right to left are set as pictures set them, by
//! the shaper and out of the glyph atlas: egui 0.37 lays the words of a line from left to right. All others are egui's own.
//!
//! Owns what stands in their place; a field that is typed in is egui's in any case ([`super::bidi`] says why).

use std::borrow::Cow;
use std::sync::Arc;

use egui::cache::CacheTrait;
use egui::{
    Button, Color32, Context, CursorIcon, Label, Rect, Response, RichText, Role, Sense, Ui, Vec2, WidgetInfo, vec2,
};

use super::bidi::{has_rtl, reads_from_right};
use super::paint::{font_id, paint_scene};
use crate::geom::{Point, Size};
use crate::layout::wrap;
use crate::scene::{Item, Scene, line_baseline};
use crate::text::{Face, Run, Shaper, Style};
use crate::theme::{Color, font};

/// The most lines of one text.
const MOST_LINES: usize = 40;
/// What is left of a line is used from this width on.
const LEAST_PT: f32 = 120.0;
/// What stands between two facts of one line.
const SEPARATOR: &str = " · ";
/// A mark that makes a line one that is read from the right.
const FROM_RIGHT: char = '\u{200f}';

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub struct Letters {
    /// The cut.
    pub face: Face,
    /// Points per em.
    pub size_pt: f64,
    /// The colour.
    pub color: Color32,
}

impl Letters {
    /// Letters of the size of running text.
    pub const fn body(color: Color32) -> Self {
        Self { face: Face::Regular, size_pt: font::BODY, color }
    }

    /// Small ones.
    pub const fn small(color: Color32) -> Self {
        Self { face: Face::Regular, size_pt: font::SMALL, color }
    }

    /// The same in bold.
    pub const fn bold(self) -> Self {
        Self { face: Face::SemiBold, ..self }
    }

    const fn style(&self) -> Style {
        Style { face: self.face, size_pt: self.size_pt }
    }

    fn rich(&self, words: &str) -> RichText {
        RichText::new(words).font(font_id(self.face, self.size_pt)).color(self.color)
    }
}

/// What is shaped of such texts, from frame to frame.
#[derive(Default)]
struct Shaped(Shaper);

impl CacheTrait for Shaped {
    fn update(&mut self) {}

    fn len(&self) -> usize {
        0
    }
}

/// A label of as many lines as it takes.
pub fn label_ui(ui: &mut Ui, words: &str, letters: Letters) -> Response {
    if !has_rtl(words) {
        let response = ui.add(Label::new(letters.rich(&with_separators_held(words))));
        // What is read aloud has the spaces that were written.
        response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), words));
        return response;
    }
    // In a row that wraps there may be little left of a line.
    let left = ui.available_width();
    let width = if left < LEAST_PT { ui.max_rect().width() } else { left };
    let lines = with_shaper(ui.ctx(), |shaper| paragraphs(words, letters.style(), width, shaper));
    lines_ui(ui, words, &lines, letters)
}

/// A text in which no line that egui breaks begins with a separator: it stays with the word before it.
pub fn with_separators_held(words: &str) -> Cow<'_, str> {
    if words.contains(SEPARATOR) { words.replace(SEPARATOR, "\u{a0}· ").into() } else { words.into() }
}

/// Puts a separator before a label and a text that follow in a row that wraps. Where there is no room for their beginning, they begin the
/// next line and no separator stands between the lines.
pub fn separate_ui(ui: &mut Ui, (label, small): (&str, Letters), (text, body): (&str, Letters)) {
    let separator = Letters { color: small.color, ..body };
    let needed = width(ui, SEPARATOR, separator) + width(ui, label, small) + least_width(ui, text, body);
    if needed <= ui.available_size_before_wrap().x {
        label_ui(ui, SEPARATOR, separator);
    } else {
        ui.end_row();
    }
}

/// What a text takes of a line before it can be broken, in points.
fn least_width(ui: &Ui, words: &str, letters: Letters) -> f32 {
    if has_rtl(words) {
        // Its lines stand one below the other in a place of their own.
        let most = ui.available_width();
        let lines = with_shaper(ui.ctx(), |shaper| paragraphs(words, letters.style(), most, shaper));
        return lines.iter().map(|line| line.width_pt).fold(0.0, f64::max) as f32;
    }
    width(ui, words.split_whitespace().next().unwrap_or_default(), letters)
}

fn width(ui: &Ui, words: &str, letters: Letters) -> f32 {
    let font = font_id(letters.face, letters.size_pt);
    ui.fonts_mut(|fonts| fonts.layout_no_wrap(words.to_owned(), font, letters.color)).size().x
}

/// A label of one line, cut where it is too long. It cannot be selected.
pub fn cut_label_ui(ui: &mut Ui, words: &str, letters: Letters) -> Response {
    line_ui(ui, words, letters, false)
}

/// The same that can be selected, where egui lays it out.
pub fn cut_text_ui(ui: &mut Ui, words: &str, letters: Letters) -> Response {
    line_ui(ui, words, letters, true)
}

fn line_ui(ui: &mut Ui, words: &str, letters: Letters, is_selectable: bool) -> Response {
    if !has_rtl(words) {
        let label = Label::new(letters.rich(words)).truncate();
        return ui.add(if is_selectable { label } else { label.selectable(false) });
    }
    let width = f64::from(ui.available_width());
    let run = with_shaper(ui.ctx(), |shaper| shaper.shape_to_fit(words, letters.style(), width));
    lines_ui(ui, words, &[run], letters)
}

/// A link of as many lines as it takes.
pub fn link_ui(ui: &mut Ui, words: &str, letters: Letters) -> Response {
    if !has_rtl(words) {
        return ui.add(Button::new(letters.rich(words)).frame(false).wrap());
    }
    let response = label_ui(ui, words, letters).interact(Sense::click());
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// A tooltip.
pub fn tooltip(response: Response, words: &str) -> Response {
    if !has_rtl(words) {
        return response.on_hover_text(words);
    }
    response.on_hover_ui(|ui| {
        let color = ui.visuals().text_color();
        label_ui(ui, words, Letters::body(color));
    })
}

/// Paints a line into a cell, cut where it is too long, if it is one that egui would lay out of order; says whether it was.
pub fn paint_cell(ui: &Ui, cell: Rect, words: &str, letters: Letters) -> bool {
    if !has_rtl(words) {
        return false;
    }
    let width = f64::from(cell.width().max(0.0));
    let run = with_shaper(ui.ctx(), |shaper| shaper.shape_to_fit(words, letters.style(), width));
    paint(ui, cell, &[run], letters);
    true
}

fn with_shaper<R>(ctx: &Context, work: impl FnOnce(&mut Shaper) -> R) -> R {
    let mut shaped = ctx.memory_mut(|memory| std::mem::take(memory.caches.cache::<Shaped>()));
    let result = work(&mut shaped.0);
    ctx.memory_mut(|memory| *memory.caches.cache::<Shaped>() = shaped);
    result
}

/// The lines of all paragraphs. Those of one that is read from the right are so, whatever letter a line begins with.
fn paragraphs(words: &str, style: Style, width_pt: f32, shaper: &mut Shaper) -> Vec<Arc<Run>> {
    let mut lines: Vec<Arc<Run>> = Vec::new();
    for paragraph in words.lines() {
        let most = MOST_LINES.saturating_sub(lines.len());
        let is_from_right = reads_from_right(paragraph);
        for line in wrap(paragraph, style, f64::from(width_pt), most, shaper) {
            let is_turned = is_from_right && !line.rtl && has_rtl(&line.text);
            lines.push(if is_turned { shaper.shape(&format!("{FROM_RIGHT}{}", line.text), style) } else { line });
        }
    }
    lines
}

fn lines_ui(ui: &mut Ui, words: &str, lines: &[Arc<Run>], letters: Letters) -> Response {
    let widest = lines.iter().map(|line| line.width_pt).fold(0.0, f64::max) as f32;
    let size = vec2(widest, line_height(ui, letters) * lines.len().max(1) as f32);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    paint(ui, rect, lines, letters);
    response
}

fn line_height(ui: &Ui, letters: Letters) -> f32 {
    ui.fonts_mut(|fonts| fonts.row_height(&font_id(letters.face, letters.size_pt)))
}

/// Paints lines one below the other, around the middle of a rectangle; of several those that are read from the right end at its
/// right.
fn paint(ui: &Ui, rect: Rect, lines: &[Arc<Run>], letters: Letters) {
    let height = f64::from(line_height(ui, letters));
    let [r, g, b, a] = letters.color.to_srgba_unmultiplied();
    let color = Color { r, g, b, a };
    let Vec2 { x: width, y: whole } = rect.size();
    let top = (f64::from(whole) - height * lines.len() as f64) / 2.0;
    let line = |(nth, run): (usize, &Arc<Run>)| {
        let is_at_right = lines.len() > 1 && run.rtl;
        let x = if is_at_right { f64::from(width) - run.width_pt } else { 0.0 };
        let origin = Point::new(x, line_baseline(top + height * (nth as f64 + 0.5), run.style));
        Item::Text { run: Arc::clone(run), origin, color }
    };
    let items = lines.iter().enumerate().map(line).collect();
    // The ground is that of the panel: of it only matters whether it is dark.
    let background = if ui.visuals().dark_mode { Color::BLACK } else { Color::WHITE }.with_alpha(0);
    let size = Size::new(f64::from(width), f64::from(whole));
    paint_scene(&ui.painter_at(rect), &Scene { size, background, items, targets: Vec::new() }, rect.min);
}

#[cfg(test)]
mod tests {
    use egui::FontId;

    use super::*;

    #[test]
    fn no_line_that_egui_breaks_begins_with_a_separator() {
        let words = "3 support, 1 denies · 2 origins · another date: late October (Undated analysis)";
        egui::__run_test_ui(|ui| {
            for width in 120_u16..400 {
                let held = with_separators_held(words).into_owned();
                let font = FontId::default();
                let galley = ui.fonts_mut(|fonts| fonts.layout(held, font, Color32::BLACK, f32::from(width)));
                let lines: Vec<String> = galley.rows.iter().map(|row| row.text()).collect();
                assert!(lines.iter().all(|line| !line.trim_start().starts_with('·')), "{lines:?}");
            }
        });
    }
}
