//! An event in words, for whoever reads it: how it stands, who says so, who does not, and which other dates are given.
//!
//! Owns the wording. Grades are always in words: a bare letter or number is read as something else.

use crate::diagnostic::counted_as;
use crate::model::{Citation, Event, KnownOn, Source, Sourcing, Stance, Timeline, root_origin};
use crate::time::Date;

/// The most other dates that a summary names.
const MOST_DATES: usize = 3;
/// The most characters of a title within a summary.
const MOST_TITLE: usize = 40;

/// "3 support, 1 denies · 2 origins · another date: late October (Undated analysis)"; of what was out by a date that is asked about.
pub fn evidence(timeline: &Timeline, event: &Event, known_on: Option<&KnownOn>) -> String {
    if event.citations.is_empty() {
        return "Nobody is cited yet".to_owned();
    }
    let counts = |citation: &Citation| KnownOn::counts(known_on, timeline, citation);
    let sourcing = Sourcing::of(timeline, event, counts);
    let mut parts = vec![stances(&sourcing)];
    if sourcing.supporting > 0 {
        parts.push(if sourcing.origins == 1 { "1 origin".to_owned() } else { format!("{} origins", sourcing.origins) });
    }
    parts.extend(other_dates(timeline, event, counts));
    let later = event.citations.iter().filter(|citation| !counts(citation)).count();
    if later > 0 {
        parts.push(format!("{later} not out yet"));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// "3 support, 1 denies".
fn stances(sourcing: &Sourcing) -> String {
    let kinds = [
        (sourcing.supporting, "supports", "support"),
        (sourcing.disputing, "disputes", "dispute"),
        (sourcing.denying, "denies", "deny"),
        (sourcing.mentioning, "mentions", "mention"),
    ];
    let said = kinds.iter().filter(|(count, ..)| *count > 0);
    said.map(|(count, one, many)| counted_as(*count, one, many)).collect::<Vec<_>>().join(", ")
}

/// "another date: late October (Undated analysis)"; none where nobody gives one.
fn other_dates(timeline: &Timeline, event: &Event, counts: impl Fn(&Citation) -> bool) -> Option<String> {
    let mut dates: Vec<(&Date, String)> = Vec::new();
    for citation in event.citations.iter().filter(|citation| counts(citation)) {
        let Some(date) = citation.date.as_deref().filter(|date| event.date.as_ref() != Some(date)) else { continue };
        if dates.iter().any(|(known, _)| *known == date) {
            continue;
        }
        let words = citation.wording.as_deref().map_or_else(|| date.describe(), str::to_owned);
        dates.push((date, format!("{words} ({})", short(source_title(timeline, citation)))));
    }
    let more = dates.len().saturating_sub(MOST_DATES);
    let named: Vec<String> = dates.into_iter().take(MOST_DATES).map(|(_, words)| words).collect();
    let and_more = if more > 0 { format!(" and {more} more") } else { String::new() };
    match (named.len(), event.date.is_some()) {
        (0, _) => None,
        (1, true) => Some(format!("another date: {}", named.join(""))),
        (1, false) => Some(format!("a date: {}", named.join(""))),
        (_, true) => Some(format!("other dates: {}{and_more}", named.join("; "))),
        (_, false) => Some(format!("dates: {}{and_more}", named.join("; "))),
    }
}

/// A title as far as it names its source: brackets around one that was supplied say nothing here.
fn short(title: &str) -> String {
    let bare = title.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(title);
    if bare.chars().nth(MOST_TITLE).is_none() {
        return bare.to_owned();
    }
    let cut: String = bare.chars().take(MOST_TITLE).collect();
    let whole_words = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", whole_words.trim_end_matches([',', ';', ':']))
}

/// The title of the source that is cited, its id where there is no such source.
pub fn source_title<'t>(timeline: &'t Timeline, citation: &'t Citation) -> &'t str {
    timeline.source(&citation.source).map_or(citation.source.as_str(), |source| source.title.as_str())
}

/// How a citation speaks of the event and how it is graded: "Supports · usually reliable, probably true".
pub fn said(timeline: &Timeline, citation: &Citation) -> String {
    match grades(timeline, citation) {
        Some(grades) => format!("{} · {grades}", citation.stance.label()),
        None => citation.stance.label().to_owned(),
    }
}

/// Both grades in words, whichever are given: "usually reliable, probably true".
fn grades(timeline: &Timeline, citation: &Citation) -> Option<String> {
    let of_source = || timeline.source(&citation.source).and_then(|source| source.reliability);
    let reliability = citation.reliability.or_else(of_source).map(|grade| grade.label().to_lowercase());
    let credibility = citation.credibility.map(|grade| grade.label().to_lowercase());
    let both: Vec<String> = reliability.into_iter().chain(credibility).collect();
    (!both.is_empty()).then(|| both.join(", "))
}

/// Who published a source and when, and where it goes back to: "Interfax · 24 Oct 2024 · after Wire report".
pub fn source_facts(timeline: &Timeline, source: &Source) -> String {
    let root = root_origin(timeline, &source.id);
    let origin = (root != source.id).then(|| timeline.source(root).map_or(root, |origin| origin.title.as_str()));
    let parts = [
        source.publisher.as_deref().map(str::to_owned),
        source.published.as_ref().map(Date::describe),
        origin.map(|title| format!("goes back to {title}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How a stance is told from the others at a glance, before the title of a source.
pub const fn sign(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "+",
        Stance::Disputes => "≠",
        Stance::Denies => "−",
        Stance::Mentions => "·",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Credibility, Header, Reliability};

    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn cites(source: &str, stance: Stance) -> Citation {
        Citation { stance, ..Citation::new(source) }
    }

    #[test]
    fn who_says_so_is_told_in_one_line() {
        let copy = Source { origin: Some("wire".into()), ..Source::new("copy", "Copy of it") };
        let sources = vec![Source::new("wire", "Wire"), copy, Source::new("blog", "Undated analysis")];
        let timeline = Timeline::from_records(Header::new("T"), vec![], sources, vec![], vec![], vec![]);
        let late = Citation {
            date: Some(Box::new(date("2024-10"))),
            wording: Some("late October".into()),
            ..cites("blog", Stance::Supports)
        };
        let other = |text: &str| Citation { date: Some(Box::new(date(text))), ..cites("blog", Stance::Mentions) };
        let (wire, copy) = (cites("wire", Stance::Supports), cites("copy", Stance::Supports));
        let denies = cites("blog", Stance::Denies);
        let cases = [
            (vec![], "Nobody is cited yet"),
            (vec![wire.clone()], "1 supports · 1 origin"),
            (vec![wire.clone(), copy.clone()], "2 support · 1 origin"),
            (vec![denies.clone()], "1 denies"),
            (
                vec![wire, copy, late, denies],
                "3 support, 1 denies · 2 origins · another date: late October (Undated analysis)",
            ),
            (
                vec![other("2024-11"), other("2024-12"), other("2024-11"), other("2025"), other("2026")],
                "5 mention · other dates: Nov 2024 (Undated analysis); Dec 2024 (Undated analysis); 2025 (Undated analysis) and 1 more",
            ),
        ];
        for (citations, expected) in cases {
            let event = Event { citations: citations.into(), ..Event::new("e", "E", date("2024-10-24")) };
            assert_eq!(evidence(&timeline, &event, None), expected);
        }
        let undated = Event { citations: [other("2024-11")].into_iter().collect(), ..Event::undated("e", "E") };
        assert_eq!(evidence(&timeline, &undated, None), "1 mentions · a date: Nov 2024 (Undated analysis)");
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        assert_eq!(short("[Title supplied]"), "Title supplied");
        assert_eq!(
            short("Undated news analysis, written after 9 November 2024"),
            "Undated news analysis, written after 9…"
        );
        assert_eq!(short(&"x".repeat(50)), format!("{}…", "x".repeat(40)));
    }

    #[test]
    fn a_grade_is_never_a_bare_number() {
        let mut source = Source::new("wire", "Wire");
        source.reliability = Some(Reliability::B);
        let timeline = Timeline::from_records(
            Header::new("T"),
            vec![],
            vec![source, Source::new("blog", "Blog")],
            vec![],
            vec![],
            vec![],
        );
        let mut citation = cites("wire", Stance::Supports);
        assert_eq!(said(&timeline, &citation), "Supports · usually reliable");
        citation.credibility = Some(Credibility::PossiblyTrue);
        assert_eq!(said(&timeline, &citation), "Supports · usually reliable, possibly true");
        citation.source = "blog".into();
        assert_eq!(said(&timeline, &citation), "Supports · possibly true");
        assert_eq!(said(&timeline, &cites("blog", Stance::Denies)), "Denies");
    }
}
