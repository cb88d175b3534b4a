//! Briefs: what they say and leave out, as Markdown and as HTML, and the command that writes them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Output, Stdio};

use annalist::export::brief::{Brief, BriefFormat, BriefOptions, FileVersion, html, markdown, page};
use annalist::export::picture::PictureOptions;
use annalist::model::{KnownOn, Timeline};
use annalist::query::Query;
use annalist::store;
use annalist::time::{CivilDay, Date, Instant, Zone};

const HARBOUR: &str = include_str!("../data/brief.ron");
const TREATY: &str = include_str!("../../timelines/russia-dprk-treaty.ron");
const TUTORIAL: &str = include_str!("../../timelines/tutorial.ron");
const ANCIENT: &str = include_str!("../../timelines/bronze-age-to-rome.ron");

fn timeline(text: &str) -> Timeline {
    store::read(text.to_owned()).timeline
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn day(year: i64, month: u8, day: u8) -> Option<Instant> {
    Instant::from_day(CivilDay::new(year, month, day))
}

/// Both formats of a brief, as one text each.
fn both(text: &str, options: &BriefOptions) -> [String; 2] {
    let timeline = timeline(text);
    let brief = Brief::of(&timeline, options);
    let [mut as_markdown, mut as_html] = [Vec::new(), Vec::new()];
    markdown(&brief, &mut as_markdown).unwrap();
    html(&brief, None, &mut as_html).unwrap();
    [as_markdown, as_html].map(|bytes| String::from_utf8(bytes).unwrap())
}

/// A brief with its picture, as it is written to a file.
fn whole_page(text: &str, format: BriefFormat) -> String {
    let picture = PictureOptions { width_px: 800, ..PictureOptions::default() };
    let mut bytes = Vec::new();
    let remarks = page(&timeline(text), &BriefOptions::default(), &picture, format, &mut bytes).unwrap();
    assert_eq!(remarks.without_picture, None);
    String::from_utf8(bytes).unwrap()
}

/// The same in every release.
fn without_version(text: &str) -> String {
    text.replace(concat!("Annalist ", env!("CARGO_PKG_VERSION")), "Annalist VERSION")
}

#[test]
fn a_brief_says_all_there_is_to_say() {
    let options = BriefOptions {
        made: Some(date("2024-08-01")),
        file: Some(FileVersion { name: "harbour.ron".to_owned(), sha256: Some("abcd".to_owned()) }),
        ..BriefOptions::default()
    };
    insta::assert_snapshot!(without_version(&both(HARBOUR, &options)[0]));
}

#[test]
fn the_treaty_begins_with_what_it_covers_and_its_first_years() {
    let [markdown, _] = both(TREATY, &BriefOptions::default());
    let (front, rest) = markdown.split_once("## Source summary statement").unwrap();
    let (_, chronology) = rest.split_once("## Chronology").unwrap();
    let (first, _) = chronology.split_once("### 2000").unwrap();
    insta::assert_snapshot!(without_version(&format!("{front}…{first}")));
}

#[test]
fn the_same_timeline_gives_the_same_bytes() {
    let make = |format| whole_page(HARBOUR, format);
    for format in BriefFormat::ALL {
        assert_eq!(make(format), make(format));
    }
}

/// What is passed on to the file in parts reads as one document.
#[test]
fn a_long_brief_has_every_block_set_apart() {
    let event = |at| {
        format!("Event(title: \"Event number {at}\", date: \"2024-10-24\", citations: [Citation(source: \"s\")]),")
    };
    let events: String = (1..=2000).map(event).collect();
    let text =
        format!("Timeline(format: 1, title: \"Long\", sources: [Source(id: \"s\", title: \"S\")], events: [{events}])");
    let [markdown, html] = both(&text, &BriefOptions::default());
    for number in 1..=2000 {
        assert!(markdown.contains(&format!("\n\n<a id=\"event-{number}\"></a>")), "event {number}");
        assert!(markdown.contains(&format!("<a id=\"note-{number}\"></a>")), "note {number}");
    }
    assert!(!markdown.contains("\n\n\n"));
    check_html(&html);
}

/// Each source of a long chain tells its next origins only: a brief stays as long as what it tells of.
#[test]
fn a_long_chain_of_origins_is_told_once() {
    let source = |at| format!("Source(id: \"s{at}\", title: \"S{at}\", origin: \"s{}\"),", at + 1);
    let sources: String = (0..300).map(source).collect();
    let text = format!(
        "Timeline(format: 1, title: \"Chain\", sources: [{sources} Source(id: \"s300\", title: \"S300\")],
         events: [Event(title: \"E\", date: \"2024\", citations: [Citation(source: \"s0\")])])"
    );
    let [markdown, _] = both(&text, &BriefOptions::default());
    assert!(
        markdown.contains("which derives from “S7”") && markdown.contains("and further, as the list of sources says")
    );
    assert!(markdown.contains("“S300”"), "the root is listed");
    let longest = markdown.lines().map(str::len).max();
    assert!(longest < Some(1000), "{longest:?}");
}

#[test]
fn collectors_are_left_out_unless_they_are_asked_for() {
    for text in both(HARBOUR, &BriefOptions::default()) {
        assert!(text.contains("page-redacted.html") && !text.contains("Secret Collector"), "{text}");
    }
    let named = BriefOptions { include_collectors: true, ..BriefOptions::default() };
    for text in both(HARBOUR, &named) {
        assert_eq!(text.matches("Secret Collector").count(), 2, "{text}");
    }
}

#[test]
fn likelihood_and_confidence_never_share_a_line() {
    for timeline in [HARBOUR, TREATY, TUTORIAL, ANCIENT] {
        let [markdown, html] = both(timeline, &BriefOptions::default());
        for line in markdown.lines().chain(html.lines()) {
            assert!(!(line.contains("Likelihood") && line.contains("Confidence")), "{line}");
        }
    }
    let [markdown, _] = both(HARBOUR, &BriefOptions::default());
    assert!(markdown.contains("- **Likelihood:** very likely\n- **Confidence:** Moderate\n"));
}

#[test]
fn a_brief_says_how_it_was_selected() {
    let options = BriefOptions {
        title: Some("Only spring".to_owned()),
        query: Query::words("harbour"),
        from: day(2024, 3, 1),
        to: day(2024, 4, 1),
        view: Some("Spring".to_owned()),
        ..BriefOptions::default()
    };
    let [markdown, _] = both(HARBOUR, &options);
    assert!(markdown.starts_with("# Only spring\n"), "{markdown}");
    let selection = "- **Selection:** the saved view “Spring”; the query “harbour”; \
                     the time from 1 Mar 2024 to 31 Mar 2024 (with what may lie in it)";
    for line in [selection, "- **Shown:** 2 of 5 events"] {
        assert!(markdown.lines().any(|other| other == line), "{line}\n{markdown}");
    }
    assert!(!markdown.contains("A rumour goes round"));
    assert!(markdown.contains("Harbour reopens (not in this brief): Nothing lasts."), "{markdown}");
}

#[test]
fn what_came_out_later_is_left_out_and_doubt_is_marked() {
    let known_on = KnownOn::new(&date("2024-04-15"), Zone::UTC);
    let [markdown, html] = both(HARBOUR, &BriefOptions { known_on, ..BriefOptions::default() });
    assert!(markdown.contains("- **As known on:** 15 Apr 2024. "), "{markdown}");
    for later in ["It never closed", "javascript:"] {
        assert!(!markdown.contains(later) && !html.contains(later), "{later} came out later: {markdown}");
    }
    // It has no source at all: shown, and said to be in doubt.
    assert!(markdown.contains("Nobody says this") && markdown.contains("cannot be told: it has no source"));
    let nothing = KnownOn::new(&date("2023"), Zone::UTC);
    let [markdown, _] = both(HARBOUR, &BriefOptions { known_on: nothing, ..BriefOptions::default() });
    assert!(!markdown.contains("Harbour day is held"), "{markdown}");
}

#[test]
fn nothing_at_all_is_said_plainly() {
    let query = Query::words("no event says this");
    let [markdown, html] = both(HARBOUR, &BriefOptions { query, ..BriefOptions::default() });
    for text in [&markdown, &html] {
        assert!(text.contains("0 of 5 events") && text.contains("No event matches"), "{text}");
    }
    check_html(&html);
}

/// An element's start or end as it stands in a document.
#[derive(Debug)]
struct Tag<'h> {
    name: &'h str,
    is_end: bool,
    attributes: BTreeMap<&'h str, &'h str>,
}

/// The tags of a document whose texts and attributes escape `<`, `>` and `"`.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let end = start + rest[start..].find('>').expect("a tag that ends");
        let inside = &rest[start + 1..end];
        let (is_end, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
        let (name, mut list) = inside.split_once(' ').unwrap_or((inside, ""));
        let mut attributes = BTreeMap::new();
        while let Some((name, value)) = list.trim_start().split_once("=\"") {
            let (value, after) = value.split_once('"').expect("a value that ends");
            assert!(attributes.insert(name, value).is_none(), "{name} twice in <{inside}>");
            list = after;
        }
        assert_eq!(list.trim(), if name == "!doctype" { "html" } else { "" }, "<{inside}>");
        rest = &rest[end + 1..];
        // A style is no markup, whatever signs it has.
        if name == "style" && !is_end {
            rest = &rest[rest.find("</style>").expect("a style that ends")..];
        }
        tags.push(Tag { name, is_end, attributes });
    }
    tags
}

/// Holds what every brief in HTML must be.
fn check_html(html: &str) {
    let tags = tags(html);
    let mut open = Vec::new();
    let mut ids = BTreeSet::new();
    let mut level = 0;
    for tag in &tags {
        let is_void = ["!doctype", "meta", "img", "br"].contains(&tag.name);
        if tag.is_end {
            assert_eq!(open.pop(), Some(tag.name));
            continue;
        }
        if !is_void {
            open.push(tag.name);
        }
        assert!(!["script", "iframe", "object", "embed", "link", "form", "base"].contains(&tag.name), "{tag:?}");
        for (&name, &value) in &tag.attributes {
            assert!(!name.starts_with("on") && name != "srcset", "{tag:?}");
            match name {
                "id" => assert!(ids.insert(value), "{value} is the id of two elements"),
                "src" => assert!(value.starts_with("data:image/svg+xml;base64,"), "{tag:?}"),
                "href" => assert!(
                    value.starts_with('#') || value.starts_with("https://") || value.starts_with("http://"),
                    "{tag:?}"
                ),
                _ => {}
            }
        }
        if tag.name == "img" {
            assert!(tag.attributes["alt"].len() > 20, "{tag:?}");
        }
        if let Some(number) = tag.name.strip_prefix('h').and_then(|number| number.parse::<usize>().ok()) {
            assert!(number <= level + 1, "a heading of level {number} below one of level {level}");
            level = number;
        }
    }
    assert_eq!(open, Vec::<&str>::new(), "elements that do not end");
    assert!(!html.contains("@import") && !html.contains("url("), "the style loads something");
    assert_eq!(tags.iter().filter(|tag| tag.name == "h1" && !tag.is_end).count(), 1);
    for landmark in ["header", "nav", "main"] {
        assert_eq!(tags.iter().filter(|tag| tag.name == landmark && !tag.is_end).count(), 1, "{landmark}");
    }

    let target = |tag: &Tag<'_>| tag.attributes.get("href").and_then(|href| href.strip_prefix('#')).map(str::to_owned);
    for id in tags.iter().filter_map(target) {
        assert!(ids.contains(id.as_str()), "a link leads to #{id}, which is not there");
    }
    let links_of = |role: &str| -> BTreeSet<String> {
        tags.iter().filter(|tag| tag.attributes.get("role") == Some(&role)).filter_map(target).collect()
    };
    let numbered = |prefix: &str| -> BTreeSet<String> {
        ids.iter().filter(|id| id.starts_with(prefix)).map(|id| (*id).to_owned()).collect()
    };
    assert_eq!(links_of("doc-noteref"), numbered("note-"), "every note is referred to");
    assert_eq!(links_of("doc-backlink"), numbered("mark-"), "every note leads back to its mark");
    assert_eq!(numbered("note-").len(), numbered("mark-").len());
}

#[test]
fn html_stands_alone_and_its_notes_are_linked_both_ways() {
    for text in [HARBOUR, TREATY, TUTORIAL, ANCIENT] {
        let page = whole_page(text, BriefFormat::Html);
        assert_eq!(page.matches("<img ").count(), 2, "a light and a dark picture");
        check_html(&page);
    }
}

#[test]
fn other_scripts_keep_their_language_and_direction() {
    let [_, html] = both(HARBOUR, &BriefOptions::default());
    assert!(html.contains("<bdi lang=\"ru\">Порт закрыт</bdi>"), "{html}");
    assert!(html.contains("<bdi lang=\"ar\">إغلاق الميناء</bdi>"));
    assert!(html.contains("(in Russian)") && html.contains("(in Arabic)"));
}

/// Which anchors a Markdown document has, and which it links to.
fn anchors(markdown: &str) -> (Vec<&str>, Vec<&str>) {
    let between = |start: &'static str, end: char| {
        markdown.split(start).skip(1).map(move |rest| rest.split(end).next().unwrap_or_default())
    };
    (between("<a id=\"", '"').collect(), between("](#", ')').collect())
}

#[test]
fn every_link_within_markdown_leads_somewhere_and_every_note_is_linked_both_ways() {
    for text in [HARBOUR, TREATY, TUTORIAL, ANCIENT] {
        let [markdown, _] = both(text, &BriefOptions::default());
        let (anchors, links) = anchors(&markdown);
        let unique: BTreeSet<&str> = anchors.iter().copied().collect();
        assert_eq!(unique.len(), anchors.len(), "an anchor stands twice");
        for link in &links {
            assert!(unique.contains(link), "#{link} leads nowhere");
        }
        let notes: Vec<&str> = anchors.iter().filter_map(|id| id.strip_prefix("note-")).collect();
        let expected: Vec<String> = (1..=notes.len()).map(|number| number.to_string()).collect();
        assert_eq!(notes, expected, "notes are numbered in order");
        for note in notes {
            assert!(
                links.contains(&format!("note-{note}").as_str()) && links.contains(&format!("mark-{note}").as_str())
            );
        }
    }
}

fn annalist(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = crate::program::annalist();
    command.current_dir(folder).args(arguments).stdin(Stdio::null()).output().unwrap()
}

#[test]
fn the_command_writes_briefs_of_a_view_with_the_files_version() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("harbour.ron"), HARBOUR).unwrap();
    for name in ["brief.md", "brief.HTML"] {
        let arguments = ["export", "harbour.ron", "-o", name, "--view", "spring", "--title", "T & T"];
        let output = annalist(folder.path(), &arguments);
        assert!(output.stderr.iter().all(|byte| byte.is_ascii() || *byte > 127));
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(
            text.contains("2 of 5 events") && text.contains("saved view") && text.contains("harbour.ron"),
            "{text}"
        );
        let version = store::read(HARBOUR.to_owned()).text.sha256();
        assert!(version.len() == 64 && text.contains(&version));
        assert!(text.contains("T \\& T") || text.contains("T &amp; T"));
    }
}

#[test]
fn the_command_refuses_options_that_mean_nothing() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("harbour.ron"), HARBOUR).unwrap();
    let cases: [(&str, &[&str], &str); 6] = [
        ("a.png", &["--include-collectors"], "--include-collectors"),
        ("a.svg", &["--title", "x"], "--title"),
        ("a.html", &["--theme", "dark"], "--theme"),
        ("a.md", &["--width", "800"], "--width"),
        ("a.md", &["--embed-fonts"], "--embed-fonts"),
        ("a.docx", &[], ".html"),
    ];
    for (name, options, said) in cases {
        let arguments: Vec<&str> =
            ["export", "harbour.ron", "-o", name].into_iter().chain(options.iter().copied()).collect();
        let output = annalist(folder.path(), &arguments);
        let words = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{name}: {words}");
        assert!(words.contains(said), "{name}: {words}");
        assert!(!folder.path().join(name).exists(), "{name}");
    }
}

/// A timeline in which one event goes on and of another nobody knows how much later it was.
const OPEN: &str = r#"Timeline(format: 1, title: "Open", events: [
    Event(id: "a", title: "First", date: "2024-10-21"),
    Event(id: "b", title: "Goes on", date: "2024-10-25/.."),
    Event(id: "c", title: "Vote", date: "2024-11-02"),
    Event(id: "d", title: "Afterwards", date: "[2024-11-03..]"),
])"#;

#[test]
fn open_ends_are_said_as_such() {
    let [markdown, _] = both(OPEN, &BriefOptions::default());
    let said = |wanted: &str| assert!(markdown.contains(wanted), "{wanted} in {markdown}");
    said("- **Time covered:** 21 Oct 2024 – open\n");
    said("- **from 3 Nov 2024 on**: happened once, then or at an unknown time afterwards\n");
    said("- **25 Oct 2024 → still going on**: began then and has no end\n");
    assert!(!markdown.contains("from the first to the last"), "{markdown}");
    let closed = OPEN.replace("2024-10-25/..", "2024-10-25/2024-10-30").replace("[2024-11-03..]", "2024-11-03");
    let [markdown, _] = both(&closed, &BriefOptions::default());
    let said = |wanted: &str| assert!(markdown.contains(wanted), "{wanted} in {markdown}");
    said("- **Time covered:** 21 Oct 2024 (first event) to 3 Nov 2024 (last event)\n");
    said("- **25–30 Oct 2024**: lasted from the first to the last\n");
    let before = OPEN.replace("2024-10-25/..", "2024-10-25/").replace("[2024-11-03..]", "[..2024-11-03]");
    let [markdown, _] = both(&before, &BriefOptions::default());
    let said = |wanted: &str| assert!(markdown.contains(wanted), "{wanted} in {markdown}");
    said("- **Time covered:** open – 3 Nov 2024\n");
    said("- **by 3 Nov 2024**: happened once, then or at an unknown time before\n");
    said("- **25 Oct 2024 → end unknown**: began then; nobody says when it ended\n");
}

#[test]
fn a_window_of_days_is_said_in_days() {
    let at =
        |day_of: u8, month, minutes| day(2024, month, day_of).map(|day| day.saturating_add(minutes * Instant::MINUTE));
    let options = BriefOptions { from: at(20, 10, 878), to: at(3, 11, 562), ..BriefOptions::default() };
    let [markdown, _] = both(OPEN, &options);
    assert!(markdown.contains("the time from 20 Oct 2024 to 3 Nov 2024 (with"), "{markdown}");
}
