//! The bundled timelines: they read without an error, say what they promise, and the tutorial shows all of the format.

use std::collections::BTreeSet;

use annalist::diagnostic::Severity;
use annalist::model::{
    Badge, ColorBy, Confidence, Credibility, Event, Grouping, Likelihood, Relation, Reliability, SourceKind, Sourcing,
    Stance, Standing, Timeline,
};
use annalist::store;
use annalist::time::{Date, Level};

const TREATY: &str = include_str!("../../timelines/russia-dprk-treaty.ron");
const TUTORIAL: &str = include_str!("../../timelines/tutorial.ron");
const ANCIENT: &str = include_str!("../../timelines/bronze-age-to-rome.ron");

/// The timeline of a text in which nothing is wrong.
fn read(text: &str) -> Timeline {
    let read = store::read(text.to_owned());
    assert!(!read.has_errors(), "{:#?}", read.diagnostics);
    read.timeline
}

#[test]
fn what_is_not_meant_to_be_contested_raises_no_warning() {
    for text in [TUTORIAL, ANCIENT] {
        let read = store::read(text.to_owned());
        let problems: Vec<_> = read.diagnostics.iter().filter(|d| d.severity != Severity::Info).collect();
        assert!(problems.is_empty(), "{problems:#?}");
    }
}

fn event<'a>(timeline: &'a Timeline, id: &str) -> &'a Event {
    timeline.event(id).expect(id)
}

#[track_caller]
fn check_sourced(timeline: &Timeline) {
    for event in timeline.events() {
        let id = &event.id;
        assert!(event.lane.is_some(), "{id} has no lane");
        let says_so = event.note.as_deref().is_some_and(|note| note.contains("No source"));
        assert!(!event.citations.is_empty() || says_so, "{id} has no citation and does not say so");
        assert!(event.citations.iter().all(|c| c.note.is_some()), "{id} has a citation without a source note");
        assert!(event.title.chars().count() <= 45, "the title of {id} is too long for a label");
    }
    let mut used: BTreeSet<&str> = timeline.sources().iter().filter_map(|s| s.origin.as_deref()).collect();
    used.extend(timeline.events().iter().flat_map(|e| &e.citations).map(|c| c.source.as_str()));
    for source in timeline.sources() {
        assert!(used.contains(source.id.as_str()), "nothing cites {}", source.id);
    }
}

#[test]
fn every_treaty_event_has_a_lane_and_noted_citations() {
    let timeline = read(TREATY);
    assert_eq!(timeline.events().len(), 29);
    check_sourced(&timeline);
}

#[test]
fn treaty_shows_each_badge_and_passes_its_own_check() {
    let timeline = read(TREATY);
    for badge in Badge::ALL {
        let shows = |event: &&Event| Sourcing::of(&timeline, event, |_| true).badges().any(|shown| shown == badge);
        assert!(timeline.events().iter().any(|event| shows(&event)), "{badge:?}");
    }
    let problems = annalist::model::check(&timeline);
    assert!(problems.iter().all(|problem| problem.severity != Severity::Error), "{problems:#?}");
}

#[test]
fn every_ancient_event_has_a_lane_and_noted_citations() {
    let timeline = read(ANCIENT);
    assert!(timeline.events().len() >= 25);
    check_sourced(&timeline);
    assert!(timeline.events().iter().any(|e| e.date_as_written().starts_with('-')), "no year before year 0");
}

#[test]
fn treaty_spine_stands_at_its_dates_and_on_top() {
    let timeline = read(TREATY);
    let spine = [
        ("treaty-2024-signed", "2024-06-19"),
        ("duma-ratified", "2024-10-24"),
        ("fedcouncil", "2024-11-06"),
        ("putin-law", "2024-11-09"),
        ("in-force", "2024-12-04"),
    ];
    for (id, date) in spine {
        let event = event(&timeline, id);
        assert_eq!(event.date_as_written(), date, "{id}");
        assert_eq!((event.weight, event.standing), (5, Standing::Confirmed), "{id}");
    }
    assert_eq!(timeline.events().iter().filter(|e| e.weight == 5).count(), spine.len());
}

#[test]
fn vague_article_keeps_its_own_dates_beside_the_exact_ones() {
    let timeline = read(TREATY);
    let cases = [
        ("treaty-2024-signed", "2024-06", "June"),
        ("duma-ratified", "[2024-10-21..2024-10-31]", "late October"),
        ("fedcouncil", "[2024-11-01..2024-11-10]", "early November"),
        ("putin-law", "2024-11-09", "November 9"),
    ];
    for (id, date, wording) in cases {
        let citation = event(&timeline, id)
            .citations
            .iter()
            .find(|c| c.source == "undated-analysis")
            .unwrap_or_else(|| panic!("{id} does not cite the article"));
        assert_eq!(citation.date.as_deref().map(|d| d.as_str()), Some(date), "{id}");
        assert_eq!(citation.wording.as_deref(), Some(wording), "{id}");
    }
}

#[test]
fn claims_of_troops_are_alleged_and_met_by_a_denial() {
    let timeline = read(TREATY);
    for id in ["troops-shipped", "nis-statement", "austin-2024", "nato-2024", "blinken-8000"] {
        let event = event(&timeline, id);
        assert_eq!(event.standing, Standing::Alleged, "{id}");
        assert!(event.citations.iter().any(|c| c.stance == Stance::Denies), "nobody denies {id}");
    }
}

#[test]
fn conflicting_sources_show_their_dates() {
    let timeline = read(TREATY);
    let dates = |id: &str| -> Vec<String> {
        event(&timeline, id).citations.iter().filter_map(|c| c.date.as_ref()).map(ToString::to_string).collect()
    };
    assert_eq!(event(&timeline, "treaty-1961-end").standing, Standing::Disputed);
    assert_eq!(dates("treaty-1961-end"), ["1995-09-07", "1996-09", "1995"]);
    assert_eq!(dates("troops-shipped"), ["2024-10-08/2024-10-13", "2024-10-01/2024-10-15~"]);
    assert_eq!(dates("unscr-2397"), ["2017-12-22", "2017-12-22", "2017-12-16"]);
}

/// The parts of a RON text that are neither comment nor string.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("r#\"") {
            rest.find("\"#").expect("a raw string ends") + 2
        } else if c == '"' {
            let mut escaped = false;
            let end = rest[1..].find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            });
            end.expect("a string ends") + 2
        } else {
            code.push(c);
            c.len_utf8()
        };
        rest = &rest[skip..];
    }
    code
}

/// The fields that a record of this name gives somewhere in the text, its parts' fields left out.
fn fields_given(code: &str, record: &str) -> BTreeSet<String> {
    let mut given = BTreeSet::new();
    for (at, opening) in code.match_indices(&format!("{record}(")) {
        if code[..at].ends_with(|c: char| c.is_alphanumeric()) {
            continue;
        }
        let mut depth = 1;
        let mut word = String::new();
        for c in code[at + opening.len()..].chars() {
            match c {
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                ':' if depth == 1 => _ = given.insert(word.clone()),
                _ => {}
            }
            if depth == 0 {
                break;
            }
            if c.is_alphanumeric() || c == '_' { word.push(c) } else { word.clear() }
        }
    }
    given
}

#[test]
fn tutorial_shows_every_field() {
    let code = code(TUTORIAL);
    let check = |record: &str, known: &[&str]| {
        let known: BTreeSet<String> = known.iter().map(ToString::to_string).collect();
        assert_eq!(fields_given(&code, record), known, "fields of {record}");
    };
    check(
        "Timeline",
        &["format", "title", "description", "zone", "checks", "lanes", "sources", "events", "eras", "views"],
    );
    check("Lane", &fields_of::<annalist::model::Lane>());
    check("Source", &fields_of::<annalist::model::Source>());
    check("Capture", &fields_of::<annalist::model::Capture>());
    check("Hash", &fields_of::<annalist::model::Hash>());
    check("CheckSetting", &fields_of::<annalist::model::CheckSetting>());
    check("Event", &fields_of::<Event>());
    check("Citation", &fields_of::<annalist::model::Citation>());
    check("Image", &fields_of::<annalist::model::Image>());
    check("Judgment", &fields_of::<annalist::model::Judgment>());
    check("Link", &fields_of::<annalist::model::Link>());
    check("Era", &fields_of::<annalist::model::Era>());
    check("View", &fields_of::<annalist::model::View>());
}

/// The fields that serde reads into a record.
fn fields_of<T: serde::de::DeserializeOwned>() -> Vec<&'static str> {
    let mut fields = None;
    let probe = Probe { fields: &mut fields };
    assert!(T::deserialize(probe).is_err(), "the probe holds nothing");
    fields.expect("a struct").to_vec()
}

/// A deserializer that only notes which fields a struct asks for.
struct Probe<'a> {
    fields: &'a mut Option<&'static [&'static str]>,
}

impl<'de> serde::Deserializer<'de> for Probe<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_struct<V: serde::de::Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Self::Error> {
        *self.fields = Some(fields);
        Err(serde::de::Error::custom("noted"))
    }

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("not a struct"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[test]
fn tutorial_shows_every_value() {
    let timeline = read(TUTORIAL);
    let events = timeline.events();
    let citations = || events.iter().flat_map(|e| &e.citations);
    let judgments = || events.iter().filter_map(|e| e.judgment.as_ref());

    // Written out in the text, not only meant by leaving the field out.
    let code = code(TUTORIAL);
    for standing in Standing::ALL {
        assert!(code.contains(&format!("standing: {}", standing.label())), "{standing:?}");
    }
    for stance in Stance::ALL {
        assert!(code.contains(&format!("stance: {}", stance.label())), "{stance:?}");
    }
    for kind in SourceKind::ALL {
        assert!(code.contains(&format!("kind: {}", kind.label())), "{kind:?}");
    }
    for grouping in Grouping::ALL {
        assert!(code.contains(&format!("grouping: {grouping:?}")), "{grouping:?}");
    }
    for color_by in [ColorBy::Lane, ColorBy::Standing, ColorBy::Reliability, ColorBy::Weight, ColorBy::Place] {
        assert!(code.contains(&format!("color_by: {color_by:?}")), "{color_by:?}");
    }
    for relation in Relation::ALL {
        assert!(events.iter().flat_map(|e| &e.links).any(|l| l.relation == relation), "{relation:?}");
    }
    for grade in Reliability::ALL {
        assert!(timeline.sources().iter().any(|s| s.reliability == Some(grade)), "{grade:?}");
    }
    assert!(timeline.sources().iter().any(|s| s.reliability.is_none()), "a source not graded");
    for grade in Credibility::ALL {
        assert!(citations().any(|c| c.credibility == Some(grade)), "{grade:?}");
    }
    for likelihood in Likelihood::ALL {
        assert!(judgments().any(|j| j.likelihood == Some(likelihood)), "{likelihood:?}");
    }
    for confidence in Confidence::ALL {
        assert!(judgments().any(|j| j.confidence == Some(confidence)), "{confidence:?}");
    }
    for theme in ["light", "dark", "print"] {
        assert!(timeline.views().iter().any(|v| v.theme.as_deref() == Some(theme)), "{theme}");
    }
}

#[test]
fn tutorial_shows_dates_of_every_level() {
    let timeline = read(TUTORIAL);
    for level in [Level::Edtf0, Level::Edtf1, Level::Edtf2, Level::Iso8601] {
        assert!(
            timeline.events().iter().any(|e| e.date.as_ref().is_some_and(|date| date.level() == level)),
            "{level:?}"
        );
    }
}

#[test]
fn format_reference_lists_every_field_and_its_dates_are_dates() {
    let reference = include_str!("../../docs/FORMAT.md");
    let section = |name: &str| {
        let start = reference.find(&format!("\n## {name}\n")).unwrap_or_else(|| panic!("no section {name}"));
        let rest = &reference[start + 4..];
        &rest[..rest.find("\n## ").unwrap_or(rest.len())]
    };
    let check = |record: &str, fields: &[&str]| {
        let rows = section(record).lines().skip_while(|line| !line.starts_with("| field")).skip(2);
        let listed: Vec<&str> =
            rows.take_while(|line| line.starts_with('|')).filter_map(|line| line.split('`').nth(1)).collect();
        assert_eq!(listed, fields, "fields of {record}");
    };
    check("Lane", &fields_of::<annalist::model::Lane>());
    check("Source", &fields_of::<annalist::model::Source>());
    check("Capture", &fields_of::<annalist::model::Capture>());
    check("Hash", &fields_of::<annalist::model::Hash>());
    check("CheckSetting", &fields_of::<annalist::model::CheckSetting>());
    check("Event", &fields_of::<Event>());
    check("Citation", &fields_of::<annalist::model::Citation>());
    check("Judgment", &fields_of::<annalist::model::Judgment>());
    check("Link", &fields_of::<annalist::model::Link>());
    check("Era", &fields_of::<annalist::model::Era>());
    check("View", &fields_of::<annalist::model::View>());

    let mut dates = 0;
    for row in section("Dates").lines().filter(|line| line.starts_with("| `")) {
        let level = match row.trim_end_matches(" |").rsplit("| ").next() {
            Some("0") => Level::Edtf0,
            Some("1") => Level::Edtf1,
            Some("2") => Level::Edtf2,
            _ => Level::Iso8601,
        };
        let written = row.split('|').nth(1).unwrap_or_default();
        for text in written.split('`').skip(1).step_by(2) {
            let date = Date::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(date.level(), level, "{text}");
            dates += 1;
        }
    }
    assert!(dates > 40, "{dates} dates");
}
