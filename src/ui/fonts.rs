//! The bundled fonts as egui knows them, so that the screen shows the glyphs that `text` measured.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

use crate::text::{self, Face};

/// The name of the family that is Inter at weight 600 with the same fallbacks.
pub const SEMIBOLD: &str = "semibold";

/// The semibold family.
pub fn semibold() -> FontFamily {
    FontFamily::Name(SEMIBOLD.into())
}

/// Registers the bundled fonts, and no others: the regular cut for text, the semibold one under [`SEMIBOLD`], both with
/// the fallbacks in the order in which `text` tries them.
pub fn install(ctx: &egui::Context) {
    ctx.set_fonts(definitions());
}

fn definitions() -> FontDefinitions {
    let mut definitions = FontDefinitions::empty();
    for font in text::fonts() {
        // Inter's thin spaces are wider than the half of a space that egui supposes.
        let tweak = FontTweak { thin_space_width: 372.0 / 576.0, ..FontTweak::default() };
        let data = FontData::from_static(font.bytes).tweak(tweak);
        definitions.font_data.insert(font.name.to_owned(), Arc::new(data));
    }
    let chain = |face| text::font_chain(face).filter_map(|at| text::fonts().get(at)).map(|font| font.name.to_owned());
    let regular: Vec<String> = chain(Face::Regular).collect();
    definitions.families.insert(FontFamily::Proportional, regular.clone());
    definitions.families.insert(FontFamily::Monospace, regular);
    definitions.families.insert(semibold(), chain(Face::SemiBold).collect());
    definitions
}
