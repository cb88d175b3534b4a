//! How fine the dates of a sheet are shown: the formats of its cells, which stand beside the values in the file.
//!
//! XLSX is Office Open XML (ECMA-376 part 1, 18.8.30), ODS is OpenDocument 1.3 (part 3, 16.29). Other formats are not taken apart.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use roxmltree::{Document, Node};
use zip::ZipArchive;

/// Bytes of a part of a workbook, at most: a text that is packed small may be endless.
const LARGEST_PART: u64 = 256 * 1024 * 1024;

/// Bytes of a part that is read as a tree, at most: a tree takes ten times as many.
const LARGEST_TREE: usize = 48 * 1024 * 1024;

/// How fine a cell shows its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fineness {
    Year,
    Month,
    Day,
    Minute,
    Second,
    /// A time of day without its day.
    Time,
    /// No date.
    Number,
}

/// The parts of a date that a format shows.
struct Shows {
    year: bool,
    month: bool,
    day: bool,
    time: bool,
    second: bool,
}

impl Shows {
    /// How fine these parts are together; none where they are no parts of a date.
    const fn fineness(&self) -> Option<Fineness> {
        let Self { year, month, day, time, second } = *self;
        Some(match (year, month, day, time) {
            (false, false, false, false) => return None,
            (false, false, false, true) => Fineness::Time,
            (_, _, true, true) if second => Fineness::Second,
            (_, _, true, true) => Fineness::Minute,
            (_, _, true, false) => Fineness::Day,
            // A time behind a month or a year is of a day that is not shown.
            (_, true, false, _) => Fineness::Month,
            (true, false, false, _) => Fineness::Year,
        })
    }
}

/// What is said where nothing is known of formats.
pub const NOT_READ: &str = "the number formats of this kind of workbook are not read";

/// How fine the cells of a sheet show their dates, by row and column from 0.
#[derive(Debug, Default)]
pub struct Shown {
    cells: HashMap<(u32, u32), Fineness>,
}

impl Shown {
    /// How fine a cell is shown, where its format says it.
    pub fn of(&self, row: u32, column: u32) -> Option<Fineness> {
        self.cells.get(&(row, column)).copied()
    }

    /// Reads the formats of a sheet of an OpenDocument workbook.
    ///
    /// # Errors
    /// Why they cannot be read, as the beginning of a sentence.
    pub fn read(bytes: &[u8], sheet: &str) -> Result<Self, String> {
        let mut parts = Parts::open(bytes).filter(|parts| parts.has("content.xml")).ok_or(NOT_READ)?;
        of_open_document(&mut parts, sheet)
    }
}

/// The files in a workbook.
struct Parts<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Parts<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        ZipArchive::new(Cursor::new(bytes)).ok().map(Self)
    }

    fn has(&self, name: &str) -> bool {
        self.0.index_for_name(name).is_some()
    }

    fn text(&mut self, name: &str) -> Result<String, String> {
        let unreadable = || format!("\"{name}\" in the workbook cannot be read");
        let mut text = String::new();
        let part = self.0.by_name(name).map_err(|_| unreadable())?;
        part.take(LARGEST_PART).read_to_string(&mut text).map_err(|_| unreadable())?;
        Ok(text)
    }

    /// The text of a part that is read as a tree.
    fn tree_text(&mut self, name: &str) -> Result<String, String> {
        let text = self.text(name)?;
        if text.len() > LARGEST_TREE {
            return Err("the workbook is too large for its number formats to be read".to_owned());
        }
        Ok(text)
    }
}

fn document(text: &str) -> Result<Document<'_>, String> {
    Document::parse(text).map_err(|error| format!("the number formats cannot be read ({error})"))
}

fn children<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.tag_name().name() == name)
}

/// An attribute by its name, whatever its namespace.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// How fine each style of the cells of an Excel workbook shows a date, in the order in which cells name them.
///
/// # Errors
/// Why that cannot be read, as the beginning of a sentence.
pub fn styles(bytes: &[u8]) -> Result<Vec<Option<Fineness>>, String> {
    let mut parts = Parts::open(bytes).ok_or(NOT_READ)?;
    let text = parts.tree_text("xl/styles.xml")?;
    Ok(finenesses(&document(&text)?))
}

/// How fine each style of cells shows a date, in the order in which cells name them.
fn finenesses(styles: &Document<'_>) -> Vec<Option<Fineness>> {
    let mut codes: HashMap<u32, &str> = HashMap::new();
    for format in styles.descendants().filter(|node| node.tag_name().name() == "numFmt") {
        let id = format.attribute("numFmtId").and_then(|id| id.parse().ok());
        if let (Some(id), Some(code)) = (id, format.attribute("formatCode")) {
            codes.insert(id, code);
        }
    }
    let formats = styles.descendants().find(|node| node.tag_name().name() == "cellXfs");
    let of = |format: Node<'_, '_>| {
        let id = format.attribute("numFmtId")?.parse().ok()?;
        codes.get(&id).map_or_else(|| built_in(id), |code| of_code(code))
    };
    formats.into_iter().flat_map(|formats| children(formats, "xf")).map(of).collect()
}

/// The formats that have no code in the file.
const fn built_in(id: u32) -> Option<Fineness> {
    match id {
        14..=16 | 27..=31 | 34..=36 | 50..=54 | 57 | 58 => Some(Fineness::Day),
        17 | 55 | 56 => Some(Fineness::Month),
        18 | 20 | 32 => Some(Fineness::Time),
        19 | 21 | 33 | 45..=47 => Some(Fineness::Time),
        22 => Some(Fineness::Minute),
        _ => None,
    }
}

/// How fine a format shows a date; none where it is one of numbers.
pub fn of_code(code: &str) -> Option<Fineness> {
    // What stands in quotation marks, behind a backslash or in brackets is no code; only what is shown of positive numbers counts.
    let mut bare = String::new();
    let mut signs = code.chars();
    while let Some(c) = signs.next() {
        match c {
            '"' => drop(signs.by_ref().find(|c| *c == '"')),
            '\\' | '_' | '*' => drop(signs.next()),
            '[' => {
                let inner: String = signs.by_ref().take_while(|c| *c != ']').collect();
                // [h] counts hours beyond a day: that is no time of day.
                if !inner.is_empty() && inner.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S')) {
                    return Some(Fineness::Number);
                }
            }
            ';' => break,
            c => bare.extend(c.to_lowercase()),
        }
    }
    let bare = bare.replace("am/pm", "h").replace("a/p", "h").replace("general", "");
    let letters: Vec<char> = bare.chars().filter(|c| matches!(c, 'y' | 'm' | 'd' | 'h' | 's' | 'e')).collect();
    let has = |letter| letters.contains(&letter);
    if bare.contains(['0', '#']) && !has('s') && !has('y') && !has('d') || letters.is_empty() {
        return None;
    }
    // An m is one of minutes behind hours and before seconds.
    let mut has_month = false;
    for (at, letter) in letters.iter().enumerate().filter(|(_, letter)| **letter == 'm') {
        let before = letters.get(..at).and_then(|letters| letters.iter().rev().find(|other| *other != letter));
        let after = letters.get(at..).and_then(|letters| letters.iter().find(|other| *other != letter));
        has_month |= before != Some(&'h') && after != Some(&'s');
    }
    let shows = Shows {
        year: has('y') || has('e'),
        month: has_month,
        day: has('d'),
        time: has('h') || has('s'),
        second: has('s'),
    };
    shows.fineness()
}

fn of_open_document(parts: &mut Parts<'_>, sheet: &str) -> Result<Shown, String> {
    let content_text = parts.tree_text("content.xml")?;
    let content = document(&content_text)?;
    let styles_text = parts.tree_text("styles.xml").unwrap_or_default();
    let styles = Document::parse(&styles_text).ok();
    // Date styles by name, then the styles of cells that use them.
    let mut dates: HashMap<&str, Fineness> = HashMap::new();
    let mut cells: HashMap<&str, Fineness> = HashMap::new();
    let nodes = || content.descendants().chain(styles.iter().flat_map(Document::descendants));
    for node in nodes().filter(|node| matches!(node.tag_name().name(), "date-style" | "time-style")) {
        if let Some(name) = attribute(node, "name") {
            dates.insert(name, of_date_style(node));
        }
    }
    for node in nodes().filter(|node| node.tag_name().name() == "style") {
        let fineness = attribute(node, "data-style-name").and_then(|name| dates.get(name));
        if let (Some(name), Some(fineness)) = (attribute(node, "name"), fineness) {
            cells.insert(name, *fineness);
        }
    }
    let is_it = |node: &Node<'_, '_>| node.tag_name().name() == "table" && attribute(*node, "name") == Some(sheet);
    let table = content.descendants().find(is_it).ok_or("the workbook does not say where its sheet is")?;
    Ok(Shown { cells: cells_of_table(table, &cells) })
}

fn repeated(node: Node<'_, '_>, name: &str) -> u32 {
    attribute(node, name).and_then(|number| number.parse().ok()).unwrap_or(1)
}

fn cells_of_table(table: Node<'_, '_>, styles: &HashMap<&str, Fineness>) -> HashMap<(u32, u32), Fineness> {
    /// Rows that one element stands for, at most: the empty rest of a sheet is one of a million.
    const MOST_REPEATED: u32 = 4096;
    let mut columns: Vec<Option<Fineness>> = Vec::new();
    for column in table.descendants().filter(|node| node.tag_name().name() == "table-column") {
        let style = attribute(column, "default-cell-style-name").and_then(|name| styles.get(name)).copied();
        for _ in 0..repeated(column, "number-columns-repeated").min(MOST_REPEATED) {
            columns.push(style);
        }
    }
    let mut found = HashMap::new();
    let mut row_number = 0_u32;
    for row in table.descendants().filter(|node| node.tag_name().name() == "table-row") {
        let rows = repeated(row, "number-rows-repeated");
        let row_style = attribute(row, "default-cell-style-name").and_then(|name| styles.get(name)).copied();
        let mut column_number = 0_u32;
        for cell in row.children().filter(|node| matches!(node.tag_name().name(), "table-cell" | "covered-table-cell"))
        {
            let width = repeated(cell, "number-columns-repeated");
            if matches!(attribute(cell, "value-type"), Some("date" | "time")) {
                let own = attribute(cell, "style-name").and_then(|name| styles.get(name)).copied();
                for column in column_number..column_number.saturating_add(width.min(MOST_REPEATED)) {
                    let by_column = || columns.get(column as usize).copied().flatten();
                    if let Some(fineness) = own.or(row_style).or_else(by_column) {
                        for row in row_number..row_number.saturating_add(rows.min(MOST_REPEATED)) {
                            found.insert((row, column), fineness);
                        }
                    }
                }
            }
            column_number = column_number.saturating_add(width);
        }
        row_number = row_number.saturating_add(rows);
    }
    found
}

fn of_date_style(style: Node<'_, '_>) -> Fineness {
    let has = |name| style.children().any(|child| child.tag_name().name() == name);
    let shows = Shows {
        year: has("year"),
        month: has("month"),
        day: has("day") || has("day-of-week"),
        time: has("hours") || has("minutes"),
        second: has("seconds"),
    };
    shows.fineness().unwrap_or(Fineness::Day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_shows_a_year_a_month_a_day_or_a_time() {
        for (code, expected) in [
            ("yyyy\\-mm\\-dd", Some(Fineness::Day)),
            ("mmm-yy", Some(Fineness::Month)),
            ("[$-409]mmmm\\ yyyy;@", Some(Fineness::Month)),
            ("yyyy", Some(Fineness::Year)),
            ("d. mmm", Some(Fineness::Day)),
            ("dd/mm/yyyy hh:mm", Some(Fineness::Minute)),
            ("m/d/yyyy h:mm:ss AM/PM", Some(Fineness::Second)),
            ("h:mm", Some(Fineness::Time)),
            ("mmmm yyyy, h:mm", Some(Fineness::Month)),
            ("mm:ss", Some(Fineness::Time)),
            ("[h]:mm:ss", Some(Fineness::Number)),
            ("General", None),
            ("0.00", None),
            ("#,##0 \"days\"", None),
            ("\"Q\"0", None),
        ] {
            assert_eq!(of_code(code), expected, "{code}");
        }
    }
}
