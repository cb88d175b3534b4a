//! Typed form fields: lines of text, dates, choices, lists, pickers, each with its problem beside it.
//!
//! Owns how a field looks, reads and reports; what a field belongs to and how its value is written back is for the panels.
//! A field never changes a value itself: it keeps the text being typed and says when that text is done.

mod choice;
mod date;
mod pick;
mod text;
mod type_ahead;

pub use choice::{List, begin_here, choice_ui, combo_id, list_ui, start_here, stepper_ui};
pub use date::{FromPhrase, Reading, date_in_words_ui, parse_optional, parse_required, reading_ui};
pub use pick::{Candidate, OFFERED, Offers, pick_ui};
pub use text::{Outcome, TextField, text_ui};
pub use type_ahead::{TypedChoice, is_typed_at, take_typed_choice};

use egui::{Color32, RichText, Role, TextStyle, TextWrapMode, Ui, WidgetInfo, WidgetText, vec2};

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::{visible, visible_lines};
use crate::theme::Theme;
use crate::ui::bidi::visual_line;
use crate::ui::color32;
use crate::ui::letters::with_separators_held;
use crate::ui::style::Chrome;
use crate::ui::terms;

/// Width of the column of labels, in points.
pub const LABEL_WIDTH_PT: f32 = 84.0;

/// The unit of every distance, in points.
pub const GRID_PT: f32 = 4.0;

/// Why a text cannot be the value of its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to write instead, where that can be told.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem without a remedy.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// The same problem with a remedy.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl From<crate::time::DateError> for Problem {
    fn from(error: crate::time::DateError) -> Self {
        Self { message: error.message, hint: error.hint }
    }
}

/// The inks of a form in one theme.
#[derive(Debug, Clone, Copy)]
pub struct Ink {
    /// Text.
    pub text: Color32,
    /// Labels, help, second lines.
    pub muted: Color32,
    /// Hairlines.
    pub line: Color32,
    /// Links and what stands out.
    pub accent: Color32,
    /// Problems that keep a text from being committed.
    pub error: Color32,
    /// What deserves a second look.
    pub warning: Color32,
    /// Behind the text.
    pub ground: Color32,
}

impl Ink {
    /// The inks of a theme.
    pub fn of(theme: &Theme) -> Self {
        Self {
            text: color32(theme.text),
            muted: color32(theme.text_muted),
            line: color32(theme.line),
            accent: color32(theme.accent),
            error: color32(theme.error),
            warning: color32(theme.warning),
            ground: color32(theme.panel),
        }
    }
}

impl From<Chrome> for Ink {
    fn from(chrome: Chrome) -> Self {
        let Chrome { text, muted, line, accent, error, warning, surface: ground, .. } = chrome;
        Self { text, muted, line, accent, error, warning, ground }
    }
}

/// A label at the left, fields at the right of it. The label is painted, not a widget: fields carry their own names. Terms of the trade
/// are explained where the pointer rests on them.
pub fn row<R>(ui: &mut Ui, ink: Ink, label: &str, fields: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_top(|ui| {
        let height = ui.spacing().interact_size.y;
        let meaning = terms::meaning(label);
        let sense = if meaning.is_some() { egui::Sense::hover() } else { egui::Sense::empty() };
        let (rect, response) = ui.allocate_exact_size(vec2(LABEL_WIDTH_PT, height), sense);
        let galley = WidgetText::from(RichText::new(visible(label)).color(ink.muted)).into_galley(
            ui,
            Some(TextWrapMode::Truncate),
            LABEL_WIDTH_PT,
            TextStyle::Body,
        );
        let at = egui::pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, ink.muted);
        if let Some(meaning) = meaning {
            response.on_hover_text(meaning);
        }
        column(ui, fields)
    })
    .inner
}

/// A column as wide as there is room.
pub fn column<R>(ui: &mut Ui, fields: impl FnOnce(&mut Ui) -> R) -> R {
    ui.vertical(|ui| {
        ui.set_width(ui.available_width());
        fields(ui)
    })
    .inner
}

/// The problem of the field above, with its remedy.
pub fn problem_ui(ui: &mut Ui, ink: Ink, problem: &Problem) {
    ui.add(egui::Label::new(RichText::new(visible_lines(&problem.message)).small().color(ink.error)).wrap());
    if let Some(hint) = &problem.hint {
        help_ui(ui, ink, hint);
    }
}

/// A problem that the timeline has already, beside the field it is about.
pub fn diagnostic_ui(ui: &mut Ui, ink: Ink, diagnostic: &Diagnostic) {
    let color = match diagnostic.severity {
        Severity::Error => ink.error,
        Severity::Warning => ink.warning,
        Severity::Info => ink.muted,
    };
    let message = sentence_case(&diagnostic.message);
    ui.add(egui::Label::new(RichText::new(visible_lines(&message)).small().color(color)).wrap());
    if let Some(hint) = &diagnostic.hint {
        help_ui(ui, ink, &sentence_case(hint));
    }
}

/// A line of help under a field.
pub fn help_ui(ui: &mut Ui, ink: Ink, text: &str) {
    let words = visible_lines(text);
    let response =
        ui.add(egui::Label::new(RichText::new(with_separators_held(&words)).small().color(ink.muted)).wrap());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), &*words));
}

/// A button that looks like a word in the running text.
pub fn link_ui(ui: &mut Ui, ink: Ink, text: &str) -> egui::Response {
    let words = visible(text);
    let button = egui::Button::new(RichText::new(visual_line(&words)).color(ink.accent)).frame(false).wrap();
    ui.add(button).accessible_name(words)
}

/// A small framed button.
pub fn small_button_ui(ui: &mut Ui, text: &str) -> egui::Response {
    let words = visible(text);
    ui.add(egui::Button::new(RichText::new(visual_line(&words)).small()).small()).accessible_name(words)
}

/// Words with a capital at their beginning.
pub fn sentence_case(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
