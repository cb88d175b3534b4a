//! How much of its row each event takes up at a zoom: its mark, and that with cue, signs and label.
//!
//! ```text
//!   ●?△ Talks begin    |     the label right of the mark, behind what stands beside that
//!   ▬▬▬▬ Siege ▬▬▬▬    |     inside a body that holds it
//!         Talks end  ● |     left of a mark at the right edge of what there is
//!   └── whole ──┘
//! ```
//!
//! Owns the room that is kept before rows are packed; what then stands where belongs to `layout`. Widths are those that no
//! label exceeds, from its characters: to shape every label only to find its row would take seconds.

use rustc_hash::FxHashMap;

use super::SceneInput;
use super::flag::{self, Flag};
use super::ink::band_ink;
use super::piece::{MOST_LEAST, UNKNOWN_FADE};
use super::shown::{CUE_GAP, cue_of};
use crate::index::{Entry, Extent, Side, Single};
use crate::model::{ColorBy, Event, Standing};
use crate::text::{Shaper, Style};
use crate::theme::{font, space};
use crate::time::{Edge, Instant, Shape};

/// So many events are remembered: more than are packed for a few windows.
const MOST_MEASURED: usize = 40_000;

/// What stands beside a mark, in points: the same at every zoom.
#[derive(Debug, Clone, Copy)]
struct Beside {
    /// Cue and signs.
    signs_pt: f64,
    label_pt: f64,
}

/// The widths of what has been measured of the events of a timeline in one state.
#[derive(Debug, Clone, Default)]
pub struct Extents {
    /// By the position of the event. Only looked up.
    beside: FxHashMap<u32, Beside>,
}

impl Extents {
    /// What an event takes up in a picture whose last labels turn left at `edge`.
    pub fn of(&mut self, input: &SceneInput<'_>, edge: Instant, single: &Single, shaper: &mut Shaper) -> Extent {
        let viewport = &input.viewport;
        let half = (MOST_LEAST / 2.0 * viewport.micros_per_pt) as i64 + 1;
        let middle = Instant::from_micros(i64::midpoint(single.start.micros(), single.end.micros()));
        let start = single.start.min(middle.saturating_add(-half));
        let end = single.end.max(middle.saturating_add(half));
        let mark = (start, end);
        let Some(event) = input.timeline.events().get(single.event as usize) else {
            return Extent { mark, whole: mark };
        };
        if self.beside.len() >= MOST_MEASURED {
            self.beside.clear();
        }
        let beside = *self.beside.entry(single.event).or_insert_with(|| Beside::of(input, event, shaper));
        let inset = 2.0 * (space::XS + 2.0);
        let room_pt = beside.label_pt + inset;
        let is_wide = viewport.beside(start, room_pt) <= end;
        let entry = event.date.as_ref().and_then(|date| Entry::new(single.event, single.band, date, input.zone));
        let fade = |side: Side| if side == Side::Unknown { UNKNOWN_FADE } else { 0.0 };
        let (before, behind) =
            entry.as_ref().map_or((0.0, 0.0), |entry| (fade(entry.start_side), fade(entry.end_side)));
        let (from, until) = (viewport.beside(start, -before), viewport.beside(end, behind + beside.signs_pt));
        if is_wide && entry.is_some_and(|entry| holds_label(input, event, &entry, room_pt)) {
            return Extent { mark, whole: (from, until) };
        }
        let label_pt = space::XS + beside.label_pt + space::S;
        let right = viewport.beside(until, label_pt);
        let whole = if right > edge && viewport.beside(until, -label_pt) > Instant::MIN {
            (viewport.beside(from, -label_pt), until)
        } else {
            (from, right)
        };
        Extent { mark, whole }
    }
}

impl Beside {
    fn of(input: &SceneInput<'_>, event: &Event, shaper: &mut Shaper) -> Self {
        let cue = event.date.as_ref().and_then(|date| cue_of(date.certainty()));
        let cue_pt = cue.map_or(0.0, |cue| CUE_GAP + shaper.most_width_pt(cue, Style::semibold(font::SMALL)));
        let signs =
            if input.aspect.hides_flags { 0 } else { Flag::of(input.timeline, event, input.aspect.known_on).len() };
        let label_pt = shaper.most_width_pt(&event.title, Style::regular(font::BODY));
        Self { signs_pt: cue_pt + flag::width(signs), label_pt }
    }
}

/// Whether the label of an event surely stands inside its body, where that takes as much room as `room_pt`.
fn holds_label(input: &SceneInput<'_>, event: &Event, entry: &Entry, room_pt: f64) -> bool {
    let reads = match event.standing {
        Standing::Confirmed => {
            let ink = band_ink(input, entry.band as usize);
            let is_of_band = input.aspect.color_by == ColorBy::Lane;
            is_of_band && input.theme.text_on(ink).contrast(ink) >= input.theme.text_contrast()
        }
        Standing::Reported | Standing::Alleged | Standing::Expected => true,
        Standing::Disputed | Standing::Denied | Standing::Retracted => false,
    };
    let are_known = entry.start_side == Side::Known && entry.end_side == Side::Known;
    let body = match &entry.shape {
        Shape::Moment | Shape::Window => Some((entry.start, entry.end)),
        // Of a span the part that it surely covers.
        Shape::Span => match (entry.extent.latest_start, entry.extent.earliest_end) {
            (Edge::At(from), Edge::At(to)) => Some((from, to)),
            _ => None,
        },
        Shape::OneOf(_) | Shape::AllOf(_) => None,
    };
    reads && are_known && body.is_some_and(|(from, to)| input.viewport.beside(from, room_pt) <= to)
}
