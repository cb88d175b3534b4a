//! Events of other programs into timelines: cases as files, and what must hold of any input.
//!
//! `tests/data/import/NAME/` has an `input.EXT`, perhaps a `map.ron`, and what comes of them: `expected.ron`, and in `told.txt` what is
//! said and asked. `UPDATE_IMPORTS=1` writes these two anew, to be looked at.

use std::fs;
use std::path::{Path, PathBuf};

use annalist::interchange::events::assemble::Origin;
use annalist::interchange::events::{Answers, Asked, Format, Input, Mapping, assemble};
use annalist::model::Timeline;
use annalist::store;
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

fn mapping(folder: &Path) -> Option<Mapping> {
    let text = fs::read_to_string(folder.join("map.ron")).ok()?;
    Some(ron::from_str(&text).unwrap_or_else(|error| unreachable!("{}: {error}", folder.display())))
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
        let mapping = mapping(&folder);
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

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
