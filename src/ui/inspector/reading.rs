//! The selected event as it is read: what is known of it, by whom, who disagrees and with which date. The form is one key away.
//!
//! ```text
//!   Duma ratifies                                    title
//!   24 Oct 2024                                      date
//!   Reported · Lane Treaty · Place Moscow            standing, where it stands
//!   3 support, 1 denies · 2 origins                  the evidence in one line
//!   ▸ + TASS              Supports, usually reliable each citation in two lines until it is unfolded
//!       “397 votes to none” The roll call
//! ```
//!
//! Owns what is shown and in which order; the words are those of `summary`.

use egui::{Align2, Rect, Role, Sense, TextStyle, Ui, WidgetInfo, pos2, vec2};

use super::form::{Form, Initially, bring_into_sight, section_ui};
use super::summary;
use crate::model::{Citation, Event, EventField, Field as _, Text};
use crate::text::{Face, visible, visible_lines};
use crate::theme::font;
use crate::ui::field::{self, GRID_PT};
use crate::ui::letters::{Letters, cut_label_ui, label_ui, separate_ui};
use crate::ui::{Action, Command, font_id, terms};

/// Width of the sign before a citation, in points.
const SIGN_PT: f32 = 28.0;

/// The event in words, with a way into the form.
pub fn reading_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event) {
    let ink = form.ink;
    let heading = Letters { face: Face::SemiBold, size_pt: font::HEADING, color: ink.text };
    label_ui(ui, &visible_lines(&event.title), heading);
    date_ui(ui, form, event);
    standing_ui(ui, form, event);
    let evidence = summary::evidence(form.doc.timeline, event, form.doc.known_on);
    let strong = Letters { face: Face::SemiBold, ..Letters::body(ink.text) };
    let meaning = "How many sources bear it out or speak against it, how many origins those go back to that support it, and which other \
                   dates are given";
    label_ui(ui, &visible_lines(&evidence), strong).on_hover_text(meaning);
    super::event::unplaced_problems_ui(ui, form, event);
    for (label, text) in facts(form, event) {
        let words = format!("{label}: {text}");
        let response = label_ui(ui, &visible_lines(&words), Letters::body(ink.text));
        if let Some(meaning) = terms::meaning(label) {
            response.on_hover_text(meaning);
        }
    }
    if let Some(note) = &event.note {
        ui.add_space(GRID_PT);
        label_ui(ui, &visible_lines(note), Letters::body(ink.text));
    }
    super::images::read_images_ui(ui, form, event);
    if form.editable() {
        ui.add_space(GRID_PT);
        let button = egui::Button::new("Edit").shortcut_text(Command::ToggleForm.shortcut_text(ui.ctx()));
        let button = ui.add(button).accessible_name("Edit this event");
        if button.on_hover_text(Command::ToggleForm.tooltip()).clicked() {
            form.actions.push(Action::Run(Command::ToggleForm));
        }
    }
    citations_ui(ui, form, event);
    links_ui(ui, form, event);
}

/// Above the form: the evidence in one line, and the way back to reading.
pub fn back_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event) {
    let evidence = summary::evidence(form.doc.timeline, event, form.doc.known_on);
    ui.horizontal_wrapped(|ui| {
        label_ui(ui, &visible(&evidence), Letters::small(form.ink.muted));
        let link = field::link_ui(ui, form.ink, "Read").on_hover_text(Command::ToggleForm.tooltip());
        if link.clicked() {
            form.actions.push(Action::Run(Command::ToggleForm));
        }
    });
}

/// The date in words and as it is written; below it the words of the source, where they are others.
fn date_ui(ui: &mut Ui, form: &Form<'_>, event: &Event) {
    let (words, written) = (event.date_in_words(), event.date_as_written());
    let ink = form.ink;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        label_ui(ui, &words, Letters::body(ink.text));
        if !written.is_empty() && words != written {
            label_ui(ui, written, Letters::small(ink.muted)).on_hover_text("The date as the file has it (EDTF)");
        }
        if let Some(there) = event.date.as_ref().and_then(|date| date.describe_in(form.doc.zone)) {
            label_ui(ui, &there, Letters::small(ink.text));
        }
    });
    if let Some(wording) = event.wording.as_deref().filter(|wording| says_more(wording, event, form)) {
        let words = format!("As written: “{wording}”");
        label_ui(ui, &visible_lines(&words), Letters::small(ink.muted))
            .on_hover_text("The date in the words of the source");
    }
}

/// Whether a wording is more than another way to write a plain date. Of a vague one whoever quotes the source needs its words: "after
/// 2 November" is read rightly as from 3 November on, and says that otherwise.
fn says_more(wording: &str, event: &Event, form: &Form<'_>) -> bool {
    let written = event.date_as_written();
    // EDTF level 0 but for intervals.
    let is_plain = written.bytes().all(|byte| byte.is_ascii_digit() || b"-:.TZ+".contains(&byte));
    let reads_so = || field::parse_required(wording, form.doc.now).is_ok_and(|read| Some(read) == event.date);
    let is_said = event.date_in_words().eq_ignore_ascii_case(wording.trim()) || written == wording.trim();
    !(is_said || is_plain && reads_so())
}

/// Standing, lane, place, actors, tags on one line: the standing says itself what it is, the others have their labels.
fn standing_ui(ui: &mut Ui, form: &Form<'_>, event: &Event) {
    let lane = event.lane.as_deref().and_then(|id| form.doc.timeline.lane(id)).map(|lane| &*lane.title);
    let of_list = |field: EventField, terms: &[Text]| {
        let label = if terms.len() == 1 { field::sentence_case(field.info().each) } else { field.label().to_owned() };
        (label, terms.iter().map(|term| term.as_str()).collect::<Vec<_>>().join(", "))
    };
    let facts = [
        (String::new(), event.standing.label().to_owned()),
        (EventField::Lane.label().to_owned(), lane.unwrap_or_default().to_owned()),
        (EventField::Place.label().to_owned(), event.place.as_deref().unwrap_or_default().to_owned()),
        of_list(EventField::Actors, &event.actors),
        of_list(EventField::Tags, &event.tags),
    ];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (at, (label, text)) in facts.into_iter().filter(|(_, text)| !text.is_empty()).enumerate() {
            let (small, body) = (Letters::small(form.ink.muted), Letters::body(form.ink.text));
            let (label, words) = (if label.is_empty() { label } else { format!("{label} ") }, visible(&text));
            if at > 0 {
                separate_ui(ui, (&label, small), (&words, body));
            }
            if !label.is_empty() {
                label_ui(ui, &label, small);
            }
            let response = label_ui(ui, &words, body);
            if let Some(meaning) = terms::meaning(&text).or_else(|| terms::meaning(label.trim_end())) {
                response.on_hover_text(meaning);
            }
        }
    });
}

/// What few events give, each by its label. Likelihood and confidence are never in one line.
fn facts<'e>(form: &Form<'_>, event: &'e Event) -> Vec<(&'e str, String)> {
    let mut facts: Vec<(&str, String)> = Vec::new();
    if let Some(judgment) = &event.judgment {
        facts.extend(judgment.likelihood.map(|term| ("Likelihood", term.label().to_owned())));
        facts.extend(judgment.confidence.map(|level| ("Confidence", level.label().to_lowercase())));
        facts.extend(judgment.note.as_deref().map(|note| ("Judgment", note.to_owned())));
    }
    facts.extend(event.rare.coordinates.map(|at| ("Coordinates", at.to_string())));
    facts.extend(event.rare.fields.iter().map(|(name, text)| (name.as_str(), text.to_string())));
    facts.extend(event.rare.recorded.as_ref().map(|date| ("Recorded", date.describe_with(form.doc.zone))));
    facts
}

/// Every citation in two lines; one that is unfolded with all that is said of it.
fn citations_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event) {
    section_ui(ui, "Citations", Some(event.citations.len()), Initially::Open, |ui| {
        if event.citations.is_empty() {
            field::help_ui(ui, form.ink, "Nobody is cited yet: add who says so");
        }
        for (at, citation) in event.citations.iter().enumerate() {
            ui.push_id(("read citation", at), |ui| citation_ui(ui, form, event, at, citation));
        }
    });
}

fn citation_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, at: usize, citation: &Citation) {
    let (ink, timeline) = (form.ink, form.doc.timeline);
    let id = ui.make_persistent_id("unfolded");
    let mut is_open = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
    let title = summary::source_title(timeline, citation);
    let said = summary::said(timeline, citation);

    // The first line unfolds and folds the rest, by pointer and by Enter.
    let height = ui.text_style_height(&TextStyle::Body) + GRID_PT;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let name = format!("Citation {}: {}, {}", at + 1, visible(title), said);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, &name));
    if response.hovered() {
        ui.painter().rect_filled(rect.expand(1.0), 3.0, form.chrome.hover);
    }
    triangle(ui, rect, is_open, ink);
    let sign_at = pos2(rect.left() + SIGN_PT - GRID_PT, rect.center().y);
    let body = font_id(Face::SemiBold, font::BODY);
    ui.painter().text(sign_at, Align2::RIGHT_CENTER, summary::sign(citation.stance), body, ink.muted);
    let cell = Rect::from_min_max(pos2(rect.left() + SIGN_PT, rect.top()), rect.max);
    ui.scope_builder(
        egui::UiBuilder::new().max_rect(cell).layout(egui::Layout::left_to_right(egui::Align::Center)),
        |ui| {
            cut_label_ui(ui, &visible(title), Letters { face: Face::SemiBold, ..Letters::body(ink.text) });
        },
    );
    let meaning = terms::meaning(citation.stance.label()).unwrap_or_default();
    let verb = if is_open { "fold" } else { "unfold" };
    let is_turned = response.on_hover_text(format!("{said}\n{meaning}\nClick or Enter: {verb} it")).clicked();
    if is_turned {
        is_open = !is_open;
        ui.data_mut(|data| data.insert_temp(id, is_open));
    }

    let body = ui.horizontal(|ui| {
        ui.add_space(SIGN_PT - ui.spacing().item_spacing.x);
        field::column(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            if is_open {
                unfolded_ui(ui, form, event, at, citation);
            } else {
                let line = folded_line(citation, &said);
                cut_label_ui(ui, &visible(&line), Letters::small(ink.muted));
            }
        });
    });
    if is_turned && is_open {
        bring_into_sight(ui, rect.union(body.response.rect));
    }
    ui.add_space(GRID_PT);
}

/// The second line of a folded citation: its quotation and its note; where it has neither, how it speaks of the event.
fn folded_line(citation: &Citation, said: &str) -> String {
    let quote = citation.quote.as_deref().map(|quote| format!("“{quote}”"));
    let parts: Vec<String> = quote.into_iter().chain(citation.note.as_deref().map(str::to_owned)).collect();
    if parts.is_empty() { said.to_owned() } else { parts.join(" ").replace('\n', " ") }
}

/// All that a citation says, and of its source what it is judged by.
fn unfolded_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, at: usize, citation: &Citation) {
    let (ink, timeline) = (form.ink, form.doc.timeline);
    label_ui(ui, &summary::said(timeline, citation), Letters::body(ink.text));
    let date = citation.date.as_deref().filter(|date| event.date.as_ref() != Some(date));
    let date = date.map(|date| match &citation.wording {
        Some(wording) => format!("Gives another date: {} (“{wording}”)", date.describe()),
        None => format!("Gives another date: {}", date.describe()),
    });
    let source = timeline.source(&citation.source);
    let facts = source.map(|source| summary::source_facts(timeline, source)).filter(|facts| !facts.is_empty());
    let parts = [
        citation.quote.as_deref().map(|quote| format!("“{quote}”")),
        citation.translation.as_deref().map(|translation| format!("“{translation}” (translation)")),
        citation.note.as_deref().map(str::to_owned),
        date,
        citation.locator.as_deref().map(|locator| format!("Where: {locator}")),
        facts,
        source.and_then(|source| source.note.as_deref()).map(str::to_owned),
    ];
    for part in parts.into_iter().flatten() {
        label_ui(ui, &visible_lines(&part), Letters::body(ink.text));
    }
    if source.is_some() {
        let link = field::link_ui(ui, ink, "Show the source").accessible_name(format!("Show source {}", at + 1));
        if link.clicked() {
            form.actions.push(Action::ShowSource(Some(citation.source.clone())));
        }
    }
}

/// A triangle that points down where a part is unfolded, and to the right where it is not.
fn triangle(ui: &Ui, rect: Rect, is_open: bool, ink: field::Ink) {
    let (c, r) = (pos2(rect.left() + 6.0, rect.center().y), 3.5);
    let points = match is_open {
        true => vec![pos2(c.x - r, c.y - r / 2.0), pos2(c.x + r, c.y - r / 2.0), pos2(c.x, c.y + r / 1.5)],
        false => vec![pos2(c.x - r / 2.0, c.y - r), pos2(c.x + r / 1.5, c.y), pos2(c.x - r / 2.0, c.y + r)],
    };
    ui.painter().add(egui::Shape::convex_polygon(points, ink.muted, egui::Stroke::NONE));
}

/// The events that it is linked to, each with the way there.
fn links_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event) {
    let timeline = form.doc.timeline;
    let outgoing = event.links.iter().map(|link| {
        let words = link.relation.label().to_owned();
        (words, link.to.clone(), timeline.event(&link.to), link.note.as_deref())
    });
    let incoming = form.doc.references.links_to(timeline, &event.id).filter(|(origin, _)| origin.id != event.id);
    let incoming = incoming.map(|(origin, relation)| {
        (format!("{} this event", relation.label().to_lowercase()), origin.id.clone(), Some(origin), None)
    });
    let all: Vec<_> = outgoing.chain(incoming).collect();
    if all.is_empty() {
        return;
    }
    section_ui(ui, "Links", Some(all.len()), Initially::Open, |ui| {
        for (nth, (words, id, other, note)) in all.into_iter().enumerate() {
            let (ink, is_incoming) = (form.ink, nth >= event.links.len());
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                if !is_incoming {
                    label_ui(ui, &words, Letters::body(ink.muted));
                }
                match other {
                    Some(other) => {
                        let date = other.date_in_words_with(form.doc.zone);
                        let link = field::link_ui(ui, ink, &other.title).on_hover_text(date);
                        if link.accessible_name(format!("Go to {}", visible(&other.title))).clicked() {
                            form.actions.push(Action::Reveal(id));
                        }
                    }
                    None => drop(label_ui(ui, &visible(&id), Letters::body(ink.error))),
                }
                if is_incoming {
                    label_ui(ui, &words, Letters::body(ink.muted));
                }
            });
            if let Some(note) = note {
                field::help_ui(ui, form.ink, note);
            }
        }
    });
}
