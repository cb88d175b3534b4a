//! What an event's citations amount to, held against how the event stands.

use super::{About, Check, Report};
use crate::model::{Badge, Citation, Credibility, Event, Sourcing, Stance, Standing, Timeline};
use crate::time::{Date, Instant, Precision};

pub(super) fn check_event(report: &mut Report<'_>, event: &Event) {
    check_badges(report, event);
    check_grades(report, event);
    check_denial(report, event);
    check_publication(report, event);
}

fn check_badges(report: &mut Report<'_>, event: &Event) {
    if event.citations.is_empty() {
        report.tell(
            Check::Unsourced,
            About::Event(&event.id),
            &[],
            "no citation supports the event",
            "cite a source that says so, or take the event out",
        );
        return;
    }
    if !report.wants(Check::Unsourced) && !report.wants(Check::SingleOrigin) {
        return;
    }
    let sourcing = Sourcing::of(report.timeline, event, |_| true);
    for badge in sourcing.badges() {
        let why = badge.why(&sourcing);
        match badge {
            Badge::Unsourced => report.tell(
                Check::Unsourced,
                About::Event(&event.id),
                &["citations"],
                lower(&why),
                "cite a source that says so, or take the event out",
            ),
            Badge::SingleOrigin => report.tell(
                Check::SingleOrigin,
                About::Event(&event.id),
                &["citations"],
                why,
                "look for a source that does not derive from the others, and keep the standing modest until then",
            ),
            // Evidence on both sides is the state of things, not a mistake.
            Badge::Contradicted => {}
        }
    }
}

fn lower(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().map(char::to_lowercase).into_iter().flatten().chain(characters).collect()
}

/// A mention says nothing that could be graded.
fn check_grades(report: &mut Report<'_>, event: &Event) {
    if !report.wants(Check::Ungraded) {
        return;
    }
    let timeline = report.timeline;
    let mut says = event.citations.iter().enumerate().filter(|(_, citation)| citation.stance != Stance::Mentions);
    let total = says.clone().count();
    let ungraded = says.clone().filter(|(_, citation)| !is_graded(timeline, citation)).count();
    let Some((first, _)) = says.find(|(_, citation)| !is_graded(timeline, citation)) else { return };
    let message = match (ungraded, total) {
        (1, 1) => "the citation has no full grade".to_owned(),
        (ungraded, 1..) if ungraded == total => format!("none of {total} citations has a full grade"),
        (1, _) => format!("1 of {total} citations has no full grade"),
        _ => format!("{ungraded} of {total} citations have no full grade"),
    };
    report.tell(
        Check::Ungraded,
        About::Event(&event.id),
        &["citations", &first.to_string()],
        message,
        "grade the reliability of its source (A to F) and its own credibility (1 to 6); F and 6 say that neither can be judged",
    );
}

fn is_graded(timeline: &Timeline, citation: &Citation) -> bool {
    let of_source = || timeline.source(&citation.source).and_then(|source| source.reliability);
    citation.credibility.is_some() && citation.reliability.or_else(of_source).is_some()
}

fn check_denial(report: &mut Report<'_>, event: &Event) {
    let mut denials = event.citations.iter().enumerate().filter(|(_, citation)| citation.stance == Stance::Denies);
    match event.standing {
        Standing::Confirmed => {
            // A denial that the analyst has graded down is weighed already.
            let is_open = |citation: &Citation| {
                !matches!(citation.credibility, Some(Credibility::Doubtful | Credibility::Improbable))
            };
            if let Some((_, citation)) = denials.find(|(_, citation)| is_open(citation)) {
                report.tell(
                    Check::DeniedButConfirmed,
                    About::Event(&event.id),
                    &["standing"],
                    format!("the event stands as Confirmed, and {} denies it", report.source_name(&citation.source)),
                    "make it Disputed, or grade the denial's credibility 4 or 5 where you have weighed it",
                );
            }
        }
        Standing::Denied if denials.next().is_none() => report.tell(
            Check::DenialUnsourced,
            About::Event(&event.id),
            &["standing"],
            "the event stands as Denied, and no citation denies it",
            "cite who denies it",
        ),
        _ => {}
    }
}

fn check_publication(report: &mut Report<'_>, event: &Event) {
    if event.standing == Standing::Expected || !report.wants(Check::PublishedBeforeEvent) {
        return;
    }
    let Some(date) = &event.date else { return };
    let timeline = report.timeline;
    for (at, citation) in event.citations.iter().enumerate().filter(|(_, c)| c.stance == Stance::Supports) {
        let published = timeline.source(&citation.source).and_then(|source| source.published.as_ref());
        if let Some(published) = published.filter(|published| certainly_before(report, published, date)) {
            report.tell(
                Check::PublishedBeforeEvent,
                About::Event(&event.id),
                &["citations", &at.to_string(), "source"],
                format!(
                    "{} was published before the event: {}",
                    report.source_name(&citation.source),
                    published.describe()
                ),
                "one of the two dates is wrong, or it told what was still to come: then Expected is the standing, or Mentions the stance",
            );
        }
    }
}

/// Whether one date is over before another begins, wherever the two days were counted: a day is not the same day at every
/// place, so that only more than a day apart is certain, unless both are times. Doubtful and approximate dates never are.
pub(super) fn certainly_before(report: &Report<'_>, first: &Date, second: &Date) -> bool {
    let (end, start) = (first.extent(report.zone).latest_end, second.extent(report.zone).earliest_start);
    let (Some(end), Some(start)) = (end.instant(), start.instant()) else { return false };
    let apart = if is_timed(first) && is_timed(second) { 0 } else { Instant::DAY };
    end.saturating_add(apart) <= start && !is_vague(first) && !is_vague(second)
}

/// Whether a date gives a time of day, so that it stands on the axis by a clock and not by a calendar.
pub(super) fn is_timed(date: &Date) -> bool {
    date.precision() >= Precision::Minute
}

/// Whether a date is doubtful or about: then it may be another than it says, and nobody knows how far.
pub(super) fn is_vague(date: &Date) -> bool {
    let certainty = date.certainty();
    certainty.approximate || certainty.uncertain
}
