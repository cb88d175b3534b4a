//! Formats of other programs: each case is a file in `data/import/profiles`, with what is read of it beside it in `NAME.txt`.
//! `UPDATE_CASES=1` writes what is read.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use annalist::interchange::Problem;
use annalist::interchange::events::chronology::{Chronology, Named, Record};
use annalist::interchange::events::{Asked, FORMATS, Format, Input};
use annalist::time::Date;

/// Tables of any program, which have their own tests, and what no single file is of.
const OTHERS: [&str; 6] = ["xlsx", "ods", "jsonl", "json", "csv", "folder"];

/// Mutations of each file for each reader.
const MUTATIONS: u64 = 60;

#[test]
fn every_format_is_read_as_its_cases_say() {
    let mut wrong = Vec::new();
    let mut seen = Vec::new();
    for path in cases() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = fs::read(&path).unwrap();
        let input = Input::new(name, &bytes);
        let Some(format) = Format::of(&input) else {
            wrong.push(format!("{name}: no format recognises it"));
            continue;
        };
        seen.push(format.id);
        let found = format!("{}\n{}", format.label, written(&format.read(&input, &Asked::NOTHING)));
        let expected_at = path.with_file_name(format!("{name}.txt"));
        if std::env::var_os("UPDATE_CASES").is_some() {
            fs::write(&expected_at, &found).unwrap();
        }
        let expected = fs::read_to_string(&expected_at).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{name}: expected\n{expected}\nfound\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    for format in FORMATS.iter().filter(|format| !OTHERS.contains(&format.id)) {
        assert!(seen.contains(&format.id), "{} has no case", format.id);
    }
}

#[test]
fn a_folder_of_notes_is_one_chronology() {
    let read = |name: &str| (name.to_owned(), fs::read(folder().join(name)).unwrap());
    let parts = ["1893-plans.md", "1899-built.json", "broken.md", "slides.csv"].map(read);
    let input = Input { name: "notes", bytes: &[], parts: &parts };
    let format = Format::of(&input).unwrap();
    assert_eq!(format.id, "folder");
    let chronology = format.read(&input, &Asked::NOTHING);
    let keys: Vec<&str> = chronology.records.iter().filter_map(|record| record.key.as_deref()).collect();
    assert_eq!(keys, ["plans", "1899-built"]);
    let told: Vec<(&str, Option<&str>)> =
        chronology.problems.iter().map(|problem| (problem.code, problem.entry.as_deref())).collect();
    assert_eq!(told, [("not-yaml", Some("broken.md"))]);
    assert_eq!(chronology.left_out.values().sum::<usize>(), 1);
}

#[test]
fn no_mutated_file_makes_a_reader_panic() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand_seed);
    println!("seed {seed}");
    let mut random = Random(seed);
    for path in cases() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = fs::read(&path).unwrap();
        let own = Format::of(&Input::new(name, &bytes)).unwrap();
        for _ in 0..MUTATIONS {
            let mutated = random.mutated(&bytes);
            let input = Input::new(name, &mutated);
            for format in [own, random.format()] {
                for record in &format.read(&input, &Asked::NOTHING).records {
                    assert!(!record.event.title.is_empty() && !record.event.title.contains('\n'), "{name}: {seed}");
                }
            }
        }
    }
}

#[test]
fn no_mutated_table_makes_a_reader_panic() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(rand_seed);
    println!("seed {seed}");
    let mut random = Random(seed);
    let folders = fs::read_dir(folder().parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let inputs = folders.filter(|path| path.is_dir()).flat_map(|path| fs::read_dir(path).unwrap());
    let inputs = inputs.map(|entry| entry.unwrap().path()).filter(|path| path.file_stem().unwrap() == "input");
    let mut seen = 0;
    for path in inputs {
        let name = path.file_name().unwrap().to_str().unwrap();
        let bytes = fs::read(&path).unwrap();
        for _ in 0..MUTATIONS / 4 {
            let mutated = random.mutated(&bytes);
            for format in FORMATS.iter().filter(|format| OTHERS.contains(&format.id) && format.id != "folder") {
                let chronology = format.read(&Input::new(name, &mutated), &Asked::NOTHING);
                let said = !chronology.records.is_empty()
                    || !chronology.problems.is_empty()
                    || !chronology.questions.is_empty();
                assert!(said, "{name} as {}: nothing was read and nothing told, seed {seed}", format.id);
            }
        }
        seen += 1;
    }
    assert!(seen > 15, "{seen}");
}

/// 15 March 44 BCE in each format that has years before the era, and a year of it where a format has no more.
#[test]
fn years_before_the_era_are_those_that_each_format_counts() {
    let slides = r#"{"title": {"text": {"headline": "T"}}, "events": [{"start_date": {"year": -44, "month": 3, "day": 15}, "text": {"headline": "A"}}]}"#;
    let project = "<timeline><version>2.10.0</version><categories/><events><event><start>-43-03-15 00:00:00</start><end>-43-03-15 00:00:00</end><text>A</text></event></events></timeline>";
    let aeon = "Type,Display ID,Label,Start Date,End Date\nEvent,1,A,0044-03-15 00:00:00 BC,\n";
    let family = "0 HEAD\n1 GEDC\n2 VERS 7.0\n0 @I1@ INDI\n1 NAME A /B/\n1 DEAT\n2 DATE 15 MAR 44 BCE\n0 TRLR\n";
    let cases = [
        ("a.json", slides, "timelinejs", "-0043-03-15"),
        ("a.timeline", project, "thetimelineproj", "-0043-03-15"),
        ("a.csv", aeon, "aeon", "-0043-03-15"),
        ("a.ged", family, "gedcom", "-0043-03-15"),
        ("a.mw", "44 BCE: A\n", "markwhen", "-0043-01-01/-0043-12-31"),
        ("a.md", "```chronos\n- [-44] A\n```\n", "chronos", "-0043"),
        ("a.csv", "Title,Date\nA,-0043-03-15\nB,-0042\n", "csv", "-0043-03-15"),
    ];
    for (name, text, id, date) in cases {
        let input = Input::new(name, text.as_bytes());
        let format = Format::of(&input).unwrap();
        assert_eq!(format.id, id);
        let chronology = format.read(&input, &Asked::NOTHING);
        let found = chronology.records.first().and_then(|record| record.event.date.clone());
        assert_eq!(found.as_ref().map(Date::as_str), Some(date), "{id}: {:?}", chronology.problems);
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import/profiles")
}

fn cases() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    // `NAME.txt` beside `NAME` is what is expected of it.
    paths.retain(|path| !(path.extension().is_some_and(|end| end == "txt") && path.with_extension("").exists()));
    paths.sort();
    paths
}

/// A chronology as a text that people can check.
fn written(chronology: &Chronology) -> String {
    let mut out = String::new();
    let mut line = |name: &str, text: &str| {
        if !text.is_empty() {
            writeln!(out, "{name}: {}", text.replace('\n', "\n    | ")).unwrap();
        }
    };
    line("title", chronology.title.as_deref().unwrap_or_default());
    line("description", chronology.description.as_deref().unwrap_or_default());
    for lane in &chronology.lanes {
        line("lane", format!("{} {}", lane.name, lane.color.as_deref().unwrap_or_default()).trim());
    }
    for era in &chronology.eras {
        line("era", format!("{} {} {}", era.date, era.title, era.color.as_deref().unwrap_or_default()).trim());
    }
    for record in &chronology.records {
        write_record(record, &mut line);
    }
    for (kind, count) in &chronology.left_out {
        line("left out", &format!("{count} {kind}"));
    }
    for Problem { severity, code, line: at, entry, message } in &chronology.problems {
        let entry = entry.as_deref().map(|entry| format!(" [{entry}]")).unwrap_or_default();
        line("problem", &format!("{severity:?} {code} line {at}{entry}: {message}"));
    }
    out
}

fn write_record(record: &Record, line: &mut impl FnMut(&str, &str)) {
    let Record { key, locator, line: at, event, date_as_given, sources } = record;
    line("\nevent", &format!("{locator} (line {at})"));
    line("  date", event.date.as_ref().map_or("none", Date::as_str));
    line("  given", date_as_given.as_deref().unwrap_or_default());
    line("  wording", event.wording.as_deref().unwrap_or_default());
    line("  title", &event.title);
    line("  key", key.as_deref().unwrap_or_default());
    line("  lane", event.lane.as_deref().unwrap_or_default());
    let list = |texts: &[annalist::model::Text]| texts.iter().map(|text| text.as_str()).collect::<Vec<_>>().join(" | ");
    line("  actors", &list(&event.actors));
    line("  place", event.place.as_deref().unwrap_or_default());
    line("  coordinates", &event.rare.coordinates.map(|place| place.to_string()).unwrap_or_default());
    line("  tags", &list(&event.tags));
    if event.standing != annalist::model::Standing::default() {
        line("  standing", event.standing.label());
    }
    if event.weight != annalist::model::Event::DEFAULT_WEIGHT {
        line("  weight", &event.weight.to_string());
    }
    line("  note", event.note.as_deref().unwrap_or_default());
    for link in &event.links {
        line("  link", &format!("{:?} {} {}", link.relation, link.to, link.note.as_deref().unwrap_or_default()));
    }
    for (name, text) in event.rare.fields.iter() {
        line("  field", &format!("{name} = {text}"));
    }
    line("  recorded", event.rare.recorded.as_ref().map_or("", Date::as_str));
    for Named { source, locator, quote } in sources {
        let text = |text: &Option<annalist::model::Text>| text.as_deref().unwrap_or_default().to_owned();
        let mut parts = vec![format!("{:?}", source.kind), source.title.to_string()];
        parts.extend([&source.author, &source.publisher, &source.url, &source.archive_url].map(text));
        parts.push(source.published.as_ref().map_or("", Date::as_str).to_owned());
        parts.push(source.reliability.map(|grade| format!("{grade:?}")).unwrap_or_default());
        parts.extend([&source.note, locator, quote].map(text));
        parts.retain(|part| !part.is_empty());
        line("  source", &parts.join(" | "));
    }
}

fn rand_seed() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    now.subsec_nanos().into()
}

/// Xorshift: a test needs no better randomness, and its seed says what it did.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.max(1);
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).unwrap()).unwrap()
    }

    fn format(&mut self) -> &'static Format {
        let named: Vec<&Format> = FORMATS.iter().filter(|format| !OTHERS.contains(&format.id)).collect();
        named[self.below(named.len())]
    }

    /// Bytes with a few pieces taken out, doubled, put elsewhere or replaced by signs that formats stumble over.
    fn mutated(&mut self, bytes: &[u8]) -> Vec<u8> {
        const SIGNS: [&str; 24] = [
            "\n",
            "\r\n",
            "\"",
            "'",
            ",",
            ";",
            ":",
            "/",
            "[",
            "]",
            "{",
            "}",
            "<",
            ">",
            "-",
            "0",
            "99999999999999999999",
            "é",
            "\u{feff}",
            "\0",
            "\u{85}",
            "T",
            " ",
            "..",
        ];
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let (from, length) = (self.below(bytes.len()), self.below(40));
            let to = (from + length).min(bytes.len());
            match self.below(4) {
                0 => drop(bytes.drain(from..to)),
                1 => {
                    let piece = bytes[from..to].to_vec();
                    let at = self.below(bytes.len() + 1);
                    bytes.splice(at..at, piece);
                }
                2 => {
                    let sign = SIGNS[self.below(SIGNS.len())];
                    bytes.splice(from..from, sign.bytes());
                }
                _ => {
                    let sign = SIGNS[self.below(SIGNS.len())];
                    bytes.splice(from..to.min(from + 2), sign.bytes());
                }
            }
        }
        bytes
    }
}

/// A case of every format, by the names of its files.
fn one_of_each() -> Vec<(&'static Format, String, Vec<u8>)> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/import");
    let mut paths: Vec<PathBuf> = fs::read_dir(data.join("profiles")).unwrap().map(|it| it.unwrap().path()).collect();
    for folder in fs::read_dir(&data).unwrap().map(|it| it.unwrap().path()).filter(|path| path.is_dir()) {
        let files = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
        paths.extend(files.filter(|path| path.file_stem().is_some_and(|stem| stem == "input")));
    }
    paths.sort();
    let mut found: Vec<(&'static Format, String, Vec<u8>)> = Vec::new();
    for path in paths.into_iter().filter(|path| path.is_file()) {
        let (name, bytes) = (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap());
        let Some(format) = Format::of(&Input::new(&name, &bytes)) else { continue };
        if !found.iter().any(|(known, ..)| *known == format) {
            found.push((format, name, bytes));
        }
    }
    found
}

#[test]
fn every_reader_tells_how_far_it_is_and_ends_where_nobody_waits() {
    let cases = one_of_each();
    assert!(cases.len() > 18, "{:?}", cases.iter().map(|(format, ..)| format.id).collect::<Vec<_>>());
    for (format, name, bytes) in cases {
        // A file of one event is read before anybody can ask.
        if ["front-matter", "event-json"].contains(&format.id) {
            continue;
        }
        let shares = RefCell::new(Vec::new());
        let told = |share: f64| {
            shares.borrow_mut().push(share);
            true
        };
        let whole = format.read(&Input::new(&name, &bytes), &Asked { progress: &told, ..Asked::NOTHING });
        let shares = shares.into_inner();
        assert!(!shares.is_empty() && shares.is_sorted(), "{}: {shares:?}", format.id);
        assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "{}: {shares:?}", format.id);
        let cut = format.read(&Input::new(&name, &bytes), &Asked { progress: &|_| false, ..Asked::NOTHING });
        assert!(whole.records.is_empty() || cut.records.len() < whole.records.len(), "{}", format.id);
    }
}

#[test]
fn a_large_log_tells_how_far_it_is_read_and_ends_where_nobody_waits() {
    let row = |at: usize| format!("message {at},2024-06-19T12:00:00+00:00,\n");
    let csv = format!("message,datetime,timestamp_desc\n{}", (0..5_000).map(row).collect::<String>());
    let line = |at: usize| {
        format!("{{\"message\":\"m{at}\",\"datetime\":\"2024-06-19T12:00:00\",\"timestamp_desc\":\"x\"}}\n")
    };
    let lines: String = (0..5_000).map(line).collect();
    for (id, text) in [("timesketch", &csv), ("timesketch-jsonl", &lines)] {
        let shares = RefCell::new(Vec::new());
        let progress = |share: f64| {
            shares.borrow_mut().push(share);
            shares.borrow().len() < 3
        };
        let asked = Asked { progress: &progress, ..Asked::NOTHING };
        let read = Format::named(id).unwrap().read(&Input::new("log", text.as_bytes()), &asked);
        let shares = shares.into_inner();
        assert!(shares.len() == 3 && shares.is_sorted() && shares.iter().all(|share| (0.0..1.0).contains(share)));
        // It is told in steps that a bar can show.
        assert!((40..200).contains(&read.records.len()), "{id}: {}", read.records.len());
    }
}
