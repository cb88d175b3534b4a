//! Trees of RON printed: on one line where that fits, else a line for each element with the comments between them.

use std::borrow::Cow;

use super::super::scan::{Comment, comments, scan_value, trivia_end};
use super::super::tree::{Kind, Node, Slot};
use super::{Style, WIDTH, quote};
use crate::diagnostic::Span;

/// Whose text is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// One line made by `ron`: texts are quoted anew and line breaks chosen.
    Canonical,
    /// A person's: leaves stay as they are, and short records keep their one line.
    User,
}

/// Prints trees over one text.
pub struct Printer<'a> {
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
        let mut out = String::new();
        self.push_value(&mut out, node, indent, column);
        out
    }

    /// [`Printer::value`] behind what is printed already.
    pub fn push_value(&self, out: &mut String, node: &Node, indent: &str, column: usize) {
        let node = &*self.whole(node);
        if !self.needs_lines(node) && !self.has_comments(node) {
            let is_leaf = node.inside_start().is_none();
            if is_leaf || !self.holds_newline(node) {
                // Tried on the line first; taken back where that is too long.
                let start = out.len();
                self.push_inline(out, node);
                let line = out.get(start..).unwrap_or_default();
                if is_leaf || column + line.chars().count() < WIDTH {
                    return;
                }
                out.truncate(start);
            }
        }
        self.push_block(out, node, indent);
    }

    /// A node with all that is in it: of one that was scanned down to some depth only, what lies deeper is scanned now.
    fn whole<'n>(&self, node: &'n Node) -> Cow<'n, Node> {
        let is_empty = match &node.kind {
            Kind::Struct { fields, .. } => fields.is_empty(),
            Kind::Tuple { items, .. } | Kind::List { items } => items.is_empty(),
            Kind::Map { entries } => entries.is_empty(),
            Kind::Text | Kind::Bytes | Kind::Char | Kind::Number | Kind::Word => return Cow::Borrowed(node),
        };
        let close = node.span.end.saturating_sub(1);
        let is_cut = is_empty && node.inside_start().is_some_and(|inside| trivia_end(self.text, inside, close) < close);
        match is_cut.then(|| scan_value(self.text, node.span)).flatten() {
            Some(whole) => Cow::Owned(whole),
            None => Cow::Borrowed(node),
        }
    }

    /// Whether a value fits on the rest of a line.
    pub fn fits(&self, node: &Node, column: usize) -> bool {
        column + self.inline(node).chars().count() < WIDTH
    }

    /// A value on one line; comments are left out.
    pub fn inline(&self, node: &Node) -> String {
        let mut out = String::new();
        self.push_inline(&mut out, node);
        out
    }

    fn push_inline(&self, out: &mut String, node: &Node) {
        let node = &*self.whole(node);
        let Some(inside) = node.inside_start() else { return self.push_leaf(out, node) };
        self.push_opening(out, node, inside);
        let mut at = 0;
        while let Some(value) = self.element(node, at) {
            if at > 0 {
                out.push_str(", ");
            }
            self.push_label(out, node, at);
            self.push_inline(out, value);
            at += 1;
        }
        out.push_str(closing(node));
    }

    /// A value with a line for each element, the comments between them included.
    fn push_block(&self, out: &mut String, node: &Node, indent: &str) {
        let Some(inside) = node.inside_start() else { return self.push_leaf(out, node) };
        let slots = node.slots();
        let (around, last) = self.around(node, inside, &slots);
        self.push_opening(out, node, inside);
        if slots.is_empty() && last.is_empty() {
            out.push_str(closing(node));
            return;
        }
        let deeper = format!("{indent}{}", self.style.unit);
        let mut before = inside;
        let mut is_first = true;
        for (at, around) in around.iter().enumerate() {
            for comment in &around.before {
                self.line(out, &deeper, before, comment.span.start, is_first);
                out.push_str(self.comment(comment));
                before = comment.span.end;
                is_first = false;
            }
            let Some(slot) = slots.get(at) else { continue };
            self.line(out, &deeper, before, slot.span.start, is_first);
            is_first = false;
            let start = out.len();
            self.push_label(out, node, at);
            let column = deeper.chars().count() + out.get(start..).map_or(0, |label| label.chars().count());
            if let Some(value) = self.element(node, at) {
                self.push_value(out, value, &deeper, column);
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
            self.line(out, &deeper, before, comment.span.start, is_first);
            out.push_str(self.comment(comment));
            before = comment.span.end;
            is_first = false;
        }
        out.push_str(self.style.newline);
        out.push_str(indent);
        out.push_str(closing(node));
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

    fn push_opening(&self, out: &mut String, node: &Node, inside: usize) {
        match &node.kind {
            Kind::Struct { name: Some(name), .. } | Kind::Tuple { name: Some(name), .. } => {
                out.push_str(name.slice(self.text));
                out.push('(');
            }
            _ => out.push_str(Span::new(inside - 1, inside).slice(self.text)),
        }
    }

    /// What stands before an element's value: its name or its key.
    fn push_label(&self, out: &mut String, node: &Node, at: usize) {
        match &node.kind {
            Kind::Struct { fields, .. } => {
                if let Some(field) = fields.get(at) {
                    out.push_str(field.name.slice(self.text));
                    out.push_str(": ");
                }
            }
            Kind::Map { entries } => {
                if let Some(entry) = entries.get(at) {
                    self.push_inline(out, &entry.key);
                    out.push_str(": ");
                }
            }
            _ => {}
        }
    }

    /// The value of an element.
    fn element<'n>(&self, node: &'n Node, at: usize) -> Option<&'n Node> {
        match &node.kind {
            Kind::Struct { fields, .. } => fields.get(at).map(|field| &field.value),
            Kind::Map { entries } => entries.get(at).map(|entry| &entry.value),
            _ => node.items().get(at).map(|item| &item.value),
        }
    }

    /// The values of all elements.
    fn elements<'n>(&self, node: &'n Node) -> impl Iterator<Item = &'n Node> {
        (0..).map_while(|at| self.element(node, at))
    }

    fn push_leaf(&self, out: &mut String, node: &Node) {
        let source = node.span.slice(self.text);
        // Most texts hold nothing that is quoted in one way or another, and to read them as RON costs more than all else of a record.
        let is_plain = || source.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'\\');
        if self.source == Source::Canonical
            && node.kind == Kind::Text
            && !is_plain()
            && let Ok(value) = ron::from_str::<String>(source)
        {
            out.push_str(&quote(&value));
        } else {
            out.push_str(source);
        }
    }

    /// Whether a value is broken over lines however short it is.
    fn needs_lines(&self, node: &Node) -> bool {
        let node = &*self.whole(node);
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
        if !self.spans_lines(node) {
            return false;
        }
        match &node.kind {
            Kind::Text | Kind::Bytes => self.source == Source::User && self.spans_lines(node),
            _ => self.elements(&self.whole(node)).any(|value| self.holds_newline(value)),
        }
    }

    fn has_comments(&self, node: &Node) -> bool {
        if self.source == Source::Canonical || !node.span.slice(self.text).contains('/') {
            return false;
        }
        let node = &*self.whole(node);
        let Some(inside) = node.inside_start() else { return false };
        let slots = node.slots();
        let (around, last) = self.around(node, inside, &slots);
        !last.is_empty()
            || around.iter().any(|around| !around.before.is_empty() || !around.after.is_empty())
            || self.elements(node).any(|value| self.has_comments(value))
    }

    /// The comments around each element, and those after the last.
    fn around(&self, node: &Node, inside: usize, slots: &[Slot]) -> (Vec<Around>, Vec<Comment>) {
        let mut around: Vec<Around> = Vec::with_capacity(slots.len());
        if self.source == Source::Canonical || !node.span.slice(self.text).contains('/') {
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
