//! Lines of a text by the place of their bytes, for readers whose parsers know places alone.

/// Where each line of a text begins.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub fn of(text: &str) -> Self {
        let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self(std::iter::once(0).chain(starts).collect())
    }

    /// The line, from 1, in which a byte lies.
    pub fn at(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start <= byte).max(1)
    }
}
