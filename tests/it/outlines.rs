//! Small outlines: what the window paints of a mark is what the PNG of it holds.

use annalist::export::png;
use annalist::geom::{Point, Size};
use annalist::scene::{Item, Scene, Segment, Stroke};
use annalist::theme::Color;
use annalist::ui::paint_scene;
use egui::{Pos2, vec2};
use egui_kittest::Harness;
use image::RgbaImage;
use proptest::prelude::*;

use super::software::SoftwareRenderer;

/// How far a channel of a pixel may lie apart, of 255, where an outline stands on a step of a pixel: its other points lie on a grid of
/// eighths, half of which is 16 of 255, and both round, each where it blends.
const ROUNDING: u8 = 18;

const SIZE: Size = Size { width: 420.0, height: 300.0 };
const INK: Color = Color::rgb(0x3d_6fb6);
const GROUND: Color = Color::rgb(0xf4_f5f7);

/// An outline around a point.
type Shape = fn(f64, f64, f64) -> Vec<Segment>;

/// A circle from four curves, which begins on its right.
fn circle(x: f64, y: f64, radius: f64) -> Vec<Segment> {
    let to = |dx: f64, dy: f64| Point::new(x + dx * radius, y + dy * radius);
    let k = 0.55;
    vec![
        Segment::MoveTo(to(1.0, 0.0)),
        Segment::CubicTo(to(1.0, k), to(k, 1.0), to(0.0, 1.0)),
        Segment::CubicTo(to(-k, 1.0), to(-1.0, k), to(-1.0, 0.0)),
        Segment::CubicTo(to(-1.0, -k), to(-k, -1.0), to(0.0, -1.0)),
        Segment::CubicTo(to(k, -1.0), to(1.0, -k), to(1.0, 0.0)),
        Segment::Close,
    ]
}

fn diamond(x: f64, y: f64, half: f64) -> Vec<Segment> {
    let to = |dx: f64, dy: f64| Segment::LineTo(Point::new(x + dx * half, y + dy * half));
    vec![Segment::MoveTo(Point::new(x, y - half)), to(1.0, 0.0), to(0.0, 1.0), to(-1.0, 0.0), Segment::Close]
}

fn cross(x: f64, y: f64, half: f64) -> Vec<Segment> {
    let to = |dx: f64, dy: f64| Point::new(x + dx * half, y + dy * half);
    let lines = [(to(-1.0, -1.0), to(1.0, 1.0)), (to(-1.0, 1.0), to(1.0, -1.0))];
    lines.into_iter().flat_map(|(from, to)| [Segment::MoveTo(from), Segment::LineTo(to)]).collect()
}

/// Every kind of outline, filled and not, with every kind of line, one beside the other from a point on.
fn marks(x: f64, y: f64) -> Vec<Item> {
    let solid = |width| Some(Stroke::solid(width, INK));
    let dashed = Some(Stroke { width: 1.5, color: INK, dash: Some((5.0, 3.0)) });
    let looks = [(Some(INK), solid(1.5)), (Some(Color::rgb(0xd0_e0f4)), dashed), (None, solid(1.0)), (Some(INK), None)];
    let shapes = [circle as Shape, diamond, cross];
    let all = shapes.into_iter().flat_map(|shape| looks.map(|look| (shape, look))).enumerate();
    // A cross has no inside.
    let all = all.filter(|(at, _)| *at != 11);
    all.map(|(at, (shape, (fill, stroke)))| {
        let segments = shape(x + 24.0 * at as f64, y, 5.5);
        Item::Path { segments, fill, stroke }
    })
    .collect()
}

fn scene(items: Vec<Item>) -> Scene {
    Scene { size: SIZE, background: GROUND, items, targets: Vec::new() }
}

fn shown(scene: Scene, scale: f64) -> RgbaImage {
    let mut window = Harness::builder()
        .with_size(vec2(SIZE.width as f32, SIZE.height as f32))
        .with_pixels_per_point(scale as f32)
        .renderer(SoftwareRenderer::default())
        .build_ui(move |ui| paint_scene(&ui.ctx().layer_painter(egui::LayerId::background()), &scene, Pos2::ZERO));
    // Until all have bitmaps.
    window.run();
    window.render().unwrap()
}

fn exported(scene: &Scene, scale: f64) -> RgbaImage {
    image::load_from_memory(&png(scene, scale).unwrap()).unwrap().to_rgba8()
}

/// The largest difference of a channel of a pixel, and the sum of all in pixels from nothing to full.
fn difference(one: &RgbaImage, other: &RgbaImage) -> (u8, f64) {
    assert_eq!(one.dimensions(), other.dimensions());
    let apart = || one.iter().zip(other.iter()).map(|(a, b)| a.abs_diff(*b));
    (apart().max().unwrap(), apart().map(f64::from).sum::<f64>() / 3.0 / 255.0)
}

#[test]
fn small_outlines_on_a_step_of_a_pixel_are_shown_as_they_are_exported() {
    for scale in [1.0_f64, 1.5, 2.0] {
        for (row, shift) in [0.0_f64, 0.25, 0.5, 0.75].into_iter().enumerate() {
            // On a step of the screen's pixels.
            let x = ((30.0 + shift) * scale).round() / scale + shift / scale;
            let y = ((40.0 + 50.0 * row as f64) * scale).round() / scale + shift / scale;
            let first = scene(marks(x, y));
            let (most, _) = difference(&shown(first.clone(), scale), &exported(&first, scale));
            assert!(most <= ROUNDING, "scale {scale}, shift {shift}: {most}");
        }
    }
}

#[test]
fn many_of_a_kind_are_as_one() {
    let rows = (0..12).flat_map(|row| marks(30.0, 20.0 + 20.0 * f64::from(row))).collect();
    let scene = scene(rows);
    let (most, _) = difference(&shown(scene.clone(), 1.0), &exported(&scene, 1.0));
    assert!(most <= ROUNDING, "{most}");
}

#[test]
fn a_mark_that_is_missing_or_elsewhere_is_noticed() {
    let all = marks(30.0, 40.0);
    let whole = exported(&scene(all.clone()), 1.0);
    for at in 0..all.len() {
        let mut without = all.clone();
        without.remove(at);
        assert!(difference(&shown(scene(without), 1.0), &whole).1 > 5.0, "{at}");
    }
    assert!(difference(&shown(scene(marks(30.5, 40.0)), 1.0), &whole).1 > 5.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn anywhere_a_mark_is_within_a_fifth_of_a_pixel_of_its_place(x in 20.0..40.0, y in 20.0..250.0) {
        for item in marks(x, y).into_iter().step_by(5) {
            let scene = scene(vec![item]);
            let (_, apart) = difference(&shown(scene.clone(), 1.0), &exported(&scene, 1.0));
            // Around a mark runs an edge of some forty pixels, inside and outside of its line.
            prop_assert!(apart < 10.0, "{apart}");
        }
    }
}
