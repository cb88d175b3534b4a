//! One set of glyphs: what the window paints of a scene is what the PNG of it holds, letter by letter.

use std::sync::Arc;

use annalist::export::png;
use annalist::geom::{Point, Rect, Size};
use annalist::scene::{Item, Scene};
use annalist::text::{Run, Shaper, Style};
use annalist::theme::Color;
use annalist::ui::paint_scene;
use egui::{Pos2, pos2, vec2};
use egui_kittest::Harness;
use image::RgbaImage;
use proptest::prelude::*;

use super::software::SoftwareRenderer;

/// How far a channel of a pixel may lie apart, of 255: both round, each where it blends.
const ROUNDING: u8 = 3;

const WIDTH: f64 = 420.0;
const LIGHT: [Color; 2] = [Color::rgb(0xff_ffff), Color::rgb(0x1c_2026)];
const DARK: [Color; 2] = [Color::rgb(0x16_181b), Color::rgb(0xe6_e8eb)];

/// Scripts, directions, fonts and pictures, alone and together.
const LABELS: [&str; 14] = [
    "State Duma ratifies the treaty, 397 votes",
    "Договор о всеобъемлющем партнёрстве",
    "معاهدة الشراكة الاستراتيجية الشاملة",
    "שלום עולם (2024) — הסכם",
    "조선민주주의인민공화국 최고인민회의",
    "全面战略伙伴关系条约",
    "संधि पर हस्ताक्षर, สนธิสัญญา",
    "🔥 📄 ❤\u{fe0f} 👩\u{200d}🚀 🇺🇦",
    "AP: معاهدة 2024, שלום! 조약 条约 🚀 signed",
    "e\u{301}e\u{301} שָׁלוֹם בָּרוּךְ",
    "(العربية) and [עברית] «в скобках»",
    "\u{10fffd} has no glyph",
    "✓ ★ ▾ ← →",
    "1\u{fe0f}\u{20e3} ☝🏽 ⚡",
];

fn scene_of(runs: &[Arc<Run>], [background, color]: [Color; 2]) -> Scene {
    let mut items = vec![Item::PushClip(Rect::new(4.0, 0.0, WIDTH - 4.0, 1e4))];
    for (row, run) in runs.iter().enumerate() {
        // Places between pixels too.
        let origin = Point::new(8.0 + 0.3 * row as f64, 18.4 + 22.0 * row as f64);
        items.push(Item::Text { run: Arc::clone(run), origin, color });
    }
    items.push(Item::PopClip);
    Scene { size: Size::new(WIDTH, 24.0 + 22.0 * runs.len() as f64), background, items, targets: Vec::new() }
}

fn shaped<'t>(texts: impl IntoIterator<Item = &'t str>, style: Style) -> Vec<Arc<Run>> {
    let mut shaper = Shaper::new();
    texts.into_iter().map(|text| shaper.shape_to_fit(text, style, WIDTH - 16.0)).collect()
}

/// A window that paints scenes one below the other.
fn window(scale: f64, scenes: Vec<Scene>) -> Harness<'static, Vec<Scene>> {
    let height: f64 = scenes.iter().map(|scene| scene.size.height).sum();
    Harness::builder()
        .with_size(vec2(WIDTH as f32, height as f32))
        .with_pixels_per_point(scale as f32)
        .renderer(SoftwareRenderer::default())
        .build_ui_state(
            |ui, scenes: &mut Vec<Scene>| {
                let painter = ui.ctx().layer_painter(egui::LayerId::background());
                let mut top = Pos2::ZERO;
                for scene in scenes {
                    paint_scene(&painter, scene, top);
                    top.y += scene.size.height as f32;
                }
            },
            scenes,
        )
}

fn exported(scene: &Scene, scale: f64) -> RgbaImage {
    image::load_from_memory(&png(scene, scale).unwrap()).unwrap().to_rgba8()
}

/// How many pixels lie further apart than rounding may put them.
fn unlike(one: &RgbaImage, other: &RgbaImage) -> usize {
    assert_eq!(one.dimensions(), other.dimensions());
    let is_unlike =
        |(a, b): &(&image::Rgba<u8>, &image::Rgba<u8>)| (0..4).any(|at| a.0[at].abs_diff(b.0[at]) > ROUNDING);
    one.pixels().zip(other.pixels()).filter(is_unlike).count()
}

#[track_caller]
fn check_shown_as_exported(window: &mut Harness<'static, Vec<Scene>>, scale: f64, what: &str) {
    let shown = window.render().unwrap();
    let mut top = 0;
    for (at, scene) in window.state().clone().iter().enumerate() {
        let exported = exported(scene, scale);
        let part = image::imageops::crop_imm(&shown, 0, top, exported.width(), exported.height()).to_image();
        if let Some(folder) = std::env::var_os("ANNALIST_PICTURES") {
            let folder = std::path::PathBuf::from(folder);
            part.save(folder.join(format!("{what}-{at}-window.png"))).unwrap();
            exported.save(folder.join(format!("{what}-{at}-export.png"))).unwrap();
        }
        assert_eq!(unlike(&part, &exported), 0, "scene {at} of {what}");
        top += exported.height();
    }
}

#[test]
fn the_window_shows_what_is_exported() {
    for (style, cut) in [(Style::regular(13.0), "regular"), (Style::semibold(11.0), "semibold")] {
        let runs = shaped(LABELS, style);
        for scale in [1.0, 1.5, 2.0] {
            for (colors, theme) in [(LIGHT, "light"), (DARK, "dark")] {
                let scene = scene_of(&runs, colors);
                check_shown_as_exported(&mut window(scale, vec![scene]), scale, &format!("{cut}-{theme}-{scale}"));
            }
        }
    }
}

#[test]
fn a_glyph_that_is_missing_or_elsewhere_is_noticed() {
    let [whole] = shaped(["AP: معاهدة 2024, שלום! 조약 🚀"], Style::regular(13.0)).try_into().unwrap();
    let exported = exported(&scene_of(&[Arc::clone(&whole)], LIGHT), 1.0);
    let shown = |run: Run| window(1.0, vec![scene_of(&[Arc::new(run)], LIGHT)]).render().unwrap();
    assert_eq!(unlike(&shown(Run::clone(&whole)), &exported), 0);
    let empty = shown(Run { glyphs: Vec::new(), ..Run::clone(&whole) });
    for at in 0..whole.glyphs.len() {
        let mut without = Run::clone(&whole);
        let alone = Run { glyphs: vec![without.glyphs.remove(at)], ..Run::clone(&whole) };
        // A space has no ink that could be missed.
        if unlike(&shown(alone), &empty) == 0 {
            continue;
        }
        assert!(unlike(&shown(without), &exported) > 2, "glyph {at} is not missed");
        let mut moved = Run::clone(&whole);
        moved.glyphs[at].x += 0.6;
        assert!(unlike(&shown(moved), &exported) > 0, "glyph {at} may stand anywhere");
    }
    let mut swapped = Run::clone(&whole);
    let (first, second) = (swapped.glyphs[0].id, swapped.glyphs[1].id);
    (swapped.glyphs[0].id, swapped.glyphs[1].id) = (second, first);
    assert!(unlike(&shown(swapped), &exported) > 0);
}

#[test]
fn bold_letters_are_bolder_in_every_script() {
    let ink = |style| {
        let scenes = shaped(LABELS, style).into_iter().map(|run| exported(&scene_of(&[run], LIGHT), 2.0));
        scenes.map(|image| image.pixels().map(|pixel| u64::from(255 - pixel.0[1])).sum::<u64>()).collect::<Vec<_>>()
    };
    for ((label, regular), bold) in LABELS.iter().zip(ink(Style::regular(13.0))).zip(ink(Style::semibold(13.0))) {
        let has_letters = label.chars().any(|c| c.is_alphabetic() && c < '\u{f0000}');
        let grows = bold as f64 / regular as f64;
        assert!(!has_letters || (1.08..1.6).contains(&grows), "{label}: {grows}");
    }
}

#[test]
fn emoji_are_pictures_and_no_boxes() {
    let box_id = 0;
    for text in [
        "🔥📄🚀",
        "🇺🇦",
        "👩\u{200d}🚀",
        "❤\u{fe0f}",
        "1\u{fe0f}\u{20e3}",
        "☝🏽",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    ] {
        let [run] = shaped([text], Style::semibold(13.0)).try_into().unwrap();
        assert!(run.glyphs.iter().all(|glyph| glyph.id != box_id), "{text}: {:?}", run.glyphs);
    }
}

#[test]
fn another_scale_has_glyphs_of_its_own() {
    let scene = scene_of(&shaped(LABELS, Style::regular(13.0)), DARK);
    let mut shown = window(1.0, vec![scene]);
    for scale in [1.0, 1.25, 2.0, 1.0] {
        let viewport = shown.input_mut().viewports.get_mut(&egui::ViewportId::ROOT).unwrap();
        viewport.native_pixels_per_point = Some(scale as f32);
        shown.run_steps(3);
        check_shown_as_exported(&mut shown, scale, "zoom");
    }
}

/// So many lines of eight letters each, all different.
fn lines(from: u32, count: u32) -> Vec<String> {
    let line = |at| (from + 8 * at..from + 8 * (at + 1)).filter_map(char::from_u32).collect();
    (0..count).map(line).collect()
}

#[test]
fn an_atlas_that_starts_over_keeps_the_picture_right() {
    const SCALE: f64 = 8.0;
    let scene_from = |from| {
        let runs = shaped(lines(from, 6).iter().map(String::as_str), Style::regular(9.0));
        let scene = scene_of(&runs, LIGHT);
        // Narrow, as what is large is slow to compare.
        Scene { size: Size::new(100.0, 70.0), ..scene }
    };
    let mut shown = window(SCALE, vec![scene_from(0x4e00)]);
    // The largest texture of this side holds the letters of four scenes: what was first is gone when it is shown again. At
    // last three scenes share a frame, of which one finds no room beside those before.
    shown.set_size(vec2(100.0, 210.0));
    shown.input_mut().max_texture_side = Some(1024);
    for (at, from) in [0x5200, 0x5800, 0xac00, 0x6000, 0x4e00].into_iter().enumerate() {
        *shown.state_mut() = vec![scene_from(from)];
        shown.run_steps(1);
        check_shown_as_exported(&mut shown, SCALE, &format!("restart-{at}"));
    }
    *shown.state_mut() = [0x7000, 0x7400, 0x7800].map(scene_from).to_vec();
    shown.run_steps(1);
    check_shown_as_exported(&mut shown, SCALE, "restart-three");
}

#[test]
fn a_texture_too_small_for_one_scene_is_no_panic() {
    let runs = shaped(lines(0x4e00, 20).iter().map(String::as_str), Style::regular(15.0));
    let scene = scene_of(&runs, LIGHT);
    let mut shown = window(8.0, Vec::new());
    shown.input_mut().max_texture_side = Some(1024);
    *shown.state_mut() = vec![scene];
    shown.run_steps(3);
    shown.render().unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn any_text_is_shown_as_exported(
        texts in prop::collection::vec(
            prop_oneof![any::<String>(), "[ a-zА-яא-ת\u{5b0}-\u{5c0}ا-ي\u{64b}-\u{652}ก-๙अ-ह\u{93f}\u{94d}가-힣一-龥🔥-🧿\u{200d}\u{200f}\u{fe0f}()0-9]{0,30}"],
            1..4,
        ),
        (size, scale) in (prop::sample::select(vec![9.0, 11.0, 13.0, 20.0]), prop::sample::select(vec![1.0, 1.5, 2.0])),
        is_dark in any::<bool>(),
    ) {
        let runs = shaped(texts.iter().map(String::as_str), Style::semibold(size));
        let scene = scene_of(&runs, if is_dark { DARK } else { LIGHT });
        let shown = window(scale, vec![scene.clone()]).render().unwrap();
        prop_assert_eq!(unlike(&shown, &exported(&scene, scale)), 0, "{:?}", texts);
    }

    #[test]
    fn any_place_of_a_label_is_that_of_the_export(x in -60.0..300.0, y in -5.0..40.0, scale in prop::sample::select(vec![1.0, 1.25, 1.5, 2.0])) {
        let [run] = shaped(["treaty שלום 2024 조약"], Style::regular(13.0)).try_into().unwrap();
        let item = Item::Text { run, origin: Point::new(x, y), color: LIGHT[1] };
        let scene = Scene { size: Size::new(WIDTH, 40.0), background: LIGHT[0], items: vec![item], targets: Vec::new() };
        let shown = window(scale, vec![scene.clone()]).render().unwrap();
        prop_assert_eq!(unlike(&shown, &exported(&scene, scale)), 0);
    }
}

#[test]
fn a_scene_stands_on_whole_pixels_wherever_it_is_painted() {
    let scene = scene_of(&shaped(LABELS, Style::regular(13.0)), LIGHT);
    let mut shown =
        Harness::builder().with_size(vec2(500.0, 400.0)).renderer(SoftwareRenderer::default()).build_ui(move |ui| {
            let painter = ui.ctx().layer_painter(egui::LayerId::background());
            paint_scene(&painter, &scene, pos2(37.0, 11.0));
        });
    let image = shown.render().unwrap();
    let scene = scene_of(&shaped(LABELS, Style::regular(13.0)), LIGHT);
    let exported = exported(&scene, 1.0);
    let part = image::imageops::crop_imm(&image, 37, 11, exported.width(), exported.height()).to_image();
    assert_eq!(unlike(&part, &exported), 0);
}
