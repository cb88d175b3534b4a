//! The limits of a whole number.

/// The limits of a whole number.
#[derive(Debug, PartialEq, Eq)]
pub struct Limits {
    /// The smallest it can be.
    pub least: u32,
    /// The largest.
    pub most: u32,
    /// The code of the problem where a file has another.
    pub code: &'static str,
    /// What the numbers mean.
    pub hint: &'static str,
}
