//! The standard output of a subcommand: the one place where what files hold comes to a terminal.

use std::io::{self, Write};

use super::Outcome;
use crate::text::{push_visible, shown_ascii};

/// Standard output. What is written is made visible on its way ([`crate::text::visible`]), line ends apart: those are the
/// table's own, and what comes out of a file is put on one line before. JSON stays JSON: unseen signs stand only within its
/// strings, where `\u202e` means the same sign.
pub struct Output<W> {
    out: W,
    is_terminal: bool,
    is_raw: bool,
    is_closed: bool,
    /// How the subcommand ends where nobody reads on: problems were told all the same.
    pub if_closed: Outcome,
    /// The beginning of a character whose other bytes come with the next write.
    held: Vec<u8>,
}

impl<W: Write> Output<W> {
    /// Output to `out`, which is a terminal or not.
    pub fn new(out: W, is_terminal: bool) -> Self {
        Self { out, is_terminal, is_raw: false, is_closed: false, if_closed: Outcome::Done, held: Vec::new() }
    }

    /// From here on comes data whose writer makes unseen signs visible itself, but for line ends and tabs within its cells: to a
    /// file or another program it goes as it is.
    pub fn begin_data(&mut self) {
        self.is_raw = !self.is_terminal;
    }

    /// Whether whoever read has gone: `annalist list … | head`.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Writes text with its unseen signs made visible. Most of it is ASCII that goes as it is, by lines.
    fn write_visible(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut bytes = bytes;
        while self.held.is_empty() {
            let mut end = 0;
            loop {
                end += shown_ascii(bytes.get(end..).unwrap_or_default());
                if bytes.get(end) != Some(&b'\n') {
                    break;
                }
                end += 1;
            }
            let Some((ascii, rest)) = bytes.split_at_checked(end) else { break };
            self.out.write_all(ascii)?;
            if rest.is_empty() {
                return Ok(());
            }
            // Up to the next line; what holds no line end is written as a whole.
            let line = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            let Some((line, after)) = rest.split_at_checked(line) else { break };
            self.held.extend_from_slice(line);
            self.write_held()?;
            bytes = after;
        }
        self.held.extend_from_slice(bytes);
        self.write_held()
    }

    /// Writes what is held, but for the beginning of a character at its end.
    fn write_held(&mut self) -> io::Result<()> {
        let mut shown = String::with_capacity(self.held.len());
        let mut whole = 0;
        for chunk in self.held.utf8_chunks() {
            chunk.valid().chars().for_each(|sign| match sign {
                '\n' => shown.push('\n'),
                sign => push_visible(&mut shown, sign),
            });
            whole += chunk.valid().len();
            // A character is at most four bytes long: what is shorter at the end may go on.
            let is_begun = whole + chunk.invalid().len() == self.held.len()
                && std::str::from_utf8(chunk.invalid()).is_err_and(|error| error.error_len().is_none());
            if !chunk.invalid().is_empty() && !is_begun {
                shown.push(char::REPLACEMENT_CHARACTER);
                whole += chunk.invalid().len();
            }
        }
        self.held.drain(..whole);
        self.out.write_all(shown.as_bytes())
    }

    fn noticing<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        self.is_closed |= result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
        result
    }
}

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = if self.is_raw { self.out.write_all(bytes) } else { self.write_visible(bytes) };
        self.noticing(result).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.out.flush();
        self.noticing(result)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(pieces: &[&[u8]], is_terminal: bool, is_data: bool) -> String {
        let mut bytes = Vec::new();
        let mut out = Output::new(&mut bytes, is_terminal);
        if is_data {
            out.begin_data();
        }
        for piece in pieces {
            out.write_all(piece).unwrap();
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn nothing_that_a_terminal_obeys_passes() {
        let text = "a\u{1b}[2J\u{9b}31m\u{202e}b\r\n".as_bytes();
        let shown = "a␛[2J\\u009b31m\\u202eb␍\n";
        assert_eq!(written(&[text], false, false), shown);
        assert_eq!(written(&[text], true, false), shown);
        assert_eq!(written(&[text], true, true), shown);
        assert_eq!(written(&[text], false, true).as_bytes(), text);
    }

    #[test]
    fn characters_may_come_in_pieces_and_broken_ones_are_replaced() {
        let text = "漢\u{202e}é";
        let bytes: Vec<&[u8]> = text.as_bytes().chunks(1).collect();
        assert_eq!(written(&bytes, false, false), "漢\\u202eé");
        assert_eq!(written(&[b"a\xffb\xe6\xbc", b"c"], false, false), "a\u{fffd}b\u{fffd}c");
    }

    #[test]
    fn json_says_the_same_signs() {
        let value = "\u{1b}\u{9b}\u{7f}\u{202e}\u{2028}\"\\";
        let mut bytes = Vec::new();
        serde_json::to_writer(Output::new(&mut bytes, false), value).unwrap();
        assert_eq!(serde_json::from_slice::<String>(&bytes).unwrap(), value);
    }

    /// A reader that has gone.
    struct Gone;

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_has_gone_is_noticed() {
        let mut out = Output::new(Gone, false);
        assert!(writeln!(out, "a").is_err() && out.is_closed());
    }
}
