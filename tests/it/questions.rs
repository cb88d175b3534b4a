//! What questions find among events with vague dates: for certain, and possibly.

use annalist::model::Timeline;
use annalist::query::{Expr, Leaf, Query, Question, TimeTest, fold};
use annalist::store;
use annalist::time::Date;

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
    let query = Query::from(read(&mut spaced.split_whitespace()).unwrap());
    let ids = |is_found: &dyn Fn(usize) -> bool| {
        let found = timeline.events().iter().enumerate().filter(|(at, _)| is_found(*at));
        found.map(|(_, event)| event.id.as_str()).collect::<Vec<_>>().join(" ")
    };
    let Some(hits) = (Question { query: &query, known_on: None }).find(timeline) else {
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
