//! Which links a picture draws, before any has a place: those of what is selected, pointed at or asked for, and where all are drawn
//! those for which the index finds room. How they run and what is written beside them is left to the rooms beside.

use std::collections::BTreeSet;

use super::super::SceneInput;
use crate::index::{Entry, Exit, LinkAt, LinkGroup, LinkLens, Links, References, Selection};
use crate::model::{Event, Relation};

/// The most links that are drawn of the events that are selected, pointed at or asked for.
const MOST_OWN: usize = 120;
/// The part of a picture for which one of all links is drawn, in square points, and the least and the most of them.
const ROOM: f64 = 9_000.0;
const LEAST_ALL: f64 = 24.0;
const MOST_ALL: f64 = 200.0;
/// What lies nearer to each other than this is one place, in points.
const PLACE: f64 = 48.0;
/// The widest place, as a share of the window.
const WIDEST_PLACE: f64 = 0.25;
/// More that leave the picture are counted by its edges.
const MOST_LEAVING: usize = 12;
/// How many nodes and links are read to find what a window shows of all.
const MOST_OPENED: usize = 16_384;

/// Which links a picture draws.
#[derive(Debug, Clone, Copy, Default)]
pub struct ShownLinks<'a> {
    /// Who links to whom. Without that no links are drawn; with it those of the selected event and of the one pointed at.
    pub references: Option<&'a References>,
    /// Those of these events too, by position.
    pub of: &'a [u32],
    /// All of these too.
    pub all: Option<&'a Links>,
    /// The events that are drawn, where the rows of a picture hold only those of its window; none where all are.
    pub among: Option<&'a Selection>,
}

/// A line to be drawn.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tie {
    pub group: LinkGroup,
    /// It is one of the selected event, of the one pointed at, or of one that was asked for.
    pub is_own: bool,
}

/// The lines of a picture, before they have places.
#[derive(Debug, Default)]
pub(super) struct Ties {
    pub lines: Vec<Tie>,
    /// Counted by the edges of the picture.
    pub exits: Vec<(Exit, LinkGroup)>,
    /// How many more there are for which there is no room.
    pub others: u32,
    /// How many have an end without a date, which stands nowhere.
    pub undated: u32,
}

/// What occurs among the lines of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Relations {
    /// Relations.
    pub kinds: BTreeSet<u8>,
    /// Lines that stand for several links.
    pub are_counted: bool,
}

impl Relations {
    /// The relations, in the order of menus.
    pub fn iter(&self) -> impl Iterator<Item = Relation> {
        Relation::ALL.into_iter().filter(|relation| self.kinds.contains(&(*relation as u8)))
    }

    /// Every relation.
    pub fn every() -> Self {
        Self { kinds: Relation::ALL.iter().map(|relation| *relation as u8).collect(), are_counted: true }
    }

    /// What occurs in a picture with bands of these positions in sight.
    pub(in crate::scene) fn of(input: &SceneInput<'_>) -> Self {
        let ties = Ties::of(input, (0, u32::MAX));
        // What begins and ends beside the window is not drawn.
        let is_beside = |at: u32| out_of_window(input, at as usize).is_some();
        let groups = ties.lines.iter().map(|tie| tie.group);
        let groups =
            groups.filter(|LinkGroup { heaviest: LinkAt { from, to, .. }, .. }| !(is_beside(*from) && is_beside(*to)));
        let mut relations = Self::default();
        for group in groups {
            relations.are_counted |= group.count > 1;
            relations.kinds.extend(group.relations().map(|relation| relation as u8));
        }
        relations.are_counted |= !ties.exits.is_empty();
        relations
    }
}

impl Ties {
    /// Those of a picture with bands of these positions in sight.
    pub fn of(input: &SceneInput<'_>, bands: (u32, u32)) -> Self {
        let shown = input.aspect.links;
        let Some(references) = shown.references else { return Self::default() };
        let own = [input.selection, input.hover].into_iter().flatten();
        let own = own.flat_map(|id| input.positions_of(id));
        let own: BTreeSet<usize> = own.chain(shown.of.iter().map(|at| *at as usize)).collect();
        let mut ties = Self::default();
        let undated = own.iter().flat_map(|at| undated_links_of(input, references, *at)).collect::<BTreeSet<LinkAt>>();
        ties.undated = u32::try_from(undated.len()).unwrap_or(u32::MAX);
        let mut known: BTreeSet<LinkAt> = BTreeSet::new();
        for (link, relation) in own.iter().flat_map(|at| links_of(input, references, *at)) {
            if !known.insert(link) {
                continue;
            }
            if ties.lines.len() >= MOST_OWN {
                ties.others += 1;
                continue;
            }
            ties.lines.push(Tie { group: LinkGroup::of(link, relation), is_own: true });
        }
        let Some(all) = shown.all else { return ties };
        ties.undated = all.undated();
        let axis = input.viewport;
        let room = (input.size.width * input.size.height / ROOM).clamp(LEAST_ALL, MOST_ALL);
        let lens = LinkLens {
            window: (axis.origin, axis.end()),
            bands,
            x: &|instant| axis.x_from_instant(instant),
            place_pt: PLACE,
            most_place_pt: axis.width_pt * WIDEST_PLACE,
            most: room as usize,
            most_leaving: MOST_LEAVING,
            most_opened: MOST_OPENED,
        };
        let sight = all.sight(&lens);
        let is_new = |group: &LinkGroup| group.count > 1 || !known.contains(&group.heaviest);
        let line = |group: LinkGroup| Tie { group, is_own: false };
        ties.lines.extend(sight.groups.into_iter().filter(is_new).map(line));
        let (single, counted): (Vec<_>, Vec<_>) = sight.exits.into_iter().partition(|(_, group)| group.count == 1);
        ties.lines.extend(single.into_iter().map(|(_, group)| group).filter(is_new).map(line));
        ties.exits = counted;
        ties.others += sight.others + sight.unseen;
        ties
    }
}

/// The links that an event has and those that lead to it, between events that are drawn.
fn links_of<'a>(
    input: &'a SceneInput<'_>,
    references: &'a References,
    position: usize,
) -> impl Iterator<Item = (LinkAt, Relation)> + use<'a> {
    let among = input.matches.or(input.aspect.links.among);
    let is_drawn = move |at: u32| {
        let place = input.index.spot(at as usize).map(|_| ()).or_else(|| out_of_window(input, at as usize).map(|_| ()));
        input.index.is_selected(among, at as usize) && place.is_some()
    };
    all_links_of(input, references, position).filter(move |(link, _)| is_drawn(link.from) && is_drawn(link.to))
}

/// Those of them of which an end has no date.
fn undated_links_of<'a>(
    input: &'a SceneInput<'_>,
    references: &'a References,
    position: usize,
) -> impl Iterator<Item = LinkAt> + use<'a> {
    let is_undated = move |at: u32| input.timeline.events().get(at as usize).is_some_and(|event| event.date.is_none());
    let links = all_links_of(input, references, position).map(|(link, _)| link);
    links.filter(move |link| is_undated(link.from) || is_undated(link.to))
}

/// The links that an event has and those that lead to it.
fn all_links_of<'a>(
    input: &'a SceneInput<'_>,
    references: &'a References,
    position: usize,
) -> impl Iterator<Item = (LinkAt, Relation)> + use<'a> {
    let events = input.timeline.events();
    let own = events.get(position);
    let links = move |at: usize, event: &'a Event| {
        (0..).zip(&event.links).filter_map(move |(nth, link)| {
            let to = input.timeline.event_position(&link.to)?;
            let link_at = LinkAt { from: u32::try_from(at).ok()?, nth, to: u32::try_from(to).ok()? };
            Some((link_at, link.relation))
        })
    };
    let incoming = own.into_iter().flat_map(move |own| references.linking(&own.id));
    let incoming = incoming.filter_map(move |at| Some((at as usize, events.get(at as usize)?)));
    let incoming = incoming.flat_map(move |(at, event)| links(at, event));
    let incoming = incoming.filter(move |(link, _)| link.to as usize == position);
    let outgoing = own.into_iter().flat_map(move |event| links(position, event));
    outgoing.chain(incoming).filter(|(link, _)| link.from != link.to)
}

/// On which side of the window in time an event lies, where none of it is in sight.
pub(super) fn out_of_window(input: &SceneInput<'_>, position: usize) -> Option<Exit> {
    let date = input.timeline.events().get(position)?.date.as_ref()?;
    let entry = Entry::new(u32::try_from(position).ok()?, 0, date, input.zone)?;
    if entry.end <= input.viewport.origin {
        return Some(Exit::Earlier);
    }
    (input.viewport.end() <= entry.start).then_some(Exit::Later)
}
