//! Rows for a picture of one window of time: as many as its events need so that each is drawn by itself.
//!
//! ```text
//!   in a window              spread
//!   ●●●+40  ▬▬▬              ●   ▬▬▬
//!                            ●
//!                            ●  …  as long as there is height; then a pile, which is counted
//! ```
//!
//! Rows are packed as those of a window, with what marks and labels take up, and from those events alone that the picture shows.

use super::bands::Lines;
use super::members::{Extent, Measure, Members, RoomFor};
use super::packing::levels;
use super::rows::Limits;
use super::sight::middle;
use super::spots::Spots;
use super::{Index, Selection, Single, Spot};
use crate::time::Instant;

/// What a picture has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// The left edge of what it draws: a little more than can be seen, since marks reach beyond their dates.
    pub start: Instant,
    /// The right edge.
    pub end: Instant,
    /// The stretch that can be seen. A band in which nothing stands of it has no row.
    pub seen: (Instant, Instant),
    /// How long the smallest mark lasts at its zoom; 0 lets events of a row stand so close that they are drawn as crowds.
    pub least_micros: i64,
    /// How many rows a band may have for the sake of labels.
    pub labelled_rows: usize,
    /// How many rows a band may have.
    pub most_rows: usize,
    /// How many rows all bands may have together, piles included; each has one at least.
    pub most_lines: Option<usize>,
}

#[cfg(test)]
impl Room {
    /// All that an index holds, with room for a mark of a day.
    pub(super) fn around(index: &Index) -> Self {
        let (start, end) = index.extent().unwrap_or_default();
        let seen = (start, end);
        Self { start, end, seen, least_micros: Instant::DAY, labelled_rows: 10, most_rows: 1_000, most_lines: None }
    }
}

impl Index {
    /// The index with rows for a picture, in which only those events stand that touch its window, of `selection` alone where
    /// there is one; `measure` says what each takes up, and without it each has room for a mark. Where they need more rows than
    /// there is room for, the highest bands have room for what tells titles apart that begin alike, do without some of their labels,
    /// and then without the rows of some events, which go onto their piles. A band that is empty in what can be seen has no row:
    /// nothing will be dropped on it. Of events without a date it keeps those of the selection. Everything else is as it was: such an
    /// index follows no edit.
    pub fn spread(&self, selection: Option<&Selection>, room: &Room, measure: Option<&mut dyn Measure>) -> Self {
        let mut alone = Alone { least_micros: room.least_micros, footprint_micros: self.footprint_micros };
        let measure = measure.unwrap_or(&mut alone);
        let stretch = (room.start, room.end);
        let within = |(band, lines): (u32, &Lines)| {
            // What stands beside the picture alone is drawn for the part of its mark that reaches into it: no band is there for that.
            let stretch = if lines.touch(room.seen) { stretch } else { (room.seen.0, room.seen.0) };
            Members::within(self, (band, lines), stretch, &|_| true, RoomFor::Titles, measure)
        };
        let mut members: Vec<Members> = (0_u32..).zip(self.lines_of(selection)).map(within).collect();
        let whole = Limits { labelled: room.labelled_rows, most: room.most_rows };
        // Of a band that is one line high all is on its pile.
        let is_collapsed = |at: usize| self.bands.get(at).is_some_and(|band| band.is_collapsed);
        let limits = |at: usize| if is_collapsed(at) { Limits { labelled: 0, most: 0 } } else { whole };
        let mut lines: Vec<Lines> =
            members.iter_mut().enumerate().map(|(at, members)| members.lines(limits(at))).collect();
        let heights = |lines: &[Lines]| lines.iter().map(|lines| lines.height() as usize).collect::<Vec<usize>>();
        // Dates have rows of their own from the top as far as that costs no title its room.
        let mut sum: usize = heights(&lines).iter().sum();
        for ((lines, members), band) in lines.iter_mut().zip(&members).zip(0..) {
            if is_collapsed(band as usize) {
                continue;
            }
            let mut dated = members.measured(self, band, RoomFor::Dates, measure);
            let dated = dated.lines(whole);
            let (own, with) = (lines.height() as usize, dated.height() as usize);
            if with < whole.labelled && room.most_lines.is_none_or(|most| sum - own + with <= most) {
                sum = sum - own + with;
                *lines = dated;
                continue;
            }
            let Some(free) = room.most_lines.and_then(|most| most.checked_sub(sum)) else { continue };
            let mut spared = members.measured(self, band, RoomFor::SpareDates, measure);
            if let Some(spared) = spared.lines_with_spare(whole, own + free) {
                sum = sum - own + spared.height() as usize;
                *lines = spared;
            }
        }
        if let Some(most) = room.most_lines {
            // Labels give way first. Only where rows for the marks alone are too many do events go onto piles.
            for all_marks_stay in [true, false] {
                let heights = heights(&lines);
                let bands = lines.iter_mut().zip(&members).zip(0..).zip(heights.iter().zip(levels(&heights, most)));
                for (((lines, members), band), (height, level)) in bands {
                    if *height <= level {
                        continue;
                    }
                    let mut members = members.measured(self, band, RoomFor::Endings, measure);
                    *lines = members.lines(match all_marks_stay {
                        // What marks need anyway is there for labels too: no more rows come of that.
                        true => Limits { labelled: level.max(members.at_once()), ..whole },
                        // One of the rows is that of the pile.
                        false => Limits { labelled: level, most: level.saturating_sub(1) },
                    });
                }
            }
        }
        let (mut bands, mut spots) = (self.bands.clone(), Spots::nowhere(self.spots.len(), 0));
        for ((at, band), lines) in (0_u32..).zip(&mut bands).zip(&lines) {
            band.rows = if lines.numbered().next().is_none() { 0 } else { lines.height() };
            let slots = lines.numbered().flat_map(|(row, line)| line.slots.iter().map(move |slot| (row, slot)));
            spots.extend(slots.map(|(row, slot)| (*slot, Spot { band: at, row })));
        }
        spots.settle();
        let mut spread = Self { bands, lines, spots, is_spread: room.least_micros > 0, ..self.clone() };
        let is_kept = |slot: u32| self.is_selected(selection, self.slots.position(slot) as usize);
        spread.order.retain_last(self.undated, is_kept);
        let all = self.order.slots();
        spread.undated = spread.order.slots().len() + self.undated - all.len();
        let dated = all.get(..all.len() - self.undated).unwrap_or_default();
        let is_left_out = |slot: &&u32| self.spots.first(**slot).is_none() && !is_kept(**slot);
        // Few timelines have any beyond the axis, and only those look for them.
        let unplaced = if self.unplaced() > 0 { dated.iter().filter(is_left_out).count() } else { 0 };
        spread.left_out = self.undated - spread.undated + unplaced;
        spread
    }

    /// A spread index without the bands in which nothing stands; one stays where nothing stands in any.
    #[must_use]
    pub fn without_empty_bands(self) -> Self {
        let is_shown = |lines: &Lines| lines.numbered().next().is_some();
        let some_are = self.lines.iter().any(is_shown);
        // For each band its new position; none for one that goes.
        let mut kept = 0..;
        let keeps = |(at, lines): (usize, &Lines)| if some_are { is_shown(lines) } else { at == 0 };
        let moved: Vec<Option<u32>> =
            self.lines.iter().enumerate().map(|lines| keeps(lines).then(|| kept.next()).flatten()).collect();
        let moved_to = |band: usize| moved.get(band).copied().flatten();
        let (mut bands, mut lines) = (Vec::new(), Vec::new());
        for (at, (band, own)) in self.bands.iter().zip(&self.lines).enumerate() {
            if moved_to(at).is_some() {
                bands.push(band.clone());
                lines.push(own.clone());
            }
        }
        let spots = self.spots.moved(|band| moved_to(band as usize));
        Self { bands, lines, spots, ..self }
    }

    /// Whether every event in a row has room for its mark.
    pub const fn is_spread(&self) -> bool {
        self.is_spread
    }
}

/// What events take up of which nothing is measured: a mark, and behind its start the same room for each.
struct Alone {
    least_micros: i64,
    footprint_micros: i64,
}

impl Measure for Alone {
    fn extents(&mut self, events: &[Single], _: RoomFor) -> Vec<Extent> {
        // Rounded up: what is half as long on both sides of its middle is no shorter than a mark.
        let half = self.least_micros / 2 + self.least_micros % 2;
        let extent = |single: &Single| {
            let middle = middle(single.start, single.end);
            let (start, end) = (middle.saturating_add(-half), middle.saturating_add(half));
            let mark = (single.start.min(start), single.end.max(end));
            let whole = (mark.0, mark.1.max(mark.0.saturating_add(self.footprint_micros)));
            Extent { mark, whole, spare: whole, turned: None, counted: whole.1 }
        };
        events.iter().map(extent).collect()
    }

    /// Nothing is known of it that would make it one with others.
    fn likeness(&self, event: u32) -> u64 {
        event.into()
    }

    fn kind(&mut self, event: u32) -> u32 {
        event
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Folds, Lens};
    use crate::model::{Event, Grouping, Header, Lane, Timeline};
    use crate::time::{Date, Zone};

    #[test]
    fn the_highest_bands_are_cut_first_and_no_more_than_needed() {
        for (heights, most, expected) in [
            (vec![3, 40, 9], 60, vec![3, 40, 9]),
            (vec![3, 40, 9], 32, vec![3, 20, 9]),
            (vec![30, 40, 9], 39, vec![15, 15, 9]),
            (vec![30, 40, 9], 40, vec![16, 15, 9]),
            (vec![6, 6, 6], 17, vec![6, 6, 5]),
            (vec![5, 5], 1, vec![1, 1]),
            (vec![], 9, vec![]),
        ] {
            let cut: Vec<usize> = levels(&heights, most).into_iter().zip(&heights).map(|(a, b)| a.min(*b)).collect();
            assert_eq!(cut, expected, "{heights:?} in {most}");
        }
    }

    /// So many events at each of some days, in two lanes by turns.
    fn timeline(days: &[(u8, usize)]) -> Timeline {
        let events = days.iter().flat_map(|(day, count)| (0..*count).map(move |at| (*day, at)));
        let event = |(day, at): (u8, usize)| {
            let date = Date::parse(&format!("2024-10-{day:02}T{:02}:{:02}:00Z", at / 60 % 24, at % 60)).unwrap();
            let mut event = Event::new(format!("d{day}-{at}"), format!("Day {day}, {at}"), date);
            event.lane = Some(if at % 3 == 0 { "a" } else { "b" }.into());
            event
        };
        let lane = |id: &str| Lane { id: id.into(), title: id.into(), color: None, note: None };
        let lanes = vec![lane("a"), lane("b")];
        Timeline::from_records(Header::new("T"), lanes, vec![], events.map(event).collect(), vec![], vec![])
    }

    /// All that an index holds, seen so that a mark takes a day.
    fn around(index: &Index) -> Lens {
        let (start, end) = index.extent().unwrap();
        Lens { start, end, least_micros: Instant::DAY, cell_shift: 5, prominent: usize::MAX, folds: Folds::NONE }
    }

    #[test]
    fn every_event_has_room_and_what_has_no_row_is_on_the_pile() {
        let timeline = timeline(&[(3, 300), (4, 120), (28, 1)]);
        let index = Index::grouped(&timeline, Zone::UTC, Grouping::Lane);
        let (start, end) = index.extent().unwrap();
        let room = |most_lines| Room { most_lines, ..Room::around(&index) };
        for most_lines in [None, Some(250), Some(100), Some(7), Some(2), Some(0)] {
            let spread = index.spread(None, &room(most_lines), None);
            let rows = (0..2).flat_map(|band| spread.rows_of(band));
            let sight = spread.sight(None, rows, around(&index));
            let piled: usize = spread.lines.iter().map(|lines| lines.pile.line.len()).sum();
            let in_rows = sight
                .singles
                .iter()
                .filter(|single| single.is_prominent && single.row < spread.lines[single.band as usize].pile_row());
            assert_eq!(in_rows.count() + piled, 421, "{most_lines:?}");
            let lines: usize = spread.bands().iter().map(|band| band.rows as usize).sum();
            assert!(lines <= most_lines.unwrap_or(usize::MAX).max(2), "{lines} rows for {most_lines:?}");
            assert_eq!(
                piled == 0,
                lines == index.spread(None, &room(None), None).bands().iter().map(|b| b.rows as usize).sum::<usize>()
            );
            assert_eq!(spread.touching(None, start, end).count(), 421);
        }
    }

    #[test]
    fn what_is_on_a_pile_stands_by_its_start_and_not_by_that_of_its_mark() {
        let dates = ["2024-10-01", "2024-10-04T00:00:00Z/2024-10-09", "2024-10-04T06:00:00Z", "2024-10-14T10:00:00Z"];
        let event = |(at, date): (usize, &&str)| Event::new(format!("e{at}"), "Day", Date::parse(date).unwrap());
        let events: Vec<Event> = dates.iter().enumerate().map(event).collect();
        let timeline = Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]);
        let index = Index::grouped(&timeline, Zone::UTC, Grouping::Lane);
        let (start, end) = index.extent().unwrap();
        let room = Room { most_lines: Some(1), ..Room::around(&index) };
        let spread = index.spread(None, &room, None);
        assert_eq!(spread.touching(None, start, end).map(|seen| seen.event).collect::<Vec<_>>(), [0, 1, 2, 3]);
        let sight = spread.sight(None, spread.rows_of(0), around(&index));
        assert_eq!(sight.singles.iter().map(|single| single.event).collect::<Vec<_>>(), [0, 3]);
        assert_eq!(sight.crowds.iter().filter_map(|seen| seen.piled).map(|run| run.count).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn bands_in_which_nothing_stands_can_be_left_out() {
        let timeline = timeline(&[(3, 300), (28, 2)]);
        let index = Index::grouped(&timeline, Zone::UTC, Grouping::Lane);
        let (start, end) = index.extent().unwrap();
        let room = Room { least_micros: Instant::HOUR, ..Room::around(&index) };
        let in_lane_b = index.select(&timeline, [1, 301]);
        let spread = index.spread(Some(&in_lane_b), &room, None);
        let shown = spread.clone().without_empty_bands();
        assert_eq!((spread.bands().len(), shown.bands().len()), (2, 1));
        assert_eq!(shown.bands().first().map(|band| band.title.as_str()), Some("b"));
        assert_eq!(
            shown.touching(None, start, end).map(|seen| (seen.band, seen.event)).collect::<Vec<_>>(),
            [(0, 1), (0, 301)]
        );
        assert_eq!((shown.spot(1).map(|spot| spot.band), shown.spot(0)), (Some(0), None));
        let nothing = index.spread(Some(&index.select(&timeline, [])), &room, None).without_empty_bands();
        assert_eq!(nothing.bands().len(), 1);
    }

    #[test]
    fn only_what_is_shown_takes_rows() {
        let timeline = timeline(&[(3, 300), (28, 2)]);
        let index = Index::grouped(&timeline, Zone::UTC, Grouping::Lane);
        let (first, end) = index.extent().unwrap();
        let start = end.saturating_add(-Instant::DAY);
        let late = Room { start, seen: (start, end), least_micros: Instant::HOUR, ..Room::around(&index) };
        assert_eq!(index.spread(None, &late, None).bands().iter().map(|band| band.rows).collect::<Vec<_>>(), [1, 1]);
        let one = index.select(&timeline, [7]);
        let spread = index.spread(Some(&one), &Room { start: first, seen: (first, end), ..late }, None);
        assert_eq!(spread.touching(None, first, end).map(|seen| seen.event).collect::<Vec<_>>(), [7]);
        assert!(spread.spot(7).is_some() && spread.spot(8).is_none() && spread.unplaced() == 0);
    }
}
