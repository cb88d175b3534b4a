//! The form that brings events in: the table at the left, what becomes of it at the right, the questions that the file leaves
//! open above. It answers; `app` reads, and changes nothing before *Import*.

use egui::{
    Align, Color32, ComboBox, Context, Grid, Label, Layout, ProgressBar, RichText, ScrollArea, TextEdit, TextureHandle,
    Ui, vec2,
};

use super::dialog::{footer, main_button, modal};
use super::fonts::semibold;
use super::inspector::counted;
use super::style::Chrome;
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::mapping::Target;
use crate::interchange::events::question::{Answer, zone_suffix};
use crate::interchange::events::{Answers, Mapping, Question};
use crate::text::visible;

/// Height of the picture of what will be on the track, in points.
const PICTURE_PT: f32 = 150.0;

/// The form, as long as it is open.
pub struct EventsForm {
    /// The name of the file.
    pub name: String,
    /// The name of its format.
    pub format: &'static str,
    /// What each column becomes; no columns where the file is no table, or has not been read.
    pub mapping: Mapping,
    /// What was answered.
    pub answers: Answers,
    /// Whether the columns were taken over from an earlier import.
    pub is_known: bool,
    /// The questions, each with the place of the answer that holds; none where it is open.
    questions: Vec<(Question, Option<usize>)>,
    zone: String,
    /// What the last reading gave.
    pub read: Option<EventsRead>,
    /// Whether the file is being read: what is shown may be that of an earlier reading.
    pub is_reading: bool,
    /// How much of it has been read, from 0 to 1.
    pub share: f32,
}

/// What a reading gave, as it is shown.
#[derive(Default)]
pub struct EventsRead {
    /// The first rows of a table, each with its place.
    pub rows: Vec<(String, Vec<String>)>,
    /// The first events: the date as it will be shown, the title, the lane.
    pub events: Vec<[String; 3]>,
    /// How many events come in, and what else comes of it.
    pub summary: String,
    /// How many events are new or changed.
    pub changes: usize,
    /// What could not be taken, or not as it stood.
    pub problems: Vec<Problem>,
    /// What changed in the file and here.
    pub conflicts: Vec<String>,
    /// What will be on the track.
    pub picture: Option<TextureHandle>,
}

/// What the user wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventsAnswer {
    /// To see what comes of the changed answers.
    Read,
    /// To bring the events in.
    Import,
    /// Nothing.
    Cancel,
}

impl EventsForm {
    /// A form for a file that has not been read.
    pub fn new(name: String, format: &'static str, mapping: Mapping) -> Self {
        let is_known = !mapping.columns.is_empty();
        let answers = mapping.answers.clone();
        Self {
            name,
            format,
            mapping,
            answers,
            is_known,
            questions: Vec::new(),
            zone: String::new(),
            read: None,
            is_reading: false,
            share: 0.0,
        }
    }

    /// Takes up what a reading gave: its questions stand beside those that were answered.
    pub fn take_up(&mut self, read: EventsRead, questions: Vec<Question>, mapping: Option<Mapping>) {
        self.is_reading = false;
        if let Some(mapping) = mapping {
            self.mapping.columns = mapping.columns;
            self.mapping.standings = mapping.standings;
            self.mapping.weights = mapping.weights;
        }
        // An answered question is not asked again, and can still be answered otherwise.
        let is_asked = |known: &Question| {
            questions.iter().any(|question| question.code == known.code && question.column == known.column)
        };
        self.questions.retain(|(known, answered)| answered.is_some() && !is_asked(known));
        let asked = questions.into_iter().map(|question| {
            let taken = (!question.is_open).then_some(0);
            (question, taken)
        });
        self.questions.extend(asked);
        self.read = Some(read);
    }

    /// Whether a question must be answered first.
    fn is_open(&self) -> bool {
        self.questions.iter().any(|(_, answer)| answer.is_none())
    }

    fn answer(&mut self, answer: Answer) {
        match answer {
            Answer::Padded(Some(name), padded) => {
                if let Some(column) = self.mapping.columns.iter_mut().find(|column| column.name == name) {
                    column.padded = padded;
                } else {
                    self.answers.padded = padded;
                }
            }
            // That a zone is not known is no zone.
            Answer::Zone(zone) if zone.is_empty() => self.answers.zone = None,
            answer => self.answers.put(answer),
        }
    }
}

/// Shows the form. Escape closes it.
pub fn import_events_ui(ctx: &Context, form: &mut EventsForm, chrome: Chrome) -> Option<EventsAnswer> {
    let screen = ctx.content_rect().size();
    let modal = modal(ctx, "import events").show(ctx, |ui| {
        ui.set_width((screen.x - 80.0).min(1240.0));
        ui.heading(format!("Import events from “{}”", visible(&form.name)));
        let known = if form.is_known { " · columns as they were read last time" } else { "" };
        ui.label(RichText::new(format!("{}{known}", form.format)).small().color(chrome.muted));
        ui.add_space(8.0);
        let mut is_changed = questions_ui(ui, form, chrome);
        let height = (screen.y - 330.0).clamp(160.0, 560.0);
        let has_table = !form.mapping.columns.is_empty();
        let gap = 16.0;
        let width = ui.available_width();
        let right = if has_table { (width * 0.42).max(280.0) } else { width };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            if has_table {
                let size = vec2((width - right - gap).max(200.0), height);
                ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
                    ui.set_min_height(height);
                    is_changed |= table_ui(ui, form, height, chrome);
                });
            }
            ui.allocate_ui_with_layout(vec2(right, height), Layout::top_down(Align::Min), |ui| {
                ui.set_min_height(height);
                events_ui(ui, form, height, chrome);
            });
        });
        problems_ui(ui, form, chrome);
        let answer = footer(ui, |ui| buttons_ui(ui, form, chrome));
        answer.or_else(|| is_changed.then_some(EventsAnswer::Read))
    });
    modal.inner.or_else(|| modal.should_close().then_some(EventsAnswer::Cancel))
}

fn buttons_ui(ui: &mut Ui, form: &EventsForm, chrome: Chrome) -> Option<EventsAnswer> {
    let summary = form.read.as_ref().map_or("", |read| read.summary.as_str());
    if form.is_reading {
        // What is there at once needs no bar.
        if form.share > 0.0 {
            let bar = ProgressBar::new(form.share).desired_width(120.0).show_percentage();
            ui.add(bar).accessible_name("How much has been read");
        }
        ui.label(RichText::new("Reading…").color(chrome.muted));
    } else {
        ui.label(RichText::new(summary).color(chrome.muted));
    }
    let cancel = ui.button("Cancel").clicked();
    let changes = form.read.as_ref().map_or(0, |read| read.changes);
    let hindrance = if form.is_reading {
        Some("The file is still being read")
    } else if form.is_open() {
        Some("Answer the questions first")
    } else if changes == 0 {
        Some("Nothing new would come in")
    } else {
        None
    };
    let main = ui.add_enabled(hindrance.is_none(), main_button("Import", chrome));
    if main.on_disabled_hover_text(hindrance.unwrap_or_default()).clicked() {
        return Some(EventsAnswer::Import);
    }
    cancel.then_some(EventsAnswer::Cancel)
}

/// The questions; says whether one was answered.
fn questions_ui(ui: &mut Ui, form: &mut EventsForm, chrome: Chrome) -> bool {
    if form.questions.is_empty() {
        return false;
    }
    let mut answered: Option<(usize, usize)> = None;
    let mut zone = None;
    let area = ScrollArea::vertical().id_salt("questions").max_height(150.0).auto_shrink([false, true]);
    area.show(ui, |ui| {
        for (at, (question, taken)) in form.questions.iter().enumerate() {
            ui.horizontal_wrapped(|ui| {
                let ink = if taken.is_none() { chrome.warning } else { chrome.text };
                ui.label(RichText::new(visible(&question.text)).color(ink));
                let choice = taken.and_then(|taken| question.choices.get(taken));
                let shown = choice.map_or("Choose an answer", |choice| choice.label.as_str());
                let name = format!("{} {}", question.code, question.column.as_deref().unwrap_or_default());
                let combo = ComboBox::from_id_salt((question.code, question.column.clone()));
                let combo = combo.width(220.0).selected_text(shown).show_ui(ui, |ui| {
                    for (place, choice) in question.choices.iter().enumerate() {
                        if ui.selectable_label(*taken == Some(place), &choice.label).clicked() {
                            answered = Some((at, place));
                        }
                    }
                });
                combo.response.accessible_name(name.trim());
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
    ui.add_space(8.0);
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

/// The table with what each column becomes; says whether that was changed.
fn table_ui(ui: &mut Ui, form: &mut EventsForm, height: f32, chrome: Chrome) -> bool {
    let mut is_changed = false;
    let rows = form.read.as_ref().map(|read| read.rows.as_slice()).unwrap_or_default();
    let area = ScrollArea::both().id_salt("table").max_height(height).auto_shrink([false, false]);
    area.show(ui, |ui| {
        let grid =
            Grid::new("import table").striped(true).spacing([12.0, 4.0]).min_col_width(96.0).max_col_width(220.0);
        grid.show(ui, |ui| {
            ui.label("");
            for column in &form.mapping.columns {
                let name = RichText::new(visible(&column.name)).family(semibold());
                ui.add(Label::new(name).truncate()).on_hover_text(visible(&column.name));
            }
            ui.end_row();
            ui.label(RichText::new("becomes").small().color(chrome.muted));
            for column in &mut form.mapping.columns {
                is_changed |= target_ui(ui, column, chrome);
            }
            ui.end_row();
            for (place, cells) in rows {
                ui.label(RichText::new(place).small().color(chrome.muted));
                for at in 0..form.mapping.columns.len() {
                    let cell = cells.get(at).map(String::as_str).unwrap_or_default();
                    // A cell may be as long as a chapter.
                    let short: String = cell.chars().take(120).collect();
                    ui.add(Label::new(visible(&short)).truncate()).on_hover_text(visible(&short));
                }
                ui.end_row();
            }
        });
    });
    is_changed
}

fn target_ui(ui: &mut Ui, column: &mut crate::interchange::events::mapping::Column, chrome: Chrome) -> bool {
    let before = column.to;
    let group = if column.group > 0 { format!(" {}", column.group) } else { String::new() };
    let ink = match column.to {
        Target::Own | Target::Ignore => chrome.muted,
        _ => chrome.text,
    };
    let name = format!("What “{}” becomes", column.name);
    let text = RichText::new(format!("{}{group}", column.to.label())).color(ink);
    let combo = ComboBox::from_id_salt(("target", column.name.clone())).width(120.0).selected_text(text);
    let shown = combo.show_ui(ui, |ui| {
        for &target in Target::ALL {
            ui.selectable_value(&mut column.to, target, target.label());
        }
    });
    let response = shown.response.accessible_name(&name);
    if !column.why.is_empty() {
        response.on_hover_text(visible(&column.why));
    }
    if column.to == before {
        return false;
    }
    column.why = "chosen here".to_owned();
    true
}

/// What becomes of the file: a picture of the track, then the events.
fn events_ui(ui: &mut Ui, form: &EventsForm, height: f32, chrome: Chrome) {
    let Some(read) = &form.read else {
        ui.label(RichText::new("Reading the file…").color(chrome.muted));
        return;
    };
    let mut left = height;
    if let Some(picture) = &read.picture {
        let size = vec2(ui.available_width(), PICTURE_PT);
        let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
        ui.painter().rect_filled(rect, 4.0, chrome.hover);
        let inside = rect.shrink(4.0);
        let factor = (inside.size() / picture.size_vec2()).min_elem();
        let shown = egui::Rect::from_center_size(inside.center(), picture.size_vec2() * factor);
        let uv = egui::Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(1.0, 1.0));
        ui.painter().image(picture.id(), shown, uv, Color32::WHITE);
        left -= PICTURE_PT + ui.spacing().item_spacing.y;
    }
    let area = ScrollArea::vertical().id_salt("events").max_height(left.max(80.0)).auto_shrink([false, false]);
    area.show(ui, |ui| {
        for [date, title, lane] in &read.events {
            let lane = if lane.is_empty() { String::new() } else { format!(" · {}", visible(lane)) };
            let date = RichText::new(format!("{}{lane}", visible(date))).small().color(chrome.muted);
            ui.add(Label::new(visible(title)).truncate());
            ui.add(Label::new(date).truncate());
            ui.add_space(2.0);
        }
        if form.is_open() {
            ui.label(RichText::new("The events are read once the questions are answered").color(chrome.warning));
        }
    });
}

fn problems_ui(ui: &mut Ui, form: &EventsForm, chrome: Chrome) {
    let Some(read) = &form.read else { return };
    if read.problems.is_empty() && read.conflicts.is_empty() {
        return;
    }
    let heading = counted(read.problems.len() + read.conflicts.len(), "remark", "remarks");
    ui.add_space(4.0);
    egui::CollapsingHeader::new(heading).default_open(false).show(ui, |ui| {
        ScrollArea::both().id_salt("remarks").max_height(110.0).auto_shrink([false, true]).show(ui, |ui| {
            for conflict in &read.conflicts {
                ui.add(Label::new(RichText::new(visible(conflict)).color(chrome.warning)).extend());
            }
            for problem in &read.problems {
                let color = match problem.severity {
                    Severity::Error => chrome.error,
                    Severity::Warning => chrome.warning,
                    Severity::Info => chrome.text,
                };
                let line = if problem.line > 0 && problem.line < usize::MAX {
                    format!("row {}: {problem}", problem.line)
                } else {
                    problem.to_string()
                };
                ui.add(Label::new(RichText::new(visible(&line)).color(color)).extend());
            }
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interchange::events::question::{Choice, DayOrder};

    fn question(code: &'static str, is_open: bool) -> Question {
        let choices = vec![
            Choice::new("Day first", "", Answer::Order(DayOrder::DayFirst)),
            Choice::new("Month first", "", Answer::Order(DayOrder::MonthFirst)),
        ];
        Question { code, column: None, text: "?".to_owned(), choices, is_open }
    }

    #[test]
    fn an_answered_question_stays_to_be_answered_otherwise() {
        let mut form = EventsForm::new("x.csv".to_owned(), "CSV", Mapping::default());
        form.take_up(EventsRead::default(), vec![question("date-order", true), question("ranges", false)], None);
        assert!(form.is_open());
        form.questions[0].1 = Some(1);
        form.answer(Answer::Order(DayOrder::MonthFirst));
        assert_eq!((form.is_open(), form.answers.order), (false, Some(DayOrder::MonthFirst)));
        form.take_up(EventsRead::default(), vec![question("ranges", false)], None);
        assert_eq!(
            form.questions.iter().map(|(question, _)| question.code).collect::<Vec<_>>(),
            ["date-order", "ranges"]
        );
    }
}
