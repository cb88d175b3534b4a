//! Commands that move the window or the selection.

use super::{Command, Document, ViewState};

/// Carries out a command that moves the window or the selection; says whether it was one.
pub fn navigate(command: Command, doc: Document<'_>, view: &mut ViewState) -> bool {
    let _ = doc;
    let middle = view.viewport.width_pt / 2.0;
    match command {
        Command::ZoomIn => view.viewport = view.viewport.zoomed(1.5, middle),
        Command::ZoomOut => view.viewport = view.viewport.zoomed(1.0 / 1.5, middle),
        Command::ZoomAll => view.fit_pending = true,
        Command::PanLeft => view.viewport = view.viewport.panned(view.viewport.width_pt / 4.0),
        Command::PanRight => view.viewport = view.viewport.panned(-view.viewport.width_pt / 4.0),
        Command::ClearSelection => view.selection = None,
        _ => return false,
    }
    true
}
