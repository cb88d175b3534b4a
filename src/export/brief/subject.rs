//! What a brief is about: the events it shows, the citations that count, and the numbers of its notes and sources.

use std::collections::HashMap;
use std::ops::Range;

use super::chapters::arrange;
use super::{BriefOptions, Chapter, wording};
use crate::model::{Citation, Event, Known, Source, Timeline};
use crate::query::{Query, Question};
use crate::time::{Date, Period, Zone};

/// A citation that counts, with the endnote it has.
#[derive(Clone, Copy)]
pub(super) struct Cited<'t> {
    /// The number of its endnote.
    pub note: usize,
    pub citation: &'t Citation,
    /// None where the timeline has no such source.
    pub source: Option<&'t Source>,
}

/// An event that is shown.
pub(super) struct Shown<'t> {
    /// From 1, in order of the chronology.
    pub number: usize,
    pub event: &'t Event,
    /// The numbers of the endnotes of the citations that count, in the order of the event.
    pub notes: Range<usize>,
    /// Whether anyone could have known of it by the date asked about; [`Known::Yes`] where none was asked about.
    pub known: Known,
}

/// A source that is listed.
pub(super) struct ListedSource<'t> {
    pub source: &'t Source,
    /// The notes that cite it, in order.
    pub notes: Vec<usize>,
    /// Positions in [`Subject::shown`] of the events that cite it, in order, each once.
    pub events: Vec<usize>,
}

/// What a brief is about.
pub(super) struct Subject<'t> {
    pub timeline: &'t Timeline,
    pub options: &'t BriefOptions,
    pub zone: Zone,
    /// In order of the chronology.
    pub shown: Vec<Shown<'t>>,
    /// Where the headings of the chronology are.
    pub chapters: Vec<Chapter>,
    /// The number of citations that count: that of the last endnote.
    pub note_count: usize,
    /// The sources cited and those they derive from, by name.
    pub sources: Vec<ListedSource<'t>>,
    /// For each event of the timeline, its number in the chronology; 0 where it is not shown.
    numbers: Vec<usize>,
    sources_by_id: HashMap<&'t str, usize>,
}

impl<'t> Subject<'t> {
    pub fn of(timeline: &'t Timeline, options: &'t BriefOptions) -> Self {
        let zone = timeline.zone();
        let (positions, chapters) = chronology(timeline, options, zone);
        let mut numbers = vec![0; timeline.events().len()];
        let mut shown = Vec::with_capacity(positions.len());
        let mut next_note = 1;
        for (at, position) in positions.into_iter().enumerate() {
            let Some(event) = timeline.events().get(position) else { continue };
            let first_note = next_note;
            next_note += event.citations.iter().filter(|citation| counts(timeline, options, citation)).count();
            let known = known(timeline, options, event);
            shown.push(Shown { number: at + 1, event, notes: first_note..next_note, known });
            if let Some(number) = numbers.get_mut(position) {
                *number = at + 1;
            }
        }
        let mut subject = Self {
            timeline,
            options,
            zone,
            shown,
            chapters,
            note_count: next_note - 1,
            sources: Vec::new(),
            numbers,
            sources_by_id: HashMap::new(),
        };
        subject.list_sources();
        subject
    }

    /// The event of this id, where it is shown.
    pub fn shown(&self, id: &str) -> Option<&Shown<'t>> {
        let number = *self.numbers.get(self.timeline.event_position(id)?)?;
        self.shown.get(number.checked_sub(1)?)
    }

    /// The citations of an event that count, with their endnotes.
    pub fn cited(&self, shown: &Shown<'t>) -> impl Iterator<Item = Cited<'t>> {
        let (timeline, options) = (self.timeline, self.options);
        let citations = shown.event.citations.iter().filter(move |citation| counts(timeline, options, citation));
        shown.notes.clone().zip(citations).map(move |(note, citation)| Cited {
            note,
            citation,
            source: timeline.source(&citation.source),
        })
    }

    /// The number of a source in the list of sources.
    pub fn source_number(&self, id: &str) -> Option<usize> {
        self.sources_by_id.get(id).map(|at| at + 1)
    }

    /// Every citation that counts, in order of the notes.
    pub fn citations(&self) -> impl Iterator<Item = Cited<'t>> {
        self.shown.iter().flat_map(|shown| self.cited(shown))
    }

    /// A date in words: as vague as it is, on its own clock and on the timeline's.
    pub fn words(&self, date: &Date) -> String {
        date.describe_with(self.zone)
    }

    /// Whether a citation counts: its source is not certain to have come out after the date asked about.
    pub fn counts(&self, citation: &Citation) -> bool {
        counts(self.timeline, self.options, citation)
    }

    /// Whether anyone could have known of an event by the date asked about.
    pub fn known(&self, event: &Event) -> Known {
        known(self.timeline, self.options, event)
    }

    fn list_sources(&mut self) {
        let mut at_of: HashMap<&'t str, usize> = HashMap::new();
        let mut listed: Vec<ListedSource<'t>> = Vec::new();
        for (at, shown) in self.shown.iter().enumerate() {
            for cited in self.cited(shown) {
                let Some(source) = cited.source else { continue };
                let entry = *at_of.entry(&source.id).or_insert_with(|| {
                    listed.push(ListedSource { source, notes: Vec::new(), events: Vec::new() });
                    listed.len() - 1
                });
                if let Some(entry) = listed.get_mut(entry) {
                    entry.notes.push(cited.note);
                    if entry.events.last() != Some(&at) {
                        entry.events.push(at);
                    }
                }
            }
        }
        let mut next = 0;
        while let Some(entry) = listed.get(next) {
            let origin = entry.source.origin.as_deref().and_then(|id| self.timeline.source(id));
            if let Some(source) = origin.filter(|source| !at_of.contains_key(&*source.id)) {
                at_of.insert(&source.id, listed.len());
                listed.push(ListedSource { source, notes: Vec::new(), events: Vec::new() });
            }
            next += 1;
        }
        listed.sort_by_cached_key(|entry| {
            let source = entry.source;
            let sortable = |text: &str| text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            (sortable(wording::name(source)), sortable(&source.title), entry.notes.first().copied(), source.id.clone())
        });
        self.sources_by_id = listed.iter().enumerate().map(|(at, entry)| (&*entry.source.id, at)).collect();
        self.sources = listed;
    }
}

fn counts(timeline: &Timeline, options: &BriefOptions, citation: &Citation) -> bool {
    options.known_on.as_ref().is_none_or(|known_on| known_on.citation(timeline, citation) != Known::NotYet)
}

fn known(timeline: &Timeline, options: &BriefOptions, event: &Event) -> Known {
    options.known_on.as_ref().map_or(Known::Yes, |known_on| known_on.event(timeline, event))
}

/// The positions of the events that are shown, in order of the chronology, and where its headings are.
fn chronology(timeline: &Timeline, options: &BriefOptions, zone: Zone) -> (Vec<usize>, Vec<Chapter>) {
    let query = Query::parse(&options.query);
    let hits = Question { query: &query, known_on: options.known_on.as_ref() }.find(timeline);
    let window = Period::between(options.from, options.to);
    let is_windowed = options.from.is_some() || options.to.is_some();
    let mut events: Vec<(usize, &Event)> = timeline
        .events()
        .iter()
        .enumerate()
        .filter(|(_, event)| !is_windowed || Period::of(&event.date, zone).overlaps(&window).is_possible())
        .filter(|(at, _)| hits.as_ref().is_none_or(|hits| hits.certain().contains(*at)))
        .collect();
    events.sort_by_cached_key(|&(_, event)| event.date.sort_key(zone));
    let (order, chapters) = arrange(&events, zone);
    (order.into_iter().filter_map(|at| Some(events.get(at)?.0)).collect(), chapters)
}
