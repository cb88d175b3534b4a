//! The table event × account: what each account says of each event, as words for a brief.

use super::{Accounts, Telling};
use crate::model::{Event, Timeline};

/// The table of some accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountTable {
    /// What the columns are called: the accounts, in the order of their bands.
    pub accounts: Vec<String>,
    /// A row an event, in time order.
    pub rows: Vec<TableRow>,
}

/// What accounts say of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// The event, by its position in the timeline.
    pub event: usize,
    /// What each account says: one a column.
    pub cells: Vec<TableCell>,
}

/// What one account says of one event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableCell {
    /// How it speaks of the event and when that was, for each way in which it does; nothing where it is silent.
    pub tellings: Vec<String>,
    /// Whether it cannot be right together with another account.
    pub conflicts: bool,
}

impl AccountTable {
    /// The table of all accounts that have a band, with the events of the timeline they were derived from in an order.
    pub fn of(accounts: &Accounts, timeline: &Timeline, order: impl Iterator<Item = usize>) -> Self {
        let columns = accounts.accounts().len();
        let rows = order.filter_map(|event| Some((event, timeline.events().get(event)?))).map(|(position, event)| {
            let mut cells = vec![TableCell::default(); columns];
            let tellings: Vec<usize> = accounts.tellings_of(position).collect();
            let ends = |at: usize| accounts.timeline().events().get(at);
            let linked: Vec<&str> = tellings
                .iter()
                .filter_map(|at| ends(*at))
                .flat_map(|it| &it.links)
                .map(|link| link.to.as_str())
                .collect();
            for at in tellings {
                let (Some(told), Some(telling)) = (accounts.told(at), ends(at)) else { continue };
                let Some(cell) = cells.get_mut(told.account as usize) else { continue };
                if told.telling != Telling::Silent {
                    cell.tellings.push(words(event, telling, told.telling));
                    cell.conflicts |= !telling.links.is_empty() || linked.contains(&telling.id.as_str());
                }
            }
            TableRow { event: position, cells }
        });
        let accounts = accounts.accounts().iter().map(|account| account.title.trim().to_owned()).collect();
        Self { rows: rows.collect(), accounts }
    }
}

/// "Supports", with the date where it is another than that of the event: "Supports: 8 Oct 2024".
fn words(event: &Event, telling: &Event, said: Telling) -> String {
    if telling.date == event.date || telling.date.is_none() {
        return said.label().to_owned();
    }
    format!("{}: {}", said.label(), telling.date_in_words())
}
