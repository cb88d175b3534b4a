//! The atlas: a texture with a bitmap of every glyph and of every small outline that the window has shown, filled as they are
//! asked for.
//!
//! The bitmaps are those of the PNG: the same glyphs of the same runs, filled by the same rasteriser on the same steps of a
//! pixel (`export::glyphs`), and the same outlines (`export::outlines`). A texture never changes its size and no bitmap in it its place, so that meshes of this frame
//! stay right. Where there is no more room, or the screen another scale, a new texture takes over from an empty one; the
//! scene that needs it is painted again, and what has long not been shown is gone.

use std::collections::VecDeque;
use std::sync::Arc;

use egui::cache::CacheTrait;
use egui::epaint::Vertex;
use egui::{Color32, ColorImage, Mesh, Painter, Pos2, Rect, TextureHandle, TextureOptions, pos2, vec2};
use rustc_hash::FxHashMap;

use super::bitmap::{Bitmap, Place};
use super::shelves::Shelves;
use super::stamps::{Spot, Stamp, Stamps};
use crate::export::glyphs::GlyphStyle;
use crate::scene::{Segment, Stroke};
use crate::text::PixelGlyph;

/// Texels at which it begins: enough for the letters and marks of a screen at its usual scale.
const FIRST_SIZE: [u32; 2] = [1024, 1024];

/// The most texels, of four bytes each. Twice what the largest screens have pixels, and what one screen shows fits into its
/// own pixels but for the gaps.
const MOST_TEXELS: u32 = 1 << 24;

/// The bitmaps, and where they are.
#[derive(Default)]
pub(super) struct Atlas {
    texture: Option<TextureHandle>,
    /// Textures of which meshes of this pass may tell, and those of the pass before.
    retired: [Vec<TextureHandle>; 2],
    shelves: Shelves,
    places: FxHashMap<Key, Option<Place>>,
    stamps: Stamps,
    pixels_per_point: f32,
    /// Bitmaps of earlier scenes are among these.
    is_used: bool,
    /// A bitmap of this scene found no room.
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
        atlas.stamps.begin();
        atlas
    }

    /// Keeps what has been filled for the next scene.
    pub fn put_back(self, painter: &Painter) {
        painter.ctx().memory_mut(|memory| *memory.caches.cache::<Self>() = self);
    }

    /// Whether all that was asked for since this was taken has a place, no ink, or no bitmap.
    pub const fn is_complete(&self) -> bool {
        !self.is_full
    }

    /// Whether outlines were tessellated that have bitmaps in another scene.
    pub const fn has_put_off(&self) -> bool {
        self.stamps.has_put_off()
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
        if let Some(place) = place {
            self.lay(place, [glyph.x_px, glyph.y_px], color, mesh);
        }
    }

    /// Adds an outline to a mesh that will be of this texture, its inside and the line along it each in a colour; `origin` is where
    /// the picture begins on the screen. False where it has no bitmap and is to be tessellated.
    pub fn add_outline(
        &mut self,
        segments: &[Segment],
        (fill, line): (Option<Color32>, Option<(Stroke, Color32)>),
        origin: Pos2,
        mesh: &mut Mesh,
    ) -> bool {
        let Some(Segment::MoveTo(first)) = segments.first().copied() else { return false };
        let spot = Spot::of(first, origin, f64::from(self.pixels_per_point));
        let asked = (fill.is_some(), line.map(|(stroke, _)| stroke));
        if !self.stamps.ask(segments, asked, &spot) {
            return false;
        }
        let stamp = match self.stamps.known() {
            Some(stamp) => stamp,
            None => {
                let Some(bitmaps) = self.stamps.bitmaps(segments, asked, &spot) else { return false };
                let [inside, line] = bitmaps.map(|bitmap| bitmap.and_then(|bitmap| self.keep(bitmap)));
                if self.is_full {
                    // The scene is painted again.
                    return true;
                }
                self.stamps.keep(Stamp { inside, line })
            }
        };
        if let Some((place, color)) = stamp.inside.zip(fill) {
            self.lay(place, spot.pixel, color, mesh);
        }
        if let Some((place, (_, color))) = stamp.line.zip(line) {
            self.lay(place, spot.pixel, color, mesh);
        }
        true
    }

    /// Adds a bitmap to a mesh, from the pixel of its origin.
    fn lay(&self, place: Place, [x_px, y_px]: [i32; 2], color: Color32, mesh: &mut Mesh) {
        let min = vec2(x_px.saturating_add(place.left_px) as f32, y_px.saturating_add(place.top_px) as f32);
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
        self.stamps.clear();
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
        let place = match Bitmap::of_glyph(style, glyph) {
            Some(bitmap) => Some(self.keep(bitmap)?),
            None => None,
        };
        self.places.insert(key, place);
        place
    }

    /// Puts a bitmap into the texture; none where there is no room.
    fn keep(&mut self, bitmap: Bitmap) -> Option<Place> {
        let size = bitmap.image.size.map(|length| length as u32);
        let Some([left, top]) = self.shelves.place(size) else {
            self.is_full = true;
            return None;
        };
        let uv = |x: u32, y: u32| {
            let [width, height] = self.shelves.size;
            pos2(x as f32 / width as f32, y as f32 / height as f32)
        };
        if let Some(texture) = &mut self.texture {
            texture.set_partial([left as usize, top as usize], bitmap.image, TextureOptions::NEAREST);
        }
        Some(Place {
            left_px: bitmap.left_px,
            top_px: bitmap.top_px,
            size_px: vec2(size[0] as f32, size[1] as f32),
            uv: Rect::from_min_max(uv(left, top), uv(left + size[0], top + size[1])),
        })
    }
}
