//! Terms of the trade: what each word of a form or a summary means, in one line. One table for every tooltip.

/// A term as it stands on a label, and what it means.
pub struct Term {
    /// The word, as labels have it.
    pub word: &'static str,
    /// What it means, in one line without a full stop.
    pub meaning: &'static str,
}

/// Every term that is explained, in alphabetical order.
pub const TERMS: &[Term] = &[
    term("Alleged", "A standing: claimed by an interested party"),
    term("Capture", "A copy of a source kept beside the timeline as evidence, with its hash and who made it when"),
    term("Confidence", "How sure you are of a judgment, as high, moderate or low; how likely it is stands apart"),
    term("Confirmed", "A standing: established to your satisfaction"),
    term("Coordinates", "Where on earth, as latitude and longitude in degrees"),
    term(
        "Credibility",
        "How believable this one piece of information is: 1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful, \
         5 improbable, 6 cannot be judged. How far its source can be relied on is another question",
    ),
    term("Denied", "A standing: denied by those concerned"),
    term("Denies", "A stance: the source says that it did not happen"),
    term("Disputed", "A standing: sources contradict each other"),
    term("Disputes", "A stance: the source says that it happened otherwise"),
    term("Expected", "A standing: still to come"),
    term("Its wording", "The source's own words for the date"),
    term("Lane", "The part of the story that an event belongs to: a band of the track"),
    term("Likelihood", "How likely you judge it to be, as a term of ICD 203 and never a number"),
    term("Locator", "Where in the source it stands: a page, a paragraph, a minute"),
    term("Mentions", "A stance: the source speaks of it without saying either"),
    term(
        "Origin",
        "The source at the root of those that repeat it: however many repeat it, sources of one origin count once",
    ),
    term("Quote", "The source's own words, in its language"),
    term("Recorded", "When it was entered into the timeline, which is not when it happened"),
    term(
        "Reliability",
        "How far a source can be relied on: A completely, B usually, C fairly, D not usually, E unreliable, F cannot be judged. How \
         believable one thing is that it says is another question",
    ),
    term("Reported", "A standing: said by sources, not established"),
    term("Retracted", "A standing: withdrawn by who said it"),
    term("Stance", "Whether a source bears the event out: it supports, disputes, denies or only mentions it"),
    term(
        "Standing",
        "How the statement stands in your eyes: confirmed, reported, alleged, disputed, denied, retracted or expected",
    ),
    term("Supports", "A stance: the source says that it happened so"),
    term("Weight", "Whose label stays when room is short: 5 keeps it longest, 1 loses it first, 3 is usual"),
    term("Wording", "The date in words, as the source or you put it"),
];

const fn term(word: &'static str, meaning: &'static str) -> Term {
    Term { word, meaning }
}

/// What a word means; none where it explains itself.
pub fn meaning(word: &str) -> Option<&'static str> {
    TERMS.iter().find(|term| term.word.eq_ignore_ascii_case(word)).map(|term| term.meaning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CitationField, EventField, Field as _, JudgmentField, SourceField, Stance, Standing};

    #[test]
    fn every_term_is_explained_once_in_one_line() {
        assert!(TERMS.windows(2).all(|pair| pair[0].word < pair[1].word));
        for Term { word, meaning } in TERMS {
            assert!(!meaning.ends_with('.') && !meaning.contains('\n') && meaning.len() > word.len(), "{word}");
        }
    }

    #[test]
    fn the_words_of_the_trade_on_the_forms_are_explained() {
        let labels = [EventField::Standing, EventField::Weight, EventField::Wording, EventField::Coordinates]
            .map(|it| it.label());
        let of_citations = [
            CitationField::Stance,
            CitationField::Credibility,
            CitationField::Reliability,
            CitationField::Locator,
            CitationField::Quote,
            CitationField::Wording,
        ];
        let of_citations = of_citations.map(|it| it.label());
        let of_sources = [SourceField::Reliability, SourceField::Origin].map(|it| it.label());
        let judged = [JudgmentField::Likelihood, JudgmentField::Confidence].map(|it| it.label());
        let values = Standing::ALL.iter().map(|it| it.label()).chain(Stance::ALL.iter().map(|it| it.label()));
        for word in labels.into_iter().chain(of_citations).chain(of_sources).chain(judged).chain(values) {
            assert!(meaning(word).is_some(), "{word}");
        }
    }
}
