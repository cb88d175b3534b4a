//! What is done to the selected events, one or many: changed, deleted, merged, copied, pasted.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError};

use egui::Context;

use super::App;
use super::act::document;
use super::jobs::JobKind;
use super::search::SEARCHED_AT_ONCE;
use crate::edit::{
    self, BulkEdit, EventChange, NothingToDo, Pasted, Renamed, delete_events, duplicate_events, excerpt, merge_events,
    paste_events,
};
use crate::interchange::events::{rows, tables};
use crate::model::{Text, Timeline};
use crate::query::{Asking, Hits, Matches, Query, Question};
use crate::store;
use crate::ui::{Document, Notice, NoticeKind, clear_selection, select_many, selected_positions};

/// Problems of pasted lines that are told one by one.
const MOST_TOLD: usize = 3;

impl App {
    /// The document without what the query finds.
    fn plain_document(&self) -> Document<'_> {
        self.session.document(self.platform.now())
    }

    /// The positions of the selected events.
    pub(super) fn selected_positions(&self) -> Vec<usize> {
        selected_positions(self.plain_document(), &self.view)
    }

    /// Makes one change to each selected event.
    pub(super) fn change_selected(&mut self, change: &EventChange) {
        self.commit_pending();
        let positions = self.selected_positions();
        self.do_many(edit::change_events(self.session.timeline(), positions, change));
    }

    /// Renames a tag, an actor or a place in every event.
    pub(super) fn rename_everywhere(&mut self, what: Renamed, from: &Text, to: &Text) {
        self.commit_pending();
        self.do_many(edit::rename(self.session.timeline(), what, from, to));
    }

    /// Deletes the selected events with the links to them.
    pub(super) fn delete_selected(&mut self) {
        self.commit_pending();
        let positions = self.selected_positions();
        let linking = self.linking(&positions);
        if self.do_many(delete_events(self.session.timeline(), positions, linking)) {
            // The first leaves the event that had the focus, as Escape does.
            clear_selection(&mut self.view);
            clear_selection(&mut self.view);
        }
    }

    /// Makes one event of those selected: the one that has the focus, else the first in time.
    pub(super) fn merge_selected(&mut self) {
        self.commit_pending();
        let positions = self.selected_positions();
        let document = self.plain_document();
        let focus = self.view.transient.selection.as_deref().and_then(|id| document.timeline.event_position(id));
        let first = || {
            let key = |at: &usize| document.timeline.events().get(*at).map(|event| event.sort_key(document.zone));
            positions.iter().copied().min_by_key(key)
        };
        let Some(keep) = focus.or_else(first) else { return };
        let kept = document.timeline.events().get(keep).map(|event| event.id.clone());
        let linking = self.linking(&positions);
        if self.do_many(merge_events(self.session.timeline(), keep, positions, linking)) {
            self.view.transient.selection = kept;
        }
    }

    /// Puts a copy behind the selected events, and selects the copies.
    pub(super) fn duplicate_selected(&mut self) {
        self.commit_pending();
        let positions = self.selected_positions();
        let copied = duplicate_events(self.session.timeline(), &positions);
        match copied {
            // A single copy is seen at once, and the selection is on it: nothing is left to be said.
            Ok(Pasted { bulk, ids }) if ids.len() == 1 => {
                self.edit(bulk.label, &bulk.edit, ids.into_iter().next());
            }
            copied => self.add_many(copied),
        }
    }

    /// Copies the selected events as a small timeline in the format of files.
    pub(super) fn copy_selected(&mut self, ctx: &Context) -> bool {
        self.commit_pending();
        let positions = self.selected_positions();
        if positions.is_empty() {
            return false;
        }
        ctx.copy_text(store::to_ron(&excerpt(self.session.timeline(), positions.iter().copied())));
        self.tell(format!("Copied {}", events(positions.len())));
        true
    }

    /// Copies them as rows of a table.
    pub(super) fn copy_table(&mut self, ctx: &Context) {
        self.commit_pending();
        let positions = self.selected_positions();
        let document = self.plain_document();
        // Positions are in the order of the file; a table is read from the first event to the last.
        let in_time: Vec<u32> = positions.iter().filter_map(|at| u32::try_from(*at).ok()).collect();
        let in_time = document.index.in_time_order(document.timeline, &in_time);
        ctx.copy_text(rows::write(document.timeline, in_time));
        self.tell_copied(positions.len());
    }

    /// Says of how many events rows were copied.
    pub(super) fn tell_copied(&mut self, count: usize) {
        self.tell(format!("Copied {} as rows of a table, one below the other", events(count)));
    }

    /// Selects the events that answer a question for certain, of those that match what is asked already: at once, or in a long
    /// timeline soon.
    pub(super) fn select_matching(&mut self, question: &str) {
        let revision = self.session.revision();
        let timeline = Arc::clone(self.session.timeline());
        let (texts, reading) = (self.search.texts_of(revision), self.search.reading(self.platform.now()));
        let question = question.to_owned();
        let is_short = timeline.events().len() <= SEARCHED_AT_ONCE;
        let work = move || {
            let mut texts = texts.lock().unwrap_or_else(PoisonError::into_inner);
            texts.follow(timeline.events());
            let asking = Asking { timeline: &timeline, now: reading.now, known_on: None, selected: None };
            let query = Query::read(&question, asking).unwrap_or_default();
            let hits = Question { query: &query, known_on: None }.hits(&timeline, &texts, &AtomicBool::new(false));
            hits.map(Hits::into_certain)
        };
        if is_short {
            let found = work();
            self.take_matching(revision, found);
        } else {
            self.jobs.start(JobKind::Search, work, move |app, found| app.take_matching(revision, found));
        }
    }

    fn take_matching(&mut self, revision: u64, found: Option<Matches>) {
        let Some(mut found) = found.filter(|_| self.session.revision() == revision) else { return };
        let document = document(&self.session, &self.search, self.view.place.hides_possible, self.platform.now());
        if let Some(matches) = document.matches {
            found.intersect(matches);
        }
        select_many(document, &mut self.view, found);
    }

    /// Adds the events that a text holds: a timeline or events in the format of files, or lines of date, title and address.
    pub(super) fn paste(&mut self, text: &str) {
        self.commit_pending();
        let pasted = if store::is_ron(text) {
            let read = store::read_excerpt(text);
            if !read.text.is_writable() {
                self.notices
                    .push(Notice::new(NoticeKind::Error, "Not pasted: the copied events have errors".to_owned()));
                return;
            }
            read.timeline
        } else if tables::is_pasted(text) {
            self.start_paste_table(text);
            return;
        } else {
            let document = self.plain_document();
            let (pasted, problems) = rows::read(text, document.now);
            self.tell_lines(&pasted, &problems);
            pasted
        };
        if !pasted.events().is_empty() {
            let added = paste_events(self.session.timeline(), &pasted);
            self.add_many(added);
        }
    }

    /// Tells which pasted lines could not be read, and why.
    fn tell_lines(&mut self, pasted: &Timeline, problems: &[crate::interchange::Problem]) {
        if problems.is_empty() {
            if pasted.events().is_empty() {
                self.tell("Nothing to paste: copy events, or lines of a date and a title".to_owned());
            }
            return;
        }
        let lines =
            problems.iter().take(MOST_TOLD).map(|problem| format!("line {}: {}", problem.line, problem.message));
        let mut text = lines.collect::<Vec<_>>().join("; ");
        if let Some(more) = problems.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
            text.push_str(&format!("; and {more} more"));
        }
        let what = if pasted.events().is_empty() { "Nothing pasted" } else { "Not pasted" };
        self.notices.push(Notice::new(NoticeKind::Error, format!("{what}: {text}")));
    }

    /// Makes an edit of many events and says what came of it, or why nothing did. Says whether it was made.
    pub(super) fn do_many(&mut self, bulk: Result<BulkEdit, NothingToDo>) -> bool {
        match bulk {
            Ok(BulkEdit { edit, label, said }) => {
                let before = self.session.revision();
                self.edit_and_tell(label, said, &edit, None);
                self.session.revision() != before
            }
            Err(NothingToDo(why)) => {
                self.tell(why);
                false
            }
        }
    }

    /// Adds events, selects them and brings the first into the window.
    fn add_many(&mut self, pasted: Result<Pasted, NothingToDo>) {
        let (bulk, ids) = match pasted {
            Ok(Pasted { bulk, ids }) => (Ok(bulk), ids),
            Err(nothing) => (Err(nothing), Vec::new()),
        };
        if !self.do_many(bulk) {
            return;
        }
        let document = self.session.document(self.platform.now());
        let positions = ids.iter().filter_map(|id| document.timeline.event_position(id));
        // Positions moved as events came in: they are looked up by id in the timeline as it is now.
        let added = Matches::of(document.timeline.events().len(), positions);
        self.view.transient.selection = None;
        select_many(document, &mut self.view, added);
        if let Some(first) = ids.first() {
            crate::ui::reveal(document, &mut self.view, first);
        }
    }

    /// Says something that asks for nothing, once however often it is said.
    pub(super) fn tell(&mut self, text: String) {
        // Said again, it comes to the end and is shown as long as one that is new.
        self.notices.retain(|notice| notice.text != text);
        self.notices.push(Notice::new(NoticeKind::Done, text));
    }

    /// The positions of all events that link to one of these.
    pub(super) fn linking(&self, positions: &[usize]) -> Vec<usize> {
        let timeline = self.session.timeline();
        let ids = positions.iter().filter_map(|at| timeline.events().get(*at)).map(|event| &event.id);
        let linking = ids.flat_map(|id| self.session.references().linking(id));
        linking.map(|at| at as usize).collect()
    }
}

fn events(count: usize) -> String {
    format!("{count} event{}", if count == 1 { "" } else { "s" })
}
