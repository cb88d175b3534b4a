//! The citations of an event: who says so, how credible, in which words.

use egui::{Key, Modifiers, Rect, RichText, Ui};

use super::changes::{Shift, quoted};
use super::form::{Form, Initially, card_ui, section_ui};
use super::slot::Slot;
use super::source::{OriginPick, source_ui};
use super::source_pick::SourcePick;
use crate::diagnostic::Subject;
use crate::model::{
    Citation, CitationField, Credibility, Event, Field as _, Kind, Known, Reliability, Source, Stance, Text,
};
use crate::text::visible;
use crate::ui::Action;
use crate::ui::field::{self, FromPhrase, GRID_PT};
use crate::ui::icon::{Icon, icon_button};
use crate::ui::keyboard;
use crate::ui::letters::{self, Letters};

/// The accessible name of the field that adds a citation.
const NEW_CITATION: &str = "Source to cite";

/// Width of a button with an icon, in points.
const ICON_PT: f32 = 26.0;

/// What the citations remember between frames.
#[derive(Debug, Default)]
pub struct CitationsState {
    pick: SourcePick,
    origin: Option<OriginPick>,
    phrase: Option<Phrase>,
}

impl CitationsState {
    /// Gives the field that adds a citation the focus when it is drawn next.
    pub fn focus_new(&mut self) {
        self.pick.focus();
    }

    /// Whether that field takes the focus when it is drawn next.
    pub const fn wants_focus(&self) -> bool {
        self.pick.wants_focus()
    }

    /// What is typed into that field, if anything.
    pub fn typed_new(&self) -> Option<&str> {
        (!self.pick.is_empty()).then(|| self.pick.typed().trim())
    }

    /// Puts a text into that field as if it had been typed.
    pub fn type_new(&mut self, text: String) {
        self.pick.type_in(text);
    }
}

/// The words from which a source's date was read, and which may be kept as its wording.
#[derive(Debug)]
struct Phrase {
    event: Text,
    at: usize,
    read: FromPhrase,
}

/// Every citation as a card, and the field that adds one.
pub fn citations_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut CitationsState, event: &Event) {
    section_ui(ui, "Citations", Some(event.citations.len()), Initially::Open, |ui| {
        if event.citations.is_empty() {
            field::help_ui(ui, form.ink, "Nobody is cited yet: add who says so");
        }
        for (at, citation) in event.citations.iter().enumerate() {
            ui.push_id(("citation", at), |ui| {
                let card = card_ui(ui, form, |ui, form| {
                    let open = citation_ui(ui, form, &mut state.phrase, event, at, citation);
                    if open {
                        let prefix = format!("Source {}", at + 1);
                        ui.separator();
                        source_ui(ui, form, &mut state.origin, &citation.source, &prefix);
                        whole_source_ui(ui, form, &citation.source, at + 1);
                    }
                });
                move_by_key(ui, form, card, event, at);
            });
        }
        if form.editable() {
            new_citation_ui(ui, form, &mut state.pick, event);
        }
    });
}

/// The field for one more citation. What is picked is cited at once, and its stance has the focus next.
fn new_citation_ui(ui: &mut Ui, form: &mut Form<'_>, pick: &mut SourcePick, event: &Event) {
    let (_, picked) = field::row(ui, form.ink, "Cite", |ui| pick.ui(ui, form, NEW_CITATION, "Cite"));
    let Some(picked) = picked else { return };
    let source = picked.put_into(&mut form.changes);
    form.changes.label(format!("Add a citation to {}", quoted(&event.title)));
    if let Some(copy) = form.changes.event(&event.id) {
        copy.citations.push(Citation::new(source));
        form.focus_next = Some(stance_name(event.citations.len()));
    }
}

fn stance_name(at: usize) -> String {
    format!("Citation {} stance", at + 1)
}

/// Moves the card that holds the focus with Alt and the arrows.
fn move_by_key(ui: &Ui, form: &mut Form<'_>, card: Rect, event: &Event, at: usize) {
    if !form.editable() || !holds_focus(ui, card) {
        return;
    }
    let (up, down) = ui.input_mut(|input| {
        let up = input.consume_key(Modifiers::ALT, Key::ArrowUp);
        (up, input.consume_key(Modifiers::ALT, Key::ArrowDown))
    });
    let to = match (up, down) {
        (true, false) => at.checked_sub(1),
        (false, true) => Some(at + 1).filter(|to| *to < event.citations.len()),
        _ => None,
    };
    if let Some(to) = to {
        form.drafts.leave();
        form.changes.label(format!("Move a citation of {}", quoted(&event.title)));
        form.changes.shift(&event.id, Shift::SwapCitations(at, to));
        form.focus_next = Some(stance_name(to));
    }
}

fn holds_focus(ui: &Ui, place: Rect) -> bool {
    keyboard::focused(ui.ctx()).is_some_and(|widget| place.contains_rect(widget.rect))
}

/// The citation itself; returns whether its source is unfolded.
fn citation_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    phrase: &mut Option<Phrase>,
    event: &Event,
    at: usize,
    citation: &Citation,
) -> bool {
    let number = at + 1;
    let name = |label: &str| format!("Citation {number} {label}");
    let mut source_open = Toggle::load(ui, "source open");
    let mut all_fields = Toggle::load(ui, "all fields");
    dim_where_not_out(ui, form, citation);
    ui.horizontal_top(|ui| {
        let buttons = if form.editable() { buttons_width_pt(event) } else { 0.0 };
        let width = ui.available_width() - buttons;
        ui.vertical(|ui| {
            ui.set_width(width);
            title_ui(ui, form, event, at, citation, &mut source_open.on);
        });
        if form.editable() {
            buttons_ui(ui, form, event, at);
        }
    });
    grades_ui(ui, form, event, at, citation, all_fields.on);

    let slot = |field| Slot::Citation(event.id.clone(), at, field);
    form.named_text(ui, &slot(CitationField::Note), &name("note"));
    let mut folded = citation.reliability.is_none();
    for field in folding() {
        let slot = slot(field);
        if !all_fields.on && !form.has_text(&slot) {
            folded = true;
            continue;
        }
        let shown = form.named_text(ui, &slot, &name(&slot.key()));
        if field == CitationField::Date {
            if let Some(read) = shown.phrase {
                *phrase = Some(Phrase { event: event.id.clone(), at, read });
            }
            keep_phrase_ui(ui, form, phrase, event, at, shown.draft.as_deref());
            competing_ui(ui, form, event, citation);
        }
    }
    if form.editable() && (folded || all_fields.on) {
        let text = if all_fields.on { "Fewer fields" } else { "More fields" };
        let response = field::row(ui, form.ink, "", |ui| field::link_ui(ui, form.ink, text));
        if response.accessible_name(format!("{text} of citation {number}")).clicked() {
            all_fields.on = !all_fields.on;
        }
    }
    source_open.store(ui);
    all_fields.store(ui);
    source_open.on
}

/// Leads from a citation to the whole source.
fn whole_source_ui(ui: &mut Ui, form: &mut Form<'_>, id: &str, number: usize) {
    let response = field::row(ui, form.ink, "", |ui| field::small_button_ui(ui, "All of this source"));
    let response = response.on_hover_text("Its captures, who else cites it, what derives from it");
    if response.accessible_name(format!("All of source {number}")).clicked() {
        form.actions.push(Action::ShowSource(Some(id.into())));
    }
}

/// The fields that are shown where they are given: where to look and what the source says of the date, then the others. The
/// note is always there, and each grade has a menu.
fn folding() -> impl Iterator<Item = CitationField> {
    const FIRST: [CitationField; 3] = [CitationField::Locator, CitationField::Date, CitationField::Wording];
    let others = CitationField::ALL.iter().copied().filter(|field| {
        let is_typed = matches!(field.kind(), Kind::Text | Kind::Prose | Kind::Date);
        is_typed && !FIRST.contains(field) && *field != CitationField::Note
    });
    FIRST.into_iter().chain(others)
}

/// Dims a citation that nobody could know on the date asked about, and says why. It can be edited all the same.
fn dim_where_not_out(ui: &mut Ui, form: &Form<'_>, citation: &Citation) {
    let Some(known_on) = form.doc.known_on else { return };
    if known_on.citation(form.doc.timeline, citation) == Known::NotYet {
        field::help_ui(ui, form.ink, &format!("Not out yet on {}", known_on.date().describe()));
        ui.multiply_opacity(0.7);
    }
}

/// A part of a card that is shown or not, remembered as long as the window is open.
struct Toggle {
    id: egui::Id,
    on: bool,
}

impl Toggle {
    fn load(ui: &Ui, salt: &str) -> Self {
        let id = ui.make_persistent_id(salt);
        Self { id, on: ui.data(|data| data.get_temp(id)).unwrap_or(false) }
    }

    fn store(&self, ui: &Ui) {
        ui.data_mut(|data| data.insert_temp(self.id, self.on));
    }
}

/// Stance and grades, each in a row of its own: they are never folded into one.
fn grades_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, at: usize, citation: &Citation, all_fields: bool) {
    let name = |label: &str| format!("Citation {} {label}", at + 1);
    let mut wanted = citation.clone();
    let stances: Vec<_> = Stance::ALL.map(|stance| (stance, stance.label().to_owned())).into();
    if let Some(stance) = form.choice(ui, "Stance", &name("stance"), &citation.stance, &stances) {
        wanted.stance = stance;
    }
    let grades: Vec<(Option<Credibility>, String)> = std::iter::once((None, "Not graded".to_owned()))
        .chain(Credibility::ALL.map(|grade| (Some(grade), format!("{} {}", grade.number(), grade.label()))))
        .collect();
    if let Some(grade) = form.choice(ui, "Credibility", &name("credibility"), &citation.credibility, &grades) {
        wanted.credibility = grade;
    }
    if all_fields || citation.reliability.is_some() {
        let of_source = form.doc.timeline.source(&citation.source).and_then(|source| source.reliability);
        let inherited = of_source.map_or_else(|| "not graded".to_owned(), |grade| grade.letter().to_owned());
        let grades = reliability_options(&format!("As the source ({inherited})"));
        if let Some(grade) = form.choice(ui, "Reliability", &name("reliability"), &citation.reliability, &grades) {
            wanted.reliability = grade;
        }
    }
    if wanted != *citation {
        form.changes.label(format!("Change a citation of {}", quoted(&event.title)));
        if let Some(copy) = form.changes.event(&event.id).and_then(|event| event.citations.get_mut(at)) {
            copy.stance = wanted.stance;
            copy.credibility = wanted.credibility;
            copy.reliability = wanted.reliability;
        }
    }
}

/// The grades of reliability as a menu has them, after the entry for none.
pub fn reliability_options(none: &str) -> Vec<(Option<Reliability>, String)> {
    std::iter::once((None, none.to_owned()))
        .chain(Reliability::ALL.map(|grade| (Some(grade), format!("{} {}", grade.letter(), grade.label()))))
        .collect()
}

/// The title of the source, which unfolds it; what is wrong where there is no such source.
fn title_ui(ui: &mut Ui, form: &Form<'_>, event: &Event, at: usize, citation: &Citation, open: &mut bool) {
    let Some(source) = form.doc.timeline.source(&citation.source) else {
        letters::label_ui(ui, &visible(&citation.source), Letters::body(ui.visuals().strong_text_color()));
        let path = ["citations", &at.to_string(), "source"];
        form.problems_ui(ui, &Subject::Event(event.id.clone()), &path);
        return;
    };
    let link = letters::link_ui(ui, &visible(&source.title), Letters::body(form.ink.accent));
    let verb = if *open { "Fold" } else { "Open" };
    let response = link.accessible_name(format!("{verb} source {}", at + 1));
    if response.on_hover_text("Show and edit the source").clicked() {
        *open = !*open;
    }
    let line = source_line(source);
    if !line.is_empty() {
        field::help_ui(ui, form.ink, &line);
    }
}

/// Publisher, date and grade, as far as they are known.
fn source_line(source: &Source) -> String {
    let parts = [
        source.publisher.clone(),
        source.published.as_ref().map(|date| date.describe().into()),
        source.reliability.map(|grade| format!("{} {}", grade.letter(), grade.label()).into()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Width of the buttons at the right of a card, in points: one where there is nothing to swap with.
fn buttons_width_pt(event: &Event) -> f32 {
    let count = if event.citations.len() > 1 { 3.0 } else { 1.0 };
    count * ICON_PT + 2.0 * GRID_PT
}

fn buttons_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, at: usize) {
    let number = at + 1;
    ui.spacing_mut().item_spacing.x = 0.0;
    let mut button = |ui: &mut Ui, icon: Icon, text: &str, key: &str, shift: Shift| {
        let name = format!("{text} citation {number}");
        if icon_button(ui, icon, &name, form.chrome).on_hover_text(format!("{text}{key}")).clicked() {
            let verb = if matches!(shift, Shift::RemoveCitation(_)) { "Remove" } else { "Move" };
            form.changes.label(format!("{verb} a citation of {}", quoted(&event.title)));
            form.changes.shift(&event.id, shift);
            form.focus_next = match shift {
                Shift::SwapCitations(_, to) => Some(stance_name(to)),
                // The next one stands in its place now; after the last, the one before it.
                Shift::RemoveCitation(_) | Shift::RemoveLink(_) | Shift::RemoveImage(_) => {
                    Some(stance_name(at.min(event.citations.len().saturating_sub(2))))
                }
            };
        }
    };
    if event.citations.len() > 1 {
        match at.checked_sub(1) {
            Some(above) => button(ui, Icon::Up, "Move up", " (Alt+↑)", Shift::SwapCitations(at, above)),
            None => ui.add_space(ICON_PT),
        }
        if number < event.citations.len() {
            button(ui, Icon::Down, "Move down", " (Alt+↓)", Shift::SwapCitations(at, number));
        } else {
            ui.add_space(ICON_PT);
        }
    }
    button(ui, Icon::Cross, "Remove", "", Shift::RemoveCitation(at));
}

/// Offers to keep the words that were typed for the source's date as its wording.
fn keep_phrase_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    phrase: &mut Option<Phrase>,
    event: &Event,
    at: usize,
    draft: Option<&str>,
) {
    let citation = event.citations.get(at);
    let Some(Phrase { read, .. }) = phrase.as_ref().filter(|phrase| *phrase.event == *event.id && phrase.at == at)
    else {
        return;
    };
    let Some(citation) = citation.filter(|citation| citation.wording.as_deref() != Some(read.phrase.as_str())) else {
        return;
    };
    let is_typed = draft.is_some_and(|draft| draft.trim() == read.phrase);
    let is_written = draft.is_none() && citation.date.as_deref() == Some(&read.date);
    if !form.editable() || !(is_typed || is_written) {
        return;
    }
    let text = format!("Keep “{}” as its wording", read.phrase);
    if field::row(ui, form.ink, "", |ui| field::small_button_ui(ui, &text)).clicked() {
        form.changes.label(format!("Change date and wording of a citation of {}", quoted(&event.title)));
        if let Some(copy) = form.changes.event(&event.id).and_then(|event| event.citations.get_mut(at)) {
            copy.wording = Some(read.phrase.as_str().into());
        }
        *phrase = None;
    }
}

/// Says where the source gives another date than the event has, and offers to take it.
fn competing_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, citation: &Citation) {
    let Some(date) = citation.date.as_deref().filter(|date| event.date.as_ref() != Some(date)) else { return };
    field::row(ui, form.ink, "", |ui| {
        let (text, color) = match &event.date {
            Some(own) => {
                let text = format!("Another date than the event’s: {}, not {}", date.describe(), own.describe());
                (text, form.ink.warning)
            }
            None => (format!("The event has no date; this source gives {}", date.describe()), form.ink.muted),
        };
        ui.add(egui::Label::new(RichText::new(text).small().color(color)).wrap());
        if !form.editable() {
            return;
        }
        let response =
            field::small_button_ui(ui, "Use this date").on_hover_text("Gives the event this date and wording");
        if response.clicked() {
            form.changes.label(format!("Use a source’s date for {}", quoted(&event.title)));
            if let Some(copy) = form.changes.event(&event.id) {
                copy.date = Some(date.clone());
                copy.wording = citation.wording.clone();
            }
        }
    });
}
