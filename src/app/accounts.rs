//! The accounts that the track shows: derived within the frame where the timeline is short, outside it where it is long.

use std::sync::Arc;

use super::App;
use super::jobs::{JobKind, Jobs};
use crate::account::{AccountBy, Accounts, MOST_SILENCES};
use crate::index::{Index, References};
use crate::model::{Arrangement, Grouping, KnownOn, Timeline};
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
pub(super) struct Derived {
    pub accounts: Accounts,
    pub index: Index,
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
    /// Shared with jobs that look at them.
    shown: Option<(Asked, Arc<Derived>)>,
    asked: Option<Asked>,
    /// How many have been shown.
    number: u64,
}

impl ShownAccounts {
    /// Has the accounts derived that a document shows in bands of accounts: at once, or soon. Until then those stay that are shown.
    pub fn derive(
        &mut self,
        jobs: &mut Jobs,
        timeline: &Arc<Timeline>,
        by: AccountBy,
        arrangement: &Arc<Arrangement>,
        doc: Document<'_>,
    ) {
        let Document { revision, answer, .. } = doc;
        let known_on = doc.known_on.cloned();
        let asked = Asked { revision, answer, by, known_on, arrangement: Arc::clone(arrangement), zone: doc.zone };
        if self.shown.as_ref().is_some_and(|(shown, _)| *shown == asked) {
            // What was asked for in between is no longer wanted.
            self.asked = None;
        } else if self.asked.as_ref() != Some(&asked) {
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
    }

    /// Wants no others than those that are shown.
    pub fn call_off(&mut self) {
        self.asked = None;
    }

    /// Lets go of them: a timeline of tellings is larger than that of its events.
    pub fn forget(&mut self, jobs: &Jobs) {
        self.asked = None;
        if let Some(shown) = self.shown.take() {
            jobs.drop_elsewhere(shown);
        }
    }

    /// The document as the track shows it: with accounts in place of its events, where they are derived.
    pub fn document<'a>(&'a self, doc: Document<'a>) -> Document<'a> {
        let Some((asked, derived)) = self.shown.as_ref() else { return doc };
        Document {
            timeline: derived.accounts.timeline(),
            index: &derived.index,
            references: &derived.references,
            accounts: Some(&derived.accounts),
            grouping: asked.by.grouping(),
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

    /// The same, to be shared with a job.
    pub fn derived(&self) -> Option<&Arc<Derived>> {
        self.shown.as_ref().map(|(_, derived)| derived)
    }

    /// Which of them are shown, in which arrangement.
    pub fn bands(&self) -> Option<(Grouping, &Arc<Arrangement>)> {
        self.shown.as_ref().map(|(asked, _)| (asked.by.grouping(), &asked.arrangement))
    }

    fn show(&mut self, asked: Asked, derived: Derived) {
        self.number += 1;
        self.asked = None;
        self.shown = Some((asked, Arc::new(derived)));
    }
}

impl App {
    fn take_accounts(&mut self, asked: Asked, derived: Derived) {
        // What was asked since then is on its way.
        if self.accounts.asked.as_ref() != Some(&asked) {
            self.jobs.drop_elsewhere(derived);
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
        let before = self.accounts.shown.take();
        self.accounts.show(asked, derived);
        self.jobs.drop_elsewhere(before);
    }
}
