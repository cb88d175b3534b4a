//! What is done to eras in their strip: one that is drawn over a stretch of time, one that is moved or resized, their menu, and
//! keys.
//!
//! ```text
//!   ▔Talks▔▔▔▔▔▔│      ◁▔▔▔Inquiry▔▔▔▷          held at an end it is resized, anywhere else moved
//!                  ┆┈┈┈┈┈┈┈┈┈┆                  drawn on empty ground it becomes a new one
//! ```
//!
//! Dates are as vague as a hand can point in the window, and those of an era that is moved as vague as they are: see
//! [`super::change`].

use egui::{Button, EventFilter, Id, Key, Modifiers, Pos2, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo};

use super::change::{Grip, Held, Stay};
use super::surface::Surface;
use super::take_key;
use crate::edit::Edit;
use crate::geom::Point;
use crate::layout::Viewport;
use crate::model::{Era, Key as RecordKey, Record, Text};
use crate::scene::{Hit, Scene};
use crate::text::visible;
use crate::theme::Theme;
use crate::time::{Date, Instant};
use crate::ui::context::take_menu_key;
use crate::ui::menu_popup::menu_button_ui;
use crate::ui::paint::color32;
use crate::ui::swatch::{palette, swatch};
use crate::ui::{Action, Document, ReadOnly};

/// How near to an end of an era a press holds that end, in points.
const GRASP_PT: f64 = 5.0;
/// Height below the ruler's names in which an era can be drawn while there is none, in points.
const STAND_IN_PT: f64 = 10.0;

/// What the strip remembers between frames.
#[derive(Debug, Default)]
pub(super) struct Eras {
    /// The era that the keyboard is at, by its place in time.
    at: usize,
}

/// Whether an era can be drawn at a point: in the strip, or where there is none at the foot of the ruler.
pub(super) fn is_strip(surface: &Surface<'_>, at: Point) -> bool {
    let areas = &surface.plan.areas;
    if areas.eras.height() > 0.0 {
        return areas.eras.contains(at);
    }
    areas.ruler.contains(at) && at.y >= areas.ruler.y1 - STAND_IN_PT
}

/// An era that is held.
#[derive(Debug, Clone)]
pub(super) struct HeldEra {
    /// Its id.
    pub(super) era: Text,
    /// What of it is held.
    pub(super) grip: Grip,
    /// The instant under the pointer at the press.
    pub(super) from: Instant,
    /// What a release would write; none where that is nothing new.
    pub(super) date: Option<Date>,
    /// Why it stays.
    pub(super) stay: Option<Stay>,
}

/// What of an era is held at a point that is `x` from the left edge of the track.
pub(super) fn grip(doc: Document<'_>, viewport: &Viewport, era: &Era, x: f64) -> Grip {
    let extent = era.date.extent(doc.zone);
    let is_at = |at: Option<Instant>| at.is_some_and(|at| (viewport.x_from_instant(at) - x).abs() <= GRASP_PT);
    if is_at(extent.earliest_start.instant()) {
        Grip::Start
    } else if is_at(extent.latest_end.instant()) {
        Grip::End
    } else {
        Grip::Whole
    }
}

impl HeldEra {
    /// Takes in where the pointer is; gives the words for the status line.
    pub(super) fn drag(&mut self, doc: Document<'_>, viewport: &Viewport, to: Instant) -> Option<String> {
        let era = doc.timeline.eras().iter().find(|era| era.id == self.era)?;
        let micros_per_pt = viewport.micros_per_pt;
        let is_in_fold = [self.from, to].into_iter().any(|at| viewport.micros_per_pt_at(at) > micros_per_pt);
        let held =
            Held { date: &era.date, grip: self.grip, from: self.from, to, zone: doc.zone, micros_per_pt, is_in_fold };
        match held.moved() {
            Ok(date) => (self.date, self.stay) = (Some(date).filter(|date| *date != era.date), None),
            Err(stay) => (self.date, self.stay) = (None, Some(stay)),
        }
        Some(match (&self.date, self.stay) {
            (Some(date), _) => format!("Will be written as {date}: {}", date.describe_with(doc.zone)),
            (None, Some(stay)) => stay.words(&era.date),
            (None, None) => format!("Stays {}", era.date),
        })
    }

    /// The one edit that a release commits.
    pub(super) fn into_action(self, doc: Document<'_>) -> Option<Action> {
        let era = doc.timeline.eras().iter().find(|era| era.id == self.era)?;
        let date = self.date?;
        let words = date.describe_with(doc.zone);
        let label = match self.grip {
            Grip::Whole => format!("Move the era “{}” to {words}", era.title),
            Grip::Start | Grip::End => format!("Resize the era “{}” to {words}", era.title),
        };
        let said = format!("The era “{}” is {words} now", visible(&era.title));
        let edit = Edit::put(Record::Era(Era { date, ..era.clone() }));
        Some(Action::EditAndTell { label, said, edit, select: None })
    }
}

/// The entries of the menu of an era; whether its time is to be shown.
pub(super) fn era_entries(ui: &mut Ui, doc: Document<'_>, theme: &Theme, era: &Era, actions: &mut Vec<Action>) -> bool {
    let refusal = doc.read_only.map(ReadOnly::remedy);
    let entry = |ui: &mut Ui, button: Button<'_>| {
        let is_clicked =
            ui.add_enabled(refusal.is_none(), button).on_disabled_hover_text(refusal.unwrap_or_default()).clicked();
        if is_clicked {
            ui.close();
        }
        is_clicked
    };
    // No keys beside them: F2 and Delete are those of an era while its strip has the keyboard, which no menu gives it.
    if entry(ui, Button::new("Edit era…")) {
        actions.push(Action::EditEra(era.id.clone()));
    }
    menu_button_ui(ui, "Colour of the era", |ui| {
        let own = era.color.as_deref();
        let mut choose = |ui: &mut Ui, button: Button<'_>, color: Option<Text>| {
            if entry(ui, button) {
                let edit = Edit::put(Record::Era(Era { color, ..era.clone() }));
                actions.push(Action::Edit { label: format!("Colour the era “{}”", era.title), edit, select: None });
            }
        };
        for (hex, name) in palette() {
            let is_own = own.is_some_and(|own| own.eq_ignore_ascii_case(&hex));
            let color = crate::theme::Color::parse(&hex).unwrap_or(theme.text_muted);
            choose(ui, swatch(name, color32(color)).selected(is_own), Some(hex.into()));
        }
        choose(ui, Button::new("As the theme has it").selected(own.is_none()), None);
    });
    let shows = ui.button("Zoom to the era").clicked();
    if shows {
        ui.close();
    }
    ui.separator();
    if entry(ui, Button::new("Delete era")) {
        actions.push(deleted(era));
    }
    shows
}

fn deleted(era: &Era) -> Action {
    Action::EditAndTell {
        label: format!("Delete the era “{}”", era.title),
        said: format!("Deleted the era “{}”", visible(&era.title)),
        edit: Edit::Remove(RecordKey::Era(era.id.clone())),
        select: None,
    }
}

/// Takes in keys while the strip has the keyboard, and makes the eras in sight known to screen readers: arrows go from era to
/// era, Enter and F2 open its form, Delete deletes it. Says whose menu is asked for, and where.
pub(super) fn eras_ui(
    ui: &mut Ui,
    id: Id,
    surface: &Surface<'_>,
    scene: &Scene,
    eras: &mut Eras,
    actions: &mut Vec<Action>,
) -> Option<(Text, Pos2)> {
    let doc = surface.input.doc;
    let strip = surface.on_screen(surface.plan.areas.eras);
    if strip.height() < 1.0 {
        return None;
    }
    // From left to right, those in sight.
    let mut shown: Vec<(&Era, Rect)> = scene
        .targets
        .iter()
        .filter_map(|target| match &target.subject {
            Hit::Era(id) => {
                Some((doc.timeline.eras().iter().find(|era| era.id == *id)?, surface.on_screen(target.rect)))
            }
            _ => None,
        })
        .collect();
    shown.sort_by(|a, b| a.1.left().total_cmp(&b.1.left()).then(a.1.top().total_cmp(&b.1.top())));
    // A press stays the canvas's.
    let response = ui.interact(strip, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, "Eras"));
    crate::ui::draws_its_own(ui.ctx(), id);
    eras.at = eras.at.min(shown.len().saturating_sub(1));
    if ui.ctx().accesskit_node_builder(id, |_| ()).is_some() {
        let child = ui.new_child(UiBuilder::new().id_salt("eras").max_rect(strip).accessibility_parent(id));
        for (nth, (era, rect)) in shown.iter().enumerate() {
            let node = child.interact(*rect, id.with(("era", nth)), Sense::hover());
            let name = format!("Era {}, {}", visible(&era.title), era.date.describe_with(doc.zone));
            node.widget_info(|| WidgetInfo::selected(Role::ListItem, true, nth == eras.at, name.clone()));
        }
    }
    if !response.has_focus() {
        return None;
    }
    let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let struck = |key| take_key(ui, Modifiers::NONE, key);
    let last = shown.len().saturating_sub(1);
    eras.at = (eras.at + struck(Key::ArrowRight)).min(last).saturating_sub(struck(Key::ArrowLeft));
    let (era, rect) = shown.get(eras.at)?;
    let ring = egui::Stroke::new(2.0, color32(surface.input.theme.focus_ring));
    ui.painter_at(strip).rect_stroke(rect.shrink(1.0), 2.0, ring, egui::StrokeKind::Inside);
    if doc.read_only.is_none() && doc.accounts.is_none() {
        if struck(Key::F2) + struck(Key::Enter) > 0 {
            actions.push(Action::EditEra(era.id.clone()));
        } else if struck(Key::Delete) + struck(Key::Backspace) > 0 {
            actions.push(deleted(era));
        }
    }
    let wants_menu = take_menu_key(ui.ctx());
    wants_menu.then(|| (era.id.clone(), rect.left_bottom()))
}
