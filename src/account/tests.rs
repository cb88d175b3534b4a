//! What accounts tell, at which dates, what they are silent on, and which of them cannot both be right.

use super::{AccountBy, AccountTable, Accounts, Telling, event_id};
use crate::model::{Citation, Event, Header, Source, Stance, Timeline};
use crate::query::Matches;
use crate::time::Date;

fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// A citation as `source`, its stance by a sign, and the date it gives: "+wire 2024-10", "-paper", "~blog [2024-10..2024-11]",
/// "?radio".
fn citation(text: &str) -> Citation {
    let (sign, rest) = text.split_at(1);
    let (source, given) = rest.split_once(' ').unwrap_or((rest, ""));
    let stance = match sign {
        "+" => Stance::Supports,
        "~" => Stance::Disputes,
        "-" => Stance::Denies,
        _ => Stance::Mentions,
    };
    let date = (!given.is_empty()).then(|| Box::new(date(given)));
    Citation { stance, date, ..Citation::new(source) }
}

/// Events as id, date ("" for none) and citations.
fn timeline(events: &[(&str, &str, &[&str])]) -> Timeline {
    let source = |id: &str, publisher: &str, origin: &str| Source {
        publisher: (!publisher.is_empty()).then(|| publisher.into()),
        origin: (!origin.is_empty()).then(|| origin.into()),
        ..Source::new(id, format!("The {id}"))
    };
    let sources = vec![
        source("wire", "Agency", ""),
        source("paper", "Press", "wire"),
        source("blog", "", ""),
        source("radio", "Agency", ""),
    ];
    let events = events.iter().map(|(id, when, citations)| {
        let event = if when.is_empty() { Event::undated(*id, *id) } else { Event::new(*id, *id, date(when)) };
        Event { citations: citations.iter().map(|text| citation(text)).collect(), ..event }
    });
    Timeline::from_records(Header::new("T"), vec![], sources, events.collect(), vec![], vec![])
}

/// What is told, an account a line: "The wire: a Supports 2024-10-08, b silent 2024-11".
fn told(accounts: &Accounts) -> Vec<String> {
    let lanes = accounts.timeline().lanes().iter();
    lanes
        .map(|lane| {
            let events = accounts.timeline().events().iter().enumerate();
            let own = events.filter(|(_, event)| event.lane.as_deref() == Some(&*lane.id));
            let words = own.map(|(at, event)| {
                let telling = match accounts.told(at).expect("told").telling {
                    Telling::Told(stance) => stance.label(),
                    Telling::Silent => "silent",
                };
                format!("{} {telling} {}", event_id(&event.id), event.date_as_written())
            });
            format!("{}: {}", lane.title, words.collect::<Vec<_>>().join(", "))
        })
        .collect()
}

#[test]
fn an_account_tells_at_its_own_date_and_is_silent_at_that_of_the_event() {
    let timeline = timeline(&[
        ("a", "2024-10", &["+wire 2024-10-08", "+paper", "?blog"]),
        ("b", "[2024-11..2025-01]", &["+wire", "-blog"]),
        ("c", "2025", &[]),
    ]);
    let accounts = Accounts::of(&timeline, AccountBy::Source, None, None);
    assert_eq!(
        told(&accounts),
        [
            "The blog: a Mentions 2024-10, b Denies [2024-11..2025-01], c silent 2025",
            "The wire: a Supports 2024-10-08, b Supports [2024-11..2025-01], c silent 2025",
            "The paper: a Supports 2024-10, b silent [2024-11..2025-01], c silent 2025",
        ]
    );
    assert_eq!((accounts.events(), accounts.conflicts(), accounts.has_silences()), (3, 1, true));
    let name = |id: &str, nth: usize| accounts.positions(id).nth(nth).and_then(|at| accounts.name(at));
    assert_eq!(name("b", 1).as_deref(), Some("The blog denies: b, between Nov 2024 and Jan 2025"));
    assert_eq!(name("c", 0).as_deref(), Some("The blog does not tell: c, 2025"));
}

#[test]
fn what_goes_back_to_one_source_or_one_publisher_is_one_account() {
    let timeline =
        timeline(&[("a", "2024-10", &["+wire 2024-10-08", "+paper 2024-10-09", "+radio"]), ("b", "2024", &["+paper"])]);
    let of = |by| told(&Accounts::of(&timeline, by, None, None));
    assert_eq!(
        of(AccountBy::Origin),
        [
            // It tells in two ways: each has its mark, and it does not contradict itself.
            "The wire: a Supports 2024-10-08, a Supports 2024-10-09, b Supports 2024",
            "The radio: a Supports 2024-10, b silent 2024",
        ]
    );
    assert_eq!(
        of(AccountBy::Publisher),
        [
            "Press: a Supports 2024-10-09, b Supports 2024",
            "Agency: a Supports 2024-10-08, a Supports 2024-10, b silent 2024",
        ]
    );
}

/// How many pairs of an event with this date and these citations cannot both be right.
fn conflicts(when: &str, citations: &[&str]) -> usize {
    Accounts::of(&timeline(&[("a", when, citations)]), AccountBy::Source, None, None).conflicts()
}

#[test]
fn accounts_conflict_where_their_dates_cannot_meet_and_never_where_they_may() {
    for (when, citations, expected) in [
        ("2024-10-08", &["+wire 2024-10-08", "+blog 2024-10-09"][..], 1),
        // A vaguer date allows the finer one.
        ("2024-10-08", &["+wire 2024-10-08", "+blog 2024-10"], 0),
        ("2024-10-08", &["+wire 2024-10", "+blog 2024-11"], 1),
        ("2024-10-08", &["+wire [2024-10..2024-11]", "+blog 2024-11-30"], 0),
        ("2024-10-08", &["+wire [..2024-10]", "+blog 2024-11"], 1),
        ("2024-10-08", &["+wire 2024-10-X4", "+blog 2024-10-X5"], 1),
        // What is about or doubtful may be another.
        ("2024-10-08", &["+wire 2024-10-08~", "+blog 2024-10-09"], 0),
        ("2024-10-08", &["+wire 2024-10-08?", "+blog 2024-10-09"], 0),
        // One that gives no date gives that of the event where it supports.
        ("2024-10-08", &["+wire", "+blog 2024-10-09"], 1),
        ("2024-10-08", &["?wire", "+blog 2024-10-09"], 0),
        ("2024-10-08", &["?wire 2024-10-07", "+blog 2024-10-09"], 1),
        // A day is not the same day at every place.
        ("2024-10-08", &["+wire 2024-10-08T23:00Z", "+blog 2024-10-09"], 0),
        // Of what lasted one may date the beginning and another the end.
        ("2024-10-08/2024-10-20", &["+wire 2024-10-08", "+blog 2024-10-20"], 0),
        ("2024-10-08/2024-10-20", &["+wire 2024-10-08/2024-10-10", "+blog 2024-10-15/2024-10-20"], 1),
        ("{2024-10-08,2024-10-20}", &["+wire 2024-10-08", "+blog 2024-10-20"], 0),
        // By what they say.
        ("2024-10-08", &["+wire", "-blog"], 1),
        ("2024-10-08", &["+wire", "~blog"], 1),
        ("2024-10-08", &["+wire", "+paper", "-blog"], 2),
        ("2024-10-08", &["?wire", "-blog"], 0),
        ("2024-10-08", &["-wire", "-blog"], 0),
        ("", &["+wire 2024-10-08", "+blog 2024-10-09"], 1),
        ("", &["+wire", "+blog"], 0),
        // One account does not contradict another by what it says twice itself.
        ("2024-10-08", &["+wire 2024-10-08", "+wire 2024-10-09"], 0),
    ] {
        assert_eq!(conflicts(when, citations), expected, "{when} {citations:?}");
    }
}

#[test]
fn threads_join_what_cannot_both_be_right() {
    let timeline = timeline(&[("a", "2024-10-08", &["+wire", "-blog", "+paper 2024-11"])]);
    let accounts = Accounts::of(&timeline, AccountBy::Source, None, None);
    let derived = accounts.timeline();
    let title = |id: &str| {
        let lane = derived.event(id).and_then(|event| event.lane.as_deref()).and_then(|id| derived.lane(id));
        lane.map(|lane| lane.title.to_string()).unwrap_or_default()
    };
    let mut threads: Vec<String> = derived
        .events()
        .iter()
        .flat_map(|event| event.links.iter().map(move |link| (event, link)))
        .map(|(event, link)| {
            format!("{} – {}: {}", title(&event.id), title(&link.to), link.note.as_deref().unwrap_or_default())
        })
        .collect();
    threads.sort_unstable();
    assert_eq!(
        threads,
        [
            "The blog – The paper: One of them supports what the other denies or disputes",
            "The wire – The blog: One of them supports what the other denies or disputes",
            "The wire – The paper: Their dates have no time in common",
        ]
    );
}

#[test]
fn a_question_says_which_events_are_compared_and_undated_ones_stand_where_accounts_date_them() {
    let timeline = timeline(&[("a", "", &["+wire 2024-10-08", "+blog"]), ("b", "2024", &["+paper"])]);
    let accounts = Accounts::of(&timeline, AccountBy::Source, Some(&Matches::from_fn(2, |at| at == 0)), None);
    assert_eq!(told(&accounts), ["The blog: a Supports ", "The wire: a Supports 2024-10-08"]);
    assert_eq!((accounts.events(), accounts.tellings_of(1).count()), (1, 0));
}

#[test]
fn of_many_accounts_those_that_tell_of_one_event_share_a_band_and_have_no_silences() {
    let sources: Vec<Source> = (0..20).map(|at| Source::new(format!("s{at}"), format!("Source {at:02}"))).collect();
    let cited = |sources: std::ops::Range<usize>| sources.map(|at| Citation::new(format!("s{at}"))).collect();
    let event = |id: &str, sources| Event { citations: cited(sources), ..Event::new(id, id, date("2024")) };
    let events = vec![event("a", 0..20), event("b", 0..2)];
    let timeline = Timeline::from_records(Header::new("T"), vec![], sources, events, vec![], vec![]);
    let accounts = Accounts::of(&timeline, AccountBy::Source, None, None);
    let titles: Vec<&str> = accounts.timeline().lanes().iter().map(|lane| lane.title.as_str()).collect();
    assert_eq!(titles, ["Source 00", "Source 01", "18 other accounts"]);
    assert_eq!((accounts.others(), accounts.timeline().events().len()), (18, 22));
}

#[test]
fn the_table_says_what_each_account_says_of_each_event() {
    let timeline = timeline(&[
        ("a", "2024-10", &["+wire 2024-10-08", "+blog 2024-10-09"]),
        ("b", "2024-11", &["+wire", "?paper"]),
    ]);
    let accounts = Accounts::of(&timeline, AccountBy::Source, None, None);
    let table = AccountTable::of(&accounts, &timeline, 0..2);
    assert_eq!(table.accounts, ["The wire", "The blog", "The paper"]);
    let cells: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| {
            let words = |cell: &super::TableCell| {
                format!("{}{}", cell.tellings.join("; "), if cell.conflicts { " ≠" } else { "" })
            };
            row.cells.iter().map(words).collect()
        })
        .collect();
    assert_eq!(cells, [["Supports: 8 Oct 2024 ≠", "Supports: 9 Oct 2024 ≠", ""], ["Supports", "", "Mentions"]]);
}
