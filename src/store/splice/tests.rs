//! Saves of random edits to random layouts: the model comes back, and what was not touched stays byte for byte.
//!
//! Everything is drawn from one `Dice`, so that a case that fails is told by one seed. Ids are of small sets (`s0` to `s2`, `e0`, `e1`),
//! and not all of them are of records that are there: references lead nowhere now and then, as in files that people write.

use proptest::prelude::*;

use super::super::progress::Progress;
use super::super::random::{Dice, Mess, Scribe, TRICKY, dice};
use super::super::read::read;
use super::super::scan::scan;
use super::super::stream::{self, Streamed};
use super::super::tree::Kind;
use super::super::{formatted, to_ron};
use super::*;
use crate::diagnostic::{Span, Subject};
use crate::edit::{Edit, apply};
use crate::model::{
    Capture, CheckSetting, Citation, ColorBy, Coordinates, Credibility, DateLabels, Era, Grouping, Hash, HashAlgorithm,
    Header, Image, ImageDisplay, Judgment, Key, KnownBy, Lane, Level, Likelihood, Link, LinkDisplay, OwnFields,
    RareFields, Record, Relation, Reliability, Source, SourceKind, Stance, Standing, Text, View,
};
use crate::time::Date;

fn date(dice: &mut Dice) -> Date {
    let text =
        dice.pick(&["2024", "2024-06", "2024-10-24", "[2024-10-21..2024-10-31]", "1950~", "2024-06/..", "-0043-03-15"]);
    Date::parse(text).unwrap()
}

/// A text with quotes, escapes, comments that are none: whatever a scanner could take for something else.
fn word(dice: &mut Dice) -> Text {
    dice.pick(&TRICKY).into()
}

fn maybe<T>(dice: &mut Dice, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
    if dice.chance(3) { Some(make(dice)) } else { None }
}

fn some_of<T>(dice: &mut Dice, most: usize, mut make: impl FnMut(&mut Dice) -> T) -> thin_vec::ThinVec<T> {
    let count = if dice.chance(2) { 0 } else { dice.roll(most + 1) };
    (0..count).map(|_| make(dice)).collect()
}

fn citation(dice: &mut Dice) -> Citation {
    let mut citation = Citation::new(dice.pick(&["s0", "s1", "s2"]));
    citation.stance = dice.pick(&Stance::ALL);
    citation.credibility = maybe(dice, |dice| dice.pick(&Credibility::ALL));
    citation.reliability = maybe(dice, |dice| dice.pick(&Reliability::ALL));
    citation.date = maybe(dice, date).map(Box::new);
    citation.wording = maybe(dice, word);
    citation.note = maybe(dice, word);
    citation
}

fn link(dice: &mut Dice) -> Link {
    Link { to: dice.pick(&["e0", "e1"]).into(), relation: dice.pick(&Relation::ALL), note: maybe(dice, word) }
}

fn event(dice: &mut Dice, id: Text) -> Event {
    // Two of four titles are one, so that ids which are left out collide when they are derived.
    let title = dice.pick(&["Signed", "Signed", "Ratified \"at last\"", "Подписан"]);
    // One title in four is that of an event without a date, so that the choices that follow stay the same.
    let dated = Some(date(dice)).filter(|_| title != "Подписан");
    let mut event = Event { date: dated, ..Event::undated(id, title) };
    event.wording = maybe(dice, word);
    event.lane = maybe(dice, |dice| dice.pick(&["l0", "l1"]).into());
    event.actors = some_of(dice, 3, word);
    event.place = maybe(dice, word);
    event.tags = some_of(dice, 3, word);
    event.standing = dice.pick(&Standing::ALL);
    event.weight = u8::try_from(dice.roll(5) + 1).unwrap();
    event.judgment = maybe(dice, |dice| Judgment {
        likelihood: maybe(dice, |dice| dice.pick(&Likelihood::ALL)),
        confidence: None,
        note: maybe(dice, word),
    })
    .map(Box::new);
    event.note = maybe(dice, word);
    event.citations = some_of(dice, 3, citation);
    event.links = some_of(dice, 2, link);
    event.rare = RareFields {
        coordinates: maybe(dice, |dice| Coordinates::new(dice.roll(90) as f64 / 4.0, -0.5).unwrap()),
        images: some_of(dice, 2, |dice| Image { caption: maybe(dice, word), ..Image::new(word(dice)) }),
        fields: OwnFields::default(),
        recorded: maybe(dice, date),
    }
    .into();
    for _ in 0..if dice.chance(2) { dice.roll(4) } else { 0 } {
        event.rare.fields.put(dice.pick(&NAMES), word(dice));
    }
    event
}

const NAMES: [&str; 4] = ["Cost", "Case \"no.\"", "Дело", "a:b, {c}"];

fn record(dice: &mut Dice, kind: RecordKind, id: Text) -> Record {
    match kind {
        RecordKind::Header => Record::Header(Header {
            format: 1,
            title: word(dice),
            description: maybe(dice, word),
            zone: maybe(dice, |_| "Europe/Moscow".into()),
            checks: (0..dice.roll(3))
                .map(|_| CheckSetting { code: word(dice), level: dice.pick(&Level::ALL), note: maybe(dice, word) })
                .collect(),
        }),
        RecordKind::Lane => Record::Lane(Lane {
            id,
            title: word(dice),
            color: maybe(dice, |_| "#3d6fb6".into()),
            note: maybe(dice, word),
        }),
        RecordKind::Source => {
            let mut source = Source::new(id, word(dice));
            source.kind = dice.pick(&SourceKind::ALL);
            source.url = maybe(dice, |_| "https://example.org/a//b".into());
            source.published = maybe(dice, date);
            source.note = maybe(dice, word);
            source.captures = (0..dice.roll(3))
                .map(|_| Capture {
                    file: word(dice),
                    hash: Hash { algorithm: HashAlgorithm::Sha256, value: word(dice) },
                    captured: maybe(dice, date),
                    by: maybe(dice, word),
                    alters: None,
                    note: maybe(dice, word),
                })
                .collect();
            Record::Source(Box::new(source))
        }
        RecordKind::Event => Record::Event(event(dice, id).into()),
        RecordKind::Era => {
            Record::Era(Era { id, title: word(dice), date: date(dice), color: None, note: maybe(dice, word) })
        }
        RecordKind::View => Record::View(View {
            id,
            title: word(dice),
            window: date(dice),
            zone: maybe(dice, |_| "Europe/Moscow".into()),
            folds: None,
            query: maybe(dice, word),
            grouping: dice.pick(&Grouping::ALL),
            bands: None,
            color_by: dice.pick(&ColorBy::ALL),
            links: dice.pick(&LinkDisplay::ALL),
            known_on: maybe(dice, date),
            known_by: dice.pick(&KnownBy::ALL),
            dates: dice.pick(&DateLabels::ALL),
            images: dice.pick(&ImageDisplay::ALL),
            export: maybe(dice, |_| "width 2400; gaps".into()),
            theme: maybe(dice, |_| "dark".into()),
        }),
    }
}

const KINDS: [(RecordKind, &str); 5] = [
    (RecordKind::Lane, "l"),
    (RecordKind::Source, "s"),
    (RecordKind::Event, "e"),
    (RecordKind::Era, "a"),
    (RecordKind::View, "v"),
];

pub(in crate::store) fn random_timeline(dice: &mut Dice) -> Timeline {
    random_timeline_of(dice, 0)
}

/// A timeline with at least so many events.
pub(in crate::store) fn random_timeline_of(dice: &mut Dice, events: usize) -> Timeline {
    let mut timeline = Timeline::empty("Random");
    for (kind, letter) in KINDS {
        let least = if kind == RecordKind::Event { events } else { 0 };
        for at in 0..least + dice.roll(4) {
            let record = record(dice, kind, format!("{letter}{at}").into());
            apply(&mut timeline, &Edit::put(record)).unwrap();
        }
    }
    timeline
}

/// How a person might have written a timeline: fields in any order, defaults written out, `Some`, every sort of literal,
/// comments anywhere; `ids` of events left out where that is asked for.
pub(in crate::store) fn scrawl(timeline: &Timeline, dice: &mut Dice, without_ids: bool) -> String {
    let canonical = to_ron(timeline);
    let root = scan(&canonical, usize::MAX).root.unwrap();
    let mut scribe = Scribe::new(dice);
    if scribe.dice.chance(3) {
        scribe.out.push('\u{feff}');
    }
    if scribe.dice.chance(3) {
        scribe.mess = Mess::None;
    }
    scrawl_value(&canonical, &root, &mut scribe, Manner { is_optional: false, without_ids });
    scribe.trivia();
    scribe.out.clone()
}

#[derive(Clone, Copy)]
struct Manner {
    /// The value may be wrapped in `Some`.
    is_optional: bool,
    without_ids: bool,
}

fn scrawl_value(text: &str, node: &Node, scribe: &mut Scribe<'_>, manner: Manner) {
    let plain = Manner { is_optional: false, ..manner };
    if manner.is_optional && scribe.dice.chance(5) {
        scribe.token("Some");
        scribe.token("(");
        scrawl_value(text, node, scribe, plain);
        scribe.token(")");
        return;
    }
    match &node.kind {
        Kind::Struct { name, fields, .. } => {
            let name = name.map_or("", |name| name.slice(text));
            if scribe.dice.chance(6) {
                scribe.token("(");
            } else {
                scribe.token(name);
                scribe.token("(");
            }
            // The id is the first field of the canonical text.
            let leaves_out_id = name == "Event" && manner.without_ids && scribe.dice.chance(2);
            let first = usize::from(leaves_out_id);
            let mut order: Vec<usize> = (first..fields.len()).collect();
            for at in 0..order.len() {
                if scribe.dice.chance(4) {
                    let other = scribe.dice.roll(order.len());
                    order.swap(at, other);
                }
            }
            // What a person may write out though it says nothing, in several layouts. No field stands there twice.
            let defaults = match name {
                "Event" => [
                    "weight: 3",
                    "tags: []",
                    "lane: None",
                    "fields:{/* none */}",
                    "coordinates: None",
                    "standing: Reported",
                    "actors:[/* none */]",
                ]
                .as_slice(),
                "Source" => ["kind: Other", "author: None", "note:None"].as_slice(),
                "Timeline" => ["zone: None", "eras: []", "lanes: [\n\t]", "description:None"].as_slice(),
                _ => [].as_slice(),
            };
            // None stands for the next field of the record; the defaults come behind.
            let mut parts: Vec<Option<&str>> = vec![None; order.len()];
            for default in defaults {
                let (field, _) = default.split_once(':').unwrap();
                if scribe.dice.chance(5) && node.field(text, field).is_none() {
                    parts.push(Some(default));
                }
            }
            let shape =
                [&TIMELINE].into_iter().chain(KINDS.map(|(kind, _)| shape(kind))).find(|shape| shape.name == name);
            let mut order = order.into_iter();
            let count = parts.len();
            for (at, part) in parts.into_iter().enumerate() {
                if let Some(default) = part {
                    scribe.token(default);
                } else {
                    let field = &fields[order.next().unwrap()];
                    let label = field.name.slice(text);
                    scribe.token(label);
                    scribe.token(":");
                    let is_optional = shape.and_then(|shape| shape.field(label)).is_some_and(|field| field.optional);
                    scrawl_value(text, &field.value, scribe, Manner { is_optional, ..manner });
                }
                if at + 1 < count || scribe.dice.chance(2) {
                    scribe.token(",");
                }
            }
            scribe.token(")");
        }
        Kind::List { items } => {
            scribe.token("[");
            for (at, item) in items.iter().enumerate() {
                scrawl_value(text, &item.value, scribe, plain);
                if at + 1 < items.len() || scribe.dice.chance(2) {
                    scribe.token(",");
                }
            }
            scribe.token("]");
        }
        Kind::Map { entries } => {
            scribe.token("{");
            for (at, entry) in entries.iter().enumerate() {
                scrawl_value(text, &entry.key, scribe, plain);
                scribe.token(":");
                scrawl_value(text, &entry.value, scribe, plain);
                if at + 1 < entries.len() || scribe.dice.chance(2) {
                    scribe.token(",");
                }
            }
            scribe.token("}");
        }
        Kind::Text => {
            let value: String = ron::from_str(node.span.slice(text)).unwrap();
            let literal = scribe.literal(&value);
            scribe.token(&literal);
        }
        _ => {
            scribe.token(node.span.slice(text));
        }
    }
}

/// An edit of any sort that applies to this timeline, and whether it only puts records in place or adds them.
pub(in crate::store) fn random_edit(timeline: &Timeline, dice: &mut Dice) -> (Edit, bool) {
    let (kind, letter) = dice.pick(&KINDS);
    let ids: Vec<Text> = match kind {
        RecordKind::Lane => timeline.lanes().iter().map(|r| r.id.clone()).collect(),
        RecordKind::Source => timeline.sources().iter().map(|r| r.id.clone()).collect(),
        RecordKind::Event => timeline.events().iter().map(|r| r.id.clone()).collect(),
        RecordKind::Era => timeline.eras().iter().map(|r| r.id.clone()).collect(),
        _ => timeline.views().iter().map(|r| r.id.clone()).collect(),
    };
    // Any record of the kind and id has the key; the dice of the test are not thrown for it.
    let key = |id: Text| record(&mut Dice::of(0), kind, id).key();
    if dice.chance(8) {
        return (Edit::put(record(dice, RecordKind::Header, Text::new())), true);
    }
    if ids.is_empty() || dice.chance(4) {
        let id = format!("{letter}-new{}", dice.roll(1000)).into();
        let at = maybe(dice, |dice| dice.roll(4));
        return (Edit::Put { record: record(dice, kind, id), replaces: None, at }, true);
    }
    let id = dice.pick(&ids);
    match dice.roll(8) {
        0 => (Edit::Remove(key(id)), false),
        // Moved: taken out and put in elsewhere.
        1 => {
            let record = timeline.record(&key(id.clone())).unwrap();
            let at = Some(dice.roll(ids.len()));
            (Edit::Batch(vec![Edit::Remove(key(id)), Edit::Put { record, replaces: None, at }]), false)
        }
        2 => {
            let new = Text::from(format!("{letter}-renamed{}", dice.roll(1000)));
            // An event keeps all else, so that only its id is another; of other kinds everything changes.
            let record = match timeline.record(&key(id.clone())).unwrap() {
                Record::Event(event) => Record::Event(Event { id: new, ..event.into_event() }.into()),
                _ => record(dice, kind, new),
            };
            (Edit::Put { record, replaces: Some(key(id)), at: None }, false)
        }
        3 | 4 if kind == RecordKind::Event => {
            let mut event = timeline.event(&id).unwrap().clone();
            touch(&mut event, dice);
            (Edit::put_event(event), true)
        }
        _ => (Edit::put(record(dice, kind, id)), true),
    }
}

/// A small change of one event, as a form makes it.
fn touch(event: &mut Event, dice: &mut Dice) {
    match dice.roll(14) {
        9 => event.rare.fields.put(dice.pick(&NAMES), word(dice)),
        10 => event.rare.fields.remove(dice.pick(&NAMES)),
        11 => drop(event.rare.fields.rename(dice.pick(&NAMES), dice.pick(&NAMES))),
        12 => event.rare.images.reverse(),
        13 => event.date = None,
        0 => event.note = Some(word(dice)),
        1 => event.note = None,
        2 => event.tags.push(word(dice)),
        3 => drop(event.tags.pop()),
        4 => event.citations.insert(0, citation(dice)),
        5 => event.citations.reverse(),
        6 => drop(event.citations.pop()),
        7 => event.citations.iter_mut().take(1).for_each(|citation| citation.note = Some(word(dice))),
        _ => event.date = Some(date(dice)),
    }
}

pub(in crate::store) fn all_records(timeline: &Timeline) -> Vec<(Subject, Record)> {
    let mut all = Vec::new();
    let mut push = |subject: Subject, key: Key| all.push((subject, timeline.record(&key).unwrap()));
    timeline.lanes().iter().for_each(|r| push(Subject::Lane(r.id.clone()), Key::Lane(r.id.clone())));
    timeline.sources().iter().for_each(|r| push(Subject::Source(r.id.clone()), Key::Source(r.id.clone())));
    timeline.events().iter().for_each(|r| push(Subject::Event(r.id.clone()), Key::Event(r.id.clone())));
    timeline.eras().iter().for_each(|r| push(Subject::Era(r.id.clone()), Key::Era(r.id.clone())));
    timeline.views().iter().for_each(|r| push(Subject::View(r.id.clone()), Key::View(r.id.clone())));
    all
}

/// The marks of all comments that stand in a text outside the given spans: each comment that is scrawled has a number of its own (`#12!`).
fn comment_marks(text: &str, outside: &[Span]) -> Vec<String> {
    let marks = text.match_indices('#').filter_map(|(at, _)| {
        let (mark, _) = text.get(at + 1..)?.split_once('!')?;
        (!mark.is_empty() && mark.bytes().all(|b| b.is_ascii_digit())).then(|| (at, mark.to_owned()))
    });
    marks
        .filter(|(at, _)| !outside.iter().any(|span| span.start <= *at && *at < span.end))
        .map(|(_, mark)| format!("#{mark}!"))
        .collect()
}

/// The lines in which two texts differ.
fn difference(before: &str, after: &str) -> String {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = after.split_inclusive('\n').collect();
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count().saturating_sub(2);
    let end =
        old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(|(a, b)| a == b).count().saturating_sub(2);
    let (old, new) = (old[start..old.len() - end].concat(), new[start..new.len() - end].concat());
    format!("from line {}\n--- before\n{old}\n--- after\n{new}", start + 1)
}

/// The ids that a text may go on leaving out, as a save finds them.
fn left<'t>(text: &'t FileText, timeline: &'t Timeline) -> Left<'t> {
    Left::of(text, timeline, &common(text.timeline().events(), timeline.events()))
}

/// The text changed in its finest way, not proved.
fn field_by_field(text: &FileText, timeline: &Timeline) -> String {
    let excerpt = Excerpt::whole(text, timeline).unwrap();
    Splicer::new(&excerpt, &left(text, timeline), Grain::Field).run().unwrap().apply_with(&[]).0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_spliced_text_holds_the_edited_timeline_and_everything_else_stays(mut dice in dice(), edits in 1..4_usize) {
        let before = random_timeline(&mut dice);
        let without_ids = dice.chance(3);
        let text = scrawl(&before, &mut dice, without_ids);
        let file = read(text.clone()).text;
        prop_assert!(file.is_writable(), "{text}\n{:?}", read(text.clone()).diagnostics);
        prop_assert!(without_ids || *file.timeline() == before, "{}", text);
        // Where ids were left out, reading has given the events others. Nothing edited is nothing written.
        let before = file.timeline().clone();
        prop_assert_eq!(&spliced(&file, &before).unwrap(), &text);

        let mut timeline = before.clone();
        let (mut inverses, mut in_place) = (Vec::new(), true);
        for _ in 0..edits {
            let (edit, stays) = random_edit(&timeline, &mut dice);
            in_place &= stays;
            inverses.push(apply(&mut timeline, &edit).unwrap());
        }
        let left = left(&file, &timeline);
        let result = field_by_field(&file, &timeline);
        let after = read(result.clone());
        prop_assert!(after.text.is_writable(), "{}\n{:?}", difference(&text, &result), after.diagnostics);
        prop_assert!(after.timeline == timeline, "{}", difference(&text, &result));

        let mut touched = Vec::new();
        for (subject, record) in all_records(&before) {
            let span = file.locate(&subject, &[]).unwrap();
            if timeline.record(&record.key()) == Some(record) {
                let there = after.text.locate(&subject, &[]).unwrap();
                // An id that was derived is written once it would be derived otherwise: its record is touched without an edit.
                if let Subject::Event(id) = &subject && left.due.contains(id.as_str()) {
                    continue;
                }
                prop_assert_eq!(span.slice(&text), there.slice(&result), "{}", difference(&text, &result));
            } else {
                touched.push(span);
            }
        }
        // A record that goes takes its comments along, and one that moves may lose those around it.
        if in_place && before.header() == timeline.header() {
            for mark in comment_marks(&text, &touched) {
                prop_assert!(result.contains(&mark), "{mark} is lost {}", difference(&text, &result));
            }
        }

        for inverse in inverses.iter().rev() {
            apply(&mut timeline, inverse).unwrap();
        }
        // Undone in the text that came of it, and not in the first one.
        let undone = spliced(&after.text, &timeline).unwrap();
        prop_assert_eq!(read(undone).timeline, before);
    }

    #[test]
    fn formatting_keeps_meaning_and_comments_and_is_stable(mut dice in dice()) {
        let timeline = random_timeline(&mut dice);
        let text = scrawl(&timeline, &mut dice, false);
        let once = formatted(&text);
        prop_assert!(once.is_some(), "{text}");
        let once = once.unwrap();
        prop_assert_eq!(&read(once.clone()).timeline, &timeline);
        let mut marks = (comment_marks(&text, &[]), comment_marks(&once, &[]));
        marks.0.sort();
        marks.1.sort();
        prop_assert_eq!(marks.0, marks.1);
        let twice = formatted(&once).unwrap();
        prop_assert!(twice == once, "{}", difference(&once, &twice));
    }

    #[test]
    fn new_text_reads_back_the_same(mut dice in dice()) {
        let timeline = random_timeline(&mut dice);
        let text = to_ron(&timeline);
        let read = read(text.clone());
        prop_assert!(read.text.is_writable());
        prop_assert_eq!(&read.timeline, &timeline);
        prop_assert_eq!(formatted(&text).unwrap(), text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn a_long_text_is_changed_by_its_parts_as_it_would_be_whole(mut dice in dice(), edits in 1..4_usize, piece in 1..1_500_usize) {
        let before = random_timeline_of(&mut dice, 80);
        let text = strewn(&to_ron(&before), &mut dice);
        let whole = read(text.clone()).text;
        prop_assert!(whole.is_writable());
        let parts = in_pieces(&text, piece);
        prop_assert!(parts.places.blocks.blocks().len() > 4);
        let before = whole.timeline().clone();
        // What shares nothing in memory is compared record by record.
        let mut timeline = if dice.chance(3) { read(text.clone()).timeline } else { parts.timeline().clone() };
        let mut in_place = true;
        for _ in 0..edits {
            let (edit, stays) = random_edit(&timeline, &mut dice);
            in_place &= stays;
            apply(&mut timeline, &edit).unwrap();
        }
        let result = splice_with(&parts, &timeline, 0).unwrap();
        let again = read(result.text());
        prop_assert!(again.text.is_writable(), "{}\n{:?}", difference(&text, &result.text()), again.diagnostics);
        prop_assert!(again.timeline == timeline && *result.timeline() == timeline);
        prop_assert_eq!(result.unnamed(), again.text.unnamed());
        for (subject, _) in all_records(&timeline) {
            prop_assert_eq!(result.locate(&subject, &[]), again.text.locate(&subject, &[]));
        }
        if in_place {
            let expected = spliced(&whole, &timeline).unwrap();
            prop_assert!(result.text() == expected, "{}", difference(&expected, &result.text()));
        }
        // And back again, from the parts that came of it.
        let undone = splice_with(&result, &before, 0).unwrap();
        prop_assert!(read(undone.text()).timeline == before);
    }
}

/// A canonical text with comments between its lines, and events without the ids that they would get all the same.
fn strewn(text: &str, dice: &mut Dice) -> String {
    let mut out = String::new();
    for line in text.lines() {
        if dice.chance(12) {
            out.push_str(dice.pick(&["// a line\n", "\n", "/* Event( */\n", "        // Event(\n", "\n// apart\n\n"]));
        }
        let is_id = line.starts_with("            id: \"e");
        if is_id && dice.chance(8) {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// A text read in pieces of so many bytes.
fn in_pieces(text: &str, piece: usize) -> FileText {
    let sizes = stream::Sizes { piece, pieces: 3, first_part: usize::MAX };
    match stream::read(text.as_bytes(), &Progress::new(), sizes).unwrap() {
        Streamed::Read(read) => read.text,
        Streamed::Doubtful(_) | Streamed::Cancelled => unreachable!("this text is in order\n{text}"),
    }
}

#[test]
fn a_change_in_a_long_text_looks_at_little_of_it_and_shares_the_rest() {
    let mut dice = Dice::of(1);
    let text = to_ron(&random_timeline_of(&mut dice, 1_000));
    let parts = in_pieces(&text, 1_000);
    let mut timeline = parts.timeline().clone();
    let mut event = timeline.event("e500").unwrap().clone();
    event.title = "Changed".into();
    apply(&mut timeline, &Edit::put_event(event)).unwrap();
    let left = left(&parts, &timeline);
    let runs = left.without_due(&common(parts.timeline().events(), timeline.events()));
    let excerpt = Excerpt::of(&parts, &timeline, &runs, 0).unwrap();
    assert_eq!(excerpt.joints.len(), 2);
    assert!(excerpt.plain.text.len() < text.len() / 10, "{} of {}", excerpt.plain.text.len(), text.len());

    let result = splice_with(&parts, &timeline, 0).unwrap();
    let blocks = |text: &FileText| text.places.blocks.blocks().to_vec();
    let (before, after) = (blocks(&parts), blocks(&result));
    let shared = after.iter().filter(|block| before.iter().any(|other| std::sync::Arc::ptr_eq(block, other))).count();
    assert!(shared + 20 > after.len(), "{shared} of {}", after.len());
    assert_eq!(result.text(), splice_with(&parts, &timeline, usize::MAX).unwrap().text());
}
