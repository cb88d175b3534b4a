//! A field with a closed set of values: a menu of them, or a small stepper.

use std::ops::RangeInclusive;

use egui::{Color32, ComboBox, Event, EventFilter, Id, IdSalt, Key, Modifiers, Response, RichText, Ui};

use super::{Ink, type_ahead};
use crate::text::visible;
use crate::ui::bidi::{has_rtl, visual_line};
use crate::ui::keyboard;

/// How the box of a list of choices looks.
#[derive(Debug, Clone, Copy, Default)]
pub struct List<'a> {
    /// Its accessible name, which tells it from the others around it.
    pub name: &'a str,
    /// What stands in the box where that is not the wording of the chosen option.
    pub shown: Option<&'a str>,
    /// The colour of what stands in it, where that is not the usual one.
    pub ink: Option<Color32>,
    /// Its width in points; without one it takes all there is.
    pub width_pt: Option<f32>,
    /// The height in points beyond which its entries scroll.
    pub height_pt: Option<f32>,
    /// Whether nothing can be chosen.
    pub is_disabled: bool,
    /// Whether it takes the focus now.
    pub focus: bool,
    /// Whether a click on an entry leaves the keyboard to nobody, where Enter is for the dialog around it.
    pub lets_go: bool,
}

/// A menu of options, each with its wording. Returns what was chosen, if it is not what stood there. With the focus on it, the
/// arrows go to the option before or after, and what is typed to the option that begins with it; while the menu is open they move
/// the keyboard in it, and Enter takes what it is on. `focus` gives it the focus.
pub fn choice_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    enabled: bool,
    focus: bool,
    current: &T,
    options: &[(T, String)],
) -> Option<T> {
    list_ui(ui, List { name, is_disabled: !enabled, focus, ..List::default() }, current, options).1
}

/// The same with a box of another look, and the box.
pub fn list_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    list: List<'_>,
    current: &T,
    options: &[(T, String)],
) -> (Response, Option<T>) {
    let List { name, focus, .. } = list;
    let enabled = !list.is_disabled;
    let wording = options.iter().find(|(option, _)| option == current).map_or("", |(_, wording)| wording.as_str());
    let wording = visual_line(&visible(list.shown.unwrap_or(wording))).into_owned();
    let wording = RichText::new(wording);
    let wording = if let Some(ink) = list.ink { wording.color(ink) } else { wording };
    let mut chosen = None;
    let mut left = false;
    let width = list.width_pt.unwrap_or_else(|| ui.available_width());
    let shown = ui.add_enabled_ui(enabled, |ui| {
        let button = combo_id(ui, name);
        let combo = ComboBox::from_id_salt(name).width(width).truncate().selected_text(wording);
        let combo = if let Some(height) = list.height_pt { combo.height(height) } else { combo };
        let has_keyboard = enabled && ui.memory(|memory| memory.has_focus(button));
        let was_open = ComboBox::is_open(ui.ctx(), button);
        if focus || !has_keyboard && !was_open {
            type_ahead::forget(ui.ctx(), button);
        }
        // Letters are taken before the widgets are drawn: a blank within a word would click the button or an entry.
        let is_listening = has_keyboard || enabled && was_open && !ui.ctx().text_edit_focused();
        let letters = is_listening.then(|| type_ahead::take_letters(ui, button, options)).flatten();
        let shown = combo.show_ui(ui, |ui| {
            let mut entries = Vec::with_capacity(options.len());
            for (option, wording) in options {
                let words = visible(wording);
                let entry = ui.selectable_label(option == current, visual_line(&words));
                let entry = if has_rtl(&words) { entry.accessible_name(words) } else { entry };
                if option == current {
                    begin_here(ui, &entry);
                }
                if entry.clicked() {
                    chosen = Some(option.clone()).filter(|option| option != current);
                    // A click closes the menu by itself, Enter does not.
                    left = !(list.lets_go && ui.input(|input| input.pointer.any_click()));
                    take_choosing_keys(ui);
                    ui.close();
                }
                entries.push(entry);
            }
            // In an open menu nothing is chosen yet: Enter takes what the keyboard is on.
            if let Some(letters) = &letters {
                let at = entries.iter().position(Response::has_focus);
                let at = at.or_else(|| options.iter().position(|(option, _)| option == current));
                let wanted = type_ahead::choose(ui, button, letters, at, options);
                if let Some(entry) = wanted.and_then(|wanted| entries.get(wanted)) {
                    entry.request_focus();
                    entry.scroll_to_me(None);
                }
            }
        });
        let is_open = shown.inner.is_some();
        let response = shown.response.accessible_name(name);
        left |= is_open && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if (focus || left) && enabled {
            response.request_focus();
            response.scroll_to_me(None);
        }
        if enabled && response.has_focus() && !is_open {
            chosen = chosen.take().or_else(|| chosen_by_key(ui, &response, letters.as_deref(), current, options));
        }
        response
    });
    (shown.inner, chosen)
}

/// The id of the button of a combo box with this salt.
pub fn combo_id(ui: &Ui, salt: &str) -> Id {
    // Egui makes a salt of the salt.
    ui.make_persistent_id(IdSalt::new(salt))
}

/// Puts the keyboard on the chosen entry of a menu when it comes from the button that opened the menu, or enters by an arrow:
/// egui would begin with the first entry. To be called for that entry.
pub fn start_here(ui: &Ui, entry: &Response, button: Id) {
    let layer = ui.layer_id();
    let focused = ui.memory(|memory| memory.focused());
    let is_within = keyboard::focused(ui.ctx()).is_some_and(|widget| widget.layer_id == layer);
    enter(ui, entry, is_within || focused == Some(button));
}

/// Puts the keyboard on the chosen entry of a list when it opens, by a click too. To be called for that entry.
pub fn begin_here(ui: &Ui, entry: &Response) {
    enter(ui, entry, true);
}

/// Puts the keyboard on an entry where it comes and has not been in the menu since that was opened.
fn enter(ui: &Ui, entry: &Response, comes: bool) {
    let state = ui.layer_id().id.with("the keyboard has been in this menu");
    let frame = ui.ctx().cumulative_frame_nr();
    // A menu that was not drawn in the last frame has been opened anew.
    let drawn = ui.data(|data| data.get_temp::<(u64, bool)>(state));
    let been_there = drawn.is_some_and(|(last, been_there)| been_there && last + 1 >= frame);
    let enters = !been_there && comes;
    if enters {
        entry.request_focus();
        entry.scroll_to_me(None);
    }
    ui.data_mut(|data| data.insert_temp(state, (frame, been_there || enters)));
}

/// Takes from the input what an entry was chosen with, lest it be typed into the field that the choice asks for.
fn take_choosing_keys(ui: &Ui) {
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Key { key: Key::Enter | Key::Space, pressed, .. } => !pressed,
            Event::Text(text) => text != " ",
            _ => true,
        });
    });
}

/// What the keys of this frame choose while the menu is closed.
fn chosen_by_key<T: Clone + PartialEq>(
    ui: &Ui,
    response: &Response,
    letters: Option<&str>,
    current: &T,
    options: &[(T, String)],
) -> Option<T> {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let at = options.iter().position(|(option, _)| option == current);
    let (down, up) = ui.input_mut(|input| {
        let mut take = |key| input.count_and_consume_key(Modifiers::NONE, key);
        (take(Key::ArrowDown), take(Key::ArrowUp))
    });
    let last = options.len().checked_sub(1)?;
    let mut wanted = (down + up > 0).then(|| (at.unwrap_or(0) + down).saturating_sub(up).min(last));
    let typed = letters.and_then(|letters| type_ahead::choose(ui, response.id, letters, at, options));
    wanted = typed.or(wanted);
    let chosen = options.get(wanted?).map(|(option, _)| option).filter(|option| *option != current).cloned();
    if typed.is_some() && chosen.is_some() {
        type_ahead::note_choice(ui.ctx(), response.id);
    }
    chosen
}

/// A number between two buttons. Returns the number asked for.
pub fn stepper_ui(
    ui: &mut Ui,
    ink: Ink,
    name: &str,
    enabled: bool,
    value: u8,
    range: RangeInclusive<u8>,
) -> Option<u8> {
    let mut wanted = None;
    ui.horizontal(|ui| {
        let mut step = |ui: &mut Ui, sign: &str, verb: &str, to: Option<u8>| {
            let to = to.filter(|to| range.contains(to));
            let button = egui::Button::new(sign).min_size(egui::Vec2::splat(ui.spacing().interact_size.y));
            let response = ui.add_enabled(enabled && to.is_some(), button);
            if response.accessible_name(format!("{verb} {}", name.to_lowercase())).clicked() {
                wanted = to;
            }
        };
        step(ui, "−", "Lower", value.checked_sub(1));
        ui.label(RichText::new(value.to_string()).color(ink.text));
        step(ui, "+", "Raise", value.checked_add(1));
    });
    wanted
}
