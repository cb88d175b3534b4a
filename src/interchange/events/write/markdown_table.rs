//! Events as a Markdown table, for pages and repositories.

use std::io::{self, BufWriter, Write};

use super::lost::Losses;
use super::selection::Selection;
use crate::model::WebAddress;

pub(super) fn table(selection: &Selection<'_>, _: &mut Losses, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    writeln!(out, "| Date | Event | Lane | Standing | Place | Sources |\n|---|---|---|---|---|---|")?;
    for event in selection.events() {
        let timeline = selection.timeline;
        let lane = event.lane.as_deref().map_or("", |id| timeline.lane(id).map_or(id, |lane| &lane.title));
        let sources = event.citations.iter().map(|citation| match timeline.source(&citation.source) {
            Some(source) => linked(&literal(&source.title), source.url.as_deref()),
            None => literal(&citation.source),
        });
        let sources = sources.collect::<Vec<_>>().join("; ");
        let date = literal(&event.date_in_words_with(selection.zone));
        let [title, lane, place] = [&event.title, lane, event.place.as_deref().unwrap_or_default()].map(literal);
        writeln!(out, "| {date} | {title} | {lane} | {} | {place} | {sources} |", event.standing.label())?;
    }
    out.flush()
}

/// A title with its address, where it has one that can stand in a cell.
fn linked(title: &str, address: Option<&str>) -> String {
    let is_plain = |url: &&str| !url.contains(['<', '>', '|', '\\']) && WebAddress::parse(url).is_ok();
    match address.filter(is_plain) {
        Some(url) => format!("[{title}](<{url}>)"),
        None => title.to_owned(),
    }
}

/// A text on one line, with every sign escaped that Markdown takes for its own.
fn literal(text: &str) -> String {
    let mut line = String::with_capacity(text.len() + 4);
    for (at, word) in text.split_whitespace().enumerate() {
        line.push_str(if at > 0 { " " } else { "" });
        for sign in word.chars() {
            if matches!(
                sign,
                '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '^' | '$' | '&' | '!'
            ) {
                line.push('\\');
            }
            line.push(sign);
        }
    }
    line
}
