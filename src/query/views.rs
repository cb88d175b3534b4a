//! Views whose question cannot be read.
//!
//! It stands here and not among the checks of `model`, which knows no questions: whoever gathers problems asks for these too.

use super::{Asking, Query};
use crate::diagnostic::{Diagnostic, Subject};
use crate::model::Timeline;
use crate::time::Instant;

/// The code of the problem.
const CODE: &str = "bad-query";

/// A problem for each view whose question cannot be read, at the level that it has in this file.
pub fn unreadable_views(timeline: &Timeline) -> Vec<Diagnostic> {
    let Some(severity) = timeline.header().level(CODE).severity() else { return Vec::new() };
    // Whether it can be read does not depend on the day.
    let asking = Asking::new(timeline, Instant::default());
    let problem = |view: &crate::model::View| {
        let query = view.query.as_ref()?;
        let fault = Query::read(query, asking).err()?;
        let message = format!("the question of this view cannot be read: {}", fault.message);
        let problem = Diagnostic::new(severity, CODE, Subject::View(view.id.clone()), message).in_field(["query"]);
        Some(match fault.remedy {
            Some(remedy) => problem.with_hint(remedy),
            None => problem,
        })
    };
    timeline.views().iter().filter_map(problem).collect()
}
