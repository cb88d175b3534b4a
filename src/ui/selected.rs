//! A selection of many events: which they are, how clicks and keys change them, and how they outlive edits.
//!
//! One event has the focus ([`Transient::selection`]): the inspector shows it and keys go on from it. Where several are
//! selected it is one of them, or none. What is done to the events of a selection is for `edit`.
//!
//! [`Transient::selection`]: super::Transient::selection

use std::ops::Deref;
use std::sync::Arc;

use super::{Action, Document, ViewState};
use crate::ahead;
use crate::model::{Event, Events, SharedEvent, Text, Timeline};
use crate::query::Matches;

/// The events that are selected together; none where at most one is selected.
///
/// Invariant: `ids`, `positions` and `members` name the same events, two or more or none, in the order of the file. Positions
/// and members are those of `revision`; ids hold beyond it.
#[derive(Debug, Clone, Default)]
pub struct Selected {
    ids: Vec<Text>,
    positions: Vec<u32>,
    members: Matches,
    revision: u64,
    /// Tells this set from any other that was there before.
    number: u64,
    /// Where a range begins: the event that was last chosen by itself.
    anchor: Option<Text>,
}

/// How a click changes a selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picking {
    /// The event comes to the others, or leaves them.
    Toggle,
    /// All events from the one chosen last to this one, in the order of time, among those that match.
    Range,
}

impl Picking {
    /// What the keys held beside a click say; none for a click that selects one event.
    pub const fn of(modifiers: egui::Modifiers) -> Option<Self> {
        if modifiers.alt {
            None
        } else if modifiers.command {
            Some(Self::Toggle)
        } else if modifiers.shift {
            Some(Self::Range)
        } else {
            None
        }
    }
}

/// What a click on an event means while a key is held beside it; none for a click without.
pub fn picked(ui: &egui::Ui, event: &Text) -> Option<Action> {
    let picking = Picking::of(ui.input(|input| input.modifiers))?;
    Some(Action::Pick(event.clone(), picking))
}

impl Selected {
    /// The number of events; none where at most one is selected.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether at most one event is selected.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether the event at a position is one of them.
    pub fn contains(&self, position: usize) -> bool {
        self.members.contains(position)
    }

    /// Whether an event is one of them.
    pub fn contains_id(&self, timeline: &Timeline, id: &str) -> bool {
        !self.is_empty() && timeline.event_position(id).is_some_and(|position| self.contains(position))
    }

    /// Their positions, in the order of the file.
    pub fn positions(&self) -> impl ExactSizeIterator<Item = usize> + Clone + '_ {
        self.positions.iter().map(|position| *position as usize)
    }

    /// They as a set; none where at most one is selected.
    pub fn members(&self) -> Option<&Matches> {
        (!self.is_empty()).then_some(&self.members)
    }

    /// The event at which a range begins, where one was chosen by itself.
    pub const fn anchor(&self) -> Option<&Text> {
        self.anchor.as_ref()
    }

    /// Tells this set from any other that was there before.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// Becomes what it was before, as far as that is still there once it is brought in line with edits.
    pub fn become_again(&mut self, before: Self) {
        *self = Self { number: self.number + 1, ..before };
    }

    fn put(&mut self, doc: Document<'_>, members: Matches) {
        self.number += 1;
        self.revision = doc.revision;
        self.ids.clear();
        self.positions.clear();
        if members.count() < 2 {
            self.members = Matches::default();
            return;
        }
        self.positions.extend(members.iter().filter_map(|position| u32::try_from(position).ok()));
        self.ids = ids_at(doc.timeline.events(), &self.positions);
        self.members = members;
    }

    fn clear(&mut self) {
        if !self.is_empty() {
            *self = Self { number: self.number + 1, ..Self::default() };
        }
        self.anchor = None;
    }

    /// Brings positions in line with a timeline that has been edited: events that are gone leave the set.
    fn follow(&mut self, doc: Document<'_>) {
        if self.revision == doc.revision || self.is_empty() {
            return;
        }
        let is_at = |(id, position): (&Text, &u32)| {
            doc.timeline.events().get(*position as usize).is_some_and(|event| event.id == *id)
        };
        let events = doc.timeline.events().len();
        // Most edits move nothing.
        if self.members.events() == events && self.ids.iter().zip(&self.positions).all(is_at) {
            self.revision = doc.revision;
            return;
        }
        let members = Matches::of(events, self.ids.iter().filter_map(|id| doc.timeline.event_position(id)));
        self.put(doc, members);
    }
}

/// The ids of the events at these positions, which are in order.
fn ids_at(events: &Events, positions: &[u32]) -> Vec<Text> {
    let mut ids = Vec::with_capacity(positions.len());
    let (mut leaf, mut start): (&[SharedEvent], usize) = (&[], 0);
    let mut leaves = events.leaves();
    let mut next = |at: usize| {
        while at >= start + leaf.len() {
            start += leaf.len();
            leaf = leaves.next()?;
        }
        leaf.get(at - start).map(Deref::deref)
    };
    // Ids lie anywhere in memory, and a copy of one writes where it lies.
    let mut some: Vec<&Event> = Vec::with_capacity(ahead::AT_ONCE);
    for part in positions.chunks(ahead::AT_ONCE) {
        some.clear();
        some.extend(part.iter().filter_map(|at| next(*at as usize)));
        ahead::read(&some, |event| event.id.as_ptr() as usize);
        ahead::read(&some, |event| event.id.len());
        ids.extend(some.iter().map(|event| event.id.clone()));
    }
    ids
}

/// Selects one event, or none.
pub fn select_one(view: &mut ViewState, event: Option<Text>) {
    view.transient.selected.clear();
    (view.transient.selection, view.transient.source) = (event, None);
}

/// Selects the events of a set: one of them is a selection of one.
pub fn select_many(doc: Document<'_>, view: &mut ViewState, members: Matches) {
    let transient = &mut view.transient;
    let position = |id: &Text| doc.timeline.event_position(id);
    let keeps_focus = transient.selection.as_ref().and_then(position).is_some_and(|at| members.contains(at));
    if members.count() == 1 || !keeps_focus {
        let only = members.iter().next().filter(|_| members.count() == 1);
        transient.selection = only.and_then(|at| doc.timeline.events().get(at)).map(|event| event.id.clone());
    }
    transient.source = None;
    transient.selected.put(doc, members);
}

/// Adds the events of a set to what is selected.
pub fn select_also(doc: Document<'_>, view: &mut ViewState, members: &Matches) {
    let mut all = current(doc, view);
    all.unite(members);
    select_many(doc, view, all);
}

/// Selects all events that match, or all there are where nothing is asked.
pub fn select_all(doc: Document<'_>, view: &mut ViewState) {
    let all = doc.matches.cloned().unwrap_or_else(|| Matches::all(doc.timeline.events().len()));
    select_many(doc, view, all);
}

/// Changes the selection by a click on an event with a key held beside it. The event has the focus then, if it is selected.
pub fn pick(doc: Document<'_>, view: &mut ViewState, event: &Text, picking: Picking) {
    let Some(position) = doc.timeline.event_position(event) else { return };
    let mut members = current(doc, view);
    let anchor = view.transient.selected.anchor.take().or_else(|| view.transient.selection.clone());
    let anchor_at = anchor.as_ref().and_then(|anchor| doc.timeline.event_position(anchor));
    match (picking, anchor_at) {
        (Picking::Range, Some(from)) => {
            members = range(doc, from, position);
            view.transient.selection = Some(event.clone());
            select_many(doc, view, members);
            view.transient.selected.anchor = anchor;
        }
        (Picking::Range, None) => select_one(view, Some(event.clone())),
        (Picking::Toggle, _) => {
            let one = Matches::of(doc.timeline.events().len(), [position]);
            if members.contains(position) {
                members.subtract(&one);
                if view.transient.selection.as_ref() == Some(event) {
                    view.transient.selection = None;
                }
            } else {
                members.unite(&one);
                view.transient.selection = Some(event.clone());
            }
            select_many(doc, view, members);
            view.transient.selected.anchor = Some(event.clone());
        }
    }
}

/// Selects a range of a list that ends at an event, which has the focus then. Where the range began the next one begins too.
pub fn select_range(doc: Document<'_>, view: &mut ViewState, members: Matches, event: Text) {
    let anchor = view.transient.selected.anchor.take().or_else(|| view.transient.selection.clone());
    view.transient.selection = Some(event);
    select_many(doc, view, members);
    view.transient.selected.anchor = anchor;
}

/// Takes a step back from a selection: from many to the one that has the focus, from one to none.
pub fn clear_selection(view: &mut ViewState) {
    let was_many = !view.transient.selected.is_empty();
    let focus = view.transient.selection.take().filter(|_| was_many);
    select_one(view, focus);
}

/// Brings a selection in line with what edits and panels have made of it since: events that are gone leave it, and where
/// something else was selected by itself, that is all that is.
pub fn settle(doc: Document<'_>, view: &mut ViewState) {
    let transient = &mut view.transient;
    transient.selected.follow(doc);
    let selected = &mut transient.selected;
    let is_elsewhere = transient.selection.as_ref().is_some_and(|id| !selected.contains_id(doc.timeline, id));
    if is_elsewhere || transient.source.is_some() {
        let anchor = selected.anchor.take();
        selected.clear();
        // An edit that leaves one event selected leaves where a range begins.
        selected.anchor = anchor.filter(|anchor| transient.selection.as_ref() == Some(anchor));
    }
}

/// The positions of all selected events: those of many, or that of the one.
pub fn selected_positions(doc: Document<'_>, view: &ViewState) -> Vec<usize> {
    let selected = &view.transient.selected;
    if selected.is_empty() {
        let one = view.transient.selection.as_deref().and_then(|id| doc.timeline.event_position(id));
        one.into_iter().collect()
    } else {
        selected.positions().collect()
    }
}

/// The ids of all selected events: those of many, or that of the one.
pub fn selected_ids(view: &ViewState) -> Arc<[Text]> {
    let selected = &view.transient.selected;
    if selected.is_empty() {
        view.transient.selection.iter().cloned().collect()
    } else {
        selected.ids.iter().cloned().collect()
    }
}

/// What is selected, as a set.
fn current(doc: Document<'_>, view: &ViewState) -> Matches {
    let events = doc.timeline.events().len();
    match view.transient.selected.members() {
        Some(members) => members.clone(),
        None => {
            let one = view.transient.selection.as_deref().and_then(|id| doc.timeline.event_position(id));
            Matches::of(events, one)
        }
    }
}

/// The events from one position to another in the order of time, among those that match, the two included.
fn range(doc: Document<'_>, from: usize, to: usize) -> Matches {
    let rank = |position: usize| doc.index.rank(doc.timeline, position);
    let events = doc.timeline.events().len();
    let (Some(a), Some(b)) = (rank(from), rank(to)) else {
        return Matches::of(events, [to]);
    };
    let (first, last) = (a.min(b), a.max(b));
    let is_wanted = |position: &usize| doc.matches.is_none_or(|matches| matches.contains(*position));
    let between = doc.index.order_from(first).take(last - first + 1).filter(is_wanted);
    Matches::of(events, between.chain([from, to]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, apply};
    use crate::index::{Index, References};
    use crate::model::{Event, Key, Problems};
    use crate::time::{Date, Zone};

    struct Subject {
        timeline: Timeline,
        view: ViewState,
        revision: u64,
        asked: Option<Matches>,
    }

    impl Subject {
        /// Events `e0`, `e1`, …, the later the lower their number, and one without a date.
        fn new(count: usize) -> Self {
            let date = |at: usize| Date::parse(&format!("2024-10-{:02}", 28 - at)).unwrap();
            let events = (0..count).map(|at| Event::new(format!("e{at}"), format!("Event {at}"), date(at)));
            let events = events.chain([Event::undated("u", "Undated")]).collect();
            let header = Timeline::empty("t").header().clone();
            let timeline = Timeline::from_records(header, vec![], vec![], events, vec![], vec![]);
            Self { timeline, view: ViewState::opened(), revision: 0, asked: None }
        }

        fn with<T>(&mut self, act: impl FnOnce(Document<'_>, &mut ViewState) -> T) -> T {
            let index = Index::build(&self.timeline, Zone::UTC);
            let (references, problems) = (References::default(), Problems::default());
            let doc = Document::plain(&self.timeline, &index, &references, &problems);
            let doc = Document { revision: self.revision, matches: self.asked.as_ref(), ..doc };
            act(doc, &mut self.view)
        }

        fn click(&mut self, event: &str, picking: Option<Picking>) {
            match picking {
                Some(picking) => self.with(|doc, view| pick(doc, view, &event.into(), picking)),
                None => select_one(&mut self.view, Some(event.into())),
            }
        }

        fn edit(&mut self, edit: &Edit) {
            apply(&mut self.timeline, edit).unwrap();
            self.revision += 1;
            self.with(settle);
        }

        /// The selected events, and the one that has the focus.
        fn selected(&mut self) -> (Vec<String>, Option<String>) {
            let ids = self.with(|doc, view| {
                let ids = selected_positions(doc, view).into_iter().map(|at| doc.timeline.events()[at].id.to_string());
                ids.collect()
            });
            (ids, self.view.transient.selection.as_ref().map(ToString::to_string))
        }
    }

    #[track_caller]
    fn check(subject: &mut Subject, ids: &[&str], focus: Option<&str>) {
        let (found, focused) = subject.selected();
        assert_eq!((found.iter().map(String::as_str).collect::<Vec<_>>(), focused.as_deref()), (ids.to_vec(), focus));
    }

    #[test]
    fn clicks_with_ctrl_add_and_take_out() {
        let mut subject = Subject::new(5);
        subject.click("e1", None);
        subject.click("e3", Some(Picking::Toggle));
        check(&mut subject, &["e1", "e3"], Some("e3"));
        subject.click("u", Some(Picking::Toggle));
        check(&mut subject, &["e1", "e3", "u"], Some("u"));
        subject.click("u", Some(Picking::Toggle));
        check(&mut subject, &["e1", "e3"], None);
        subject.click("e1", Some(Picking::Toggle));
        check(&mut subject, &["e3"], Some("e3"));
        assert!(subject.view.transient.selected.is_empty(), "one is no selection of many");
        subject.click("e3", Some(Picking::Toggle));
        check(&mut subject, &[], None);
    }

    #[test]
    fn a_click_with_shift_selects_a_range_in_time_from_where_it_began() {
        let mut subject = Subject::new(6);
        subject.click("e4", None);
        subject.click("e2", Some(Picking::Range));
        check(&mut subject, &["e2", "e3", "e4"], Some("e2"));
        subject.click("e5", Some(Picking::Range));
        check(&mut subject, &["e4", "e5"], Some("e5"));
        subject.asked = Some(Matches::from_fn(7, |at| at != 3));
        subject.click("u", Some(Picking::Range));
        check(&mut subject, &["e0", "e1", "e2", "e4", "u"], Some("u"));
    }

    #[test]
    fn all_are_those_that_match_and_escape_leads_back() {
        let mut subject = Subject::new(4);
        subject.click("e2", None);
        subject.with(select_all);
        check(&mut subject, &["e0", "e1", "e2", "e3", "u"], Some("e2"));
        subject.asked = Some(Matches::from_fn(5, |at| at < 2));
        subject.with(select_all);
        check(&mut subject, &["e0", "e1"], None);
        subject.with(|doc, view| select_also(doc, view, &Matches::from_fn(5, |at| at == 3)));
        check(&mut subject, &["e0", "e1", "e3"], None);
        subject.click("e3", Some(Picking::Toggle));
        subject.click("e3", Some(Picking::Toggle));
        clear_selection(&mut subject.view);
        check(&mut subject, &["e3"], Some("e3"));
        clear_selection(&mut subject.view);
        check(&mut subject, &[], None);
    }

    #[test]
    fn a_selection_outlives_edits_and_loses_what_is_gone() {
        let mut subject = Subject::new(5);
        for event in ["e0", "e2", "e4"] {
            subject.click(event, Some(Picking::Toggle));
        }
        subject.edit(&Edit::Remove(Key::Event("e1".into())));
        check(&mut subject, &["e0", "e2", "e4"], Some("e4"));
        subject.edit(&Edit::Remove(Key::Event("e2".into())));
        check(&mut subject, &["e0", "e4"], Some("e4"));
        subject.view.transient.selection = Some("e3".into());
        subject.with(settle);
        check(&mut subject, &["e3"], Some("e3"));
    }
}
