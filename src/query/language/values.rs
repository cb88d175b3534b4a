//! What the part behind the colon of a question means: values, amounts, terms and dates, each with what is wrong with it.

use super::super::test::leading_number;
use super::super::{Amount, Pattern, TimeTest, ValueTest};
use super::fault::QueryFault;
use super::names::TimeWord;
use super::syntax::{Comparison, Literal, Test};
use crate::diagnostic::closest;
use crate::model::{Choice, Confidence, FieldInfo, Kind, Likelihood, Limits, Reliability, Term as _};
use crate::time::{Date, Instant, Reading, Relation, read_phrase};

/// A test of a value, or that there is none.
pub(super) enum Meant {
    Is(ValueTest),
    None,
}

/// A fault of a value with the nearest of those that there are, else all of them.
pub(super) fn unknown(literal: &Literal, what: &str, known: &[&str]) -> QueryFault {
    let fault = QueryFault::new(literal.span.clone(), format!("“{}” is no {what}", literal.text));
    match closest(&literal.text, known.iter().copied()) {
        Some(near) => fault.remedy(format!("did you mean {near}?")),
        None => fault.remedy(format!("there are {}", known.join(", "))),
    }
}

/// The values of a test that names some.
pub(super) fn one_of<'n>(name: &Literal, test: &'n Test) -> Result<&'n [Literal], QueryFault> {
    match test {
        Test::OneOf(values) => Ok(values),
        Test::Any | Test::Compare(..) | Test::Range(..) => {
            let fault = QueryFault::new(name.span.clone(), format!("“{}:” takes words, no range", name.text));
            Err(fault.remedy(format!("write {}:WORD", name.text)))
        }
    }
}

/// Whether there is a value, where that is what a test asks: `*`, or one of the words *any* and *none* without quotes that is no
/// value itself.
pub(super) fn presence(test: &Test, is_value: impl Fn(&str) -> bool) -> Option<Meant> {
    match test {
        Test::Any => Some(Meant::Is(ValueTest::Present)),
        Test::OneOf(values) => match values.as_slice() {
            [only] if !only.is_quoted && !is_value(&only.text) => match only.text.as_str() {
                "any" => Some(Meant::Is(ValueTest::Present)),
                "none" => Some(Meant::None),
                _ => None,
            },
            _ => None,
        },
        Test::Compare(..) | Test::Range(..) => None,
    }
}

pub(super) fn is_value(kind: Kind, word: &str) -> bool {
    matches!(kind, Kind::Choice(choices) if Choice::named(choices, word).is_some())
}

pub(super) fn pattern(literal: &Literal) -> Result<Pattern, QueryFault> {
    let pattern = match literal.is_exact {
        true => Pattern::exact(&literal.text),
        false => Pattern::new(&literal.text, literal.has_star()),
    };
    if pattern.is_empty() {
        return Err(QueryFault::new(literal.span.clone(), "no letters stand here").remedy("write * for any value"));
    }
    Ok(pattern)
}

/// What one of the user's own fields is asked. Its texts are compared as numbers where they begin with one.
pub(super) fn own_test(name: &Literal, test: &Test) -> Result<Meant, QueryFault> {
    if let Some(meant) = presence(test, |_| false) {
        return Ok(meant);
    }
    let number = |literal: &Literal| {
        leading_number(&literal.text).ok_or_else(|| {
            let fault = QueryFault::new(literal.span.clone(), format!("“{}” is no number", literal.text));
            fault.remedy(format!("more and less are asked of numbers: {}:>=10", name.text))
        })
    };
    let end = |literal: &Option<Literal>| literal.as_ref().map(|it| number(it).map(|it| (it, true))).transpose();
    let amount = match test {
        Test::OneOf(values) => {
            return Ok(Meant::Is(ValueTest::Text(values.iter().map(pattern).collect::<Result<_, _>>()?)));
        }
        Test::Compare(comparison, literal) => {
            let number = number(literal)?;
            match comparison {
                Comparison::AtLeast => Amount { from: Some((number, true)), to: None },
                Comparison::Above => Amount { from: Some((number, false)), to: None },
                Comparison::AtMost => Amount { from: None, to: Some((number, true)) },
                Comparison::Below => Amount { from: None, to: Some((number, false)) },
            }
        }
        Test::Range(from, to) => Amount { from: end(from)?, to: end(to)? },
        Test::Any => Amount { from: None, to: None },
    };
    Ok(Meant::Is(ValueTest::Amount(amount)))
}

/// What is asked of a date.
pub(super) enum Times {
    /// Whether there is one.
    Any,
    /// Whether there is none.
    None,
    /// One of these.
    Tests(Vec<TimeTest>),
}

pub(super) fn time_tests(
    now: Instant,
    name: &Literal,
    relation: Option<TimeWord>,
    test: &Test,
) -> Result<Times, QueryFault> {
    let read = |literal: &Literal| date(literal, now);
    if relation.is_none()
        && let Some(meant) = presence(test, |_| false)
    {
        return Ok(if matches!(meant, Meant::None) { Times::None } else { Times::Any });
    }
    let tests = match (relation, test) {
        (Some(TimeWord(relation)), Test::OneOf(values)) => {
            let test = |date: Date| match relation {
                Relation::Before => TimeTest::Before(date),
                Relation::After => TimeTest::After(date),
                Relation::Overlaps => TimeTest::Overlaps(date),
                Relation::Within => TimeTest::Between(date.clone(), date),
            };
            values.iter().map(|value| read(value).map(test)).collect::<Result<_, _>>()?
        }
        (Some(TimeWord(Relation::Within)) | None, Test::Range(from, to)) => vec![match (from, to) {
            (Some(from), Some(to)) => TimeTest::Between(read(from)?, read(to)?),
            (Some(from), None) => TimeTest::From(read(from)?),
            (None, Some(to)) => TimeTest::UpTo(read(to)?),
            (None, None) => return Ok(Times::Any),
        }],
        (None, Test::OneOf(values)) => {
            let within = |date: Date| TimeTest::Between(date.clone(), date);
            values.iter().map(|value| read(value).map(within)).collect::<Result<_, _>>()?
        }
        (None, Test::Compare(comparison, value)) => {
            let date = read(value)?;
            vec![match comparison {
                Comparison::AtLeast => TimeTest::From(date),
                Comparison::AtMost => TimeTest::UpTo(date),
                Comparison::Above => TimeTest::After(date),
                Comparison::Below => TimeTest::Before(date),
            }]
        }
        (None, Test::Any) => return Ok(Times::Any),
        (Some(_), Test::Any | Test::Compare(..) | Test::Range(..)) => {
            let fault = QueryFault::new(name.span.clone(), format!("“{}:” takes a date", name.text));
            return Err(fault.remedy(format!("write {0}:2024-10 or {0}:\"late October 2024\"", name.text)));
        }
    };
    Ok(Times::Tests(tests))
}

/// A date as the date field reads it.
pub(super) fn date(literal: &Literal, now: Instant) -> Result<Date, QueryFault> {
    let fault = |message| QueryFault::new(literal.span.clone(), message);
    if literal.is_exact {
        return Err(fault("= is asked of texts".to_owned()).remedy("write during: for what lies wholly within a date"));
    }
    match read_phrase(&literal.text, now) {
        Reading::Date(date) => Ok(date),
        Reading::Ambiguous(readings) => {
            let ways: Vec<String> = readings.iter().map(|(date, how)| format!("{date} ({how})")).collect();
            Err(fault(format!("“{}” can be read in several ways", literal.text))
                .remedy(format!("write {}", ways.join(" or "))))
        }
        Reading::None(error) => {
            let fault = fault(format!("“{}” is no date: {}", literal.text, error.message));
            Err(match error.hint {
                Some(hint) => fault.remedy(hint),
                None => fault.remedy("write 2024-10-24, or words in quotes: \"late October 2024\""),
            })
        }
    }
}

/// The terms that a test names. What has a rank is compared from the least to the most: the best grade is the most.
pub(super) fn chosen(
    name: &Literal,
    test: &Test,
    info: &FieldInfo,
    choices: &'static [Choice],
) -> Result<Vec<&'static Choice>, QueryFault> {
    let labels: Vec<&str> = choices.iter().map(|choice| choice.label).collect();
    let read = |literal: &Literal| {
        let found = Choice::named(choices, &literal.text).and_then(|found| choices.iter().position(|it| it == found));
        found.ok_or_else(|| unknown(literal, &format!("term of {}", info.noun), &labels))
    };
    let those = |from: usize, to: usize| -> Vec<&'static Choice> {
        choices
            .iter()
            .enumerate()
            .filter(|(at, _)| (from.min(to)..=from.max(to)).contains(at))
            .map(|(_, it)| it)
            .collect()
    };
    let last = choices.len().saturating_sub(1);
    match test {
        Test::Any => Ok(choices.iter().collect()),
        Test::OneOf(values) => {
            let found = values.iter().map(read).collect::<Result<Vec<_>, _>>()?;
            Ok(found.into_iter().filter_map(|at| choices.get(at)).collect())
        }
        Test::Range(from, to) => {
            let end = |literal: &Option<Literal>, open| literal.as_ref().map_or(Ok(open), read);
            Ok(those(end(from, 0)?, end(to, last)?))
        }
        Test::Compare(comparison, value) => {
            let at = read(value)?;
            // Grades and confidence are listed from the most to the least, terms of likelihood from the least to the most.
            let is_falling = [Reliability::CHOICES, Confidence::CHOICES].contains(&choices);
            if !is_falling && choices != Likelihood::CHOICES {
                let fault = QueryFault::new(name.span.clone(), format!("{} has no more and less", info.label));
                let some: Vec<&str> = labels.iter().copied().take(2).collect();
                return Err(fault.remedy(format!("name several: {}:{}", name.text, some.join(","))));
            }
            let (towards, is_in) = match comparison {
                Comparison::AtLeast => (true, true),
                Comparison::Above => (true, false),
                Comparison::AtMost => (false, true),
                Comparison::Below => (false, false),
            };
            let end = if towards == is_falling { 0 } else { last };
            let mut found = those(at, end);
            found.retain(|choice| is_in || choices.get(at) != Some(*choice));
            Ok(found)
        }
    }
}

/// The numbers that a test names, as ranges.
pub(super) fn numbers(test: &Test, info: &FieldInfo, limits: &Limits) -> Result<Vec<(u32, u32)>, QueryFault> {
    let read = |literal: &Literal| {
        literal.text.parse::<u32>().map_err(|_| {
            let message = format!("“{}” is no {}", literal.text, info.noun);
            QueryFault::new(literal.span.clone(), message)
                .remedy(format!("write a number from {} to {} ({})", limits.least, limits.most, limits.hint))
        })
    };
    let (least, most) = (0, u32::MAX);
    Ok(match test {
        Test::Any => vec![(least, most)],
        Test::OneOf(values) => {
            let found = values.iter().map(|value| read(value).map(|number| (number, number)));
            found.collect::<Result<_, _>>()?
        }
        Test::Compare(comparison, value) => {
            let number = read(value)?;
            match comparison {
                Comparison::AtLeast => vec![(number, most)],
                Comparison::AtMost => vec![(least, number)],
                Comparison::Above => number.checked_add(1).map(|next| (next, most)).into_iter().collect(),
                Comparison::Below => number.checked_sub(1).map(|before| (least, before)).into_iter().collect(),
            }
        }
        Test::Range(from, to) => {
            let end = |literal: &Option<Literal>, open| literal.as_ref().map_or(Ok(open), read);
            vec![(end(from, least)?, end(to, most)?)]
        }
    })
}
