//! What a picture draws of the events: which one by one, which as strips, and in what order.

use rustc_hash::FxHashMap;

use super::density::{Count, Strip};
use super::ink::band_ink;
use super::piece::Axis;
use super::shown::{Mark, Over, Place, Rows, Shown, clear_strips, count_crowds, make_room, show};
use super::silences::{self, Outline};
use super::{Plan, SceneInput, ahead, overflow};
use crate::index::{Crowd, Reach, Sight, Single, Spot};
use crate::layout::{Bands, Title};
use crate::model::Timeline;
use crate::text::Shaper;
use crate::theme::Color;
use crate::time::Instant;

/// What is drawn, room or none: the selected event and the one pointed at.
const MOST_OVER: usize = 2;

/// What a picture draws of the events.
pub(super) struct Drawn<'a> {
    /// One by one, from left to right.
    pub shown: Vec<Shown<'a>>,
    /// Where there is no room for that: with their buckets in `sight`.
    pub strips: Vec<(Strip, std::ops::Range<usize>)>,
    pub sight: &'a Sight,
    /// Counts that no mark says, with the middle of their rows.
    pub heaps: Vec<(f64, Count)>,
    /// How many of `shown` have room; the others are drawn because they are selected or pointed at.
    pub roomy: usize,
    /// Silences of accounts that stand too close to be told apart.
    pub silences: Vec<Outline>,
}

pub(super) fn collect<'a>(
    input: &SceneInput<'a>,
    plan: &Plan,
    sight: &'a Sight,
    axis: &Axis,
    shaper: &mut Shaper,
) -> Drawn<'a> {
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
