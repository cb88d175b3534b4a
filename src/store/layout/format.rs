//! Layout of a whole file: what `fmt` does.
//!
//! Of a file only the tree down to its records is kept; what is in a record is scanned when it is printed, so that a long file
//! needs little more memory than its text and the text it becomes.

use super::super::scan::{RECORD_DEPTH, Token, Tokens, scan};
use super::super::tree::Node;
use super::{Printer, Source, Style};

/// A text in the one style: every comment kept, the same meaning, and no further change when formatted again. Nothing where
/// the text is not RON without a fault, or cannot be laid out without changing what it says.
///
/// Whether the text is a timeline is for the caller to know, who has read it.
pub fn formatted(text: &str) -> Option<String> {
    let result = Scanned::of(text)?.lay_out()?;
    (result == text || says_the_same(text, &result)).then_some(result)
}

/// A text without a fault, and its tree down to the records.
struct Scanned<'t> {
    text: &'t str,
    root: Node,
}

impl<'t> Scanned<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let scan = scan(text, RECORD_DEPTH);
        let root = scan.root.filter(|_| scan.faults.is_empty())?;
        Some(Self { text, root })
    }

    fn lay_out(&self) -> Option<String> {
        let Self { text, root, .. } = self;
        let style = Style { newline: Style::newline_of(text), ..Style::default() };
        let newline = style.newline;
        let mut out = String::with_capacity(text.len() + text.len() / 8);
        let head = text.get(..root.span.start)?.trim_start_matches('\u{feff}').trim();
        if !head.is_empty() {
            out.push_str(head);
            out.push_str(newline);
            let gap = text.get(..root.span.start)?;
            let gap = gap.get(gap.trim_end().len()..)?;
            if gap.matches('\n').count() > 1 {
                out.push_str(newline);
            }
        }
        Printer::new(text, &style, Source::User).push_value(&mut out, root, "", 0);
        let tail = text.get(root.span.end..)?;
        if !tail.trim().is_empty() {
            let gap = tail.get(..tail.len() - tail.trim_start().len())?;
            match gap.matches('\n').count() {
                0 => out.push(' '),
                1 => out.push_str(newline),
                _ => out.extend([newline, newline]),
            }
            out.push_str(tail.trim());
        }
        out.push_str(newline);
        Some(out)
    }
}

/// Whether a text that scans without a fault and another have the same tokens in the same order, commas at the end of a
/// bracket apart, and the same comments in any order. This is what makes a layout safe: RON reads a tree from its tokens, to
/// which a comma before a closing bracket adds nothing, so that both are read alike and the other has no fault either.
fn says_the_same(text: &str, other: &str) -> bool {
    let (mut own, mut others) = (Parts::of(text), Parts::of(other));
    loop {
        match (own.next(), others.next()) {
            (None, None) => return own.comments() == others.comments(),
            (own, other) if own == other => {}
            _ => return false,
        }
    }
}

/// The tokens of a text without its comments, which are kept, and without commas at the end of a bracket.
struct Parts<'t> {
    tokens: Tokens<'t>,
    comments: Vec<&'t str>,
    /// What follows a comma that was given out.
    ahead: Option<&'t str>,
}

impl<'t> Parts<'t> {
    fn of(text: &'t str) -> Self {
        Self { tokens: Tokens::of(text), comments: Vec::new(), ahead: None }
    }

    fn part(&mut self) -> Option<&'t str> {
        loop {
            match self.tokens.next()? {
                Token::Part(part) => return Some(part),
                Token::Comment(comment) => self.comments.push(comment),
            }
        }
    }

    fn next(&mut self) -> Option<&'t str> {
        let part = match self.ahead.take() {
            Some(ahead) => ahead,
            None => self.part()?,
        };
        if part != "," {
            return Some(part);
        }
        let next = self.part();
        match next {
            Some(")" | "]" | "}") => next,
            _ => {
                self.ahead = next;
                Some(part)
            }
        }
    }

    /// The comments so far, in alphabetical order: some move before what they stood behind.
    fn comments(mut self) -> Vec<&'t str> {
        self.comments.sort_unstable();
        self.comments
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_commas_and_the_place_of_comments_are_all_that_may_differ() {
        let text = "T(a: [R(x: 1, y: \"b\"), R(x: 2)], /* c */ m: {\"k\": (1, 2)})";
        let same = "T(a:[R(x:1,y:\"b\",),R(x: 2,)], m: {\"k\":(1,2)}) /* c */";
        let others = [
            "T(a: [R(x: 1, y: \"b\"), R(x: 3)], /* c */ m: {\"k\": (1, 2)})",
            "T(a: [R(x: 1, y: \"b \"), R(x: 2)], /* c */ m: {\"k\": (1, 2)})",
            "T(a: [R(x: 1, z: \"b\"), R(x: 2)], /* c */ m: {\"k\": (1, 2)})",
            "T(a: [R(x: 1, y: \"b\"), S(x: 2)], /* c */ m: {\"k\": (1, 2)})",
            "T(a: [R(x: 1, y: \"b\")], /* c */ m: {\"k\": (1, 2)})",
            "T(a: [R(x: 1, y: \"b\"), R(x: 2)], /* c */ m: {\"k\": (2, 1)})",
            "T(a: [R(x: 1, y: \"b\"), R(x: 2)], /* d */ m: {\"k\": (1, 2)})",
            "T(a: [R(x: 1, y: \"b\"), R(x: 2)], m: {\"k\": (1, 2)})",
        ];
        assert!(says_the_same(text, same) && says_the_same(same, text));
        for other in others {
            assert!(!says_the_same(text, other) && !says_the_same(other, text), "{other}");
        }
        let one_list = "T(a: [R, (1)], b: [[1, 2], 3])";
        for other in ["T(a: [R (1)], b: [[1, 2], 3])", "T(a: [R, (1)], b: [[1, 2, 3]])", "T(a: [R, (1)], b: [[1, 23]])"]
        {
            assert!(!says_the_same(one_list, other), "{other}");
        }
        // What a comment would take in is missing among the tokens.
        assert!(!says_the_same("T(a: 1 /* c */, b: 2)", "T(a: 1 // c, b: 2)\n)"));
    }

    #[test]
    fn a_text_with_a_fault_is_not_laid_out() {
        assert_eq!(formatted("T(a: [R(x: 1)"), None);
        assert_eq!(formatted(""), None);
    }
}
