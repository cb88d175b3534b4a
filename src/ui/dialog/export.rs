//! Asks how a picture of the timeline is to be made, and shows it as it will be.

use std::path::{Path, PathBuf};

use egui::{Context, DragValue, Grid, RichText, TextureHandle, Ui, vec2};

use super::{footer, main_button, modal};
use crate::export::Format;
use crate::theme::ThemeName;
use crate::ui::style::Chrome;

/// Which part of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Range {
    /// All of it.
    #[default]
    Whole,
    /// What the window shows.
    Visible,
}

/// The form.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ExportForm {
    /// File format.
    pub format: Format,
    /// Part of the timeline.
    pub range: Range,
    /// Width of the picture in pixels.
    pub width_px: u32,
    /// Pixels per point: how large text and marks are.
    pub scale: f64,
    /// Colours.
    pub theme: ThemeName,
    /// Where it goes; chosen in the dialog.
    #[serde(skip)]
    pub path: Option<PathBuf>,
}

impl Default for ExportForm {
    fn default() -> Self {
        Self {
            format: Format::Png,
            range: Range::Whole,
            width_px: 2400,
            scale: 2.0,
            theme: ThemeName::Light,
            path: None,
        }
    }
}

/// The picture as it will be, made small.
#[derive(Clone)]
pub struct Preview {
    /// The pixels.
    pub texture: TextureHandle,
    /// Width and height of the picture itself, in pixels.
    pub size_px: [u32; 2],
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportAnswer {
    /// Ask where the file goes.
    ChoosePath {
        /// Then write it at once.
        then_export: bool,
    },
    /// Write it.
    Export,
    /// Close the dialog.
    Cancel,
}

/// Widths offered: a slide, a page at 300 dpi, a 4K screen, a poster.
const WIDTHS: [u32; 4] = [1600, 2400, 3840, 7680];

/// Shows the form. `problem` says why the picture cannot be made as it is.
pub fn export_ui(
    ctx: &Context,
    form: &mut ExportForm,
    preview: Option<&Preview>,
    problem: Option<&str>,
    chrome: Chrome,
) -> Option<ExportAnswer> {
    let modal = modal(ctx, "export").show(ctx, |ui| {
        ui.set_width(600.0);
        ui.heading("Export picture");
        ui.add_space(12.0);
        preview_ui(ui, preview, problem, chrome);
        ui.add_space(12.0);
        let grid = Grid::new("export form").num_columns(2).spacing([16.0, 8.0]).min_col_width(72.0);
        let choose = grid.show(ui, |ui| form_ui(ui, form, preview, chrome)).inner;
        let answer = footer(ui, |ui| {
            let main = ui
                .add_enabled(problem.is_none(), main_button("Export", chrome))
                .on_disabled_hover_text(problem.unwrap_or_default());
            if main.clicked() {
                return Some(if form.path.is_some() {
                    ExportAnswer::Export
                } else {
                    ExportAnswer::ChoosePath { then_export: true }
                });
            }
            ui.button("Cancel").clicked().then_some(ExportAnswer::Cancel)
        });
        answer.or_else(|| choose.then_some(ExportAnswer::ChoosePath { then_export: false }))
    });
    modal.inner.or_else(|| modal.should_close().then_some(ExportAnswer::Cancel))
}

/// The rows of the form; says whether a file is to be chosen.
fn form_ui(ui: &mut Ui, form: &mut ExportForm, preview: Option<&Preview>, chrome: Chrome) -> bool {
    row(ui, "Format", chrome, |ui| choices(ui, &mut form.format, &Format::ALL.map(|format| (format, format.label()))));
    row(ui, "Part", chrome, |ui| {
        choices(ui, &mut form.range, &[(Range::Whole, "Whole timeline"), (Range::Visible, "Visible part")]);
    });
    row(ui, "Colours", chrome, |ui| {
        let themes = [(ThemeName::Light, "Light"), (ThemeName::Dark, "Dark"), (ThemeName::Print, "Print")];
        choices(ui, &mut form.theme, &themes);
    });
    row(ui, "Width", chrome, |ui| {
        let field = DragValue::new(&mut form.width_px).range(200..=20_000).speed(8.0).suffix(" px");
        ui.add(field).accessible_name("Width in pixels");
        for width in WIDTHS {
            if ui.small_button(width.to_string()).clicked() {
                form.width_px = width;
            }
        }
    });
    row(ui, "Scale", chrome, |ui| {
        let field = DragValue::new(&mut form.scale).range(0.5..=8.0).speed(0.02).fixed_decimals(1).suffix(" ×");
        ui.add(field).accessible_name("Scale");
        let hint = match preview {
            Some(Preview { size_px: [width, height], .. }) => format!("The picture has {width} × {height} pixels"),
            None => "Larger makes text and marks larger".to_owned(),
        };
        ui.label(RichText::new(hint).color(chrome.muted));
    });
    let mut choose = false;
    row(ui, "File", chrome, |ui| {
        choose = ui.button("Choose file…").clicked();
        let path = form.path.as_deref().map_or("Asked when you export".into(), Path::to_string_lossy);
        let ink = if form.path.is_some() { chrome.text } else { chrome.muted };
        ui.add(egui::Label::new(RichText::new(path.as_ref()).color(ink)).truncate()).on_hover_text(path.as_ref());
    });
    choose
}

fn row(ui: &mut Ui, name: &str, chrome: Chrome, contents: impl FnOnce(&mut Ui)) {
    ui.label(RichText::new(name).color(chrome.muted));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        contents(ui);
    });
    ui.end_row();
}

fn choices<T: Copy + PartialEq>(ui: &mut Ui, value: &mut T, choices: &[(T, &str)]) {
    for &(choice, label) in choices {
        if ui.selectable_label(*value == choice, label).clicked() {
            *value = choice;
        }
    }
}

fn preview_ui(ui: &mut Ui, preview: Option<&Preview>, problem: Option<&str>, chrome: Chrome) {
    let height = (ui.ctx().content_rect().height() - 400.0).clamp(160.0, 320.0);
    let size = vec2(ui.available_width(), height);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    ui.painter().rect_filled(rect, 4.0, chrome.hover);
    let inside = rect.shrink(8.0);
    match (preview, problem) {
        (_, Some(problem)) => {
            let font = egui::TextStyle::Body.resolve(ui.style());
            let galley = ui.painter().layout(problem.to_owned(), font, chrome.error, inside.width());
            ui.painter().galley(inside.center() - galley.size() / 2.0, galley, chrome.error);
        }
        (Some(preview), None) => {
            let pixels = preview.texture.size_vec2();
            let factor = (inside.size() / pixels).min_elem();
            let shown = egui::Rect::from_center_size(inside.center(), pixels * factor);
            let uv = egui::Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(1.0, 1.0));
            ui.painter().image(preview.texture.id(), shown, uv, egui::Color32::WHITE);
        }
        (None, None) => {
            let font = egui::TextStyle::Small.resolve(ui.style());
            ui.painter().text(inside.center(), egui::Align2::CENTER_CENTER, "Making a preview…", font, chrome.muted);
        }
    }
}
