//! Questions about time, answered as far as a date is known: before, after, between.

use crate::time::{Answer, Date, Period, Zone};

/// What an event's date must satisfy; an empty one is satisfied by all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeFilter {
    /// It is over when this begins.
    pub before: Option<Date>,
    /// It begins when this is over.
    pub after: Option<Date>,
    /// It lies from the beginning of the first to the end of the second.
    pub between: Option<(Date, Date)>,
}

impl TimeFilter {
    /// Whether it asks for anything.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a date satisfies every part: *no* where one part says so, else *possibly* where one does.
    pub fn answer(&self, date: &Date, zone: Zone) -> Answer {
        let own = Period::of(date, zone);
        let before = self.before.as_ref().map(|other| own.before(&Period::whole(other, zone)));
        let after = self.after.as_ref().map(|other| own.after(&Period::whole(other, zone)));
        let between = self.between.as_ref().map(|(first, last)| own.within(&Period::from_to(first, last, zone)));
        [before, after, between].into_iter().flatten().min().unwrap_or(Answer::Yes)
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
        let november = TimeFilter { before: Some(date("2024-11")), ..TimeFilter::default() };
        let late = TimeFilter { after: Some(date("2024-10-25")), ..TimeFilter::default() };
        let week = TimeFilter { between: Some((date("2024-10-20"), date("2024-10-27"))), ..TimeFilter::default() };
        // A date with gaps is one of its members: certain is what is so of each of them.
        let between =
            |from: &str, to: &str| TimeFilter { between: Some((date(from), date(to))), ..TimeFilter::default() };
        let later = TimeFilter { after: Some(date("2024-10-X4")), ..TimeFilter::default() };
        let earlier = TimeFilter { before: Some(date("[2024-10-04,2024-10-24]")), ..TimeFilter::default() };
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
            (&TimeFilter::default(), "2024", Answer::Yes),
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
        for (filter, text, expected) in cases {
            assert_eq!(filter.answer(&date(text), Zone::UTC), expected, "{text}: {filter:?}");
        }
    }
}
