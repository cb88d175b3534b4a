//! The menu of a line between two events.

use egui::{Button, Ui};

use crate::edit::{removed_link, turned_link};
use crate::model::Text;
use crate::scene::LinkHit;
use crate::text::{clipped, visible};
use crate::ui::{Action, Document, ReadOnly};

/// The longest title of an event in an entry, in bytes.
const MOST_TITLE: usize = 40;

/// The entries.
pub(super) fn link_entries(ui: &mut Ui, doc: Document<'_>, hit: &LinkHit, actions: &mut Vec<Action>) {
    let timeline = doc.timeline;
    let nth = hit.nth as usize;
    let title = |id: &Text| {
        let title = timeline.event(id).map_or(id.as_str(), |event| event.title.as_str());
        clipped(&visible(title), MOST_TITLE).into_owned()
    };
    let refusal = doc.read_only.map(ReadOnly::remedy);
    let mut entry = |ui: &mut Ui, label: String, writes: bool, action: Option<Action>| {
        let refused = refusal.filter(|_| writes);
        let response = ui.add_enabled(refused.is_none() && action.is_some(), Button::new(label));
        if response.on_disabled_hover_text(refused.unwrap_or("The same link is there already")).clicked() {
            actions.extend(action);
            ui.close();
        }
    };
    entry(ui, "Change link…".to_owned(), true, Some(Action::EditLink(hit.from.clone(), nth)));
    let edited =
        |label: String, said: &str, edit| Action::EditAndTell { label, said: said.to_owned(), edit, select: None };
    let turned = turned_link(timeline, &hit.from, nth);
    let label = format!("Turn the link of “{}” round", title(&hit.from));
    let turned = turned.map(|edit| edited(label, "Turned the link round", edit));
    entry(ui, "Turn round".to_owned(), true, turned);
    ui.separator();
    for id in [&hit.from, &hit.to] {
        entry(ui, format!("Go to “{}”", title(id)), false, Some(Action::Reveal(id.clone())));
    }
    ui.separator();
    let removed = removed_link(timeline, &hit.from, nth);
    let label = format!("Delete a link of “{}”", title(&hit.from));
    entry(ui, "Delete link".to_owned(), true, removed.map(|edit| edited(label, "Deleted the link", edit)));
}
