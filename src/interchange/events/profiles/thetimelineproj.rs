//! The files of The Timeline Project (`.timeline`): categories and events in XML.
//!
//! Its dates always have seconds. Where both ends of an event stand at midnight the program shows days, and days they are
//! here. Its years are astronomical: the year 0 is 1 BCE.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

use super::draft::{Draft, Tally, one_line};
use super::lines::Lines;
use super::stamp::Stamp;
use crate::diagnostic::{Severity, counted};
use crate::interchange::Problem;
use crate::interchange::events::chronology::{Chronology, Group};
use crate::interchange::events::pace::{Pace, Progress};
use crate::model::{Era, Relation};
use crate::time::Date;

/// Kinds of time that are dates of the Gregorian calendar; files without one are of the versions that had no other.
const GREGORIAN: [&str; 4] = ["gregoriantime", "pythontime", "wxtime", "datetime"];

/// Fields of an event that only serve the program, and what they are called here.
const LEFT_OUT: [(&str, &str, &str); 3] = [("alert", "", "alarm"), ("icon", "", "icon"), ("locked", "False", "lock")];

/// Fields of an event that are read.
const READ: [&str; 18] = [
    "start",
    "end",
    "text",
    "progress",
    "fuzzy",
    "fuzzy_start",
    "fuzzy_end",
    "ends_today",
    "category",
    "categories",
    "description",
    "labels",
    "hyperlink",
    "default_color",
    "milestone",
    "alert",
    "icon",
    "locked",
];

pub(in crate::interchange::events) fn recognises(_: &str, head: &str) -> bool {
    head.contains("<timeline>")
        && (head.contains("<categories") || head.contains("<timetype>") || head.contains("<version>"))
}

pub(in crate::interchange::events) fn read(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    let refuse = |mut chronology: Chronology, line: usize, message: String| {
        chronology.problems.push(Problem::new(Severity::Error, "not-a-timeline", line, message));
        chronology
    };
    // The library reads a document as a whole: what is called off is left before it and behind it.
    if !progress(0.0) {
        return chronology;
    }
    let document = match Document::parse(text) {
        Ok(document) => document,
        Err(error) => {
            let line = usize::try_from(error.pos().row).unwrap_or(1);
            return refuse(chronology, line, format!("the file is no XML: {error}"));
        }
    };
    let root = document.root_element();
    if !root.has_tag_name("timeline") {
        return refuse(chronology, 1, format!("the file holds <{}>, not <timeline>", root.tag_name().name()));
    }
    let kind = child_text(root, "timetype");
    if !kind.is_empty() && !GREGORIAN.contains(&kind.as_str()) {
        return refuse(
            chronology,
            1,
            format!("its times are of the kind \"{kind}\", which are no dates of our calendar"),
        );
    }
    if !progress(0.0) {
        return chronology;
    }
    let lines = Lines::of(text);
    read_categories(root, &mut chronology);
    read_eras(root, &lines, &mut chronology);
    if child(root, "view").is_some_and(|view| view.children().any(|node| node.is_element())) {
        chronology.leave_out("view");
    }
    let mut tally = Tally::default();
    let mut containers = BTreeMap::new();
    let mut pace = Pace::new(progress, text.len());
    let mut is_wanted = |event: &Node<'_, '_>| pace.goes_on_by(event.range().len());
    for (at, event) in elements(root, "events", "event").take_while(&mut is_wanted).enumerate() {
        read_event(event, at + 1, lines.at(event.range().start), &mut containers, &mut tally, &mut chronology);
    }
    drop_links_to_nothing(&containers, &mut chronology);
    tally.tell(&mut chronology, Severity::Info, "midnight", |count| {
        format!("{} at midnight, which the program shows as days, became days", counted(count, "event"))
    });
    chronology
}

fn read_categories(root: Node<'_, '_>, chronology: &mut Chronology) {
    for category in elements(root, "categories", "category") {
        let name = one_line(&child_text(category, "name"));
        if name.is_empty() {
            continue;
        }
        if !child_text(category, "parent").is_empty() {
            chronology.leave_out("nesting of a category");
        }
        let color = color(&child_text(category, "color"));
        let others = ["progress_color", "done_color", "font_color"].map(|name| child_text(category, name));
        if others.iter().any(|text| !text.is_empty()) {
            chronology.leave_out("further colours of a category");
        }
        chronology.lanes.push(Group { name, color, note: None });
    }
}

fn read_eras(root: Node<'_, '_>, lines: &Lines, chronology: &mut Chronology) {
    for era in elements(root, "eras", "era") {
        let line = lines.at(era.range().start);
        let (start, end) = (child_text(era, "start"), child_text(era, "end"));
        let title = one_line(&child_text(era, "name"));
        let stamps = Stamp::read(&start).zip(Stamp::read(&end)).map(|(start, end)| as_shown(&start, &end));
        let date = stamps.and_then(|(start, end, _)| {
            let end = if is_true(&child_text(era, "ends_today")) { "..".to_owned() } else { end.text() };
            Date::parse(&format!("{}/{end}", start.text())).ok()
        });
        match date {
            Some(date) => chronology.eras.push(Era {
                id: "".into(),
                title: if title.is_empty() { date.describe().into() } else { title.into() },
                date,
                color: color(&child_text(era, "color")).map(Into::into),
                note: None,
            }),
            None => {
                let message =
                    format!("the era \"{title}\" from \"{start}\" to \"{end}\" is no period and was left out");
                chronology.problems.push(Problem::new(Severity::Error, "unread-era", line, message));
            }
        }
    }
}

/// Containers by their number, each with its key.
type Containers = BTreeMap<String, String>;

fn read_event(
    event: Node<'_, '_>,
    number: usize,
    line: usize,
    containers: &mut Containers,
    tally: &mut Tally,
    chronology: &mut Chronology,
) {
    let mut draft = Draft::new(line, format!("event {number}"));
    let of = |name: &str| child_text(event, name);
    let text = of("text");
    let title = match container_mark(&text) {
        Some((Mark::Container, id, title)) => {
            let key = format!("container {id}");
            draft.record.key = Some(key.clone());
            containers.insert(id.to_owned(), key);
            title
        }
        Some((Mark::Member, id, title)) => {
            draft.link(&format!("container {id}"), Relation::PartOf);
            title
        }
        None => text.as_str(),
    };
    // A sign that shows nothing keeps a title from being taken for a container's.
    draft.title(title.trim_start_matches('\u{2060}'));
    let description = of("description");
    draft.note(&description);
    put_date(event, &mut draft, tally);
    put_own_date(event, &description, &mut draft);
    put_lanes(event, &mut draft);
    for label in of("labels").split([',', ';']) {
        draft.tag(label);
    }
    for address in of("hyperlink").split(';').map(str::trim).filter(|address| !address.is_empty()) {
        if !draft.address(address, "") {
            draft.own("hyperlink", address);
        }
    }
    let progress = of("progress");
    if progress != "0" {
        draft.own("progress", &progress);
    }
    if is_true(&of("milestone")) {
        draft.own("milestone", "yes");
    }
    for (name, default, kind) in LEFT_OUT {
        let text = of(name);
        if !text.is_empty() && text != default {
            chronology.leave_out(kind);
        }
    }
    if !of("default_color").is_empty() {
        chronology.leave_out("colour of an event");
    }
    for node in event.children().filter(Node::is_element) {
        let name = node.tag_name().name();
        if !READ.contains(&name) {
            draft.own(name, &whole_text(node));
        }
    }
    draft.finish(chronology);
}

fn put_date(event: Node<'_, '_>, draft: &mut Draft, tally: &mut Tally) {
    let of = |name: &str| child_text(event, name);
    let (start, end) = (of("start"), of("end"));
    let end = if end.is_empty() { start.clone() } else { end };
    let as_given = if start == end { start.clone() } else { format!("{start} – {end}") };
    draft.record.date_as_given = (!as_given.is_empty()).then_some(as_given);
    let (Some(first), Some(last)) = (Stamp::read(&start), Stamp::read(&end)) else {
        draft.unread_date("start", &start);
        draft.own("end", &end);
        return;
    };
    let (first, last, is_at_midnight) = as_shown(&first, &last);
    if is_at_midnight {
        tally.count("midnight", draft.record.line);
    }
    // A time cannot be approximate: then it is its day.
    let is_fuzzy = |name: &str| is_true(&of("fuzzy")) || is_true(&of(name));
    let written = |stamp: &Stamp, name: &str| {
        if is_fuzzy(name) { format!("{}~", stamp.on_day().text()) } else { stamp.text() }
    };
    let (from, to) = (written(&first, "fuzzy_start"), written(&last, "fuzzy_end"));
    if is_true(&of("ends_today")) {
        let open = Date::parse(&format!("{from}/.."));
        draft.event().date = open.or_else(|_| Date::parse(&from)).ok();
        return;
    }
    let is_one = first == last;
    if is_one { draft.span(&from, &from, "end") } else { draft.span(&from, &to, "end") }
}

/// A date that was vaguer before it was fuzzy or open here stands in the description, as a line of its own.
fn put_own_date(event: Node<'_, '_>, description: &str, draft: &mut Draft) {
    let is_vague = is_true(&child_text(event, "fuzzy")) || is_true(&child_text(event, "ends_today"));
    let own = description.lines().find_map(|line| line.strip_prefix("EDTF: "));
    if let Some(date) = own.filter(|_| is_vague).and_then(|text| Date::parse(text.trim()).ok()) {
        draft.event().date = Some(date);
    }
}

/// Both ends as the program shows them: as days where both are midnight.
fn as_shown(start: &Stamp, end: &Stamp) -> (Stamp, Stamp, bool) {
    let is_at_midnight = start.is_midnight() && end.is_midnight();
    if is_at_midnight { (start.on_day(), end.on_day(), true) } else { (start.clone(), end.clone(), false) }
}

/// The first category is the lane, the others are tags.
fn put_lanes(event: Node<'_, '_>, draft: &mut Draft) {
    let mut names = vec![child_text(event, "category")];
    names.extend(elements(event, "categories", "category").map(whole_text));
    let mut seen = BTreeSet::new();
    let names =
        names.into_iter().map(|name| one_line(&name)).filter(|name| !name.is_empty() && seen.insert(name.clone()));
    for (at, name) in names.enumerate() {
        if at == 0 { draft.lane(&name) } else { draft.tag(&name) }
    }
}

enum Mark {
    Container,
    Member,
}

/// `[3]Title` is a container with a number, `(3)Title` an event in it.
fn container_mark(text: &str) -> Option<(Mark, &str, &str)> {
    let text = text.trim_start();
    let (mark, closing, rest) = match (text.strip_prefix('['), text.strip_prefix('(')) {
        (Some(rest), _) => (Mark::Container, ']', rest),
        (_, Some(rest)) => (Mark::Member, ')', rest),
        _ => return None,
    };
    let (id, title) = rest.split_once(closing)?;
    // A container may give the part of itself behind a comma; an empty number belongs to no container.
    let id = id.split(',').next().unwrap_or_default();
    let is_number = !id.is_empty() && id.len() <= 9 && id.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !title.trim().is_empty()).then_some((mark, id, title))
}

/// `(2019) Title` looks like an event in a container: where there is no such container the text is its title again.
fn drop_links_to_nothing(containers: &Containers, chronology: &mut Chronology) {
    for record in &mut chronology.records {
        let missing =
            record.event.links.iter().position(|link| !containers.values().any(|key| link.to.as_str() == key.as_str()));
        if let Some(at) = missing {
            let link = record.event.links.remove(at);
            let id = link.to.strip_prefix("container ").unwrap_or_default();
            record.event.title = format!("({id}) {}", record.event.title).into();
        }
    }
}

fn is_true(text: &str) -> bool {
    text.eq_ignore_ascii_case("true")
}

/// `255,128,0` as `#ff8000`.
fn color(text: &str) -> Option<String> {
    let parts: Option<Vec<u8>> = text.split(',').map(|part| part.trim().parse().ok()).collect();
    match parts?.as_slice() {
        [red, green, blue] => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        _ => None,
    }
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

fn child_text(node: Node<'_, '_>, name: &str) -> String {
    child(node, name).map(whole_text).unwrap_or_default()
}

fn whole_text(node: Node<'_, '_>) -> String {
    let text: String = node.children().filter_map(|child| child.text()).collect();
    text.trim().to_owned()
}

/// The elements of a name in the list of another name.
fn elements<'a, 'i: 'a>(
    node: Node<'a, 'i>,
    list: &str,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> + use<'a, 'i> {
    let list = child(node, list);
    list.into_iter()
        .flat_map(|list| list.children())
        .filter(move |child| child.is_element() && child.tag_name().name() == name)
}
