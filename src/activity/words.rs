//! Words for stretches of time: from when to when, how long, and what is to be said of them.

use super::{Activity, Spell, SpellKind};
use crate::time::{Date, Instant, Precision, Zone, calendar};

/// Longer times are told to the year: their stretches too.
const MOST_TOLD_BY_DAY: i64 = 400 * 366 * Instant::DAY;
/// Rates beyond this are told as that.
const MOST_RATE: f64 = 1_000.0;

/// A stretch in words, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What is special about it.
    pub kind: SpellKind,
    /// Its first day, or year.
    pub from: String,
    /// Its last.
    pub to: String,
    /// How long it lasts: "39 years".
    pub length: String,
    /// What else is to be said: how many events; may be empty.
    pub note: String,
}

impl Activity {
    /// Each stretch in words, in their order.
    pub fn rows(&self, zone: Zone) -> impl Iterator<Item = Row> + '_ {
        self.spells.iter().map(move |spell| self.row(spell, zone))
    }

    /// A stretch in words.
    pub fn row(&self, spell: &Spell, zone: Zone) -> Row {
        let (from, to) = self.days(spell, zone);
        Row {
            kind: spell.kind,
            from: from.describe(),
            to: to.describe(),
            length: calendar::length_names(spell.micros()).into_iter().next().unwrap_or_default(),
            note: note(spell),
        }
    }

    /// The first and the last day of a stretch, or the years where its time is told by these.
    pub fn days(&self, spell: &Spell, zone: Zone) -> (Date, Date) {
        let is_long = self.extent.is_some_and(|(start, end)| end.saturating_since(start) > MOST_TOLD_BY_DAY);
        let precision = if is_long { Precision::Year } else { Precision::Day };
        let last = spell.end.saturating_add(-1).max(spell.start);
        (Date::at_precision(spell.start, precision, zone), Date::at_precision(last, precision, zone))
    }

    /// What none of the stretches can say: "3 undated events may lie in any of them"; empty where there is nothing to say.
    pub fn caveat(&self) -> String {
        caveat(self.undated, "event")
    }
}

/// What no stretch can say where so many of what `noun` names have no date.
pub fn caveat(undated: usize, noun: &str) -> String {
    match undated {
        0 => String::new(),
        1 => format!("1 {noun} without a date may lie in any of them"),
        count => format!("{count} {noun}s without a date may lie in any of them"),
    }
}

/// From when to when: "25 Jun 2024 – 17 Oct 2024".
pub fn date_words(row: &Row) -> String {
    if row.from == row.to { row.from.clone() } else { format!("{} – {}", row.from, row.to) }
}

fn note(spell: &Spell) -> String {
    match spell.kind {
        SpellKind::Empty => String::new(),
        SpellKind::PerhapsEmpty => match spell.events {
            // What is in the way only may be asked about.
            0 => "an event that only may match may lie in it".to_owned(),
            1 => "1 vague date may lie in it".to_owned(),
            count => format!("{count} vague dates may lie in it"),
        },
        SpellKind::Burst => {
            let rate = if spell.rate >= MOST_RATE {
                format!("over {MOST_RATE:.0} times as fast as usual")
            } else {
                format!("{:.0} times as fast as usual", spell.rate.max(1.0))
            };
            let vague = match spell.vague {
                0 => String::new(),
                count => format!("; {count} more may lie in it"),
            };
            let noun = if spell.events == 1 { "event" } else { "events" };
            format!("{} {noun}, {rate}{vague}", spell.events)
        }
    }
}
