//! Which problems are shown, in which order, and which is chosen.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::edit::{Fix, fixes};
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

/// What a list was derived from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Basis {
    revision: u64,
    version: u64,
    count: usize,
}

/// What the drawer remembers of the problems between frames.
#[derive(Debug, Default)]
pub struct ProblemsState {
    basis: Option<Basis>,
    /// Positions in the document's problems, in the order shown.
    rows: Vec<u32>,
    /// How many problems the rows stand for.
    shown: usize,
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
        let basis = Basis { revision: doc.revision, version: doc.problems.version(), count: doc.problems.len() };
        if self.basis == Some(basis) {
            return;
        }
        self.fixes.clear();
        let problems = doc.problems;
        self.counts = [Severity::Error, Severity::Warning, Severity::Info].map(|severity| problems.count(severity));
        self.kinds = problems.kinds();
        if self.kind.is_some_and(|kind| self.kinds.iter().all(|&(other, _)| other != kind)) {
            self.kind = None;
        }
        let is_shown = |at: &usize| {
            let hidden = |severity| self.hidden.get(place_of(severity)).copied().unwrap_or(false);
            !problems.severity(*at).is_some_and(hidden)
                && self.kind.is_none_or(|kind| problems.get(*at).is_some_and(|problem| problem.code == kind))
        };
        let number = |at| u32::try_from(at).ok();
        let shown = || problems.positions().filter(is_shown).filter_map(number);
        // Only a list that is cut has rows that stand for several: no other is looked through.
        let is_cut = problems.total() > problems.len();
        let count = |at: usize| if is_cut { problems.get(at).map_or(1, |problem| problem.count) } else { 1 };
        self.rows = match self.order {
            // The rest of a kind comes behind what is listed.
            Order::Severity => {
                in_order_of(shown(), |at| 2 * problems.severity(at).map_or(0, place_of) + usize::from(count(at) > 1))
            }
            Order::Kind => in_order_of(shown(), |at| 2 * problems.kind(at).unwrap_or(0) + usize::from(count(at) > 1)),
            Order::Place => problems.by_place().filter(is_shown).filter_map(number).collect(),
        };
        self.shown = self.rows.iter().map(|at| count(*at as usize)).sum();
        self.chosen = self.chosen.min(self.rows.len().saturating_sub(1));
        self.basis = Some(basis);
    }

    /// How many rows are shown.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// How many problems are shown: more than rows where the rest of a kind is counted in one.
    pub(super) const fn shown(&self) -> usize {
        self.shown
    }

    /// The problem in a row, with its position among the document's.
    pub(super) fn problem<'d>(&self, doc: Document<'d>, row: usize) -> Option<(usize, &'d Diagnostic)> {
        let at = *self.rows.get(row)? as usize;
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

/// Sorts into as many heaps as there are keys, which keeps the order within each and takes one pass however many there are.
fn in_order_of(rows: impl Iterator<Item = u32>, key: impl Fn(usize) -> usize) -> Vec<u32> {
    let mut heaps: Vec<Vec<u32>> = Vec::new();
    for at in rows {
        let key = key(at as usize);
        if heaps.len() <= key {
            heaps.resize_with(key + 1, Vec::new);
        }
        if let Some(heap) = heaps.get_mut(key) {
            heap.push(at);
        }
    }
    heaps.concat()
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
