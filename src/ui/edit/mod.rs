//! Fields of text in which letters from right to left stand in their order while they are typed.
//!
//! egui 0.37 lays the stretches of a line from left to right (`epaint::text::text_layout::layout_section` puts each run behind the one
//! before it), so such a text is laid out and painted here, with the glyphs of pictures. Typing, copying, undoing and going by words
//! are egui's: it is given a galley whose characters stand where they are seen ([`laid`]). It takes the character that a click
//! means from that galley as if places grew with each character (`epaint::text::Row::char_at`), so what the pointer, the arrows and
//! a selection mean is worked out here too.
//!
//! ```text
//!   keys ──▶ the caret steps as it is seen ──▶ egui's field, over a galley without glyphs ──▶ pointer ──▶ selection, letters, caret
//! ```
//!
//! All other texts are egui's. Of every field this owns which of undo and redo it leaves to the timeline.

mod laid;

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat};
use egui::text_edit::TextEditState;
use egui::text_selection::visuals::paint_text_cursor;
use egui::util::undoer::Undoer;
use egui::{
    Color32, Context, Event, FontFamily, FontSelection, Galley, Id, Key, Pos2, Rect, Response, Stroke, TextBuffer,
    TextEdit, Ui,
};
use unicode_segmentation::UnicodeSegmentation;

use self::laid::{Laid, Setting};
use super::bidi::has_rtl;
use super::paint::paint_scene;
use crate::geom::{Point, Size};
use crate::scene::{Item, Scene, line_baseline};
use crate::text::{Face, Style};
use crate::theme::Color;

/// How a field is shown, beside what egui is told of it.
#[derive(Debug, Clone, Default)]
pub struct Editing {
    /// Whether it has several lines.
    pub is_multiline: bool,
    /// Its font.
    pub font: FontSelection,
    /// The colour of its letters, where that is not the usual one.
    pub color: Option<Color32>,
    /// The bytes of what cannot be read, to be underlined in a colour.
    pub fault: Option<(Range<usize>, Color32)>,
}

impl Editing {
    /// A field of one line.
    pub fn line() -> Self {
        Self::default()
    }

    /// A field of several lines, or of one that wraps.
    pub fn lines() -> Self {
        Self { is_multiline: true, ..Self::default() }
    }
}

/// What is kept of a field from frame to frame.
#[derive(Clone)]
struct Kept {
    laid: Arc<Laid>,
    /// What was selected, and since when.
    selected: Range<usize>,
    caret: usize,
    since: f64,
}

/// Shows a field; `build` tells egui what it is told of other fields.
pub fn edit_ui(
    ui: &mut Ui,
    id: Id,
    text: &mut dyn TextBuffer,
    editing: &Editing,
    build: impl for<'t> FnOnce(TextEdit<'t>) -> TextEdit<'t>,
) -> Response {
    if ui.memory(|memory| memory.has_focus(id)) {
        leave_history(ui, id, text.as_str());
    }
    if !has_rtl(text.as_str()) {
        let mut layouter = |ui: &Ui, text: &dyn TextBuffer, _: f32| {
            let job = faulty_job(ui, text.as_str(), editing);
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let mut edit = build(field(text, editing)).id(id);
        if editing.fault.is_some() {
            edit = edit.layouter(&mut layouter);
        }
        let response = ui.add(edit);
        if has_rtl(text.as_str()) {
            ui.ctx().request_discard("letters have come in that read from right to left");
        }
        return response;
    }
    let is_mutable = text.is_mutable();
    let is_focused = ui.memory(|memory| memory.has_focus(id));
    let kept: Option<Kept> = ui.data(|data| data.get_temp(id));
    if let Some(kept) = kept.as_ref().filter(|kept| is_focused && kept.laid.text == text.as_str()) {
        take_arrows(ui, id, &kept.laid);
    }
    let last = RefCell::new(kept.as_ref().map(|kept| Arc::clone(&kept.laid)));
    let mut layouter = |ui: &Ui, text: &dyn TextBuffer, wrap_width: f32| -> Arc<Galley> {
        let laid = laid_out(ui, text.as_str(), editing, wrap_width, last.take());
        let galley = laid.galley(ui);
        last.replace(Some(laid));
        galley
    };
    // The selection of a mixed text is in several parts, and the caret is where the pointer was once that is known.
    let visuals = ui.visuals().clone();
    ui.visuals_mut().selection.bg_fill = Color32::TRANSPARENT;
    ui.visuals_mut().text_cursor.stroke.color = Color32::TRANSPARENT;
    let output = build(field(text, editing)).id(id).layouter(&mut layouter).show(ui);
    *ui.visuals_mut() = visuals;
    let (response, galley_pos, clip) = (output.response.response, output.galley_pos, output.text_clip_rect);
    let Some(laid) = last.take() else { return response };
    let mut range = output.state.cursor.char_range();
    if let Some(pointed) = pointed(ui, &response, &laid, galley_pos, range) {
        range = Some(pointed);
        let mut state = output.state;
        state.cursor.set_char_range(range);
        state.store(ui.ctx(), id);
    }
    let is_focused = response.has_focus();
    let selected = range.filter(|_| is_focused).map_or(0..0, |range| {
        let sorted = range.as_sorted_char_range();
        sorted.start.into()..sorted.end.into()
    });
    let caret = range.map_or(0, |range| usize::from(range.primary.index));
    let now = ui.input(|input| input.time);
    let has_moved = |kept: &&Kept| kept.caret == caret && kept.selected == selected && kept.laid.text == laid.text;
    let since = kept.as_ref().filter(has_moved).map_or(now, |kept| kept.since);
    let painter = ui.painter_at(clip.expand(1.0));
    for rect in laid.rects(&selected) {
        painter.rect_filled(rect.translate(galley_pos.to_vec2()), 0.0, ui.visuals().selection.bg_fill);
    }
    if let Some((fault, color)) = &editing.fault {
        underline(ui, &laid, fault, *color, galley_pos, clip);
    }
    paint_letters(ui, &laid, editing, galley_pos, clip);
    if is_focused && is_mutable {
        let rect = laid.caret(caret).translate(galley_pos.to_vec2());
        paint_text_cursor(ui, &painter, rect, now - since);
    }
    ui.data_mut(|data| data.insert_temp(id, Kept { laid, selected, caret, since }));
    response
}

/// Which of undo and redo was struck in a field that has no other text to go back or on to: it is the timeline's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftHistory {
    Undo,
    Redo,
}

impl LeftHistory {
    /// What a field has left in this frame; to be taken once.
    pub fn take(ctx: &Context) -> Option<Self> {
        let left = ctx.data_mut(|data| data.remove_temp::<Option<Self>>(Self::id()));
        left.flatten()
    }

    fn id() -> Id {
        Id::unique("history left to the timeline")
    }
}

/// Leaves the undo or redo that is struck in this frame to the timeline, where the field has nothing of its own for it.
fn leave_history(ui: &Ui, id: Id, text: &str) {
    let struck = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Key { key: Key::Z, pressed: true, modifiers, .. } if modifiers.command => {
                Some(if modifiers.shift { LeftHistory::Redo } else { LeftHistory::Undo })
            }
            Event::Key { key: Key::Y, pressed: true, modifiers, .. } if modifiers.command => Some(LeftHistory::Redo),
            _ => None,
        })
    });
    let Some(struck) = struck else { return };
    let state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let mut history: Undoer<(CCursorRange, String)> = state.undoer();
    let mut at = (state.cursor.char_range().unwrap_or_default(), text.to_owned());
    // egui keeps moves of the caret among the states of a field: they take back nothing.
    loop {
        let next = match struck {
            LeftHistory::Undo => history.undo(&at),
            LeftHistory::Redo => history.redo(&at),
        };
        match next.cloned() {
            Some(next) if next.1 != text => return,
            Some(next) => at = next,
            None => break,
        }
    }
    ui.data_mut(|data| data.insert_temp(LeftHistory::id(), Some(struck)));
}

/// Lets go of what was typed in a field, which has been taken: undo there does not bring it back.
pub fn forget_history(ctx: &Context, id: Id) {
    if let Some(mut state) = TextEditState::load(ctx, id) {
        state.clear_undoer();
        state.store(ctx, id);
    }
}

/// Selects all of a field, so that what is typed takes its place.
pub fn select_all(ctx: &Context, id: Id, text: &str) {
    let mut state = TextEditState::load(ctx, id).unwrap_or_default();
    let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
    state.cursor.set_char_range(Some(all));
    state.store(ctx, id);
}

fn field<'t>(text: &'t mut dyn TextBuffer, editing: &Editing) -> TextEdit<'t> {
    let field = if editing.is_multiline { TextEdit::multiline(text) } else { TextEdit::singleline(text) };
    field.font(editing.font.clone()).text_color_opt(editing.color)
}

/// A line of which something is underlined.
fn faulty_job(ui: &Ui, text: &str, editing: &Editing) -> LayoutJob {
    let color = editing.color.unwrap_or(ui.visuals().text_color());
    let format = |underline| TextFormat {
        font_id: editing.font.clone().resolve(ui.style()),
        color,
        underline,
        ..TextFormat::default()
    };
    let mut job = LayoutJob { break_on_newline: false, ..LayoutJob::default() };
    // The text may have changed since it was read.
    let fault = editing.fault.clone().filter(|(span, _)| text.get(span.clone()).is_some());
    let (span, color) = fault.unwrap_or((text.len()..text.len(), Color32::TRANSPARENT));
    let parts = [(0..span.start, false), (span.clone(), true), (span.end..text.len(), false)];
    for (part, is_faulty) in parts {
        let underline = if is_faulty { Stroke::new(1.0, color) } else { Stroke::NONE };
        job.append(text.get(part).unwrap_or_default(), 0.0, format(underline));
    }
    job
}

/// The text in lines: as it was, where nothing has changed.
fn laid_out(ui: &Ui, text: &str, editing: &Editing, wrap_width: f32, last: Option<Arc<Laid>>) -> Arc<Laid> {
    let font = editing.font.clone().resolve(ui.style());
    let face = if font.family == FontFamily::Proportional { Face::Regular } else { Face::SemiBold };
    let style = Style { face, size_pt: font.size.into() };
    let wrap_width = if editing.is_multiline { wrap_width } else { f32::INFINITY };
    let setting = Setting { style, font, wrap_width };
    if let Some(last) = last.filter(|last| last.text == text && last.setting == setting) {
        return last;
    }
    let line_height = ui.fonts_mut(|fonts| fonts.row_height(&setting.font)) + ui.spacing().extra_text_line_spacing;
    // One line has no breaks, whatever was pasted into it.
    let line;
    let text = if editing.is_multiline {
        text
    } else {
        line = text.replace('\n', " ");
        &line
    };
    Arc::new(Laid::of(text, setting, line_height))
}

/// Moves the caret by the arrows of this frame, before egui sees them.
fn take_arrows(ui: &Ui, id: Id, laid: &Laid) {
    let Some(mut state) = TextEditState::load(ui.ctx(), id) else { return };
    let Some(range) = state.cursor.char_range() else { return };
    let mut range = (usize::from(range.primary.index), usize::from(range.secondary.index));
    let before = range;
    ui.input_mut(|input| {
        input.events.retain_mut(|event| {
            let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
            if modifiers.alt || modifiers.command || modifiers.ctrl {
                // By words egui goes in the order in which they are written.
                let turned = match *key {
                    Key::ArrowLeft => Key::ArrowRight,
                    Key::ArrowRight => Key::ArrowLeft,
                    other => other,
                };
                if laid.is_from_right(range.0) {
                    *key = turned;
                }
                return true;
            }
            let to = match *key {
                Key::ArrowLeft | Key::ArrowRight => {
                    Some(sideways(laid, range, *key == Key::ArrowRight, modifiers.shift))
                }
                Key::ArrowUp => laid.stepped_over(range.0, false),
                Key::ArrowDown => laid.stepped_over(range.0, true),
                _ => None,
            };
            let Some(to) = to else { return true };
            range = (to, if modifiers.shift { range.1 } else { to });
            false
        });
    });
    if range != before {
        state.cursor.set_char_range(Some(chosen(range.0, range.1)));
        state.store(ui.ctx(), id);
    }
}

/// Where an arrow to a side leads: out of a selection, to its end on that side.
fn sideways(laid: &Laid, (primary, secondary): (usize, usize), is_right: bool, is_selecting: bool) -> usize {
    if primary == secondary || is_selecting {
        return laid.stepped(primary, is_right);
    }
    let place = |at: usize| {
        let caret = laid.caret(at);
        (caret.top(), if is_right { -caret.left() } else { caret.left() })
    };
    if place(primary) <= place(secondary) { primary } else { secondary }
}

fn chosen(primary: usize, secondary: usize) -> CCursorRange {
    let cursor = |at: usize| CCursor { index: at.into(), prefer_next_row: true };
    CCursorRange { primary: cursor(primary), secondary: cursor(secondary), ..CCursorRange::one(cursor(primary)) }
}

/// What the pointer selects in this frame; none where it does nothing.
fn pointed(
    ui: &Ui,
    response: &Response,
    laid: &Laid,
    galley_pos: Pos2,
    range: Option<CCursorRange>,
) -> Option<CCursorRange> {
    let at = laid.at(response.interact_pointer_pos()? - galley_pos);
    if response.triple_clicked() {
        let paragraph = around(&laid.text, at, |text| text.split_inclusive('\n').map(str::len).collect());
        return Some(chosen(paragraph.end, paragraph.start));
    }
    if response.double_clicked() {
        let word = around(&laid.text, at, |text| text.split_word_bounds().map(str::len).collect());
        return Some(chosen(word.end, word.start));
    }
    let (is_pressed, is_extending) = ui.input(|input| (input.pointer.any_pressed(), input.modifiers.shift));
    let held = range.map_or(at, |range| usize::from(range.secondary.index));
    if response.hovered() && is_pressed {
        return Some(chosen(at, if is_extending { held } else { at }));
    }
    ui.is_being_dragged(response.id).then(|| {
        // egui has moved the end that is held by what it takes for the place of the pointer, never the other.
        chosen(at, held)
    })
}

/// The characters of the part of a text around a place, given how many bytes each part has.
fn around(text: &str, at: usize, parts: impl Fn(&str) -> Vec<usize>) -> Range<usize> {
    let (mut first, mut from) = (0, 0);
    for length in parts(text) {
        let past = first + text.get(from..from + length).map_or(0, |part| part.chars().count());
        if at < past {
            return first..past;
        }
        (first, from) = (past, from + length);
    }
    first..first
}

/// Underlines bytes of a text.
fn underline(ui: &Ui, laid: &Laid, bytes: &Range<usize>, color: Color32, galley_pos: Pos2, clip: Rect) {
    let number = |byte: usize| laid.text.get(..byte).map_or(0, |text| text.chars().count());
    let painter = ui.painter_at(clip);
    for rect in laid.rects(&(number(bytes.start)..number(bytes.end))) {
        let rect = rect.translate(galley_pos.to_vec2());
        painter.hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, color));
    }
}

/// Paints the letters where they stand, out of the glyph atlas.
fn paint_letters(ui: &Ui, laid: &Laid, editing: &Editing, galley_pos: Pos2, clip: Rect) {
    let visuals = ui.visuals();
    let color = editing.color.or(visuals.override_text_color).unwrap_or(visuals.widgets.inactive.text_color());
    let [r, g, b, a] = color.to_srgba_unmultiplied();
    let color = Color { r, g, b, a };
    let height = f64::from(laid.line_height);
    let line = |(nth, line): (usize, &laid::Line)| {
        let run = Arc::clone(&line.placed.run);
        let middle = height * (nth as f64 + 0.5);
        let origin = Point::new(f64::from(line.x), line_baseline(middle, run.style));
        Item::Text { run, origin, color }
    };
    let items: Vec<Item> = laid.lines.iter().enumerate().map(line).collect();
    // The ground is that of the field: of it only matters whether it is dark.
    let background = if visuals.dark_mode { Color::BLACK } else { Color::WHITE }.with_alpha(0);
    let size = Size::new(laid.width.into(), height * items.len() as f64);
    paint_scene(&ui.painter_at(clip), &Scene { size, background, items, targets: Vec::new() }, galley_pos);
}

#[cfg(test)]
mod tests;
