//! `annalist list`: events in order of time, as a table or as data.
//!
//! Owns the arguments and what is listed. What stands in a row belongs to `column`, how it is written to `write`.

mod column;
mod gaps;
mod write;

use std::io::Write;
use std::path::PathBuf;

use clap::ValueEnum;

use self::column::Rows;
use self::write::{csv, json, markdown_table, table};
use super::output::Output;
use super::{Failure, Outcome, grouping, report, when};
use crate::model::Grouping;
use crate::query::{Question, TimeTest};
use crate::time::Answer;

/// Arguments of `annalist list`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The timeline; - reads it from standard input
    file: PathBuf,
    /// Only events that answer this question: words, "phrases", field:value, before:DATE, OR, -NOT, (…), cite(…), link(…), is:…; the
    /// whole language is in docs/QUESTIONS.md
    #[arg(long, short, allow_hyphen_values = true)]
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
    #[command(flatten)]
    as_of: when::AsOf,
    /// Also events that are not known precisely enough to say, but might match
    #[arg(long)]
    possibly: bool,
    /// In place of the events the stretches of time in which none of them lies, those in which perhaps none does, and bursts in which
    /// they follow one another unusually fast. Gaps of at least so many days, or of a twentieth of all time
    #[arg(long, value_name = "DAYS", num_args = 0..=1, require_equals = true, default_missing_value = "0")]
    gaps: Option<u32>,
    /// With --gaps: of each band by itself, given what bands stand for as for export --group
    #[arg(long, value_name = "FIELD", value_parser = grouping::read, requires = "gaps")]
    group: Option<Grouping>,
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

/// Lists the events that match; problems where the file has errors (what could be read is listed all the same).
pub fn run(arguments: &Arguments, out: &mut Output<impl Write>) -> Result<Outcome, Failure> {
    let (loaded, has_errors) = report::open(&arguments.file)?;
    let outcome = if has_errors { Outcome::Problems } else { Outcome::Done };
    out.if_closed = outcome;
    let timeline = &loaded.read.timeline;
    let tests = time_tests(arguments)?;
    let zone = timeline.zone();
    let known_on = arguments.as_of.read(zone)?;
    let words = when::query("--query", arguments.query.as_deref().unwrap_or_default(), timeline, known_on.as_ref())?;
    let query = words.clone().when(tests);
    let hits = Question { query: &query, known_on: known_on.as_ref() }.find(timeline);
    if let Some(days) = arguments.gaps {
        let grouping = arguments.group.map(|asked| grouping::known(timeline, "--group", asked)).transpose()?;
        let least_days = (days > 0).then_some(days);
        let (hits, possibly) = (hits.as_ref(), arguments.possibly);
        let known_on = known_on.as_ref();
        let asked = gaps::Asked { timeline, zone, known_on, hits, possibly, least_days, grouping };
        gaps::list(&asked, arguments.format, out)?;
        return Ok(outcome);
    }
    // Where nothing is vague, each row would say the same.
    let asks_time = query.asks_time() || hits.as_ref().is_some_and(|hits| hits.only_possible() > 0);
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
    let shows_match = arguments.possibly && hits.is_some();
    let rows = Rows { timeline, zone, known_on: known_on.as_ref(), shows_match, listed };
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
