//! A scanner of RON text: byte spans of every part, and every fault of syntax at the place where it began.
//!
//! Owns tokens, brackets, comments and recovery. It does not decode values nor know what they should be: `ron` reads
//! them, `schema` judges them. What `ron` accepts is scanned without a fault and with the same extents; the leaves
//! (digits of a number, escapes in a string) are left to `ron`.

mod literal;
mod tokens;

pub(super) use self::tokens::{Token, Tokens};

use super::tree::{Entry, Field, Item, Kind, Node};
use crate::diagnostic::Span;

/// A fault of syntax.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub span: Span,
    pub message: String,
    pub hint: Option<String>,
}

/// What a scan found.
#[derive(Debug)]
pub(super) struct Scan {
    /// The names in `#![enable(…)]`.
    pub extensions: Vec<Span>,
    pub root: Option<Node>,
    pub faults: Vec<Fault>,
    /// Whether the text ends while brackets are open: its end is missing.
    pub is_cut: bool,
}

/// Brackets down to the records: `Timeline(`, then `[`.
pub(super) const RECORD_DEPTH: usize = 2;

/// Levels of brackets that are followed; `ron` gives up at 128.
const DEEPEST: usize = 100;

/// Faults after which a text is not worth reading on.
const MOST_FAULTS: usize = 100;

/// Scans a document; of the tree only what lies within `keep` levels of brackets is kept.
pub(super) fn scan(text: &str, keep: usize) -> Scan {
    let mut scanner = Scanner::new(text, Span::new(0, text.len()), keep);
    if text.starts_with('\u{feff}') {
        scanner.at = '\u{feff}'.len_utf8();
    }
    let extensions = scanner.attributes();
    scanner.trivia();
    let root = scanner.root();
    Scan { extensions, root, is_cut: scanner.deepest_at_end > 0, faults: scanner.faults }
}

/// Scans one value that is known to stand at `span`, with everything in it.
pub(super) fn scan_value(text: &str, span: Span) -> Option<Node> {
    let mut scanner = Scanner::new(text, span, usize::MAX);
    scanner.trivia();
    scanner.value()
}

/// The end of whitespace and comments that begin at `at`, for texts known to scan without a fault.
pub(super) fn trivia_end(text: &str, at: usize, end: usize) -> usize {
    let mut scanner = Scanner::new(text, Span::new(at, end), 0);
    scanner.trivia();
    scanner.at
}

/// The end of whitespace and comments that begin at `at`; nothing where a comment in them is never closed.
pub(super) fn clean_trivia_end(text: &str, at: usize) -> Option<usize> {
    let mut scanner = Scanner::new(text, Span::new(at, text.len()), 0);
    scanner.trivia();
    scanner.faults.is_empty().then_some(scanner.at)
}

/// The names in `#![enable(…)]` at the start of a text; nothing where something is wrong there.
pub(super) fn attributes(text: &str) -> Option<Vec<Span>> {
    let mut scanner = Scanner::new(text, Span::new(0, text.len()), 0);
    if text.starts_with('\u{feff}') {
        scanner.at = '\u{feff}'.len_utf8();
    }
    let extensions = scanner.attributes();
    scanner.faults.is_empty().then_some(extensions)
}

/// A comment and where it stands, its line end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Comment {
    pub span: Span,
    /// `// …`, as against `/* … */`.
    pub is_line: bool,
}

/// The comments in a stretch that holds nothing but whitespace, comments and commas or colons.
pub(super) fn comments(text: &str, within: Span) -> Vec<Comment> {
    let mut scanner = Scanner::new(text, within, 0);
    let mut found = Vec::new();
    while scanner.at < scanner.end {
        if scanner.blank() {
            continue;
        }
        if scanner.peek() == Some(b'/') {
            let start = scanner.at;
            let is_line = scanner.peek_at(1) == Some(b'/');
            if scanner.comment() {
                let end = Span::new(start, scanner.at).slice(text).trim_end_matches(['\n', '\r']).len() + start;
                found.push(Comment { span: Span::new(start, end), is_line });
                continue;
            }
        }
        scanner.at += 1;
    }
    found
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    end: usize,
    keep: usize,
    /// The brackets that are open, with their places.
    open: Vec<(u8, usize)>,
    /// Whether a value that lacks its bracket has taken the comma that was meant to follow it.
    has_lent_comma: bool,
    /// How many brackets were open where the text ended; 0 where none was.
    deepest_at_end: usize,
    /// Whether the rest of the text was given up: then its end says nothing.
    gives_up: bool,
    faults: Vec<Fault>,
}

/// What a bracketed element turned out to be.
enum Element {
    Field(Field),
    Value(Node),
    Entry(Entry),
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, within: Span, keep: usize) -> Self {
        let end = within.end.min(text.len());
        Self {
            text,
            bytes: text.as_bytes(),
            at: within.start,
            end,
            keep,
            open: Vec::new(),
            has_lent_comma: false,
            deepest_at_end: 0,
            gives_up: false,
            faults: Vec::new(),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Option<u8> {
        let at = self.at + ahead;
        if at < self.end { self.bytes.get(at).copied() } else { None }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn char(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn fault(&mut self, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        if self.faults.len() >= MOST_FAULTS {
            self.at = self.end;
            return;
        }
        self.faults.push(Fault { span, message: message.into(), hint: Some(hint.into()) });
        if self.faults.len() == MOST_FAULTS {
            self.at = self.end;
        }
    }

    /// Skips whitespace; whether there was any.
    fn blank(&mut self) -> bool {
        let start = self.at;
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => self.at += 1,
                0xC2 | 0xE2 => match self.char() {
                    Some(c) if is_blank(c) => self.at += c.len_utf8(),
                    _ => break,
                },
                _ => break,
            }
        }
        self.at > start
    }

    /// Skips whitespace and comments.
    fn trivia(&mut self) {
        loop {
            self.blank();
            if self.peek() != Some(b'/') || !self.comment() {
                return;
            }
        }
    }

    /// Skips a comment with its line end; false where the slash begins none.
    fn comment(&mut self) -> bool {
        let start = self.at;
        match self.peek_at(1) {
            Some(b'/') => {
                let length = self.bytes.get(start..self.end).and_then(|rest| rest.iter().position(|&b| b == b'\n'));
                self.at = length.map_or(self.end, |length| start + length + 1);
                true
            }
            Some(b'*') => {
                let mut depth = 1_usize;
                let mut first_close = None;
                self.at += 2;
                while depth > 0 {
                    match (self.peek(), self.peek_at(1)) {
                        (Some(b'/'), Some(b'*')) => {
                            depth += 1;
                            self.at += 2;
                        }
                        (Some(b'*'), Some(b'/')) => {
                            depth -= 1;
                            self.at += 2;
                            first_close.get_or_insert(self.at);
                        }
                        (Some(_), _) => self.at += 1,
                        (None, _) => {
                            self.at = first_close.unwrap_or(self.end);
                            self.fault(
                                Span::new(start, start + 2),
                                "this comment is never closed",
                                "comments nest: every `/*` needs its own `*/`",
                            );
                            break;
                        }
                    }
                }
                true
            }
            _ => false,
        }
    }

    fn attributes(&mut self) -> Vec<Span> {
        let mut extensions = Vec::new();
        loop {
            self.trivia();
            if self.peek() != Some(b'#') {
                return extensions;
            }
            let start = self.at;
            if self.attribute(&mut extensions).is_none() {
                let line_end = self.line_end(start);
                self.at = self.at.max(line_end);
                self.fault(
                    Span::new(start, line_end),
                    "this is not an attribute RON knows",
                    "write `#![enable(implicit_some)]`, or leave the line out",
                );
            }
        }
    }

    fn attribute(&mut self, extensions: &mut Vec<Span>) -> Option<()> {
        for byte in [b'#', b'!', b'['] {
            self.take(byte)?;
        }
        let word = self.word()?;
        self.trivia();
        match word.slice(self.text) {
            "enable" => {
                self.take(b'(')?;
                loop {
                    extensions.push(self.word()?);
                    self.trivia();
                    if self.take(b',').is_none() || self.peek() == Some(b')') {
                        break;
                    }
                }
                self.take(b')')?;
            }
            "type" | "schema" => {
                self.take(b'=')?;
                let value = self.value()?;
                if value.kind != Kind::Text {
                    return None;
                }
                self.trivia();
            }
            _ => return None,
        }
        self.take(b']')
    }

    /// Takes a byte and the trivia after it.
    fn take(&mut self, byte: u8) -> Option<()> {
        if self.peek() != Some(byte) {
            return None;
        }
        self.at += 1;
        self.trivia();
        Some(())
    }

    fn root(&mut self) -> Option<Node> {
        let root = self.value();
        if root.is_none() && self.faults.is_empty() {
            let span = Span::new(self.at, self.at + self.char().map_or(0, char::len_utf8));
            // Of line ends only CR LF and LF end a comment: with CR alone the first comment is all of the text.
            let old_line_end = self.bytes.iter().position(|&b| b == b'\r').filter(|_| !self.bytes.contains(&b'\n'));
            match old_line_end.filter(|_| self.at == self.end) {
                Some(at) => self.fault(
                    Span::new(at, at + 1),
                    "the lines of this file end in CR alone, so that its first comment goes on to the end",
                    "save it with LF or CR LF as line ends in your editor",
                ),
                None => {
                    self.fault(
                        span,
                        "there is no timeline in this file",
                        "begin with `Timeline(format: 1, title: \"…\")`",
                    );
                }
            }
        }
        self.trivia();
        if root.is_some() && self.at < self.end {
            let hint = "one file holds one `Timeline(…)`; look for a bracket too many before this place";
            self.fault(Span::new(self.at, self.line_end(self.at)), "there is text after the end of the timeline", hint);
        }
        root
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..self.end).unwrap_or_default();
        let length = rest.iter().position(|&b| b == b'\n').unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or_default();
        from + length - usize::from(line.ends_with(b"\r"))
    }

    /// A value at this place, or nothing where none can begin here (then nothing is consumed).
    fn value(&mut self) -> Option<Node> {
        let start = self.at;
        if matches!(self.peek()?, b'(' | b'[' | b'{') {
            return self.bracketed(start, None);
        }
        let kind = match self.leaf(start) {
            Some(kind) => kind,
            None => {
                let word = self.word()?;
                self.trivia();
                if self.peek() == Some(b'(') {
                    return self.bracketed(start, Some(word));
                }
                self.at = word.end;
                Kind::Word
            }
        };
        Some(Node { span: Span::new(start, self.at), kind })
    }

    /// A text, a character or a number at this place; nothing, and nothing consumed, where none begins here.
    fn leaf(&mut self, start: usize) -> Option<Kind> {
        Some(match self.peek()? {
            b'"' => self.text(start),
            b'r' if matches!(self.peek_at(1), Some(b'"' | b'#')) && self.is_raw_string(1) => {
                self.raw(start, 1, Kind::Text)
            }
            b'b' if self.peek_at(1) == Some(b'"') => {
                self.at += 1;
                self.text(start);
                Kind::Bytes
            }
            b'b' if self.peek_at(1) == Some(b'\'') => {
                self.at += 1;
                self.character(start);
                Kind::Number
            }
            b'b' if self.peek_at(1) == Some(b'r') && self.is_raw_string(2) => self.raw(start, 2, Kind::Bytes),
            b'\'' => self.character(start),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            _ => return None,
        })
    }

    /// A value in brackets from its opening one at the present place.
    fn bracketed(&mut self, start: usize, name: Option<Span>) -> Option<Node> {
        let open = self.at;
        let bracket = self.peek()?;
        let close = match bracket {
            b'(' => b')',
            b'[' => b']',
            _ => b'}',
        };
        self.at += 1;
        self.open.push((bracket, open));
        let mut parts = Parts::default();
        if self.open.len() > DEEPEST {
            self.fault(
                Span::new(open, open + 1),
                "brackets are nested too deeply here",
                "no timeline needs more than a few levels",
            );
            self.gives_up = true;
            self.at = self.end;
        } else {
            self.elements(open, close, &mut parts);
        }
        self.open.pop();
        let span = Span::new(start, self.at);
        let Parts { fields, items, entries, is_struct } = parts;
        let kind = match bracket {
            b'(' if is_struct => Kind::Struct { name, open, fields },
            b'(' => Kind::Tuple { name, open, items },
            b'[' => Kind::List { items },
            _ => Kind::Map { entries },
        };
        Some(Node { span, kind })
    }

    fn elements(&mut self, open: usize, close: u8, parts: &mut Parts) {
        let keep = self.open.len() <= self.keep;
        // The end of the element before, until its comma is seen.
        let mut before: Option<usize> = None;
        loop {
            self.trivia();
            match self.peek() {
                None => {
                    self.ends_within(open);
                    return;
                }
                Some(b',') => {
                    if before.take().is_some() {
                        if keep {
                            parts.set_comma(self.at);
                        }
                    } else {
                        let hint = "take it out, or write what it was meant to separate";
                        self.fault(Span::new(self.at, self.at + 1), "there is a comma too many", hint);
                    }
                    self.at = (self.at + 1).min(self.end);
                }
                Some(found @ (b')' | b']' | b'}')) => {
                    if found == close {
                        self.at += 1;
                        return;
                    }
                    if self.ends_at_other(found, open, close) {
                        return;
                    }
                }
                Some(_) => {
                    if self.belongs_outside(parts.is_struct) {
                        self.has_lent_comma = before.is_none();
                        self.unclosed(open);
                        return;
                    }
                    let start = self.at;
                    let faults = self.faults.len();
                    let element = self.element(close, parts.is_struct);
                    if let (Some(end), false) = (before, element.is_none() && self.at == start) {
                        let missing = Fault {
                            span: Span::new(end, end),
                            message: "there is no comma after this".to_owned(),
                            hint: Some("write `,` between one value and the next".to_owned()),
                        };
                        self.faults.insert(faults.min(self.faults.len()), missing);
                    }
                    if element.is_none() && self.at == start {
                        self.stray();
                        continue;
                    }
                    before = (!std::mem::take(&mut self.has_lent_comma)).then_some(self.at);
                    if let Some(element) = element {
                        self.keep(element, keep, parts);
                    }
                }
            }
        }
    }

    fn keep(&mut self, element: Element, keep: bool, parts: &mut Parts) {
        match element {
            Element::Field(field) => {
                if !parts.is_struct
                    && let Some(Item { value, .. }) = parts.items.first()
                {
                    let span = value.span;
                    self.nameless(span);
                }
                parts.is_struct = true;
                if keep {
                    parts.fields.push(field);
                }
            }
            Element::Value(value) if parts.is_struct => self.nameless(value.span),
            Element::Value(value) => {
                if keep {
                    parts.items.push(Item { value, comma: None });
                }
            }
            Element::Entry(entry) => {
                if keep {
                    parts.entries.push(entry);
                }
            }
        }
    }

    fn nameless(&mut self, span: Span) {
        self.fault(span, "this value has no field name before it", "write `name: value`");
    }

    /// The text ends in a bracketed value. That is told once for all that are open there, at the outermost: the innermost comes
    /// here first and says how many there are, and each around it is left in turn.
    fn ends_within(&mut self, open: usize) {
        if self.gives_up {
            return;
        }
        if self.deepest_at_end == 0 {
            self.deepest_at_end = self.open.len();
        }
        if self.open.len() > 1 {
            return;
        }
        let inside = self.deepest_at_end - 1;
        if inside == 0 {
            return self.unclosed(open);
        }
        let bracket = self.bytes.get(open).map_or('(', |&b| char::from(b));
        let line = ending_line(self.text.get(..self.end).unwrap_or_default());
        let brackets = if inside == 1 { "is 1 bracket" } else { &format!("are {inside} brackets") };
        self.fault(
            Span::new(open, open + 1),
            format!("this `{bracket}` is never closed, nor {brackets} inside it: the text ends in line {line}"),
            "what stood behind its end is not there: look for it in an earlier version of the file",
        );
    }

    fn unclosed(&mut self, open: usize) {
        let bracket = self.bytes.get(open).map_or('(', |&b| char::from(b));
        let closing = match bracket {
            '(' => ')',
            '[' => ']',
            _ => '}',
        };
        self.fault(
            Span::new(open, open + 1),
            format!("this `{bracket}` is never closed"),
            format!("add `{closing}` where what it holds ends"),
        );
    }

    /// Whether what stands here is plainly part of the value around the innermost one: then a bracket is missing.
    fn belongs_outside(&mut self, is_struct: bool) -> bool {
        let outer = self.open.len().checked_sub(2).and_then(|at| self.open.get(at)).map(|&(bracket, _)| bracket);
        let inner = self.open.last().map(|&(bracket, _)| bracket);
        let wanted = match (inner, outer) {
            (Some(b'('), Some(b'[')) if is_struct => b'(',
            (Some(b'['), Some(b'(')) => b':',
            _ => return false,
        };
        if !matches!(self.peek(), Some(b'A'..=b'Z' | b'a'..=b'z' | b'_')) {
            return false;
        }
        let found = self.after_word();
        wanted == b':' && found == Some(b':')
            || wanted == b'(' && found == Some(b'(') && self.peek().is_some_and(|byte| byte.is_ascii_uppercase())
    }

    /// The byte after the word at this place and the trivia that follows it; nothing is consumed.
    fn after_word(&mut self) -> Option<u8> {
        let (at, faults) = (self.at, self.faults.len());
        let found = self.word().and_then(|_| {
            self.trivia();
            self.peek()
        });
        self.at = at;
        self.faults.truncate(faults);
        found
    }

    /// A closing bracket of another sort; whether the innermost value ends here. Either it was meant for the innermost
    /// value (what follows goes on with the value around it), or the innermost one lacks its own, or it is astray.
    fn ends_at_other(&mut self, found: u8, open: usize, close: u8) -> bool {
        let opening = match found {
            b')' => b'(',
            b']' => b'[',
            _ => b'{',
        };
        let outer = self.open.len().saturating_sub(1);
        let is_expected = self.open.get(..outer).unwrap_or_default().iter().any(|&(bracket, _)| bracket == opening);
        let span = Span::new(self.at, self.at + 1);
        let (is, should) = (char::from(found), char::from(close));
        if !is_expected {
            self.at += 1;
            self.fault(
                span,
                format!("there is a `{is}` too many"),
                format!("take it out; `{should}` would close what is open here"),
            );
            return false;
        }
        let (at, faults) = (self.at, self.faults.len());
        self.at += 1;
        self.trivia();
        if self.peek() == Some(b',') {
            self.at += 1;
            self.trivia();
        }
        let next = self.peek();
        let goes_on = match outer.checked_sub(1).and_then(|at| self.open.get(at)).map(|&(bracket, _)| bracket) {
            Some(b'(') => next == Some(b')') && found == b']' || self.after_word() == Some(b':'),
            Some(b'[') => matches!(next, Some(b'"' | b'(')) || self.after_word() == Some(b'('),
            _ => false,
        };
        self.at = at;
        self.faults.truncate(faults);
        if goes_on {
            self.at += 1;
            self.fault(
                span,
                format!("this `{is}` closes a value that `{should}` must close"),
                format!("write `{should}` in its place"),
            );
        } else {
            self.unclosed(open);
        }
        true
    }

    /// A field, entry or value; nothing where none can begin here.
    fn element(&mut self, close: u8, is_struct: bool) -> Option<Element> {
        match close {
            b')' => {
                let start = self.at;
                if let Some(name) = self.word() {
                    self.trivia();
                    if self.is_colon(name, is_struct) {
                        return self.field(name);
                    }
                    self.at = start;
                }
                self.value().map(Element::Value)
            }
            b']' => self.value().map(Element::Value),
            _ => {
                let key = self.value()?;
                self.trivia();
                if self.peek() == Some(b':') {
                    self.at += 1;
                } else {
                    self.no_colon(key.span.end);
                }
                self.trivia();
                let value = self.value()?;
                Some(Element::Entry(Entry { key, value, comma: None }))
            }
        }
    }

    /// Whether the word just taken names a field: a colon follows, or plainly should.
    fn is_colon(&self, name: Span, is_struct: bool) -> bool {
        match self.peek() {
            Some(b':' | b'=' | b'"' | b'[' | b'0'..=b'9') => true,
            Some(byte) => {
                is_struct && byte.is_ascii_alphabetic() && !name.slice(self.text).starts_with(char::is_uppercase)
            }
            None => false,
        }
    }

    fn no_colon(&mut self, at: usize) {
        self.fault(Span::new(at, at), "there is no colon after this name", "write `name: value`");
    }

    fn field(&mut self, name: Span) -> Option<Element> {
        let colon = self.at;
        match self.peek() {
            Some(b':') => self.at += 1,
            Some(b'=') => {
                self.at += 1;
                self.fault(
                    Span::new(colon, colon + 1),
                    "a colon stands between a name and its value, not `=`",
                    "write `name: value`",
                );
            }
            _ => self.no_colon(name.end),
        }
        self.trivia();
        let Some(value) = self.value() else {
            let label = name.slice(self.text);
            self.fault(name, format!("`{label}` has no value"), "write one after the colon, or take the field out");
            if !matches!(self.peek(), None | Some(b',' | b')' | b']' | b'}')) {
                self.stray();
            }
            return None;
        };
        Some(Element::Field(Field { name, colon, value, comma: None }))
    }

    /// Skips characters that can begin nothing.
    fn stray(&mut self) {
        let start = self.at;
        while let Some(c) = self.char() {
            let is_end =
                c.is_whitespace() || matches!(c, ',' | '(' | ')' | '[' | ']' | '{' | '}' | '"') || c.is_alphanumeric();
            if is_end && self.at > start {
                break;
            }
            self.at += c.len_utf8();
        }
        let span = Span::new(start, self.at);
        let found = span.slice(self.text).to_owned();
        self.fault(
            span,
            format!("`{found}` does not belong here"),
            "take it out; texts stand in \"…\", comments after `//`",
        );
    }
}

/// The line in which a text ends, from 1; blank lines at its end are none.
pub(super) fn ending_line(text: &str) -> usize {
    text.trim_end().bytes().filter(|byte| *byte == b'\n').count() + 1
}

/// The characters beyond ASCII that RON skips as whitespace (Unicode's `Pattern_White_Space`).
const fn is_blank(c: char) -> bool {
    matches!(c, '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}')
}

/// What a bracketed value holds so far.
#[derive(Default)]
struct Parts {
    fields: Vec<Field>,
    items: Vec<Item>,
    entries: Vec<Entry>,
    is_struct: bool,
}

impl Parts {
    fn set_comma(&mut self, at: usize) {
        if let Some(field) = self.fields.last_mut() {
            field.comma = Some(at);
        } else if let Some(item) = self.items.last_mut() {
            item.comma = Some(at);
        } else if let Some(entry) = self.entries.last_mut() {
            entry.comma = Some(at);
        }
    }
}

#[cfg(test)]
mod tests;
