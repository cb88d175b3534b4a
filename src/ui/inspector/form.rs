//! What the parts of the inspector draw with: the document, the texts being typed, the changes of this frame.

use std::collections::BTreeMap;

use egui::collapsing_header::CollapsingState;
use egui::{CollapsingHeader, CollapsingResponse, Frame, Id, Margin, Rect, RichText, Stroke, Ui, vec2};

use super::changes::Changes;
use super::slot::Slot;
use crate::diagnostic::{Diagnostic, Subject};
use crate::model::Timeline;
use crate::ui::field::{self, FromPhrase, GRID_PT, Ink, Outcome, TextField};
use crate::ui::style::Chrome;
use crate::ui::{Action, Command, Document};

/// A text that differs from what the timeline has.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Draft {
    text: String,
    /// What stood in the timeline when it was begun.
    base: String,
}

/// The texts being typed.
///
/// Invariant: a draft stands as long as the timeline still has the text it was begun from. When that changes from outside
/// (undo, a drag on the canvas, a reload), the draft goes and the field shows the timeline again.
#[derive(Debug, Default)]
pub struct Drafts {
    drafts: BTreeMap<Slot, Draft>,
    focused: Option<Slot>,
    /// What was entered last and refused: it is a mistake, though it still has the focus.
    refused: Option<(Slot, String)>,
}

impl Drafts {
    /// Whether there is any.
    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    /// Drops what no longer stands on the text it was begun from, and forgets the focus of the last frame.
    pub fn begin_frame(&mut self, timeline: &Timeline) {
        self.focused = None;
        self.drafts.retain(|slot, draft| slot.text(timeline).as_ref() == Some(&draft.base));
    }

    /// Writes every draft whose field does not have the focus and whose text is valid. The others stay as typed.
    pub fn settle(&mut self, changes: &mut Changes<'_>) {
        let focused = self.focused.clone();
        self.write(changes, |slot| Some(slot) != focused.as_ref());
    }

    /// Writes every valid draft, wherever the focus is.
    pub fn settle_all(&mut self, changes: &mut Changes<'_>) {
        self.write(changes, |_| true);
    }

    fn write(&mut self, changes: &mut Changes<'_>, wanted: impl Fn(&Slot) -> bool) {
        self.drafts.retain(|slot, draft| !wanted(slot) || slot.write(&draft.text, changes).is_err());
    }

    /// Treats the field that has the focus as left: what was typed into it is meant.
    pub fn leave(&mut self) {
        self.focused = None;
    }

    /// Treats a field that has lost the keyboard in this frame as if it had it: what was typed into it is not meant yet.
    pub fn hold(&mut self, slot: &Slot) {
        self.focused = Some(slot.clone());
    }

    /// Every text with its field.
    pub fn iter(&self) -> impl Iterator<Item = (&Slot, &str)> {
        self.drafts.iter().map(|(slot, draft)| (slot, draft.text.as_str()))
    }

    /// Puts a text into a field as if it had been typed; says whether there is such a field.
    pub fn type_in(&mut self, timeline: &Timeline, slot: &Slot, text: &str) -> bool {
        self.drafts.remove(slot);
        let base = slot.text(timeline);
        let is_there = base.is_some();
        if let Some(base) = base.filter(|base| base != text) {
            self.drafts.insert(slot.clone(), Draft { text: text.to_owned(), base });
        }
        is_there
    }

    /// Drops what is typed into a field.
    pub fn forget(&mut self, slot: &Slot) {
        self.drafts.remove(slot);
    }

    /// Drops the drafts of an event's citations, links and images: their positions mean others now.
    pub fn forget_positions(&mut self, event: &str) {
        self.drafts.retain(|slot, _| match slot {
            Slot::Citation(id, ..) | Slot::Link(id, _) | Slot::Image(id, ..) => id != event,
            Slot::Header(_)
            | Slot::Event(..)
            | Slot::Term(..)
            | Slot::Judgment(..)
            | Slot::Own(..)
            | Slot::OwnName(..)
            | Slot::Source(..)
            | Slot::Capture(..) => true,
        });
    }
}

/// The ids that records had when they were first shown: their widgets are known by these, so that a record that gets another
/// id keeps the focus and the parts that are open.
#[derive(Debug, Default)]
pub struct FirstIds(BTreeMap<Subject, Subject>);

impl FirstIds {
    /// The record under its first id.
    pub fn of(&self, record: &Subject) -> Subject {
        self.0.get(record).unwrap_or(record).clone()
    }

    /// Takes it that a record gets another id. What leads from the old one stays, for undo and redo.
    pub fn rename(&mut self, from: &Subject, to: Subject) {
        let first = self.of(from);
        if first == to {
            self.0.remove(&to);
        } else {
            self.0.insert(to, first);
        }
    }
}

/// One frame of the inspector.
pub struct Form<'a> {
    pub doc: Document<'a>,
    pub ink: Ink,
    pub chrome: Chrome,
    pub drafts: &'a mut Drafts,
    pub first_ids: &'a FirstIds,
    pub changes: Changes<'a>,
    pub actions: &'a mut Vec<Action>,
    /// Who captures what is attached.
    pub collector: &'a str,
    /// The problems of what is shown.
    pub problems: Vec<&'a Diagnostic>,
    /// Whether something is open in which text is typed that is not in the timeline yet.
    pub is_open: bool,
    /// The field that takes the focus in this frame.
    pub focus_slot: Option<Slot>,
    /// The accessible name of the menu that takes the focus in this frame.
    pub focus: Option<String>,
    /// The one that takes it in the next frame, when what changes now is there.
    pub focus_next: Option<String>,
}

impl Form<'_> {
    /// Whether anything can be changed.
    pub fn editable(&self) -> bool {
        self.doc.read_only.is_none()
    }

    /// The problems of a record at the field of this path, below what was drawn last.
    pub fn problems_ui(&self, ui: &mut Ui, subject: &Subject, path: &[&str]) {
        let is_here = |problem: &&&Diagnostic| {
            problem.subject == *subject && problem.field.iter().map(String::as_str).eq(path.iter().copied())
        };
        for problem in self.problems.iter().filter(is_here) {
            field::diagnostic_ui(ui, self.ink, problem);
        }
    }

    /// A labelled field of text whose accessible name is its label.
    pub fn text(&mut self, ui: &mut Ui, slot: &Slot) -> Shown {
        self.named_text(ui, slot, slot.label())
    }

    /// Whether a field shows any text, committed or typed.
    pub fn has_text(&self, slot: &Slot) -> bool {
        self.drafts.drafts.contains_key(slot) || slot.text(self.doc.timeline).is_some_and(|text| !text.is_empty())
    }

    /// A labelled field of text under a name of its own, for the fields of one of several cards. Where nothing can be
    /// changed, empty fields are left out.
    pub fn named_text(&mut self, ui: &mut Ui, slot: &Slot, name: &str) -> Shown {
        if !self.editable() && !self.has_text(slot) {
            return Shown::default();
        }
        field::row(ui, self.ink, slot.label(), |ui| self.bare_text(ui, slot, name))
    }

    /// The field without its label, with what it is read as or what is wrong beside it.
    pub fn bare_text(&mut self, ui: &mut Ui, slot: &Slot, name: &str) -> Shown {
        let (timeline, now) = (self.doc.timeline, self.doc.now);
        let Some(value) = slot.text(timeline) else { return Shown::default() };
        let mut draft = self.drafts.drafts.remove(slot).map(|draft| draft.text);
        let problem = draft.as_deref().and_then(|text| slot.problem(text, timeline, now));
        let id = self.id_of(slot, name);
        // A term being typed is not a mistake yet.
        let is_refused = |refused: &(Slot, String)| refused.0 == *slot && Some(&refused.1) == draft.as_ref();
        let is_refused = self.drafts.refused.as_ref().is_some_and(is_refused);
        let composing = slot.is_composed() && !is_refused && ui.memory(|memory| memory.has_focus(id));
        let field = TextField {
            id,
            name,
            hint: slot.hint(),
            rows: slot.rows(),
            keeps_lines: false,
            enabled: self.editable(),
            invalid: problem.is_some() && !composing,
            focus: self.focus_slot.take_if(|wanted| *wanted == *slot).is_some(),
        };
        let outcome = field::text_ui(ui, self.ink, field, &value, &mut draft);
        if outcome == Outcome::Focused {
            self.drafts.focused = Some(slot.clone());
        }
        let problem = draft.as_deref().and_then(|text| slot.problem(text, timeline, now));
        if outcome == Outcome::Entered && problem.is_some() {
            // What is refused stays at hand.
            ui.memory_mut(|memory| memory.request_focus(id));
            self.drafts.refused = draft.clone().map(|text| (slot.clone(), text));
        }
        self.is_open |= draft.is_some();
        let mut phrase = None;
        if !slot.is_date() {
            if let Some(problem) = problem.as_ref().filter(|_| !composing) {
                field::problem_ui(ui, self.ink, problem);
            }
        } else if let Some(typed) = &draft {
            let read = field::reading_ui(ui, self.ink, typed, now, self.doc.zone);
            // An empty text is no problem of reading, but may be one of the field.
            if let Some(problem) = problem.filter(|_| typed.trim().is_empty()) {
                field::problem_ui(ui, self.ink, &problem);
            }
            phrase = read.phrase;
            if let Some(chosen) = read.chosen {
                draft = Some(chosen.as_str().to_owned());
            }
        }
        if let Some(text) = &draft {
            self.drafts.drafts.insert(slot.clone(), Draft { text: text.clone(), base: value });
        }
        Shown { outcome: Some(outcome), draft, phrase }
    }

    /// Puts a text into a field as if it had been typed.
    pub fn type_in(&mut self, slot: &Slot, text: &str) {
        self.drafts.type_in(self.doc.timeline, slot, text);
    }

    /// The egui id of a field: by its record, and by the names that tell it from the others there. What is in the timeline is
    /// no part of it: a field of the user's own, which is renamed, keeps the focus.
    pub fn id_of(&self, slot: &Slot, name: &str) -> Id {
        Id::unique(("inspector field", self.first_ids.of(&slot.subject()), slot.noun(), name))
    }

    /// A labelled menu; returns what was chosen.
    pub fn choice<T: Clone + PartialEq>(
        &mut self,
        ui: &mut Ui,
        label: &str,
        name: &str,
        current: &T,
        options: &[(T, String)],
    ) -> Option<T> {
        let focus = self.focus.take_if(|wanted| wanted == name).is_some();
        let editable = self.editable();
        field::row(ui, self.ink, label, |ui| field::choice_ui(ui, name, editable, focus, current, options))
    }
}

/// What a field of text shows.
#[derive(Debug, Default)]
pub struct Shown {
    /// What happened to it.
    pub outcome: Option<Outcome>,
    /// Its text where that differs from the timeline.
    pub draft: Option<String>,
    /// The date it was read as and its words, where it is a date read from a phrase.
    pub phrase: Option<FromPhrase>,
}

/// Whether a part of the panel shows its contents until someone decides otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Initially {
    Open,
    Folded,
    /// It is shown in any case: a field in it takes the focus.
    Shown,
}

impl Initially {
    /// The same, unless a field in the part takes the focus.
    pub fn or_shown(self, is_wanted: bool) -> Self {
        if is_wanted { Self::Shown } else { self }
    }
}

/// A part of the panel that can be folded away.
pub fn section_ui(ui: &mut Ui, title: &str, count: Option<usize>, initially: Initially, body: impl FnOnce(&mut Ui)) {
    let heading = count.map_or_else(|| title.to_owned(), |count| format!("{title} ({count})"));
    ui.add_space(GRID_PT);
    ui.separator();
    let shown = CollapsingHeader::new(RichText::new(heading).strong())
        .id_salt(("inspector section", title))
        .default_open(initially == Initially::Open)
        .open((initially == Initially::Shown).then_some(true))
        .show_unindented(ui, body);
    keep_in_sight(ui, &shown);
}

/// A framed group of fields; returns its place.
pub fn card_ui(ui: &mut Ui, form: &mut Form<'_>, body: impl FnOnce(&mut Ui, &mut Form<'_>)) -> Rect {
    let frame = Frame::new().inner_margin(Margin::same(8)).corner_radius(4.0).stroke(Stroke::new(1.0, form.ink.line));
    let shown = frame.show(ui, |ui| field::column(ui, |ui| body(ui, form)));
    ui.add_space(GRID_PT);
    shown.response.rect
}

/// Says that a command is run, where a button stands for it.
pub fn command_button_ui(ui: &mut Ui, form: &mut Form<'_>, command: Command) {
    if ui.button(command.label()).on_hover_text(command.tooltip()).clicked() {
        form.actions.push(Action::Run(command));
    }
}

/// Scrolls so that a part is seen: its upper end, where it is higher than what shows it.
pub fn bring_into_sight(ui: &Ui, part: Rect) {
    let height = part.height().min(ui.clip_rect().height());
    ui.scroll_to_rect(Rect::from_min_size(part.min, vec2(part.width(), height)), None);
}

/// Scrolls to a part that was opened by its heading, for as long as it unfolds.
fn keep_in_sight<R>(ui: &Ui, shown: &CollapsingResponse<R>) {
    let heading = &shown.header_response;
    let opening = heading.id.with("opened by hand");
    if heading.clicked() {
        let is_open = CollapsingState::load(ui.ctx(), heading.id).is_some_and(|state| state.is_open());
        ui.data_mut(|data| data.insert_temp(opening, is_open));
    }
    if ui.data(|data| data.get_temp(opening)) != Some(true) {
        return;
    }
    if let Some(body) = &shown.body_response {
        bring_into_sight(ui, heading.rect.union(body.rect));
    }
    if shown.fully_open() {
        ui.data_mut(|data| data.remove::<bool>(opening));
    }
}
