//! Bytes of a large text as they come in, in whole pages of memory.
//!
//! The allocator would give them back at a time and on a thread of its choice; a frame that has to do it is late. These go
//! back on the thread that lets go of them.

use std::io;

use memmap2::{MmapMut, MmapOptions};

use crate::diagnostic::Span;

/// Bytes in pages of their own.
#[derive(Debug)]
pub(super) struct Pages {
    map: MmapMut,
    length: usize,
}

impl Pages {
    /// None yet, and room for so many.
    pub fn with_room(bytes: usize) -> io::Result<Self> {
        // All pages at once: to be asked for them one by one costs half as much again. Large ones cost more where the
        // machine is a virtual one.
        let map = MmapOptions::new().len(bytes.max(1)).populate().map_anon()?;
        Ok(Self { map, length: 0 })
    }

    fn holding(bytes: &[u8], room: usize) -> io::Result<Self> {
        let mut pages = Self::with_room(room.max(bytes.len()))?;
        if let Some(place) = pages.map.get_mut(..bytes.len()) {
            place.copy_from_slice(bytes);
            pages.length = bytes.len();
        }
        Ok(pages)
    }

    /// Takes in so many more, or as many as there are; how many these were.
    pub fn fill(&mut self, source: &mut impl io::Read, bytes: usize) -> io::Result<usize> {
        let end = self.length + bytes;
        if end > self.map.len() {
            *self = Self::holding(self.bytes(), end)?;
        }
        let before = self.length;
        while let Some(room) = self.map.get_mut(self.length..end).filter(|room| !room.is_empty()) {
            match source.read(room) {
                Ok(0) => break,
                Ok(read) => self.length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.length - before)
    }

    /// Takes off all before a byte, and keeps the others with room for so many in all.
    pub fn take_before(&mut self, at: usize, room: usize) -> io::Result<Self> {
        let rest = Self::holding(self.bytes().get(at..).unwrap_or_default(), room)?;
        let mut before = std::mem::replace(self, rest);
        before.length = at.min(before.length);
        Ok(before)
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        self.map.get(..self.length).unwrap_or_default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The text in them at a place; nothing where there is none.
    pub fn text(&self, span: Span) -> Option<&str> {
        str::from_utf8(self.bytes().get(span.start..span.end)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    /// Gives little at a time, and is interrupted each other time.
    struct Slow<'b>(&'b [u8], bool);

    impl Read for Slow<'_> {
        fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let some = room.len().min(3);
            self.0.read(&mut room[..some])
        }
    }

    #[test]
    fn what_comes_in_is_kept_in_order_however_it_is_cut() {
        let text = "Москва — नमस्ते. ".repeat(50);
        for room in [0, 1, 100, 1 << 16] {
            let mut source = Slow(text.as_bytes(), false);
            let mut pages = Pages::with_room(room).unwrap();
            assert!(pages.is_empty());
            assert_eq!(pages.fill(&mut source, 40).unwrap(), 40);
            let first = pages.take_before(7, room).unwrap();
            assert_eq!((first.len(), pages.len()), (7, 33));
            assert_eq!(pages.fill(&mut source, text.len()).unwrap(), text.len() - 40, "as many as there are");
            assert_eq!([first.bytes(), pages.bytes()].concat(), text.as_bytes());
            assert_eq!(first.text(Span::new(0, 6)), Some("Мос"));
            assert_eq!(first.text(Span::new(0, 7)), None, "a character is cut");
            assert_eq!(first.text(Span::new(2, 8)), None, "beyond the end");
        }
    }

    #[test]
    fn an_error_of_the_source_is_handed_on_and_what_came_before_is_kept() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::TimedOut.into())
            }
        }
        let mut pages = Pages::with_room(8).unwrap();
        let error = pages.fill(&mut b"abc".chain(Broken), 8).unwrap_err();
        assert_eq!((error.kind(), pages.bytes()), (io::ErrorKind::TimedOut, &b"abc"[..]));
    }
}
