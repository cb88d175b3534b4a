//! Chronos: timelines in fenced blocks of Obsidian notes, an item a line.
//!
//! ```text
//! - [2020-02-28~2020-03-01] #red {Group} Name | Description      an event
//! @ [1957~1969] {Group} Name                                    a period
//! * [2020-02-28] Name                                           a point
//! = [1991-12-26] Name                                           a marker
//! > ORDERBY start                                               how it looks
//! # a comment
//! ```
//!
//! A year before the era is meant as people count it: -550 is 550 BCE. Parts that are not given are not filled.

use super::colors;
use super::draft::{Draft, one_line};
use super::stamp::Stamp;
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::chronology::{Chronology, Group};
use crate::interchange::events::pace::{Pace, Progress};
use crate::model::Era;
use crate::time::Date;

pub(in crate::interchange::events) fn recognises(name: &str, head: &str) -> bool {
    let is_note = name.ends_with(".md") || name.ends_with(".markdown") || name.ends_with(".chronos");
    is_note && (head.lines().any(opens_block) || name.ends_with(".chronos"))
}

pub(in crate::interchange::events) fn read(name: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    // A file of its own holds nothing else.
    let is_whole = !text.lines().any(opens_block);
    let mut is_inside = is_whole;
    let mut pace = Pace::new(progress, text.len());
    for (at, line) in text.lines().enumerate().take_while(|(_, line)| pace.goes_on_by(line.len() + 1)) {
        let trimmed = line.trim();
        if !is_inside {
            is_inside = opens_block(line);
            if !is_inside && !trimmed.is_empty() {
                chronology.leave_out("line of the note outside of timelines");
            }
            continue;
        }
        if trimmed.starts_with("```") && !is_whole {
            is_inside = false;
            continue;
        }
        read_line(trimmed, at + 1, &mut chronology);
    }
    let title = name.rsplit(['/', '\\']).next().unwrap_or_default();
    chronology.title = title.rsplit_once('.').map(|(stem, _)| stem.to_owned()).filter(|stem| !stem.is_empty());
    chronology
}

fn opens_block(line: &str) -> bool {
    line.trim().strip_prefix("```").is_some_and(|word| word.trim().eq_ignore_ascii_case("chronos"))
}

fn read_line(line: &str, number: usize, chronology: &mut Chronology) {
    let mut chars = line.chars();
    let rest = match chars.next() {
        None | Some('#') => return,
        Some('>') => {
            chronology.leave_out("setting of how it looks");
            return;
        }
        Some(kind @ ('-' | '@' | '*' | '=')) => item(kind, chars.as_str()),
        Some(_) => None,
    };
    let Some(item) = rest else {
        let message = "the line is no item: expected a sign, a date in brackets and a name";
        chronology.problems.push(Problem::new(Severity::Error, "stray-line", number, message));
        return;
    };
    item.put(number, chronology);
}

/// An item of a timeline.
struct Item<'l> {
    kind: char,
    dates: &'l str,
    color: Option<String>,
    group: String,
    name: &'l str,
    description: &'l str,
}

fn item(kind: char, text: &str) -> Option<Item<'_>> {
    let (dates, mut rest) = text.trim_start().strip_prefix('[')?.split_once(']')?;
    let (mut color, mut group) = (None, String::new());
    loop {
        rest = rest.trim_start();
        if let Some((name, behind)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            group = one_line(name);
            rest = behind;
            continue;
        }
        let (word, behind) = rest.split_once(' ').unwrap_or((rest, ""));
        let found = word.strip_prefix('#').and_then(|name| colors::hex(name).or_else(|| colors::hex(word)));
        if found.is_none() || color.is_some() {
            break;
        }
        color = found;
        rest = behind;
    }
    let (name, description) = rest.split_once('|').unwrap_or((rest, ""));
    Some(Item { kind, dates, color, group, name: name.trim(), description: description.trim() })
}

impl Item<'_> {
    fn put(self, line: usize, chronology: &mut Chronology) {
        let (from, to) = self.dates.split_once('~').unwrap_or((self.dates, ""));
        let (start, end) = (date(from), date(to));
        // A period over everything is one behind the events; one of a group is an event of that group.
        if self.kind == '@' && self.group.is_empty() {
            let period = start.as_ref().zip(end.as_ref());
            let Some(date) = period.and_then(|(start, end)| Date::parse(&format!("{start}/{end}")).ok()) else {
                let message = format!("the period \"{}\" of \"{}\" is none and was left out", self.dates, self.name);
                chronology.problems.push(Problem::new(Severity::Error, "unread-era", line, message));
                return;
            };
            let title = if self.name.is_empty() { date.describe() } else { one_line(self.name) };
            let note = (!self.description.is_empty()).then(|| self.description.into());
            chronology.eras.push(Era {
                id: "".into(),
                title: title.into(),
                date,
                color: self.color.map(Into::into),
                note,
            });
            return;
        }
        let mut draft = Draft::new(line, format!("line {line}"));
        let text = draft.markdown(self.name);
        draft.title(if text.is_empty() { self.name } else { &text });
        let description = draft.markdown(self.description);
        draft.note(&description);
        draft.lane(&self.group);
        if !self.group.is_empty() && chronology.lanes.iter().all(|lane| lane.name != self.group) {
            chronology.lanes.push(Group { name: self.group.clone(), color: None, note: None });
        }
        draft.record.date_as_given = Some(self.dates.trim().to_owned());
        match (start, end) {
            (Some(start), Some(end)) => draft.span(&start, &end, "end"),
            (Some(start), None) => {
                draft.event().date = Date::parse(&start).ok();
                if !to.trim().is_empty() {
                    draft.unread_date("end", to);
                }
            }
            (None, _) => draft.unread_date("date", self.dates),
        }
        if self.kind == '=' {
            draft.tag("marker");
        }
        if self.color.is_some() {
            chronology.leave_out("colour of an event");
        }
        draft.finish(chronology);
    }
}

/// `YYYY[-MM[-DD[Thh[:mm[:ss]]]]]` as EDTF or ISO 8601 has it. An hour without its minutes is its day: no date says an hour.
fn date(text: &str) -> Option<String> {
    let text = text.trim();
    let (text, is_before_christ) = text.strip_prefix('-').map_or((text, false), |text| (text, true));
    let text = match text.split_once('T') {
        Some((day, hour)) if hour.len() <= 2 => day,
        _ => text,
    };
    if !is_before_christ {
        return Stamp::read(text).map(|stamp| stamp.text());
    }
    let (year, rest) = text.split_at_checked(text.find('-').unwrap_or(text.len()))?;
    let year: i64 = year.parse().ok().filter(|year| *year > 0)?;
    Stamp::read(&format!("{}{rest}", 1 - year)).map(|stamp| stamp.text())
}
