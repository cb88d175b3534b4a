//! The images of an event: files beside the timeline, what each shows, and the way to name one more.

use egui::{CursorIcon, Role, Sense, Ui, WidgetInfo};

use super::changes::{Changes, Shift, quoted};
use super::event::{draft_line_ui, focus_draft};
use super::form::{Form, Initially, card_ui, section_ui};
use super::new_line::NewLine;
use super::slot::Slot;
use crate::diagnostic::Subject;
use crate::model::{Capture, Event, EventField, Field as _, Image, ImageField};
use crate::text::visible_lines;
use crate::ui::Action;
use crate::ui::field::{self, GRID_PT, Outcome, Problem};
use crate::ui::icon::{Icon, icon_button};
use crate::ui::keyboard::await_field;
use crate::ui::letters::{Letters, label_ui};
use crate::ui::thumbnail_ui;

/// The accessible name of the line that adds one.
const NEW_FILE: &str = "File of the new image";

/// The most height of an image, in points.
const IMAGE_PT: f32 = 220.0;

/// Width of a button with an icon and of the gap before it, in points.
const BUTTON_PT: f32 = 34.0;

/// Every image as a card, and the line that adds one.
pub fn images_ui(ui: &mut Ui, form: &mut Form<'_>, new: &mut Option<NewLine>, event: &Event) {
    let images = &event.rare.images;
    if images.is_empty() && !form.editable() {
        return;
    }
    let initially = if images.is_empty() { Initially::Folded } else { Initially::Open };
    let is_wanted = new.as_ref().is_some_and(|new| new.event == event.id);
    section_ui(ui, EventField::Images.label(), Some(images.len()), initially.or_shown(is_wanted), |ui| {
        for (at, image) in images.iter().enumerate() {
            ui.push_id(("image", at), |ui| card_ui(ui, form, |ui, form| image_ui(ui, form, event, at, image)));
        }
        if !form.editable() {
            return;
        }
        match new {
            Some(draft) if draft.event == event.id => new_image_ui(ui, form, new, event),
            _ => {
                if ui.button("Add image").clicked() {
                    await_field(ui.ctx());
                    *new = Some(NewLine::of(event));
                }
            }
        }
    });
}

/// The images as they are read: each with what it shows and who made it below it. A click opens the file.
pub fn read_images_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event) {
    for (at, image) in event.rare.images.iter().enumerate() {
        ui.add_space(GRID_PT);
        let name = format!("Open image {}", at + 1);
        let most = (ui.available_width(), IMAGE_PT);
        let shown = form
            .doc
            .thumbnails
            .and_then(|thumbnails| thumbnail_ui(ui, thumbnails, &image.file, most, form.ink.muted, Sense::click()));
        let open = match shown {
            Some(shown) => {
                shown.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                shown.on_hover_cursor(CursorIcon::PointingHand)
            }
            // While it is read, and where it cannot be shown, there is its name.
            None => field::link_ui(ui, form.ink, &image.file).accessible_name(name),
        };
        if open.on_hover_text("Open the file").clicked() {
            form.actions.push(Action::OpenCapture(image.file.clone()));
        }
        if let Some(caption) = &image.caption {
            label_ui(ui, &visible_lines(caption), Letters::body(form.ink.text));
        }
        if let Some(credit) = &image.credit {
            label_ui(ui, &visible_lines(credit), Letters::small(form.ink.muted));
        }
    }
}

fn image_ui(ui: &mut Ui, form: &mut Form<'_>, event: &Event, at: usize, image: &Image) {
    let number = at + 1;
    if let Some(thumbnails) = form.doc.thumbnails {
        let most = (ui.available_width(), IMAGE_PT);
        thumbnail_ui(ui, thumbnails, &image.file, most, form.ink.muted, Sense::hover());
    }
    field::row(ui, form.ink, ImageField::File.label(), |ui| {
        ui.horizontal_top(|ui| {
            let room = ui.available_width() - if form.editable() { BUTTON_PT } else { 0.0 };
            ui.vertical(|ui| {
                ui.set_width(room);
                let link = field::link_ui(ui, form.ink, &image.file).accessible_name(format!("Open image {number}"));
                if link.on_hover_text("Open the file").clicked() {
                    form.actions.push(Action::OpenCapture(image.file.clone()));
                }
                let path = [EventField::Images.name(), &at.to_string(), ImageField::File.name()];
                form.problems_ui(ui, &Subject::Event(event.id.clone()), &path);
            });
            let remove = format!("Remove image {number}");
            if form.editable() && icon_button(ui, Icon::Cross, &remove, form.chrome).on_hover_text("Remove").clicked() {
                form.changes.label(format!("Remove an image of {}", quoted(&event.title)));
                form.changes.shift(&event.id, Shift::RemoveImage(at));
            }
        });
    });
    for &field in ImageField::ALL.iter().filter(|field| **field != ImageField::File) {
        let slot = Slot::Image(event.id.clone(), at, field);
        form.named_text(ui, &slot, &format!("Image {number} {}", slot.key()));
    }
}

fn new_image_ui(ui: &mut Ui, form: &mut Form<'_>, state: &mut Option<NewLine>, event: &Event) {
    let Some(new) = state else { return };
    form.is_open = true;
    let hint = "Path from the timeline's folder";
    let outcome = draft_line_ui(ui, form, NEW_FILE, hint, &mut new.text, &mut new.focus);
    let problem = problem_of(new);
    if let Some(problem) = &problem {
        field::problem_ui(ui, form.ink, problem);
    }
    let fits = !new.trimmed().is_empty() && problem.is_none();
    let (mut add, mut cancel) = (outcome == Outcome::Entered && fits, outcome == Outcome::Reverted);
    ui.horizontal(|ui| {
        let button = egui::Button::new("Add image");
        add |= ui.add_enabled(fits, button).accessible_name("Add the new image").clicked();
        cancel |= ui.button("Cancel").accessible_name("Cancel the new image").clicked();
    });
    if add {
        put_into(new, event, &mut form.changes);
    } else if outcome == Outcome::Entered {
        focus_draft(ui, NEW_FILE);
    }
    if add || cancel {
        *state = None;
    }
}

/// What keeps a new image out of an event.
pub fn problem_of(new: &NewLine) -> Option<Problem> {
    let outside = Capture::path_of(new.trimmed()).err().filter(|_| !new.trimmed().is_empty())?;
    let problem = Problem::new(format!("this path {}", outside.reason()));
    Some(problem.with_hint("files lie in the timeline's folder or in one below it"))
}

/// Adds a new image, of which nothing is said yet.
pub fn put_into(new: &NewLine, event: &Event, changes: &mut Changes<'_>) {
    changes.label(format!("Add an image to {}", quoted(&event.title)));
    if let Some(copy) = changes.event(&event.id) {
        copy.rare.images.push(Image::new(new.trimmed()));
    }
}
