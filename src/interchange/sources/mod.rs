//! Sources of other programs: bibliographies in their formats, and references pasted one by one.
//!
//! A source that is written and read again is the same source, collectors of captures left out ([`labelled`] says how).
//!
//! | module | owns |
//! |---|---|
//! | `kinds` | the sorts of things in other formats |
//! | [`labelled`] | what a format has no field for, as lines of its note |
//! | `entry` | an entry on its way to becoming a source |
//! | `csl`, `bibtex`, `ris` | one format each |
//! | [`mod@reference`] | one pasted reference |
//! | `identity` | when an imported source is one that is there |
//! | `merge` | imported sources into a timeline, as an edit |

mod kinds;

pub mod labelled;

mod entry;

mod bibtex;
mod csl;
mod ris;

pub mod reference;

mod identity;
mod merge;

#[cfg(test)]
pub(super) mod random;

pub use identity::is_told_apart;
pub use merge::{Matched, Merged, merge};

use std::collections::HashSet;
use std::path::Path;

use super::{Problem, encoding};
use crate::model::{Source, Text};

/// A format in which other programs keep sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// BibTeX and BibLaTeX, read alike and written as BibLaTeX.
    Bibtex,
    /// CSL-JSON, as Zotero, pandoc and citeproc have it.
    CslJson,
    /// RIS, as reference managers and databases give it; only read.
    Ris,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 3] = [Self::Bibtex, Self::CslJson, Self::Ris];

    /// The name people know it by.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Bibtex => "BibTeX",
            Self::CslJson => "CSL-JSON",
            Self::Ris => "RIS",
        }
    }

    /// Its name on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Bibtex => "bibtex",
            Self::CslJson => "csl-json",
            Self::Ris => "ris",
        }
    }

    /// Whether sources can be written in it.
    pub const fn is_written(self) -> bool {
        !matches!(self, Self::Ris)
    }

    /// The ending a file of this format has, without the dot before it.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Bibtex => "bib",
            Self::CslJson => "csl.json",
            Self::Ris => "ris",
        }
    }

    /// The format that a file's name tells. `.json` alone does not: it may be anything.
    pub fn of_name(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let endings: [(&str, Self); 6] = [
            (".bib", Self::Bibtex),
            (".bibtex", Self::Bibtex),
            (".biblatex", Self::Bibtex),
            (".csl.json", Self::CslJson),
            (".csljson", Self::CslJson),
            (".ris", Self::Ris),
        ];
        endings.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, format)| *format)
    }

    /// The format that a file seems to be in, by what it begins with, in whatever encoding.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        Self::of_text(&encoding::decoded(bytes, &mut Vec::new()))
    }

    /// The format that a text seems to be in, by what it begins with.
    pub fn of_text(text: &str) -> Option<Self> {
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let is_tagged = || ris::begins_a_record(text);
        match text.chars().next()? {
            '[' | '{' => Some(Self::CslJson),
            '@' | '%' => Some(Self::Bibtex),
            _ if is_tagged() => Some(Self::Ris),
            _ => None,
        }
    }
}

/// What an import gives.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Imported {
    /// The sources, each with an id of its own, in the order of the file.
    pub sources: Vec<Source>,
    /// The ids of those that came without a key, made from title and date.
    pub supplied_ids: HashSet<Text>,
    /// What could not be taken, or not as it stood, in the order of the file.
    pub problems: Vec<Problem>,
}

/// Reads the sources in a file of another program. Never fails: an entry that cannot be read is told, the others come.
pub fn import(bytes: &[u8], format: Format) -> Imported {
    let mut problems = Vec::new();
    let text = encoding::decoded(bytes, &mut problems);
    let mut sources = match format {
        Format::Bibtex => bibtex::read(&text, &mut problems),
        Format::CslJson => csl::read(&text, &mut problems),
        Format::Ris => ris::read(&text, &mut problems),
    };
    let supplied_ids = entry::give_ids(&mut sources, &mut problems);
    problems.sort_by_key(|problem| problem.line);
    Imported { sources: sources.into_iter().map(|(source, _)| source).collect(), supplied_ids, problems }
}

/// Writes sources for another program; none where the format is only read. Collectors of captures are left out.
pub fn export<'s>(sources: impl IntoIterator<Item = &'s Source>, format: Format) -> Option<Vec<u8>> {
    let text = match format {
        Format::Bibtex => bibtex::write(sources),
        Format::CslJson => csl::write(sources),
        Format::Ris => return None,
    };
    Some(text.into_bytes())
}
