//! Which stretches of time a picture folds: none, those of a choice, or of its long gaps those that squeeze the rest.
//!
//! Of a choice of folds only what is empty is folded: no mark lies in a fold, and one that comes into it opens it there.
//!
//! Folds of the third kind follow from what is shown and from the width of the picture alone, so that nothing folds or opens while
//! a window is panned or zoomed. They are made where marks stand so close at the scale of everything that they cannot be told
//! apart; ten events evenly apart, or two a century apart, stay as they are. Gaps are folded, longest first, until marks can be
//! told apart, and only as long as each makes all that then stays much wider:
//!
//! ```text
//!   ●                  ●                                 ●●●●   before: four marks in the last hundredth
//!   ● ⌇39 years⌇ ● ⌇24 years⌇ ●        ●   ●          ●         after: all that is left has one scale
//! ```

use super::Viewport;
use crate::index::{Fold, Folds, Index, Selection};
use crate::model::{FoldChoice, Timeline};
use crate::time::{Instant, Zone};

/// A gap is folded that is at least this share of the time that is not.
const LEAST_SHARE: f64 = 0.2;
/// Gaps are looked for down to this share of [`LEAST_SHARE`].
const SEARCHED: f64 = 0.25;
/// The share of a picture that automatic folds may take up.
const MOST_SHARE: f64 = 0.5;
/// How many times as wide as before each further fold has to make what is left, and all together. Of gaps of which each gains less
/// all together have to gain more.
const LEAST_GAINS: [(f64, f64); 2] = [(1.25, 2.0), (1.15, 3.0)];
/// The most automatic folds: more are louder than what they make room for.
const MOST_AUTOMATIC: usize = 6;
/// Parts of all that is not folded, each as long as a mark is wide in a picture of some thousand points: marks that share one are
/// crowded.
const CELLS: usize = 100;
/// Gaps are folded where at least this share of the events is crowded.
const LEAST_CROWDED: f64 = 0.4;
/// Between a fold and the mark beside it, as a share of the time that is not folded: room for half a mark.
const MARGIN: f64 = 0.01;
/// The part of a gap that such a margin takes at most.
const MOST_MARGIN: i64 = 16;
/// The part of a chosen fold that an empty stretch between events in it has at least.
const LEAST_PART: i64 = 64;

/// Whether and what a picture folds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::large_enum_variant, reason = "a place has one, and is copied with a viewport that is as large")]
pub enum Folding {
    /// Long gaps between what is shown.
    #[default]
    Auto,
    /// Nothing.
    Off,
    /// What is empty of these stretches.
    Chosen(Folds),
}

impl Folding {
    /// What a saved view or a command asks for; what it says of dates is read in a zone.
    pub fn of(choice: &FoldChoice, zone: Zone) -> Self {
        match choice {
            FoldChoice::Auto => Self::Auto,
            FoldChoice::Off => Self::Off,
            FoldChoice::Stretches(_) => {
                let folds = choice.stretches(zone).into_iter().map(|(start, end)| Fold { start, end });
                Self::Chosen(Folds::of(folds))
            }
        }
    }

    /// How many automatic folds a picture may have whose track has a width.
    pub fn most(width_pt: f64) -> usize {
        ((width_pt * MOST_SHARE / Viewport::FOLD_PT) as usize).min(MOST_AUTOMATIC)
    }

    /// The folds of a picture of what matches, or of all, whose track has a width. It shows nothing before the first of them or
    /// after the last.
    pub fn folds(self, timeline: &Timeline, index: &Index, shown: Option<&Selection>, width_pt: f64) -> Folds {
        match self {
            Self::Off => Folds::NONE,
            Self::Auto => Picture { timeline, index, shown, width_pt }.folds(),
            Self::Chosen(folds) => clear(timeline, index, shown, &folds),
        }
    }

    /// The same of a window, in which the time of what does not match can be seen: where that squeezes what matches it is folded too.
    pub fn folds_of_window(
        self,
        timeline: &Timeline,
        index: &Index,
        shown: Option<&Selection>,
        width_pt: f64,
    ) -> Folds {
        let inner = self.folds(timeline, index, shown, width_pt);
        match self {
            Self::Auto => Picture { timeline, index, shown, width_pt }.folds_around(inner),
            Self::Off | Self::Chosen(_) => inner,
        }
    }
}

/// What automatic folds are worked out from.
#[derive(Clone, Copy)]
struct Picture<'a> {
    timeline: &'a Timeline,
    index: &'a Index,
    /// What matches; none where all is shown.
    shown: Option<&'a Selection>,
    width_pt: f64,
}

impl Picture<'_> {
    /// The folds between what is shown.
    fn folds(self) -> Folds {
        let Some(extent) = self.index.shown_extent(self.shown) else { return Folds::NONE };
        let gaps = self.index.gaps(self.timeline, self.shown, LEAST_SHARE * SEARCHED);
        let (folded, margin) = self.squeezing(extent, &Folds::NONE, gaps);
        Folds::of(folded.into_iter().map(|gap| narrowed(gap, margin)))
    }

    /// The folds between what is shown, and those from the first event of all to the first that is shown and from the last that is
    /// to the last of all.
    fn folds_around(self, inner: Folds) -> Folds {
        let extent = self.index.extent().filter(|_| self.shown.is_some());
        let Some(((first, last), own)) = extent.zip(self.index.shown_extent(self.shown)) else { return inner };
        let ends = [Fold { start: first, end: own.0 }, Fold { start: own.1, end: last }];
        let gaps = ends.into_iter().filter(|end| end.micros() > 0).flat_map(|end| {
            // A side that is open or not known can reach out of the extent: what begins or ends there is in the way.
            self.index.clear_parts(self.timeline, self.shown, end, end.micros() / LEAST_PART)
        });
        let (folded, margin) = self.squeezing((first.min(own.0), last.max(own.1)), &inner, gaps.collect());
        let around = folded.into_iter().map(|gap| {
            // No mark stands where all there is begins or ends.
            let narrow = narrowed(gap, margin);
            let start = if gap.start == first { gap.start } else { narrow.start };
            let end = if gap.end == last { gap.end } else { narrow.end };
            Fold { start, end }
        });
        Folds::of(inner.as_slice().iter().copied().chain(around))
    }

    /// Of the gaps of a stretch of time in which some are folded those that squeeze the rest, and the margin that they leave to what
    /// stands beside them.
    fn squeezing(self, (start, end): (Instant, Instant), before: &Folds, mut gaps: Vec<Fold>) -> (Vec<Fold>, i64) {
        let none = (Vec::new(), 0);
        let Some(most) = Folding::most(self.width_pt).checked_sub(before.as_slice().len()) else { return none };
        if gaps.is_empty() {
            return none;
        }
        // Of equals the earlier first: the sort is stable.
        gaps.sort_by_key(|gap| std::cmp::Reverse(gap.micros()));
        let all = i64::try_from(before.unfolded_micros(start, end)).unwrap_or(i64::MAX);
        let room_pt = self.width_pt - before.as_slice().len() as f64 * Viewport::FOLD_PT;
        // What is left, and its scale, with so many of the longest gaps folded.
        let mut left = all;
        let scales = (0..).zip(std::iter::once(0).chain(gaps.iter().map(Fold::micros))).map(|(count, folded)| {
            left -= folded;
            (count, folded, left, (room_pt - count as f64 * Viewport::FOLD_PT) / left.max(1) as f64)
        });
        let scales: Vec<(usize, i64, i64, f64)> = scales.take(most + 1).collect();
        let Some((_, _, _, unfolded)) = scales.first().copied() else { return none };
        let first = |count: usize| Folds::of(before.as_slice().iter().chain(gaps.iter().take(count)).copied());
        // How many are folded, how much is left, and at which scale.
        let folded = |least_gain: f64| {
            let (mut count, mut left, mut widest) = (0, all, unfolded);
            while self.is_crowded((start, end), &first(count)) {
                // Of gaps of one length a single one gains little, and all of them much.
                let next = scales.iter().skip(count + 1).find(|(more, gap, left, scale)| {
                    let least = least_gain.powi(i32::try_from(more - count).unwrap_or(i32::MAX));
                    *gap as f64 >= *left as f64 * LEAST_SHARE && *scale >= widest * least
                });
                let Some((more, _, then_left, scale)) = next else { break };
                (count, left, widest) = (*more, *then_left, *scale);
            }
            (count, left, widest)
        };
        let mut tried = LEAST_GAINS.into_iter().map(|(each, of_all)| (folded(each), of_all));
        let worthwhile = tried.find(|((_, _, widest), of_all)| *widest >= unfolded * of_all);
        let Some(((count, left, _), _)) = worthwhile else { return none };
        gaps.truncate(count);
        (gaps, (left as f64 * MARGIN) as i64)
    }

    /// Whether many of the events cannot be told apart where all between two instants is shown but for some folds.
    fn is_crowded(self, (start, end): (Instant, Instant), folds: &Folds) -> bool {
        let cell = folds.unfolded_micros(start, end) / CELLS as i128 + 1;
        let mut counts = [0_u64; CELLS];
        for (instant, count) in self.index.counts(self.shown) {
            // Its bucket can reach beyond the ends.
            let at = usize::try_from(folds.unfolded_micros(start, instant) / cell).unwrap_or(0).min(CELLS - 1);
            if let Some(own) = counts.get_mut(at) {
                *own += u64::from(count);
            }
        }
        let all: u64 = counts.iter().sum();
        let crowded: u64 = counts.iter().map(|count| count.saturating_sub(1)).sum();
        crowded as f64 >= all as f64 * LEAST_CROWDED && crowded > 1
    }
}

/// A gap without the margins for the marks beside it.
fn narrowed(gap: Fold, margin: i64) -> Fold {
    let margin = margin.min(gap.micros() / MOST_MARGIN);
    Fold { start: gap.start.saturating_add(margin), end: gap.end.saturating_add(-margin) }
}

/// What is empty of some folds.
fn clear(timeline: &Timeline, index: &Index, shown: Option<&Selection>, folds: &Folds) -> Folds {
    let margin = index.shown_extent(shown).map_or(0, |(start, end)| {
        let left = i64::try_from(folds.unfolded_micros(start, end)).unwrap_or(i64::MAX);
        (left as f64 * MARGIN) as i64
    });
    let clear = folds.as_slice().iter().flat_map(|fold| {
        let parts = index.clear_parts(timeline, shown, *fold, fold.micros() / LEAST_PART);
        parts.into_iter().map(|part| {
            // Where no mark is beside it a fold ends where it was chosen to.
            let narrow = narrowed(part, margin);
            let start = if part.start == fold.start { part.start } else { narrow.start };
            let end = if part.end == fold.end { part.end } else { narrow.end };
            Fold { start, end }
        })
    });
    Folds::of(clear.collect::<Vec<Fold>>())
}
