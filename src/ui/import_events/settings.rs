//! Everything that says how a file is read beside what its columns become: format, sheet, header row, dates and zone. What is not
//! said here is found in the file, or asked.

use egui::{
    CollapsingHeader, ComboBox, DragValue, Grid, Popup, PopupCloseBehavior, RichText, TextEdit, Ui, WidgetText,
};

use super::form::EventsForm;
use crate::interchange::events::mapping::Target;
use crate::interchange::events::question::{DayOrder, Padded, Ranges, Serials, zone_suffix};
use crate::interchange::events::{FORMATS, Format};
use crate::ui::edit::{Editing, edit_ui};
use crate::ui::field::{List, list_ui};
use crate::ui::style::Chrome;

/// What the signs between two cells are called.
const DELIMITERS: [(Option<char>, &str); 5] =
    [(None, "As found"), (Some(','), "Comma"), (Some(';'), "Semicolon"), (Some('\t'), "Tab"), (Some('|'), "Bar")];

/// Rows that can be said to be the one of the headers.
const MOST_HEADER_ROWS: usize = 20;

/// Width of the choices and of the fields in points.
const CHOICE_PT: f32 = 130.0;
const FIELD_PT: f32 = 118.0;

/// Settings that stand side by side.
const A_ROW: usize = 4;

/// What fills up dates, as the choices have it.
const FILLERS: [(Padded, &str, &str); 4] = [
    (Padded::Midnight, "00:00 is the day", "days"),
    (Padded::FirstOfMonth, "The first is the month", "months"),
    (Padded::Fifteenth, "The fifteenth is the month", "months (15th)"),
    (Padded::NewYear, "1 January is the year", "years"),
];

/// Shows the settings, folded; says whether one was changed.
pub fn settings_ui(ui: &mut Ui, form: &mut EventsForm, chrome: Chrome) -> bool {
    let mut is_changed = false;
    CollapsingHeader::new("How the file is read").default_open(false).show(ui, |ui| {
        Grid::new("settings of an import").num_columns(2 * A_ROW).spacing([8.0, 6.0]).show(ui, |ui| {
            let mut cells = Cells { ui, count: 0, chrome };
            is_changed = format_ui(&mut cells, form);
            if form.format.is_some() && !form.mapping.columns.is_empty() {
                is_changed |= table_ui(&mut cells, form);
                is_changed |= dates_ui(&mut cells, form);
            }
        });
    });
    is_changed
}

/// Settings side by side, each under its name at the left.
struct Cells<'a> {
    ui: &'a mut Ui,
    count: usize,
    chrome: Chrome,
}

impl Cells<'_> {
    /// One setting.
    fn put<R>(&mut self, name: &str, explained: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
        self.ui.label(RichText::new(name).color(self.chrome.muted)).on_hover_text(explained);
        let shown = self.ui.horizontal(contents).inner;
        self.count += 1;
        if self.count.is_multiple_of(A_ROW) {
            self.ui.end_row();
        }
        shown
    }

    /// A choice among a few values; says whether another was chosen.
    fn choice<T: PartialEq + Copy>(
        &mut self,
        (name, explained): (&str, &str),
        value: &mut T,
        choices: &[(T, &str)],
    ) -> bool {
        let options: Vec<(T, String)> = choices.iter().map(|(choice, label)| (*choice, (*label).to_owned())).collect();
        let is_known = choices.iter().any(|(choice, _)| choice == value);
        let shown = (!is_known).then_some("Otherwise");
        let list = List { name, shown, width_pt: Some(CHOICE_PT), lets_go: true, ..List::default() };
        let (response, chosen) = self.put(name, explained, |ui| list_ui(ui, list, value, &options));
        response.on_hover_text(explained);
        let is_changed = chosen.is_some();
        *value = chosen.unwrap_or(*value);
        is_changed
    }
}

fn format_ui(cells: &mut Cells<'_>, form: &mut EventsForm) -> bool {
    const OWN: &str = "Annalist’s own";
    // A folder is not one file.
    let formats = FORMATS.iter().filter(|format| format.id != "folder");
    let own = form.is_own.then(|| (None, OWN.to_owned()));
    let options: Vec<(Option<&'static Format>, String)> =
        own.into_iter().chain(formats.map(|format| (Some(format), format.label.to_owned()))).collect();
    let shown = form.format.is_none().then_some(OWN);
    let (width_pt, height_pt) = (Some(CHOICE_PT), Some(420.0));
    let list = List { name: "Format of the file", shown, width_pt, height_pt, lets_go: true, ..List::default() };
    let told = "The program that wrote it, as far as name and content tell";
    let (_, chosen) = cells.put("Format", told, |ui| list_ui(ui, list, &form.format, &options));
    let Some(chosen) = chosen else { return false };
    form.set_format(chosen);
    true
}

/// What makes a table of the file. Where that changes, its columns may be others.
fn table_ui(cells: &mut Cells<'_>, form: &mut EventsForm) -> bool {
    let before = (form.mapping.sheet.clone(), form.mapping.delimiter, form.mapping.header_row);
    let format = form.format.map_or("", |format| format.id);
    let sheets = form.read.as_ref().map(|read| read.sheets.as_slice()).unwrap_or_default();
    if sheets.len() > 1 {
        let options: Vec<(Option<String>, String)> =
            sheets.iter().map(|sheet| (Some(sheet.clone()), sheet.clone())).collect();
        let shown = form.mapping.sheet.is_none().then_some("First with rows");
        let list = List { name: "Sheet", shown, width_pt: Some(CHOICE_PT), lets_go: true, ..List::default() };
        let told = "Which sheet of the workbook is read";
        let (_, chosen) = cells.put("Sheet", told, |ui| list_ui(ui, list, &form.mapping.sheet, &options));
        if chosen.is_some() {
            form.mapping.sheet = chosen.flatten();
        }
    }
    if format == "csv" {
        let told = ("Cells apart by", "What stands between two cells");
        cells.choice(told, &mut form.mapping.delimiter, &DELIMITERS);
    }
    if matches!(format, "csv" | "xlsx" | "ods") {
        let words = |row: Option<usize>| match row {
            None => "As found".to_owned(),
            Some(0) => "None".to_owned(),
            Some(row) => format!("Row {row}"),
        };
        let rows = std::iter::once(None).chain((0..=MOST_HEADER_ROWS).map(Some));
        let options: Vec<(Option<usize>, String)> = rows.map(|row| (row, words(row))).collect();
        let current = form.mapping.header_row;
        let shown = words(current);
        let list =
            List { name: "Headers", shown: Some(&shown), width_pt: Some(CHOICE_PT), lets_go: true, ..List::default() };
        let told = "The row in which the names of the columns stand";
        let (_, chosen) = cells.put("Headers", told, |ui| list_ui(ui, list, &current, &options));
        form.mapping.header_row = chosen.unwrap_or(current);
    }
    if before != (form.mapping.sheet.clone(), form.mapping.delimiter, form.mapping.header_row) {
        form.mapping.columns.clear();
        form.mapping.standings.clear();
        form.mapping.weights.clear();
        form.is_known = false;
        return true;
    }
    let hint = RichText::new("NA, NULL, -, n/a").color(cells.chrome.muted);
    let field = cells.put("Nothing is", "What stands for an empty cell, apart by commas", |ui| {
        let id = ui.make_persistent_id("what stands for nothing");
        let field =
            edit_ui(ui, id, &mut form.nulls, &Editing::line(), |edit| edit.hint_text(hint).desired_width(FIELD_PT));
        field.accessible_name("What stands for nothing")
    });
    let nulls: Vec<String> =
        form.nulls.split(',').map(str::trim).filter(|null| !null.is_empty()).map(str::to_owned).collect();
    let nulls = (!nulls.is_empty()).then_some(nulls);
    if field.lost_focus() && nulls != form.mapping.nulls {
        form.mapping.nulls = nulls;
        return true;
    }
    false
}

fn dates_ui(cells: &mut Cells<'_>, form: &mut EventsForm) -> bool {
    let answers = &mut form.answers;
    let mut is_changed = cells.choice(
        ("2/5/2025 is", "Which number of a date is the day, where the dates do not tell"),
        &mut answers.order,
        &[(None, "As found"), (Some(DayOrder::DayFirst), "2 May"), (Some(DayOrder::MonthFirst), "5 February")],
    );
    is_changed |= cells.choice(
        ("Start and end", "Whether an event lasted from the one to the other, or happened once between them"),
        &mut answers.ranges,
        &[(None, "As found"), (Some(Ranges::Lasted), "It lasted"), (Some(Ranges::Within), "Once between")],
    );
    is_changed |= cells.choice(
        ("Numbers of days", "From when a spreadsheet counts days, where dates are plain numbers"),
        &mut answers.serials,
        &[(None, "As found"), (Some(Serials::Since1900), "Since 1900"), (Some(Serials::Since1904), "Since 1904")],
    );
    is_changed |= cells.choice(
        ("Decoded twice", "Whether text such as “Ã©” is mended to “é”"),
        &mut answers.mend,
        &[(None, "As found"), (Some(true), "Mend it"), (Some(false), "Leave it")],
    );
    let hint = RichText::new("UTC, Europe/Berlin").color(cells.chrome.muted);
    let field = cells.put("Zone", "The zone of times that name none; empty where nobody knows", |ui| {
        let field = TextEdit::singleline(&mut form.zone).hint_text(hint).desired_width(FIELD_PT);
        ui.add(field).accessible_name("Zone where none is named")
    });
    let zone = Some(form.zone.trim().to_owned()).filter(|zone| !zone.is_empty());
    if field.lost_focus() && zone != answers.zone && zone.as_deref().is_none_or(|zone| zone_suffix(zone).is_some()) {
        answers.zone = zone;
        is_changed = true;
    }
    let chrome = cells.chrome;
    is_changed |= cells.put("Two-digit years", "The hundred years in which years of two digits lie", |ui| {
        short_years_ui(ui, &mut answers.short_years, chrome)
    });
    let has_wording = form.mapping.columns.iter().any(|column| column.to == Target::Wording);
    let is_padded = !answers.padded.is_empty() || form.mapping.columns.iter().any(|column| !column.padded.is_empty());
    is_changed |=
        cells.put("All dates are", "What only fills up a date, in every column that does not say it itself", |ui| {
            padding_ui(ui, "All dates are", &mut answers.padded)
        });
    if has_wording && is_padded {
        is_changed |= cells.put("", "", |ui| {
            ui.checkbox(&mut answers.padded_where_wording_has_no_day, "unless the wording names a day").changed()
        });
    }
    is_changed
}

fn short_years_ui(ui: &mut Ui, first: &mut Option<i32>, chrome: Chrome) -> bool {
    let mut is_said = first.is_some();
    let mut is_changed = ui.checkbox(&mut is_said, "from").accessible_name("Two-digit years are said").changed();
    let mut year = first.unwrap_or(1950);
    if is_said {
        let field = ui.add(DragValue::new(&mut year).range(1..=2100).speed(1.0));
        is_changed |= field.accessible_name("First of the hundred years").changed();
        ui.label(RichText::new(format!("to {}", year + 99)).color(chrome.muted));
    }
    *first = is_said.then_some(year);
    is_changed
}

/// What the dates of a column only fill up; says whether that was changed.
pub fn padding_ui(ui: &mut Ui, name: &str, padded: &mut Vec<Padded>) -> bool {
    let before = padded.clone();
    let words: Vec<&str> =
        FILLERS.iter().filter(|(filler, ..)| padded.contains(filler)).map(|(.., word)| *word).collect();
    let shown = if words.is_empty() { "as they say".to_owned() } else { words.join(", ") };
    let combo = ComboBox::from_id_salt(("padding", name)).width(CHOICE_PT).selected_text(WidgetText::from(shown));
    let combo = combo.close_behavior(PopupCloseBehavior::CloseOnClickOutside).show_ui(ui, |ui| {
        for (filler, label, _) in FILLERS {
            let mut is_on = padded.contains(&filler);
            if ui.checkbox(&mut is_on, label).changed() {
                padded.retain(|known| *known != filler);
                if is_on {
                    padded.push(filler);
                }
            }
        }
        padded.sort_by_key(|filler| Padded::ALL.iter().position(|known| known == filler));
        if ui.button("Done").clicked() {
            Popup::close_all(ui.ctx());
        }
    });
    combo.response.accessible_name(name);
    *padded != before
}
