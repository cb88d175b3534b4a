//! The bands of the track: which there are, and which a value belongs to.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::facet::{Facet, Value, Values};
use super::line::{GrowingLine, Line};
use super::pile::Pile;
use super::rows::{self, Limits, MOST_ROWS, Wanted};
use super::{Band, BandKey, Placed, Tally};
use crate::model::{Arrangement, BandOrder, EventField, Grouping, Standing, Timeline};
use crate::query::NaturalKey;
use crate::time::Instant;

/// The lines of a band: rows in which nothing overlaps, and below them the pile.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    pub rows: Vec<Line>,
    pub pile: Pile,
    /// How many rows there may be: the number of the pile.
    pub most: usize,
}

impl Default for Lines {
    /// None, of those of a window.
    fn default() -> Self {
        Self { rows: Vec::new(), pile: Pile::default(), most: MOST_ROWS }
    }
}

/// How events are packed into the rows of an index.
#[derive(Debug, Clone, Copy)]
pub(super) struct LinePacking {
    /// How long a label is kept free for.
    pub footprint_micros: i64,
    /// Whether events without weight share the line below the rows.
    pub piles_weightless: bool,
}

impl Lines {
    /// Packs events that come by start into the rows of a window. Says for each which row it has.
    pub fn packed(events: &[Placed], packing: LinePacking) -> (Self, Vec<u16>) {
        let wanted = |event: &Placed| Wanted::with_footprint(event, packing.footprint_micros);
        if packing.piles_weightless && events.iter().any(|event| event.weight == 0) {
            let heavy: Vec<Wanted> = events.iter().filter(|event| event.weight > 0).map(wanted).collect();
            let (rows, count) = rows::pack(heavy.into_iter(), Limits::INDEX);
            // The pile stands directly below the rows that are taken: those that need none of their own are below all that do.
            let most = u16::try_from(count).unwrap_or(u16::MAX);
            let mut rows = rows.into_iter();
            let row =
                |event: &Placed| if event.weight > 0 { rows.next().map_or(most, |row| row.min(most)) } else { most };
            let assigned: Vec<u16> = events.iter().map(row).collect();
            return (Self::of(events, &assigned, count, count), assigned);
        }
        let (assigned, count) = rows::pack(events.iter().map(wanted), Limits::INDEX);
        (Self::of(events, &assigned, count, MOST_ROWS), assigned)
    }

    /// All of them in one line, which counts what is too close. Says for each which row it has.
    pub fn collapsed(events: &[Placed]) -> (Self, Vec<u16>) {
        (Self { rows: Vec::new(), pile: Pile::of(Line::of(events)), most: 0 }, vec![0; events.len()])
    }

    /// Lines of events that come by start, in rows that have been assigned to them.
    pub fn of(events: &[Placed], assigned: &[u16], count: usize, most: usize) -> Self {
        // How many each line holds is counted first, so that each takes its room at once; then all are filled in one pass, the pile last.
        let line = |row: u16| usize::from(row).min(count);
        let mut sizes = vec![0_usize; count + 1];
        for row in assigned {
            if let Some(size) = sizes.get_mut(line(*row)) {
                *size += 1;
            }
        }
        let mut lines: Vec<GrowingLine> = sizes.into_iter().map(GrowingLine::with_room).collect();
        for (event, row) in events.iter().zip(assigned) {
            if let Some(growing) = lines.get_mut(line(*row)) {
                growing.push(event);
            }
        }
        let mut lines = lines.into_iter().map(GrowingLine::done);
        let rows = lines.by_ref().take(count).collect();
        Self { rows, pile: Pile::of(lines.next().unwrap_or_default()), most }
    }

    /// Whether nothing stands in them.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().chain([&self.pile.line]).all(Line::is_empty)
    }

    /// How many rows the band shows.
    pub fn height(&self) -> u32 {
        let rows = if self.pile.line.is_empty() { self.rows.len() } else { self.most + 1 };
        u32::try_from(rows.max(1)).unwrap_or(u32::MAX)
    }

    /// The number of the pile.
    pub fn pile_row(&self) -> u32 {
        u32::try_from(self.most).unwrap_or(u32::MAX)
    }

    /// Rows from the top, then the pile; each with its number.
    pub fn numbered(&self) -> impl Iterator<Item = (u32, &Line)> {
        (0..).zip(&self.rows).chain([(self.pile_row(), &self.pile.line)]).filter(|(_, line)| !line.is_empty())
    }

    /// Whether an event in them touches a stretch of time.
    pub fn touch(&self, (start, end): (Instant, Instant)) -> bool {
        let in_row = |line: &Line| !line.touching(start, end).is_empty();
        self.rows.iter().any(in_row) || self.pile.touching(start, end, &mut Tally::default()) > 0
    }

    /// Takes an event that begins at an instant out of a row.
    pub fn remove(&mut self, row: u32, slot: u32, start: Instant) {
        match self.rows.get_mut(row as usize) {
            Some(line) => {
                line.remove(slot, start);
            }
            None => {
                self.pile.remove(slot, start);
            }
        }
        // The pile stands below the last possible row: it needs none above it.
        while self.rows.last().is_some_and(Line::is_empty) {
            self.rows.pop();
        }
    }

    /// Puts an event into the row it had where it fits there, else where its label has room, else into the row that has
    /// been free for longest, else into a new row, else onto the pile; says which. Nothing else moves.
    pub fn insert(&mut self, event: &Placed, footprint_micros: i64, had: Option<u32>) -> u32 {
        let row = self.choose(event, footprint_micros, had);
        if row >= self.most {
            self.pile.insert(event);
        } else {
            while self.rows.len() <= row {
                self.rows.push(Line::default());
            }
            if let Some(line) = self.rows.get_mut(row) {
                line.insert(event);
            }
        }
        u32::try_from(row.min(self.most)).unwrap_or(u32::MAX)
    }

    fn choose(&self, event: &Placed, footprint_micros: i64, had: Option<u32>) -> usize {
        let gaps: Vec<Option<Gap>> = self.rows.iter().map(|line| Gap::around(line, event)).collect();
        let had = had.map(|row| row as usize);
        if let Some(had) = had.filter(|had| matches!(gaps.get(*had), Some(Some(_)))) {
            return had;
        }
        if let Some(row) = gaps.iter().position(|gap| gap.is_some_and(|gap| gap.has_room(event, footprint_micros))) {
            return row;
        }
        if gaps.len() < rows::SOFT_ROWS {
            return gaps.len();
        }
        let free = gaps.iter().enumerate().filter_map(|(row, gap)| Some((gap.as_ref()?.before, row)));
        free.min().map_or(gaps.len(), |(_, row)| row)
    }
}

/// All lines of all bands, each with the position of its band.
pub(super) fn each_line(bands: &[Lines]) -> impl Iterator<Item = (u32, &Line)> + Clone {
    (0..).zip(bands).flat_map(|(band, lines)| lines.rows.iter().chain([&lines.pile.line]).map(move |line| (band, line)))
}

/// What stands next to a place in a row.
#[derive(Debug, Clone, Copy)]
struct Gap {
    /// Where the event before begins and ends.
    begun: Instant,
    before: Instant,
    /// Where the event after begins.
    after: Instant,
}

impl Gap {
    /// None where the place is taken.
    fn around(line: &Line, event: &Placed) -> Option<Self> {
        let at = line.starts.partition_point(|start| *start < event.start);
        let previous = at.checked_sub(1).and_then(|at| line.get(at));
        let after = line.starts.get(at).copied().unwrap_or(Instant::MAX);
        let before = previous.map_or(Instant::MIN, |previous| previous.end);
        let is_free = before <= event.start && (event.past() <= after || line.starts.get(at).is_none());
        is_free.then_some(Self { begun: previous.map_or(Instant::MIN, |previous| previous.start), before, after })
    }

    /// Whether neither this event's label nor that of the one before would meet a mark.
    fn has_room(&self, event: &Placed, footprint_micros: i64) -> bool {
        let is_first = self.before == Instant::MIN;
        let clear_before = is_first || self.begun.saturating_add(footprint_micros) <= event.start;
        clear_before && event.past().max(event.start.saturating_add(footprint_micros)) <= self.after
    }
}

/// The most values that have a band each. Of more, the most frequent have, and the others share one: nobody finds their way
/// among more bands, and every frame looks at all of them.
pub(super) const MOST_VALUES: usize = 100;

/// Bands in their order, and those that are not shown.
#[derive(Debug, Clone, Default)]
pub(super) struct Arranged {
    pub bands: Vec<Band>,
    pub hidden: Vec<Band>,
}

/// When the first event of each value is, where bands stand by that.
pub(super) type Firsts = FxHashMap<Value, Instant>;

/// The bands of a grouping as they are arranged, given how many events have each value.
///
/// Every lane has one, whether it has events or not. Values have one where an event has them. Last are the bands of those whose
/// value has none, and of those without a value.
pub(super) fn bands(
    timeline: &Timeline,
    grouping: Grouping,
    values: &Values,
    arrangement: &Arrangement,
    firsts: Option<&Firsts>,
) -> Arranged {
    let all = listed(timeline, grouping, values, arrangement.most);
    if arrangement.is_plain() {
        return Arranged { bands: all, hidden: Vec::new() };
    }
    let (mut rest, mut own): (Vec<Band>, Vec<Band>) =
        all.into_iter().partition(|band| matches!(band.key, BandKey::Others | BandKey::Rest));
    let value = |band: &Band| value_of(timeline, &band.key);
    let first_of = |value: &Value| firsts.and_then(|firsts| firsts.get(value).copied());
    let first = |band: &Band| value(band).and_then(|value| first_of(&value)).unwrap_or(Instant::MAX);
    // Stable: what is equal stays as it is listed.
    match arrangement.order {
        BandOrder::Listed => {}
        BandOrder::First => own.sort_by_cached_key(first),
        BandOrder::Count => own.sort_by_cached_key(|band| Reverse(value(band).map_or(0, |value| values.of(&value)))),
        BandOrder::Name => own.sort_by_cached_key(|band| NaturalKey::of(&band.title)),
    }
    own.append(&mut rest);
    let by_hand = |band: &Band| arrangement.first.iter().position(|title| *title == band.title).unwrap_or(usize::MAX);
    own.sort_by_key(by_hand);
    for band in &mut own {
        band.is_collapsed = arrangement.is_collapsed(&band.title);
    }
    let (mut hidden, mut shown): (Vec<Band>, Vec<Band>) =
        own.into_iter().partition(|band| arrangement.is_hidden(&band.title));
    if shown.is_empty() {
        // A track without a band would leave nothing to point at.
        shown.extend(hidden.pop());
    }
    Arranged { bands: shown, hidden }
}

/// The value that a band stands for; none of those without a value, and of several that share one.
fn value_of(timeline: &Timeline, key: &BandKey) -> Option<Value> {
    match key {
        BandKey::Lane(at) => timeline.lanes().get(*at).map(|lane| Value::Text(lane.id.clone())),
        BandKey::Standing(standing) => Some(Value::Term(*standing as u8)),
        BandKey::Gone(id) => Some(Value::Text(id.clone())),
        BandKey::Value(value) => Some(value.clone()),
        BandKey::Others | BandKey::Rest => None,
    }
}

/// The bands as they are listed, with at most so many values that have one each.
fn listed(timeline: &Timeline, grouping: Grouping, values: &Values, most: Option<u32>) -> Vec<Band> {
    let Some(facet) = Facet::of(grouping) else { return vec![band(BandKey::Rest, String::new())] };
    let most = most.map_or(MOST_VALUES, |most| (most as usize).min(MOST_VALUES));
    if facet == Facet::Event(EventField::Lane) {
        let mut bands = lane_bands(timeline);
        let is_homeless = || {
            let unknown = values.others(timeline.lanes().iter().map(|lane| lane.id.as_str()));
            values.without() + unknown > 0
        };
        let has_rest = bands.is_empty() || is_homeless();
        // However many lanes a file has, each has its band unless fewer are asked for.
        if most < MOST_VALUES && bands.len() > most {
            let count = |band: &Band| value_of(timeline, &band.key).map_or(0, |value| values.of(&value));
            let mut largest: Vec<(usize, usize)> =
                bands.iter().enumerate().map(|(at, band)| (count(band), at)).collect();
            largest.sort_by_key(|(count, at)| (Reverse(*count), *at));
            largest.truncate(most);
            let kept: FxHashSet<usize> = largest.into_iter().map(|(_, at)| at).collect();
            let mut at = 0..;
            bands.retain(|_| at.next().is_some_and(|at| kept.contains(&at)));
            bands.push(band(BandKey::Others, OTHERS.to_owned()));
        }
        if has_rest {
            bands.push(rest(facet));
        }
        return bands;
    }
    let (listed, has_more) = values.listed(facet, timeline, most);
    let key = |value: &Value| match (facet, value) {
        (Facet::Event(EventField::Standing), Value::Term(at)) => {
            Standing::ALL.get(usize::from(*at)).map_or(BandKey::Rest, |standing| BandKey::Standing(*standing))
        }
        _ => BandKey::Value(value.clone()),
    };
    let mut bands: Vec<Band> = listed.into_iter().map(|value| band(key(value), facet.title(timeline, value))).collect();
    if has_more {
        bands.push(band(BandKey::Others, OTHERS.to_owned()));
    }
    if values.without() > 0 || bands.is_empty() {
        bands.push(rest(facet));
    }
    bands
}

/// What the band of all values is called that have none of their own.
const OTHERS: &str = "Others";

const fn band(key: BandKey, title: String) -> Band {
    Band { key, title, rows: 1, is_collapsed: false }
}

/// A band a lane.
pub(super) fn lane_bands(timeline: &Timeline) -> Vec<Band> {
    let lanes = timeline.lanes().iter().enumerate();
    lanes.map(|(at, lane)| band(BandKey::Lane(at), lane.title.to_string())).collect()
}

/// The band of what has no value of a facet.
pub(super) fn rest(facet: Facet) -> Band {
    band(BandKey::Rest, facet.without())
}

/// The band of what is not shown.
pub(super) const NOWHERE: u32 = u32::MAX;

/// Which band each value belongs to.
pub(super) struct Shares {
    bands: FxHashMap<Value, u32>,
    others: Option<u32>,
    rest: Option<u32>,
}

impl Shares {
    pub fn of(timeline: &Timeline, bands: &[Band], hidden: &[Band]) -> Self {
        let shown = (0_u32..).zip(bands).map(|(at, band)| (at, &band.key));
        let all = shown.chain(hidden.iter().map(|band| (NOWHERE, &band.key)));
        let mut shares = Self { bands: FxHashMap::default(), others: None, rest: None };
        for (at, key) in all {
            match (key, value_of(timeline, key)) {
                (BandKey::Others, _) => shares.others = Some(at),
                (BandKey::Rest, _) => shares.rest = Some(at),
                (_, Some(value)) => drop(shares.bands.insert(value, at)),
                (_, None) => {}
            }
        }
        shares
    }

    /// The band of a value, or of what has none; [`NOWHERE`] where that is not shown, none where there is no band for it.
    pub fn band(&self, value: Option<&Value>) -> Option<u32> {
        let Some(value) = value else { return self.rest };
        // The id of a lane that is not there is no lane.
        self.bands.get(value).copied().or(self.others).or(self.rest)
    }
}
