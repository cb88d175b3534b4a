//! Actors, tags and the place of an event: a chip for each, with a menu, and a line that completes what is typed with those that are in
//! use.

use std::collections::BTreeMap;

use egui::{Button, Popup, RichText, SetOpenCommand, Ui};

use super::changes::quoted;
use super::form::Form;
use super::slot::Slot;
use crate::edit::{Renamed, Terms};
use crate::model::{Event, EventField, Field as _, Text, Timeline};
use crate::query::fold;
use crate::text::{clipped, visible};
use crate::ui::Action;
use crate::ui::bidi::visual_line;
use crate::ui::context::take_menu_key;
use crate::ui::dialog::Naming;
use crate::ui::field::{self, Candidate, OFFERED, Offers, Outcome};

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
    used: Used,
    offers: Offers<Text>,
    /// The field that is completed.
    offered: Option<EventField>,
    /// The field that takes the keyboard again, as an offer was taken with the pointer.
    focus: Option<Slot>,
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

/// The chips of a field, its line, and below it what completes it.
pub fn terms_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    state: &mut TermsState,
    event: &Event,
    field: EventField,
    what: Renamed,
) {
    let slot = Slot::Event(event.id.clone(), field);
    let own = terms(event, what);
    if !own.is_empty() {
        field::row(ui, form.ink, field.label(), |ui| {
            ui.horizontal_wrapped(|ui| own.iter().for_each(|term| chip_ui(ui, form, event, (field, what), term)));
        });
    } else if !form.editable() {
        return;
    }
    if state.focus.as_ref() == Some(&slot) {
        state.focus = None;
        form.focus_slot = Some(slot.clone());
    }
    let id = form.id_of(&slot, field.label());
    let is_offered = state.offered == Some(field) && ui.memory(|memory| memory.has_focus(id));
    if is_offered {
        state.offers.take_arrows(ui, id);
    }
    let label = if own.is_empty() { field.label() } else { "" };
    let shown = field::row(ui, form.ink, label, |ui| form.bare_text(ui, &slot, field.label()));
    let typed = shown.draft.unwrap_or_default();
    let wanted = shown.outcome == Some(Outcome::Focused) && !typed.trim().is_empty();
    if wanted && state.offered != Some(field) {
        state.offered = Some(field);
        state.offers = Offers::default();
    }
    if state.offered != Some(field) || !form.editable() {
        return;
    }
    let taken =
        (shown.outcome == Some(Outcome::Entered)).then(|| state.offers.current().map(|found| found.value.clone()));
    let mut taken = taken.flatten();
    if state.offers.is_open(ui, wanted) {
        let (before, last) = parts(&typed, what);
        let used = used(&mut state.used, form.doc.timeline, form.doc.revision, (field, what));
        if state.offers.refresh_with(form.doc.revision, last, || candidates(used, last, before)) {
            // A new term may begin as one that is there: none is taken before an arrow has reached it.
            state.offers.leave();
        }
        let clicked = field::row(ui, form.ink, "", |ui| field::pick_ui(ui, form.ink, VERB, &mut state.offers));
        if clicked.is_some() {
            state.focus = Some(slot.clone());
        }
        taken = taken.or(clicked);
    }
    if let Some(term) = taken {
        let (before, _) = parts(&typed, what);
        let lead = if before.is_empty() { String::new() } else { format!("{}, ", before.trim_end_matches([',', ' '])) };
        form.type_in(&slot, &format!("{lead}{term}"));
    }
}

/// What stands in a line before the term that is being typed, and that.
fn parts(typed: &str, what: Renamed) -> (&str, &str) {
    let at = match what {
        Renamed::Term(_) => typed.rfind(',').map_or(0, |at| at + 1),
        Renamed::Place => 0,
    };
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
fn candidates(used: &[(Text, usize)], last: &str, before: &str) -> (Vec<Candidate<Text>>, bool) {
    let wanted = fold(last);
    let is_there = |term: &Text| before.split(',').any(|known| known.trim() == term.as_str());
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

/// A term; its menu asks for its events, takes it out of this one, or renames it everywhere.
fn chip_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, (field, what): (EventField, Renamed), term: &Text) {
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
    popup.show(entries);
}
