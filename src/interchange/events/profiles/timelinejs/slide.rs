//! A slide of TimelineJS, however it was written, as a record or a period.

use super::super::draft::{Draft, one_line};
use super::super::stamp::{Stamp, year_text};
use crate::diagnostic::Severity;
use crate::interchange::Problem;
use crate::interchange::dates::{self, Numbers};
use crate::interchange::events::chronology::{Chronology, Named};
use crate::interchange::events::plain::{addresses, plain};
use crate::model::{Era, Source, SourceKind, WebAddress};
use crate::time::Date;

/// Endings of addresses behind which there is a picture.
const PICTURES: [&str; 7] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".tif"];

/// A date of a slide in its parts, each as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Parts {
    pub year: String,
    pub month: String,
    pub day: String,
    /// The time as one text, `HH:MM:SS`.
    pub time: String,
    pub display: String,
}

/// What a slide says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Slide {
    pub line: usize,
    pub locator: String,
    pub start: Parts,
    pub end: Parts,
    pub display: String,
    pub headline: String,
    pub text: String,
    pub media: Media,
    pub group: String,
    pub key: String,
    /// Fields of others, under their names.
    pub rest: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Media {
    pub url: String,
    pub caption: String,
    pub credit: String,
    pub link: String,
}

impl Parts {
    pub fn is_empty(&self) -> bool {
        [&self.year, &self.month, &self.day, &self.time].iter().all(|part| part.trim().is_empty())
    }

    /// As it stands in the file.
    fn as_given(&self) -> String {
        let day = [&self.year, &self.month, &self.day].map(|part| part.trim());
        let day = day.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        format!("{day} {}", self.time.trim()).trim().to_owned()
    }

    /// The date that the numbers give, as EDTF or ISO 8601 has it, and what of them could not be taken. Years before the era are
    /// counted as people count them: -44 is shown as 44 BCE.
    fn read(&self) -> (Option<String>, Vec<&'static str>) {
        let mut numbers = Vec::new();
        let mut unread = Vec::new();
        for (name, text) in [("year", &self.year), ("month", &self.month), ("day", &self.day)] {
            let text = text.trim();
            match text.parse::<i64>() {
                Ok(number) => numbers.push(number),
                Err(_) if text.is_empty() => numbers.push(0),
                Err(_) => {
                    unread.push(name);
                    numbers.push(0);
                }
            }
        }
        let date = match dates::of_numbers(&numbers) {
            Numbers::Date(date) => date,
            // Years that no reference has, but a timeline may: they stand alone.
            Numbers::Wrong if matches!(*numbers.as_slice(), [year, 0, 0] if year > 9999) => {
                return (numbers.first().map(|year| year_text(*year)), unread);
            }
            Numbers::Partly(date, said) => {
                unread.extend(
                    ["year", "month", "day"]
                        .into_iter()
                        .skip(said)
                        .filter(|name| !unread.contains(name))
                        .collect::<Vec<_>>(),
                );
                date
            }
            Numbers::Filler | Numbers::Wrong => {
                if !unread.contains(&"year") {
                    unread.push("year");
                }
                return (None, unread);
            }
        };
        let time = self.time.trim();
        if time.is_empty() {
            return (Some(date.as_str().to_owned()), unread);
        }
        match Stamp::read(date.as_str()).and_then(|day| day.with_clock(time)) {
            Some(stamp) => (Some(stamp.text()), unread),
            None => {
                unread.push("time");
                (Some(date.as_str().to_owned()), unread)
            }
        }
    }
}

impl Slide {
    /// Adds what it says to the events.
    pub fn put(self, chronology: &mut Chronology) {
        let mut draft = Draft::new(self.line, self.locator.as_str());
        if !self.key.trim().is_empty() {
            draft.record.key = Some(self.key.trim().to_owned());
        }
        let headline = draft.plain(&self.headline);
        draft.title(&headline);
        let text = draft.plain(&self.text);
        draft.note(&text);
        draft.lane(&plain(&self.group).text);
        self.put_date(&mut draft);
        self.put_media(&mut draft);
        for (name, text) in &self.rest {
            draft.own(name, text);
        }
        draft.finish(chronology);
    }

    fn put_date(&self, draft: &mut Draft) {
        let (start, end) = (self.start.as_given(), self.end.as_given());
        let as_given = if end.is_empty() { start.clone() } else { format!("{start} – {end}") };
        draft.record.date_as_given = (!as_given.is_empty()).then_some(as_given);
        let tell_unread = |draft: &mut Draft, name: &str, text: &str, unread: &[&str]| {
            if !unread.is_empty() {
                draft.own(name, text);
                let message =
                    format!("the {} of {name} \"{text}\" could not be read; it is kept as a field", unread.join(", "));
                draft.tell(Severity::Warning, "unread-date", message);
            }
        };
        if self.start.is_empty() {
            draft.tell(Severity::Warning, "no-date", "the slide has no start date; the event has no date");
            if !self.end.is_empty() {
                draft.own("end_date", &end);
            }
        } else {
            let (first, unread) = self.start.read();
            tell_unread(draft, "start_date", &start, &unread);
            match (first, self.end.is_empty()) {
                (Some(first), true) => draft.event().date = Date::parse(&first).ok(),
                (Some(first), false) => {
                    let (last, unread) = self.end.read();
                    tell_unread(draft, "end_date", &end, &unread);
                    match last {
                        Some(last) => draft.span(&first, &last, "end_date"),
                        None => draft.event().date = Date::parse(&first).ok(),
                    }
                }
                (None, false) => draft.own("end_date", &end),
                (None, true) => {}
            }
        }
        let shown = [&self.display, &self.start.display].into_iter().find(|text| !text.trim().is_empty());
        let shown = shown.map(|text| one_line(&plain(text).text)).unwrap_or_default();
        if shown.is_empty() {
            return;
        }
        // What the page shows is what its author says: where it is vaguer than the numbers behind it, these are filler.
        if let Some(given) = draft.record.event.date.clone()
            && let Some(vague) = dates::read(&shown).filter(|vague| *vague != given && dates::lies_in(&given, vague))
        {
            let message = format!("\"{shown}\" is shown, {given} stands behind it; the date is {vague}");
            draft.tell(Severity::Info, "vaguer-date", message);
            draft.event().date = Some(vague);
        }
        draft.event().wording = Some(shown.into());
    }

    fn put_media(&self, draft: &mut Draft) {
        let Media { url, caption, credit, link } = &self.media;
        let (caption, credit) = (draft.plain(caption), draft.plain(credit));
        let url = url.trim();
        if WebAddress::parse(url).is_ok() {
            let mut source = Source::new("", one_line(&caption));
            source.url = Some(url.into());
            let path = url.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
            let is_picture = PICTURES.iter().any(|ending| path.ends_with(ending));
            source.kind = if is_picture { SourceKind::Image } else { SourceKind::Web };
            source.author = (!credit.is_empty()).then(|| one_line(&credit).into());
            draft.source(Named::new(source));
        } else {
            // A quotation, or the code of a player with its address in it.
            for address in addresses(url) {
                draft.address(&address, &caption);
            }
            let text = draft.plain(url);
            draft.own("media", &text);
            draft.own("media caption", &caption);
            draft.own("media credit", &credit);
        }
        if !link.trim().is_empty() && !draft.address(link, "") {
            draft.own("media link", link);
        }
    }

    /// Adds it as a period behind the events.
    pub fn put_era(self, chronology: &mut Chronology) {
        let title = one_line(&plain(&self.headline).text);
        let note = plain(&self.text).text;
        let date = match (self.start.read().0, self.end.read().0) {
            (Some(start), Some(end)) => Date::parse(&format!("{start}/{end}")).ok(),
            _ => None,
        };
        let Some(date) = date else {
            let (start, end) = (self.start.as_given(), self.end.as_given());
            let message = format!("the era \"{title}\" from \"{start}\" to \"{end}\" is no period and was left out");
            chronology.problems.push(Problem::new(Severity::Error, "unread-era", self.line, message));
            return;
        };
        let title = if title.is_empty() { date.describe() } else { title };
        chronology.eras.push(Era {
            id: "".into(),
            title: title.into(),
            date,
            color: None,
            note: (!note.is_empty()).then(|| note.into()),
        });
    }

    /// Takes it as what the whole says of itself.
    pub fn put_title(self, chronology: &mut Chronology) {
        let set = |text: String| (!text.is_empty()).then_some(text);
        chronology.title = set(one_line(&plain(&self.headline).text));
        chronology.description = set(plain(&self.text).text);
        if !self.media.url.trim().is_empty() {
            chronology.leave_out("media of the title");
        }
    }
}
