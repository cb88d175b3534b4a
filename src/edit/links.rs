//! Edits of one link between two events.

use super::Edit;
use crate::model::{Link, Timeline};

/// The edit that adds a link to an event; none where it has that link already, or leads to itself.
pub fn added_link(timeline: &Timeline, from: &str, link: Link) -> Option<Edit> {
    let mut event = timeline.event(from)?.clone();
    let is_there = event.links.iter().any(|known| known.to == link.to && known.relation == link.relation);
    if is_there || link.to == from {
        return None;
    }
    event.links.push(link);
    Some(Edit::put_event(event))
}

/// The edit that puts another link in the place of one of an event, by its position; none where it is that already.
pub fn changed_link(timeline: &Timeline, from: &str, nth: usize, link: Link) -> Option<Edit> {
    let mut event = timeline.event(from)?.clone();
    let own = event.links.get_mut(nth).filter(|own| **own != link)?;
    *own = link;
    Some(Edit::put_event(event))
}

/// The edit that takes a link out of an event.
pub fn removed_link(timeline: &Timeline, from: &str, nth: usize) -> Option<Edit> {
    let mut event = timeline.event(from)?.clone();
    (nth < event.links.len()).then(|| event.links.remove(nth))?;
    Some(Edit::put_event(event))
}

/// The edit that turns a link round: it leads from where it led to, with the same relation and note. None where a link is there
/// that says so, or nothing at its other end.
pub fn turned_link(timeline: &Timeline, from: &str, nth: usize) -> Option<Edit> {
    let link = timeline.event(from)?.links.get(nth)?.clone();
    let there = link.to.clone();
    let added = added_link(timeline, &there, Link { to: from.into(), ..link })?;
    Some(Edit::Batch(vec![removed_link(timeline, from, nth)?, added]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::model::{Event, Relation};

    fn link(to: &str, relation: Relation) -> Link {
        Link { to: to.into(), relation, note: Some("as the report says".into()) }
    }

    #[test]
    fn a_link_is_added_once_changed_turned_and_taken_out() {
        let events = ["a", "b"].map(|id| Event::undated(id, id)).into();
        let header = Timeline::empty("t").header().clone();
        let mut timeline = Timeline::from_records(header, vec![], vec![], events, vec![], vec![]);
        let mut make = |edit: fn(&Timeline) -> Option<Edit>| {
            let edit = edit(&timeline)?;
            apply(&mut timeline, &edit).unwrap();
            let links =
                |id: &str| timeline.event(id).unwrap().links.iter().map(|link| link.relation).collect::<Vec<_>>();
            Some((links("a"), links("b")))
        };
        use Relation::{Causes, Contradicts};
        assert_eq!(make(|known| added_link(known, "a", link("b", Causes))), Some((vec![Causes], vec![])));
        assert_eq!(make(|known| added_link(known, "a", link("b", Causes))), None, "it is there");
        assert_eq!(make(|known| added_link(known, "a", link("a", Causes))), None, "no event is linked to itself");
        let contradicts = |known: &Timeline| changed_link(known, "a", 0, link("b", Contradicts));
        assert_eq!(make(contradicts), Some((vec![Contradicts], vec![])));
        assert_eq!(make(contradicts), None);
        assert_eq!(make(|known| turned_link(known, "a", 0)), Some((vec![], vec![Contradicts])));
        assert_eq!(make(|known| removed_link(known, "b", 0)), Some((vec![], vec![])));
        assert_eq!(make(|known| removed_link(known, "b", 0)), None);
    }
}
