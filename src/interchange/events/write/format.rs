//! The table of formats in which events leave.

use std::io::{self, Write};
use std::path::Path;

use super::lost::{Losses, Part};
use super::selection::Selection;
use super::{
    geojson, icalendar, json, markdown_table, markwhen, table, thetimelineproj, timelinejs, timesketch, workbook,
};

/// A format in which events leave.
pub struct Format {
    /// Its name on the command line.
    pub id: &'static str,
    /// The name people know it by.
    pub label: &'static str,
    /// The ending of its files, without the dot before it.
    pub extension: &'static str,
    /// What it is good for.
    pub purpose: &'static str,
    /// Whether its files are text.
    pub is_text: bool,
    /// Whether it can name who captured evidence.
    pub has_collectors: bool,
    /// What it has no place for. What only some events lose, its writer counts itself.
    pub drops: &'static [Part],
    /// What it leaves behind beyond that where only some events leave.
    pub drops_of_choice: &'static [Part],
    pub(super) write: fn(&Selection<'_>, &mut Losses, &mut dyn Write) -> io::Result<()>,
}

/// A reference to a format is its name: there is one of each.
impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Format {}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// What records other than events say, and no table of events alone holds.
const BESIDE_EVENTS: &[Part] =
    &[Part::Description, Part::Zone, Part::Checks, Part::LaneColors, Part::Eras, Part::Views, Part::SourceFields];

/// The same, where of lanes and sources there are ids alone.
const BESIDE_EVENT_OBJECTS: &[Part] =
    &[Part::Description, Part::Zone, Part::Checks, Part::LaneRecords, Part::Eras, Part::Views, Part::SourceRecords];

/// A view is of all events: of some it would show something else under its name.
const VIEWS: &[Part] = &[Part::Views];

/// Every format, in the order of menus.
pub const FORMATS: [Format; 12] = [
    Format {
        id: "csv",
        label: "CSV",
        extension: "csv",
        purpose: "A table for any program: events, and below them everything else in the timeline",
        is_text: true,
        has_collectors: true,
        drops: &[],
        drops_of_choice: BESIDE_EVENTS,
        write: table::csv,
    },
    Format {
        id: "tsv",
        label: "TSV",
        extension: "tsv",
        purpose: "As CSV, with tabs between the columns",
        is_text: true,
        has_collectors: true,
        drops: &[],
        drops_of_choice: BESIDE_EVENTS,
        write: table::tsv,
    },
    Format {
        id: "xlsx",
        label: "XLSX",
        extension: "xlsx",
        purpose: "A workbook for Excel and LibreOffice: events, sources, links, lanes and eras, a sheet each",
        is_text: false,
        has_collectors: true,
        drops: &[],
        drops_of_choice: VIEWS,
        write: workbook::xlsx,
    },
    Format {
        id: "json",
        label: "JSON",
        extension: "json",
        purpose: "Everything in the timeline, for programs (docs/annalist.schema.json)",
        is_text: true,
        has_collectors: true,
        drops: &[],
        drops_of_choice: VIEWS,
        write: json::document,
    },
    Format {
        id: "json-lines",
        label: "JSON lines",
        extension: "jsonl",
        purpose: "An event a line, then everything else, for programs that read line by line",
        is_text: true,
        has_collectors: true,
        drops: &[],
        drops_of_choice: BESIDE_EVENT_OBJECTS,
        write: json::lines,
    },
    Format {
        id: "icalendar",
        label: "iCalendar",
        extension: "ics",
        purpose: "Calendars; what is vaguer than a day is an all-day event over all that it can be",
        is_text: true,
        has_collectors: false,
        drops: &[
            Part::Zone,
            Part::Checks,
            Part::LaneColors,
            Part::Eras,
            Part::Views,
            Part::SourceFields,
            Part::Weights,
            Part::Quotes,
            Part::CitationDates,
            Part::LinkNotes,
            Part::Images,
            Part::Own,
        ],
        drops_of_choice: &[],
        write: icalendar::ics,
    },
    Format {
        id: "timelinejs",
        label: "TimelineJS",
        extension: "timelinejs.json",
        purpose: "A timeline on a web page",
        is_text: true,
        has_collectors: false,
        drops: &[
            Part::Zone,
            Part::Checks,
            Part::LaneColors,
            Part::Views,
            Part::SourceFields,
            Part::Weights,
            Part::Coordinates,
            Part::Grades,
            Part::Quotes,
            Part::CitationDates,
            Part::LinkNotes,
            Part::Images,
            Part::Own,
            Part::Recorded,
        ],
        drops_of_choice: &[],
        write: timelinejs::json,
    },
    Format {
        id: "thetimelineproj",
        label: "The Timeline Project",
        extension: "timeline",
        purpose: "The desktop program Timeline",
        is_text: true,
        has_collectors: false,
        drops: &[
            Part::Description,
            Part::Zone,
            Part::Checks,
            Part::LaneNotes,
            Part::Views,
            Part::SourceFields,
            Part::Weights,
            Part::Coordinates,
            Part::Quotes,
            Part::CitationDates,
            Part::LinkNotes,
            Part::Images,
            Part::Own,
            Part::Recorded,
        ],
        drops_of_choice: &[],
        write: thetimelineproj::xml,
    },
    Format {
        id: "markwhen",
        label: "Markwhen",
        extension: "mw",
        purpose: "A timeline as text, a section for each lane",
        is_text: true,
        has_collectors: false,
        drops: &[
            Part::Checks,
            Part::LaneColors,
            Part::Eras,
            Part::Views,
            Part::SourceFields,
            Part::Weights,
            Part::Coordinates,
            Part::Quotes,
            Part::CitationDates,
            Part::LinkNotes,
            Part::Images,
            Part::Own,
            Part::Recorded,
        ],
        drops_of_choice: &[],
        write: markwhen::text,
    },
    Format {
        id: "timesketch",
        label: "Timesketch",
        extension: "timesketch.jsonl",
        purpose: "Forensic timelines; a row for each known edge of a date",
        is_text: true,
        has_collectors: false,
        drops: &[
            Part::Description,
            Part::Zone,
            Part::Checks,
            Part::LaneColors,
            Part::Eras,
            Part::Views,
            Part::SourceFields,
            Part::Weights,
            Part::Coordinates,
            Part::Judgments,
            Part::Stances,
            Part::Grades,
            Part::Quotes,
            Part::CitationDates,
            Part::Links,
            Part::Images,
            Part::Own,
            Part::Recorded,
        ],
        drops_of_choice: &[],
        write: timesketch::jsonl,
    },
    Format {
        id: "geojson",
        label: "GeoJSON",
        extension: "geojson",
        purpose: "Maps: events that have coordinates, with times as Linked Places has them",
        is_text: true,
        has_collectors: false,
        drops: &[
            Part::Description,
            Part::Zone,
            Part::Checks,
            Part::LaneColors,
            Part::Eras,
            Part::Views,
            Part::SourceFields,
            Part::Weights,
            Part::Judgments,
            Part::Grades,
            Part::Quotes,
            Part::CitationDates,
            Part::Links,
            Part::Images,
            Part::Own,
            Part::Recorded,
        ],
        drops_of_choice: &[],
        write: geojson::geojson,
    },
    Format {
        id: "md-table",
        label: "Markdown table",
        extension: "table.md",
        purpose: "A table for a page or a repository",
        is_text: true,
        has_collectors: false,
        drops: &[
            Part::Description,
            Part::Zone,
            Part::Checks,
            Part::LaneColors,
            Part::Eras,
            Part::Views,
            Part::SourceFields,
            Part::Wordings,
            Part::Weights,
            Part::Actors,
            Part::Coordinates,
            Part::Tags,
            Part::Judgments,
            Part::Notes,
            Part::Stances,
            Part::Grades,
            Part::Quotes,
            Part::CitationDates,
            Part::Links,
            Part::Images,
            Part::Own,
            Part::Recorded,
        ],
        drops_of_choice: &[],
        write: markdown_table::table,
    },
];

impl Format {
    /// The format of this [`Format::id`].
    pub fn named(id: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id == id)
    }

    /// The format that a file's name tells: the one with the longest ending that it has, in any case.
    pub fn of_name(path: &Path) -> Option<&'static Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let has = |format: &&Self| {
            let stem = name.strip_suffix(format.extension).and_then(|stem| stem.strip_suffix('.'));
            stem.is_some_and(|stem| !stem.is_empty())
        };
        FORMATS.iter().filter(has).max_by_key(|format| format.extension.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_the_format_by_its_longest_ending() {
        for format in &FORMATS {
            let name = format!("a.b.{}", format.extension.to_uppercase());
            assert_eq!(Format::of_name(Path::new(&name)), Some(format));
            assert_eq!(Format::named(format.id), Some(format));
        }
        for name in ["a.md", "a.ron", "csv", ".csv", "a", ""] {
            assert_eq!(Format::of_name(Path::new(name)), None, "{name}");
        }
    }
}
