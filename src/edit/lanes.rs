//! Edits of lanes and of what stands in them: renamed, recoloured, put in another order, merged, taken out.

use super::bulk::delete_events;
use super::{BulkEdit, Edit, moved_record};
use crate::model::{Arrangement, Event, Grouping, Key, Lane, Record, Text, Timeline, View};

/// What becomes of the events of a lane that is taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LaneEvents {
    /// They stand in another lane, by id, or in none.
    Move(Option<Text>),
    /// They are taken out too.
    Delete,
}

/// The positions of the events of a lane.
pub fn events_of_lane(timeline: &Timeline, lane: &str) -> Vec<usize> {
    let of_lane = |event: &Event| event.lane.as_deref() == Some(lane);
    timeline.events().iter().enumerate().filter(|(_, event)| of_lane(event)).map(|(at, _)| at).collect()
}

/// The edit that gives a lane another title, and with it the bands of saved views that name it; none where it has that already.
pub fn renamed_lane(timeline: &Timeline, id: &str, title: &Text) -> Option<BulkEdit> {
    let lane = timeline.lane(id).filter(|lane| lane.title != *title && !title.trim().is_empty())?;
    let from = &lane.title;
    let mut edits = vec![Edit::put(Record::Lane(Lane { title: title.clone(), ..lane.clone() }))];
    let views = timeline.views().iter().filter(|view| view.grouping == Grouping::Lane);
    edits.extend(views.filter_map(|view| {
        let bands = Arrangement::parse(view.bands.as_deref()?).ok()?.renamed(from, title)?;
        Some(Edit::put(Record::View(View { bands: Some(bands.to_string().into()), ..view.clone() })))
    }));
    let asking = |view: &&View| view.query.as_ref().is_some_and(|query| query.contains(from.as_str()));
    let mut said = format!("Renamed the lane “{from}” to “{title}”");
    match timeline.views().iter().filter(asking).count() {
        0 => {}
        1 => said.push_str(". 1 saved view may still ask for the old name"),
        count => said.push_str(&format!(". {count} saved views may still ask for the old name")),
    }
    Some(BulkEdit { edit: Edit::Batch(edits), label: format!("Rename the lane “{from}” to “{title}”"), said })
}

/// The edit that gives a lane a colour of its own, or takes it away.
pub fn coloured_lane(timeline: &Timeline, id: &str, color: Option<Text>) -> Option<BulkEdit> {
    let lane = timeline.lane(id).filter(|lane| lane.color != color)?;
    let (label, said) = match color {
        Some(_) => (format!("Colour the lane “{}”", lane.title), format!("Coloured the lane “{}”", lane.title)),
        None => {
            let words = format!("the lane “{}” as the theme has it", lane.title);
            (format!("Colour {words}"), format!("Coloured {words}"))
        }
    };
    Some(BulkEdit { edit: Edit::put(Record::Lane(Lane { color, ..lane.clone() })), label, said })
}

/// The edit that puts a lane before another of the file, or behind all of them; none where it stands there.
pub fn lane_before(timeline: &Timeline, id: &str, next: Option<&str>) -> Option<Edit> {
    let at = timeline.lane_position(id)?;
    let to = next.map_or(Some(timeline.lanes().len()), |next| timeline.lane_position(next))?;
    // Taken out, it leaves those behind it one place further up.
    moved_record(timeline, &Key::Lane(id.into()), if to > at { to - 1 } else { to })
}

/// The edit that takes a lane out. `linking` gives, for positions of events, those of the events that may link to one of them.
pub fn remove_lane(
    timeline: &Timeline,
    id: &str,
    fate: &LaneEvents,
    linking: impl FnOnce(&[usize]) -> Vec<usize>,
) -> Option<BulkEdit> {
    let lane = timeline.lane(id)?;
    let positions = events_of_lane(timeline, id);
    let title = &lane.title;
    let count = match positions.len() {
        1 => "1 event".to_owned(),
        count => format!("{count} events"),
    };
    let (mut edits, label, said) = match fate {
        _ if positions.is_empty() => {
            (Vec::new(), format!("Delete the lane “{title}”"), format!("Deleted the lane “{title}”"))
        }
        LaneEvents::Move(to) => {
            let moved = positions.iter().filter_map(|at| timeline.events().get(*at));
            let edits = moved.map(|event| Edit::put_event(Event { lane: to.clone(), ..event.clone() })).collect();
            match to.as_deref().and_then(|to| timeline.lane(to)) {
                Some(into) => (
                    edits,
                    format!("Merge the lane “{title}” into “{}”", into.title),
                    format!("Merged the lane “{title}” into “{}”: {count} moved", into.title),
                ),
                None => (
                    edits,
                    format!("Delete the lane “{title}”"),
                    format!("Deleted the lane “{title}”; {count} of it stand in no lane"),
                ),
            }
        }
        LaneEvents::Delete => {
            let linking = linking(&positions);
            let gone = delete_events(timeline, positions, linking).ok()?;
            let label = format!("Delete the lane “{title}” with {count}");
            (vec![gone.edit], label, format!("Deleted the lane “{title}” with {count}"))
        }
    };
    edits.push(Edit::Remove(Key::Lane(id.into())));
    Some(BulkEdit { edit: Edit::Batch(edits), label, said })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::model::{Link, Relation};

    fn lanes(timeline: &Timeline) -> Vec<&str> {
        timeline.lanes().iter().map(|lane| lane.id.as_str()).collect()
    }

    fn timeline() -> Timeline {
        let lane = |id: &str| Lane { id: id.into(), title: id.to_uppercase().into(), color: None, note: None };
        let event = |id: &str, lane: &str| Event { lane: Some(lane.into()), ..Event::undated(id, id) };
        let mut linking = event("three", "b");
        linking.links.push(Link { to: "one".into(), relation: Relation::Causes, note: None });
        let header = Timeline::empty("t").header().clone();
        let events = vec![event("one", "a"), event("two", "a"), linking];
        Timeline::from_records(header, ["a", "b", "c"].map(lane).into(), vec![], events, vec![], vec![])
    }

    #[test]
    fn a_lane_is_put_before_another_and_back() {
        let mut timeline = timeline();
        for (id, next, expected) in
            [("c", Some("a"), ["c", "a", "b"]), ("c", Some("b"), ["a", "c", "b"]), ("a", None, ["c", "b", "a"])]
        {
            let edit = lane_before(&timeline, id, next).unwrap();
            apply(&mut timeline, &edit).unwrap();
            assert_eq!(lanes(&timeline), expected);
        }
        assert_eq!(lane_before(&timeline, "c", Some("b")), None, "it stands there");
        assert_eq!(lane_before(&timeline, "a", None), None);
    }

    #[test]
    fn the_events_of_a_lane_move_or_go_and_come_back_exactly() {
        let before = timeline();
        for (fate, left, said) in [
            (LaneEvents::Move(Some("b".into())), 3, "Merged the lane “A” into “B”: 2 events moved"),
            (LaneEvents::Move(None), 3, "Deleted the lane “A”; 2 events of it stand in no lane"),
            (LaneEvents::Delete, 1, "Deleted the lane “A” with 2 events"),
        ] {
            let mut timeline = before.clone();
            let bulk = remove_lane(&timeline, "a", &fate, |_| vec![2]).unwrap();
            assert_eq!(bulk.said, said);
            let inverse = apply(&mut timeline, &bulk.edit).unwrap();
            assert_eq!((lanes(&timeline), timeline.events().len()), (vec!["b", "c"], left));
            let links = timeline.event("three").unwrap().links.len();
            assert_eq!(links, usize::from(fate != LaneEvents::Delete));
            apply(&mut timeline, &inverse).unwrap();
            assert_eq!(timeline, before);
        }
    }
}
