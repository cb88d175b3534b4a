//! Random RON for the property tests: texts with every sort of layout and comment.

use crate::diagnostic::Span;

/// A small generator (`SplitMix64`), so that one number makes a whole case again.
pub(super) struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((x ^ (x >> 31)) % sides as u64).unwrap_or_default()
    }

    pub fn chance(&mut self, one_in: usize) -> bool {
        self.roll(one_in) == 0
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }
}

/// Texts that a careless scanner trips over.
pub(super) const TRICKY: [&str; 20] = [
    "",
    "a",
    "plain words",
    "two\nlines",
    "quo\"te",
    "back\\slash",
    "ends with \\",
    "// no comment",
    "/* nor this",
    "*/",
    "a, b) ]",
    "(:[",
    "Москва",
    "e\u{301}",
    "it's",
    "\"#",
    "\r\n",
    "tab\tbed",
    "\u{202e}gnirts",
    "नमस्ते",
];

/// How much may stand between two tokens.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mess {
    /// Spaces, line ends and comments.
    Any,
    /// Nothing.
    None,
}

/// Prints with random trivia, numbering the comments so that each can be found again.
pub(super) struct Scribe<'d> {
    pub dice: &'d mut Dice,
    pub out: String,
    pub newline: &'static str,
    pub mess: Mess,
    comments: usize,
}

impl<'d> Scribe<'d> {
    pub fn new(dice: &'d mut Dice) -> Self {
        let newline = dice.pick(&["\n", "\n", "\r\n"]);
        Self { dice, out: String::new(), newline, mess: Mess::Any, comments: 0 }
    }

    pub fn trivia(&mut self) {
        if self.mess == Mess::None {
            return;
        }
        for _ in 0..self.dice.roll(4) {
            match self.dice.roll(12) {
                0..=4 => self.out.push_str(self.dice.pick(&[" ", "  ", "\t"])),
                5..=8 => {
                    let deep = " ".repeat(self.dice.roll(9));
                    self.out.extend([self.newline, &deep]);
                }
                9 => {
                    let text = self.dice.pick(&["line", "\"quote", "it's (", "] ) }", "/* open", "тире —"]);
                    self.comments += 1;
                    self.out.push_str(&format!("// {text} #{}!{}", self.comments, self.newline));
                }
                _ => {
                    let text = self.dice.pick(&["block", "\"", "// line", "/* nested \" */", "/**/", "*", "a\nb"]);
                    self.comments += 1;
                    self.out.push_str(&format!("/* {text} #{}! */", self.comments));
                }
            }
        }
    }

    pub fn token(&mut self, token: &str) -> Span {
        self.trivia();
        let start = self.out.len();
        self.out.push_str(token);
        Span::new(start, self.out.len())
    }

    /// A literal for a text, in one of the ways there are.
    pub fn literal(&mut self, value: &str) -> String {
        let is_rawable = !value.contains("\"##") && !value.contains('\r');
        match self.dice.roll(4) {
            0 if is_rawable => format!("r##\"{value}\"##"),
            1 if is_rawable && !value.contains('"') => format!("r\"{value}\""),
            2 => format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
            _ => super::layout::quote(value),
        }
    }
}
