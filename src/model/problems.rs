//! The problems of a timeline as a list that an edit changes in place, and in which those of a record are found at once.
//!
//! Owns the list, not the finding. A long list is made by a check of the whole; an edit takes out those of the records it
//! touched and puts in what was found of them, so that it costs as much as the edit is large.
//!
//! ```text
//!   positions   0 ─────────────── whole ──┬─ since ──┬─ beside ─ end
//!               by one check of the whole   by edits   by others (captured files)
//! ```

use std::hash::BuildHasher as _;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{CHECKS, MOST_LISTED};
use crate::diagnostic::{Diagnostic, Place, Severity, Subject};

/// A list of problems. Copies share what a check found.
#[derive(Debug, Clone, Default)]
pub struct Problems {
    whole: Arc<Whole>,
    /// Positions in `whole` of those that stand no more, in order.
    gone: Vec<u32>,
    since: Vec<Diagnostic>,
    beside: Vec<Diagnostic>,
    /// Empty while the timeline differs from the file.
    places: Arc<Places>,
    version: u64,
}

/// Where each problem of a list stands in the file.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// By position.
    places: Vec<Option<Place>>,
    /// Positions by their places, those without one first.
    order: Vec<u32>,
}

impl From<Vec<Option<Place>>> for Places {
    fn from(places: Vec<Option<Place>>) -> Self {
        let mut order: Vec<u32> = (0..).zip(&places).map(|(at, _)| at).collect();
        order.sort_by_key(|at| places.get(*at as usize));
        Self { places, order }
    }
}

/// What a check of the whole found, with what is asked of all of them in columns.
#[derive(Debug, Default)]
struct Whole {
    found: Vec<Diagnostic>,
    severities: Vec<Severity>,
    kinds: Vec<u8>,
    counts: Counts,
    /// Positions by the hash of their subject, sorted.
    subjects: Vec<(u32, u32)>,
}

/// How many there are of each severity, and of each kind by its place in [`CHECKS`], with the first code that is not there.
#[derive(Debug, Clone)]
struct Counts {
    severities: [usize; 3],
    kinds: [usize; CHECKS.len() + 1],
    unknown: Option<&'static str>,
}

impl Default for Counts {
    fn default() -> Self {
        Self { severities: [0; 3], kinds: [0; CHECKS.len() + 1], unknown: None }
    }
}

impl Counts {
    fn add(&mut self, problem: &Diagnostic, kind: usize) {
        if let Some(count) = self.severities.get_mut(problem.severity as usize) {
            *count += problem.count;
        }
        if let Some(count) = self.kinds.get_mut(kind) {
            *count += problem.count;
        }
        if kind == CHECKS.len() {
            self.unknown.get_or_insert(problem.code);
        }
    }

    fn take(&mut self, problem: &Diagnostic, kind: usize) {
        if let Some(count) = self.severities.get_mut(problem.severity as usize) {
            *count -= problem.count;
        }
        if let Some(count) = self.kinds.get_mut(kind) {
            *count -= problem.count;
        }
    }
}

impl Whole {
    fn of(found: Vec<Diagnostic>) -> Self {
        let numbers: FxHashMap<&str, u8> = CHECKS.iter().map(|kind| kind.code).zip(0..).collect();
        let unknown = u8::try_from(CHECKS.len()).unwrap_or(u8::MAX);
        let kinds: Vec<u8> =
            found.iter().map(|problem| numbers.get(problem.code).copied().unwrap_or(unknown)).collect();
        let severities = found.iter().map(|problem| problem.severity).collect();
        let mut counts = Counts::default();
        for (problem, kind) in found.iter().zip(&kinds) {
            counts.add(problem, usize::from(*kind));
        }
        let hashes = found.iter().map(|problem| subject_hash(&problem.subject));
        let mut subjects: Vec<(u32, u32)> = hashes.zip(0..).collect();
        subjects.sort_unstable();
        Self { found, severities, kinds, counts, subjects }
    }

    fn of_subject<'s>(&'s self, subject: &'s Subject) -> impl Iterator<Item = u32> + 's {
        let hash = subject_hash(subject);
        let from = self.subjects.partition_point(|(other, _)| *other < hash);
        let run = self.subjects.iter().skip(from).take_while(move |(other, _)| *other == hash).map(|(_, at)| *at);
        run.filter(move |at| self.found.get(*at as usize).is_some_and(|problem| problem.subject == *subject))
    }
}

impl From<Vec<Diagnostic>> for Problems {
    fn from(found: Vec<Diagnostic>) -> Self {
        Self { whole: Arc::new(Whole::of(found)), ..Self::default() }
    }
}

impl Problems {
    /// How many there are, those included that are counted and not listed.
    pub fn total(&self) -> usize {
        self.counts().severities.iter().sum()
    }

    /// How many are listed.
    pub fn len(&self) -> usize {
        self.end() - self.gone.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there are more of some kind than are listed.
    pub fn is_cut(&self) -> bool {
        self.kinds().iter().any(|(_, count)| *count > MOST_LISTED)
    }

    /// Changes with every change of this list.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// One past the last position.
    fn end(&self) -> usize {
        self.whole.found.len() + self.since.len() + self.beside.len()
    }

    /// The problem at a position that stands.
    pub fn get(&self, at: usize) -> Option<&Diagnostic> {
        let whole = &self.whole.found;
        whole.get(at).or_else(|| {
            let at = at.checked_sub(whole.len())?;
            self.since.get(at).or_else(|| self.beside.get(at - self.since.len()))
        })
    }

    fn behind(&self) -> impl Iterator<Item = &Diagnostic> {
        self.since.iter().chain(&self.beside)
    }

    /// The positions of those that stand, in order.
    pub fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        let mut gone = self.gone.iter().peekable();
        (0..self.end()).filter(move |at| gone.next_if(|gone| **gone as usize == *at).is_none())
    }

    /// All that stand, in the order of their positions.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.positions().filter_map(|at| self.get(at))
    }

    /// The severity of the problem at a position, without a look at it where it is one of many.
    pub fn severity(&self, at: usize) -> Option<Severity> {
        self.whole.severities.get(at).copied().or_else(|| Some(self.get(at)?.severity))
    }

    /// The place of the problem's kind in [`CHECKS`], its end for a kind that is not there; without a look at the problem
    /// where it is one of many.
    pub fn kind(&self, at: usize) -> Option<usize> {
        let known = self.whole.kinds.get(at).map(|kind| usize::from(*kind));
        known.or_else(|| Some(kind_place(self.get(at)?.code)))
    }

    /// The positions of the problems of a record, in order.
    pub fn of(&self, subject: &Subject) -> Vec<usize> {
        let stands = |at: &u32| self.gone.binary_search(at).is_err();
        let behind = self.behind().enumerate().filter(|(_, problem)| problem.subject == *subject);
        let behind = behind.map(|(at, _)| self.whole.found.len() + at);
        self.whole.of_subject(subject).filter(stands).map(|at| at as usize).chain(behind).collect()
    }

    fn counts(&self) -> Counts {
        let mut counts = self.whole.counts.clone();
        for problem in self.gone.iter().filter_map(|at| self.whole.found.get(*at as usize)) {
            counts.take(problem, kind_place(problem.code));
        }
        for problem in self.behind() {
            counts.add(problem, kind_place(problem.code));
        }
        counts
    }

    /// How many there are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.counts().severities.get(severity as usize).copied().unwrap_or(0)
    }

    /// The severity of the worst of them.
    pub fn worst(&self) -> Option<Severity> {
        let counts = self.counts().severities;
        let all = [Severity::Error, Severity::Warning, Severity::Info];
        all.into_iter().zip(counts).find(|(_, count)| *count > 0).map(|(severity, _)| severity)
    }

    /// Every kind that there is, by its code with how many, in the order of [`CHECKS`]; those that are not there as one.
    pub fn kinds(&self) -> Vec<(&'static str, usize)> {
        let counts = self.counts();
        let codes = CHECKS.iter().map(|kind| Some(kind.code)).chain([counts.unknown]);
        let kinds = codes.zip(counts.kinds).filter(|(_, count)| *count > 0);
        kinds.filter_map(|(code, count)| Some((code?, count))).collect()
    }

    /// Where the problem at a position stands in the file, where that is known.
    pub fn place(&self, at: usize) -> Option<Place> {
        self.places.places.get(at).copied().flatten()
    }

    /// Whether places are known.
    pub fn is_placed(&self) -> bool {
        !self.places.places.is_empty()
    }

    /// The positions of those that stand by their places in the file, those without one first.
    pub fn by_place(&self) -> impl Iterator<Item = usize> + '_ {
        let unplaced = (!self.is_placed()).then(|| self.positions());
        let placed = self.places.order.iter().filter(|at| self.gone.binary_search(at).is_err()).map(|at| *at as usize);
        unplaced.into_iter().flatten().chain(placed)
    }

    /// Finds the places of all of them with `places_of`, which gives one for each of a list.
    pub fn places_with(&self, places_of: impl Fn(&[Diagnostic]) -> Vec<Option<Place>>) -> Places {
        let parts = [self.whole.found.as_slice(), &self.since, &self.beside];
        parts.into_iter().flat_map(places_of).collect::<Vec<_>>().into()
    }

    /// Takes note of the places that were found; of none where the timeline differs from the file.
    pub fn set_places(&mut self, places: Option<Places>) {
        let places = places.unwrap_or_default();
        if self.is_placed() || !places.places.is_empty() {
            self.places = Arc::new(places);
            self.version += 1;
        }
    }

    /// Puts what was found of some records in place of what was known of them. Places are known no more.
    pub fn replace(&mut self, subjects: &[Subject], found: Vec<Diagnostic>) {
        self.set_places(None);
        let gone = subjects.iter().flat_map(|subject| self.whole.of_subject(subject));
        let gone: Vec<u32> = gone.collect();
        self.gone.extend(gone);
        self.gone.sort_unstable();
        self.gone.dedup();
        self.since.retain(|problem| !subjects.contains(&problem.subject));
        self.since.extend(found);
        self.version += 1;
    }

    /// Puts what others found in place of what they had, with its places where the timeline does not differ from the file.
    pub fn set_beside(&mut self, found: Vec<Diagnostic>, places: Option<Vec<Option<Place>>>) {
        let before = self.whole.found.len() + self.since.len();
        let others = self.places.places.iter().copied().chain(std::iter::repeat(None)).take(before);
        let all = places.map(|places| others.chain(places).collect::<Vec<_>>());
        self.places = Arc::new(all.map(Places::from).unwrap_or_default());
        self.beside = found;
        self.version += 1;
    }

    /// What others found.
    pub fn beside(&self) -> &[Diagnostic] {
        &self.beside
    }

    /// Takes up what a check of the whole found, with the places of its problems where they are known; what others found
    /// stays. Returns what it takes the place of: a long list is not let go in a moment.
    pub fn take_up(&mut self, whole: Self) -> Self {
        let beside = self.beside.clone();
        std::mem::replace(self, Self { beside, version: self.version + 1, ..whole })
    }
}

fn subject_hash(subject: &Subject) -> u32 {
    // The upper half is the better one.
    (FxBuildHasher.hash_one(subject) >> 32) as u32
}

/// The place of a kind in the registry; its end for one that is not there.
fn kind_place(code: &str) -> usize {
    CHECKS.iter().position(|kind| kind.code == code).unwrap_or(CHECKS.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn problem() -> impl Strategy<Value = Diagnostic> {
        (0..6_u8, 0..3_usize, 0..CHECKS.len() + 1).prop_map(|(id, severity, kind)| {
            let subject = match id {
                0 => Subject::Timeline,
                1 => Subject::Source("e2".into()),
                id => Subject::Event(format!("e{id}").into()),
            };
            let severity = [Severity::Error, Severity::Warning, Severity::Info][severity];
            let code = CHECKS.get(kind).map_or("syntax", |kind| kind.code);
            let count = if id == 0 { 51 } else { 1 };
            Diagnostic { count, ..Diagnostic::new(severity, code, subject, "wrong") }
        })
    }

    fn problems() -> impl Strategy<Value = Vec<Diagnostic>> {
        proptest::collection::vec(problem(), 0..12)
    }

    /// The list as it would be without any of this.
    #[derive(Debug, Default)]
    struct Plain {
        checked: Vec<Diagnostic>,
        beside: Vec<Diagnostic>,
    }

    fn check(list: &Problems, plain: &Plain) {
        let all: Vec<&Diagnostic> = plain.checked.iter().chain(&plain.beside).collect();
        assert_eq!(list.iter().collect::<Vec<_>>(), all);
        assert_eq!(list.positions().filter_map(|at| list.get(at)).collect::<Vec<_>>(), all);
        assert_eq!((list.len(), list.is_empty()), (all.len(), all.is_empty()));
        assert_eq!(list.worst(), all.iter().map(|problem| problem.severity).min());
        let sum = |is: &dyn Fn(&Diagnostic) -> bool| -> usize {
            all.iter().filter(|problem| is(problem)).map(|problem| problem.count).sum()
        };
        assert_eq!(list.count(Severity::Warning), sum(&|problem| problem.severity == Severity::Warning));
        assert_eq!(list.total(), sum(&|_| true));
        assert_eq!(list.kinds().iter().map(|(_, count)| count).sum::<usize>(), list.total());
        for (code, count) in list.kinds() {
            assert_eq!(sum(&|problem| problem.code == code), count, "{code}");
        }
        for at in list.positions() {
            let problem = list.get(at).unwrap();
            assert_eq!((list.severity(at), list.kind(at)), (Some(problem.severity), Some(kind_place(problem.code))));
        }
        let subjects = all.iter().map(|problem| &problem.subject).chain([&Subject::Timeline]);
        for subject in subjects {
            let found: Vec<_> = list.of(subject).into_iter().filter_map(|at| list.get(at)).collect();
            let expected: Vec<_> = all.iter().copied().filter(|problem| problem.subject == *subject).collect();
            assert_eq!(found, expected, "{subject:?}");
        }
    }

    proptest! {
        #[test]
        fn a_list_changed_in_place_is_the_list_made_anew(
            first in problems(), changes in proptest::collection::vec((0..4_u8, problems(), 0..7_usize), 0..8),
        ) {
            let mut plain = Plain { checked: first.clone(), ..Plain::default() };
            let mut list = Problems::from(first);
            check(&list, &plain);
            for (what, found, id) in changes {
                let before = list.version();
                match what {
                    0 => {
                        list.take_up(Problems::from(found.clone()));
                        plain.checked = found;
                    }
                    1 => {
                        list.set_beside(found.clone(), None);
                        plain.beside = found;
                    }
                    _ => {
                        let subjects = [Subject::Event(format!("e{id}").into()), Subject::Event("e3".into())];
                        plain.checked.retain(|problem| !subjects.contains(&problem.subject));
                        plain.checked.extend(found.clone());
                        list.replace(&subjects, found);
                    }
                }
                prop_assert_ne!(list.version(), before);
                check(&list, &plain);
            }
        }
    }

    #[test]
    fn places_stay_with_their_problems_until_an_edit() {
        let problem = |id: &str| Diagnostic::new(Severity::Info, "ungraded", Subject::Source(id.into()), "wrong");
        let place = |line| Some(Place { line, column: 1 });
        let mut list = Problems::from(vec![problem("a"), problem("b")]);
        list.set_beside(vec![problem("c")], None);
        let places = list.places_with(|problems| problems.iter().map(|_| place(problems.len())).collect());
        list.set_places(Some(places));
        list.set_beside(vec![problem("d"), problem("e")], Some(vec![place(7), None]));
        let found: Vec<_> = list.positions().map(|at| list.place(at)).collect();
        assert_eq!(found, [place(2), place(2), place(7), None]);
        assert_eq!(list.by_place().collect::<Vec<_>>(), [3, 0, 1, 2]);
        list.replace(&[Subject::Source("a".into())], Vec::new());
        assert!(!list.is_placed() && list.positions().all(|at| list.place(at).is_none()));
        assert_eq!(list.by_place().collect::<Vec<_>>(), [1, 2, 3]);
    }
}
