//! The question field: what is typed, what it can go on with, and what is wrong with it.
//!
//! Owns the widget. What the language can say is for `query`, what matches for `app`.

use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Align, Id, Key, Layout, Margin, Popup, PopupKind, Response, RichText, Ui, WidgetText, vec2};

use super::edit::{Editing, edit_ui};
use super::field::{Candidate, Ink, OFFERED, Offers, pick_ui};
use super::icon::{self, Icon, icon_button};
use super::state::Summary;
use super::style::{Chrome, GRID_PT};
use super::{Action, Command};
use crate::query::{Continuation, Typed, TypedPart, fold, typed_part};
use crate::text::visible;

/// What the language can say, in short.
const HINT: &str = "Words find events in any field, note or source: every word must occur.\n\
    \"two words\"   OR   -not   (…)   lane:council   standing:alleged,denied   weight:>=4\n\
    before:2024-11   during:\"late October 2024\"   is:unsourced   cite(stance:denies kcna)";

/// Width of what is said or offered below the field, in points.
const BELOW_PT: f32 = 320.0;

/// Letters of a name from which on names are offered: most words are no names.
const NAMED_FROM: usize = 2;

/// What the field remembers between frames.
#[derive(Debug, Default)]
pub struct QueryFieldState {
    /// It takes the keyboard in the next frame.
    pub focus: bool,
    /// It has the keyboard.
    has_focus: bool,
    offers: Offers<String>,
    /// What can stand at the place that is typed at, of a revision.
    known: Option<(u64, TypedPart, Vec<Continuation>)>,
    /// What is typed at and not known.
    wanted: Option<TypedPart>,
}

impl QueryFieldState {
    /// What is typed at a place of which it is not known what can stand there.
    pub fn wanted(&self) -> Option<&TypedPart> {
        self.wanted.as_ref()
    }

    /// Takes up what can stand at a place, of a revision.
    pub fn know(&mut self, revision: u64, part: TypedPart, all: Vec<Continuation>) {
        self.wanted = None;
        self.known = Some((revision, part, all));
    }

    /// Whether the field has the keyboard.
    pub const fn has_focus(&self) -> bool {
        self.has_focus
    }
}

/// The field in a bar, of this width; `query` is its text.
pub fn query_field_ui(
    ui: &mut Ui,
    width_pt: f32,
    summary: &Summary<'_>,
    query: &mut String,
    chrome: Chrome,
    state: &mut QueryFieldState,
    actions: &mut Vec<Action>,
) {
    // What cannot be read has no answer of its own.
    let count = match (query.trim().is_empty() || summary.query_fault.is_some(), summary.only_possible) {
        (true, _) => String::new(),
        (false, 0) => summary.matching.to_string(),
        (false, possibly) => format!("{} and {possibly} possibly", summary.matching),
    };
    ui.allocate_ui_with_layout(vec2(width_pt, 24.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(width_pt);
        ui.spacing_mut().item_spacing.x = GRID_PT;
        let has_button = !query.is_empty();
        let field_pt = if has_button { width_pt - icon::BUTTON_PT - GRID_PT } else { width_pt };
        let fault = summary.query_fault;
        let id = Id::unique("query");
        state.offers.take_arrows(ui, id);
        let count = WidgetText::from(RichText::new(count).small().color(chrome.muted));
        // What cannot be read is underlined where it stands.
        let fault_span = fault.map(|fault| (fault.span.clone(), chrome.error));
        let editing = Editing { color: Some(chrome.text), fault: fault_span, ..Editing::line() };
        let response = edit_ui(ui, id, query, &editing, |edit| {
            let edit = edit.hint_text("Find events…").suffix(count);
            edit.margin(Margin::symmetric(8, 4)).desired_width(field_pt)
        });
        let response = response.accessible_name("Find events");
        if std::mem::take(&mut state.focus) {
            response.request_focus();
        }
        let is_offering = continued_ui(ui, &response, summary, query, chrome, state);
        left_by_key(ui, &response, query, actions);
        state.has_focus = response.has_focus();
        match fault {
            Some(fault) if !is_offering => {
                below(&response, |ui| {
                    ui.label(RichText::new(&fault.message).color(chrome.error));
                    if let Some(remedy) = &fault.remedy {
                        ui.label(RichText::new(remedy).color(chrome.muted));
                    }
                    until_then_ui(ui, summary, chrome);
                });
            }
            Some(_) => {}
            None if !is_offering => drop(response.clone().on_hover_text(HINT)),
            None => {}
        }
        if has_button && icon_button(ui, Icon::Cross, "Clear the query", chrome).clicked() {
            query.clear();
            response.request_focus();
        }
    });
}

/// Enter goes to the next event that matches, with Shift to the one before, and leaves the keyboard here; Escape asks for
/// nothing any longer.
fn left_by_key(ui: &Ui, response: &Response, query: &str, actions: &mut Vec<Action>) {
    // Where Enter has taken an offer the field has the keyboard again.
    if !response.lost_focus() || ui.memory(|memory| memory.has_focus(response.id)) || query.trim().is_empty() {
        return;
    }
    let (entered, left, shift) =
        ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape), input.modifiers.shift));
    if entered {
        actions.push(Action::Run(if shift { Command::PreviousHit } else { Command::NextHit }));
        response.request_focus();
    } else if left {
        actions.push(Action::Run(Command::ClearQuestion));
    }
}

/// What is shown until what is typed can be read.
fn until_then_ui(ui: &mut Ui, summary: &Summary<'_>, chrome: Chrome) {
    let shown = match summary.answered {
        "" => "Until then everything is shown".to_owned(),
        answered => format!("Until then the answer to “{}” is shown", visible(answered)),
    };
    ui.label(RichText::new(shown).small().color(chrome.muted));
}

fn below(response: &Response, content: impl FnOnce(&mut Ui)) {
    Popup::from_response(response).kind(PopupKind::Tooltip).gap(GRID_PT).open(true).show(|ui| {
        ui.set_max_width(BELOW_PT);
        content(ui);
    });
}

/// What the question can go on with, below the field; says whether anything is offered. Enter takes the one that is reached.
fn continued_ui(
    ui: &mut Ui,
    response: &Response,
    summary: &Summary<'_>,
    query: &mut String,
    chrome: Chrome,
    state: &mut QueryFieldState,
) -> bool {
    let id = response.id;
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let has_focus = response.has_focus() || entered;
    let caret = TextEditState::load(ui.ctx(), id).and_then(|state| state.cursor.char_range());
    let caret = caret.filter(|range| range.is_empty()).map(|range| byte_at(query, range.primary.index.0));
    let typed = caret.and_then(|caret| typed_part(query, caret)).filter(|typed| match &typed.part {
        TypedPart::Name(_) => typed.text.chars().count() >= NAMED_FROM,
        TypedPart::Value(..) => true,
    });
    let Some(typed) = typed.filter(|_| has_focus || state.offers.is_open(ui, false)) else {
        state.offers.refresh_with(u64::MAX, "", || (Vec::new(), false));
        state.wanted = None;
        return false;
    };
    offer(summary, &typed, state);
    if state.offers.is_empty() || !state.offers.is_open(ui, has_focus) {
        return false;
    }
    let mut picked = None;
    below(response, |ui| {
        picked = pick_ui(ui, Ink::from(chrome), "Write", &mut state.offers);
        if summary.query_fault.is_some() {
            until_then_ui(ui, summary, chrome);
        }
    });
    let picked = picked.or_else(|| state.offers.current().filter(|_| entered).map(|found| found.value.clone()));
    if let Some(text) = picked {
        let caret = typed.span.start + text.len();
        query.replace_range(typed.span, &text);
        let at = CCursor::new(query.get(..caret).map_or(0, |before| before.chars().count()));
        let mut field = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        field.cursor.set_char_range(Some(CCursorRange::one(at)));
        field.store(ui.ctx(), id);
        response.request_focus();
    }
    true
}

/// Brings the offers in line with what is typed.
fn offer(summary: &Summary<'_>, typed: &Typed, state: &mut QueryFieldState) {
    let is_known = |(revision, part, _): &(u64, TypedPart, Vec<Continuation>)| {
        *revision == summary.revision && *part == typed.part
    };
    let known = state.known.as_ref().filter(|known| is_known(known));
    state.wanted = known.is_none().then(|| typed.part.clone());
    let all = known.map_or(&[][..], |(.., all)| all);
    let wanted = fold(&typed.text);
    let is_name = matches!(typed.part, TypedPart::Name(_));
    let fits = |it: &&Continuation| {
        let text = fold(it.text.trim_start_matches('"'));
        let is_whole = text.trim_end_matches(['"', ':']) == wanted;
        let title = || it.title.as_ref().is_some_and(|title| fold(title).contains(&wanted));
        !is_whole && if is_name { text.starts_with(&wanted) } else { text.contains(&wanted) || title() }
    };
    let candidate = |it: &Continuation| Candidate {
        value: it.text.clone(),
        title: it.title.clone().unwrap_or_else(|| it.text.clone()),
        detail: detail(it),
        keywords: it.text.clone(),
    };
    let key = format!("{:?} {} {}", typed.part, state.wanted.is_some(), typed.text);
    let is_new = state.offers.refresh_with(summary.revision, &key, || {
        // What begins so comes before what holds it.
        let begins = |it: &&Continuation| fold(it.text.trim_start_matches('"')).starts_with(&wanted);
        let (first, others): (Vec<_>, Vec<_>) = all.iter().filter(fits).partition(begins);
        let mut found: Vec<_> = first.into_iter().chain(others).map(candidate).take(OFFERED + 1).collect();
        let more = found.len() > OFFERED;
        found.truncate(OFFERED);
        (found, more)
    });
    // A name is taken only where an arrow has reached it: Enter behind a word asks for the word.
    if is_new && is_name {
        state.offers.leave();
    }
}

/// What stands below a value: its id where its title stands above, and how many events have it.
fn detail(it: &Continuation) -> String {
    let events = it.events.map(|count| if count == 1 { "1 event".to_owned() } else { format!("{count} events") });
    let id = it.title.is_some().then(|| it.text.clone());
    id.into_iter().chain(events).collect::<Vec<_>>().join(" · ")
}

fn byte_at(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}
