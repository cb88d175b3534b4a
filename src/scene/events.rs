//! The events of a window: their marks, their labels, and what of them can be pointed at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::ahead;
use super::areas::SCROLL_BAR;
use super::density::{self, Count, Strip};
use super::folds;
use super::images;
use super::ink::band_ink;
use super::marks::{Pen, rounded};
use super::obstacles::text_box;
use super::overflow;
use super::packed::Packed;
use super::piece::{Axis, End, OPEN_FADE, Piece, pieces};
use super::sheet::Sheet;
use super::shown::{Mark, Over, Place, RowMap, Rows, Shown, clear_strips, count_crowds, make_room, show};
use super::sight::look;
use super::silences::{self, Outline};
use super::{Frame, Hit, Item, LabelSides, Plan, SceneInput, Stroke, Target, text_baseline};
use crate::geom::{Point, Rect};
use crate::index::{Crowd, Entry, Reach, Sight, Single, Spot};
use crate::layout::{
    Bands, FoldSpan, Label, LabelSide, LabelWish, Title, Words, distinct_endings, place_over, place_row,
};
use crate::model::{Citation, DateLabels, KnownOn, Timeline};
use crate::text::{Face, Shaper, Style};
use crate::theme::{Color, font, space};
use crate::time::{Instant, Said};

/// Half the height of a target.
const REACH: f64 = 10.0;
/// Width of the target on the edge of something that lasted.
const EDGE: f64 = 8.0;
/// Room for the arrow head of an end that goes on.
const TIP: f64 = 12.0;
/// Half the height of the plate below a label that could not be read otherwise.
const PLATE: f64 = 7.5;
/// How far below or above the middle of the row a competing date is drawn.
const GHOST: f64 = 12.0;
/// What is drawn, room or none: the selected event and the one pointed at.
const MOST_OVER: usize = 2;
const GHOST_NAME: Style = Style::regular(font::SMALL);
/// Longer names of sources are cut where labels of their row would have less room for them.
const MOST_GHOST_NAME: f64 = 160.0;
/// How far the frame of what is selected reaches beyond it.
const HALO: f64 = 5.0;

/// What a picture draws of the events.
struct Drawn<'a> {
    /// One by one, from left to right.
    shown: Vec<Shown<'a>>,
    /// Where there is no room for that: with their buckets in `sight`.
    strips: Vec<(Strip, std::ops::Range<usize>)>,
    sight: &'a Sight,
    /// Counts that no mark says, with the middle of their rows.
    heaps: Vec<(f64, Count)>,
    /// How many of `shown` have room; the others are drawn because they are selected or pointed at.
    roomy: usize,
    /// Silences of accounts that stand too close to be told apart.
    silences: Vec<Outline>,
}

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

fn collect<'a>(input: &SceneInput<'a>, plan: &Plan, sight: &'a Sight, axis: &Axis, shaper: &mut Shaper) -> Drawn<'a> {
    let track = plan.areas.track;
    // Of a page that is too low there are rows below its track.
    let half = Bands::ROW_HEIGHT / 2.0;
    let is_on_track = |y: &f64| plan.page.is_none() || y + half <= track.y1;
    let y = |spot: Spot| plan.row_center(spot, input.scroll_y).filter(is_on_track);
    let y_of = |spot: Spot, event: u32| plan.mark_center(input.index, spot, event, input.scroll_y).filter(is_on_track);
    let inks: Vec<Color> = (0..input.index.bands().len()).map(|band| band_ink(input, band)).collect();
    let mut places: Vec<(&Single, Place)> = Vec::with_capacity(sight.marks());
    // Of those that stand for a crowd, how many more there are. Only looked up.
    let mut counts: FxHashMap<Mark, Count> = FxHashMap::default();
    let mut strips = Vec::with_capacity(sight.singles.len() + sight.crowds.len());
    let silent = silences::rows(input, plan, sight);
    let outlines = silences::outlines(sight, &silent, y, track, axis, shaper);
    let (alone, silences): (Vec<_>, Vec<_>) = outlines
        .into_iter()
        .map(|outline| (outline.alone(input, plan), outline))
        .partition(|(alone, _)| alone.is_some());
    let alone: Vec<(Single, Place)> =
        alone.into_iter().filter_map(|(single, outline)| Some((single?, outline.place()))).collect();
    let silences = silences.into_iter().map(|(_, outline)| outline).collect();
    let free = |(start, end): (Instant, Instant)| (axis.x(start), axis.x(end));
    for alike in sight.singles.chunk_by(is_alike) {
        // Of several the first is drawn, which stands for the others.
        let Some(single) = alike.first() else { continue };
        let spot = Spot { band: single.band, row: single.row };
        let Some(y) = y_of(spot, single.event) else { continue };
        let free = free(single.free);
        if single.is_prominent {
            places.push((single, Place { spot, y, free }));
            let Single { band, row, start, end, .. } = *single;
            let count = u32::try_from(alike.len()).unwrap_or(u32::MAX);
            let crowd = Crowd { band, row, start, end, count, is_part: false };
            let count = Strip::of(crowd, y, free, axis).count(shaper);
            counts.extend(count.map(|count| ((band, single.event), count)));
        } else {
            strips.push((Strip::of_one(single, y, free, axis), 0..0));
        }
    }
    for seen in &sight.crowds {
        let spot = Spot { band: seen.crowd.band, row: seen.crowd.row };
        // Of silences none stands for the others.
        let Some(y) = y(spot).filter(|_| !silent.contains(&(spot.band, spot.row))) else { continue };
        let free = free(seen.free);
        let strip = Strip::of(seen.crowd, y, free, axis);
        if let Some(heaviest) = &seen.heaviest {
            places.push((heaviest, Place { spot, y, free }));
            counts.extend(strip.count(shaper).map(|count| ((heaviest.band, heaviest.event), count)));
        }
        if (seen.crowd.count > 1 && !seen.is_alike()) || seen.heaviest.is_none() {
            strips.push((strip, seen.buckets.clone()));
        }
    }
    places.extend(alone.iter().map(|(single, place)| (single, *place)));
    let places = in_time_order(input.timeline, &places);
    let over = Over::of(input);
    let mut shown: Vec<Shown<'a>> = Vec::with_capacity(places.len() + MOST_OVER);
    for ((single, place, title), event) in ahead::of_events(input.timeline, &places, |(single, ..)| Some(single.event))
    {
        let event = event.map(|event| (single.event, event, *title));
        shown.extend(event.and_then(|event| show(input, event, *place, &over, axis, &inks, shaper)));
    }
    let rows = Rows::of(&shown);
    make_room(&mut shown, &rows, strips.iter().map(|(strip, _)| strip));
    clear_strips(&shown, &rows, strips.iter_mut().map(|(strip, _)| strip));
    strips.sort_by_key(|(strip, _): &(Strip, _)| strip.crowd.band);
    count_crowds(&mut shown, &rows, &counts);
    let mut heaps = overflow::counts(sight, (&shown, &rows), y, track, axis, shaper);
    heaps.retain(|(_, count)| !silent.contains(&(count.crowd.band, count.crowd.row)));
    heaps.extend(overflow::of_rows(sight, (&shown, &rows), y, track, axis, shaper));
    let roomy = shown.len();
    // What is selected or pointed at is drawn, room or none, in each of its bands.
    let positions = over.hovered.iter().chain(&over.selected).copied();
    let positions = positions.filter(|position| input.index.is_selected(input.matches, *position));
    for (position, spot) in
        positions.flat_map(|position| plan.spots(input.index, position).into_iter().map(move |spot| (position, spot)))
    {
        let Some((at, event)) = u32::try_from(position).ok().zip(input.timeline.events().get(position)) else {
            continue;
        };
        if shown.iter().any(|shown| shown.mark() == (spot.band, at)) {
            continue;
        }
        let half = Bands::ROW_HEIGHT / 2.0;
        let y = y(spot).filter(|y| y + half >= track.y0 && y - half <= track.y1);
        let (start, end) = axis.window();
        let reach = event.date.as_ref().and_then(|date| Reach::of(&date.extent(input.zone)));
        let is_in_sight = reach.is_some_and(|reach| reach.start < end && start < reach.end);
        if let Some(y) = y.filter(|_| is_in_sight) {
            let place = Place { spot, y, free: Place::FREE };
            let event = (at, event, Title::of(&event.title));
            shown.extend(show(input, event, place, &over, axis, &inks, shaper));
        }
    }
    Drawn { shown, strips, sight, heaps, roomy, silences }
}

/// Whether events of a row have the same place: they are of a kind then.
fn is_alike(a: &Single, b: &Single) -> bool {
    a.is_prominent && b.is_prominent && (a.band, a.row, a.start, a.end) == (b.band, b.row, b.start, b.end)
}

/// By start and end, of equals in a band by title: those of other bands do not lie on each other.
fn in_time_order<'s, 'e>(
    timeline: &'e Timeline,
    places: &[(&'s Single, Place)],
) -> Vec<(&'s Single, Place, Title<'e>)> {
    // Most differ in where they begin, and what is moved while it is sorted is small.
    let mut starts: Vec<(Instant, usize)> = (0..).zip(places).map(|(at, (single, _))| (single.start, at)).collect();
    starts.sort_by_key(|(start, _)| *start);
    let sorted: Vec<_> = starts.iter().filter_map(|(_, at)| places.get(*at).copied()).collect();
    // Titles lie anywhere in memory: to read each as it is compared would be to wait for each.
    let titled = ahead::of_titles(timeline, &sorted, |(single, _)| Some(single.event));
    let titled = titled.map(|((single, place), title)| (*single, *place, title.unwrap_or_default()));
    let mut titled: Vec<_> = titled.collect();
    for alike in titled.chunk_by_mut(|(a, ..), (b, ..)| a.start == b.start) {
        alike.sort_by(|(a, _, title), (b, _, other)| {
            let by_place = (a.end, a.band).cmp(&(b.end, b.band));
            by_place.then_with(|| title.cmp(other)).then(a.event.cmp(&b.event))
        });
    }
    titled
}

/// The labels of a picture.
#[derive(Default)]
struct Labels {
    /// Of each event that is shown, in that order; none where there is no room for one.
    events: Vec<Option<Label>>,
    /// Of the ghosts, in their order.
    ghosts: BTreeMap<usize, Label>,
    /// Marks of the selected event whose labels found no room and lie on what is there.
    over: BTreeSet<Mark>,
}

fn label(
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
fn cut(drawn: &Drawn<'_>, labels: &Labels, bounds: (f64, f64)) -> Vec<Mark> {
    let shown = drawn.shown.iter().take(drawn.roomy).zip(&labels.events);
    let is_cut = |(event, label): &(&Shown<'_>, &Option<Label>)| {
        let is_in_sight = event.ends.0 < bounds.1 && bounds.0 < event.ends.1;
        is_in_sight && !event.is_silent && label.as_ref().is_none_or(|label| label.words == Words::Cut)
    };
    shown.filter(is_cut).map(|(event, _)| event.mark()).collect()
}

/// Of each event that is shown its title without the words with which the other titles around it begin, where that says more. Where
/// rows were packed for them they are those that have room, whatever of the rows is in sight.
fn endings(shown: &[Shown<'_>], packed: Option<&Packed>) -> Vec<Option<String>> {
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

/// A date that a citation of the selected event gives instead: a measuring line along its row.
struct Ghost {
    pieces: Vec<Piece>,
    ends: (f64, f64),
    y: f64,
    /// The row, by band and row, and its middle.
    row: (u32, u32),
    middle: f64,
    /// Who gives it, and that cut to what is always said of it.
    name: Arc<str>,
    source: Arc<str>,
}

/// The dates that the citations of an event give instead, each once.
fn ghosts(input: &SceneInput<'_>, selected: &Shown<'_>, axis: &Axis, shaper: &mut Shaper) -> Vec<Ghost> {
    let mut seen = vec![selected.event.date_as_written()];
    let mut ghosts = Vec::new();
    let is_out = |citation: &&Citation| KnownOn::counts(input.aspect.known_on, input.timeline, citation);
    for citation in selected.event.citations.iter().filter(is_out) {
        let Some(date) = citation.date.as_deref().filter(|date| !seen.contains(&date.as_str())) else { continue };
        seen.push(date.as_str());
        let Some(entry) = Entry::new(selected.position, selected.spot.band, date, input.zone) else { continue };
        let pieces = pieces(&entry, axis);
        let ends = pieces.iter().map(|piece| piece.ends()).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        let Some(ends) = ends else { continue };
        // Below, above, then once more with a step.
        let turn = ghosts.len();
        let step = GHOST + f64::from(u32::try_from(turn / 2).unwrap_or(0)) * 3.0;
        let y = if turn.is_multiple_of(2) { selected.y + step } else { selected.y - step };
        let source = input.timeline.source(&citation.source);
        let name = source.map_or(&citation.source, |source| source.publisher.as_ref().unwrap_or(&source.title));
        let cut = |most: f64, shaper: &mut Shaper| Arc::clone(&shaper.shape_to_fit(name, GHOST_NAME, most).text);
        let source = cut(MOST_GHOST_NAME, shaper);
        let name = cut(f64::INFINITY, shaper);
        let row = selected.row();
        ghosts.push(Ghost { pieces, ends, y, row, middle: selected.y, name, source });
    }
    ghosts
}

fn paint_ghost(ghost: &Ghost, name: Option<&Label>, color: Color, items: &mut Vec<Item>) {
    let sharp = Stroke::solid(1.5, color);
    for piece in &ghost.pieces {
        let (x0, x1) = piece.ends();
        let (from, to) = (Point::new(x0, ghost.y), Point::new(x1, ghost.y));
        items.push(Item::Line { from, to, stroke: Stroke { dash: Some((3.0, 2.0)), ..sharp } });
        if matches!(piece, Piece::Join { .. }) {
            continue;
        }
        for x in [x0, x1] {
            let (from, to) = (Point::new(x, ghost.y - 3.0), Point::new(x, ghost.y + 3.0));
            items.push(Item::Line { from, to, stroke: sharp });
        }
    }
    if let Some(name) = name {
        let origin = Point::new(name.text_x, text_baseline(ghost.middle, name.run.style));
        items.push(Item::Text { run: Arc::clone(&name.run), origin, color });
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
