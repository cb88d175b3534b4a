//! Preceden: eleven columns in a fixed order, with or without a header.
//!
//! Layer, id, name, notes, start, start approximate, end, end approximate, milestone, symbol and colour.

use super::draft::Draft;
use super::stamp::Stamp;
use super::table;
use crate::interchange::dates;
use crate::interchange::events::chronology::{Chronology, Group};
use crate::interchange::events::pace::Progress;
use crate::time::Date;

/// What the first cell of a header says.
const HEADER: &str = "Layer Name";

/// The columns, where there is no header.
const COLUMNS: [&str; 11] = [
    HEADER,
    "Event ID",
    "Event Name",
    "Event Notes",
    "Start Date",
    "Start Approximate",
    "End Date",
    "End Approximate",
    "Milestone",
    "Symbol",
    "Color",
];

pub(in crate::interchange::events) fn recognises(_: &str, head: &str) -> bool {
    head.trim_start_matches('\u{feff}').trim_start_matches('"').starts_with(HEADER)
}

pub(in crate::interchange::events) fn read(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    // A header is left out by who writes such a table by hand.
    let header = (!recognises("", text)).then(|| COLUMNS.iter().collect());
    table::each_row_under(header, text, progress, &mut chronology, |row, chronology| {
        let cells: Vec<String> = (0..11).map(|at| row.take_at(at).to_owned()).collect();
        let mut cells = cells.into_iter();
        let mut next = || cells.next().unwrap_or_default();
        let [layer, id, name, notes, start, about_start, end, about_end, milestone, symbol, color] =
            std::array::from_fn(|_| next());
        let mut draft = row.draft();
        draft.record.key = (!id.is_empty()).then_some(id);
        draft.title(&name);
        let notes = draft.plain(&notes);
        draft.note(&notes);
        draft.lane(&layer);
        if !layer.is_empty() && chronology.lanes.iter().all(|lane| lane.name != layer) {
            chronology.lanes.push(Group { name: layer, color: None, note: None });
        }
        put_date(&mut draft, (&start, is_yes(&about_start)), (&end, is_yes(&about_end)));
        if is_yes(&milestone) {
            draft.own("milestone", "yes");
        }
        for (text, kind) in [(symbol, "symbol"), (color, "colour of an event")] {
            if !text.is_empty() {
                chronology.leave_out(kind);
            }
        }
        row.keep_rest(&mut draft);
        draft.finish(chronology);
    });
    chronology
}

fn put_date(draft: &mut Draft, start: (&str, bool), end: (&str, bool)) {
    let given: Vec<&str> = [start.0, end.0].into_iter().filter(|text| !text.is_empty()).collect();
    draft.record.date_as_given = (!given.is_empty()).then(|| given.join(" – "));
    let read = |draft: &mut Draft, name: &str, (text, is_about): (&str, bool)| {
        let date = Stamp::read(text).map(|stamp| (stamp.text(), stamp.on_day().text())).or_else(|| {
            let text = dates::read(text)?.as_str().to_owned();
            Some((text.clone(), text))
        });
        match date {
            // A time cannot be approximate: then it is its day.
            Some((_, day)) if is_about => {
                Some(Date::parse(&format!("{day}~")).map_or(day, |date| date.as_str().to_owned()))
            }
            Some((text, _)) => Some(text),
            None => {
                if !text.is_empty() {
                    draft.unread_date(name, text);
                }
                None
            }
        }
    };
    match (read(draft, "start", start), read(draft, "end", end)) {
        (Some(from), Some(to)) => draft.span(&from, &to, "end"),
        (Some(from), None) => draft.event().date = Date::parse(&from).ok(),
        (None, Some(to)) => draft.own("end", &to),
        (None, None) => {}
    }
}

fn is_yes(text: &str) -> bool {
    matches!(text.trim().to_ascii_lowercase().as_str(), "yes" | "true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_may_be_left_out() {
        let rows =
            "Works,7,The weir is built,,1893,true,May 1894,no,,,\nWorks,,It is opened,,5 June 1894,,,,TRUE,,#00ff00\n";
        let header = COLUMNS.join(",");
        let read = |text: &str| {
            let records = read("", text, &|_| true).records.into_iter();
            let said = records.map(|record| (record.event, record.key, record.date_as_given));
            said.collect::<Vec<_>>()
        };
        let found = read(rows);
        assert_eq!(found, read(&format!("{header}\n{rows}")));
        let dates: Vec<&str> = found.iter().map(|(event, ..)| event.date_as_written()).collect();
        assert_eq!(dates, ["1893~/1894-05", "1894-06-05"]);
        assert_eq!(found[0].1.as_deref(), Some("7"));
    }
}
