//! Reading, problems and saving of RON text, through the public interface.

use annalist::diagnostic::Severity;
use annalist::edit::{Edit, apply};
use annalist::model::Event;
use annalist::store::{FileText, formatted, to_ron};
use annalist::time::Date;

const ODD: &str = include_str!("../data/odd-layout.ron");
const FIVE: &str = include_str!("../data/five-mistakes.ron");

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// A text after some edits, spliced; what it holds is compared with the edited timeline.
fn spliced(text: &str, edit: &Edit) -> String {
    let read = FileText::read(text.to_owned());
    assert!(read.text.is_writable(), "{:?}", read.diagnostics);
    let mut timeline = read.timeline.clone();
    apply(&mut timeline, edit).unwrap();
    let result = read.text.spliced(&timeline).unwrap();
    assert_eq!(FileText::read(result.clone()).timeline, timeline);
    result
}

/// The lines that differ: the number of the first, those taken out, those put in.
fn hunk(before: &str, after: &str) -> (usize, Vec<String>, Vec<String>) {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count();
    let own = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
    (start + 1, own(&old[start..old.len() - end]), own(&new[start..new.len() - end]))
}

#[test]
fn one_event_added_to_a_commented_file_is_one_hunk_of_added_lines() {
    let mut event = Event::new("vote", "The vote", date("2024-10-24"));
    event.tags = vec!["ratification".to_owned()];
    let result = spliced(ODD, &Edit::put_event(event));
    let (_, removed, added) = hunk(ODD, &result);
    assert!(removed.is_empty(), "{removed:?}");
    assert_eq!(
        added.concat(),
        "\n      Event(\n          id: \"vote\",\n          title: \"The vote\",\n          date: \"2024-10-24\",\n          tags: [\"ratification\"],\n      ),\n"
    );
}

#[test]
fn every_mistake_of_a_file_is_named_at_its_place() {
    let read = FileText::read(FIVE.to_owned());
    let found: Vec<String> = read
        .diagnostics
        .iter()
        .map(|problem| {
            let place = read.text.place(problem.span.unwrap().start);
            let hint = problem.hint.as_deref().unwrap_or_default();
            format!("{}:{} {} {} ({hint})", place.line, place.column, problem.code, problem.message)
        })
        .collect();
    insta::assert_snapshot!(found.join("\n"));
    assert!(!read.text.is_writable());
    assert!(read.diagnostics.iter().all(|problem| problem.severity == Severity::Error));
}

#[test]
fn nothing_changed_is_nothing_written() {
    for text in [ODD.to_owned(), ODD.replace('\n', "\r\n"), format!("\u{feff}{ODD}")] {
        let read = FileText::read(text.clone());
        assert!(read.text.is_writable(), "{:?}", read.diagnostics);
        assert_eq!(read.text.spliced(&read.timeline).unwrap(), text);
    }
}

#[test]
fn a_whole_timeline_written_and_read_is_the_same() {
    let read = FileText::read(ODD.to_owned());
    let text = to_ron(&read.timeline);
    let again = FileText::read(text.clone());
    assert!(again.text.is_writable(), "{:?}\n{text}", again.diagnostics);
    assert_eq!(again.timeline, read.timeline);
    insta::assert_snapshot!(text);
}

#[test]
fn formatting_keeps_comments_and_meaning_and_is_stable() {
    let text = formatted(ODD).unwrap();
    assert_eq!(formatted(&text).unwrap(), text);
    insta::assert_snapshot!(text);
}
