//! A timeline as a brief: a chronology in words whose every statement says who says so, as Markdown and as HTML.
//!
//! A [`Brief`] is what is said, in reading order and without a format; [`markdown`] and [`html`] are its painters. Endnotes
//! follow ICD 206 as far as a timeline knows what it asks for; likelihood and confidence stand on lines of their own, as
//! ICD 203 wants. What is not known is said to be unknown, and no date is made finer than it is. Never reads a clock.

mod address;
mod bibliography;
mod chapters;
mod content;
mod contested;
mod entry;
mod front;
mod html;
mod key;
mod markdown;
mod note;
mod page;
mod reference;
mod subject;
mod wording;

pub use content::{Chapter, Contest, Entry, Fact, Key, Line, Listed, Note, Span};
pub use html::{Pictures, html};
pub use markdown::markdown;
pub use page::{BriefFormat, PICTURE_WIDTH_PX, Page, page};

use sha2::{Digest as _, Sha256};

use crate::model::{KnownOn, Timeline};
use crate::time::{Date, Instant};

/// What a brief shall cover, and what it says of its making.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BriefOptions {
    /// Its title; the timeline's where not given.
    pub title: Option<String>,
    /// Only events that match this query; all where it is empty.
    pub query: String,
    /// Only events that lie, or may lie, after this instant.
    pub from: Option<Instant>,
    /// Only events that lie, or may lie, before this instant.
    pub to: Option<Instant>,
    /// Title of the saved view that the window and the query come from.
    pub view: Option<String>,
    /// Without what no source had published by then.
    pub known_on: Option<KnownOn>,
    /// When it is made; not said where not given, so that the same timeline gives the same bytes.
    pub made: Option<Date>,
    /// The file it is made from.
    pub file: Option<FileVersion>,
    /// Whether to name who captured evidence. It can endanger them.
    pub include_collectors: bool,
}

/// Which file a brief was made from, so that it can be found again and told from others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileVersion {
    /// Its name, without its folder.
    pub name: String,
    /// SHA-256 of its bytes in hexadecimal digits; none where the brief shows changes that are not in the file.
    pub sha256: Option<String>,
}

impl FileVersion {
    /// A file by its name, with the digest of its text where the brief shows exactly that.
    pub fn of(name: impl Into<String>, text: Option<&str>) -> Self {
        let sha256 = text.map(|text| {
            let digest = Sha256::digest(text.as_bytes());
            digest.iter().map(|byte| format!("{byte:02x}")).collect()
        });
        Self { name: name.into(), sha256 }
    }
}

/// A brief, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brief {
    /// Its title.
    pub title: String,
    /// What it covers and what it leaves out, in the analyst's words.
    pub scope: Option<Line>,
    /// What time it covers, how it was filtered and made.
    pub about: Vec<Fact>,
    /// The source summary statement: what the sourcing amounts to, in counts.
    pub summary: Vec<Line>,
    /// What a picture of the same events shows, for those who cannot see it.
    pub picture: String,
    /// The chronology.
    pub chronology: Vec<Chapter>,
    /// What there is no agreement about.
    pub contested: Vec<Contest>,
    /// The endnotes: one a citation, in order of first use.
    pub notes: Vec<Note>,
    /// The sources cited and what they derive from, by name.
    pub sources: Vec<Listed>,
    /// What the terms mean that occur.
    pub keys: Vec<Key>,
}

impl Brief {
    /// The brief of a timeline.
    pub fn of(timeline: &Timeline, options: &BriefOptions) -> Self {
        let subject = subject::Subject::of(timeline, options);
        Self {
            title: options.title.clone().unwrap_or_else(|| timeline.header().title.to_string()),
            scope: timeline.header().description.as_deref().map(Line::written),
            about: front::about(&subject),
            summary: front::summary(&subject),
            picture: front::picture(&subject),
            chronology: chapters::chapters(&subject),
            contested: contested::contests(&subject),
            notes: note::notes(&subject),
            sources: bibliography::sources(&subject),
            keys: key::keys(&subject),
        }
    }
}
