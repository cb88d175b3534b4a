//! JSON with the lines of its records, which values alone do not know.

use serde_json::{Map, Value};

use super::lines::Lines;
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::chronology::Chronology;
use crate::interchange::events::pace::{Pace, Progress, parse_json};

/// A JSON text as a value. A fault in it with its line; nothing where nobody waits for it any more.
pub(super) fn parse(text: &str, progress: Progress<'_>) -> Result<Value, Option<Problem>> {
    parse_json(text, progress).map_err(|error| {
        let error = error?;
        let message = format!("the file is no JSON: {}", without_place(&error));
        Some(Problem::new(Severity::Error, "not-json", error.line().max(1), message))
    })
}

/// What is wrong, without the line, which the problem has.
fn without_place(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.split_once(" at line ").map_or_else(|| words.clone(), |(words, _)| words.to_owned())
}

/// A value as a text: of a list its elements, with commas between them; of an object JSON.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(values) => values.iter().map(text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", "),
        Value::Object(fields) if fields.is_empty() => String::new(),
        Value::Object(_) => value.to_string(),
    }
}

/// Calls back for each object of a text that has one a line, with its line. A line that is none is told. Tells how far it has come, and
/// ends where nobody waits any more.
pub(super) fn each_object(
    text: &str,
    progress: Progress<'_>,
    chronology: &mut Chronology,
    mut take: impl FnMut(usize, &Map<String, Value>, &mut Chronology),
) {
    let mut pace = Pace::new(progress, text.len());
    for (at, line) in text.lines().enumerate().take_while(|(_, line)| pace.goes_on_by(line.len() + 1)) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        match serde_json::from_str(line) {
            Ok(Value::Object(object)) => take(at + 1, &object, chronology),
            Ok(_) => {
                let message = "the line is no JSON object";
                chronology.problems.push(Problem::new(Severity::Error, "not-a-record", at + 1, message));
            }
            Err(error) => {
                let message = format!("the line is no JSON: {}", without_place(&error));
                chronology.problems.push(Problem::new(Severity::Error, "not-json", at + 1, message));
            }
        }
    }
}

/// The object in the first line of a text, where there is one.
pub(super) fn first_object(head: &str) -> Option<Map<String, Value>> {
    let line = head.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty())?;
    match serde_json::from_str(line) {
        Ok(Value::Object(object)) => Some(object),
        _ => None,
    }
}

/// The lines, from 1, in which the elements of the first list of this name begin, at whatever depth it stands.
///
/// The text is JSON: it has been parsed. Texts are passed over whole, so that brackets in them do not count.
pub(super) fn element_lines(json: &str, name: &str) -> Vec<usize> {
    let lines = Lines::of(json);
    let mut found = Vec::new();
    let bytes = json.as_bytes();
    let (mut at, mut depth) = (0_usize, 0_usize);
    // The last text at a place for a name, and the depth inside of the list once it was found.
    let mut last_text = "";
    let mut inside: Option<usize> = None;
    let mut expects = false;
    while let Some(byte) = bytes.get(at) {
        let is_blank = byte.is_ascii_whitespace();
        if inside == Some(depth) && expects && !is_blank && *byte != b']' {
            found.push(lines.at(at));
            expects = false;
        }
        match byte {
            b'"' => {
                let start = at + 1;
                at = start;
                while bytes.get(at).is_some_and(|byte| *byte != b'"') {
                    at += if bytes.get(at) == Some(&b'\\') { 2 } else { 1 };
                }
                last_text = json.get(start..at).unwrap_or_default();
            }
            b'[' | b'{' => {
                depth += 1;
                if *byte == b'[' && inside.is_none() && last_text == name {
                    inside = Some(depth);
                    expects = true;
                }
                last_text = "";
            }
            b']' | b'}' => {
                if inside == Some(depth) {
                    return found;
                }
                depth = depth.saturating_sub(1);
            }
            b',' => expects |= inside == Some(depth),
            _ => {}
        }
        at += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_by_their_lines() {
        let json = "{\"a\": [1],\n\"events\": [\n{\"x\": [\"]\", \"\\\"[\"]},\n\n{\"y\": 1}, {}\n], \"b\": [2]}";
        assert_eq!(element_lines(json, "events"), [3, 5, 5]);
        assert_eq!(element_lines(json, "none"), [0_usize; 0]);
        assert_eq!(element_lines("{\"events\": []}", "events"), [0_usize; 0]);
    }
}
