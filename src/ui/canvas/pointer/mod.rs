//! From the pointer's presses, moves and releases to windows, selections, drafts and edits.

mod feedback;
mod menus;

use egui::{CursorIcon, DragAndDrop, PointerButton, Pos2, Rect, Response, Ui};

use super::change::{Change, Drag, Entered, Grip};
use super::gesture::{Gesture, pointed_date, pointed_span};
use super::measuring::{End, Measured};
use super::nodes::other_end;
use super::rubber_band;
use super::scroll::Scroll;
use super::stacking::Landing;
use super::surface::Surface;
use super::wheel::Wheel;
use super::{CanvasState, NOTICE_SECONDS, Notice, take_escape};
use super::{accounts, bands, eras, linking};
use crate::geom::{self, Point};
use crate::index::{Crowd, Facet, Fold, Folds, Selection};
use crate::layout::{FoldSpan, Folding, Viewport};
use crate::model::Text;
use crate::scene::{Hit, LinkHit, Target};
use crate::time::{Date, Instant, calendar};
use crate::ui::crowd_list::CrowdList;
use crate::ui::undated::Carried;
use crate::ui::{Action, Command, Picking, Place, ViewState, lane_moved};

/// A second click within this belongs to the one that opened a crowd, in seconds.
const OPENING_SECONDS: f64 = 0.6;
/// The share of the window that a crowd takes up once it is opened.
const CROWD_SHARE: f64 = 0.8;
/// The room that is left beside a mark where the gap behind it is folded, in points.
const MARK_PT: f64 = 14.0;
/// The shortest stretch that is a range, in points.
const LEAST_RANGE_PT: f64 = 4.0;

/// The event under the pointer, and since when.
#[derive(Debug, Default)]
pub(super) struct Hover {
    event: Option<Text>,
    crowd: Option<Crowd>,
    link: Option<LinkHit>,
    /// In seconds of egui's clock.
    since: f64,
    /// When a card was last shown.
    card_at: Option<f64>,
    /// A key was pressed since the pointer moved last: it lies where it was left, and a card would lie over what is typed.
    is_left_for_keys: bool,
    /// When a click last opened a crowd: the second of a double click means no more than the first.
    opened_at: Option<f64>,
}

/// The pointer over the canvas in one frame.
pub(super) struct Pointer<'a> {
    pub(super) ui: &'a Ui,
    pub(super) response: &'a Response,
    pub(super) surface: Surface<'a>,
}

impl Pointer<'_> {
    /// Takes in what the pointer did since the last frame.
    pub(super) fn update(&self, view: &mut ViewState, state: &mut CanvasState, actions: &mut Vec<Action>) {
        view.transient.status = None;
        if state.gesture.is_running() && take_escape(self.ui) {
            self.abort(view, state);
        } else if state.measured.is_some() && self.has_keys() && take_escape(self.ui) {
            state.measured = None;
        }
        self.wheel(view, state);
        self.carry(view, state, actions);
        self.press(view, state);
        self.drag(view, state);
        self.release(view, state, actions);
        self.click(view, state, actions);
        self.menu(view, state, actions);
        self.hover(view, state);
        self.tell_measured(view, state);
    }

    /// Whether no field, menu or dialog would have the keys.
    fn has_keys(&self) -> bool {
        let ctx = self.ui.ctx();
        let is_covered = egui::Popup::is_any_open(ctx) || ctx.memory(|memory| memory.top_modal_layer().is_some());
        !is_covered && !ctx.text_edit_focused()
    }

    /// Says how long it is that is measured; what is about an event that is gone is measured no more.
    fn tell_measured(&self, view: &mut ViewState, state: &mut CanvasState) {
        let Some(measured) = &state.measured else { return };
        match measured.reading(self.surface.input.doc) {
            Some(reading) if view.transient.status.is_none() => view.transient.status = Some(reading.words),
            Some(_) => {}
            None => state.measured = None,
        }
    }

    fn abort(&self, view: &mut ViewState, state: &mut CanvasState) {
        match std::mem::take(&mut state.gesture) {
            Gesture::Pan { before, scroll_before, .. } => {
                view.place.viewport = *before;
                view.place.scroll_y = scroll_before;
            }
            Gesture::Measure => state.measured = None,
            _ => {}
        }
    }

    fn wheel(&self, view: &mut ViewState, state: &mut CanvasState) {
        let Some(at) = self.over() else { return };
        let over_names = self.surface.x(at) < 0.0;
        let wheel = Wheel::read(self.ui, self.surface.input.preferences.wheel_pans, over_names, &mut state.wheel_alt);
        if !wheel.turns() || matches!(state.gesture, Gesture::Pan { .. }) {
            return;
        }
        view.place.viewport = view.place.viewport.zoomed(wheel.zoom, self.surface.x(at).max(0.0)).panned(wheel.pan_x);
        view.place.scroll_y -= wheel.pan_y;
        Scroll::of(self.surface.plan).clamp(view);
    }

    fn press(&self, view: &ViewState, state: &mut CanvasState) {
        if !self.response.drag_started() {
            return;
        }
        let Some(origin) = self.ui.input(|input| input.pointer.press_origin()) else { return };
        let modifiers = self.ui.input(|input| input.modifiers);
        let at = self.surface.point(origin);
        let from = self.instant(&view.place.viewport, origin);
        let is_on_track = self.surface.x(origin) >= 0.0;
        let pan = Gesture::Pan {
            instant: from,
            content_y: at.y + view.place.scroll_y,
            before: Box::new(view.place.viewport),
            scroll_before: view.place.scroll_y,
        };
        let held = self.hit(state, at).map(|target| target.subject.clone());
        let linked = self.link_from(view, state, origin);
        state.gesture = if self.response.drag_started_by(PointerButton::Middle) {
            pan
        } else if !self.response.drag_started_by(PointerButton::Primary) {
            Gesture::Idle
        } else if self.measures(origin) {
            let end = End::at(&self.surface, state.picture.drawn(), &view.place.viewport, origin);
            state.measured = Some(Measured { from: end.clone(), to: end, content_y: at.y + view.place.scroll_y });
            Gesture::Measure
        } else if let Some((event, at)) = linked {
            match self.refusal() {
                Some(refusal) => self.notify(state, refusal, pan),
                None => Gesture::Link { event, at, over: None },
            }
        } else if is_on_track && modifiers.is_none() && eras::is_strip(&self.surface, at) {
            match self.refusal() {
                Some(refusal) => self.notify(state, refusal, pan),
                None => self.held_era(view, origin, from, held.as_ref()),
            }
        } else if !is_on_track {
            self.held_band(view, at).unwrap_or(pan)
        } else if modifiers.shift && modifiers.command {
            Gesture::Band { from, content_y: at.y + view.place.scroll_y }
        } else if modifiers.shift {
            Gesture::Range { from }
        } else if modifiers.command && self.surface.plan.areas.ruler.contains(at) {
            Gesture::Fold { from }
        } else if modifiers.command {
            match self.refusal() {
                Some(refusal) => self.notify(state, refusal, pan),
                None => Gesture::Span { from, lane: self.surface.lane_at(at, view.place.scroll_y).flatten() },
            }
        } else {
            let grip = held.as_ref().and_then(|held| match held {
                Hit::Event(_) | Hit::Bar(_) => Some(Grip::Whole),
                Hit::EventStart(_) => Some(Grip::Start),
                Hit::EventEnd(_) => Some(Grip::End),
                // A label says what its mark is and not where: it is no handle of the date.
                Hit::EventLabel(_) | Hit::Link(_) | Hit::Crowd(_) | Hit::Lane(_) | Hit::Era(_) | Hit::Ruler => None,
            });
            let event = held.as_ref().and_then(|held| self.event_of(held)).cloned();
            let Some((event, grip)) = event.zip(grip) else {
                state.gesture = pan;
                return;
            };
            match self.refusal() {
                Some(refusal) => self.notify(state, refusal, pan),
                None => {
                    let band = self.surface.plan.band_at(at, view.place.scroll_y);
                    Gesture::Change { event, grip, band, from, outcome: Box::default() }
                }
            }
        };
    }

    /// The event from which a press on its handle draws a link, and where its line begins.
    fn link_from(&self, view: &ViewState, state: &CanvasState, origin: Pos2) -> Option<(Text, Pos2)> {
        let handle = state.picture.drawn().and_then(|scene| linking::handle(&self.surface, scene, view));
        handle.filter(|handle| handle.holds(origin)).map(|handle| (handle.event, handle.at))
    }

    /// Whether a press at a point of the screen measures.
    fn measures(&self, at: Pos2) -> bool {
        let modifiers = self.ui.input(|input| input.modifiers);
        modifiers.alt && !modifiers.shift && !modifiers.command && self.surface.x(at) >= 0.0
    }

    /// The gesture that a press on the strip of eras begins: on an era it holds that, else it begins a new one.
    fn held_era(&self, view: &ViewState, origin: Pos2, from: Instant, held: Option<&Hit>) -> Gesture {
        let doc = self.surface.input.doc;
        let Some(Hit::Era(id)) = held else { return Gesture::Era { from } };
        let Some(era) = doc.timeline.eras().iter().find(|era| era.id == *id) else { return Gesture::Era { from } };
        let grip = eras::grip(doc, &view.place.viewport, era, self.surface.x(origin));
        Gesture::HeldEra(Box::new(eras::HeldEra { era: id.clone(), grip, from, date: None, stay: None }))
    }

    /// The event other than `from` under a point of the screen, with its mark or label there.
    fn event_over(&self, state: &CanvasState, from: &str, position: Pos2) -> Option<(Text, Rect)> {
        let target = self.hit(state, self.surface.point(position))?;
        let id = self.event_of(&target.subject).filter(|id| *id != from)?;
        Some((id.into(), self.surface.on_screen(target.rect)))
    }

    fn drag(&self, view: &mut ViewState, state: &mut CanvasState) {
        let Some(position) = self.response.interact_pointer_pos() else { return };
        let to = self.shown_instant(&view.place.viewport, position);
        let mut gesture = std::mem::take(&mut state.gesture);
        match &mut gesture {
            Gesture::Idle => {}
            Gesture::Pan { instant, content_y, .. } => {
                let dx = self.surface.x(position) - view.place.viewport.x_from_instant(*instant);
                view.place.viewport = view.place.viewport.panned(dx);
                view.place.scroll_y = *content_y - self.surface.point(position).y;
                Scroll::of(self.surface.plan).clamp(view);
            }
            Gesture::Range { from } => {
                let words = pointed_span(&view.place.viewport, *from, to, self.surface.input.doc.zone)
                    .map(|date| date.describe());
                view.transient.status = words.map(|words| format!("Zooms to {words}"));
            }
            Gesture::Band { from, .. } => {
                let words = pointed_span(&view.place.viewport, *from, to, self.surface.input.doc.zone)
                    .map(|date| date.describe());
                let replaces = "Selects what is in the frame alone";
                let adds = "Selects what is in the frame too";
                let verb = if self.frame_adds() { adds } else { replaces };
                view.transient.status = words.map(|words| format!("{verb}, {words}"));
            }
            Gesture::Fold { from } => {
                view.transient.status = Some(format!("Folds what is empty of {}", length_words(*from, to)));
            }
            Gesture::Span { from, .. } => {
                let date = pointed_span(&view.place.viewport, *from, to, self.surface.input.doc.zone);
                view.transient.status = date.map(|date| format!("Will be written as {date}"));
            }
            Gesture::Era { from } => {
                let date = pointed_span(&view.place.viewport, *from, to, self.surface.input.doc.zone);
                view.transient.status = date.map(|date| format!("New era, will be written as {date}"));
            }
            Gesture::HeldEra(held) => {
                view.transient.status = held.drag(self.surface.input.doc, &view.place.viewport, to);
            }
            Gesture::Measure => {
                let to = End::at(&self.surface, state.picture.drawn(), &view.place.viewport, position);
                let y = to.height(&self.surface, view.place.scroll_y, self.surface.point(position).y);
                if let Some(measured) = &mut state.measured {
                    (measured.to, measured.content_y) = (to, y + view.place.scroll_y);
                }
            }
            Gesture::Link { event, over, .. } => {
                *over = self.event_over(state, event, position).map(|(id, _)| id);
                let title = |id: &str| {
                    self.surface.input.doc.timeline.event(id).map_or_else(String::new, |event| event.title.to_string())
                };
                view.transient.status = Some(match over {
                    Some(over) => format!("Links “{}” to “{}”", title(event), title(over)),
                    None => "Let go over another event to link the two".to_owned(),
                });
            }
            Gesture::Arrange { band, title, above } => {
                let at = self.surface.point(position);
                if bands::scroll_at_edge(self.surface.plan, at, view) {
                    Scroll::of(self.surface.plan).clamp(view);
                    self.ui.ctx().request_repaint();
                }
                *above = bands::landing(self.surface.plan, at, view.place.scroll_y);
                view.transient.status = Some(bands::landing_words(self.surface.input.doc.index, *band, title, *above));
            }
            Gesture::Change { event, grip, band, from, outcome } => {
                if let Some((event, date)) = self.dated(event) {
                    let grip = *grip;
                    let entered =
                        if grip == Grip::Whole { self.entered(view, *band, position) } else { Entered::Nothing };
                    let viewport = &view.place.viewport;
                    let (micros_per_pt, zone) = (viewport.micros_per_pt, self.surface.input.doc.zone);
                    let is_in_fold = [*from, to].into_iter().any(|at| viewport.micros_per_pt_at(at) > micros_per_pt);
                    let drag = Drag { event, date, grip, from: *from, to, entered, zone, micros_per_pt, is_in_fold };
                    **outcome = drag.outcome();
                    // Where the date stays and the band too, up and down are for the order among those of the same date.
                    if grip == Grip::Whole && outcome.change.is_none() && drag.entered == Entered::Nothing {
                        let (held, at) = ((event, *band), self.surface.point(position));
                        let shown = (viewport, view.place.scroll_y);
                        outcome.landing = Landing::of(&self.surface, shown, held, *from, at);
                        outcome.stay = outcome.stay.filter(|_| outcome.landing.is_none());
                    }
                    view.transient.status = Some(match (&outcome.change, &outcome.landing, outcome.stay) {
                        (Some(change), ..) => change.status(self.surface.input.doc.timeline),
                        (None, Some(landing), _) => landing.words(),
                        (None, None, Some(stay)) => stay.words(date),
                        (None, None, None) => format!("Stays {date}"),
                    });
                }
            }
        }
        state.gesture = gesture;
    }

    /// Takes in an event without a date that is carried here from the tray: over the track it gets the date that is pointed
    /// at, as finely as a hand can point in this window; elsewhere nothing becomes of it.
    fn carry(&self, view: &mut ViewState, state: &mut CanvasState, actions: &mut Vec<Action>) {
        state.dating = None;
        let Some(carried) = DragAndDrop::payload::<Carried>(self.ui.ctx()) else { return };
        let doc = self.surface.input.doc;
        let Some(event) = doc.timeline.event(&carried.event) else { return };
        let Some(position) = self.over().filter(|at| self.surface.x(*at) >= 0.0) else { return };
        let viewport = &view.place.viewport;
        let date = pointed_date(viewport, self.instant(viewport, position), doc.zone);
        let lane = self.surface.lane_at(self.surface.point(position), view.place.scroll_y);
        let change = Change::dating(event, date, lane);
        if self.ui.input(|input| input.pointer.any_released()) {
            DragAndDrop::clear_payload(self.ui.ctx());
            actions.push(change.into_action(doc.timeline, Grip::Whole));
        } else {
            view.transient.status = Some(change.status(doc.timeline));
            self.ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
            state.dating = Some(change);
        }
    }

    /// What the band under the pointer asks of an event that is held in another.
    fn entered(&self, view: &ViewState, own: Option<usize>, position: Pos2) -> Entered {
        let at = self.surface.point(position);
        let band = self.surface.plan.band_at(at, view.place.scroll_y);
        if band.is_none() || band == own {
            return Entered::Nothing;
        }
        match (self.surface.lane_at(at, view.place.scroll_y), Facet::of(self.surface.input.doc.grouping)) {
            (Some(lane), _) => Entered::Lane(lane),
            (None, Some(facet)) => Entered::Value(facet),
            (None, None) => Entered::Nothing,
        }
    }

    fn release(&self, view: &mut ViewState, state: &mut CanvasState, actions: &mut Vec<Action>) {
        if self.response.dragged() || !state.gesture.is_running() {
            return;
        }
        // egui ends a drag for other reasons too: Escape, a dialog that opens, the window losing the focus.
        let released = self.response.drag_stopped() && self.ui.input(|input| input.pointer.any_released());
        if !released {
            self.abort(view, state);
            return;
        }
        let to =
            self.response.interact_pointer_pos().map(|position| self.shown_instant(&view.place.viewport, position));
        match (std::mem::take(&mut state.gesture), to) {
            (Gesture::Change { event, grip, outcome, .. }, _) => match (outcome.change, outcome.stay) {
                (Some(change), _) => actions.push(change.into_action(self.surface.input.doc.timeline, grip)),
                (None, Some(stay)) => {
                    if let Some((_, date)) = self.dated(&event) {
                        self.notify(state, stay.words(date), Gesture::Idle);
                    }
                }
                (None, None) => {
                    actions.extend(outcome.landing.and_then(|landing| landing.into_action(&self.surface, &event)));
                }
            },
            (Gesture::Arrange { band, title, above }, Some(_)) if above != band && above != band + 1 => {
                let doc = self.surface.input.doc;
                let is_held = doc.index.bands().get(band).is_some_and(|band| band.title == title);
                if let Some(moved) = lane_moved(doc, band, above).filter(|_| is_held) {
                    actions.push(Action::Lane(moved));
                    return;
                }
                let after = bands::carried(self.surface.input.doc.index, band, &title, above);
                actions.extend(after.map(Action::Arrange));
            }
            (Gesture::Era { from }, Some(to)) => {
                let stretch = view.place.viewport.x_from_instant(to) - view.place.viewport.x_from_instant(from);
                let date = pointed_span(&view.place.viewport, from, to, self.surface.input.doc.zone);
                if let Some(date) = date.filter(|_| stretch.abs() >= LEAST_RANGE_PT) {
                    actions.push(Action::BeginEra(date.to_string()));
                }
            }
            (Gesture::HeldEra(held), Some(_)) => {
                let doc = self.surface.input.doc;
                match held.stay {
                    Some(stay) => {
                        let era = doc.timeline.eras().iter().find(|era| era.id == held.era);
                        if let Some(era) = era {
                            self.notify(state, stay.words(&era.date), Gesture::Idle);
                        }
                    }
                    None => actions.extend(held.into_action(doc)),
                }
            }
            (Gesture::Link { event, over: Some(over), .. }, Some(_)) => actions.push(Action::Link(event, over)),
            (Gesture::Range { from }, Some(to)) => {
                let stretch = view.place.viewport.x_from_instant(to) - view.place.viewport.x_from_instant(from);
                if stretch.abs() >= LEAST_RANGE_PT {
                    view.place.viewport = view.place.viewport.showing(from.min(to), from.max(to));
                }
            }
            (Gesture::Band { from, content_y }, Some(_)) => {
                if let Some(position) = self.response.interact_pointer_pos() {
                    let rect = self.band(view, from, content_y, position);
                    let Place { viewport, scroll_y, .. } = &view.place;
                    let matches = state.picture.matches();
                    let touched = rubber_band::touched(&self.surface, matches, viewport, *scroll_y, rect);
                    let adds = self.frame_adds();
                    actions.push(if adds { Action::SelectAlso(touched) } else { Action::SelectOnly(touched) });
                }
            }
            (Gesture::Fold { from }, Some(to)) => {
                let stretch = view.place.viewport.x_from_instant(to) - view.place.viewport.x_from_instant(from);
                if stretch.abs() >= LEAST_RANGE_PT {
                    self.fold(view, state, Fold { start: from.min(to), end: from.max(to) });
                }
            }
            (Gesture::Span { from, lane }, Some(to)) => {
                if let Some(date) = pointed_span(&view.place.viewport, from, to, self.surface.input.doc.zone) {
                    actions.push(Action::BeginEvent { date: date.to_string(), lane });
                }
            }
            (Gesture::Idle | Gesture::Pan { .. } | Gesture::Measure | Gesture::Link { .. }, _)
            | (
                Gesture::Range { .. }
                | Gesture::Band { .. }
                | Gesture::Fold { .. }
                | Gesture::Span { .. }
                | Gesture::Era { .. }
                | Gesture::HeldEra(_),
                None,
            )
            | (Gesture::Arrange { .. }, _) => {}
        }
    }

    fn click(&self, view: &mut ViewState, state: &mut CanvasState, actions: &mut Vec<Action>) {
        if !self.response.clicked_by(PointerButton::Primary) {
            return;
        }
        state.measured = None;
        let Some(position) = self.response.interact_pointer_pos() else { return };
        let at = self.surface.point(position);
        let double = self.response.double_clicked_by(PointerButton::Primary);
        let now = self.ui.input(|input| input.time);
        if double && state.hover.opened_at.is_some_and(|opened| now - opened < OPENING_SECONDS) {
            return;
        }
        let subject = self.hit(state, at).map(|target| target.subject.clone());
        let is_on_event = subject.as_ref().is_some_and(|subject| self.event_of(subject).is_some());
        let in_bands = self.fold_at(view, position).filter(|_| double && !is_on_event);
        if let Some(span) = self.fold_on_ruler(view, position).or(in_bands) {
            // The second click of a double click would find what has come into the place of the fold.
            state.hover.opened_at = Some(now);
            open_fold(view, span);
            return;
        }
        if let Some(Hit::Era(era)) = &subject
            && double
        {
            match self.refusal() {
                Some(refusal) => drop(self.notify(state, refusal, Gesture::Idle)),
                None => actions.push(Action::EditEra(era.clone())),
            }
            return;
        }
        if let Some(Hit::Lane(lane)) = &subject
            && double
        {
            let doc = self.surface.input.doc;
            match (self.refusal(), doc.timeline.lane(lane)) {
                (Some(refusal), _) => drop(self.notify(state, refusal, Gesture::Idle)),
                (None, Some(lane)) => state.names.rename(lane),
                (None, None) => {}
            }
            return;
        }
        let picking = Picking::of(self.ui.input(|input| input.modifiers));
        if let Some(Hit::Crowd(crowd)) = &subject
            && picking == Some(Picking::Toggle)
        {
            let doc = self.surface.input.doc;
            let members = self.surface.plan.members(doc.index, state.picture.matches(), crowd);
            actions.push(Action::SelectAlso(rubber_band::set_of(doc, members)));
            return;
        }
        if let Some(Hit::Crowd(crowd)) = subject {
            state.hover.opened_at = Some(now);
            open_crowd(&self.surface, view, state, &crowd, position);
            return;
        }
        if let Some(Hit::Link(link)) = &subject {
            actions.push(Action::Reveal(other_end(link, view.transient.selection.as_deref()).clone()));
            return;
        }
        let event = subject.as_ref().and_then(|hit| self.event_of(hit)).cloned();
        if let Some(picking) = picking {
            // With a key held a click that has missed its mark takes nothing away.
            actions.extend(event.map(|event| Action::Pick(event, picking)));
            return;
        }
        match event {
            Some(event) => {
                actions.push(Action::Select(Some(event)));
                if double {
                    actions.push(Action::Run(Command::EditEvent));
                }
            }
            None if double && self.surface.x(position) >= 0.0 => match self.refusal() {
                Some(refusal) => {
                    self.notify(state, refusal, Gesture::Idle);
                }
                None => {
                    let lane = self.surface.lane_at(at, view.place.scroll_y).flatten();
                    let pointed_at = self.instant(&view.place.viewport, position);
                    let date = pointed_date(&view.place.viewport, pointed_at, self.surface.input.doc.zone).to_string();
                    actions.push(Action::BeginEvent { date, lane });
                }
            },
            None if view.transient.has_selection() => actions.push(Action::Select(None)),
            None => {}
        }
    }

    /// Whether what a rubber band touches is selected beside what is: as long as one of the keys is held with which it began.
    fn frame_adds(&self) -> bool {
        let modifiers = self.ui.input(|input| input.modifiers);
        modifiers.shift || modifiers.command
    }

    /// The rubber band from where it began to a point of the screen, in the scrolled picture.
    fn band(&self, view: &ViewState, from: Instant, content_y: f64, to: Pos2) -> geom::Rect {
        let x = view.place.viewport.x_from_instant(from) + self.surface.plan.areas.track.x0;
        let (y, to) = (content_y - view.place.scroll_y, self.surface.point(to));
        geom::Rect::new(x.min(to.x), y.min(to.y), x.max(to.x), y.max(to.y))
    }

    /// An event with its date, where it has one.
    fn dated(&self, id: &str) -> Option<(&crate::model::Event, &Date)> {
        let event = self.surface.input.doc.timeline.event(id)?;
        Some((event, event.date.as_ref()?))
    }

    /// The gesture that a press on a band's name begins; none where there is no other band to be above or below.
    fn held_band(&self, view: &ViewState, at: Point) -> Option<Gesture> {
        let all = self.surface.input.doc.index.bands();
        let band = self.surface.plan.band_at(at, view.place.scroll_y).filter(|_| all.len() > 1)?;
        Some(Gesture::Arrange { band, title: all.get(band)?.title.clone(), above: band })
    }

    /// Whether an event is one of those that are selected together; of accounts, that of a telling.
    fn is_picked(&self, view: &ViewState, event: &Text) -> bool {
        let (doc, selected) = (self.surface.input.doc, &view.transient.selected);
        match doc.accounts {
            Some(told) => accounts::is_picked(told, selected, event),
            None => selected.contains_id(doc.timeline, event),
        }
    }

    /// Why nothing can be changed, where nothing can.
    fn refusal(&self) -> Option<String> {
        let doc = self.surface.input.doc;
        if doc.accounts.is_some() {
            return Some(accounts::REFUSAL.to_owned());
        }
        doc.read_only.map(|reason| format!("Cannot be changed: {}", reason.words()))
    }

    /// Says something for a while, and goes on with `gesture`.
    fn notify(&self, state: &mut CanvasState, words: String, gesture: Gesture) -> Gesture {
        let until = self.ui.input(|input| input.time) + NOTICE_SECONDS;
        state.notice = Some(Notice { words, until });
        gesture
    }

    /// Where the pointer is, while it is over the picture and nothing lies between.
    fn over(&self) -> Option<Pos2> {
        self.response.contains_pointer().then(|| self.ui.input(|input| input.pointer.latest_pos())).flatten()
    }

    fn hit<'s>(&self, state: &'s CanvasState, at: Point) -> Option<&'s Target> {
        state.picture.drawn()?.hit_test(at)
    }

    /// The event of what was hit, by id.
    fn event_of(&self, hit: &Hit) -> Option<&Text> {
        hit.event(self.surface.input.doc.timeline)
    }

    /// The fold under a point of the screen, right of the names.
    fn fold_at(&self, view: &ViewState, position: Pos2) -> Option<FoldSpan> {
        let x = self.surface.x(position);
        view.place.viewport.fold_at(x).filter(|_| x >= 0.0)
    }

    /// The same in the ruler, where a click opens it.
    fn fold_on_ruler(&self, view: &ViewState, position: Pos2) -> Option<FoldSpan> {
        let is_on_ruler = self.surface.plan.areas.ruler.contains(self.surface.point(position));
        self.fold_at(view, position).filter(|_| is_on_ruler)
    }

    /// Folds what is empty of a stretch, beside what is folded already.
    pub(super) fn fold(&self, view: &mut ViewState, state: &mut CanvasState, stretch: Fold) {
        let doc = self.surface.input.doc;
        let viewport = &view.place.viewport;
        let folding = Folding::Chosen(Folds::of(viewport.folds.as_slice().iter().copied().chain([stretch])));
        let folds = folding.folds(doc.timeline, doc.index, state.picture.matches(), viewport.width_pt);
        if folds == viewport.folds {
            self.notify(state, "Nothing was folded: no part of that stretch is empty".to_owned(), Gesture::Idle);
            return;
        }
        view.place.folding = folding;
    }

    fn instant(&self, viewport: &Viewport, position: Pos2) -> Instant {
        viewport.instant_from_x(self.surface.x(position))
    }

    /// The same within the window: nobody sees what is pointed at outside it.
    fn shown_instant(&self, viewport: &Viewport, position: Pos2) -> Instant {
        viewport.instant_from_x(self.surface.x(position).clamp(0.0, viewport.width_pt.max(0.0)))
    }
}

/// Zooms to a crowd where that tells its events apart; else lists them, at a place on the screen.
pub(super) fn open_crowd(
    surface: &Surface<'_>,
    view: &mut ViewState,
    state: &mut CanvasState,
    crowd: &Crowd,
    at: Pos2,
) {
    match opened(surface, state.picture.matches(), &view.place.viewport, crowd) {
        Some(window) => view.place.viewport = window,
        None => state.list = Some(CrowdList::new(*crowd, at)),
    }
}

/// Opens a fold: in the next frame, which shows the same time.
pub(super) fn open_fold(view: &mut ViewState, span: FoldSpan) {
    let viewport = &view.place.viewport;
    let folds = Folds::of(viewport.folds.as_slice().iter().copied().filter(|fold| *fold != span.fold));
    view.place.folding = if folds.is_empty() { Folding::Off } else { Folding::Chosen(folds) };
}

/// A gap without the room that marks beside it take in a window.
fn beside_marks(viewport: &Viewport, gap: Fold) -> Fold {
    let margin = ((MARK_PT * viewport.micros_per_pt) as i64).min(gap.micros() / 8);
    Fold { start: gap.start.saturating_add(margin), end: gap.end.saturating_add(-margin) }
}

/// How long it is from one instant to another, in words.
fn length_words(from: Instant, to: Instant) -> String {
    let micros = from.max(to).saturating_since(from.min(to));
    calendar::length_names(micros).into_iter().next().unwrap_or_default()
}

/// The window that shows the whole of a crowd, and nothing shorter than can be told apart; none where it tells nothing apart.
fn opened(surface: &Surface<'_>, matches: Option<&Selection>, viewport: &Viewport, crowd: &Crowd) -> Option<Viewport> {
    let span = crowd.end.saturating_since(crowd.start);
    let around = (span as f64 * (1.0 / CROWD_SHARE - 1.0) / 2.0) as i64;
    let (start, end) = (crowd.start.saturating_add(-around), crowd.end.saturating_add(around));
    let window = viewport.showing(start, end);
    surface.plan.separates(surface.input.doc.index, matches, crowd, &window).then_some(window)
}
