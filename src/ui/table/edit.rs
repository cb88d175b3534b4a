//! Editing in place: a field over a cell, with its problem beside it, below or above. Each text that is committed is one edit, as from the
//! inspector, whose fields these are.

use egui::{Align2, Area, ComboBox, EventFilter, Frame, Id, Key, Margin, Modifiers, Order, Popup, Rect, Stroke, Ui};

use super::TableState;
use super::cell::Cell;
use super::column::Column;
use crate::model::{Choice, Event, EventField, Field as _, Kind, Text, Value};
use crate::theme::Theme;
use crate::time::Date;
use crate::ui::exact_key::take_key;
use crate::ui::field::{self, Ink, Outcome, Problem, TextField};
use crate::ui::inspector::{Changes, Slot, quoted};
use crate::ui::style::Chrome;
use crate::ui::{Action, Document, keyboard};

/// The least width of a field over a cell, in points: problems stand beside it.
const LEAST_PT: f32 = 200.0;

/// Where less room is left below a cell, in points, what is said of its text stands above it.
const NOTE_PT: f32 = 120.0;

/// A cell that is being edited.
#[derive(Debug, Clone)]
pub struct CellEdit {
    /// The event, by id.
    pub event: Text,
    /// The column.
    pub column: Column,
    /// What is typed and not committed.
    draft: Option<String>,
    /// The field takes the keyboard when it is drawn next.
    takes_focus: bool,
    /// A menu opens once it has the keyboard.
    opens: bool,
    /// The box that opens it, once it has had the keyboard.
    button: Option<Id>,
    /// What is typed was refused, so its problem is told.
    is_refused: bool,
}

/// What stands over a cell while it is edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Editor {
    /// A line of text.
    Line,
    /// A menu of a few terms.
    Terms(EventField),
    /// A menu of the lanes.
    Lanes,
}

impl Column {
    fn editor(&self) -> Option<Editor> {
        match self {
            Self::Own(_) => Some(Editor::Line),
            Self::Field(field) => match field.kind() {
                Kind::Choice(_) => Some(Editor::Terms(*field)),
                Kind::Reference(_) => Some(Editor::Lanes),
                Kind::Record(_) | Kind::Records(_) | Kind::Map => None,
                _ => Some(Editor::Line),
            },
            Self::Earliest | Self::Latest | Self::Sources | Self::SourceCount => None,
        }
    }

    /// Whether its cells can be edited in place; what else there is to an event is changed in its form.
    pub fn is_editable(&self) -> bool {
        self.editor().is_some()
    }

    /// What can be typed again in a cell: the value as it is written, not as it is shown.
    fn written(&self, doc: Document<'_>, event: &Event) -> String {
        match self {
            Self::Own(name) => event.rare.fields.get(name).map(ToString::to_string).unwrap_or_default(),
            Self::Field(field) => Slot::Event(event.id.clone(), *field).text(doc.timeline).unwrap_or_default(),
            _ => String::new(),
        }
    }

    /// The field of an event that a cell of it shows; none where it shows what is derived.
    fn slot(&self, event: &Text) -> Option<Slot> {
        match self {
            Self::Own(name) => Some(Slot::Own(event.clone(), name.clone())),
            Self::Field(field) => Some(Slot::Event(event.clone(), *field)),
            Self::Earliest | Self::Latest | Self::Sources | Self::SourceCount => None,
        }
    }

    /// The event and the column of the cell that shows a field, where it can be edited there.
    pub fn of(slot: Slot) -> Option<(Text, Self)> {
        let (event, column) = match slot {
            Slot::Event(event, field) => (event, Self::Field(field)),
            Slot::Own(event, name) => (event, Self::Own(name)),
            _ => return None,
        };
        column.is_editable().then_some((event, column))
    }

    fn is_date(&self) -> bool {
        matches!(self, Self::Field(field) if field.kind() == Kind::Date)
    }

    fn hint(&self) -> &'static str {
        if let Self::Field(field) = self { field.info().hint } else { "" }
    }
}

/// Where the keyboard goes when a cell is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// To the cell below.
    Down,
    /// To the next cell that can be edited, by so many columns to the right or left; it is edited too.
    Aside(isize),
    /// To the row.
    Stay,
    /// Elsewhere: a click has led it there.
    Away,
}

impl CellEdit {
    /// The edit of a cell that has just begun.
    pub const fn new(event: Text, column: Column) -> Self {
        Self { event, column, draft: None, takes_focus: true, opens: true, button: None, is_refused: false }
    }

    /// The same, come to by Tab: a menu stays closed.
    pub fn passed_through(self) -> Self {
        Self { opens: false, ..self }
    }

    /// The change that what is typed makes; none where nothing is.
    ///
    /// # Errors
    /// Where it is no value of the column.
    pub fn commit(&self, doc: Document<'_>) -> Result<Vec<Action>, Problem> {
        let Some(draft) = &self.draft else { return Ok(Vec::new()) };
        let mut changes = Changes::new(doc.timeline, doc.now);
        write(&self.column, &self.event, draft, &mut changes)?;
        Ok(changes.into_actions(doc.references))
    }

    /// The same, with what is typed told to be wrong.
    pub fn refused(self) -> Self {
        Self { is_refused: true, ..self }
    }

    /// The edit of a cell into which a text was typed before.
    pub fn put_back(event: Text, column: Column, text: String) -> Self {
        Self { draft: Some(text), opens: false, is_refused: true, ..Self::new(event, column) }
    }

    /// What is typed, with the field that the cell shows; none where nothing is.
    pub fn typed(&self) -> Option<(Slot, String)> {
        Some((self.column.slot(&self.event)?, self.draft.clone()?))
    }

    /// What keeps what is typed out of the timeline, which is told from now on in a field that has the keyboard; none where
    /// nothing does.
    pub fn take_refusal(&mut self, doc: Document<'_>) -> Option<String> {
        let problem = self.commit(doc).err()?;
        (self.takes_focus, self.is_refused) = (true, true);
        self.column.slot(&self.event)?.refusal(&problem, doc.timeline)
    }

    /// The id that the event has once what is typed is committed.
    fn id_after(&self) -> Text {
        match (&self.column, &self.draft) {
            (Column::Field(EventField::Id), Some(draft)) => draft.trim().into(),
            _ => self.event.clone(),
        }
    }
}

/// Writes a text into a cell.
fn write(column: &Column, event: &Text, text: &str, changes: &mut Changes<'_>) -> Result<(), Problem> {
    match column {
        Column::Field(field) => Slot::Event(event.clone(), *field).write(text, changes),
        Column::Own(name) => {
            let gone = || Problem::new("the record is no longer there");
            let copy = changes.event(event).ok_or_else(gone)?;
            let title = copy.title.clone();
            // An emptied cell has no field: the column has one for every event.
            match text.trim() {
                "" => copy.rare.fields.remove(name),
                text => copy.rare.fields.put(name.clone(), text),
            }
            changes.label(format!("Change {name} of {}", quoted(&title)));
            Ok(())
        }
        Column::Earliest | Column::Latest | Column::Sources | Column::SourceCount => Ok(()),
    }
}

/// The field over the cell that is edited, while it is in view; its text outlives being scrolled away.
pub fn edit_ui(
    ui: &Ui,
    doc: Document<'_>,
    theme: &Theme,
    state: &mut TableState,
    cells: &[Cell],
    seen: Rect,
    actions: &mut Vec<Action>,
) {
    let Some(mut edit) = state.edit.take() else { return };
    let (Some(event), Some(cell)) =
        (doc.timeline.event(&edit.event), cells.iter().find(|cell| cell.column == edit.column))
    else {
        return;
    };
    let is_it = |row: &usize| state.rows.event(doc, *row).is_some_and(|event| event.id == edit.event);
    let Some(row) = state.scroll.seen().find(is_it) else {
        state.edit = Some(edit);
        return;
    };
    let rect = cell.rect(seen.top() + state.scroll.top_pt(row));
    let chrome = Chrome::of(theme);
    let frame = Frame::new().fill(chrome.raised).stroke(Stroke::new(1.0, chrome.accent)).corner_radius(3.0);
    let area = Area::new(Id::unique("table cell")).order(Order::Middle).fixed_pos(rect.left_top()).constrain(true);
    let shown = area.show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            ui.set_width(rect.width().max(LEAST_PT) - 2.0);
            match edit.column.editor() {
                Some(Editor::Terms(field)) => terms_ui(ui, doc, field, &mut edit, event, actions),
                Some(Editor::Lanes) => lanes_ui(ui, doc, &mut edit, event, actions),
                _ => line_ui(ui, doc, theme, &mut edit, event, actions),
            }
        })
    });
    let leave = shown.inner.inner;
    match leave {
        None => state.edit = Some(edit),
        Some(leave) => go_on(ui, doc, state, cells, &edit, leave, actions),
    }
}

/// The accessible name of a field over a cell: the form of the event has one of the same label.
fn name_of(column: &Column) -> String {
    format!("{} in the table", column.heading())
}

/// A line of text with what is read of it, or its problem, below.
fn line_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    theme: &Theme,
    edit: &mut CellEdit,
    event: &Event,
    actions: &mut Vec<Action>,
) -> Option<Leave> {
    let ink = Ink::of(theme);
    let id = Id::unique("table cell").with((&*edit.event, edit.column.name()));
    let steps = take_tabs(ui, id);
    let value = edit.column.written(doc, event);
    let problem = edit.commit(doc).err();
    let is_prose = matches!(&edit.column, Column::Field(field) if field.kind() == Kind::Prose);
    let name = name_of(&edit.column);
    let line = TextField {
        id,
        name: &name,
        hint: edit.column.hint(),
        rows: 1,
        keeps_lines: is_prose,
        enabled: true,
        invalid: edit.is_refused && problem.is_some(),
        // What is not seen yet, while the field is measured, keeps no keyboard.
        focus: ui.is_visible() && std::mem::take(&mut edit.takes_focus),
    };
    let outcome = field::text_ui(ui, ink, line, &value, &mut edit.draft);
    if ui.memory(|memory| memory.has_focus(id)) {
        // Tab leads to the next cell, which is not what comes next on the screen.
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    }
    let problem = problem.filter(|_| edit.is_refused);
    if let Some(draft) = edit.draft.clone().filter(|_| problem.is_some() || edit.column.is_date()) {
        let chosen = note_ui(ui, theme, |ui| reading_ui(ui, doc, ink, edit, &draft, problem.as_ref()));
        if let Some(date) = chosen {
            edit.draft = Some(date.to_string());
            return leave(doc, edit, Leave::Stay, actions);
        }
    }
    if steps != 0 {
        return leave(doc, edit, Leave::Aside(steps), actions);
    }
    match outcome {
        Outcome::Idle | Outcome::Focused => None,
        Outcome::Entered => leave(doc, edit, Leave::Down, actions),
        Outcome::Left => leave(doc, edit, Leave::Away, actions),
        Outcome::Reverted => Some(Leave::Stay),
    }
}

/// What is said of the text in the field drawn last: below the field or, where the window ends there, above it. The field stays
/// over its cell.
fn note_ui<R>(ui: &Ui, theme: &Theme, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let (field, window) = (ui.min_rect(), ui.ctx().content_rect());
    let (above, below) = (field.top() - window.top(), window.bottom() - field.bottom());
    let (at, corner) = if below < NOTE_PT.min(above) {
        (field.left_top(), Align2::LEFT_BOTTOM)
    } else {
        (field.left_bottom(), Align2::LEFT_TOP)
    };
    let chrome = Chrome::of(theme);
    let frame = Frame::new().fill(chrome.raised).stroke(Stroke::new(1.0, chrome.line)).corner_radius(3.0);
    let area = Area::new(Id::unique("note of a table cell")).order(Order::Middle).pivot(corner).fixed_pos(at);
    let shown = area.show(ui.ctx(), |ui| {
        frame.inner_margin(Margin::symmetric(6, 3)).show(ui, |ui| {
            ui.set_width(field.width() - 12.0);
            contents(ui)
        })
    });
    shown.inner.inner
}

/// What is read of a date that is typed, or why what is typed was refused; returns the date where one of several was chosen.
fn reading_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    ink: Ink,
    edit: &CellEdit,
    draft: &str,
    problem: Option<&Problem>,
) -> Option<Date> {
    let is_date = edit.column.is_date();
    let chosen = if is_date { field::reading_ui(ui, ink, draft, doc.now, doc.zone).chosen } else { None };
    // What is no date says so itself; nothing written is no reading, and still refused where a date is there.
    if let Some(problem) = problem.filter(|_| !is_date || draft.trim().is_empty()) {
        field::problem_ui(ui, ink, problem);
    }
    chosen
}

/// Commits what is typed and leaves the cell, unless it is refused: then it stays in the field.
fn leave(doc: Document<'_>, edit: &mut CellEdit, to: Leave, actions: &mut Vec<Action>) -> Option<Leave> {
    match edit.commit(doc) {
        Ok(made) => {
            actions.extend(made);
            Some(to)
        }
        Err(_) => {
            edit.is_refused = true;
            // Whoever clicked elsewhere goes on there; the text waits.
            edit.takes_focus = to != Leave::Away;
            None
        }
    }
}

/// Tab and Shift+Tab of this frame, while a field has the keyboard: columns to the right.
fn take_tabs(ui: &Ui, id: Id) -> isize {
    if !ui.memory(|memory| memory.has_focus(id)) {
        return 0;
    }
    let tabs = |modifiers| isize::try_from(take_key(ui, modifiers, Key::Tab)).unwrap_or(0);
    tabs(Modifiers::NONE) - tabs(Modifiers::SHIFT)
}

/// A menu of the terms of a field that always has one.
fn terms_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    field: EventField,
    edit: &mut CellEdit,
    event: &Event,
    actions: &mut Vec<Action>,
) -> Option<Leave> {
    let (Kind::Choice(choices), Value::Choice(current)) = (field.kind(), field.get(event)) else {
        return Some(Leave::Stay);
    };
    let options: Vec<_> = choices.iter().map(|choice| (choice, choice.in_menus())).collect();
    let text = |choice: &&Choice| choice.label.to_owned();
    menu_ui(ui, edit, &current, &options, text, |choice| {
        let mut changes = Changes::new(doc.timeline, doc.now);
        if let Some(copy) = changes.event(&event.id) {
            let fits = field.set(copy, Value::Choice(choice));
            debug_assert!(fits.is_ok(), "{fits:?}");
        }
        changes.label(format!("Mark {} as {}", quoted(&event.title), choice.label.to_lowercase()));
        actions.extend(changes.into_actions(doc.references));
    })
}

fn lanes_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    edit: &mut CellEdit,
    event: &Event,
    actions: &mut Vec<Action>,
) -> Option<Leave> {
    let lanes = doc.timeline.lanes().iter().map(|lane| (Some(lane.id.clone()), lane.title.to_string()));
    let mut options: Vec<(Option<Text>, String)> = vec![(None, "No lane".to_owned())];
    options.extend(lanes);
    if let Some(id) = event.lane.as_ref().filter(|id| doc.timeline.lane(id).is_none()) {
        options.push((Some(id.clone()), format!("{id} (not among the lanes)")));
    }
    let text = |lane: &Option<Text>| lane.as_ref().map(ToString::to_string).unwrap_or_default();
    menu_ui(ui, edit, &event.lane, &options, text, |lane| {
        let mut changes = Changes::new(doc.timeline, doc.now);
        if let Some(copy) = changes.event(&event.id) {
            copy.lane = lane;
        }
        changes.label(format!("Move {} to another lane", quoted(&event.title)));
        actions.extend(changes.into_actions(doc.references));
    })
}

/// A menu of options. What is chosen in the open menu is committed; what letters and arrows choose in the closed one is a draft,
/// with the `text` of the option: Enter commits it and goes down, Tab aside, Escape drops it and goes back to the row.
fn menu_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    edit: &mut CellEdit,
    current: &T,
    options: &[(T, String)],
    text: impl Fn(&T) -> String,
    commit: impl FnOnce(T),
) -> Option<Leave> {
    let name = name_of(&edit.column);
    // The box is the only widget of its layer that takes the keyboard; which id it has is its own affair.
    let focused = keyboard::focused(ui.ctx()).filter(|widget| widget.layer_id == ui.layer_id()).map(|widget| widget.id);
    edit.button = focused.or(edit.button);
    let steps = focused.map_or(0, |button| take_tabs(ui, button));
    let ctx = ui.ctx().clone();
    let is_open = |edit: &CellEdit| edit.button.is_some_and(|button| ComboBox::is_open(&ctx, button));
    let was_open = is_open(edit);
    let takes_focus = ui.is_visible() && std::mem::take(&mut edit.takes_focus);
    // The menu is what was asked for: it opens by itself, after the click that asked for it, which would close it again. (Egui
    // 0.37 names it so, in `ComboBox::widget_to_popup_id`.)
    if let Some(button) = focused
        && !ui.input(|input| input.pointer.any_click())
        && std::mem::take(&mut edit.opens)
    {
        Popup::open_id(ui.ctx(), button.with("popup"));
    }
    let drafted = |edit: &CellEdit| {
        let draft = edit.draft.as_ref()?;
        options.iter().map(|(option, _)| option).find(|option| text(option) == *draft).cloned()
    };
    let has_keyboard = focused.is_some() && !was_open;
    let gives_up = has_keyboard && take_key(ui, Modifiers::NONE, Key::Escape) > 0;
    // Where nothing was chosen or typed, Enter opens the menu.
    let is_meant = edit.draft.is_some() || focused.is_some_and(|button| field::is_typed_at(&ctx, button));
    let enters = has_keyboard && is_meant && take_key(ui, Modifiers::NONE, Key::Enter) > 0;
    let is_waiting = takes_focus || edit.takes_focus || was_open || focused.is_some();
    let shown = drafted(edit).unwrap_or_else(|| current.clone());
    let chosen = field::choice_ui(ui, &name, true, takes_focus, &shown, options);
    let has_focus = |id: &Id| ctx.memory(|memory| memory.has_focus(*id));
    if let Some(button) = edit.button.filter(has_focus) {
        // Escape leads back to the row, and not out of the table.
        let filter = EventFilter { tab: true, vertical_arrows: true, escape: true, ..EventFilter::default() };
        ctx.memory_mut(|memory| memory.set_focus_lock_filter(button, filter));
    }
    if let Some(chosen) = chosen {
        if was_open {
            commit(chosen);
            return Some(if steps == 0 { Leave::Stay } else { Leave::Aside(steps) });
        }
        edit.draft = Some(text(&chosen));
    }
    let leave = if steps != 0 {
        Leave::Aside(steps)
    } else if gives_up {
        return Some(Leave::Stay);
    } else if enters {
        Leave::Down
    } else if !is_waiting && !is_open(edit) && !edit.button.as_ref().is_some_and(has_focus) {
        Leave::Away
    } else {
        return None;
    };
    if let Some(drafted) = drafted(edit) {
        commit(drafted);
    }
    Some(leave)
}

/// Goes on from a cell that was left.
fn go_on(
    ui: &Ui,
    doc: Document<'_>,
    state: &mut TableState,
    cells: &[Cell],
    edit: &CellEdit,
    leave: Leave,
    actions: &mut Vec<Action>,
) {
    let own = edit.id_after();
    match leave {
        Leave::Away => {}
        Leave::Stay => state.go_to(own),
        Leave::Down => {
            // The row below as it stands now: the change may put this one elsewhere.
            let row = state.rows.row_of(doc, &edit.event);
            let below = row.and_then(|row| state.rows.event(doc, row + 1)).map(|event| event.id.clone());
            let to = below.unwrap_or(own);
            state.select(to.clone(), actions);
            state.go_to(to);
        }
        Leave::Aside(steps) => {
            let at = cells.iter().position(|cell| cell.column == edit.column).unwrap_or(0);
            let others: Vec<&Cell> = if steps > 0 {
                cells.iter().skip(at + 1).filter(|cell| cell.column.is_editable()).collect()
            } else {
                cells.iter().take(at).rev().filter(|cell| cell.column.is_editable()).collect()
            };
            match others.get(steps.unsigned_abs() - 1) {
                Some(cell) => {
                    state.cursor = Some(cell.column.clone());
                    state.edit = Some(CellEdit::new(own, cell.column.clone()).passed_through());
                    ui.ctx().request_repaint();
                }
                None => state.go_to(own),
            }
        }
    }
}
