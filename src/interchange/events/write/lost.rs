//! What a format has no place for, counted once a kind.

use super::selection::Selection;
use crate::diagnostic::counted_as;
use crate::model::{Citation, Event, Field as _, Source, SourceField, Stance, Value};

/// A kind of thing in a timeline that a format may have no place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each says what it is in `words`")]
pub enum Part {
    // Of the timeline.
    Description,
    Zone,
    Checks,
    LaneColors,
    LaneNotes,
    LaneRecords,
    Eras,
    Views,
    SourceRecords,
    SourceFields,
    // Of events.
    Wordings,
    Weights,
    Actors,
    Coordinates,
    Tags,
    Judgments,
    Notes,
    Stances,
    Grades,
    Quotes,
    CitationDates,
    Links,
    LinkNotes,
    Images,
    Own,
    Recorded,
}

impl Part {
    /// Every kind, in the order in which they are told.
    pub const ALL: [Self; 26] = [
        Self::Description,
        Self::Zone,
        Self::Checks,
        Self::LaneColors,
        Self::LaneNotes,
        Self::LaneRecords,
        Self::Eras,
        Self::Views,
        Self::SourceRecords,
        Self::SourceFields,
        Self::Wordings,
        Self::Weights,
        Self::Actors,
        Self::Coordinates,
        Self::Tags,
        Self::Judgments,
        Self::Notes,
        Self::Stances,
        Self::Grades,
        Self::Quotes,
        Self::CitationDates,
        Self::Links,
        Self::LinkNotes,
        Self::Images,
        Self::Own,
        Self::Recorded,
    ];

    /// What one is called, and several.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Description => ("description of the timeline", "descriptions of the timeline"),
            Self::Zone => ("time zone", "time zones"),
            Self::Checks => ("setting of a check", "settings of checks"),
            Self::LaneColors => ("lane’s colour or note", "lanes’ colours and notes"),
            Self::LaneNotes => ("lane’s note", "lanes’ notes"),
            Self::LaneRecords => ("lane’s title, colour and note", "lanes’ titles, colours and notes"),
            Self::Eras => ("era", "eras"),
            Self::Views => ("saved view", "saved views"),
            Self::SourceRecords => ("source (its id stays)", "sources (their ids stay)"),
            Self::SourceFields => (
                "field of a source beyond its title and address",
                "fields of sources beyond their titles and addresses",
            ),
            Self::Wordings => ("wording of a date", "wordings of dates"),
            Self::Weights => ("weight", "weights"),
            Self::Actors => ("event’s actors", "events’ actors"),
            Self::Coordinates => ("pair of coordinates", "pairs of coordinates"),
            Self::Tags => ("event’s tags", "events’ tags"),
            Self::Judgments => ("judgment", "judgments"),
            Self::Notes => ("note", "notes"),
            Self::Stances => ("stance other than Supports", "stances other than Supports"),
            Self::Grades => ("graded citation", "graded citations"),
            Self::Quotes => ("quotation or note on a citation", "quotations and notes on citations"),
            Self::CitationDates => ("date that a source gives", "dates that sources give"),
            Self::Links => ("link", "links"),
            Self::LinkNotes => ("note on a link", "notes on links"),
            Self::Images => ("image", "images"),
            Self::Own => ("field of your own", "fields of your own"),
            Self::Recorded => ("date of recording", "dates of recording"),
        }
    }

    /// How much of it there is.
    fn count(self, selection: &Selection<'_>) -> usize {
        let timeline = selection.timeline;
        let header = timeline.header();
        match self {
            Self::Description => usize::from(header.description.is_some()),
            Self::Zone => usize::from(header.zone.is_some()),
            Self::Checks => header.checks.len(),
            Self::LaneColors => {
                timeline.lanes().iter().filter(|lane| lane.color.is_some() || lane.note.is_some()).count()
            }
            Self::LaneNotes => timeline.lanes().iter().filter(|lane| lane.note.is_some()).count(),
            Self::LaneRecords => timeline.lanes().len(),
            Self::Eras => timeline.eras().len(),
            Self::Views => timeline.views().len(),
            Self::SourceRecords => selection.sources().count(),
            Self::SourceFields => selection.sources().map(|source| further_fields(&source)).sum(),
            _ => selection.records().map(|event| self.count_in(event)).sum(),
        }
    }

    /// How much of it an event has; nothing of what is no event’s.
    fn count_in(self, event: &Event) -> usize {
        let cited = |is: fn(&Citation) -> bool| event.citations.iter().filter(|citation| is(citation)).count();
        match self {
            Self::Wordings => usize::from(event.wording.is_some()),
            Self::Weights => usize::from(event.weight != Event::DEFAULT_WEIGHT),
            Self::Actors => usize::from(!event.actors.is_empty()),
            Self::Coordinates => usize::from(event.rare.coordinates.is_some()),
            Self::Tags => usize::from(!event.tags.is_empty()),
            Self::Judgments => usize::from(event.judgment.is_some()),
            Self::Notes => usize::from(event.note.is_some()),
            Self::Stances => cited(|citation| citation.stance != Stance::default()),
            Self::Grades => cited(|citation| citation.credibility.is_some() || citation.reliability.is_some()),
            Self::Quotes => {
                cited(|citation| citation.quote.is_some() || citation.translation.is_some() || citation.note.is_some())
            }
            Self::CitationDates => cited(|citation| citation.date.is_some() || citation.wording.is_some()),
            Self::Links => event.links.len(),
            Self::LinkNotes => event.links.iter().filter(|link| link.note.is_some()).count(),
            Self::Images => event.rare.images.len(),
            Self::Own => event.rare.fields.len(),
            Self::Recorded => usize::from(event.rare.recorded.is_some()),
            Self::Description
            | Self::Zone
            | Self::Checks
            | Self::LaneColors
            | Self::LaneNotes
            | Self::LaneRecords
            | Self::Eras
            | Self::Views
            | Self::SourceRecords
            | Self::SourceFields => 0,
        }
    }
}

/// How many fields a source fills that a citation in a table does not show.
fn further_fields(source: &Source) -> usize {
    let shown = [SourceField::Id, SourceField::Title, SourceField::Url, SourceField::Kind];
    SourceField::ALL.iter().filter(|field| !shown.contains(field) && field.get(source) != Value::None).count()
}

/// What was not written, by kind, in the order in which it was found.
#[derive(Debug, Default)]
pub struct Losses(Vec<(&'static str, &'static str, usize)>);

impl Losses {
    /// Counts what a format has no place for.
    pub(super) fn count(&mut self, drops: &[Part], selection: &Selection<'_>) {
        for part in drops {
            let (one, many) = part.words();
            self.add(one, many, part.count(selection));
        }
    }

    /// Counts so many of a kind, in the words for one and for several.
    pub fn add(&mut self, one: &'static str, many: &'static str, count: usize) {
        match self.0.iter_mut().find(|(known, ..)| *known == one) {
            Some((.., sum)) => *sum += count,
            None => self.0.push((one, many, count)),
        }
    }

    /// What was not written, as one sentence; none where all was.
    pub(super) fn words(&self, format: &str) -> Option<String> {
        let lost: Vec<String> = self
            .0
            .iter()
            .filter(|(.., count)| *count > 0)
            .map(|(one, many, count)| counted_as(*count, one, many))
            .collect();
        (!lost.is_empty()).then(|| format!("left out, as {format} has no place for it: {}", lost.join(", ")))
    }
}
