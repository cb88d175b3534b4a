//! The bundled fonts: their bytes, what is parsed of them, and which of them has a character.
//!
//! Owns the order in which fonts are tried; `assets/fonts/README.md` says where the files come from.

use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use harfrust::{Direction, Script, ShapePlan, Shaper, ShaperData, script};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::Face;

/// A bundled font.
#[derive(Debug, Clone, Copy)]
pub struct Font {
    /// A name no other bundled font has, for registries that know a font by one name.
    pub name: &'static str,
    /// The family under which SVG knows it; shared by the cuts of one family.
    pub family: &'static str,
    /// CSS weight.
    pub weight: u16,
    /// The TrueType file.
    pub bytes: &'static [u8],
}

macro_rules! font {
    ($name:literal, $family:literal, $weight:literal) => {
        Font {
            name: $name,
            family: $family,
            weight: $weight,
            bytes: include_bytes!(concat!("../../assets/fonts/", $name, ".ttf")),
        }
    };
}

static FONTS: [Font; 10] = [
    font!("Inter-Regular", "Inter", 400),
    font!("Inter-SemiBold", "Inter", 600),
    font!("NotoSansArabic-Regular", "Noto Sans Arabic", 400),
    font!("NotoSansHebrew-Regular", "Noto Sans Hebrew", 400),
    font!("NotoSansDevanagari-Regular", "Noto Sans Devanagari", 400),
    font!("NotoSansThai-Regular", "Noto Sans Thai", 400),
    font!("NotoSansArmenian-Regular", "Noto Sans Armenian", 400),
    font!("NotoSansGeorgian-Regular", "Noto Sans Georgian", 400),
    font!("NotoSansSymbols2-Regular", "Noto Sans Symbols2", 400),
    font!("DroidSansFallback", "Droid Sans Fallback", 400),
];

/// How many of [`fonts`] are faces; the rest are fallbacks.
const FACES: usize = 2;

/// The bundled fonts: the faces first, then fallbacks in the order they are tried.
pub fn fonts() -> &'static [Font] {
    &FONTS
}

/// The fonts a face is set in, as indices into [`fonts`]: the face itself, then the fallbacks.
pub fn font_chain(face: Face) -> impl Iterator<Item = usize> {
    std::iter::once(face_index(face)).chain(FACES..FONTS.len())
}

pub(super) const fn face_index(face: Face) -> usize {
    match face {
        Face::Regular => 0,
        Face::SemiBold => 1,
    }
}

/// The first font of the face's chain that has the character.
pub(super) fn font_with(face: Face, character: char) -> Option<usize> {
    font_chain(face).find(|&font| parsed(font).is_some_and(|font| font.charmap.map(character).is_some()))
}

/// What shaping needs of a font, parsed once.
pub(super) struct ParsedFont {
    pub font: FontRef<'static>,
    pub shaper: ShaperData,
    pub charmap: Charmap<'static>,
    pub units_per_em: f64,
    /// Above the baseline, in units.
    pub ascent: f64,
    /// Below the baseline, in units, positive.
    pub descent: f64,
    /// A plan costs as much as shaping a label by it.
    plans: RwLock<Vec<(Script, Direction, Arc<ShapePlan>)>>,
}

impl ParsedFont {
    /// How text of a script and direction is shaped in this font, with the features that are on unless asked for.
    pub fn plan(&self, shaper: &Shaper<'_>, script: Script, direction: Direction) -> Arc<ShapePlan> {
        let plans = self.plans.read().unwrap_or_else(PoisonError::into_inner);
        let known = plans.iter().find(|plan| (plan.0, plan.1) == (script, direction));
        if let Some((_, _, plan)) = known {
            return Arc::clone(plan);
        }
        drop(plans);
        let named = Some(script).filter(|script| *script != script::UNKNOWN);
        let plan = Arc::new(ShapePlan::new(shaper, direction, named, None, &[]));
        let mut plans = self.plans.write().unwrap_or_else(PoisonError::into_inner);
        plans.push((script, direction, Arc::clone(&plan)));
        plan
    }
}

pub(super) fn parsed(font: usize) -> Option<&'static ParsedFont> {
    static PARSED: LazyLock<Vec<Option<ParsedFont>>> = LazyLock::new(|| FONTS.iter().map(parse).collect());
    PARSED.get(font)?.as_ref()
}

fn parse(font: &Font) -> Option<ParsedFont> {
    let font = FontRef::new(font.bytes).ok()?;
    let metrics = font.metrics(Size::unscaled(), LocationRef::default());
    Some(ParsedFont {
        shaper: ShaperData::new(&font),
        charmap: font.charmap(),
        units_per_em: f64::from(metrics.units_per_em),
        ascent: f64::from(metrics.ascent),
        descent: -f64::from(metrics.descent),
        plans: RwLock::default(),
        font,
    })
}

#[cfg(test)]
mod tests {
    use skrifa::string::StringId;

    use super::*;

    #[test]
    fn every_file_parses_and_is_what_it_says() {
        for (index, font) in fonts().iter().enumerate() {
            let parsed = parsed(index).unwrap_or_else(|| panic!("{} does not parse", font.name));
            assert!(parsed.units_per_em > 0.0 && parsed.ascent > 0.0 && parsed.descent > 0.0, "{}", font.name);
            assert_eq!(parsed.font.attributes().weight.value(), f32::from(font.weight), "{}", font.name);
            assert!(parsed.font.axes().is_empty(), "{} is variable", font.name);
            let name = |id| parsed.font.localized_strings(id).english_or_first().map(|name| name.to_string());
            let family = name(StringId::TYPOGRAPHIC_FAMILY_NAME).or_else(|| name(StringId::FAMILY_NAME));
            assert_eq!(family.as_deref(), Some(font.family));
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = fonts().iter().map(|font| font.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), fonts().len());
    }

    #[test]
    fn characters_of_the_interface_are_in_inter() {
        for face in [Face::Regular, Face::SemiBold] {
            for character in "0Az…–—“”‘’«»→←↑↓✓×•±≈≥≤·§№ЁёҐїΩ".chars() {
                assert_eq!(font_with(face, character), Some(face_index(face)), "{character}");
            }
        }
    }

    #[test]
    fn scripts_have_a_font() {
        for (character, font) in [
            ('م', "NotoSansArabic-Regular"),
            ('ש', "NotoSansHebrew-Regular"),
            ('क', "NotoSansDevanagari-Regular"),
            ('ก', "NotoSansThai-Regular"),
            ('Հ', "NotoSansArmenian-Regular"),
            ('ქ', "NotoSansGeorgian-Regular"),
            ('▾', "NotoSansSymbols2-Regular"),
            ('한', "DroidSansFallback"),
            ('約', "DroidSansFallback"),
            ('か', "DroidSansFallback"),
        ] {
            let found = font_with(Face::SemiBold, character).and_then(|index| fonts().get(index));
            assert_eq!(found.map(|found| found.name), Some(font), "{character}");
        }
        assert_eq!(font_with(Face::Regular, '\u{10fffd}'), None);
    }
}
