//! A timeline as a workbook (XLSX): a sheet for each type of record, one of links for reading, one that explains the columns.
//!
//! Every cell of words is of the type text, so that nothing in it is computed and no date in it is made another. Only where the first
//! and last day of a date stand, and the calendar of spreadsheets has them, are there real dates.

use std::io::{self, Write};

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Url, Workbook, Worksheet, XlsxError,
};

use super::lost::Losses;
use super::selection::Selection;
use super::table::{push_cell, push_held};
use crate::interchange::events::column::{Column, Computed, Held, Sheet, Tabled, own_names, sheet_columns};
use crate::model::{
    EraField, Event, EventField, Field as _, Header, HeaderField, Kind, LaneField, Presence, RecordKind, SourceField,
    View, ViewField,
};
use crate::time::{CivilDay, DayBound};

/// Rows of a sheet, its heading among them.
const MOST_ROWS: usize = 1 << 20;
/// UTF-16 units in a cell.
const LONGEST_CELL: usize = 32_767;
/// Links in a sheet.
const MOST_ADDRESSES: usize = 65_000;
/// Signs of an address that is a link.
const LONGEST_ADDRESS: usize = 2_000;
/// Lines of a row at most: what is longer is there, but a row of a page is no row. And points of a line.
const MOST_LINES: usize = 8;
const LINE_PT: f64 = 13.5;
/// The columns of the sheet of events that stay in sight: date and title.
const FROZEN_COLUMNS: u16 = 2;

/// A heading, how wide its column is in signs, and how its cells look.
struct Heading {
    label: String,
    name: String,
    about: String,
    width: f64,
    look: Look,
}

/// How a cell looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    Text,
    /// Text of several lines.
    Prose,
    Number,
    Day,
}

/// What a cell holds.
enum Filled {
    Nothing,
    Text(String),
    Number(u32),
    Day(ExcelDateTime),
    Address(String),
}

pub(super) fn xlsx(selection: &Selection<'_>, losses: &mut Losses, out: &mut dyn Write) -> io::Result<()> {
    let bytes = workbook(selection, losses).map_err(io::Error::other)?;
    out.write_all(&bytes)
}

fn workbook(selection: &Selection<'_>, losses: &mut Losses) -> Result<Vec<u8>, XlsxError> {
    let timeline = selection.timeline;
    let mut book = Book { book: Workbook::new(), looks: Looks::new(), cut: 0, rows_left_out: 0, about: Vec::new() };
    // The same timeline gives the same bytes: a workbook says when it was made, so all say the same.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(timeline.header().title.as_str()).set_creation_datetime(&made);
    book.book.set_properties(&properties);
    book.events(selection)?;
    book.records::<SourceField>(selection.sources().collect::<Vec<_>>().iter().map(AsRef::as_ref))?;
    book.links(selection)?;
    book.records::<LaneField>(timeline.lanes().iter())?;
    book.records::<EraField>(timeline.eras().iter())?;
    let views: &[View] = if selection.is_whole() { timeline.views() } else { &[] };
    book.records::<ViewField>(views.iter())?;
    let header: &Header = timeline.header();
    book.records::<HeaderField>(std::iter::once(header))?;
    book.explanation()?;
    losses.add("record behind the last row of a sheet", "records behind the last row of a sheet", book.rows_left_out);
    losses.add("end of a text longer than a cell", "ends of texts longer than a cell", book.cut);
    book.book.save_to_buffer()
}

struct Book {
    book: Workbook,
    looks: Looks,
    /// Texts that were longer than a cell.
    cut: usize,
    rows_left_out: usize,
    /// The headings of each sheet.
    about: Vec<(&'static str, Vec<Heading>)>,
}

struct Looks {
    heading: Format,
    text: Format,
    prose: Format,
    number: Format,
    day: Format,
    address: Format,
}

impl Looks {
    fn new() -> Self {
        let cell = || Format::new().set_align(FormatAlign::Top).set_font_name("Calibri").set_font_size(10);
        // Text that somebody types into a cell of the format "@" stays what was typed: "Jun 2024" becomes no 1 June.
        let text = || cell().set_num_format("@");
        Self {
            heading: cell()
                .set_bold()
                .set_font_color(Color::White)
                .set_background_color(Color::RGB(0x3A_4658))
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap()
                .set_border_right(FormatBorder::Thin)
                .set_border_right_color(Color::RGB(0x6B_7687)),
            text: text(),
            prose: text().set_text_wrap(),
            number: cell().set_align(FormatAlign::Center),
            day: cell().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Left),
            address: text().set_font_color(Color::RGB(0x1F_5FA8)),
        }
    }

    fn of(&self, look: Look) -> &Format {
        match look {
            Look::Text => &self.text,
            Look::Prose => &self.prose,
            Look::Number => &self.number,
            Look::Day => &self.day,
        }
    }
}

impl Book {
    /// The sheet of events. A column that is empty in every row is left out, but for what an event must have.
    fn events(&mut self, selection: &Selection<'_>) -> Result<(), XlsxError> {
        let mut columns = sheet_columns(selection.known_on().is_some());
        columns.retain(|column| is_needed(*column) || selection.records().any(|event| has(*column, event)));
        let own = own_names(selection.records());
        let columns: Vec<Column<'_>> = columns.into_iter().chain(own.into_iter().map(Column::Own)).collect();
        let headings = columns.iter().map(|column| heading(*column)).collect();
        let rows = selection
            .events()
            .map(|event| columns.iter().map(|column| filled(*column, &event, selection)).collect::<Vec<_>>());
        self.sheet(Sheet::Events.name(), headings, rows, FROZEN_COLUMNS)
    }

    /// The sheet of other records.
    fn records<'r, F: Tabled>(
        &mut self,
        records: impl Iterator<Item = &'r F::Record> + Clone,
    ) -> Result<(), XlsxError> {
        if records.clone().next().is_none() {
            return Ok(());
        }
        let mut columns = Held::<F>::all();
        let mut cell = String::new();
        let mut text = |column: Held<F>, record: &F::Record| {
            cell.clear();
            push_held(&mut cell, column, record);
            cell.clone()
        };
        columns.retain(|column| {
            matches!(column.name().as_str(), "id" | "title")
                || records.clone().any(|record| !text(*column, record).is_empty())
        });
        let headings = columns.iter().map(|column| held_heading(*column)).collect();
        let rows = records.map(|record| {
            columns
                .iter()
                .map(|column| match (column.info().kind, text(*column, record)) {
                    (_, text) if text.is_empty() => Filled::Nothing,
                    (Kind::Number(_), text) if !column.is_list() => {
                        text.parse().map_or(Filled::Text(text), Filled::Number)
                    }
                    (Kind::Address, text) if is_address(&text) => Filled::Address(text),
                    (_, text) => Filled::Text(text),
                })
                .collect()
        });
        self.sheet(F::SHEET.name(), headings, rows, FROZEN_COLUMNS)
    }

    /// The sheet of links, which the cells of events hold as well.
    fn links(&mut self, selection: &Selection<'_>) -> Result<(), XlsxError> {
        if selection.records().all(|event| event.links.is_empty()) {
            return Ok(());
        }
        let column = |label: &str, about: &str, width: f64| Heading {
            label: label.to_owned(),
            name: String::new(),
            about: about.to_owned(),
            width,
            look: if width > 30.0 { Look::Prose } else { Look::Text },
        };
        let headings = vec![
            column("Event", "The title of the event that the link belongs to", 44.0),
            column("Relation", "How the first relates to the second", 14.0),
            column("Other event", "The title of the event at the other end", 44.0),
            column("Note", "Why it is said to", 50.0),
            column("Event id", "The id of the first", 24.0),
            column("Other id", "The id of the second", 24.0),
        ];
        let rows = selection.events().flat_map(|event| {
            let rows: Vec<Vec<Filled>> = event
                .links
                .iter()
                .map(|link| {
                    let other = selection.timeline.event(&link.to).map_or("", |event| &event.title);
                    let note = link.note.as_deref().unwrap_or_default();
                    [&event.title, link.relation.label(), other, note, &event.id, &link.to]
                        .map(|text| Filled::Text(text.to_owned()))
                        .into()
                })
                .collect();
            rows
        });
        self.sheet(LINKS, headings, rows, 1)
    }

    /// The sheet that says of every column of the others what it holds.
    fn explanation(&mut self) -> Result<(), XlsxError> {
        let about = std::mem::take(&mut self.about);
        let column = |label: &str, width: f64, look: Look| Heading {
            label: label.to_owned(),
            name: String::new(),
            about: String::new(),
            width,
            look,
        };
        let headings = vec![
            column("Sheet", 12.0, Look::Text),
            column("Column", 32.0, Look::Text),
            column("Name in CSV and in the file format", 34.0, Look::Text),
            column("What it holds", 90.0, Look::Prose),
        ];
        let rows = about.iter().flat_map(|(sheet, headings)| {
            headings.iter().map(move |heading| {
                [sheet, heading.label.as_str(), &heading.name, &heading.about]
                    .map(|text| Filled::Text(text.to_owned()))
                    .into()
            })
        });
        self.sheet("Columns", headings, rows, 2)
    }

    fn sheet(
        &mut self,
        name: &'static str,
        headings: Vec<Heading>,
        rows: impl Iterator<Item = Vec<Filled>>,
        frozen: u16,
    ) -> Result<(), XlsxError> {
        let sheet = self.book.add_worksheet();
        sheet.set_name(name)?;
        sheet.set_row_height(0, 32)?;
        for (at, heading) in (0..).zip(&headings) {
            sheet.set_column_width(at, heading.width)?;
            sheet.set_column_format(at, self.looks.of(heading.look))?;
            sheet.write_string_with_format(0, at, &heading.label, &self.looks.heading)?;
        }
        let (mut last, mut addresses) = (0, 0);
        for (at, cells) in (1..).zip(rows) {
            if at >= MOST_ROWS {
                self.rows_left_out += 1;
                continue;
            }
            let row = u32::try_from(at).unwrap_or(u32::MAX);
            let lines = headings.iter().zip(&cells).map(|(heading, cell)| lines(heading, cell)).max().unwrap_or(1);
            sheet.set_row_height(row, LINE_PT * lines.clamp(1, MOST_LINES) as f64 + 1.5)?;
            for ((column, heading), cell) in (0..).zip(&headings).zip(cells) {
                let look = self.looks.of(heading.look);
                match cell {
                    Filled::Nothing => {}
                    Filled::Number(number) => drop(sheet.write_number_with_format(row, column, number, look)?),
                    Filled::Day(day) => drop(sheet.write_datetime_with_format(row, column, &day, look)?),
                    Filled::Address(address) if addresses < MOST_ADDRESSES => {
                        addresses += 1;
                        let url = Url::new(&address).set_text(&address);
                        sheet.write_url_with_format(row, column, url, &self.looks.address)?;
                    }
                    Filled::Text(text) | Filled::Address(text) => {
                        let shown = cell_text(&text);
                        self.cut += usize::from(shown.len() < text.len());
                        sheet.write_string_with_format(row, column, shown, look)?;
                    }
                }
            }
            last = row;
        }
        let columns = u16::try_from(headings.len()).unwrap_or(u16::MAX);
        let width: f64 = headings.iter().map(|heading| heading.width).sum();
        finish(sheet, last, columns, width, frozen)?;
        self.about.push((name, headings));
        Ok(())
    }
}

/// Lines that a cell takes in its column.
fn lines(heading: &Heading, cell: &Filled) -> usize {
    match cell {
        Filled::Text(text) if heading.look == Look::Prose => {
            // A sign of a text is narrower than a figure, by which widths are counted; words do not fill each line.
            let per_line = (heading.width * 1.05).max(1.0);
            let of = |line: &str| (line.chars().count() as f64 / per_line).ceil().max(1.0) as usize;
            text.lines().map(of).sum::<usize>().max(1)
        }
        _ => 1,
    }
}

const LINKS: &str = "Links";

/// Width of columns, in figures, that can still be read on one printed page.
const PAGE_WIDTH: f64 = 220.0;

/// Of a hundred, how large a sheet is printed that takes several pages side by side.
const PRINTED: u16 = 60;

/// The heading stays in sight and on every printed page, and each column can be filtered. A page is as wide as the sheet, unless that
/// could not be read: then the first columns are repeated on the pages beside it.
fn finish(sheet: &mut Worksheet, last_row: u32, columns: u16, width: f64, frozen: u16) -> Result<(), XlsxError> {
    let frozen = frozen.min(columns.saturating_sub(1));
    sheet.set_freeze_panes(1, frozen)?;
    sheet.autofilter(0, 0, last_row.max(1), columns.saturating_sub(1))?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    if width <= PAGE_WIDTH {
        sheet.set_print_fit_to_pages(1, 0);
    } else {
        sheet.set_print_scale(PRINTED);
        if frozen > 0 {
            sheet.set_repeat_columns(0, frozen - 1)?;
        }
    }
    Ok(())
}

/// As much of a text as a cell can hold.
fn cell_text(text: &str) -> &str {
    if text.len() <= LONGEST_CELL {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, sign)| {
        units += sign.len_utf16();
        units > LONGEST_CELL
    });
    end.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

fn is_address(text: &str) -> bool {
    let is_web = text.starts_with("https://") || text.starts_with("http://");
    is_web && text.len() <= LONGEST_ADDRESS && !text.contains(|sign: char| sign.is_whitespace() || sign.is_control())
}

/// What an event must have is a column whatever it holds.
fn is_needed(column: Column<'_>) -> bool {
    use EventField as F;
    match column {
        Column::Held(Held::Field(field)) => matches!(field, F::Id | F::Title | F::Date | F::Lane | F::Standing),
        Column::Held(Held::Part(F::Citations, part)) => part.info().name == "source",
        Column::Computed(computed) => {
            matches!(computed, Computed::DateInWords | Computed::Earliest | Computed::Latest | Computed::Known)
        }
        _ => false,
    }
}

/// Whether an event has anything in a column.
fn has(column: Column<'_>, event: &Event) -> bool {
    use EventField as F;
    match column {
        Column::Held(Held::Field(F::Weight)) => event.weight != Event::DEFAULT_WEIGHT,
        Column::Held(Held::Field(field)) => !field.get(event).is_none(),
        Column::Held(Held::Part(field, part)) => {
            let mut has = false;
            part.each(field.get(event), |value| has |= !value.is_none());
            has
        }
        Column::Computed(Computed::LaneTitle) => event.lane.is_some(),
        Column::Computed(Computed::SourceTitles | Computed::SourceAddresses) => !event.citations.is_empty(),
        Column::Computed(Computed::LinkedTitles) => !event.links.is_empty(),
        Column::Computed(_) | Column::Own(_) => true,
    }
}

fn filled(column: Column<'_>, event: &Event, selection: &Selection<'_>) -> Filled {
    let bounds = || event.date.as_ref().map(|date| date.day_bounds());
    let day = match column {
        Column::Computed(Computed::Earliest) => bounds().map(|bounds| bounds.earliest),
        Column::Computed(Computed::Latest) => bounds().map(|bounds| bounds.latest),
        Column::Held(Held::Field(EventField::Weight)) => return Filled::Number(u32::from(event.weight)),
        _ => None,
    };
    if let Some(DayBound::Day(day)) = day
        && let Some(day) = in_spreadsheets(day)
    {
        return Filled::Day(day);
    }
    let mut cell = String::new();
    push_cell(&mut cell, column, event, selection);
    if cell.is_empty() { Filled::Nothing } else { Filled::Text(cell) }
}

/// A day as a date of spreadsheets. They have a 29 February 1900 that never was, so what lies before it has another number in
/// each of them, and nothing before 1900.
fn in_spreadsheets(day: CivilDay) -> Option<ExcelDateTime> {
    let is_held = (day.year, day.month) >= (1900, 3) && day.year <= 9999;
    let year = u16::try_from(day.year).ok().filter(|_| is_held)?;
    ExcelDateTime::from_ymd(year, day.month, day.day).ok()
}

fn heading(column: Column<'_>) -> Heading {
    match column {
        Column::Held(held) => held_heading(held),
        Column::Own(name) => Heading {
            label: name.to_owned(),
            name: column.name(),
            about: "A field of your own".to_owned(),
            width: 20.0,
            look: Look::Prose,
        },
        Column::Computed(computed) => {
            let (width, look) = match computed {
                Computed::DateInWords => (28.0, Look::Prose),
                Computed::Earliest | Computed::Latest => (12.0, Look::Day),
                Computed::LaneTitle => (18.0, Look::Text),
                Computed::SourceTitles | Computed::LinkedTitles => (44.0, Look::Prose),
                Computed::SourceAddresses => (34.0, Look::Text),
                Computed::Known => (10.0, Look::Text),
            };
            let about = format!("{}. Not read back", computed.about());
            Heading { label: computed.label().to_owned(), name: column.name(), about, width, look }
        }
    }
}

fn held_heading<F: crate::model::Field>(held: Held<F>) -> Heading {
    let info = held.info();
    let (width, look) = match info.kind {
        Kind::Prose => (50.0, Look::Prose),
        Kind::Text if info.name == "title" => (44.0, Look::Prose),
        Kind::Text if info.name == "wording" => (20.0, Look::Prose),
        Kind::Text | Kind::Map => (22.0, Look::Prose),
        Kind::List => (28.0, Look::Prose),
        Kind::Number(_) if !held.is_list() => (9.0, Look::Number),
        Kind::Choice(_) | Kind::Grouping | Kind::Number(_) => (14.0, Look::Text),
        Kind::Address => (44.0, Look::Text),
        Kind::Reference(RecordKind::Source) => (26.0, Look::Prose),
        Kind::Id | Kind::Reference(_) | Kind::Date | Kind::Coordinates => (22.0, Look::Text),
        Kind::Color | Kind::Zone | Kind::Record(_) | Kind::Records(_) => (14.0, Look::Text),
    };
    Heading { label: held.label(), name: held.name(), about: about(held), width, look }
}

/// What a column of a field holds.
fn about<F: crate::model::Field>(held: Held<F>) -> String {
    let info = held.info();
    let what = match info.kind {
        Kind::Date => "A date in EDTF (ISO 8601-2), as vague as it is: 2024-06 is some time in June 2024".to_owned(),
        Kind::Choice(choices) => {
            let labels: Vec<String> = choices.iter().map(|choice| choice.in_menus()).collect();
            format!("One of {}", labels.join(", "))
        }
        Kind::Number(limits) => format!("{} to {}: {}", limits.least, limits.most, limits.hint),
        Kind::Reference(kind) => format!("The id of a {}", kind.noun()),
        Kind::Id => "What names the record; it stays as long as the record does".to_owned(),
        Kind::Coordinates => "Degrees north, degrees east (WGS 84)".to_owned(),
        Kind::List => return format!("{}: several stand with semicolons between", info.label),
        _ => match info.presence {
            _ if !info.hint.is_empty() => format!("{}: {}", info.label, info.hint),
            Presence::Required(remedy) => format!("{}: {remedy}", info.label),
            Presence::Optional | Presence::Defaulted => info.label.to_owned(),
        },
    };
    if held.is_list() {
        format!("{what}. Those of several stand with semicolons between, in one order in all columns of the group")
    } else {
        what
    }
}
