//! The rule of a whole phrase: one date with a word that bounds it, two ends of a span, or a list.
//!
//! ```text
//! phrase  = mark* opening? side (joint side)* closing? "."?
//! side    = date | "?" | "now"
//! opening = "before" | "since" | "between" | "either" | …
//! joint   = "to" | "–" | "-" | "/" | "~" | ".." | "or" | "and" | ";" | ","
//! closing = "onwards" | "or later" | 까지 | 以前 | …
//! ```

use super::choices::Question;
use super::join::{Missing, between, half_open, once, related, set, span};
use super::lexicon::{Mean, stands_behind};
use super::partial::{Era, Partial, Years, count_as, share};
use super::reader::Reader;
use super::tokens::{DASH, ELLIPSIS, HYPHEN, Kind, Number};
use super::value::Qualified;
use crate::time::{Date, DateError};

/// One of the dates of a phrase.
#[derive(Debug, Clone, PartialEq)]
enum Side {
    Date(Partial),
    Missing(Missing),
}

/// What joins two dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    To,
    Or,
    And,
    Comma,
    /// "..": once, between the two.
    Amid,
}

impl Reader<'_> {
    /// The date that the whole phrase means.
    ///
    /// # Errors
    /// At the first word that no rule takes, and where the words contradict each other.
    pub fn phrase(&mut self) -> Result<Date, DateError> {
        self.take_outer_brackets();
        let mut shared = Partial::new(self.at());
        self.marks_before(&mut shared)?;
        let opening = self.opening();
        let is_marked = shared.is_approximate || shared.is_uncertain;
        if opening.is_none()
            && !is_marked
            && let Some(date) = self.dangling_start()?
        {
            return Ok(date);
        }
        let mut sides = vec![self.side(false)?];
        let mut joints = Vec::new();
        let mut closing = None;
        while !self.is_at_end() {
            closing = self.closing(sides.len());
            if closing.is_some() {
                break;
            }
            let start = self.next;
            let Some(joint) = self.joint()? else { break };
            if self.is_at_end() {
                self.next = start;
                return self.dangling_end(opening, sides, &shared);
            }
            sides.push(self.side(joint == Joint::To)?);
            joints.push(joint);
        }
        self.take_stop();
        if !self.is_at_end() {
            return Err(self.unexpected());
        }
        // "1882–1885 (est.)", "21–31 October approx.": a mark apart from the last date is of all.
        if let Some(Side::Date(last)) = sides.last().filter(|_| !joints.is_empty())
            && last.is_marked_apart
        {
            shared.mark_as(last);
        }
        for side in &mut sides {
            if let Side::Date(date) = side {
                date.mark_as(&shared);
            }
        }
        self.joined(opening, sides, &joints, closing)
    }

    /// Brackets around the whole text are left off.
    fn take_outer_brackets(&mut self) {
        let is_last = |close: char| matches!(self.tokens.last().map(|token| &token.kind), Some(Kind::Sign(sign)) if *sign == close);
        let opens = self.tokens.iter().filter(|token| matches!(token.kind, Kind::Sign('(' | '['))).count();
        let closes = |open: char, close: char| self.is_sign(0, open) && is_last(close) && opens == 1;
        if closes('(', ')') || closes('[', ']') {
            self.next += 1;
            self.tokens = self.tokens.split_last().map_or(self.tokens, |(_, before)| before);
        }
    }

    /// A full stop at the end of the text.
    fn take_stop(&mut self) {
        if self.next + 1 == self.tokens.len() {
            self.take_sign('.');
        }
    }

    /// The word that bounds, with a hyphen behind it where it is part of a word ("pre-1945").
    fn opening(&mut self) -> Option<Mean> {
        if stands_behind(&self.written(0)) {
            return None;
        }
        // GEDCOM's FROM, which is written in capitals, begins a period.
        let is_gedcom = self.token(0).and_then(|token| self.text.get(token.at..token.end)) == Some("FROM");
        let opening = self
            .take_mean(|mean| is_relation(mean) || matches!(mean, Mean::Between | Mean::Either) || mean == Mean::To)?;
        self.take_inner_hyphen();
        Some(match opening {
            Mean::To => Mean::Until,
            Mean::From if is_gedcom => Mean::Since,
            other => other,
        })
    }

    /// The word behind the dates that bounds them.
    fn closing(&mut self, sides: usize) -> Option<Mean> {
        let mean = self.mean(0)?;
        let is_last = self.next + 1 == self.tokens.len()
            || self.next + 2 == self.tokens.len() && matches!(self.kind(1), Some(Kind::Sign('.')));
        let is_closing = match mean {
            Mean::Amid => true,
            Mean::Until => stands_behind(&self.written(0)),
            Mean::Onwards | Mean::On | Mean::ToPresent => sides == 1,
            _ => is_relation(mean) && sides == 1 && stands_behind(&self.written(0)),
        };
        (is_last && is_closing).then(|| {
            self.next += 1;
            mean
        })
    }

    fn joint(&mut self) -> Result<Option<Joint>, DateError> {
        let start = self.next;
        // "early-to-mid 1990s"
        if self.tight_sign(0) == Some(HYPHEN) && self.mean(1) == Some(Mean::To) && self.tight_sign(2) == Some(HYPHEN) {
            self.next += 3;
            return Ok(Some(Joint::To));
        }
        // "1731, 1734 or 1740": a comma before the last word joins nothing more.
        let has_comma = self.take_sign(',');
        let joint = match self.kind(0) {
            Some(Kind::Sign(sign)) if !has_comma => match *sign {
                DASH | HYPHEN | '/' => Some(Joint::To),
                '~' if self.is_tight(0) == self.is_tight(1) => Some(Joint::To),
                ELLIPSIS if self.token(1).is_none() => Some(Joint::To),
                ELLIPSIS => match self.ask(Question::Joint, &["from one to the other", "once, between them"]) {
                    0 => Some(Joint::To),
                    _ => Some(Joint::Amid),
                },
                ';' => Some(Joint::And),
                _ => None,
            },
            Some(Kind::Mean(mean)) => match mean {
                Mean::Or => Some(Joint::Or),
                Mean::And => Some(Joint::And),
                _ if has_comma => None,
                Mean::To => Some(Joint::To),
                // "from … until …", "с … до …".
                Mean::Until => Some(Joint::To),
                Mean::Before if self.written(0) == "до" => Some(Joint::To),
                // "24일부터 26일까지".
                Mean::Since if self.token(1).is_some() && stands_behind(&self.written(0)) => Some(Joint::To),
                _ => None,
            },
            _ => None,
        };
        let Some(joint) = joint else {
            if has_comma && self.starts_date() {
                return Ok(Some(Joint::Comma));
            }
            self.next = start;
            return Ok(None);
        };
        self.next += 1;
        let was_since = self.tokens.get(self.next - 1).is_some_and(|token| token.kind == Kind::Mean(Mean::Since));
        // "2019부터 ~ 2021", "从2019年到2021年".
        if was_since && (self.is_sign(0, '~') || self.is_sign(0, DASH) || self.mean(0) == Some(Mean::To)) {
            self.next += 1;
        }
        Ok(Some(joint))
    }

    fn starts_date(&self) -> bool {
        matches!(self.kind(0), Some(Kind::Number(_) | Kind::Word(_) | Kind::Mean(_)))
    }

    /// One end of a span, or the only date. `is_end`: it stands behind "to".
    fn side(&mut self, is_end: bool) -> Result<Side, DateError> {
        if self.mean(0) == Some(Mean::Article) && self.mean(1) == Some(Mean::Present) {
            self.next += 1;
        }
        // "1960 – по настоящее время".
        if self.take_mean(|mean| mean == Mean::Present || is_end && mean == Mean::ToPresent).is_some() {
            return Ok(Side::Missing(Missing::Open));
        }
        let is_alone = |ahead: usize| {
            self.token(ahead).is_none()
                || matches!(self.kind(ahead), Some(Kind::Sign(DASH | HYPHEN | '/' | '~')))
                || matches!(self.mean(ahead), Some(Mean::To | Mean::Until))
        };
        if (self.is_sign(0, '?') || self.mean(0) == Some(Mean::Unknown)) && is_alone(1) && !self.is_masked_day() {
            self.next += 1;
            return Ok(Side::Missing(Missing::Unknown));
        }
        if is_end && self.mean(0) == Some(Mean::Today(0)) && self.token(1).is_none() {
            let is_open =
                self.today.is_none() || self.ask(Question::Today, &["it goes on", "until the day this is read"]) == 0;
            if is_open {
                self.next += 1;
                return Ok(Side::Missing(Missing::Open));
            }
        }
        self.date().map(Side::Date)
    }

    /// "– 1960", "…1960": what stands before the dash is missing.
    fn dangling_start(&mut self) -> Result<Option<Date>, DateError> {
        let is_hyphen = self.is_sign(0, HYPHEN) && !self.is_tight(1);
        if !is_hyphen && !self.is_sign(0, DASH) && !self.is_sign(0, ELLIPSIS) {
            return Ok(None);
        }
        self.next += 1;
        let date = self.date()?;
        self.take_stop();
        if !self.is_at_end() {
            return Err(self.unexpected());
        }
        let read = self.value(&date)?;
        let ways = ["its start is not known", "as far back as one looks", "nothing is missing"];
        match self.ask(Question::Dangling, &ways) {
            0 => half_open(&read, Missing::Unknown, false),
            1 => half_open(&read, Missing::Open, false),
            _ => once(&read),
        }
        .map(Some)
    }

    /// "1971–", "1971…": what stands behind the dash is missing.
    fn dangling_end(&mut self, opening: Option<Mean>, sides: Vec<Side>, shared: &Partial) -> Result<Date, DateError> {
        let is_sign = matches!(self.kind(0), Some(Kind::Sign(DASH | HYPHEN | ELLIPSIS)));
        let (None, [Side::Date(date)], true) = (opening, sides.as_slice(), is_sign) else {
            return Err(DateError::at(self.text.len(), "the second date is missing", None));
        };
        let mut date = date.clone();
        date.mark_as(shared);
        let read = self.value(&date)?;
        let ways = ["it goes on", "its end is not known", "nothing is missing"];
        match self.ask(Question::Dangling, &ways) {
            0 => half_open(&read, Missing::Open, true),
            1 => half_open(&read, Missing::Unknown, true),
            _ => once(&read),
        }
    }

    fn joined(
        &self,
        opening: Option<Mean>,
        mut sides: Vec<Side>,
        joints: &[Joint],
        closing: Option<Mean>,
    ) -> Result<Date, DateError> {
        let twice = || DateError::at(0, "this is bounded in two ways at once", None);
        // A doubt alone is no date that could have its year from the other.
        if !joints.is_empty()
            && let Some(at) = sides.iter().find_map(|side| match side {
                Side::Date(date) if date.is_empty() => Some(date.at),
                _ => None,
            })
        {
            return Err(DateError::at(at, "a date is missing here", None));
        }
        match (sides.as_mut_slice(), joints) {
            ([Side::Date(only)], []) => {
                let is_whole = opening.is_none() && closing.is_none();
                let only = if is_whole { self.value(only)? } else { self.bounded(only)? };
                match (opening, closing) {
                    (None, None) => once(&only),
                    (Some(Mean::Between | Mean::Either), _) => {
                        Err(DateError::at(only.at, "the second date is missing", None))
                    }
                    (None | Some(Mean::Since | Mean::From), Some(Mean::ToPresent)) => related(Mean::Since, &only),
                    (None, Some(Mean::Onwards | Mean::On)) => related(Mean::Since, &only),
                    (Some(from @ (Mean::Since | Mean::From)), Some(Mean::Onwards | Mean::On | Mean::Since)) => {
                        related(from, &only)
                    }
                    (None, Some(Mean::Amid)) => Err(DateError::at(only.at, "the second date is missing", None)),
                    (Some(relation), None) | (None, Some(relation)) => related(relation, &only),
                    (Some(_), Some(_)) => Err(twice()),
                }
            }
            ([Side::Date(a), Side::Date(b)], [joint @ (Joint::To | Joint::And | Joint::Amid)])
                if *joint == Joint::Amid || opening == Some(Mean::Between) || closing == Some(Mean::Amid) =>
            {
                let is_bounded = !matches!(opening, None | Some(Mean::Between));
                if is_bounded || !matches!(closing, None | Some(Mean::Amid)) {
                    return Err(twice());
                }
                self.share_era(a, b);
                share(a, b);
                between(&self.bounded(a)?, &self.bounded(b)?)
            }
            ([Side::Date(a), Side::Date(b)], [Joint::To])
                if closing.is_none()
                    && let Some(season) = self.season_over_years(a, b)? =>
            {
                match opening {
                    None => once(&season),
                    Some(Mean::Between | Mean::Either) => Err(twice()),
                    Some(relation) => related(relation, &season),
                }
            }
            ([first, second], [Joint::To]) => {
                if !matches!(opening, None | Some(Mean::From | Mean::Since))
                    || !matches!(closing, None | Some(Mean::Until))
                {
                    return Err(twice());
                }
                match (first, second) {
                    (Side::Date(a), Side::Date(b)) => self.span(a, b),
                    (Side::Date(a), Side::Missing(missing)) => half_open(&self.bounded(a)?, *missing, true),
                    (Side::Missing(Missing::Unknown), Side::Date(b)) => {
                        half_open(&self.bounded(b)?, Missing::Unknown, false)
                    }
                    _ => Err(DateError::at(0, "a span needs at least one date", None)),
                }
            }
            (_, []) => Err(DateError::at(0, "no date is given", None)),
            (_, joints) => self.list(opening, sides, joints, closing),
        }
    }

    /// The value of one date of several, or of one that a word bounds: what to write instead of it alone is no remedy.
    fn bounded(&self, partial: &Partial) -> Result<Qualified, DateError> {
        self.value(partial).map_err(|error| DateError { hint: None, ..error })
    }

    /// Two ends of a span, or one year with two numbers.
    fn span(&self, a: &mut Partial, b: &mut Partial) -> Result<Date, DateError> {
        if let Some(date) = self.dual_year(a, b)? {
            return Ok(date);
        }
        self.share_era(a, b);
        share(a, b);
        span(&self.bounded(a)?, &self.bounded(b)?)
    }

    /// "44 BC – 14": asks of which era the second year is, where it can be of either. GEDCOM gives each date its own.
    fn share_era(&self, a: &Partial, b: &mut Partial) {
        count_as(b, a);
        let (Some(Era::Bc), None, Some(first), Some(last)) = (a.era, b.era, a.years, b.years) else { return };
        let is_gedcom = self.text.starts_with("BET ") || self.text.starts_with("FROM ");
        if is_gedcom {
            b.era = Some(Era::Ad);
        } else if first.is_no_less(last) {
            b.era = Some(if self.ask(Question::Era, &["", ""]) == 0 { Era::Bc } else { Era::Ad });
        }
    }

    /// "44 BC or 14", "27 or 44 BC": in a list no order tells the era. "44 or 27 BC" is before it at both.
    fn share_eras(&self, dates: &mut [Partial]) {
        let known = dates.iter().enumerate().find(|(_, date)| date.is_bc());
        let Some((place, known)) = known.map(|(place, date)| (place, date.clone())) else { return };
        for (at, date) in dates.iter_mut().enumerate() {
            count_as(date, &known);
            let (Some(years), Some(other), None) = (date.years, known.years, date.era) else { continue };
            let is_descending = at < place && years.is_no_less(other);
            date.era = Some(if is_descending || self.ask(Question::Era, &["", ""]) == 0 { Era::Bc } else { Era::Ad });
        }
    }

    /// "winter 2024–25" is one winter; another season of two years is asked about.
    fn season_over_years(&self, a: &Partial, b: &Partial) -> Result<Option<Qualified>, DateError> {
        let (with, bare, is_first) = match (a.season, b.season) {
            (Some(_), None) => (a, b, true),
            (None, Some(_)) => (b, a, false),
            _ => return Ok(None),
        };
        let in_full = |of: &Partial| match of.years {
            Some(Years::Year(year)) => Some(year),
            _ => None,
        };
        let (first, last) = if is_first {
            let Some(first) = in_full(with) else { return Ok(None) };
            let tail = bare.loose.filter(|_| bare.is_loose()).and_then(|number| i64::try_from(number.value).ok());
            // "1999–00" goes on into the next hundred years.
            let tail = tail.map(|tail| first.saturating_add((tail - first).rem_euclid(100)));
            let Some(last) = in_full(bare).filter(|_| bare.is_bare_year()).or(tail) else { return Ok(None) };
            (first, last)
        } else {
            let (Some(first), Some(last)) = (in_full(bare).filter(|_| bare.is_bare_year()), in_full(with)) else {
                return Ok(None);
            };
            (first, last)
        };
        let mut named = Partial { years: Some(Years::Year(first)), era: a.era.or(b.era), ..with.clone() };
        named.mark_as(bare);
        let other = Partial { years: Some(Years::Year(last)), season: with.season, ..named.clone() };
        let is_winter = with.season == Some(24) && with.part.is_none();
        if is_winter && first.checked_add(1) == Some(last) && named.era.is_none() {
            return self.value(&named).map(Some);
        }
        let (first, last) = (self.value(&named)?, self.value(&other)?);
        let hint = span(&first, &last).ok().map(|date| date.to_string());
        Err(DateError::at(a.at, "which of these years the season is in is not clear", hint))
    }

    /// "1 Jan 1750/1": the year began in March, and its first months are counted with the one or the other.
    fn dual_year(&self, a: &Partial, b: &Partial) -> Result<Option<Date>, DateError> {
        let Some(Years::Year(year)) = a.years else { return Ok(None) };
        // "1750/1751 January"
        let next_year = year.saturating_add(1);
        let is_next_year =
            |kind: &Kind| matches!(kind, Kind::Number(number) if i64::try_from(number.value) == Ok(next_year));
        let mut from_a = self.tokens.iter().skip_while(|token| token.at < a.at).map(|token| &token.kind).skip(1);
        let is_behind = from_a.next() == Some(&Kind::Sign('/')) && from_a.next().is_some_and(is_next_year);
        if a.is_bare_year() && b.month.is_some() && b.years == Some(Years::Year(next_year)) && is_behind {
            let ways = ["the year began in January", "the year began in March", "from one to the other"];
            let first = Partial { years: a.years, ..b.clone() };
            return match self.ask(Question::DualYear, &ways) {
                0 => once(&self.value(&first)?),
                1 => once(&self.value(b)?),
                _ => span(&self.bounded(a)?, &self.bounded(b)?),
            }
            .map(Some);
        }
        let is_full = b.is_bare_year() && b.era.is_none() && !a.is_bare_year();
        let number = match b.years {
            Some(Years::Year(full)) if is_full => u64::try_from(full).ok().map(|full| Number::plain(full, 4)),
            _ => b.loose.filter(|_| b.is_loose()),
        };
        let Some(number) = number else { return Ok(None) };
        // "2024-10-24/25" goes from one day to another: the year stands elsewhere.
        let mut before = self.tokens.iter().rev().skip_while(|token| token.at >= b.at).map(|token| &token.kind);
        let is_year_before =
            matches!(before.nth(1), Some(Kind::Number(number)) if i64::try_from(number.value) == Ok(year));
        if !is_year_before {
            return Ok(None);
        }
        let is_slash = self.tokens.iter().any(|token| token.kind == Kind::Sign('/'));
        let modulus = 10_i64.saturating_pow(u32::try_from(number.digits).unwrap_or(u32::MAX));
        let is_next =
            i64::try_from(number.value).is_ok_and(|value| value == year.saturating_add(1).rem_euclid(modulus));
        // "10 Feb 1722 to 1730" is a span, and 1722/1723 can be one.
        if is_full && !(is_next && is_slash) {
            return Ok(None);
        }
        let next = Partial { years: Some(Years::Year(year.saturating_add(1))), ..a.clone() };
        if a.is_bare_year() && is_slash && is_next && a.era.is_none() {
            let ways = ["both years", "one of them, as where the year begins in March"];
            let (first, last) = (self.value(a)?, self.value(&next)?);
            return match self.ask(Question::DualYear, &ways) {
                0 => span(&first, &last),
                _ => set(&[first, last], '[', ']'),
            }
            .map(Some);
        }
        if a.month.is_none() || a.day.is_none() && !is_slash {
            return Ok(None);
        }
        if a.day.is_some() && !is_next {
            return Err(DateError::at(b.at, format!("what {} counts is not clear", number.value), None));
        }
        if !is_next {
            return Ok(None);
        }
        let ways = ["the year began in January", "the year began in March", "from one to the other"];
        let ways = if is_full { ways.as_slice() } else { ways.split_last().map_or(&[][..], |(_, two)| two) };
        let chosen = match self.ask(Question::DualYear, ways) {
            0 => a,
            1 => &next,
            _ => return span(&self.bounded(a)?, &self.bounded(b)?).map(Some),
        };
        // The day of the week fits the one or the other.
        let mut chosen = chosen.clone();
        chosen.mark_as(b);
        once(&self.value(&chosen)?).map(Some)
    }

    /// Asks what a year alone says behind a finer date: "May 2024 or 2025".
    fn share_with_years(&self, dates: &mut [Partial]) {
        for at in 1..dates.len() {
            let Some([before, year]) = dates.get_mut(at - 1..=at) else { continue };
            let is_finer = matches!(before.years, Some(Years::Year(_))) && !before.is_bare_year();
            if is_finer && year.is_bare_year() && self.ask(Question::Shared, &["in both years", "all of the year"]) == 0
            {
                let (era, marks) = (year.era.or(before.era), year.clone());
                *year = Partial { at: year.at, years: year.years, era, weekday: None, ..before.clone() };
                (year.is_approximate, year.is_uncertain) = (marks.is_approximate, marks.is_uncertain);
                year.is_marked_apart = marks.is_marked_apart;
            }
        }
    }

    /// One of several dates, or all of them: what the last joint says.
    fn list(
        &self,
        opening: Option<Mean>,
        sides: Vec<Side>,
        joints: &[Joint],
        closing: Option<Mean>,
    ) -> Result<Date, DateError> {
        let mut dates: Vec<Partial> = Vec::new();
        for side in sides {
            match side {
                Side::Date(date) => dates.push(date),
                Side::Missing(_) => return Err(DateError::at(0, "a list holds dates only", None)),
            }
        }
        let (Some(last), true) = (joints.last().copied(), closing.is_none()) else {
            return Err(DateError::at(0, "this is bounded in two ways at once", None));
        };
        let is_one_kind = joints.iter().all(|joint| *joint == last || *joint == Joint::Comma);
        let is_allowed = match opening {
            None => true,
            Some(Mean::Either) => last == Joint::Or,
            Some(_) => false,
        };
        if !is_one_kind || !is_allowed || last == Joint::To {
            return Err(DateError::at(0, "several spans or lists at once cannot be written", None));
        }
        self.share_eras(&mut dates);
        self.share_with_years(&mut dates);
        // What is said once is said last ("21, 22 and 23 October 2024") or first ("October 21, 22 and 23, 2024").
        for _ in 0..2 {
            for at in (0..dates.len().saturating_sub(1)).rev() {
                if let Some([a, b]) = dates.get_mut(at..=at + 1) {
                    share(a, b);
                }
            }
        }
        let members: Vec<Qualified> = dates.iter().map(|date| self.bounded(date)).collect::<Result<_, _>>()?;
        let is_each = match last {
            Joint::Or => false,
            Joint::And => true,
            _ => self.ask(Question::Joint, &["each of them", "one of them"]) == 0,
        };
        if is_each { set(&members, '{', '}') } else { set(&members, '[', ']') }
    }
}

const fn is_relation(mean: Mean) -> bool {
    use Mean::{After, Before, By, From, NotBefore, Since, Until};
    matches!(mean, Before | By | After | From | NotBefore | Since | Until)
}
