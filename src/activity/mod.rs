//! Activity along time: stretches in which nothing happens, or perhaps nothing, and bursts in which unusually much does.
//!
//! Three-valued as everything about time. *Empty* is a stretch in which no event begins, ends or may lie. *Perhaps empty* is one in
//! which only vague events may lie, none of which has to:
//!
//! ```text
//!   events           ●           [░░░ June ░░░]              ●        June: once, on some day of it
//!   empty              ├────────┤              ├───────────┤
//!   perhaps empty      ├────────────────────┤                         it may have been on 30 June,
//!                                 ├────────────────────────┤          or on 1 June: but not both are empty
//! ```
//!
//! What lasts is in the way with its beginning and its end, and not between them, as for folds: a war that goes on hides no gap. An end
//! that is not known may lie anywhere from where it can; one that never comes lies nowhere. Events without a date may lie in any
//! stretch: they are counted, for whoever says so.
//!
//! Owns what is found and the words for it. Which events are looked at is for whoever asks: those of a question, or of a band.

mod burst;
mod gap;
mod occurrence;
#[cfg(test)]
mod tests;
mod words;

use crate::model::Event;
use crate::time::{Instant, Zone};

use self::occurrence::Occurrences;

pub use self::words::{Row, caveat, date_words};

/// What is special about a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpellKind {
    /// Nothing begins, ends or may lie in it.
    Empty,
    /// Only vague events may lie in it, and none has to.
    PerhapsEmpty,
    /// Events follow one another much faster than usual.
    Burst,
}

impl SpellKind {
    /// Every kind, in the order of lists.
    pub const ALL: [Self; 3] = [Self::Empty, Self::PerhapsEmpty, Self::Burst];

    /// The words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Empty => "Empty",
            Self::PerhapsEmpty => "Perhaps empty",
            Self::Burst => "Burst",
        }
    }

    /// The word in data.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::PerhapsEmpty => "perhaps-empty",
            Self::Burst => "burst",
        }
    }
}

/// A stretch of time with something special.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spell {
    /// What.
    pub kind: SpellKind,
    /// From when.
    pub start: Instant,
    /// Until when: the first instant after.
    pub end: Instant,
    /// How many events lie in a burst, or may lie in what is perhaps empty; of a burst those that surely do.
    pub events: usize,
    /// How many more may lie in a burst: their dates are too vague to say.
    pub vague: usize,
    /// How many times as fast as usual events follow one another in a burst; 0 in other stretches.
    pub rate: f64,
}

impl Spell {
    /// How long it lasts.
    pub fn micros(&self) -> i64 {
        self.end.saturating_since(self.start)
    }
}

/// What is special along the time of some events.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Activity {
    /// By start, of equals by end and kind.
    pub spells: Vec<Spell>,
    /// From the first to the last instant that the events give.
    pub extent: Option<(Instant, Instant)>,
    /// How many events were looked at.
    pub events: usize,
    /// How many of them have no date: they may lie anywhere.
    pub undated: usize,
}

/// The activity of the events that a track shows, and of those in each of its bands.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TrackActivity {
    /// Of all together; none where bands are accounts, several of which tell the same event.
    pub whole: Option<Activity>,
    /// Of each band, from the top.
    pub bands: Vec<Activity>,
    /// Another for another.
    pub number: u64,
}

/// The least length of a gap, as a share of the time from the first event to the last, where nobody asks for another.
const LEAST_SHARE: f64 = 0.05;
/// The most stretches of a kind that are told: the longest, and of bursts the strongest.
const MOST_OF_KIND: usize = 100;

impl Activity {
    /// What is special along the time of events; `perhaps` are events that may be among them. Gaps are at least so long as
    /// `least_micros` says, or a twentieth of all time.
    pub fn of<'e>(
        events: impl Iterator<Item = &'e Event>,
        perhaps: impl Iterator<Item = &'e Event>,
        zone: Zone,
        least_micros: Option<i64>,
    ) -> Self {
        let mut activity = Self::default();
        let mut all = Occurrences::default();
        for event in events {
            activity.events += 1;
            match &event.date {
                Some(date) => all.add(date, zone),
                None => activity.undated += 1,
            }
        }
        // Whatever may not be among them is in the way of what is certain, and of nothing else.
        for date in perhaps.filter_map(|event| event.date.as_ref()) {
            all.add_block(date, zone);
        }
        let Some((start, end)) = all.extent() else { return activity };
        activity.extent = Some((Instant::from_micros(start), Instant::from_micros(end)));
        let least = least_micros.unwrap_or(((end - start) as f64 * LEAST_SHARE) as i64).max(1);
        all.sort();
        let (empty, perhaps_empty) = gap::gaps(&all, (start, end), least);
        let length = |(from, to): &(i64, i64)| to - from;
        for (kind, mut found) in [(SpellKind::Empty, empty), (SpellKind::PerhapsEmpty, perhaps_empty)] {
            found.sort_by_key(|gap| (std::cmp::Reverse(length(gap)), *gap));
            found.truncate(MOST_OF_KIND);
            activity.spells.extend(found.into_iter().map(|(from, to)| Spell {
                kind,
                start: Instant::from_micros(from),
                end: Instant::from_micros(to),
                events: if kind == SpellKind::PerhapsEmpty { all.touching(from, to) } else { 0 },
                vague: 0,
                rate: 0.0,
            }));
        }
        let mut bursts = burst::bursts(&all, end - start);
        bursts.sort_by(|a, b| b.gain.total_cmp(&a.gain).then(a.start.cmp(&b.start)));
        bursts.truncate(MOST_OF_KIND);
        activity.spells.extend(bursts.into_iter().map(|burst| Spell {
            kind: SpellKind::Burst,
            start: Instant::from_micros(burst.start),
            end: Instant::from_micros(burst.end),
            events: burst.events,
            vague: all.vague_touching(burst.start, burst.end),
            rate: burst.rate,
        }));
        activity.spells.sort_by_key(|spell| (spell.start, spell.end, spell.kind));
        activity
    }
}
