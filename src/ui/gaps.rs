//! The gaps and bursts of what is shown, as a list: a click goes there.

use egui::{Rect, RichText, ScrollArea, Sense, TextStyle, TextWrapMode, Ui, WidgetInfo, WidgetText, pos2, vec2};

use super::field::choice_ui;
use super::letters::{Letters, paint_cell};
use super::paint::color32;
use super::style::Chrome;
use super::{Document, ViewState};
use crate::activity::{self, Activity, Spell, TrackActivity, date_words};
use crate::text::visible;
use crate::theme::Theme;
use crate::time::Instant;

/// Height of a row, in points.
const ROW_PT: f32 = 22.0;
/// Width of the menu of bands, in points.
const BANDS_PT: f32 = 200.0;
/// Where the columns begin, in points: what, when, how long, and what else.
const COLUMNS_PT: [f32; 4] = [8.0, 120.0, 380.0, 480.0];
/// Where they begin in a list that is narrower than this, in points: so that what else there is has room.
const NARROW_COLUMNS_PT: [f32; 4] = [8.0, 104.0, 288.0, 364.0];
const NARROW_BELOW_PT: f32 = 640.0;
/// Width of the name of a band before them, where each is listed, in points.
const BAND_PT: f32 = 180.0;
/// The least window that a row leads to.
const LEAST_MICROS: i64 = Instant::DAY;
/// What is shown on either side of a stretch, as a share of it.
const MARGIN_SHARE: f64 = 0.15;
/// The most that is, as a share of all time that is not folded: of a gap that is folded its own length is not what is seen.
const MOST_MARGIN_SHARE: f64 = 0.06;

/// Whose stretches are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Listed {
    /// Those of all events together.
    #[default]
    Together,
    /// Those of each band, as they are marked on the track.
    Each,
    /// Those of one band.
    Band(usize),
}

/// What the list remembers between frames.
#[derive(Debug, Default)]
pub struct GapsState {
    listed: Listed,
    /// The stretches of all bands by time, each by its place in its band, with the number of the activity that they are of.
    by_time: Option<(u64, Vec<(usize, usize)>)>,
}

impl GapsState {
    /// The stretches of each band in the order of lists.
    fn by_time(&mut self, found: &TrackActivity) -> &[(usize, usize)] {
        let known = self.by_time.take().filter(|(number, _)| *number == found.number);
        let (_, rows) = self.by_time.insert(known.unwrap_or_else(|| {
            let bands = found.bands.iter().enumerate();
            let spells =
                bands.flat_map(|(band, own)| own.spells.iter().enumerate().map(move |(at, it)| (it, band, at)));
            let mut spells: Vec<(&Spell, usize, usize)> = spells.collect();
            spells.sort_by_key(|(spell, band, _)| (spell.start, spell.end, *band, spell.kind));
            (found.number, spells.into_iter().map(|(_, band, at)| (band, at)).collect())
        }));
        rows
    }
}

/// The list.
pub fn gaps_ui(ui: &mut Ui, doc: Document<'_>, view: &mut ViewState, theme: &Theme, state: &mut GapsState) {
    let chrome = Chrome::of(theme);
    let Some(found) = doc.activity else {
        ui.label(RichText::new("Looking for gaps and bursts…").color(chrome.muted));
        return;
    };
    let title = |band: usize| {
        let title = doc.index.bands().get(band).map_or("", |band| band.title.as_str());
        if title.is_empty() { "No name".to_owned() } else { visible(title).into_owned() }
    };
    let options = options(found, title);
    if !options.iter().any(|(listed, _)| *listed == state.listed) {
        state.listed = options.first().map_or(Listed::Together, |(listed, _)| *listed);
    }
    ui.horizontal(|ui| {
        let chosen =
            ui.allocate_ui(vec2(BANDS_PT, ROW_PT), |ui| choice_ui(ui, "Band", true, false, &state.listed, &options));
        state.listed = chosen.inner.unwrap_or(state.listed);
        ui.checkbox(&mut view.transient.marks_gaps, "Mark them on the track")
            .on_hover_text("Hatched where a band is empty, thinly where it perhaps is; a bar over a burst");
    });
    let caveat = match (state.listed, &found.whole) {
        (Listed::Band(band), _) => found.bands.get(band).map(Activity::caveat).unwrap_or_default(),
        (Listed::Together | Listed::Each, Some(whole)) => whole.caveat(),
        (Listed::Together | Listed::Each, None) => {
            activity::caveat(found.bands.iter().map(|band| band.undated).sum(), "telling")
        }
    };
    if !caveat.is_empty() {
        ui.label(RichText::new(caveat).color(chrome.muted));
    }
    let listed = state.listed;
    let each = if listed == Listed::Each { state.by_time(found) } else { &[] };
    // The stretch in a row, with the activity that it is part of and the band that has to be named.
    let row = |at: usize| {
        let (activity, at, band) = match listed {
            Listed::Together => (found.whole.as_ref()?, at, None),
            Listed::Band(band) => (found.bands.get(band)?, at, None),
            Listed::Each => {
                let (band, at) = *each.get(at)?;
                (found.bands.get(band)?, at, Some(title(band)))
            }
        };
        Some((activity, activity.spells.get(at)?, band))
    };
    let count = match listed {
        Listed::Together => found.whole.as_ref().map_or(0, |whole| whole.spells.len()),
        Listed::Band(band) => found.bands.get(band).map_or(0, |band| band.spells.len()),
        Listed::Each => each.len(),
    };
    if count == 0 {
        let words = "No stretch is empty for long, and in none events follow one another unusually fast";
        ui.label(RichText::new(words).color(chrome.muted));
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("gaps").auto_shrink(false).show_rows(ui, ROW_PT, count, |ui, rows| {
        for (activity, spell, band) in rows.filter_map(row) {
            if row_ui(ui, doc, (activity, spell), band, chrome, theme) {
                let (folds, whole) = (view.place.viewport.folds, activity.extent.unwrap_or((spell.start, spell.end)));
                let unfolded_micros = folds.unfolded_micros(whole.0, whole.1);
                view.transient.window_pending = Some(around(spell, unfolded_micros));
            }
        }
    });
}

/// Whose stretches can be listed.
fn options(found: &TrackActivity, title: impl Fn(usize) -> String) -> Vec<(Listed, String)> {
    let together = found.whole.as_ref().map(|_| (Listed::Together, "All bands together".to_owned()));
    let has_each = found.whole.is_none() || found.bands.len() > 1;
    let each = has_each.then(|| (Listed::Each, "Each band by itself".to_owned()));
    let bands = (0..found.bands.len()).map(|band| (Listed::Band(band), title(band)));
    together.into_iter().chain(each).chain(bands).collect()
}

/// A stretch with a little more on both sides, where so much of all time is not folded.
fn around(spell: &Spell, unfolded_micros: i128) -> (Instant, Instant) {
    let margin = (spell.micros() as f64 * MARGIN_SHARE).min(unfolded_micros as f64 * MOST_MARGIN_SHARE);
    let margin = (margin as i64).max(LEAST_MICROS / 2);
    (spell.start.saturating_add(-margin), spell.end.saturating_add(margin))
}

/// A row, which names the band where it is one of several; whether it was clicked.
fn row_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    (activity, spell): (&Activity, &Spell),
    band: Option<String>,
    chrome: Chrome,
    theme: &Theme,
) -> bool {
    let row = activity.row(spell, doc.zone);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PT), Sense::click());
    let when = date_words(&row);
    response.widget_info(|| {
        let facts = [row.kind.label(), &when, &row.length, &row.note, band.as_deref().unwrap_or_default()];
        let name: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
        WidgetInfo::labeled(egui::Role::ListBoxOption, true, name.join(", "))
    });
    if response.hovered() {
        ui.painter().rect_filled(rect, 0.0, color32(theme.hover));
    }
    if response.has_focus() {
        let ring = egui::Stroke::new(1.0, color32(theme.focus_ring));
        ui.painter().rect_stroke(rect, 0.0, ring, egui::StrokeKind::Inside);
    }
    let font = TextStyle::Body.resolve(ui.style());
    let named_pt = if band.is_some() { BAND_PT } else { 0.0 };
    let cells = [row.kind.label(), &when, &row.length, &row.note];
    // The name of a band leaves the columns less room.
    let columns = if rect.width() - named_pt < NARROW_BELOW_PT { NARROW_COLUMNS_PT } else { COLUMNS_PT };
    let columns = columns.map(|x| x + named_pt);
    let ends = columns.into_iter().skip(1).chain([rect.width()]);
    for (nth, ((text, x), end)) in cells.into_iter().zip(columns).zip(ends).enumerate() {
        let color = if nth == 1 { chrome.text } else { chrome.muted };
        let words = WidgetText::from(RichText::new(text).font(font.clone()).color(color));
        let galley = words.into_galley(ui, Some(TextWrapMode::Truncate), (end - x - 4.0).max(0.0), TextStyle::Body);
        let at = pos2(rect.left() + x, rect.center().y - galley.size().y / 2.0);
        ui.painter_at(rect).galley(at, galley, color);
    }
    if let Some(band) = &band {
        let left = pos2(rect.left() + COLUMNS_PT[0], rect.top());
        let cell = Rect::from_min_max(left, pos2(rect.left() + named_pt, rect.bottom()));
        if !paint_cell(ui, cell, band, Letters::body(chrome.text)) {
            let words = WidgetText::from(RichText::new(band).color(chrome.text));
            let galley = words.into_galley(ui, Some(TextWrapMode::Truncate), cell.width(), TextStyle::Body);
            ui.painter().galley(pos2(left.x, cell.center().y - galley.size().y / 2.0), galley, chrome.text);
        }
    }
    let way = band.map_or_else(|| "Go there".to_owned(), |band| format!("Go there: {band}"));
    let said = if row.note.is_empty() { way } else { format!("{}\n\n{way}", row.note) };
    response.on_hover_text(said).clicked()
}
