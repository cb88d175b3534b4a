//! An event in the window with everything but its label, and how the marks of a row leave each other room.
//!
//! ```text
//!   ●?         a cue right of a mark, where the next leaves room for it
//!   ●●         else it stays away; a doubt is then said inside the mark
//!   ▐█▓▒░|●    the fade of an unknown end stops where the next mark begins
//!   ▐███▌▐██▌  where one ends and the next begins at the same instant there is a hair of ground between
//! ```

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::SceneInput;
use super::density::{Count, GAP, Row, Strip};
use super::flag::Flags;
use super::images;
use super::ink::event_ink;
use super::marks::Look;
use super::piece::{Axis, LEAST_BODY, Piece, aside, core, part, pieces, trim};
use crate::account::Telling;
use crate::index::{BandKey, Entry, Spot};
use crate::layout::Title;
use crate::model::{ColorBy, Event, Text};
use crate::text::{Run, Shaper, Style};
use crate::theme::{Color, font};
use crate::time::Certainty;

/// Between a mark and its cue.
pub(super) const CUE_GAP: f64 = 3.0;

/// How much of the ground is in the colour of an event that only may match.
const PALE: f64 = 0.6;

/// The mark of an event in a band, by the positions of band and event: an event that stands in several bands has one in each.
pub(super) type Mark = (u32, u32);

/// An event in the window, with everything but its label.
pub(super) struct Shown<'a> {
    pub event: &'a Event,
    /// Where that stands in the timeline.
    pub position: u32,
    pub spot: Spot,
    pub certainty: Certainty,
    pub weight: u8,
    pub title: Title<'a>,
    pub y: f64,
    pub ground: Color,
    pub look: Look,
    /// It has the selection's focus; of accounts each telling of it does.
    pub is_focused: bool,
    /// It is pointed at, or another telling of the same.
    pub is_hovered: bool,
    /// An account does not tell it.
    pub is_silent: bool,
    pub pieces: Vec<Piece>,
    /// "≈", "?" or both, right of the mark.
    pub cue: Option<Arc<Run>>,
    /// The date is uncertain, and there is no room to say so beside the mark.
    pub doubt_inside: bool,
    /// Left and right end of the mark.
    pub body: (f64, f64),
    /// Left and right end of mark and cue.
    pub bare_ends: (f64, f64),
    /// It only may match the question.
    pub is_pale: bool,
    /// How it is sourced.
    pub flags: Flags,
    /// The file of the image that stands for it, where the picture shows images.
    pub image: Option<&'a Text>,
    /// How many more it stands for.
    pub count: Option<Count>,
    /// Left and right end of mark, cue and the strip of what it stands for.
    pub ends: (f64, f64),
    /// Where the marks before and after it end and begin.
    pub clear: (f64, f64),
}

/// Where an event stands in the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub spot: Spot,
    /// The middle of its row.
    pub y: f64,
    /// Left and right end of where its mark may lie.
    pub free: (f64, f64),
}

impl Place {
    /// Where a mark may lie anywhere in its row.
    pub const FREE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);
}

/// What is drawn whether it has room or not, by position: of accounts all tellings of it.
pub(super) struct Over {
    /// The event under the pointer.
    pub hovered: Vec<usize>,
    /// That which has the focus of the selection.
    pub selected: Vec<usize>,
}

impl Over {
    pub fn of(input: &SceneInput<'_>) -> Self {
        let positions = |id: Option<&str>| {
            let mut positions = id.map_or_else(Vec::new, |id| input.positions_of(id));
            positions.sort_unstable();
            positions
        };
        Self { hovered: positions(input.hover), selected: positions(input.selection) }
    }
}

/// An event with its position in the timeline and its title; `inks` are the colours of the bands.
pub(super) fn show<'a>(
    input: &SceneInput<'a>,
    (position, event, title): (u32, &'a Event, Title<'a>),
    place: Place,
    over: &Over,
    axis: &Axis,
    inks: &[Color],
    shaper: &mut Shaper,
) -> Option<Shown<'a>> {
    let Place { spot, y, free } = place;
    let entry = Entry::new(position, spot.band, event.date.as_ref()?, input.zone)?;
    let pieces = aside(pieces(&entry, axis), free);
    let body = ends(&pieces)?;
    let band = inks.get(spot.band as usize).copied().unwrap_or(input.theme.text_muted);
    let is_lane = input.aspect.accounts.is_none()
        && matches!(input.index.bands().get(spot.band as usize).map(|band| &band.key), Some(BandKey::Lane(_)));
    // Lane colours are worked out once a band.
    let ink = if is_lane && input.aspect.color_by == ColorBy::Lane {
        band
    } else {
        event_ink(input, (position as usize, event), spot.band as usize)
    };
    let ground = input.theme.band_tint(band);
    let is_pale = input.aspect.certain.is_some_and(|certain| !certain.contains(position as usize));
    let ink = if is_pale { ink.mix(ground, PALE) } else { ink };
    let cue = cue_of(entry.certainty).map(|cue| shaper.shape(cue, Style::semibold(font::SMALL)));
    let telling = input.telling(position as usize);
    let look = match telling {
        Some(telling) => Look::of_telling(telling, ink, ground, input.theme),
        None => Look::of(event.standing, ink, ground, input.theme),
    };
    let mut shown = Shown {
        event,
        position,
        spot,
        certainty: entry.certainty,
        // Read now: it lies elsewhere in memory, and by the next step something else is in the cache.
        weight: event.weight,
        title,
        y,
        ground,
        look,
        is_focused: over.selected.binary_search(&(position as usize)).is_ok(),
        is_hovered: over.hovered.binary_search(&(position as usize)).is_ok(),
        is_silent: telling == Some(Telling::Silent),
        pieces,
        cue,
        doubt_inside: false,
        body,
        bare_ends: body,
        is_pale,
        flags: Flags::of(input, event),
        image: images::of(input, event),
        count: None,
        ends: body,
        clear: Place::FREE,
    };
    shown.measure();
    Some(shown)
}

impl Shown<'_> {
    /// Which mark it is.
    pub(super) const fn mark(&self) -> Mark {
        (self.spot.band, self.position)
    }

    /// In which row it stands.
    pub(super) const fn row(&self) -> Row {
        (self.spot.band, self.spot.row)
    }

    /// Finds the ends anew.
    fn measure(&mut self) {
        self.body = ends(&self.pieces).unwrap_or(self.body);
        let (x0, x1) = self.body;
        self.bare_ends = (x0, self.cue.as_ref().map_or(x1, |cue| x1 + CUE_GAP + cue.width_pt));
        self.ends = self.bare_ends;
    }
}

fn ends(pieces: &[Piece]) -> Option<(f64, f64)> {
    pieces.iter().map(|piece| piece.ends()).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// What is said of a date beside its mark.
pub(super) const fn cue_of(certainty: Certainty) -> Option<&'static str> {
    match (certainty.approximate, certainty.uncertain) {
        (false, false) => None,
        (true, false) => Some("≈"),
        (false, true) => Some("?"),
        (true, true) => Some("≈?"),
    }
}

/// Things by row. Only looked up: a frame asks for thousands.
pub(super) type RowMap<T> = FxHashMap<Row, T>;

/// The positions of marks by their row.
pub(super) struct Rows(Vec<(Row, Vec<usize>)>);

impl Rows {
    /// Of all that is shown, in that order in each row.
    pub(super) fn of(shown: &[Shown<'_>]) -> Self {
        let mut places: RowMap<usize> = RowMap::default();
        let mut rows: Vec<(Row, Vec<usize>)> = Vec::new();
        for (at, event) in shown.iter().enumerate() {
            let place = *places.entry(event.row()).or_insert_with(|| {
                rows.push((event.row(), Vec::new()));
                rows.len() - 1
            });
            if let Some((_, row)) = rows.get_mut(place) {
                row.push(at);
            }
        }
        rows.sort_unstable_by_key(|(row, _)| *row);
        Self(rows)
    }

    /// The rows in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Row, &[usize])> {
        self.0.iter().map(|(row, marks)| (*row, marks.as_slice()))
    }

    /// The marks of a row.
    pub(super) fn get(&self, row: Row) -> &[usize] {
        let at = self.0.binary_search_by_key(&row, |(row, _)| *row);
        at.ok().and_then(|at| self.0.get(at)).map_or(&[], |(_, marks)| marks)
    }
}

/// Takes from marks, which come from left to right, what would lie on the marks beside them: of fades what is too much, and cues.
pub(super) fn make_room<'s>(shown: &mut [Shown<'_>], rows: &Rows, strips: impl Iterator<Item = &'s Strip>) {
    // Of a crowd what stands for it may lie on its strip: only the middle is in the way. One event's bar is so as a whole.
    let mut strips_of: RowMap<Vec<Ends>> = RowMap::default();
    for strip in strips {
        let middle = strip.rect.center().x;
        let half = LEAST_BODY / 2.0;
        let ends = (middle - half, middle + half);
        let ends = if strip.alone.is_some() { (strip.rect.x0.min(ends.0), strip.rect.x1.max(ends.1)) } else { ends };
        strips_of.entry(strip.row()).or_default().push(ends);
    }
    let by_middle = |a: &Ends, b: &Ends| (a.0 + a.1).total_cmp(&(b.0 + b.1));
    strips_of.values_mut().for_each(|row| row.sort_by(by_middle));
    for (spot, row) in rows.iter() {
        let strips: &[Ends] = strips_of.get(&spot).map_or(&[], Vec::as_slice);
        let cores = ends_of(row, shown, |event| core(&event.pieces));
        for (nth, at) in row.iter().enumerate() {
            let Some(event) = shown.get_mut(*at) else { continue };
            let (before, after) = beside(&cores, nth);
            let own = core(&event.pieces);
            // Two fades that face each other meet half-way.
            let left = before.map_or(f64::NEG_INFINITY, |before| f64::midpoint(before.1, own.0));
            let right = after.map_or(f64::INFINITY, |after| f64::midpoint(own.1, after.0));
            let past = strips.partition_point(|(x0, x1)| f64::midpoint(*x0, *x1) < f64::midpoint(own.0, own.1));
            let strip_before = past.checked_sub(1).and_then(|at| strips.get(at)).map(|(_, x1)| *x1);
            let strip_after = strips.get(past).map(|(x0, _)| *x0);
            let left = left.max(strip_before.unwrap_or(left));
            let right = right.min(strip_after.unwrap_or(right));
            if trim(&mut event.pieces, (left, right)) {
                event.measure();
            }
        }
        let bodies = ends_of(row, shown, |event| event.body);
        for (nth, at) in row.iter().enumerate() {
            let Some(event) = shown.get_mut(*at) else { continue };
            let (before, after) = beside(&bodies, nth);
            if part(&mut event.pieces, before.map(|before| before.1), after.map(|after| after.0)) {
                event.measure();
            }
        }
        let bodies = ends_of(row, shown, |event| event.body);
        for (nth, at) in row.iter().enumerate() {
            let Some(event) = shown.get_mut(*at) else { continue };
            let (before, after) = beside(&bodies, nth);
            event.clear = (before.map_or(f64::NEG_INFINITY, |ends| ends.1), after.map_or(f64::INFINITY, |ends| ends.0));
            if event.cue.is_some() && event.bare_ends.1 > event.clear.1 {
                event.doubt_inside = event.certainty.uncertain;
                event.cue = None;
                event.measure();
            }
        }
    }
}

/// Draws the strips of single events beside the marks of their row, not under them.
pub(super) fn clear_strips<'s>(shown: &[Shown<'_>], rows: &Rows, strips: impl Iterator<Item = &'s mut Strip>) {
    for strip in strips.filter(|strip| strip.alone.is_some()) {
        let marks = rows.get(strip.row());
        let body = |at: &usize| shown.get(*at).map(|event| event.body);
        let middle = strip.rect.center().x;
        let is_left = |at: &usize| body(at).is_some_and(|(x0, x1)| f64::midpoint(x0, x1) < middle);
        let past = marks.partition_point(is_left);
        let before = past.checked_sub(1).and_then(|at| marks.get(at)).and_then(body);
        let after = marks.get(past).and_then(body);
        strip.keep_between(before.map_or(f64::NEG_INFINITY, |body| body.1), after.map_or(f64::INFINITY, |body| body.0));
    }
}

fn ends_of(row: &[usize], shown: &[Shown<'_>], ends: fn(&Shown<'_>) -> (f64, f64)) -> Vec<(f64, f64)> {
    row.iter().filter_map(|at| shown.get(*at)).map(ends).collect()
}

/// Left and right end of a mark.
type Ends = (f64, f64);

/// The ends of what stands before and after the nth mark of a row.
fn beside(ends: &[Ends], nth: usize) -> (Option<Ends>, Option<Ends>) {
    (nth.checked_sub(1).and_then(|at| ends.get(at)).copied(), ends.get(nth + 1).copied())
}

/// Room for a count in a body, with that of a title before it.
const LEAST_COUNTED: f64 = 120.0;

/// Gives each event that stands for a crowd how many more there are, to be written right of its strip, where no other mark of its
/// row is in the way, or in its body, where that has room for it.
pub(super) fn count_crowds(shown: &mut [Shown<'_>], rows: &Rows, counts: &FxHashMap<Mark, Count>) {
    for (_, row) in rows.iter() {
        let mut next = f64::INFINITY;
        for at in row.iter().rev() {
            let Some(event) = shown.get_mut(*at) else { continue };
            let from = event.ends.0;
            if let Some(count) = counts.get(&event.mark()) {
                let past = event.ends.1.max(count.x - GAP);
                if past + GAP + count.run.width_pt + GAP <= next {
                    event.ends.1 = past;
                    event.count = Some(count.clone());
                } else if matches!(event.pieces.as_slice(), [_]) && event.body.1 - event.body.0 >= LEAST_COUNTED {
                    event.count = Some(count.clone());
                }
            }
            next = from;
        }
    }
}
