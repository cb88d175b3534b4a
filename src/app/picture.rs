//! The export dialog at work: a small picture as a preview, the real one as a file, both made in the background.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{ColorImage, Context, TextureOptions};

use super::jobs::Outcome;
use super::{App, Dialog};
use crate::export::{self, Format, SvgOptions, picture};
use crate::model::Timeline;
use crate::query::Query;
use crate::scene::Scene;
use crate::store;
use crate::text::Shaper;
use crate::time::Instant;
use crate::ui::dialog::{ExportAnswer, ExportForm, PathPurpose, Preview, Range, export_ui};
use crate::ui::style::Chrome;
use crate::ui::{Notice, NoticeKind};

const EXPORTING: &str = "Exporting…";
const PREVIEWING: &str = "Making a preview…";

/// The longest side of a preview in pixels.
const PREVIEW_PX: f64 = 1200.0;

/// The export dialog while it is open.
#[derive(Default)]
pub(super) struct ExportDialog {
    form: ExportForm,
    preview: Option<Preview>,
    problem: Option<String>,
    /// What the preview shows, or the problem is about.
    shown: Option<ExportForm>,
    /// The export begins as soon as a path is chosen.
    export_when_chosen: bool,
}

/// All that a picture is made from, apart from the form.
#[derive(Clone)]
struct Subject {
    timeline: Arc<Timeline>,
    query: String,
    window: (Instant, Instant),
    iso_weeks: bool,
}

impl App {
    pub(super) fn open_export(&mut self) {
        let form = ExportForm { path: None, ..self.settings.export.clone() };
        self.dialog = Some(Dialog::Export(Box::new(ExportDialog { form, ..ExportDialog::default() })));
    }

    pub(super) fn export_dialog(&mut self, ctx: &Context, mut dialog: Box<ExportDialog>) {
        let current = dialog.shown.as_ref().is_some_and(|shown| same_picture(shown, &dialog.form));
        if !current && !self.jobs.is_running(PREVIEWING) {
            let (form, subject) = (dialog.form.clone(), self.subject());
            self.jobs.start(PREVIEWING, move || {
                let result = preview(&form, &subject);
                Outcome::Previewed { form, result }
            });
        }
        let chrome = Chrome::of(&self.theme);
        let answer = export_ui(ctx, &mut dialog.form, dialog.preview.as_ref(), dialog.problem.as_deref(), chrome);
        self.settings.export = ExportForm { path: None, ..dialog.form.clone() };
        match answer {
            None => self.dialog = Some(Dialog::Export(dialog)),
            Some(ExportAnswer::Cancel) => {}
            Some(ExportAnswer::ChoosePath { then_export }) => {
                dialog.export_when_chosen = then_export;
                self.dialog = Some(Dialog::Export(dialog));
                self.pick(PathPurpose::Export, None);
            }
            Some(ExportAnswer::Export) => self.start_export(*dialog),
        }
    }

    pub(super) fn export_path_chosen(&mut self, path: PathBuf) {
        if let Some(Dialog::Export(mut dialog)) = self.dialog.take() {
            dialog.form.path = Some(super::files::with_extension(path, dialog.form.format.extension()));
            if dialog.export_when_chosen {
                self.start_export(*dialog);
            } else {
                self.dialog = Some(Dialog::Export(dialog));
            }
        }
    }

    fn start_export(&mut self, dialog: ExportDialog) {
        let Some(path) = dialog.form.path.clone() else { return };
        let (form, subject) = (dialog.form, self.subject());
        self.jobs.start(EXPORTING, move || {
            let result = write_picture(&path, &form, &subject);
            Outcome::Exported { path, result }
        });
    }

    pub(super) fn finish_export(&mut self, path: &Path, result: Result<(), String>) {
        self.notices.push(match result {
            Ok(()) => Notice::new(NoticeKind::Info, format!("The picture is in {}", path.display())),
            Err(error) => Notice::new(NoticeKind::Error, format!("No picture was written: {error}"))
                .offering(&[crate::ui::Command::Export]),
        });
    }

    pub(super) fn finish_preview(&mut self, form: &ExportForm, result: Result<(ColorImage, [u32; 2]), String>) {
        let ctx = self.jobs.ctx().clone();
        let dialog = match (&mut self.dialog, &mut self.panels.waiting_export) {
            (Some(Dialog::Export(dialog)), _) | (_, Some(dialog)) => dialog,
            _ => return,
        };
        dialog.shown = Some(form.clone());
        match result {
            Ok((image, size_px)) => {
                let texture = ctx.load_texture("export preview", image, TextureOptions::LINEAR);
                dialog.preview = Some(Preview { texture, size_px });
                dialog.problem = None;
            }
            Err(problem) => dialog.problem = Some(problem),
        }
    }

    fn subject(&self) -> Subject {
        let viewport = self.view.viewport;
        Subject {
            timeline: Arc::clone(self.session.timeline()),
            query: self.view.query.clone(),
            window: (viewport.origin, viewport.end()),
            iso_weeks: self.view.iso_weeks,
        }
    }
}

/// Whether two forms ask for the same picture: where it goes and in which format do not matter.
fn same_picture(a: &ExportForm, b: &ExportForm) -> bool {
    let picture = |form: &ExportForm| ExportForm { path: None, format: Format::Png, ..form.clone() };
    picture(a) == picture(b)
}

fn render(form: &ExportForm, subject: &Subject) -> Result<Scene, String> {
    let (from, to) = match form.range {
        Range::Whole => (None, None),
        Range::Visible => (Some(subject.window.0), Some(subject.window.1)),
    };
    let options = picture::PictureOptions {
        from,
        to,
        width_px: form.width_px,
        scale: form.scale,
        theme: form.theme,
        query: Query::parse(&subject.query),
        iso_weeks: subject.iso_weeks,
        ..picture::PictureOptions::default()
    };
    picture::render(&subject.timeline, &options, &mut Shaper::new()).map_err(|error| error.to_string())
}

fn write_picture(path: &Path, form: &ExportForm, subject: &Subject) -> Result<(), String> {
    let scene = render(form, subject)?;
    let title = &subject.timeline.header().title;
    let options = SvgOptions { scale: form.scale, title, ..SvgOptions::default() };
    let bytes = export::encode(&scene, form.format, &options).map_err(|error| error.to_string())?;
    store::write_atomic(path, &bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// The picture made small enough for a dialog, and the size of the real one.
fn preview(form: &ExportForm, subject: &Subject) -> Result<(ColorImage, [u32; 2]), String> {
    let scene = render(form, subject)?;
    let longest = scene.size.width.max(scene.size.height).max(1.0);
    let scale = form.scale.min(PREVIEW_PX / longest);
    let bytes = export::png(&scene, scale).map_err(|error| error.to_string())?;
    let image = decode(&bytes).map_err(|error| format!("the preview could not be read: {error}"))?;
    // Sizes are bounded by `PixelSize::MAX_SIDE_PX`.
    let size_px = [scene.size.width, scene.size.height].map(|side| (side * form.scale).ceil() as u32);
    Ok((image, size_px))
}

fn decode(bytes: &[u8]) -> Result<ColorImage, png::DecodingError> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().unwrap_or_default()];
    let info = reader.next_frame(&mut pixels)?;
    pixels.truncate(info.buffer_size());
    Ok(ColorImage::from_rgba_unmultiplied([info.width as usize, info.height as usize], &pixels))
}
