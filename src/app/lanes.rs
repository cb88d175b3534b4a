//! What is done with lanes: made, renamed, coloured, moved, merged and deleted; their events selected and asked for.

use std::sync::Arc;

use egui::Context;

use super::{App, Dialog};
use crate::edit::{self, BulkEdit, Edit, LaneEvents};
use crate::model::{EventField, Grouping, Lane, Record, RecordKind, Text};
use crate::query::{FacetName, FacetValue, Matches, Pick};
use crate::text::visible;
use crate::ui::dialog::{LaneAnswer, LaneForm, lane_ui};
use crate::ui::style::Chrome;
use crate::ui::{LaneAction, select_many};

impl App {
    pub(super) fn act_on_lane(&mut self, action: LaneAction) {
        let timeline = Arc::clone(self.session.timeline());
        let is_reading = matches!(action, LaneAction::Select(_) | LaneAction::Only(_));
        if !is_reading {
            if let Some(read_only) = self.session.read_only() {
                self.tell(read_only.remedy().to_owned());
                return;
            }
            self.commit_pending();
        }
        match action {
            LaneAction::Rename(id, title) => {
                let Some(lane) = timeline.lane(&id) else { return };
                if let Some(bulk) = edit::renamed_lane(&timeline, &id, &title)
                    && self.do_many(Ok(bulk))
                    && self.view.place.grouping == Grouping::Lane
                    && let Some(arrangement) = self.view.place.arrangement.renamed(&lane.title, &title)
                {
                    // What is hidden or one line high stays so under its new name.
                    self.arrange(arrangement);
                }
            }
            LaneAction::Color(id, color) => {
                if let Some(BulkEdit { edit, label, .. }) = edit::coloured_lane(&timeline, &id, color) {
                    self.edit(label, &edit, None);
                }
            }
            LaneAction::MoveBefore(id, next) => {
                let Some(lane) = timeline.lane(&id) else { return };
                if let Some(edit) = edit::lane_before(&timeline, &id, next.as_deref()) {
                    self.edit(format!("Move the lane “{}”", lane.title), &edit, None);
                }
            }
            LaneAction::Merge(id, into) => self.remove_lane(&id, &LaneEvents::Move(Some(into))),
            LaneAction::Delete(id) => match edit::events_of_lane(&timeline, &id).len() {
                0 => self.remove_lane(&id, &LaneEvents::Move(None)),
                events => {
                    self.dialog = Some(Dialog::Lane(LaneForm { lane: id, events, fate: LaneEvents::Move(None) }));
                }
            },
            LaneAction::Select(id) => {
                let positions = edit::events_of_lane(&timeline, &id);
                let own = Matches::of(timeline.events().len(), positions);
                let document = self.session.document(self.platform.now());
                select_many(document, &mut self.view, own);
            }
            LaneAction::Only(id) => {
                self.ask_for(EventField::Lane, &id);
            }
        }
    }

    /// Asks for the events that have a text in a field, in place of those that have another there.
    pub(super) fn ask_for(&mut self, field: EventField, text: &str) {
        let value = FacetValue { text: text.to_owned(), title: text.to_owned(), is_exact: true, events: 0 };
        let facet = FacetName::Event(field);
        // A question that cannot be read gives way.
        let asked = facet.pick(&self.view.place.query, &value, Pick::Only);
        self.view.place.query = asked.or_else(|_| facet.pick("", &value, Pick::Only)).unwrap_or_default();
    }

    pub(super) fn lane_dialog(&mut self, ctx: &Context, mut form: LaneForm) {
        let timeline = Arc::clone(self.session.timeline());
        match lane_ui(ctx, &mut form, &timeline, Chrome::of(&self.theme)) {
            None => self.dialog = Some(Dialog::Lane(form)),
            Some(LaneAnswer::Cancel) => {}
            Some(LaneAnswer::Delete) => self.remove_lane(&form.lane, &form.fate),
        }
    }

    /// Adds a lane at a position among those of the file, with the selected events or without.
    pub(super) fn add_lane(&mut self, title: Text, at: usize, takes_selected: bool) {
        self.commit_pending();
        let timeline = Arc::clone(self.session.timeline());
        let id = Text::from(timeline.fresh_id(RecordKind::Lane, &title));
        let lane = Record::Lane(Lane { id: id.clone(), title: title.clone(), color: None, note: None });
        let mut edits = vec![Edit::Put { record: lane, replaces: None, at: Some(at) }];
        let mut said = format!("Added the lane “{}”", visible(&title));
        if takes_selected {
            let events = self.selected_positions().into_iter().filter_map(|at| timeline.events().get(at));
            let moved =
                events.map(|event| Edit::put_event(crate::model::Event { lane: Some(id.clone()), ..event.clone() }));
            edits.extend(moved);
            match edits.len() - 1 {
                1 => said.push_str(" with 1 event"),
                count => said.push_str(&format!(" with {count} events")),
            }
        }
        let edit = if edits.len() == 1 { edits.swap_remove(0) } else { Edit::Batch(edits) };
        self.edit_and_tell(format!("Add the lane “{title}”"), said, &edit, None);
        if self.view.place.grouping == Grouping::Lane {
            self.view.transient.lane_pending = Some(id);
        }
    }

    fn remove_lane(&mut self, id: &str, fate: &LaneEvents) {
        let timeline = Arc::clone(self.session.timeline());
        if let Some(bulk) = edit::remove_lane(&timeline, id, fate, |positions| self.linking(positions)) {
            self.do_many(Ok(bulk));
        }
    }
}
