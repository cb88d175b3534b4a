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

use rustc_hash::FxHashMap;

use super::flag::{self, Flag};
use super::ink::band_ink;
use super::piece::{MOST_LEAST, OPEN_FADE, UNKNOWN_FADE};
use super::shown::{CUE_GAP, cue_of};
use super::{SceneInput, ahead};
use crate::index::{Entry, Extent, Side, Single};
use crate::layout::{Label, UNCOVERED};
use crate::model::{ColorBy, DateLabels, Event, Standing};
use crate::text::{Shaper, Style};
use crate::theme::{font, space};
use crate::time::{Edge, Instant, Said, Shape};

/// So many events are remembered: more than are packed for a few windows.
const MOST_MEASURED: usize = 40_000;

/// How much room a count is given beside a label.
const COUNT_PT: f64 = 40.0;

/// What stands beside a mark, in points: the same at every zoom.
#[derive(Debug, Clone, Copy)]
struct Beside {
    cue_pt: f64,
    /// Signs and title.
    label_pt: f64,
    /// The date in all its words, with the gap before it; 0 where labels have none.
    date_pt: f64,
    kind: u32,
}

/// The widths of what has been measured of the events of a timeline in one state.
#[derive(Debug, Clone, Default)]
pub struct Extents {
    /// By the position of the event. Only looked up.
    beside: FxHashMap<u32, Beside>,
    /// The numbers of kinds, by all that a picture tells them apart by. Only looked up.
    kinds: FxHashMap<String, u32>,
    /// No number is given twice, whatever has been forgotten.
    next_kind: u32,
}

impl Extents {
    /// What events take up in a picture whose last labels turn left at `edge`, in their order.
    pub fn of(
        &mut self,
        input: &SceneInput<'_>,
        edge: Instant,
        singles: &[Single],
        shaper: &mut Shaper,
    ) -> Vec<Extent> {
        let all = ahead::of_events(input.timeline, singles, |single| Some(single.event));
        all.map(|single| self.of_one(input, edge, single, shaper)).collect()
    }

    fn of_one(&mut self, input: &SceneInput<'_>, edge: Instant, single: &Single, shaper: &mut Shaper) -> Extent {
        let viewport = &input.viewport;
        let half = (MOST_LEAST / 2.0 * viewport.micros_per_pt) as i64 + 1;
        let middle = Instant::from_micros(i64::midpoint(single.start.micros(), single.end.micros()));
        let start = single.start.min(middle.saturating_add(-half));
        let end = single.end.max(middle.saturating_add(half));
        let mark = (start, end);
        let Some(event) = input.timeline.events().get(single.event as usize) else {
            return Extent { mark, whole: mark, dated: mark, counted: (mark.1, mark.1), kind: self.new_kind() };
        };
        if self.beside.len() >= MOST_MEASURED {
            self.beside.clear();
            self.kinds.clear();
        }
        let beside = self.beside.get(&single.event).copied();
        let beside = beside.unwrap_or_else(|| self.measure(input, single.event, event, shaper));
        let inset = 2.0 * (space::XS + 2.0);
        let room_pt = beside.label_pt + inset;
        let is_wide = viewport.beside(start, room_pt) <= end;
        let entry = event.date.as_ref().and_then(|date| Entry::new(single.event, single.band, date, input.zone));
        let fade = |side: Side| if side == Side::Unknown { UNKNOWN_FADE } else { 0.0 };
        let (before, behind) =
            entry.as_ref().map_or((0.0, 0.0), |entry| (fade(entry.start_side), fade(entry.end_side)));
        let (from, until) = (viewport.beside(start, -before), viewport.beside(end, behind + beside.cue_pt));
        let counted = |until: Instant| viewport.beside(until, COUNT_PT);
        let extent = |whole: (Instant, Instant), dated: (Instant, Instant)| {
            let counted = (counted(whole.1), counted(dated.1));
            Extent { mark, whole, dated, counted, kind: beside.kind }
        };
        if let Some(entry) = entry.filter(|entry| is_wide && holds_label(input, event, entry, edge, room_pt)) {
            // Where a date has no room in there it has none at all. What a count leaves no room goes with it beside the body.
            let holds_count = holds_label(input, event, &entry, edge, room_pt + COUNT_PT);
            let beside_pt = space::XS + beside.label_pt + COUNT_PT;
            let counted = if holds_count { until } else { viewport.beside(until, beside_pt) };
            let (whole, counted) = ((from, until), (counted, counted));
            return Extent { mark, whole, dated: whole, counted, kind: beside.kind };
        }
        let with_label = |label_pt: f64| {
            let label_pt = space::XS + label_pt + space::S;
            let right = viewport.beside(until, label_pt);
            if right > edge && viewport.beside(until, -label_pt) > Instant::MIN {
                (viewport.beside(from, -label_pt), until)
            } else {
                (from, right)
            }
        };
        extent(with_label(beside.label_pt), with_label(beside.label_pt + beside.date_pt))
    }

    fn new_kind(&mut self) -> u32 {
        self.next_kind += 1;
        self.next_kind
    }

    fn measure(&mut self, input: &SceneInput<'_>, position: u32, event: &Event, shaper: &mut Shaper) -> Beside {
        let signs =
            if input.aspect.hides_flags { Vec::new() } else { Flag::of(input.timeline, event, input.aspect.known_on) };
        let look = format!("{}\0{}\0{:?}{signs:?}", event.title, event.date_as_written(), event.standing);
        let kind = match self.kinds.get(&look) {
            Some(kind) => *kind,
            None => {
                let kind = self.new_kind();
                self.kinds.insert(look, kind);
                kind
            }
        };
        let beside = Beside::of(input, event, signs.len(), kind, shaper);
        self.beside.insert(position, beside);
        beside
    }
}

impl Beside {
    fn of(input: &SceneInput<'_>, event: &Event, signs: usize, kind: u32, shaper: &mut Shaper) -> Self {
        let cue = event.date.as_ref().and_then(|date| cue_of(date.certainty()));
        let cue_pt = cue.map_or(0.0, |cue| CUE_GAP + shaper.most_width_pt(cue, Style::semibold(font::SMALL)));
        let title_pt = shaper.most_width_pt(&event.title, Style::regular(font::BODY));
        let date = event.date.as_ref().filter(|_| input.aspect.dates == DateLabels::Auto);
        // In all its words, whatever of them the picture says: rows stay as they are while the window is moved.
        let words = date.map(|date| date.brief(&Said::nothing(input.zone)));
        let date_pt = words.map_or(0.0, |words| Label::DATE_GAP + shaper.most_width_pt(&words, Label::DATE));
        Self { cue_pt, label_pt: flag::width(signs) + title_pt, date_pt, kind }
    }
}

/// Whether the label of an event surely stands inside its body, where that takes as much room as `room_pt`. What goes on does so to
/// the `edge` of what there is.
fn holds_label(input: &SceneInput<'_>, event: &Event, entry: &Entry, edge: Instant, room_pt: f64) -> bool {
    let is_solid = event.standing == Standing::Confirmed;
    let reads = match event.standing {
        Standing::Confirmed => {
            let ink = band_ink(input, entry.band as usize);
            let is_of_band = input.aspect.color_by == ColorBy::Lane;
            is_of_band && input.theme.text_on(ink).contrast(ink) >= input.theme.text_contrast()
        }
        Standing::Reported | Standing::Alleged | Standing::Expected => true,
        Standing::Disputed | Standing::Denied | Standing::Retracted => false,
    };
    let body = match &entry.shape {
        // Of a solid span the part that it surely covers: its ends fade.
        Shape::Span if is_solid && reads => match (entry.extent.latest_start, entry.extent.earliest_end) {
            (Edge::At(from), Edge::At(to)) => Some((from, to)),
            (Edge::At(from), _) => Some((from, entry.end)),
            _ => None,
        },
        Shape::Moment | Shape::Window | Shape::Span => Some((entry.start, entry.end)),
        Shape::OneOf(_) | Shape::AllOf(_) => None,
    };
    let (is_known, goes_on) = match (entry.start_side, entry.end_side) {
        (Side::Known, Side::Known) => (true, false),
        (Side::Known, Side::Open) => (true, true),
        _ => (false, false),
    };
    // The fade of an end that goes on, and signs that a label would cover, keep their room.
    let spare_pt = if goes_on { OPEN_FADE } else { 0.0 } + if reads { 0.0 } else { UNCOVERED };
    let holds = |(from, to): (Instant, Instant)| {
        input.viewport.beside(from, room_pt + spare_pt) <= if goes_on { to.min(edge) } else { to }
    };
    is_known && body.is_some_and(holds)
}
