//! What the words in columns for standing and weight mean, each to be changed.

use egui::{RichText, ScrollArea, Ui};

use super::form::EventsForm;
use crate::interchange::events::tables;
use crate::model::Standing;
use crate::text::visible;
use crate::ui::field::{List, list_ui};
use crate::ui::letters::{self, Letters};
use crate::ui::style::Chrome;

/// Height of the list in points, at most.
const MOST_PT: f32 = 96.0;

/// What a word means for which there is no standing or weight.
const NO_MEANING: &str = "Kept as own field";

/// Shows the words of the table with their meanings; says whether one was changed.
pub fn values_ui(ui: &mut Ui, form: &mut EventsForm, chrome: Chrome) -> bool {
    let Some(read) = &form.read else { return false };
    let words = &read.words;
    if words.standings.is_empty() && words.weights.is_empty() {
        return false;
    }
    let mut is_changed = false;
    let mapping = &mut form.mapping;
    let area = ScrollArea::vertical().id_salt("values").max_height(MOST_PT).auto_shrink([false, true]);
    area.show(ui, |ui| {
        if !words.standings.is_empty() {
            let choices: Vec<(Standing, String)> =
                Standing::ALL.iter().map(|standing| (*standing, standing.label().to_owned())).collect();
            let told = &mut mapping.standings;
            is_changed |= meanings_ui(ui, "Standing", &words.standings, told, tables::standing, &choices, chrome);
        }
        if !words.weights.is_empty() {
            let choices: Vec<(u8, String)> = (1..=5).map(|weight| (weight, format!("Weight {weight}"))).collect();
            let told = &mut mapping.weights;
            is_changed |= meanings_ui(ui, "Weight", &words.weights, told, tables::weight, &choices, chrome);
        }
    });
    is_changed
}

fn meanings_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    what: &str,
    words: &[String],
    told: &mut Vec<(String, Option<T>)>,
    known: fn(&str) -> Option<T>,
    choices: &[(T, String)],
    chrome: Chrome,
) -> bool {
    let mut chosen: Option<(String, Option<T>)> = None;
    let mut options: Vec<(Option<T>, String)> =
        choices.iter().map(|(choice, label)| (Some(*choice), label.clone())).collect();
    options.push((None, NO_MEANING.to_owned()));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 4.0);
        ui.label(RichText::new(what).color(chrome.muted)).on_hover_text("What the words of the table mean");
        for word in words {
            // Words are read whatever the case of their letters.
            let is_it = |(other, _): &&(String, Option<T>)| other.trim().to_lowercase() == word.trim().to_lowercase();
            let meant = told.iter().find(is_it).map_or_else(|| known(word), |(_, meant)| *meant);
            ui.add_space(6.0);
            letters::label_ui(ui, &format!("“{}”", visible(word)), Letters::body(chrome.text));
            let ink = if meant.is_some() { chrome.text } else { chrome.warning };
            let name = format!("What “{word}” means");
            let list = List { name: &name, ink: Some(ink), width_pt: Some(96.0), lets_go: true, ..List::default() };
            if let (_, Some(choice)) = list_ui(ui, list, &meant, &options) {
                chosen = Some((word.clone(), choice));
            }
        }
    });
    let Some((word, meant)) = chosen else { return false };
    told.retain(|(other, _)| other.trim().to_lowercase() != word.trim().to_lowercase());
    told.push((word, meant));
    true
}
