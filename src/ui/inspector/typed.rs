//! What is typed and not in the timeline: committed before a save as far as it can be, named where it cannot, and kept
//! from one start to the next.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::InspectorState;
use super::changes::{Changes, quoted};
use super::draft::{Missing, NewEvent};
use super::event::NewLane;
use super::new_line::NewLine;
use super::slot::Slot;
use super::source_panel::NewSource;
use super::{images, own_fields};
use crate::diagnostic::Subject;
use crate::model::{Event, Text, Timeline};
use crate::ui::field::{Problem, sentence_case};
use crate::ui::{Action, Document, ViewState};

/// The texts and forms of one timeline that are not in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Typed {
    new_event: Option<NewEvent>,
    new_source: String,
    new_lane: Option<NewLane>,
    /// What is typed to find a source, by the event that is to cite it.
    uncited: BTreeMap<Text, String>,
    /// The name of a field of the user's own that is being added.
    new_field: Option<NewLine>,
    /// The file of an image that is being added.
    new_image: Option<NewLine>,
    fields: Vec<(Slot, String)>,
    /// The text in a cell of the table, with the field that the cell shows.
    cell: Option<(Slot, String)>,
}

impl Typed {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The same with what is typed into a cell of the table.
    #[must_use]
    pub fn with_cell(self, cell: Option<(Slot, String)>) -> Self {
        Self { cell, ..self }
    }

    /// Takes out what was typed into a cell of the table.
    pub fn take_cell(&mut self) -> Option<(Slot, String)> {
        self.cell.take()
    }

    /// This over what was typed before: that stays where nothing newer is in its place.
    pub fn over(self, mut before: Self) -> Self {
        before.uncited.extend(self.uncited);
        before.fields.retain(|(slot, _)| self.fields.iter().all(|(newer, _)| newer != slot));
        before.fields.extend(self.fields);
        Self {
            new_event: self.new_event.or(before.new_event),
            new_source: if self.new_source.is_empty() { before.new_source } else { self.new_source },
            new_lane: self.new_lane.or(before.new_lane),
            uncited: before.uncited,
            new_field: self.new_field.or(before.new_field),
            new_image: self.new_image.or(before.new_image),
            fields: before.fields,
            cell: self.cell.or(before.cell),
        }
    }

    /// Every text, with the name of its field and of the record in this timeline that the field is of.
    pub fn texts(&self, timeline: &Timeline) -> Vec<(String, String)> {
        let mut all = self.new_event.as_ref().map(NewEvent::texts).unwrap_or_default();
        all.push(("New source", self.new_source.clone()));
        all.extend(self.new_lane.iter().map(|lane| ("New lane", lane.title().to_owned())));
        all.extend(self.uncited.values().map(|text| ("Source to cite", text.clone())));
        all.extend(self.new_field.iter().map(|line| ("New field", line.text.clone())));
        all.extend(self.new_image.iter().map(|line| ("New image", line.text.clone())));
        let all = all.into_iter().map(|(name, text)| (name.to_owned(), text));
        let fields = self.fields.iter().chain(&self.cell).map(|(slot, text)| {
            let name = slot.noun().trim_start_matches("the ").trim_start_matches("a ").trim_start_matches("an ");
            let of = slot.record(timeline).map(|record| format!(" of {}", quoted(&record)));
            (sentence_case(name) + &of.unwrap_or_default(), text.clone())
        });
        all.chain(fields).filter(|(_, text)| !text.trim().is_empty()).collect()
    }

    /// What it is, in the middle of a sentence: "a new event, “Council approves”".
    pub fn describe(&self, timeline: &Timeline) -> Option<String> {
        let named = |what: &str, title: &str| {
            if title.is_empty() { what.to_owned() } else { format!("{what}, {}", quoted(title)) }
        };
        if let Some(new) = &self.new_event {
            return Some(named("a new event", new.title()));
        }
        if !self.new_source.is_empty() {
            return Some(named("a new source", &self.new_source));
        }
        if let Some(lane) = &self.new_lane {
            return Some(named("a new lane", lane.title()));
        }
        if let Some(text) = self.uncited.values().next() {
            return Some(named("a source to cite", text));
        }
        for (line, what) in [(&self.new_field, "a new field"), (&self.new_image, "a new image")] {
            if let Some(line) = line {
                return Some(named(what, &line.text));
            }
        }
        self.fields.first().or(self.cell.as_ref()).map(|(slot, _)| {
            let record = slot.record(timeline).unwrap_or_default();
            format!("the {} of {}", slot.noun().trim_start_matches("the "), quoted(&record))
        })
    }
}

/// Something typed that cannot be committed as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// What it is and what keeps it out of the timeline: "the new event has no title".
    pub reason: String,
    place: Place,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    NewEvent,
    Cite(Text),
    /// The line that adds a field or an image to an event.
    Line(Text),
    Field(Slot),
}

impl InspectorState {
    /// What is typed into its forms and not in the timeline.
    pub fn typed(&self) -> Typed {
        let new_event = self.new_event.as_ref().filter(|new| !new.is_untouched());
        Typed {
            new_event: new_event.cloned(),
            new_source: self.new_source.as_ref().map(|new| new.typed().to_owned()).unwrap_or_default(),
            new_lane: self.event.new_lane.clone().filter(|lane| !lane.title().is_empty()),
            uncited: self.uncited(),
            new_field: self.own_fields.new.clone().filter(|line| !line.trimmed().is_empty()),
            new_image: self.new_image.clone().filter(|line| !line.trimmed().is_empty()),
            fields: self.drafts.iter().map(|(slot, text)| (slot.clone(), text.to_owned())).collect(),
            cell: None,
        }
    }

    fn uncited(&self) -> BTreeMap<Text, String> {
        let shown = self.shown.clone().zip(self.citations.typed_new().map(str::to_owned));
        self.uncited.clone().into_iter().chain(shown).collect()
    }

    /// Drops it: it is not wanted.
    pub fn forget_typed(&mut self) {
        *self = Self::default();
    }

    /// Opens the forms again and puts the texts back into their fields. Returns the texts whose records are gone.
    pub fn put_back(&mut self, typed: Typed, timeline: &Timeline, view: &mut ViewState) -> Vec<String> {
        let mut lost = Vec::new();
        if let Some(new) = typed.new_event {
            self.new_event = Some(new);
        }
        if !typed.new_source.is_empty() {
            self.new_source = Some(NewSource::focused(typed.new_source));
        }
        for (slot, text) in typed.fields {
            if !self.drafts.type_in(timeline, &slot, &text) {
                lost.push(text);
            } else if view.transient.selection.is_none() && view.transient.source.is_none() {
                slot.select(view);
            }
        }
        if let Some(lane) = typed.new_lane {
            if timeline.event(&lane.event).is_some() {
                view.transient.selection = Some(lane.event.clone());
                self.event.new_lane = Some(lane);
            } else {
                lost.push(lane.title().to_owned());
            }
        }
        let lines = [(typed.new_field, &mut self.own_fields.new), (typed.new_image, &mut self.new_image)];
        for (line, open) in lines {
            match line {
                Some(line) if timeline.event(&line.event).is_some() => {
                    view.transient.selection = Some(line.event.clone());
                    *open = Some(line);
                }
                Some(line) => lost.push(line.text),
                None => {}
            }
        }
        for (event, text) in typed.uncited {
            if timeline.event(&event).is_none() {
                lost.push(text);
                continue;
            }
            if view.transient.selection.is_none() && view.transient.source.is_none() {
                view.transient.selection = Some(event.clone());
            }
            self.uncited.insert(event, text);
        }
        lost
    }

    /// Commits a form that is complete, as its button would, and closes it; nothing where there is none. Each is a step of its
    /// own, on the timeline that the one before has left: to be called until there is nothing.
    pub fn commit_form(&mut self, doc: Document<'_>) -> Vec<Action> {
        let mut changes = Changes::new(doc.timeline, doc.now);
        if doc.read_only.is_some() {
            return Vec::new();
        }
        if let Some(new) = self.new_source.take_if(|new| !new.typed().is_empty()) {
            new.put_into(&mut changes);
        } else if let Some(lane) = self.event.new_lane.take_if(|lane| !lane.title().is_empty()) {
            lane.put_into(&mut changes);
        } else if let Some((line, event)) =
            taken(&mut self.own_fields.new, doc, |line, event| own_fields::problem_of(line, event).is_none())
        {
            own_fields::put_into(&line, event, &mut changes);
        } else if let Some((line, event)) =
            taken(&mut self.new_image, doc, |line, _| images::problem_of(line).is_none())
        {
            images::put_into(&line, event, &mut changes);
        } else if let Some(new) = &self.new_event
            && !new.is_untouched()
            && new.put_into(&mut changes).is_ok()
        {
            self.new_event = None;
        }
        changes.into_actions(doc.references)
    }

    /// The first thing that is typed and cannot be committed as it stands.
    pub fn unfinished(&self, doc: Document<'_>) -> Option<Unfinished> {
        if let Some(new) = self.new_event.as_ref().filter(|new| !new.is_untouched()) {
            let reason = match new.missing(doc.now) {
                Some(Missing::Title) => Some("the new event has no title".to_owned()),
                Some(Missing::Date(problem)) => Some(format!("the date of the new event: {}", problem.message)),
                None => None,
            };
            if let Some(reason) = reason {
                return Some(Unfinished { reason, place: Place::NewEvent });
            }
        }
        let refused = self.drafts.iter().find_map(|(slot, text)| {
            let problem = slot.problem(text, doc.timeline, doc.now)?;
            let reason = slot.refusal(&problem, doc.timeline)?;
            Some(Unfinished { reason, place: Place::Field(slot.clone()) })
        });
        let uncited = || {
            let (event, text) = self.uncited().pop_first()?;
            let reason = format!("{} is typed as a source to cite, but not chosen", quoted(&text));
            Some(Unfinished { reason, place: Place::Cite(event) })
        };
        refused.or_else(uncited).or_else(|| self.unfinished_line(doc))
    }

    /// A line whose text cannot be added.
    fn unfinished_line(&self, doc: Document<'_>) -> Option<Unfinished> {
        let field = self.own_fields.new.as_ref();
        let of_field = field.and_then(|line| {
            let event = doc.timeline.event(&line.event)?;
            Some(("field", line, own_fields::problem_of(line, event)?))
        });
        let of_image = || self.new_image.as_ref().and_then(|line| Some(("image", line, images::problem_of(line)?)));
        let (what, line, problem) = of_field.or_else(of_image)?;
        let reason = format!("the new {what} {}: {}", quoted(line.trimmed()), problem.message);
        Some(Unfinished { reason, place: Place::Line(line.event.clone()) })
    }

    /// Shows it, with the focus where something is missing.
    pub fn show_unfinished(&mut self, unfinished: &Unfinished, doc: Document<'_>, view: &mut ViewState) {
        match &unfinished.place {
            Place::NewEvent => {
                if let Some(new) = &mut self.new_event {
                    new.focus_missing(doc.now);
                }
            }
            Place::Cite(event) => {
                (view.transient.selection, view.transient.source) = (Some(event.clone()), None);
                self.citations.focus_new();
            }
            Place::Line(event) => {
                (view.transient.selection, view.transient.source) = (Some(event.clone()), None);
                let lines = [&mut self.own_fields.new, &mut self.new_image];
                lines.into_iter().flatten().take(1).for_each(|line| line.focus = true);
            }
            Place::Field(slot) => {
                slot.select(view);
                self.focus_slot = Some(slot.clone());
            }
        }
    }
}

/// Takes out a line in which something is typed that can be added to its event.
fn taken<'d>(
    line: &mut Option<NewLine>,
    doc: Document<'d>,
    fits: impl Fn(&NewLine, &Event) -> bool,
) -> Option<(NewLine, &'d Event)> {
    let event = doc.timeline.event(&line.as_ref()?.event)?;
    let line = line.take_if(|line| !line.trimmed().is_empty() && fits(line, event))?;
    Some((line, event))
}

impl Slot {
    /// What keeps a text out of the field: "the date of “Council approves”: …"; none where the record is gone.
    pub fn refusal(&self, problem: &Problem, timeline: &Timeline) -> Option<String> {
        let record = quoted(&self.record(timeline)?);
        Some(format!("the {} of {record}: {}", self.noun().trim_start_matches("the "), problem.message))
    }

    /// Selects the record that the field belongs to.
    fn select(&self, view: &mut ViewState) {
        (view.transient.selection, view.transient.source) = match self.subject() {
            Subject::Event(id) => (Some(id), None),
            Subject::Source(id) => (None, Some(id)),
            _ => (None, None),
        };
    }
}
