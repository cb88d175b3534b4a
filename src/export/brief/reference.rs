//! References to sources: whole at the first mention, short afterwards. The order of the parts is that of ICD 206:
//! originator, title with its language, publisher, number, the three dates, addresses.

use super::wording::{is_supplied, language_name, name};
use super::{Line, Span};
use crate::model::Source;
use crate::time::Date;

/// The whole reference, with the place in the source where one is cited.
pub(super) fn whole<'t>(source: &'t Source, locator: Option<&'t str>) -> Line<'t> {
    let mut parts = Vec::new();
    if source.author.is_some() || source.publisher.is_some() {
        parts.push(Line::written(name(source)));
    }
    parts.push(title(source));
    if let (Some(_), Some(publisher)) = (&source.author, &source.publisher) {
        parts.push(Line::written(publisher));
    }
    if let Some(number) = &source.number {
        parts.push(numbered(number));
    }
    let dated = |label: &str, date: &Option<Date>| {
        date.as_ref().map(|date| Line::words(format!("{label} {}", date.describe())))
    };
    parts.extend(dated("Published", &source.published));
    parts.extend(dated("Date of information", &source.information));
    if source.published.is_none() && source.information.is_none() {
        parts.push(Line::words("Undated"));
    }
    parts.extend(dated("Accessed", &source.accessed));
    parts.extend(locator.map(at));
    parts.extend(source.url.as_deref().map(|url| Line::default().with(Span::Address(url.trim()))));
    let archived = |url: &'t str| Line::words("Archived at ").with(Span::Address(url.trim()));
    parts.extend(source.archive_url.as_deref().map(archived));
    ended(parts)
}

/// A reference short enough for a list whose reader finds the rest in the notes.
pub(super) fn brief(source: &Source) -> Line<'_> {
    let mut parts = Vec::new();
    if source.author.is_some() || source.publisher.is_some() {
        parts.push(Line::written(name(source)));
    }
    parts.push(title(source));
    match (&source.published, &source.information) {
        (Some(date), _) => parts.push(Line::words(date.describe())),
        (None, Some(date)) => parts.push(Line::words(format!("Information of {}", date.describe()))),
        (None, None) => parts.push(Line::words("Undated")),
    }
    ended(parts)
}

/// Enough to know the source again, and where its whole reference stands.
pub(super) fn again<'t>(source: &'t Source, locator: Option<&'t str>, first_note: usize) -> Line<'t> {
    let mut parts = Vec::new();
    if source.author.is_some() || source.publisher.is_some() {
        parts.push(Line::written(name(source)));
    }
    parts.push(title(source));
    parts.extend(locator.map(at));
    ended(parts).and(" Full reference in note ").with(Span::Note(first_note)).and(".")
}

/// Who speaks: the author, else the publisher, else the title for want of both.
pub(super) fn originator(source: &Source) -> Line<'_> {
    match source.author.as_deref().or(source.publisher.as_deref()) {
        Some(name) => Line::written(name),
        None => title(source),
    }
}

/// The title in quotation marks, in its language; one in square brackets was supplied and stands as it is.
pub(super) fn title(source: &Source) -> Line<'_> {
    let language = source.language.as_deref();
    let text = source.title.trim();
    let line = if is_supplied(text) {
        Line::default().and_written(text, None)
    } else {
        Line::default().and_quoted(text, language)
    };
    match language.filter(|tag| !language_name(tag).is_empty() && language_name(tag) != "English") {
        Some(tag) => line.and(format!(" (in {})", language_name(tag))),
        None => line,
    }
}

fn at(locator: &str) -> Line<'_> {
    Line::words("At: ").and_written(locator, None)
}

/// "No. 988359"; a number that says itself what it is stays as it is.
fn numbered(number: &str) -> Line<'_> {
    let is_bare = number.trim().starts_with(|c: char| c.is_ascii_digit());
    Line::words(if is_bare { "No. " } else { "" }).and_written(number, None)
}

/// The parts as sentences, without a second full stop where one has its own.
fn ended(parts: Vec<Line<'_>>) -> Line<'_> {
    let mut line = Line::default();
    for part in parts {
        if !line.is_empty() {
            line.push(Span::Words(" ".into()));
        }
        let stop = if ends_in_stop(&part) { "" } else { "." };
        line.extend(part);
        line.push(Span::Words(stop.into()));
    }
    line
}

/// Whether no full stop follows: one stands there, or an address that it would be taken for a part of.
fn ends_in_stop(line: &Line<'_>) -> bool {
    match line.0.last() {
        Some(Span::Address(_)) => true,
        _ => line.last_sign(&['”', ')']).is_some_and(|sign| matches!(sign, '.' | '…' | '?' | '!')),
    }
}
