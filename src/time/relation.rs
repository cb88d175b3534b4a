//! Before, after, overlaps, within: answered *yes*, *possibly* or *no*.
//!
//! A date stands for every course of events it allows: a start somewhere between its start edges and an end somewhere
//! between its end edges. A relation is *yes* where it holds for all of them, *no* where it holds for none. An unknown end
//! allows everything from the other end on; an open end is known never to come.
//!
//! Qualifiers change nothing: `1950~` answers as `1950`, because EDTF gives `~` no width and an invented one would answer
//! questions that the source does not. The mark itself stays visible beside the answer.

use std::borrow::Cow;

use super::reach::{Answer, Bounds, Reach, Relation};
use super::runs::Runs;
use super::{Date, Edge, Extent, Instant, Shape, Zone};

/// Pairs of members of two "all of these" that are looked at one by one.
const MOST_PAIRS: usize = 1 << 14;

/// A stretch of time as far as it is known, ready to be asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    members: Members,
    kind: Kind,
    /// Where its one time can lie, or its several do, if that is not all between its first and its last.
    runs: Option<Runs>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Members {
    /// One thing. "One of these" is one too: which of them decides no more than its runs do.
    One(Reach),
    AllOf(Vec<Reach>),
}

/// What a stretch is given by. Days run back where a clock is put back over midnight; so times are held against each other
/// where they stand on the axis, and against days where the clock stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Civil days.
    Days,
    /// Times, and where they lie by the clock.
    Times(Reach),
    /// Places on the axis.
    Axis,
}

impl Period {
    /// What a date allows.
    pub fn of(date: &Date, zone: Zone) -> Self {
        match date.shape() {
            Shape::AllOf(extents) => Self {
                members: Members::AllOf(extents.iter().map(|extent| Reach::new(extent, None)).collect()),
                kind: Kind::Days,
                runs: Runs::of(date),
            },
            Shape::Moment | Shape::Window | Shape::Span | Shape::OneOf(_) => {
                Self { runs: Runs::of(date), ..Self::solid(date, zone, |reach| reach) }
            }
        }
    }

    /// What a date means in a question, such as "before 2024-11": the whole stretch that it can touch, taken as known. One with
    /// gaps (`2024-10-X4`, `[2024-10-04,2024-10-24]`) is one of its members, and which is not known.
    pub fn whole(date: &Date, zone: Zone) -> Self {
        Self { runs: Runs::of(date), ..Self::bound(date, zone, |reach| reach) }
    }

    /// All time until a date is over.
    pub fn until_end_of(date: &Date, zone: Zone) -> Self {
        Self::bound(date, zone, |reach| Reach { start_min: i128::MIN, start_max: i128::MIN, ..reach })
    }

    /// All time from when a date is over.
    pub fn from_end_of(date: &Date, zone: Zone) -> Self {
        Self::bound(date, zone, |reach| Reach {
            start_min: reach.end_min,
            start_max: reach.end_max,
            end_min: i128::MAX,
            end_max: i128::MAX,
        })
    }

    /// From the beginning of a date to the end of another, each as in [`Period::whole`]; a side that is not known reaches
    /// without end. From a date with gaps to itself is the one of its members that it is.
    pub fn from_to(first: &Date, last: &Date, zone: Zone) -> Self {
        if first == last {
            return Self::whole(first, zone);
        }
        let (first, last) = (Self::whole(first, zone), Self::whole(last, zone));
        let joined = |first: &Reach, last: &Reach| Reach {
            start_min: first.start_min,
            start_max: first.start_max,
            end_min: last.end_min,
            end_max: last.end_max,
        };
        let kind = match (first.kind, last.kind) {
            (Kind::Days, Kind::Days) => Kind::Days,
            (Kind::Times(first), Kind::Times(last)) => Kind::Times(joined(&first, &last)),
            _ => Kind::Axis,
        };
        Self { members: Members::One(joined(&first.members.hull(), &last.members.hull())), kind, runs: None }
    }

    /// From a place on the axis to another (half-open); none reaches without end.
    pub fn between(from: Option<Instant>, to: Option<Instant>) -> Self {
        let start = from.map_or(i128::MIN, |from| i128::from(from.micros()));
        let end = to.map_or(i128::MAX, |to| i128::from(to.micros()));
        Self { members: Members::One(Reach::known(start, end)), kind: Kind::Axis, runs: None }
    }

    /// A date as the end of a question's stretch, or as all of it.
    fn bound(date: &Date, zone: Zone, shaped: impl Fn(Reach) -> Reach) -> Self {
        let has_gaps = Runs::of(date).is_some();
        // Where there are gaps, each member is a day, a month or a year: none begins later than the last day of all of them,
        // and none is over sooner than the first.
        let day = i128::from(Instant::DAY);
        Self::solid(date, zone, |reach| {
            let Reach { start_min, end_max, .. } = reach;
            shaped(if has_gaps {
                Reach {
                    start_min,
                    start_max: end_max.saturating_sub(day),
                    end_min: start_min.saturating_add(day),
                    end_max,
                }
            } else {
                Reach::known(start_min, end_max)
            })
        })
    }

    /// A date as one stretch.
    fn solid(date: &Date, zone: Zone, shaped: impl Fn(Reach) -> Reach) -> Self {
        let reach = |extent: &Extent| {
            // Worked out only where an edge lies beyond the axis.
            let is_known = extent.earliest_start != Edge::Unknown && extent.latest_end != Edge::Unknown;
            let bounds = (!is_known).then(|| date.day_bounds());
            shaped(Reach::new(extent, bounds.map(|bounds| (bounds.earliest, bounds.latest))))
        };
        let kind = date.extent_by_clock(zone).map_or(Kind::Days, |extent| Kind::Times(reach(&extent)));
        Self { members: Members::One(reach(&date.extent(zone))), kind, runs: None }
    }

    /// Whether this stands in a relation to `other`. Of "all of these" every member counts, except that one is enough to
    /// overlap and to be lain within.
    pub fn relates(&self, relation: Relation, other: &Self) -> Answer {
        let (own, others) = (self.held_against(other), other.held_against(self));
        let answer = own.relates(relation, &others);
        // Before and after hang on the first and the last alone.
        let shares = matches!(relation, Relation::Overlaps | Relation::Within);
        if shares && answer == Answer::Possibly && !self.can_meet(other, 0) { Answer::No } else { answer }
    }

    /// Whether the two can share an instant if either may lie elsewhere by `slack_micros`: by all that they can be, not by what
    /// lies between. Where that takes too long to find out, they can.
    pub fn can_meet(&self, other: &Self, slack_micros: i64) -> bool {
        let slack = i128::from(slack_micros);
        let (own, others) = (self.held_against(other).hull(), other.held_against(self).hull());
        let hulls_meet = own.start_min < others.end_max.saturating_add(slack)
            && others.start_min < own.end_max.saturating_add(slack);
        if self.runs.is_none() && other.runs.is_none() {
            return hulls_meet;
        }
        let single = |reach: Reach| Runs::single((reach.start_min, reach.end_max));
        hulls_meet
            && match (&self.runs, &other.runs) {
                (Some(runs), Some(other)) => runs.meet(other, slack),
                (Some(runs), None) => runs.meet(&single(others), slack),
                (None, Some(other)) => single(own).meet(other, slack),
                (None, None) => true,
            }
    }

    /// The four places between which it lies, where these say all there is to it: it is one thing without gaps, of the axis,
    /// and stands there where its clock stood.
    pub fn bounds(&self) -> Option<Bounds> {
        let Members::One(reach) = self.members else { return None };
        let is_held_alike = !matches!(self.kind, Kind::Times(by_clock) if by_clock != reach);
        let narrow = reach.narrow().filter(|_| is_held_alike && self.runs.is_none());
        narrow.map(Bounds)
    }

    /// Whether it can be at several times and not at those between.
    pub const fn is_scattered(&self) -> bool {
        self.runs.is_some()
    }

    /// What is compared with another: where the clock stood, of times beside days.
    fn held_against(&self, other: &Self) -> Cow<'_, Members> {
        match (self.kind, other.kind) {
            (Kind::Times(by_clock), Kind::Days) => Cow::Owned(Members::One(by_clock)),
            _ => Cow::Borrowed(&self.members),
        }
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
    fn relates(&self, relation: Relation, other: &Self) -> Answer {
        let own_suffices = relation == Relation::Overlaps;
        let other_suffices = own_suffices || relation == Relation::Within;
        let (own, others) = (self.reaches(), other.reaches());
        if own.len() * others.len() > MOST_PAIRS && own.len() > 1 && others.len() > 1 {
            // Never surer than all pairs would be.
            return self.hull().relates(relation, &other.hull()).min(Answer::Possibly);
        }
        let fold = |answers: &mut dyn Iterator<Item = Answer>, one_is_enough: bool| {
            if one_is_enough { answers.max() } else { answers.min() }.unwrap_or(Answer::Possibly)
        };
        let of_all =
            |reach: &Reach| fold(&mut others.iter().map(|other| reach.relates(relation, other)), other_suffices);
        fold(&mut own.iter().map(of_all), own_suffices)
    }

    /// From the first to the last.
    fn hull(&self) -> Reach {
        self.reaches().iter().copied().reduce(Reach::hull).unwrap_or(Reach::EVER)
    }

    fn reaches(&self) -> &[Reach] {
        match self {
            Self::One(reach) => std::slice::from_ref(reach),
            Self::AllOf(members) => members,
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
        check("[2024-10-15,2024-10-25]", "2024-10-20", Possibly, Possibly, No, No);
        check("2024-10-20", "[2024-10-15,2024-10-25]", Possibly, Possibly, No, No);
        check("[1667,1669]", "1600/1700", No, No, Yes, Yes);
        check("[1667,1760]", "1600/1700", No, Possibly, Possibly, Possibly);
        check("[1945,Y170000002]", "1700", No, Yes, No, No);
    }

    #[test]
    fn masks_answer_for_what_they_can_be() {
        check("2024-10-14", "2024-10-X5", Possibly, Possibly, No, No);
        check("2024-10-15", "2024-10-X5", Possibly, Possibly, Possibly, Possibly);
        check("2024-10-X4", "2024-10-X5", Possibly, Possibly, No, No);
        check("2024-10-X5", "2024-10", Possibly, Possibly, Possibly, Possibly);
        check("2024-10-X5", "2024-09-30/2024-11-01", No, No, Yes, Yes);
        check("XXXX-12-25", "2024-10", Possibly, Possibly, No, No);
        check("XXXX-12-25", "2024-12", Possibly, Possibly, Possibly, Possibly);
        check("19X4", "1975", Possibly, Possibly, No, No);
        check("19X4", "1973/1975", Possibly, Possibly, Possibly, Possibly);
        check("19X4", "2004", Yes, No, No, No);
        check("{2024-10-X5}", "2024-10-14", Possibly, Possibly, No, No);
        check("2024-10-14T10:00", "2024-10-X5", Possibly, Possibly, No, No);
        check("2024-10-15T10:00", "2024-10-X5", Possibly, Possibly, Possibly, Possibly);
    }

    #[test]
    fn long_sets_are_answered_at_once() {
        let list = |mark: (&str, &str), first: i32| {
            let years: Vec<String> = (0..4_000).map(|at| format!("{:04}", first + 2 * at)).collect();
            period(&format!("{}{}{}", mark.0, years.join(","), mark.1))
        };
        let (all, other, one) = (list(("{", "}"), 1), list(("{", "}"), 2), list(("[", "]"), 2));
        assert_eq!([all.overlaps(&other), all.overlaps(&one), one.within(&all)], [No, No, No]);
        assert_eq!([all.overlaps(&list(("{", "}"), 3)), one.before(&all)], [Possibly, No]);
    }

    #[test]
    fn moments_are_related_as_moments_and_to_days_by_the_clock() {
        let of = |text: &str, zone: &str| Period::of(&Date::parse(text).unwrap(), Zone::parse(zone).unwrap());
        for (zone, first, second) in [
            ("Europe/Kyiv", "2024-10-27T00:45Z", "2024-10-27T01:15Z"),
            ("Europe/Kyiv", "2024-10-27T03:45+03:00", "2024-10-27T03:15:00+02:00"),
            ("Europe/Kyiv", "2024-10-27T03:45+03:00[Europe/Kyiv]", "2024-10-27T03:15+02:00[Europe/Kyiv]"),
            ("Europe/Moscow", "2014-10-25T21:45:00Z", "2014-10-25T22:15:00Z"),
            ("Europe/London", "2024-10-27T00:45:00Z", "2024-10-27T01:15:00Z"),
            ("America/New_York", "2024-11-03T05:45:00Z", "2024-11-03T06:15:00.5Z"),
            ("Asia/Pyongyang", "2015-08-14T14:50:00Z", "2015-08-14T15:10:00Z"),
            ("America/Juneau", "1867-10-18T14:00:00Z", "1867-10-19T13:00:00Z"),
            ("America/St_Johns", "2006-10-29T02:30:30Z", "2006-10-29T02:31:30Z"),
        ] {
            let (first, second) = (of(first, zone), of(second, zone));
            assert_eq!([first.before(&second), second.before(&first)], [Yes, No], "{zone}");
            assert_eq!([first.after(&second), second.after(&first)], [No, Yes], "{zone}");
        }
        // The clocks in St John's showed the first minute of the 29th, and then the last hour of the 28th once more.
        let zone = "America/St_Johns";
        let (first, again, day) = ("2006-10-29T02:30:30Z", "2006-10-29T02:31:30Z", of("2006-10-29", zone));
        assert_eq!(of(first, zone).within(&day), Possibly);
        assert_eq!([of(first, zone).before(&day), of(again, zone).before(&day)], [Possibly, Yes]);
        // A time that came twice and says not which.
        let twice = of("2024-10-27T03:30", "Europe/Kyiv");
        assert_eq!(twice.before(&of("2024-10-27T01:00Z", "Europe/Kyiv")), Possibly);
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
        fn answers_do_not_contradict_each_other(
            a in super::super::tests::near_date(), b in super::super::tests::near_date(), berlin in any::<bool>(),
        ) {
            let (Ok(a), Ok(b)) = (Date::parse(&a), Date::parse(&b)) else { return Ok(()) };
            let zone = if berlin { Zone::parse("Europe/Berlin").unwrap() } else { Zone::UTC };
            let (x, y) = (Period::of(&a, zone), Period::of(&b, zone));
            prop_assert_eq!(x.before(&y), y.after(&x));
            if let (Some(own), Some(others)) = (x.bounds(), y.bounds()) {
                for relation in [Relation::Before, Relation::After, Relation::Overlaps, Relation::Within] {
                    prop_assert_eq!(own.relates(relation, &others), x.relates(relation, &y), "{} {}", a, b);
                }
            }
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
