//! Holds a scanned record against its shape and names every problem at its place.
//!
//! Owns the problems of text and type: names, missing fields, wrong values, bad dates. Only records that `ron` refused
//! come here, so a good file pays nothing. What a value means beside others is `model::check`'s.

use std::borrow::Cow;
use std::collections::HashSet;

use super::found::Found;
use super::scan;
use super::schema::{FieldShape, Leaf, Shape};
use super::tree::{Kind, Node};
use crate::diagnostic::{Diagnostic, Severity, Span, Subject, closest};
use crate::model::{Choice, Coordinates};
use crate::time::Date;

/// Finds every problem of one value against one shape.
pub(super) fn judge(text: &str, node: &Node, shape: &'static Shape, subject: &Subject, found: &mut Found) {
    Judge { text, subject, path: Vec::new(), found }.record(node, shape);
}

/// Finds the problems of one field of the timeline itself that is not a list of records.
pub(super) fn judge_field(text: &str, node: &Node, field: &'static FieldShape, found: &mut Found) {
    Judge { text, subject: &Subject::Timeline, path: Vec::new(), found }.field(node, field);
}

/// Finds the problems of the names of a record's fields alone: unknown, given twice, missing; and of the record's own name.
pub(super) fn judge_names(text: &str, node: &Node, shape: &'static Shape, subject: &Subject, found: &mut Found) {
    Judge { text, subject, path: Vec::new(), found }.names(node, shape);
}

/// What a string literal says; nothing where the node is none or its escapes are wrong.
pub(super) fn string_value(text: &str, node: &Node) -> Option<String> {
    let node = node.unwrapped(text);
    if node.kind != Kind::Text {
        return None;
    }
    ron::from_str(node.span.slice(text)).ok()
}

struct Judge<'a> {
    text: &'a str,
    subject: &'a Subject,
    path: Vec<String>,
    found: &'a mut Found,
}

impl Judge<'_> {
    fn report(&mut self, code: &'static str, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.report_with(code, || (span, message.into(), hint.into()));
    }

    /// [`Judge::report`] of what takes long to say, which is said only where it is listed.
    fn report_with(&mut self, code: &'static str, say: impl FnOnce() -> (Span, String, String)) {
        let Self { subject, path, found, .. } = self;
        found.add(code, || {
            let (span, message, hint) = say();
            Diagnostic::new(Severity::Error, code, subject.clone(), message)
                .in_field(path.iter().cloned())
                .at(span)
                .with_hint(hint)
        });
    }

    fn record(&mut self, node: &Node, shape: &'static Shape) {
        if !self.names(node, shape) {
            return;
        }
        let mut seen: Vec<&str> = Vec::new();
        for field in node.fields() {
            let name = field_name(self.text, field.name);
            if let Some(known) = shape.field(name)
                && !seen.contains(&name)
            {
                seen.push(name);
                self.field(&field.value, known);
            }
        }
    }

    /// Checks the names; false where this is not a record at all.
    fn names(&mut self, node: &Node, shape: &'static Shape) -> bool {
        let Shape { name: wanted, noun, .. } = *shape;
        let (name, fields) = match &node.kind {
            Kind::Struct { name, fields, .. } => (*name, fields.as_slice()),
            // `Event()` has no field that would tell it from a tuple.
            Kind::Tuple { name, items, .. } if items.is_empty() => (*name, [].as_slice()),
            _ => {
                let found = describe(node);
                let hint = format!("write `{wanted}(name: value, …)`");
                self.report("wrong-type", node.span, format!("{noun} is expected here, not {found}"), hint);
                return false;
            }
        };
        if let Some(span) = name
            && span.slice(self.text) != wanted
        {
            let found = span.slice(self.text);
            let message = format!("{noun} is expected here, not `{}`", brief(found));
            self.report("wrong-name", span, message, format!("write `{wanted}(…)`"));
        }
        let mut seen: Vec<&str> = Vec::new();
        // A required field under a misspelt name is one problem, not two.
        let mut meant: Vec<&str> = Vec::new();
        for field in fields {
            let name = field_name(self.text, field.name);
            if shape.field(name).is_none() {
                self.report_with("unknown-field", || {
                    let known = shape.fields.iter().map(|f| f.name);
                    let hint = match closest(name, known) {
                        Some(near) => {
                            meant.push(near);
                            format!("did you mean `{near}`?")
                        }
                        None => format!("{noun} has {}", list(shape.fields.iter().map(|f| f.name))),
                    };
                    (field.name, format!("{noun} has no field `{}`", brief(name)), hint)
                });
                continue;
            }
            if seen.contains(&name) {
                let message = format!("`{name}` is given twice");
                self.report("duplicate-field", field.name, message, "keep one of the two");
            }
            seen.push(name);
        }
        for field in shape.fields.iter().filter(|f| f.required && !seen.contains(&f.name) && !meant.contains(&f.name)) {
            let label = label(self.text, node, shape);
            let message = format!("{label} has no `{}`", field.name);
            self.report(
                "missing-field",
                node.head(),
                message,
                format!("add `{}: {}`", field.name, example(field.leaf)),
            );
        }
        true
    }

    fn field(&mut self, node: &Node, field: &'static FieldShape) {
        self.path.push(field.name.to_owned());
        if !(field.optional && is_word(self.text, node, "None")) {
            let node = if field.optional { node.unwrapped(self.text) } else { node };
            self.leaf(node, field.leaf, field.name);
        }
        self.path.pop();
    }

    fn leaf(&mut self, node: &Node, leaf: Leaf, name: &str) {
        match leaf {
            Leaf::Text => {
                self.string(node, name, "a text in quotation marks");
            }
            Leaf::Date => {
                if let Some(value) = self.string(node, name, "a date in quotation marks") {
                    self.date(node, &value);
                }
            }
            Leaf::Number { least, most, code, hint } => self.number(node, name, (least, most), code, hint),
            Leaf::Variant(known) => self.variant(node, name, known),
            Leaf::VariantOrOwn(known) => self.variant_or_own(node, name, known),
            Leaf::Texts | Leaf::Records(_) => match &node.kind {
                Kind::List { items } => {
                    for (at, item) in items.iter().enumerate() {
                        self.path.push(at.to_string());
                        self.leaf(&item.value, leaf.item(), name);
                        self.path.pop();
                    }
                }
                _ => self.wrong_type(node, name, "a list", "write `[…]` around what it holds"),
            },
            Leaf::Coordinates => self.coordinates(node, name),
            Leaf::Map => self.map(node, name),
            Leaf::Record(shape) => self.record(node, shape),
        }
    }

    fn wrong_type(&mut self, node: &Node, name: &str, wanted: &str, hint: &str) {
        let found = describe(node);
        self.report("wrong-type", node.span, format!("`{name}` takes {wanted}, not {found}"), hint);
    }

    fn string(&mut self, node: &Node, name: &str, wanted: &str) -> Option<String> {
        if node.kind != Kind::Text {
            let hint = match node.kind {
                Kind::Word | Kind::Number => format!("write \"{}\"", brief(node.span.slice(self.text))),
                _ => format!("write `{name}: \"…\"`"),
            };
            self.wrong_type(node, name, wanted, &hint);
            return None;
        }
        match ron::from_str(node.span.slice(self.text)) {
            Ok(value) => Some(value),
            // The scan has told that the text is not closed.
            Err(error) if error.code == ron::Error::ExpectedStringEnd => None,
            Err(error) => {
                let span = bad_escape(self.text, node.span);
                let hint = "write `\\\\` for a backslash, or r\"…\" for a text without escapes";
                self.report("syntax", span, format!("an escape in this text is wrong: {}", error.code), hint);
                None
            }
        }
    }

    fn date(&mut self, node: &Node, value: &str) {
        let Err(error) = Date::parse(value) else { return };
        let text = self.text;
        self.report_with("bad-date", || {
            // What is wrong with a date takes far longer to tell than that something is.
            let error = error.explained(value);
            let hint = error.hint.unwrap_or_else(|| {
                "write EDTF: \"2024-10-24\", \"2024-06\", \"2024-10-21/2024-10-31\", \"[2024-10-21..2024-10-31]\""
                    .to_owned()
            });
            let message = if value.is_empty() {
                "the date is empty".to_owned()
            } else {
                format!("\"{}\" is not a date: {}", brief(value), error.message)
            };
            (inside(text, node.span, value, error.offset), message, hint)
        });
    }

    fn number(&mut self, node: &Node, name: &str, (least, most): (u32, u32), code: &'static str, hint: &str) {
        let source = node.span.slice(self.text);
        if node.kind != Kind::Number {
            self.wrong_type(node, name, "a whole number", hint);
            return;
        }
        match ron::from_str::<i64>(source) {
            Ok(value) if i64::from(least) <= value && value <= i64::from(most) => {}
            Ok(value) => {
                let message = format!("{name} is {value}, outside {least} to {most}");
                self.report(code, node.span, message, hint);
            }
            Err(_) => self.wrong_type(node, name, "a whole number", hint),
        }
    }

    fn coordinates(&mut self, node: &Node, name: &str) {
        const HINT: &str = "write degrees north and degrees east: `(39.03, 125.75)`; south and west are negative";
        let numbers = match node.items() {
            [north, east] if matches!(node.kind, Kind::Tuple { .. }) => [&north.value, &east.value],
            _ => return self.wrong_type(node, name, "latitude and longitude in parentheses", HINT),
        };
        let [north, east] = numbers.map(|number| ron::from_str::<f64>(number.span.slice(self.text)).ok());
        match (north, east) {
            (Some(north), Some(east)) if Coordinates::new(north, east).is_some() => {}
            (Some(north), Some(east)) => {
                let message = format!("there is no place at {north}, {east}");
                self.report("coordinates-out-of-range", node.span, message, Coordinates::remedy(north, east));
            }
            _ => self.wrong_type(node, name, "two numbers", HINT),
        }
    }

    fn map(&mut self, node: &Node, name: &str) {
        let Kind::Map { entries } = &node.kind else {
            self.wrong_type(node, name, "names and texts in braces", "write `{\"name\": \"text\"}`");
            return;
        };
        let mut seen = HashSet::new();
        for entry in entries {
            let Some(key) = self.string(&entry.key, name, "a name in quotation marks") else { continue };
            if key.trim().is_empty() {
                self.report("wrong-type", entry.key.span, "a field has no name", "give it one: `{\"name\": \"text\"}`");
            }
            self.path.push(key.clone());
            self.string(&entry.value, &key, "a text in quotation marks");
            self.path.pop();
            if !seen.insert(key.clone()) {
                let message = format!("`{}` is given twice", brief(&key));
                self.report(
                    "duplicate-field",
                    entry.key.span,
                    message,
                    "keep one of the two, or give one another name",
                );
            }
        }
    }

    fn variant_or_own(&mut self, node: &Node, name: &str, known: &'static [Choice]) {
        if let Kind::Tuple { name: Some(word), items, .. } = &node.kind
            && word.slice(self.text) == "Own"
            && let [item] = items.as_slice()
        {
            self.string(&item.value, name, "the name of a field in quotation marks");
            return;
        }
        self.variant(node, name, known);
    }

    fn variant(&mut self, node: &Node, name: &str, known: &'static [Choice]) {
        let names = || known.iter().map(|choice| choice.name);
        let allowed = || format!("it can be {}", list(names()));
        let said = match &node.kind {
            Kind::Word => node.span.slice(self.text).to_owned(),
            Kind::Text => {
                let value = string_value(self.text, node).unwrap_or_default();
                let hint = match names().find(|name| name.eq_ignore_ascii_case(&value)) {
                    Some(word) => format!("write {word} without quotation marks"),
                    None => allowed(),
                };
                self.wrong_type(node, name, "a word without quotation marks", &hint);
                return;
            }
            _ => {
                self.wrong_type(node, name, "one word", &allowed());
                return;
            }
        };
        if names().any(|name| name == said) {
            return;
        }
        self.report_with("unknown-value", || {
            let hint = match closest(&said, names()) {
                Some(near) => format!("did you mean {near}? {}", allowed()),
                None => allowed(),
            };
            (node.span, format!("`{}` is not a {name}", brief(&said)), hint)
        });
    }
}

/// Characters of a text that a message repeats.
const MOST_REPEATED: usize = 200;

/// A text as messages repeat it: the beginning of a long one.
fn brief(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MOST_REPEATED) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()).into(),
        None => text.into(),
    }
}

/// A field's name without the mark of a raw identifier.
pub(super) fn field_name(text: &str, span: Span) -> &str {
    let name = span.slice(text);
    name.strip_prefix("r#").unwrap_or(name)
}

fn is_word(text: &str, node: &Node, word: &str) -> bool {
    node.kind == Kind::Word && node.span.slice(text) == word
}

fn describe(node: &Node) -> &'static str {
    match &node.kind {
        Kind::Struct { .. } => "a record",
        Kind::Tuple { .. } => "a tuple",
        Kind::List { .. } => "a list",
        Kind::Map { .. } => "a map",
        Kind::Text => "a text",
        Kind::Bytes => "a byte string",
        Kind::Char => "a character",
        Kind::Number => "a number",
        Kind::Word => "a word without quotation marks",
    }
}

fn example(leaf: Leaf) -> String {
    match leaf {
        Leaf::Text => "\"…\"".to_owned(),
        Leaf::Date => "\"2024-10-24\"".to_owned(),
        Leaf::Number { least, .. } => least.max(1).to_string(),
        Leaf::Variant(known) | Leaf::VariantOrOwn(known) => {
            known.first().map(|choice| choice.name).unwrap_or_default().to_owned()
        }
        Leaf::Texts | Leaf::Records(_) => "[…]".to_owned(),
        Leaf::Coordinates => "(39.03, 125.75)".to_owned(),
        Leaf::Map => "{\"…\": \"…\"}".to_owned(),
        Leaf::Record(shape) => format!("{}(…)", shape.name),
    }
}

/// The record as a reader knows it: by its id or title, where it has one.
fn label(text: &str, node: &Node, shape: &Shape) -> String {
    let known = ["id", "title"].iter().find_map(|name| {
        shape.field(name)?;
        string_value(text, &node.field(text, name)?.value).filter(|value| !value.is_empty())
    });
    let noun = shape.noun.split_once(' ').map_or(shape.noun, |(_, noun)| noun);
    match known {
        Some(known) => format!("the {noun} \"{}\"", brief(&known)),
        None => format!("this {noun}"),
    }
}

fn list<'w>(words: impl Iterator<Item = &'w str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

/// The place of byte `offset` of a string's value inside its literal; the whole literal where escapes make it unclear.
fn inside(text: &str, literal: Span, value: &str, offset: usize) -> Span {
    let source = literal.slice(text);
    let Some(lead) = source.find('"').map(|quote| quote + 1) else { return literal };
    if value.is_empty() || !source.get(lead..).is_some_and(|rest| rest.starts_with(value)) {
        return literal;
    }
    let start = literal.start + lead + offset.min(value.len());
    let length = text.get(start..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    Span::new(start, (start + length).min(literal.end))
}

/// The first escape of a plain string literal that does not read on its own; the whole literal where none is found.
fn bad_escape(text: &str, literal: Span) -> Span {
    let source = literal.slice(text);
    let mut at = 0;
    while let Some(found) = source.get(at..).and_then(|rest| rest.find('\\')) {
        let start = at + found;
        let rest = source.get(start..).unwrap_or_default();
        let length = match rest.as_bytes().get(1) {
            Some(b'x') => 4,
            Some(b'u') => rest.find('}').map_or(rest.len(), |brace| brace + 1),
            _ => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
        };
        let escape = rest.get(..length).unwrap_or(rest);
        let is_continuation = escape.ends_with(['\n', '\r']);
        if !is_continuation && ron::from_str::<String>(&format!("\"{escape}\"")).is_err() {
            return Span::new(literal.start + start, literal.start + start + escape.trim_end_matches('"').len());
        }
        at = start + length;
    }
    literal
}

/// Reads a record's value tree again with everything in it.
pub(super) fn whole(text: &str, node: &Node) -> Node {
    scan::scan_value(text, node.span).unwrap_or_else(|| node.clone())
}
