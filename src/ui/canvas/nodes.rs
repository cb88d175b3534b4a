//! The drawn events as accessible nodes, so that screen readers and tests find them by name.
//!
//! The track is one stop of the Tab key, a list box; its events are options that can be chosen but do not take the keyboard,
//! which moves between them by commands.

use std::collections::{BTreeMap, HashSet};

use egui::accesskit::Action as Request;
use egui::{Id, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo};

use super::super::{Action, Document, Transient};
use super::accounts;
use super::surface::Surface;
use crate::account::event_id;
use crate::index::Crowd;
use crate::model::{Event, Text};
use crate::scene::{self, Hit, LinkHit, Scene};

/// At most so many events become nodes: those with the greatest weight, earlier drawn ones first among equals.
const MOST_NODES: usize = 400;
/// At most so many lines of links do.
const MOST_LINKS: usize = 200;
/// At most so many crowds do: the largest.
const MOST_CROWDS: usize = 100;

/// The id under which an event is a node.
fn node_id(track: Id, event: &str) -> Id {
    track.with(("event", event))
}

/// Makes the nodes of the events that the scene shows; none where nobody listens. Says which crowd is to be opened.
pub(super) fn nodes_ui(
    ui: &mut Ui,
    track_id: Id,
    surface: &Surface<'_>,
    scene: &Scene,
    transient: &Transient,
    actions: &mut Vec<Action>,
) -> Option<Crowd> {
    let selection = transient.selection.as_deref();
    let (doc, track) = (surface.input.doc, surface.rect);
    let heard = ui.ctx().accesskit_node_builder(track_id, |_| ()).is_some();
    if !heard {
        return None;
    }
    let shown = shown(scene, doc);
    let count = shown.len();
    let parent = UiBuilder::new().id_salt("events").max_rect(track).accessibility_parent(track_id);
    let mut ui = ui.new_child(parent);
    ui.set_clip_rect(ui.clip_rect().intersect(track));
    let mut active = None;
    for (at, (id, rect)) in shown.into_iter().enumerate() {
        let Some(event) = doc.timeline.event(id) else { continue };
        let node = node_id(track_id, id);
        let selected = match doc.accounts {
            Some(accounts) => {
                let has_focus = selection.is_some_and(|selection| event_id(selection) == event_id(id));
                has_focus || accounts::is_picked(accounts, &transient.selected, id)
            }
            None => transient.is_selected(doc.timeline, id),
        };
        active = active.or(selected.then_some(node));
        let response = ui.interact(rect.translate(track.min.to_vec2()), node, Sense::hover());
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, name(doc, event)));
        ui.ctx().accesskit_node_builder(node, |builder| {
            builder.add_action(Request::Click);
            builder.set_selected(selected);
            builder.set_position_in_set(at + 1);
            builder.set_size_of_set(count);
        });
        let chosen = ui.input(|input| input.has_accesskit_action_request(node, Request::Click));
        if chosen {
            actions.push(Action::Select(Some(id.into())));
        }
    }
    // Of accounts the first telling of what is selected.
    let active = if doc.accounts.is_some() { active } else { selection.map(|selected| node_id(track_id, selected)) };
    if let Some(active) = active {
        ui.ctx().accesskit_node_builder(track_id, |builder| {
            builder.set_active_descendant(active.accesskit_id());
        });
    }
    links_ui(&mut ui, track_id, track, scene, (doc, selection), actions);
    crowds_ui(&mut ui, track_id, track, scene, doc)
}

/// What an event is called: of accounts who says what of it.
fn name(doc: Document<'_>, event: &Event) -> String {
    let told = doc.accounts.zip(doc.timeline.event_position(&event.id));
    let told = told.and_then(|(accounts, position)| accounts.name(position));
    told.unwrap_or_else(|| scene::event_name(doc.timeline, event, doc.known_on) + doc.doubt(&event.id))
}

/// Makes the nodes of the lines between events: chosen, one leads to the event at its other end.
fn links_ui(
    ui: &mut Ui,
    track_id: Id,
    track: Rect,
    scene: &Scene,
    (doc, selection): (Document<'_>, Option<&str>),
    actions: &mut Vec<Action>,
) {
    // A line has a target for each of its parts; the longest is where it is.
    let mut links: BTreeMap<(&str, u32), (&LinkHit, Rect)> = BTreeMap::new();
    for target in &scene.targets {
        let Hit::Link(hit) = &target.subject else { continue };
        let rect = screen_rect(target.rect);
        let known = links.entry((hit.from.as_str(), hit.nth)).or_insert((hit, rect));
        if known.1.size().max_elem() < rect.size().max_elem() {
            known.1 = rect;
        }
    }
    for (at, (hit, rect)) in links.into_iter().take(MOST_LINKS) {
        let node = track_id.with(("link", at));
        let response = ui.interact(rect.translate(track.min.to_vec2()), node, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, scene::link_name(doc.timeline, hit)));
        ui.ctx().accesskit_node_builder(node, |builder| builder.add_action(Request::Click));
        if ui.input(|input| input.has_accesskit_action_request(node, Request::Click)) {
            actions.push(Action::Reveal(other_end(hit, selection).clone()));
        }
    }
}

/// The event to which a line leads: its other end where one is selected, else where it ends.
pub(super) fn other_end<'h>(hit: &'h LinkHit, selection: Option<&str>) -> &'h Text {
    if selection == Some(hit.to.as_str()) { &hit.from } else { &hit.to }
}

/// Makes the nodes of the largest crowds; says which of them is to be opened.
fn crowds_ui(ui: &mut Ui, track_id: Id, track: Rect, scene: &Scene, doc: Document<'_>) -> Option<Crowd> {
    let mut crowds: Vec<(Crowd, Rect)> = scene
        .targets
        .iter()
        .rev()
        .filter_map(|target| match &target.subject {
            Hit::Crowd(crowd) => Some((*crowd, screen_rect(target.rect))),
            _ => None,
        })
        .collect();
    crowds.sort_by_key(|(crowd, _)| (std::cmp::Reverse(crowd.count), crowd.start, crowd.band, crowd.row));
    // Of strip and count, what lies on top.
    crowds.dedup_by_key(|(crowd, _)| *crowd);
    crowds.truncate(MOST_CROWDS);
    let mut opened = None;
    for (crowd, rect) in crowds {
        let node = track_id.with(("crowd", crowd));
        let response = ui.interact(rect.translate(track.min.to_vec2()), node, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, scene::crowd_name(&crowd, doc.zone)));
        ui.ctx().accesskit_node_builder(node, |builder| builder.add_action(Request::Click));
        if ui.input(|input| input.has_accesskit_action_request(node, Request::Click)) {
            opened = Some(crowd);
        }
    }
    opened
}

/// The events of a scene, one target each, from left to right.
fn shown<'a>(scene: &'a Scene, doc: Document<'a>) -> Vec<(&'a str, Rect)> {
    let mut seen = HashSet::new();
    let mut events: Vec<(&str, Rect)> = scene
        .targets
        .iter()
        .rev()
        .filter(|target| matches!(target.subject, Hit::Event(_) | Hit::Bar(_)))
        .filter_map(|target| Some((target.subject.event(doc.timeline)?.as_str(), screen_rect(target.rect))))
        .filter(|(id, _)| seen.insert(*id))
        .collect();
    if events.len() > MOST_NODES {
        let weight = |id: &str| doc.timeline.event(id).map_or(0, |event| event.weight);
        events.sort_by_key(|(id, _)| std::cmp::Reverse(weight(id)));
        events.truncate(MOST_NODES);
    }
    events.sort_by(|a, b| a.1.left().total_cmp(&b.1.left()).then(a.1.top().total_cmp(&b.1.top())).then(a.0.cmp(b.0)));
    events
}

fn screen_rect(rect: crate::geom::Rect) -> Rect {
    Rect::from_min_max(egui::pos2(rect.x0 as f32, rect.y0 as f32), egui::pos2(rect.x1 as f32, rect.y1 as f32))
}
