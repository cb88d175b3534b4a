//! The form of a new event.

use egui::Ui;

use super::changes::quoted;
use super::event::draft_line_ui;
use super::form::Form;
use super::source_pick::{Picked, SourcePick};
use crate::model::{Citation, Event, Standing, Text};
use crate::time::Date;
use crate::ui::field::{self, FromPhrase, GRID_PT, Outcome};

/// An event that is not in the timeline yet.
#[derive(Debug, Default)]
pub struct NewEvent {
    title: String,
    date: String,
    /// The words a date was last read from.
    phrase: Option<FromPhrase>,
    lane: Option<Text>,
    standing: Standing,
    pick: SourcePick,
    source: Option<Picked>,
    focus_title: bool,
    /// What was selected when the form was first drawn.
    beside: Option<Option<Text>>,
    /// Whether it was tried to add it: only then a title that is missing is a problem.
    tried: bool,
}

impl NewEvent {
    /// A form with a date and a lane filled in.
    pub fn new(date: String, lane: Option<Text>) -> Self {
        Self { date, lane, focus_title: true, ..Self::default() }
    }

    /// Gives the form another date and lane and keeps the rest.
    pub fn put_at(&mut self, date: String, lane: Option<Text>) {
        self.date = date;
        self.lane = lane;
        self.focus_title = true;
        self.beside = None;
    }

    /// The words of the date, where it was read from words.
    fn wording(&self) -> Option<&str> {
        let read = self.phrase.as_ref()?;
        let date = self.date.trim();
        (date == read.phrase || date == read.date.as_str()).then_some(read.phrase.as_str())
    }

    fn is_untouched(&self) -> bool {
        self.title.trim().is_empty() && self.pick.is_empty() && self.source.is_none()
    }
}

/// Closes a form into which nothing was typed once another event is selected.
pub fn leave_untouched(state: &mut Option<NewEvent>, selection: Option<&str>) {
    let Some(new) = state else { return };
    let beside = new.beside.get_or_insert_with(|| selection.map(Text::from));
    if beside.as_deref() != selection && new.is_untouched() {
        *state = None;
    }
}

/// The form. Adds the event to the changes and closes itself, or stays as it is and says what is wrong.
pub fn draft_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut Option<NewEvent>) {
    let Some(new) = state else { return };
    ui.heading("New event");
    ui.add_space(GRID_PT);
    let mut outcomes = Vec::new();
    field::row(ui, form.ink, "Title", |ui| {
        let hint = "What happened, in a few words";
        outcomes.push(draft_line_ui(ui, form, "New event title", hint, &mut new.title, &mut new.focus_title));
        if new.tried && new.title.trim().is_empty() {
            let problem = field::Problem::new("a title is needed").with_hint("say in a few words what happened");
            field::problem_ui(ui, form.ink, &problem);
        }
    });
    let now = form.doc.now;
    field::row(ui, form.ink, "Date", |ui| {
        let hint = "2024-10-24, late October 2024, …";
        outcomes.push(draft_line_ui(ui, form, "New event date", hint, &mut new.date, &mut false));
        let read = field::reading_ui(ui, form.ink, &new.date, now, form.doc.zone);
        if let Some(read) = read.phrase {
            new.phrase = Some(read);
        }
        if let Some(chosen) = read.chosen {
            new.date = chosen.as_str().to_owned();
        }
        if new.tried
            && new.date.trim().is_empty()
            && let Err(problem) = field::parse_required("", now)
        {
            field::problem_ui(ui, form.ink, &problem);
        }
        if let Some(wording) = new.wording() {
            field::help_ui(ui, form.ink, &format!("“{wording}” is kept as wording"));
        }
    });
    let mut lanes: Vec<(Option<Text>, String)> = vec![(None, "No lane".to_owned())];
    lanes.extend(form.doc.timeline.lanes().iter().map(|lane| (Some(lane.id.clone()), lane.title.to_string())));
    if let Some(lane) = form.choice(ui, "Lane", "New event lane", &new.lane, &lanes) {
        new.lane = lane;
    }
    let standings: Vec<_> = Standing::ALL.map(|standing| (standing, standing.label().to_owned())).into();
    if let Some(standing) = form.choice(ui, "Standing", "New event standing", &new.standing, &standings) {
        new.standing = standing;
    }
    outcomes.push(source_ui(ui, form, new));

    ui.add_space(2.0 * GRID_PT);
    let mut add = outcomes.contains(&Outcome::Entered);
    let mut cancel = outcomes.contains(&Outcome::Reverted);
    ui.horizontal(|ui| {
        add |= ui.button("Add event").clicked();
        cancel |= ui.button("Cancel").accessible_name("Cancel the new event").clicked();
    });
    if cancel {
        *state = None;
    } else if add {
        new.tried = true;
        let Ok(date) = field::parse_required(&new.date, now) else { return };
        if new.title.trim().is_empty() {
            new.focus_title = true;
            return;
        }
        add_event(form, new, date);
        *state = None;
    }
}

/// The source that is picked, or the field that finds one.
fn source_ui(ui: &mut Ui, form: &Form<'_>, new: &mut NewEvent) -> Outcome {
    field::row(ui, form.ink, "Source", |ui| {
        if let Some(picked) = &new.source {
            ui.add(egui::Label::new(picked.title(form.doc.timeline)).wrap());
            if field::small_button_ui(ui, "Choose another").clicked() {
                new.source = None;
                new.pick.focus();
            }
            return Outcome::Idle;
        }
        let (outcome, picked) = new.pick.ui(ui, form, "Source to cite", "Cite");
        if picked.is_none() {
            return outcome;
        }
        new.source = picked;
        Outcome::Left
    })
}

fn add_event(form: &mut Form<'_>, new: &NewEvent, date: Date) {
    let timeline = form.doc.timeline;
    let title = new.title.trim();
    let mut event = Event::new(timeline.fresh_event_id(title, &date), title, date);
    event.wording = new.wording().map(Text::from);
    event.lane.clone_from(&new.lane);
    event.standing = new.standing;
    event.recorded = Date::parse(&form.doc.now.day().to_string()).ok().map(Box::new);
    let source = new.source.clone().or_else(|| new.pick.as_new());
    event.citations.extend(source.map(|picked| Citation::new(form.changes.picked(picked))));
    form.changes.label(format!("Add event {}", quoted(title)));
    form.changes.select(event.id.clone());
    form.changes.add_event(event);
}
