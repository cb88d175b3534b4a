//! What is done to bands by their names: the menu of a name, and a name that is carried elsewhere.
//!
//! ```text
//!    TASS  ┐ held
//!    KBS   │
//!  ●───────┼───────────────   the line on which it would land: two bands stand above
//!    KCNA  ▼
//! ```

use egui::Ui;

use crate::geom::Point;
use crate::index::Index;
use crate::model::Arrangement;
use crate::scene::Plan;
use crate::text::visible;
use crate::ui::menu_popup::menu_button_ui;
use crate::ui::{Action, Command, Document, ViewState, arrange_ui, arranged_by, lane_moved, moved_band};

/// How near to an edge of the bands a name that is held there scrolls them, and by how much a frame, in points.
const EDGE_PT: f64 = 18.0;
const STEP_PT: f64 = 8.0;

/// The entries for a band, by its position, and for all of them.
pub(super) fn band_ui(ui: &mut Ui, doc: Document<'_>, band: Option<usize>, actions: &mut Vec<Action>) {
    let index = doc.index;
    let before = index.arrangement();
    let own = band.and_then(|at| Some((at, index.bands().get(at)?)));
    if let Some((at, band)) = own {
        let collapse = if band.is_collapsed { "Expand band" } else { "Collapse band to one line" };
        for (command, label) in [
            (Command::CollapseBand, collapse),
            (Command::HideBand, "Hide band"),
            (Command::MoveBandUp, "Move band up"),
            (Command::MoveBandDown, "Move band down"),
        ] {
            let moves = matches!(command, Command::MoveBandUp | Command::MoveBandDown);
            if moves && lane_moved(doc, at, at).is_some() {
                // The lane moves then, by an entry of its own.
                continue;
            }
            let after = arranged_by(command, index, at, before);
            if ui.add_enabled(after.is_some(), egui::Button::new(label)).clicked() {
                actions.extend(after.map(Action::Arrange));
                ui.close();
            }
        }
    }
    arrange_ui(ui, before, actions);
    if index.hidden().is_empty() {
        return;
    }
    menu_button_ui(ui, format!("Hidden bands ({})", index.hidden().len()), |ui| {
        if ui.button("Show all").clicked() {
            actions.push(Action::Arrange(Arrangement { hidden: Vec::new(), ..before.clone() }));
            ui.close();
        }
        for band in index.hidden() {
            let title = if band.title.is_empty() { "No name".into() } else { visible(&band.title) };
            if ui.button(format!("Show “{title}”")).clicked() {
                let mut after = before.clone();
                after.toggle_hidden(&band.title);
                actions.push(Action::Arrange(after));
                ui.close();
            }
        }
    });
}

/// How many bands stand above where a band would land that is held at a point of the picture.
pub(super) fn landing(plan: &Plan, at: Point, scroll_y: f64) -> usize {
    let y = at.y - plan.areas.track.y0 + scroll_y;
    let middles = (0..).map_while(|band| plan.bands.band(band)).map(|(top, bottom)| f64::midpoint(top, bottom));
    middles.take_while(|middle| *middle < y).count()
}

/// The height in the picture of the line below so many bands.
pub(super) fn landing_y(plan: &Plan, above: usize, scroll_y: f64) -> Option<f64> {
    let below = || above.checked_sub(1).and_then(|last| plan.bands.band(last)).map(|(_, bottom)| bottom);
    let y = plan.bands.band(above).map(|(top, _)| top).or_else(below)?;
    Some(y + plan.areas.track.y0 - scroll_y)
}

/// What a release would do.
pub(super) fn landing_words(index: &Index, band: usize, title: &str, above: usize) -> String {
    let named = |title: &str| {
        if title.is_empty() { "the band without a name".into() } else { format!("“{}”", visible(title)) }
    };
    if above == band || above == band + 1 {
        return format!("{} stays where it is", capitalised(&named(title)));
    }
    match index.bands().get(above) {
        Some(next) => format!("Moves {} above {}", named(title), named(&next.title)),
        None => format!("Moves {} to the bottom", named(title)),
    }
}

fn capitalised(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// The arrangement after a band was carried to where so many stand above; none where it stays, or has become another meanwhile.
pub(super) fn carried(index: &Index, band: usize, title: &str, above: usize) -> Option<Arrangement> {
    index.bands().get(band).filter(|band| band.title == title)?;
    // Taken out, it leaves those below one place higher.
    let to = if above > band { above - 1 } else { above };
    Some(Arrangement { first: moved_band(index, band, to)?, ..index.arrangement().clone() })
}

/// Scrolls the bands by a step where a name is held near their upper or lower edge; whether it does.
pub(super) fn scroll_at_edge(plan: &Plan, at: Point, view: &mut ViewState) -> bool {
    let track = plan.areas.track;
    let step = if at.y < track.y0 + EDGE_PT {
        -STEP_PT
    } else if at.y > track.y1 - EDGE_PT {
        STEP_PT
    } else {
        return false;
    };
    view.place.scroll_y += step;
    true
}
