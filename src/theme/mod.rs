//! Colour and spacing tokens: light, dark, print.
//!
//! Every colour of the picture and the window is named here and nowhere else; shapes belong to `scene`.

mod color;
mod scales;
mod tokens;

pub use color::Color;
pub use scales::Scales;
pub use tokens::{Theme, ThemeName, font, space};
