//! Icons drawn as strokes, so that they are sharp at any scale and need no icon font.

use egui::{Color32, Painter, Pos2, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::style::Chrome;

/// A picture on a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Plus,
    Minus,
    Cross,
    Up,
    Down,
    Fit,
    Sun,
    Moon,
    More,
    Previous,
    Next,
    Play,
    Pause,
    Tick,
}

/// Width and height of a button with an icon, in points.
pub const BUTTON_PT: f32 = 26.0;

/// A square button that shows an icon and is known by a name.
pub fn icon_button(ui: &mut Ui, icon: Icon, name: &str, chrome: Chrome) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(BUTTON_PT, BUTTON_PT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if ui.is_rect_visible(rect) {
        let fill = if response.is_pointer_button_down_on() {
            chrome.pressed
        } else if response.hovered() {
            chrome.hover
        } else {
            Color32::TRANSPARENT
        };
        ui.painter().rect_filled(rect, 4.0, fill);
        let color = if response.hovered() { chrome.text } else { chrome.muted };
        paint(ui.painter(), icon, Rect::from_center_size(rect.center(), vec2(12.0, 12.0)), color);
    }
    response
}

/// Paints an icon without a button.
pub fn paint(painter: &Painter, icon: Icon, rect: Rect, color: Color32) {
    let stroke = Stroke::new(1.5, color);
    let center = rect.center();
    let line = |from: Pos2, to: Pos2| {
        painter.line_segment([from, to], stroke);
    };
    match icon {
        Icon::Plus => {
            line(rect.left_center(), rect.right_center());
            line(rect.center_top(), rect.center_bottom());
        }
        Icon::Minus => line(rect.left_center(), rect.right_center()),
        Icon::Cross => {
            let rect = rect.shrink(2.0);
            line(rect.left_top(), rect.right_bottom());
            line(rect.right_top(), rect.left_bottom());
        }
        Icon::Up | Icon::Down => {
            let rise = if icon == Icon::Up { -2.5 } else { 2.5 };
            let tip = center + vec2(0.0, rise);
            line(center + vec2(-4.5, -rise), tip);
            line(center + vec2(4.5, -rise), tip);
        }
        Icon::Fit => {
            // Two arrows that point at the walls: |<- ->|
            line(rect.left_top(), rect.left_bottom());
            line(rect.right_top(), rect.right_bottom());
            line(rect.left_center() + vec2(2.5, 0.0), rect.right_center() - vec2(2.5, 0.0));
            for (tip, back) in [(rect.left() + 2.5, 2.5), (rect.right() - 2.5, -2.5)] {
                line(pos2(tip, center.y), pos2(tip + back, center.y - 2.5));
                line(pos2(tip, center.y), pos2(tip + back, center.y + 2.5));
            }
        }
        Icon::Previous | Icon::Next => {
            let side = if icon == Icon::Previous { -1.0 } else { 1.0 };
            let tip = center + vec2(side * 2.5, 0.0);
            let back = [vec2(-side * 5.5, -4.5), vec2(-side * 5.5, 4.5)].map(|away| tip + away);
            painter.add(egui::Shape::closed_line(vec![tip, back[0], back[1]], stroke));
            line(center + vec2(side * 4.5, -4.5), center + vec2(side * 4.5, 4.5));
        }
        Icon::Play => {
            let corners = [vec2(-3.5, -5.0), vec2(5.0, 0.0), vec2(-3.5, 5.0)].map(|away| center + away);
            painter.add(egui::Shape::convex_polygon(corners.to_vec(), color, Stroke::NONE));
        }
        Icon::Pause => {
            for x in [-2.75, 2.75] {
                painter.line_segment([center + vec2(x, -4.5), center + vec2(x, 4.5)], Stroke::new(2.5, color));
            }
        }
        Icon::Sun => {
            painter.circle_stroke(center, 2.75, stroke);
            for turn in 0_u8..8 {
                let direction = egui::Vec2::angled(f32::from(turn) * std::f32::consts::TAU / 8.0);
                line(center + direction * 5.0, center + direction * 6.5);
            }
        }
        Icon::Tick => {
            let corners = [vec2(-4.5, 0.5), vec2(-1.5, 3.5), vec2(4.5, -3.5)].map(|away| center + away);
            painter.add(egui::Shape::line(corners.to_vec(), stroke));
        }
        Icon::More => {
            for along in [-4.5, 0.0, 4.5] {
                painter.circle_filled(center + vec2(along, 0.0), 1.25, color);
            }
        }
        Icon::Moon => {
            // A disc with a bite: an arc of the disc and, within it, an arc of the bite.
            let arc = |center: Pos2, radius: f32, from: f32, to: f32| {
                (0_u8..=24).map(move |step| {
                    let angle = from + (to - from) * f32::from(step) / 24.0;
                    center + egui::Vec2::angled(angle) * radius
                })
            };
            let mut points: Vec<Pos2> = arc(center, 5.5, 0.45, 0.45 + 4.55).collect();
            points.extend(arc(center + vec2(2.6, -2.6), 4.6, 4.35, 1.35));
            painter.add(egui::Shape::closed_line(points, stroke));
        }
    }
}
