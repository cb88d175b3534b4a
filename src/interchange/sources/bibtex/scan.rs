//! Entries, fields and strings of a BibTeX file; faults with their places.

use std::collections::HashMap;

use crate::diagnostic::Severity;

/// What stands in a file.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    pub blocks: Vec<Block>,
    pub faults: Vec<Fault>,
}

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// Its type, in small letters.
    pub kind: String,
    pub key: String,
    pub fields: Vec<Field>,
    /// Byte of its `@`.
    pub at: usize,
}

impl Block {
    /// The first field of this name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// A field, its strings put in and its parts joined, TeX as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// In small letters.
    pub name: String,
    pub value: String,
}

/// What was not understood.
#[derive(Debug)]
pub(super) struct Fault {
    pub severity: Severity,
    pub code: &'static str,
    pub at: usize,
    pub entry: String,
    pub message: String,
}

/// The names of months that BibTeX's styles define.
const MONTHS: [(&str, &str); 12] = [
    ("jan", "January"),
    ("feb", "February"),
    ("mar", "March"),
    ("apr", "April"),
    ("may", "May"),
    ("jun", "June"),
    ("jul", "July"),
    ("aug", "August"),
    ("sep", "September"),
    ("oct", "October"),
    ("nov", "November"),
    ("dec", "December"),
];

/// Longer values of strings would let a small file become a large one.
const LONGEST_VALUE: usize = 1 << 20;

/// Each of them is read to the end of the file.
const MOST_UNCLOSED: usize = 200;

/// Reads a file. What stands between entries is a comment.
pub(super) fn scan(text: &str) -> Scanned {
    let strings = MONTHS.iter().map(|(name, month)| ((*name).to_owned(), (*month).to_owned())).collect();
    let mut scanner = Scanner { text, at: 0, strings, scanned: Scanned::default(), entry: String::new() };
    let mut unclosed = 0;
    while let Some(start) = scanner.next_entry() {
        scanner.at = start;
        if scanner.entry().is_none() {
            let message = "the entry is not closed; close its braces. Entries after it were read";
            scanner.fault(Severity::Error, "unclosed-entry", start, message);
            scanner.at = start + 1;
            unclosed += 1;
            if unclosed == MOST_UNCLOSED {
                let message = "too many entries are not closed; the rest of the file was not read";
                scanner.fault(Severity::Error, "unclosed-entry", start, message);
                break;
            }
        }
    }
    scanner.scanned
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    strings: HashMap<String, String>,
    scanned: Scanned,
    /// The key of the entry being read.
    entry: String,
}

impl Scanner<'_> {
    fn fault(&mut self, severity: Severity, code: &'static str, at: usize, message: impl Into<String>) {
        let fault = Fault { severity, code, at, entry: self.entry.clone(), message: message.into() };
        self.scanned.faults.push(fault);
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// The next `@` that a type and an opening bracket follow, outside of lines that `%` makes a comment.
    fn next_entry(&self) -> Option<usize> {
        let mut at = self.at;
        loop {
            let start = at + self.text.get(at..)?.find('@')?;
            let before = self.text.get(..start)?;
            let line = before.get(before.rfind('\n').map_or(0, |end| end + 1)..)?;
            let is_word = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
            let after = self.text.get(start + 1..)?;
            let rest = after.trim_start().trim_start_matches(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'));
            let is_named = after.trim_start().len() != rest.len();
            if !is_word && is_named && !line.trim_start().starts_with('%') && rest.trim_start().starts_with(['{', '('])
            {
                return Some(start);
            }
            at = start + 1;
        }
    }

    /// Reads the entry at the `@`. None where the text ends before it does.
    fn entry(&mut self) -> Option<()> {
        let start = self.at;
        self.entry.clear();
        self.bump();
        self.skip_space();
        let kind = self.word().to_lowercase();
        self.skip_space();
        let close = if self.bump() == Some('(') { ')' } else { '}' };
        match kind.as_str() {
            "comment" | "preamble" => self.skip_to(close),
            "string" => {
                let fields = self.fields(close)?;
                self.strings.extend(fields.into_iter().map(|field| (field.name, field.value)));
                Some(())
            }
            _ => {
                self.skip_space();
                let key_start = self.at;
                let end = self.rest().find([',', close, '=', '\n'])?;
                let mut key = self.rest().get(..end)?.trim().to_owned();
                self.at += end;
                if self.peek() == Some('=') {
                    // There is no key: this was the name of the first field.
                    key.clear();
                    self.at = key_start;
                }
                self.entry.clone_from(&key);
                let fields = self.fields(close)?;
                self.scanned.blocks.push(Block { kind, key, fields, at: start });
                Some(())
            }
        }
    }

    fn fields(&mut self, close: char) -> Option<Vec<Field>> {
        let mut fields: Vec<Field> = Vec::new();
        loop {
            self.skip_space();
            match self.peek()? {
                ',' => {
                    self.bump();
                    continue;
                }
                c if c == close => {
                    self.bump();
                    return Some(fields);
                }
                _ => {}
            }
            let start = self.at;
            let name = self.word().to_lowercase();
            self.skip_space();
            if name.is_empty() || self.peek() != Some('=') {
                self.skip_field(close)?;
                let lost = self.text.get(start..self.at).unwrap_or_default().trim();
                let lost: String = lost.chars().take(60).collect();
                let message = format!("\"{lost}\" is no field and was left out: expected a name, \"=\" and a value");
                self.fault(Severity::Warning, "bad-field", start, message);
                continue;
            }
            self.bump();
            let value = self.value(close)?;
            if fields.iter().any(|field| field.name == name) {
                let message = format!("the field {name} stands twice; the first was taken, not \"{value}\"");
                self.fault(Severity::Warning, "duplicate-field", start, message);
            } else {
                fields.push(Field { name, value });
            }
        }
    }

    /// Parts joined by `#`.
    fn value(&mut self, close: char) -> Option<String> {
        let mut value = String::new();
        loop {
            self.skip_space();
            let start = self.at;
            match self.peek()? {
                '{' => {
                    self.bump();
                    self.skip_to('}')?;
                    value.push_str(self.text.get(start + 1..self.at - 1)?);
                }
                '"' => {
                    self.bump();
                    self.skip_to('"')?;
                    value.push_str(self.text.get(start + 1..self.at - 1)?);
                }
                _ => {
                    let end = self
                        .rest()
                        .find(|c: char| c.is_whitespace() || matches!(c, ',' | '#' | '}' | '{' | '"') || c == close)?;
                    let word = self.rest().get(..end)?.to_owned();
                    self.at += end;
                    self.put_word(&word, start, &mut value);
                }
            }
            if value.len() > LONGEST_VALUE {
                value.clear();
                self.fault(Severity::Warning, "too-long", start, "the value is too long and was left out");
            }
            self.skip_space();
            if self.peek()? != '#' {
                return Some(value);
            }
            self.bump();
        }
    }

    /// A number, or the value of a string.
    fn put_word(&mut self, word: &str, at: usize, value: &mut String) {
        if word.bytes().all(|byte| byte.is_ascii_digit()) {
            value.push_str(word);
        } else if let Some(known) = self.strings.get(&word.to_lowercase()) {
            value.push_str(known);
        } else {
            let message = format!("no string \"{word}\" is defined before; the name stands for it");
            self.fault(Severity::Warning, "unknown-string", at, message);
            value.push_str(word);
        }
    }

    /// Past the closing mark; braces between are in pairs, and a backslash takes the mark after it along.
    fn skip_to(&mut self, close: char) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.bump()? {
                '\\' => {
                    self.bump();
                }
                c if c == close && depth == 0 => return Some(()),
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    /// Up to the comma or the closing bracket after something that is no field.
    fn skip_field(&mut self, close: char) -> Option<()> {
        loop {
            match self.peek()? {
                c if c == ',' || c == close => return Some(()),
                '{' => {
                    self.bump();
                    self.skip_to('}')?;
                }
                _ => {
                    self.bump();
                }
            }
        }
    }

    /// Past spaces, and comments that begin a line or follow a field.
    fn skip_space(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if !self.rest().starts_with('%') {
                return;
            }
            self.at += self.rest().find('\n').unwrap_or(self.rest().len());
        }
    }

    fn word(&mut self) -> String {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '.' | ':' | '/')));
        let word = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default().to_owned();
        self.at += word.len();
        word
    }
}
