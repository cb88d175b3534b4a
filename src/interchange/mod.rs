//! Sources from where people keep them, and back: bibliographies of other programs, and references pasted one by one.
//!
//! Owns the formats of others; bytes come in and go out, files are the business of whoever calls. A date never becomes
//! finer than it was given, and what has no field of its own goes to the note under its name.
//!
//! | module | owns |
//! |---|---|
//! | `dates` | the dates of references, in the languages references are written in |
//! | [`reference`] | one pasted reference |

mod dates;

pub mod reference;
