//! Accounts: what each source tells of the events, at the dates that it gives, and where two of them cannot both be right.
//!
//! An *account* is what one source says, or all sources of one origin, or of one publisher. It tells an event in one or more
//! *tellings*, each at the date of its citation, or at that of the event where the citation gives none; of an event that it does
//! not cite at all it is *silent*, which is a telling too: nobody sees a silence who does not see what is missing.
//!
//! ```text
//!   events     Treaty signed 19 Jun     Troops leave Oct            accounts are lanes, tellings are events:
//!   TASS         ● 19 Jun supports        ⊗ denies          ──┐     what draws, packs, points at and exports
//!   KBS           ◌ silent                 ● 8 Oct supports ──┘     timelines does so with accounts
//! ```
//!
//! Owns the derived timeline and what each of its events stands for ([`Accounts`]), and the conflicts between tellings. Knows
//! neither bands nor pictures. Takes time linear in citations, and, for silences, in accounts × events as far as these are few.

mod conflict;
mod derive;
mod table;
#[cfg(test)]
mod tests;

use std::num::NonZeroU16;

use crate::model::{Grouping, Lane, Stance, Text, Timeline};
use crate::query::Matches;

pub use self::derive::{MOST_ACCOUNTS, MOST_SILENCES, event_id};
pub use self::table::{AccountTable, TableCell, TableRow};

/// Whose words are one account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum AccountBy {
    /// Those of one source.
    Source,
    /// Those of all sources that go back to one.
    Origin,
    /// Those of all that one publisher has published; of what gives no publisher, those of one source.
    Publisher,
}

impl AccountBy {
    /// Every way, in the order of menus.
    pub const ALL: [Self; 3] = [Self::Source, Self::Origin, Self::Publisher];

    /// The word on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Origin => "origin",
            Self::Publisher => "publisher",
        }
    }

    /// Whose words are one account in the bands of a grouping; none where these are no accounts.
    pub const fn of(grouping: Grouping) -> Option<Self> {
        match grouping {
            Grouping::Accounts => Some(Self::Source),
            Grouping::OriginAccounts => Some(Self::Origin),
            Grouping::PublisherAccounts => Some(Self::Publisher),
            _ => None,
        }
    }

    /// The grouping whose bands are accounts of this kind.
    pub const fn grouping(self) -> Grouping {
        match self {
            Self::Source => Grouping::Accounts,
            Self::Origin => Grouping::OriginAccounts,
            Self::Publisher => Grouping::PublisherAccounts,
        }
    }

    /// The way of this [`AccountBy::id`].
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.id() == id)
    }
}

/// What an account says of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Telling {
    /// It speaks of it so.
    Told(Stance),
    /// It does not tell it.
    Silent,
}

impl Telling {
    /// Every telling, in the order of legends.
    pub const ALL: [Self; 5] = [
        Self::Told(Stance::Supports),
        Self::Told(Stance::Disputes),
        Self::Told(Stance::Denies),
        Self::Told(Stance::Mentions),
        Self::Silent,
    ];

    /// The words of a legend.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Told(stance) => stance.label(),
            Self::Silent => "Does not tell",
        }
    }

    /// What an account does, before what it tells of: "TASS denies Troops leave".
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Told(Stance::Supports) => "supports",
            Self::Told(Stance::Disputes) => "disputes",
            Self::Told(Stance::Denies) => "denies",
            Self::Told(Stance::Mentions) => "mentions",
            Self::Silent => "does not tell",
        }
    }
}

/// Whether silences are among what accounts tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silences {
    /// Each is an event of its account.
    Outlined,
    /// Of so many events and accounts there would be more than [`MOST_SILENCES`].
    TooMany,
    /// They were left out again where there is no line for them.
    NoRoom,
}

/// What a derived event stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The event, by its position in the timeline that accounts were derived from.
    pub event: u32,
    /// Whose account.
    pub account: u32,
    /// What it says.
    pub telling: Telling,
    /// The lane of the event among those of its timeline, counted from one: an account has a band and no lane.
    lane: Option<NonZeroU16>,
}

/// An account: what it is called, and how much it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The id of its source or origin, or the publisher's name.
    pub key: Text,
    /// What it is called.
    pub title: Text,
    /// How many events it tells of.
    pub told: usize,
}

/// The accounts of a timeline.
///
/// Invariant: `told` has an entry for each event of `timeline`, in its order; lanes of `timeline` are `accounts`, in their order,
/// and behind them, where there are more accounts than have a band, one for the others.
#[derive(Debug, Clone)]
pub struct Accounts {
    timeline: Timeline,
    told: Vec<Told>,
    accounts: Vec<Account>,
    /// Those of the timeline that accounts were derived from.
    lanes: Vec<Lane>,
    /// Where the tellings of each event stand in `told`, by event: those with an entry, in order.
    of_event: Vec<(u32, std::ops::Range<u32>)>,
    others: usize,
    silences: Silences,
    conflicts: usize,
    events: usize,
    /// How many events the timeline has that these were derived from.
    all: usize,
}

impl Accounts {
    /// The derived timeline: a lane an account, an event a telling.
    pub const fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// What the derived event at a position stands for.
    pub fn told(&self, position: usize) -> Option<Told> {
        self.told.get(position).copied()
    }

    /// The lane of the event that a derived event tells of, with its position among the lanes of that timeline.
    pub fn lane(&self, position: usize) -> Option<(usize, &Lane)> {
        let at = usize::from(self.told(position)?.lane?.get() - 1);
        Some((at, self.lanes.get(at)?))
    }

    /// The lanes of the timeline that accounts were derived from.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// Whether the account of the derived event at a position says anything of the event: a silence is nothing that happens.
    pub fn is_told(&self, position: usize) -> bool {
        self.told(position).is_some_and(|told| told.telling != Telling::Silent)
    }

    /// The accounts that have a band, in the order of their bands.
    pub fn accounts(&self) -> &[Account] {
        &self.accounts
    }

    /// The positions of the derived events of an event, by its position in the timeline they were derived from.
    pub fn tellings_of(&self, event: usize) -> impl Iterator<Item = usize> + use<> {
        let event = u32::try_from(event).unwrap_or(u32::MAX);
        let at = self.of_event.binary_search_by_key(&event, |(of, _)| *of).ok();
        let range = at.and_then(|at| self.of_event.get(at)).map_or(0..0, |(_, range)| range.clone());
        range.map(|at| at as usize)
    }

    /// The positions of the derived events of an event, by its id or by that of one of them.
    pub fn positions(&self, id: &str) -> impl Iterator<Item = usize> + use<> {
        let id = event_id(id);
        let first = self.first_of(id);
        let event = first.and_then(|at| self.told.get(at)).map_or(usize::MAX, |told| told.event as usize);
        self.tellings_of(event)
    }

    /// The events that some derived events tell of, or are silent on.
    pub fn events_of(&self, tellings: &Matches) -> Matches {
        let mut told: Vec<usize> = tellings.iter().filter_map(|at| Some(self.told(at)?.event as usize)).collect();
        told.sort_unstable();
        Matches::from_fn(self.all, |event| told.binary_search(&event).is_ok())
    }

    /// The derived events of some events.
    pub fn tellings_among(&self, events: &Matches) -> Matches {
        let is_among = |at: usize| self.told.get(at).is_some_and(|told| events.contains(told.event as usize));
        Matches::from_fn(self.told.len(), is_among)
    }

    /// How many accounts share the last band.
    pub const fn others(&self) -> usize {
        self.others
    }

    /// Whether silences are among the derived events: of very many events and accounts they are not.
    pub const fn has_silences(&self) -> bool {
        matches!(self.silences, Silences::Outlined)
    }

    /// The same, and why they are not.
    pub const fn silences(&self) -> Silences {
        self.silences
    }

    /// The same without silences, for a picture that has no line for them.
    #[must_use]
    pub fn without_silences(&self) -> Self {
        let told: Vec<usize> = (0..self.told.len()).filter(|at| self.is_told(*at)).collect();
        let events = told.iter().filter_map(|at| self.timeline.events().get(*at).cloned()).collect();
        let (header, lanes) = (self.timeline.header().clone(), self.timeline.lanes().to_vec());
        let sources = self.timeline.sources().iter().cloned().collect();
        let eras = self.timeline.eras().to_vec();
        // Those of an event lie together, as before.
        let past = |at: u32| u32::try_from(told.partition_point(|told| *told < at as usize)).unwrap_or(u32::MAX);
        let of_event = self.of_event.iter().map(|(event, own)| (*event, past(own.start)..past(own.end)));
        Self {
            timeline: Timeline::from_records(header, lanes, sources, events, eras, Vec::new()),
            of_event: of_event.filter(|(_, own)| !own.is_empty()).collect(),
            told: told.iter().filter_map(|at| self.told(*at)).collect(),
            silences: Silences::NoRoom,
            ..self.clone()
        }
    }

    /// How many pairs of tellings cannot both be right.
    pub const fn conflicts(&self) -> usize {
        self.conflicts
    }

    /// How many events the accounts tell of, or are silent on.
    pub const fn events(&self) -> usize {
        self.events
    }

    /// What a derived event is called where it cannot be seen: "TASS denies: Troops leave, 8 Oct 2024".
    pub fn name(&self, position: usize) -> Option<String> {
        let (told, event) = (self.told(position)?, self.timeline.events().get(position)?);
        if told.account as usize >= self.accounts.len() {
            // The title says who tells.
            return Some(format!("{} ({}), {}", event.title, told.telling.label(), event.date_in_words()));
        }
        let lane = event.lane.as_deref().and_then(|id| self.timeline.lane(id))?;
        Some(format!("{} {}: {}, {}", lane.title, told.telling.verb(), event.title, event.date_in_words()))
    }
}
