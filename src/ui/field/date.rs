//! A field with a date: what the text is read as, shown while it is typed.

use egui::{RichText, Ui};

use super::{Ink, Problem, help_ui, problem_ui};
use crate::time::{self, Date, DayBound, Instant, Shape, Zone};

/// What the text of a date field is read as.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// Nothing is written.
    Nothing,
    /// A date; from a phrase where its text is not what was written.
    One(Date),
    /// A phrase that can be meant in several ways, each with how it was read.
    Several(Vec<(Date, String)>),
    /// Not a date.
    Wrong(Problem),
}

impl Reading {
    /// Reads what was typed: a date as files have it, or a phrase. `now` is for "yesterday".
    pub fn of(text: &str, now: Instant) -> Self {
        let text = text.trim();
        if text.is_empty() {
            return Self::Nothing;
        }
        match time::read_phrase(text, now) {
            time::Reading::Date(date) => Self::One(date),
            time::Reading::Ambiguous(ways) => Self::Several(ways),
            time::Reading::None(error) => Self::Wrong(error.into()),
        }
    }
}

/// The date of a field that must have one.
///
/// # Errors
/// Where the text is empty, is no date, or can be meant in several ways.
pub fn parse_required(text: &str, now: Instant) -> Result<Date, Problem> {
    parse_optional(text, now)?.ok_or_else(|| {
        Problem::new("a date is needed").with_hint("for example 2024-10-24, 2024-10 or late October 2024")
    })
}

/// The date of a field that may be empty.
///
/// # Errors
/// Where the text is no date or can be meant in several ways.
pub fn parse_optional(text: &str, now: Instant) -> Result<Option<Date>, Problem> {
    match Reading::of(text, now) {
        Reading::Nothing => Ok(None),
        Reading::One(date) => Ok(Some(date)),
        Reading::Several(_) => Err(Problem::new("this can be meant in several ways").with_hint("choose one of them")),
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

/// A date and the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FromPhrase {
    /// The date.
    pub date: Date,
    /// What was typed.
    pub phrase: String,
}

/// What became of a typed date.
#[derive(Debug, Default)]
pub struct ReadingShown {
    /// The date that was chosen where there are several.
    pub chosen: Option<Date>,
    /// The date and its words, where it was read from a phrase.
    pub phrase: Option<FromPhrase>,
}

/// What the typed text is read as, or its problem. `zone` is the timeline's.
pub fn reading_ui(ui: &mut Ui, ink: Ink, typed: &str, now: Instant, zone: Zone) -> ReadingShown {
    let typed = typed.trim();
    let phrase = |date: &Date| FromPhrase { date: date.clone(), phrase: typed.to_owned() };
    match Reading::of(typed, now) {
        Reading::Nothing => ReadingShown::default(),
        Reading::One(date) => {
            let is_phrase = date.as_str() != typed;
            if is_phrase {
                ui.add(egui::Label::new(RichText::new(format!("Written as {date}")).small().color(ink.text)).wrap());
            }
            date_in_words_ui(ui, ink, &date, zone);
            ReadingShown { chosen: None, phrase: is_phrase.then(|| phrase(&date)) }
        }
        Reading::Several(ways) => {
            help_ui(ui, ink, "This can be meant in several ways");
            let mut chosen = None;
            for (date, way) in ways {
                if super::small_button_ui(ui, &way).on_hover_text(date.as_str()).clicked() {
                    chosen = Some(date);
                }
            }
            ReadingShown { phrase: chosen.as_ref().map(phrase), chosen }
        }
        Reading::Wrong(mut problem) => {
            // What is perhaps meant is a date itself: one click takes it.
            let meant = problem.hint.take_if(|hint| Date::parse(hint).is_ok());
            let meant = meant.and_then(|hint| Date::parse(&hint).ok());
            problem_ui(ui, ink, &problem);
            let chosen = meant.filter(|date| super::small_button_ui(ui, &format!("Use {date}")).clicked());
            ReadingShown { phrase: chosen.as_ref().map(phrase), chosen }
        }
    }
}

/// A date in words, on its own clock and the timeline's, and its bounds where it is more than a day.
pub fn date_in_words_ui(ui: &mut Ui, ink: Ink, date: &Date, zone: Zone) {
    let described = date.describe_with(zone);
    if described != date.as_str() {
        help_ui(ui, ink, &described);
    }
    if let Some(words) = bounds_in_words(date) {
        help_ui(ui, ink, &words);
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
        let now = Instant::default();
        assert_eq!(parse_optional(" ", now), Ok(None));
        assert!(parse_required("", now).is_err());
        assert!(parse_optional("2024-13", now).is_err());
    }

    #[test]
    fn a_time_that_came_twice_or_never_is_no_date_until_one_is_chosen() {
        let now = Instant::default();
        for text in
            ["27 Oct 2024 02:30 Berlin time", "2024-10-27T02:30[Europe/Berlin]", "31 Mar 2024 02:30 Berlin time"]
        {
            assert!(matches!(Reading::of(text, now), Reading::Several(ways) if ways.len() == 2), "{text}");
            assert!(parse_required(text, now).is_err(), "{text}");
        }
        assert!(parse_required("2024-10-27T02:30+02:00[Europe/Berlin]", now).is_ok());
    }

    #[test]
    fn what_is_refused_says_why_as_the_command_line_does() {
        for (text, message) in [
            ("24 October", "the year is missing"),
            ("Friday 31 January 2013", "31 Jan 2013 is a Thursday"),
            ("30 February 2013", "February 2013 has 28 days"),
            ("2013-02-30", "February 2013 has 28 days"),
            ("late October 2024?", "EDTF cannot mark such a window as approximate or uncertain"),
            ("n.d.", "this says that there is no date"),
        ] {
            let Reading::Wrong(problem) = Reading::of(text, Instant::default()) else { panic!("{text} was read") };
            assert_eq!(problem.message, message, "{text}");
        }
    }

    #[test]
    fn a_phrase_with_two_readings_is_no_date_until_one_is_chosen() {
        let now = Instant::default();
        assert!(matches!(Reading::of("12/04/1985", now), Reading::Several(ways) if ways.len() == 2));
        assert!(parse_optional("12/04/1985", now).is_err());
        let late = parse_required("late October 2024", now).expect("a date");
        assert_eq!(late.as_str(), "[2024-10-21..2024-10-31]");
    }
}
