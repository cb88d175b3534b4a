//! The menu under the secondary button: what can be done with the event, or at the place, that was pressed.

use egui::{Pos2, Response, Ui};

use super::bands;
use crate::index::{Crowd, Fold};
use crate::layout::{FoldSpan, Viewport};
use crate::model::Text;
use crate::scene::grouped;
use crate::text::visible;
use crate::time::calendar;
use crate::ui::Facts;
use crate::ui::context::{context_command_ui, named_choice_ui};
use crate::ui::crowd_list::CrowdList;
use crate::ui::{Action, Command, Document};

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
}

/// The menu, while it is open; says how a crowd or a fold is to be opened, where one is. `is_folding` says whether empty time is
/// folded.
pub(super) fn menu_ui(
    response: &Response,
    place: &Place,
    doc: Document<'_>,
    is_folding: bool,
    actions: &mut Vec<Action>,
) -> Option<Opening> {
    let mut opening = None;
    let read_only = doc.read_only;
    response.context_menu(|ui| match place {
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
            // What stands on the axis has a date.
            let facts = Facts { read_only, selected: true, dated: true, any_event: true, ..Facts::default() };
            let date = [Command::DateEvent, Command::RemoveDate];
            for command in [Command::EditEvent, Command::ZoomSelection, Command::DuplicateEvent].into_iter().chain(date)
            {
                context_command_ui(ui, command, &facts, actions);
            }
            ui.separator();
            context_command_ui(ui, Command::DeleteEvent, &facts, actions);
        }
        Place::Events => {
            let facts = Facts { read_only, selected: true, several: true, any_event: true, ..Facts::default() };
            for command in [Command::CopyEvents, Command::CopyTable, Command::CutEvents, Command::DuplicateEvent] {
                context_command_ui(ui, command, &facts, actions);
            }
            ui.separator();
            for command in [Command::EditEvent, Command::ZoomSelection, Command::MergeEvents] {
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
        Place::Ground { date, words, lane, gap } => {
            let facts = Facts { read_only, any_event: true, ..Facts::default() };
            add_ui(ui, &format!("Add event: {words}"), date, lane.as_ref(), &facts, actions);
            ui.separator();
            if let Some(gap) = gap
                && ui.button(format!("Fold {} here", length_words(*gap))).clicked()
            {
                opening = Some(Opening::Folded(*gap));
                ui.close();
            }
            named_choice_ui(ui, Command::FoldTime, Command::FoldTime.label(), is_folding, actions);
            context_command_ui(ui, Command::ZoomAll, &facts, actions);
        }
        Place::Names { lane, band } => {
            let facts = Facts { read_only, any_event: true, ..Facts::default() };
            let title = lane.as_deref().and_then(|id| doc.timeline.lane(id)).map(|lane| &lane.title);
            let label =
                title.map_or_else(|| "Add event…".to_owned(), |title| format!("Add event to “{}”…", visible(title)));
            add_ui(ui, &label, "", lane.as_ref(), &facts, actions);
            ui.separator();
            bands::band_ui(ui, doc.index, *band, actions);
            ui.separator();
            context_command_ui(ui, Command::ZoomAll, &facts, actions);
        }
    });
    opening
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
