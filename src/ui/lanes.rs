//! What is done with a lane: the entries of its menu, and where it goes among the others.

use egui::{Button, Ui};

use super::dialog::Naming;
use super::menu_popup::menu_button_ui;
use super::swatch::{palette, swatch};
use super::{Action, Document, LaneAction, ReadOnly, color32};
use crate::index::{BandKey, Index};
use crate::model::{BandOrder, Lane};
use crate::text::visible;
use crate::theme::Theme;

/// The lane that a band stands for.
pub fn lane_of_band<'d>(doc: Document<'d>, band: usize) -> Option<&'d Lane> {
    match doc.index.bands().get(band)?.key {
        BandKey::Lane(position) if doc.accounts.is_none() => doc.timeline.lanes().get(position),
        _ => None,
    }
}

/// Whether bands stand in the order of the lanes in the file, so that moving one moves its lane.
fn stand_as_listed(index: &Index) -> bool {
    let arrangement = index.arrangement();
    arrangement.order == BandOrder::Listed && arrangement.first.is_empty() && arrangement.most.is_none()
}

/// What moving a band to where so many stand above does to its lane; none where that is no matter of the file.
pub fn lane_moved(doc: Document<'_>, band: usize, above: usize) -> Option<LaneAction> {
    let lane = lane_of_band(doc, band).filter(|_| doc.read_only.is_none() && stand_as_listed(doc.index))?;
    let next = (above..doc.index.bands().len()).filter(|at| *at != band).find_map(|at| lane_of_band(doc, at));
    Some(LaneAction::MoveBefore(lane.id.clone(), next.map(|next| next.id.clone())))
}

/// The entries of the menu of a lane, which stands in a band; whether it is to be renamed where it stands.
pub fn lane_entries(
    ui: &mut Ui,
    doc: Document<'_>,
    theme: &Theme,
    (band, lane): (usize, &Lane),
    actions: &mut Vec<Action>,
) -> bool {
    let refusal = doc.read_only.map(ReadOnly::remedy);
    let mut renames = false;
    let entry = |ui: &mut Ui, button: Button<'_>, is_possible: bool| {
        let response = ui.add_enabled(is_possible && refusal.is_none(), button);
        let is_clicked = response.on_disabled_hover_text(refusal.unwrap_or("It stands there already")).clicked();
        if is_clicked {
            ui.close();
        }
        is_clicked
    };
    let add = |ui: &mut Ui, label: &str, naming: Naming, actions: &mut Vec<Action>| {
        if entry(ui, Button::new(label), true) {
            actions.push(Action::Name(naming));
        }
    };
    let id = || lane.id.clone();
    if entry(ui, Button::new("Rename lane").shortcut_text("F2"), true) {
        renames = true;
    }
    menu_button_ui(ui, "Colour of the lane", |ui| {
        let own = lane.color.as_deref();
        for (hex, name) in palette() {
            let is_own = own.is_some_and(|own| own.eq_ignore_ascii_case(&hex));
            let shown = theme.lane_color(Some(&Lane { color: Some(hex.as_str().into()), ..lane.clone() }), 0);
            if entry(ui, swatch(name, color32(shown)).selected(is_own), true) {
                actions.push(Action::Lane(LaneAction::Color(id(), Some(hex.into()))));
            }
        }
        if entry(ui, Button::new("As the theme has it").selected(own.is_none()), true) {
            actions.push(Action::Lane(LaneAction::Color(id(), None)));
        }
    });
    let position = doc.timeline.lane_position(&lane.id).unwrap_or_default();
    add(ui, "New lane above…", Naming::NewLane { at: position, takes_selected: false }, actions);
    add(ui, "New lane below…", Naming::NewLane { at: position + 1, takes_selected: false }, actions);
    for (label, above) in [("Move lane up", band.checked_sub(1)), ("Move lane down", Some(band + 2))] {
        let is_there = above.is_some_and(|above| above <= doc.index.bands().len());
        let moved = above.filter(|_| is_there).and_then(|above| lane_moved(doc, band, above));
        if moved.is_some() && entry(ui, Button::new(label), true) {
            actions.extend(moved.map(Action::Lane));
        }
    }
    menu_button_ui(ui, "Merge into", |ui| {
        let others = doc.timeline.lanes().iter().filter(|other| other.id != lane.id);
        let mut is_alone = true;
        for other in others {
            is_alone = false;
            if entry(ui, Button::new(visible(&other.title).into_owned()), true) {
                actions.push(Action::Lane(LaneAction::Merge(id(), other.id.clone())));
            }
        }
        if is_alone {
            ui.add_enabled(false, Button::new("There is no other lane"));
        }
    });
    ui.separator();
    if ui.button("Select its events").clicked() {
        actions.push(Action::Lane(LaneAction::Select(id())));
        ui.close();
    }
    if ui.button("Only this lane").on_hover_text("Asks for its events: the question says lane:=…").clicked() {
        actions.push(Action::Lane(LaneAction::Only(id())));
        ui.close();
    }
    ui.separator();
    if entry(ui, Button::new("Delete lane…"), true) {
        actions.push(Action::Lane(LaneAction::Delete(id())));
    }
    renames
}
