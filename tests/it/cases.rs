//! Cases as files: what goes in beside what is expected.
//!
//! A file of `tests/data/SUBJECT` is a row of sections, each a heading, `//! ` and words, with the text below it; an empty line
//! before a heading belongs to the heading. What headings mean, the module of the subject says. Where the expected text can be
//! made anew, `UPDATE_CASES=1 cargo test --test it` writes it into the files: look at the difference before you commit it.

use std::path::PathBuf;

/// What stands before a heading.
const MARK: &str = "//! ";

/// A heading with what stands below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub heading: String,
    pub text: String,
}

/// A file of cases.
pub struct CaseFile {
    path: PathBuf,
    /// Its name without the ending.
    pub name: String,
    pub sections: Vec<Section>,
}

impl CaseFile {
    /// All files of a subject, by name.
    pub fn all(subject: &str) -> Vec<Self> {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")).join(subject);
        let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths.into_iter().map(Self::read).collect()
    }

    fn read(path: PathBuf) -> Self {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap().to_owned();
        Self { path, name, sections: sections(&text) }
    }

    /// Writes the sections into the file if expectations are to be made anew; else says whether they are the same.
    #[track_caller]
    pub fn expect(&self, sections: &[Section]) {
        if std::env::var_os("UPDATE_CASES").is_some() {
            std::fs::write(&self.path, joined(sections)).unwrap();
            return;
        }
        for (found, expected) in sections.iter().zip(&self.sections) {
            assert_eq!(found.heading, expected.heading, "{}", self.name);
            let (found, text) = (&found.text, &expected.text);
            assert!(found == text, "{}:\n{found}\n--- expected\n{text}", self.name);
        }
        assert_eq!(sections.len(), self.sections.len(), "{}", self.name);
    }
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(heading) = line.strip_prefix(MARK) {
            if let Some(before) = sections.last_mut() {
                before.text = before.text.strip_suffix('\n').expect("an empty line before a heading").to_owned();
            }
            sections.push(Section { heading: heading.trim_end().to_owned(), text: String::new() });
        } else {
            sections.last_mut().expect("a heading first").text.push_str(line);
        }
    }
    sections
}

fn joined(sections: &[Section]) -> String {
    let texts: Vec<String> = sections.iter().map(|one| format!("{MARK}{}\n{}", one.heading, one.text)).collect();
    texts.join("\n")
}

#[test]
fn sections_are_written_as_they_are_read() {
    let text = "//! before\nTimeline(\n\n)\n\n//! remove b\n\n//! after\nTimeline()\n";
    let read = sections(text);
    let headings: Vec<&str> = read.iter().map(|section| section.heading.as_str()).collect();
    assert_eq!(headings, ["before", "remove b", "after"]);
    assert_eq!((read[0].text.as_str(), read[1].text.as_str()), ("Timeline(\n\n)\n", ""));
    assert_eq!(joined(&read), text);
}
