//! A timeline as a brief: a chronology in words whose every statement says who says so, as Markdown and as HTML.
//!
//! A [`Brief`] is what is said, in reading order and without a format. It hands it part by part to a [`Painter`], which writes it
//! out as it comes: [`markdown`], [`html`], or [`PlainText`] for a preview. Endnotes follow ICD 206 as far as a timeline knows
//! what it asks for; likelihood and confidence stand on lines of their own, as ICD 203 wants. What is not known is said to be
//! unknown, and no date is made finer than it is. Never reads a clock.

mod accounts;
mod activity;
mod ahead;
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
mod number;
mod numbered;
mod page;
mod reference;
mod repeats;
mod subject;
mod tally;
mod wording;

pub use accounts::{AccountPart, AccountRow};
pub use bibliography::Listed;
pub use content::{Chapter, Key, Painter, PlainText, Repeat, Span};
pub use contested::Contest;
pub use entry::Entry;
pub use html::{Pictures, html};
pub use markdown::markdown;
pub use note::Note;
pub use page::{BriefFormat, PICTURE_WIDTH_PX, PageRemarks, page};

use std::ops::Range;

use accounts::AccountSheet;
use contested::Contested;
use subject::Subject;
use tally::Tally;

use crate::account::AccountBy;
use crate::model::{KnownOn, Timeline};
use crate::query::Query;
use crate::time::{Date, Instant};

/// What a painter writes before it passes it on: enough to be worth a call, little beside everything else.
const PASSED_ON_BYTES: usize = 1 << 16;

/// What a brief shall cover, and what it says of its making.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BriefOptions {
    /// Its title; the timeline's where not given.
    pub title: Option<String>,
    /// Only events that match this query; all where it is empty.
    pub query: Query,
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
    /// Whose words are one account in the table event × account; none prints no table.
    pub accounts: Option<AccountBy>,
    /// Whether to list the stretches in which nothing happens, and bursts.
    pub gaps: bool,
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

/// A brief, in reading order. Its front matter is a few lines; what can be long (entries, contests, notes, sources) is handed
/// out one by one as a painter asks for it, so that a brief of a million events needs no more memory than its timeline.
pub struct Brief<'t> {
    subject: Subject<'t>,
    tally: Tally,
    contested: Contested,
    accounts: Option<AccountSheet>,
}

impl<'t> Brief<'t> {
    /// The brief of a timeline.
    pub fn of(timeline: &'t Timeline, options: &'t BriefOptions) -> Self {
        let subject = Subject::of(timeline, options);
        let tally = Tally::of(&subject);
        let contested = Contested::of(&subject);
        let accounts = AccountSheet::of(&subject);
        Self { subject, tally, contested, accounts }
    }

    /// Its title.
    pub fn title(&self) -> &str {
        self.subject.options.title.as_deref().unwrap_or(&self.subject.timeline.header().title)
    }

    /// What it covers and what it leaves out, in the analyst's words.
    pub fn scope(&self) -> Option<&'t str> {
        self.subject.timeline.header().description.as_deref()
    }

    /// Writes what time it covers, how it was filtered and made.
    pub fn about(&self, out: &mut impl Painter) {
        front::about(&self.subject, out);
    }

    /// The source summary statement: what the sourcing amounts to, in counts. Its paragraphs are the brief's own words.
    pub fn summary(&self) -> Vec<String> {
        front::summary(&self.subject, &self.tally)
    }

    /// What a picture of the same events shows, for those who cannot see it.
    pub fn picture(&self) -> String {
        front::picture(&self.subject)
    }

    /// The chronology under its headings.
    pub fn chapters(&self) -> &[Chapter] {
        &self.subject.chapters
    }

    /// Entries of the chronology, by their places in it from 0; none beyond its end.
    pub fn entries(&self, places: Range<usize>) -> impl Iterator<Item = Entry<'_, 't>> {
        let shown = self.subject.shown.get(places).unwrap_or_default();
        ahead::for_entries(shown).map(|shown| Entry::new(&self.subject, shown))
    }

    /// How many events there is no agreement about.
    pub fn contest_count(&self) -> usize {
        self.contested.len()
    }

    /// What there is no agreement about, in order of the chronology.
    pub fn contests(&self) -> impl Iterator<Item = Contest<'_, 't>> {
        self.contested.contests(&self.subject)
    }

    /// Gaps and bursts along the time of what is shown, a line each; nothing where they are not asked for.
    pub fn gaps(&self) -> Vec<String> {
        if self.subject.options.gaps { activity::lines(&self.subject) } else { Vec::new() }
    }

    /// Whether gaps and bursts are asked for.
    pub const fn has_gaps(&self) -> bool {
        self.subject.options.gaps
    }

    /// What the tables of accounts show; none where they are not asked for.
    pub fn account_words(&self) -> Option<String> {
        self.accounts.as_ref().map(AccountSheet::words)
    }

    /// The tables event × account.
    pub fn account_parts(&self) -> impl Iterator<Item = AccountPart<'_, 't>> {
        self.accounts.iter().flat_map(|sheet| sheet.parts(&self.subject))
    }

    /// How many endnotes there are.
    pub fn note_count(&self) -> usize {
        self.subject.note_count
    }

    /// The endnotes: one a citation, in order of first use.
    pub fn notes(&self) -> impl Iterator<Item = Note<'_, 't>> {
        note::notes(&self.subject)
    }

    /// How many sources are listed.
    pub fn source_count(&self) -> usize {
        self.subject.sources.len()
    }

    /// The sources cited and what they derive from, by name.
    pub fn sources(&self) -> impl Iterator<Item = Listed<'_, 't>> {
        bibliography::sources(&self.subject)
    }

    /// What the terms mean that occur.
    pub fn keys(&self) -> Vec<Key> {
        key::keys(&self.subject, &self.tally)
    }
}
