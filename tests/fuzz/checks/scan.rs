//! Where things stand in a text: every place fits it, lies within what it is part of, and holds what was read there.

use annalist::diagnostic::{Diagnostic, LineIndex, Severity, Span, Subject};
use annalist::model::{EraField, EventField, Field, HeaderField, Key, LaneField, SourceField, ViewField};
use annalist::store::{self, FileText};

use super::comments::comments;

/// Bytes of a message and its remedy, at most: what is wrong with a long text is told without the text.
const LONGEST_MESSAGE: usize = 4_000;

/// The parts of records that are records themselves.
const PARTS: [&str; 6] = ["citations", "links", "captures", "images", "checks", "judgment"];

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let read = store::read(text.clone());
    assert_eq!(read.text.text(), text, "a text is kept byte for byte");
    let lines = LineIndex::new(&text);
    for problem in &read.diagnostics {
        check_problem(problem, &text, &read.text, &lines);
    }
    check_records(&read.text, &text);
    check_layout(&read.text, &text);
}

fn check_problem(problem: &Diagnostic, text: &str, file: &FileText, lines: &LineIndex<'_>) {
    let length = problem.message.len() + problem.hint.as_deref().map_or(0, str::len);
    assert!(length <= LONGEST_MESSAGE, "{} takes {length} bytes to tell", problem.code);
    let is_listed = problem.count == 1;
    assert!(!is_listed || problem.severity != Severity::Error || problem.span.is_some(), "no place: {problem:?}");
    if let Some(span) = problem.span {
        check_span(span, Span::new(0, text.len()), text);
        assert_eq!(file.place(span.start), lines.place(span.start), "{problem:?}");
    }
}

/// Whether a place lies within another, and between two characters.
#[track_caller]
fn check_span(span: Span, within: Span, text: &str) {
    let fits = within.start <= span.start && span.start <= span.end && span.end <= within.end;
    assert!(fits, "{span:?} is not within {within:?}");
    assert!(text.get(span.start..span.end).is_some(), "{span:?} cuts a character");
}

fn check_records(file: &FileText, text: &str) {
    let timeline = file.timeline();
    let lanes: Vec<Key> = timeline.lanes().iter().map(|lane| Key::Lane(lane.id.clone())).collect();
    let sources: Vec<Key> = timeline.sources().iter().map(|source| Key::Source(source.id.clone())).collect();
    let events: Vec<Key> = timeline.events().iter().map(|event| Key::Event(event.id.clone())).collect();
    let eras: Vec<Key> = timeline.eras().iter().map(|era| Key::Era(era.id.clone())).collect();
    let views: Vec<Key> = timeline.views().iter().map(|view| Key::View(view.id.clone())).collect();
    check_list::<LaneField>(file, text, "lanes", &lanes);
    check_list::<SourceField>(file, text, "sources", &sources);
    check_list::<EventField>(file, text, "events", &events);
    check_list::<EraField>(file, text, "eras", &eras);
    check_list::<ViewField>(file, text, "views", &views);
    for field in HeaderField::ALL {
        for path in [vec![field.name()], vec![field.name(), "0"], vec![field.name(), "0", "code"]] {
            if let Some(span) = located(file, &Subject::Timeline, &path) {
                check_span(span, Span::new(0, text.len()), text);
            }
        }
    }
}

/// The records of a list, by their keys: one after the other, with their fields inside.
fn check_list<F: Field>(file: &FileText, text: &str, list: &str, keys: &[Key]) {
    let mut from = 0;
    for key in keys {
        let subject = match key {
            Key::Header => Subject::Timeline,
            Key::Lane(id) => Subject::Lane(id.clone()),
            Key::Source(id) => Subject::Source(id.clone()),
            Key::Event(id) => Subject::Event(id.clone()),
            Key::Era(id) => Subject::Era(id.clone()),
            Key::View(id) => Subject::View(id.clone()),
        };
        let Some(whole) = located(file, &subject, &[]) else { panic!("{subject:?} stands nowhere") };
        check_span(whole, Span::new(from, text.len()), text);
        from = whole.end;
        for name in F::ALL.iter().map(|field| field.name()) {
            let Some(field) = located(file, &subject, &[name]) else { panic!("{subject:?} has no place of {name}") };
            check_span(field, whole, text);
            if PARTS.contains(&name) {
                for path in [vec![name, "0"], vec![name, "0", "note"], vec![name, "1", "source"]] {
                    let Some(part) = located(file, &subject, &path) else {
                        panic!("{subject:?} has no place {path:?}")
                    };
                    check_span(part, whole, text);
                }
            }
        }
        check_alone(file, text, (list, key), whole);
    }
}

fn located(file: &FileText, subject: &Subject, path: &[&str]) -> Option<Span> {
    let path: Vec<String> = path.iter().map(|&name| name.to_owned()).collect();
    file.locate(subject, &path)
}

/// What stands at the place of a record is that record, also where nothing else stands in the text.
fn check_alone(file: &FileText, text: &str, (list, key): (&str, &Key), place: Span) {
    // How texts read depends on what a file enables; and what is not there cannot be named by what is.
    if text.contains("#!") {
        return;
    }
    let alone = store::read(format!("Timeline(format: 1, title: \"t\", {list}: [{}\n])", place.slice(text)));
    let read = alone.timeline.record(key);
    let is_there = read.is_some() && read == file.timeline().record(key);
    // An id that was left out may be derived otherwise where no other event has it.
    let is_unnamed = matches!(key, Key::Event(_)) && id_is_left_out(file, key);
    assert!(is_there || is_unnamed, "{key:?} reads otherwise alone: {}", place.slice(text));
}

fn id_is_left_out(file: &FileText, key: &Key) -> bool {
    let subject = Subject::Event(key.id().into());
    located(file, &subject, &["id"]) == located(file, &subject, &["no such field"])
}

/// What is laid out anew says the same, has the same comments and is laid out for good.
fn check_layout(file: &FileText, text: &str) {
    let Some(once) = store::formatted(text) else {
        assert!(!file.is_writable(), "a text that was understood cannot be laid out");
        return;
    };
    let Some(twice) = store::formatted(&once) else { panic!("what was laid out cannot be again:\n{once}") };
    assert_eq!(once, twice, "laying out again changes more");
    if file.is_writable() {
        let again = store::read(once.clone());
        assert!(again.text.is_writable(), "laying out made a fault: {:?}\n{once}", again.diagnostics);
        assert_eq!(&again.timeline, file.timeline(), "{once}");
        assert_eq!(told(text), told(&once), "{once}");
    }
}

/// The comments of a text, sorted, whatever stands around their words.
fn told(text: &str) -> Vec<String> {
    let words = |span: Span| span.slice(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut told: Vec<String> = comments(text).into_iter().map(words).collect();
    told.sort_unstable();
    told
}
