//! What the pointer shows: its shape, the card of what it rests on, and what a running gesture would do.

use egui::{CursorIcon, DragAndDrop, Event, Pos2, Rangef, Rect, Vec2, vec2};

use super::{Pointer, length_words, opened};
use crate::geom;
use crate::index::Fold;
use crate::scene::Hit;
use crate::time::Instant;
use crate::ui::canvas::change::Grip;
use crate::ui::canvas::gesture::{Gesture, pointed_span};
use crate::ui::canvas::nodes::other_end;
use crate::ui::canvas::preview::{Ghost, Preview};
use crate::ui::canvas::{CanvasState, bands, eras, linking};
use crate::ui::status::window_words;
use crate::ui::{Anchor, ViewState, crowd_card, hover_card, link_card};

/// How long the pointer rests on a mark before its card comes, in seconds.
const CARD_DELAY_SECONDS: f64 = 0.35;
/// How soon after one card the next comes at once, in seconds.
const CARD_WARM_SECONDS: f64 = 0.5;
/// How many of the heaviest events the card of a crowd lists.
const CROWD_CARD_EVENTS: usize = 6;
/// Half the length of the line on which a mark would land among those of its date, in points.
const LANDING_PT: f64 = 90.0;
/// How far from the pointer words about what it holds stand, in points.
const AWAY_PT: f32 = 12.0;

impl Pointer<'_> {
    pub(super) fn hover(&self, view: &mut ViewState, state: &mut CanvasState) {
        let over = self.over();
        view.transient.pointer_instant =
            over.filter(|at| self.surface.x(*at) >= 0.0).map(|at| self.instant(&view.place.viewport, at));
        let target = over.and_then(|at| self.hit(state, self.surface.point(at))).map(|target| target.subject.clone());
        let idle = !state.gesture.is_running() && !DragAndDrop::has_any_payload(self.ui.ctx());
        if idle || state.gesture.is_running() {
            self.cursor(view, state, over, target.as_ref());
        }
        if idle && self.is_on_handle(view, state, over) {
            view.transient.status = Some("Drag to another event to link the two".to_owned());
        }
        if let Some(span) = over.filter(|_| idle).and_then(|at| self.fold_on_ruler(view, at)) {
            let Fold { start, end } = span.fold;
            let (length, window) = (length_words(start, end), window_words(start, end));
            view.transient.status = Some(format!("{length} are folded here, {window}. Click to open them"));
        }
        let crowd = target.as_ref().filter(|_| idle).and_then(|target| match target {
            Hit::Crowd(crowd) => Some(*crowd),
            _ => None,
        });
        if crowd != state.hover.crowd {
            state.hover.crowd = crowd;
            state.hover.since = self.ui.input(|input| input.time);
        }
        let link = target.as_ref().filter(|_| idle).and_then(|target| match target {
            Hit::Link(link) => Some(link.clone()),
            _ => None,
        });
        if link != state.hover.link {
            state.hover.link = link;
            state.hover.since = self.ui.input(|input| input.time);
        }
        let event = target.as_ref().filter(|_| idle).and_then(|hit| self.event_of(hit)).cloned();
        if event != state.hover.event {
            // Another panel may point at an event too: only what was set here is taken back here.
            if event.is_some() || view.transient.hover == state.hover.event {
                view.transient.hover.clone_from(&event);
            }
            state.hover.event = event;
            state.hover.since = self.ui.input(|input| input.time);
        }
    }

    fn is_on_handle(&self, view: &ViewState, state: &CanvasState, over: Option<Pos2>) -> bool {
        let handle = state.picture.drawn().and_then(|scene| linking::handle(&self.surface, scene, view));
        over.zip(handle).is_some_and(|(position, handle)| handle.holds(position))
    }

    fn cursor(&self, view: &ViewState, state: &CanvasState, over: Option<Pos2>, target: Option<&Hit>) {
        let is_on_fold = |at: Pos2| self.fold_on_ruler(view, at).is_some();
        let modifiers = self.ui.input(|input| input.modifiers);
        let editable = self.surface.input.doc.read_only.is_none() && self.surface.input.doc.accounts.is_none();
        let icon = match (&state.gesture, over) {
            (Gesture::Change { outcome, .. }, _) if outcome.stay.is_some() && outcome.change.is_none() => {
                CursorIcon::NotAllowed
            }
            (Gesture::Pan { .. } | Gesture::Arrange { .. } | Gesture::Change { grip: Grip::Whole, .. }, _) => {
                CursorIcon::Grabbing
            }
            (Gesture::Change { .. }, _) => CursorIcon::ResizeHorizontal,
            (Gesture::HeldEra(held), _) if held.grip == Grip::Whole => CursorIcon::Grabbing,
            (Gesture::HeldEra(_), _) => CursorIcon::ResizeHorizontal,
            (Gesture::Link { over: Some(_), .. }, _) => CursorIcon::Alias,
            (Gesture::Link { .. } | Gesture::Measure, _) => CursorIcon::Crosshair,
            (Gesture::Range { .. }, _) => CursorIcon::ZoomIn,
            (Gesture::Era { .. }, _) => CursorIcon::Crosshair,
            (Gesture::Span { .. } | Gesture::Fold { .. } | Gesture::Band { .. }, _) => CursorIcon::Crosshair,
            (Gesture::Idle, None) => return,
            (Gesture::Idle, Some(_))
                if (modifiers.shift || modifiers.command) && target.and_then(|hit| self.event_of(hit)).is_some() =>
            {
                CursorIcon::PointingHand
            }
            (Gesture::Idle, Some(_)) if modifiers.shift && modifiers.command => CursorIcon::Crosshair,
            (Gesture::Idle, Some(_)) if modifiers.shift => CursorIcon::ZoomIn,
            (Gesture::Idle, Some(_)) if modifiers.command && editable => CursorIcon::Crosshair,
            (Gesture::Idle, Some(at)) if self.measures(at) => CursorIcon::Crosshair,
            (Gesture::Idle, Some(at)) if is_on_fold(at) => CursorIcon::PointingHand,
            (Gesture::Idle, Some(at)) if self.link_from(view, state, at).is_some() => CursorIcon::Alias,
            (Gesture::Idle, Some(at))
                if editable && self.surface.x(at) >= 0.0 && eras::is_strip(&self.surface, self.surface.point(at)) =>
            {
                match self.held_era(view, at, Instant::default(), target) {
                    Gesture::HeldEra(held) if held.grip == Grip::Whole => CursorIcon::Grab,
                    Gesture::HeldEra(_) => CursorIcon::ResizeHorizontal,
                    _ => CursorIcon::Crosshair,
                }
            }
            (Gesture::Idle, Some(at))
                if self.surface.x(at) < 0.0 && self.held_band(view, self.surface.point(at)).is_some() =>
            {
                CursorIcon::Grab
            }
            (Gesture::Idle, Some(_)) => match target {
                Some(Hit::EventStart(_) | Hit::EventEnd(_)) if editable => CursorIcon::ResizeHorizontal,
                Some(Hit::Event(_) | Hit::Bar(_)) if editable => CursorIcon::Grab,
                Some(Hit::Crowd(_)) => CursorIcon::ZoomIn,
                Some(Hit::Lane(_) | Hit::Era(_) | Hit::Ruler) | None => CursorIcon::Default,
                Some(_) => CursorIcon::PointingHand,
            },
        };
        self.ui.ctx().set_cursor_icon(icon);
    }

    /// Draws what the running gesture would do, and the handle from which a link is drawn.
    pub(in crate::ui::canvas) fn preview(&self, view: &ViewState, state: &CanvasState) {
        let track = self.surface.track();
        let handle = state.picture.drawn().and_then(|scene| linking::handle(&self.surface, scene, view));
        if let Some(handle) = handle.filter(|_| !state.gesture.is_running()) {
            let is_hovered = self.over().is_some_and(|position| handle.holds(position));
            linking::paint_handle(self.ui, track, handle.at, is_hovered, self.surface.input.theme);
        }
        let painter = self.ui.painter_at(track);
        let preview = Preview { painter, track, viewport: &view.place.viewport, theme: self.surface.input.theme };
        if let Some(measured) = &state.measured
            && let Some(reading) = measured.reading(self.surface.input.doc)
        {
            let y = self.surface.plan.areas.track.y0.max(measured.content_y - view.place.scroll_y);
            preview.measured(&reading, self.surface.rect.top() + y as f32);
        }
        if let (Some(change), Some(at)) = (&state.dating, self.over()) {
            let zone = self.surface.input.doc.zone;
            let ghost = Ghost { date: &change.date, zone, y: Rangef::new(at.y - AWAY_PT, at.y + AWAY_PT) };
            preview.ghost(&ghost, &change.date.describe());
            return;
        }
        let position = self.response.interact_pointer_pos();
        let to = position.map(|position| self.shown_instant(&view.place.viewport, position));
        match (&state.gesture, to) {
            (Gesture::Range { from } | Gesture::Span { from, .. }, Some(to)) => {
                let words = pointed_span(&view.place.viewport, *from, to, self.surface.input.doc.zone)
                    .map(|date| date.describe());
                preview.range(*from, to, &words.unwrap_or_default());
            }
            (Gesture::Era { from }, Some(to)) => {
                let words = pointed_span(&view.place.viewport, *from, to, self.surface.input.doc.zone)
                    .map(|date| date.describe());
                preview.range(*from, to, &format!("New era: {}", words.unwrap_or_default()));
            }
            (Gesture::HeldEra(held), Some(_)) => {
                if let Some(date) = &held.date {
                    let zone = self.surface.input.doc.zone;
                    let extent = date.extent(zone);
                    let start = extent.earliest_start.instant().unwrap_or(Instant::MIN);
                    let end = extent.latest_end.instant().unwrap_or(Instant::MAX);
                    preview.range(start, end, &date.describe_with(zone));
                } else if let (Some(at), Some(stay)) = (position, held.stay) {
                    let doc = self.surface.input.doc;
                    if let Some(era) = doc.timeline.eras().iter().find(|era| era.id == held.era) {
                        preview.words(Rect::from_center_size(at, vec2(0.0, 2.0 * AWAY_PT)), &stay.words(&era.date));
                    }
                }
            }
            (Gesture::Link { event, at, .. }, Some(_)) => {
                if let Some(to) = position {
                    let over = self.event_over(state, event, to).map(|(_, rect)| rect);
                    linking::paint_line(self.ui, track, *at, to, over, self.surface.input.theme);
                }
            }
            (Gesture::Band { from, content_y }, Some(_)) => {
                if let Some(position) = position {
                    let rect = self.band(view, *from, *content_y, position);
                    preview.band(self.surface.on_screen(rect));
                }
            }
            (Gesture::Arrange { above, .. }, Some(_)) => {
                if let Some(y) = bands::landing_y(self.surface.plan, *above, view.place.scroll_y) {
                    let areas = &self.surface.plan.areas;
                    let rect = self.surface.on_screen(geom::Rect { y0: y, y1: y, ..areas.gutter.union(areas.track) });
                    let around = self.surface.on_screen(areas.gutter.union(areas.track));
                    preview.landing(&self.ui.painter_at(around), rect);
                }
            }
            (Gesture::Fold { from }, Some(to)) => {
                preview.range(*from, to, &format!("Fold {}", length_words(*from, to)));
            }
            (Gesture::Change { event, band, outcome, .. }, Some(_)) => {
                let Some(change) = &outcome.change else {
                    if let (Some(landing), Some(position)) = (&outcome.landing, position) {
                        let (x, y) = (self.surface.point(position).x, landing.y);
                        let rect = geom::Rect::new(x - LANDING_PT, y, x + LANDING_PT, y);
                        preview.landing(&preview.painter, self.surface.on_screen(rect));
                        return;
                    }
                    let held = self.dated(event);
                    if let (Some(at), Some((_, date)), Some(stay)) = (position, held, outcome.stay) {
                        preview.words(Rect::from_center_size(at, vec2(0.0, 2.0 * AWAY_PT)), &stay.words(date));
                    }
                    return;
                };
                let at = position.filter(|_| change.laned).map(|position| self.surface.point(position));
                let words = change.date.describe();
                let rows = self.surface.rows_of(event, view.place.scroll_y);
                // What stands in several bands moves in all of them; the words stand once, over what is held and on top.
                let (held, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(own, _)| Some(*own) == *band);
                for (own, row) in others.into_iter().chain(held) {
                    // Dragged into another band it stands where the pointer is.
                    let row = at.map_or(row, |at| row.translated(0.0, at.y - row.center().y));
                    let row = self.surface.on_screen(row);
                    let ghost = Ghost { date: &change.date, zone: self.surface.input.doc.zone, y: row.y_range() };
                    preview.ghost(&ghost, if Some(own) == *band { &words } else { "" });
                }
            }
            _ => {}
        }
    }

    /// Shows the card of the event on which the pointer rests.
    pub(in crate::ui::canvas) fn hover_card(&self, view: &ViewState, state: &mut CanvasState) {
        let (moved, pressed) = self.ui.input(|input| {
            let is_key = |event: &Event| matches!(event, Event::Key { pressed: true, .. } | Event::Text(_));
            (input.pointer.delta() != Vec2::ZERO, input.raw.events.iter().any(is_key))
        });
        state.hover.is_left_for_keys = pressed || state.hover.is_left_for_keys && !moved;
        let Some(at) = self.over().filter(|_| !state.hover.is_left_for_keys) else { return };
        if let Some(crowd) = state.hover.crowd {
            if let Some(anchor) = self.anchor(state, at) {
                let index = self.surface.input.doc.index;
                let matches = state.picture.matches();
                let heaviest = self.surface.plan.heaviest(index, matches, &crowd, CROWD_CARD_EVENTS);
                let opens = opened(&self.surface, state.picture.matches(), &view.place.viewport, &crowd).is_some();
                let click = if opens { "Click to zoom in" } else { "Click to list them all" };
                crowd_card(
                    self.ui.ctx(),
                    self.surface.input.doc,
                    self.surface.input.theme,
                    anchor,
                    &crowd,
                    &heaviest,
                    click,
                );
            }
            return;
        }
        if let Some(link) = state.hover.link.clone() {
            // Beside the pointer: a line is longer than what is pointed at.
            if self.anchor(state, at).is_some() {
                let anchor = Anchor { mark: Rect::from_center_size(at, vec2(AWAY_PT, AWAY_PT)), pointer: at };
                let selection = view.transient.selection.as_deref();
                let other = other_end(&link, selection);
                link_card(self.ui.ctx(), self.surface.input.doc, self.surface.input.theme, anchor, &link, other);
            }
            return;
        }
        let Some(event) = view.transient.hover.as_deref().and_then(|id| self.surface.input.doc.timeline.event(id))
        else {
            return;
        };
        if state.hover.event.as_deref() != Some(event.id.as_str()) {
            return;
        }
        if let Some(anchor) = self.anchor(state, at) {
            hover_card(self.ui.ctx(), self.surface.input.doc, self.surface.input.theme, anchor, event);
        }
    }

    /// Where the card of the mark under the pointer stands, once the pointer has rested there for long enough.
    fn anchor(&self, state: &mut CanvasState, pointer: Pos2) -> Option<Anchor> {
        let now = self.ui.input(|input| input.time);
        let warm = state.hover.card_at.is_some_and(|shown| state.hover.since - shown < CARD_WARM_SECONDS);
        let wait = if warm { 0.0 } else { state.hover.since + CARD_DELAY_SECONDS - now };
        if wait > 0.0 {
            self.ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(wait));
            return None;
        }
        let mark = self.hit(state, self.surface.point(pointer)).map(|target| target.rect)?;
        state.hover.card_at = Some(now);
        Some(Anchor { mark: self.surface.on_screen(mark), pointer })
    }
}
