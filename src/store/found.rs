//! The problems of a text as they are found: so many of each kind are listed, the others are counted.
//!
//! A text can hold a million faults of one kind; a list of them would serve nobody and take more room than the text.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};

/// Problems of one kind that are listed, as many as of a kind of meaning.
const MOST_LISTED: usize = 2_000;

/// Problems, all of them errors.
#[derive(Debug, Default)]
pub(super) struct Found {
    listed: Vec<Diagnostic>,
    /// How many there are of each kind, listed or not.
    counts: BTreeMap<&'static str, usize>,
    total: usize,
}

impl Found {
    /// How many there are.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Counts a problem of this kind; where it is also to be listed, `make` says what it is.
    pub fn add(&mut self, code: &'static str, make: impl FnOnce() -> Diagnostic) {
        self.total += 1;
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= MOST_LISTED {
            self.listed.push(make());
        }
    }

    /// [`Found::add`] of one that is made already.
    pub fn push(&mut self, problem: Diagnostic) {
        self.add(problem.code, || problem);
    }

    /// Those listed, then how many more there are of each kind.
    pub fn into_list(mut self) -> Vec<Diagnostic> {
        for (code, count) in self.counts {
            let more = count.saturating_sub(MOST_LISTED);
            if more > 0 {
                let rest = Diagnostic::unlisted(Severity::Error, code, more);
                self.listed
                    .push(rest.with_hint("mend those listed first: many faults of one kind often have one cause"));
            }
        }
        self.listed
    }
}

impl Extend<Diagnostic> for Found {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, problems: I) {
        problems.into_iter().for_each(|problem| self.push(problem));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Subject;

    #[test]
    fn what_is_too_much_of_a_kind_is_counted() {
        let mut found = Found::default();
        let problem = |code| Diagnostic::new(Severity::Error, code, Subject::Timeline, "wrong");
        found.extend((0..MOST_LISTED + 7).map(|_| problem("bad-date")));
        found.push(problem("syntax"));
        found.add("bad-date", || unreachable!("it is not listed"));
        assert_eq!(found.total(), MOST_LISTED + 9);
        let list = found.into_list();
        assert_eq!(list.len(), MOST_LISTED + 2);
        assert_eq!(list.last().map(|rest| (rest.code, rest.count)), Some(("bad-date", 8)));
    }
}
