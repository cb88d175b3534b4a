//! Asks what a save does whose file is no longer there.

use egui::{Context, Label};

use super::{begin_at, footer, main_button, modal};
use crate::text::visible;
use crate::ui::style::Chrome;

/// What becomes of a timeline whose file is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoneAnswer {
    /// The file is made again where it was.
    MakeAgain,
    /// It is saved under another name.
    SaveAs,
    /// Nothing happens.
    Cancel,
}

/// Shows the question; `folder` is the folder of the file where that is gone too.
pub fn gone_ui(ctx: &Context, name: &str, folder: Option<&str>, chrome: Chrome) -> Option<GoneAnswer> {
    let modal = modal(ctx, "gone").show(ctx, |ui| {
        ui.set_width(460.0);
        ui.heading(format!("“{}” is no longer there", visible(name)));
        ui.add_space(8.0);
        let text = match folder {
            None => "It was moved or deleted since it was opened. If it was only moved, making it again gives you two copies.".to_owned(),
            Some(folder) => format!(
                "Its folder {} is gone: moved, deleted, or on a drive that is no longer connected. Bring it back and save again, or save somewhere else.",
                visible(folder)
            ),
        };
        ui.add(Label::new(text).wrap());
        footer(ui, |ui| {
            let mut answer = None;
            let mut choice = |clicked: bool, chosen| answer = answer.or(clicked.then_some(chosen));
            choice(ui.button("Cancel").clicked(), GoneAnswer::Cancel);
            if folder.is_none() {
                choice(ui.button("Make it again").clicked(), GoneAnswer::MakeAgain);
            }
            let main = ui.add(main_button("Save as…", chrome));
            begin_at(&main);
            choice(main.clicked(), GoneAnswer::SaveAs);
            answer
        })
    });
    modal.inner.or_else(|| modal.should_close().then_some(GoneAnswer::Cancel))
}
