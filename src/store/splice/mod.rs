//! The least change of a text that makes it hold another timeline.
//!
//! Owns the comparison of the timeline a text held with the one it shall hold, and the proof that the result reads back
//! as that one. Everything untouched stays byte for byte; which lines and comments go with a record is `patch`'s rule.

mod align;

mod patch;
mod record;

use std::collections::HashSet;

use thiserror::Error;

use self::align::{Origin, align};
pub(super) use self::patch::Tree;
use self::patch::{Element, Patch};
use self::record::{Change, FieldPlan, change_fields, change_record, inside};
use super::layout::{Style, canonical, canonical_header};
use super::scan::scan_value;
use super::schema::{TIMELINE, list_name, shape};
use super::text::{FileText, Listed};
use super::tree::Node;
use crate::diagnostic::Span;
use crate::model::{Event, RecordKind, Timeline};

/// Why a timeline could not be put into a text; the text is as it was.
#[derive(Debug, Error)]
pub enum SpliceError {
    /// The text was not understood whole.
    #[error("the file has problems that must be mended first, so it is not written to; see its problems")]
    NotWritable,
    /// The changed text would not hold the timeline.
    #[error("the change cannot be put into this file safely, so nothing was written; save under another name")]
    Mismatch,
    /// A record could not be written as RON.
    #[error("a record cannot be written as RON: {0}; nothing was written")]
    Ron(#[from] ron::Error),
}

/// How finely changed records are spliced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grain {
    /// Field by field.
    Field,
    /// The whole record anew: the way out where a record is written too strangely for the other.
    Record,
}

/// The text changed to hold `timeline`, read again.
pub(super) fn splice(text: &FileText, timeline: &Timeline) -> Result<FileText, SpliceError> {
    if !text.is_writable() {
        return Err(SpliceError::NotWritable);
    }
    if text.timeline == *timeline {
        return Ok(text.clone());
    }
    for grain in [Grain::Field, Grain::Record] {
        let mut spliced = FileText::read(Splicer::new(text, timeline, grain).run()?).text;
        if spliced.is_writable() && spliced.timeline == *timeline {
            spliced.is_backed_up = text.is_backed_up;
            return Ok(spliced);
        }
    }
    Err(SpliceError::Mismatch)
}

struct Splicer<'a> {
    text: &'a FileText,
    timeline: &'a Timeline,
    grain: Grain,
    patch: Patch<'a>,
    /// Ids that the text does not give and would no longer derive.
    due: HashSet<String>,
}

impl<'a> Splicer<'a> {
    fn new(text: &'a FileText, timeline: &'a Timeline, grain: Grain) -> Self {
        let patch = Patch::new(&text.text, style(text));
        Self { text, timeline, grain, patch, due: ids_due(text, timeline) }
    }

    fn run(mut self) -> Result<String, SpliceError> {
        let Some(root) = self.text.root.as_ref() else { return Err(SpliceError::NotWritable) };
        let mut plan = FieldPlan::new(&self.text.text, root, &TIMELINE);
        let old = Tree::new(canonical_header(&self.text.timeline)?).ok_or(SpliceError::Mismatch)?;
        let new = Tree::new(canonical_header(self.timeline)?).ok_or(SpliceError::Mismatch)?;
        let change = Change { old: (&old, &old.node), new: (&new, &new.node) };
        change_fields(&mut self.patch, root, &change, &TIMELINE, &mut plan);
        let (from, to) = (&self.text.timeline, self.timeline);
        self.list(&all(from.lanes()), &all(to.lanes()), &mut plan)?;
        self.list(&all(from.sources()), &all(to.sources()), &mut plan)?;
        self.list(&all(from.events()), &all(to.events()), &mut plan)?;
        self.list(&all(from.eras()), &all(to.eras()), &mut plan)?;
        self.list(&all(from.views()), &all(to.views()), &mut plan)?;
        self.patch.sequence(inside(root), &root.slots(), plan.into_elements());
        Ok(self.patch.apply(Span::new(0, self.text.text.len())))
    }

    fn list<T: Listed>(&mut self, from: &[&T], to: &[&T], plan: &mut FieldPlan) -> Result<(), SpliceError> {
        let is_due = T::KIND == RecordKind::Event && !self.due.is_empty();
        if from == to && !is_due {
            return Ok(());
        }
        let name = list_name(T::KIND);
        let Some(field) = self.text.list(T::KIND) else {
            let list = Tree::new(canonical(&to)?).ok_or(SpliceError::Mismatch)?;
            if let Some(position) = TIMELINE.position(name) {
                plan.insert(position, Element::Printed { label: format!("{name}: "), tree: list });
            }
            return Ok(());
        };
        let list = &field.value;
        let slots = list.slots();
        let was: Vec<&str> = from.iter().map(|record| record.id()).collect();
        let shall: Vec<&str> = to.iter().map(|record| record.id()).collect();
        let origins = align(&was, &shall, |at, new| match (from.get(at), to.get(new)) {
            (Some(&was), Some(&shall)) => is_same_renamed(was, shall),
            _ => false,
        });
        let mut elements = Vec::with_capacity(origins.len());
        for (record, origin) in to.iter().zip(origins) {
            elements.push(match origin {
                Origin::Kept(at) => {
                    if let (Some(was), Some(item)) = (from.get(at), list.items().get(at)) {
                        change_one(&mut self.patch, &item.value, (*was, *record), self.grain, &self.due)?;
                    }
                    Element::Kept(at)
                }
                Origin::Moved(at) => {
                    let (above, after) = self.patch.belongings(inside(list), &slots, at);
                    let mut patch = self.patch.apart();
                    let mut value = String::new();
                    if let (Some(was), Some(item)) = (from.get(at), list.items().get(at)) {
                        change_one(&mut patch, &item.value, (*was, *record), self.grain, &self.due)?;
                        value = patch.apply(item.value.span);
                    }
                    Element::Moved { above, value, after }
                }
                Origin::New => {
                    let tree = Tree::new(canonical(record)?).ok_or(SpliceError::Mismatch)?;
                    Element::Printed { label: String::new(), tree }
                }
            });
        }
        self.patch.sequence(inside(list), &slots, elements);
        Ok(())
    }
}

/// Changes one record from what it was to what it shall be.
fn change_one<T: Listed>(
    patch: &mut Patch<'_>,
    node: &Node,
    (was, shall): (&T, &T),
    grain: Grain,
    due: &HashSet<String>,
) -> Result<(), SpliceError> {
    let is_due = T::KIND == RecordKind::Event && due.contains(shall.id());
    if was == shall && !is_due {
        return Ok(());
    }
    let old = Tree::new(canonical(was)?).ok_or(SpliceError::Mismatch)?;
    let new = Tree::new(canonical(shall)?).ok_or(SpliceError::Mismatch)?;
    match (grain, scan_value(patch.text, node.span)) {
        (Grain::Field, Some(user)) => {
            let change = Change { old: (&old, &old.node), new: (&new, &new.node) };
            change_record(patch, &user, &change, shape(T::KIND));
        }
        _ => patch.print_over(node, &new),
    }
    Ok(())
}

/// Whether a record looks like another under a new id: most of its fields are the same.
fn is_same_renamed<T: Listed>(was: &T, shall: &T) -> bool {
    let trees = (canonical(was).ok().and_then(Tree::new), canonical(shall).ok().and_then(Tree::new));
    let (Some(was), Some(shall)) = trees else { return false };
    let others = |tree: &Tree| tree.node.fields().len().saturating_sub(1);
    let same = was.node.fields().iter().filter(|field| {
        let name = field.name.slice(&was.text);
        let other = shall.node.field(&shall.text, name);
        name != "id"
            && other.is_some_and(|other| other.value.span.slice(&shall.text) == field.value.span.slice(&was.text))
    });
    let most = others(&was).max(others(&shall));
    same.count() * 2 > most
}

/// Ids of untouched events that the text leaves out and that it would derive otherwise once the others have changed.
fn ids_due(text: &FileText, timeline: &Timeline) -> HashSet<String> {
    let mut due = HashSet::new();
    let before = &text.timeline;
    let left_out: HashSet<&str> = before
        .events()
        .iter()
        .zip(&text.derived)
        .filter(|(event, derived)| **derived && timeline.event(&event.id) == Some(event))
        .map(|(event, _)| event.id.as_str())
        .collect();
    if left_out.is_empty() {
        return due;
    }
    loop {
        let events = timeline.events().iter().map(|event| {
            let is_left_out = left_out.contains(event.id.as_str()) && !due.contains(event.id.as_str());
            let id = if is_left_out { "" } else { event.id.as_str() };
            Event::new(id, event.title.clone(), event.date.clone())
        });
        let (none, header) = (Vec::new, timeline.header().clone());
        let derived = Timeline::from_records(header, none(), Vec::new(), events.collect(), Vec::new(), Vec::new());
        let known = due.len();
        for (event, derived) in timeline.events().iter().zip(derived.events()) {
            if event.id != derived.id {
                due.insert(event.id.to_string());
            }
        }
        if due.len() == known {
            return due;
        }
    }
}

/// The line end and the indentation of a text.
fn style(text: &FileText) -> Style {
    let source = &text.text;
    let newline = Style::newline_of(source);
    let patch = Patch::new(source, Style::default());
    let root = text.root.as_ref();
    // One level of indentation is how much deeper a field stands than its record, or the first field than the root.
    let inner = root.into_iter().flat_map(Node::fields).find_map(|field| {
        let item = field.value.items().first()?;
        deeper(&patch, field.name.start, item.value.span.start)
    });
    let unit = inner.or_else(|| {
        let root = root?;
        deeper(&patch, root.span.start, root.fields().first()?.name.start)
    });
    Style { newline, unit: unit.unwrap_or_else(|| Style::default().unit) }
}

fn deeper(patch: &Patch<'_>, outer: usize, inner: usize) -> Option<String> {
    let unit = patch.indent_at(inner).strip_prefix(patch.indent_at(outer))?;
    (!unit.is_empty()).then(|| unit.to_owned())
}

#[cfg(test)]
mod tests;

/// The records of a list, however it is kept.
fn all<'r, T: 'r>(list: impl IntoIterator<Item = &'r T>) -> Vec<&'r T> {
    list.into_iter().collect()
}
