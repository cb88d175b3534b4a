//! The selected event: what happened, when, where, how it stands.

use egui::Ui;
use serde::{Deserialize, Serialize};

use super::changes::{Changes, quoted};
use super::form::{Form, Initially, section_ui};
use super::slot::Slot;
use super::terms::{TermsState, renamed, terms_ui};
use crate::diagnostic::{Severity, Subject};
use crate::edit::redated;
use crate::model::{Choice, Event, EventField, Field as _, Kind, Lane, Limits, Text, Value, derive_id};
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
    pub focus_date: bool,
    pub terms: TermsState,
}

/// The fields of the form, in its order: what names the event and where it stands on the track, then what else is told of it.
/// Its id and when it was recorded, and the records inside it, have parts of their own.
fn form_fields() -> impl Iterator<Item = EventField> {
    const FIRST: [EventField; 8] = [
        EventField::Title,
        EventField::Date,
        EventField::Wording,
        EventField::Lane,
        EventField::Standing,
        EventField::Weight,
        EventField::Place,
        EventField::Coordinates,
    ];
    let others = EventField::ALL.iter().copied().filter(|field| {
        let is_elsewhere = matches!(field, EventField::Id | EventField::Recorded)
            || matches!(field.kind(), Kind::Record(_) | Kind::Records(_) | Kind::Map);
        !is_elsewhere && !FIRST.contains(field)
    });
    FIRST.into_iter().chain(others)
}

/// What happened, when, in which lane, how it stands.
pub fn event_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut EventState, event: &Event) {
    if std::mem::take(&mut state.focus_title) {
        form.focus_slot = Some(Slot::Event(event.id.clone(), EventField::Title));
    }
    if std::mem::take(&mut state.focus_date) {
        form.focus_slot = Some(Slot::Event(event.id.clone(), EventField::Date));
    }
    unplaced_problems_ui(ui, form, event);
    for field in form_fields() {
        match field.kind() {
            Kind::Reference(_) => lane_ui(ui, form, state, event),
            Kind::Choice(choices) => choice_ui(ui, form, event, field, choices),
            Kind::Number(limits) => number_ui(ui, form, event, field, limits),
            _ if field == EventField::Date => date_ui(ui, form, state, event),
            _ => match renamed(field) {
                Some(what) => terms_ui(ui, form, &mut state.terms, event, field, what),
                None => drop(form.text(ui, &Slot::Event(event.id.clone(), field))),
            },
        }
        if has_problems_beside(field) {
            beside_ui(ui, form, event, field);
        }
        if field == EventField::Lane {
            making_lane_ui(ui, form, state, event);
        }
    }
}

/// Whether the problems of a field stand beside it. Those of the date and of the standing are about the evidence as well, and
/// stand above all.
fn has_problems_beside(field: EventField) -> bool {
    !matches!(field, EventField::Date | EventField::Standing) && form_fields().any(|other| other == field)
}

/// A menu of the terms of a field that always has one.
fn choice_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, field: EventField, choices: &'static [Choice]) {
    let Value::Choice(current) = field.get(event) else { return };
    let options: Vec<_> = choices.iter().map(|choice| (choice, choice.in_menus())).collect();
    let Some(chosen) = form.choice(ui, field.label(), field.label(), &current, &options) else { return };
    let term = chosen.label.to_lowercase();
    form.changes.label(match field {
        EventField::Standing => format!("Mark {} as {term}", quoted(&event.title)),
        _ => format!("Change {} of {} to {term}", field.info().noun, quoted(&event.title)),
    });
    change(form, event, field, Value::Choice(chosen));
}

/// A number between two buttons.
fn number_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, field: EventField, limits: &Limits) {
    let small = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    let Value::Number(current) = field.get(event) else { return };
    let (editable, range) = (form.editable(), small(limits.least)..=small(limits.most));
    let wanted = field::row(ui, form.ink, field.label(), |ui| {
        field::stepper_ui(ui, form.ink, field.label(), editable, small(current), range)
    });
    if let Some(wanted) = wanted {
        form.changes.label(format!("Change {} of {} to {wanted}", field.info().noun, quoted(&event.title)));
        change(form, event, field, Value::Number(u32::from(wanted)));
    }
}

/// Puts a value that a menu or a button offered, which fits.
fn change(form: &mut Form<'_>, event: &Event, field: EventField, value: Value<'_>) {
    if let Some(copy) = form.changes.event(&event.id) {
        let fits = field.set(copy, value);
        debug_assert!(fits.is_ok(), "{fits:?}");
    }
}

/// The problems that no field below shows.
pub fn unplaced_problems_ui(ui: &mut Ui, form: &Form<'_>, event: &Event) {
    let subject = Subject::Event(event.id.clone());
    for problem in form.problems.iter().filter(|problem| problem.subject == subject) {
        let path: Vec<&str> = problem.field.iter().map(String::as_str).collect();
        // Notes on the evidence would stand here for most events: they have their place in the drawer.
        if problem.severity == Severity::Info && path.first() == Some(&"citations") {
            continue;
        }
        let is_placed = match path[..] {
            [name] => EventField::named(name).is_some_and(has_problems_beside),
            _ => matches!(path[..], ["citations", _, "source"] | ["links", _, "to"] | ["images", _, "file"]),
        };
        if !is_placed {
            field::diagnostic_ui(ui, form.ink, problem);
        }
    }
}

/// The problems of a field of the event, in the column of fields.
fn beside_ui(ui: &mut Ui, form: &Form<'_>, event: &Event, field: EventField) {
    let subject = Subject::Event(event.id.clone());
    if form.problems.iter().any(|problem| problem.subject == subject && problem.field == [field.name()]) {
        field::row(ui, form.ink, "", |ui| form.problems_ui(ui, &subject, &[field.name()]));
    }
}

/// Said under the empty date field of an event that has none.
const UNDATED_HELP: &str = "Undated: listed apart until a date is written here";

fn date_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut EventState, event: &Event) {
    let slot = Slot::Event(event.id.clone(), EventField::Date);
    field::row(ui, form.ink, slot.label(), |ui| {
        let shown = form.bare_text(ui, &slot, slot.label());
        if let Some(read) = shown.phrase {
            state.phrase = Some(Phrase { event: event.id.clone(), read });
        }
        if shown.draft.is_none() {
            match &event.date {
                Some(date) => field::date_in_words_ui(ui, form.ink, date, form.doc.zone),
                None => field::help_ui(ui, form.ink, UNDATED_HELP),
            }
        }
        if shown.outcome == Some(Outcome::Reverted) {
            state.phrase = None;
        }
        // A field that is emptied by mistake must not take the date away, so that is asked for here.
        let is_emptied = shown.draft.as_deref().is_some_and(|draft| draft.trim().is_empty());
        if is_emptied && event.date.is_some() && field::small_button_ui(ui, "Remove the date").clicked() {
            form.drafts.forget(&slot);
            form.changes.label(format!("Remove the date of {}", quoted(&event.title)));
            if let Some(copy) = form.changes.event(&event.id) {
                *copy = redated(copy, None);
            }
        }
        keep_phrase_ui(ui, form, state, event, shown.draft.as_deref());
    });
}

/// Offers to keep the words that were typed, while they stand in the field and afterwards as long as the date is the one
/// that was read from them.
fn keep_phrase_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut EventState, event: &Event, draft: Option<&str>) {
    let Some(Phrase { event: id, read }) = &state.phrase else { return };
    let is_typed = draft.is_some_and(|draft| draft.trim() == read.phrase);
    let is_written = draft.is_none() && event.date.as_ref() == Some(&read.date);
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
}

/// The name of a lane that is being made for the event.
fn making_lane_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut EventState, event: &Event) {
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
