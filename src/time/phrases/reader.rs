//! A place in the tokens of a phrase, and what every rule may ask of it: what comes next, and the answers to questions.

use super::choices::{Answers, Question};
use super::lexicon::Mean;
use super::tokens::{HYPHEN, Kind, Number, Token};
use crate::time::CivilDay;
use crate::time::DateError;
use crate::time::occurrence::Occurrence;

/// The reader of one phrase in one way. Rules take tokens from it; what no rule takes is an error in the end.
pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub tokens: &'t [Token],
    /// Tokens taken.
    pub next: usize,
    pub answers: &'t Answers,
    /// The day it is read, for "yesterday"; none where it must not depend on it.
    pub today: Option<CivilDay>,
    /// A clock time that came twice or never is this one; none leaves it as it is.
    pub occurrence: Option<Occurrence>,
}

impl<'t> Reader<'t> {
    /// The token so many places ahead.
    pub fn token(&self, ahead: usize) -> Option<&'t Token> {
        self.tokens.get(self.next + ahead)
    }

    pub fn kind(&self, ahead: usize) -> Option<&'t Kind> {
        self.token(ahead).map(|token| &token.kind)
    }

    pub fn mean(&self, ahead: usize) -> Option<Mean> {
        match self.kind(ahead) {
            Some(Kind::Mean(mean)) => Some(*mean),
            _ => None,
        }
    }

    pub fn number(&self, ahead: usize) -> Option<Number> {
        match self.kind(ahead) {
            Some(Kind::Number(number)) => Some(*number),
            _ => None,
        }
    }

    pub fn is_sign(&self, ahead: usize, sign: char) -> bool {
        matches!(self.kind(ahead), Some(Kind::Sign(found)) if *found == sign)
    }

    /// Whether nothing stands between this token and the one before it.
    pub fn is_tight(&self, ahead: usize) -> bool {
        self.token(ahead).is_some_and(|token| token.is_tight)
    }

    /// A sign with no space on either side.
    pub fn tight_sign(&self, ahead: usize) -> Option<char> {
        match self.kind(ahead) {
            Some(Kind::Sign(sign)) if self.is_tight(ahead) && self.is_tight(ahead + 1) => Some(*sign),
            _ => None,
        }
    }

    pub fn is_at_end(&self) -> bool {
        self.next >= self.tokens.len()
    }

    /// The byte where the next token begins, or the end of the text.
    pub fn at(&self) -> usize {
        self.token(0).map_or(self.text.len(), |token| token.at)
    }

    /// What is written of a token, in small letters.
    pub fn written(&self, ahead: usize) -> String {
        let token = self.token(ahead);
        token.and_then(|token| self.text.get(token.at..token.end)).unwrap_or_default().to_lowercase()
    }

    /// Takes the next token where it means one of these.
    pub fn take_mean(&mut self, wanted: impl Fn(Mean) -> bool) -> Option<Mean> {
        let mean = self.mean(0).filter(|mean| wanted(*mean))?;
        self.next += 1;
        Some(mean)
    }

    /// Takes the next token where it is this sign.
    pub fn take_sign(&mut self, sign: char) -> bool {
        let is_there = self.is_sign(0, sign);
        self.next += usize::from(is_there);
        is_there
    }

    /// Takes a hyphen inside a word ("nineteenth-century", "mid-2024", "pre-1945").
    pub fn take_inner_hyphen(&mut self) {
        if self.tight_sign(0) == Some(HYPHEN) {
            self.next += 1;
        }
    }

    pub fn ask(&self, question: Question, options: &[&'static str]) -> usize {
        self.answers.ask(question, options)
    }

    /// The day it is read.
    ///
    /// # Errors
    /// Where it must not depend on that.
    pub fn now(&self, at: usize) -> Result<CivilDay, DateError> {
        self.today.ok_or_else(|| DateError::at(at, "this depends on the day it was said", None))
    }

    /// Why the next token belongs to no rule.
    pub fn unexpected(&self) -> DateError {
        let written = self.token(0).and_then(|token| self.text.get(token.at..token.end)).unwrap_or_default();
        let message = match self.kind(0) {
            Some(Kind::Word(word)) => format!("\"{word}\" is not understood in a date"),
            Some(Kind::Mean(Mean::Am | Mean::Pm)) => format!("\"{written}\" needs a time of day"),
            Some(_) => format!("\"{written}\" does not belong here"),
            None => "the date breaks off here".to_owned(),
        };
        DateError::at(self.at(), message, None)
    }
}
