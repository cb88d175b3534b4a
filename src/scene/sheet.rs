//! A picture while it is painted.

use std::sync::Arc;

use super::{Item, Target, text_baseline};
use crate::geom::Point;
use crate::text::{Run, Shaper};
use crate::theme::Color;

/// What is painted so far, and the letters for more.
pub(super) struct Sheet<'s> {
    /// In paint order.
    pub items: Vec<Item>,
    /// Later ones lie on top.
    pub targets: Vec<Target>,
    pub shaper: &'s mut Shaper,
}

impl<'s> Sheet<'s> {
    /// Nothing is painted.
    pub(super) fn new(shaper: &'s mut Shaper) -> Self {
        Self { items: Vec::new(), targets: Vec::new(), shaper }
    }

    /// A line of text from `x`, its capitals around `middle`.
    pub(super) fn text(&mut self, run: Arc<Run>, x: f64, middle: f64, color: Color) {
        let origin = Point::new(x, text_baseline(middle, run.style));
        self.items.push(Item::Text { run, origin, color });
    }
}
