//! An event moved to another date by a hand: what rests on the old date does not come along.

use crate::model::{Event, Stance};
use crate::time::Date;

/// The event with another date. Its `wording` was that of the old date and goes. A supporting citation without a date of its
/// own gives the event's: it keeps the old one from now on, since its source has not moved.
pub fn redated(event: &Event, date: Date) -> Event {
    let mut moved = event.clone();
    let before = std::mem::replace(&mut moved.date, date);
    moved.wording = None;
    for citation in &mut moved.citations {
        if citation.stance == Stance::Supports && citation.date.is_none() {
            citation.date = Some(Box::new(before.clone()));
        }
    }
    moved
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Citation;

    #[test]
    fn an_event_that_is_moved_leaves_its_wording_and_its_sources_behind() {
        let date = |text| Date::parse(text).expect("a date");
        let mut event = Event::new("e", "Dam breaks", date("1976-06-05"));
        event.wording = Some("the first Saturday of June".into());
        event.citations.extend(["says-nothing", "says-june", "denies"].map(Citation::new));
        event.citations[1].date = Some(Box::new(date("1976-06")));
        event.citations[2].stance = Stance::Denies;
        let moved = redated(&event, date("1976-07-01"));
        assert_eq!((moved.date.as_str(), moved.wording.as_deref()), ("1976-07-01", None));
        let dates: Vec<_> = moved.citations.iter().map(|citation| citation.date.as_deref().map(Date::as_str)).collect();
        assert_eq!(dates, [Some("1976-06-05"), Some("1976-06"), None]);
    }
}
