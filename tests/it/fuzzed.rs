//! What others wrote, changed at random: every subject of `tests/fuzz/checks` holds what it promises, for some seconds with every run.
//!
//! `FUZZ_SEED` runs a seed that failed again. `benches/fuzz.rs` runs longer and makes an input that failed smaller.

use std::hash::{BuildHasher as _, RandomState};

use annalist::model::{
    CaptureField, CheckField, CitationField, EraField, EventField, Field, HashField, HeaderField, ImageField,
    JudgmentField, LaneField, LinkField, SourceField, Value, ViewField,
};

#[path = "../fuzz/checks/mod.rs"]
mod checks;
#[path = "../fuzz/driver.rs"]
mod driver;

use checks::{SUBJECTS, edits};
use driver::Mutator;

/// The inputs of a corpus, and so many made from them.
fn run(name: &str, count: usize) {
    let seed = match std::env::var("FUZZ_SEED") {
        Ok(seed) => seed.parse().expect("a seed is a number"),
        Err(_) => RandomState::new().hash_one(name),
    };
    let subject = SUBJECTS.iter().find(|subject| subject.name == name).expect(name);
    let corpus = driver::corpus(subject);
    for (file, input) in &corpus {
        if let Err(failure) = driver::tried(subject, input) {
            panic!("tests/data/fuzz/{}/{file}: {}", subject.corpus, failure.message);
        }
    }
    let inputs = corpus.into_iter().map(|(_, input)| input).collect();
    let mut mutator = Mutator::new(subject, inputs, seed);
    for at in 0..count {
        if let Err(failure) = driver::tried(subject, &mutator.next_input()) {
            let input = failure.input.escape_ascii();
            panic!("FUZZ_SEED={seed}, input {at} of {name}: b\"{input}\"\n{}", failure.message);
        }
    }
}

#[test]
fn where_things_stand_in_a_text() {
    run("scan", 150);
}

#[test]
fn what_is_read_in_pieces_whole_and_again() {
    run("load", 200);
}

#[test]
fn edits_put_into_a_text() {
    run("splice", 100);
}

#[test]
fn edits_and_what_takes_them_back() {
    run("edits", 60);
}

#[test]
fn dates_and_phrases() {
    run("date", 2_000);
}

#[test]
fn sources_of_other_programs() {
    run("interchange", 200);
}

/// The fields that none of these records gives.
fn missing<'r, F: Field>(records: impl Iterator<Item = &'r F::Record> + Clone) -> Vec<&'static str> {
    let is_given = |field: &F| records.clone().any(|record| field.get(record) != Value::None);
    F::ALL.iter().filter(|field| !is_given(field)).map(|field| field.name()).collect()
}

#[test]
fn every_field_is_among_those_that_edits_change() {
    let donor = edits::donor();
    let (events, sources) = (donor.events(), donor.sources());
    let citations = events.iter().flat_map(|event| &event.citations);
    let captures = sources.iter().flat_map(|source| &source.captures);
    let all = [
        missing::<HeaderField>(std::iter::once(donor.header())),
        missing::<CheckField>(donor.header().checks.iter()),
        missing::<LaneField>(donor.lanes().iter()),
        missing::<SourceField>(sources.iter()),
        missing::<CaptureField>(captures.clone()),
        missing::<HashField>(captures.map(|capture| &capture.hash)),
        missing::<EventField>(events.iter()),
        missing::<CitationField>(citations),
        missing::<LinkField>(events.iter().flat_map(|event| &event.links)),
        missing::<ImageField>(events.iter().flat_map(|event| &event.rare.images)),
        missing::<JudgmentField>(events.iter().filter_map(|event| event.judgment.as_deref())),
        missing::<EraField>(donor.eras().iter()),
        missing::<ViewField>(donor.views().iter()),
    ];
    assert_eq!(all.concat(), [""; 0], "tests/data/fuzz/donor.ron");
}

#[test]
fn every_subject_has_a_target_guided_by_coverage() {
    for subject in &SUBJECTS {
        let path = format!("{}/fuzz/fuzz_targets/{}.rs", env!("CARGO_MANIFEST_DIR"), subject.name);
        let target = std::fs::read_to_string(&path).expect(&path);
        assert!(target.contains(&format!("check_of(\"{}\")", subject.name)), "{path}");
    }
}
