//! BibTeX there and back, and as other programs write it.

use proptest::prelude::*;

use crate::diagnostic::Severity;
use crate::interchange::sources::{Format, Imported, export, import, random};
use crate::model::{Source, SourceKind};
use crate::time::Date;

fn read(text: &str) -> Imported {
    import(text.as_bytes(), Format::Bibtex)
}

#[track_caller]
fn one(text: &str) -> Source {
    let mut imported = read(text);
    assert_eq!(imported.sources.len(), 1, "{text}: {:?}", imported.problems);
    imported.sources.remove(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn sources_come_back_as_they_went(sources in random::sources()) {
        let bytes = export(&sources, Format::Bibtex).unwrap();
        let back = import(&bytes, Format::Bibtex);
        let told: Vec<Source> = sources.iter().map(random::told).collect();
        prop_assert_eq!(back.sources, told, "{}", String::from_utf8_lossy(&bytes));
        prop_assert!(!String::from_utf8_lossy(&bytes).contains("a collector"));
    }

    #[test]
    fn what_is_written_balances_its_braces_even_for_programs_that_know_no_escapes(sources in random::sources()) {
        let text = String::from_utf8(export(&sources, Format::Bibtex).unwrap()).unwrap();
        let mut depth = 0_i64;
        let mut entries = 0;
        for c in text.chars() {
            entries += usize::from(c == '@' && depth == 0);
            depth += i64::from(c == '{') - i64::from(c == '}');
            prop_assert!(depth >= 0, "{}", text);
        }
        prop_assert_eq!((depth, entries), (0, sources.len()), "{}", text);
    }

    #[test]
    fn no_text_makes_it_panic(text in "(@misc\\{|title|date|=|\\{|\\}|\"|#|,|\\\\|[a-z0-9 $%~_^`'\n(),-]){0,40}") {
        read(&text);
        read(&format!("@misc{{k, title = {{{text}}}, date = {{{text}}}}}"));
    }
}

#[test]
fn dates_are_as_vague_as_they_were_given() {
    let cases = [
        ("date = {2024}", Some("2024")),
        ("date = {2024-10}", Some("2024-10")),
        ("date = {2024-10-24}", Some("2024-10-24")),
        ("date = {2004-06/2004-08}", Some("2004-06/2004-08")),
        ("date = {1997/}", Some("1997/")),
        ("date = {1723~}", Some("1723~")),
        ("date = {199X}", Some("199X")),
        ("date = {2004-22}", Some("2004-22")),
        ("year = 2024", Some("2024")),
        ("year = 2024, month = oct", Some("2024-10")),
        ("year = {2024}, month = {10}", Some("2024-10")),
        ("year = {2024}, month = {10}, day = {4}", Some("2024-10-04")),
        ("year = 2024, month = oct # \"~24\"", Some("2024-10-24")),
        ("year = 2024, month = \"24~\" # oct", Some("2024-10-24")),
        ("year = {2024}, month = {Oktober}", Some("2024-10")),
        ("year = {c. 1950}", Some("1950~")),
        ("year = {circa 1950}", Some("1950~")),
        ("year = {in press}", None),
        ("year = {2024}, date = {2024-10-24}", Some("2024-10-24")),
        ("date = {1984?~}", Some("1984%")),
        ("date = {1984~?}", Some("1984%")),
        ("date = {2004-06?~}", Some("2004-06%")),
        ("date = {2004-06-(01)~}", Some("2004-06-~01")),
        ("date = {2004-01-01/open}", Some("2004-01-01/..")),
        ("date = {{-2000~}}", Some("-2000~")),
        ("year = {1984?~}", Some("1984%")),
        ("year = {c.~1950}", Some("1950~")),
        ("year = {5000 years ago}", None),
        ("year = {0000}", None),
        ("year = 0, month = 0, day = 0", None),
        ("year = 1999, month = 0", Some("1999")),
        ("year = 1999, month = {Trinity}", Some("1999")),
    ];
    for (fields, expected) in cases {
        let source = one(&format!("@misc{{x, title = {{T}}, {fields} }}"));
        assert_eq!(source.published.as_ref().map(Date::as_str), expected, "{fields}");
    }
    let both = one("@misc{x, title={T}, urldate = {2024-11-20}, origdate = {1950}, eventdate = {2024-06~}}");
    assert_eq!(both.accessed.as_ref().map(Date::as_str), Some("2024-11-20"));
    assert_eq!(both.information.as_ref().map(Date::as_str), Some("2024-06~"));
    assert_eq!(both.note.as_deref(), Some("Origdate: 1950"));
}

#[test]
fn what_cannot_be_joined_to_the_year_is_in_the_note_with_a_warning() {
    let cases = [
        ("month = 25", Some("1999"), "Month: 25"),
        ("month = 31", Some("1999"), "Month: 31"),
        ("month = 40", Some("1999"), "Month: 40"),
        ("month = 99", Some("1999"), "Month: 99"),
        ("month = 13, day = 4", Some("1999"), "Month: 13\nDay: 4"),
        ("month = oct, day = 32", Some("1999-10"), "Day: 32"),
        ("month = 10, day = 32", Some("1999-10"), "Day: 32"),
        ("month = 2, day = {30}", Some("1999-02"), "Day: 30"),
        ("day = 4", Some("1999"), "Day: 4"),
        ("month = {first printing}", Some("1999"), "Month: first printing"),
    ];
    for (fields, date, note) in cases {
        let imported = read(&format!("@misc{{x, title = {{T}}, year = 1999, {fields} }}"));
        let source = &imported.sources[0];
        assert_eq!(source.published.as_ref().map(Date::as_str), date, "{fields}");
        assert_eq!(source.note.as_deref(), Some(note), "{fields}");
        assert!(imported.problems.iter().any(|problem| problem.code == "unread-date"), "{fields}");
    }
}

#[test]
fn dates_beyond_biber_are_written_coarser_and_never_finer() {
    let cases = [
        ("2024-10-24", "2024-10-24"),
        ("199X", "199X"),
        ("2024-06~", "2024-06~"),
        ("2024-06-19/..", "2024-06-19/.."),
        ("[2024-10-21..2024-10-31]", "2024-10"),
        ("[2024-06..2024-08]", "2024"),
        ("[2021..2024]", "202X"),
        ("[1967..2024]", ""),
        ("[..2024-11-09]", ""),
        ("2024-10-24T10:23[Europe/Moscow]", "2024-10-24"),
        ("2024-?06-~24", "2024-06-24%"),
    ];
    for (date, expected) in cases {
        let mut source = Source::new("a", "T");
        source.published = Date::parse(date).ok();
        let text = String::from_utf8(export([&source], Format::Bibtex).unwrap()).unwrap();
        let written = text.lines().find_map(|line| line.strip_prefix("  date = {")?.strip_suffix("},"));
        assert_eq!(written.unwrap_or_default(), expected, "{date}\n{text}");
        assert_eq!(one(&text).published, source.published);
    }
}

#[test]
fn a_source_in_biblatex() {
    let mut source = Source::new("interfax-2024-10-24", "Duma ratifies 100% of “it” & more");
    source.author = Some("Jane Roe; John Doe".into());
    source.publisher = Some("Interfax".into());
    source.kind = SourceKind::Web;
    source.language = Some("ru".into());
    source.url = Some("https://example.org/a_b?c=%20".into());
    source.published = Date::parse("[2024-10-21..2024-10-31]").ok();
    source.accessed = Date::parse("2026-11-20").ok();
    source.reliability = Some(crate::model::Reliability::B);
    source.note = Some("Seen twice.\nOn two days.".into());
    let text = String::from_utf8(export([&source], Format::Bibtex).unwrap()).unwrap();
    insta::assert_snapshot!(text);
}

#[test]
fn keys_are_safe_and_each_is_its_own() {
    let sources =
        [Source::new("Дума", "A"), Source::new("a b", "B"), Source::new("A-B", "C"), Source::new("ok_1", "D")];
    let text = String::from_utf8(export(&sources, Format::Bibtex).unwrap()).unwrap();
    let keys: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix('@')?.split(['{', ',']).nth(1)).collect();
    assert_eq!(keys, ["source", "a-b", "A-B-2", "ok_1"]);
    let ids: Vec<String> = read(&text).sources.iter().map(|source| source.id.to_string()).collect();
    assert_eq!(ids, ["Дума", "a b", "A-B", "ok_1"]);
}

#[test]
fn an_id_whose_key_is_taken_is_told_beside_a_title_that_is_told_too() {
    let sources = [Source::new("no è", "A"), Source::new("no-", "a  title with two blanks")];
    let text = String::from_utf8(export(&sources, Format::Bibtex).unwrap()).unwrap();
    assert_eq!(read(&text).sources, sources, "{text}");
}

#[test]
fn tex_becomes_text() {
    let cases = [
        (r#"M{\"u}ller \& S{\o}n"#, "Müller & Søn"),
        (r"The {DPRK} \emph{treaty}: \enquote{historic}", "The DPRK treaty: “historic”"),
        (r"100\% of 5~km -- or --- so", "100% of 5 km – or — so"),
        (r"A \textit{very {\bf nested}} title", "A very nested title"),
        (r"costs $5", "costs $5"),
        (r"\href{https://example.org}{The page}", "The page"),
        ("over\n  two lines", "over two lines"),
        (r"\v{C}esk\'y", "Český"),
        (r"ends with \", r"ends with \"),
        (r"5\,\% of a ``quote'' and H$_2$O", "5 % of a “quote” and H₂O"),
        (r"z.\,B. 3\,km, 4\;m, a\/b\-c\ d\@.", "z. B. 3 km, 4 m, abc d."),
        (r"10$^6$ and $10^{-3}$ of CO$_{2}$, $x^{n+1}$", "10⁶ and 10⁻³ of CO₂, xⁿ⁺¹"),
        (r"10\textsuperscript{6}, the 19\textsuperscript{th}, H\textsubscript{2}O", "10⁶, the 19th, H₂O"),
        (r"$\alpha$-decay at 20$^\circ$C, $p < 0.05$, 5 $\times$ 7", "α-decay at 20°C, p < 0.05, 5 × 7"),
        (r"$\frac{1}{2}$ and $x^{q}$", r"$\frac{1}{2}$ and $x^{q}$"),
        (r"US$5 or A$6, $5-$6", "US$5 or A$6, $5-$6"),
        (r"\$5 and \$6", "$5 and $6"),
        (r"He said `yes' to ``the `inner' one''", "He said ‘yes’ to “the ‘inner’ one”"),
        ("\"`So\"' und ,,so''", "„So“ und „so”"),
        (r"`Abd al-Malik's rock 'n' roll, the 1960s''", r"`Abd al-Malik's rock 'n' roll, the 1960s''"),
        (r"one,, two", "one,, two"),
        (r"\glqq So\grqq{} \ldots\ 5\,\euro{} 20\textdegree C", "„So“ … 5 € 20°C"),
        ("1914--1918", "1914–1918"),
        (r"Garc{\'\i}a, Mart{\'\i}nez, Garc\'{\i}a, Garc\'{i}a, Garc\'ia", "García, Martínez, García, García, García"),
        (r#"\'\i{} {\"\i} \^\i{} \`\i{} \v{\i} \v\i{} \u \i{} {\i} \'\j{} \^\j"#, "í ï î ì ǐ ǐ ĭ ı j́ ĵ"),
        (r#"Espa\~na, na\"{\i}ve, \'\ae on \'{\^e} and \'\^e, \'{\^{e}}"#, "España, naïve, ǽon ế and ế, ế"),
        (r"\c c\c{c}\c  c \v C\k{a}\H o\r u", "ççç Čąőů"),
        (r"S\o{}n, S\o n, \O re, \L\'od\'z, stra\ss e, Stra\ss{}e, \AA-x", "Søn, Søn, Øre, Łódź, straße, Straße, Å-x"),
        (r"\t{oo} and \t{ts}", "o͡o and t͡s"),
        (r"so\textellipsis\ldots so\textellipsis--x\textellipsis{} y", "so……so…–x… y"),
        (r"so\textellipsis\'e\textellipsis? \S2", "so…é…? §2"),
        ("?`Qu\\'e? !`No! (?`\\'El?)", "¿Qué? ¡No! (¿Él?)"),
        ("Why?` and `Why?' ``What?''", "Why?` and ‘Why?’ “What?”"),
        (r#"Das ,,Wort`` und ,,\"Uber mich``, ``so''"#, "Das „Wort“ und „Über mich“, “so”"),
        (
            r"\ensuremath{\alpha}-decay, H\ensuremath{_2}O, \(x^2\) and \( \beta \), \(\frac{1}{2}\)",
            r"α-decay, H₂O, x² and β, $\frac{1}{2}$",
        ),
    ];
    for (tex, expected) in cases {
        assert_eq!(super::tex::line("title", tex), expected, "{tex}");
    }
    let deep = format!("{}x{}", "{".repeat(100_000), "}".repeat(100_000));
    assert_eq!(super::tex::line("title", &deep), "x");
    assert_eq!(super::tex::line("title", &"\\emph{".repeat(50_000)), "");
}

#[test]
fn remnants_of_html_become_text() {
    let cases = [
        (r"War \& peace &amp; \&amp; {\&}amp$\mathsemicolon$ so", "War & peace & & & so"),
        (r"On $\less$i$\greater$Homo sapiens$\less$/i$\greater$ and <i>others</i>", "On Homo sapiens and others"),
    ];
    for (tex, expected) in cases {
        assert_eq!(&*one(&format!("@misc{{a, title = {{{tex}}}}}")).title, expected, "{tex}");
    }
}

#[test]
fn names_keep_their_accents() {
    let cases = [
        (r"Garc{\'\i}a M{\'a}rquez, Gabriel", "Gabriel García Márquez"),
        (r"Mart{\'\i}nez, Mar{\'\i}a and {\L}ukasz {\'S}wi{\k e}ty", "María Martínez; Łukasz Święty"),
        (r#"S\o{}ren \AA berg and J\"org Wei\ss"#, "Søren Åberg; Jörg Weiß"),
    ];
    for (tex, expected) in cases {
        assert_eq!(super::tex::names(tex), expected, "{tex}");
    }
    for opened in ["\\'", "\\t{", "\\(", "\\ensuremath{"] {
        super::tex::line("title", &opened.repeat(100_000));
    }
}

#[test]
fn entries_as_programs_write_them() {
    let text = r#"
% A comment with @misc{no, title = {entry}}
@string{interfax = "Interfax"}
@preamble{"\newcommand{\x}{}"}
@comment{jabref-meta: databaseType:biblatex;}

@article{Roe2024,
  author    = {Roe, Jane and M{\"u}ller, Hans and others},
  title     = "Votes {"}of{"} two houses",
  journal   = {Journal of Treaties},
  volume    = 12,
  number    = 3,
  pages     = {4--9},
  year      = 2024,
  month     = oct,
  keywords  = {treaty, vote},
  abstract  = {First paragraph.

               Second one.},
  doi       = {10.1234/x_y},
  language  = {english}
}

@misc{page, title = {A page}, howpublished = {\url{https://example.org/a_b}}, note = {Accessed: 2024-11-20}, publisher = interfax # " Agency"}

@techreport(rep1,
  title = {A report}, institution = {Institute {and} Sons}, number = {R-5}, type = {Working paper}, isbn = {978-3-16-148410-0}
)
@inproceedings{part, title = {Part}, crossref = {whole}}
@proceedings{whole, title = {The whole}, year = 2020, publisher = {Press}, crossref = {part}}
"#;
    let imported = read(text);
    let source = |id: &str| imported.sources.iter().find(|source| *source.id == *id).unwrap();
    let article = source("Roe2024");
    assert_eq!(&*article.title, "Votes \"of\" two houses");
    assert_eq!(article.author.as_deref(), Some("Jane Roe; Hans Müller; et al."));
    assert_eq!(article.publisher.as_deref(), Some("Journal of Treaties"));
    assert_eq!(article.kind, SourceKind::Document);
    assert_eq!(article.url.as_deref(), Some("https://doi.org/10.1234/x_y"));
    assert_eq!(article.published.as_ref().map(Date::as_str), Some("2024-10"));
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(
        article.note.as_deref(),
        Some("Issue: 3\nVolume: 12\nPages: 4–9\nAbstract: First paragraph.\n\nSecond one.")
    );
    let page = source("page");
    assert_eq!(page.kind, SourceKind::Web);
    assert_eq!(page.url.as_deref(), Some("https://example.org/a_b"));
    assert_eq!(page.publisher.as_deref(), Some("Interfax Agency"));
    assert_eq!(page.accessed.as_ref().map(Date::as_str), Some("2024-11-20"));
    assert_eq!(page.note, None);
    let report = source("rep1");
    assert_eq!(report.publisher.as_deref(), Some("Institute and Sons"));
    assert_eq!(report.number.as_deref(), Some("R-5"));
    assert_eq!(report.note.as_deref(), Some("Type: Working paper\nISBN: 978-3-16-148410-0"));
    let part = source("part");
    assert_eq!(part.published.as_ref().map(Date::as_str), Some("2020"));
    assert_eq!(part.publisher.as_deref(), Some("Press"));
    assert_eq!(part.note.as_deref(), Some("Booktitle: The whole"));
    assert_eq!(imported.sources.len(), 5);
    let told: Vec<(usize, &str)> = imported.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    let expected =
        [(7, "kept-in-note"), (7, "left-out"), (26, "kept-in-note"), (29, "kept-in-note"), (30, "kept-in-note")];
    assert_eq!(told, expected);
}

#[test]
fn what_an_entry_takes_from_others_is_its_own_or_told() {
    let text = r"
@inbook{part, title = {Part}, crossref = {whole}, related = {other}, ids = {p1}}
@book{whole, title = {Whole}, subtitle = {All of it}, note = {Of the whole.}}
@misc{lent, title = {Lent}, xdata = {data}}
@xdata{data, note = {Of the data.}, publisher = {Press}}
@misc{lost, title = {Lost}, crossref = {nowhere}}
@gadget{odd, title = {Odd}}
";
    let imported = read(text);
    let note =
        |id: &str| imported.sources.iter().find(|source| *source.id == *id).and_then(|source| source.note.as_deref());
    assert_eq!(&*imported.sources[0].title, "Part");
    assert_eq!(note("part"), Some("Related: other\nIds: p1\nBooksubtitle: All of it"));
    assert_eq!(note("lent"), Some("Of the data."));
    assert_eq!(note("lost"), Some("Fields from: nowhere"));
    assert_eq!(note("odd"), Some("Entry type: gadget"));
    let told: Vec<&str> = imported
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Warning)
        .map(|problem| problem.code)
        .collect();
    assert_eq!(told, ["unknown-crossref", "unknown-type"]);
}

#[test]
fn a_broken_entry_costs_only_itself() {
    let text = "@misc{a, title = {A}}\n@misc{b, title = {B\n@misc{c, title = {C}, stray, date = {2024-13}}\n@misc{a, title = undefined}\n@misc{d}\n";
    let imported = read(text);
    let ids: Vec<&str> = imported.sources.iter().map(|source| &*source.id).collect();
    assert_eq!(ids, ["a", "c", "a-2"]);
    let told: Vec<(usize, &str)> = imported.problems.iter().map(|problem| (problem.line, problem.code)).collect();
    let expected = [
        (2, "unclosed-entry"),
        (3, "bad-field"),
        (3, "unread-date"),
        (4, "unknown-string"),
        (4, "duplicate-key"),
        (5, "empty-entry"),
    ];
    assert_eq!(told, expected);
    assert_eq!(imported.sources[1].note.as_deref(), Some("Date: 2024-13"));
    assert_eq!(read("no entries").problems[0].code, "not-bibtex");
    assert_eq!(read(" \n").problems, []);
    let bomb = "@string{a = {xxxxxxxxxxxxxxxx}}\n".to_owned()
        + &"@string{a = a # a # a # a}\n".repeat(40)
        + "@misc{k, title = a}";
    assert!(read(&bomb).problems.iter().any(|problem| problem.code == "too-long"));
}
