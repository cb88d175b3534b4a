//! Markwhen: timelines in text (`.mw`).
//!
//! A year or a month alone lasts all of it there, the opposite of EDTF. Sections are lanes. What is said from another event on
//! becomes the date it comes to.
//!
//! | module | owns |
//! |---|---|
//! | `duration` | lengths of time |
//! | `range` | what stands before the colon of an event |

mod duration;
mod range;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::colors;
use super::draft::{Draft, Tally, one_line};
use crate::diagnostic::{Severity, counted};
use crate::interchange::Problem;
use crate::interchange::events::chronology::{Chronology, Group};
use crate::interchange::events::marks::{MARKWHEN_GENERATOR, MARKWHEN_GUARD, MARKWHEN_TITLE};
use crate::interchange::events::pace::{Pace, Progress};
use crate::interchange::events::plain::of_markdown;
use crate::time::Date;
use range::{Others, Period, Settings};

/// Times that events are gone through for others that are said from them on, so that a long chain of these ends.
const MOST_ROUNDS: usize = 50;

pub(in crate::interchange::events) fn recognises(name: &str, _: &str) -> bool {
    name.ends_with(".mw") || name.ends_with(".markwhen")
}

pub(in crate::interchange::events) fn read(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut reading = Reading::default();
    reading.lines(text, progress);
    let Reading { mut chronology, settings, entries, tag_colors, lanes, is_own, .. } = reading;
    let resolved = resolved(&entries, &settings);
    let mut tally = Tally::default();
    for (entry, ranged) in entries.into_iter().zip(resolved) {
        put(entry, ranged, is_own, &mut tally, &mut chronology);
    }
    for (name, tags) in lanes {
        let color = tags.iter().find_map(|tag| tag_colors.get(tag).cloned());
        if color.is_some() {
            chronology.lanes.push(Group { name, color, note: None });
        }
    }
    // Colours of tags that name no lane have no place.
    let used: Vec<&String> = chronology.lanes.iter().filter_map(|lane| lane.color.as_ref()).collect();
    let unused = tag_colors.values().filter(|color| !used.contains(color)).count();
    for _ in 0..unused {
        chronology.leave_out("colour of a tag");
    }
    tally.tell(&mut chronology, Severity::Warning, "recurrence", |count| {
        format!("{} that recur came once, at the first date, with how they recur as a field", counted(count, "event"))
    });
    tally.tell(&mut chronology, Severity::Info, "relative-date", |count| {
        format!("{} said from other events on became what that comes to", counted(count, "date"))
    });
    chronology
}

/// An event as it stands in the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Entry {
    line: usize,
    range: String,
    title: String,
    id: Option<String>,
    lane: Option<String>,
    properties: Vec<(String, String)>,
    body: String,
}

#[derive(Default)]
struct Reading {
    chronology: Chronology,
    settings: Settings,
    entries: Vec<Entry>,
    tag_colors: BTreeMap<String, String>,
    /// Sections that are open: their depth and name.
    open: Vec<(usize, String)>,
    /// Sections with their tags, in order.
    lanes: Vec<(String, Vec<String>)>,
    /// Whether Annalist wrote it: its words are no Markdown then.
    is_own: bool,
}

impl Reading {
    fn lines(&mut self, text: &str, progress: Progress<'_>) {
        let mut is_in_header = false;
        // Properties stand right below their event.
        let mut may_be_property = false;
        let mut is_commented = false;
        let mut pace = Pace::new(progress, text.len());
        for (at, whole) in text.lines().enumerate().take_while(|(_, line)| pace.goes_on_by(line.len() + 1)) {
            let line = whole.trim();
            if is_commented || line.starts_with("/*") {
                is_commented = !line.contains("*/");
                continue;
            }
            if line == "---" && (is_in_header || self.entries.last().is_none_or(|entry| entry.body.trim().is_empty())) {
                is_in_header = !is_in_header;
                continue;
            }
            if line.starts_with("//") {
                continue;
            }
            if is_in_header || self.is_setting(whole) {
                self.setting(line);
                continue;
            }
            if let Some((depth, name)) = section(line) {
                self.section(depth, name);
                may_be_property = false;
                continue;
            }
            if let Some((range, title)) = self.event(line) {
                let (title, id) = without_id(title);
                self.entries.push(Entry {
                    line: at + 1,
                    range: range.trim().to_owned(),
                    title: title.trim().to_owned(),
                    id,
                    lane: self.open.last().map(|(_, name)| name.clone()),
                    ..Entry::default()
                });
                may_be_property = true;
                continue;
            }
            let Some(entry) = self.entries.last_mut() else {
                self.before_all(line, at + 1);
                continue;
            };
            match property(line).filter(|_| may_be_property) {
                Some(("id", value)) => entry.id = Some(unquoted(value).into_owned()),
                Some((name, value)) => entry.properties.push((name.to_owned(), value.to_owned())),
                None => {
                    may_be_property &= line.is_empty() && entry.properties.is_empty() && entry.body.is_empty();
                    if self.is_own {
                        entry.body.push_str(whole.strip_prefix(MARKWHEN_GUARD).unwrap_or(whole));
                    } else {
                        // Without the depth of the event, so that lists stay lists and nothing becomes code.
                        let indent = whole.len() - whole.trim_start().len();
                        entry.body.push_str(&" ".repeat(indent.saturating_sub(2).min(3)));
                        entry.body.push_str(line);
                    }
                    entry.body.push('\n');
                }
            }
        }
    }

    /// Whether a line above all events, or one that only a header has, says how the file is written.
    fn is_setting(&self, line: &str) -> bool {
        let is_known = ["dateFormat:", "timezone:", "tz:"].iter().any(|name| line.starts_with(name));
        let is_tag = || self.entries.is_empty() && tag_color(line.trim()).is_some();
        let is_title =
            || self.entries.is_empty() && ["title:", "description:"].iter().any(|name| line.starts_with(name));
        is_known || is_tag() || is_title()
    }

    fn setting(&mut self, line: &str) {
        if let Some((tag, color)) = tag_color(line) {
            self.tag_colors.insert(tag.to_owned(), color);
            return;
        }
        let Some((name, value)) = line.split_once(':') else { return };
        let value = &*unquoted(value);
        match name.trim() {
            "title" => self.chronology.title = Some(one_line(value)),
            "description" => self.chronology.description = Some(value.to_owned()),
            "generator" if value == MARKWHEN_GENERATOR => self.is_own = true,
            "dateFormat" => self.settings.is_day_first = value.starts_with('d'),
            "timezone" | "tz" => match range::zone(value) {
                Some(zone) => self.settings.zone = zone,
                None => self.chronology.leave_out("time zone that is not known"),
            },
            _ if value.is_empty() => {}
            _ => self.chronology.leave_out("setting of the header"),
        }
    }

    fn section(&mut self, depth: usize, name: &str) {
        let (name, tags) = if self.is_own { (one_line(name), Vec::new()) } else { tags(&of_markdown(name).text) };
        self.open.retain(|(open, _)| *open < depth);
        if depth == 0 || name.is_empty() {
            return;
        }
        if !self.open.is_empty() {
            self.chronology.leave_out("nesting of a section");
        }
        self.open.push((depth, name.clone()));
        if self.lanes.iter().all(|(known, _)| *known != name) {
            self.lanes.push((name, tags));
        }
    }

    /// The range and the title of an event. Times have colons too: the first one behind which a range ends counts.
    fn event<'l>(&self, line: &'l str) -> Option<(&'l str, &'l str)> {
        let line =
            line.strip_prefix("- ").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(line);
        line.match_indices(':').take(8).find_map(|(at, _)| {
            let (range, title) = (line.get(..at)?, line.get(at + 1..)?);
            // "10:30: Lunch" is a time up to its second colon.
            let is_in_time =
                title.starts_with(|c: char| c.is_ascii_digit()) && range.ends_with(|c: char| c.is_ascii_digit());
            (!is_in_time && range::is_range(range, &self.settings)).then_some((range, title))
        })
    }

    /// A line before the first event belongs to a section, or to nothing.
    fn before_all(&mut self, line: &str, number: usize) {
        if !line.is_empty() && self.open.is_empty() && self.chronology.description.is_none() {
            let message = "text before the first event was left out";
            self.chronology.problems.push(Problem::new(Severity::Info, "stray-line", number, message));
            self.chronology.leave_out("text outside of events");
        } else if !line.is_empty() {
            self.chronology.leave_out("text of a section");
        }
    }
}

/// `## Name` with its depth; 0 ends all sections.
fn section(line: &str) -> Option<(usize, &str)> {
    let depth = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&depth) {
        let name = line.get(depth..).filter(|name| name.starts_with([' ', '\t']))?;
        return Some((depth, name.trim()));
    }
    // As older versions wrote them.
    for word in ["section ", "group "] {
        if let Some(name) = line.strip_prefix(word) {
            return Some((if word == "section " { 1 } else { 2 }, name.trim()));
        }
    }
    match line {
        "endSection" => Some((0, "")),
        "endGroup" => Some((2, "")),
        _ => None,
    }
}

/// `#Tag: colour` of a header.
fn tag_color(line: &str) -> Option<(&str, String)> {
    let (tag, color) = line.strip_prefix('#')?.split_once(':')?;
    let tag = tag.trim();
    let is_tag = !tag.is_empty() && !tag.contains(char::is_whitespace);
    Some((tag, colors::hex(&unquoted(color))?)).filter(|_| is_tag)
}

/// `key: value`, the key being one word and the value as it stands.
fn property(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let is_value = value.is_empty() || value.starts_with(char::is_whitespace);
    (is_name && is_value).then(|| (name, value.trim()))
}

/// A value of YAML without quotation marks around it, and without what these make of signs within.
fn unquoted(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let inner = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    match (inner('"'), inner('\'')) {
        (Some(inner), _) if inner.contains('\\') => {
            let (mut plain, mut signs) = (String::with_capacity(inner.len()), inner.chars());
            while let Some(sign) = signs.next() {
                match (sign, signs.clone().next()) {
                    ('\\', Some(escaped @ ('"' | '\\'))) => plain.push(escaped),
                    ('\\', Some('n')) => plain.push('\n'),
                    (sign, _) => {
                        plain.push(sign);
                        continue;
                    }
                }
                signs.next();
            }
            plain.into()
        }
        (Some(inner), _) | (None, Some(inner)) => inner.into(),
        (None, None) => text.into(),
    }
}

/// The items of a list in one line, `[a, "b, c"]`; a value that is no list is its one item.
fn listed(value: &str) -> Vec<String> {
    let bare = value.strip_prefix('[').and_then(|value| value.strip_suffix(']')).unwrap_or(value);
    // A comma between quotation marks is one of the text; a quotation mark behind a backslash ends nothing.
    let (mut is_quoted, mut is_escaped) = (false, false);
    let parts = bare.split(|c: char| {
        is_quoted ^= c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        c == ',' && !is_quoted
    });
    parts.map(|part| unquoted(part).into_owned()).filter(|text| !text.is_empty()).collect()
}

/// A title without the `!id` behind it.
fn without_id(title: &str) -> (&str, Option<String>) {
    match title.trim().rsplit_once(' ') {
        Some((title, word)) if word.starts_with('!') && word.len() > 1 => (title, word.get(1..).map(str::to_owned)),
        _ => (title, None),
    }
}

/// A title without its `#tags`. Those behind all words go, one between words stays a word.
fn tags(title: &str) -> (String, Vec<String>) {
    let words: Vec<&str> = title.split_whitespace().collect();
    let tag = |word: &str| {
        let name = word.strip_prefix('#')?.trim_end_matches([',', '.', ';', ':', '!', '?', ')']);
        (!name.is_empty() && !name.starts_with('#')).then(|| name.to_owned())
    };
    let tags: Vec<String> = words.iter().filter_map(|word| tag(word)).collect();
    let end = words.iter().rposition(|word| tag(word).is_none()).map_or(0, |last| last + 1);
    let bare = |word: &&str| tag(word).map_or(*word, |_| word.trim_start_matches('#')).to_owned();
    let title = words.get(..end).unwrap_or_default().iter().map(bare).collect::<Vec<_>>().join(" ");
    // A title of tags alone keeps them.
    (if title.is_empty() { tags.join(" ") } else { title }, tags)
}

/// Where the other events lie, seen from one of them.
struct Around<'e> {
    at: usize,
    ids: &'e BTreeMap<&'e str, Vec<usize>>,
    known: &'e [Option<range::Ranged>],
}

impl Others for Around<'_> {
    /// Of events of one id the last before this one, else the first after it.
    fn of_id(&self, id: &str) -> Option<Period> {
        let places = self.ids.get(id)?;
        let at = places
            .iter()
            .rev()
            .find(|place| **place < self.at)
            .or_else(|| places.iter().find(|place| **place > self.at));
        self.known.get(*at?)?.as_ref()?.period
    }

    fn previous(&self) -> Option<Period> {
        self.known.get(self.at.checked_sub(1)?)?.as_ref()?.period
    }
}

/// The ranges of all events. What is said from an event on that stands further down is found in a later round.
fn resolved(entries: &[Entry], settings: &Settings) -> Vec<Option<range::Ranged>> {
    let mut ids: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if let Some(id) = entry.id.as_deref() {
            ids.entry(id).or_default().push(at);
        }
    }
    let mut known: Vec<Option<range::Ranged>> = vec![None; entries.len()];
    for _ in 0..MOST_ROUNDS {
        let mut is_new = false;
        for (at, entry) in entries.iter().enumerate() {
            if known.get(at).is_some_and(Option::is_some) {
                continue;
            }
            let found = range::read(&entry.range, settings, &Around { at, ids: &ids, known: &known });
            is_new |= found.is_some();
            if let Some(place) = known.get_mut(at) {
                *place = found;
            }
        }
        if !is_new {
            break;
        }
    }
    known
}

fn put(entry: Entry, ranged: Option<range::Ranged>, is_own: bool, tally: &mut Tally, chronology: &mut Chronology) {
    let mut draft = Draft::new(entry.line, format!("line {}", entry.line));
    draft.record.key.clone_from(&entry.id);
    put_words(&entry, is_own, &mut draft);
    if let Some(lane) = &entry.lane {
        draft.lane(lane);
    }
    draft.record.date_as_given = Some(entry.range.clone());
    match ranged {
        Some(ranged) => draft.event().date = Date::parse(&ranged.text).ok(),
        None => draft.unread_date("date", &entry.range),
    }
    let (head, recurrence) = range::without_recurrence(&entry.range);
    if let Some(recurrence) = recurrence {
        draft.own("recurrence", &format!("every {}", recurrence.trim_start_matches("every ")));
        tally.count("recurrence", entry.line);
    }
    if range::read(head, &Settings { is_day_first: true, ..Settings::default() }, &range::Alone).is_none()
        && range::read(head, &Settings::default(), &range::Alone).is_none()
        && draft.record.event.date.is_some()
    {
        tally.count("relative-date", entry.line);
    }
    for (name, value) in entry.properties.iter().filter(|(name, _)| !(is_own && name == MARKWHEN_TITLE)) {
        property_of(name, value, &mut draft);
    }
    draft.finish(chronology);
}

/// Title, tags and note. Those that Annalist wrote are what they are; any others are Markdown.
fn put_words(entry: &Entry, is_own: bool, draft: &mut Draft) {
    let exact = entry.properties.iter().find(|(name, _)| is_own && name == MARKWHEN_TITLE);
    if let Some((_, title)) = exact {
        let title = unquoted(title);
        draft.title(&title);
        // What stands behind the title in its line are tags.
        let rest = entry.title.strip_prefix(&*title).unwrap_or_default();
        tags(rest).1.iter().for_each(|tag| draft.tag(tag));
    } else {
        let text = if is_own { entry.title.clone() } else { draft.markdown(&entry.title) };
        let text = if text.is_empty() { entry.title.clone() } else { text };
        let (title, names) = tags(&text);
        let (title, is_done) = checkbox(&title);
        draft.title(title);
        if let Some(is_done) = is_done {
            draft.own("done", if is_done { "yes" } else { "no" });
        }
        names.iter().for_each(|name| draft.tag(name));
    }
    let body = if is_own { entry.body.clone() } else { draft.markdown(&entry.body) };
    draft.note(&body);
}

/// `[x] Title` is done, `[ ] Title` is not.
fn checkbox(title: &str) -> (&str, Option<bool>) {
    for (mark, is_done) in [("[x] ", true), ("[X] ", true), ("[ ] ", false)] {
        if let Some(title) = title.strip_prefix(mark) {
            return (title, Some(is_done));
        }
    }
    (title, None)
}

fn property_of(name: &str, value: &str, draft: &mut Draft) {
    let text = &*unquoted(value);
    match name {
        // What the date was before it became what this format can say.
        "edtf" => match Date::parse(text) {
            Ok(date) => draft.event().date = Some(date),
            Err(_) => draft.unread_date(name, text),
        },
        "standing" if draft.standing(text) => {}
        "wording" => draft.event().wording = Some(one_line(text).into()),
        "location" | "place" => draft.place(text),
        "tags" => listed(value).iter().for_each(|tag| draft.tag(tag)),
        "actors" | "assignees" | "attendees" | "people" => listed(value).iter().for_each(|actor| draft.actor(actor)),
        "url" | "link" | "source" if draft.address(text, "") => {}
        _ => draft.own(name, text),
    }
}
