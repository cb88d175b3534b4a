//! Where things stand: time to x and back, ruler, bands and rows, labels. Pure functions of their input.

mod bands;
mod labels;
mod viewport;

pub use bands::Bands;
pub use labels::{Label, LabelSide, LabelWish, place_row};
pub use viewport::Viewport;
