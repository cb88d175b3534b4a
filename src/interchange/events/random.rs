//! Random timelines for the round trips.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use crate::interchange::sources::random::{date, source, text};
use crate::model::{
    CheckSetting, Citation, Confidence, Coordinates, Credibility, Era, Event, Header, Image, Judgment, Lane, Level,
    Likelihood, Link, OwnFields, RareFields, Relation, Reliability, Source, Stance, Standing, Text, Timeline, View,
};
use crate::time::Date;

fn shared(text: impl AsRef<str>) -> Text {
    text.as_ref().into()
}

fn some() -> impl Strategy<Value = Option<Text>> {
    option::of(text().prop_map(shared))
}

/// A text that is not blank.
fn filled() -> impl Strategy<Value = Text> {
    text().prop_map(|text| shared(format!("{text}x")))
}

fn list() -> impl Strategy<Value = Vec<Text>> {
    vec(text().prop_map(shared), 0..3)
}

fn citation() -> impl Strategy<Value = Citation> {
    let grades = (
        select(Stance::ALL.to_vec()),
        option::of(select(Credibility::ALL.to_vec())),
        option::of(select(Reliability::ALL.to_vec())),
    );
    let texts = (some(), some(), some(), some(), some());
    (filled(), grades, texts, option::of(date())).prop_map(|(source, grades, texts, date)| Citation {
        stance: grades.0,
        credibility: grades.1,
        reliability: grades.2,
        locator: texts.0,
        quote: texts.1,
        translation: texts.2,
        wording: texts.3,
        note: texts.4,
        date: date.map(Box::new),
        ..Citation::new(source)
    })
}

fn rare() -> impl Strategy<Value = RareFields> {
    let image =
        (filled(), some(), some()).prop_map(|(file, caption, credit)| Image { caption, credit, ..Image::new(file) });
    let place =
        option::of((-90.0..=90.0, -180.0..=180.0)).prop_map(|place| place.and_then(|(a, b)| Coordinates::new(a, b)));
    let own = vec((filled(), text()), 0..3);
    (place, vec(image, 0..3), own, option::of(date())).prop_map(|(coordinates, images, own, recorded)| {
        let mut fields = OwnFields::NONE;
        own.into_iter().for_each(|(name, text)| fields.put(name, shared(text)));
        RareFields { coordinates, images: images.into_iter().collect(), fields, recorded }
    })
}

fn event() -> impl Strategy<Value = Event> {
    let judgment = (option::of(select(Likelihood::ALL.to_vec())), option::of(select(Confidence::ALL.to_vec())), some())
        .prop_map(|(likelihood, confidence, note)| Box::new(Judgment { likelihood, confidence, note }));
    let link =
        (filled(), select(Relation::ALL.to_vec()), some()).prop_map(|(to, relation, note)| Link { to, relation, note });
    let texts = (filled(), some(), some(), some(), some());
    let lists = (list(), list(), vec(citation(), 0..3), vec(link, 0..3));
    let rest = (select(Standing::ALL.to_vec()), 1_u8..=5, option::of(judgment), rare());
    (option::of(date()), texts, lists, rest).prop_map(|(date, texts, lists, rest)| Event {
        date,
        wording: texts.1,
        lane: texts.2,
        place: texts.3,
        note: texts.4,
        actors: lists.0.into_iter().collect(),
        tags: lists.1.into_iter().collect(),
        citations: lists.2.into_iter().collect(),
        links: lists.3.into_iter().collect(),
        standing: rest.0,
        weight: rest.1,
        judgment: rest.2,
        rare: rest.3.into(),
        ..Event::undated("", texts.0)
    })
}

/// A timeline of a few records of each type, which need not make sense together.
pub(super) fn timelines() -> impl Strategy<Value = Timeline> {
    let header = (filled(), some(), vec((filled(), select(Level::ALL.to_vec()), some()), 0..2)).prop_map(
        |(title, description, checks)| Header {
            description,
            zone: Some("Europe/Moscow".into()),
            checks: checks.into_iter().map(|(code, level, note)| CheckSetting { code, level, note }).collect(),
            ..Header::new(title)
        },
    );
    let lane = (filled(), some(), some());
    let era = (filled(), date(), some(), some());
    let view = (filled(), date(), some(), option::of(date()));
    let records = (vec(lane, 0..3), vec(source(), 0..3), vec(event(), 0..4), vec(era, 0..3), vec(view, 0..2));
    (header, records).prop_map(|(header, (lanes, sources, events, eras, views))| {
        // Ids are what tells records apart, so each has one of its own.
        let id = |at: usize, title: &str| shared(format!("{title}{at}"));
        let lanes = lanes.into_iter().enumerate();
        let lanes = lanes.map(|(at, (title, color, note))| Lane { id: id(at, &title), title, color, note });
        let sources = sources.into_iter().enumerate();
        let sources = sources.map(|(at, mut source)| {
            // A capture without a file is none.
            source.captures.retain(|capture| !capture.file.is_empty());
            Source { id: id(at, &source.id), title: shared(format!("{}x", source.title)), ..source }
        });
        let events = events.into_iter().enumerate();
        let events = events.map(|(at, event)| Event { id: id(at, &event.title), ..event });
        let eras = eras.into_iter().enumerate();
        let eras = eras.map(|(at, (title, date, color, note))| Era { id: id(at, &title), title, date, color, note });
        let views = views.into_iter().enumerate();
        let views =
            views.map(|(at, (title, window, query, known_on))| view_of(id(at, &title), title, window, query, known_on));
        Timeline::from_records(
            header,
            lanes.collect(),
            sources.collect(),
            events.collect(),
            eras.collect(),
            views.collect(),
        )
    })
}

fn view_of(id: Text, title: Text, window: Date, query: Option<Text>, known_on: Option<Date>) -> View {
    View {
        id,
        title,
        window,
        zone: Some("Europe/Moscow".into()),
        folds: None,
        query,
        grouping: crate::model::Grouping::Nothing,
        bands: None,
        color_by: crate::model::ColorBy::Reliability,
        links: crate::model::LinkDisplay::All,
        known_on,
        known_by: crate::model::KnownBy::Recorded,
        dates: crate::model::DateLabels::Hidden,
        images: crate::model::ImageDisplay::Track,
        export: Some("scale 2".into()),
        theme: None,
    }
}
