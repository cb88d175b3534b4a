//! A text cut into numbers, clock times, zones and words that mean something.

use super::lexicon::{self, Mean};
use crate::time::Zone;
use crate::time::date::DateError;

/// A piece of a phrase.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// Byte where it begins.
    pub at: usize,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Number(Number),
    /// Numbers divided by one of `.`, `/` and `-`: `24.10.2024`.
    Numeric {
        parts: Vec<Number>,
        divider: char,
    },
    Clock {
        hour: u8,
        minute: u8,
        second: Option<u8>,
    },
    /// Minutes ahead of UTC, with a sign: `+03:00`.
    Shift(i16),
    Zone(Zone),
    /// Any dash that joins.
    Dash,
    Question,
    Tilde,
    Mean(Mean),
    /// A word that means nothing here, perhaps a numeral or a city; lower case.
    Other(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub value: u32,
    /// Digits, with leading zeros.
    pub digits: usize,
    /// "1st", "24-го".
    pub is_ordinal: bool,
    /// "1990s", "1990-е".
    pub is_plural: bool,
}

impl Token {
    /// Whether day and month can change places: `12/04/1985`, but not `12.04.1985`, which is always day first.
    pub fn has_two_orders(&self) -> bool {
        match &self.kind {
            Kind::Numeric { parts, divider: '/' | '-' } => match parts.as_slice() {
                [a, b, c] => a.digits <= 2 && c.digits == 4 && a.value <= 12 && b.value <= 12 && a.value != b.value,
                _ => false,
            },
            _ => false,
        }
    }

    /// Whether it can be ten years or a hundred: "1900s".
    pub fn is_hundreds(&self) -> bool {
        matches!(self.kind, Kind::Number(number) if number.is_plural && number.value % 100 == 0)
    }
}

/// The value of a decimal digit of the scripts that sources are written in.
fn digit(c: char) -> Option<u32> {
    c.to_digit(10).or_else(|| {
        ['\u{ff10}', '\u{660}', '\u{6f0}']
            .into_iter()
            .find_map(|zero| u32::from(c).checked_sub(u32::from(zero)).filter(|value| *value < 10))
    })
}

const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{301c}' | '\u{ff5e}' | '\u{ff0d}')
}

/// Scripts written without spaces, or with endings attached.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}')
}

/// # Errors
/// At the first character that no date contains.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, DateError> {
    let mut cutter = Cutter { text, at: 0, tokens: Vec::new() };
    while let Some(c) = cutter.peek() {
        cutter.cut(c)?;
    }
    Ok(with_meanings(cutter.tokens))
}

struct Cutter<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
}

impl<'t> Cutter<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn push(&mut self, at: usize, kind: Kind) {
        self.tokens.push(Token { at, kind });
    }

    fn cut(&mut self, c: char) -> Result<(), DateError> {
        let at = self.at;
        if let Some(shift) = self.shift(c) {
            self.push(at, Kind::Shift(shift));
            return Ok(());
        }
        if digit(c).is_some() {
            let kind = self.number_like();
            self.push(at, kind);
            return Ok(());
        }
        if is_unspaced(c) {
            let Some((mean, bytes)) = lexicon::unspaced_meaning(self.rest()) else {
                return Err(DateError::at(at, format!("\"{c}\" is not understood in a date"), None));
            };
            self.at += bytes;
            self.push(at, Kind::Mean(mean));
            return Ok(());
        }
        if c.is_alphabetic() {
            let kind = self.zone().map_or_else(|| Kind::Other(self.word()), Kind::Zone);
            self.push(at, kind);
            return Ok(());
        }
        self.at += c.len_utf8();
        match c {
            _ if is_dash(c) => self.push(at, Kind::Dash),
            '/' => self.push(at, Kind::Dash),
            '?' | '\u{ff1f}' => self.push(at, Kind::Question),
            '~' => self.push(at, Kind::Tilde),
            '.' | ',' | '(' | ')' | '\u{ff0c}' | '\u{3001}' | '\u{3002}' | '\'' | '\u{2019}' | '"' | '\u{ab}'
            | '\u{bb}' => {}
            _ if c.is_whitespace() => {}
            _ => return Err(DateError::at(at, format!("\"{c}\" does not occur in a date"), None)),
        }
        Ok(())
    }

    /// `+3`, `+0300`, `-05:00`: a minus counts only right behind "UTC", since 10:00-12:00 is a range.
    fn shift(&mut self, c: char) -> Option<i16> {
        let sign = match c {
            '+' => 1,
            '-' | '\u{2212}' => -1,
            _ => return None,
        };
        let before = self.tokens.last().filter(|_| !self.text.get(..self.at).unwrap_or_default().ends_with(' '));
        let is_behind_zone = match before.map(|token| &token.kind) {
            Some(Kind::Clock { .. }) => sign > 0,
            Some(Kind::Other(word)) => matches!(word.as_str(), "utc" | "gmt"),
            _ => false,
        };
        if sign < 0 && !is_behind_zone {
            return None;
        }
        let rest = self.rest().get(c.len_utf8()..)?;
        let length = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b':').count();
        let (hours, minutes) = match rest.get(..length)?.split_once(':') {
            Some((hours, minutes)) => (hours, minutes),
            None if length == 4 => (rest.get(..2)?, rest.get(2..4)?),
            None => (rest.get(..length)?, "0"),
        };
        let total = hours.parse::<i16>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)?;
        if total > 14 * 60 {
            return None;
        }
        self.at += c.len_utf8() + length;
        Some(sign * total)
    }

    fn digits(&mut self) -> Number {
        let (mut value, mut digits) = (0u32, 0);
        while let Some((c, next)) = self.peek().and_then(|c| Some((c, digit(c)?))) {
            value = value.saturating_mul(10).saturating_add(next);
            digits += 1;
            self.at += c.len_utf8();
        }
        Number { value, digits, is_ordinal: false, is_plural: false }
    }

    /// The divider between two digits, where one stands here.
    fn divider(&self) -> Option<char> {
        let mut chars = self.rest().chars();
        let divider = chars.next()?;
        chars.next().and_then(digit).map(|_| divider)
    }

    fn number_like(&mut self) -> Kind {
        let first = self.digits();
        match self.divider() {
            Some(':') if first.digits <= 2 => self.clock(first),
            Some(divider @ ('.' | '/' | '-')) => self.numeric(first, divider),
            _ => Kind::Number(self.ending(first)),
        }
    }

    fn clock(&mut self, hour: Number) -> Kind {
        self.at += 1;
        let minute = self.digits();
        let second = (self.divider() == Some(':')).then(|| {
            self.at += 1;
            self.digits()
        });
        let part = |number: Number| u8::try_from(number.value).unwrap_or(u8::MAX);
        Kind::Clock { hour: part(hour), minute: part(minute), second: second.map(part) }
    }

    fn numeric(&mut self, first: Number, divider: char) -> Kind {
        let start = self.at;
        let mut parts = vec![first];
        while parts.len() < 3 && self.divider() == Some(divider) {
            self.at += divider.len_utf8();
            parts.push(self.digits());
        }
        // Two numbers can be a range: `1939-45`, `1939/45`, `21-31 October`, but not `2024-06` or `06/2024`.
        let is_range = match parts.as_slice() {
            [from, to] if divider == '-' || (divider == '/' && from.digits == 4) => {
                !(from.digits == 4 && to.digits == 2 && (1..=12).contains(&to.value))
            }
            _ => false,
        };
        if is_range {
            self.at = start;
            return Kind::Number(first);
        }
        Kind::Numeric { parts, divider }
    }

    /// What is attached to a number: "1st", "1990s", "1990-х", "24-го".
    fn ending(&mut self, number: Number) -> Number {
        let rest = self.rest();
        let attached = rest.strip_prefix(['\'', '\u{2019}', '-']).unwrap_or(rest);
        let letters: String = attached.chars().take_while(|c| c.is_alphabetic() && !is_unspaced(*c)).collect();
        let lower = letters.to_lowercase();
        let is_bare = attached.len() == rest.len();
        let (is_ordinal, is_plural) = match lower.as_str() {
            "st" | "nd" | "rd" | "th" if is_bare => (true, false),
            "s" => (false, true),
            "е" | "х" | "ые" | "ых" | "ті" | "тих" if !is_bare => (false, true),
            "й" | "го" | "ого" | "ье" | "му" | "м" if !is_bare => (true, false),
            _ => return number,
        };
        self.at += rest.len() - attached.len() + letters.len();
        Number { is_ordinal, is_plural, ..number }
    }

    /// A zone by its IANA name.
    fn zone(&mut self) -> Option<Zone> {
        let rest = self.rest();
        let length = rest
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'_' | b'-' | b'+'))
            .count();
        let name = rest.get(..length).filter(|name| name.contains('/'))?;
        let zone = Zone::find(name)?;
        self.at += length;
        Some(zone)
    }

    fn word(&mut self) -> String {
        let rest = self.rest();
        let is_inside = |c: char| (c.is_alphabetic() && !is_unspaced(c)) || matches!(c, '\'' | '\u{2019}' | '\u{301}');
        let length: usize = rest.chars().take_while(|c| is_inside(*c)).map(char::len_utf8).sum();
        self.at += length;
        let word =
            rest.get(..length).unwrap_or_default().to_lowercase().replace('\u{2019}', "'").replace('\u{301}', "");
        word.trim_end_matches('\'').to_owned()
    }
}

/// Words by what they mean, several at a time where they mean it together.
fn with_meanings(cut: Vec<Token>) -> Vec<Token> {
    let mut out = Vec::with_capacity(cut.len());
    let mut rest = cut.as_slice();
    while let [first, after @ ..] = rest {
        let words: Vec<&str> = rest
            .iter()
            .map_while(|token| match &token.kind {
                Kind::Other(word) => Some(word.as_str()),
                _ => None,
            })
            .collect();
        match lexicon::meaning(&words) {
            Some((mean, taken)) => {
                out.push(Token { at: first.at, kind: Kind::Mean(mean) });
                rest = rest.get(taken..).unwrap_or_default();
            }
            None => {
                out.push(first.clone());
                rest = after;
            }
        }
    }
    out
}
