//! Asks how a picture or a brief of the timeline is to be made, or its events for another program, and shows it as it will be.

use std::path::{Path, PathBuf};

use egui::{Checkbox, ComboBox, Context, DragValue, Grid, RichText, ScrollArea, TextureHandle, Ui, vec2};

use super::{begin_at, footer, main_button, modal};
use crate::account::AccountBy;
use crate::export::Format;
use crate::export::brief::BriefFormat;
use crate::interchange::events::write;
use crate::text::{clipped, visible};
use crate::theme::ThemeName;
use crate::ui::edit::{Editing, edit_ui};
use crate::ui::field::{begin_here, sentence_case};
use crate::ui::fonts::semibold;
use crate::ui::style::Chrome;

/// The formats of the dialog: pictures, briefs, and those in which events leave for other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[expect(missing_docs, reason = "named for the formats")]
pub enum ExportFormat {
    #[default]
    Png,
    Svg,
    Markdown,
    Html,
    Events(EventsFormat),
}

/// A format in which events leave; settings keep its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(from = "String", into = "String")]
pub struct EventsFormat(pub &'static write::Format);

impl Default for EventsFormat {
    fn default() -> Self {
        let [first, ..] = &write::FORMATS;
        Self(first)
    }
}

impl From<String> for EventsFormat {
    fn from(id: String) -> Self {
        write::Format::named(&id).map_or_else(Self::default, Self)
    }
}

impl From<EventsFormat> for String {
    fn from(format: EventsFormat) -> Self {
        format.0.id.to_owned()
    }
}

impl ExportFormat {
    /// The pictures and briefs, in the order of the form.
    pub const DRAWN_OR_TOLD: [Self; 4] = [Self::Png, Self::Svg, Self::Markdown, Self::Html];

    /// What is made in it.
    pub const fn product(self) -> Product {
        match self {
            Self::Png => Product::Picture(Format::Png),
            Self::Svg => Product::Picture(Format::Svg),
            Self::Markdown => Product::Brief(BriefFormat::Markdown),
            Self::Html => Product::Brief(BriefFormat::Html),
            Self::Events(format) => Product::Events(format.0),
        }
    }

    /// The extension of its files, without the dot.
    pub const fn extension(self) -> &'static str {
        match self.product() {
            Product::Picture(format) => format.extension(),
            Product::Brief(format) => format.extension(),
            Product::Events(format) => format.extension,
        }
    }

    /// Its name.
    pub const fn label(self) -> &'static str {
        match self.product() {
            Product::Picture(format) => format.label(),
            Product::Brief(format) => format.label(),
            Product::Events(format) => format.label,
        }
    }

    /// What it is good for.
    const fn purpose(self) -> &'static str {
        match self {
            Self::Png => "A picture in pixels, for slides and messages",
            Self::Svg => "A picture in shapes and text, for print and for editing",
            Self::Markdown => "A brief with endnotes, for editing and for repositories",
            Self::Html => "A brief with endnotes and the picture in one file, for reading and print",
            Self::Events(format) => format.0.purpose,
        }
    }
}

/// What an export makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    /// A picture.
    Picture(Format),
    /// A brief.
    Brief(BriefFormat),
    /// Events for another program.
    Events(&'static write::Format),
}

/// Which part of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Range {
    /// All of it.
    #[default]
    Whole,
    /// What the window shows.
    Visible,
}

/// Which stretches of time the picture leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum ExportFolding {
    /// Those that the window does.
    #[default]
    AsWindow,
    /// Long gaps, where the rest would be crowded.
    Auto,
    /// None.
    Off,
}

impl ExportFolding {
    /// Every choice, in the order of the form.
    const CHOICES: [(Self, &'static str); 3] =
        [(Self::AsWindow, "As in the window"), (Self::Auto, "Automatic"), (Self::Off, "None")];
}

/// The form.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct ExportForm {
    /// File format.
    pub format: ExportFormat,
    /// The format in which events leave, or left last.
    pub events: EventsFormat,
    /// Part of the timeline.
    pub range: Range,
    /// Time that is left out.
    pub folding: ExportFolding,
    /// Width of the picture in pixels.
    pub width_px: u32,
    /// Pixels per point: how large text and marks are.
    pub scale: f64,
    /// Colours.
    pub theme: ThemeName,
    /// Whose words are one account in the table of a brief; none has no table.
    pub accounts: Option<AccountBy>,
    /// Whether gaps and bursts are marked in a picture and listed in a brief.
    pub gaps: bool,
    /// Title of a brief; the timeline's where it is empty.
    #[serde(skip)]
    pub title: String,
    /// Whether a brief, or a file of events, names who captured evidence. Asked anew each time: it can endanger them.
    #[serde(skip)]
    pub include_collectors: bool,
    /// Where it goes; chosen in the dialog.
    #[serde(skip)]
    pub path: Option<PathBuf>,
}

impl Default for ExportForm {
    fn default() -> Self {
        Self {
            format: ExportFormat::Png,
            events: EventsFormat::default(),
            range: Range::Whole,
            folding: ExportFolding::AsWindow,
            width_px: 2400,
            scale: 2.0,
            theme: ThemeName::Light,
            accounts: None,
            gaps: false,
            title: String::new(),
            include_collectors: false,
            path: None,
        }
    }
}

impl ExportForm {
    /// The form as the dialog opens with it: what is asked anew each time is empty.
    pub fn reopened(&self) -> Self {
        Self { title: String::new(), include_collectors: false, path: None, ..self.clone() }
    }

    /// Takes another format; a path that was chosen for the one before goes with it.
    pub fn set_format(&mut self, format: ExportFormat) {
        // An ending may have several parts: `.timelinejs.json`.
        if let Some(path) = &mut self.path
            && let Some(name) = path.file_name().and_then(|name| name.to_str())
            && let Some(at) = name.len().checked_sub(self.format.extension().len())
            && let (Some(stem), Some(extension)) = (name.get(..at), name.get(at..))
            && extension.eq_ignore_ascii_case(self.format.extension())
            && stem.ends_with('.')
        {
            let name = format!("{stem}{}", format.extension());
            path.set_file_name(name);
        }
        if let ExportFormat::Events(events) = format {
            self.events = events;
        }
        self.format = format;
    }
}

/// What will be written, made small.
#[derive(Clone)]
pub enum Preview {
    /// The picture.
    Picture {
        /// The pixels.
        texture: TextureHandle,
        /// Width and height of the picture itself, in pixels.
        size_px: [u32; 2],
    },
    /// The front matter of the brief.
    Brief(BriefPreview),
    /// The beginning of a file of events.
    Events(EventsPreview),
}

/// The front matter of a brief.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BriefPreview {
    /// Its title.
    pub title: String,
    /// What it covers, how it was selected, what its sourcing amounts to: a paragraph each.
    pub paragraphs: Vec<String>,
}

/// The beginning of a file of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventsPreview {
    /// How many events it holds, in which format.
    pub title: String,
    /// What it leaves out, a paragraph each.
    pub remarks: Vec<String>,
    /// Its first lines, where it is text.
    pub lines: String,
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

/// Bytes of a view's title that the form has room for.
const MOST_TITLE: usize = 48;

/// Widths offered: a slide, a page at 300 dpi, a 4K screen, a poster.
const WIDTHS: [u32; 4] = [1600, 2400, 3840, 7680];

/// What the dialog shows beside its form.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The title of the saved view that the window shows as it was saved.
    pub view: Option<&'a str>,
    /// What will be written, once it is known.
    pub preview: Option<&'a Preview>,
    /// Why it cannot be made as it is.
    pub problem: Option<&'a str>,
}

/// Shows the form.
pub fn export_ui(ctx: &Context, form: &mut ExportForm, shown: Shown<'_>, chrome: Chrome) -> Option<ExportAnswer> {
    let Shown { preview, problem, .. } = shown;
    let modal = modal(ctx, "export").show(ctx, |ui| {
        ui.set_width(600.0);
        ui.heading("Export");
        ui.add_space(12.0);
        preview_ui(ui, preview, problem, chrome);
        ui.add_space(12.0);
        let grid = Grid::new("export form").num_columns(2).spacing([16.0, 8.0]).min_col_width(72.0);
        let choose = grid.show(ui, |ui| form_ui(ui, form, shown, chrome)).inner;
        let answer = footer(ui, |ui| {
            let cancel = ui.button("Cancel").clicked();
            let main = ui
                .add_enabled(problem.is_none(), main_button("Export", chrome))
                .on_disabled_hover_text(problem.unwrap_or_default());
            begin_at(&main);
            if main.clicked() {
                return Some(if form.path.is_some() {
                    ExportAnswer::Export
                } else {
                    ExportAnswer::ChoosePath { then_export: true }
                });
            }
            cancel.then_some(ExportAnswer::Cancel)
        });
        answer.or_else(|| choose.then_some(ExportAnswer::ChoosePath { then_export: false }))
    });
    modal.inner.or_else(|| modal.should_close().then_some(ExportAnswer::Cancel))
}

/// The rows of the form; says whether a file is to be chosen.
fn form_ui(ui: &mut Ui, form: &mut ExportForm, Shown { view, preview, .. }: Shown<'_>, chrome: Chrome) -> bool {
    row(ui, "Format", chrome, |ui| {
        for format in ExportFormat::DRAWN_OR_TOLD {
            let choice = ui.selectable_label(form.format == format, format.label());
            if choice.on_hover_text(format.purpose()).clicked() {
                form.set_format(format);
            }
        }
        let is_events = matches!(form.format, ExportFormat::Events(_));
        let choice = ui.selectable_label(is_events, "Events as…");
        if choice.on_hover_text("Tables, calendars and files of other timelines").clicked() {
            form.set_format(ExportFormat::Events(form.events));
        }
    });
    if let ExportFormat::Events(chosen) = form.format {
        events_ui(ui, form, chosen, chrome);
    }
    row(ui, "Part", chrome, |ui| {
        let visible_part = view.map(|title| format!("View “{}”", clipped(title, MOST_TITLE)));
        let visible_part = visible_part.as_deref().unwrap_or("Visible part");
        choices(ui, &mut form.range, &[(Range::Whole, "Whole timeline"), (Range::Visible, visible_part)]);
    });
    // A page carries a picture too.
    if matches!(form.format, ExportFormat::Png | ExportFormat::Svg | ExportFormat::Html) {
        row(ui, "Empty time", chrome, |ui| {
            choices(ui, &mut form.folding, &ExportFolding::CHOICES);
        });
    }
    match form.format.product() {
        Product::Picture(_) => picture_ui(ui, form, preview, chrome),
        Product::Brief(_) => brief_ui(ui, form, chrome),
        Product::Events(format) if format.has_collectors => collectors_ui(ui, form, chrome),
        Product::Events(_) => {}
    }
    row(ui, "Gaps", chrome, |ui| {
        ui.add(Checkbox::new(&mut form.gaps, "Tell gaps and bursts"))
            .on_hover_text("Marks them in the bands of a picture, and lists them in a brief");
    });
    let mut choose = false;
    row(ui, "File", chrome, |ui| {
        choose = ui.button("Choose file…").clicked();
        let path = form.path.as_deref().map_or("Asked when you export".into(), Path::to_string_lossy);
        let ink = if form.path.is_some() { chrome.text } else { chrome.muted };
        ui.add(egui::Label::new(RichText::new(visible(&path)).color(ink)).truncate()).on_hover_text(visible(&path));
    });
    choose
}

/// The rows that only a picture needs.
fn picture_ui(ui: &mut Ui, form: &mut ExportForm, preview: Option<&Preview>, chrome: Chrome) {
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
            Some(Preview::Picture { size_px: [width, height], .. }) => {
                format!("The picture has {width} × {height} pixels")
            }
            Some(Preview::Brief(_) | Preview::Events(_)) | None => "Larger makes text and marks larger".to_owned(),
        };
        ui.label(RichText::new(hint).color(chrome.muted));
    });
}

/// The format of events and what it is good for.
fn events_ui(ui: &mut Ui, form: &mut ExportForm, chosen: EventsFormat, chrome: Chrome) {
    row(ui, "Events as", chrome, |ui| {
        let choices = ComboBox::from_id_salt("format of events").selected_text(chosen.0.label).width(170.0);
        let choices = choices.height(360.0).show_ui(ui, |ui| {
            for format in &write::FORMATS {
                let choice = ui.selectable_label(chosen.0 == format, format.label);
                if chosen.0 == format {
                    begin_here(ui, &choice);
                }
                if choice.on_hover_text(format.purpose).clicked() {
                    form.set_format(ExportFormat::Events(EventsFormat(format)));
                    // A click closes the menu by itself, Enter does not.
                    ui.close();
                }
            }
        });
        choices.response.accessible_name("Format of events");
    });
    // A line of its own: what is cut off helps nobody.
    ui.label("");
    ui.add(egui::Label::new(RichText::new(chosen.0.purpose).color(chrome.muted)).wrap());
    ui.end_row();
}

/// The rows that only a brief needs.
fn brief_ui(ui: &mut Ui, form: &mut ExportForm, chrome: Chrome) {
    row(ui, "Title", chrome, |ui| {
        let hint = RichText::new("The timeline’s title").color(chrome.muted);
        let id = ui.make_persistent_id("title of the brief");
        let response = edit_ui(ui, id, &mut form.title, &Editing::line(), |edit| {
            edit.hint_text(hint).desired_width(f32::INFINITY)
        });
        response.accessible_name("Title of the brief");
    });
    row(ui, "Accounts", chrome, |ui| {
        let all = [(None, "No table"), (Some(AccountBy::Source), "By source"), (Some(AccountBy::Origin), "By origin")];
        choices(ui, &mut form.accounts, &all);
        choices(ui, &mut form.accounts, &[(Some(AccountBy::Publisher), "By publisher")]);
        ui.label(RichText::new("What each tells of each event").color(chrome.muted));
    });
    collectors_ui(ui, form, chrome);
}

/// Whether those are named who captured evidence.
fn collectors_ui(ui: &mut Ui, form: &mut ExportForm, chrome: Chrome) {
    row(ui, "Collectors", chrome, |ui| {
        ui.add(Checkbox::new(&mut form.include_collectors, "Name who captured evidence"))
            .on_hover_text("Left out unless asked for, because it can endanger them");
    });
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
        (Some(Preview::Brief(brief)), None) => {
            let builder = egui::UiBuilder::new().max_rect(inside);
            ui.scope_builder(builder, |ui| brief_preview_ui(ui, brief, chrome));
        }
        (Some(Preview::Events(events)), None) => {
            let builder = egui::UiBuilder::new().max_rect(inside);
            ui.scope_builder(builder, |ui| events_preview_ui(ui, events, chrome));
        }
        (Some(Preview::Picture { texture, .. }), None) => {
            let pixels = texture.size_vec2();
            let factor = (inside.size() / pixels).min_elem();
            let shown = egui::Rect::from_center_size(inside.center(), pixels * factor);
            let uv = egui::Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(1.0, 1.0));
            ui.painter().image(texture.id(), shown, uv, egui::Color32::WHITE);
        }
        (None, None) => {
            let font = egui::TextStyle::Small.resolve(ui.style());
            ui.painter().text(inside.center(), egui::Align2::CENTER_CENTER, "Making a preview…", font, chrome.muted);
        }
    }
}

fn brief_preview_ui(ui: &mut Ui, brief: &BriefPreview, chrome: Chrome) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.label(RichText::new(&brief.title).family(semibold()).color(chrome.text));
        for paragraph in &brief.paragraphs {
            ui.label(RichText::new(paragraph).small().color(chrome.text));
        }
    });
}

fn events_preview_ui(ui: &mut Ui, events: &EventsPreview, chrome: Chrome) {
    ScrollArea::both().auto_shrink(false).show(ui, |ui| {
        ui.label(RichText::new(&events.title).family(semibold()).color(chrome.text));
        for remark in &events.remarks {
            let remark = RichText::new(format!("{}.", sentence_case(remark))).small().color(chrome.text);
            ui.add(egui::Label::new(remark).wrap());
        }
        ui.add_space(4.0);
        let lines = RichText::new(&events.lines).monospace().small().color(chrome.muted);
        ui.add(egui::Label::new(lines).extend());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chosen_path_follows_the_format() {
        let mut form = ExportForm { path: Some(PathBuf::from("a/treaty.PNG")), ..ExportForm::default() };
        form.set_format(ExportFormat::Html);
        assert_eq!(form.path.as_deref(), Some(Path::new("a/treaty.html")));
        let timelinejs = write::Format::named("timelinejs").map(EventsFormat).unwrap();
        form.set_format(ExportFormat::Events(timelinejs));
        assert_eq!(form.path.as_deref(), Some(Path::new("a/treaty.timelinejs.json")));
        form.set_format(ExportFormat::Png);
        assert_eq!((form.path.as_deref(), form.events), (Some(Path::new("a/treaty.png")), timelinejs));
        form.path = Some(PathBuf::from("treaty.txt"));
        form.set_format(ExportFormat::Svg);
        assert_eq!(form.path.as_deref(), Some(Path::new("treaty.txt")), "a name that was chosen on purpose stays");
    }

    #[test]
    fn what_can_endanger_people_is_asked_anew() {
        let form = ExportForm { include_collectors: true, title: "T".to_owned(), ..ExportForm::default() };
        assert_eq!(form.reopened(), ExportForm::default());
    }
}
