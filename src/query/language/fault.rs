//! What is wrong with a question.

use std::fmt;
use std::ops::Range;

use super::syntax::{Literal, Scope};

/// A fault of a question: its place, what is wrong there, and what helps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct QueryFault {
    /// Bytes of the question, at the borders of characters.
    pub span: Range<usize>,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What helps, where something is known to.
    pub remedy: Option<String>,
    /// The name behind whose colon nothing stands yet, and the scope it stands in: where there is no such field, that is the fault.
    pub(super) begun: Option<Box<(Literal, Option<Scope>)>>,
}

impl QueryFault {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), remedy: None, begun: None }
    }

    #[must_use]
    pub(super) fn begun(self, name: &Literal, scope: Option<Scope>) -> Self {
        Self { begun: Some(Box::new((name.clone(), scope))), ..self }
    }

    #[must_use]
    pub(super) fn remedy(self, remedy: impl Into<String>) -> Self {
        Self { remedy: Some(remedy.into()), ..self }
    }
}

/// Message and remedy in one line.
impl fmt::Display for QueryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.remedy {
            Some(remedy) => write!(f, "{}: {remedy}", self.message),
            None => f.write_str(&self.message),
        }
    }
}
