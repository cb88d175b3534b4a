//! The menus that a secondary click or a key opens where the pointer or the selection stands.

use egui::Pos2;

use super::{Pointer, beside_marks, opened};
use crate::scene::Hit;
use crate::time::Date;
use crate::ui::canvas::gesture::pointed_date;
use crate::ui::canvas::{CanvasState, menu};
use crate::ui::{Action, ViewState};

impl Pointer<'_> {
    /// The secondary button opens a menu on what lies under the pointer, which is selected first.
    pub(super) fn menu(&self, view: &ViewState, state: &mut CanvasState, actions: &mut Vec<Action>) {
        if !self.response.secondary_clicked() {
            return;
        }
        let Some(position) = self.response.interact_pointer_pos() else { return };
        let at = self.surface.point(position);
        let subject = self.hit(state, at).map(|target| target.subject.clone());
        if let Some(Hit::Crowd(crowd)) = subject {
            let window = opened(&self.surface, state.picture.matches(), &view.place.viewport, &crowd);
            state.menu = Some(menu::Place::Crowd { crowd, window: window.map(Box::new), at: position });
            return;
        }
        let doc = self.surface.input.doc;
        if let Some(Hit::Era(era)) = &subject {
            let date = self.pointed(view, position);
            state.menu = Some(menu::Place::Era { era: era.clone(), date: date.to_string() });
            return;
        }
        if let Some(Hit::Link(link)) = &subject
            && doc.accounts.is_none()
        {
            state.menu = Some(menu::Place::Link { link: link.clone() });
            return;
        }
        let event = subject.as_ref().and_then(|hit| self.event_of(hit)).cloned();
        state.menu = Some(match event {
            Some(event) if self.is_picked(view, &event) => menu::Place::Events,
            Some(event) => {
                actions.push(Action::Select(Some(event)));
                menu::Place::Event
            }
            None => {
                let lane = self.surface.lane_at(at, view.place.scroll_y).flatten();
                if self.surface.x(position) < 0.0 {
                    let band = self.surface.plan.band_at(at, view.place.scroll_y);
                    state.menu = Some(menu::Place::names(self.surface.input.doc, lane, band));
                    return;
                }
                if let Some(span) = self.fold_at(view, position) {
                    state.menu = Some(menu::Place::Fold { span });
                    return;
                }
                self.ground(view, state, position)
            }
        });
    }

    /// What a menu opened by a key is on, and where it opens: the selection, or the middle of the window.
    pub(in crate::ui::canvas) fn menu_by_key(&self, view: &ViewState, state: &CanvasState) -> (menu::Place, Pos2) {
        let selection = view.transient.selection.as_deref();
        let is_own = |hit: &Hit| self.event_of(hit).is_some_and(|id| selection == Some(id.as_str()));
        let mark = state.picture.drawn().and_then(|scene| scene.targets.iter().find(|target| is_own(&target.subject)));
        let track = self.surface.track();
        let at = mark.map_or(track.center(), |mark| self.surface.on_screen(mark.rect).left_bottom());
        let at = at.clamp(track.min, track.max);
        let place = match selection {
            _ if !view.transient.selected.is_empty() => menu::Place::Events,
            Some(_) => menu::Place::Event,
            None => self.ground(view, state, at),
        };
        (place, at)
    }

    /// The date that pointing at a point of the screen means.
    fn pointed(&self, view: &ViewState, position: Pos2) -> Date {
        let viewport = &view.place.viewport;
        pointed_date(viewport, self.instant(viewport, position), self.surface.input.doc.zone)
    }

    /// The ground at a point of the screen right of the names.
    fn ground(&self, view: &ViewState, state: &CanvasState, position: Pos2) -> menu::Place {
        let doc = self.surface.input.doc;
        let lane = self.surface.lane_at(self.surface.point(position), view.place.scroll_y).flatten();
        let pointed_at = self.instant(&view.place.viewport, position);
        let date = pointed_date(&view.place.viewport, pointed_at, doc.zone);
        let gap = doc.index.gap_at(doc.timeline, state.picture.matches(), pointed_at);
        // Only what gains by it can be folded.
        let gap = gap.map(|gap| beside_marks(&view.place.viewport, gap));
        let gap = gap.filter(|gap| view.place.viewport.is_folded(gap));
        let areas = &self.surface.plan.areas;
        let on_ruler = areas.ruler.union(areas.eras).contains(self.surface.point(position));
        menu::Place::Ground { words: date.describe(), date: date.to_string(), lane, gap, on_ruler }
    }
}
