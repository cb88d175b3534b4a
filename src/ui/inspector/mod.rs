//! The inspector: the selected event with its citations, sources and links, the selected source, or the timeline itself,
//! edited in place.
//!
//! Owns the forms of records and the texts typed into them that are not committed yet. How a single field looks and reads
//! belongs to `field`; carrying the edits out to `app`. Everything done in one frame is one [`Action::Edit`].

mod captures;
mod changes;
mod citation;
mod common;
mod draft;
mod event;
mod form;
mod header;
mod images;
mod judgment;
mod links;
mod many;
mod new_line;
mod own_fields;
mod reading;
mod slot;
mod source;
mod source_panel;
mod source_pick;
mod summary;
mod terms;
mod typed;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use egui::text_edit::TextEditState;
use egui::{Context, Frame, Margin, Popup, Rect, RichText, ScrollArea, Stroke, Ui};
use form::{Drafts, FirstIds, Form};

pub use changes::{Changes, quoted};
pub use slot::Slot;
pub use typed::Typed;

use crate::diagnostic::{Diagnostic, Subject};
use crate::model::{self, Event, Source, Text, Timeline};
use crate::text::visible_lines;
use crate::theme::Theme;
use crate::ui::field::{self, GRID_PT, Ink};
use crate::ui::style::Chrome;
use crate::ui::{Action, Command, Document, Preferences, ViewState, keyboard};

/// What the inspector remembers between frames: texts not yet committed, forms of new records, what wants the focus.
#[derive(Debug, Default)]
pub struct InspectorState {
    drafts: Drafts,
    event: event::EventState,
    new_event: Option<draft::NewEvent>,
    citations: citation::CitationsState,
    judgment: judgment::JudgmentState,
    many: many::ManyState,
    source: source_panel::SourcePanel,
    new_source: Option<source_panel::NewSource>,
    new_link: Option<links::NewLink>,
    new_image: Option<new_line::NewLine>,
    own_fields: own_fields::OwnFieldsState,
    backlinks: Backlinks,
    /// The menu that takes the focus when it is drawn next, by its accessible name.
    focus: Option<String>,
    /// The event shown last.
    shown: Option<Text>,
    /// The event or source whose fields were drawn last.
    fields_of: Option<Text>,
    /// What is typed to find a source to cite, by the events for which it is meant, apart from the one shown.
    uncited: BTreeMap<Text, String>,
    /// What had the keyboard in the last frame.
    focused: Option<egui::Id>,
    /// The field that takes the focus when it is drawn next.
    focus_slot: Option<Slot>,
    /// Whether a form, or a field with a text that is not committed, was open in the last frame.
    is_open: bool,
    /// Whether the keyboard was in the panel in the last frame.
    holds_focus: bool,
    /// The event whose form was asked for, though events are read first.
    edited: Option<Text>,
    unlisted: Unlisted,
    first_ids: FirstIds,
}

impl InspectorState {
    /// Opens the form of a new event at a date and in a lane, with the focus on its title. Where it is open already, what was
    /// typed into it stays.
    pub fn begin_event(&mut self, date: String, lane: Option<Text>) {
        source_panel::give_way(&mut self.new_source);
        match &mut self.new_event {
            Some(open) => open.put_at(date, lane),
            None => self.new_event = Some(draft::NewEvent::new(date, lane)),
        }
    }

    /// Shows the form of the selected event in place of what is read of it, or the other way round; `edits` is whether forms are shown
    /// first. Says whether they are from now on.
    pub fn toggle_form(&mut self, edits: bool) -> bool {
        let is_shown = edits || (self.edited.is_some() && self.edited == self.shown);
        self.edited = None;
        !is_shown
    }

    /// Whether the form of an event is shown and not what is read of it: where forms come first, where one of its fields is asked for
    /// or holds what is not committed, and after that for as long as the event is selected.
    fn shows_form(&mut self, event: &Event, edits: bool) -> bool {
        if self.edited.as_ref() != Some(&event.id) {
            let subject = Subject::Event(event.id.clone());
            let is_own = |line: &Option<new_line::NewLine>| line.as_ref().is_some_and(|line| line.event == event.id);
            let is_asked = self.event.focus_title
                || self.event.focus_date
                || self.citations.wants_focus()
                || self.focus_slot.is_some()
                || self.focus.is_some();
            let is_typed = self.citations.typed_new().is_some()
                || self.event.new_lane.as_ref().is_some_and(|lane| lane.event == event.id)
                || is_own(&self.own_fields.new)
                || is_own(&self.new_image)
                || self.drafts.iter().any(|(slot, _)| slot.subject() == subject);
            self.edited = (is_asked || is_typed).then(|| event.id.clone());
        }
        edits || self.edited.is_some()
    }

    /// Whether the form of a new event is shown.
    pub fn adds_event(&self) -> bool {
        self.new_event.as_ref().is_some_and(|new| !new.is_aside())
    }

    /// Leads back into the form of a new event and what is typed there; says whether one is open.
    pub fn resume_event(&mut self) -> bool {
        if self.new_event.is_some() {
            source_panel::give_way(&mut self.new_source);
        }
        self.new_event.as_mut().map(draft::NewEvent::resume).is_some()
    }

    /// Gives the title of the selected event the focus when it is drawn next.
    pub fn focus_title(&mut self) {
        self.event.focus_title = true;
    }

    /// Gives the form of several events the focus: the field that a command is about, else the first.
    pub fn focus_many(&mut self, command: Command) {
        self.many.focus(command);
    }

    /// Gives the date of the selected event the focus when it is drawn next.
    pub fn focus_date(&mut self) {
        self.event.focus_date = true;
    }

    /// Gives the field that adds a citation to the selected event the focus when it is drawn next.
    pub fn focus_citation(&mut self) {
        self.citations.focus_new();
    }

    /// Opens the form of a new source with the focus in its field. Where it is open already, what was typed into it stays.
    pub fn begin_source(&mut self) {
        self.new_source.get_or_insert_with(|| source_panel::NewSource::focused(String::new())).resume();
    }

    /// Gives the title of the selected source the focus when it is drawn next.
    pub fn focus_source_title(&mut self) {
        self.source.focus_title();
    }

    /// Deletes this source, after asking where anything points to it.
    pub fn delete_source(&mut self, id: &str) {
        self.source.delete(id);
    }

    /// Whether the form of a new event is open.
    pub fn has_draft(&self) -> bool {
        self.new_event.is_some()
    }

    /// Whether a letter is text for something that is open here, and no command, though no field may have the focus just now:
    /// a button of the form has it, or nothing.
    pub fn takes_letters(&self, ctx: &Context) -> bool {
        self.is_open && (self.holds_focus || ctx.memory(|memory| memory.focused().is_none()))
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
        let renames = changes.renames().collect();
        actions.extend(changes.into_actions(doc.references));
        self.follow_renames(renames);
    }

    /// Keeps what belongs to a record that gets another id.
    fn follow_renames(&mut self, renames: Vec<[Subject; 2]>) {
        for [from, to] in renames {
            if let (Subject::Event(from), Subject::Event(to), Some(shown)) = (&from, &to, &mut self.shown)
                && shown == from
            {
                *shown = to.clone();
                self.edited.iter_mut().filter(|edited| *edited == from).for_each(|edited| *edited = to.clone());
            }
            self.first_ids.rename(&from, to);
        }
    }
}

/// What points to the source shown, put in order once a revision.
#[derive(Debug, Default)]
struct Backlinks {
    uses: Option<(u64, Text, Rc<Uses>)>,
}

/// What points to a source.
#[derive(Debug, Default)]
struct Uses {
    /// The positions of the events that cite it, in time order.
    events: Vec<u32>,
    /// How many citations that are, once that is asked.
    citations: OnceCell<usize>,
    /// The ids of the sources that derive from it, in the order of the file.
    derived: Vec<Text>,
}

impl Uses {
    /// How many citations of the source there are. Reads every event that cites it.
    fn citations(&self, timeline: &Timeline, source: &str) -> usize {
        *self.citations.get_or_init(|| {
            let events = self.events.iter().filter_map(|at| timeline.events().get(*at as usize));
            events.flat_map(|event| &event.citations).filter(|citation| *citation.source == *source).count()
        })
    }
}

impl Backlinks {
    /// What points to this source.
    fn uses(&mut self, doc: Document<'_>, source: &str) -> Rc<Uses> {
        let known = self.uses.as_ref().filter(|(revision, id, _)| *revision == doc.revision && id == source);
        if let Some((_, _, uses)) = known {
            return Rc::clone(uses);
        }
        let citing: Vec<u32> = doc.references.citing(source).collect();
        let events = doc.index.in_time_order(doc.timeline, &citing);
        let derived = doc.timeline.sources().iter().filter(|other| other.origin.as_deref() == Some(source));
        let derived = derived.map(|other| other.id.clone()).collect();
        let uses = Rc::new(Uses { events, citations: OnceCell::new(), derived });
        self.uses = Some((doc.revision, source.into(), Rc::clone(&uses)));
        uses
    }
}

/// The inspector panel.
pub fn inspector_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    theme: &Theme,
    preferences: Preferences<'_>,
    state: &mut InspectorState,
    actions: &mut Vec<Action>,
) {
    state.drafts.begin_frame(doc.timeline);
    let source = view.transient.source.as_deref().and_then(|id| doc.timeline.source(id));
    let selected =
        view.transient.selection.as_deref().and_then(|id| doc.timeline.event(id)).filter(|_| source.is_none());
    if selected.map(|event| &*event.id) != state.shown.as_deref() {
        // What is typed to find a source is meant for its event, and waits there.
        let typed = state.citations.typed_new().map(str::to_owned);
        state.uncited.extend(state.shown.take().zip(typed));
        state.shown = selected.map(|event| event.id.clone());
        let back = state.shown.as_ref().and_then(|event| state.uncited.remove(event));
        state.citations.type_new(back.unwrap_or_default());
    }
    let record = source.map(|source| &source.id).or(selected.map(|event| &event.id));
    if record != state.fields_of.as_ref() {
        forget_fields(ui.ctx());
        state.fields_of = record.cloned();
    }
    state.uncited.retain(|event, _| doc.timeline.event(event).is_some());
    let shows_form = selected.is_some_and(|event| state.shows_form(event, preferences.edits));
    state.unlisted.refresh(doc, selected);
    let mut form = Form {
        doc,
        ink: Ink::of(theme),
        chrome: Chrome::of(theme),
        drafts: &mut state.drafts,
        first_ids: &state.first_ids,
        changes: Changes::new(doc.timeline, doc.now),
        actions,
        collector: preferences.collector,
        problems: shown_problems(doc, selected, source, &state.unlisted),
        is_open: false,
        focus_slot: state.focus_slot.take(),
        focus: state.focus.take(),
        focus_next: None,
    };
    let shown = source.map(|source| Subject::Source(source.id.clone()));
    let shown = shown.or_else(|| selected.map(|event| Subject::Event(event.id.clone())));
    let is_free = ui.memory(|memory| memory.focused().is_none()) && !Popup::is_any_open(ui.ctx());
    let has_keys = state.holds_focus || is_free;
    let backlinks = &mut state.backlinks;
    source_panel::make_way(&mut state.new_source, shown.as_ref());
    let (focused, holds_focus) = (&mut state.focused, &mut state.holds_focus);
    ScrollArea::vertical().id_salt("inspector").auto_shrink(false).show(ui, |ui| {
        let frame = Frame::new().inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            field::column(ui, |ui| {
                ui.spacing_mut().item_spacing.y = GRID_PT;
                if let Some(reason) = doc.read_only {
                    read_only_ui(ui, form.ink, &reason.words());
                } else if state.new_source.as_ref().is_some_and(|new| !new.is_aside()) {
                    source_panel::new_source_ui(ui, &mut form, &mut state.new_source);
                    return;
                } else {
                    source_panel::aside_ui(ui, &form, &mut state.new_source);
                    draft::make_way(&mut state.new_event, shown.as_ref());
                    draft::aside_ui(ui, &form, &mut state.new_event);
                    if state.new_event.as_ref().is_some_and(|new| !new.is_aside()) {
                        draft::draft_ui(ui, &mut form, &mut state.new_event, has_keys);
                        return;
                    }
                }
                if let Some(source) = source {
                    ui.push_id(form.first_ids.of(&Subject::Source(source.id.clone())), |ui| {
                        source_panel::panel_ui(ui, &mut form, &mut state.source, backlinks, view, source);
                    });
                    return;
                }
                if !view.transient.selected.is_empty() {
                    many::many_ui(ui, &mut form, &mut state.many, &view.transient.selected);
                    return;
                }
                let Some(event) = selected else {
                    header::header_ui(ui, &mut form);
                    return;
                };
                ui.push_id(form.first_ids.of(&Subject::Event(event.id.clone())), |ui| {
                    if !shows_form {
                        reading::reading_ui(ui, &mut form, event);
                        return;
                    }
                    reading::back_ui(ui, &mut form, event);
                    event::event_ui(ui, &mut form, &mut state.event, event);
                    citation::citations_ui(ui, &mut form, &mut state.citations, event);
                    links::links_ui(ui, &mut form, &mut state.new_link, event);
                    judgment::judgment_ui(ui, &mut form, &mut state.judgment, event);
                    images::images_ui(ui, &mut form, &mut state.new_image, event);
                    own_fields::own_fields_ui(ui, &mut form, &mut state.own_fields, event);
                    event::record_ui(ui, &mut form, event);
                });
            });
        });
        *holds_focus = follow_focus(ui, frame.response.rect, focused);
    });
    let Form { drafts, mut changes, actions, focus_next, is_open, .. } = form;
    state.is_open = is_open;
    if focus_next.is_some() {
        state.focus = focus_next;
        ui.ctx().request_repaint();
    }
    if doc.read_only.is_none() {
        drafts.settle(&mut changes);
        if let Some(event) = selected.filter(|event| changes.shifts_positions_of(&event.id)) {
            drafts.forget_positions(&event.id);
        }
        let renames = changes.renames().collect();
        actions.extend(changes.into_actions(doc.references));
        state.follow_renames(renames);
    }
}

/// Brings what has taken the keyboard since the last frame into view, where it stands in this part of the panel. Says whether
/// it does.
fn follow_focus(ui: &Ui, place: Rect, before: &mut Option<egui::Id>) -> bool {
    let focused = ui.memory(|memory| memory.focused());
    let widget = keyboard::focused(ui.ctx());
    let here = widget.filter(|widget| place.contains_rect(widget.rect) && widget.layer_id == ui.layer_id());
    if focused != *before
        && let Some(widget) = &here
    {
        ui.scroll_to_rect(widget.rect.expand(2.0 * GRID_PT), None);
    }
    *before = focused;
    here.is_some()
}

/// Lets go of what egui remembers of fields for text, but for the one that has the keyboard. It keeps cursor and steps of typing of
/// each field that was ever drawn, and the id of a field names its record: a walk through a long timeline would leave some
/// kilobytes for every event.
fn forget_fields(ctx: &Context) {
    let focused = ctx.memory(|memory| memory.focused());
    let kept = focused.and_then(|id| Some((id, TextEditState::load(ctx, id)?)));
    ctx.data_mut(|data| data.remove_by_type::<TextEditState>());
    if let Some((id, state)) = kept {
        state.store(ctx, id);
    }
}

/// The problems of what the inspector shows.
fn shown_problems<'d>(
    doc: Document<'d>,
    selected: Option<&Event>,
    source: Option<&Source>,
    unlisted: &'d Unlisted,
) -> Vec<&'d Diagnostic> {
    let subjects: BTreeSet<Subject> = match (source, selected) {
        (Some(source), _) => [Subject::Source(source.id.clone())].into(),
        (None, Some(event)) => {
            let cited = event.citations.iter().map(|citation| Subject::Source(citation.source.clone()));
            cited.chain([Subject::Event(event.id.clone())]).collect()
        }
        (None, None) => [Subject::Timeline].into(),
    };
    let mut found: Vec<usize> = subjects.iter().flat_map(|subject| doc.problems.of(subject)).collect();
    found.sort_unstable();
    found.into_iter().filter_map(|at| doc.problems.get(at)).chain(&unlisted.problems).collect()
}

/// What is wrong with the selected event and stands in no list, because there is so much of its kind.
#[derive(Debug, Default)]
struct Unlisted {
    /// The event, and the list in which its problems were looked for.
    of: Option<(Text, u64, u64)>,
    problems: Vec<Diagnostic>,
}

impl Unlisted {
    fn refresh(&mut self, doc: Document<'_>, selected: Option<&Event>) {
        let of = selected.map(|event| (event.id.clone(), doc.revision, doc.problems.version()));
        if self.of == of {
            return;
        }
        self.of = of;
        self.problems.clear();
        if let Some(event) = selected.filter(|_| doc.problems.is_cut()) {
            let listed = doc.problems.of(&Subject::Event(event.id.clone()));
            let is_listed = |problem: &Diagnostic| {
                let same = |other: &Diagnostic| other.code == problem.code && other.field == problem.field;
                listed.iter().filter_map(|at| doc.problems.get(*at)).any(same)
            };
            let found = model::check_event(doc.timeline, event).into_iter();
            self.problems.extend(found.filter(|problem| !is_listed(problem)));
        }
    }
}

fn read_only_ui(ui: &mut Ui, ink: Ink, reason: &str) {
    Frame::new().inner_margin(Margin::same(8)).corner_radius(4.0).stroke(Stroke::new(1.0, ink.warning)).show(
        ui,
        |ui| {
            field::column(ui, |ui| {
                ui.add(egui::Label::new(RichText::new("Read only").strong().color(ink.warning)).wrap());
                ui.add(egui::Label::new(visible_lines(reason)).wrap());
            });
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, References};
    use crate::model::Problems;
    use crate::time::{Date, Zone};

    #[test]
    fn what_no_list_holds_any_more_is_told_of_the_selected_event() {
        let date = Date::parse("2024").unwrap();
        let event = |at: usize| Event::new(format!("e{at}"), format!("Event {at}"), date.clone());
        let header = Timeline::empty("t").header().clone();
        let timeline = Timeline::from_records(header, vec![], vec![], (0..10_050).map(event).collect(), vec![], vec![]);
        let problems = Problems::from(model::check(&timeline));
        assert!(problems.is_cut());
        let (index, references) = (Index::build(&timeline, Zone::UTC), References::default());
        let doc = Document::plain(&timeline, &index, &references, &problems);
        let mut unlisted = Unlisted::default();
        for at in [0, 10_049] {
            let event = timeline.events().get(at);
            unlisted.refresh(doc, event);
            let shown = shown_problems(doc, event, None, &unlisted);
            assert_eq!(shown.iter().filter(|problem| problem.code == "unsourced").count(), 1, "{at}");
        }
        assert!(!unlisted.problems.is_empty(), "the last ones are in no list");
    }
}
