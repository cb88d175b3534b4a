//! What frames a picture that stands alone: title above it, legend and footer below, each laid out once.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::areas::{Areas, TEXT_LINE};
use super::legend::{self, Legend};
use super::sheet::Sheet;
use super::sight::{self, Drawn};
use super::{Item, SceneInput, Stroke};
use crate::account::{Accounts, Silences};
use crate::geom::{Point, Rect, Size};
use crate::index::{Reach, Sight};
use crate::layout::{Bands, Ruler, wrap};
use crate::model::{Citation, KnownOn, perhaps_words};
use crate::text::{Face, Run, Shaper, Style, clipped};
use crate::theme::{font, space};
use crate::time::{Covered, Precision};

const TITLE_LINE: f64 = 28.0;
/// Lines in which undated events are named at most.
const MOST_UNDATED_LINES: usize = 2;
/// Bytes of their names that are worth wrapping: more than two lines of the widest picture hold.
const MOST_UNDATED: usize = 2_000;
/// Bytes of a question that are worth saying above a picture.
const MOST_QUESTION: usize = 300;
/// The longest line of what a timeline is about: longer ones tire the eye.
const MOST_ABOUT: f64 = 760.0;

/// Title, what the timeline is about, and what is shown of it.
#[derive(Debug, Clone)]
pub(super) struct Header {
    /// Each with the middle of its line.
    lines: Vec<(Arc<Run>, f64)>,
    /// From the top of the picture to its ruler.
    pub height: f64,
    /// Whether the zone is named on whose clock times are shown.
    pub names_zone: bool,
}

impl Header {
    pub(super) fn of(input: &SceneInput<'_>, shaper: &mut Shaper) -> Self {
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
        let about = wrap(about, body, width.min(MOST_ABOUT), 3, shaper);
        let names_zone = names_zone(input);
        let known = wrap(&known_line(input), Style::semibold(font::BODY), width, 2, shaper);
        for run in about.into_iter().chain(known).chain(wrap(&subtitle(input, names_zone), body, width, 2, shaper)) {
            lines.push((run, y + TEXT_LINE / 2.0));
            y += TEXT_LINE;
        }
        Self { lines, height: y + space::M, names_zone }
    }
}

/// "As known on 24 Oct 2024: 31 of 40 events, 2 of them perhaps known"; empty where nobody asked.
fn known_line(input: &SceneInput<'_>) -> String {
    let Some(known_on) = input.aspect.known_on else { return String::new() };
    if input.aspect.accounts.is_some() {
        return known_on.describe();
    }
    let (start, end) = (input.viewport.origin, input.viewport.end());
    let shown: Vec<usize> =
        input.index.events_touching(input.matches, start, end).map(|single| single.event as usize).collect();
    let events = input.timeline.events();
    let perhaps = known_on.perhaps(input.timeline, shown.iter().filter_map(|event| events.get(*event)));
    // The index of a picture holds what it shows and no more.
    let reaches =
        input.timeline.events().iter().filter_map(|event| Reach::of(&event.date.as_ref()?.extent(input.zone)));
    let all = reaches.filter(|reach| reach.start < end && start < reach.past()).count();
    let (count, all, undated) = (shown.len(), counted(all, "event"), and_undated(input));
    format!("{}: {count} of {all}{}{undated}", known_on.describe(), perhaps_words(perhaps))
}

/// Whether a picture shows any time of day, in the date of an event or along its ruler, or is on another clock than the timeline's.
fn names_zone(input: &SceneInput<'_>) -> bool {
    let is_timed = |precision: Precision| matches!(precision, Precision::Minute | Precision::Second);
    let mut entries = input.entries_within(input.viewport.origin, input.viewport.end());
    input.zone.name() != input.timeline.zone().name()
        || Ruler::names_times(&input.viewport, input.iso_weeks)
        || entries.any(|(entry, _)| is_timed(entry.precision))
}

/// "1961 – 2025 · 28 events", or "9 of 28 events · asked for: standing:alleged · times in UTC".
fn subtitle(input: &SceneInput<'_>, names_zone: bool) -> String {
    let (start, end) = (input.viewport.origin, input.viewport.end());
    let mut count = 0_usize;
    let mut covered = Covered::default();
    for (entry, _) in input.entries_within(start, end) {
        count += 1;
        covered.take_in(&entry.extent, Some((start, end)));
    }
    let mut parts: Vec<String> = covered.describe(input.zone).into_iter().collect();
    match input.aspect.accounts {
        Some(accounts) => parts.push(accounts_line(accounts)),
        None if input.aspect.known_on.is_some() => {}
        None if input.aspect.question.is_some() => {
            // Of all of the timeline: what matches often makes the window.
            let all = counted(input.timeline.events().len(), "event");
            parts.push(format!("{count} of {all}{}", and_undated(input)));
        }
        None => parts.push(counted(count, "event") + &and_undated(input)),
    }
    parts.extend(input.aspect.question.map(|question| format!("asked for: {}", clipped(question, MOST_QUESTION))));
    parts.extend(names_zone.then(|| format!("times in {}", input.zone.name())));
    parts.join(" · ")
}

/// ", and 1 undated": what is counted beside it has a place on the axis. Empty where each has a date.
fn and_undated(input: &SceneInput<'_>) -> String {
    match input.index.undated().len() {
        0 => String::new(),
        undated => format!(", and {undated} undated"),
    }
}

/// "8 accounts of 28 events, silences outlined, 3 pairs cannot both be right".
fn accounts_line(accounts: &Accounts) -> String {
    let all = accounts.accounts().len() + accounts.others();
    let mut line = format!("{} of {}", counted(all, "account"), counted(accounts.events(), "event"));
    line.push_str(match accounts.silences() {
        Silences::Outlined => ", silences outlined",
        Silences::TooMany => ", silences left out: too many",
        Silences::NoRoom => ", silences left out: the picture is too low",
    });
    match accounts.conflicts() {
        0 => {}
        1 => line.push_str(", 1 pair cannot both be right"),
        count => line.push_str(&format!(", {count} pairs cannot both be right")),
    }
    line
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// How many of the events in its window a picture does not draw one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Omission {
    /// Those that are only counted, or stand below its bottom edge.
    pub undrawn: usize,
    /// All in the window.
    pub all: usize,
}

impl Omission {
    fn of(input: &SceneInput<'_>, drawn: &Drawn, below: usize) -> Self {
        let (start, end) = (input.viewport.origin, input.viewport.end());
        // Silences share a line and are counted on it: none of them is left out.
        let touching = input.index.events_touching(input.matches, start, end);
        let all = touching.filter(|seen| !input.is_silent(seen.event)).count();
        let drawn = drawn.events.iter().filter(|event| !input.is_silent(**event)).count();
        Self { undrawn: all.saturating_sub(drawn).max(below), all }
    }
}

/// The frame of a picture that stands alone.
#[derive(Debug, Clone)]
pub(super) struct Page {
    pub header: Header,
    legend: Vec<Item>,
    /// One below the other.
    footer: Vec<Arc<Run>>,
    /// Where a picture is too low for its bands: how many events stand below its bottom edge.
    below: usize,
    pub omission: Omission,
    /// What its rows show: all of them are in sight.
    pub sight: Sight,
    /// Height at which all of its bands are in sight.
    pub content_height: f64,
}

impl Page {
    /// The frame around the bands, with the areas for it.
    pub(super) fn of(
        input: &SceneInput<'_>,
        header: Header,
        areas: Areas,
        bands: &Bands,
        shaper: &mut Shaper,
    ) -> (Self, Areas) {
        let sight = sight::look_at_all(input, areas.track, bands, None);
        let drawn = Drawn::of(&sight, &input.viewport, |crowd| input.index.members(input.matches, crowd));
        let (style, width) = (Style::regular(font::SMALL), areas.footer.width());
        let undated = wrap(&undated_line(input), style, width, MOST_UNDATED_LINES, shaper);
        let paint = |legend: &Legend, areas: &Areas, shaper: &mut Shaper| {
            let corner = Point::new(areas.legend.x0, areas.legend_top());
            legend::paint(legend, input.theme, corner, areas.legend.width(), shaper)
        };
        let legend = Legend::of(input, drawn.clone()).with_lanes();
        let (mut painted, height) = paint(&legend, &areas, shaper);
        let lines = 1 + undated.len();
        let mut areas = areas.with_legend(height, lines);
        let content_height = (areas.footer.y1 + space::XL).ceil();
        let excess_pt = content_height - input.size.height;
        let mut has_footer = true;
        if excess_pt > 0.0 {
            // Legend and footer stay below what bands there is room for, unless that would be less than half of it.
            let bottom = |least_y: f64| last_whole(bands, areas.track.y0, least_y);
            let (with, alone) = (bottom(areas.track.y1 - excess_pt - TEXT_LINE), bottom(input.size.height - TEXT_LINE));
            has_footer = 2.0 * (with - areas.track.y0) >= alone - areas.track.y0 && with > areas.track.y0;
            areas = areas.cut(if has_footer { with } else { alone }).with_legend(height, lines);
            painted = if has_footer { paint(&legend, &areas, shaper).0 } else { Vec::new() };
        }
        let below = below(input, areas.track, bands);
        let omission = Omission::of(input, &drawn, below);
        let first = shaper.shape_to_fit(&footer(input, omission), style, width);
        let footer = std::iter::once(first).chain(undated).filter(|_| has_footer).collect();
        (Self { header, legend: painted, footer, below, omission, sight, content_height }, areas)
    }

    /// Title, legend and footer, and a line around the bands.
    pub(super) fn paint(&self, input: &SceneInput<'_>, areas: &Areas, sheet: &mut Sheet<'_>) {
        let theme = input.theme;
        for (run, middle) in &self.header.lines {
            let is_heading = run.style.size_pt > font::BODY || run.style.face == Face::SemiBold;
            let color = if is_heading { theme.text } else { theme.text_muted };
            sheet.text(Arc::clone(run), areas.header.x0, *middle, color);
        }
        let rect = areas.corner.union(areas.track);
        sheet.items.push(Item::Rect { rect, radius: 0.0, fill: None, stroke: Some(Stroke::solid(1.0, theme.line)) });
        sheet.items.extend(self.legend.iter().cloned());
        for (run, top) in self.footer.iter().zip(areas.footer_tops()) {
            sheet.text(Arc::clone(run), areas.footer.x0, top + TEXT_LINE / 2.0, theme.text_muted);
        }
        self.paint_cut(input, areas, sheet);
    }

    /// Says how many events stand in bands for which a picture is too low, below the last that it has room for.
    fn paint_cut(&self, input: &SceneInput<'_>, areas: &Areas, sheet: &mut Sheet<'_>) {
        if self.below == 0 {
            return;
        }
        let (Size { width, height }, theme) = (input.size, input.theme);
        // Where there is not even room for the ruler, over what there is.
        let bottom = areas.track.y1.min(height - TEXT_LINE);
        let rect = Rect::new(0.0, bottom, width, bottom + TEXT_LINE).expanded(-1.0);
        sheet.items.push(Item::Rect { rect, radius: 0.0, fill: Some(theme.background), stroke: None });
        let words = format!("{} below, for which the picture is too low", counted(self.below, "event"));
        let run = sheet.shaper.shape_to_fit(&words, Style::semibold(font::SMALL), areas.footer.width());
        sheet.text(run, areas.footer.x0, bottom + TEXT_LINE / 2.0, theme.text);
    }
}

/// The bottom of the last band that ends above a height, or where none does, of the last row; the top of the track where there is no
/// room for one.
fn last_whole(bands: &Bands, top: f64, most_y: f64) -> f64 {
    let bottoms = (0..).map_while(|band| bands.band(band)).map(|(_, bottom)| top + bottom);
    let rows = (0..).map_while(|row| Some(top + bands.row_center(0, row)? + Bands::ROW_HEIGHT / 2.0));
    let last = bottoms.take_while(|bottom| *bottom <= most_y).last();
    last.or_else(|| rows.take_while(|bottom| *bottom <= most_y).last()).unwrap_or(top)
}

/// How many events have rows that reach below the track of a picture, where bands do.
fn below(input: &SceneInput<'_>, track: Rect, bands: &Bands) -> usize {
    if bands.height() <= track.height() {
        return 0;
    }
    let past = |band: u32, row: u32| {
        let center = bands.row_center(band as usize, row).unwrap_or(0.0) + track.y0 - input.scroll_y;
        center + Bands::ROW_HEIGHT / 2.0 > track.y1
    };
    // Of several marks of an event the topmost says whether any can be seen.
    let touching = input.index.events_touching(input.matches, input.viewport.origin, input.viewport.end());
    touching.filter(|seen| past(seen.band, seen.row) && !input.is_silent(seen.event)).count()
}

/// "31 sources in 57 citations · 5 events counted, not drawn · 1 event beyond the axis not drawn".
fn footer(input: &SceneInput<'_>, omission: Omission) -> String {
    let (start, end) = (input.viewport.origin, input.viewport.end());
    let mut sources: FxHashSet<&str> = FxHashSet::default();
    let mut citations = 0;
    for event in input.events_within(start, end) {
        let is_out = |citation: &&Citation| KnownOn::counts(input.aspect.known_on, input.timeline, citation);
        for citation in event.citations.iter().filter(is_out) {
            sources.insert(&citation.source);
            citations += 1;
        }
    }
    let mut parts = vec![format!("{} in {}", counted(sources.len(), "source"), counted(citations, "citation"))];
    if omission.undrawn > 0 {
        parts.push(format!("{} counted, not drawn one by one", counted(omission.undrawn, "event")));
    }
    let unplaced = input.index.unplaced();
    if unplaced > 0 {
        parts.push(format!("{} beyond the axis not drawn", counted(unplaced, "event")));
    }
    parts.join(" · ")
}

/// "2 undated: The parties agree in secret; Rumours spread", so that no event that is asked for is silently missing; empty
/// where each has a date.
fn undated_line(input: &SceneInput<'_>) -> String {
    let undated = input.index.undated();
    if undated.len() == 0 {
        return String::new();
    }
    let mut line = format!("{} undated", undated.len());
    for (at, event) in undated.filter_map(|at| input.timeline.events().get(at)).enumerate() {
        line.push_str(if at == 0 { ": " } else { "; " });
        line.push_str(&clipped(event.title.trim(), MOST_UNDATED));
        if line.len() > MOST_UNDATED {
            break;
        }
    }
    line
}
