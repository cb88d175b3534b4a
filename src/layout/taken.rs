//! Which stretches of a row are taken by marks and labels, and how far it is free around a place.

/// Stretches of a row that are taken: disjoint, from left to right.
#[derive(Debug)]
pub(super) struct Taken {
    stretches: Vec<(f64, f64)>,
}

impl Taken {
    /// What these marks take, in whatever order they come.
    pub fn new(marks: &[(f64, f64)]) -> Self {
        let mut marks = marks.to_vec();
        marks.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut stretches: Vec<(f64, f64)> = Vec::with_capacity(marks.len());
        for mark in marks {
            match stretches.last_mut() {
                Some(last) if mark.0 < last.1 => last.1 = last.1.max(mark.1),
                _ => stretches.push(mark),
            }
        }
        Self { stretches }
    }

    /// Takes a stretch, with what it lies on.
    pub fn add(&mut self, (mut from, mut to): (f64, f64)) {
        let first = self.stretches.partition_point(|other| other.1 <= from);
        let past = self.stretches.partition_point(|other| other.0 < to).max(first);
        for other in self.stretches.drain(first..past) {
            (from, to) = (from.min(other.0), to.max(other.1));
        }
        self.stretches.insert(first, (from, to));
    }

    /// Where the next stretch right of `x` begins; `x` itself where it lies within one.
    pub fn next_after(&self, x: f64) -> Option<f64> {
        let at = self.stretches.partition_point(|stretch| stretch.1 <= x);
        self.stretches.get(at).map(|stretch| stretch.0.max(x))
    }

    /// Where the next stretch left of `x` ends; `x` itself where it lies within one.
    pub fn previous_before(&self, x: f64) -> Option<f64> {
        let at = self.stretches.partition_point(|stretch| stretch.0 < x);
        self.stretches.get(at.checked_sub(1)?).map(|stretch| stretch.1.min(x))
    }
}
