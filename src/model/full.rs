//! Records that give every field, for tests that hold tables of fields against them.

use thin_vec::thin_vec;

use super::{
    Capture, CheckSetting, Citation, ColorBy, Confidence, Coordinates, Credibility, DateLabels, Era, Event, Grouping,
    Hash, HashAlgorithm, Header, Image, ImageDisplay, Judgment, KnownBy, Lane, Level, Likelihood, Link, LinkDisplay,
    OwnFields, OwnName, RareFields, Relation, Reliability, Source, SourceKind, Stance, Standing, Text, View,
};
use crate::time::Date;

fn text() -> Option<Text> {
    Some("x".into())
}

fn date() -> Date {
    Date::parse("2024").unwrap()
}

pub(crate) fn header() -> Header {
    Header { description: text(), zone: Some("UTC".into()), checks: vec![check()], ..Header::new("x") }
}

pub(crate) fn check() -> CheckSetting {
    CheckSetting { code: "ungraded".into(), level: Level::Off, note: text() }
}

pub(crate) fn lane() -> Lane {
    Lane { id: "x".into(), title: "x".into(), color: text(), note: text() }
}

pub(crate) fn event() -> Event {
    Event {
        wording: text(),
        lane: text(),
        actors: thin_vec!["x".into()],
        place: text(),
        tags: thin_vec!["x".into()],
        standing: Standing::Denied,
        weight: 5,
        judgment: Some(Box::new(judgment())),
        note: text(),
        citations: thin_vec![citation()],
        links: thin_vec![link()],
        rare: RareFields {
            coordinates: Coordinates::new(39.03, 125.75),
            images: thin_vec![image()],
            fields: own_fields(),
            recorded: Some(date()),
        }
        .into(),
        ..Event::new("x", "x", date())
    }
}

pub(crate) fn image() -> Image {
    Image { caption: text(), credit: text(), ..Image::new("x") }
}

fn own_fields() -> OwnFields {
    let mut fields = OwnFields::NONE;
    fields.put("x", "x");
    fields
}

pub(crate) fn judgment() -> Judgment {
    Judgment { likelihood: Some(Likelihood::Likely), confidence: Some(Confidence::Low), note: text() }
}

pub(crate) fn link() -> Link {
    Link { to: "x".into(), relation: Relation::Causes, note: text() }
}

pub(crate) fn citation() -> Citation {
    Citation {
        stance: Stance::Denies,
        credibility: Some(Credibility::Doubtful),
        reliability: Some(Reliability::B),
        locator: text(),
        quote: text(),
        translation: text(),
        date: Some(Box::new(date())),
        wording: text(),
        note: text(),
        ..Citation::new("x")
    }
}

pub(crate) fn source() -> Source {
    Source {
        author: text(),
        publisher: text(),
        kind: SourceKind::Web,
        number: text(),
        language: text(),
        url: text(),
        archive_url: text(),
        published: Some(date()),
        information: Some(date()),
        accessed: Some(date()),
        reliability: Some(Reliability::A),
        origin: text(),
        captures: thin_vec![capture()],
        descriptor: text(),
        note: text(),
        ..Source::new("x", "x")
    }
}

pub(crate) fn capture() -> Capture {
    Capture { file: "x".into(), hash: hash(), captured: Some(date()), by: text(), alters: text(), note: text() }
}

pub(crate) fn hash() -> Hash {
    Hash { algorithm: HashAlgorithm::Sha256, value: "x".into() }
}

pub(crate) fn era() -> Era {
    Era { id: "x".into(), title: "x".into(), date: date(), color: text(), note: text() }
}

pub(crate) fn view() -> View {
    View {
        id: "x".into(),
        title: "x".into(),
        window: date(),
        zone: Some("Europe/Moscow".into()),
        folds: text(),
        query: text(),
        grouping: Grouping::Own(OwnName::new("Casualties")),
        bands: Some("by count; at most 12".into()),
        color_by: ColorBy::Weight,
        links: LinkDisplay::All,
        known_on: Some(date()),
        known_by: KnownBy::Recorded,
        dates: DateLabels::Hidden,
        images: ImageDisplay::Track,
        export: Some("width 2400; gaps".into()),
        theme: text(),
    }
}
