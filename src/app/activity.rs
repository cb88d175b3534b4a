//! Gaps and bursts of what the track shows: looked for within the frame where the timeline is short, outside it where it is long.

use std::sync::Arc;

use rayon::prelude::*;

use super::App;
use super::accounts::Derived;
use super::jobs::{JobKind, Jobs};
use crate::activity::{Activity, TrackActivity};
use crate::model::{Event, Grouping, Timeline};
use crate::query::{Hits, Matches};
use crate::time::Zone;
use crate::ui::Document;

/// Events that are looked at within the frame.
const LOOKED_AT_ONCE: usize = 20_000;

/// What gaps and bursts are looked for in.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    revision: u64,
    answer: u64,
    grouping: Grouping,
    arranged: u64,
    zone: Zone,
}

/// The gaps and bursts that are shown, and those that a job looks for.
#[derive(Debug, Default)]
pub(super) struct ShownActivity {
    shown: Option<(Asked, TrackActivity)>,
    asked: Option<Asked>,
    number: u64,
}

/// The events of a track: those that match, those that may, and for each band the positions of its events.
struct Tracked {
    certain: Option<Matches>,
    possible: Option<Matches>,
    bands: Vec<Vec<usize>>,
}

impl ShownActivity {
    /// Looks for them, where they are wanted and not known. `derived` are the accounts, where these are shown.
    pub fn look(
        &mut self,
        jobs: &mut Jobs,
        timeline: &Arc<Timeline>,
        derived: Option<&Arc<Derived>>,
        hits: Option<&Hits>,
        tracked: Document<'_>,
    ) {
        let Document { revision, answer, grouping, arranged, zone, .. } = tracked;
        let asked = Asked { revision, answer, grouping, arranged, zone };
        if self.shown.as_ref().is_some_and(|(shown, _)| *shown == asked) || self.asked.as_ref() == Some(&asked) {
            return;
        }
        let is_short = tracked.timeline.events().len() <= LOOKED_AT_ONCE;
        if let Some(derived) = derived.filter(|_| tracked.accounts.is_some()) {
            let derived = Arc::clone(derived);
            return self.find(jobs, asked, is_short, move || derived.activity(zone));
        }
        let bands = (0..tracked.index.bands().len()).map(|band| tracked.index.positions_in(band).collect());
        let own = Tracked {
            certain: hits.map(|hits| hits.certain().clone()),
            possible: hits.map(|hits| hits.possible().clone()),
            bands: bands.collect(),
        };
        let timeline = Arc::clone(timeline);
        self.find(jobs, asked, is_short, move || own.activity(&timeline, zone));
    }

    /// Has them found at once, or by a job.
    fn find(
        &mut self,
        jobs: &mut Jobs,
        asked: Asked,
        is_short: bool,
        work: impl FnOnce() -> TrackActivity + Send + 'static,
    ) {
        if is_short {
            self.show(asked, work());
        } else {
            self.asked = Some(asked.clone());
            jobs.start(JobKind::Activity, work, |app, found| app.take_activity(asked, found));
        }
    }

    /// What is known of it, also while what has changed since is looked at.
    pub fn shown(&self) -> Option<&TrackActivity> {
        self.shown.as_ref().map(|(_, found)| found)
    }

    /// Lets go of what nobody looks at.
    pub fn forget(&mut self) {
        (self.shown, self.asked) = (None, None);
    }

    fn show(&mut self, asked: Asked, found: TrackActivity) {
        self.number += 1;
        self.asked = None;
        self.shown = Some((asked, TrackActivity { number: self.number, ..found }));
    }
}

impl Derived {
    /// Those of each account. All together would have an event as often as it is told.
    fn activity(&self, zone: Zone) -> TrackActivity {
        let of = |band: usize| {
            let own = self.index.positions_in(band).filter(|at| self.accounts.is_told(*at));
            let own: Vec<usize> = own.collect();
            activity(self.accounts.timeline(), own.into_iter(), |_| true, |_| false, zone)
        };
        let bands = (0..self.index.bands().len()).into_par_iter().map(of).collect();
        TrackActivity { whole: None, bands, number: 0 }
    }
}

impl Tracked {
    fn activity(&self, timeline: &Timeline, zone: Zone) -> TrackActivity {
        let is_certain = |at: usize| self.certain.as_ref().is_none_or(|certain| certain.contains(at));
        let is_possible = |at: usize| self.possible.as_ref().is_some_and(|possible| possible.contains(at));
        let whole = activity(timeline, 0..timeline.events().len(), is_certain, is_possible, zone);
        let of = |positions: &Vec<usize>| activity(timeline, positions.iter().copied(), is_certain, is_possible, zone);
        TrackActivity { whole: Some(whole), bands: self.bands.par_iter().map(of).collect(), number: 0 }
    }
}

/// Of events those that match, and as perhaps those that only may.
fn activity(
    timeline: &Timeline,
    positions: impl Iterator<Item = usize> + Clone,
    is_certain: impl Fn(usize) -> bool,
    is_possible: impl Fn(usize) -> bool,
    zone: Zone,
) -> Activity {
    let events = |is: &dyn Fn(usize) -> bool| -> Vec<&Event> {
        positions.clone().filter(|at| is(*at)).filter_map(|at| timeline.events().get(at)).collect()
    };
    let certain = events(&is_certain);
    let perhaps = events(&|at| !is_certain(at) && is_possible(at));
    Activity::of(certain.into_iter(), perhaps.into_iter(), zone, None)
}

impl App {
    fn take_activity(&mut self, asked: Asked, found: TrackActivity) {
        if self.activity.asked.as_ref() == Some(&asked) {
            self.activity.show(asked, found);
        }
    }
}
