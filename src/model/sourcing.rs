//! What the citations of an event amount to: how many voices support it, how many speak against it, how good the best is.
//!
//! Owns counting by origin and the badges drawn from it. What is worth reporting as a problem belongs to `check`.

use super::check::Check;
use super::{Citation, Event, Reliability, Stance, Timeline};

/// What the citations of one event amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sourcing {
    /// Citations that support it.
    pub supporting: usize,
    /// Voices among the supporting citations: sources of one origin count once.
    pub origins: usize,
    /// Citations that say it did not happen.
    pub denying: usize,
    /// Citations that say it happened otherwise.
    pub disputing: usize,
    /// Citations that speak of it without saying either.
    pub mentioning: usize,
}

impl Sourcing {
    /// Sums up the citations of an event for which `counts` says yes (for example those of sources known by some date).
    pub fn of(timeline: &Timeline, event: &Event, counts: impl Fn(&Citation) -> bool) -> Self {
        let mut sourcing = Self::default();
        for citation in event.citations.iter().filter(|citation| counts(citation)) {
            match citation.stance {
                Stance::Supports => sourcing.supporting += 1,
                Stance::Disputes => sourcing.disputing += 1,
                Stance::Denies => sourcing.denying += 1,
                Stance::Mentions => sourcing.mentioning += 1,
            }
        }
        // One citation is one voice wherever it goes back to. Few events have more, and only for these chains are looked up.
        sourcing.origins = if sourcing.supporting > 1 {
            let supporting = supporting(event, counts);
            let mut roots: Vec<&str> = supporting.map(|citation| root_origin(timeline, &citation.source)).collect();
            roots.sort_unstable();
            roots.dedup();
            roots.len()
        } else {
            sourcing.supporting
        };
        sourcing
    }

    /// The badges it earns, in the order of [`Badge::ALL`].
    pub fn badges(&self) -> impl Iterator<Item = Badge> {
        let earned = *self;
        Badge::ALL.into_iter().filter(move |&badge| earned.earns(badge))
    }

    /// Whether it earns a badge.
    pub const fn earns(&self, badge: Badge) -> bool {
        match badge {
            Badge::Unsourced => self.supporting == 0,
            Badge::SingleOrigin => self.supporting >= 2 && self.origins == 1,
            Badge::Contradicted => self.denying + self.disputing > 0,
        }
    }
}

/// A warning about an event's sourcing, small enough to stand beside its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Badge {
    /// No citation supports it.
    Unsourced,
    /// Two or more citations support it, and all of them go back to one origin.
    SingleOrigin,
    /// A citation disputes or denies it.
    Contradicted,
}

impl Badge {
    /// Every badge, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Unsourced, Self::SingleOrigin, Self::Contradicted];

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unsourced => "Unsourced",
            Self::SingleOrigin => "Single origin",
            Self::Contradicted => "Contradicted",
        }
    }

    /// The code of the check that reports it; none where it is never a problem by itself.
    pub const fn check(self) -> Option<&'static str> {
        match self {
            Self::Unsourced => Some(Check::Unsourced.code()),
            Self::SingleOrigin => Some(Check::SingleOrigin.code()),
            Self::Contradicted => None,
        }
    }

    /// Why an event has it, in one line without a full stop.
    pub fn why(self, sourcing: &Sourcing) -> String {
        match self {
            Self::Unsourced => match stances(sourcing, true) {
                Some(others) => format!("No citation supports it; {others}"),
                None => "No citation supports it".to_owned(),
            },
            Self::SingleOrigin => {
                format!("{} citations, 1 origin: they count as one source", sourcing.supporting)
            }
            Self::Contradicted => match stances(sourcing, false) {
                Some(against) if sourcing.supporting > 0 => {
                    let verb = if sourcing.supporting == 1 { "supports" } else { "support" };
                    format!("{against}; {} {verb} it", sourcing.supporting)
                }
                Some(against) => against,
                None => "No citation speaks against it".to_owned(),
            },
        }
    }
}

/// "1 citation denies it, 2 dispute it, 1 mentions it"; none where there are none.
fn stances(sourcing: &Sourcing, with_mentions: bool) -> Option<String> {
    let mentioning = if with_mentions { sourcing.mentioning } else { 0 };
    let kinds = [
        (sourcing.denying, "denies", "deny"),
        (sourcing.disputing, "disputes", "dispute"),
        (mentioning, "mentions", "mention"),
    ];
    let mut words = String::new();
    for (count, one, many) in kinds.into_iter().filter(|&(count, ..)| count > 0) {
        let noun = match (words.is_empty(), count) {
            (false, _) => "",
            (true, 1) => "citation ",
            (true, _) => "citations ",
        };
        let comma = if words.is_empty() { "" } else { ", " };
        words.push_str(&format!("{comma}{count} {noun}{} it", if count == 1 { one } else { many }));
    }
    (!words.is_empty()).then_some(words)
}

/// The best grade from A to E among the supporting citations of an event for which `counts` says yes, each citation's own
/// before its source's. F only where every graded one is F; none where nothing is graded.
pub fn best_reliability(timeline: &Timeline, event: &Event, counts: impl Fn(&Citation) -> bool) -> Option<Reliability> {
    best_grade(event, counts, |source| timeline.source(source).and_then(|source| source.reliability))
}

/// [`best_reliability`] where the grade of a source of an id is known already.
pub fn best_grade<'e>(
    event: &'e Event,
    counts: impl Fn(&Citation) -> bool,
    mut of_source: impl FnMut(&'e str) -> Option<Reliability>,
) -> Option<Reliability> {
    let grade = |citation: &'e Citation| citation.reliability.or_else(|| of_source(&citation.source));
    supporting(event, counts).map(grade).fold(None, better)
}

fn supporting(event: &Event, counts: impl Fn(&Citation) -> bool) -> impl Iterator<Item = &Citation> {
    event.citations.iter().filter(move |citation| citation.stance == Stance::Supports && counts(citation))
}

/// The better of two grades; F, which is unjudged, gives way to every other.
fn better(a: Option<Reliability>, b: Option<Reliability>) -> Option<Reliability> {
    Reliability::ALL.into_iter().find(|&grade| a == Some(grade) || b == Some(grade))
}

/// The id of the source at the root of a chain of origins: what two sources have in common when they are one voice.
///
/// A chain that leads to a source which is not there ends with the id that it names. One that runs into a loop ends with
/// the least id on the loop, wherever it was entered.
pub fn root_origin<'t>(timeline: &'t Timeline, source: &'t str) -> &'t str {
    timeline.root_origin(source).unwrap_or(source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Header, Source};
    use crate::time::Date;

    /// Sources written `id<origin` with an optional grade behind a colon.
    fn timeline(sources: &[&str]) -> Timeline {
        let sources = sources
            .iter()
            .map(|text| {
                let (text, grade) = text.split_once(':').unwrap_or((text, ""));
                let (id, origin) = text.split_once('<').unwrap_or((text, ""));
                Source {
                    origin: (!origin.is_empty()).then(|| origin.into()),
                    reliability: Reliability::ALL.into_iter().find(|known| known.letter() == grade),
                    ..Source::new(id, id)
                }
            })
            .collect();
        Timeline::from_records(Header::new("t"), vec![], sources, vec![], vec![], vec![])
    }

    /// Citations written `source` with `+` (supports), `~` (disputes), `-` (denies) or `?` (mentions) before it.
    fn event(citations: &[&str]) -> Event {
        let mut event = Event::new("e", "E", Date::parse("2024").unwrap());
        event.citations = citations
            .iter()
            .map(|text| {
                let (sign, source) = text.split_at(1);
                let stance = match sign {
                    "+" => Stance::Supports,
                    "~" => Stance::Disputes,
                    "-" => Stance::Denies,
                    _ => Stance::Mentions,
                };
                Citation { stance, ..Citation::new(source) }
            })
            .collect();
        event
    }

    #[test]
    fn a_chain_of_origins_ends_at_its_root() {
        let timeline = timeline(&["a<b", "b<c", "c", "d<gone", "x<y", "y<z", "z<x", "w<z", "self<self"]);
        let cases = [
            ("a", "c"),
            ("c", "c"),
            ("d", "gone"),
            ("nobody", "nobody"),
            ("x", "x"),
            ("y", "x"),
            ("z", "x"),
            ("w", "x"),
            ("self", "self"),
        ];
        for (source, root) in cases {
            assert_eq!(root_origin(&timeline, source), root, "{source}");
        }
    }

    #[test]
    fn a_long_chain_and_a_long_loop_end_too() {
        let chain: Vec<String> = (0..1000).map(|n| format!("s{n:04}<s{:04}", n + 1)).collect();
        let chain = timeline(&chain.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(root_origin(&chain, "s0000"), "s1000");
        let circle: Vec<String> = (0..1000).map(|n| format!("s{n:04}<s{:04}", (n + 1) % 1000)).collect();
        let circle = timeline(&circle.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(root_origin(&circle, "s0700"), "s0000");
    }

    #[test]
    fn citations_are_counted_by_stance_and_origin() {
        let timeline = timeline(&["agency:C", "paper<agency:B", "blog<paper", "other:F", "third"]);
        let of = |citations: &[&str]| Sourcing::of(&timeline, &event(citations), |_| true);
        let all = of(&["+paper", "+blog", "+other", "-third", "~third", "?third", "?agency"]);
        let expected = Sourcing { supporting: 3, origins: 2, denying: 1, disputing: 1, mentioning: 2 };
        assert_eq!(all, expected);
        let best = |citations: &[&str]| best_reliability(&timeline, &event(citations), |_| true);
        assert_eq!(best(&["+paper", "+blog", "+other", "-third", "~third", "?third", "?agency"]), Some(Reliability::B));
        assert_eq!(best(&["+other"]), Some(Reliability::F));
        assert_eq!(best(&["+other", "+agency"]), Some(Reliability::C));
        assert_eq!(best(&["+third", "-agency"]), None);
        let some = Sourcing::of(&timeline, &event(&["+paper", "+other"]), |citation| &*citation.source == "paper");
        assert_eq!((some.supporting, some.origins), (1, 1));
        let mut own = event(&["+other"]);
        own.citations[0].reliability = Some(Reliability::A);
        assert_eq!(best_reliability(&timeline, &own, |_| true), Some(Reliability::A));
    }

    #[test]
    fn badges_say_why() {
        let timeline = timeline(&["agency", "paper<agency", "blog<paper", "other"]);
        type Case<'a> = (&'a [&'a str], &'a [(Badge, &'a str)]);
        let cases: [Case<'_>; 7] = [
            (&[], &[(Badge::Unsourced, "No citation supports it")]),
            (&["?other"], &[(Badge::Unsourced, "No citation supports it; 1 citation mentions it")]),
            (&["+other"], &[]),
            (&["+other", "+paper"], &[]),
            (
                &["+agency", "+paper", "+blog"],
                &[(Badge::SingleOrigin, "3 citations, 1 origin: they count as one source")],
            ),
            (&["+other", "~paper", "~blog"], &[(Badge::Contradicted, "2 citations dispute it; 1 supports it")]),
            (
                &["-other", "~paper", "?blog"],
                &[
                    (Badge::Unsourced, "No citation supports it; 1 citation denies it, 1 disputes it, 1 mentions it"),
                    (Badge::Contradicted, "1 citation denies it, 1 disputes it"),
                ],
            ),
        ];
        for (citations, expected) in cases {
            let sourcing = Sourcing::of(&timeline, &event(citations), |_| true);
            let found: Vec<(Badge, String)> = sourcing.badges().map(|badge| (badge, badge.why(&sourcing))).collect();
            let expected: Vec<(Badge, String)> = expected.iter().map(|&(badge, why)| (badge, why.to_owned())).collect();
            assert_eq!(found, expected, "{citations:?}");
        }
    }
}
