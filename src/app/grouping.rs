//! The bands, clock and colours of the track: worked out within the frame where the timeline is short, outside it where it is long.
//!
//! Owns what is being worked out. What is wanted stands in the place (`ui::Place`), whoever put it there; in each frame that is
//! compared with what is shown. Until the one has become the other the last bands and colours stand, Escape goes back to them,
//! and an edit begins anew: nothing is taken up that was worked out of another revision.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::App;
use super::accounts::Derived;
use super::jobs::{JobKind, Jobs};
use super::session::{Session, Showing};
use crate::account::AccountBy;
use crate::index::{Hues, Index};
use crate::model::{Arrangement, ColorBy, Grouping, Timeline};
use crate::text::visible;
use crate::time::Zone;
use crate::ui::{Colored, Document, Place};

/// Events of a timeline whose bands and colours are worked out within the frame.
const GROUPED_AT_ONCE: usize = 20_000;

/// What bands are worked out for.
#[derive(Debug, Clone, PartialEq)]
struct AskedBands {
    revision: u64,
    showing: Showing,
}

/// The bands that a job works out.
#[derive(Debug, Default)]
pub(super) struct Regrouping {
    /// With what calls it off.
    asked: Option<(AskedBands, Arc<AtomicBool>)>,
}

impl Regrouping {
    /// Has the bands stand for what the place says, on the clock that it has: at once, or soon.
    pub fn group(&mut self, jobs: &mut Jobs, session: &mut Session, place: &Place) {
        let is_long = session.timeline().events().len() > GROUPED_AT_ONCE;
        let wanted =
            Showing { grouping: place.grouping, arrangement: Arc::clone(&place.arrangement), clock: place.zone };
        // Accounts have an index of their own: that of a long timeline keeps the bands it has.
        let has_others = is_long && AccountBy::of(place.grouping).is_some();
        let showing = if has_others { Showing { clock: place.zone, ..session.showing() } } else { wanted };
        if session.shows(&showing) || has_others && session.showing() == showing {
            return self.call_off();
        }
        if !is_long {
            self.call_off();
            return session.show(&showing);
        }
        let asked = AskedBands { revision: session.revision(), showing };
        if self.asked.as_ref().is_some_and(|(known, _)| *known == asked) {
            return;
        }
        self.call_off();
        let cancelled = Arc::new(AtomicBool::new(false));
        self.asked = Some((asked.clone(), Arc::clone(&cancelled)));
        let index = session.work_for(&asked.showing);
        let work = move || (index(&cancelled), asked);
        jobs.start(JobKind::Group, work, |app, (found, asked)| app.take_bands(&asked, found));
    }

    /// Whether a job works on it.
    pub const fn is_asking(&self) -> bool {
        self.asked.is_some()
    }

    fn call_off(&mut self) {
        if let Some((_, cancelled)) = self.asked.take() {
            cancelled.store(true, Ordering::Relaxed);
        }
    }
}

/// What the colours of values are chosen of.
#[derive(Debug, Clone, Copy, PartialEq)]
struct AskedColors {
    revision: u64,
    zone: Zone,
    /// The answer that names the accounts, where the track shows these.
    told: Option<u64>,
    by: ColorBy,
}

/// The colours that are shown, and those that a job chooses.
#[derive(Debug, Default)]
pub(super) struct ShownColors {
    shown: Option<(AskedColors, Colored)>,
    asked: Option<AskedColors>,
    /// How many choices have been shown.
    number: u64,
}

impl ShownColors {
    /// Has colours chosen for the values of what the track shows: at once, or soon. `derived` are the accounts, where these are shown.
    pub fn choose(
        &mut self,
        jobs: &mut Jobs,
        timeline: &Arc<Timeline>,
        derived: Option<&Arc<Derived>>,
        tracked: Document<'_>,
        by: ColorBy,
    ) {
        let told = tracked.accounts.map(|_| tracked.answer);
        let asked = AskedColors { revision: tracked.revision, zone: tracked.zone, told, by };
        let session = |asked: &AskedColors| asked.revision >> 40;
        // Those of another timeline say nothing of this one.
        self.shown = self.shown.take().filter(|(shown, _)| session(shown) == session(&asked));
        if self.shown.as_ref().is_some_and(|(shown, _)| *shown == asked) {
            self.asked = None;
        } else if !Hues::are_chosen_for(by) || tracked.timeline.events().len() <= GROUPED_AT_ONCE {
            self.show(asked, Hues::of(tracked.timeline, tracked.zone, by));
        } else if self.asked != Some(asked) {
            self.asked = Some(asked);
            let (timeline, zone) = (Arc::clone(timeline), tracked.zone);
            let derived = derived.filter(|_| told.is_some()).map(Arc::clone);
            let work = move || {
                let timeline = derived.as_ref().map_or(&*timeline, |derived| derived.accounts.timeline());
                Hues::of(timeline, zone, by)
            };
            jobs.start(JobKind::Color, work, move |app, hues| app.take_colors(asked, hues));
        }
    }

    /// What colours stand for; none before the first were chosen.
    pub fn shown(&self) -> Option<&Colored> {
        self.shown.as_ref().map(|(_, colored)| colored)
    }

    fn show(&mut self, asked: AskedColors, hues: Option<Hues>) {
        self.asked = None;
        let before = self.shown.take().map(|(_, colored)| colored);
        let is_same = |before: &Colored| before.by == asked.by && before.hues == hues;
        let colored = before.filter(is_same).unwrap_or_else(|| {
            self.number += 1;
            Colored { by: asked.by, hues, number: self.number }
        });
        self.shown = Some((asked, colored));
    }
}

impl App {
    /// Takes up what a job has worked out, where it is still wanted.
    fn take_bands(&mut self, asked: &AskedBands, found: Option<Index>) {
        let is_wanted = self.regrouping.asked.as_ref().is_some_and(|(known, _)| known == asked);
        let Some(index) = found.filter(|_| is_wanted) else { return };
        self.regrouping.asked = None;
        let before = self.session.take_index(&asked.showing, index);
        self.jobs.drop_elsewhere(before);
    }

    fn take_colors(&mut self, asked: AskedColors, hues: Option<Hues>) {
        if self.colors.asked == Some(asked) {
            self.colors.show(asked, hues);
        }
    }

    /// What the bands stand for that are shown, in which arrangement.
    fn shown_bands(&self) -> (Grouping, &Arc<Arrangement>) {
        self.accounts.bands().unwrap_or_else(|| (self.session.grouping(), self.session.arrangement()))
    }

    /// What is waited for, in words; none where the track shows what was chosen.
    pub(super) fn waits_for(&self) -> Option<String> {
        let Place { grouping, arrangement, color_by, zone, .. } = &self.view.place;
        let (shown, arranged) = self.shown_bands();
        let clock = zone.unwrap_or_else(|| self.session.timeline().zone());
        let what = if *zone != self.session.showing().clock {
            format!("Showing times in {}", clock.name())
        } else if *grouping != shown {
            format!("Grouping by {}", named(*grouping))
        } else if arrangement != arranged {
            "Arranging the bands".to_owned()
        } else if self.colors.shown().is_some_and(|shown| shown.by != *color_by) {
            format!("Choosing colours by {}", named(*color_by))
        } else {
            return None;
        };
        Some(format!("{what}… Esc calls it off"))
    }

    /// Goes back to the bands and colours that are shown, where others are waited for; says whether they are.
    pub(super) fn call_off_grouping(&mut self) -> bool {
        if self.waits_for().is_none() {
            return false;
        }
        let (grouping, arrangement) = self.shown_bands();
        let arrangement = Arc::clone(arrangement);
        let place = &mut self.view.place;
        (place.grouping, place.arrangement) = (grouping, arrangement);
        place.zone = self.session.showing().clock;
        self.view.transient.lane_pending = None;
        let place = &mut self.view.place;
        if let Some(colored) = self.colors.shown() {
            place.color_by = colored.by;
        }
        true
    }
}

/// What bands or colours stand for, within a sentence.
fn named(what: Grouping) -> String {
    match what {
        Grouping::Own(name) => format!("“{}”", visible(name.as_str())),
        known => known.label().to_lowercase(),
    }
}
