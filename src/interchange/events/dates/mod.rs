//! The dates of a column, read together: what one of them leaves open, the others may settle.
//!
//! A cell is taken apart (`cell`), a column is counted (`column`), and only then is a date read. What none of the values settles
//! is asked; nothing is guessed. What is no such cell goes through the date reading of [`crate::time`], so that vague dates stay
//! vague.
//!
//! | module | owns |
//! |---|---|
//! | [`parts`] | year, month, day, time and zone of a date, before it is one |
//! | `cell` | a cell taken apart |
//! | `column` | what all cells of a column say, and how it is read |
//! | `span` | a start and an end as one date |
//! | `window` | the days that a start or an end lies between |

pub mod cell;
pub mod column;
pub mod parts;
pub mod span;
pub mod window;

pub use cell::{Cell, cell, clock};
pub use column::{Reading, Scan, Taken};
pub use parts::{Clock, Parts};
pub use span::{Span, span};
pub use window::{Piece, piece};
