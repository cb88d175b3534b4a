//! The text of a timeline file as read: the timeline in it, and where every record stands.
//!
//! Owns reading and placing. Changing the text is `splice`'s; files are `file`'s. Records are read by `ron` one by one, so
//! that one bad record costs only itself.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::OnceLock;

use ron::extensions::Extensions;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::judge::{judge, judge_field, judge_names, string_value, whole};
use super::references::{Refused, refers_to_refused, unknown_references};
use super::scan::{Fault, scan, scan_value};
use super::schema::{LISTS, TIMELINE, list_name, shape};
use super::splice::{SpliceError, splice};
use super::tree::{Field, Item, Kind, Node};
use crate::diagnostic::{Diagnostic, LineIndex, Place, Severity, Span, Subject};
use crate::model::{self, Header, Key, RecordKind, Timeline, derive_id};
use crate::time::Date;

/// Brackets down to the records: `Timeline(`, then `[`.
const RECORD_DEPTH: usize = 2;

/// The text of a timeline file as last read, with the place of every record and the timeline it held.
#[derive(Debug, Clone)]
pub struct FileText {
    pub(super) text: String,
    pub(super) root: Option<Node>,
    pub(super) timeline: Timeline,
    /// For each list in the order of [`LISTS`], the place in the text's list of each record of the timeline.
    items: [Vec<usize>; 5],
    /// Whether each event's id was derived, because the text gives none.
    pub(super) derived: Vec<bool>,
    is_writable: bool,
    /// Whether the file this text came from was copied away before this session first wrote it.
    pub(super) is_backed_up: bool,
    line_starts: OnceLock<Vec<usize>>,
}

/// What reading a text gives.
#[derive(Debug, Clone)]
pub struct Read {
    /// The text with its places, for saving.
    pub text: FileText,
    /// What it says; of a text with problems, the records that could be read.
    pub timeline: Timeline,
    /// Every problem, of text and of meaning, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl Read {
    /// Whether any problem is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|problem| problem.severity == Severity::Error)
    }
}

impl FileText {
    /// Reads a text. Never fails: what is wrong with it is in [`Read::diagnostics`], and a text with a problem of syntax,
    /// of type or of a shared id is not written to ([`FileText::is_writable`]).
    pub fn read(text: String) -> Read {
        Reader::read(text)
    }

    /// The text, byte for byte as read.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The timeline this text holds.
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// Whether the text was understood whole. One that was not is never written to, since a save could lose what was not
    /// understood. Problems of meaning, such as a lane that does not exist, do not count.
    pub fn is_writable(&self) -> bool {
        self.is_writable
    }

    /// The text changed to hold `timeline`: what did not change stays byte for byte, comments, order and layout included.
    ///
    /// # Errors
    /// Where the text is not writable, or the result would not read back as `timeline`.
    pub fn spliced(&self, timeline: &Timeline) -> Result<String, SpliceError> {
        splice(self, timeline).map(|spliced| spliced.text)
    }

    /// Where a field of a record stands: the value at the end of the path, else the last record on the way to it; an
    /// empty path gives the whole record. Nothing where the text has no such record.
    pub fn locate(&self, subject: &Subject, field: &[String]) -> Option<Span> {
        let node = match subject {
            Subject::Timeline => self.root.as_ref()?,
            _ => &self.item(&key(subject))?.value,
        };
        if field.is_empty() {
            return Some(node.span);
        }
        let node = scan_value(&self.text, node.span)?;
        Some(descend(&self.text, &node, field))
    }

    /// The line and column of a byte.
    pub fn place(&self, offset: usize) -> Place {
        let starts = self.line_starts.get_or_init(|| line_starts(&self.text));
        let line = starts.partition_point(|&start| start <= offset).max(1);
        let start = starts.get(line - 1).copied().unwrap_or(0);
        let end = starts.get(line).copied().unwrap_or(self.text.len());
        let within =
            LineIndex::new(Span::new(start, end).slice(&self.text).trim_end_matches('\n')).place(offset - start);
        Place { line, column: within.column }
    }

    /// The list of a kind of record in the text.
    pub(super) fn list(&self, kind: RecordKind) -> Option<&Field> {
        self.root.as_ref()?.field(&self.text, list_name(kind))
    }

    /// A record's place in the text's list.
    pub(super) fn item(&self, key: &Key) -> Option<&Item> {
        let at = self.timeline.position(key)?;
        let list = LISTS.iter().position(|&kind| kind == key.kind())?;
        let at = self.items.get(list)?.get(at)?;
        self.list(key.kind())?.value.items().get(*at)
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

fn key(subject: &Subject) -> Key {
    match subject.clone() {
        Subject::Timeline => Key::Header,
        Subject::Event(id) => Key::Event(id),
        Subject::Source(id) => Key::Source(id),
        Subject::Lane(id) => Key::Lane(id),
        Subject::Era(id) => Key::Era(id),
        Subject::View(id) => Key::View(id),
    }
}

fn subject(kind: RecordKind, id: String) -> Subject {
    match kind {
        RecordKind::Header => Subject::Timeline,
        RecordKind::Lane => Subject::Lane(id.into()),
        RecordKind::Source => Subject::Source(id.into()),
        RecordKind::Event => Subject::Event(id.into()),
        RecordKind::Era => Subject::Era(id.into()),
        RecordKind::View => Subject::View(id.into()),
    }
}

fn descend(text: &str, node: &Node, path: &[String]) -> Span {
    let node = node.unwrapped(text);
    let Some((step, rest)) = path.split_first() else { return node.span };
    let next = match &node.kind {
        Kind::List { items } => step.parse::<usize>().ok().and_then(|at| items.get(at)).map(|item| &item.value),
        _ => node.field(text, step).map(|field| &field.value),
    };
    match next {
        Some(next) => descend(text, next, rest),
        None => node.head(),
    }
}

/// A record of any list, as far as reading needs to know it.
pub(super) trait Listed: DeserializeOwned + Serialize + PartialEq {
    const KIND: RecordKind;
    fn id(&self) -> &str;
}

macro_rules! listed {
    ($($record:ident),*) => {$(
        impl Listed for model::$record {
            const KIND: RecordKind = RecordKind::$record;
            fn id(&self) -> &str {
                &self.id
            }
        }
    )*};
}

listed!(Lane, Source, Event, Era, View);

/// Collects what a text holds and what is wrong with it.
struct Reader {
    text: String,
    options: ron::Options,
    problems: Vec<Diagnostic>,
    /// Places of the syntax faults, in order, so that a record is not also blamed for one inside it.
    faults: Vec<Span>,
    /// Records that could not be read: references to them lead somewhere after all, and theirs are checked too.
    refused: Vec<Refused>,
    line_starts: OnceLock<Vec<usize>>,
}

impl Reader {
    fn read(text: String) -> Read {
        let scanned = scan(&text, RECORD_DEPTH);
        let mut extensions = Extensions::IMPLICIT_SOME;
        let mut problems: Vec<_> = scanned.faults.iter().map(syntax).collect();
        for span in &scanned.extensions {
            match Extensions::from_ident(span.slice(&text)) {
                Some(known) => extensions |= known,
                None => problems.push(
                    Diagnostic::new(Severity::Error, "syntax", Subject::Timeline, "RON has no such extension")
                        .at(*span)
                        .with_hint("`implicit_some` is the one that is of use here"),
                ),
            }
        }
        let mut faults: Vec<_> = scanned.faults.iter().map(|fault| fault.span).collect();
        faults.sort_unstable();
        let options = ron::Options::default().with_default_extension(extensions);
        let reader = Self { text, options, problems, faults, refused: Vec::new(), line_starts: OnceLock::new() };
        reader.assemble(scanned.root)
    }

    fn assemble(mut self, root: Option<Node>) -> Read {
        let header = self.header(root.as_ref());
        let (lanes, lane_items) = self.list::<model::Lane>(root.as_ref());
        let (sources, source_items) = self.list::<model::Source>(root.as_ref());
        let (events, event_items) = self.list::<model::Event>(root.as_ref());
        let (eras, era_items) = self.list::<model::Era>(root.as_ref());
        let (views, view_items) = self.list::<model::View>(root.as_ref());
        let derived = events.iter().map(|event| event.id.is_empty()).collect();
        let is_writable = self.problems.is_empty() && header.format <= Header::FORMAT && root.is_some();
        let timeline = Timeline::from_records(header, lanes, sources, events, eras, views);
        let file = FileText {
            text: self.text,
            root,
            timeline,
            items: [lane_items, source_items, event_items, era_items, view_items],
            derived,
            is_writable,
            is_backed_up: false,
            line_starts: self.line_starts,
        };
        let unread: BTreeSet<Key> = self.refused.iter().map(|record| record.key.clone()).collect();
        let mut diagnostics = self.problems;
        // What could not be read may be just what is missed: until it can, only what is wrong by itself is told.
        let is_told = |problem: &Diagnostic| {
            is_writable || model::check_kind(problem.code).is_none_or(|kind| kind.level == model::Level::Error)
        };
        for mut problem in model::check(&file.timeline).into_iter().filter(is_told) {
            problem.span = file.locate(&problem.subject, &problem.field);
            if !refers_to_refused(&file.text, &problem, &unread) {
                diagnostics.push(problem);
            }
        }
        diagnostics.extend(unknown_references(&file.text, &self.refused, &unread, &file.timeline));
        // Where a field is missing, the text's own problem says so; the model sees only its stand-in.
        let mut seen = HashSet::new();
        diagnostics.sort_by_key(|problem| problem.span);
        diagnostics.retain(|problem| seen.insert((problem.span, problem.code, problem.message.clone())));
        Read { timeline: file.timeline.clone(), text: file, diagnostics }
    }

    fn header(&mut self, root: Option<&Node>) -> Header {
        let mut header = Header::new(String::new());
        let Some(root) = root else { return header };
        let mut found = judge_names(&self.text, root, &TIMELINE, &Subject::Timeline);
        for shape in TIMELINE.fields.iter().filter(|f| LISTS.iter().all(|&kind| list_name(kind) != f.name)) {
            let Some(field) = root.field(&self.text, shape.name) else { continue };
            let slice = field.value.span.slice(&self.text);
            let is_read = match shape.name {
                "format" => self.value(slice).map(|value| header.format = value),
                "title" => self.value(slice).map(|value| header.title = value),
                "description" => self.value(slice).map(|value| header.description = value),
                "zone" => self.value(slice).map(|value| header.zone = value),
                _ => self.value(slice).map(|value| header.checks = value),
            };
            if let Err(error) = is_read {
                let judged = judge_field(&self.text, &whole(&self.text, &field.value), shape);
                self.blame(&mut found, judged, &field.value, &error, &Subject::Timeline);
            }
        }
        self.problems.append(&mut found);
        header
    }

    fn value<T: DeserializeOwned>(&self, slice: &str) -> Result<T, ron::error::SpannedError> {
        self.options.from_str(slice)
    }

    /// Reads the records of one list, with the place of each in the text's list.
    fn list<T: Listed>(&mut self, root: Option<&Node>) -> (Vec<T>, Vec<usize>) {
        let (mut records, mut places) = (Vec::new(), Vec::new());
        let name = list_name(T::KIND);
        let Some(field) = root.and_then(|root| root.field(&self.text, name)) else { return (records, places) };
        let Kind::List { items } = &field.value.kind else {
            let message = format!("`{name}` takes a list");
            self.problems.push(
                Diagnostic::new(Severity::Error, "wrong-type", Subject::Timeline, message)
                    .at(field.value.span)
                    .with_hint(format!("write `{name}: [{}(…)]`", shape(T::KIND).name)),
            );
            return (records, places);
        };
        records.reserve(items.len());
        places.reserve(items.len());
        let mut first: HashMap<String, usize> = HashMap::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            match self.value::<T>(item.value.span.slice(&self.text)) {
                Ok(record) => {
                    if self.is_id_free::<T>(record.id(), &item.value, at, &mut first, items) {
                        records.push(record);
                        places.push(at);
                    }
                }
                Err(error) => {
                    if let Some(id) = self.refused::<T>(&item.value, &error) {
                        self.is_id_free::<T>(&id, &item.value, at, &mut first, items);
                    }
                }
            }
        }
        (records, places)
    }

    /// Whether no earlier record of the list has this id; tells where one has.
    fn is_id_free<T: Listed>(
        &mut self,
        id: &str,
        node: &Node,
        at: usize,
        first: &mut HashMap<String, usize>,
        items: &[Item],
    ) -> bool {
        let noun = shape(T::KIND).name.to_lowercase();
        let (code, message, hint) = if id.is_empty() {
            if T::KIND == RecordKind::Event {
                return true;
            }
            ("empty-id", format!("this {noun} has an empty id"), "give it an id that no other has".to_owned())
        } else if let Some(&other) = first.get(id) {
            let start = items.get(other).map_or(0, |item| item.value.span.start);
            let starts = self.line_starts.get_or_init(|| line_starts(&self.text));
            let line = starts.partition_point(|&line| line <= start);
            (
                "duplicate-id",
                format!("another {noun} has the id \"{id}\" already"),
                format!("the other one is in line {line}; change one of the two"),
            )
        } else {
            first.insert(id.to_owned(), at);
            return true;
        };
        let place = descend(&self.text, &whole(&self.text, node), &["id".to_owned()]);
        self.problems.push(
            Diagnostic::new(Severity::Error, code, subject(T::KIND, id.to_owned()), message)
                .in_field(["id"])
                .at(place)
                .with_hint(hint),
        );
        false
    }

    /// Names what is wrong with a record that `ron` did not take; returns the id that it gives.
    fn refused<T: Listed>(&mut self, node: &Node, error: &ron::error::SpannedError) -> Option<String> {
        let node = whole(&self.text, node);
        let text = |name: &str| string_value(&self.text, &node.field(&self.text, name)?.value);
        let given = text("id");
        let id = given.clone().or_else(|| {
            let date = text("date").and_then(|date| Date::parse(&date).ok());
            text("title").map(|title| derive_id(&title, date.as_ref()))
        });
        let subject = subject(T::KIND, id.unwrap_or_default());
        let judged = judge(&self.text, &node, shape(T::KIND), &subject);
        let mut found = Vec::new();
        self.blame(&mut found, judged, &node, error, &subject);
        self.problems.append(&mut found);
        self.refused.push(Refused { key: key(&subject), subject, node });
        given
    }

    /// Takes what was judged of a value that `ron` refused; in `ron`'s own words where nothing else explains it.
    fn blame(
        &self,
        found: &mut Vec<Diagnostic>,
        judged: Vec<Diagnostic>,
        node: &Node,
        error: &ron::error::SpannedError,
        subject: &Subject,
    ) {
        let from = self.faults.partition_point(|fault| fault.start < node.span.start);
        let has_fault = self.faults.get(from).is_some_and(|fault| fault.start <= node.span.end);
        if judged.is_empty() && !has_fault {
            let offset = offset(node.span.slice(&self.text), error.span.start);
            let start = (node.span.start + offset).min(node.span.end);
            found.push(
                Diagnostic::new(Severity::Error, "syntax", subject.clone(), error.code.to_string())
                    .at(Span::new(start, node.span.end.min(start + 1)))
                    .with_hint("compare it with a record that reads well"),
            );
        }
        found.extend(judged);
    }
}

fn syntax(fault: &Fault) -> Diagnostic {
    let problem = Diagnostic::new(Severity::Error, "syntax", Subject::Timeline, fault.message.clone()).at(fault.span);
    match &fault.hint {
        Some(hint) => problem.with_hint(hint.clone()),
        None => problem,
    }
}

/// The byte of a line and column as `ron` counts them, from 1.
fn offset(text: &str, position: ron::error::Position) -> usize {
    let line: usize = text.split_inclusive('\n').take(position.line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(line..).unwrap_or_default();
    line + rest.chars().take(position.col.saturating_sub(1)).map(char::len_utf8).sum::<usize>()
}
