//! Two states of a timeline on the command line, and in a real git repository.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::window::Window;

const BASE: &str = r#"// Two votes, by hand.
Timeline(
    format: 1,
    title: "Two votes",
    sources: [Source(id: "gazette", title: "The gazette"), Source(id: "wire", title: "The wire")],
    events: [
        Event(id: "upper", title: "Upper house votes", date: "2024-11-06"), // on a Wednesday
        Event(id: "lower", title: "Lower house votes", date: "2024-10"),
        Event(id: "bill", title: "Bill submitted", date: "2024-09"),
    ],
)
"#;

/// The text with parts of it replaced, each of which is there.
fn with(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(BASE.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

fn run(folder: &Path, program: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    // Nothing of this machine's own set-up of git.
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null").env("GIT_PAGER", "cat");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "A. Nalyst").env(format!("GIT_{who}_EMAIL"), "a@example.org");
    }
    command.output().unwrap()
}

fn annalist(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = run(folder, env!("CARGO_BIN_EXE_annalist"), arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, "git", arguments);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{arguments:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

#[test]
fn what_differs_is_told_for_people_programs_and_briefs() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.ron"), BASE).unwrap();
    let after = with(&[
        (
            "\"2024-10\"",
            "\"2024-10-24\", standing: Confirmed, citations: [Citation(source: \"gazette\", quote: \"adopted\")]",
        ),
        ("        Event(id: \"bill\", title: \"Bill submitted\", date: \"2024-09\"),\n", ""),
    ]);
    fs::write(folder.path().join("b.ron"), &after).unwrap();
    let (told, _, code) = annalist(folder.path(), &["diff", "a.ron", "b.ron"]);
    insta::assert_snapshot!(told, @"
    1 event changed, 1 removed

    ~ Lower house votes (24 Oct 2024)
        Date: Oct 2024 → 24 Oct 2024
        Standing: Reported → Confirmed
        + Citation: The gazette
            Quote: adopted

    − Bill submitted (Sep 2024)
    ");
    assert_eq!(code, Some(0));
    assert_eq!(annalist(folder.path(), &["diff", "--exit-code", "a.ron", "b.ron"]).2, Some(1));
    assert_eq!(annalist(folder.path(), &["diff", "--exit-code", "a.ron", "a.ron"]).2, Some(0));
    let (told, ..) = annalist(folder.path(), &["diff", "a.ron", "b.ron", "--format", "md"]);
    insta::assert_snapshot!(told, @"
    # What has changed: Two votes

    1 event changed, 1 removed.

    ## Changed events

    - 24 Oct 2024: **Lower house votes**
      - Date: Oct 2024 → 24 Oct 2024
      - Standing: Reported → Confirmed
      - Citation new: The gazette
        - Quote: adopted

    ## Removed events

    - Sep 2024: **Bill submitted**
    ");
    let (told, ..) = annalist(folder.path(), &["diff", "a.ron", "b.ron", "--format", "json"]);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told[0]["id"], "lower");
    let date = told[0]["fields"].as_array().unwrap().iter().find(|field| field["field"] == "date").unwrap();
    assert_eq!((date["before"].as_str(), date["after_words"].as_str()), (Some("2024-10"), Some("24 Oct 2024")));
    assert_eq!((told[1]["id"].as_str(), told[1]["difference"].as_str()), (Some("bill"), Some("removed")));
    // As diff(1): 1 where they differ, 2 where nobody knows.
    fs::write(folder.path().join("broken.ron"), "Timeline(").unwrap();
    for (other, expected) in [("a.ron", 0), ("b.ron", 1), ("none.ron", 2), ("broken.ron", 2)] {
        let (_, said, code) = annalist(folder.path(), &["diff", "a.ron", other, "--exit-code"]);
        assert_eq!(code, Some(expected), "{other}: {said}");
    }
    assert_eq!(annalist(folder.path(), &["diff", "a.ron", "none.ron"]).2, Some(1));
    let (_, said, code) = annalist(folder.path(), &["diff", "a.ron"]);
    assert_eq!((code, said.contains("two timelines are compared")), (Some(2), true));
}

#[test]
fn a_merge_keeps_comments_and_tells_what_it_could_not_decide() {
    let folder = tempfile::tempdir().unwrap();
    let ours = with(&[("date: \"2024-10\"", "date: \"2024-10-24\"")]);
    let theirs =
        with(&[("\"2024-11-06\"", "\"2024-11-06\", place: \"Moscow\""), ("Bill submitted", "Bill brought in")]);
    for (name, text) in [("base.ron", BASE), ("ours.ron", &ours), ("theirs.ron", &theirs)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let merge = ["merge", "base.ron", "ours.ron", "theirs.ron", "-o", "out.ron"];
    let (told, said, code) = annalist(folder.path(), &merge);
    assert_eq!((told.as_str(), said.as_str(), code), ("out.ron: 2 records brought in\n", "", Some(0)));
    let merged = fs::read_to_string(folder.path().join("out.ron")).unwrap();
    assert!(merged.starts_with("// Two votes, by hand.") && merged.contains("// on a Wednesday"));
    for part in ["2024-10-24", "Moscow", "Bill brought in"] {
        assert!(merged.contains(part), "{merged}");
    }

    fs::write(folder.path().join("theirs.ron"), with(&[("date: \"2024-10\"", "date: \"2024-10-25\"")])).unwrap();
    let (told, said, code) = annalist(folder.path(), &merge);
    assert_eq!(code, Some(1));
    assert!(
        told.contains("1 conflict") && said.contains("date: ours is “2024-10-24”, theirs is “2024-10-25”"),
        "{said}"
    );
    let merged = fs::read_to_string(folder.path().join("out.ron")).unwrap();
    let comment =
        "// Unresolved conflict: event lower, “Lower house votes”: date: ours is “2024-10-24”, theirs is “2024-10-25”";
    assert_eq!(merged.lines().next(), Some(comment));
    assert_eq!(merged.matches("Lower house votes").count(), 2, "only what collides is repeated: {merged}");
    let (_, said, code) = annalist(folder.path(), &["check", "out.ron"]);
    assert!(code == Some(0) && said.starts_with("out.ron:1:1: warning[unresolved-conflict]: "), "{said}");
    fs::write(folder.path().join("out.ron"), merged.replacen(comment, "// Unresolved conflicts are none.", 1)).unwrap();
    assert!(!annalist(folder.path(), &["check", "out.ron"]).1.contains("unresolved"));
    let (told, said, _) = annalist(folder.path(), &[&merge[..], &["--name", "votes.ron"]].concat());
    assert!(told.starts_with("votes.ron: ") && said.starts_with("votes.ron: conflict: event lower, "), "{told}{said}");

    fs::write(folder.path().join("theirs.ron"), "Timeline(").unwrap();
    fs::remove_file(folder.path().join("out.ron")).unwrap();
    let (_, said, code) = annalist(folder.path(), &merge);
    assert!(code == Some(1) && said.contains("theirs.ron has errors"), "{said}");
    assert!(!folder.path().join("out.ron").exists());
}

#[test]
fn git_shows_differences_and_merges_timelines_record_by_record() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let path = at.join("votes.ron");
    let save = |text: &str, message: &str| {
        fs::write(&path, text).unwrap();
        git(at, &["add", "-A"]);
        git(at, &["commit", "-q", "-m", message]);
    };
    git(at, &["init", "-q", "-b", "main"]);
    // As README has it, but for the program's place.
    let program = env!("CARGO_BIN_EXE_annalist").replace('\\', "/");
    git(at, &["config", "diff.annalist.command", &format!("'{program}' diff --git")]);
    git(at, &["config", "diff.annalist.textconv", &format!("'{program}' diff --textconv")]);
    git(at, &["config", "merge.annalist.driver", &format!("'{program}' merge %O %A %B -o %A --name %P")]);
    fs::write(at.join(".gitattributes"), "*.ron diff=annalist merge=annalist\n").unwrap();
    save(BASE, "Begin");

    git(at, &["checkout", "-q", "-b", "theirs"]);
    save(&with(&[("\"2024-11-06\")", "\"2024-11-06\", place: \"Moscow\")")]), "Say where");
    git(at, &["checkout", "-q", "main"]);
    // In the same line, where git by itself finds a conflict.
    save(&with(&[("\"2024-11-06\")", "\"2024-11-06\", standing: Confirmed)")]), "Confirm");
    let shown = git(at, &["diff", "HEAD~1"]);
    assert!(
        shown.contains("~ Upper house votes (6 Nov 2024)") && shown.contains("Standing: Reported → Confirmed"),
        "{shown}"
    );
    let shown = git(at, &["show", "--no-ext-diff"]);
    assert!(shown.contains("+    Standing: Confirmed"), "{shown}");

    git(at, &["merge", "-q", "-m", "Both", "theirs"]);
    let merged = fs::read_to_string(&path).unwrap();
    assert!(
        merged.contains("Moscow") && merged.contains("Confirmed") && merged.contains("// on a Wednesday"),
        "{merged}"
    );

    git(at, &["checkout", "-q", "-b", "other", "HEAD~1"]);
    save(&with(&[("date: \"2024-10\"", "date: \"2024-10-25\"")]), "The 25th");
    git(at, &["checkout", "-q", "main"]);
    save(&merged.replace("date: \"2024-10\"", "date: \"2024-10-24\""), "The 24th");
    let refused = run(at, "git", &["merge", "-q", "-m", "All", "other"]);
    assert!(!refused.status.success());
    assert!(git(at, &["status", "--short"]).contains("UU votes.ron"));
    assert!(
        fs::read_to_string(&path)
            .unwrap()
            .contains("// Unresolved conflict: event lower, “Lower house votes”: date: ours is “2024-10-24”")
    );
}

#[test]
fn what_has_changed_since_a_file_a_date_or_a_revision_is_a_brief() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let since = |since: &str| {
        let (_, said, code) = annalist(at, &["export", "votes.ron", "--since", since, "-o", "changes.md"]);
        (fs::read_to_string(at.join("changes.md")).unwrap_or_default(), said, code)
    };
    fs::write(at.join("old.ron"), BASE).unwrap();
    fs::write(at.join("votes.ron"), BASE).unwrap();
    git(at, &["init", "-q", "-b", "main"]);
    git(at, &["add", "-A"]);
    git(at, &["commit", "-q", "-m", "Begin"]);
    let text = with(&[
        ("date: \"2024-10\")", "date: \"2024-10-24\", recorded: \"2024-11-02\")"),
        ("date: \"2024-09\")", "date: \"2024-09\", recorded: \"2024-10-01\")"),
    ]);
    fs::write(at.join("votes.ron"), &text).unwrap();
    for earlier in ["old.ron", "HEAD", "git:HEAD"] {
        let (told, said, code) = since(earlier);
        assert_eq!((said.as_str(), code), ("", Some(0)), "{earlier}");
        assert!(told.starts_with("# Two votes: what has changed since "), "{told}");
        assert!(told.contains("- 24 Oct 2024: **Lower house votes**\n  - Date: Oct 2024 → 24 Oct 2024\n"), "{told}");
    }
    let (told, said, _) = since("2024-11");
    assert!(
        told.contains("since Nov 2024") && told.contains("## New events\n\n- 24 Oct 2024: **Lower house votes**"),
        "{told}"
    );
    assert!(!told.contains("Bill submitted"));
    assert!(said.contains("1 event does not say when it was recorded"), "{said}");
    assert!(told.ends_with("\n1 event does not say when it was recorded, and counts as older.\n"), "{told}");
    let (_, said, code) = since("no-such-thing");
    assert!(code == Some(2) && said.contains("is no file and no date, and git has no timeline"), "{said}");
    let (_, said, code) = annalist(at, &["export", "votes.ron", "--since", "HEAD", "-o", "x.png"]);
    assert!(code == Some(2) && said.contains("end in .md"), "{said}");
    let (_, said, code) = annalist(at, &["export", "votes.ron", "--since", "HEAD", "--theme", "dark", "-o", "x.md"]);
    assert!(code == Some(2) && said.contains("--theme cannot be used here"), "{said}");
}

#[test]
fn the_window_says_what_differs_from_another_file() {
    let mut window = Window::on(&with(&[("\"2024-10\"", "\"2024-10-24\"")]));
    let other = window.path("old.ron");
    fs::write(&other, BASE).unwrap();
    window.answer(other);
    window.menu("File", "Compare with…");
    assert!(window.shows("What differs from “old.ron”") && window.shows("1 event changed"));
    assert!(window.shows("~ Lower house votes (24 Oct 2024)") && window.shows("Date: Oct 2024 → 24 Oct 2024"));
    window.click("Close");
    window.answer(window.path("gone.ron"));
    window.menu("File", "Compare with…");
    assert!(window.tells("Not compared: there is no file"));
}
