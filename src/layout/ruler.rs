//! The ruler: two levels of calendar divisions with labels that never touch each other.
//!
//! ```text
//!   │ October 2024                     │ November 2024           upper: names its unit, sticks to the left edge
//!   │ 21      │ 28      │              │ 4       │ 11            lower: ticks
//! ```
//!
//! On demand, ISO weeks are named where days or weeks are the lower level:
//!
//! ```text
//!   │ Week 43, 2024 · 21 Oct           │ Week 44, 2024 · 28 Oct
//!   │ 21 │ 22 │ 23 │ 24 │ …
//! ```
//!
//! Which levels are shown depends on the zoom alone, and ticks stand on calendar boundaries, so nothing jumps while panning.
//!
//! The ruler always names a date. The upper level has a unit each of which has room for a name with its year, so in a window of
//! [`Ruler::LEAST_WIDTH`] one of them is read in full, and those cut off at the edges may be short:
//!
//! ```text
//!   │ 29 Oct        │ Wed 30 Oct 2024       │ Thu 31 Oct 2024       │ 1 Nov      upper
//!   │ 12:00         │ 00:00     │ 12:00     │ 00:00     │ 12:00     │ 00:00      lower
//! ```
//!
//! Each stretch between folds, the first and the last too, is a window of its own. From the names in or at it one reads when it
//! begins, and which divisions its lines begin:
//!
//! - The lower level names what has room between its lines, a month or a day cut by an edge as well. It stays within its stretch, as
//!   the length of a fold stands in this level.
//! - What has no room there is named in the upper level, which over a fold is free: what begins a stretch gives way to the left, what
//!   ends it to the right.
//! - The first name of a stretch has its year.
//! - Where nothing of a stretch has room below, its names above are as fine as the lower level ("22 Dec 2017"), and where its parts
//!   have no room apart, one name spans them ("2017–2018").
//! - A year is a date by itself: where the lower level has years, the upper one of a folded axis has no decades, only the years
//!   without room below. None stands in both.
//!
//! ```text
//!   │ Jun 1961  ⌇  Feb 2000  ⌇  Oct 2024│                  Jul ⌇      Dec 2024│   upper
//!   │  ⌇39 years⌇ │ ⌇24 years⌇ │ Nov    │ Dec   │ …     │     ⌇ 6 months ⌇   │   lower
//! ```
//!
//! What is left without a name: a part beside an edge of the window that is narrower than its shortest name, beside a line that has
//! one; a day behind a fold whose date is longer than the fold and its part of the stretch, before a line that has its name; and, where
//! several stretches too narrow for their names are neighbours, what has no room over the folds either.
//!
//! Where the unit next to the lower one is too short for that, the upper level is a unit further up, and a lower division that
//! begins the one between is named by it:
//!
//! ```text
//!   │ Wed 30 Oct 2024                                                            upper: days
//!   │ 13:05 │ :30   │ 13:06 │ :30   │ 13:07 │                                    lower: half minutes, named by the minute
//! ```

mod row;
mod stretch;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use self::row::{Entry, Name, Rank, Row};
pub use self::stretch::Begun;
use self::stretch::{Part, Stretch};
use super::{FoldSpan, Viewport};
use crate::text::{Run, Shaper, Style};
use crate::theme::{font, space};
use crate::time::Instant;
use crate::time::calendar::{self, Unit};

/// The divisions of a window in time. Positions are in points from the left of the track.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruler {
    /// The unit of the upper level.
    pub upper_unit: Unit,
    /// The unit of the lower level.
    pub lower_unit: Unit,
    /// The upper level, left to right; the first may begin left of the track.
    pub upper: Vec<Division>,
    /// The lower level, left to right; the first of a stretch may begin before it.
    pub lower: Vec<Division>,
    /// The folds, left to right; the first and the last may reach out of the track.
    pub folds: Vec<FoldMark>,
}

/// A unit of the calendar on the ruler.
#[derive(Debug, Clone, PartialEq)]
pub struct Division {
    /// Its first instant.
    pub instant: Instant,
    /// Where its line stands; negative where it has none in the track, as it begins left of it or in a fold, and for what is a
    /// division of the other level.
    pub x: f64,
    /// Its name and the left end of it; none where there is no room.
    pub label: Option<(f64, Arc<Run>)>,
}

/// A fold on the ruler.
#[derive(Debug, Clone, PartialEq)]
pub struct FoldMark {
    /// Where it stands.
    pub span: FoldSpan,
    /// How long it is and the left end of that; none where there is no room.
    pub label: Option<(f64, Arc<Run>)>,
}

/// Between the line of a division and its name.
const INDENT: f64 = space::XS;

impl Ruler {
    /// The style of the upper level.
    pub const UPPER: Style = Style::semibold(font::SMALL);
    /// The style of the lower level.
    pub const LOWER: Style = Style::regular(font::SMALL);

    /// The width of a window from which on a date can be read in full, in points, of years with up to four digits.
    pub const LEAST_WIDTH: f64 = 240.0;

    /// The ruler of a window; `iso_weeks` names the weeks.
    pub fn of(viewport: &Viewport, iso_weeks: bool, begun: Begun<'_>, shaper: &mut Shaper) -> Self {
        let levels = Levels::of(viewport, iso_weeks);
        let mut lower = Vec::new();
        let mut stretches: Vec<LevelledStretch> = Vec::new();
        for stretch in Stretch::all(viewport) {
            let parts = stretch.parts(levels.lower, viewport);
            let named: Vec<Division> = parts.iter().map(|part| levels.below(part, shaper)).collect();
            let is_named = named.iter().map(|division| division.label.is_some()).collect();
            let dates = stretch.named_dates(begun);
            let uppers = stretch.parts(levels.upper, viewport);
            stretches.push(LevelledStretch { stretch, uppers, lowers: parts, is_named, dates, is_joined: false });
            lower.extend(named.into_iter().filter(Division::is_seen));
        }
        let mut above = Above::of(&stretches, &levels, shaper);
        // Parts that find no room apart are named together.
        let mut has_joined = false;
        for (stretch, entries) in stretches.iter_mut().zip(&above.entries_of) {
            let mut entries = above.row.entries.get(entries.clone()).unwrap_or_default().iter();
            let is_unnamed = |entry: &Entry| !entry.names.is_empty() && entry.chosen.is_none();
            stretch.is_joined = stretch.uppers.len() > 1 && !stretch.is_named_below() && entries.any(is_unnamed);
            has_joined |= stretch.is_joined;
        }
        if levels.is_folded && has_joined {
            above = Above::of(&stretches, &levels, shaper);
        }
        let folds = fold_marks(viewport, shaper);
        Self { upper_unit: levels.upper, lower_unit: levels.lower, upper: above.divisions(), lower, folds }
    }

    /// Whether the lower level of a window's ruler names times of day.
    pub fn names_times(viewport: &Viewport, iso_weeks: bool) -> bool {
        matches!(lower_unit(viewport, iso_weeks), Unit::Hours(_) | Unit::Minutes(_) | Unit::Seconds(_))
    }

    /// The divisions of a window on a single level, whose names leave out what the one before says. A name may reach over divisions
    /// that have none then, and over the fold beside its stretch.
    ///
    /// ```text
    ///   │ Oct 2024      │ Nov   │ Dec   │ Jan 2025      │ Mar
    /// ```
    pub fn single_level(viewport: &Viewport, begun: Begun<'_>, shaper: &mut Shaper) -> Vec<Division> {
        let levels = Levels::of(viewport, false);
        let unit = levels.lower;
        let stretches: Vec<(Stretch, Vec<Part>)> =
            Stretch::all(viewport).into_iter().map(|stretch| (stretch, stretch.parts(unit, viewport))).collect();
        let mut row = Row::default();
        let mut divisions = Vec::new();
        // Of each stretch an entry for what leads it, then one for each line; those of lines have their names later.
        let mut leads = Vec::with_capacity(stretches.len());
        for (stretch, parts) in &stretches {
            let dates = stretch.named_dates(begun);
            let (lead, count) = levels.lead(stretch, parts, dates, shaper);
            leads.push((row.entries.len(), dates, count));
            row.entries.push(lead);
            divisions.push(Division {
                instant: dates.0.min(parts.first().map_or(dates.0, |part| part.end)),
                x: -1.0,
                label: None,
            });
            for part in parts.iter().filter(|part| part.has_line()) {
                row.entries.push(Entry::new(Rank::Own, Vec::new()));
                divisions.push(Division { instant: part.instant, x: part.x0, label: None });
            }
        }
        // First each stretch is named, so that none takes the room of another's only name.
        let mut named = Vec::with_capacity(stretches.len());
        for ((stretch, parts), (lead, (first, last), count)) in stretches.iter().zip(&leads) {
            let lines = || (lead + 1..).zip(parts.iter().filter(|part| part.has_line()));
            let is_led = (0..count.full).any(|name| row.try_name(*lead, name));
            let is_said = |row: &mut Row, at: usize, part: &Part, previous: Option<Instant>, shaper: &mut Shaper| {
                let words = unit.name_after(part.instant, previous);
                row.try_only_name(at, line_name(part, stretch, shaper.shape(&words, Self::LOWER)))
            };
            let (mut led_by, mut is_named) = (is_led.then_some(*first), is_led);
            let is_line_named = lines().any(|(at, part)| is_said(&mut row, at, part, led_by, shaper));
            is_named |= is_line_named;
            // Where no line is named, a date at the edge alone would be taken for that of all behind it.
            let has_more = !is_line_named && levels.lead_unit().floor(*first) != levels.lead_unit().floor(*last);
            if !is_named || has_more {
                let is_whole = (count.enough..count.all).any(|name| row.try_name(*lead, name));
                if is_whole {
                    (led_by, is_named) = (None, false);
                }
            }
            named.push((led_by, is_named));
        }
        for (((stretch, parts), (lead, _, count)), (led_by, is_named)) in stretches.iter().zip(&leads).zip(named) {
            if !is_named {
                row.improve(*lead, count.full + count.brief);
                continue;
            }
            let mut previous = led_by;
            if led_by.is_none() {
                let _is_named = (count.full..count.full + count.brief).any(|name| row.try_name(*lead, name));
            }
            for (at, part) in (lead + 1..).zip(parts.iter().filter(|part| part.has_line())) {
                let is_placed = row.is_named(at) || {
                    let words = unit.name_after(part.instant, previous);
                    row.try_only_name(at, line_name(part, stretch, shaper.shape(&words, Self::LOWER)))
                };
                if is_placed {
                    previous = Some(part.instant);
                }
            }
        }
        for (division, label) in divisions.iter_mut().zip(row.placed()) {
            division.label = label;
        }
        divisions.retain(Division::is_seen);
        divisions
    }
}

impl Division {
    fn is_seen(&self) -> bool {
        self.x >= 0.0 || self.label.is_some()
    }
}

/// The name of a line on a single level: it stands at its line and ends where its stretch does, or the fold behind this.
fn line_name(part: &Part, stretch: &Stretch, run: Arc<Run>) -> Name {
    let left = part.x0 + INDENT;
    let until = left + run.width_pt;
    Name { room: (left, until.min(stretch.next_x - INDENT)), left, run }
}

/// The name of a part of a stretch: behind the line that begins it, and away from the next; over a fold beside it with what it
/// has no room for otherwise.
fn part_name(part: &Part, run: Arc<Run>) -> Name {
    let left = part.x0 + INDENT;
    let (mut from, mut to) = (left, part.x1 - INDENT);
    // Some of a name stays at its part.
    if part.room.0 < part.x0 {
        from = (part.room.0 + INDENT).max(part.x0 + INDENT - run.width_pt);
    }
    if part.room.1 > part.x1 {
        to = (part.room.1 - INDENT).min((part.x1 - INDENT).max(left) + run.width_pt);
    }
    Name { run, left, room: (from, to) }
}

fn part_names(part: &Part, words: Vec<String>, style: Style, shaper: &mut Shaper) -> Vec<Name> {
    words.into_iter().map(|words| part_name(part, shaper.shape(&words, style))).collect()
}

/// The units of a window's ruler, and what their divisions are called.
struct Levels {
    lower: Unit,
    upper: Unit,
    /// The unit next to the lower one, which can be finer than the upper.
    next: Unit,
    iso_weeks: bool,
    is_folded: bool,
}

/// How many names of a lead there are of each kind, in this order.
struct LeadNames {
    /// Of what is cut by the left edge of a stretch, with its year.
    full: usize,
    /// The same without.
    brief: usize,
    /// Which of those of the whole stretch, the first of which stands behind these, is as fine as its lines.
    enough: usize,
    /// All of them.
    all: usize,
}

impl Levels {
    fn of(viewport: &Viewport, iso_weeks: bool) -> Self {
        let lower = lower_unit(viewport, iso_weeks);
        let next = if iso_weeks && lower == Unit::Day { Unit::Week } else { lower.upper() };
        let upper = upper_unit(next, viewport.micros_per_pt);
        Self { lower, upper, next, iso_weeks, is_folded: !viewport.folds_in_effect().is_empty() }
    }

    /// Whether the name of a lower division holds for all of it, and not for its line alone: then it names the rest of one that is
    /// cut as well. "1955" at 1959 would be a line that is not there.
    fn goes_on(&self) -> bool {
        match self.lower {
            Unit::Day | Unit::Month | Unit::Quarter | Unit::Years(1) => true,
            Unit::Week => self.iso_weeks,
            Unit::Seconds(_) | Unit::Minutes(_) | Unit::Hours(_) | Unit::Years(_) => false,
        }
    }

    fn has_years_below(&self) -> bool {
        matches!(self.lower, Unit::Years(_))
    }

    /// The finest unit of which a name holds for all of it.
    fn dated_unit(&self) -> Unit {
        match self.lower {
            Unit::Seconds(_) | Unit::Minutes(_) | Unit::Hours(_) => Unit::Day,
            Unit::Week => Unit::Month,
            Unit::Years(_) => Unit::Years(1),
            unit => unit,
        }
    }

    /// The unit that names what leads a stretch on a single level.
    fn lead_unit(&self) -> Unit {
        if self.lower == Unit::Week { Unit::Day } else { self.dated_unit() }
    }

    fn lower_names(&self, instant: Instant) -> Vec<String> {
        match self.lower {
            Unit::Week if self.iso_weeks => calendar::week_names(instant, true),
            _ if self.upper != self.next && self.next.floor(instant) == instant => self.next.brief_names(instant),
            unit => vec![unit.label(instant, true)],
        }
    }

    /// The names of an upper division, those with its year and shorter ones.
    fn upper_names(&self, instant: Instant, is_cut: bool) -> (Vec<String>, Vec<String>) {
        match self.upper {
            Unit::Week => (calendar::week_names(instant, false), Vec::new()),
            // "1940" in place of "1940s" would be another date where its line does not stand.
            unit @ Unit::Years(2..) if is_cut => (unit.full_names(instant), Vec::new()),
            unit => (unit.full_names(instant), unit.brief_names(instant)),
        }
    }

    /// The names of what stands from one date to another where no division of the lower level is named, finest first.
    fn narrow_names(&self, first: Instant, last: Instant) -> Vec<String> {
        match self.lower {
            Unit::Years(_) => {
                let through = Unit::Years(1).names_through(first, last);
                [through, Unit::Years(1).full_names(first)].concat()
            }
            Unit::Day => [Unit::Day.names_through(first, last), Unit::Month.names_through(first, last)].concat(),
            Unit::Week => Unit::Month.names_through(first, last),
            unit @ (Unit::Month | Unit::Quarter) => unit.names_through(first, last),
            // Of hours the day above is named anyhow.
            unit => unit.upper().full_names(first),
        }
    }

    /// A division of the lower level, named where that has room between its lines.
    fn below(&self, part: &Part, shaper: &mut Shaper) -> Division {
        let has_name = part.has_line() || self.goes_on();
        let (left, right) = (part.x0 + INDENT, part.x1 - INDENT);
        let names = if has_name && left < right { self.lower_names(part.instant) } else { Vec::new() };
        let mut runs = names.iter().map(|name| shaper.shape(name, Ruler::LOWER));
        let label = runs.find(|run| left + run.width_pt <= right).map(|run| (left, run));
        Division { instant: part.instant, x: if part.has_line() { part.x0 } else { -1.0 }, label }
    }

    /// What leads a stretch on a single level: the name of what is cut by its left edge, else that of all of it.
    fn lead(
        &self,
        stretch: &Stretch,
        parts: &[Part],
        (first, last): (Instant, Instant),
        shaper: &mut Shaper,
    ) -> (Entry, LeadNames) {
        let cut = parts.first().filter(|part| !part.has_line() && part.width() >= INDENT && parts.len() > 1);
        let (mut names, mut brief) = (Vec::new(), Vec::new());
        if let Some(part) = cut {
            let instant = Some(stretch.edge_date(first)).filter(|date| part.contains(*date)).unwrap_or(part.start);
            if self.goes_on() {
                names = part_names(part, vec![self.lower.name_after(instant, None)], Ruler::LOWER, shaper);
                let words = self.lower.brief_names(instant).into_iter().take(1).collect();
                brief = if self.has_years_below() { Vec::new() } else { part_names(part, words, Ruler::LOWER, shaper) };
            } else if stretch.is_behind_fold() && part.contains(first) {
                let unit = self.lead_unit();
                names = part_names(part, vec![unit.name_after(instant, None)], Ruler::LOWER, shaper);
            }
        }
        let through = |unit: Unit| {
            let is_one = unit.floor(first) == unit.floor(last);
            if is_one { vec![unit.name_after(first, None)] } else { unit.names_through(first, last) }
        };
        let of_all: Vec<String> = match self.lower {
            Unit::Years(_) => [through(Unit::Years(1)), Unit::Years(1).full_names(first)].concat(),
            unit @ (Unit::Month | Unit::Quarter) => [through(unit), through(Unit::Years(1))].concat(),
            _ => [through(Unit::Day), through(Unit::Month), through(Unit::Years(1))].concat(),
        };
        let finest = through(self.lead_unit()).len();
        let of_all = part_names(&stretch.whole(), of_all, Ruler::LOWER, shaper);
        let (full, brief_count) = (names.len(), brief.len());
        let before = full + brief_count;
        let enough = before + finest.saturating_sub(1);
        let count = LeadNames { full, brief: brief_count, enough, all: before + of_all.len() };
        names.extend(brief);
        names.extend(of_all);
        (Entry::new(Rank::Head, names), count)
    }
}

/// A stretch with its divisions on both levels.
struct LevelledStretch {
    stretch: Stretch,
    uppers: Vec<Part>,
    lowers: Vec<Part>,
    /// Which of the lower divisions are named in their level.
    is_named: Vec<bool>,
    /// The first and the last date that name it.
    dates: (Instant, Instant),
    /// Whether one name of the upper level spans it.
    is_joined: bool,
}

impl LevelledStretch {
    fn is_named_below(&self) -> bool {
        self.is_named.contains(&true)
    }

    /// The first part of the lower level, where it has no name there and other parts are behind it.
    fn unnamed_first(&self, levels: &Levels) -> Option<&Part> {
        let first = self.lowers.first().filter(|part| part.width() >= INDENT && self.lowers.len() > 1)?;
        // Where a name is that of a line, none is needed before anything stands.
        let is_told =
            levels.goes_on() || (self.stretch.is_behind_fold() && !first.has_line() && first.contains(self.dates.0));
        (self.is_named.first() == Some(&false) && is_told).then_some(first)
    }

    /// The date that the first part of the lower level has.
    fn date_of(&self, part: &Part) -> Instant {
        Some(self.stretch.edge_date(self.dates.0)).filter(|date| part.contains(*date)).unwrap_or(part.start)
    }

    /// The last part of the lower level, where it has no name there.
    fn unnamed_last(&self) -> Option<&Part> {
        let last = self.lowers.last().filter(|part| part.width() >= 1.0 && part.has_line())?;
        (self.lowers.len() > 1 && self.is_named.last() == Some(&false)).then_some(last)
    }
}

/// The upper level: its divisions, each with the entry of its name in a row.
struct Above {
    unnamed: Vec<Division>,
    row: Row,
    /// Those of each stretch.
    entries_of: Vec<std::ops::Range<usize>>,
}

impl Above {
    fn of(stretches: &[LevelledStretch], levels: &Levels, shaper: &mut Shaper) -> Self {
        let mut above = Self { unnamed: Vec::new(), row: Row::default(), entries_of: Vec::new() };
        for stretch in stretches {
            let begin = above.unnamed.len();
            if stretch.is_joined || (levels.is_folded && levels.has_years_below()) {
                above.add_lines(stretch);
                above.add_dates(stretch, levels, shaper);
            } else {
                above.add_divisions(stretch, levels, shaper);
            }
            above.entries_of.push(begin..above.unnamed.len());
        }
        above.row.choose();
        above
    }

    fn add(&mut self, instant: Instant, line: Option<f64>, entry: Entry) {
        self.unnamed.push(Division { instant, x: line.unwrap_or(-1.0), label: None });
        self.row.entries.push(entry);
    }

    fn add_lines(&mut self, stretch: &LevelledStretch) {
        for part in stretch.uppers.iter().filter(|part| part.has_line()) {
            self.add(part.instant, Some(part.x0), Entry::new(Rank::Own, Vec::new()));
        }
    }

    /// The dates of a stretch that names no division of its own above.
    fn add_dates(&mut self, stretch: &LevelledStretch, levels: &Levels, shaper: &mut Shaper) {
        let (first, last) = stretch.dates;
        if !stretch.is_named_below() {
            let mut words = levels.narrow_names(first, last);
            if !levels.has_years_below() {
                words.extend(Unit::Years(1).names_through(first, last));
            }
            let names = part_names(&stretch.stretch.whole(), words, Ruler::UPPER, shaper);
            let enough = levels.dated_unit().names_through(first, last).len().saturating_sub(1);
            self.add(first, None, Entry { rank: Rank::Head, enough, names, chosen: None });
            return;
        }
        if let Some(part) = stretch.unnamed_first(levels) {
            let instant = stretch.date_of(part);
            let names = part_names(part, Unit::Years(1).full_names(instant), Ruler::UPPER, shaper);
            self.add(instant, None, Entry::new(Rank::Head, names));
        }
        if let Some(part) = stretch.unnamed_last() {
            let names = part_names(part, levels.lower_names(part.instant), Ruler::UPPER, shaper);
            self.add(part.instant, None, Entry::new(Rank::Lifted, names));
        }
    }

    fn add_divisions(&mut self, stretch: &LevelledStretch, levels: &Levels, shaper: &mut Shaper) {
        let (first, last) = stretch.dates;
        let mut is_first = true;
        for part in &stretch.uppers {
            let rank = if is_first { Rank::Head } else { Rank::Own };
            let below = || stretch.lowers.iter().zip(&stretch.is_named).filter(|(lower, _)| part.contains(lower.start));
            let is_named_below = below().any(|(_, is_named)| *is_named);
            let (mut names, mut brief, mut finest) = (Vec::new(), Vec::new(), 0);
            if levels.is_folded && !is_named_below {
                let from = if part.contains(first) { first } else { part.start };
                let until = Instant::from_micros(part.end.micros().saturating_sub(1));
                let until = if part.contains(last) { last } else { until }.max(from);
                names = part_names(part, levels.narrow_names(from, until), Ruler::UPPER, shaper);
                finest = levels.dated_unit().names_through(from, until).len();
                if !is_first && levels.lower == Unit::Day && below().count() == 1 {
                    let words = Unit::Day.brief_names(from).into_iter().take(1).collect();
                    names.extend(part_names(part, words, Ruler::UPPER, shaper));
                }
            } else if levels.is_folded && is_first && levels.goes_on() && stretch.stretch.is_behind_fold() {
                // Over the fold, so that it does not stand above the names of others.
                if let Some(lower) = stretch.unnamed_first(levels).filter(|lower| !lower.has_line()) {
                    let instant = stretch.date_of(lower);
                    names = part_names(lower, levels.lower.full_names(instant), Ruler::UPPER, shaper);
                    finest = names.len();
                }
            }
            let (full, short) = levels.upper_names(part.instant, !part.has_line());
            names.extend(part_names(part, full, Ruler::UPPER, shaper));
            brief.extend(part_names(part, short, Ruler::UPPER, shaper));
            // Those as fine as the lower level are wanted, before the neighbours' lifted ones.
            let enough = match finest {
                _ if !is_first => names.len() + brief.len(),
                0 => names.len(),
                finest => finest,
            };
            let enough = enough.saturating_sub(1);
            // What an edge of the window cuts may have no room for its year: then the next says it.
            is_first &= !names.iter().any(Name::has_room);
            names.extend(brief);
            let entry = Entry { rank, enough, names, chosen: None };
            self.add(part.instant, part.has_line().then_some(part.x0), entry);
        }
        let lifted = stretch.unnamed_last().filter(|_| levels.is_folded && stretch.stretch.is_before_fold());
        // Where it is all of an upper division this has its name.
        let is_part = |part: &&Part| {
            let upper = stretch.uppers.last();
            upper.is_some_and(|upper| {
                let mut below = stretch.lowers.iter().zip(&stretch.is_named);
                below.any(|(lower, is_named)| *is_named && upper.contains(lower.start) && lower.start < part.start)
            })
        };
        if let Some(part) = lifted.filter(is_part) {
            let names = part_names(part, levels.lower_names(part.instant), Ruler::LOWER, shaper);
            self.add(part.instant, None, Entry::new(Rank::Lifted, names));
        }
    }

    fn divisions(self) -> Vec<Division> {
        let placed = self.row.placed();
        let named = self.unnamed.into_iter().zip(placed).map(|(division, label)| Division { label, ..division });
        let mut divisions: Vec<Division> = named.filter(Division::is_seen).collect();
        let left = |division: &Division| division.label.as_ref().map_or(division.x, |label| label.0);
        divisions.sort_by(|a, b| left(a).total_cmp(&left(b)));
        divisions
    }
}

/// The folds of a window, each with its length where there is room.
pub(crate) fn fold_marks(viewport: &Viewport, shaper: &mut Shaper) -> Vec<FoldMark> {
    let mark = |span: FoldSpan| {
        let (left, right) = (span.x0.max(0.0), span.x1.min(viewport.width_pt));
        // One that is cut at an edge of the window has no room.
        let is_whole = span.x0 >= 0.0 && span.x1 <= viewport.width_pt;
        let words = if is_whole { calendar::length_names(span.fold.micros()) } else { Vec::new() };
        let fitting =
            |words: &String| Some(shaper.shape(words, Ruler::LOWER)).filter(|run| run.width_pt <= right - left - 2.0);
        let label = words.iter().find_map(fitting);
        FoldMark { span, label: label.map(|run| (f64::midpoint(left, right) - run.width_pt / 2.0, run)) }
    };
    viewport.folded().map(mark).collect()
}

/// The finest unit whose divisions have room for their names at this zoom. Where the window stands does not matter: while it is
/// panned no unit gives way to another.
fn lower_unit(viewport: &Viewport, iso_weeks: bool) -> Unit {
    let has_room =
        |unit: &Unit| unit.shortest_micros() as f64 / viewport.micros_per_pt >= least_spacing_pt(*unit, iso_weeks);
    Unit::STEPS.into_iter().find(has_room).unwrap_or(Unit::Years(1_000_000))
}

/// The finest unit, from one on upwards, each of which has room at this zoom for a name with its year.
fn upper_unit(next: Unit, micros_per_pt: f64) -> Unit {
    let has_room = |unit: &Unit| unit.shortest_micros() as f64 / micros_per_pt >= full_name_pt(*unit);
    let up = |unit: &Unit| Some(unit.upper()).filter(|upper| upper != unit);
    std::iter::successors(Some(next), up).find(has_room).unwrap_or(next)
}

/// The room that the shortest name of a unit with its year takes, in the upper level, for years of up to four digits. A name is
/// left out where a far year makes it longer.
fn full_name_pt(unit: Unit) -> f64 {
    match unit {
        Unit::Seconds(_) | Unit::Minutes(_) | Unit::Hours(_) => 116.0,
        Unit::Day => 80.0,
        Unit::Week | Unit::Month | Unit::Quarter => 64.0,
        // Ten times as long as the lower level's years, which have room for their names.
        Unit::Years(_) => 0.0,
    }
}

/// The room that the names of a unit usually take. A longer one (a far year) is left out where it does not fit.
fn least_spacing_pt(unit: Unit, iso_weeks: bool) -> f64 {
    match unit {
        Unit::Week if iso_weeks => 40.0,
        Unit::Day | Unit::Week => 24.0,
        Unit::Seconds(_) | Unit::Month | Unit::Quarter => 36.0,
        Unit::Minutes(_) | Unit::Hours(_) => 44.0,
        // That of "2600 BCE".
        Unit::Years(..1_000) => 64.0,
        Unit::Years(_) => 84.0,
    }
}
