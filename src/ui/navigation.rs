//! Commands that move the window or the selection, and what "next" and "into view" mean.

use super::{Command, Document, Picking, ViewState, clear_selection, pick, select_all, select_one};
use crate::index::Entry;
use crate::layout::Folding;
use crate::time::{Date, Instant, Precision, Zone};

/// How much a key zooms.
const ZOOM_STEP: f64 = 1.5;
/// The share of the window by which a key pans.
const PAN_SHARE: f64 = 0.25;
/// How far a key scrolls the lanes, in points.
const SCROLL_STEP_PT: f64 = 120.0;
/// The share of the window that the selection takes up after zooming to it.
const SELECTION_SHARE: f64 = 0.4;

/// The share of the window that several selected events take up after zooming to them.
const SEVERAL_SHARE: f64 = 0.8;

/// Carries out a command that moves the window or the selection; says whether it was one.
///
/// How far the lanes can be scrolled is known to the canvas alone, which brings [`Place::scroll_y`](super::Place::scroll_y) back into range.
pub fn navigate(command: Command, doc: Document<'_>, view: &mut ViewState) -> bool {
    let width_pt = view.place.viewport.width_pt;
    match command {
        Command::ZoomIn => view.place.viewport = view.place.viewport.zoomed(ZOOM_STEP, width_pt / 2.0),
        Command::ZoomOut => view.place.viewport = view.place.viewport.zoomed(1.0 / ZOOM_STEP, width_pt / 2.0),
        Command::ZoomAll => view.transient.fit_pending = true,
        Command::ZoomSelection => zoom_to_selection(doc, view),
        Command::PanLeft => view.place.viewport = view.place.viewport.panned(width_pt * PAN_SHARE),
        Command::PanRight => view.place.viewport = view.place.viewport.panned(-width_pt * PAN_SHARE),
        Command::PanUp => view.place.scroll_y = (view.place.scroll_y - SCROLL_STEP_PT).max(0.0),
        Command::PanDown => view.place.scroll_y += SCROLL_STEP_PT,
        Command::NextEvent => step(doc, view, Step::Next, false),
        Command::PreviousEvent => step(doc, view, Step::Previous, false),
        Command::FirstEvent => step(doc, view, Step::First, false),
        Command::LastEvent => step(doc, view, Step::Last, false),
        Command::AlsoNextEvent => step(doc, view, Step::Next, true),
        Command::AlsoPreviousEvent => step(doc, view, Step::Previous, true),
        Command::SelectAll => select_all(doc, view),
        Command::ClearSelection => clear_selection(view),
        Command::FoldTime => {
            view.place.folding = if view.place.folding == Folding::Off { Folding::Auto } else { Folding::Off };
        }
        _ => return false,
    }
    true
}

/// Brings an event into the window in time where none of it can be seen, at the same zoom. The canvas scrolls the lanes to
/// the selection by itself.
pub fn reveal(doc: Document<'_>, view: &mut ViewState, event: &str) {
    let Some(entry) = entry(doc, event) else { return };
    let viewport = view.place.viewport;
    if entry.start < viewport.end() && entry.end > viewport.origin {
        return;
    }
    let (start, end) = finite(&entry);
    let middle = Instant::from_micros(i64::midpoint(start.micros(), end.micros()));
    view.place.viewport = viewport.panned(viewport.width_pt / 2.0 - viewport.x_from_instant(middle));
}

/// How much of the window the date may take up that one goes to without another zoom: from a few points to most of it.
const GOOD_SHARE: std::ops::RangeInclusive<f64> = 0.01..=0.8;

/// Brings a date into the middle of the window; says whether it lies on the axis. The zoom stays where a reader can make out the date
/// and something around it.
pub fn go_to(date: &Date, zone: Zone, view: &mut ViewState) -> bool {
    let Some(entry) = Entry::new(0, 0, date, zone) else { return false };
    let (start, end) = finite(&entry);
    let viewport = view.place.viewport;
    let span = end.saturating_since(start).max(unit_micros(entry.precision) / 7);
    let share = span as f64 / viewport.end().saturating_since(viewport.origin).max(1) as f64;
    let middle = Instant::from_micros(i64::midpoint(start.micros(), end.micros()));
    view.place.viewport = if GOOD_SHARE.contains(&share) {
        viewport.panned(viewport.width_pt / 2.0 - viewport.x_from_instant(middle))
    } else {
        let around = (span.max(unit_micros(entry.precision)) as f64 / SELECTION_SHARE / 2.0) as i64;
        viewport.showing(middle.saturating_add(-around), middle.saturating_add(around))
    };
    true
}

#[derive(Clone, Copy)]
enum Step {
    Next,
    Previous,
    First,
    Last,
}

/// Selects the event that comes next, alone or beside those that are selected.
fn step(doc: Document<'_>, view: &mut ViewState, step: Step, is_added: bool) {
    let index = doc.index;
    let event_at = |position: usize| doc.timeline.events().get(position);
    let is_wanted = |position: &usize| doc.matches.is_none_or(|matches| matches.contains(*position));
    let position = view.transient.selection.as_deref().and_then(|id| doc.timeline.event_position(id));
    let selected = position.and_then(|position| index.rank(doc.timeline, position));
    let from = |rank: usize| index.order_from(rank).find(is_wanted).and_then(event_at);
    let before = |rank: usize| index.order_before(rank).rev().find(is_wanted).and_then(event_at);
    let (first, last) = (|| from(0), || before(usize::MAX));
    let viewport = view.place.viewport;
    let found = match (step, selected) {
        (Step::First, _) => first(),
        (Step::Last, _) => last(),
        (Step::Next, Some(rank)) => from(rank + 1),
        (Step::Previous, Some(rank)) => before(rank),
        // Without a selection the window says where the reader is.
        (Step::Next, None) => from(index.rank_at(doc.timeline, viewport.origin)).or_else(first),
        (Step::Previous, None) => before(index.rank_at(doc.timeline, viewport.end())).or_else(last),
    };
    if let Some(event) = found {
        if !is_added {
            select_one(view, Some(event.id.clone()));
        } else if view.transient.is_selected(doc.timeline, &event.id) {
            // Back over what is selected: nothing leaves, and keys go on from there.
            view.transient.selection = Some(event.id.clone());
        } else {
            pick(doc, view, &event.id, Picking::Toggle);
        }
        reveal(doc, view, &event.id);
    }
}

fn zoom_to_selection(doc: Document<'_>, view: &mut ViewState) {
    if !view.transient.selected.is_empty() {
        let Some((start, end)) = doc.index.extent_of(doc.timeline, view.transient.selected.positions()) else { return };
        let span = end.saturating_since(start).max(Instant::HOUR);
        let around = (span as f64 * (1.0 / SEVERAL_SHARE - 1.0) / 2.0) as i64;
        view.place.viewport = view.place.viewport.showing(start.saturating_add(-around), end.saturating_add(around));
        return;
    }
    let Some(id) = view.transient.selection.as_deref() else { return };
    let Some(entry) = entry(doc, id) else { return };
    let (start, end) = finite(&entry);
    let span = end.saturating_since(start).max(unit_micros(entry.precision));
    let around = (span as f64 * (1.0 / SELECTION_SHARE - 1.0) / 2.0) as i64;
    view.place.viewport = view.place.viewport.showing(start.saturating_add(-around), end.saturating_add(around));
}

fn entry(doc: Document<'_>, event: &str) -> Option<Entry> {
    doc.index.entry(doc.timeline, doc.timeline.event_position(event)?)
}

/// The part of an entry between instants that are known: an open side reaches to the end of the axis, where nobody wants
/// to be taken.
fn finite(entry: &Entry) -> (Instant, Instant) {
    let known = || entry.known_instants();
    (known().min().unwrap_or(entry.start), known().max().unwrap_or(entry.end))
}

/// The least stretch of time worth filling a window with, for a date of this precision.
fn unit_micros(precision: Precision) -> i64 {
    let days = match precision {
        Precision::Second => return Instant::MINUTE,
        Precision::Minute => return Instant::HOUR,
        Precision::Day => 7,
        Precision::Month => 31,
        Precision::Season => 92,
        Precision::Year => 366,
        Precision::Decade => 3_653,
        Precision::Century => 36_525,
        Precision::Millennium => 365_250,
    };
    days * Instant::DAY
}
