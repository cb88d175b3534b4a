//! How RON is laid out: the one style of new records, of whole new files and of `fmt`.
//!
//! Owns line breaks, indentation, trailing commas and the quoting of texts. It prints trees over any text, with the
//! comments that stand between their parts, and never changes what they mean.
//!
//! The style: one element a line with a comma after each, or the whole value on one line where it is short, holds no
//! comment and is no event, source or timeline; a list of several records always takes a line each.

use imbl::Vector;
use serde::{Serialize, Serializer};

use super::scan::{Comment, comments, scan, scan_value};
use super::schema::LISTS;
use super::text::FileText;
use super::tree::{Kind, Node, Slot};
use crate::diagnostic::{Diagnostic, Severity, Span, Subject};
use crate::model::{RecordKind, Timeline};

/// Characters in a line before a value is broken over several.
const WIDTH: usize = 120;

/// Line ends and indentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Style {
    pub newline: &'static str,
    /// One level of indentation.
    pub unit: String,
}

impl Default for Style {
    fn default() -> Self {
        Self { newline: "\n", unit: "    ".to_owned() }
    }
}

impl Style {
    /// The line end of a text: that of its last line, which is no part of a comment or of a text that spans lines.
    pub fn newline_of(text: &str) -> &'static str {
        match text.rfind('\n') {
            Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
            _ => "\n",
        }
    }
}

/// A record as one line of RON, `Some` left out and defaults too: what a text is compared by.
pub(super) fn canonical<T: Serialize>(record: &T) -> Result<String, ron::Error> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.to_string_pretty(record, ron::ser::PrettyConfig::new().struct_names(true).depth_limit(0).new_line(" "))
}

/// The canonical text of a whole timeline: what a new file holds.
pub fn to_ron(timeline: &Timeline) -> String {
    let style = Style::default();
    let mut out = header_fields(timeline).unwrap_or_default();
    for kind in LISTS {
        if let Ok(list) = list_field(timeline, kind) {
            out.push_str(&list);
        }
    }
    let compact = format!("Timeline({out})");
    let span = Span::new(0, compact.len());
    match scan_value(&compact, span) {
        Some(node) => {
            let mut text = Printer::new(&compact, &style, Source::Canonical).value(&node, "", 0);
            text.push('\n');
            text
        }
        None => compact,
    }
}

/// A list that serde does not know, as a sequence.
struct InOrder<'r, T: Clone>(&'r Vector<T>);

impl<T: Clone + Serialize> Serialize for InOrder<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0)
    }
}

/// The header's fields on one line, each with a comma.
fn header_fields(timeline: &Timeline) -> Result<String, ron::Error> {
    let header = canonical(timeline.header())?;
    let inside = header.strip_prefix("Header(").and_then(|rest| rest.strip_suffix(')')).unwrap_or_default().trim();
    Ok(format!("{}, ", inside.trim_end_matches(',')))
}

/// One list of records as a field on one line; empty where there are none.
pub(super) fn list_field(timeline: &Timeline, kind: RecordKind) -> Result<String, ron::Error> {
    let list = match kind {
        RecordKind::Header => return Ok(String::new()),
        RecordKind::Lane if !timeline.lanes().is_empty() => canonical(&timeline.lanes())?,
        RecordKind::Source if !timeline.sources().is_empty() => canonical(&InOrder(timeline.sources()))?,
        RecordKind::Era if !timeline.eras().is_empty() => canonical(&timeline.eras())?,
        RecordKind::View if !timeline.views().is_empty() => canonical(&timeline.views())?,
        RecordKind::Event => canonical(&InOrder(timeline.events()))?,
        _ => return Ok(String::new()),
    };
    Ok(format!("{}: {list}, ", super::schema::list_name(kind)))
}

/// The header as the struct it is part of in a file, for comparing.
pub(super) fn canonical_header(timeline: &Timeline) -> Result<String, ron::Error> {
    Ok(format!("Timeline({})", header_fields(timeline)?))
}

/// A text in the one style: every comment kept, the same meaning, and no further change when formatted again.
///
/// # Errors
/// The problems of the text, where it was not understood whole.
pub fn formatted(text: &str) -> Result<String, Vec<Diagnostic>> {
    let before = FileText::read(text.to_owned());
    if !before.text.is_writable() {
        let mut problems = before.diagnostics;
        problems.retain(|problem| problem.severity == Severity::Error);
        return Err(problems);
    }
    let result = lay_out(text).filter(|result| {
        let after = FileText::read(result.clone());
        after.text.is_writable() && after.timeline == before.timeline && same_comments(text, result)
    });
    result.ok_or_else(|| {
        vec![
            Diagnostic::new(Severity::Error, "not-formatted", Subject::Timeline, "this file cannot be laid out safely")
                .with_hint("it stays as it is; a comment in an unusual place may be the cause"),
        ]
    })
}

fn lay_out(text: &str) -> Option<String> {
    let scanned = scan(text, usize::MAX);
    let root = scanned.root.filter(|_| scanned.faults.is_empty())?;
    let style = Style { newline: Style::newline_of(text), ..Style::default() };
    let newline = style.newline;
    let printer = Printer::new(text, &style, Source::User);
    let mut out = String::with_capacity(text.len());
    let head = text.get(..root.span.start)?.trim_start_matches('\u{feff}').trim();
    if !head.is_empty() {
        out.push_str(head);
        out.push_str(newline);
        let gap = text.get(..root.span.start)?;
        let gap = gap.get(gap.trim_end().len()..)?;
        if gap.matches('\n').count() > 1 {
            out.push_str(newline);
        }
    }
    out.push_str(&printer.value(&root, "", 0));
    let tail = text.get(root.span.end..)?;
    if !tail.trim().is_empty() {
        let gap = tail.get(..tail.len() - tail.trim_start().len())?;
        match gap.matches('\n').count() {
            0 => out.push(' '),
            1 => out.push_str(newline),
            _ => out.extend([newline, newline]),
        }
        out.push_str(tail.trim());
    }
    out.push_str(newline);
    Some(out)
}

fn same_comments(a: &str, b: &str) -> bool {
    let all = |text: &str| {
        let mut found: Vec<String> = Vec::new();
        if let Some(root) = scan(text, usize::MAX).root {
            let printer = Printer::new(text, &Style::default(), Source::User).all_comments(&root);
            let outer = [Span::new(0, root.span.start), Span::new(root.span.end, text.len())];
            let outer = outer.into_iter().flat_map(|gap| comments(text, gap));
            found.extend(outer.chain(printer).map(|comment| comment.span.slice(text).trim_end().to_owned()));
        }
        found.sort_unstable();
        found
    };
    all(a) == all(b)
}

/// Whose text is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// One line made by `ron`: texts are quoted anew and line breaks chosen.
    Canonical,
    /// A person's: leaves stay as they are, and short records keep their one line.
    User,
}

/// Prints trees over one text.
pub(super) struct Printer<'a> {
    text: &'a str,
    style: &'a Style,
    source: Source,
}

/// The comments around one element.
#[derive(Default)]
struct Around {
    before: Vec<Comment>,
    after: Vec<Comment>,
}

impl<'a> Printer<'a> {
    pub fn new(text: &'a str, style: &'a Style, source: Source) -> Self {
        Self { text, style, source }
    }

    /// A value that begins at `column` of a line indented by `indent`.
    pub fn value(&self, node: &Node, indent: &str, column: usize) -> String {
        if !self.needs_lines(node) && !self.has_comments(node) {
            let line = self.inline(node);
            if !self.holds_newline(node) && column + line.chars().count() < WIDTH || node.inside_start().is_none() {
                return line;
            }
        }
        self.block(node, indent)
    }

    /// Whether a value fits on the rest of a line.
    pub fn fits(&self, node: &Node, column: usize) -> bool {
        column + self.inline(node).chars().count() < WIDTH
    }

    /// A value on one line; comments are left out.
    pub fn inline(&self, node: &Node) -> String {
        let Some(inside) = node.inside_start() else { return self.leaf(node) };
        let mut out = self.opening(node, inside);
        for (at, slot) in node.slots().into_iter().enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            let (label, value) = self.parts(node, at);
            out.push_str(&label);
            if let Some(value) = value {
                out.push_str(&self.inline(value));
            } else {
                out.push_str(slot.span.slice(self.text));
            }
        }
        out.push_str(closing(node));
        out
    }

    /// A value with a line for each element, the comments between them included.
    pub fn block(&self, node: &Node, indent: &str) -> String {
        let Some(inside) = node.inside_start() else { return self.leaf(node) };
        let slots = node.slots();
        let (around, last) = self.around(node, inside, &slots);
        let mut out = self.opening(node, inside);
        if slots.is_empty() && last.is_empty() {
            out.push_str(closing(node));
            return out;
        }
        let deeper = format!("{indent}{}", self.style.unit);
        let mut before = inside;
        let mut is_first = true;
        for (at, around) in around.iter().enumerate() {
            for comment in &around.before {
                self.line(&mut out, &deeper, before, comment.span.start, is_first);
                out.push_str(self.comment(comment));
                before = comment.span.end;
                is_first = false;
            }
            let Some(slot) = slots.get(at) else { continue };
            let (label, value) = self.parts(node, at);
            self.line(&mut out, &deeper, before, slot.span.start, is_first);
            is_first = false;
            out.push_str(&label);
            if let Some(value) = value {
                out.push_str(&self.value(value, &deeper, deeper.chars().count() + label.chars().count()));
            }
            out.push(',');
            before = slot.end();
            for comment in &around.after {
                out.push(' ');
                out.push_str(self.comment(comment));
                before = before.max(comment.span.end);
            }
        }
        for comment in &last {
            self.line(&mut out, &deeper, before, comment.span.start, is_first);
            out.push_str(self.comment(comment));
            before = comment.span.end;
            is_first = false;
        }
        out.push_str(self.style.newline);
        out.push_str(indent);
        out.push_str(closing(node));
        out
    }

    /// Begins a line, after a blank one where the text has one between `from` and `to`.
    fn line(&self, out: &mut String, indent: &str, from: usize, to: usize, is_first: bool) {
        let gap = self.text.get(from..to).unwrap_or_default();
        let breaks = gap.bytes().filter(|&b| b == b'\n').count();
        // Other comments may stand in the gap where they were moved; only an empty line counts.
        let is_blank = breaks > 1 && gap.trim_matches(|c: char| c.is_whitespace() || c == ',').is_empty();
        if is_blank && !is_first {
            out.push_str(self.style.newline);
        }
        out.push_str(self.style.newline);
        out.push_str(indent);
    }

    fn comment(&self, comment: &Comment) -> &'a str {
        comment.span.slice(self.text).trim_end()
    }

    fn opening(&self, node: &Node, inside: usize) -> String {
        match &node.kind {
            Kind::Struct { name: Some(name), .. } | Kind::Tuple { name: Some(name), .. } => {
                format!("{}(", name.slice(self.text))
            }
            _ => Span::new(inside - 1, inside).slice(self.text).to_owned(),
        }
    }

    /// What stands before an element's value, and the value.
    fn parts<'n>(&self, node: &'n Node, at: usize) -> (String, Option<&'n Node>) {
        match &node.kind {
            Kind::Struct { fields, .. } => match fields.get(at) {
                Some(field) => (format!("{}: ", field.name.slice(self.text)), Some(&field.value)),
                None => (String::new(), None),
            },
            Kind::Map { entries } => match entries.get(at) {
                Some(entry) => (format!("{}: ", self.inline(&entry.key)), Some(&entry.value)),
                None => (String::new(), None),
            },
            _ => (String::new(), node.items().get(at).map(|item| &item.value)),
        }
    }

    fn leaf(&self, node: &Node) -> String {
        let source = node.span.slice(self.text);
        if self.source == Source::Canonical
            && node.kind == Kind::Text
            && let Ok(value) = ron::from_str::<String>(source)
        {
            return quote(&value);
        }
        source.to_owned()
    }

    /// Whether a value is broken over lines however short it is.
    fn needs_lines(&self, node: &Node) -> bool {
        match &node.kind {
            Kind::Struct { name, .. } => {
                let name = name.map_or("", |name| name.slice(self.text));
                match name {
                    "Timeline" => true,
                    "Event" | "Source" => self.source == Source::Canonical || self.spans_lines(node),
                    _ => node.fields().iter().any(|field| self.needs_lines(&field.value)),
                }
            }
            Kind::List { items } => {
                let records = items.iter().filter(|item| matches!(item.value.kind, Kind::Struct { .. })).count();
                records > 1 || items.iter().any(|item| self.is_record(&item.value) || self.needs_lines(&item.value))
            }
            _ => false,
        }
    }

    /// Whether this is an event or a source, which always begins a line of its own.
    fn is_record(&self, node: &Node) -> bool {
        match &node.kind {
            Kind::Struct { name: Some(name), .. } => matches!(name.slice(self.text), "Event" | "Source"),
            _ => false,
        }
    }

    fn spans_lines(&self, node: &Node) -> bool {
        node.span.slice(self.text).contains('\n')
    }

    /// Whether a text in the value spans lines.
    fn holds_newline(&self, node: &Node) -> bool {
        match &node.kind {
            Kind::Text | Kind::Bytes => self.source == Source::User && self.spans_lines(node),
            _ => {
                (0..node.slots().len()).any(|at| self.parts(node, at).1.is_some_and(|value| self.holds_newline(value)))
            }
        }
    }

    fn has_comments(&self, node: &Node) -> bool {
        if self.source == Source::Canonical || !node.span.slice(self.text).contains('/') {
            return false;
        }
        let Some(inside) = node.inside_start() else { return false };
        let slots = node.slots();
        let (around, last) = self.around(node, inside, &slots);
        !last.is_empty()
            || around.iter().any(|around| !around.before.is_empty() || !around.after.is_empty())
            || (0..slots.len()).any(|at| self.parts(node, at).1.is_some_and(|value| self.has_comments(value)))
    }

    fn all_comments(&self, node: &Node) -> Vec<Comment> {
        let Some(inside) = node.inside_start() else { return Vec::new() };
        let slots = node.slots();
        let (around, last) = self.around(node, inside, &slots);
        let mut found: Vec<_> = around.into_iter().flat_map(|a| a.before.into_iter().chain(a.after)).collect();
        found.extend(last);
        for at in 0..slots.len() {
            if let Some(value) = self.parts(node, at).1 {
                found.extend(self.all_comments(value));
            }
        }
        found
    }

    /// The comments around each element, and those after the last.
    fn around(&self, node: &Node, inside: usize, slots: &[Slot]) -> (Vec<Around>, Vec<Comment>) {
        let mut around: Vec<Around> = Vec::with_capacity(slots.len());
        if self.source == Source::Canonical {
            around.resize_with(slots.len(), Around::default);
            return (around, Vec::new());
        }
        // Comments between a name and its bracket move inside.
        let head = match &node.kind {
            Kind::Struct { name: Some(name), open, .. } | Kind::Tuple { name: Some(name), open, .. } => {
                comments(self.text, Span::new(name.end, *open))
            }
            _ => Vec::new(),
        };
        let close = node.span.end.saturating_sub(1);
        let first = slots.first().map_or(close, |slot| slot.span.start);
        let mut waiting = head;
        waiting.extend(comments(self.text, Span::new(inside, first)));
        for (at, slot) in slots.iter().enumerate() {
            let mut before = std::mem::take(&mut waiting);
            before.extend(self.within(node, at));
            let mut after = comments(self.text, Span::new(slot.span.end, slot.comma.unwrap_or(slot.span.end)));
            let next = slots.get(at + 1).map_or(close, |next| next.span.start);
            let (on_line, rest) = self.gap(slot.end(), next);
            after.extend(on_line);
            waiting = rest;
            // A line comment ends its line, so nothing can follow it there; one that spans lines stands alone.
            let last = after.len().saturating_sub(1);
            let mut own = after.iter().enumerate();
            if own.any(|(at, c)| (c.is_line && at < last) || c.span.slice(self.text).contains('\n')) {
                before.append(&mut after);
            }
            around.push(Around { before, after });
        }
        (around, waiting)
    }

    /// The comments of a gap: those that end the line of the element before it, and the others.
    fn gap(&self, from: usize, to: usize) -> (Vec<Comment>, Vec<Comment>) {
        let mut found = comments(self.text, Span::new(from, to));
        let line_end = self.text.get(from..to).and_then(|gap| gap.find('\n')).map(|at| from + at);
        let on_line = match line_end {
            Some(end) => found.iter().take_while(|comment| comment.span.end <= end).count(),
            None => 0,
        };
        let others = found.split_off(on_line);
        (found, others)
    }

    /// The comments between a field's name, its colon and its value.
    fn within(&self, node: &Node, at: usize) -> Vec<Comment> {
        let spans = match &node.kind {
            Kind::Struct { fields, .. } => fields.get(at).map(|field| (field.name.end, field.value.span.start)),
            Kind::Map { entries } => entries.get(at).map(|entry| (entry.key.span.end, entry.value.span.start)),
            _ => None,
        };
        spans.map_or_else(Vec::new, |(from, to)| comments(self.text, Span::new(from, to)))
    }
}

fn closing(node: &Node) -> &'static str {
    match node.kind {
        Kind::List { .. } => "]",
        Kind::Map { .. } => "}",
        _ => ")",
    }
}

/// A text as a RON literal on one line. Letters of every script stay readable; only quotation marks, backslashes, control
/// characters and the invisible characters that reorder or break lines are escaped.
pub(super) fn quote(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    escape(value, &mut out);
    out.push('"');
    out
}

fn escape(value: &str, out: &mut String) {
    for c in value.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
                out.extend(c.escape_unicode());
            }
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
}

/// A text as a literal that looks like the one it replaces: raw where that was raw, over lines where that was.
pub(super) fn quote_like(value: &str, old: &str, newline: &str) -> String {
    let lines: Vec<&str> = value.split(newline).collect();
    // A line end of another kind would not survive in a file of this kind.
    let is_foreign = lines.iter().any(|line| line.contains(['\n', '\r']));
    let may_have_lines = !is_foreign && (lines.len() == 1 || old.contains('\n'));
    if old.starts_with('r') && may_have_lines && !value.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r'))
    {
        let used = old.bytes().skip(1).take_while(|&b| b == b'#').count();
        if let Some(hashes) = (used..used + 8).map(|n| "#".repeat(n)).find(|h| !value.contains(&format!("\"{h}"))) {
            return format!("r{hashes}\"{value}\"{hashes}");
        }
    }
    if !may_have_lines || lines.len() == 1 {
        return quote(value);
    }
    let mut out = String::from("\"");
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            out.push_str(newline);
        }
        escape(line, &mut out);
    }
    out.push('"');
    out
}
