//! Which labels of a row are shown, and where.
//!
//! A label stands inside its mark where that is wide enough, else right of it, else left of it, whole if it can and cut
//! with an ellipsis if enough of it remains; it never touches another label or mark of its row. The marks have their
//! places already.

use std::sync::Arc;

use crate::text::{Run, Shaper, Style};
use crate::theme::space;

/// A label that would like to be shown.
#[derive(Debug, Clone)]
pub struct LabelWish<'a> {
    /// The text.
    pub text: &'a str,
    /// How it is set.
    pub style: Style,
    /// Left and right end of its mark.
    pub mark: (f64, f64),
    /// Left and right end of the part of its mark that can hold it.
    pub inside: Option<(f64, f64)>,
    /// The highest is served first; of two the one that comes first.
    pub priority: u32,
}

/// Where a label stands relative to its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum LabelSide {
    Inside,
    Right,
    Left,
}

/// A label with a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Position of its wish.
    pub wish: usize,
    /// Its left end.
    pub x: f64,
    /// The text, possibly cut.
    pub run: Arc<Run>,
    /// Where it stands.
    pub side: LabelSide,
}

/// Less than this of a label is not worth showing.
const LEAST_WIDTH: f64 = 48.0;
/// Room for cut labels is rounded down to this, so that fewer different cuts are shaped.
const CUT_STEP: f64 = 4.0;

/// Places the labels of one row between `bounds`. `marks` are all that they must not touch, their own marks included.
pub fn place_row(
    wishes: &[LabelWish<'_>],
    marks: &[(f64, f64)],
    bounds: (f64, f64),
    shaper: &mut Shaper,
) -> Vec<Label> {
    let mut taken = Taken::new(marks);
    let mut turns: Vec<usize> = (0..wishes.len()).collect();
    turns.sort_by_key(|at| std::cmp::Reverse(wishes.get(*at).map_or(0, |wish| wish.priority)));
    let mut labels = Vec::new();
    for at in turns {
        let Some(wish) = wishes.get(at) else { continue };
        if let Some(label) = place(at, wish, &taken, bounds, shaper) {
            if label.side != LabelSide::Inside {
                taken.add((label.x, label.x + label.run.width_pt));
            }
            labels.push(label);
        }
    }
    labels.sort_by_key(|label| label.wish);
    labels
}

fn place(
    at: usize,
    wish: &LabelWish<'_>,
    taken: &Taken,
    (left, right): (f64, f64),
    shaper: &mut Shaper,
) -> Option<Label> {
    let inside = wish.inside.map(|(from, to)| (from.max(left) + space::XS + 2.0, to.min(right) - space::XS - 2.0));
    let inside_room = inside.map_or(0.0, |(from, to)| to - from);
    let from = wish.mark.1 + space::XS;
    let right_room = taken.next_after(wish.mark.1).map_or(right, |x| (x - space::S).min(right)) - from;
    let until = wish.mark.0 - space::XS;
    let left_room = until - taken.previous_before(wish.mark.0).map_or(left, |x| (x + space::S).max(left));
    // A mark outside the window has its label there too.
    let right_room = if from < left { 0.0 } else { right_room };
    let left_room = if until > right { 0.0 } else { left_room };
    let most = inside_room.max(right_room).max(left_room);
    if most < LEAST_WIDTH / 2.0 {
        return None;
    }
    let whole = shaper.shape(wish.text, wish.style);
    let width = whole.width_pt;
    if let (Some((x, _)), true) = (inside, width <= inside_room) {
        return Some(Label { wish: at, x, run: whole, side: LabelSide::Inside });
    }
    if width <= right_room {
        return Some(Label { wish: at, x: from, run: whole, side: LabelSide::Right });
    }
    if width <= left_room {
        return Some(Label { wish: at, x: until - width, run: whole, side: LabelSide::Left });
    }
    let cut = (most / CUT_STEP).floor() * CUT_STEP;
    if cut < LEAST_WIDTH {
        return None;
    }
    let run = shaper.shape_to_fit(wish.text, wish.style, cut);
    if run.width_pt > cut {
        return None;
    }
    let (x, side) = match inside {
        Some((x, _)) if inside_room >= most => (x, LabelSide::Inside),
        _ if right_room >= left_room => (from, LabelSide::Right),
        _ => (until - run.width_pt, LabelSide::Left),
    };
    Some(Label { wish: at, x, run, side })
}

/// Disjoint or overlapping stretches of a row, by their left ends.
#[derive(Debug)]
struct Taken {
    stretches: Vec<(f64, f64)>,
}

impl Taken {
    fn new(marks: &[(f64, f64)]) -> Self {
        let mut stretches = marks.to_vec();
        stretches.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self { stretches }
    }

    fn add(&mut self, stretch: (f64, f64)) {
        let at = self.stretches.partition_point(|other| other.0 < stretch.0);
        self.stretches.insert(at, stretch);
    }

    /// The first left end at or after `x`, or `x` itself where a stretch that started earlier reaches past it.
    fn next_after(&self, x: f64) -> Option<f64> {
        let at = self.stretches.partition_point(|stretch| stretch.0 < x);
        let reaches_past = self.stretches.iter().take(at).any(|stretch| stretch.1 > x);
        if reaches_past { Some(x) } else { self.stretches.get(at).map(|stretch| stretch.0) }
    }

    /// The last right end at or before `x`, or `x` itself where a stretch that starts earlier reaches past it.
    fn previous_before(&self, x: f64) -> Option<f64> {
        let at = self.stretches.partition_point(|stretch| stretch.0 < x);
        self.stretches.iter().take(at).map(|stretch| stretch.1.min(x)).max_by(f64::total_cmp)
    }
}
