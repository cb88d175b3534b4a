//! What mends a problem at a keystroke: each kind of problem to the edits that would end it.
//!
//! A fix never adds a fact: it takes what a source says, removes what leads nowhere, merges what is there twice, or takes
//! back a claim that the evidence does not bear. Which problems there are is for `model`; whether a fix is right, for the
//! analyst, who can undo it.

use super::{Edit, merge_sources};
use crate::diagnostic::{Diagnostic, Subject, closest};
use crate::model::{
    CHECKS, CheckSetting, Event, Header, Key, Lane, Level, Link, Record, Source, Stance, Standing, THEMES, Timeline,
    View, event_like, finest_citation, source_like,
};
use crate::time::{Date, Zone};

/// Events among which the one that was meant is looked for: a fix is worked out when its problem comes into view.
const MOST_COMPARED: usize = 20_000;

/// A way to end a problem.
#[derive(Debug, Clone, PartialEq)]
pub struct Fix {
    /// What it does, as menus and the undo list have it: "Remove the link to “Signing”".
    pub label: String,
    /// The change.
    pub edit: Edit,
}

impl Fix {
    fn new(label: impl Into<String>, edit: Edit) -> Self {
        Self { label: label.into(), edit }
    }
}

/// The ways to end a problem of a timeline, the likeliest first; none where only the analyst can tell.
pub fn fixes(timeline: &Timeline, problem: &Diagnostic) -> Vec<Fix> {
    match &problem.subject {
        Subject::Event(id) => timeline.event(id).map_or_else(Vec::new, |event| of_event(timeline, event, problem)),
        Subject::Source(id) => timeline.source(id).map_or_else(Vec::new, |source| of_source(timeline, source, problem)),
        Subject::View(id) => {
            let view = timeline.views().iter().find(|view| *view.id == **id);
            view.map_or_else(Vec::new, |view| of_view(view, problem))
        }
        Subject::Timeline => of_header(timeline.header(), problem),
        Subject::Lane(_) | Subject::Era(_) => without_color(timeline, problem),
    }
}

/// The edit that sets how much a kind of problem matters in this file; none for as much as usual. A note on the setting
/// stays with it.
pub fn set_level(header: &Header, code: &str, level: Option<Level>) -> Edit {
    let mut header = header.clone();
    let last = header.checks.iter().rev().find(|setting| &*setting.code == code).cloned();
    // A code may be set several times and the last setting counts. The new one takes the place of the first, so that a list in
    // the order of its author stays in order, and the note of the one that counted.
    let at = header.checks.iter().position(|setting| &*setting.code == code).unwrap_or(header.checks.len());
    header.checks.retain(|setting| &*setting.code != code);
    if let Some(level) = level {
        let note = last.and_then(|setting| setting.note);
        header.checks.insert(at, CheckSetting { code: code.into(), level, note });
    }
    Edit::put(Record::Header(header))
}

/// The position in a list that a path of fields leads through.
fn position(problem: &Diagnostic, list: &str) -> Option<usize> {
    let at = problem.field.iter().position(|step| step == list)?;
    problem.field.get(at + 1)?.parse().ok()
}

/// An event with a change.
fn changed(event: &Event, change: impl FnOnce(&mut Event)) -> Edit {
    let mut event = event.clone();
    change(&mut event);
    Edit::put_event(event)
}

/// A title short enough for a menu.
fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return format!("“{text}”");
    }
    let start: String = text.chars().take(MOST - 1).collect();
    format!("“{}…”", start.trim_end())
}

fn of_event(timeline: &Timeline, event: &Event, problem: &Diagnostic) -> Vec<Fix> {
    match problem.code {
        "unknown-source" => position(problem, "citations").map_or_else(Vec::new, |at| cite(timeline, event, at)),
        "unknown-lane" => lane(timeline, event),
        "dangling-link" => position(problem, "links").map_or_else(Vec::new, |at| relink(timeline, event, at)),
        "link-cycle" => position(problem, "links").and_then(|at| unlink(timeline, event, at)).into_iter().collect(),
        "link-against-time" => {
            let fixes = |at| [turn_round(timeline, event, at), unlink(timeline, event, at)];
            position(problem, "links").into_iter().flat_map(fixes).flatten().collect()
        }
        "date-finer-than-source" => {
            let finest = finest_citation(event, timeline.zone());
            finest.map(|(citation, date)| take_date(timeline, event, &citation.source, date)).into_iter().collect()
        }
        "date-outside-sources" | "undated" => dates(timeline, event),
        "denied-but-confirmed" => vec![Fix::new(
            format!("Mark {} as disputed", quoted(&event.title)),
            changed(event, |event| event.standing = Standing::Disputed),
        )],
        "weight-out-of-range" => {
            let weight = event.weight.clamp(1, 5);
            vec![Fix::new(format!("Set the weight to {weight}"), changed(event, |event| event.weight = weight))]
        }
        "duplicate-event" => copy_of(timeline, event).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Another source for a citation whose source is not there, or the source that it names.
fn cite(timeline: &Timeline, event: &Event, at: usize) -> Vec<Fix> {
    let Some(citation) = event.citations.get(at) else { return Vec::new() };
    let meant = closest(&citation.source, timeline.sources().iter().map(|source| &*source.id));
    let meant = meant.and_then(|id| timeline.source(id)).map(|source| {
        let edit = changed(event, |event| {
            if let Some(citation) = event.citations.get_mut(at) {
                citation.source = source.id.clone();
            }
        });
        Fix::new(format!("Cite {} instead", quoted(&source.title)), edit)
    });
    meant.into_iter().chain([add_source(&citation.source)]).collect()
}

/// The source that is named and not there. Its title is in brackets, as titles are that were supplied.
fn add_source(id: &str) -> Fix {
    let source = Source::new(id, format!("[{id}]").as_str());
    Fix::new(format!("Add the source {}", quoted(id)), Edit::put_source(source))
}

fn lane(timeline: &Timeline, event: &Event) -> Vec<Fix> {
    let Some(named) = event.lane.as_deref() else { return Vec::new() };
    let meant = closest(named, timeline.lanes().iter().map(|lane| &*lane.id)).and_then(|id| timeline.lane(id));
    let meant = meant.map(|lane| {
        let edit = changed(event, |event| event.lane = Some(lane.id.as_str().into()));
        Fix::new(format!("Put it in {}", quoted(&lane.title)), edit)
    });
    let added = Lane { id: named.into(), title: named.into(), color: None, note: None };
    let add = Fix::new(format!("Add the lane {}", quoted(named)), Edit::put(Record::Lane(added)));
    let leave = Fix::new("Leave the lane out", changed(event, |event| event.lane = None));
    meant.into_iter().chain([add, leave]).collect()
}

fn relink(timeline: &Timeline, event: &Event, at: usize) -> Vec<Fix> {
    let Some(link) = event.links.get(at) else { return Vec::new() };
    // Itself is often the nearest id, and never meant.
    let others = timeline.events().iter().filter(|other| other.id != event.id).map(|other| &*other.id);
    let meant = (timeline.events().len() <= MOST_COMPARED).then(|| closest(&link.to, others)).flatten();
    let meant = meant.and_then(|id| timeline.event(id)).map(|other| {
        let edit = changed(event, |event| {
            if let Some(link) = event.links.get_mut(at) {
                link.to = other.id.clone();
            }
        });
        Fix::new(format!("Link to {} instead", quoted(&other.title)), edit)
    });
    meant.into_iter().chain(unlink(timeline, event, at)).collect()
}

fn unlink(timeline: &Timeline, event: &Event, at: usize) -> Option<Fix> {
    let link = event.links.get(at)?;
    let name = timeline.event(&link.to).map_or(&*link.to, |other| &*other.title);
    let edit = changed(event, |event| {
        event.links.remove(at);
    });
    Some(Fix::new(format!("Remove the link to {}", quoted(name)), edit))
}

fn turn_round(timeline: &Timeline, event: &Event, at: usize) -> Option<Fix> {
    let link = event.links.get(at)?;
    let other = timeline.event(&link.to).filter(|other| other.id != event.id)?;
    // Two records change and neither sees the other's copy: a link to itself, of which both would be one, was left out above.
    let without = changed(event, |event| {
        event.links.remove(at);
    });
    let with = changed(other, |other| {
        // The circle that the links make may hold the other direction already.
        let back = Link { to: event.id.clone(), ..link.clone() };
        if !other.links.contains(&back) {
            other.links.push(back);
        }
    });
    let label = format!("Turn the link round: {} {}", quoted(&other.title), link.relation.label().to_lowercase());
    Some(Fix::new(label, Edit::Batch(vec![without, with])))
}

fn take_date(timeline: &Timeline, event: &Event, source: &str, date: &Date) -> Fix {
    let name = timeline.source(source).map_or(source, |source| &*source.title);
    let edit = changed(event, |event| event.date = Some(date.clone()));
    Fix::new(format!("Take {}, the date of {}", date.describe(), quoted(name)), edit)
}

/// The dates that supporting citations give, the finest first, each once.
fn dates(timeline: &Timeline, event: &Event) -> Vec<Fix> {
    // Repeated selection on a copy: the finest is taken and every citation of its date is crossed out, so that each round
    // leaves fewer and the order is that of precision. Citations are few.
    let mut rest = event.clone();
    rest.citations.retain(|citation| citation.stance == Stance::Supports);
    let mut fixes: Vec<Fix> = Vec::new();
    while let Some((source, date)) =
        finest_citation(&rest, timeline.zone()).map(|(citation, date)| (citation.source.clone(), date.clone()))
    {
        fixes.push(take_date(timeline, event, &source, &date));
        rest.citations.retain(|citation| citation.date.as_deref() != Some(&date));
    }
    fixes
}

/// Removes an event of which another is a copy in everything but the id; links to it lead to the other.
fn copy_of(timeline: &Timeline, event: &Event) -> Option<Fix> {
    let first = event_like(timeline, event)?;
    // What counts as twice ignores case, blanks and when it was entered. At a keystroke goes only what says the same to the
    // letter; when it was entered is no statement, and the first keeps its own.
    let mut as_first = Event { id: first.id.clone(), ..event.clone() };
    if as_first.rare.recorded != first.rare.recorded {
        as_first.rare.recorded.clone_from(&first.rare.recorded);
    }
    if as_first != *first {
        return None;
    }
    let mut edits: Vec<Edit> = timeline
        .events()
        .iter()
        .filter(|other| other.id != event.id && other.links.iter().any(|link| link.to == event.id))
        .map(|other| {
            changed(other, |other| {
                // The first may have linked to its copy: that would be a link to itself now.
                let id = other.id.clone();
                for link in other.links.iter_mut().filter(|link| link.to == event.id) {
                    link.to = first.id.clone();
                }
                other.links.retain(|link| link.to != id);
            })
        })
        .collect();
    edits.push(Edit::Remove(Key::Event(event.id.as_str().into())));
    Some(Fix::new(format!("Remove this copy of {}", quoted(&first.title)), Edit::Batch(edits)))
}

fn of_source(timeline: &Timeline, source: &Source, problem: &Diagnostic) -> Vec<Fix> {
    let without_origin = || {
        let edit = Edit::put_source(Source { origin: None, ..source.clone() });
        Fix::new(format!("Remove the origin of {}", quoted(&source.title)), edit)
    };
    match problem.code {
        "unknown-source" => {
            let Some(origin) = source.origin.as_deref() else { return Vec::new() };
            let others = timeline.sources().iter().filter(|other| other.id != source.id).map(|other| &*other.id);
            let meant = closest(origin, others).and_then(|id| timeline.source(id)).map(|other| {
                let edit = Edit::put_source(Source { origin: Some(other.id.clone()), ..source.clone() });
                Fix::new(format!("Derive it from {} instead", quoted(&other.title)), edit)
            });
            meant.into_iter().chain([add_source(origin), without_origin()]).collect()
        }
        "circular-origin" => vec![without_origin()],
        // What is kept as evidence is not thrown away at a keystroke.
        "unused-source" if source.captures.is_empty() => {
            let edit = Edit::Remove(Key::Source(source.id.as_str().into()));
            vec![Fix::new(format!("Remove the source {}", quoted(&source.title)), edit)]
        }
        "duplicate-source" => {
            let Some((first, _)) = source_like(timeline, source) else { return Vec::new() };
            let label = format!("Merge it into {} (“{}”)", quoted(&first.title), first.id);
            merge_sources(timeline, &first.id, &source.id).map(|edit| Fix::new(label, edit)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn of_header(header: &Header, problem: &Diagnostic) -> Vec<Fix> {
    let changed = |change: &dyn Fn(&mut Header)| {
        let mut header = header.clone();
        change(&mut header);
        Edit::put(Record::Header(header))
    };
    match problem.code {
        "unknown-zone" => {
            let meant = header.zone.as_deref().and_then(|zone| Zone::parse(zone).err()).and_then(|e| e.suggestion);
            let meant = meant.map(|name| {
                let edit = changed(&|header| header.zone = Some(name.into()));
                Fix::new(format!("Use the zone “{name}”"), edit)
            });
            let leave = Fix::new("Leave the zone out: UTC", changed(&|header| header.zone = None));
            meant.into_iter().chain([leave]).collect()
        }
        "check-without-effect" => {
            let Some(at) = position(problem, "checks") else { return Vec::new() };
            let Some(setting) = header.checks.get(at) else { return Vec::new() };
            let is_known = CHECKS.iter().any(|kind| kind.code == &*setting.code);
            // A slip is mended to a code that no other setting has, else the mended one would be without effect as well.
            let is_free = |code: &str| header.checks.iter().all(|other| *other.code != *code);
            let free = CHECKS.iter().filter(|kind| kind.tunable).map(|kind| kind.code).filter(|code| is_free(code));
            let meant = closest(&setting.code, free).filter(|_| !is_known).map(|code| {
                let edit = changed(&|header| {
                    if let Some(setting) = header.checks.get_mut(at) {
                        setting.code = code.into();
                    }
                });
                Fix::new(format!("Set “{code}” instead"), edit)
            });
            let edit = changed(&|header| {
                header.checks.remove(at);
            });
            meant.into_iter().chain([Fix::new(format!("Remove the setting of “{}”", setting.code), edit)]).collect()
        }
        _ => Vec::new(),
    }
}

fn of_view(view: &View, problem: &Diagnostic) -> Vec<Fix> {
    match problem.code {
        "unknown-zone" => {
            let with =
                |zone: Option<&str>| Edit::put(Record::View(View { zone: zone.map(Into::into), ..view.clone() }));
            let meant =
                view.zone.as_deref().and_then(|zone| Zone::parse(zone).err()).and_then(|error| error.suggestion);
            let meant = meant.map(|name| Fix::new(format!("Use the zone “{name}”"), with(Some(name))));
            meant.into_iter().chain([Fix::new("Leave the zone out: the timeline's", with(None))]).collect()
        }
        "unknown-theme" => of_theme(view),
        _ => Vec::new(),
    }
}

fn of_theme(view: &View) -> Vec<Fix> {
    let Some(theme) = view.theme.as_deref() else { return Vec::new() };
    let with = |theme: Option<&str>| Edit::put(Record::View(View { theme: theme.map(Into::into), ..view.clone() }));
    let meant = closest(theme, THEMES).map(|theme| Fix::new(format!("Use the theme “{theme}”"), with(Some(theme))));
    meant.into_iter().chain([Fix::new("Leave the theme out: the window's", with(None))]).collect()
}

fn without_color(timeline: &Timeline, problem: &Diagnostic) -> Vec<Fix> {
    if problem.code != "bad-color" {
        return Vec::new();
    }
    let record = match &problem.subject {
        Subject::Lane(id) => timeline.lane(id).map(|lane| Record::Lane(Lane { color: None, ..lane.clone() })),
        Subject::Era(id) => timeline.eras().iter().find(|era| *era.id == **id).map(|era| {
            let mut era = era.clone();
            era.color = None;
            Record::Era(era)
        }),
        _ => None,
    };
    record.map(|record| Fix::new("Leave the colour to the theme", Edit::put(record))).into_iter().collect()
}
