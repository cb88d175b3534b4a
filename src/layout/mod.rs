//! Where things stand: time to x and back, ruler, bands and rows, labels. Pure functions of their input.

mod viewport;

pub use viewport::Viewport;
