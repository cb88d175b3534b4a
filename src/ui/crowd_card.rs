//! The card of events that stand too close to be told apart: how many, and the heaviest of them.
//!
//! Owns what is on the card. Where it stands belongs to [`super::hover_card`], when it is shown to the canvas.

use egui::Context;

use super::Document;
use super::hover_card::{Anchor, at_mark, muted, said};
use crate::account::Telling;
use crate::index::Crowd;
use crate::scene::crowd_name;
use crate::text::{Face, visible};
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
        let name = silences_name(doc, crowd, heaviest).unwrap_or_else(|| crowd_name(crowd, doc.zone));
        said(ui, &name, Face::SemiBold, font::BODY, theme.text);
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

/// What a crowd of silences is called: "TASS does not tell 13 events, 28 Mar 2024 – 28 Apr 2025"; none of what is told.
fn silences_name(doc: Document<'_>, crowd: &Crowd, heaviest: &[usize]) -> Option<String> {
    let told = doc.accounts?.told(*heaviest.first()?)?;
    let account = doc.accounts?.accounts().get(told.account as usize)?;
    // The heaviest weigh nothing: so do all.
    let is_silent = told.telling == Telling::Silent;
    is_silent.then(|| format!("{} does not tell {}", visible(&account.title), crowd_name(crowd, doc.zone)))
}
