//! Some of the events, such as those that match a query: in the rows they have among all, with counts of their own.

use rayon::prelude::*;

use super::bands::{self, Lines};
use super::build::Prepared;
use super::counts::Counts;
use super::pile::Pile;
use super::{Index, Spot};
use crate::model::Timeline;
use crate::time::Instant;

/// Events picked from an [`Index`]. It belongs to the state of the index it was picked from, and answers for no later one.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// By slot.
    members: Vec<u64>,
    len: usize,
    lines: Vec<Lines>,
    counts: Counts,
}

impl Index {
    /// The events at these positions of the timeline, each once.
    pub fn select(&self, timeline: &Timeline, positions: impl IntoIterator<Item = usize>) -> Selection {
        let mut members = vec![0_u64; self.spots.len().div_ceil(64)];
        let mut len = 0;
        let mut firsts: Vec<Instant> = Vec::new();
        for position in positions {
            let Some(slot) = self.slots.slot(position) else { continue };
            let Some(word) = members.get_mut(slot as usize / 64) else { continue };
            let bit = 1 << (slot % 64);
            if *word & bit != 0 {
                continue;
            }
            *word |= bit;
            len += 1;
        }
        let is_member = |slot: u32| is_member(&members, slot);
        let lines: Vec<Lines> = self
            .lines
            .par_iter()
            .map(|lines| Lines {
                rows: lines.rows.iter().map(|row| row.filtered(is_member)).collect(),
                pile: Pile::of(lines.pile.line.filtered(is_member)),
                most: lines.most,
            })
            .collect();
        for (band, line) in bands::each_line(&lines) {
            // What stands in several bands is counted in the topmost.
            let is_first = |(_, slot): &(&Instant, &u32)| self.spots.is_first(**slot, band);
            let counted = || line.starts.iter().zip(&line.slots).filter(is_first);
            firsts.extend(counted().map(|(start, _)| *start).filter(|start| *start != Instant::MIN));
            // What has no start is counted where its date first says something.
            let open = counted().take_while(|(start, _)| **start == Instant::MIN);
            firsts.extend(open.filter_map(|(_, slot)| self.first_known(timeline, *slot)));
        }
        let counts = Counts::of(firsts.iter().copied());
        Selection { members, len, lines, counts }
    }

    fn first_known(&self, timeline: &Timeline, slot: u32) -> Option<Instant> {
        let event = timeline.events().get(self.slots.position(slot) as usize)?;
        Prepared::of(event, self.zone).known.map(|(first, _)| first)
    }

    /// Whether the event at a position is in a selection; all are where there is none.
    pub fn is_selected(&self, selection: Option<&Selection>, position: usize) -> bool {
        let Some(selection) = selection else { return true };
        self.slots.slot(position).is_some_and(|slot| is_member(&selection.members, slot))
    }

    /// The lines that a band has, from the top; those of a selection have gaps where others stand.
    pub fn rows_of(&self, band: usize) -> impl Iterator<Item = Spot> + '_ {
        let band_at = u32::try_from(band).unwrap_or(u32::MAX);
        self.lines.get(band).into_iter().flat_map(Lines::numbered).map(move |(row, _)| Spot { band: band_at, row })
    }
}

fn is_member(members: &[u64], slot: u32) -> bool {
    members.get(slot as usize / 64).is_some_and(|word| word & (1 << (slot % 64)) != 0)
}

impl Selection {
    /// How many events it has.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn lines(&self) -> &[Lines] {
        &self.lines
    }

    pub(super) fn counts(&self) -> &Counts {
        &self.counts
    }
}
