//! Where a phrase leaves a choice: the questions that its rules ask, and every way to answer them.
//!
//! A rule that can be meant in several ways asks, and goes on with the answer it is given. The phrase is read again for
//! every other answer, so that a choice anywhere in it yields whole readings, and an answer that leads nowhere yields none.

use std::cell::RefCell;

/// More ways than these are not tried.
const MOST_WAYS: usize = 64;

/// What is asked. Within a phrase the same question has one answer: both ends of a span have their days first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Question {
    /// 12/04/1985: the day or the month first.
    Order,
    /// "1900s": ten years or a hundred.
    Hundreds,
    /// "12 Apr 85": of which century.
    Century,
    /// "May 2024 or 2025": that month of both years, or a year.
    Shared,
    /// "24-Oct-25": the day or the year first.
    Ends,
    /// 9/11/01, 1675102875: what the digits say.
    Digits,
    /// -300: as people count, or as EDTF does.
    Negative,
    /// 1750/1: a year counted from January or from March.
    DualYear,
    /// "44 BC – 14": before the era or of it.
    Era,
    /// "2000 to 1000 years ago": so many years, or a year.
    Ago,
    /// 1939/40, 2024-6: a span, or something else.
    YearAndNumber,
    /// "1971–": what its missing end means.
    Dangling,
    /// "1939..1945", "1731, 1734": what joins them.
    Joint,
    /// "to today": that day, or still.
    Today,
    /// "10:00-05:00": an offset, or a time until which.
    Minus,
    /// "week of 24 October": seven days from it, or the week that it lies in.
    Week,
}

struct Answer {
    question: Question,
    options: usize,
    chosen: usize,
    way: &'static str,
}

/// The answers of one way to read a phrase. A question that none was given for takes its first option.
pub(super) struct Answers {
    given: Vec<usize>,
    asked: RefCell<Vec<Answer>>,
}

impl Answers {
    /// Which of the options holds, by its number; they are named by how a reader would say them.
    pub fn ask(&self, question: Question, options: &[&'static str]) -> usize {
        let mut asked = self.asked.borrow_mut();
        if let Some(answer) = asked.iter().find(|answer| answer.question == question) {
            return answer.chosen.min(options.len().saturating_sub(1));
        }
        let chosen = self.given.get(asked.len()).copied().unwrap_or(0);
        let way = options.get(chosen).copied().unwrap_or_default();
        asked.push(Answer { question, options: options.len(), chosen, way });
        chosen
    }

    /// How the questions were answered, in words.
    pub fn way(&self) -> String {
        let asked = self.asked.borrow();
        asked.iter().map(|answer| answer.way).filter(|way| !way.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Reads once for every way to answer what is asked on the way, first options first.
pub(super) fn every_way<R>(read: impl Fn(&Answers) -> R) -> Vec<(R, String)> {
    let mut open = vec![Vec::new()];
    let mut found = Vec::new();
    while let Some(given) = open.pop()
        && found.len() < MOST_WAYS
    {
        let answers = Answers { asked: RefCell::default(), given };
        let result = read(&answers);
        let asked = answers.asked.borrow();
        // Deeper questions vary first, and the lowest option lies on top of the stack.
        for at in answers.given.len()..asked.len() {
            let Some(answer) = asked.get(at) else { break };
            for other in (1..answer.options).rev() {
                let before = asked.iter().take(at).map(|answer| answer.chosen);
                open.push(before.chain([other]).collect());
            }
        }
        found.push((result, answers.way()));
    }
    found
}
