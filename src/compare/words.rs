//! What differs, in plain text: for a terminal, a commit message, `git diff`.

use std::fmt::Write as _;

use super::difference::{Difference, FieldChange, FieldDifference, RecordDifference, Said, Summary};
use crate::model::RecordKind;

/// Kinds of records, in the order of the file format.
pub(super) const KINDS: [RecordKind; 6] =
    [RecordKind::Header, RecordKind::Lane, RecordKind::Source, RecordKind::Event, RecordKind::Era, RecordKind::View];

/// Characters of a text that are shown around what changed in it.
const CONTEXT: usize = 30;

/// What differs in words: a line that counts, then each record with its fields.
///
/// ```text
/// 1 event added, 1 changed
///
/// ~ State Duma ratifies (24 Oct 2024)
///     Standing: Reported → Confirmed
///     Date: Oct 2024 → 24 Oct 2024
///     + Place: Moscow
///     + Citation: Interfax
/// ```
pub fn words(all: &[RecordDifference]) -> String {
    let mut out = summary(all);
    out.push('\n');
    for record in all {
        let (sign, kind) = (sign(&record.difference), record.key.kind());
        let noun = if kind == RecordKind::Event { String::new() } else { format!("{} ", kind.noun()) };
        let when = record.when.as_ref().map(|when| format!(" ({when})")).unwrap_or_default();
        let _ = write!(out, "\n{sign} {noun}{}{when}\n", one_line(&record.title));
        // What is gone is named; what it said stands in the state before.
        if !matches!(record.difference, Difference::Removed(_)) {
            let is_new = matches!(record.difference, Difference::Added(_));
            told_fields(record).for_each(|field| field_words(&mut out, field, "    ", is_new));
        }
    }
    out
}

/// The fields of a record that differs, a line each: "Title: Duma ratifies → State Duma ratifies". None of one that is gone.
pub fn field_lines(record: &RecordDifference) -> Vec<String> {
    if matches!(record.difference, Difference::Removed(_)) {
        return Vec::new();
    }
    let is_new = matches!(record.difference, Difference::Added(_));
    let mut out = String::new();
    told_fields(record).for_each(|field| field_words(&mut out, field, "", is_new));
    out.lines().map(|line| line.trim_start().to_owned()).collect()
}

/// "3 events added, 1 changed; 2 sources removed"; that nothing differs where nothing does.
pub(super) fn summary(all: &[RecordDifference]) -> String {
    let mut parts = Vec::new();
    for kind in KINDS {
        let counts = Summary::of(kind, all);
        if kind == RecordKind::Header {
            if counts.changed > 0 {
                parts.push("the timeline itself changed".to_owned());
            }
            continue;
        }
        let mut said = Vec::new();
        for (count, what) in [(counts.added, "added"), (counts.changed, "changed"), (counts.removed, "removed")] {
            if count > 0 {
                let plural = if count == 1 { "" } else { "s" };
                let noun = if said.is_empty() { format!(" {}{plural}", kind.noun()) } else { String::new() };
                said.push(format!("{count}{noun} {what}"));
            }
        }
        if !said.is_empty() {
            parts.push(said.join(", "));
        }
    }
    if parts.is_empty() { "no record differs".to_owned() } else { parts.join("; ") }
}

/// The fields of a record that its first line does not tell: title and date of a new one stand there.
pub(super) fn told_fields(record: &RecordDifference) -> impl Iterator<Item = &FieldDifference> {
    let is_new = matches!(record.difference, Difference::Added(_));
    let is_told = move |name: &str| is_new && (name == "title" || name == "date" && record.when.is_some());
    record.difference.fields().iter().filter(move |field| !is_told(&field.name))
}

const fn sign(difference: &Difference) -> char {
    match difference {
        Difference::Added(_) => '+',
        Difference::Removed(_) => '−',
        Difference::Changed(_) => '~',
    }
}

/// A field of a record; where the record itself is new, all its fields are.
fn field_words(out: &mut String, field: &FieldDifference, indent: &str, is_new: bool) {
    let label = field.label.as_str();
    let _ = match &field.change {
        FieldChange::Value { before: None, after: Some(after) } => {
            let sign = if is_new { "" } else { "+ " };
            writeln!(out, "{indent}{sign}{label}: {}", one_line(&after.words))
        }
        FieldChange::Value { before: Some(before), after: None } => {
            writeln!(out, "{indent}− {label}: {}", one_line(&before.words))
        }
        FieldChange::Value { before, after } => {
            let (before, after) = told_apart(before.as_ref(), after.as_ref());
            writeln!(out, "{indent}{label}: {before} → {after}")
        }
        FieldChange::Items { added, removed } => {
            // An item in place of one that differs in its white space alone must not read like it.
            let is_told_apart =
                |item: &str, others: &[String]| others.iter().all(|other| one_line(other) != one_line(item));
            let told = |sign: char, item: &str, others: &[String]| {
                let item = if is_told_apart(item, others) { one_line(item) } else { with_white_space(item) };
                format!("{sign} {item}")
            };
            let all_added = added.iter().map(|item| told('+', item, removed));
            let items: Vec<String> = all_added.chain(removed.iter().map(|item| told('−', item, added))).collect();
            writeln!(out, "{indent}{label}: {}", items.join(", "))
        }
        FieldChange::Parts(parts) => {
            for part in parts {
                let one = label.strip_suffix('s').unwrap_or(label);
                let _ = writeln!(out, "{indent}{} {one}: {}", sign(&part.difference), one_line(&part.name));
                if !matches!(part.difference, Difference::Removed(_)) {
                    let deeper = format!("{indent}    ");
                    let is_new = matches!(part.difference, Difference::Added(_));
                    part.difference.fields().iter().for_each(|field| field_words(out, field, &deeper, is_new));
                }
            }
            Ok(())
        }
    };
}

/// Two values in words that differ: where words alone would be the same, as they stand in the file, and where only white space differs, with that visible; of long texts the part
/// that changed, with a little around it.
pub(super) fn told_apart(before: Option<&Said>, after: Option<&Said>) -> (String, String) {
    let text = |said: Option<&Said>, is_raw: bool| {
        said.map_or_else(|| "nothing".to_owned(), |said| one_line(if is_raw { &said.raw } else { &said.words }))
    };
    let is_raw = before.map(|said| &said.words) == after.map(|said| &said.words);
    let (mut old, mut new) = (text(before, is_raw), text(after, is_raw));
    if let (Some(before), Some(after)) = (before, after)
        && old == new
    {
        (old, new) = (with_white_space(&before.raw), with_white_space(&after.raw));
    }
    let (before, after) = (old, new);
    if before.chars().count().max(after.chars().count()) <= 3 * CONTEXT {
        return (before, after);
    }
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    let same_start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same_start;
    let same_end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let excerpt = |all: &[char]| {
        let (from, to) = (same_start.saturating_sub(CONTEXT), (all.len() - same_end + CONTEXT).min(all.len()));
        let middle: String = all.iter().skip(from).take(to - from).collect();
        let (start, end) = (if from > 0 { "…" } else { "" }, if to < all.len() { "…" } else { "" });
        format!("{start}{middle}{end}")
    };
    (excerpt(&old), excerpt(&new))
}

/// A text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text on one line with every blank but the usual one visible, line ends above all: a control by its picture, another by
/// its number.
fn with_white_space(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for sign in text.chars() {
        match u32::from(sign) {
            _ if sign == ' ' || !sign.is_whitespace() => out.push(sign),
            c0 @ 0..=0x1f => out.extend(char::from_u32(0x2400 + c0)),
            number => {
                let _ = write!(out, "\\u{number:04x}");
            }
        }
    }
    out
}
