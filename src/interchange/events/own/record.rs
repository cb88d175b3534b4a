//! A record put together from the cells of a row.

use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::cell::items;
use crate::interchange::events::column::{Held, PartField};
use crate::model::{
    Capture, CheckSetting, Citation, Field, FieldError, Hash, HashAlgorithm, Image, Judgment, Kind, Level, Link, Part,
    Relation, Text, Value,
};

/// Reads the cells of one record into it. A cell that its field refuses is told and left out.
pub(super) fn read<'c, F: Field>(
    record: &mut F::Record,
    cells: impl IntoIterator<Item = (Held<F>, &'c str)>,
    line: usize,
    problems: &mut Vec<Problem>,
) {
    // Columns of one field stand side by side or anywhere: what is inside it is put together first.
    let mut inside: Vec<(F, Inside)> = Vec::new();
    for (held, cell) in cells {
        if cell.is_empty() {
            continue;
        }
        match held {
            Held::Field(field) => {
                if let Err(error) = put(record, field, cell) {
                    problems.push(refused(line, &held.name(), cell, &error));
                }
            }
            Held::Part(field, inner) => {
                let at = inside.iter().position(|(known, _)| *known == field).unwrap_or_else(|| {
                    inside.push((field, Inside::default()));
                    inside.len() - 1
                });
                let Some((_, parts)) = inside.get_mut(at) else { continue };
                let values = if held.is_list() { items(cell) } else { vec![Some(cell.to_owned())] };
                for (at, value) in values.into_iter().enumerate() {
                    let Some(value) = value else { continue };
                    if let Err(error) = parts.put(at, inner, &value) {
                        problems.push(refused(line, &held.name(), &value, &error));
                    }
                }
            }
        }
    }
    for (field, parts) in inside {
        for message in parts.put_into(record, field) {
            problems.push(Problem::new(Severity::Warning, "incomplete-cells", line, message));
        }
    }
}

/// The problem of a cell that its field refuses.
fn refused(line: usize, column: &str, cell: &str, error: &FieldError) -> Problem {
    let remedy = error.remedy().map(|remedy| format!(": {remedy}")).unwrap_or_default();
    let message = format!("column {column}, “{cell}” is left out: {error}{remedy}");
    Problem::new(Severity::Warning, "unread-cell", line, message)
}

/// Puts what a cell or an item of one says. Texts are taken to the letter.
fn put<F: Field>(record: &mut F::Record, field: F, cell: &str) -> Result<(), FieldError> {
    match field.kind() {
        Kind::Id | Kind::Text | Kind::Prose | Kind::Address | Kind::Reference(_) | Kind::Color | Kind::Zone => {
            field.set(record, Value::Text(&cell.into()))
        }
        Kind::List => {
            let items: Vec<Text> = items(cell).into_iter().flatten().map(Text::from).collect();
            field.set(record, Value::List(&items))
        }
        _ => field.set_text(record, cell),
    }
}

/// The records inside a record, of whichever type its field has.
#[derive(Default)]
struct Inside {
    captures: Vec<Capture>,
    checks: Vec<CheckSetting>,
    citations: Vec<Citation>,
    images: Vec<Image>,
    judgment: Option<Judgment>,
    links: Vec<Link>,
}

impl Inside {
    /// Puts what the record at this place says in a field.
    fn put(&mut self, at: usize, field: PartField, text: &str) -> Result<(), FieldError> {
        let empty = Text::new;
        match field {
            PartField::Capture(field) => put_nth(&mut self.captures, at, no_capture, |it| put(it, field, text)),
            PartField::Hash(field) => put_nth(&mut self.captures, at, no_capture, |it| put(&mut it.hash, field, text)),
            PartField::Check(field) => {
                let none = || CheckSetting { code: empty(), level: Level::Off, note: None };
                put_nth(&mut self.checks, at, none, |it| put(it, field, text))
            }
            PartField::Citation(field) => {
                put_nth(&mut self.citations, at, || Citation::new(empty()), |it| put(it, field, text))
            }
            PartField::Image(field) => put_nth(&mut self.images, at, || Image::new(empty()), |it| put(it, field, text)),
            PartField::Judgment(field) => {
                let none = Judgment { likelihood: None, confidence: None, note: None };
                put(self.judgment.get_or_insert(none), field, text)
            }
            PartField::Link(field) => {
                let none = || Link { to: empty(), relation: Relation::Related, note: None };
                put_nth(&mut self.links, at, none, |it| put(it, field, text))
            }
        }
    }

    /// Puts all of them into their field; tells which were left out because they name nothing.
    fn put_into<F: Field>(mut self, record: &mut F::Record, field: F) -> Vec<String> {
        let mut problems = Vec::new();
        let mut left_out = |count: usize, what: &str, needs: &str| {
            if count > 0 {
                problems.push(format!("{count} {what} without {needs} left out"));
            }
        };
        left_out(without(&mut self.captures, |it| it.file.is_empty()), "captures", "a file");
        left_out(without(&mut self.checks, |it| it.code.is_empty()), "settings of checks", "a code");
        left_out(without(&mut self.citations, |it| it.source.is_empty()), "citations", "a source");
        left_out(without(&mut self.images, |it| it.file.is_empty()), "images", "a file");
        left_out(without(&mut self.links, |it| it.to.is_empty()), "links", "an event");
        let value = match field.kind() {
            Kind::Records(Part::Capture) => Value::Captures(&self.captures),
            Kind::Records(Part::Check) => Value::Checks(&self.checks),
            Kind::Records(Part::Citation) => Value::Citations(&self.citations),
            Kind::Records(Part::Image) => Value::Images(&self.images),
            Kind::Records(Part::Link) => Value::Links(&self.links),
            Kind::Record(Part::Judgment) => self.judgment.as_ref().map_or(Value::None, Value::Judgment),
            _ => return problems,
        };
        if let Err(error) = field.set(record, value) {
            problems.push(error.to_string());
        }
        problems
    }
}

fn no_capture() -> Capture {
    let hash = Hash { algorithm: HashAlgorithm::Sha256, value: Text::new() };
    Capture { file: Text::new(), hash, captured: None, by: None, alters: None, note: None }
}

/// Takes out what is nothing; how many that were.
fn without<T>(records: &mut Vec<T>, is_nothing: impl Fn(&T) -> bool) -> usize {
    let before = records.len();
    records.retain(|record| !is_nothing(record));
    before - records.len()
}

/// Changes the record at this place; those before it and itself are made where there are none.
fn put_nth<T>(
    records: &mut Vec<T>,
    at: usize,
    none: impl FnMut() -> T,
    put: impl FnOnce(&mut T) -> Result<(), FieldError>,
) -> Result<(), FieldError> {
    if records.len() <= at {
        records.resize_with(at + 1, none);
    }
    records.get_mut(at).map_or(Ok(()), put)
}
