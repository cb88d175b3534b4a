//! The inspector: the selected event with its citations, sources and links, or the timeline itself, edited in place.
//!
//! Owns the forms of records and the texts typed into them that are not committed yet. How a single field looks and reads
//! belongs to `field`; carrying the edits out to `app`. Everything done in one frame is one [`Action::Edit`].

mod changes;
mod citation;
mod draft;
mod event;
mod form;
mod header;
mod links;
mod slot;
mod source;
mod source_pick;

use std::collections::HashMap;

use changes::Changes;
use egui::{Frame, Margin, RichText, ScrollArea, Stroke, Ui};
use form::{Drafts, Form};

use crate::model::{Relation, Timeline};
use crate::theme::Theme;
use crate::ui::field::{self, GRID_PT, Ink};
use crate::ui::{Action, Document, ViewState};

/// What the inspector remembers between frames: texts not yet committed, forms of new records, what wants the focus.
#[derive(Debug, Default)]
pub struct InspectorState {
    drafts: Drafts,
    event: event::EventState,
    new_event: Option<draft::NewEvent>,
    new_citation: Option<citation::NewCitation>,
    new_link: Option<links::NewLink>,
    backlinks: Backlinks,
}

impl InspectorState {
    /// Opens the form of a new event at a date and in a lane, with the focus on its title.
    pub fn begin_event(&mut self, date: String, lane: Option<String>) {
        self.new_event = Some(draft::NewEvent::new(date, lane));
    }

    /// Gives the title of the selected event the focus when it is drawn next.
    pub fn focus_title(&mut self) {
        self.event.focus_title = true;
    }

    /// Whether the form of a new event is open.
    pub fn has_draft(&self) -> bool {
        self.new_event.is_some()
    }

    /// Whether a field holds text that is not committed: it has the focus, or its text is not valid.
    pub fn pending(&self) -> bool {
        !self.drafts.is_empty()
    }

    /// Commits every field whose text is valid, as losing the focus would: before saving, closing or replacing the document.
    pub fn commit_pending(&mut self, doc: Document<'_>, actions: &mut Vec<Action>) {
        if doc.read_only.is_some() {
            return;
        }
        self.drafts.begin_frame(doc.timeline);
        let mut changes = Changes::new(doc.timeline);
        self.drafts.settle_all(&mut changes);
        actions.extend(changes.into_action());
    }
}

/// Who cites a source and who links to an event: what the records themselves do not say. Derived once a revision.
#[derive(Debug, Default)]
struct Backlinks {
    revision: Option<u64>,
    event: String,
    incoming: Vec<(String, Relation)>,
    cited: HashMap<String, usize>,
}

impl Backlinks {
    fn refresh(&mut self, doc: Document<'_>, event: &str) {
        if self.revision == Some(doc.revision) && self.event == event {
            return;
        }
        self.revision = Some(doc.revision);
        event.clone_into(&mut self.event);
        self.incoming = incoming(doc.timeline, event);
        self.cited = cited(doc.timeline, event);
    }
}

fn incoming(timeline: &Timeline, to: &str) -> Vec<(String, Relation)> {
    let links = timeline.events().iter().flat_map(|event| event.links.iter().map(move |link| (event, link)));
    links.filter(|(_, link)| link.to == to).map(|(event, link)| (event.id.clone(), link.relation)).collect()
}

/// How many events cite each source that this event cites.
fn cited(timeline: &Timeline, event: &str) -> HashMap<String, usize> {
    let citations = timeline.event(event).map_or(&[][..], |event| &event.citations);
    let mut counts: HashMap<String, usize> = citations.iter().map(|citation| (citation.source.clone(), 0)).collect();
    for event in timeline.events() {
        for (at, citation) in event.citations.iter().enumerate() {
            let is_first = !event.citations.iter().take(at).any(|earlier| earlier.source == citation.source);
            if is_first && let Some(count) = counts.get_mut(&citation.source) {
                *count += 1;
            }
        }
    }
    counts
}

/// The inspector panel.
pub fn inspector_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    theme: &Theme,
    state: &mut InspectorState,
    actions: &mut Vec<Action>,
) {
    state.drafts.begin_frame(doc.timeline);
    let selected = view.selection.as_deref().and_then(|id| doc.timeline.event(id));
    let mut form =
        Form { doc, ink: Ink::of(theme), drafts: &mut state.drafts, changes: Changes::new(doc.timeline), actions };
    ScrollArea::vertical().id_salt("inspector").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            field::column(ui, |ui| {
                ui.spacing_mut().item_spacing.y = GRID_PT;
                if let Some(reason) = doc.read_only {
                    read_only_ui(ui, form.ink, reason);
                } else if state.new_event.is_some() {
                    draft::draft_ui(ui, &mut form, &mut state.new_event);
                    return;
                }
                let Some(event) = selected else {
                    header::header_ui(ui, &mut form);
                    return;
                };
                state.backlinks.refresh(doc, &event.id);
                let backlinks = &state.backlinks;
                ui.push_id(&event.id, |ui| {
                    event::event_ui(ui, &mut form, &mut state.event, event);
                    let cited = |id: &str| backlinks.cited.get(id).copied().unwrap_or_default();
                    citation::citations_ui(ui, &mut form, &mut state.new_citation, &cited, event);
                    links::links_ui(ui, &mut form, &mut state.new_link, &backlinks.incoming, event);
                    event::judgment_ui(ui, &mut form, event);
                    event::record_ui(ui, &mut form, event);
                });
            });
        });
    });
    let Form { drafts, mut changes, actions, .. } = form;
    if doc.read_only.is_none() {
        drafts.settle(&mut changes);
        if let Some(event) = selected.filter(|event| changes.shifts_positions_of(&event.id)) {
            drafts.forget_positions(&event.id);
        }
        actions.extend(changes.into_action());
    }
}

fn read_only_ui(ui: &mut Ui, ink: Ink, reason: &str) {
    Frame::new().inner_margin(Margin::same(8)).corner_radius(4.0).stroke(Stroke::new(1.0, ink.warning)).show(
        ui,
        |ui| {
            field::column(ui, |ui| {
                ui.add(egui::Label::new(RichText::new("Read only").strong().color(ink.warning)).wrap());
                ui.add(egui::Label::new(reason).wrap());
            });
        },
    );
}
