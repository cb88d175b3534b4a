//! The timeline canvas: the track with its gestures, and the overview strip below it.
//!
//! Owns how the pointer moves the window and the events. What is drawn belongs to `scene`, how to `paint`.

use super::{Action, Document, ViewState};
use crate::text::Shaper;
use crate::theme::Theme;

/// What the canvas remembers between frames.
#[derive(Debug, Default)]
pub struct CanvasState {}

/// Fills the available rectangle with the track and the overview strip.
pub fn canvas_ui(
    ui: &mut egui::Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    theme: &Theme,
    shaper: &mut Shaper,
    state: &mut CanvasState,
    actions: &mut Vec<Action>,
) {
    let _ = (doc, theme, shaper, state, actions);
    let size = ui.available_size();
    view.viewport.width_pt = f64::from(size.x);
    ui.allocate_space(size);
}
