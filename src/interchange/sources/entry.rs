//! An entry of a bibliography on its way to becoming a source: which fields are taken, kept in the note, or left out.

use std::collections::HashSet;

use super::labelled::{self, ReadBack};
use super::reference;
use crate::diagnostic::Severity;
use crate::interchange::{Problem, dates, languages, markup};
use crate::model::{Source, SourceField, SourceKind, Text, derive_id};
use crate::time::Date;

/// A source being read, with what has no field.
pub(super) struct Entry {
    pub source: Source,
    /// Lines of the note.
    notes: Vec<String>,
    kept: Vec<String>,
    ignored: Vec<String>,
    /// Dates that could not be read.
    unread: Vec<(SourceField, String, String)>,
    problems: Vec<Problem>,
    line: usize,
}

impl Entry {
    /// An entry at this line.
    pub fn new(line: usize) -> Self {
        Self {
            source: Source::new("", ""),
            notes: Vec::new(),
            kept: Vec::new(),
            ignored: Vec::new(),
            unread: Vec::new(),
            problems: Vec::new(),
            line,
        }
    }

    /// Puts a value into a field; where another stands there already, it is kept in the note under the name it had.
    pub fn put(&mut self, field: SourceField, value: &str, name: &str) {
        let plain = matches!(field, SourceField::Title | SourceField::Author | SourceField::Publisher)
            .then(|| markup::removed(value));
        let value = plain.as_deref().unwrap_or(value).trim();
        match labelled::value(field, &self.source) {
            _ if value.is_empty() => {}
            Some(there) if there == value => {}
            Some(there) if !there.is_empty() => self.keep(name, value),
            _ => {
                if !labelled::put(field, &mut self.source, Some(value)) {
                    self.keep(name, value);
                }
            }
        }
    }

    /// Puts a date, which is EDTF or can be read in one way only; else it is kept in the note, and that is told.
    pub fn put_date(&mut self, field: SourceField, text: &str, name: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        match dates::read(text) {
            Some(date) => self.put(field, date.as_str(), name),
            None => self.put_unread(field, text, name),
        }
    }

    /// Keeps what stands for a date and is none in the note, and tells it.
    pub fn put_unread(&mut self, field: SourceField, text: &str, name: &str) {
        self.unread.push((field, name.to_owned(), text.trim().to_owned()));
    }

    /// Keeps what stands beside a date and could not be read with it in the note, and tells it.
    pub fn put_beside(&mut self, date: &str, text: &str, name: &str) {
        let message =
            format!("\"{text}\" ({name}) beside the date {date} cannot be read for certain; it is in the note");
        self.warn("unread-date", message);
        self.keep(name, text);
    }

    /// Says that a date was left out which says that none is known.
    pub fn ignore_filler(&mut self, text: &str, name: &str) {
        self.ignore(&format!("{name} \"{}\", which is no date", text.trim()));
    }

    /// Puts a language by its name or tag.
    pub fn put_language(&mut self, text: &str, name: &str) {
        match languages::tag(text) {
            Some(tag) => self.put(SourceField::Language, &tag, name),
            None => self.keep(name, text),
        }
    }

    /// Puts a web address; what is none is kept in the note.
    pub fn put_address(&mut self, text: &str, name: &str) {
        if text.contains("://") || text.starts_with("www.") {
            self.put(SourceField::Url, text, name);
        } else {
            self.keep(name, text);
        }
    }

    /// Puts an ISBN as the number where there is none.
    pub fn put_isbn(&mut self, number: &str) {
        match self.source.number {
            None => self.put(SourceField::Number, &format!("ISBN {}", number.trim()), "ISBN"),
            Some(_) => self.keep("ISBN", number),
        }
    }

    /// Puts a DOI: the address where there is none, else the number where there is none.
    pub fn put_doi(&mut self, text: &str) {
        let bare = text.trim();
        let bare = bare.split_once("doi.org/").map_or(bare, |(_, doi)| doi);
        let bare = ["doi:", "DOI:"].iter().find_map(|prefix| bare.strip_prefix(prefix)).unwrap_or(bare).trim();
        if bare.is_empty() {
            return;
        }
        let address = format!("https://doi.org/{bare}");
        match self.source.url.as_deref() {
            None => self.put(SourceField::Url, &address, "DOI"),
            Some(known) if crate::model::same_page_key(known) == crate::model::same_page_key(&address) => {}
            Some(_) => self.put(SourceField::Number, &format!("doi:{bare}"), "DOI"),
        }
    }

    /// Adds text to the note as it is.
    pub fn note(&mut self, text: &str) {
        self.notes.push(text.to_owned());
    }

    /// Keeps what has no field in the note, under its name.
    pub fn keep(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            self.notes.push(format!("{}: {value}", words(name)));
            add(&mut self.kept, name);
        }
    }

    /// Says that a field was left out.
    pub fn ignore(&mut self, name: &str) {
        add(&mut self.ignored, name);
    }

    /// Says that something was not understood.
    pub fn warn(&mut self, code: &'static str, message: String) {
        self.problems.push(Problem::new(Severity::Warning, code, self.line, message));
    }

    /// The source with its note and its labelled lines; none where there is nothing in it to tell a source by. A missing
    /// title is supplied in square brackets.
    pub fn finish(mut self, key: &str, read_back: ReadBack, problems: &mut Vec<Problem>) -> Option<Source> {
        self.tell_unread();
        self.gather();
        let line = self.line;
        let told = |severity, code, message: String| Problem::new(severity, code, line, message).of(key);
        problems.extend(std::mem::take(&mut self.problems).into_iter().map(|problem| problem.of(key)));
        let has_lines = self.source.note.as_deref().is_some_and(labelled::has_lines);
        if self.source.title.is_empty() {
            match supplied_title(&self.source) {
                Some(title) => {
                    if !has_lines {
                        let message = format!("the entry has no title; {title} was supplied");
                        problems.push(told(Severity::Warning, "no-title", message));
                    }
                    self.source.title = title.as_str().into();
                }
                None if !has_lines => {
                    let message = "the entry has neither title nor author, publisher or address, and was not taken";
                    problems.push(told(Severity::Error, "empty-entry", message.to_owned()));
                    return None;
                }
                None => {}
            }
        }
        if !self.kept.is_empty() {
            let message = format!("kept in the note: {}", self.kept.join(", "));
            problems.push(told(Severity::Info, "kept-in-note", message));
        }
        if !self.ignored.is_empty() {
            let message = format!("left out: {}", self.ignored.join(", "));
            problems.push(told(Severity::Info, "left-out", message));
        }
        let mut tell = |message| problems.push(told(Severity::Warning, "labelled-line", message));
        Some(labelled::restored(self.source, read_back, &mut tell))
    }

    /// What a format gives back of a source that it wrote: [`Entry::finish`] without telling anything, and of an entry
    /// with nothing in it too.
    pub fn read_back(mut self, read_back: ReadBack) -> Source {
        self.gather();
        if self.source.title.is_empty()
            && let Some(title) = supplied_title(&self.source)
        {
            self.source.title = title.as_str().into();
        }
        labelled::restored(self.source, read_back, &mut |_| ())
    }

    /// Dates that cannot be read go before the note. Words that we wrote for a date that stands in a labelled line have been
    /// said.
    fn tell_unread(&mut self) {
        let last = self.notes.last().cloned().unwrap_or_default();
        let unread = std::mem::take(&mut self.unread);
        let is_said = |field: SourceField, text: &str| {
            let date = labelled::told(&last, field).and_then(|date| Date::parse(&date).ok());
            date.is_some_and(|date| date.describe() == text)
        };
        let unread = unread.into_iter().filter(|(field, _, text)| !is_said(*field, text));
        for (at, (_, name, text)) in unread.enumerate() {
            let message = format!("the date \"{text}\" ({name}) cannot be read for certain; it is in the note");
            self.warn("unread-date", message);
            self.notes.insert(at, format!("{}: {text}", words(&name)));
        }
    }

    fn gather(&mut self) {
        if !self.notes.is_empty() {
            self.source.note = Some(self.notes.join("\n").as_str().into());
        }
    }
}

fn add(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

fn supplied_title(source: &Source) -> Option<String> {
    if let Some(url) = source.url.as_deref() {
        return Some(reference::title_of_address(url));
    }
    let parts = [source.author.as_deref(), source.publisher.as_deref(), source.number.as_deref()];
    let mut parts: Vec<String> = parts.into_iter().flatten().map(str::to_owned).collect();
    if parts.is_empty() {
        return None;
    }
    parts.extend(source.published.as_ref().map(Date::describe));
    let noun = if source.kind == SourceKind::Other { "Untitled".to_owned() } else { source.kind.label().to_owned() };
    Some(format!("[{noun}: {}]", parts.join(", ")))
}

/// "container-title" as "Container title".
fn words(name: &str) -> String {
    let plain = name.replace(['-', '_'], " ");
    let mut chars = plain.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Gives each source an id of its own: derived from title and date where it has none, with a number where it is taken.
/// Returns the derived ones.
pub(super) fn give_ids(sources: &mut [(Source, usize)], problems: &mut Vec<Problem>) -> HashSet<Text> {
    let mut taken = HashSet::new();
    let mut derived = HashSet::new();
    for (source, line) in sources {
        let is_given = !source.id.is_empty();
        let base = if is_given { source.id.to_string() } else { derive_id(&source.title, source.published.as_ref()) };
        let mut id = base.clone();
        let mut number = 2_u64;
        while taken.contains(&id) {
            id = format!("{base}-{number}");
            number += 1;
        }
        if is_given && id != base {
            let message = format!("the file has this key before; the entry became \"{id}\"");
            problems.push(Problem::new(Severity::Warning, "duplicate-key", *line, message).of(&base));
        }
        source.id = id.as_str().into();
        if !is_given {
            derived.insert(source.id.clone());
        }
        taken.insert(id);
    }
    derived
}
