//! What a frame changes: working copies of records that become one edit.
//!
//! Two fields may be done in one frame (a click on a button also ends the field that had the focus). Each writes to the same
//! working copy, so neither overwrites the other, and the whole is one step of undo.

use std::collections::BTreeMap;

use crate::diagnostic::Subject;
use crate::edit::Edit;
use crate::index::References;
use crate::model::{Event, Header, Key, Lane, Record, Source, Text, Timeline};
use crate::time::Instant;
use crate::ui::Action;

/// A change to the list of citations, links or images of an event. Done after every field is written, since it moves positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    RemoveCitation(usize),
    /// Swaps two citations.
    SwapCitations(usize, usize),
    RemoveLink(usize),
    RemoveImage(usize),
}

/// The changes of one frame.
#[derive(Debug)]
pub struct Changes<'a> {
    timeline: &'a Timeline,
    now: Instant,
    records: BTreeMap<Key, Record>,
    added: Vec<Record>,
    shifts: Vec<(Text, Shift)>,
    renamed: Option<(Text, Text)>,
    renamed_source: Option<(Text, Text)>,
    show: Option<Text>,
    label: Option<String>,
    select: Option<Text>,
}

impl<'a> Changes<'a> {
    /// No changes yet. `now` is what "yesterday" is read against.
    pub fn new(timeline: &'a Timeline, now: Instant) -> Self {
        Self {
            timeline,
            now,
            records: BTreeMap::new(),
            added: Vec::new(),
            shifts: Vec::new(),
            renamed: None,
            renamed_source: None,
            show: None,
            label: None,
            select: None,
        }
    }

    /// The timeline before the changes.
    pub fn timeline(&self) -> &'a Timeline {
        self.timeline
    }

    /// The present moment on the axis.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Names the step in the undo menu; the first name stays.
    pub fn label(&mut self, label: impl Into<String>) {
        self.label.get_or_insert_with(|| label.into());
    }

    /// Selects this event once the changes are made.
    pub fn select(&mut self, event: impl Into<Text>) {
        self.select = Some(event.into());
    }

    /// The working copy of an event.
    pub fn event(&mut self, id: &str) -> Option<&mut Event> {
        match self.record(Key::Event(id.into()))? {
            Record::Event(event) => Some(event),
            _ => None,
        }
    }

    /// The working copy of a source.
    pub fn source(&mut self, id: &str) -> Option<&mut Source> {
        match self.record(Key::Source(id.into()))? {
            Record::Source(source) => Some(source),
            _ => None,
        }
    }

    /// The working copy of the header.
    pub fn header(&mut self) -> Option<&mut Header> {
        match self.record(Key::Header)? {
            Record::Header(header) => Some(header),
            _ => None,
        }
    }

    fn record(&mut self, key: Key) -> Option<&mut Record> {
        use std::collections::btree_map::Entry;
        match self.records.entry(key) {
            Entry::Occupied(entry) => Some(entry.into_mut()),
            Entry::Vacant(entry) => {
                let record = self.timeline.record(entry.key())?;
                Some(entry.insert(record))
            }
        }
    }

    /// Adds a new event.
    pub fn add_event(&mut self, event: Event) {
        self.added.push(Record::Event(event.into()));
    }

    /// Adds a new source.
    pub fn add_source(&mut self, source: Source) {
        self.added.push(Record::Source(Box::new(source)));
    }

    /// Adds a new lane.
    pub fn add_lane(&mut self, lane: Lane) {
        self.added.push(Record::Lane(lane));
    }

    /// Moves or removes a citation or link of an event.
    pub fn shift(&mut self, event: &str, shift: Shift) {
        self.shifts.push((event.into(), shift));
    }

    /// Whether positions of the citations or links of an event change.
    pub fn shifts_positions_of(&self, event: &str) -> bool {
        self.shifts.iter().any(|(id, _)| id == event)
    }

    /// Gives an event another id, and every link that leads to it.
    pub fn rename_event(&mut self, from: &str, to: &str) {
        self.renamed = Some((from.into(), to.into()));
    }

    /// Shows this source once the changes are made.
    pub fn show_source(&mut self, id: &str) {
        self.show = Some(id.into());
    }

    /// Gives a source another id, and every citation and origin that names it. It is shown afterwards.
    pub fn rename_source(&mut self, from: &str, to: &str) {
        self.renamed_source = Some((from.into(), to.into()));
        self.show_source(to);
    }

    /// The records that get another id, as they were and as they will be called.
    pub fn renames(&self) -> impl Iterator<Item = [Subject; 2]> {
        let event = self.renamed.iter().map(|(from, to)| [from, to].map(|id| Subject::Event(id.clone())));
        let source = self.renamed_source.iter().map(|(from, to)| [from, to].map(|id| Subject::Source(id.clone())));
        event.chain(source)
    }

    /// The changes as one edit, and what is shown after it; nothing where nothing differs from the timeline. `references`
    /// are the timeline's.
    pub fn into_actions(mut self, references: &References) -> Vec<Action> {
        let show = self.show.take().map(|id| Action::ShowSource(Some(id)));
        self.into_edit(references).into_iter().chain(show).collect()
    }

    fn into_edit(mut self, references: &References) -> Option<Action> {
        // What was written went to the positions that were shown, so what moves them comes behind.
        for (event, shift) in std::mem::take(&mut self.shifts) {
            if let Some(event) = self.event(&event) {
                shift.apply(event);
            }
        }
        // Last, since working copies are kept by the old ids.
        if let Some((from, to)) = self.renamed.take() {
            self.rewrite_links(references, &from, &to);
        }
        if let Some((from, to)) = self.renamed_source.take() {
            self.rewrite_source(references, &from, &to);
        }
        // New sources and lanes come before the events that name them.
        let mut edits: Vec<Edit> = self.added.into_iter().map(Edit::put).collect();
        for (key, record) in self.records {
            // A field that was left as it was makes a working copy too, and no step of undo.
            if self.timeline.record(&key).as_ref() != Some(&record) {
                let replaces = (record.key() != key).then_some(key);
                edits.push(Edit::Put { record, replaces, at: None });
            }
        }
        let edit = if edits.len() == 1 { edits.pop()? } else { Edit::Batch(edits) };
        if edit == Edit::Batch(Vec::new()) {
            return None;
        }
        let label = self.label.unwrap_or_else(|| "Change the timeline".to_owned());
        Some(Action::Edit { label, edit, select: self.select })
    }

    fn rewrite_links(&mut self, references: &References, from: &str, to: &str) {
        // The event itself too: it may have no link that leads to it, or one to itself.
        let mut touched = self.ids_of(references.linking(from));
        touched.push(from.into());
        for id in touched {
            let Some(event) = self.event(&id) else { continue };
            for link in event.links.iter_mut().filter(|link| link.to == from) {
                link.to = to.into();
            }
            if event.id == from {
                event.id = to.into();
            }
        }
    }

    fn ids_of(&self, positions: impl Iterator<Item = u32>) -> Vec<Text> {
        let events = positions.filter_map(|at| self.timeline.events().get(at as usize));
        events.map(|event| event.id.clone()).collect()
    }

    fn rewrite_source(&mut self, references: &References, from: &str, to: &str) {
        let timeline = self.timeline;
        for id in self.ids_of(references.citing(from)) {
            let Some(event) = self.event(&id) else { continue };
            for citation in event.citations.iter_mut().filter(|citation| citation.source == from) {
                citation.source = to.into();
            }
        }
        for source in timeline.sources().iter().filter(|source| source.origin.as_deref() == Some(from)) {
            let Some(source) = self.source(&source.id) else { continue };
            source.origin = Some(to.into());
        }
        if let Some(source) = self.source(from) {
            source.id = to.into();
        }
    }
}

impl Shift {
    fn apply(self, event: &mut Event) {
        match self {
            Self::RemoveCitation(at) if at < event.citations.len() => {
                event.citations.remove(at);
            }
            Self::SwapCitations(a, b) if a.max(b) < event.citations.len() => event.citations.swap(a, b),
            Self::RemoveLink(at) if at < event.links.len() => {
                event.links.remove(at);
            }
            Self::RemoveImage(at) if at < event.rare.images.len() => {
                event.rare.images.remove(at);
            }
            Self::RemoveCitation(_) | Self::SwapCitations(..) | Self::RemoveLink(_) | Self::RemoveImage(_) => {}
        }
    }
}

/// A title as labels of steps quote it: “State Duma ratifies…”, at most 40 characters.
pub fn quoted(title: &str) -> String {
    const LONGEST: usize = 40;
    if title.chars().count() <= LONGEST {
        return format!("“{title}”");
    }
    let head: String = title.chars().take(LONGEST - 1).collect();
    format!("“{}…”", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Citation, Link, Relation};
    use crate::time::Date;

    fn timeline() -> Timeline {
        let date = Date::parse("2024-06-19").expect("a date");
        let mut signing = Event::new("signing", "Signing", date.clone());
        signing.citations = thin_vec::thin_vec![Citation::new("a"), Citation::new("b")];
        let mut vote = Event::new("vote", "Vote", date);
        vote.links.push(Link { to: "signing".into(), relation: Relation::Implements, note: None });
        Timeline::from_records(
            Timeline::empty("t").header().clone(),
            Vec::new(),
            Vec::new(),
            vec![signing, vote],
            Vec::new(),
            Vec::new(),
        )
    }

    #[test]
    fn a_copy_that_does_not_differ_is_no_action() {
        let timeline = timeline();
        let mut changes = Changes::new(&timeline, Instant::default());
        changes.event("signing").expect("an event").title = "Signing".into();
        changes.label("Change title");
        assert_eq!(changes.into_actions(&References::build(&timeline)), []);
    }

    #[test]
    fn a_field_written_in_the_frame_of_a_removal_goes_to_its_own_citation() {
        let timeline = timeline();
        let mut changes = Changes::new(&timeline, Instant::default());
        changes.shift("signing", Shift::RemoveCitation(0));
        changes.event("signing").expect("an event").citations[1].note = Some("typed".into());
        let actions = changes.into_actions(&References::build(&timeline));
        let [Action::Edit { edit: Edit::Put { record: Record::Event(event), .. }, .. }] = actions.as_slice() else {
            panic!("one record is put");
        };
        assert_eq!(event.citations.len(), 1);
        assert_eq!((event.citations[0].source.as_str(), event.citations[0].note.as_deref()), ("b", Some("typed")));
    }

    #[test]
    fn long_titles_are_cut_in_labels() {
        assert_eq!(quoted("Short"), "“Short”");
        assert_eq!(quoted(&"я".repeat(60)).chars().count(), 42);
    }
}
