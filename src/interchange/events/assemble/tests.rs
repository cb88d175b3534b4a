//! Chronologies that meet timelines: what is added, updated, kept and cited.

use super::*;
use crate::edit::apply;
use crate::model::{HashAlgorithm, Relation, Standing};

fn record(line: usize, key: Option<&str>, title: &str, date: &str) -> Record {
    let mut event = Event::undated("", title);
    event.date = Date::parse(date).ok();
    let mut record = Record::new(line, format!("row {line}"), event);
    record.key = key.map(str::to_owned);
    record.date_as_given = (!date.is_empty()).then(|| date.to_owned());
    record
}

fn chronology(records: Vec<Record>) -> Chronology {
    Chronology { records, ..Chronology::default() }
}

fn origin(hash: &str) -> Origin<'static> {
    let hash = Hash { algorithm: HashAlgorithm::Sha256, value: hash.into() };
    Origin { name: "events.csv", format: "csv", hash: Some(hash), today: None }
}

/// Brings a chronology in, again where an import is given, and gives what came of it and what is kept.
fn bring(timeline: &mut Timeline, records: Vec<Record>, earlier: Option<&Import>) -> (Assembled, Import) {
    let mut assembled = assemble(timeline, chronology(records), &origin("1"), earlier);
    let import = std::mem::take(&mut assembled.import);
    let told = Assembled {
        added: assembled.added.clone(),
        updated: assembled.updated.clone(),
        unchanged: assembled.unchanged,
        conflicts: assembled.conflicts.clone(),
        deleted: assembled.deleted,
        missing: assembled.missing,
        problems: assembled.problems.clone(),
        ..Assembled::default()
    };
    apply(timeline, &assembled.into_edit()).unwrap();
    (told, import)
}

fn titles(timeline: &Timeline) -> Vec<&str> {
    timeline.events().iter().map(|event| event.title.as_str()).collect()
}

#[test]
fn every_event_cites_its_row_and_the_date_as_it_stood() {
    let mut timeline = Timeline::empty("");
    let mut first = record(2, Some("E-1"), "The pump fails", "2024-10-24");
    first.event.lane = Some("Works".into());
    first.date_as_given = Some("24/10/2024".to_owned());
    let (_, import) = bring(&mut timeline, vec![first, record(3, None, "Undated", "")], None);
    assert_eq!(timeline.header().title, "events");
    let source = &timeline.sources()[0];
    assert_eq!((&*source.id, &*source.title, source.kind), ("events-csv", "events.csv", SourceKind::Dataset));
    let event = timeline.event("the-pump-fails-2024-10-24").unwrap();
    assert_eq!(event.lane.as_deref(), Some("works"));
    assert_eq!(timeline.lanes()[0].title, "Works");
    let citation = &event.citations[0];
    assert_eq!(citation.locator.as_deref(), Some("row 2, id E-1"));
    assert_eq!(citation.wording.as_deref(), Some("24/10/2024"));
    assert_eq!((import.events.0.len(), import.sources.as_slice()), (2, &["events-csv".into()][..]));
}

#[test]
fn a_copy_of_the_file_is_kept_once() {
    let timeline = Timeline::empty("");
    let mut assembled = assemble(&timeline, chronology(vec![record(2, None, "A", "2024")]), &origin("1"), None);
    assert!(assembled.wants_copy);
    let capture = Capture {
        file: "x.captures/events-csv.csv".into(),
        hash: origin("1").hash.unwrap(),
        captured: None,
        by: None,
        alters: None,
        note: None,
    };
    assembled.keep_copy(&timeline, capture);
    let timeline = assembled.into_timeline(&timeline);
    assert_eq!(timeline.sources()[0].captures.len(), 1);
    let again = assemble(&timeline, chronology(vec![record(2, None, "B", "2024")]), &origin("1"), None);
    assert_eq!((again.wants_copy, again.source.as_str()), (false, "events-csv"));
    // Other bytes under another name are another file.
    let other = Origin { name: "more.csv", ..origin("2") };
    assert_eq!(assemble(&timeline, chronology(vec![record(2, None, "B", "2024")]), &other, None).source, "more-csv");
}

#[test]
fn what_came_again_says_nothing_new() {
    let mut timeline = Timeline::empty("");
    let rows =
        || vec![record(2, Some("E1"), "A", "2024"), record(3, None, "B", "2024-05"), record(4, None, "B", "2024-05")];
    let (first, import) = bring(&mut timeline, rows(), None);
    assert_eq!(first.added.len(), 3);
    let before = timeline.clone();
    let (again, _) = bring(&mut timeline, rows(), Some(&import));
    assert_eq!((again.added.len(), again.unchanged, again.updated.len()), (0, 3, 0));
    assert_eq!(timeline, before);
    // Even where nothing is kept beside the timeline any more.
    let (again, _) = bring(&mut timeline, rows(), None);
    assert_eq!((again.added.len(), again.unchanged), (3, 0), "another file of the same name");
}

#[test]
fn a_lost_record_of_imports_is_made_up_from_the_citations() {
    let mut timeline = Timeline::empty("");
    let rows =
        || vec![record(2, Some("E1"), "A", "2024"), record(3, None, "B", "2024-05"), record(4, None, "B", "2024-05")];
    let mut assembled = assemble(&timeline, chronology(rows()), &origin("1"), None);
    let capture = Capture {
        file: "c".into(),
        hash: origin("1").hash.unwrap(),
        captured: None,
        by: None,
        alters: None,
        note: None,
    };
    assembled.keep_copy(&timeline, capture);
    timeline = assembled.into_timeline(&timeline);
    let (again, _) = bring(&mut timeline, rows(), None);
    assert_eq!((again.added.len(), again.unchanged), (0, 3));
}

#[test]
fn what_nobody_touched_here_is_updated_and_what_both_touched_is_told() {
    let mut timeline = Timeline::empty("");
    let row = |note: &str, place: &str| {
        let mut row = record(2, Some("E1"), "A", "2024");
        row.event.note = Some(note.into());
        row.event.place = Some(place.into());
        row.event.rare.fields.put("Casualties", "14");
        row
    };
    let (_, import) = bring(&mut timeline, vec![row("one", "Here"), record(3, Some("E2"), "B", "2024")], None);
    let id = import.events.0.iter().find(|(key, _)| key == "E1").unwrap().1.0.clone();
    let mut event = timeline.event(&id).unwrap().clone();
    event.place = Some("Ours".into());
    event.standing = Standing::Confirmed;
    event.rare.fields.put("Reviewed", "yes");
    apply(&mut timeline, &Edit::put_event(event)).unwrap();
    let mut changed = row("two", "Theirs");
    changed.event.rare.fields.put("Casualties", "15");
    let (told, import) = bring(&mut timeline, vec![changed, record(3, Some("E3"), "C", "2024")], Some(&import));
    assert_eq!((told.added.len(), told.missing), (1, 1));
    assert_eq!(told.updated, [(id.clone(), vec!["note".to_owned(), "Casualties".to_owned()])]);
    let conflict = &told.conflicts[0];
    assert_eq!((conflict.field.as_str(), conflict.here.as_str(), conflict.there.as_str()), ("place", "Ours", "Theirs"));
    let event = timeline.event(&id).unwrap();
    assert_eq!(
        (event.note.as_deref(), event.place.as_deref(), event.standing),
        (Some("two"), Some("Ours"), Standing::Confirmed)
    );
    let own: Vec<(&str, &str)> = event.rare.fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    assert_eq!(own, [("Casualties", "15"), ("Reviewed", "yes")]);
    assert_eq!(titles(&timeline), ["A", "B", "C"], "nothing is deleted");
    // A conflict was told once: the file has said it, and says it again.
    let mut changed = row("two", "Theirs");
    changed.event.rare.fields.put("Casualties", "15");
    let (told, _) = bring(&mut timeline, vec![changed], Some(&import));
    assert_eq!((told.conflicts.len(), told.updated.len(), told.unchanged), (0, 0, 1));
}

#[test]
fn what_was_deleted_here_stays_deleted_unless_all_was() {
    let mut timeline = Timeline::empty("");
    let rows = || vec![record(2, Some("E1"), "A", "2024"), record(3, Some("E2"), "B", "2024")];
    let (first, import) = bring(&mut timeline, rows(), None);
    apply(&mut timeline, &Edit::Remove(model::Key::Event(first.added[0].clone()))).unwrap();
    let (told, _) = bring(&mut timeline, rows(), Some(&import));
    assert_eq!((told.deleted, told.added.len(), titles(&timeline)), (1, 0, vec!["B"]));
    apply(&mut timeline, &Edit::Remove(model::Key::Event(first.added[1].clone()))).unwrap();
    let (told, _) = bring(&mut timeline, rows(), Some(&import));
    assert_eq!((told.deleted, told.added.len()), (0, 2));
}

#[test]
fn named_sources_support_unless_they_came_before_the_event() {
    let mut timeline = Timeline::empty("");
    let mut row = record(2, None, "A", "2024-05-10");
    let named = |url: &str, published: &str| {
        let mut source = Source::new("", "Report");
        source.url = Some(url.into());
        source.published = Date::parse(published).ok();
        Named::new(source)
    };
    row.sources = vec![
        named("https://a.example/1", "2024-05-12"),
        named("https://a.example/2", "2024-04"),
        named("https://a.example/3", "2024"),
        named("http://www.a.example/1/", "2024-05-12"),
    ];
    bring(&mut timeline, vec![row], None);
    let cited: Vec<(&str, Stance)> =
        timeline.events()[0].citations.iter().map(|citation| (citation.source.as_str(), citation.stance)).collect();
    assert_eq!(
        cited,
        [
            ("report", Stance::Supports),
            ("report-2", Stance::Mentions),
            ("report-3", Stance::Supports),
            ("events-csv", Stance::Supports)
        ]
    );
}

#[test]
fn links_follow_the_keys_of_the_file() {
    let mut timeline = Timeline::empty("");
    let mut first = record(2, Some("7"), "A", "2024");
    for to in ["8", "99", "7"] {
        first.event.links.push(Link { to: to.into(), relation: Relation::PartOf, note: None });
    }
    let (told, _) = bring(&mut timeline, vec![first, record(3, Some("8"), "B", "2025")], None);
    let links: Vec<&str> = timeline.events()[0].links.iter().map(|link| link.to.as_str()).collect();
    assert_eq!(links, ["b-2025"]);
    assert_eq!(told.problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["unknown-link"]);
}

#[test]
fn a_key_that_looks_like_an_id_is_one_and_lanes_are_found_by_name() {
    let mut timeline = Timeline::empty("t");
    let mut lane = record(2, Some("wall-falls-1989"), "The wall falls", "1989");
    lane.event.lane = Some("DIPLOMACY".into());
    let known = Lane { id: "dip".into(), title: "Diplomacy".into(), color: None, note: None };
    apply(&mut timeline, &Edit::put(model::Record::Lane(known))).unwrap();
    bring(&mut timeline, vec![lane], None);
    let event = timeline.event("wall-falls-1989").unwrap();
    assert_eq!((event.lane.as_deref(), timeline.lanes().len()), (Some("dip"), 1));
    assert_eq!(event.citations[0].locator.as_deref(), Some("row 2"));
    assert_eq!(timeline.header().title, "t");
}

#[test]
fn one_import_is_one_edit_that_can_be_undone() {
    let mut timeline = Timeline::empty("t");
    let before = timeline.clone();
    let assembled = assemble(&timeline, chronology(vec![record(2, None, "A", "2024")]), &origin("1"), None);
    let undo = apply(&mut timeline, &assembled.into_edit()).unwrap();
    assert_eq!(timeline.events().len(), 1);
    apply(&mut timeline, &undo).unwrap();
    assert_eq!(timeline, before);
}
