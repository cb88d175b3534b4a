//! Asks what becomes of the changes that were not saved when the program ended.

use egui::{Context, Grid, Label, RichText, ScrollArea, Ui};

use super::{begin_at, footer, main_button, modal};
use crate::text::{clipped, visible};
use crate::ui::letters::{self, Letters, label_ui};
use crate::ui::style::Chrome;

/// Changes that are listed; more are counted.
const MOST_LISTED: usize = 500;

/// The longest text that is shown of what was typed, in bytes. It comes back whole.
const MOST_TYPED: usize = 300;

/// What becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecoverAnswer {
    /// They are made again, and are unsaved.
    Restore,
    /// The timeline is shown without them, and they stay on offer.
    LookFirst,
    /// What is open stays, and they stay on offer.
    Later,
    /// They go to the clipboard, and the question stays.
    Copy,
    /// They are given up.
    Discard,
}

/// A change that was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveredChange {
    /// When it was made, on the clock of the user.
    pub when: String,
    /// What was done.
    pub label: String,
    /// What it changed, in short: "Title: Duma ratifies → State Duma ratifies".
    pub short: String,
    /// The same in full.
    pub whole: String,
}

/// What was not saved of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovered {
    /// The name of the timeline.
    pub name: String,
    /// The folder of its file.
    pub folder: Option<String>,
    /// When the last change was made.
    pub when: Option<String>,
    /// The changes, in the order in which they were made.
    pub changes: Vec<RecoveredChange>,
    /// Whether something was typed and not committed.
    pub is_typed: bool,
    /// What that was, as far as it can be read: the name of each field, and its text.
    pub typed: Vec<(String, String)>,
    /// Whether its file was changed or is gone since.
    pub is_changed: bool,
    /// Whether a save had begun that is not known to have ended.
    pub is_saving: bool,
    /// Whether its file is gone.
    pub is_gone: bool,
    /// Whether what the file held is kept all the same.
    pub is_kept: bool,
    /// Whether there was more that cannot be read.
    pub is_damaged: bool,
    /// The file that is open, where that is another one.
    pub open: Option<String>,
    /// Whether they have just been copied.
    pub is_copied: bool,
    /// How many more timelines will be asked about.
    pub others: usize,
    /// Whether giving them up has been asked for once.
    pub is_discarding: bool,
}

impl Recovered {
    /// "3 changes, the last at 16:42, and what you had typed".
    fn count(&self) -> String {
        let mut text = match self.changes.len() {
            0 => String::new(),
            1 => "1 change".to_owned(),
            count => format!("{count} changes"),
        };
        if let Some(when) = &self.when {
            text.push_str(&if self.changes.len() == 1 {
                format!(", made at {when}")
            } else {
                format!(", the last at {when}")
            });
        }
        match (self.is_typed, text.is_empty()) {
            (true, true) => "What you had typed".to_owned(),
            (true, false) => text + ", and what you had typed",
            (false, _) => text,
        }
    }

    /// What else there is to know before choosing.
    fn remarks(&self) -> impl Iterator<Item = String> {
        let gone = "The file is gone. Copy puts the changes on the clipboard; or bring the file back and restore them.";
        let kept = "Restore shows it as it was, with what is listed here. It is in no file then: a save asks whether it is made again in that folder.";
        let changed =
            "The file was changed since. Of what both changed you are asked which stays; all else is restored.";
        let saving =
            "A save had begun. Of what the file has otherwise by now you are asked which stays; all else is restored.";
        let damaged =
            "Behind the last of them something cannot be read: it was cut off, or is of a newer version of Annalist.";
        let is_other = |open: &String| {
            format!("This is another timeline than “{}”, which is open and stays so until you restore.", visible(open))
        };
        let known = [
            self.is_gone.then_some(if self.is_kept { kept } else { gone }),
            (self.is_changed && !self.is_gone).then_some(if self.is_saving { saving } else { changed }),
            self.is_damaged.then_some(damaged),
        ];
        self.open.iter().map(is_other).chain(known.into_iter().flatten().map(str::to_owned))
    }
}

/// The word with which a row begins, beside the first line of what follows: alone in its cell it would stand at half the height.
fn beginning_ui(ui: &mut Ui, text: &str, chrome: Chrome) {
    ui.vertical(|ui| ui.add(Label::new(RichText::new(text).color(chrome.muted)).extend()));
}

/// Shows the question. Escape leaves all as it is: nothing is lost by that.
pub fn recover_ui(ctx: &Context, recovered: &mut Recovered, chrome: Chrome) -> Option<RecoverAnswer> {
    let modal = modal(ctx, "recover").show(ctx, |ui| {
        ui.set_width(560.0);
        let what = if recovered.is_gone && recovered.is_kept {
            "is gone; it is kept as it was when Annalist ended"
        } else {
            "was not saved when Annalist ended"
        };
        ui.heading(format!("“{}” {what}", visible(&recovered.name)));
        if let Some(folder) = &recovered.folder {
            ui.add(Label::new(RichText::new(visible(folder)).color(chrome.muted)).truncate());
        }
        ui.add_space(8.0);
        let count = recovered.count();
        if !count.is_empty() {
            ui.label(count);
        }
        for remark in recovered.remarks() {
            ui.add(Label::new(RichText::new(remark).color(chrome.muted)).wrap());
        }
        ui.add_space(8.0);
        let height = (ui.ctx().content_rect().height() - 360.0).clamp(80.0, 320.0);
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            Grid::new("changes").num_columns(2).spacing([16.0, 4.0]).show(ui, |ui| {
                for change in recovered.changes.iter().take(MOST_LISTED) {
                    beginning_ui(ui, &change.when, chrome);
                    ui.vertical(|ui| {
                        label_ui(ui, &visible(&change.label), Letters::body(ui.visuals().text_color()));
                        if !change.short.is_empty() {
                            let short = label_ui(ui, &visible(&change.short), Letters::body(chrome.muted));
                            letters::tooltip(short, &visible(&change.whole));
                        }
                    });
                    ui.end_row();
                }
                for (field, text) in recovered.typed.iter().take(MOST_LISTED) {
                    beginning_ui(ui, "typed", chrome);
                    ui.vertical(|ui| {
                        ui.add(Label::new(visible(field)).wrap());
                        let text = format!("“{}”", visible(&clipped(text, MOST_TYPED)));
                        label_ui(ui, &text, Letters::body(chrome.muted));
                    });
                    ui.end_row();
                }
            });
            if let Some(rest) = recovered.changes.len().checked_sub(MOST_LISTED).filter(|rest| *rest > 0) {
                ui.label(RichText::new(format!("and {rest} more")).color(chrome.muted));
            }
        });
        if recovered.others > 0 {
            let more = if recovered.others == 1 {
                "1 more timeline".to_owned()
            } else {
                format!("{} more timelines", recovered.others)
            };
            ui.label(RichText::new(format!("{more} after this one.")).color(chrome.muted));
        }
        let salt = recovered.is_discarding;
        // Each of the two rows has its own width.
        ui.push_id(salt, |ui| {
            footer(ui, |ui| {
                let mut answer = None;
                let mut choice = |clicked: bool, chosen| answer = answer.or(clicked.then_some(chosen));
                if recovered.is_discarding {
                    ui.label("This cannot be undone.");
                    let keep = ui.button("Keep them");
                    let discard = ui.button("Discard for good");
                    // The button that asked is gone; Enter keeps.
                    if ui.memory(|memory| memory.focused().is_none_or(|id| id != keep.id && id != discard.id)) {
                        keep.request_focus();
                    }
                    if keep.clicked() {
                        recovered.is_discarding = false;
                    }
                    choice(discard.clicked(), RecoverAnswer::Discard);
                    return answer;
                }
                if ui.button("Discard…").clicked() {
                    recovered.is_discarding = true;
                }
                if recovered.is_copied {
                    let copied = ui.label(RichText::new("Copied").color(chrome.muted));
                    ui.ctx().accesskit_node_builder(copied.id, |node| node.set_live(egui::accesskit::Live::Polite));
                }
                choice(
                    ui.button("Copy").on_hover_text("Copies the changes and the records they made as text").clicked(),
                    RecoverAnswer::Copy,
                );
                let (label, hint, put_off) = match &recovered.open {
                    Some(_) => {
                        ("Later", "Goes on with the file that is open; the changes stay on offer", RecoverAnswer::Later)
                    }
                    None => (
                        "Look first",
                        "Shows the timeline as it is in the file; the changes stay on offer",
                        RecoverAnswer::LookFirst,
                    ),
                };
                choice(ui.button(label).on_hover_text(hint).clicked(), put_off);
                let restore = ui.add_enabled(!recovered.is_gone || recovered.is_kept, main_button("Restore", chrome));
                // Enter restores: nothing is lost by that, and it can be undone.
                begin_at(&restore);
                choice(
                    restore
                        .on_hover_text("Makes the changes again. They are unsaved then, and can be undone")
                        .clicked(),
                    RecoverAnswer::Restore,
                );
                answer
            })
        })
        .inner
    });
    modal.inner.or_else(|| modal.should_close().then_some(RecoverAnswer::Later))
}
