//! The form of a new event.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};
use serde::{Deserialize, Serialize};

use super::changes::{Changes, quoted};
use super::event::{LaneChoice, add_lane, draft_line_ui, focus_draft, lane_options};
use super::form::Form;
use super::source_pick::{Picked, SourcePick};
use crate::diagnostic::Subject;
use crate::model::{Citation, Event, EventField, Field as _, Standing, Text};
use crate::text::visible;
use crate::time::{Date, Instant};
use crate::ui::chord::shortcut_text;
use crate::ui::exact_key::take_key;
use crate::ui::field::{self, FromPhrase, GRID_PT, Outcome, Problem};
use crate::ui::keyboard::await_field;
use crate::ui::letters::{self, Letters};

/// The accessible names of its lines.
const TITLE: &str = "New event title";
const DATE: &str = "New event date";
const LANE: &str = "New event lane title";
const LANE_MENU: &str = "New event lane";

/// Said below the date while it is empty.
const UNDATED_HELP: &str = "Left empty, it is undated: listed apart until it is given a date";

/// An event that is not in the timeline yet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewEvent {
    title: String,
    date: String,
    /// The date that was pointed at and filled in; empty where no place was.
    given_date: String,
    /// The words a date was last read from.
    phrase: Option<FromPhrase>,
    lane: Option<Text>,
    /// What is typed as the name of a lane made for it.
    new_lane: Option<String>,
    standing: Standing,
    /// What is typed to find a source.
    pick: SourcePick,
    source: Option<Picked>,
    #[serde(skip)]
    focus: Option<Part>,
    /// What was selected when the form was drawn last.
    #[serde(skip)]
    beside: Option<Option<Subject>>,
    /// Whether something else is shown in its place until one goes on with it.
    #[serde(skip)]
    is_aside: bool,
    /// Whether it was tried to add it: only then a title that is missing is a problem.
    tried: bool,
}

/// A part of the form that takes the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Title,
    Date,
    Lane,
    Add,
}

/// What keeps a form from being an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    Title,
    Date(Problem),
}

impl NewEvent {
    /// A form with a date and a lane filled in. Without a date the event is one, unless one is typed.
    pub fn new(date: String, lane: Option<Text>) -> Self {
        Self { given_date: date.clone(), date, lane, focus: Some(Part::Title), ..Self::default() }
    }

    /// Gives the form the date and lane that were pointed at and keeps the rest. Where no date was, what was typed stays.
    pub fn put_at(&mut self, date: String, lane: Option<Text>) {
        if !date.is_empty() {
            self.given_date.clone_from(&date);
            self.date = date;
        }
        self.lane = lane;
        self.resume();
    }

    /// Shows it again where it was put aside, and gives its title the focus.
    pub fn resume(&mut self) {
        self.focus = Some(Part::Title);
        self.come_back();
    }

    fn come_back(&mut self) {
        (self.beside, self.is_aside) = (None, false);
    }

    /// Whether something else is shown in its place until one goes on with it.
    pub const fn is_aside(&self) -> bool {
        self.is_aside
    }

    /// What is typed as its title.
    pub fn title(&self) -> &str {
        self.title.trim()
    }

    /// What is typed into its lines, each with its name.
    pub fn texts(&self) -> Vec<(&'static str, String)> {
        // A date that was filled in was not typed.
        let date = if self.date == self.given_date { String::new() } else { self.date.clone() };
        let lane = self.new_lane.clone().unwrap_or_default();
        vec![
            (TITLE, self.title.clone()),
            (DATE, date),
            (LANE, lane),
            ("New event source", self.pick.typed().to_owned()),
        ]
    }

    /// The words of the date, where it was read from words.
    fn wording(&self) -> Option<&str> {
        let read = self.phrase.as_ref()?;
        let date = self.date.trim();
        (date == read.phrase || date == read.date.as_str()).then_some(read.phrase.as_str())
    }

    /// The name of the lane that is made for it, if one is.
    fn new_lane_title(&self) -> Option<&str> {
        self.new_lane.as_deref().map(str::trim).filter(|title| !title.is_empty())
    }

    /// Whether nothing was typed or chosen that would be lost with it.
    pub fn is_untouched(&self) -> bool {
        let is_date_as_given = self.date.trim().is_empty() || self.date == self.given_date;
        let is_source_empty = self.pick.is_empty() && self.source.is_none();
        self.title().is_empty() && is_date_as_given && is_source_empty && self.new_lane_title().is_none()
    }

    /// What keeps it from being an event, if anything.
    pub fn missing(&self, now: Instant) -> Option<Missing> {
        if self.title().is_empty() {
            return Some(Missing::Title);
        }
        field::parse_optional(&self.date, now).err().map(Missing::Date)
    }

    /// Gives what is missing the focus when it is drawn next, and says there what is wrong.
    pub fn focus_missing(&mut self, now: Instant) {
        let missing = self.missing(now);
        self.tried |= missing.is_some();
        self.come_back();
        self.focus = Some(if matches!(missing, Some(Missing::Date(_))) { Part::Date } else { Part::Title });
    }

    /// Adds the event with its source.
    ///
    /// # Errors
    /// Where something is missing; then nothing is added.
    pub fn put_into(&self, changes: &mut Changes<'_>) -> Result<(), Missing> {
        let now = changes.now();
        if let Some(missing) = self.missing(now) {
            return Err(missing);
        }
        let date = field::parse_optional(&self.date, now).map_err(Missing::Date)?;
        let title = self.title();
        let id = changes.timeline().fresh_event_id(title, date.as_ref());
        let mut event = Event { date, ..Event::undated(id, title) };
        event.wording = self.wording().map(Text::from);
        event.lane = match self.new_lane_title() {
            Some(title) => Some(add_lane(changes, title)),
            None => self.lane.clone(),
        };
        event.standing = self.standing;
        event.rare.recorded = Date::parse(&now.day().to_string()).ok();
        let source = self.source.clone().or_else(|| self.pick.meant(changes.timeline()));
        event.citations.extend(source.map(|picked| Citation::new(picked.put_into(changes))));
        changes.label(format!("Add event {}", quoted(title)));
        changes.select(event.id.clone());
        changes.add_event(event);
        Ok(())
    }

    /// Whether this part takes the focus now.
    fn takes_focus(&mut self, part: Part) -> bool {
        self.focus.take_if(|wanted| *wanted == part).is_some()
    }
}

/// Makes way for a record that is selected since: a form into which nothing was typed is closed, another is put aside.
pub fn make_way(state: &mut Option<NewEvent>, selected: Option<&Subject>) {
    let Some(new) = state else { return };
    let beside = new.beside.get_or_insert_with(|| selected.cloned());
    if beside.as_ref() == selected {
        return;
    }
    *beside = selected.cloned();
    if new.is_untouched() {
        *state = None;
    } else {
        new.is_aside |= selected.is_some();
    }
}

/// The line that leads back to the form where it is put aside.
pub fn aside_ui(ui: &mut Ui, form: &Form<'_>, state: &mut Option<NewEvent>) {
    let Some(new) = state.as_mut().filter(|new| new.is_aside) else { return };
    if unfinished_ui(ui, form, "new event", new.title()) {
        new.resume();
    }
}

/// Says that a form with this title is put aside; whether it was asked for.
pub fn unfinished_ui(ui: &mut Ui, form: &Form<'_>, what: &str, title: &str) -> bool {
    let title = if title.is_empty() { String::new() } else { format!(" {}", quoted(title)) };
    let is_asked = ui.horizontal_wrapped(|ui| {
        letters::label_ui(ui, &visible(&format!("Unfinished {what}{title}")), Letters::body(form.ink.muted));
        let link = field::link_ui(ui, form.ink, "Go on").accessible_name(format!("Go on with the {what}"));
        link.on_hover_text("What was typed is kept in its form").clicked()
    });
    ui.separator();
    if is_asked.inner {
        await_field(ui.ctx());
        ui.ctx().request_repaint();
    }
    is_asked.inner
}

/// The key that adds the event, whichever part of the form has the keyboard.
const ADD: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Enter);

/// The form. Adds the event to the changes and closes itself, or stays as it is and says what is wrong. `has_keys` is whether the
/// keyboard is in it, or nowhere.
pub fn draft_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut Option<NewEvent>, has_keys: bool) {
    let Some(new) = state else { return };
    form.is_open = true;
    // Before the fields: Enter would open a list.
    let is_struck = has_keys && take_key(ui, ADD.modifiers, ADD.logical_key) > 0;
    ui.heading("New event");
    ui.add_space(GRID_PT);
    let mut outcomes = Vec::new();
    field::row(ui, form.ink, "Title", |ui| {
        let hint = "What happened, in a few words";
        let mut focus = new.takes_focus(Part::Title);
        outcomes.push(draft_line_ui(ui, form, TITLE, hint, &mut new.title, &mut focus));
        if new.tried && new.title.trim().is_empty() {
            let problem = Problem::new("a title is needed").with_hint("say in a few words what happened");
            field::problem_ui(ui, form.ink, &problem);
        }
    });
    let now = form.doc.now;
    field::row(ui, form.ink, "Date", |ui| {
        let hint = EventField::Date.info().hint;
        let mut focus = new.takes_focus(Part::Date);
        outcomes.push(draft_line_ui(ui, form, DATE, hint, &mut new.date, &mut focus));
        let read = field::reading_ui(ui, form.ink, &new.date, now, form.doc.zone);
        if let Some(read) = read.phrase {
            new.phrase = Some(read);
        }
        if let Some(chosen) = read.chosen {
            new.date = chosen.as_str().to_owned();
            new.focus = Some(Part::Date);
        }
        if new.date.trim().is_empty() {
            field::help_ui(ui, form.ink, UNDATED_HELP);
        }
        if let Some(wording) = new.wording() {
            field::help_ui(ui, form.ink, &format!("“{wording}” is kept as wording"));
        }
    });
    outcomes.push(lane_ui(ui, form, new));
    let standings: Vec<_> = Standing::ALL.map(|standing| (standing, standing.label().to_owned())).into();
    if let Some(standing) = form.choice(ui, "Standing", "New event standing", &new.standing, &standings) {
        new.standing = standing;
    }
    outcomes.push(source_ui(ui, form, new));
    if is_struck && new.source.is_none() {
        new.source = new.pick.chosen();
    }

    ui.add_space(2.0 * GRID_PT);
    let mut add = is_struck || outcomes.contains(&Outcome::Entered);
    let mut cancel = false;
    ui.horizontal(|ui| {
        let key = shortcut_text(ui.ctx(), &ADD);
        let button = ui.button("Add event").on_hover_text(format!("{key} adds it from any field of the form"));
        if new.takes_focus(Part::Add) {
            button.request_focus();
        }
        add |= button.clicked();
        cancel |= ui.button("Cancel").accessible_name("Cancel the new event").clicked();
    });
    if cancel {
        *state = None;
    } else if outcomes.contains(&Outcome::Reverted) {
        new.is_aside = true;
        // Of what was typed nothing goes with a key.
        state.take_if(|new| new.is_untouched());
        ui.ctx().request_repaint();
    } else if add {
        new.tried = true;
        match new.put_into(&mut form.changes) {
            Ok(()) => {
                *state = None;
                // The form of the event that is selected now has a field for a source too, which is the same to egui.
                if let Some(field) = ui.memory(|memory| memory.focused()) {
                    ui.memory_mut(|memory| memory.surrender_focus(field));
                }
            }
            Err(Missing::Title) => focus_draft(ui, TITLE),
            Err(Missing::Date(_)) => focus_draft(ui, DATE),
        }
    }
}

/// The menu of lanes, and the name of a new one below it.
fn lane_ui(ui: &mut Ui, form: &mut Form<'_>, new: &mut NewEvent) -> Outcome {
    let options = lane_options(form, new.lane.as_deref());
    let current = match &new.new_lane {
        Some(_) => LaneChoice::New,
        None => new.lane.clone().map_or(LaneChoice::None, LaneChoice::Lane),
    };
    match form.choice(ui, "Lane", LANE_MENU, &current, &options) {
        Some(LaneChoice::New) => {
            new.new_lane = Some(String::new());
            new.focus = Some(Part::Lane);
        }
        Some(LaneChoice::Lane(id)) => (new.lane, new.new_lane) = (Some(id), None),
        Some(LaneChoice::None) => (new.lane, new.new_lane) = (None, None),
        None => {}
    }
    let mut focus = new.takes_focus(Part::Lane);
    let Some(title) = &mut new.new_lane else { return Outcome::Idle };
    let outcome =
        field::row(ui, form.ink, "", |ui| draft_line_ui(ui, form, LANE, "Name of the lane", title, &mut focus));
    if outcome == Outcome::Reverted {
        // Escape takes back the lane alone.
        new.new_lane = None;
        form.focus_next = Some(LANE_MENU.to_owned());
        return Outcome::Idle;
    }
    outcome
}

/// The source that is picked, or the field that finds one.
fn source_ui(ui: &mut Ui, form: &Form<'_>, new: &mut NewEvent) -> Outcome {
    field::row(ui, form.ink, "Source", |ui| {
        if let Some(picked) = &new.source {
            let title = visible(picked.title(form.doc.timeline));
            letters::label_ui(ui, &title, Letters::body(form.ink.text));
            if field::small_button_ui(ui, "Choose another").clicked() {
                new.source = None;
                new.pick.focus();
                await_field(ui.ctx());
            }
            return Outcome::Idle;
        }
        let typed = new.pick.typed().to_owned();
        let (outcome, picked) = new.pick.ui(ui, form, "Source to cite", "Cite");
        if outcome == Outcome::Reverted {
            // Escape leaves the whole form, and this goes with the rest of it.
            new.pick.type_in(typed);
        }
        if picked.is_none() {
            return outcome;
        }
        new.source = picked;
        new.focus = Some(Part::Add);
        Outcome::Left
    })
}
