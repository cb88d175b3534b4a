//! `annalist import-events`: events from tables and from the chronologies of other programs, into a timeline.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::progress::Progress;
use super::report::is_standard;
use super::{Failure, Outcome, report, target, when};
use crate::diagnostic::{Severity, counted, counted_as};
use crate::edit::{self, Edit};
use crate::interchange::Problem;
use crate::interchange::events::assemble::{Made, Origin, Sink, around_known, known_text};
use crate::interchange::events::chronology::{REJECTED_HEADINGS, Rejected, csv_rows};
use crate::interchange::events::mapping;
use crate::interchange::events::own::{self, Own};
use crate::interchange::events::question::{DayOrder, Padded, Ranges, Serials, zone_suffix};
use crate::interchange::events::{
    Answers, Asked, Assembled, Chronology, FORMATS, Format, Imports, Input, Mapping, Opened, Question, assemble,
    assemble_into, is_note,
};
use crate::model::{Event, Standing, Text, Timeline};
use crate::store::{self, NewFile, SaveLock, Spill, Writer};
use crate::text::visible;
use crate::time::{Date, Precision, Zone};

/// Arguments of `annalist import-events`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Tables and chronologies: .csv, .tsv, .xlsx, .ods, .json, … or a folder of notes; - reads standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// The timeline to add the events to; a new one where there is no such file
    #[arg(long, short)]
    output: PathBuf,
    /// The format, where name and content do not say it
    #[arg(long, value_parser = format())]
    format: Option<&'static Format>,
    /// What the columns of a table become, as --write-map writes it
    #[arg(long, value_name = "MAP.ron")]
    map: Option<PathBuf>,
    /// Write what the columns are taken for, with the reasons, to be edited and given back with --map; nothing is brought in
    #[arg(long, value_name = "MAP.ron")]
    write_map: Option<PathBuf>,
    /// Say what would be done, and what is taken for granted; nothing is written
    #[arg(long)]
    dry_run: bool,
    /// Write the rows that were not taken, and those whose dates were not, as a table with the reasons
    #[arg(long, value_name = "REJECTS.csv")]
    report: Option<PathBuf>,
    /// The title of a new timeline; that of the file, or its name, where not given
    #[arg(long)]
    title: Option<String>,
    /// What stands first in 2/5/2025, where no date of the column tells
    #[arg(long, value_enum)]
    dates: Option<Order>,
    /// The first of the hundred years in which years of two digits lie: with 1950, 49 is 2049 and 50 is 1950
    #[arg(long, value_name = "YEAR")]
    short_years: Option<i32>,
    /// The zone of times that name none: UTC, +02:00, Europe/Berlin
    #[arg(long, value_parser = zone)]
    zone: Option<String>,
    /// What a start and an end say: that an event lasted from the one to the other, or that it happened once between them
    #[arg(long, value_enum)]
    ranges: Option<StartAndEnd>,
    /// What only fills up dates, of these: midnight (00:00:00 is the day), first (of a month is the month), fifteenth (too),
    /// new-year (1 January is the year)
    #[arg(long, value_enum, value_delimiter = ',')]
    padded: Vec<Filler>,
    /// Take --padded to hold only for dates whose wording, in a column of its own, names no day
    #[arg(long, requires = "padded")]
    padded_unless_worded: bool,
    /// What numbers of days in a text are counted from
    #[arg(long, value_enum)]
    serials: Option<Epoch>,
    /// Mend text that was decoded twice ("â€œ")
    #[arg(long)]
    mend: bool,
    /// Keep no copy of the file beside the timeline; its hash goes to the note of the source
    #[arg(long)]
    no_copy: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// The day: 2 May
    Dmy,
    /// The month: 5 February
    Mdy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum StartAndEnd {
    /// It lasted
    Lasted,
    /// Once, at an unknown time between them
    Within,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Filler {
    Midnight,
    First,
    Fifteenth,
    NewYear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Epoch {
    /// As Excel does
    #[value(name = "1900")]
    Since1900,
    /// As Excel for Macintosh did
    #[value(name = "1904")]
    Since1904,
}

/// Accepts the name of a format.
fn format() -> impl TypedValueParser<Value = &'static Format> {
    let names: Vec<&'static str> = FORMATS.iter().map(|format| format.id).collect();
    PossibleValuesParser::new(names).try_map(|name| Format::named(&name).ok_or("there is no such format"))
}

fn zone(text: &str) -> Result<String, String> {
    zone_suffix(text)
        .map(|_| text.to_owned())
        .ok_or_else(|| "give UTC, an offset such as +02:00, or a zone such as Europe/Berlin".to_owned())
}

/// A file to bring in, as it was read.
struct File {
    /// The name it has in messages.
    name: String,
    /// The name it has as a source.
    short: String,
    path: Option<PathBuf>,
    bytes: Vec<u8>,
    parts: Vec<(String, Vec<u8>)>,
    format: &'static Format,
}

impl File {
    fn input(&self) -> Input<'_> {
        Input { name: &self.short, bytes: &self.bytes, parts: &self.parts }
    }
}

/// What became of the events.
#[derive(Default)]
struct Sums {
    added: usize,
    updated: usize,
    unchanged: usize,
    conflicts: usize,
    deleted: usize,
    missing: usize,
    undated: usize,
    errors: usize,
    warnings: usize,
}

/// What an import comes to.
#[derive(Default)]
struct Done {
    sums: Sums,
    is_changed: bool,
    is_open: bool,
    /// The ids of new events as they are printed, with line ends between them.
    added: Vec<String>,
    told: Vec<String>,
    plan: Vec<String>,
    report: Option<Report>,
}

/// Brings the events in and saves the timeline; prints the new ids, and on standard error every problem and a summary.
pub fn run(arguments: &Arguments, out: &mut impl Write) -> Result<Outcome, Failure> {
    target::is_timeline(&arguments.output)?;
    let map = arguments.map.as_deref().map(read_map).transpose()?;
    let progress = Progress::new();
    let files: Vec<File> = arguments.inputs.iter().map(|input| read(arguments, input)).collect::<Result<_, _>>()?;
    let answers = answers(arguments);
    if let Some(path) = &arguments.write_map {
        progress.clear();
        return write_map(path, &files, &answers, map.as_ref());
    }
    let imports_path = store::imports_file(&arguments.output);
    let mut captures: Vec<Option<crate::model::Capture>> = vec![None; files.len()];
    let mut done = report::for_change(&arguments.output, |is_first| {
        // Held from the reading on, so that what others add meanwhile comes before it or behind it.
        let lock = match arguments.dry_run {
            true => None,
            false => Some(SaveLock::wait(&arguments.output)?.keeping(report::backup(Writer::Session))),
        };
        let mut imports = read_imports(&imports_path)?;
        // Left empty, it is taken from the file, if that has one.
        let untitled = || if files.len() == 1 { String::new() } else { target::stem(&arguments.output) };
        let title = arguments.title.as_deref();
        let (mut loaded, mut timeline) = target::open(&arguments.output, title, untitled, is_first)?;
        let report = arguments.report.as_deref().map(Report::beside).transpose()?;
        let mut done = Done { report, ..Done::default() };
        // Into a new file one file is written while it is read: nobody has to hold its events.
        let is_written_along = files.len() == 1 && loaded.is_none() && lock.is_some() && imports == Imports::default();
        let mut along = match is_written_along {
            true => Some(Along::beside(&arguments.output, &imports_path)?),
            false => None,
        };
        for (file, capture) in files.iter().zip(&mut captures) {
            let bringing = Bringing { arguments, file, answers: &answers, map: map.as_ref(), progress: &progress };
            bringing.put(&mut timeline, &mut imports, capture, &mut along, &mut done)?;
        }
        let Some(lock) = lock.filter(|_| done.is_changed && !done.is_open) else { return Ok(Ok(done)) };
        progress.tell("Saving", None);
        let mut known = None;
        let saved = match (&mut loaded, along) {
            (Some(loaded), _) => lock.save(&mut loaded.read.text, &timeline),
            (None, Some(along)) => {
                known = Some(along.known);
                along.file.finish(&timeline)
            }
            (None, None) => store::save_new(&arguments.output, &timeline),
        };
        // The timeline first: of events that are kept as imported and stand in no file, next week's import would think that they
        // were deleted here.
        if saved.is_ok() && imports != Imports::default() {
            write_imports(&imports_path, &imports, known);
        }
        progress.clear();
        Ok(saved.inspect(|saved| report::saved(&arguments.output, saved)).map(|_| done))
    })?;
    progress.clear();
    done.told.iter().for_each(|text| report::problem(text));
    if let (Some(path), Some(report)) = (&arguments.report, done.report.take()) {
        report.write(path)?;
    }
    if arguments.dry_run {
        for line in &done.plan {
            writeln!(out, "{}", visible(line))?;
        }
    } else {
        for ids in &done.added {
            writeln!(out, "{ids}")?;
        }
    }
    let Done { sums, is_changed, is_open, .. } = &done;
    report::problem(&summary(sums, arguments, *is_changed, *is_open));
    let is_nothing = sums.added + sums.updated + sums.unchanged + sums.conflicts == 0;
    Ok(if sums.errors > 0 || *is_open || is_nothing { Outcome::Problems } else { Outcome::Done })
}

/// One file on its way into a timeline.
struct Bringing<'a> {
    arguments: &'a Arguments,
    file: &'a File,
    answers: &'a Answers,
    map: Option<&'a Mapping>,
    progress: &'a Progress,
}

impl Bringing<'_> {
    fn put(
        &self,
        timeline: &mut Timeline,
        imports: &mut Imports,
        capture: &mut Option<crate::model::Capture>,
        along: &mut Option<Along>,
        done: &mut Done,
    ) -> Result<(), Failure> {
        let Self { arguments, file, map, progress, .. } = self;
        // What Annalist wrote itself holds whole records: a mapping or a format that was given says that it is read otherwise.
        if arguments.format.is_none()
            && map.is_none()
            && let Some(own) = own::read(&file.bytes, &|_| true)
        {
            *along = None;
            return self.put_own(own, timeline, done);
        }
        let opened = self.open(imports);
        let headers: Vec<String> =
            opened.chronology.mapping.iter().flat_map(|mapping| mapping.headers().map(str::to_owned)).collect();
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        let earlier = imports.of(&file.short, file.format.id, &headers).cloned();
        let name = &file.name;
        for question in &opened.chronology.questions {
            done.is_open |= question.is_open;
            done.told.extend(asked(name, question));
        }
        // Nothing comes in half: dates would be there that are read otherwise once the question is answered.
        if opened.chronology.questions.iter().any(|question| question.is_open) {
            if arguments.dry_run {
                done.plan.extend(plan(file, &opened.chronology));
            }
            done.told.extend(opened.chronology.problems.iter().map(|problem| in_words(name, problem)));
            return Ok(());
        }
        // Of a folder there is no one hash, and no one file to keep.
        let hash = || file.parts.is_empty().then(|| store::capture::hash(&file.bytes));
        // By the hash alone a copy of the same bytes is known again.
        let has_copies = timeline.sources().iter().any(|source| !source.captures.is_empty());
        let origin = Origin {
            name: &file.short,
            format: file.format.id,
            hash: if has_copies { hash() } else { None },
            today: Some(Date::at_precision(when::now(), Precision::Day, Zone::UTC)),
        };
        let doing = format!("Reading {name}");
        let share = |share: f64| {
            progress.tell(&doing, Some(share));
            true
        };
        let mut assembled = match along {
            Some(along) => {
                let mut sink = Sinking { along, done, name, trouble: None };
                let assembled = assemble_into(timeline, opened, &origin, earlier.as_ref(), &share, &mut sink);
                if let Some(trouble) = sink.trouble {
                    return Err(trouble);
                }
                assembled
            }
            None => {
                let chronology = opened.whole(&share);
                if arguments.dry_run {
                    done.plan.extend(plan(file, &chronology));
                }
                progress.tell(&format!("Putting {name} together"), None);
                assemble(timeline, chronology, &origin, earlier.as_ref())
            }
        };
        if !arguments.dry_run && !assembled.is_nothing() && assembled.wants_copy {
            match &file.path {
                Some(path) if !arguments.no_copy && file.parts.is_empty() => {
                    if capture.is_none() {
                        let id = assembled.source.to_string();
                        *capture = Some(store::capture::attach(&arguments.output, &id, path, None, when::now_utc())?);
                    }
                    if let Some(capture) = capture.clone() {
                        assembled.keep_copy(timeline, capture);
                    }
                }
                _ => {
                    if let Some(hash) = hash() {
                        assembled.note_hash(timeline, &hash);
                    }
                }
            }
        }
        self.tell(&assembled, done)?;
        imports.put(std::mem::take(&mut assembled.import), earlier.as_ref());
        if !assembled.is_nothing() {
            done.is_changed = true;
            // A timeline that is new takes title and description of the file as well, which no edit of records would give it.
            if timeline.events().is_empty() && timeline.sources().is_empty() && timeline.lanes().is_empty() {
                *timeline = assembled.into_timeline(timeline);
            } else {
                edit::apply(timeline, &assembled.into_edit())?;
            }
        }
        Ok(())
    }

    /// Brings the records of a file of Annalist's own in, each under its id.
    fn put_own(&self, own: Own, timeline: &mut Timeline, done: &mut Done) -> Result<(), Failure> {
        let Self { arguments, file, .. } = self;
        for problem in &own.problems {
            done.sums.errors += usize::from(problem.severity == Severity::Error);
            done.sums.warnings += usize::from(problem.severity == Severity::Warning);
            done.told.push(in_words(&file.name, problem));
        }
        if arguments.dry_run {
            done.plan.push(format!("{}: written by Annalist, {}", file.name, counted(own.events.len(), "event")));
        }
        done.sums.undated += own.events.iter().filter(|event| event.date.is_none()).count();
        let before = timeline.clone();
        let given: HashSet<Text> = own.events.iter().map(|event| event.id.clone()).collect();
        let is_new = timeline.events().is_empty() && timeline.sources().is_empty() && timeline.lanes().is_empty();
        if is_new {
            let stem = arguments.output.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let title = Some(timeline.header().title.to_string()).filter(|title| !title.is_empty());
            let mut own = own;
            if let (Some(header), Some(title)) = (&mut own.header, &title) {
                header.title = title.as_str().into();
            }
            *timeline = own.timeline(title.unwrap_or(stem));
            done.is_changed = true;
        } else {
            let edit = own.edit(timeline).map_err(|error| anyhow!(error))?;
            done.is_changed |= edit != Edit::Batch(Vec::new());
            edit::apply(timeline, &edit).map_err(|error| anyhow!(error))?;
        }
        // Counted against the state before: the edit names what it replaces, and not what it found as it is.
        for event in timeline.events() {
            match before.event(&event.id) {
                None => {
                    done.sums.added += 1;
                    done.added.push(visible(&event.id).into_owned());
                }
                Some(there) if there != event => done.sums.updated += 1,
                Some(there) => done.sums.unchanged += usize::from(given.contains(&there.id)),
            }
        }
        Ok(())
    }

    /// Opens the file by the mapping that was given, else by that of an earlier import of it.
    fn open(&self, imports: &Imports) -> Opened<'_> {
        let Self { file, answers, map, .. } = self;
        let doing = format!("Looking through {}", file.name);
        let by = |mapping: Option<&Mapping>| {
            let progress = |share: f64| {
                self.progress.tell(&doing, Some(share));
                true
            };
            file.format.open(&file.input(), &Asked { answers, mapping, progress: &progress })
        };
        // By name first: headers are known once the table was looked through. Another name with known headers is then opened again.
        let by_name = imports.of(&file.short, file.format.id, &[]).and_then(|import| import.mapping.as_ref());
        if let Some(mapping) = map.or(by_name) {
            return by(Some(mapping));
        }
        let opened = by(None);
        let Some(found) = &opened.chronology.mapping else { return opened };
        let headers: Vec<&str> = found.headers().collect();
        let earlier = imports.of(&file.short, file.format.id, &headers).and_then(|import| import.mapping.as_ref());
        match earlier {
            Some(mapping) => by(Some(mapping)),
            None => opened,
        }
    }

    fn tell(&self, assembled: &Assembled, done: &mut Done) -> Result<(), Failure> {
        let name = &self.file.name;
        let Done { sums, told, .. } = done;
        for problem in &assembled.problems {
            sums.errors += usize::from(problem.severity == Severity::Error);
            sums.warnings += usize::from(problem.severity == Severity::Warning);
            told.push(in_words(name, problem));
        }
        for (kind, number) in &assembled.left_out {
            told.push(format!("{name}: left out: {kind}, {}", counted(*number, "time")));
        }
        for conflict in &assembled.conflicts {
            told.push(format!(
                "{name}: \"{}\" changed on both sides, and stays as it is here: {} is \"{}\" here and \"{}\" in the file",
                conflict.id, conflict.field, conflict.here, conflict.there
            ));
        }
        for (id, fields) in &assembled.updated {
            told.push(format!("{name}: \"{id}\" was brought up to date: {}", fields.join(", ")));
        }
        sums.added += assembled.counts.added;
        sums.updated += assembled.updated.len();
        sums.unchanged += assembled.unchanged;
        sums.conflicts += assembled.conflicts.len();
        sums.deleted += assembled.deleted;
        sums.missing += assembled.missing;
        sums.undated += assembled.counts.undated;
        done.take(name, &assembled.added, &assembled.rejected)
    }
}

impl Done {
    /// Takes up the ids of new events and the rows that were not taken.
    fn take(&mut self, name: &str, added: &[Text], rejected: &[Rejected]) -> Result<(), Failure> {
        if !added.is_empty() {
            let ids: Vec<_> = added.iter().map(|id| visible(id)).collect();
            self.added.push(ids.join("\n"));
        }
        self.report.as_mut().map_or(Ok(()), |report| report.push(name, rejected))
    }
}

/// A new timeline that is written while its events are made, and what is kept of the import.
struct Along {
    file: NewFile,
    known: KnownSpill,
}

/// What is kept of an import, as it will stand in its file.
struct KnownSpill {
    text: Spill,
    is_empty: bool,
}

impl Along {
    fn beside(output: &Path, imports: &Path) -> Result<Self, Failure> {
        let text = Spill::beside(imports).map_err(|error| anyhow!(store::not_written(imports, &error)))?;
        Ok(Self { file: NewFile::at(output)?, known: KnownSpill { text, is_empty: true } })
    }

    fn put(&mut self, made: &Made) -> Result<(), Failure> {
        self.file.push(&made.events)?;
        let known = known_text(&made.known, self.known.is_empty)?;
        self.known.is_empty &= made.known.is_empty();
        self.known.text.push(&known).context("what is kept of the import could not be written")?;
        Ok(())
    }
}

/// Events on their way into a new timeline; what goes wrong there ends the reading.
struct Sinking<'a> {
    along: &'a mut Along,
    done: &'a mut Done,
    name: &'a str,
    trouble: Option<Failure>,
}

impl Sink for Sinking<'_> {
    fn take(&mut self, made: Made) -> bool {
        let told = self.done.take(self.name, &made.added, &made.rejected);
        self.trouble = told.and_then(|()| self.along.put(&made)).err();
        self.trouble.is_none()
    }
}

/// The rows that were not taken, with the reasons, on their way into a table.
struct Report(Spill);

impl Report {
    fn beside(path: &Path) -> Result<Self, Failure> {
        let mut report = Self(Spill::beside(path).map_err(|error| anyhow!(store::not_written(path, &error)))?);
        report.add(&csv_rows([REJECTED_HEADINGS])?)?;
        Ok(report)
    }

    fn push(&mut self, name: &str, rejected: &[Rejected]) -> Result<(), Failure> {
        self.add(&csv_rows(rejected.iter().map(|rejected| rejected.row(name)))?)
    }

    fn add(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.0.push(text).context("the report could not be written")?)
    }

    fn write(mut self, path: &Path) -> Result<(), Failure> {
        store::write_atomic_with(path, |to| self.0.copy_to(to))
            .map_err(|error| anyhow!(store::not_written(path, &error)))?;
        Ok(())
    }
}

fn answers(arguments: &Arguments) -> Answers {
    Answers {
        order: arguments.dates.map(|order| match order {
            Order::Dmy => DayOrder::DayFirst,
            Order::Mdy => DayOrder::MonthFirst,
        }),
        short_years: arguments.short_years,
        zone: arguments.zone.clone(),
        ranges: arguments.ranges.map(|ranges| match ranges {
            StartAndEnd::Lasted => Ranges::Lasted,
            StartAndEnd::Within => Ranges::Within,
        }),
        padded: arguments
            .padded
            .iter()
            .map(|filler| match filler {
                Filler::Midnight => Padded::Midnight,
                Filler::First => Padded::FirstOfMonth,
                Filler::Fifteenth => Padded::Fifteenth,
                Filler::NewYear => Padded::NewYear,
            })
            .collect(),
        padded_where_wording_has_no_day: arguments.padded_unless_worded,
        serials: arguments.serials.map(|serials| match serials {
            Epoch::Since1900 => Serials::Since1900,
            Epoch::Since1904 => Serials::Since1904,
        }),
        mend: arguments.mend.then_some(true),
    }
}

/// A question as it is told: with what was taken for granted, or with what has to be said first.
fn asked(name: &str, question: &Question) -> Vec<String> {
    let taken = question.choices.first().map(|choice| choice.label.as_str()).unwrap_or_default();
    let head = if question.is_open {
        format!("{name}: question[{}]: {}", question.code, question.text)
    } else {
        format!("{name}: note[{}]: {} Taken for granted: {taken}", question.code, question.text)
    };
    // The first choice is what is taken where nobody answers, so of a question that is not open it has been said already.
    let others = question.choices.iter().skip(usize::from(!question.is_open));
    let said = others.map(|choice| match choice.flag.as_str() {
        "" => format!("  {}: say it in a mapping (--write-map)", choice.label),
        flag => format!("  {}: {flag}", choice.label),
    });
    std::iter::once(head).chain(said).collect()
}

/// What a word is called that means no standing or weight.
const NO_MEANING: &str = "kept as an own field";

/// What would be done, for --dry-run.
fn plan(file: &File, chronology: &Chronology) -> Vec<String> {
    const SHOWN: usize = 8;
    let mut lines =
        vec![format!("{}: {}, {}", file.name, file.format.label, counted(chronology.records.len(), "event"))];
    for column in chronology.mapping.iter().flat_map(|mapping| &mapping.columns) {
        let group = if column.group > 0 { format!(" {}", column.group) } else { String::new() };
        lines.push(format!("  \"{}\" → {}{group} ({})", column.name, column.to.label(), column.why));
    }
    for (word, standing) in chronology.mapping.iter().flat_map(|mapping| &mapping.standings) {
        lines.push(format!("  standing \"{word}\" → {}", standing.map_or(NO_MEANING, Standing::label)));
    }
    for (word, weight) in chronology.mapping.iter().flat_map(|mapping| &mapping.weights) {
        let meant = weight.map_or_else(|| NO_MEANING.to_owned(), |weight| weight.to_string());
        lines.push(format!("  weight \"{word}\" → {meant}"));
    }
    for record in chronology.records.iter().take(SHOWN) {
        let event: &Event = &record.event;
        let lane = event.lane.as_deref().map_or_else(String::new, |lane| format!(" [{lane}]"));
        lines.push(format!(
            "  {}: {} {}{lane}",
            record.locator,
            event.date.as_ref().map_or(Event::UNDATED, Date::as_str),
            event.title
        ));
    }
    if chronology.records.len() > SHOWN {
        lines.push(format!("  … and {} more", chronology.records.len() - SHOWN));
    }
    lines
}

/// A file, or the notes of a folder.
fn read(arguments: &Arguments, input: &Path) -> Result<File, Failure> {
    let name = if is_standard(input) { "standard input".to_owned() } else { input.display().to_string() };
    let short = input.file_name().map_or_else(|| name.clone(), |name| name.to_string_lossy().into_owned());
    let is_folder = !is_standard(input) && input.is_dir();
    let parts = if is_folder { store::load_folder(input, is_note).context("nothing was added")? } else { Vec::new() };
    let bytes = if is_folder {
        Vec::new()
    } else if is_standard(input) {
        store::bytes_from(Path::new(&name), io::stdin().lock()).context("nothing was added")?
    } else {
        store::load_bytes(input).context("nothing was added")?
    };
    let short = if is_standard(input) { name.clone() } else { short };
    let found = || Format::of(&Input { name: &short, bytes: &bytes, parts: &parts });
    let Some(format) = arguments.format.or_else(found) else {
        let names: Vec<&str> = FORMATS.iter().map(|format| format.id).collect();
        let message = format!("cannot tell the format of \"{}\": give --format {}", input.display(), names.join(", "));
        return Err(Failure::Usage(message));
    };
    let path = (!is_standard(input)).then(|| input.to_owned());
    Ok(File { name, short, path, bytes, parts, format })
}

fn read_map(path: &Path) -> Result<Mapping, Failure> {
    let bytes = store::load_bytes(path)?;
    let text = String::from_utf8_lossy(&bytes);
    mapping::from_ron(&text).map_err(|error| {
        let place = error.span.start;
        Failure::Input(anyhow!("{}:{}:{}: {}", path.display(), place.line, place.col, error.code))
    })
}

/// Writes what the columns are taken for.
fn write_map(path: &Path, files: &[File], answers: &Answers, map: Option<&Mapping>) -> Result<Outcome, Failure> {
    let mut is_written = false;
    for file in files {
        let asked = Asked { answers, mapping: map, progress: &|_| true };
        let chronology = file.format.open(&file.input(), &asked).chronology;
        for question in &chronology.questions {
            self::asked(&file.name, question).iter().for_each(|line| report::problem(line));
        }
        let Some(mut mapping) = chronology.mapping.filter(|_| !is_written) else { continue };
        mapping.answers = mapping.answers.overridden_by(answers);
        let text = mapping::to_ron(&mapping)?;
        store::write_atomic(path, text.as_bytes()).map_err(|error| anyhow!(store::not_written(path, &error)))?;
        is_written = true;
    }
    if is_written {
        return Ok(Outcome::Done);
    }
    Err(Failure::Usage("none of the files is a table: only tables have columns to map".to_owned()))
}

/// What earlier imports gave, as it is kept beside a timeline.
fn read_imports(path: &Path) -> Result<Imports, Failure> {
    if !path.exists() {
        return Ok(Imports::default());
    }
    let bytes = store::load_bytes(path)?;
    mapping::from_ron(&String::from_utf8_lossy(&bytes)).map_err(|error| {
        let path = path.display();
        Failure::Input(anyhow!(
            "{path}, which keeps what earlier imports gave, cannot be read: {error}. Nothing was added; move that file away to begin anew"
        ))
    })
}

/// The timeline is written by then: that this is not is told and no failure. `known` has what the last import gave, where that was
/// not held.
fn write_imports(path: &Path, imports: &Imports, known: Option<KnownSpill>) {
    let mut known = known.filter(|known| !known.is_empty);
    let told = match around_known(imports, known.is_none()) {
        Ok((before, after)) => store::write_atomic_with(path, |to| {
            to.write_all(before.as_bytes())?;
            if let Some(known) = &mut known {
                known.text.copy_to(to)?;
            }
            to.write_all(after.as_bytes())
        })
        .map_err(|error| store::not_written(path, &error).to_string()),
        Err(_) => Err(format!("{} was not written", path.display())),
    };
    if let Err(message) = told {
        report::problem(&format!("warning: {message}; the next import of this file will know less of this one"));
    }
}

/// A problem as `file:line: error[code]: message`, or without a line where it is of the whole.
fn in_words(name: &str, problem: &Problem) -> String {
    let severity = match problem.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    };
    let line = if problem.line > 0 && problem.line < usize::MAX { format!(":{}", problem.line) } else { String::new() };
    format!("{name}{line}: {severity}[{}]: {problem}", problem.code)
}

fn summary(sums: &Sums, arguments: &Arguments, is_changed: bool, is_open: bool) -> String {
    let mut parts = vec![counted_as(sums.added, "event added", "events added")];
    for (number, words) in [
        (sums.updated, "brought up to date"),
        (sums.unchanged, "there already"),
        (sums.conflicts, "changed on both sides"),
        (sums.deleted, "deleted here before"),
        (sums.missing, "not in the file any more"),
        (sums.undated, "undated"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {words}"));
        }
    }
    if sums.errors > 0 {
        parts.push(counted(sums.errors, "error"));
    }
    if sums.warnings > 0 {
        parts.push(counted(sums.warnings, "warning"));
    }
    let written = match (arguments.dry_run, is_open, is_changed) {
        (_, true, _) => " (not changed: questions are open)",
        (true, ..) => " (not changed: --dry-run)",
        (_, _, false) => " (not changed)",
        _ => "",
    };
    format!("{}{written}: {}", arguments.output.display(), parts.join(", "))
}
