//! The strip that shows the timeline as it was known on a date, by publication or by our own record, and replays how it became
//! known.
//!
//! ```text
//!   As known on [2024-10-24] By publication | By our record  ⏮ ▶ ⏭  ──┴──┴──●──┴──  24 Oct 2024: 18 of 31 events  ✕
//! ```
//!
//! Owns where the replay stops and how the date moves. Which events a date hides is for `query`.

use std::time::Duration;

use egui::accesskit::Action as Request;
use egui::{
    CursorIcon, EventFilter, Frame, Id, Key, Margin, Modifiers, Panel, Rect, Response, RichText, Sense, Stroke,
    TextEdit, TextStyle, TextWrapMode, Ui, WidgetInfo, WidgetText, pos2, vec2,
};

use super::exact_key::take_key;
use super::field::parse_optional;
use super::fonts::semibold;
use super::icon::{self, Icon, icon_button};
use super::keyboard::select_all;
use super::style::{Chrome, GRID_PT};
use super::{Action, Command, Document, ViewState};
use crate::model::{KnownBy, KnownOn, perhaps_words};
use crate::query::Matches;
use crate::time::{Date, Instant};

/// Height of the strip in points.
const STRIP_PT: f32 = 36.0;
/// The least width of the slider, in points.
const LEAST_SLIDER_PT: f32 = 40.0;
/// Half the width of the thumb, in points.
const THUMB_PT: f32 = 6.0;
/// A drag this near to a publication stops there, in points.
const CATCH_PT: f32 = 4.0;
/// How long the replay rests at each publication, in seconds.
const REST_SECONDS: f64 = 1.0;

/// One move of the date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// To the first publication.
    First,
    /// To the publication before.
    Previous,
    /// To the next publication.
    Next,
    /// To the last publication.
    Last,
}

/// What the strip remembers between frames.
#[derive(Debug, Default)]
pub struct KnownOnState {
    /// The revision that `stops` are for, and what they go by.
    asked: Option<(u64, KnownBy)>,
    /// The days on which a cited source came out or an event was entered, each with the first instant after it.
    stops: Vec<(Instant, Date)>,
    /// The date when it was last switched off.
    last: Option<Date>,
    /// What is typed into the date field while it is being edited.
    typed: Option<String>,
    problem: Option<String>,
    /// While the replay runs, when it goes on, in seconds of egui's clock.
    goes_on_at: Option<f64>,
    /// Whether the date takes the keyboard when it is drawn next.
    focus: bool,
    /// Whether the date has had the keyboard since the strip was switched on: then Escape takes that back.
    is_begun: bool,
}

impl KnownOnState {
    /// Switches it on, at the date of last time or where all is known, or off; where it goes by the other, on to this. Says
    /// whether it was switched on: then its date takes the keyboard.
    pub fn toggle(&mut self, doc: Document<'_>, view: &mut ViewState, by: KnownBy) -> bool {
        self.typed = None;
        self.problem = None;
        self.goes_on_at = None;
        (self.focus, self.is_begun) = (false, false);
        let is_other = std::mem::replace(&mut view.place.known_by, by) != by;
        if view.place.known_on.is_some() && is_other {
            return false;
        }
        if let Some(date) = view.place.known_on.take() {
            self.last = Some(date);
            return false;
        }
        self.refresh(doc, by);
        let last_stop = || self.stops.last().map(|(_, date)| date.clone());
        view.place.known_on = self.last.clone().or_else(last_stop).or_else(|| Some(Date::from_day(doc.now.day())));
        self.focus = true;
        true
    }

    /// Moves the date to a publication, or a day of entry; says whether there was one to move to.
    pub fn step(&mut self, doc: Document<'_>, view: &mut ViewState, step: Step) -> bool {
        self.refresh(doc, view.place.known_by);
        let Some(now) = end_of(view.place.known_on.as_ref(), doc) else { return false };
        let stop = match step {
            Step::First => self.stops.first(),
            Step::Last => self.stops.last(),
            Step::Previous => self.stops.iter().rev().find(|(end, _)| *end < now),
            Step::Next => self.stops.iter().find(|(end, _)| *end > now),
        };
        let Some((_, date)) = stop else { return false };
        view.place.known_on = Some(date.clone());
        self.typed = None;
        self.problem = None;
        true
    }

    /// Starts the replay, from the first publication where the last has been reached, or stops it. `now` is in seconds of
    /// egui's clock.
    pub fn play_or_pause(&mut self, doc: Document<'_>, view: &mut ViewState, now: f64) {
        if self.goes_on_at.take().is_some() {
            return;
        }
        if !self.step(doc, view, Step::Next) {
            self.step(doc, view, Step::First);
        }
        self.goes_on_at = Some(now + REST_SECONDS);
    }

    /// Whether the replay runs.
    pub const fn is_playing(&self) -> bool {
        self.goes_on_at.is_some()
    }

    fn refresh(&mut self, doc: Document<'_>, by: KnownBy) {
        let asked = Some((doc.revision, by));
        if self.asked == asked {
            return;
        }
        self.asked = asked;
        let steps = KnownOn::steps(doc.timeline, by, doc.zone, |source| doc.references.citing_count(source) > 0);
        let stop = |date: Date| Some((KnownOn::new(&date, doc.zone)?.end(), date));
        self.stops = steps.into_iter().filter_map(stop).collect();
    }

    /// Goes on with the replay where it is time to.
    fn replay(&mut self, ui: &Ui, doc: Document<'_>, view: &mut ViewState) {
        let Some(at) = self.goes_on_at else { return };
        let now = ui.input(|input| input.time);
        if now >= at {
            let went_on = self.step(doc, view, Step::Next);
            self.goes_on_at = went_on.then_some(now + REST_SECONDS);
        }
        if let Some(at) = self.goes_on_at {
            ui.ctx().request_repaint_after(Duration::from_secs_f64((at - now).max(0.0)));
        }
    }
}

/// The first instant after a date; none where it has no end.
fn end_of(date: Option<&Date>, doc: Document<'_>) -> Option<Instant> {
    date.and_then(|date| KnownOn::new(date, doc.zone)).map(|known_on| known_on.end())
}

/// The strip, while a date is asked about.
pub fn known_on_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    chrome: Chrome,
    state: &mut KnownOnState,
    actions: &mut Vec<Action>,
) {
    if view.place.known_on.is_none() {
        return;
    }
    let before = (view.place.known_on.clone(), view.place.known_by);
    state.refresh(doc, view.place.known_by);
    state.replay(ui, doc, view);
    let frame = Frame::new().fill(chrome.selected).inner_margin(Margin::symmetric(12, 0));
    Panel::top("known on").exact_size(STRIP_PT).frame(frame).show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0 * GRID_PT;
            ui.label(RichText::new(name(view.place.known_by)).family(semibold()).color(chrome.text));
            let is_given_up = date_ui(ui, doc, view, chrome, state);
            by_ui(ui, view, state);
            steps_ui(ui, chrome, view.place.known_by, state.is_playing(), actions);
            // From left to right, as Tab goes: the slider takes what the words and the cross leave.
            let (words, ink) = match &state.problem {
                Some(problem) => (problem.clone(), chrome.error),
                None => (shown_words(doc), chrome.text),
            };
            let gap = ui.spacing().item_spacing.x;
            let room = ui.available_width() - icon::BUTTON_PT - gap;
            let words = RichText::new(words).color(ink);
            let words_pt = WidgetText::from(words.clone())
                .into_galley(ui, Some(TextWrapMode::Extend), f32::INFINITY, TextStyle::Body)
                .size()
                .x
                .min(room - LEAST_SLIDER_PT - gap);
            slider_ui(ui, room - words_pt - gap, doc, view, chrome, state);
            ui.add_sized(vec2(words_pt.max(0.0), STRIP_PT), egui::Label::new(words).truncate());
            let off = icon_button(ui, Icon::Cross, "Show all that is known", chrome);
            let (toggle, why) = match view.place.known_by {
                KnownBy::Published => (Command::KnownOn, "Show all that is known, whenever it came out"),
                KnownBy::Recorded => (Command::KnewOn, "Show all that is known, whenever it was entered"),
            };
            let off = off.on_hover_text(format!("{why} ({})", toggle.shortcut_text(ui.ctx())));
            if off.clicked() || is_given_up {
                actions.push(Action::Run(toggle));
            }
        });
    });
    if (&view.place.known_on, view.place.known_by) != (&before.0, before.1) {
        // The words stand right of what changes the date, and still count what was known before.
        ui.ctx().request_repaint();
    }
}

/// What the strip asks, before its date.
const fn name(by: KnownBy) -> &'static str {
    match by {
        KnownBy::Published => "As known on",
        KnownBy::Recorded => "As we knew on",
    }
}

/// The choice of what the replay goes by.
fn by_ui(ui: &mut Ui, view: &mut ViewState, state: &mut KnownOnState) {
    ui.spacing_mut().item_spacing.x = 2.0;
    for by in KnownBy::ALL {
        let why = match by {
            KnownBy::Published => "What anyone could have known: a source counts from when it came out",
            KnownBy::Recorded => {
                "What we knew: an event counts from when it was recorded. Those that do not say when, and what sources say of \
                 an event, may have come later"
            }
        };
        if ui
            .selectable_label(view.place.known_by == by, format!("By {}", by.label().to_lowercase()))
            .on_hover_text(why)
            .clicked()
        {
            view.place.known_by = by;
            state.goes_on_at = None;
        }
    }
    ui.spacing_mut().item_spacing.x = 2.0 * GRID_PT;
}

/// "24 Oct 2024: 18 of 31 events, 2 of them perhaps known".
fn shown_words(doc: Document<'_>) -> String {
    let all = doc.timeline.events().len();
    let shown = doc.matches.map_or(all, Matches::count);
    let date = doc.known_on.map(|known_on| known_on.date().describe()).unwrap_or_default();
    let noun = if all == 1 { "event" } else { "events" };
    format!("{date}: {shown} of {all} {noun}{}", perhaps_words(doc.perhaps_known))
}

/// The date as text: what is typed counts when the field is left. Says whether the strip was given up by Escape, right after it
/// was switched on.
fn date_ui(ui: &mut Ui, doc: Document<'_>, view: &mut ViewState, chrome: Chrome, state: &mut KnownOnState) -> bool {
    let shown = view.place.known_on.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut text = state.typed.clone().unwrap_or(shown);
    let ink = if state.problem.is_some() { chrome.error } else { chrome.text };
    let field = TextEdit::singleline(&mut text).id_salt("known on date").desired_width(112.0).text_color(ink);
    let response = ui.add(field.margin(Margin::symmetric(8, 3))).accessible_name(name(view.place.known_by));
    if response.changed() {
        state.typed = Some(text.clone());
        state.goes_on_at = None;
    }
    let mut is_given_up = false;
    if std::mem::take(&mut state.focus) {
        response.request_focus();
        select_all(ui.ctx(), response.id);
        state.is_begun = true;
    } else if ui.input(|input| input.key_pressed(Key::Escape)) && response.lost_focus() {
        is_given_up = state.is_begun && state.typed.is_none();
        state.typed = None;
        state.problem = None;
    } else if response.lost_focus()
        && let Some(typed) = state.typed.take()
    {
        match read(&typed, doc) {
            Ok(date) => {
                view.place.known_on = Some(date);
                state.problem = None;
            }
            Err(problem) => {
                state.problem = Some(problem);
                state.typed = Some(typed);
                if ui.input(|input| input.key_pressed(Key::Enter)) {
                    response.request_focus();
                }
            }
        }
    }
    state.is_begun &= !response.lost_focus();
    response.on_hover_text("A date as files have it, or in words: late October 2024");
    is_given_up
}

fn read(text: &str, doc: Document<'_>) -> Result<Date, String> {
    let date = parse_optional(text, doc.now).map_err(|problem| format!("Not a date: {}", problem.message))?;
    let date = date.ok_or_else(|| "A date is needed".to_owned())?;
    let has_end = KnownOn::new(&date, doc.zone).is_some();
    has_end.then_some(date).ok_or_else(|| "This has no end: give the last day that counts".to_owned())
}

fn steps_ui(ui: &mut Ui, chrome: Chrome, by: KnownBy, is_playing: bool, actions: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    let (icon, name) = if is_playing { (Icon::Pause, "Pause the replay") } else { (Icon::Play, "Play the replay") };
    let (previous, next) = match by {
        KnownBy::Published => (Command::PreviousPublication.label(), Command::NextPublication.label()),
        KnownBy::Recorded => ("Previous day of entry", "Next day of entry"),
    };
    for (icon, name, command) in [
        (Icon::Previous, previous, Command::PreviousPublication),
        (icon, name, Command::Replay),
        (Icon::Next, next, Command::NextPublication),
    ] {
        let tooltip = format!("{} ({})", command.tooltip(), command.shortcut_text(ui.ctx()));
        if icon_button(ui, icon, name, chrome).on_hover_text(tooltip).clicked() {
            actions.push(Action::Run(command));
        }
    }
    ui.spacing_mut().item_spacing.x = 2.0 * GRID_PT;
}

/// Where publications stand on the slider: each as far from the next as any other, however much time lies between them, so
/// that a week with ten is as easy to go through as ten years with one.
struct Axis<'a> {
    stops: &'a [(Instant, Date)],
    left: f32,
    right: f32,
}

impl Axis<'_> {
    /// Between two publications, the time between them.
    fn x(&self, end: Instant) -> f32 {
        let after = self.stops.partition_point(|(stop, _)| *stop <= end);
        let Some((from, _)) = after.checked_sub(1).and_then(|at| self.stops.get(at)) else { return self.left };
        let share = self.stops.get(after).map_or(0.0, |(to, _)| {
            let whole = to.saturating_since(*from).max(1);
            end.saturating_since(*from) as f64 / whole as f64
        });
        self.stop_x(after - 1, share)
    }

    fn stop_x(&self, at: usize, share: f64) -> f32 {
        let gaps = self.stops.len().saturating_sub(1);
        if gaps == 0 {
            return f32::midpoint(self.left, self.right);
        }
        self.left + (self.right - self.left) * ((at as f64 + share) / gaps as f64) as f32
    }

    /// The day at a place: that of the publication nearby where there is one.
    fn date(&self, x: f32) -> Option<Date> {
        let gaps = self.stops.len().saturating_sub(1) as f64;
        let share = f64::from((x - self.left) / (self.right - self.left).max(1.0)).clamp(0.0, 1.0) * gaps;
        let at = share.floor() as usize;
        let nearest = self.stops.get(share.round() as usize)?;
        let (Some((from, _)), Some((to, _))) = (self.stops.get(at), self.stops.get(at + 1)) else {
            return Some(nearest.1.clone());
        };
        if (self.stop_x(share.round() as usize, 0.0) - x).abs() <= CATCH_PT {
            return Some(nearest.1.clone());
        }
        let micros = (to.saturating_since(*from) as f64 * share.fract()) as i64;
        Some(Date::from_day(from.saturating_add(micros).saturating_add(-1).day()))
    }
}

fn slider_ui(
    ui: &mut Ui,
    width_pt: f32,
    doc: Document<'_>,
    view: &mut ViewState,
    chrome: Chrome,
    state: &mut KnownOnState,
) {
    let size = vec2(width_pt.max(LEAST_SLIDER_PT), STRIP_PT - 8.0);
    if state.stops.is_empty() {
        let why = match view.place.known_by {
            KnownBy::Published => "No cited source has a date: there is nothing to replay",
            KnownBy::Recorded => "No event says when it was recorded: there is nothing to replay",
        };
        let words = RichText::new(why).color(chrome.muted);
        ui.allocate_ui(size, |ui| {
            ui.set_width(size.x);
            ui.add(egui::Label::new(words).truncate());
        });
        return;
    }
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let (left, right) = (rect.left() + THUMB_PT + 2.0, rect.right() - THUMB_PT - 2.0);
    if let Some(at) = response.interact_pointer_pos() {
        view.place.known_on = Axis { stops: &state.stops, left, right }.date(at.x);
        state.typed = None;
        state.problem = None;
        state.goes_on_at = None;
        if !response.has_focus() {
            response.request_focus();
        }
    }
    keys(ui, &response, doc, view, state);
    let axis = Axis { stops: &state.stops, left, right };
    let end = end_of(view.place.known_on.as_ref(), doc).unwrap_or_default();
    paint(ui, rect, &response, &axis, end, chrome);
    describe(ui, response.id, end, doc, &response, state);
    let pointed = response.hover_pos().filter(|_| !response.dragged()).and_then(|at| axis.date(at.x));
    let response = response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    if let Some(date) = pointed {
        response.on_hover_text_at_pointer(date.describe());
    }
}

/// Arrows, Home, End and the space bar while the slider has the keyboard, and what a screen reader asks for.
fn keys(ui: &Ui, response: &Response, doc: Document<'_>, view: &mut ViewState, state: &mut KnownOnState) {
    let mut step = None;
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let keys = [
            (Key::ArrowLeft, Step::Previous),
            (Key::ArrowDown, Step::Previous),
            (Key::ArrowRight, Step::Next),
            (Key::ArrowUp, Step::Next),
            (Key::Home, Step::First),
            (Key::End, Step::Last),
        ];
        for (key, meant) in keys {
            if take_key(ui, Modifiers::NONE, key) > 0 {
                step = Some(meant);
            }
        }
        if take_key(ui, Modifiers::NONE, Key::Space) > 0 {
            let now = ui.input(|input| input.time);
            state.play_or_pause(doc, view, now);
            ui.ctx().request_repaint();
        }
    }
    for (request, meant) in [(Request::Decrement, Step::Previous), (Request::Increment, Step::Next)] {
        if ui.input(|input| input.has_accesskit_action_request(response.id, request)) {
            step = Some(meant);
        }
    }
    if let Some(step) = step {
        state.goes_on_at = None;
        state.step(doc, view, step);
    }
}

fn describe(ui: &Ui, id: Id, end: Instant, doc: Document<'_>, response: &Response, state: &KnownOnState) {
    let passed = state.stops.partition_point(|(stop, _)| *stop <= end);
    let slider = match state.asked {
        Some((_, KnownBy::Recorded)) => "Days of entry passed",
        _ => "Publications known",
    };
    response.widget_info(|| WidgetInfo::slider(true, passed as f64, slider));
    ui.ctx().accesskit_node_builder(id, |builder| {
        builder.set_min_numeric_value(0.0);
        builder.set_max_numeric_value(state.stops.len() as f64);
        builder.set_value(shown_words(doc));
        builder.add_action(Request::Decrement);
        builder.add_action(Request::Increment);
    });
}

fn paint(ui: &Ui, rect: Rect, response: &Response, axis: &Axis<'_>, end: Instant, chrome: Chrome) {
    let painter = ui.painter_at(rect.expand(2.0));
    let y = rect.center().y;
    let thumb = axis.x(end);
    painter.hline(axis.left..=axis.right, y, Stroke::new(2.0, chrome.edge));
    painter.hline(axis.left..=thumb, y, Stroke::new(2.0, chrome.accent));
    // Ticks that would share a pixel are one.
    let mut drawn = f32::NEG_INFINITY;
    for (at, (stop, _)) in axis.stops.iter().enumerate() {
        let x = axis.stop_x(at, 0.0);
        if x - drawn >= 1.5 {
            let ink = if *stop <= end { chrome.accent } else { chrome.edge };
            painter.vline(x, y - 6.0..=y + 6.0, Stroke::new(1.0, ink));
            drawn = x;
        }
    }
    let ring = if response.has_focus() { Stroke::new(2.0, chrome.text) } else { Stroke::new(2.0, chrome.raised) };
    painter.circle(pos2(thumb, y), THUMB_PT, chrome.accent, ring);
}
