//! The sources tab of the drawer: every source as a row, found by words, filtered, sorted; and the merging of duplicates.
//!
//! Owns which sources are shown and in which order. The form of the selected one is the inspector's; what belongs to several
//! sources at once (merging, import, export) is asked for by commands.

mod duplicates;
mod facts;
mod merge;
mod order;
mod report;
mod table;

pub use merge::{MergeState, merge_ui};
pub use report::{ImportReport, import_ui};

use egui::{Button, Key, Modifiers, Ui, WidgetText, vec2};

use self::facts::SourceFacts;
use self::order::{Column, Sorting};
use super::edit::{Editing, edit_ui};
use super::menu_popup::menu_button_ui;
use super::style::Chrome;
use super::{Action, Command, Document, ViewState};
use crate::model::{Field as _, Source, Text, Value};
use crate::query::{Asking, QueryFault, SourceSearch, without_begun};
use crate::theme::Theme;
use crate::ui::field::{GRID_PT, Ink, help_ui};

/// What narrows the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// No event cites it.
    Uncited,
    /// It has no grade of reliability. F is one.
    Ungraded,
    /// Another source may be the same.
    Duplicates,
}

impl Filter {
    const ALL: [Self; 3] = [Self::Uncited, Self::Ungraded, Self::Duplicates];

    const fn label(self) -> &'static str {
        match self {
            Self::Uncited => "Uncited",
            Self::Ungraded => "Ungraded",
            Self::Duplicates => "Duplicates",
        }
    }

    const fn tooltip(self) -> &'static str {
        match self {
            Self::Uncited => "Only sources that no event cites",
            Self::Ungraded => "Only sources without a grade of reliability",
            Self::Duplicates => "Only sources of the same page as another, or of the same title and date",
        }
    }

    fn passes(self, source: &Source, facts: &SourceFacts, at: usize) -> bool {
        match self {
            Self::Uncited => facts.cited_by(at) == 0,
            Self::Ungraded => source.reliability.is_none(),
            Self::Duplicates => facts.is_duplicate(at),
        }
    }
}

/// What the tab remembers between frames.
#[derive(Debug, Default)]
pub struct SourcesState {
    words: String,
    filters: Vec<Filter>,
    sorting: Sorting,
    facts: SourceFacts,
    search: SourceSearch,
    /// What `rows` is for.
    shown: Option<Shown>,
    /// The question that the rows answer.
    answered: String,
    /// Why what is asked cannot be read; the rows are those of the question before then.
    fault: Option<QueryFault>,
    /// Positions in the timeline's sources, in the order of the table.
    rows: Vec<usize>,
    /// The source selected in the last frame: a row comes into view when it is selected elsewhere.
    selection: Option<Text>,
    /// The row that takes the keyboard when it is drawn next.
    focus: Option<Text>,
    /// The search field takes the keyboard when it is drawn next.
    focus_search: bool,
}

/// What decides which rows there are.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    /// Of the facts.
    version: u64,
    words: String,
    filters: Vec<Filter>,
    sorting: Sorting,
}

impl SourcesState {
    /// The search field takes the keyboard in the next frame.
    pub fn focus(&mut self) {
        self.focus_search = true;
    }

    fn refresh(&mut self, doc: Document<'_>) {
        self.facts.refresh(doc.timeline, doc.references, doc.revision);
        let (words, filters, sorting) = (self.words.trim().to_owned(), self.filters.clone(), self.sorting);
        let wanted = Shown { version: self.facts.version(), words, filters, sorting };
        if self.shown.as_ref() == Some(&wanted) {
            return;
        }
        let sources = doc.timeline.sources();
        self.fault = None;
        let mut rows = if wanted.words.is_empty() {
            self.answered.clear();
            (0..sources.len()).collect()
        } else {
            self.search.refresh(doc.timeline, self.facts.sources_version());
            let asking = Asking::new(doc.timeline, doc.now);
            match self.search.asked(&wanted.words, asking) {
                Ok(found) => {
                    self.answered.clone_from(&wanted.words);
                    found
                }
                Err(fault) => {
                    self.fault = Some(fault);
                    // A name that was taken for a word was never asked for.
                    let left = without_begun(&wanted.words, &self.answered);
                    if let Some(left) = left.filter(|left| self.search.asked(left, asking).is_ok()) {
                        self.answered = left;
                    }
                    self.search.asked(&self.answered, asking).unwrap_or_default()
                }
            }
        };
        let passes = |at: &usize| {
            let passes = |source: &Source| wanted.filters.iter().all(|filter| filter.passes(source, &self.facts, *at));
            sources.get(*at).is_some_and(passes)
        };
        rows.retain(passes);
        self.sorting.sort(&mut rows, doc, &self.facts);
        self.rows = rows;
        self.shown = Some(wanted);
    }
}

/// The sources of the timeline; a click or an arrow selects one, which opens its form.
pub fn sources_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &ViewState,
    theme: &Theme,
    state: &mut SourcesState,
    actions: &mut Vec<Action>,
) {
    let (ink, chrome) = (Ink::of(theme), Chrome::of(theme));
    state.refresh(doc);
    if doc.timeline.sources().is_empty() {
        ui.add_space(2.0 * GRID_PT);
        help_ui(ui, ink, "No sources yet: they are who says what happened");
        ui.horizontal_wrapped(|ui| {
            for command in [Command::AddSource, Command::ImportSources] {
                command_ui(ui, doc, command, actions);
            }
        });
        return;
    }
    bar_ui(ui, doc, ink, state, actions);
    state.refresh(doc);
    if state.rows.is_empty() {
        ui.add_space(2.0 * GRID_PT);
        help_ui(ui, ink, &nothing_found(state));
        if ui.button("Show all sources").clicked() {
            state.words.clear();
            state.filters.clear();
        }
        return;
    }
    table::rows_ui(ui, doc, view, theme, chrome, state, actions);
}

fn nothing_found(state: &SourcesState) -> String {
    let filters: Vec<String> = state.filters.iter().map(|filter| filter.label().to_lowercase()).collect();
    match (state.words.trim(), filters.join(" and ")) {
        ("", filters) => format!("No source is {}", filters.replace("duplicates", "a duplicate")),
        (words, filters) if filters.is_empty() => format!("No source has “{words}”"),
        (words, filters) => format!("No source has “{words}” and is {}", filters.replace("duplicates", "a duplicate")),
    }
}

/// Search, filters, and what can be done with all sources.
fn bar_ui(ui: &mut Ui, doc: Document<'_>, ink: Ink, state: &mut SourcesState, actions: &mut Vec<Action>) {
    ui.horizontal_wrapped(|ui| {
        search_ui(ui, ink, state);
        for filter in Filter::ALL {
            let count = state.facts.count(filter);
            let on = state.filters.contains(&filter);
            let button = Button::selectable(on, format!("{} ({count})", filter.label()));
            let response = ui.add(button).on_hover_text(filter.tooltip());
            if response.accessible_name(format!("Only {}", filter.label().to_lowercase())).clicked() {
                if on {
                    state.filters.retain(|other| *other != filter);
                } else {
                    state.filters.push(filter);
                }
            }
        }
        command_ui(ui, doc, Command::AddSource, actions);
        menu_button_ui(ui, "More", |ui| {
            ui.set_min_width(200.0);
            for command in [Command::MergeSources, Command::ImportSources, Command::ExportSources] {
                command_ui(ui, doc, command, actions);
            }
        });
    });
}

fn search_ui(ui: &mut Ui, ink: Ink, state: &mut SourcesState) {
    let count = if state.words.trim().is_empty() { String::new() } else { state.rows.len().to_string() };
    let count = WidgetText::from(egui::RichText::new(count).small().color(ink.muted));
    let id = ui.make_persistent_id("find sources");
    let response = edit_ui(ui, id, &mut state.words, &Editing::line(), |edit| {
        edit.hint_text("Find sources…").suffix(count).desired_width(176.0)
    });
    let response = response.accessible_name("Find sources");
    if std::mem::take(&mut state.focus_search) {
        response.request_focus();
    }
    if response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown)) {
        state.focus = state.rows.first().map(|_| Text::default());
    }
    match &state.fault {
        Some(fault) if !state.words.trim().is_empty() => {
            ui.label(egui::RichText::new(fault.to_string()).small().color(ink.error));
        }
        _ => drop(response.on_hover_text(
            "Words in any text of a source, its address or its dates; fields: publisher:tass published.after:2024 \
             reliability:>=B kind:document -origin:*",
        )),
    }
}

/// A button for a command, greyed with the reason where it cannot run on this document.
fn command_ui(ui: &mut Ui, doc: Document<'_>, command: Command, actions: &mut Vec<Action>) {
    let facts =
        super::Facts { read_only: doc.read_only, any_source: !doc.timeline.sources().is_empty(), ..Default::default() };
    let button = Button::new(command.label()).min_size(vec2(0.0, ui.spacing().interact_size.y));
    let clicked = match command.unavailable(&facts) {
        Some(reason) => ui.add_enabled(false, button).on_disabled_hover_text(reason).clicked(),
        None => ui.add(button).on_hover_text(command.tooltip()).clicked(),
    };
    if clicked {
        actions.push(Action::Run(command));
    }
}

/// The text of a cell.
fn cell_text(doc: Document<'_>, facts: &SourceFacts, at: usize, source: &Source, column: Column) -> String {
    match column {
        Column::CitedBy => facts.cited_by(at).to_string(),
        Column::Field(field) => match field.get(source) {
            Value::Captures(captures) => captures.len().to_string(),
            value => value.in_words(field.kind(), doc.timeline).into_owned(),
        },
    }
}
