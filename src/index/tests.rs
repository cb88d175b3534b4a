//! Rows, bands and extents: what stays where while the window moves.

use super::*;
use crate::model::{Header, Lane};
use crate::time::Date;

fn timeline(events: &[(&str, Option<&str>)]) -> Timeline {
    let lane = |id: &str| Lane { id: id.into(), title: id.to_uppercase().into(), color: None, note: None };
    let events = events
        .iter()
        .enumerate()
        .map(|(at, (date, lane))| {
            let mut event = Event::new(format!("e{at}"), format!("Event {at}"), Date::parse(date).expect(date));
            event.lane = lane.map(Into::into);
            event
        })
        .collect();
    let header = Header::new("T");
    Timeline::from_records(header, vec![lane("a"), lane("b")], vec![], events, vec![], vec![])
}

#[test]
fn events_without_a_known_lane_go_into_a_last_band() {
    let index = Index::build(&timeline(&[("2024", Some("b")), ("2024", None), ("2024", Some("gone"))]), Zone::UTC);
    let titles: Vec<_> = index.bands().iter().map(|band| band.title.as_str()).collect();
    assert_eq!(titles, ["A", "B", ""]);
    let bands: Vec<_> = (0..3).map(|at| index.entry(at).map(|entry| entry.band)).collect();
    assert_eq!(bands, [Some(1), Some(2), Some(2)]);
}

#[test]
fn every_lane_has_a_band_and_an_empty_timeline_has_one() {
    assert_eq!(Index::build(&timeline(&[]), Zone::UTC).bands().len(), 2);
    let empty = Index::build(&Timeline::empty("T"), Zone::UTC);
    assert_eq!((empty.bands().len(), empty.extent()), (1, None));
}

#[test]
fn a_window_holds_what_touches_it() {
    let timeline = timeline(&[("2000/2030", None), ("2010-01-01", None), ("2020-01-01", None), ("2025/..", None)]);
    let index = Index::build(&timeline, Zone::UTC);
    let year = |year| Instant::from_day(crate::time::CivilDay::new(year, 1, 1)).expect("on the axis");
    let within =
        |from, to| -> Vec<u32> { index.entries_within(year(from), year(to)).map(|entry| entry.event).collect() };
    assert_eq!(within(2005, 2015), [0, 1]);
    assert_eq!(within(2012, 2019), [0]);
    assert_eq!(within(1990, 1999), [0_u32; 0]);
    assert_eq!(within(2100, 2110), [3]);
}

#[test]
fn open_sides_do_not_stretch_the_extent() {
    let index = Index::build(&timeline(&[("2000-01-01", None), ("2010-06-01/..", None)]), Zone::UTC);
    let (start, end) = index.extent().expect("dated");
    assert_eq!((start.day().year, end.day().year), (2000, 2010));
}

#[test]
fn events_come_in_time_order() {
    let index = Index::build(&timeline(&[("2024-10", None), ("1961", None), ("2024-10-01", None)]), Zone::UTC);
    assert_eq!(index.order(), [1, 2, 0]);
}

#[test]
fn grouping_by_standing_makes_bands_of_those_that_occur() {
    let index = Index::grouped(&timeline(&[("2024", Some("a"))]), Zone::UTC, Grouping::Standing);
    assert_eq!(index.bands().iter().map(|band| band.title.as_str()).collect::<Vec<_>>(), ["Reported"]);
}
