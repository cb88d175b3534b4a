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
    /// Holds signs and pictures and no letters.
    pub is_pictorial: bool,
    /// The TrueType file.
    pub bytes: &'static [u8],
}

macro_rules! font {
    ($name:literal, $family:literal, $weight:literal) => {
        Font {
            name: $name,
            family: $family,
            weight: $weight,
            is_pictorial: false,
            bytes: include_bytes!(concat!("../../assets/fonts/", $name, ".ttf")),
        }
    };
}

static FONTS: [Font; 11] = [
    font!("Inter-Regular", "Inter", 400),
    font!("Inter-SemiBold", "Inter", 600),
    font!("NotoSansArabic-Regular", "Noto Sans Arabic", 400),
    font!("NotoSansHebrew-Regular", "Noto Sans Hebrew", 400),
    font!("NotoSansDevanagari-Regular", "Noto Sans Devanagari", 400),
    font!("NotoSansThai-Regular", "Noto Sans Thai", 400),
    font!("NotoSansArmenian-Regular", "Noto Sans Armenian", 400),
    font!("NotoSansGeorgian-Regular", "Noto Sans Georgian", 400),
    Font { is_pictorial: true, ..font!("NotoSansSymbols2-Regular", "Noto Sans Symbols2", 400) },
    font!("DroidSansFallback", "Droid Sans Fallback", 400),
    Font { is_pictorial: true, ..font!("NotoEmoji-Regular", "Noto Emoji", 400) },
];

/// The font that sets emoji as pictures, with what joins several characters to one.
const EMOJI: usize = FONTS.len() - 1;

/// By how much the stems of a fallback grow where it stands beside semibold letters, in ems. Inter's upright stems grow by
/// 0.039 from regular to semibold and its level ones by less; Han letters, which have many strokes, would close up.
const EMBOLDEN_EM: f64 = 0.03;

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

/// By how much the stems of a font grow where it sets text of a face, in ems: by nothing, or for a fallback of which only the
/// regular cut is bundled, that its letters are bold beside bold ones. A painter strokes the outlines with a pen of this
/// width. Widths of lines do not change.
pub fn embolden_em(face: Face, font: usize) -> f64 {
    let weight = FONTS.get(face_index(face)).map_or(0, |face| face.weight);
    let grows = FONTS.get(font).is_some_and(|font| font.weight < weight && !font.is_pictorial);
    if grows { EMBOLDEN_EM } else { 0.0 }
}

/// The font that sets a grapheme: the first of the face's chain that has its first character, which is where its others are
/// looked for too. Characters that make one emoji together (Unicode Technical Standard 51, ED-17) are set by the font that
/// knows them as one, even where a font before it has the first.
pub(super) fn font_of(face: Face, grapheme: &str) -> Option<usize> {
    let first = grapheme.chars().next()?;
    let makes_emoji = |c: char| {
        matches!(c, '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}')
            || c == '\u{200d}' && !first.is_ascii()
    };
    // Pictures of the supplementary planes come from one font, or those of a title would be of two kinds.
    let is_emoji = first >= '\u{1f000}' || grapheme.chars().skip(1).any(makes_emoji);
    if is_emoji && parsed(EMOJI).is_some_and(|font| font.charmap.map(first).is_some()) {
        return Some(EMOJI);
    }
    font_with(face, first)
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
            ('🔥', "NotoEmoji-Regular"),
            ('🇺', "NotoEmoji-Regular"),
        ] {
            let found = font_with(Face::SemiBold, character).and_then(|index| fonts().get(index));
            assert_eq!(found.map(|found| found.name), Some(font), "{character}");
        }
        assert_eq!(font_with(Face::Regular, '\u{10fffd}'), None);
    }

    #[test]
    fn characters_that_make_one_emoji_are_set_by_its_font() {
        let set_by =
            |grapheme| font_of(Face::Regular, grapheme).and_then(|index| fonts().get(index)).map(|font| font.name);
        for grapheme in ["❤\u{fe0f}", "1\u{fe0f}\u{20e3}", "👩\u{200d}🚀", "☝🏽", "🏭", "🏴\u{e0067}\u{e007f}"]
        {
            assert_eq!(set_by(grapheme), Some("NotoEmoji-Regular"), "{grapheme}");
        }
        for (grapheme, font) in
            [("1", "Inter-Regular"), ("❤", "Inter-Regular"), ("क\u{200d}", "NotoSansDevanagari-Regular")]
        {
            assert_eq!(set_by(grapheme), Some(font), "{grapheme}");
        }
    }

    #[test]
    fn letters_of_a_fallback_are_emboldened_and_signs_are_not() {
        for (index, font) in fonts().iter().enumerate() {
            let grows = embolden_em(Face::SemiBold, index) > 0.0;
            let expected = font.weight == 400 && !["Noto Sans Symbols2", "Noto Emoji"].contains(&font.family);
            assert_eq!(grows, expected, "{}", font.name);
            assert_eq!(embolden_em(Face::Regular, index), 0.0);
        }
    }
}
