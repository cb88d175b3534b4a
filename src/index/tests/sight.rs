//! What a look at a window reads and counts, of rows and piles made by hand.

use super::super::bands::Lines;
use super::super::*;
use super::*;
use crate::model::Slots;

/// An index without a timeline, of one band: a row and a pile of events by start, each with its start, its end and its weight.
/// They stand in a timeline in this order.
fn of_lines(row: &[(i64, i64, u8)], pile: &[(i64, i64, u8)]) -> Index {
    let placed = |(slot, (start, end, weight)): (u32, &(i64, i64, u8))| {
        let (start, end) = (Instant::from_micros(*start), Instant::from_micros(*end));
        Placed { slot, start, end, weight: *weight }
    };
    let events: Vec<Placed> = (0..).zip(row.iter().chain(pile)).map(placed).collect();
    let (row, pile) = events.split_at(row.len());
    let mut rows = vec![Line::default(); MOST_ROWS];
    rows[0] = Line::of(row);
    of_bare_lines(Lines { rows, pile: Pile::of(Line::of(pile)), most: MOST_ROWS }, events.len())
}

fn of_bare_lines(lines: Lines, count: usize) -> Index {
    let band = Band { key: BandKey::Rest, title: String::new(), rows: lines.height(), is_collapsed: false };
    Index { bands: vec![band], lines: vec![lines], slots: Slots::new(count), ..Index::default() }
}

/// Buckets of 2 048 microseconds, cells of 65 536.
const fn lens(start: i64, end: i64) -> Lens {
    let (start, end) = (Instant::from_micros(start), Instant::from_micros(end));
    Lens { start, end, least_micros: 7_168, cell_shift: 5, prominent: 1, folds: Folds::NONE }
}

#[test]
fn what_lies_beside_the_window_changes_nothing_within_it() {
    let busy: Vec<(i64, i64, u8)> = (0..20).map(|at| (at * 2_000, at * 2_000 + 1_500, 1)).collect();
    let cell = 65_536;
    let at = |micros: i64, weight: u8| (micros, micros + 1, weight);
    // The event that is asked about, and whether it is prominent; none where it is no single.
    for (name, row, pile, event, expected) in [
        (
            "the heaviest of a crowd leaves room where a heavier one lies in the cell before",
            vec![at(cell - 1_000, 5), at(cell + 1_000, 3), at(100_000, 1)],
            vec![],
            2,
            Some(true),
        ),
        (
            "… or in the cell behind",
            vec![at(100_000, 1), at(2 * cell - 1_000, 3), at(2 * cell + 1_000, 5)],
            vec![],
            0,
            Some(true),
        ),
        (
            "a mark is in the way of one in the cell before that something long moves aside",
            vec![(0, cell - 600, 1), at(cell - 100, 2), at(cell + 7_300, 1)],
            vec![],
            2,
            Some(false),
        ),
        (
            "… or behind",
            vec![at(2 * cell - 7_500, 1), at(2 * cell + 100, 2), (2 * cell + 600, 4 * cell, 1)],
            vec![],
            0,
            Some(false),
        ),
        (
            "of what is long no more is prominent than of the rest",
            vec![(cell, cell + 8_000, 2), (cell + 9_000, cell + 20_000, 3), at(cell + 40_000, 1)],
            vec![],
            0,
            Some(false),
        ),
        (
            "… but what is longer than a cell always is",
            vec![(cell, 2 * cell + 8_000, 1), (2 * cell + 9_000, 2 * cell + 20_000, 3)],
            vec![],
            0,
            Some(true),
        ),
        (
            "what begins in a cell with many has no room on a pile",
            vec![],
            [busy, vec![(cell - 9_000, cell + 20_000, 1)]].concat(),
            20,
            None,
        ),
    ] {
        let index = of_lines(&row, &pile);
        for (start, end) in [(70_000, 125_000), (60_000, 125_000), (70_000, 135_000), (10_000, 190_000)] {
            let sight = index.sight(None, index.rows_of(0), lens(start, end));
            let found = sight.singles.iter().find(|single| single.event == event);
            assert_eq!(found.map(|single| single.is_prominent), expected, "{name}, {start} to {end}");
        }
    }
}

#[test]
fn a_pile_counts_nothing_that_is_drawn_by_itself() {
    let crowd = [(20_100, 20_300, 1), (20_150, 20_450, 1), (20_200, 22_400, 1)];
    for (pile, expected) in [
        // Two that follow at once on one another, within one bucket.
        (vec![(0, 20_000, 1), (20_000, 40_000, 1)], vec![]),
        (vec![(0, 20_000, 1), (20_100, 60_000, 1), (60_001, 90_000, 1)], vec![]),
        ([&[(0, 20_000, 1)], &crowd[..]].concat(), vec![(20_100, 22_400, 3)]),
        ([&crowd[..], &[(22_401, 90_000, 1)]].concat(), vec![(20_100, 22_400, 3)]),
        ([&[(0, 20_000, 1)], &crowd[..], &[(22_401, 90_000, 1)]].concat(), vec![(20_100, 22_400, 3)]),
    ] {
        let index = of_lines(&[], &pile);
        let sight = index.sight(None, index.rows_of(0), lens(0, 100_000));
        let counted: Vec<Crowd> = sight.crowds.iter().map(|seen| seen.crowd).collect();
        let piled: Vec<Crowd> = sight.crowds.iter().filter_map(|seen| seen.piled).collect();
        let numbers = |crowd: &Crowd| (crowd.start.micros(), crowd.end.micros(), crowd.count);
        assert_eq!(counted.iter().map(numbers).collect::<Vec<_>>(), expected, "{pile:?}");
        assert_eq!(piled, counted, "{pile:?}");
        assert_eq!(sight.singles.len() + counted.iter().map(|crowd| crowd.count as usize).sum::<usize>(), pile.len());
        assert!(sight.buckets.iter().all(|bucket| bucket.count <= 3) && sight.buckets.is_empty() == counted.is_empty());
    }
}

/// An index without a timeline: forty rows of moments, evenly spread, and a pile of what lasts for up to a tenth of all time,
/// with forty that last for a third to all of it. Where they come in bursts, each twentieth of all time is drawn together to
/// a thousandth of itself.
fn bare(count: u32, all_micros: i64, in_bursts: bool) -> Index {
    let mut random = 0x9e37_79b9_u64;
    let mut share = move || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as f64 / (1_u64 << 31) as f64
    };
    let mut rows = vec![Vec::new(); MOST_ROWS];
    let mut piled = Vec::new();
    let step = all_micros / i64::from(count / MOST_ROWS as u32);
    for slot in 0..count {
        let (start, length) = match slot {
            0..40 => (0.0, 0.3 + 0.7 * share()),
            _ if slot % 20 == 0 => (0.9 * share(), 0.1 * share()),
            _ => {
                let start = (f64::from(slot / MOST_ROWS as u32) + 0.5 * share()) * step as f64;
                (start / all_micros as f64, 0.4 * step as f64 / all_micros as f64)
            }
        };
        let burst =
            |share: f64| if in_bursts { ((share * 20.0).floor() + (share * 20.0).fract() / 1e3) / 20.0 } else { share };
        let at = |share: f64| Instant::from_micros((burst(share) * all_micros as f64) as i64);
        let event = Placed { slot, start: at(start), end: at(start + length), weight: 1 + (share() * 5.0) as u8 };
        let line = if slot % 20 == 0 || slot < 40 { &mut piled } else { &mut rows[slot as usize % MOST_ROWS] };
        line.push(event);
    }
    piled.sort_by_key(|event| (event.start, event.end));
    let rows = rows.iter().map(|row| Line::of(row)).collect();
    of_bare_lines(Lines { rows, pile: Pile::of(Line::of(&piled)), most: MOST_ROWS }, count as usize)
}

/// How many entries a look may read: so many a bucket, a cell and a row, whatever the number of events.
fn cap(lens: Lens, rows: usize) -> u64 {
    let cell = 1_i64 << lens.cell_shift();
    // The window, up to a cell more on both sides that begins in it, and one cell each beside these.
    let reach = lens.end.saturating_since(lens.start) + 4 * cell;
    let buckets = (reach >> lens.bucket_shift()) as u64;
    let cells = (reach / cell) as u64;
    rows as u64 * (BUCKET * buckets + CELL * cells + ROW)
}

/// The event that is found, and the search for the next bucket: at once where the directory knows it, else by leaps.
const BUCKET: u64 = 5;
/// The heaviest of a crowd, on both sides of it two blocks of the column and one of each depth of its maxima.
const CELL: u64 = 200;
/// The search for the first event.
const ROW: u64 = 80;

#[test]
fn what_a_look_reads_is_bounded_by_pixels_and_not_by_events() {
    let all_micros = 75 * 366 * Instant::DAY;
    let width_pt = 1_600.0;
    let mut report = String::new();
    for (in_bursts, count) in [false, true].into_iter().flat_map(|way| [10_000, 100_000, 1_000_000].map(|n| (way, n))) {
        let index = bare(count, all_micros, in_bursts);
        assert_eq!(index.bands()[0].rows as usize, MOST_ROWS + 1);
        let mut worst = (0, 0.0_f64);
        for zoom in 0..7 {
            let span = all_micros / 10_i64.pow(zoom);
            for place in 0..9 {
                let start = Instant::from_micros((all_micros - span) / 8 * place);
                let least_micros = (14.0 * span as f64 / width_pt) as i64;
                let lens = Lens {
                    start,
                    end: start.saturating_add(span),
                    least_micros,
                    cell_shift: 5,
                    prominent: 2,
                    folds: Folds::NONE,
                };
                let touched = index.sight(None, index.rows_of(0), lens).touched;
                let share = touched as f64 / cap(lens, MOST_ROWS + 1) as f64;
                worst = (touched.max(worst.0), share.max(worst.1));
            }
        }
        report += &format!("{count} in bursts {in_bursts}: {} entries, {:.2} of the cap\n", worst.0, worst.1);
        assert!(worst.1 <= 1.0, "{report}");
    }
}
