//! Rows dragged among those of the same date: the order of these is the file's, and is edited by it.
//!
//! ```text
//!   24 Oct   Duma ratifies
//!   ●━━━━━━━━━━━━━━━━━━━━━━━━━   where the row that is held would land
//!   24 Oct   Speech            ← held
//!   25 Oct   …                   elsewhere the dates say what comes first
//! ```

use egui::{CursorIcon, Pos2, Rangef, Rect, Response, Stroke, Ui, vec2};

use super::column::Column;
use super::{ROW_PT, TableState};
use crate::edit::{Beside, is_tied, put_beside};
use crate::model::{Event, EventField, Text};
use crate::theme::Theme;
use crate::ui::paint::color32;
use crate::ui::{Action, Document, why_not};

/// A row that is held.
#[derive(Debug, Clone)]
pub struct HeldRow {
    event: Text,
    /// Where it would land; why nowhere.
    landing: Result<Landing, String>,
}

#[derive(Debug, Clone)]
struct Landing {
    beside: Beside,
    /// The row above whose top edge that is.
    above: usize,
}

/// Takes in a drag of the row of an event.
pub fn drag_row(
    ui: &Ui,
    response: &Response,
    doc: Document<'_>,
    state: &mut TableState,
    (row, event): (usize, &Event),
) {
    if response.drag_started_by(egui::PointerButton::Primary) {
        state.held = Some(HeldRow { event: event.id.clone(), landing: Err(String::new()) });
    }
    if !response.dragged() || state.held.as_ref().is_none_or(|held| held.event != event.id) {
        return;
    }
    if ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        state.held = None;
        ui.ctx().stop_dragging();
        return;
    }
    if let Some(at) = response.interact_pointer_pos() {
        let landing = landing(doc, state, (row, event), response.rect.top(), at);
        ui.ctx().set_cursor_icon(if landing.is_ok() { CursorIcon::Grabbing } else { CursorIcon::NotAllowed });
        state.held = Some(HeldRow { event: event.id.clone(), landing });
    }
}

/// Where a row that is held at a point of the screen would land; why nowhere.
fn landing(
    doc: Document<'_>,
    state: &TableState,
    (row, event): (usize, &Event),
    top: f32,
    at: Pos2,
) -> Result<Landing, String> {
    if let Some(reason) = doc.read_only {
        return Err(format!("Cannot be changed: {}", reason.words()));
    }
    if let Some(sorting) = state.rows.sorting().filter(|sorting| sorting.column != Column::Field(EventField::Date)) {
        let heading = sorting.column.heading();
        return Err(format!("Sorted by {heading}: the order of events of one date shows in the order of time"));
    }
    // The gap between rows that is nearest to the pointer, counted from the row that is held.
    let gap = ((at.y - top) / ROW_PT).round() as i64;
    let above = i64::try_from(row).ok().and_then(|row| usize::try_from(row + gap).ok());
    let Some(above) = above.filter(|above| *above <= state.rows.len(doc)) else { return Err(why_not(doc, event)) };
    if above == row || above == row + 1 {
        return Err(String::new());
    }
    // On its way it passes rows of its date only.
    let (next, passed) = if above < row { (above, above..row) } else { (above - 1, row + 1..above) };
    let all_tied =
        passed.clone().all(|passed| state.rows.event(doc, passed).is_some_and(|other| is_tied(event, other, doc.zone)));
    match state.rows.event(doc, next).filter(|_| all_tied) {
        Some(other) if above < row => Ok(Landing { beside: Beside::Before(other.id.clone()), above }),
        Some(other) => Ok(Landing { beside: Beside::After(other.id.clone()), above }),
        None => Err(why_not(doc, event)),
    }
}

/// Shows where the row that is held would land, and puts it there once it is let go.
pub fn held_row_ui(
    ui: &Ui,
    doc: Document<'_>,
    theme: &Theme,
    state: &mut TableState,
    seen: Rect,
    actions: &mut Vec<Action>,
) {
    let Some(held) = state.held.clone() else { return };
    if !ui.input(|input| input.pointer.any_down() || input.pointer.any_released()) {
        state.held = None;
        return;
    }
    if ui.input(|input| input.pointer.any_released()) {
        state.held = None;
        let Ok(landing) = held.landing else { return };
        if let Ok(put) = put_beside(doc.timeline, &held.event, &landing.beside, doc.zone) {
            state.go_to(held.event.clone());
            state.rows.select(&held.event);
            actions.push(Action::EditAndTell {
                label: put.label,
                said: put.said,
                edit: put.edit,
                select: Some(held.event),
            });
        }
        return;
    }
    match &held.landing {
        Ok(landing) => {
            let y = seen.top() + state.scroll.top_pt(landing.above);
            let accent = color32(theme.accent);
            let painter = ui.painter_at(seen.expand(2.0));
            painter.hline(Rangef::new(seen.left(), seen.right()), y, Stroke::new(2.0, accent));
            painter.circle_filled(egui::pos2(seen.left() + 4.0, y), 4.0, accent);
        }
        Err(why) if !why.is_empty() => {
            if let Some(at) = ui.input(|input| input.pointer.latest_pos()) {
                let beside = Rect::from_min_size(at, vec2(1.0, ROW_PT));
                egui::Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), ui.scope_id().with("held row"), beside)
                    .show(|ui| ui.label(why));
            }
        }
        Err(_) => {}
    }
}
