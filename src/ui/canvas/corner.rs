//! The corner above the names: the zone on whose clock times are shown, and the button that chooses another.

use egui::{Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::surface::Surface;
use crate::ui::paint::color32;
use crate::ui::{Action, Command};

/// The least width of a corner in which the zone is named, in points.
const LEAST_PT: f32 = 40.0;
/// Width and height of the arrow that says that there is a choice, in points.
const ARROW_PT: (f32, f32) = (7.0, 4.0);

/// Makes a button of the name of the zone, which the picture draws.
pub(super) fn corner_ui(ui: &Ui, id: Id, surface: &Surface<'_>, actions: &mut Vec<Action>) {
    let (areas, doc) = (&surface.plan.areas, surface.input.doc);
    let corner = surface.on_screen(areas.corner);
    if corner.width() < LEAST_PT {
        return;
    }
    // The lower of the two levels of the ruler, beside which the name stands.
    let level = (areas.ruler.height() / 2.0) as f32;
    let rect = Rect::from_min_size(pos2(corner.left(), corner.top() + level), vec2(corner.width(), level)).shrink(2.0);
    let response = ui.interact(rect, id, Sense::click());
    let name = format!("Times in {}", doc.zone.name());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let theme = surface.input.theme;
    let painter = ui.painter_at(corner);
    if response.hovered() || response.is_pointer_button_down_on() {
        let line = Stroke::new(1.0, color32(theme.line));
        painter.rect_stroke(rect, 3.0, line, StrokeKind::Inside);
    }
    // Times on another clock than the timeline's are no matter of course.
    let is_other = doc.zone.name() != doc.timeline.zone().name();
    let ink = color32(if is_other { theme.accent } else { theme.text_muted });
    let (width, height) = ARROW_PT;
    let tip = pos2(rect.right() - 6.0 - width / 2.0, rect.center().y + height / 2.0);
    let line = Stroke::new(1.2, ink);
    painter.line_segment([tip - vec2(width / 2.0, height), tip], line);
    painter.line_segment([tip, tip + vec2(width / 2.0, -height)], line);
    let words = match is_other {
        true => format!("{name}, not in {} as the timeline has it. Click to choose", doc.timeline.zone().name()),
        false => format!("{name}, as the timeline has it. Click to choose another zone; days stay what they are"),
    };
    if response.on_hover_text(words).clicked() {
        actions.push(Action::Run(Command::ShowIn));
    }
}
