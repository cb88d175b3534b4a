//! The order of events by what they have in a field: values are ranked once, in the dictionaries of their columns, and events
//! sorted by numbers.
//!
//! | what | compares by |
//! |---|---|
//! | a date | where on the axis of a zone it can begin, then where it can end; as [`SortKey`] has it |
//! | a term of a few, as the standing | its place in the menus |
//! | a text | its folded letters, as a search reads them |
//! | a list | its items, one after the other |
//! | a field of the user's own | numbers where all its texts are such, else letters, with the numbers among them as numbers |
//! | what has several records | how many |
//!
//! What has no value comes last, whichever way the others are sorted; equal values keep the order of the file.
//!
//! [`SortKey`]: crate::time::SortKey

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::block::{Block, Shared};
use super::column::Growing;
use super::dictionary::Dictionary;
use super::fold;
use super::keys::{self, NONE};
use super::said::Said;
use super::texts::Texts;
use crate::model::{
    CitationField, Event, EventField, Field as _, JudgmentField, Kind, Known, KnownOn, RecordKind, Text, Timeline,
    Value,
};
use crate::time::Zone;

/// Letters of a long text that decide about its place, in bytes of its folded form.
const DECISIVE: usize = 128;

/// What events are put in order by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderBy {
    /// A field; of citations, links and images how many there are.
    Field(EventField),
    /// The first day or moment that it can touch.
    Earliest,
    /// The last.
    Latest,
    /// Who is cited, in the order of the citations.
    Sources,
    /// A field of the user's own.
    Own(Text),
}

/// Events that are put in order: those of a timeline whose texts these are.
#[derive(Clone, Copy)]
pub struct Sorter<'t> {
    /// The timeline.
    pub timeline: &'t Timeline,
    /// The texts of its events.
    pub texts: &'t Texts,
    /// The date as of which sources count.
    pub known_on: Option<&'t KnownOn>,
    /// The zone of the axis, by which dates are compared.
    pub zone: Zone,
    /// Whether the order is no longer asked for.
    pub cancelled: &'t AtomicBool,
}

impl Sorter<'_> {
    /// The positions of all events in order; none where that was called off.
    pub fn order(&self, by: &OrderBy, descending: bool) -> Option<Vec<u32>> {
        let ranked = |ranks: Option<(Vec<u32>, usize)>| {
            let (ranks, count) = ranks?;
            self.unless_off(|| keys::by_ranks(&ranks, count, descending))
        };
        let compared = |parts: Option<Vec<Growing<u8>>>| {
            let parts = parts?;
            let keys: Vec<&[u8]> = parts.iter().flat_map(Growing::iter).collect();
            self.unless_off(|| keys::by_bytes(&keys, descending))
        };
        match by {
            OrderBy::Earliest => ranked(self.by_date(EventField::Date, |(start, nanos, _)| (start, i64::from(nanos)))),
            OrderBy::Latest => ranked(self.by_date(EventField::Date, |(_, _, end)| (end, 0))),
            OrderBy::Sources => compared(self.by_sources()),
            OrderBy::Own(name) => compared(self.by_own(name)),
            OrderBy::Field(EventField::Title) => self.unless_off(|| keys::by_bytes(&self.texts.titles(), descending)),
            OrderBy::Field(field @ (EventField::Actors | EventField::Tags)) => compared(self.by_list(*field)),
            OrderBy::Field(EventField::Citations) => ranked(self.by_count(|event| self.counted_citations(event))),
            OrderBy::Field(EventField::Links) => ranked(self.by_count(|event| event.links.len())),
            OrderBy::Field(EventField::Images) => ranked(self.by_count(|event| event.rare.images.len())),
            OrderBy::Field(EventField::Fields) => ranked(self.by_count(|event| event.rare.fields.len())),
            OrderBy::Field(EventField::Judgment) => ranked(self.by_judgment()),
            OrderBy::Field(field @ EventField::Coordinates) => compared(self.by_places(*field)),
            OrderBy::Field(field) => match (Shared::Event(*field).place(), field.kind()) {
                (Some(_), Kind::Date) => ranked(self.by_date(*field, |key| key)),
                (Some(place), _) => ranked(self.by_term(place)),
                (None, _) => compared(self.by_text(*field)),
            },
        }
    }

    fn is_off(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn unless_off<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        (!self.is_off()).then(work)
    }

    /// What is made of each block; none where that was called off.
    fn of_blocks<T: Send>(&self, of: impl Fn(&Block) -> T + Sync) -> Option<Vec<T>> {
        self.unless_off(|| self.texts.of_blocks(of))
    }

    /// A rank for each event from the numbers that it has in a column.
    fn ranks(&self, place: usize, rank: impl Fn(&[u32]) -> u32 + Sync) -> Option<Vec<u32>> {
        let parts = self.of_blocks(|block| {
            let column = block.column(place);
            column.map(|column| column.map(&rank)).unwrap_or_default()
        })?;
        Some(parts.concat())
    }

    /// Ranks of a column of dates, by what is compared of each.
    fn by_date<K: Ord + Send>(
        &self,
        field: EventField,
        key: impl Fn((i64, u16, i64)) -> K + Sync,
    ) -> Option<(Vec<u32>, usize)> {
        let place = Shared::Event(field).place()?;
        let zone = self.zone;
        let terms = terms(self.texts.dictionary(place)?, |said| match said {
            // What clamps alike lies beyond the axis: there the day decides no more.
            Said::Date(date) => Some(key(date.sort_key(zone).clamped())),
            _ => None,
        });
        self.by_first(place, terms)
    }

    /// Ranks of a column of terms or texts.
    fn by_term(&self, place: usize) -> Option<(Vec<u32>, usize)> {
        let dictionary = self.texts.dictionary(place)?;
        let terms = terms(dictionary, |said| self.place_of(dictionary, said));
        self.by_first(place, terms)
    }

    /// Ranks of events by those of the terms that they have in a column.
    fn by_first(&self, place: usize, (terms, count): (Vec<u32>, usize)) -> Option<(Vec<u32>, usize)> {
        let first = |row: &[u32]| row.first().and_then(|number| terms.get(*number as usize)).copied().unwrap_or(NONE);
        Some((self.ranks(place, first)?, count))
    }

    /// What is compared of a term: its place among the choices, its number, its letters as they are shown.
    fn place_of(&self, dictionary: &Dictionary, said: &Said) -> Option<(usize, String)> {
        match said {
            Said::Undated | Said::Date(_) => None,
            Said::Number(number) => Some((*number as usize, String::new())),
            Said::Choice(choice) => {
                let Kind::Choice(choices) = dictionary.kind() else { return None };
                Some((choices.iter().position(|known| known == *choice)?, String::new()))
            }
            Said::Text(text) => Some((0, fold(self.title_of(dictionary.kind(), text)))),
        }
    }

    /// What is shown of a text that may be the id of a record.
    fn title_of<'a>(&'a self, kind: Kind, text: &'a Text) -> &'a str {
        match kind {
            Kind::Reference(RecordKind::Lane) => self.timeline.lane(text).map_or(text, |lane| &lane.title),
            Kind::Reference(RecordKind::Source) => {
                self.timeline.source(text).map_or(text, |source| source.short_name())
            }
            _ => text,
        }
    }

    /// By likelihood, then by confidence.
    fn by_judgment(&self) -> Option<(Vec<u32>, usize)> {
        let column = |field: JudgmentField| self.by_term(Shared::Judgment(field).place()?);
        let ((likely, _), (sure, sure_count)) =
            (column(JudgmentField::Likelihood)?, column(JudgmentField::Confidence)?);
        // A judgment that gives one of the two has the other's last rank.
        let rank = |(likely, sure): (u32, u32)| {
            u64::from(likely) * (sure_count as u64 + 1) + u64::from(sure.min(sure_count as u32))
        };
        let pairs =
            likely.into_iter().zip(sure).zip(0..).filter(|((likely, sure), _)| *likely != NONE || *sure != NONE);
        Some(keys::dense(pairs.map(|(pair, at)| (rank(pair), at)).collect(), self.texts.len()))
    }

    /// By how many of something events have; of nothing it is no value.
    fn by_count(&self, count: impl Fn(&Event) -> usize + Sync) -> Option<(Vec<u32>, usize)> {
        let parts = self.of_events(|events| {
            let rank = |event| u32::try_from(count(event)).ok().and_then(|count| count.checked_sub(1)).unwrap_or(NONE);
            events.map(rank).collect::<Vec<u32>>()
        })?;
        let ranks = parts.concat();
        let most = ranks.iter().filter(|rank| **rank != NONE).max().map_or(0, |most| *most as usize + 1);
        Some((ranks, most))
    }

    fn counted_citations(&self, event: &Event) -> usize {
        let counts = |citation: &&_| KnownOn::counts(self.known_on, self.timeline, citation);
        event.citations.iter().filter(counts).count()
    }

    /// The ranks of the items of a list, as bytes.
    fn by_list(&self, field: EventField) -> Option<Vec<Growing<u8>>> {
        let place = Shared::Event(field).place()?;
        let dictionary = self.texts.dictionary(place)?;
        let (terms, _) = terms(dictionary, |said| self.place_of(dictionary, said));
        self.of_blocks(|block| {
            let mut keys = Growing::default();
            for event in 0..block.events() {
                let row = block.column(place).map_or(&[][..], |column| column.get(event));
                row.iter().for_each(|number| push_rank(&mut keys.all, &terms, *number));
                keys.end();
            }
            keys
        })
    }

    /// The ranks of the names of the sources that are cited, as bytes, each once.
    fn by_sources(&self) -> Option<Vec<Growing<u8>>> {
        let place = Shared::Citation(CitationField::Source).place()?;
        let dictionary = self.texts.dictionary(place)?;
        let is_out = |id: &Text| {
            let known = self.known_on.zip(self.timeline.source(id));
            known.is_none_or(|(known_on, source)| known_on.source(source) != Known::NotYet)
        };
        let (terms, _) = terms(dictionary, |said| match said {
            Said::Text(id) if is_out(id) => self.place_of(dictionary, said),
            _ => None,
        });
        self.of_blocks(|block| {
            let mut keys = Growing::default();
            let Some(column) = block.column(place) else { return keys };
            for event in 0..block.events() {
                let begun = keys.all.len();
                for number in block.citations_of(event).flat_map(|citation| column.get(citation)) {
                    let ends = keys.all.len();
                    push_rank(&mut keys.all, &terms, *number);
                    // A publisher that is cited twice is named once.
                    let (before, own) = keys.all.split_at(ends);
                    let is_named = before.get(begun..).unwrap_or_default().chunks(4).any(|known| known == own);
                    if is_named {
                        keys.all.truncate(ends);
                    }
                }
                keys.end();
            }
            keys
        })
    }

    /// Latitude, then longitude.
    fn by_places(&self, field: EventField) -> Option<Vec<Growing<u8>>> {
        self.of_keys(move |event, key| {
            if let Value::Coordinates(place) = field.get(event) {
                key.extend(keys::bytes_of(place.latitude()));
                key.extend(keys::bytes_of(place.longitude()));
            }
        })
    }

    /// The folded letters of a field that has no column.
    fn by_text(&self, field: EventField) -> Option<Vec<Growing<u8>>> {
        self.of_keys(move |event, key| {
            if let Some(text) = field.get(event).as_str() {
                push_letters(key, text);
            }
        })
    }

    /// As numbers where all are; that is known once all were read, so it is tried first.
    fn by_own(&self, name: &Text) -> Option<Vec<Growing<u8>>> {
        let numbers = self.of_events(|events| {
            let mut keys = Growing::default();
            for event in events {
                if let Some(text) = own(event, name) {
                    keys.all.extend(keys::bytes_of(keys::number(text)?));
                }
                keys.end();
            }
            Some(keys)
        })?;
        if let Some(numbers) = numbers.into_iter().collect() {
            return Some(numbers);
        }
        self.of_keys(|event, key| match own(event, name) {
            Some(text) if text.is_ascii() => keys::push_natural(key, text),
            Some(text) => keys::push_natural(key, &fold(text)),
            None => {}
        })
    }

    /// The key of each event, written behind one another.
    fn of_keys(&self, push: impl Fn(&Event, &mut Vec<u8>) + Sync) -> Option<Vec<Growing<u8>>> {
        self.of_events(|events| {
            let mut keys = Growing::default();
            for event in events {
                let begun = keys.all.len();
                push(event, &mut keys.all);
                keys.all.truncate(begun + DECISIVE);
                keys.end();
            }
            keys
        })
    }

    /// What is made of the events of each part of the list; none where that was called off.
    fn of_events<T: Send>(&self, of: impl Fn(&mut dyn Iterator<Item = &Event>) -> T + Sync) -> Option<Vec<T>> {
        /// Events that one task reads.
        const A_TASK: usize = 4_096;
        self.unless_off(|| {
            let events = self.texts.events();
            let starts: Vec<usize> = (0..events.len()).step_by(A_TASK).collect();
            let part = |start: usize| {
                let mut part = events.range(start..events.len().min(start + A_TASK));
                of(&mut part)
            };
            starts.into_par_iter().map(part).collect()
        })
    }
}

/// What an event says in a field of the user's own; blanks are nothing.
fn own<'e>(event: &'e Event, name: &str) -> Option<&'e Text> {
    event.rare.fields.get(name).filter(|text| !text.trim().is_empty())
}

/// The dense ranks of the terms of a dictionary, by number.
fn terms<K: Ord + Send>(dictionary: &Dictionary, key: impl Fn(&Said) -> Option<K> + Sync) -> (Vec<u32>, usize) {
    let all: Vec<&Said> = dictionary.iter().collect();
    let keyed = |(at, said): (usize, &&Said)| Some((key(said)?, at as u32));
    let keyed: Vec<(K, u32)> = all.par_iter().with_min_len(1_024).enumerate().filter_map(keyed).collect();
    keys::dense(keyed, all.len())
}

/// Adds the rank of a term, from one, where it has one.
fn push_rank(to: &mut Vec<u8>, terms: &[u32], number: u32) {
    if let Some(rank) = terms.get(number as usize).filter(|rank| **rank != NONE) {
        to.extend((rank + 1).to_be_bytes());
    }
}

/// Adds the folded letters of a text.
fn push_letters(to: &mut Vec<u8>, text: &str) {
    if text.is_ascii() {
        to.extend(text.bytes().take(DECISIVE).map(|byte| byte.to_ascii_lowercase()));
    } else {
        to.extend(fold(text).into_bytes());
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Citation, Lane, Source, Standing};
    use crate::time::{Date, Zone};

    const DATES: [&str; 9] = [
        "2024-06",
        "2024-06-01",
        "2024-06-01~",
        "2024-06-01/2024-06-30",
        "../2019",
        "2024-06/..",
        "1961",
        "Y-17E7",
        "",
    ];
    const TITLES: [&str; 7] = [
        "Duma ratifies",
        "DUMA RATIFIES",
        "Алёшин",
        "алешин едет",
        "a",
        "Signing",
        "signing, again and again and again",
    ];
    const TERMS: [&str; 4] = ["treaty", "Treaty", "law", "press"];

    fn order(timeline: &Timeline, by: &OrderBy, descending: bool) -> Vec<u32> {
        let (texts, cancelled) = (Texts::of(timeline.events()), AtomicBool::new(false));
        Sorter { timeline, texts: &texts, known_on: None, zone: timeline.zone(), cancelled: &cancelled }
            .order(by, descending)
            .unwrap()
    }

    /// Holds the order against one of keys that are compared.
    #[track_caller]
    fn check<K: Ord>(timeline: &Timeline, by: OrderBy, key: impl Fn(&Event) -> Option<K>) {
        let key = |at: &u32| key(&timeline.events()[*at as usize]);
        let mut wanted: Vec<u32> = (0..timeline.events().len() as u32).collect();
        wanted.sort_by_key(|at| (key(at).is_none(), key(at)));
        assert_eq!(order(timeline, &by, false), wanted, "{by:?}");
        wanted.sort_unstable();
        wanted.sort_by_key(|at| (key(at).is_none(), Reverse(key(at))));
        assert_eq!(order(timeline, &by, true), wanted, "{by:?}, descending");
    }

    fn timeline(events: Vec<Event>) -> Timeline {
        let lane = |id: &str, title: &str| Lane { id: id.into(), title: title.into(), color: None, note: None };
        let lanes = vec![lane("z", "army"), lane("a", "Law"), lane("m", "LAW")];
        let mut sources: Vec<Source> = ["s0", "s1", "s2"].map(|id| Source::new(id, format!("Report {id}"))).into();
        sources[0].publisher = Some("Zeitung".into());
        Timeline::from_records(Timeline::empty("t").header().clone(), lanes, sources, events, vec![], vec![])
    }

    fn event() -> impl Strategy<Value = Event> {
        let terms = proptest::collection::vec(0..TERMS.len(), 0..4);
        let sources = proptest::collection::vec(0..4_usize, 0..3);
        (0..TITLES.len(), 0..DATES.len(), 0..5_usize, terms, 0..Standing::ALL.len(), 0..6_u8, sources).prop_map(
            |(title, date, lane, tags, standing, weight, sources)| {
                let mut event = Event::undated("", TITLES[title]);
                event.date = Date::parse(DATES[date]).ok();
                event.lane = ["z", "a", "m", "gone"].get(lane).map(|id| (*id).into());
                event.tags = tags.into_iter().map(|at| TERMS[at].into()).collect();
                event.standing = Standing::ALL[standing];
                event.weight = weight.max(1);
                event.citations = sources.into_iter().map(|at| Citation::new(format!("s{at}"))).collect();
                if weight > 0 {
                    event.rare.fields.put("Chapter", format!("{} {weight}", TERMS[weight as usize % 2]));
                    event.rare.fields.put("Dead", format!("{}", i32::from(weight) * 7 - 14));
                }
                event
            },
        )
    }

    proptest! {
        #[test]
        fn events_are_sorted_as_if_each_were_compared(events in proptest::collection::vec(event(), 0..60)) {
            let mut events = events;
            for (at, event) in events.iter_mut().enumerate() {
                event.id = format!("e{at}").into();
            }
            let timeline = timeline(events);
            let each_once = |items: &mut dyn Iterator<Item = String>| {
                let mut known: Vec<String> = Vec::new();
                items.for_each(|item| if !known.contains(&item) { known.push(item) });
                (!known.is_empty()).then_some(known)
            };
            let field = OrderBy::Field;
            check(&timeline, field(EventField::Title), |event| Some(fold(&event.title)));
            check(&timeline, field(EventField::Date), |event| event.date.as_ref().map(|date| date.sort_key(Zone::UTC).clamped()));
            check(&timeline, field(EventField::Standing), |event| Standing::ALL.iter().position(|it| *it == event.standing));
            check(&timeline, field(EventField::Weight), |event| Some(event.weight));
            check(&timeline, field(EventField::Id), |event| Some(fold(&event.id)));
            check(&timeline, field(EventField::Citations), |event| Some(event.citations.len()).filter(|count| *count > 0));
            check(&timeline, field(EventField::Lane), |event| {
                event.lane.as_ref().map(|id| fold(timeline.lane(id).map_or(id, |lane| &lane.title)))
            });
            check(&timeline, field(EventField::Tags), |event| {
                // What is written twice is a tag once; what differs in its letters alone is two.
                let tags = each_once(&mut event.tags.iter().map(ToString::to_string));
                tags.map(|tags| tags.iter().map(|tag| fold(tag)).collect::<Vec<_>>())
            });
            check(&timeline, OrderBy::Sources, |event| {
                let name = |id: &Text| fold(timeline.source(id).map_or(id.as_str(), Source::short_name));
                each_once(&mut event.citations.iter().map(|citation| name(&citation.source)))
            });
            check(&timeline, OrderBy::Earliest, |event| {
                event.date.as_ref().map(|date| (date.sort_key(Zone::UTC).clamped().0, date.sort_key(Zone::UTC).clamped().1))
            });
            check(&timeline, OrderBy::Latest, |event| event.date.as_ref().map(|date| date.sort_key(Zone::UTC).clamped().2));
            check(&timeline, OrderBy::Own("Dead".into()), |event| {
                event.rare.fields.get("Dead").map(|text| text.parse::<i32>().unwrap())
            });
            check(&timeline, OrderBy::Own("Chapter".into()), |event| event.rare.fields.get("Chapter").map(|text| fold(text)));
            check(&timeline, OrderBy::Own("None".into()), |_| None::<u8>);
        }
    }

    #[test]
    fn an_order_by_date_is_time_order_and_undated_stay_last() {
        let dated = |id: &str, date: &str| Event { date: Date::parse(date).ok(), ..Event::undated(id, id) };
        let timeline =
            timeline(vec![dated("a", ""), dated("b", "2024-06"), dated("c", "1961"), dated("d", "2024-06-01")]);
        assert_eq!(order(&timeline, &OrderBy::Field(EventField::Date), false), [2, 3, 1, 0]);
        assert_eq!(order(&timeline, &OrderBy::Field(EventField::Date), true), [1, 3, 2, 0]);
    }

    #[test]
    fn every_field_can_be_sorted_by_and_what_is_called_off_has_no_order() {
        let timeline = timeline(vec![Event::undated("b", "B"), Event::undated("a", "A")]);
        for field in EventField::ALL {
            assert_eq!(order(&timeline, &OrderBy::Field(*field), false).len(), 2, "{field:?}");
        }
        let (texts, cancelled) = (Texts::of(timeline.events()), AtomicBool::new(true));
        let sorter =
            Sorter { timeline: &timeline, texts: &texts, known_on: None, zone: timeline.zone(), cancelled: &cancelled };
        assert_eq!(sorter.order(&OrderBy::Field(EventField::Title), false), None);
    }
}
