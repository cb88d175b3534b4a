//! Which events of a timeline leave, in which order, and what of them.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::model::{Capture, Event, Known, KnownOn, Source, Timeline};
use crate::query::{Query, Question};
use crate::time::{Instant, Period, Zone};

/// What shall leave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Choice {
    /// Only events that match; all where it is empty.
    pub query: Query,
    /// Without what was not known by then.
    pub known_on: Option<KnownOn>,
    /// Only events that lie, or may lie, after this instant.
    pub from: Option<Instant>,
    /// Only events that lie, or may lie, before this instant.
    pub to: Option<Instant>,
    /// Whether to name who captured evidence. It can endanger them.
    pub include_collectors: bool,
}

/// The events that leave, with all that is asked of them.
pub struct Selection<'t> {
    /// Whose events they are.
    pub timeline: &'t Timeline,
    /// The zone of the timeline.
    pub zone: Zone,
    choice: &'t Choice,
    /// In order of time, undated ones last; equal ones as in the file.
    events: Vec<&'t Event>,
    /// By its place in the timeline whether an event leaves; empty where all do.
    chosen: Vec<bool>,
    undated_left_out: usize,
    /// Is told how far the events have been gone through.
    progress: &'t dyn Fn(f64),
}

impl<'t> Selection<'t> {
    /// What is chosen of a timeline.
    pub fn of(timeline: &'t Timeline, choice: &'t Choice) -> Self {
        let zone = timeline.zone();
        let hits = Question { query: &choice.query, known_on: choice.known_on.as_ref() }.find(timeline);
        let window = Period::between(choice.from, choice.to);
        let is_windowed = choice.from.is_some() || choice.to.is_some();
        let mut undated_left_out = 0;
        let mut is_chosen = |at: usize, event: &Event| {
            let matches = hits.as_ref().is_none_or(|hits| hits.certain().contains(at));
            match &event.date {
                _ if !is_windowed || !matches => matches,
                Some(date) => Period::of(date, zone).overlaps(&window).is_possible(),
                None => {
                    undated_left_out += 1;
                    false
                }
            }
        };
        let mut chosen: Vec<bool> =
            timeline.events().iter().enumerate().map(|(at, event)| is_chosen(at, event)).collect();
        let mut events: Vec<&Event> = timeline
            .events()
            .iter()
            .zip(&chosen)
            .filter(|(_, is_chosen)| **is_chosen)
            .map(|(event, _)| event)
            .collect();
        if events.len() == timeline.events().len() {
            chosen = Vec::new();
        }
        events.sort_by_cached_key(|event| event.sort_key(zone));
        Self { timeline, zone, choice, events, chosen, undated_left_out, progress: &|_| {} }
    }

    /// The same, telling how far the events have been gone through, from 0 to 1.
    #[must_use]
    pub fn telling(self, progress: &'t dyn Fn(f64)) -> Self {
        Self { progress, ..self }
    }

    /// How many events leave.
    pub fn count(&self) -> usize {
        self.events.len()
    }

    /// Whether every event leaves, with all that it says.
    pub fn is_whole(&self) -> bool {
        self.chosen.is_empty() && self.choice.known_on.is_none()
    }

    /// The date as of which things are known, where one was asked.
    pub fn known_on(&self) -> Option<&KnownOn> {
        self.choice.known_on.as_ref()
    }

    /// Whether an event was known on the date asked about, in one word; none where none was.
    pub fn known(&self, event: &Event) -> Option<&'static str> {
        self.known_on().map(|known_on| match known_on.event(self.timeline, event) {
            Known::Yes => "yes",
            Known::Perhaps => "perhaps",
            Known::NotYet => "not yet",
        })
    }

    /// The events as the timeline has them, in the order in which they leave.
    pub fn records(&self) -> impl Iterator<Item = &'t Event> {
        self.events.iter().copied()
    }

    /// The events as they leave: without the citations of sources that were certainly not out on the date asked about, and
    /// without the links to events that stay.
    pub fn events(&self) -> impl Iterator<Item = Cow<'t, Event>> {
        self.events.iter().enumerate().map(|(at, event)| {
            if at.is_multiple_of(1000) {
                (self.progress)(at as f64 / self.events.len().max(1) as f64);
            }
            self.shown(event)
        })
    }

    fn shown(&self, event: &'t Event) -> Cow<'t, Event> {
        let counts = |citation: &_| KnownOn::counts(self.known_on(), self.timeline, citation);
        let is_whole = event.citations.iter().all(counts) && event.links.iter().all(|link| self.has(&link.to));
        if is_whole {
            return Cow::Borrowed(event);
        }
        let mut event = event.clone();
        event.citations.retain(|citation| counts(citation));
        event.links.retain(|link| self.has(&link.to));
        Cow::Owned(event)
    }

    /// Whether the event of this id leaves. What the timeline does not have stays what it is.
    fn has(&self, id: &str) -> bool {
        let at = || self.timeline.event_position(id).and_then(|at| self.chosen.get(at).copied());
        self.chosen.is_empty() || at().unwrap_or(true)
    }

    /// The sources that leave, in the order of the file: all with a whole timeline, else those that its events cite and what
    /// they derive from. Who made a capture leaves only where that is asked.
    pub fn sources(&self) -> impl Iterator<Item = Cow<'t, Source>> {
        let cited = (!self.is_whole()).then(|| self.cited());
        let timeline = self.timeline;
        let sources = timeline.sources().iter();
        let sources =
            sources.filter(move |source| cited.as_ref().is_none_or(|cited| cited.contains(source.id.as_str())));
        sources.map(|source| {
            if self.choice.include_collectors || source.captures.iter().all(|capture| capture.by.is_none()) {
                return Cow::Borrowed(source);
            }
            let captures = source.captures.iter().map(|capture| Capture { by: None, ..capture.clone() }).collect();
            Cow::Owned(Source { captures, ..source.clone() })
        })
    }

    /// The ids of the sources cited and of those they derive from.
    fn cited(&self) -> HashSet<&'t str> {
        let mut cited = HashSet::new();
        for event in &self.events {
            for citation in &event.citations {
                let mut next = KnownOn::counts(self.known_on(), self.timeline, citation).then_some(&*citation.source);
                // A chain that was followed before, or runs in a circle, ends here.
                while let Some(id) = next.filter(|id| cited.insert(*id)) {
                    next = self.timeline.source(id).and_then(|source| source.origin.as_deref());
                }
            }
        }
        cited
    }

    /// What is to be said of the choice itself.
    pub fn remark(&self) -> Option<String> {
        match self.undated_left_out {
            0 => None,
            1 => Some("1 undated event is left out: it lies in no part of time".to_owned()),
            count => Some(format!("{count} undated events are left out: they lie in no part of time")),
        }
    }

    /// How many links lead to events that stay: none where all leave, without a look at any.
    pub(super) fn cut_links(&self) -> usize {
        if self.chosen.is_empty() {
            return 0;
        }
        self.events.iter().flat_map(|event| &event.links).filter(|link| !self.has(&link.to)).count()
    }
}
