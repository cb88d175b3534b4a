//! The gaps and bursts of what is shown, as a list: a click goes there.

use egui::{RichText, ScrollArea, Sense, TextStyle, TextWrapMode, Ui, WidgetInfo, WidgetText, pos2, vec2};

use super::field::choice_ui;
use super::paint::color32;
use super::style::Chrome;
use super::{Document, ViewState};
use crate::activity::{Activity, Spell, date_words};
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
/// The least window that a row leads to.
const LEAST_MICROS: i64 = Instant::DAY;
/// What is shown on either side of a stretch, as a share of it.
const MARGIN_SHARE: f64 = 0.15;
/// The most that is, as a share of all time that is not folded: of a gap that is folded its own length is not what is seen.
const MOST_MARGIN_SHARE: f64 = 0.06;

/// What the list remembers between frames.
#[derive(Debug, Default)]
pub struct GapsState {
    /// The band that is listed; none lists all together.
    band: Option<usize>,
}

/// The list.
pub fn gaps_ui(ui: &mut Ui, doc: Document<'_>, view: &mut ViewState, theme: &Theme, state: &mut GapsState) {
    let chrome = Chrome::of(theme);
    let Some(found) = doc.activity else {
        ui.label(RichText::new("Looking for gaps and bursts…").color(chrome.muted));
        return;
    };
    state.band = state.band.filter(|band| *band < found.bands.len());
    let title = |band: usize| {
        let title = doc.index.bands().get(band).map_or("", |band| band.title.as_str());
        if title.is_empty() { "No name".to_owned() } else { visible(title).into_owned() }
    };
    ui.horizontal(|ui| {
        let bands = (0..found.bands.len()).map(|band| (Some(band), title(band)));
        let options: Vec<(Option<usize>, String)> =
            std::iter::once((None, "All bands".to_owned())).chain(bands).collect();
        let chosen =
            ui.allocate_ui(vec2(BANDS_PT, ROW_PT), |ui| choice_ui(ui, "Band", true, false, &state.band, &options));
        state.band = chosen.inner.unwrap_or(state.band);
        ui.checkbox(&mut view.transient.marks_gaps, "Mark them on the track")
            .on_hover_text("Hatched where a band is empty, thinly where it perhaps is; a bar over a burst");
    });
    let activity = state.band.and_then(|band| found.bands.get(band)).unwrap_or(&found.whole);
    let caveat = activity.caveat();
    if !caveat.is_empty() {
        ui.label(RichText::new(caveat).color(chrome.muted));
    }
    if activity.spells.is_empty() {
        let words = "No stretch is empty for long, and in none events follow one another unusually fast";
        ui.label(RichText::new(words).color(chrome.muted));
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().id_salt("gaps").auto_shrink(false).show_rows(
        ui,
        ROW_PT,
        activity.spells.len(),
        |ui, rows| {
            for spell in activity.spells.get(rows).unwrap_or_default() {
                if row_ui(ui, doc, activity, spell, chrome, theme) {
                    let (folds, whole) =
                        (view.place.viewport.folds, activity.extent.unwrap_or((spell.start, spell.end)));
                    let unfolded_micros = folds.unfolded_micros(whole.0, whole.1);
                    view.transient.window_pending = Some(around(spell, unfolded_micros));
                }
            }
        },
    );
}

/// A stretch with a little more on both sides, where so much of all time is not folded.
fn around(spell: &Spell, unfolded_micros: i128) -> (Instant, Instant) {
    let margin = (spell.micros() as f64 * MARGIN_SHARE).min(unfolded_micros as f64 * MOST_MARGIN_SHARE);
    let margin = (margin as i64).max(LEAST_MICROS / 2);
    (spell.start.saturating_add(-margin), spell.end.saturating_add(margin))
}

/// A row; whether it was clicked.
fn row_ui(ui: &mut Ui, doc: Document<'_>, activity: &Activity, spell: &Spell, chrome: Chrome, theme: &Theme) -> bool {
    let row = activity.row(spell, doc.zone);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_PT), Sense::click());
    let when = date_words(&row);
    response.widget_info(|| {
        let facts = [row.kind.label(), &when, &row.length, &row.note];
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
    let cells = [row.kind.label(), &when, &row.length, &row.note];
    let columns = if rect.width() < NARROW_BELOW_PT { NARROW_COLUMNS_PT } else { COLUMNS_PT };
    let ends = columns.into_iter().skip(1).chain([rect.width()]);
    for (nth, ((text, x), end)) in cells.into_iter().zip(columns).zip(ends).enumerate() {
        let color = if nth == 1 { chrome.text } else { chrome.muted };
        let words = WidgetText::from(RichText::new(text).font(font.clone()).color(color));
        let galley = words.into_galley(ui, Some(TextWrapMode::Truncate), (end - x - 4.0).max(0.0), TextStyle::Body);
        let at = pos2(rect.left() + x, rect.center().y - galley.size().y / 2.0);
        ui.painter_at(rect).galley(at, galley, color);
    }
    let said = if row.note.is_empty() { "Go there".to_owned() } else { format!("{}\n\nGo there", row.note) };
    response.on_hover_text(said).clicked()
}
