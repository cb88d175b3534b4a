//! Changes of a text as replaced spans, and the geometry of elements in brackets: which lines, commas and comments go
//! with an element that is put in or taken out.
//!
//! What belongs to an element: its comma; a comment that ends its line; and the comment lines directly above it, with no
//! blank line between. A comment that a blank line sets apart is a heading, and stays when the element goes.

use super::super::layout::{Printer, Source, Style};
use super::super::scan::{comments, scan_value};
use super::super::tree::{Node, Slot};
use crate::diagnostic::Span;

/// Changes of one text, collected in any order.
#[derive(Debug)]
pub(super) struct Patch<'a> {
    pub text: &'a str,
    pub style: Style,
    changes: Vec<(Span, String)>,
}

/// A value that stands on its own in a text of its own.
#[derive(Debug, Clone)]
pub(in crate::store) struct Tree {
    pub text: String,
    pub node: Node,
}

impl Tree {
    /// The value that is the whole of this text.
    pub fn new(text: String) -> Option<Self> {
        let node = scan_value(&text, Span::new(0, text.len()))?;
        Some(Self { text, node })
    }

    /// A copy of a part.
    pub fn part(&self, node: &Node) -> Option<Self> {
        Self::new(node.span.slice(&self.text).to_owned())
    }
}

/// An element of the sequence as it shall be.
#[derive(Debug)]
pub(super) enum Element {
    /// The element at this position, where it is.
    Kept(usize),
    /// A value to be printed, after a label such as `note: `.
    Printed { label: String, tree: Tree },
    /// An element from elsewhere with its comments.
    Moved { above: String, value: String, after: String },
}

impl<'a> Patch<'a> {
    pub fn new(text: &'a str, style: Style) -> Self {
        Self { text, style, changes: Vec::new() }
    }

    /// A patch of the same text for a part that will stand elsewhere.
    pub fn apart(&self) -> Self {
        Self::new(self.text, self.style.clone())
    }

    pub fn replace(&mut self, span: Span, with: String) {
        self.changes.push((span, with));
    }

    fn insert(&mut self, at: usize, text: String) {
        self.replace(Span::new(at, at), text);
    }

    fn delete(&mut self, start: usize, end: usize) {
        self.replace(Span::new(start, end.max(start)), String::new());
    }

    /// This part of the text with the changes in it. Insertions come before a removal that begins at the same byte;
    /// removals may overlap.
    pub fn apply(&self, within: Span) -> String {
        self.applied(within, &[]).0
    }

    /// The whole text with the changes in it, and where these places (which rise) are in it; nothing where one of them
    /// does not stand in what stays as it was.
    pub fn apply_with(&self, places: &[usize]) -> (String, Option<Vec<usize>>) {
        let (text, found) = self.applied(Span::new(0, self.text.len()), places);
        let is_all = found.len() == places.len();
        (text, is_all.then_some(found))
    }

    fn applied(&self, within: Span, places: &[usize]) -> (String, Vec<usize>) {
        let mut changes: Vec<&(Span, String)> =
            self.changes.iter().filter(|(span, _)| within.start <= span.start && span.end <= within.end).collect();
        changes.sort_by_key(|(span, _)| (span.start, span.end > span.start));
        let mut out = String::with_capacity(within.end - within.start);
        let mut places = places.iter().copied().peekable();
        let mut found = Vec::new();
        let mut copy = |out: &mut String, stays: Span| {
            while let Some(place) = places.next_if(|&place| place < stays.end) {
                if stays.start < place {
                    found.push(out.len() + place - stays.start);
                }
            }
            out.push_str(stays.slice(self.text));
        };
        let mut at = within.start;
        for (span, with) in changes {
            if span.start > at {
                copy(&mut out, Span::new(at, span.start));
            }
            out.push_str(with);
            at = at.max(span.end);
        }
        copy(&mut out, Span::new(at, within.end));
        (out, found)
    }

    /// The indentation of the line a byte stands in.
    pub fn indent_at(&self, at: usize) -> &'a str {
        let line = Span::new(self.line_start(at), at).slice(self.text);
        line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
    }

    fn line_start(&self, at: usize) -> usize {
        Span::new(0, at).slice(self.text).rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The end of the line a byte stands in, its line end not included.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        at + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// Past the comments that end the line after an element; the same place where something else follows on the line.
    fn tail_end(&self, end: usize) -> usize {
        let line_end = self.line_end(end);
        let rest = Span::new(end, line_end).slice(self.text);
        if rest.trim().is_empty() {
            return end;
        }
        let mut at = end;
        for comment in comments(self.text, Span::new(end, self.text.len().min(self.trivia_limit(end)))) {
            if comment.span.start > line_end || !Span::new(at, comment.span.start).slice(self.text).trim().is_empty() {
                break;
            }
            at = comment.span.end;
            if at >= line_end {
                return at;
            }
        }
        if Span::new(at, line_end).slice(self.text).trim().is_empty() { at } else { end }
    }

    /// The end of the whitespace and comments after a byte.
    fn trivia_limit(&self, from: usize) -> usize {
        super::super::scan::trivia_end(self.text, from, self.text.len())
    }

    /// The first of the comment lines directly above an element, or the element; at the start of its text, not its line.
    fn lead_start(&self, before: usize, start: usize) -> usize {
        let mut lead = start;
        for comment in comments(self.text, Span::new(before, start)).iter().rev() {
            let gap = Span::new(comment.span.end, lead).slice(self.text);
            let shares_line = !Span::new(self.line_start(comment.span.start).max(before), comment.span.start)
                .slice(self.text)
                .trim()
                .is_empty()
                || self.line_start(comment.span.start) < before;
            if gap.matches('\n').count() > 1 || shares_line {
                break;
            }
            lead = comment.span.start;
        }
        lead
    }

    /// Makes the elements between these brackets be `elements`. `inside` reaches from just after the opening bracket to
    /// the closing one; kept elements appear in their old order.
    pub fn sequence(&mut self, inside: Span, slots: &[Slot], elements: Vec<Element>) {
        let mut sequence = Sequence { patch: self, inside, slots };
        sequence.take_out(&elements);
        sequence.put_in(elements);
    }

    /// What goes along with an element that moves: the comments above it, and those that end its line.
    pub fn belongings(&self, inside: Span, slots: &[Slot], at: usize) -> (String, String) {
        let Some(slot) = slots.get(at) else { return Default::default() };
        let before = at.checked_sub(1).and_then(|at| slots.get(at)).map_or(inside.start, |slot| slot.end());
        let lead = self.lead_start(before, slot.span.start);
        let mut above = String::new();
        let mut after = String::new();
        let mut own = comments(self.text, Span::new(slot.span.end, slot.comma.unwrap_or(slot.span.end)));
        own.extend(comments(self.text, Span::new(slot.end(), self.tail_end(slot.end()))));
        let last = own.len().saturating_sub(1);
        for (at, comment) in own.iter().enumerate() {
            let text = comment.span.slice(self.text);
            if comment.is_line && at < last {
                above.extend([text, self.style.newline, self.indent_at(slot.span.start)]);
            } else {
                after.extend([" ", text]);
            }
        }
        (above + Span::new(lead, slot.span.start).slice(self.text), after)
    }

    /// Replaces a whole value by another, in the layout of new text.
    pub fn print_over(&mut self, node: &Node, with: &Tree) {
        let indent = self.indent_at(node.span.start);
        let text = self.printer(with).value(&with.node, indent, indent.chars().count());
        self.replace(node.span, text);
    }

    fn printer<'t>(&'t self, tree: &'t Tree) -> Printer<'t> {
        Printer::new(&tree.text, &self.style, Source::Canonical)
    }
}

/// The elements between one pair of brackets.
struct Sequence<'p, 'a> {
    patch: &'p mut Patch<'a>,
    inside: Span,
    slots: &'p [Slot],
}

impl Sequence<'_, '_> {
    fn slot(&self, at: usize) -> Slot {
        let nowhere = Slot { span: Span::new(self.inside.end, self.inside.end), comma: None };
        self.slots.get(at).copied().unwrap_or(nowhere)
    }

    /// Where the element before ends, with its comma; after the opening bracket for the first.
    fn before(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(self.inside.start, |at| self.slot(at).end())
    }

    /// The element, or the first of the comment lines above it.
    fn lead(&self, at: usize) -> usize {
        self.patch.lead_start(self.before(at), self.slot(at).span.start)
    }

    /// Whether an element begins a line, with no more than comments of its own before it there.
    fn begins_line(&self, at: usize) -> bool {
        let lead = self.lead(at);
        let line = self.patch.line_start(lead);
        self.before(at) <= line && Span::new(line, lead).slice(self.patch.text).trim().is_empty()
    }

    fn has_trailing_comma(&self) -> bool {
        self.slots.last().is_some_and(|slot| slot.comma.is_some())
    }

    /// Whether blank lines stand between most of the elements around this one.
    fn is_spaced(&self, around: usize) -> bool {
        let from = around.saturating_sub(3).max(1);
        let to = (around + 4).min(self.slots.len());
        let gaps = to.saturating_sub(from);
        let spaced = (from..to).filter(|&at| self.is_blank_before(at)).count();
        gaps > 0 && spaced * 2 > gaps
    }

    /// Whether a blank line stands before an element and its comments.
    fn is_blank_before(&self, at: usize) -> bool {
        let above = Span::new(self.before(at), self.patch.line_start(self.lead(at)).max(self.before(at)))
            .slice(self.patch.text);
        let mut lines = above.rsplit('\n');
        lines.next();
        lines.next().is_some_and(|line| line.trim().is_empty()) && above.matches('\n').count() > 1
    }

    fn take_out(&mut self, elements: &[Element]) {
        let mut stays = vec![false; self.slots.len()];
        for element in elements {
            if let Element::Kept(at) = element
                && let Some(flag) = stays.get_mut(*at)
            {
                *flag = true;
            }
        }
        let goes: Vec<usize> = stays.iter().enumerate().filter(|(_, stays)| !**stays).map(|(at, _)| at).collect();
        if goes.is_empty() {
            return;
        }
        let ranges: Vec<Span> = goes.iter().map(|&at| self.extent(at)).collect();
        if elements.is_empty() {
            // With nothing left but whitespace, the brackets close up.
            let mut rest = self.patch.apart();
            for range in &ranges {
                rest.delete(range.start, range.end);
            }
            if rest.apply(self.inside).trim().is_empty() {
                self.patch.delete(self.inside.start, self.inside.end);
                return;
            }
        }
        for range in ranges {
            self.patch.delete(range.start, range.end);
        }
    }

    /// What goes when an element goes.
    fn extent(&self, at: usize) -> Span {
        let slot = self.slot(at);
        let tail = self.patch.tail_end(slot.end());
        let line_end = self.patch.line_end(tail);
        let ends_line = Span::new(tail, line_end).slice(self.patch.text).trim().is_empty();
        if self.begins_line(at) {
            if ends_line && line_end < self.inside.end {
                let mut start = self.patch.line_start(self.lead(at));
                let mut end = line_end;
                let rest = self.patch.text.get(end..).unwrap_or_default();
                end += if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
                let next_line = Span::new(end, self.patch.line_end(end)).slice(self.patch.text).trim();
                if self.is_blank_before(at) && (next_line.is_empty() || next_line.starts_with([')', ']'])) {
                    start = self.patch.line_start(start.saturating_sub(1));
                }
                return Span::new(start, end);
            }
        } else if at > 0 {
            return Span::new(self.before(at), slot.end());
        }
        let after = Span::new(slot.end(), line_end.max(slot.end())).slice(self.patch.text);
        Span::new(slot.span.start, slot.end() + after.len() - after.trim_start_matches([' ', '\t']).len())
    }

    fn put_in(&mut self, elements: Vec<Element>) {
        let last = elements.len().saturating_sub(1);
        let has_kept = elements.iter().any(|element| matches!(element, Element::Kept(_)));
        let trailing = self.has_trailing_comma();
        let mut anchor: Option<usize> = None;
        let mut fresh: Vec<(Element, bool)> = Vec::new();
        for (at, element) in elements.into_iter().enumerate() {
            let Element::Kept(kept) = element else {
                fresh.push((element, trailing || at < last));
                continue;
            };
            self.put_after(anchor, std::mem::take(&mut fresh), has_kept);
            anchor = Some(kept);
            let slot = self.slot(kept);
            match slot.comma {
                None if at < last => self.patch.insert(slot.span.end, ",".to_owned()),
                Some(comma) if at == last && !trailing && !self.begins_line(kept) => {
                    self.patch.delete(comma, comma + 1);
                }
                _ => {}
            }
        }
        self.put_after(anchor, fresh, has_kept);
    }

    /// Puts elements after a kept one, or at the front. With each, whether it takes a comma.
    fn put_after(&mut self, anchor: Option<usize>, fresh: Vec<(Element, bool)>, has_kept: bool) {
        if fresh.is_empty() {
            return;
        }
        if self.slots.is_empty() {
            self.fill(fresh);
            return;
        }
        let beside = anchor.unwrap_or(0);
        let slot = self.slot(beside);
        let is_one_line = !slot.span.slice(self.patch.text).contains('\n');
        let count = fresh.len();
        let mut out = String::new();
        let shares_line = self
            .slots
            .get(beside + 1)
            .is_some_and(|next| !Span::new(slot.span.end, next.span.start).slice(self.patch.text).contains('\n'));
        if self.begins_line(beside) && !shares_line {
            let indent = self.patch.indent_at(slot.span.start);
            let newline = self.patch.style.newline;
            let between = if self.is_spaced(beside) { newline.repeat(2) } else { newline.to_owned() };
            let mut ends_in_comment = false;
            for (element, comma) in fresh {
                ends_in_comment = matches!(&element, Element::Moved { after, .. } if after.contains("//"));
                let text = self.print_line(&element, indent, is_one_line, comma);
                match anchor {
                    Some(_) => out.extend([between.as_str(), indent, &text]),
                    None => out.extend([indent, &text, between.as_str()]),
                }
            }
            let at = match anchor {
                Some(_) => self.patch.tail_end(slot.end()),
                None => self.patch.line_start(self.lead(beside)),
            };
            let rest = Span::new(at, self.patch.line_end(at)).slice(self.patch.text);
            if anchor.is_some() && ends_in_comment && !rest.trim().is_empty() {
                // What follows on the line must not end up behind a comment.
                out.extend([newline, indent]);
            }
            self.patch.insert(at, out);
            return;
        }
        for (at, (element, comma)) in fresh.into_iter().enumerate() {
            let comma = if comma { "," } else { "" };
            let text = self.print_inline(&element);
            match anchor {
                Some(_) => out.extend([" ", text.as_str(), comma]),
                None => out.extend([text.as_str(), comma, if at + 1 < count || has_kept { " " } else { "" }]),
            }
        }
        let at = if anchor.is_some() { slot.end() } else { slot.span.start };
        self.patch.insert(at, out);
    }

    /// Puts the first elements between brackets that hold none.
    fn fill(&mut self, fresh: Vec<(Element, bool)>) {
        let inside = self.inside.slice(self.patch.text);
        let newline = self.patch.style.newline;
        let outer = self.patch.indent_at(self.inside.start).to_owned();
        let is_record = fresh.iter().any(|(element, _)| match element {
            Element::Printed { tree, .. } => !tree.node.fields().is_empty(),
            _ => true,
        });
        if !is_record && !inside.contains('\n') {
            let all: Vec<String> = fresh.iter().map(|(element, _)| self.print_inline(element)).collect();
            if inside.trim().is_empty() {
                self.patch.delete(self.inside.start, self.inside.end);
            }
            self.patch.insert(self.inside.end, all.join(", "));
            return;
        }
        let indent = format!("{outer}{}", self.patch.style.unit);
        let mut out = String::new();
        for (element, _) in &fresh {
            out.extend([newline, &indent, &self.print_line(element, &indent, false, true)]);
        }
        out.push_str(newline);
        out.push_str(&outer);
        // The comments that were inside stay above.
        let end = self.inside.start + inside.trim_end().len();
        self.patch.replace(Span::new(end, self.inside.end), out);
    }

    fn print_inline(&self, element: &Element) -> String {
        match element {
            Element::Kept(_) => String::new(),
            Element::Printed { label, tree } => format!("{label}{}", self.patch.printer(tree).inline(&tree.node)),
            Element::Moved { above, value, after } if !above.contains('\n') && !after.contains("//") => {
                format!("{above}{value}{after}")
            }
            Element::Moved { value, .. } => value.clone(),
        }
    }

    /// An element on lines of its own, the first of them indented already, with its comma.
    fn print_line(&self, element: &Element, indent: &str, is_one_line: bool, comma: bool) -> String {
        let comma = if comma { "," } else { "" };
        match element {
            Element::Kept(_) => String::new(),
            Element::Moved { above, value, after } => format!("{above}{value}{comma}{after}"),
            Element::Printed { label, tree } => {
                let printer = self.patch.printer(tree);
                let column = indent.chars().count() + label.chars().count();
                let value = if is_one_line && printer.fits(&tree.node, column) {
                    printer.inline(&tree.node)
                } else {
                    printer.value(&tree.node, indent, column)
                };
                format!("{label}{value}{comma}")
            }
        }
    }
}
