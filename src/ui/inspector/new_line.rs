//! What is typed into the line that adds something to an event: the name of a field, the file of an image.

use serde::{Deserialize, Serialize};

use crate::model::{Event, Text};

/// Such a line, opened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NewLine {
    /// The id of the event.
    pub event: Text,
    /// What is typed.
    pub text: String,
    /// Whether it takes the focus when it is shown next.
    #[serde(skip)]
    pub focus: bool,
}

impl NewLine {
    /// One with nothing in it, which takes the focus.
    pub fn of(event: &Event) -> Self {
        Self { event: event.id.clone(), text: String::new(), focus: true }
    }

    /// The text without the blanks around it.
    pub fn trimmed(&self) -> &str {
        self.text.trim()
    }
}
