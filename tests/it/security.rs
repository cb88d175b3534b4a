//! What `SECURITY.md` says, where a test can hold it: what it names is there, and nothing reaches out.

use std::fs;
use std::path::{Path, PathBuf};

use annalist::export::{SvgOptions, svg_with};
use annalist::geom::{Point, Size};
use annalist::scene::{Item, Scene};
use annalist::text::{Shaper, Style};
use annalist::theme::Color;
use egui::Key;

use super::window::{TREATY, Window};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below a folder of the package.
fn rust_files(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[test]
fn every_file_and_test_that_the_page_names_is_there() {
    let page = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let code: String = ["src", "tests"]
        .iter()
        .flat_map(|&folder| rust_files(folder))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let (mut files, mut tests) = (0, 0);
    for name in page.split('`').skip(1).step_by(2) {
        let is_test =
            name.matches('_').count() > 2 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let is_file = !name.contains(' ') && (name.contains('/') || name.ends_with(".rs") || name.ends_with(".toml"));
        if is_test {
            assert!(code.contains(&format!("fn {name}()")) || code.contains(&format!("fn {name}(")), "no test {name}");
            tests += 1;
        } else if is_file {
            let is_there = [root().join(name), root().join("tests/it").join(name)].iter().any(|path| path.exists());
            assert!(is_there, "no file {name}");
            files += 1;
        }
    }
    assert!(files > 20 && tests > 15, "{files} files and {tests} tests");
}

#[test]
fn nothing_connects_to_a_network_and_one_command_runs_a_program() {
    for path in rust_files("src") {
        let code = fs::read_to_string(&path).unwrap();
        for word in ["std::net", "TcpStream", "UdpSocket", "ToSocketAddrs"] {
            assert!(!code.contains(word), "{} names {word}", path.display());
        }
        let runs = code.contains("process::Command") || code.contains("Command::new(\"");
        assert!(!runs || path.ends_with("cli/since.rs"), "{} runs a program", path.display());
    }
}

/// A timeline whose texts turn round what stands beside them wherever they are obeyed.
const TURNED: &str = r#"Timeline(
    format: 1,
    title: "The \u{202e}eltit",
    lanes: [ Lane(id: "l", title: "Lane \u{202e}enal") ],
    sources: [ Source(id: "s", title: "Source \u{2067}ecruos", publisher: "Press \u{202e}sserp", published: "2024-06-20") ],
    events: [
        Event(
            id: "e", title: "A \u{202e}txet desrever", date: "2024-06-19", lane: "l", place: "Place \u{202e}ecalp",
            note: "Note \u{202e}eton", citations: [Citation(source: "s")], links: [Link(to: "f", relation: Related)],
            fields: {"Name \u{202e}eman": "v"},
        ),
        Event(id: "f", title: "Second \u{202e}dnoces", date: "2024-07", lane: "l"),
    ],
    eras: [ Era(id: "era", title: "Era \u{202e}are", date: "2024-01/2024-12") ],
)
"#;

/// The names of all that is in the window turn nothing round.
#[track_caller]
fn names_turn_nothing(window: &Window) {
    for sign in ["\u{202e}", "\u{2067}"] {
        assert!(!window.shows(sign), "{sign:?} is in a name");
    }
}

#[test]
fn no_text_turns_round_what_stands_beside_it_in_the_window() {
    let mut window = Window::on(&TURNED.replace("\\u{202e}", "\u{202e}").replace("\\u{2067}", "\u{2067}"));
    names_turn_nothing(&window);
    assert!(window.shows("The \\u202eeltit"));
    window.select("A \\u202etxet");
    names_turn_nothing(&window);
    // What can be edited is the text itself.
    assert_eq!(window.value("Title"), "A \u{202e}txet desrever");
    assert!(window.shows("Go to Second \\u202ednoces"));
    window.fill("Title", "B \u{202e}txet desrever");
    window.key(Key::Enter);
    window.click("Edit");
    assert!(window.shows("Undo: Change title of “A \\u202etxet desrever”"));
    names_turn_nothing(&window);
    window.key(Key::Escape);
    window.answer(window.path("Saved \u{202e}live.ron"));
    window.menu("File", "Save as…");
    assert!(window.tells("Saved"), "{:?}", window.notices());
    assert!(window.shows("Saved \\u202elive.ron"));
    names_turn_nothing(&window);
}

#[test]
fn a_field_names_the_signs_that_nobody_sees_in_it() {
    let mut window = Window::on(&TREATY.replace("Treaty signed", "Treaty \u{202e}dengis\u{200b}"));
    window.select("Treaty \\u202edengis");
    assert!(window.shows("Holds signs that are not seen: \\u202e, \\u200b"));
    window.fill("Title", "Treaty signed");
    assert!(!window.shows("Holds signs"));
}

#[test]
fn no_text_turns_round_what_stands_beside_it_in_a_picture() {
    let mut shaper = Shaper::new();
    let run = shaper.shape("A \u{202e}txet desrever", Style::regular(13.0));
    let item = Item::Text { run, origin: Point::new(10.0, 20.0), color: Color::rgb(0) };
    let scene = Scene {
        size: Size::new(300.0, 40.0),
        background: Color::rgb(0xff_ffff),
        items: vec![item],
        targets: Vec::new(),
    };
    let options = SvgOptions { title: "The \u{202e}eltit", ..SvgOptions::default() };
    let svg = svg_with(&scene, &options);
    assert!(!svg.contains('\u{202e}'), "{svg}");
    assert!(svg.contains("A \\u202etxet desrever") && svg.contains("<title>The \\u202eeltit</title>"), "{svg}");
}
