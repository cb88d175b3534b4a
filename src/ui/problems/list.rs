//! Which problems are shown, in which order, and which is chosen.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::{Fix, fixes};
use crate::model::CHECKS;
use crate::ui::Document;

/// The order of the list; problems that are alike in it stay in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// Errors first.
    #[default]
    Severity,
    /// Problems of one kind beside each other.
    Kind,
    /// As in the file.
    Place,
}

impl Order {
    pub const ALL: [Self; 3] = [Self::Severity, Self::Kind, Self::Place];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Severity => "By severity",
            Self::Kind => "By kind",
            Self::Place => "By place",
        }
    }
}

/// What a list was derived from; a list of problems is never changed in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Basis {
    revision: u64,
    problems: *const Diagnostic,
    count: usize,
    is_placed: bool,
}

/// What the drawer remembers of the problems between frames.
#[derive(Debug, Default)]
pub struct ProblemsState {
    basis: Option<Basis>,
    /// Positions in the document's problems, in the order shown.
    rows: Vec<usize>,
    counts: [usize; 3],
    /// Every code there is with how often, in the order of the registry.
    kinds: Vec<(&'static str, usize)>,
    order: Order,
    kind: Option<&'static str>,
    hidden: [bool; 3],
    /// What mends the problems that were in view, by position.
    fixes: BTreeMap<usize, Vec<Fix>>,
    chosen: usize,
    /// The row that takes the keyboard, and comes into view, in the next frame.
    wanted: Option<usize>,
    offset_pt: f32,
}

const fn place_of(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

impl ProblemsState {
    /// The chosen row takes the keyboard in the next frame.
    pub fn focus(&mut self) {
        self.wanted = Some(self.chosen);
    }

    /// The likeliest fix of the chosen problem; none where it has none, or nothing is shown.
    pub fn fix_of_chosen(&mut self, doc: Document<'_>) -> Option<Fix> {
        self.refresh(doc);
        let (at, problem) = self.problem(doc, self.chosen)?;
        self.fixes(doc, at, problem).first().cloned()
    }

    /// Derives the list anew where the problems, the filter or the order have changed.
    pub(super) fn refresh(&mut self, doc: Document<'_>) {
        let basis = Basis {
            revision: doc.revision,
            problems: doc.problems.as_ptr(),
            count: doc.problems.len(),
            is_placed: !doc.places.is_empty(),
        };
        if self.basis == Some(basis) {
            return;
        }
        self.fixes.clear();
        let mut kinds: BTreeMap<usize, (&'static str, usize)> = BTreeMap::new();
        self.counts = [0; 3];
        for problem in doc.problems {
            if let Some(count) = self.counts.get_mut(place_of(problem.severity)) {
                *count += 1;
            }
            kinds.entry(kind_place(problem.code)).or_insert((problem.code, 0)).1 += 1;
        }
        self.kinds = kinds.into_values().collect();
        if self.kind.is_some_and(|kind| self.kinds.iter().all(|&(other, _)| other != kind)) {
            self.kind = None;
        }
        let is_shown = |problem: &Diagnostic| {
            let hidden = self.hidden.get(place_of(problem.severity)).copied().unwrap_or(false);
            !hidden && self.kind.is_none_or(|kind| kind == problem.code)
        };
        self.rows =
            doc.problems.iter().enumerate().filter(|(_, problem)| is_shown(problem)).map(|(at, _)| at).collect();
        let problem = |at: &usize| doc.problems.get(*at);
        match self.order {
            Order::Severity => self.rows.sort_by_key(|at| problem(at).map(|problem| problem.severity)),
            Order::Kind => self.rows.sort_by_key(|at| problem(at).map(|problem| kind_place(problem.code))),
            Order::Place => self.rows.sort_by_key(|at| doc.places.get(*at).copied().flatten()),
        }
        self.chosen = self.chosen.min(self.rows.len().saturating_sub(1));
        self.basis = Some(basis);
    }

    pub(super) fn rows(&self) -> &[usize] {
        &self.rows
    }

    /// The problem in a row, with its position among the document's.
    pub(super) fn problem<'d>(&self, doc: Document<'d>, row: usize) -> Option<(usize, &'d Diagnostic)> {
        let at = *self.rows.get(row)?;
        Some((at, doc.problems.get(at)?))
    }

    /// What mends the problem at a position; worked out when it first comes into view.
    pub(super) fn fixes(&mut self, doc: Document<'_>, at: usize, problem: &Diagnostic) -> &[Fix] {
        let work_out = || if doc.read_only.is_some() { Vec::new() } else { fixes(doc.timeline, problem) };
        self.fixes.entry(at).or_insert_with(work_out)
    }

    pub(super) fn count(&self, severity: Severity) -> usize {
        self.counts.get(place_of(severity)).copied().unwrap_or(0)
    }

    pub(super) fn kinds(&self) -> &[(&'static str, usize)] {
        &self.kinds
    }

    pub(super) const fn kind(&self) -> Option<&'static str> {
        self.kind
    }

    pub(super) const fn order(&self) -> Order {
        self.order
    }

    pub(super) fn shows(&self, severity: Severity) -> bool {
        !self.hidden.get(place_of(severity)).copied().unwrap_or(false)
    }

    pub(super) fn toggle(&mut self, severity: Severity) {
        if let Some(hidden) = self.hidden.get_mut(place_of(severity)) {
            *hidden = !*hidden;
        }
        self.begin();
    }

    pub(super) fn show_kind(&mut self, kind: Option<&'static str>) {
        self.kind = kind;
        self.begin();
    }

    pub(super) fn sort(&mut self, order: Order) {
        self.order = order;
        self.begin();
    }

    pub(super) fn show_all(&mut self) {
        (self.hidden, self.kind) = ([false; 3], None);
        self.begin();
    }

    /// Another list: from its top.
    fn begin(&mut self) {
        (self.basis, self.chosen, self.offset_pt) = (None, 0, 0.0);
    }

    pub(super) const fn chosen(&self) -> usize {
        self.chosen
    }

    pub(super) const fn choose(&mut self, row: usize) {
        self.chosen = row;
    }

    pub(super) const fn want(&mut self, row: usize) {
        self.chosen = row;
        self.wanted = Some(row);
    }

    pub(super) const fn take_wanted(&mut self) -> Option<usize> {
        self.wanted.take()
    }

    pub(super) const fn scrolled(&mut self, offset_pt: f32) {
        self.offset_pt = offset_pt;
    }

    /// The least scrolling that brings a row into view.
    pub(super) fn offset_to_show(&self, row: usize, height_pt: f32, row_pt: f32) -> f32 {
        let top = row as f32 * row_pt;
        let lowest = (top + row_pt - height_pt).max(0.0);
        self.offset_pt.clamp(lowest.min(top), top)
    }
}

/// The place of a code in the registry; unknown ones at the end.
fn kind_place(code: &str) -> usize {
    CHECKS.iter().position(|kind| kind.code == code).unwrap_or(CHECKS.len())
}

/// The word for a severity.
pub(super) const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Info => "Note",
    }
}

/// "1 error", "2 warnings", "3 notes".
pub(super) fn plural(count: usize, severity: Severity) -> String {
    format!("{count} {}{}", severity_word(severity).to_lowercase(), if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_is_the_least_that_shows_a_row() {
        let mut state = ProblemsState::default();
        state.scrolled(100.0);
        assert_eq!(state.offset_to_show(3, 200.0, 40.0), 100.0, "in view");
        assert_eq!(state.offset_to_show(0, 200.0, 40.0), 0.0, "above");
        assert_eq!(state.offset_to_show(9, 200.0, 40.0), 200.0, "below");
        assert_eq!(state.offset_to_show(9, 20.0, 40.0), 360.0, "higher than the window");
    }
}
