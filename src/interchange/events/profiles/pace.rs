//! How far a reader has come, told now and then.

/// What is told how far a reader has come, from 0 to 1, and says whether it is still wanted.
pub(in crate::interchange::events) type Progress<'a> = &'a dyn Fn(f64) -> bool;

/// How often a reader tells how far it has come, at most: in steps that can be seen of a bar.
const STEPS: usize = 200;

/// The pace of a loop over so many things, or over a text of so many bytes.
pub(super) struct Pace<'p> {
    progress: Progress<'p>,
    total: usize,
    done: usize,
}

impl<'p> Pace<'p> {
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
}
