//! The columns of Annalist's own tables: what is written of each record, and what is read of it again.
//!
//! A record inside a record is spread over columns of its own (`citations.stance`), one item of a cell for each; the fields of
//! the records are the tables of `model`. What stands beside them for readers (`earliest`, `lane.title`) is worked out, and not
//! read back.

use crate::model::{
    CaptureField, CheckField, CitationField, EraField, Event, EventField, Field, FieldInfo, HashField, ImageField,
    JudgmentField, Kind, LaneField, LinkField, Part, SourceField, Value, ViewField,
};

/// A field of a record inside a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartField {
    Capture(CaptureField),
    Check(CheckField),
    Citation(CitationField),
    /// The hash of a capture.
    Hash(HashField),
    Image(ImageField),
    Judgment(JudgmentField),
    Link(LinkField),
}

impl PartField {
    /// What holds of it.
    pub fn info(self) -> &'static FieldInfo {
        match self {
            Self::Capture(field) => field.info(),
            Self::Check(field) => field.info(),
            Self::Citation(field) => field.info(),
            Self::Hash(field) => field.info(),
            Self::Image(field) => field.info(),
            Self::Judgment(field) => field.info(),
            Self::Link(field) => field.info(),
        }
    }

    /// Every field of such a record that is no record itself, in the order of the format.
    fn of(part: Part) -> Vec<Self> {
        match part {
            Part::Capture => CaptureField::ALL
                .iter()
                .flat_map(|field| match field.kind() {
                    Kind::Record(Part::Hash) => Self::of(Part::Hash),
                    _ => vec![Self::Capture(*field)],
                })
                .collect(),
            Part::Check => CheckField::ALL.iter().copied().map(Self::Check).collect(),
            Part::Citation => CitationField::ALL.iter().copied().map(Self::Citation).collect(),
            Part::Hash => HashField::ALL.iter().copied().map(Self::Hash).collect(),
            Part::Image => ImageField::ALL.iter().copied().map(Self::Image).collect(),
            Part::Judgment => JudgmentField::ALL.iter().copied().map(Self::Judgment).collect(),
            Part::Link => LinkField::ALL.iter().copied().map(Self::Link).collect(),
        }
    }

    /// Hands over what each record in a value has in this field.
    pub fn each<'r>(self, value: Value<'r>, mut each: impl FnMut(Value<'r>)) {
        match (self, value) {
            (Self::Capture(field), Value::Captures(all)) => all.iter().for_each(|it| each(field.get(it))),
            (Self::Hash(field), Value::Captures(all)) => all.iter().for_each(|it| each(field.get(&it.hash))),
            (Self::Check(field), Value::Checks(all)) => all.iter().for_each(|it| each(field.get(it))),
            (Self::Citation(field), Value::Citations(all)) => all.iter().for_each(|it| each(field.get(it))),
            (Self::Image(field), Value::Images(all)) => all.iter().for_each(|it| each(field.get(it))),
            (Self::Judgment(field), Value::Judgment(it)) => each(field.get(it)),
            (Self::Link(field), Value::Links(all)) => all.iter().for_each(|it| each(field.get(it))),
            _ => {}
        }
    }
}

/// A column that holds what records say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held<F> {
    /// A field of the record.
    Field(F),
    /// A field of the records inside it.
    Part(F, PartField),
}

impl<F: Field> Held<F> {
    /// The columns of all fields, in the order of the format. Fields of the user's own have none here.
    pub fn all() -> Vec<Self> {
        F::ALL.iter().flat_map(|field| Self::of(*field)).collect()
    }

    /// The columns of a field.
    pub fn of(field: F) -> Vec<Self> {
        match field.kind() {
            Kind::Map => Vec::new(),
            Kind::Record(part) | Kind::Records(part) => {
                PartField::of(part).into_iter().map(|inner| Self::Part(field, inner)).collect()
            }
            _ => vec![Self::Field(field)],
        }
    }

    /// Its heading: the name of the field in files, that of a record inside before it.
    pub fn name(self) -> String {
        match self {
            Self::Field(field) => field.name().to_owned(),
            Self::Part(field, PartField::Hash(inner)) => format!("{}.hash.{}", field.name(), inner.name()),
            Self::Part(field, inner) => format!("{}.{}", field.name(), inner.info().name),
        }
    }

    /// What is written into its cells.
    pub fn info(self) -> &'static FieldInfo {
        match self {
            Self::Field(field) => field.info(),
            Self::Part(_, inner) => inner.info(),
        }
    }

    /// Its heading for people: the label of the field, that of a record inside before it. A reference is told from the title of
    /// what it names.
    pub fn label(self) -> String {
        let inner = |info: &FieldInfo| match info.kind {
            Kind::Reference(_) => format!("{} (id)", info.label),
            _ => info.label.to_owned(),
        };
        match self {
            Self::Field(field) => inner(field.info()),
            Self::Part(field, part) => format!("{}: {}", field.label(), inner(part.info()).to_lowercase()),
        }
    }

    /// Whether a cell of it has an item for each of several records.
    pub fn is_list(self) -> bool {
        match self {
            Self::Field(field) => field.kind() == Kind::List,
            Self::Part(field, _) => matches!(field.kind(), Kind::Records(_)),
        }
    }
}

/// A column of the table of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column<'a> {
    /// What the event says.
    Held(Held<EventField>),
    /// A field of the user's own.
    Own(&'a str),
    /// What is worked out.
    Computed(Computed),
}

/// What is worked out of an event and what it names, for readers alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Computed {
    DateInWords,
    Earliest,
    Latest,
    LaneTitle,
    SourceTitles,
    SourceAddresses,
    LinkedTitles,
    Known,
}

impl Computed {
    /// Every one.
    const ALL: [Self; 8] = [
        Self::DateInWords,
        Self::Earliest,
        Self::Latest,
        Self::LaneTitle,
        Self::SourceTitles,
        Self::SourceAddresses,
        Self::LinkedTitles,
        Self::Known,
    ];

    /// The heading of its column.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DateInWords => "date_in_words",
            Self::Earliest => "earliest",
            Self::Latest => "latest",
            Self::LaneTitle => "lane.title",
            Self::SourceTitles => "citations.source.title",
            Self::SourceAddresses => "citations.source.url",
            Self::LinkedTitles => "links.to.title",
            Self::Known => "known",
        }
    }

    /// Its heading for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::DateInWords => "Date in words",
            Self::Earliest => "Earliest",
            Self::Latest => "Latest",
            Self::LaneTitle => "Lane",
            Self::SourceTitles => "Sources",
            Self::SourceAddresses => "Addresses of sources",
            Self::LinkedTitles => "Linked events",
            Self::Known => "Known",
        }
    }

    /// What it tells, as a sentence without a full stop.
    pub const fn about(self) -> &'static str {
        match self {
            Self::DateInWords => "The date in words, as vague as it is",
            Self::Earliest => "The first day that the date can touch (ISO 8601); .. has no beginning, ? is not known",
            Self::Latest => "The last day that the date can touch (ISO 8601); .. has no end, ? is not known",
            Self::LaneTitle => "The title of the lane",
            Self::SourceTitles => "The titles of the sources cited",
            Self::SourceAddresses => "Where the sources cited were found",
            Self::LinkedTitles => "The titles of the events linked to",
            Self::Known => "Whether it was known on the date asked about: yes or perhaps",
        }
    }
}

/// What stands before the name of a field of the user's own.
pub const OWN: &str = "fields.";

/// The columns of the table of events that stand before those of the user's own fields: what people read first, then what
/// bears it out. The column of what was known is there where that is asked.
pub fn columns(asks_known: bool) -> Vec<Column<'static>> {
    use EventField as F;
    let mut columns = Vec::new();
    let held = |field: F| Held::of(field).into_iter().map(Column::Held).collect::<Vec<_>>();
    let computed = |it: Computed| vec![Column::Computed(it)];
    let parts = [
        held(F::Id),
        held(F::Date),
        computed(Computed::DateInWords),
        computed(Computed::Earliest),
        computed(Computed::Latest),
        held(F::Wording),
        held(F::Title),
        held(F::Lane),
        computed(Computed::LaneTitle),
        held(F::Standing),
        held(F::Weight),
        held(F::Actors),
        held(F::Place),
        held(F::Coordinates),
        held(F::Tags),
        held(F::Note),
        held(F::Judgment),
        held(F::Citations),
        computed(Computed::SourceTitles),
        computed(Computed::SourceAddresses),
        held(F::Links),
        computed(Computed::LinkedTitles),
        held(F::Images),
        held(F::Recorded),
    ];
    columns.extend(parts.into_iter().flatten());
    // A field that is not named above stands behind them.
    let others: Vec<_> = Held::all().into_iter().map(Column::Held).filter(|it| !columns.contains(it)).collect();
    columns.extend(others);
    columns.extend(asks_known.then_some(Column::Computed(Computed::Known)));
    columns
}

/// The same columns in the order of a sheet that people read: first what stays in sight, ids last.
pub fn sheet_columns(asks_known: bool) -> Vec<Column<'static>> {
    use EventField as F;
    let first = [
        Column::Computed(Computed::DateInWords),
        Column::Held(Held::Field(F::Title)),
        Column::Computed(Computed::LaneTitle),
        Column::Held(Held::Field(F::Standing)),
        Column::Computed(Computed::Earliest),
        Column::Computed(Computed::Latest),
        Column::Held(Held::Field(F::Date)),
        Column::Held(Held::Field(F::Wording)),
        Column::Computed(Computed::Known),
    ];
    let last = [Column::Held(Held::Field(F::Lane)), Column::Held(Held::Field(F::Id))];
    let all = columns(asks_known);
    // All columns once, whichever were named: one that is new stands in the middle until somebody places it.
    let middle = all.iter().filter(|column| !first.contains(column) && !last.contains(column));
    let first = first.iter().filter(|column| all.contains(column));
    first.chain(middle).chain(&last).copied().collect()
}

impl<'a> Column<'a> {
    /// Its heading.
    pub fn name(self) -> String {
        match self {
            Self::Held(held) => held.name(),
            Self::Own(name) => format!("{OWN}{name}"),
            Self::Computed(computed) => computed.name().to_owned(),
        }
    }

    /// Its heading for people.
    pub fn label(self) -> String {
        match self {
            Self::Held(held) => held.label(),
            Self::Own(name) => name.to_owned(),
            Self::Computed(computed) => computed.label().to_owned(),
        }
    }

    /// The column of a heading.
    pub fn named(heading: &'a str) -> Option<Self> {
        // Before the others: a field of the user's own may be called as one of ours is.
        if let Some(name) = heading.strip_prefix(OWN).filter(|name| !name.trim().is_empty()) {
            return Some(Self::Own(name));
        }
        let held = Held::all().into_iter().find(|held| held.name() == heading).map(Self::Held);
        held.or_else(|| Computed::ALL.into_iter().find(|it| it.name() == heading).map(Self::Computed))
    }
}

impl Column<'static> {
    /// The column of a heading for people.
    pub fn labelled(label: &str) -> Option<Self> {
        columns(true).into_iter().find(|column| column.label() == label)
    }
}

/// The names of the user's own fields, in the order in which they come first.
pub fn own_names<'e>(events: impl Iterator<Item = &'e Event>) -> Vec<&'e str> {
    let mut seen = std::collections::HashSet::new();
    let names = events.flat_map(|event| event.rare.fields.iter()).map(|(name, _)| name.as_str());
    names.filter(|name| seen.insert(*name)).collect()
}

/// A table of records other than events, as a sheet of its own or the header as a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    Events,
    Sources,
    Lanes,
    Eras,
    Views,
    Timeline,
}

impl Sheet {
    /// Every sheet, in the order of a workbook.
    pub const ALL: [Self; 6] = [Self::Events, Self::Sources, Self::Lanes, Self::Eras, Self::Views, Self::Timeline];

    /// Its name in a workbook.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Events => "Events",
            Self::Sources => "Sources",
            Self::Lanes => "Lanes",
            Self::Eras => "Eras",
            Self::Views => "Views",
            Self::Timeline => "Timeline",
        }
    }

    /// What its records are called in the column [`RECORD`] of a table, and in JSON lines.
    pub const fn record(self) -> &'static str {
        match self {
            Self::Events => "event",
            Self::Sources => "source",
            Self::Lanes => "lane",
            Self::Eras => "era",
            Self::Views => "view",
            Self::Timeline => "timeline",
        }
    }

    /// The sheet of records that are called so.
    pub fn of_record(record: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sheet| sheet.record() == record)
    }
}

/// The column that says which type of record a row of a table holds, where it holds more than events.
pub const RECORD: &str = "record";

/// Columns of the table of events that records of other types share: their fields of that name mean the same.
const SHARED: [&str; 4] = ["id", "title", "date", "note"];

/// The heading, in a table of events, of a column of records of another type: `lane.color`; those that mean the same stand in one.
pub fn heading_beside_events<F: Tabled>(held: Held<F>) -> String {
    let name = held.name();
    if SHARED.contains(&name.as_str()) { name } else { format!("{}.{name}", F::SHEET.record()) }
}

/// Records of one type that a table of their own holds.
pub trait Tabled: Field {
    /// The sheet.
    const SHEET: Sheet;
}

impl Tabled for SourceField {
    const SHEET: Sheet = Sheet::Sources;
}

impl Tabled for LaneField {
    const SHEET: Sheet = Sheet::Lanes;
}

impl Tabled for EraField {
    const SHEET: Sheet = Sheet::Eras;
}

impl Tabled for ViewField {
    const SHEET: Sheet = Sheet::Views;
}

impl Tabled for crate::model::HeaderField {
    const SHEET: Sheet = Sheet::Timeline;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_heading_leads_back_to_its_column() {
        let columns = columns(true);
        for column in &columns {
            assert_eq!(Column::named(&column.name()), Some(*column));
        }
        let names: std::collections::HashSet<String> = columns.iter().map(|column| column.name()).collect();
        assert_eq!(names.len(), columns.len());
        for column in &columns {
            assert_eq!(Column::labelled(&column.label()), Some(*column), "{}", column.label());
        }
        assert_eq!(sheet_columns(true).len(), columns.len());
        assert_eq!(Column::named("fields.Casualties"), Some(Column::Own("Casualties")));
        assert_eq!(Column::named("fields. "), None);
    }

    #[test]
    fn columns_of_other_records_are_those_of_events_only_where_they_share_them() {
        fn check<F: Tabled>() {
            for held in Held::<F>::all() {
                let heading = heading_beside_events(held);
                let is_shared = SHARED.contains(&heading.as_str());
                assert_eq!(Column::named(&heading).is_some(), is_shared, "{heading}");
                assert_eq!(Sheet::of_record(F::SHEET.record()), Some(F::SHEET));
            }
        }
        check::<SourceField>();
        check::<LaneField>();
        check::<EraField>();
        check::<ViewField>();
        check::<crate::model::HeaderField>();
        assert_eq!(Column::named(RECORD), None);
    }
}
