//! Dialogs: questions that stop everything else until they are answered. They return the answer; `app` acts on it.

mod about;
mod compared;
mod diverged;
mod era;
mod export;
mod gone;
mod lane;
mod link;
mod name;
mod open;
mod path;
mod recover;
mod unsaved;
mod versions;

pub use about::about_ui;
pub use compared::{Compared, compared_ui};
pub use diverged::{Diverged, DivergedAnswer, diverged_ui};
pub use era::{EraAnswer, EraForm, era_ui};
pub use export::{
    BriefPreview, EventsFormat, EventsPreview, ExportAnswer, ExportFolding, ExportForm, ExportFormat, Preview, Product,
    Range, Shown, export_ui,
};
pub use gone::{GoneAnswer, gone_ui};
pub use lane::{LaneAnswer, LaneForm, lane_ui};
pub use link::{LinkAnswer, LinkForm, link_ui};
pub use name::{NameAnswer, NameForm, Naming, name_ui};
pub use open::{OpenAnswer, Opening, open_ui};
pub use path::{PathAnswer, PathForm, PathPurpose, path_ui};
pub use recover::{RecoverAnswer, Recovered, RecoveredChange, recover_ui};
pub use unsaved::{Unsaved, UnsavedAnswer, unsaved_ui};
pub use versions::{EarlierVersions, ReadVersion, VersionContent, VersionRow, VersionsAnswer, versions_ui};

use egui::{Align, Button, Context, Frame, Key, Layout, Margin, Modifiers, Response, RichText, Stroke, Ui, vec2};

use super::fonts::semibold;
use super::style::Chrome;

/// The frame around a dialog.
pub fn frame(ctx: &Context) -> Frame {
    Frame::popup(&ctx.global_style()).inner_margin(Margin::same(20))
}

/// A dialog in the middle of the window.
pub(super) fn modal(ctx: &Context, name: &str) -> egui::Modal {
    egui::Modal::new(egui::Id::unique(name)).frame(frame(ctx))
}

/// The button that does what the dialog is for.
pub(super) fn main_button(label: &str, chrome: Chrome) -> Button<'_> {
    Button::new(RichText::new(label).color(chrome.on_accent).family(semibold()))
        .fill(chrome.accent)
        .stroke(Stroke::NONE)
}

/// Gives the button that does what the dialog is for the keyboard while nothing has it: the dialog begins there, and Enter
/// does it.
pub(super) fn begin_at(main: &Response) {
    let is_idle = main.ctx.memory(|memory| memory.focused().is_none());
    if main.enabled() && is_idle {
        main.request_focus();
    }
}

/// The row of buttons at the foot of a dialog, the main one last and rightmost.
pub(super) fn footer<R>(ui: &mut Ui, buttons: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(16.0);
    // As high as its buttons and no higher: a layout of its own would keep the height of a longer form before.
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| at_the_right(ui, "footer", buttons))
        .inner
}

/// Places widgets at the right end of a row, in the order in which they are read and in which Tab goes through them: a layout
/// from right to left would have Tab go backwards. The room left of them is what they left free in the last frame.
pub(super) fn at_the_right<R>(ui: &mut Ui, name: &str, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let id = ui.scope_id().with(name);
    let known: Option<f32> = ui.data(|data| data.get_temp(id));
    // Where that is not known yet they begin at the left: beyond the right end they would widen what they stand in.
    ui.add_space(known.map_or(0.0, |known| (ui.available_width() - known).max(0.0)));
    let shown = ui.scope(contents);
    let width = shown.response.rect.width();
    ui.data_mut(|data| data.insert_temp(id, width));
    if known.is_none_or(|known| (known - width).abs() > 0.5) {
        ui.ctx().request_discard("widgets at the right of a row have another width");
    }
    shown.inner
}

/// Lets Page up and down scroll, where there is nothing in view that could take the keyboard.
pub(super) fn scroll_by_key(ui: &Ui, step_pt: f32) {
    let (down, up) = ui.input_mut(|input| {
        let down = input.count_and_consume_key(Modifiers::NONE, Key::PageDown);
        (down as f32, input.count_and_consume_key(Modifiers::NONE, Key::PageUp) as f32)
    });
    if down != up {
        ui.scroll_with_delta(vec2(0.0, (up - down) * step_pt));
    }
}
