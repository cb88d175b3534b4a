//! Small outlines that a picture repeats, tessellated once: the marks of a thousand days are one circle in a thousand places.
//!
//! What is kept of an outline is what egui's tessellator made of it, around its first point. It is the same wherever it stands, as
//! far as that is not laid on whole pixels: dashes are, and are not kept.

use egui::cache::CacheTrait;
use egui::epaint::Vertex;
use egui::{Mesh, Painter, Pos2, Rect};
use rustc_hash::FxHashMap;

use crate::geom::Point;
use crate::scene::{Segment, Stroke};
use crate::theme::Color;

/// How far an outline may reach from its first point, in points: marks that are wide differ in their widths.
const REACH_PT: f32 = 24.0;

/// What its line and the softness of its edge add to that, at most.
const MOST_LINE_PT: f32 = 8.0;

/// So many are kept. All of a screen are a few dozen; where there are more, they change with the zoom, and those before are of no use.
const MOST: usize = 1_024;

/// The outlines that earlier scenes have shown.
#[derive(Debug, Default)]
pub(super) struct Stamps {
    /// By all that they follow from. Only looked up.
    known: FxHashMap<Vec<u32>, Stamp>,
    /// That of the outline which is asked for.
    key: Vec<u32>,
}

/// Triangles around the first point of their outline.
#[derive(Debug, Default)]
struct Stamp {
    vertices: Vec<Vertex>,
    indices: Vec<u32>,
}

impl CacheTrait for Stamps {
    fn update(&mut self) {}

    fn len(&self) -> usize {
        self.known.len()
    }
}

impl Stamps {
    /// Takes what earlier frames have kept.
    pub fn take(painter: &Painter) -> Self {
        painter.ctx().memory_mut(|memory| std::mem::take(memory.caches.cache::<Self>()))
    }

    /// Keeps it for the next scene.
    pub fn put_back(self, painter: &Painter) {
        painter.ctx().memory_mut(|memory| *memory.caches.cache::<Self>() = self);
    }

    /// Asks for an outline on a screen of so many pixels a point. Returns its first point, where it is one that is kept.
    pub fn ask(
        &mut self,
        segments: &[Segment],
        (fill, stroke): (Option<Color>, Option<Stroke>),
        pixels_per_point: f32,
    ) -> Option<Point> {
        let Some(Segment::MoveTo(first)) = segments.first().copied() else { return None };
        if stroke.is_some_and(|stroke| stroke.dash.is_some()) {
            return None;
        }
        self.key.clear();
        let mut is_small = true;
        let mut put = |kind: u32, points: &[Point]| {
            self.key.push(kind);
            for point in points {
                let (x, y) = ((point.x - first.x) as f32, (point.y - first.y) as f32);
                is_small &= x.abs() <= REACH_PT && y.abs() <= REACH_PT;
                self.key.extend([x.to_bits(), y.to_bits()]);
            }
        };
        for segment in segments {
            match segment {
                Segment::MoveTo(to) => put(0, &[*to]),
                Segment::LineTo(to) => put(1, &[*to]),
                Segment::CubicTo(a, b, to) => put(2, &[*a, *b, *to]),
                Segment::Close => put(3, &[]),
            }
        }
        let bits = |color: Color| u32::from_be_bytes([color.r, color.g, color.b, color.a]);
        let (width, line) = stroke.map_or((0, 0), |stroke| ((stroke.width as f32).to_bits(), bits(stroke.color)));
        let has = u32::from(fill.is_some()) << 1 | u32::from(stroke.is_some());
        self.key.extend([has, fill.map_or(0, bits), width, line, pixels_per_point.to_bits()]);
        is_small.then_some(first)
    }

    /// Lays the outline that was asked for with its first point at a place, if it is known.
    pub fn lay(&self, at: Pos2, mesh: &mut Mesh) -> bool {
        let Some(stamp) = self.known.get(&self.key) else { return false };
        let base = mesh.vertices.len() as u32;
        mesh.vertices.extend(stamp.vertices.iter().map(|vertex| Vertex { pos: vertex.pos + at.to_vec2(), ..*vertex }));
        mesh.indices.extend(stamp.indices.iter().map(|index| base + index));
        true
    }

    /// Keeps what a mesh has gained for the outline that was asked for since it had so many vertices and indices, with the first point
    /// at a place. What is not all within the clip was not all tessellated.
    pub fn keep(&mut self, at: Pos2, mesh: &Mesh, (vertices, indices): (usize, usize), clip: Rect) {
        if !clip.shrink(REACH_PT + MOST_LINE_PT).contains(at) {
            return;
        }
        if self.known.len() >= MOST {
            self.known.clear();
        }
        let base = vertices as u32;
        let own = mesh.vertices.get(vertices..).unwrap_or_default().iter();
        let own = own.map(|vertex| Vertex { pos: vertex.pos - at.to_vec2(), ..*vertex }).collect();
        let indices = mesh.indices.get(indices..).unwrap_or_default().iter().map(|index| index - base).collect();
        self.known.insert(self.key.clone(), Stamp { vertices: own, indices });
    }
}
