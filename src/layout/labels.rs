//! Which labels of a row are shown, and where.
//!
//! A label stands inside its mark where that is wide enough, else right of it, else left of it, whole if it can and cut
//! with an ellipsis if enough of it remains; it never touches another label or mark of its row. The marks have their
//! places already. Labels that the limit of the shaper does not allow are left out.

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
/// The most of a label that lies over others.
const MOST_OVER: f64 = 280.0;
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
    let claims = claims_to_the_left(wishes, &taken, bounds, shaper);
    let mut turns: Vec<usize> = (0..wishes.len()).collect();
    turns.sort_by_key(|at| std::cmp::Reverse(wishes.get(*at).map_or(0, |wish| wish.priority)));
    let mut labels = Vec::new();
    for at in turns {
        let Some(wish) = wishes.get(at) else { continue };
        if let Some(label) = place(at, wish, &taken, &claims, bounds, shaper) {
            if label.side != LabelSide::Inside {
                taken.add((label.x, label.x + label.run.width_pt));
            }
            labels.push(label);
        }
    }
    labels.sort_by_key(|label| label.wish);
    labels
}

/// The label of a mark in sight beside it, over whatever stands there: right of it, else left, cut where both are too short.
pub fn place_over(at: usize, wish: &LabelWish<'_>, bounds: (f64, f64), shaper: &mut Shaper) -> Option<Label> {
    let nothing = Taken::new(&[]);
    let room = Room::of(wish, &nothing, bounds);
    let most = room.right.max(room.left).min(MOST_OVER);
    let run = shaper.shape_to_fit(wish.text, wish.style, most);
    if most < LEAST_WIDTH || run.width_pt > most {
        return None;
    }
    let (x, side) = if run.width_pt <= room.right {
        (room.from, LabelSide::Right)
    } else {
        (room.until - run.width_pt, LabelSide::Left)
    };
    Some(Label { wish: at, x, run, side })
}

/// Stretches left of marks whose labels fit nowhere else: a label that has the choice keeps clear of them.
fn claims_to_the_left(
    wishes: &[LabelWish<'_>],
    taken: &Taken,
    bounds: (f64, f64),
    shaper: &mut Shaper,
) -> Vec<(f64, f64)> {
    let mut claims = Vec::new();
    for wish in wishes {
        let room = Room::of(wish, taken, bounds);
        if room.left < LEAST_WIDTH {
            continue;
        }
        let Some(whole) = shaper.try_shape(wish.text, wish.style) else { continue };
        let width = whole.width_pt;
        if width > room.inside_width() && width > room.right && width <= room.left {
            claims.push((room.until - width - space::S, wish.mark.0));
        }
    }
    claims
}

/// The room around a mark.
#[derive(Debug, Clone, Copy)]
struct Room {
    /// Left and right end of the room inside the mark.
    inside: Option<(f64, f64)>,
    /// Where a label right of the mark begins.
    from: f64,
    /// Width free right of the mark.
    right: f64,
    /// Where a label left of the mark ends.
    until: f64,
    /// Width free left of the mark.
    left: f64,
}

impl Room {
    fn of(wish: &LabelWish<'_>, taken: &Taken, (left, right): (f64, f64)) -> Self {
        let inset = space::XS + 2.0;
        let inside = wish.inside.map(|(from, to)| (from.max(left) + inset, to.min(right) - inset));
        let from = wish.mark.1 + space::XS;
        let until = wish.mark.0 - space::XS;
        let right_end = taken.next_after(wish.mark.1).map_or(right, |x| (x - space::S).min(right));
        let left_end = taken.previous_before(wish.mark.0).map_or(left, |x| (x + space::S).max(left));
        // What is out of sight has no label beside it.
        let is_in_sight = wish.mark.0 < right && left < wish.mark.1;
        let width = |room: f64| if is_in_sight { room.max(0.0) } else { 0.0 };
        let right = if from < left { 0.0 } else { width(right_end - from) };
        let left = if until > right_end.max(from) { 0.0 } else { width(until - left_end) };
        Self { inside: inside.filter(|_| is_in_sight), from, right, until, left }
    }

    fn inside_width(&self) -> f64 {
        self.inside.map_or(0.0, |(from, to)| to - from)
    }
}

fn place(
    at: usize,
    wish: &LabelWish<'_>,
    taken: &Taken,
    claims: &[(f64, f64)],
    bounds: (f64, f64),
    shaper: &mut Shaper,
) -> Option<Label> {
    let room = Room::of(wish, taken, bounds);
    let most = room.inside_width().max(room.right).max(room.left);
    if most < LEAST_WIDTH / 2.0 {
        return None;
    }
    let whole = shaper.try_shape(wish.text, wish.style)?;
    let width = whole.width_pt;
    if let (Some((x, _)), true) = (room.inside, width <= room.inside_width()) {
        return Some(Label { wish: at, x, run: whole, side: LabelSide::Inside });
    }
    let ends = room.from + width;
    let is_claimed = || claims.iter().any(|claim| wish.mark.1 < claim.1 && claim.0 < ends);
    if width <= room.right && !(width <= room.left && is_claimed()) {
        return Some(Label { wish: at, x: room.from, run: whole, side: LabelSide::Right });
    }
    if width <= room.left {
        return Some(Label { wish: at, x: room.until - width, run: whole, side: LabelSide::Left });
    }
    let cut = (most / CUT_STEP).floor() * CUT_STEP;
    if cut < LEAST_WIDTH {
        return None;
    }
    let run = shaper.try_shape_to_fit(wish.text, wish.style, cut)?;
    if run.width_pt > cut {
        return None;
    }
    let (x, side) = match room.inside {
        Some((x, _)) if room.inside_width() >= most => (x, LabelSide::Inside),
        _ if room.right >= room.left => (room.from, LabelSide::Right),
        _ => (room.until - run.width_pt, LabelSide::Left),
    };
    Some(Label { wish: at, x, run, side })
}

/// Stretches of a row that are taken: disjoint, from left to right.
#[derive(Debug)]
struct Taken {
    stretches: Vec<(f64, f64)>,
}

impl Taken {
    fn new(marks: &[(f64, f64)]) -> Self {
        let mut marks = marks.to_vec();
        marks.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut stretches: Vec<(f64, f64)> = Vec::with_capacity(marks.len());
        for mark in marks {
            match stretches.last_mut() {
                Some(last) if mark.0 < last.1 => last.1 = last.1.max(mark.1),
                _ => stretches.push(mark),
            }
        }
        Self { stretches }
    }

    /// Takes a stretch that is free.
    fn add(&mut self, stretch: (f64, f64)) {
        let at = self.stretches.partition_point(|other| other.0 < stretch.0);
        self.stretches.insert(at, stretch);
    }

    /// Where the next stretch right of `x` begins; `x` itself where it lies within one.
    fn next_after(&self, x: f64) -> Option<f64> {
        let at = self.stretches.partition_point(|stretch| stretch.1 <= x);
        self.stretches.get(at).map(|stretch| stretch.0.max(x))
    }

    /// Where the next stretch left of `x` ends; `x` itself where it lies within one.
    fn previous_before(&self, x: f64) -> Option<f64> {
        let at = self.stretches.partition_point(|stretch| stretch.0 < x);
        self.stretches.get(at.checked_sub(1)?).map(|stretch| stretch.1.min(x))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wish(text: &str, mark: (f64, f64), priority: u32) -> LabelWish<'_> {
        LabelWish { text, style: Style::regular(13.0), mark, inside: None, priority }
    }

    fn placed(wishes: &[LabelWish<'_>], bounds: (f64, f64)) -> Vec<(LabelSide, String)> {
        let marks: Vec<_> = wishes.iter().map(|wish| wish.mark).collect();
        let labels = place_row(wishes, &marks, bounds, &mut Shaper::new());
        labels.into_iter().map(|label| (label.side, label.run.text.to_string())).collect()
    }

    #[test]
    fn a_label_prefers_the_right_and_turns_left_at_the_edge() {
        assert_eq!(
            placed(&[wish("Signed", (100.0, 110.0), 3)], (0.0, 400.0)),
            [(LabelSide::Right, "Signed".to_owned())]
        );
        assert_eq!(
            placed(&[wish("Signed", (380.0, 390.0), 3)], (0.0, 400.0)),
            [(LabelSide::Left, "Signed".to_owned())]
        );
    }

    #[test]
    fn a_label_with_a_choice_leaves_the_gap_to_one_without() {
        let wishes = [wish("Resolution adopted", (200.0, 210.0), 3), wish("Mandate vetoed", (380.0, 390.0), 3)];
        let sides: Vec<_> = placed(&wishes, (0.0, 400.0)).into_iter().map(|label| label.0).collect();
        assert_eq!(sides, [LabelSide::Left, LabelSide::Left]);
    }

    #[test]
    fn the_weightier_label_stays_when_room_is_short() {
        let wishes = [wish("A light matter", (0.0, 10.0), 2), wish("A weighty matter", (130.0, 140.0), 5)];
        assert_eq!(placed(&wishes, (0.0, 144.0)), [(LabelSide::Left, "A weighty matter".to_owned())]);
    }

    #[test]
    fn a_mark_out_of_sight_has_no_label() {
        assert!(placed(&[wish("Signed", (401.0, 411.0), 3)], (0.0, 400.0)).is_empty());
    }

    proptest! {
        #[test]
        fn labels_touch_neither_each_other_nor_a_mark(
            row in prop::collection::vec((0.0_f64..1200.0, 5.0_f64..200.0, "[a-z ]{1,40}", 1_u32..6), 0..24),
            right in 50.0_f64..1200.0,
        ) {
            let wishes: Vec<_> =
                row.iter().map(|(x, width, text, weight)| wish(text, (*x, x + width), *weight)).collect();
            let marks: Vec<_> = wishes.iter().map(|wish| wish.mark).collect();
            let labels = place_row(&wishes, &marks, (0.0, right), &mut Shaper::new());
            let ends: Vec<_> = labels.iter().map(|label| (label.x, label.x + label.run.width_pt)).collect();
            for (n, a) in ends.iter().enumerate() {
                prop_assert!(0.0 <= a.0 && a.1 <= right, "{a:?} is cut off");
                for b in ends.iter().skip(n + 1).chain(&marks) {
                    prop_assert!(a.1 <= b.0 || b.1 <= a.0, "{a:?} touches {b:?}");
                }
            }
        }
    }
}
