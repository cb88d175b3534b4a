//! Every kind of problem once: its code, how much it matters unless a file says otherwise, what it means.
//!
//! `docs/CHECKS.md` is held against this list by a test. Finding problems is left to the modules beside this one, and to
//! `store` where a text or a file on disk is at fault.

use crate::diagnostic::Severity;
use crate::model::{Header, Level};

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckKind {
    /// Its stable name: `unknown-lane`.
    pub code: &'static str,
    /// How much it matters in a file that does not say.
    pub level: Level,
    /// Whether a file can say. Where a text cannot be taken as it stands, it cannot.
    pub tunable: bool,
    /// Whether it can be mended at a keystroke, at least in some cases.
    pub fixable: bool,
    /// What it means, in one line without a full stop.
    pub what: &'static str,
    /// What several have in common, after their number: "events have no full grade".
    pub many: Option<&'static str>,
}

macro_rules! kinds {
    (@many) => { None };
    (@many $many:literal) => { Some($many) };
    ($($name:ident $code:literal $level:ident $tunable:ident $fixable:ident $what:literal $($many:literal)?,)*) => {
        /// Names each kind inside `model`; the discriminant is its place in [`CHECKS`].
        #[expect(dead_code, reason = "what only a text or a file can have wrong is reported by its code")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(in crate::model) enum Check { $($name,)* }

        /// Every kind of problem that a check can report, in the order of `docs/CHECKS.md`.
        pub const CHECKS: &[CheckKind] = &[$(CheckKind {
            code: $code,
            level: Level::$level,
            tunable: stringify!($tunable).len() == "tunable".len(),
            fixable: stringify!($fixable).len() == "fixable".len(),
            what: $what,
            many: kinds!(@many $($many)?),
        },)*];
    };
}

kinds! {
    // Who says so
    Unsourced "unsourced" Warning tunable none "No citation supports the event" "events have no citation that supports them",
    SingleOrigin "single-origin" Info tunable none "Two or more citations support the event, and all go back to one origin: they count as one source" "events rest on one origin each, whatever cites it",
    CircularOrigin "circular-origin" Warning tunable fixable "Sources derive from each other in a circle, so that none of them is an origin",
    Ungraded "ungraded" Info tunable none "A citation that says something has no reliability, neither its own nor its source's, or no credibility" "events have no full grade",
    DeniedButConfirmed "denied-but-confirmed" Warning tunable fixable "The event stands as Confirmed although a citation denies it, and the denial is not graded 4 (doubtful) or 5 (improbable)",
    DenialUnsourced "denial-unsourced" Info tunable none "The event stands as Denied although no citation denies it" "events stand as Denied although no citation denies them",
    UnknownSource "unknown-source" Error tunable fixable "A citation or an origin names a source that is not in the file",
    UnusedSource "unused-source" Info tunable fixable "Nothing cites the source, and no other source names it as its origin" "sources are cited by nothing",
    DuplicateSource "duplicate-source" Warning tunable fixable "Two sources have the same web address, or the same title and date of publication and neither two authors nor two publishers" "sources are probably there twice",
    // Dates
    DateFinerThanSource "date-finer-than-source" Warning tunable fixable "The event's date is more precise than every citation that dates it, and than all of them together",
    DateOutsideSources "date-outside-sources" Warning tunable fixable "The event's date lies certainly outside the date of every citation that supports it",
    ConflictingDates "conflicting-dates" Warning tunable none "Two citations of independent origins support the event with dates that cannot both be right, and it does not stand as Disputed",
    PublishedBeforeEvent "published-before-event" Warning tunable none "A source that supports the event was certainly published before it began, and it does not stand as Expected",
    Undated "undated" Info tunable fixable "The event has no date, so that it stands behind all others and is not drawn on the track" "events have no date",
    BeyondAxis "beyond-axis" Info tunable none "The date lies beyond the axis, some 292,000 years to either side of 1970, so that it is listed and not drawn" "dates lie beyond the axis, and their events are not drawn",
    DatesLookPadded "dates-look-padded" Info tunable none "More dates stand on the first of a month, on 1 January, on a fifteenth or at midnight than chance has it: perhaps no more than the month, the year or the day is known",
    // Events and their relations
    EmptyTitle "empty-title" Error tunable none "The event has no title",
    WeightOutOfRange "weight-out-of-range" Error fixed fixable "The weight is not a number from 1 to 5",
    DuplicateEvent "duplicate-event" Warning tunable fixable "Two events say the same in every field" "events are there twice",
    DanglingLink "dangling-link" Error tunable fixable "A link leads to an event that is not in the file",
    LinkCycle "link-cycle" Warning tunable fixable "Causes and predecessors form a circle, so that an event comes before itself",
    LinkAgainstTime "link-against-time" Warning tunable fixable "A cause or predecessor begins certainly after its effect or successor was over",
    ImageMissing "image-missing" Warning tunable none "The file of an image is not where the timeline says",
    ImageUnreadable "image-unreadable" Warning tunable none "The file of an image is there and cannot be read",
    ImageOutside "image-outside" Warning tunable none "The path of an image, or a link at it, leads out of the timeline's folder, so it is not looked at",
    FieldsAlike "fields-alike" Warning tunable none "Two fields of an event's own have names that differ only in their case",
    UnknownLane "unknown-lane" Error tunable fixable "An event names a lane that is not in the file",
    // Captures
    CaptureMissing "capture-missing" Error tunable none "The file of a capture is not where the timeline says",
    CaptureChanged "capture-changed" Error tunable none "The file of a capture does not have the hash of its last entry",
    CaptureUnreadable "capture-unreadable" Error tunable none "The file of a capture is there and cannot be read",
    CaptureOutside "capture-outside" Error tunable none "The path of a capture, or a link at it, leads out of the timeline's folder, so it is not looked at",
    UnknownCapture "unknown-capture" Warning tunable none "A capture says that it alters a file which no earlier entry of its source names",
    BadHash "bad-hash" Error tunable none "The hash of a capture is not 64 hexadecimal digits",
    // The timeline itself
    UnknownFormat "unknown-format" Error fixed none "The file has a version of the format that this program does not know",
    UnknownZone "unknown-zone" Error tunable fixable "The zone of the timeline or of a view is not a name of the IANA time zone database",
    SettingWithoutEffect "check-without-effect" Warning tunable fixable "A setting under `checks` names no kind of problem, one that cannot be set, or one that is set again further down",
    BadColor "bad-color" Error tunable fixable "A colour is not written as `#rrggbb`",
    WindowNotAnInterval "window-not-an-interval" Error tunable none "The window of a view is a date and not an interval",
    BadFolds "bad-folds" Error tunable none "The folds of a view are no stretches of time",
    BadBands "bad-bands" Error tunable none "The arrangement of a view's bands cannot be read",
    BadExport "bad-export" Error tunable none "The export settings of a view cannot be read",
    BadQuery "bad-query" Warning tunable none "The question of a view cannot be read",
    UnknownTheme "unknown-theme" Error tunable fixable "A view names a theme that there is not",
    // The text
    Syntax "syntax" Error fixed none "The text is not RON",
    WrongName "wrong-name" Error fixed none "A record has the name of another kind of record",
    WrongType "wrong-type" Error fixed none "A value is of another type than its field",
    UnknownField "unknown-field" Error fixed none "A record does not have a field of this name",
    MissingField "missing-field" Error fixed none "A field that must be there is not",
    DuplicateField "duplicate-field" Error fixed none "A field is given twice",
    UnknownValue "unknown-value" Error fixed none "A field does not have such a value",
    CoordinatesOutOfRange "coordinates-out-of-range" Error fixed none "The latitude is not from -90 to 90, or the longitude not from -180 to 180",
    CredibilityOutOfRange "credibility-out-of-range" Error fixed none "The credibility is not a number from 1 to 6",
    BadDate "bad-date" Error fixed none "A text is not a date",
    DuplicateId "duplicate-id" Error fixed none "Two records of a list have the same id",
    EmptyId "empty-id" Error fixed none "The id of a record is empty",
    UnresolvedConflict "unresolved-conflict" Warning fixed none "A conflict of `annalist merge` stands in a comment at the head of the file (`annalist check` only)",
    NotFormatted "not-formatted" Error fixed none "The file cannot be laid out anew without a change of meaning (`annalist fmt` only)",
    Unreadable "unreadable" Error fixed none "The file cannot be read at all",
}

impl Check {
    pub(in crate::model) const fn kind(self) -> &'static CheckKind {
        #[expect(clippy::indexing_slicing, reason = "both come from one list")]
        &CHECKS[self as usize]
    }

    pub(in crate::model) const fn code(self) -> &'static str {
        self.kind().code
    }
}

/// The kind of problem of this code.
pub fn check_kind(code: &str) -> Option<&'static CheckKind> {
    CHECKS.iter().find(|kind| kind.code == code)
}

impl Level {
    /// The severity of a problem of this level; none where it is not reported.
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Info => Some(Severity::Info),
            Self::Off => None,
        }
    }
}

impl Header {
    /// How much a kind of problem matters in this file: as its last setting says, else as usual. A code that there is not
    /// counts as an error.
    pub fn level(&self, code: &str) -> Level {
        let Some(kind) = check_kind(code) else { return Level::Error };
        let set = self.checks.iter().rev().find(|setting| &*setting.code == code).filter(|_| kind.tunable);
        set.map_or(kind.level, |setting| setting.level)
    }
}

/// The level of every kind of problem in one file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Levels([Level; CHECKS.len()]);

impl Levels {
    pub fn of(header: &Header) -> Self {
        let mut levels = [Level::Off; CHECKS.len()];
        for (level, kind) in levels.iter_mut().zip(CHECKS) {
            *level = kind.level;
        }
        for setting in &header.checks {
            let at = CHECKS.iter().position(|kind| kind.tunable && kind.code == &*setting.code);
            if let Some(level) = at.and_then(|at| levels.get_mut(at)) {
                *level = setting.level;
            }
        }
        Self(levels)
    }

    /// [`Levels::of`], with nothing reported that is no error.
    pub fn of_errors(header: &Header) -> Self {
        let Self(levels) = Self::of(header);
        Self(levels.map(|level| if level == Level::Error { level } else { Level::Off }))
    }

    /// Every kind of problem, whatever the file says of it.
    pub fn every() -> Self {
        let mut levels = [Level::Off; CHECKS.len()];
        levels.iter_mut().zip(CHECKS).for_each(|(level, kind)| *level = kind.level);
        Self(levels)
    }

    /// One kind of problem alone, whatever the file says of it.
    pub fn only(code: &str) -> Self {
        let mut levels = [Level::Off; CHECKS.len()];
        for (level, kind) in levels.iter_mut().zip(CHECKS).filter(|(_, kind)| kind.code == code) {
            *level = kind.level;
        }
        Self(levels)
    }

    /// The severity of every kind of problem, in the order of [`CHECKS`].
    pub fn severities(&self) -> impl Iterator<Item = Option<Severity>> {
        self.0.iter().map(|level| level.severity())
    }

    pub fn severity(&self, check: Check) -> Option<Severity> {
        self.0.get(check as usize).and_then(|level| level.severity())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CheckSetting;

    #[test]
    fn codes_are_unique_and_in_kebab_case() {
        let mut seen = std::collections::HashSet::new();
        for kind in CHECKS {
            assert!(seen.insert(kind.code), "{} twice", kind.code);
            assert!(kind.code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", kind.code);
            assert!(!kind.what.ends_with('.'), "{}", kind.code);
        }
        assert_eq!(Check::LinkCycle.code(), "link-cycle");
        assert_eq!(Check::Unreadable.code(), "unreadable");
    }

    #[test]
    fn a_file_sets_levels_and_its_last_word_counts() {
        let setting = |code: &str, level| CheckSetting { code: code.into(), level, note: None };
        let settings = [
            setting("unsourced", Level::Off),
            setting("ungraded", Level::Off),
            setting("ungraded", Level::Error),
            setting("syntax", Level::Off),
            setting("nothing", Level::Off),
        ];
        let header = Header { checks: settings.into_iter().collect(), ..Header::new("t") };
        let levels = Levels::of(&header);
        for (check, level) in [
            (Check::Unsourced, Level::Off),
            (Check::Ungraded, Level::Error),
            (Check::Syntax, Level::Error),
            (Check::SingleOrigin, Level::Info),
        ] {
            assert_eq!(header.level(check.code()), level, "{check:?}");
            assert_eq!(levels.severity(check), level.severity(), "{check:?}");
        }
    }
}
