//! EDTF as its drafts had it until 2018, in which libraries and reference managers still keep dates.
//!
//! `1984?~` became `1984%`; brackets around what a qualifier is of became a qualifier before each part; unknown digits were
//! `u`, unknown and open ends the words `unknown` and `open`, and long years began with a small `y` (the draft of 2012,
//! sections 5.1.2, 5.1.3, 5.2.1, 5.2.2). What the drafts wrote as EDTF is written now is not read here.

use crate::time::Date;

/// The date of a draft's text; none where it is no such text.
pub(super) fn read(text: &str) -> Option<Date> {
    let ends = text.split_once('/').map(|(from, to)| [from, to]);
    let written = match ends {
        Some([from, to]) => format!("{}/{}", end(from, true)?, end(to, false)?),
        None => one(text)?,
    };
    (written != text).then(|| Date::parse(&written).ok()).flatten()
}

fn end(text: &str, is_start: bool) -> Option<String> {
    match text {
        "" | "unknown" => Some(String::new()),
        "open" | ".." if !is_start => Some("..".to_owned()),
        ".." => Some(text.to_owned()),
        _ => one(text),
    }
}

fn one(text: &str) -> Option<String> {
    if let Some(long) = text.strip_prefix('y').filter(|long| long.len() > 4) {
        return Some(format!("Y{long}"));
    }
    let mut parser = Parser { rest: text.bytes().collect(), at: 0, parts: Vec::new() };
    parser.parts(0)?;
    (parser.at == parser.rest.len() && parser.parts.len() <= 3).then(|| written(&parser.parts))?
}

/// A year, month or day, and what qualifies it.
#[derive(Debug, Clone, Default)]
struct Part {
    digits: String,
    uncertain: bool,
    approximate: bool,
    /// Stood in brackets of its own: a qualifier at the end of the whole is not of it.
    is_bracketed: bool,
}

struct Parser {
    rest: Vec<u8>,
    at: usize,
    parts: Vec<Part>,
}

impl Parser {
    fn peek(&self) -> Option<u8> {
        self.rest.get(self.at).copied()
    }

    fn takes(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    /// Parts joined by hyphens, each in brackets or not, each with its qualifiers.
    fn parts(&mut self, depth: usize) -> Option<()> {
        let first = self.parts.len();
        loop {
            let start = self.parts.len();
            if self.takes(b'(') {
                // No draft has brackets in brackets in brackets.
                if depth == 2 {
                    return None;
                }
                self.parts(depth + 1)?;
                if !self.takes(b')') {
                    return None;
                }
                self.qualify(start, true);
                self.parts.iter_mut().skip(start).for_each(|part| part.is_bracketed = true);
            } else {
                let digits = self.digits()?;
                self.parts.push(Part { digits, ..Part::default() });
                // Behind a part without brackets it is of all parts before it, too.
                self.qualify(first, false);
            }
            if !self.takes(b'-') {
                return Some(());
            }
        }
    }

    fn qualify(&mut self, from: usize, is_group: bool) {
        let (mut uncertain, mut approximate) = (false, false);
        loop {
            if self.takes(b'?') {
                uncertain = true;
            } else if self.takes(b'~') {
                approximate = true;
            } else {
                break;
            }
        }
        for part in self.parts.iter_mut().skip(from).filter(|part| is_group || !part.is_bracketed) {
            part.uncertain |= uncertain;
            part.approximate |= approximate;
        }
    }

    /// Four digits for a year, two for a month or day; `u` and `x` are not known.
    fn digits(&mut self) -> Option<String> {
        let length = if self.parts.is_empty() { 4 } else { 2 };
        let digits = self.rest.get(self.at..self.at + length)?;
        let digits: String = digits
            .iter()
            .map(|byte| match byte {
                b'0'..=b'9' => Some(char::from(*byte)),
                b'u' | b'x' | b'X' => Some('X'),
                _ => None,
            })
            .collect::<Option<_>>()?;
        self.at += length;
        Some(digits)
    }
}

/// The parts as EDTF has them: one qualifier at the end where it is of all, else one before each.
fn written(parts: &[Part]) -> Option<String> {
    let mark = |part: &Part| match (part.uncertain, part.approximate) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    };
    let first = mark(parts.first()?);
    let is_of_all = parts.iter().all(|part| mark(part) == first);
    let parts: Vec<String> = parts
        .iter()
        .map(|part| if is_of_all { part.digits.clone() } else { format!("{}{}", mark(part), part.digits) })
        .collect();
    Some(format!("{}{}", parts.join("-"), if is_of_all { first } else { "" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_the_drafts_become_edtf() {
        let cases = [
            ("1984?~", "1984%"),
            ("1984~?", "1984%"),
            ("2004-06?~", "2004-06%"),
            ("2004-06-11~?", "2004-06-11%"),
            ("2004-06-(01)~", "2004-06-~01"),
            ("2004-(06)?-11", "2004-?06-11"),
            ("2004-(06)?~", "2004-%06"),
            ("2004-(06)?-(11)~", "2004-?06-~11"),
            ("2004-(06-11)?", "2004-?06-?11"),
            ("(2011)-06-04~", "2011-~06-~04"),
            ("2004?-06-(11)~", "?2004-06-~11"),
            ("199u", "199X"),
            ("19uu~", "19XX~"),
            ("1999-uu", "1999-XX"),
            ("1999-01-uu", "1999-01-XX"),
            ("156u-12-25", "156X-12-25"),
            ("196x", "196X"),
            ("2004-01-01/open", "2004-01-01/.."),
            ("unknown/2006", "/2006"),
            ("2004-06-01/unknown", "2004-06-01/"),
            ("1984?~/2004~", "1984%/2004~"),
            ("y170000002", "Y170000002"),
            ("y-170000002", "Y-170000002"),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).as_ref().map(Date::as_str), Some(expected), "{text}");
        }
    }

    #[test]
    fn nothing_else_is_read() {
        let texts = [
            "",
            "1984",
            "unknown",
            "open",
            "open/2004",
            "u",
            "2004-6?~",
            "2004-06-(01",
            "2004-(06))",
            "2004-13?~",
            "(((2004)))",
            "2004-06-01-01?~",
            "84?~",
            "yesterday",
            "y2k",
            "2004-06-(01)~ or so",
            "~1984?~",
            "unknown/unknown",
            "20160601",
        ];
        for text in texts {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
