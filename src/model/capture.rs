//! A capture: a copy of what a source showed, kept beside the timeline, with what proves that it has not changed since.
//!
//! Follows the Berkeley Protocol on Digital Open Source Investigations, paragraph 155, in outline. Files are `store`'s.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

use super::Text;
use crate::time::Date;

/// A file kept as evidence of a source. Entries are only ever added: one that alters a file (a crop, a redaction, a new
/// version under the same name) is a further entry, and the last entry of a name is the one the file must agree with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capture {
    /// Path of the file from the folder of the timeline, with `/` between its parts.
    pub file: Text,
    /// What the file's bytes must hash to.
    pub hash: Hash,
    /// When it was captured, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured: Option<Date>,
    /// Who captured it. Can endanger people: left out of every export unless asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Text>,
    /// The file of the earlier entry that this one was made from, where it is an alteration.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alters: Option<Text>,
    /// How it was made, or what was altered and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Capture {
    /// The path of the file from the folder of the timeline, in the one way to write it: without `.`, `..` and empty parts,
    /// letters composed (Unicode NFC). Two entries are of one file where it is the same.
    ///
    /// # Errors
    /// Where it leads out of the folder, or may do so on some system: what it is that leads out.
    pub fn path(&self) -> Result<String, Outside> {
        Self::path_of(&self.file)
    }

    /// [`Capture::path`] of a text that is to be the path of a file.
    ///
    /// # Errors
    /// As [`Capture::path`].
    pub fn path_of(file: &str) -> Result<String, Outside> {
        inner_path(file)
    }
}

/// Whether two texts are paths of one file inside the folder.
pub(super) fn is_same_file(one: &str, other: &str) -> bool {
    inner_path(one).is_ok_and(|one| inner_path(other) == Ok(one))
}

/// [`Capture::path`] of the text of a path.
fn inner_path(file: &str) -> Result<String, Outside> {
    if file.contains(['\\', ':', '\0']) {
        return Err(Outside::Sign);
    }
    if file.starts_with('/') {
        return Err(Outside::Absolute);
    }
    let mut parts: Vec<String> = Vec::new();
    for part in file.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or(Outside::Upwards)?),
            part => parts.push(part.nfc().collect()),
        }
    }
    if parts.is_empty() { Err(Outside::Nothing) } else { Ok(parts.join("/")) }
}

/// Why the path of a capture is not one inside the folder of the timeline, on every system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// It names no file.
    Nothing,
    /// It begins at the root.
    Absolute,
    /// It has a sign that stands between folders or behind a drive on some systems.
    Sign,
    /// It goes up further than it went down.
    Upwards,
}

impl Outside {
    /// What is wrong with such a path, as the end of a sentence.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Nothing => "names no file",
            Self::Absolute => "begins at the root and not in the timeline's folder",
            Self::Sign => "has a \\ or a :, which lead out of the timeline's folder on some systems",
            Self::Upwards => "leads out of the timeline's folder",
        }
    }
}

/// A digest with the name of its algorithm.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hash {
    /// How it was computed.
    pub algorithm: HashAlgorithm,
    /// The digest in hexadecimal digits.
    pub value: Text,
}

impl Hash {
    /// Whether the digest has the digits that its algorithm gives.
    pub fn is_well_formed(&self) -> bool {
        match self.algorithm {
            HashAlgorithm::Sha256 => self.value.len() == 64 && self.value.bytes().all(|b| b.is_ascii_hexdigit()),
        }
    }
}

/// How a digest is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum HashAlgorithm {
    /// SHA-256 (FIPS 180-4): 64 hexadecimal digits.
    Sha256,
}

impl HashAlgorithm {
    /// The name the standard gives it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sha256 => "SHA-256",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_inside_where_it_never_goes_above_the_folder() {
        for (file, path) in [
            ("a.txt", Ok("a.txt")),
            ("./a.txt", Ok("a.txt")),
            ("x.captures/./a.txt", Ok("x.captures/a.txt")),
            ("a/../b.txt", Ok("b.txt")),
            ("a//b.txt", Ok("a/b.txt")),
            ("re\u{301}sume\u{301}.txt", Ok("r\u{e9}sum\u{e9}.txt")),
            ("...", Ok("...")),
            ("..a/b..", Ok("..a/b..")),
            ("", Err(Outside::Nothing)),
            (".", Err(Outside::Nothing)),
            ("a/..", Err(Outside::Nothing)),
            ("..", Err(Outside::Upwards)),
            ("../a.txt", Err(Outside::Upwards)),
            ("a/../../a.txt", Err(Outside::Upwards)),
            ("/a.txt", Err(Outside::Absolute)),
            ("//a.txt", Err(Outside::Absolute)),
            ("C:/a.txt", Err(Outside::Sign)),
            ("a\\..\\..\\a.txt", Err(Outside::Sign)),
            ("a\0", Err(Outside::Sign)),
        ] {
            assert_eq!(inner_path(file), path.map(str::to_owned), "{file:?}");
        }
    }
}
