//! Sources of other programs: every entry has an id, every problem a line, and what is exported reads again as it was.

use std::collections::HashSet;

use annalist::edit::apply;
use annalist::interchange::sources::{Format, Imported, export, import, merge, reference};
use annalist::model::{Capture, Source, Timeline};
use annalist::store;

pub fn check(bytes: &[u8]) {
    let _ = Format::of_bytes(bytes);
    for format in Format::ALL {
        let imported = import(bytes, format);
        check_import(&imported, bytes);
        check_merge(&imported);
    }
    if let Some(mut source) = reference::read(&String::from_utf8_lossy(bytes)) {
        assert!(source.id.is_empty(), "who pastes gives the id");
        source.id = "pasted".into();
        check_export(&[source]);
    }
}

fn check_import(imported: &Imported, bytes: &[u8]) {
    let mut ids = HashSet::new();
    for source in &imported.sources {
        assert!(!source.id.is_empty() && ids.insert(&source.id), "an id is missing or there twice: {:?}", source.id);
    }
    // Line ends are as different as encodings: there are never more lines than bytes.
    let lines = 1..=bytes.len() + 1;
    for problem in &imported.problems {
        assert!(lines.contains(&problem.line) && !problem.message.is_empty(), "{problem:?}");
    }
    assert!(imported.problems.is_sorted_by_key(|problem| problem.line));
    check_export(&imported.sources);
}

fn check_export(sources: &[Source]) {
    let told: Vec<Source> = sources.iter().map(told).collect();
    for format in Format::ALL.into_iter().filter(|format| format.is_written()) {
        let Some(bytes) = export(sources, format) else { panic!("{format:?} is written") };
        let again = import(&bytes, format);
        assert_eq!(again.sources, told, "{}", String::from_utf8_lossy(&bytes));
    }
}

/// A source as an export tells it: without who captured what.
fn told(source: &Source) -> Source {
    let captures = source.captures.iter().map(|capture| Capture { by: None, ..capture.clone() }).collect();
    Source { captures, ..source.clone() }
}

/// What is imported into a timeline applies, is saved, and is there when it is imported again.
fn check_merge(imported: &Imported) {
    let mut timeline = Timeline::empty("t");
    let merged = merge(&timeline, imported, false);
    let applied = apply(&mut timeline, &merged.edit);
    assert!(applied.is_ok(), "{applied:?}");
    for id in &merged.added {
        assert!(timeline.source(id).is_some(), "{id} was to be added");
    }
    let written = store::to_ron(&timeline);
    assert!(store::read(written.clone()).timeline == timeline, "{written}");
    let again = merge(&timeline, imported, false);
    assert!(again.added.is_empty(), "imported twice, {:?} come twice", again.added);
}
