//! Words and signs that put a date in doubt: "c.", "possibly", "~", "?", "(est.)". Some stand before a date and some behind.

use super::lexicon::Mean;
use super::partial::Partial;
use super::reader::Reader;
use super::tokens::Kind;
use crate::time::DateError;

impl Reader<'_> {
    /// Words and signs before a date that put it in doubt.
    pub fn marks_before(&mut self, partial: &mut Partial) -> Result<(), DateError> {
        loop {
            let at = self.at();
            let is_tilde = self.is_sign(0, '~') && self.is_tight(1);
            let slot = match self.mean(0) {
                Some(Mean::Uncertain) => &mut partial.is_uncertain,
                Some(Mean::Approximate | Mean::ApproximateBeside | Mean::CircaOrCentury | Mean::EstimateOrZone) => {
                    &mut partial.is_approximate
                }
                None if is_tilde => &mut partial.is_approximate,
                _ => return Ok(()),
            };
            mark(slot, at)?;
            self.next += 1;
            self.take_inner_hyphen();
        }
    }

    /// Words and signs behind a date that put it in doubt.
    pub fn marks_behind(&mut self, partial: &mut Partial) -> Result<(), DateError> {
        loop {
            let (start, at, is_tight) = (self.next, self.at(), self.is_tight(0));
            // "1850, probably"
            if self.is_sign(0, ',')
                && self.token(2).is_none()
                && matches!(
                    self.mean(1),
                    Some(Mean::Uncertain | Mean::ApproximateBehind | Mean::ApproximateBeside | Mean::EstimateOrZone)
                )
            {
                self.next += 1;
            }
            let is_bracketed = self.take_sign('(');
            let slot = match self.kind(0) {
                Some(Kind::Mean(Mean::Uncertain)) => &mut partial.is_uncertain,
                Some(Kind::Sign('?')) => &mut partial.is_uncertain,
                Some(Kind::Mean(Mean::ApproximateBehind | Mean::ApproximateBeside | Mean::EstimateOrZone)) => {
                    &mut partial.is_approximate
                }
                Some(Kind::Mean(Mean::Approximate | Mean::CircaOrCentury)) if is_bracketed => {
                    &mut partial.is_approximate
                }
                Some(Kind::Sign('~')) if self.is_tilde_behind() => &mut partial.is_approximate,
                _ => {
                    self.next = start;
                    return Ok(());
                }
            };
            mark(slot, at)?;
            partial.is_marked_apart |= is_bracketed || !is_tight;
            self.next += 1;
            if is_bracketed && !self.take_sign(')') {
                return Err(self.unexpected());
            }
        }
    }

    /// Whether a `~` marks what stands before it: nothing follows that it could join.
    fn is_tilde_behind(&self) -> bool {
        !matches!(self.kind(1), Some(Kind::Number(_) | Kind::Word(_)))
            && !matches!(self.mean(1), Some(Mean::Month(_) | Mean::Part(_) | Mean::Season(_) | Mean::Present))
    }
}

fn mark(slot: &mut bool, at: usize) -> Result<(), DateError> {
    if *slot {
        return Err(DateError::at(at, "the doubt is said twice", None));
    }
    *slot = true;
    Ok(())
}
