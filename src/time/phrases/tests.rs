//! People's words and the dates they become, language by language.

use proptest::prelude::*;

use super::*;

/// Thursday, 24 October 2024.
fn now() -> Instant {
    Instant::from_day(CivilDay::new(2024, 10, 24)).unwrap().saturating_add(10 * Instant::HOUR)
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let faults: Vec<String> = cases
        .iter()
        .filter_map(|(phrase, expected)| match read_phrase(phrase, now()) {
            Reading::Date(date) if date.as_str() == *expected => None,
            other => Some(format!("{phrase}: {other:?}, expected {expected}")),
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn english_dates_in_any_order() {
    check(&[
        ("24 October 2024", "2024-10-24"),
        ("October 24, 2024", "2024-10-24"),
        ("24th of October, 2024", "2024-10-24"),
        ("Thursday, 24 Oct. 2024", "2024-10-24"),
        ("June 2024", "2024-06"),
        ("in Sept 2024", "2024-09"),
        ("the year 1066", "1066"),
        ("2024-06", "2024-06"),
        ("[2024-10-21..2024-10-31]", "[2024-10-21..2024-10-31]"),
    ]);
}

#[test]
fn early_mid_and_late_are_thirds() {
    check(&[
        ("late October 2024", "[2024-10-21..2024-10-31]"),
        ("mid-October 2024", "[2024-10-11..2024-10-20]"),
        ("early Feb 2024", "[2024-02-01..2024-02-10]"),
        ("the end of February 2023", "[2023-02-21..2023-02-28]"),
        ("first half of October 2024", "[2024-10-01..2024-10-15]"),
        ("mid-2024", "[2024-05..2024-08]"),
        ("late 2024", "[2024-09..2024-12]"),
        ("early 1990s", "[1990..1993]"),
        ("late 19th century", "[1867..1899]"),
        ("early spring 1969", "1969-03"),
    ]);
}

#[test]
fn qualifiers_are_kept() {
    check(&[
        ("c. 1950", "1950~"),
        ("ca1950", "1950~"),
        ("circa June 2024", "2024-06~"),
        ("June 2024?", "2024-06?"),
        ("possibly about June 2024", "2024-06%"),
        ("about 44 BC", "-0043~"),
        ("probably before 1945", "[..1944?]"),
    ]);
}

#[test]
fn bounds_and_windows() {
    check(&[
        ("before 9 Nov 2024", "[..2024-11-08]"),
        ("by 9 Nov 2024", "[..2024-11-09]"),
        ("no later than 9 November 2024", "[..2024-11-09]"),
        ("after 1945", "[1946..]"),
        ("after late October 2024", "[2024-11-01..]"),
        ("from October 2024 on", "[2024-10..]"),
        ("2024 or later", "[2024..]"),
        ("since 19 June 2024", "2024-06-19/.."),
        ("until 1945", "/1945"),
        ("between 21 and 31 October 2024", "[2024-10-21..2024-10-31]"),
        ("between June and August 2024", "[2024-06..2024-08]"),
        ("between June 2024 and 3 Aug 2024", "[2024-06-01..2024-08-03]"),
        ("1667 or December 1760", "[1667,1760-12]"),
        ("June and August 2024", "{2024-06,2024-08}"),
    ]);
}

#[test]
fn spans_share_what_is_said_once() {
    check(&[
        ("21–31 October 2024", "2024-10-21/2024-10-31"),
        ("21-31 Oct 2024", "2024-10-21/2024-10-31"),
        ("October 21–31, 2024", "2024-10-21/2024-10-31"),
        ("21 Oct – 3 Nov 2024", "2024-10-21/2024-11-03"),
        ("from 21 Oct to 3 Nov 2024", "2024-10-21/2024-11-03"),
        ("June–August 2024", "2024-06/2024-08"),
        ("1939–45", "1939/1945"),
        ("1939-1945", "1939/1945"),
        ("44–27 BC", "-0043/-0026"),
        ("27 BC – AD 14", "-0026/0014"),
        ("24.10.2024 – 26.10.2024", "2024-10-24/2024-10-26"),
        ("24 Oct 2024 10:00–12:00 UTC", "2024-10-24T10:00[UTC]/2024-10-24T12:00[UTC]"),
    ]);
}

#[test]
fn seasons_quarters_eras_and_centuries() {
    check(&[
        ("spring 1969", "1969-21"),
        ("fall of 2024", "2024-23"),
        ("winter 2024–25", "2024-24"),
        ("Q3 2024", "2024-35"),
        ("2024 Q3", "2024-35"),
        ("third quarter of 2024", "2024-35"),
        ("second half of 2024", "2024-41"),
        ("H1 2024", "2024-40"),
        ("1990s", "199X"),
        ("the 1990's", "199X"),
        ("19th century", "18XX"),
        ("nineteenth-century", "18XX"),
        ("5th century BC", "[-0499..-0400]"),
        ("44 BC", "-0043"),
        ("15 March 44 BCE", "-0043-03-15"),
        ("1 BC", "0000"),
        ("AD 476", "0476"),
        ("476 CE", "0476"),
        ("2nd millennium", "1XXX"),
    ]);
}

#[test]
fn times_and_zones() {
    check(&[
        ("24 Oct 2024 10:23 Moscow time", "2024-10-24T10:23[Europe/Moscow]"),
        ("10:23:05 on 24 October 2024 MSK", "2024-10-24T10:23:05[Europe/Moscow]"),
        ("24 Oct 2024 10:23 Europe/Kyiv", "2024-10-24T10:23[Europe/Kyiv]"),
        ("24 Oct 2024, 5:00 pm New York time", "2024-10-24T17:00[America/New_York]"),
        ("24 Oct 2024 10:23 UTC", "2024-10-24T10:23[UTC]"),
        ("24 Oct 2024 10:23:00Z", "2024-10-24T10:23:00Z"),
        ("24 Oct 2024 10:23 UTC+3", "2024-10-24T10:23+03:00"),
        ("24 Oct 2024 10:23 GMT-05:00", "2024-10-24T10:23-05:00"),
        ("24 Oct 2024 10:23", "2024-10-24T10:23"),
        ("2024-10-24 10:23:00", "2024-10-24T10:23:00"),
        ("before 24 Oct 2024 10:23", "[..2024-10-24]"),
    ]);
}

#[test]
fn numeric_dates_ask_where_two_orders_fit() {
    check(&[
        ("24.10.2024", "2024-10-24"),
        ("04.12.1985", "1985-12-04"),
        ("2024/10/24", "2024-10-24"),
        ("2024. 10. 24.", "2024-10-24"),
        ("10/24/2024", "2024-10-24"),
        ("24/10/2024", "2024-10-24"),
        ("05/05/2024", "2024-05-05"),
        ("12/2024", "2024-12"),
    ]);
    let Reading::Ambiguous(found) = read_phrase("12/04/1985", now()) else { panic!("one reading only") };
    let found: Vec<(&str, &str)> = found.iter().map(|(date, way)| (date.as_str(), way.as_str())).collect();
    assert_eq!(found, [("1985-04-12", "12 Apr 1985, day first"), ("1985-12-04", "4 Dec 1985, month first")]);
    assert!(matches!(read_phrase("1900s", now()), Reading::Ambiguous(found) if found.len() == 2));
    assert!(matches!(read_phrase("before 12/04/1985", now()), Reading::Ambiguous(_)));
}

#[test]
fn words_from_the_present() {
    check(&[
        ("today", "2024-10-24"),
        ("yesterday", "2024-10-23"),
        ("the day before yesterday", "2024-10-22"),
        ("3 days ago", "2024-10-21"),
        ("2 weeks ago", "2024-10-10~"),
        ("last week", "[2024-10-14..2024-10-20]"),
        ("last month", "2024-09"),
        ("next year", "2025"),
        ("last November", "2023-11"),
        ("вчера", "2024-10-23"),
        ("어제", "2024-10-23"),
        ("昨天", "2024-10-23"),
    ]);
}

#[test]
fn russian_and_ukrainian() {
    check(&[
        ("24 октября 2024 г.", "2024-10-24"),
        ("от 24 октября 2024 года", "2024-10-24"),
        ("в четверг, 24 октября 2024 г.", "2024-10-24"),
        ("июнь 2024", "2024-06"),
        ("в конце октября 2024 года", "[2024-10-21..2024-10-31]"),
        ("до 9 ноября 2024 г.", "[..2024-11-08]"),
        ("не позднее 9 ноября 2024 г.", "[..2024-11-09]"),
        ("с 2014 года", "2014/.."),
        ("с 21 по 31 октября 2024 г.", "2024-10-21/2024-10-31"),
        ("1990-е годы", "199X"),
        ("XIX век", "18XX"),
        ("XIX в.", "18XX"),
        ("44 г. до н. э.", "-0043"),
        ("III квартал 2024 г.", "2024-35"),
        ("около 1950 года", "1950~"),
        ("24.10.2024 10:23 мск", "2024-10-24T10:23[Europe/Moscow]"),
        ("24 жовтня 2024 року", "2024-10-24"),
        ("наприкінці жовтня 2024 р.", "[2024-10-21..2024-10-31]"),
        ("восени 2024 року", "2024-23"),
        ("після 2014 року", "[2015..]"),
    ]);
}

#[test]
fn korean_and_chinese() {
    check(&[
        ("2024년 10월 24일", "2024-10-24"),
        ("2024년10월24일 목요일", "2024-10-24"),
        ("2024년 10월", "2024-10"),
        ("2024년 10월 초", "[2024-10-01..2024-10-10]"),
        ("2024년 10월 하순", "[2024-10-21..2024-10-31]"),
        ("2024년 가을", "2024-23"),
        ("1990년대", "199X"),
        ("19세기", "18XX"),
        ("기원전 44년", "-0043"),
        ("2024년 3분기", "2024-35"),
        ("2024년 10월 24일부터", "2024-10-24/.."),
        ("2024년 10월 24일부터 26일까지", "2024-10-24/2024-10-26"),
        ("2024년 10월 24일 오후 3시 30분 한국시간", "2024-10-24T15:30[Asia/Seoul]"),
        ("2024年10月24日", "2024-10-24"),
        ("２０２４年１０月２４日", "2024-10-24"),
        ("2024年10月下旬", "[2024-10-21..2024-10-31]"),
        ("2024年10月24日至31日", "2024-10-24/2024-10-31"),
        ("2024年第三季度", "2024-35"),
        ("公元前44年", "-0043"),
        ("约1950年", "1950~"),
        ("2024年春", "2024-21"),
        ("2024年10月24日10时23分北京时间", "2024-10-24T10:23[Asia/Shanghai]"),
    ]);
}

#[test]
fn what_cannot_be_read_says_why() {
    for (phrase, message, hint) in [
        ("June", "the year is missing", Some("2024-06")),
        ("late October", "the year is missing", Some("[2024-10-21..2024-10-31]")),
        ("30 February 2024", "February 2024 has 29 days", None),
        ("Friday, 24 October 2024", "24 Oct 2024 is a Thursday", Some("2024-10-24")),
        (
            "about late October 2024",
            "EDTF cannot mark such a window as approximate or uncertain",
            Some("[2024-10-21..2024-10-31]"),
        ),
        ("soon", "\"soon\" is not understood in a date", None),
        ("24 October 2024 in Narnia", "\"narnia\" is not understood in a date", None),
        ("12 Apr 5", "what this number counts is not clear: write the year with four digits", None),
        ("", "no date is given", None),
        ("between 2024", "the second date is missing", None),
        ("October 2024 November 2024", "the month is given twice", None),
    ] {
        let Reading::None(error) = read_phrase(phrase, now()) else { panic!("{phrase} was read") };
        assert_eq!((error.message.as_str(), error.hint.as_deref()), (message, hint), "{phrase}");
    }
    let Reading::None(error) = read_phrase("24 October 2024 in Narnia", now()) else { panic!("it was read") };
    assert_eq!(error.offset, 19);
}

#[test]
fn the_place_of_a_fault_is_one_in_the_text_as_given() {
    let fault = |text: &str| match read_phrase(text, now()) {
        Reading::None(error) => error.offset,
        read => panic!("{read:?}"),
    };
    // Two bytes a letter, the first of them odd: no letter begins at byte 200.
    let long = format!("x{}", "й".repeat(120));
    assert!(long.is_char_boundary(fault(&long)));
    assert_eq!(fault("  24 Octember"), fault("24 Octember") + 2);
}

#[test]
fn a_text_that_was_meant_as_a_date_is_told_what_to_write() {
    for (text, hint) in
        [("24 October 2024", "2024-10-24"), ("44BC", "-0043"), ("late October 2024", "[2024-10-21..2024-10-31]")]
    {
        let error = Date::parse(text).unwrap_err();
        assert_eq!(error.hint, None, "{text}: nobody asked");
        assert_eq!(error.explained(text).hint.as_deref(), Some(hint), "{text}");
    }
    for text in ["yesterday", "12/04/1985"] {
        assert_eq!(Date::parse(text).unwrap_err().explained(text).hint, None, "{text}");
    }
}

/// The one date that a phrase is read as.
fn only(phrase: &str) -> Option<String> {
    match read_phrase(phrase, now()) {
        Reading::Date(date) => Some(date.to_string()),
        Reading::Ambiguous(_) | Reading::None(_) => None,
    }
}

#[test]
fn no_word_is_passed_over() {
    let phrases = [
        "24 October 2024",
        "late October 2024",
        "October 2024",
        "1950",
        "c. 1950",
        "1950?",
        "5th century BC",
        "19th century",
        "1939–45",
        "24 Oct 2024 10:23",
        "24 Oct 2024 10:23 UTC",
        "2024년 10월",
        "24 октября 2024",
        "1990s",
        "winter 2024–25",
        "before 1945",
        "1945 or later",
        "1731 or 1734",
        "week of 21 October 2024",
        "Q3 2024",
        "yesterday",
    ];
    let mut passed_over = Vec::new();
    for phrase in phrases {
        let alone = only(phrase);
        assert!(alone.is_some(), "{phrase}");
        for (word, mean) in lexicon::every_word() {
            // Where they stand decides that these are prepositions there.
            let is_preposition = matches!(word, "à" | "au" | "a" | "al" | "ao" | "um" | "w");
            for (text, may_connect) in
                [(format!("{phrase} {word}"), false), (format!("{word} {phrase}"), is_preposition)]
            {
                if only(&text) == alone && !may_connect && !may_add_nothing(mean) {
                    passed_over.push(text);
                }
            }
        }
    }
    assert!(passed_over.is_empty(), "{}", passed_over.join("\n"));
}

/// Words whose rule lets them stand beside a date that says the same without them: what connects, the day of the week and
/// the era that it has, "year" and "time", "from" before a span, and a doubt that is said before it and behind.
fn may_add_nothing(mean: lexicon::Mean) -> bool {
    use lexicon::{Grain, Mean::*};
    matches!(
        mean,
        Article
            | Preposition
            | On
            | InOrCentury
            | Postposition
            | Weekday(_)
            | Ad
            | Grain(Grain::Year)
            | Hours
            | LocalTime
            | Am
            | From
            | Since
            | Until
            | Either
            | ApproximateBehind
            | ApproximateBeside
            | EstimateOrZone
            | Uncertain
    )
}

fn near_phrase() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "24",
        "10",
        "2024",
        "1990s",
        "44",
        "19th",
        "October",
        "June",
        "late",
        "mid",
        "-",
        "–",
        "/",
        ".",
        " ",
        "BC",
        "AD",
        "century",
        "Q",
        "3",
        "before",
        "between",
        "and",
        "or",
        "from",
        "to",
        "since",
        "until",
        "c.",
        "?",
        "~",
        "10:23",
        "25:61",
        "UTC",
        "+3",
        "Moscow time",
        "Europe/Kyiv",
        "yesterday",
        "last",
        "week",
        "ago",
        "years",
        "half",
        "first",
        "년",
        "월",
        "일",
        "부터",
        "까지",
        "기원전",
        "年",
        "第三季度",
        "г.",
        "с",
        "по",
        "XIX",
        "век",
        "pm",
        "99999999999",
    ]);
    prop::collection::vec(piece, 1..9).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #[test]
    fn no_text_panics_and_what_is_read_parses(text in prop_oneof![any::<String>(), near_phrase()], micros in any::<i64>()) {
        match read_phrase(&text, Instant::from_micros(micros)) {
            Reading::Date(date) => prop_assert_eq!(Date::parse(date.as_str()), Ok(date)),
            Reading::Ambiguous(found) => {
                prop_assert!(found.len() > 1);
                for (date, way) in found {
                    prop_assert_eq!(Date::parse(date.as_str()), Ok(date), "{}", way);
                }
            }
            Reading::None(error) => {
                prop_assert!(error.offset <= text.len());
                if let Some(hint) = error.hint {
                    prop_assert!(Date::parse(&hint).is_ok(), "{hint}");
                }
            }
        }
        let _ = Date::parse(&text).map_err(|error| error.explained(&text));
    }

    #[test]
    fn no_number_stops_at_a_limit(number in prop_oneof![1u64..100_000, any::<u64>()]) {
        let year = i128::from(number) - 1;
        let expected = if year > 9_999 { format!("Y-{year}") } else { format!("-{year:04}") };
        match only(&format!("{number} BC")) {
            Some(read) => prop_assert_eq!(read, if year == 0 { "0000".to_owned() } else { expected }),
            None => prop_assert!(number > i64::MAX as u64, "{number}"),
        }
        // Alone it is a year only where nothing else is as likely.
        if let Some(read) = only(&number.to_string()) {
            let digits: String = read.chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(digits.trim_start_matches('0'), number.to_string());
        }
    }

    #[test]
    fn every_day_is_read_in_every_form(number in 354_285i64..2_932_896) {
        let day = CivilDay::from_number(number - 719_468);
        let (year, month) = (format!("{:04}", day.year), crate::time::calendar::month_abbreviation(day.month));
        let roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"][usize::from(day.month) - 1];
        let first = CivilDay::new(day.year, 1, 1);
        let of_year = day.number() - first.number() + 1;
        let (week_year, week) = day.iso_week();
        for text in [
            format!("{:02}-{month}-{year}", day.day),
            format!("{:02}/{month}/{year}", day.day),
            format!("{year}-{month}-{:02}", day.day),
            format!("{}.{roman}.{year}", day.day),
            format!("{}.{}.{year}", day.day, day.month),
            format!("{year}{:02}{:02}", day.month, day.day),
            format!("{year}-{of_year:03}"),
            format!("{week_year:04}-W{week:02}-{}", day.weekday()),
            format!("{month} {}, {year}", day.day),
            format!("{year}年{}月{}日", day.month, day.day),
        ] {
            prop_assert_eq!(only(&text), Some(Date::from_day(day).to_string()), "{}", text);
        }
    }

    #[test]
    fn what_is_described_of_a_plain_date_is_read_back(number in 354_285i64..2_932_896, pick in 0u8..3) {
        let day = CivilDay::from_number(number - 719_468);
        let date = match pick {
            0 => Date::from_day(day),
            1 => Date::from_month(day.year, day.month),
            _ => Date::from_year(day.year),
        };
        prop_assert_eq!(read_phrase(&date.describe(), now()), Reading::Date(date));
    }
}
