//! A new timeline whose events are written as they come, so that nobody has to hold all of them.
//!
//! Lanes and sources stand before the events in a file and are known only once the last event is there. So the events wait in a
//! temporary file beside the new one, laid out as they will stand, and are copied between the rest at the end. The new file has its
//! name when all of it is on the disk, as after every save.

use std::fs::File;
use std::io::{self, Seek as _, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use tempfile::NamedTempFile;

use super::atomic::{folder, resolve, temporary_in};
use super::found::Found;
use super::layout::{around_events, event_lines};
use super::read::read;
use super::reader::options;
use super::save::{SaveError, Saved, failed, save_new_with};
use super::scan::clean_trivia_end;
use super::sharing::SharingPool;
use super::splice::SpliceError;
use super::steps::write_all;
use super::stream::event;
use crate::model::{Event, Timeline};

/// Events that one core lays out at least.
const LEAST_SHARED: usize = 32;

/// Text that waits in a temporary file until what stands before it is known. The file goes with this.
#[derive(Debug)]
pub struct Spill(NamedTempFile);

impl Spill {
    /// An empty one, in the folder of the file that it is for.
    ///
    /// # Errors
    /// Where that folder cannot be written to.
    pub fn beside(path: &Path) -> io::Result<Self> {
        Ok(Self(temporary_in(folder(&resolve(path)?), None)?))
    }

    /// Adds a text.
    ///
    /// # Errors
    /// Where the system refuses, as where the disk is full.
    pub fn push(&mut self, text: &str) -> io::Result<()> {
        write_all(self.0.as_file_mut(), text.as_bytes())
    }

    /// Copies all of it to a file.
    ///
    /// # Errors
    /// Where the system refuses.
    pub fn copy_to(&mut self, to: &mut (impl Write + ?Sized)) -> io::Result<()> {
        let file = self.0.as_file_mut();
        file.rewind()?;
        io::copy(file, to).map(drop)
    }
}

/// A new timeline on its way.
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    events: Spill,
    is_empty: bool,
    /// What the lines that were written have said before, read back.
    memos: SharingPool,
    options: ron::Options,
}

impl NewFile {
    /// One that will be at a path, where nothing is yet.
    ///
    /// # Errors
    /// Where the folder cannot be written to.
    pub fn at(path: &Path) -> Result<Self, SaveError> {
        let events = Spill::beside(path).map_err(|error| failed(path, error))?;
        let options = options("", &[], &mut Found::default());
        Ok(Self { path: path.to_owned(), events, is_empty: true, memos: SharingPool::default(), options })
    }

    /// Adds events behind those that are there, once what is to be written was read back and says the same.
    ///
    /// # Errors
    /// Where it does not; where the system refuses, as where the disk is full.
    pub fn push(&mut self, events: &[Event]) -> Result<(), SaveError> {
        self.is_empty &= events.is_empty();
        let laid_out = |events: &[Event]| {
            let mut text = String::new();
            event_lines(events, &mut text);
            let is_read = self.memos.reading(|| is_read_as(&text, events, &self.options));
            is_read.then_some(text).ok_or(SpliceError::Mismatch)
        };
        let texts: Vec<Result<String, SpliceError>> = events.par_chunks(LEAST_SHARED).map(laid_out).collect();
        for text in texts {
            self.events.push(&text?).map_err(|error| failed(&self.path, error))?;
        }
        Ok(())
    }

    /// Puts the file in its place, with everything but the events from a timeline that has none.
    ///
    /// # Errors
    /// [`SaveError::ChangedOnDisk`] where a file is there by then; else as any save.
    pub fn finish(mut self, rest: &Timeline) -> Result<Saved, SaveError> {
        let (before, after) = around_events(rest, self.is_empty);
        // The events were proved as they came, and to have none is a list as well.
        let read = read(format!("{before}{after}"));
        if !read.text.is_writable() || read.timeline != *rest {
            return Err(SpliceError::Mismatch.into());
        }
        save_new_with(&self.path, |to: &mut File| {
            to.write_all(before.as_bytes())?;
            if !self.is_empty {
                self.events.copy_to(to)?;
            }
            to.write_all(after.as_bytes())
        })
    }
}

/// Whether lines as they are written are read as these events, one after the other, and as nothing more.
fn is_read_as(text: &str, events: &[Event], options: &ron::Options) -> bool {
    let mut at = 0;
    for known in events {
        let read = clean_trivia_end(text, at).and_then(|start| event(text, start, options));
        let Some((_, end)) = read.filter(|(event, end)| event == known && text.as_bytes().get(*end) == Some(&b','))
        else {
            return false;
        };
        at = end + 1;
    }
    text.get(at..).is_some_and(|rest| rest.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;
    use crate::model::{Era, Lane, Source, View};
    use crate::store::{load, load_bytes, to_ron, write_atomic};

    fn text(path: &Path) -> String {
        String::from_utf8(load_bytes(path).unwrap()).unwrap()
    }

    /// The text of a new file with the events of a timeline, a few at a time.
    fn written(timeline: &Timeline, part: usize) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new.ron");
        let mut file = NewFile::at(&path).unwrap();
        let events: Vec<Event> = timeline.events().iter().cloned().collect();
        events.chunks(part).for_each(|part| file.push(part).unwrap());
        let lanes: Vec<Lane> = timeline.lanes().to_vec();
        let sources: Vec<Source> = timeline.sources().iter().cloned().collect();
        let (eras, views): (Vec<Era>, Vec<View>) = (timeline.eras().to_vec(), timeline.views().to_vec());
        let rest = Timeline::from_records(timeline.header().clone(), lanes, sources, Vec::new(), eras, views);
        file.finish(&rest).unwrap();
        // Nothing is left beside it.
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        text(&path)
    }

    #[test]
    fn bundled_timelines_are_written_as_they_come() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("timelines");
        for entry in fs::read_dir(root).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "ron") {
                let timeline = load(&path).unwrap().read.timeline;
                assert_eq!(written(&timeline, 7), to_ron(&timeline), "{}", path.display());
            }
        }
    }

    #[test]
    fn lines_that_say_something_else_are_not_written() {
        let events = ["a", "b"].map(|id| Event::undated(id, "\"T\u{202e}\" // x"));
        let mut lines = String::new();
        event_lines(&events, &mut lines);
        let options = options("", &[], &mut Found::default());
        let is_read = |lines: &str, events: &[Event]| is_read_as(lines, events, &options);
        assert!(is_read(&lines, &events));
        assert!(!is_read(&lines, &events[..1]) && !is_read("", &events) && is_read("", &[]));
        for (from, to) in [("id: \"b\"", "id: \"c\""), ("),\n", ")\n"), ("// x", "// y"), ("Event(", "Events(")] {
            assert!(lines.contains(from) && !is_read(&lines.replacen(from, to, 1), &events), "{from}");
        }
    }

    #[test]
    fn a_file_that_came_meanwhile_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new.ron");
        let file = NewFile::at(&path).unwrap();
        write_atomic(&path, b"another").unwrap();
        assert!(matches!(file.finish(&Timeline::empty("t")), Err(SaveError::ChangedOnDisk(_))));
        assert_eq!(text(&path), "another");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    proptest! {
        #[test]
        fn any_texts_are_written_as_they_come(
            texts in proptest::collection::vec((any::<String>(), any::<String>()), 0..6),
            part in 1_usize..4,
        ) {
            let events = texts.iter().enumerate().map(|(at, (title, note))| {
                let mut event = Event::undated(format!("e{at}"), title.as_str());
                event.note = Some(note.as_str().into());
                event
            });
            let header = Timeline::empty("    events: [],").header().clone();
            let timeline =
                Timeline::from_records(header, Vec::new(), Vec::new(), events.collect(), Vec::new(), Vec::new());
            prop_assert_eq!(written(&timeline, part), to_ron(&timeline));
        }
    }
}
