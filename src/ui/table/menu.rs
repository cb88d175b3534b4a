//! The menu of a row: what can be done with the events that are selected, and with the value of the cell.

use egui::{Button, Key, Response, Ui};

use super::TableState;
use super::cell::Cell;
use super::column::Column;
use super::keys::EDITS;
use crate::interchange::events::rows;
use crate::model::{Event, EventField, Field as _, Text, Value};
use crate::query::{FacetName, FacetValue, Pick};
use crate::text::{clipped, visible};
use crate::ui::available::Facts;
use crate::ui::context::{context_command_ui, widget_command_ui};
use crate::ui::field::start_here;
use crate::ui::{Action, Command, Document, ViewState};

/// Values of a list of which entries are offered.
const MOST_VALUES: usize = 3;

/// The longest value that an entry names, in bytes.
const LONGEST: usize = 40;

/// The entries for the row of an event, opened on a cell.
pub fn row_menu_ui(
    ui: &mut Ui,
    row: &Response,
    (doc, view): (Document<'_>, &mut ViewState),
    state: &mut TableState,
    cells: &[Cell],
    (event, column): (&Event, &Column),
    actions: &mut Vec<Action>,
) {
    let several = !view.transient.selected.is_empty();
    let facts = Facts {
        read_only: doc.read_only,
        selected: true,
        several,
        dated: event.date.is_some() && !several,
        any_event: true,
        ..Facts::default()
    };
    let can_edit = doc.read_only.is_none() && column.is_editable();
    // In a cell that is edited in place these keys do that, and lead to the form from any other.
    let taken: &[Key] = if can_edit { &EDITS } else { &[] };
    let first = widget_command_ui(ui, Command::EditEvent, taken, &facts, actions);
    start_here(ui, &first, row.id);
    let here = Button::new(format!("Edit {} here", noun(column)));
    let [shown, _] = EDITS.map(Key::name);
    let here = if can_edit { here.shortcut_text(shown) } else { here };
    if ui.add_enabled(can_edit, here).clicked() {
        state.begin_edit(ui, doc, event.id.clone(), column.clone(), actions);
        ui.close();
    }
    context_command_ui(ui, Command::ZoomSelection, &facts, actions);
    ui.separator();
    for command in [Command::CopyEvents, Command::CopyTable] {
        context_command_ui(ui, command, &facts, actions);
    }
    if ui.button("Copy the columns shown").clicked() {
        actions.push(copy_shown(doc, view, state, cells));
        ui.close();
    }
    for command in [Command::CutEvents, Command::DuplicateEvent] {
        context_command_ui(ui, command, &facts, actions);
    }
    values_ui(ui, doc, view, event, column, actions);
    ui.separator();
    context_command_ui(ui, Command::DeleteEvent, &facts, actions);
}

/// What can be asked by the value of a cell.
fn values_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    event: &Event,
    column: &Column,
    actions: &mut Vec<Action>,
) {
    for (facet, value) in column.values(doc, event).into_iter().take(MOST_VALUES) {
        ui.separator();
        let what = if value.is_exact || value.text != FacetValue::none("", 0).text {
            format!("{} “{}”", noun(column), visible(&clipped(&value.title, LONGEST)))
        } else {
            format!("no {}", noun(column))
        };
        if ui.button(format!("Select all with {what}")).clicked() {
            actions.extend(facet.pick("", &value, Pick::Only).ok().map(Action::SelectMatching));
            ui.close();
        }
        for (words, how) in [("Only those with", Pick::Only), ("Without those with", Pick::Without)] {
            let question = facet.pick(&view.place.query, &value, how);
            if ui.add_enabled(question.is_ok(), Button::new(format!("{words} {what}"))).clicked()
                && let Ok(question) = question
            {
                view.place.query = question;
                ui.ctx().request_repaint();
                ui.close();
            }
        }
    }
}

/// A column in the middle of a sentence; a name that the user gave stays as it is.
fn noun(column: &Column) -> String {
    match column {
        Column::Own(name) => visible(name).into_owned(),
        Column::Field(field) => field.info().each.to_owned(),
        _ => column.heading().to_lowercase(),
    }
}

/// The selected events in the order of the rows, with the columns shown, as rows of text.
fn copy_shown(doc: Document<'_>, view: &ViewState, state: &TableState, cells: &[Cell]) -> Action {
    let mut text = rows::line(cells.iter().map(|cell| cell.column.heading().into()));
    let mut count = 0;
    for row in 0..state.rows.len(doc) {
        let is_selected = |event: &&Event| match state.rows.position(doc, row) {
            Some(at) if !view.transient.selected.is_empty() => view.transient.selected.contains(at),
            _ => view.transient.selection.as_deref() == Some(&*event.id),
        };
        if let Some(event) = state.rows.event(doc, row).filter(is_selected) {
            text.push_str(&rows::line(cells.iter().map(|cell| cell.column.text(doc, event))));
            count += 1;
        }
    }
    Action::CopyRows { text, events: count }
}

impl Column {
    /// The values of an event in it that a question can ask for, with what they are called in one; of a field without a value
    /// its absence.
    fn values(&self, doc: Document<'_>, event: &Event) -> Vec<(FacetName, FacetValue)> {
        let exactly = |facet: FacetName, text: &str, title: &str| {
            (facet, FacetValue { text: text.to_owned(), title: title.to_owned(), is_exact: true, events: 0 })
        };
        let none = |facet: FacetName| (facet, FacetValue::none("", 0));
        match self {
            Self::Own(name) => {
                let facet = FacetName::Own(name.clone());
                vec![match event.rare.fields.get(name) {
                    Some(text) => exactly(facet, text, text),
                    None => none(facet),
                }]
            }
            Self::Sources => {
                let mut known: Vec<&str> = Vec::new();
                for citation in &event.citations {
                    if !known.contains(&&*citation.source) {
                        known.push(&citation.source);
                    }
                }
                let title =
                    |id: &str| doc.timeline.source(id).map_or_else(|| id.to_owned(), |source| source.title.to_string());
                known.into_iter().map(|id| exactly(FacetName::Source, id, &title(id))).collect()
            }
            Self::Field(
                field @ (EventField::Lane
                | EventField::Actors
                | EventField::Place
                | EventField::Tags
                | EventField::Standing),
            ) => {
                let facet = FacetName::Event(*field);
                match field.get(event) {
                    Value::None => vec![none(facet)],
                    Value::List(items) => items.iter().map(|item: &Text| exactly(facet.clone(), item, item)).collect(),
                    Value::Choice(choice) => {
                        let (text, title) = (choice.label.to_owned(), choice.in_menus());
                        vec![(facet, FacetValue { text, title, is_exact: false, events: 0 })]
                    }
                    value => {
                        let title = value.in_words(field.kind(), doc.timeline);
                        value.as_str().map(|text| exactly(facet, text, &title)).into_iter().collect()
                    }
                }
            }
            _ => Vec::new(),
        }
    }
}
