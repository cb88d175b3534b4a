//! Notices: what happened, in a corner of the window, with what can be done about it.
//!
//! One that offers to take an edit back stands while that edit is the last one, and some seconds at most.

use egui::accesskit::Live;
use egui::{Align, Align2, Area, Button, Context, Frame, Layout, Margin, Order, Rect, RichText, Stroke, vec2};

use super::bidi::has_rtl;
use super::chord::shortcut_text;
use super::icon::{BUTTON_PT, Icon, icon_button};
use super::letters::{Letters, label_ui};
use super::style::Chrome;
use super::{Action, Command};
use crate::text::visible_lines;

/// How long a notice that reports success stays, in seconds.
const PASSING_SECONDS: f64 = 6.0;
/// How long one stays with which an edit can be taken back, in seconds.
const UNDO_SECONDS: f64 = 12.0;

/// Width of a notice within its margins, in points.
const WIDTH_PT: f32 = 400.0;

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something was done; goes away by itself.
    Done,
    /// Something to know; stays until dismissed.
    Info,
    /// Something failed; stays until dismissed.
    Error,
}

/// A message with what can be done about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// How much it matters.
    pub kind: NoticeKind,
    /// One or two sentences.
    pub text: String,
    /// Commands offered as buttons.
    pub remedies: Vec<Command>,
    /// The revision that the edit led to which it tells of and offers to take back.
    pub undoes: Option<u64>,
    /// When it was first shown, in seconds of egui's clock.
    shown_at: Option<f64>,
}

impl Notice {
    /// A notice without remedies.
    pub fn new(kind: NoticeKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), remedies: Vec::new(), undoes: None, shown_at: None }
    }

    /// That an edit was made, with a button that takes it back; `revision` is the one it led to.
    pub fn undoable(text: impl Into<String>, revision: u64) -> Self {
        Self { undoes: Some(revision), ..Self::new(NoticeKind::Done, text) }
    }

    /// Whether it still holds while the timeline is at a revision: nobody can take back an edit that others came after.
    pub fn holds_at(&self, revision: u64) -> bool {
        self.undoes.is_none_or(|edit| edit == revision)
    }

    /// The same notice with a button for each of these commands.
    pub fn offering(mut self, remedies: &[Command]) -> Self {
        self.remedies = remedies.to_vec();
        self
    }
}

/// Shows the notices in the lower left corner of `area`, newest lowest; drops those that were dismissed or have passed, and
/// those that a later one says again. They stand below menus and dialogs: these ask for an answer first.
pub fn notices_ui(ctx: &Context, area: Rect, notices: &mut Vec<Notice>, chrome: Chrome, actions: &mut Vec<Action>) {
    if notices.is_empty() {
        return;
    }
    // From the newest on: what stays is said for the last time.
    let mut said: Vec<Notice> = Vec::with_capacity(notices.len());
    for notice in notices.drain(..).rev() {
        if !said.iter().any(|later| (later.kind, &later.text) == (notice.kind, &notice.text)) {
            said.push(notice);
        }
    }
    notices.extend(said.into_iter().rev());
    let now = ctx.input(|input| input.time);
    Area::new(egui::Id::unique("notices"))
        .order(Order::Middle)
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(area.left_bottom() + vec2(12.0, -12.0))
        .show(ctx, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            notices.retain_mut(|notice| {
                let shown_at = *notice.shown_at.get_or_insert(now);
                if notice.kind == NoticeKind::Done {
                    let stays = if notice.undoes.is_some() { UNDO_SECONDS } else { PASSING_SECONDS };
                    let left = shown_at + stays - now;
                    if left <= 0.0 {
                        return false;
                    }
                    ui.ctx().request_repaint_after_secs(left as f32);
                }
                let answer = notice_ui(ui, notice, chrome, actions);
                if answer.attended {
                    // Nothing goes away from under a hand.
                    notice.shown_at = Some(now);
                }
                !answer.done
            });
        });
}

/// What a notice came to in one frame.
#[derive(Default)]
struct Answer {
    /// It has been answered or dismissed.
    done: bool,
    /// The pointer is over it, or one of its buttons has the keyboard.
    attended: bool,
}

/// One notice.
fn notice_ui(ui: &mut egui::Ui, notice: &Notice, chrome: Chrome, actions: &mut Vec<Action>) -> Answer {
    let mut answer = Answer::default();
    let stripe = match notice.kind {
        NoticeKind::Done | NoticeKind::Info => chrome.accent,
        NoticeKind::Error => chrome.error,
    };
    let frame = Frame::popup(ui.style()).inner_margin(Margin { left: 16, right: 8, top: 8, bottom: 8 });
    let response = frame.show(ui, |ui| {
        ui.set_width(WIDTH_PT);
        // From left to right, as Tab goes: what it says and its remedies, then the cross.
        ui.horizontal_top(|ui| {
            let words_pt = WIDTH_PT - BUTTON_PT - ui.spacing().item_spacing.x;
            ui.allocate_ui_with_layout(vec2(words_pt, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(words_pt);
                ui.add_space(4.0);
                let words = visible_lines(&notice.text);
                let text = if has_rtl(&words) {
                    label_ui(ui, &words, Letters::body(chrome.text))
                } else {
                    ui.add(egui::Label::new(RichText::new(words).color(chrome.text)).wrap().selectable(true))
                };
                // A screen reader says it when it comes.
                ui.ctx().accesskit_node_builder(text.id, |builder| builder.set_live(Live::Polite));
                ui.add_space(4.0);
                if !notice.remedies.is_empty() || notice.undoes.is_some() {
                    ui.horizontal(|ui| {
                        if let Some(revision) = notice.undoes {
                            let keys = Command::Undo.shortcuts().next().map(|keys| shortcut_text(ui.ctx(), &keys));
                            let undo = ui.add(Button::new(Command::Undo.label()));
                            let undo = undo.on_hover_text(format!("Take it back ({})", keys.unwrap_or_default()));
                            if answer.take(&undo) {
                                actions.push(Action::UndoRevision(revision));
                            }
                        }
                        for &command in &notice.remedies {
                            let button = Button::new(command.label());
                            let remedy = ui.add(button).on_hover_text(command.tooltip());
                            if answer.take(&remedy) {
                                actions.push(Action::Run(command));
                            }
                        }
                    });
                    ui.add_space(4.0);
                }
            });
            let dismiss = icon_button(ui, Icon::Cross, "Dismiss", chrome);
            answer.take(&dismiss);
        });
    });
    let rect = response.response.rect;
    let x = rect.left() + 5.0;
    ui.painter().vline(x, rect.shrink(8.0).y_range(), Stroke::new(2.0, stripe));
    answer.attended |= ui.rect_contains_pointer(rect);
    answer
}

impl Answer {
    /// Takes note of a button; says whether it was chosen.
    fn take(&mut self, button: &egui::Response) -> bool {
        self.attended |= button.has_focus();
        self.done |= button.clicked();
        button.clicked()
    }
}
