//! Before, after, overlaps, within: answered *yes*, *possibly* or *no*.
//!
//! A date stands for every course of events it allows: a start somewhere between its start edges and an end somewhere
//! between its end edges. A relation is *yes* where it holds for all of them, *no* where it holds for none. An unknown end
//! allows everything from the other end on; an open end is known never to come.
//!
//! Qualifiers change nothing: `1950~` answers as `1950`, because EDTF gives `~` no width and an invented one would answer
//! questions that the source does not. The mark itself stays visible beside the answer.

use super::{Date, DayBound, Edge, Extent, Instant, Shape, Zone};

/// A three-valued answer, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// In no course of events that the dates allow.
    No,
    /// In some and not in others.
    Possibly,
    /// In all of them.
    Yes,
}

impl Answer {
    /// Not ruled out.
    pub const fn is_possible(self) -> bool {
        !matches!(self, Self::No)
    }
}

/// A question about two stretches of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The first is over when the second begins.
    Before,
    /// The first begins when the second is over.
    After,
    /// They share an instant.
    Overlaps,
    /// The first lies wholly inside the second.
    Within,
}

/// A stretch of time as far as it is known, ready to be asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period(Members);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Members {
    One(Reach),
    OneOf(Vec<Reach>),
    AllOf(Vec<Reach>),
}

/// Closed ranges in microseconds for the first instant (`start`) and the first instant after (`end`). Whatever happens
/// lasts at least a microsecond, so `start < end`. 128 bits hold every day of every `i64` year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reach {
    start_min: i128,
    start_max: i128,
    end_min: i128,
    end_max: i128,
}

impl Period {
    /// What a date allows.
    pub fn of(date: &Date, zone: Zone) -> Self {
        match date.shape() {
            Shape::OneOf(extents) => {
                Self(Members::OneOf(extents.iter().map(|extent| Reach::new(extent, None)).collect()))
            }
            Shape::AllOf(extents) => {
                Self(Members::AllOf(extents.iter().map(|extent| Reach::new(extent, None)).collect()))
            }
            Shape::Moment | Shape::Window | Shape::Span => {
                let bounds = date.day_bounds();
                Self(Members::One(Reach::new(&date.extent(zone), Some((bounds.earliest, bounds.latest)))))
            }
        }
    }

    /// The whole stretch that a date can touch, taken as known: what "before 2024-11" or "in 2024-11" means as a filter.
    pub fn whole(date: &Date, zone: Zone) -> Self {
        let bounds = date.day_bounds();
        let reach = Reach::new(&date.extent(zone), Some((bounds.earliest, bounds.latest)));
        Self(Members::One(Reach { start_max: reach.start_min, end_min: reach.end_max, ..reach }))
    }

    /// From an instant to another (half-open); none reaches without end.
    pub fn between(from: Option<Instant>, to: Option<Instant>) -> Self {
        let start = from.map_or(i128::MIN, |from| i128::from(from.micros()));
        let end = to.map_or(i128::MAX, |to| i128::from(to.micros()));
        Self(Members::One(Reach { start_min: start, start_max: start, end_min: end, end_max: end }))
    }

    /// Whether this stands in a relation to `other`. Of "one of these" all members must agree; of "all of these" every
    /// member counts, except that one is enough to overlap and to be lain within.
    pub fn relates(&self, relation: Relation, other: &Self) -> Answer {
        let one_is_enough = relation == Relation::Overlaps;
        self.0.fold(one_is_enough, |own| {
            other.0.fold(one_is_enough || relation == Relation::Within, |other| own.relates(relation, other))
        })
    }

    /// Whether this is over when `other` begins.
    pub fn before(&self, other: &Self) -> Answer {
        self.relates(Relation::Before, other)
    }

    /// Whether this begins when `other` is over.
    pub fn after(&self, other: &Self) -> Answer {
        self.relates(Relation::After, other)
    }

    /// Whether the two share an instant.
    pub fn overlaps(&self, other: &Self) -> Answer {
        self.relates(Relation::Overlaps, other)
    }

    /// Whether this lies wholly inside `other`.
    pub fn within(&self, other: &Self) -> Answer {
        self.relates(Relation::Within, other)
    }
}

impl Members {
    fn fold(&self, one_is_enough: bool, answer: impl Fn(&Reach) -> Answer) -> Answer {
        match self {
            Self::One(reach) => answer(reach),
            Self::OneOf(members) => members
                .iter()
                .map(answer)
                .reduce(|a, b| if a == b { a } else { Answer::Possibly })
                .unwrap_or(Answer::Possibly),
            Self::AllOf(members) => {
                let answers = members.iter().map(answer);
                if one_is_enough { answers.max() } else { answers.min() }.unwrap_or(Answer::Possibly)
            }
        }
    }
}

impl Reach {
    /// `days` give the outer edges where they lie beyond the axis.
    fn new(extent: &Extent, days: Option<(DayBound, DayBound)>) -> Self {
        let micros = |instant: Instant| i128::from(instant.micros());
        let beyond = |bound: Option<DayBound>, days_after: i128| match bound {
            Some(DayBound::Day(day)) => Some((day.number_wide() + days_after) * i128::from(Instant::DAY)),
            _ => None,
        };
        let start_min = match extent.earliest_start {
            Edge::At(instant) => micros(instant),
            Edge::Open => i128::MIN,
            Edge::Unknown => beyond(days.map(|days| days.0), 0).unwrap_or(i128::MIN),
        };
        let end_max = match extent.latest_end {
            Edge::At(instant) => micros(instant),
            Edge::Open => i128::MAX,
            Edge::Unknown => beyond(days.map(|days| days.1), 1).unwrap_or(i128::MAX),
        };
        let start_max = match (extent.latest_start, extent.earliest_start) {
            (Edge::At(instant), _) => micros(instant) - 1,
            // `../1945` began before all time; `[1945..]` may begin arbitrarily late.
            (Edge::Open, Edge::Open) => i128::MIN,
            (Edge::Open | Edge::Unknown, _) => i128::MAX,
        };
        let end_min = match (extent.earliest_end, extent.latest_end) {
            (Edge::At(instant), _) => micros(instant) + 1,
            // `1945/..` never ends; `[..1945]` may end arbitrarily early.
            (Edge::Open, Edge::Open) => i128::MAX,
            (Edge::Open | Edge::Unknown, _) => i128::MIN,
        };
        Self {
            start_min,
            start_max: start_max.min(end_max.saturating_sub(1)),
            end_min: end_min.max(start_min.saturating_add(1)),
            end_max,
        }
    }

    fn relates(&self, relation: Relation, other: &Self) -> Answer {
        let (always, sometimes) = match relation {
            Relation::Before => (self.end_max <= other.start_min, self.end_min <= other.start_max),
            Relation::After => return other.relates(Relation::Before, self),
            Relation::Overlaps => (
                self.start_max < other.end_min && other.start_max < self.end_min,
                self.start_min < other.end_max && other.start_min < self.end_max,
            ),
            Relation::Within => (
                other.start_max <= self.start_min && self.end_max <= other.end_min,
                other.start_min <= self.start_max
                    && self.end_min <= other.end_max
                    && self.start_min.max(other.start_min) < self.end_max.min(other.end_max),
            ),
        };
        match (always, sometimes) {
            (true, _) => Answer::Yes,
            (false, true) => Answer::Possibly,
            (false, false) => Answer::No,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn period(text: &str) -> Period {
        Period::of(&Date::parse(text).unwrap(), Zone::UTC)
    }

    #[track_caller]
    fn check(a: &str, b: &str, before: Answer, after: Answer, overlaps: Answer, within: Answer) {
        let (x, y) = (period(a), period(b));
        let answers = [x.before(&y), x.after(&y), x.overlaps(&y), x.within(&y)];
        assert_eq!(answers, [before, after, overlaps, within], "{a} {b}");
    }

    use Answer::{No, Possibly, Yes};

    #[test]
    fn vague_dates_are_answered_as_vaguely_as_they_are_known() {
        check("2024-06", "2024-10-24", Yes, No, No, No);
        check("2024-10", "2024-10-24", Possibly, Possibly, Possibly, Possibly);
        check("[2024-10-21..2024-10-31]", "2024-11-01", Yes, No, No, No);
        check("2024-10-24", "2024-10-24", Possibly, Possibly, Possibly, Possibly);
        check("2024-10-24T10:00:00Z", "2024-10-24T12:00:00Z", Yes, No, No, No);
    }

    #[test]
    fn spans_cover_what_lies_between_their_ends() {
        check("2024-10-24", "2024-06/2024-12", No, No, Yes, Yes);
        check("2024-06-15", "2024-06/2024-12", Possibly, No, Possibly, Possibly);
        check("2024-06/2024-12", "2024-10-24", No, No, Yes, No);
        check("1939/1945", "1914/1918", No, Yes, No, No);
    }

    #[test]
    fn open_ends_never_come_and_unknown_ends_may() {
        check("2024-06-19/..", "2030", No, No, Yes, No);
        check("2024-06-19/", "2030", Possibly, No, Possibly, No);
        check("../1945", "1900", No, No, Yes, No);
        check("/1945", "1900", No, Possibly, Possibly, No);
        check("[..1945]", "1900", Possibly, Possibly, Possibly, Possibly);
        check("[1945..]", "1900", No, Yes, No, No);
    }

    #[test]
    fn sets_answer_for_their_members() {
        check("[1667,1760-12]", "1700", Possibly, Possibly, No, No);
        check("{1667,1760-12}", "1700", No, No, No, No);
        check("{1667,1700}", "1690/1710", No, No, Yes, No);
        check("{1667,1669}", "1700", Yes, No, No, No);
    }

    #[test]
    fn an_approximate_date_answers_by_its_bounds() {
        check("1950~", "1951", Yes, No, No, No);
    }

    #[test]
    fn years_beyond_the_axis_are_still_ordered() {
        check("Y-13800000000", "1066", Yes, No, No, No);
        check("Y170000002", "1066/..", No, No, Yes, Yes);
    }

    #[test]
    fn a_filter_takes_its_date_as_a_whole() {
        let month = Period::whole(&Date::parse("2024-10").unwrap(), Zone::UTC);
        assert_eq!(period("2024-10-24").within(&month), Yes);
        assert_eq!(period("2024-10-24").before(&month), No);
        assert_eq!(period("2024").within(&month), Possibly);
        let from = Instant::from_day(super::super::CivilDay::new(2024, 10, 1));
        assert_eq!(period("2024-10").within(&Period::between(from, None)), Yes);
    }

    proptest! {
        #[test]
        fn answers_do_not_contradict_each_other(a in super::super::tests::near_date(), b in super::super::tests::near_date()) {
            let (Ok(a), Ok(b)) = (Date::parse(&a), Date::parse(&b)) else { return Ok(()) };
            let (x, y) = (Period::of(&a, Zone::UTC), Period::of(&b, Zone::UTC));
            prop_assert_eq!(x.before(&y), y.after(&x));
            if !matches!(a.shape(), Shape::AllOf(_)) && !matches!(b.shape(), Shape::AllOf(_)) {
                prop_assert_eq!(x.overlaps(&y), y.overlaps(&x));
                let certain = [x.before(&y), x.after(&y), x.overlaps(&y)];
                prop_assert!(certain.iter().filter(|&&answer| answer == Yes).count() <= 1, "{a} {b} {certain:?}");
                prop_assert!(certain.iter().any(|answer| answer.is_possible()), "{a} {b} {certain:?}");
                prop_assert!(x.within(&y) <= x.overlaps(&y), "{a} {b}");
            }
        }
    }
}
