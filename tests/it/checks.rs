//! Every kind of problem that the model reports: a small timeline that has it and one that nearly does; and the page that
//! explains them.
//!
//! The cases are `tests/data/checks/CODE.ron`: below `raises FIELD` stands a timeline that has the problem once, at this field
//! (the record itself where no field is named); below `passes`, perhaps with the reason, one that does not have it.

use std::collections::BTreeSet;

use annalist::diagnostic::{Diagnostic, Severity};
use annalist::edit::{apply, fixes};
use annalist::model::{CHECKS, Level, check, check_errors};
use annalist::store;

use super::cases::CaseFile;

/// Kinds that the text, the files beside it or the command line report; their cases stand with those.
const ELSEWHERE: &[&str] = &[
    "image-missing",
    "image-unreadable",
    "coordinates-out-of-range",
    "capture-missing",
    "capture-changed",
    "capture-unreadable",
    "unknown-format",
    "syntax",
    "wrong-name",
    "wrong-type",
    "unknown-field",
    "missing-field",
    "duplicate-field",
    "unknown-value",
    "credibility-out-of-range",
    "bad-date",
    "bad-query",
    "duplicate-id",
    "empty-id",
    "unresolved-conflict",
    "not-formatted",
    "unreadable",
];

/// A timeline with these fields.
fn with(fields: &str) -> String {
    format!("Timeline(format: 1, title: \"t\", {fields})")
}

fn problems(text: &str) -> Vec<Diagnostic> {
    let read = store::read(text.to_owned());
    assert!(read.text.is_writable(), "{text}: {:#?}", read.diagnostics);
    read.diagnostics
}

/// The timelines that have the problem of this file, with the field at which it is told.
fn raising(file: &CaseFile) -> impl Iterator<Item = (&str, &str)> {
    file.sections.iter().filter_map(|section| Some((section.heading.strip_prefix("raises")?.trim(), &*section.text)))
}

fn check_raises(code: &str, field: &str, text: &str) {
    let problems = problems(text);
    let found: Vec<&Diagnostic> = problems.iter().filter(|problem| problem.code == code).collect();
    let [problem] = found.as_slice() else { unreachable!("{code}: {text}: {problems:#?}") };
    assert_eq!(problem.field.join("."), field, "{code}: {text}");
    assert!(problem.hint.is_some(), "{code}");
    let message = &problem.message;
    assert!(!message.ends_with('.') && !message.starts_with(char::is_uppercase), "{message}");
    let level = CHECKS.iter().find(|kind| kind.code == code).unwrap().level;
    assert_eq!(Some(problem.severity), level.severity(), "{code}");
    // Whoever asks for errors alone hears of just those.
    let timeline = store::read(text.to_owned()).timeline;
    let errors: Vec<_> = check(&timeline).into_iter().filter(|found| found.severity == Severity::Error).collect();
    assert_eq!(check_errors(&timeline), errors, "{code}: {text}");
    let span = problem.span.unwrap_or_else(|| unreachable!("{code} has no place: {text}"));
    assert!(span.end <= text.len() && span.start < span.end, "{code}");
}

fn check_passes(code: &str, text: &str) {
    let problems = problems(text);
    let found: Vec<&Diagnostic> = problems.iter().filter(|problem| problem.code == code).collect();
    assert!(found.is_empty(), "{code}: {text}: {found:#?}");
}

#[test]
fn every_kind_of_problem_is_raised_where_it_is_and_nowhere_else() {
    for file in CaseFile::all("checks") {
        let (code, mut passes) = (file.name.as_str(), 0);
        raising(&file).for_each(|(field, text)| check_raises(code, field, text));
        for section in file.sections.iter().filter(|section| section.heading.starts_with("passes")) {
            check_passes(code, &section.text);
            passes += 1;
        }
        assert!(0 < passes && passes < file.sections.len(), "{code} has no timeline of either kind");
        assert_eq!(passes + raising(&file).count(), file.sections.len(), "{code} has a section of no kind");
    }
}

/// The same problem among others, wherever its list has moved it.
fn same_problem<'p>(problems: &'p [Diagnostic], problem: &Diagnostic) -> Option<&'p Diagnostic> {
    problems.iter().find(|other| {
        (other.code, &other.subject, &other.message) == (problem.code, &problem.subject, &problem.message)
    })
}

#[test]
fn every_fix_ends_its_problem_and_makes_no_error() {
    for file in CaseFile::all("checks") {
        let mut fixable = false;
        for (_, text) in raising(&file) {
            let timeline = store::read(text.to_owned()).timeline;
            let before = check(&timeline);
            for problem in before.iter().filter(|problem| problem.code == file.name) {
                for fix in fixes(&timeline, problem) {
                    fixable = true;
                    let mut mended = timeline.clone();
                    let inverse = apply(&mut mended, &fix.edit).unwrap_or_else(|e| unreachable!("{}: {e}", fix.label));
                    let after = check(&mended);
                    assert_eq!(same_problem(&after, problem), None, "{}: {text}", fix.label);
                    let errors =
                        |problems: &[Diagnostic]| problems.iter().filter(|p| p.severity == Severity::Error).count();
                    assert!(errors(&after) <= errors(&before), "{}: {text}: {after:#?}", fix.label);
                    assert!(!fix.label.ends_with('.') && fix.label.starts_with(char::is_uppercase), "{}", fix.label);
                    apply(&mut mended, &inverse).unwrap();
                    assert_eq!(mended, timeline, "{}", fix.label);
                }
            }
        }
        let kind = CHECKS.iter().find(|kind| kind.code == file.name).unwrap();
        assert_eq!(fixable, kind.fixable, "{}", file.name);
    }
}

#[test]
fn the_first_fix_is_the_likeliest() {
    let cases = [
        (
            r#"sources: [Source(id: "gazette", title: "The gazette")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "gazete")])]"#,
            "unknown-source",
            "Cite “The gazette” instead",
        ),
        (
            r#"lanes: [Lane(id: "votes", title: "Votes")], events: [Event(title: "E", date: "2024", lane: "vote")]"#,
            "unknown-lane",
            "Put it in “Votes”",
        ),
        (
            r#"events: [Event(id: "signing", title: "Signing", date: "2024", links: [Link(to: "signin", relation: PartOf)]), Event(id: "sinning", title: "Sinning", date: "2024")]"#,
            "dangling-link",
            "Link to “Sinning” instead",
        ),
        (
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", date: "2024"), Citation(source: "s", date: "2024-10")])]"#,
            "date-finer-than-source",
            "Take Oct 2024, the date of “S”",
        ),
        (
            r#"sources: [Source(id: "a", title: "A", url: "https://a.example"), Source(id: "b", title: "B", url: "https://a.example/")]"#,
            "duplicate-source",
            "Merge it into “A” (“a”)",
        ),
        (
            r#"events: [Event(id: "a", title: "A", date: "2024-06", links: [Link(to: "b", relation: Causes)]), Event(id: "b", title: "B", date: "2023")]"#,
            "link-against-time",
            "Turn the link round: “B” causes",
        ),
        (r#"checks: [CheckSetting(code: "ungradet", level: Off)]"#, "check-without-effect", "Set “ungraded” instead"),
        (r#"zone: "Europe/Moskow""#, "unknown-zone", "Use the zone “Europe/Moscow”"),
    ];
    for (fields, code, label) in cases {
        let timeline = store::read(with(fields)).timeline;
        let problems = check(&timeline);
        let problem = problems.iter().find(|problem| problem.code == code).unwrap_or_else(|| unreachable!("{fields}"));
        assert_eq!(fixes(&timeline, problem).first().map(|fix| fix.label.as_str()), Some(label));
    }
}

#[test]
fn evidence_is_not_thrown_away_at_a_keystroke() {
    let fields = r#"sources: [Source(id: "s", title: "S", captures: [Capture(file: "x", hash: Hash(algorithm: Sha256, value: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))])]"#;
    let timeline = store::read(with(fields)).timeline;
    let problems = check(&timeline);
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["unused-source"]);
    assert_eq!(fixes(&timeline, &problems[0]), []);
}

#[test]
fn every_kind_of_problem_has_cases() {
    let mut cases: BTreeSet<String> = CaseFile::all("checks").into_iter().map(|file| file.name).collect();
    cases.extend(ELSEWHERE.iter().map(|code| (*code).to_owned()));
    let kinds: BTreeSet<String> = CHECKS.iter().map(|kind| kind.code.to_owned()).collect();
    assert_eq!(cases, kinds);
}

#[test]
fn a_file_decides_what_matters_except_what_makes_it_unreadable() {
    let fields = r#"checks: [CheckSetting(code: "unsourced", level: Off), CheckSetting(code: "unused-source", level: Error)],
        sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024")]"#;
    let problems = problems(&with(fields));
    let found: Vec<(&str, Option<Level>)> = problems
        .iter()
        .map(|problem| (problem.code, Level::ALL.into_iter().find(|level| level.severity() == Some(problem.severity))))
        .collect();
    assert_eq!(found, [("unused-source", Some(Level::Error))]);
    let off = r#"Timeline(format: 1, title: "t", checks: [CheckSetting(code: "bad-date", level: Off)], events: [Event(title: "E", date: "yesterday")])"#;
    let read = store::read(off.to_owned());
    assert!(read.diagnostics.iter().any(|problem| problem.code == "bad-date"), "{:#?}", read.diagnostics);
}

#[test]
fn the_page_of_checks_agrees_with_the_registry() {
    let page = include_str!("../../docs/CHECKS.md");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let listed: Vec<[&str; 3]> = rows
        .iter()
        .map(|row| {
            assert_eq!(row.len(), 5, "{row:?}");
            assert!(row[4].len() > 10, "{row:?} does not say what to do");
            [row[0].trim_matches('`'), row[1], row[2]]
        })
        .collect();
    let expected: Vec<[&str; 3]> = CHECKS.iter().map(|kind| [kind.code, kind.level.label(), kind.what]).collect();
    let fixed: Vec<bool> = listed.iter().map(|row| row[1].ends_with(", always")).collect();
    assert_eq!(fixed, CHECKS.iter().map(|kind| !kind.tunable).collect::<Vec<_>>());
    let listed: Vec<[&str; 3]> =
        listed.into_iter().map(|[code, level, what]| [code, level.trim_end_matches(", always"), what]).collect();
    assert_eq!(listed, expected);
    for (row, kind) in rows.iter().zip(CHECKS) {
        assert_eq!(row[3], if kind.fixable { "yes" } else { "" }, "{}: can it be mended at a key", kind.code);
    }
}
