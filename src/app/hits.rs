//! The events that match as one goes through them: from one to the next, all into the window, and back to where one was before
//! anything was asked.

use super::App;
use crate::layout::Viewport;
use crate::model::Text;
use crate::query::Matches;
use crate::ui::{Command, Selected, navigate};

/// Where one was before anything was asked.
#[derive(Debug)]
pub(super) struct Before {
    viewport: Viewport,
    scroll_y: f64,
    selection: Option<Text>,
    selected: Selected,
    source: Option<Text>,
}

/// What is known of the question between frames.
#[derive(Debug, Default)]
pub(super) struct HitState {
    /// Where one was before anything was asked; none where nothing is.
    before: Option<Before>,
    /// The revision, the answer and the selection for which the place among the matches is known.
    placed: Option<(u64, u64, Option<Text>)>,
}

impl App {
    /// Remembers where one is when a question begins, and which of the matches is selected.
    pub(super) fn settle_hits(&mut self) {
        if self.view.place.query.trim().is_empty() {
            self.panels.hits.before = None;
        } else if self.panels.hits.before.is_none() {
            self.panels.hits.before = Some(Before {
                viewport: self.view.place.viewport,
                scroll_y: self.view.place.scroll_y,
                selection: self.view.transient.selection.clone(),
                selected: self.view.transient.selected.clone(),
                source: self.view.transient.source.clone(),
            });
        }
        let selection = self.view.transient.selection.clone();
        let key = (self.session.revision(), self.answer_number(), selection);
        if self.panels.hits.placed.as_ref() != Some(&key) {
            self.view.transient.hit = self.hit_of(key.2.as_deref());
            self.panels.hits.placed = Some(key);
        }
    }

    /// The place of an event among those that match, from one.
    fn hit_of(&self, event: Option<&str>) -> Option<usize> {
        let document = self.asked_document();
        let matches = document.matches?;
        let position = document.timeline.event_position(event?).filter(|at| matches.contains(*at))?;
        let rank = document.index.rank(document.timeline, position)?;
        Some(document.index.order_before(rank).filter(|at| matches.contains(*at)).count() + 1)
    }

    /// Selects the next or the previous event that matches; behind the last comes the first.
    pub(super) fn step_hit(&mut self, command: Command) {
        let hides_possible = self.view.place.hides_possible;
        let document = super::act::document(&self.session, &self.search, hides_possible, self.platform.now());
        if document.matches.map_or(0, Matches::count) == 0 {
            return;
        }
        let (step, around) = match command {
            Command::PreviousHit => (Command::PreviousEvent, Command::LastEvent),
            _ => (Command::NextEvent, Command::FirstEvent),
        };
        let before = self.view.transient.selection.clone();
        navigate(step, document, &mut self.view);
        if self.view.transient.selection == before {
            navigate(around, document, &mut self.view);
        }
    }

    /// Asks for nothing any longer, and goes back to where one was before.
    pub(super) fn clear_question(&mut self) {
        self.view.place.query.clear();
        let Some(before) = self.panels.hits.before.take() else { return };
        let width_pt = self.view.place.viewport.width_pt;
        self.view.place.viewport = before.viewport.resized(width_pt);
        self.view.place.scroll_y = before.scroll_y;
        self.view.transient.selected.become_again(before.selected);
        (self.view.transient.selection, self.view.transient.source) = (before.selection, before.source);
        self.drop_missing_selection();
        // Nothing else is to move the window.
        (self.view.transient.fit_pending, self.view.transient.window_pending) = (false, None);
    }
}
