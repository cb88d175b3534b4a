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
