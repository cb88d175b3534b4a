//! The keys of the table: which row and cell they act on, and what they do.
//!
//! One row has the keyboard, by its event. Arrows up and down take the selection along, with Shift they extend it, with Ctrl
//! they leave it where it is; arrows left and right go from cell to cell.

use egui::{EventFilter, Key, Modifiers, Rect, Role, Sense, Ui, WidgetInfo, vec2};

use super::cell::{Cell, row_id};
use super::{CellEdit, TableState};
use crate::model::Text;
use crate::query::Matches;
use crate::text::visible;
use crate::ui::exact_key::take_key;
use crate::ui::{Action, Command, Document, Picking, ViewState, keyboard};

/// The keys that edit the cell that keys act on; the first is the one that its menu shows.
pub const EDITS: [Key; 2] = [Key::Enter, Key::F2];

/// Takes the keys of this frame while a row has the keyboard.
pub fn take_keys(
    ui: &Ui,
    doc: Document<'_>,
    view: &ViewState,
    state: &mut TableState,
    cells: &[Cell],
    actions: &mut Vec<Action>,
) {
    let Some(current) = state.current.clone() else { return };
    if !ui.memory(|memory| memory.has_focus(row_id(&current))) {
        return;
    }
    let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(row_id(&current), filter));
    let Some(row) = state.row_of_current(doc) else { return };
    let struck = |modifiers, key| take_key(ui, modifiers, key);
    if struck(Modifiers::NONE, Key::Space) > 0 {
        actions.push(Action::Pick(current.clone(), Picking::Toggle));
    }
    if EDITS.into_iter().map(|key| struck(Modifiers::NONE, key)).sum::<usize>() > 0 {
        let column = state.cursor_cell(cells).map(|cell| cell.column.clone());
        if let Some(column) = column {
            state.begin_edit(ui, doc, current, column, actions);
        }
        return;
    }
    let (right, left) = (struck(Modifiers::NONE, Key::ArrowRight), struck(Modifiers::NONE, Key::ArrowLeft));
    if right + left > 0 {
        let at = state.cursor_cell(cells).and_then(|cursor| cells.iter().position(|cell| cell.column == cursor.column));
        let to = (at.unwrap_or(0) + right).saturating_sub(left).min(cells.len().saturating_sub(1));
        if let Some(cell) = cells.get(to) {
            state.cursor = Some(cell.column.clone());
            // Only sideways: rows are scrolled by themselves.
            let top = ui.clip_rect().top();
            ui.scroll_to_rect(Rect::from_min_max(cell.rect(top).min, cell.rect(top).right_top()), None);
        }
    }
    let last = state.rows.len(doc).saturating_sub(1);
    for modifiers in [Modifiers::NONE, Modifiers::SHIFT, Modifiers::COMMAND] {
        let page = state.scroll.page();
        let down = struck(modifiers, Key::ArrowDown) + page * struck(modifiers, Key::PageDown);
        let up = struck(modifiers, Key::ArrowUp) + page * struck(modifiers, Key::PageUp);
        let to = match (struck(modifiers, Key::Home), struck(modifiers, Key::End)) {
            (0, 0) => (row + down).saturating_sub(up).min(last),
            (_, 0) => 0,
            _ => last,
        };
        let Some(id) = state.rows.event(doc, to).map(|event| event.id.clone()).filter(|_| to != row) else { continue };
        if modifiers.shift {
            actions.push(range_to(doc, view, state, to, &id));
            state.rows.select(&id);
        } else if !modifiers.command {
            state.select(id.clone(), actions);
        }
        state.go_to(id);
        // Before the rows are drawn: one that is seen in part takes the keyboard in this frame.
        state.scroll.reveal(to);
        return;
    }
}

/// The action that selects the rows from the one chosen last to this one.
pub fn range_to(doc: Document<'_>, view: &ViewState, state: &TableState, row: usize, id: &Text) -> Action {
    let anchor = view.transient.selected.anchor().or(view.transient.selection.as_ref());
    let from = anchor.and_then(|anchor| state.rows.row_of(doc, anchor)).unwrap_or(row);
    let events = (from.min(row)..=from.max(row)).filter_map(|row| state.rows.position(doc, row));
    Action::SelectRange(Matches::of(doc.timeline.events().len(), events), id.clone())
}

/// Keeps the keyboard in the table while the row that has it is scrolled out of view: a widget that is not drawn loses it.
pub fn hold_focus(ui: &Ui, doc: Document<'_>, state: &TableState, seen: Rect) {
    let Some(current) = state.current.as_ref().filter(|id| ui.memory(|memory| memory.has_focus(row_id(id)))) else {
        return;
    };
    let is_it = |row: usize| state.rows.event(doc, row).is_some_and(|event| event.id == *current);
    if state.scroll.seen().any(is_it) || state.rows.row_of(doc, current).is_none() {
        return;
    }
    if let Some(event) = doc.timeline.event(current) {
        let nowhere = Rect::from_min_size(seen.left_bottom() + vec2(0.0, 1.0), vec2(0.0, 0.0));
        let response = ui.interact(nowhere, row_id(current), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, true, visible(&event.title)));
    }
}

impl TableState {
    /// The row of the event that has the keyboard.
    fn row_of_current(&mut self, doc: Document<'_>) -> Option<usize> {
        let current = self.current.as_deref()?;
        // Where it was, unless rows have come or gone: to look through all of them takes longer.
        let is_there = self.rows.event(doc, self.current_row).is_some_and(|event| event.id == current);
        let row = if is_there { self.current_row } else { self.rows.row_of(doc, current)? };
        self.current_row = row;
        Some(row)
    }

    /// The cell that keys act on: the first where none was chosen, or the chosen column was hidden.
    pub fn cursor_cell<'c>(&self, cells: &'c [Cell]) -> Option<&'c Cell> {
        let chosen = self.cursor.as_ref().and_then(|cursor| cells.iter().find(|cell| cell.column == *cursor));
        chosen.or(cells.first())
    }

    /// Selects an event by its row here, as a click does.
    pub fn select(&mut self, id: Text, actions: &mut Vec<Action>) {
        self.rows.select(&id);
        actions.push(Action::Reveal(id));
    }

    /// Gives the row of an event the keyboard when it is drawn next, and brings it into view.
    pub fn go_to(&mut self, id: Text) {
        self.current = Some(id);
        self.takes_focus = true;
    }

    /// Has a cell edited in place; what has no field of one line is edited in its form.
    pub fn begin_edit(
        &mut self,
        ui: &Ui,
        doc: Document<'_>,
        event: Text,
        column: super::Column,
        actions: &mut Vec<Action>,
    ) {
        if doc.read_only.is_some() || !column.is_editable() {
            // The command says why it cannot run.
            actions.push(Action::Select(Some(event)));
            actions.push(Action::Run(Command::EditEvent));
            return;
        }
        self.current = Some(event.clone());
        self.cursor = Some(column.clone());
        // The field stands over a cell that is seen whole.
        if let Some(row) = self.row_of_current(doc) {
            self.scroll.reveal(row);
        }
        self.edit = Some(CellEdit::new(event, column));
        keyboard::await_field(ui.ctx());
        ui.ctx().request_repaint();
    }

    /// Follows the row with the keyboard: where its event was deleted, the one that stands there now has it.
    pub fn follow_current(&mut self, doc: Document<'_>) {
        let Some(current) = &self.current else { return };
        if doc.timeline.event(current).is_none() {
            let row = self.current_row.min(self.rows.len(doc).saturating_sub(1));
            self.current = self.rows.event(doc, row).map(|event| event.id.clone());
            self.takes_focus = self.had_focus;
        }
        if self.takes_focus
            && let Some(row) = self.row_of_current(doc)
        {
            self.scroll.reveal(row);
        }
    }
}
