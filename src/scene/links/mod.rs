//! The links of a picture: those of the events that are selected, pointed at or asked for, or all of them, as lines.
//!
//! Owns which links are drawn and what is said beside them. What a window shows of all links is counted by `index`; where lines run
//! says `route`, what they look like `line`.
//!
//! ```text
//!   ● Talks begin                      a line for each link, with its word where there is room
//!   └─causes─┐
//!            ▼
//!   ◀─ 3 ─   ● Treaty signed           a stub to what is out of sight, with how many there are and where they lead
//! ```
//!
//! Lines run behind marks and labels: what these cover is left out of them, so that no word is struck through. Those of one relation
//! that lead to one event run together, and are named once. A word stands only where no other line is near.
//!
//! ```text
//!   [△● Treaty signed]     the arrow lies on the frame of what is selected, not behind it
//!    └╌╌╌╌┬╌╌╌╌┐ 2 × implements
//!         ● Bill
//!              ● Law
//! ```

mod crossing;
mod line;
mod route;
mod ties;

use std::collections::{BTreeMap, BTreeSet};

use self::crossing::Bodies;
use self::line::Pattern;
use self::route::{Body, Bundle, Router, uncovered};
pub use self::ties::{Relations, ShownLinks};
use self::ties::{Tie, Ties, out_of_window};
use super::events::Painted;
use super::name::{grouped, link_words};
use super::obstacles::Obstacles;
use super::piece::Axis;
use super::{Hit, Item, LinkHit, Plan, SceneInput, Stroke, Target, text_baseline};
use crate::geom::{Point, Rect};
use crate::index::{Entry, Exit, LinkAt, LinkGroup};
use crate::layout::Bands;
use crate::model::Relation;
use crate::text::{Shaper, Style};
use crate::theme::{Color, font, space};

/// More lines than this stand without words: what a word says is in the legend.
const MOST_WORDED: usize = 60;
/// Half the height of a small word, and how far from its line its middle stands.
const HALF_WORD: f64 = 6.5;
const WORD_STYLE: Style = Style::regular(font::SMALL);
/// Words beside a line that leaves the picture are cut to this where they have no room as they are.
const MOST_WORDS: f64 = 240.0;
/// How much of the mark on a contradiction may lie over the words and marks beside it: rows leave a gap that is narrower.
const STRUCK_OVER: f64 = 1.7;
/// From one place that is tried for it to the next along its line, and how many are.
const STRUCK_STEP: f64 = 6.0;
const MOST_STRUCK: f64 = 80.0;
/// How much of a line shows behind the body of another event.
const BEHIND: u8 = 150;
/// How much of a thread between accounts shows that nobody asks about.
const FAINT: u8 = 130;
/// How far beyond its edge the line of a frame reaches.
const FRAME_LINE: f64 = 0.25;
/// Another line that is nearer to a word than this could be the one that it names.
const UNCLEAR: f64 = 3.0;
/// How far a word stands from an upright line that leaves no room nearer by: beside the marks at its ends.
const BESIDE_MARK: f64 = 7.0;
/// How far from a line the pointer still hits it.
const REACH: f64 = 3.5;

/// Where an event of a line stands.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// In sight.
    Mark(Body),
    /// Out of sight, with where in the track's coordinates it would stand, from its left to its right end.
    Out(Exit, (f64, f64)),
}

/// A line with its corners and words.
struct Drawn {
    tie: Tie,
    route: Vec<Point>,
    /// Where it leaves the picture.
    exit: Option<Exit>,
    /// Those with which it runs as one.
    bundle: Bundle,
    /// Beside it: where, and what.
    words: Option<(Rect, std::sync::Arc<crate::text::Run>)>,
}

/// Paints the lines of links: what lies below the events, then what lies above them. Adds their targets.
pub(super) fn paint(
    input: &SceneInput<'_>,
    plan: &Plan,
    painted: &Painted,
    obstacles: &mut Obstacles,
    targets: &mut Vec<Target>,
    shaper: &mut Shaper,
) -> (Vec<Item>, Vec<Item>) {
    let track = plan.areas.track;
    let ties = Ties::of(input, bands_in_sight(plan, input.scroll_y));
    if ties.lines.is_empty() && ties.exits.is_empty() && ties.others == 0 && ties.undated == 0 {
        return (Vec::new(), Vec::new());
    }
    let words = obstacles.clone();
    painted.marks.iter().for_each(|(_, body)| obstacles.add(body.expanded(1.0)));
    painted.frames.iter().for_each(|frame| obstacles.add(frame.expanded(FRAME_LINE)));
    let bodies = Bodies::of(painted.marks.iter().map(|(_, body)| *body), track);
    let mut drawn = routed(input, plan, painted, obstacles, &ties);
    if input.aspect.accounts.is_none() {
        // Between accounts all lines say the same, and the legend says what.
        place_words(input, track, &mut drawn, obstacles, shaper);
    }
    let (mut below, mut above) = (Vec::new(), Vec::new());
    // Contradictions lie over the other lines.
    let (contested, agreed): (Vec<&Drawn>, Vec<&Drawn>) =
        drawn.iter().partition(|line| line.tie.group.contradictions > 0);
    for line in agreed.into_iter().chain(contested) {
        let parts = bodies.held_off(uncovered(&line.route, obstacles), &line.route);
        let LinkAt { from, to, .. } = line.tie.group.heaviest;
        let own = painted.marks.iter().filter(|((_, event), _)| [from, to].contains(event)).map(|(_, body)| *body);
        let faint = line::color(line.tie.group.contradictions > 0, input.theme.text, input.theme).with_alpha(BEHIND);
        above.extend(bodies.behind(&line.route, &own.collect::<Vec<Rect>>(), &words, Stroke::solid(1.0, faint)));
        paint_line(input, line, &parts, obstacles, (&mut below, &mut above));
        if line.tie.group.contradictions > 0 && !is_faint(input, line.tie) {
            paint_struck(input, line, &parts, (&mut *obstacles, painted.labels.as_slice(), track), &mut above);
        }
        if let Some((rect, run)) = &line.words {
            let contested = line.tie.group.contradictions > 0;
            let color = line::color(contested, ink(input, line.tie), input.theme);
            let origin = Point::new(rect.x0 + 2.0, text_baseline(rect.center().y, run.style));
            above.push(Item::Text { run: run.clone(), origin, color });
        }
        targets.extend(line_targets(input, line, track));
    }
    pills(input, track, &ties, obstacles, (&mut above, targets), shaper);
    (below, above)
}

/// The first and the last band that can be seen.
fn bands_in_sight(plan: &Plan, scroll_y: f64) -> (u32, u32) {
    if plan.page.is_some() {
        return (0, u32::MAX);
    }
    let height = plan.areas.track.height();
    let band = |y: f64| plan.bands.band_at(y).and_then(|band| u32::try_from(band).ok());
    let first = band(scroll_y.max(0.0)).unwrap_or(0);
    (first, band(scroll_y + height - 0.5).unwrap_or(u32::MAX))
}

/// Whether a line is a thread between accounts that nobody asks about: the tellings that it joins are marked as well, and many such
/// lines with all that says what they are would hide these.
const fn is_faint(input: &SceneInput<'_>, tie: Tie) -> bool {
    input.aspect.accounts.is_some() && !tie.is_own
}

fn ink(input: &SceneInput<'_>, tie: Tie) -> Color {
    if tie.is_own { input.theme.text } else { input.theme.text_muted }
}

/// Finds the ways of all lines, those of the selection first: they get the shortest.
fn routed(input: &SceneInput<'_>, plan: &Plan, painted: &Painted, obstacles: &Obstacles, ties: &Ties) -> Vec<Drawn> {
    let track = plan.areas.track;
    let axis = Axis::new(input.viewport, track.x0, track.x1);
    let bundles = bundles(input, ties);
    let mut marks: BTreeMap<u32, Vec<(u32, Rect)>> = BTreeMap::new();
    for ((band, event), body) in &painted.marks {
        marks.entry(*event).or_default().push((*band, *body));
    }
    let place = |event: u32, beside: Option<f64>| place(input, plan, &axis, &marks, event, beside);
    let mut router = Router::new(obstacles, track);
    let mut drawn: Vec<Drawn> = Vec::with_capacity(ties.lines.len());
    // Of one event, links that leave on one side in one way are one line with a count.
    let mut leaving: BTreeMap<(bool, u32, Exit, u8, bool), usize> = BTreeMap::new();
    for (tie, bundle) in ties.lines.iter().zip(bundles) {
        let LinkAt { from, to, .. } = tie.group.heaviest;
        router.begin(bundle);
        let Some(start) = place(from, None) else { continue };
        let near = if let Place::Mark(body) = start { Some(body.middle) } else { None };
        let Some(end) = place(to, near) else { continue };
        match (start, end) {
            (Place::Mark(a), Place::Mark(b)) => {
                drawn.push(Drawn { tie: *tie, route: router.between(&a, &b), exit: None, bundle, words: None });
            }
            (Place::Mark(own), Place::Out(exit, (x0, x1))) | (Place::Out(exit, (x0, x1)), Place::Mark(own)) => {
                // To what lasts where it lies nearest.
                let x = own.rect.center().x.max(x0).min(x1);
                let is_out = matches!(start, Place::Mark(_));
                let event = if is_out { from } else { to };
                let key = (tie.is_own, event, exit, tie.group.relations, is_out);
                if let Some(known) = leaving.get(&key).and_then(|at| drawn.get_mut(*at)) {
                    known.tie.group = known.tie.group.with(tie.group);
                    continue;
                }
                let mut route = router.out(&own, exit, x);
                if !is_out {
                    route.reverse();
                }
                leaving.insert(key, drawn.len());
                drawn.push(Drawn { tie: *tie, route, exit: Some(exit), bundle: None, words: None });
            }
            (Place::Out(..), Place::Out(..)) => {}
        }
    }
    drawn
}

/// Which lines run as one, by number: those of one relation that lead to one event, which is even, or from one, which is odd,
/// whichever are more.
fn bundles(input: &SceneInput<'_>, ties: &Ties) -> Vec<Bundle> {
    if let Some(accounts) = input.aspect.accounts {
        // Threads between the tellings of one event say one thing together: these cannot all be right. Those that somebody asks about
        // are told apart.
        let told = |tie: &Tie| accounts.told(tie.group.heaviest.from as usize).filter(|_| !tie.is_own);
        return ties.lines.iter().map(|tie| told(tie).map(|told| told.event)).collect();
    }
    // A contradiction has a mark of its own, and what stands for several links says so.
    let is_plain = |group: &LinkGroup| group.count == 1 && group.contradictions == 0;
    let keys = |tie: &Tie| {
        let LinkGroup { heaviest: LinkAt { from, to, .. }, relations, .. } = tie.group;
        [(false, to, relations, tie.is_own), (true, from, relations, tie.is_own)]
    };
    let plain = || ties.lines.iter().filter(|tie| is_plain(&tie.group));
    let mut counts: BTreeMap<(bool, u32, u8, bool), usize> = BTreeMap::new();
    plain().flat_map(keys).for_each(|key| *counts.entry(key).or_default() += 1);
    let count = |key: &(bool, u32, u8, bool)| counts.get(key).copied().unwrap_or(0);
    let number = |key: (bool, u32, u8, bool)| {
        let before = u32::try_from(counts.range(..key).count()).ok()?;
        Some(2 * before + u32::from(key.0))
    };
    let of = |tie: &Tie| {
        // Of equals the first: what leads to an event.
        let [into, out] = keys(tie);
        let key = if count(&into) >= count(&out) { into } else { out };
        (is_plain(&tie.group) && count(&key) > 1).then(|| number(key)).flatten()
    };
    ties.lines.iter().map(of).collect()
}

/// Where an event stands: its mark, of several the one nearest to the row of the other end; where it has none, its place in
/// time and row.
fn place(
    input: &SceneInput<'_>,
    plan: &Plan,
    axis: &Axis,
    marks: &BTreeMap<u32, Vec<(u32, Rect)>>,
    event: u32,
    beside: Option<f64>,
) -> Option<Place> {
    let track = plan.areas.track;
    let near = |rect: &Rect| beside.map_or(0.0, |middle| (rect.center().y - middle).abs());
    let own = marks.get(&event).into_iter().flatten().map(|(_, rect)| *rect);
    let in_sight = |rect: &Rect| rect.overlaps(track) && track.y0 <= rect.center().y && rect.center().y <= track.y1;
    let rect = own.filter(in_sight).min_by(|a, b| near(a).total_cmp(&near(b)));
    let rect = match rect {
        Some(rect) => rect,
        None => {
            let position = event as usize;
            let record = input.timeline.events().get(position)?;
            // The rows of a picture hold what its window shows: what lies beside that has none, and leaves by an edge all the same.
            let Some(spot) = plan.spots(input.index, position).into_iter().next() else {
                let x = |exit| if exit == Exit::Earlier { track.x0 } else { track.x1 };
                return out_of_window(input, position).map(|exit| Place::Out(exit, (x(exit), x(exit))));
            };
            let entry = Entry::new(event, spot.band, record.date.as_ref()?, input.zone)?;
            let middle = plan.row_center(spot, input.scroll_y)?;
            let (start, end) = (axis.x(entry.start), axis.x(entry.end));
            Rect::new(start, middle - 5.5, end.max(start + 2.0), middle + 5.5)
        }
    };
    let middle = rect.center().y;
    if rect.x1 <= track.x0 + 1.0 {
        return Some(Place::Out(Exit::Earlier, (track.x0, track.x0)));
    }
    if rect.x0 >= track.x1 - 1.0 {
        return Some(Place::Out(Exit::Later, (track.x1, track.x1)));
    }
    let rect = Rect { x0: rect.x0.max(track.x0), x1: rect.x1.min(track.x1), ..rect };
    if middle < track.y0 {
        return Some(Place::Out(Exit::Above, (rect.x0, rect.x1)));
    }
    if middle > track.y1 {
        return Some(Place::Out(Exit::Below, (rect.x0, rect.x1)));
    }
    Some(Place::Mark(Body { rect, middle }))
}

fn pattern(group: LinkGroup) -> Pattern {
    let mut relations = group.relations();
    match (relations.next(), relations.next()) {
        (Some(relation), None) => Pattern::of(relation),
        _ => Pattern::mixed(group.contradictions > 0),
    }
}

/// Finds places for what is said beside lines, where nothing stands; those of the selection first.
fn place_words(
    input: &SceneInput<'_>,
    track: Rect,
    drawn: &mut [Drawn],
    obstacles: &mut Obstacles,
    shaper: &mut Shaper,
) {
    let is_worded = drawn.len() <= MOST_WORDED;
    let routes: Vec<(Bundle, Vec<Point>)> = drawn.iter().map(|line| (line.bundle, line.route.clone())).collect();
    // Those of which a line has its words: one line says them for all.
    let mut said: BTreeSet<u32> = BTreeSet::new();
    for (at, line) in drawn.iter_mut().enumerate() {
        let is_counted = line.tie.group.count > 1;
        if !(is_worded || line.tie.is_own || is_counted) || line.bundle.is_some_and(|bundle| said.contains(&bundle)) {
            continue;
        }
        let is_mate = |bundle: Bundle| line.bundle.is_some() && bundle == line.bundle;
        let mates = routes.iter().filter(|(bundle, _)| is_mate(*bundle)).count();
        let mates = u32::try_from(mates).unwrap_or(u32::MAX);
        let words =
            if mates > 1 { link_words(LinkGroup { count: mates, ..line.tie.group }) } else { words(input, line) };
        let away = HALF_WORD + 1.5 + pattern(line.tie.group).half_width();
        // Another line that runs behind a word is cut there, and one that runs beside it could be the one that is meant.
        let others = || {
            let others = routes.iter().enumerate().filter(|(other, (bundle, _))| *other != at && !is_mate(*bundle));
            others.map(|(_, (_, route))| route)
        };
        let is_clear = |rect: &Rect| !others().any(|route| crosses(route, rect.expanded(UNCLEAR)));
        let whole = shaper.shape(&words, WORD_STYLE);
        let cut = (whole.width_pt > MOST_WORDS).then(|| shaper.shape_to_fit(&words, WORD_STYLE, MOST_WORDS));
        for run in std::iter::once(whole).chain(cut) {
            let is_inside =
                |rect: &Rect| track.x0 <= rect.x0 && rect.x1 <= track.x1 && track.y0 <= rect.y0 && rect.y1 <= track.y1;
            let free = candidates(line, run.width_pt + 4.0, away)
                .find(|rect| is_inside(rect) && obstacles.is_free(*rect) && is_clear(rect));
            if let Some(rect) = free {
                obstacles.add(rect);
                line.words = Some((rect, run));
                said.extend(line.bundle);
                break;
            }
        }
    }
}

/// What is said beside a line: its relation; how many links it stands for; where it leads, where that is out of sight.
fn words(input: &SceneInput<'_>, line: &Drawn) -> String {
    let group = line.tie.group;
    let words = link_words(group);
    if line.exit.is_none() || group.count > 1 {
        return words;
    }
    let LinkAt { from, to, .. } = group.heaviest;
    let starts_here = line.route.last().is_some_and(|end| is_edge(line.exit, *end, line.route.first()));
    let event = |at: u32| input.timeline.events().get(at as usize);
    let other = event(if starts_here { to } else { from });
    let Some(other) = other else { return words };
    let named = format!("{}, {}", other.title, other.date_in_words_with(input.zone));
    if starts_here { format!("{words} {named}") } else { format!("{named}: {words}") }
}

/// Whether a line that leaves by a side ends there, and not begins.
fn is_edge(exit: Option<Exit>, end: Point, start: Option<&Point>) -> bool {
    let Some(start) = start else { return false };
    match exit {
        Some(Exit::Earlier) => end.x < start.x,
        Some(Exit::Later) => end.x > start.x,
        Some(Exit::Above) => end.y < start.y,
        Some(Exit::Below) => end.y > start.y,
        None => false,
    }
}

/// Where words of a width may stand beside a line: over and under its level parts, beside its upright ones; the longest first.
fn candidates(line: &Drawn, width: f64, away: f64) -> impl Iterator<Item = Rect> {
    let mut parts: Vec<(Point, Point)> =
        line.route.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
    let length = |(a, b): &(Point, Point)| (b.x - a.x).abs() + (b.y - a.y).abs();
    parts.sort_by(|a, b| length(b).total_cmp(&length(a)));
    let around = move |x: f64, y: f64| Rect::new(x - width / 2.0, y - HALF_WORD, x + width / 2.0, y + HALF_WORD);
    let is_leaving = line.exit.is_some();
    parts.into_iter().flat_map(move |(a, b)| {
        let mut places = Vec::new();
        if (a.y - b.y).abs() < 0.01 {
            let (x0, x1) = (a.x.min(b.x), a.x.max(b.x));
            if x1 - x0 >= width || is_leaving {
                let shares = [0.5, 0.25, 0.75, 0.0, 1.0];
                for x in shares.map(|share| x0 + width / 2.0 + (x1 - x0 - width) * share) {
                    places.extend([around(x, a.y - away), around(x, a.y + away)]);
                }
            }
        } else {
            let (y0, y1) = (a.y.min(b.y), a.y.max(b.y));
            let count = ((y1 - y0 - 2.0 * HALF_WORD) / (Bands::ROW_HEIGHT / 2.0)).floor();
            if count >= 0.0 {
                // From the middle outwards.
                let mut steps: Vec<f64> = (0..=count.min(80.0) as u32).map(f64::from).collect();
                steps.sort_by(|p, q| (p - count / 2.0).abs().total_cmp(&(q - count / 2.0).abs()));
                for step in steps {
                    let y = y0 + HALF_WORD + step * Bands::ROW_HEIGHT / 2.0;
                    let aside = width / 2.0 + away - HALF_WORD + 1.0;
                    places.extend([around(a.x + aside, y), around(a.x - aside, y)]);
                    if count < 1.0 {
                        // From the mark of one row to that of the next there is room only beside both.
                        let aside = aside + BESIDE_MARK;
                        places.extend([around(a.x + aside, y), around(a.x - aside, y)]);
                    }
                }
            }
        }
        places
    })
}

/// Whether a line crosses a rectangle.
fn crosses(route: &[Point], rect: Rect) -> bool {
    route.windows(2).any(|pair| {
        let [a, b] = *pair else { return false };
        let line = Rect::new(a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y)).expanded(1.0);
        line.overlaps(rect)
    })
}

fn paint_line(
    input: &SceneInput<'_>,
    line: &Drawn,
    parts: &[Vec<Point>],
    obstacles: &Obstacles,
    (items, above): (&mut Vec<Item>, &mut Vec<Item>),
) {
    let group = line.tie.group;
    let color = line::color(group.contradictions > 0, ink(input, line.tie), input.theme);
    if is_faint(input, line.tie) {
        let stroke = Stroke::solid(1.0, color.with_alpha(FAINT));
        line::paint(&Pattern::PLAIN, parts, &line.route, stroke, input.theme.background, items);
        return;
    }
    let pattern = clear_of_words(line, obstacles);
    let width = match (group.count, line.tie.is_own) {
        (1, false) if group.contradictions > 0 => line::CONTESTED,
        (1, false) => 1.0,
        (1, true) => 1.5,
        _ => 2.4,
    };
    let (stroke, ground) = (Stroke::solid(width, color), input.theme.background);
    // Dashes begin where those begin that run as one with it, so that they lie on each other.
    let reversed;
    let parts = if line.bundle.is_some_and(|bundle| bundle.is_multiple_of(2)) {
        reversed = parts.iter().rev().map(|part| part.iter().rev().copied().collect()).collect::<Vec<_>>();
        reversed.as_slice()
    } else {
        parts
    };
    if line.tie.is_own {
        // What is selected or pointed at has a ground of its own, which would lie over their ends.
        line::paint(&pattern.without_ends(), parts, &line.route, stroke, ground, items);
        line::paint(&pattern, &[], &line.route, stroke, ground, above);
    } else {
        line::paint(&pattern, parts, &line.route, stroke, ground, items);
    }
}

/// Paints the mark of a contradiction on its line: where nothing is in the way, else over marks and never over words, so that a line
/// as short as the gap between two rows has it too.
fn paint_struck(
    input: &SceneInput<'_>,
    line: &Drawn,
    parts: &[Vec<Point>],
    (obstacles, labels, track): (&mut Obstacles, &[Rect], Rect),
    items: &mut Vec<Item>,
) {
    let length = |(a, b): &(Point, Point)| (b.x - a.x).abs() + (b.y - a.y).abs();
    let mut lines: Vec<(Point, Point)> = parts
        .iter()
        .flat_map(|part| part.windows(2))
        .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
        .collect();
    lines.sort_by(|a, b| length(b).total_cmp(&length(a)));
    let along = |(a, b): (Point, Point), share: f64| Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
    let around = |at: Point| Rect::new(at.x, at.y, at.x, at.y).expanded(line::STRUCK);
    // From the middle of each line outwards, to both sides in turn.
    let places = lines.iter().flat_map(|line| {
        let steps = (length(line) / STRUCK_STEP).floor().min(MOST_STRUCK) as u32;
        let share = move |step: u32| {
            let by = f64::from(step.div_ceil(2)) / f64::from(steps + 1);
            if step.is_multiple_of(2) { 0.5 + by } else { 0.5 - by }
        };
        (0..=steps).map(move |step| along(*line, share(step)))
    });
    let places: Vec<Point> = places.filter(|at| track.contains(*at)).collect();
    let core = |at: &Point| around(*at).expanded(-STRUCK_OVER);
    let free = places.iter().find(|at| obstacles.is_free(core(at)));
    let readable = || places.iter().find(|at| !labels.iter().any(|label| label.overlaps(core(at))));
    let Some(at) = free.or_else(readable).copied() else { return };
    obstacles.add(around(at));
    let color = line::color(true, ink(input, line.tie), input.theme);
    line::paint_struck(at, color, input.theme.background, items);
}

/// The pattern of a line, without its end at the edge of the picture where a word stands there: rows that are scrolled half out
/// of sight have no gutter left for it.
fn clear_of_words(line: &Drawn, obstacles: &Obstacles) -> Pattern {
    let pattern = pattern(line.tie.group);
    let (Some(first), Some(last)) = (line.route.first(), line.route.last()) else { return pattern };
    let ends_there = is_edge(line.exit, *last, Some(first));
    let end = if ends_there { last } else { first };
    let (half_width, half_height) = match line.exit {
        Some(Exit::Above | Exit::Below) => (4.5, 9.0),
        Some(Exit::Earlier | Exit::Later) => (9.0, 2.0),
        None => return pattern,
    };
    let rect = Rect::new(end.x - half_width, end.y - half_height, end.x + half_width, end.y + half_height);
    if obstacles.is_free(rect) { pattern } else { pattern.without_end(ends_there) }
}

fn hit(input: &SceneInput<'_>, group: LinkGroup) -> Option<Hit> {
    let id = |at: u32| input.timeline.events().get(at as usize).map(|event| event.id.clone());
    let LinkAt { from, nth, to } = group.heaviest;
    let LinkGroup { count, contradictions, .. } = group;
    Some(Hit::Link(LinkHit { from: id(from)?, nth, to: id(to)?, count, contradictions }))
}

fn line_targets(input: &SceneInput<'_>, line: &Drawn, track: Rect) -> Vec<Target> {
    let Some(subject) = hit(input, line.tie.group) else { return Vec::new() };
    let parts = line.route.windows(2).filter_map(|pair| {
        let [a, b] = *pair else { return None };
        Some(Rect::new(a.x.min(b.x), a.y.min(b.y), a.x.max(b.x), a.y.max(b.y)).expanded(REACH))
    });
    let words = line.words.iter().map(|(rect, _)| *rect);
    let rects = parts.chain(words).map(|rect| rect.intersection(track));
    rects
        .filter(|rect| rect.width() > 0.0 && rect.height() > 0.0)
        .map(|rect| Target { rect, subject: subject.clone() })
        .collect()
}

/// Says at each edge how many links leave the picture there, and in a corner for how many there is no room.
fn pills(
    input: &SceneInput<'_>,
    track: Rect,
    ties: &Ties,
    obstacles: &mut Obstacles,
    (items, targets): (&mut Vec<Item>, &mut Vec<Target>),
    shaper: &mut Shaper,
) {
    let links = |count: u32| format!("{} {}", grouped(count), if count == 1 { "link" } else { "links" });
    let mut said: Vec<(Option<(Exit, LinkGroup)>, String)> = Vec::new();
    for (exit, group) in &ties.exits {
        let count = links(group.count);
        said.push((
            Some((*exit, *group)),
            match exit {
                Exit::Earlier => format!("← {count}"),
                Exit::Later => format!("{count} →"),
                Exit::Above => format!("↑ {count}"),
                Exit::Below => format!("↓ {count}"),
            },
        ));
    }
    if ties.others > 0 {
        said.push((None, format!("{} more without room: zoom in, or select an event", links(ties.others))));
    }
    if ties.undated > 0 {
        let (events, verb) = if ties.undated == 1 { ("an event", "leads") } else { ("events", "lead") };
        said.push((None, format!("{} {verb} to {events} without a date", links(ties.undated))));
    }
    for (exit, words) in said {
        let run = shaper.shape(&words, Style::semibold(font::SMALL));
        let size = (run.width_pt + 2.0 * space::S, 2.0 * HALF_WORD + 5.0);
        let places = edge_places(track, exit.map(|(exit, _)| exit), size);
        // Where everything is covered it lies on top: its own ground keeps it readable.
        let Some(rect) = places.iter().find(|rect| obstacles.is_free(**rect)).or(places.first()).copied() else {
            continue;
        };
        obstacles.add(rect);
        let stroke = Some(Stroke::solid(1.0, input.theme.outline));
        items.push(Item::Rect { rect, radius: size.1 / 2.0, fill: Some(input.theme.panel), stroke });
        let origin = Point::new(rect.x0 + space::S, text_baseline(rect.center().y, run.style));
        items.push(Item::Text { run, origin, color: input.theme.text });
        let subject = exit.and_then(|(_, group)| hit(input, group));
        targets.extend(subject.map(|subject| Target { rect, subject }));
    }
}

/// Where a pill may stand at an edge, the best place first; without an edge along the bottom.
fn edge_places(track: Rect, exit: Option<Exit>, (width, height): (f64, f64)) -> Vec<Rect> {
    let Rect { x0, y0, x1, y1 } = track.expanded(-space::XS);
    if x1 - x0 < width || y1 - y0 < height {
        return Vec::new();
    }
    let steps = 40_u32;
    let shares = (0..=steps).map(|step| {
        // From the middle outwards, to both sides in turn.
        let by = f64::from(step.div_ceil(2)) / f64::from(steps);
        if step.is_multiple_of(2) { 0.5 + by } else { 0.5 - by }
    });
    let at = |x: f64, y: f64| Rect::from_xywh(x, y, width, height);
    let places = shares.map(|share| {
        let (x, y) = (x0 + (x1 - x0 - width) * share, y0 + (y1 - y0 - height) * share);
        match exit {
            Some(Exit::Earlier) => at(x0, y),
            Some(Exit::Later) => at(x1 - width, y),
            Some(Exit::Above) => at(x, y0),
            Some(Exit::Below) | None => at(x, y1 - height),
        }
    });
    places.collect()
}

/// The line of a relation as a sample, and of several links as one.
pub(super) fn sample(
    relation: Option<Relation>,
    at: Point,
    width: f64,
    theme: &crate::theme::Theme,
    items: &mut Vec<Item>,
) {
    let is_contested = relation == Some(Relation::Contradicts);
    let color = line::color(is_contested, theme.text_muted, theme);
    let route = [at, Point::new(at.x + width, at.y)];
    let (pattern, stroke) = match relation {
        Some(relation) => (Pattern::of(relation), Stroke::solid(1.4, color)),
        None => (Pattern::mixed(false), Stroke::solid(2.4, color)),
    };
    line::paint(&pattern, &[route.to_vec()], &route, stroke, theme.background, items);
    if is_contested {
        line::paint_struck(Point::new(at.x + width / 2.0, at.y), color, theme.background, items);
    }
}

/// A thread between accounts that nobody asks about, as a sample.
pub(super) fn sample_thread(at: Point, width: f64, theme: &crate::theme::Theme, items: &mut Vec<Item>) {
    let route = [at, Point::new(at.x + width, at.y)];
    let stroke = Stroke::solid(1.0, line::color(true, theme.text_muted, theme).with_alpha(FAINT));
    line::paint(&Pattern::PLAIN, &[route.to_vec()], &route, stroke, theme.background, items);
}
