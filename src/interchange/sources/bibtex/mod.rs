//! BibTeX and BibLaTeX, read alike and written as BibLaTeX.
//!
//! The `biblatex` crate reads TeX in texts and the parts of names. Entries and fields are told apart here, because the crate
//! gives up at the first fault, even where it is handed one entry: a stray word would cost the entry and not itself, and
//! the fault would have neither our words nor the line of the field. It also refuses entries in parentheses and entries
//! without a key, and ends a quoted value at a quotation mark that stands in braces (`"the {"}old{"} town"`).
//!
//! | module | owns |
//! |---|---|
//! | `scan` | entries, fields and strings of a file |
//! | `tex` | TeX to text and back |
//! | `formula` | quotation marks, spaces and formulas as signs |
//! | `record` | an entry read as a source |
//! | `write` | a source as an entry |

mod accent;
mod formula;
mod record;
mod scan;
mod tex;
mod write;

#[cfg(test)]
mod tests;

pub(super) use write::write;

use std::collections::HashMap;

use scan::Block;

use crate::diagnostic::{LineIndex, Severity};
use crate::interchange::Problem;
use crate::model::Source;

/// Every source in a file, with its line.
pub(super) fn read(text: &str, problems: &mut Vec<Problem>) -> Vec<(Source, usize)> {
    let index = LineIndex::new(text);
    let scanned = scan::scan(text);
    for fault in &scanned.faults {
        let problem = Problem::new(fault.severity, fault.code, index.place(fault.at).line, fault.message.clone());
        problems.push(problem.of(&fault.entry));
    }
    if scanned.blocks.is_empty() && scanned.faults.is_empty() && !text.trim().is_empty() {
        let message = "there is no entry in the file: expected \"@\", a type and braces";
        problems.push(Problem::new(Severity::Error, "not-bibtex", 1, message));
    }
    let by_key: HashMap<String, &Block> =
        scanned.blocks.iter().rev().map(|block| (block.key.to_lowercase(), block)).collect();
    let mut sources = Vec::new();
    // Data that only lend their fields to others are no sources.
    for block in scanned.blocks.iter().filter(|block| block.kind != "xdata" && block.kind != "set") {
        let line = index.place(block.at).line;
        let (whole, missing) = inherited(block, &by_key);
        for key in missing {
            let message = format!("it takes fields from \"{key}\", which is not in the file; they are missing");
            problems.push(Problem::new(Severity::Warning, "unknown-crossref", line, message).of(&block.key));
        }
        let source = record::read(&whole, line).finish(&block.key, write::read_back, problems);
        sources.extend(source.map(|source| (source, line)));
    }
    sources
}

/// The entry with the fields that it takes from others (`crossref`, `xdata`), each of them once; and the keys of those that
/// are not there.
fn inherited(block: &Block, by_key: &HashMap<String, &Block>) -> (Block, Vec<String>) {
    let mut whole = block.clone();
    let mut missing = Vec::new();
    let mut seen = vec![block.key.to_lowercase()];
    let mut waiting = parents(block);
    while let Some((relation, name)) = waiting.pop() {
        let key = name.to_lowercase();
        if seen.contains(&key) {
            continue;
        }
        seen.push(key.clone());
        let Some(parent) = by_key.get(&key) else {
            missing.push(name);
            continue;
        };
        waiting.extend(parents(parent));
        for field in &parent.fields {
            let mut field = field.clone();
            match (relation, field.name.as_str()) {
                ("crossref", "title") => field.name = "booktitle".to_owned(),
                ("crossref", "subtitle") => field.name = "booksubtitle".to_owned(),
                // Another source's own; data that are no source have none of their own.
                ("crossref", "annotation" | "note") => continue,
                (_, "crossref" | "xdata" | "xref" | "ids") => continue,
                _ => {}
            }
            if whole.field(&field.name).is_none() {
                whole.fields.push(field);
            }
        }
    }
    for key in &missing {
        whole.fields.push(scan::Field { name: "fields from".to_owned(), value: key.clone() });
    }
    (whole, missing)
}

fn parents(block: &Block) -> Vec<(&'static str, String)> {
    let mut parents = Vec::new();
    for relation in ["crossref", "xdata"] {
        let keys = block.field(relation).map(|field| field.value.as_str()).unwrap_or_default();
        parents.extend(keys.split(',').map(|key| (relation, key.trim().to_owned())).filter(|(_, key)| !key.is_empty()));
    }
    parents.reverse();
    parents
}
