//! What another format has no field for, as labelled lines at the end of its note:
//!
//! ```text
//! The analyst's own note.
//! Annalist:
//! Reliability: B
//! Published: [2024-10-21..2024-10-31]
//! ```
//!
//! Lines are used, and not fields of our own, because they live through other programs: Zotero drops fields it does not
//! know and keeps every line of a note. A writer compares what would be read back with the source and labels only what
//! differs, so a plain source gets no lines at all. A field that was changed in the other program since is not overridden
//! by its line.

use std::borrow::Cow;

use crate::model::{Capture, Reliability, Source, SourceKind};
use crate::time::Date;

/// Opens the lines.
const HEADING: &str = "Annalist:";

/// The label of a capture, which may stand several times.
const CAPTURE: &str = "Capture";

/// A field of a source that is one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named for the fields")]
pub enum Field {
    Id,
    Title,
    Author,
    Publisher,
    Kind,
    Number,
    Language,
    Url,
    ArchiveUrl,
    Published,
    Information,
    Accessed,
    Reliability,
    Origin,
    Descriptor,
    Note,
}

impl Field {
    /// Every field, in the order of the file format.
    pub const ALL: [Self; 16] = [
        Self::Id,
        Self::Title,
        Self::Author,
        Self::Publisher,
        Self::Kind,
        Self::Number,
        Self::Language,
        Self::Url,
        Self::ArchiveUrl,
        Self::Published,
        Self::Information,
        Self::Accessed,
        Self::Reliability,
        Self::Origin,
        Self::Descriptor,
        Self::Note,
    ];

    /// Its name in words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Id => "Id",
            Self::Title => "Title",
            Self::Author => "Author",
            Self::Publisher => "Publisher",
            Self::Kind => "Kind",
            Self::Number => "Number",
            Self::Language => "Language",
            Self::Url => "URL",
            Self::ArchiveUrl => "Archive URL",
            Self::Published => "Published",
            Self::Information => "Date of information",
            Self::Accessed => "Accessed",
            Self::Reliability => "Reliability",
            Self::Origin => "Origin",
            Self::Descriptor => "Descriptor",
            Self::Note => "Note",
        }
    }

    /// Its value as text; nothing where the source has none.
    pub fn get(self, source: &Source) -> Option<&str> {
        match self {
            Self::Id => Some(&source.id),
            Self::Title => Some(&source.title),
            Self::Author => source.author.as_deref(),
            Self::Publisher => source.publisher.as_deref(),
            Self::Kind => Some(source.kind.label()),
            Self::Number => source.number.as_deref(),
            Self::Language => source.language.as_deref(),
            Self::Url => source.url.as_deref(),
            Self::ArchiveUrl => source.archive_url.as_deref(),
            Self::Published => source.published.as_ref().map(Date::as_str),
            Self::Information => source.information.as_ref().map(Date::as_str),
            Self::Accessed => source.accessed.as_ref().map(Date::as_str),
            Self::Reliability => source.reliability.map(Reliability::letter),
            Self::Origin => source.origin.as_deref(),
            Self::Descriptor => source.descriptor.as_deref(),
            Self::Note => source.note.as_deref(),
        }
    }

    /// Puts a value, or takes it out; whether it is one that the field can have.
    pub fn set(self, source: &mut Source, value: Option<&str>) -> bool {
        let date = |field: &mut Option<Date>| match value.map(Date::parse).transpose() {
            Ok(date) => {
                *field = date;
                true
            }
            Err(_) => false,
        };
        match (self, value) {
            (Self::Id | Self::Title | Self::Kind, None) => return false,
            (Self::Id, Some(value)) => source.id = value.into(),
            (Self::Title, Some(value)) => source.title = value.into(),
            (Self::Kind, Some(value)) => {
                match SourceKind::ALL.into_iter().find(|kind| kind.label().eq_ignore_ascii_case(value)) {
                    Some(kind) => source.kind = kind,
                    None => return false,
                }
            }
            (Self::Reliability, value) => {
                let grade = |letter: &str| Reliability::ALL.into_iter().find(|grade| grade.letter() == letter);
                match value.map(|letter| grade(letter).ok_or(())).transpose() {
                    Ok(grade) => source.reliability = grade,
                    Err(()) => return false,
                }
            }
            (Self::Published, _) => return date(&mut source.published),
            (Self::Information, _) => return date(&mut source.information),
            (Self::Accessed, _) => return date(&mut source.accessed),
            (Self::Author, value) => source.author = value.map(Into::into),
            (Self::Publisher, value) => source.publisher = value.map(Into::into),
            (Self::Number, value) => source.number = value.map(Into::into),
            (Self::Language, value) => source.language = value.map(Into::into),
            (Self::Url, value) => source.url = value.map(Into::into),
            (Self::ArchiveUrl, value) => source.archive_url = value.map(Into::into),
            (Self::Origin, value) => source.origin = value.map(Into::into),
            (Self::Descriptor, value) => source.descriptor = value.map(Into::into),
            (Self::Note, value) => source.note = value.map(Into::into),
        }
        true
    }
}

/// What a format reads of a source that it wrote without lines.
pub(super) type ReadBack = fn(&Source) -> Source;

/// The source with only those fields that the format takes as what they are: an address that is none would be read as a
/// remark, and is left to the lines.
pub(super) fn native(source: &Source, read_back: ReadBack) -> Source {
    const LEFT_TO_LINES: [Field; 6] =
        [Field::Author, Field::Publisher, Field::Number, Field::Language, Field::Url, Field::ArchiveUrl];
    let mut native = source.clone();
    // Again as long as there are any: a remark can hold what looks like a line for another field.
    for _ in LEFT_TO_LINES {
        let back = read_back(&native);
        let is_lost = |field: &Field| field.get(&native).is_some() && field.get(&back).is_none();
        let lost: Vec<Field> = LEFT_TO_LINES.into_iter().filter(is_lost).collect();
        if lost.is_empty() {
            break;
        }
        for field in lost {
            field.set(&mut native, None);
        }
    }
    native
}

/// The note that a format must hold so that `source` comes back, where `read_back` is what comes back of the source
/// without lines. None where it needs none; then the note is as it is.
pub(super) fn note(source: &Source, read_back: &Source) -> Option<String> {
    let mut lines: Vec<String> = Field::ALL
        .iter()
        // Without a line for its title, an entry without one would be given one, or not be taken.
        .filter(|field| field.get(source) != field.get(read_back) || **field == Field::Title && source.title.is_empty())
        .map(|field| match field.get(source) {
            Some(value) => format!("{}: {}", field.label(), in_one_line(value)),
            None => format!("{}:", field.label()),
        })
        .collect();
    let captures = shareable(source);
    if captures != shareable(read_back) {
        lines.extend(captures.iter().filter_map(|capture| {
            let json = serde_json::to_string(capture).ok()?;
            Some(format!("{CAPTURE}: {}", escaped(&json)))
        }));
    }
    if lines.is_empty() {
        return None;
    }
    let is_labelled = source.note != read_back.note;
    let own = source.note.as_deref().filter(|_| !is_labelled);
    let own = own.map(|note| format!("{note}\n")).unwrap_or_default();
    Some(format!("{own}{HEADING}\n{}", lines.join("\n")))
}

/// Whether a note holds labelled lines.
pub(super) fn has_lines(note: &str) -> bool {
    note.lines().any(|line| line.trim_end() == HEADING)
}

/// The value that the lines of a note give a field.
pub(super) fn told(note: &str, field: Field) -> Option<String> {
    let lines = Lines::of(note)?;
    lines.fields.into_iter().find(|(known, _)| *known == field)?.1
}

/// The captures without who made them.
fn shareable(source: &Source) -> Vec<Capture> {
    source.captures.iter().map(|capture| Capture { by: None, ..capture.clone() }).collect()
}

/// The source with its labelled lines taken out of the note and put where they belong. A field that is not as the
/// format would have written it was changed since, and stays as it was read; that, and what was not taken, is told.
pub(super) fn restored(mut read: Source, read_back: ReadBack, tell: &mut dyn FnMut(String)) -> Source {
    let Some(lines) = read.note.as_deref().and_then(Lines::of) else { return read };
    read.note = lines.own.as_deref().map(Into::into);
    let mut source = read.clone();
    for (field, value) in &lines.fields {
        if *field == Field::Note {
            let both = [value.as_deref(), read.note.as_deref()].into_iter().flatten().collect::<Vec<_>>();
            source.note = (!both.is_empty()).then(|| both.join("\n").as_str().into());
        } else if !field.set(&mut source, value.as_deref()) {
            let value = value.as_deref().unwrap_or_default();
            tell(format!("the line \"{}: {value}\" in the note is not understood and was left out", field.label()));
        }
    }
    source.captures = lines.captures.into_iter().collect();
    // The note is not compared: without it a note of headings cannot go on for ever.
    let bare = Source { note: None, captures: Default::default(), ..source.clone() };
    let expected = read_back(&native(&bare, read_back));
    for (field, _) in &lines.fields {
        let (found, expected) = (field.get(&read), field.get(&expected));
        let is_as_written = match field {
            Field::Note => true,
            Field::Id => found.zip(expected).is_some_and(|(found, expected)| found.starts_with(expected)),
            _ => found == expected,
        };
        if !is_as_written {
            tell(format!("{} was changed since it was written here; the change is kept", field.label().to_lowercase()));
            let value = field.get(&read).map(ToOwned::to_owned);
            field.set(&mut source, value.as_deref());
        }
    }
    source
}

/// A note cut at the heading.
struct Lines {
    own: Option<String>,
    fields: Vec<(Field, Option<String>)>,
    captures: Vec<Capture>,
}

impl Lines {
    fn of(note: &str) -> Option<Self> {
        let mut start = None;
        let mut at = 0;
        for line in note.split_inclusive('\n') {
            if line.trim_end() == HEADING {
                start = Some((at, at + line.len()));
            }
            at += line.len();
        }
        let (end, start) = start?;
        let own = note.get(..end)?;
        let own = own.strip_suffix('\n').map(ToOwned::to_owned);
        let mut lines = Self { own, fields: Vec::new(), captures: Vec::new() };
        for line in note.get(start..)?.lines() {
            if !lines.take(line) && !line.trim().is_empty() {
                lines.own = Some(lines.own.map_or_else(|| line.to_owned(), |own| format!("{own}\n{line}")));
            }
        }
        Some(lines)
    }

    fn take(&mut self, line: &str) -> bool {
        let Some((label, value)) = line.split_once(':') else { return false };
        let value = value.trim();
        if label == CAPTURE {
            let Ok(capture) = serde_json::from_str(value) else { return false };
            self.captures.push(capture);
            return true;
        }
        let Some(field) = Field::ALL.into_iter().find(|field| field.label() == label) else { return false };
        let value = match value.strip_prefix('"') {
            Some(_) => match serde_json::from_str(value) {
                Ok(value) => Some(value),
                Err(_) => return false,
            },
            None => (!value.is_empty()).then(|| value.to_owned()),
        };
        self.fields.push((field, value));
        true
    }
}

/// A value as it is, or quoted as in JSON where it would not live through a line whose spaces may be set anew.
fn in_one_line(value: &str) -> Cow<'_, str> {
    let is_plain = !value.is_empty()
        && !value.starts_with('"')
        && !value.chars().any(char::is_control)
        && escaped(value) == value
        && value.trim() == value;
    if is_plain {
        return Cow::Borrowed(value);
    }
    Cow::Owned(escaped(&serde_json::Value::from(value).to_string()))
}

/// JSON with every space escaped but single ones between words.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut is_after_space = true;
    for c in json.chars() {
        if c == ' ' && !is_after_space || !c.is_whitespace() && !c.is_control() {
            text.push(c);
        } else {
            text.push_str(&format!("\\u{:04x}", u32::from(c)));
        }
        is_after_space = c.is_whitespace();
    }
    text
}
