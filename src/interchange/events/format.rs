//! The formats of chronologies: one row of [`FORMATS`] for each that can be read.

use std::path::Path;

use super::chronology::Chronology;
use super::input::{Asked, Input, Sample};
use super::opened::Opened;
use super::profiles::{
    self, aeon, chronos, forensic, front_matter, gedcom, icalendar, markwhen, preceden, thetimelineproj, timelinejs,
};
use super::question::Question;
use super::tables::{self, Table};
use crate::interchange::encoding;

/// A format in which other programs keep events.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub id: &'static str,
    /// The name people know it by.
    pub label: &'static str,
    /// What the names of its files end in, with the dot; none where only the content tells it.
    pub endings: &'static [&'static str],
    /// Whether a file is of this format, by what it begins with. A row above another is asked first.
    is_it: fn(&Sample<'_>) -> bool,
    reader: Reader,
}

/// How a format is read.
#[derive(Debug)]
enum Reader {
    /// As a table, whose rows become records by a mapping.
    Table(for<'b> fn(&Input<'b>, &Asked<'_>) -> (Table<'b>, Vec<Question>)),
    /// Into a chronology at once.
    Whole(fn(&Input<'_>, &Asked<'_>) -> Chronology),
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// The share of reading a table that is over when it is open.
const LOOKED_THROUGH: f64 = 0.3;

/// The share of opening a table that is over when it is read; then its dates are settled.
const READ: f64 = 0.5;

/// Bytes at the beginning of a file that tell its format.
const SAMPLE: usize = 64 * 1024;

/// Every format, the most particular first: a calendar of another program before the table that it may also be.
pub static FORMATS: &[Format] = &[
    Format {
        id: "folder",
        label: "folder of notes",
        endings: &[],
        is_it: |sample| profiles::is_folder(sample.parts),
        reader: Reader::Whole(|input, asked| profiles::read_folder(input, asked.progress)),
    },
    Format {
        id: "gedcom",
        label: "GEDCOM",
        endings: &[".ged"],
        is_it: |sample| gedcom::recognises(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, gedcom::read)),
    },
    Format {
        id: "icalendar",
        label: "iCalendar",
        endings: &[".ics", ".ical"],
        is_it: |sample| icalendar::recognises(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, icalendar::read)),
    },
    Format {
        id: "thetimelineproj",
        label: "The Timeline Project",
        endings: &[".timeline"],
        is_it: |sample| thetimelineproj::recognises(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, thetimelineproj::read)),
    },
    Format {
        id: "markwhen",
        label: "Markwhen",
        endings: &[".mw", ".markwhen"],
        is_it: |sample| markwhen::recognises(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, markwhen::read)),
    },
    Format {
        id: "timelinejs",
        label: "TimelineJS (JSON)",
        endings: &[],
        is_it: |sample| timelinejs::recognises_json(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, timelinejs::read_json)),
    },
    Format {
        id: "timelinejs-csv",
        label: "TimelineJS (CSV)",
        endings: &[],
        is_it: |sample| timelinejs::recognises_csv(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, timelinejs::read_csv)),
    },
    Format {
        id: "plaso",
        label: "Plaso (CSV)",
        endings: &[],
        is_it: |sample| forensic::recognises_dynamic(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, forensic::read_dynamic)),
    },
    Format {
        id: "l2tcsv",
        label: "Plaso (l2tcsv)",
        endings: &[],
        is_it: |sample| forensic::recognises_l2t(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, forensic::read_l2t)),
    },
    Format {
        id: "plaso-jsonl",
        label: "Plaso (JSON lines)",
        endings: &[],
        is_it: |sample| forensic::recognises_plaso_json_lines(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, forensic::read_plaso_json_lines)),
    },
    Format {
        id: "timesketch",
        label: "Timesketch (CSV)",
        endings: &[],
        is_it: |sample| forensic::recognises_timesketch_csv(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, forensic::read_timesketch_csv)),
    },
    Format {
        id: "timesketch-jsonl",
        label: "Timesketch (JSON lines)",
        endings: &[],
        is_it: |sample| forensic::recognises_timesketch_json_lines(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| {
            profiles::read(input, asked.progress, forensic::read_timesketch_json_lines)
        }),
    },
    Format {
        id: "iris",
        label: "DFIR-IRIS (CSV)",
        endings: &[],
        is_it: |sample| forensic::recognises_iris(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, forensic::read_iris)),
    },
    Format {
        id: "aeon",
        label: "Aeon Timeline (CSV)",
        endings: &[],
        is_it: |sample| aeon::recognises(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, aeon::read)),
    },
    Format {
        id: "preceden",
        label: "Preceden (CSV)",
        endings: &[],
        is_it: |sample| preceden::recognises(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, preceden::read)),
    },
    Format {
        id: "chronos",
        label: "Obsidian Chronos",
        endings: &[".chronos"],
        is_it: |sample| chronos::recognises(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, chronos::read)),
    },
    Format {
        id: "front-matter",
        label: "Markdown with front matter",
        endings: &[".md", ".markdown"],
        is_it: |sample| front_matter::recognises_markdown(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, front_matter::read_markdown)),
    },
    Format {
        id: "event-json",
        label: "one event as JSON",
        endings: &[],
        is_it: |sample| front_matter::recognises_json(sample.name, sample.text),
        reader: Reader::Whole(|input, asked| profiles::read(input, asked.progress, front_matter::read_json)),
    },
    Format {
        id: "xlsx",
        label: "Excel workbook",
        endings: &[".xlsx", ".xlsm", ".xlsb", ".xls"],
        is_it: tables::is_excel,
        reader: Reader::Table(tables::read_workbook),
    },
    Format {
        id: "ods",
        label: "OpenDocument spreadsheet",
        endings: &[".ods"],
        is_it: tables::is_ods,
        reader: Reader::Table(tables::read_workbook),
    },
    Format {
        id: "jsonl",
        label: "JSON lines",
        endings: &[".jsonl", ".ndjson"],
        is_it: tables::is_json_lines,
        reader: Reader::Table(tables::read_json_lines),
    },
    Format {
        id: "json",
        label: "JSON",
        endings: &[".json"],
        is_it: tables::is_json,
        reader: Reader::Table(tables::read_json),
    },
    Format {
        id: "csv",
        label: "CSV",
        endings: &[".csv", ".tsv", ".tab"],
        is_it: tables::is_delimited,
        reader: Reader::Table(tables::read_delimited),
    },
];

/// Whether a file of a folder may be a note of one event, by its name.
pub fn is_note(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".md", ".markdown", ".json"].iter().any(|ending| name.ends_with(ending))
}

impl Format {
    /// The format of this name on the command line.
    pub fn named(id: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id == id)
    }

    /// The format that the ending of a name tells, where it tells one of events and of nothing else.
    pub fn of_name(path: &Path) -> Option<&'static Self> {
        const SHARED: [&str; 4] = [".json", ".txt", ".md", ".xml"];
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let has = |ending: &&&str| !SHARED.contains(*ending) && name.ends_with(**ending);
        FORMATS.iter().find(|format| format.endings.iter().any(|ending| has(&ending)))
    }

    /// The format that a file seems to be in: the first whose beginning it has, else the first whose ending it has.
    pub fn of(input: &Input<'_>) -> Option<&'static Self> {
        let name = input.name.to_ascii_lowercase();
        // A timeline of our own is opened and not imported.
        if name.ends_with(".ron") {
            return None;
        }
        let bytes = input.bytes.get(..SAMPLE).unwrap_or(input.bytes);
        let text = encoding::decoded(bytes, &mut Vec::new());
        let sample = Sample { name: &name, bytes, text: &text, parts: input.parts };
        // By what stands in it before its name: many formats share an ending, and files are renamed.
        let by_ending = || FORMATS.iter().find(|format| format.endings.iter().any(|ending| name.ends_with(ending)));
        FORMATS.iter().find(|format| (format.is_it)(&sample)).or_else(by_ending)
    }

    /// Reads a file. Never fails: what cannot be read is told, and what cannot be known is asked.
    pub fn read(&self, input: &Input<'_>, asked: &Asked<'_>) -> Chronology {
        // A table is looked through before its records are made, for about half as long.
        let (first, then) = match self.reader {
            Reader::Table(_) => (LOOKED_THROUGH, 1.0 - LOOKED_THROUGH),
            Reader::Whole(_) => (1.0, 0.0),
        };
        let opening = |share: f64| (asked.progress)(share * first);
        self.open(input, &Asked { progress: &opening, ..*asked }).whole(&|share| (asked.progress)(first + share * then))
    }

    /// Opens a file, whose records are still to be made where they can be made one after the other.
    pub fn open<'b>(&self, input: &Input<'b>, asked: &Asked<'_>) -> Opened<'b> {
        match self.reader {
            Reader::Table(read) => {
                let reading = |share: f64| (asked.progress)(share * READ);
                let (table, questions) = read(input, &Asked { progress: &reading, ..*asked });
                let settling = |share: f64| (asked.progress)(READ + share * (1.0 - READ));
                let (chronology, rows) = tables::open(table, questions, &Asked { progress: &settling, ..*asked });
                Opened::table(chronology, rows)
            }
            Reader::Whole(read) => read(input, asked).into(),
        }
    }
}
