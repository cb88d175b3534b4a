//! What `SECURITY.md` says, where a test can hold it: what it names is there, and nothing reaches out.

use std::fs;
use std::path::{Path, PathBuf};

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
