//! What a file holds now brought together with the timeline that was read from it: all that takes as long as these are, for a job.
//!
//! Owns the three states that meet: the text as last read or saved, the timeline as it is here, the file as it is now. When that is
//! done, and what is asked and said, is `follow`'s.

use std::path::PathBuf;
use std::sync::Arc;

use super::session::{Holds, Session, Showing};
use crate::compare::{Conflict, RecordDifference, Side, differences, merge};
use crate::diagnostic::Severity;
use crate::edit::{Edit, apply, between};
use crate::model::Timeline;
use crate::store::{self, FileText, LoadError, Loaded, Progress, Read, Stamp};

/// Edits beyond which a file is shown anew and not taken in as one step, where nothing is lost by that.
const MOST_EDITS: usize = 5_000;

/// Records that are named where what was changed here is told.
const MOST_NAMED: usize = 3;

/// The timeline when the file is looked at.
pub(super) struct Ours {
    pub path: PathBuf,
    pub revision: u64,
    pub timeline: Arc<Timeline>,
    pub base: Arc<FileText>,
    /// How its events are shown.
    pub showing: Showing,
    /// What the file held before the first change that the user has not dismissed.
    pub since: Timeline,
}

/// What the file holds now.
pub(super) struct Theirs {
    pub read: Read,
    pub stamp: Stamp,
}

/// What came of looking at the file.
pub(super) enum Found {
    Same(Stamp),
    Gone,
    /// Why it cannot be understood.
    Unreadable(String),
    /// Of a file that could not be understood when it was opened.
    Anew(Box<Session>),
    Met(Box<Met>),
}

/// Both sides brought together.
pub(super) struct Met {
    pub theirs: Theirs,
    /// The records that another program changed, since the user was told last.
    pub changed: Vec<RecordDifference>,
    /// Those among them that have not been taken in yet, where that is asked about and anything was changed here too.
    pub not_taken_in: Option<Vec<RecordDifference>>,
    pub conflicts: Vec<Conflict>,
    /// Whether the file holds again what it held before the user was told.
    pub is_back: bool,
    /// Whether anything had been changed here.
    pub is_changed_here: bool,
    /// From what the timeline is to what it becomes; where there are conflicts they are as in the file.
    pub edit: Edit,
    pub holds: Holds,
    /// What was changed here, in words, with its edit of the file's state and the inverse.
    pub change: Option<(String, Edit, Edit)>,
    /// The same shown anew, where it is quicker.
    pub anew: Option<Box<Session>>,
}

/// What becomes of what both sides changed.
pub(super) enum Choice<'c> {
    /// Nothing is decided: conflicts are told.
    Ask,
    /// A side for each conflict.
    Sides(&'c [Side]),
    /// What was changed here is given up.
    Theirs,
}

/// Looks at the file; `read` is what it holds, where that has been read already.
pub(super) fn look(ours: &Ours, read: Option<Theirs>) -> Found {
    let theirs = match read {
        Some(theirs) => theirs,
        None => {
            // The time before the text: what is written in between is seen as another change, and found to be none.
            if let (Ok(stamp), Ok(true)) = (Stamp::of(&ours.path), store::holds(&ours.path, &ours.base)) {
                return Found::Same(stamp);
            }
            if ours.path.exists() && !ours.path.is_file() {
                return Found::Unreadable("it is a folder, a pipe or a device now".to_owned());
            }
            let loaded = match store::load_with(&ours.path, &Progress::new()) {
                Ok(Some(loaded)) => loaded,
                Ok(None) | Err(LoadError::Missing(_)) => return Found::Gone,
                Err(error) => return Found::Unreadable(error.to_string()),
            };
            if !ours.base.is_writable() {
                return Found::Anew(anew(loaded, ours));
            }
            if !loaded.read.text.is_writable() {
                return Found::Unreadable(first_error(&loaded.read));
            }
            Theirs { read: loaded.read, stamp: loaded.stamp }
        }
    };
    Found::Met(Box::new(bring_together(ours, theirs, &Choice::Ask)))
}

/// Brings what was changed here into what the file holds, so that its order is kept: there the file is the side that the other
/// is brought into.
pub(super) fn bring_together(ours: &Ours, theirs: Theirs, choice: &Choice<'_>) -> Met {
    let base = ours.base.timeline();
    let file = &theirs.read.timeline;
    let is_changed_here = *ours.timeline != *base;
    let (mut merged, mut change, mut conflicts) = (file.clone(), None, Vec::new());
    if is_changed_here && !matches!(choice, Choice::Theirs) {
        let came = merge(base, file, &ours.timeline);
        conflicts = came.conflicts;
        let mut edits = vec![came.edit];
        let mut inverses = Vec::new();
        if let Choice::Sides(sides) = choice {
            // Several of one record follow from one another, so each is settled on what the others made of it.
            let mut settled = file.clone();
            let _ = apply(&mut settled, &Edit::Batch(edits.clone()));
            for (conflict, side) in conflicts.iter().zip(*sides) {
                if let Some(edit) = conflict.settled(*side, &settled)
                    && apply(&mut settled, &edit).is_ok()
                {
                    edits.push(edit);
                }
            }
            conflicts.clear();
        }
        for edit in &edits {
            // A merge is made of records that are there.
            if let Ok(inverse) = apply(&mut merged, edit) {
                inverses.push(inverse);
            }
        }
        inverses.reverse();
        let made = || changes_of(&differences(file, &merged));
        change = (merged != *file).then(|| (made(), Edit::Batch(edits), Edit::Batch(inverses)));
    }
    let edit = if *ours.timeline == merged { Edit::Batch(Vec::new()) } else { between(&ours.timeline, &merged) };
    let holds = if merged == *file {
        Holds::This
    } else if *file == *base {
        Holds::Saved
    } else {
        Holds::Other
    };
    let changed = differences(&ours.since, file);
    let is_asked = is_changed_here && matches!(choice, Choice::Ask);
    let not_taken_in = is_asked.then(|| differences(base, file));
    let is_back = changed.is_empty() && ours.since != *base;
    let is_long = matches!(&edit, Edit::Batch(edits) if edits.len() > MOST_EDITS);
    let shown_anew = (is_long && !is_changed_here).then(|| {
        let (read, stamp) = (theirs.read.clone(), theirs.stamp);
        anew(Loaded { path: ours.path.clone(), read, stamp }, ours)
    });
    Met { theirs, changed, not_taken_in, conflicts, is_back, is_changed_here, edit, holds, change, anew: shown_anew }
}

/// What was changed here, in words: "Changes of “Duma ratifies” and 2 more".
fn changes_of(made: &[RecordDifference]) -> String {
    let titles = made.iter().take(MOST_NAMED).map(|record| format!("“{}”", record.title));
    let mut text = format!("Changes of {}", titles.collect::<Vec<_>>().join(", "));
    if let Some(rest) = made.len().checked_sub(MOST_NAMED).filter(|rest| *rest > 0) {
        text.push_str(&format!(" and {rest} more"));
    }
    text
}

/// The first error of a text with its place.
fn first_error(read: &Read) -> String {
    let errors = || read.diagnostics.iter().filter(|problem| problem.severity == Severity::Error);
    let Some(error) = errors().find(|problem| problem.span.is_some()).or_else(|| errors().next()) else {
        return "it is damaged".to_owned();
    };
    match error.span.map(|span| read.text.place(span.start)) {
        Some(place) => format!("line {}, column {}: {}", place.line, place.column, error.message),
        None => error.message.clone(),
    }
}

/// What was read, with the bands that are shown.
fn anew(loaded: Loaded, ours: &Ours) -> Box<Session> {
    let mut session = Session::loaded(loaded);
    session.show(&ours.showing);
    Box::new(session)
}
