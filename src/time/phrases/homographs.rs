//! Words that are written alike and mean two things, in two languages or in one: what stands beside them decides.

use super::lexicon::{Grain, Mean, Part};
use super::tokens::{HYPHEN, Kind, Token};

/// Gives every word that means two things the meaning that it has in its place.
pub(super) fn settle(text: &str, tokens: &mut [Token]) {
    for at in 0..tokens.len() {
        let (before, rest) = tokens.split_at_mut(at);
        let Some((token, behind)) = rest.split_first_mut() else { continue };
        let written = text.get(token.at..token.end).unwrap_or_default().trim_end_matches('.').to_lowercase();
        let found = in_place(&written, before.last().map(|token| &token.kind), behind);
        token.kind = found.map_or_else(|| token.kind.clone(), Kind::Mean);
    }
}

/// The meaning of a word in its place where that is another one than its table has.
fn in_place(word: &str, before: Option<&Kind>, behind: &[Token]) -> Option<Mean> {
    let next = behind.first().map(|token| &token.kind);
    let is_sign = |ahead: usize, sign: char| matches!(behind.get(ahead), Some(Token { kind: Kind::Sign(found), is_tight: true, .. }) if *found == sign);
    let is_day =
        |kind: Option<&Kind>| matches!(kind, Some(Kind::Number(number)) if number.digits <= 2 && !number.is_plural);
    let is_name = matches!(
        next,
        Some(Kind::Mean(
            Mean::Month(_) | Mean::Weekday(_) | Mean::Season(_) | Mean::Part(_) | Mean::Grain(Grain::Year)
        ))
    );
    match word {
        // August in Spanish, Italian and Portuguese.
        "ago" if before.is_none() && next.is_some() || is_day(before) => Some(Mean::Month(8)),
        "ago" if matches!(before, Some(Kind::Mean(Mean::Preposition) | Kind::Sign(_))) => Some(Mean::Month(8)),
        // German "on": "10 am" is a time, and so is "am 10:00".
        "am" if !matches!(before, Some(Kind::Number(_))) && (is_name || is_day(next) && !is_sign(1, ':')) => {
            Some(Mean::Preposition)
        }
        // German "about" a year and "at" a time, Dutch "at".
        "um" if is_day(next) => Some(Mean::Preposition),
        // French "mid-", German for Wednesday.
        "mi" if is_sign(0, HYPHEN) => Some(Mean::Part(Part::Mid)),
        // Polish "until" behind a date, German and Dutch for Thursday.
        "do" if matches!(before, Some(Kind::Number(_) | Kind::Mean(Mean::Month(_) | Mean::Grain(Grain::Year)))) => {
            Some(Mean::To)
        }
        // "au printemps", "al 24 de octubre": "to" is between two dates.
        "à" | "au" | "a" | "al" | "ao" if before.is_none() => Some(Mean::Preposition),
        // Polish "in", and the mark of a week.
        "w" if is_name => Some(Mean::Preposition),
        _ => None,
    }
}
