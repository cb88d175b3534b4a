//! The table tab of the drawer: the events that match, in time order or in that of a column.
//!
//! Draws only the rows in view. What matches and what is greater than what is for `query`, where the order is worked out for
//! `app`; a timeline of a million events is listed in its old order until the new one is there.
//!
//! | room | owns |
//! |---|---|
//! | `cell` | where cells stand, and the id of a row |
//! | `column` | what a column shows |
//! | `columns` | which there are, in which order and how wide |
//! | `sorting` | by which the table is sorted |
//! | `rows` | which event stands in which row |
//! | `scroll` | how far the rows are scrolled |
//! | `heading` | the row of headings: sorting, moving, resizing, choosing |
//! | `row` | a row and its cells |
//! | `order` | rows dragged among those of the same date |
//! | `keys` | which row and cell keys act on, and what they do |
//! | `menu` | the menu of a row |
//! | `edit` | editing a cell in place |

mod cell;
mod column;
mod columns;
mod edit;
mod heading;
mod keys;
mod menu;
mod order;
mod row;
mod rows;
mod scroll;
mod sorting;

pub use column::Column;
pub use columns::TableColumns;
pub use sorting::{Sorted, Sorting};

use egui::{Id, Rect, ScrollArea, Ui, UiBuilder, vec2};

use crate::model::{Text, Timeline};
use crate::text::clipped;
use crate::theme::Theme;
use crate::ui::field::{GRID_PT, Ink, help_ui};
use crate::ui::inspector::Slot;
use crate::ui::{Action, Document, ViewState};
use cell::Cell;
use columns::{Chosen, edges};
use edit::CellEdit;
use heading::HeadingState;
use order::HeldRow;
use rows::TableRows;
use scroll::{GRASP_PT, RowScroll};

/// Height of a row, in points.
const ROW_PT: f32 = 24.0;

/// Blank at the left and right of a cell, in points.
const CELL_MARGIN_PT: f32 = 8.0;

/// Room for the bar that scrolls the rows, and above it for the button that chooses columns, in points.
const STRIP_PT: f32 = GRASP_PT + 8.0;

/// Room for the bar that scrolls sideways, in points.
const BAR_PT: f32 = 12.0;

/// Events whose texts are measured for the first widths of the columns.
const MOST_MEASURED: usize = 500;

/// Texts of a column that are laid out for it, and the most bytes of one.
const MOST_LAID_OUT: usize = 8;
const MOST_LETTERS: usize = 240;

/// The most that a column is taken to need for its texts, in points.
const MOST_NEED_PT: f32 = 360.0;

/// What the table remembers between frames.
#[derive(Debug, Default)]
pub struct TableState {
    rows: TableRows,
    scroll: RowScroll,
    columns: TableColumns,
    /// How the rows are to be sorted; none for time order. Until that has been worked out the rows stay as they are.
    sorting: Option<Sorting>,
    /// Names of the user's own fields, once they are known.
    own: Option<Vec<Text>>,
    heading: HeadingState,
    /// What the texts of the columns that are shown need, in points, and the revision and columns that it was measured of.
    needs_pt: Vec<f32>,
    needs_of: Option<(u64, Vec<Column>)>,
    /// The event whose row keys act on, and where that was last.
    current: Option<Text>,
    current_row: usize,
    /// The column that keys act on; none for the first.
    cursor: Option<Column>,
    /// The row of `current` takes the keyboard when it is drawn next.
    takes_focus: bool,
    /// Whether it had the keyboard in the last frame.
    had_focus: bool,
    /// The cell that is edited in place.
    edit: Option<CellEdit>,
    /// The row that is dragged.
    held: Option<HeldRow>,
}

impl TableState {
    /// Which columns are shown, in which order and how wide.
    pub const fn columns(&self) -> &TableColumns {
        &self.columns
    }

    /// Shows columns as they were chosen earlier.
    pub fn set_columns(&mut self, columns: TableColumns) {
        self.columns = columns;
    }

    /// How the rows are to be sorted; none for time order.
    pub const fn sorting(&self) -> Option<&Sorting> {
        self.sorting.as_ref()
    }

    /// Takes up an order that was worked out; none for that of time.
    pub fn take_order(&mut self, sorted: Option<Sorted>) {
        self.rows.sort(sorted);
    }

    /// Learns which fields of the user's own the events have. The column of one whose last text was taken out stays: there it
    /// is typed anew.
    pub fn know_own(&mut self, mut names: Vec<Text>) {
        let known = self.own.take().unwrap_or_default();
        let gone: Vec<Text> = known.into_iter().filter(|name| !names.contains(name)).collect();
        names.extend(gone);
        self.own = Some(names);
    }

    /// Commits what is typed into a cell; what is refused stays there.
    pub fn commit_pending(&mut self, doc: Document<'_>, actions: &mut Vec<Action>) {
        let Some(edit) = self.edit.take() else { return };
        match edit.commit(doc) {
            Ok(made) => actions.extend(made),
            Err(_) => self.edit = Some(edit.refused()),
        }
    }

    /// What is typed into a cell and not in the timeline, with the field that the cell shows.
    pub fn typed(&self) -> Option<(Slot, String)> {
        self.edit.as_ref()?.typed()
    }

    /// Drops it: it is not wanted.
    pub fn forget_typed(&mut self) {
        self.edit = None;
    }

    /// Puts a text back into the cell of a field, which has the keyboard when it is drawn next, and shows its column; says whether
    /// there is such a cell.
    pub fn put_back(&mut self, slot: Slot, text: String, timeline: &Timeline, view: &mut ViewState) -> bool {
        let Some((event, column)) = Column::of(slot).filter(|(event, _)| timeline.event(event).is_some()) else {
            return false;
        };
        if let Column::Own(name) = &column
            && let Some(own) = self.own.as_mut().filter(|own| !own.contains(name))
        {
            // The text may be the first of its name.
            own.push(name.clone());
        }
        if !self.columns.has(&column) {
            self.columns.toggle(&column);
        }
        (view.transient.selection, view.transient.source) = (Some(event.clone()), None);
        self.current = Some(event.clone());
        self.cursor = Some(column.clone());
        self.edit = Some(CellEdit::put_back(event, column, text));
        true
    }

    /// What keeps the text in a cell out of the timeline, where anything does: it is told below the field, which has the keyboard
    /// when it is drawn next.
    pub fn show_unfinished(&mut self, doc: Document<'_>, view: &mut ViewState) -> Option<String> {
        let edit = self.edit.as_mut()?;
        let reason = edit.take_refusal(doc)?;
        (view.transient.selection, view.transient.source) = (Some(edit.event.clone()), None);
        Some(reason)
    }

    /// Measures what the texts of the columns need, once for a revision: of many events, of some all over the file.
    fn measure(&mut self, ui: &Ui, doc: Document<'_>, chosen: &[Chosen]) {
        let is_known = self.needs_of.as_ref().is_some_and(|(revision, columns)| {
            *revision == doc.revision && columns.iter().eq(chosen.iter().map(|chosen| &chosen.column))
        });
        if is_known {
            return;
        }
        let events = doc.timeline.events();
        let step = events.len().div_ceil(MOST_MEASURED).max(1);
        let need = |chosen: &Chosen| {
            let text = |event| chosen.column.text(doc, event);
            let mut texts: Vec<_> = events.iter().step_by(step).map(text).collect();
            // The widest is among the longest.
            texts.sort_unstable_by_key(|text| std::cmp::Reverse(text.len()));
            let widths =
                texts.iter().take(MOST_LAID_OUT).map(|text| row::width_of(ui, clipped(text, MOST_LETTERS).as_ref()));
            let texts = widths.fold(0.0, f32::max);
            heading::fitting_pt(ui, &chosen.column, texts).min(MOST_NEED_PT)
        };
        self.needs_pt = chosen.iter().map(need).collect();
        self.needs_of = Some((doc.revision, chosen.iter().map(|chosen| chosen.column.clone()).collect()));
    }

    /// Forgets what was about another timeline.
    pub fn begin_anew(&mut self) {
        let columns = std::mem::take(&mut self.columns);
        *self = Self { columns, ..Self::default() };
    }
}

/// The events that match the query; a click selects and reveals.
pub fn table_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    theme: &Theme,
    state: &mut TableState,
    actions: &mut Vec<Action>,
) {
    let ink = Ink::of(theme);
    state.rows.refresh(doc);
    state.follow_current(doc);
    let rows = state.rows.len(doc);
    if rows == 0 {
        empty_ui(ui, ink, doc.timeline, view, actions);
        return;
    }
    let row_to_show = state.rows.row_to_show(doc, view.transient.selection.as_deref());
    let whole = ui.available_rect_before_wrap();
    let window = whole.with_max_x(whole.right() - STRIP_PT);
    let chosen = state.columns.shown(state.own.as_deref());
    state.measure(ui, doc, &chosen);
    let edges = edges(&chosen, &state.needs_pt, window.width());
    let width_pt = edges.last().map_or(0.0, |last| last.max);
    let is_wider = width_pt > window.width() + 0.5;
    let seen = window.with_min_y(window.top() + ROW_PT);
    let seen = if is_wider { seen.with_max_y(seen.bottom() - BAR_PT) } else { seen };
    state.scroll.fit(rows, seen.height());
    if let Some(row) = row_to_show
        && !(state.scroll.top_pt(row) >= 0.0 && state.scroll.top_pt(row) + ROW_PT <= seen.height())
    {
        state.scroll.center(row);
    }
    state.scroll.wheel(ui, seen);
    ui.scope_builder(UiBuilder::new().max_rect(window), |ui| {
        ScrollArea::horizontal().id_salt("table").auto_shrink(false).show(ui, |ui| {
            ui.set_min_size(vec2(width_pt.max(window.width()), window.height() - if is_wider { BAR_PT } else { 0.0 }));
            let left = ui.min_rect().left();
            let cells: Vec<Cell> = chosen
                .into_iter()
                .zip(&edges)
                .map(|(chosen, edge)| Cell { column: chosen.column, left: left + edge.min, right: left + edge.max })
                .collect();
            keys::take_keys(ui, doc, view, state, &cells, actions);
            rows_ui(ui, doc, view, theme, state, &cells, seen, actions);
            let top = Rect::from_min_max(window.min, window.right_top() + vec2(0.0, ROW_PT));
            heading::heading_ui(ui, doc, theme, state, &cells, top);
            edit::edit_ui(ui, doc, theme, state, &cells, seen, actions);
        });
    });
    state.scroll.bar_ui(ui, Id::unique("table scroll"), whole.with_min_y(seen.top()).with_max_y(seen.bottom()), theme);
    let corner = Rect::from_min_max(whole.right_top() - vec2(STRIP_PT, 0.0), whole.right_top() + vec2(0.0, ROW_PT));
    heading::choose_ui(ui, theme, state, corner);
    ui.advance_cursor_after_rect(whole);
}

/// The rows in view.
#[expect(clippy::too_many_arguments, reason = "rows are drawn from everything the table has")]
fn rows_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    view: &mut ViewState,
    theme: &Theme,
    state: &mut TableState,
    cells: &[Cell],
    seen: Rect,
    actions: &mut Vec<Action>,
) {
    let clip = ui.clip_rect().intersect(seen);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(seen));
    ui.set_clip_rect(clip);
    for row in state.scroll.seen() {
        let top = seen.top() + state.scroll.top_pt(row);
        row::row_ui(&mut ui, doc, view, theme, state, cells, (row, top), actions);
    }
    order::held_row_ui(&ui, doc, theme, state, seen, actions);
    keys::hold_focus(&ui, doc, state, seen);
    let has_focus = |id: &Text| ui.memory(|memory| memory.has_focus(cell::row_id(id)));
    state.had_focus = state.current.as_ref().is_some_and(has_focus);
}

fn empty_ui(ui: &mut Ui, ink: Ink, timeline: &Timeline, view: &mut ViewState, actions: &mut Vec<Action>) {
    ui.add_space(2.0 * GRID_PT);
    if timeline.events().is_empty() {
        help_ui(ui, ink, "No events yet");
        if ui.button("Add event").clicked() {
            actions.push(Action::Run(crate::ui::Command::AddEvent));
        }
    } else {
        help_ui(ui, ink, &format!("No event matches “{}”", view.place.query.trim()));
        if ui.button("Clear the query").clicked() {
            view.place.query.clear();
        }
    }
}
