//! The glyph atlas: a texture with a bitmap of every glyph that the window has shown, filled as glyphs are asked for.
//!
//! The bitmaps are those of the PNG: the same glyphs of the same runs, filled by the same rasteriser on the same steps of a
//! pixel (`export::glyphs`). A texture never changes its size and no bitmap in it its place, so that meshes of this frame
//! stay right. Where there is no more room, or the screen another scale, a new texture takes over from an empty one; the
//! scene that needs it is painted again, and what has long not been shown is gone.

use std::collections::VecDeque;
use std::sync::Arc;

use egui::cache::CacheTrait;
use egui::epaint::Vertex;
use egui::{Color32, ColorImage, Mesh, Painter, Rect, TextureHandle, TextureOptions, Vec2, pos2, vec2};
use rustc_hash::FxHashMap;
use vello_cpu::peniko::color::palette::css::WHITE;
use vello_cpu::{Pixmap, RenderContext, Resources};

use super::shelves::Shelves;
use crate::export::glyphs::{GlyphStyle, at_step};
use crate::text::{OutlineStep, PixelGlyph, STEPS_PER_PIXEL, outline};

/// Texels at which it begins: enough for the letters of a screen at its usual scale.
const FIRST_SIZE: [u32; 2] = [1024, 512];

/// The most texels, of four bytes each. Twice what the largest screens have pixels, and what one screen shows fits into its
/// own pixels but for the gaps.
const MOST_TEXELS: u32 = 1 << 24;

/// The longest side of a bitmap. No text of a scene is nearly as large.
const LONGEST_PX: f64 = 1024.0;

/// No further than this does hinting move an edge, which brings the height of small letters to a whole pixel and the others
/// with them, in pixels.
const HINTED_PX: f64 = 3.0;

/// The bitmaps, and where they are.
#[derive(Default)]
pub(super) struct Atlas {
    texture: Option<TextureHandle>,
    /// Textures of which meshes of this pass may tell, and those of the pass before.
    retired: [Vec<TextureHandle>; 2],
    shelves: Shelves,
    places: FxHashMap<Key, Option<Place>>,
    pixels_per_point: f32,
    /// Bitmaps of earlier scenes are among these.
    is_used: bool,
    /// A glyph of this scene found no room.
    is_full: bool,
    /// Meshes that were handed to egui in this pass, in that order, and those of the pass before: what it has let go is filled again,
    /// since memory that is new costs as much as filling it.
    lent: [VecDeque<Arc<Mesh>>; 2],
}

/// What a bitmap shows: the bits of its size and its glyph; font, layers, step of a pixel, and whether it is emboldened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key(u64, u32);

impl Key {
    fn new(style: &GlyphStyle, glyph: &PixelGlyph) -> Self {
        let is_bold = style.embolden_px > 0.0;
        Self(
            u64::from(style.size_px.to_bits()) << 32 | u64::from(glyph.id),
            (style.font as u32) << 24 | u32::from(style.layers) << 16 | u32::from(glyph.step) << 8 | u32::from(is_bold),
        )
    }
}

/// A bitmap in the texture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// From the pixel of the glyph's origin to the bitmap, in pixels.
    left_px: i32,
    top_px: i32,
    size_px: Vec2,
    /// Of the whole texture.
    uv: Rect,
}

impl CacheTrait for Atlas {
    fn update(&mut self) {
        let [now, before] = &mut self.retired;
        *before = std::mem::take(now);
        let [now, before] = &mut self.lent;
        *before = std::mem::take(now);
    }

    fn len(&self) -> usize {
        usize::from(self.texture.is_some())
    }
}

impl Atlas {
    /// Takes what earlier frames have filled, as far as it is of the screen's scale.
    pub fn take(painter: &Painter) -> Self {
        let mut atlas = painter.ctx().memory_mut(|memory| std::mem::take(memory.caches.cache::<Self>()));
        let pixels_per_point = painter.pixels_per_point();
        if atlas.texture.is_none() || atlas.pixels_per_point != pixels_per_point {
            atlas.pixels_per_point = pixels_per_point;
            let side = painter.ctx().input(|input| input.max_texture_side) as u32;
            let size = if atlas.texture.is_some() { atlas.shelves.size } else { FIRST_SIZE.map(|most| most.min(side)) };
            atlas.start(painter, size);
        }
        atlas.is_used = !atlas.places.is_empty();
        atlas.is_full = false;
        atlas
    }

    /// Keeps what has been filled for the next scene.
    pub fn put_back(self, painter: &Painter) {
        painter.ctx().memory_mut(|memory| *memory.caches.cache::<Self>() = self);
    }

    /// Whether every glyph that was asked for since this was taken has a place or no ink.
    pub const fn is_complete(&self) -> bool {
        !self.is_full
    }

    /// Starts over, for the scene to be painted again: with more room, or where there is no more without what other scenes
    /// have left. False where neither helps.
    pub fn start_over(&mut self, painter: &Painter) -> bool {
        let [width, height] = self.shelves.size;
        let side = painter.ctx().input(|input| input.max_texture_side) as u32;
        let larger = if height < width { [width, height * 2] } else { [width * 2, height] };
        let can_grow = larger.iter().all(|length| *length <= side) && larger[0] * larger[1] <= MOST_TEXELS;
        let helps = can_grow || self.is_used;
        if helps {
            self.start(painter, if can_grow { larger } else { self.shelves.size });
            self.is_used = false;
            self.is_full = false;
        }
        helps
    }

    /// A mesh with nothing in it, and with the room of one that was handed to egui, if it has let that go.
    pub fn empty_mesh(&mut self) -> Mesh {
        let [_, before] = &mut self.lent;
        let mut mesh = before.pop_front().and_then(Arc::into_inner).unwrap_or_default();
        // Its own way to be cleared lets its room go.
        mesh.vertices.clear();
        mesh.indices.clear();
        mesh.texture_id = egui::TextureId::default();
        mesh
    }

    /// Takes back a mesh in which nothing was painted: the next scene begins with its room, so that each mesh of a frame finds that of
    /// its like in the frame before.
    pub fn take_back(&mut self, mesh: Mesh) {
        let [_, before] = &mut self.lent;
        before.push_front(Arc::new(mesh));
    }

    /// Notes a mesh that is handed to egui.
    pub fn lend(&mut self, mesh: &Arc<Mesh>) {
        let [now, _] = &mut self.lent;
        now.push_back(Arc::clone(mesh));
    }

    /// Says of a mesh that its texture is this. What of it has no place in a texture is plain: white lies at the origin.
    pub fn own(&self, mesh: &mut Mesh) {
        if let Some(texture) = &self.texture {
            mesh.texture_id = texture.id();
        }
    }

    /// Adds a glyph to a mesh that will be of this texture.
    pub fn add(&mut self, style: &GlyphStyle, glyph: &PixelGlyph, color: Color32, mesh: &mut Mesh) {
        let key = Key::new(style, glyph);
        let place = match self.places.get(&key) {
            Some(place) => *place,
            None => self.fill(key, style, glyph),
        };
        let Some(place) = place else { return };
        let min = vec2(glyph.x_px.saturating_add(place.left_px) as f32, glyph.y_px.saturating_add(place.top_px) as f32);
        let max = min + place.size_px;
        let scale = self.pixels_per_point;
        let base = mesh.vertices.len() as u32;
        let Rect { min: uv0, max: uv1 } = place.uv;
        mesh.vertices.extend([
            Vertex { pos: pos2(min.x / scale, min.y / scale), uv: uv0, color },
            Vertex { pos: pos2(max.x / scale, min.y / scale), uv: pos2(uv1.x, uv0.y), color },
            Vertex { pos: pos2(min.x / scale, max.y / scale), uv: pos2(uv0.x, uv1.y), color },
            Vertex { pos: pos2(max.x / scale, max.y / scale), uv: uv1, color },
        ]);
        mesh.indices.extend([base, base + 1, base + 2, base + 2, base + 1, base + 3]);
    }

    /// Begins an empty texture; the one before is kept as long as meshes may tell of it.
    fn start(&mut self, painter: &Painter, size: [u32; 2]) {
        self.places.clear();
        self.shelves = Shelves::new(size);
        let [width, height] = size.map(|length| length as usize);
        let mut image = ColorImage::filled([width, height], Color32::TRANSPARENT);
        // A bitmap of one white texel comes first, and so lies at the origin.
        self.shelves.place([1, 1]);
        if let Some(origin) = image.pixels.first_mut() {
            *origin = Color32::WHITE;
        }
        // Bitmaps are laid on whole pixels, so that no texel is ever mixed with its neighbour.
        let texture = painter.ctx().load_texture("glyphs", image, TextureOptions::NEAREST);
        let [retired, _] = &mut self.retired;
        retired.extend(self.texture.replace(texture));
    }

    /// Makes the bitmap of a glyph; none where it has no ink or there is no room.
    fn fill(&mut self, key: Key, style: &GlyphStyle, glyph: &PixelGlyph) -> Option<Place> {
        if self.is_full {
            return None;
        }
        let Some(bitmap) = Bitmap::of(style, glyph) else {
            self.places.insert(key, None);
            return None;
        };
        let size = bitmap.image.size.map(|length| length as u32);
        let Some([left, top]) = self.shelves.place(size) else {
            self.is_full = true;
            return None;
        };
        let uv = |x: u32, y: u32| {
            let [width, height] = self.shelves.size;
            pos2(x as f32 / width as f32, y as f32 / height as f32)
        };
        let place = Place {
            left_px: bitmap.left_px,
            top_px: bitmap.top_px,
            size_px: vec2(size[0] as f32, size[1] as f32),
            uv: Rect::from_min_max(uv(left, top), uv(left + size[0], top + size[1])),
        };
        if let Some(texture) = &mut self.texture {
            texture.set_partial([left as usize, top as usize], bitmap.image, TextureOptions::NEAREST);
        }
        self.places.insert(key, Some(place));
        Some(place)
    }
}

/// The coverage of a glyph as egui takes it: white, as opaque as it covers.
struct Bitmap {
    /// From the pixel of the glyph's origin to its left and top.
    left_px: i32,
    top_px: i32,
    image: ColorImage,
}

impl Bitmap {
    /// The bitmap of a glyph at its step of a pixel, without empty margins; none where it has no ink.
    fn of(style: &GlyphStyle, glyph: &PixelGlyph) -> Option<Self> {
        let [left, top, right, bottom] = bounds(style, glyph)?;
        let (width, height) = (u16::try_from(right - left).ok()?, u16::try_from(bottom - top).ok()?);
        let mut context = RenderContext::new(width, height);
        let mut resources = Resources::new();
        context.set_paint(WHITE);
        style.paint(&mut context, &mut resources, std::iter::once(at_step(glyph.id, glyph.step, (-left, -top))));
        context.flush();
        let mut pixmap = Pixmap::new(width, height);
        context.render(&mut pixmap, &mut resources);
        let rows: Vec<&[_]> = pixmap.data().chunks_exact(usize::from(width)).collect();
        let (width, height) = (usize::from(width), usize::from(height));
        let ink = |x: usize, y: usize| rows.get(y).and_then(|row| row.get(x)).map_or(0, |pixel| pixel.a);
        let has_ink_in_row = |y: &usize| (0..width).any(|x| ink(x, *y) > 0);
        let has_ink_in_column = |x: &usize| (0..height).any(|y| ink(*x, y) > 0);
        let (first_row, last_row) = ((0..height).find(has_ink_in_row)?, (0..height).rfind(has_ink_in_row)?);
        let (first, last) = ((0..width).find(has_ink_in_column)?, (0..width).rfind(has_ink_in_column)?);
        let pixels = (first_row..=last_row)
            .flat_map(|y| (first..=last).map(move |x| (x, y)))
            .map(|(x, y)| Color32::from_white_alpha(ink(x, y)))
            .collect();
        Some(Self {
            left_px: left + first as i32,
            top_px: top + first_row as i32,
            image: ColorImage::new([last - first + 1, last_row - first_row + 1], pixels),
        })
    }
}

/// Left, top, right and bottom of the pixels that a glyph may cover, from the pixel of its origin; none where it has no
/// outline or one that is larger than any text.
fn bounds(style: &GlyphStyle, glyph: &PixelGlyph) -> Option<[i32; 4]> {
    let outline = outline(style.font, glyph.id)?;
    let points = outline.steps.iter().flat_map(|step| match *step {
        OutlineStep::MoveTo(to) | OutlineStep::LineTo(to) => [Some(to), None, None],
        OutlineStep::QuadTo(control, to) => [Some(control), Some(to), None],
        OutlineStep::CurveTo(first, second, to) => [Some(first), Some(second), Some(to)],
        OutlineStep::Close => [None, None, None],
    });
    let around = points.flatten().map(|point| crate::geom::Rect::new(point.x, point.y, point.x, point.y));
    let whole = around.reduce(crate::geom::Rect::union)?;
    let scale = f64::from(style.size_px) / outline.units_per_em;
    // A mitre of the pen reaches four half widths out.
    let reach = HINTED_PX + 2.0 * f64::from(style.embolden_px);
    let step = f64::from(glyph.step) / f64::from(STEPS_PER_PIXEL);
    let edges = [
        (whole.x0 * scale + step - reach).floor(),
        (whole.y0 * scale - reach).floor(),
        (whole.x1 * scale + step + reach).ceil(),
        (whole.y1 * scale + reach).ceil(),
    ];
    let is_small = edges.iter().all(|edge| edge.abs() < LONGEST_PX);
    is_small.then(|| edges.map(|edge| edge as i32))
}
