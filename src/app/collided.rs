//! What a crash left and the file has otherwise by now: asked side by side, as where another program writes while a window is open.
//!
//! Owns what becomes of the collisions. What does not collide is put back before that is asked, by `recovery`.

use egui::Context;

use super::offer::Offer;
use super::undecided::{is_same_in, made_by};
use super::{App, Dialog};
use crate::compare::{Conflict, Side};
use crate::edit::apply;
use crate::model::Timeline;
use crate::ui::dialog::{Diverged, DivergedAnswer, diverged_ui};
use crate::ui::style::Chrome;
use crate::ui::{Notice, NoticeKind};

/// A question about what collides, with what the answer needs.
pub(super) struct CollidedDialog {
    offer: Offer,
    conflicts: Vec<Conflict>,
    /// That of the timeline for which it was asked.
    revision: u64,
    /// How many changes were put back before it was asked.
    restored: usize,
    shown: Diverged,
}

impl CollidedDialog {
    /// What the question is about.
    pub fn offer(&self) -> &Offer {
        &self.offer
    }
}

impl App {
    /// Asks which side stays of what collides. Where something else is asked already, it stays on offer and is named.
    pub(super) fn ask_about_collided(&mut self, offer: Offer, conflicts: Vec<Conflict>, restored: usize) {
        if self.dialog.is_some() {
            return self.keep_apart(offer, &conflicts);
        }
        let has =
            |file: &Timeline| conflicts.iter().all(|conflict| is_same_in(conflict, self.session.timeline(), file));
        let is_in_file = self.session.text().is_some_and(|text| has(text.timeline()));
        let shown = Diverged::after_crash(self.session.name(), &conflicts, is_in_file);
        let revision = self.session.revision();
        self.dialog = Some(Dialog::Collided(Box::new(CollidedDialog { offer, conflicts, revision, restored, shown })));
    }

    pub(super) fn collided_dialog(&mut self, ctx: &Context, mut dialog: Box<CollidedDialog>) {
        let Some(answer) = diverged_ui(ctx, &mut dialog.shown, Chrome::of(&self.theme)) else {
            self.dialog = Some(Dialog::Collided(dialog));
            return;
        };
        let CollidedDialog { offer, conflicts, revision, restored, .. } = *dialog;
        match answer {
            // The timeline went on meanwhile: it is asked again what collides with it now.
            DivergedAnswer::Merge(_) if self.session.revision() != revision => {
                if self.is_of_open(&offer) {
                    self.put_back(offer);
                } else {
                    self.keep_on_offer(offer);
                }
            }
            DivergedAnswer::Merge(sides) => self.settle_collided(offer, &conflicts, &sides, restored),
            DivergedAnswer::Later | DivergedAnswer::SaveAs | DivergedAnswer::Discard => {
                self.keep_apart(offer, &conflicts);
            }
        }
    }

    fn settle_collided(&mut self, offer: Offer, conflicts: &[Conflict], sides: &[Side], restored: usize) {
        // Several of one record follow from one another, so each is settled on what the others made of it.
        let mut settled = (**self.session.timeline()).clone();
        let mut steps = Vec::new();
        for (conflict, side) in conflicts.iter().zip(sides) {
            if let Some(edit) = conflict.settled(*side, &settled)
                && apply(&mut settled, &edit).is_ok()
            {
                let made = made_by(offer.changes(), conflict).map(|made| (made.label.clone(), made.at));
                steps.push((edit, made));
            }
        }
        let count = steps.len();
        for (edit, made) in steps {
            let applied = match made {
                Some((label, at)) => self.session.apply_again(label, &edit, at),
                None => self.session.apply("Restore unsaved changes".to_owned(), &edit),
            };
            if let Err(error) = applied {
                self.notices.push(Notice::new(NoticeKind::Error, format!("Not restored: {error}")));
                return self.keep_apart(offer, conflicts);
            }
        }
        if count > 0 {
            self.tell_restored(restored + count);
        }
        // Only once the journal of this session holds what was chosen is it given up elsewhere.
        if self.session.journal().is_some_and(|journal| journal.flush()) {
            let _ = offer.discard();
        }
    }
}
