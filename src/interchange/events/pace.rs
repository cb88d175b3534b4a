//! How far a reader has come, told now and then, and whether it is still wanted.

use std::io::{self, Read};

use serde::de::DeserializeOwned;

/// What is told how far a reader has come, from 0 to 1, and says whether it is still wanted.
pub type Progress<'a> = &'a dyn Fn(f64) -> bool;

/// How often a reader tells how far it has come, at most: in steps that can be seen of a bar.
const STEPS: usize = 200;

/// The pace of a loop over so many things, or over a text of so many bytes.
pub struct Pace<'p> {
    progress: Progress<'p>,
    total: usize,
    done: usize,
}

impl<'p> Pace<'p> {
    /// Of so many things or bytes.
    pub fn new(progress: Progress<'p>, total: usize) -> Self {
        Self { progress, total: total.max(1), done: 0 }
    }

    /// Whether the next thing is still wanted.
    pub fn goes_on(&mut self) -> bool {
        self.goes_on_by(1)
    }

    /// Whether the next bytes, so many, are still wanted.
    pub fn goes_on_by(&mut self, bytes: usize) -> bool {
        let step = self.total.div_ceil(STEPS);
        let before = self.done / step;
        self.done += bytes;
        before == self.done / step || (self.progress)(self.done as f64 / self.total as f64)
    }
}

/// A JSON text as a value. What is wrong with it; nothing where nobody waits for it any more.
pub fn parse_json<T: DeserializeOwned>(text: &str, progress: Progress<'_>) -> Result<T, Option<serde_json::Error>> {
    serde_json::from_reader(Watched::new(text, progress)).map_err(|error| Some(error).filter(|error| !error.is_io()))
}

/// Bytes of a text that are handed over before the next look at whether they are still wanted.
const WATCHED: usize = 64 * 1024;

/// A text that is handed over byte by byte, and ends in an error where nobody waits for it any more: a parser of whole documents
/// has no other place to stop.
struct Watched<'t, 'p> {
    rest: &'t [u8],
    /// Bytes until the next look.
    left: usize,
    pace: Pace<'p>,
}

impl<'t, 'p> Watched<'t, 'p> {
    fn new(text: &'t str, progress: Progress<'p>) -> Self {
        Self { rest: text.as_bytes(), left: WATCHED, pace: Pace::new(progress, text.len()) }
    }
}

impl Read for Watched<'_, '_> {
    #[inline]
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            if !self.pace.goes_on_by(WATCHED) {
                return Err(io::Error::other("nobody waits for it any more"));
            }
            self.left = WATCHED;
        }
        let length = to.len().min(self.left);
        let read = self.rest.read(to.get_mut(..length).unwrap_or_default())?;
        self.left -= read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn a_loop_tells_how_far_it_is_and_ends_where_nobody_waits() {
        let told = RefCell::new(Vec::new());
        let progress = |share: f64| {
            told.borrow_mut().push((share * 100.0) as u32);
            share < 0.5
        };
        let mut pace = Pace::new(&progress, 1000);
        assert_eq!((0..1000).take_while(|_| pace.goes_on()).count(), 499);
        assert_eq!(told.borrow().len(), 100);
        assert!(told.borrow().is_sorted());
        assert!(Pace::new(&|_| true, 0).goes_on());
    }

    #[test]
    fn a_document_is_left_in_its_middle_where_nobody_waits() {
        let text = format!("[{}1]", "1234567, ".repeat(100_000));
        let told = RefCell::new(Vec::new());
        let numbers: Vec<u32> = parse_json(&text, &|share| {
            told.borrow_mut().push(share);
            true
        })
        .unwrap();
        assert_eq!(numbers.len(), 100_001);
        assert!(told.borrow().len() > 5 && told.borrow().is_sorted());
        assert!(matches!(parse_json::<Vec<u32>>(&text, &|share| share < 0.5), Err(None)));
        assert!(matches!(parse_json::<Vec<u32>>("[1, 2", &|_| true), Err(Some(_))));
    }
}
