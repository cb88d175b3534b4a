//! A capture: a copy of what a source showed, kept beside the timeline, with what proves that it has not changed since.
//!
//! Follows the Berkeley Protocol on Digital Open Source Investigations, paragraph 155, in outline. Files are `store`'s.

use serde::{Deserialize, Serialize};

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
    /// Whether the path stays inside the timeline's folder, on every system: relative, `/` between its parts, no `..`.
    pub fn is_inside(&self) -> bool {
        let is_plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':', '\0']);
        self.file.split('/').all(is_plain)
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
