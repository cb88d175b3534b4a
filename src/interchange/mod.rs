//! Interchange with other programs: their formats in and out. Bytes come in and go out; files are the business of callers.
//!
//! Two rules hold in every format (`docs/INTERCHANGE.md` has the tables):
//!
//! - A date never becomes finer than it was given.
//! - Nothing is dropped in silence: what has no field goes to the note under its name, and every entry or field that was
//!   not taken is told with its line.
//!
//! | module | owns |
//! |---|---|
//! | `problem` | what is told of an import |
//! | `encoding` | bytes to text |
//! | `dates` | the dates of references, in the languages references are written in |
//! | `old_edtf` | EDTF as its drafts had it |
//! | `languages` | names of languages and their tags |
//! | `markup` | remnants of HTML in titles and names |
//! | [`sources`] | bibliographies and pasted references |
//! | [`events`] | tables and chronologies of events |

mod problem;

mod encoding;

mod dates;
mod languages;
mod markup;
mod old_edtf;

pub mod events;
pub mod sources;

pub use problem::Problem;
