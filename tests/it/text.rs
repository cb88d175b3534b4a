//! Widths: the shaper's, those of an independent renderer of SVG and those of egui are the same.

use std::sync::Arc;

use annalist::export::svg;
use annalist::geom::{Point, Size};
use annalist::scene::{Item, Scene};
use annalist::text::{Run, Shaper, Style, fonts};
use annalist::theme::Color;

/// As much as a line may be wider here than there, in points.
const TOLERANCE_PT: f64 = 0.1;

const LINES: [&str; 18] = [
    "State Duma ratifies the treaty",
    "AVATAR Wave To. 11:11 «Yes» — “quoted” fi ffl",
    "24.10.2024, 19 June 2024 → 4 December",
    "Договор о всеобъемлющем стратегическом партнёрстве",
    "조선민주주의인민공화국",
    "포괄적인 전략적 동반자 관계에 관한 조약",
    "包括的戦略的パートナーシップ条約",
    "معاهدة",
    "معاهدة الشراكة الاستراتيجية",
    "שלום עולם",
    "שלום",
    "संधि",
    "շշուկ",
    "ხელშეკრულება",
    "שלום (2024) עולם",
    "signed: معاهدة الشراكة, 19 June",
    "संधि पर हस्ताक्षर",
    "สนธิสัญญา",
];

fn styles() -> impl Iterator<Item = Style> {
    [11.0, 13.0, 15.0].into_iter().flat_map(|size| [Style::regular(size), Style::semibold(size)])
}

/// The width an SVG renderer gives a line in our document when `textLength` does not pin it.
fn svg_width(options: &usvg::Options, run: &Arc<Run>) -> f64 {
    let item = Item::Text { run: Arc::clone(run), origin: Point::default(), color: Color::rgb(0) };
    let scene = Scene { size: Size::new(9.0, 9.0), background: Color::rgb(0), items: vec![item], targets: vec![] };
    let pinned = svg(&scene, 1.0);
    let mut parts = pinned.split(" textLength=\"");
    let mut free = parts.next().unwrap().to_owned();
    for part in parts {
        free.push_str(part.split_once(" lengthAdjust=\"spacingAndGlyphs\"").unwrap().1);
    }
    let tree = usvg::Tree::from_str(&free, options).unwrap();
    let right = f64::from(tree.root().children().last().unwrap().bounding_box().right());
    // To a cluster without advance, such as the end of the isolate, usvg gives a box one unit wide.
    if run.rtl && right - run.width_pt > 0.5 { right - 1.0 } else { right }
}

#[test]
fn widths_are_those_of_svg() {
    let mut options = usvg::Options::default();
    let database = Arc::make_mut(&mut options.fontdb);
    for font in fonts() {
        database.load_font_data(font.bytes.to_vec());
    }
    let mut shaper = Shaper::new();
    for style in styles() {
        for line in LINES {
            let run = shaper.shape(line, style);
            let (ours, theirs) = (run.width_pt, svg_width(&options, &run));
            // Where a line is reordered as a whole, usvg takes the spaces from the font of the words.
            let spaces = if run.is_ltr() { 0 } else { line.matches(' ').count() };
            let tolerance = TOLERANCE_PT + 0.025 * style.size_pt * spaces as f64;
            assert!((ours - theirs).abs() < tolerance, "{line} at {style:?}: {ours}, in SVG {theirs}");
        }
    }
}

#[cfg(feature = "gui")]
mod on_the_screen {
    use annalist::text::{Face, font_chain};
    use egui::{Color32, FontData, FontDefinitions, FontFamily, FontId};

    use super::*;

    fn family(face: Face) -> FontFamily {
        FontFamily::Name(format!("{face:?}").into())
    }

    /// A context with the bundled fonts and no other.
    fn context() -> egui::Context {
        let mut definitions = FontDefinitions::empty();
        for font in fonts() {
            definitions.font_data.insert(font.name.to_owned(), FontData::from_static(font.bytes).into());
        }
        for face in [Face::Regular, Face::SemiBold] {
            let names: Vec<String> = font_chain(face).map(|font| fonts()[font].name.to_owned()).collect();
            definitions.families.insert(family(face), names);
        }
        let chain = definitions.families[&family(Face::Regular)].clone();
        definitions.families.insert(FontFamily::Proportional, chain.clone());
        definitions.families.insert(FontFamily::Monospace, chain);
        let context = egui::Context::default();
        context.set_fonts(definitions);
        context.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
        context
    }

    #[test]
    fn widths_are_those_of_egui() {
        let context = context();
        let mut shaper = Shaper::new();
        for style in styles() {
            for line in LINES {
                let font = FontId::new(style.size_pt as f32, family(style.face));
                let galley = context.fonts_mut(|fonts| fonts.layout_no_wrap(line.to_owned(), font, Color32::BLACK));
                let (ours, theirs) = (shaper.width_pt(line, style), f64::from(galley.size().x));
                assert!((ours - theirs).abs() < TOLERANCE_PT, "{line} at {style:?}: {ours}, in egui {theirs}");
            }
        }
    }

    #[test]
    fn pieces_are_what_egui_paints_one_by_one() {
        let context = context();
        let mut shaper = Shaper::new();
        let style = Style::regular(13.0);
        for line in LINES {
            let run = shaper.shape(line, style);
            for piece in &run.pieces {
                let text = run.piece_text(piece).to_owned();
                let font = FontId::new(13.0, family(Face::Regular));
                let galley = context.fonts_mut(|fonts| fonts.layout_no_wrap(text.clone(), font, Color32::BLACK));
                let theirs = f64::from(galley.size().x);
                assert!((piece.width_pt - theirs).abs() < TOLERANCE_PT, "{text}: {}, in egui {theirs}", piece.width_pt);
            }
        }
    }
}
