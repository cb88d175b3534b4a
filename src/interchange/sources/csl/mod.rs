//! CSL-JSON, as Zotero, pandoc and every citeproc have it (CSL 1.0.2, `csl-data.json`).
//!
//! | module | owns |
//! |---|---|
//! | `array` | the items of a file with their lines, so that a broken one costs only itself |
//! | `date` | CSL's date variables and ours |
//! | `item` | an item read as an entry |
//! | `write` | a source as an item |

mod array;
mod date;
mod item;
mod write;

#[cfg(test)]
mod tests;

pub(super) use write::write;

use crate::diagnostic::{LineIndex, Severity};
use crate::interchange::Problem;
use crate::model::Source;

/// Every source in a file, with its line.
pub(super) fn read(text: &str, problems: &mut Vec<Problem>) -> Vec<(Source, usize)> {
    let index = LineIndex::new(text);
    let (items, fault) = array::items(text);
    if let Some(fault) = fault {
        problems.push(Problem::new(Severity::Error, "not-csl-json", index.place(fault.at).line, fault.message));
    }
    let mut sources = Vec::new();
    for span in items {
        let line = index.place(span.start).line;
        match serde_json::from_str::<serde_json::Value>(span.slice(text)) {
            Ok(serde_json::Value::Object(fields)) => {
                let key = item::id(&fields);
                let source = item::read(fields, line).finish(&key, write::read_back, problems);
                sources.extend(source.map(|source| (source, line)));
            }
            Ok(_) => {
                let message = "this is not an item: expected an object in braces";
                problems.push(Problem::new(Severity::Error, "not-an-item", line, message));
            }
            Err(error) => {
                let line = line + error.line().saturating_sub(1);
                let message = format!("the item is not JSON and was not taken: {error}");
                problems.push(Problem::new(Severity::Error, "bad-json", line, message));
            }
        }
    }
    sources
}
