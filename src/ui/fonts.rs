//! The bundled fonts as egui knows them, so that the screen shows the glyphs that `text` measured.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

use crate::text;

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
    let mut regular = Vec::new();
    let mut semibold_names = Vec::new();
    for (at, font) in text::fonts().iter().enumerate() {
        let name = format!("{at} {} {}", font.family, font.weight);
        definitions.font_data.insert(name.clone(), Arc::new(FontData::from_static(font.bytes)));
        // The two cuts stand first (see `text::fonts`); whatever follows is a fallback of both.
        match at {
            0 => regular.push(name),
            1 => semibold_names.push(name),
            _ => {
                regular.push(name.clone());
                semibold_names.push(name);
            }
        }
    }
    if regular.is_empty() {
        return with_semibold(FontDefinitions::default());
    }
    definitions.families.insert(FontFamily::Proportional, regular.clone());
    definitions.families.insert(FontFamily::Monospace, regular);
    definitions.families.insert(semibold(), semibold_names);
    definitions
}

fn with_semibold(mut definitions: FontDefinitions) -> FontDefinitions {
    let names = definitions.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    definitions.families.insert(semibold(), names);
    definitions
}
