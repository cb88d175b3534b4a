//! TimelineJS: slides in JSON or in the columns of a spreadsheet, both as version 3 has them and as version 1 had them.
//!
//! | module | owns |
//! |---|---|
//! | `slide` | a slide, however it was written, as a record or a period |
//! | `json`, `csv` | one way to write slides each |

mod csv;
mod json;
mod slide;

pub(in crate::interchange::events) use csv::{read as read_csv, recognises as recognises_csv};
pub(in crate::interchange::events) use json::{read as read_json, recognises as recognises_json};
