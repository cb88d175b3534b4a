//! JSON: an array of objects, or an object in each line. Every name that occurs is a column.

use std::collections::HashMap;
use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::grid::{Cells, LineCells, Packed, Table, columns, of_rows};
use super::mend::{Twice, mend_cells, mend_rows};
use crate::diagnostic::Severity;
use crate::interchange::events::pace::{Pace, Progress, parse_json};
use crate::interchange::events::question::Question;
use crate::interchange::{Problem, encoding};

/// Objects in each other, at most: what lies deeper stays JSON.
const DEEPEST: usize = 4;

/// A value with the names of its objects in their order.
#[derive(Debug, Clone, PartialEq)]
enum Json {
    Null,
    /// Text, number or truth, as a text.
    Scalar(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// The table in a JSON file: the array that it is, or the longest array of objects in it.
pub fn read(bytes: &[u8], mend: Option<bool>, progress: Progress<'_>) -> (Table<'static>, Vec<Question>) {
    let mut problems = Vec::new();
    let text = encoding::decoded(bytes, &mut problems);
    let objects = match parse_json::<Json>(&text, progress) {
        Ok(json) => longest_array(json),
        Err(error) => {
            let told = |error: serde_json::Error| bad_json(error.line(), format!("this is not JSON: {error}"));
            problems.extend(error.map(told));
            Vec::new()
        }
    };
    table(objects.into_iter().enumerate().map(|(at, json)| (at + 1, json)).collect(), "item", problems, mend)
}

/// The table in a file with an object in each line. Its text is kept, and each pass over the rows reads it anew.
pub fn read_lines<'b>(bytes: &'b [u8], mend: Option<bool>, progress: Progress<'_>) -> (Table<'b>, Vec<Question>) {
    let mut problems = Vec::new();
    let text = encoding::decoded(bytes, &mut problems);
    let mut names = Names::default();
    let mut twice = Twice::default();
    let mut rows = 0;
    let mut pace = Pace::new(progress, text.len());
    let lines = text.lines().enumerate().take_while(|(_, line)| pace.goes_on_by(line.len() + 1));
    for (at, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Json>(line) {
            Ok(json @ Json::Object(_)) => {
                let cells = cells_of(json);
                twice.look(at + 1, cells.iter().map(|(_, text)| text.as_str()));
                rows += usize::from(cells.iter().any(|(_, text)| !text.trim().is_empty()));
                names.learn(&cells);
            }
            Ok(_) => problems.push(bad_json(at + 1, "this line is no object of JSON")),
            Err(error) => problems.push(bad_json(at + 1, format!("this line is not JSON: {error}"))),
        }
    }
    let mut questions = Vec::new();
    let mends = twice.offer(mend, &mut problems, &mut questions);
    let columns = columns(names.names.clone(), names.width, 0);
    let cells: LineCells = Box::new(move |line| {
        let json @ Json::Object(_) = serde_json::from_str::<Json>(line).ok()? else { return None };
        let mut cells = names.row(cells_of(json));
        if mends {
            mend_cells(&mut cells);
        }
        Some(cells)
    });
    let cells = Cells::Lines { text, cells };
    (Table { columns, noun: "line", rows, cells, problems, sheets: Vec::new() }, questions)
}

fn bad_json(line: usize, message: impl Into<String>) -> Problem {
    Problem::new(Severity::Error, "bad-json", line, message)
}

/// The names that objects have, each a column, in the order in which they come first.
#[derive(Debug, Default)]
struct Names {
    names: Vec<String>,
    places: HashMap<String, usize>,
    /// Columns up to the last that has a text in it.
    width: usize,
}

impl Names {
    /// Takes up the names of an object.
    fn learn(&mut self, cells: &[(String, String)]) {
        for (name, text) in cells {
            let at = match self.places.get(name) {
                Some(at) => *at,
                None => {
                    self.places.insert(name.clone(), self.names.len());
                    self.names.push(name.clone());
                    self.names.len() - 1
                }
            };
            if !text.trim().is_empty() {
                self.width = self.width.max(at + 1);
            }
        }
    }

    /// The cells of an object whose names are known, in the order of the columns.
    fn row(&self, cells: Vec<(String, String)>) -> Vec<String> {
        let mut row = vec![String::new(); self.names.len()];
        for (name, text) in cells {
            if let Some(cell) = self.places.get(&name).and_then(|at| row.get_mut(*at)) {
                *cell = text;
            }
        }
        row
    }
}

/// Whether a text begins with an array of objects, or with an object that may hold one.
pub fn is_json(text: &str) -> bool {
    let mut signs = text.chars().filter(|c| !c.is_whitespace());
    match signs.next() {
        Some('[') => signs.next() == Some('{'),
        Some('{') => signs.next() == Some('"'),
        _ => false,
    }
}

/// Whether the first line of a text is an object by itself, and the second begins one or the name of the file says so.
pub fn is_lines(text: &str, is_named: bool) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let is_object = |line: &str| matches!(serde_json::from_str(line), Ok(Json::Object(_)));
    lines.next().is_some_and(is_object)
        && (is_named || lines.next().is_some_and(|line| line.trim_start().starts_with('{')))
}

fn longest_array(json: Json) -> Vec<Json> {
    fn all(json: Json, depth: usize, best: &mut Vec<Json>) {
        match json {
            Json::List(items) => {
                let objects = items.iter().filter(|item| matches!(item, Json::Object(_))).count();
                if objects > 0 && items.len() > best.len() {
                    *best = items;
                }
            }
            Json::Object(fields) if depth < DEEPEST => {
                fields.into_iter().for_each(|(_, value)| all(value, depth + 1, best));
            }
            _ => {}
        }
    }
    // One object alone is one row.
    let alone = matches!(&json, Json::Object(fields) if !fields.iter().any(|(_, value)| holds_objects(value, 0)));
    if alone {
        return vec![json];
    }
    let mut best = Vec::new();
    all(json, 0, &mut best);
    best
}

fn holds_objects(json: &Json, depth: usize) -> bool {
    match json {
        Json::List(items) => items.iter().any(|item| matches!(item, Json::Object(_))),
        Json::Object(fields) => depth < DEEPEST && fields.iter().any(|(_, value)| holds_objects(value, depth + 1)),
        _ => false,
    }
}

fn table(
    objects: Vec<(usize, Json)>,
    noun: &'static str,
    problems: Vec<Problem>,
    mend: Option<bool>,
) -> (Table<'static>, Vec<Question>) {
    let mut names = Names::default();
    let mut rows = Packed::default();
    for (number, json) in objects {
        let cells = cells_of(json);
        names.learn(&cells);
        rows.push(number, names.row(cells));
    }
    let mut table = Table { problems, ..of_rows(names.names, rows, 0, noun) };
    let mut questions = Vec::new();
    mend_rows(&mut table, mend, &mut questions);
    (table, questions)
}

/// An object as cells with their names.
fn cells_of(json: Json) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    flatten(String::new(), json, 0, &mut cells);
    cells
}

/// A value as cells: objects in it by their names, objects of a list by their numbers, lists of texts as one.
fn flatten(name: String, json: Json, depth: usize, cells: &mut Vec<(String, String)>) {
    let under = |part: &str| if name.is_empty() { part.to_owned() } else { format!("{name} {part}") };
    match json {
        Json::Null => {}
        Json::Scalar(text) => cells.push((name, text)),
        Json::Object(fields) if depth < DEEPEST => {
            for (part, value) in fields {
                flatten(under(&part), value, depth + 1, cells);
            }
        }
        Json::List(items) if depth < DEEPEST && items.iter().any(|item| matches!(item, Json::Object(_))) => {
            for (at, item) in items.into_iter().enumerate() {
                flatten(under(&(at + 1).to_string()), item, depth + 1, cells);
            }
        }
        Json::List(items) => {
            let texts: Vec<String> = items
                .into_iter()
                .filter_map(|item| match item {
                    Json::Scalar(text) => Some(text),
                    Json::Null => None,
                    other => Some(other.to_string()),
                })
                .collect();
            // Signs that lists in cells are cut at.
            let separator = if texts.iter().any(|text| text.contains(';')) { " || " } else { "; " };
            cells.push((name, texts.join(separator)));
        }
        deep @ Json::Object(_) => cells.push((name, deep.to_string())),
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Scalar(text) => write!(f, "{text:?}"),
            Self::List(items) => {
                f.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    write!(f, "{}{item}", if at > 0 { ", " } else { "" })?;
                }
                f.write_str("]")
            }
            Self::Object(fields) => {
                f.write_str("{")?;
                for (at, (name, value)) in fields.iter().enumerate() {
                    write!(f, "{}{name:?}: {value}", if at > 0 { ", " } else { "" })?;
                }
                f.write_str("}")
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Json, E> {
        Ok(Json::Scalar(truth.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Scalar(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Scalar(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Scalar(number.to_string()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Scalar(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Json, A::Error> {
        let mut fields = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            fields.push(entry);
        }
        Ok(Json::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(table: &Table<'_>) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        table.each(|row, _| {
            rows.push((0..table.columns.len()).map(|at| row.get(at).to_owned()).collect());
            true
        });
        rows
    }

    #[test]
    fn objects_are_rows_and_their_names_are_columns() {
        let text = r#"{"about": "x", "events": [
            {"title": "A", "tags": ["x", "y"], "place": {"city": "C"}, "year": 1950},
            {"title": "B", "sources": [{"url": "https://a.example", "title": "S"}], "done": true, "note": null}]}"#;
        let (table, _) = read(text.as_bytes(), None, &|_| true);
        assert_eq!(table.columns, ["title", "tags", "place city", "year", "sources 1 url", "sources 1 title", "done"]);
        assert_eq!(
            cells(&table),
            [
                ["A", "x; y", "C", "1950", "", "", ""].map(str::to_owned),
                ["B", "", "", "", "https://a.example", "S", "true"].map(str::to_owned),
            ]
        );
    }

    #[test]
    fn a_bad_line_costs_only_itself() {
        let (table, _) = read_lines(b"{\"a\": 1}\nnonsense\n[1]\n\n{\"a\": 2}\n", None, &|_| true);
        assert_eq!(cells(&table), [["1"], ["2"]]);
        assert_eq!(table.problems.iter().map(|problem| problem.line).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(read(b"[{", None, &|_| true).0.problems.len(), 1);
    }

    #[test]
    fn a_file_for_which_nobody_waits_any_more_is_left_in_its_middle() {
        let object = "{\"title\": \"A title\", \"date\": \"2024-06-01\"}";
        let many = vec![object; 20_000];
        let (document, lines) = (format!("[{}]", many.join(",")), many.join("\n"));
        for (wanted, rows) in [(2.0, 20_000), (0.5, 0)] {
            let (table, _) = read(document.as_bytes(), None, &|share| share < wanted);
            assert_eq!((table.rows, table.problems.len()), (rows, 0));
        }
        let (table, _) = read_lines(lines.as_bytes(), None, &|share| share < 0.5);
        assert!((1..20_000).contains(&table.rows), "{}", table.rows);
    }
}
