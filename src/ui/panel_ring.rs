//! Going round the parts of the window with F6: bar, facets, track, inspector, drawer, in the order of the screen.
//!
//! Owns where each part stood in this frame and what had the keyboard there last. In each part that is the first widget at first.

use egui::{Context, Id, Rect};

use super::keyboard;

/// A part of the window with widgets of its own, in the order in which F6 goes round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Menus, title, question.
    Bar,
    /// How many events have each value.
    Facets,
    /// The track.
    Track,
    /// The selected event or source.
    Inspector,
    /// A table, sources, problems or gaps.
    Drawer,
}

/// The parts of the window as they stand.
#[derive(Debug, Default)]
pub struct PanelRing {
    places: Vec<(Part, Rect)>,
    /// What had the keyboard last in each part.
    last: Vec<(Part, Id)>,
}

impl PanelRing {
    /// Begins a frame in which nothing stands anywhere yet.
    pub fn begin(&mut self) {
        self.places.clear();
    }

    /// Notes where a part stands; one that takes no room is not there.
    pub fn put(&mut self, part: Part, place: Rect) {
        if place.is_positive() {
            self.places.push((part, place));
            self.places.sort_by_key(|(part, _)| *part);
        }
    }

    /// Notes a part that took the room between what was free before it and after it.
    pub fn put_between(&mut self, part: Part, before: Rect, after: Rect) {
        let mut place = before;
        if after.left() > before.left() {
            place.max.x = after.left();
        } else if after.right() < before.right() {
            place.min.x = after.right();
        } else if after.top() > before.top() {
            place.max.y = after.top();
        } else if after.bottom() < before.bottom() {
            place.min.y = after.bottom();
        } else {
            return;
        }
        self.put(part, place);
    }

    /// Remembers what has the keyboard; to be called once all is drawn.
    pub fn settle(&mut self, ctx: &Context) {
        let Some((part, widget)) = self.part_of_focus(ctx) else { return };
        self.last.retain(|(other, _)| *other != part);
        self.last.push((part, widget));
    }

    /// Gives the keyboard to the next part, or to the one before; from nowhere it goes to the track.
    pub fn step(&self, ctx: &Context, is_forwards: bool) {
        let count = self.places.len();
        let own =
            self.part_of_focus(ctx).and_then(|(part, _)| self.places.iter().position(|(other, _)| *other == part));
        let order: Vec<usize> = match own {
            Some(own) if is_forwards => (own + 1..count).chain(0..own).collect(),
            Some(own) => (0..own).rev().chain((own + 1..count).rev()).collect(),
            None => {
                let track = self.places.iter().position(|(part, _)| *part == Part::Track).unwrap_or(0);
                (track..count).chain(0..track).collect()
            }
        };
        let target =
            order.into_iter().filter_map(|at| self.places.get(at)).find_map(|place| self.widget_in(ctx, *place));
        if let Some(widget) = target {
            ctx.memory_mut(|memory| memory.request_focus(widget));
            ctx.request_repaint();
        }
    }

    fn part_of_focus(&self, ctx: &Context) -> Option<(Part, Id)> {
        let widget = keyboard::focused(ctx)?;
        let center = widget.interact_rect.center();
        let (part, _) = self.places.iter().find(|(_, place)| place.contains(center))?;
        Some((*part, widget.id))
    }

    /// What takes the keyboard in a part: what had it last, else the first that can.
    fn widget_in(&self, ctx: &Context, (part, place): (Part, Rect)) -> Option<Id> {
        let last = self.last.iter().find(|(other, _)| *other == part).map(|(_, widget)| *widget);
        ctx.viewport(|viewport| {
            let widgets = &viewport.this_pass.widgets;
            let can = |widget: &&egui::WidgetRect| {
                // The handle between two parts belongs to neither.
                let is_here =
                    place.expand(1.0).contains_rect(widget.interact_rect) && widget.interact_rect.is_positive();
                is_here && widget.enabled && widget.sense.is_focusable()
            };
            last.filter(|last| widgets.get(*last).as_ref().is_some_and(can)).or_else(|| {
                let layer = egui::LayerId::background();
                widgets.get_layer(layer).find(can).map(|widget| widget.id)
            })
        })
    }
}
