//! A `Scene` as SVG 1.1: one element for each item, real `<text>`, numbers of at most three decimals, the same bytes for the
//! same scene.
//!
//! Text keeps its logical order and names the font of each stretch; `textLength` pins its width, so that nothing overlaps
//! where another font stands in for Inter.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Images;
use super::base64::push_base64;
use super::png::packed;
use super::visible::{VisibleLine, visible_line, visible_rect};
use crate::bitmap::Bitmap;
use crate::geom::{Point, Rect};
use crate::scene::{Item, Scene, Segment, Stroke, image_area};
use crate::text::{OutlineStep, Piece, Run, embolden_em, fonts, outline, visible_lines};
use crate::theme::Color;

/// Starts text that reads from right to left as a whole, and ends it (UAX #9: RLI, PDI).
const RTL_ISOLATE: (char, char) = ('\u{2067}', '\u{2069}');

/// How the document gets its fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SvgFonts {
    /// Named only: small, and drawn with a stand-in where Inter is not installed.
    #[default]
    Named,
    /// Every font the scene uses inside the document: the same picture in every browser, for about 400 kB a face and 4.6 MB
    /// for Chinese, Korean and Japanese.
    Embedded,
    /// None needed: every glyph is drawn as its outline. The same picture in every browser for a fraction of the size; its
    /// text can be neither selected nor searched.
    Outlined,
}

/// What an SVG document shall be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SvgOptions<'a> {
    /// Multiplies the outer size; 1 pt stays 1 user unit.
    pub scale: f64,
    /// Where its fonts come from.
    pub fonts: SvgFonts,
    /// Its name for screen readers and tooltips; none if empty.
    pub title: &'a str,
    /// What it shows, in words; none if empty.
    pub description: &'a str,
    /// The images that it has frames for.
    pub images: &'a Images,
}

impl Default for SvgOptions<'_> {
    fn default() -> Self {
        Self { scale: 1.0, fonts: SvgFonts::Named, title: "", description: "", images: Images::NONE }
    }
}

/// The scene as an SVG document with real text; 1 pt = 1 user unit, `scale` multiplies the outer size.
pub fn svg(scene: &Scene, scale: f64) -> String {
    svg_with(scene, &SvgOptions { scale, ..SvgOptions::default() })
}

/// The scene as an SVG document of this kind.
pub fn svg_with(scene: &Scene, options: &SvgOptions) -> String {
    let outlined = options.fonts == SvgFonts::Outlined;
    let mut writer = Writer::new(outlined, options.images);
    writer.background(scene);
    for item in &scene.items {
        writer.item(item, scene);
    }
    writer.finish(scene, options)
}

struct Writer<'a> {
    body: String,
    gradients: Definitions,
    clips: Definitions,
    outlines: Definitions,
    open_clips: usize,
    /// Text is drawn as outlines.
    outlined: bool,
    /// The pixels of images, of which each is written once.
    images: &'a Images,
    pixels: Definitions,
}

impl<'a> Writer<'a> {
    fn new(outlined: bool, images: &'a Images) -> Self {
        let [gradients, clips, outlines, pixels] = std::array::from_fn(|_| Definitions::default());
        Self { body: String::new(), gradients, clips, outlines, open_clips: 0, outlined, images, pixels }
    }

    fn background(&mut self, scene: &Scene) {
        if scene.background.a > 0 {
            self.body.push_str("<rect width=\"100%\" height=\"100%\"");
            self.paint("fill", scene.background);
            self.body.push_str("/>\n");
        }
    }

    fn item(&mut self, item: &Item, scene: &Scene) {
        match item {
            Item::Rect { rect, radius, fill, stroke } => self.rect(*rect, *radius, *fill, *stroke, scene),
            Item::Line { from, to, stroke } => {
                if let Some(line) = visible_line(*from, *to, *stroke, scene.size) {
                    self.line(&line, *stroke);
                }
            }
            Item::Path { segments, fill, stroke } => self.path(segments, *fill, *stroke),
            Item::Gradient { rect, left, right } => self.gradient(*rect, [*left, *right]),
            Item::Density { bars } => self.density(bars, scene),
            Item::Text { run, origin, color } => self.text(run, *origin, *color),
            Item::Image { rect, file, fill, stroke } => {
                self.rect(*rect, 0.0, Some(*fill), Some(*stroke), scene);
                if let Some(image) = self.images.get(file) {
                    self.image(image_area(*rect), image);
                }
            }
            Item::PushClip(rect) => self.push_clip(*rect),
            Item::PopClip => self.pop_clip(),
        }
    }

    fn rect(&mut self, rect: Rect, radius: f64, fill: Option<Color>, stroke: Option<Stroke>, scene: &Scene) {
        let stroke_width = stroke.map_or(0.0, |stroke| stroke.width);
        let Some(rect) = visible_rect(rect, radius, stroke_width, scene.size) else { return };
        self.rect_start(rect);
        let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
        if radius > 0.0 {
            self.number("rx", radius);
        }
        self.fill_and_stroke(fill, stroke);
        self.body.push_str("/>\n");
    }

    /// A use of an image, which is written once as a PNG, whatever it was.
    fn image(&mut self, area: Rect, image: &Bitmap) {
        let Some(bytes) = is_drawable(area).then(|| packed(image)).and_then(Result::ok) else { return };
        let mut definition = String::new();
        push_number(&mut definition, "width", area.width());
        push_number(&mut definition, "height", area.height());
        definition.push_str(" preserveAspectRatio=\"xMidYMid slice\" xlink:href=\"data:image/png;base64,");
        push_base64(&mut definition, &bytes);
        definition.push('"');
        let id = self.pixels.id(definition);
        let _ = write!(self.body, "<use xlink:href=\"#image{id}\"");
        self.number("x", area.x0);
        self.number("y", area.y0);
        self.body.push_str("/>\n");
    }

    fn rect_start(&mut self, rect: Rect) {
        self.body.push_str("<rect");
        self.number("x", rect.x0);
        self.number("y", rect.y0);
        self.number("width", rect.width());
        self.number("height", rect.height());
    }

    fn line(&mut self, line: &VisibleLine, stroke: Stroke) {
        self.body.push_str("<line");
        self.number("x1", line.from.x);
        self.number("y1", line.from.y);
        self.number("x2", line.to.x);
        self.number("y2", line.to.y);
        self.stroke(stroke);
        if let Some((on, off)) = stroke.dash
            && line.cut_pt > 0.0
        {
            self.number("stroke-dashoffset", line.cut_pt.rem_euclid(on + off));
        }
        // Upright and level hairlines fall on whole pixels, as in the PNG. A dash that did would change its length.
        let axis_parallel = line.from.x == line.to.x || line.from.y == line.to.y;
        if axis_parallel && stroke.dash.is_none() {
            self.body.push_str(" shape-rendering=\"crispEdges\"");
        }
        self.body.push_str("/>\n");
    }

    fn path(&mut self, segments: &[Segment], fill: Option<Color>, stroke: Option<Stroke>) {
        let Some(outline) = path_data(segments) else { return };
        let _ = write!(self.body, "<path d=\"{outline}\"");
        self.fill_and_stroke(fill, stroke);
        self.body.push_str("/>\n");
    }

    fn gradient(&mut self, rect: Rect, [left, right]: [Color; 2]) {
        if !is_drawable(rect) {
            return;
        }
        let mut definition = String::new();
        for (offset, color) in [(0.0, left), (1.0, right)] {
            let _ = write!(definition, "<stop offset=\"{}\" stop-color=\"{}\"", Short(offset), Hex(color));
            push_opacity(&mut definition, "stop-opacity", color);
            definition.push_str("/>");
        }
        let id = self.gradients.id(definition);
        self.rect_start(rect);
        let _ = writeln!(self.body, " fill=\"url(#fade{id})\"/>");
    }

    /// A path a colour, in the order in which they first occur.
    fn density(&mut self, bars: &[(Rect, Color)], scene: &Scene) {
        let mut paths: Vec<(Color, String)> = Vec::new();
        for (rect, color) in bars {
            let Some(rect) = visible_rect(*rect, 0.0, 0.0, scene.size) else { continue };
            // A picture has a few colours: to look through them costs less than a map, and keeps their order.
            let at = paths.iter().position(|(other, _)| other == color).unwrap_or_else(|| {
                paths.push((*color, String::new()));
                paths.len() - 1
            });
            if let Some((_, path)) = paths.get_mut(at) {
                let [x0, y0, x1, y1] = [rect.x0, rect.y0, rect.x1, rect.y1].map(Short);
                let _ = write!(path, "M{x0} {y0}H{x1}V{y1}H{x0}Z");
            }
        }
        for (color, path) in paths {
            let _ = write!(self.body, "<path d=\"{path}\"");
            self.paint("fill", color);
            self.body.push_str(" shape-rendering=\"crispEdges\"/>\n");
        }
    }

    fn text(&mut self, run: &Run, origin: Point, color: Color) {
        if run.glyphs.is_empty() || run.width_pt <= 0.0 || !(origin.x.is_finite() && origin.y.is_finite()) {
            return;
        }
        if self.outlined {
            self.glyphs(run, origin, color);
            return;
        }
        self.body.push_str("<text");
        self.number("x", origin.x);
        self.number("y", origin.y);
        self.number("font-size", run.style.size_pt);
        self.paint("fill", color);
        // A viewer has fonts of its own, so widths are pinned. Whole where one font has it all; piece by piece where several do and
        // all run one way; else in logical order, because only the viewer's bidi knows where each stretch then stands.
        match run.pieces.as_slice() {
            [piece] if !run.rtl => {
                self.font(run, piece.font, color);
                self.pin(run.width_pt);
                self.body.push('>');
                push_escaped(&mut self.body, &run.text);
            }
            pieces if run.is_ltr() => {
                self.body.push('>');
                self.placed_spans(run, pieces, origin, color);
            }
            pieces => {
                self.pin(run.width_pt);
                self.body.push('>');
                self.logical_spans(run, pieces, color);
            }
        }
        self.body.push_str("</text>\n");
    }

    /// Each glyph as a use of its outline, which is defined once and in font units.
    fn glyphs(&mut self, run: &Run, origin: Point, color: Color) {
        for glyphs in run.glyphs.chunk_by(|one, next| one.font == next.font) {
            let mut drawn = String::new();
            let (mut scale, mut pen) = (0.0, 0.0);
            for glyph in glyphs {
                let Some(outline) = outline(glyph.font, glyph.id).filter(|outline| !outline.steps.is_empty()) else {
                    continue;
                };
                scale = run.style.size_pt / outline.units_per_em;
                pen = embolden_em(run.style.face, glyph.font) * outline.units_per_em;
                let id = self.outlines.id(format!(" d=\"{}\"", outline_data(&outline.steps)));
                let _ = write!(drawn, "<use href=\"#glyph{id}\"");
                push_number(&mut drawn, "x", glyph.x / scale);
                if glyph.y != 0.0 {
                    push_number(&mut drawn, "y", glyph.y / scale);
                }
                drawn.push_str("/>");
            }
            if drawn.is_empty() {
                continue;
            }
            let (x, y) = (Short(origin.x), Short(origin.y));
            let _ = write!(self.body, "<g transform=\"translate({x} {y}) scale({scale:.6})\"");
            self.paint("fill", color);
            self.embolden(pen, color);
            let _ = writeln!(self.body, ">{drawn}</g>");
        }
    }

    /// From left to right, each stretch at its place: a stand-in for one font does not push the others away.
    fn placed_spans(&mut self, run: &Run, pieces: &[Piece], origin: Point, color: Color) {
        for piece in pieces {
            self.body.push_str("<tspan");
            self.number("x", origin.x + piece.x);
            self.font(run, piece.font, color);
            self.pin(piece.width_pt);
            self.body.push('>');
            push_escaped(&mut self.body, run.piece_text(piece));
            self.body.push_str("</tspan>");
        }
    }

    /// In logical order, for the viewer to reorder. A place would end the paragraph the order is found in.
    fn logical_spans(&mut self, run: &Run, pieces: &[Piece], color: Color) {
        let mut logical: Vec<&Piece> = pieces.iter().collect();
        logical.sort_by_key(|piece| piece.range.start);
        if run.rtl {
            self.body.push(RTL_ISOLATE.0);
        }
        for stretch in logical.chunk_by(|one, next| one.font == next.font) {
            let Some(first) = stretch.first() else { continue };
            self.body.push_str("<tspan");
            self.font(run, first.font, color);
            self.body.push('>');
            for piece in stretch {
                push_escaped(&mut self.body, run.piece_text(piece));
            }
            self.body.push_str("</tspan>");
        }
        if run.rtl {
            self.body.push(RTL_ISOLATE.1);
        }
    }

    fn pin(&mut self, width_pt: f64) {
        if width_pt > 0.0 {
            self.number("textLength", width_pt);
            self.body.push_str(" lengthAdjust=\"spacingAndGlyphs\"");
        }
    }

    /// Lets stems grow by a pen of this width. A viewer that has a bolder cut of the font is asked for none, or its letters
    /// would be bolder still.
    fn embolden(&mut self, pen: f64, color: Color) {
        if pen > 0.0 {
            self.paint("stroke", color);
            self.number("stroke-width", pen);
        }
    }

    fn font(&mut self, run: &Run, index: usize, color: Color) {
        let Some(font) = fonts().get(index) else { return };
        if font.weight != 400 {
            let _ = write!(self.body, " font-weight=\"{}\"", font.weight);
        }
        if font.family != "Inter" {
            let _ = write!(self.body, " font-family=\"{}, sans-serif\"", font.family);
        }
        self.embolden(embolden_em(run.style.face, index) * run.style.size_pt, color);
    }

    fn push_clip(&mut self, rect: Rect) {
        let mut definition = String::from("<rect");
        let (width, height) = (rect.width().max(0.0), rect.height().max(0.0));
        for (name, value) in [("x", rect.x0), ("y", rect.y0), ("width", width), ("height", height)] {
            push_number(&mut definition, name, value);
        }
        definition.push_str("/>");
        let id = self.clips.id(definition);
        let _ = writeln!(self.body, "<g clip-path=\"url(#clip{id})\">");
        self.open_clips += 1;
    }

    fn pop_clip(&mut self) {
        // One that closes nothing is left out: else it would close the picture.
        if let Some(open) = self.open_clips.checked_sub(1) {
            self.open_clips = open;
            self.body.push_str("</g>\n");
        }
    }

    fn fill_and_stroke(&mut self, fill: Option<Color>, stroke: Option<Stroke>) {
        match fill {
            Some(color) => self.paint("fill", color),
            None => self.body.push_str(" fill=\"none\""),
        }
        if let Some(stroke) = stroke {
            self.stroke(stroke);
        }
    }

    fn stroke(&mut self, stroke: Stroke) {
        self.paint("stroke", stroke.color);
        self.number("stroke-width", stroke.width);
        if let Some((on, off)) = stroke.dash {
            let _ = write!(self.body, " stroke-dasharray=\"{} {}\"", Short(on), Short(off));
        }
    }

    fn paint(&mut self, name: &str, color: Color) {
        let _ = write!(self.body, " {name}=\"{}\"", Hex(color));
        push_opacity(&mut self.body, &format!("{name}-opacity"), color);
    }

    fn number(&mut self, name: &str, value: f64) {
        push_number(&mut self.body, name, value);
    }

    fn finish(mut self, scene: &Scene, options: &SvgOptions) -> String {
        while self.open_clips > 0 {
            self.pop_clip();
        }
        let (width, height) = (scene.size.width, scene.size.height);
        let mut out = String::with_capacity(self.body.len() + 1024);
        out.push_str("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        if !self.pixels.list.is_empty() {
            // Programs that draw know images by this name (SVG 1.1), and not all by the one of SVG 2.
            out.push_str(" xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
        }
        push_number(&mut out, "width", width * options.scale);
        push_number(&mut out, "height", height * options.scale);
        let _ = write!(out, " viewBox=\"0 0 {} {}\"", Short(width), Short(height));
        out.push_str(" font-family=\"Inter, sans-serif\" text-rendering=\"geometricPrecision\" xml:space=\"preserve\"");
        out.push_str(if options.title.is_empty() { ">\n" } else { " role=\"img\">\n" });
        for (element, text) in [("title", options.title), ("desc", options.description)] {
            if !text.is_empty() {
                let _ = write!(out, "<{element}>");
                push_escaped(&mut out, &visible_lines(text));
                let _ = writeln!(out, "</{element}>");
            }
        }
        match options.fonts {
            SvgFonts::Named | SvgFonts::Outlined => {}
            SvgFonts::Embedded => push_font_faces(&mut out, scene),
        }
        let all = [&self.gradients, &self.clips, &self.outlines, &self.pixels];
        if !all.into_iter().all(|defined| defined.list.is_empty()) {
            out.push_str("<defs>\n");
            self.gradients.write(&mut out, "linearGradient", "fade");
            self.clips.write(&mut out, "clipPath", "clip");
            for (index, outline) in self.outlines.list.iter().enumerate() {
                let _ = writeln!(out, "<path id=\"glyph{}\"{outline}/>", index + 1);
            }
            for (index, image) in self.pixels.list.iter().enumerate() {
                let _ = writeln!(out, "<image id=\"image{}\"{image}/>", index + 1);
            }
            out.push_str("</defs>\n");
        }
        out.push_str(&self.body);
        out.push_str("</svg>\n");
        out
    }
}

/// Contents of definitions, each once, numbered from 1 as they come.
#[derive(Default)]
struct Definitions {
    ids: BTreeMap<String, usize>,
    list: Vec<String>,
}

impl Definitions {
    fn id(&mut self, definition: String) -> usize {
        let next = self.list.len() + 1;
        *self.ids.entry(definition).or_insert_with_key(|definition| {
            self.list.push(definition.clone());
            next
        })
    }

    fn write(&self, out: &mut String, element: &str, prefix: &str) {
        for (index, definition) in self.list.iter().enumerate() {
            let _ = writeln!(out, "<{element} id=\"{prefix}{}\">{definition}</{element}>", index + 1);
        }
    }
}

fn push_font_faces(out: &mut String, scene: &Scene) {
    let mut used = vec![false; fonts().len()];
    for item in &scene.items {
        if let Item::Text { run, .. } = item {
            for piece in &run.pieces {
                if let Some(used) = used.get_mut(piece.font) {
                    *used = true;
                }
            }
        }
    }
    out.push_str("<style>\n");
    for (font, _) in fonts().iter().zip(used).filter(|(_, used)| *used) {
        let (family, weight) = (font.family, font.weight);
        let _ = write!(out, "@font-face{{font-family:\"{family}\";font-weight:{weight};src:url(data:font/ttf;base64,");
        push_base64(out, font.bytes);
        out.push_str(") format(\"truetype\")}\n");
    }
    out.push_str("</style>\n");
}

/// `None` where there is nothing to draw or a coordinate is no number.
fn path_data(segments: &[Segment]) -> Option<String> {
    let mut data = String::new();
    let mut push = |command: char, points: &[Point]| {
        data.push(command);
        for (index, point) in points.iter().enumerate() {
            let gap = if index > 0 { " " } else { "" };
            let _ = write!(data, "{gap}{} {}", Short(point.x), Short(point.y));
        }
        points.iter().all(|point| point.x.is_finite() && point.y.is_finite())
    };
    let starts = matches!(segments.first(), Some(Segment::MoveTo(_)));
    let finite = segments.iter().all(|segment| match *segment {
        Segment::MoveTo(to) => push('M', &[to]),
        Segment::LineTo(to) => push('L', &[to]),
        Segment::CubicTo(first, second, to) => push('C', &[first, second, to]),
        Segment::Close => push('Z', &[]),
    });
    (starts && finite).then_some(data)
}

/// Font units are whole numbers in nearly every font, so that whole numbers say all there is to say.
fn outline_data(steps: &[OutlineStep]) -> String {
    let mut data = String::new();
    let mut push = |command: char, points: &[Point]| {
        data.push(command);
        for (index, point) in points.iter().enumerate() {
            let gap = if index > 0 { " " } else { "" };
            let _ = write!(data, "{gap}{} {}", Short(point.x.round()), Short(point.y.round()));
        }
    };
    for step in steps {
        match *step {
            OutlineStep::MoveTo(to) => push('M', &[to]),
            OutlineStep::LineTo(to) => push('L', &[to]),
            OutlineStep::QuadTo(control, to) => push('Q', &[control, to]),
            OutlineStep::CurveTo(first, second, to) => push('C', &[first, second, to]),
            OutlineStep::Close => push('Z', &[]),
        }
    }
    data
}

fn is_drawable(rect: Rect) -> bool {
    [rect.x0, rect.y0, rect.x1, rect.y1].into_iter().all(f64::is_finite) && rect.width() > 0.0 && rect.height() > 0.0
}

fn push_number(out: &mut String, name: &str, value: f64) {
    let _ = write!(out, " {name}=\"{}\"", Short(value));
}

fn push_opacity(out: &mut String, name: &str, color: Color) {
    if color.a < 255 {
        push_number(out, name, f64::from(color.a) / 255.0);
    }
}

/// Text as XML character data or an attribute's value; characters XML 1.0 does not allow become spaces.
fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            control if control.is_control() => out.push(' '),
            plain => out.push(plain),
        }
    }
}

/// A number in at most three decimals; 0 for what is no number.
struct Short(f64);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = if self.0.is_finite() { self.0 } else { 0.0 };
        match thousandths(value) {
            Some(thousandths) => write_thousandths(thousandths, f),
            None => {
                let text = format!("{value:.3}");
                let short = text.trim_end_matches('0').trim_end_matches('.');
                f.write_str(if short == "-0" { "0" } else { short })
            }
        }
    }
}

/// How many thousandths a number is, where rounding it needs no more digits than it has here: exact decimals take a hundred
/// times as long, and a picture has a million numbers.
fn thousandths(value: f64) -> Option<i64> {
    // Below this the product is off by less than a thousandth, so nothing is taken for the wrong side of a half.
    const MOST: f64 = 1e12;
    const HALF: f64 = 0.499;
    let product = value * 1e3;
    let nearest = product.round();
    (product.abs() < MOST && (product - nearest).abs() < HALF).then_some(nearest as i64)
}

fn write_thousandths(thousandths: i64, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    if thousandths < 0 {
        f.write_str("-")?;
    }
    let (whole, rest) = (thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000);
    match (rest, rest % 10, rest % 100) {
        (0, ..) => write!(f, "{whole}"),
        (_, _, 0) => write!(f, "{whole}.{}", rest / 100),
        (_, 0, _) => write!(f, "{whole}.{:02}", rest / 10),
        _ => write!(f, "{whole}.{rest:03}"),
    }
}

/// A colour without its alpha, as `#rrggbb`.
struct Hex(Color);

impl std::fmt::Display for Hex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Color { r, g, b, .. } = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_short() {
        for (value, expected) in [
            (0.0, "0"),
            (-0.0001, "0"),
            (12.0, "12"),
            (100.0, "100"),
            (0.5, "0.5"),
            (-2.34567, "-2.346"),
            (1e9, "1000000000"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ] {
            assert_eq!(Short(value).to_string(), expected);
        }
    }

    proptest! {
        /// Also those that lie half-way between two, or look as if they did.
        #[test]
        fn numbers_are_rounded_as_the_exact_decimal_is(
            value in prop_oneof![any::<f64>(), -1e5..1e5, (-1_000_000_i32..1_000_000).prop_map(|n| f64::from(n) / 2e3), (-1_000_000_i32..1_000_000).prop_map(|n| f64::from(n) / 16.0)],
        ) {
            let exact = format!("{:.3}", if value.is_finite() { value } else { 0.0 });
            let exact = exact.trim_end_matches('0').trim_end_matches('.');
            prop_assert_eq!(Short(value).to_string(), if exact == "-0" { "0" } else { exact });
        }
    }

    #[test]
    fn text_is_escaped() {
        let mut out = String::new();
        push_escaped(&mut out, "a<b>&\"c\"\u{1}\u{ffff}é");
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;c&quot;  é");
    }

    #[test]
    fn a_path_must_start_somewhere_and_be_finite() {
        let at = Point::new(1.0, 2.5);
        assert_eq!(
            path_data(&[Segment::MoveTo(at), Segment::LineTo(at), Segment::Close]).as_deref(),
            Some("M1 2.5L1 2.5Z")
        );
        assert_eq!(path_data(&[Segment::LineTo(at)]), None);
        assert_eq!(path_data(&[Segment::MoveTo(Point::new(f64::NAN, 0.0))]), None);
    }
}
