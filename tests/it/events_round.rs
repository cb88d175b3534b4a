//! Events that leave in a format of another program and come back: what the format can hold is the same.

use annalist::interchange::events::chronology::{Chronology, Record};
use annalist::interchange::events::write::Choice;
use annalist::interchange::events::{Asked, Format, Input};
use annalist::model::{Event, Standing, Timeline};
use annalist::time::{Date, DayBound};

use crate::events_out::{timelines, written};

/// The timelines that come with the program.
fn bundled() -> Vec<(String, Timeline)> {
    let names = ["tutorial.ron", "russia-dprk-treaty.ron", "bronze-age-to-rome.ron"];
    let all: Vec<_> = timelines().into_iter().filter(|(name, _)| names.contains(&name.as_str())).collect();
    assert_eq!(all.len(), names.len());
    all
}

/// What is read of a file that is told by its name and content alone.
fn back(id: &str, file: &str, timeline: &Timeline) -> Chronology {
    let bytes = written(id, timeline, &Choice::default()).0;
    let input = Input::new(file, &bytes);
    let format = Format::of(&input).unwrap();
    assert_eq!(format.id, id);
    format.read(&input, &Asked::NOTHING)
}

/// Each record with the event that it was.
fn pairs<'c, 't>(chronology: &'c Chronology, timeline: &'t Timeline) -> Vec<(&'c Record, &'t Event)> {
    let event = |record: &'c Record| {
        let by_key = record.key.as_deref().and_then(|key| timeline.event(key));
        let by_title = || timeline.events().iter().find(|event| one_line(&event.title) == *record.event.title);
        by_key.or_else(by_title).unwrap_or_else(|| panic!("{record:?}"))
    };
    chronology.records.iter().map(|record| (record, event(record))).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a date can touch every day that the other can: it is not finer.
fn covers(read: &Date, given: &Date) -> bool {
    let (read, given) = (read.day_bounds(), given.day_bounds());
    let starts = match (read.earliest, given.earliest) {
        (DayBound::Day(read), DayBound::Day(given)) => read <= given,
        _ => true,
    };
    let ends = match (read.latest, given.latest) {
        (DayBound::Day(read), DayBound::Day(given)) => given <= read,
        _ => true,
    };
    starts && ends
}

#[test]
fn a_calendar_gives_back_dates_places_and_what_is_expected() {
    for (name, timeline) in bundled() {
        let chronology = back("icalendar", "x.ics", &timeline);
        for (record, event) in pairs(&chronology, &timeline) {
            assert_eq!(record.event.date, event.date, "{name}: {}", event.title);
            assert_eq!(record.event.title, one_line(&event.title), "{name}");
            assert_eq!(record.event.place, event.place, "{name}");
            assert_eq!(record.event.rare.coordinates, event.rare.coordinates, "{name}");
            for standing in [Standing::Expected, Standing::Retracted] {
                assert_eq!(record.event.standing == standing, event.standing == standing, "{name}: {}", event.title);
            }
        }
    }
}

#[test]
fn the_timeline_project_gives_back_dates_no_finer_than_they_were() {
    for (name, timeline) in bundled() {
        let chronology = back("thetimelineproj", "x.timeline", &timeline);
        let lanes: Vec<_> = chronology.lanes.iter().map(|lane| (lane.name.as_str(), lane.color.as_deref())).collect();
        for lane in timeline.lanes() {
            let given = lane.color.as_deref();
            assert!(
                lanes
                    .iter()
                    .any(|(name, color)| *name == one_line(&lane.title) && (given.is_none() || *color == given)),
                "{name}"
            );
        }
        for (record, event) in pairs(&chronology, &timeline) {
            let (read, given) = (record.event.date.as_ref().unwrap(), event.date.as_ref().unwrap());
            assert!(covers(read, given), "{name}: {read} for {given}");
            assert!(
                read.as_str().contains('~') || read == given || given.as_str().contains('T'),
                "{name}: {read} for {given}"
            );
            assert_eq!(record.event.title, one_line(&event.title), "{name}");
        }
    }
}
