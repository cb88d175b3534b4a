//! The fields of text: which record and field each stands for, how its text is read and written back.

use serde::{Deserialize, Serialize};

use super::changes::{Changes, quoted};
use crate::diagnostic::Subject;
use crate::edit::{Terms, correct_date, replace_term};
use crate::model::{
    CaptureField, CitationField, Event, EventField, Field, FieldError, FieldInfo, HeaderField, ImageField, Judgment,
    JudgmentField, Kind, LinkField, SourceField, Text, Timeline, Value, split,
};
use crate::time::Instant;
use crate::ui::field::{self, Problem, sentence_case};

/// A field of text of a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Slot {
    /// Of the timeline itself.
    Header(HeaderField),
    /// Of the event of this id.
    Event(Text, EventField),
    /// One of the actors or tags of the event of this id; without one, those that are added.
    Term(Text, EventField, Option<Text>),
    /// Of the judgment on the event of this id.
    Judgment(Text, JudgmentField),
    /// Of the citation at this position of an event.
    Citation(Text, usize, CitationField),
    /// The note of the link at this position of an event.
    Link(Text, usize),
    /// Of the image at this position of an event.
    Image(Text, usize, ImageField),
    /// The text of an event under a name of the user's own.
    Own(Text, Text),
    /// That name.
    OwnName(Text, Text),
    /// Of the source of this id.
    Source(Text, SourceField),
    /// Of the capture at this position of a source. Its file and hash are evidence and stay as they are.
    Capture(Text, usize, CaptureField),
}

impl Slot {
    /// What holds of the field, whichever the record.
    pub fn info(&self) -> &'static FieldInfo {
        match self {
            Self::Header(field) => field.info(),
            Self::Event(_, field) | Self::Term(_, field, _) => field.info(),
            Self::Judgment(_, field) => field.info(),
            Self::Citation(_, _, field) => field.info(),
            Self::Link(..) => LinkField::Note.info(),
            Self::Image(_, _, field) => field.info(),
            Self::Own(..) | Self::OwnName(..) => EventField::Fields.info(),
            Self::Source(_, field) => field.info(),
            Self::Capture(_, _, field) => field.info(),
        }
    }

    /// What the field is called at its left.
    pub fn label(&self) -> &str {
        match self {
            Self::Own(_, name) => name,
            Self::OwnName(..) => "Name",
            _ => self.info().label,
        }
    }

    /// What tells the field from the others of its record in an accessible name.
    pub fn key(&self) -> String {
        match self {
            Self::Citation(_, _, field) => field.name().to_owned(),
            Self::Source(..) | Self::Capture(..) | Self::Image(..) => in_small_letters(self.label()),
            Self::Judgment(_, JudgmentField::Note) => self.info().noun.to_owned(),
            Self::Header(_)
            | Self::Event(..)
            | Self::Term(..)
            | Self::Judgment(..)
            | Self::Link(..)
            | Self::Own(..)
            | Self::OwnName(..) => self.label().to_owned(),
        }
    }

    /// What may be written, shown while the field is empty.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Term(_, EventField::Actors, _) => "Add actors, separated by commas",
            Self::Term(_, _, _) => "Add tags, separated by commas",
            _ => self.info().hint,
        }
    }

    /// Rows the field has at least.
    pub fn rows(&self) -> usize {
        if self.info().kind == Kind::Prose { 2 } else { 1 }
    }

    /// Whether it holds a date.
    pub fn is_date(&self) -> bool {
        self.info().kind == Kind::Date
    }

    /// Whether it holds one of a few terms, which are offered while it is typed.
    pub fn is_composed(&self) -> bool {
        matches!(self.info().kind, Kind::Choice(_))
    }

    /// The text as it stands in the timeline; none where the record is gone.
    pub fn text(&self, timeline: &Timeline) -> Option<String> {
        let value = match self {
            Self::Header(field) => field.get(timeline.header()),
            Self::Event(id, field) => field.get(timeline.event(id)?),
            Self::Term(id, field, term) => {
                let there = terms_of(*field)?.of(timeline.event(id)?);
                match term {
                    Some(term) => Value::Text(there.iter().find(|known| *known == term)?),
                    None => Value::None,
                }
            }
            Self::Judgment(id, field) => {
                timeline.event(id)?.judgment.as_deref().map_or(Value::None, |judgment| field.get(judgment))
            }
            Self::Citation(id, at, field) => field.get(timeline.event(id)?.citations.get(*at)?),
            Self::Link(id, at) => LinkField::Note.get(timeline.event(id)?.links.get(*at)?),
            Self::Image(id, at, field) => field.get(timeline.event(id)?.rare.images.get(*at)?),
            Self::Own(id, name) => Value::Text(timeline.event(id)?.rare.fields.get(name)?),
            Self::OwnName(id, name) => Value::Text(timeline.event(id)?.rare.fields.get(name).map(|_| name)?),
            Self::Source(id, field) => field.get(timeline.source(id)?),
            Self::Capture(id, at, field) => field.get(timeline.source(id)?.captures.get(*at)?),
        };
        Some(if self.is_composed() { sentence_case(&value.to_string()) } else { value.to_string() })
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
                put(*field, changes.header().ok_or_else(gone)?, text, now)?;
                changes.timeline().header().title.clone()
            }
            Self::Event(id, EventField::Id) => {
                rename(id, text, changes)?;
                changes.timeline().event(id).ok_or_else(gone)?.title.clone()
            }
            Self::Event(id, EventField::Date) => {
                let event = changes.event(id).ok_or_else(gone)?;
                // What has no date may stay without one; one that is there is not lost to an emptied field.
                if event.date.is_some() || !text.is_empty() {
                    correct_date(event, field::parse_required(text, now)?);
                }
                event.title.clone()
            }
            Self::Event(id, field) => {
                put(*field, changes.event(id).ok_or_else(gone)?, text, now)?;
                changes.timeline().event(id).ok_or_else(gone)?.title.clone()
            }
            Self::Term(id, field, term) => {
                let terms = terms_of(*field).ok_or_else(gone)?;
                let event = changes.event(id).ok_or_else(gone)?;
                if let Some(label) = write_terms(event, terms, term.as_ref(), text) {
                    changes.label(label);
                }
                return Ok(());
            }
            Self::Judgment(id, field) => {
                let event = changes.event(id).ok_or_else(gone)?;
                let mut judgment = event.judgment.as_deref().cloned().unwrap_or(no_judgment());
                put(*field, &mut judgment, text, now)?;
                event.judgment = worth_keeping(judgment);
                event.title.clone()
            }
            Self::Citation(id, at, field) => {
                let event = changes.event(id).ok_or_else(gone)?;
                put(*field, event.citations.get_mut(*at).ok_or_else(gone)?, text, now)?;
                event.title.clone()
            }
            Self::Link(id, at) => {
                let event = changes.event(id).ok_or_else(gone)?;
                put(LinkField::Note, event.links.get_mut(*at).ok_or_else(gone)?, text, now)?;
                event.title.clone()
            }
            Self::Image(id, at, field) => {
                let event = changes.event(id).ok_or_else(gone)?;
                put(*field, event.rare.images.get_mut(*at).ok_or_else(gone)?, text, now)?;
                event.title.clone()
            }
            Self::Own(id, name) => {
                let event = changes.event(id).filter(|event| event.rare.fields.get(name).is_some()).ok_or_else(gone)?;
                event.rare.fields.put(name.clone(), text);
                event.title.clone()
            }
            Self::OwnName(id, name) => {
                let event = changes.event(id).filter(|event| event.rare.fields.get(name).is_some()).ok_or_else(gone)?;
                rename_own(event, name, text)?;
                event.title.clone()
            }
            Self::Source(id, SourceField::Id) => {
                rename_source(id, text, changes)?;
                changes.timeline().source(id).ok_or_else(gone)?.title.clone()
            }
            Self::Source(id, field) => {
                let source = changes.source(id).ok_or_else(gone)?;
                let title = source.title.clone();
                put(*field, source, text, now)?;
                title
            }
            Self::Capture(id, at, field) => {
                let source = changes.source(id).ok_or_else(gone)?;
                put(*field, source.captures.get_mut(*at).ok_or_else(gone)?, text, now)?;
                source.title.clone()
            }
        };
        changes.label(format!("Change {} of {}", self.noun(), quoted(&title)));
        Ok(())
    }

    /// What is wrong with a text, if anything.
    pub fn problem(&self, text: &str, timeline: &Timeline, now: Instant) -> Option<Problem> {
        self.write(text, &mut Changes::new(timeline, now)).err()
    }

    /// The record that it belongs to.
    pub fn subject(&self) -> Subject {
        match self {
            Self::Header(_) => Subject::Timeline,
            Self::Event(id, _)
            | Self::Term(id, ..)
            | Self::Judgment(id, _)
            | Self::Citation(id, ..)
            | Self::Link(id, _)
            | Self::Image(id, ..)
            | Self::Own(id, _)
            | Self::OwnName(id, _) => Subject::Event(id.clone()),
            Self::Source(id, _) | Self::Capture(id, ..) => Subject::Source(id.clone()),
        }
    }

    /// The title of this record; none where it is gone.
    pub fn record(&self, timeline: &Timeline) -> Option<Text> {
        match self.subject() {
            Subject::Event(id) => Some(timeline.event(&id)?.title.clone()),
            Subject::Source(id) => Some(timeline.source(&id)?.title.clone()),
            _ => Some(timeline.header().title.clone()),
        }
    }

    /// The field in the middle of a sentence.
    pub fn noun(&self) -> &'static str {
        self.info().noun
    }
}

/// The list of terms that a field of an event is.
const fn terms_of(field: EventField) -> Option<Terms> {
    match field {
        EventField::Actors => Some(Terms::Actors),
        EventField::Tags => Some(Terms::Tags),
        _ => None,
    }
}

/// Adds the terms of a line that an event has not got, or puts one in the place of another; what the step is called, where
/// anything changes.
fn write_terms(event: &mut Event, terms: Terms, replaced: Option<&Text>, text: &str) -> Option<String> {
    let title = quoted(&event.title);
    let own = terms.of_mut(event);
    if let Some(from) = replaced {
        let to = Text::from(text);
        replace_term(own, from, &to);
        own.retain(|term| !term.is_empty());
        return (*from != to).then(|| format!("Replace the {} {} of {title}", terms.noun(), quoted(from)));
    }
    let mut added: Vec<String> = Vec::new();
    for term in split(text).into_iter().map(Text::from) {
        if !own.contains(&term) {
            added.push(quoted(&term));
            own.push(term);
        }
    }
    let s = if added.len() == 1 { "" } else { "s" };
    (!added.is_empty()).then(|| format!("Add the {}{s} {} to {title}", terms.noun(), added.join(", ")))
}

/// Puts a text into a field; a date may be a phrase.
fn put<F: Field>(field: F, record: &mut F::Record, text: &str, now: Instant) -> Result<(), Problem> {
    if field.kind() != Kind::Date {
        return Ok(field.set_text(record, text)?);
    }
    let date = field::parse_optional(text, now)?;
    Ok(field.set(record, date.as_ref().map_or(Value::None, Value::Date))?)
}

impl From<FieldError> for Problem {
    fn from(error: FieldError) -> Self {
        Self { message: error.to_string(), hint: error.remedy() }
    }
}

/// A label in the middle of an accessible name: "archive URL".
fn in_small_letters(label: &str) -> String {
    let is_shorthand = label.chars().nth(1).is_some_and(char::is_uppercase);
    let mut letters = label.chars();
    match letters.next() {
        Some(first) if !is_shorthand => first.to_lowercase().chain(letters).collect(),
        _ => label.to_owned(),
    }
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

/// Gives a field of the user's own another name.
pub fn rename_own(event: &mut Event, name: &str, to: &str) -> Result<(), Problem> {
    if to.is_empty() {
        return Err(Problem::new("a name is needed").with_hint("for example Casualties"));
    }
    if !event.rare.fields.rename(name, to) {
        return Err(Problem::new(format!("another field is called “{to}”")).with_hint("names are unique in an event"));
    }
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

/// A judgment that says nothing yet.
pub const fn no_judgment() -> Judgment {
    Judgment { likelihood: None, confidence: None, note: None }
}

/// The judgment, unless it says nothing.
pub fn worth_keeping(judgment: Judgment) -> Option<Box<Judgment>> {
    (judgment != no_judgment()).then(|| Box::new(judgment))
}
