//! Named formats of other programs, each read into a [`Chronology`]; which there are stands in [`format`](super::format).
//!
//! Every reader takes the name and the whole text of a file and fails at nothing: a record that cannot be read is told with its line,
//! and the others come. A date never becomes finer than it was given, and what a timeline has no field for stays in the event's own
//! fields under its own name, or is counted in [`Chronology::left_out`].
//!
//! | module | owns |
//! |---|---|
//! | `draft` | a record in the making |
//! | `stamp` | points in time as programs write them |
//! | `colors`, `json`, `lines`, `table` | what several readers stand on |
//! | `aeon`, `chronos`, `gedcom`, `icalendar`, `markwhen`, `preceden`, `thetimelineproj`, `timelinejs` | one format each |
//! | `forensic` | formats of digital forensics |
//! | `front_matter` | one event a file, its fields as YAML or JSON |

mod colors;
mod draft;
mod json;
mod lines;
mod stamp;
mod table;

pub(super) mod aeon;
pub(super) mod chronos;
pub(super) mod forensic;
pub(super) mod front_matter;
pub(super) mod gedcom;
pub(super) mod icalendar;
pub(super) mod markwhen;
pub(super) mod preceden;
pub(super) mod thetimelineproj;
pub(super) mod timelinejs;

use std::collections::BTreeMap;

use super::chronology::Chronology;
use super::input::Input;
use super::pace::{Pace, Progress};
use crate::diagnostic::Severity;
use crate::interchange::{Problem, encoding};

/// What a file says, in whatever encoding, by the reader of its format, which tells how far it has come and ends early where nobody
/// waits. Problems stand in the order of its lines.
pub(super) fn read(
    input: &Input<'_>,
    progress: Progress<'_>,
    reader: fn(&str, &str, Progress<'_>) -> Chronology,
) -> Chronology {
    let mut problems = Vec::new();
    let text = encoding::decoded(input.bytes, &mut problems);
    let mut chronology = reader(input.name, &text, progress);
    drop_shared_keys(&mut chronology);
    problems.append(&mut chronology.problems);
    problems.sort_by_key(|problem| problem.line);
    chronology.problems = problems;
    chronology
}

/// What the files of a folder say, one after the other. Files that are no event are counted.
pub(super) fn read_folder(input: &Input<'_>, progress: Progress<'_>) -> Chronology {
    let mut whole = Chronology { title: Some(input.name.to_owned()), ..Chronology::default() };
    let mut pace = Pace::new(progress, input.parts.iter().map(|(_, bytes)| bytes.len()).sum());
    for (name, bytes) in input.parts.iter().take_while(|(_, bytes)| pace.goes_on_by(bytes.len() + 1)) {
        let text = encoding::decoded(bytes, &mut Vec::new());
        let lower = name.to_lowercase();
        let reader = if front_matter::recognises_markdown(&lower, &text) {
            front_matter::read_markdown as fn(&str, &str, Progress<'_>) -> Chronology
        } else if front_matter::recognises_json(&lower, &text) {
            front_matter::read_json
        } else {
            whole.leave_out("file of the folder that is no event");
            continue;
        };
        let Chronology { mut records, problems, left_out, .. } = read(&Input::new(name, bytes), &|_| true, reader);
        whole.records.append(&mut records);
        let of_file = |problem: Problem| Problem { entry: problem.entry.or_else(|| Some(name.clone())), ..problem };
        whole.problems.extend(problems.into_iter().map(of_file));
        for (kind, count) in left_out {
            *whole.left_out.entry(kind).or_default() += count;
        }
    }
    drop_shared_keys(&mut whole);
    whole
}

/// Whether a folder holds an event at least.
pub(super) fn is_folder(parts: &[(String, Vec<u8>)]) -> bool {
    parts.iter().any(|(name, bytes)| {
        let text = encoding::decoded(bytes, &mut Vec::new());
        let name = name.to_lowercase();
        front_matter::recognises_markdown(&name, &text) || front_matter::recognises_json(&name, &text)
    })
}

/// A key that several records have is none: next week nobody could tell which of them is meant.
fn drop_shared_keys(chronology: &mut Chronology) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for key in chronology.records.iter().filter_map(|record| record.key.as_ref()) {
        *counts.entry(key.clone()).or_default() += 1;
    }
    counts.retain(|_, count| *count > 1);
    for record in &mut chronology.records {
        let shared = record.key.take_if(|key| counts.contains_key(key));
        if let Some(key) = shared
            && counts.get_mut(&key).is_some_and(|count| std::mem::take(count) > 0)
        {
            let message = "several records have this id; it is none of them";
            chronology.problems.push(Problem::new(Severity::Warning, "shared-key", record.line, message).of(&key));
        }
    }
}
