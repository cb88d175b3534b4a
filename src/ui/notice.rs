//! Notices: what happened in the background, in a corner of the window, with what can be done about it.

use egui::{Align, Align2, Area, Button, Context, Frame, Layout, Margin, Order, Rect, RichText, Stroke, vec2};

use super::Command;
use super::icon::{Icon, icon_button};
use super::style::Chrome;

/// How long a notice that reports success stays, in seconds.
const PASSING_SECONDS: f64 = 6.0;

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
    /// When it was first shown, in seconds of egui's clock.
    shown_at: Option<f64>,
}

impl Notice {
    /// A notice without remedies.
    pub fn new(kind: NoticeKind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), remedies: Vec::new(), shown_at: None }
    }

    /// The same notice with a button for each of these commands.
    pub fn offering(mut self, remedies: &[Command]) -> Self {
        self.remedies = remedies.to_vec();
        self
    }
}

/// Shows the notices in the lower left corner of `area`, newest lowest; drops those that were dismissed or have passed. Returns the remedies chosen.
pub fn notices_ui(ctx: &Context, area: Rect, notices: &mut Vec<Notice>, chrome: Chrome) -> Vec<Command> {
    if notices.is_empty() {
        return Vec::new();
    }
    let now = ctx.input(|input| input.time);
    let mut chosen = Vec::new();
    Area::new(egui::Id::unique("notices"))
        .order(Order::Tooltip)
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(area.left_bottom() + vec2(12.0, -12.0))
        .show(ctx, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            notices.retain_mut(|notice| {
                let shown_at = *notice.shown_at.get_or_insert(now);
                if notice.kind == NoticeKind::Done {
                    let left = shown_at + PASSING_SECONDS - now;
                    if left <= 0.0 {
                        return false;
                    }
                    ui.ctx().request_repaint_after_secs(left as f32);
                }
                !notice_ui(ui, notice, chrome, &mut chosen)
            });
        });
    chosen
}

/// One notice; says whether it is done with.
fn notice_ui(ui: &mut egui::Ui, notice: &Notice, chrome: Chrome, chosen: &mut Vec<Command>) -> bool {
    let mut done = false;
    let stripe = match notice.kind {
        NoticeKind::Done | NoticeKind::Info => chrome.accent,
        NoticeKind::Error => chrome.error,
    };
    let frame = Frame::popup(ui.style()).inner_margin(Margin { left: 16, right: 8, top: 8, bottom: 8 });
    let response = frame.show(ui, |ui| {
        ui.set_width(400.0);
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            done |= icon_button(ui, Icon::Cross, "Dismiss", chrome).clicked();
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.add_space(4.0);
                ui.add(egui::Label::new(RichText::new(&notice.text).color(chrome.text)).wrap().selectable(true));
                ui.add_space(4.0);
                if !notice.remedies.is_empty() {
                    ui.horizontal(|ui| {
                        for &command in &notice.remedies {
                            let button = Button::new(command.label());
                            if ui.add(button).on_hover_text(command.tooltip()).clicked() {
                                chosen.push(command);
                                done = true;
                            }
                        }
                    });
                    ui.add_space(4.0);
                }
            });
        });
    });
    let rect = response.response.rect;
    let x = rect.left() + 5.0;
    ui.painter().vline(x, rect.shrink(8.0).y_range(), Stroke::new(2.0, stripe));
    done
}
