//! Asks what something is called: a view that is saved, a lane that is made.

use egui::{Context, Key, Modifiers, RichText};

use super::{footer, main_button, modal};
use crate::edit::{Renamed, Terms};
use crate::model::Text;
use crate::text::visible;
use crate::ui::edit::{Editing, edit_ui, select_all};
use crate::ui::style::Chrome;

/// What gets a name.
#[derive(Debug, Clone, PartialEq)]
pub enum Naming {
    /// What is shown becomes a saved view.
    SaveView,
    /// A saved view, by id.
    View(Text),
    /// An actor, a tag or a place, in all events.
    Term(Renamed, Text),
    /// A lane that is made, at a position among those of the file.
    NewLane {
        /// The position.
        at: usize,
        /// Whether the selected events go into it.
        takes_selected: bool,
    },
}

impl Naming {
    const fn title(&self) -> &'static str {
        match self {
            Self::SaveView => "Save this view",
            Self::View(_) => "Rename the view",
            Self::Term(Renamed::Term(Terms::Actors), _) => "Rename the actor",
            Self::Term(Renamed::Term(Terms::Tags), _) => "Rename the tag",
            Self::Term(Renamed::Place, _) => "Rename the place",
            Self::NewLane { .. } => "New lane",
        }
    }

    const fn verb(&self) -> &'static str {
        match self {
            Self::SaveView => "Save view",
            Self::View(_) | Self::Term(..) => "Rename",
            Self::NewLane { .. } => "Add lane",
        }
    }

    /// What is said below the field.
    const fn note(&self) -> &'static str {
        match self {
            Self::SaveView => {
                "It keeps the window in time with folds, question, bands, colours, date of knowledge and export settings"
            }
            Self::NewLane { takes_selected: true, .. } => "The selected events go into it",
            Self::Term(..) => "In all events of the timeline. A name that is in use already takes it up",
            Self::View(_) | Self::NewLane { .. } => "",
        }
    }
}

/// The form.
#[derive(Debug, Clone)]
pub struct NameForm {
    /// What gets the name.
    pub naming: Naming,
    /// The name as typed.
    pub text: String,
    /// Names that others of its kind have.
    pub taken: Vec<Text>,
    is_begun: bool,
}

impl NameForm {
    /// A form with a name to start from.
    pub const fn new(naming: Naming, text: String, taken: Vec<Text>) -> Self {
        Self { naming, text, taken, is_begun: false }
    }

    /// Whether another has this name.
    fn is_taken(&self) -> bool {
        self.taken.iter().any(|known| known.trim() == self.text.trim())
    }
}

/// What became of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameAnswer {
    /// The name is taken.
    Named,
    /// Nothing happens.
    Cancel,
}

/// Shows the form.
pub fn name_ui(ctx: &Context, form: &mut NameForm, chrome: Chrome) -> Option<NameAnswer> {
    let modal = modal(ctx, "name").show(ctx, |ui| {
        ui.set_width(440.0);
        ui.heading(form.naming.title());
        ui.add_space(8.0);
        let id = egui::Id::unique("name to give");
        let response = edit_ui(ui, id, &mut form.text, &Editing::line(), |edit| edit.desired_width(f32::INFINITY));
        let response = response.accessible_name("Name");
        if !form.is_begun {
            // What is proposed is typed over.
            select_all(ui.ctx(), id, &form.text);
        }
        // A single-line field gives the keyboard up on Enter.
        let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let is_empty = form.text.trim().is_empty();
        if !form.is_begun || entered && is_empty {
            response.request_focus();
            form.is_begun = true;
        }
        let is_taken = form.is_taken();
        let note = match (&form.naming, is_taken) {
            (Naming::SaveView, true) => {
                format!("“{}” is there already: it will hold what is shown now", visible(form.text.trim()))
            }
            _ => form.naming.note().to_owned(),
        };
        if !note.is_empty() {
            ui.add_space(4.0);
            ui.add(egui::Label::new(RichText::new(note).small().color(chrome.muted)).wrap());
        }
        if entered {
            ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        }
        let verb = if is_taken && form.naming == Naming::SaveView { "Replace view" } else { form.naming.verb() };
        footer(ui, |ui| {
            let cancel = ui.button("Cancel").clicked();
            let main = ui.add_enabled(!is_empty, main_button(verb, chrome)).on_disabled_hover_text("Type a name first");
            if !is_empty && (main.clicked() || entered) {
                return Some(NameAnswer::Named);
            }
            cancel.then_some(NameAnswer::Cancel)
        })
    });
    let closed = modal.should_close();
    modal.inner.or_else(|| closed.then_some(NameAnswer::Cancel))
}
