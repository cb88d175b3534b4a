//! Events of other programs: tables, calendars and chronologies in their formats, in and out.
//!
//! Owns what maps columns and records of others to events and back. Encodings, dates, languages, markup and problems are
//! shared with [`sources`](super::sources) and stand above both.
//!
//! | module | owns |
//! |---|---|
//! | [`rows`] | rows of text on the clipboard |
//! | [`question`] | what a file leaves open, and what was answered |
//! | [`mapping`] | what the columns of a table become |
//! | [`input`] | what a reader is given |
//! | [`chronology`] | a chronology of another program, before it meets a timeline |
//! | `pace` | how far a reader has come, and whether it is still wanted |
//! | `package` | what a workbook unpacks to, before it is unpacked |
//! | [`dates`] | the dates of a column, read together |
//! | [`plain`] | HTML and Markdown to plain text |
//! | [`mod@tables`] | tables of any program |
//! | `profiles` | the readers of named formats |
//! | [`opened`] | a chronology whose records are handed over part by part |
//! | [`mod@format`] | the formats there are, one row each |
//! | [`mod@assemble`] | a chronology into a timeline, as one edit |
//! | `marks` | what tells a file of another format that Annalist wrote it |
//! | `cell`, `column` | the cells and columns of Annalist's own tables, out and in |
//! | [`own`] | Annalist's own tables and JSON, read back |
//! | [`mod@write`] | events for other programs |

pub mod chronology;
pub mod input;
pub mod mapping;
pub mod question;

mod pace;
mod package;

pub mod dates;
pub mod plain;
pub mod rows;

pub mod tables;

mod marks;
mod profiles;

pub mod opened;

pub mod format;

pub mod assemble;

mod cell;
mod column;

pub mod own;
pub mod write;

#[cfg(test)]
mod random;
#[cfg(test)]
mod round;

pub use assemble::{Assembled, Imports, assemble, assemble_into};
pub use cell::guarded;
pub use chronology::Chronology;
pub use format::{FORMATS, Format, is_note};
pub use input::{Asked, Input};
pub use mapping::Mapping;
pub use opened::Opened;
pub use question::{Answers, Question};
