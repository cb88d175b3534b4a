//! Drafts: what was typed and not added to a timeline, kept until that timeline is opened again.
//!
//! What is typed is kept in one place at a time: in the journal as long as the timeline is open, and here once it was left with
//! nothing else to be kept of it. A draft that is given back goes from the disk as soon as the journal holds it. While a journal
//! of its timeline is on offer it waits for the answer, and goes with it.

use std::path::PathBuf;

use ron::value::RawValue;
use serde::{Deserialize, Deserializer, Serialize};

use super::App;
use super::session::Origin;
use crate::ui::{Action, DrawerTab, Notice, NoticeKind, Slot, Typed};

/// Timelines of which drafts are kept; the one left longest ago goes first.
const MOST: usize = 100;

/// Begins the notice of what a save could not take along.
const NOT_SAVED: &str = "Not in the file yet: ";

/// Begins the notice of a draft that was given back.
pub(super) const TYPED_BACK: &str = "What you had typed is back: ";

/// Begins the notice that settings could not be written.
const NOT_KEPT: &str = "Settings and drafts are not kept: ";

/// The drafts of timelines that are not open, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct KeptDrafts {
    kept: Vec<(Origin, Typed)>,
}

/// One by one, so that a draft of another version of the program, whose fields were others, costs itself and not the settings
/// around it.
impl<'de> Deserialize<'de> for KeptDrafts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw: Vec<(Origin, Box<RawValue>)> = Deserialize::deserialize(deserializer)?;
        let read = |(origin, raw): (Origin, Box<RawValue>)| Some((origin, raw.into_rust().ok()?));
        Ok(Self { kept: raw.into_iter().filter_map(read).collect() })
    }
}

impl KeptDrafts {
    /// Keeps what was typed for a timeline, in place of what was kept of it.
    pub fn put(&mut self, origin: &Origin, typed: Typed) {
        if typed.is_empty() {
            return;
        }
        let origin = absolute(origin);
        self.kept.retain(|(other, _)| *other != origin);
        self.kept.insert(0, (origin, typed));
        self.kept.truncate(MOST);
    }

    /// Takes out what is kept for a timeline.
    pub fn take(&mut self, origin: &Origin) -> Option<Typed> {
        let origin = absolute(origin);
        let at = self.kept.iter().position(|(other, _)| *other == origin)?;
        Some(self.kept.remove(at).1)
    }

    /// What is kept for a timeline.
    pub fn get(&self, origin: &Origin) -> Option<&Typed> {
        let origin = absolute(origin);
        self.kept.iter().find(|(other, _)| *other == origin).map(|(_, typed)| typed)
    }

    /// Whether the newest is of a timeline that has no file.
    pub fn begins_untitled(&self) -> bool {
        self.kept.first().is_some_and(|(origin, _)| *origin == Origin::Untitled)
    }
}

/// The same file is named in several ways, from several folders.
fn absolute(origin: &Origin) -> Origin {
    match origin {
        Origin::File(path) => Origin::File(std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path))),
        Origin::Sample | Origin::Untitled => origin.clone(),
    }
}

impl App {
    /// What is typed and not in the timeline: in forms and in the table.
    pub(super) fn typed(&self) -> Typed {
        self.panels.inspector.typed().with_cell(self.panels.drawer.table.typed())
    }

    /// Keeps what is typed, before the timeline is left.
    pub(super) fn keep_typed(&mut self) {
        self.panels.keeps_typed = false;
        let typed = self.typed();
        if typed.is_empty() {
            return;
        }
        // One that waits for an answer still is of the same timeline.
        let waiting = self.settings.drafts.take(self.session.origin()).unwrap_or_default();
        self.settings.drafts.put(self.session.origin(), typed.over(waiting));
        // The journal goes next: by then this is on the disk.
        self.keep_settings();
        if let Some(file) = &mut self.settings_file {
            file.is_kept();
        }
    }

    /// Writes the settings where they are others than those written last.
    pub(super) fn keep_settings(&mut self) {
        let mut settings = self.settings.clone();
        // What is typed is in the journal. Where that cannot be written, or does not hold yet what was given back, it is here.
        let is_in_journal = self.session.journal().is_some() && !self.journal_fails();
        if !is_in_journal || self.recovery.gives_back {
            let waiting = settings.drafts.take(self.session.origin()).unwrap_or_default();
            settings.drafts.put(self.session.origin(), self.typed().over(waiting));
        }
        if let Some(file) = &mut self.settings_file {
            file.keep(&settings);
        }
    }

    /// Has what was typed when the timeline was left last brought back, once it is known that no crash left more of it.
    pub(super) fn await_typed(&mut self) {
        self.recovery.awaits_typed = true;
        self.jobs.ctx().request_repaint();
    }

    /// Brings it back where nothing of the timeline is on offer: the question decides on the draft too.
    pub(super) fn give_back_typed(&mut self) {
        if self.recovery.awaits_typed && self.session.read_only().is_none() && !self.is_on_offer() {
            self.put_back_typed();
        }
    }

    /// Tells where the settings, and the drafts with them, cannot be written, until they are.
    pub(super) fn tell_settings_trouble(&mut self) {
        let Some(file) = &mut self.settings_file else { return };
        if file.is_trouble_over() {
            self.notices.retain(|notice| !notice.text.starts_with(NOT_KEPT));
        }
        if let Some(why) = file.trouble() {
            self.notices.push(Notice::new(NoticeKind::Error, format!("{NOT_KEPT}{why}")));
        }
    }

    /// Brings back what was typed when the timeline was left last, and says so.
    pub(super) fn put_back_typed(&mut self) {
        self.recovery.awaits_typed = false;
        let Some(mut typed) = self.settings.drafts.take(self.session.origin()) else { return };
        self.recovery.typed_given_back();
        let what = typed.describe(self.session.timeline()).unwrap_or_default();
        let mut text = format!("{TYPED_BACK}{what}");
        let cell = typed.take_cell();
        self.settings.inspector |= !typed.is_empty();
        let mut lost = self.panels.inspector.put_back(typed, self.session.timeline(), &mut self.view);
        lost.extend(cell.and_then(|(slot, typed)| self.put_back_cell(slot, typed)));
        for lost in lost {
            text.push_str(&format!(". What it belonged to is gone: “{lost}”"));
        }
        self.notices.push(Notice::new(NoticeKind::Info, text));
    }

    /// Puts what was typed into a cell of the table back, and shows the table; returns the text where its event is gone.
    fn put_back_cell(&mut self, slot: Slot, text: String) -> Option<String> {
        let table = &mut self.panels.drawer.table;
        // A table begins anew with a timeline that it has not shown yet: that comes first.
        self.sorting.ask(&mut self.jobs, &self.session, &mut self.search, table);
        if !table.put_back(slot, text.clone(), self.session.timeline(), &mut self.view) {
            return Some(text);
        }
        self.settings.drawer = Some(DrawerTab::Table);
        None
    }

    /// Commits all that is typed, forms too; says whether it could. Where something cannot be, says what keeps it out of the
    /// timeline and gives its field the focus.
    pub(super) fn commit_typed(&mut self) -> bool {
        self.commit_pending();
        loop {
            let actions = self.panels.inspector.commit_form(self.session.document(self.platform.now()));
            if actions.is_empty() {
                break;
            }
            for action in actions {
                match action {
                    // A form may have been forgotten: what a save takes along is said, and can be taken back.
                    Action::Edit { label, edit, select } => {
                        let said = format!("Taken along by the save: {label}");
                        self.edit_and_tell(label, said, &edit, select);
                    }
                    other => self.edit_by(vec![other]),
                }
            }
        }
        self.notices.retain(|notice| !notice.text.starts_with(NOT_SAVED));
        let document = self.session.document(self.platform.now());
        let reason = if let Some(unfinished) = self.panels.inspector.unfinished(document) {
            self.panels.inspector.show_unfinished(&unfinished, document, &mut self.view);
            self.settings.inspector = true;
            unfinished.reason
        } else if let Some(reason) = self.panels.drawer.table.show_unfinished(document, &mut self.view) {
            self.settings.drawer = Some(DrawerTab::Table);
            reason
        } else {
            return true;
        };
        self.notices.push(Notice::new(NoticeKind::Info, format!("{NOT_SAVED}{reason}")));
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_drafts_of_a_file_are_found_by_any_of_its_paths() {
        let typed = || ron::from_str::<Typed>("(new_source: \"A gazette\")").unwrap();
        let mut drafts = KeptDrafts::default();
        drafts.put(&Origin::Untitled, Typed::default());
        assert_eq!(drafts, KeptDrafts::default(), "nothing is not kept");
        drafts.put(&Origin::File(PathBuf::from("a.ron")), typed());
        drafts.put(&Origin::Untitled, typed());
        assert!(drafts.begins_untitled());
        let here = std::env::current_dir().unwrap().join("a.ron");
        assert_eq!(drafts.take(&Origin::File(here)), Some(typed()));
        assert_eq!(drafts.take(&Origin::Sample), None);
    }
}
