//! The form of an era: what it is called, from when to when, its colour and why it counts as one.

use egui::{Context, Key, Modifiers, RichText, Ui};

use super::{footer, main_button, modal};
use crate::model::{Era, Text};
use crate::theme::{Color, Theme};
use crate::time::{Date, Instant, Zone};
use crate::ui::color32;
use crate::ui::edit::{Editing, edit_ui};
use crate::ui::field::{self, Ink};
use crate::ui::style::Chrome;
use crate::ui::swatch::{palette, swatch};

/// How many colours stand in a row.
const COLORS_A_ROW: usize = 4;

/// The form.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EraForm {
    /// The id of the era; none of one that is made.
    pub id: Option<Text>,
    title: String,
    date: String,
    color: Option<Text>,
    note: String,
    is_begun: bool,
    /// Whether it was tried to take it: only then what is missing is a problem.
    is_tried: bool,
}

impl EraForm {
    /// A form for a new era, over a date.
    pub fn new(date: String) -> Self {
        Self { date, ..Self::default() }
    }

    /// A form of an era that is there.
    pub fn of(era: &Era) -> Self {
        Self {
            id: Some(era.id.clone()),
            title: era.title.to_string(),
            date: era.date.to_string(),
            color: era.color.clone(),
            note: era.note.as_deref().unwrap_or_default().to_owned(),
            ..Self::default()
        }
    }

    /// The era under an id; none where something is missing.
    pub fn era(&self, id: Text, now: Instant) -> Option<Era> {
        let (title, note) = (self.title(), self.note.trim());
        let date: Date = field::parse_required(&self.date, now).ok()?;
        let note = (!note.is_empty()).then(|| note.into());
        (!title.is_empty()).then(|| Era { id, title: title.into(), date, color: self.color.clone(), note })
    }

    /// Its title without the blanks around it.
    pub fn title(&self) -> &str {
        self.title.trim()
    }
}

/// What became of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EraAnswer {
    /// It is taken: nothing is missing.
    Taken,
    /// The era goes.
    Delete,
    /// Nothing happens.
    Cancel,
}

/// Shows the form.
pub fn era_ui(ctx: &Context, form: &mut EraForm, theme: &Theme, now: Instant, zone: Zone) -> Option<EraAnswer> {
    let chrome = Chrome::of(theme);
    let ink = Ink::of(theme);
    let modal = modal(ctx, "era").show(ctx, |ui| {
        ui.set_width(460.0);
        ui.heading(if form.id.is_some() { "Era" } else { "New era" });
        ui.add_space(8.0);
        let mut entered = false;
        ui.scope(|ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            field::row(ui, ink, "Name", |ui| {
                let name = line(ui, &mut form.title, "Era name", &mut entered);
                if !std::mem::replace(&mut form.is_begun, true) {
                    name.request_focus();
                }
            });
            field::row(ui, ink, "From, to", |ui| {
                line(ui, &mut form.date, "Era dates", &mut entered);
                let read = field::reading_ui(ui, ink, &form.date, now, zone);
                if let Some(chosen) = read.chosen {
                    form.date = chosen.to_string();
                }
            });
            field::row(ui, ink, "Colour", |ui| colors_ui(ui, form, theme));
            field::row(ui, ink, "Note", |ui| {
                let id = egui::Id::unique("note of an era");
                let note = edit_ui(ui, id, &mut form.note, &Editing::lines(), |edit| {
                    edit.desired_rows(2).desired_width(f32::INFINITY)
                });
                let _ = note.accessible_name("Era note");
            });
        });
        let missing = if form.title().is_empty() {
            Some("A name is needed")
        } else {
            field::parse_required(&form.date, now).err().map(|_| "Dates are needed, for example 1962/1999")
        };
        if let Some(missing) = missing.filter(|_| form.is_tried) {
            ui.label(RichText::new(missing).color(chrome.error));
        }
        if entered {
            ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        }
        footer(ui, |ui| {
            let delete = form.id.is_some() && ui.button("Delete era").clicked();
            let cancel = ui.button("Cancel").clicked();
            let verb = if form.id.is_some() { "Change era" } else { "Add era" };
            let takes = ui.add(main_button(verb, chrome)).clicked() || entered;
            form.is_tried |= takes;
            if takes && missing.is_none() {
                return Some(EraAnswer::Taken);
            }
            delete.then_some(EraAnswer::Delete).or(cancel.then_some(EraAnswer::Cancel))
        })
    });
    modal.inner.or_else(|| modal.should_close().then_some(EraAnswer::Cancel))
}

/// A line of text; notes where Enter was pressed in it.
fn line(ui: &mut Ui, text: &mut String, name: &str, entered: &mut bool) -> egui::Response {
    let id = egui::Id::unique(("line of an era", name));
    let response = edit_ui(ui, id, text, &Editing::line(), |edit| edit.desired_width(f32::INFINITY));
    let response = response.accessible_name(name);
    // A single-line field gives the keyboard up on Enter.
    *entered |= response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    response
}

/// The colours in rows of a few.
fn colors_ui(ui: &mut Ui, form: &mut EraForm, theme: &Theme) {
    let colors: Vec<(String, &str)> = palette().collect();
    ui.vertical(|ui| {
        if ui.selectable_label(form.color.is_none(), "As the theme has it").clicked() {
            form.color = None;
        }
        for row in colors.chunks(COLORS_A_ROW) {
            ui.horizontal(|ui| {
                for (hex, name) in row {
                    let color = Color::parse(hex).unwrap_or(theme.text_muted);
                    let is_own = form.color.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(hex));
                    if ui.add(swatch(name, color32(color)).selected(is_own)).clicked() {
                        form.color = Some(hex.into());
                    }
                }
            });
        }
    });
}
