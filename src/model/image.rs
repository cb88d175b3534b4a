//! A picture of an event, kept beside the timeline.

use serde::{Deserialize, Serialize};

use super::{Capture, Outside, Text};

/// A picture of an event: the file of a capture, or another one beside the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// Path of the file from the folder of the timeline, with `/` between its parts.
    pub file: Text,
    /// What it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<Text>,
    /// Who made it, and under which licence it may be shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<Text>,
}

impl Image {
    /// A picture in a file and nothing more.
    pub fn new(file: impl Into<Text>) -> Self {
        Self { file: file.into(), caption: None, credit: None }
    }

    /// The path of the file as [`Capture::path`] gives it.
    ///
    /// # Errors
    /// Where it leads out of the folder.
    pub fn path(&self) -> Result<String, Outside> {
        Capture::path_of(&self.file)
    }
}
