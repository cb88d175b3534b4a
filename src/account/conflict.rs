//! Which tellings of an event cannot both be right.
//!
//! Two accounts cannot where one denies or disputes what the other supports, and where the dates that both give have no time in
//! common. A date that is doubtful or about may be another than it says, so it conflicts with none. Of something that lasted one
//! account may date the beginning and another the end: only spans speak of the whole. Of something that came again and again each
//! may date one time. This is how `model::check` reads the dates of one event's citations too.

use crate::model::{Event, Stance};
use crate::time::{Date, Instant, Period, Precision, Shape, Zone};

/// The most tellings of an event of which each is held against each.
const MOST_COMPARED: usize = 64;
/// The most threads between the tellings of one event that are drawn pair by pair; of more, each has one to the nearest.
const MOST_PAIRS: usize = 8;

/// What is held against others.
pub(super) struct Claim<'t> {
    /// Whose.
    pub account: u32,
    /// How it speaks of the event.
    pub stance: Stance,
    /// When, where it says when: a denial without a date gives none.
    pub date: Option<&'t Date>,
}

/// Why two tellings cannot both be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// One denies or disputes what the other supports.
    Stances,
    /// Their dates have no time in common.
    Dates,
}

impl Why {
    /// The words beside a thread.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Stances => "One of them supports what the other denies or disputes",
            Self::Dates => "Their dates have no time in common",
        }
    }
}

/// The pairs among the claims on one event that cannot both be right, by their places; of different accounts.
pub(super) fn conflicts(event: &Event, claims: &[Claim<'_>], zone: Zone) -> Vec<(usize, usize, Why)> {
    let claims = claims.get(..claims.len().min(MOST_COMPARED)).unwrap_or_default();
    if claims.len() < 2 {
        return Vec::new();
    }
    let is_any = |is: fn(&Shape) -> bool| match &event.date {
        Some(date) => is(&date.shape()),
        None => claims.iter().filter_map(|claim| claim.date).any(|date| is(&date.shape())),
    };
    let (comes_again, lasted) =
        (is_any(|shape| matches!(shape, Shape::AllOf(_))), is_any(|shape| *shape == Shape::Span));
    let period = |date: &Date| {
        let certainty = date.certainty();
        let is_firm = !certainty.approximate && !certainty.uncertain && !date.is_beyond_axis();
        let speaks = !comes_again && (!lasted || date.shape() == Shape::Span);
        (is_firm && speaks).then(|| (Period::of(date, zone), date.precision() >= Precision::Minute))
    };
    // Most claims on an event are at its own date, which meets itself: to work out when that is takes longer than all else here.
    let mut dates = claims.iter().filter_map(|claim| claim.date);
    let do_dates_differ = dates.next().is_some_and(|first| dates.any(|date| date != first));
    let periods: Vec<Option<(Period, bool)>> =
        claims.iter().map(|claim| claim.date.filter(|_| do_dates_differ).and_then(period)).collect();
    let speaks_against = |stance| matches!(stance, Stance::Denies | Stance::Disputes);
    let mut pairs = Vec::new();
    for (at, (one, own)) in claims.iter().zip(&periods).enumerate() {
        for (other_at, (other, others)) in claims.iter().zip(&periods).enumerate().skip(at + 1) {
            if one.account == other.account {
                continue;
            }
            let stances = (one.stance == Stance::Supports && speaks_against(other.stance))
                || (other.stance == Stance::Supports && speaks_against(one.stance));
            // Whoever says that it did not happen gives no date on which it did.
            let both_date = one.stance != Stance::Denies && other.stance != Stance::Denies;
            let dates = both_date
                && matches!((own, others), (Some((own, is_timed)), Some((others, other_is_timed))) if {
                    // A day is not the same day at every place.
                    let slack = if is_timed == other_is_timed { 0 } else { Instant::DAY };
                    !own.can_meet(others, slack)
                });
            if stances || dates {
                pairs.push((at, other_at, if stances { Why::Stances } else { Why::Dates }));
            }
        }
    }
    pairs
}

/// The pairs that are drawn: all where they are few; of more, for each telling the one to the nearest account.
pub(super) fn drawn(pairs: &[(usize, usize, Why)], claims: &[Claim<'_>]) -> Vec<(usize, usize, Why)> {
    if pairs.len() <= MOST_PAIRS {
        return pairs.to_vec();
    }
    let account = |at: usize| claims.get(at).map_or(u32::MAX, |claim| claim.account);
    let apart = |(a, b, _): &(usize, usize, Why)| account(*a).abs_diff(account(*b));
    let mut kept: Vec<(usize, usize, Why)> = Vec::new();
    for at in 0..claims.len() {
        let own = pairs.iter().filter(|(a, b, _)| *a == at || *b == at);
        kept.extend(own.min_by_key(|pair| (apart(pair), pair.0, pair.1)));
    }
    kept.sort_by_key(|(a, b, _)| (*a, *b));
    kept.dedup();
    kept
}
