//! What was known on a date: by the sources that were out by then, which events anyone could have known of; by our own record,
//! which of them we had entered.
//!
//! Owns the question and its three-valued answer. A source came out when it was published; where that is not given, the
//! date of its information stands for it. An event was entered when it was recorded. What is hidden or marked because of the
//! answer is for those who show it.
//!
//! | by | an event was known | a source counts |
//! |---|---|---|
//! | publication | as the best known of the sources that tell of it | *yes*, *not yet* or *perhaps*, as it was out |
//! | our record | as its `recorded` says; *perhaps* where it says nothing | *not yet* where it was not out; else *perhaps*: no source says when it was entered |

use rustc_hash::FxHashMap;

use super::{Citation, Event, KnownBy, Source, Timeline};
use crate::time::{Answer, CivilDay, Date, Instant, Period, Zone};

/// A date as of which one asks what was known: up to and including all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownOn {
    date: Date,
    by: KnownBy,
    /// The first instant after the date.
    end: Instant,
    /// All time until then.
    until: Period,
    /// All time from then on.
    later: Period,
    zone: Zone,
}

/// Origins of origins that are looked at; a chain that runs in a circle is left here.
const LONGEST_CHAIN: usize = 32;

/// Whether something was known, most certain first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// Certainly.
    Yes,
    /// It cannot be told: a date is vague across the day asked about, or none is given.
    Perhaps,
    /// Certainly not.
    NotYet,
}

/// ", 1 of them perhaps known": what follows on the number of events shown; empty where all of them were known.
pub fn perhaps_words(count: usize) -> String {
    if count == 0 { String::new() } else { format!(", {count} of them perhaps known") }
}

impl KnownOn {
    /// What anyone could have known when a date was over. None where it has no end on the axis (`2024-10-24/..`).
    pub fn new(date: &Date, zone: Zone) -> Option<Self> {
        Self::of(date, KnownBy::Published, zone)
    }

    /// What was known when a date was over, by this. None where it has no end on the axis.
    pub fn of(date: &Date, by: KnownBy, zone: Zone) -> Option<Self> {
        let end = date.extent(zone).latest_end.instant()?;
        let (until, later) = (Period::until_end_of(date, zone), Period::from_end_of(date, zone));
        Some(Self { date: date.clone(), by, end, until, later, zone })
    }

    /// The date asked about, as it was written.
    pub const fn date(&self) -> &Date {
        &self.date
    }

    /// What it goes by.
    pub const fn by(&self) -> KnownBy {
        self.by
    }

    /// Where the date ends on the axis: the first instant after it.
    pub const fn end(&self) -> Instant {
        self.end
    }

    /// "As known on 24 Oct 2024", "As we knew it on 24 Oct 2024 (by our own record)".
    pub fn describe(&self) -> String {
        let date = self.date.describe();
        match self.by {
            KnownBy::Published => format!("As known on {date}"),
            KnownBy::Recorded => format!("As we knew it on {date} (by our own record)"),
        }
    }

    /// How many of these events were perhaps known.
    pub fn perhaps<'e>(&self, timeline: &Timeline, events: impl Iterator<Item = &'e Event>) -> usize {
        let sources = self.sources(timeline);
        events.filter(|event| self.event_among(&sources, event) == Known::Perhaps).count()
    }

    /// Whether a source was out: *yes* where all of its date is over by then, *not yet* where none of it has begun,
    /// *perhaps* in between and where it gives no date. By our record one that was out may have been read later.
    pub fn source(&self, source: &Source) -> Known {
        match (came_out(source).map(|date| self.was_over(date)), self.by) {
            (Some(Known::NotYet), _) => Known::NotYet,
            (Some(known), KnownBy::Published) => known,
            (Some(_), KnownBy::Recorded) | (None, _) => Known::Perhaps,
        }
    }

    /// Whether a date was over by then: *not yet* where none of it had begun, *perhaps* in between.
    fn was_over(&self, date: &Date) -> Known {
        let period = Period::of(date, self.zone);
        if period.before(&self.later) == Answer::Yes {
            Known::Yes
        } else if period.after(&self.until) == Answer::Yes {
            Known::NotYet
        } else {
            Known::Perhaps
        }
    }

    /// Whether what a source says was out, for every source that has a date or derives from one that has, by its id and
    /// judged once: for asking about many events.
    pub fn sources<'t>(&self, timeline: &'t Timeline) -> FxHashMap<&'t str, Known> {
        timeline
            .sources()
            .iter()
            .filter_map(|source| Some((source.id.as_str(), self.told(timeline, source)?)))
            .collect()
    }

    /// As the source of the citation; *perhaps* where the timeline has no such source.
    pub fn citation(&self, timeline: &Timeline, citation: &Citation) -> Known {
        timeline.source(&citation.source).map_or(Known::Perhaps, |source| self.source(source))
    }

    /// Whether a citation counts: always where no date is asked about, else unless its source was certainly not out.
    pub fn counts(asked: Option<&Self>, timeline: &Timeline, citation: &Citation) -> bool {
        asked.is_none_or(|known_on| known_on.citation(timeline, citation) != Known::NotYet)
    }

    /// By publication, as the best known of its citations, whatever their stance: a copy tells what its origin had told before.
    /// Sources without a date count only where none has one; then it is *perhaps*, as for an event without citations.
    ///
    /// By our record, as the date on which it was recorded, whatever its sources: what they say of it may have been added later.
    pub fn event(&self, timeline: &Timeline, event: &Event) -> Known {
        self.event_by(event, |source| self.told(timeline, timeline.source(source)?))
    }

    /// [`KnownOn::event`] with sources as in [`KnownOn::sources`].
    pub fn event_among(&self, sources: &FxHashMap<&str, Known>, event: &Event) -> Known {
        self.event_by(event, |source| sources.get(source).copied())
    }

    fn event_by(&self, event: &Event, told: impl Fn(&str) -> Option<Known>) -> Known {
        let known = match self.by {
            KnownBy::Published => event.citations.iter().filter_map(|citation| told(&citation.source)).min(),
            KnownBy::Recorded => event.rare.recorded.as_ref().map(|date| self.was_over(date)),
        };
        known.unwrap_or(Known::Perhaps)
    }

    /// Whether what a source says was out, by itself or by what it derives from; none where neither gives a date.
    fn told(&self, timeline: &Timeline, source: &Source) -> Option<Known> {
        let mut best = None;
        let mut next = Some(source);
        for _ in 0..=LONGEST_CHAIN {
            let Some(source) = next else { break };
            let own = came_out(source).map(|date| self.was_over(date));
            best = [best, own].into_iter().flatten().min();
            next = source.origin.as_deref().and_then(|origin| timeline.source(origin));
        }
        best
    }

    /// The days on which an answer changes, in order, each once: where a replay stops. By publication they are those of
    /// sources that some event cites, by our record those on which events were recorded. What is dated to a day has that one;
    /// what is vaguer its first day and its last. `is_cited` says of an id whether any event cites that source.
    pub fn steps(timeline: &Timeline, by: KnownBy, zone: Zone, is_cited: impl Fn(&str) -> bool) -> Vec<Date> {
        let days_of = |date| first_and_last_day(date, zone).into_iter().flatten();
        let mut days: Vec<CivilDay> = match by {
            KnownBy::Published => {
                let cited = timeline.sources().iter().filter(|source| is_cited(&source.id));
                cited.filter_map(came_out).flat_map(days_of).collect()
            }
            KnownBy::Recorded => {
                let recorded = timeline.events().iter().filter_map(|event| event.rare.recorded.as_ref());
                recorded.flat_map(days_of).collect()
            }
        };
        days.sort_unstable();
        days.dedup();
        days.into_iter().map(Date::from_day).collect()
    }
}

/// When a source came out, as far as it says.
fn came_out(source: &Source) -> Option<&Date> {
    source.published.as_ref().or(source.information.as_ref())
}

/// The days on which a date begins and is over, where they lie on the axis; a time of day stands where the zone's clock
/// stood.
fn first_and_last_day(date: &Date, zone: Zone) -> [Option<CivilDay>; 2] {
    let extent = date.extent(zone);
    let (start, end) = (extent.earliest_start.instant(), extent.latest_end.instant());
    [start.map(Instant::day), end.map(|end| end.saturating_add(-1).day())]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Header, Stance};

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn known_on(text: &str) -> KnownOn {
        KnownOn::new(&date(text), Zone::UTC).unwrap()
    }

    /// An id, with the dates of publication and of the information ("" for none).
    fn source(id: &str, published: &str, information: &str) -> Source {
        let given = |text: &str| (!text.is_empty()).then(|| date(text));
        Source { published: given(published), information: given(information), ..Source::new(id, id) }
    }

    fn timeline(sources: Vec<Source>, citations: &[(&str, Stance)]) -> Timeline {
        let mut event = Event::new("e", "e", date("2024-06-19"));
        event.citations =
            citations.iter().map(|(source, stance)| Citation { stance: *stance, ..Citation::new(*source) }).collect();
        Timeline::from_records(Header::new("t"), Vec::new(), sources, vec![event], Vec::new(), Vec::new())
    }

    #[test]
    fn a_source_is_known_when_all_of_its_date_is_over() {
        let cases = [
            ("2024-10-24", "", "2024-10-24", Known::Yes),
            ("2024-10-24", "", "2024-10-23", Known::NotYet),
            ("2024-10", "", "2024-10-24", Known::Perhaps),
            ("2024-10", "", "2024-10-31", Known::Yes),
            ("2024-10", "", "2024-09", Known::NotYet),
            ("2024-10-24", "", "2024-10", Known::Yes),
            ("2024-10-21/2024-10-31", "", "2024-10-25", Known::Perhaps),
            ("[..2024-10-20]", "", "2024-10-20", Known::Yes),
            ("[..2024-10-20]", "", "2024-10-10", Known::Perhaps),
            ("[2024-10-20,2024-11-20]", "", "2024-10-31", Known::Perhaps),
            ("2024-10-24T23:30:00Z", "", "2024-10-24", Known::Yes),
            ("2024-10-24~", "", "2024-10-24", Known::Yes),
            ("", "2024-10-23", "2024-10-24", Known::Yes),
            ("", "2024-10-25", "2024-10-24", Known::NotYet),
            // It came out later than its information.
            ("2024-10-25", "2024-06-19", "2024-10-24", Known::NotYet),
            ("", "", "2024-10-24", Known::Perhaps),
            ("Y-17E7", "", "2024-10-24", Known::Yes),
        ];
        for (published, information, on, expected) in cases {
            let source = source("s", published, information);
            assert_eq!(known_on(on).source(&source), expected, "{published:?} {information:?} on {on}");
        }
    }

    #[test]
    fn a_time_counts_on_the_clock_of_the_zone() {
        let moscow = Zone::parse("Europe/Moscow").unwrap();
        let during = |text: &str, source: &Source| KnownOn::new(&date(text), moscow).unwrap().source(source);
        // In the hour that came twice, what came out later is not known before.
        let (first, second) = (source("a", "2014-10-25T21:45:00Z", ""), source("b", "2014-10-25T22:15:00Z", ""));
        assert_eq!(during("2014-10-25T21:50Z", &first), Known::Yes);
        assert_eq!(during("2014-10-25T21:50Z", &second), Known::NotYet);
        assert_eq!(during("2014-10-25T22:20Z", &second), Known::Yes);
        let late = source("s", "2024-10-24T22:00:00Z", "");
        assert_eq!(KnownOn::new(&date("2024-10-24"), moscow).unwrap().source(&late), Known::NotYet);
        assert_eq!(known_on("2024-10-24").source(&late), Known::Yes);
    }

    #[test]
    fn an_event_is_known_by_any_citation_and_perhaps_without_one() {
        let copy = |id: &str, published: &str, origin: &str| Source {
            origin: Some(origin.into()),
            ..source(id, published, "")
        };
        let sources = || {
            vec![
                source("early", "2024-06-19", ""),
                source("late", "2025-01-01", ""),
                source("undated", "", ""),
                copy("copy", "", "early"),
                copy("late-copy", "2025-01-01", "copy"),
                copy("circle", "", "round"),
                copy("round", "", "circle"),
            ]
        };
        let cases: [(&[(&str, Stance)], Known); 11] = [
            (&[("late", Stance::Supports), ("early", Stance::Supports)], Known::Yes),
            (&[("early", Stance::Denies)], Known::Yes),
            (&[("early", Stance::Mentions)], Known::Yes),
            (&[("late", Stance::Supports)], Known::NotYet),
            (&[("late", Stance::Supports), ("undated", Stance::Supports)], Known::NotYet),
            (&[("undated", Stance::Supports)], Known::Perhaps),
            (&[("copy", Stance::Supports)], Known::Yes),
            (&[("late-copy", Stance::Supports)], Known::Yes),
            (&[("circle", Stance::Supports)], Known::Perhaps),
            (&[("not-in-the-file", Stance::Supports)], Known::Perhaps),
            (&[], Known::Perhaps),
        ];
        for (citations, expected) in cases {
            let timeline = timeline(sources(), citations);
            let event = timeline.events().iter().next().unwrap();
            assert_eq!(known_on("2024-10-24").event(&timeline, event), expected, "{citations:?}");
        }
    }

    #[test]
    fn a_date_without_an_end_asks_nothing() {
        for text in ["2024-10-24/..", "2024-10-24/", "[2024-10..]", "Y17E7"] {
            assert_eq!(KnownOn::new(&date(text), Zone::UTC), None, "{text}");
        }
        assert_eq!(known_on("2024-10-24").describe(), "As known on 24 Oct 2024");
        let ours = KnownOn::of(&date("2024-10-24"), KnownBy::Recorded, Zone::UTC).unwrap();
        assert_eq!(ours.describe(), "As we knew it on 24 Oct 2024 (by our own record)");
    }

    #[test]
    fn a_replay_stops_where_a_cited_source_comes_out() {
        let sources = vec![
            source("b", "2024-11-09", ""),
            source("a", "2024-10-24", ""),
            source("same-day", "2024-10-24T09:00:00Z", ""),
            source("vague", "2024-10", ""),
            source("undated", "", ""),
            source("uncited", "2023-01-01", ""),
            source("information", "", "2024-06-19"),
        ];
        let cited = ["b", "a", "same-day", "vague", "undated", "information"].map(|id| (id, Stance::Supports));
        let is_cited = |id: &str| cited.iter().any(|(cited, _)| *cited == id);
        let steps = KnownOn::steps(&timeline(sources, &cited), KnownBy::Published, Zone::UTC, is_cited);
        let steps: Vec<&str> = steps.iter().map(Date::as_str).collect();
        assert_eq!(steps, ["2024-06-19", "2024-10-01", "2024-10-24", "2024-10-31", "2024-11-09"]);
    }

    #[test]
    fn a_replay_of_our_record_stops_where_events_were_entered() {
        let mut events: Vec<Event> = ["2024-07-01", "2024-10", "", "2024-07-01T09:00Z", "2024-08-02"]
            .into_iter()
            .enumerate()
            .map(|(at, recorded)| {
                let mut event = Event::undated(format!("e{at}"), "e");
                event.rare.recorded = (!recorded.is_empty()).then(|| date(recorded));
                event
            })
            .collect();
        events.reverse();
        let timeline = Timeline::from_records(Header::new("t"), vec![], vec![], events, vec![], vec![]);
        let steps = KnownOn::steps(&timeline, KnownBy::Recorded, Zone::UTC, |_| false);
        let steps: Vec<&str> = steps.iter().map(Date::as_str).collect();
        assert_eq!(steps, ["2024-07-01", "2024-08-02", "2024-10-01", "2024-10-31"]);
    }

    proptest! {
        #[test]
        fn what_is_known_stays_known(
            day in 0_i64..40_000, earlier in 0_i64..40_000, later in 0_i64..40_000, form in 0_usize..4,
        ) {
            let (earlier, later) = (earlier.min(later), earlier.max(later));
            let written = Date::from_day(CivilDay::from_number(day));
            let text = match form {
                0 => written.to_string(),
                1 => written.as_str().chars().take(7).collect(),
                2 => written.as_str().chars().take(4).collect(),
                _ => format!("[..{written}]"),
            };
            let source = source("s", &text, "");
            let on = |day| KnownOn::new(&Date::from_day(CivilDay::from_number(day)), Zone::UTC).unwrap();
            prop_assert!(on(later).source(&source) <= on(earlier).source(&source));
            let mut event = Event::undated("e", "e");
            event.rare.recorded = source.published.clone();
            let nothing = Timeline::empty("t");
            let known = |day| {
                let on = KnownOn::of(&Date::from_day(CivilDay::from_number(day)), KnownBy::Recorded, Zone::UTC).unwrap();
                (on.event(&nothing, &event), on.source(&source))
            };
            // By our record an event stays known; a source is never certain, and stays possible.
            let ((event_before, source_before), (event_after, source_after)) = (known(earlier), known(later));
            prop_assert!(event_after <= event_before && source_after <= source_before);
            prop_assert!(source_after != Known::Yes);
        }
    }
}
