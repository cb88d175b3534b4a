//! A panel by itself: a document that changes as the program would change it, and the actions that the panel has pushed.
//!
//! ```ignore
//! let desk = Desk::new(timeline, inspector_ui);
//! let mut screen = desk.screen(vec2(320.0, 4000.0));
//! screen.fill("Title", "State Duma ratifies");
//! screen.key(Key::Enter);
//! assert_eq!(screen.state().edits().len(), 1);
//! ```

use std::sync::Arc;

use annalist::edit::{Edit, History};
use annalist::index::{Index, References};
use annalist::model::{Event, Problems, Timeline, check};
use annalist::query::Query;
use annalist::theme::{Theme, ThemeName};
use annalist::time::{Instant, Zone};
use annalist::ui::{Action, Document, Preferences, ReadOnly, ViewState};
use egui::{Ui, Vec2};
use egui_kittest::Harness;

use super::{Screen, State};

/// The function that shows a panel with a state `P` of its own.
pub type Show<P> = fn(&mut Ui, Document<'_>, &mut ViewState, &Theme, Preferences<'_>, &mut P, &mut Vec<Action>);

/// A panel on a document.
pub struct Desk<P> {
    pub timeline: Timeline,
    pub history: History,
    pub index: Index,
    pub problems: Problems,
    pub view: ViewState,
    pub preferences: Preferences<'static>,
    pub panel: P,
    pub read_only: Option<ReadOnly>,
    /// Every action since the start, in order.
    pub actions: Vec<Action>,
    references: References,
    theme: Theme,
    show: Show<P>,
}

impl<P: Default + 'static> State for Desk<P> {}

impl<P: Default + 'static> Desk<P> {
    /// A panel in its first state, on a timeline of which nothing is selected.
    pub fn new(timeline: Timeline, show: Show<P>) -> Self {
        Self {
            index: Index::build(&timeline, Zone::UTC),
            references: References::build(&timeline),
            problems: check(&timeline).into(),
            timeline,
            history: History::default(),
            view: ViewState::opened(),
            preferences: Preferences { edits: true, ..Preferences::default() },
            panel: P::default(),
            read_only: None,
            actions: Vec::new(),
            theme: Theme::named(ThemeName::Light),
            show,
        }
    }

    /// The panel in a window of its own, settled, with so many seconds a frame.
    pub fn screen_at(self, size: Vec2, step_seconds: f32) -> Screen<Self> {
        let harness = Harness::builder()
            .with_size(size)
            .with_max_steps(40)
            .with_step_dt(step_seconds)
            .allow_missing_glyphs()
            .build_ui_state(|ui, desk: &mut Self| desk.frame(ui), self);
        let mut screen = Screen::new(harness, Arc::default());
        screen.settle();
        screen
    }

    /// The panel in a window of its own, settled.
    pub fn screen(self, size: Vec2) -> Screen<Self> {
        self.screen_at(size, 0.25)
    }

    fn frame(&mut self, ui: &mut Ui) {
        let (show, preferences) = (self.show, self.preferences);
        self.act(|document, view, theme, panel, actions| show(ui, document, view, theme, preferences, panel, actions));
    }

    /// Does something that a panel can do, and carries out the actions that it pushes.
    pub fn act<R>(
        &mut self,
        act: impl FnOnce(Document<'_>, &mut ViewState, &Theme, &mut P, &mut Vec<Action>) -> R,
    ) -> R {
        // Away from the desk meanwhile, so that the document can borrow it.
        let mut view = std::mem::replace(&mut self.view, ViewState::opened());
        let mut panel = std::mem::take(&mut self.panel);
        let found = Query::words(&view.place.query).matching(&self.timeline);
        // Another question, another answer.
        let answer = view.place.query.bytes().fold(0, |sum, byte| sum * 257 + u64::from(byte));
        let document = Document { answer, matches: found.as_ref(), ..self.document() };
        let mut actions = Vec::new();
        let result = act(document, &mut view, &self.theme, &mut panel, &mut actions);
        (self.view, self.panel) = (view, panel);
        for action in actions {
            self.carry_out(&action);
            self.actions.push(action);
        }
        result
    }

    /// The document as long as nothing is asked of it.
    pub fn document(&self) -> Document<'_> {
        Document {
            timeline: &self.timeline,
            index: &self.index,
            references: &self.references,
            problems: &self.problems,
            thumbnails: None,
            activity: None,
            accounts: None,
            grouping: self.index.grouping(),
            colored: None,
            arranged: 0,
            answer: 0,
            matches: None,
            certain: None,
            known_on: None,
            perhaps_known: 0,
            zone: Zone::UTC,
            read_only: self.read_only,
            revision: self.history.revision(),
            now: Instant::default(),
        }
    }

    fn carry_out(&mut self, action: &Action) {
        match action {
            Action::Edit { label, edit, select } | Action::EditAndTell { label, edit, select, .. } => {
                self.history.apply(&mut self.timeline, label, edit).unwrap();
                self.follow();
                if select.is_some() {
                    self.view.transient.selection.clone_from(select);
                }
            }
            Action::Reveal(id) => self.view.transient.selection = Some(id.clone()),
            Action::Select(id) => self.view.transient.selection.clone_from(id),
            _ => {}
        }
    }

    /// Takes back the last edit.
    pub fn undo(&mut self) {
        self.history.undo(&mut self.timeline);
        self.follow();
    }

    fn follow(&mut self) {
        self.index = Index::build(&self.timeline, Zone::UTC);
        self.references = References::build(&self.timeline);
        self.problems = check(&self.timeline).into();
    }

    /// The event of this id.
    pub fn event(&self, id: &str) -> &Event {
        self.timeline.event(id).unwrap_or_else(|| panic!("no event {id}"))
    }

    /// The codes of all problems.
    pub fn codes(&self) -> Vec<&str> {
        self.problems.iter().map(|problem| problem.code).collect()
    }

    /// Every edit with its label, in order.
    pub fn edits(&self) -> Vec<(&str, &Edit)> {
        let edits = self.actions.iter().filter_map(|action| match action {
            Action::Edit { label, edit, .. } | Action::EditAndTell { label, edit, .. } => Some((label.as_str(), edit)),
            _ => None,
        });
        edits.collect()
    }
}
