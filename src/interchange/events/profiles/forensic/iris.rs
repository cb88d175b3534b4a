//! DFIR-IRIS: the events of a case as CSV, in the columns that it imports.

use super::super::draft::Tally;
use super::super::stamp::Stamp;
use super::super::table;
use super::trace;
use crate::interchange::events::chronology::{Chronology, Named};
use crate::interchange::events::pace::Progress;
use crate::model::Source;

/// A category that says nothing.
const UNSPECIFIED: &str = "Unspecified";

pub(in crate::interchange::events) fn recognises(_: &str, head: &str) -> bool {
    table::has_header(head, &["event_date", "event_tz", "event_title", "event_category"])
}

pub(in crate::interchange::events) fn read(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    let mut tally = Tally::default();
    table::each_row(text, progress, &mut chronology, |row, chronology| {
        let mut draft = row.draft();
        let (date, zone) = (row.take("event_date").to_owned(), row.take("event_tz").to_owned());
        draft.record.date_as_given = Some(format!("{date} {zone}").trim().to_owned()).filter(|text| !text.is_empty());
        let stamp = Stamp::read(&date).and_then(|mut stamp| {
            if stamp.clock.is_some() && stamp.zone.is_empty() {
                stamp.zone = super::super::stamp::zone_text(zone.trim())?;
            }
            Some(stamp)
        });
        match stamp {
            Some(stamp) => {
                if stamp.zone.is_empty() && stamp.clock.is_some() {
                    tally.count("floating-time", row.line);
                }
                draft.event().date = stamp.date();
            }
            None => draft.unread_date("event_date", &format!("{date} {zone}")),
        }
        draft.title(row.take("event_title"));
        draft.note(row.take("event_content"));
        let category = row.take("event_category");
        if category != UNSPECIFIED {
            draft.lane(category);
        }
        let source = row.take("event_source").to_owned();
        if !source.is_empty() && !draft.address(&source, "") {
            draft.source(Named::new(Source::new("", super::super::draft::one_line(&source))));
        }
        for tag in row.take("event_tags").split('|') {
            draft.tag(tag);
        }
        for name in ["event_raw", "event_assets", "event_iocs"] {
            draft.own(name.trim_start_matches("event_"), row.take(name));
        }
        row.keep_rest(&mut draft);
        draft.finish(chronology);
    });
    trace::tell(&tally, &mut chronology);
    chronology
}
