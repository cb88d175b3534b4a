//! Dates and phrases: what is read says the same when it is written and read again, and its edges are in order.

use annalist::time::{CivilDay, Date, DateError, DayBound, Edge, Extent, Instant, Reading, Shape, Zone};
use annalist::time::{read_phrase, unambiguous};

/// Clocks that were put back, that stand half an hour off, and one without either.
const ZONES: [&str; 4] = ["UTC", "Europe/Moscow", "America/Havana", "Asia/Pyongyang"];

/// By how much a date is dragged, in microseconds.
const MOVES: [i64; 5] = [1, -Instant::DAY, 31 * Instant::DAY, i64::MAX, i64::MIN];

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    match Date::parse(&text) {
        Ok(date) => {
            assert_eq!(date.as_str(), text, "a date keeps its text");
            check_date(&date);
        }
        Err(error) => {
            check_error(&error, &text);
            let explained = error.explained(&text);
            check_error(&explained, &text);
            if let Some(hint) = &explained.hint {
                assert!(Date::parse(hint).is_ok(), "the remedy {hint:?} is no date");
            }
        }
    }

    let now = Instant::from_day(CivilDay::new(2024, 10, 24)).unwrap_or_default();
    match read_phrase(&text, now) {
        Reading::Date(date) => check_date(&date),
        Reading::Ambiguous(ways) => {
            assert!(ways.len() > 1, "one way is not ambiguous");
            ways.iter().for_each(|(date, _)| check_date(date));
        }
        Reading::None(error) => check_error(&error, &text),
    }
    if let Some(date) = unambiguous(&text) {
        check_date(&date);
    }
}

fn check_error(error: &DateError, text: &str) {
    assert!(text.is_char_boundary(error.offset), "{} is no place in the text", error.offset);
    assert!(!error.message.is_empty());
}

fn check_date(date: &Date) {
    assert_eq!(Date::parse(&date.to_string()).as_ref(), Ok(date));
    assert!(!date.describe().is_empty());
    let bounds = date.day_bounds();
    if let (DayBound::Day(earliest), DayBound::Day(latest)) = (bounds.earliest, bounds.latest) {
        assert!(earliest <= latest, "{date} ends before it begins");
    }
    for zone in ZONES.iter().filter_map(|name| Zone::parse(name).ok()) {
        let (extent, key) = date.extent_and_key(zone);
        assert_eq!((extent, key), (date.extent(zone), date.sort_key(zone)));
        check_extent(&extent, date);
        assert!(!date.describe_with(zone).is_empty());
    }
    if let Shape::OneOf(members) | Shape::AllOf(members) = date.shape() {
        members.iter().for_each(|member| check_extent(member, date));
    }
    for micros in MOVES {
        let Some(moved) = date.moved(micros) else { continue };
        assert_eq!(Date::parse(moved.as_str()).as_ref(), Ok(&moved), "{date} moved by {micros}");
        assert!(moved.precision() <= date.precision(), "{date} moved by {micros} is the finer {moved}");
        check_extent(&moved.extent(Zone::UTC), &moved);
    }
    for at in [Instant::default(), Instant::from_micros(i64::MAX), Instant::from_micros(i64::MIN)] {
        for changed in [date.with_start(at, Zone::UTC), date.with_end(at, Zone::UTC)].into_iter().flatten() {
            assert_eq!(Date::parse(changed.as_str()).as_ref(), Ok(&changed), "{date}");
            assert!(changed.precision() <= date.precision(), "{date} with another end is the finer {changed}");
        }
    }
}

/// The four edges are in the order that [`Extent`] promises.
fn check_extent(extent: &Extent, date: &Date) {
    let pairs = [
        (extent.earliest_start, extent.latest_start),
        (extent.earliest_end, extent.latest_end),
        (extent.earliest_start, extent.earliest_end),
        (extent.latest_start, extent.latest_end),
    ];
    for pair in pairs {
        if let (Edge::At(first), Edge::At(second)) = pair {
            assert!(first <= second, "{date}: {extent:?}");
        }
    }
}
