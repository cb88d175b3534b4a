//! Deriving the accounts of a timeline: who tells, which accounts have a band, what each says of each event.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::num::NonZeroU16;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use thin_vec::ThinVec;

use super::conflict::{self, Claim};
use super::{Account, AccountBy, Accounts, Silences, Telling, Told};
use crate::by_text::ByText;
use crate::model::{
    Citation, Event, EventBatch, EventBatches, KnownOn, Lane, Link, Relation, Stance, Text, Timeline, root_origin,
};
use crate::query::Matches;
use crate::time::{Date, Zone};

/// The most accounts with a band of their own: nobody compares more.
pub const MOST_ACCOUNTS: usize = 40;
/// The most silences that are derived: beyond it a question has to say which events are compared.
pub const MOST_SILENCES: usize = 20_000;
/// So many accounts have a band each, however little they tell.
const FEW_ACCOUNTS: usize = 12;
/// Events that one task of a thread works through.
const TASK: usize = 1 << 13;
/// The sign between the id of an event and what makes that of a telling of it: it stands in no id that is written by hand.
const SEPARATOR: char = '\u{1f}';
/// The id of the lane of all accounts without a band.
const OTHERS: Text = arcstr::literal!("\u{1f}others");

/// The id of the event that a derived event tells of; any other id as it is.
pub fn event_id(id: &str) -> &str {
    id.rsplit_once(SEPARATOR).map_or(id, |(event, _)| event)
}

/// What an account says of an event in one way and at one date: one or more citations.
struct Statement<'t> {
    account: u32,
    stance: Stance,
    date: Option<&'t Date>,
    first: &'t Citation,
    more: Vec<&'t Citation>,
}

impl<'t> Statement<'t> {
    fn citations(&self) -> impl Iterator<Item = &'t Citation> + Clone + '_ {
        std::iter::once(self.first).chain(self.more.iter().copied())
    }

    /// Whether it gives a date of its own.
    fn is_dated(&self) -> bool {
        self.citations().any(|citation| citation.date.is_some())
    }
}

/// Accounts while they are collected, before they have bands.
#[derive(Default)]
struct Tellers<'t> {
    numbers: FxHashMap<&'t str, u32>,
    keys: Vec<&'t str>,
    told: Vec<usize>,
    /// Whether it cannot be right together with another.
    conflicts: Vec<bool>,
}

impl<'t> Tellers<'t> {
    fn number(&mut self, key: &'t str) -> u32 {
        let Self { numbers, keys, told, conflicts } = self;
        *numbers.entry(key).or_insert_with(|| {
            keys.push(key);
            told.push(0);
            conflicts.push(false);
            (keys.len() - 1) as u32
        })
    }

    /// Takes in those of the events that follow.
    fn append(&mut self, others: &Tellers<'t>) {
        for ((key, more), is_in_conflict) in others.keys.iter().zip(&others.told).zip(&others.conflicts) {
            let number = self.number(key) as usize;
            if let (Some(told), Some(conflicts)) = (self.told.get_mut(number), self.conflicts.get_mut(number)) {
                *told += more;
                *conflicts |= is_in_conflict;
            }
        }
    }
}

/// What accounts are derived from.
#[derive(Clone, Copy)]
struct Asked<'t> {
    timeline: &'t Timeline,
    by: AccountBy,
    among: Option<&'t Matches>,
    known_on: Option<&'t KnownOn>,
}

impl<'t> Asked<'t> {
    /// Works through the events by some thousands, on all cores; what comes of each part is in the order of the file.
    fn in_parts<R: Send>(self, work: impl Fn(&mut dyn Iterator<Item = (usize, &'t Event)>) -> R + Sync) -> Vec<R> {
        let events = self.timeline.events().len();
        let part = |nth: usize| {
            let range = nth * TASK..events.min((nth + 1) * TASK);
            let is_asked = |at: &usize| self.among.is_none_or(|among| among.contains(*at));
            work(&mut range.clone().zip(self.timeline.events().range(range)).filter(|(at, _)| is_asked(at)))
        };
        (0..events.div_ceil(TASK)).into_par_iter().map(part).collect()
    }

    /// Whose account what cites a source is part of, by a key that is the same for all of it.
    fn key(self, source: &'t str) -> &'t str {
        match self.by {
            AccountBy::Source => source,
            AccountBy::Origin => root_origin(self.timeline, source),
            AccountBy::Publisher => {
                let publisher = self.timeline.source(source).and_then(|source| source.publisher.as_deref());
                publisher.map(str::trim).filter(|publisher| !publisher.is_empty()).unwrap_or(source)
            }
        }
    }

    /// The statements on an event, by account in the order of their first citations; `number` is that of the account of a source.
    fn statements(self, event: &'t Event, all: &mut Vec<Statement<'t>>, mut number: impl FnMut(&'t str) -> u32) {
        all.clear();
        let counts = |citation: &&Citation| KnownOn::counts(self.known_on, self.timeline, citation);
        for citation in event.citations.iter().filter(counts) {
            let account = number(&citation.source);
            let date = citation.date.as_deref().or(event.date.as_ref());
            let same = all
                .iter_mut()
                .find(|known| (known.account, known.stance) == (account, citation.stance) && known.date == date);
            match same {
                Some(known) => known.more.push(citation),
                None => {
                    all.push(Statement { account, stance: citation.stance, date, first: citation, more: Vec::new() });
                }
            }
        }
    }
}

fn claims<'t>(statements: &[Statement<'t>], account: impl Fn(u32) -> u32) -> Vec<Claim<'t>> {
    let claim = |it: &Statement<'t>| {
        // Whoever denies or disputes an event without a date of its own does not say that it was on the event's.
        let is_own = it.stance == Stance::Supports || it.is_dated();
        Claim { account: account(it.account), stance: it.stance, date: it.date.filter(|_| is_own) }
    };
    statements.iter().map(claim).collect()
}

/// Who tells in some events, and how much: what is worked out of an event is let go again, as of a million there is no room for all.
#[derive(Default)]
struct Heard<'t> {
    tellers: Tellers<'t>,
    events: usize,
    conflicts: usize,
    /// The positions of the events on which accounts cannot both be right.
    contested: Vec<usize>,
}

impl<'t> Heard<'t> {
    fn of(asked: Asked<'t>, events: &mut dyn Iterator<Item = (usize, &'t Event)>, zone: Zone) -> Self {
        let mut heard = Self::default();
        let Self { tellers, conflicts, contested, .. } = &mut heard;
        let mut numbers: ByText<'t, u32> = ByText::default();
        let (mut statements, mut count) = (Vec::new(), 0);
        for (position, event) in events {
            count += 1;
            asked.statements(event, &mut statements, |source| {
                numbers.get(source, || tellers.number(asked.key(source))).copied().unwrap_or(u32::MAX)
            });
            for (at, statement) in statements.iter().enumerate() {
                let is_first = statements.iter().take(at).all(|other| other.account != statement.account);
                if let Some(told) = tellers.told.get_mut(statement.account as usize).filter(|_| is_first) {
                    *told += 1;
                }
            }
            if statements.len() < 2 {
                continue;
            }
            let pairs = conflict::conflicts(event, &claims(&statements, |account| account), zone);
            if pairs.is_empty() {
                continue;
            }
            *conflicts += pairs.len();
            contested.push(position);
            for account in pairs.iter().flat_map(|(a, b, _)| [a, b]).filter_map(|at| statements.get(*at)) {
                if let Some(is) = tellers.conflicts.get_mut(account.account as usize) {
                    *is = true;
                }
            }
        }
        heard.events = count;
        heard
    }
}

impl Accounts {
    /// The accounts of the events that match, or of all, as of a date where one is asked about.
    pub fn of(timeline: &Timeline, by: AccountBy, among: Option<&Matches>, known_on: Option<&KnownOn>) -> Self {
        let zone = timeline.zone();
        let asked = Asked { timeline, by, among, known_on };
        let heard = asked.in_parts(|events| Heard::of(asked, events, zone));
        let mut tellers = Tellers::default();
        heard.iter().for_each(|part| tellers.append(&part.tellers));
        let events: usize = heard.iter().map(|part| part.events).sum();
        let conflicts = heard.iter().map(|part| part.conflicts).sum();
        let contested: Vec<usize> = heard.into_iter().flat_map(|part| part.contested).collect();

        let Banded { accounts, bands, titles } = banded(timeline, by, &tellers);
        let others = tellers.keys.len() - accounts.len();
        let has_silences = events.saturating_mul(accounts.len()) <= MOST_SILENCES;
        let lane_ids: Vec<Text> = (0..accounts.len()).map(lane_id).collect();
        let known = Known { asked, tellers: &tellers, bands: &bands, titles: &titles, lane_ids: &lane_ids, zone };
        let built = asked.in_parts(|events| known.build(events, &contested, has_silences));

        let mut lanes: Vec<Lane> =
            accounts.iter().zip(&lane_ids).map(|(account, id)| lane(id.clone(), account.title.clone())).collect();
        if others > 0 {
            let words = if others == 1 { "1 other account".to_owned() } else { format!("{others} other accounts") };
            lanes.push(lane(OTHERS, words.into()));
        }
        let (mut derived, mut told, mut of_event) = (EventBatches::default(), Vec::new(), Vec::new());
        derived.reserve(built.iter().map(|part| part.told.len()).sum());
        for Derived { batch, told: own_told, of_event: own } in built {
            let begun = u32::try_from(told.len()).unwrap_or(u32::MAX);
            of_event.extend(own.into_iter().map(|(event, own)| (event, begun + own.start..begun + own.end)));
            told.extend(own_told);
            derived.append(batch);
        }
        // No two have an id in common, as no two events have.
        let derived = derived.into_list().unwrap_or_default();
        let (header, sources) = (timeline.header().clone(), timeline.sources().iter().cloned().collect());
        let own_lanes = timeline.lanes().to_vec();
        let eras = timeline.eras().to_vec();
        let all = timeline.events().len();
        let timeline = Timeline::from_events(header, lanes, sources, derived, eras, Vec::new());
        let silences = if has_silences { Silences::Outlined } else { Silences::TooMany };
        Self { timeline, told, accounts, lanes: own_lanes, of_event, others, silences, conflicts, events, all }
    }

    /// The position of the first derived event of an event, by its id.
    pub(super) fn first_of(&self, event: &str) -> Option<usize> {
        // Numbers of tellings begin at 0 with each event.
        self.timeline.event_position(&told_id(event, 0))
    }
}

/// Which accounts have a band.
struct Banded {
    /// Those, in the order of bands.
    accounts: Vec<Account>,
    /// For each teller the number of its band, the next one for the others.
    bands: Vec<u32>,
    /// What each teller is called.
    titles: Vec<Text>,
}

/// Chooses the accounts that have a band.
///
/// Those that tell most stand at the top. One that tells of a single event, and contradicts nobody, is no account to hold against
/// others, so it has a band only where there are few.
fn banded(timeline: &Timeline, by: AccountBy, tellers: &Tellers<'_>) -> Banded {
    let told = |at: usize| tellers.told.get(at).copied().unwrap_or(0);
    // The name of a publisher may be the id of a source: whoever gives a publisher is called so.
    let publishers: FxHashSet<&str> = match by {
        AccountBy::Publisher => {
            timeline.sources().iter().filter_map(|source| source.publisher.as_deref()).map(str::trim).collect()
        }
        AccountBy::Source | AccountBy::Origin => FxHashSet::default(),
    };
    let title = |key: &str| {
        let titled = timeline.source(key).filter(|_| !publishers.contains(key)).map(|source| source.title.clone());
        titled.unwrap_or_else(|| key.into())
    };
    let titles: Vec<Text> = tellers.keys.iter().map(|key| title(key)).collect();
    let mut all: Vec<(usize, Text)> = titles.iter().cloned().enumerate().collect();
    all.sort_by(|(a, a_title), (b, b_title)| {
        Reverse(told(*a)).cmp(&Reverse(told(*b))).then_with(|| a_title.cmp(b_title)).then(a.cmp(b))
    });
    let are_few = all.len() <= FEW_ACCOUNTS;
    let weighs = |at: usize| are_few || told(at) > 1 || tellers.conflicts.get(at).copied().unwrap_or(false);
    let mut chosen: Vec<(usize, Text)> = all.into_iter().filter(|(at, _)| weighs(*at)).collect();
    chosen.truncate(MOST_ACCOUNTS);
    let mut bands = vec![chosen.len() as u32; tellers.keys.len()];
    let accounts = chosen.into_iter().zip(0_u32..).map(|((at, title), number)| {
        if let Some(band) = bands.get_mut(at) {
            *band = number;
        }
        Account { key: tellers.keys.get(at).copied().unwrap_or_default().into(), title, told: told(at) }
    });
    let accounts = accounts.collect();
    Banded { accounts, bands, titles }
}

const fn lane(id: Text, title: Text) -> Lane {
    Lane { id, title, color: None, note: None }
}

fn lane_id(account: usize) -> Text {
    format!("{SEPARATOR}{account}").into()
}

fn told_id(event: &str, number: usize) -> Text {
    told_id_in(&mut String::new(), event, number)
}

/// The same with room that is used again: of a million events there are more ids.
fn told_id_in(room: &mut String, event: &str, number: usize) -> Text {
    room.clear();
    room.push_str(event);
    room.push(SEPARATOR);
    let _ = write!(room, "{number}");
    room.as_str().into()
}

/// What is known of all accounts once they have bands.
struct Known<'t, 'k> {
    asked: Asked<'t>,
    tellers: &'k Tellers<'t>,
    /// For each teller the number of its band.
    bands: &'k [u32],
    titles: &'k [Text],
    /// For each account with a band the id of its lane.
    lane_ids: &'k [Text],
    zone: Zone,
}

impl<'t> Known<'t, '_> {
    /// How many accounts have a band: the number of the band of all others.
    fn others(&self) -> u32 {
        u32::try_from(self.lane_ids.len()).unwrap_or(u32::MAX)
    }

    fn band(&self, account: u32) -> u32 {
        self.bands.get(account as usize).copied().unwrap_or(self.others())
    }

    /// The lane of an account, by the number of its band: that behind the last account is of all others.
    fn lane_of(&self, account: u32) -> Text {
        self.lane_ids.get(account as usize).cloned().unwrap_or(OTHERS)
    }

    /// The derived events of some events; `contested` are the positions of those on which accounts cannot both be right.
    fn build(
        &self,
        events: &mut dyn Iterator<Item = (usize, &'t Event)>,
        contested: &[usize],
        has_silences: bool,
    ) -> Derived {
        let mut built = Built::default();
        let mut numbers: ByText<'t, u32> = ByText::default();
        let mut statements = Vec::new();
        for (position, event) in events {
            built.lane = event.lane.as_deref().and_then(|id| {
                let at = self.asked.timeline.lane_position(id)?;
                NonZeroU16::new(u16::try_from(at + 1).ok()?)
            });
            self.asked.statements(event, &mut statements, |source| {
                let number = || self.tellers.numbers.get(self.asked.key(source)).copied().unwrap_or(u32::MAX);
                numbers.get(source, number).copied().unwrap_or(u32::MAX)
            });
            self.tell(&mut built, (position, event), &statements);
            // In bands, of which one is of several accounts, no pair comes up that did not before.
            if contested.binary_search(&position).is_ok() {
                self.join(&mut built, event, &statements);
            }
            if has_silences {
                self.be_silent(&mut built, position, event, &statements);
            }
            built.close(position);
        }
        let Built { events, told, of_event, .. } = built;
        Derived { batch: events.into(), told, of_event }
    }

    /// The tellings of an event.
    fn tell(&self, built: &mut Built, (position, event): (usize, &Event), statements: &[Statement<'_>]) {
        for (number, statement) in statements.iter().enumerate() {
            let account = self.band(statement.account);
            let wording = if statement.is_dated() {
                statement.citations().find_map(|citation| citation.wording.clone())
            } else {
                event.wording.clone()
            };
            let title = if account < self.others() {
                event.title.clone()
            } else {
                // Who speaks is said nowhere else in the band that those share who have none of their own.
                let teller = self.titles.get(statement.account as usize).map_or("", Text::as_str);
                format!("{teller}: {}", event.title).into()
            };
            let note = statement.citations().find_map(|citation| citation.note.clone());
            let told = Event {
                id: told_id_in(&mut built.room, &event.id, number),
                title,
                date: statement.date.cloned(),
                wording,
                lane: Some(self.lane_of(account)),
                actors: event.actors.clone(),
                place: event.place.clone(),
                tags: event.tags.clone(),
                standing: event.standing,
                weight: event.weight.max(1),
                judgment: event.judgment.clone(),
                note: note.or_else(|| event.note.clone()),
                citations: statement.citations().cloned().collect(),
                links: ThinVec::new(),
                rare: event.rare.clone(),
            };
            built.push(told, position, account, Telling::Told(statement.stance));
        }
    }

    /// Threads between the tellings of an event that cannot both be right.
    fn join(&self, built: &mut Built, event: &Event, statements: &[Statement<'_>]) {
        let claims = claims(statements, |account| self.band(account));
        let pairs = conflict::conflicts(event, &claims, self.zone);
        for (from, to, why) in conflict::drawn(&pairs, &claims) {
            let link =
                Link { to: told_id(&event.id, to), relation: Relation::Contradicts, note: Some(why.words().into()) };
            if let Some(told) = built.events.get_mut(built.begun + from) {
                told.links.push(link);
            }
        }
    }

    /// The silences on an event of all accounts that have a band, where it has a date at which they can be seen.
    fn be_silent(&self, built: &mut Built, position: usize, event: &Event, statements: &[Statement<'_>]) {
        if event.date.is_none() {
            return;
        }
        let tells = |account: u32| statements.iter().any(|statement| self.band(statement.account) == account);
        for account in (0..self.others()).filter(|account| !tells(*account)) {
            let silent = Event {
                id: told_id(&event.id, built.events.len() - built.begun),
                lane: Some(self.lane_of(account)),
                wording: event.wording.clone(),
                // It takes no row of its own: the silences of an account share a line.
                weight: 0,
                ..Event::undated("", event.title.clone())
            };
            built.push(Event { date: event.date.clone(), ..silent }, position, account, Telling::Silent);
        }
    }
}

/// What was derived of some events: the fields of [`Built`], with what ids are found by.
struct Derived {
    batch: EventBatch,
    told: Vec<Told>,
    of_event: Vec<(u32, std::ops::Range<u32>)>,
}

/// What is derived of some events, while it is collected.
#[derive(Default)]
struct Built {
    events: Vec<Event>,
    told: Vec<Told>,
    /// Where those of each event stand among these.
    of_event: Vec<(u32, std::ops::Range<u32>)>,
    /// Where those of the present event begin.
    begun: usize,
    /// Its lane, counted from one.
    lane: Option<NonZeroU16>,
    /// For ids while they are written.
    room: String,
}

impl Built {
    fn push(&mut self, event: Event, position: usize, account: u32, telling: Telling) {
        let position = u32::try_from(position).unwrap_or(u32::MAX);
        self.told.push(Told { event: position, account, telling, lane: self.lane });
        self.events.push(event);
    }

    /// Ends the tellings of an event.
    fn close(&mut self, position: usize) {
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        if self.events.len() > self.begun {
            self.of_event.push((number(position), number(self.begun)..number(self.events.len())));
        }
        self.begun = self.events.len();
    }
}
