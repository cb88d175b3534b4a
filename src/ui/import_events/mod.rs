//! The form that brings events in: the questions that the file leaves open, the track as it would be, the table at the left and
//! what becomes of it at the right. It answers; `app` reads, and changes nothing before *Import*.
//!
//! | module | owns |
//! |---|---|
//! | `form` | what the form holds, and what a reading gave |
//! | `questions` | the questions, with the answers that were given |
//! | `settings` | everything else that says how a file is read |
//! | `columns` | the table, with what each column becomes |
//! | `values` | what the words for standing and weight mean |
//! | `track` | the track as it would be |
//! | `outcome` | what comes in, what changes, and what could not be taken |

mod columns;
mod form;
mod outcome;
mod questions;
mod settings;
mod track;
mod values;

pub use form::{EventsAnswer, EventsForm, EventsRead, TrackPreview};

use egui::{Align, Context, Layout, ProgressBar, RichText, Spinner, Ui, vec2};

use super::dialog::{begin_at, footer, main_button, modal};
use super::style::Chrome;
use crate::text::{Shaper, visible};
use crate::theme::Theme;

/// Width of the form in points, at most.
const WIDTH_PT: f32 = 1320.0;

/// What the window leaves around the form, frame included, in points.
const AROUND_PT: f32 = 72.0;

/// Heights of the table in points: least and most.
const TABLE_PT: (f32, f32) = (120.0, 560.0);

/// Shows the form. Escape closes it.
pub fn import_events_ui(
    ctx: &Context,
    form: &mut EventsForm,
    theme: &Theme,
    shaper: &mut Shaper,
) -> Option<EventsAnswer> {
    let chrome = Chrome::of(theme);
    let screen = ctx.content_rect().size();
    let modal = modal(ctx, "import events").show(ctx, |ui| {
        ui.set_width((screen.x - AROUND_PT - 8.0).min(WIDTH_PT));
        let top = ui.cursor().top();
        ui.heading(format!("Import events from “{}”", visible(&form.name)));
        ui.label(RichText::new(about(form)).color(chrome.muted));
        ui.add_space(6.0);
        let mut is_changed = questions::questions_ui(ui, form, chrome);
        is_changed |= settings::settings_ui(ui, form, chrome);
        is_changed |= values::values_ui(ui, form, chrome);
        track::track_ui(ui, form, theme, shaper);
        ui.add_space(6.0);
        // The table takes what the rest leaves, as high as that was in the last frame.
        let above = ui.cursor().top() - top;
        let height = (screen.y - AROUND_PT - above - form.below_pt).clamp(TABLE_PT.0, TABLE_PT.1);
        is_changed |= body_ui(ui, form, height, chrome);
        let bottom = ui.cursor().top();
        let asked = outcome::remarks_ui(ui, form, chrome);
        let answer = footer(ui, |ui| buttons_ui(ui, form, chrome)).or(asked);
        let below = ui.cursor().top() - bottom;
        if (form.below_pt - below).abs() > 0.5 {
            form.below_pt = below;
            ctx.request_discard("what stands below the table has another height");
        }
        answer.or_else(|| is_changed.then_some(EventsAnswer::Read))
    });
    let size = modal.response.rect.size();
    if form.size_pt != size {
        // It is put in the middle by the size of the frame before.
        form.size_pt = size;
        ctx.request_repaint();
    }
    modal.inner.or_else(|| modal.should_close().then_some(EventsAnswer::Cancel))
}

/// What the file is taken for.
fn about(form: &EventsForm) -> String {
    let told = form.read.as_ref().map(|read| read.about.as_str()).filter(|about| !about.is_empty());
    let format = form.format.map_or("Written by Annalist", |format| format.label);
    let known = if form.is_known && form.format.is_some() { " · columns as they were read last time" } else { "" };
    format!("{}{known}", told.unwrap_or(format))
}

/// The table and what becomes of it, side by side; says whether something was changed.
fn body_ui(ui: &mut Ui, form: &mut EventsForm, height: f32, chrome: Chrome) -> bool {
    const GAP_PT: f32 = 16.0;
    let mut is_changed = false;
    let has_table = !form.mapping.columns.is_empty();
    let width = ui.available_width();
    let right = if has_table { (width * 0.36).max(280.0) } else { width };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP_PT;
        if has_table {
            let size = vec2((width - right - GAP_PT).max(200.0), height);
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                ui.set_min_height(height);
                is_changed = columns::table_ui(ui, form, height, chrome);
            });
        }
        ui.allocate_ui_with_layout(vec2(right, height), Layout::top_down(Align::Min), |ui| {
            ui.set_min_height(height);
            outcome::outcome_ui(ui, form, height, chrome);
        });
    });
    is_changed
}

fn buttons_ui(ui: &mut Ui, form: &EventsForm, chrome: Chrome) -> Option<EventsAnswer> {
    if form.is_busy() {
        // How far a reading has come is not known of every format.
        if form.share > 0.0 {
            let bar = ProgressBar::new(form.share).desired_width(160.0).show_percentage();
            ui.add(bar).accessible_name("How much has been read");
        } else {
            ui.add(Spinner::new().size(16.0));
        }
        let what = if form.is_importing { "Importing…" } else { "Reading…" };
        ui.label(RichText::new(what).color(chrome.muted));
    } else {
        let summary = form.read.as_ref().map_or("", |read| read.summary.as_str());
        let (summary, ink) =
            if form.is_open() { ("Questions are open", chrome.warning) } else { (summary, chrome.text) };
        ui.label(RichText::new(summary).color(ink));
    }
    let cancel = ui.button("Cancel").clicked();
    let hindrance = form.hindrance();
    let main = ui.add_enabled(hindrance.is_none(), main_button("Import", chrome));
    // Enter imports once all is answered: it is one step to undo.
    begin_at(&main);
    if main.on_disabled_hover_text(hindrance.unwrap_or_default()).clicked() {
        return Some(EventsAnswer::Import);
    }
    cancel.then_some(EventsAnswer::Cancel)
}
