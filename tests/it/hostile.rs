//! Files made to do harm: brackets without end, one endless line, one id again and again, signs that steer a terminal or a title
//! bar, paths that climb out of the folder. What of them can be read is shown, and can be copied out.

use std::fs;
use std::process::Output;

use crate::program;

fn annalist(arguments: &[&str]) -> Output {
    program::annalist().args(arguments).output().unwrap()
}

/// What a command said of a file with this text, which is as it was afterwards; it ended by itself.
fn run(name: &str, text: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let to_path = |argument: &&str| argument.replace("FILE", path.to_str().unwrap());
    let arguments: Vec<String> = arguments.iter().map(to_path).collect();
    let output = annalist(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(fs::read_to_string(&path).unwrap() == text, "{arguments:?} changed the file");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}", output.status);
    let said = [output.stdout, output.stderr].map(|said| String::from_utf8(said).unwrap()).concat();
    assert!(said.len() < 1 << 20, "{arguments:?} said {} bytes", said.len());
    (output.status.code(), said)
}

#[test]
fn brackets_without_end_are_a_mistake_in_every_format_and_no_crash() {
    const DEPTH: usize = 100_000;
    let event =
        |field: &str| format!("Timeline(format: 1, title: \"t\", events: [Event(title: \"E\", date: \"2024\", {field}");
    for text in [
        "(".repeat(DEPTH),
        "/*".repeat(DEPTH),
        event(&format!("tags: {}", "[".repeat(DEPTH))),
        event(&format!("tags: {}{})])", "[".repeat(DEPTH), "]".repeat(DEPTH))),
        event(&format!("note: {}\"n\"{})])", "Some(".repeat(DEPTH), ")".repeat(DEPTH))),
        event(&format!("unknown: {}{})])", "{1:".repeat(DEPTH), "}".repeat(DEPTH))),
    ] {
        let (code, said) = run("t.ron", &text, &["check", "FILE"]);
        assert!(code == Some(1) && said.contains("error"), "{}", &said[..said.len().min(400)]);
        run("t.ron", &text, &["list", "FILE"]);
    }
    for (name, text) in [
        ("r.json", "[".repeat(DEPTH)),
        ("r.json", format!("[{{\"id\":\"a\",\"type\":\"book\",\"title\":{}", "{\"a\":".repeat(DEPTH))),
        ("r.bib", format!("@book{{a, title = {}", "{".repeat(DEPTH))),
        ("r.bib", format!("@book{{a, title = {}{}}}", "{".repeat(DEPTH), "}".repeat(DEPTH))),
        ("r.bib", format!("@book{{a, title = {{{}}}}}", "\\emph{".repeat(DEPTH / 10) + &"}".repeat(DEPTH / 10))),
        ("r.ris", format!("TY  - BOOK\nTI  - {}\nER  - \n", "(".repeat(DEPTH))),
    ] {
        run(name, &text, &["import", "FILE", "-o", "/dev/null/nowhere.ron"]);
    }
    for date in ["{", "[", "(", "before ", "between ", "~"] {
        let text = date.repeat(10_000);
        assert!(matches!(annalist(&["date", &text]).status.code(), Some(0 | 1)), "{date}");
    }
}

#[test]
fn one_endless_line_is_read_as_any_other_text() {
    // A hundredth of what was tried by hand.
    let event = |at: usize| {
        format!("Event(id: \"e{at}\", title: \"Event {at}\", date: \"2024\", note: \"{}\"), ", "x".repeat(900))
    };
    let events: String = (0..1_000).map(event).collect();
    let sound = format!("Timeline(format: 1, title: \"t\", events: [{events}])");
    assert_eq!(run("t.ron", &sound, &["check", "FILE"]).0, Some(0));
    let (code, said) = run("t.ron", &sound.replace("Event 700\"", "Event 700\", tilte: \"x\""), &["check", "FILE"]);
    assert!(code == Some(1) && said.contains("tilte") && said.len() < 5_000, "{}", said.len());
    let (_, said) = run("t.ron", &"x".repeat(1_000_000), &["check", "FILE"]);
    assert!(said.len() < 5_000, "{}", said.len());
    let one = format!("Timeline(format: 1, title: \"{}\", events: [])", "x".repeat(1_000_000));
    assert_eq!(run("t.ron", &one, &["check", "FILE"]).0, Some(0));
}

#[test]
fn one_id_for_all_events_is_counted_and_the_first_is_read() {
    // A hundredth of what was tried by hand.
    let events = "Event(id: \"e\", title: \"E\", date: \"2024\"),\n".repeat(10_000);
    let text = format!("Timeline(format: 1, title: \"t\", events: [{events}])");
    let (code, said) = run("t.ron", &text, &["check", "FILE"]);
    assert!(code == Some(1) && said.contains("duplicate-id"), "{}", &said[..said.len().min(400)]);
    assert!(run("t.ron", &text, &["list", "FILE"]).1.contains('E'));
}

#[test]
fn what_can_be_read_of_a_damaged_file_can_be_listed() {
    let text = "Timeline(format: 1, title: \"t\", events: [Event(title: \"Sound\", date: \"2024\"), Event(tilte: \"x\", date: \"2024\")])";
    for format in ["table", "csv", "json", "md"] {
        let (_, said) = run("t.ron", text, &["list", "FILE", "--format", format]);
        assert!(said.contains("Sound") && said.contains("tilte"), "{format}: {said}");
    }
}

#[cfg(feature = "gui")]
mod shown {
    use annalist::app::OpenRequest;
    use annalist::text::is_unseen;
    use egui::{Event, Key};

    use super::*;
    use crate::window::{Setup, TREATY, Window};

    #[test]
    fn no_title_bar_and_no_name_of_anything_holds_a_sign_that_steers() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a\u{1b}]0;x\u{7}\u{202e}b.ron");
        fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/hostile.ron"), &path).unwrap();
        let setup = Setup { folder: Some(folder), ..Setup::default() };
        let mut window = setup.open(OpenRequest::File(path));
        assert!(window.app().window_title().starts_with("a␛]0;x␇"), "{:?}", window.app().window_title());
        assert!(!window.app().window_title().contains(is_unseen), "{:?}", window.app().window_title());
        let titles: Vec<String> = window.titles().into_iter().map(str::to_owned).collect();
        assert!(
            titles.iter().any(|title| title.contains('\u{1b}'))
                && titles.iter().any(|title| title.contains('\u{202e}'))
        );
        // A table would show the sign for the end of a line as a line more, and a font that lacks it as a box.
        window.ctrl(Key::T);
        assert!(window.shows("\\u202eevil\\u202c") && window.shows("first line␊second line␍␊third\\u2028fourth"));
        window.ctrl(Key::T);
        window.menu("View", "Problems");
        window.menu("View", "Sources");
    }

    #[test]
    fn a_path_of_an_image_that_climbs_out_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        fs::create_dir(&inner).unwrap();
        let secret = folder.path().join("secret");
        fs::write(&secret, "secret").unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("../secret", inner.join("link")).unwrap();
        let files = ["../secret", secret.to_str().unwrap(), "link", "C:/secret", "..\\secret"];
        let images: Vec<String> = files.iter().map(|file| format!("Image(file: {file:?})")).collect();
        let text =
            TREATY.replace("date: \"2024-06-19\"", &format!("date: \"2024-06-19\", images: [{}]", images.join(", ")));
        fs::write(inner.join("t.ron"), text).unwrap();
        let mut window =
            Setup { folder: Some(folder), ..Setup::default() }.open(OpenRequest::File(inner.join("t.ron")));
        window.select("Treaty signed");
        for number in 1..=files.len() {
            window.reach(&format!("Open image {number}"));
            assert!(!window.has("Open") || !window.shows("secret?"), "{number}");
            assert!(!window.errors().is_empty() || !window.notices().is_empty(), "{number}: nothing was said");
        }
    }

    #[test]
    fn what_can_be_read_of_a_damaged_file_can_be_copied_out() {
        let mut window = Window::on(&TREATY.replace("title: \"Treaty signed", "tilte: \"Treaty signed"));
        window.select("Duma ratifies");
        window.field("Title").focus();
        window.settle();
        window.ctrl(Key::A);
        window.harness.input_mut().events.push(Event::Copy);
        window.harness.step();
        let commands = &window.harness.output().platform_output.commands;
        let copied = commands
            .iter()
            .any(|command| matches!(command, egui::OutputCommand::CopyText(text) if text == "Duma ratifies"));
        assert!(copied, "{commands:?}");
        assert!(!window.app().session().is_unsaved());
    }
}
