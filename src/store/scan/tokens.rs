//! The tokens of a text: what is left of it where blanks do not count.

use super::Scanner;
use crate::diagnostic::Span;

/// A part of a text between blanks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::store) enum Token<'t> {
    /// A comment, without the blanks and the line end after it.
    Comment(&'t str),
    /// A bracket, a comma or another sign, a word, or a literal as it is written.
    Part(&'t str),
}

/// The tokens of a text that scans without a fault, in order. Of any other they are no less what is written there; where
/// literals and comments end is then a guess.
pub(in crate::store) struct Tokens<'t>(Scanner<'t>);

impl<'t> Tokens<'t> {
    pub fn of(text: &'t str) -> Self {
        let mut scanner = Scanner::new(text, Span::new(0, text.len()), 0);
        if text.starts_with('\u{feff}') {
            scanner.at = '\u{feff}'.len_utf8();
        }
        Self(scanner)
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    fn next(&mut self) -> Option<Token<'t>> {
        let scanner = &mut self.0;
        scanner.blank();
        let start = scanner.at;
        let first = scanner.peek()?;
        if first == b'/' && scanner.comment() {
            return Some(Token::Comment(Span::new(start, scanner.at).slice(scanner.text).trim_end()));
        }
        if matches!(first, b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' | b':') {
            scanner.at += 1;
        } else if scanner.leaf(start).is_none() && scanner.word().is_none() {
            scanner.at += scanner.char().map_or(1, char::len_utf8);
        }
        Some(Token::Part(Span::new(start, scanner.at).slice(scanner.text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_tokens_and_blanks() {
        let text = "\u{feff}#![enable(x)] // c \r\n T(a: [1, -2.5, r#\"q\" \"#, \"a \\\" // b\"], /* /* d */ */ b: Some(b'x'), c: '\\'')";
        let tokens: Vec<String> = Tokens::of(text)
            .map(|token| match token {
                Token::Comment(text) => format!("<{text}>"),
                Token::Part(text) => text.to_owned(),
            })
            .collect();
        let expected = [
            "#",
            "!",
            "[",
            "enable",
            "(",
            "x",
            ")",
            "]",
            "<// c>",
            "T",
            "(",
            "a",
            ":",
            "[",
            "1",
            ",",
            "-2.5",
            ",",
            "r#\"q\" \"#",
            ",",
            "\"a \\\" // b\"",
            "]",
            ",",
            "</* /* d */ */>",
            "b",
            ":",
            "Some",
            "(",
            "b'x'",
            ")",
            ",",
            "c",
            ":",
            "'\\''",
            ")",
        ];
        assert_eq!(tokens, expected);
    }
}
