//! An event's date beside the dates its citations give.
//!
//! A supporting citation that gives no date gives the event's, as the format has it. So an event is held against its
//! sources only where every citation that supports it says when.

use super::evidence::{is_timed, is_vague};
use super::{About, Check, Report};
use crate::model::{Citation, Event, Stance, Standing, root_origin};
use crate::time::{Date, Edge, Instant, Period, Shape, Zone};

/// Citations of one event of which each is held against each, where a date is a mask or a list.
const MOST_COMPARED: usize = 64;

pub(super) fn check_event(report: &mut Report<'_>, event: &Event) {
    if event.citations.iter().all(|citation| citation.date.is_none()) {
        return;
    }
    // An event without a date is neither finer than its sources nor outside them; they can still contradict each other.
    if let Some(date) = &event.date {
        if report.wants(Check::DateFinerThanSource) {
            check_finer(report, event, date);
        }
        if report.wants(Check::DateOutsideSources) {
            check_outside(report, event, date);
        }
    }
    if report.wants(Check::ConflictingDates) && event.standing != Standing::Disputed {
        check_conflict(report, event);
    }
}

/// From one instant to another in microseconds; the extremes stand for no bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Range {
    from: i64,
    to: i64,
}

impl Range {
    const fn meet(self, other: Self) -> Self {
        let from = if self.from > other.from { self.from } else { other.from };
        let to = if self.to < other.to { self.to } else { other.to };
        Self { from, to }
    }

    const fn is_inside_and_smaller(self, other: Self) -> bool {
        other.from <= self.from && self.to <= other.to && (self.from != other.from || self.to != other.to)
    }

    const fn width(self) -> i64 {
        self.to.saturating_sub(self.from)
    }
}

/// When something can have begun and when it can have been over. For one thing at one time the two are the same.
#[derive(Debug, Clone, Copy)]
struct Dating {
    start: Range,
    end: Range,
}

impl Dating {
    /// None for a date beyond the axis.
    fn of(date: &Date, zone: Zone) -> Option<Self> {
        if date.is_beyond_axis() {
            return None;
        }
        let extent = date.extent(zone);
        let micros = |edge: Edge, open: i64| edge.instant().map_or(open, Instant::micros);
        // An end that is open from both sides lies at infinity: `1945/..` never ends, while `[1945..]` may end any time.
        let begins = if extent.earliest_start == Edge::Open && extent.latest_start == Edge::Open {
            Range { from: i64::MIN, to: i64::MIN }
        } else {
            Range { from: micros(extent.earliest_start, i64::MIN), to: micros(extent.latest_start, i64::MAX) }
        };
        let ends = if extent.earliest_end == Edge::Open && extent.latest_end == Edge::Open {
            Range { from: i64::MAX, to: i64::MAX }
        } else {
            Range { from: micros(extent.earliest_end, i64::MIN), to: micros(extent.latest_end, i64::MAX) }
        };
        Some(Self { start: begins, end: ends })
    }

    /// As far as it can touch, widened on both sides.
    const fn reach(self, slack: i64) -> Range {
        Range { from: self.start.from.saturating_sub(slack), to: self.end.to.saturating_add(slack) }
    }

    const fn meet(self, other: Self) -> Self {
        Self { start: self.start.meet(other.start), end: self.end.meet(other.end) }
    }

    const fn is_possible(self) -> bool {
        self.start.from <= self.start.to && self.end.from <= self.end.to
    }

    const fn width(self) -> i64 {
        self.start.width().saturating_add(self.end.width())
    }
}

fn supporting(event: &Event) -> impl Iterator<Item = (usize, &Citation)> {
    event.citations.iter().enumerate().filter(|(_, citation)| citation.stance == Stance::Supports)
}

/// The supporting citation that gives the most precise date of an event, and that date.
pub fn finest_citation(event: &Event, zone: Zone) -> Option<(&Citation, &Date)> {
    supporting(event)
        .filter_map(|(_, citation)| {
            let date = citation.date.as_deref()?;
            Some((Dating::of(date, zone)?.width(), citation, date))
        })
        .min_by_key(|&(width, ..)| width)
        .map(|(_, citation, date)| (citation, date))
}

fn check_finer(report: &mut Report<'_>, event: &Event, own_date: &Date) {
    let zone = report.zone;
    if own_date.certainty().approximate {
        return;
    }
    let Some(own) = Dating::of(own_date, zone) else { return };
    let mut known: Option<Dating> = None;
    for (_, citation) in supporting(event) {
        let Some(date) = citation.date.as_deref().and_then(|date| Dating::of(date, zone)) else { return };
        known = Some(known.map_or(date, |known| known.meet(date)));
    }
    let Some(mut known) = known else { return };
    // A day that the source rules out is another, and not a finer one.
    let period = Period::of(own_date, zone);
    let allows =
        |citation: &Citation| citation.date.as_deref().is_none_or(|date| period.can_meet(&Period::of(date, zone), 0));
    if !supporting(event).all(|(_, citation)| allows(citation)) {
        return;
    }
    // A mention can date an event too, but it can as well speak of another day.
    for citation in event.citations.iter().filter(|citation| citation.stance == Stance::Mentions) {
        let met = citation.date.as_deref().and_then(|date| Dating::of(date, zone)).map(|date| known.meet(date));
        known = met.filter(|met| met.is_possible()).unwrap_or(known);
    }
    if !own.start.is_inside_and_smaller(known.start) && !own.end.is_inside_and_smaller(known.end) {
        return;
    }
    let Some((citation, date)) = finest_citation(event, zone) else { return };
    report.tell(
        Check::DateFinerThanSource,
        About::Event(&event.id),
        &["date"],
        format!(
            "the date {} is more precise than any source: {} says {}",
            own_date.describe(),
            report.source_name(&citation.source),
            date.describe()
        ),
        "take the date of the source, or cite one that says more",
    );
}

fn check_outside(report: &mut Report<'_>, event: &Event, own_date: &Date) {
    let zone = report.zone;
    if is_vague(own_date) {
        return;
    }
    if own_date.is_beyond_axis() {
        return;
    }
    let own = Period::of(own_date, zone);
    let mut first = None;
    for citation in supporting(event).map(|(_, citation)| citation) {
        let Some(date) = citation.date.as_deref().filter(|date| !is_vague(date)) else { return };
        if date.is_beyond_axis() || own.can_meet(&Period::of(date, zone), slack(own_date, date)) {
            return;
        }
        first = first.or(Some((citation, date)));
    }
    let Some((citation, date)) = first else { return };
    report.tell(
        Check::DateOutsideSources,
        About::Event(&event.id),
        &["date"],
        format!(
            "no source allows the date {}: {} says {}",
            own_date.describe(),
            report.source_name(&citation.source),
            date.describe()
        ),
        "take a date that a source gives, or cite the source of this one",
    );
}

/// How far a date may lie elsewhere beside another, in microseconds: a day is not the same day at every place.
fn slack(date: &Date, other: &Date) -> i64 {
    if is_timed(date) == is_timed(other) { 0 } else { Instant::DAY }
}

/// A supporting citation as a witness of the date.
#[derive(Clone, Copy)]
struct Witness<'t> {
    at: usize,
    citation: &'t Citation,
    date: &'t Date,
    origin: &'t str,
    reach: Range,
}

/// Looks for two witnesses of which one has the event over before the other has it begin. The earliest end and the latest
/// start decide, each with the next best of another origin, so that every witness is looked at once.
///
/// Of something that lasted, one source may date the beginning and another the end: there only spans speak of the whole.
/// Of something that came again and again, each source may date one time. Which of these an event without a date is, its
/// sources say: what one of them calls a span, or says of several times, may be so.
fn check_conflict(report: &mut Report<'_>, event: &Event) {
    let timeline = report.timeline;
    let dates = || supporting(event).filter_map(|(_, citation)| citation.date.as_deref().or(event.date.as_ref()));
    let is_any = |is: fn(&Shape) -> bool| match &event.date {
        Some(date) => is(&date.shape()),
        None => dates().any(|date| is(&date.shape())),
    };
    if is_any(|shape| matches!(shape, Shape::AllOf(_))) {
        return;
    }
    let lasted = is_any(|shape| *shape == Shape::Span);
    let speaks_of_whole = |date: &Date| !lasted || date.shape() == Shape::Span;
    let is_mixed = dates().any(is_timed) && !dates().all(is_timed);
    let mut ends = Best::default();
    let mut starts = Best::default();
    let mut witnesses = Vec::new();
    for (at, citation) in supporting(event) {
        let Some(date) = citation.date.as_deref().or(event.date.as_ref()) else { continue };
        let Some(dating) = Dating::of(date, report.zone).filter(|_| !is_vague(date) && speaks_of_whole(date)) else {
            continue;
        };
        let reach = dating.reach(if is_mixed && is_timed(date) { Instant::DAY } else { 0 });
        let witness = Witness { at, citation, date, origin: root_origin(timeline, &citation.source), reach };
        ends.offer(witness, |witness| witness.reach.to);
        starts.offer(witness, |witness| witness.reach.from.saturating_neg());
        witnesses.push(witness);
    }
    let pairs =
        ends.0.into_iter().flatten().flat_map(|end| starts.0.into_iter().flatten().map(move |start| (end, start)));
    let mut conflicts = pairs.filter(|(end, start)| end.origin != start.origin && end.reach.to <= start.reach.from);
    let Some((end, start)) = conflicts.next().or_else(|| scattered_conflict(&witnesses, report.zone)) else { return };
    // At the one that gives a date of its own: the other may stand for the event's.
    let shown = if start.citation.date.is_some() { start } else { end };
    let says = |witness: Witness<'_>| {
        let source = report.source_name(&witness.citation.source);
        match &witness.citation.date {
            Some(date) => format!("{source} says {}", date.describe()),
            None => format!("{source} is cited for {}", witness.date.describe()),
        }
    };
    let message = format!("{} and {}: not both can be right", says(end), says(start));
    report.tell(
        Check::ConflictingDates,
        About::Event(&event.id),
        &["citations", &shown.at.to_string(), "date"],
        message,
        "give the stance Disputes to the citations you do not follow, or the standing Disputed to the event",
    );
}

/// Two witnesses whose dates reach into each other and still have no time in common: `2024-10-X4` and `2024-10-X5`.
fn scattered_conflict<'t>(witnesses: &[Witness<'t>], zone: Zone) -> Option<(Witness<'t>, Witness<'t>)> {
    let periods: Vec<Period> =
        witnesses.iter().take(MOST_COMPARED).map(|witness| Period::of(witness.date, zone)).collect();
    let dated: Vec<(&Witness<'t>, &Period)> = witnesses.iter().zip(&periods).collect();
    dated.iter().enumerate().find_map(|(at, (one, period))| {
        let conflicts = |(other, against): &&(&Witness<'t>, &Period)| {
            (period.is_scattered() || against.is_scattered())
                && one.origin != other.origin
                && !period.can_meet(against, slack(one.date, other.date))
        };
        dated.get(at + 1..)?.iter().find(conflicts).map(|(other, _)| (**one, **other))
    })
}

/// The two best witnesses of different origins, the least by some measure first.
#[derive(Default)]
struct Best<'t>([Option<Witness<'t>>; 2]);

impl<'t> Best<'t> {
    fn offer(&mut self, witness: Witness<'t>, measure: impl Fn(&Witness<'_>) -> i64) {
        let [first, second] = &mut self.0;
        let is_better = |old: &Option<Witness<'_>>| old.as_ref().is_none_or(|old| measure(&witness) < measure(old));
        if is_better(first) {
            if first.is_some_and(|first| first.origin != witness.origin) {
                *second = *first;
            }
            *first = Some(witness);
        } else if first.is_some_and(|first| first.origin != witness.origin) && is_better(second) {
            *second = Some(witness);
        }
    }
}
