//! A text read whole and with care: scanned from end to end, its records read by `ron` one by one, so that one bad record
//! costs only itself and every problem is told.
//!
//! Owns the problems of text, type and shared ids. Where the text is kept afterwards is `text`'s; `stream` reads large
//! texts that are in order without this.

use std::collections::{BTreeSet, HashMap};

use rayon::prelude::*;
use ron::error::SpannedError;
use ron::extensions::Extensions;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::found::Found;
use super::judge::{judge, judge_field, judge_names, string_value, whole};
use super::locate::{descend, key, subject};
use super::progress::Progress;
use super::references::{Refused, refers_to_refused, unknown_references};
use super::scan::{Fault, RECORD_DEPTH, ending_line, scan};
use super::schema::{LISTS, TIMELINE, list_name, shape};
use super::sharing::SharingPool;
use super::text::{FileText, Places, Read};
use super::tree::{Field, Item, Kind, Node};
use crate::diagnostic::{Diagnostic, Severity, Span, Subject};
use crate::edit::{self, Edit};
use crate::model::{
    self, Era, Event, EventList, Header, Key, Lane, Record, RecordKind, SharedEvent, Source, Text, Timeline, View,
    derive_id,
};
use crate::time::Date;

/// Records that one task reads.
const RECORDS_A_TASK: usize = 256;

/// The records of a text as they stand in it: an event that gives no id has none.
#[derive(Debug, Clone)]
pub(super) struct Records {
    pub header: Header,
    pub lanes: Vec<Lane>,
    pub sources: Vec<Source>,
    pub events: Vec<Event>,
    pub eras: Vec<Era>,
    pub views: Vec<View>,
}

impl Records {
    /// The timeline of these records and of events that were read apart.
    pub fn with(self, events: EventList) -> Timeline {
        Timeline::from_events(self.header, self.lanes, self.sources, events, self.eras, self.views)
    }
}

/// A text with the place of every record in it.
#[derive(Debug)]
pub(super) struct Plain {
    pub text: String,
    pub root: Option<Node>,
    pub records: Records,
    /// For each list in the order of [`LISTS`], the place in the text's list of each record that was read.
    pub items: [Vec<usize>; 5],
    /// Problems of text, type and shared ids.
    pub problems: Found,
    refused: Vec<Refused>,
    taken: Vec<Taken>,
    /// The line in which it ends in the middle of a value.
    pub cut_in_line: Option<usize>,
}

/// A record that reads well and is left out, since another has its id: what it says is checked all the same.
#[derive(Debug)]
struct Taken {
    /// Under an id of its own.
    record: Record,
    subject: Subject,
    node: Node,
}

/// Records with a taken id that are checked at most.
const MOST_TAKEN: usize = 2_000;

impl Plain {
    /// Reads a text; nothing where that was cancelled.
    pub fn read(text: String, progress: &Progress) -> Option<Self> {
        let scanned = scan(&text, RECORD_DEPTH);
        let mut problems = Found::default();
        problems.extend(scanned.faults.iter().map(syntax));
        let options = options(&text, &scanned.extensions, &mut problems);
        let mut faults: Vec<_> = scanned.faults.iter().map(|fault| fault.span).collect();
        faults.sort_unstable();
        if progress.is_cancelled() {
            return None;
        }
        let cut_in_line = scanned.is_cut.then(|| ending_line(&text));
        let (refused, taken, line_starts) = (Vec::new(), Vec::new(), None);
        let reader = Reader { text, options, problems, faults, refused, taken, line_starts, progress };
        Some(Self { cut_in_line, ..reader.records(scanned.root)? })
    }

    /// Whether the text was understood whole.
    pub fn is_writable(&self) -> bool {
        self.problems.total() == 0 && self.records.header.format <= Header::FORMAT && self.root.is_some()
    }

    /// The list of a kind of record in the text.
    pub fn list(&self, kind: RecordKind) -> Option<&Field> {
        self.root.as_ref()?.field(&self.text, list_name(kind))
    }

    /// How many records stand in the text and were not taken up.
    fn unread(&self) -> usize {
        let standing = |kind: &RecordKind| self.list(*kind).map_or(0, |list| list.value.items().len());
        let lists = LISTS.iter().map(standing).zip(&self.items);
        lists.map(|(standing, read)| standing.saturating_sub(read.len())).sum()
    }

    /// The places of the events that were read.
    pub fn event_spans(&self) -> Vec<Span> {
        let Some(list) = self.list(RecordKind::Event) else { return Vec::new() };
        let [_, _, events, _, _] = &self.items;
        let items = list.value.items();
        events.iter().filter_map(|&at| items.get(at)).map(|item| item.value.span).collect()
    }

    /// What there is to know of the text, with every problem of text and of meaning.
    pub fn finish(self) -> Read {
        let (is_writable, left_out, cut_in_line) = (self.is_writable(), self.unread(), self.cut_in_line);
        let spans = self.event_spans();
        let close = self.list(RecordKind::Event).map(|list| list.value.span.end.saturating_sub(1));
        let region = match (spans.first(), close) {
            (Some(first), Some(close)) if is_writable => Some(Span::new(first.start, close)),
            _ => None,
        };
        let Self { text, mut root, mut records, items, mut problems, refused, taken, .. } = self;
        let mut events = EventList::default();
        events.extend(std::mem::take(&mut records.events));
        let unnamed = events.unnamed().into();
        let timeline = records.with(events);
        if let Some(Node { kind: Kind::Struct { fields, .. }, .. }) = &mut root {
            // The places of events stand beside the blocks of the text.
            let name = list_name(RecordKind::Event);
            if let Some(list) = fields.iter_mut().find(|field| field.name.slice(&text) == name) {
                list.value.kind = Kind::List { items: Vec::new() };
            }
        }
        let places = Places::of(&text, &spans, region, root, items);
        let file = FileText::new(places, timeline, unnamed, is_writable);
        let unread: BTreeSet<Key> = refused.iter().map(|record| record.key.clone()).collect();
        unknown_references(&refused, &unread, file.timeline(), &mut problems);
        let meant = problems_of_meaning(&file).into_iter().chain(problems_of_taken(&text, &file, taken));
        let mut diagnostics = problems.into_list();
        diagnostics.extend(meant.filter(|problem| !refers_to_refused(&text, problem, &unread)));
        Read { unread: left_out, cut_in_line, ..Read::new(file, diagnostics) }
    }
}

/// What is wrong with the meaning of a text, with the places.
pub(super) fn problems_of_meaning(file: &FileText) -> Vec<Diagnostic> {
    told(file, model::check(file.timeline()))
}

/// Those of [`problems_of_meaning`] that are errors.
pub(super) fn errors_of_meaning(file: &FileText) -> Vec<Diagnostic> {
    told(file, model::check_errors(file.timeline()))
}

/// [`problems_of_meaning`], each of them however many there are of a kind.
pub(super) fn every_problem_of_meaning(file: &FileText) -> Vec<Diagnostic> {
    told(file, model::check_all(file.timeline()))
}

fn told(file: &FileText, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    // What could not be read may be just what is missed: until it can, only what is wrong by itself is told.
    let is_told = |problem: &Diagnostic| file.is_writable() || is_wrong_by_itself(problem);
    let mut problems: Vec<Diagnostic> = found.into_iter().filter(is_told).collect();
    file.locate_all(&mut problems);
    problems
}

/// What is wrong with the meaning of records whose id is taken, with the places: found by putting them beside the others
/// under ids of their own.
fn problems_of_taken(text: &str, file: &FileText, taken: Vec<Taken>) -> Vec<Diagnostic> {
    if taken.is_empty() {
        return Vec::new();
    }
    let mut timeline = file.timeline().clone();
    let mut stand_ins: HashMap<Key, (Subject, Node)> = HashMap::new();
    for Taken { record, subject, node } in taken {
        let key = record.key();
        if edit::apply(&mut timeline, &Edit::put(record)).is_ok() {
            stand_ins.insert(key, (subject, node));
        }
    }
    let placed = |problem: Diagnostic| {
        let (subject, node) = stand_ins.get(&key(&problem.subject))?;
        let place = descend(text, node, &problem.field);
        Some(Diagnostic { subject: subject.clone(), ..problem }.at(place))
    };
    model::check(&timeline).into_iter().filter(is_wrong_by_itself).filter_map(placed).collect()
}

/// Whether a problem is one whatever else the file holds.
fn is_wrong_by_itself(problem: &Diagnostic) -> bool {
    model::check_kind(problem.code).is_none_or(|kind| kind.level == model::Level::Error)
}

/// How `ron` reads the values of a text with these extensions; tells those it does not know.
pub(super) fn options(text: &str, extensions: &[Span], problems: &mut Found) -> ron::Options {
    let mut known = Extensions::IMPLICIT_SOME;
    for span in extensions {
        match Extensions::from_ident(span.slice(text)) {
            Some(extension) => known |= extension,
            None => problems.push(
                Diagnostic::new(Severity::Error, "syntax", Subject::Timeline, "RON has no such extension")
                    .at(*span)
                    .with_hint("`implicit_some` is the one that is of use here"),
            ),
        }
    }
    ron::Options::default().with_default_extension(known)
}

/// A record of any list, as far as reading needs to know it.
pub(super) trait Listed: DeserializeOwned + Serialize + PartialEq + Send {
    const KIND: RecordKind;
    fn id(&self) -> &Text;
    /// The record under another id.
    fn named(self, id: Text) -> Record;
}

macro_rules! listed {
    ($($record:ident $into:expr,)*) => {$(
        impl Listed for $record {
            const KIND: RecordKind = RecordKind::$record;
            fn id(&self) -> &Text {
                &self.id
            }
            fn named(self, id: Text) -> Record {
                $into(Self { id, ..self })
            }
        }
    )*};
}

listed! {
    Lane Record::Lane,
    Source |source| Record::Source(Box::new(source)),
    Event |event| Record::Event(SharedEvent::from(event)),
    Era Record::Era,
    View Record::View,
}

/// Collects what a text holds and what is wrong with it.
struct Reader<'p> {
    text: String,
    options: ron::Options,
    problems: Found,
    /// Places of the syntax faults, in order, so that a record is not also blamed for one inside it.
    faults: Vec<Span>,
    /// Records that could not be read: references to them lead somewhere after all, and theirs are checked too.
    refused: Vec<Refused>,
    taken: Vec<Taken>,
    line_starts: Option<Vec<usize>>,
    progress: &'p Progress,
}

impl Reader<'_> {
    fn records(mut self, root: Option<Node>) -> Option<Plain> {
        let header = self.header(root.as_ref());
        let (lanes, lane_items) = self.list::<Lane>(root.as_ref())?;
        let (sources, source_items) = self.list::<Source>(root.as_ref())?;
        let (events, event_items) = self.list::<Event>(root.as_ref())?;
        let (eras, era_items) = self.list::<Era>(root.as_ref())?;
        let (views, view_items) = self.list::<View>(root.as_ref())?;
        Some(Plain {
            cut_in_line: None,
            text: self.text,
            root,
            records: Records { header, lanes, sources, events, eras, views },
            items: [lane_items, source_items, event_items, era_items, view_items],
            problems: self.problems,
            refused: self.refused,
            taken: self.taken,
        })
    }

    fn header(&mut self, root: Option<&Node>) -> Header {
        let mut header = Header::new(String::new());
        let Some(root) = root else { return header };
        judge_names(&self.text, root, &TIMELINE, &Subject::Timeline, &mut self.problems);
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
                let before = self.problems.total();
                judge_field(&self.text, &whole(&self.text, &field.value), shape, &mut self.problems);
                self.explain(before, &field.value, &error, &Subject::Timeline);
            }
        }
        header
    }

    fn value<T: DeserializeOwned>(&self, slice: &str) -> Result<T, SpannedError> {
        self.options.from_str(slice)
    }

    /// Reads the records of one list, with the place of each in the text's list; nothing where that was cancelled.
    fn list<T: Listed>(&mut self, root: Option<&Node>) -> Option<(Vec<T>, Vec<usize>)> {
        let (mut records, mut places) = (Vec::new(), Vec::new());
        let name = list_name(T::KIND);
        let Some(field) = root.and_then(|root| root.field(&self.text, name)) else { return Some((records, places)) };
        let Kind::List { items } = &field.value.kind else {
            let message = format!("`{name}` takes a list");
            self.problems.push(
                Diagnostic::new(Severity::Error, "wrong-type", Subject::Timeline, message)
                    .at(field.value.span)
                    .with_hint(format!("write `{name}: [{}(…)]`", shape(T::KIND).name)),
            );
            return Some((records, places));
        };
        records.reserve(items.len());
        places.reserve(items.len());
        let mut first: HashMap<Text, usize> = HashMap::with_capacity(items.len());
        for (at, read) in self.decoded::<T>(items)?.into_iter().enumerate() {
            let Some(item) = items.get(at) else { break };
            match read {
                Ok(record) => {
                    if self.is_id_free::<T>(record.id(), &item.value, at, &mut first, items) {
                        records.push(record);
                        places.push(at);
                    } else if self.taken.len() < MOST_TAKEN {
                        let subject = subject(T::KIND, record.id().clone());
                        // Nobody writes such an id, nor one like it.
                        let record = record.named(format!("\u{1}{at}").into());
                        self.taken.push(Taken { record, subject, node: whole(&self.text, &item.value) });
                    }
                }
                Err(error) => {
                    if let Some(id) = self.refused::<T>(&item.value, &error) {
                        self.is_id_free::<T>(&id, &item.value, at, &mut first, items);
                    }
                }
            }
        }
        Some((records, places))
    }

    /// What `ron` makes of each record, in order; nothing where that was cancelled.
    fn decoded<T: Listed>(&self, items: &[Item]) -> Option<Vec<Result<T, SpannedError>>> {
        let pool = SharingPool::default();
        let task = |items: &[Item]| {
            let decode = |item: &Item| self.value::<T>(item.value.span.slice(&self.text));
            pool.reading(|| items.iter().map(decode).collect::<Vec<_>>())
        };
        if items.len() <= RECORDS_A_TASK {
            return Some(task(items));
        }
        let parts = items.par_chunks(RECORDS_A_TASK).map(|items| (!self.progress.is_cancelled()).then(|| task(items)));
        let parts: Vec<Vec<Result<T, SpannedError>>> = parts.collect::<Option<_>>()?;
        Some(parts.into_iter().flatten().collect())
    }

    /// Whether no earlier record of the list has this id; tells where one has.
    fn is_id_free<T: Listed>(
        &mut self,
        id: &Text,
        node: &Node,
        at: usize,
        first: &mut HashMap<Text, usize>,
        items: &[Item],
    ) -> bool {
        let noun = shape(T::KIND).name.to_lowercase();
        let other = match first.get(id) {
            None if id.is_empty() && T::KIND == RecordKind::Event => return true,
            None if id.is_empty() => None,
            Some(&other) => Some(other),
            None => {
                first.insert(id.clone(), at);
                return true;
            }
        };
        let Self { text, line_starts, problems, .. } = self;
        problems.add(if other.is_some() { "duplicate-id" } else { "empty-id" }, || {
            let (code, message, hint) = match other {
                None => {
                    ("empty-id", format!("this {noun} has an empty id"), "give it an id that no other has".to_owned())
                }
                Some(other) => {
                    let start = items.get(other).map_or(0, |item| item.value.span.start);
                    let starts = line_starts.get_or_insert_with(|| starts_of_lines(text));
                    let line = starts.partition_point(|&line| line <= start);
                    let message = format!("another {noun} has the id \"{id}\" already");
                    ("duplicate-id", message, format!("the other one is in line {line}; change one of the two"))
                }
            };
            let place = descend(text, &whole(text, node), &["id".to_owned()]);
            Diagnostic::new(Severity::Error, code, subject(T::KIND, id.clone()), message)
                .in_field(["id"])
                .at(place)
                .with_hint(hint)
        });
        false
    }

    /// Names what is wrong with a record that `ron` did not take; returns the id that it gives.
    fn refused<T: Listed>(&mut self, node: &Node, error: &SpannedError) -> Option<Text> {
        let node = whole(&self.text, node);
        let text = |name: &str| string_value(&self.text, &node.field(&self.text, name)?.value);
        let given = text("id").map(Text::from);
        let id = given.clone().or_else(|| {
            let date = text("date").and_then(|date| Date::parse(&date).ok());
            text("title").map(|title| derive_id(&title, date.as_ref()).into())
        });
        let subject = subject(T::KIND, id.unwrap_or_default());
        let before = self.problems.total();
        judge(&self.text, &node, shape(T::KIND), &subject, &mut self.problems);
        self.explain(before, &node, error, &subject);
        self.refused.push(Refused::new(&self.text, subject, &node));
        given
    }

    /// Tells in `ron`'s own words what is wrong with a value that it refused, where nothing else explains it: no problem has
    /// come to the number `before`.
    fn explain(&mut self, before: usize, node: &Node, error: &SpannedError, subject: &Subject) {
        let from = self.faults.partition_point(|fault| fault.start < node.span.start);
        let has_fault = self.faults.get(from).is_some_and(|fault| fault.start <= node.span.end);
        if self.problems.total() > before || has_fault {
            return;
        }
        let text = &self.text;
        self.problems.add("syntax", || {
            let start = (node.span.start + offset(node.span.slice(text), error.span.start)).min(node.span.end);
            Diagnostic::new(Severity::Error, "syntax", subject.clone(), error.code.to_string())
                .at(Span::new(start, node.span.end.min(text.ceil_char_boundary(start + 1))))
                .with_hint("compare it with a record that reads well")
        });
    }
}

fn starts_of_lines(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect()
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
