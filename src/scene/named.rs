//! Which labels the events of a picture have, and where they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::drawn::Drawn;
use super::ghosts::{GHOST_NAME, Ghost};
use super::packed::Packed;
use super::piece::{Axis, End, OPEN_FADE, Piece};
use super::shown::{Mark, RowMap, Rows, Shown};
use super::{LabelSides, SceneInput, folds, images};
use crate::layout::{FoldSpan, Label, LabelWish, Words, distinct_endings, place_over, place_row};
use crate::model::DateLabels;
use crate::text::{Face, Shaper, Style};
use crate::theme::{font, space};
use crate::time::Said;

/// Room for the arrow head of an end that goes on.
const TIP: f64 = 12.0;

/// How far the frame of what is selected reaches beyond it.
pub(super) const HALO: f64 = 5.0;

/// The labels of a picture.
#[derive(Default)]
pub(super) struct Labels {
    /// Of each event that is shown, in that order; none where there is no room for one.
    pub events: Vec<Option<Label>>,
    /// Of the ghosts, in their order.
    pub ghosts: BTreeMap<usize, Label>,
    /// Marks of the selected event whose labels found no room and lie on what is there.
    pub over: BTreeSet<Mark>,
}

pub(super) fn label(
    input: &SceneInput<'_>,
    drawn: &Drawn<'_>,
    (ghosts, sides, endings): (&[Ghost], &LabelSides, &[Option<String>]),
    (axis, bounds): (&Axis, (f64, f64)),
    shaper: &mut Shaper,
) -> Labels {
    let said = said(input);
    let mut labels = Labels { events: drawn.shown.iter().map(|_| None).collect(), ..Labels::default() };
    let breaks: Vec<FoldSpan> = input.viewport.folded().collect();
    let piled: BTreeSet<(u32, u32)> =
        drawn.sight.crowds.iter().filter_map(|seen| seen.piled).map(|run| (run.band, run.row)).collect();
    // What is in the way of labels beside the marks of a row: counts, and on an overflow row its strips, which stand for others than
    // the marks beside them.
    let mut in_the_way: RowMap<Vec<(f64, f64)>> = RowMap::default();
    for (_, count) in &drawn.heaps {
        let row = in_the_way.entry((count.crowd.band, count.crowd.row)).or_default();
        row.push((count.x, count.x + count.run.width_pt));
    }
    for (strip, _) in drawn.strips.iter().filter(|(strip, _)| piled.contains(&(strip.crowd.band, strip.crowd.row))) {
        let row = in_the_way.entry((strip.crowd.band, strip.crowd.row)).or_default();
        row.push((strip.rect.x0, strip.rect.x1));
    }
    for (place, positions) in Rows::of(&drawn.shown).iter() {
        let row: Vec<&Shown<'_>> = positions.iter().filter_map(|at| drawn.shown.get(*at)).collect();
        let others = in_the_way.get(&place).into_iter().flatten().copied();
        let marks: Vec<(f64, f64)> = row.iter().map(|event| event.ends).chain(others).collect();
        let date = |nth: usize| row.get(nth)?.event.date.as_ref()?.brief(said.as_ref()?).into();
        let mut wishes: Vec<LabelWish<'_>> = Vec::with_capacity(row.len());
        for (event, at) in row.iter().zip(positions) {
            let short = endings.get(*at).and_then(Option::as_deref);
            let kept = sides.get(input, event.mark());
            // What is not told is in the words of others: it gives way to all that is.
            let has_date = said.is_some() && !event.is_silent;
            wishes.push(LabelWish { short, has_date, kept, ..wish(event, &breaks, axis) });
        }
        let selected = row.iter().position(|event| event.is_focused);
        let framed = selected.and_then(|at| row.get(at)).map(|event| (event.ends.0 - HALO, event.ends.1 + HALO));
        let own: Vec<usize> = (0..).zip(ghosts).filter(|(_, ghost)| ghost.row == place).map(|(at, _)| at).collect();
        wishes.extend(own.iter().filter_map(|at| ghosts.get(*at)).map(|ghost| LabelWish {
            text: &ghost.source,
            short: None,
            style: GHOST_NAME,
            mark: framed.map_or(ghost.ends, |frame| clear_of(frame, ghost.ends)),
            inside: None,
            covers: false,
            // Who gives another date is why it is drawn.
            priority: u32::MAX,
            kept: None,
            signs_pt: 0.0,
            has_date: false,
            count_pt: 0.0,
        }));
        let mut place = |wishes: &mut [LabelWish<'_>]| match selected {
            Some(at) => place_selected(wishes, at, &date, (&marks, bounds), shaper),
            None => place_row(wishes, &date, &marks, bounds, shaper),
        };
        let mut placed = place(&mut wishes);
        if row.iter().any(|event| event.image.is_some()) {
            // Images take the room that is left: none where a title or a date would be lost by them.
            let mut bare = wishes.clone();
            for (wish, event) in bare.iter_mut().zip(&row) {
                wish.signs_pt = event.flags.width();
            }
            let without = place(&mut bare);
            if said_by(&placed) < said_by(&without) {
                (placed, wishes) = (without, bare);
            }
        }
        if let Some(at) =
            selected.filter(|at| !placed.iter().any(|label| label.wish == *at && !label.run.text.is_empty()))
            && let Some(wish) = wishes.get(at)
            && let Some(label) = place_over(at, wish, bounds, shaper)
        {
            let ends = (label.x - space::XS, label.ends().1 + space::XS);
            placed.retain(|other| other.wish != at && (other.ends().1 <= ends.0 || ends.1 <= other.x));
            labels.over.extend(row.get(at).map(|event| event.mark()));
            placed.push(label);
        }
        for (nth, ghost) in own.iter().enumerate().map(|(nth, _)| (nth, row.len() + nth)) {
            if placed.iter().any(|label| label.wish == ghost && !label.run.text.is_empty()) {
                continue;
            }
            let Some(wish) = wishes.get(ghost) else { continue };
            // What is selected keeps its own name, and so do the dates before: then it stands left of its date.
            let is_kept = |label: &Label| {
                Some(label.wish) == selected || (label.wish >= row.len() && label.wish < row.len() + nth)
            };
            let is_clear = |label: &Label, name: &Label| {
                label.ends().1 + space::XS <= name.x || name.ends().1 + space::XS <= label.x
            };
            let mut name = None;
            for within in [bounds, (bounds.0, wish.mark.1)] {
                let over = place_over(ghost, wish, within, shaper);
                let over = over.filter(|name| !placed.iter().any(|label| is_kept(label) && !is_clear(label, name)));
                name = name.or(over);
            }
            let Some(name) = name else { continue };
            placed.retain(|label| is_clear(label, &name));
            placed.push(name);
        }
        let frame = framed.map(|frame| {
            let own = placed.iter().find(|label| Some(label.wish) == selected).map_or(frame, Label::ends);
            (frame.0.min(own.0 - HALO), frame.1.max(own.1 + HALO))
        });
        for (nth, ghost) in own.iter().enumerate().filter_map(|(nth, at)| Some((row.len() + nth, ghosts.get(*at)?))) {
            let filled = Filled { wishes: &wishes, marks: &marks, bounds, frame };
            lengthen_name(ghost, nth, &mut placed, &filled, shaper);
        }
        for label in placed {
            if let Some(of) = positions.get(label.wish).and_then(|at| labels.events.get_mut(*at)) {
                *of = Some(label);
            } else if let Some(ghost) = own.get(label.wish.saturating_sub(row.len())) {
                labels.ghosts.insert(*ghost, label);
            }
        }
    }
    labels
}

/// What a date takes up beside which something is framed that it touches: the name of its source keeps clear of the frame.
fn clear_of(frame: (f64, f64), ends: (f64, f64)) -> (f64, f64) {
    let touches = ends.0 - space::XS < frame.1 && frame.0 < ends.1 + space::XS;
    if touches { (ends.0.min(frame.0), ends.1.max(frame.1)) } else { ends }
}

/// A row in which all labels have their places.
struct Filled<'r, 'w> {
    wishes: &'r [LabelWish<'w>],
    marks: &'r [(f64, f64)],
    bounds: (f64, f64),
    /// The ends of the frame around what is selected and its label.
    frame: Option<(f64, f64)>,
}

/// Gives the name of a source that is cut, or has no room, what its row has left: beside its date, and where that is not enough beside
/// what is selected.
fn lengthen_name(ghost: &Ghost, at: usize, placed: &mut Vec<Label>, filled: &Filled<'_, '_>, shaper: &mut Shaper) {
    let Filled { wishes, marks, bounds, frame } = *filled;
    let own = placed.iter().find(|label| label.wish == at).map(|label| Arc::clone(&label.run));
    let Some(wish) = wishes.get(at).filter(|_| own.as_ref().is_none_or(|own| *own.text != *ghost.name)) else { return };
    let of_label = |label: &Label| {
        let count_pt = wishes.get(label.wish).map_or(0.0, |wish| wish.count_pt);
        let (from, to) = label.ends();
        let pad = Label::GAP - space::S;
        (from - pad, label.count_x.map_or(to, |x| x + count_pt) + pad)
    };
    let others = placed.iter().filter(|other| other.wish != at).map(of_label);
    let taken: Vec<(f64, f64)> = others.chain(marks.iter().copied()).collect();
    let mut longest = own.map_or(0.0, |own| own.width_pt);
    let mut found = None;
    for mark in [Some(wish.mark), frame.map(|frame| clear_of(frame, wish.mark))].into_iter().flatten() {
        let whole = LabelWish { text: &ghost.name, mark, ..*wish };
        let label = place_row(&[whole], &|_| None, &taken, bounds, shaper).pop();
        if let Some(label) = label.filter(|label| label.run.width_pt > longest) {
            longest = label.run.width_pt;
            found = Some(Label { wish: at, ..label });
        }
    }
    if let Some(found) = found {
        placed.retain(|label| label.wish != at);
        placed.push(found);
    }
}

/// The marks with room, within bounds, whose labels say neither the whole title nor what stands for it.
pub(super) fn cut(drawn: &Drawn<'_>, labels: &Labels, bounds: (f64, f64)) -> Vec<Mark> {
    let shown = drawn.shown.iter().take(drawn.roomy).zip(&labels.events);
    let is_cut = |(event, label): &(&Shown<'_>, &Option<Label>)| {
        let is_in_sight = event.ends.0 < bounds.1 && bounds.0 < event.ends.1;
        is_in_sight && !event.is_silent && label.as_ref().is_none_or(|label| label.words == Words::Cut)
    };
    shown.filter(is_cut).map(|(event, _)| event.mark()).collect()
}

/// Of each event that is shown its title without the words with which the other titles around it begin, where that says more. Where
/// rows were packed for them they are those that have room, whatever of the rows is in sight.
pub(super) fn endings(shown: &[Shown<'_>], packed: Option<&Packed>) -> Vec<Option<String>> {
    let mut bands: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, event) in shown.iter().enumerate().filter(|(_, event)| !event.is_silent) {
        bands.entry(event.spot.band).or_default().push(at);
    }
    let mut endings = vec![None; shown.len()];
    for (number, band) in &bands {
        let events = band.iter().filter_map(|at| shown.get(*at));
        let own: Vec<Option<String>> = match packed.and_then(|packed| packed.extents.endings(*number)) {
            Some(kept) => events.map(|event| kept.get(&event.position).cloned()).collect(),
            None => distinct_endings(&events.map(|event| event.title).collect::<Vec<_>>()),
        };
        for (at, ending) in band.iter().zip(own) {
            if let Some(of) = endings.get_mut(*at) {
                *of = ending;
            }
        }
    }
    endings
}

/// How much labels say: whole titles, titles at all, dates.
fn said_by(labels: &[Label]) -> (usize, usize, usize) {
    let count = |is_so: fn(&&Label) -> bool| labels.iter().filter(is_so).count();
    (count(|label| label.is_whole()), count(|label| !label.run.text.is_empty()), count(|label| label.date.is_some()))
}

/// The labels of a row with the selected event, whose bold title gives way to a lighter one where that leaves room for more.
fn place_selected(
    wishes: &mut [LabelWish<'_>],
    selected: usize,
    date: &dyn Fn(usize) -> Option<String>,
    (marks, bounds): (&[(f64, f64)], (f64, f64)),
    shaper: &mut Shaper,
) -> Vec<Label> {
    let bold = place_row(wishes, date, marks, bounds, shaper);
    if let Some(wish) = wishes.get_mut(selected) {
        wish.style = Style { face: Face::Regular, ..wish.style };
    }
    let light = place_row(wishes, date, marks, bounds, shaper);
    let whole = |labels: &[Label]| labels.iter().filter(|label| label.is_whole()).count();
    if whole(&light) > whole(&bold) { light } else { bold }
}

/// What the picture says that dates on its labels leave out; none where labels have no dates.
fn said(input: &SceneInput<'_>) -> Option<Said> {
    let (start, end) = (input.viewport.origin, input.viewport.end());
    let last = end.saturating_add(-1).max(start);
    (input.aspect.dates == DateLabels::Auto).then(|| Said::of_days(start.day(), last.day(), input.zone))
}

fn wish<'a>(event: &Shown<'a>, breaks: &[FoldSpan], axis: &Axis) -> LabelWish<'a> {
    let is_plated = !event.look.holds_label();
    let inside = match event.pieces.as_slice() {
        [piece] => {
            // Ink of a label that reads on a fill does not read where the fill has faded to the ground.
            let is_filled = event.look.is_solid && !is_plated;
            let keep = if is_filled && matches!(piece, Piece::Bar { .. }) { OPEN_FADE } else { TIP };
            let room = piece.room(is_filled).map(|room| clear_of_tips(room, piece, axis, keep));
            room.map(|room| folds::between_gaps(room, breaks, axis))
        }
        parts => between_parts(parts, event.ends, axis),
    };
    // What is not told has words only where it is asked about: else each account would repeat those of all others.
    let is_named = !event.is_silent || event.is_focused || event.is_hovered;
    LabelWish {
        text: if is_named { event.title.text } else { "" },
        short: None,
        style: if event.is_focused { Style::semibold(font::BODY) } else { Style::regular(font::BODY) },
        mark: event.ends,
        inside,
        covers: is_plated && event.pieces.len() == 1,
        priority: match (event.is_focused, event.is_silent) {
            (true, _) => u32::MAX,
            (false, true) => 0,
            (false, false) => u32::from(event.weight),
        },
        kept: None,
        signs_pt: event.flags.width() + images::width(event.image),
        has_date: false,
        count_pt: event.count.as_ref().map_or(0.0, |count| count.run.width_pt),
    }
}

/// Of a date in several parts whose ends are both out of sight, the longest stretch of the line between two parts: it goes through
/// the window and has its name there, where it has no room beside.
fn between_parts(parts: &[Piece], ends: (f64, f64), axis: &Axis) -> Option<(f64, f64)> {
    let (left, right) = axis.bounds();
    let joins = parts.iter().filter(|part| matches!(part, Piece::Join { .. })).map(|part| part.ends());
    let in_sight = joins.map(|(x0, x1)| (x0.max(left), x1.min(right)));
    let longest = in_sight.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)));
    longest.filter(|_| ends.0 < left && right < ends.1)
}

/// The room in a body without what ends that go on keep for themselves: their arrow heads, or all of their fade.
fn clear_of_tips((from, to): (f64, f64), piece: &Piece, axis: &Axis, keep: f64) -> (f64, f64) {
    let (Piece::Bar { left, right, .. } | Piece::Window { left, right, .. }) = piece else { return (from, to) };
    let (axis_left, axis_right) = axis.bounds();
    let from = if *left == End::Open { from.max(axis_left) + keep } else { from };
    (from, if *right == End::Open { to.min(axis_right) - keep } else { to })
}
