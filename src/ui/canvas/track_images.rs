//! The pixels of the images on the track, in the frames that the picture has for them.

use egui::{Color32, Painter, Pos2, Rect, Stroke, pos2, vec2};

use super::surface::Surface;
use crate::scene::{Item, Scene, image_area};
use crate::theme::Theme;
use crate::ui::paint::color32;
use crate::ui::{Thumbnail, ThumbnailSize};

/// Half the side of the sign for an image that cannot be shown, in points.
const SIGN_PT: f32 = 3.0;

/// Fills the frames of a picture. An image that is still read leaves its frame empty; of one that cannot be shown a small cross says so,
/// and its card says why.
pub(super) fn paint(painter: &Painter, surface: &Surface<'_>, scene: &Scene, theme: &Theme) {
    let Some(thumbnails) = surface.input.doc.thumbnails else { return };
    for item in &scene.items {
        let Item::Image { rect, file, .. } = item else { continue };
        let (frame, area) = (surface.on_screen(*rect), surface.on_screen(image_area(*rect)));
        if !painter.clip_rect().intersects(frame) {
            continue;
        }
        match thumbnails.get(file, ThumbnailSize::Track) {
            None => {}
            Some(Thumbnail::Shown(texture)) => {
                let size = texture.size_vec2();
                let part = covering(size.x / size.y.max(1.0), area);
                painter.image(texture.id(), area, part, Color32::WHITE);
            }
            Some(Thumbnail::Failed(_)) => cross(painter, frame.center(), theme),
        }
    }
}

/// The middle part of an image, in parts of its sides, that fills a frame without being stretched.
fn covering(aspect: f32, frame: Rect) -> Rect {
    let wanted = frame.width() / frame.height().max(1.0);
    let part = if aspect > wanted { vec2(wanted / aspect, 1.0) } else { vec2(1.0, aspect / wanted) };
    Rect::from_center_size(pos2(0.5, 0.5), part)
}

fn cross(painter: &Painter, at: Pos2, theme: &Theme) {
    let line = Stroke::new(1.0, color32(theme.text_muted));
    for up in [-1.0, 1.0] {
        let to = vec2(SIGN_PT, SIGN_PT * up);
        painter.line_segment([at - to, at + to], line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_fills_its_frame_with_its_middle_and_is_not_stretched() {
        let frame = Rect::from_min_size(Pos2::ZERO, vec2(24.0, 16.0));
        let part = covering(3.0, frame);
        assert!((part.width() - 0.5).abs() < 1e-6 && (part.height() - 1.0).abs() < 1e-6, "{part:?}");
        let part = covering(0.75, frame);
        assert!((part.width() - 1.0).abs() < 1e-6 && (part.height() - 0.5).abs() < 1e-6, "{part:?}");
    }
}
