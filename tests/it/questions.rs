//! What questions find among events with vague dates: for certain, and possibly.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use annalist::edit::{Edit, apply};
use annalist::export::picture::{self, PictureOptions};
use annalist::index::{Facet, Value, Values};
use annalist::model::{Event, EventField, Header, Key, KnownOn, SourceField, Timeline};
use annalist::query::{Asking, Expr, FacetName, Leaf, Query, Question, Texts, TimeTest, fold, parse};
use annalist::scene::Item;
use annalist::store;
use annalist::text::Shaper;
use annalist::time::{Date, Instant, Zone};

use crate::scale::data::{Plan, Shape};

const TIMELINE: &str = include_str!("../data/query/vague.ron");
const EXPRESSIONS: &str = include_str!("../data/query/expressions.tsv");

/// Reads a tree as the table writes it: `(and word (not (before 2024-11)))`.
fn read<'t>(tokens: &mut impl Iterator<Item = &'t str>) -> Option<Expr<Leaf>> {
    let token = tokens.next()?;
    if token == ")" {
        return None;
    }
    if token != "(" {
        return Some(Expr::Leaf(Leaf::Word(fold(token).into())));
    }
    let name = tokens.next().unwrap();
    if let "and" | "or" | "not" = name {
        let mut parts: Vec<Expr<Leaf>> = std::iter::from_fn(|| read(tokens)).collect();
        return Some(match name {
            "and" => Expr::And(parts),
            "or" => Expr::Or(parts),
            _ => Expr::Not(Box::new(parts.remove(0))),
        });
    }
    let dates: Vec<Date> = tokens.take_while(|token| *token != ")").map(|text| Date::parse(text).unwrap()).collect();
    let test = match (name, dates.as_slice()) {
        ("before", [date]) => Some(TimeTest::Before(date.clone())),
        ("after", [date]) => Some(TimeTest::After(date.clone())),
        ("overlaps", [date]) => Some(TimeTest::Overlaps(date.clone())),
        ("between", [from, to]) => Some(TimeTest::Between(from.clone(), to.clone())),
        _ => None,
    };
    Some(Expr::Leaf(Leaf::Time(test.expect(name))))
}

/// The ids of the events that match for certain, and of those that only may.
fn found(timeline: &Timeline, text: &str) -> [String; 2] {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    answered(timeline, &Query::from(read(&mut spaced.split_whitespace()).unwrap()))
}

fn answered(timeline: &Timeline, query: &Query) -> [String; 2] {
    answered_as_known(timeline, query, None)
}

fn answered_as_known(timeline: &Timeline, query: &Query, known_on: Option<&KnownOn>) -> [String; 2] {
    let ids = |is_found: &dyn Fn(usize) -> bool| {
        let found = timeline.events().iter().enumerate().filter(|(at, _)| is_found(*at));
        found.map(|(_, event)| event.id.as_str()).collect::<Vec<_>>().join(" ")
    };
    let Some(hits) = (Question { query, known_on }).find(timeline) else {
        return [ids(&|_| true), String::new()];
    };
    let (certain, possible) = (hits.certain(), hits.possible());
    [ids(&|at| certain.contains(at)), ids(&|at| possible.contains(at) && !certain.contains(at))]
}

#[test]
fn a_question_finds_what_is_certain_and_what_is_possible() {
    let read = store::read(TIMELINE.to_owned());
    assert_eq!((read.text.is_writable(), read.timeline.events().len()), (true, 12));
    let rows = EXPRESSIONS.lines().skip(2).map(|line| line.split('\t').collect::<Vec<_>>());
    let mut wrong = Vec::new();
    for row in rows {
        let [certain, possible] = found(&read.timeline, row[0]);
        if row[1..] != [certain.as_str(), possible.as_str()] {
            wrong.push(format!("{}\t{certain}\t{possible}", row[0]));
        }
    }
    assert!(wrong.is_empty(), "found instead:\n{}", wrong.join("\n"));
}

const DOSSIER: &str = include_str!("../data/query/dossier.ron");
const QUESTIONS: &str = include_str!("../data/query/questions.tsv");
const FAULTS: &str = include_str!("../data/query/faults.tsv");

fn asking(timeline: &Timeline) -> Asking<'_> {
    // 1 June 2021.
    Asking::new(timeline, Instant::from_micros(1_622_505_600_000_000))
}

#[test]
fn the_language_asks_what_it_says() {
    let read = store::read(DOSSIER.to_owned());
    assert_eq!((read.text.is_writable(), read.timeline.events().len()), (true, 10));
    let mut wrong = Vec::new();
    for line in QUESTIONS.lines().skip(2) {
        let question = line.split('\t').next().unwrap();
        let now = match Query::read(question, asking(&read.timeline)) {
            Ok(query) => answered(&read.timeline, &query).join("\t"),
            Err(fault) => fault.to_string(),
        };
        let now = format!("{question}\t{now}");
        if now.trim_end() != line.trim_end() {
            wrong.push(now);
        }
        // What is printed asks the same, and is printed the same.
        let tree = parse(question).unwrap();
        let again = parse(&tree.to_string()).unwrap();
        assert_eq!((&again, again.to_string()), (&tree, tree.to_string()), "{question}");
    }
    assert!(wrong.is_empty(), "found instead:\n{}", wrong.join("\n"));
}

#[test]
fn a_fault_says_where_it_is_and_what_helps() {
    let timeline = store::read(DOSSIER.to_owned()).timeline;
    let mut wrong = Vec::new();
    for line in FAULTS.lines().skip(1) {
        let question = line.split('\t').next().unwrap();
        let fault = Query::read(question, asking(&timeline)).expect_err(question);
        let now = format!("{question}\t{}\t{fault}", &question[fault.span.clone()]);
        if now != line {
            wrong.push(now);
        }
    }
    assert!(wrong.is_empty(), "said instead:\n{}", wrong.join("\n"));
}

#[test]
fn citations_of_sources_that_were_not_out_answer_nothing() {
    let timeline = store::read(DOSSIER.to_owned()).timeline;
    // The diary of May was not out.
    let known_on = KnownOn::new(&Date::parse("2021-04-30").unwrap(), Zone::UTC);
    let rows = [
        ("source:blog", ""),
        ("-source:blog", "vote leak strike fire talks inquiry plan ferry"),
        ("stance:denies", "leak"),
        ("cite(stance:supports) standing:alleged", ""),
        ("-cite(stance:supports) standing:alleged", "leak"),
        ("lane:port", "strike fire"),
    ];
    for (question, expected) in rows {
        let query = Query::read(question, asking(&timeline)).unwrap();
        let found = answered_as_known(&timeline, &query, known_on.as_ref());
        assert_eq!(found, [expected, ""], "{question}");
    }
}

#[test]
fn without_a_range_a_picture_spans_what_matches() {
    let event = |year: i32| Event::new(format!("e{year}"), "An event", Date::parse(&format!("{year}-03")).unwrap());
    let events = (1900..2000).map(event).collect();
    let timeline = Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]);
    let query = Query::read("id:e1950,e1952", asking(&timeline)).unwrap();
    let options = PictureOptions { query, ..PictureOptions::default() };
    let items = picture::render(&timeline, &options, &mut Shaper::new()).unwrap().scene.items;
    let says = |year: &str| items.iter().any(|item| matches!(item, Item::Text { run, .. } if run.text.contains(year)));
    assert!(says("1951") && !says("1900") && !says("1990"));
}

#[test]
fn facets_count_what_reading_each_event_counts() {
    let plan = Plan::new(1_500, Shape::Uniform, 11);
    let events = (0..plan.events).map(|at| plan.event(at)).collect();
    let mut timeline =
        Timeline::from_records(plan.header(), plan.lanes(), plan.sources(), events, Vec::new(), Vec::new());
    let mut texts = Texts::of(timeline.events());
    // An event less: from there on no block begins where a word of bits does.
    apply(&mut timeline, &Edit::Remove(Key::Event("e100".into()))).unwrap();
    texts.follow(timeline.events());
    let query = Query::read("-standing:confirmed weight:<=3 OR tag:law", asking(&timeline)).unwrap();
    let hits = Question { query: &query, known_on: None }.find(&timeline).unwrap();
    let zone = timeline.zone();
    for among in [None, Some(hits.certain())] {
        for (name, facet) in [
            (FacetName::Event(EventField::Lane), Facet::Event(EventField::Lane)),
            (FacetName::Event(EventField::Standing), Facet::Event(EventField::Standing)),
            (FacetName::Event(EventField::Actors), Facet::Event(EventField::Actors)),
            (FacetName::Event(EventField::Place), Facet::Event(EventField::Place)),
            (FacetName::Event(EventField::Tags), Facet::Event(EventField::Tags)),
            (FacetName::Source, Facet::Source),
            (FacetName::Publisher, Facet::OfSource(SourceField::Publisher)),
            (FacetName::Year, Facet::Year),
            (FacetName::Decade, Facet::Decade),
        ] {
            let counts = name.count(&timeline, &texts, among, &AtomicBool::new(false));
            let read = Values::count(facet, &timeline, zone, among);
            let own: BTreeMap<&str, usize> =
                counts.values.iter().map(|value| (value.title.as_str(), value.events)).collect();
            let read_by_title: BTreeMap<String, usize> = read
                .most_frequent()
                .into_iter()
                .filter(|(value, _)| **value != Value::Undated)
                .map(|(value, count)| (facet.title(&timeline, value), count))
                .collect();
            // Two sources can have one title, and are two values.
            if name != FacetName::Source {
                assert!(
                    own.iter()
                        .map(|(title, count)| (*title, *count))
                        .eq(read_by_title.iter().map(|(title, count)| (title.as_str(), *count))),
                    "{name:?}"
                );
            }
            let sum: usize = counts.values.iter().map(|value| value.events).sum();
            let dated = |(value, count): (&Value, usize)| if *value == Value::Undated { 0 } else { count };
            assert_eq!(sum, read.most_frequent().into_iter().map(dated).sum::<usize>(), "{name:?}");
            assert_eq!(counts.without, read.without() + read.of(&Value::Undated), "{name:?}");
            // What is counted under a value is what picking it finds.
            for value in counts.values.iter().take(3) {
                let picked = name.pick("", value, annalist::query::Pick::Only).unwrap();
                let query = Query::read(&picked, asking(&timeline)).unwrap();
                let mut found = Question { query: &query, known_on: None }.find(&timeline).unwrap().into_certain();
                among.into_iter().for_each(|among| found.intersect(among));
                assert_eq!(found.count(), value.events, "{picked}");
            }
        }
    }
}
