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

use std::collections::BTreeMap;

use changes::Changes;
use egui::{Frame, Margin, RichText, ScrollArea, Stroke, Ui};
use form::{Drafts, Form};

use crate::diagnostic::Subject;
use crate::model::{Event, Relation, Text, Timeline};
use crate::theme::Theme;
use crate::ui::field::{self, GRID_PT, Ink};
use crate::ui::style::Chrome;
use crate::ui::{Action, Document, ViewState};

/// What the inspector remembers between frames: texts not yet committed, forms of new records, what wants the focus.
#[derive(Debug, Default)]
pub struct InspectorState {
    drafts: Drafts,
    event: event::EventState,
    new_event: Option<draft::NewEvent>,
    citations: citation::CitationsState,
    new_link: Option<links::NewLink>,
    backlinks: Backlinks,
}

impl InspectorState {
    /// Opens the form of a new event at a date and in a lane, with the focus on its title. Where it is open already, what was
    /// typed into it stays.
    pub fn begin_event(&mut self, date: String, lane: Option<Text>) {
        match &mut self.new_event {
            Some(open) => open.put_at(date, lane),
            None => self.new_event = Some(draft::NewEvent::new(date, lane)),
        }
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
        let mut changes = Changes::new(doc.timeline, doc.now);
        self.drafts.settle_all(&mut changes);
        actions.extend(changes.into_action());
    }
}

/// Who cites a source and who links to an event: what the records themselves do not say. Each is looked for once a revision.
#[derive(Debug, Default)]
struct Backlinks {
    revision: u64,
    incoming: Option<(Text, Vec<(Text, Relation)>)>,
    cited: BTreeMap<Text, usize>,
}

impl Backlinks {
    /// Forgets what was found in another revision.
    fn begin_frame(&mut self, revision: u64) {
        if self.revision != revision {
            *self = Self { revision, ..Self::default() };
        }
    }

    /// The events that link to this one, and how.
    fn incoming(&mut self, timeline: &Timeline, to: &str) -> &[(Text, Relation)] {
        if self.incoming.as_ref().is_none_or(|(known, _)| known != to) {
            let links = timeline.events().iter().flat_map(|event| event.links.iter().map(move |link| (event, link)));
            let found = links.filter(|(_, link)| link.to == to).map(|(event, link)| (event.id.clone(), link.relation));
            self.incoming = Some((to.into(), found.collect()));
        }
        self.incoming.as_ref().map_or(&[], |(_, found)| found)
    }

    /// How many events cite this source.
    fn cited(&mut self, timeline: &Timeline, source: &str) -> usize {
        if let Some(count) = self.cited.get(source) {
            return *count;
        }
        let cites = |event: &&Event| event.citations.iter().any(|citation| citation.source == source);
        let count = timeline.events().iter().filter(cites).count();
        self.cited.insert(source.into(), count);
        count
    }
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
    let mut form = Form {
        doc,
        ink: Ink::of(theme),
        chrome: Chrome::of(theme),
        drafts: &mut state.drafts,
        changes: Changes::new(doc.timeline, doc.now),
        actions,
        problems: doc.problems.iter().filter(|problem| is_shown(selected, &problem.subject)).collect(),
    };
    ScrollArea::vertical().id_salt("inspector").auto_shrink(false).show(ui, |ui| {
        Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            field::column(ui, |ui| {
                ui.spacing_mut().item_spacing.y = GRID_PT;
                if let Some(reason) = doc.read_only {
                    read_only_ui(ui, form.ink, reason);
                } else {
                    draft::leave_untouched(&mut state.new_event, view.selection.as_deref());
                    if state.new_event.is_some() {
                        draft::draft_ui(ui, &mut form, &mut state.new_event);
                        return;
                    }
                }
                let Some(event) = selected else {
                    header::header_ui(ui, &mut form);
                    return;
                };
                let backlinks = &mut state.backlinks;
                backlinks.begin_frame(doc.revision);
                ui.push_id(&event.id, |ui| {
                    event::event_ui(ui, &mut form, &mut state.event, event);
                    citation::citations_ui(ui, &mut form, &mut state.citations, backlinks, event);
                    let incoming = backlinks.incoming(doc.timeline, &event.id);
                    links::links_ui(ui, &mut form, &mut state.new_link, incoming, event);
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

/// Whether a problem is about what the inspector shows.
fn is_shown(selected: Option<&Event>, subject: &Subject) -> bool {
    match (selected, subject) {
        (Some(event), Subject::Event(id)) => event.id == *id,
        (Some(event), Subject::Source(id)) => event.citations.iter().any(|citation| citation.source == *id),
        (None, Subject::Timeline) => true,
        _ => false,
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
