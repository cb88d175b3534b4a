//! Grades and estimative terms with the labels analysts know.
//!
//! Reliability and credibility are the two axes of the NATO (Admiralty) system; F and 6 mean *unjudged*, never *worst*.
//! Likelihood terms are those of ICD 203: the term is stored, never a number.

use serde::{Deserialize, Serialize};

/// How far a source can be relied on (NATO/Admiralty system, A–F).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the labels are the documentation")]
pub enum Reliability {
    A,
    B,
    C,
    D,
    E,
    F,
}

impl Reliability {
    /// Every grade, best first, the unjudged one last.
    pub const ALL: [Self; 6] = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F];

    /// The letter.
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
            Self::F => "F",
        }
    }

    /// The standard wording.
    pub const fn label(self) -> &'static str {
        match self {
            Self::A => "Completely reliable",
            Self::B => "Usually reliable",
            Self::C => "Fairly reliable",
            Self::D => "Not usually reliable",
            Self::E => "Unreliable",
            Self::F => "Reliability cannot be judged",
        }
    }
}

/// How credible one piece of information is (NATO/Admiralty system, 1–6), written as a bare number in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
#[expect(missing_docs, reason = "the labels are the documentation")]
pub enum Credibility {
    Confirmed,
    ProbablyTrue,
    PossiblyTrue,
    Doubtful,
    Improbable,
    CannotBeJudged,
}

impl Credibility {
    /// Every grade, best first, the unjudged one last.
    pub const ALL: [Self; 6] = [
        Self::Confirmed,
        Self::ProbablyTrue,
        Self::PossiblyTrue,
        Self::Doubtful,
        Self::Improbable,
        Self::CannotBeJudged,
    ];

    /// The number, 1–6.
    pub const fn number(self) -> u8 {
        match self {
            Self::Confirmed => 1,
            Self::ProbablyTrue => 2,
            Self::PossiblyTrue => 3,
            Self::Doubtful => 4,
            Self::Improbable => 5,
            Self::CannotBeJudged => 6,
        }
    }

    /// The standard wording.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Confirmed => "Confirmed by other sources",
            Self::ProbablyTrue => "Probably true",
            Self::PossiblyTrue => "Possibly true",
            Self::Doubtful => "Doubtful",
            Self::Improbable => "Improbable",
            Self::CannotBeJudged => "Truth cannot be judged",
        }
    }
}

impl TryFrom<u8> for Credibility {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|grade| grade.number() == number)
            .ok_or_else(|| format!("credibility is a number from 1 to 6, not {number}"))
    }
}

impl From<Credibility> for u8 {
    fn from(grade: Credibility) -> Self {
        grade.number()
    }
}

/// An estimative term (ICD 203). The bands share their edges, so the term is kept and never a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the labels are the documentation")]
pub enum Likelihood {
    AlmostNoChance,
    VeryUnlikely,
    Unlikely,
    RoughlyEvenChance,
    Likely,
    VeryLikely,
    AlmostCertain,
}

impl Likelihood {
    /// Every term, least likely first.
    pub const ALL: [Self; 7] = [
        Self::AlmostNoChance,
        Self::VeryUnlikely,
        Self::Unlikely,
        Self::RoughlyEvenChance,
        Self::Likely,
        Self::VeryLikely,
        Self::AlmostCertain,
    ];

    /// The term as ICD 203 words it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::AlmostNoChance => "almost no chance",
            Self::VeryUnlikely => "very unlikely",
            Self::Unlikely => "unlikely",
            Self::RoughlyEvenChance => "roughly even chance",
            Self::Likely => "likely",
            Self::VeryLikely => "very likely",
            Self::AlmostCertain => "almost certain",
        }
    }

    /// The other wording that ICD 203 allows for the term. One product should keep to one of the two rows.
    pub const fn synonym(self) -> &'static str {
        match self {
            Self::AlmostNoChance => "remote",
            Self::VeryUnlikely => "highly improbable",
            Self::Unlikely => "improbable",
            Self::RoughlyEvenChance => "roughly even odds",
            Self::Likely => "probable",
            Self::VeryLikely => "highly probable",
            Self::AlmostCertain => "nearly certain",
        }
    }

    /// The term that a text names, by its label or its synonym, in any case and with blanks or hyphens between the words.
    /// Nothing else is read, and no number: a likelihood is a term.
    pub fn parse(text: &str) -> Option<Self> {
        let words = || text.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty());
        let is = |term: &str| words().map(str::to_lowercase).eq(term.split(' '));
        Self::ALL.into_iter().find(|term| is(term.label()) || is(term.synonym()))
    }

    /// The band in per cent, as help beside the term.
    pub const fn band(self) -> (u8, u8) {
        match self {
            Self::AlmostNoChance => (1, 5),
            Self::VeryUnlikely => (5, 20),
            Self::Unlikely => (20, 45),
            Self::RoughlyEvenChance => (45, 55),
            Self::Likely => (55, 80),
            Self::VeryLikely => (80, 95),
            Self::AlmostCertain => (95, 99),
        }
    }
}

/// Analytic confidence (ICD 203); never shown in one sentence with a likelihood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the labels are the documentation")]
pub enum Confidence {
    High,
    Moderate,
    Low,
}

impl Confidence {
    /// Every level, highest first.
    pub const ALL: [Self; 3] = [Self::High, Self::Moderate, Self::Low];

    /// The standard wording.
    pub const fn label(self) -> &'static str {
        match self {
            Self::High => "High",
            Self::Moderate => "Moderate",
            Self::Low => "Low",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_likelihood_is_read_from_its_term_or_its_synonym_and_from_no_number() {
        for term in Likelihood::ALL {
            assert_eq!(Likelihood::parse(term.label()), Some(term));
            assert_eq!(Likelihood::parse(&format!(" {} ", term.synonym().to_uppercase())), Some(term));
        }
        assert_eq!(Likelihood::parse("Highly-improbable"), Some(Likelihood::VeryUnlikely));
        for text in ["", "maybe", "60", "60 %", "likely or not", "un likely"] {
            assert_eq!(Likelihood::parse(text), None, "{text}");
        }
    }
}
