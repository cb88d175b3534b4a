//! Asks what becomes of the events of a lane that is deleted.

use egui::{Context, vec2};

use super::{begin_at, footer, main_button, modal};
use crate::edit::LaneEvents;
use crate::model::{Text, Timeline};
use crate::text::visible;
use crate::ui::field::choice_ui;
use crate::ui::style::Chrome;

/// Width of the menu of lanes, in points.
const LANES_PT: f32 = 200.0;

/// The form.
#[derive(Debug, Clone)]
pub struct LaneForm {
    /// The id of the lane.
    pub lane: Text,
    /// How many events stand in it.
    pub events: usize,
    /// What becomes of them.
    pub fate: LaneEvents,
}

/// What became of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LaneAnswer {
    /// The lane goes.
    Delete,
    /// Nothing happens.
    Cancel,
}

/// Shows the question.
pub fn lane_ui(ctx: &Context, form: &mut LaneForm, timeline: &Timeline, chrome: Chrome) -> Option<LaneAnswer> {
    let title = |id: &str| timeline.lane(id).map_or_else(String::new, |lane| visible(&lane.title).into_owned());
    let modal = modal(ctx, "lane").show(ctx, |ui| {
        ui.set_width(440.0);
        ui.heading(format!("Delete the lane “{}”?", title(&form.lane)));
        ui.add_space(8.0);
        let (noun, them) = if form.events == 1 {
            ("1 event stands".to_owned(), "it")
        } else {
            (format!("{} events stand", form.events), "them")
        };
        ui.label(format!("{noun} in it."));
        ui.add_space(4.0);
        let moves = matches!(form.fate, LaneEvents::Move(_));
        ui.horizontal(|ui| {
            if ui.radio(moves, format!("Move {them} to")).clicked() && !moves {
                form.fate = LaneEvents::Move(None);
            }
            let lanes = timeline.lanes().iter().filter(|lane| lane.id != form.lane);
            let lanes = lanes.map(|lane| (Some(lane.id.clone()), lane.title.to_string()));
            let options: Vec<_> = std::iter::once((None, "No lane".to_owned())).chain(lanes).collect();
            let current = match &form.fate {
                LaneEvents::Move(lane) => lane.clone(),
                LaneEvents::Delete => None,
            };
            let size = vec2(LANES_PT, ui.spacing().interact_size.y);
            let name = "Lane of the moved events";
            let chosen = ui.allocate_ui(size, |ui| choice_ui(ui, name, true, false, &current, &options));
            if let Some(lane) = chosen.inner {
                form.fate = LaneEvents::Move(lane);
            }
        });
        if ui.radio(!moves, format!("Delete {them} too")).clicked() {
            form.fate = LaneEvents::Delete;
        }
        footer(ui, |ui| {
            let cancel = ui.button("Cancel").clicked();
            let main = ui.add(main_button("Delete lane", chrome));
            begin_at(&main);
            main.clicked().then_some(LaneAnswer::Delete).or(cancel.then_some(LaneAnswer::Cancel))
        })
    });
    modal.inner.or_else(|| modal.should_close().then_some(LaneAnswer::Cancel))
}
