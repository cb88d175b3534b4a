//! Eras: their form, and what it comes to.

use egui::Context;

use super::{App, Dialog};
use crate::edit::Edit;
use crate::model::{Era, Key, Record, RecordKind, Text};
use crate::text::visible;
use crate::ui::dialog::{EraAnswer, EraForm, era_ui};
use crate::ui::{Command, Rounding, span_of};

impl App {
    /// Opens the form of a new era over a date.
    pub(super) fn begin_era(&mut self, date: String) {
        if self.session.read_only().is_some() {
            self.say_why_not(Command::AddEra);
            return;
        }
        self.commit_pending();
        self.dialog = Some(Dialog::Era(Box::new(EraForm::new(date))));
    }

    /// Opens the form of an era.
    pub(super) fn edit_era(&mut self, id: &str) {
        if self.session.read_only().is_some() {
            self.say_why_not(Command::AddEra);
            return;
        }
        self.commit_pending();
        if let Some(Record::Era(era)) = self.session.timeline().record(&Key::Era(id.into())) {
            self.dialog = Some(Dialog::Era(Box::new(EraForm::of(&era))));
        }
    }

    /// The middle third of the window as a date.
    pub(super) fn span_in_view(&self) -> String {
        let viewport = self.view.place.viewport;
        let at = |share: f64| viewport.instant_from_x(viewport.width_pt * share);
        let zone = self.session.zone();
        span_of(at(1.0 / 3.0), at(2.0 / 3.0), Rounding::Nearest, zone).map(|date| date.to_string()).unwrap_or_default()
    }

    pub(super) fn era_dialog(&mut self, ctx: &Context, mut form: Box<EraForm>) {
        let (now, zone) = (self.platform.now(), self.session.zone());
        match era_ui(ctx, &mut form, &self.theme, now, zone) {
            None => self.dialog = Some(Dialog::Era(form)),
            Some(EraAnswer::Cancel) => {}
            Some(EraAnswer::Taken) => {
                let fresh = || Text::from(self.session.timeline().fresh_id(RecordKind::Era, form.title()));
                let id = form.id.clone().unwrap_or_else(fresh);
                if let Some(era) = form.era(id, now) {
                    self.take_era(era, form.id.is_none());
                }
            }
            Some(EraAnswer::Delete) => {
                let era = form.id.as_ref().and_then(|id| self.session.timeline().record(&Key::Era(id.clone())));
                if let Some(Record::Era(era)) = era {
                    let (label, said) = (
                        format!("Delete the era “{}”", era.title),
                        format!("Deleted the era “{}”", visible(&era.title)),
                    );
                    self.edit_and_tell(label, said, &Edit::Remove(Key::Era(era.id)), None);
                }
            }
        }
    }

    fn take_era(&mut self, era: Era, is_new: bool) {
        let before = self.session.timeline().record(&Key::Era(era.id.clone()));
        if before == Some(Record::Era(era.clone())) {
            return;
        }
        let title = era.title.clone();
        let edit = Edit::put(Record::Era(era));
        if is_new {
            self.edit_and_tell(
                format!("Add the era “{title}”"),
                format!("Added the era “{}”", visible(&title)),
                &edit,
                None,
            );
        } else {
            self.edit(format!("Change the era “{title}”"), &edit, None);
        }
    }
}
