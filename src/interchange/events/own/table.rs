//! Annalist's tables of events, and of the other records in a workbook of its own.

use super::Own;
use super::record::read;
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::cell::unguarded;
use crate::interchange::events::column::{Column, Computed, Held, RECORD, Sheet, Tabled, heading_beside_events};
use crate::model::{
    Era, EraField, Event, EventField, Field, Header, HeaderField, Kind, Lane, LaneField, Source, SourceField, Text,
    View, ViewField,
};
use crate::time::Date;

/// A table as texts: a row of headings, then its records.
pub struct Rows<'r> {
    /// The first row.
    pub headings: Vec<String>,
    /// The others, each with its line or row in the file.
    pub records: Box<dyn Iterator<Item = (usize, Vec<String>)> + 'r>,
    /// Whether cells have a guard against being taken for formulas, as those of CSV have.
    pub cells: Cell,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// A text as it is.
    Plain,
    /// A text that may have an apostrophe before it.
    Guarded,
}

impl Cell {
    fn text(self, cell: &str) -> &str {
        match self {
            Self::Plain => cell,
            Self::Guarded => unguarded(cell),
        }
    }
}

/// The column of dates.
const DATE: Column<'static> = Column::Held(Held::Field(EventField::Date));

/// The first row of a table with this sign between its columns.
pub fn headings(text: &str, delimiter: u8) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let first = reader.records().next().and_then(Result::ok);
    first.map(|record| record.iter().map(str::to_owned).collect()).unwrap_or_default()
}

/// Reads a table of events of Annalist's own with this sign between its columns.
pub fn delimited(text: &str, delimiter: u8) -> Own {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut records = reader.records();
    let cells = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect::<Vec<_>>();
    let mut own = Own::default();
    let Some(Ok(headings)) = records.next() else { return own };
    let records = records.map_while(Result::ok).map(|record| {
        let line = record.position().map_or(0, |place| usize::try_from(place.line()).unwrap_or(usize::MAX));
        (line, cells(&record))
    });
    let rows = Rows { headings: cells(&headings), records: Box::new(records), cells: Cell::Guarded };
    table(Sheet::Events, rows, &mut own);
    own
}

/// Whether a row of headings is that of a table of events of Annalist's own: it has those that no other table has.
pub fn is_own_table(headings: &[String]) -> bool {
    let own = [
        DATE.name(),
        Column::Held(Held::Field(EventField::Title)).name(),
        Column::Computed(Computed::DateInWords).name(),
        "citations.source".to_owned(),
    ];
    own.iter().all(|name| headings.contains(name))
}

/// Reads the table of a sheet into what was read before. That of events may hold records of other types as well.
pub fn table(sheet: Sheet, rows: Rows<'_>, own: &mut Own) {
    if sheet == Sheet::Events {
        return events(rows, own);
    }
    let place = format!("of the sheet {}", sheet.name());
    let records = Records::of(sheet, &rows.headings, false, place);
    for (line, cells) in rows.records {
        records.read(&cells, rows.cells, line, own);
    }
}

fn no_view() -> View {
    View {
        id: Text::new(),
        title: Text::new(),
        window: Date::from_year(0),
        zone: None,
        folds: None,
        query: None,
        grouping: Default::default(),
        bands: None,
        color_by: Default::default(),
        links: Default::default(),
        known_on: None,
        known_by: Default::default(),
        dates: Default::default(),
        images: Default::default(),
        export: None,
        theme: None,
    }
}

/// Events, with whatever stands in columns of others among the fields of the user's own; and below them records of other types,
/// where a column says so.
fn events(rows: Rows<'_>, own: &mut Own) {
    let record_at = rows.headings.iter().position(|name| name == RECORD);
    let others: Vec<Records> = Sheet::ALL
        .into_iter()
        .filter(|sheet| *sheet != Sheet::Events && record_at.is_some())
        .map(|sheet| Records::of(sheet, &rows.headings, true, format!("of the record {}", sheet.record())))
        .collect();
    // Whoever works on in a spreadsheet adds columns: a heading that is none of ours is a field of the user's own.
    let is_of_others = |at: usize| record_at == Some(at) || others.iter().any(|records| records.has_column(at));
    let headings = rows.headings.iter().enumerate();
    let columns: Vec<Option<Column<'_>>> = headings
        .map(|(at, name)| {
            Column::named(name).or_else(|| (!is_of_others(at)).then(|| Column::Own(rows.cells.text(name))))
        })
        .collect();
    own.is_as_of = columns.contains(&Some(Column::Computed(Computed::Known)));
    for (line, cells) in rows.records {
        let kind = record_at.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
        match Sheet::of_record(kind) {
            None if kind.is_empty() => event(&columns, &cells, rows.cells, line, own),
            Some(Sheet::Events) => event(&columns, &cells, rows.cells, line, own),
            Some(sheet) => {
                if let Some(records) = others.iter().find(|records| records.sheet == sheet) {
                    records.read(&cells, rows.cells, line, own);
                }
            }
            None => {
                let message = format!("a row of the record “{kind}”, which is none of ours, is left out");
                own.problems.push(Problem::new(Severity::Error, "unknown-record", line, message));
            }
        }
    }
}

fn event(columns: &[Option<Column<'_>>], cells: &[String], kind: Cell, line: usize, own: &mut Own) {
    let filled = || columns.iter().zip(cells).filter_map(|(column, cell)| Some(((*column)?, cell.as_str())));
    if filled().all(|(_, cell)| cell.trim().is_empty()) {
        return;
    }
    let mut event = Event::undated("", "");
    let held = filled().filter_map(|(column, cell)| match column {
        Column::Held(held) => Some((held, kind.text(cell))),
        Column::Own(_) | Column::Computed(_) => None,
    });
    read(&mut event, held, line, &mut own.problems);
    // Words that are no date are not lost.
    let date = filled().find(|(column, _)| *column == DATE).map_or("", |(_, cell)| cell.trim());
    if event.date.is_none() && event.wording.is_none() && !date.is_empty() {
        event.wording = Some(date.into());
    }
    for (column, cell) in filled() {
        if let Column::Own(name) = column
            && !cell.is_empty()
            && !name.trim().is_empty()
        {
            event.rare.fields.put(name, kind.text(cell));
        }
    }
    if event.title.trim().is_empty() {
        let message = "a row without a title is left out".to_owned();
        own.problems.push(Problem::new(Severity::Error, "missing-title", line, message));
        return;
    }
    own.events.push(event);
}

/// The columns of a table that records of one type other than events have.
struct Records {
    sheet: Sheet,
    columns: Columns,
    /// Where they stand, for messages.
    place: String,
}

/// The field of each column, where it is one of the type.
enum Columns {
    Sources(Vec<Option<Held<SourceField>>>),
    Lanes(Vec<Option<Held<LaneField>>>),
    Eras(Vec<Option<Held<EraField>>>),
    Views(Vec<Option<Held<ViewField>>>),
    Header(Vec<Option<Held<HeaderField>>>),
}

impl Records {
    /// The columns with these headings; beside events fields are called after their type.
    fn of(sheet: Sheet, headings: &[String], is_beside_events: bool, place: String) -> Self {
        fn held<F: Tabled>(headings: &[String], is_beside_events: bool) -> Vec<Option<Held<F>>> {
            let name = |held: Held<F>| if is_beside_events { heading_beside_events(held) } else { held.name() };
            let all: Vec<(String, Held<F>)> = Held::<F>::all().into_iter().map(|held| (name(held), held)).collect();
            let of = |heading: &String| all.iter().find(|(name, _)| name == heading).map(|(_, held)| *held);
            headings.iter().map(of).collect()
        }
        let columns = match sheet {
            Sheet::Sources => Columns::Sources(held(headings, is_beside_events)),
            Sheet::Lanes => Columns::Lanes(held(headings, is_beside_events)),
            Sheet::Eras => Columns::Eras(held(headings, is_beside_events)),
            Sheet::Views => Columns::Views(held(headings, is_beside_events)),
            Sheet::Timeline | Sheet::Events => Columns::Header(held(headings, is_beside_events)),
        };
        Self { sheet, columns, place }
    }

    fn has_column(&self, at: usize) -> bool {
        fn has<F>(columns: &[Option<Held<F>>], at: usize) -> bool {
            columns.get(at).is_some_and(Option::is_some)
        }
        match &self.columns {
            Columns::Sources(columns) => has(columns, at),
            Columns::Lanes(columns) => has(columns, at),
            Columns::Eras(columns) => has(columns, at),
            Columns::Views(columns) => has(columns, at),
            Columns::Header(columns) => has(columns, at),
        }
    }

    /// Reads a row into what was read before.
    fn read(&self, cells: &[String], kind: Cell, line: usize, own: &mut Own) {
        let text = Text::new;
        match &self.columns {
            Columns::Sources(columns) => {
                let source = self.record(columns, cells, kind, line, Source::new("", ""), &mut own.problems);
                own.sources.extend(source);
            }
            Columns::Lanes(columns) => {
                let none = Lane { id: text(), title: text(), color: None, note: None };
                own.lanes.extend(self.record(columns, cells, kind, line, none, &mut own.problems));
            }
            Columns::Eras(columns) => {
                let none = Era { id: text(), title: text(), date: Date::from_year(0), color: None, note: None };
                own.eras.extend(self.record(columns, cells, kind, line, none, &mut own.problems));
            }
            Columns::Views(columns) => {
                own.views.extend(self.record(columns, cells, kind, line, no_view(), &mut own.problems));
            }
            Columns::Header(columns) => {
                let header = self.record(columns, cells, kind, line, Header::new(""), &mut own.problems);
                own.header = header.or(own.header.take());
            }
        }
    }

    /// The record of a row; none where the row is empty, or lacks what such a record must have.
    fn record<F: Field>(
        &self,
        columns: &[Option<Held<F>>],
        cells: &[String],
        kind: Cell,
        line: usize,
        mut record: F::Record,
        problems: &mut Vec<Problem>,
    ) -> Option<F::Record> {
        let held = || columns.iter().zip(cells).filter_map(|(held, cell)| Some(((*held)?, cell.as_str())));
        if held().all(|(_, cell)| cell.trim().is_empty()) {
            return None;
        }
        read(&mut record, held().map(|(held, cell)| (held, kind.text(cell))), line, problems);
        // What was made to read into stands for nothing: an id or a date that no cell gave would be one that was invented.
        let fills = |field: &F| {
            let cell = held().find(|(held, _)| *held == Held::Field(*field)).map_or("", |(_, cell)| cell.trim());
            if field.kind() == Kind::Date { Date::parse(cell).is_ok() } else { !cell.is_empty() }
        };
        let needed = F::ALL.iter().filter(|field| matches!(field.name(), "id" | "title" | "date" | "window"));
        for field in needed {
            if !fills(field) {
                let message = format!("a row {} without a {} that can be read is left out", self.place, field.name());
                problems.push(Problem::new(Severity::Error, "missing-cell", line, message));
                return None;
            }
        }
        Some(record)
    }
}
