//! A small CPU renderer of egui's meshes, so that image snapshots need neither a GPU nor a display.
//!
//! Triangles are filled with integer edge functions and the top-left rule, so that neighbours share no pixel and the same
//! input gives the same bytes on every machine. Blending is egui's own: premultiplied alpha in gamma space.

use std::collections::HashMap;

use egui::epaint::{ClippedPrimitive, ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, ColorImage, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

/// Sub-pixel steps per pixel of the edge functions.
const STEPS: f32 = 256.0;

/// Renders what egui tessellates.
#[derive(Default)]
pub struct SoftwareRenderer {
    textures: HashMap<TextureId, ColorImage>,
}

impl TestRenderer for SoftwareRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, patches) in std::mem::take(&mut delta.set) {
            for patch in patches {
                let ImageData::Color(image) = patch.image;
                match patch.pos {
                    None => {
                        self.textures.insert(id, ColorImage::clone(&image));
                    }
                    Some([x0, y0]) => {
                        let whole = self.textures.get_mut(&id).expect("a patch of a texture that is not there");
                        for (y, row) in image.pixels.chunks(image.width()).enumerate() {
                            let start = (y0 + y) * whole.width() + x0;
                            whole.pixels[start..start + row.len()].copy_from_slice(row);
                        }
                    }
                }
            }
        }
        for id in std::mem::take(&mut delta.free) {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut image = RgbaImage::new(size.x.round() as u32, size.y.round() as u32);
        for ClippedPrimitive { clip_rect, primitive } in ctx.tessellate(output.shapes.clone(), output.pixels_per_point)
        {
            match primitive {
                Primitive::Mesh(mesh) => self.mesh(&mut image, clip_rect, scale, &mesh)?,
                Primitive::Callback(_) => return Err("paint callbacks are not drawn here".to_owned()),
            }
        }
        Ok(image)
    }
}

impl SoftwareRenderer {
    fn mesh(&self, image: &mut RgbaImage, clip: Rect, scale: f32, mesh: &Mesh) -> Result<(), String> {
        let texture = self.textures.get(&mesh.texture_id).ok_or("a mesh names a texture that is not there")?;
        let bounds = [
            (clip.min.x * scale).round().max(0.0) as i64,
            (clip.min.y * scale).round().max(0.0) as i64,
            ((clip.max.x * scale).round() as i64).min(i64::from(image.width())),
            ((clip.max.y * scale).round() as i64).min(i64::from(image.height())),
        ];
        for corners in mesh.indices.chunks_exact(3) {
            triangle(image, bounds, scale, texture, [0, 1, 2].map(|at| mesh.vertices[corners[at] as usize]));
        }
        Ok(())
    }
}

fn triangle(image: &mut RgbaImage, [x0, y0, x1, y1]: [i64; 4], scale: f32, texture: &ColorImage, mut v: [Vertex; 3]) {
    let mut p =
        v.map(|vertex| [(vertex.pos.x * scale * STEPS).round() as i64, (vertex.pos.y * scale * STEPS).round() as i64]);
    let mut area = edge(p[0], p[1], p[2]);
    if area == 0 {
        return;
    }
    if area < 0 {
        v.swap(1, 2);
        p.swap(1, 2);
        area = -area;
    }
    let step = STEPS as i64;
    let low = |axis: usize| p.iter().map(|point| point[axis]).min().unwrap_or(0).div_euclid(step);
    let high = |axis: usize| p.iter().map(|point| point[axis]).max().unwrap_or(0).div_euclid(step) + 1;
    // What is filled evenly is looked up once.
    let is_even = v.iter().all(|vertex| vertex.color == v[0].color && vertex.uv == v[0].uv);
    let even = is_even.then(|| source(texture, &v, [1.0, 0.0, 0.0]));
    let sides = [(p[1], p[2]), (p[2], p[0]), (p[0], p[1])];
    for y in low(1).max(y0)..high(1).min(y1) {
        let center_y = y * step + step / 2;
        let (mut first, mut end) = (low(0).max(x0), high(0).min(x1));
        for (from, to) in sides {
            // The weight of a side is linear in x: base + slope · x, and at least this much inside.
            let base = edge(from, to, [step / 2, center_y]);
            let slope = (from[1] - to[1]) * step;
            let least = i64::from(!is_top_left(from, to));
            match slope.signum() {
                1 => first = first.max(-(base - least).div_euclid(slope)),
                -1 => end = end.min((base - least).div_euclid(-slope) + 1),
                _ if base < least => end = first,
                _ => {}
            }
        }
        for x in first..end {
            let pixel = image.get_pixel_mut(x as u32, y as u32);
            let source = even.unwrap_or_else(|| {
                let center = [x * step + step / 2, center_y];
                source(texture, &v, sides.map(|(from, to)| edge(from, to, center) as f32 / area as f32))
            });
            blend(pixel, source);
        }
    }
}

/// Twice the signed area of the triangle `a`, `b`, `c`.
fn edge(a: [i64; 2], b: [i64; 2], c: [i64; 2]) -> i64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

fn is_top_left(from: [i64; 2], to: [i64; 2]) -> bool {
    to[1] < from[1] || to[1] == from[1] && to[0] > from[0]
}

/// What is laid over a pixel that has these shares of the corners.
fn source(texture: &ColorImage, v: &[Vertex; 3], share: [f32; 3]) -> [f32; 4] {
    let mix = |part: fn(&Vertex) -> f32| (0..3).map(|at| part(&v[at]) * share[at]).sum::<f32>();
    let texel = sample(texture, mix(|v| v.uv.x), mix(|v| v.uv.y));
    let color = [
        mix(|v| v.color.r().into()),
        mix(|v| v.color.g().into()),
        mix(|v| v.color.b().into()),
        mix(|v| v.color.a().into()),
    ];
    [0, 1, 2, 3].map(|channel| texel[channel] * color[channel] / 255.0)
}

fn blend(pixel: &mut Rgba<u8>, source: [f32; 4]) {
    let left = 1.0 - source[3] / 255.0;
    for (below, above) in pixel.0.iter_mut().zip(source) {
        *below = (above + f32::from(*below) * left).round().clamp(0.0, 255.0) as u8;
    }
}

/// Bilinear, clamped at the edges, as egui's own painters sample the font atlas.
fn sample(texture: &ColorImage, u: f32, v: f32) -> [f32; 4] {
    let (width, height) = (texture.width(), texture.height());
    let (x, y) = (u * width as f32 - 0.5, v * height as f32 - 0.5);
    let at = |x: f32, y: f32| -> [f32; 4] {
        let column = (x.max(0.0) as usize).min(width - 1);
        let row = (y.max(0.0) as usize).min(height - 1);
        Color32::to_array(&texture.pixels[row * width + column]).map(f32::from)
    };
    let (left, top) = (x.floor(), y.floor());
    let (right_share, bottom_share) = (x - left, y - top);
    let corners = [at(left, top), at(left + 1.0, top), at(left, top + 1.0), at(left + 1.0, top + 1.0)];
    [0, 1, 2, 3].map(|channel| {
        let upper = corners[0][channel] * (1.0 - right_share) + corners[1][channel] * right_share;
        let lower = corners[2][channel] * (1.0 - right_share) + corners[3][channel] * right_share;
        upper * (1.0 - bottom_share) + lower * bottom_share
    })
}

#[test]
fn a_rectangle_lands_on_its_pixels_and_blends() {
    let mut harness =
        egui_kittest::Harness::builder().with_size([40.0, 40.0]).renderer(SoftwareRenderer::default()).build_ui(|ui| {
            let painter = ui.ctx().layer_painter(egui::LayerId::background());
            painter.rect_filled(Rect::from_min_max([0.0, 0.0].into(), [40.0, 40.0].into()), 0.0, Color32::WHITE);
            painter.rect_filled(Rect::from_min_max([10.0, 10.0].into(), [20.0, 20.0].into()), 0.0, Color32::RED);
            let half = Color32::from_black_alpha(128);
            painter.rect_filled(Rect::from_min_max([25.0, 25.0].into(), [35.0, 35.0].into()), 0.0, half);
        });
    let image = harness.render().unwrap();
    assert_eq!(image.get_pixel(15, 15).0, [255, 0, 0, 255]);
    assert_eq!(image.get_pixel(5, 5).0, [255, 255, 255, 255]);
    assert!(image.get_pixel(30, 30).0[0].abs_diff(127) <= 1);
}
