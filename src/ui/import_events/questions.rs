//! The questions that a file leaves open, and those to which an answer was taken for granted, each with what it is about.

use egui::{RichText, ScrollArea, TextEdit, Ui};

use super::form::EventsForm;
use crate::interchange::events::question::{Answer, zone_suffix};
use crate::text::visible;
use crate::ui::field::{List, list_ui};
use crate::ui::style::Chrome;

/// Height of the list in points, at most.
const MOST_PT: f32 = 132.0;

/// What a kind of question is about, for the one who has to answer it.
const EXPLAINED: [(&str, &str); 7] = [
    (
        "date-order",
        "2/5/2025 is 2 May where the day stands first and 5 February where the month does. One date with a number above 12 \
         would tell; where none does, ask whoever made the file. A wrong answer moves most dates by months and shows nowhere.",
    ),
    ("short-years", "Years were written with two digits: say in which hundred years they lie."),
    (
        "zone",
        "Without a zone times stand as they are written, and no order with times of another zone is claimed. With one, each \
         keeps it, and moments can be compared.",
    ),
    (
        "ranges",
        "A start and an end say either that the event lasted from the one to the other, or that it happened once, at an \
         unknown time between them. The track shows the two differently, and so does every question about when.",
    ),
    (
        "padded",
        "Programs write 1 January where only the year is known, the first where only the month is, and 00:00 where no time \
         is. More of them than chance would give is a sign. Taken as they are, such dates claim a day that nobody reported.",
    ),
    (
        "serials",
        "Spreadsheets count days from 1900 or, in old files of Macintosh programs, from 1904: four years apart.",
    ),
    ("mend", "The text looks as if it had been decoded in the wrong encoding once: “Ã©” stands for “é”."),
];

/// Shows the questions; says whether one was answered.
pub fn questions_ui(ui: &mut Ui, form: &mut EventsForm, chrome: Chrome) -> bool {
    if form.questions.is_empty() {
        return false;
    }
    form.settle_answers();
    let mut answered: Option<(usize, usize)> = None;
    let mut zone = None;
    let area = ScrollArea::vertical().id_salt("questions").max_height(MOST_PT).auto_shrink([false, true]);
    area.show(ui, |ui| {
        for (at, (question, taken)) in form.questions.iter().enumerate() {
            ui.horizontal_wrapped(|ui| {
                let ink = if taken.is_none() { chrome.warning } else { chrome.text };
                let text = ui.label(RichText::new(visible(&question.text)).color(ink));
                let explained = EXPLAINED.iter().find(|(code, _)| *code == question.code);
                let explain = |response: egui::Response| match explained {
                    Some((_, words)) => response.on_hover_text(*words),
                    None => response,
                };
                explain(text);
                let choice = taken.and_then(|taken| question.choices.get(taken));
                let shown = choice.map_or("Choose an answer", |choice| choice.label.as_str());
                // A zone can be one of hundreds.
                let said = form.answers.zone.as_deref().filter(|_| question.code == "zone");
                let shown = said.unwrap_or(shown);
                let name = format!("{} {}", question.code, question.column.as_deref().unwrap_or_default());
                let options: Vec<(Option<usize>, String)> = question
                    .choices
                    .iter()
                    .enumerate()
                    .map(|(place, choice)| (Some(place), choice.label.clone()))
                    .collect();
                let list = List {
                    name: name.trim(),
                    shown: Some(shown),
                    width_pt: Some(220.0),
                    lets_go: true,
                    ..List::default()
                };
                let (response, chosen) = list_ui(ui, list, taken, &options);
                answered = chosen.flatten().map(|place| (at, place)).or(answered);
                explain(response);
                if question.code == "zone" {
                    let hint = RichText::new("or Europe/Berlin, +02:00").color(chrome.muted);
                    let field = TextEdit::singleline(&mut form.zone).hint_text(hint).desired_width(180.0);
                    let field = ui.add(field).accessible_name("Zone of the times");
                    if field.lost_focus() && zone_suffix(&form.zone).is_some() {
                        zone = Some(form.zone.clone());
                    }
                }
            });
        }
    });
    ui.add_space(4.0);
    if let Some(zone) = zone.filter(|zone| form.answers.zone.as_ref() != Some(zone)) {
        form.answer(Answer::Zone(zone));
        return true;
    }
    let Some((at, place)) = answered else { return false };
    let Some((question, taken)) = form.questions.get_mut(at) else { return false };
    if *taken == Some(place) {
        return false;
    }
    *taken = Some(place);
    if let Some(choice) = question.choices.get(place).cloned() {
        form.answer(choice.answer);
    }
    true
}
