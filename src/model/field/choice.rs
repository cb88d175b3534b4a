//! The terms that a field of few values can have.

use crate::model::{
    Confidence, DateLabels, HashAlgorithm, ImageDisplay, KnownBy, Level, Likelihood, LinkDisplay, Relation,
    Reliability, SourceKind, Stance, Standing,
};

/// One of the values of a field that has few.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The word in files.
    pub name: &'static str,
    /// The words of the interface.
    pub label: &'static str,
    /// Other words that are read as the same; empty where there are none.
    pub synonym: &'static str,
}

impl Choice {
    /// The words of a menu: a grade, which is a letter, with its meaning.
    pub fn in_menus(&self) -> String {
        match self.label.len() {
            1 => format!("{} {}", self.label, self.synonym),
            _ => self.label.to_owned(),
        }
    }

    /// The choice that a text names: by its word in files, its label or its synonym, in any case and with blanks or hyphens
    /// between the words.
    pub fn named(choices: &'static [Self], text: &str) -> Option<&'static Self> {
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty());
            words.map(str::to_lowercase).collect()
        };
        let wanted = words(text);
        let is = |term: &str| !term.is_empty() && words(term) == wanted;
        choices.iter().find(|choice| is(choice.name) || is(choice.label) || is(choice.synonym))
    }
}

/// A type of few values, each of which is a [`Choice`].
pub trait Term: Copy + PartialEq + 'static {
    /// Every value, in the order of menus.
    const VALUES: &'static [Self];

    /// The choice of each of [`Term::VALUES`].
    const CHOICES: &'static [Choice];

    /// This value as a choice.
    fn choice(self) -> &'static Choice;

    /// The value of a choice; none where it is a choice of another type.
    fn of(choice: &Choice) -> Option<Self> {
        let found = Self::CHOICES.iter().zip(Self::VALUES).find(|(known, _)| *known == choice);
        found.map(|(_, value)| *value)
    }
}

/// Lists the variants of a type. The compiler says if one was forgotten.
macro_rules! terms {
    ($type:ident, $label:path, $synonym:path: $($variant:ident)+) => {
        impl Term for $type {
            const VALUES: &'static [Self] = &[$(Self::$variant),+];

            const CHOICES: &'static [Choice] = &[$(Choice {
                name: stringify!($variant),
                label: $label(Self::$variant),
                synonym: $synonym(Self::$variant),
            }),+];

            fn choice(self) -> &'static Choice {
                match self {
                    $(Self::$variant => &const {
                        Choice {
                            name: stringify!($variant),
                            label: $label(Self::$variant),
                            synonym: $synonym(Self::$variant),
                        }
                    },)+
                }
            }
        }
    };
}

const fn none<T: Copy>(_: T) -> &'static str {
    ""
}

terms!(Standing, Self::label, none: Confirmed Reported Alleged Disputed Denied Retracted Expected);
terms!(Stance, Self::label, none: Supports Disputes Denies Mentions);
terms!(Relation, Self::label, none: Causes Precedes Implements PartOf Contradicts Supersedes Related);
terms!(SourceKind, Self::label, none: Web Document Statement Broadcast Interview Image Dataset Other);
terms!(Reliability, Self::letter, Self::label: A B C D E F);
terms!(Likelihood, Self::label, Self::synonym:
    AlmostNoChance VeryUnlikely Unlikely RoughlyEvenChance Likely VeryLikely AlmostCertain);
terms!(Confidence, Self::label, none: High Moderate Low);
terms!(LinkDisplay, Self::label, none: Selected All);
terms!(DateLabels, Self::label, none: Auto Hidden);
terms!(ImageDisplay, Self::label, none: Hidden Track);
terms!(KnownBy, Self::label, none: Published Recorded);
terms!(Level, Self::label, none: Error Warning Info Off);
terms!(HashAlgorithm, Self::label, none: Sha256);
