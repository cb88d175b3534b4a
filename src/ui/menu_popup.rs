//! The popup of a menu: no higher than the window, scrolled where it has more entries, with the one that has the keyboard in sight.
//!
//! Every menu is shown by it: of the bar, of a button, inside another menu, under the secondary button.

use egui::containers::menu::{MenuButton, MenuState, SubMenu, SubMenuButton, is_in_menu};
use egui::style::ScrollAnimation;
use egui::{Button, Id, IntoAtoms, Key, Modifiers, Order, Response, ScrollArea, Ui, WidgetRect};

use super::keyboard;
use super::style::plain_scroll_bars;

/// What of the window's height a menu leaves free, in points: for its frame, and some air.
const MARGIN_PT: f32 = 24.0;

/// The same of one that a button opens, which is not to be covered: it may be in the bar.
const BELOW_BUTTON_PT: f32 = 90.0;

/// The least height of a menu that scrolls, in points.
const LEAST_PT: f32 = 120.0;

/// Room for the bar of a menu that scrolls, in points.
const BAR_PT: f32 = 8.0;

/// A button that opens a menu, in a bar, a form or another menu.
pub fn menu_button_ui<'a>(ui: &mut Ui, label: impl IntoAtoms<'a>, entries: impl FnOnce(&mut Ui)) -> Response {
    if !is_in_menu(ui) {
        return MenuButton::new(label).ui(ui, |ui| within_ui(ui, BELOW_BUTTON_PT, entries)).0;
    }
    let popup = SubMenu::id_from_widget_id(ui.next_auto_id());
    let is_open = MenuState::from_ui(ui, |state, _| state.open_item == Some(popup));
    let inactive = ui.visuals().widgets.inactive;
    if is_open {
        ui.visuals_mut().widgets.inactive = ui.visuals().widgets.open;
    }
    let mut response = ui.add(Button::new(label.into_atoms()).right_text(SubMenuButton::arrow_atom(None)));
    ui.visuals_mut().widgets.inactive = inactive;
    // The pointer opens no menu at an entry that is scrolled out of sight.
    response.rect = response.rect.intersect(ui.clip_rect());
    SubMenu::new().show(ui, &response, |ui| scrolled_ui(ui, entries));
    response
}

/// The entries of a menu in its popup.
pub fn scrolled_ui<R>(ui: &mut Ui, entries: impl FnOnce(&mut Ui) -> R) -> R {
    within_ui(ui, MARGIN_PT, entries)
}

/// The same in what a margin leaves of the window's height.
fn within_ui<R>(ui: &mut Ui, margin_pt: f32, entries: impl FnOnce(&mut Ui) -> R) -> R {
    let height = (ui.ctx().content_rect().height() - margin_pt).max(LEAST_PT);
    // What does not fit is told by a bar that is always to be seen: of a menu nobody expects that it scrolls.
    ui.spacing_mut().scroll = plain_scroll_bars(BAR_PT);
    // While a popup is measured, as it opens, egui offers a room that has nothing to do with the window's.
    let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
    let area = if ui.is_sizing_pass() { area.vertical_scroll_offset(0.0) } else { area };
    let shown = area.show(ui, |ui| {
        let answer = entries(ui);
        take_ends(ui);
        follow_keyboard(ui);
        answer
    });
    shown.inner
}

/// Home and End lead to the first and the last entry.
fn take_ends(ui: &Ui) {
    let menu = ui.layer_id();
    let is_here = match keyboard::focused(ui.ctx()) {
        Some(focused) if focused.layer_id.order == Order::Foreground => focused.layer_id == menu,
        _ => MenuState::is_deepest_open_sub_menu(ui.ctx(), menu.id),
    };
    if ui.is_sizing_pass() || !is_here {
        return;
    }
    let struck = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (home, end) = (struck(Key::Home), struck(Key::End));
    let entry = ui.ctx().viewport(|viewport| {
        let mut entries = viewport.this_pass.widgets.get_layer(menu).filter(|entry| is_entry(entry));
        match (home, end) {
            (true, _) => entries.next().map(|entry| entry.id),
            (_, true) => entries.last().map(|entry| entry.id),
            _ => None,
        }
    });
    if let Some(entry) = entry {
        ui.memory_mut(|memory| memory.request_focus(entry));
        ui.ctx().request_repaint();
    }
}

fn is_entry(widget: &WidgetRect) -> bool {
    widget.enabled && widget.sense.is_focusable()
}

/// Scrolls to the entry that has come to have the keyboard. What the wheel does afterwards stays.
fn follow_keyboard(ui: &Ui) {
    let menu = ui.layer_id();
    let last = menu.id.with("entry with the keyboard");
    if ui.is_sizing_pass() {
        ui.data_mut(|data| data.remove::<Id>(last));
        return;
    }
    let Some(focused) = keyboard::focused(ui.ctx()).filter(|focused| focused.layer_id == menu) else { return };
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<Id>(last);
        data.insert_temp(last, focused.id);
        before
    });
    if before != Some(focused.id) {
        ui.scroll_to_rect_animation(focused.rect, None, ScrollAnimation::none());
        ui.ctx().request_repaint();
    }
}
