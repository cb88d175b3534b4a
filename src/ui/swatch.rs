//! The colours that lanes and eras are offered, and buttons that show one.

use egui::{Atom, Button, Color32, vec2};

use crate::theme::{Theme, ThemeName};

/// What the colours of the palette are called, in its order.
const COLORS: [&str; 8] = ["Blue", "Orange", "Green", "Purple", "Red", "Teal", "Olive", "Grey"];

/// The colours that lanes and eras are offered, as files write them, with their names. Other themes make their own of them.
pub fn palette() -> impl Iterator<Item = (String, &'static str)> {
    let colors = Theme::named(ThemeName::Light).lanes;
    colors.into_iter().map(|color| format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b)).zip(COLORS)
}

/// A button with a colour before its name.
pub fn swatch(name: &str, color: Color32) -> Button<'_> {
    let square = Atom::paint(vec2(12.0, 12.0), move |ui, args| {
        ui.painter().rect_filled(args.rect, 2.0, color);
    });
    Button::new((square, name))
}
