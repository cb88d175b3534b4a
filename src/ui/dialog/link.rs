//! Asks how one event relates to another: a button for each relation, which says the whole sentence.

use egui::{Button, Context, RichText, ScrollArea};

use super::{footer, modal};
use crate::model::{Relation, Text, Timeline};
use crate::scene::relation_verb;
use crate::text::{clipped, visible};
use crate::ui::edit::{Editing, edit_ui};
use crate::ui::fonts::semibold;
use crate::ui::style::Chrome;

/// The longest title of an event in a sentence, in bytes.
const MOST_TITLE: usize = 60;

/// The form.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkForm {
    /// The event from which the link leads, by id.
    pub from: Text,
    /// The event to which it leads.
    pub to: Text,
    /// The position of the link in its event, where it is changed and not made.
    pub nth: Option<usize>,
    /// What the link says now, where it is changed.
    pub relation: Option<Relation>,
    /// Why it is said.
    pub note: String,
    is_begun: bool,
}

impl LinkForm {
    /// A form for a new link.
    pub fn new(from: Text, to: Text) -> Self {
        Self { from, to, nth: None, relation: None, note: String::new(), is_begun: false }
    }

    /// A form for a link that is there.
    pub fn of(timeline: &Timeline, from: &str, nth: usize) -> Option<Self> {
        let link = timeline.event(from)?.links.get(nth)?;
        Some(Self {
            from: from.into(),
            to: link.to.clone(),
            nth: Some(nth),
            relation: Some(link.relation),
            note: link.note.as_deref().unwrap_or_default().to_owned(),
            is_begun: false,
        })
    }
}

/// What became of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkAnswer {
    /// This relation.
    Linked(Relation),
    /// Nothing happens.
    Cancel,
}

/// Shows the form.
pub fn link_ui(ctx: &Context, form: &mut LinkForm, timeline: &Timeline, chrome: Chrome) -> Option<LinkAnswer> {
    let title = |id: &str| {
        let title = timeline.event(id).map_or(id, |event| event.title.as_str());
        clipped(&visible(title), MOST_TITLE).into_owned()
    };
    let modal = modal(ctx, "link").show(ctx, |ui| {
        ui.set_width(460.0);
        ui.heading(if form.nth.is_some() { "Change the link" } else { "Link two events" });
        ui.add_space(8.0);
        // Above the relations: the click on one of them makes the link.
        let hint = RichText::new("Why it is said (may be left out)").color(chrome.muted);
        let id = egui::Id::unique("note of a link");
        let note =
            edit_ui(ui, id, &mut form.note, &Editing::line(), |edit| edit.hint_text(hint).desired_width(f32::INFINITY));
        let _ = note.accessible_name("Note of the link");
        ui.add_space(8.0);
        ui.add(egui::Label::new(RichText::new(title(&form.from)).family(semibold())).wrap());
        let mut answer = None;
        ScrollArea::vertical().max_height(280.0).show(ui, |ui| {
            for relation in Relation::ALL {
                let is_own = form.relation == Some(relation);
                let button = Button::selectable(is_own, relation_verb(relation));
                let button = button.min_size(egui::vec2(ui.available_width(), 0.0));
                let response = ui.add(button);
                if !form.is_begun && (is_own || form.relation.is_none()) {
                    response.request_focus();
                    form.is_begun = true;
                }
                if response.clicked() {
                    answer = Some(LinkAnswer::Linked(relation));
                }
            }
        });
        ui.add(egui::Label::new(RichText::new(title(&form.to)).family(semibold())).wrap());
        footer(ui, |ui| {
            if form.nth.is_none()
                && ui.button("Turn round").on_hover_text("Lead from the second to the first").clicked()
            {
                std::mem::swap(&mut form.from, &mut form.to);
            }
            let keeps = form.relation.filter(|_| form.nth.is_some());
            if let Some(relation) = keeps
                && ui
                    .button("Keep the note")
                    .on_hover_text("Take the note as it is typed, with the same relation")
                    .clicked()
            {
                answer = Some(LinkAnswer::Linked(relation));
            }
            if ui.button("Cancel").clicked() {
                answer = Some(LinkAnswer::Cancel);
            }
        });
        answer
    });
    modal.inner.or_else(|| modal.should_close().then_some(LinkAnswer::Cancel))
}
