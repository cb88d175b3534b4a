//! The fields of text: which record and field each stands for, how its text is read and written back.

use serde::{Deserialize, Serialize};

use super::changes::{Changes, quoted};
use crate::diagnostic::closest;
use crate::model::{Capture, Citation, Event, Header, Judgment, Likelihood, Source, Text, Timeline};
use crate::time::{Date, Instant, Zone};
use crate::ui::field::{self, Problem};

/// A field of text of a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Slot {
    Header(HeaderField),
    /// Of the event of this id.
    Event(Text, EventField),
    /// Of the citation at this position of an event.
    Citation(Text, usize, CitationField),
    /// The note of the link at this position of an event.
    Link(Text, usize),
    /// Of the source of this id.
    Source(Text, SourceField),
    /// Of the capture at this position of a source.
    Capture(Text, usize, CaptureField),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum HeaderField {
    Title,
    Description,
    Zone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EventField {
    Title,
    Date,
    Wording,
    Place,
    Actors,
    Tags,
    Note,
    Likelihood,
    JudgmentNote,
    Recorded,
    Id,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CitationField {
    Locator,
    Quote,
    Translation,
    Date,
    Wording,
    Note,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SourceField {
    Title,
    Author,
    Publisher,
    Number,
    Language,
    Url,
    ArchiveUrl,
    Published,
    Information,
    Accessed,
    Descriptor,
    Note,
    Id,
}

/// What may be said later of a capture. Its file and hash are evidence and stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum CaptureField {
    Captured,
    By,
    Note,
}

impl Slot {
    /// What the field is called at its left.
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Header(field) => match field {
                HeaderField::Title => "Title",
                HeaderField::Description => "Description",
                HeaderField::Zone => "Time zone",
            },
            Self::Event(_, field) => match field {
                EventField::Title => "Title",
                EventField::Date => "Date",
                EventField::Wording => "Wording",
                EventField::Place => "Place",
                EventField::Actors => "Actors",
                EventField::Tags => "Tags",
                EventField::Likelihood => "Likelihood",
                EventField::Note | EventField::JudgmentNote => "Note",
                EventField::Recorded => "Recorded",
                EventField::Id => "Id",
            },
            Self::Citation(_, _, field) => match field {
                CitationField::Locator => "Locator",
                CitationField::Quote => "Quote",
                CitationField::Translation => "Translation",
                CitationField::Date => "Its date",
                CitationField::Wording => "Its wording",
                CitationField::Note => "Source note",
            },
            Self::Link(..) => "Note",
            Self::Source(_, field) => match field {
                SourceField::Title => "Title",
                SourceField::Author => "Author",
                SourceField::Publisher => "Publisher",
                SourceField::Number => "Number",
                SourceField::Language => "Language",
                SourceField::Url => "URL",
                SourceField::ArchiveUrl => "Archive URL",
                SourceField::Published => "Published",
                SourceField::Information => "Information",
                SourceField::Accessed => "Accessed",
                SourceField::Descriptor => "Descriptor",
                SourceField::Note => "Note",
                SourceField::Id => "Id",
            },
            Self::Capture(_, _, field) => match field {
                CaptureField::Captured => "Captured",
                CaptureField::By => "By",
                CaptureField::Note => "Note",
            },
        }
    }

    /// What tells the field from the others of its record in an accessible name.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Citation(_, _, field) => match field {
                CitationField::Locator => "locator",
                CitationField::Quote => "quote",
                CitationField::Translation => "translation",
                CitationField::Date => "date",
                CitationField::Wording => "wording",
                CitationField::Note => "note",
            },
            Self::Source(_, field) => match field {
                SourceField::Title => "title",
                SourceField::Author => "author",
                SourceField::Publisher => "publisher",
                SourceField::Number => "number",
                SourceField::Language => "language",
                SourceField::Url => "URL",
                SourceField::ArchiveUrl => "archive URL",
                SourceField::Published => "published",
                SourceField::Information => "information",
                SourceField::Accessed => "accessed",
                SourceField::Descriptor => "descriptor",
                SourceField::Note => "note",
                SourceField::Id => "id",
            },
            Self::Capture(_, _, field) => match field {
                CaptureField::Captured => "captured",
                CaptureField::By => "by",
                CaptureField::Note => "note",
            },
            Self::Event(_, EventField::JudgmentNote) => "judgment note",
            Self::Header(_) | Self::Event(..) | Self::Link(..) => self.label(),
        }
    }

    /// What may be written, shown while the field is empty.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Header(HeaderField::Zone) => "UTC, or for example Europe/Moscow",
            Self::Header(HeaderField::Description) => "What it covers and what it leaves out",
            Self::Event(_, EventField::Date) => "2024-10-24, late October 2024, …",
            Self::Event(_, EventField::Wording) => "The date in words, “late October”",
            Self::Event(_, EventField::Likelihood) => "A term of ICD 203: likely, remote, …",
            Self::Event(_, EventField::Actors | EventField::Tags) => "Separated by commas",
            Self::Citation(_, _, CitationField::Locator) => "Page, paragraph, minute",
            Self::Citation(_, _, CitationField::Date) => "Where it gives another date",
            Self::Citation(_, _, CitationField::Note) => "What it says and how far it carries",
            Self::Citation(_, _, CitationField::Quote) => "In its own language",
            Self::Source(_, SourceField::Language) => "Where not English, for example ru",
            Self::Source(_, SourceField::Information) => "The date of what it tells",
            Self::Source(_, SourceField::Descriptor) => "Access, expertise, bias, currency",
            Self::Capture(_, _, CaptureField::Captured) => "When, in UTC",
            Self::Capture(_, _, CaptureField::By) => "Left out of exports unless asked for",
            Self::Capture(_, _, CaptureField::Note) => "How it was made, or what was altered and why",
            _ => "",
        }
    }

    /// Rows the field has at least.
    pub const fn rows(&self) -> usize {
        match self {
            Self::Header(HeaderField::Description)
            | Self::Event(_, EventField::Note | EventField::JudgmentNote)
            | Self::Citation(_, _, CitationField::Quote | CitationField::Translation | CitationField::Note)
            | Self::Source(_, SourceField::Descriptor | SourceField::Note)
            | Self::Capture(_, _, CaptureField::Note) => 2,
            _ => 1,
        }
    }

    /// Whether it holds a date.
    pub const fn is_date(&self) -> bool {
        matches!(
            self,
            Self::Event(_, EventField::Date | EventField::Recorded)
                | Self::Citation(_, _, CitationField::Date)
                | Self::Source(_, SourceField::Published | SourceField::Information | SourceField::Accessed)
                | Self::Capture(_, _, CaptureField::Captured)
        )
    }

    /// Whether it holds one of a few terms, which are offered while it is typed.
    pub const fn is_composed(&self) -> bool {
        matches!(self, Self::Event(_, EventField::Likelihood))
    }

    /// The text as it stands in the timeline; none where the record is gone.
    pub fn text(&self, timeline: &Timeline) -> Option<String> {
        match self {
            Self::Header(field) => Some(header_text(timeline.header(), *field)),
            Self::Event(id, field) => Some(event_text(timeline.event(id)?, *field)),
            Self::Citation(id, at, field) => Some(citation_text(timeline.event(id)?.citations.get(*at)?, *field)),
            Self::Link(id, at) => Some(optional(&timeline.event(id)?.links.get(*at)?.note)),
            Self::Source(id, field) => Some(source_text(timeline.source(id)?, *field)),
            Self::Capture(id, at, field) => Some(capture_text(timeline.source(id)?.captures.get(*at)?, *field)),
        }
    }

    /// Writes a text back into the working copy of the record.
    ///
    /// # Errors
    /// Where the text is not a value of the field; then nothing is written.
    pub fn write(&self, text: &str, changes: &mut Changes<'_>) -> Result<(), Problem> {
        let text = text.trim();
        let now = changes.now();
        let gone = || Problem::new("the record is no longer there");
        let title = match self {
            Self::Header(field) => {
                write_header(*field, text, changes)?;
                changes.timeline().header().title.clone()
            }
            Self::Event(id, field) => {
                write_event(id, *field, text, changes)?;
                changes.timeline().event(id).ok_or_else(gone)?.title.clone()
            }
            Self::Citation(id, at, field) => {
                let event = changes.event(id).ok_or_else(gone)?;
                let citation = event.citations.get_mut(*at).ok_or_else(gone)?;
                write_citation(citation, *field, text, now)?;
                event.title.clone()
            }
            Self::Link(id, at) => {
                let event = changes.event(id).ok_or_else(gone)?;
                event.links.get_mut(*at).ok_or_else(gone)?.note = given(text);
                event.title.clone()
            }
            Self::Source(id, SourceField::Id) => {
                rename_source(id, text, changes)?;
                changes.timeline().source(id).ok_or_else(gone)?.title.clone()
            }
            Self::Capture(id, at, field) => {
                let source = changes.source(id).ok_or_else(gone)?;
                write_capture(source.captures.get_mut(*at).ok_or_else(gone)?, *field, text, now)?;
                source.title.clone()
            }
            Self::Source(id, field) => {
                let source = changes.source(id).ok_or_else(gone)?;
                let title = source.title.clone();
                write_source(source, *field, text, now)?;
                title
            }
        };
        changes.label(format!("Change {} of {}", self.noun(), quoted(&title)));
        Ok(())
    }

    /// What is wrong with a text, if anything.
    pub fn problem(&self, text: &str, timeline: &Timeline, now: Instant) -> Option<Problem> {
        self.write(text, &mut Changes::new(timeline, now)).err()
    }

    /// The title of the record that it belongs to.
    pub fn record(&self, timeline: &Timeline) -> Option<Text> {
        match self {
            Self::Header(_) => Some(timeline.header().title.clone()),
            Self::Event(id, _) | Self::Citation(id, ..) | Self::Link(id, _) => Some(timeline.event(id)?.title.clone()),
            Self::Source(id, _) | Self::Capture(id, ..) => Some(timeline.source(id)?.title.clone()),
        }
    }

    /// The field in the middle of a sentence.
    pub fn noun(&self) -> String {
        let label = match self {
            Self::Citation(_, _, CitationField::Date) => "a source's date",
            Self::Citation(_, _, CitationField::Wording) => "a source's wording",
            Self::Event(_, EventField::JudgmentNote) => "judgment note",
            Self::Link(..) => "a link's note",
            Self::Capture(_, _, CaptureField::Captured) => "the time of a capture",
            Self::Capture(_, _, CaptureField::By) => "the collector of a capture",
            Self::Capture(_, _, CaptureField::Note) => "the note of a capture",
            Self::Source(_, SourceField::Url) => "URL",
            Self::Source(_, SourceField::ArchiveUrl) => "archive URL",
            Self::Source(_, SourceField::Information) => "date of information",
            _ => return self.label().to_lowercase(),
        };
        label.to_owned()
    }
}

fn optional(text: &Option<Text>) -> String {
    text.as_deref().unwrap_or_default().to_owned()
}

fn date_text(date: Option<&Date>) -> String {
    date.map(|date| date.as_str().to_owned()).unwrap_or_default()
}

fn given(text: &str) -> Option<Text> {
    (!text.is_empty()).then(|| text.into())
}

fn required(text: &str, hint: &str) -> Result<Text, Problem> {
    given(text).ok_or_else(|| Problem::new("a title is needed").with_hint(hint))
}

fn header_text(header: &Header, field: HeaderField) -> String {
    match field {
        HeaderField::Title => header.title.to_string(),
        HeaderField::Description => optional(&header.description),
        HeaderField::Zone => optional(&header.zone),
    }
}

fn write_header(field: HeaderField, text: &str, changes: &mut Changes<'_>) -> Result<(), Problem> {
    if field == HeaderField::Zone
        && let Err(error) = Zone::parse(if text.is_empty() { "UTC" } else { text })
    {
        let hint = error.suggestion.map(|name| format!("did you mean {name}?"));
        return Err(Problem { message: error.to_string(), hint });
    }
    let title =
        if field == HeaderField::Title { required(text, "say what the timeline is about")? } else { Text::new() };
    let Some(header) = changes.header() else { return Ok(()) };
    match field {
        HeaderField::Title => header.title = title,
        HeaderField::Description => header.description = given(text),
        HeaderField::Zone => header.zone = given(text),
    }
    Ok(())
}

fn event_text(event: &Event, field: EventField) -> String {
    match field {
        EventField::Title => event.title.to_string(),
        EventField::Date => event.date.as_str().to_owned(),
        EventField::Wording => optional(&event.wording),
        EventField::Place => optional(&event.place),
        EventField::Actors => field::join(&event.actors),
        EventField::Tags => field::join(&event.tags),
        EventField::Note => optional(&event.note),
        EventField::Likelihood => {
            let term = event.judgment.as_ref().and_then(|judgment| judgment.likelihood);
            term.map(|term| sentence_case(term.label())).unwrap_or_default()
        }
        EventField::JudgmentNote => event.judgment.as_ref().map(|j| optional(&j.note)).unwrap_or_default(),
        EventField::Recorded => date_text(event.recorded.as_deref()),
        EventField::Id => event.id.to_string(),
    }
}

fn write_event(id: &str, field: EventField, text: &str, changes: &mut Changes<'_>) -> Result<(), Problem> {
    if field == EventField::Id {
        return rename(id, text, changes);
    }
    let now = changes.now();
    let event = changes.event(id).ok_or_else(|| Problem::new("the event is no longer there"))?;
    match field {
        EventField::Title => event.title = required(text, "say in a few words what happened")?,
        EventField::Date => event.date = field::parse_required(text, now)?,
        EventField::Wording => event.wording = given(text),
        EventField::Place => event.place = given(text),
        EventField::Actors => event.actors = field::split(text).into_iter().map(Into::into).collect(),
        EventField::Tags => event.tags = field::split(text).into_iter().map(Into::into).collect(),
        EventField::Note => event.note = given(text),
        EventField::Likelihood => {
            let likelihood = parse_likelihood(text)?;
            let judgment = event.judgment.take().map_or_else(no_judgment, |judgment| *judgment);
            event.judgment = worth_keeping(Judgment { likelihood, ..judgment });
        }
        EventField::JudgmentNote => {
            let judgment = event.judgment.take().map_or_else(no_judgment, |judgment| *judgment);
            event.judgment = worth_keeping(Judgment { note: given(text), ..judgment });
        }
        EventField::Recorded => event.recorded = field::parse_optional(text, now)?.map(Box::new),
        EventField::Id => {}
    }
    Ok(())
}

fn rename(id: &str, text: &str, changes: &mut Changes<'_>) -> Result<(), Problem> {
    if text == id {
        return Ok(());
    }
    if text.is_empty() {
        return Err(Problem::new("an id is needed").with_hint("a short name that stays, for example duma-ratifies"));
    }
    if changes.timeline().event(text).is_some() {
        return Err(Problem::new(format!("another event has the id “{text}”")).with_hint("ids are unique among events"));
    }
    changes.rename_event(id, text);
    changes.select(text);
    Ok(())
}

fn rename_source(id: &str, text: &str, changes: &mut Changes<'_>) -> Result<(), Problem> {
    if text == id {
        return Ok(());
    }
    if text.is_empty() {
        return Err(
            Problem::new("an id is needed").with_hint("a short name that stays, for example interfax-2024-10-24")
        );
    }
    if changes.timeline().source(text).is_some() {
        return Err(
            Problem::new(format!("another source has the id “{text}”")).with_hint("ids are unique among sources")
        );
    }
    changes.rename_source(id, text);
    Ok(())
}

/// The likelihood of a field that may be empty.
///
/// # Errors
/// Where the text is neither a term of ICD 203 nor its synonym.
fn parse_likelihood(text: &str) -> Result<Option<Likelihood>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let terms = || Likelihood::ALL.into_iter().flat_map(|term| [term.label(), term.synonym()]);
    Likelihood::parse(text).map(Some).ok_or_else(|| {
        let problem = Problem::new(format!("“{text}” is no term of likelihood"));
        match closest(text, terms()) {
            Some(term) => problem.with_hint(format!("did you mean {term}?")),
            None => problem.with_hint("choose one of the terms of ICD 203, for example likely or remote"),
        }
    })
}

/// Words with a capital at their beginning.
pub fn sentence_case(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// A judgment that says nothing yet.
pub const fn no_judgment() -> Judgment {
    Judgment { likelihood: None, confidence: None, note: None }
}

/// The judgment, unless it says nothing.
pub fn worth_keeping(judgment: Judgment) -> Option<Box<Judgment>> {
    (judgment != no_judgment()).then(|| Box::new(judgment))
}

fn citation_text(citation: &Citation, field: CitationField) -> String {
    match field {
        CitationField::Locator => optional(&citation.locator),
        CitationField::Quote => optional(&citation.quote),
        CitationField::Translation => optional(&citation.translation),
        CitationField::Date => date_text(citation.date.as_deref()),
        CitationField::Wording => optional(&citation.wording),
        CitationField::Note => optional(&citation.note),
    }
}

fn write_citation(citation: &mut Citation, field: CitationField, text: &str, now: Instant) -> Result<(), Problem> {
    match field {
        CitationField::Locator => citation.locator = given(text),
        CitationField::Quote => citation.quote = given(text),
        CitationField::Translation => citation.translation = given(text),
        CitationField::Date => citation.date = field::parse_optional(text, now)?.map(Box::new),
        CitationField::Wording => citation.wording = given(text),
        CitationField::Note => citation.note = given(text),
    }
    Ok(())
}

fn source_text(source: &Source, field: SourceField) -> String {
    match field {
        SourceField::Title => source.title.to_string(),
        SourceField::Author => optional(&source.author),
        SourceField::Publisher => optional(&source.publisher),
        SourceField::Number => optional(&source.number),
        SourceField::Language => optional(&source.language),
        SourceField::Url => optional(&source.url),
        SourceField::ArchiveUrl => optional(&source.archive_url),
        SourceField::Published => date_text(source.published.as_ref()),
        SourceField::Information => date_text(source.information.as_ref()),
        SourceField::Accessed => date_text(source.accessed.as_ref()),
        SourceField::Descriptor => optional(&source.descriptor),
        SourceField::Note => optional(&source.note),
        SourceField::Id => source.id.to_string(),
    }
}

fn capture_text(capture: &Capture, field: CaptureField) -> String {
    match field {
        CaptureField::Captured => date_text(capture.captured.as_ref()),
        CaptureField::By => optional(&capture.by),
        CaptureField::Note => optional(&capture.note),
    }
}

fn write_capture(capture: &mut Capture, field: CaptureField, text: &str, now: Instant) -> Result<(), Problem> {
    match field {
        CaptureField::Captured => capture.captured = field::parse_optional(text, now)?,
        CaptureField::By => capture.by = given(text),
        CaptureField::Note => capture.note = given(text),
    }
    Ok(())
}

fn write_source(source: &mut Source, field: SourceField, text: &str, now: Instant) -> Result<(), Problem> {
    match field {
        SourceField::Title => source.title = required(text, "the title of the page or document, as it stands there")?,
        SourceField::Author => source.author = given(text),
        SourceField::Publisher => source.publisher = given(text),
        SourceField::Number => source.number = given(text),
        SourceField::Language => source.language = given(text),
        SourceField::Url => source.url = given(text),
        SourceField::ArchiveUrl => source.archive_url = given(text),
        SourceField::Published => source.published = field::parse_optional(text, now)?,
        SourceField::Information => source.information = field::parse_optional(text, now)?,
        SourceField::Accessed => source.accessed = field::parse_optional(text, now)?,
        SourceField::Descriptor => source.descriptor = given(text),
        SourceField::Note => source.note = given(text),
        SourceField::Id => {}
    }
    Ok(())
}
