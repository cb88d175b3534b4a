//! A source in place, unfolded under a citation of it.

use egui::{RichText, Ui};

use super::changes::quoted;
use super::event::{draft_id, draft_line_ui, focus_draft};
use super::form::Form;
use super::slot::Slot;
use super::source_pick::candidate;
use crate::diagnostic::{Diagnostic, Subject};
use crate::model::{Choice, Field as _, Kind, Presence, Source, SourceField, Text, Value, WebAddress};
use crate::ui::Action;
use crate::ui::field::{self, Offers, Outcome};
use crate::ui::keyboard::await_field;

/// The origin of a source being picked.
#[derive(Debug)]
pub struct OriginPick {
    source: Text,
    typed: String,
    focus: bool,
    offers: Offers<Text>,
}

/// Every field of a source but its id and captures, which have their places in the panel. `prefix` begins the names of its
/// fields and makes them unique.
pub fn source_ui(ui: &mut Ui, form: &mut Form<'_>, origin: &mut Option<OriginPick>, id: &str, prefix: &str) {
    let Some(source) = form.doc.timeline.source(id) else { return };
    field::help_ui(ui, form.ink, &cited_by(form.doc.references.citing_count(id)));
    for &field in SourceField::ALL.iter().filter(|field| is_in_form(**field)) {
        let slot = Slot::Source(id.into(), field);
        let name = format!("{prefix} {}", slot.key());
        match field.kind() {
            Kind::Choice(choices) => {
                choice_ui(ui, form, source, field, choices, &name);
                beside_ui(ui, form, id, field);
            }
            Kind::Reference(_) => origin_ui(ui, form, origin, source, &name),
            kind => {
                form.named_text(ui, &slot, &name);
                beside_ui(ui, form, id, field);
                if kind == Kind::Address {
                    open_ui(ui, form, field.get(source).as_str(), &name);
                }
            }
        }
    }
}

const fn is_in_form(field: SourceField) -> bool {
    !matches!(field, SourceField::Id | SourceField::Captures)
}

/// Whether a problem of a source is shown beside a field of its form.
pub fn is_placed(problem: &Diagnostic) -> bool {
    match problem.field.as_slice() {
        [field] => SourceField::named(field).is_some_and(is_in_form),
        [list, _, ..] => list == SourceField::Captures.name(),
        [] => false,
    }
}

/// The problems of a field, in the column of fields.
fn beside_ui(ui: &mut Ui, form: &Form<'_>, source: &str, field: SourceField) {
    let subject = Subject::Source(source.into());
    if form.problems.iter().any(|problem| problem.subject == subject && problem.field == [field.name()]) {
        field::row(ui, form.ink, "", |ui| form.problems_ui(ui, &subject, &[field.name()]));
    }
}

fn cited_by(events: usize) -> String {
    match events {
        0 => "Source, not cited yet".to_owned(),
        1 => "Source, cited by 1 event".to_owned(),
        _ => format!("Source, cited by {events} events"),
    }
}

fn open_ui(ui: &mut Ui, form: &mut Form<'_>, url: Option<&str>, name: &str) {
    let Some(url) = url else { return };
    field::row(ui, form.ink, "", |ui| match WebAddress::parse(url) {
        Ok(address) => {
            let button = field::small_button_ui(ui, "Open…").on_hover_text(address.as_str());
            if button.accessible_name(format!("Open {name}")).clicked() {
                form.actions.push(Action::OpenAddress(address));
            }
        }
        Err(why) => field::help_ui(ui, form.ink, &format!("Not opened: {why}")),
    });
}

/// A menu of the terms of a field; the entry for none says what its absence means.
fn choice_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    source: &Source,
    field: SourceField,
    choices: &'static [Choice],
    name: &str,
) {
    let none = (field.info().presence == Presence::Optional).then(|| (Value::None, field.info().hint.to_owned()));
    let terms = choices.iter().map(|choice| (Value::Choice(choice), choice.in_menus()));
    let options: Vec<(Value<'static>, String)> = none.into_iter().chain(terms).collect();
    let current = match field.get(source) {
        Value::Choice(choice) => Value::Choice(choice),
        _ => Value::None,
    };
    if let Some(value) = form.choice(ui, field.label(), name, &current, &options) {
        change(form, source, field, value);
    }
}

/// The source it derives from: two sources of one origin count once.
fn origin_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut Option<OriginPick>, source: &Source, name: &str) {
    field::row(ui, form.ink, SourceField::Origin.label(), |ui| {
        let timeline = form.doc.timeline;
        let title = source.origin.as_deref().map(|id| timeline.source(id).map_or(id, |origin| &origin.title));
        let text = RichText::new(title.unwrap_or("None known"));
        let color = if title.is_some() { form.ink.text } else { form.ink.muted };
        if let Some(origin) = source.origin.as_deref().filter(|id| timeline.source(id).is_some()) {
            let response = field::link_ui(ui, form.ink, text.text()).on_hover_text("Show this source");
            if response.accessible_name(format!("Go to {name}")).clicked() {
                form.actions.push(Action::ShowSource(Some(origin.into())));
            }
        } else {
            ui.add(egui::Label::new(text.color(color)).wrap());
        }
        form.problems_ui(ui, &Subject::Source(source.id.clone()), &["origin"]);
        if !form.editable() {
            return;
        }
        if state.as_ref().is_some_and(|pick| pick.source == source.id) {
            pick_origin_ui(ui, form, state, source, name);
            return;
        }
        ui.horizontal_wrapped(|ui| {
            let response = field::small_button_ui(ui, "Choose…").accessible_name(format!("Choose {name}"));
            if response.clicked() {
                await_field(ui.ctx());
                let (typed, offers) = (String::new(), Offers::default());
                *state = Some(OriginPick { source: source.id.clone(), typed, focus: true, offers });
            }
            if title.is_some() && field::small_button_ui(ui, "Clear").accessible_name(format!("Clear {name}")).clicked()
            {
                change(form, source, SourceField::Origin, Value::None);
            }
        });
    });
}

fn pick_origin_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut Option<OriginPick>, source: &Source, name: &str) {
    let Some(pick) = state else { return };
    form.is_open = true;
    pick.offers.take_arrows(ui, draft_id(name));
    let outcome = draft_line_ui(ui, form, name, "Find a source", &mut pick.typed, &mut pick.focus);
    let others = form.doc.timeline.sources().iter().filter(|other| other.id != source.id);
    pick.offers.refresh(form.doc.revision, &pick.typed, others.map(candidate));
    let picked = field::pick_ui(ui, form.ink, "Derive from", &mut pick.offers);
    let cancel = field::small_button_ui(ui, "Cancel").accessible_name(format!("Cancel {name}")).clicked();
    if cancel || outcome == Outcome::Reverted {
        *state = None;
        return;
    }
    let entered = pick.offers.current().filter(|_| outcome == Outcome::Entered).map(|found| found.value.clone());
    if let Some(id) = picked.or(entered) {
        change(form, source, SourceField::Origin, Value::Text(&id));
        *state = None;
    } else if outcome == Outcome::Entered {
        focus_draft(ui, name);
    }
}

fn change(form: &mut Form<'_>, source: &Source, field: SourceField, value: Value<'_>) {
    let Some(copy) = form.changes.source(&source.id) else { return };
    if field.set(copy, value).is_ok() {
        form.changes.label(format!("Change {} of {}", field.info().noun, quoted(&source.title)));
    }
}
