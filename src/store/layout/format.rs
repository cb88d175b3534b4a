//! Layout of a whole file: what `fmt` does.
//!
//! Of a file only the tree down to its records is kept; what is in a record is scanned when it is printed or compared, so
//! that a long file needs little more memory than its text and the text it becomes.

use super::super::scan::{RECORD_DEPTH, comments, scan};
use super::super::tree::{Kind, Node};
use super::{Printer, Source, Style};
use crate::diagnostic::Span;

/// A text in the one style: every comment kept, the same meaning, and no further change when formatted again. Nothing where
/// the text is not RON without a fault, or cannot be laid out without changing what it says.
///
/// Whether the text is a timeline is for the caller to know, who has read it.
pub fn formatted(text: &str) -> Option<String> {
    let before = Scanned::of(text)?;
    let result = before.lay_out()?;
    let after = Scanned::of(&result)?;
    before.says_the_same(&after).then_some(result)
}

/// A text without a fault, and its tree down to the records.
struct Scanned<'t> {
    text: &'t str,
    extensions: Vec<Span>,
    root: Node,
}

impl<'t> Scanned<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let scan = scan(text, RECORD_DEPTH);
        let root = scan.root.filter(|_| scan.faults.is_empty())?;
        Some(Self { text, extensions: scan.extensions, root })
    }

    fn lay_out(&self) -> Option<String> {
        let Self { text, root, .. } = self;
        let style = Style { newline: Style::newline_of(text), ..Style::default() };
        let newline = style.newline;
        let mut out = String::with_capacity(text.len() + text.len() / 8);
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
        Printer::new(text, &style, Source::User).push_value(&mut out, root, "", 0);
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

    /// Whether `other` has the same values under the same names in the same order, and the same comments in any order. This is
    /// what makes a layout safe: blanks and commas are all that can differ, and those mean nothing to a reader of RON.
    fn says_the_same(&self, other: &Self) -> bool {
        let style = Style::default();
        let own = Printer::new(self.text, &style, Source::User);
        let others = Printer::new(other.text, &style, Source::User);
        let extensions =
            |of: &Self| -> Vec<String> { of.extensions.iter().map(|span| span.slice(of.text).to_owned()).collect() };
        extensions(self) == extensions(other)
            && same_values(&own, &self.root, &others, &other.root)
            && self.comments(&own) == other.comments(&others)
    }

    /// The comments, in alphabetical order: some move before what they stood behind.
    fn comments(&self, printer: &Printer<'t>) -> Vec<&'t str> {
        let outer = [Span::new(0, self.root.span.start), Span::new(self.root.span.end, self.text.len())];
        let outer = outer.into_iter().flat_map(|gap| comments(self.text, gap));
        let mut found: Vec<&str> = outer
            .chain(printer.all_comments(&self.root))
            .map(|comment| comment.span.slice(self.text).trim_end())
            .collect();
        found.sort_unstable();
        found
    }
}

fn same_values(printer: &Printer<'_>, node: &Node, others: &Printer<'_>, other: &Node) -> bool {
    let (node, other) = (&*printer.whole(node), &*others.whole(other));
    let same_name = |own: Option<Span>, other: Option<Span>| {
        own.map(|name| name.slice(printer.text)) == other.map(|name| name.slice(others.text))
    };
    let same = |own: &Node, other: &Node| same_values(printer, own, others, other);
    match (&node.kind, &other.kind) {
        (Kind::Struct { name, fields, .. }, Kind::Struct { name: other_name, fields: other_fields, .. }) => {
            same_name(*name, *other_name)
                && fields.len() == other_fields.len()
                && fields
                    .iter()
                    .zip(other_fields)
                    .all(|(own, other)| same_name(Some(own.name), Some(other.name)) && same(&own.value, &other.value))
        }
        (Kind::Tuple { name, items, .. }, Kind::Tuple { name: other_name, items: other_items, .. }) => {
            same_name(*name, *other_name)
                && items.len() == other_items.len()
                && items.iter().zip(other_items).all(|(own, other)| same(&own.value, &other.value))
        }
        (Kind::List { items }, Kind::List { items: other_items }) => {
            items.len() == other_items.len()
                && items.iter().zip(other_items).all(|(own, other)| same(&own.value, &other.value))
        }
        (Kind::Map { entries }, Kind::Map { entries: other_entries }) => {
            entries.len() == other_entries.len()
                && entries
                    .iter()
                    .zip(other_entries)
                    .all(|(own, other)| same(&own.key, &other.key) && same(&own.value, &other.value))
        }
        (own, other_kind) => own == other_kind && node.span.slice(printer.text) == other.span.slice(others.text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_commas_and_the_place_of_comments_are_all_that_may_differ() {
        let text = "T(a: [R(x: 1, y: \"b\"), R(x: 2)], /* c */ m: {\"k\": (1, 2)})";
        let same = "T(a:[R(x:1,y:\"b\",),R(x: 2,)], m: {\"k\":(1,2)}) /* c */";
        let others = [
            "T(a: [R(x: 1, y: \"b\"), R(x: 3)], /* c */ m: {\"k\": (1, 2)})",
            "T(a: [R(x: 1, y: \"b \"), R(x: 2)], /* c */ m: {\"k\": (1, 2)})",
            "T(a: [R(x: 1, z: \"b\"), R(x: 2)], /* c */ m: {\"k\": (1, 2)})",
            "T(a: [R(x: 1, y: \"b\"), S(x: 2)], /* c */ m: {\"k\": (1, 2)})",
            "T(a: [R(x: 1, y: \"b\")], /* c */ m: {\"k\": (1, 2)})",
            "T(a: [R(x: 1, y: \"b\"), R(x: 2)], /* c */ m: {\"k\": (2, 1)})",
            "T(a: [R(x: 1, y: \"b\"), R(x: 2)], /* d */ m: {\"k\": (1, 2)})",
            "T(a: [R(x: 1, y: \"b\"), R(x: 2)], m: {\"k\": (1, 2)})",
        ];
        let scanned = |text| Scanned::of(text).unwrap();
        assert!(scanned(same).says_the_same(&scanned(text)));
        for other in others {
            assert!(!scanned(other).says_the_same(&scanned(text)), "{other}");
        }
    }

    #[test]
    fn a_text_with_a_fault_is_not_laid_out() {
        assert_eq!(formatted("T(a: [R(x: 1)"), None);
        assert_eq!(formatted(""), None);
    }
}
