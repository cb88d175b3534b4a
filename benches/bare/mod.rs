//! The records of a file as anyone would write them down for `serde`: strings, lists, options. The measure of reading must
//! not become quicker with the records that it measures.
#![expect(dead_code, reason = "only read")]

use annalist::model::{Confidence, Credibility, Likelihood, Relation, Reliability, SourceKind, Stance, Standing};
use serde::Deserialize;

/// A whole file that says what [`crate::data`] says.
#[derive(Deserialize)]
pub struct Timeline {
    format: u32,
    title: String,
    description: Option<String>,
    #[serde(default)]
    lanes: Vec<Lane>,
    #[serde(default)]
    sources: Vec<Source>,
    #[serde(default)]
    events: Vec<Event>,
    #[serde(default)]
    eras: Vec<Era>,
}

#[derive(Deserialize)]
struct Lane {
    id: String,
    title: String,
    color: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Source {
    id: String,
    title: String,
    author: Option<String>,
    publisher: Option<String>,
    kind: SourceKind,
    number: Option<String>,
    language: Option<String>,
    url: Option<String>,
    archive_url: Option<String>,
    published: Option<String>,
    information: Option<String>,
    accessed: Option<String>,
    reliability: Option<Reliability>,
    origin: Option<String>,
    descriptor: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Event {
    #[serde(default)]
    id: String,
    title: String,
    date: String,
    wording: Option<String>,
    lane: Option<String>,
    #[serde(default)]
    actors: Vec<String>,
    place: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    standing: Option<Standing>,
    weight: Option<u8>,
    judgment: Option<Judgment>,
    note: Option<String>,
    #[serde(default)]
    citations: Vec<Citation>,
    #[serde(default)]
    links: Vec<Link>,
    recorded: Option<String>,
}

#[derive(Deserialize)]
struct Citation {
    source: String,
    stance: Option<Stance>,
    credibility: Option<Credibility>,
    reliability: Option<Reliability>,
    locator: Option<String>,
    quote: Option<String>,
    translation: Option<String>,
    date: Option<String>,
    wording: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Judgment {
    likelihood: Option<Likelihood>,
    confidence: Option<Confidence>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Link {
    to: String,
    relation: Relation,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Era {
    id: String,
    title: String,
    date: String,
    color: Option<String>,
    note: Option<String>,
}
