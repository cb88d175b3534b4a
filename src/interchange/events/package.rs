//! The package of a workbook (ZIP), measured before a library unpacks it: what is packed small may be endless.
//!
//! A part says how large it is and need not tell the truth, so that each is unpacked once and let go. Sheets are read cell by cell
//! afterwards, and may be as large as they like as long as no cell is; all other parts are held whole.

use std::io::{Cursor, Read as _};

use calamine::Dimensions;
use memchr::memrchr;
use zip::ZipArchive;

use super::pace::Progress;

/// Bytes that the parts which are held whole may have, together.
const LARGEST_HELD: u64 = 512 * 1024 * 1024;

/// Bytes that a sheet may have that is read cell by cell: a million rows of fifty columns have half as many.
const LARGEST_SHEET: u64 = 4 * 1024 * 1024 * 1024;

/// Bytes between two signs of markup in a part of XML. A cell has 32,767 letters at most.
const LONGEST_TEXT: usize = 16 * 1024 * 1024;

/// How many times as large as its bytes what they unpack to can be (RFC 1951).
const LARGEST_RATIO: u64 = 1032;

/// Bytes that are unpacked at once.
const AT_ONCE: usize = 64 * 1024;

/// Why the package of a workbook is not to be unpacked, in words; none where it may be, where it is no package, and where nobody waits
/// any more.
pub fn refusal(bytes: &[u8], progress: Progress<'_>) -> Option<String> {
    if (bytes.len() as u64).saturating_mul(LARGEST_RATIO) <= LARGEST_HELD {
        return None;
    }
    let mut package = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut held = 0;
    let mut chunk = vec![0; AT_ONCE];
    for at in 0..package.len() {
        // What cannot be unpacked here cannot be there.
        let Ok(mut part) = package.by_index(at) else { continue };
        let name = part.name().unwrap_or_default().into_owned();
        let is_xml = name.ends_with(".xml");
        let (mut unpacked, mut since_markup) = (0, 0);
        while let Ok(read @ 1..) = part.read(&mut chunk) {
            if !progress(0.0) {
                return None;
            }
            unpacked += read as u64;
            let found = memrchr(b'<', chunk.get(..read).unwrap_or_default());
            since_markup = found.map_or(since_markup + read, |at| read - at);
            if is_xml && since_markup > LONGEST_TEXT {
                let most = LONGEST_TEXT / 1_048_576;
                return Some(format!("a single text in it (\"{name}\") has more than {most} MB"));
            }
            let is_over = if is_sheet(&name) { unpacked > LARGEST_SHEET } else { held + unpacked > LARGEST_HELD };
            if is_over {
                return Some(too_large(&name));
            }
        }
        held += if is_sheet(&name) { 0 } else { unpacked };
    }
    None
}

fn too_large(name: &str) -> String {
    let most = if is_sheet(name) { LARGEST_SHEET } else { LARGEST_HELD } / 1_048_576;
    format!(
        "it unpacks to more than {most} MB (\"{name}\"); save the sheet as CSV, which may be of any size, and import that"
    )
}

/// Whether a part is a sheet of an Excel workbook, by the name that every program gives it.
fn is_sheet(name: &str) -> bool {
    name.rsplit_once('/').is_some_and(|(folder, name)| folder.ends_with("worksheets") && name.starts_with("sheet"))
}

/// Cells between two tellings of how far a sheet has come.
const CELLS_TOLD: usize = 8192;

/// How far the rows of a sheet have come, told now and then.
pub struct Telling<'p> {
    progress: Progress<'p>,
    rows: u32,
    /// Cells so far.
    cells: usize,
}

impl<'p> Telling<'p> {
    /// Of a sheet that says how large it is.
    pub fn new(progress: Progress<'p>, dimensions: Dimensions) -> Self {
        Self { progress, rows: dimensions.end.0.max(1), cells: 0 }
    }

    /// Whether a cell of this row is still wanted.
    pub fn goes_on(&mut self, row: u32) -> bool {
        self.cells += 1;
        !self.cells.is_multiple_of(CELLS_TOLD) || (self.progress)((f64::from(row) / f64::from(self.rows)).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A package with parts that each repeat a text so many times.
    fn package(parts: &[(&str, &str, usize)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text, times) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            let many = text.repeat(1024);
            (0..times / 1024).for_each(|_| writer.write_all(many.as_bytes()).unwrap());
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_packed_small_and_endless_is_refused_before_it_is_held() {
        let item = "<si><t>an item</t></si>";
        let strings = |times| package(&[("xl/sharedStrings.xml", item, times)]);
        let large = strings(LARGEST_HELD as usize / item.len() + 1024);
        assert!(large.len() < 4 << 20, "{}", large.len());
        assert!(refusal(&large, &|_| true).unwrap().contains("512 MB (\"xl/sharedStrings.xml\")"));
        assert_eq!(refusal(&large, &|_| false), None);
        assert_eq!(refusal(&strings(LARGEST_HELD as usize / item.len() / 2), &|_| true), None);
        // A sheet is read cell by cell, and may have as many bytes.
        let cells = LARGEST_HELD as usize / item.len() + 1024;
        assert_eq!(refusal(&package(&[("xl/worksheets/sheet1.xml", item, cells)]), &|_| true), None);
        // But no cell may.
        let text = package(&[("xl/worksheets/sheet1.xml", "x", LARGEST_HELD as usize)]);
        assert!(refusal(&text, &|_| true).is_some_and(|told| told.contains("single text")));
        assert_eq!(refusal(b"no package", &|_| true), None);
    }
}
