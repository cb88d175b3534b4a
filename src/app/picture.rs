//! The export dialog at work: a preview, and the picture, the brief or the events as a file, both made in the background.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use egui::{ColorImage, Context, TextureOptions};

use super::exporting::{Exporting, Watch};
use super::jobs::JobKind;
use super::{App, Dialog};
use crate::bitmap::Bitmap;
use crate::export::brief::{self, Brief, BriefFormat, BriefOptions, FileVersion};
use crate::export::picture::Picture;
use crate::export::{self, Format, Images, SvgOptions, picture};
use crate::index::Folds;
use crate::interchange::events::write::{self as events, Choice};
use crate::layout::Folding;
use crate::model::{
    Arrangement, ColorBy, DateLabels, Grouping, ImageDisplay, KnownOn, LinkDisplay, Text, Timeline, View, derive_id,
};
use crate::query::Query;
use crate::store::{self, FileText};
use crate::text::{Shaper, visible};
use crate::time::{Date, Instant, Zone};
use crate::ui::dialog::{
    BriefPreview, EventsPreview, ExportAnswer, ExportFolding, ExportForm, ExportFormat, PathPurpose, Preview, Product,
    Range, Shown, export_ui,
};
use crate::ui::style::Chrome;
use crate::ui::{Notice, NoticeKind, opened_view};

/// The longest side of a preview in pixels.
const PREVIEW_PX: f64 = 1200.0;

/// Begins the notice of an export.
const EXPORTED: &str = "Exported to ";

/// What is proposed of a view: what is on the screen.
const PROPOSED: (Range, ExportFolding) = (Range::Visible, ExportFolding::AsWindow);

/// The export dialog while it is open.
#[derive(Default)]
pub(super) struct ExportDialog {
    form: ExportForm,
    preview: Option<Preview>,
    problem: Option<String>,
    /// What the preview shows, or the problem is about.
    shown: Option<ExportForm>,
    /// The title of the saved view that is shown, and so proposed.
    view: Option<String>,
    /// The part and the folds that were chosen last, where others are proposed.
    before: Option<(Range, ExportFolding)>,
    /// The export begins as soon as a path is chosen.
    export_when_chosen: bool,
    /// The images of its previews.
    previewed: Previewed,
}

/// How many images previews read, and in how many pixels each is kept.
const MOST_PREVIEWED: usize = 256;
const PREVIEWED_PX: [usize; 2] = [96, 64];

/// Bytes of a file of events of which a preview shows the lines.
const PREVIEW_BYTES: usize = 6_000;

/// All that a picture, a brief or a file of events is made from, apart from the form.
#[derive(Clone)]
struct Subject {
    timeline: Arc<Timeline>,
    /// Name of the file, where there is one.
    file: Option<String>,
    /// The text of that file, where it says what the timeline says.
    text: Option<Arc<FileText>>,
    now: Instant,
    query: Query,
    /// What only may match is drawn too.
    possibly: bool,
    window: (Instant, Instant),
    /// Height of the bands in the window, those that are scrolled out of sight too.
    bands_pt: Option<f64>,
    iso_weeks: bool,
    /// The zone on whose clock times are shown; none is the timeline's.
    zone: Option<Zone>,
    grouping: Grouping,
    arrangement: Arc<Arrangement>,
    color_by: ColorBy,
    links: LinkDisplay,
    dates: DateLabels,
    images: ImageDisplay,
    /// Where the timeline lies, beside which its images do; none where it is in no file.
    path: Option<PathBuf>,
    folding: Folding,
    /// The folds of the window.
    folds: Folds,
    known_on: Option<KnownOn>,
}

/// The images of previews, made small, each read once while the dialog is open.
#[derive(Debug, Clone, Default)]
struct Previewed(Arc<Mutex<BTreeMap<Text, Option<Bitmap>>>>);

impl Previewed {
    /// The images of these files. Of more than are kept the frames stay empty: a preview is seen at a glance.
    fn images(&self, timeline: Option<&Path>, wanted: BTreeMap<Text, [usize; 2]>) -> Images {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MOST_PREVIEWED.saturating_sub(known.len());
        let new: Vec<Text> = wanted.keys().filter(|file| !known.contains_key(*file)).take(room).cloned().collect();
        for file in new {
            let image = timeline.and_then(|timeline| store::image(timeline, &file).ok());
            known.insert(file, image.map(|image| image.filling(PREVIEWED_PX)));
        }
        let image = |file: Text| Some((file.clone(), known.get(&file)?.clone()?));
        wanted.into_keys().filter_map(image).collect()
    }
}

/// A preview before it is on the screen.
enum Sketch {
    /// A small picture.
    Picture {
        /// Its pixels.
        image: ColorImage,
        /// Width and height of the real one, in pixels.
        size_px: [u32; 2],
    },
    /// The front matter of a brief.
    Brief(BriefPreview),
    /// The beginning of a file of events.
    Events(EventsPreview),
}

impl App {
    /// Opens the dialog. Where a saved view is shown as it was saved, that is proposed and not the part that was exported last.
    pub(super) fn open_export(&mut self) {
        let mut form = self.settings.export.reopened();
        let view = self.standing_view().map(|view| visible(&view.title).into_owned());
        let before = view.is_some().then_some((form.range, form.folding));
        if view.is_some() {
            (form.range, form.folding) = PROPOSED;
        }
        self.dialog = Some(Dialog::Export(Box::new(ExportDialog { form, view, before, ..ExportDialog::default() })));
    }

    /// The saved view that is shown as it was saved.
    fn standing_view(&self) -> Option<&View> {
        opened_view(self.session.timeline(), &self.view).filter(|_| !self.facts().view_changed)
    }

    /// What the name of a file says of what is exported, behind that of the timeline: the view, where that is.
    pub(super) fn exported_part(&self) -> Option<String> {
        let ((Some(Dialog::Export(dialog)), _) | (_, Some(dialog))) = (&self.dialog, &self.panels.waiting_export)
        else {
            return None;
        };
        let view = self.standing_view().filter(|_| dialog.form.range == Range::Visible)?;
        Some(derive_id(&view.title, None)).filter(|part| !part.is_empty())
    }

    pub(super) fn export_dialog(&mut self, ctx: &Context, mut dialog: Box<ExportDialog>) {
        // One preview at a time. What the form asks for when it comes decides about the next: while someone types or drags, the
        // ones in between are never made. A problem counts as shown, else it would be made again in every frame.
        let current = dialog.shown.as_ref().is_some_and(|shown| same_preview(shown, &dialog.form));
        if !current && !self.jobs.is_running(JobKind::Preview) {
            let (form, subject, previewed) = (dialog.form.clone(), self.subject(), dialog.previewed.clone());
            let shown = form.clone();
            let then = move |app: &mut Self, result| app.finish_preview(&shown, result);
            self.jobs.start(JobKind::Preview, move || preview(&form, &subject, &previewed), then);
        }
        let chrome = Chrome::of(&self.theme);
        let shown = Shown {
            view: dialog.view.as_deref(),
            preview: dialog.preview.as_ref(),
            problem: dialog.problem.as_deref(),
        };
        let answer = export_ui(ctx, &mut dialog.form, shown, chrome);
        // Remembered whatever is answered: Cancel gives up the file and not the choices. What was only proposed was not chosen.
        self.settings.export = dialog.form.reopened();
        if let Some(before) = dialog.before.filter(|_| (dialog.form.range, dialog.form.folding) == PROPOSED) {
            (self.settings.export.range, self.settings.export.folding) = before;
        }
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
        let (to, watch) = (path.clone(), Watch::default());
        self.panels.exporting =
            Some(Exporting { name: crate::ui::file_name(&path), watch: watch.clone(), since: None });
        let called_off = watch.clone();
        let then = move |app: &mut Self, result: Result<Option<String>, String>| {
            if called_off.is_called_off() && result.is_err() {
                app.tell(format!("Nothing was exported: {} was called off", crate::ui::file_name(&path)));
            } else {
                app.finish_export(&path, result);
            }
        };
        self.jobs.start(JobKind::Export, move || write(&to, &form, &subject, &watch), then);
    }

    fn finish_export(&mut self, path: &Path, result: Result<Option<String>, String>) {
        // One export after the other would fill the window with what each of them said.
        self.notices.retain(|notice| !notice.text.starts_with(EXPORTED));
        self.notices.push(match result {
            Ok(None) => Notice::new(NoticeKind::Info, format!("{EXPORTED}{}", path.display())),
            Ok(Some(remark)) => Notice::new(NoticeKind::Info, format!("{EXPORTED}{}: {remark}", path.display())),
            Err(error) => Notice::new(NoticeKind::Error, format!("Nothing was exported: {error}"))
                .offering(&[crate::ui::Command::Export]),
        });
    }

    fn finish_preview(&mut self, form: &ExportForm, result: Result<Sketch, String>) {
        let ctx = self.jobs.ctx().clone();
        // While a path is chosen the dialog waits with the panels; where it was closed meanwhile nobody asks any more.
        let dialog = match (&mut self.dialog, &mut self.panels.waiting_export) {
            (Some(Dialog::Export(dialog)), _) | (_, Some(dialog)) => dialog,
            _ => return,
        };
        dialog.shown = Some(form.clone());
        match result {
            Ok(sketch) => {
                dialog.preview = Some(match sketch {
                    Sketch::Picture { image, size_px } => {
                        let texture = ctx.load_texture("export preview", image, TextureOptions::LINEAR);
                        Preview::Picture { texture, size_px }
                    }
                    Sketch::Brief(brief) => Preview::Brief(brief),
                    Sketch::Events(events) => Preview::Events(events),
                });
                dialog.problem = None;
            }
            // The last preview stays beside the problem.
            Err(problem) => dialog.problem = Some(problem),
        }
    }

    fn subject(&self) -> Subject {
        let viewport = self.view.place.viewport;
        // A brief names its file by hash, which holds only for what is in it.
        let is_saved = !self.session.is_unsaved();
        Subject {
            timeline: Arc::clone(self.session.timeline()),
            file: self.session.path().map(|_| self.session.name()),
            text: self.session.text().filter(|_| is_saved).cloned(),
            now: self.platform.now(),
            query: self.search.found.query(),
            possibly: !self.view.place.hides_possible,
            window: (viewport.origin, viewport.end()),
            bands_pt: self.panels.canvas.bands_pt(),
            iso_weeks: self.settings.iso_weeks,
            zone: self.view.place.zone,
            grouping: self.view.place.grouping,
            arrangement: Arc::clone(&self.view.place.arrangement),
            color_by: self.view.place.color_by,
            links: self.view.place.links,
            dates: self.view.dates(self.settings.preferences()),
            images: self.view.place.images,
            path: self.session.path().map(Path::to_owned),
            folding: self.view.place.folding,
            folds: viewport.folds_in_effect(),
            known_on: self.known_on(),
        }
    }
}

/// Whether two forms ask for the same preview: where it goes does not matter, nor which format of pictures or briefs it has.
fn same_preview(a: &ExportForm, b: &ExportForm) -> bool {
    let shown = |form: &ExportForm| {
        let format = match form.format.product() {
            Product::Picture(_) => ExportFormat::Png,
            Product::Brief(_) => ExportFormat::Html,
            Product::Events(_) => form.format,
        };
        ExportForm { path: None, format, ..form.clone() }
    };
    shown(a) == shown(b)
}

/// Makes and writes the file; there may be something to say of it.
fn write(path: &Path, form: &ExportForm, subject: &Subject, watch: &Watch) -> Result<Option<String>, String> {
    let written = match form.format.product() {
        Product::Picture(format) => {
            let (bytes, remark) = picture_bytes(form, format, subject, watch)?;
            let written = store::write_atomic_with(path, |out| {
                let mut out = watch.over(out);
                out.write_all(&bytes)?;
                out.flush()
            });
            written.map(|()| remark)
        }
        Product::Brief(format) => store::write_atomic_with(path, |out| {
            let mut out = watch.over(out);
            let remark = write_brief(form, format, subject, &mut out)?;
            out.flush()?;
            Ok(remark)
        }),
        Product::Events(format) => {
            let choice = choice(form, subject);
            let written = store::write_atomic_with(path, |out| {
                let mut out = watch.over(out);
                let remarks = events::write(format, &subject.timeline, &choice, &mut out)?;
                out.flush()?;
                Ok(remarks)
            });
            written.map(|remarks| said(&remarks))
        }
    };
    written.map_err(|error| store::not_written(path, &error))
}

fn preview(form: &ExportForm, subject: &Subject, previewed: &Previewed) -> Result<Sketch, String> {
    match form.format.product() {
        Product::Picture(_) => small(form, subject, previewed),
        Product::Brief(_) => Ok(Sketch::Brief(brief_preview(form, subject))),
        Product::Events(format) => Ok(Sketch::Events(events_preview(format, form, subject))),
    }
}

/// Which events leave.
fn choice(form: &ExportForm, subject: &Subject) -> Choice {
    let (from, to) = window(form, subject);
    Choice {
        query: subject.query.clone(),
        known_on: subject.known_on.clone(),
        from,
        to,
        include_collectors: form.include_collectors,
    }
}

fn events_preview(format: &'static events::Format, form: &ExportForm, subject: &Subject) -> EventsPreview {
    let events::Sample { events, remarks, bytes } =
        events::sample(format, &subject.timeline, &choice(form, subject), PREVIEW_BYTES);
    let title = format!("{events} {} as {}", if events == 1 { "event" } else { "events" }, format.label);
    let text = String::from_utf8_lossy(&bytes);
    let lines: Vec<String> = text.lines().map(|line| visible(line).into_owned()).collect();
    EventsPreview { title, remarks, lines: lines.join("\n") }
}

/// The window in time, where the form asks for one.
fn window(form: &ExportForm, subject: &Subject) -> (Option<Instant>, Option<Instant>) {
    match form.range {
        Range::Whole => (None, None),
        Range::Visible => (Some(subject.window.0), Some(subject.window.1)),
    }
}

/// What is folded: in the visible part, as in the window, what is so there whatever the width of the picture.
fn folding(form: &ExportForm, subject: &Subject) -> Folding {
    match (form.folding, form.range) {
        (ExportFolding::AsWindow, Range::Whole) => subject.folding,
        (ExportFolding::AsWindow, Range::Visible) => Folding::Chosen(subject.folds),
        (ExportFolding::Auto, _) => Folding::Auto,
        (ExportFolding::Off, _) => Folding::Off,
    }
}

fn brief_options(form: &ExportForm, subject: &Subject) -> BriefOptions {
    let (from, to) = window(form, subject);
    let title = form.title.trim();
    BriefOptions {
        title: (!title.is_empty()).then(|| title.to_owned()),
        query: subject.query.clone(),
        from,
        to,
        view: None,
        known_on: subject.known_on.clone(),
        made: Some(Date::from_day(subject.now.day())),
        file: subject
            .file
            .as_ref()
            .map(|name| FileVersion { name: name.clone(), sha256: subject.text.as_ref().map(|text| text.sha256()) }),
        accounts: form.accounts,
        gaps: form.gaps,
        include_collectors: form.include_collectors,
    }
}

/// Writes the brief; there may be something to say of it.
fn write_brief(
    form: &ExportForm,
    format: BriefFormat,
    subject: &Subject,
    out: &mut dyn io::Write,
) -> io::Result<Option<String>> {
    let picture = picture::PictureOptions {
        width_px: brief::PICTURE_WIDTH_PX,
        gaps: form.gaps,
        iso_weeks: subject.iso_weeks,
        zone: subject.zone,
        grouping: subject.grouping,
        arrangement: Arc::clone(&subject.arrangement),
        color_by: subject.color_by,
        links: subject.links.into(),
        dates: subject.dates,
        folding: folding(form, subject),
        bands_pt: subject.bands_pt.filter(|_| form.range == Range::Visible),
        ..picture::PictureOptions::default()
    };
    let remarks = brief::page(&subject.timeline, &brief_options(form, subject), &picture, format, out)?;
    let without = remarks.without_picture.map(|why| format!("it has no picture, for {why}"));
    Ok(without.or_else(|| said(&remarks.of_picture)))
}

fn brief_preview(form: &ExportForm, subject: &Subject) -> BriefPreview {
    let options = brief_options(form, subject);
    let brief = Brief::of(&subject.timeline, &options);
    let about = brief::PlainText::facts(|out| brief.about(out));
    BriefPreview { title: brief.title().to_owned(), paragraphs: about.into_iter().chain(brief.summary()).collect() }
}

/// Remarks as one sentence.
fn said(remarks: &[String]) -> Option<String> {
    (!remarks.is_empty()).then(|| remarks.join("; "))
}

fn render(form: &ExportForm, subject: &Subject) -> Result<Picture, String> {
    let (from, to) = window(form, subject);
    let options = picture::PictureOptions {
        from,
        to,
        gaps: form.gaps,
        width_px: form.width_px,
        scale: form.scale,
        theme: form.theme,
        query: subject.query.clone(),
        possibly: subject.possibly,
        known_on: subject.known_on.clone(),
        grouping: subject.grouping,
        arrangement: Arc::clone(&subject.arrangement),
        color_by: subject.color_by,
        links: subject.links.into(),
        dates: subject.dates,
        images: subject.images,
        iso_weeks: subject.iso_weeks,
        zone: subject.zone,
        folding: folding(form, subject),
        bands_pt: subject.bands_pt.filter(|_| form.range == Range::Visible),
        ..picture::PictureOptions::default()
    };
    picture::render(&subject.timeline, &options, &mut Shaper::new()).map_err(|error| error.to_string())
}

fn picture_bytes(
    form: &ExportForm,
    format: Format,
    subject: &Subject,
    watch: &Watch,
) -> Result<(Vec<u8>, Option<String>), String> {
    let Picture { scene, mut remarks } = render(form, subject)?;
    let title = &subject.timeline.header().title;
    let options = SvgOptions { scale: form.scale, title, ..SvgOptions::default() };
    let wanted = export::wanted_images(&scene, format, &options);
    let read = store::images(subject.path.as_deref(), wanted, &|| watch.go_on().is_ok());
    watch.go_on().map_err(|error| error.to_string())?;
    remarks.extend(read.remark().map(|remark| visible(&remark).into_owned()));
    let images = read.found.into_iter().collect();
    let options = SvgOptions { images: &images, ..options };
    let bytes = export::encode(&scene, format, &options).map_err(|error| error.to_string())?;
    Ok((bytes, said(&remarks)))
}

/// The picture made small enough for a dialog, and the size of the real one.
fn small(form: &ExportForm, subject: &Subject, previewed: &Previewed) -> Result<Sketch, String> {
    let Picture { scene, .. } = render(form, subject)?;
    // Laid out as the real one is, then drawn smaller: at a smaller width other labels would have room.
    let longest = scene.size.width.max(scene.size.height).max(1.0);
    let scale = form.scale.min(PREVIEW_PX / longest);
    let options = SvgOptions { scale, ..SvgOptions::default() };
    let wanted = export::wanted_images(&scene, Format::Png, &options);
    let images = previewed.images(subject.path.as_deref(), wanted);
    let bytes = export::png_with(&scene, scale, &images).map_err(|error| error.to_string())?;
    let bitmap = Bitmap::unpack(&bytes).map_err(|error| format!("the preview could not be read: {error}"))?;
    let image = color_image(&bitmap);
    // Sizes are bounded by `PixelSize::MAX_SIDE_PX`.
    let size_px = [scene.size.width, scene.size.height].map(|side| (side * form.scale).ceil() as u32);
    Ok(Sketch::Picture { image, size_px })
}

/// An image as the toolkit has it.
pub(super) fn color_image(bitmap: &Bitmap) -> ColorImage {
    ColorImage::from_rgba_unmultiplied(bitmap.size_px(), bitmap.rgba())
}
