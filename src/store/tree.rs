//! The shape of a RON text: what stands where, without what it means.
//!
//! Owns the tree that `scan` makes and ways to walk it. Values are not decoded here; every part is a byte span.

use crate::diagnostic::Span;

/// A value and where it stands, brackets and quotes included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    pub span: Span,
    pub kind: Kind,
}

/// What sort of value a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `Name(field: value, …)` or `(field: value, …)`.
    Struct { name: Option<Span>, open: usize, fields: Vec<Field> },
    /// `Name(value, …)` or `(value, …)`: also `Some(value)` and `()`.
    Tuple { name: Option<Span>, open: usize, items: Vec<Item> },
    /// `[value, …]`.
    List { items: Vec<Item> },
    /// `{key: value, …}`.
    Map { entries: Vec<Entry> },
    /// `"…"`, `r"…"`, `r#"…"#`.
    Text,
    /// `b"…"`, `br"…"`.
    Bytes,
    /// `'x'`.
    Char,
    /// A number, a byte literal or a range of numbers.
    Number,
    /// A bare word: `true`, `None`, a variant.
    Word,
}

/// A value in a list or tuple.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub value: Node,
    /// Offset of the comma after it.
    pub comma: Option<usize>,
}

/// A named value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub name: Span,
    pub colon: usize,
    pub value: Node,
    /// Offset of the comma after it.
    pub comma: Option<usize>,
}

/// A key and its value in a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub key: Node,
    pub value: Node,
    /// Offset of the comma after it.
    pub comma: Option<usize>,
}

/// One element of a bracketed sequence, whatever it holds: the unit of splicing and formatting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    /// From the first byte of its name, key or value to the end of its value.
    pub span: Span,
    /// Offset of the comma after it.
    pub comma: Option<usize>,
}

impl Slot {
    /// Where its comma ends, or its value where it has none.
    pub fn end(self) -> usize {
        self.comma.map_or(self.span.end, |comma| comma + 1)
    }
}

impl Node {
    /// The fields, where this is a struct.
    pub fn fields(&self) -> &[Field] {
        match &self.kind {
            Kind::Struct { fields, .. } => fields,
            _ => &[],
        }
    }

    /// The first field of this name.
    pub fn field<'n>(&'n self, text: &str, name: &str) -> Option<&'n Field> {
        self.fields().iter().find(|field| field.name.slice(text) == name)
    }

    /// The items, where this is a list or tuple.
    pub fn items(&self) -> &[Item] {
        match &self.kind {
            Kind::List { items } | Kind::Tuple { items, .. } => items,
            _ => &[],
        }
    }

    /// What names the value as a whole in a message: its struct name, a word itself, else its first byte.
    pub fn head(&self) -> Span {
        match &self.kind {
            Kind::Struct { name: Some(name), .. } | Kind::Tuple { name: Some(name), .. } => *name,
            Kind::Word => self.span,
            // Whatever is no word begins with a bracket, a mark or a digit, which is one byte.
            _ => Span::new(self.span.start, self.span.end.min(self.span.start + 1)),
        }
    }

    /// The value inside `Some(…)`, however deep; else the value itself.
    pub fn unwrapped(&self, text: &str) -> &Self {
        let mut node = self;
        while let Kind::Tuple { name: Some(name), items, .. } = &node.kind {
            match items.as_slice() {
                [only] if name.slice(text) == "Some" => node = &only.value,
                _ => break,
            }
        }
        node
    }

    /// Just after the opening bracket, where there is one.
    pub fn inside_start(&self) -> Option<usize> {
        match &self.kind {
            Kind::Struct { open, .. } | Kind::Tuple { open, .. } => Some(open + 1),
            Kind::List { .. } | Kind::Map { .. } => Some(self.span.start + 1),
            _ => None,
        }
    }

    /// The elements between the brackets.
    pub fn slots(&self) -> Vec<Slot> {
        match &self.kind {
            Kind::Struct { fields, .. } => fields
                .iter()
                .map(|f| Slot { span: Span::new(f.name.start, f.value.span.end), comma: f.comma })
                .collect(),
            Kind::Tuple { items, .. } | Kind::List { items } => {
                items.iter().map(|i| Slot { span: i.value.span, comma: i.comma }).collect()
            }
            Kind::Map { entries } => entries
                .iter()
                .map(|e| Slot { span: Span::new(e.key.span.start, e.value.span.end), comma: e.comma })
                .collect(),
            _ => Vec::new(),
        }
    }
}
