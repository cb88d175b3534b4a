//! Causes and predecessors: what they lead to must not come before them, nor back to them.

use std::collections::{BTreeMap, VecDeque};

use super::evidence::certainly_before;
use super::sources::circle_words;
use super::{About, Check, Report};
use crate::model::{Event, Relation, Timeline};

/// Whether a link says that its event comes before the other.
const fn is_order(relation: Relation) -> bool {
    match relation {
        Relation::Causes | Relation::Precedes => true,
        Relation::Implements | Relation::PartOf | Relation::Contradicts | Relation::Supersedes | Relation::Related => {
            false
        }
    }
}

/// The links of one event against time.
pub(super) fn check_event(report: &mut Report<'_>, event: &Event) {
    if !report.wants(Check::LinkAgainstTime) {
        return;
    }
    let timeline = report.timeline;
    for (at, link) in event.links.iter().enumerate().filter(|(_, link)| is_order(link.relation)) {
        let other = timeline.event(&link.to).and_then(|other| other.date.as_ref());
        // What has no date is neither before nor after anything.
        let (Some(own), Some(other)) = (&event.date, other) else { continue };
        if certainly_before(report, other, own) {
            let verb = if link.relation == Relation::Causes { "cause" } else { "precede" };
            report.tell(
                Check::LinkAgainstTime,
                About::Event(&event.id),
                &["links", &at.to_string(), "to"],
                format!(
                    "the event is said to {verb} {} ({}), which was over before it began",
                    report.event_name(&link.to),
                    other.describe()
                ),
                "turn the link round, take it out, or mend one of the two dates",
            );
        }
    }
}

/// The events that order each other, as a graph: only those that have such links or are their goals.
struct Order {
    /// Positions in the timeline's events, in order.
    events: Vec<usize>,
    /// For each of them its goals, as places in `events`, with the number of the link.
    links: Vec<Vec<(usize, usize)>>,
}

impl Order {
    fn of(timeline: &Timeline) -> Self {
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (from, event) in timeline.events().iter().enumerate() {
            for (at, link) in event.links.iter().enumerate().filter(|(_, link)| is_order(link.relation)) {
                found.extend(timeline.event_position(&link.to).map(|to| (from, to, at)));
            }
        }
        let mut events: Vec<usize> = found.iter().flat_map(|&(from, to, _)| [from, to]).collect();
        events.sort_unstable();
        events.dedup();
        let mut links = vec![Vec::new(); events.len()];
        for (from, to, at) in found {
            if let (Ok(from), Ok(to)) = (events.binary_search(&from), events.binary_search(&to))
                && let Some(own) = links.get_mut(from)
            {
                own.push((to, at));
            }
        }
        Self { events, links }
    }

    fn links(&self, node: usize) -> &[(usize, usize)] {
        self.links.get(node).map_or(&[], Vec::as_slice)
    }

    /// The strongly connected component of every node (Tarjan 1972, with a stack of its own in place of recursion). The
    /// number of a component means nothing but itself.
    fn components(&self) -> Vec<usize> {
        const UNSEEN: usize = usize::MAX;
        let count = self.events.len();
        let (mut index, mut low) = (vec![UNSEEN; count], vec![UNSEEN; count]);
        let mut component = vec![UNSEEN; count];
        let (mut stack, mut next, mut components) = (Vec::new(), 0, 0);
        for root in 0..count {
            if get(&index, root) != UNSEEN {
                continue;
            }
            // A node with how many of its links have been followed.
            let mut calls = vec![(root, 0)];
            while let Some(&mut (node, ref mut followed)) = calls.last_mut() {
                if *followed == 0 && get(&index, node) == UNSEEN {
                    set(&mut index, node, next);
                    set(&mut low, node, next);
                    next += 1;
                    stack.push(node);
                }
                if let Some(&(goal, _)) = self.links(node).get(*followed) {
                    *followed += 1;
                    if get(&index, goal) == UNSEEN {
                        calls.push((goal, 0));
                    } else if get(&component, goal) == UNSEEN {
                        let lower = get(&low, node).min(get(&index, goal));
                        set(&mut low, node, lower);
                    }
                    continue;
                }
                calls.pop();
                if let Some(&(caller, _)) = calls.last() {
                    let lower = get(&low, caller).min(get(&low, node));
                    set(&mut low, caller, lower);
                }
                if get(&low, node) == get(&index, node) {
                    while let Some(member) = stack.pop() {
                        set(&mut component, member, components);
                        if member == node {
                            break;
                        }
                    }
                    components += 1;
                }
            }
        }
        component
    }

    /// A shortest way from a node back to itself inside its component: each node with the number of the link it takes.
    fn circle(&self, start: usize, component: &[usize]) -> Option<Vec<(usize, usize)>> {
        let own = component.get(start)?;
        let mut came_from: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let mut waiting = VecDeque::from([start]);
        while let Some(node) = waiting.pop_front() {
            for &(goal, link) in self.links(node) {
                if goal == start {
                    let mut circle = vec![(node, link)];
                    let mut at = node;
                    while at != start {
                        let &(before, link) = came_from.get(&at)?;
                        circle.push((before, link));
                        at = before;
                    }
                    circle.reverse();
                    return Some(circle);
                }
                if component.get(goal) == Some(own) && !came_from.contains_key(&goal) {
                    came_from.insert(goal, (node, link));
                    waiting.push_back(goal);
                }
            }
        }
        None
    }
}

fn get(list: &[usize], at: usize) -> usize {
    list.get(at).copied().unwrap_or_default()
}

fn set(list: &mut [usize], at: usize, value: usize) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}

/// Circles of causes and predecessors: the shortest through the first event of every tangle.
pub(super) fn check_circles(report: &mut Report<'_>) {
    if !report.wants(Check::LinkCycle) {
        return;
    }
    let timeline = report.timeline;
    let order = Order::of(timeline);
    let component = order.components();
    let mut told = vec![false; component.len()];
    for start in 0..component.len() {
        if std::mem::replace(told.get_mut(get(&component, start)).unwrap_or(&mut false), true) {
            continue;
        }
        let Some(circle) = order.circle(start, &component) else { continue };
        let event = |node: usize| order.events.get(node).and_then(|&at| timeline.events().get(at));
        let events: Vec<&Event> = circle.iter().filter_map(|&(node, _)| event(node)).collect();
        let (Some(last), Some((_, link))) = (events.last(), circle.last()) else { continue };
        let names = circle_words(events.iter().map(|event| report.event_name(&event.id)));
        report.tell(
            Check::LinkCycle,
            About::Event(&last.id),
            &["links", &link.to_string(), "to"],
            format!("causes and predecessors form a circle: {names}"),
            "take out the link that is not so; an event cannot come before itself",
        );
    }
}
