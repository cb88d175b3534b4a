//! Words that several parts of a brief share: counts, dates with their wording, names of languages.

use super::Painter;
use super::subject::Subject;
use crate::model::{Credibility, Event, Reliability, Standing};
use crate::time::Date;

/// "1 event", "2 events".
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// A date as vague as it is, with the wording of who gave it in quotation marks where that says more.
pub(super) fn dated(
    subject: &Subject<'_>,
    date: &Date,
    wording: Option<&str>,
    language: Option<&str>,
    out: &mut impl Painter,
) {
    let words = subject.words(date);
    out.words(&words);
    if let Some(wording) = wording.filter(|wording| !wording.trim().eq_ignore_ascii_case(&words)) {
        worded(wording, language, out);
    }
}

/// The date of an event as [`dated`]; in words that it has none where it has none.
pub(super) fn dated_event(subject: &Subject<'_>, event: &Event, wording: Option<&str>, out: &mut impl Painter) {
    match &event.date {
        Some(date) => dated(subject, date, wording, None, out),
        None => {
            out.words(Event::UNDATED);
            if let Some(wording) = wording {
                worded(wording, None, out);
            }
        }
    }
}

fn worded(wording: &str, language: Option<&str>, out: &mut impl Painter) {
    out.words(" (");
    out.quoted(wording, language);
    out.words(")");
}

/// Whether the title was supplied because none was known; by custom it stands in square brackets.
pub(super) fn is_supplied(title: &str) -> bool {
    title.starts_with('[') && title.ends_with(']')
}

/// "B2: Usually reliable; Probably true": both axes by sign and by word. One that stands alone is named, or its sign would
/// read as a number. None where neither is given.
pub(super) fn grade(reliability: Option<Reliability>, credibility: Option<Credibility>) -> Option<String> {
    match (reliability, credibility) {
        (None, None) => None,
        (Some(grade), Some(credibility)) => {
            let (letter, number) = (grade.letter(), credibility.number());
            Some(format!("{letter}{number}: {}; {}", grade.label(), credibility.label()))
        }
        (Some(grade), None) => {
            Some(format!("reliability {}: {}; credibility not graded", grade.letter(), grade.label()))
        }
        (None, Some(grade)) => {
            Some(format!("reliability not graded; credibility {}: {}", grade.number(), grade.label()))
        }
    }
}

/// What a standing says.
pub(super) const fn meaning(standing: Standing) -> &'static str {
    match standing {
        Standing::Confirmed => "established to the analyst’s satisfaction",
        Standing::Reported => "said by sources, not established",
        Standing::Alleged => "claimed by an interested party",
        Standing::Disputed => "sources contradict each other",
        Standing::Denied => "denied by those concerned",
        Standing::Retracted => "withdrawn by who said it",
        Standing::Expected => "still to come",
    }
}

/// The English name of a language by its BCP 47 tag; the tag itself where it is not one of the common ones.
pub(super) fn language_name(tag: &str) -> &str {
    let primary = tag.split(['-', '_']).next().unwrap_or(tag);
    LANGUAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(primary)).map_or(tag, |(_, name)| name)
}

const LANGUAGES: [(&str, &str); 56] = [
    ("af", "Afrikaans"),
    ("am", "Amharic"),
    ("ar", "Arabic"),
    ("az", "Azerbaijani"),
    ("be", "Belarusian"),
    ("bg", "Bulgarian"),
    ("bn", "Bengali"),
    ("bs", "Bosnian"),
    ("ca", "Catalan"),
    ("cs", "Czech"),
    ("da", "Danish"),
    ("de", "German"),
    ("el", "Greek"),
    ("en", "English"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fr", "French"),
    ("ga", "Irish"),
    ("grc", "Ancient Greek"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hr", "Croatian"),
    ("hu", "Hungarian"),
    ("hy", "Armenian"),
    ("id", "Indonesian"),
    ("is", "Icelandic"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ka", "Georgian"),
    ("kk", "Kazakh"),
    ("ko", "Korean"),
    ("ku", "Kurdish"),
    ("la", "Latin"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("my", "Burmese"),
    ("nl", "Dutch"),
    ("no", "Norwegian"),
    ("pl", "Polish"),
    ("ps", "Pashto"),
    ("pt", "Portuguese"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("sk", "Slovak"),
    ("sr", "Serbian"),
    ("sv", "Swedish"),
    ("sw", "Swahili"),
    ("th", "Thai"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("uz", "Uzbek"),
    ("vi", "Vietnamese"),
    ("zh", "Chinese"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grade_says_what_is_missing_and_never_that_unjudged_is_bad() {
        use Credibility::{CannotBeJudged, ProbablyTrue};
        let cases = [
            (Some(Reliability::B), Some(ProbablyTrue), Some("B2: Usually reliable; Probably true")),
            (
                Some(Reliability::F),
                Some(CannotBeJudged),
                Some("F6: Reliability cannot be judged; Truth cannot be judged"),
            ),
            (Some(Reliability::A), None, Some("reliability A: Completely reliable; credibility not graded")),
            (None, Some(ProbablyTrue), Some("reliability not graded; credibility 2: Probably true")),
            (None, None, None),
        ];
        for (reliability, credibility, expected) in cases {
            assert_eq!(grade(reliability, credibility).as_deref(), expected);
        }
    }

    #[test]
    fn languages_are_named_by_their_primary_tag() {
        let cases = [("ru", "Russian"), ("zh-Hant-TW", "Chinese"), ("DE", "German"), ("tlh", "tlh"), ("", "")];
        for (tag, expected) in cases {
            assert_eq!(language_name(tag), expected, "{tag}");
        }
    }

    #[test]
    fn the_table_of_languages_is_in_order() {
        assert!(LANGUAGES.is_sorted_by_key(|(tag, _)| *tag));
    }
}
