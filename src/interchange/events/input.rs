//! What a reader is given: bytes with a name, their beginning to tell the format by, and what was settled about them.

use super::mapping::Mapping;
use super::question::Answers;

/// A file of another program.
#[derive(Debug, Clone, Copy, Default)]
pub struct Input<'a> {
    /// Its name, without folders; of a folder, that.
    pub name: &'a str,
    /// Its bytes; none for a folder.
    pub bytes: &'a [u8],
    /// The files of a folder, by name, in order.
    pub parts: &'a [(String, Vec<u8>)],
}

impl<'a> Input<'a> {
    /// A file.
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes, parts: &[] }
    }
}

/// The beginning of a file, from which its format is told.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
    /// Its name in small letters.
    pub name: &'a str,
    /// Its first bytes.
    pub bytes: &'a [u8],
    /// Its first bytes as text, in whatever encoding.
    pub text: &'a str,
    /// The names of the files in it, where it is a folder.
    pub parts: &'a [(String, Vec<u8>)],
}

impl Sample<'_> {
    /// The first line that is not empty.
    pub fn first_line(&self) -> &str {
        self.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default()
    }
}

/// What was settled about a file before it is read.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// What was answered.
    pub answers: &'a Answers,
    /// What the columns of a table become; proposed where not given.
    pub mapping: Option<&'a Mapping>,
    /// Is told how far the reading has come, from 0 to 1, and says whether it is still wanted.
    pub progress: &'a dyn Fn(f64) -> bool,
}

impl Asked<'_> {
    /// Nothing was settled, and nobody waits.
    pub const NOTHING: Asked<'static> = Asked {
        answers: &Answers {
            order: None,
            short_years: None,
            zone: None,
            ranges: None,
            padded: Vec::new(),
            padded_where_wording_has_no_day: false,
            serials: None,
            mend: None,
        },
        mapping: None,
        progress: &|_| true,
    };
}
