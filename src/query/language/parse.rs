//! Reading a question by recursive descent: one function a rule of the grammar.

use std::ops::Range;

use super::fault::QueryFault;
use super::syntax::{Comparison, Literal, Node, NodeKind, Scope, Test};

/// Words that join parts, in capitals.
pub(super) const OPERATORS: [&str; 3] = ["OR", "AND", "NOT"];

/// Brackets and negations inside each other. More is no question of a person, and each costs stack.
const DEEPEST: usize = 100;

/// The syntax tree of a question; of an empty one no parts, all of which hold.
///
/// # Errors
/// Where brackets are not closed or a colon has no name or no value. What a name means is not looked at.
pub fn parse(text: &str) -> Result<Node, QueryFault> {
    let mut parser = Parser { text, at: 0, open: 0, depth: 0, scope: None };
    let node = parser.question()?;
    debug_assert_eq!(parser.rest(), "", "a part is never left over: a bracket that closes nothing is a letter");
    Ok(node)
}

struct Parser<'t> {
    text: &'t str,
    /// The byte that is read next, at the border of a character.
    at: usize,
    /// Brackets that are open: inside them `)` ends a part.
    open: usize,
    /// Brackets and negations that are open.
    depth: usize,
    /// The scope that is open.
    scope: Option<Scope>,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn take(&mut self, sign: &str) -> bool {
        let is_there = self.rest().starts_with(sign);
        self.at += if is_there { sign.len() } else { 0 };
        is_there
    }

    /// Whether a part ends here: at the end, or at the bracket that closes the one around it.
    fn is_at_end(&self) -> bool {
        self.next().is_none_or(|next| next == ')' && self.open > 0)
    }

    fn question(&mut self) -> Result<Node, QueryFault> {
        let mut parts = vec![self.all()?];
        while let Some(behind) = self.operand_behind("OR") {
            self.at = behind;
            parts.push(self.all()?);
        }
        Ok(Self::group(self.at, parts, NodeKind::Or))
    }

    fn all(&mut self) -> Result<Node, QueryFault> {
        let start = self.at;
        let mut parts = Vec::new();
        loop {
            self.skip_blanks();
            // Behind a part `OR` is for the rule above and `AND` says what a blank says; before the first part both are words.
            if self.is_at_end() || !parts.is_empty() && self.operand_behind("OR").is_some() {
                break;
            }
            if !parts.is_empty()
                && let Some(behind) = self.operand_behind("AND")
            {
                self.at = behind;
            }
            parts.push(self.part()?);
        }
        Ok(Self::group(start, parts, NodeKind::And))
    }

    /// One part as itself, several as one; of none, a node of nothing at `start`.
    fn group(start: usize, mut parts: Vec<Node>, kind: fn(Vec<Node>) -> NodeKind) -> Node {
        match parts.pop() {
            Some(only) if parts.is_empty() => only,
            last => {
                parts.extend(last);
                let begin = parts.first().map_or(start, |first| first.span.start);
                let end = parts.last().map_or(start, |last| last.span.end);
                Node { span: begin..end, kind: kind(parts) }
            }
        }
    }

    /// Where the part begins that stands behind an operator; none where the operator is not next, or joins nothing.
    fn operand_behind(&self, operator: &str) -> Option<usize> {
        let behind = self.rest().strip_prefix(operator)?;
        let operand = behind.trim_start();
        let is_word = operand.len() < behind.len() || behind.starts_with(['(', '"', '“']);
        let is_operand = !(operand.is_empty() || self.open > 0 && operand.starts_with(')'));
        (is_word && is_operand).then(|| self.text.len() - operand.len())
    }

    fn part(&mut self) -> Result<Node, QueryFault> {
        let start = self.at;
        let is_too_deep = self.depth >= DEEPEST;
        if let Some(behind) = self.operand_behind("NOT").filter(|_| !is_too_deep) {
            return self.negated(start, behind);
        }
        // A hyphen by itself, or before another, is a letter.
        let is_operand = |next: char| !next.is_whitespace() && next != '-' && !(next == ')' && self.open > 0);
        if self.rest().strip_prefix('-').is_some_and(|behind| behind.starts_with(is_operand)) && !is_too_deep {
            return self.negated(start, start + 1);
        }
        if self.take("(") {
            return self.bracketed(start);
        }
        for scope in Scope::ALL {
            if self.rest().strip_prefix(scope.name()).is_some_and(|behind| behind.starts_with('(')) {
                self.at += scope.name().len() + 1;
                let outer = self.scope.replace(scope);
                let inside = self.bracketed(start)?;
                self.scope = outer;
                let kind = NodeKind::Scope { scope, inside: Box::new(inside) };
                return Ok(Node { span: start..self.at, kind });
            }
        }
        if let Some((name, takes_possible)) = self.name() {
            let test = self.test(&name)?;
            return Ok(Node { span: start..self.at, kind: NodeKind::Field { name, takes_possible, test } });
        }
        let literal = match self.quoted() {
            Some(literal) => literal,
            None => self.word(),
        };
        Ok(Node { span: literal.span.clone(), kind: NodeKind::Words(literal) })
    }

    fn negated(&mut self, start: usize, behind: usize) -> Result<Node, QueryFault> {
        self.at = behind;
        self.depth += 1;
        let part = self.part()?;
        self.depth -= 1;
        Ok(Node { span: start..self.at, kind: NodeKind::Not(Box::new(part)) })
    }

    /// What stands in brackets, of which the first has been read. Keeps the place of the brackets.
    fn bracketed(&mut self, start: usize) -> Result<Node, QueryFault> {
        let open = self.at.saturating_sub(1)..self.at;
        if self.depth >= DEEPEST {
            return Err(QueryFault::new(open, "these brackets lie too deep").remedy("ask in fewer steps"));
        }
        (self.open, self.depth) = (self.open + 1, self.depth + 1);
        let inside = self.question()?;
        self.skip_blanks();
        if !self.take(")") {
            return Err(QueryFault::new(open, "this bracket is not closed").remedy("add ) where it ends"));
        }
        (self.open, self.depth) = (self.open - 1, self.depth - 1);
        if matches!(&inside.kind, NodeKind::And(parts) if parts.is_empty()) {
            return Err(QueryFault::new(start..self.at, "nothing stands in these brackets"));
        }
        Ok(Node { span: start..self.at, kind: inside.kind })
    }

    /// A name with the colon behind it, and whether a question mark stands before it; nothing is read where there is none.
    fn name(&mut self) -> Option<(Literal, bool)> {
        let start = self.at;
        let takes_possible = self.take("?");
        let name = match self.quoted() {
            Some(name) => Some(name),
            None => {
                let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
                let name = self.rest().split(|c: char| !is_of_name(c)).next().unwrap_or_default();
                let begin = self.at;
                self.at += name.len();
                name.starts_with(char::is_alphabetic).then(|| Literal {
                    text: name.to_owned(),
                    is_quoted: false,
                    is_exact: false,
                    span: begin..self.at,
                })
            }
        };
        // The address of a page is a word, and so is what has no name before its colon ("10:30").
        let is_name = name.is_some() && self.rest().starts_with(':') && !self.rest().starts_with("://");
        if is_name {
            self.at += 1;
            return name.map(|name| (name, takes_possible));
        }
        self.at = start;
        None
    }

    fn test(&mut self, name: &Literal) -> Result<Test, QueryFault> {
        let scope = self.scope;
        let missing = |span: Range<usize>| {
            let remedy = format!("write {0}:VALUE, or {0}:* for any; words with a colon go in quotes", name.text);
            let fault = QueryFault::new(span, format!("nothing stands behind “{}:”", name.text));
            fault.remedy(remedy).begun(name, scope)
        };
        if self.rest().starts_with('(') {
            let fault = QueryFault::new(self.at..self.at + 1, "a value cannot be in brackets");
            return Err(fault.remedy(format!("write several as {}:one,other", name.text)));
        }
        if let Some(behind) = self.rest().strip_prefix('*')
            && behind.chars().next().is_none_or(|next| next.is_whitespace() || next == ')' && self.open > 0)
        {
            self.at += 1;
            return Ok(Test::Any);
        }
        for (comparison, sign) in Comparison::ALL {
            if self.take(sign) {
                let value = self.value().ok_or_else(|| missing(name.span.start..self.at))?;
                return Ok(Test::Compare(comparison, value));
            }
        }
        let first = self.one_of();
        if self.is_at_dots() && first.as_ref().is_none_or(|first| !first.is_exact) {
            self.at += 2;
            let last = self.value();
            if first.is_none() && last.is_none() {
                return Err(missing(name.span.start..self.at));
            }
            return Ok(Test::Range(first, last));
        }
        let mut values = vec![first.ok_or_else(|| missing(name.span.start..self.at))?];
        while self.take(",") {
            let comma = self.at - 1..self.at;
            let next = self.one_of();
            values.push(next.ok_or_else(|| {
                QueryFault::new(comma, "a value is missing behind this comma")
                    .remedy("values stand without blanks: a,b")
            })?);
        }
        Ok(Test::OneOf(values))
    }

    /// Whether two dots are next that stand between two values. In the interval of a date (`../2024`, `2024/..`) they do not.
    fn is_at_dots(&self) -> bool {
        let before = self.text.get(..self.at).unwrap_or_default();
        self.rest().strip_prefix("..").is_some_and(|behind| !behind.starts_with('/')) && !before.ends_with('/')
    }

    /// A value among others, before which `=` may stand: then it is this and nothing more, dots included.
    fn one_of(&mut self) -> Option<Literal> {
        let start = self.at;
        if !self.take("=") {
            return self.value();
        }
        let value = self.value_up_to(|_| false);
        if value.is_none() {
            self.at = start;
        }
        value.map(|value| Literal { is_exact: true, span: start..value.span.end, ..value })
    }

    /// A value, quoted or up to what ends it: a blank, a comma, two dots, or the bracket around the part. Inside the brackets
    /// of a date, `[2024-10-04,2024-10-24]`, commas and dots are the date's.
    fn value(&mut self) -> Option<Literal> {
        self.value_up_to(Self::is_at_dots)
    }

    fn value_up_to(&mut self, is_at_dots: impl Fn(&Self) -> bool) -> Option<Literal> {
        if let Some(quoted) = self.quoted() {
            return Some(quoted);
        }
        let (start, mut brackets) = (self.at, 0_usize);
        while let Some(next) = self.next() {
            let is_end = match next {
                ')' => self.open > 0,
                '(' => true,
                ',' => brackets == 0,
                '.' => brackets == 0 && is_at_dots(self),
                _ => next.is_whitespace(),
            };
            if is_end {
                break;
            }
            match next {
                '[' | '{' => brackets += 1,
                ']' | '}' => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            self.at += next.len_utf8();
        }
        (self.at > start).then(|| self.bare(start))
    }

    /// A word that is part of no field: up to a blank, a quotation or a bracket. Never empty.
    fn word(&mut self) -> Literal {
        let start = self.at;
        while let Some(next) = self.next() {
            let ends = next.is_whitespace() || matches!(next, '(' | '"' | '“') || next == ')' && self.open > 0;
            if ends && self.at > start {
                break;
            }
            self.at += next.len_utf8();
        }
        self.bare(start)
    }

    fn bare(&self, start: usize) -> Literal {
        let text = self.text.get(start..self.at).unwrap_or_default().to_owned();
        Literal { text, is_quoted: false, is_exact: false, span: start..self.at }
    }

    /// A text in quotes, straight or curled; a backslash keeps a quote or a backslash in it. One that is not closed runs to
    /// the end, because that is what it is while it is typed. None where there is none.
    fn quoted(&mut self) -> Option<Literal> {
        let start = self.at;
        let close = match self.next()? {
            '"' => '"',
            '“' => '”',
            _ => return None,
        };
        let mut text = String::new();
        let mut letters = self.rest().char_indices().skip(1);
        let mut end = self.text.len();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\\' => match letters.next() {
                    Some((_, kept @ ('"' | '\\' | '”'))) => text.push(kept),
                    Some((_, other)) => text.extend([letter, other]),
                    None => text.push(letter),
                },
                _ if letter == close => {
                    end = start + at + letter.len_utf8();
                    break;
                }
                _ => text.push(letter),
            }
        }
        self.at = end;
        Some(Literal { text, is_quoted: true, is_exact: false, span: start..end })
    }
}
