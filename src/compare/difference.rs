//! What differs between two states of a timeline.

use std::collections::{HashMap, HashSet};

use super::line_up::{Item, pairs};
use crate::model::{
    CaptureField, CheckField, CitationField, Era, EraField, Event, EventField, Field, HeaderField, ImageField,
    JudgmentField, Key, Kind, Lane, LaneField, LinkField, OwnFields, Presence, Record, RecordKind, Source, SourceField,
    Text, Timeline, Value, View, ViewField, join,
};

/// A record that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordDifference {
    /// What names it, where it is there: after where it is, else before.
    pub key: Key,
    /// Its title.
    pub title: String,
    /// The date of an event or an era, in words.
    pub when: Option<String>,
    /// How it differs.
    pub difference: Difference,
}

/// How a record, or one inside a record, differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// It is there only after, with these fields.
    Added(Vec<FieldDifference>),
    /// It was there only before, with these fields.
    Removed(Vec<FieldDifference>),
    /// It is there before and after, and these fields differ.
    Changed(Vec<FieldDifference>),
}

impl Difference {
    /// The fields that it had, has, or in which it differs.
    pub fn fields(&self) -> &[FieldDifference] {
        match self {
            Self::Added(fields) | Self::Removed(fields) | Self::Changed(fields) => fields,
        }
    }
}

/// A field in which a record differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDifference {
    /// The name in files; that of a field of the judgment begins with `judgment.`, that of a field of the user's own with
    /// `fields.`.
    pub name: String,
    /// The name in the interface.
    pub label: String,
    /// How it differs.
    pub change: FieldChange,
}

/// How a field differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldChange {
    /// One value in place of another; none where there is none.
    Value {
        /// What it was.
        before: Option<Said>,
        /// What it is.
        after: Option<Said>,
    },
    /// Items of a list.
    Items {
        /// Those that are there only after.
        added: Vec<String>,
        /// Those that were there only before.
        removed: Vec<String>,
    },
    /// Records inside the record: citations, links, captures, settings of checks.
    Parts(Vec<PartDifference>),
}

/// A value as it stands in a file and in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// As it stands in a file: a date in EDTF, an id.
    pub raw: String,
    /// In words: a date as it is read, the title of the record that an id names.
    pub words: String,
}

/// A record inside a record that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartDifference {
    /// What it is called: the title of a citation's source.
    pub name: String,
    /// How it differs.
    pub difference: Difference,
}

/// How many records of a kind differ.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Those that are there only after.
    pub added: usize,
    /// Those that differ.
    pub changed: usize,
    /// Those that were there only before.
    pub removed: usize,
}

impl Summary {
    /// That of the records of a kind.
    pub fn of(kind: RecordKind, all: &[RecordDifference]) -> Self {
        let mut summary = Self::default();
        for record in all.iter().filter(|record| record.key.kind() == kind) {
            match record.difference {
                Difference::Added(_) => summary.added += 1,
                Difference::Removed(_) => summary.removed += 1,
                Difference::Changed(_) => summary.changed += 1,
            }
        }
        summary
    }
}

/// The records that differ between two states, kind by kind in the order of the file format: those that are there after in
/// the order of that file, then those that are gone. A record that has another id and says the same is one that changed.
///
/// ```
/// use annalist::compare::{Difference, differences};
/// let read = |text: &str| annalist::store::read(text.to_owned()).timeline;
/// let before = read(r#"Timeline(format: 1, title: "T", events: [Event(id: "a", title: "A", date: "2024-10")])"#);
/// let after = read(r#"Timeline(format: 1, title: "T", events: [Event(id: "a", title: "A", date: "2024-10-24")])"#);
/// let all = differences(&before, &after);
/// assert!(matches!(&all[0].difference, Difference::Changed(fields) if fields[0].label == "Date"));
/// ```
pub fn differences(before: &Timeline, after: &Timeline) -> Vec<RecordDifference> {
    let comparison = Comparison { before, after };
    let mut all = Vec::new();
    let (old, new) = (before.header(), after.header());
    if old != new {
        all.push(comparison.record(Some(Record::Header(old.clone())), Some(Record::Header(new.clone()))));
    }
    let lane = |timeline: &'_ Timeline, lane: &Lane| timeline.lane(&lane.id) == Some(lane);
    comparison.list(&mut all, before.lanes(), after.lanes(), lane, |lane| Record::Lane(lane.clone()));
    let same = |timeline: &'_ Timeline, source: &Source| timeline.source(&source.id) == Some(source);
    let as_record = |source: &Source| Record::Source(Box::new(source.clone()));
    comparison.list(&mut all, before.sources(), after.sources(), same, as_record);
    let same = |timeline: &'_ Timeline, event: &Event| timeline.event(&event.id) == Some(event);
    let as_record = |event: &Event| Record::Event(event.clone().into());
    comparison.list(&mut all, before.events(), after.events(), same, as_record);
    let same = |timeline: &'_ Timeline, era: &Era| timeline.eras().contains(era);
    comparison.list(&mut all, before.eras(), after.eras(), same, |era| Record::Era(era.clone()));
    let same = |timeline: &'_ Timeline, view: &View| timeline.views().contains(view);
    comparison.list(&mut all, before.views(), after.views(), same, |view| Record::View(view.clone()));
    all
}

/// The fields of one record, of which others are read in its timeline.
pub fn record_fields(timeline: &Timeline, record: &Record) -> Vec<FieldDifference> {
    Comparison { before: timeline, after: timeline }.fields_of(None, Some(record))
}

/// How one record differs, of which others are read in this timeline.
pub fn record_difference(timeline: &Timeline, before: Option<Record>, after: Option<Record>) -> RecordDifference {
    Comparison { before: timeline, after: timeline }.record(before, after)
}

/// The two states, in which ids are looked up.
struct Comparison<'t> {
    before: &'t Timeline,
    after: &'t Timeline,
}

impl Comparison<'_> {
    /// Compares the records of a kind. `is_same` says whether a state has a record just so: most of a long list is, and is
    /// not copied.
    fn list<'r, T: PartialEq + 'r>(
        &self,
        all: &mut Vec<RecordDifference>,
        before: impl IntoIterator<Item = &'r T>,
        after: impl IntoIterator<Item = &'r T>,
        is_same: impl Fn(&Timeline, &T) -> bool,
        as_record: impl Fn(&T) -> Record,
    ) {
        let (mut added, mut changed) = (Vec::new(), Vec::new());
        for new in after {
            if is_same(self.before, new) {
                continue;
            }
            let record = as_record(new);
            match self.before.record(&record.key()) {
                Some(old) => changed.push((Some(old), Some(record))),
                None => added.push((None, Some(record))),
            }
        }
        let differ = before.into_iter().filter(|old| !is_same(self.after, old)).map(&as_record);
        let gone: Vec<Record> = differ.filter(|record| self.after.position(&record.key()).is_none()).collect();
        // Records that say the same under another id: known by all they say but the id.
        let mut by_words: HashMap<String, Record> = gone.iter().map(|old| (nameless(old), old.clone())).collect();
        for (old, new) in &mut added {
            *old = new.as_ref().and_then(|new| by_words.remove(&nameless(new)));
        }
        let renamed: HashSet<Key> = added.iter().filter_map(|(old, _)| old.as_ref().map(Record::key)).collect();
        all.extend(added.into_iter().chain(changed).map(|(old, new)| self.record(old, new)));
        let gone = gone.into_iter().filter(|old| !renamed.contains(&old.key()));
        all.extend(gone.map(|old| self.record(Some(old), None)));
    }

    fn record(&self, before: Option<Record>, after: Option<Record>) -> RecordDifference {
        let fields = self.fields_of(before.as_ref(), after.as_ref());
        let difference = match (&before, &after) {
            (None, _) => Difference::Added(fields),
            (_, None) => Difference::Removed(fields),
            _ => Difference::Changed(fields),
        };
        let (key, title, when) = match after.as_ref().or(before.as_ref()) {
            Some(record) => (record.key(), title_of(record), when_of(record)),
            None => (Key::Header, String::new(), None),
        };
        RecordDifference { key, title, when, difference }
    }

    fn fields_of(&self, before: Option<&Record>, after: Option<&Record>) -> Vec<FieldDifference> {
        /// The records inside, where they are of one type.
        macro_rules! both {
            ($variant:ident) => {
                (
                    before.and_then(|record| if let Record::$variant(inner) = record { Some(&*inner) } else { None }),
                    after.and_then(|record| if let Record::$variant(inner) = record { Some(&*inner) } else { None }),
                )
            };
        }
        let mut all = Vec::new();
        match after.or(before) {
            None => {}
            Some(Record::Header(_)) => {
                let (before, after) = both!(Header);
                self.fields::<HeaderField>(&mut all, "", before, after);
            }
            Some(Record::Lane(_)) => {
                let (before, after) = both!(Lane);
                self.fields::<LaneField>(&mut all, "", before, after);
            }
            Some(Record::Source(_)) => {
                let (before, after) = both!(Source);
                self.fields::<SourceField>(&mut all, "", before.map(|it| &**it), after.map(|it| &**it));
            }
            Some(Record::Event(_)) => {
                let (before, after) = both!(Event);
                self.fields::<EventField>(&mut all, "", before.map(|it| &**it), after.map(|it| &**it));
            }
            Some(Record::Era(_)) => {
                let (before, after) = both!(Era);
                self.fields::<EraField>(&mut all, "", before, after);
            }
            Some(Record::View(_)) => {
                let (before, after) = both!(View);
                self.fields::<ViewField>(&mut all, "", before, after);
            }
        }
        all
    }

    /// The fields in which two records differ; all that it has of one alone.
    fn fields<F: Field>(
        &self,
        all: &mut Vec<FieldDifference>,
        within: &str,
        before: Option<&F::Record>,
        after: Option<&F::Record>,
    ) where
        F::Record: Clone,
    {
        for &field in F::ALL {
            let (old, new) =
                (before.map_or(Value::None, |it| field.get(it)), after.map_or(Value::None, |it| field.get(it)));
            let alone = if before.is_some() && after.is_some() { None } else { after.or(before) };
            // Of a record that came or went its title says more than its id, and a default says nothing.
            let is_told = alone.is_none_or(|record| field.kind() != Kind::Id && !is_default(field, record));
            if old == new || !is_told {
                continue;
            }
            let change = match (old, new) {
                (Value::Judgment(_), _) | (_, Value::Judgment(_)) => {
                    let judgment = |value| if let Value::Judgment(it) = value { Some(it) } else { None };
                    self.fields::<JudgmentField>(all, "judgment.", judgment(old), judgment(new));
                    continue;
                }
                (Value::List(_), _) | (_, Value::List(_)) => items(old, new),
                (Value::Citations(_), _) | (_, Value::Citations(_)) => {
                    let list = |value| if let Value::Citations(it) = value { it } else { &[] };
                    self.parts::<CitationField>(list(old), list(new))
                }
                (Value::Links(_), _) | (_, Value::Links(_)) => {
                    let list = |value| if let Value::Links(it) = value { it } else { &[] };
                    self.parts::<LinkField>(list(old), list(new))
                }
                (Value::Captures(_), _) | (_, Value::Captures(_)) => {
                    let list = |value| if let Value::Captures(it) = value { it } else { &[] };
                    self.parts::<CaptureField>(list(old), list(new))
                }
                (Value::Images(_), _) | (_, Value::Images(_)) => {
                    let list = |value| if let Value::Images(it) = value { it } else { &[] };
                    self.parts::<ImageField>(list(old), list(new))
                }
                (Value::Own(_), _) | (_, Value::Own(_)) => {
                    let own = |value| if let Value::Own(it) = value { it } else { &NO_FIELDS };
                    own_fields(all, field.name(), own(old), own(new));
                    continue;
                }
                (Value::Checks(_), _) | (_, Value::Checks(_)) => {
                    let list = |value| if let Value::Checks(it) = value { it } else { &[] };
                    self.parts::<CheckField>(list(old), list(new))
                }
                _ => FieldChange::Value {
                    before: said(self.before, field.kind(), old),
                    after: said(self.after, field.kind(), new),
                },
            };
            all.push(FieldDifference {
                name: format!("{within}{}", field.name()),
                label: field.label().to_owned(),
                change,
            });
        }
    }

    fn parts<F: Field>(&self, before: &[F::Record], after: &[F::Record]) -> FieldChange
    where
        F::Record: Item,
    {
        let mut all = Vec::new();
        for (old, new) in pairs(before, after) {
            if old == new {
                continue;
            }
            let mut fields = Vec::new();
            self.fields::<F>(&mut fields, "", old, new);
            let (timeline, item) = if new.is_some() { (self.after, new) } else { (self.before, old) };
            let name = item.and_then(|item| {
                // The first field is what it is known by: the source of a citation, the other end of a link.
                let field = F::ALL.first()?;
                said(timeline, field.kind(), field.get(item))
            });
            let difference = match (old, new) {
                (None, _) => Difference::Added(without_first::<F>(fields)),
                (_, None) => Difference::Removed(without_first::<F>(fields)),
                _ => Difference::Changed(fields),
            };
            all.push(PartDifference { name: name.map(|name| name.words).unwrap_or_default(), difference });
        }
        FieldChange::Parts(all)
    }
}

/// The fields without the one that gives the name.
fn without_first<F: Field>(mut fields: Vec<FieldDifference>) -> Vec<FieldDifference> {
    fields.retain(|field| F::ALL.first().is_none_or(|first| first.name() != field.name));
    fields
}

static NO_FIELDS: OwnFields = OwnFields::NONE;

/// The fields of the user's own that differ: those that are there after in their order, then those that are gone. Where only
/// the order differs, that is told.
fn own_fields(all: &mut Vec<FieldDifference>, field: &str, before: &OwnFields, after: &OwnFields) {
    let said = |text: Option<&Text>| text.map(|text| Said { raw: text.to_string(), words: text.to_string() });
    let told = all.len();
    let gone = before.iter().filter(|(name, _)| after.get(name).is_none()).map(|(name, text)| (name, Some(text), None));
    for (name, old, new) in after.iter().map(|(name, text)| (name, before.get(name), Some(text))).chain(gone) {
        if old != new {
            let change = FieldChange::Value { before: said(old), after: said(new) };
            all.push(FieldDifference { name: format!("{field}.{name}"), label: name.to_string(), change });
        }
    }
    if all.len() == told {
        let names = |fields: &OwnFields| {
            let names = join(&fields.iter().map(|(name, _)| name).collect::<Vec<_>>());
            Some(Said { raw: names.clone(), words: names })
        };
        let change = FieldChange::Value { before: names(before), after: names(after) };
        all.push(FieldDifference { name: field.to_owned(), label: "Order of own fields".to_owned(), change });
    }
}

fn items(before: Value<'_>, after: Value<'_>) -> FieldChange {
    let list = |value| if let Value::List(items) = value { items } else { &[] };
    let (before, after) = (list(before), list(after));
    let only = |these: &[Text], others: &[Text]| {
        these.iter().filter(|item| !others.contains(item)).map(ToString::to_string).collect::<Vec<_>>()
    };
    let (added, removed) = (only(after, before), only(before, after));
    if added.is_empty() && removed.is_empty() {
        // The same in another order, or another number of times.
        let whole = |items| Some(Said { raw: join(items), words: join(items) });
        return FieldChange::Value { before: whole(before), after: whole(after) };
    }
    FieldChange::Items { added, removed }
}

/// A value as it stands in a file and in words.
fn said(timeline: &Timeline, kind: Kind, value: Value<'_>) -> Option<Said> {
    if value.is_none() {
        return None;
    }
    let raw = value.to_string();
    let words = match value {
        Value::Date(date) => date.describe_with(timeline.zone()),
        _ => value.in_words(kind, timeline).into_owned(),
    };
    Some(Said { raw, words })
}

/// Whether a record has in a field what it has where a file says nothing.
fn is_default<F: Field>(field: F, record: &F::Record) -> bool
where
    F::Record: Clone,
{
    let mut bare = record.clone();
    field.info().presence == Presence::Defaulted
        && field.set(&mut bare, Value::None).is_ok()
        && field.get(&bare) == field.get(record)
}

/// The title of a record.
/// What a record is called in the interface.
pub fn title_of(record: &Record) -> String {
    match record {
        Record::Header(header) => header.title.to_string(),
        Record::Lane(lane) => lane.title.to_string(),
        Record::Source(source) => source.title.to_string(),
        Record::Event(event) => event.title.to_string(),
        Record::Era(era) => era.title.to_string(),
        Record::View(view) => view.title.to_string(),
    }
}

fn when_of(record: &Record) -> Option<String> {
    match record {
        Record::Event(event) => EventField::Date.get(event).as_date().map(crate::time::Date::describe),
        Record::Era(era) => Some(era.date.describe()),
        _ => None,
    }
}

/// All that a record says but its id, to find it again under another.
fn nameless(record: &Record) -> String {
    let mut record = record.clone();
    match &mut record {
        Record::Header(_) => {}
        Record::Lane(lane) => lane.id = Default::default(),
        Record::Source(source) => source.id = Default::default(),
        Record::Event(event) => event.id = Default::default(),
        Record::Era(era) => era.id = Default::default(),
        Record::View(view) => view.id = Default::default(),
    }
    format!("{record:?}")
}
