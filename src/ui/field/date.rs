//! A field with a date: what the text is read as, shown while it is typed.

use egui::{RichText, Ui};

use super::{Ink, Problem, help_ui, problem_ui};
use crate::time::{Date, DayBound, Shape};

/// What the text of a date field is read as.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// Nothing is written.
    Nothing,
    /// A date; from a phrase where its text is not what was written.
    One(Date),
    /// Not a date.
    Wrong(Problem),
}

impl Reading {
    /// Reads what was typed: a date as files have it, or a phrase.
    pub fn of(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::Nothing;
        }
        match Date::parse(text) {
            Ok(date) => Self::One(date),
            Err(error) => Self::Wrong(error.into()),
        }
    }
}

/// The date of a field that must have one.
///
/// # Errors
/// Where the text is empty or is no date.
pub fn parse_required(text: &str) -> Result<Date, Problem> {
    parse_optional(text)?.ok_or_else(|| {
        Problem::new("a date is needed").with_hint("for example 2024-10-24, 2024-10 or late October 2024")
    })
}

/// The date of a field that may be empty.
///
/// # Errors
/// Where the text is no date.
pub fn parse_optional(text: &str) -> Result<Option<Date>, Problem> {
    match Reading::of(text) {
        Reading::Nothing => Ok(None),
        Reading::One(date) => Ok(Some(date)),
        Reading::Wrong(problem) => Err(problem),
    }
}

/// The first and last day of a date in a sentence: "Once, from 1 Jun 2024 to 30 Jun 2024". None where it is a single day,
/// which says so itself.
pub fn bounds_in_words(date: &Date) -> Option<String> {
    let bounds = date.day_bounds();
    let lead = match date.shape() {
        Shape::Moment => return None,
        Shape::Window | Shape::OneOf(_) => "Once",
        Shape::Span => "Lasting",
        Shape::AllOf(_) => "Several times",
    };
    let day = |day| Date::from_day(day).describe();
    let words = match (bounds.earliest, bounds.latest) {
        (DayBound::Day(first), DayBound::Day(last)) if first == last => format!("on {}", day(first)),
        (DayBound::Day(first), DayBound::Day(last)) => format!("from {} to {}", day(first), day(last)),
        (DayBound::Day(first), DayBound::Open) => format!("from {} on, without end", day(first)),
        (DayBound::Day(first), DayBound::Unknown) => format!("from {} on, end not known", day(first)),
        (DayBound::Open, DayBound::Day(last)) => format!("any time up to {}", day(last)),
        (DayBound::Unknown, DayBound::Day(last)) => format!("start not known, up to {}", day(last)),
        (DayBound::Open | DayBound::Unknown, DayBound::Open | DayBound::Unknown) => "bounds not known".to_owned(),
    };
    Some(format!("{lead}, {words}"))
}

/// What the typed text is read as, or its problem. Returns the reading that was chosen where there are several.
pub fn reading_ui(ui: &mut Ui, ink: Ink, typed: &str) -> Option<Date> {
    match Reading::of(typed) {
        Reading::Nothing => None,
        Reading::One(date) => {
            if date.as_str() != typed.trim() {
                ui.add(egui::Label::new(RichText::new(format!("Written as {date}")).small().color(ink.text)).wrap());
            }
            let described = date.describe();
            if described != date.as_str() {
                help_ui(ui, ink, &described);
            }
            if let Some(words) = bounds_in_words(&date) {
                help_ui(ui, ink, &words);
            }
            None
        }
        Reading::Wrong(problem) => {
            problem_ui(ui, ink, &problem);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(date: &str) -> Option<String> {
        bounds_in_words(&Date::parse(date).expect("a date"))
    }

    #[test]
    fn bounds_are_said_in_words() {
        assert_eq!(words("2024-10-24"), None);
        assert_eq!(words("2024-06").as_deref(), Some("Once, from 1 Jun 2024 to 30 Jun 2024"));
        assert_eq!(words("2024-06-19/..").as_deref(), Some("Lasting, from 19 Jun 2024 on, without end"));
    }

    #[test]
    fn an_empty_text_is_no_date_and_no_problem() {
        assert_eq!(parse_optional(" "), Ok(None));
        assert!(parse_required("").is_err());
        assert!(parse_optional("2024-13").is_err());
    }
}
