//! Undo and redo without limit: two stacks of inverses with labels, and a mark for what was saved.

use std::sync::Arc;

use super::{Edit, EditError, apply};
use crate::model::Timeline;

/// One step that can be undone or redone.
#[derive(Debug, Clone)]
struct Step {
    label: String,
    /// Shared with the journal: one of many events takes long to copy.
    edit: Arc<Edit>,
    /// The revision that applying `edit` leads to.
    leads_to: u64,
}

/// What was done to a timeline since it was opened.
///
/// A revision names a state: undoing an edit returns to the revision before it, so the saved mark survives undo and redo.
#[derive(Debug, Clone, Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    revision: u64,
    newest: u64,
    saved: u64,
}

impl History {
    /// Applies an edit as one step under a label ("Delete event").
    ///
    /// # Errors
    /// As [`apply`]; then neither the timeline nor the history has changed.
    pub fn apply(&mut self, timeline: &mut Timeline, label: impl Into<String>, edit: &Edit) -> Result<(), EditError> {
        let inverse = apply(timeline, edit)?;
        self.undo.push(Step { label: label.into(), edit: Arc::new(inverse), leads_to: self.revision });
        self.redo.clear();
        self.newest += 1;
        self.revision = self.newest;
        Ok(())
    }

    /// Takes the last step back; returns its label, or nothing where there is none.
    pub fn undo(&mut self, timeline: &mut Timeline) -> Option<String> {
        Self::step(&mut self.undo, &mut self.redo, &mut self.revision, timeline)
    }

    /// Does the step again that was last taken back.
    pub fn redo(&mut self, timeline: &mut Timeline) -> Option<String> {
        Self::step(&mut self.redo, &mut self.undo, &mut self.revision, timeline)
    }

    fn step(from: &mut Vec<Step>, onto: &mut Vec<Step>, revision: &mut u64, timeline: &mut Timeline) -> Option<String> {
        let step = from.pop()?;
        let Ok(inverse) = apply(timeline, &step.edit) else {
            debug_assert!(false, "a recorded step no longer applies");
            return None;
        };
        onto.push(Step { label: step.label.clone(), edit: Arc::new(inverse), leads_to: *revision });
        *revision = step.leads_to;
        Some(step.label)
    }

    /// The edit that undo would apply.
    pub fn undo_edit(&self) -> Option<&Arc<Edit>> {
        self.undo.last().map(|step| &step.edit)
    }

    /// The edit that redo would apply.
    pub fn redo_edit(&self) -> Option<&Arc<Edit>> {
        self.redo.last().map(|step| &step.edit)
    }

    /// What undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|step| step.label.as_str())
    }

    /// What redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }

    /// Names the present state; equal revisions are equal timelines.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether the present state differs from the saved one.
    pub fn is_unsaved(&self) -> bool {
        self.revision != self.saved
    }

    /// Marks a revision as the one on disk: the present one, or the one a background save began with.
    pub fn mark_saved(&mut self, revision: u64) {
        self.saved = revision;
    }

    /// Takes note that no revision is on disk: the file holds a state that was never one of this history.
    pub fn mark_unsaved(&mut self) {
        self.saved = u64::MAX;
    }
}
