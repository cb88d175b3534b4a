//! Why a text is not a date. What to write instead belongs to `explain`.

use thiserror::Error;

/// Why a text is not a date: as its grammar says it, or [explained](DateError::explained).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct DateError {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Byte in the text where it stops being a date.
    pub offset: usize,
    /// What to write instead, where that can be told; that it is a date itself is sure only of an explained error.
    pub hint: Option<String>,
}

impl DateError {
    pub(super) fn at(offset: usize, message: impl Into<String>, hint: Option<String>) -> Self {
        Self { message: message.into(), offset, hint }
    }
}
