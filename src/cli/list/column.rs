//! The columns of a list of events, and what each event has in them: for programs and for people.
//!
//! A column is a field of the event or worked out from several. Which columns a format has, and in what order, are the tables
//! at its top; a field that they do not name stands at the end of what programs read.

use std::borrow::Cow;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use crate::model::{Citation, Event, EventField, Field as _, Kind, Known, KnownOn, Reliability, Text, Timeline, Value};
use crate::time::{Answer, Date, DayBound, Zone};

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column<'a> {
    /// A field of the event.
    Field(EventField),
    /// Its date in words.
    DateInWords,
    /// A time on the clock of the timeline's zone, where that is another one.
    DateInZone,
    /// Its date in words on both clocks.
    Dates,
    /// The first day on which it can be.
    Earliest,
    /// The last day on which it can be.
    Latest,
    /// The ids of the sources that it cites.
    Sources,
    /// How many it cites.
    SourceCount,
    /// What each source says: its id, then stance, grades and locator.
    Citations,
    /// How it relates to other events: the relation, then the id.
    Links,
    /// A field of the user's own.
    Own(&'a str),
    /// How surely it matches the question about time, where one was asked.
    Match,
    /// Whether it was known, where that was asked.
    Known,
    /// What is not certain about its being listed.
    Doubts,
}

/// The columns of the aligned table.
pub const TABLE: [Column<'static>; 6] = [
    Column::Dates,
    Column::Field(EventField::Title),
    Column::Field(EventField::Lane),
    Column::Field(EventField::Standing),
    Column::SourceCount,
    Column::Doubts,
];

/// The columns of a Markdown table.
pub const MARKDOWN: [Column<'static>; 5] = [
    Column::Dates,
    Column::Field(EventField::Title),
    Column::Field(EventField::Lane),
    Column::Field(EventField::Standing),
    Column::Sources,
];

/// The first members of an object of JSON.
pub const JSON: [Column<'static>; 18] = [
    Column::Field(EventField::Id),
    Column::Field(EventField::Date),
    Column::DateInWords,
    Column::DateInZone,
    Column::Earliest,
    Column::Latest,
    Column::Field(EventField::Title),
    Column::Field(EventField::Lane),
    Column::Field(EventField::Standing),
    Column::Field(EventField::Weight),
    Column::Field(EventField::Place),
    Column::Field(EventField::Coordinates),
    Column::Field(EventField::Actors),
    Column::Field(EventField::Tags),
    Column::Sources,
    Column::Field(EventField::Note),
    Column::Field(EventField::Images),
    Column::Field(EventField::Fields),
];

/// The first columns of CSV.
pub const CSV: [Column<'static>; 18] = [
    Column::Field(EventField::Id),
    Column::Field(EventField::Date),
    Column::DateInWords,
    Column::Earliest,
    Column::Latest,
    Column::Field(EventField::Title),
    Column::Field(EventField::Lane),
    Column::Field(EventField::Standing),
    Column::Field(EventField::Weight),
    Column::Field(EventField::Place),
    Column::Field(EventField::Actors),
    Column::Field(EventField::Tags),
    Column::Sources,
    Column::Field(EventField::Note),
    Column::Field(EventField::Wording),
    Column::DateInZone,
    Column::Citations,
    Column::Links,
];

/// Fields that no list has: what is about the record, or needs a row for each of its parts.
const LEFT_OUT: [EventField; 5] =
    [EventField::Wording, EventField::Judgment, EventField::Citations, EventField::Links, EventField::Recorded];

/// The fields that these columns do not name, in the order of the file format. Fields of the user's own are no column together.
pub fn others(named: &[Column<'_>]) -> impl Iterator<Item = Column<'static>> {
    let fields = EventField::ALL.iter().filter(|field| !LEFT_OUT.contains(field) && field.kind() != Kind::Map);
    fields.map(|field| Column::Field(*field)).filter(|column| !named.contains(column))
}

impl Column<'_> {
    /// Its name for programs: that of the field in files.
    pub fn name(&self) -> &str {
        match self {
            Self::Field(field) => field.name(),
            Self::DateInWords => "date_in_words",
            Self::DateInZone => "date_in_zone",
            Self::Dates => "dates",
            Self::Earliest => "earliest",
            Self::Latest => "latest",
            Self::Sources => "sources",
            Self::SourceCount => "source_count",
            Self::Citations => "citations",
            Self::Links => "links",
            Self::Own(name) => name,
            Self::Match => "match",
            Self::Known => "known",
            Self::Doubts => "doubts",
        }
    }

    /// Its heading for people.
    pub fn heading(&self) -> &str {
        match self {
            Self::Field(EventField::Title) => "Event",
            Self::Field(field) => field.label(),
            Self::DateInWords | Self::DateInZone | Self::Dates => EventField::Date.label(),
            Self::Sources | Self::SourceCount => "Sources",
            Self::Citations => EventField::Citations.label(),
            Self::Links => EventField::Links.label(),
            Self::Known => "Known",
            Self::Doubts => "Certainty",
            Self::Earliest | Self::Latest | Self::Own(_) | Self::Match => self.name(),
        }
    }
}

/// What a row has in a column.
pub enum Cell<'a> {
    /// Nothing, as nothing was asked or there is nothing to add.
    Absent,
    /// The value of a field of some kind.
    Field(Kind, Value<'a>),
    /// Somebody's words.
    Words(Cow<'a, str>),
    /// Words of the program's own.
    Data(Cow<'a, str>),
    /// Several ids.
    Ids(Vec<&'a str>),
}

/// For JSON. What a field does not have is an empty list, an empty object or `null`, by its kind.
impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_none(),
            Self::Words(text) | Self::Data(text) => serializer.serialize_str(text),
            Self::Ids(ids) => ids.serialize(serializer),
            Self::Field(kind, value) => match (value, kind) {
                // The kind of a field says what its absence is, so that a program meets one type in every row.
                (Value::None, Kind::List | Kind::Records(_)) => serializer.collect_seq::<[(); 0]>([]),
                (Value::None, Kind::Map) => serializer.serialize_map(Some(0))?.end(),
                (Value::None, _) => serializer.serialize_none(),
                (Value::Text(text), _) => text.serialize(serializer),
                (Value::Date(date), _) => date.serialize(serializer),
                (Value::List(items), _) => items.serialize(serializer),
                (Value::Choice(choice), _) => serializer.serialize_str(choice.label),
                (Value::Grouping(grouping), _) => serializer.serialize_str(grouping.label()),
                (Value::Number(number), _) => serializer.serialize_u32(*number),
                (Value::Coordinates(place), _) => place.serialize(serializer),
                (Value::Own(fields), _) => fields.serialize(serializer),
                (Value::Hash(hash), _) => hash.serialize(serializer),
                (Value::Judgment(judgment), _) => judgment.serialize(serializer),
                (Value::Citations(citations), _) => citations.serialize(serializer),
                (Value::Links(links), _) => links.serialize(serializer),
                (Value::Captures(captures), _) => captures.serialize(serializer),
                (Value::Images(images), _) => images.serialize(serializer),
                (Value::Checks(checks), _) => checks.serialize(serializer),
            },
        }
    }
}

/// The events that are listed. Their rows are made as they are written, so that a long list takes little more memory than its
/// timeline.
pub struct Rows<'a> {
    pub timeline: &'a Timeline,
    pub zone: Zone,
    pub known_on: Option<&'a KnownOn>,
    /// Whether what only may match is listed too, so that each row says how surely it does.
    pub shows_match: bool,
    /// In order of time, with how surely each matches the question about it, where one was asked.
    pub listed: Vec<(&'a Event, Option<Answer>)>,
}

impl<'a> Rows<'a> {
    /// Each event with its cells.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_, 'a>> {
        self.listed.iter().map(|&(event, answer)| {
            // Two columns tell these: they are worked out once a row.
            let bounds = match event.date.as_ref().map(Date::day_bounds) {
                Some(bounds) => [bounds.earliest, bounds.latest],
                None => [DayBound::Unknown; 2],
            };
            Row { rows: self, event, answer, bounds }
        })
    }

    /// Whether a row says whether its event was known.
    pub fn asks_known(&self) -> bool {
        self.known_on.is_some()
    }
}

/// An event that is listed.
pub struct Row<'r, 'a> {
    rows: &'r Rows<'a>,
    event: &'a Event,
    answer: Option<Answer>,
    bounds: [DayBound; 2],
}

impl<'a> Row<'_, 'a> {
    /// What it has in a column, for programs.
    pub fn cell(&self, column: Column<'_>) -> Cell<'a> {
        let Self { event, bounds: [earliest, latest], .. } = *self;
        let words = |words: Option<&'static str>| words.map_or(Cell::Absent, |words| Cell::Data(words.into()));
        match column {
            Column::Field(field) => Cell::Field(field.kind(), field.get(event)),
            Column::DateInWords => Cell::Words(event.date_in_words().into()),
            Column::DateInZone => self.date_in_zone().map_or(Cell::Absent, |there| Cell::Words(there.into())),
            Column::Dates => Cell::Words(self.dates().into()),
            Column::Earliest => Cell::Data(earliest.to_string().into()),
            Column::Latest => Cell::Data(latest.to_string().into()),
            Column::Sources => Cell::Ids(self.sources().collect()),
            Column::SourceCount => Cell::Data(self.sources().count().to_string().into()),
            Column::Citations => Cell::Words(self.citations().map(in_words).collect::<Vec<_>>().join("; ").into()),
            Column::Links => {
                let links = event.links.iter().map(|link| format!("{} {}", link.relation.label(), link.to));
                Cell::Words(links.collect::<Vec<_>>().join("; ").into())
            }
            Column::Own(name) => Cell::Words(event.rare.fields.get(name).map_or("", Text::as_str).into()),
            Column::Match => words(self.answer()),
            Column::Known => words(self.known()),
            Column::Doubts => Cell::Data(self.doubts().into()),
        }
    }

    /// What it has in a column, in the words of a table for people. Whatever a terminal would obey is there as it was written.
    pub fn words(&self, column: Column<'_>) -> Cow<'a, str> {
        match self.cell(column) {
            Cell::Absent => "".into(),
            Cell::Field(kind, value) => value.in_words(kind, self.rows.timeline),
            Cell::Words(text) | Cell::Data(text) => text,
            Cell::Ids(ids) => ids.join(", ").into(),
        }
    }

    fn date_in_zone(&self) -> Option<String> {
        self.event.date.as_ref().and_then(|date| date.describe_in(self.rows.zone))
    }

    /// On the event's own clock, and on the timeline's.
    fn dates(&self) -> String {
        let words = self.event.date_in_words();
        match self.date_in_zone() {
            Some(there) => format!("{words} · {there}"),
            None => words,
        }
    }

    /// The ids of the sources that count on the date asked about.
    fn sources(&self) -> impl Iterator<Item = &'a str> {
        self.citations().map(|citation| citation.source.as_str())
    }

    /// The citations of these sources.
    fn citations(&self) -> impl Iterator<Item = &'a Citation> {
        let Rows { timeline, known_on, .. } = *self.rows;
        let citations = self.event.citations.iter();
        citations.filter(move |citation: &&Citation| KnownOn::counts(known_on, timeline, citation))
    }

    fn answer(&self) -> Option<&'static str> {
        self.answer.map(|answer| if answer == Answer::Yes { "yes" } else { "possibly" })
    }

    fn known(&self) -> Option<&'static str> {
        self.rows.known_on.map(|known_on| match known_on.event(self.rows.timeline, self.event) {
            Known::Yes => "yes",
            Known::Perhaps => "perhaps",
            Known::NotYet => "not yet",
        })
    }

    fn doubts(&self) -> String {
        let answer = self.answer().filter(|&answer| answer != "yes");
        let known = self.known().filter(|&known| known != "yes").map(|known| format!("{known} known"));
        answer.map(str::to_owned).into_iter().chain(known).collect::<Vec<_>>().join(", ")
    }
}

/// "gazette (Disputes, B2, p. 4)": the id of a source, how it stands to the event, its grades and the place in it.
fn in_words(citation: &Citation) -> String {
    let reliability = citation.reliability.map_or("", Reliability::letter);
    let credibility = citation.credibility.map(|grade| grade.number().to_string()).unwrap_or_default();
    let grades = format!("{reliability}{credibility}");
    let parts = [citation.stance.label(), &grades, citation.locator.as_deref().unwrap_or_default()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{} ({})", citation.source, parts.join(", "))
}

/// An object of JSON: every column but those that are absent.
impl Serialize for Row<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for column in JSON.into_iter().chain(others(&JSON)).chain([Column::Match, Column::Known]) {
            let cell = self.cell(column);
            if !matches!(cell, Cell::Absent) {
                map.serialize_entry(column.name(), &cell)?;
            }
        }
        map.end()
    }
}
