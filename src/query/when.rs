//! Questions about time, answered as far as a date is known: before, after, overlapping, within.

use crate::time::{Answer, Bounds, Date, Instant, Period, Relation, Zone};

/// What an event's date must satisfy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimeTest {
    /// It is over when this begins.
    Before(Date),
    /// It begins when this is over.
    After(Date),
    /// It shares an instant with this.
    Overlaps(Date),
    /// It lies from the beginning of the first to the end of the second.
    Between(Date, Date),
    /// It does not begin before this does.
    From(Date),
    /// It does not end after this does.
    UpTo(Date),
}

impl TimeTest {
    /// Whether a date satisfies it. A question asks many dates at once, which is faster.
    pub fn answer(&self, date: &Date, zone: Zone) -> Answer {
        self.asked(zone).answer(date)
    }

    /// The test ready to be asked about dates that stand in a zone.
    pub fn asked(&self, zone: Zone) -> Asked {
        let whole = |date: &Date| Period::whole(date, zone);
        let (relation, period) = match self {
            Self::Before(date) => (Relation::Before, whole(date)),
            Self::After(date) => (Relation::After, whole(date)),
            Self::Overlaps(date) => (Relation::Overlaps, whole(date)),
            Self::Between(first, last) => (Relation::Within, Period::from_to(first, last, zone)),
            Self::From(date) => (Relation::Within, Period::between(date.extent(zone).earliest_start.instant(), None)),
            Self::UpTo(date) => (Relation::Within, Period::between(None, date.extent(zone).latest_end.instant())),
        };
        Asked { relation, bounds: period.bounds(), period, zone }
    }
}

/// A test whose own dates have been worked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    relation: Relation,
    period: Period,
    /// Those of the period, where it is no more than these.
    bounds: Option<Bounds>,
    zone: Zone,
}

impl Asked {
    /// Whether a date lies wholly from an instant to another; none reaches without end.
    pub(super) fn between(from: Option<Instant>, to: Option<Instant>, zone: Zone) -> Self {
        let period = Period::between(from, to);
        Self { relation: Relation::Within, bounds: period.bounds(), period, zone }
    }

    /// Whether a date satisfies the test.
    pub fn answer(&self, date: &Date) -> Answer {
        self.answer_period(&Period::of(date, self.zone))
    }

    /// The same of a date that lies in a period.
    pub(super) fn answer_period(&self, period: &Period) -> Answer {
        period.relates(self.relation, &self.period)
    }

    /// The same of a date that is no more than its bounds; none where the test is more than its own.
    pub(super) fn answer_bounds(&self, bounds: Bounds) -> Option<Answer> {
        self.bounds.map(|asked| bounds.relates(self.relation, &asked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn a_vague_date_may_satisfy_a_question_without_certainty() {
        let november = TimeTest::Before(date("2024-11"));
        let late = TimeTest::After(date("2024-10-25"));
        let week = TimeTest::Between(date("2024-10-20"), date("2024-10-27"));
        // A date with gaps is one of its members: certain is what is so of each of them.
        let between = |from: &str, to: &str| TimeTest::Between(date(from), date(to));
        let later = TimeTest::After(date("2024-10-X4"));
        let earlier = TimeTest::Before(date("[2024-10-04,2024-10-24]"));
        let mask = between("2024-10-X4", "2024-10-X4");
        let list = between("[2024-10-04,2024-10-24]", "[2024-10-04,2024-10-24]");
        let both = between("{2024-10-04,2024-10-24}", "{2024-10-04,2024-10-24}");
        let from_mask = between("2024-10-X4", "2024-10-31");
        let decade = between("2024-10-2X", "2024-10-2X");
        let cases = [
            (&november, "[2024-10-21..2024-10-31]", Answer::Yes),
            (&november, "2024", Answer::Possibly),
            (&november, "2024-11-09", Answer::No),
            (&late, "[2024-10-21..2024-10-31]", Answer::Possibly),
            (&late, "2024-10-24", Answer::No),
            (&week, "2024-10-24", Answer::Yes),
            (&week, "2024-10", Answer::Possibly),
            (&week, "2024-10-21/2024-10-31", Answer::No),
            (&later, "2024-10-05", Answer::Possibly),
            (&later, "2024-10-25", Answer::Yes),
            (&later, "2024-10-04", Answer::No),
            (&earlier, "2024-10-09", Answer::Possibly),
            (&earlier, "2024-10-03", Answer::Yes),
            (&earlier, "2024-10-24", Answer::No),
            (&mask, "2024-10-09", Answer::No),
            (&mask, "2024-10-04", Answer::Possibly),
            (&mask, "2024-10", Answer::Possibly),
            (&list, "2024-10-09", Answer::No),
            (&list, "2024-10-24", Answer::Possibly),
            (&both, "2024-10-09", Answer::No),
            (&from_mask, "2024-10-09", Answer::Possibly),
            (&from_mask, "2024-10-24", Answer::Yes),
            (&from_mask, "2024-10-03", Answer::No),
            (&decade, "2024-10-25", Answer::Yes),
        ];
        for (test, text, expected) in cases {
            assert_eq!(test.answer(&date(text), Zone::UTC), expected, "{text}: {test:?}");
        }
    }
}
