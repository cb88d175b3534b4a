//! Where things stand: time to x and back, ruler, bands and rows, labels. Pure functions of their input.

mod bands;
mod endings;
mod folding;
mod labels;
mod ruler;
mod taken;
mod viewport;
mod wrap;

pub use bands::Bands;
pub use endings::{Title, distinct_endings};
pub use folding::Folding;
pub use labels::{Label, LabelSide, LabelWish, UNCOVERED, Words, place_over, place_row};
pub(crate) use ruler::fold_marks;
pub use ruler::{Begun, Division, FoldMark, Ruler};
pub use viewport::{FoldSpan, Viewport};
pub use wrap::wrap;
