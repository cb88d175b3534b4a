//! The table event × account: what each account says of each event, and what it leaves out.
//!
//! As wide as a page has room: more accounts than that stand in further tables of the same events.

use super::numbered::Shown;
use super::subject::Subject;
use crate::account::{AccountBy, AccountTable, Accounts, TableCell};
use crate::query::Matches;

/// The most accounts beside one another.
const MOST_COLUMNS: usize = 6;
/// The most cells of all tables: nobody reads more.
const MOST_CELLS: usize = 100_000;

/// The accounts of a brief.
pub(super) struct AccountSheet {
    table: AccountTable,
    /// Whose words are one account.
    by: AccountBy,
    /// How many accounts have no column.
    others: usize,
    conflicts: usize,
    is_too_large: bool,
}

/// A table of some accounts.
pub struct AccountPart<'b, 't> {
    /// What its columns are called.
    pub accounts: &'b [String],
    sheet: &'b AccountSheet,
    subject: &'b Subject<'t>,
    columns: std::ops::Range<usize>,
}

/// A row of a table: an event, its date in words, and what the accounts say of it.
pub struct AccountRow<'b, 't> {
    /// From 1, in order of the chronology.
    pub number: usize,
    /// The title of the event.
    pub title: &'t str,
    /// Its date in words.
    pub date: String,
    /// What each account says.
    pub cells: &'b [TableCell],
}

impl AccountSheet {
    pub fn of(subject: &Subject<'_>) -> Option<Self> {
        let by = subject.options.accounts?;
        let timeline = subject.timeline;
        let shown = Matches::from_fn(timeline.events().len(), |at| subject.is_shown(at));
        let accounts = Accounts::of(timeline, by, Some(&shown), subject.options.known_on.as_ref());
        let is_too_large = accounts.accounts().len().saturating_mul(subject.shown.len()) > MOST_CELLS;
        let order = subject.shown.iter().filter(|_| !is_too_large);
        let order = order.filter_map(|shown| timeline.event_position(&shown.event.id));
        let table = AccountTable::of(&accounts, timeline, order);
        Some(Self { table, by, others: accounts.others(), conflicts: accounts.conflicts(), is_too_large })
    }

    /// What the tables show, and what they leave out, in sentences.
    pub fn words(&self) -> String {
        let whose = match self.by {
            AccountBy::Source => "source",
            AccountBy::Origin => "origin",
            AccountBy::Publisher => "publisher",
        };
        if self.is_too_large {
            return format!(
                "There are too many events and accounts by {whose} for a table: ask a question that says which events to compare."
            );
        }
        if self.table.accounts.is_empty() {
            return "No source is cited.".to_owned();
        }
        let mut words = format!(
            "What each {whose} says of each event, with the date it gives where that is not the date of the event. \
             — means that it does not tell the event; ≠ that it cannot be right together with another account of it."
        );
        match self.conflicts {
            0 => words.push_str(" No two accounts contradict each other."),
            1 => words.push_str(" Of one pair of statements not both can be right."),
            count => words.push_str(&format!(" Of {count} pairs of statements not both can be right.")),
        }
        match self.others {
            0 => {}
            1 => words.push_str(" One other account, which tells of little and contradicts none, is left out."),
            count => words
                .push_str(&format!(" {count} other accounts, which tell of little and contradict none, are left out.")),
        }
        words
    }

    /// The tables.
    pub fn parts<'b, 't>(&'b self, subject: &'b Subject<'t>) -> impl Iterator<Item = AccountPart<'b, 't>> {
        let count = if self.is_too_large { 0 } else { self.table.accounts.len() };
        (0..count).step_by(MOST_COLUMNS).map(move |from| {
            let columns = from..count.min(from + MOST_COLUMNS);
            let accounts = self.table.accounts.get(columns.clone()).unwrap_or_default();
            AccountPart { accounts, sheet: self, subject, columns }
        })
    }
}

impl<'b, 't> AccountPart<'b, 't> {
    /// The rows, in order of the chronology.
    pub fn rows(&self) -> impl Iterator<Item = AccountRow<'b, 't>> + use<'b, 't> {
        let (subject, columns) = (self.subject, self.columns.clone());
        self.sheet.table.rows.iter().zip(&subject.shown).map(move |(row, shown)| {
            let Shown { number, event, .. } = shown;
            let date = event.date_in_words_with(subject.zone);
            let cells = row.cells.get(columns.clone()).unwrap_or_default();
            AccountRow { number: *number, title: event.title.trim(), date, cells }
        })
    }
}
