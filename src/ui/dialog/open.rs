//! Shows an address whole before the browser or the mail program gets it: a source's address was written by somebody else.

use egui::{Button, Context, Label, RichText, ScrollArea};

use super::{footer, main_button, modal};
use crate::model::WebAddress;
use crate::ui::fonts::semibold;
use crate::ui::style::Chrome;

/// What becomes of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressAnswer {
    /// It is opened.
    Open,
    /// It goes to the clipboard.
    Copy,
    /// Nothing happens.
    Cancel,
}

/// Shows the address, and first of all whose it is.
pub fn address_ui(ctx: &Context, address: &WebAddress, chrome: Chrome) -> Option<AddressAnswer> {
    let modal = modal(ctx, "address").show(ctx, |ui| {
        ui.set_width(480.0);
        ui.heading("Open this address?");
        ui.add_space(8.0);
        ui.add(Label::new(RichText::new(address.host()).family(semibold())).wrap());
        ui.add_space(4.0);
        // An address may be as long as a page.
        ScrollArea::vertical().max_height(160.0).show(ui, |ui| {
            ui.add(Label::new(RichText::new(address.as_str()).color(chrome.muted)).wrap().selectable(true));
        });
        footer(ui, |ui| {
            let open = ui.add(main_button("Open", chrome));
            // Enter opens: whoever came here has asked for it once.
            if ui.memory(|memory| memory.focused().is_none()) {
                open.request_focus();
            }
            if open.clicked() {
                return Some(AddressAnswer::Open);
            }
            if ui.add(Button::new("Copy address")).clicked() {
                return Some(AddressAnswer::Copy);
            }
            ui.button("Cancel").clicked().then_some(AddressAnswer::Cancel)
        })
    });
    modal.inner.or_else(|| modal.should_close().then_some(AddressAnswer::Cancel))
}
