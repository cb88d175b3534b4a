//! What the panels see of the document, and what belongs to the view alone (never saved in the document, never undone).

use std::path::PathBuf;

use super::available::Facts;
use super::legend::LegendPlace;
use super::place::Place;
use super::read_only::ReadOnly;
use super::selected::Selected;
use super::thumbnails::Thumbnails;
use super::visited::Visited;

use crate::account::Accounts;
use crate::activity::TrackActivity;
use crate::diagnostic::Severity;
use crate::index::{Hues, Index, References};
use crate::model::{ColorBy, DateLabels, Grouping, KnownOn, Problems, Text, Timeline};
use crate::query::{Matches, QueryFault};
use crate::time::{Instant, Zone};

/// The document as panels read it.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    /// The timeline.
    pub timeline: &'a Timeline,
    /// What is derived from it.
    pub index: &'a Index,
    /// Who refers to what in it.
    pub references: &'a References,
    /// What is special along the time of what is shown, where that is asked for and worked out.
    pub activity: Option<&'a TrackActivity>,
    /// The accounts whose derived timeline `timeline` is, on a track that shows these.
    pub accounts: Option<&'a Accounts>,
    /// The images of its events made small; none where panels show none.
    pub thumbnails: Option<&'a Thumbnails>,
    /// What the bands of `index` stand for.
    pub grouping: Grouping,
    /// What colours stand for, with those of values; what the place says where nothing was worked out.
    pub colored: Option<&'a Colored>,
    /// Its problems, with their places while it does not differ from its file.
    pub problems: &'a Problems,
    /// Changes with every other arrangement of the bands.
    pub arranged: u64,
    /// Names the answer that `matches` is: what is derived from them is remembered under it and the revision. In a long
    /// timeline an answer may be that of an earlier revision, until the next one comes.
    pub answer: u64,
    /// The events that are shown of those that match the query; none where there is no query.
    pub matches: Option<&'a Matches>,
    /// Those of them that match for certain; the others only may. None where all do.
    pub certain: Option<&'a Matches>,
    /// The date as of which `matches` holds what was known; none where that was not asked.
    pub known_on: Option<&'a KnownOn>,
    /// How many of the events that match were perhaps known by then.
    pub perhaps_known: usize,
    /// Its zone, with times on the clock that they are shown on.
    pub zone: Zone,
    /// Why it cannot be edited or saved, where it cannot.
    pub read_only: Option<ReadOnly>,
    /// Changes with every change of the timeline.
    pub revision: u64,
    /// The present moment on the axis.
    pub now: Instant,
}

impl Document<'_> {
    /// Whether the event at a position only may match the query.
    pub fn is_only_possible(&self, position: usize) -> bool {
        self.certain.is_some_and(|certain| !certain.contains(position))
    }

    /// Whether the event of an id only may match the query.
    pub fn only_may_match(&self, event: &str) -> bool {
        self.certain.is_some() && self.timeline.event_position(event).is_some_and(|at| self.is_only_possible(at))
    }

    /// The accessible name of an event in a list of those that match: an ending says where it only may.
    pub fn doubt(&self, event: &str) -> &'static str {
        if self.only_may_match(event) { ", only possibly a match" } else { "" }
    }
}

/// What colours stand for.
#[derive(Debug, Clone)]
pub struct Colored {
    /// What it is.
    pub by: ColorBy,
    /// The colours of its values; none where it has a scale of its own, or while they are being worked out.
    pub hues: Option<Hues>,
    /// Changes with every other choice of colours.
    pub number: u64,
}

#[cfg(test)]
impl<'a> Document<'a> {
    /// A document of which nothing is asked, in UTC at the start of 1970.
    pub(super) fn plain(
        timeline: &'a Timeline,
        index: &'a Index,
        references: &'a References,
        problems: &'a Problems,
    ) -> Self {
        Self {
            timeline,
            index,
            references,
            problems,
            thumbnails: None,
            activity: None,
            accounts: None,
            grouping: index.grouping(),
            colored: None,
            arranged: 0,
            answer: 0,
            matches: None,
            certain: None,
            known_on: None,
            perhaps_known: 0,
            zone: Zone::UTC,
            read_only: None,
            revision: 0,
            now: Instant::default(),
        }
    }
}

/// What is seen and selected.
///
/// ```text
///   place       where one is: what history steps through, and what a saved view records
///   transient   what passes: a selection, the pointer, what is still to be done
/// ```
///
/// Settings stand in neither: panels read them where they are kept ([`Preferences`]).
#[derive(Debug, Clone)]
pub struct ViewState {
    /// Where one is.
    pub place: Place,
    /// What passes.
    pub transient: Transient,
}

/// What passes: nothing of it is gone back to.
#[derive(Debug, Clone, Default)]
pub struct Transient {
    /// The selected event; of several, the one that has the focus.
    pub selection: Option<Text>,
    /// The events that are selected together; empty where at most one is.
    pub selected: Selected,
    /// The selected source; where there is one, no event is selected.
    pub source: Option<Text>,
    /// Whether gaps and bursts are marked in the bands.
    pub marks_gaps: bool,
    /// The event under the pointer.
    pub hover: Option<Text>,
    /// The instant under the pointer.
    pub pointer_instant: Option<Instant>,
    /// The place of the selected event among those that match, from one, where it is one of them.
    pub hit: Option<usize>,
    /// What the status line says while a gesture runs ("Will be written as 2024-10-25").
    pub status: Option<String>,
    /// How far the captured files have been compared with their hashes.
    pub captures: CaptureCheck,
    /// What is shown is part of a file that is still being read.
    pub is_partial: bool,
    /// The next frame fits the whole timeline into the window, once its width is known.
    pub fit_pending: bool,
    /// The saved view that was shown last, by id.
    pub opened_view: Option<Text>,
    /// The places where one has been.
    pub visited: Visited,
    /// The lane that the next frame scrolls to, by id.
    pub lane_pending: Option<Text>,
    /// The next frame shows this time, once its folds are known.
    pub window_pending: Option<(Instant, Instant)>,
}

impl Transient {
    /// Whether an event is selected, by itself or with others.
    pub fn is_selected(&self, timeline: &Timeline, event: &str) -> bool {
        self.selection.as_deref() == Some(event) || self.selected.contains_id(timeline, event)
    }

    /// Whether anything is selected: an event, several, or a source.
    pub fn has_selection(&self) -> bool {
        self.selection.is_some() || self.source.is_some() || !self.selected.is_empty()
    }
}

impl ViewState {
    /// The view of a timeline that has just been opened: all of it, nothing selected.
    pub fn opened() -> Self {
        Self { place: Place::default(), transient: Transient { fit_pending: true, ..Transient::default() } }
    }

    /// Whether labels carry dates: where neither the settings nor a saved view say otherwise.
    pub fn dates(&self, preferences: Preferences<'_>) -> DateLabels {
        if preferences.hides_dates { DateLabels::Hidden } else { self.place.dates }
    }

    /// Whether they do where there is room.
    pub fn shows_dates(&self, preferences: Preferences<'_>) -> bool {
        self.dates(preferences) == DateLabels::Auto
    }
}

/// The settings that panels look at, lent for a frame from where they are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Preferences<'a> {
    /// The ruler names ISO weeks.
    pub iso_weeks: bool,
    /// The wheel pans, and zooms with Ctrl only.
    pub wheel_pans: bool,
    /// Nothing moves by itself.
    pub reduce_motion: bool,
    /// No signs of sourcing stand beside marks.
    pub hides_signs: bool,
    /// No dates stand behind titles.
    pub hides_dates: bool,
    /// Whether the legend is open, and where.
    pub legend: LegendPlace,
    /// Who captures what is attached; left out where empty.
    pub collector: &'a str,
    /// The inspector shows the form of an event first, and not what is read of it.
    pub edits: bool,
}

/// How far the captured files have been compared with their hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CaptureCheck {
    /// Not at all: the timeline is not on disk, so there are no files beside it.
    #[default]
    Unsaved,
    /// It runs in the background.
    Running,
    /// All were; what was found is among the problems.
    Done,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum ThemeChoice {
    /// As the system is set.
    #[default]
    System,
    /// Dark text on a light ground.
    Light,
    /// Light text on a dark ground.
    Dark,
}

/// What the drawer below the canvas shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum DrawerTab {
    /// The events as a table.
    Table,
    /// The sources.
    Sources,
    /// The problems of the file.
    Problems,
    /// Gaps and bursts.
    Gaps,
    /// The saved views.
    Views,
}

/// How the timeline stands towards its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveState {
    /// The timeline that comes with the program.
    Sample,
    /// Not on disk yet.
    Untitled,
    /// As on disk.
    Saved,
    /// Changed since it was read or saved.
    Unsaved,
    /// A save could not write it, for this reason.
    Unwritable {
        /// What is in the way, and what helps.
        why: &'static str,
        /// Whether it was changed since it was read or saved.
        is_unsaved: bool,
    },
    /// Changed here and by another program.
    Diverged,
    /// The file is no longer there.
    Gone,
    /// The file cannot be read as another program has left it.
    Unreadable,
    /// Being written.
    Saving,
    /// Shown as it is on disk, never written.
    ReadOnly,
    /// Part of a file that is still being read.
    Reading,
}

/// What the chrome shows of the session and the settings.
#[derive(Debug, Clone, Copy)]
pub struct Summary<'a> {
    /// The timeline.
    pub timeline: &'a Timeline,
    /// Its revision.
    pub revision: u64,
    /// Title of the timeline.
    pub title: &'a str,
    /// Name of its file.
    pub name: &'a str,
    /// How it stands towards its file.
    pub save_state: SaveState,
    /// Files opened last, newest first.
    pub recent: &'a [PathBuf],
    /// Why the question that stands in the field cannot be read; the one before it is answered then.
    pub query_fault: Option<&'a QueryFault>,
    /// The question that is answered.
    pub answered: &'a str,
    /// How many events may match the query, beside those that do for certain.
    pub only_possible: usize,
    /// How many events match the query.
    pub matching: usize,
    /// How many problems there are.
    pub problems: usize,
    /// The severity of the worst of them.
    pub worst_problem: Option<Severity>,
    /// What decides which commands can run.
    pub facts: Facts<'a>,
    /// The settings that the menus show.
    pub preferences: Preferences<'a>,
    /// Light or dark.
    pub theme_choice: ThemeChoice,
    /// Whether the facets are shown.
    pub facets: bool,
    /// Whether the inspector is open.
    pub inspector: bool,
    /// What the drawer shows; none where it is closed.
    pub drawer: Option<DrawerTab>,
    /// What runs in the background.
    pub busy: Option<&'a str>,
}
