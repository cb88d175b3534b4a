//! Actors, tags and the place of an event: a chip for each, with a menu, and a line that adds some and completes what is typed with those
//! that are in use.

use std::collections::BTreeMap;

use egui::{Button, Id, Popup, Rect, RichText, SetOpenCommand, Ui};

use super::changes::quoted;
use super::form::Form;
use super::slot::Slot;
use crate::edit::{Renamed, Terms};
use crate::model::{Event, EventField, Field as _, Text, Timeline, join};
use crate::query::fold;
use crate::text::{clipped, visible};
use crate::ui::Action;
use crate::ui::bidi::visual_line;
use crate::ui::context::take_menu_key;
use crate::ui::dialog::Naming;
use crate::ui::edit::{forget_history, select_all};
use crate::ui::field::{self, Candidate, OFFERED, Offers, Outcome};
use crate::ui::keyboard::await_field;
use crate::ui::menu_popup::scrolled_ui;

/// The longest term that a chip shows whole, in bytes.
const CHIP_BYTES: usize = 40;
/// So many events are looked through for terms that are in use.
const MOST_EVENTS: usize = 50_000;
/// What the line of a field offers is named so: "Use Harbour office".
const VERB: &str = "Use";

/// The terms in use of a field with how many events have each, the most first; of a revision.
type Used = BTreeMap<EventField, (u64, Vec<(Text, usize)>)>;

/// What the lines remember between frames.
#[derive(Debug, Default)]
pub struct TermsState {
    completion: Completion,
    /// The field that takes the keyboard when it is drawn next.
    focus: Option<Slot>,
    /// The term for which another is typed in the place of its line.
    changing: Option<Slot>,
}

/// What completes lines of terms: those in use, and which of them are offered for what is typed.
#[derive(Debug, Default)]
pub struct Completion {
    used: Used,
    offers: Offers<Text>,
    /// The line that is completed.
    line: Option<Id>,
    /// The pointer was down on an offer in the last frame.
    is_held: bool,
}

/// A line that is completed.
#[derive(Debug, Clone, Copy)]
pub struct TermsLine<'a> {
    /// Its field of text.
    pub id: Id,
    /// The field of the events.
    pub field: EventField,
    /// What stands in it.
    pub what: Renamed,
    /// Whether several can be typed, separated by commas.
    pub is_list: bool,
    /// The terms that need not be offered.
    pub there: &'a [Text],
}

/// What has come of the offers below a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offered {
    /// Nothing.
    Nothing,
    /// The pointer is down on one: the line has lost the keyboard by that, and what is typed is not meant.
    Held,
    /// The pointer was down on one and has let go beside it: what is typed is meant.
    LetGo,
    /// One was taken: the line reads so.
    Taken(String),
}

impl Completion {
    /// Takes the arrows that move among the offers of a line. To be called before the line is drawn.
    pub fn take_arrows(&mut self, ui: &Ui, line: Id) {
        if self.line == Some(line) && ui.memory(|memory| memory.has_focus(line)) {
            self.offers.take_arrows(ui, line);
        }
    }

    /// What is offered for what is typed into a line, below it.
    pub fn offers_ui(
        &mut self,
        ui: &mut Ui,
        form: &Form<'_>,
        line: TermsLine<'_>,
        outcome: Outcome,
        typed: &str,
    ) -> Offered {
        let wanted = outcome == Outcome::Focused && !typed.trim().is_empty();
        if wanted && self.line != Some(line.id) {
            *self = Self { used: std::mem::take(&mut self.used), line: Some(line.id), ..Self::default() };
        }
        if self.line != Some(line.id) || !form.editable() {
            return Offered::Nothing;
        }
        let was_held = std::mem::take(&mut self.is_held);
        let current = || self.offers.current().map(|found| found.value.clone());
        let mut taken = (outcome == Outcome::Entered).then(current).flatten();
        let (before, last) = parts(typed, line.is_list);
        if self.offers.is_open(ui, wanted) {
            let used = used(&mut self.used, form.doc.timeline, form.doc.revision, (line.field, line.what));
            if self.offers.refresh_with(form.doc.revision, last, || candidates(used, last, before, line.there)) {
                // A new term may begin as one that is there: none is taken before an arrow has reached it.
                self.offers.leave();
            }
            let from = ui.cursor().min;
            let clicked = field::row(ui, form.ink, "", |ui| field::pick_ui(ui, form.ink, VERB, &mut self.offers));
            let rows = Rect::from_min_max(from, ui.min_rect().max);
            let pressed_at = ui.input(|input| input.pointer.interact_pos());
            self.is_held = !wanted && pressed_at.is_some_and(|at| rows.contains(at));
            taken = taken.or(clicked);
        }
        if let Some(term) = taken {
            self.is_held = false;
            let term = if line.is_list { join(&[term]) } else { term.to_string() };
            let before = before.trim_end_matches([',', ' ']);
            return Offered::Taken(if before.is_empty() { term } else { format!("{before}, {term}") });
        }
        match (self.is_held, was_held) {
            (true, _) => Offered::Held,
            (false, true) => Offered::LetGo,
            (false, false) => Offered::Nothing,
        }
    }
}

/// What is renamed where the terms of a field are; none for other fields.
pub const fn renamed(field: EventField) -> Option<Renamed> {
    match field {
        EventField::Actors => Some(Renamed::Term(Terms::Actors)),
        EventField::Tags => Some(Renamed::Term(Terms::Tags)),
        EventField::Place => Some(Renamed::Place),
        _ => None,
    }
}

fn terms(event: &Event, what: Renamed) -> &[Text] {
    match what {
        Renamed::Term(terms) => terms.of(event).as_slice(),
        Renamed::Place => event.place.as_slice(),
    }
}

/// The chips of a field, the line that adds to it or changes one of it, and below that what completes it.
pub fn terms_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    state: &mut TermsState,
    event: &Event,
    field: EventField,
    what: Renamed,
) {
    let own = terms(event, what);
    if !own.is_empty() {
        field::row(ui, form.ink, field.label(), |ui| {
            ui.horizontal_wrapped(|ui| {
                own.iter().for_each(|term| chip_ui(ui, form, state, event, (field, what), term));
            });
        });
    }
    if !form.editable() {
        return;
    }
    let label = if own.is_empty() { field.label() } else { "" };
    let (adding, name) = match what {
        Renamed::Term(terms) => (Slot::Term(event.id.clone(), field, None), format!("Add {}s", terms.noun())),
        Renamed::Place => (Slot::Event(event.id.clone(), field), field.label().to_owned()),
    };
    // Whoever asks for the field means the line that adds to it.
    let whole = Slot::Event(event.id.clone(), field);
    form.focus_slot.iter_mut().filter(|wanted| **wanted == whole).for_each(|wanted| *wanted = adding.clone());
    let is_changed = |slot: &&Slot| matches!(slot, Slot::Term(id, of, Some(term)) if *id == event.id && *of == field && own.contains(term));
    let changing = state.changing.as_ref().filter(is_changed).cloned();
    let (slot, shown_name) = match &changing {
        Some(slot) => (slot, format!("Another {}", what.noun())),
        None => (&adding, name.clone()),
    };
    let id = form.id_of(slot, &shown_name);
    if state.focus.as_ref() == Some(slot) {
        state.focus = None;
        form.focus_slot = Some(slot.clone());
    }
    state.completion.take_arrows(ui, id);
    let takes_focus = form.focus_slot.as_ref() == Some(slot);
    let shown = field::row(ui, form.ink, label, |ui| form.bare_text(ui, slot, &shown_name));
    if let Slot::Term(_, _, Some(term)) = slot
        && takes_focus
    {
        // What is typed next takes its place.
        select_all(ui.ctx(), id, term);
    }
    let outcome = shown.outcome.unwrap_or(Outcome::Idle);
    if matches!(outcome, Outcome::Entered | Outcome::Left) {
        forget_history(ui.ctx(), id);
    }
    let is_list = matches!(slot, Slot::Term(_, _, None));
    let line = TermsLine { id, field, what, is_list, there: own };
    match state.completion.offers_ui(ui, form, line, outcome, shown.draft.as_deref().unwrap_or_default()) {
        Offered::Nothing | Offered::LetGo => {}
        Offered::Held => form.drafts.hold(slot),
        Offered::Taken(text) => {
            form.type_in(slot, &text);
            forget_history(ui.ctx(), id);
            state.focus = Some(adding.clone()).filter(|_| outcome != Outcome::Entered);
        }
    }
    if changing.is_some() && matches!(outcome, Outcome::Entered | Outcome::Left | Outcome::Reverted) {
        state.changing = None;
        state.focus = Some(adding).filter(|_| outcome != Outcome::Left);
    } else if matches!(what, Renamed::Term(_)) && outcome == Outcome::Entered {
        // The next one is typed after it.
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

/// What stands in a line before the term that is being typed, and that.
fn parts(typed: &str, is_list: bool) -> (&str, &str) {
    let at = if is_list { typed.rfind(',').map_or(0, |at| at + 1) } else { 0 };
    let (before, last) = typed.split_at_checked(at).unwrap_or(("", typed));
    (before, last.trim())
}

/// The terms of a field that events have, the most frequent first.
fn used<'u>(
    known: &'u mut Used,
    timeline: &Timeline,
    revision: u64,
    (field, what): (EventField, Renamed),
) -> &'u [(Text, usize)] {
    let entry = known.entry(field).or_insert_with(|| (u64::MAX, Vec::new()));
    if entry.0 != revision {
        let mut counts: BTreeMap<&Text, usize> = BTreeMap::new();
        for event in timeline.events().iter().take(MOST_EVENTS) {
            terms(event, what).iter().for_each(|term| *counts.entry(term).or_default() += 1);
        }
        let mut all: Vec<(Text, usize)> = counts.into_iter().map(|(term, count)| (term.clone(), count)).collect();
        all.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        *entry = (revision, all);
    }
    &entry.1
}

/// The terms that hold what is typed and are not there yet, those first that begin with it.
fn candidates(used: &[(Text, usize)], last: &str, before: &str, there: &[Text]) -> (Vec<Candidate<Text>>, bool) {
    let wanted = fold(last);
    let is_there = |term: &Text| there.contains(term) || before.split(',').any(|known| known.trim() == term.as_str());
    let mut found: Vec<(bool, &(Text, usize))> = used
        .iter()
        .filter(|(term, _)| !is_there(term) && term.as_str() != last)
        .map(|entry| (fold(&entry.0), entry))
        .filter(|(name, _)| name.contains(&wanted))
        .map(|(name, entry)| (!name.starts_with(&wanted), entry))
        .collect();
    found.sort_by_key(|(is_inside, _)| *is_inside);
    let has_more = found.len() > OFFERED;
    let offered = found.into_iter().take(OFFERED).map(|(_, (term, count))| Candidate {
        value: term.clone(),
        title: term.to_string(),
        detail: if *count == 1 { "1 event".to_owned() } else { format!("{count} events") },
        keywords: String::new(),
    });
    (offered.collect(), has_more)
}

/// A term; its menu asks for its events, takes it out of this one, puts another in its place, or renames it everywhere.
fn chip_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    state: &mut TermsState,
    event: &Event,
    (field, what): (EventField, Renamed),
    term: &Text,
) {
    let text = RichText::new(visual_line(&visible(&clipped(term, CHIP_BYTES))).into_owned()).small();
    let editable = form.editable();
    let entries = |ui: &mut Ui| {
        if ui.button("Only events with it").clicked() {
            form.actions.push(Action::AskFor(field, term.clone()));
            ui.close();
        }
        if !editable {
            return;
        }
        if ui.button("Remove from this event").clicked() {
            form.changes.label(format!("Remove the {} “{term}” of {}", what.noun(), quoted(&event.title)));
            form.drafts.forget(&Slot::Event(event.id.clone(), field));
            if let Some(copy) = form.changes.event(&event.id) {
                match what {
                    Renamed::Term(Terms::Actors) => copy.actors.retain(|known| known != term),
                    Renamed::Term(Terms::Tags) => copy.tags.retain(|known| known != term),
                    Renamed::Place => copy.place = None,
                }
            }
            ui.close();
        }
        if matches!(what, Renamed::Term(_)) && ui.button("Replace in this event…").clicked() {
            let slot = Slot::Term(event.id.clone(), field, Some(term.clone()));
            (state.changing, state.focus) = (Some(slot.clone()), Some(slot));
            await_field(ui.ctx());
            ui.close();
        }
        let rename = ui.button("Rename everywhere…").on_hover_text("In all events of the timeline");
        if rename.clicked() {
            form.actions.push(Action::Name(Naming::Term(what, term.clone())));
            ui.close();
        }
    };
    let chip = ui.add(Button::new(text).small());
    let chip = chip.accessible_name(format!("{} {}", field::sentence_case(what.noun()), visible(term)));
    let is_asked = chip.secondary_clicked() || chip.has_focus() && take_menu_key(&chip.ctx);
    let popup = Popup::menu(&chip);
    let popup = if is_asked { popup.open_memory(Some(SetOpenCommand::Bool(true))) } else { popup };
    popup.show(|ui| scrolled_ui(ui, entries));
}
