//! What a brief is about: the events it shows, the citations that count, and the numbers of its notes and sources.

use std::collections::HashMap;

use super::chapters::{Stretch, arrange};
use super::{BriefOptions, wording};
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
    /// The citations that count, in the order of the event.
    pub cited: Vec<Cited<'t>>,
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
    pub stretches: Vec<Stretch>,
    /// The sources cited and those they derive from, by name.
    pub sources: Vec<ListedSource<'t>>,
    events_by_id: HashMap<&'t str, usize>,
    sources_by_id: HashMap<&'t str, usize>,
}

impl<'t> Subject<'t> {
    pub fn of(timeline: &'t Timeline, options: &'t BriefOptions) -> Self {
        let zone = timeline.zone();
        let (shown, stretches) = shown(timeline, options, zone);
        let events_by_id = shown.iter().enumerate().map(|(at, shown)| (&*shown.event.id, at)).collect();
        let mut subject = Self {
            timeline,
            options,
            zone,
            shown,
            stretches,
            sources: Vec::new(),
            events_by_id,
            sources_by_id: HashMap::new(),
        };
        subject.list_sources();
        subject
    }

    /// The event of this id, where it is shown.
    pub fn shown(&self, id: &str) -> Option<&Shown<'t>> {
        self.shown.get(*self.events_by_id.get(id)?)
    }

    /// The number of a source in the list of sources.
    pub fn source_number(&self, id: &str) -> Option<usize> {
        self.sources_by_id.get(id).map(|at| at + 1)
    }

    /// Every citation that counts, in order of the notes.
    pub fn citations(&self) -> impl Iterator<Item = (&Shown<'t>, Cited<'t>)> {
        self.shown.iter().flat_map(|shown| shown.cited.iter().map(move |cited| (shown, *cited)))
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
            for cited in &shown.cited {
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

fn shown<'t>(timeline: &'t Timeline, options: &BriefOptions, zone: Zone) -> (Vec<Shown<'t>>, Vec<Stretch>) {
    let query = Query::parse(&options.query);
    let question = Question { query: &query, known_on: options.known_on.as_ref() };
    let window = Period::between(options.from, options.to);
    let is_windowed = options.from.is_some() || options.to.is_some();
    let mut events: Vec<&Event> = timeline
        .events()
        .iter()
        .filter(|event| !is_windowed || Period::of(&event.date, zone).overlaps(&window).is_possible())
        .filter(|event| question.matches(timeline, event))
        .collect();
    events.sort_by_cached_key(|event| (event.date.sort_key(zone), event.title.clone()));
    let (order, stretches) = arrange(&events, zone);
    let mut notes = 0;
    let mut shown = Vec::with_capacity(events.len());
    for (at, &event) in order.iter().filter_map(|&at| events.get(at)).enumerate() {
        let cited = event
            .citations
            .iter()
            .filter(|citation| counts(timeline, options, citation))
            .map(|citation| {
                notes += 1;
                Cited { note: notes, citation, source: timeline.source(&citation.source) }
            })
            .collect();
        shown.push(Shown { number: at + 1, event, cited, known: known(timeline, options, event) });
    }
    (shown, stretches)
}
