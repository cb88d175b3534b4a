//! GEDCOM 7.0 and 5.5.1: what happened to people and families (`.ged`).
//!
//! | module | owns |
//! |---|---|
//! | `tree` | lines as a tree |
//! | `date` | dates as EDTF |

mod date;
mod tree;

use std::collections::BTreeMap;

use super::draft::{Draft, Tally, one_line};
use super::stamp::Stamp;
use crate::diagnostic::{Severity, counted};
use crate::interchange::Problem;
use crate::interchange::events::chronology::{Chronology, Named};
use crate::interchange::events::pace::{Pace, Progress};
use crate::model::{Coordinates, Source, SourceKind};
use crate::time::Precision;
use date::Read;
use tree::Structure;

/// Events and attributes of people and families, as people call them.
const EVENTS: [(&str, &str); 48] = [
    ("ADOP", "Adoption"),
    ("ANUL", "Annulment"),
    ("BAPL", "Baptism"),
    ("BAPM", "Baptism"),
    ("BARM", "Bar mitzvah"),
    ("BASM", "Bas mitzvah"),
    ("BIRT", "Birth"),
    ("BLES", "Blessing"),
    ("BURI", "Burial"),
    ("CAST", "Caste"),
    ("CENS", "Census"),
    ("CHR", "Christening"),
    ("CHRA", "Adult christening"),
    ("CONF", "Confirmation"),
    ("CREM", "Cremation"),
    ("DEAT", "Death"),
    ("DIV", "Divorce"),
    ("DIVF", "Filing for divorce"),
    ("DSCR", "Description"),
    ("EDUC", "Education"),
    ("EMIG", "Emigration"),
    ("ENGA", "Engagement"),
    ("EVEN", "Event"),
    ("FACT", "Fact"),
    ("FCOM", "First communion"),
    ("GRAD", "Graduation"),
    ("IDNO", "Number"),
    ("IMMI", "Immigration"),
    ("INIL", "Initiatory"),
    ("MARB", "Marriage banns"),
    ("MARC", "Marriage contract"),
    ("MARL", "Marriage licence"),
    ("MARR", "Marriage"),
    ("MARS", "Marriage settlement"),
    ("NATI", "Nationality"),
    ("NATU", "Naturalisation"),
    ("NCHI", "Number of children"),
    ("NMR", "Number of marriages"),
    ("OCCU", "Occupation"),
    ("ORDN", "Ordination"),
    ("PROB", "Probate"),
    ("PROP", "Property"),
    ("RELI", "Religion"),
    ("RESI", "Residence"),
    ("RETI", "Retirement"),
    ("SSN", "Number"),
    ("TITL", "Title"),
    ("WILL", "Will"),
];

pub(in crate::interchange::events) fn recognises(_: &str, head: &str) -> bool {
    let mut lines = head.trim_start_matches('\u{feff}').lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next() == Some("0 HEAD")
}

pub(in crate::interchange::events) fn read(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    let (records, strays) = tree::records(text);
    if let Some(line) = strays.first() {
        let message = format!("{} without a level and a tag were left out", counted(strays.len(), "line"));
        chronology.problems.push(Problem::new(Severity::Warning, "stray-line", *line, message));
    }
    let version = records.iter().find(|record| record.tag == "HEAD").and_then(|head| head.first("GEDC"));
    let book = Book {
        is_inclusive: version.is_some_and(|version| version.value_of("VERS").starts_with('7')),
        records: records.iter().map(|record| (record.id.as_str(), record)).collect(),
    };
    let mut tally = Tally::default();
    let mut pace = Pace::new(progress, records.len());
    for record in records.iter().take_while(|_| pace.goes_on()) {
        if matches!(record.tag.as_str(), "INDI" | "FAM") {
            book.read_record(record, &mut tally, &mut chronology);
        } else if matches!(record.tag.as_str(), "OBJE" | "SUBM" | "SUBN" | "REPO") {
            chronology.leave_out("record that is no person, family, source or note");
        }
    }
    tally.tell(&mut chronology, Severity::Warning, "other-calendar", |count| {
        let dates = counted(count, "date");
        format!("{dates} of another calendar, of two years at once or none at all stand as wording")
    });
    chronology
}

/// All records by their identifiers.
struct Book<'r> {
    is_inclusive: bool,
    records: BTreeMap<&'r str, &'r Structure>,
}

impl Book<'_> {
    fn read_record(&self, record: &Structure, tally: &mut Tally, chronology: &mut Chronology) {
        let people = self.people(record);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for structure in &record.below {
            let tag = structure.tag.as_str();
            let Some((_, label)) = EVENTS.iter().find(|(known, _)| *known == tag) else {
                match tag {
                    "FAMC" | "FAMS" | "CHIL" | "ASSO" | "ALIA" => chronology.leave_out("family tie"),
                    "OBJE" => chronology.leave_out("multimedia"),
                    "SOUR" | "NOTE" | "SNOTE" => chronology.leave_out("source or note of a person or family"),
                    _ => {}
                }
                continue;
            };
            // An attribute without a date says what somebody is, not what happened.
            let is_event = structure.first("DATE").is_some() || structure.first("PLAC").is_some() || tag == "EVEN";
            if !is_event {
                chronology.leave_out("event or attribute without date and place");
                continue;
            }
            let count = counts.entry(tag).or_default();
            *count += 1;
            let mut draft = Draft::new(structure.line, format!("line {}", structure.line));
            if !record.id.is_empty() {
                let nth = if *count > 1 { format!(" {count}") } else { String::new() };
                draft.record.key = Some(format!("{} {tag}{nth}", record.id));
            }
            draft.title(&title(structure, label, &people));
            people.iter().for_each(|name| draft.actor(name));
            draft.tag(label);
            self.read_event(structure, &mut draft, tally, chronology);
            draft.finish(chronology);
        }
    }

    /// Whom a record is of: a person, or both partners of a family.
    fn people(&self, record: &Structure) -> Vec<String> {
        if record.tag == "INDI" {
            return name(record).into_iter().collect();
        }
        let partners = record.below.iter().filter(|structure| matches!(structure.tag.as_str(), "HUSB" | "WIFE"));
        partners.filter_map(|partner| name(self.records.get(partner.pointer()?)?)).collect()
    }

    fn read_event(&self, event: &Structure, draft: &mut Draft, tally: &mut Tally, chronology: &mut Chronology) {
        if let Some(date) = event.first("DATE") {
            self.put_date(date, draft, tally);
        }
        for structure in &event.below {
            match structure.tag.as_str() {
                "DATE" => {}
                "PLAC" => put_place(structure, draft),
                "NOTE" | "SNOTE" => match structure.pointer() {
                    Some(id) => {
                        if let Some(note) = self.records.get(id) {
                            let text = draft.plain(&note.value);
                            draft.note(&text);
                        }
                    }
                    None => {
                        let text = draft.plain(&structure.value);
                        draft.note(&text);
                    }
                },
                "SOUR" => self.put_source(structure, draft),
                "OBJE" => chronology.leave_out("multimedia"),
                "TYPE" => draft.own("type", &structure.value),
                "ADDR" => {
                    let parts = structure.below.iter().map(|part| part.value.as_str());
                    let whole: Vec<&str> = std::iter::once(structure.value.as_str()).chain(parts).collect();
                    draft.own("address", &one_line(&whole.join(" ")));
                }
                "WWW" if draft.address(&structure.value, "") => {}
                "HUSB" | "WIFE" => draft.own(&structure.tag, structure.value_of("AGE")),
                "UID" | "CHAN" | "CREA" | "SDATE" => chronology.leave_out("bookkeeping of a record"),
                tag => draft.own(tag, &structure.value),
            }
        }
    }

    fn put_date(&self, date: &Structure, draft: &mut Draft, tally: &mut Tally) {
        let given = date.value.trim();
        let phrase = date.value_of("PHRASE").trim();
        let as_given = [given, phrase].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" – ");
        draft.record.date_as_given = (!as_given.is_empty()).then_some(as_given);
        let (read, words) = date::read(given, self.is_inclusive);
        let wording = if phrase.is_empty() { words } else { Some(phrase.to_owned()) };
        match read {
            Read::Date(read) => {
                let time = date.value_of("TIME");
                let timed = Some(&read).filter(|read| !time.is_empty() && read.precision() == Precision::Day);
                let timed = timed.and_then(|read| Stamp::read(read.as_str())?.with_clock(time)?.date());
                if timed.is_none() {
                    draft.own("TIME", time);
                }
                draft.event().date = timed.or(Some(read));
                draft.event().wording = wording.map(|words| one_line(&words).into());
            }
            Read::Phrase(words) => draft.event().wording = Some(one_line(&words).into()),
            Read::Not => {
                if given.is_empty() && wording.is_some() {
                    draft.event().wording = wording.map(|words| one_line(&words).into());
                } else if !given.is_empty() {
                    let words = wording.map_or_else(|| given.to_owned(), |words| format!("{given} – {words}"));
                    draft.event().wording = Some(one_line(&words).into());
                    tally.count("other-calendar", date.line);
                }
            }
        }
    }

    /// A citation: the source it points to, or the text it is, with its page, its words and how far they are to be trusted.
    fn put_source(&self, citation: &Structure, draft: &mut Draft) {
        let source = match citation.pointer() {
            Some(id) => match self.records.get(id) {
                Some(record) => of_record(record),
                None => return,
            },
            None => Source::new("", one_line(&citation.value)),
        };
        if source.title.is_empty() {
            return;
        }
        let title = source.title.clone();
        let mut named = Named::new(source);
        let page = one_line(citation.value_of("PAGE"));
        named.locator = (!page.is_empty()).then(|| page.into());
        let data = citation.first("DATA");
        let words = data.map(|data| data.value_of("TEXT")).filter(|words| !words.is_empty());
        named.quote = words.or_else(|| Some(citation.value_of("TEXT"))).and_then(|words| {
            let words = words.trim();
            (!words.is_empty()).then(|| words.into())
        });
        draft.own(&format!("QUAY ({title})"), citation.value_of("QUAY"));
        if let Some(data) = data {
            draft.own(&format!("recorded ({title})"), data.value_of("DATE"));
        }
        draft.source(named);
    }
}

fn of_record(record: &Structure) -> Source {
    let of = |tag: &str| one_line(record.value_of(tag));
    let title = [of("TITL"), of("ABBR"), of("AUTH")].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let title = if title.is_empty() { format!("Source {}", record.id) } else { title };
    let mut source = Source::new("", title);
    let set = |text: String| (!text.is_empty()).then(|| text.into());
    source.kind = SourceKind::Document;
    source.author = set(of("AUTH"));
    source.publisher = set(of("PUBL"));
    source.note = set(record.value_of("TEXT").trim().to_owned());
    source
}

/// "Birth of John Doe", "Marriage of A and B", "Occupation of John Doe: engineer".
fn title(event: &Structure, label: &str, people: &[String]) -> String {
    let kind = one_line(event.value_of("TYPE"));
    let text = one_line(&event.value);
    let is_unnamed = matches!(event.tag.as_str(), "EVEN" | "FACT");
    let label = if is_unnamed && !kind.is_empty() { kind.as_str() } else { label };
    let of_whom = if people.is_empty() { label.to_owned() } else { format!("{label} of {}", people.join(" and ")) };
    // A Y says that it happened, and nothing more.
    if matches!(text.as_str(), "" | "Y") { of_whom } else { format!("{of_whom}: {text}") }
}

fn name(record: &Structure) -> Option<String> {
    let name = one_line(&record.value_of("NAME").replace('/', " "));
    (!name.is_empty()).then_some(name)
}

fn put_place(place: &Structure, draft: &mut Draft) {
    draft.place(&place.value);
    let Some(map) = place.first("MAP") else { return };
    let (latitude, longitude) = (map.value_of("LATI"), map.value_of("LONG"));
    // N18.150944 and E168.150944.
    let degrees = |text: &str| match text.trim().split_at_checked(1) {
        Some((letter, number)) if letter.chars().all(|c| c.is_ascii_alphabetic()) => format!("{number}{letter}"),
        _ => text.trim().to_owned(),
    };
    match Coordinates::parse(&format!("{}, {}", degrees(latitude), degrees(longitude))) {
        Some(place) => draft.event().rare.coordinates = Some(place),
        None => draft.own("MAP", &format!("{latitude} {longitude}")),
    }
}
