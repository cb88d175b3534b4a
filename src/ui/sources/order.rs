//! The columns of the table and the order of its rows.

use std::cmp::Ordering;

use super::facts::SourceFacts;
use crate::model::{Reliability, Source};
use crate::ui::Document;

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Title,
    Publisher,
    Kind,
    Published,
    Reliability,
    Origin,
    CitedBy,
    Captures,
}

impl Column {
    /// Every column, from left to right.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Publisher,
        Self::Kind,
        Self::Published,
        Self::Reliability,
        Self::Origin,
        Self::CitedBy,
        Self::Captures,
    ];

    /// Its heading.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Title => "Title",
            Self::Publisher => "Publisher",
            Self::Kind => "Kind",
            Self::Published => "Published",
            Self::Reliability => "Reliability",
            Self::Origin => "Origin",
            Self::CitedBy => "Cited by",
            Self::Captures => "Captures",
        }
    }

    /// Its width in points, where it needs no more; none where it shares the rest.
    pub const fn fixed_pt(self) -> Option<f32> {
        match self {
            Self::Kind => Some(80.0),
            Self::Published => Some(104.0),
            Self::Reliability => Some(84.0),
            Self::CitedBy => Some(76.0),
            Self::Captures => Some(76.0),
            Self::Title | Self::Publisher | Self::Origin => None,
        }
    }

    /// Its share of the rest of the width.
    pub const fn share(self) -> f32 {
        match self {
            Self::Title => 0.56,
            Self::Publisher | Self::Origin => 0.22,
            _ => 0.0,
        }
    }

    /// Whether it holds numbers, which stand at the right.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::CitedBy | Self::Captures)
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
        Self { column: Column::Title, descending: false }
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
        let text = |text: &str| Some(Value::Text(text.to_lowercase()));
        let number = |number: usize| Some(Value::Number(number));
        let value = match self.column {
            Column::Title => None,
            Column::Publisher => source.publisher.as_deref().and_then(text),
            Column::Kind => text(source.kind.label()),
            Column::Published => source.published.as_ref().map(|date| Value::Date(date.sort_key(doc.zone))),
            Column::Reliability => {
                let judged = source.reliability.filter(|grade| *grade != Reliability::F);
                judged.map(|grade| Value::Text(grade.letter().to_owned()))
            }
            Column::Origin => {
                source.origin.as_deref().and_then(|id| text(doc.timeline.source(id).map_or(id, |origin| &origin.title)))
            }
            Column::CitedBy => number(facts.cited_by(at)),
            Column::Captures => number(source.captures.len()),
        };
        // Without any grade comes after F.
        let missing =
            u8::from(value.is_none()) + u8::from(self.column == Column::Reliability && source.reliability.is_none());
        let by_title = self.column == Column::Title;
        SortKey { missing: if by_title { 0 } else { missing }, by_title, value, title: source.title.to_lowercase() }
    }
}

/// The place of a row.
struct SortKey {
    missing: u8,
    by_title: bool,
    value: Option<Value>,
    title: String,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Value {
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
            .then_with(|| turned(self.value.cmp(&other.value)))
            .then_with(|| if self.by_title { turned(titles) } else { titles })
    }
}
