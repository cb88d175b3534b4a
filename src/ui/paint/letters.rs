//! Lines of text as quads of egui's glyph atlas.
//!
//! egui shapes a line that it has not seen and looks one up by its words that it has, and a window shows hundreds of them.
//! The runs of a scene are shaped already: their glyphs are put down one by one, to the same subpixel as egui would. Where a
//! glyph lies in the atlas is learnt from the first line in which egui sets it. Left to egui are lines in several fonts or
//! directions and with glyphs off the baseline.

use std::sync::Arc;

use egui::cache::CacheTrait;
use egui::epaint::text::{Galley, Glyph as Laid, PlacedRow};
use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Vec2, pos2, vec2};
use rustc_hash::FxHashMap;

use super::{font_id, snap};
use crate::text::{Face, Glyph, Run, Style, font_chain};

/// A line that is laid out in every frame: while egui returns the same galley, the atlas is the same.
const WITNESS: &str = "—";
/// A glyph this near to where one bitmap gives way to the next says nothing of either, in pixels.
const UNSURE_PX: f32 = 0.004;
/// How many bitmaps, each a part of a pixel further right, egui keeps of a glyph.
const BINS: f32 = 4.0;

/// What has been learnt of egui's glyph atlas.
#[derive(Default)]
pub(super) struct Letters {
    known: FxHashMap<Key, Letter>,
    /// How far the baseline lies below the top of a line.
    baselines: FxHashMap<(Face, u64), f32>,
    witness: Option<Arc<Galley>>,
}

/// A face, its size, a glyph, and which of its bitmaps.
type Key = (Face, u64, u32, u8);

/// A bitmap in the atlas.
#[derive(Debug, Clone, Copy)]
struct Letter {
    /// From the whole pixel left of it and the top of the line to its corner; none where it has no ink.
    ink: Option<(Vec2, Vec2)>,
    /// In texels.
    uv: Rect,
}

impl CacheTrait for Letters {
    fn update(&mut self) {}

    fn len(&self) -> usize {
        self.known.len()
    }
}

impl Letters {
    /// Takes what was learnt in earlier frames, as far as it still holds.
    pub(super) fn take(painter: &Painter) -> Self {
        let mut letters = painter.ctx().memory_mut(|memory| std::mem::take(memory.caches.cache::<Self>()));
        let witness = witness(painter);
        let is_same = letters.witness.as_ref().is_some_and(|before| Arc::ptr_eq(before, &witness));
        if !is_same {
            letters = Self { witness: Some(witness), ..Self::default() };
        }
        letters
    }

    /// Keeps what has been learnt for the next frame.
    pub(super) fn put_back(self, painter: &Painter) {
        painter.ctx().memory_mut(|memory| *memory.caches.cache::<Self>() = self);
    }

    /// Adds a run to a mesh in texels of the atlas; false, and nothing, where some of it is not known.
    pub(super) fn set(&self, run: &Run, origin: Pos2, color: Color32, pixels_per_point: f32, mesh: &mut Mesh) -> bool {
        let Some(baseline) = self.baselines.get(&style_key(run.style)).filter(|_| is_plain(run)) else { return false };
        let (left, top) = (snap(origin.x, pixels_per_point), snap(origin.y - baseline, pixels_per_point));
        let (vertices, indices) = (mesh.vertices.len(), mesh.indices.len());
        for glyph in &run.glyphs {
            let (whole_px, bin, _) = bin(glyph.x as f32 * pixels_per_point);
            let Some(letter) = self.known.get(&key(run.style, glyph, bin)) else {
                mesh.vertices.truncate(vertices);
                mesh.indices.truncate(indices);
                return false;
            };
            if let Some((offset, size)) = letter.ink {
                let corner = pos2(left + whole_px / pixels_per_point, top) + offset;
                mesh.add_rect_with_uv(Rect::from_min_size(corner, size), letter.uv, color);
            }
        }
        true
    }

    /// Learns from a line that egui has set.
    pub(super) fn learn(&mut self, run: &Run, galley: &Galley) {
        let [row] = galley.rows.as_slice() else { return };
        if !is_plain(run) || run.glyphs.len() != row.glyphs.len() || run.text.chars().count() != row.glyphs.len() {
            return;
        }
        let Some(first) = row.glyphs.first() else { return };
        self.baselines.insert(style_key(run.style), row.pos.y + first.pos.y);
        let pixels_per_point = galley.pixels_per_point;
        for (glyph, laid) in run.glyphs.iter().zip(&row.glyphs) {
            let (whole_px, bin, is_sure) = bin(glyph.x as f32 * pixels_per_point);
            let is_there = (laid.pos.x * pixels_per_point - whole_px).abs() < 0.5;
            if is_sure && is_there && !laid.is_color && laid.pos.y == first.pos.y {
                let letter = || Letter::of(row, laid, pixels_per_point);
                self.known.entry(key(run.style, glyph, bin)).or_insert_with(letter);
            }
        }
    }

    /// A mesh in texels as a shape: egui knows only when all is laid out how large its atlas is, and then converts what is
    /// text.
    pub(super) fn shape(&self, mesh: Mesh, clip: Rect) -> Option<Shape> {
        let mut galley = Galley::clone(self.witness.as_deref()?);
        galley.num_vertices = mesh.vertices.len();
        galley.num_indices = mesh.indices.len();
        galley.mesh_bounds = clip;
        galley.rect = clip;
        let placed = galley.rows.first_mut()?;
        placed.pos = Pos2::ZERO;
        let row = Arc::make_mut(&mut placed.row);
        row.glyphs.clear();
        row.visuals.mesh = mesh;
        row.visuals.mesh_bounds = clip;
        Some(Shape::galley(Pos2::ZERO, Arc::new(galley), Color32::PLACEHOLDER))
    }
}

impl Letter {
    fn of(row: &PlacedRow, laid: &Laid, pixels_per_point: f32) -> Self {
        let uv = laid.uv_rect;
        let corner = laid.pos + uv.offset;
        let (left, top) = (snap(corner.x, pixels_per_point), snap(corner.y, pixels_per_point));
        let offset = vec2(left - laid.pos.x, row.pos.y + top);
        let texel = |[x, y]: [u16; 2]| pos2(f32::from(x), f32::from(y));
        Self {
            ink: (!uv.is_nothing()).then_some((offset, uv.size)),
            uv: Rect::from_min_max(texel(uv.min), texel(uv.max)),
        }
    }
}

/// A line that stays the same while the atlas does, if it is asked for in every frame.
fn witness(painter: &Painter) -> Arc<Galley> {
    let font = font_id(Face::Regular, crate::theme::font::BODY);
    painter.layout_no_wrap(WITNESS.to_owned(), font, Color32::PLACEHOLDER)
}

/// Whether a run reads from left to right and stands on the baseline, in its face alone.
fn is_plain(run: &Run) -> bool {
    let [piece] = run.pieces.as_slice() else { return false };
    !run.rtl
        && !piece.rtl
        && font_chain(run.style.face).next() == Some(piece.font)
        && run.glyphs.iter().all(|glyph| glyph.y == 0.0)
}

fn style_key(style: Style) -> (Face, u64) {
    (style.face, style.size_pt.to_bits())
}

fn key(style: Style, glyph: &Glyph, bin: u8) -> Key {
    (style.face, style.size_pt.to_bits(), glyph.id, bin)
}

/// The whole pixel at which the bitmap of a glyph begins, how many quarters of a pixel it is further right, and whether that
/// is beyond doubt.
fn bin(x_px: f32) -> (f32, u8, bool) {
    let quarters = x_px * BINS;
    let nearest = quarters.round();
    let whole = (nearest / BINS).floor();
    let bin = nearest - whole * BINS;
    let from_edge = 0.5 - (quarters - nearest).abs();
    (whole, bin as u8, from_edge > UNSURE_PX * BINS)
}

#[cfg(test)]
mod tests {
    use egui::epaint::{Primitive, Vertex};
    use proptest::prelude::*;

    use super::*;
    use crate::text::Shaper;

    /// What a line looks like as meshes, and whether it was set here.
    fn painted(ctx: &egui::Context, run: &Run, origin: Pos2, is_ours: bool) -> (Vec<Vertex>, bool) {
        let mut was_ours = false;
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 100.0));
        let raw = egui::RawInput { screen_rect: Some(screen), ..egui::RawInput::default() };
        let mut output = ctx.run_ui(raw, |ui| {
            let painter = ui.painter();
            let mut letters = Letters::take(painter);
            let mut mesh = Mesh::default();
            was_ours = is_ours && letters.set(run, origin, Color32::RED, painter.pixels_per_point(), &mut mesh);
            if was_ours {
                painter.extend(letters.shape(mesh, painter.clip_rect()));
            } else {
                let font = font_id(run.style.face, run.style.size_pt);
                let galley = painter.layout_no_wrap(run.text.to_string(), font, Color32::PLACEHOLDER);
                letters.learn(run, &galley);
                let baseline = super::super::baseline(&galley).unwrap_or_default();
                painter.galley(origin - vec2(0.0, baseline), galley, Color32::RED);
            }
            letters.put_back(painter);
        });
        output.textures_delta.clear();
        let mut vertices = Vec::new();
        for clipped in ctx.tessellate(output.shapes, output.pixels_per_point) {
            if let Primitive::Mesh(mesh) = clipped.primitive {
                vertices.extend(mesh.vertices.into_iter().filter(|vertex| vertex.color == Color32::RED));
            }
        }
        (vertices, was_ours)
    }

    fn context(zoom: f32) -> egui::Context {
        let ctx = egui::Context::default();
        crate::ui::fonts::install(&ctx);
        ctx.set_zoom_factor(zoom);
        // Fonts and zoom take a frame to come.
        ctx.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
        ctx
    }

    fn is_same(a: &Vertex, b: &Vertex) -> bool {
        a.pos.distance(b.pos) < 1e-3 && a.uv.distance(b.uv) < 1e-6
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
        #[test]
        fn a_line_stands_where_egui_sets_it(
            text in "[A-Za-z0-9АБабвгд ,.()…’-]{1,40}",
            size in prop::sample::select(vec![11.0, 13.0, 15.5]),
            zoom in prop::sample::select(vec![1.0_f32, 1.25, 2.0]),
            (x, y) in (0.0_f32..40.0, 20.0_f32..60.0),
        ) {
            let ctx = context(zoom);
            let run = Shaper::new().shape(&text, Style::regular(size));
            let (theirs, _) = painted(&ctx, &run, pos2(x, y), false);
            let (ours, was_ours) = painted(&ctx, &run, pos2(x, y), true);
            // A glyph on the edge between two bitmaps is not learnt from, and leaves the line to egui.
            prop_assume!(was_ours);
            prop_assert_eq!(theirs.len(), ours.len());
            for (a, b) in theirs.iter().zip(&ours) {
                prop_assert!(is_same(a, b), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_new_line_of_known_letters_needs_no_layout() {
        let ctx = context(1.0);
        let mut shaper = Shaper::new();
        let style = Style::regular(13.0);
        for at in 0..200 {
            let run = shaper.shape(&format!("{at} ratifies the treaty {at}"), style);
            painted(&ctx, &run, pos2(10.0, 30.0), true);
        }
        let ours = (200..400).filter(|at| {
            let run = shaper.shape(&format!("{at} ratifies the treaty {at}"), style);
            painted(&ctx, &run, pos2(10.0, 30.0), true).1
        });
        assert!(ours.count() > 150);
    }

    #[test]
    fn other_directions_and_fonts_are_left_to_egui() {
        let ctx = context(1.0);
        let mut shaper = Shaper::new();
        for text in ["שלום", "Seoul 서울"] {
            let run = shaper.shape(text, Style::regular(13.0));
            painted(&ctx, &run, pos2(10.0, 30.0), true);
            assert!(!painted(&ctx, &run, pos2(10.0, 30.0), true).1, "{text}");
        }
    }

    #[test]
    fn what_was_learnt_is_forgotten_with_the_atlas() {
        let ctx = context(1.0);
        let run = Shaper::new().shape("Signed", Style::regular(13.0));
        painted(&ctx, &run, pos2(10.0, 30.0), false);
        assert!(painted(&ctx, &run, pos2(10.0, 30.0), true).1);
        ctx.set_zoom_factor(1.5);
        ctx.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
        assert!(!painted(&ctx, &run, pos2(10.0, 30.0), true).1);
    }
}
