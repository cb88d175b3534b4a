//! Saved views: shown, made of what is shown, brought up to date and named.

use egui::Context;

use super::{App, Dialog};
use crate::edit::Edit;
use crate::model::{Key, Record, RecordKind, Text, View};
use crate::text::visible;
use crate::ui::dialog::{NameAnswer, NameForm, Naming, name_ui};
use crate::ui::style::Chrome;
use crate::ui::{Notice, NoticeKind, place_of, proposed_name, put_settings, view_of, window_of};

impl App {
    /// Shows what a saved view holds. An open or unknown side of its window stays where the window in time has it now.
    pub(super) fn show_view(&mut self, id: &str) {
        let timeline = std::sync::Arc::clone(self.session.timeline());
        let Some(view) = timeline.views().iter().find(|view| view.id == id) else { return };
        let own = timeline.zone();
        let (start, end) = window_of(view, own, &self.view.place);
        self.view.place = place_of(view, own, &self.view.place);
        if start < end {
            self.view.transient.window_pending = Some((start, end));
        }
        put_settings(view, &mut self.settings.export);
        self.group_in(view.grouping);
        self.view.transient.opened_view = Some(view.id.clone());
    }

    /// Shows the saved view of a number, from one.
    pub(super) fn show_view_number(&mut self, number: usize) {
        let views = self.session.timeline().views();
        if let Some(id) = number.checked_sub(1).and_then(|at| views.get(at)).map(|view| view.id.clone()) {
            self.show_view(&id);
        }
    }

    /// Asks what something is called.
    pub(super) fn begin_name(&mut self, naming: Naming) {
        if let Some(read_only) = self.session.read_only() {
            self.tell(read_only.remedy().to_owned());
            return;
        }
        self.commit_pending();
        let timeline = self.session.timeline();
        let titles = || timeline.views().iter().map(|view| view.title.clone());
        let form = match &naming {
            Naming::SaveView => {
                let text = proposed_name(&self.view.place, self.session.zone());
                let taken = titles().collect();
                NameForm::new(naming, text, taken)
            }
            Naming::View(id) => {
                let Some(view) = timeline.views().iter().find(|view| view.id == *id) else { return };
                let (text, taken) = (view.title.to_string(), titles().filter(|title| *title != view.title).collect());
                NameForm::new(naming, text, taken)
            }
            Naming::Term(_, from) => {
                let text = from.to_string();
                NameForm::new(naming, text, Vec::new())
            }
            Naming::NewLane { .. } => {
                let taken = timeline.lanes().iter().map(|lane| lane.title.clone()).collect();
                NameForm::new(naming, String::new(), taken)
            }
        };
        self.dialog = Some(Dialog::Name(form));
    }

    pub(super) fn name_dialog(&mut self, ctx: &Context, mut form: NameForm) {
        match name_ui(ctx, &mut form, Chrome::of(&self.theme)) {
            None => self.dialog = Some(Dialog::Name(form)),
            Some(NameAnswer::Cancel) => {}
            Some(NameAnswer::Named) => {
                let name = Text::from(form.text.trim());
                match form.naming {
                    Naming::SaveView => self.save_view(name),
                    Naming::View(id) => self.rename_view(&id, name),
                    Naming::Term(what, from) => self.rename_everywhere(what, &from, &name),
                    Naming::NewLane { at, takes_selected } => self.add_lane(name, at, takes_selected),
                }
            }
        }
    }

    /// Keeps what is shown as a view of this title, in place of another of the same title.
    fn save_view(&mut self, title: Text) {
        let timeline = self.session.timeline();
        let known = timeline.views().iter().find(|view| view.title.trim() == title.as_str());
        if let Some(id) = known.map(|view| view.id.clone()) {
            self.update_view(&id);
            return;
        }
        let id = Text::from(timeline.fresh_id(RecordKind::View, &title));
        let number = timeline.views().len() + 1;
        let Some(view) = self.view_shown(id.clone(), title.clone()) else { return };
        let key = if number <= 9 { format!(": key {number} shows it") } else { String::new() };
        let said = format!("Saved the view “{}”{key}", visible(&title));
        self.take_view(format!("Save the view “{title}”"), said, view);
    }

    /// Keeps what is shown in a view that is there.
    pub(super) fn update_view(&mut self, id: &str) {
        let Some(known) = self.session.timeline().views().iter().find(|view| view.id == id) else { return };
        let (id, title) = (known.id.clone(), known.title.clone());
        let Some(view) = self.view_shown(id, title.clone()) else { return };
        let said = format!("Updated the view “{}”", visible(&title));
        self.take_view(format!("Update the view “{title}”"), said, view);
    }

    /// Keeps what is shown in the view that was opened last.
    pub(super) fn update_opened_view(&mut self) {
        if let Some(id) = self.view.transient.opened_view.clone() {
            self.update_view(&id);
        }
    }

    fn rename_view(&mut self, id: &str, title: Text) {
        let Some(Record::View(view)) = self.session.timeline().record(&Key::View(id.into())) else { return };
        if view.title == title {
            return;
        }
        let label = format!("Rename the view “{}” to “{title}”", view.title);
        self.edit(label, &Edit::put(Record::View(View { title, ..view })), None);
    }

    /// What is shown as a view; says so where its window lies beyond what a date can say.
    fn view_shown(&mut self, id: Text, title: Text) -> Option<View> {
        let dates = self.view.dates(self.settings.preferences());
        let place = crate::ui::Place { dates, ..self.view.place.clone() };
        let own = self.session.timeline().zone();
        let view = view_of(id, title, &place, own, &self.settings.export, self.settings.iso_weeks);
        if view.is_none() {
            let text = "Not saved: the window lies beyond what a date can say";
            self.notices.push(Notice::new(NoticeKind::Error, text));
        }
        view
    }

    /// Puts a view into the timeline; from then on it is the one that is open.
    fn take_view(&mut self, label: String, said: String, view: View) {
        self.commit_pending();
        let own = self.session.timeline().zone();
        // Folds and dates are what was written of them from now on, so that the view is as it was saved.
        let shown = place_of(&view, own, &self.view.place);
        (self.view.place.folding, self.view.place.dates) = (shown.folding, shown.dates);
        self.view.transient.opened_view = Some(view.id.clone());
        self.edit_and_tell(label, said, &Edit::put(Record::View(view)), None);
    }
}
