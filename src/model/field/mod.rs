//! Fields of records as values: what each is called in files and in the interface, what it takes, how it is read and set.
//!
//! Owns one table a type of record, in the order of the file format. The schema, forms, searches, merges, labelled lines and
//! columns loop over these tables, so that a field more is a row more in one of them. What a value means beside others is
//! for `check`; where a record stands in a file is for `store`.

mod choice;
mod citation;
mod era;
mod error;
mod event;
mod header;
mod info;
mod kept;
mod lane;
mod leaves;
mod limits;
mod list;
mod source;
mod table;
mod value;
mod view;
mod words;

pub use choice::{Choice, Term};
pub use citation::CitationField;
pub use era::EraField;
pub use error::FieldError;
pub use event::{EventField, ImageField, JudgmentField, LinkField};
pub use header::{CheckField, HeaderField};
pub use info::{FieldInfo, Kind, Part, Presence, Search};
pub use lane::LaneField;
pub use leaves::leaves;
pub use limits::Limits;
pub use list::{join, split};
pub use source::{CaptureField, HashField, SourceField};
pub use table::Field;
pub use value::Value;
pub use view::ViewField;

#[cfg(test)]
mod tests;
