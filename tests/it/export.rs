//! A scene of every item as SVG and PNG: the two agree, the SVG with an independent renderer, the PNG with what it should
//! show pixel by pixel.

use std::sync::Arc;

use annalist::export::{ExportError, SvgFonts, SvgOptions, png, svg, svg_with};
use annalist::geom::{Point, Rect, Size};
use annalist::scene::{Item, Scene, Segment, Stroke};
use annalist::text::{Shaper, Style, fonts};
use annalist::theme::Color;
use image::RgbaImage;
use resvg::tiny_skia;

use super::pixels::check_same;

const WHITE: Color = Color::rgb(0xff_ffff);
const INK: Color = Color::rgb(0x1f_2328);
const BLUE: Color = Color::rgb(0x3d_6fb6);
const RED: Color = Color::rgb(0xb6_5d3d);

fn scene(width: f64, height: f64, items: Vec<Item>) -> Scene {
    Scene { size: Size::new(width, height), background: WHITE, items, targets: Vec::new() }
}

fn filled(x: f64, y: f64, width: f64, height: f64, fill: Color) -> Item {
    Item::Rect { rect: Rect::from_xywh(x, y, width, height), radius: 0.0, fill: Some(fill), stroke: None }
}

fn line(from: (f64, f64), to: (f64, f64), stroke: Stroke) -> Item {
    Item::Line { from: Point::new(from.0, from.1), to: Point::new(to.0, to.1), stroke }
}

fn text(shaper: &mut Shaper, text: &str, style: Style, x: f64, y: f64) -> Item {
    Item::Text { run: shaper.shape(text, style), origin: Point::new(x, y), color: INK }
}

/// Every kind of item, in every form the painters tell apart.
fn sample() -> Scene {
    let mut shaper = Shaper::new();
    let regular = Style::regular(13.0);
    let mut items = vec![
        filled(0.0, 0.0, 360.0, 28.0, Color::rgb(0xf0_f2f5)),
        Item::Rect {
            rect: Rect::from_xywh(16.0, 40.0, 120.0, 24.0),
            radius: 6.0,
            fill: Some(BLUE.with_alpha(64)),
            stroke: Some(Stroke::solid(2.0, BLUE)),
        },
        Item::Rect {
            rect: Rect::from_xywh(150.0, 40.0, 60.0, 24.0),
            radius: 4.0,
            fill: None,
            stroke: Some(Stroke { width: 2.0, color: RED, dash: Some((6.0, 4.0)) }),
        },
        line((0.0, 28.5), (360.0, 28.5), Stroke::solid(1.0, Color::rgb(0xdc_dfe3))),
        line((240.5, 28.0), (240.5, 200.0), Stroke { width: 1.0, color: INK, dash: Some((4.0, 3.0)) }),
        line((-1e9, 80.5), (1e9, 80.5), Stroke { width: 1.0, color: RED, dash: Some((8.0, 8.0)) }),
        line((220.0, 40.0), (236.0, 70.0), Stroke::solid(1.5, BLUE)),
        Item::Path {
            segments: vec![
                Segment::MoveTo(Point::new(300.0, 40.0)),
                Segment::LineTo(Point::new(312.0, 52.0)),
                Segment::LineTo(Point::new(300.0, 64.0)),
                Segment::LineTo(Point::new(288.0, 52.0)),
                Segment::Close,
            ],
            fill: Some(RED),
            stroke: Some(Stroke::solid(1.0, INK)),
        },
        Item::Path {
            segments: vec![
                Segment::MoveTo(Point::new(16.0, 190.0)),
                Segment::CubicTo(Point::new(60.0, 150.0), Point::new(120.0, 210.0), Point::new(230.0, 170.0)),
            ],
            fill: None,
            stroke: Some(Stroke { width: 2.0, color: BLUE, dash: Some((5.0, 2.0)) }),
        },
        Item::Gradient { rect: Rect::from_xywh(250.0, 90.0, 40.0, 20.0), left: BLUE.with_alpha(0), right: BLUE },
        Item::Gradient { rect: Rect::from_xywh(290.0, 90.0, 60.0, 20.0), left: BLUE, right: RED.with_alpha(32) },
        text(&mut shaper, "State Duma ratifies the treaty, 24.10.2024", regular, 16.0, 18.0),
        text(&mut shaper, "Договор о партнёрстве", Style::semibold(15.0), 16.0, 104.0),
        text(&mut shaper, "조약 비준 <law> & 条約", regular, 16.0, 126.0),
        text(&mut shaper, "معاهدة الشراكة 2024 (Moscow)", regular, 16.0, 148.0),
        text(&mut shaper, "signed: שלום עולם, 19 June", regular, 16.0, 166.0),
    ];
    items.push(Item::PushClip(Rect::from_xywh(260.0, 120.0, 60.0, 60.0)));
    items.push(filled(250.0, 110.0, 40.0, 80.0, BLUE));
    items.push(Item::PushClip(Rect::from_xywh(280.0, 140.0, 60.0, 20.0)));
    items.push(filled(250.0, 110.0, 90.0, 80.0, RED));
    items.push(Item::PopClip);
    items.push(text(&mut shaper, "cut at the clip’s edge", regular, 262.0, 136.0));
    items.push(Item::PopClip);
    scene(360.0, 200.0, items)
}

fn decoded(scene: &Scene, scale: f64) -> RgbaImage {
    image::load_from_memory(&png(scene, scale).unwrap()).unwrap().to_rgba8()
}

fn pixel(image: &RgbaImage, x: u32, y: u32) -> [u8; 4] {
    image.get_pixel(x, y).0
}

/// The document as the independent renderer reads it, with the bundled fonts and no other.
fn parsed(svg: &str) -> usvg::Tree {
    let mut options = usvg::Options::default();
    let database = Arc::make_mut(&mut options.fontdb);
    for font in fonts() {
        database.load_font_data(font.bytes.to_vec());
    }
    usvg::Tree::from_str(svg, &options).unwrap()
}

fn rendered(tree: &usvg::Tree) -> RgbaImage {
    let size = tree.size().to_int_size();
    let mut pixmap = tiny_skia::Pixmap::new(size.width(), size.height()).unwrap();
    resvg::render(tree, tiny_skia::Transform::identity(), &mut pixmap.as_mut());
    RgbaImage::from_raw(size.width(), size.height(), pixmap.data().to_vec()).unwrap()
}

fn texts(group: &usvg::Group) -> Vec<&usvg::Text> {
    group
        .children()
        .iter()
        .flat_map(|node| match node {
            usvg::Node::Group(group) => texts(group),
            usvg::Node::Text(text) => vec![&**text],
            usvg::Node::Path(_) | usvg::Node::Image(_) => Vec::new(),
        })
        .collect()
}

/// How far the mean colours of a region may lie apart, of 255, where two renderers drew it: they begin the dashes around a
/// rounded rectangle at different places.
const RENDERERS: f64 = 13.0;

/// How far they may lie apart on average: letters of a PNG are hinted and stand on whole pixels, those of an SVG are not.
const MEAN: f64 = 2.0;

/// Mean absolute difference of the channels, of 255.
fn mean_difference(one: &RgbaImage, other: &RgbaImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let sum: u64 = one.iter().zip(other.iter()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.len() as f64
}

#[test]
fn svg_says_what_the_scene_shows() {
    insta::assert_snapshot!(svg(&sample(), 1.0));
}

#[test]
fn svg_and_png_are_the_same_picture() {
    let scene = sample();
    for scale in [1.0, 2.0] {
        let ours = decoded(&scene, scale);
        let theirs = rendered(&parsed(&svg(&scene, scale)));
        if let Some(folder) = std::env::var_os("ANNALIST_PICTURES") {
            let folder = std::path::PathBuf::from(folder);
            ours.save(folder.join(format!("ours-{scale}.png"))).unwrap();
            theirs.save(folder.join(format!("theirs-{scale}.png"))).unwrap();
        }
        let difference = mean_difference(&ours, &theirs);
        assert!(difference < MEAN, "at scale {scale} the pictures differ by {difference}");
        check_same(&ours, &theirs, RENDERERS);
    }
}

#[test]
fn outlined_svg_is_the_same_picture_without_any_font() {
    let scene = sample();
    let options = SvgOptions { fonts: SvgFonts::Outlined, ..SvgOptions::default() };
    let svg = svg_with(&scene, &options);
    assert!(!svg.contains("<text"));
    let theirs = rendered(&usvg::Tree::from_str(&svg, &usvg::Options::default()).unwrap());
    let ours = decoded(&scene, 1.0);
    let difference = mean_difference(&ours, &theirs);
    assert!(difference < MEAN, "the pictures differ by {difference}");
    check_same(&ours, &theirs, RENDERERS);
}

#[test]
fn every_script_is_outlined_as_it_is_in_pixels() {
    let mut shaper = Shaper::new();
    let labels =
        ["معاهدة الشراكة (2024)", "שלום עולם, AP", "조약 条约 संधि", "🔥 👩\u{200d}🚀 🇺🇦 ❤\u{fe0f} 1\u{fe0f}\u{20e3}"];
    let styles = [Style::regular(13.0), Style::semibold(13.0)];
    let lines = styles.into_iter().flat_map(|style| labels.map(|label| (label, style)));
    let items = lines.zip(1..).map(|((label, style), row)| text(&mut shaper, label, style, 8.0, 20.0 * f64::from(row)));
    let scene = scene(240.0, 180.0, items.collect());
    let options = SvgOptions { fonts: SvgFonts::Outlined, scale: 2.0, ..SvgOptions::default() };
    let theirs = rendered(&usvg::Tree::from_str(&svg_with(&scene, &options), &usvg::Options::default()).unwrap());
    let ours = decoded(&scene, 2.0);
    assert!(mean_difference(&ours, &theirs) < MEAN);
    check_same(&ours, &theirs, RENDERERS);
}

#[test]
fn svg_text_stands_where_the_scene_puts_it() {
    let scene = sample();
    let tree = parsed(&svg(&scene, 1.0));
    let theirs = texts(tree.root());
    let ours: Vec<_> = scene
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Text { run, origin, .. } => Some((run, origin)),
            _ => None,
        })
        .collect();
    assert_eq!(ours.len(), theirs.len());
    for ((run, origin), text) in ours.into_iter().zip(theirs) {
        let bounds = text.bounding_box();
        let (left, right) = (f64::from(bounds.left()), f64::from(bounds.right()));
        assert!((left - origin.x).abs() < 0.1 && (right - origin.x - run.width_pt).abs() < 0.1, "{}", run.text);
    }
}

#[test]
fn svg_embeds_only_the_fonts_it_uses() {
    let mut shaper = Shaper::new();
    let scene = scene(100.0, 20.0, vec![text(&mut shaper, "Plain", Style::regular(13.0), 0.0, 15.0)]);
    let options =
        SvgOptions { fonts: SvgFonts::Embedded, title: "A & B", description: "Two\nlines", ..SvgOptions::default() };
    let svg = svg_with(&scene, &options);
    assert_eq!(svg.matches("@font-face").count(), 1);
    assert!(svg.contains("<title>A &amp; B</title>\n<desc>Two lines</desc>"));
    assert_eq!(texts(parsed(&svg).root()).len(), 1);
}

#[test]
fn svg_closes_what_a_scene_leaves_open() {
    let clip = Item::PushClip(Rect::from_xywh(0.0, 0.0, 5.0, 5.0));
    let unbalanced = scene(10.0, 10.0, vec![Item::PopClip, clip.clone(), clip, filled(0.0, 0.0, 10.0, 10.0, RED)]);
    parsed(&svg(&unbalanced, 1.0));
    let image = decoded(&unbalanced, 1.0);
    assert_eq!(pixel(&image, 4, 4), [0xb6, 0x5d, 0x3d, 255]);
    assert_eq!(pixel(&image, 6, 6), [255, 255, 255, 255]);
}

#[test]
fn png_has_the_colours_of_the_scene() {
    let mut scene = scene(
        40.0,
        20.0,
        vec![
            filled(4.0, 4.0, 8.0, 8.0, BLUE),
            filled(20.0, 4.0, 8.0, 8.0, RED.with_alpha(128)),
            line((0.0, 16.0), (40.0, 16.0), Stroke::solid(1.0, INK)),
        ],
    );
    let image = decoded(&scene, 1.0);
    assert_eq!(image.dimensions(), (40, 20));
    assert_eq!(pixel(&image, 5, 5), [0x3d, 0x6f, 0xb6, 255]);
    assert_eq!(pixel(&image, 3, 5), [255, 255, 255, 255]);
    assert_eq!(pixel(&image, 12, 5), [255, 255, 255, 255]);
    let half = pixel(&image, 21, 5);
    for (channel, full) in half.into_iter().zip([0xb6, 0x5d, 0x3d]) {
        assert!(channel.abs_diff(u8::midpoint(255, full)) <= 1, "{half:?}");
    }
    let dark: Vec<_> = (0..20).filter(|&y| pixel(&image, 39, y) == [0x1f, 0x23, 0x28, 255]).collect();
    assert_eq!(dark, [16], "a hairline is one pixel high");

    scene.background = WHITE.with_alpha(0);
    let image = decoded(&scene, 1.0);
    assert_eq!(pixel(&image, 0, 0)[3], 0);
    let half = pixel(&image, 21, 5);
    assert!(half[3].abs_diff(128) <= 1);
    for (channel, full) in half.into_iter().zip([0xb6, 0x5d, 0x3d]) {
        assert!(channel.abs_diff(full) <= 2, "alpha is straight: {half:?}");
    }
}

#[test]
fn png_grows_with_the_scale_and_says_its_resolution() {
    for (scale, per_metre) in [(1.0, 3780), (1.5, 5669), (2.0, 7559)] {
        let bytes = png(&scene(100.0, 50.0, vec![]), scale).unwrap();
        let reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let info = reader.info();
        assert_eq!((info.width, info.height), ((100.0 * scale) as u32, (50.0 * scale) as u32));
        assert_eq!(info.pixel_dims.map(|dims| (dims.xppu, dims.yppu)), Some((per_metre, per_metre)));
        assert!(info.srgb.is_some());
    }
}

#[test]
fn png_shows_text() {
    let mut shaper = Shaper::new();
    for sample in ["Treaty", "Договор", "조약", "معاهدة", "שלום", "संधि", "สนธิสัญญา"]
    {
        let run = shaper.shape(sample, Style::regular(13.0));
        let width = run.width_pt.ceil() as u32;
        let scene = scene(200.0, 24.0, vec![Item::Text { run, origin: Point::new(10.0, 17.0), color: INK }]);
        let image = decoded(&scene, 1.0);
        let inked: Vec<u32> =
            image.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[0] < 128).map(|(x, ..)| x).collect();
        let (first, last) = (inked.iter().min().unwrap(), inked.iter().max().unwrap());
        assert!(inked.len() > 30 && (9..=13).contains(first), "{sample}: {} from {first}", inked.len());
        assert!((width + 5..=width + 11).contains(last), "{sample}: to {last}, {width} wide");
    }
}

#[test]
fn pictures_that_cannot_be_are_refused() {
    let png = |width, height, scale| png(&scene(width, height, vec![]), scale);
    assert_eq!(png(1e6, 10.0, 1.0), Err(ExportError::TooLarge { width: 1_000_000, height: 10 }));
    assert_eq!(png(40_000.0, 30_000.0, 1.0), Err(ExportError::TooLarge { width: 40_000, height: 30_000 }));
    assert_eq!(png(0.0, 10.0, 1.0), Err(ExportError::Empty));
    assert_eq!(png(10.0, 10.0, f64::NAN), Err(ExportError::Empty));
}

#[test]
fn a_picture_wider_and_higher_than_a_band_is_whole() {
    let edge = |x, y| filled(x, y, 4.0, 4.0, RED);
    let (width, height) = (60_000.0, 300.0);
    let image = decoded(&scene(width, height, vec![edge(0.0, 0.0), edge(width - 4.0, height - 4.0)]), 1.0);
    assert_eq!(image.dimensions(), (60_000, 300));
    assert_eq!(pixel(&image, 2, 2), pixel(&image, 59_998, 298));
    assert_eq!(pixel(&image, 59_998, 298), [0xb6, 0x5d, 0x3d, 255]);
    assert_eq!(pixel(&image, 30_000, 150), [255, 255, 255, 255]);
}

#[test]
fn numbers_that_are_none_do_no_harm() {
    let bad = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300];
    let mut shaper = Shaper::new();
    let run = shaper.shape("text", Style::regular(13.0));
    let mut items = Vec::new();
    for at in bad {
        for other in bad {
            let stroke = Stroke { width: other.abs().min(1e9), color: RED, dash: Some((at, other)) };
            let rect = Rect::new(at, 1.0, other, 9.0);
            items.push(Item::Rect { rect, radius: at, fill: Some(BLUE), stroke: Some(stroke) });
            items.push(line((at, 0.0), (5.0, other), stroke));
            items.push(line((at, 3.0), (other, 3.0), Stroke { dash: Some((2.0, 2.0)), width: 1.0, ..stroke }));
            items.push(Item::Path {
                segments: vec![Segment::MoveTo(Point::new(at, other)), Segment::LineTo(Point::new(5.0, at))],
                fill: Some(RED),
                stroke: Some(stroke),
            });
            items.push(Item::Gradient { rect, left: RED, right: BLUE });
            items.push(Item::Text { run: Arc::clone(&run), origin: Point::new(at, other), color: INK });
        }
    }
    let scene = scene(20.0, 10.0, items);
    decoded(&scene, 1.0);
    parsed(&svg(&scene, 1.0));
}
