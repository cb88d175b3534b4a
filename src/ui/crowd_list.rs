//! A list of all events of a crowd, for those that no zoom can tell apart: it stays until it is closed.
//!
//! It names the events and not the row in which they stood: an edit may give that to others. Owns the list and its keys. When it is opened belongs to the canvas. Draws only the rows in view, however many there are.

use egui::accesskit::Action as Request;
use egui::{
    Align, Area, Context, EventFilter, Id, Key, Layout, Modifiers, Order, Pos2, Rect, Role, ScrollArea, Sense, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};

use super::exact_key::take_key;
use super::hover_card::{frame, muted, text};
use super::icon::{Icon, icon_button};
use super::letters::{Letters, cut_label_ui};
use super::paint::color32;
use super::selected::picked;
use super::style::Chrome;
use super::{Action, Document, Transient};
use crate::index::Crowd;
use crate::model::{Event, Text};
use crate::scene::crowd_name;
use crate::text::{Face, clipped, visible};
use crate::theme::{Theme, font};

/// Width of the list in points.
const WIDTH_PT: f32 = 380.0;
/// The longest title of a row, in bytes.
const MOST_TITLE: usize = 600;
/// Height of a row in points.
const ROW_PT: f32 = 24.0;
/// How many rows can be seen at once.
const ROWS: usize = 10;
/// Blank at the left and right of a row, in points.
const MARGIN_PT: f32 = 6.0;

/// The list while it is open.
#[derive(Debug)]
pub struct CrowdList {
    crowd: Crowd,
    /// Where it was opened.
    at: Pos2,
    /// Tells it from the list opened before, which may have been moved.
    opening: (Crowd, [i32; 2]),
    /// The revision and the answer that `members` are for.
    shown: Option<(u64, u64)>,
    /// The ids of all events of the crowd, by weight, then by time, as they were when it was opened.
    ids: Vec<Text>,
    /// Positions in the timeline of those that are there and match.
    members: Vec<u32>,
    /// The row that keys act on.
    current: usize,
    /// The next frame brings the current row into view.
    is_moved: bool,
    /// It asks for the keyboard until it has it: the click that opened it gives that to the track.
    wants_focus: bool,
}

impl CrowdList {
    /// The list of a crowd, opened at a place on the screen.
    pub fn new(crowd: Crowd, at: Pos2) -> Self {
        Self {
            crowd,
            at,
            opening: (crowd, [at.x as i32, at.y as i32]),
            shown: None,
            ids: Vec::new(),
            members: Vec::new(),
            current: 0,
            is_moved: true,
            wants_focus: true,
        }
    }

    fn refresh(&mut self, doc: Document<'_>, members: impl FnOnce(&Crowd) -> Vec<u32>) {
        let asked = (doc.revision, doc.answer);
        if self.shown.is_none() {
            let events = members(&self.crowd).into_iter().filter_map(|at| doc.timeline.events().get(at as usize));
            self.ids = events.map(|event| event.id.clone()).collect();
        }
        if self.shown != Some(asked) {
            let matches = |at: &usize| doc.matches.is_none_or(|matches| matches.contains(*at));
            let there = self.ids.iter().filter_map(|id| doc.timeline.event_position(id)).filter(matches);
            self.members = there.filter_map(|at| u32::try_from(at).ok()).collect();
            self.crowd.count = u32::try_from(self.members.len()).unwrap_or(u32::MAX);
            let dated = self.members.iter().filter_map(|at| doc.index.entry(doc.timeline, *at as usize));
            let ends = dated.map(|entry| (entry.start, entry.end)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
            (self.crowd.start, self.crowd.end) = ends.unwrap_or((self.crowd.start, self.crowd.end));
            self.shown = Some(asked);
        }
        self.current = self.current.min(self.members.len().saturating_sub(1));
    }

    /// Moves the current row by keys; says whether Enter was pressed on it and whether Escape was.
    fn keys(&mut self, ui: &Ui) -> (bool, bool) {
        let last = self.members.len().saturating_sub(1);
        let before = self.current;
        let pressed = |key: Key| take_key(ui, Modifiers::NONE, key);
        let down = pressed(Key::ArrowDown) + pressed(Key::PageDown) * ROWS;
        let up = pressed(Key::ArrowUp) + pressed(Key::PageUp) * ROWS;
        self.current = (self.current + down).min(last).saturating_sub(up);
        if pressed(Key::Home) > 0 {
            self.current = 0;
        }
        if pressed(Key::End) > 0 {
            self.current = last;
        }
        self.is_moved |= self.current != before;
        (pressed(Key::Enter) > 0, pressed(Key::Escape) > 0)
    }
}

/// Shows the list; says whether it stays open. A click on a row, and Enter, reveal its event.
pub fn crowd_list_ui(
    ctx: &Context,
    doc: Document<'_>,
    theme: &Theme,
    members: impl FnOnce(&Crowd) -> Vec<u32>,
    transient: &Transient,
    list: &mut CrowdList,
    actions: &mut Vec<Action>,
) -> bool {
    list.refresh(doc, members);
    if list.members.is_empty() {
        return false;
    }
    let screen = ctx.content_rect();
    // Below the row or above it, so that it can be seen what is selected there.
    let height = ROW_PT * (list.members.len().min(ROWS) as f32 + 3.0);
    let below = list.at.y + ROW_PT;
    let y = if below + height <= screen.bottom() { below } else { (list.at.y - ROW_PT - height).max(screen.top()) };
    let x = list.at.x.min(screen.right() - WIDTH_PT - 32.0).max(screen.left());
    let id = Id::unique("crowd list").with(list.opening);
    let area = Area::new(id).order(Order::Foreground).default_pos(pos2(x, y)).constrain(true);
    let shown = area.show(ctx, |ui| {
        frame(theme).show(ui, |ui| {
            ui.set_width(WIDTH_PT);
            let is_closed = heading_ui(ui, doc, theme, list);
            rows_ui(ui, doc, theme, transient, list, actions) || is_closed
        })
    });
    !shown.inner.inner
}

/// How many there are, and the button that closes the list; says whether it was pressed.
fn heading_ui(ui: &mut Ui, doc: Document<'_>, theme: &Theme, list: &CrowdList) -> bool {
    let closed = ui.horizontal(|ui| {
        ui.label(text(&crowd_name(&list.crowd, doc.zone), Face::SemiBold, font::BODY, theme.text));
        let cross = |ui: &mut Ui| icon_button(ui, Icon::Cross, "Close list", Chrome::of(theme)).clicked();
        ui.with_layout(Layout::right_to_left(Align::Center), cross).inner
    });
    muted(ui, theme, "By weight, then by date");
    closed.inner
}

/// The rows; says whether Escape was pressed among them.
fn rows_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    theme: &Theme,
    transient: &Transient,
    list: &mut CrowdList,
    actions: &mut Vec<Action>,
) -> bool {
    let height = ROW_PT * list.members.len().min(ROWS) as f32;
    let rect = Rect::from_min_size(ui.cursor().min, vec2(WIDTH_PT, height));
    let id = ui.scope_id().with("rows");
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, "Events of the crowd"));
    let (mut chosen, mut escaped) = (None, false);
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let (entered, left) = list.keys(ui);
        escaped = left;
        chosen = entered.then_some(list.current);
    }
    let mut rows = ui.new_child(UiBuilder::new().max_rect(rect).accessibility_parent(id));
    rows.spacing_mut().item_spacing.y = 0.0;
    let mut area = ScrollArea::vertical().id_salt("crowd rows").auto_shrink(false);
    if std::mem::take(&mut list.wants_focus) && !response.has_focus() {
        response.request_focus();
        list.wants_focus = true;
    }
    if std::mem::take(&mut list.is_moved) {
        let middle = (list.current as f32 + 0.5) * ROW_PT - height / 2.0;
        area = area.vertical_scroll_offset(middle.max(0.0));
    }
    area.show_rows(&mut rows, ROW_PT, list.members.len(), |ui, shown| {
        for row in shown {
            let Some(event) = list.members.get(row).and_then(|at| doc.timeline.events().get(*at as usize)) else {
                continue;
            };
            let marks = (transient.is_selected(doc.timeline, &event.id), response.has_focus() && row == list.current);
            if row_ui(ui, doc, theme, event, (id, row, list.members.len()), marks) {
                chosen = Some(row);
                response.request_focus();
            }
        }
    });
    ui.advance_cursor_after_rect(rect);
    let row_id = |row: usize| id.with(row).accesskit_id();
    ui.ctx().accesskit_node_builder(id, |builder| builder.set_active_descendant(row_id(list.current)));
    if let Some(event) = chosen
        .and_then(|row| list.members.get(row).map(|at| (row, *at)))
        .and_then(|(row, at)| doc.timeline.events().get(at as usize).map(|event| (row, event)))
    {
        list.current = event.0;
        actions.push(picked(ui, &event.1.id).unwrap_or_else(|| Action::Reveal(event.1.id.clone())));
    }
    escaped
}

/// One event; says whether it was chosen. `place` are the id of the list, the number of the row and how many there are;
/// `marks` say whether it is selected and whether keys act on it.
fn row_ui(
    ui: &mut Ui,
    doc: Document<'_>,
    theme: &Theme,
    event: &Event,
    (list, row, count): (Id, usize, usize),
    (is_selected, is_current): (bool, bool),
) -> bool {
    let id = list.with(row);
    let rect = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), ROW_PT));
    ui.advance_cursor_after_rect(rect);
    // The list has the keyboard, not its rows: those out of view could not be reached.
    let response = ui.interact(rect, id, Sense::CLICK);
    let date = event.date_in_words_with(doc.zone);
    response.widget_info(|| {
        let name = format!("{}, {date}, weight {}", event.title, event.weight);
        WidgetInfo::selected(Role::ListBoxOption, true, is_selected, name)
    });
    ui.ctx().accesskit_node_builder(id, |builder| {
        builder.add_action(Request::Click);
        builder.set_position_in_set(row + 1);
        builder.set_size_of_set(count);
    });
    if is_selected {
        ui.painter().rect_filled(rect, 4.0, color32(theme.selection));
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, color32(theme.hover));
    }
    if is_current {
        let ring = egui::Stroke::new(1.0, color32(theme.focus_ring));
        ui.painter().rect_stroke(rect, 4.0, ring, egui::StrokeKind::Inside);
    }
    let inner = rect.shrink2(vec2(MARGIN_PT, 0.0));
    let mut cell = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::right_to_left(Align::Center)));
    cell.label(text(&date, Face::Regular, font::SMALL, theme.text_muted));
    cell.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let letters = Letters { face: Face::Regular, size_pt: font::BODY, color: color32(theme.text) };
        cut_label_ui(ui, &clipped(&visible(&event.title), MOST_TITLE), letters);
    });
    response.clicked()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, References};
    use crate::model::{Problems, Timeline};
    use crate::time::{Date, Instant, Zone};

    #[test]
    fn a_list_keeps_its_events_when_an_edit_gives_their_row_to_others() {
        let events = |titles: &[&str]| {
            let event = |title: &&str| Event::new(*title, *title, Date::parse("2024-10-24").expect("a date"));
            let events = titles.iter().map(event).collect();
            Timeline::from_records(Timeline::empty("T").header().clone(), vec![], vec![], events, vec![], vec![])
        };
        let (references, problems) = (References::default(), Problems::default());
        let crowd = Crowd { band: 0, row: 3, start: Instant::MIN, end: Instant::MAX, count: 2, is_part: false };
        let mut list = CrowdList::new(crowd, Pos2::ZERO);
        let (before, after) = (events(&["a", "b", "c"]), events(&["new", "c", "a"]));
        let mut shown = |timeline: &Timeline, revision: u64| {
            let index = Index::build(timeline, Zone::UTC);
            let doc = Document { revision, ..Document::plain(timeline, &index, &references, &problems) };
            list.refresh(doc, |_| vec![0, 1]);
            let titles = list.members.iter().filter_map(|at| timeline.events().get(*at as usize));
            (titles.map(|event| event.title.to_string()).collect::<Vec<_>>(), list.crowd.count)
        };
        assert_eq!(shown(&before, 0), (vec!["a".to_owned(), "b".to_owned()], 2));
        assert_eq!(shown(&after, 1), (vec!["a".to_owned()], 1), "b is gone, and what is new was not in it");
    }
}
