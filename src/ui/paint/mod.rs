//! Paints a [`Scene`] with egui.
//!
//! Owns the translation of each [`Item`] into triangles and the snapping to physical pixels. What is in the picture belongs to
//! `scene`; the interface around it, whose fonts are registered under [`FontFamily::Proportional`] and `"semibold"`, is egui's.

mod atlas;
mod bitmap;
mod polygon;
mod shelves;
mod stamps;

use std::sync::Arc;

use egui::epaint::{PathShape, PathStroke, Tessellator};
use egui::{Color32, FontFamily, FontId, Mesh, Painter, Pos2, Shape, StrokeKind, pos2};

use self::atlas::Atlas;
use crate::export::glyphs::{GlyphStyle, layers_on};
use crate::geom::{Point, Rect};
use crate::scene::{Item, Scene, Segment, Stroke};
use crate::text::{Face, Run};
use crate::theme::Color;

/// The furthest a flattened curve may lie from the true one, in points.
const CURVE_TOLERANCE_PT: f32 = 0.1;

/// Points of an outline closer than this are one, in points.
const NEAR_PT: f32 = 0.01;

/// Paints a scene with its top left corner at `origin`. Nothing is drawn outside the painter's clip rectangle.
pub fn paint_scene(painter: &Painter, scene: &Scene, origin: Pos2) {
    let mut atlas = Atlas::take(painter);
    loop {
        let meshes = Brush::new(painter, origin, &mut atlas, scene).paint(scene);
        if atlas.is_complete() || !atlas.start_over(painter) {
            for (clip, mesh) in meshes {
                let mesh = Arc::new(mesh);
                atlas.lend(&mesh);
                painter.with_clip_rect(clip).add(Shape::Mesh(mesh));
            }
            break;
        }
    }
    if atlas.has_put_off() {
        painter.ctx().request_repaint();
    }
    atlas.put_back(painter);
}

/// A theme's colour in egui's terms.
pub fn color32(color: Color) -> Color32 {
    Color32::from_rgba_unmultiplied(color.r, color.g, color.b, color.a)
}

/// The font under which the window registered a face.
pub fn font_id(face: Face, size_pt: f64) -> FontId {
    let family = match face {
        Face::Regular => FontFamily::Proportional,
        Face::SemiBold => FontFamily::Name("semibold".into()),
    };
    FontId::new(size_pt as f32, family)
}

/// Paints items in order, as one mesh for each clip: letters lie in the same texture as the white of plain shapes, and a mesh
/// for each line of text would cost more than what is in it.
struct Brush<'a> {
    atlas: &'a mut Atlas,
    tessellator: Tessellator,
    /// Innermost last; the first is that of the painter.
    clips: Vec<egui::Rect>,
    origin: Pos2,
    pixels_per_point: f32,
    /// How many times glyphs are laid over themselves.
    layers: u8,
    mesh: Mesh,
    /// The subpath that is being painted. Its points are many a frame: it is one for all.
    outline: PathShape,
    done: Vec<(egui::Rect, Mesh)>,
}

impl<'a> Brush<'a> {
    fn new(painter: &Painter, origin: Pos2, atlas: &'a mut Atlas, scene: &Scene) -> Self {
        let pixels_per_point = painter.pixels_per_point();
        let options = painter.ctx().tessellation_options(|options| *options);
        // No shape that is tessellated here is text or a disc, for which it would need to know of egui's own atlas.
        let mut tessellator = Tessellator::new(pixels_per_point, options, [1, 1], Vec::new());
        tessellator.set_clip_rect(painter.clip_rect());
        let mesh = atlas.empty_mesh();
        Self {
            atlas,
            tessellator,
            clips: vec![painter.clip_rect()],
            origin,
            pixels_per_point,
            layers: layers_on(scene.background),
            mesh,
            outline: PathShape::line(Vec::new(), egui::Stroke::NONE),
            done: Vec::new(),
        }
    }

    fn paint(mut self, scene: &Scene) -> Vec<(egui::Rect, Mesh)> {
        let whole = Rect::new(0.0, 0.0, scene.size.width, scene.size.height);
        self.plain_rect(whole, scene.background);
        for item in &scene.items {
            self.item(item);
        }
        self.end_mesh();
        self.atlas.take_back(self.mesh);
        self.done
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Rect { rect, radius, fill, stroke } => self.rect(*rect, *radius, *fill, *stroke),
            Item::Line { from, to, stroke } => self.line(*from, *to, *stroke),
            Item::Path { segments, fill, stroke } => self.path(segments, *fill, *stroke),
            Item::Gradient { rect, left, right } => self.gradient(*rect, color32(*left), color32(*right)),
            Item::Density { bars } => {
                for (rect, color) in bars {
                    self.plain_rect(*rect, *color);
                }
            }
            Item::Text { run, origin, color } => self.text(run, *origin, *color),
            Item::Image { rect, fill, stroke, .. } => self.rect(*rect, 0.0, Some(*fill), Some(*stroke)),
            Item::PushClip(rect) => {
                self.end_mesh();
                let clip = self.clip().intersect(self.rect_on_screen(*rect));
                self.clips.push(clip);
                self.tessellator.set_clip_rect(clip);
            }
            Item::PopClip => {
                self.end_mesh();
                if self.clips.len() > 1 {
                    self.clips.pop();
                }
                self.tessellator.set_clip_rect(self.clip());
            }
        }
    }

    fn rect(&mut self, rect: Rect, radius: f64, fill: Option<Color>, stroke: Option<Stroke>) {
        if radius <= 0.0 && stroke.is_none() {
            if let Some(fill) = fill {
                self.plain_rect(rect, fill);
            }
            return;
        }
        let on_screen = self.rect_on_screen(rect);
        let dashed = stroke.filter(|stroke| stroke.dash.is_some());
        let solid = stroke.filter(|stroke| stroke.dash.is_none());
        let radius = radius.clamp(0.0, rect.width().min(rect.height()).max(0.0) / 2.0);
        let shape = egui::epaint::RectShape::new(
            on_screen,
            egui::CornerRadius::from(radius as f32),
            fill.map_or(Color32::TRANSPARENT, color32),
            solid.map_or(egui::Stroke::NONE, |stroke| self.stroke(stroke)),
            StrokeKind::Middle,
        );
        self.add(shape.into());
        if let Some(stroke) = dashed {
            let corners = [
                on_screen.left_top(),
                on_screen.right_top(),
                on_screen.right_bottom(),
                on_screen.left_bottom(),
                on_screen.left_top(),
            ];
            self.polyline(&corners, stroke);
        }
    }

    fn line(&mut self, from: Point, to: Point, stroke: Stroke) {
        let ends = [self.point(from), self.point(to)];
        let upright = from.x == to.x;
        let level = from.y == to.y;
        match stroke.dash {
            None if upright || level => self.hairline(ends, upright, stroke),
            Some((on, off)) if (upright || level) && on > 0.0 && off > 0.0 => {
                self.dashes(ends, upright, stroke, (on as f32, off as f32));
            }
            _ => self.polyline(&ends, stroke),
        }
    }

    /// An upright or level line, as a rectangle of whole physical pixels.
    fn hairline(&mut self, [from, to]: [Pos2; 2], upright: bool, stroke: Stroke) {
        let across = self.across(if upright { from.x } else { from.y }, stroke);
        let along = if upright { (from.y.min(to.y), from.y.max(to.y)) } else { (from.x.min(to.x), from.x.max(to.x)) };
        self.mesh.add_colored_rect(bar(along, across, upright), color32(stroke.color));
    }

    /// An upright or level line of dashes: as wide as a [`Brush::hairline`], and what a dash covers of a pixel at its end is
    /// as faint as it is short.
    fn dashes(&mut self, [from, to]: [Pos2; 2], upright: bool, stroke: Stroke, (on, off): (f32, f32)) {
        let across = self.across(if upright { from.x } else { from.y }, stroke);
        let clip = self.clip();
        let (from, to, sight) = if upright { (from.y, to.y, clip.y_range()) } else { (from.x, to.x, clip.x_range()) };
        let (start, end) = (from.min(to), from.max(to));
        let (color, pixels_per_point) = (color32(stroke.color), self.pixels_per_point);
        let mesh = &mut self.mesh;
        let mut covered = |from_px: f32, to_px: f32| {
            let share = (to_px - from_px) / (to_px.ceil() - from_px.floor()).max(1.0);
            let along = (from_px.floor() / pixels_per_point, to_px.ceil() / pixels_per_point);
            if share > 0.0 {
                mesh.add_colored_rect(bar(along, across, upright), color.gamma_multiply(share));
            }
        };
        // Counted from the line's start, so that dashes move with it.
        let step = on + off;
        let first = ((sight.min - start) / step).floor().max(0.0);
        // What is no number becomes 0.
        let count = ((end.min(sight.max) - start) / step - first).ceil() as u16;
        for nth in 0..count {
            let dash = start + (first + f32::from(nth)) * step;
            let (from_px, to_px) = (dash * pixels_per_point, (dash + on).min(end) * pixels_per_point);
            let (first, last) = (from_px.ceil(), to_px.floor());
            if first < last {
                covered(from_px, first);
                covered(first, last);
                covered(last, to_px);
            } else if to_px.ceil() - from_px.floor() > 1.0 {
                covered(from_px, first);
                covered(first, to_px);
            } else {
                covered(from_px, to_px);
            }
        }
    }

    /// The whole physical pixels that a line at a place covers with its width.
    fn across(&self, at: f32, stroke: Stroke) -> (f32, f32) {
        let pixels = (stroke.width as f32 * self.pixels_per_point).round().max(1.0);
        let width = pixels / self.pixels_per_point;
        let low = self.snap(at - width / 2.0);
        (low, low + width)
    }

    /// A path: as bitmaps where it is small, else as triangles.
    fn path(&mut self, segments: &[Segment], fill: Option<Color>, stroke: Option<Stroke>) {
        let asked = (fill.map(color32), stroke.map(|stroke| (stroke, color32(stroke.color))));
        if !self.atlas.add_outline(segments, asked, self.origin, &mut self.mesh) {
            self.subpaths(segments, fill, stroke);
        }
    }

    /// The subpaths one after another, with their curves flattened.
    fn subpaths(&mut self, segments: &[Segment], fill: Option<Color>, stroke: Option<Stroke>) {
        self.outline.points.clear();
        for segment in segments {
            match *segment {
                Segment::MoveTo(to) => {
                    self.subpath(false, fill, stroke);
                    self.outline.points.clear();
                    let to = self.point(to);
                    self.outline.points.push(to);
                }
                Segment::LineTo(to) => {
                    let to = self.point(to);
                    self.outline.points.push(to);
                }
                Segment::CubicTo(first, second, to) => {
                    let Some(from) = self.outline.points.last().copied() else { continue };
                    let curve = [from, self.point(first), self.point(second), self.point(to)];
                    flatten(curve, &mut self.outline.points);
                }
                Segment::Close => {
                    let start = self.outline.points.first().copied();
                    self.subpath(true, fill, stroke);
                    self.outline.points.clear();
                    self.outline.points.extend(start);
                }
            }
        }
        self.subpath(false, fill, stroke);
    }

    /// Paints the outline as it stands.
    fn subpath(&mut self, closed: bool, fill: Option<Color>, stroke: Option<Stroke>) {
        merge_near_points(&mut self.outline.points, closed);
        if self.outline.points.len() < 2 {
            return;
        }
        let is_convex = fill.is_some() && polygon::is_convex(&self.outline.points);
        let solid = stroke.filter(|stroke| stroke.dash.is_none());
        if let (Some(fill), Some(stroke), true) = (fill, solid, closed && is_convex) {
            // Inside and edge at once cost little more than the edge alone.
            self.whole_outline(true, color32(fill), self.stroke(stroke));
            return;
        }
        if let Some(fill) = fill {
            if is_convex {
                self.whole_outline(true, color32(fill), egui::Stroke::NONE);
            } else {
                self.fill(color32(fill));
            }
        }
        if let Some(stroke) = stroke {
            let line = self.stroke(stroke);
            match stroke.dash {
                Some((on, off)) if on > 0.0 && off > 0.0 => {
                    if closed {
                        self.outline.points.extend(self.outline.points.first().copied());
                    }
                    let Self { tessellator, mesh, outline, .. } = self;
                    dashes_along(&outline.points, on as f32, off as f32, |dash| {
                        tessellator.tessellate_line_segment(dash, line, mesh);
                    });
                }
                _ => self.whole_outline(closed, Color32::TRANSPARENT, line),
            }
        }
    }

    /// Adds what egui's tessellator makes of the outline.
    fn whole_outline(&mut self, closed: bool, fill: Color32, line: egui::Stroke) {
        self.outline.closed = closed;
        self.outline.fill = fill;
        self.outline.stroke = PathStroke::from(line);
        self.tessellator.tessellate_path(&self.outline, &mut self.mesh);
    }

    /// The inside of an outline that is not convex.
    fn fill(&mut self, color: Color32) {
        let points = &self.outline.points;
        let base = self.mesh.vertices.len() as u32;
        for corner in points {
            self.mesh.colored_vertex(*corner, color);
        }
        for [a, b, c] in polygon::triangulate(points) {
            self.mesh.add_triangle(base + a, base + b, base + c);
        }
    }

    fn gradient(&mut self, rect: Rect, left: Color32, right: Color32) {
        let rect = self.snapped(rect);
        if !rect.is_positive() {
            return;
        }
        let mesh = &mut self.mesh;
        let base = mesh.vertices.len() as u32;
        mesh.colored_vertex(rect.left_top(), left);
        mesh.colored_vertex(rect.right_top(), right);
        mesh.colored_vertex(rect.right_bottom(), right);
        mesh.colored_vertex(rect.left_bottom(), left);
        mesh.add_triangle(base, base + 1, base + 2);
        mesh.add_triangle(base, base + 2, base + 3);
    }

    fn text(&mut self, run: &Run, origin: Point, color: Color) {
        let scale = f64::from(self.pixels_per_point);
        let left_px = (f64::from(self.origin.x) + origin.x) * scale;
        let baseline_px = (f64::from(self.origin.y) + origin.y) * scale;
        let sight_px = self.clip().x_range() * self.pixels_per_point;
        let color = color32(color);
        let mut style: Option<GlyphStyle> = None;
        for glyph in run.on_pixels(left_px, baseline_px, scale) {
            let style = match &mut style {
                Some(style) if style.font == glyph.font => style,
                other => other.insert(GlyphStyle::of(run.style, glyph.font, scale, self.layers)),
            };
            // No glyph is as wide as three ems: of a line that begins far outside, only what is seen is laid.
            if sight_px.expand(3.0 * style.size_px).contains(glyph.x_px as f32) {
                self.atlas.add(style, &glyph, color, &mut self.mesh);
            }
        }
    }

    fn plain_rect(&mut self, rect: Rect, fill: Color) {
        let rect = self.snapped(rect);
        if rect.is_positive() {
            self.mesh.add_colored_rect(rect, color32(fill));
        }
    }

    /// A line through some points.
    fn polyline(&mut self, points: &[Pos2], stroke: Stroke) {
        self.outline.points.clear();
        self.outline.points.extend_from_slice(points);
        self.subpath(false, None, Some(stroke));
    }

    fn stroke(&self, stroke: Stroke) -> egui::Stroke {
        let width = (stroke.width as f32).max(1.0 / self.pixels_per_point);
        egui::Stroke::new(width, color32(stroke.color))
    }

    /// Adds what egui's tessellator makes of a shape. White lies at the origin of this texture too.
    fn add(&mut self, shape: Shape) {
        self.tessellator.tessellate_shape(shape, &mut self.mesh);
    }

    /// Hands over what was painted under the present clip.
    fn end_mesh(&mut self) {
        if !self.mesh.is_empty() {
            let mut mesh = std::mem::replace(&mut self.mesh, self.atlas.empty_mesh());
            self.atlas.own(&mut mesh);
            self.done.push((self.clip(), mesh));
        }
    }

    fn clip(&self) -> egui::Rect {
        self.clips.last().copied().unwrap_or(egui::Rect::NOTHING)
    }

    fn point(&self, point: Point) -> Pos2 {
        pos2(self.origin.x + point.x as f32, self.origin.y + point.y as f32)
    }

    fn rect_on_screen(&self, rect: Rect) -> egui::Rect {
        egui::Rect::from_min_max(self.point(Point::new(rect.x0, rect.y0)), self.point(Point::new(rect.x1, rect.y1)))
    }

    /// On whole physical pixels, at least one wide and high, so that a thin bar neither blurs nor vanishes.
    fn snapped(&self, rect: Rect) -> egui::Rect {
        let rect = self.rect_on_screen(rect);
        if !rect.is_positive() {
            return egui::Rect::NOTHING;
        }
        let pixel = 1.0 / self.pixels_per_point;
        let (x0, y0) = (self.snap(rect.left()), self.snap(rect.top()));
        let (x1, y1) = (self.snap(rect.right()).max(x0 + pixel), self.snap(rect.bottom()).max(y0 + pixel));
        egui::Rect::from_min_max(pos2(x0, y0), pos2(x1, y1))
    }

    fn snap(&self, at: f32) -> f32 {
        snap(at, self.pixels_per_point)
    }
}

/// The nearest edge of a physical pixel.
fn snap(at: f32, pixels_per_point: f32) -> f32 {
    (at * pixels_per_point).round() / pixels_per_point
}

/// A rectangle along an upright line, or a level one.
const fn bar(along: (f32, f32), across: (f32, f32), upright: bool) -> egui::Rect {
    let (x, y) = if upright { (across, along) } else { (along, across) };
    egui::Rect { min: pos2(x.0, y.0), max: pos2(x.1, y.1) }
}

/// Adds the points of a curve after its first: equal steps, as many as keep the chords within [`CURVE_TOLERANCE_PT`] (Wang's
/// formula, as in Sederberg, "Computer Aided Geometric Design", 10.6).
fn flatten([a, b, c, d]: [Pos2; 4], points: &mut Vec<Pos2>) {
    let bend = |a: Pos2, b: Pos2, c: Pos2| (a.to_vec2() - 2.0 * b.to_vec2() + c.to_vec2()).length_sq();
    let most = bend(a, b, c).max(bend(b, c, d)).sqrt();
    // As `u16` what is no number is 0.
    let steps = (0.75 * most / CURVE_TOLERANCE_PT).sqrt().ceil().clamp(1.0, 64.0) as u16;
    points.extend((1..=steps).map(|step| {
        let t = f32::from(step) / f32::from(steps);
        let u = 1.0 - t;
        let weights = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
        let [a, b, c, d] = [a, b, c, d].map(Pos2::to_vec2);
        (a * weights[0] + b * weights[1] + c * weights[2] + d * weights[3]).to_pos2()
    }));
}

/// Leaves one of neighbours that coincide but for rounding: between two such points the tessellator finds a direction
/// at random and draws a spike.
fn merge_near_points(points: &mut Vec<Pos2>, closed: bool) {
    let near = |a: Pos2, b: Pos2| a.distance_sq(b) < NEAR_PT * NEAR_PT;
    points.dedup_by(|a, b| near(*a, *b));
    while let (true, [first, .., last]) = (closed, points.as_slice())
        && near(*first, *last)
    {
        points.pop();
    }
}

/// Hands over the dashes along a line through some points, which begins with one. A dash that goes around a corner is two.
fn dashes_along(points: &[Pos2], on: f32, off: f32, mut dash: impl FnMut([Pos2; 2])) {
    // What is left of the dash or of the gap at the beginning of each part of the line.
    let (mut is_dash, mut left) = (true, on);
    for ends in points.windows(2) {
        let [start, end] = ends else { continue };
        let length = start.distance(*end);
        let mut done = 0.0;
        // What is level stays so to the last bit: the tessellator lays it on whole pixels.
        let place = |at: f32| *start + (*end - *start) * (at / length);
        while done + left <= length {
            if is_dash {
                dash([place(done), place(done + left)]);
            }
            done += left;
            is_dash = !is_dash;
            left = if is_dash { on } else { off };
        }
        if is_dash && done < length {
            dash([place(done), *end]);
        }
        left -= length - done;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flattened_quarter_of_a_circle_stays_within_the_tolerance() {
        for radius in [1.0_f32, 5.5, 9.0, 200.0] {
            let reach = radius * 0.552_284_8;
            let curve = [pos2(radius, 0.0), pos2(radius, reach), pos2(reach, radius), pos2(0.0, radius)];
            let mut points = vec![curve[0]];
            flatten(curve, &mut points);
            assert_eq!(points.last(), Some(&curve[3]));
            for pair in points.windows(2) {
                let middle = pair[0].lerp(pair[1], 0.5).to_vec2().length();
                assert!(
                    (middle - radius).abs() <= CURVE_TOLERANCE_PT + radius * 3e-4,
                    "{middle} on a circle of {radius}"
                );
            }
        }
    }

    #[test]
    fn each_scene_of_a_frame_is_painted_into_the_room_of_the_frame_before() {
        let ctx = egui::Context::default();
        let white = Color { r: 255, g: 255, b: 255, a: 255 };
        let bar = |at: usize| Item::Rect {
            rect: Rect::new(0.0, at as f64, 10.0, at as f64 + 1.0),
            radius: 0.0,
            fill: Some(white),
            stroke: None,
        };
        let scene = |bars: usize| {
            let size = crate::geom::Size::new(400.0, 100.0);
            let items = [Item::PushClip(Rect::new(0.0, 0.0, 10.0, 10.0)), Item::PopClip].into_iter();
            Scene { size, background: white, items: (0..bars).map(bar).chain(items).collect(), targets: Vec::new() }
        };
        let (track, overview) = (scene(5_000), scene(3));
        let screen = egui::Rect::from_min_size(Pos2::ZERO, egui::vec2(400.0, 100.0));
        for frame in 0..6 {
            let raw = egui::RawInput { screen_rect: Some(screen), ..egui::RawInput::default() };
            let mut output = ctx.run_ui(raw, |ui| {
                let mut atlas = Atlas::take(ui.painter());
                let Brush { mesh, .. } = Brush::new(ui.painter(), Pos2::ZERO, &mut atlas, &track);
                let room = mesh.vertices.capacity();
                assert!(frame == 0 || room >= 4 * 5_000, "{room} in frame {frame}");
                atlas.take_back(mesh);
                atlas.put_back(ui.painter());
                paint_scene(ui.painter(), &track, Pos2::ZERO);
                paint_scene(ui.painter(), &overview, Pos2::ZERO);
            });
            output.textures_delta.clear();
        }
    }

    /// The rectangles that a brush makes of a level line of dashes, with their alpha.
    fn dashed(from: f32, to: f32, dash: (f32, f32)) -> Vec<(egui::Rect, u8)> {
        let ctx = egui::Context::default();
        let mut bars = Vec::new();
        let screen = egui::Rect::from_min_size(Pos2::ZERO, egui::vec2(400.0, 100.0));
        let raw = egui::RawInput { screen_rect: Some(screen), ..egui::RawInput::default() };
        let mut output = ctx.run_ui(raw, |ui| {
            let size = crate::geom::Size::new(400.0, 100.0);
            let background = Color { r: 255, g: 255, b: 255, a: 255 };
            let scene = Scene { size, background, items: Vec::new(), targets: Vec::new() };
            let mut atlas = Atlas::take(ui.painter());
            let mut brush = Brush::new(ui.painter(), Pos2::ZERO, &mut atlas, &scene);
            let stroke = Stroke { width: 1.0, color: Color { r: 0, g: 0, b: 0, a: 255 }, dash: None };
            brush.dashes([pos2(from, 20.5), pos2(to, 20.5)], false, stroke, dash);
            for corners in brush.mesh.vertices.chunks(4) {
                bars.push((egui::Rect::from_points(&[corners[0].pos, corners[3].pos]), corners[0].color.a()));
            }
        });
        output.textures_delta.clear();
        bars
    }

    #[test]
    fn dashes_cover_their_share_of_a_line_and_count_from_its_start() {
        let bars = dashed(10.25, 130.25, (5.0, 3.0));
        let covered: f32 = bars.iter().map(|(bar, alpha)| bar.area() * f32::from(*alpha) / 255.0).sum();
        assert!((covered - 75.0).abs() < 1.0, "{covered}");
        assert_eq!(bars[0].0.left(), 10.0);
        assert!(bars.iter().all(|(bar, _)| bar.height() == 1.0));
    }

    #[test]
    fn a_line_far_longer_than_the_screen_has_few_dashes() {
        let bars = dashed(-1e7, 1e7, (5.0, 3.0));
        assert!(!bars.is_empty() && bars.len() < 200, "{}", bars.len());
        assert!(bars.iter().all(|(bar, _)| -20.0 < bar.left() && bar.right() < 420.0));
    }

    #[test]
    fn a_circle_that_ends_a_rounding_error_from_its_start_has_no_point_twice() {
        let corners = [pos2(1.0, 0.0), pos2(0.0, 1.0), pos2(0.0, 1.000_001), pos2(-1.0, 0.0), pos2(1.0, 0.000_001)];
        let mut closed = corners.to_vec();
        merge_near_points(&mut closed, true);
        assert_eq!(closed, [pos2(1.0, 0.0), pos2(0.0, 1.0), pos2(-1.0, 0.0)]);
        let mut open = corners.to_vec();
        merge_near_points(&mut open, false);
        assert_eq!(open.len(), 4);
    }

    #[test]
    fn dashes_go_on_around_corners_and_leave_gaps_of_their_length() {
        let corners = [pos2(0.0, 0.0), pos2(10.0, 0.0), pos2(10.0, 10.0)];
        let mut dashes = Vec::new();
        dashes_along(&corners, 4.0, 2.0, |dash| dashes.push(dash));
        let dash = |a: (f32, f32), b: (f32, f32)| [pos2(a.0, a.1), pos2(b.0, b.1)];
        let expected = [
            dash((0.0, 0.0), (4.0, 0.0)),
            dash((6.0, 0.0), (10.0, 0.0)),
            dash((10.0, 2.0), (10.0, 6.0)),
            dash((10.0, 8.0), (10.0, 10.0)),
        ];
        let is_near = |a: &[Pos2; 2], b: &[Pos2; 2]| a[0].distance(b[0]) < 1e-3 && a[1].distance(b[1]) < 1e-3;
        assert!(dashes.iter().zip(&expected).all(|(a, b)| is_near(a, b)) && dashes.len() == 4, "{dashes:?}");
    }
}
