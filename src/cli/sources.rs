//! The sources of a timeline as a bibliography, for `annalist export`.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::anyhow;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::{Failure, Outcome, report, when};
use crate::interchange;
use crate::interchange::sources::Format;
use crate::model::{Source, Timeline};
use crate::query::Query;
use crate::store;

/// What concerns sources alone.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// Only sources that an event cites (of those that match --query), and what they derive from
    #[arg(long)]
    pub cited: bool,
}

/// The format in which sources are asked for, by name or by the ending of a file.
pub fn asked(format: Option<Format>, output: &Path) -> Result<Option<Format>, Failure> {
    match format.or_else(|| Format::of_name(output)) {
        Some(format) if !format.is_written() => Err(Failure::Usage(format!(
            "{} is only read: use .bib for BibTeX or .csl.json for CSL-JSON",
            format.label()
        ))),
        format => Ok(format),
    }
}

/// Accepts the name of a format.
pub fn format(which: fn(&Format) -> bool) -> impl TypedValueParser<Value = Format> {
    let names: Vec<&str> = Format::ALL.iter().filter(|format| which(format)).map(|format| format.id()).collect();
    PossibleValuesParser::new(names)
        .map(|name| Format::ALL.into_iter().find(|format| format.id() == name).unwrap_or(Format::Bibtex))
}

/// Writes the sources, in the order of the file.
pub fn export(
    file: &Path,
    output: &Path,
    format: Format,
    options: &Options,
    query: Option<&str>,
) -> Result<Outcome, Failure> {
    let (loaded, has_errors) = report::open(file)?;
    let timeline = &loaded.read.timeline;
    let query = when::query("--query", query.unwrap_or_default(), timeline, None)?;
    let chosen = (options.cited || !query.is_empty()).then(|| cited(timeline, &query));
    let sources = timeline.sources().iter().filter(|source| match &chosen {
        Some(chosen) => chosen.contains(&*source.id),
        None => true,
    });
    let Some(bytes) = interchange::sources::export(sources, format) else {
        return Err(Failure::Usage(format!("{} is only read", format.label())));
    };
    store::write_atomic(output, &bytes).map_err(|error| anyhow!(store::not_written(output, &error)))?;
    Ok(if has_errors { Outcome::Problems } else { Outcome::Done })
}

/// The ids of the sources that matching events cite, with those they derive from.
fn cited<'t>(timeline: &'t Timeline, query: &Query) -> BTreeSet<&'t str> {
    let matches = query.matching(timeline);
    let events = timeline.events().iter().enumerate();
    let events = events.filter(|(at, _)| matches.as_ref().is_none_or(|matches| matches.contains(*at)));
    let mut waiting: Vec<&str> =
        events.flat_map(|(_, event)| event.citations.iter().map(|citation| &*citation.source)).collect();
    let mut found = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            let origin = timeline.source(id).and_then(|source: &Source| source.origin.as_deref());
            waiting.extend(origin);
        }
    }
    found
}
