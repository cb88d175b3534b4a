//! A scene that is painted again as it was: its shapes are kept, since most frames change nothing of the picture.

use std::sync::Arc;

use egui::epaint::text::Galley;
use egui::{Color32, FontId, Painter, Pos2, Rect, Shape};

use super::{Brush, letters, paint_scene};
use crate::scene::Scene;

/// The shapes of one scene. They are kept from the second time on that it is painted: the scenes of a window that moves are
/// painted once, and a copy of their shapes would be for nothing.
#[derive(Debug, Default)]
pub struct Painted {
    last: Option<Place>,
    kept: Option<Kept>,
}

/// A copy of what was painted.
#[derive(Debug, Default)]
pub(super) struct Kept {
    /// What was painted under each clip, in order.
    pub shapes: Vec<(Rect, Vec<Shape>)>,
    /// What egui laid out of it.
    pub lines: Vec<Line>,
}

/// A line that egui lays out. It forgets one that it is not asked for in every frame, and is slow to do it again.
#[derive(Debug)]
pub(super) struct Line {
    pub text: String,
    pub font: FontId,
}

impl Line {
    pub fn lay_out(&self, painter: &Painter) -> Arc<Galley> {
        painter.layout_no_wrap(self.text.clone(), self.font.clone(), Color32::PLACEHOLDER)
    }
}

/// Where and how a scene was painted.
#[derive(Debug)]
struct Place {
    origin: Pos2,
    clip: Rect,
    pixels_per_point: f32,
    /// While this is the same the glyphs are where they were.
    witness: Arc<Galley>,
}

impl Place {
    fn is(&self, other: &Self) -> bool {
        self.origin == other.origin
            && self.clip == other.clip
            && self.pixels_per_point == other.pixels_per_point
            && Arc::ptr_eq(&self.witness, &other.witness)
    }
}

impl Painted {
    /// Paints a scene as [`paint_scene`] does, always the same one.
    pub fn paint(&mut self, painter: &Painter, scene: &Scene, origin: Pos2) {
        let (clip, pixels_per_point) = (painter.clip_rect(), painter.pixels_per_point());
        let place = Place { origin, clip, pixels_per_point, witness: letters::witness(painter) };
        let is_there = self.last.as_ref().is_some_and(|last| last.is(&place));
        self.last = Some(place);
        if !is_there {
            self.kept = None;
            paint_scene(painter, scene, origin);
        } else if let Some(kept) = &self.kept {
            for (clip, shapes) in &kept.shapes {
                painter.with_clip_rect(*clip).extend(shapes.iter().cloned());
            }
            for line in &kept.lines {
                line.lay_out(painter);
            }
        } else {
            let mut brush = Brush::new(painter.clone(), origin);
            brush.kept = Some(Kept::default());
            self.kept = brush.paint(scene);
        }
    }
}

#[cfg(test)]
mod tests {
    use egui::epaint::{Primitive, Vertex};
    use egui::pos2;

    use super::*;
    use crate::geom::{Point, Size};
    use crate::scene::{Item, Stroke};
    use crate::text::{Shaper, Style};
    use crate::theme::Color;

    const INK: Color = Color { r: 9, g: 9, b: 9, a: 255 };

    fn scene(text: &str) -> Scene {
        let bar = crate::geom::Rect::new(5.0, 5.0, 90.0, 15.0);
        let inner = crate::geom::Rect::new(0.0, 20.0, 60.0, 60.0);
        let items = vec![
            Item::Rect { rect: bar, radius: 0.0, fill: Some(INK), stroke: None },
            Item::Rect {
                rect: bar,
                radius: 3.0,
                fill: Some(INK),
                stroke: Some(Stroke { width: 1.0, color: INK, dash: None }),
            },
            Item::PushClip(inner),
            Item::Text {
                run: Shaper::new().shape(text, Style::regular(13.0)),
                origin: Point::new(4.0, 40.0),
                color: INK,
            },
            Item::PopClip,
            Item::Line {
                from: Point::new(0.0, 70.0),
                to: Point::new(80.0, 90.0),
                stroke: Stroke { width: 1.0, color: INK, dash: Some((4.0, 2.0)) },
            },
        ];
        Scene { size: Size::new(200.0, 100.0), background: INK, items, targets: Vec::new() }
    }

    /// What a frame shows in which `paint` paints.
    fn frame(ctx: &egui::Context, mut paint: impl FnMut(&Painter)) -> Vec<(Rect, Vertex)> {
        let screen = Rect::from_min_size(Pos2::ZERO, egui::vec2(300.0, 200.0));
        let raw = egui::RawInput { screen_rect: Some(screen), ..egui::RawInput::default() };
        let mut output = ctx.run_ui(raw, |ui| paint(ui.painter()));
        output.textures_delta.clear();
        let meshes = ctx.tessellate(output.shapes, output.pixels_per_point).into_iter();
        let vertices = meshes.filter_map(|clipped| match clipped.primitive {
            Primitive::Mesh(mesh) => Some((clipped.clip_rect, mesh.vertices)),
            Primitive::Callback(_) => None,
        });
        vertices.flat_map(|(clip, vertices)| vertices.into_iter().map(move |vertex| (clip, vertex))).collect()
    }

    fn context() -> egui::Context {
        let ctx = egui::Context::default();
        crate::ui::fonts::install(&ctx);
        // Fonts take a frame to come.
        frame(&ctx, |_| ());
        ctx
    }

    #[test]
    fn a_scene_looks_the_same_however_often_it_is_painted_and_wherever() {
        let ctx = context();
        let (mut painted, scene) = (Painted::default(), scene("Signed"));
        for origin in [pos2(10.0, 10.0), pos2(30.5, 20.0)] {
            for nth in 0..4 {
                let fresh = frame(&ctx, |painter| paint_scene(painter, &scene, origin));
                let again = frame(&ctx, |painter| painted.paint(painter, &scene, origin));
                assert!(fresh == again, "painted {nth} times at {origin}");
                assert_eq!(painted.kept.is_some(), nth > 0, "{nth}");
            }
        }
        ctx.set_zoom_factor(1.5);
        // The first time letters are learnt.
        let [_, _, fresh] = [(); 3].map(|()| frame(&ctx, |painter| paint_scene(painter, &scene, pos2(30.5, 20.0))));
        assert!(frame(&ctx, |painter| painted.paint(painter, &scene, pos2(30.5, 20.0))) == fresh, "other glyphs");
        assert!(painted.kept.is_none());
    }

    #[test]
    fn egui_does_not_forget_the_lines_that_it_laid_out() {
        let ctx = context();
        let (mut painted, scene) = (Painted::default(), scene("שלום"));
        let line = || Line {
            text: super::super::bidi::in_visual_order("שלום").into_owned(),
            font: super::super::font_id(crate::text::Face::Regular, 13.0),
        };
        let mut galley = None;
        frame(&ctx, |painter| {
            painted.paint(painter, &scene, Pos2::ZERO);
            galley = Some(line().lay_out(painter));
        });
        for _ in 0..4 {
            frame(&ctx, |painter| painted.paint(painter, &scene, Pos2::ZERO));
        }
        frame(&ctx, |painter| {
            painted.paint(painter, &scene, Pos2::ZERO);
            let now = line().lay_out(painter);
            assert!(galley.as_ref().is_some_and(|galley| Arc::ptr_eq(galley, &now)));
        });
        assert_eq!(painted.kept.map(|kept| kept.lines.len()), Some(1));
    }
}
