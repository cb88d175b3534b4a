//! The images of events made small, as panels show them. Panels ask for a file and get what there is of it by now; reading files is
//! for `app`, which looks at what was asked for at the end of a frame.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use egui::{Image, TextureHandle, Ui, vec2};

use crate::model::Text;

/// An image made small.
#[derive(Clone)]
pub enum Thumbnail {
    /// Its pixels.
    Shown(TextureHandle),
    /// Why it is not shown, in the middle of a sentence.
    Failed(String),
}

/// The thumbnails that are known, by the paths of their files as events have them.
#[derive(Default)]
pub struct Thumbnails {
    known: BTreeMap<Text, Thumbnail>,
    /// What was asked for and is not known. Panels read, so that this is changed behind a shared reference.
    wanted: Mutex<BTreeSet<Text>>,
}

impl Thumbnails {
    /// How many are kept: where there are more, all are read anew as they are asked for.
    const MOST: usize = 96;

    /// The thumbnail of a file; none while it is read, which is asked for by this.
    pub fn get(&self, file: &Text) -> Option<&Thumbnail> {
        let known = self.known.get(file);
        if known.is_none() {
            self.wanted.lock().unwrap_or_else(PoisonError::into_inner).insert(file.clone());
        }
        known
    }

    /// Takes the files that were asked for and are not known.
    pub fn take_wanted(&mut self) -> BTreeSet<Text> {
        std::mem::take(self.wanted.get_mut().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps what came of a file.
    pub fn put(&mut self, file: Text, thumbnail: Thumbnail) {
        if self.known.len() >= Self::MOST {
            self.known.clear();
        }
        self.known.insert(file, thumbnail);
    }

    /// Forgets all: files may be others by now.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

/// Shows an image no larger than a width and a height in points, or says why it is not shown; nothing while it is read.
pub fn thumbnail_ui(ui: &mut Ui, thumbnails: &Thumbnails, file: &Text, most: (f32, f32), ink: egui::Color32) {
    match thumbnails.get(file) {
        None => {}
        Some(Thumbnail::Shown(texture)) => {
            let size = texture.size_vec2();
            let scale = (most.0 / size.x).min(most.1 / size.y).min(1.0);
            let image = Image::new((texture.id(), size)).fit_to_exact_size(vec2(size.x * scale, size.y * scale));
            ui.add(image.corner_radius(3.0).alt_text(file.as_str()));
        }
        Some(Thumbnail::Failed(why)) => {
            let words = format!("{} is not shown: {why}", crate::text::visible(file));
            ui.add(egui::Label::new(egui::RichText::new(words).small().color(ink)).wrap());
        }
    }
}
