//! What a brief is about: the events it shows, the citations that count, and the numbers of its notes and sources.

use super::chapters::arrange;
use super::numbered::{Cited, ListedSource, Shown, name};
use super::{BriefOptions, Chapter, ahead};
use crate::model::{Citation, Event, Known, Timeline};
use crate::query::Question;
use crate::time::{Date, Period, Zone};

/// What a brief is about.
pub(super) struct Subject<'t> {
    pub timeline: &'t Timeline,
    pub options: &'t BriefOptions,
    pub zone: Zone,
    /// In order of the chronology.
    pub shown: Vec<Shown<'t>>,
    /// Where the headings of the chronology are.
    pub chapters: Vec<Chapter>,
    /// The first event by time and the last of those with a date, by position in `shown`.
    pub ends: Option<(usize, usize)>,
    /// How many events match and are not shown because a window asks about time and they have no date.
    pub undated_left_out: usize,
    /// The number of citations that count: that of the last endnote.
    pub note_count: usize,
    /// The sources cited and those they derive from, by name.
    pub sources: Vec<ListedSource<'t>>,
    /// For each event of the timeline, its number in the chronology; 0 where it is not shown.
    numbers: Vec<u32>,
    /// For each endnote, the number of its source in the list; 0 where the timeline has no such source.
    source_of_note: Vec<u32>,
    /// For each source of the timeline, its number in the list; 0 where it is not listed.
    source_numbers: Vec<u32>,
}

impl<'t> Subject<'t> {
    pub fn of(timeline: &'t Timeline, options: &'t BriefOptions) -> Self {
        let zone = timeline.zone();
        let Chronology { events, chapters, ends, undated_left_out } = Chronology::of(timeline, options, zone);
        let mut numbers = vec![0; timeline.events().len()];
        for (number, (position, _)) in (1..).zip(&events) {
            if let Some(own) = numbers.get_mut(*position) {
                *own = number;
            }
        }
        // Events lie in memory as in the file: whatever is asked of all of them is asked in that order, since it takes longer
        // to come to an event than to count its citations.
        let numbered = events.into_iter().zip(1..);
        let mut shown: Vec<Shown<'t>> =
            numbered.map(|((_, event), number)| Shown { number, event, notes: 0..0 }).collect();
        let mut note_counts = vec![0; shown.len()];
        for (event, number) in timeline.events().iter().zip(&numbers) {
            if let Some(count) = number_at(*number).and_then(|at| note_counts.get_mut(at)) {
                *count = event.citations.iter().filter(|citation| counts(timeline, options, citation)).count();
            }
        }
        let mut next_note = 1;
        for (shown, count) in shown.iter_mut().zip(note_counts) {
            shown.notes = next_note..next_note + count;
            next_note += count;
        }
        let mut subject = Self {
            timeline,
            options,
            zone,
            shown,
            chapters,
            ends,
            undated_left_out,
            note_count: next_note - 1,
            sources: Vec::new(),
            numbers,
            source_of_note: Vec::new(),
            source_numbers: Vec::new(),
        };
        subject.list_sources();
        subject
    }

    /// The event of this id, where it is shown.
    pub fn shown(&self, id: &str) -> Option<&Shown<'t>> {
        self.shown.get(number_at(*self.numbers.get(self.timeline.event_position(id)?)?)?)
    }

    /// Whether the event at a position of the timeline is shown.
    pub fn is_shown(&self, position: usize) -> bool {
        self.numbers.get(position).is_some_and(|number| *number > 0)
    }

    /// The events that are shown, as they stand in the file: the way to ask something of all of them.
    pub fn in_file_order(&self) -> impl Iterator<Item = &Shown<'t>> {
        ahead::for_questions(&self.shown, &self.numbers)
    }

    /// The citations of an event that count, with their endnotes.
    pub fn cited(&self, shown: &Shown<'t>) -> impl Iterator<Item = Cited<'t>> {
        let (timeline, options) = (self.timeline, self.options);
        let citations = shown.event.citations.iter().filter(move |citation| counts(timeline, options, citation));
        shown.notes.clone().zip(citations).map(|(note, citation)| {
            let number = self.source_of_note.get(note - 1).copied().unwrap_or_default();
            let listed = number_at(number);
            let source = listed.and_then(|at| self.sources.get(at)).map(|listed| listed.source);
            Cited { note, citation, listed, source }
        })
    }

    /// The number of a source in the list of sources.
    pub fn source_number(&self, id: &str) -> Option<usize> {
        let number = *self.source_numbers.get(self.timeline.source_position(id)?)?;
        (number > 0).then_some(number as usize)
    }

    /// Every citation that counts, in order of the notes.
    pub fn citations(&self) -> impl Iterator<Item = Cited<'t>> {
        ahead::for_notes(&self.shown).flat_map(|shown| self.cited(shown))
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
        let timeline = self.timeline;
        // For each note, the position of its source among those of the timeline.
        let mut cited = vec![None; self.note_count];
        for shown in self.in_file_order() {
            let citations = shown.event.citations.iter().filter(|citation| self.counts(citation));
            for (note, citation) in shown.notes.clone().zip(citations) {
                if let Some(own) = cited.get_mut(note - 1) {
                    *own = timeline.source_position(&citation.source);
                }
            }
        }
        // The place of each source of the timeline in `listed`, which is in order of first use until it is sorted.
        let mut at_of: Vec<Option<u32>> = vec![None; timeline.sources().len()];
        let mut listed: Vec<ListedSource<'t>> = Vec::new();
        let list = |at_of: &mut Vec<Option<u32>>, listed: &mut Vec<ListedSource<'t>>, position: usize| -> Option<u32> {
            let at = at_of.get_mut(position)?;
            if at.is_none() {
                let source = timeline.sources().get(position)?;
                *at = u32::try_from(listed.len()).ok();
                listed.push(ListedSource { source, notes: Vec::new(), events: Vec::new() });
            }
            *at
        };
        let mut source_of_note = Vec::with_capacity(self.note_count);
        for (at, shown) in self.shown.iter().enumerate() {
            for note in shown.notes.clone() {
                let position = cited.get(note - 1).copied().flatten();
                let entry = position.and_then(|position| list(&mut at_of, &mut listed, position));
                source_of_note.push(entry);
                if let Some(entry) = entry.and_then(|entry| listed.get_mut(entry as usize)) {
                    entry.notes.push(note);
                    if entry.events.last() != Some(&at) {
                        entry.events.push(at);
                    }
                }
            }
        }
        let mut next = 0;
        while let Some(source) = listed.get(next).map(|entry| entry.source) {
            if let Some(origin) = source.origin.as_deref().and_then(|id| timeline.source_position(id)) {
                list(&mut at_of, &mut listed, origin);
            }
            next += 1;
        }
        let mut sorted: Vec<(u32, ListedSource<'t>)> = (0..).zip(listed).collect();
        sorted.sort_by_cached_key(|(_, entry)| {
            let source = entry.source;
            let sortable = |text: &str| text.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            (sortable(name(source)), sortable(&source.title), entry.notes.first().copied(), source.id.clone())
        });
        let mut numbers = vec![0; sorted.len()];
        for (number, (at, _)) in (1..).zip(&sorted) {
            if let Some(own) = numbers.get_mut(*at as usize) {
                *own = number;
            }
        }
        let number = |at: Option<u32>| at.and_then(|at| numbers.get(at as usize)).copied().unwrap_or_default();
        self.source_of_note = source_of_note.into_iter().map(number).collect();
        self.source_numbers = at_of.into_iter().map(number).collect();
        self.sources = sorted.into_iter().map(|(_, entry)| entry).collect();
    }
}

/// Where something stands that is numbered from 1; none for 0.
fn number_at(number: u32) -> Option<usize> {
    (number as usize).checked_sub(1)
}

fn counts(timeline: &Timeline, options: &BriefOptions, citation: &Citation) -> bool {
    options.known_on.as_ref().is_none_or(|known_on| known_on.citation(timeline, citation) != Known::NotYet)
}

fn known(timeline: &Timeline, options: &BriefOptions, event: &Event) -> Known {
    options.known_on.as_ref().map_or(Known::Yes, |known_on| known_on.event(timeline, event))
}

/// Which events are shown, in which order.
struct Chronology<'t> {
    /// In order of the chronology, with their positions in the timeline.
    events: Vec<(usize, &'t Event)>,
    /// Where its headings are.
    chapters: Vec<Chapter>,
    /// The first event by time and the last of those with a date, by place in `events`; of equal dates the first and the last of
    /// these.
    ends: Option<(usize, usize)>,
    undated_left_out: usize,
}

impl<'t> Chronology<'t> {
    fn of(timeline: &'t Timeline, options: &BriefOptions, zone: Zone) -> Self {
        let hits = Question { query: &options.query, known_on: options.known_on.as_ref() }.find(timeline);
        let window = Period::between(options.from, options.to);
        let is_windowed = options.from.is_some() || options.to.is_some();
        let matches = |at: usize| hits.as_ref().is_none_or(|hits| hits.certain().contains(at));
        let mut undated_left_out = 0;
        let mut is_shown = |at: usize, event: &Event| match &event.date {
            _ if !is_windowed => matches(at),
            Some(date) => Period::of(date, zone).overlaps(&window).is_possible() && matches(at),
            None => {
                undated_left_out += usize::from(matches(at));
                false
            }
        };
        let mut events: Vec<(usize, &'t Event)> =
            timeline.events().iter().enumerate().filter(|(at, event)| is_shown(*at, event)).collect();
        events.sort_by_cached_key(|&(_, event)| event.sort_key(zone));
        // What has no date comes last.
        let dated = events.get(..events.partition_point(|(_, event)| event.date.is_some())).unwrap_or_default();
        let key = |(_, event): &(usize, &Event)| event.sort_key(zone);
        let first = dated.first().map(key);
        let firsts = dated.iter().take_while(|event| Some(key(event)) == first).count();
        let last = dated.last().map(key);
        let lasts = dated.len() - dated.iter().rev().take_while(|event| Some(key(event)) == last).count();
        let lasts = lasts..dated.len();
        let (order, chapters) = arrange(&events, zone);
        // The order of the chronology is not quite that of time.
        let ends = order.iter().position(|at| *at < firsts).zip(order.iter().rposition(|at| lasts.contains(at)));
        let events = order.into_iter().filter_map(|at| events.get(at).copied()).collect();
        Self { events, chapters, ends, undated_left_out }
    }
}
