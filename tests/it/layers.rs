//! The layers of ARCHITECTURE.md, held: reads every source file and fails where a layer reaches the wrong way.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each module with those it may name. `gui` says that it may name egui, `files` that it may touch files.
struct Layer {
    name: &'static str,
    may_use: &'static [&'static str],
    gui: bool,
    files: bool,
}

const fn layer(name: &'static str, may_use: &'static [&'static str]) -> Layer {
    Layer { name, may_use, gui: false, files: false }
}

/// Pictures do not know where a timeline came from: nothing from `index` to `export` names `store`.
const LAYERS: &[Layer] = &[
    layer("memo", &[]),
    layer("ahead", &[]),
    layer("by_text", &[]),
    layer("diagnostic", &[]),
    layer("time", &["memo", "diagnostic"]),
    layer("geom", &[]),
    layer("bitmap", &[]),
    layer("model", &["memo", "ahead", "diagnostic", "time"]),
    layer("query", &["ahead", "diagnostic", "time", "model"]),
    layer("activity", &["time", "model"]),
    layer("account", &["by_text", "time", "model", "query"]),
    layer("edit", &["ahead", "diagnostic", "time", "model", "query"]),
    layer("compare", &["diagnostic", "time", "model", "query", "edit"]),
    Layer { files: true, ..layer("store", &["bitmap", "diagnostic", "time", "model", "query", "edit"]) },
    layer("interchange", &["diagnostic", "time", "model", "query", "edit"]),
    layer("index", &["ahead", "by_text", "diagnostic", "time", "geom", "model", "query", "edit"]),
    layer("text", &["geom"]),
    layer("theme", &["geom", "model"]),
    layer("layout", &["time", "geom", "model", "query", "index", "text", "theme"]),
    layer(
        "scene",
        &["ahead", "time", "geom", "model", "query", "account", "activity", "index", "text", "theme", "layout"],
    ),
    layer(
        "export",
        &[
            "ahead", "bitmap", "time", "geom", "model", "query", "account", "activity", "index", "text", "theme",
            "layout", "scene",
        ],
    ),
    Layer {
        files: true,
        ..layer(
            "cli",
            &[
                "bitmap",
                "diagnostic",
                "time",
                "geom",
                "model",
                "query",
                "account",
                "activity",
                "edit",
                "compare",
                "store",
                "interchange",
                "index",
                "text",
                "theme",
                "layout",
                "scene",
                "export",
            ],
        )
    },
    Layer {
        gui: true,
        ..layer(
            "ui",
            &[
                "ahead",
                "diagnostic",
                "time",
                "geom",
                "model",
                "query",
                "account",
                "activity",
                "edit",
                "compare",
                "interchange",
                "index",
                "text",
                "theme",
                "layout",
                "scene",
                "export",
            ],
        )
    },
    Layer {
        gui: true,
        files: true,
        ..layer(
            "app",
            &[
                "bitmap",
                "diagnostic",
                "time",
                "geom",
                "model",
                "query",
                "account",
                "activity",
                "edit",
                "compare",
                "store",
                "interchange",
                "index",
                "text",
                "theme",
                "layout",
                "scene",
                "export",
                "ui",
            ],
        )
    },
];

#[test]
fn every_layer_reaches_only_where_it_may() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    assert!(files.len() > 30, "found only {} source files", files.len());
    let wrong: Vec<String> = files
        .iter()
        .flat_map(|path| {
            let relative = path.strip_prefix(&root).unwrap();
            violations(relative, &fs::read_to_string(path).unwrap())
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_top_level_module_is_a_known_layer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        assert!(
            ["lib", "main"].contains(&name.as_str()) || LAYERS.iter().any(|layer| layer.name == name),
            "src/{name} is not in the table of layers"
        );
    }
}

#[test]
fn a_wrong_reach_is_found_in_every_disguise() {
    let cases = [
        ("time/date.rs", "use crate::model::Event;", "time names model"),
        ("scene/build.rs", "    let x = crate::store::load(path);", "scene names store"),
        ("layout/mod.rs", "use super::scene::Item;", "layout names scene"),
        ("model/event.rs", "use super::super::edit::Edit;", "model names edit"),
        ("export/svg.rs", "use crate::{\n    cli::Arguments,\n};", "export names cli"),
        ("scene/mod.rs", "use egui::Color32;", "scene names egui"),
        ("cli/list.rs", "fn f(ctx: &eframe::Frame) {}", "cli names egui"),
        ("model/check.rs", "std::fs::read(path)", "model touches files"),
        ("ui/menu.rs", "std::thread::spawn(|| ())", "ui starts a thread"),
    ];
    for (file, text, expected) in cases {
        let found = violations(Path::new(file), text);
        assert!(found.iter().any(|line| line.contains(expected)), "{file}: {text}: found {found:?}");
    }
    assert!(violations(Path::new("scene/build.rs"), "// crate::store\nuse crate::{geom::Rect, layout};").is_empty());
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// What a file (by its path below `src`) names that its layer may not.
fn violations(file: &Path, text: &str) -> Vec<String> {
    let parts: Vec<&str> = file.iter().map(|part| part.to_str().unwrap()).collect();
    let top = parts[0].trim_end_matches(".rs");
    let Some(layer) = LAYERS.iter().find(|layer| layer.name == top) else {
        return Vec::new();
    };
    // `super` this many times over is the crate's root.
    let depth = parts.len() - usize::from(parts.last().is_some_and(|name| *name == "mod.rs"));
    let code: String = text
        .lines()
        .map(|line| if line.trim_start().starts_with("//") { "" } else { line })
        .collect::<Vec<_>>()
        .join("\n")
        // What a thread keeps for itself starts none, and no more does one that waits.
        .replace("std::thread::LocalKey", "")
        .replace("std::thread::sleep", "");
    let mut found = Vec::new();
    let root = format!("{}::", vec!["super"; depth].join("::"));
    for prefix in ["crate::", root.as_str()] {
        for (at, _) in code.match_indices(prefix) {
            if code[..at].ends_with("super::") {
                continue;
            }
            for name in names_after(&code[at + prefix.len()..]) {
                let is_layer = LAYERS.iter().any(|other| other.name == name);
                if is_layer && name != layer.name && !layer.may_use.contains(&name.as_str()) {
                    found.push(format!("src/{}: {} names {name}", file.display(), layer.name));
                }
            }
        }
    }
    let says = |words: &[&str]| words.iter().any(|word| code.contains(word));
    if !layer.gui && says(&["egui::", "eframe::", "epaint::", "emath::"]) {
        found.push(format!("src/{}: {} names egui", file.display(), layer.name));
    }
    if !layer.files && says(&["std::fs", "fs::File", "tempfile::"]) {
        found.push(format!("src/{}: {} touches files", file.display(), layer.name));
    }
    if layer.name != "app" && says(&["std::thread", "thread::spawn"]) {
        found.push(format!("src/{}: {} starts a thread", file.display(), layer.name));
    }
    found
}

/// The first path segment after a prefix, or those of each branch of a `{…}` group.
fn names_after(rest: &str) -> Vec<String> {
    let Some(group) = rest.strip_prefix('{') else {
        return vec![identifier(rest)];
    };
    let (mut names, mut level, mut at_start) = (Vec::new(), 0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => level += 1,
            '}' if level == 0 => break,
            '}' => level -= 1,
            ',' if level == 0 => at_start = true,
            c if at_start && !c.is_whitespace() => {
                names.push(identifier(&group[at..]));
                at_start = false;
            }
            _ => {}
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// In no folder does a room lead back to itself: what is lower knows nothing of who reads, splices or explains it. What a folder passes
/// on under its own name is not looked into.
#[test]
fn folders_run_downhill() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let folders: BTreeSet<&Path> = files.iter().filter_map(|file| file.parent()).filter(|at| *at != root).collect();
    for folder in folders {
        let name = folder.strip_prefix(&root).unwrap().to_str().unwrap();
        let (circle, uses) = circle_in(folder, name);
        let uses = circle.iter().map(|room| (room, &uses[room])).collect::<Vec<_>>();
        assert!(circle.is_empty(), "these rooms of src/{name} run in circles: {circle:?}: {uses:?}");
    }
}

/// The rooms of a folder that lead back to themselves and those that lead there, with what each room names of the others.
fn circle_in(folder: &Path, name: &str) -> (BTreeSet<String>, BTreeMap<String, BTreeSet<String>>) {
    let mut files = Vec::new();
    collect(folder, &mut files);
    let is_test = |part: &&str| matches!(part.trim_end_matches(".rs"), "random" | "tests");
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files {
        let parts: Vec<&str> = file.strip_prefix(folder).unwrap().iter().map(|part| part.to_str().unwrap()).collect();
        if !parts.iter().any(is_test) && parts != ["mod.rs"] {
            // `super` this many times over is the folder.
            let depth = parts.len() - usize::from(parts.last() == Some(&"mod.rs"));
            let prefixes = ["super::".repeat(depth), format!("crate::{}::", name.replace('/', "::"))];
            let named = uses.entry(parts[0].trim_end_matches(".rs").to_owned()).or_default();
            named.extend(named_behind(&prefixes, &fs::read_to_string(&file).unwrap()));
        }
    }
    let rooms: BTreeSet<String> = uses.keys().cloned().collect();
    uses.iter_mut().for_each(|(room, named)| named.retain(|other| other != room && rooms.contains(other)));
    // Rooms that use none of those left are lowest; what remains when there are no more runs in a circle, or leads to one.
    let mut left = rooms;
    while let Some(lowest) = left.iter().find(|room| uses[*room].is_disjoint(&left)).cloned() {
        left.remove(&lowest);
    }
    (left, uses)
}

/// The names that stand behind one of these prefixes in the code of a file, without that of its tests.
fn named_behind(prefixes: &[String], text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut names = Vec::new();
    for prefix in prefixes {
        for (at, _) in code.match_indices(prefix.as_str()) {
            if !code[..at].ends_with("super::") {
                names.extend(names_after(&code[at + prefix.len()..]));
            }
        }
    }
    names
}
