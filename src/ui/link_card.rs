//! The card of a line between events: how they relate, which events, and why it is said.
//!
//! Owns what is on the card. Where it stands belongs to [`super::hover_card`], when it is shown to the canvas.

use egui::Context;

use super::Document;
use super::hover_card::{Anchor, at_mark, muted, said};
use crate::model::Relation;
use crate::scene::{LinkHit, grouped};
use crate::text::{Face, clipped};
use crate::theme::{Theme, font};

/// The longest note on the card, in bytes.
const MOST_NOTE: usize = 600;

/// Shows the card of a line, a click on which leads to the event `other`.
pub fn link_card(ctx: &Context, doc: Document<'_>, theme: &Theme, anchor: Anchor, hit: &LinkHit, other: &str) {
    at_mark(ctx, theme, anchor, |ui| {
        let event = |id: &str| doc.timeline.event(id);
        let line = |id: &str| {
            let event = event(id);
            event.map_or_else(String::new, |event| format!("{} · {}", event.title, event.date_in_words_with(doc.zone)))
        };
        let link = event(&hit.from).and_then(|event| event.links.get(hit.nth as usize));
        said(ui, &line(&hit.from), Face::SemiBold, font::BODY, theme.text);
        let relation = link.map_or("", |link| link.relation.label()).to_lowercase();
        let contests = link.is_some_and(|link| link.relation == Relation::Contradicts);
        let color = if contests { theme.error } else { theme.text_muted };
        said(ui, &relation, Face::SemiBold, font::SMALL, color);
        said(ui, &line(&hit.to), Face::SemiBold, font::BODY, theme.text);
        if let Some(note) = link.and_then(|link| link.note.as_deref()) {
            said(ui, &clipped(note, MOST_NOTE), Face::Regular, font::SMALL, theme.text);
        }
        if hit.count > 1 {
            let more = format!("and {} more", grouped(hit.count - 1));
            let more = match hit.contradictions {
                0 => more,
                against => format!("{more}; {} of all contradict", grouped(against)),
            };
            muted(ui, theme, &more);
        }
        if let Some(other) = event(other) {
            muted(ui, theme, &format!("Click to select “{}”", clipped(&other.title, MOST_NOTE)));
        }
    });
}
