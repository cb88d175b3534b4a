//! Timelines of any size that look like those people keep: for benchmarks, tests and the `generate` example.
//!
//! A [`Plan`] and the position of a record decide the record, so that any part can be made alone, in any order and on any
//! machine with the same result. What is said in them is invented.

mod dates;
mod random;
mod words;

use annalist::model::{
    Citation, Confidence, Credibility, Event, Header, Judgment, Lane, Likelihood, Link, Relation, Reliability, Source,
    SourceKind, Stance, Standing, Text,
};
use annalist::time::Date;

pub use self::random::Random;

/// How events lie in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Evenly.
    Uniform,
    /// Evenly, and half of them last for weeks to years.
    Heavy,
    /// Most of them in a few hundred bursts, of which the first are much larger than the last.
    Bursty,
    /// As bursty, with forty events that last for 30 to 100 % of all time.
    Eras,
}

impl Shape {
    /// Every shape.
    pub const ALL: [Self; 4] = [Self::Uniform, Self::Heavy, Self::Bursty, Self::Eras];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uniform => "uniform",
            Self::Heavy => "heavy",
            Self::Bursty => "bursty",
            Self::Eras => "eras",
        }
    }

    /// The shape of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }
}

/// What a timeline is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Number of events.
    pub events: usize,
    /// Number of lanes.
    pub lanes: usize,
    /// How the events lie in time.
    pub shape: Shape,
    /// Another seed is another timeline.
    pub seed: u64,
    /// How many events there are for one that links to another.
    pub links_one_in: u64,
}

/// How many sources there are to cite.
const SOURCES: usize = 240;

impl Plan {
    /// Eight lanes, and a link in twenty events.
    pub const fn new(events: usize, shape: Shape, seed: u64) -> Self {
        Self { events, lanes: 8, shape, seed, links_one_in: 20 }
    }

    /// Title and description.
    pub fn header(&self) -> Header {
        let mut header = Header::new(format!("{} events, {}", self.events, self.shape.name()));
        header.description = Some(format!("Invented for measuring, with seed {}.", self.seed).into());
        header
    }

    /// The lanes.
    pub fn lanes(&self) -> Vec<Lane> {
        let lane = |at: usize| {
            let round = at / words::LANES.len();
            let name = words::LANES.iter().cycle().nth(at).unwrap_or(&"");
            let title = if round == 0 { (*name).to_owned() } else { format!("{name} {}", round + 1) };
            Lane { id: lane_id(at), title: title.into(), color: None, note: None }
        };
        (0..self.lanes).map(lane).collect()
    }

    /// The sources. A tenth derive from another.
    pub fn sources(&self) -> Vec<Source> {
        let source = |at: usize| {
            let mut random = Random::of(self.seed, u64::MAX - at as u64);
            let publisher = *random.pick(&words::PUBLISHERS);
            let mut source = Source::new(source_id(at), format!("{publisher} on {}", random.pick(&words::THINGS)));
            source.publisher = Some(publisher.into());
            source.kind =
                *random.pick(&[SourceKind::Web, SourceKind::Web, SourceKind::Document, SourceKind::Broadcast]);
            source.url = Some(format!("https://{}.example/{at}", publisher.to_lowercase().replace(' ', "-")).into());
            source.published = Date::parse(&dates::day(random.below(dates::DAYS))).ok();
            source.reliability =
                random.pick(&[None, Some(Reliability::A), Some(Reliability::B), Some(Reliability::C)]).to_owned();
            source.origin = (at > 0 && random.one_in(10)).then(|| source_id(random.below(at as u64) as usize));
            source
        };
        (0..SOURCES).map(source).collect()
    }

    /// The event at a position below [`Plan::events`].
    pub fn event(&self, at: usize) -> Event {
        let mut random = Random::of(self.seed, at as u64);
        let date = self.date(at, &mut random);
        let actor = *random.pick(&words::ACTORS);
        let place = *random.pick(&words::PLACES);
        let title = match random.below(3) {
            0 => format!("{actor} {} {}", random.pick(&words::DEEDS), random.pick(&words::THINGS)),
            1 => format!("{actor} {} {} in {place}", random.pick(&words::DEEDS), random.pick(&words::THINGS)),
            _ => format!("{actor} {} resolution {}", random.pick(&words::DEEDS), 1 + random.below(9_999)),
        };
        let mut event = Event::new(event_id(at), title, date);
        // One in fifty is in no lane.
        event.lane = (!random.one_in(50)).then(|| lane_id(random.below(self.lanes as u64) as usize));
        event.actors = std::iter::once(actor.into()).collect();
        event.place = random.one_in(2).then(|| place.into());
        event.tags = (0..random.below(3)).map(|_| (*random.pick(&words::TAGS)).into()).collect();
        event.standing = *random.pick(&[
            Standing::Confirmed,
            Standing::Confirmed,
            Standing::Confirmed,
            Standing::Reported,
            Standing::Reported,
            Standing::Reported,
            Standing::Alleged,
            Standing::Disputed,
            Standing::Denied,
            Standing::Expected,
        ]);
        event.weight = match random.below(1_000) {
            0..=9 => 5,
            10..=79 => 4,
            80..=699 => 3,
            700..=899 => 2,
            _ => 1,
        };
        event.note = random.one_in(4).then(|| words::note(&mut random).into());
        event.citations = (0..1 + random.below(2)).map(|_| citation(&mut random)).collect();
        if at > 0 && random.one_in(self.links_one_in) {
            let to = event_id(random.below(at as u64) as usize);
            let relation = *random.pick(&Relation::ALL);
            event.links = std::iter::once(Link { to, relation, note: None }).collect();
        }
        if random.one_in(40) {
            let likelihood = Some(*random.pick(&[Likelihood::Likely, Likelihood::VeryLikely, Likelihood::Unlikely]));
            event.judgment =
                Some(Box::new(Judgment { likelihood, confidence: Some(Confidence::Moderate), note: None }));
        }
        event
    }

    fn date(&self, at: usize, random: &mut Random) -> Date {
        let text = match self.shape {
            Shape::Eras if at < 40 => dates::era(random),
            Shape::Uniform => dates::vague(random.below(dates::DAYS), self.may_go_on(at), random),
            Shape::Heavy if random.one_in(2) => dates::long(random),
            Shape::Heavy => dates::vague(random.below(dates::DAYS), self.may_go_on(at), random),
            Shape::Bursty | Shape::Eras => dates::vague(dates::in_burst(self.seed, random), self.may_go_on(at), random),
        };
        // The forms above are all dates: a test in `tests/it/scale.rs` makes some thousand of each shape.
        Date::parse(&text).unwrap_or_else(|error| unreachable!("{text}: {error}"))
    }

    /// What goes on does so for good: some do, and not in proportion to the number of events.
    const fn may_go_on(&self, at: usize) -> bool {
        at.is_multiple_of(self.events / 100 + 1)
    }
}

fn lane_id(at: usize) -> Text {
    format!("lane-{at}").into()
}

fn source_id(at: usize) -> Text {
    format!("source-{at}").into()
}

fn event_id(at: usize) -> Text {
    format!("e{at}").into()
}

fn citation(random: &mut Random) -> Citation {
    let mut citation = Citation::new(source_id(random.below(SOURCES as u64) as usize));
    citation.stance =
        *random.pick(&[Stance::Supports, Stance::Supports, Stance::Supports, Stance::Mentions, Stance::Disputes]);
    citation.credibility = random.one_in(2).then(|| *random.pick(&Credibility::ALL));
    citation.locator = random.one_in(3).then(|| format!("para {}", 1 + random.below(40)).into());
    citation.note = random.one_in(6).then(|| words::note(random).into());
    citation
}
