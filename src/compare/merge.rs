//! Two states that went apart from one brought together: what only one side changed is taken, field by field; what both changed
//! otherwise stays as ours and is told.
//!
//! | base → ours | base → theirs | what becomes of it |
//! |---|---|---|
//! | same | anything | theirs |
//! | anything | same | ours |
//! | equal | equal | either |
//! | a list of texts | a list of texts | ours, with what theirs added and without what theirs removed |
//! | a citation or link | another for the same source or event | both stay |
//! | removed | changed | the changed one stays, told |
//! | otherwise | otherwise | ours, told |

use std::collections::HashMap;

use super::difference::title_of;
use super::line_up::Item;
use crate::edit::Edit;
use crate::model::{
    Capture, CheckSetting, Citation, CitationField, EraField, EventField, Field, HeaderField, Image, Key, Kind,
    LaneField, Link, LinkField, OwnFields, Record, SourceField, Text, Timeline, Value, ViewField, join,
};

/// What came of a merge.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// What makes ours the merged state; an empty batch where ours has all.
    pub edit: Edit,
    /// How many records theirs brought something to.
    pub taken: usize,
    /// What both sides changed otherwise.
    pub conflicts: Vec<Conflict>,
}

/// A side of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The state that the other is brought into.
    Ours,
    /// The state that is brought in.
    Theirs,
}

/// Something that both sides changed otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The record.
    pub key: Key,
    /// Its title.
    pub title: String,
    /// The field's name in the interface; none where the record itself was removed on one side.
    pub field: Option<&'static str>,
    /// The name of the field of the user's own, where it is about one.
    pub own: Option<Text>,
    /// What each has: as it is typed, none where nothing.
    pub base: Option<String>,
    /// What the merged state has.
    pub ours: Option<String>,
    /// What it has not.
    pub theirs: Option<String>,
    /// Their record whole.
    pub their_record: Option<Record>,
}

impl Conflict {
    /// "*State Duma ratifies*: date: ours 24 Oct 2024, theirs 25 Oct 2024".
    pub fn words(&self) -> String {
        let value =
            |value: &Option<String>| value.as_ref().map_or_else(|| "nothing".to_owned(), |value| format!("“{value}”"));
        match self.field {
            Some(field) => {
                let (ours, theirs) = (value(&self.ours), value(&self.theirs));
                format!("“{}”: {}: ours is {ours}, theirs is {theirs}", self.title, field.to_lowercase())
            }
            None if self.ours.is_none() => {
                format!("“{}”: removed here and changed there; it stays, as theirs", self.title)
            }
            None => format!("“{}”: changed here and removed there; it stays, as ours", self.title),
        }
    }
}

/// Brings `theirs` into `ours`; both went out from `base`. Nothing that either side added is lost.
pub fn merge(base: &Timeline, ours: &Timeline, theirs: &Timeline) -> Merged {
    let mut merging = Merging { edits: Vec::new(), conflicts: Vec::new() };
    merging.record(
        Some(Record::Header(base.header().clone())),
        Some(Record::Header(ours.header().clone())),
        Some(Record::Header(theirs.header().clone())),
        None,
    );
    // A new record follows the one that it follows in theirs; several new ones in a row follow each other.
    let mut follows: HashMap<Key, usize> = HashMap::new();
    let mut previous: Option<Key> = None;
    for record in records(theirs) {
        let key = record.key();
        let before = previous.replace(key.clone()).filter(|before| before.kind() == key.kind());
        let (old, own) = (base.record(&key), ours.record(&key));
        if old.as_ref() == Some(&record) {
            continue;
        }
        let at = match (&own, before) {
            (None, None) => Some(0),
            (None, Some(before)) => {
                let at = follows.get(&before).copied().or_else(|| ours.position(&before).map(|at| at + 1));
                if let Some(at) = at {
                    follows.insert(key.clone(), at + 1);
                }
                at
            }
            _ => None,
        };
        merging.record(old, own, Some(record), at);
    }
    for record in records(base) {
        let key = record.key();
        if theirs.position(&key).is_none() {
            merging.record(Some(record), ours.record(&key), None, None);
        }
    }
    let Merging { edits, conflicts } = merging;
    Merged { taken: edits.len(), edit: Edit::Batch(edits), conflicts }
}

/// Brings one record of `theirs` into `ours`, both out of `base`; none where it is not there. Gives the edit of ours, where it
/// takes one, and what collides.
pub fn merge_record(
    base: Option<Record>,
    ours: Option<Record>,
    theirs: Option<Record>,
) -> (Option<Edit>, Vec<Conflict>) {
    let mut merging = Merging { edits: Vec::new(), conflicts: Vec::new() };
    merging.record(base, ours, theirs, None);
    (merging.edits.pop(), merging.conflicts)
}

/// Every record but the header, kind by kind: lanes and sources first, so that events find what they name.
fn records(timeline: &Timeline) -> impl Iterator<Item = Record> {
    let lanes = timeline.lanes().iter().cloned().map(Record::Lane);
    let sources = timeline.sources().iter().cloned().map(|source| Record::Source(Box::new(source)));
    let events = timeline.events().iter().cloned().map(|event| Record::Event(event.into()));
    let eras = timeline.eras().iter().cloned().map(Record::Era);
    lanes.chain(sources).chain(events).chain(eras).chain(timeline.views().iter().cloned().map(Record::View))
}

/// What has been found so far.
struct Merging {
    edits: Vec<Edit>,
    conflicts: Vec<Conflict>,
}

impl Merging {
    /// Merges a record; `at` is the place of one that ours has not.
    fn record(&mut self, base: Option<Record>, ours: Option<Record>, theirs: Option<Record>, at: Option<usize>) {
        if theirs == base || theirs == ours {
            return;
        }
        let Some(key) = theirs.as_ref().or(ours.as_ref()).or(base.as_ref()).map(Record::key) else { return };
        if ours == base {
            self.edits.push(match theirs {
                Some(record) => Edit::Put { record, replaces: None, at },
                None => Edit::Remove(key),
            });
            return;
        }
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                let merged = self.fields_of(base.as_ref(), &ours, &theirs);
                if merged != ours {
                    self.edits.push(Edit::put(merged));
                }
            }
            // Removed here, changed there: what somebody has just worked on is not thrown away unseen.
            (None, Some(theirs)) => {
                self.conflicts.push(Conflict {
                    key,
                    title: title_of(&theirs),
                    field: None,
                    own: None,
                    base: None,
                    ours: None,
                    theirs: Some(title_of(&theirs)),
                    their_record: Some(theirs.clone()),
                });
                self.edits.push(Edit::Put { record: theirs, replaces: None, at });
            }
            (Some(ours), None) => self.conflicts.push(Conflict {
                key,
                title: title_of(&ours),
                field: None,
                own: None,
                base: None,
                ours: Some(title_of(&ours)),
                theirs: None,
                their_record: None,
            }),
            (None, None) => {}
        }
    }

    fn fields_of(&mut self, base: Option<&Record>, ours: &Record, theirs: &Record) -> Record {
        let mut merged = ours.clone();
        /// The record inside the base, where there is one of this type.
        macro_rules! base {
            ($variant:ident) => {
                base.and_then(|record| if let Record::$variant(inner) = record { Some(&*inner) } else { None })
            };
        }
        match (&mut merged, theirs) {
            (Record::Header(merged), Record::Header(own)) => {
                self.fields::<HeaderField>(base!(Header), merged, own, theirs);
            }
            (Record::Lane(merged), Record::Lane(own)) => self.fields::<LaneField>(base!(Lane), merged, own, theirs),
            (Record::Source(merged), Record::Source(own)) => {
                self.fields::<SourceField>(base!(Source).map(|it| &**it), merged, own, theirs);
            }
            (Record::Event(merged), Record::Event(own)) => {
                self.fields::<EventField>(base!(Event).map(|it| &**it), merged, own, theirs);
            }
            (Record::Era(merged), Record::Era(own)) => self.fields::<EraField>(base!(Era), merged, own, theirs),
            (Record::View(merged), Record::View(own)) => self.fields::<ViewField>(base!(View), merged, own, theirs),
            _ => {}
        }
        merged
    }

    /// Merges the fields of a record into ours.
    fn fields<F: Field>(&mut self, base: Option<&F::Record>, ours: &mut F::Record, theirs: &F::Record, whole: &Record)
    where
        F::Record: Clone,
    {
        let own = ours.clone();
        for &field in F::ALL {
            let old = base.map_or(Value::None, |base| field.get(base));
            let (mine, other) = (field.get(&own), field.get(theirs));
            if other == old || other == mine {
                continue;
            }
            // What is put comes out of the same field of a record that has it, so it fits.
            let mut put = |value: Value<'_>| field.set(ours, value).is_ok();
            let is_put = match (mine, other) {
                _ if mine == old => put(other),
                (Value::List(_) | Value::None, Value::List(_) | Value::None) if field.kind() == Kind::List => {
                    let items = texts(old, mine, other);
                    put(if items.is_empty() { Value::None } else { Value::List(&items) })
                }
                (Value::Citations(_) | Value::None, Value::Citations(_)) | (Value::Citations(_), Value::None) => {
                    let list = |value| if let Value::Citations(it) = value { it } else { &[] };
                    let items = items::<Citation>(list(old), list(mine), list(other), together::<CitationField>);
                    put(if items.is_empty() { Value::None } else { Value::Citations(&items) })
                }
                (Value::Links(_) | Value::None, Value::Links(_)) | (Value::Links(_), Value::None) => {
                    let list = |value| if let Value::Links(it) = value { it } else { &[] };
                    let items = items::<Link>(list(old), list(mine), list(other), together::<LinkField>);
                    put(if items.is_empty() { Value::None } else { Value::Links(&items) })
                }
                (Value::Captures(_) | Value::None, Value::Captures(_)) | (Value::Captures(_), Value::None) => {
                    let list = |value| if let Value::Captures(it) = value { it } else { &[] };
                    let items = items::<Capture>(list(old), list(mine), list(other), |_, _, _| None);
                    put(if items.is_empty() { Value::None } else { Value::Captures(&items) })
                }
                (Value::Images(_) | Value::None, Value::Images(_)) | (Value::Images(_), Value::None) => {
                    let list = |value| if let Value::Images(it) = value { it } else { &[] };
                    let items = items::<Image>(list(old), list(mine), list(other), |_, _, _| None);
                    put(if items.is_empty() { Value::None } else { Value::Images(&items) })
                }
                (Value::Own(_) | Value::None, Value::Own(_)) | (Value::Own(_), Value::None) => {
                    let own = |value| if let Value::Own(it) = value { it.clone() } else { OwnFields::NONE };
                    let (both, collisions) = own_fields(&own(old), &own(mine), &own(other));
                    self.conflicts.extend(collisions.into_iter().map(|(name, [base, ours, theirs])| Conflict {
                        key: whole.key(),
                        title: title_of(whole),
                        field: Some(field.label()),
                        own: Some(name),
                        base,
                        ours,
                        theirs,
                        their_record: Some(whole.clone()),
                    }));
                    put(if both.is_empty() { Value::None } else { Value::Own(&both) })
                }
                (Value::Checks(_) | Value::None, Value::Checks(_)) | (Value::Checks(_), Value::None) => {
                    let list = |value| if let Value::Checks(it) = value { it } else { &[] };
                    let items = items::<CheckSetting>(list(old), list(mine), list(other), |_, _, _| None);
                    put(if items.is_empty() { Value::None } else { Value::Checks(&items) })
                }
                _ => false,
            };
            if !is_put {
                let said = |value: Value<'_>| (!value.is_none()).then(|| told(value));
                self.conflicts.push(Conflict {
                    key: whole.key(),
                    title: title_of(whole),
                    field: Some(field.label()),
                    own: None,
                    base: said(old),
                    ours: said(mine),
                    theirs: said(other),
                    their_record: Some(whole.clone()),
                });
            }
        }
    }
}

/// A value as it is typed; a record inside the record by what it says.
fn told(value: Value<'_>) -> String {
    match value {
        Value::Judgment(judgment) => {
            let parts = [judgment.likelihood.map(|it| it.label()), judgment.confidence.map(|it| it.label())];
            let note = judgment.note.as_deref();
            parts.into_iter().flatten().chain(note).collect::<Vec<_>>().join(", ")
        }
        Value::List(items) => join(items),
        _ => value.to_string(),
    }
}

/// Ours, with what theirs added and without what theirs removed.
fn texts(base: Value<'_>, ours: Value<'_>, theirs: Value<'_>) -> Vec<Text> {
    let list = |value| if let Value::List(items) = value { items } else { &[] };
    let (base, ours, theirs): (&[Text], &[Text], &[Text]) = (list(base), list(ours), list(theirs));
    let kept = ours.iter().filter(|item| theirs.contains(item) || !base.contains(item));
    let added = theirs.iter().filter(|item| !ours.contains(item) && !base.contains(item));
    kept.chain(added).cloned().collect()
}

/// A name, and what base, ours and theirs have under it.
type Collision = (Text, [Option<String>; 3]);

/// The user's own fields of both sides, and those that both gave another text: each as "name: text" of base, ours and theirs.
fn own_fields(base: &OwnFields, ours: &OwnFields, theirs: &OwnFields) -> (OwnFields, Vec<Collision>) {
    let (mut merged, mut collisions) = (ours.clone(), Vec::new());
    let mut names: Vec<&Text> = theirs.iter().map(|(name, _)| name).collect();
    names.extend(base.iter().map(|(name, _)| name).filter(|name| theirs.get(name).is_none()));
    for name in names {
        let (old, mine, other) = (base.get(name), ours.get(name), theirs.get(name));
        if other == old || other == mine {
            continue;
        }
        match other {
            _ if mine != old => {
                let said = |text: Option<&Text>| text.map(|text| format!("{name}: {text}"));
                collisions.push((name.clone(), [said(old), said(mine), said(other)]));
            }
            Some(text) => merged.put(name.clone(), text.clone()),
            None => merged.remove(name),
        }
    }
    (merged, collisions)
}

/// The fields of two items brought together where they do not collide; none where they do.
fn together<F: Field>(base: &F::Record, ours: &F::Record, theirs: &F::Record) -> Option<F::Record>
where
    F::Record: Clone,
{
    let mut merged = ours.clone();
    for &field in F::ALL {
        let (old, mine, other) = (field.get(base), field.get(ours), field.get(theirs));
        if other == old || other == mine {
            continue;
        }
        if mine != old || field.set(&mut merged, other).is_err() {
            return None;
        }
    }
    Some(merged)
}

/// Items of both sides: ours in their order, with what theirs changed alone, and behind them what theirs added. Where both
/// changed an item, `together` makes one of them, or both stay.
fn items<T: Item>(base: &[T], ours: &[T], theirs: &[T], together: impl Fn(&T, &T, &T) -> Option<T>) -> Vec<T> {
    let (old, mine, other) = (numbered(base), numbered(ours), numbered(theirs));
    let mut merged = Vec::new();
    let mut beside = Vec::new();
    for key in keys(ours) {
        let Some(&own) = mine.get(&key) else { continue };
        match (old.get(&key), other.get(&key)) {
            // Theirs left it as it was, or says the same.
            (Some(&base), Some(&theirs)) if theirs == base || theirs == own => merged.push(own.clone()),
            (Some(&base), Some(&theirs)) if own == base => merged.push(theirs.clone()),
            (Some(&base), Some(&theirs)) => match together(base, own, theirs) {
                Some(both) => merged.push(both),
                None => {
                    merged.push(own.clone());
                    merged.push(theirs.clone());
                }
            },
            // Theirs took out what ours left as it was; what ours changed stays.
            (Some(&base), None) if own == base => {}
            (Some(_) | None, None) => merged.push(own.clone()),
            // Both added one.
            (None, Some(&theirs)) => {
                merged.push(own.clone());
                if theirs != own {
                    merged.push(theirs.clone());
                }
            }
        }
    }
    for key in keys(theirs) {
        let (Some(&theirs), None) = (other.get(&key), mine.get(&key)) else { continue };
        // Ours took it out; it comes back where theirs changed it meanwhile.
        if old.get(&key).is_none_or(|&base| base != theirs) {
            beside.push(theirs.clone());
        }
    }
    merged.extend(beside);
    merged
}

/// Items by key and by how many of the same key stand before.
fn numbered<T: Item>(items: &[T]) -> HashMap<(String, usize), &T> {
    keys(items).into_iter().zip(items).collect()
}

fn keys<T: Item>(items: &[T]) -> Vec<(String, usize)> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut number = |key: String| {
        let count = counts.entry(key.clone()).or_default();
        *count += 1;
        (key, *count)
    };
    items.iter().map(|item| number(item.key())).collect()
}
