//! Links between events: made of two, changed, and what is said of them.

use egui::Context;

use super::{App, Dialog};
use crate::edit::{added_link, changed_link};
use crate::model::{Link, Text};
use crate::scene::relation_verb;
use crate::text::visible;
use crate::ui::Command;
use crate::ui::dialog::{LinkAnswer, LinkForm, link_ui};

impl App {
    /// Asks how one event relates to another.
    pub(super) fn begin_link(&mut self, from: Text, to: Text) {
        if self.session.read_only().is_some() {
            self.say_why_not(Command::LinkEvents);
            return;
        }
        self.commit_pending();
        self.dialog = Some(Dialog::Link(Box::new(LinkForm::new(from, to))));
    }

    /// Asks how two events relate that are selected: the one selected first to the one that has the focus.
    pub(super) fn link_selected(&mut self) {
        let positions = self.selected_positions();
        let timeline = self.session.timeline();
        let mut ids: Vec<Text> =
            positions.iter().filter_map(|at| timeline.events().get(*at)).map(|event| event.id.clone()).collect();
        let focus = self.view.transient.selection.as_deref();
        ids.sort_by_key(|id| focus == Some(id.as_str()));
        if let [from, to] = ids.as_slice() {
            self.begin_link(from.clone(), to.clone());
        }
    }

    /// Opens the form of a link that is there.
    pub(super) fn edit_link(&mut self, from: &str, nth: usize) {
        if self.session.read_only().is_some() {
            self.say_why_not(Command::LinkEvents);
            return;
        }
        self.commit_pending();
        self.dialog = LinkForm::of(self.session.timeline(), from, nth).map(|form| Dialog::Link(Box::new(form)));
    }

    pub(super) fn link_dialog(&mut self, ctx: &Context, mut form: Box<LinkForm>) {
        let timeline = std::sync::Arc::clone(self.session.timeline());
        let chrome = crate::ui::style::Chrome::of(&self.theme);
        let relation = match link_ui(ctx, &mut form, &timeline, chrome) {
            None => {
                self.dialog = Some(Dialog::Link(form));
                return;
            }
            Some(LinkAnswer::Cancel) => return,
            Some(LinkAnswer::Linked(relation)) => relation,
        };
        let title = |id: &str| timeline.event(id).map_or_else(String::new, |event| event.title.to_string());
        let (from, to, note) = (title(&form.from), title(&form.to), form.note.trim());
        let sentence = format!("“{}” {} “{}”", visible(&from), relation_verb(relation), visible(&to));
        let note = (!note.is_empty()).then(|| note.into());
        let link = Link { to: form.to.clone(), relation, note };
        match form.nth {
            Some(nth) => {
                if let Some(edit) = changed_link(&timeline, &form.from, nth, link) {
                    self.edit(format!("Change a link of “{from}”"), &edit, None);
                }
            }
            None => match added_link(&timeline, &form.from, link) {
                Some(edit) => {
                    self.edit_and_tell(format!("Link “{from}” to “{to}”"), format!("Linked: {sentence}"), &edit, None);
                }
                None => self.tell(format!("Nothing was linked: {sentence} is there already")),
            },
        }
    }
}
