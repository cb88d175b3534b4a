//! What a column of the table shows: a field of events, or what is derived from several.

use std::borrow::Cow;

use crate::model::{Event, EventField, Field as _, Kind, KnownOn, Text, Timeline, Value};
use crate::query::OrderBy;
use crate::ui::Document;

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Column {
    /// A field of the event.
    Field(EventField),
    /// The first day on which it can be.
    Earliest,
    /// The last.
    Latest,
    /// Who is cited.
    Sources,
    /// How many citations it has.
    SourceCount,
    /// A field of the user's own.
    Own(Text),
}

/// What stands before the name of a field of the user's own, where columns are kept: it may be called as another column is.
const OWN: &str = "own:";

/// How wide a column is that nobody has set.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// What it is given at least, before the table is scrolled sideways.
    pub least_pt: f32,
    /// What it needs for most of what stands in it.
    pub usual_pt: f32,
    /// Its part of what is left over.
    pub share: f32,
}

/// The columns of one's first table.
pub const FIRST: [Column; 5] = [
    Column::Field(EventField::Date),
    Column::Field(EventField::Title),
    Column::Field(EventField::Lane),
    Column::Field(EventField::Standing),
    Column::Sources,
];

/// Every column but those of the user's own fields, in the order of the menu. Citations and own fields are no column
/// together: they have columns of their own.
pub const ALL: [Column; 20] = [
    Column::Field(EventField::Date),
    Column::Field(EventField::Title),
    Column::Field(EventField::Lane),
    Column::Field(EventField::Standing),
    Column::Field(EventField::Weight),
    Column::Field(EventField::Actors),
    Column::Field(EventField::Place),
    Column::Field(EventField::Coordinates),
    Column::Field(EventField::Tags),
    Column::Sources,
    Column::SourceCount,
    Column::Field(EventField::Judgment),
    Column::Field(EventField::Wording),
    Column::Earliest,
    Column::Latest,
    Column::Field(EventField::Note),
    Column::Field(EventField::Links),
    Column::Field(EventField::Images),
    Column::Field(EventField::Recorded),
    Column::Field(EventField::Id),
];

impl Column {
    /// The name under which it is kept.
    pub fn name(&self) -> Cow<'static, str> {
        match self {
            Self::Field(field) => field.name().into(),
            Self::Earliest => "earliest".into(),
            Self::Latest => "latest".into(),
            Self::Sources => "sources".into(),
            Self::SourceCount => "source_count".into(),
            Self::Own(name) => format!("{OWN}{name}").into(),
        }
    }

    /// The column that is kept under a name.
    pub fn named(name: &str) -> Option<Self> {
        if let Some(own) = name.strip_prefix(OWN) {
            return Some(Self::Own(own.into()));
        }
        ALL.into_iter().find(|column| column.name() == name)
    }

    /// Its heading.
    pub fn heading(&self) -> &str {
        match self {
            Self::Field(field) => field.label(),
            Self::Earliest => "Earliest",
            Self::Latest => "Latest",
            Self::Sources => "Sources",
            Self::SourceCount => "Citations",
            Self::Own(name) => name,
        }
    }

    /// What it shows, where the heading does not say it.
    pub const fn explanation(&self) -> Option<&'static str> {
        match self {
            Self::Earliest => Some("The first day on which the event can be"),
            Self::Latest => Some("The last day on which the event can be"),
            Self::Sources => Some("Who published the sources that are cited"),
            Self::SourceCount => Some("How many citations the event has"),
            Self::Own(_) => Some("A field of your own"),
            Self::Field(_) => None,
        }
    }

    /// How it is sorted, in a sentence for the tooltip of its heading.
    pub fn order_in_words(&self) -> &'static str {
        match self {
            Self::Field(EventField::Date | EventField::Recorded) => {
                "Ordered by the earliest moment that a date can mean, then by the latest. Two small arrows mark an event whose \
                 vague date could be before or after that of the row beside it"
            }
            Self::Earliest | Self::Latest => "Ordered by day",
            Self::Field(EventField::Links | EventField::Images) | Self::SourceCount => "Ordered by how many there are",
            Self::Field(field) => match field.kind() {
                Kind::Choice(_) => "In the order of its menu",
                Kind::Number(_) => "Ordered by number",
                Kind::Record(_) => "Ordered by likelihood, then by confidence",
                Kind::Coordinates => "From south to north",
                _ => "Ordered by letters; large and small ones are the same",
            },
            Self::Sources => "Ordered by letters; large and small ones are the same",
            Self::Own(_) => "Ordered by number where all are numbers, else by letters",
        }
    }

    /// What events are sorted by.
    pub fn order(&self) -> OrderBy {
        match self {
            Self::Field(field) => OrderBy::Field(*field),
            Self::Earliest => OrderBy::Earliest,
            Self::Latest => OrderBy::Latest,
            Self::Sources => OrderBy::Sources,
            Self::SourceCount => OrderBy::Field(EventField::Citations),
            Self::Own(name) => OrderBy::Own(name.clone()),
        }
    }

    /// Whether it is in the order of time.
    pub const fn is_time(&self) -> bool {
        matches!(self, Self::Field(EventField::Date))
    }

    /// Whether it holds numbers, which stand at the right.
    pub const fn is_number(&self) -> bool {
        matches!(self, Self::Field(EventField::Weight) | Self::SourceCount)
    }

    /// How wide it is as long as nobody has set that.
    pub const fn room(&self) -> Room {
        match self {
            Self::Field(EventField::Date | EventField::Recorded) => {
                Room { least_pt: 96.0, usual_pt: 144.0, share: 0.0 }
            }
            Self::Field(EventField::Title) => Room { least_pt: 200.0, usual_pt: 240.0, share: 5.0 },
            Self::Field(EventField::Standing) => Room { least_pt: 80.0, usual_pt: 88.0, share: 0.0 },
            Self::Field(EventField::Weight) => Room { least_pt: 64.0, usual_pt: 72.0, share: 0.0 },
            Self::SourceCount => Room { least_pt: 72.0, usual_pt: 80.0, share: 0.0 },
            Self::Earliest | Self::Latest => Room { least_pt: 88.0, usual_pt: 96.0, share: 0.0 },
            Self::Sources => Room { least_pt: 96.0, usual_pt: 144.0, share: 3.0 },
            Self::Field(EventField::Note) => Room { least_pt: 120.0, usual_pt: 240.0, share: 4.0 },
            Self::Field(_) | Self::Own(_) => Room { least_pt: 80.0, usual_pt: 96.0, share: 2.0 },
        }
    }

    /// What an event has in it, in words.
    pub fn text<'d>(&self, doc: Document<'d>, event: &'d Event) -> Cow<'d, str> {
        let bound = |latest: bool| {
            let bounds = event.date.as_ref().map(crate::time::Date::day_bounds);
            bounds.map_or_else(String::new, |bounds| if latest { bounds.latest } else { bounds.earliest }.to_string())
        };
        match self {
            Self::Earliest => bound(false).into(),
            Self::Latest => bound(true).into(),
            Self::Sources => sources_of(doc.timeline, event, doc.known_on).into(),
            Self::SourceCount => {
                let counts = |citation: &&_| KnownOn::counts(doc.known_on, doc.timeline, citation);
                event.citations.iter().filter(counts).count().to_string().into()
            }
            Self::Own(name) => event.rare.fields.get(name).map_or("", Text::as_str).into(),
            Self::Field(field) => match (field, field.get(event)) {
                (EventField::Date, Value::None) => Event::UNDATED.into(),
                (_, Value::Judgment(judgment)) => {
                    let terms =
                        [judgment.likelihood.map(|term| term.label()), judgment.confidence.map(|term| term.label())];
                    terms.into_iter().flatten().collect::<Vec<_>>().join(" · ").into()
                }
                (_, Value::Links(links)) => {
                    let title = |link: &crate::model::Link| {
                        let title = doc.timeline.event(&link.to).map_or(&link.to, |event| &event.title);
                        format!("{} “{title}”", link.relation.label())
                    };
                    links.iter().map(title).collect::<Vec<_>>().join("; ").into()
                }
                (_, value) => value.in_words(field.kind(), doc.timeline),
            },
        }
    }
}

/// Who is cited: publishers, or titles where there is none, each once, in the order of the citations;
/// without those that were not out on the date asked about.
fn sources_of(timeline: &Timeline, event: &Event, known_on: Option<&KnownOn>) -> String {
    let mut names: Vec<&str> = Vec::new();
    for citation in event.citations.iter().filter(|citation| KnownOn::counts(known_on, timeline, citation)) {
        let source = timeline.source(&citation.source);
        let name = source.map_or(citation.source.as_str(), |source| source.short_name());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_that_can_be_shown_is_a_column_and_is_found_again_by_its_name() {
        for field in EventField::ALL {
            let is_apart = matches!(field, EventField::Citations | EventField::Fields);
            assert_eq!(ALL.contains(&Column::Field(*field)), !is_apart, "{field:?}");
        }
        for column in ALL.into_iter().chain([Column::Own("title".into()), Column::Own("own:".into())]) {
            assert_eq!(Column::named(&column.name()), Some(column));
        }
        assert_eq!(Column::named("of a later version"), None);
    }
}
