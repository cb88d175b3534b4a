//! Entries of menus: of one under the secondary button, and of any that is switched on or chosen.

use egui::{
    Atom, Button, Context, FocusDirection, Id, Key, KeyboardShortcut, LayerId, Modifiers, Order, Popup, Pos2, Response,
    SetOpenCommand, Ui, vec2,
};

use super::available::Facts;
use super::chord::shortcut_text;
use super::icon::{self, Icon};
use super::menu_popup::scrolled_ui;
use super::{Action, Command, keyboard};

/// An entry that is switched on or chosen, under the name that it has in its menu; a tick says so.
pub fn named_choice_ui(ui: &mut Ui, command: Command, name: &str, chosen: bool, actions: &mut Vec<Action>) {
    let key = command.shortcut_text(ui.ctx());
    if ticked_ui(ui, name, &key, chosen).on_hover_text(command.tooltip()).clicked() {
        actions.push(Action::Run(command));
        // A click closes the menus by itself, and Enter does not.
        Popup::close_all(ui.ctx());
    }
}

/// An entry with a tick where it is chosen, and its key.
pub fn ticked_ui(ui: &mut Ui, name: &str, key: &str, chosen: bool) -> Response {
    let tick = Atom::paint(vec2(12.0, 12.0), move |ui, args| {
        if chosen {
            icon::paint(ui.painter(), Icon::Tick, args.rect, ui.visuals().text_color());
        }
    });
    let entry = Button::selectable(chosen, (tick, name));
    // An empty text would end the accessible name with a space.
    let entry = if key.is_empty() { entry } else { entry.shortcut_text(key) };
    ui.add(entry)
}

/// The menu of a widget: under the secondary button, or where it was asked for by a key in this frame; there it stays. By a key
/// it begins at its first entry, and Tab goes round within it. When an entry or a key has closed it, what had the keyboard when it was opened has it again, unless something else was given it.
pub fn menu_ui(response: &Response, by_key_at: Option<Pos2>, entries: impl FnOnce(&mut Ui)) {
    /// Frames in which the keyboard may still be with an entry that is gone.
    const FRAMES: u8 = 3;
    let ctx = &response.ctx;
    let id = Popup::default_response_id(response);
    let closed = id.with("frames since it closed");
    let was_open = Popup::is_id_open(ctx, id);
    let by_button = || response.secondary_clicked().then(|| response.interact_pointer_pos()).flatten();
    let opened_at = by_key_at.or_else(by_button);
    let opens = opened_at.is_some();
    let opener = id.with("opener");
    let begins = id.with("begins at its first entry");
    if let Some(at) = opened_at {
        // A key may be struck on a part of the widget that has the keyboard by itself.
        let by = ctx.memory(|memory| memory.focused()).filter(|_| by_key_at.is_some()).unwrap_or(response.id);
        ctx.data_mut(|data| {
            data.insert_temp(id, at);
            data.insert_temp(opener, by);
            data.insert_temp(begins, by_key_at.is_some());
        });
    }
    if !was_open && !opens {
        let left = ctx.data(|data| data.get_temp::<u8>(closed)).unwrap_or(0);
        if left > 0 {
            let is_free = ctx.memory(|memory| memory.focused().is_none());
            if is_free {
                let by = ctx.data(|data| data.get_temp::<Id>(opener)).unwrap_or(response.id);
                ctx.memory_mut(|memory| memory.request_focus(by));
            }
            ctx.data_mut(|data| data.insert_temp(closed, if is_free { 0 } else { left - 1 }));
            ctx.request_repaint();
        }
        return;
    }
    let at = ctx.data(|data| data.get_temp::<Pos2>(id)).unwrap_or(response.rect.left_bottom());
    let open = match (response.clicked(), opens) {
        (true, _) => Some(SetOpenCommand::Bool(false)),
        (false, true) => Some(SetOpenCommand::Bool(true)),
        (false, false) => None,
    };
    let step = if was_open { take_tab(ctx, id) } else { None };
    let shown = Popup::menu(response).open_memory(open).at_position(at).show(|ui| scrolled_ui(ui, entries));
    // In the pass that measures it nothing in it can have the keyboard, so this goes on until an entry has it.
    let is_beginning = ctx.data(|data| data.get_temp::<bool>(begins)).unwrap_or(false);
    let step = if is_beginning { Some(FocusDirection::None) } else { step };
    if let (Some(shown), Some(step)) = (&shown, step) {
        let is_within = move_within(ctx, shown.response.layer_id, step);
        ctx.data_mut(|data| data.insert_temp(begins, is_beginning && !is_within));
    }
    let is_elsewhere = |pointer: Pos2| shown.as_ref().is_none_or(|shown| !shown.response.rect.contains(pointer));
    let by_click_elsewhere =
        ctx.input(|input| input.pointer.any_click() && input.pointer.interact_pos().is_some_and(is_elsewhere));
    if was_open && !Popup::is_id_open(ctx, id) && !by_click_elsewhere {
        ctx.data_mut(|data| data.insert_temp(closed, FRAMES));
        ctx.request_repaint();
    }
}

/// Whether the menu of a widget is open: its keys are not the widget's then.
pub fn is_menu_open(response: &Response) -> bool {
    Popup::is_id_open(&response.ctx, Popup::default_response_id(response))
}

/// Where Tab leads in the menu of this id in this frame, if it was struck; nothing behind the menu follows it then. In a menu
/// inside the menu it stays with egui.
fn take_tab(ctx: &Context, menu: Id) -> Option<FocusDirection> {
    let (tab, back) = ctx.input(|input| (input.key_pressed(Key::Tab), input.modifiers.shift));
    let focused = keyboard::focused(ctx).map(|widget| widget.layer_id);
    let is_in_another = focused.is_some_and(|layer| layer.order == Order::Foreground && layer.id != menu);
    if !tab || is_in_another {
        return None;
    }
    ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    Some(if back { FocusDirection::Previous } else { FocusDirection::Next })
}

/// Gives the keyboard to the entry of a menu after the one that has it or before, around its ends; to the first or the last
/// where none has it. Without a direction an entry that has it keeps it. Says whether one had it.
fn move_within(ctx: &Context, menu: LayerId, step: FocusDirection) -> bool {
    let entries: Vec<Id> = ctx.viewport(|viewport| {
        let drawn = viewport.this_pass.widgets.get_layer(menu);
        drawn.filter(|widget| widget.enabled && widget.sense.is_focusable()).map(|widget| widget.id).collect()
    });
    let focused = ctx.memory(|memory| memory.focused());
    let at = entries.iter().position(|entry| Some(*entry) == focused);
    let next = match (at, step) {
        (Some(_), FocusDirection::None) => None,
        (Some(at), FocusDirection::Previous) => at.checked_sub(1).and_then(|at| entries.get(at)).or(entries.last()),
        (None, FocusDirection::Previous) => entries.last(),
        (at, _) => at.and_then(|at| entries.get(at + 1)).or(entries.first()),
    };
    if let Some(next) = next {
        ctx.memory_mut(|memory| memory.request_focus(*next));
    }
    ctx.request_repaint();
    at.is_some()
}

/// The menu of a widget: under the secondary button, and by Shift+F10 below the widget while it has the keyboard.
pub fn context_menu(response: &Response, entries: impl FnOnce(&mut Ui)) {
    let is_struck = response.has_focus() && take_menu_key(&response.ctx);
    menu_ui(response, is_struck.then(|| response.rect.left_bottom()), entries);
}

/// Whether the key of menus was struck, or Shift+F10, which nobody else sees then.
pub fn take_menu_key(ctx: &Context) -> bool {
    ctx.input_mut(|input| {
        input.consume_key(Modifiers::SHIFT, Key::F10) || input.consume_key(Modifiers::NONE, Key::Menu)
    })
}

/// The key by which a widget of egui is clicked while it has the keyboard.
pub const CLICKS: [Key; 1] = [Key::Enter];

/// A command with its key; where it cannot run, its entry says why.
pub fn context_command_ui(ui: &mut Ui, command: Command, facts: &Facts<'_>, actions: &mut Vec<Action>) -> Response {
    widget_command_ui(ui, command, &[], facts, actions)
}

/// The same in the menu of a widget that takes these keys for itself, and so has them once the menu has closed: what is shown is
/// the first key that reaches the command there.
pub fn widget_command_ui(
    ui: &mut Ui,
    command: Command,
    taken: &[Key],
    facts: &Facts<'_>,
    actions: &mut Vec<Action>,
) -> Response {
    let refusal = command.unavailable(facts);
    let mut button = Button::new(command.full_label(facts));
    let is_taken = |keys: &KeyboardShortcut| keys.modifiers.is_none() && taken.contains(&keys.logical_key);
    if let Some(shortcut) = command.shortcuts().find(|keys| !is_taken(keys)) {
        button = button.shortcut_text(shortcut_text(ui.ctx(), &shortcut));
    }
    let response = ui.add_enabled(refusal.is_none(), button).on_disabled_hover_text(refusal.unwrap_or_default());
    if response.clicked() {
        actions.push(Action::Run(command));
        ui.close();
    }
    response
}
