//! Events of other programs: tables, calendars and chronologies in their formats, in and out.
//!
//! Owns what maps columns and records of others to events and back. Encodings, dates, languages, markup and problems are
//! shared with [`sources`](super::sources) and stand above both. There is no format of events yet.
