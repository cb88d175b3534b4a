//! Links between events along time, for the question which of them a window shows.
//!
//! Owns a tree of all links that are to be drawn, and how many of them run between which places. Who links to one event says
//! [`References`](super::References); where a line runs belongs to `scene`.
//!
//! A link is a box of six sides: from when to when each of its two events lasts, and the band in which each stands. The boxes are
//! kept in a k-d tree (Bentley 1975), split at the median of the widest side, with what lies below each node counted:
//!
//! ```text
//!   end of the     ┌───────┬────────┐     a window is a square on the diagonal; a node all of which lies in it is counted
//!   line, in time  │ ·   ·│· ██████│     without a look at its links, one that lies across its edge is opened
//!                  │··     ├────────┤
//!                  └───────┴────────┘
//!                    its beginning, in time
//! ```
//!
//! What is opened is bounded by [`LinkLens::most_opened`], so that what a window reads follows its pixels.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::atomic::AtomicU32;

use rayon::prelude::*;

use super::{Index, Reach, Selection, Tally};
use crate::model::{Event, Relation, Timeline};
use crate::time::{Instant, Zone};

/// As many links as this are looked at one by one.
const LEAF: usize = 8;
/// As many links as this are sorted by one thread.
const ALONE: usize = 4_096;
/// What bands and ends count against starts when a node is split: a window is cut out of time above all.
const SIDEWAYS: f64 = 0.125;
/// How many sides a box has.
const SIDES: usize = 6;

/// A link by the positions of its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkAt {
    /// The event that has it.
    pub from: u32,
    /// Which of its links it is.
    pub nth: u32,
    /// The event to which it leads.
    pub to: u32,
}

/// Where one end of links lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    /// The earliest and the latest start.
    start: (Instant, Instant),
    /// The earliest and the latest end.
    past: (Instant, Instant),
    /// The topmost and the lowest band.
    band: (u32, u32),
}

impl End {
    fn of(reach: &Reach, band: u32) -> Self {
        Self { start: (reach.start, reach.start), past: (reach.past(), reach.past()), band: (band, band) }
    }

    fn union(self, other: Self) -> Self {
        Self {
            start: (self.start.0.min(other.start.0), self.start.1.max(other.start.1)),
            past: (self.past.0.min(other.past.0), self.past.1.max(other.past.1)),
            band: (self.band.0.min(other.band.0), self.band.1.max(other.band.1)),
        }
    }
}

/// A link with where its ends lie.
#[derive(Debug, Clone, Copy)]
struct Entry {
    at: LinkAt,
    relation: Relation,
    /// The lesser weight of its events.
    weight: u8,
    from: End,
    to: End,
}

/// What the sides of boxes are measured by: all of the time that anything gives, and all bands.
#[derive(Clone, Copy)]
struct Measure {
    time: (Instant, Instant),
    bands: usize,
}

impl Entry {
    /// Its sides, as shares of the whole.
    fn side(&self, side: usize, by: Measure) -> f64 {
        let (first, last) = by.time;
        let span = last.saturating_since(first).max(1) as f64;
        // An open side reaches to the end of the axis, where nothing else is.
        let time = |instant: Instant| instant.clamp(first, last).saturating_since(first) as f64 / span;
        let band = |band: u32| f64::from(band) / by.bands.max(1) as f64 * SIDEWAYS;
        match side {
            0 => time(self.from.start.0),
            1 => time(self.to.start.0),
            2 => time(self.from.past.0) * SIDEWAYS,
            3 => time(self.to.past.0) * SIDEWAYS,
            4 => band(self.from.band.0),
            _ => band(self.to.band.0),
        }
    }

    /// The heaviest first, of equals as in the file.
    fn order(&self) -> (Reverse<u8>, LinkAt) {
        (Reverse(self.weight), self.at)
    }
}

/// Links that lie together.
#[derive(Debug, Clone)]
struct Node {
    from: End,
    to: End,
    count: u32,
    contradictions: u32,
    /// A bit for each relation.
    relations: u8,
    /// The heaviest of them.
    heaviest: LinkAt,
    weight: u8,
    /// The two halves, or where its links lie.
    below: Below,
}

#[derive(Debug, Clone)]
enum Below {
    Halves(Box<[Node; 2]>),
    /// From and past which entry.
    Entries(u32, u32),
}

/// The links of a timeline that are to be drawn.
///
/// Invariant: belongs to one state of a timeline, in one grouping, and to what of it is asked for.
#[derive(Debug, Clone, Default)]
pub struct Links {
    entries: Vec<Entry>,
    /// How many have an end without a date, which stands nowhere.
    undated: u32,
    root: Option<Box<Node>>,
}

/// What of all links is asked for.
#[derive(Clone, Copy)]
pub struct LinkLens<'a> {
    /// The window in time.
    pub window: (Instant, Instant),
    /// The bands in sight.
    pub bands: (u32, u32),
    /// Where an instant stands, in points.
    pub x: &'a dyn Fn(Instant) -> f64,
    /// What lies nearer to each other than this is one place, in points, where there is room for so many.
    pub place_pt: f64,
    /// The widest stretch of a band that is one place.
    pub most_place_pt: f64,
    /// How many lines there is room for.
    pub most: usize,
    /// How many links that leave the window are told one by one.
    pub most_leaving: usize,
    /// How many nodes and links are read to find what lies across its edges.
    pub most_opened: usize,
}

/// Links between the same two places, or one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkGroup {
    /// How many.
    pub count: u32,
    /// How many of them contradict.
    pub contradictions: u32,
    /// The relations that occur, a bit for each of [`Relation::ALL`].
    pub relations: u8,
    /// The heaviest of them.
    pub heaviest: LinkAt,
}

/// Where links leave the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Exit {
    Earlier,
    Later,
    Above,
    Below,
}

/// What a window shows of all links.
#[derive(Debug, Clone, Default)]
pub struct LinkSight {
    /// Those with both ends in the window.
    pub groups: Vec<LinkGroup>,
    /// Those with one end in it, by where they leave it: all of a side in one number, or, where they are few, one by one.
    pub exits: Vec<(Exit, LinkGroup)>,
    /// How many more there are between the places of `groups` that are too far apart to be told in one number.
    pub others: u32,
    /// Across edges of the window there were more nodes than are opened: so many links were not looked at.
    pub unseen: u32,
    tally: Tally,
}

impl LinkSight {
    /// How many entries and nodes were read.
    pub fn entries(&self) -> u64 {
        self.tally.entries()
    }
}

/// Where the ends of links lie towards the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lie {
    /// Both in it.
    Within,
    /// One in it.
    Leaves(Exit),
    /// Neither.
    Outside,
    /// Not the same for all.
    Across,
}

impl Links {
    /// The links between events that stand in the bands of an index; of `selection` alone where there is one.
    pub fn build(timeline: &Timeline, index: &Index, selection: Option<&Selection>) -> Self {
        let zone = index.zone;
        let events = timeline.events();
        let end = |at: usize, event: &Event| End::at(index, at, event, zone);
        let is_drawn = |at: usize| index.is_selected(selection, at);
        let linking: Vec<(usize, &Event)> =
            events.iter().enumerate().filter(|(_, event)| !event.links.is_empty()).collect();
        // A sum, which is the same in whatever order the threads come to it.
        let undated = AtomicU32::new(0);
        let mut entries: Vec<Entry> = linking
            .into_par_iter()
            .filter(|(at, _)| is_drawn(*at))
            .flat_map_iter(|(at, event)| {
                let (from, undated) = (end(at, event), &undated);
                (0..).zip(&event.links).filter_map(move |(nth, link)| {
                    let to = timeline.event_position(&link.to).filter(|to| is_drawn(*to) && *to != at)?;
                    let other = events.get(to)?;
                    if event.date.is_none() || other.date.is_none() {
                        undated.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                        return None;
                    }
                    let link_at = LinkAt { from: u32::try_from(at).ok()?, nth, to: u32::try_from(to).ok()? };
                    let weight = event.weight.min(other.weight);
                    Some(Entry { at: link_at, relation: link.relation, weight, from: from?, to: end(to, other)? })
                })
            })
            .collect();
        let by = Measure { time: index.extent().unwrap_or_default(), bands: index.bands().len() };
        let root = (!entries.is_empty()).then(|| Box::new(Node::over(&mut entries, 0, by)));
        Self { entries, undated: undated.into_inner(), root }
    }

    /// How many have an end without a date, which stands nowhere.
    pub const fn undated(&self) -> u32 {
        self.undated
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What a window shows of them. What it reads is bounded by the lens, however many there are.
    pub fn sight(&self, lens: &LinkLens<'_>) -> LinkSight {
        let mut sight = LinkSight::default();
        let Some(root) = &self.root else { return sight };
        // First what lies across the edges is opened, then all that is left lies within or leaves at one place.
        let mut across: Vec<&Node> = vec![root];
        let mut within: Vec<&Node> = Vec::new();
        let mut leaving: Vec<(Exit, &Node)> = Vec::new();
        let mut singles: Vec<LinkGroup> = Vec::new();
        while let Some(node) = across.pop() {
            sight.tally.add(1);
            match lie(lens, &node.from, &node.to) {
                Lie::Within => within.push(node),
                Lie::Leaves(exit) => leaving.push((exit, node)),
                Lie::Outside => {}
                Lie::Across if sight.tally.entries() >= lens.most_opened as u64 => sight.unseen += node.count,
                Lie::Across => match &node.below {
                    Below::Halves(halves) => across.extend(halves.iter()),
                    Below::Entries(from, past) => {
                        for entry in self.entries.get(*from as usize..*past as usize).unwrap_or_default() {
                            sight.tally.add(1);
                            match lie(lens, &entry.from, &entry.to) {
                                Lie::Within => singles.push(entry.group()),
                                Lie::Leaves(exit) => sight.exits.push((exit, entry.group())),
                                Lie::Outside | Lie::Across => {}
                            }
                        }
                    }
                },
            }
        }
        self.leave(lens, &leaving, &mut sight);
        let total = singles.len() + within.iter().map(|node| node.count as usize).sum::<usize>();
        if total <= lens.most {
            let entries = within.into_iter().flat_map(|node| self.below(node));
            singles.extend(entries.map(Entry::group));
            sight.tally.add(total);
            sight.groups = singles;
        } else {
            self.bundle(lens, within, singles, &mut sight);
        }
        sight.groups.sort_by_key(|group| group.heaviest);
        sight
    }

    /// Adds what leaves the window in whole nodes, and sums up each side where that is too many.
    fn leave(&self, lens: &LinkLens<'_>, leaving: &[(Exit, &Node)], sight: &mut LinkSight) {
        let count = sight.exits.len() + leaving.iter().map(|(_, node)| node.count as usize).sum::<usize>();
        if count <= lens.most_leaving {
            let entries =
                leaving.iter().flat_map(|(exit, node)| self.below(node).iter().map(|entry| (*exit, entry.group())));
            sight.exits.extend(entries);
            sight.exits.sort_by_key(|(exit, group)| (*exit, group.heaviest));
            return;
        }
        let singles = std::mem::take(&mut sight.exits);
        let mut sides: BTreeMap<Exit, LinkGroup> = BTreeMap::new();
        for (exit, group) in singles.into_iter().chain(leaving.iter().map(|(exit, node)| (*exit, node.group()))) {
            sides.entry(exit).and_modify(|known| *known = known.with(group)).or_insert(group);
        }
        sight.exits = sides.into_iter().collect();
    }

    /// Opens the widest of the nodes until each is one place at either end, or there are as many as there is room for.
    fn bundle(&self, lens: &LinkLens<'_>, within: Vec<&Node>, singles: Vec<LinkGroup>, sight: &mut LinkSight) {
        let mut heap: BinaryHeap<Wide<'_>> = within.into_iter().map(|node| Wide::of(lens, node)).collect();
        // A line that stands for several is wider and has words.
        let most = lens.most.div_ceil(2);
        let mut done: Vec<LinkGroup> = singles;
        while let Some(wide) = heap.peek() {
            let is_full = heap.len() + done.len() >= most;
            if wide.spread_pt <= lens.place_pt || is_full {
                break;
            }
            let Some(wide) = heap.pop() else { break };
            sight.tally.add(1);
            match &wide.node.below {
                Below::Halves(halves) => heap.extend(halves.iter().map(|node| Wide::of(lens, node))),
                Below::Entries(..) => {
                    let entries = self.below(wide.node);
                    sight.tally.add(entries.len());
                    done.extend(entries.iter().map(Entry::group));
                }
            }
        }
        for wide in heap {
            if wide.spread_pt <= lens.most_place_pt.max(lens.place_pt) {
                done.push(wide.node.group());
            } else {
                // No one place at either end: the heaviest is drawn, and the others are counted for the whole window.
                let heaviest = wide.node.heaviest;
                let relation = self.relation_of(wide.node);
                sight.others += wide.node.count - 1;
                done.push(LinkGroup {
                    count: 1,
                    contradictions: u32::from(relation == Some(Relation::Contradicts)),
                    relations: relation.map_or(0, bit),
                    heaviest,
                });
            }
        }
        // Opening a node at an edge of the window gives more than one in its place: of too many the greatest are shown.
        done.sort_by_key(|group| (Reverse(group.count), group.heaviest));
        let rest = done.split_off(most.min(done.len()));
        sight.others += rest.iter().map(|group| group.count).sum::<u32>();
        sight.groups = done;
    }

    /// The relation of the heaviest link of a node.
    fn relation_of(&self, node: &Node) -> Option<Relation> {
        let mut node = node;
        loop {
            match &node.below {
                Below::Halves(halves) => node = halves.iter().find(|half| half.heaviest == node.heaviest)?,
                Below::Entries(..) => {
                    return self.below(node).iter().find(|entry| entry.at == node.heaviest).map(|entry| entry.relation);
                }
            }
        }
    }

    /// The links below a node: they lie side by side.
    fn below(&self, node: &Node) -> &[Entry] {
        let (mut first, mut last) = (node, node);
        while let Below::Halves(halves) = &first.below {
            let [half, _] = &**halves;
            first = half;
        }
        while let Below::Halves(halves) = &last.below {
            let [_, half] = &**halves;
            last = half;
        }
        match (&first.below, &last.below) {
            (Below::Entries(from, _), Below::Entries(_, past)) => {
                self.entries.get(*from as usize..*past as usize).unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        self.entries.capacity() * size_of::<Entry>() + self.entries.len() / LEAF * 3 * size_of::<Node>()
    }
}

impl End {
    /// Where an event stands, topmost; none where it stands nowhere.
    fn at(index: &Index, position: usize, event: &Event, zone: Zone) -> Option<Self> {
        let band = index.spot(position)?.band;
        Some(Self::of(&Reach::of(&event.date.as_ref()?.extent(zone))?, band))
    }

    /// How far apart its places are in points, and whether they are in one band.
    fn spread_pt(&self, lens: &LinkLens<'_>) -> f64 {
        if self.band.0 != self.band.1 {
            return f64::INFINITY;
        }
        let (from, to) = lens.window;
        let x = |instant: Instant| (lens.x)(instant.clamp(from, to.max(from)));
        (x(self.start.1) - x(self.start.0)).max(x(self.past.1) - x(self.past.0))
    }

    /// Whether it lies in the window: all of it, none of it and where that is, or neither.
    fn side(&self, lens: &LinkLens<'_>) -> Option<Option<Exit>> {
        let ((from, to), (top, bottom)) = (lens.window, lens.bands);
        if self.past.1 <= from {
            return Some(Some(Exit::Earlier));
        }
        if self.start.0 >= to {
            return Some(Some(Exit::Later));
        }
        let is_all_in_time = self.past.0 > from && self.start.1 < to;
        if !is_all_in_time {
            return None;
        }
        if self.band.1 < top {
            return Some(Some(Exit::Above));
        }
        if self.band.0 > bottom {
            return Some(Some(Exit::Below));
        }
        (top <= self.band.0 && self.band.1 <= bottom).then_some(None)
    }
}

fn lie(lens: &LinkLens<'_>, from: &End, to: &End) -> Lie {
    match (from.side(lens), to.side(lens)) {
        (Some(None), Some(None)) => Lie::Within,
        (Some(Some(_)), Some(Some(_))) => Lie::Outside,
        (Some(None), Some(Some(exit))) | (Some(Some(exit)), Some(None)) => Lie::Leaves(exit),
        _ => Lie::Across,
    }
}

const fn bit(relation: Relation) -> u8 {
    1 << relation as u8
}

impl LinkGroup {
    /// One link.
    pub const fn of(link: LinkAt, relation: Relation) -> Self {
        let contradictions = matches!(relation, Relation::Contradicts) as u32;
        Self { count: 1, contradictions, relations: bit(relation), heaviest: link }
    }

    /// Both together; the heaviest is the first of both in the file.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            count: self.count + other.count,
            contradictions: self.contradictions + other.contradictions,
            relations: self.relations | other.relations,
            heaviest: self.heaviest.min(other.heaviest),
        }
    }

    /// The relations that occur, in the order of menus.
    pub fn relations(self) -> impl Iterator<Item = Relation> {
        Relation::ALL.into_iter().filter(move |relation| self.relations & bit(*relation) != 0)
    }
}

impl Entry {
    const fn group(&self) -> LinkGroup {
        LinkGroup::of(self.at, self.relation)
    }
}

impl Node {
    /// The node over entries, which are put in order; the first of them is the `first` of all.
    fn over(entries: &mut [Entry], first: usize, by: Measure) -> Self {
        let side = (entries.len() > LEAF).then(|| widest(entries, by)).flatten();
        let Some(side) = side else { return Self::leaf(entries, first) };
        let middle = entries.len() / 2;
        entries.select_nth_unstable_by(middle, |a, b| {
            a.side(side, by).total_cmp(&b.side(side, by)).then_with(|| a.at.cmp(&b.at))
        });
        let is_long = entries.len() > ALONE;
        let (a, b) = entries.split_at_mut(middle);
        let halves = if is_long {
            let (a, b) = rayon::join(|| Self::over(a, first, by), || Self::over(b, first + middle, by));
            [a, b]
        } else {
            [Self::over(a, first, by), Self::over(b, first + middle, by)]
        };
        Self::joined(halves)
    }

    fn joined(halves: [Self; 2]) -> Self {
        let [a, b] = &halves;
        let lighter = (Reverse(a.weight), a.heaviest).cmp(&(Reverse(b.weight), b.heaviest)) == Ordering::Greater;
        let heavier = if lighter { b } else { a };
        Self {
            from: a.from.union(b.from),
            to: a.to.union(b.to),
            count: a.count + b.count,
            contradictions: a.contradictions + b.contradictions,
            relations: a.relations | b.relations,
            heaviest: heavier.heaviest,
            weight: heavier.weight,
            below: Below::Halves(Box::new(halves)),
        }
    }

    fn leaf(entries: &[Entry], first: usize) -> Self {
        let heaviest = entries.iter().min_by_key(|entry| entry.order());
        let ends = |end: fn(&Entry) -> End| entries.iter().map(end).reduce(End::union);
        let nowhere = End { start: Default::default(), past: Default::default(), band: (0, 0) };
        let contradictions = entries.iter().filter(|entry| entry.relation == Relation::Contradicts).count();
        Self {
            from: ends(|entry| entry.from).unwrap_or(nowhere),
            to: ends(|entry| entry.to).unwrap_or(nowhere),
            // Positions of events are 32 bits wide.
            count: entries.len() as u32,
            contradictions: contradictions as u32,
            relations: entries.iter().fold(0, |bits, entry| bits | bit(entry.relation)),
            heaviest: heaviest.map_or(LinkAt { from: 0, nth: 0, to: 0 }, |entry| entry.at),
            weight: heaviest.map_or(0, |entry| entry.weight),
            below: Below::Entries(first as u32, (first + entries.len()) as u32),
        }
    }

    const fn group(&self) -> LinkGroup {
        LinkGroup {
            count: self.count,
            contradictions: self.contradictions,
            relations: self.relations,
            heaviest: self.heaviest,
        }
    }
}

/// The side along which entries lie furthest apart, as a share of the whole; none where all lie at one place.
fn widest(entries: &[Entry], by: Measure) -> Option<usize> {
    let spans = (0..SIDES).map(|side| {
        let values = entries.iter().map(|entry| entry.side(side, by));
        let (least, most) =
            values.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), at| (least.min(at), most.max(at)));
        (most - least, side)
    });
    let (span, side) = spans.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    (span > 0.0).then_some(side)
}

/// A node by how far apart its places are.
struct Wide<'n> {
    spread_pt: f64,
    node: &'n Node,
}

impl<'n> Wide<'n> {
    fn of(lens: &LinkLens<'_>, node: &'n Node) -> Self {
        Self { spread_pt: node.from.spread_pt(lens).max(node.to.spread_pt(lens)), node }
    }
}

impl Ord for Wide<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        // One link is one place, wherever its event ends.
        let key = |wide: &Self| if wide.node.count == 1 { 0.0 } else { wide.spread_pt };
        let by_spread = key(self).total_cmp(&key(other));
        by_spread.then(self.node.count.cmp(&other.node.count)).then(other.node.heaviest.cmp(&self.node.heaviest))
    }
}

impl PartialOrd for Wide<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Wide<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Wide<'_> {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Header, Lane, Link};
    use crate::time::Date;

    const LANES: u8 = 3;

    /// Events of years or spans in lanes, with links by their positions.
    fn timeline(events: &[(u8, u16, u16)], links: &[(usize, usize, usize)]) -> Timeline {
        let lane =
            |at: u8| Lane { id: format!("l{at}").into(), title: format!("l{at}").into(), color: None, note: None };
        let mut all: Vec<Event> = (0..)
            .zip(events)
            .map(|(at, &(lane, year, years)): (usize, _)| {
                let date = if years == 0 { format!("{year}") } else { format!("{year}/{}", year + years) };
                let mut event = Event::new(format!("e{at}"), "E", Date::parse(&date).unwrap());
                event.lane = Some(format!("l{}", lane % LANES).into());
                event.weight = 1 + (at % 5) as u8;
                event
            })
            .collect();
        for &(from, to, relation) in links {
            let to = format!("e{}", to % events.len()).into();
            let count = all.len();
            let link = Link { to, relation: Relation::ALL[relation % 7], note: None };
            all[from % count].links.push(link);
        }
        Timeline::from_records(Header::new("T"), (0..LANES).map(lane).collect(), vec![], all, vec![], vec![])
    }

    fn year(year: u16) -> Instant {
        Date::parse(&format!("{year:04}")).unwrap().extent(Zone::UTC).earliest_start.instant().unwrap()
    }

    fn lens(window: (Instant, Instant), bands: (u32, u32), most: usize, x: &dyn Fn(Instant) -> f64) -> LinkLens<'_> {
        LinkLens { window, bands, x, place_pt: 24.0, most_place_pt: 60.0, most, most_leaving: 6, most_opened: 100_000 }
    }

    proptest! {
        #[test]
        fn what_a_window_shows_is_what_counting_each_link_gives(
            events in prop::collection::vec((0..LANES, 1900_u16..2000, prop_oneof![Just(0_u16), 1..30_u16]), 1..40),
            links in prop::collection::vec((0..40_usize, 0..40_usize, 0..7_usize), 0..120),
            (from, years) in (1880_u16..2000, 1_u16..120),
            bands in prop_oneof![Just((0_u32, 2_u32)), Just((1, 1)), Just((0, 1))],
            most in 0_usize..60,
        ) {
            let timeline = timeline(&events, &links);
            let index = Index::build(&timeline, Zone::UTC);
            let all = Links::build(&timeline, &index, None);
            let window = (year(from), year(from + years));
            let scale = 800.0 / window.1.saturating_since(window.0) as f64;
            let x = |instant: Instant| instant.saturating_since(window.0) as f64 * scale;
            let sight = all.sight(&lens(window, bands, most, &x));
            let mut within = Vec::new();
            let mut exits: BTreeMap<Exit, (u32, u32)> = BTreeMap::new();
            for entry in &all.entries {
                match lie(&lens(window, bands, most, &x), &entry.from, &entry.to) {
                    Lie::Within => within.push(entry),
                    Lie::Leaves(exit) => {
                        let known = exits.entry(exit).or_default();
                        known.0 += 1;
                        known.1 += u32::from(entry.relation == Relation::Contradicts);
                    }
                    Lie::Outside => {}
                    Lie::Across => prop_assert!(false, "one link lies somewhere"),
                }
            }
            let mut seen: BTreeMap<Exit, (u32, u32)> = BTreeMap::new();
            for (exit, group) in &sight.exits {
                let known = seen.entry(*exit).or_default();
                *known = (known.0 + group.count, known.1 + group.contradictions);
            }
            let leaving: u32 = exits.values().map(|(count, _)| count).sum();
            prop_assert!(sight.exits.len() == leaving as usize || leaving > 6 && sight.exits.len() == exits.len());
            prop_assert_eq!(seen, exits);
            prop_assert_eq!(sight.unseen, 0);
            let count: u32 = sight.groups.iter().map(|group| group.count).sum();
            prop_assert_eq!(count + sight.others, within.len() as u32);
            if within.len() <= most {
                let mut expected: Vec<LinkAt> = within.iter().map(|entry| entry.at).collect();
                expected.sort_unstable();
                prop_assert!(sight.groups.iter().map(|group| group.heaviest).eq(expected));
            } else {
                prop_assert!(sight.groups.len() <= most, "{} of {most}", sight.groups.len());
                // Places of a bundle are as near to each other as is said.
                for group in sight.groups.iter().filter(|group| group.count > 1) {
                    let alike = within.iter().filter(|entry| {
                        let heaviest = all.entries.iter().find(|other| other.at == group.heaviest).unwrap();
                        let near = |a: &End, b: &End| a.union(*b).spread_pt(&lens(window, bands, most, &x)) <= 60.0;
                        near(&entry.from, &heaviest.from) && near(&entry.to, &heaviest.to)
                    });
                    prop_assert!(alike.count() as u32 >= group.count);
                }
            }
        }
    }

    /// What a window reads of a hundred thousand links, wherever it lies, at any zoom.
    #[test]
    fn a_window_reads_few_of_a_hundred_thousand_links() {
        let mut state = 7_u64;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        let events: Vec<(u8, u16, u16)> = (0..5_000)
            .map(|_| (random(3) as u8, 1000 + random(1_000) as u16, (random(8) / 7 * random(20)) as u16))
            .collect();
        for is_near in [false, true] {
            let links: Vec<(usize, usize, usize)> = (0..100_000)
                .map(|_| {
                    let from = random(5_000);
                    (from, if is_near { from + random(4) + 1 } else { random(5_000) }, random(7))
                })
                .collect();
            let timeline = timeline(&events, &links);
            let index = Index::build(&timeline, Zone::UTC);
            let all = Links::build(&timeline, &index, None);
            assert!(all.len() > 99_000);
            for span in [1, 10, 100, 500, 1_100] {
                for at in (950..2_000).step_by(150) {
                    let window = (year(at), year(at + span));
                    let scale = 1_600.0 / window.1.saturating_since(window.0) as f64;
                    let x = |instant: Instant| instant.saturating_since(window.0) as f64 * scale;
                    let lens = LinkLens { most_opened: 16_384, ..lens(window, (0, 2), 150, &x) };
                    let sight = all.sight(&lens);
                    assert!(sight.entries() < 20_000, "{} at {at} for {span} years", sight.entries());
                    assert_eq!(sight.unseen, 0, "at {at} for {span} years");
                    assert!(sight.groups.len() <= 150);
                }
            }
        }
    }
}
