//! A record in the making: what every reader does alike with titles, dates, sources and what has no field.

use std::collections::BTreeMap;

use super::stamp::Stamp;
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::events::chronology::{Chronology, Named, Record};
use crate::interchange::events::plain::{self, Plain};
use crate::interchange::events::tables::first_sentence;
use crate::interchange::sources::reference::title_of_address;
use crate::model::{Event, Link, Relation, Source, SourceKind, Standing, WebAddress};
use crate::time::Date;

/// A record in the making, with what is to be told of it.
pub(super) struct Draft {
    pub record: Record,
    problems: Vec<Problem>,
    notes: Vec<String>,
    title: String,
}

impl Draft {
    pub fn new(line: usize, locator: impl Into<String>) -> Self {
        let record = Record::new(line, locator, Event::undated("", ""));
        Self { record, problems: Vec::new(), notes: Vec::new(), title: String::new() }
    }

    /// The event as far as it is known; title and note are added at the end.
    pub fn event(&mut self) -> &mut Event {
        &mut self.record.event
    }

    /// Gives the title, of whatever length and however many lines.
    pub fn title(&mut self, text: &str) {
        text.trim().clone_into(&mut self.title);
    }

    /// Adds to the note.
    pub fn note(&mut self, text: &str) {
        let text = tidy(text);
        if !text.is_empty() && !self.notes.contains(&text) {
            self.notes.push(text);
        }
    }

    /// Keeps what has no field under its own name; a name that is taken gets both texts.
    pub fn own(&mut self, name: &str, text: &str) {
        let (name, text) = (name.trim(), text.trim());
        if name.is_empty() || text.is_empty() {
            return;
        }
        let fields = &mut self.record.event.rare.fields;
        let text = match fields.get(name) {
            Some(there) if there.as_str() != text => format!("{there}; {text}"),
            _ => text.to_owned(),
        };
        fields.put(name, text);
    }

    pub fn lane(&mut self, name: &str) {
        let name = one_line(name);
        if !name.is_empty() {
            self.event().lane = Some(name.into());
        }
    }

    pub fn tag(&mut self, text: &str) {
        let text = one_line(text);
        let tags = &mut self.record.event.tags;
        if !text.is_empty() && tags.iter().all(|known| *known != text) {
            tags.push(text.into());
        }
    }

    pub fn actor(&mut self, text: &str) {
        let text = one_line(text);
        let actors = &mut self.record.event.actors;
        if !text.is_empty() && actors.iter().all(|known| *known != text) {
            actors.push(text.into());
        }
    }

    pub fn place(&mut self, text: &str) {
        let text = one_line(text);
        if !text.is_empty() {
            self.event().place = Some(text.into());
        }
    }

    /// Gives the standing of this name. Whether there is one.
    pub fn standing(&mut self, name: &str) -> bool {
        let found = Standing::ALL.into_iter().find(|standing| standing.label().eq_ignore_ascii_case(name.trim()));
        if let Some(standing) = found {
            self.event().standing = standing;
        }
        found.is_some()
    }

    /// Adds a link to the record with a key.
    pub fn link(&mut self, key: &str, relation: Relation) {
        let key = key.trim();
        let links = &mut self.record.event.links;
        if !key.is_empty() && links.iter().all(|known| known.to != key || known.relation != relation) {
            links.push(Link { to: key.into(), relation, note: None });
        }
    }

    /// Adds a page of the web as a source. Whether the text is such an address.
    pub fn address(&mut self, address: &str, title: &str) -> bool {
        let address = address.trim();
        let is_web = WebAddress::parse(address).is_ok_and(|web| web.as_str().starts_with("http"));
        if is_web {
            // An address is no title of itself.
            let title = if title.trim() == address { "" } else { title };
            let mut source = Source::new("", one_line(title));
            source.kind = SourceKind::Web;
            source.url = Some(address.into());
            self.source(Named::new(source));
        }
        is_web
    }

    /// Adds a source; one of which only the address is known gets a title in square brackets, one address is one source.
    pub fn source(&mut self, mut named: Named) {
        let url = named.source.url.clone();
        let known = url.as_ref().and_then(|url| {
            self.record.sources.iter_mut().find(|known| known.source.url.as_ref() == Some(url) && known.quote.is_none())
        });
        if let Some(known) = known {
            if known.source.title.starts_with('[') && !named.source.title.is_empty() {
                known.source.title = named.source.title;
            }
            return;
        }
        if named.source.title.is_empty()
            && let Some(url) = url
        {
            named.source.title = title_of_address(&url).into();
        }
        if !named.source.title.is_empty() {
            self.record.sources.push(named);
        }
    }

    /// The plain text of HTML or Markdown; what it leads to become sources.
    pub fn plain(&mut self, text: &str) -> String {
        let plain = plain::plain(text);
        self.read_plain(plain)
    }

    /// The plain text of Markdown, whether it looks like it or not; what it leads to become sources.
    pub fn markdown(&mut self, text: &str) -> String {
        let plain = plain::of_markdown(text);
        self.read_plain(plain)
    }

    fn read_plain(&mut self, plain: Plain) -> String {
        for (address, words) in &plain.links {
            self.address(address, words);
        }
        plain.text
    }

    pub fn tell(&mut self, severity: Severity, code: &'static str, message: impl Into<String>) {
        let line = self.record.line;
        self.problems.push(Problem::new(severity, code, line, message));
    }

    /// Keeps a date that cannot be read under its name, and says so.
    pub fn unread_date(&mut self, name: &str, text: &str) {
        self.own(name, text);
        let message =
            format!("the date \"{}\" ({name}) cannot be read for certain; it is kept as a field", text.trim());
        self.tell(Severity::Warning, "unread-date", message);
    }

    /// Gives the date from one point to another, each as EDTF or ISO 8601 has it. Where they make no date, the start is it and the end
    /// is kept and told.
    pub fn span(&mut self, start: &str, end: &str, end_name: &str) {
        if start == end {
            self.event().date = Date::parse(start).ok();
            return;
        }
        let span = format!("{start}/{end}");
        if let Ok(date) = Date::parse(&span) {
            self.event().date = Some(date);
            return;
        }
        // An interval has times or parts of a calendar at its ends, not both, unless the other is a day.
        let day = |text: &str| Stamp::read(text).map_or_else(|| text.to_owned(), |stamp| stamp.on_day().text());
        let (first, last) = (day(start), day(end));
        let both = [(first.as_str(), end), (start, last.as_str()), (first.as_str(), last.as_str())];
        let coarser = both.iter().find_map(|(start, end)| Date::parse(&format!("{start}/{end}")).ok());
        let is_backwards = starts_after(&first, &last);
        match coarser {
            Some(date) if !is_backwards && first != last => {
                let message = format!("no date reaches from {start} to {end}; {date} was taken");
                self.tell(Severity::Info, "coarser-date", message);
                self.event().date = Some(date);
                self.record.date_as_given.get_or_insert(span);
            }
            _ => {
                self.event().date = Date::parse(start).ok();
                self.own(end_name, end);
                let message =
                    format!("it ends ({end}) before it starts ({start}); the start is its date, the end a field");
                self.tell(Severity::Warning, "end-before-start", message);
            }
        }
    }

    /// Puts the record into its chronology, with what was told of it.
    pub fn finish(mut self, chronology: &mut Chronology) {
        let whole = one_line(&self.title);
        let title = shortened(&whole);
        if title != whole || self.title.lines().filter(|line| !line.trim().is_empty()).count() > 1 {
            let text = tidy(&self.title);
            if !self.notes.contains(&text) {
                self.notes.insert(0, text);
            }
        }
        self.record.event.title = if title.is_empty() {
            let first = self.notes.first().and_then(|note| note.lines().next()).map(one_line).unwrap_or_default();
            // A picture alone says in its caption what it shows.
            let captions = self.record.sources.iter().map(|named| one_line(&named.source.title));
            let first = std::iter::once(first).chain(captions).find(|text| !text.is_empty() && !text.starts_with('['));
            let first = first.unwrap_or_default();
            let supplied = if first.is_empty() { "Untitled".to_owned() } else { shortened(&first) };
            self.tell(Severity::Warning, "no-title", format!("the record has no title; \"{supplied}\" was supplied"));
            supplied.into()
        } else {
            title.into()
        };
        if !self.notes.is_empty() {
            self.record.event.note = Some(self.notes.join("\n\n").into());
        }
        let entry = self.record.key.clone().unwrap_or_default();
        chronology.problems.extend(self.problems.into_iter().map(|problem| problem.of(&entry)));
        chronology.records.push(self.record);
    }
}

/// Whether a day lies behind another that is as fine.
fn starts_after(start: &str, end: &str) -> bool {
    let bounds = |text: &str| Date::parse(text).ok().map(|date| date.day_bounds());
    match (bounds(start).map(|bounds| bounds.earliest), bounds(end).map(|bounds| bounds.latest)) {
        (Some(crate::time::DayBound::Day(start)), Some(crate::time::DayBound::Day(end))) => start > end,
        _ => false,
    }
}

/// A text in one line, without signs that show nothing.
pub(super) fn one_line(text: &str) -> String {
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first sentence of a title that is too long.
fn shortened(title: &str) -> String {
    first_sentence(title).unwrap_or_else(|| title.to_owned())
}

/// Blanks at the ends of lines and more than one empty line in a row go.
fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.lines().map(str::trim_end) {
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty < 2 && !(line.is_empty() && tidied.is_empty()) {
            tidied.push_str(line);
            tidied.push('\n');
        }
    }
    tidied.truncate(tidied.trim_end().len());
    tidied
}

/// What is told once of many records: the first line, and how many there are.
#[derive(Default)]
pub(super) struct Tally(BTreeMap<&'static str, (usize, usize)>);

impl Tally {
    pub fn count(&mut self, code: &'static str, line: usize) {
        let (_, count) = self.0.entry(code).or_insert((line, 0));
        *count += 1;
    }

    /// Tells what was counted under a code, in words made of the number.
    pub fn tell(
        &self,
        chronology: &mut Chronology,
        severity: Severity,
        code: &'static str,
        words: impl FnOnce(usize) -> String,
    ) {
        if let Some((line, count)) = self.0.get(code) {
            chronology.problems.push(Problem::new(severity, code, *line, words(*count)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_interval_is_told() {
        let span = |start, end| {
            let mut draft = Draft::new(1, "row 1");
            draft.span(start, end, "end");
            let date = draft.record.event.date.as_ref().map(|date| date.as_str().to_owned());
            (date.unwrap_or_default(), draft.problems.first().map(|problem| problem.code))
        };
        let cases = [
            ("2024", "2024", "2024", None),
            ("2024", "2025-03", "2024/2025-03", None),
            ("2024-01-01T10:00", "2024-01-01T12:00", "2024-01-01T10:00/2024-01-01T12:00", None),
            ("2024-01-01", "2024-01-02T12:00", "2024-01-01/2024-01-02T12:00", None),
            ("2024", "2025-01-02T12:00", "2024/2025-01-02", Some("coarser-date")),
            ("2024-02-01", "2024-01-01", "2024-02-01", Some("end-before-start")),
            ("2024-02-01T12:00", "2024-02-01T10:00", "2024-02-01T12:00", Some("end-before-start")),
        ];
        for (start, end, date, code) in cases {
            assert_eq!(span(start, end), (date.to_owned(), code), "{start} {end}");
        }
    }
}
