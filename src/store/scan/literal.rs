//! Leaves of a RON text: words, numbers, characters, strings; and where one without an end most likely ends.

use super::super::tree::Kind;
use super::{Scanner, is_blank};
use crate::diagnostic::Span;

impl Scanner<'_> {
    pub(super) fn word(&mut self) -> Option<Span> {
        let start = self.at;
        if self.begins_literal() {
            return None;
        }
        let rest = self.bytes.get(start..self.end).unwrap_or_default();
        // Names are mostly ASCII; what may be something else is looked at sign by sign.
        if matches!(rest, [b'A'..=b'Z' | b'a'..=b'z' | b'_', ..]) && !rest.starts_with(b"r#") {
            let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
            if rest.get(length).is_none_or(u8::is_ascii) {
                self.at += length;
                return Some(Span::new(start, self.at));
            }
        }
        let raw = self.rest().starts_with("r#");
        if raw {
            self.at += 2;
        }
        let first = self.char()?;
        let continues = |c: char| c == '_' || c.is_alphanumeric() || (raw && matches!(c, '.' | '+' | '-'));
        if !continues(first) || (first.is_numeric() && !raw) {
            self.at = start;
            return None;
        }
        while let Some(byte) = self.peek() {
            if byte.is_ascii_alphanumeric() || byte == b'_' {
                self.at += 1;
            } else {
                match self.char() {
                    // Marks that combine with a letter belong to the word; `ron` knows which.
                    Some(c) if continues(c) || !c.is_ascii() && !is_blank(c) => self.at += c.len_utf8(),
                    _ => break,
                }
            }
        }
        Some(Span::new(start, self.at))
    }

    /// Whether a letter here belongs to a raw text, a byte string or a byte literal.
    fn begins_literal(&self) -> bool {
        match (self.peek(), self.peek_at(1)) {
            (Some(b'r'), Some(b'"' | b'#')) => self.is_raw_string(1),
            (Some(b'b'), Some(b'"' | b'\'')) => true,
            (Some(b'b'), Some(b'r')) => self.is_raw_string(2),
            _ => false,
        }
    }

    pub(super) fn number(&mut self) -> Kind {
        let mut before = 0;
        while let Some(byte) = self.peek() {
            let goes_on = match byte {
                b'+' | b'-' => matches!(before, 0 | b'e' | b'E' | b'.' | b'='),
                b'=' => before == b'.',
                _ => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'),
            };
            if !goes_on {
                break;
            }
            before = byte;
            self.at += 1;
        }
        Kind::Number
    }

    pub(super) fn character(&mut self, start: usize) -> Kind {
        self.at += 1;
        if self.peek() == Some(b'\\') {
            self.at += 1;
            let inside = self.peek();
            self.at += self.char().map_or(0, char::len_utf8);
            if matches!(inside, Some(b'u' | b'x')) {
                while matches!(self.peek(), Some(b'{' | b'}' | b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F')) {
                    self.at += 1;
                }
            }
        } else if let Some(c) = self.char() {
            self.at += c.len_utf8();
        }
        if self.peek() == Some(b'\'') {
            self.at += 1;
        } else {
            self.at = self.at.min(self.line_end(start)).max(start + 1);
            self.fault(
                Span::new(start, start + 1),
                "this character literal is never closed",
                "texts stand in double quotation marks: \"…\"",
            );
        }
        Kind::Char
    }

    /// A string from its opening quotation mark at the present place.
    pub(super) fn text(&mut self, start: usize) -> Kind {
        let quote = self.at;
        self.at += 1;
        let close = loop {
            let rest = self.bytes.get(self.at..self.end).unwrap_or_default();
            match memchr::memchr2(b'"', b'\\', rest).map(|length| self.at + length) {
                Some(at) if self.bytes.get(at) == Some(&b'"') => break at,
                Some(escape) => self.at = (escape + 2).min(self.end),
                None => {
                    self.unclosed_text(start, quote);
                    return Kind::Text;
                }
            }
        };
        self.at = close + 1;
        if self.is_delimited() {
            return Kind::Text;
        }
        // A line end behind a backslash counts for nothing here.
        let mut is_escaped = false;
        let spans_lines = self.bytes.get(quote + 1..close).unwrap_or_default().iter().any(|byte| {
            let was_escaped = is_escaped;
            is_escaped = *byte == b'\\' && !was_escaped;
            *byte == b'\n' && !was_escaped
        });
        if spans_lines {
            self.unclosed_text(start, quote);
            return Kind::Text;
        }
        // `"he said "no" to it"`: take everything up to a quotation mark that can close the text on this line.
        let line_end = self.line_end(close);
        let after = self.at;
        while self.at < line_end {
            if self.peek() == Some(b'"') {
                self.at += 1;
                if self.is_delimited() {
                    self.fault(
                        Span::new(close, close + 1),
                        "the text goes on after this quotation mark",
                        "write `\\\"` for a quotation mark inside a text",
                    );
                    return Kind::Text;
                }
            } else {
                self.at += 1;
            }
        }
        self.at = after;
        Kind::Text
    }

    /// Whether what follows a string can follow one. A missing comma before a field or a value on another line is told
    /// by its own message, so that counts too.
    fn is_delimited(&mut self) -> bool {
        if matches!(self.peek(), Some(b',' | b')' | b']' | b'}')) {
            return true;
        }
        let at = self.at;
        let found = self.faults.len();
        self.trivia();
        let next = self.peek();
        let has_gap = self.at > at;
        let next_line = self.text.get(at..self.at).is_some_and(|gap| gap.contains('\n'));
        let begins_field = has_gap && !next_line && self.word().is_some() && {
            self.trivia();
            self.peek() == Some(b':')
        };
        self.at = at;
        self.faults.truncate(found);
        match next {
            None | Some(b',' | b')' | b']' | b'}' | b':') => true,
            Some(b'"' | b'(' | b'[') => has_gap,
            Some(byte) => begins_field || next_line && byte.is_ascii_alphabetic(),
        }
    }

    fn unclosed_text(&mut self, start: usize, quote: usize) {
        self.at = self.line_rest(quote + 1);
        self.fault(
            Span::new(start, quote + 1),
            "this text has no closing quotation mark",
            "close it with \" at its end; a text may span lines",
        );
    }

    /// Where a text without an end most likely ends: at the end of its line, before what closes the values around it.
    fn line_rest(&self, from: usize) -> usize {
        let line = self.text.get(from..self.line_end(from)).unwrap_or_default();
        from + line.trim_end().trim_end_matches([',', ')', ']']).len()
    }

    pub(super) fn is_raw_string(&self, prefix: usize) -> bool {
        let rest = self.bytes.get(self.at + prefix..self.end).unwrap_or_default();
        rest.iter().find(|&&b| b != b'#') == Some(&b'"')
    }

    pub(super) fn raw(&mut self, start: usize, prefix: usize, kind: Kind) -> Kind {
        self.at += prefix;
        let mut hashes = 0;
        while self.peek() == Some(b'#') {
            hashes += 1;
            self.at += 1;
        }
        let closing: String = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
        self.at += 1;
        match self.rest().find(&closing) {
            Some(length) => self.at += length + closing.len(),
            None => {
                let opening = Span::new(start, self.at);
                self.at = self.line_rest(self.at);
                self.fault(opening, "this raw text is never closed", format!("close it with `{closing}`"));
            }
        }
        kind
    }
}
