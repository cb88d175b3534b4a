//! Asks what becomes of the events of a lane that is deleted.

use egui::{ComboBox, Context, Role, WidgetInfo};

use super::{footer, main_button, modal};
use crate::edit::LaneEvents;
use crate::model::{Text, Timeline};
use crate::text::visible;
use crate::ui::style::Chrome;

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
            let target = |fate: &LaneEvents| match fate {
                LaneEvents::Move(Some(id)) => title(id),
                LaneEvents::Move(None) | LaneEvents::Delete => "No lane".to_owned(),
            };
            let combo = ComboBox::from_id_salt("lane of moved events").selected_text(target(&form.fate));
            let combo = combo.show_ui(ui, |ui| {
                ui.selectable_value(&mut form.fate, LaneEvents::Move(None), "No lane");
                for lane in timeline.lanes().iter().filter(|lane| lane.id != form.lane) {
                    let fate = LaneEvents::Move(Some(lane.id.clone()));
                    ui.selectable_value(&mut form.fate, fate, visible(&lane.title));
                }
            });
            combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Lane of the moved events"));
        });
        if ui.radio(!moves, format!("Delete {them} too")).clicked() {
            form.fate = LaneEvents::Delete;
        }
        footer(ui, |ui| {
            let cancel = ui.button("Cancel").clicked();
            let main = ui.add(main_button("Delete lane", chrome)).clicked();
            main.then_some(LaneAnswer::Delete).or(cancel.then_some(LaneAnswer::Cancel))
        })
    });
    modal.inner.or_else(|| modal.should_close().then_some(LaneAnswer::Cancel))
}
