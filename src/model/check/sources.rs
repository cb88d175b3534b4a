//! Sources by themselves and among each other: origins, captures, those that nothing cites.

use std::collections::HashSet;

use super::record::check_source_id;
use super::{About, Check, Report};
use crate::model::capture::is_same_file;
use crate::model::{Capture, Source, Timeline};

pub(super) fn check_sources(report: &mut Report<'_>) {
    let timeline = report.timeline;
    for source in timeline.sources() {
        if let Some(origin) = source.origin.as_deref().filter(|origin| timeline.source(origin).is_none()) {
            check_source_id(report, origin, About::Source(&source.id), vec!["origin".to_owned()]);
        }
        for (at, capture) in source.captures.iter().enumerate() {
            check_capture(report, source, at, capture);
        }
    }
    check_origins(report);
    if report.wants(Check::UnusedSource) {
        check_unused(report);
    }
}

fn check_capture(report: &mut Report<'_>, source: &Source, at: usize, capture: &Capture) {
    let (about, position) = (About::Source(&source.id), at.to_string());
    if let Err(outside) = capture.path() {
        report.tell(
            Check::CaptureOutside,
            about,
            &["captures", &position, "file"],
            format!("the path \"{}\" {}", capture.file, outside.reason()),
            "write the path from the folder of the timeline, with / between its parts and without ..",
        );
    }
    if !capture.hash.is_well_formed() {
        report.tell(
            Check::BadHash,
            about,
            &["captures", &position, "hash", "value"],
            format!("\"{}\" is not a SHA-256 hash", capture.hash.value),
            "write its 64 hexadecimal digits, as sha256sum prints them",
        );
    }
    let Some(altered) = capture.alters.as_deref() else { return };
    let is_altered = |earlier: &Capture| *earlier.file == *altered || is_same_file(&earlier.file, altered);
    if !source.captures.iter().take(at).any(is_altered) {
        report.tell(
            Check::UnknownCapture,
            about,
            &["captures", &position, "alters"],
            format!("no earlier capture of this source has the file \"{altered}\""),
            "name the file of an earlier entry, or leave the field out where it alters none",
        );
    }
}

/// Longest chain that a message spells out.
const MOST_NAMED: usize = 6;

/// Names in a circle in words: `“A” → “B” → “A”`, shortened in the middle where there are many.
pub(super) fn circle_words(mut names: impl ExactSizeIterator<Item = String>) -> String {
    let count = names.len();
    let mut words: Vec<String> = names.by_ref().take(MOST_NAMED).collect();
    let first = words.first().cloned();
    if count > MOST_NAMED {
        words.push(format!("… ({count} in all)"));
    }
    words.extend(first);
    words.join(" → ")
}

/// Every source has one origin at most, so each is walked over once: a walk that meets its own steps has found a circle.
fn check_origins(report: &mut Report<'_>) {
    let timeline = report.timeline;
    let sources = timeline.sources();
    let mut walked_in: Vec<usize> = vec![0; sources.len()];
    for start in 0..sources.len() {
        let (walk, mut at, mut path) = (start + 1, start, Vec::new());
        let met_itself = loop {
            match walked_in.get_mut(at) {
                Some(mark) if *mark == 0 => *mark = walk,
                Some(mark) => break *mark == walk,
                None => break false,
            }
            path.push(at);
            match origin_position(timeline, at) {
                Some(next) => at = next,
                None => break false,
            }
        };
        if met_itself {
            let circle: Vec<usize> = path.into_iter().skip_while(|&step| step != at).collect();
            tell_circle(report, circle);
        }
    }
}

fn origin_position(timeline: &Timeline, at: usize) -> Option<usize> {
    let origin = timeline.sources().get(at)?.origin.as_deref()?;
    timeline.source_position(origin)
}

/// At the origin that closes the circle when it is walked from its first source in the file.
fn tell_circle(report: &mut Report<'_>, mut circle: Vec<usize>) {
    let first = circle.iter().enumerate().min_by_key(|&(_, source)| source).map_or(0, |(at, _)| at);
    circle.rotate_left(first);
    let sources = report.timeline.sources();
    let circle: Vec<&Source> = circle.iter().filter_map(|&at| sources.get(at)).collect();
    let Some(last) = circle.last() else { return };
    let names = circle_words(circle.iter().map(|source| report.source_name(&source.id)));
    report.tell(
        Check::CircularOrigin,
        About::Source(&last.id),
        &["origin"],
        format!("origins form a circle: {names}"),
        "leave out the origin of the source that was first, so that the others derive from it",
    );
}

fn check_unused(report: &mut Report<'_>) {
    let timeline = report.timeline;
    let mut used: HashSet<&str> = HashSet::with_capacity(timeline.sources().len());
    used.extend(timeline.events().iter().flat_map(|event| &event.citations).map(|citation| &*citation.source));
    for source in timeline.sources() {
        used.extend(source.origin.as_deref().filter(|origin| **origin != *source.id));
    }
    for source in timeline.sources() {
        if !used.contains(&*source.id) {
            report.tell(
                Check::UnusedSource,
                About::Source(&source.id),
                &[],
                "nothing cites this source",
                "cite it, name it as an origin, or take it out",
            );
        }
    }
}
