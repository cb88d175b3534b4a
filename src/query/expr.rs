//! A question as a tree of leaves joined by and, or and not.
//!
//! Owns the shape of a question and its evaluation over sets: every leaf is asked once, for all records that are undecided. What a leaf
//! asks, and of what, is for those who answer it.

use super::{Hits, Matches};
use crate::time::Answer;

/// A question: a leaf, or others joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr<L> {
    /// What is asked of each record by itself.
    Leaf(L),
    /// All of these hold; of none, everything matches.
    And(Vec<Self>),
    /// At least one of these holds; of none, nothing matches.
    Or(Vec<Self>),
    /// This does not hold.
    Not(Box<Self>),
    /// This is not ruled out.
    Maybe(Box<Self>),
}

/// A leaf of a [gathered](Expr::gathered) question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Gathered<'e, L, M> {
    /// One that is asked by itself.
    One(&'e L),
    /// A tree that is asked as a whole.
    Whole(Expr<M>),
}

impl<L> Default for Expr<L> {
    /// Asks for nothing: everything matches.
    fn default() -> Self {
        Self::And(Vec::new())
    }
}

impl<L> Expr<L> {
    /// The conjunction of leaves.
    pub fn all_of(leaves: impl IntoIterator<Item = L>) -> Self {
        Self::And(leaves.into_iter().map(Self::Leaf).collect())
    }

    /// Whether it asks for anything.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::And(parts) if parts.iter().all(Self::is_empty))
    }

    /// Both this and another.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (own, other) if own.is_empty() => other,
            (own, other) if other.is_empty() => own,
            (Self::And(mut parts), other) => {
                parts.push(other);
                Self::And(parts)
            }
            (own, other) => Self::And(vec![own, other]),
        }
    }

    /// What it answers of one record by itself, where `answer` says what each leaf does.
    pub fn answer(&self, answer: &impl Fn(&L) -> Answer) -> Answer {
        match self {
            Self::Leaf(leaf) => answer(leaf),
            Self::And(parts) => parts.iter().map(|part| part.answer(answer)).min().unwrap_or(Answer::Yes),
            Self::Or(parts) => parts.iter().map(|part| part.answer(answer)).max().unwrap_or(Answer::No),
            Self::Not(part) => match part.answer(answer) {
                Answer::Yes => Answer::No,
                Answer::Possibly => Answer::Possibly,
                Answer::No => Answer::Yes,
            },
            Self::Maybe(part) if part.answer(answer).is_possible() => Answer::Yes,
            Self::Maybe(_) => Answer::No,
        }
    }

    /// Whether a leaf is among those for which `is_wanted` holds.
    pub fn any_leaf(&self, is_wanted: &impl Fn(&L) -> bool) -> bool {
        match self {
            Self::Leaf(leaf) => is_wanted(leaf),
            Self::And(parts) | Self::Or(parts) => parts.iter().any(|part| part.any_leaf(is_wanted)),
            Self::Not(part) | Self::Maybe(part) => part.any_leaf(is_wanted),
        }
    }

    /// The same with what costs least first in everything that is joined, where `cost` says what a leaf does.
    #[must_use]
    pub fn cheapest_first(self, cost: &impl Fn(&L) -> u32) -> Self {
        let sorted = |parts: Vec<Self>| {
            let mut parts: Vec<Self> = parts.into_iter().map(|part| part.cheapest_first(cost)).collect();
            // Stable: what costs the same stays as it was written.
            parts.sort_by_key(|part| part.cost(cost));
            parts
        };
        match self {
            Self::Leaf(leaf) => Self::Leaf(leaf),
            Self::And(parts) => Self::And(sorted(parts)),
            Self::Or(parts) => Self::Or(sorted(parts)),
            Self::Not(part) => Self::Not(Box::new(part.cheapest_first(cost))),
            Self::Maybe(part) => Self::Maybe(Box::new(part.cheapest_first(cost))),
        }
    }

    /// The same with each tree as one leaf of which `of` makes something of every leaf: what is alike so can be answered at once.
    /// Of what is joined all such parts are one, where the first of them stood.
    pub(super) fn gathered<'e, M>(&'e self, of: &impl Fn(&'e L) -> Option<M>) -> Expr<Gathered<'e, L, M>> {
        match self {
            Self::Leaf(leaf) => {
                Expr::Leaf(of(leaf).map_or(Gathered::One(leaf), |made| Gathered::Whole(Expr::Leaf(made))))
            }
            Self::And(parts) => Self::gathered_parts(parts, of, Expr::And, Expr::And),
            Self::Or(parts) => Self::gathered_parts(parts, of, Expr::Or, Expr::Or),
            Self::Not(part) => match part.gathered(of) {
                Expr::Leaf(Gathered::Whole(whole)) => Expr::Leaf(Gathered::Whole(Expr::Not(Box::new(whole)))),
                part => Expr::Not(Box::new(part)),
            },
            Self::Maybe(part) => match part.gathered(of) {
                Expr::Leaf(Gathered::Whole(whole)) => Expr::Leaf(Gathered::Whole(Expr::Maybe(Box::new(whole)))),
                part => Expr::Maybe(Box::new(part)),
            },
        }
    }

    fn gathered_parts<'e, M>(
        parts: &'e [Self],
        of: &impl Fn(&'e L) -> Option<M>,
        join_wholes: impl Fn(Vec<Expr<M>>) -> Expr<M>,
        join: impl Fn(Vec<Expr<Gathered<'e, L, M>>>) -> Expr<Gathered<'e, L, M>>,
    ) -> Expr<Gathered<'e, L, M>> {
        let (mut wholes, mut others, mut place) = (Vec::new(), Vec::new(), 0);
        for part in parts {
            match part.gathered(of) {
                Expr::Leaf(Gathered::Whole(whole)) => {
                    place = if wholes.is_empty() { others.len() } else { place };
                    wholes.push(whole);
                }
                part => others.push(part),
            }
        }
        // Whether parts are joined in one order or another is the same, and so is in which groups. What costs least is still first.
        if !wholes.is_empty() {
            let whole = Expr::Leaf(Gathered::Whole(join_wholes(wholes)));
            if others.is_empty() {
                return whole;
            }
            others.insert(place, whole);
        }
        join(others)
    }

    fn cost(&self, cost: &impl Fn(&L) -> u32) -> u32 {
        match self {
            Self::Leaf(leaf) => cost(leaf),
            Self::And(parts) | Self::Or(parts) => parts.iter().map(|part| part.cost(cost)).fold(0, u32::saturating_add),
            Self::Not(part) | Self::Maybe(part) => part.cost(cost),
        }
    }

    /// What it finds among so many records, where `answer` says what a leaf finds among those that it is handed. None where
    /// `answer` gave up.
    pub fn evaluate(&self, records: usize, answer: &mut impl FnMut(&L, &Matches) -> Option<Hits>) -> Option<Hits> {
        self.evaluate_among(&Matches::all(records), answer)
    }

    /// What it finds among some records; what it says of the others means nothing.
    ///
    /// Each part is asked only about what those before it leave undecided: of *and* what is not ruled out, of *or* what is not
    /// certain. Whatever it says of the others is covered by them.
    fn evaluate_among(&self, among: &Matches, answer: &mut impl FnMut(&L, &Matches) -> Option<Hits>) -> Option<Hits> {
        match self {
            Self::Leaf(leaf) => answer(leaf, among),
            Self::Not(part) => Some(part.evaluate_among(among, answer)?.not()),
            Self::Maybe(part) => Some(Hits::exact(part.evaluate_among(among, answer)?.into_possible())),
            Self::And(parts) => {
                let mut hits = Hits::exact(among.clone());
                for part in parts {
                    if hits.possible().count() == 0 {
                        break;
                    }
                    let of_part = part.evaluate_among(hits.possible(), answer)?;
                    hits = hits.and(&of_part);
                }
                Some(hits)
            }
            Self::Or(parts) => {
                let mut hits = Hits::none(among.events());
                let mut undecided = among.clone();
                for part in parts {
                    undecided.subtract(hits.certain());
                    if undecided.count() == 0 {
                        break;
                    }
                    let of_part = part.evaluate_among(&undecided, answer)?;
                    hits = hits.or(&of_part);
                }
                Some(hits)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Records of every law below: more than one word of bits holds.
    const RECORDS: usize = 70;

    const ANSWERS: [Answer; 3] = [Answer::No, Answer::Possibly, Answer::Yes];

    fn hits(answers: &[Answer]) -> Hits {
        let those = |least: Answer| Matches::from_fn(answers.len(), |at| answers[at] >= least);
        Hits::new(those(Answer::Yes), those(Answer::Possibly))
    }

    fn any_hits() -> impl Strategy<Value = Hits> {
        prop::collection::vec(prop::sample::select(ANSWERS.to_vec()), RECORDS).prop_map(|answers| hits(&answers))
    }

    fn any_expr() -> impl Strategy<Value = Expr<Vec<Answer>>> {
        let leaf = prop::collection::vec(prop::sample::select(ANSWERS.to_vec()), RECORDS).prop_map(Expr::Leaf);
        leaf.prop_recursive(4, 24, 4, |part| {
            prop_oneof![
                prop::collection::vec(part.clone(), 0..4).prop_map(Expr::And),
                prop::collection::vec(part.clone(), 0..4).prop_map(Expr::Or),
                part.clone().prop_map(|part| Expr::Not(Box::new(part))),
                part.prop_map(|part| Expr::Maybe(Box::new(part))),
            ]
        })
    }

    proptest! {
        #[test]
        fn sets_answer_as_each_record_does(expr in any_expr()) {
            // Of those that a leaf is not asked about it says the opposite.
            let answer = |answers: &Vec<Answer>, among: &Matches| {
                let own = hits(answers);
                let inside = own.clone().and(&Hits::exact(among.clone()));
                inside.or(&own.not().and(&Hits::exact(among.clone().complement())))
            };
            let found = expr.evaluate(RECORDS, &mut |answers, among| Some(answer(answers, among))).unwrap();
            let cost = |answers: &Vec<Answer>| answers.iter().map(|answer| *answer as u32).sum();
            let sorted = expr.clone().cheapest_first(&cost);
            prop_assert_eq!(&found, &sorted.evaluate(RECORDS, &mut |leaf, among| Some(answer(leaf, among))).unwrap());
            let one_by_one = |expr: &Expr<&Vec<Answer>>| -> Vec<Answer> {
                (0..RECORDS).map(|at| expr.answer(&|answers: &&Vec<Answer>| answers[at])).collect()
            };
            // Of half of the leaves, which are answered record by record; of none; of all.
            for is_alike in [|answers: &[Answer]| answers[0] == Answer::Yes, |_: &[Answer]| false, |_: &[Answer]| true] {
                let gathered = expr.gathered(&|answers| is_alike(answers).then_some(answers));
                let of_gathered = gathered.evaluate(RECORDS, &mut |leaf, among| {
                    Some(match leaf {
                        Gathered::One(answers) => answer(answers, among),
                        Gathered::Whole(whole) => answer(&one_by_one(whole), among),
                    })
                });
                prop_assert_eq!(&found, &of_gathered.unwrap());
            }
            let one_by_one: Vec<Answer> = (0..RECORDS).map(|at| expr.answer(&|answers: &Vec<Answer>| answers[at])).collect();
            prop_assert_eq!(found, hits(&one_by_one));
        }

        #[test]
        fn the_laws_of_sets_hold_in_three_values(a in any_hits(), b in any_hits(), c in any_hits()) {
            let (all, none) = (Hits::all(RECORDS), Hits::none(RECORDS));
            let and = |a: &Hits, b: &Hits| a.clone().and(b);
            let or = |a: &Hits, b: &Hits| a.clone().or(b);
            let not = |a: &Hits| a.clone().not();
            // De Morgan's.
            prop_assert_eq!(not(&and(&a, &b)), or(&not(&a), &not(&b)));
            prop_assert_eq!(not(&or(&a, &b)), and(&not(&a), &not(&b)));
            prop_assert_eq!(not(&not(&a)), a.clone());
            prop_assert_eq!(not(&all), none.clone());
            for (join, neutral, zero) in [(&and as &dyn Fn(&Hits, &Hits) -> Hits, &all, &none), (&or, &none, &all)] {
                prop_assert_eq!(join(&a, &b), join(&b, &a));
                prop_assert_eq!(join(&join(&a, &b), &c), join(&a, &join(&b, &c)));
                prop_assert_eq!(join(&a, &a), a.clone());
                prop_assert_eq!(&join(&a, neutral), &a);
                prop_assert_eq!(&join(&a, zero), zero);
            }
            prop_assert_eq!(and(&a, &or(&b, &c)), or(&and(&a, &b), &and(&a, &c)));
            prop_assert_eq!(or(&a, &and(&b, &c)), and(&or(&a, &b), &or(&a, &c)));
            prop_assert_eq!(or(&a, &and(&a, &b)), a.clone());
            // What is certain is possible, whatever is done.
            for hits in [and(&a, &b), or(&a, &b), not(&a)] {
                let mut both = hits.certain().clone();
                both.intersect(hits.possible());
                prop_assert_eq!(&both, hits.certain());
            }
        }
    }

    #[test]
    fn what_is_alike_is_asked_at_once_where_the_first_of_it_stood() {
        let leaf = |letter: char| Expr::Leaf(letter);
        let not = |part| Expr::Not(Box::new(part));
        // Capitals are alike.
        let capital = |letter: &char| letter.is_uppercase().then_some(*letter);
        let inner = Expr::Or(vec![leaf('B'), not(leaf('C'))]);
        let mixed = Expr::Or(vec![leaf('D'), leaf('c')]);
        let expr = Expr::And(vec![leaf('a'), leaf('A'), leaf('b'), inner.clone(), mixed]);
        let one = |letter: &'static char| Expr::Leaf(Gathered::One(letter));
        let whole = |whole| Expr::Leaf(Gathered::Whole(whole));
        let expected = Expr::And(vec![
            one(&'a'),
            whole(Expr::And(vec![leaf('A'), inner])),
            one(&'b'),
            Expr::Or(vec![whole(Expr::Or(vec![leaf('D')])), one(&'c')]),
        ]);
        assert_eq!(expr.gathered(&capital), expected);
        let maybe = not(Expr::Maybe(Box::new(Expr::all_of(['A', 'B']))));
        assert_eq!(maybe.gathered(&capital), whole(maybe.clone()));
        assert_eq!(Expr::<char>::default().gathered(&capital), Expr::And(vec![]));
    }

    #[test]
    fn what_is_decided_is_not_asked_further() {
        let mut asked = Vec::new();
        let mut found = |expr: &Expr<bool>| {
            let found = expr.evaluate(3, &mut |leaf, _| {
                asked.push(*leaf);
                Some(if *leaf { Hits::all(3) } else { Hits::none(3) })
            });
            (found, std::mem::take(&mut asked))
        };
        assert_eq!(found(&Expr::all_of([true, false, true])), (Some(Hits::none(3)), vec![true, false]));
        let either = Expr::Or(vec![Expr::Leaf(false), Expr::Leaf(true), Expr::Leaf(false)]);
        assert_eq!(found(&either), (Some(Hits::all(3)), vec![false, true]));
        assert_eq!(found(&Expr::default()), (Some(Hits::all(3)), vec![]));
        assert_eq!(either.evaluate(3, &mut |_, _| None), None, "given up");
    }
}
