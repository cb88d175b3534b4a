//! The tables of fields held against records and against what serde writes.

use serde::Serialize;

use super::*;
use crate::model::{Event, Source, Standing, full};
use crate::time::Date;

/// Holds the table of a record that gives every field against serde and against the record itself.
fn check<F: Field<Record: Clone + PartialEq + Serialize + std::fmt::Debug>>(full: &F::Record) {
    let written = serde_json::to_value(full).unwrap();
    let mut names: Vec<&str> = F::ALL.iter().map(|field| field.name()).collect();
    names.sort_unstable();
    assert_eq!(names, written.as_object().unwrap().keys().collect::<Vec<_>>(), "a field each, and no other");
    assert_eq!(F::ALL.len(), F::INFOS.len());
    for (&field, info) in F::ALL.iter().zip(F::INFOS) {
        assert_eq!(field.name(), info.name);
        assert_eq!(F::named(info.name), Some(field));
        let value = field.get(full);
        assert!(!value.is_none(), "{field:?}");

        // Taken out, it is the default or not to be taken out; put back, all is as it was.
        let mut other = full.clone();
        let cleared = field.set(&mut other, Value::None);
        match field.info().presence {
            Presence::Required(remedy) => {
                assert_eq!(cleared.unwrap_err().remedy().as_deref(), Some(remedy), "{field:?}");
                assert_eq!(other, *full);
            }
            Presence::Optional => assert!(cleared.is_ok() && field.get(&other).is_none(), "{field:?}"),
            Presence::Defaulted if field.kind() == Kind::Id => assert!(cleared.is_err()),
            Presence::Defaulted => assert!(cleared.is_ok() && field.get(&other) != value, "{field:?}"),
        }
        field.set(&mut other, value).unwrap();
        assert_eq!(other, *full, "{field:?}");

        // Something of another kind is refused and changes nothing.
        let misfit = if matches!(value, Value::Number(_)) { Value::List(&[]) } else { Value::Number(1) };
        let error = field.set(&mut other, misfit).unwrap_err();
        assert!(matches!(error, FieldError::Kind { .. }), "{error}");
        assert_eq!(other, *full, "{field:?}");

        // What is written as text is read again.
        let text = value.to_string();
        match field.kind() {
            Kind::Map | Kind::Record(_) | Kind::Records(_) => assert!(field.set_text(&mut other, "x").is_err()),
            // The records hold no colour.
            Kind::Color => assert!(field.set_text(&mut other, &text).is_err()),
            _ => field.set_text(&mut other, &text).unwrap(),
        }
        assert_eq!(other, *full, "{field:?}");
    }
}

#[test]
fn every_field_is_got_and_set_and_called_as_serde_calls_it() {
    check::<HeaderField>(&full::header());
    check::<CheckField>(&full::check());
    check::<LaneField>(&full::lane());
    check::<SourceField>(&full::source());
    check::<CaptureField>(&full::capture());
    check::<HashField>(&full::hash());
    check::<EventField>(&full::event());
    check::<ImageField>(&full::image());
    check::<JudgmentField>(&full::judgment());
    check::<CitationField>(&full::citation());
    check::<LinkField>(&full::link());
    check::<EraField>(&full::era());
    check::<ViewField>(&full::view());
}

#[test]
fn a_text_that_is_no_value_is_refused_with_a_remedy() {
    let mut event = full::event();
    let mut refused = |field: EventField, text: &str| {
        let error = field.set_text(&mut event, text).unwrap_err();
        assert_eq!(event, full::event());
        (error.to_string(), error.remedy().unwrap_or_default())
    };
    let cases = [
        (EventField::Title, " ", "a title is needed", "say in a few words what happened"),
        (EventField::Id, "", "an id is needed", ""),
        (EventField::Standing, "confirmd", "“confirmd” is no term of standing", "did you mean Confirmed?"),
        (
            EventField::Weight,
            "9",
            "weight is 9, outside 1 to 5",
            "5 keeps its label longest, 1 loses it first, 3 is usual",
        ),
        (
            EventField::Weight,
            "much",
            "“much” is not a whole number",
            "5 keeps its label longest, 1 loses it first, 3 is usual",
        ),
        (EventField::Citations, "x", "citations takes a list of records", ""),
    ];
    for (field, text, message, remedy) in cases {
        assert_eq!(refused(field, text), (message.to_owned(), remedy.to_owned()));
    }
    assert!(!refused(EventField::Date, "31 February").0.is_empty());
    let mut header = full::header();
    let error = HeaderField::Zone.set_text(&mut header, "Europe/Mosow").unwrap_err();
    assert_eq!(error.remedy().as_deref(), Some("did you mean Europe/Moscow?"));
    let error = LaneField::Color.set_text(&mut full::lane(), "#12345").unwrap_err();
    assert_eq!(error.to_string(), "“#12345” is not a colour");
}

#[test]
fn texts_are_read_freely() {
    let mut event = Event::new("e", "E", Date::parse("2024").unwrap());
    EventField::Actors.set_text(&mut event, " Duma, \"Kim, Chairman\" ").unwrap();
    assert_eq!(EventField::Actors.get(&event), Value::List(&["Duma".into(), "Kim, Chairman".into()]));
    assert_eq!(EventField::Actors.get(&event).to_string(), "Duma, \"Kim, Chairman\"");
    EventField::Standing.set_text(&mut event, "DISPUTED").unwrap();
    assert_eq!(event.standing, Standing::Disputed);
    EventField::Standing.set_text(&mut event, "").unwrap();
    assert_eq!(event.standing, Standing::Reported);
    let mut judgment = full::judgment();
    for (text, term) in
        [("Highly-improbable", "very unlikely"), ("AlmostCertain", "almost certain"), ("remote", "almost no chance")]
    {
        JudgmentField::Likelihood.set_text(&mut judgment, text).unwrap();
        assert_eq!(JudgmentField::Likelihood.get(&judgment).as_str(), Some(term));
    }
    let mut source = Source::new("s", "S");
    SourceField::Reliability.set_text(&mut source, "usually reliable").unwrap();
    assert_eq!(SourceField::Reliability.get(&source).as_str(), Some("B"));
}
