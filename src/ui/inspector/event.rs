//! The selected event: what happened, when, where, how it stands.

use egui::Ui;
use serde::{Deserialize, Serialize};

use super::changes::{Changes, quoted};
use super::form::{Form, Initially, section_ui};
use super::slot::{EventField, Slot};
use crate::diagnostic::{Severity, Subject};
use crate::model::{Event, Lane, Standing, Text, derive_id};
use crate::ui::field::{self, FromPhrase, Outcome};
use crate::ui::{Action, Command};

/// The name of a lane being made for an event.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct NewLane {
    pub event: Text,
    title: String,
    #[serde(skip)]
    focus: bool,
}

impl NewLane {
    /// What is typed of the name.
    pub fn title(&self) -> &str {
        self.title.trim()
    }

    /// Adds the lane, once it has a name.
    pub fn put_into(&self, changes: &mut Changes<'_>) {
        move_to_new_lane(changes, self.title(), &self.event);
    }
}

/// The words from which an event's date was read, and which may be kept as its wording.
#[derive(Debug)]
pub struct Phrase {
    event: Text,
    read: FromPhrase,
}

/// What the part of the event remembers between frames.
#[derive(Debug, Default)]
pub struct EventState {
    pub new_lane: Option<NewLane>,
    pub phrase: Option<Phrase>,
    pub focus_title: bool,
}

/// What happened, when, in which lane, how it stands.
pub fn event_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut EventState, event: &Event) {
    let slot = |field| Slot::Event(event.id.clone(), field);
    let title = slot(EventField::Title);
    if std::mem::take(&mut state.focus_title) {
        form.focus_slot = Some(title.clone());
    }
    unplaced_problems_ui(ui, form, event);
    form.text(ui, &title);
    beside_ui(ui, form, event, "title");
    date_ui(ui, form, state, event);
    form.text(ui, &slot(EventField::Wording));
    lane_ui(ui, form, state, event);
    let standings: Vec<_> = Standing::ALL.map(|standing| (standing, standing.label().to_owned())).into();
    if let Some(standing) = form.choice(ui, "Standing", "Standing", &event.standing, &standings) {
        form.changes.label(format!("Mark {} as {}", quoted(&event.title), standing.label().to_lowercase()));
        if let Some(event) = form.changes.event(&event.id) {
            event.standing = standing;
        }
    }
    weight_ui(ui, form, event);
    form.text(ui, &slot(EventField::Place));
    form.text(ui, &slot(EventField::Actors));
    form.text(ui, &slot(EventField::Tags));
    form.text(ui, &slot(EventField::Note));
}

/// The problems that no field below shows.
fn unplaced_problems_ui(ui: &mut Ui, form: &Form<'_>, event: &Event) {
    let subject = Subject::Event(event.id.clone());
    for problem in form.problems.iter().filter(|problem| problem.subject == subject) {
        let path: Vec<&str> = problem.field.iter().map(String::as_str).collect();
        // Notes on the evidence would stand here for most events: they have their place in the drawer.
        if problem.severity == Severity::Info && path.first() == Some(&"citations") {
            continue;
        }
        if !matches!(path[..], ["title" | "lane" | "weight"] | ["citations", _, "source"] | ["links", _, "to"]) {
            field::diagnostic_ui(ui, form.ink, problem);
        }
    }
}

/// The problems of a field of the event, in the column of fields.
fn beside_ui(ui: &mut Ui, form: &Form<'_>, event: &Event, field: &str) {
    let subject = Subject::Event(event.id.clone());
    if form.problems.iter().any(|problem| problem.subject == subject && problem.field == [field]) {
        field::row(ui, form.ink, "", |ui| form.problems_ui(ui, &subject, &[field]));
    }
}

fn date_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut EventState, event: &Event) {
    let slot = Slot::Event(event.id.clone(), EventField::Date);
    field::row(ui, form.ink, slot.label(), |ui| {
        let shown = form.bare_text(ui, &slot, slot.label());
        if let Some(read) = shown.phrase {
            state.phrase = Some(Phrase { event: event.id.clone(), read });
        }
        if shown.draft.is_none() {
            field::date_in_words_ui(ui, form.ink, &event.date, form.doc.zone);
        }
        if shown.outcome == Some(Outcome::Reverted) {
            state.phrase = None;
        }
        keep_phrase_ui(ui, form, state, event, shown.draft.as_deref());
    });
}

/// Offers to keep the words that were typed, while they stand in the field and afterwards as long as the date is the one
/// that was read from them.
fn keep_phrase_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut EventState, event: &Event, draft: Option<&str>) {
    let Some(Phrase { event: id, read }) = &state.phrase else { return };
    let is_typed = draft.is_some_and(|draft| draft.trim() == read.phrase);
    let is_written = draft.is_none() && event.date == read.date;
    if *id != event.id || !(is_typed || is_written) || event.wording.as_deref() == Some(read.phrase.as_str()) {
        return;
    }
    if field::small_button_ui(ui, &format!("Keep “{}” as wording", read.phrase)).clicked() {
        form.changes.label(format!("Change date and wording of {}", quoted(&event.title)));
        if let Some(event) = form.changes.event(&event.id) {
            event.wording = Some(read.phrase.as_str().into());
        }
        state.phrase = None;
    }
}

/// An entry of a menu of lanes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LaneChoice {
    None,
    Lane(Text),
    New,
}

fn lane_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut EventState, event: &Event) {
    let options = lane_options(form, event.lane.as_deref());
    let current = event.lane.clone().map_or(LaneChoice::None, LaneChoice::Lane);
    let label = format!("Move {} to another lane", quoted(&event.title));
    match form.choice(ui, "Lane", "Lane", &current, &options) {
        Some(LaneChoice::New) => {
            state.new_lane = Some(NewLane { event: event.id.clone(), title: String::new(), focus: true });
        }
        Some(choice) => {
            form.changes.label(label);
            if let Some(event) = form.changes.event(&event.id) {
                event.lane = match choice {
                    LaneChoice::Lane(id) => Some(id),
                    LaneChoice::None | LaneChoice::New => None,
                };
            }
        }
        None => {}
    }
    beside_ui(ui, form, event, "lane");
    if state.new_lane.as_ref().is_some_and(|lane| lane.event == event.id) && form.editable() {
        field::row(ui, form.ink, "", |ui| new_lane_ui(ui, form, &mut state.new_lane, event));
    }
}

fn new_lane_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut Option<NewLane>, event: &Event) {
    let Some(lane) = state else { return };
    form.is_open = true;
    let outcome = draft_line_ui(ui, form, "New lane title", "Name of the lane", &mut lane.title, &mut lane.focus);
    let title = lane.title.trim().to_owned();
    let mut add = outcome == Outcome::Entered && !title.is_empty();
    let mut cancel = outcome == Outcome::Reverted;
    ui.horizontal(|ui| {
        add |= ui.add_enabled(!title.is_empty(), egui::Button::new("Add lane")).clicked();
        cancel |= ui.button("Cancel").accessible_name("Cancel the new lane").clicked();
    });
    if cancel || add {
        if add {
            move_to_new_lane(&mut form.changes, &title, &event.id);
        }
        form.focus_next = Some("Lane".to_owned());
        *state = None;
    } else if outcome == Outcome::Entered {
        focus_draft(ui, "New lane title");
    }
}

/// Adds a lane and moves an event into it.
fn move_to_new_lane(changes: &mut Changes<'_>, title: &str, event: &str) {
    changes.label(format!("Add lane {}", quoted(title)));
    let id = add_lane(changes, title);
    if let Some(event) = changes.event(event) {
        event.lane = Some(id);
    }
}

/// Adds a lane; returns its id.
pub fn add_lane(changes: &mut Changes<'_>, title: &str) -> Text {
    let base = derive_id(title, None);
    let taken = |id: &str| changes.timeline().lane(id).is_some();
    let id = std::iter::once(base.clone())
        .chain((2_u64..).map(|n| format!("{base}-{n}")))
        .find(|id| !taken(id))
        .unwrap_or(base);
    changes.add_lane(Lane { id: id.as_str().into(), title: title.into(), color: None, note: None });
    id.into()
}

/// The egui id of a line that belongs to no record yet.
pub fn draft_id(name: &str) -> egui::Id {
    egui::Id::unique(("inspector draft", name))
}

/// Gives such a line, which has been drawn in this frame, the focus: what was refused stays at hand.
pub fn focus_draft(ui: &Ui, name: &str) {
    ui.memory_mut(|memory| memory.request_focus(draft_id(name)));
}

/// A line that belongs to no record yet.
pub fn draft_line_ui(
    ui: &mut Ui,
    form: &Form<'_>,
    name: &str,
    hint: &str,
    text: &mut String,
    focus: &mut bool,
) -> Outcome {
    let mut draft = Some(text.clone());
    let line = field::TextField {
        id: draft_id(name),
        name,
        hint,
        rows: 1,
        keeps_lines: false,
        enabled: true,
        invalid: false,
        focus: std::mem::take(focus),
    };
    let outcome = field::text_ui(ui, form.ink, line, "", &mut draft);
    if outcome != Outcome::Reverted {
        *text = draft.unwrap_or_default();
    }
    outcome
}

/// The entries of a menu of lanes, the one for a new lane last.
pub fn lane_options(form: &Form<'_>, current: Option<&str>) -> Vec<(LaneChoice, String)> {
    let mut options = vec![(LaneChoice::None, "No lane".to_owned())];
    let lanes = form.doc.timeline.lanes();
    options.extend(lanes.iter().map(|lane| (LaneChoice::Lane(lane.id.clone()), lane.title.to_string())));
    if let Some(id) = current.filter(|id| form.doc.timeline.lane(id).is_none()) {
        options.push((LaneChoice::Lane(id.into()), format!("{id} (not among the lanes)")));
    }
    options.push((LaneChoice::New, "New lane…".to_owned()));
    options
}

fn weight_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event) {
    let editable = form.editable();
    let wanted = field::row(ui, form.ink, "Weight", |ui| {
        field::stepper_ui(ui, form.ink, "Weight", editable, event.weight, 1..=5)
    });
    beside_ui(ui, form, event, "weight");
    if let Some(weight) = wanted {
        form.changes.label(format!("Change weight of {} to {weight}", quoted(&event.title)));
        if let Some(event) = form.changes.event(&event.id) {
            event.weight = weight;
        }
    }
}

/// What is about the record rather than about what happened.
pub fn record_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event) {
    let is_wanted =
        matches!(&form.focus_slot, Some(Slot::Event(id, EventField::Recorded | EventField::Id)) if *id == event.id);
    section_ui(ui, "Record", None, Initially::Folded.or_shown(is_wanted), |ui| {
        form.text(ui, &Slot::Event(event.id.clone(), EventField::Recorded));
        form.text(ui, &Slot::Event(event.id.clone(), EventField::Id));
        if form.editable() {
            ui.horizontal(|ui| {
                for (text, command) in
                    [("Duplicate event", Command::DuplicateEvent), ("Delete event", Command::DeleteEvent)]
                {
                    if ui.button(text).clicked() {
                        form.actions.push(Action::Run(command));
                    }
                }
            });
        }
    });
}
