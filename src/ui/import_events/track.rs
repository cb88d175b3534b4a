//! The track as it would be: what comes in, marked as selected events are, among what is there.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{RichText, Sense, Ui, WidgetInfo, vec2};

use super::form::{Drawn, DrawnKey, EventsForm, TrackPreview};
use crate::geom::Size;
use crate::layout::{Folding, Viewport};
use crate::scene::{self, Aspect, Frame, Packed, Plan, Scene, SceneInput};
use crate::text::Shaper;
use crate::theme::Theme;
use crate::ui::paint::{color32, paint_scene};
use crate::ui::style::Chrome;

/// Height of the track in points: the least, and the share of the window that it takes.
const HEIGHT_PT: (f32, f32) = (120.0, 0.24);

/// Height of a line in its place, in points.
const LOW_PT: f32 = 40.0;

/// Shows the track as it would be; where that is not known yet, its place.
pub fn track_ui(ui: &mut Ui, form: &mut EventsForm, theme: &Theme, shaper: &mut Shaper) {
    let chrome = Chrome::of(theme);
    let screen = ui.ctx().content_rect().height();
    let has_track = form.read.as_ref().is_some_and(|read| read.track.is_some());
    // While it is read anew the place stays; where there is nothing to be seen the table has it.
    let is_low = !has_track && form.read.is_some() && !form.is_busy();
    let height = if is_low { LOW_PT } else { (screen * HEIGHT_PT.1).max(HEIGHT_PT.0) };
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "The track with what comes in"));
    ui.painter().rect_filled(rect, 4.0, color32(theme.background));
    let track = form.read.as_ref().and_then(|read| read.track.as_ref());
    let Some(track) = track else {
        let words = match &form.read {
            None => "Reading the file…",
            Some(_) if form.is_open() => "The events stand here once the questions are answered",
            Some(read) if read.changes == 0 => "Nothing comes in that is not there already",
            Some(_) => "Too many events to be drawn before they are in",
        };
        let place = egui::UiBuilder::new().max_rect(rect);
        ui.scope_builder(place, |ui| {
            ui.centered_and_justified(|ui| ui.label(RichText::new(words).color(chrome.muted)));
        });
        return;
    };
    if response.hovered() {
        // What is below the edge is reached with the wheel, as on the track.
        form.scroll_pt -= f64::from(ui.input(|input| input.smooth_scroll_delta().y));
    }
    let most = form.drawn.as_ref().map_or(0.0, |drawn| drawn.content_pt - f64::from(size.y));
    form.scroll_pt = form.scroll_pt.clamp(0.0, most.max(0.0));
    let key = DrawnKey {
        reading: form.readings,
        size_pt: [size.x as u32, size.y as u32],
        theme: theme.name,
        scroll_pt: form.scroll_pt as u32,
    };
    if form.drawn.as_ref().is_none_or(|drawn| drawn.key != key) {
        let size = Size::new(f64::from(size.x), f64::from(size.y));
        let (scene, content_pt) = draw(track, size, f64::from(key.scroll_pt), theme, shaper);
        form.drawn = Some(Drawn { key, scene, content_pt });
    }
    if let Some(drawn) = &form.drawn {
        paint_scene(&ui.painter_at(rect), &drawn.scene, rect.min);
    }
}

/// Draws what comes in, over the stretch of time in which it lies; says how high all of it is.
fn draw(track: &TrackPreview, size: Size, scroll_y: f64, theme: &Theme, shaper: &mut Shaper) -> (Scene, f64) {
    let TrackPreview { timeline, index, imported, extent } = track;
    let width_pt = scene::track_width(index, Frame::Window, size.width, shaper);
    let folds = Folding::Auto.folds(timeline, index, None, width_pt);
    let input = SceneInput {
        timeline,
        index,
        theme,
        viewport: Viewport::fit_folded(extent.or(index.extent()), folds, width_pt),
        size,
        scroll_y,
        selection: None,
        hover: None,
        matches: None,
        now: None,
        zone: timeline.zone(),
        iso_weeks: false,
        frame: Frame::Window,
        // Where nothing else stands, nothing has to be told apart.
        aspect: Aspect {
            selected: (imported.count() < timeline.events().len()).then_some(imported),
            ..Aspect::default()
        },
    };
    let plan = Plan::packed(&input, Arc::new(Packed::of(&input, None, shaper)), shaper);
    (scene::draw(&input, &plan, shaper), plan.content_height())
}
