//! The table of a file as it stands, with what each column becomes above it, and why.

use egui::{Grid, RichText, ScrollArea, Ui};

use super::form::EventsForm;
use super::settings::padding_ui;
use crate::interchange::events::mapping::{Column, Target};
use crate::text::visible;
use crate::ui::field::{List, list_ui};
use crate::ui::letters::{self, Letters};
use crate::ui::style::Chrome;

/// Letters of a cell that are shown: it may be as long as a chapter.
const MOST_LETTERS: usize = 120;

/// Width of the choices in points.
const CHOICE_PT: f32 = 128.0;

/// Sources that the columns of a row can tell of.
const MOST_GROUPS: usize = 12;

/// Whether a column tells of a source.
const fn is_of_source(target: Target) -> bool {
    matches!(
        target,
        Target::Url | Target::Source | Target::Author | Target::Publisher | Target::Published | Target::Quote
    )
}

/// Whether the cells of a column are dates, which may be padded.
const fn is_date(target: Target) -> bool {
    matches!(target, Target::Date | Target::End | Target::LatestStart | Target::EarliestEnd | Target::Published)
}

/// The table with what each column becomes; says whether that was changed.
pub fn table_ui(ui: &mut Ui, form: &mut EventsForm, height: f32, chrome: Chrome) -> bool {
    let mut is_changed = false;
    let rows = form.read.as_ref().map(|read| read.rows.as_slice()).unwrap_or_default();
    let columns = &mut form.mapping.columns;
    let has_sources = columns.iter().any(|column| is_of_source(column.to));
    let has_dates = columns.iter().any(|column| is_date(column.to));
    let area = ScrollArea::both().id_salt("table").max_height(height).auto_shrink([false, false]);
    area.show(ui, |ui| {
        let grid =
            Grid::new("import table").striped(true).spacing([12.0, 4.0]).min_col_width(112.0).max_col_width(220.0);
        grid.show(ui, |ui| {
            head_ui(ui, "", chrome);
            for column in columns.iter() {
                let name = visible(&column.name);
                letters::tooltip(letters::cut_text_ui(ui, &name, Letters::body(chrome.text).bold()), &name);
            }
            ui.end_row();
            head_ui(ui, "becomes", chrome);
            for column in columns.iter_mut() {
                is_changed |= target_ui(ui, column, chrome);
            }
            ui.end_row();
            head_ui(ui, "because", chrome);
            for column in columns.iter() {
                let why = visible(&column.why);
                letters::tooltip(letters::cut_text_ui(ui, &why, Letters::small(chrome.muted)), &why);
            }
            ui.end_row();
            if has_sources {
                head_ui(ui, "belongs to", chrome);
                for column in columns.iter_mut() {
                    is_changed |= group_ui(ui, column);
                }
                ui.end_row();
            }
            if has_dates {
                head_ui(ui, "dates are", chrome);
                for column in columns.iter_mut() {
                    if is_date(column.to) {
                        let name = format!("What only fills up the dates of “{}”", column.name);
                        is_changed |= padding_ui(ui, &name, &mut column.padded);
                    } else {
                        ui.label("");
                    }
                }
                ui.end_row();
            }
            for (place, cells) in rows {
                ui.label(RichText::new(place).small().color(chrome.muted));
                for at in 0..columns.len() {
                    let cell = cells.get(at).map(String::as_str).unwrap_or_default();
                    let short: String = cell.chars().take(MOST_LETTERS).collect();
                    let short = visible(&short);
                    letters::tooltip(letters::cut_text_ui(ui, &short, Letters::body(chrome.text)), &short);
                }
                ui.end_row();
            }
        });
    });
    is_changed
}

/// The name of a row above the table.
fn head_ui(ui: &mut Ui, name: &str, chrome: Chrome) {
    ui.label(RichText::new(name).small().color(chrome.muted));
}

fn target_ui(ui: &mut Ui, column: &mut Column, chrome: Chrome) -> bool {
    let ink = match column.to {
        Target::Own | Target::Ignore => chrome.muted,
        _ => chrome.text,
    };
    let name = format!("What “{}” becomes", column.name);
    let options: Vec<(Target, String)> =
        Target::ALL.iter().map(|target| (*target, target.label().to_owned())).collect();
    let list = List {
        name: &name,
        ink: Some(ink),
        width_pt: Some(CHOICE_PT),
        height_pt: Some(420.0),
        lets_go: true,
        ..List::default()
    };
    let (_, Some(chosen)) = list_ui(ui, list, &column.to, &options) else { return false };
    column.to = chosen;
    column.why = "chosen here".to_owned();
    if !is_of_source(column.to) {
        column.group = 0;
    }
    true
}

/// Which source of the row a column tells of: those of one number tell of the same.
fn group_ui(ui: &mut Ui, column: &mut Column) -> bool {
    if !is_of_source(column.to) {
        ui.label("");
        return false;
    }
    let words = |group: usize| if group == 0 { "The source".to_owned() } else { format!("Source {group}") };
    let name = format!("Which source “{}” belongs to", column.name);
    let options: Vec<(usize, String)> = (0..=MOST_GROUPS).map(|group| (group, words(group))).collect();
    let list = List { name: &name, width_pt: Some(CHOICE_PT), lets_go: true, ..List::default() };
    let (response, chosen) = list_ui(ui, list, &column.group, &options);
    response
        .on_hover_text("Columns of one number tell of the same source of a row: its title, its address, its author");
    let is_changed = chosen.is_some();
    column.group = chosen.unwrap_or(column.group);
    is_changed
}
