//! Events of other programs: tables, calendars and chronologies in their formats, in and out.
//!
//! Owns what maps columns and records of others to events and back. Encodings, dates, languages, markup and problems are
//! shared with [`sources`](super::sources) and stand above both.
//!
//! | module | owns |
//! |---|---|
//! | [`chronology`] | a chronology of another program, before it meets a timeline |

pub mod chronology;
