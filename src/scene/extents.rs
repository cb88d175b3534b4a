//! How much of its row each event takes up at a zoom: its mark, and that with cue, signs and label.
//!
//! ```text
//!   ●? △ Talks begin   |     the label right of the mark, behind what stands beside that
//!   ▬▬▬▬ △ Siege ▬▬▬   |     inside a body that holds it
//!       △ Talks end  ● |     left of a mark at the right edge of what there is
//!   └── whole ──┘
//! ```
//!
//! Owns the room that is kept before rows are packed; what then stands where belongs to `layout`. Widths are those that no
//! label exceeds, from its characters: to shape every label only to find its row would take seconds.

use std::hash::BuildHasher as _;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::flag::{self, Flag};
use super::images;
use super::ink::band_ink;
use super::marks::standing_of;
use super::piece::{MOST_LEAST, OPEN_FADE, UNKNOWN_FADE};
use super::shown::{CUE_GAP, cue_of};
use super::{SceneInput, ahead};
use crate::account::Telling;
use crate::index::{Entry, Extent, Fold, Measure, RoomFor, Side, Single};
use crate::layout::{Label, Title, UNCOVERED, Viewport, distinct_endings};
use crate::model::{ColorBy, DateLabels, Event, Standing};
use crate::text::{Shaper, Style};
use crate::theme::{font, space};
use crate::time::{Edge, Instant, Said, Shape};

/// So many events are remembered: more than are packed for a few windows, and few enough to be near in memory.
const MOST_MEASURED: usize = 12_000;

/// The place of what has not been measured yet.
const UNKNOWN: usize = usize::MAX;

/// How much room a count is given beside a label.
const COUNT_PT: f64 = 40.0;

/// The widths of what has been measured of the events of a timeline in one state.
#[derive(Debug, Clone, Default)]
pub struct Extents {
    /// Where in `beside` an event is, by its position. Only looked up.
    places: FxHashMap<u32, usize>,
    /// In the order in which they were measured, which is mostly that in which they are asked for: a map of what is so large would
    /// be waited for at each.
    beside: Vec<Beside>,
    /// What titles were shortened to when rows were packed, by band and position of the event. Only looked up.
    endings: FxHashMap<u32, FxHashMap<u32, String>>,
    /// The numbers of kinds, by all that a picture tells them apart by. Only looked up.
    kinds: FxHashMap<String, u32>,
}

/// What is known of an event at every zoom: what stands beside its mark, in points, and what of it can hold a label.
#[derive(Debug, Clone, Copy)]
struct Beside {
    cue_pt: f64,
    signs_pt: f64,
    /// Signs and title.
    label_pt: f64,
    /// The date in all its words, with the gap before it; 0 where labels have none. Measured when it is asked for.
    date_pt: Option<f64>,
    /// Whether nobody knows where it starts, or where it ends: both ends fade then.
    fades: (bool, bool),
    body: Option<Body>,
}

/// A body that can hold a label.
#[derive(Debug, Clone, Copy)]
struct Body {
    /// From the first to the last instant that it can touch.
    all: (Instant, Instant),
    /// The part that it surely covers, where its ends fade; none where there is none.
    sure: Option<(Instant, Instant)>,
    goes_on: bool,
    ground: Ground,
}

/// On what a label in a body stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// The ink of its band, on which it may not read.
    Ink,
    /// Hardly anything.
    Tint,
    /// Signs that it would cover.
    Signs,
}

impl Extents {
    /// What titles of a band were shortened to when its rows were packed; none where they were packed for whole titles.
    pub(super) fn endings(&self, band: u32) -> Option<&FxHashMap<u32, String>> {
        self.endings.get(&band)
    }

    /// The same for rows that are yet to be packed.
    pub(super) fn without_endings(self) -> Self {
        Self { endings: FxHashMap::default(), ..self }
    }
}

/// Where labels give way to the edges of a window, and of all there is.
///
/// ```text
///   |                     △ Talks end ●       |     beside its mark on the left, where the right is cut
///   |                      △ Siege begins ▬▬▬▬|▬▬   and beside a body of which too little is in sight
///   start                                   end
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edges {
    /// The edges of the window for which rows are packed.
    pub window: (Instant, Instant),
    /// Where nothing is shown before, wherever the window is moved.
    pub first: Instant,
    /// Where nothing is shown behind, wherever the window is moved.
    pub last: Instant,
}

/// What measures the events of a picture whose labels give way to edges.
pub struct Measuring<'a, 'i> {
    /// What has been measured before.
    pub extents: &'a mut Extents,
    /// The picture.
    pub input: &'a SceneInput<'i>,
    /// Where labels give way.
    pub edges: Edges,
    /// What measures text.
    pub shaper: &'a mut Shaper,
}

impl Measure for Measuring<'_, '_> {
    fn extents(&mut self, events: &[Single], room_for: RoomFor) -> Vec<Extent> {
        let places = self.measure(events, room_for);
        let endings = if room_for.is_for_endings() { self.endings(events) } else { Vec::new() };
        let mut reads: Option<(u32, bool)> = None;
        let extent = |(at, (single, place)): (usize, (&Single, usize))| {
            let known = reads.filter(|(band, _)| *band == single.band);
            let (_, reads) =
                *reads.insert(known.unwrap_or_else(|| (single.band, reads_on_ink(self.input, single.band))));
            let beside = self.extents.beside.get(place);
            self.extent(single, beside, reads, room_for, endings.get(at).copied().flatten())
        };
        events.iter().zip(places).enumerate().map(extent).collect()
    }

    fn likeness(&self, event: u32) -> u64 {
        let title = self.input.timeline.events().get(event as usize).map(|event| event.title.as_str());
        FxBuildHasher.hash_one(title)
    }

    fn kind(&mut self, event: u32) -> u32 {
        let telling = self.input.telling(event as usize);
        let Some(event) = self.input.timeline.events().get(event as usize) else { return u32::MAX };
        let signs = signs(self.input, event);
        let image = images::width(images::of(self.input, event));
        let (title, date) = (&event.title, event.date_as_written());
        let look = format!("{title}\0{date}\0{:?}{telling:?}{signs:?}{image}", event.standing);
        let next = u32::try_from(self.extents.kinds.len()).unwrap_or(u32::MAX);
        *self.extents.kinds.entry(look).or_insert(next)
    }
}

impl Measuring<'_, '_> {
    /// Measures what is not known yet. Returns where in `beside` each is.
    fn measure(&mut self, events: &[Single], room_for: RoomFor) -> Vec<usize> {
        let Self { extents, input, shaper, .. } = self;
        let has_date = room_for.is_for_dates();
        if extents.beside.len() + events.len() > MOST_MEASURED {
            extents.places.clear();
            extents.beside.clear();
            extents.kinds.clear();
        }
        let place = |single: &Single| extents.places.get(&single.event).copied().unwrap_or(UNKNOWN);
        let mut places: Vec<usize> = events.iter().map(place).collect();
        let is_known = |place: usize| extents.beside.get(place).is_some_and(|at| !has_date || at.date_pt.is_some());
        let new: Vec<(usize, Single)> = places
            .iter()
            .zip(events)
            .enumerate()
            .filter(|(_, (place, _))| !is_known(**place))
            .map(|(nth, (_, single))| (nth, *single))
            .collect();
        for ((nth, single), event) in ahead::of_events(input.timeline, &new, |(_, single)| Some(single.event)) {
            let (Some(event), Some(place)) = (event, places.get_mut(*nth)) else { continue };
            if *place == UNKNOWN {
                *place = extents.beside.len();
                extents.beside.push(Beside::of(input, single, event, shaper));
                extents.places.insert(single.event, *place);
            }
            if let Some(beside) = extents.beside.get_mut(*place).filter(|_| has_date) {
                let is_silent = input.telling(single.event as usize) == Some(Telling::Silent);
                beside.date_pt = Some(if is_silent { 0.0 } else { date_pt(input, event, shaper) });
            }
        }
        places
    }

    /// The widths of what titles are shortened to, of those that are.
    fn endings(&mut self, events: &[Single]) -> Vec<Option<f64>> {
        let title = |single: &Single| {
            let event = self.input.timeline.events().get(single.event as usize);
            Title::of(event.map_or("", |event| event.title.as_str()))
        };
        let endings = distinct_endings(&events.iter().map(title).collect::<Vec<_>>());
        let mut width = |(single, ending): (&Single, Option<String>)| {
            let kept = self.extents.endings.entry(single.band).or_default();
            let Some(ending) = ending else {
                kept.remove(&single.event);
                return None;
            };
            let width = self.shaper.most_width_pt(&ending, Style::regular(font::BODY));
            kept.insert(single.event, ending);
            Some(width)
        };
        events.iter().zip(endings).map(&mut width).collect()
    }

    /// What an event takes up that has been measured; `reads` says whether text on the ink of its band does, `ending_pt` how wide the
    /// title is where it is shortened.
    fn extent(
        &self,
        single: &Single,
        beside: Option<&Beside>,
        reads: bool,
        room_for: RoomFor,
        ending_pt: Option<f64>,
    ) -> Extent {
        let viewport = &self.input.viewport;
        let half = (MOST_LEAST / 2.0 * viewport.micros_per_pt) as i64 + 1;
        let middle = Instant::from_micros(i64::midpoint(single.start.micros(), single.end.micros()));
        let start = single.start.min(middle.saturating_add(-half));
        let end = single.end.max(middle.saturating_add(half));
        let mark = (start, end);
        let Some(beside) = beside else {
            return Extent { mark, whole: mark, spare: mark, turned: None, counted: mark.1 };
        };
        let labelled = |label_pt: f64| self.labelled(mark, beside, reads, label_pt);
        let ending_pt = ending_pt.map(|ending| beside.label_pt.min(beside.signs_pt + ending));
        let least = labelled(ending_pt.unwrap_or(beside.label_pt));
        let more_pt = match room_for {
            RoomFor::Titles | RoomFor::Endings => None,
            RoomFor::DatesBeside if least.is_inside => None,
            RoomFor::Dates | RoomFor::DatesBeside | RoomFor::SpareDates => {
                beside.date_pt.filter(|date_pt| *date_pt > 0.0)
            }
            RoomFor::SpareTitles => ending_pt.map(|_| 0.0),
        };
        let more = more_pt.map(|more_pt| labelled(beside.label_pt + more_pt)).filter(|more| more.has_room);
        match more {
            Some(more) if matches!(room_for, RoomFor::Dates | RoomFor::DatesBeside) => more.extent,
            // With more a label may stand on the other side.
            Some(more) => Extent { spare: more.extent.whole, ..least.extent },
            // No date costs a title its room.
            None => least.extent,
        }
    }

    /// What a mark takes up with a label that is so wide.
    fn labelled(&self, mark: (Instant, Instant), beside: &Beside, reads: bool, label_pt: f64) -> Labelled {
        let (viewport, edges) = (&self.input.viewport, self.edges);
        let (start, end) = mark;
        let fade = |is_unknown: bool| if is_unknown { UNKNOWN_FADE } else { 0.0 };
        let from = viewport.beside(start, -fade(beside.fades.0));
        let until = viewport.beside(end, fade(beside.fades.1) + beside.cue_pt);
        let labelled = |whole: (Instant, Instant), turned: Option<(Instant, Instant)>, has_room: bool| {
            let counted = viewport.beside(whole.1, COUNT_PT);
            Labelled { extent: Extent { mark, whole, spare: whole, turned, counted }, has_room, is_inside: false }
        };
        let inset = 2.0 * (space::XS + 2.0);
        let room_pt = label_pt + inset;
        let body = beside.body.filter(|_| viewport.beside(start, room_pt) <= end);
        let body = body.map(|body| body.in_sight(edges.window));
        if let Some(body) = body.filter(|body| body.holds(viewport, reads, edges.last, room_pt)) {
            // What a count leaves no room goes with it beside the body.
            let holds_count = body.holds(viewport, reads, edges.last, room_pt + COUNT_PT);
            let beside_pt = space::XS + label_pt + COUNT_PT;
            let counted = if holds_count { until } else { viewport.beside(until, beside_pt) };
            let whole = (from, until);
            let extent = Extent { mark, whole, spare: whole, turned: None, counted };
            return Labelled { extent, has_room: true, is_inside: true };
        }
        let label_pt = space::XS + label_pt + space::S;
        let (left, right) = (viewport.beside(from, -label_pt), viewport.beside(until, label_pt));
        if right > edges.last {
            // What is wider than the room on either side has all of the wider one for as much of it as stands there.
            let x = |instant: Instant| viewport.x_from_instant(instant);
            let has_room = edges.first <= left;
            let is_left = has_room || x(edges.last) - x(until) < x(from) - x(edges.first);
            return labelled(if is_left { (left, until) } else { (from, right) }, None, has_room);
        }
        // What is out of sight has its label behind it, as it comes in.
        let is_cut = from < edges.window.1 && edges.window.1 < right;
        if is_cut && edges.window.0 <= left {
            return labelled((left, until), None, true);
        }
        // In the window the left has an edge too; elsewhere it comes with a pan.
        let may_turn = edges.window.0 <= left || from < edges.window.0;
        let may_turn = may_turn && Instant::MIN < left;
        labelled((from, right), may_turn.then(|| (left, viewport.beside(until, space::M))), true)
    }
}

/// What a mark takes up with a label.
struct Labelled {
    extent: Extent,
    /// Whether all of the label has room somewhere.
    has_room: bool,
    /// Whether that is in its body.
    is_inside: bool,
}

impl Beside {
    fn of(input: &SceneInput<'_>, single: &Single, event: &Event, shaper: &mut Shaper) -> Self {
        let cue = event.date.as_ref().and_then(|date| cue_of(date.certainty()));
        let cue_pt = cue.map_or(0.0, |cue| CUE_GAP + shaper.most_width_pt(cue, Style::semibold(font::SMALL)));
        let title_pt = shaper.most_width_pt(&event.title, Style::regular(font::BODY));
        let telling = input.telling(single.event as usize);
        // No row is kept for the words of what is not told: they stand where there is room.
        let title_pt = if telling == Some(Telling::Silent) { 0.0 } else { title_pt };
        let signs_pt = flag::width(signs(input, event).len()) + images::width(images::of(input, event));
        let date = event.date.as_ref();
        let entry = date.and_then(|date| Entry::new(single.event, single.band, date, input.zone));
        let is_unknown = |side: Side| side == Side::Unknown;
        let fades = entry.as_ref().map(|entry| (is_unknown(entry.start_side), is_unknown(entry.end_side)));
        let body = entry.and_then(|entry| Body::of(&entry, telling.map_or(event.standing, standing_of)));
        Self { cue_pt, signs_pt, label_pt: signs_pt + title_pt, date_pt: None, fades: fades.unwrap_or_default(), body }
    }
}

impl Body {
    /// None of what has no body that surely holds a label.
    fn of(entry: &Entry, standing: Standing) -> Option<Self> {
        let goes_on = match (entry.start_side, entry.end_side) {
            (Side::Known, Side::Known) => false,
            (Side::Known, Side::Open) => true,
            _ => return None,
        };
        let all = (entry.start, entry.end);
        let sure = match (&entry.shape, entry.extent.latest_start, entry.extent.earliest_end) {
            (Shape::OneOf(_) | Shape::AllOf(_), ..) => return None,
            (Shape::Span, Edge::At(from), Edge::At(to)) => Some((from, to)),
            (Shape::Span, Edge::At(from), _) => Some((from, entry.end)),
            (Shape::Span, ..) => None,
            (Shape::Moment | Shape::Window, ..) => Some(all),
        };
        let ground = match standing {
            Standing::Confirmed => Ground::Ink,
            Standing::Reported | Standing::Alleged | Standing::Expected => Ground::Tint,
            Standing::Disputed | Standing::Denied | Standing::Retracted => Ground::Signs,
        };
        Some(Self { all, sure, goes_on, ground })
    }

    /// The part of it that a window shows, where it shows any: a label stands in that.
    fn in_sight(self, (start, end): (Instant, Instant)) -> Self {
        if self.all.1 <= start || end <= self.all.0 {
            return self;
        }
        let within = |(from, to): (Instant, Instant)| (from.max(start), to.min(end));
        Self { all: within(self.all), sure: self.sure.map(within), ..self }
    }

    /// Whether a label surely stands inside that takes `room_pt`. What goes on does so to the `edge` of what there is.
    fn holds(&self, viewport: &Viewport, reads_on_ink: bool, edge: Instant, room_pt: f64) -> bool {
        let (body, reads) = match self.ground {
            // Where ink is, the ends of a span fade.
            Ground::Ink if reads_on_ink => (self.sure, true),
            Ground::Ink | Ground::Signs => (Some(self.all), false),
            Ground::Tint => (Some(self.all), true),
        };
        // The fade of an end that goes on, and signs that a label would cover, keep their room.
        let spare_pt = if self.goes_on { OPEN_FADE } else { 0.0 } + if reads { 0.0 } else { UNCOVERED };
        let past = |to: Instant| if self.goes_on { to.min(edge) } else { to };
        let Some((mut from, to)) = body.map(|(from, to)| (from, past(to))) else { return false };
        // A label stands in one of the parts between the gaps of folds.
        let folds = viewport.folds_in_effect();
        let inside = folds.as_slice().iter().filter(|fold| from < fold.start && fold.end < to);
        for fold in inside.copied().collect::<Vec<Fold>>() {
            if viewport.beside(from, room_pt + spare_pt) <= fold.start {
                return true;
            }
            from = fold.end;
        }
        viewport.beside(from, room_pt + spare_pt) <= to
    }
}

fn signs(input: &SceneInput<'_>, event: &Event) -> Vec<Flag> {
    if input.aspect.hides_flags { Vec::new() } else { Flag::of(input.timeline, event, input.aspect.known_on) }
}

/// The width of a date with the gap before it; 0 where labels have none.
fn date_pt(input: &SceneInput<'_>, event: &Event, shaper: &mut Shaper) -> f64 {
    let date = event.date.as_ref().filter(|_| input.aspect.dates == DateLabels::Auto);
    // In all its words, whatever of them the picture says: rows stay as they are while the window is moved.
    let words = date.map(|date| date.brief(&Said::nothing(input.zone)));
    words.map_or(0.0, |words| Label::DATE_GAP + shaper.most_width_pt(&words, Label::DATE))
}

/// Whether labels read on the ink of a band's marks.
fn reads_on_ink(input: &SceneInput<'_>, band: u32) -> bool {
    let ink = band_ink(input, band as usize);
    let is_of_band = input.aspect.color_by == ColorBy::Lane && input.aspect.accounts.is_none();
    is_of_band && input.theme.text_on(ink).contrast(ink) >= input.theme.text_contrast()
}
