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

use crate::model::{Capture, Field as _, Kind, Presence, Source, SourceField, Value};

/// Opens the lines.
const HEADING: &str = "Annalist:";

/// The label of a capture, which may stand several times.
const CAPTURE: &str = "Capture";

/// The fields of a source that are one value, in the order of the file format.
pub(super) fn fields() -> impl Iterator<Item = SourceField> {
    SourceField::ALL.iter().copied().filter(|field| !matches!(field.kind(), Kind::Record(_) | Kind::Records(_)))
}

/// The name of a field in words, which stands before its value: "Date of information".
pub(super) fn label(field: SourceField) -> String {
    let mut noun = field.info().noun.chars();
    noun.next().map_or_else(String::new, |first| first.to_uppercase().chain(noun).collect())
}

/// The value of a field as text; nothing where the source has none.
pub(super) fn value(field: SourceField, source: &Source) -> Option<&str> {
    field.get(source).as_str()
}

/// Puts a value to the letter, or takes it out; whether it is one that the field can have.
pub(super) fn put(field: SourceField, source: &mut Source, value: Option<&str>) -> bool {
    match (value, field.kind()) {
        (None, _) => field.info().presence == Presence::Optional && field.set(source, Value::None).is_ok(),
        (Some(value), Kind::Date | Kind::Choice(_)) => {
            !value.trim().is_empty() && field.set_text(source, value).is_ok()
        }
        (Some(value), _) => field.set(source, Value::Text(&value.into())).is_ok(),
    }
}

/// What a format reads of a source that it wrote without lines.
pub(super) type ReadBack = fn(&Source) -> Source;

/// The source with only those fields that the format takes as what they are: an address that is none would be read as a
/// remark, and is left to the lines.
pub(super) fn native(source: &Source, read_back: ReadBack) -> Source {
    const LEFT_TO_LINES: [SourceField; 6] = [
        SourceField::Author,
        SourceField::Publisher,
        SourceField::Number,
        SourceField::Language,
        SourceField::Url,
        SourceField::ArchiveUrl,
    ];
    let mut native = source.clone();
    // Again as long as there are any: a remark can hold what looks like a line for another field.
    for _ in LEFT_TO_LINES {
        let back = read_back(&native);
        let is_lost = |field: &SourceField| value(*field, &native).is_some() && value(*field, &back).is_none();
        let lost: Vec<SourceField> = LEFT_TO_LINES.into_iter().filter(is_lost).collect();
        if lost.is_empty() {
            break;
        }
        for field in lost {
            put(field, &mut native, None);
        }
    }
    native
}

/// The note that a format must hold so that `source` comes back, where `read_back` is what comes back of the source
/// without lines. None where it needs none; then the note is as it is.
pub(super) fn note(source: &Source, read_back: &Source) -> Option<String> {
    let mut lines: Vec<String> = fields()
        // Without a line for its title, an entry without one would be given one, or not be taken.
        .filter(|field| {
            let is_untitled = *field == SourceField::Title && source.title.is_empty();
            is_untitled || value(*field, source) != value(*field, read_back)
        })
        .map(|field| match value(field, source) {
            Some(value) => format!("{}: {}", label(field), in_one_line(value)),
            None => format!("{}:", label(field)),
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
pub(super) fn told(note: &str, field: SourceField) -> Option<String> {
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
    for (field, told) in &lines.fields {
        if *field == SourceField::Note {
            let both = [told.as_deref(), read.note.as_deref()].into_iter().flatten().collect::<Vec<_>>();
            source.note = (!both.is_empty()).then(|| both.join("\n").as_str().into());
        } else if !put(*field, &mut source, told.as_deref()) {
            let told = told.as_deref().unwrap_or_default();
            tell(format!("the line \"{}: {told}\" in the note is not understood and was left out", label(*field)));
        }
    }
    source.captures = lines.captures.into_iter().collect();
    // The note is not compared: without it a note of headings cannot go on for ever.
    let bare = Source { note: None, captures: Default::default(), ..source.clone() };
    let expected = read_back(&native(&bare, read_back));
    for (field, _) in &lines.fields {
        let (found, expected) = (value(*field, &read), value(*field, &expected));
        let is_as_written = match field {
            SourceField::Note => true,
            SourceField::Id => found.zip(expected).is_some_and(|(found, expected)| found.starts_with(expected)),
            _ => found == expected,
        };
        if !is_as_written {
            let name = label(*field).to_lowercase();
            tell(format!("{name} was changed since it was written here; the change is kept"));
            put(*field, &mut source, found);
        }
    }
    source
}

/// A note cut at the heading.
struct Lines {
    own: Option<String>,
    fields: Vec<(SourceField, Option<String>)>,
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
        let Some((name, value)) = line.split_once(':') else { return false };
        let value = value.trim();
        if name == CAPTURE {
            let Ok(capture) = serde_json::from_str(value) else { return false };
            self.captures.push(capture);
            return true;
        }
        let Some(field) = fields().find(|field| label(*field) == name) else { return false };
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
