//! What differs, as Markdown: what has changed since, for those who read the last brief.

use std::fmt::Write as _;

use super::difference::{Difference, FieldChange, FieldDifference, RecordDifference};
use super::words::{KINDS, summary, told_apart, told_fields};
use crate::model::RecordKind;

/// What differs under headings: added, changed and removed events first, then what changed beside them. `escape` makes a text
/// stand in Markdown as it is.
pub fn markdown(title: &str, all: &[RecordDifference], escape: &dyn Fn(&str) -> String) -> String {
    let mut out = format!("# {}\n\n{}.\n", escape(title), capitalised(&summary(all)));
    let is = |record: &RecordDifference, wanted: u8| match record.difference {
        Difference::Added(_) => wanted == 0,
        Difference::Changed(_) => wanted == 1,
        Difference::Removed(_) => wanted == 2,
    };
    for (wanted, heading) in [(0, "New events"), (1, "Changed events"), (2, "Removed events")] {
        let events = all.iter().filter(|record| record.key.kind() == RecordKind::Event && is(record, wanted));
        section(&mut out, heading, events, escape);
    }
    for kind in KINDS.into_iter().filter(|kind| *kind != RecordKind::Event) {
        let many = || capitalised(&format!("{}s", kind.noun()));
        let heading = if kind == RecordKind::Header { "The timeline itself".to_owned() } else { many() };
        section(&mut out, &heading, all.iter().filter(|record| record.key.kind() == kind), escape);
    }
    out
}

fn section<'a>(
    out: &mut String,
    heading: &str,
    records: impl Iterator<Item = &'a RecordDifference>,
    escape: &dyn Fn(&str) -> String,
) {
    let mut records = records.peekable();
    if records.peek().is_none() {
        return;
    }
    let _ = write!(out, "\n## {heading}\n\n");
    for record in records {
        let when = record.when.as_ref().map(|when| format!("{}: ", escape(when))).unwrap_or_default();
        let is_event = record.key.kind() == RecordKind::Event;
        let what = match &record.difference {
            Difference::Added(_) if !is_event => format!(" (new {})", record.key.kind().noun()),
            Difference::Removed(_) if !is_event => " (removed)".to_owned(),
            _ => String::new(),
        };
        let _ = writeln!(out, "- {when}**{}**{what}", escape(&record.title));
        if !matches!(record.difference, Difference::Removed(_)) {
            told_fields(record).for_each(|field| field_lines(out, field, "  ", escape));
        }
    }
}

fn field_lines(out: &mut String, field: &FieldDifference, indent: &str, escape: &dyn Fn(&str) -> String) {
    let label = field.label.as_str();
    let _ = match &field.change {
        FieldChange::Value { before: None, after: Some(after) } => {
            writeln!(out, "{indent}- {label}: {}", escape(&after.words))
        }
        FieldChange::Value { before, after } => {
            let (before, after) = told_apart(before.as_ref(), after.as_ref());
            writeln!(out, "{indent}- {label}: {} → {}", escape(&before), escape(&after))
        }
        FieldChange::Items { added, removed } => {
            let list = |items: &[String]| items.iter().map(|item| escape(item)).collect::<Vec<_>>().join(", ");
            let added = (!added.is_empty()).then(|| format!("with {}", list(added)));
            let removed = (!removed.is_empty()).then(|| format!("without {}", list(removed)));
            let both: Vec<String> = added.into_iter().chain(removed).collect();
            writeln!(out, "{indent}- {label}: {}", both.join(", "))
        }
        FieldChange::Parts(parts) => {
            for part in parts {
                let one = label.strip_suffix('s').unwrap_or(label);
                let what = match part.difference {
                    Difference::Added(_) => "new",
                    Difference::Removed(_) => "removed",
                    Difference::Changed(_) => "changed",
                };
                let _ = writeln!(out, "{indent}- {one} {what}: {}", escape(&part.name));
                if !matches!(part.difference, Difference::Removed(_)) {
                    let deeper = format!("{indent}  ");
                    part.difference.fields().iter().for_each(|field| field_lines(out, field, &deeper, escape));
                }
            }
            Ok(())
        }
    };
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
