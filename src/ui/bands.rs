//! What can be done with a band: how it comes to stand elsewhere, to be one line high, or not to be shown.

use egui::{Popup, Ui};

use super::context::ticked_ui;
use super::menu_popup::menu_button_ui;
use super::{Action, Command};
use crate::index::Index;
use crate::model::{Arrangement, BandOrder, Text};

/// How many bands can be left by the menu; the others share one.
const MOST: [u32; 4] = [5, 10, 20, 50];

/// The menus for the order and the number of all bands, with a tick at what they are.
pub fn arrange_ui(ui: &mut Ui, before: &Arrangement, actions: &mut Vec<Action>) {
    let mut arrange = |ui: &Ui, after: Arrangement| {
        actions.push(Action::Arrange(after));
        Popup::close_all(ui.ctx());
    };
    menu_button_ui(ui, "Order of bands", |ui| {
        for order in BandOrder::ALL {
            let is_chosen = before.order == order && before.first.is_empty();
            if ticked_ui(ui, order.label(), "", is_chosen).clicked() {
                // What was moved by hand gives way to the order that is chosen now.
                arrange(ui, Arrangement { order, first: Vec::new(), ..before.clone() });
            }
        }
        if !before.first.is_empty() {
            ui.add_enabled_ui(false, |ui| ticked_ui(ui, "By hand", "", true));
        }
    });
    menu_button_ui(ui, "Number of bands", |ui| {
        let all = std::iter::once((None, "All of them".to_owned()));
        for (most, label) in all.chain(MOST.map(|most| (Some(most), format!("The {most} largest, the rest as Others"))))
        {
            if ticked_ui(ui, &label, "", before.most == most).clicked() {
                arrange(ui, Arrangement { most, ..before.clone() });
            }
        }
    });
}

/// The arrangement after a command on a band, by its position; none where it changes nothing.
pub fn arranged_by(command: Command, index: &Index, band: usize, before: &Arrangement) -> Option<Arrangement> {
    let title = &index.bands().get(band)?.title;
    let mut after = before.clone();
    match command {
        Command::MoveBandUp => after.first = moved(index, band, band.checked_sub(1)?)?,
        Command::MoveBandDown => after.first = moved(index, band, band + 1)?,
        Command::CollapseBand => after.toggle_collapsed(title),
        // The last one stays: an empty track would leave nothing to point at.
        Command::HideBand if index.bands().len() > 1 => after.toggle_hidden(title),
        _ => return None,
    }
    Some(after)
}

/// The titles of all bands from the top, one of them at another position; those that are not shown keep theirs behind them.
pub fn moved(index: &Index, band: usize, to: usize) -> Option<Vec<Text>> {
    let mut titles: Vec<Text> = index.bands().iter().map(|band| band.title.as_str().into()).collect();
    if band >= titles.len() || to >= titles.len() || band == to {
        return None;
    }
    let own = titles.remove(band);
    titles.insert(to, own);
    titles.extend(index.hidden().iter().map(|band| Text::from(band.title.as_str())));
    Some(titles)
}
