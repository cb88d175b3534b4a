//! Fields in range, and references that lead somewhere.

use std::collections::BTreeMap;

use super::{About, CHECKS, Check, Report, check_kind};
use crate::diagnostic::{Diagnostic, Severity, Subject, closest};
use crate::model::{
    Arrangement, Event, ExportSettings, FoldChoice, HOW_TO_ARRANGE, HOW_TO_EXPORT, Header, Key, OwnFields, RecordKind,
    Text, View,
};
use crate::time::{Shape, Zone};

/// Themes a view may name.
pub const THEMES: [&str; 3] = ["light", "dark", "print"];

/// The header, lanes, eras and views.
pub(super) fn check_records(report: &mut Report<'_>) {
    let timeline = report.timeline;
    check_header(report, timeline.header());
    for lane in timeline.lanes() {
        check_color(report, lane.color.as_deref(), About::Lane(&lane.id));
    }
    for era in timeline.eras() {
        check_color(report, era.color.as_deref(), About::Era(&era.id));
    }
    for view in timeline.views() {
        check_view(report, view);
    }
}

fn check_header(report: &mut Report<'_>, header: &Header) {
    if header.format != Header::FORMAT {
        report.tell(
            Check::UnknownFormat,
            About::Timeline,
            &["format"],
            format!("file format {} is not known to this version", header.format),
            format!("this version reads format {}; a newer Annalist may read more", Header::FORMAT),
        );
    }
    check_zone(report, header.zone.as_deref(), About::Timeline, "UTC");
    for (at, setting) in header.checks.iter().enumerate() {
        let code = &*setting.code;
        let (message, hint) = match check_kind(code) {
            None => {
                let known = CHECKS.iter().filter(|kind| kind.tunable).map(|kind| kind.code);
                let hint = match closest(code, known) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => "docs/CHECKS.md lists the kinds of problems".to_owned(),
                };
                (format!("there is no kind of problem \"{code}\""), hint)
            }
            Some(kind) if !kind.tunable => (
                format!("\"{code}\" is an error in every file"),
                "take the setting out: with this problem a file cannot be taken as it stands".to_owned(),
            ),
            // Of several settings of a code the last counts; each before it is told.
            Some(_) if header.checks.iter().skip(at + 1).any(|later| *later.code == *code) => (
                format!("\"{code}\" is set again further down"),
                "the last setting counts; take this one out".to_owned(),
            ),
            Some(_) => continue,
        };
        let (position, path) = (at.to_string(), "code");
        report.tell(Check::SettingWithoutEffect, About::Timeline, &["checks", &position, path], message, hint);
    }
}

/// `left_out` is what a zone is that is not given.
fn check_zone(report: &mut Report<'_>, zone: Option<&str>, about: About<'_>, left_out: &str) {
    let Some(Err(error)) = zone.map(Zone::parse) else { return };
    let hint = match error.suggestion {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("write an IANA name such as \"Europe/Moscow\", or leave it out for {left_out}"),
    };
    report.tell(Check::UnknownZone, about, &["zone"], error.to_string(), hint);
}

fn check_view(report: &mut Report<'_>, view: &View) {
    if view.window.shape() != Shape::Span {
        report.tell(
            Check::WindowNotAnInterval,
            About::View(&view.id),
            &["window"],
            format!("the window \"{}\" is not an interval", view.window),
            "write a start and an end with a slash between, for example \"2024-10-10/2024-11-15\"",
        );
    }
    check_zone(report, view.zone.as_deref(), About::View(&view.id), "the timeline's");
    if let Some(Err(error)) = view.folds.as_deref().map(FoldChoice::parse) {
        report.tell(
            Check::BadFolds,
            About::View(&view.id),
            &["folds"],
            error.to_string(),
            "write \"auto\", \"none\", or intervals with semicolons between, for example \"1962/1999; 2001/2023\"",
        );
    }
    if let Some(Err(error)) = view.bands.as_deref().map(Arrangement::parse) {
        report.tell(
            Check::BadBands,
            About::View(&view.id),
            &["bands"],
            format!("\"{}\" does not arrange bands, which stand as listed", error.part),
            format!("write {HOW_TO_ARRANGE}"),
        );
    }
    if let Some(Err(error)) = view.export.as_deref().map(ExportSettings::parse) {
        report.tell(
            Check::BadExport,
            About::View(&view.id),
            &["export"],
            format!("\"{}\" says nothing of an export", error.part),
            format!("write {HOW_TO_EXPORT}"),
        );
    }
    if let Some(theme) = view.theme.as_deref().filter(|theme| !THEMES.contains(theme)) {
        report.tell(
            Check::UnknownTheme,
            About::View(&view.id),
            &["theme"],
            format!("there is no theme \"{theme}\""),
            format!("one of {}", THEMES.join(", ")),
        );
    }
}

fn check_color(report: &mut Report<'_>, color: Option<&str>, about: About<'_>) {
    let Some(color) = color.filter(|color| !is_color(color)) else { return };
    report.tell(
        Check::BadColor,
        about,
        &["color"],
        format!("\"{color}\" is not a colour"),
        "write six hexadecimal digits after #, for example \"#3d6fb6\"",
    );
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// An event's own fields, and the records they name.
pub(super) fn check_event(report: &mut Report<'_>, event: &Event) {
    let timeline = report.timeline;
    let about = About::Event(&event.id);
    if event.title.trim().is_empty() {
        let hint = "say in a few words what happened";
        report.tell(Check::EmptyTitle, about, &["title"], "the event has no title", hint);
    }
    if !(1..=5).contains(&event.weight) {
        report.tell(
            Check::WeightOutOfRange,
            about,
            &["weight"],
            format!("weight is {}, outside 1 to 5", event.weight),
            "5 keeps its label longest, 1 loses it first, 3 is usual",
        );
    }
    if let Some(lane) = event.lane.as_deref().filter(|lane| timeline.lane(lane).is_none()) {
        let meant = report.meant(lane, timeline.lanes().iter().map(|lane| &*lane.id));
        let key = Key::Lane(lane.into());
        report.tell_made(Check::UnknownLane, dangling(&key, meant, about.into(), vec!["lane".to_owned()]));
    }
    match &event.date {
        Some(date) if report.wants(Check::BeyondAxis) && date.is_beyond_axis() => report.tell(
            Check::BeyondAxis,
            about,
            &["date"],
            format!("the date {} lies beyond the axis, which reaches some 292,000 years from 1970", date.describe()),
            "the event is listed and sorted, but not drawn",
        ),
        Some(_) => {}
        None => report.tell(
            Check::Undated,
            about,
            &[],
            "the event has no date",
            "give the date that a source gives, however vague it is, or leave the event undated where none is known",
        ),
    }
    // References that lead nowhere, each with the id that was meant: to look for that is bounded for the whole file (`Report::meant`).
    for (at, citation) in event.citations.iter().enumerate() {
        if timeline.source(&citation.source).is_none() {
            let field = vec!["citations".to_owned(), at.to_string(), "source".to_owned()];
            check_source_id(report, &citation.source, about, field);
        }
    }
    for (at, image) in event.rare.images.iter().enumerate() {
        if let Err(outside) = image.path() {
            report.tell(
                Check::ImageOutside,
                about,
                &["images", &at.to_string(), "file"],
                format!("the path \"{}\" {}", image.file, outside.reason()),
                "write the path from the folder of the timeline, with / between its parts and without ..",
            );
        }
    }
    if let Some([name, other]) = names_alike(&event.rare.fields) {
        report.tell(
            Check::FieldsAlike,
            about,
            &["fields"],
            format!("the own fields \"{name}\" and \"{other}\" differ only in their case"),
            "put both texts under one name, or tell the names apart",
        );
    }
    for (at, link) in event.links.iter().enumerate() {
        if timeline.event(&link.to).is_none() {
            let meant = report.meant(&link.to, timeline.events().iter().map(|event| &*event.id));
            let field = vec!["links".to_owned(), at.to_string(), "to".to_owned()];
            let key = Key::Event(link.to.as_str().into());
            report.tell_made(Check::DanglingLink, dangling(&key, meant, about.into(), field));
        }
    }
}

/// The first two names that are one in small letters, in the order of the file.
fn names_alike(fields: &OwnFields) -> Option<[&Text; 2]> {
    // Most events have none or one, and those of an import a few: to fold none at all costs least.
    if fields.len() < 2 {
        return None;
    }
    let mut seen: BTreeMap<String, &Text> = BTreeMap::new();
    fields.iter().find_map(|(name, _)| seen.insert(name.to_lowercase(), name).map(|other| [other, name]))
}

/// Reports that there is no source of this id.
pub(super) fn check_source_id(report: &mut Report<'_>, id: &str, about: About<'_>, field: Vec<String>) {
    let meant = report.meant(id, report.timeline.sources().iter().map(|source| &*source.id));
    report.tell_made(Check::UnknownSource, dangling(&Key::Source(id.into()), meant, about.into(), field));
}

/// The problem of a reference that leads nowhere: `key` names what is missing, `known` the ids that there are.
pub fn unknown_reference<'a>(
    key: &Key,
    known: impl IntoIterator<Item = &'a str>,
    subject: Subject,
    field: Vec<String>,
) -> Diagnostic {
    dangling(key, closest(key.id(), known), subject, field)
}

fn dangling(key: &Key, meant: Option<&str>, subject: Subject, field: Vec<String>) -> Diagnostic {
    let check = match key.kind() {
        RecordKind::Source => Check::UnknownSource,
        RecordKind::Event => Check::DanglingLink,
        RecordKind::Header | RecordKind::Lane | RecordKind::Era | RecordKind::View => Check::UnknownLane,
    };
    let hint = match meant {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "add it with this id, or name one that is there".to_owned(),
    };
    Diagnostic::new(Severity::Error, check.code(), subject, format!("there is no {key}"))
        .in_field(field)
        .with_hint(hint)
}
