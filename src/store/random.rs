//! Random RON for the property tests: texts with every sort of layout and comment.
//!
//! Choices are drawn one after the other from [`Dice`], which [`dice`] generates and shrinks: what a choice makes may depend on
//! all choices before it, as a layout does on the text it lays out.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::strategy::{NewTree, ValueTree};
use proptest::test_runner::TestRunner;

use crate::diagnostic::Span;

/// A stream of choices: those of a small generator (`SplitMix64`), less those that shrinking has made the simplest, which is 0.
///
/// What the first choice means should be simple: `pick` takes the first of a list, `chance` says no.
#[derive(Debug, Clone)]
pub(super) struct Dice {
    seed: u64,
    /// The choices that are still free; behind them all are the simplest.
    free: usize,
    /// Choices before `free` that are the simplest.
    simplest: Vec<Range<usize>>,
    drawn: usize,
    /// How many were drawn at most, for who shrinks.
    most: Arc<AtomicUsize>,
}

impl Dice {
    /// The choices that follow from this number.
    pub fn of(seed: u64) -> Self {
        Self { seed, free: usize::MAX, simplest: Vec::new(), drawn: 0, most: Arc::default() }
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        let at = self.drawn;
        self.drawn += 1;
        self.most.fetch_max(self.drawn, Ordering::Relaxed);
        if at >= self.free || self.simplest.iter().any(|range| range.contains(&at)) {
            return 0;
        }
        let mut x = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(at as u64 + 1));
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((x ^ (x >> 31)) % sides as u64).unwrap_or_default()
    }

    pub fn chance(&mut self, one_in: usize) -> bool {
        self.roll(one_in) + 1 == one_in
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }
}

/// Streams of choices. A failing one shrinks: first the end of it becomes the simplest, by halves, then every run of it that
/// the failure does not need, from long runs to short ones. (The idea is Hypothesis's: shrink the choices, not what they make.)
pub(super) fn dice() -> impl Strategy<Value = Dice> {
    AnyDice
}

#[derive(Debug)]
struct AnyDice;

impl Strategy for AnyDice {
    type Tree = Shrinking;
    type Value = Dice;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let dice = Dice::of(runner.rng().next_u64());
        Ok(Shrinking { before: dice.clone(), dice, sure: 0, step: Step::End })
    }
}

/// What is tried next.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// The end is cut off.
    End,
    /// The run of this length that begins here is made the simplest.
    Run { at: usize, length: usize },
}

#[derive(Debug)]
struct Shrinking {
    /// What is tried.
    dice: Dice,
    /// What failed last.
    before: Dice,
    /// So many choices are known to be needed, as far as ends go: with fewer it does not fail.
    sure: usize,
    step: Step,
}

impl ValueTree for Shrinking {
    type Value = Dice;

    fn current(&self) -> Dice {
        self.dice.clone()
    }

    /// What is tried failed, too: from now on it is the case; something simpler is tried.
    fn simplify(&mut self) -> bool {
        self.before = self.dice.clone();
        self.next()
    }

    /// What was tried did not fail: back, and something else is tried.
    fn complicate(&mut self) -> bool {
        if let Step::End = self.step {
            self.sure = self.dice.free.saturating_add(1);
        }
        self.dice = self.before.clone();
        self.next()
    }
}

impl Shrinking {
    fn next(&mut self) -> bool {
        // All that were ever drawn: the first case has drawn most of what matters.
        let count = self.before.free.min(self.before.most.load(Ordering::Relaxed));
        loop {
            match self.step {
                Step::End if self.sure < count => {
                    self.dice.free = self.sure + (count - self.sure) / 2;
                    return true;
                }
                Step::End => self.step = Step::Run { at: 0, length: (count / 2).max(1) },
                Step::Run { at, length } if at < count => {
                    let run = at..(at + length).min(count);
                    self.step = Step::Run { at: run.end, length };
                    let is_simplest = |at: usize| self.dice.simplest.iter().any(|range| range.contains(&at));
                    if !run.clone().all(is_simplest) {
                        self.dice.simplest.push(run);
                        return true;
                    }
                }
                Step::Run { length: 0 | 1, .. } => return false,
                Step::Run { length, .. } => self.step = Step::Run { at: 0, length: length / 2 },
            }
        }
    }
}

#[test]
fn dice_shrink_to_the_choices_that_a_failure_needs() {
    // It fails where the tenth choice of a hundred is a six: all others become the simplest.
    let draw = |dice: &mut Dice| -> Vec<usize> { (0..100).map(|_| dice.roll(7)).collect() };
    let mut runner = TestRunner::deterministic();
    let mut tree =
        (0..).map(|_| dice().new_tree(&mut runner).unwrap()).find(|tree| draw(&mut tree.current())[9] == 6).unwrap();
    let mut tries = 0;
    loop {
        tries += 1;
        let fails = draw(&mut tree.current())[9] == 6;
        if !(if fails { tree.simplify() } else { tree.complicate() }) {
            break;
        }
    }
    let choices = draw(&mut tree.current());
    assert!((0..100).all(|at| choices[at] == if at == 9 { 6 } else { 0 }), "{choices:?}");
    assert!(tries < 60, "{tries}");
}

/// Texts that a careless scanner trips over.
pub(super) const TRICKY: [&str; 20] = [
    "",
    "a",
    "plain words",
    "two\nlines",
    "quo\"te",
    "back\\slash",
    "ends with \\",
    "// no comment",
    "/* nor this",
    "*/",
    "a, b) ]",
    "(:[",
    "Москва",
    "e\u{301}",
    "it's",
    "\"#",
    "\r\n",
    "tab\tbed",
    "\u{202e}gnirts",
    "नमस्ते",
];

/// How much may stand between two tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mess {
    /// Spaces, line ends and comments.
    Any,
    /// Nothing.
    None,
}

/// Prints with random trivia, numbering the comments so that each can be found again.
pub(super) struct Scribe<'d> {
    pub dice: &'d mut Dice,
    pub out: String,
    pub newline: &'static str,
    pub mess: Mess,
    comments: usize,
}

impl<'d> Scribe<'d> {
    pub fn new(dice: &'d mut Dice) -> Self {
        let newline = dice.pick(&["\n", "\n", "\r\n"]);
        Self { dice, out: String::new(), newline, mess: Mess::Any, comments: 0 }
    }

    pub fn trivia(&mut self) {
        if self.mess == Mess::None {
            return;
        }
        for _ in 0..self.dice.roll(4) {
            match self.dice.roll(12) {
                0..=4 => self.out.push_str(self.dice.pick(&[" ", "  ", "\t"])),
                5..=8 => {
                    let deep = " ".repeat(self.dice.roll(9));
                    self.out.extend([self.newline, &deep]);
                }
                9 => {
                    let text = self.dice.pick(&["line", "\"quote", "it's (", "] ) }", "/* open", "тире —"]);
                    self.comments += 1;
                    self.out.push_str(&format!("// {text} #{}!{}", self.comments, self.newline));
                }
                _ => {
                    let text = self.dice.pick(&["block", "\"", "// line", "/* nested \" */", "/**/", "*", "a\nb"]);
                    self.comments += 1;
                    self.out.push_str(&format!("/* {text} #{}! */", self.comments));
                }
            }
        }
    }

    pub fn token(&mut self, token: &str) -> Span {
        self.trivia();
        let start = self.out.len();
        self.out.push_str(token);
        Span::new(start, self.out.len())
    }

    /// A literal for a text, in one of the ways there are.
    pub fn literal(&mut self, value: &str) -> String {
        let is_rawable = !value.contains("\"##") && !value.contains('\r');
        match self.dice.roll(4) {
            0 if is_rawable => format!("r##\"{value}\"##"),
            1 if is_rawable && !value.contains('"') => format!("r\"{value}\""),
            2 => format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
            _ => super::layout::quote(value),
        }
    }
}
