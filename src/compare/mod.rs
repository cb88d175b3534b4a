//! Two states of a timeline compared, and two that went apart from one brought together: record by record and field by field.
//!
//! Owns what differs ([`differences`]), its words ([`words`], [`markdown`]) and the three-way merge ([`merge`]). Records are the
//! same where their ids are. Reading the states and writing what came of them is for others.

mod difference;
mod line_up;
mod markdown;
mod merge;
mod settle;
mod words;

pub use difference::{
    Difference, FieldChange, FieldDifference, PartDifference, RecordDifference, Said, Summary, differences,
    record_difference, record_fields, title_of,
};
pub use markdown::markdown;
pub use merge::{Conflict, Merged, Side, merge, merge_record};
pub use words::{field_lines, words};

#[cfg(test)]
mod tests;
