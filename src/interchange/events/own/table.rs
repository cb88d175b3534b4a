//! Annalist's tables of events, and of the other records in a workbook of its own.

use super::Own;
use super::record::read;
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::cell::unguarded;
use crate::interchange::events::column::{Column, Computed, Held, Sheet, Tabled};
use crate::model::{
    Era, EraField, Event, EventField, Header, HeaderField, Kind, Lane, LaneField, Source, SourceField, Text, View,
    ViewField,
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
pub fn is_own(headings: &[String]) -> bool {
    let own = [
        DATE.name(),
        Column::Held(Held::Field(EventField::Title)).name(),
        Column::Computed(Computed::DateInWords).name(),
        "citations.source".to_owned(),
    ];
    own.iter().all(|name| headings.contains(name))
}

/// Reads the table of a sheet into what was read before.
pub fn table(sheet: Sheet, rows: Rows<'_>, own: &mut Own) {
    match sheet {
        Sheet::Events => events(rows, own),
        Sheet::Sources => records::<SourceField>(rows, own, || Source::new("", ""), |own, it| own.sources.push(it)),
        Sheet::Lanes => {
            let none = || Lane { id: Text::new(), title: Text::new(), color: None, note: None };
            records::<LaneField>(rows, own, none, |own, it| own.lanes.push(it));
        }
        Sheet::Eras => {
            let (id, title) = (Text::new, Text::new);
            let none = || Era { id: id(), title: title(), date: Date::from_year(0), color: None, note: None };
            records::<EraField>(rows, own, none, |own, it| own.eras.push(it));
        }
        Sheet::Views => records::<ViewField>(rows, own, no_view, |own, it| own.views.push(it)),
        Sheet::Timeline => records::<HeaderField>(rows, own, || Header::new(""), |own, it| own.header = Some(it)),
    }
}

fn no_view() -> View {
    View {
        id: Text::new(),
        title: Text::new(),
        window: Date::from_year(0),
        folds: None,
        query: None,
        grouping: Default::default(),
        color_by: Default::default(),
        links: Default::default(),
        known_on: None,
        known_by: Default::default(),
        dates: Default::default(),
        theme: None,
    }
}

/// Events, with whatever stands in columns of others among the fields of the user's own.
fn events(rows: Rows<'_>, own: &mut Own) {
    // Whoever works on in a spreadsheet adds columns: a heading that is none of ours is a field of the user's own.
    let columns: Vec<Column<'_>> =
        rows.headings.iter().map(|name| Column::named(name).unwrap_or(Column::Own(rows.cells.text(name)))).collect();
    own.is_as_of = columns.contains(&Column::Computed(Computed::Known));
    for (line, cells) in rows.records {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let mut event = Event::undated("", "");
        let held = columns.iter().zip(&cells).filter_map(|(column, cell)| match column {
            Column::Held(held) => Some((*held, rows.cells.text(cell))),
            Column::Own(_) | Column::Computed(_) => None,
        });
        read(&mut event, held, line, &mut own.problems);
        // Words that are no date are not lost.
        let date = columns.iter().zip(&cells).find(|(column, _)| **column == DATE).map_or("", |(_, cell)| cell.trim());
        if event.date.is_none() && event.wording.is_none() && !date.is_empty() {
            event.wording = Some(date.into());
        }
        for (column, cell) in columns.iter().zip(&cells) {
            if let Column::Own(name) = column
                && !cell.is_empty()
                && !name.trim().is_empty()
            {
                event.rare.fields.put(*name, rows.cells.text(cell));
            }
        }
        if event.title.trim().is_empty() {
            let message = "a row without a title is left out".to_owned();
            own.problems.push(Problem::new(Severity::Error, "missing-title", line, message));
            continue;
        }
        own.events.push(event);
    }
}

/// Records of another type.
fn records<F: Tabled>(
    rows: Rows<'_>,
    own: &mut Own,
    none: impl Fn() -> F::Record,
    mut push: impl FnMut(&mut Own, F::Record),
) {
    let all = Held::<F>::all();
    let columns: Vec<Option<Held<F>>> =
        rows.headings.iter().map(|name| all.iter().find(|held| held.name() == *name).copied()).collect();
    let needed: Vec<F> =
        F::ALL.iter().filter(|field| matches!(field.name(), "id" | "title" | "date" | "window")).copied().collect();
    for (line, cells) in rows.records {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let mut record = none();
        let held = columns.iter().zip(&cells).filter_map(|(held, cell)| Some(((*held)?, rows.cells.text(cell))));
        read(&mut record, held, line, &mut own.problems);
        // What was made to read into stands for nothing: an id or a date that no cell gave would be one that was invented.
        let fills = |field: &F| {
            let at = columns.iter().position(|held| *held == Some(Held::Field(*field)));
            let cell = at.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim());
            if field.kind() == Kind::Date { Date::parse(cell).is_ok() } else { !cell.is_empty() }
        };
        if let Some(field) = needed.iter().find(|field| !fills(field)) {
            let (sheet, name) = (F::SHEET.name(), field.name());
            let message = format!("a row of the sheet {sheet} without a {name} that can be read is left out");
            own.problems.push(Problem::new(Severity::Error, "missing-cell", line, message));
            continue;
        }
        push(own, record);
    }
}
