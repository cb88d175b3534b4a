//! What makes a timeline consistent and well sourced, as problems with a code, a subject, a field and a remedy.
//!
//! Owns every check on meaning. *Certainly* has one sense throughout: in every course of events that the dates allow; what
//! is vague, doubtful or about never raises an alarm. Checks of one event look at it, at its sources and at the events it
//! links to, so that an edit can be checked at once ([`check_event`]); the others look at the whole ([`check_across`]).
//! All of them together take time in proportion to the timeline, up to a logarithm. Texts and files are `store`'s.
//!
//! | module | owns |
//! |---|---|
//! | `registry` | [`CHECKS`]: every kind of problem, and how much it matters |
//! | `record` | fields in range and references that lead somewhere |
//! | `evidence` | what citations amount to |
//! | `dating` | an event's date beside those of its citations |
//! | `padding` | dates that stand where programs put what they do not know |
//! | `sources` | origins, captures, sources that nothing cites |
//! | `order` | links against time and in circles |

mod dating;
mod evidence;
mod order;
mod padding;
mod record;
mod registry;
mod sources;

#[cfg(test)]
mod tests;

pub use dating::finest_citation;
pub use record::{THEMES, unknown_reference};
pub use registry::{CHECKS, CheckKind, check_kind};

pub(super) use registry::Check;

use registry::Levels;

use super::{Event, Text, Timeline, duplicates};
use crate::diagnostic::{Diagnostic, Severity, Subject, closest};
use crate::time::Zone;

/// Every problem in the meaning of a timeline, without places in a text: those of [`check_across`], then those of each
/// event in the order of the file. Of more than [`MOST_LISTED`] of a kind the rest is counted.
pub fn check(timeline: &Timeline) -> Vec<Diagnostic> {
    check_whole(Report::new(timeline))
}

/// [`check`] that lists every problem, however many there are of a kind.
pub fn check_all(timeline: &Timeline) -> Vec<Diagnostic> {
    check_whole(Report { most_listed: usize::MAX, ..Report::new(timeline) })
}

/// Those of [`check`] that are errors in this file. What can only be less is not looked for, which is most of the work: twice
/// the same event, dates beside those of sources, grades.
pub fn check_errors(timeline: &Timeline) -> Vec<Diagnostic> {
    check_whole(Report { levels: Levels::of_errors(timeline.header()), ..Report::new(timeline) })
}

/// Every problem of one kind that no event has by itself, by its code, whatever the file says of how much it matters.
pub fn problems_across(timeline: &Timeline, code: &str) -> Vec<Diagnostic> {
    let mut report = Report { levels: Levels::only(code), most_listed: usize::MAX, ..Report::new(timeline) };
    across(&mut report);
    report.into_found()
}

/// Which events have a problem of one kind by themselves, by its code, whatever the file says of how much it matters. Writes
/// no messages.
#[derive(Debug)]
pub struct EventCheck<'t> {
    timeline: &'t Timeline,
    levels: Levels,
}

impl<'t> EventCheck<'t> {
    /// The check of a code; of one that there is not it finds nothing.
    pub fn new(timeline: &'t Timeline, code: &str) -> Self {
        Self { timeline, levels: Levels::only(code) }
    }

    /// The check of every code that an event can have by itself.
    pub fn every(timeline: &'t Timeline) -> Self {
        Self { timeline, levels: Levels::every() }
    }

    /// Whether an event of the timeline has such a problem.
    pub fn finds(&self, event: &Event) -> bool {
        self.codes(event).next().is_some()
    }

    /// The codes of the problems that an event of the timeline has, each once, in the order of [`CHECKS`].
    pub fn codes(&self, event: &Event) -> impl Iterator<Item = &'static str> + use<> {
        let mut report = Report {
            timeline: self.timeline,
            zone: self.timeline.zone(),
            levels: self.levels,
            found: Vec::new(),
            counts: [0; CHECKS.len()],
            most_listed: 0,
            may_compare: 0,
        };
        of_event(&mut report, event);
        CHECKS.iter().zip(report.counts).filter(|(_, count)| *count > 0).map(|(kind, _)| kind.code)
    }
}

fn check_whole(mut report: Report<'_>) -> Vec<Diagnostic> {
    let timeline = report.timeline;
    across(&mut report);
    for event in timeline.events() {
        of_event(&mut report, event);
    }
    report.into_found()
}

/// The problems of one event, as far as the event, its sources and the events it links to tell.
pub fn check_event(timeline: &Timeline, event: &Event) -> Vec<Diagnostic> {
    let mut report = Report { may_compare: MOST_COMPARED_AT_ONCE, ..Report::new(timeline) };
    of_event(&mut report, event);
    report.into_found()
}

/// The problems that no event has by itself: of the header, lanes, sources, eras and views, circles and duplicates.
pub fn check_across(timeline: &Timeline) -> Vec<Diagnostic> {
    let mut report = Report::new(timeline);
    across(&mut report);
    report.into_found()
}

fn across(report: &mut Report<'_>) {
    record::check_records(report);
    sources::check_sources(report);
    order::check_circles(report);
    duplicates::check_duplicates(report);
    padding::check_padding(report);
}

fn of_event(report: &mut Report<'_>, event: &Event) {
    record::check_event(report, event);
    evidence::check_event(report, event);
    dating::check_event(report, event);
    order::check_event(report, event);
}

/// The record a problem is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum About<'t> {
    Timeline,
    Event(&'t Text),
    Source(&'t Text),
    Lane(&'t Text),
    Era(&'t Text),
    View(&'t Text),
}

impl From<About<'_>> for Subject {
    fn from(about: About<'_>) -> Self {
        match about {
            About::Timeline => Self::Timeline,
            About::Event(id) => Self::Event(id.clone()),
            About::Source(id) => Self::Source(id.clone()),
            About::Lane(id) => Self::Lane(id.clone()),
            About::Era(id) => Self::Era(id.clone()),
            About::View(id) => Self::View(id.clone()),
        }
    }
}

/// Ids that are compared at most to find the one that was meant, so that a file full of slips stays quick to check.
const MOST_COMPARED: usize = 1_000_000;

/// The same for the check of one event, which an edit waits for.
const MOST_COMPARED_AT_ONCE: usize = 10_000;

/// Problems of one kind that are listed; the others are counted. A list of a million would serve nobody and take more room
/// than the timeline.
pub const MOST_LISTED: usize = 2_000;

/// What has been found so far, and what every check needs to know.
pub(super) struct Report<'t> {
    pub timeline: &'t Timeline,
    pub zone: Zone,
    levels: Levels,
    found: Vec<Diagnostic>,
    /// How many there are of each kind, in the order of [`CHECKS`].
    counts: [usize; CHECKS.len()],
    /// How many of a kind are listed.
    most_listed: usize,
    may_compare: usize,
}

impl<'t> Report<'t> {
    fn new(timeline: &'t Timeline) -> Self {
        let levels = Levels::of(timeline.header());
        Self {
            timeline,
            zone: timeline.zone(),
            levels,
            found: Vec::new(),
            counts: [0; CHECKS.len()],
            most_listed: MOST_LISTED,
            may_compare: MOST_COMPARED,
        }
    }

    /// Whether a kind of problem is reported in this file at all.
    pub fn wants(&self, check: Check) -> bool {
        self.levels.severity(check).is_some()
    }

    /// Reports a problem of a field, at the level that its kind has in this file.
    pub fn tell(
        &mut self,
        check: Check,
        about: About<'_>,
        field: &[&str],
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        if let Some(severity) = self.listed(check) {
            let problem = Diagnostic::new(severity, check.code(), about.into(), message);
            self.found.push(problem.in_field(field.iter().copied()).with_hint(hint));
        }
    }

    /// Reports a problem that was made elsewhere, at the level that its kind has in this file.
    pub fn tell_made(&mut self, check: Check, problem: Diagnostic) {
        if let Some(severity) = self.listed(check) {
            self.found.push(Diagnostic { severity, ..problem });
        }
    }

    /// Counts a problem; gives its severity where it is listed.
    fn listed(&mut self, check: Check) -> Option<Severity> {
        let severity = self.levels.severity(check)?;
        let count = self.counts.get_mut(check as usize)?;
        *count += 1;
        (*count <= self.most_listed).then_some(severity)
    }

    /// Everything found, with how much more there is of each kind that is not listed.
    fn into_found(mut self) -> Vec<Diagnostic> {
        for ((kind, count), severity) in CHECKS.iter().zip(self.counts).zip(self.levels.severities()) {
            let more = count.saturating_sub(self.most_listed);
            if let Some(severity) = severity.filter(|_| more > 0) {
                self.found.push(Diagnostic::unlisted(severity, kind.code, more));
            }
        }
        self.found
    }

    /// A source as a reader knows it.
    pub fn source_name(&self, id: &str) -> String {
        name(self.timeline.source(id).map(|source| &*source.title), id)
    }

    /// An event as a reader knows it.
    pub fn event_name(&self, id: &str) -> String {
        name(self.timeline.event(id).map(|event| &*event.title), id)
    }

    /// The id that was meant by one that is not there, as long as looking for it does not take too long.
    pub fn meant<'c>(&mut self, id: &str, known: impl ExactSizeIterator<Item = &'c str>) -> Option<&'c str> {
        self.may_compare = self.may_compare.checked_sub(known.len())?;
        closest(id, known)
    }
}

/// The longest title that a message quotes whole, in characters.
const MOST_QUOTED: usize = 60;

/// A title between quotation marks as a reader sees it, or the id as the file has it where there is none.
fn name(title: Option<&str>, id: &str) -> String {
    match title.map(str::trim).filter(|title| !title.is_empty()) {
        Some(title) if title.chars().count() > MOST_QUOTED => {
            let start: String = title.chars().take(MOST_QUOTED - 1).collect();
            format!("“{}…”", start.trim_end())
        }
        Some(title) => format!("“{title}”"),
        None => format!("\"{id}\""),
    }
}
