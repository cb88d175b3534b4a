//! What is empty, what perhaps is, and what is a burst.

use proptest::prelude::*;

use super::{Activity, SpellKind};
use crate::model::Event;
use crate::time::{Date, Instant, Zone};

fn events(dates: &[&str]) -> Vec<Event> {
    let event = |text: &&str| match *text {
        "" => Event::undated("e", "e"),
        text => Event::new("e", "e", Date::parse(text).expect("a date")),
    };
    dates.iter().map(event).collect()
}

fn activity(dates: &[&str], perhaps: &[&str], least_days: i64) -> Activity {
    let (events, perhaps) = (events(dates), events(perhaps));
    Activity::of(events.iter(), perhaps.iter(), Zone::UTC, Some(least_days * Instant::DAY))
}

/// What is found, as first and last day.
fn found(dates: &[&str], kind: SpellKind, least_days: i64) -> Vec<String> {
    let activity = activity(dates, &[], least_days);
    let own = activity.spells.iter().filter(|spell| spell.kind == kind);
    own.map(|spell| {
        let (from, to) = activity.days(spell, Zone::UTC);
        format!("{from}..{to}")
    })
    .collect()
}

#[test]
fn what_is_empty_is_never_where_a_vague_event_may_lie() {
    let none: &[&str] = &[];
    for (dates, empty, perhaps) in [
        (&["2024-01-01", "2024-12-01"][..], &["2024-01-02..2024-11-30"][..], none),
        // Once in June: nobody knows when, so that only one end of June may be empty too.
        (
            &["2024-01-01", "2024-06", "2024-12-01"],
            &["2024-01-02..2024-05-31", "2024-07-01..2024-11-30"],
            &["2024-01-02..2024-06-29", "2024-06-02..2024-11-30"],
        ),
        // Two in June are both there, and both may be at one end of it.
        (
            &["2024-01-01", "2024-06", "2024-06", "2024-12-01"],
            &["2024-01-02..2024-05-31", "2024-07-01..2024-11-30"],
            &["2024-01-02..2024-06-29", "2024-06-02..2024-11-30"],
        ),
        // In May and in June: between them all of both but a day each.
        (
            &["2024-01-01", "2024-05", "2024-06", "2024-12-01"],
            &["2024-01-02..2024-04-30", "2024-07-01..2024-11-30"],
            &["2024-01-02..2024-05-30", "2024-05-02..2024-06-29", "2024-06-02..2024-11-30"],
        ),
        // One that may lie outside need not lie in it.
        (
            &["2024-01-01", "[2023-06-01..2024-06-30]", "2024-12-01"],
            &["2024-07-01..2024-11-30"],
            &["2023-06-01..2023-12-31", "2024-01-02..2024-11-30"],
        ),
        // Once, any time before: nothing before is certain.
        (&["2024-01-01", "[..2024-06-30]", "2024-12-01"], &["2024-07-01..2024-11-30"], &["2024-01-02..2024-11-30"]),
        // What lasts is in the way where it begins and where it ends.
        (
            &["2024-01-01", "2024-03-01/2024-10-01", "2024-12-01"],
            &["2024-01-02..2024-02-29", "2024-03-02..2024-09-30", "2024-10-02..2024-11-30"],
            none,
        ),
        // It goes on, and never ends; of an end that is not known it may be any time.
        (&["2024-01-01", "2024-03-01/..", "2024-12-01"], &["2024-01-02..2024-02-29", "2024-03-02..2024-11-30"], none),
        (&["2024-01-01", "2024-03-01/", "2024-12-01"], &["2024-01-02..2024-02-29"], &["2024-03-02..2024-11-30"]),
        // On one of these, and on each of these.
        (
            &["2024-01-01", "[2024-05-01,2024-08-01]", "2024-12-01"],
            &["2024-01-02..2024-04-30", "2024-05-02..2024-07-31", "2024-08-02..2024-11-30"],
            &["2024-01-02..2024-07-31", "2024-05-02..2024-11-30"],
        ),
        (
            &["2024-01-01", "{2024-05-01,2024-08-01}", "2024-12-01"],
            &["2024-01-02..2024-04-30", "2024-05-02..2024-07-31", "2024-08-02..2024-11-30"],
            none,
        ),
        (&["2024-01-01"], none, none),
        (&[""], none, none),
        (&[], none, none),
    ] {
        assert_eq!(found(dates, SpellKind::Empty, 20), empty, "{dates:?}");
        assert_eq!(found(dates, SpellKind::PerhapsEmpty, 20), perhaps, "{dates:?}");
    }
}

#[test]
fn what_only_may_be_asked_about_is_in_the_way_of_certainty_alone() {
    let activity = activity(&["2024-01-01", "", "2024-12-01"], &["2024-06-15"], 20);
    let kinds: Vec<SpellKind> = activity.spells.iter().map(|spell| spell.kind).collect();
    assert_eq!(kinds, [SpellKind::Empty, SpellKind::PerhapsEmpty, SpellKind::Empty]);
    assert_eq!(activity.caveat(), "1 event without a date may lie in any of them");
}

#[test]
fn a_burst_is_where_events_follow_one_another_unusually_fast() {
    let months: Vec<String> = (1..=9).map(|month| format!("2024-{month:02}-01")).collect();
    let days: Vec<String> = (10..=18).map(|day| format!("2024-05-{day}")).collect();
    let all: Vec<&str> = months.iter().chain(&days).map(String::as_str).collect();
    assert_eq!(found(&all, SpellKind::Burst, 1), ["2024-05-10..2024-05-18"]);
    assert_eq!(found(&months.iter().map(String::as_str).collect::<Vec<_>>(), SpellKind::Burst, 1), [""; 0]);
    // A vague event neither makes a burst nor is counted as part of it.
    let vague: Vec<&str> = all.iter().copied().chain(["2024-05"]).collect();
    let activity = activity(&vague, &[], 1);
    let bursts: Vec<String> =
        activity.rows(Zone::UTC).filter(|row| row.kind == SpellKind::Burst).map(|row| row.note).collect();
    assert_eq!(bursts.len(), 1);
    assert!(bursts[0].starts_with("9 events, ") && bursts[0].ends_with("; 1 more may lie in it"), "{bursts:?}");
    let all_in_june = ["2024-06"; 20];
    assert_eq!(found(&all_in_june, SpellKind::Burst, 1), [""; 0]);
}

proptest! {
    #[test]
    fn no_empty_stretch_touches_where_anything_may_lie_and_no_other_holds_all_of_it(
        stretches in prop::collection::vec((0_i64..2_000, 1_i64..60), 1..40),
        least in 1_i64..80,
    ) {
        let day = |number: i64| Date::from_day(crate::time::CivilDay::from_number(number)).to_string();
        let dates: Vec<String> =
            stretches.iter().map(|(start, length)| format!("[{}..{}]", day(*start), day(start + length))).collect();
        let activity = activity(&dates.iter().map(String::as_str).collect::<Vec<_>>(), &[], least);
        for spell in activity.spells.iter().filter(|spell| spell.kind != SpellKind::Burst) {
            prop_assert!(spell.micros() >= least * Instant::DAY);
            for (start, length) in &stretches {
                let (from, to) = (start * Instant::DAY, (start + length + 1) * Instant::DAY);
                let (start, end) = (spell.start.micros(), spell.end.micros());
                if spell.kind == SpellKind::Empty {
                    prop_assert!(to <= start || end <= from, "{spell:?} touches {from}..{to}");
                } else {
                    prop_assert!(from < start || end < to, "{spell:?} holds {from}..{to}");
                }
            }
        }
    }
}
