//! The images of events read from beside the timeline and made small, in the background.

use std::path::Path;

use egui::{ColorImage, TextureOptions};

use super::App;
use super::jobs::JobKind;
use super::picture::color_image;
use crate::store;
use crate::ui::Thumbnail;

impl App {
    /// Reads an image that panels have asked for in this frame; one at a time.
    pub(super) fn read_thumbnails(&mut self) {
        let path = self.session.path().map(Path::to_owned);
        if self.panels.thumbnails_of != path {
            self.panels.thumbnails_of.clone_from(&path);
            self.thumbnails.forget();
        }
        if self.jobs.is_running(JobKind::Thumbnail) {
            return;
        }
        let Some((size, file)) = self.thumbnails.take_wanted() else { return };
        let Some(timeline) = path else {
            self.thumbnails.put(file, size, Thumbnail::Failed("the timeline is not on disk yet".to_owned()));
            return;
        };
        let (beside, wanted) = (timeline.clone(), file.clone());
        let work = move || {
            let image = store::image(&beside, &wanted)?;
            Ok(color_image(&image.within(size.longest_px())))
        };
        let then = move |app: &mut Self, image: Result<ColorImage, String>| {
            // Another timeline may be open by now.
            if app.session.path() != Some(timeline.as_path()) {
                return;
            }
            let ctx = app.jobs.ctx().clone();
            let thumbnail = match image {
                Ok(image) => Thumbnail::Shown(ctx.load_texture(file.as_str(), image, TextureOptions::LINEAR)),
                Err(why) => Thumbnail::Failed(why),
            };
            app.thumbnails.put(file, size, thumbnail);
            ctx.request_repaint();
        };
        self.jobs.start(JobKind::Thumbnail, work, then);
    }
}
