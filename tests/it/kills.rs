//! The window killed at random moments, while it starts, changes, journals and saves: the file is the old or the new one, and every
//! change that the journal or a save has taken is there at the next start.
//!
//! The program under test is this test again, in a process of its own ([`live`]): the whole window on a file, which restores what the
//! one before it left, changes titles, undoes and saves, and tells on standard output what it is about to do and what is done.
//! The test kills it, looks at the file, and starts it again on what is left.
//!
//! Some kills are part of every run of the tests. `ANNALIST_KILLS=1000 cargo test --test it kills:: -- --nocapture` makes more and
//! prints the counts; `ANNALIST_SEED` repeats a run, as far as the moments of kills can be repeated.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant, SystemTime};

use annalist::app::{OpenRequest, Pick, Picked, Platform, Settings};
use egui::Key;

use crate::scale::data::Random;
use crate::window::{FILE, Setup, Window};

/// Where this is set, the test is the program that is killed, on the file in that folder.
const FOLDER: &str = "ANNALIST_TEST_LIVES_IN";

/// The seed of what the program does.
const SEED: &str = "ANNALIST_SEED";

/// How many kills there are.
const COUNT: &str = "ANNALIST_KILLS";

/// Kills in a run of all tests.
const FEW: u64 = 16;

const EVENTS: usize = 3;

/// The file while its events have these titles.
fn text_of(titles: &[String]) -> String {
    let dates = ["2024-06-19", "2024-10-24", "2024-12-04"];
    let events: Vec<String> = titles
        .iter()
        .zip(dates)
        .map(|(title, date)| format!("    Event(id: \"{date}\",  title: \"{title}\", date: \"{date}\"), // {date}\n"))
        .collect();
    format!("// Kept by hand.\nTimeline(format: 1, title: \"T\",\n  events: [\n{}  ])\n", events.concat())
}

fn first_titles() -> Vec<String> {
    (0..EVENTS).map(|at| format!("E{at} v0")).collect()
}

/// The machine that the killed program runs on: its clock goes, and what outlives it is in a folder.
struct Machine(PathBuf);

impl Platform for Machine {
    fn now(&self) -> annalist::time::Instant {
        let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
        annalist::time::Instant::from_micros(i64::try_from(since_1970.as_micros()).unwrap())
    }

    fn state_folder(&self) -> Option<PathBuf> {
        Some(self.0.clone())
    }

    fn pick(&self, _: &Pick) -> Picked {
        Picked::Cancelled
    }
}

/// Says on a line what is done or to come, with the titles of the events then.
fn say(what: &str, titles: &[impl AsRef<str>]) {
    let titles: Vec<&str> = titles.iter().map(AsRef::as_ref).collect();
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{what}\t{}", titles.join("|")).unwrap();
    out.flush().unwrap();
}

/// What stands in whole entries of the journals in a folder.
fn journalled(folder: &Path) -> String {
    let mut entries = String::new();
    for entry in fs::read_dir(folder.join("state/journals")).into_iter().flatten().flatten() {
        let text = fs::read_to_string(entry.path()).unwrap_or_default();
        let mut rest = text.as_str();
        while let Some((head, body)) = rest.split_once('\n')
            && let Some(length) = head.get(1..9).and_then(|digits| usize::from_str_radix(digits, 16).ok())
            && let Some((payload, behind)) = body.split_at_checked(length)
        {
            entries.push_str(payload);
            rest = behind.strip_prefix('\n').unwrap_or_default();
        }
    }
    entries
}

fn temporary_files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with(".annalist-")).collect()
}

/// Puts back what an earlier run left, if anything, whatever is asked on the way.
fn restore(window: &mut Window) {
    while window.has("Restore") {
        window.click("Restore");
        if window.has("Save changes") {
            // Killed between the new journal and the end of the old one, a run leaves both.
            say("also", &window.titles());
            window.click("Save changes");
        }
    }
}

/// The program under test: it never ends by itself.
fn live(folder: &Path, seed: u64) {
    let mut random = Random::of(seed, 0);
    let setup = Setup {
        settings: Settings { reduce_motion: true, ..Settings::default() },
        folder: Some(tempfile::tempdir_in(folder.join("own")).unwrap()),
        platform: Some(Arc::new(Machine(folder.join("state")))),
        ..Setup::default()
    };
    let mut window = setup.open(OpenRequest::File(folder.join(FILE)));
    say("opened", &window.titles());
    restore(&mut window);
    say("restored", &window.titles());
    // The states that undo leads back to, as far as this run made them.
    let mut past: Vec<Vec<String>> = Vec::new();
    for round in seed.. {
        let before: Vec<String> = window.titles().into_iter().map(str::to_owned).collect();
        // What was typed when the program was killed comes back too, and is a change once something else is selected.
        let at = random.below(EVENTS as u64) as usize;
        window.select(&format!("E{at} "));
        let mut titles: Vec<String> = window.titles().into_iter().map(str::to_owned).collect();
        say("stands", &titles);
        if titles != before {
            past.push(before);
        }
        if let Some(back) = past.pop_if(|_| random.one_in(5)) {
            say("doing", &back);
            window.ctrl(Key::Z);
            assert_eq!(window.titles(), back);
            say("done", &back);
        } else {
            past.push(titles.clone());
            titles[at] = format!("E{at} v{round}");
            say("doing", &titles);
            window.fill("Title", &titles[at]);
            window.key(Key::Enter);
            assert_eq!(window.titles(), titles);
            say("done", &titles);
            if random.one_in(2) {
                let entry = format!("\"{}\"", titles[at]);
                window.wait_until("the journal has it", |_| journalled(folder).contains(&entry));
                say("kept", &titles);
            }
        }
        if random.one_in(3) {
            say("saving", &window.titles());
            let before = fs::read_to_string(folder.join(FILE)).unwrap();
            window.ctrl(Key::S);
            assert!(!window.app().session().is_unsaved(), "{:?}", window.notices());
            say("saved", &window.titles());
            // A save sweeps where it writes: not where the file holds the timeline already.
            if fs::read_to_string(folder.join(FILE)).unwrap() != before {
                assert_eq!(temporary_files(folder), Vec::<String>::new());
            }
        }
    }
}

/// What is known of a run of the program and of the one before it.
#[derive(Debug)]
struct Known {
    /// The states of the timeline in the order in which they came to be or were about to.
    states: Vec<String>,
    /// The last of them that must come back.
    kept: usize,
    /// What the file may hold: the state saved last, and those whose save has begun since.
    on_disk: Vec<String>,
    /// Whether a save has begun that has not been acknowledged.
    is_saving: bool,
}

impl Known {
    /// Takes up a line that the program said; its kind.
    fn hear<'l>(&mut self, line: &'l str) -> Option<&'l str> {
        let (what, titles) = line.split_once('\t')?;
        let last = self.states.len() - 1;
        match what {
            "opened" => assert!(self.on_disk.iter().any(|state| state == titles), "opened {titles}: {self:?}"),
            "restored" => {
                let is_there = self.states[self.kept..].iter().any(|state| state == titles);
                assert!(is_there, "restored {titles}, but this was acknowledged: {self:?}");
                (self.states, self.kept) = (vec![titles.to_owned()], 0);
            }
            "also" => self.on_disk.push(titles.to_owned()),
            "stands" | "doing" => self.states.push(titles.to_owned()),
            "done" => assert_eq!(self.states[last], titles),
            "kept" => self.kept = last,
            "saving" => {
                self.on_disk.push(titles.to_owned());
                self.is_saving = true;
            }
            "saved" => {
                (self.on_disk, self.kept, self.is_saving) = (vec![titles.to_owned()], last, false);
            }
            _ => return None,
        }
        Some(what)
    }
}

fn start(folder: &Path, seed: u64) -> (Child, Receiver<String>) {
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", "kills::a_window_that_is_killed_at_any_moment_loses_nothing_acknowledged", "--nocapture"]);
    program.env(FOLDER, folder).env(SEED, seed.to_string()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    let (sender, lines) = channel();
    std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    (child, lines)
}

/// Lets the program run until it has said this so many times, and then for a share of what it needed last for that; kills it.
/// Where nothing is named, it is killed within the time of a start.
fn run_and_kill(
    folder: &Path,
    seed: u64,
    known: &mut Known,
    random: &mut Random,
    times: &mut BTreeMap<&'static str, Duration>,
) {
    let (mut child, lines) = start(folder, seed);
    // What is killed in the middle, how long that lasts, and what ends it.
    let (from, to) =
        [("saving", "saved"), ("doing", "done"), ("", "restored")][[0, 0, 0, 1, 1, 2][random.below(6) as usize]];
    let mut count = if from.is_empty() { 0 } else { 1 + random.below(3) };
    let (begun, mut since) = (Instant::now(), Instant::now());
    while count > 0 {
        let line = lines.recv_timeout(Duration::from_secs(60));
        let Ok(line) = line else {
            let _ = child.kill();
            let output = child.wait_with_output().unwrap();
            panic!("seed {seed}: the program ended by itself: {}", String::from_utf8_lossy(&output.stderr));
        };
        let heard = known.hear(&line);
        if heard == Some(from) {
            (count, since) = (count - 1, Instant::now());
        } else if heard == Some(to) {
            times.insert(to, since.elapsed());
        } else if heard == Some("restored") {
            times.insert("restored", begun.elapsed());
        }
    }
    let usual = times.get(to).copied().unwrap_or(Duration::from_millis(20));
    std::thread::sleep(usual.mul_f64(random.share() * 1.2));
    child.kill().unwrap();
    lines.iter().for_each(|line| {
        known.hear(&line);
    });
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked"), "seed {seed}: {said}");
}

#[test]
fn a_window_that_is_killed_at_any_moment_loses_nothing_acknowledged() {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seed = number(SEED).unwrap_or_else(|| {
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(1, |now| now.subsec_nanos().into())
    });
    if let Some(folder) = std::env::var_os(FOLDER) {
        return live(Path::new(&folder), seed);
    }
    let kills = number(COUNT).unwrap_or(FEW);
    let begun = Instant::now();
    println!("{kills} kills, seed {seed}");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    fs::create_dir(folder.path().join("own")).unwrap();
    fs::write(&file, text_of(&first_titles())).unwrap();
    let first = first_titles().join("|");
    let mut known = Known { states: vec![first.clone()], kept: 0, on_disk: vec![first], is_saving: false };
    let (mut random, mut times) = (Random::of(seed, 1), BTreeMap::new());
    let (mut saving, mut left, mut new, mut journals) = (0, 0, 0, 0);
    for kill in 0..kills {
        known.is_saving = false;
        run_and_kill(folder.path(), kill * 1_000 + 1, &mut known, &mut random, &mut times);
        let text = fs::read_to_string(&file).unwrap();
        let found = known
            .on_disk
            .iter()
            .position(|state| text_of(&state.split('|').map(str::to_owned).collect::<Vec<_>>()) == text);
        let found = found.unwrap_or_else(|| panic!("kill {kill}, seed {seed}: neither old nor new: {text}\n{known:?}"));
        saving += u64::from(known.is_saving);
        left += u64::from(!temporary_files(folder.path()).is_empty());
        new += u64::from(known.is_saving && found > 0);
        journals +=
            u64::from(fs::read_dir(folder.path().join("state/journals")).is_ok_and(|mut all| all.next().is_some()));
        known.on_disk = vec![known.on_disk.swap_remove(found)];
    }
    // The next that ends as it should leaves nothing.
    let setup = Setup { platform: Some(Arc::new(Machine(folder.path().join("state")))), ..Setup::default() };
    let mut window = setup.open(OpenRequest::File(file));
    restore(&mut window);
    let titles = window.titles().join("|");
    assert!(known.states[known.kept..].contains(&titles), "seed {seed}: {titles}: {known:?}");
    window.select("E0 ");
    window.fill("Title", "E0 last");
    window.key(Key::Enter);
    window.ctrl(Key::S);
    window.ask_to_close();
    drop(window.crash());
    assert_eq!(temporary_files(folder.path()), Vec::<String>::new());
    assert_eq!(fs::read_dir(folder.path().join("state/journals")).unwrap().count(), 0);
    println!(
        "{kills} kills in {:.0?}: {saving} while a save ran ({left} left a temporary file, {new} had the new file in place), {journals} left a journal",
        begun.elapsed()
    );
}
