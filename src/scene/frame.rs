//! Where the parts of a picture stand, and what frames an exported one.
//!
//! ```text
//!   title                                       (Picture only)
//!   subtitle
//!   ┌───────┬──────────────────────────────┐
//!   │ zone  │ ruler                        │
//!   │       │ titles of eras               │
//!   ├───────┼──────────────────────────────┤
//!   │ names │ track                        │
//!   └───────┴──────────────────────────────┘
//!   legend                                      (Picture only)
//!   footer
//! ```

use std::collections::BTreeSet;
use std::sync::Arc;

use super::density::Drawn;
use super::legend::{self, Legend};
use super::piece::Axis;
use super::{Frame, Item, SceneInput, Stroke, text_baseline};
use crate::geom::{Point, Rect};
use crate::index::{Index, Reach};
use crate::layout::{Bands, Viewport, wrap};
use crate::model::{Citation, KnownOn};
use crate::text::{Face, Run, Shaper, Style};
use crate::theme::{font, space};
use crate::time::{Date, Instant, Precision};

/// Height of the ruler's two levels together.
pub(super) const RULER_HEIGHT: f64 = 44.0;
/// Height of a row of era titles.
pub(super) const ERA_HEIGHT: f64 = 20.0;
const LEAST_GUTTER: f64 = 72.0;
const MOST_GUTTER: f64 = 200.0;
const TITLE_LINE: f64 = 28.0;
const TEXT_LINE: f64 = 20.0;

/// The parts of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Areas {
    /// Lane names.
    pub gutter: Rect,
    /// The ruler.
    pub ruler: Rect,
    /// Titles of eras; empty where there are none.
    pub eras: Rect,
    /// The bands.
    pub track: Rect,
}

impl Areas {
    pub(super) fn of(input: &SceneInput<'_>, shaper: &mut Shaper) -> Self {
        let gutter = gutter_width(input.index, input.frame, input.size.width, shaper);
        let right = (input.size.width - margin(input.frame)).max(gutter + 1.0);
        let top = Header::of(input, shaper).height;
        let eras_top = top + RULER_HEIGHT;
        let track_top = eras_top + f64::from(input.index.era_rows()) * ERA_HEIGHT;
        let bottom = match input.frame {
            Frame::Window => input.size.height,
            Frame::Picture => track_top + Bands::of(input.index).height(),
        };
        let bottom = bottom.max(track_top);
        Self {
            gutter: Rect::new(margin(input.frame), track_top, gutter, bottom),
            ruler: Rect::new(gutter, top, right, eras_top),
            eras: Rect::new(gutter, eras_top, right, track_top),
            track: Rect::new(gutter, track_top, right, bottom),
        }
    }

    /// The window in time with the width that the track really has.
    pub(super) fn viewport(&self, input: &SceneInput<'_>) -> Viewport {
        Viewport { width_pt: self.track.width(), ..input.viewport }
    }
}

fn margin(frame: Frame) -> f64 {
    match frame {
        Frame::Window => 0.0,
        Frame::Picture => space::XL,
    }
}

/// Width of all that stands left of the track: the lane names and, in an exported picture, the margin.
pub fn gutter_width(index: &Index, frame: Frame, picture_width: f64, shaper: &mut Shaper) -> f64 {
    let style = Style::semibold(font::BODY);
    let names = index.bands().iter().filter(|band| !band.title.is_empty());
    let widest = names.map(|band| shaper.shape(&band.title, style).width_pt).reduce(f64::max);
    let most = MOST_GUTTER.min(picture_width * 0.22).max(LEAST_GUTTER);
    let width = widest.map_or(space::S, |widest| (widest + space::XL).clamp(LEAST_GUTTER, most));
    margin(frame) + (width / 4.0).ceil() * 4.0
}

/// Width of the track in a picture of this width: what [`Viewport::width_pt`] has to be.
pub fn track_width(index: &Index, frame: Frame, picture_width: f64, shaper: &mut Shaper) -> f64 {
    (picture_width - gutter_width(index, frame, picture_width, shaper) - margin(frame)).max(1.0)
}

/// Height at which every row shows; `size.height` and `scroll_y` of the input do not count. A window of less height
/// scrolls by the difference.
pub fn content_height(input: &SceneInput<'_>, shaper: &mut Shaper) -> f64 {
    let track_top = Areas::of(input, shaper).track.y0;
    let below = match input.frame {
        Frame::Window => 0.0,
        Frame::Picture => {
            let width = input.size.width - 2.0 * space::XL;
            let legend = Legend::of(input, shaper);
            let (_, height) = legend::paint(&legend, input.theme, Point::default(), width, shaper);
            space::L + height + space::S + TEXT_LINE + space::XL
        }
    };
    (track_top + Bands::of(input.index).height() + below).ceil()
}

/// The window of time of which marks are drawn: a little more than can be seen, since marks reach beyond their dates.
pub fn drawn_window(viewport: &Viewport) -> (Instant, Instant) {
    Axis::new(*viewport, 0.0, viewport.width_pt).window()
}

/// Where the bands are drawn, below the ruler and right of the names.
pub fn track_rect(input: &SceneInput<'_>, shaper: &mut Shaper) -> Rect {
    Areas::of(input, shaper).track
}

/// Where the row of an event stands in the picture, scrolled as it is (it may lie outside); none where the event has no
/// place on the axis.
pub fn row_rect(input: &SceneInput<'_>, event_id: &str, shaper: &mut Shaper) -> Option<Rect> {
    let spot = input.index.spot(input.timeline.event_position(event_id)?)?;
    let track = Areas::of(input, shaper).track;
    let center = Bands::of(input.index).row_center(spot.band as usize, spot.row)? + track.y0 - input.scroll_y;
    let half = Bands::ROW_HEIGHT / 2.0;
    Some(Rect::new(track.x0, center - half, track.x1, center + half))
}

/// The band at a point of the track or the names, by its position in [`Index::bands`].
pub fn lane_at(input: &SceneInput<'_>, at: Point, shaper: &mut Shaper) -> Option<usize> {
    let areas = Areas::of(input, shaper);
    if !areas.track.union(areas.gutter).contains(at) {
        return None;
    }
    Bands::of(input.index).band_at(at.y - areas.track.y0 + input.scroll_y)
}

/// Title, what the timeline is about, and what is shown of it.
struct Header {
    lines: Vec<(Arc<Run>, f64)>,
    height: f64,
}

impl Header {
    fn of(input: &SceneInput<'_>, shaper: &mut Shaper) -> Self {
        if input.frame == Frame::Window {
            return Self { lines: Vec::new(), height: 0.0 };
        }
        let width = (input.size.width - 2.0 * space::XL).max(1.0);
        let header = input.timeline.header();
        let mut lines = Vec::new();
        let mut y = space::XL;
        for run in wrap(&header.title, Style::semibold(font::TITLE), width, 3, shaper) {
            lines.push((run, y + TITLE_LINE / 2.0));
            y += TITLE_LINE;
        }
        y += space::XS;
        let about = header.description.as_deref().unwrap_or_default();
        let body = Style::regular(font::BODY);
        let about = wrap(about, body, width.min(760.0), 3, shaper);
        let known = wrap(&known_line(input), Style::semibold(font::BODY), width, 2, shaper);
        for run in about.into_iter().chain(known).chain(wrap(&subtitle(input), body, width, 2, shaper)) {
            lines.push((run, y + TEXT_LINE / 2.0));
            y += TEXT_LINE;
        }
        Self { lines, height: y + space::M }
    }
}

/// "As known on 24 Oct 2024: 31 of 40 events"; empty where nobody asked.
fn known_line(input: &SceneInput<'_>) -> String {
    let Some(known_on) = input.aspect.known_on else { return String::new() };
    let (start, end) = (input.viewport.origin, input.viewport.end());
    let shown = input.index.touching(input.matches, start, end).count();
    // The index of a picture holds what it shows and no more.
    let reaches = input.timeline.events().iter().filter_map(|event| Reach::of(&event.date.extent(input.zone)));
    let all = reaches.filter(|reach| reach.start < end && start < reach.past()).count();
    format!("{}: {shown} of {}", known_on.describe(), counted(all, "event"))
}

/// "1961 – 2025 · 28 events · times in UTC".
fn subtitle(input: &SceneInput<'_>) -> String {
    let (start, end) = (input.viewport.origin, input.viewport.end());
    let mut count = 0_usize;
    let mut range: Option<(Instant, Instant)> = None;
    for (entry, _) in input.entries_within(start, end) {
        count += 1;
        for instant in entry.known_instants() {
            // An end is the first instant after: the last day is the one before it.
            let (first, last) = (instant.max(start), instant.min(end).saturating_add(-1).max(start));
            range = Some(range.map_or((first, last), |(a, b)| (a.min(first), b.max(last))));
        }
    }
    let mut parts = Vec::new();
    if let Some((first, last)) = range {
        // The finer unit would be of no use over so long a range, and finer than most of its dates.
        let precision = match last.saturating_since(first) / Instant::DAY {
            0..=92 => Precision::Day,
            93..=1_096 => Precision::Month,
            _ => Precision::Year,
        };
        let words = |instant: Instant| Date::at_precision(instant, precision, input.zone).describe();
        let (first, last) = (words(first), words(last.max(first)));
        parts.push(if first == last { first } else { format!("{first} – {last}") });
    }
    if input.aspect.known_on.is_none() {
        parts.push(counted(count, "event"));
    }
    parts.push(format!("times in {}", input.zone.name()));
    parts.join(" · ")
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Title, legend and footer of an exported picture, and a line around the track.
pub(super) fn paint(input: &SceneInput<'_>, areas: &Areas, items: &mut Vec<Item>, shaper: &mut Shaper) {
    if input.frame == Frame::Window {
        return;
    }
    let theme = input.theme;
    for (run, middle) in Header::of(input, shaper).lines {
        let is_heading = run.style.size_pt > font::BODY || run.style.face == Face::SemiBold;
        let color = if is_heading { theme.text } else { theme.text_muted };
        let origin = Point::new(space::XL, text_baseline(middle, run.style));
        items.push(Item::Text { run, origin, color });
    }
    let whole = Rect::new(areas.gutter.x0, areas.ruler.y0, areas.track.x1, areas.track.y1);
    items.push(Item::Rect { rect: whole, radius: 0.0, fill: None, stroke: Some(Stroke::solid(1.0, theme.line)) });
    let corner = Point::new(space::XL, areas.track.y1 + space::L);
    let width = input.size.width - 2.0 * space::XL;
    let legend = Legend::of(input, shaper);
    let (legend, height) = legend::paint(&legend, theme, corner, width, shaper);
    items.extend(legend);
    let footer = footer(input, shaper);
    let run = shaper.shape_to_fit(&footer, Style::regular(font::SMALL), width);
    let middle = corner.y + height + space::S + TEXT_LINE / 2.0;
    let origin = Point::new(space::XL, text_baseline(middle, run.style));
    items.push(Item::Text { run, origin, color: theme.text_muted });
    paint_cut(input, areas, items, shaper);
}

/// Says how many events stand below the bottom edge of a picture that is too low, along that edge.
fn paint_cut(input: &SceneInput<'_>, areas: &Areas, items: &mut Vec<Item>, shaper: &mut Shaper) {
    let (bottom, theme) = (input.size.height - TEXT_LINE, input.theme);
    let below = below(input, areas, bottom);
    if below == 0 || areas.track.y1 <= input.size.height {
        return;
    }
    let ground = Rect::new(0.0, bottom, input.size.width, input.size.height);
    items.push(Item::Rect { rect: ground, radius: 0.0, fill: Some(theme.background), stroke: None });
    let words = format!("{} below, for which the picture is too low", counted(below, "event"));
    let run = shaper.shape_to_fit(&words, Style::semibold(font::SMALL), input.size.width - 2.0 * space::XL);
    let origin = Point::new(space::XL, text_baseline(bottom + TEXT_LINE / 2.0, run.style));
    items.push(Item::Text { run, origin, color: theme.text });
}

/// How many events have rows that reach below a height.
fn below(input: &SceneInput<'_>, areas: &Areas, bottom: f64) -> usize {
    let bands = Bands::of(input.index);
    let past = |band: u32, row: u32| {
        let center = bands.row_center(band as usize, row).unwrap_or(0.0) + areas.track.y0 - input.scroll_y;
        center + Bands::ROW_HEIGHT / 2.0 > bottom
    };
    let touching = input.index.touching(input.matches, input.viewport.origin, input.viewport.end());
    touching.filter(|seen| past(seen.band, seen.row)).count()
}

/// How many of the events in its window a picture does not draw one by one, and how many there are.
pub fn undrawn(input: &SceneInput<'_>, shaper: &mut Shaper) -> (usize, usize) {
    let (start, end) = (input.viewport.origin, input.viewport.end());
    let all = input.index.touching(input.matches, start, end).count();
    let areas = Areas::of(input, shaper);
    let is_cut = areas.track.y1 > input.size.height;
    let below = if is_cut { below(input, &areas, input.size.height - TEXT_LINE) } else { 0 };
    (all.saturating_sub(Drawn::of(input, shaper).events.len()).max(below), all)
}

/// "31 sources in 57 citations · 5 events counted, not drawn · 1 event beyond the axis not drawn".
fn footer(input: &SceneInput<'_>, shaper: &mut Shaper) -> String {
    let (start, end) = (input.viewport.origin, input.viewport.end());
    let mut sources: BTreeSet<&str> = BTreeSet::new();
    let mut citations = 0;
    for event in input.events_within(start, end) {
        let is_out = |citation: &&Citation| KnownOn::counts(input.aspect.known_on, input.timeline, citation);
        for citation in event.citations.iter().filter(is_out) {
            sources.insert(&citation.source);
            citations += 1;
        }
    }
    let mut parts = vec![format!("{} in {}", counted(sources.len(), "source"), counted(citations, "citation"))];
    let (undrawn, _) = undrawn(input, shaper);
    if undrawn > 0 {
        parts.push(format!("{} counted, not drawn one by one", counted(undrawn, "event")));
    }
    let unplaced = input.index.unplaced();
    if unplaced > 0 {
        parts.push(format!("{} beyond the axis not drawn", counted(unplaced, "event")));
    }
    parts.join(" · ")
}
