//! A text cut into numbers, words, zones and signs. What they mean together is not known here.
//!
//! Words that mean something together are one token ("no later than"), with the full stops of abbreviations in it ("B.C.").
//! A hyphen is told from a dash: `-` can stand inside a date, `–` only between two.

use super::lexicon::{self, Mean};
use crate::time::DateError;
use crate::time::Zone;

/// A piece of a phrase.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// Byte where it begins.
    pub at: usize,
    /// Byte behind it.
    pub end: usize,
    /// Nothing stands between it and the token before.
    pub is_tight: bool,
    pub kind: Kind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Number(Number),
    /// A zone by its IANA name.
    Zone(Zone),
    Mean(Mean),
    /// A word that means nothing by itself, perhaps a numeral or a city; lower case.
    Word(String),
    Sign(char),
}

/// Hyphen and minus.
pub(super) const HYPHEN: char = '-';
/// En dash, em dash and what else joins two dates.
pub(super) const DASH: char = '\u{2013}';
/// "..", "..." and "…".
pub(super) const ELLIPSIS: char = '\u{2026}';

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub value: u64,
    /// Digits, with leading zeros.
    pub digits: usize,
    /// "1st", "24-го".
    pub is_ordinal: bool,
    /// "1990s", "1990-е".
    pub is_plural: bool,
}

impl Number {
    pub const fn plain(value: u64, digits: usize) -> Self {
        Self { value, digits, is_ordinal: false, is_plural: false }
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

/// The value of a Chinese numeral below ten, or ten.
const fn han_digit(c: char) -> Option<u64> {
    Some(match c {
        '\u{3007}' | '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        _ => return None,
    })
}

/// Scripts written without spaces, or with endings attached.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{3007}')
}

/// The sign that a character is taken for; none for one that no date contains.
const fn sign(c: char) -> Option<char> {
    Some(match c {
        '-' | '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{ff0d}' => HYPHEN,
        '\u{2012}'..='\u{2015}' | '\u{301c}' | '\u{ff5e}' => DASH,
        '.' | '\u{3002}' | '\u{ff0e}' => '.',
        ',' | '\u{ff0c}' | '\u{3001}' => ',',
        ';' | '\u{ff1b}' => ';',
        ':' | '\u{ff1a}' => ':',
        '?' | '\u{ff1f}' => '?',
        '(' | '\u{ff08}' => '(',
        ')' | '\u{ff09}' => ')',
        '/' | '\u{ff0f}' => '/',
        '~' | '+' | '[' | ']' => c,
        '\'' | '\u{2019}' => '\'',
        '\u{2026}' => ELLIPSIS,
        _ => return None,
    })
}

/// Marks without width, which copied texts bring along and nobody sees. What turns the order of reading is none of them.
const fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// What is said of a character that no date contains.
fn foreign(c: char) -> String {
    if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{206f}') {
        return format!("the invisible character U+{:04X} does not occur in a date", u32::from(c));
    }
    format!("\"{c}\" does not occur in a date")
}

/// # Errors
/// At the first character that no date contains, and at a number that no year can be.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, DateError> {
    let mut cutter = Cutter { text, at: 0, tokens: Vec::new(), is_tight: false };
    while let Some(c) = cutter.peek() {
        cutter.cut(c)?;
    }
    Ok(with_meanings(cutter.tokens))
}

struct Cutter<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Token>,
    is_tight: bool,
}

impl<'t> Cutter<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The piece from `at` to where the cutter is now.
    fn push(&mut self, at: usize, kind: Kind) {
        self.tokens.push(Token { at, end: self.at, is_tight: self.is_tight, kind });
        self.is_tight = true;
    }

    fn cut(&mut self, c: char) -> Result<(), DateError> {
        let at = self.at;
        if c.is_whitespace() {
            self.at += c.len_utf8();
            self.is_tight = false;
        } else if is_zero_width(c) {
            self.at += c.len_utf8();
        } else if digit(c).is_some() {
            let number = self.number()?;
            self.push(at, Kind::Number(number));
        } else if let Some(number) = self.han_number() {
            self.push(at, Kind::Number(number));
        } else if is_unspaced(c) {
            let Some((mean, bytes)) = self.weekday_in_brackets(c).or_else(|| lexicon::unspaced_meaning(self.rest()))
            else {
                return Err(DateError::at(at, format!("\"{c}\" is not understood in a date"), None));
            };
            self.at += bytes;
            self.push(at, Kind::Mean(mean));
        } else if c.is_alphabetic() {
            let kind = self.zone().map_or_else(|| Kind::Word(self.word()), Kind::Zone);
            self.push(at, kind);
        } else if self.rest().starts_with("..") {
            self.at += self.rest().bytes().take_while(|byte| *byte == b'.').count();
            self.push(at, Kind::Sign(ELLIPSIS));
        } else {
            self.at += c.len_utf8();
            match sign(c) {
                None if c == '&' => self.push(at, Kind::Mean(Mean::And)),
                Some(sign) => self.push(at, Kind::Sign(sign)),
                None => return Err(DateError::at(at, foreign(c), None)),
            }
        }
        Ok(())
    }

    fn number(&mut self) -> Result<Number, DateError> {
        let at = self.at;
        let (mut value, mut digits) = (0u64, 0);
        while let Some((c, next)) = self.peek().and_then(|c| Some((c, digit(c)?))) {
            let longer = value.checked_mul(10).and_then(|value| value.checked_add(next.into()));
            value = longer.ok_or_else(|| DateError::at(at, "this number is too large for a date", None))?;
            digits += 1;
            self.at += c.len_utf8();
        }
        Ok(self.ending(Number::plain(value, digits)))
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
            // "1er", "1re", "19e", "19ème", "1º"; "1990er".
            "er" if is_bare && number.digits >= 3 => (false, true),
            "er" | "re" | "ère" | "e" | "ème" | "ste" | "de" | "º" | "ª"
                if is_bare
                    && number.digits <= 2
                    && !attached.get(letters.len()..).is_some_and(|rest| rest.starts_with(|c| digit(c).is_some())) =>
            {
                (true, false)
            }
            "s" if !rest.starts_with('-') => (false, true),
            "е" | "х" | "ые" | "ых" | "ті" | "тих" if !is_bare => (false, true),
            "й" | "го" | "ого" | "ье" | "му" | "м" | "я" | "ю" if !is_bare => (true, false),
            _ => return number,
        };
        self.at += rest.len() - attached.len() + letters.len();
        Number { is_ordinal, is_plural, ..number }
    }

    /// A number in Chinese numerals: by place (二〇二四), or up to ninety-nine (二十四).
    fn han_number(&mut self) -> Option<Number> {
        let run: Vec<char> = self.rest().chars().take_while(|c| han_digit(*c).is_some()).collect();
        let values: Vec<u64> = run.iter().copied().filter_map(han_digit).collect();
        let number = match values.as_slice() {
            [] => return None,
            [ten] if *ten == 10 => Number::plain(10, 2),
            [ten, ones] if *ten == 10 && *ones < 10 => Number::plain(10 + ones, 2),
            [tens, ten] if *ten == 10 && *tens < 10 => Number::plain(10 * tens, 2),
            [tens, ten, ones] if *ten == 10 && *tens < 10 && *ones < 10 => Number::plain(10 * tens + ones, 2),
            digits if digits.len() <= 4 && digits.iter().all(|digit| *digit < 10) => {
                Number::plain(digits.iter().fold(0, |value, digit| 10 * value + digit), digits.len())
            }
            _ => return None,
        };
        self.at += run.iter().map(|c| c.len_utf8()).sum::<usize>();
        Some(number)
    }

    /// Korean and Chinese name the day of the week by one sign in brackets: (목), (四).
    fn weekday_in_brackets(&self, c: char) -> Option<(Mean, usize)> {
        let before = self.text.get(..self.at)?.chars().next_back()?;
        let after = self.rest().chars().nth(1)?;
        let weekday = "월화수목금토일".chars().position(|known| known == c)?;
        (matches!(before, '(' | '\u{ff08}') && matches!(after, ')' | '\u{ff09}'))
            .then_some((Mean::Weekday(u8::try_from(weekday).unwrap_or(0) + 1), c.len_utf8()))
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
        // "d'octobre", "all'inizio": what is elided is a word of its own.
        let written = rest.get(..length).unwrap_or_default();
        if let Some((elided, _)) = written.split_once(['\'', '\u{2019}'])
            && ["d", "l", "dell", "nell"].contains(&elided.to_lowercase().as_str())
        {
            self.at += written.chars().take(elided.chars().count() + 1).map(char::len_utf8).sum::<usize>();
            return format!("{}'", elided.to_lowercase());
        }
        self.at += length;
        let word =
            rest.get(..length).unwrap_or_default().to_lowercase().replace('\u{2019}', "'").replace('\u{301}', "");
        word.trim_end_matches('\'').to_owned()
    }
}

/// Words by what they mean, several at a time where they mean it together. A full stop behind a word is its own, as in an
/// abbreviation, and stands between the words of one as well ("a.m."), as a hyphen or slash can ("twenty-first", "w/c").
fn with_meanings(cut: Vec<Token>) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(cut.len());
    let mut next = 0;
    while let Some(first) = cut.get(next) {
        let Kind::Word(_) = first.kind else {
            out.push(first.clone());
            next += 1;
            continue;
        };
        let (words, ends) = words_from(&cut, next);
        let (kind, taken) = match lexicon::meaning(&words) {
            // "between on or about 3 May and on or about 9 May"
            Some((Mean::Onwards, taken)) if words.len() > taken && words.first() == Some(&"and") => {
                (Kind::Mean(Mean::And), 1)
            }
            Some((mean, taken)) => (Kind::Mean(mean), taken),
            None => (first.kind.clone(), 1),
        };
        next = taken.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or(next + 1);
        let end = cut.get(next - 1).map_or(first.end, |last| last.end);
        out.push(Token { end, kind, ..first.clone() });
    }
    out
}

/// The words that stand together from here on, and where each ends with its full stop.
fn words_from(cut: &[Token], from: usize) -> (Vec<&str>, Vec<usize>) {
    let (mut words, mut ends) = (Vec::new(), Vec::new());
    let mut next = from;
    while let Some(Token { kind: Kind::Word(word), .. }) = cut.get(next) {
        words.push(word.as_str());
        next += 1;
        // Behind a masked number it is a sign of the date: "xx.08.1999".
        let is_mask = matches!(word.as_str(), "xx" | "uu");
        if !is_mask && matches!(cut.get(next), Some(Token { kind: Kind::Sign('.'), is_tight: true, .. })) {
            next += 1;
        }
        ends.push(next);
        let is_joint = matches!(cut.get(next), Some(Token { kind: Kind::Sign(HYPHEN | '/'), is_tight: true, .. }));
        if is_joint && matches!(cut.get(next + 1), Some(Token { kind: Kind::Word(_), is_tight: true, .. })) {
            next += 1;
        }
    }
    (words, ends)
}
