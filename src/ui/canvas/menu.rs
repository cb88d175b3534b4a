//! The menu under the secondary button: what can be done with the event, or at the place, that was pressed.

use egui::{Pos2, Response, Ui};

use super::eras::era_entries;
use super::surface::CanvasInput;
use super::{bands, links};
use crate::edit::events_of_lane;
use crate::index::{Crowd, Fold};
use crate::layout::{FoldSpan, Folding, Viewport};
use crate::model::{Grouping, Text};
use crate::scene::{LinkHit, grouped};
use crate::text::visible;
use crate::time::calendar;
use crate::ui::Facts;
use crate::ui::context::{self, context_command_ui, named_choice_ui};
use crate::ui::crowd_list::CrowdList;
use crate::ui::dialog::Naming;
use crate::ui::lanes::{lane_entries, lane_of_band};
use crate::ui::paint::color32;
use crate::ui::{Action, Command, Document, ReadOnly, ViewState};

/// What the menu was opened on.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    /// An event, which is selected.
    Event,
    /// One of several events that are selected together.
    Events,
    /// The ground, at a date and in a lane.
    Ground {
        /// In EDTF, no finer than can be pointed at.
        date: String,
        /// The date in words.
        words: String,
        /// The lane's id.
        lane: Option<Text>,
        /// The empty stretch around it that could be folded.
        gap: Option<Fold>,
        /// Whether it is the ruler or the strip of eras.
        on_ruler: bool,
    },
    /// An era.
    Era {
        /// Its id.
        era: Text,
        /// The date that was pointed at, in EDTF.
        date: String,
    },
    /// A line between two events.
    Link {
        /// Which.
        link: LinkHit,
    },
    /// A fold.
    Fold {
        /// Where it stands.
        span: FoldSpan,
    },
    /// The names left of the track, where no date was pointed at.
    Names {
        /// The id of the lane whose name it is.
        lane: Option<Text>,
        /// The position of the band.
        band: Option<usize>,
        /// How many events of the lane there are, and are shown; empty where it is no lane.
        told: String,
    },
    /// Events that stand too close to be told apart.
    Crowd {
        /// They.
        crowd: Crowd,
        /// The window that tells them apart, where there is one.
        window: Option<Box<Viewport>>,
        /// Where it was pressed, on the screen.
        at: Pos2,
    },
}

impl Place {
    /// The names left of the track.
    pub(super) fn names(doc: Document<'_>, lane: Option<Text>, band: Option<usize>) -> Self {
        let own = lane.as_deref().filter(|_| doc.accounts.is_none());
        let told = own.map(|lane| {
            let positions = events_of_lane(doc.timeline, lane);
            let noun = if positions.len() == 1 { "event" } else { "events" };
            let all = format!("{} {noun}", grouped(positions.len() as u32));
            match doc.matches {
                Some(matches) => {
                    let shown = positions.iter().filter(|at| matches.contains(**at)).count();
                    format!("{all}, {} shown", grouped(shown as u32))
                }
                None => all,
            }
        });
        Self::Names { lane, band, told: told.unwrap_or_default() }
    }
}

/// What was chosen of a crowd, or of time.
pub(super) enum Opening {
    /// A window that tells its events apart.
    Window(Box<Viewport>),
    /// A list of them.
    List(CrowdList),
    /// They are selected, beside what is.
    Selected(Crowd),
    /// A fold that opens.
    Unfolded(FoldSpan),
    /// A stretch that is folded.
    Folded(Fold),
    /// A lane whose name is typed where it stands, by id.
    Renamed(Text),
}

/// The menu, while it is open; says how a crowd or a fold is to be opened, where one is. What is shown and
/// selected is not changed.
pub(super) fn menu_ui(
    response: &Response,
    by_key_at: Option<Pos2>,
    place: &Place,
    CanvasInput { doc, theme, preferences }: CanvasInput<'_>,
    view: &ViewState,
    actions: &mut Vec<Action>,
) -> Option<Opening> {
    let mut opening = None;
    let shown = &view.place;
    let (is_folding, iso_weeks) = (shown.folding != Folding::Off, preferences.iso_weeks);
    let read_only = doc.read_only;
    context::menu_ui(response, by_key_at, |ui| match place {
        Place::Crowd { crowd, window, at } => {
            let zoom = ui.add_enabled(window.is_some(), egui::Button::new("Zoom to these events"));
            if zoom.on_disabled_hover_text("No zoom tells them apart").clicked() {
                opening = window.clone().map(Opening::Window);
                ui.close();
            }
            if ui.button(format!("List {} events…", grouped(crowd.count))).clicked() {
                opening = Some(Opening::List(CrowdList::new(*crowd, *at)));
                ui.close();
            }
            if ui.button(format!("Select {} events", grouped(crowd.count))).clicked() {
                opening = Some(Opening::Selected(*crowd));
                ui.close();
            }
        }
        Place::Event => {
            // What stands on the axis has a date; by its key the menu is that of the selected event, which may have none.
            let selected = view.transient.selection.as_deref().and_then(|id| doc.timeline.event(id));
            let dated = selected.is_none_or(|event| event.date.is_some());
            let facts = Facts { read_only, selected: true, dated, any_event: true, ..Facts::default() };
            let date = [Command::DateEvent, Command::RemoveDate];
            for command in [Command::EditEvent, Command::CiteSource, Command::ZoomSelection].into_iter().chain(date) {
                context_command_ui(ui, command, &facts, actions);
            }
            ui.separator();
            for command in [Command::CopyEvents, Command::CutEvents, Command::DuplicateEvent] {
                context_command_ui(ui, command, &facts, actions);
            }
            ui.separator();
            context_command_ui(ui, Command::DeleteEvent, &facts, actions);
        }
        Place::Events => {
            let pair = view.transient.selected.len() == 2;
            let facts = Facts { read_only, selected: true, several: true, pair, any_event: true, ..Facts::default() };
            for command in [Command::CopyEvents, Command::CopyTable, Command::CutEvents, Command::DuplicateEvent] {
                context_command_ui(ui, command, &facts, actions);
            }
            ui.separator();
            for command in [Command::EditEvent, Command::ZoomSelection, Command::LinkEvents, Command::MergeEvents] {
                context_command_ui(ui, command, &facts, actions);
            }
            ui.separator();
            context_command_ui(ui, Command::DeleteEvent, &facts, actions);
        }
        Place::Fold { span } => {
            let facts = Facts { read_only, any_event: true, ..Facts::default() };
            if ui.button(format!("Open {}", length_words(span.fold))).clicked() {
                opening = Some(Opening::Unfolded(*span));
                ui.close();
            }
            named_choice_ui(ui, Command::FoldTime, Command::FoldTime.label(), is_folding, actions);
            ui.separator();
            context_command_ui(ui, Command::ZoomAll, &facts, actions);
        }
        Place::Era { era, date } => {
            let Some(era) = doc.timeline.eras().iter().find(|known| known.id == *era) else { return };
            if era_entries(ui, doc, theme, era, actions) {
                let extent = era.date.extent(doc.zone);
                let now = &shown.viewport;
                let start = extent.earliest_start.instant().unwrap_or(now.origin);
                let end = extent.latest_end.instant().unwrap_or_else(|| now.end());
                opening = (start < end).then(|| Opening::Window(Box::new(now.showing(start, end))));
            }
            era_ui(ui, date, read_only, actions);
        }
        Place::Link { link } => links::link_entries(ui, doc, link, actions),
        Place::Ground { date, words, lane, gap, on_ruler } => {
            let facts = Facts { read_only, any_event: true, ..Facts::default() };
            if *on_ruler {
                context_command_ui(ui, Command::GoTo, &facts, actions);
                era_ui(ui, date, read_only, actions);
                ui.separator();
            }
            add_ui(ui, &format!("Add event: {words}"), date, lane.as_ref(), &facts, actions);
            ui.separator();
            if let Some(gap) = gap
                && ui.button(format!("Fold {} here", length_words(*gap))).clicked()
            {
                opening = Some(Opening::Folded(*gap));
                ui.close();
            }
            named_choice_ui(ui, Command::FoldTime, Command::FoldTime.label(), is_folding, actions);
            if *on_ruler {
                named_choice_ui(ui, Command::IsoWeeks, Command::IsoWeeks.label(), iso_weeks, actions);
            }
            context_command_ui(ui, Command::ZoomAll, &facts, actions);
            context_command_ui(ui, Command::SaveView, &facts, actions);
        }
        Place::Names { lane, band, told } => {
            let facts = Facts { read_only, any_event: true, ..Facts::default() };
            let title = lane.as_deref().and_then(|id| doc.timeline.lane(id)).map(|lane| &lane.title);
            let label =
                title.map_or_else(|| "Add event…".to_owned(), |title| format!("Add event to “{}”…", visible(title)));
            if !told.is_empty() {
                ui.label(egui::RichText::new(told).small().color(color32(theme.text_muted)));
            }
            add_ui(ui, &label, "", lane.as_ref(), &facts, actions);
            if let Some((at, lane)) = band.and_then(|at| Some((at, lane_of_band(doc, at)?))) {
                ui.separator();
                if lane_entries(ui, doc, theme, (at, lane), actions) {
                    opening = Some(Opening::Renamed(lane.id.clone()));
                }
            } else if doc.grouping == Grouping::Lane {
                let naming = Naming::NewLane { at: doc.timeline.lanes().len(), takes_selected: false };
                let add = ui.add_enabled(read_only.is_none(), egui::Button::new("New lane…"));
                if add.on_disabled_hover_text(read_only.map_or("", ReadOnly::remedy)).clicked() {
                    actions.push(Action::Name(naming));
                    ui.close();
                }
            }
            ui.separator();
            bands::band_ui(ui, doc, *band, actions);
            ui.separator();
            context_command_ui(ui, Command::ZoomAll, &facts, actions);
        }
    });
    opening
}

fn era_ui(ui: &mut Ui, date: &str, read_only: Option<ReadOnly>, actions: &mut Vec<Action>) {
    let add = ui.add_enabled(read_only.is_none(), egui::Button::new("New era here…"));
    let add = add
        .on_hover_text("Or drag over the strip below the ruler")
        .on_disabled_hover_text(read_only.map_or("", ReadOnly::remedy));
    if add.clicked() {
        actions.push(Action::BeginEra(date.to_owned()));
        ui.close();
    }
}

fn length_words(fold: Fold) -> String {
    calendar::length_names(fold.micros()).into_iter().next().unwrap_or_default()
}

fn add_ui(ui: &mut Ui, label: &str, date: &str, lane: Option<&Text>, facts: &Facts<'_>, actions: &mut Vec<Action>) {
    let refusal = Command::AddEvent.unavailable(facts);
    let add = ui.add_enabled(refusal.is_none(), egui::Button::new(label));
    if add.on_disabled_hover_text(refusal.unwrap_or_default()).clicked() {
        actions.push(Action::BeginEvent { date: date.to_owned(), lane: lane.cloned() });
        ui.close();
    }
}
