//! The order of events of the same date: nothing but the order of the file says which of them comes first, so that is edited.

use thiserror::Error;

use super::{BulkEdit, Edit, moved_record};
use crate::model::{Event, Key, Text, Timeline};
use crate::time::Zone;

/// Where an event is put: beside another one, by id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// Right before it in the file.
    Before(Text),
    /// Right after it.
    After(Text),
}

impl Beside {
    /// The event beside which one is put.
    pub const fn id(&self) -> &Text {
        match self {
            Self::Before(id) | Self::After(id) => id,
        }
    }
}

/// Why an event was not put beside another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NotPut {
    /// One of the two is not there.
    #[error("the event is no longer there")]
    Missing,
    /// Their dates say which comes first.
    #[error("their dates say which of the two comes first")]
    OtherDate,
    /// It stands there.
    #[error("it stands there already")]
    InPlace,
}

/// Whether only the order of the file says which of two events comes first in time order: they can begin and end at the same, on the
/// axis of a zone, or have no date.
pub fn is_tied(a: &Event, b: &Event, zone: Zone) -> bool {
    a.date.is_some() == b.date.is_some() && a.sort_key(zone) == b.sort_key(zone)
}

/// The edit that puts an event right before or after another of the same date.
///
/// # Errors
/// Where it stands there, or where the order of the two is not the file's to say.
pub fn put_beside(timeline: &Timeline, id: &str, beside: &Beside, zone: Zone) -> Result<BulkEdit, NotPut> {
    let (Some(event), Some(other)) = (timeline.event(id), timeline.event(beside.id())) else {
        return Err(NotPut::Missing);
    };
    if !is_tied(event, other, zone) {
        return Err(NotPut::OtherDate);
    }
    let (Some(at), Some(next)) = (timeline.event_position(id), timeline.event_position(beside.id())) else {
        return Err(NotPut::Missing);
    };
    let next = match beside {
        Beside::Before(_) => next,
        Beside::After(_) => next + 1,
    };
    // Taken out, it leaves those behind it one place further up.
    let to = if next > at { next - 1 } else { next };
    let edit: Edit = moved_record(timeline, &Key::Event(id.into()), to).ok_or(NotPut::InPlace)?;
    let side = if matches!(beside, Beside::Before(_)) { "before" } else { "after" };
    let words = format!("“{}” {side} “{}”", event.title, other.title);
    Ok(BulkEdit { edit, label: format!("Put {words}"), said: format!("Put {words}, of the same date") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::time::Date;

    fn timeline() -> Timeline {
        let event = |id: &str, date: Option<&str>| Event {
            date: date.map(|text| Date::parse(text).expect("a date")),
            ..Event::undated(id, id)
        };
        let events = vec![
            event("a", Some("2024-10-24")),
            event("b", Some("2024-10-25")),
            event("c", Some("2024-10-24")),
            event("d", Some("2024-10-24T10:00")),
            event("e", None),
            event("f", Some("2024-10-24?")),
            event("g", None),
        ];
        let header = Timeline::empty("t").header().clone();
        Timeline::from_records(header, vec![], vec![], events, vec![], vec![])
    }

    fn order(timeline: &Timeline) -> String {
        timeline.events().iter().map(|event| event.id.as_str()).collect()
    }

    #[test]
    fn an_event_is_put_before_or_after_another_of_its_date_and_back_exactly() {
        let before = timeline();
        for (id, beside, expected) in [
            ("c", Beside::Before("a".into()), "cabdefg"),
            ("a", Beside::After("c".into()), "bcadefg"),
            ("a", Beside::Before("f".into()), "bcdeafg"),
            ("f", Beside::After("a".into()), "afbcdeg"),
            ("g", Beside::Before("e".into()), "abcdgef"),
        ] {
            let mut timeline = before.clone();
            let put = put_beside(&timeline, id, &beside, Zone::UTC).unwrap();
            let inverse = apply(&mut timeline, &put.edit).unwrap();
            assert_eq!(order(&timeline), expected, "{id} {beside:?}");
            apply(&mut timeline, &inverse).unwrap();
            assert_eq!(timeline, before);
        }
        let put = put_beside(&before, "c", &Beside::Before("a".into()), Zone::UTC).unwrap();
        assert_eq!(
            (put.label.as_str(), put.said.as_str()),
            ("Put “c” before “a”", "Put “c” before “a”, of the same date")
        );
    }

    #[test]
    fn what_dates_decide_is_not_put_in_another_order() {
        let timeline = timeline();
        let put = |id: &str, beside| put_beside(&timeline, id, &beside, Zone::UTC).map(|_| ());
        assert_eq!(put("a", Beside::After("b".into())), Err(NotPut::OtherDate));
        assert_eq!(put("d", Beside::Before("a".into())), Err(NotPut::OtherDate), "its time of day says more");
        assert_eq!(put("e", Beside::Before("a".into())), Err(NotPut::OtherDate), "an event without a date is last");
        assert_eq!(put("a", Beside::Before("a".into())), Err(NotPut::InPlace));
        assert_eq!(put("nobody", Beside::Before("a".into())), Err(NotPut::Missing));
        // On a clock where the time is in another day it is tied with nothing either.
        let tokyo = Zone::parse("Asia/Tokyo").unwrap();
        assert_eq!(put_beside(&timeline, "d", &Beside::Before("b".into()), tokyo).map(|_| ()), Err(NotPut::OtherDate));
    }
}
