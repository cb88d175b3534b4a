//! An event that gets another date: moved by a hand, what rests on the old date does not come along; corrected, what merely repeats it
//! goes.

use crate::model::{Event, Stance};
use crate::time::{Date, unambiguous};

/// The event with another date, or without one. Its `wording` was that of the old date and goes. A supporting citation
/// without a date of its own gives the event's: it keeps the old one from now on, since its source has not moved. What had
/// no date leaves none behind, and its wording says of the new one what it said before.
pub fn redated(event: &Event, date: Option<Date>) -> Event {
    let mut moved = event.clone();
    let Some(before) = std::mem::replace(&mut moved.date, date) else { return moved };
    moved.wording = None;
    for citation in &mut moved.citations {
        if citation.stance == Stance::Supports && citation.date.is_none() {
            citation.date = Some(Box::new(before.clone()));
        }
    }
    moved
}

/// Writes another date into an event, as a correction: its sources say of the new one what they said of the old. A wording that says the
/// old date in words goes with it; other words stay.
pub fn correct_date(event: &mut Event, date: Date) {
    if event.date.as_ref() == Some(&date) {
        return;
    }
    let before = event.date.replace(date);
    if before.is_some() && event.wording.as_deref().and_then(unambiguous) == before {
        event.wording = None;
    }
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
        let moved = redated(&event, Some(date("1976-07-01")));
        assert_eq!((moved.date_as_written(), moved.wording.as_deref()), ("1976-07-01", None));
        let given = |event: &Event| -> Vec<Option<String>> {
            event.citations.iter().map(|citation| citation.date.as_deref().map(Date::to_string)).collect()
        };
        let kept = [Some("1976-06-05".to_owned()), Some("1976-06".to_owned()), None];
        assert_eq!(given(&moved), kept);
        // One whose date is taken away too.
        let undated = redated(&event, None);
        assert_eq!((&undated.date, undated.wording.as_deref()), (&None, None));
        assert_eq!(given(&undated), kept);
    }

    #[test]
    fn words_that_say_the_date_before_a_correction_go_and_others_stay() {
        let date = |text| Date::parse(text).expect("a date");
        for (wording, kept) in
            [("5 June 1976", false), ("1976-06-05", false), ("the first Saturday of June", true), ("June 1976", true)]
        {
            let mut event = Event::new("e", "Dam breaks", date("1976-06-05"));
            event.wording = Some(wording.into());
            correct_date(&mut event, date("1976-06-05"));
            assert_eq!(event.wording.as_deref(), Some(wording), "nothing is corrected");
            correct_date(&mut event, date("1976-06-06"));
            let left = event.wording.as_deref();
            assert_eq!((event.date_as_written(), left), ("1976-06-06", Some(wording).filter(|_| kept)));
        }
    }

    #[test]
    fn an_event_without_a_date_leaves_none_behind() {
        let mut event = Event::undated("e", "Dam breaks");
        event.wording = Some("after the rains".into());
        event.citations.push(Citation::new("says-nothing"));
        let dated = redated(&event, Date::parse("1976-06").ok());
        assert_eq!((dated.date_as_written(), dated.wording.as_deref()), ("1976-06", Some("after the rains")));
        assert_eq!(dated.citations, event.citations);
    }
}
