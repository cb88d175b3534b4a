//! What the checks have in common; each kind of problem has its cases in `tests/it/checks.rs`.

use proptest::prelude::*;

use super::*;
use crate::model::{Citation, Header, Lane, Link, Relation, Source, Stance, Standing};
use crate::time::Date;

fn event(id: &str, date: &str) -> Event {
    Event::new(id, id, Date::parse(date).unwrap())
}

fn timeline(sources: Vec<Source>, events: Vec<Event>) -> Timeline {
    Timeline::from_records(Header::new("t"), vec![], sources, events, vec![], vec![])
}

fn codes(problems: &[Diagnostic]) -> Vec<&str> {
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn each_reference_that_leads_nowhere_is_named_with_its_field() {
    let mut wrong = event("e", "2024");
    wrong.title = " ".into();
    wrong.weight = 9;
    wrong.lane = Some("tready".into());
    wrong.citations = ["there", "gone"].into_iter().map(Citation::new).collect();
    wrong.links = [Link { to: "nobody".into(), relation: Relation::Causes, note: None }].into_iter().collect();
    let lane = Lane { id: "treaty".into(), title: "T".into(), color: Some("red".into()), note: None };
    let header = Header { zone: Some("Europe/Moskow".into()), ..Header::new("t") };
    let source = Source { origin: Some("ther".into()), ..Source::new("there", "There") };
    let timeline = Timeline::from_records(header, vec![lane], vec![source], vec![wrong], vec![], vec![]);
    let errors: Vec<Diagnostic> =
        check(&timeline).into_iter().filter(|problem| problem.severity == Severity::Error).collect();
    let found: Vec<(&str, String)> = errors.iter().map(|problem| (problem.code, problem.field.join("."))).collect();
    let expected = [
        ("unknown-zone", "zone"),
        ("bad-color", "color"),
        ("unknown-source", "origin"),
        ("empty-title", "title"),
        ("weight-out-of-range", "weight"),
        ("unknown-lane", "lane"),
        ("unknown-source", "citations.1.source"),
        ("dangling-link", "links.0.to"),
    ];
    assert_eq!(found, expected.map(|(code, field)| (code, field.to_owned())));
    assert_eq!(errors[0].hint.as_deref(), Some("did you mean \"Europe/Moscow\"?"));
    assert_eq!(errors[5].hint.as_deref(), Some("did you mean \"treaty\"?"));
    assert!(errors.iter().all(|problem| problem.hint.is_some()));
}

#[test]
fn one_event_is_checked_as_in_the_whole() {
    let mut cause = event("cause", "2024-06-30");
    cause.links = [Link { to: "effect".into(), relation: Relation::Causes, note: None }].into_iter().collect();
    let timeline =
        timeline(vec![Source::new("s", "S")], vec![cause, event("effect", "2024-06-01"), event("effect2", "2025")]);
    let mut parts = check_across(&timeline);
    for event in timeline.events() {
        parts.extend(check_event(&timeline, event));
    }
    assert_eq!(parts, check(&timeline));
    assert_eq!(codes(&check_event(&timeline, timeline.event("cause").unwrap())), ["unsourced", "link-against-time"]);
}

#[test]
fn a_file_sets_what_is_reported() {
    let setting = |code: &str, level| crate::model::CheckSetting { code: code.into(), level, note: None };
    let header = Header {
        checks: [setting("unsourced", crate::model::Level::Off), setting("unused-source", crate::model::Level::Error)]
            .into_iter()
            .collect(),
        ..Header::new("t")
    };
    let sources = vec![Source::new("s", "S")];
    let timeline = Timeline::from_records(header, vec![], sources, vec![event("e", "2024")], vec![], vec![]);
    let problems = check(&timeline);
    assert_eq!(codes(&problems), ["unused-source"]);
    assert_eq!(problems[0].severity, Severity::Error);
    assert_eq!(check_errors(&timeline), problems, "what the file makes an error is one");
}

#[test]
fn a_file_full_of_slips_is_still_checked_at_once() {
    let mut events: Vec<Event> = (0..MOST_LISTED).map(|n| event(&format!("event-{n}"), "2024")).collect();
    for event in &mut events {
        event.links = [Link { to: format!("{}-x", event.id).as_str().into(), relation: Relation::PartOf, note: None }]
            .into_iter()
            .collect();
    }
    let problems = check(&timeline(vec![], events));
    let dangling: Vec<&Diagnostic> = problems.iter().filter(|problem| problem.code == "dangling-link").collect();
    assert_eq!(dangling.len(), MOST_LISTED);
    assert_eq!(dangling[0].hint.as_deref(), Some("did you mean \"event-0\"?"));
    assert!(dangling.iter().all(|problem| problem.hint.is_some()));
}

#[test]
fn more_of_a_kind_than_anyone_reads_are_counted() {
    let events = (0..MOST_LISTED + 7).map(|n| event(&format!("e{n}"), "2024")).collect();
    let problems = check(&timeline(vec![], events));
    let mut unsourced = problems.iter().filter(|problem| problem.code == "unsourced");
    assert_eq!(unsourced.clone().count(), MOST_LISTED + 1);
    let last = unsourced.next_back().unwrap();
    assert_eq!(
        (&last.subject, &*last.message),
        (&Subject::Timeline, "7 more problems of the kind `unsourced` are not listed")
    );
    let all = crate::model::Problems::from(problems.clone());
    assert_eq!((all.total(), all.is_cut()), (MOST_LISTED + 7, true), "the rest counts as what it is");
}

#[test]
fn circles_are_told_once_each_and_the_shortest() {
    let link = |to: &str| Link { to: to.into(), relation: Relation::Precedes, note: None };
    let mut events: Vec<Event> = ["a", "b", "c", "d", "self", "tail"].map(|id| event(id, "2024")).into();
    events[0].links = [link("b")].into_iter().collect();
    events[1].links = [link("c"), link("a")].into_iter().collect();
    events[2].links = [link("d")].into_iter().collect();
    events[3].links = [link("a")].into_iter().collect();
    events[4].links = [link("self")].into_iter().collect();
    events[5].links = [link("a"), link("self")].into_iter().collect();
    let problems = check_across(&timeline(vec![], events));
    let told: Vec<(&Subject, String)> = problems.iter().map(|p| (&p.subject, p.field.join("."))).collect();
    let (b, own) = (Subject::Event("b".into()), Subject::Event("self".into()));
    assert_eq!(told, [(&b, "links.1.to".to_owned()), (&own, "links.0.to".to_owned())]);
    assert!(problems[0].message.contains("“a” → “b” → “a”"), "{}", problems[0].message);
}

#[test]
fn long_chains_of_links_and_origins_take_no_stack() {
    const COUNT: usize = 100_000;
    let links =
        |n: usize| Link { to: format!("e{}", (n + 1) % COUNT).as_str().into(), relation: Relation::Causes, note: None };
    let events =
        (0..COUNT).map(|n| Event { links: [links(n)].into_iter().collect(), ..event(&format!("e{n}"), "2024") });
    let sources = (0..COUNT).map(|n| Source {
        origin: Some(format!("s{}", (n + 1) % COUNT).as_str().into()),
        ..Source::new(format!("s{n}"), format!("S{n}"))
    });
    let problems = check_across(&timeline(sources.collect(), events.collect()));
    assert_eq!(codes(&problems), ["circular-origin", "link-cycle"]);
    assert!(problems[0].message.contains("100000 in all"), "{}", problems[0].message);
}

/// Days around one, plain and vague.
fn dates() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "2024-10-24",
        "2024-10-25",
        "2024-10-27",
        "2024-10",
        "2024-11",
        "2024",
        "[2024-10-21..2024-10-31]",
        "[2024-10-24,2024-11-05]",
        "2024-10-24?",
        "2024-10~",
        "2024-10-24/2024-10-26",
        "2024-10-20/..",
        "../2024-10-25",
        "[..2024-10-25]",
        "[2024-10-25..]",
        "2024-10-25/",
        "2024-10-24T10:23:00Z",
        "2024-10-24T23:30:00+09:00",
        "{2024-10-24,2024-10-26}",
    ])
}

proptest! {
    /// A citation that agrees with the event, or gives no date, never leaves room for an alarm about the date.
    #[test]
    fn a_source_that_agrees_raises_no_alarm(own in dates(), other in dates(), plain in any::<bool>()) {
        let mut dated = event("e", own);
        let date = |text: &str| Date::parse(text).ok().map(Box::new);
        dated.citations = [
            Citation { date: date(own).filter(|_| !plain), ..Citation::new("a") },
            Citation { date: date(other), ..Citation::new("a") },
        ].into_iter().collect();
        let timeline = timeline(vec![Source::new("a", "A")], vec![dated]);
        let problems = check_event(&timeline, timeline.event("e").unwrap());
        let is_about_date = |code: &&str| ["date-finer-than-source", "date-outside-sources", "conflicting-dates"].contains(code);
        prop_assert!(!codes(&problems).iter().any(is_about_date), "{problems:#?}");
    }

    /// Widening the date of a source never raises an alarm that the dates lie apart.
    #[test]
    fn what_a_date_contains_is_not_outside_it(own in dates(), cited in dates()) {
        let parsed = |text: &str| Date::parse(text).unwrap();
        let zone = Zone::UTC;
        let overlap = crate::time::Period::of(&parsed(own), zone).overlaps(&crate::time::Period::of(&parsed(cited), zone));
        let mut dated = event("e", own);
        dated.citations = [Citation { date: Some(Box::new(parsed(cited))), ..Citation::new("a") }].into_iter().collect();
        let timeline = timeline(vec![Source::new("a", "A")], vec![dated]);
        let problems = check_event(&timeline, timeline.event("e").unwrap());
        if codes(&problems).contains(&"date-outside-sources") {
            prop_assert_eq!(overlap, crate::time::Answer::No, "{} {}", own, cited);
        }
    }

    /// Nothing is said of a stance or standing that makes the check meaningless.
    #[test]
    fn an_expected_event_may_be_announced(date in dates()) {
        let mut expected = event("e", "2030");
        expected.standing = Standing::Expected;
        expected.citations = [Citation::new("a"), Citation { stance: Stance::Denies, ..Citation::new("a") }].into_iter().collect();
        let source = Source { published: Date::parse(date).ok(), ..Source::new("a", "A") };
        let timeline = timeline(vec![source], vec![expected]);
        prop_assert!(!codes(&check(&timeline)).contains(&"published-before-event"));
    }
}
