//! TimelineJS in the columns of a spreadsheet.

use super::super::table::{self, Row};
use super::slide::{Media, Parts, Slide};
use crate::interchange::events::chronology::Chronology;
use crate::interchange::events::pace::Progress;

/// Columns that only say how a slide looks.
const LEFT_OUT: [(&str, &str); 5] = [
    ("Background", "background"),
    ("Media Thumbnail", "thumbnail"),
    ("Alt Text", "alternative text of media"),
    ("Background Color", "background"),
    ("Type Color", "background"),
];

pub(in crate::interchange::events) fn recognises(_: &str, head: &str) -> bool {
    table::has_header(head, &["Year", "Month", "Day", "Headline"])
        || table::has_header(head, &["Start Date", "End Date", "Headline", "Media"])
}

pub(in crate::interchange::events) fn read(_: &str, text: &str, progress: Progress<'_>) -> Chronology {
    let mut chronology = Chronology::default();
    table::each_row(text, progress, &mut chronology, |row, chronology| {
        let kind = row.take("Type").to_ascii_lowercase();
        let slide = slide(row, chronology);
        match kind.as_str() {
            // Version 1 calls the title the start of its pages.
            "title" | "start" => slide.put_title(chronology),
            "era" => slide.put_era(chronology),
            _ => slide.put(chronology),
        }
    });
    chronology
}

fn slide(row: &mut Row<'_>, chronology: &mut Chronology) -> Slide {
    let mut text = |name: &str| row.take(name).to_owned();
    let mut slide = Slide {
        start: Parts {
            year: text("Year"),
            month: text("Month"),
            day: text("Day"),
            time: text("Time"),
            display: String::new(),
        },
        end: Parts {
            year: text("End Year"),
            month: text("End Month"),
            day: text("End Day"),
            time: text("End Time"),
            display: String::new(),
        },
        display: text("Display Date"),
        headline: text("Headline"),
        text: text("Text"),
        media: Media {
            url: text("Media"),
            caption: text("Media Caption"),
            credit: text("Media Credit"),
            link: text("Media Link"),
        },
        group: text("Group"),
        key: text("Unique ID"),
        ..Slide::default()
    };
    // Version 1 has each date in one column, and calls a group a tag.
    for (name, parts) in [("Start Date", &mut slide.start), ("End Date", &mut slide.end)] {
        let whole = text(name);
        if parts.is_empty() && !whole.is_empty() {
            *parts = of_one_text(&whole);
        }
    }
    if slide.group.is_empty() {
        slide.group = text("Tag");
    }
    for (name, kind) in LEFT_OUT {
        if !text(name).is_empty() {
            chronology.leave_out(kind);
        }
    }
    slide.rest = row.rest().map(|(name, text)| (name, text.to_owned())).collect();
    slide.line = row.line;
    slide.locator = format!("row {}", row.number);
    slide
}

/// `M/D/YYYY`, `M/YYYY` or `YYYY`, with a time behind a blank: the documentation of version 1 has the month first.
fn of_one_text(text: &str) -> Parts {
    let (day, time) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let parts: Vec<&str> = day.split('/').collect();
    let (year, month, day) = match parts.as_slice() {
        [month, day, year] => (*year, *month, *day),
        [month, year] => (*year, *month, ""),
        [iso] if iso.matches('-').count() == 2 && !iso.starts_with('-') => {
            let mut parts = iso.split('-');
            (parts.next().unwrap_or_default(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
        }
        _ => (day, "", ""),
    };
    Parts {
        year: year.to_owned(),
        month: month.to_owned(),
        day: day.to_owned(),
        time: time.trim().to_owned(),
        display: String::new(),
    }
}
