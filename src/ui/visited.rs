//! The places where one has been, to go back to and forward again, as between the pages of a browser.
//!
//! ```text
//!   behind            here          ahead
//!   [Jun] [1950–2024]  Oct 2024      [9 Nov]
//!     ◀── Back                Forward ──▶
//! ```
//!
//! A place counts where one has stayed a moment and which shows something else than the one before: what a pan passes on its way,
//! and a window moved by a little, are no places of their own.

use super::place::Place;

/// How long one stays at a place that counts, in seconds.
const STAY: f64 = 0.6;
/// How many places are remembered on either side.
const MOST: usize = 100;
/// The least share that two windows have in common which show the same.
const SAME_SHARE: f64 = 0.5;

/// Places behind and ahead of where one is.
#[derive(Debug, Clone, Default)]
pub struct Visited {
    behind: Vec<Place>,
    ahead: Vec<Place>,
    /// Where one is, and since when, in seconds.
    here: Option<(Place, f64)>,
}

impl Visited {
    /// Takes notice of where one is, once a frame; `now` is in seconds.
    pub fn settle(&mut self, place: &Place, now: f64) {
        let Some((here, since)) = &mut self.here else {
            self.here = Some((place.clone(), now));
            return;
        };
        if here == place {
            return;
        }
        // Where the window begins that is still to be laid out is no place.
        let stayed = now - *since >= STAY && here.viewport.width_pt > 1.0;
        let left = std::mem::replace(here, place.clone());
        *since = now;
        if stayed && self.behind.last().is_none_or(|last| is_elsewhere(last, &left)) {
            keep(&mut self.behind, left);
            self.ahead.clear();
        }
    }

    /// The place before this one; none where there is none.
    pub fn back(&mut self, place: &Place, now: f64) -> Option<Place> {
        let found = nearest(&mut self.behind, place)?;
        keep(&mut self.ahead, place.clone());
        self.here = Some((found.clone(), now));
        Some(found)
    }

    /// The place from which one went back to this one; none where there is none.
    pub fn forward(&mut self, place: &Place, now: f64) -> Option<Place> {
        let found = nearest(&mut self.ahead, place)?;
        keep(&mut self.behind, place.clone());
        self.here = Some((found.clone(), now));
        Some(found)
    }
}

/// The last of the places that shows something else than where one is.
fn nearest(places: &mut Vec<Place>, here: &Place) -> Option<Place> {
    std::iter::from_fn(|| places.pop()).find(|place| is_elsewhere(place, here))
}

fn keep(places: &mut Vec<Place>, place: Place) {
    if places.len() == MOST {
        places.remove(0);
    }
    places.push(place);
}

/// Whether two places show different things: another question, other bands, the clock of another zone, or windows that have less than half of the wider one in common.
fn is_elsewhere(a: &Place, b: &Place) -> bool {
    let asked = |place: &Place| (place.query.trim().to_owned(), place.grouping, place.known_on.clone(), place.known_by);
    if asked(a) != asked(b) || a.arrangement != b.arrangement || a.zone != b.zone {
        return true;
    }
    let (a, b) = (&a.viewport, &b.viewport);
    let common = a.end().min(b.end()).saturating_since(a.origin.max(b.origin));
    let widest = a.end().saturating_since(a.origin).max(b.end().saturating_since(b.origin));
    (common as f64) < widest as f64 * SAME_SHARE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Viewport;
    use crate::time::Instant;

    /// A window of ten days that begins on a day, in a picture of 1,000 points.
    fn at(day: i64) -> Place {
        let origin = Instant::from_micros(day * Instant::DAY);
        let viewport = Viewport {
            origin,
            micros_per_pt: Instant::DAY as f64 / 100.0,
            width_pt: 1_000.0,
            ..Place::default().viewport
        };
        Place { viewport, ..Place::default() }
    }

    fn day(place: Option<Place>) -> Option<i64> {
        place.map(|place| place.viewport.origin.micros() / Instant::DAY)
    }

    #[test]
    fn one_goes_back_to_where_one_stayed_and_forward_again() {
        let mut visited = Visited::default();
        for (place, now) in [(0, 0.0), (20, 2.0), (21, 2.1), (40, 2.2), (60, 5.0)] {
            visited.settle(&at(place), now);
        }
        // 20 and 21 were passed.
        assert_eq!(day(visited.back(&at(60), 6.0)), Some(40));
        assert_eq!(day(visited.back(&at(40), 7.0)), Some(0));
        assert_eq!(day(visited.back(&at(0), 8.0)), None);
        assert_eq!(day(visited.forward(&at(0), 9.0)), Some(40));
        assert_eq!(day(visited.forward(&at(40), 10.0)), Some(60));
        assert_eq!(day(visited.forward(&at(60), 11.0)), None);
    }

    #[test]
    fn a_window_that_moved_by_a_little_is_no_other_place_and_a_new_way_forgets_the_old() {
        let mut visited = Visited::default();
        for (place, now) in [(0, 0.0), (2, 2.0), (4, 4.0), (30, 6.0), (30, 9.0)] {
            visited.settle(&at(place), now);
        }
        assert_eq!(day(visited.back(&at(30), 10.0)), Some(0));
        visited.settle(&at(0), 11.0);
        visited.settle(&at(90), 14.0);
        assert_eq!(day(visited.forward(&at(90), 15.0)), None, "30 lies on a way that was left");
    }

    #[test]
    fn another_question_is_another_place() {
        let mut visited = Visited::default();
        let asked = Place { query: "treaty".to_owned(), ..at(0) };
        visited.settle(&at(0), 0.0);
        visited.settle(&asked, 2.0);
        assert_eq!(visited.back(&asked, 3.0).map(|place| place.query), Some(String::new()));
    }
}
