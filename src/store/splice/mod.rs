//! The least change of a text that makes it hold another timeline.
//!
//! Owns the comparison of the timeline a text held with the one it shall hold, and the proof that the result reads back
//! as that one. Everything untouched stays byte for byte; which lines and comments go with a record is `patch`'s rule.

mod align;
mod common;

mod patch;
mod record;

mod excerpt;

use std::collections::HashSet;

use thiserror::Error;

use self::align::{Origin, align};
use self::common::{Run, common};
use self::excerpt::Excerpt;
pub(super) use self::patch::Tree;
use self::patch::{Element, Patch};
use self::record::{Change, FieldPlan, change_fields, change_record, inside};
use super::layout::{Style, canonical, canonical_header};
use super::reader::{Listed, Plain};
use super::scan::scan_value;
use super::schema::{TIMELINE, list_name, shape};
use super::text::FileText;
use super::tree::Node;
use crate::model::{Event, EventList, RecordKind, Text, Timeline};

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

/// Bytes up to which a text is changed and proved whole.
const SMALL: usize = 4 << 20;

/// How finely changed records are spliced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Grain {
    /// Field by field.
    Field,
    /// The whole record anew: the way out where a record is written too strangely for the other.
    Record,
}

/// A text changed to hold `timeline`: what did not change stays byte for byte, comments, order and layout included.
///
/// # Errors
/// Where the text is not writable, or the result would not read back as `timeline`.
pub fn spliced(text: &FileText, timeline: &Timeline) -> Result<String, SpliceError> {
    splice(text, timeline).map(|spliced| spliced.text())
}

/// The text changed to hold `timeline`, proved to do so. Of a long text only what a change concerns is looked at.
pub(in crate::store) fn splice(text: &FileText, timeline: &Timeline) -> Result<FileText, SpliceError> {
    splice_with(text, timeline, SMALL)
}

/// [`splice`] with another size up to which a text is changed and proved whole.
fn splice_with(text: &FileText, timeline: &Timeline, small: usize) -> Result<FileText, SpliceError> {
    if !text.is_writable() {
        return Err(SpliceError::NotWritable);
    }
    let runs = common(text.timeline().events(), timeline.events());
    if runs_cover(&runs, text.timeline(), timeline) && is_same_around(text.timeline(), timeline) {
        return Ok(text.clone());
    }
    let left = Left::of(text, timeline, &runs);
    let untouched = left.without_due(&runs);
    let excerpt = Excerpt::of(text, timeline, &untouched, small)?;
    if let Some(spliced) = spliced_excerpt(&excerpt, &left)? {
        return Ok(spliced);
    }
    if !excerpt.is_whole()
        && let Some(spliced) = spliced_excerpt(&Excerpt::whole(text, timeline)?, &left)?
    {
        return Ok(spliced);
    }
    Err(SpliceError::Mismatch)
}

/// Changes an excerpt as finely as it can be proved.
fn spliced_excerpt(excerpt: &Excerpt<'_>, left: &Left<'_>) -> Result<Option<FileText>, SpliceError> {
    for grain in [Grain::Field, Grain::Record] {
        let patch = Splicer::new(excerpt, left, grain).run()?;
        let (changed, joints) = patch.apply_with(&excerpt.joints);
        if let Some(joints) = joints
            && let Some(text) = excerpt.put_back(changed, &joints, left)
        {
            return Ok(Some(text));
        }
    }
    Ok(None)
}

/// Whether the runs are all of both lists.
fn runs_cover(runs: &[Run], from: &Timeline, to: &Timeline) -> bool {
    let length = runs.iter().map(|run| run.length).sum::<usize>();
    length == from.events().len() && length == to.events().len()
}

/// Whether two timelines are the same but for their events.
fn is_same_around(from: &Timeline, to: &Timeline) -> bool {
    from.header() == to.header()
        && from.lanes() == to.lanes()
        && (from.sources().ptr_eq(to.sources()) || from.sources() == to.sources())
        && from.eras() == to.eras()
        && from.views() == to.views()
}

/// The lists of a timeline, or of the part of one that an excerpt holds.
struct Lists<'t> {
    timeline: &'t Timeline,
    events: Vec<&'t Event>,
}

struct Splicer<'a> {
    text: &'a Plain,
    from: &'a Lists<'a>,
    to: &'a Lists<'a>,
    grain: Grain,
    patch: Patch<'a>,
    /// Ids that the text does not give and would no longer derive.
    due: &'a HashSet<String>,
}

impl<'a> Splicer<'a> {
    fn new(excerpt: &'a Excerpt<'_>, left: &'a Left<'_>, grain: Grain) -> Self {
        let Excerpt { plain: text, from, to, .. } = excerpt;
        Self { text, from, to, grain, patch: Patch::new(&text.text, style(text)), due: &left.due }
    }

    fn run(mut self) -> Result<Patch<'a>, SpliceError> {
        let Some(root) = self.text.root.as_ref() else { return Err(SpliceError::NotWritable) };
        let mut plan = FieldPlan::new(&self.text.text, root, &TIMELINE);
        let (from, to) = (self.from.timeline, self.to.timeline);
        let old = Tree::new(canonical_header(from)?).ok_or(SpliceError::Mismatch)?;
        let new = Tree::new(canonical_header(to)?).ok_or(SpliceError::Mismatch)?;
        let change = Change { old: (&old, &old.node), new: (&new, &new.node) };
        change_fields(&mut self.patch, root, &change, &TIMELINE, &mut plan);
        self.list(&all(from.lanes()), &all(to.lanes()), &mut plan)?;
        self.list(&all(from.sources()), &all(to.sources()), &mut plan)?;
        self.list(&self.from.events, &self.to.events, &mut plan)?;
        self.list(&all(from.eras()), &all(to.eras()), &mut plan)?;
        self.list(&all(from.views()), &all(to.views()), &mut plan)?;
        self.patch.sequence(inside(root), &root.slots(), plan.into_elements());
        Ok(self.patch)
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
        let was: Vec<&str> = from.iter().map(|record| record.id().as_str()).collect();
        let shall: Vec<&str> = to.iter().map(|record| record.id().as_str()).collect();
        let origins = align(&was, &shall, |at, new| match (from.get(at), to.get(new)) {
            (Some(&was), Some(&shall)) => is_same_renamed(was, shall),
            _ => false,
        });
        let mut elements = Vec::with_capacity(origins.len());
        for (record, origin) in to.iter().zip(origins) {
            elements.push(match origin {
                Origin::Kept(at) => {
                    if let (Some(was), Some(item)) = (from.get(at), list.items().get(at)) {
                        change_one(&mut self.patch, &item.value, (*was, *record), self.grain, self.due)?;
                    }
                    Element::Kept(at)
                }
                Origin::Moved(at) => {
                    let (above, after) = self.patch.belongings(inside(list), &slots, at);
                    let mut patch = self.patch.apart();
                    let mut value = String::new();
                    if let (Some(was), Some(item)) = (from.get(at), list.items().get(at)) {
                        change_one(&mut patch, &item.value, (*was, *record), self.grain, self.due)?;
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
    let is_due = T::KIND == RecordKind::Event && due.contains(shall.id().as_str());
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

/// The ids that a text leaves out and may go on leaving out, because it still derives them.
struct Left<'t> {
    text: &'t FileText,
    timeline: &'t Timeline,
    /// Ids of untouched events that the text leaves out and would derive otherwise once the others have changed.
    due: HashSet<String>,
}

impl<'t> Left<'t> {
    fn of(text: &'t FileText, timeline: &'t Timeline, runs: &[Run]) -> Self {
        let mut left = Self { text, timeline, due: HashSet::new() };
        if !text.unnamed().is_empty() && left.may_change(runs) {
            left.due = left.find_due();
        }
        left
    }

    /// Whether the text of an event that has this id leaves it out and may go on doing so.
    fn is_left_out(&self, id: &str) -> bool {
        let before = self.text.timeline();
        let Some(at) = before.event_position(id) else { return false };
        self.text.unnamed().binary_search(&at).is_ok()
            && !self.due.contains(id)
            && before.events().get(at) == self.timeline.event(id)
    }

    /// Runs of events that need no change for the sake of their ids either.
    fn without_due(&self, runs: &[Run]) -> Vec<Run> {
        let mut due: Vec<usize> = self.due.iter().filter_map(|id| self.text.timeline().event_position(id)).collect();
        due.sort_unstable();
        let mut untouched = Vec::with_capacity(runs.len());
        for run in runs {
            let mut rest = *run;
            let from = due.partition_point(|&at| at < run.old);
            for &at in due.iter().skip(from).take_while(|&&at| at < run.old_end()) {
                let length = at - rest.old;
                untouched.push(Run { length, ..rest });
                let taken = length + 1;
                rest = Run { old: rest.old + taken, new: rest.new + taken, length: rest.length - taken };
            }
            untouched.push(rest);
        }
        untouched.retain(|run| run.length > 0);
        untouched
    }

    /// Whether ids could be derived otherwise: they come and go, or an event without one has moved. Writing down an id
    /// that was derived changes no other: it was taken for all that come after it, and free for all before.
    fn may_change(&self, runs: &[Run]) -> bool {
        let (before, after) = (self.text.timeline(), self.timeline);
        let between = |starts: &dyn Fn(&Run) -> (usize, usize), length: usize| {
            let mut left = Vec::new();
            let mut at = 0;
            for run in runs {
                let (start, end) = starts(run);
                left.extend(at..start);
                at = end;
            }
            left.extend(at..length);
            left
        };
        let was = between(&|run| (run.old, run.old_end()), before.events().len());
        let shall = between(&|run| (run.new, run.new_end()), after.events().len());
        let id = |event: &'t Event| event.id.as_str();
        let old: HashSet<&str> = was.iter().filter_map(|&at| before.events().get(at)).map(id).collect();
        let new: HashSet<&str> = shall.iter().filter_map(|&at| after.events().get(at)).map(id).collect();
        old != new || old.iter().any(|id| self.is_left_out(id))
    }

    fn find_due(&self) -> HashSet<String> {
        let mut due = HashSet::new();
        let (before, timeline) = (self.text.timeline(), self.timeline);
        let unnamed = self.text.unnamed().iter().filter_map(|&at| before.events().get(at));
        let left_out: HashSet<&str> =
            unnamed.filter(|event| timeline.event(&event.id) == Some(event)).map(|event| event.id.as_str()).collect();
        if left_out.is_empty() {
            return due;
        }
        loop {
            let mut events = EventList::default();
            events.extend(timeline.events().iter().map(|event| {
                let is_left_out = left_out.contains(event.id.as_str()) && !due.contains(event.id.as_str());
                let id = if is_left_out { Text::new() } else { event.id.clone() };
                Event { date: event.date.clone(), ..Event::undated(id, event.title.clone()) }
            }));
            let (none, header) = (Vec::new, timeline.header().clone());
            let derived = Timeline::from_events(header, none(), Vec::new(), events, Vec::new(), Vec::new());
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
}

/// The line end and the indentation of a text.
fn style(text: &Plain) -> Style {
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
pub(super) mod tests;

/// The records of a list, however it is kept.
fn all<'r, T: 'r>(list: impl IntoIterator<Item = &'r T>) -> Vec<&'r T> {
    list.into_iter().collect()
}
