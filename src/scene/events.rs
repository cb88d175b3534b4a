//! The events of a window: their marks, their labels, and what of them can be pointed at.

use std::sync::Arc;

use super::areas::SCROLL_BAR;
use super::density;
use super::drawn::{Drawn, collect};
use super::folds;
use super::ghosts::{Ghost, ghosts, paint_ghost};
use super::images;
use super::ink::band_ink;
use super::marks::{Pen, rounded};
use super::named::{HALO, Labels, cut, endings, label};
use super::obstacles::text_box;
use super::piece::{Axis, End, Piece};
use super::sheet::Sheet;
use super::shown::{Mark, Shown};
use super::sight::look;
use super::{Frame, Hit, Item, LabelSides, Plan, SceneInput, Stroke, Target, text_baseline};
use crate::geom::{Point, Rect};
use crate::layout::{FoldSpan, Label, LabelSide};
use crate::text::{Shaper, Style};
use crate::theme::{Color, font, space};

/// Half the height of a target.
const REACH: f64 = 10.0;
/// Width of the target on the edge of something that lasted.
const EDGE: f64 = 8.0;
/// Half the height of the plate below a label that could not be read otherwise.
const PLATE: f64 = 7.5;

/// Where the events of a picture have been painted.
#[derive(Debug, Default)]
pub(super) struct Painted {
    /// Boxes of labels, cues, signs and counts.
    pub labels: Vec<Rect>,
    /// Which mark of which event, and its body.
    pub marks: Vec<(Mark, Rect)>,
    /// What stands around those that are selected.
    pub frames: Vec<Rect>,
}

impl Painted {
    fn of(input: &SceneInput<'_>, drawn: &Drawn<'_>, labels: &Labels, ghosts: &[Ghost]) -> Self {
        let mut painted = Self::default();
        for (event, label) in drawn.shown.iter().zip(&labels.events) {
            if is_selected(input, event) {
                painted.frames.push(frame(event, label.as_ref()));
            }
            let bodies = event.pieces.iter().map(|piece| piece.rect(event.y));
            painted.marks.extend(bodies.reduce(Rect::union).map(|body| (event.mark(), body)));
            let beside = [(event.ends.0, event.body.0), (event.body.1, event.ends.1)];
            let beside = beside.into_iter().filter(|(from, to)| to - from > 1.0);
            let label = label.as_ref();
            let count = label.and_then(|label| label.count_x).zip(event.count.as_ref());
            let count = count.map(|(x, count)| (x, x + count.run.width_pt));
            let label = label.into_iter().map(Label::ends);
            painted.labels.extend(beside.chain(label).chain(count).map(|(from, to)| text_box(from, to, event.y)));
        }
        let heaps = drawn.heaps.iter().map(|(y, count)| text_box(count.x, count.x + count.run.width_pt, *y));
        let names = labels.ghosts.iter().filter_map(|(at, label)| Some((ghosts.get(*at)?, label)));
        let names = names.map(|(ghost, label)| text_box(label.ends().0, label.ends().1, ghost.middle));
        painted.labels.extend(heaps.chain(names).chain(drawn.silences.iter().map(|outline| outline.rect)));
        painted
    }
}

/// Paints the events, adds their targets, and says where they are.
pub(super) fn paint(input: &SceneInput<'_>, plan: &Plan, sides: &mut LabelSides, sheet: &mut Sheet<'_>) -> Painted {
    let track = plan.areas.track;
    let Sheet { items, targets, shaper } = sheet;
    let axis = Axis::new(input.viewport, track.x0, track.x1);
    // Of a page all rows are in sight, and what they show is in its plan.
    let looked;
    let sight = match &plan.page {
        Some(page) => &page.sight,
        None => {
            looked = look(input, track, &plan.bands, plan.packed.as_deref());
            &looked
        }
    };
    let drawn = collect(input, plan, sight, &axis, shaper);
    let shown = &drawn.shown;
    // In each of its bands, where it stands in several.
    let selected = shown.iter().filter(|shown| shown.is_focused);
    // Accounts give their dates themselves.
    let selected = selected.filter(|_| input.aspect.accounts.is_none());
    let ghosts: Vec<Ghost> = selected.flat_map(|selected| ghosts(input, selected, &axis, shaper)).collect();
    let endings = endings(shown, plan.packed.as_deref());
    let is_scrolled = input.frame == Frame::Window && plan.bands.height() > track.height();
    let margin = if is_scrolled { SCROLL_BAR } else { space::XS };
    let bounds = (track.x0 + space::XS, track.x1 - margin);
    let labels = label(input, &drawn, (&ghosts, sides, &endings), (&axis, bounds), shaper);
    let cut = cut(&drawn, &labels, bounds);
    *sides = LabelSides::of(input, shown.iter().map(Shown::mark).zip(&labels.events), cut);
    // A mark has about so many parts: lists that grow while they are filled cost as much as filling them.
    items.reserve(shown.len() * 5 + labels.events.len());
    targets.reserve(shown.len() * 3 + drawn.strips.len());
    paint_strips(input, &drawn, &axis, items);
    let breaks: Vec<FoldSpan> = input.viewport.folded().collect();
    // What is selected lies on top where it or its label has no room.
    let is_over = |at: usize, event: &Shown<'_>| at >= drawn.roomy || labels.over.contains(&event.mark());
    let labelled = shown.iter().zip(labels.events.iter().map(Option::as_ref)).enumerate();
    let (over, under): (Vec<_>, Vec<_>) = labelled.partition(|(at, (event, _))| is_over(*at, event));
    for layer in [&under, &over] {
        for (_, (event, label)) in layer {
            halo(input, event, *label, items);
        }
        for (_, (event, label)) in layer {
            paint_mark(input, event, *label, &axis, items);
            items.extend(folds::gaps(&breaks, &event.pieces, event.y, &axis, input.theme.panel, event.look.ink));
        }
        // All text comes after all marks: painters then draw the marks as one.
        for (_, (event, label)) in layer {
            cues(input, event, items, shaper);
            if let Some(label) = label {
                paint_label(input, event, label, items);
            }
        }
    }
    items.extend(drawn.heaps.iter().map(|(y, count)| count.item(*y, input.theme.text)));
    drawn.silences.iter().for_each(|outline| outline.paint(input, items));
    for (at, ghost) in ghosts.iter().enumerate() {
        paint_ghost(ghost, labels.ghosts.get(&at), input.theme.accent, items);
    }
    targets.extend(drawn.strips.iter().filter_map(|(strip, _)| strip.target(track)));
    targets.extend(drawn.heaps.iter().filter_map(|(y, count)| count.target(*y, track)));
    targets.extend(drawn.silences.iter().filter_map(|outline| outline.target(track)));
    for (_, (event, label)) in under.into_iter().chain(over) {
        add_targets(event, label, track, targets);
        let count = event.count.as_ref().zip(label.and_then(|label| label.count_x));
        targets.extend(count.and_then(|(count, x)| count.at(x).target(event.y, track)));
    }
    Painted::of(input, &drawn, &labels, &ghosts)
}

fn paint_mark(input: &SceneInput<'_>, event: &Shown<'_>, label: Option<&Label>, axis: &Axis, items: &mut Vec<Item>) {
    let mut pen = Pen { items, bounds: axis.bounds(), ground: event.ground };
    for piece in &event.pieces {
        pen.piece(*piece, event.y, &event.look, event.certainty.approximate);
    }
    let Some(label) = label else { return };
    let is_inside = label.side == LabelSide::Inside;
    let plate = event.look.plate(event.ground, input.theme);
    let plate = plate.or_else(|| (event.pieces.len() > 1).then(|| event.ground.mix(input.theme.background, 0.6)));
    if let Some(fill) = plate.filter(|_| is_inside) {
        let (x0, x1) = label.ends();
        let count = label.count_x.zip(event.count.as_ref()).map(|(x, count)| x + count.run.width_pt);
        let x1 = count.map_or(x1, |count| count.max(x1));
        let rect = Rect::new(x0 - space::XS, event.y - PLATE, x1 + space::XS, event.y + PLATE);
        items.push(Item::Rect { rect, radius: 3.0, fill: Some(fill), stroke: None });
    }
    if label.text_x > label.x {
        let inside = is_inside.then(|| label_color(input, event));
        event.flags.paint(label.x, event.y, inside, input.theme, items);
        // Where labels of its row would lose something by it, no room was kept for it.
        let signs_pt = event.flags.width();
        let has_room = label.text_x - label.x > signs_pt + 0.5;
        if let Some(file) = event.image.filter(|_| has_room) {
            items.push(images::frame(file, label.x + signs_pt, event.y, input.theme));
        }
    }
}

fn paint_strips(input: &SceneInput<'_>, drawn: &Drawn<'_>, axis: &Axis, items: &mut Vec<Item>) {
    for band in drawn.strips.chunk_by(|(a, _), (b, _)| a.crowd.band == b.crowd.band) {
        let Some((first, _)) = band.first() else { continue };
        let ink = band_ink(input, first.crowd.band as usize);
        let strips = band.iter().filter_map(|(strip, own)| Some((strip, drawn.sight.buckets.get(own.clone())?)));
        items.extend(density::paint(strips, ink, input.theme, axis));
    }
}

/// What shows that an event is selected or under the pointer.
fn halo(input: &SceneInput<'_>, event: &Shown<'_>, label: Option<&Label>, items: &mut Vec<Item>) {
    let is_selected = is_selected(input, event);
    if !is_selected && !event.is_hovered {
        return;
    }
    let rect = frame(event, label);
    let (fill, stroke) = if is_selected {
        // Of several the one that has the focus stands out.
        let width = if event.is_focused { 1.5 } else { 0.75 };
        (input.theme.selection, Some(Stroke::solid(width, input.theme.accent)))
    } else {
        (input.theme.hover, None)
    };
    items.push(Item::Path { segments: rounded(rect, 4.0), fill: Some(fill), stroke });
}

fn is_selected(input: &SceneInput<'_>, event: &Shown<'_>) -> bool {
    event.is_focused || input.aspect.selected.is_some_and(|set| set.contains(event.mark().1 as usize))
}

/// What stands around a mark and its label while it is selected or pointed at.
fn frame(event: &Shown<'_>, label: Option<&Label>) -> Rect {
    let (mut x0, mut x1) = event.ends;
    if let Some(label) = label {
        x0 = x0.min(label.x);
        let count = event.count.as_ref().zip(label.count_x).map(|(count, x)| x + count.run.width_pt);
        x1 = x1.max(label.ends().1).max(count.unwrap_or(x1));
    }
    Rect::new(x0 - HALO, event.y - 11.0, x1 + HALO, event.y + 11.0)
}

fn cues(input: &SceneInput<'_>, event: &Shown<'_>, items: &mut Vec<Item>, shaper: &mut Shaper) {
    let color = input.theme.text_muted;
    if let Some(cue) = &event.cue {
        let origin = Point::new(event.bare_ends.1 - cue.width_pt, text_baseline(event.y, cue.style));
        items.push(Item::Text { run: Arc::clone(cue), origin, color });
    }
    if let Some(piece) = event.pieces.first().filter(|_| event.doubt_inside && event.look.holds_label()) {
        let run = shaper.shape("?", Style::semibold(font::SMALL));
        let (x0, x1) = piece.ends();
        let origin = Point::new(f64::midpoint(x0, x1) - run.width_pt / 2.0, text_baseline(event.y, run.style));
        items.push(Item::Text { run, origin, color: event.look.label_color(piece, input.theme) });
    }
    for piece in &event.pieces {
        let (Piece::Bar { left, right, .. } | Piece::Window { left, right, .. }) = piece else { continue };
        let (x0, x1) = piece.ends();
        for (end, x) in [(left, x0 + 6.0), (right, x1 - 12.0)] {
            if *end == End::Unknown {
                let run = shaper.shape("?", Style::semibold(font::SMALL));
                let origin = Point::new(x, text_baseline(event.y, run.style));
                items.push(Item::Text { run, origin, color });
            }
        }
    }
}

/// The colour of a label in a body, or on the line between two parts of it.
fn label_color(input: &SceneInput<'_>, event: &Shown<'_>) -> Color {
    match event.pieces.as_slice() {
        [piece] => event.look.label_color(piece, input.theme),
        _ => input.theme.text,
    }
}

fn paint_label(input: &SceneInput<'_>, event: &Shown<'_>, label: &Label, items: &mut Vec<Item>) {
    let color = match label.side {
        LabelSide::Inside => label_color(input, event),
        _ if event.is_pale || event.is_silent => input.theme.text_muted,
        _ => input.theme.text,
    };
    let muted = match label.side {
        // Ink on a fill has no lighter tone that reads there.
        LabelSide::Inside if event.look.holds_label() && event.pieces.len() == 1 => {
            let reads = input.theme.text_muted.contrast(event.look.fill) >= input.theme.text_contrast();
            if reads { input.theme.text_muted } else { color }
        }
        _ => input.theme.text_muted,
    };
    if let Some((count, x)) = event.count.as_ref().zip(label.count_x) {
        items.push(count.at(x).item(event.y, muted));
    }
    if label.run.text.is_empty() {
        return;
    }
    let origin = Point::new(label.text_x, text_baseline(event.y, label.run.style));
    items.push(Item::Text { run: Arc::clone(&label.run), origin, color });
    if let Some((x, run)) = &label.date {
        items.push(Item::Text { run: Arc::clone(run), origin: Point { x: *x, ..origin }, color: muted });
    }
    if event.look.is_struck {
        items.push(Item::Line {
            from: Point::new(label.text_x, event.y + 0.5),
            to: Point::new(label.text_x + label.run.width_pt, event.y + 0.5),
            stroke: Stroke::solid(1.0, color),
        });
    }
}

fn add_targets(event: &Shown<'_>, label: Option<&Label>, track: Rect, targets: &mut Vec<Target>) {
    let mut add = |x0: f64, x1: f64, subject: Hit| {
        let rect = Rect::new(x0, event.y - REACH, x1, event.y + REACH).intersection(track);
        if rect.width() > 0.0 && rect.height() > 0.0 {
            targets.push(Target { rect, subject });
        }
    };
    let at = event.position;
    let (left, right) = event.bare_ends;
    if left < event.body.0 || right > event.body.1 {
        add(left, right, Hit::EventLabel(at));
    }
    if let Some(label) = label.filter(|label| label.side != LabelSide::Inside) {
        add(label.x - 2.0, label.ends().1 + 2.0, Hit::EventLabel(at));
    }
    add(event.body.0, event.body.1, Hit::Event(at));
    if let [piece @ (Piece::Bar { left, right, .. } | Piece::Window { left, right, .. })] = event.pieces.as_slice() {
        let (x0, x1) = piece.ends();
        if x1 - x0 < 3.0 * EDGE {
            return;
        }
        let is_grip = |end: &End| matches!(end, End::Sharp | End::Soft);
        // What is grasped on the mark beside it is that mark.
        if is_grip(left) {
            add((x0 - EDGE / 2.0).max(event.clear.0), x0 + EDGE / 2.0, Hit::EventStart(at));
        }
        if is_grip(right) {
            add(x1 - EDGE / 2.0, (x1 + EDGE / 2.0).min(event.clear.1), Hit::EventEnd(at));
        }
    }
}
