//! `annalist list`: events in order of time, as a table or as data.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use serde::{Serialize, Serializer};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::output::Output;
use super::{Failure, Outcome, report, when};
use crate::export::markdown;
use crate::model::{Citation, Coordinates, Event, Image, Known, KnownOn, OwnFields, Text, Timeline};
use crate::query::{Query, Question, TimeTest};
use crate::text::{is_unseen, push_visible, shown_ascii, visible};
use crate::time::{Answer, Date, DayBound, Zone};

/// Arguments of `annalist list`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timeline; - reads it from standard input
    file: PathBuf,
    /// Only events in which all of these words occur
    #[arg(long, short)]
    query: Option<String>,
    /// Only events that are over before this date begins (EDTF or words). A month stands for all of it; a date with gaps, such as
    /// 2024-10-X4 or [2024-10-04,2024-10-24], is one of its days, and an event matches for certain where it does for each
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    before: Option<String>,
    /// Only events that begin after this date
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    after: Option<String>,
    /// Only events that lie from the beginning of one date to the end of another
    #[arg(long, num_args = 2, value_names = ["FROM", "TO"], allow_hyphen_values = true)]
    between: Option<Vec<String>>,
    /// Only what was known on this date: events that a source had told of by its end, or that no source dates
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    as_known_on: Option<String>,
    /// Also events that are not known precisely enough to say, but might match
    #[arg(long)]
    possibly: bool,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Aligned columns for people
    Table,
    /// One array of objects
    Json,
    /// Comma-separated values with a header (RFC 4180). A cell that a spreadsheet would take for a formula has an
    /// apostrophe before it: it begins with = + - @, also behind blanks, with a tab or a line end. Dates (-0043) and numbers
    /// stay as they are. Controls and marks of direction are made visible
    Csv,
    /// A Markdown table
    Md,
}

/// Bytes that are passed on at once.
const PASSED_ON_BYTES: usize = 1 << 16;

/// An event as it is listed.
#[derive(Debug, Serialize)]
struct Row<'a> {
    id: &'a str,
    /// None of an event without a date.
    date: Option<&'a Date>,
    date_in_words: String,
    /// A time on the clock of the timeline's zone, where that is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    date_in_zone: Option<String>,
    #[serde(serialize_with = "as_written")]
    earliest: DayBound,
    #[serde(serialize_with = "as_written")]
    latest: DayBound,
    title: &'a str,
    lane: Option<&'a str>,
    standing: &'static str,
    weight: u8,
    place: Option<&'a str>,
    coordinates: Option<Coordinates>,
    actors: &'a [Text],
    tags: &'a [Text],
    sources: Vec<&'a str>,
    note: Option<&'a str>,
    images: &'a [Image],
    /// What it says under names of the user's own.
    fields: &'a OwnFields,
    /// How surely it matches the question about time, where one was asked.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    answer: Option<&'static str>,
    /// Whether it was known, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<&'static str>,
}

/// The events that are listed. Their rows are made as they are written, so that a long list takes little more memory than its
/// timeline.
struct Rows<'a> {
    timeline: &'a Timeline,
    zone: Zone,
    known_on: Option<&'a KnownOn>,
    /// In order of time, with how surely each matches the question about it, where one was asked.
    listed: Vec<(&'a Event, Option<Answer>)>,
}

impl<'a> Rows<'a> {
    fn iter(&self) -> impl Iterator<Item = Row<'a>> {
        self.listed.iter().map(|&(event, answer)| self.row(event, answer))
    }

    /// Whether a row says whether its event was known.
    fn ask_known(&self) -> bool {
        self.known_on.is_some() && !self.listed.is_empty()
    }

    fn row(&self, event: &'a Event, answer: Option<Answer>) -> Row<'a> {
        let Self { timeline, zone, known_on, .. } = *self;
        let is_out = |citation: &&Citation| KnownOn::counts(known_on, timeline, citation);
        let [earliest, latest] = match event.date.as_ref().map(Date::day_bounds) {
            Some(bounds) => [bounds.earliest, bounds.latest],
            None => [DayBound::Unknown; 2],
        };
        Row {
            id: &event.id,
            date: event.date.as_ref(),
            date_in_words: event.date_in_words(),
            date_in_zone: event.date.as_ref().and_then(|date| date.describe_in(zone)),
            earliest,
            latest,
            title: &event.title,
            lane: event.lane.as_deref(),
            standing: event.standing.label(),
            weight: event.weight,
            place: event.place.as_deref(),
            coordinates: event.rare.coordinates,
            actors: &event.actors,
            tags: &event.tags,
            sources: event.citations.iter().filter(is_out).map(|citation| citation.source.as_str()).collect(),
            note: event.note.as_deref(),
            images: &event.rare.images,
            fields: &event.rare.fields,
            answer: answer.map(|answer| if answer == Answer::Yes { "yes" } else { "possibly" }),
            known: known_on.map(|known_on| match known_on.event(timeline, event) {
                Known::Yes => "yes",
                Known::Perhaps => "perhaps",
                Known::NotYet => "not yet",
            }),
        }
    }

    fn lane_title(&self, row: &Row<'a>) -> &'a str {
        row.lane.map_or("", |id| self.timeline.lane(id).map_or(id, |lane| lane.title.as_str()))
    }
}

impl Row<'_> {
    /// On the event's own clock, and on the timeline's.
    fn dates(&self) -> Cow<'_, str> {
        match &self.date_in_zone {
            Some(there) => format!("{} · {there}", self.date_in_words).into(),
            None => self.date_in_words.as_str().into(),
        }
    }

    /// What is not certain about its being listed.
    fn doubts(&self) -> String {
        let answer = self.answer.filter(|&answer| answer != "yes");
        let known = self.known.filter(|&known| known != "yes").map(|known| format!("{known} known"));
        answer.map(str::to_owned).into_iter().chain(known).collect::<Vec<_>>().join(", ")
    }
}

fn as_written<S: Serializer>(bound: &DayBound, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(bound)
}

/// Lists the events that match; problems where the file has errors (what could be read is listed all the same).
pub fn run(arguments: &Arguments, out: &mut Output<impl Write>) -> Result<Outcome, Failure> {
    let (loaded, has_errors) = report::open(&arguments.file)?;
    let outcome = if has_errors { Outcome::Problems } else { Outcome::Done };
    out.if_closed = outcome;
    let timeline = &loaded.read.timeline;
    let tests = time_tests(arguments)?;
    let asks_time = !tests.is_empty();
    let words = Query::parse(arguments.query.as_deref().unwrap_or_default());
    let query = words.clone().when(tests);
    let zone = timeline.zone();
    let known_on = arguments.as_known_on.as_ref().map(|text| when::read_known_on("--as-known-on", text, zone));
    let known_on = known_on.transpose()?;
    let hits = Question { query: &query, known_on: known_on.as_ref() }.find(timeline);
    let is_certain = |at: usize| hits.as_ref().is_none_or(|hits| hits.certain().contains(at));
    let is_possible = |at: usize| hits.as_ref().is_none_or(|hits| hits.possible().contains(at));
    let mut listed = Vec::new();
    for (at, event) in timeline.events().iter().enumerate() {
        if is_certain(at) || arguments.possibly && is_possible(at) {
            let answer = asks_time.then(|| if is_certain(at) { Answer::Yes } else { Answer::Possibly });
            listed.push((event, answer));
        }
    }
    // By earliest start, then by latest end, then as in the file; last of all what has no date.
    listed.sort_by_cached_key(|(event, _)| event.sort_key(zone));
    let rows = Rows { timeline, zone, known_on: known_on.as_ref(), listed };
    // Without a date nothing answers a question about time: what would be listed but for that is counted.
    let worded = asks_time.then(|| Question { query: &words, known_on: known_on.as_ref() }.find(timeline));
    let left_out = worded.map_or(0, |hits| {
        let would_match = |at: usize| hits.as_ref().is_none_or(|hits| hits.certain().contains(at));
        let events = timeline.events().iter().enumerate();
        events.filter(|(at, event)| event.date.is_none() && would_match(*at)).count()
    });
    if left_out > 0 {
        let events =
            if left_out == 1 { "1 undated event is".to_owned() } else { format!("{left_out} undated events are") };
        report::note(&format!("{events} left out: without a date nothing answers a question about time"));
    }
    match arguments.format {
        Format::Table => table(&rows, out)?,
        Format::Json => json(&rows, out)?,
        Format::Csv => {
            out.begin_data();
            csv(&rows, out)?;
        }
        Format::Md => {
            out.begin_data();
            markdown_table(&rows, out)?;
        }
    }
    Ok(outcome)
}

/// What is asked of dates.
fn time_tests(arguments: &Arguments) -> Result<Vec<TimeTest>, Failure> {
    let read = |option, text: &String| when::read(option, text).map(|given| given.date);
    let mut tests = Vec::new();
    if let Some(text) = &arguments.before {
        tests.push(TimeTest::Before(read("--before", text)?));
    }
    if let Some(text) = &arguments.after {
        tests.push(TimeTest::After(read("--after", text)?));
    }
    if let Some([from, to]) = arguments.between.as_deref() {
        tests.push(TimeTest::Between(read("--between", from)?, read("--between", to)?));
    }
    Ok(tests)
}

/// The widest cell that others are aligned with, in columns of a terminal: one longer title does not push a thousand rows
/// apart.
const MOST_ALIGNED: usize = 100;

/// Columns as wide as a terminal shows them: two for a letter of East Asia, none for a combining mark (Unicode Standard
/// Annex 11). What they hold is made twice, once to be measured and once to be written, and never held for all rows.
fn table(rows: &Rows<'_>, out: &mut impl Write) -> std::io::Result<()> {
    let heads = ["Date", "Event", "Lane", "Standing", "Sources", ""].map(Cow::Borrowed);
    let mut widths = heads.each_ref().map(|cell| width(cell));
    for row in rows.iter() {
        for (widest, cell) in widths.iter_mut().zip(cells(rows, &row)) {
            *widest = width(&cell).min(MOST_ALIGNED).max(*widest);
        }
    }
    let mut line = String::new();
    let mut write = |cells: [Cow<'_, str>; 6]| {
        line.clear();
        for (cell, widest) in cells.iter().zip(widths) {
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', widest.saturating_sub(width(cell)) + 2));
        }
        line.truncate(line.trim_end().len());
        line.push('\n');
        out.write_all(line.as_bytes())
    };
    write(heads)?;
    rows.iter().try_for_each(|row| write(cells(rows, &row)))
}

/// The cells of a row of the table.
fn cells<'r>(rows: &Rows<'r>, row: &'r Row<'r>) -> [Cow<'r, str>; 6] {
    [
        row.dates(),
        visible(row.title),
        visible(rows.lane_title(row)),
        row.standing.into(),
        row.sources.len().to_string().into(),
        row.doubts().into(),
    ]
}

/// In columns of a terminal.
fn width(cell: &str) -> usize {
    if shown_ascii(cell.as_bytes()) == cell.len() { cell.len() } else { cell.width() }
}

/// One array of objects, written through a buffer: a value goes out in many small pieces.
fn json(rows: &Rows<'_>, out: &mut impl Write) -> Result<(), Failure> {
    let mut out = BufWriter::with_capacity(PASSED_ON_BYTES, out);
    serde_json::Serializer::pretty(&mut out).collect_seq(rows.iter())?;
    writeln!(out)?;
    Ok(out.flush()?)
}

fn csv(rows: &Rows<'_>, out: &mut impl Write) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(out);
    let columns = [
        "id",
        "date",
        "date_in_words",
        "earliest",
        "latest",
        "title",
        "lane",
        "standing",
        "weight",
        "place",
        "actors",
        "tags",
        "sources",
        "note",
    ];
    // Only where there is something to say: programs that read the columns find those they know.
    let asks_known = rows.ask_known().then_some("known");
    let any = |is_given: fn(&Event) -> bool| rows.listed.iter().any(|(event, _)| is_given(event));
    let places = any(|event| event.rare.coordinates.is_some()).then_some("coordinates");
    let images = any(|event| !event.rare.images.is_empty()).then_some("images");
    let own = own_names(rows);
    let mut heading: Vec<Cow<'_, str>> = columns.into_iter().chain(asks_known).map(Cow::from).collect();
    heading.extend(places.into_iter().chain(images).map(Cow::from));
    for &name in &own {
        let is_taken = heading.iter().any(|taken| *taken == name);
        heading.push(if is_taken { cell(&format!("fields.{name}")).into_owned().into() } else { cell(name) });
    }
    writer.write_record(heading.iter().map(|name| name.as_bytes()))?;
    for row in rows.iter() {
        let cells = [
            cell(row.id),
            row.date.map_or("", Date::as_str).into(),
            cell(&row.date_in_words),
            row.earliest.to_string().into(),
            row.latest.to_string().into(),
            cell(row.title),
            cell(row.lane.unwrap_or_default()),
            row.standing.into(),
            row.weight.to_string().into(),
            cell(row.place.unwrap_or_default()),
            cell(&row.actors.join("; ")).into_owned().into(),
            cell(&row.tags.join("; ")).into_owned().into(),
            cell(&row.sources.join("; ")).into_owned().into(),
            cell(row.note.unwrap_or_default()),
        ];
        let mut cells = Vec::from(cells);
        cells.extend(asks_known.map(|_| row.known.unwrap_or_default().into()));
        let coordinates = || row.coordinates.map(|place| place.to_string()).unwrap_or_default();
        cells.extend(places.map(|_| coordinates().into()));
        let files = || row.images.iter().map(|image| &*image.file).collect::<Vec<_>>().join("; ");
        cells.extend(images.map(|_| cell(&files()).into_owned().into()));
        cells.extend(own.iter().map(|name| cell(row.fields.get(name).map_or("", |text| text))));
        writer.write_record(cells.iter().map(|cell| cell.as_bytes()))?;
    }
    writer.flush()?;
    Ok(())
}

/// The names of the user's own fields, in the order in which they come first.
fn own_names<'a>(rows: &Rows<'a>) -> Vec<&'a str> {
    let mut seen = HashSet::new();
    let names = rows.listed.iter().flat_map(|&(event, _)| event.rare.fields.iter()).map(|(name, _)| name.as_str());
    names.filter(|name| seen.insert(*name)).collect()
}

/// A cell of somebody's words: no formula, and with the signs made visible that a terminal would obey, as nobody knows where
/// the other end of a pipe leads. Its lines and tabs are its own and stay.
fn cell(words: &str) -> Cow<'_, str> {
    let words = no_formula(words);
    if !words.contains(|sign| is_unseen(sign) && !matches!(sign, '\n' | '\t')) {
        return words;
    }
    let mut shown = String::with_capacity(words.len() + 8);
    for sign in words.replace("\r\n", "\n").chars() {
        if matches!(sign, '\n' | '\t') { shown.push(sign) } else { push_visible(&mut shown, sign) }
    }
    shown.into()
}

/// A cell that no spreadsheet takes for a formula: an apostrophe before the signs that OWASP names ("CSV Injection"), full
/// width ones included, also behind blanks and signs that nobody sees, unless the whole is a number. Dates are cells of their own: what EDTF allows after a minus calls no
/// function and names no cell.
fn no_formula(cell: &str) -> Cow<'_, str> {
    let shown = cell.trim_start_matches(|c: char| c.is_whitespace() || c.width().unwrap_or(0) == 0);
    let begins =
        cell.starts_with(['\t', '\r', '\n']) || shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let is_number = || {
        let digits = shown.strip_prefix(['+', '-']).unwrap_or(cell);
        digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    if begins && !is_number() { format!("'{cell}").into() } else { cell.into() }
}

fn markdown_table(rows: &Rows<'_>, out: &mut impl Write) -> std::io::Result<()> {
    let (heading, rule) = if rows.ask_known() { (" Known |", "---|") } else { ("", "") };
    writeln!(out, "| Date | Event | Lane | Standing | Sources |{heading}\n|---|---|---|---|---|{rule}")?;
    for row in rows.iter() {
        let mut line = String::from("| ");
        let sources = row.sources.join(", ");
        for cell in [&*row.dates(), row.title, rows.lane_title(&row), row.standing, &*sources] {
            markdown::push_inline(&mut line, cell);
            line.push_str(" | ");
        }
        if let Some(known) = row.known {
            line.push_str(&format!("{known} |"));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_numbers_stay() {
        let cases = [
            ("=1+1", "'=1+1"),
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("@SUM(1)", "'@SUM(1)"),
            ("+1+1", "'+1+1"),
            ("-2+3", "'-2+3"),
            ("-A1", "'-A1"),
            ("-", "'-"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("＝1+1", "'＝1+1"),
            (" =1+1", "' =1+1"),
            ("\u{a0}\u{3000}@SUM(1)", "'\u{a0}\u{3000}@SUM(1)"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("\u{200b}\u{200e}=1", "'\u{200b}\u{200e}=1"),
            ("\0=1", "'\0=1"),
            (" -5", " -5"),
            (" a=1", " a=1"),
            ("-0043", "-0043"),
            ("+3.5", "+3.5"),
            ("-5 degrees", "'-5 degrees"),
            ("a=1", "a=1"),
            ("", ""),
        ];
        for (cell, expected) in cases {
            assert_eq!(no_formula(cell), expected, "{cell}");
        }
    }

    #[test]
    fn no_cell_moves_the_cursor_and_its_lines_stay() {
        let cases = [
            ("\u{1b}[31mred\u{7}", "␛[31mred␇"),
            ("one\r\ntwo\n\tthree", "one\ntwo\n\tthree"),
            ("over\rwritten", "over␍written"),
            ("\u{9b}31m\u{202e}gnp", "\\u009b31m\\u202egnp"),
            ("\0=1", "'␀=1"),
            ("שלום, кириллица", "שלום, кириллица"),
        ];
        for (words, expected) in cases {
            assert_eq!(cell(words), expected);
        }
    }
}
