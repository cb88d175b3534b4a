//! Events of other programs into timelines: cases as files, and what must hold of any input.
//!
//! `tests/data/import/NAME/` has an `input.EXT`, perhaps a `map.ron`, and what comes of them: `expected.ron`, and in `told.txt` what is
//! said and asked. `UPDATE_IMPORTS=1` writes these two anew, to be looked at.

use std::fs;
use std::path::{Path, PathBuf};

use annalist::interchange::events::assemble::{Made, Origin, Sink, around_known, known_text};
use annalist::interchange::events::mapping::{self, Column, Target};
use annalist::interchange::events::{Answers, Asked, Format, Imports, Input, Mapping, assemble, assemble_into};
use annalist::model::Timeline;
use annalist::store::{self, NewFile};
use proptest::prelude::*;

/// What a file comes to: the timeline, and what is told and asked, a line each.
fn brought_in(name: &str, bytes: &[u8], mapping: Option<&Mapping>) -> (Timeline, Vec<String>) {
    let input = Input::new(name, bytes);
    let answers = Answers::default();
    let Some(format) = Format::of(&input) else { return (Timeline::empty("t"), vec!["no format".to_owned()]) };
    let chronology = format.read(&input, &Asked { answers: &answers, mapping, progress: &|_| true });
    let mut told = vec![format!("format {}", format.id)];
    for column in chronology.mapping.iter().flat_map(|mapping| &mapping.columns) {
        told.push(format!("column {:?} is {}: {}", column.name, column.to.label(), column.why));
    }
    for question in &chronology.questions {
        told.push(format!("{} {}: {}", if question.is_open { "open" } else { "asked" }, question.code, question.text));
        told.extend(question.choices.iter().map(|choice| format!("    {} {}", choice.label, choice.flag)));
    }
    let timeline = Timeline::empty("");
    let origin = Origin { name, format: format.id, hash: None, today: None };
    let assembled = assemble(&timeline, chronology, &origin, None);
    told.extend(assembled.problems.iter().map(|problem| {
        let line = if problem.line == usize::MAX { "end".to_owned() } else { problem.line.to_string() };
        format!("{line} {}[{}]: {problem}", format!("{:?}", problem.severity).to_lowercase(), problem.code)
    }));
    (assembled.into_timeline(&timeline), told)
}

fn mapping_of(folder: &Path) -> Option<Mapping> {
    let text = fs::read_to_string(folder.join("map.ron")).ok()?;
    Some(mapping::from_ron(&text).unwrap_or_else(|error| unreachable!("{}: {error}", folder.display())))
}

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import");
    let mut folders: Vec<PathBuf> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    // Beside them lie the cases of named formats, which are files.
    folders.retain(|folder| folder.join("expected.ron").exists());
    folders.sort();
    folders
}

fn input(folder: &Path) -> PathBuf {
    let is_input = |path: &PathBuf| path.file_stem().is_some_and(|stem| stem == "input");
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).find(is_input).unwrap()
}

#[test]
fn every_case_comes_to_what_is_expected() {
    for folder in folders() {
        let input = input(&folder);
        let name = input.file_name().unwrap().to_string_lossy().into_owned();
        let mapping = mapping_of(&folder);
        let (timeline, told) = brought_in(&name, &fs::read(&input).unwrap(), mapping.as_ref());
        let (ron, told) = (store::to_ron(&timeline), told.join("\n") + "\n");
        if std::env::var_os("UPDATE_IMPORTS").is_some() {
            fs::write(folder.join("expected.ron"), &ron).unwrap();
            fs::write(folder.join("told.txt"), &told).unwrap();
        }
        let expected = |file: &str| fs::read_to_string(folder.join(file)).unwrap_or_default();
        assert_eq!(ron, expected("expected.ron"), "{}", folder.display());
        assert_eq!(told, expected("told.txt"), "{}", folder.display());
        // What was written can be read: every date is one, every reference leads somewhere.
        let read = store::read(ron);
        let errors = store::errors(&read);
        assert!(errors.is_empty(), "{}: {errors:?}", folder.display());
        assert_eq!(read.timeline, timeline, "{}", folder.display());
    }
}

/// The inputs of the cases, each with the name of its file.
fn inputs() -> Vec<(String, Vec<u8>)> {
    let read = |folder: PathBuf| {
        let input = input(&folder);
        (input.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&input).unwrap())
    };
    folders().into_iter().map(read).collect()
}

/// A sink as the command line has one: events go to a file, and what is kept of the import waits for its own.
struct ToFile {
    file: NewFile,
    known: Vec<String>,
}

impl Sink for ToFile {
    fn take(&mut self, made: Made) -> bool {
        self.file.push(&made.events).unwrap();
        self.known.push(known_text(&made.known, self.known.iter().all(String::is_empty)).unwrap());
        true
    }
}

/// The text of a new timeline and of what is kept of the import: with all events held, and written while they are made.
fn both_ways(name: &str, bytes: &[u8], mapping: Option<&Mapping>) -> [[String; 2]; 2] {
    let input = Input::new(name, bytes);
    let answers = Answers { zone: Some(String::new()), ..Answers::default() };
    let asked = Asked { answers: &answers, mapping, progress: &|_| true };
    let empty = Timeline::empty("");
    let Some(format) = Format::of(&input) else { return Default::default() };
    let origin = Origin { name, format: format.id, hash: None, today: None };
    let mut assembled = assemble(&empty, format.read(&input, &asked), &origin, None);
    let mut imports = Imports::default();
    imports.put(std::mem::take(&mut assembled.import), None);
    let (counts, problems) = (assembled.counts, assembled.problems.clone());
    assert_eq!((counts.added, counts.rejected), (assembled.added.len(), assembled.rejected.len()));
    let held = [store::to_ron(&assembled.into_timeline(&empty)), mapping::to_ron(&imports).unwrap()];

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.ron");
    let mut sink = ToFile { file: NewFile::at(&path).unwrap(), known: Vec::new() };
    let mut assembled = assemble_into(&empty, format.open(&input, &asked), &origin, None, &|_| true, &mut sink);
    assert_eq!((assembled.counts, &assembled.problems), (counts, &problems), "{name}");
    let mut imports = Imports::default();
    imports.put(std::mem::take(&mut assembled.import), None);
    sink.file.finish(&assembled.into_timeline(&empty)).unwrap();
    let known = sink.known.concat();
    let (before, after) = around_known(&imports, known.is_empty()).unwrap();
    [held, [fs::read_to_string(&path).unwrap(), before + &known + &after]]
}

#[test]
fn a_file_written_while_its_events_are_made_is_the_same() {
    for folder in folders() {
        let input = input(&folder);
        let name = input.file_name().unwrap().to_string_lossy().into_owned();
        let [held, along] = both_ways(&name, &fs::read(&input).unwrap(), mapping_of(&folder).as_ref());
        assert_eq!(held, along, "{}", folder.display());
    }
}

#[test]
fn events_of_a_long_table_link_to_any_other() {
    let mut table = String::from("id,title,date,lane,related,url\n");
    let mut lines = String::new();
    for at in 0..2500 {
        // Ids that come twice, links to rows far behind and before, lanes and sources that come late.
        let (id, to, lane, page) = (at % 2400, (at * 7 + 1300) % 2600, at / 500, at % 900);
        let date = format!("2024-{:02}-{:02}", at % 12 + 1, at % 28 + 1);
        table += &format!("row{id},Row {at},{date},Lane {lane},row{to},https://pages.example/{page}\n");
        lines += &format!(
            "{{\"title\": \"Row {at}\", \"date\": \"{date}\", \"lane\": \"Lane {lane}\", \"only {page}\": {at}}}\n"
        );
        lines += if at % 600 == 0 { "no object\n\n" } else { "" };
    }
    let columns = [
        ("id", Target::Key),
        ("title", Target::Title),
        ("date", Target::Date),
        ("lane", Target::Lane),
        ("related", Target::Related),
        ("url", Target::Url),
    ];
    let columns = columns.map(|(name, to)| Column::new(name, to, "")).to_vec();
    let mapping = Mapping { columns, ..Mapping::default() };
    let [held, along] = both_ways("t.csv", table.as_bytes(), Some(&mapping));
    assert!(held[0].contains("links: ["), "no link was found");
    assert!(held == along);
    let [held, along] = both_ways("t.jsonl", lines.as_bytes(), None);
    assert!(held[0].contains("Row 2499"));
    assert!(held == along);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_table_is_the_same_held_and_written_while_it_is_read(
        rows in proptest::collection::vec(
            (
                "[A-Za-zé\"(),: ]{0,12}",
                prop_oneof![Just("2024-05-01"), Just("1/13/2024"), Just("c. 1950"), Just("x"), Just("")],
                "[a-c]{0,2}",
                "[a-c]{0,2}",
                prop_oneof![Just(""), Just("https://a.example/1"), Just("The Herald"), Just("{}")],
            ),
            0..12,
        ),
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["Title", "Date", "Id", "Related to", "Source"]).unwrap();
        for (title, date, id, to, source) in &rows {
            writer.write_record([title.as_str(), date, id, to, source]).unwrap();
        }
        let columns = [
            ("Title", Target::Title),
            ("Date", Target::Date),
            ("Id", Target::Key),
            ("Related to", Target::Related),
            ("Source", Target::Source),
        ];
        let columns = columns.map(|(name, to)| Column::new(name, to, "")).to_vec();
        let mapping = Mapping { columns, ..Mapping::default() };
        let [held, along] = both_ways("t.csv", &writer.into_inner().unwrap(), Some(&mapping));
        prop_assert_eq!(held, along);
    }

    #[test]
    fn a_mutated_input_gives_messages_and_never_a_panic(
        at in 0usize..1000,
        changes in proptest::collection::vec((0usize..100_000, any::<u8>(), 0u8..4), 1..12),
    ) {
        let inputs = inputs();
        let (name, bytes) = &inputs[at % inputs.len()];
        let mut bytes = bytes.clone();
        for (place, byte, kind) in changes {
            if bytes.is_empty() {
                break;
            }
            let place = place % bytes.len();
            match kind {
                0 => bytes[place] = byte,
                1 => drop(bytes.remove(place)),
                2 => bytes.insert(place, byte),
                _ => bytes.truncate(place),
            }
        }
        let (timeline, _) = brought_in(name, &bytes, None);
        let read = store::read(store::to_ron(&timeline));
        prop_assert!(store::errors(&read).is_empty(), "{:?}", store::errors(&read));
    }

    #[test]
    fn any_table_of_texts_comes_in_and_comes_again_as_it_was(
        rows in proptest::collection::vec(
            (
                "[A-Za-zé ]{1,12}",
                prop_oneof![Just("2024-05-01"), Just("1/13/2024"), Just("c. 1950"), Just("x"), Just(""), Just("1999")],
                "[a-z ;|,\"]{0,14}",
            ),
            2..12,
        ),
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["Title", "Date", "Tags"]).unwrap();
        for (title, date, tags) in &rows {
            writer.write_record([title.as_str(), date, tags]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let input = Input::new("t.csv", &bytes);
        let format = Format::of(&input).unwrap();
        let read = || format.read(&input, &Asked::NOTHING);
        let empty = Timeline::empty("");
        let origin = Origin { name: "t.csv", format: "csv", hash: None, today: None };
        let mut first = assemble(&empty, read(), &origin, None);
        let import = std::mem::take(&mut first.import);
        prop_assert_eq!(first.added.len() + first.rejected.iter().filter(|row| !row.reason.starts_with("came in")).count(), rows.iter().filter(|(title, date, tags)| !(title.trim().is_empty() && date.is_empty() && tags.trim().is_empty())).count());
        let timeline = first.into_timeline(&empty);
        let again = assemble(&timeline, read(), &origin, Some(&import));
        prop_assert_eq!(again.added.len() + again.updated.len() + again.conflicts.len(), 0);
        prop_assert!(again.is_nothing());
    }
}
