//! The accounts that the track shows: derived within the frame where the timeline is short, outside it where it is long.

use std::sync::Arc;

use super::App;
use super::jobs::{JobKind, Jobs};
use crate::account::{AccountBy, Accounts, MOST_SILENCES};
use crate::index::{Index, References};
use crate::model::{Arrangement, KnownOn, Timeline};
use crate::query::Matches;
use crate::scene::grouped;
use crate::time::Zone;
use crate::ui::{Document, Notice, NoticeKind};

/// Events of a timeline whose accounts are derived within the frame.
const DERIVED_AT_ONCE: usize = 5_000;

/// What accounts are derived from.
#[derive(Debug, Clone, PartialEq)]
struct Asked {
    revision: u64,
    answer: u64,
    by: AccountBy,
    known_on: Option<KnownOn>,
    arrangement: Arc<Arrangement>,
    /// The zone of the axis.
    zone: Zone,
}

/// Accounts, with all that the track needs of the timeline derived of them.
#[derive(Debug)]
struct Derived {
    accounts: Accounts,
    index: Index,
    references: References,
}

impl Derived {
    fn of(timeline: &Timeline, among: Option<&Matches>, asked: &Asked) -> Self {
        let Asked { by, known_on, arrangement, zone, .. } = asked;
        let accounts = Accounts::of(timeline, *by, among, known_on.as_ref());
        let derived = accounts.timeline();
        let (index, references) =
            rayon::join(|| Index::of_accounts(derived, *zone, arrangement), || References::build(derived));
        Self { accounts, index, references }
    }
}

/// The accounts that are shown, and those that a job derives.
#[derive(Debug, Default)]
pub(super) struct ShownAccounts {
    shown: Option<(Asked, Derived)>,
    asked: Option<Asked>,
    /// How many have been shown.
    number: u64,
}

impl ShownAccounts {
    /// The document as the track shows it: with accounts in place of its events, where it groups by them and they are derived.
    pub fn document<'a>(
        &'a mut self,
        jobs: &mut Jobs,
        timeline: &Arc<Timeline>,
        by: Option<AccountBy>,
        arrangement: &Arc<Arrangement>,
        doc: Document<'a>,
    ) -> Document<'a> {
        let Some(by) = by else {
            // A timeline of tellings is larger than that of its events: it is let go at once.
            (self.shown, self.asked) = (None, None);
            return doc;
        };
        let Document { revision, answer, .. } = doc;
        let known_on = doc.known_on.cloned();
        let asked = Asked { revision, answer, by, known_on, arrangement: Arc::clone(arrangement), zone: doc.zone };
        let is_shown = self.shown.as_ref().is_some_and(|(shown, _)| *shown == asked);
        if !is_shown && self.asked.as_ref() != Some(&asked) {
            if doc.timeline.events().len() <= DERIVED_AT_ONCE {
                let derived = Derived::of(timeline, doc.matches, &asked);
                self.show(asked, derived);
            } else {
                self.asked = Some(asked.clone());
                let (timeline, matches) = (Arc::clone(timeline), doc.matches.cloned());
                let work = move || (Derived::of(&timeline, matches.as_ref(), &asked), asked);
                jobs.start(JobKind::Accounts, work, |app, (derived, asked)| app.take_accounts(asked, derived));
            }
        }
        let Some((_, derived)) = self.shown.as_ref() else { return doc };
        Document {
            timeline: derived.accounts.timeline(),
            index: &derived.index,
            references: &derived.references,
            accounts: Some(&derived.accounts),
            // No answer has this number.
            answer: u64::MAX - self.number,
            matches: None,
            certain: None,
            ..doc
        }
    }

    /// The accounts that are shown, with the index of their tellings.
    pub fn shown(&self) -> Option<(&Accounts, &Index)> {
        self.shown.as_ref().map(|(_, derived)| (&derived.accounts, &derived.index))
    }

    fn show(&mut self, asked: Asked, derived: Derived) {
        self.number += 1;
        self.asked = None;
        self.shown = Some((asked, derived));
    }
}

impl App {
    fn take_accounts(&mut self, asked: Asked, derived: Derived) {
        // What was asked since then is on its way.
        if self.accounts.asked.as_ref() != Some(&asked) {
            return;
        }
        let Derived { accounts, .. } = &derived;
        if !accounts.has_silences() {
            let pairs = accounts.events().saturating_mul(accounts.accounts().len());
            let text = format!(
                "{} silences would be too many to show (up to {} are): ask a question that says which events to compare.",
                grouped(u32::try_from(pairs).unwrap_or(u32::MAX)),
                grouped(MOST_SILENCES as u32),
            );
            self.notices.retain(|notice| notice.text != text);
            self.notices.push(Notice::new(NoticeKind::Done, text));
        }
        self.accounts.show(asked, derived);
    }
}
