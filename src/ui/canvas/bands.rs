//! What the menu of a band's name offers: its place, its height, whether it is shown, and the order of all.

use egui::Ui;

use crate::index::Index;
use crate::model::{Arrangement, BandOrder};
use crate::text::visible;
use crate::ui::{Action, Command, arranged_by};

/// How many bands can be left by the menu; the others share one.
const MOST: [u32; 4] = [5, 10, 20, 50];

/// The entries for a band, by its position, and for all of them.
pub(super) fn band_ui(ui: &mut Ui, index: &Index, band: Option<usize>, actions: &mut Vec<Action>) {
    let before = index.arrangement();
    let own = band.and_then(|at| Some((at, index.bands().get(at)?)));
    if let Some((at, band)) = own {
        let collapse = if band.is_collapsed { "Expand band" } else { "Collapse band to one line" };
        for (command, label) in [
            (Command::CollapseBand, collapse),
            (Command::HideBand, "Hide band"),
            (Command::MoveBandUp, "Move band up"),
            (Command::MoveBandDown, "Move band down"),
        ] {
            let after = arranged_by(command, index, at, before);
            if ui.add_enabled(after.is_some(), egui::Button::new(label)).clicked() {
                actions.extend(after.map(Action::Arrange));
                ui.close();
            }
        }
    }
    ui.menu_button("Order of bands", |ui| {
        for order in BandOrder::ALL {
            let is_chosen = before.order == order && before.first.is_empty();
            if ui.selectable_label(is_chosen, order.label()).clicked() {
                // What was moved by hand gives way to the order that is chosen now.
                let after = Arrangement { order, first: Vec::new(), ..before.clone() };
                actions.push(Action::Arrange(after));
                ui.close();
            }
        }
    });
    ui.menu_button("Bands with a name of their own", |ui| {
        let all = std::iter::once((None, "All of them".to_owned()));
        for (most, label) in all.chain(MOST.map(|most| (Some(most), format!("The {most} largest, the rest as Others"))))
        {
            if ui.selectable_label(before.most == most, label).clicked() {
                actions.push(Action::Arrange(Arrangement { most, ..before.clone() }));
                ui.close();
            }
        }
    });
    if index.hidden().is_empty() {
        return;
    }
    ui.menu_button(format!("Hidden bands ({})", index.hidden().len()), |ui| {
        if ui.button("Show all").clicked() {
            actions.push(Action::Arrange(Arrangement { hidden: Vec::new(), ..before.clone() }));
            ui.close();
        }
        for band in index.hidden() {
            let title = if band.title.is_empty() { "No name".into() } else { visible(&band.title) };
            if ui.button(format!("Show “{title}”")).clicked() {
                let mut after = before.clone();
                after.toggle_hidden(&band.title);
                actions.push(Action::Arrange(after));
                ui.close();
            }
        }
    });
}
