//! Shows an address or a captured file whole before the system gets it: somebody else may have written the one and named
//! the other.

use std::borrow::Cow;
use std::path::PathBuf;

use egui::{Context, Label, RichText, ScrollArea};

use super::{begin_at, footer, main_button, modal};
use crate::model::WebAddress;
use crate::text::visible;
use crate::ui::fonts::semibold;
use crate::ui::style::Chrome;

/// What the system is asked to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// An address, in the browser or the mail program.
    Address(WebAddress),
    /// A captured file, with the program the system has for it.
    Capture(PathBuf),
}

impl Opening {
    /// The whole, with nothing in it that cannot be seen.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Address(address) => address.as_str().into(),
            Self::Capture(path) => visible(&path.to_string_lossy()).into_owned().into(),
        }
    }

    /// What matters most of it: whose the address is, the name of the file.
    fn head(&self) -> Cow<'_, str> {
        match self {
            Self::Address(address) => address.host().into(),
            Self::Capture(path) => visible(&path.file_name().unwrap_or_default().to_string_lossy()).into_owned().into(),
        }
    }

    const fn question(&self) -> &'static str {
        match self {
            Self::Address(_) => "Open this address?",
            Self::Capture(_) => "Open this file with its program?",
        }
    }
}

/// What becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenAnswer {
    /// The system gets it.
    Open,
    /// Its text goes to the clipboard.
    Copy,
    /// Nothing happens.
    Cancel,
}

/// Shows what would be opened, and asks.
pub fn open_ui(ctx: &Context, opening: &Opening, chrome: Chrome) -> Option<OpenAnswer> {
    let modal = modal(ctx, "open").show(ctx, |ui| {
        ui.set_width(480.0);
        ui.heading(opening.question());
        ui.add_space(8.0);
        ui.add(Label::new(RichText::new(opening.head()).family(semibold())).wrap());
        ui.add_space(4.0);
        // An address may be as long as a page.
        ScrollArea::vertical().max_height(160.0).show(ui, |ui| {
            ui.add(Label::new(RichText::new(opening.text()).color(chrome.muted)).wrap().selectable(true));
        });
        footer(ui, |ui| {
            let cancel = ui.button("Cancel").clicked().then_some(OpenAnswer::Cancel);
            let copy = ui.button("Copy").clicked().then_some(OpenAnswer::Copy);
            let open = ui.add(main_button("Open", chrome));
            // Enter opens: whoever came here has asked for it once.
            begin_at(&open);
            cancel.or(copy).or_else(|| open.clicked().then_some(OpenAnswer::Open))
        })
    });
    modal.inner.or_else(|| modal.should_close().then_some(OpenAnswer::Cancel))
}
