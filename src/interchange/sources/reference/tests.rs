//! References as people write them, and what is read from them.

use super::*;

/// Fields by name with what they must hold; every other one must be empty.
type Expected<'a> = &'a [(&'a str, &'a str)];

#[track_caller]
fn check(cases: &[(&str, Expected<'_>)]) {
    let faults: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let found = fields(text);
            let expected: Vec<(String, String)> =
                expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            (found != expected).then(|| format!("{text}\n  found    {found:?}\n  expected {expected:?}"))
        })
        .collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn fields(text: &str) -> Vec<(String, String)> {
    let Some(source) = read(text) else { return Vec::new() };
    assert_eq!(&*source.id, "");
    let text = |value: &Option<_>| value.as_ref().map(ToString::to_string);
    let date = |value: &Option<Date>| value.as_ref().map(ToString::to_string);
    let kind = (source.kind != SourceKind::Other).then(|| source.kind.label().to_owned());
    [
        ("title", Some(source.title.to_string())),
        ("author", text(&source.author)),
        ("publisher", text(&source.publisher)),
        ("kind", kind),
        ("number", text(&source.number)),
        ("language", text(&source.language)),
        ("url", text(&source.url)),
        ("archive", text(&source.archive_url)),
        ("published", date(&source.published)),
        ("accessed", date(&source.accessed)),
        ("note", text(&source.note)),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), value?)))
    .collect()
}

#[test]
fn addresses_alone_get_a_title_in_brackets() {
    check(&[
        (
            "https://www.interfax.ru/russia/988001",
            &[
                ("title", "[interfax.ru: russia 988001]"),
                ("kind", "Web"),
                ("url", "https://www.interfax.ru/russia/988001"),
            ],
        ),
        (
            "<https://example.org/news/duma-ratifies-treaty.html>",
            &[
                ("title", "[example.org: duma ratifies treaty]"),
                ("kind", "Web"),
                ("url", "https://example.org/news/duma-ratifies-treaty.html"),
            ],
        ),
        ("  https://example.org/\n", &[("title", "[example.org]"), ("kind", "Web"), ("url", "https://example.org/")]),
        (
            "https://example.org/2024/10/24/",
            &[("title", "[example.org: 2024 10 24]"), ("kind", "Web"), ("url", "https://example.org/2024/10/24/")],
        ),
        (
            "https://ru.example.org/wiki/%D0%94%D1%83%D0%BC%D0%B0",
            &[
                ("title", "[ru.example.org: Дума]"),
                ("kind", "Web"),
                ("url", "https://ru.example.org/wiki/%D0%94%D1%83%D0%BC%D0%B0"),
            ],
        ),
        (
            "www.example.org/a_b",
            &[("title", "[example.org: a b]"), ("kind", "Web"), ("url", "https://www.example.org/a_b")],
        ),
        (
            "https://web.archive.org/web/20241024101500/https://example.org/vote",
            &[
                ("title", "[example.org: vote]"),
                ("kind", "Web"),
                ("url", "https://example.org/vote"),
                ("archive", "https://web.archive.org/web/20241024101500/https://example.org/vote"),
            ],
        ),
        (
            "doi:10.1234/abc.5",
            &[("title", "[doi.org: abc 5]"), ("kind", "Web"), ("url", "https://doi.org/10.1234/abc.5")],
        ),
    ]);
}

#[test]
fn chicago_notes_and_bibliographies() {
    check(&[
        (
            "Jane Roe, “Lower House Ratifies Treaty,” New York Times, October 24, 2024, https://example.org/a.",
            &[
                ("title", "Lower House Ratifies Treaty"),
                ("author", "Jane Roe"),
                ("publisher", "New York Times"),
                ("kind", "Web"),
                ("url", "https://example.org/a"),
                ("published", "2024-10-24"),
            ],
        ),
        (
            "Roe, Jane, and John Doe. “A Treaty in Two Votes.” The Guardian, June 2024. Accessed November 20, 2026. https://example.org/b_c.",
            &[
                ("title", "A Treaty in Two Votes"),
                ("author", "Roe, Jane, and John Doe"),
                ("publisher", "The Guardian"),
                ("kind", "Web"),
                ("url", "https://example.org/b_c"),
                ("published", "2024-06"),
                ("accessed", "2026-11-20"),
            ],
        ),
        (
            "3. Jane Roe, \"Who Signed?,\" *Washington Post*, November 6, 2024, A1.",
            &[
                ("title", "Who Signed?"),
                ("author", "Jane Roe"),
                ("publisher", "Washington Post"),
                ("published", "2024-11-06"),
                ("note", "In the reference: A1"),
            ],
        ),
        (
            "Roe, Jane. 2024. “Treaties Compared.” Journal of Treaties 12, no. 3: 4–9.",
            &[
                ("title", "Treaties Compared"),
                ("author", "Roe, Jane"),
                ("publisher", "Journal of Treaties 12"),
                ("published", "2024"),
                ("note", "In the reference: no. 3: 4–9"),
            ],
        ),
        (
            "“President Signs Law,” TASS, November 9, 2024.",
            &[("title", "President Signs Law"), ("publisher", "TASS"), ("published", "2024-11-09")],
        ),
        (
            "Jane Roe, “Senate to Vote ‘within Days,’” Reuters, late October 2024.",
            &[
                ("title", "Senate to Vote ‘within Days,’"),
                ("author", "Jane Roe"),
                ("publisher", "Reuters"),
                ("published", "[2024-10-21..2024-10-31]"),
            ],
        ),
    ]);
}

#[test]
fn apa() {
    check(&[
        (
            "Roe, J. (2024, October 24). Lower house ratifies treaty. The New York Times. https://example.org/a",
            &[
                ("title", "Lower house ratifies treaty"),
                ("author", "Roe, J."),
                ("publisher", "The New York Times"),
                ("kind", "Web"),
                ("url", "https://example.org/a"),
                ("published", "2024-10-24"),
            ],
        ),
        (
            "Ministry of Foreign Affairs. (2024, June 19). Treaty signed in the capital [Press release]. https://example.org/p",
            &[
                ("title", "Treaty signed in the capital"),
                ("author", "Ministry of Foreign Affairs"),
                ("kind", "Statement"),
                ("url", "https://example.org/p"),
                ("published", "2024-06-19"),
            ],
        ),
        (
            "Roe, J., & Doe, J. (n.d.). Chronology of a treaty. Retrieved November 20, 2026, from https://example.org/c",
            &[
                ("title", "Chronology of a treaty"),
                ("author", "Roe, J., & Doe, J."),
                ("kind", "Web"),
                ("url", "https://example.org/c"),
                ("accessed", "2026-11-20"),
            ],
        ),
        (
            "Roe, J. (2024). Why did they sign? Example Press.",
            &[
                ("title", "Why did they sign?"),
                ("author", "Roe, J."),
                ("publisher", "Example Press"),
                ("published", "2024"),
            ],
        ),
        (
            "Doe, J. (2024, June). Trade after the treaty [Data set]. Example Institute. https://doi.org/10.1234/x",
            &[
                ("title", "Trade after the treaty"),
                ("author", "Doe, J."),
                ("publisher", "Example Institute"),
                ("kind", "Dataset"),
                ("url", "https://doi.org/10.1234/x"),
                ("published", "2024-06"),
            ],
        ),
        (
            "Roe, J. (2024). A history of treaties and of those who signed them",
            &[
                ("title", "A history of treaties and of those who signed them"),
                ("author", "Roe, J."),
                ("published", "2024"),
            ],
        ),
    ]);
}

#[test]
fn mla_wikipedia_and_harvard() {
    check(&[
        (
            "Roe, Jane. “Lower House Ratifies Treaty.” Example News, 24 Oct. 2024, www.example.org/a. Accessed 20 Nov. 2026.",
            &[
                ("title", "Lower House Ratifies Treaty"),
                ("author", "Roe, Jane"),
                ("publisher", "Example News"),
                ("kind", "Web"),
                ("url", "https://www.example.org/a"),
                ("published", "2024-10-24"),
                ("accessed", "2026-11-20"),
            ],
        ),
        (
            "Roe, Jane (24 October 2024). \"Lower house ratifies treaty\". The Guardian. Retrieved 20 November 2026.",
            &[
                ("title", "Lower house ratifies treaty"),
                ("author", "Roe, Jane"),
                ("publisher", "The Guardian"),
                ("published", "2024-10-24"),
                ("accessed", "2026-11-20"),
            ],
        ),
        (
            "\"Treaty text published\". KCNA. 20 June 2024. Archived from https://web.archive.org/web/20240620/https://example.org/t",
            &[
                ("title", "Treaty text published"),
                ("publisher", "KCNA"),
                ("kind", "Web"),
                ("url", "https://example.org/t"),
                ("archive", "https://web.archive.org/web/20240620/https://example.org/t"),
                ("published", "2024-06-20"),
            ],
        ),
        (
            "Roe, J. (2024) ‘Russia’s lower house ratifies’, The Guardian, 24 October. Available at: https://example.org/g (Accessed: 20 November 2026).",
            &[
                ("title", "Russia’s lower house ratifies"),
                ("author", "Roe, J."),
                ("publisher", "The Guardian"),
                ("kind", "Web"),
                ("url", "https://example.org/g"),
                ("published", "2024"),
                ("accessed", "2026-11-20"),
                ("note", "In the reference: 24 October"),
            ],
        ),
    ]);
}

#[test]
fn german() {
    check(&[
        (
            "Müller, Hans: Die Duma stimmt zu. In: Süddeutsche Zeitung, 24. Oktober 2024, S. 3.",
            &[
                ("title", "Die Duma stimmt zu"),
                ("author", "Müller, Hans"),
                ("publisher", "Süddeutsche Zeitung"),
                ("published", "2024-10-24"),
                ("note", "In the reference: S. 3"),
            ],
        ),
        (
            "Hans Müller: „Die Duma stimmt zu“, in: Die Zeit, 24.10.2024, https://example.org/z (abgerufen am 20. November 2026).",
            &[
                ("title", "Die Duma stimmt zu"),
                ("author", "Hans Müller"),
                ("publisher", "Die Zeit"),
                ("kind", "Web"),
                ("url", "https://example.org/z"),
                ("published", "2024-10-24"),
                ("accessed", "2026-11-20"),
            ],
        ),
        (
            "Müller, H. (2024): Verträge im Vergleich. In: Zeitschrift für Beispiele, März 2024. Online unter: https://example.org/v [Zugriff am 20.11.2026]",
            &[
                ("title", "Verträge im Vergleich"),
                ("author", "Müller, H."),
                ("publisher", "Zeitschrift für Beispiele"),
                ("kind", "Web"),
                ("url", "https://example.org/v"),
                ("published", "2024-03"),
                ("accessed", "2026-11-20"),
            ],
        ),
        (
            "Auswärtiges Amt (2024): Erklärung zum Vertrag [Pressemitteilung]. Berlin.",
            &[
                ("title", "Erklärung zum Vertrag"),
                ("author", "Auswärtiges Amt"),
                ("publisher", "Berlin"),
                ("kind", "Statement"),
                ("published", "2024"),
            ],
        ),
        (
            "Beispielagentur, »Vertrag in Kraft«, 4. Dezember 2024, letzter Zugriff: 20.11.2026, <https://example.org/k>",
            &[
                ("title", "Vertrag in Kraft"),
                ("author", "Beispielagentur"),
                ("kind", "Web"),
                ("url", "https://example.org/k"),
                ("published", "2024-12-04"),
                ("accessed", "2026-11-20"),
            ],
        ),
    ]);
}

#[test]
fn french() {
    check(&[
        (
            "Dupont Jeanne, « La Douma ratifie le traité », Le Monde, 24 octobre 2024, [en ligne], consulté le 20 novembre 2026, https://example.org/m",
            &[
                ("title", "La Douma ratifie le traité"),
                ("author", "Dupont Jeanne"),
                ("publisher", "Le Monde"),
                ("kind", "Web"),
                ("url", "https://example.org/m"),
                ("published", "2024-10-24"),
                ("accessed", "2026-11-20"),
            ],
        ),
        (
            "DUPONT, Jeanne. «\u{a0}Le traité entre en vigueur\u{a0}». Libération, 1er décembre 2024, p. 4.",
            &[
                ("title", "Le traité entre en vigueur"),
                ("author", "DUPONT, Jeanne"),
                ("publisher", "Libération"),
                ("published", "2024-12-01"),
                ("note", "In the reference: p. 4"),
            ],
        ),
        (
            "Dupont, J. (2024, août). Les traités comparés. Revue des exemples. Disponible sur : https://example.org/r",
            &[
                ("title", "Les traités comparés"),
                ("author", "Dupont, J."),
                ("publisher", "Revue des exemples"),
                ("kind", "Web"),
                ("url", "https://example.org/r"),
                ("published", "2024-08"),
            ],
        ),
        (
            "AFP, « Signature à Pyongyang », juin 2024",
            &[("title", "Signature à Pyongyang"), ("author", "AFP"), ("published", "2024-06")],
        ),
    ]);
}

#[test]
fn russian() {
    check(&[
        (
            "Иванов И. И. Дума ратифицировала договор // Коммерсантъ. 2024. 24 окт. № 195. С. 3.",
            &[
                ("title", "Дума ратифицировала договор"),
                ("author", "Иванов И. И."),
                ("publisher", "Коммерсантъ"),
                ("published", "2024-10-24"),
                ("note", "In the reference: № 195; С. 3"),
            ],
        ),
        (
            "Дума ратифицировала договор [Электронный ресурс] // Интерфакс. 24.10.2024. URL: https://example.org/i (дата обращения: 20.11.2026).",
            &[
                ("title", "Дума ратифицировала договор"),
                ("publisher", "Интерфакс"),
                ("kind", "Web"),
                ("url", "https://example.org/i"),
                ("published", "2024-10-24"),
                ("accessed", "2026-11-20"),
            ],
        ),
        (
            "Петров А.Б., Иванов И.И. Сравнение договоров // Вестник примеров. 2024. № 3. С. 4–9.",
            &[
                ("title", "Сравнение договоров"),
                ("author", "Петров А.Б., Иванов И.И."),
                ("publisher", "Вестник примеров"),
                ("published", "2024"),
                ("note", "In the reference: № 3; С. 4–9"),
            ],
        ),
        (
            "ТАСС, «Президент подписал закон», 9 ноября 2024 г.",
            &[("title", "Президент подписал закон"), ("author", "ТАСС"), ("published", "2024-11-09")],
        ),
        (
            "«О ратификации» // Российская газета, октябрь 2024. Режим доступа: https://example.org/rg",
            &[
                ("title", "О ратификации"),
                ("publisher", "Российская газета"),
                ("kind", "Web"),
                ("url", "https://example.org/rg"),
                ("published", "2024-10"),
            ],
        ),
    ]);
}

#[test]
fn what_is_not_sure_stays_in_the_title() {
    check(&[
        (
            "Lower house ratifies treaty\nhttps://example.org/a",
            &[("title", "Lower house ratifies treaty"), ("kind", "Web"), ("url", "https://example.org/a")],
        ),
        (
            "State Duma ratifies treaty, Interfax, 24 October 2024",
            &[("title", "State Duma ratifies treaty, Interfax"), ("published", "2024-10-24")],
        ),
        (
            "A history of 2024 in votes https://example.org/h",
            &[("title", "A history of 2024 in votes"), ("kind", "Web"), ("url", "https://example.org/h")],
        ),
        (
            "Putin calls treaty \"historic\" in speech - TASS https://example.org/t",
            &[
                ("title", "Putin calls treaty \"historic\" in speech - TASS"),
                ("kind", "Web"),
                ("url", "https://example.org/t"),
            ],
        ),
        (
            "Roe, J. “Two votes”, The Guardian, 05/11/2024, https://example.org/d",
            &[
                ("title", "Two votes"),
                ("author", "Roe, J."),
                ("publisher", "The Guardian"),
                ("kind", "Web"),
                ("url", "https://example.org/d"),
                ("note", "In the reference: 05/11/2024"),
            ],
        ),
        (
            "Retrieved artefacts of the early period https://example.org/e",
            &[("title", "Retrieved artefacts of the early period"), ("kind", "Web"), ("url", "https://example.org/e")],
        ),
        (
            "UN Security Council Resolution 1718 (2006)",
            &[("title", "UN Security Council Resolution 1718"), ("published", "2006")],
        ),
    ]);
    for text in ["", "  ", "Just a title", "State Duma ratifies", "\"Quoted\"", "24 October 2024"] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn entries_of_bibliographies() {
    check(&[
        (
            "@online{x, title = {{A page}}, url = {https://example.org/a}, date = {2024-10}}",
            &[("title", "A page"), ("kind", "Web"), ("url", "https://example.org/a"), ("published", "2024-10")],
        ),
        (
            "TY  - NEWS\nTI  - A report\nPB  - Example Press\nPY  - 2024\nER  - ",
            &[("title", "A report"), ("publisher", "Example Press"), ("kind", "Document"), ("published", "2024")],
        ),
        (
            "{\"id\": \"x\", \"type\": \"dataset\", \"title\": \"Trade\", \"issued\": {\"date-parts\": [[2024]]}}",
            &[("title", "Trade"), ("kind", "Dataset"), ("published", "2024")],
        ),
        (
            "[1] Jane Roe, “Two Votes,” Example Times, October 24, 2024.",
            &[
                ("title", "Two Votes"),
                ("author", "Jane Roe"),
                ("publisher", "Example Times"),
                ("published", "2024-10-24"),
            ],
        ),
    ]);
}

#[test]
fn records_with_dashes_and_parentheses() {
    check(&[
        (
            "Петров, А. Договор вступил в силу / А. Петров. — Текст : электронный // Пример : [сайт]. — 2024. — 4 дек. — URL: https://example.org/x (дата обращения: 15.01.2025).",
            &[
                ("title", "Договор вступил в силу"),
                ("author", "А. Петров"),
                ("publisher", "Пример"),
                ("kind", "Web"),
                ("url", "https://example.org/x"),
                ("published", "2024-12-04"),
                ("accessed", "2025-01-15"),
            ],
        ),
        (
            "“Delegation Received” (KCNA, 13 June 2024), https://example.org/en/1",
            &[
                ("title", "Delegation Received"),
                ("publisher", "KCNA"),
                ("kind", "Web"),
                ("url", "https://example.org/en/1"),
                ("published", "2024-06-13"),
            ],
        ),
        (
            "Example Team, \"Tracking the Shipments\", Example, February 2024, archived at https://archive.ph/AbCdE",
            &[
                ("title", "Tracking the Shipments"),
                ("author", "Example Team"),
                ("publisher", "Example"),
                ("kind", "Web"),
                ("archive", "https://archive.ph/AbCdE"),
                ("published", "2024-02"),
            ],
        ),
    ]);
}

#[test]
fn marks_that_mislead() {
    check(&[
        (
            "United Nations Security Council, Resolution 2397 (2017), S/RES/2397, 22 December 2017.",
            &[
                ("title", "United Nations Security Council, Resolution 2397 (2017), S/RES/2397"),
                ("published", "2017-12-22"),
            ],
        ),
        (
            "Jane Roe and John Doe, 'Sanctions after 2017: A Review' (2019) 12(3) Journal of Sanctions 45.",
            &[
                ("title", "Sanctions after 2017: A Review"),
                ("author", "Jane Roe and John Doe"),
                ("published", "2019"),
                ("note", "In the reference: 12(3) Journal of Sanctions 45"),
            ],
        ),
        (
            "Reuters (2024) Russia's upper house votes. Available at: https://example.org/x-2024-11-06/ [Accessed 12 Jan. 2025].",
            &[
                ("title", "Russia's upper house votes"),
                ("author", "Reuters"),
                ("kind", "Web"),
                ("url", "https://example.org/x-2024-11-06/"),
                ("published", "2024"),
                ("accessed", "2025-01-12"),
            ],
        ),
        (
            "Treaty of Friendship (1961) Text and Comments https://example.org/t",
            &[
                ("title", "Treaty of Friendship (1961) Text and Comments"),
                ("kind", "Web"),
                ("url", "https://example.org/t"),
            ],
        ),
        (
            "Le Monde avec AFP. « La Russie ratifie ». Publié le 06 novembre 2024. https://example.org/m.html",
            &[
                ("title", "La Russie ratifie"),
                ("author", "Le Monde avec AFP"),
                ("kind", "Web"),
                ("url", "https://example.org/m.html"),
                ("published", "2024-11-06"),
            ],
        ),
        (
            "FAZ.NET: Duma billigt Vertrag, 24.10.2024, URL: https://example.org/1.html, Abruf am 3.1.2025.",
            &[
                ("title", "FAZ.NET: Duma billigt Vertrag"),
                ("kind", "Web"),
                ("url", "https://example.org/1.html"),
                ("published", "2024-10-24"),
                ("accessed", "2025-01-03"),
            ],
        ),
        (
            "Spiegel Online, \"Putin unterschreibt\", 9. November 2024 (letzter Aufruf: 10.11.2024)",
            &[
                ("title", "Putin unterschreibt"),
                ("author", "Spiegel Online"),
                ("published", "2024-11-09"),
                ("accessed", "2024-11-10"),
            ],
        ),
        (
            "\"Partnership treaty\", Wikipedia, last modified 5 May 2025, https://example.org/wiki/Treaty",
            &[
                ("title", "Partnership treaty"),
                ("publisher", "Wikipedia"),
                ("kind", "Web"),
                ("url", "https://example.org/wiki/Treaty"),
                ("note", "In the reference: last modified 5 May 2025"),
            ],
        ),
    ]);
    assert_eq!(read("See Roe (2024) for a discussion of the treaty."), None);
}

mod never {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "(.|[“”„«»\"'\\[\\](). ,:/]|https://|24 October 2024|// |In: |accessed ){0,60}") {
            if let Some(source) = read(&text) {
                prop_assert!(!source.title.is_empty());
            }
        }
    }
}
