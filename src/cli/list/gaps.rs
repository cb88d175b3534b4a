//! `annalist list --gaps`: stretches of time in which nothing happens, or perhaps nothing, and bursts.

use std::io::Write;
use std::sync::Arc;

use serde::Serialize;
use unicode_width::UnicodeWidthStr as _;

use super::Format;
use crate::account::{AccountBy, Accounts};
use crate::activity::{Activity, Spell};
use crate::cli::Failure;
use crate::cli::output::Output;
use crate::export::markdown::push_inline;
use crate::index::Index;
use crate::model::{Event, Grouping, KnownOn, Timeline};
use crate::query::Hits;
use crate::text::visible;
use crate::time::{Instant, Zone};

/// What is looked at.
pub(super) struct Asked<'t> {
    pub timeline: &'t Timeline,
    pub zone: Zone,
    /// The date of knowledge: what was not out by then tells nothing.
    pub known_on: Option<&'t KnownOn>,
    /// The events that match; all where nothing is asked.
    pub hits: Option<&'t Hits>,
    /// Whether what only may match counts as what does.
    pub possibly: bool,
    /// The least length of a gap in days.
    pub least_days: Option<u32>,
    /// What bands are looked at, each by itself; none looks at all events together.
    pub grouping: Option<Grouping>,
}

/// A line of the list.
#[derive(Serialize)]
struct Line {
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<String>,
    kind: &'static str,
    /// In EDTF.
    from: String,
    to: String,
    /// In days, rounded.
    days: i64,
    events: usize,
    #[serde(skip)]
    words: [String; 4],
    note: String,
}

const HEADINGS: [&str; 6] = ["Band", "What", "From", "To", "Length", "Note"];
const CSV_HEADINGS: [&str; 7] = ["band", "kind", "from", "to", "days", "events", "note"];

/// Lists the gaps and bursts.
pub(super) fn list(asked: &Asked<'_>, format: Format, out: &mut Output<impl Write>) -> Result<(), Failure> {
    let parts = parts(asked);
    let lines: Vec<Line> = parts
        .iter()
        .flat_map(|(band, activity)| {
            activity.spells.iter().map(move |spell| line(band.as_deref(), activity, spell, asked.zone))
        })
        .collect();
    match format {
        Format::Table => table(&lines, asked.grouping.is_some(), out)?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &lines)?;
            writeln!(out)?;
        }
        Format::Csv => {
            out.begin_data();
            let mut writer = csv::Writer::from_writer(&mut *out);
            writer.write_record(CSV_HEADINGS)?;
            for line in &lines {
                let band = super::write::cell(line.band.as_deref().unwrap_or_default());
                let (days, events) = (line.days.to_string(), line.events.to_string());
                writer.write_record([&band, line.kind, &line.from, &line.to, &days, &events, &line.note])?;
            }
            writer.flush()?;
        }
        Format::Md => {
            out.begin_data();
            markdown_table(&lines, asked.grouping.is_some(), out)?;
        }
    }
    // Every part has the same undated events only where it is the whole.
    for (band, activity) in &parts {
        let caveat = activity.caveat();
        if !caveat.is_empty() && !activity.spells.is_empty() {
            let whose = band.as_deref().map(|band| format!("{}: ", visible(band))).unwrap_or_default();
            super::super::report::note(&format!("{whose}{caveat}"));
        }
    }
    Ok(())
}

/// All events together, or those of each band, with what is special along their time.
fn parts(asked: &Asked<'_>) -> Vec<(Option<String>, Activity)> {
    let Asked { timeline, zone, hits, possibly, least_days, grouping, .. } = *asked;
    let least = least_days.map(|days| i64::from(days) * Instant::DAY);
    let is_certain = |at: usize| hits.is_none_or(|hits| hits.certain().contains(at));
    let is_possible = |at: usize| hits.is_none_or(|hits| hits.possible().contains(at));
    let of = |positions: &mut dyn Iterator<Item = usize>| {
        let (mut certain, mut perhaps): (Vec<&Event>, Vec<&Event>) = (Vec::new(), Vec::new());
        // Three values: what only may match neither fills a gap for certain nor leaves it certainly empty.
        for at in positions {
            let Some(event) = timeline.events().get(at) else { continue };
            if is_certain(at) || possibly && is_possible(at) {
                certain.push(event);
            } else if is_possible(at) {
                perhaps.push(event);
            }
        }
        Activity::of(certain.into_iter(), perhaps.into_iter(), zone, least)
    };
    let Some(grouping) = grouping else { return vec![(None, of(&mut (0..timeline.events().len())))] };
    if let Some(by) = AccountBy::of(grouping) {
        return of_accounts(asked, by, least);
    }
    // An event of several values counts in each of its bands, as on the track.
    let index = Index::grouped(timeline, zone, grouping);
    let bands = index.bands().iter().enumerate();
    bands.map(|(at, band)| (Some(band.title.clone()), of(&mut index.positions_in(at)))).collect()
}

/// What each account tells, with what is special along the time of that.
fn of_accounts(asked: &Asked<'_>, by: AccountBy, least: Option<i64>) -> Vec<(Option<String>, Activity)> {
    let among = asked.hits.map(|hits| if asked.possibly { hits.possible() } else { hits.certain() });
    let accounts = Accounts::of(asked.timeline, by, among, asked.known_on);
    let index = Index::of_accounts(accounts.timeline(), asked.zone, &Arc::default());
    let of = |band: usize| {
        let told = index.positions_in(band).filter(|at| accounts.is_told(*at));
        let told = told.filter_map(|at| accounts.timeline().events().get(at));
        Activity::of(told, std::iter::empty(), asked.zone, least)
    };
    index.bands().iter().enumerate().map(|(at, band)| (Some(band.title.clone()), of(at))).collect()
}

fn line(band: Option<&str>, activity: &Activity, spell: &Spell, zone: Zone) -> Line {
    let row = activity.row(spell, zone);
    let (from, to) = activity.days(spell, zone);
    Line {
        band: band.map(str::to_owned),
        kind: spell.kind.id(),
        from: from.to_string(),
        to: to.to_string(),
        days: (spell.micros() + Instant::DAY / 2) / Instant::DAY,
        events: spell.events,
        words: [row.kind.label().to_owned(), row.from, row.to, row.length],
        note: row.note,
    }
}

/// The cells of a line for people, with its band where there are several.
fn cells(line: &Line, has_bands: bool) -> Vec<String> {
    let band = has_bands.then(|| line.band.clone().unwrap_or_default());
    band.into_iter().chain(line.words.iter().cloned()).chain([line.note.clone()]).collect()
}

fn headings(has_bands: bool) -> Vec<String> {
    HEADINGS.iter().skip(usize::from(!has_bands)).map(|heading| (*heading).to_owned()).collect()
}

fn table(lines: &[Line], has_bands: bool, out: &mut impl Write) -> std::io::Result<()> {
    let shown = |cells: Vec<String>| cells.iter().map(|cell| visible(cell).into_owned()).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> =
        std::iter::once(headings(has_bands)).chain(lines.iter().map(|line| shown(cells(line, has_bands)))).collect();
    let mut widths = vec![0; HEADINGS.len()];
    for row in &rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = cell.width().max(*widest);
        }
    }
    for row in &rows {
        let mut text = String::new();
        for (cell, widest) in row.iter().zip(&widths) {
            text.push_str(cell);
            text.extend(std::iter::repeat_n(' ', widest.saturating_sub(cell.width()) + 2));
        }
        writeln!(out, "{}", text.trim_end())?;
    }
    Ok(())
}

fn markdown_table(lines: &[Line], has_bands: bool, out: &mut impl Write) -> std::io::Result<()> {
    let write = |cells: &[String]| {
        let mut text = String::from("|");
        for cell in cells {
            text.push(' ');
            push_inline(&mut text, cell);
            text.push_str(" |");
        }
        text.push('\n');
        text
    };
    let headings = headings(has_bands);
    out.write_all(write(&headings).as_bytes())?;
    writeln!(out, "|{}", "---|".repeat(headings.len()))?;
    lines.iter().try_for_each(|line| out.write_all(write(&cells(line, has_bands)).as_bytes()))
}
