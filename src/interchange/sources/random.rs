//! Random sources for the round trips, of events too: texts that break careless writers, dates of every sort.

use proptest::prelude::*;

use crate::model::{Capture, Hash, HashAlgorithm, Reliability, Source, SourceKind};
use crate::time::Date;

const DATES: [&str; 34] = [
    "2024",
    "2024-10",
    "2024-10-24",
    "2024-23",
    "2024-35",
    "2024-06~",
    "2024-06?",
    "2024-06%",
    "2024-10-XX",
    "2024-XX-XX",
    "199X",
    "18XX",
    "2X24",
    "[2024-10-21..2024-10-31]",
    "[2024-10-21..2024-11-03]",
    "[2023-12..2024-02]",
    "[..2024-11-09]",
    "[2024-10..]",
    "{2024-06,2024-08}",
    "[1667,1760-12]",
    "2024-06-19/..",
    "2024-06-19/",
    "../2024",
    "/2024",
    "2024-10-21/2024-10-31",
    "2024-06/2024-08",
    "2004-06~/2004-08?",
    "2024-?06-~24",
    "-0043",
    "0000",
    "0476",
    "Y17000000002",
    "2024-10-24T10:23:00Z",
    "2024-10-24T10:23[Europe/Moscow]",
];

const PIECES: [&str; 75] = [
    "a",
    "Duma",
    "ratifies",
    "Дума",
    "北京",
    "العربية",
    "é",
    "e\u{301}",
    "ß",
    " ",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\u{202e}",
    "\u{7f}",
    "\u{1}",
    "{",
    "}",
    "{}",
    "\\",
    "\\\\",
    "\\n",
    "\\textbf{x}",
    "%",
    "% no comment",
    "\"",
    "\"x\"",
    "'",
    "''",
    "`",
    "``",
    "-",
    "--",
    "---",
    "$",
    "$x$",
    "&",
    "_",
    "#",
    "^",
    "~",
    "@",
    "@misc{",
    ",",
    ";",
    "; ",
    " and ",
    "and",
    "others",
    "=",
    "family=x",
    "Annalist:",
    "\nAnnalist:\n",
    "\nKind: Web\n",
    "Title: x",
    "😀",
    "\r",
    "``x''",
    "`x'",
    "\"`x\"'",
    ",,x''",
    "\\,",
    "\\ldots",
    "H$_2$O",
    "$10^{-3}$",
    "₂",
    "5 %",
    "% Encoding: windows-1251",
    "0000",
];

/// A text that breaks careless writers.
pub(in crate::interchange) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => proptest::collection::vec(proptest::sample::select(PIECES.to_vec()), 0..9).prop_map(|pieces| pieces.concat()),
        1 => "[A-Za-z ]{1,20}",
        1 => any::<String>(),
    ]
}

/// A date of any sort.
pub(in crate::interchange) fn date() -> impl Strategy<Value = Date> {
    proptest::sample::select(DATES.to_vec()).prop_map(|text| Date::parse(text).unwrap())
}

fn address() -> impl Strategy<Value = String> {
    prop_oneof![
        "https://[a-z]{2,8}\\.org/[a-z0-9/_~%{}\\\\#&?=-]{0,20}",
        Just("https://web.archive.org/web/2024/https://example.org/a_b?c=d&e=%20".to_owned()),
        text(),
    ]
}

fn capture() -> impl Strategy<Value = Capture> {
    let hash = Hash { algorithm: HashAlgorithm::Sha256, value: "ab".repeat(32).as_str().into() };
    (text(), proptest::option::of(date()), proptest::option::of(text()), proptest::option::of(text())).prop_map(
        move |(file, captured, alters, note)| Capture {
            file: file.as_str().into(),
            hash: hash.clone(),
            captured,
            by: Some("a collector".into()),
            alters: alters.map(|text| text.as_str().into()),
            note: note.map(|text| text.as_str().into()),
        },
    )
}

/// A source with an id that is not empty.
pub(in crate::interchange) fn source() -> impl Strategy<Value = Source> {
    let some = proptest::option::of::<BoxedStrategy<String>>;
    let texts = (text(), some(text().boxed()), some(text().boxed()), some(text().boxed()), some(text().boxed()));
    let addresses = (some(address().boxed()), some(address().boxed()));
    let dates = [(); 3].map(|()| proptest::option::of(date()));
    let kinds = (
        proptest::sample::select(SourceKind::ALL.to_vec()),
        proptest::option::of(proptest::sample::select(Reliability::ALL.to_vec())),
        proptest::option::of(proptest::sample::select(vec!["ru", "en", "de-AT", "zh-Hans", "norsk", "x"])),
    );
    let rest = (text(), some(text().boxed()), some(text().boxed()), proptest::collection::vec(capture(), 0..3));
    (texts, addresses, dates, kinds, rest).prop_map(|(texts, addresses, dates, kinds, rest)| {
        let shared = |text: Option<String>| text.map(|text| text.as_str().into());
        let mut source = Source::new(format!("x{}", rest.0), texts.0);
        source.author = shared(texts.1);
        source.publisher = shared(texts.2);
        source.number = shared(texts.3);
        source.note = shared(texts.4);
        source.url = shared(addresses.0);
        source.archive_url = shared(addresses.1);
        let [published, information, accessed] = dates;
        source.published = published;
        source.information = information;
        source.accessed = accessed;
        source.kind = kinds.0;
        source.reliability = kinds.1;
        source.language = kinds.2.map(Into::into);
        source.origin = shared(rest.1);
        source.descriptor = shared(rest.2);
        source.captures = rest.3.into_iter().collect();
        source
    })
}

/// Sources without who captured what, which no export tells; each with an id of its own.
pub(super) fn sources() -> impl Strategy<Value = Vec<Source>> {
    proptest::collection::vec(source(), 1..4).prop_map(|mut sources| {
        for (at, source) in sources.iter_mut().enumerate() {
            source.id = format!("{}{at}", source.id).as_str().into();
        }
        sources
    })
}

/// The source as an export may tell it.
pub(super) fn told(source: &Source) -> Source {
    let captures = source.captures.iter().map(|capture| Capture { by: None, ..capture.clone() }).collect();
    Source { captures, ..source.clone() }
}
