//! What this program is, and under which licences its parts stand.

use egui::{Context, RichText};

use super::{begin_at, footer, modal};
use crate::ui::style::Chrome;

/// Bundled fonts with their licences.
const FONTS: [(&str, &str); 3] = [
    ("Inter", "The Inter Project Authors, SIL Open Font License 1.1"),
    ("Noto Sans", "The Noto Project Authors, SIL Open Font License 1.1"),
    ("Droid Sans Fallback", "The Android Open Source Project, Apache License 2.0"),
];

/// Shows the dialog; says whether it stays open.
pub fn about_ui(ctx: &Context, chrome: Chrome) -> bool {
    let modal = modal(ctx, "about").show(ctx, |ui| {
        ui.set_width(420.0);
        ui.heading("Annalist");
        ui.label(RichText::new(concat!("Version ", env!("CARGO_PKG_VERSION"))).color(chrome.muted));
        ui.add_space(8.0);
        ui.label("A timeline for analysts: what happened, when, and who says so.");
        ui.add_space(4.0);
        ui.label("Free software under the MIT licence or the Apache License 2.0, at your choice.");
        ui.add_space(12.0);
        ui.label(RichText::new("Bundled fonts").family(crate::ui::fonts::semibold()));
        for (name, licence) in FONTS {
            ui.add_space(4.0);
            ui.label(name);
            ui.label(RichText::new(licence).small().color(chrome.muted));
        }
        footer(ui, |ui| {
            let close = ui.button("Close");
            begin_at(&close);
            close.clicked()
        })
    });
    !(modal.inner || modal.should_close())
}
