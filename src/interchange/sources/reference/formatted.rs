//! References in the styles that people write: Chicago, APA, MLA, newspapers and the web, GOST, German and French customs.
//!
//! Reads from the outside in: addresses and the date of access first, which no style hides, then the parts whose marks are
//! certain (a title in quotation marks, a date in parentheses behind the author, "//", "In:").

use super::address;
use super::parts::{
    as_name, author_and_title, author_date, bracketed, contained, find_words, is_publisher, is_updating, last_sentence,
    quoted, segments, trimmed, without_lead,
};
use crate::interchange::dates::{self, Found};
use crate::model::{Source, SourceKind};
use crate::time::{Date, Precision};

/// Words before a date of access, in small letters; the longer of two with one beginning first.
const ACCESS: [&str; 43] = [
    "last accessed on",
    "last accessed",
    "date accessed",
    "accessed on",
    "accessed",
    "last retrieved on",
    "retrieved on",
    "retrieved",
    "last viewed on",
    "last viewed",
    "viewed on",
    "viewed",
    "last visited on",
    "last visited",
    "visited on",
    "visited",
    "zuletzt abgerufen am",
    "zuletzt aufgerufen am",
    "letzter zugriff am",
    "letzter zugriff",
    "letzter abruf am",
    "letzter abruf",
    "letzter aufruf am",
    "letzter aufruf",
    "abgerufen am",
    "abgerufen",
    "aufgerufen am",
    "abruf am",
    "abruf",
    "zugriff am",
    "zugriff",
    "zugegriffen am",
    "eingesehen am",
    "gesehen am",
    "page consultée le",
    "consulté le",
    "consultée le",
    "accès le",
    "consultado el",
    "consultato il",
    "acesso em",
    "дата обращения",
    "дата звернення",
];

/// Marks of sort in square brackets, in small letters.
const SORTS: [(&str, SourceKind); 22] = [
    ("press release", SourceKind::Statement),
    ("pressemitteilung", SourceKind::Statement),
    ("communiqué de presse", SourceKind::Statement),
    ("пресс-релиз", SourceKind::Statement),
    ("speech", SourceKind::Statement),
    ("speech transcript", SourceKind::Statement),
    ("video", SourceKind::Broadcast),
    ("video file", SourceKind::Broadcast),
    ("film", SourceKind::Broadcast),
    ("tv broadcast", SourceKind::Broadcast),
    ("radio broadcast", SourceKind::Broadcast),
    ("podcast", SourceKind::Broadcast),
    ("audio podcast", SourceKind::Broadcast),
    ("interview", SourceKind::Interview),
    ("photograph", SourceKind::Image),
    ("photo", SourceKind::Image),
    ("map", SourceKind::Image),
    ("infographic", SourceKind::Image),
    ("satellite image", SourceKind::Image),
    ("data set", SourceKind::Dataset),
    ("dataset", SourceKind::Dataset),
    ("blog post", SourceKind::Web),
];

/// Remarks in square brackets that only say that it is on the web.
const ONLINE: [&str; 7] =
    ["online", "en ligne", "электронный ресурс", "elektronische ressource", "internet", "en línea", "el. ressource"];

/// Reads a formatted reference; none where nothing but a title could be told.
pub(super) fn read(text: &str) -> Option<Source> {
    let mut rest = plain(text);
    let mut reading = Reading { source: Source::new("", ""), remarks: Vec::new() };
    reading.take_addresses(&mut rest);
    reading.take_access(&mut rest);
    reading.take_marks(&mut rest);
    reading.take_parts(&closed_up(&rest));
    reading.finished()
}

/// The date of access, where a text gives one and nothing else.
pub(super) fn accessed(text: &str) -> Option<Date> {
    let mut rest = text.to_owned();
    let mut reading = Reading { source: Source::new("", ""), remarks: Vec::new() };
    reading.take_access(&mut rest);
    reading.source.accessed.filter(|_| !rest.contains(char::is_alphanumeric))
}

/// The text in one line, without the numbers and bullets of lists and the marks of italics.
fn plain(text: &str) -> String {
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Russian records part their areas with dashes, and say that there is a text (GOST R 7.0.100).
    for (mark, plain) in
        [("Текст : электронный", ""), ("Текст : непосредственный", ""), (" : [сайт]", ""), (". — ", ". ")]
    {
        line = line.replace(mark, plain);
    }
    let line = line.trim_start_matches(['•', '–', '—', '*', '-', ' ']);
    let numbered = |open: char, close: char| {
        let rest = line.strip_prefix(open)?;
        let (number, rest) = rest.split_once(close)?;
        number.bytes().all(|byte| byte.is_ascii_digit()).then_some(rest)
    };
    let list = |line: &str| {
        let (number, rest) = line.split_once(". ")?;
        (number.len() <= 3 && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| rest.to_owned())
    };
    let line = numbered('[', ']').map_or_else(|| list(line).unwrap_or_else(|| line.to_owned()), str::to_owned);
    without_italics(line.trim())
}

/// Without the gaps that parts taken out have left.
fn closed_up(text: &str) -> String {
    let mut closed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        let is_stop = word.chars().all(|c| matches!(c, '.' | ',' | ';'));
        if is_stop && closed.ends_with(['.', ',', ';']) {
            continue;
        }
        if !is_stop && !closed.is_empty() {
            closed.push(' ');
        }
        closed.push_str(word);
    }
    closed
}

/// Without the asterisks and underlines of Markdown around words.
fn without_italics(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_mark = c == '*' || c == '_' && !(in_word(before) && in_word(after));
        // An address keeps its underlines.
        if !is_mark || text.contains("://") && c == '_' {
            plain.push(c);
        }
        before = Some(c);
    }
    plain
}

struct Reading {
    source: Source,
    /// What has no field.
    remarks: Vec<String>,
}

impl Reading {
    fn take_addresses(&mut self, rest: &mut String) {
        while let Some(range) = address::find(rest) {
            let found = rest.get(range.clone()).map(address::complete).unwrap_or_default();
            if !address::put(&mut self.source, &found) {
                self.remarks.push(found);
            }
            let before = rest.get(..range.start).unwrap_or_default();
            let start = without_lead(before).len();
            let after = rest.get(range.end..).unwrap_or_default();
            let after = after.strip_prefix('>').unwrap_or(after);
            *rest = format!("{} {}", rest.get(..start).unwrap_or_default(), after);
        }
    }

    fn take_access(&mut self, rest: &mut String) {
        for lead in ACCESS {
            let Some((start, end)) = find_words(rest, lead) else { continue };
            let after = rest.get(end..).unwrap_or_default();
            let skipped = after.len() - after.trim_start_matches([':', ' ', ',']).len();
            let Some(Found { range, date }) = dates::leading(after.get(skipped..).unwrap_or_default()) else {
                continue;
            };
            self.source.accessed = Some(date);
            let before = rest.get(..start).unwrap_or_default().trim_end();
            let is_bracketed = before.ends_with(['(', '[']);
            let before = before.trim_end_matches(['(', '[']);
            let mut after = after.get(skipped + range.end..).unwrap_or_default().trim_start();
            if is_bracketed {
                after = after.trim_start_matches("г.").trim_start().trim_start_matches([')', ']']);
            }
            let after = after.trim_start_matches(", from").trim_start_matches("from ");
            *rest = format!("{before} {after}");
            return;
        }
    }

    fn take_marks(&mut self, rest: &mut String) {
        let mut at = 0;
        while let Some((start, end)) = bracketed(rest, at, '[', ']') {
            let mark = rest.get(start + 1..end - 1).unwrap_or_default().trim().to_lowercase();
            let sort = SORTS.iter().find(|(word, _)| *word == mark);
            if let Some((_, kind)) = sort {
                self.source.kind = *kind;
            }
            if sort.is_none() && !mark.is_empty() && !ONLINE.contains(&mark.as_str()) {
                at = end;
                continue;
            }
            let before = rest.get(..start).unwrap_or_default().trim_end();
            let after = rest.get(end..).unwrap_or_default();
            let gap = if after.starts_with(['.', ',', ';', ':', ' ']) { "" } else { " " };
            at = before.len();
            *rest = format!("{before}{gap}{after}");
        }
    }

    fn take_parts(&mut self, rest: &str) {
        let rest = rest.trim();
        if let Some((author, date, tail)) = author_date(rest, self.source.url.is_some()) {
            self.source.author = as_name(author);
            self.source.published = date;
            self.take_title_and_place(tail);
        } else {
            self.take_unparenthesised(rest);
        }
    }

    /// What follows "Author (date).".
    fn take_title_and_place(&mut self, tail: &str) {
        if let Some((before, title, after)) = quoted(tail)
            && before.is_empty()
        {
            self.source.title = title.into();
            self.take_place(after);
        } else if let Some((title, place)) = contained(tail) {
            self.source.title = title.into();
            self.take_place(place);
        } else if let Some((title, place)) = last_sentence(tail) {
            self.source.title = title.into();
            self.take_place(place);
        } else {
            self.source.title = trimmed(tail).into();
        }
    }

    fn take_unparenthesised(&mut self, rest: &str) {
        if let Some((before, title, after)) = quoted(rest) {
            self.source.title = title.into();
            let mut before = before;
            if let Some(found) = dates::trailing(before) {
                before = before.get(..found.range.start).unwrap_or_default();
                self.source.published = Some(found.date);
            }
            self.source.author = as_name(before.trim_end_matches(['(', ' ']));
            self.take_place(after);
        } else if let Some((left, place)) = contained(rest) {
            let (author, title) = author_and_title(left);
            self.source.author = author.and_then(as_name);
            self.source.title = title.into();
            self.take_place(place);
        } else {
            self.take_untold(rest);
        }
    }

    /// A text without marks: a date set apart at its end is the date of publication, the rest is the title.
    fn take_untold(&mut self, rest: &str) {
        let mut title = trimmed(rest);
        if let Some(found) = dates::trailing(title) {
            let before = title.get(..found.range.start).unwrap_or_default().trim_end();
            let in_brackets = before.ends_with(['(', '[']);
            let is_fine = found.date.precision() >= Precision::Month;
            let is_apart = before.ends_with([',', '.', ';', '–', '—', '|']) && is_fine;
            if (in_brackets || is_apart) && !trimmed(before).is_empty() {
                title = trimmed(before);
                self.source.published = Some(found.date);
            }
        }
        self.source.title = title.into();
    }

    /// Publisher and date, as they follow a title; what else there is becomes a remark.
    fn take_place(&mut self, tail: &str) {
        let (mut before, mut after) = (tail, "");
        if let Some(found) = dates::find(tail).filter(|found| !is_updating(tail, found)) {
            before = tail.get(..found.range.start).unwrap_or_default();
            after = tail.get(found.range.end..).unwrap_or_default();
            self.put_date(found.date);
        }
        let mut names = segments(before).into_iter();
        if let Some(first) = names.next() {
            if is_publisher(&first) {
                self.source.publisher = Some(first.into());
            } else {
                self.remarks.push(first);
            }
        }
        self.remarks.extend(names);
        let mut after = segments(after);
        if self.source.publisher.is_none()
            && self.remarks.is_empty()
            && let Some(first) = after.first().filter(|first| is_publisher(first)).cloned()
        {
            after.remove(0);
            self.source.publisher = Some(first.into());
        }
        self.remarks.extend(after);
    }

    /// A second date makes the first one finer, or is left to the note.
    fn put_date(&mut self, date: Date) {
        match &self.source.published {
            Some(known) if date.as_str().starts_with(known.as_str()) => self.source.published = Some(date),
            Some(known) if *known != date => self.remarks.push(date.describe()),
            Some(_) => {}
            None => self.source.published = Some(date),
        }
    }

    fn finished(mut self) -> Option<Source> {
        let source = &mut self.source;
        let is_told = source.url.is_some()
            || source.archive_url.is_some()
            || source.author.is_some()
            || source.publisher.is_some()
            || source.published.is_some();
        if !is_told {
            return None;
        }
        if source.title.is_empty() {
            let address = source.url.as_deref().or(source.archive_url.as_deref())?;
            source.title = address::title(address).into();
        }
        if source.kind == SourceKind::Other && (source.url.is_some() || source.archive_url.is_some()) {
            source.kind = SourceKind::Web;
        }
        if !self.remarks.is_empty() {
            source.note = Some(format!("In the reference: {}", self.remarks.join("; ")).into());
        }
        Some(self.source)
    }
}
