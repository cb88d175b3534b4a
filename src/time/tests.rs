//! What dates mean, across the parts of this module.

use proptest::prelude::*;

use super::*;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

fn midnight(text: &str) -> Edge {
    match date(text).day_bounds().earliest {
        DayBound::Day(day) => Edge::At(Instant::from_day(day).unwrap()),
        other => panic!("{text}: {other:?}"),
    }
}

fn edges(text: &str) -> [Edge; 4] {
    let extent = date(text).extent(Zone::UTC);
    [extent.earliest_start, extent.latest_start, extent.earliest_end, extent.latest_end]
}

#[test]
fn a_span_of_months_starts_and_ends_somewhere_in_them() {
    let days = ["2024-06-01", "2024-07-01", "2024-08-01", "2024-09-01"].map(midnight);
    assert_eq!(edges("2024-06/2024-08"), days);
    assert_eq!(date("2024-06/2024-08").shape(), Shape::Span);
}

#[test]
fn a_window_knows_only_its_outer_edges() {
    let (first, after) = (midnight("2024-10-21"), midnight("2024-11-01"));
    assert_eq!(edges("[2024-10-21..2024-10-31]"), [first, after, first, after]);
    assert_eq!(edges("[..2024-10-31]"), [Edge::Open, after, Edge::Open, after]);
    for (text, shape) in [
        ("[2024-10-21..2024-10-31]", Shape::Window),
        ("2024-10-2X", Shape::Window),
        ("2024-06", Shape::Window),
        ("2024-23", Shape::Window),
        ("XXXX-12-25", Shape::Window),
        ("2024-10-24?", Shape::Moment),
        ("2024-10-24T10:23:00Z", Shape::Moment),
        ("[2024-10-24]", Shape::Moment),
    ] {
        assert_eq!(date(text).shape(), shape, "{text}");
    }
    assert!(matches!(date("[1667,1760-12]").shape(), Shape::OneOf(extents) if extents.len() == 2));
    assert!(matches!(date("{1960,1961-12}").shape(), Shape::AllOf(extents) if extents.len() == 2));
}

#[test]
fn open_and_unknown_ends_are_told_apart() {
    assert_eq!(edges("2024-06-19/..")[2..], [Edge::Open, Edge::Open]);
    assert_eq!(edges("2024-06-19/")[2..], [Edge::Unknown, Edge::Unknown]);
    assert_eq!(edges("../1945")[..2], [Edge::Open, Edge::Open]);
}

#[test]
fn qualifiers_widen_nothing() {
    assert_eq!(edges("1950~"), edges("1950"));
    assert_eq!(edges("2024-06%/2024-08?"), edges("2024-06/2024-08"));
    assert_eq!(date("2024-06%").certainty(), Certainty { uncertain: true, approximate: true });
}

#[test]
fn times_stand_where_the_clock_of_the_zone_stood() {
    let moscow = Zone::parse("Europe/Moscow").unwrap();
    let start = |text: &str, zone| date(text).extent(zone).earliest_start;
    let at = |hours: i64| midnight("2024-10-24").instant().unwrap().saturating_add(hours * Instant::HOUR);
    assert_eq!(start("2024-10-24T10:00:00+03:00", moscow), Edge::At(at(10)));
    assert_eq!(start("2024-10-24T10:00:00+03:00", Zone::UTC), Edge::At(at(7)));
    assert_eq!(start("2024-10-24T10:00:00[Europe/Moscow]", Zone::UTC), Edge::At(at(7)));
    assert_eq!(start("2024-10-24T10:00:00", moscow), Edge::At(at(10)));
    assert_eq!(start("2024-10-24", moscow), Edge::At(at(0)));
    let span = date("2024-10-24T10:00:00+03:00/2024-10-24T12:00:00").extent(moscow);
    assert_eq!(span.earliest_start, Edge::At(at(10)));
    assert_eq!(span.earliest_end, Edge::At(at(12)), "the start's offset holds for the end");
}

#[test]
fn a_span_that_one_end_turns_around_says_neither_end_for_certain() {
    // 09:00 UTC is what the clock of Moscow showed at 12:00; a day ends at midnight of whoever reads it.
    for (text, from, to) in [
        ("2024-10-24T10:23/2024-10-24T12:00[Europe/Moscow]", "2024-10-24T09:00Z", "2024-10-24T10:23Z"),
        ("2024-10-24T23:00-05:00/2024-10-24", "2024-10-24", "2024-10-25T04:00Z"),
    ] {
        let extent = date(text).extent(Zone::UTC);
        assert_eq!(
            (extent.earliest_start, extent.earliest_end),
            (date(from).extent(Zone::UTC).earliest_start, extent.earliest_start),
            "{text}"
        );
        assert_eq!(
            (extent.latest_start, extent.latest_end),
            (date(to).extent(Zone::UTC).latest_end, extent.latest_start),
            "{text}"
        );
    }
}

#[test]
fn a_clock_time_that_came_twice_covers_both() {
    let extent = date("2024-10-27T02:30:00[Europe/Berlin]").extent(Zone::UTC);
    let (Edge::At(start), Edge::At(end)) = (extent.earliest_start, extent.latest_end) else { panic!("{extent:?}") };
    assert_eq!(end.saturating_since(start), Instant::HOUR + Instant::SECOND);
}

#[test]
fn a_time_reaches_as_far_as_its_last_digit() {
    let reach = |text: &str| {
        let extent = date(text).extent(Zone::UTC);
        let (Edge::At(start), Edge::At(end)) = (extent.earliest_start, extent.latest_end) else { panic!("{extent:?}") };
        (start.micros_of_day() - 10 * Instant::HOUR, end.saturating_since(start))
    };
    assert_eq!(reach("2024-10-24T10:00"), (0, Instant::MINUTE));
    assert_eq!(reach("2024-10-24T10:00+00:00"), (0, Instant::MINUTE));
    assert_eq!(reach("2024-10-24T10:00:00"), (0, Instant::SECOND));
    assert_eq!(reach("2024-10-24T10:00:00.5"), (500_000, 100_000));
    assert_eq!(reach("2024-10-24T10:00:00.50"), (500_000, 10_000));
    assert_eq!(reach("2024-10-24T10:00:00,078125Z"), (78_125, 1));
    assert_eq!(reach("2024-10-24T10:00:00.0781259999999"), (78_125, 1));
    // A leap second stands with the second before it, and behind every fraction of that.
    assert_eq!(reach("2024-10-24T10:00:60"), reach("2024-10-24T10:00:59"));
    assert!(date("2024-10-24T10:00:59.999").sort_key(Zone::UTC) < date("2024-10-24T10:00:60.1").sort_key(Zone::UTC));
    for text in ["2024-10-24T10:00", "2024-10-24T10:00Z", "2024-10-24T10:00/2024-10-24T10:30Z"] {
        assert_eq!(date(text).precision(), Precision::Minute, "{text}");
    }
    assert_eq!(date("2024-10-24T10:00:00.5").precision(), Precision::Second);
}

#[test]
fn years_beyond_the_axis_are_unknown_there_and_exact_in_days() {
    for text in ["Y-13800000000", "Y170000002", "Y17E7", "Y9223372036854775807", "Y1E100", "1950/Y1E15"] {
        let read = date(text);
        assert!(read.is_beyond_axis(), "{text}");
        assert_eq!(read.extent(Zone::UTC).latest_end, Edge::Unknown, "{text}");
    }
    assert_eq!(date("Y-13800000000").day_bounds().latest.to_string(), "-13800000000-12-31");
    for text in ["2024", "-9999", "Y-290000", "2024/", "/2024", "2024/.."] {
        assert!(!date(text).is_beyond_axis(), "{text}");
    }
}

#[test]
fn order_is_by_earliest_start_then_latest_end() {
    let sorted = [
        "[..1760-12-03]",
        "Y-1E100",
        "Y-13800000000",
        "-0043-03-15",
        "/1945",
        "2024",
        "2024-06-01T10:00:00Z",
        "2024-06-19",
        "2024-06-19/2024-08",
        "2024-06-19/",
        "Y170000002",
        "Y1E100",
    ];
    let keys: Vec<SortKey> = sorted.iter().map(|text| date(text).sort_key(Zone::UTC)).collect();
    for (pair, texts) in keys.windows(2).zip(sorted.windows(2)) {
        assert!(pair[0] < pair[1], "{texts:?}");
    }
    assert!(date("2024-06-01").sort_key(Zone::UTC) < date("2024-06").sort_key(Zone::UTC));
}

#[test]
fn precision_is_the_finest_unit_with_nothing_missing_above() {
    for (text, precision) in [
        ("2024-10-24", Precision::Day),
        ("2024-10-2X", Precision::Month),
        ("2024-10-XX", Precision::Month),
        ("2024-XX-24", Precision::Year),
        ("2024-23", Precision::Season),
        ("199X", Precision::Decade),
        ("20X4", Precision::Century),
        ("XXXX-12-25", Precision::Millennium),
        ("1950S2", Precision::Century),
        ("Y171010000S3", Precision::Millennium),
        ("1939/1945-05-08", Precision::Day),
        ("[2024-06..2024-08]", Precision::Month),
        ("2024-10-24T10:23:00Z", Precision::Second),
        ("2024-10-24T10:23[Europe/Moscow]", Precision::Minute),
    ] {
        assert_eq!(date(text).precision(), precision, "{text}");
    }
}

#[test]
fn what_edtf_has_not_is_read_and_called_so() {
    for text in [
        "2024-10-24T10:23:00[Europe/Moscow]",
        "2024-10-24T10:23:00+03:00[Europe/Moscow]",
        "2024-10-24T10:23[Europe/Moscow]",
        "2024-10-24T07:23:00Z[Europe/Moscow]",
        "2024-10-24T10:00:00+03:00/2024-10-24T12:00:00+03:00",
        "2024-10-24T10:00[Europe/Moscow]/2024-10-24T12:00[Europe/Moscow]",
        "2024-10-24T10:00:00Z/..",
        "2024-10-24T10:00:00Z/",
        "2024-10-24/2024-10-25T12:00:00Z",
        "2024-10-24T10:23",
        "2024-10-24T10:23Z",
        "2024-10-24T10:23+03:00",
        "2024-10-24T10:23-07",
        "2024-10-24T10:23/2024-10-24T11:00",
        "2024-10-24T10:23:00.5",
        "2024-10-24T10:23:00,078125Z",
        "2015-08-08T02:06:17.078125+00:00",
        "2024-10-24T10:23:00.5-07:00[America/Los_Angeles]",
        "2024-10-24T10:23:00.00000000000000000000000000000000000001",
        "2024-10-24T10:23:00.25Z/2024-10-24T10:23:00.50Z",
        "2016-12-31T23:59:60.25Z",
    ] {
        assert_eq!(date(text).level(), Level::Iso8601, "{text}");
        assert_eq!(date(text).as_str(), text);
    }
    for text in [
        "2024-10-24T10",
        "2024-10-24T10:23.5",
        "2024-10-24T10:23:00.",
        "2024-10-24T10:23:00.Z",
        "2024-10-24T10:23:00.5.5",
        "2024-10-24T10:23:00;5",
        "2024-10-24T10:23:00.000000000000000000000000000000000000001",
        "2024-10-24.5",
        "2024-10-24T10:23:00.50Z/2024-10-24T10:23:00.25Z",
        "2024-10-24T10:23:00[Europe/Moskow]",
        "2024-10-24T10:23:00[Europe/Moscow",
        "2024-10-24T10:23:00+02:00[Europe/Moscow]",
        "2024-03-31T02:30:00[Europe/Berlin]",
        "2024-10-24[Europe/Moscow]",
        "2024-10-24T12:00:00Z/2024-10-24T10:00:00Z",
        "2024-10T10:00:00Z/2024-11",
        "2024-10-24T10:00:00Z/2024-11",
        "T[/T[",
        "2024-10-24T10:00:00Z/2024-10-25T10:00:00Z/2024-10-26T10:00:00Z",
    ] {
        assert!(Date::parse(text).is_err(), "{text}");
    }
}

#[track_caller]
fn check_error(text: &str, message: &str, hint: Option<&str>) {
    let error = Date::parse(text).unwrap_err().explained(text);
    assert_eq!((error.message.as_str(), error.hint.as_deref()), (message, hint), "{text}");
}

#[test]
fn errors_say_what_to_write() {
    check_error("2024-02-30", "February 2024 has 29 days", None);
    check_error("1900-02-29", "February 1900 has 28 days", None);
    check_error("-0001-02-29", "February 2 BCE has 28 days", None);
    check_error("-0043-02-30", "February 44 BCE has 28 days", None);
    check_error("-0043-04-31", "April 44 BCE has 30 days", None);
    check_error("0000-02-30", "February 1 BCE has 29 days", None);
    check_error("0079-02-29", "February 79 CE has 28 days", None);
    check_error("0079-10-24/-0043-02-30", "February 44 BCE has 28 days", None);
    check_error("1900-01-01/1900-02-29", "February 1900 has 28 days", None);
    check_error("2024-10-01/2024-11-31", "November 2024 has 30 days", None);
    check_error("2024-13", "there is no month 13", None);
    check_error("2024-1", "a month is written with two digits", Some("2024-01"));
    check_error(
        "2024-6",
        "this can be read as 2024-06 (Jun 2024, year and month) or 2024/2026 (2024–2026, from one year to another)",
        None,
    );
    check_error("20241024", "the hyphen before the month is missing", Some("2024-10-24"));
    check_error("2024/10/24", "a span has one slash, between its ends", Some("2024-10-24"));
    check_error("1939-1945", "the hyphen before the day is missing", Some("1939/1945"));
    check_error("1939\u{2013}45", "\"\u{2013}\" does not occur in a date", Some("1939/1945"));
    check_error("2024-10-24 09:30:00", "a date has no spaces", Some("2024-10-24T09:30:00"));
    check_error("2024-10-24 09:30", "a date has no spaces", Some("2024-10-24T09:30"));
    check_error("2024-10-24T09:30.5", "a fraction needs the second it is of: hh:mm:ss.f", None);
    check_error("2024-10-24T09:30:00.Z", "the digits of the fraction are missing", None);
    check_error("", "no date is given", None);
    check_error(
        "2024-10-24T10:23:00[Europe/Moskow]",
        "\"Europe/Moskow\" is not a time zone of the IANA database",
        Some("2024-10-24T10:23:00[Europe/Moscow]"),
    );
    check_error(
        "2024-03-31T02:30:00[Europe/Berlin]",
        "clocks in Europe/Berlin were put forward over this time, so it did not occur",
        Some("2024-03-31T03:30:00[Europe/Berlin]"),
    );
    let span = "2024-10-24/2024-02-30";
    let error = Date::parse(span).unwrap_err();
    assert_eq!((error.offset, error.explained(span).offset), (19, 19));
}

/// Text close to dates, so that much of it parses.
pub(super) fn near_date() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "2024",
        "-0043",
        "199X",
        "20XX",
        "1950S2",
        "Y17E7",
        "Y-13800000000",
        "-",
        "-06",
        "-10",
        "-23",
        "-02",
        "-24",
        "-31",
        "-XX",
        "-2X",
        "?",
        "~",
        "%",
        "/",
        "..",
        ",",
        "[",
        "]",
        "{",
        "}",
        "T10:23:00",
        "T09:30",
        ".5",
        ",078125",
        ":60",
        "Z",
        "+03:00",
        "[Europe/Moscow]",
        "[Europe/Berlin]",
        "2024-03-31T02:30:00",
        " ",
        "é",
        "٢",
    ]);
    prop::collection::vec(piece, 1..7).prop_map(|pieces| pieces.concat())
}

/// Near one of the changes of clocks that the zones of a property have.
fn date_near_a_change() -> impl Strategy<Value = String> {
    let day =
        prop::sample::select(vec!["2024-10-27", "2015-08-14", "2015-08-15", "2024-11-03", "1969-09-30", "1969-10-01"]);
    let time = (0_u8..24, 0_u8..60, prop::sample::select(vec!["", ":00", ":59.5", ":00,25"]));
    let kind = prop::sample::select(vec!["Z", "Z", "Z", "", "+02:00", "+03:00", "[Europe/Kyiv]", "[America/Havana]"]);
    (day, time, kind, any::<bool>()).prop_map(|(day, (hour, minute, second), kind, is_day)| match is_day {
        true if hour < 4 => format!("{day}/{day}"),
        true if hour < 12 => day.to_owned(),
        _ => format!("{day}T{hour:02}:{minute:02}{second}{kind}"),
    })
}

fn le(a: Edge, b: Edge) -> bool {
    match (a, b) {
        (Edge::At(a), Edge::At(b)) => a <= b,
        _ => true,
    }
}

proptest! {
    #[test]
    fn a_single_date_reaches_from_its_first_day_to_the_end_of_its_last(
        text in "-?[0-9X]{4}(S[1-4]|-(0[1-9]|1[0-2]|2[1-4]|XX)[?~%]?(-([0-2][0-9]|3[01X]|XX))?)?[?~%]?",
    ) {
        let Ok(date) = Date::parse(&text) else { return Ok(()) };
        let bounds = date.day_bounds();
        let edge = |bound, days: i64| match bound {
            DayBound::Day(day) => Instant::from_day(CivilDay::from_number(day.number() + days)).map_or(Edge::Unknown, Edge::At),
            DayBound::Open => Edge::Open,
            DayBound::Unknown => Edge::Unknown,
        };
        let (start, end) = (edge(bounds.earliest, 0), edge(bounds.latest, 1));
        let extent = date.extent(Zone::UTC);
        prop_assert_eq!((extent.earliest_start, extent.latest_end), (start, end), "{}", text);
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        if let Err(error) = Date::parse(&text) {
            prop_assert!(error.offset <= text.len());
            prop_assert!(error.explained(&text).offset <= text.len());
        }
    }

    #[test]
    fn what_parses_is_ordered_and_said_again_the_same(text in near_date(), micros in any::<i64>()) {
        let Ok(read) = Date::parse(&text) else { return Ok(()) };
        let extent = read.extent(Zone::parse("Europe/Moscow").unwrap());
        prop_assert!(le(extent.earliest_start, extent.latest_start), "{text} {extent:?}");
        prop_assert!(le(extent.earliest_end, extent.latest_end), "{text} {extent:?}");
        prop_assert!(le(extent.earliest_start, extent.earliest_end), "{text} {extent:?}");
        prop_assert!(le(extent.latest_start, extent.latest_end), "{text} {extent:?}");
        prop_assert!(!read.describe().is_empty());
        prop_assert_eq!(Date::parse(read.as_str()).unwrap(), read.clone());
        prop_assert_eq!(serde_json::from_str::<Date>(&serde_json::to_string(&read).unwrap()).unwrap(), read.clone());
        let _ = (read.shape(), read.sort_key(Zone::UTC), read.is_beyond_axis());
        if let Some(moved) = read.moved(micros) {
            prop_assert_eq!(moved.precision(), read.precision());
            prop_assert_eq!(moved.certainty(), read.certainty());
            prop_assert_eq!(std::mem::discriminant(&moved.shape()), std::mem::discriminant(&read.shape()));
        }
        let _ = read.with_start(Instant::from_micros(micros), Zone::UTC);
        let _ = read.with_end(Instant::from_micros(micros), Zone::UTC);
    }

    #[test]
    fn times_are_kept_and_written_as_they_were_given(
        text in "20[0-9]{2}-0[1-9]-1[0-9]T[01][0-9]:[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,38})?)?(Z|[+-]0[1-9](:[03]0)?)?",
        minutes in -2_000_i64..2_000,
    ) {
        let read = date(&text);
        prop_assert_eq!(read.as_str(), &text);
        prop_assert_eq!(read.moved(0), Some(read.clone()));
        let moved = read.moved(minutes * Instant::MINUTE).unwrap();
        prop_assert_eq!(moved.moved(-minutes * Instant::MINUTE), Some(read.clone()));
        prop_assert_eq!(moved.as_str().get(16..), text.get(16..));
        let extent = read.extent(Zone::UTC);
        prop_assert!(extent.earliest_start.instant() < extent.latest_end.instant());
    }

    /// Dates, days and moments around an hour that clocks showed twice, in order of their keys: what is certainly before comes
    /// first, and moments follow one another as they came.
    #[test]
    fn order_agrees_with_what_is_certain(
        zone in prop::sample::select(vec!["UTC", "Europe/Kyiv", "America/Havana", "Asia/Pyongyang", "Pacific/Kwajalein"]),
        dates in prop::collection::vec(date_near_a_change(), 3),
    ) {
        let zone = Zone::parse(zone).unwrap();
        let mut dates: Vec<Date> = dates.iter().filter_map(|text| Date::parse(text).ok()).collect();
        dates.sort_by_key(|date| date.sort_key(zone));
        for (at, first) in dates.iter().enumerate() {
            for second in &dates[at..] {
                let (a, b) = (Period::of(first, zone), Period::of(second, zone));
                prop_assert!(b.before(&a) != Answer::Yes, "{first} {second} in {}", zone.name());
                prop_assert!(!(a.before(&b) == Answer::Yes && b.before(&a).is_possible()), "{first} {second}");
                let (x, y) = (first.extent(Zone::UTC), second.extent(Zone::UTC));
                let is_moment = |date: &Date| date.as_str().ends_with('Z');
                if is_moment(first) && is_moment(second) {
                    prop_assert!(le(x.earliest_start, y.earliest_start), "{first} {second} in {}", zone.name());
                }
            }
        }
    }

    #[test]
    fn hints_parse(text in near_date()) {
        let read = Date::parse(&text).map_err(|error| error.explained(&text));
        if let Err(DateError { hint: Some(hint), .. }) = read {
            prop_assert!(Date::parse(&hint).is_ok(), "{text} -> {hint}");
        }
    }
}
