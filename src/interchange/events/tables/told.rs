//! What is told of the rows of a table: a row's problems, and of many of a kind the first ones and how many more there are.

use std::collections::btree_map::{BTreeMap, Entry};

use super::grid::Row;
use crate::diagnostic::{Severity, counted};
use crate::interchange::Problem;
use crate::interchange::events::chronology::Rejected;
use crate::interchange::events::mapping::Target;

/// Problems of one kind that are told one by one; of more, the number.
const MOST_TOLD: usize = 20;

/// Words for standing and weight that are told apart where nobody knows what they mean: a column of more is none of these.
const MOST_WORDS: usize = 40;

/// What is told of a row.
#[derive(Default)]
pub struct Told {
    pub problems: Vec<Problem>,
    pub rejected: Vec<Rejected>,
    /// Words that mean no standing or weight.
    pub words: Vec<(Target, String)>,
}

impl Told {
    /// Tells a problem of its line.
    pub fn tell(&mut self, severity: Severity, code: &'static str, line: usize, message: impl FnOnce() -> String) {
        self.problems.push(Problem::new(severity, code, line, message()));
    }

    /// Tells that the row was not taken.
    pub fn reject(&mut self, row: Row<'_>, reason: String) {
        self.tell(Severity::Error, "row-not-taken", row.line, || format!("the row was not taken: {reason}"));
        self.rejected.push(Rejected { line: row.line, reason, cells: row.cells() });
    }
}

/// What is told of all rows, so many of a kind.
#[derive(Default)]
pub struct Tally {
    counts: BTreeMap<(&'static str, Severity), usize>,
    problems: Vec<Problem>,
    /// Words that mean no standing or weight, by the label of that: the first line of each and how often it stands.
    words: BTreeMap<(&'static str, String), (usize, usize)>,
    /// Lines of words that came when there were too many to be told apart.
    other_words: usize,
}

impl Tally {
    /// Takes up a problem.
    pub fn add(&mut self, problem: Problem) {
        let count = self.counts.entry((problem.code, problem.severity)).or_default();
        *count += 1;
        if *count <= MOST_TOLD {
            self.problems.push(problem);
        }
    }

    /// Takes up a word of a line that means no standing or weight.
    pub fn add_word(&mut self, target: Target, word: String, line: usize) {
        let is_full = self.words.len() >= MOST_WORDS;
        match self.words.entry((target.label(), word)) {
            Entry::Occupied(mut known) => known.get_mut().1 += 1,
            Entry::Vacant(_) if is_full => self.other_words += 1,
            Entry::Vacant(new) => drop(new.insert((line, 1))),
        }
    }

    /// The problems, with the number of those that were not told one by one.
    pub fn finish(mut self) -> Vec<Problem> {
        for ((label, word), (line, count)) in std::mem::take(&mut self.words) {
            let what = label.to_lowercase();
            let rows = counted(count, "row");
            let message = format!(
                "\"{word}\" is no {what} ({rows}); it was kept as a field of the event's own, whose {what} stays as it is where nothing is \
                 said: a mapping can say what the word means"
            );
            self.problems.push(Problem::new(Severity::Warning, "unknown-word", line, message));
        }
        if self.other_words > 0 {
            let have = if self.other_words == 1 { "has" } else { "have" };
            let rows = counted(self.other_words, "more row");
            let message = format!("{rows} {have} other words that are no standing or weight");
            self.problems.push(Problem::new(Severity::Warning, "unknown-word", usize::MAX, message));
        }
        for ((code, severity), count) in self.counts.into_iter().filter(|(_, count)| *count > MOST_TOLD) {
            let message = format!("the same holds of {}", counted(count - MOST_TOLD, "more row"));
            self.problems.push(Problem::new(severity, code, usize::MAX, message));
        }
        self.problems
    }
}
