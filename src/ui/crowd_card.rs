//! The card of events that stand too close to be told apart: how many, and the heaviest of them.
//!
//! Owns what is on the card. Where it stands belongs to [`super::hover_card`], when it is shown to the canvas.

use egui::Context;

use super::Document;
use super::hover_card::{Anchor, at_mark, muted, said};
use crate::index::Crowd;
use crate::scene::crowd_name;
use crate::text::Face;
use crate::theme::{Theme, font};

/// Shows the card of a crowd with its heaviest events, which come as positions in the timeline, and what a click does.
pub fn crowd_card(
    ctx: &Context,
    doc: Document<'_>,
    theme: &Theme,
    anchor: Anchor,
    crowd: &Crowd,
    heaviest: &[usize],
    click: &str,
) {
    at_mark(ctx, theme, anchor, |ui| {
        said(ui, &crowd_name(crowd, doc.zone), Face::SemiBold, font::BODY, theme.text);
        for event in heaviest.iter().filter_map(|at| doc.timeline.events().get(*at)) {
            let line = format!("{} · {}", event.title, event.date_in_words_with(doc.zone));
            said(ui, &line, Face::Regular, font::SMALL, theme.text);
        }
        if (crowd.count as usize) > heaviest.len() {
            muted(ui, theme, &format!("and {} more", crowd.count as usize - heaviest.len()));
        }
        muted(ui, theme, click);
    });
}
