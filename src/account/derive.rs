//! Deriving the accounts of a timeline: who tells, which accounts have a band, what each says of each event.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::conflict::{self, Claim};
use super::{Account, AccountBy, Accounts, Telling, Told};
use crate::model::{Citation, Event, KnownOn, Lane, Link, Relation, Stance, Text, Timeline, root_origin};
use crate::query::Matches;
use crate::time::{Date, Zone};

/// The most accounts with a band of their own: nobody compares more.
pub const MOST_ACCOUNTS: usize = 40;
/// The most silences that are derived: beyond it a question has to say which events are compared.
pub const MOST_SILENCES: usize = 20_000;
/// So many accounts have a band each, however little they tell.
const FEW_ACCOUNTS: usize = 12;
/// The sign between the id of an event and what makes that of a telling of it: it stands in no id that is written by hand.
const SEPARATOR: char = '\u{1f}';
/// The id of the lane of all accounts without a band.
const OTHERS: &str = "\u{1f}others";

/// The id of the event that a derived event tells of; any other id as it is.
pub fn event_id(id: &str) -> &str {
    id.rsplit_once(SEPARATOR).map_or(id, |(event, _)| event)
}

/// What an account says of an event in one way and at one date: one or more citations.
struct Statement<'t> {
    account: u32,
    stance: Stance,
    date: Option<&'t Date>,
    citations: Vec<&'t Citation>,
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
}

/// Whose account a citation is part of, by a key that is the same for all of it.
fn key<'t>(timeline: &'t Timeline, by: AccountBy, citation: &'t Citation) -> &'t str {
    let source = citation.source.as_str();
    match by {
        AccountBy::Source => source,
        AccountBy::Origin => root_origin(timeline, source),
        AccountBy::Publisher => {
            let publisher = timeline.source(source).and_then(|source| source.publisher.as_deref());
            publisher.map(str::trim).filter(|publisher| !publisher.is_empty()).unwrap_or(source)
        }
    }
}

/// The statements on an event, by account in the order of their first citations.
fn statements<'t>(
    timeline: &'t Timeline,
    by: AccountBy,
    event: &'t Event,
    known_on: Option<&KnownOn>,
    mut number: impl FnMut(&'t str) -> u32,
) -> Vec<Statement<'t>> {
    let mut all: Vec<Statement<'t>> = Vec::new();
    for citation in event.citations.iter().filter(|citation| KnownOn::counts(known_on, timeline, citation)) {
        let account = number(key(timeline, by, citation));
        let date = citation.date.as_deref().or(event.date.as_ref());
        let same = all
            .iter_mut()
            .find(|known| (known.account, known.stance) == (account, citation.stance) && known.date == date);
        match same {
            Some(known) => known.citations.push(citation),
            None => all.push(Statement { account, stance: citation.stance, date, citations: vec![citation] }),
        }
    }
    all
}

fn claims<'t>(statements: &[Statement<'t>]) -> Vec<Claim<'t>> {
    let claim = |it: &Statement<'t>| {
        // Whoever denies or disputes an event without a date of its own does not say that it was on the event's.
        let is_own = it.stance == Stance::Supports || it.citations.iter().any(|citation| citation.date.is_some());
        Claim { account: it.account, stance: it.stance, date: it.date.filter(|_| is_own) }
    };
    statements.iter().map(claim).collect()
}

impl Accounts {
    /// The accounts of the events that match, or of all, as of a date where one is asked about.
    pub fn of(timeline: &Timeline, by: AccountBy, among: Option<&Matches>, known_on: Option<&KnownOn>) -> Self {
        let zone = timeline.zone();
        let is_asked = |at: usize| among.is_none_or(|among| among.contains(at));
        let asked = || timeline.events().iter().enumerate().filter(move |(at, _)| is_asked(*at));
        // Who tells, and how much. What is worked out of an event is let go again: of a million there is no room for all of it.
        let mut tellers = Tellers::default();
        let (mut events, mut conflicts) = (0_usize, 0_usize);
        for (_, event) in asked() {
            events += 1;
            let statements = statements(timeline, by, event, known_on, |key| tellers.number(key));
            for (at, statement) in statements.iter().enumerate() {
                let is_first = statements.iter().take(at).all(|other| other.account != statement.account);
                if let Some(told) = tellers.told.get_mut(statement.account as usize).filter(|_| is_first) {
                    *told += 1;
                }
            }
            let pairs = conflict::conflicts(event, &claims(&statements), zone);
            conflicts += pairs.len();
            for account in pairs.iter().flat_map(|(a, b, _)| [a, b]).filter_map(|at| statements.get(*at)) {
                if let Some(is) = tellers.conflicts.get_mut(account.account as usize) {
                    *is = true;
                }
            }
        }
        let Banded { accounts, bands, titles } = banded(timeline, by, &tellers);
        let others = tellers.keys.len() - accounts.len();
        let has_silences = events.saturating_mul(accounts.len()) <= MOST_SILENCES;
        let mut built = Built::of(&accounts);
        for (position, event) in asked() {
            let statements = statements(timeline, by, event, known_on, |key| tellers.number(key));
            built.tell((position, event), &statements, &bands, &titles, zone);
            if has_silences {
                built.be_silent(position, event, &statements, &bands);
            }
            built.close(position);
        }
        let mut lanes: Vec<Lane> =
            accounts.iter().zip(0..).map(|(account, at)| lane(lane_id(at), account.title.clone())).collect();
        if others > 0 {
            let words = if others == 1 { "1 other account".to_owned() } else { format!("{others} other accounts") };
            lanes.push(lane(OTHERS.into(), words.into()));
        }
        let Built { events: derived, told, of_event, .. } = built;
        let (header, sources) = (timeline.header().clone(), timeline.sources().iter().cloned().collect());
        let eras = timeline.eras().to_vec();
        let all = timeline.events().len();
        let timeline = Timeline::from_records(header, lanes, sources, derived, eras, Vec::new());
        Self { timeline, told, accounts, of_event, others, has_silences, conflicts, events, all }
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

fn lane_id(account: u32) -> Text {
    format!("{SEPARATOR}{account}").into()
}

fn told_id(event: &str, number: usize) -> Text {
    format!("{event}{SEPARATOR}{number}").into()
}

/// The derived events so far.
struct Built {
    /// How many accounts have a band.
    accounts: u32,
    events: Vec<Event>,
    told: Vec<Told>,
    of_event: Vec<(u32, std::ops::Range<u32>)>,
    /// Where those of the present event begin.
    begun: usize,
}

impl Built {
    fn of(accounts: &[Account]) -> Self {
        let accounts = u32::try_from(accounts.len()).unwrap_or(u32::MAX);
        Self { accounts, events: Vec::new(), told: Vec::new(), of_event: Vec::new(), begun: 0 }
    }

    /// The tellings of an event, with threads between those that cannot both be right.
    fn tell(
        &mut self,
        (position, event): (usize, &Event),
        statements: &[Statement<'_>],
        bands: &[u32],
        titles: &[Text],
        zone: Zone,
    ) {
        self.begun = self.events.len();
        let others = self.accounts;
        let band = |account: u32| bands.get(account as usize).copied().unwrap_or(others);
        for (number, statement) in statements.iter().enumerate() {
            let account = band(statement.account);
            let is_own = statement.citations.iter().any(|citation| citation.date.is_some());
            let wording = statement.citations.iter().find_map(|citation| citation.wording.clone());
            let mut told = Event {
                id: told_id(&event.id, number),
                date: statement.date.cloned(),
                wording: if is_own { wording } else { event.wording.clone() },
                lane: Some(self.lane_of(account)),
                citations: statement.citations.iter().map(|citation| (*citation).clone()).collect(),
                links: thin_vec::ThinVec::new(),
                weight: event.weight.max(1),
                ..event.clone()
            };
            if account == others {
                // Who speaks is said nowhere else in the band that those share who have none of their own.
                let teller = titles.get(statement.account as usize).map_or("", Text::as_str);
                told.title = format!("{teller}: {}", event.title).into();
            }
            told.note = statement.citations.iter().find_map(|citation| citation.note.clone()).or(told.note);
            self.push(told, position, account, Telling::Told(statement.stance));
        }
        let claims: Vec<Claim<'_>> =
            claims(statements).into_iter().map(|claim| Claim { account: band(claim.account), ..claim }).collect();
        let pairs = conflict::conflicts(event, &claims, zone);
        for (from, to, why) in conflict::drawn(&pairs, &claims) {
            let link =
                Link { to: told_id(&event.id, to), relation: Relation::Contradicts, note: Some(why.words().into()) };
            if let Some(told) = self.events.get_mut(self.begun + from) {
                told.links.push(link);
            }
        }
    }

    /// The silences on an event of all accounts that have a band, where it has a date at which they can be seen.
    fn be_silent(&mut self, position: usize, event: &Event, statements: &[Statement<'_>], bands: &[u32]) {
        if event.date.is_none() {
            return;
        }
        let tells =
            |account: u32| statements.iter().any(|statement| bands.get(statement.account as usize) == Some(&account));
        for account in (0..self.accounts).filter(|account| !tells(*account)) {
            let silent = Event {
                id: told_id(&event.id, self.events.len() - self.begun),
                lane: Some(lane_id(account)),
                wording: event.wording.clone(),
                // It takes no row of its own: the silences of an account share a line.
                weight: 0,
                ..Event::undated("", event.title.clone())
            };
            self.push(Event { date: event.date.clone(), ..silent }, position, account, Telling::Silent);
        }
    }

    /// The lane of an account, by the number of its band: that behind the last account is of all others.
    fn lane_of(&self, account: u32) -> Text {
        if account < self.accounts { lane_id(account) } else { OTHERS.into() }
    }

    fn push(&mut self, event: Event, position: usize, account: u32, telling: Telling) {
        self.told.push(Told { event: u32::try_from(position).unwrap_or(u32::MAX), account, telling });
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
