//! The citations of an event: who says so, how credible, in which words.

use egui::{Frame, Margin, RichText, Stroke, Ui};

use super::Backlinks;
use super::changes::{Shift, quoted};
use super::form::{Form, Initially, section_ui};
use super::slot::{CitationField, Slot};
use super::source::{OriginPick, source_ui};
use super::source_pick::SourcePick;
use crate::diagnostic::Subject;
use crate::model::{Citation, Credibility, Event, Known, Reliability, Source, Stance, Text};
use crate::ui::field::{self, GRID_PT, Outcome};
use crate::ui::icon::{Icon, icon_button};

/// Width of a button with an icon, in points.
const ICON_PT: f32 = 26.0;

/// A citation being added to an event.
#[derive(Debug)]
pub struct NewCitation {
    event: Text,
    pick: SourcePick,
}

/// What the citations remember between frames.
#[derive(Debug, Default)]
pub struct CitationsState {
    new: Option<NewCitation>,
    origin: Option<OriginPick>,
}

/// Every citation as a card, and the way to add one.
pub fn citations_ui(
    ui: &mut Ui,
    form: &mut Form<'_>,
    state: &mut CitationsState,
    backlinks: &mut Backlinks,
    event: &Event,
) {
    section_ui(ui, "Citations", Some(event.citations.len()), Initially::Open, |ui| {
        if event.citations.is_empty() {
            field::help_ui(ui, form.ink, "Nobody is cited yet: add who says so");
        }
        for (at, citation) in event.citations.iter().enumerate() {
            ui.push_id(("citation", at), |ui| {
                card_ui(ui, form, |ui, form| {
                    let open = citation_ui(ui, form, event, at, citation);
                    if open {
                        source_ui(ui, form, &mut state.origin, backlinks, &citation.source, at + 1);
                    }
                });
            });
        }
        if !form.editable() {
            return;
        }
        match &state.new {
            Some(draft) if draft.event == event.id => {
                card_ui(ui, form, |ui, form| new_citation_ui(ui, form, &mut state.new, event));
            }
            _ => {
                if ui.button("Add citation").clicked() {
                    let pick = SourcePick::focused();
                    state.new = Some(NewCitation { event: event.id.clone(), pick });
                }
            }
        }
    });
}

fn card_ui(ui: &mut Ui, form: &mut Form<'_>, body: impl FnOnce(&mut Ui, &mut Form<'_>)) {
    Frame::new()
        .inner_margin(Margin::same(8))
        .corner_radius(4.0)
        .stroke(Stroke::new(1.0, form.ink.line))
        .show(ui, |ui| field::column(ui, |ui| body(ui, form)));
    ui.add_space(GRID_PT);
}

/// The citation itself; returns whether its source is unfolded.
fn citation_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, at: usize, citation: &Citation) -> bool {
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
    for field in [
        CitationField::Locator,
        CitationField::Date,
        CitationField::Wording,
        CitationField::Quote,
        CitationField::Translation,
    ] {
        let slot = slot(field);
        if !all_fields.on && !form.has_text(&slot) {
            folded = true;
            continue;
        }
        form.named_text(ui, &slot, &name(slot.key()));
        if field == CitationField::Date {
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
        ui.add(egui::Label::new(RichText::new(citation.source.as_str()).strong()).wrap());
        let path = ["citations", &at.to_string(), "source"];
        form.problems_ui(ui, &Subject::Event(event.id.clone()), &path);
        return;
    };
    let button =
        egui::Button::new(RichText::new(source.title.as_str()).strong().color(form.ink.accent)).frame(false).wrap();
    let verb = if *open { "Fold" } else { "Open" };
    let response = ui.add(button).accessible_name(format!("{verb} source {}", at + 1));
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
    let mut button = |ui: &mut Ui, icon: Icon, text: &str, shift: Shift| {
        let name = format!("{text} citation {number}");
        if icon_button(ui, icon, &name, form.chrome).on_hover_text(text).clicked() {
            let verb = if matches!(shift, Shift::RemoveCitation(_)) { "Remove" } else { "Move" };
            form.changes.label(format!("{verb} a citation of {}", quoted(&event.title)));
            form.changes.shift(&event.id, shift);
        }
    };
    if event.citations.len() > 1 {
        match at.checked_sub(1) {
            Some(above) => button(ui, Icon::Up, "Move up", Shift::SwapCitations(at, above)),
            None => ui.add_space(ICON_PT),
        }
        if number < event.citations.len() {
            button(ui, Icon::Down, "Move down", Shift::SwapCitations(at, number));
        } else {
            ui.add_space(ICON_PT);
        }
    }
    button(ui, Icon::Cross, "Remove", Shift::RemoveCitation(at));
}

/// Says where the source gives another date than the event has, and offers to take it.
fn competing_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, citation: &Citation) {
    let Some(date) = citation.date.as_ref().filter(|date| **date != event.date) else { return };
    field::row(ui, form.ink, "", |ui| {
        let text = format!("Another date than the event’s: {}, not {}", date.describe(), event.date.describe());
        ui.add(egui::Label::new(RichText::new(text).small().color(form.ink.warning)).wrap());
        if !form.editable() {
            return;
        }
        let response =
            field::small_button_ui(ui, "Use this date").on_hover_text("Gives the event this date and wording");
        if response.clicked() {
            form.changes.label(format!("Use a source’s date for {}", quoted(&event.title)));
            if let Some(copy) = form.changes.event(&event.id) {
                copy.date = date.clone();
                copy.wording = citation.wording.clone();
            }
        }
    });
}

fn new_citation_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut Option<NewCitation>, event: &Event) {
    let Some(new) = state else { return };
    let outcome = new.pick.ui(ui, form);
    let mut add = outcome == Outcome::Entered;
    let mut cancel = outcome == Outcome::Reverted;
    ui.horizontal(|ui| {
        let text = if new.pick.is_chosen() { "Cite this source" } else { "Cite as new source" };
        add |= ui.add_enabled(!new.pick.is_empty(), egui::Button::new(text)).clicked();
        cancel |= ui.button("Cancel").accessible_name("Cancel the new citation").clicked();
    });
    if cancel {
        *state = None;
        return;
    }
    if !add {
        return;
    }
    if let Some(source) = new.pick.resolve(form.doc.timeline, &mut form.changes) {
        form.changes.label(format!("Add a citation to {}", quoted(&event.title)));
        if let Some(event) = form.changes.event(&event.id) {
            event.citations.push(Citation::new(source));
        }
        *state = None;
    }
}
