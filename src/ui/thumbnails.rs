//! The images of events made small, as panels show them. Panels ask for a file and get what there is of it by now; reading files is
//! for `app`, which looks at what was asked for at the end of a frame.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use egui::{Image, Response, Sense, TextureHandle, Ui, vec2};

use crate::model::Text;

/// An image made small.
#[derive(Clone)]
pub enum Thumbnail {
    /// Its pixels.
    Shown(TextureHandle),
    /// Why it is not shown, in the middle of a sentence.
    Failed(String),
}

/// How small an image is made: each size is read and kept by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ThumbnailSize {
    /// Beside a label on the track.
    Track,
    /// On a card or in a form.
    Card,
}

impl ThumbnailSize {
    /// The longest side in pixels: twice that in points, for screens of twice the pixels.
    pub const fn longest_px(self) -> usize {
        match self {
            Self::Track => 96,
            Self::Card => 720,
        }
    }

    /// How many are kept: some 19 MB of the small ones, some 60 MB of the others at the most.
    const fn most(self) -> usize {
        match self {
            Self::Track => 512,
            Self::Card => 32,
        }
    }
}

/// An image that is known, and the frame in which it was asked for last.
struct Known {
    thumbnail: Thumbnail,
    /// Panels read, so that this is changed behind a shared reference.
    used: AtomicU64,
}

/// The thumbnails that are known, by their sizes and the paths of their files as events have them.
///
/// Invariant: of each size there are no more than are kept of it.
#[derive(Default)]
pub struct Thumbnails {
    known: BTreeMap<(ThumbnailSize, Text), Known>,
    /// What was asked for and is not known; changed behind a shared reference too.
    wanted: Mutex<BTreeSet<(ThumbnailSize, Text)>>,
    /// The number of the present frame.
    frame: u64,
}

impl Thumbnails {
    /// The thumbnail of a file; none while it is read, which is asked for by this.
    pub fn get(&self, file: &Text, size: ThumbnailSize) -> Option<&Thumbnail> {
        let known = self.known.get(&(size, file.clone()));
        match known {
            Some(known) => known.used.store(self.frame, Ordering::Relaxed),
            None => {
                self.wanted.lock().unwrap_or_else(PoisonError::into_inner).insert((size, file.clone()));
            }
        }
        known.map(|known| &known.thumbnail)
    }

    /// Takes one of the files that were asked for in the frame that ends and are not known; what is on a card comes first. None of those for
    /// which others in sight would have to go: these would be read anew in each frame.
    pub fn take_wanted(&mut self) -> Option<(ThumbnailSize, Text)> {
        let wanted = std::mem::take(self.wanted.get_mut().unwrap_or_else(PoisonError::into_inner));
        let next = wanted.into_iter().rev().find(|(size, _)| self.has_room(*size));
        self.frame += 1;
        next
    }

    /// Keeps what came of a file, in place of the one of its size that was not asked for longest.
    pub fn put(&mut self, file: Text, size: ThumbnailSize, thumbnail: Thumbnail) {
        if self.count(size) >= size.most()
            && let Some(oldest) = self.oldest(size)
        {
            self.known.remove(&oldest);
        }
        self.known.insert((size, file), Known { thumbnail, used: AtomicU64::new(self.frame) });
    }

    /// Forgets all: files may be others by now.
    pub fn forget(&mut self) {
        *self = Self { frame: self.frame, ..Self::default() };
    }

    fn count(&self, size: ThumbnailSize) -> usize {
        self.known.keys().filter(|(own, _)| *own == size).count()
    }

    fn oldest(&self, size: ThumbnailSize) -> Option<(ThumbnailSize, Text)> {
        let of_size = self.known.iter().filter(|((own, _), _)| *own == size);
        of_size.min_by_key(|(_, known)| known.used.load(Ordering::Relaxed)).map(|(key, _)| key.clone())
    }

    fn has_room(&self, size: ThumbnailSize) -> bool {
        if self.count(size) < size.most() {
            return true;
        }
        let used = |key| self.known.get(&key).map_or(0, |known| known.used.load(Ordering::Relaxed));
        self.oldest(size).map(used).is_some_and(|used| used < self.frame)
    }
}

/// Shows an image no larger than a width and a height in points, or says why it is not shown; nothing while it is read. What came of
/// the image, where it is shown: a click where that is asked for.
pub fn thumbnail_ui(
    ui: &mut Ui,
    thumbnails: &Thumbnails,
    file: &Text,
    most: (f32, f32),
    ink: egui::Color32,
    sense: Sense,
) -> Option<Response> {
    match thumbnails.get(file, ThumbnailSize::Card)? {
        Thumbnail::Shown(texture) => {
            let size = texture.size_vec2();
            let scale = (most.0 / size.x).min(most.1 / size.y).min(1.0);
            let image = Image::new((texture.id(), size)).fit_to_exact_size(vec2(size.x * scale, size.y * scale));
            Some(ui.add(image.corner_radius(3.0).alt_text(file.as_str()).sense(sense)))
        }
        Thumbnail::Failed(why) => {
            let words = format!("{} is not shown: {why}", crate::text::visible(file));
            ui.add(egui::Label::new(egui::RichText::new(words).small().color(ink)).wrap());
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed() -> Thumbnail {
        Thumbnail::Failed("it is gone".to_owned())
    }

    #[test]
    fn what_was_not_asked_for_longest_gives_way_and_what_is_in_sight_stays() {
        let mut thumbnails = Thumbnails::default();
        let name = |nth: usize| Text::from(format!("{nth:03}.png"));
        let most = ThumbnailSize::Card.most();
        for nth in 0..most {
            assert!(thumbnails.get(&name(nth), ThumbnailSize::Card).is_none());
            assert_eq!(thumbnails.take_wanted(), Some((ThumbnailSize::Card, name(nth))));
            thumbnails.put(name(nth), ThumbnailSize::Card, failed());
        }
        // All but the first are asked for in this frame: the first gives way.
        for nth in 1..=most {
            thumbnails.get(&name(nth), ThumbnailSize::Card);
        }
        let wanted = thumbnails.take_wanted();
        assert_eq!(wanted, Some((ThumbnailSize::Card, name(most))));
        thumbnails.put(name(most), ThumbnailSize::Card, failed());
        assert_eq!(thumbnails.count(ThumbnailSize::Card), most);
        assert!(thumbnails.get(&name(0), ThumbnailSize::Card).is_none());
        // Where all are in sight, none is read for which another would go.
        for nth in 1..=most {
            assert!(thumbnails.get(&name(nth), ThumbnailSize::Card).is_some());
        }
        assert_eq!(thumbnails.take_wanted(), None);
        // Each size has a room of its own.
        thumbnails.get(&name(0), ThumbnailSize::Track);
        assert_eq!(thumbnails.take_wanted(), Some((ThumbnailSize::Track, name(0))));
    }
}
