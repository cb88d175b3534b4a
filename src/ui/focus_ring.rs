//! The ring around what has the keyboard: one for every widget, so that none is without.
//!
//! ```text
//!  ┌─────────────────┐  ring, WIDTH_PT wide
//!  │ ┌─────────────┐ │  gap of GAP_PT, or the ring of a filled button would not be seen
//!  │ │   widget    │ │
//! ```

use egui::{Context, Id, Rect, Stroke, StrokeKind};

use super::{color32, keyboard};
use crate::theme::Theme;

/// Width of the ring, in points.
const WIDTH_PT: f32 = 2.0;

/// Between widget and ring, in points.
const GAP_PT: f32 = 1.0;

/// Leaves the ring to a widget that fills a part of the window and draws its own inside.
pub fn draws_its_own(ctx: &Context, widget: Id) {
    ctx.data_mut(|data| data.insert_temp(widget.with("draws its own focus ring"), true));
}

/// Draws the ring where it belongs. To be called once all is drawn. Returns its place.
pub fn focus_ring_ui(ctx: &Context, theme: &Theme) -> Option<Rect> {
    let widget = keyboard::focused(ctx)?;
    let draws_its_own = ctx.data(|data| data.get_temp::<bool>(widget.id.with("draws its own focus ring"))).is_some();
    // What is scrolled out of sight has no ring, and what is cut by an edge one that is cut there too.
    if draws_its_own || !widget.interact_rect.is_positive() {
        return None;
    }
    let around = GAP_PT + WIDTH_PT;
    let clip = widget.interact_rect.expand(around);
    let stroke = Stroke::new(WIDTH_PT, color32(theme.focus_ring));
    let painter = ctx.layer_painter(widget.layer_id).with_clip_rect(clip);
    painter.rect_stroke(widget.rect.expand(GAP_PT), 4.0, stroke, StrokeKind::Outside);
    Some(widget.rect.expand(around).intersect(clip))
}
