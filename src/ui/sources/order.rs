//! The columns of the table and the order of its rows.

use std::cmp::Ordering;

use super::facts::SourceFacts;
use crate::model::{Field as _, Kind, Reliability, Source, SourceField, Value};
use crate::ui::Document;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Field(SourceField),
    /// How many events cite the source.
    CitedBy,
}

impl Column {
    /// Every column, from left to right.
    pub const ALL: [Self; 8] = [
        Self::Field(SourceField::Title),
        Self::Field(SourceField::Publisher),
        Self::Field(SourceField::Kind),
        Self::Field(SourceField::Published),
        Self::Field(SourceField::Reliability),
        Self::Field(SourceField::Origin),
        Self::CitedBy,
        Self::Field(SourceField::Captures),
    ];

    /// Its heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::Field(field) => field.label(),
            Self::CitedBy => "Cited by",
        }
    }

    /// Its width in points, where it needs no more; none where it shares the rest.
    pub fn fixed_pt(self) -> Option<f32> {
        match self {
            Self::CitedBy => Some(76.0),
            Self::Field(SourceField::Reliability) => Some(84.0),
            Self::Field(field) => match field.kind() {
                Kind::Choice(_) => Some(80.0),
                Kind::Date => Some(104.0),
                Kind::Records(_) => Some(76.0),
                _ => None,
            },
        }
    }

    /// Its share of the rest of the width.
    pub fn share(self) -> f32 {
        match self {
            Self::Field(SourceField::Title) => 0.56,
            _ if self.fixed_pt().is_none() => 0.22,
            _ => 0.0,
        }
    }

    /// Whether it holds numbers, which stand at the right.
    pub fn is_number(self) -> bool {
        matches!(self, Self::CitedBy | Self::Field(SourceField::Captures))
    }
}

/// By which column rows are sorted, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorting {
    /// The column.
    pub column: Column,
    /// From the last to the first.
    pub descending: bool,
}

impl Default for Sorting {
    fn default() -> Self {
        Self { column: Column::Field(SourceField::Title), descending: false }
    }
}

impl Sorting {
    /// What a click on the heading of a column asks for: this column, or the other way round where it is this one already.
    pub fn clicked(self, column: Column) -> Self {
        let counts = column.is_number();
        if self.column == column {
            Self { descending: !self.descending, ..self }
        } else {
            Self { column, descending: counts }
        }
    }

    /// Sorts positions of sources. What has no value in the column stands last whichever way; so does reliability F, which
    /// means unjudged and not worst. Rows of one value stand by title, then in the order of the file.
    pub fn sort(self, rows: &mut [usize], doc: Document<'_>, facts: &SourceFacts) {
        let sources = doc.timeline.sources();
        let key = |at: usize| sources.get(at).map(|source| self.key(doc, facts, at, source));
        let mut keyed: Vec<(Option<SortKey>, usize)> = rows.iter().map(|at| (key(*at), *at)).collect();
        keyed.sort_by(|(a, a_at), (b, b_at)| match (a, b) {
            (Some(a), Some(b)) => a.compare(b, self.descending).then(a_at.cmp(b_at)),
            _ => a_at.cmp(b_at),
        });
        for (row, (_, at)) in rows.iter_mut().zip(keyed) {
            *row = at;
        }
    }

    fn key(self, doc: Document<'_>, facts: &SourceFacts, at: usize, source: &Source) -> SortKey {
        let text = |text: &str| Some(Place::Text(text.to_lowercase()));
        let by_title = self.column == Column::Field(SourceField::Title);
        let place = match self.column {
            Column::CitedBy => Some(Place::Number(facts.cited_by(at))),
            _ if by_title => None,
            Column::Field(field) => match (field, field.get(source)) {
                (SourceField::Captures, _) => Some(Place::Number(source.captures.len())),
                (SourceField::Reliability, _) if source.reliability == Some(Reliability::F) => None,
                (SourceField::Origin, Value::Text(id)) => {
                    text(doc.timeline.source(id).map_or(id, |origin| &origin.title))
                }
                (_, Value::Date(date)) => Some(Place::Date(date.sort_key(doc.zone))),
                (_, value) => value.as_str().and_then(text),
            },
        };
        // Without any grade comes after F.
        let is_ungraded = self.column == Column::Field(SourceField::Reliability) && source.reliability.is_none();
        let missing = u8::from(place.is_none()) + u8::from(is_ungraded);
        SortKey { missing: if by_title { 0 } else { missing }, by_title, place, title: source.title.to_lowercase() }
    }
}

/// The place of a row.
struct SortKey {
    missing: u8,
    by_title: bool,
    place: Option<Place>,
    title: String,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Text(String),
    Number(usize),
    Date(crate::time::SortKey),
}

impl SortKey {
    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        let titles = self.title.cmp(&other.title);
        self.missing
            .cmp(&other.missing)
            .then_with(|| turned(self.place.cmp(&other.place)))
            .then_with(|| if self.by_title { turned(titles) } else { titles })
    }
}
