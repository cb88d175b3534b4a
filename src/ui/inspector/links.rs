//! The links of an event: where they lead, which lead here, and the way to add one.

use egui::Ui;

use super::changes::{Shift, quoted};
use super::event::{draft_id, draft_line_ui, focus_draft};
use super::form::{Form, Initially, section_ui};
use super::slot::Slot;
use crate::diagnostic::Subject;
use crate::model::{Event, Link, Relation, Text};
use crate::text::visible;
use crate::ui::Action;
use crate::ui::field::{self, Candidate, Offers, Outcome};
use crate::ui::icon::{Icon, icon_button};
use crate::ui::keyboard::await_field;

/// Why a link is no line in the picture.
const UNDRAWN: &str = "Without a line on the track: one end has no date";

/// A link being added to an event.
#[derive(Debug)]
pub struct NewLink {
    event: Text,
    relation: Relation,
    target: String,
    focus: bool,
    offers: Offers<Text>,
}

impl NewLink {
    fn of(event: &str) -> Self {
        Self {
            event: event.into(),
            relation: Relation::Precedes,
            target: String::new(),
            focus: true,
            offers: Offers::default(),
        }
    }
}

/// Every link of the event, the events that link to it, and the form of a new link.
pub fn links_ui(ui: &mut Ui, form: &mut Form<'_>, new: &mut Option<NewLink>, event: &Event) {
    let incoming: Vec<(&Event, Relation)> = form.doc.references.links_to(form.doc.timeline, &event.id).collect();
    let count = event.links.len() + incoming.len();
    let initially = if count > 0 { Initially::Open } else { Initially::Folded };
    section_ui(ui, "Links", Some(count), initially, |ui| {
        for (at, link) in event.links.iter().enumerate() {
            ui.push_id(("link", at), |ui| link_ui(ui, form, event, at, link));
        }
        incoming_ui(ui, form, event, &incoming);
        if !form.editable() {
            return;
        }
        match new {
            Some(draft) if draft.event == event.id => new_link_ui(ui, form, new, event),
            _ => {
                if ui.button("Add link").clicked() {
                    await_field(ui.ctx());
                    *new = Some(NewLink::of(&event.id));
                }
            }
        }
    });
}

fn relations() -> Vec<(Relation, String)> {
    Relation::ALL.map(|relation| (relation, relation.label().to_owned())).into()
}

fn link_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, at: usize, link: &Link) {
    let number = at + 1;
    let timeline = form.doc.timeline;
    field::row(ui, form.ink, "Relation", |ui| {
        ui.horizontal(|ui| {
            let room = if form.editable() { ui.available_width() - 8.5 * field::GRID_PT } else { ui.available_width() };
            let name = format!("Link {number} relation");
            let chosen = ui.scope(|ui| {
                ui.set_max_width(room);
                field::choice_ui(ui, &name, form.editable(), false, &link.relation, &relations())
            });
            if let Some(relation) = chosen.inner {
                form.changes.label(format!("Change a link of {}", quoted(&event.title)));
                if let Some(copy) = form.changes.event(&event.id).and_then(|event| event.links.get_mut(at)) {
                    copy.relation = relation;
                }
            }
            let name = format!("Remove link {number}");
            if form.editable() && icon_button(ui, Icon::Cross, &name, form.chrome).on_hover_text("Remove").clicked() {
                form.changes.label(format!("Remove a link of {}", quoted(&event.title)));
                form.changes.shift(&event.id, Shift::RemoveLink(at));
            }
        });
    });
    field::row(ui, form.ink, "To", |ui| match timeline.event(&link.to) {
        Some(target) => {
            let response =
                field::link_ui(ui, form.ink, &target.title).on_hover_text(target.date_in_words_with(form.doc.zone));
            if response.accessible_name(format!("Go to {}", visible(&target.title))).clicked() {
                form.actions.push(Action::Reveal(link.to.clone()));
            }
            if event.date.is_none() || target.date.is_none() {
                field::help_ui(ui, form.ink, UNDRAWN);
            }
        }
        None => {
            ui.add(egui::Label::new(visible(&link.to)).wrap());
            form.problems_ui(ui, &Subject::Event(event.id.clone()), &["links", &at.to_string(), "to"]);
        }
    });
    form.named_text(ui, &Slot::Link(event.id.clone(), at), &format!("Link {number} note"));
    ui.add_space(field::GRID_PT);
}

fn incoming_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, incoming: &[(&Event, Relation)]) {
    for (origin, relation) in incoming {
        field::row(ui, form.ink, "From", |ui| {
            let response =
                field::link_ui(ui, form.ink, &origin.title).on_hover_text(origin.date_in_words_with(form.doc.zone));
            if response.accessible_name(format!("Go to {}", visible(&origin.title))).clicked() {
                form.actions.push(Action::Reveal(origin.id.clone()));
            }
            field::help_ui(ui, form.ink, &format!("{} this event", relation.label()));
            if event.date.is_none() || origin.date.is_none() {
                field::help_ui(ui, form.ink, UNDRAWN);
            }
        });
    }
}

fn new_link_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut Option<NewLink>, event: &Event) {
    let Some(new) = state else { return };
    form.is_open = true;
    if let Some(relation) = form.choice(ui, "Relation", "New link relation", &new.relation, &relations()) {
        new.relation = relation;
    }
    let timeline = form.doc.timeline;
    let (outcome, picked) = field::row(ui, form.ink, "To", |ui| {
        new.offers.take_arrows(ui, draft_id("Event to link to"));
        let outcome = draft_line_ui(ui, form, "Event to link to", "Find an event", &mut new.target, &mut new.focus);
        let events = timeline.events();
        let write = |at: usize, text: &mut String| {
            if let Some(other) = events.get(at) {
                for part in [&*other.title, " ", other.date_as_written(), " ", &*other.id] {
                    text.push_str(part);
                }
            }
        };
        let other = |at: usize| events.get(at).filter(|other| other.id != event.id).map(candidate);
        if new.offers.refresh_among(form.doc.revision, &new.target, events.len(), write, other) {
            ui.ctx().request_repaint();
        }
        let picked = field::pick_ui(ui, form.ink, "Link to", &mut new.offers);
        let entered = outcome == Outcome::Entered;
        (outcome, picked.or_else(|| new.offers.current().filter(|_| entered).map(|found| found.value.clone())))
    });
    let cancel = ui.button("Cancel").accessible_name("Cancel the new link").clicked();
    if cancel || outcome == Outcome::Reverted {
        *state = None;
    } else if outcome == Outcome::Entered && picked.is_none() {
        focus_draft(ui, "Event to link to");
    } else if let Some(to) = picked {
        form.changes.label(format!("Add a link to {}", quoted(&event.title)));
        let link = Link { to, relation: new.relation, note: None };
        if let Some(event) = form.changes.event(&event.id) {
            event.links.push(link);
        }
        *state = None;
    }
}

fn candidate(event: &Event) -> Candidate<Text> {
    let (title, detail) = (event.title.to_string(), event.date_as_written().to_owned());
    Candidate { value: event.id.clone(), title, detail, keywords: event.id.to_string() }
}
