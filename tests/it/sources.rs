//! Sources in the window, driven by accessible names and keys on real files: the table, the form, citing, judging, merging.

use annalist::app::Settings;
use annalist::model::{Likelihood, Reliability, Stance};
use annalist::ui::DrawerTab;
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};

use super::window::{Setup, Window, key_event};

const TREATY: &str = r#"Timeline(
    format: 1,
    title: "Treaty",
    sources: [
        Source(id: "interfax", title: "Duma ratifies the treaty", publisher: "Interfax", kind: Web,
            url: "https://www.example.org/duma?utm_source=x", published: "2024-10-24", reliability: B),
        Source(id: "tass", title: "Госдума ратифицировала договор", publisher: "ТАСС", language: "ru",
            published: "2024-10", origin: "interfax", reliability: F),
        Source(id: "copy", title: "The Duma has ratified", url: "http://example.org/duma/", author: "A. Reporter"),
        Source(id: "yonhap", title: "북러 조약 비준", publisher: "Yonhap", published: "2024-11-06", reliability: A),
    ],
    events: [
        Event(id: "signing", title: "Treaty signed", date: "2024-06-19"),
        Event(id: "duma", title: "Duma ratifies", date: "2024-10-24", citations: [
            Citation(source: "interfax", quote: "397 votes"),
            Citation(source: "copy"),
        ]),
        Event(id: "force", title: "Treaty in force", date: "2024-12-04", citations: [Citation(source: "interfax")]),
    ],
)
"#;

fn window(text: &str) -> Window {
    sized(text, vec2(1360.0, 1600.0))
}

fn sized(text: &str, size: egui::Vec2) -> Window {
    let settings = Settings { drawer: Some(DrawerTab::Sources), ..Settings::default() };
    Setup { settings, size, ..Setup::default() }.on(text)
}

/// The address that the system gets where a key is pressed.
fn opened_by(window: &mut Window, key: Key) -> Option<String> {
    // In one frame: what a later one gives is all that is left to see.
    window.harness.input_mut().events.extend([true, false].map(|pressed| key_event(key, pressed)));
    let opened = (0..4).find_map(|_| {
        window.harness.step();
        window.harness.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::OpenUrl(open) => Some(open.url.clone()),
            _ => None,
        })
    });
    window.settle();
    opened
}

/// The rows of the table of sources, from the top.
fn rows(window: &Window) -> Vec<String> {
    window.options("cited by")
}

/// The first words of each row.
fn titles(window: &Window) -> Vec<String> {
    rows(window).iter().map(|row| row.split(',').next().unwrap_or_default().to_owned()).collect()
}

/// What is wrong with the captured files.
fn capture_problems(window: &Window) -> Vec<&str> {
    window.problems().into_iter().filter(|code| code.starts_with("capture-")).collect()
}

const ENGLISH: &str = "Duma ratifies the treaty";
const RUSSIAN: &str = "Госдума ратифицировала договор";
const COPY: &str = "The Duma has ratified";
const KOREAN: &str = "북러 조약 비준";

#[test]
fn the_table_says_of_every_source_what_is_known() {
    let window = window(TREATY);
    assert_eq!(
        rows(&window),
        [
            "Duma ratifies the treaty, Interfax, Web, 24 Oct 2024, reliability B, cited by 2",
            "The Duma has ratified, Other, cited by 1",
            "Госдума ратифицировала договор, ТАСС, Other, Oct 2024, reliability F, derived from Duma ratifies the treaty, cited by 0",
            "북러 조약 비준, Yonhap, Other, 6 Nov 2024, reliability A, cited by 0",
        ]
    );
}

#[test]
fn a_heading_sorts_and_turns_the_order_and_what_has_no_value_stays_last() {
    let mut window = window(TREATY);
    let cases: [(&str, [&str; 4]); 4] = [
        ("reliability", [KOREAN, ENGLISH, RUSSIAN, COPY]),
        ("published", [RUSSIAN, ENGLISH, KOREAN, COPY]),
        ("publisher", [ENGLISH, KOREAN, RUSSIAN, COPY]),
        ("cited by", [ENGLISH, COPY, RUSSIAN, KOREAN]),
    ];
    for (column, expected) in cases {
        window.click(&format!("Sort by {column}"));
        assert_eq!(titles(&window), expected, "{column}");
    }
    window.click("Sort by reliability");
    window.click("Sort by reliability, ascending");
    assert_eq!(titles(&window), [ENGLISH, KOREAN, RUSSIAN, COPY], "F and not graded are not the worst");
}

#[test]
fn words_and_filters_narrow_the_table() {
    let mut window = window(TREATY);
    window.fill("Find sources", "ГОСДУМА тасс");
    assert_eq!(titles(&window), [RUSSIAN]);
    window.fill("Find sources", "example.org");
    assert_eq!(titles(&window), [ENGLISH, COPY]);
    window.click("Only ungraded");
    assert_eq!(titles(&window), [COPY]);
    window.click("Only uncited");
    assert!(window.shows("No source has “example.org” and is ungraded and uncited"));
    window.click("Show all sources");
    window.click("Only duplicates");
    assert_eq!(titles(&window), [ENGLISH, COPY]);
}

#[test]
fn arrows_walk_through_the_table_and_enter_goes_into_the_form() {
    let mut window = window(TREATY);
    window.field("Find sources").focus();
    window.settle();
    window.key(Key::ArrowDown);
    assert_eq!(window.app().view().transient.source.as_deref(), Some("interfax"));
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    assert_eq!(window.app().view().transient.source.as_deref(), Some("tass"));
    window.key(Key::Home);
    assert_eq!(window.app().view().transient.source.as_deref(), Some("interfax"));
    assert_eq!(window.app().view().transient.selection, None, "Home is for the table and selects no event");
    window.key(Key::End);
    assert_eq!(window.app().view().transient.source.as_deref(), Some("yonhap"));
    window.key(Key::Enter);
    assert_eq!(window.focused(), "Source title");
    window.ctrl(Key::A);
    window.type_text("조약");
    window.key(Key::Enter);
    assert_eq!(window.source("yonhap").title, "조약");
}

#[test]
fn one_thing_is_selected_an_event_or_a_source() {
    let mut window = window(TREATY);
    window.select(ENGLISH);
    assert!(window.shows("Cited by (2)") && window.shows("Derived sources (1)"));
    window.click("Go to Treaty in force");
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("force"));
    assert_eq!(window.app().view().transient.source, None);
    window.click("Open source 1");
    window.click("All of source 1");
    assert_eq!(window.app().view().transient.source.as_deref(), Some("interfax"));
    assert_eq!(window.app().view().transient.selection, None);
    window.click(&format!("Go to {RUSSIAN}"));
    assert_eq!(window.app().view().transient.source.as_deref(), Some("tass"));
    window.click("Go to Source origin");
    assert_eq!(window.app().view().transient.source.as_deref(), Some("interfax"));
    window.key(Key::Escape);
    assert_eq!(window.app().view().transient.source, None);
}

#[test]
fn a_new_id_goes_to_every_citation_and_origin_in_one_step() {
    let mut window = window(TREATY);
    let before = window.timeline().clone();
    window.select(ENGLISH);
    window.click("Record");
    window.fill("Source id", "copy");
    window.key(Key::Enter);
    assert!(window.shows("another source has the id “copy”"));
    window.fill("Source id", "interfax-2024-10-24");
    window.key(Key::Enter);
    assert_eq!(window.app().view().transient.source.as_deref(), Some("interfax-2024-10-24"));
    assert_eq!(window.source("tass").origin.as_deref(), Some("interfax-2024-10-24"));
    assert_eq!(window.event("duma").citations[0].source, "interfax-2024-10-24");
    assert_eq!(window.event("force").citations[0].source, "interfax-2024-10-24");
    window.undo();
    assert_eq!(*window.timeline(), before);
}

#[test]
fn after_a_new_id_of_a_source_tab_leads_on() {
    let mut window = window(TREATY);
    window.select(ENGLISH);
    window.click("Record");
    window.fill("Source id", "interfax-2024-10-24");
    window.key(Key::Tab);
    assert_eq!(window.app().view().transient.source.as_deref(), Some("interfax-2024-10-24"));
    assert!(window.get_by_label("Delete source").is_focused(), "Tab leads on");
}

#[test]
fn a_source_that_is_cited_goes_only_after_it_was_asked() {
    let mut window = window(TREATY);
    let before = window.timeline().clone();
    window.select(ENGLISH);
    window.key(Key::Delete);
    assert!(window.shows("2 events cite it, and 1 source derives from it"));
    assert_eq!(*window.timeline(), before);
    window.click("Keep the source");
    assert!(!window.shows("2 events cite it"));
    window.click("Record");
    window.click("Delete source");
    window.click("Delete source and its citations");
    assert!(window.timeline().source("interfax").is_none());
    assert_eq!(window.event("duma").citations.len(), 1);
    assert!(window.event("force").citations.is_empty());
    assert_eq!(window.source("tass").origin, None);
    assert_eq!(window.app().view().transient.source, None);
    window.undo();
    assert_eq!(*window.timeline(), before);
    // One that nothing points to goes at once.
    window.select(KOREAN);
    window.key(Key::Delete);
    assert!(window.timeline().source("yonhap").is_none());
}

#[test]
fn a_source_is_added_by_one_field_and_its_form_opens() {
    let mut window = window(TREATY);
    window.click("Add source…");
    assert_eq!(window.focused(), "New source");
    window.type_text("Kremlin transcript");
    window.key(Key::Enter);
    let id = window.app().view().transient.source.clone().unwrap();
    assert_eq!(window.source(&id).title, "Kremlin transcript");
    assert_eq!(window.timeline().sources().len(), 5);
    // A page that is there already is shown in place of a second source of it.
    window.click("Add source…");
    window.paste("https://example.org/duma#top");
    assert!(window.describes("There already"));
    window.key(Key::Enter);
    assert_eq!(window.timeline().sources().len(), 5);
    assert_eq!(window.app().view().transient.source.as_deref(), Some("interfax"));
    // The form makes way for what is asked for next, unless something was typed into it.
    window.click("Add source…");
    window.select(KOREAN);
    assert!(!window.shows("New source") && window.shows("Source title"));
    window.click("Add source…");
    window.click("Add event");
    assert!(window.shows("New event title"));
}

#[test]
fn duplicates_are_merged_side_by_side_in_one_step() {
    let mut window = window(TREATY);
    let before = window.timeline().clone();
    window.click("More");
    window.click("Merge duplicates…");
    assert!(window.shows("Keep source 1") && window.shows("Keep source 2") && window.shows("A. Reporter"));
    window.click("Merge the sources");
    assert!(window.shows("No duplicates are left"));
    window.click("Close");
    assert!(window.timeline().source("copy").is_none());
    assert_eq!(window.source("interfax").author.as_deref(), Some("A. Reporter"));
    assert_eq!(window.source("interfax").reliability, Some(Reliability::B));
    assert_eq!(window.undo_label(), "Merge sources into “Duma ratifies the treaty”");
    window.undo();
    assert_eq!(*window.timeline(), before);
}

#[test]
fn a_citation_is_added_graded_moved_and_removed_without_a_mouse() {
    let mut window = window(TREATY);
    window.key(Key::Period);
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("signing"));
    window.strike(Key::C, "c");
    assert_eq!(window.focused(), "Source to cite");
    window.type_text("북러");
    window.key(Key::Enter);
    assert_eq!(window.event("signing").citations[0].source, "yonhap");
    assert_eq!(window.focused(), "Citation 1 stance");
    // Letters and digits choose, even those that are keys of commands.
    window.strike(Key::D, "d");
    window.strike(Key::D, "d");
    assert_eq!(window.event("signing").citations[0].stance, Stance::Denies);
    window.key(Key::ArrowUp);
    assert_eq!(window.event("signing").citations[0].stance, Stance::Disputes);
    window.key(Key::Tab);
    assert_eq!(window.focused(), "Citation 1 credibility");
    window.strike(Key::Num2, "2");
    assert_eq!(window.event("signing").citations[0].credibility.map(u8::from), Some(2));
    // After a while a letter begins another prefix.
    window.steps(5);
    window.strike(Key::N, "n");
    assert_eq!(window.event("signing").citations[0].credibility, None, "“Not graded”, and no new event");
    assert_eq!(window.timeline().events().len(), 3);
    window.strike(Key::Num3, "3");
    window.tab_to("More fields of citation 1");
    window.key(Key::Enter);
    // A second one, by an address.
    window.tab_to("Source to cite");
    window.paste("https://www.example.org/new");
    window.key(Key::Enter);
    assert_eq!(window.event("signing").citations.len(), 2);
    assert_eq!(
        window.source(&window.event("signing").citations[1].source).url.as_deref(),
        Some("https://www.example.org/new")
    );
    assert_eq!(window.focused(), "Citation 2 stance");
    window.tab_to("Citation 2 note");
    window.type_text("Says so");
    window.chord(Modifiers::ALT, Key::ArrowUp);
    let citations = &window.event("signing").citations;
    assert_eq!((citations[0].note.as_deref(), &*citations[1].source), (Some("Says so"), "yonhap"));
    assert_eq!(window.focused(), "Citation 1 stance");
    window.chord(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(window.event("signing").citations[1].source, "yonhap", "the first stays first");
    window.tab_to("Remove citation 2");
    window.key(Key::Enter);
    assert_eq!(window.event("signing").citations.len(), 1);
    assert_eq!(window.focused(), "Citation 1 stance");
}

#[test]
fn all_of_a_citation_is_written_by_keys_and_its_date_read_from_words() {
    let mut window = window(TREATY);
    for _ in 0..3 {
        window.key(Key::Period);
    }
    window.strike(Key::C, "c");
    window.type_text("tass");
    window.key(Key::Enter);
    assert_eq!(window.focused(), "Citation 2 stance");
    window.tab_to("More fields of citation 2");
    window.key(Key::Enter);
    let fill = |window: &mut Window, name: &str, text: &str| {
        window.field(name).focus();
        window.settle();
        window.type_text(text);
    };
    fill(&mut window, "Citation 2 locator", "para 3");
    fill(&mut window, "Citation 2 date", "late October 2024");
    window.tab_to("Keep “late October 2024” as its wording");
    window.key(Key::Enter);
    fill(&mut window, "Citation 2 quote", "договор");
    fill(&mut window, "Citation 2 translation", "treaty");
    fill(&mut window, "Citation 2 note", "Names no day");
    window.key(Key::Tab);
    let citation = &window.event("force").citations[1];
    assert_eq!(citation.locator.as_deref(), Some("para 3"));
    assert_eq!(citation.date.as_deref().map(|date| date.as_str()), Some("[2024-10-21..2024-10-31]"));
    assert_eq!(citation.wording.as_deref(), Some("late October 2024"));
    assert_eq!(citation.quote.as_deref(), Some("договор"));
    assert_eq!(citation.translation.as_deref(), Some("treaty"));
    assert_eq!(citation.note.as_deref(), Some("Names no day"));
}

#[test]
fn a_likelihood_is_typed_by_either_term_and_never_a_number() {
    let mut window = window(TREATY);
    window.key(Key::Period);
    window.click("Judgment");
    let likelihood = |window: &Window| window.event("signing").judgment.as_ref().and_then(|j| j.likelihood);
    window.fill("Likelihood", "highly improb");
    assert!(window.describes("5–20 per cent (ICD 203), also called highly improbable"));
    window.key(Key::Enter);
    assert_eq!(likelihood(&window), Some(Likelihood::VeryUnlikely));
    assert_eq!(window.value("Likelihood"), "Very unlikely");
    window.fill("Likelihood", "nearly certain");
    window.key(Key::Enter);
    assert_eq!(likelihood(&window), Some(Likelihood::AlmostCertain));
    // A number only finds the term of its band.
    window.fill("Likelihood", "60");
    window.key(Key::Enter);
    assert_eq!(likelihood(&window), Some(Likelihood::Likely));
    window.fill("Likelihood", "perhaps");
    window.key(Key::Enter);
    assert!(window.shows("“perhaps” is no term of likelihood"));
    assert_eq!(likelihood(&window), Some(Likelihood::Likely));
    window.fill("Likelihood", "");
    window.key(Key::Delete);
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(likelihood(&window), Some(Likelihood::VeryUnlikely));
    // The two halves never stand in one text.
    window.give_focus("Confidence");
    window.strike(Key::L, "l");
    let nodes = window.harness.query_all(By::new().predicate(|_| true));
    let both = nodes
        .filter_map(|node| node.accesskit_node().label())
        .find(|label| label.to_lowercase().contains("unlikely") && label.to_lowercase().contains("confidence"));
    assert_eq!(both, None);
    assert!(window.event("signing").judgment.as_ref().unwrap().confidence.is_some());
}

#[test]
fn a_hundred_thousand_sources_are_shown_a_window_at_a_time() {
    let mut text = "Timeline(format: 1, title: \"Many\", sources: [\n".to_owned();
    for number in 0..100_000 {
        text.push_str(&format!(
            "Source(id: \"s{number}\", title: \"Source {number:06}\", publisher: \"P{}\"),\n",
            number % 97
        ));
    }
    text.push_str(
        "], events: [Event(id: \"e\", title: \"E\", date: \"2024\", citations: [Citation(source: \"s99999\")])])\n",
    );
    let mut window = sized(&text, vec2(1200.0, 800.0));
    assert!(rows(&window).len() < 40, "{}", rows(&window).len());
    window.click("Sort by cited by");
    assert_eq!(titles(&window)[0], "Source 099999");
    window.fill("Find sources", "050000");
    assert_eq!(titles(&window), ["Source 050000"]);
}

#[test]
fn nothing_is_cut_off_in_the_smallest_window() {
    let mut window = sized(TREATY, vec2(900.0, 600.0));
    window.select(ENGLISH);
    let names = ["Find sources", "Only uncited", "Only ungraded", "Only duplicates", "Add source…", "More"];
    for name in names {
        let rect = window.harness.get_by_label(name).rect();
        assert!(rect.left() >= 0.0 && rect.right() <= 580.0 && rect.bottom() <= 600.0, "{name}: {rect:?}");
    }
    assert!(rows(&window).len() >= 3, "{:?}", rows(&window));
    let beyond: Vec<_> = window
        .harness
        .query_all(By::new().predicate(|node| {
            matches!(node.role(), Role::TextInput | Role::MultilineTextInput | Role::Button | Role::ComboBox)
        }))
        .filter(|node| node.rect().left() > 580.0 && node.rect().right() > 900.5)
        .map(|node| node.accesskit_node().label())
        .collect();
    assert!(beyond.is_empty(), "{beyond:?}");
}

#[test]
fn an_empty_timeline_says_what_to_do_first() {
    let mut window = window("Timeline(format: 1, title: \"New\")");
    assert!(window.shows("No sources yet"));
    window.click("Add source…");
    window.type_text("First");
    window.key(Key::Enter);
    assert_eq!(titles(&window), ["First"]);
}

#[test]
fn a_pasted_reference_is_read_into_its_fields() {
    let mut window = window(TREATY);
    window.key(Key::Period);
    window.strike(Key::C, "c");
    let entry = "@online{lankov,\n  author = {Lankov, Andrei},\n  title = {What the treaty means},\n  date = {2024-06},\n  url = {https://nk.example/treaty}\n}";
    window.paste(entry);
    assert!(window.describes("Published: Jun 2024"));
    window.key(Key::Enter);
    let timeline = window.timeline();
    let source = timeline.source(&window.event("signing").citations[0].source).unwrap();
    assert_eq!(source.title, "What the treaty means");
    assert!(source.author.as_deref().is_some_and(|author| author.contains("Lankov")));
    assert_eq!(source.published.as_ref().map(|date| date.as_str()), Some("2024-06"));
    assert_eq!(source.url.as_deref(), Some("https://nk.example/treaty"));
}

#[test]
fn a_capture_is_copied_hashed_checked_and_altered_by_a_further_entry() {
    let mut window = window(TREATY);
    let page = window.path("page.txt");
    std::fs::write(&page, "as it was").unwrap();
    window.select(ENGLISH);
    window.fill("Your name for captures", "A. Miller");
    window.answer(page.clone());
    window.click("Attach a capture…");
    let capture = window.source("interfax").captures[0].clone();
    assert!(window.path("").join(&*capture.file).is_file(), "{}", capture.file);
    assert_eq!(capture.hash.value.len(), 64);
    assert_eq!(capture.by.as_deref(), Some("A. Miller"));
    assert!(capture.captured.as_ref().is_some_and(|date| date.as_str().starts_with("2026-11-23")));
    assert_eq!(window.app().settings().collector, "A. Miller", "the name is there next time");
    assert!(window.shows("Unchanged: the file has this hash"));
    assert!(page.is_file(), "the original stays");

    // What another program does to the copy is noticed.
    std::fs::write(window.path("").join(&*capture.file), "changed").unwrap();
    window.click("Check captures");
    assert_eq!(capture_problems(&window), ["capture-changed"]);
    assert!(!window.shows("Unchanged: the file has this hash"));
    std::fs::remove_file(window.path("").join(&*capture.file)).unwrap();
    window.click("Check captures");
    assert_eq!(capture_problems(&window), ["capture-missing"]);
    std::fs::write(window.path("").join(&*capture.file), "as it was").unwrap();
    window.click("Check captures");
    assert_eq!(capture_problems(&window), [""; 0]);

    let cropped = window.path("cropped.txt");
    std::fs::write(&cropped, "as it").unwrap();
    window.answer(cropped);
    window.click("Record an alteration of capture 1");
    let captures = &window.source("interfax").captures;
    assert_eq!((captures.len(), &captures[0]), (2, &capture), "the first entry is as it was");
    assert_eq!(captures[1].alters.as_ref(), Some(&capture.file));
    assert!(!window.shows("Remove capture"));
    window.undo();
    assert_eq!(window.source("interfax").captures.len(), 1);
}

#[test]
fn a_dropped_file_goes_to_the_source_whose_form_is_open() {
    let mut window = window(TREATY);
    let (page, other) = (window.path("page.png"), window.path("other.ron"));
    std::fs::write(&page, "pixels").unwrap();
    std::fs::write(&other, "Timeline(format: 1, title: \"Other\")").unwrap();
    window.select(KOREAN);
    window.drop_files(&[&page]);
    assert_eq!(window.source("yonhap").captures.len(), 1);
    assert_eq!(window.undo_label(), "Attach a capture to “북러 조약 비준”");
    window.drop_files(&[&page, &page]);
    assert_eq!(window.source("yonhap").captures.len(), 3, "all that are dropped");
    let refs = window.path("refs.bib");
    std::fs::write(&refs, "@online{a, title = {On the web}, url = {https://a.example/1}}").unwrap();
    window.drop_files(&[&refs]);
    assert_eq!(window.timeline().sources().len(), 5, "references are imported");
    window.undo();
    for _ in 0..3 {
        window.undo();
    }
    window.drop_files(&[&other]);
    assert_eq!(window.timeline().header().title, "Other");
}

#[cfg(unix)]
#[test]
fn a_captured_file_is_opened_only_where_it_lies_beside_the_timeline() {
    let capture = |file: &str| format!("Capture(file: {file:?}, hash: Hash(algorithm: Sha256, value: \"00\"))");
    let text = format!(
        "Timeline(format: 1, title: \"T\", events: [], sources: [Source(id: \"s\", title: \"Page\", captures: [{}, {}])])",
        capture("./a.txt"),
        capture("out.txt")
    );
    let mut window = window(&text);
    std::fs::write(window.path("a.txt"), "a").unwrap();
    std::os::unix::fs::symlink("/etc/hostname", window.path("out.txt")).unwrap();
    window.select("Page");
    window.click("Open capture 2");
    assert!(window.tells("out.txt is not opened: it leads out"), "{:?}", window.notices());
    assert!(!window.has("Cancel"));
    window.click("Open capture 1");
    assert!(window.has("Cancel"), "it is asked first");
}

#[test]
fn a_capture_needs_a_timeline_on_disk() {
    let mut window = window(TREATY);
    window.key(Key::Escape);
    window.ctrl(Key::N);
    window.click("Add source…");
    window.type_text("First");
    window.key(Key::Enter);
    window.click("Attach a capture…");
    assert!(window.tells("Save the timeline first"));
    assert_eq!(window.source("first").captures.len(), 0);
}

#[test]
fn references_are_imported_in_one_step_and_written_again() {
    let mut window = window(TREATY);
    let before = window.timeline().clone();
    let refs = window.path("refs.bib");
    std::fs::write(
        &refs,
        "@online{a, title = {On the web}, url = {https://a.example/1}, date = {2024-05}}\n\n\
         @online{known, title = {Duma ratifies the treaty}, url = {https://www.example.org/duma?utm_source=x}}\n",
    )
    .unwrap();
    window.answer(refs);
    window.click("More");
    window.click("Import sources…");
    assert_eq!(window.timeline().sources().len(), 5, "{:?}", window.notices());
    assert!(window.tells("1 source was added from refs.bib; 1 was there already"));
    assert_eq!(window.undo_label(), "Import 1 source from refs.bib");
    window.undo();
    assert_eq!(*window.timeline(), before);

    for (name, holds) in [("out.bib", "ratifies"), ("out.csl.json", "ratifies")] {
        let out = window.path(name);
        window.answer(out.clone());
        window.click("More");
        window.click("Export sources…");
        assert!(window.tells("4 sources are in"), "{:?}", window.notices());
        assert!(std::fs::read_to_string(&out).unwrap().contains(holds), "{name}");
    }
}

#[test]
fn what_an_import_could_not_take_is_told_line_by_line() {
    let mut window = window(TREATY);
    let refs = window.path("refs.bib");
    std::fs::write(&refs, "@online{a, title = {Good}}\n\n@online{b, title = {Broken\n").unwrap();
    window.answer(refs);
    window.click("More");
    window.click("Import sources…");
    assert!(window.shows("Sources imported") && window.shows("line 3"), "{:?}", window.notices());
    window.click("Close");
    let note = window.path("notes.txt");
    std::fs::write(&note, "nothing of the kind").unwrap();
    window.answer(note);
    window.click("More");
    window.click("Import sources…");
    assert!(window.tells("neither BibTeX nor CSL-JSON nor RIS"), "{:?}", window.notices());
}

#[test]
fn an_offer_is_taken_by_a_click_too() {
    let mut window = window(TREATY);
    window.key(Key::Period);
    window.click("Source to cite");
    window.click(&format!("Cite {KOREAN}"));
    assert_eq!(window.event("signing").citations[0].source, "yonhap");
    window.click("Judgment");
    window.click("Likelihood");
    window.click("Judge Likely");
    let judgment = window.event("signing").judgment.clone();
    assert_eq!(judgment.and_then(|judgment| judgment.likelihood), Some(Likelihood::Likely));
}

#[test]
fn a_menu_is_opened_walked_through_and_left_by_keys() {
    let mut window = window(TREATY);
    for _ in 0..3 {
        window.key(Key::Period);
    }
    let credibility = |window: &Window| window.event("force").citations[0].credibility.map(u8::from);
    window.give_focus("Citation 1 credibility");
    window.key(Key::Enter);
    assert_eq!(window.focused(), "Not graded", "it begins at what is chosen");
    for _ in 0..2 {
        window.key(Key::ArrowDown);
    }
    assert_eq!(window.focused(), "2 Probably true");
    window.key(Key::Enter);
    assert_eq!(credibility(&window), Some(2));
    assert!(!window.shows("3 Possibly true"), "chosen, so the menu is closed");
    window.give_focus("Citation 1 credibility");
    window.key(Key::Enter);
    window.strike(Key::Num4, "4");
    assert!(window.focused().starts_with("4 "), "{}", window.focused());
    assert_eq!(credibility(&window), Some(2), "it is chosen once it is taken");
    window.key(Key::Enter);
    assert_eq!(credibility(&window), Some(4));
    assert!(!window.shows("3 Possibly true"), "taken, so the menu is closed");
    window.key(Key::Enter);
    window.key(Key::Escape);
    assert!(!window.shows("3 Possibly true"));
    assert_eq!(window.app().view().transient.selection.as_deref(), Some("force"), "Escape was for the menu");
}

#[test]
fn saving_into_another_folder_says_where_the_captures_stay() {
    let mut window = window(TREATY);
    let page = window.path("page.txt");
    std::fs::write(&page, "as it was").unwrap();
    window.select(ENGLISH);
    window.drop_files(&[&page]);
    let elsewhere = tempfile::tempdir().unwrap();
    window.answer(elsewhere.path().join("copy.ron"));
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    assert!(window.tells("The captures stay in"), "{:?}", window.notices());
    assert_eq!(capture_problems(&window), ["capture-missing"]);
}

#[test]
fn the_key_of_the_tab_leads_into_its_search() {
    let mut window = window(TREATY);
    window.ctrl(Key::B);
    assert!(!window.shows("Find sources"));
    window.ctrl(Key::B);
    assert_eq!(window.focused(), "Find sources");
    window.type_text("yonhap");
    window.key(Key::ArrowDown);
    assert_eq!(window.app().view().transient.source.as_deref(), Some("yonhap"));
}

#[test]
fn an_address_is_shown_whole_before_the_browser_gets_it() {
    let text = TREATY.replace("https://www.example.org/duma?utm_source=x", "https://example.org@evil.example/duma");
    let mut window = window(&text);
    window.select(ENGLISH);
    window.click("Open Source URL");
    assert!(window.shows("Open this address?") && window.shows("https://example.org@evil.example/duma"));
    assert!(window.has("evil.example"), "whose it is");
    window.key(Key::Escape);
    assert!(!window.shows("Open this address?"));
    window.click("Open Source URL");
    assert_eq!(window.focused(), "Open");
    assert_eq!(opened_by(&mut window, Key::Enter).as_deref(), Some("https://example.org@evil.example/duma"));
    assert!(!window.shows("Open this address?"));
}

#[test]
fn no_other_address_is_offered_to_the_system() {
    for address in [
        "file:///home/a/b.desktop",
        "smb://attacker.example/share",
        "javascript:go()",
        "vscode://x?--exec",
        "--help",
        "/bin/ls",
    ] {
        let mut window = window(&TREATY.replace("https://www.example.org/duma?utm_source=x", address));
        window.select(ENGLISH);
        assert!(!window.has("Open Source URL"), "{address}");
        assert!(window.shows("Not opened: "), "{address}");
    }
}
