//! What bands can stand for: fields of events, of what they cite, of their dates, and fields of the user's own.

use serde::{Deserialize, Serialize};

use super::OwnName;
use super::field::Choice;

/// The groupings that the program knows, a row each: the variant, which is its word in files, the words of the interface, the
/// word on the command line.
macro_rules! groupings {
    ($($(#[$attribute:meta])* $variant:ident $label:literal $id:literal)+) => {
        /// What the bands of the track stand for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
        pub enum Grouping {
            $($(#[$attribute])* $variant,)+
            /// A band a value of a field of the user's own.
            Own(OwnName),
        }

        impl Grouping {
            /// Every grouping but those by fields of the user's own, in the order of menus.
            pub const ALL: [Self; [$($id),+].len()] = [$(Self::$variant),+];

            /// The same as choices of a file.
            pub const CHOICES: &'static [Choice] =
                &[$(Choice { name: stringify!($variant), label: $label, synonym: $id }),+];

            /// The words; the name of a field of the user's own.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$variant => $label,)+
                    Self::Own(name) => name.as_str(),
                }
            }

            /// The word on the command line; the name of a field of the user's own.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)+
                    Self::Own(name) => name.as_str(),
                }
            }
        }
    };
}

groupings! {
    /// A band a lane.
    #[default]
    Lane "Lane" "lane"
    /// A band a standing.
    Standing "Standing" "standing"
    /// A band an actor: an event of several stands in the band of each.
    Actor "Actor" "actor"
    /// A band a place.
    Place "Place" "place"
    /// A band a tag: an event of several stands in the band of each.
    Tag "Tag" "tag"
    /// A band a source: an event that cites several stands in the band of each.
    Source "Source" "source"
    /// A band an origin, the source at the root of those that go back to it.
    Origin "Origin" "origin"
    /// A band a publisher of what is cited.
    Publisher "Publisher" "publisher"
    /// A band an author of what is cited.
    Author "Author" "author"
    /// A band a kind of source.
    SourceKind "Kind of source" "source-kind"
    /// A band a language of what is cited.
    Language "Language" "language"
    /// A band the best grade among the sources that support an event.
    Reliability "Best reliability" "reliability"
    /// A band a stance of what is cited.
    Stance "Stance" "stance"
    /// A band an account of a source, with its marks at the dates that it gives.
    Accounts "Accounts" "accounts"
    /// A band an account of the sources of one origin.
    OriginAccounts "Accounts by origin" "accounts-by-origin"
    /// A band an account of a publisher.
    PublisherAccounts "Accounts by publisher" "accounts-by-publisher"
    /// A band a weight, the heaviest first.
    Weight "Weight" "weight"
    /// A band a term of likelihood.
    Likelihood "Likelihood" "likelihood"
    /// A band a level of confidence.
    Confidence "Confidence" "confidence"
    /// A band a year, and one for what may lie in several.
    Year "Year" "year"
    /// A band a decade, and one for what may lie in several.
    Decade "Decade" "decade"
    /// A band a kind of problem that events have by themselves: one of several stands in the band of each.
    Problem "Problem" "problem"
    /// One band.
    Nothing "Nothing" "nothing"
}

/// What stands before the name of a field of the user's own where it is the word of a grouping too: `own:place`.
const OWN: &str = "own:";

impl Grouping {
    /// The grouping that the program knows by this word: that of the command line, of files or of the interface, in any case.
    pub fn parse(text: &str) -> Option<Self> {
        let at = Self::CHOICES.iter().position(|choice| {
            [choice.name, choice.label, choice.synonym].iter().any(|word| word.eq_ignore_ascii_case(text))
        });
        at.and_then(|at| Self::ALL.get(at).copied())
    }

    /// The grouping of a text: one that the program knows, else by the field of this name. `own:place` is a field of the user's
    /// own, whatever it is called.
    pub fn named(text: &str) -> Self {
        let text = text.trim();
        match text.strip_prefix(OWN) {
            Some(name) => Self::Own(OwnName::new(name.trim())),
            None => Self::parse(text).unwrap_or_else(|| Self::Own(OwnName::new(text))),
        }
    }
}

/// As [`Grouping::named`] reads it.
impl std::fmt::Display for Grouping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Own(name) if Self::parse(name.as_str()).is_some() => write!(f, "{OWN}{}", name.as_str()),
            _ => f.write_str(self.label()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_names_are_read_as_they_are_written() {
        let all = Grouping::ALL
            .into_iter()
            .chain(["Casualties", "place", "own:x"].map(|name| Grouping::Own(OwnName::new(name))));
        for grouping in all.filter(|grouping| grouping.label() != "own:x") {
            assert_eq!(Grouping::named(&grouping.to_string()), grouping);
            let text = ron::to_string(&grouping).unwrap();
            assert_eq!(ron::from_str::<Grouping>(&text).unwrap(), grouping, "{text}");
        }
        assert_eq!(Grouping::named("source-kind"), Grouping::SourceKind);
        assert_eq!(Grouping::named("own:place").label(), "place");
        assert_eq!(ron::to_string(&Grouping::Own(OwnName::new("Casualties"))).unwrap(), r#"Own("Casualties")"#);
        assert_eq!(ron::from_str::<Grouping>("Place").unwrap(), Grouping::Place);
    }
}
