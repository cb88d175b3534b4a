//! Putting the events of the table in the order of a column: within the frame where the timeline is short, outside it where it
//! is long.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use super::jobs::{JobKind, Jobs};
use super::search::Search;
use super::session::Session;
use crate::model::{KnownOn, Text, Timeline};
use crate::query::{FacetName, Sorter, Texts};
use crate::time::Zone;
use crate::ui::{Sorted, Sorting, TableState};

/// Events of a timeline that is sorted within the frame.
const SORTED_AT_ONCE: usize = 20_000;

/// What was sorted, and what is being sorted.
#[derive(Debug, Default)]
pub struct TableSorting {
    /// What the order of the table is of.
    done: Option<Asked>,
    /// What a job sorts, with what calls it off.
    asked: Option<(Asked, Arc<AtomicBool>)>,
    /// The session that this is of.
    session: u64,
    /// Orders that were handed out so far.
    orders: u64,
}

/// What is sorted: a revision, by a column or in time order, with what was known on a date.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    revision: u64,
    sorting: Option<Sorting>,
    known_on: Option<KnownOn>,
    /// The zone of the axis.
    zone: Zone,
}

/// What came of it.
struct Found {
    /// None in time order.
    order: Option<Vec<u32>>,
    /// The names of the user's own fields.
    own: Vec<Text>,
}

impl TableSorting {
    /// Has the events sorted as the table asks for: at once, or soon. Until then the table keeps the order that it has.
    pub fn ask(&mut self, jobs: &mut Jobs, session: &Session, search: &mut Search, table: &mut TableState) {
        let revision = session.revision();
        if self.session != revision >> 40 {
            self.call_off();
            *self = Self { session: revision >> 40, orders: self.orders, ..Self::default() };
            table.begin_anew();
        }
        let asked = Asked {
            revision,
            sorting: table.sorting().cloned(),
            known_on: search.found.known_on().cloned(),
            zone: session.zone(),
        };
        if self.done.as_ref() == Some(&asked) || self.asked.as_ref().is_some_and(|(known, _)| *known == asked) {
            return;
        }
        self.call_off();
        let timeline = Arc::clone(session.timeline());
        let texts = search.texts_of(revision);
        let cancelled = Arc::new(AtomicBool::new(false));
        if timeline.events().len() <= SORTED_AT_ONCE {
            if let Some(found) = find(&timeline, &texts, &asked, &cancelled) {
                self.take(asked, &timeline, found, table);
            }
            return;
        }
        if asked.sorting.is_none() {
            // The index has this order already.
            table.take_order(None);
        }
        self.asked = Some((asked.clone(), Arc::clone(&cancelled)));
        let work = move || {
            let found = find(&timeline, &texts, &asked, &cancelled);
            found.map(|found| (asked, timeline, found))
        };
        jobs.start(JobKind::Sort, work, |app, found| {
            let Some((asked, timeline, found)) = found else { return };
            if app.sorting.asked.as_ref().is_some_and(|(known, _)| *known == asked) {
                app.sorting.take(asked, &timeline, found, &mut app.panels.drawer.table);
            }
        });
    }

    fn call_off(&mut self) {
        if let Some((_, cancelled)) = self.asked.take() {
            cancelled.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    }

    fn take(&mut self, asked: Asked, timeline: &Timeline, found: Found, table: &mut TableState) {
        self.asked = None;
        self.orders += 1;
        let sorted = asked.sorting.clone().zip(found.order).map(|(sorting, order)| Sorted {
            sorting,
            events: timeline.events().clone(),
            order: order.into(),
            number: self.orders,
        });
        table.take_order(sorted);
        table.know_own(found.own);
        self.done = Some(asked);
    }
}

/// None where it was called off.
fn find(timeline: &Timeline, texts: &Mutex<Texts>, asked: &Asked, cancelled: &AtomicBool) -> Option<Found> {
    let mut texts = texts.lock().unwrap_or_else(PoisonError::into_inner);
    texts.follow(timeline.events());
    let sorter = Sorter { timeline, texts: &texts, known_on: asked.known_on.as_ref(), zone: asked.zone, cancelled };
    let order = match &asked.sorting {
        Some(sorting) => Some(sorter.order(&sorting.column.order(), sorting.descending)?),
        None => None,
    };
    let own = FacetName::own(timeline, &texts).into_iter();
    let own = own.filter_map(|facet| if let FacetName::Own(name) = facet { Some(name) } else { None });
    Some(Found { order, own: own.collect() })
}
