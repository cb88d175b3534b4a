//! Events as rows of text, for the clipboard: a table for a spreadsheet, and lines of a date, a title and an address.
//!
//! Owns the columns, and how lines without a heading are taken. Which lanes and sources of a timeline these are is for
//! `edit`, which puts them in.

use std::borrow::Cow;

use super::cell::{guarded, unguarded};
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::model::{
    Citation, Event, EventField, Field as _, Header, Lane, Source, SourceKind, Text, Timeline, WebAddress, derive_id,
    same_page_key,
};
use crate::time::{Date, Instant, Reading, read_phrase};

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Field(EventField),
    /// The address of the first source that has one.
    Address,
    /// The lane by its title.
    Lane,
}

/// The columns, in their order, each under its name.
const COLUMNS: [(&str, Column); 9] = [
    ("Date", Column::Field(EventField::Date)),
    ("Title", Column::Field(EventField::Title)),
    ("Address", Column::Address),
    ("Lane", Column::Lane),
    ("Place", Column::Field(EventField::Place)),
    ("Actors", Column::Field(EventField::Actors)),
    ("Tags", Column::Field(EventField::Tags)),
    ("Standing", Column::Field(EventField::Standing)),
    ("Note", Column::Field(EventField::Note)),
];

/// The events at these positions as a table: cells apart by tabs, names of columns in the first row. Lines within a cell are
/// joined, and what a spreadsheet would take for a formula has an apostrophe before it.
pub fn write(timeline: &Timeline, positions: impl IntoIterator<Item = u32>) -> String {
    let mut table = line(COLUMNS.iter().map(|(name, _)| (*name).into()));
    for event in positions.into_iter().filter_map(|at| timeline.events().get(at as usize)) {
        table.push_str(&line(COLUMNS.iter().map(|(_, column)| cell(timeline, event, *column).into())));
    }
    table
}

/// Cells as a row of such a table, with the end of its line.
pub fn line<'c>(cells: impl Iterator<Item = Cow<'c, str>>) -> String {
    let cell = |cell: Cow<'_, str>| {
        let line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        guarded(&line).into_owned()
    };
    cells.map(cell).collect::<Vec<_>>().join("\t") + "\n"
}

fn cell(timeline: &Timeline, event: &Event, column: Column) -> String {
    match column {
        Column::Field(field) => field.get(event).to_string(),
        Column::Lane => {
            let title = |id: &Text| timeline.lane(id).map_or_else(|| id.to_string(), |lane| lane.title.to_string());
            event.lane.as_ref().map(title).unwrap_or_default()
        }
        Column::Address => {
            let cited = event.citations.iter().filter_map(|citation| timeline.source(&citation.source));
            cited.filter_map(|source| source.url.as_ref()).map(ToString::to_string).next().unwrap_or_default()
        }
    }
}

/// The events of rows of text, with the lanes and sources that they name; and what could not be read, by line.
///
/// A text that begins with names of columns is a table of these. Else a line holds a date, a title and perhaps an address, apart
/// by tabs or by several blanks; or the three stand on lines of their own. Dates are EDTF or words; `now` is for "yesterday".
pub fn read(text: &str, now: Instant) -> (Timeline, Vec<Problem>) {
    let mut reader = Reader { now, ..Reader::default() };
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).peekable();
    let heading = lines.peek().and_then(|(_, line)| heading(line));
    if let Some(columns) = heading {
        lines.next();
        lines.for_each(|(number, line)| reader.row(number, line, &columns));
    } else {
        lines.for_each(|(number, line)| reader.line(number, line));
        reader.finish();
    }
    let Reader { lanes, sources, events, problems, .. } = reader;
    (Timeline::from_records(Header::new("Pasted"), lanes, sources, events, Vec::new(), Vec::new()), problems)
}

/// The columns that a line names, by position; none where it names none of a date and a title.
fn heading(line: &str) -> Option<Vec<Option<Column>>> {
    let named = |cell: &str| {
        let cell = cell.trim();
        let cell = if ["url", "link"].iter().any(|other| cell.eq_ignore_ascii_case(other)) { "Address" } else { cell };
        COLUMNS.iter().find(|(name, _)| name.eq_ignore_ascii_case(cell)).map(|(_, column)| *column)
    };
    let columns: Vec<Option<Column>> = cells(line).into_iter().map(named).collect();
    let has = |field| columns.contains(&Some(Column::Field(field)));
    (has(EventField::Title) && has(EventField::Date)).then_some(columns)
}

/// The cells of a line: apart by tabs, where it has any, else by two blanks or more.
fn cells(line: &str) -> Vec<&str> {
    if line.contains('\t') {
        return line.split('\t').map(str::trim).collect();
    }
    line.trim().split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

#[derive(Default)]
struct Reader {
    now: Instant,
    lanes: Vec<Lane>,
    sources: Vec<Source>,
    events: Vec<Event>,
    problems: Vec<Problem>,
    /// The event of which parts stand on lines of their own, with the line where it begins.
    open: Option<(usize, Event)>,
}

impl Reader {
    fn refuse(&mut self, line: usize, code: &'static str, message: impl Into<String>) {
        self.problems.push(Problem::new(Severity::Error, code, line, message));
    }

    /// A row under names of columns.
    fn row(&mut self, number: usize, line: &str, columns: &[Option<Column>]) {
        let mut event = Event::undated("", "");
        for (cell, column) in line.split('\t').map(str::trim).zip(columns) {
            let cell = unguarded(cell);
            match column {
                _ if cell.is_empty() => {}
                None => {}
                Some(Column::Address) => self.cite(&mut event, cell),
                Some(Column::Lane) => event.lane = Some(self.lane(cell)),
                Some(Column::Field(EventField::Date)) => match self.date(cell) {
                    Ok(date) => put_date(&mut event, date, cell),
                    Err(message) => return self.refuse(number, "unread-date", message),
                },
                Some(Column::Field(field)) => {
                    if let Err(error) = field.set_text(&mut event, cell) {
                        return self.refuse(number, "unread-cell", error.to_string());
                    }
                }
            }
        }
        self.put(number, event);
    }

    /// A line without names of columns.
    fn line(&mut self, number: usize, line: &str) {
        let cells = cells(line);
        match cells.as_slice() {
            [] => {}
            [cell] => self.single(number, cell),
            [date, title, rest @ ..] => {
                self.finish();
                let mut event = Event::undated("", *title);
                if !date.is_empty() {
                    match self.date(date) {
                        Ok(read) => put_date(&mut event, read, date),
                        Err(message) => return self.refuse(number, "unread-date", message),
                    }
                }
                if let Some(address) = rest.iter().find(|cell| is_address(cell)) {
                    self.cite(&mut event, address);
                }
                self.put(number, event);
            }
        }
    }

    /// A line that is one cell: a date with a title behind it, or one part of an event whose parts stand below each other.
    fn single(&mut self, number: usize, cell: &str) {
        if is_address(cell) {
            match self.open.take() {
                Some((begun, mut event)) => {
                    self.cite(&mut event, cell);
                    self.open = Some((begun, event));
                }
                None => self.refuse(number, "no-date", "an address without a date and a title before it"),
            }
            return;
        }
        let read = self.date(cell);
        if let (Err(_), Some((_, event))) = (&read, self.open.as_mut().filter(|(_, event)| event.title.is_empty())) {
            event.title = cell.into();
            return;
        }
        self.finish();
        match (read, cell.split_once(' ').map(|(date, title)| (Date::parse(date), title.trim()))) {
            (Ok(date), _) => {
                let mut event = Event::undated("", "");
                put_date(&mut event, date, cell);
                self.open = Some((number, event));
            }
            (Err(_), Some((Ok(date), title))) => self.put(number, Event::new("", title, date)),
            (Err(message), _) => self.refuse(number, "unread-date", message),
        }
    }

    /// Takes up the event whose parts stood on lines of their own.
    fn finish(&mut self) {
        if let Some((number, event)) = self.open.take() {
            self.put(number, event);
        }
    }

    fn put(&mut self, number: usize, event: Event) {
        if event.title.trim().is_empty() {
            self.refuse(number, "no-title", "a date without a title");
        } else {
            self.events.push(event);
        }
    }

    fn date(&self, text: &str) -> Result<Date, String> {
        match read_phrase(text, self.now) {
            Reading::Date(date) => Ok(date),
            Reading::Ambiguous(_) => Err(format!("“{text}” can be meant in several ways")),
            Reading::None(error) => Err(format!("“{text}” is no date: {}", error.message)),
        }
    }

    /// The lane of a title.
    fn lane(&mut self, title: &str) -> Text {
        if let Some(lane) = self.lanes.iter().find(|lane| lane.title == title) {
            return lane.id.clone();
        }
        let base = derive_id(title, None);
        let is_taken = |id: &str| self.lanes.iter().any(|lane| lane.id == id);
        let id: Text = free(base, is_taken).into();
        self.lanes.push(Lane { id: id.clone(), title: title.into(), color: None, note: None });
        id
    }

    /// Cites the source of an address, which is one for all its events.
    fn cite(&mut self, event: &mut Event, address: &str) {
        let is_it = |source: &&Source| {
            source.url.as_deref().is_some_and(|url| url == address || same_page_key(url) == same_page_key(address))
        };
        let known = self.sources.iter().find(is_it).map(|source| source.id.clone());
        let id = known.unwrap_or_else(|| {
            // Nothing is known of the page but where it is.
            let title = address.split_once("://").map_or(address, |(_, rest)| rest);
            let is_taken = |id: &str| self.sources.iter().any(|source| source.id == id);
            let id: Text = free(derive_id(title, None), is_taken).into();
            let url = Some(address.into());
            self.sources.push(Source { url, kind: SourceKind::Web, ..Source::new(id.clone(), title) });
            id
        });
        event.citations.push(Citation::new(id));
    }
}

/// Puts a date with the words it was read from.
fn put_date(event: &mut Event, date: Date, text: &str) {
    if date.as_str() != text && text.chars().any(char::is_alphabetic) {
        event.wording = Some(text.into());
    }
    event.date = Some(date);
}

fn is_address(cell: &str) -> bool {
    !cell.contains(char::is_whitespace) && cell.contains("://") && WebAddress::parse(cell).is_ok()
}

/// The id, or one with a number behind it where it is taken.
fn free(base: String, is_taken: impl Fn(&str) -> bool) -> String {
    if !is_taken(&base) {
        return base;
    }
    (2_u64..).map(|number| format!("{base}-{number}")).find(|id| !is_taken(id)).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Standing;

    fn told(problems: &[Problem]) -> Vec<(usize, &str)> {
        problems.iter().map(|problem| (problem.line, problem.code)).collect()
    }

    /// Date, title and address of each event.
    fn events(timeline: &Timeline) -> Vec<(&str, &str, &str)> {
        let address = |event: &Event| event.citations.first().map(|citation| citation.source.clone());
        let url = |event: &Event| address(event).and_then(|id| timeline.source(&id)).and_then(|one| one.url.as_deref());
        timeline
            .events()
            .iter()
            .map(|event| (event.date_as_written(), &*event.title, url(event).unwrap_or("")))
            .collect()
    }

    fn now() -> Instant {
        Instant::default()
    }

    #[test]
    fn lines_are_taken_apart_at_tabs_and_at_several_blanks() {
        let text = "2024-10-24\tDuma ratifies\thttps://example.org/1\n\nlate October 2024   Troops seen\n\
                    \tNobody knows when\n2024-10-25 One blank behind a date\n05/11/2024\tWhich day\nnonsense\n";
        let (timeline, problems) = read(text, now());
        assert_eq!(
            events(&timeline),
            [
                ("2024-10-24", "Duma ratifies", "https://example.org/1"),
                ("[2024-10-21..2024-10-31]", "Troops seen", ""),
                ("", "Nobody knows when", ""),
                ("2024-10-25", "One blank behind a date", ""),
            ]
        );
        assert_eq!(timeline.events()[1].wording.as_deref(), Some("late October 2024"));
        assert_eq!(told(&problems), [(6, "unread-date"), (7, "unread-date")]);
        assert!(problems[0].message.contains("several ways"));
    }

    #[test]
    fn the_parts_of_an_event_may_stand_below_each_other() {
        let text = "2024-10-24\nDuma ratifies\nhttps://example.org/1\n2024-10-25\n2024-10-26\nUpper house\n\
                    https://example.org/1\n";
        let (timeline, problems) = read(text, now());
        let url = "https://example.org/1";
        assert_eq!(events(&timeline), [("2024-10-24", "Duma ratifies", url), ("2024-10-26", "Upper house", url)]);
        assert_eq!((told(&problems), timeline.sources().len()), (vec![(4, "no-title")], 1));
    }

    #[test]
    fn a_table_comes_back_as_it_was_copied() {
        let lane = Lane { id: "l".into(), title: "Law".into(), color: None, note: None };
        let url = Some("https://example.org/1".into());
        let source = Source { url, ..Source::new("s", "S") };
        let mut event = Event::new("e", "=Vote\nin the Duma", Date::parse("-0043-03-15?").unwrap());
        event.lane = Some("l".into());
        event.standing = Standing::Confirmed;
        event.tags = ["a, b", "c"].map(Text::from).into_iter().collect();
        event.citations.push(Citation::new("s"));
        let header = Header::new("t");
        let timeline = Timeline::from_records(header, vec![lane], vec![source], vec![event], vec![], vec![]);
        let table = write(&timeline, [0]);
        let row = "'-0043-03-15?\t'=Vote in the Duma\thttps://example.org/1\tLaw\t\t\t\"a, b\", c\tConfirmed\t";
        assert_eq!(table.lines().nth(1), Some(row));
        let (back, problems) = read(&table, now());
        assert_eq!(told(&problems), []);
        assert_eq!(events(&back), [("-0043-03-15?", "=Vote in the Duma", "https://example.org/1")]);
        let event = &back.events()[0];
        assert_eq!((event.standing, event.tags.len(), back.lanes()[0].title.as_str()), (Standing::Confirmed, 2, "Law"));
        assert_eq!(event.lane.as_ref(), Some(&back.lanes()[0].id));
    }
}
