//! Rows to records, as a mapping says.

use std::collections::{BTreeMap, HashMap};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::grid::{Row, Table};
use super::told::{Tally, Told};
use super::{propose, text};
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::chronology::{Chronology, Named, Part, Record, Rejected};
use crate::interchange::events::dates::{self, Parts, Piece, Reading, Scan, Span, Taken, column::answered_zone};
use crate::interchange::events::input::Asked;
use crate::interchange::events::mapping::{Mapping, Target};
use crate::interchange::events::plain;
use crate::interchange::events::question::{Answer, Answers, Choice, Padded, Question, Ranges, zone_suffix};
use crate::model::{Coordinates, Event, Link, Relation, Source, Standing, Text};
use crate::time::{self, Date, Precision, Zone};

/// Rows that one core makes records of at least: fewer are not worth handing over.
const LEAST_SHARED: usize = 64;

/// Rows that are kept as they stand, to be shown.
const MOST_SAMPLED: usize = 60;

/// Settles how the rows of a table are read. `mapping` names what each column is; `questions` are those asked so far. The chronology
/// has no records: those are made of the rows, unless a question must be answered first.
pub fn open<'t>(
    mut table: Table<'t>,
    mapping: Mapping,
    questions: Vec<Question>,
    asked: &Asked<'_>,
) -> (Chronology, Option<Rows<'t>>) {
    let answers = mapping.answers.clone().overridden_by(asked.answers);
    let problems = std::mem::take(&mut table.problems);
    // Of what was not read at all nobody asks for a title.
    let is_refused = table.columns.is_empty() && problems.iter().any(|problem| problem.severity == Severity::Error);
    let mut chronology = Chronology { questions, problems, ..Chronology::default() };
    let nulls = nulls(&mapping);
    let is_null = |cell: &str| cell.is_empty() || nulls.iter().any(|null| null == cell);
    let readings = settle(&table, &mapping, &answers, &is_null, asked.progress, &mut chronology);
    for column in mapping.columns.iter().filter(|column| column.to == Target::Ignore) {
        let message = format!("the column \"{}\" was left out{}", column.name, reason(&column.why));
        chronology.problems.push(Problem::new(Severity::Info, "column-left-out", 1, message));
    }
    if !is_refused && !mapping.columns.iter().any(|column| matches!(column.to, Target::Title | Target::Note)) {
        let message = "no column is the title: say in a mapping which one it is";
        chronology.problems.push(Problem::new(Severity::Error, "no-title-column", 1, message));
    }
    table.each(|row, _| {
        chronology.sample.push((format!("{} {}", table.noun, row.number), row.cells()));
        chronology.sample.len() < MOST_SAMPLED
    });
    let is_open = chronology.questions.iter().any(|question| question.is_open);
    let rows = (!is_open).then(|| Rows::new(table, &mapping, &answers, readings, nulls));
    chronology.mapping = Some(mapping);
    (chronology, rows)
}

fn reason(why: &str) -> String {
    if why.is_empty() { String::new() } else { format!(": {why}") }
}

/// What stands for nothing in a table.
pub fn nulls(mapping: &Mapping) -> Vec<String> {
    mapping.nulls.clone().unwrap_or_else(|| text::NULLS.map(str::to_owned).to_vec())
}

/// Counts the dates of every column of dates, and settles how each is read.
fn settle(
    table: &Table<'_>,
    mapping: &Mapping,
    answers: &Answers,
    is_null: &dyn Fn(&str) -> bool,
    progress: &dyn Fn(f64) -> bool,
    chronology: &mut Chronology,
) -> Vec<Option<Reading>> {
    let is_date = |target| {
        matches!(target, Target::Date | Target::End | Target::LatestStart | Target::EarliestEnd | Target::Published)
    };
    let mut scans: Vec<Option<Scan>> = table
        .columns
        .iter()
        .map(|name| mapping.column(name).filter(|column| is_date(column.to)).map(|_| Scan::default()))
        .collect();
    if scans.iter().any(Option::is_some) {
        table.each_part(|rows, share| {
            for (at, scan) in scans.iter_mut().enumerate().filter_map(|(at, scan)| Some((at, scan.as_mut()?))) {
                let cells: Vec<&str> = rows.iter().map(|row| row.get(at)).filter(|cell| !is_null(cell)).collect();
                scan.add_all(&cells);
            }
            progress(share)
        });
    }
    let has_zone = mapping.columns.iter().any(|column| column.to == Target::Zone);
    let readings = table.columns.iter().zip(scans).map(|(name, scan)| {
        let padded = mapping.column(name).map(|column| column.padded.as_slice()).unwrap_or_default();
        Some(scan?.settle(name, answers, padded, &mut chronology.questions, &mut chronology.problems))
    });
    let readings = readings.collect();
    if has_zone {
        chronology.questions.retain(|question| question.code != "zone");
    }
    let has = |target| mapping.columns.iter().any(|column| column.to == target);
    if (has(Target::Date) || has(Target::Year))
        && (has(Target::End) || has(Target::EndYear))
        && answers.ranges.is_none()
    {
        let lasted =
            Choice::new("It lasted from the one to the other", "--ranges lasted", Answer::Ranges(Ranges::Lasted));
        let within = Choice::new("It happened once between them", "--ranges within", Answer::Ranges(Ranges::Within));
        let choices = if propose::is_within(&mapping.columns) { vec![within, lasted] } else { vec![lasted, within] };
        chronology.questions.push(Question {
            code: "ranges",
            column: None,
            text: "Rows have a start and an end. What do the two say of an event?".to_owned(),
            choices,
            is_open: false,
        });
    }
    readings
}

/// The columns of a table by what they are, and what was settled of them. Its rows become records in each pass over it.
#[derive(Debug)]
pub struct Rows<'t> {
    table: Table<'t>,
    targets: FxHashMap<Target, Vec<usize>>,
    /// The numbers of sources, with the columns of each.
    groups: BTreeMap<usize, Vec<(Target, usize)>>,
    standings: HashMap<String, Option<Standing>>,
    weights: HashMap<String, Option<u8>>,
    readings: Vec<Option<Reading>>,
    zone: Option<String>,
    ranges: Ranges,
    /// Whether padding is taken out only where the wording names no day.
    is_padding_by_wording: bool,
    padded: Vec<Padded>,
    /// What stands for nothing.
    nulls: Vec<String>,
}

impl<'t> Rows<'t> {
    fn new(
        table: Table<'t>,
        mapping: &Mapping,
        answers: &Answers,
        readings: Vec<Option<Reading>>,
        nulls: Vec<String>,
    ) -> Self {
        let mut targets: FxHashMap<Target, Vec<usize>> = FxHashMap::default();
        let mut groups: BTreeMap<usize, Vec<(Target, usize)>> = BTreeMap::new();
        for (at, name) in table.columns.iter().enumerate() {
            // What the mapping does not name goes to the own fields.
            let column = mapping.column(name);
            let target = column.map_or(Target::Own, |column| column.to);
            targets.entry(target).or_default().push(at);
            let is_source = matches!(
                target,
                Target::Url | Target::Source | Target::Author | Target::Publisher | Target::Published | Target::Quote
            );
            if is_source {
                groups.entry(column.map_or(0, |column| column.group)).or_default().push((target, at));
            }
        }
        let default_ranges = if propose::is_within(&mapping.columns) { Ranges::Within } else { Ranges::Lasted };
        Self {
            table,
            targets,
            groups,
            standings: mapping
                .standings
                .iter()
                .map(|(word, standing)| (word.trim().to_lowercase(), *standing))
                .collect(),
            weights: mapping.weights.iter().map(|(word, weight)| (word.trim().to_lowercase(), *weight)).collect(),
            readings,
            zone: answered_zone(answers),
            ranges: answers.ranges.unwrap_or(default_ranges),
            is_padding_by_wording: answers.padded_where_wording_has_no_day,
            padded: answers.padded.clone(),
            nulls,
        }
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.table.rows
    }

    /// Whether records may have links, whose targets are keys of others.
    pub fn may_have_links(&self) -> bool {
        self.columns(Target::Related).next().is_some()
    }

    /// Makes the records, part by part, until `take` says that it is enough or `progress`, which is told the share that was read,
    /// that nobody waits. Gives what is told of the rows.
    pub fn each(&self, progress: &dyn Fn(f64) -> bool, take: &mut dyn FnMut(Part) -> bool) -> Vec<Problem> {
        let mut tally = Tally::default();
        self.table.each_part(|rows, share| {
            if !progress(share) {
                return false;
            }
            // A record follows from its row alone, so that cores share them; what is told comes in the order of the rows.
            let make = |row: &Row<'_>| {
                let mut told = Told::default();
                let record = self.record(*row, &mut told).map_err(|reason| told.reject(*row, reason)).ok();
                (record, told)
            };
            let made: Vec<(Option<Record>, Told)> = rows.par_iter().with_min_len(LEAST_SHARED).map(make).collect();
            let mut part = Part { records: Vec::with_capacity(made.len()), rejected: Vec::new() };
            for (line, (record, told)) in rows.iter().map(|row| row.line).zip(made) {
                part.records.extend(record);
                part.rejected.extend(told.rejected);
                told.problems.into_iter().for_each(|problem| tally.add(problem));
                told.words.into_iter().for_each(|(target, word)| tally.add_word(target, word, line));
            }
            take(part)
        });
        tally.finish()
    }

    fn is_null(&self, cell: &str) -> bool {
        cell.is_empty() || self.nulls.iter().any(|null| null == cell)
    }

    fn columns(&self, target: Target) -> impl Iterator<Item = usize> + '_ {
        self.targets.get(&target).into_iter().flatten().copied()
    }

    /// The cells of a target that have something in them.
    fn cells<'r>(&'r self, row: Row<'r>, target: Target) -> impl Iterator<Item = (usize, &'r str)> + 'r {
        self.columns(target).map(move |at| (at, row.get(at))).filter(|(_, cell)| !self.is_null(cell))
    }

    fn first<'r>(&'r self, row: Row<'r>, target: Target) -> Option<&'r str> {
        self.cells(row, target).next().map(|(_, cell)| cell)
    }

    fn record(&self, row: Row<'_>, told: &mut Told) -> Result<Record, String> {
        let mut links: Vec<(String, String)> = Vec::new();
        let mut plain = |cell: &str| {
            let found = plain::plain(cell);
            links.extend(found.links);
            found.text
        };
        let mut title = self.first(row, Target::Title).map(&mut plain).unwrap_or_default();
        let notes: Vec<String> = self.cells(row, Target::Note).map(|(_, cell)| plain(cell)).collect();
        let mut note = notes.join("\n\n");
        if title.trim().is_empty() {
            // The first words of the note stand for a title that is missing.
            title = text::first_sentence(&note).unwrap_or_else(|| std::mem::take(&mut note));
        } else if let Some(short) = text::first_sentence(&title) {
            note = if note.is_empty() { title } else { format!("{title}\n\n{note}") };
            title = short;
        }
        let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
        if title.is_empty() {
            return Err("it has neither a title nor a note".to_owned());
        }
        let mut event = Event::undated("", title);
        event.note = (!note.trim().is_empty()).then(|| note.trim().into());
        let date_as_given = self.date(row, &mut event, told);
        self.texts(row, &mut event, told);
        let locator = format!("{} {}", self.table.noun, row.number);
        let mut record = Record::new(row.line, locator, event);
        record.key = self.first(row, Target::Key).map(str::to_owned);
        record.date_as_given = date_as_given;
        record.sources = self.sources(row, links);
        Ok(record)
    }

    /// Everything but title, note and date.
    fn texts(&self, row: Row<'_>, event: &mut Event, told: &mut Told) {
        event.lane = self.first(row, Target::Lane).map(Into::into);
        for (target, by_commas) in [(Target::Actors, true), (Target::Tags, true)] {
            let mut items: Vec<String> = Vec::new();
            for (_, cell) in self.cells(row, target) {
                for item in text::items(cell, by_commas) {
                    if !items.contains(&item) {
                        items.push(item);
                    }
                }
            }
            let items = items.iter().map(|item| Text::from(item.as_str()));
            if target == Target::Actors { event.actors = items.collect() } else { event.tags = items.collect() }
        }
        let places: Vec<&str> = self.cells(row, Target::Place).map(|(_, cell)| cell).collect();
        event.place = (!places.is_empty()).then(|| places.join(", ").as_str().into());
        if let Some(cell) = self.first(row, Target::Standing) {
            let told_of = self.standings.get(&cell.to_lowercase()).copied();
            match told_of.unwrap_or_else(|| propose::standing(cell)) {
                Some(standing) => event.standing = standing,
                None => {
                    self.keep(row, event, Target::Standing);
                    told.words.push((Target::Standing, cell.to_owned()));
                }
            }
        }
        if let Some(cell) = self.first(row, Target::Weight) {
            let told_of = self.weights.get(&cell.to_lowercase()).copied();
            match told_of.unwrap_or_else(|| propose::weight(cell)) {
                Some(weight) => event.weight = weight.clamp(1, 5),
                None => {
                    self.keep(row, event, Target::Weight);
                    told.words.push((Target::Weight, cell.to_owned()));
                }
            }
        }
        self.coordinates(row, event, told);
        for (_, cell) in self.cells(row, Target::Related) {
            for key in text::items(cell, true) {
                event.links.push(Link { to: key.as_str().into(), relation: Relation::Related, note: None });
            }
        }
        // The limits of a start and an end are kept as they stand as well: with both ends known no one date says them.
        for target in [Target::Own, Target::LatestStart, Target::EarliestEnd] {
            self.keep(row, event, target);
        }
    }

    /// Puts the cells of a target into the event's own fields.
    fn keep(&self, row: Row<'_>, event: &mut Event, target: Target) {
        for (at, cell) in self.cells(row, target) {
            if let Some(name) = self.table.columns.get(at) {
                event.rare.fields.put(name.as_str(), cell);
            }
        }
    }

    fn coordinates(&self, row: Row<'_>, event: &mut Event, told: &mut Told) {
        let number = |target| self.first(row, target).map(|cell| cell.replace(',', ".").parse::<f64>().ok());
        let found = match (number(Target::Latitude), number(Target::Longitude)) {
            (Some(latitude), Some(longitude)) => {
                let place =
                    latitude.zip(longitude).and_then(|(latitude, longitude)| Coordinates::new(latitude, longitude));
                Some((place, [Target::Latitude, Target::Longitude].as_slice()))
            }
            (None, None) => {
                let cell = self.first(row, Target::Coordinates);
                cell.map(|cell| (Coordinates::parse(cell), [Target::Coordinates].as_slice()))
            }
            _ => Some((None, [Target::Latitude, Target::Longitude].as_slice())),
        };
        match found {
            Some((Some(place), _)) => event.rare.coordinates = Some(place),
            Some((None, targets)) => {
                targets.iter().for_each(|target| self.keep(row, event, *target));
                told.tell(Severity::Warning, "bad-coordinates", row.line, || {
                    "its coordinates are no place; they were kept as fields of their own".to_owned()
                });
            }
            None => {}
        }
    }

    /// The sources of a row: one for each address, with what stands beside it, then those that its texts led to.
    fn sources(&self, row: Row<'_>, links: Vec<(String, String)>) -> Vec<Named> {
        let mut sources: Vec<Named> = Vec::new();
        for group in self.groups.values() {
            let cells = |target: Target| {
                let cells = group.iter().filter(move |(known, _)| *known == target).map(|(_, at)| row.get(*at));
                cells.filter(|cell| !self.is_null(cell))
            };
            let mut urls: Vec<String> = cells(Target::Url)
                .flat_map(|cell| {
                    let found = plain::addresses(cell);
                    if found.is_empty() { text::items(cell, false) } else { found }
                })
                .collect();
            let mut titles: Vec<String> = Vec::new();
            for cell in cells(Target::Source) {
                let found = plain::plain(cell);
                let bare = plain::addresses(&found.text);
                let items = text::items(&found.text, false);
                if bare.is_empty() {
                    titles.extend(items);
                } else {
                    // "The Herald, https://…" names both.
                    for item in items {
                        let mut words = item.clone();
                        bare.iter().for_each(|address| words = words.replace(address.as_str(), ""));
                        let words = words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
                        titles.push(words);
                    }
                    urls.extend(bare);
                }
                for (address, words) in found.links {
                    let mut source = Source::new("", words.as_str());
                    source.url = Some(address.as_str().into());
                    titles.retain(|title| *title != words);
                    sources.push(Named::new(source));
                }
            }
            titles.retain(|title| !title.is_empty() || urls.len() > 1);
            let one = |target: Target| cells(target).next();
            let number = urls.len().max(titles.len());
            for at in 0..number {
                let (url, title) = (urls.get(at), titles.get(at));
                let mut source = Source::new("", title.map(String::as_str).unwrap_or_default());
                source.url = url.map(|url| url.as_str().into());
                source.author = one(Target::Author).map(Into::into);
                source.publisher = one(Target::Publisher).map(Into::into);
                source.published = group
                    .iter()
                    .find(|(known, _)| *known == Target::Published)
                    .and_then(|(_, at)| self.plain_date(*at, row.get(*at)));
                let quote = one(Target::Quote).filter(|_| at == 0).map(|cell| plain::plain(cell).text);
                sources.push(Named { quote: quote.map(|quote| quote.as_str().into()), ..Named::new(source) });
            }
            if number == 0
                && let Some(publisher) = one(Target::Publisher)
            {
                let mut source = Source::new("", publisher);
                source.author = one(Target::Author).map(Into::into);
                sources.push(Named::new(source));
            }
        }
        for (address, words) in links {
            let is_there = sources.iter().any(|named| named.source.url.as_deref() == Some(address.as_str()));
            if !is_there {
                let mut source = Source::new("", if words.contains("://") { "" } else { words.as_str() });
                source.url = Some(address.as_str().into());
                sources.push(Named::new(source));
            }
        }
        sources
    }

    /// The date of a cell, where it can be read.
    fn plain_date(&self, column: usize, cell: &str) -> Option<Date> {
        let reading = self.readings.get(column).and_then(Option::as_ref)?;
        match reading.read(cell) {
            Taken::Parts(parts) => parts.without(&reading.padded).date(),
            Taken::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Puts the date of a row into the event; the words of the file for it.
    fn date(&self, row: Row<'_>, event: &mut Event, told: &mut Told) -> Option<String> {
        let wording = self.first(row, Target::Wording);
        let mut given: Vec<String> = Vec::new();
        let start = self.end_of_date(row, &START, wording, &mut given, told);
        let start_given = given.join(" ");
        let mut given: Vec<String> = Vec::new();
        let end = self.end_of_date(row, &END, wording, &mut given, told);
        let end_given = given.join(" ");
        let is_whole = |date: &Date| date.as_str().contains('/') || date.as_str().starts_with(['[', '{']);
        let (start, end) = self.windows(row, start, end, told);
        let span = match (start, end) {
            // A date that says both is not to be said again.
            (Some(start), Some(_)) if is_whole(&start) => Span::Apart(start),
            (start, end) => dates::span(start, end, self.ranges, Zone::UTC),
        };
        event.date = match span {
            Span::Date(date) => Some(date),
            Span::Nothing => None,
            Span::Reversed(date) => {
                told.tell(Severity::Warning, "end-before-start", row.line, || {
                    format!("its end {end_given} is before its start {start_given}; the start was taken, and the end kept as a field of its own")
                });
                self.keep(row, event, Target::End);
                Some(date)
            }
            Span::Apart(date) => {
                self.keep(row, event, Target::End);
                told.tell(Severity::Warning, "end-apart", row.line, || {
                    format!(
                        "{start_given} and {end_given} cannot stand in one date; the end was kept as a field of its own"
                    )
                });
                Some(date)
            }
        };
        if let Some(words) = wording {
            event.wording = Some(words.into());
            self.by_wording(row, words, event, told);
        }
        let given: Vec<&str> =
            [start_given.as_str(), end_given.as_str()].into_iter().filter(|given| !given.is_empty()).collect();
        let given = given.join(" – ");
        if given.is_empty() { wording.map(str::to_owned) } else { Some(given) }
    }

    /// One end of the date, from its own columns.
    fn end_of_date(
        &self,
        row: Row<'_>,
        end: &End,
        wording: Option<&str>,
        given: &mut Vec<String>,
        told: &mut Told,
    ) -> Option<Date> {
        let mut taken = Taken::Nothing;
        let mut padded: &[Padded] = &self.padded;
        for (at, cell) in self.cells(row, end.date) {
            given.push(cell.to_owned());
            let Some(reading) = self.readings.get(at).and_then(Option::as_ref) else { continue };
            padded = &reading.padded;
            taken = reading.read(cell);
            if !matches!(taken, Taken::Nothing) {
                break;
            }
        }
        if matches!(taken, Taken::Nothing | Taken::Refused(_)) {
            taken = self.by_numbers(row, end, given).unwrap_or(taken);
        }
        let mut parts = match taken {
            Taken::Nothing | Taken::Refused(_) => return None,
            Taken::Date(date) => return Some(date),
            Taken::Unread(reason) => {
                told.tell(Severity::Warning, "bad-date", row.line, || format!("{reason}; the event came in undated"));
                told.rejected.push(Rejected {
                    line: row.line,
                    reason: format!("came in undated: {reason}"),
                    cells: row.cells(),
                });
                return None;
            }
            Taken::Parts(parts) => parts,
        };
        if let Some((_, cell)) = self.cells(row, end.time).next() {
            given.push(cell.to_owned());
            match dates::clock(cell) {
                Some(clock) if parts.day.is_some() => parts.clock = Some(clock),
                _ => told.tell(Severity::Warning, "bad-time", row.line, || {
                    format!("\"{cell}\" is no time of day; it was left out")
                }),
            }
        }
        if parts.clock.is_some() && parts.zone.is_none() {
            let cell = self.first(row, Target::Zone);
            if let Some(cell) = cell {
                given.push(cell.to_owned());
                if zone_suffix(cell).is_none() {
                    told.tell(Severity::Warning, "unknown-zone", row.line, || {
                        format!("\"{cell}\" is no zone; its time stays without one")
                    });
                }
            }
            parts.zone = cell.and_then(zone_suffix).or_else(|| self.zone.clone()).map(Into::into);
        }
        let has_no_day = || wording.is_none_or(|wording| !names_a_day(wording));
        if !padded.is_empty() && (!self.is_padding_by_wording || has_no_day()) {
            parts = parts.without(padded);
        }
        let mark = self.first(row, Target::Precision).map(|cell| coarsened(&mut parts, cell)).unwrap_or_default();
        let date = parts.date().or_else(|| Parts { zone: None, ..parts.clone() }.date())?;
        if mark.is_empty() || parts.clock.is_some() {
            return Some(date);
        }
        let text = match mark {
            "X" => format!("{}X", date.as_str().get(..3)?),
            "XX" => format!("{}XX", date.as_str().get(..2)?),
            mark => format!("{date}{mark}"),
        };
        Some(Date::parse(&text).unwrap_or(date))
    }

    /// A date of columns for year, month and day.
    fn by_numbers(&self, row: Row<'_>, end: &End, given: &mut Vec<String>) -> Option<Taken> {
        let cell = |target| self.first(row, target);
        let year = cell(end.year)?;
        let words = [Some(year), cell(end.month), cell(end.day)];
        let text = words.into_iter().flatten().collect::<Vec<_>>().join("-");
        given.push(text.clone());
        let whole = |text: &str| text.strip_suffix(".0").unwrap_or(text).parse::<i64>().ok();
        let Some(year) = whole(year) else {
            // "c. 1950" in a column of years.
            let date = time::unambiguous(year).or_else(|| Date::parse(year).ok());
            return Some(date.map_or_else(|| Taken::Unread(format!("\"{year}\" is no year")), Taken::Date));
        };
        let month = match cell(end.month) {
            None => None,
            Some(month) => match whole(month).and_then(|month| u8::try_from(month).ok()).or_else(|| month_named(month))
            {
                Some(month @ 1..=12) => Some(month),
                Some(0) => None,
                _ => return Some(Taken::Unread(format!("\"{month}\" is no month"))),
            },
        };
        let day = match cell(end.day) {
            None => None,
            Some(day) => match whole(day).and_then(|day| u8::try_from(day).ok()) {
                Some(day @ 1..=31) if month.is_some() => Some(day),
                Some(0) => None,
                _ => return Some(Taken::Unread(format!("\"{day}\" is no day of a month"))),
            },
        };
        let parts = Parts { year, month, day, clock: None, zone: None };
        Some(if parts.date().is_some() { Taken::Parts(parts) } else { Taken::Unread(format!("there is no {text}")) })
    }

    /// A start and an end with the latest that the one and the earliest that the other can have been. What happened once lies between
    /// its limits, to the day; an interval begins and ends with pieces of the calendar, and the limits are fields as well.
    fn windows(
        &self,
        row: Row<'_>,
        start: Option<Date>,
        end: Option<Date>,
        told: &mut Told,
    ) -> (Option<Date>, Option<Date>) {
        let limit = |target| self.cells(row, target).next().and_then(|(at, cell)| self.plain_date(at, cell));
        let (latest, earliest) = (limit(Target::LatestStart), limit(Target::EarliestEnd));
        let latest = latest.filter(|latest| Some(latest) != start.as_ref());
        let earliest = earliest.filter(|earliest| Some(earliest) != end.as_ref());
        match (&start, &end) {
            (Some(first), None) if let Some(last) = &latest => {
                match dates::span(Some(first.clone()), Some(last.clone()), Ranges::Within, Zone::UTC) {
                    Span::Date(date) => return (Some(date), None),
                    _ => told.tell(Severity::Warning, "start-window", row.line, || {
                        format!(
                            "it began at {first} and at the latest at {last}, which is no window; {first} was taken"
                        )
                    }),
                }
                (start, end)
            }
            (Some(first), Some(last)) if self.ranges == Ranges::Lasted => {
                let mut widened = |given: &Date, from: &Date, to: &Date, verb: &str| {
                    let Some(Piece { date, is_exact }) = dates::piece(from, to) else {
                        told.tell(Severity::Warning, "start-window", row.line, || {
                            format!("it {verb} between {from} and {to}, which no one date can say; {given} was taken")
                        });
                        return given.clone();
                    };
                    if !is_exact {
                        told.tell(Severity::Info, "wider-window", row.line, || {
                            format!(
                                "it {verb} between {from} and {to}; {date} is the finest that an interval can say of it"
                            )
                        });
                    }
                    date
                };
                let from = latest.map_or_else(|| first.clone(), |latest| widened(first, first, &latest, "began"));
                let to = earliest.map_or_else(|| last.clone(), |earliest| widened(last, &earliest, last, "ended"));
                // Two windows in one piece would be something that happened once in it.
                if from == to { (Some(first.clone()), end) } else { (Some(from), Some(to)) }
            }
            _ => (start, end),
        }
    }

    /// Words that say the date more vaguely than the numbers beside them win: the numbers were made of them.
    fn by_wording(&self, row: Row<'_>, words: &str, event: &mut Event, told: &mut Told) {
        let Some(said) = Date::parse(words).ok().or_else(|| time::unambiguous(words)) else { return };
        let Some(date) = &event.date else {
            event.date = Some(said);
            return;
        };
        if said == *date {
            return;
        }
        let bounds = |date: &Date| {
            let extent = date.extent(Zone::UTC);
            // What has no bound reaches as far as one can see.
            let from = extent.earliest_start.instant().map_or(i128::MIN, |at| i128::from(at.micros()));
            let to = extent.latest_end.instant().map_or(i128::MAX, |at| i128::from(at.micros()));
            (from, to)
        };
        let (inner, outer) = (bounds(date), bounds(&said));
        let lies_within = outer.0 <= inner.0 && inner.1 <= outer.1;
        let is_vague = |date: &Date| date.certainty().approximate || date.certainty().uncertain;
        let is_vaguer = said.precision() < date.precision() || is_vague(&said) && !is_vague(date);
        if lies_within && is_vaguer {
            event.date = Some(said);
        } else if inner.1 <= outer.0 || outer.1 <= inner.0 {
            told.tell(Severity::Warning, "wording-differs", row.line, || {
                format!("its date {date} is not what its words say, \"{words}\"; both were kept")
            });
        }
    }
}

/// The columns of one end of a date.
struct End {
    date: Target,
    time: Target,
    year: Target,
    month: Target,
    day: Target,
}

const START: End =
    End { date: Target::Date, time: Target::Time, year: Target::Year, month: Target::Month, day: Target::Day };
const END: End = End {
    date: Target::End,
    time: Target::EndTime,
    year: Target::EndYear,
    month: Target::EndMonth,
    day: Target::EndDay,
};

/// Makes a date as coarse as a word says; the mark that the word adds to it.
fn coarsened(parts: &mut Parts, word: &str) -> &'static str {
    let word = propose::normal(word);
    let (keeps, mark) = match word.as_str() {
        "century" | "7" => (Precision::Year, "XX"),
        "decade" | "8" => (Precision::Year, "X"),
        "year" | "y" | "yyyy" | "9" | "annual" => (Precision::Year, ""),
        "month" | "m" | "mm" | "yyyy mm" | "10" => (Precision::Month, ""),
        "day" | "d" | "dd" | "date" | "yyyy mm dd" | "11" => (Precision::Day, ""),
        "circa" | "c" | "ca" | "approximate" | "approx" | "about" | "estimated" | "yes" | "true" => {
            (Precision::Second, "~")
        }
        "uncertain" | "doubtful" | "unsure" => (Precision::Second, "?"),
        _ => return "",
    };
    if keeps <= Precision::Day {
        (parts.clock, parts.zone) = (None, None);
    }
    if keeps <= Precision::Month {
        parts.day = None;
    }
    if keeps <= Precision::Year {
        parts.month = None;
    }
    mark
}

/// Whether words for a date name a day: a number up to 31 that is no year.
fn names_a_day(words: &str) -> bool {
    if let Some(date) = Date::parse(words).ok().or_else(|| time::unambiguous(words)) {
        return date.precision() >= Precision::Day;
    }
    words
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.parse::<u8>().is_ok_and(|number| (1..=31).contains(&number)))
}

/// The number of a month by its name.
fn month_named(name: &str) -> Option<u8> {
    let date = time::unambiguous(&format!("{name} 2001"))?;
    let month = date.as_str().strip_prefix("2001-").filter(|month| month.len() == 2)?;
    month.parse().ok().filter(|month| (1..=12).contains(month))
}
