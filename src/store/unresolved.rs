//! Conflicts of a merge that stand in comments at the head of a file until somebody has decided them.

use super::text::FileText;
use crate::diagnostic::{Diagnostic, Severity, Span, Subject};

/// How the comment of a conflict begins. It is looked for as it stands, so a text by hand does not begin so by chance.
pub const UNRESOLVED: &str = "// Unresolved conflict: ";

/// The conflicts that are not decided: each a line among the comments before the timeline itself.
pub fn unresolved(text: &FileText) -> Vec<Diagnostic> {
    let (before, _) = text.places.around();
    let mut problems = Vec::new();
    let mut start = 0;
    for line in before.split_inclusive('\n') {
        let shown = line.trim_start_matches('\u{feff}').trim();
        if !shown.is_empty() && !shown.starts_with("//") {
            break;
        }
        if let Some(conflict) = shown.strip_prefix(UNRESOLVED) {
            let message = format!("a conflict of a merge is not decided: {conflict}");
            let problem = Diagnostic::new(Severity::Warning, "unresolved-conflict", Subject::Timeline, message);
            let hint = "write what is right into the record, then take the comment out";
            problems.push(problem.at(Span::new(start, start + line.trim_end().len())).with_hint(hint));
        }
        start += line.len();
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::read;

    fn found(head: &str) -> Vec<String> {
        let text = read(format!(
            "{head}Timeline(format: 1, title: \"t\", events: [Event(id: \"e\", title: \"// Unresolved conflict: no\")])"
        ))
        .text;
        assert!(text.is_writable());
        unresolved(&text)
            .iter()
            .map(|problem| problem.span.unwrap_or(Span::new(0, 0)).slice(&text.text()).to_owned())
            .collect()
    }

    #[test]
    fn each_comment_of_a_conflict_before_the_timeline_is_one() {
        let (one, two) = ("// Unresolved conflict: event a", "// Unresolved conflict: event b");
        assert_eq!(found(&format!("{one}\r\n//     more\n\n{two}\n// By hand.\n")), [one, two]);
        assert!(found("// An unresolved conflict: none.\n").is_empty());
        assert!(found("").is_empty());
    }
}
