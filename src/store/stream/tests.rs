//! Reading in pieces gives what reading whole gives, of any text and however it is cut.

use proptest::prelude::*;

use super::super::random::{Dice, dice};
use super::super::read::{checked, read_with};
use super::super::splice::tests::{all_records, random_timeline_of, scrawl};
use super::super::to_ron;
use super::*;
use crate::model::Timeline;

fn sizes(piece: usize, pieces: usize) -> Sizes {
    Sizes { piece, pieces, first_part: 3 }
}

fn whole(text: &str) -> Read {
    Plain::read(text.to_owned(), &Progress::new()).unwrap().finish()
}

/// Reads a text in pieces and compares with reading it whole; whether the pieces were enough.
fn check(text: &str, sizes: Sizes) -> bool {
    let read = match read(text.as_bytes(), &Progress::new(), sizes).unwrap() {
        Streamed::Read(read) => checked(*read),
        Streamed::Doubtful(bytes) => {
            assert_eq!(String::from_utf8(bytes).unwrap(), text, "every byte is handed back");
            return false;
        }
        Streamed::Cancelled => unreachable!("nobody cancelled"),
    };
    let whole = whole(text);
    assert!(read.timeline == whole.timeline, "{text}");
    assert_eq!(read.diagnostics, whole.diagnostics, "{text}");
    assert_eq!(read.text.is_writable(), whole.text.is_writable(), "{text}");
    assert_eq!(read.text.unnamed(), whole.text.unnamed(), "{text}");
    assert_eq!(read.text.text(), text);
    for (subject, _) in all_records(&whole.timeline) {
        for field in [vec![], vec!["date".to_owned()], vec!["citations".to_owned(), "0".to_owned()]] {
            assert_eq!(read.text.locate(&subject, &field), whole.text.locate(&subject, &field), "{subject:?}");
        }
    }
    for field in [vec![], vec!["title".to_owned()], vec!["events".to_owned()], vec!["eras".to_owned()]] {
        let subject = crate::diagnostic::Subject::Timeline;
        assert_eq!(read.text.locate(&subject, &field), whole.text.locate(&subject, &field), "{field:?}");
    }
    true
}

/// Something that may stand between two lines, and looks like what it is not.
const BETWEEN: [&str; 8] = [
    "",
    "\n",
    "// Event(\n",
    "        // Event(title: \"none\", date: \"2024\"),\n",
    "/*\n        Event(title: \"none\", date: \"2024\"),\n        Event( */\n",
    "/* nested /*\n        Event( */\n        Event( */\n",
    "/* not closed\n",
    "        Event(title: \"More\", date: \"2024\"),\n",
];

/// Texts of a note that look like what they are not.
const NOTES: [&str; 5] = [
    "\"plain\"",
    "\"two\n        Event(title: \\\"none\\\", date: \\\"2024\\\"),\n        Event(\"",
    "r#\"raw \"\n        Event( ]),\n        Event(\"#",
    "\"Москва — नमस्ते\"",
    "\"not closed",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_text_in_order_reads_in_pieces_as_it_reads_whole(mut dice in dice(), piece in 1..4_000_usize, batch in 1..5_usize) {
        let text = to_ron(&random_timeline_of(&mut dice, 12));
        let text = if dice.chance(3) { text.replace('\n', "\r\n") } else { text };
        prop_assert!(check(&text, sizes(piece, batch)), "{text}");
    }

    #[test]
    fn any_text_reads_in_pieces_as_it_reads_whole(mut dice in dice(), piece in 1..800_usize, batch in 1..4_usize) {
        let timeline = random_timeline_of(&mut dice, 8);
        let mut text = match dice.roll(4) {
            0 => {
                let without_ids = dice.chance(2);
                scrawl(&timeline, &mut dice, without_ids)
            }
            1 => to_ron(&timeline).replace("\n", " "),
            _ => {
                let canonical = to_ron(&timeline);
                let mut out = String::new();
                for line in canonical.lines() {
                    if dice.chance(15) {
                        out.push_str(dice.pick(&BETWEEN));
                    }
                    let note = dice.pick(&NOTES);
                    match line.strip_prefix("            note: ") {
                        Some(_) => out.push_str(&format!("            note: {note},")),
                        None => out.push_str(line),
                    }
                    out.push('\n');
                }
                out
            }
        };
        for _ in 0..dice.roll(3) {
            let at = text.floor_char_boundary(dice.roll(text.len()));
            match dice.roll(3) {
                0 => text.insert_str(at, dice.pick(&["\"", ")", "(", ",", "]", "/*", "//", "x", "\n", "events: ["])),
                1 if at < text.len() => drop(text.remove(at)),
                _ => text.truncate(at.max(text.ceil_char_boundary(1))),
            }
        }
        check(&text, sizes(piece, batch));
    }

    #[test]
    fn a_reading_that_is_cancelled_leaves_nothing(mut dice in dice(), after in 0..40_usize) {
        struct Cancels<'t> { text: &'t [u8], reads: usize, progress: &'t Progress }
        impl io::Read for Cancels<'_> {
            fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
                if self.reads == 0 {
                    self.progress.cancel();
                }
                self.reads = self.reads.saturating_sub(1);
                let most = out.len().min(200);
                self.text.read(&mut out[..most])
            }
        }
        let text = to_ron(&random_timeline_of(&mut dice, 12));
        let progress = Progress::new();
        let source = Cancels { text: text.as_bytes(), reads: after, progress: &progress };
        let is_read = match read(source, &progress, sizes(300, 2)).unwrap() {
            Streamed::Read(read) => read.timeline == whole(&text).timeline,
            Streamed::Doubtful(_) => false,
            Streamed::Cancelled => progress.is_cancelled(),
        };
        prop_assert!(is_read);
        if progress.is_cancelled() {
            prop_assert!(read_with(text, &progress).is_none());
        }
    }
}

#[test]
fn what_looks_like_an_event_is_none() {
    let note = |note: &str| {
        let event = |n: usize| format!("        Event(title: \"{n}\", date: \"2024\", note: {note}),\n");
        let events: String = (0..20).map(event).collect();
        format!("Timeline(\n    format: 1,\n    title: \"t\",\n    events: [\n{events}    ],\n)\n")
    };
    for text in NOTES.into_iter().take(4) {
        for piece in [1, 50, 100, 150, 1_000] {
            check(&note(text), sizes(piece, 2));
        }
    }
    // An example in a comment before the events is not taken for them.
    let commented = note("\"n\"").replace("    title: \"t\"", "    /*\n    events: [\n        Event(title: \"x\", date: \"2024\"),\n        Event(title: \"y\", date: \"2024\"),\n    ], */\n    title: \"t\"");
    assert!(whole(&commented).text.is_writable());
    assert!(!check(&commented, sizes(100, 2)));
    // Events in a comment on the line of others are not taken for events.
    let some = "Event(title: \"a\", date: \"2021\"), Event(title: \"b\", date: \"2022\"), \
        // Event(title: \"c\", date: \"2023\"), Event(title: \"d\", date: \"2024\"), Event(title: \"e\", date: \"2025\"),\n";
    let line = format!("Timeline(format: 1, title: \"t\", events: [{}])", some.repeat(20));
    assert!(whole(&line).text.is_writable());
    for piece in 1..some.len() * 3 {
        check(&line, sizes(piece, 2));
    }
}

#[test]
fn a_record_at_the_end_of_a_large_text_is_still_told_by_its_line() {
    let event = |n: usize| format!("        Event(id: \"e{n}\", title: \"Event {n}\", date: \"2024\"),\n");
    let events: String = (0..500).map(event).collect();
    let text = format!(
        "Timeline(\n    format: 1,\n    title: \"t\",\n    events: [\n{events}    ],\n    eras: [Era(id: \"a\", title: \"A\", date: \"20x\")],\n)\n"
    );
    assert!(!check(&text, sizes(1_000, 2)));
    let read = whole(&text);
    let span = read.diagnostics[0].span.unwrap();
    assert_eq!((read.diagnostics.len(), read.text.place(span.start).line), (1, 506));
    let twice = text.replace("20x", "2024").replace("\"e499\"", "\"e7\"");
    assert!(!check(&twice, sizes(1_000, 2)), "a shared id is told by reading whole");
    assert!(check(&text.replace("20x", "2024"), sizes(1_000, 2)));
}

#[test]
fn parts_are_shown_while_more_comes_in() {
    let timeline = random_timeline_of(&mut Dice::of(4), 60);
    let text = to_ron(&timeline);
    let parts = Arc::new(Mutex::new(Vec::<Timeline>::new()));
    let seen = Arc::clone(&parts);
    let progress = Progress::showing(move |part| seen.lock().unwrap().push(part));
    progress.expect(text.len() as u64);
    assert!(matches!(read(text.as_bytes(), &progress, sizes(400, 1)).unwrap(), Streamed::Read(_)));
    let parts = parts.lock().unwrap();
    assert!(parts.len() > 1, "{}", parts.len());
    for part in parts.iter() {
        assert!(part.events().iter().eq(timeline.events().iter().take(part.events().len())));
        assert_eq!((part.lanes(), part.header()), (timeline.lanes(), timeline.header()));
    }
    assert_eq!(progress.share(), Some(1.0));
    assert_eq!(progress.events() as usize, timeline.events().len());
}
