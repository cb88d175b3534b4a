//! Several selected events in one form: what they have in common, and changes that each of them takes.
//!
//! Owns the form and what is typed into it. What is common is counted over several frames where many are selected
//! ([`Common`]). Each change is one [`EventChange`], carried out by `app`.

use std::collections::BTreeMap;

use egui::{Button, Id, RichText, Ui};

use super::common::{Common, OwnField, Shared};
use super::event::{LaneChoice, lane_options};
use super::form::{Form, Initially, section_ui};
use super::source_pick::{Picked, SourcePick};
use super::terms::{Completion, Offered, TermsLine};
use crate::diagnostic::counted;
use crate::edit::{EventChange, Renamed, Terms};
use crate::model::{Citation, EventField, Field as _, Standing, Text, split};
use crate::text::{clipped, visible};
use crate::time::{CalendarShift, Precision, ShiftUnit};
use crate::ui::bidi::visual_line;
use crate::ui::dialog::Naming;
use crate::ui::edit::forget_history;
use crate::ui::field::{self, GRID_PT, Outcome, TextField};
use crate::ui::menu_popup::menu_button_ui;
use crate::ui::{Action, Command, Selected, keyboard};

/// Chips that are shown of tags or actors at first.
const CHIPS: usize = 12;

/// The longest term that a chip shows whole, in bytes.
const CHIP_BYTES: usize = 30;

/// Width of the field for a number, in points.
const NUMBER_PT: f32 = 80.0;

/// Precisions that dates can be made, as the button has them.
const PRECISIONS: [(Precision, &str); 6] = [
    (Precision::Day, "Days"),
    (Precision::Month, "Months"),
    (Precision::Season, "Quarters"),
    (Precision::Year, "Years"),
    (Precision::Decade, "Decades"),
    (Precision::Century, "Centuries"),
];

/// The accessible name of the field for the number of a shift.
const SHIFT_BY: &str = "Shift by";

/// What it means to rename everywhere.
const EVERYWHERE: &str = "In all events of the timeline, selected or not";

/// What stands in a field where the events differ.
const SEVERAL: &str = "Several values";

/// What the form remembers between frames.
#[derive(Debug, Default)]
pub struct ManyState {
    common: Common,
    /// What is typed into fields and not committed, by the name of the field.
    typed: BTreeMap<String, String>,
    /// The set for which it is typed.
    number: u64,
    unit: ShiftUnit,
    cite: SourcePick,
    completion: Completion,
    /// What gets another name.
    renaming: Option<Renaming>,
    /// Whether all chips of a kind are shown.
    all_chips: [bool; 2],
    /// The field that takes the keyboard when it is drawn next.
    focus: Option<Focus>,
}

/// A name for which another is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Renaming {
    what: Renamed,
    /// The name it has.
    from: Text,
    /// Whether every event of the timeline takes the other, and not only those that are selected.
    is_everywhere: bool,
}

/// A field that a command leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    First,
    Shift,
    Cite,
}

impl ManyState {
    /// Gives the field that a command is about the focus when it is drawn next, else the first.
    pub fn focus(&mut self, command: Command) {
        self.focus = Some(match command {
            Command::DateEvent => Focus::Shift,
            Command::CiteSource => Focus::Cite,
            _ => Focus::First,
        });
    }

    fn takes_focus(&mut self, field: Focus) -> bool {
        self.focus.take_if(|wanted| *wanted == field).is_some()
    }
}

/// The form of several events.
pub fn many_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut ManyState, selected: &Selected) {
    if state.number != selected.number() {
        state.typed.clear();
        state.renaming = None;
        state.number = selected.number();
    }
    if state.common.refresh(form.doc, selected) {
        ui.ctx().request_repaint();
    }
    ui.heading(counted(selected.len(), "event"));
    field::help_ui(ui, form.ink, &state.common.dates_in_words(form.doc.zone));
    if form.editable() {
        field::help_ui(ui, form.ink, "What is set here is set in all of them, as one step to undo");
    }
    ui.add_space(GRID_PT);
    lane_ui(ui, form, state);
    standing_ui(ui, form, state);
    weight_ui(ui, form, state);
    place_ui(ui, form, state);
    for terms in [Terms::Actors, Terms::Tags] {
        terms_ui(ui, form, state, terms);
    }
    own_fields_ui(ui, form, state);
    if form.editable() {
        dates_ui(ui, form, state);
        cite_ui(ui, form, state);
    }
    commands_ui(ui, form);
    // The number of a shift stays for the next one and is no text of the events: it holds no key back.
    form.is_open |= state.typed.keys().any(|name| name != SHIFT_BY) || !state.cite.is_empty();
}

fn change(form: &mut Form<'_>, change: EventChange) {
    form.actions.push(Action::ChangeSelected(Box::new(change)));
}

/// A menu of values, the first of which says that the events differ, where they do. Returns what was chosen.
fn choice_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    form: &mut Form<'_>,
    (label, focus): (&str, bool),
    shared: &Shared<T>,
    options: impl IntoIterator<Item = (T, String)>,
) -> Option<T> {
    let current = match shared {
        Shared::One(value) => Some(value.clone()),
        Shared::None | Shared::Several => None,
    };
    let mut entries: Vec<(Option<T>, String)> = Vec::new();
    if current.is_none() {
        entries.push((None, SEVERAL.to_owned()));
    }
    entries.extend(options.into_iter().map(|(value, words)| (Some(value), words)));
    if focus {
        form.focus = Some(label.to_owned());
    }
    form.choice(ui, label, label, &current, &entries).flatten()
}

/// The menu of lanes; a new one is named in a dialog, and takes the selected events in.
fn lane_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut ManyState) {
    let current = match &state.common.lane {
        Shared::One(Some(id)) => Shared::One(LaneChoice::Lane(id.clone())),
        Shared::One(None) => Shared::One(LaneChoice::None),
        Shared::None | Shared::Several => Shared::Several,
    };
    let own = match &current {
        Shared::One(LaneChoice::Lane(id)) => Some(id.clone()),
        _ => None,
    };
    let options = lane_options(form, own.as_deref());
    let focus = state.takes_focus(Focus::First);
    let lane = match choice_ui(ui, form, ("Lane", focus), &current, options) {
        Some(LaneChoice::Lane(id)) => Some(id),
        Some(LaneChoice::None) => None,
        Some(LaneChoice::New) => {
            let at = form.doc.timeline.lanes().len();
            form.actions.push(Action::Name(Naming::NewLane { at, takes_selected: true }));
            return;
        }
        None => return,
    };
    change(form, EventChange::Lane(lane));
}

fn standing_ui(ui: &mut Ui, form: &mut Form<'_>, state: &ManyState) {
    let options = Standing::ALL.map(|standing| (standing, standing.label().to_owned()));
    if let Some(standing) = choice_ui(ui, form, ("Standing", false), &state.common.standing, options) {
        change(form, EventChange::Standing(standing));
    }
}

fn weight_ui(ui: &mut Ui, form: &mut Form<'_>, state: &ManyState) {
    let words = |weight: u8| match weight {
        5 => "5 (keeps its label longest)".to_owned(),
        3 => "3 (usual)".to_owned(),
        1 => "1 (loses its label first)".to_owned(),
        other => other.to_string(),
    };
    let options = (1..=5).map(|weight| (weight, words(weight)));
    if let Some(weight) = choice_ui(ui, form, ("Weight", false), &state.common.weight, options) {
        change(form, EventChange::Weight(weight));
    }
}

fn place_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut ManyState) {
    let place = state.common.place.clone();
    let (value, hint) = match &place {
        Shared::One(Some(place)) => (place.as_str(), ""),
        Shared::One(None) | Shared::None => ("", ""),
        Shared::Several => ("", SEVERAL),
    };
    let there = place_of(&place);
    let completes = Some(Completes { field: EventField::Place, what: Renamed::Place, there: &there });
    let line = Line { label: "Place", name: "Place", value, hint, completes, ..Line::default() };
    if let Some(typed) = line_ui(ui, form, state, line) {
        let place = (!typed.trim().is_empty()).then(|| Text::from(typed.trim()));
        change(form, EventChange::Place(place));
    }
    let Shared::One(Some(from)) = place else { return };
    if form.editable() && state.renaming.is_none() {
        let rename = field::row(ui, form.ink, "", |ui| field::link_ui(ui, form.ink, "Rename the place everywhere…"));
        if rename.on_hover_text(EVERYWHERE).clicked() {
            begin_renaming(ui, state, Renaming { what: Renamed::Place, from, is_everywhere: true });
        }
    }
    renaming_ui(ui, form, state, Renamed::Place);
}

/// The place that events have in common, where they have one.
fn place_of(place: &Shared<Option<Text>>) -> Vec<Text> {
    match place {
        Shared::One(place) => place.iter().cloned().collect(),
        Shared::None | Shared::Several => Vec::new(),
    }
}

/// A line of text of the form.
#[derive(Debug, Clone, Copy, Default)]
struct Line<'a> {
    /// At its left.
    label: &'a str,
    /// Its accessible name; what is typed is known by it.
    name: &'a str,
    /// What stands in it where nothing is typed.
    value: &'a str,
    /// Shown while it is empty.
    hint: &'a str,
    /// Whether it adds something: emptied by Enter, it keeps the keyboard for the next.
    adds: bool,
    completes: Option<Completes<'a>>,
}

/// What a line is completed with.
#[derive(Debug, Clone, Copy)]
struct Completes<'a> {
    field: EventField,
    what: Renamed,
    /// Terms that need not be offered.
    there: &'a [Text],
}

/// A line of text; returns what was typed once it is meant.
fn line_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut ManyState, line: Line<'_>) -> Option<String> {
    let (name, id) = (line.name, line_id(line.name));
    state.completion.take_arrows(ui, id);
    let outcome = draft_ui(ui, form, &mut state.typed, line);
    let mut is_meant = matches!(outcome, Outcome::Entered | Outcome::Left);
    let mut keeps_keyboard = line.adds && outcome == Outcome::Entered;
    if let Some(Completes { field, what, there }) = line.completes {
        let typed = state.typed.get(name).cloned().unwrap_or_default();
        let completed = TermsLine { id, field, what, is_list: what != Renamed::Place, there };
        match state.completion.offers_ui(ui, form, completed, outcome, &typed) {
            Offered::Nothing => {}
            Offered::Held => is_meant = false,
            Offered::LetGo => is_meant = true,
            Offered::Taken(text) => {
                state.typed.insert(name.to_owned(), text);
                is_meant = true;
                keeps_keyboard |= line.adds;
            }
        }
    }
    if keeps_keyboard {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let meant = is_meant.then(|| state.typed.remove(name)).flatten();
    meant.inspect(|_| forget_history(ui.ctx(), id))
}

fn line_id(name: &str) -> Id {
    Id::unique(("several events", name))
}

/// The field of a line; what is typed stays among what is `typed`.
fn draft_ui(ui: &mut Ui, form: &Form<'_>, typed: &mut BTreeMap<String, String>, line: Line<'_>) -> Outcome {
    let Line { label, name, value, hint, .. } = line;
    let enabled = form.editable();
    if !enabled && value.is_empty() && hint.is_empty() {
        return Outcome::Idle;
    }
    let mut draft = typed.remove(name);
    let line =
        TextField { id: line_id(name), name, hint, rows: 1, keeps_lines: false, enabled, invalid: false, focus: false };
    let ink = form.ink;
    let outcome = field::row(ui, ink, label, |ui| field::text_ui(ui, ink, line, value, &mut draft));
    typed.extend(draft.map(|draft| (name.to_owned(), draft)));
    outcome
}

/// Tags or actors: a chip for each with the number of events that have it, and a line that adds some.
fn terms_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut ManyState, terms: Terms) {
    let (field, kind) = match terms {
        Terms::Actors => (EventField::Actors, 0),
        Terms::Tags => (EventField::Tags, 1),
    };
    let label = field.label();
    let all = state.common.len;
    let counted = state.common.terms(terms).to_vec();
    let shows_all = state.all_chips.get(kind).copied().unwrap_or_default();
    let shown = if shows_all { counted.len() } else { counted.len().min(CHIPS) };
    if !counted.is_empty() {
        field::row(ui, form.ink, label, |ui| {
            ui.horizontal_wrapped(|ui| {
                for (term, count) in counted.iter().take(shown) {
                    chip_ui(ui, form, state, Renamed::Term(terms), term, (*count, all));
                }
                if shown < counted.len()
                    && field::link_ui(ui, form.ink, &format!("{} more", counted.len() - shown)).clicked()
                    && let Some(shows_all) = state.all_chips.get_mut(kind)
                {
                    *shows_all = true;
                }
            });
        });
        renaming_ui(ui, form, state, Renamed::Term(terms));
    }
    if form.editable() {
        let label = if counted.is_empty() { label } else { "" };
        let name = format!("Add {}s", terms.noun());
        let there: Vec<Text> =
            counted.iter().filter(|(_, count)| *count == all).map(|(term, _)| term.clone()).collect();
        let completes = Some(Completes { field, what: Renamed::Term(terms), there: &there });
        let line = Line { label, name: &name, hint: &name, adds: true, completes, ..Line::default() };
        if let Some(typed) = line_ui(ui, form, state, line) {
            let added: Vec<Text> = split(&typed).into_iter().map(Text::from).collect();
            if !added.is_empty() {
                change(form, EventChange::Add(terms, added));
            }
        }
    }
}

/// A term with the number of events that have it; its menu puts it into all, takes it out of all, or renames it.
fn chip_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    state: &mut ManyState,
    what: Renamed,
    term: &Text,
    (count, all): (usize, usize),
) {
    let of = if count == all { "all".to_owned() } else { format!("{count} of {all}") };
    let text = RichText::new(format!("{} · {of}", visual_line(&visible(&clipped(term, CHIP_BYTES))))).small();
    if !form.editable() {
        ui.add(Button::new(text).small().sense(egui::Sense::hover()));
        return;
    }
    let menu = menu_button_ui(ui, text, |ui| {
        if let Renamed::Term(terms) = what {
            if count < all && ui.button(format!("Add to all {all} events")).clicked() {
                change(form, EventChange::Add(terms, vec![term.clone()]));
                ui.close();
            }
            if ui.button(format!("Remove from {count} of them")).clicked() {
                change(form, EventChange::Remove(terms, term.clone()));
                ui.close();
            }
            if ui.button(format!("Replace in {count} of them…")).clicked() {
                begin_renaming(ui, state, Renaming { what, from: term.clone(), is_everywhere: false });
                ui.close();
            }
        }
        if ui.button("Rename everywhere…").on_hover_text(EVERYWHERE).clicked() {
            begin_renaming(ui, state, Renaming { what, from: term.clone(), is_everywhere: true });
            ui.close();
        }
    });
    let _ = menu.accessible_name(format!("{} {}, {of}", field::sentence_case(what.noun()), visible(term)));
}

fn begin_renaming(ui: &Ui, state: &mut ManyState, renaming: Renaming) {
    state.renaming = Some(renaming);
    keyboard::await_field(ui.ctx());
}

/// The line in which a new name is typed for what is being renamed.
fn renaming_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut ManyState, what: Renamed) {
    let Some(renaming) = state.renaming.clone().filter(|renaming| renaming.what == what) else { return };
    let (from, is_everywhere) = (renaming.from, renaming.is_everywhere);
    let name = format!("New name of the {}", what.noun());
    let id = line_id("renaming");
    let mut draft = state.typed.remove(&name);
    let begins = draft.is_none();
    let line = TextField {
        id,
        name: &name,
        hint: &name,
        rows: 1,
        keeps_lines: false,
        enabled: true,
        invalid: false,
        focus: begins,
    };
    let ink = form.ink;
    let outcome = field::row(ui, ink, "", |ui| field::text_ui(ui, ink, line, "", &mut draft));
    // While it is open something is typed, be it nothing.
    let typed = draft.unwrap_or_default();
    let (mut done, mut dropped) = (outcome == Outcome::Entered, outcome == Outcome::Reverted);
    field::row(ui, ink, "", |ui| {
        ui.horizontal(|ui| {
            let (verb, whose) =
                if is_everywhere { ("Rename", "in all events") } else { ("Replace", "in those selected") };
            done |= ui.button(verb).on_hover_text(format!("“{from}”, {whose}")).clicked();
            dropped |= ui.button("Cancel").accessible_name("Cancel renaming").clicked();
        });
    });
    if done || dropped {
        state.renaming = None;
    } else {
        state.typed.insert(name, typed.clone());
    }
    let to = Text::from(typed.trim());
    match what {
        Renamed::Term(terms) if done && !is_everywhere && !to.is_empty() => {
            change(form, EventChange::Replace(terms, from, to));
        }
        _ if done => form.actions.push(Action::RenameEverywhere(what, from, to)),
        _ => {}
    }
}

/// Fields of the user's own, each with what the events have in common, and a line that adds one.
fn own_fields_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut ManyState) {
    let own = state.common.own.clone();
    if own.is_empty() && !form.editable() {
        return;
    }
    let initially = if own.is_empty() { Initially::Folded } else { Initially::Open };
    section_ui(ui, "Own fields", Some(own.len()), initially, |ui| {
        for OwnField { name, text, count } in &own {
            let some = format!("In {count} of {}", state.common.len);
            let (value, hint) = match text {
                Shared::One(text) if *count == state.common.len => (text.as_str(), ""),
                Shared::One(_) => ("", some.as_str()),
                Shared::None | Shared::Several => ("", SEVERAL),
            };
            let field = format!("Own field {name}");
            let line = Line { label: name, name: &field, value, hint, ..Line::default() };
            if let Some(typed) = line_ui(ui, form, state, line) {
                change(
                    form,
                    match typed.trim() {
                        "" => EventChange::RemoveField(name.clone()),
                        text => EventChange::SetField(name.clone(), text.into()),
                    },
                );
            }
        }
        if !form.editable() {
            return;
        }
        const NAME: &str = "Name of the new field";
        const TEXT: &str = "Text of the new field";
        // The name waits until the text is there.
        const EXAMPLE: &str = "Name, for example Casualties";
        let line = Line { label: "New field", name: NAME, hint: EXAMPLE, ..Line::default() };
        if draft_ui(ui, form, &mut state.typed, line) == Outcome::Entered {
            // Without a name there is no text to go on to.
            let next = if state.typed.contains_key(NAME) { TEXT } else { NAME };
            ui.memory_mut(|memory| memory.request_focus(line_id(next)));
        }
        if let Some(name) = state.typed.get(NAME).map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
            && let Some(text) =
                line_ui(ui, form, state, Line { name: TEXT, hint: "Text, in all of them", ..Line::default() })
        {
            state.typed.remove(NAME);
            change(form, EventChange::SetField(name.into(), text.trim().into()));
        }
    });
}

/// Shifting dates by a span, making them vaguer, taking them away.
fn dates_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut ManyState) {
    section_ui(ui, "Dates", None, Initially::Open, |ui| {
        let mut draft = Some(state.typed.remove(SHIFT_BY).unwrap_or_default());
        let count = draft.as_deref().map_or("", str::trim).parse::<i64>().ok().filter(|count| *count > 0);
        let line = TextField {
            id: line_id(SHIFT_BY),
            name: SHIFT_BY,
            hint: "Number",
            rows: 1,
            keeps_lines: false,
            enabled: true,
            invalid: count.is_none() && draft.as_deref().is_some_and(|draft| !draft.trim().is_empty()),
            focus: state.takes_focus(Focus::Shift),
        };
        let units = ShiftUnit::ALL.map(|unit| (unit, unit.label().to_owned()));
        let mut asked = None;
        let (ink, mut outcome) = (form.ink, Outcome::Idle);
        field::row(ui, ink, SHIFT_BY, |ui| {
            ui.horizontal_top(|ui| {
                ui.allocate_ui(egui::vec2(NUMBER_PT, 0.0), |ui| {
                    outcome = field::text_ui(ui, ink, line, "", &mut draft)
                });
                if let Some(unit) = field::choice_ui(ui, "Unit of the shift", true, false, &state.unit, &units) {
                    state.unit = unit;
                }
            });
            ui.horizontal(|ui| {
                for (words, sign) in [("Earlier", -1), ("Later", 1)] {
                    let button = ui.add_enabled(count.is_some(), Button::new(words));
                    if button.on_disabled_hover_text("Type a number first").clicked() {
                        asked = count.map(|count| count * sign);
                    }
                }
            });
        });
        if outcome != Outcome::Reverted {
            state.typed.extend(draft.filter(|draft| !draft.is_empty()).map(|draft| (SHIFT_BY.to_owned(), draft)));
        }
        if let Some(count) = asked {
            change(form, EventChange::Shift(CalendarShift { count, unit: state.unit }));
        }
        field::row(ui, ink, "Precision", |ui| {
            ui.horizontal(|ui| {
                let help = "Dates that say more than is known, such as the first of a month that stands for all of it";
                let menu = menu_button_ui(ui, "These are…", |ui| {
                    for (precision, words) in PRECISIONS {
                        if ui.button(words).clicked() {
                            change(form, EventChange::Coarsen(precision));
                            ui.close();
                        }
                    }
                });
                menu.on_hover_text(help);
                if ui.button("Remove dates").clicked() {
                    change(form, EventChange::RemoveDate);
                }
            });
        });
    });
}

/// A source to cite in all of them.
fn cite_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut ManyState) {
    section_ui(ui, "Sources", None, Initially::Open, |ui| {
        if state.takes_focus(Focus::Cite) {
            state.cite.focus();
        }
        let (_, picked) = state.cite.ui(ui, form, "Cite a source in all", "Cite");
        let cited = picked.map(|picked| match picked {
            Picked::Known(id) => (None, Citation::new(id)),
            Picked::New(source) => {
                let id: Text = form.doc.timeline.fresh_source_id(&source.title).into();
                let source = crate::model::Source { id: id.clone(), ..*source };
                (Some(Box::new(source)), Citation::new(id))
            }
        });
        if let Some((source, citation)) = cited {
            change(form, EventChange::Cite { citation, source });
        }
    });
}

/// What can be done with them as a whole.
fn commands_ui(ui: &mut Ui, form: &mut Form<'_>) {
    section_ui(ui, "Events", None, Initially::Open, |ui| {
        ui.horizontal_wrapped(|ui| {
            const READING: [(Command, &str); 2] =
                [(Command::CopyEvents, "Copy"), (Command::CopyTable, "Copy as table")];
            const CHANGING: [(Command, &str); 3] = [
                (Command::DuplicateEvent, "Duplicate"),
                (Command::MergeEvents, "Merge into one"),
                (Command::DeleteEvent, "Delete"),
            ];
            let changing: &[_] = if form.editable() { &CHANGING } else { &[] };
            for (command, words) in READING.iter().chain(changing) {
                if ui.button(*words).on_hover_text(command.tooltip()).clicked() {
                    form.actions.push(Action::Run(*command));
                }
            }
        });
    });
}
