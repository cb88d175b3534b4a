//! Timelines of digital forensics: rows of a time, what it is the time of, and a message.
//!
//! Programs write a date that they do not know as 1970-01-01T00:00:00, 1601-01-01T00:00:00 or 0000-00-00: such an event has no date.
//!
//! | module | owns |
//! |---|---|
//! | `trace` | a row, however it was written, as a record |
//! | `timesketch`, `plaso`, `iris` | the formats of one program each |

mod iris;
mod plaso;
mod timesketch;
mod trace;

pub(in crate::interchange::events) use iris::{read as read_iris, recognises as recognises_iris};
pub(in crate::interchange::events) use plaso::{
    read_dynamic, read_json_lines as read_plaso_json_lines, read_l2t, recognises_dynamic,
    recognises_json_lines as recognises_plaso_json_lines, recognises_l2t,
};
pub(in crate::interchange::events) use timesketch::{
    read_csv as read_timesketch_csv, read_json_lines as read_timesketch_json_lines,
    recognises_csv as recognises_timesketch_csv, recognises_json_lines as recognises_timesketch_json_lines,
};
