//! Marks that Annalist leaves in formats of other programs, by which it reads again what these have no place for.

/// In the header of a text of Markwhen: who wrote it. Its words are no Markdown then.
pub const MARKWHEN_GENERATOR: &str = "Annalist";

/// A property of an event in Markwhen: its title, where the line of the title says something else there.
pub const MARKWHEN_TITLE: &str = "exact-title";

/// Stands in Markwhen before a line of a note that would be taken for something else.
pub const MARKWHEN_GUARD: &str = "> ";

/// A property of an event in iCalendar: the date that it had before it became a calendar's. Texts beside it are no markup.
pub const CALENDAR_DATE: &str = "X-ANNALIST-DATE";

/// A property of an event in iCalendar: the standing, of which a calendar has three.
pub const CALENDAR_STANDING: &str = "X-ANNALIST-STANDING";
