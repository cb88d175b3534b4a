//! Every kind of problem that the model reports: a small timeline that has it and one that nearly does; and the page that
//! explains them.

use std::collections::BTreeSet;

use annalist::diagnostic::{Diagnostic, Severity};
use annalist::edit::{apply, fixes};
use annalist::model::{CHECKS, Level, check};
use annalist::store;

/// A kind of problem with timelines that have it (the field it stands at comes first) and timelines that do not.
struct Case {
    code: &'static str,
    raises: &'static [(&'static str, &'static str)],
    passes: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        code: "unsourced",
        raises: &[
            ("", r#"events: [Event(title: "E", date: "2024")]"#),
            (
                "citations",
                r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "s", stance: Mentions)])]"#,
            ),
        ],
        passes: &[
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "s")])]"#,
        ],
    },
    Case {
        code: "single-origin",
        raises: &[(
            "citations",
            r#"sources: [Source(id: "wire", title: "W"), Source(id: "paper", title: "P", origin: "wire")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "wire"), Citation(source: "paper")])]"#,
        )],
        passes: &[
            r#"sources: [Source(id: "wire", title: "W"), Source(id: "paper", title: "P")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "wire"), Citation(source: "paper")])]"#,
            r#"sources: [Source(id: "wire", title: "W")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "wire")])]"#,
        ],
    },
    Case {
        code: "circular-origin",
        raises: &[
            (
                "origin",
                r#"sources: [Source(id: "a", title: "A", origin: "b"), Source(id: "b", title: "B", origin: "a")]"#,
            ),
            ("origin", r#"sources: [Source(id: "a", title: "A", origin: "a")]"#),
        ],
        passes: &[
            r#"sources: [Source(id: "a", title: "A", origin: "b"), Source(id: "b", title: "B", origin: "c"), Source(id: "c", title: "C")]"#,
        ],
    },
    Case {
        code: "ungraded",
        raises: &[
            (
                "citations.1",
                r#"sources: [Source(id: "s", title: "S", reliability: B), Source(id: "t", title: "T")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "s", credibility: 2), Citation(source: "t", credibility: 2)])]"#,
            ),
            (
                "citations.0",
                r#"sources: [Source(id: "s", title: "S", reliability: B)], events: [Event(title: "E", date: "2024", citations: [Citation(source: "s")])]"#,
            ),
        ],
        passes: &[
            r#"sources: [Source(id: "s", title: "S", reliability: F)], events: [Event(title: "E", date: "2024", citations: [Citation(source: "s", credibility: 6)])]"#,
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "s", credibility: 6, reliability: C), Citation(source: "s", stance: Mentions)])]"#,
        ],
    },
    Case {
        code: "denied-but-confirmed",
        raises: &[(
            "standing",
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024", standing: Confirmed, citations: [Citation(source: "s", stance: Denies)])]"#,
        )],
        passes: &[
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024", standing: Confirmed, citations: [Citation(source: "s", stance: Denies, credibility: 5)])]"#,
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024", standing: Disputed, citations: [Citation(source: "s", stance: Denies)])]"#,
        ],
    },
    Case {
        code: "denial-unsourced",
        raises: &[(
            "standing",
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024", standing: Denied, citations: [Citation(source: "s")])]"#,
        )],
        passes: &[
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024", standing: Denied, citations: [Citation(source: "s", stance: Denies)])]"#,
        ],
    },
    Case {
        code: "unknown-source",
        raises: &[
            ("citations.0.source", r#"events: [Event(title: "E", date: "2024", citations: [Citation(source: "s")])]"#),
            ("origin", r#"sources: [Source(id: "s", title: "S", origin: "t")]"#),
        ],
        passes: &[
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "s")])]"#,
        ],
    },
    Case {
        code: "unused-source",
        raises: &[
            ("", r#"sources: [Source(id: "s", title: "S")]"#),
            ("", r#"sources: [Source(id: "s", title: "S", origin: "s")]"#),
        ],
        passes: &[
            r#"sources: [Source(id: "s", title: "S", origin: "t"), Source(id: "t", title: "T")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "s", stance: Mentions)])]"#,
        ],
    },
    Case {
        code: "duplicate-source",
        raises: &[
            (
                "url",
                r#"sources: [Source(id: "a", title: "A", url: "https://example.org/1"), Source(id: "b", title: "B", url: "http://www.example.org/1/?utm_source=x")]"#,
            ),
            (
                "title",
                r#"sources: [Source(id: "a", title: "The vote", published: "2024-10-24", publisher: "P"), Source(id: "b", title: "the  Vote", published: "2024-10-24")]"#,
            ),
        ],
        passes: &[
            r#"sources: [Source(id: "a", title: "A", url: "https://example.org/1"), Source(id: "b", title: "A", url: "https://example.org/2")]"#,
            r#"sources: [Source(id: "a", title: "[Report]", published: "2024-10-24", publisher: "P"), Source(id: "b", title: "[Report]", published: "2024-10-24", publisher: "Q")]"#,
            r#"sources: [Source(id: "a", title: "A", published: "2024-10-24"), Source(id: "b", title: "A", published: "2024-10-25")]"#,
        ],
    },
    Case {
        code: "date-finer-than-source",
        raises: &[
            (
                "date",
                r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", date: "[2024-10-21..2024-10-31]")])]"#,
            ),
            (
                "date",
                r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-06-19/..", citations: [Citation(source: "s", date: "2024-06")])]"#,
            ),
            (
                "date",
                r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24T10:23:00Z", citations: [Citation(source: "s", date: "2024-10-24"), Citation(source: "s", date: "2024-10")])]"#,
            ),
            (
                "date",
                r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10", citations: [Citation(source: "s", date: "[2024-09..]")])]"#,
            ),
        ],
        passes: &[
            // The month is what two sources leave together.
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10", citations: [Citation(source: "s", date: "[2024-10..]"), Citation(source: "s", date: "[..2024-10]")])]"#,
            // A citation without a date gives the event's.
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", date: "2024-10"), Citation(source: "s")])]"#,
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", date: "2024-10"), Citation(source: "s", stance: Mentions, date: "2024-10-24")])]"#,
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24~", citations: [Citation(source: "s", date: "2024-10")])]"#,
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10", citations: [Citation(source: "s", date: "2024-10-24")])]"#,
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", date: "2024-06/2024-12")])]"#,
        ],
    },
    Case {
        code: "date-outside-sources",
        raises: &[
            (
                "date",
                r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", date: "2024-11"), Citation(source: "s", date: "2024-10-25")])]"#,
            ),
            (
                "date",
                r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "-0043", citations: [Citation(source: "s", date: "-0042")])]"#,
            ),
        ],
        passes: &[
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", date: "2024-11"), Citation(source: "s", date: "2024-10")])]"#,
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", date: "2024-11~")])]"#,
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", date: "2024-11"), Citation(source: "s")])]"#,
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", stance: Disputes, date: "2024-11")])]"#,
            // The evening of one day is the morning of the next elsewhere.
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24T23:30:00Z", citations: [Citation(source: "s", date: "2024-10-25")])]"#,
        ],
    },
    Case {
        code: "conflicting-dates",
        raises: &[
            (
                "citations.1.date",
                r#"sources: [Source(id: "s", title: "S"), Source(id: "t", title: "T")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", date: "2024-10"), Citation(source: "t", date: "2024-11")])]"#,
            ),
            (
                "citations.0.date",
                r#"sources: [Source(id: "s", title: "S"), Source(id: "t", title: "T")], events: [Event(title: "E", date: "2024-11-02", citations: [Citation(source: "s", date: "2024-10"), Citation(source: "t")])]"#,
            ),
            (
                "citations.2.date",
                r#"sources: [Source(id: "s", title: "S"), Source(id: "t", title: "T", origin: "s"), Source(id: "u", title: "U")], events: [Event(title: "E", date: "2024-10", citations: [Citation(source: "s", date: "2024-10-02"), Citation(source: "t", date: "2024-10-30"), Citation(source: "u", date: "2024-10-10")])]"#,
            ),
        ],
        passes: &[
            r#"sources: [Source(id: "s", title: "S"), Source(id: "t", title: "T", origin: "s")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "s", date: "2024-10"), Citation(source: "t", date: "2024-11")])]"#,
            r#"sources: [Source(id: "s", title: "S"), Source(id: "t", title: "T")], events: [Event(title: "E", date: "2024", standing: Disputed, citations: [Citation(source: "s", date: "2024-10"), Citation(source: "t", date: "2024-11")])]"#,
            r#"sources: [Source(id: "s", title: "S"), Source(id: "t", title: "T")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "s", date: "2024-10"), Citation(source: "t", stance: Disputes, date: "2024-11")])]"#,
            r#"sources: [Source(id: "s", title: "S"), Source(id: "t", title: "T")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "s", date: "2024-10?"), Citation(source: "t", date: "2024-11")])]"#,
            // One dates the beginning, the other the end.
            r#"sources: [Source(id: "s", title: "S"), Source(id: "t", title: "T")], events: [Event(title: "War", date: "1914/1918", citations: [Citation(source: "s", date: "1914"), Citation(source: "t", date: "1918")])]"#,
            r#"sources: [Source(id: "s", title: "S"), Source(id: "t", title: "T")], events: [Event(title: "Tests", date: "{2006,2009}", citations: [Citation(source: "s", date: "2006"), Citation(source: "t", date: "2009")])]"#,
        ],
    },
    Case {
        code: "published-before-event",
        raises: &[(
            "citations.0.source",
            r#"sources: [Source(id: "s", title: "S", published: "2024-10-22")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s")])]"#,
        )],
        passes: &[
            // The news is out on the 23rd where the event is of the 24th.
            r#"sources: [Source(id: "s", title: "S", published: "2024-10-23")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s")])]"#,
            r#"sources: [Source(id: "s", title: "S", published: "2024-10")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s")])]"#,
            r#"sources: [Source(id: "s", title: "S", published: "2024-06~")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s")])]"#,
            r#"sources: [Source(id: "s", title: "S", published: "2023")], events: [Event(title: "E", date: "2024-10-24", standing: Expected, citations: [Citation(source: "s")])]"#,
            r#"sources: [Source(id: "s", title: "S", published: "2023")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", stance: Mentions)])]"#,
        ],
    },
    Case {
        code: "beyond-axis",
        raises: &[("date", r#"events: [Event(title: "E", date: "Y-17E7")]"#)],
        passes: &[r#"events: [Event(title: "E", date: "Y-17000")]"#],
    },
    Case {
        code: "empty-title",
        raises: &[("title", r#"events: [Event(id: "e", title: " ", date: "2024")]"#)],
        passes: &[r#"events: [Event(title: "E", date: "2024")]"#],
    },
    Case {
        code: "weight-out-of-range",
        raises: &[("weight", r#"events: [Event(title: "E", date: "2024", weight: 6)]"#)],
        passes: &[r#"events: [Event(title: "E", date: "2024", weight: 5)]"#],
    },
    Case {
        code: "duplicate-event",
        raises: &[
            (
                "title",
                r#"events: [Event(id: "a", title: "The vote", date: "2024"), Event(id: "b", title: "The vote", date: "2024"), Event(id: "c", title: "C", date: "2024", links: [Link(to: "b", relation: PartOf)])]"#,
            ),
            (
                "title",
                r#"events: [Event(id: "a", title: "The Vote", date: "2024"), Event(id: "b", title: "the  vote", date: "2024")]"#,
            ),
            (
                "title",
                r#"events: [Event(id: "a", title: "Strike", date: "2024", note: "At noon", place: "Kyiv", tags: ["x", "y"]), Event(id: "b", title: "Strike", date: "2024", place: "kyiv", note: "At  noon", tags: ["y", "x"], weight: 5, recorded: "2024-12-01")]"#,
            ),
            (
                "title",
                "events: [Event(id: \"a\", title: \"Caf\u{e9}\", date: \"2024\", note: \"\u{cb}\"), Event(id: \"b\", title: \"Cafe\u{301}\", date: \"2024\", note: \"e\u{308}\")]",
            ),
            (
                "title",
                r#"sources: [Source(id: "s", title: "S"), Source(id: "z", title: "Z")], events: [Event(id: "a", title: "E", date: "2024", citations: [Citation(source: "s", quote: "Yes"), Citation(source: "z")]), Event(id: "b", title: "E", date: "2024", citations: [Citation(source: "z"), Citation(source: "s", quote: "Yes")])]"#,
            ),
        ],
        passes: &[
            r#"events: [Event(id: "a", title: "The vote", date: "2024"), Event(id: "b", title: "The vote", date: "2024-10")]"#,
            r#"events: [Event(id: "a", title: "Login", date: "2024-10-24T10:00:00Z", wording: "10:00:00.125"), Event(id: "b", title: "Login", date: "2024-10-24T10:00:00Z", wording: "10:00:00.250")]"#,
            r#"events: [Event(id: "a", title: "Login", date: "2024", note: "root from 10.0.0.1"), Event(id: "b", title: "Login", date: "2024", note: "root from 10.0.0.2")]"#,
            r#"events: [Event(id: "a", title: "Login", date: "2024", note: "root from 10.0.0.1"), Event(id: "b", title: "Login", date: "2024")]"#,
            r#"events: [Event(id: "a", title: "Login", date: "2024"), Event(id: "b", title: "Login", date: "2024", tags: ["ssh"])]"#,
            r#"events: [Event(id: "a", title: "Login", date: "2024"), Event(id: "b", title: "Login", date: "2024", standing: Confirmed)]"#,
            r#"events: [Event(id: "a", title: "Login", date: "2024", place: "Kyiv"), Event(id: "b", title: "Login", date: "2024")]"#,
            r#"events: [Event(id: "a", title: "Login", date: "2024"), Event(id: "b", title: "Login", date: "2024", actors: ["A"])]"#,
            r#"lanes: [Lane(id: "x", title: "X")], events: [Event(id: "a", title: "Login", date: "2024"), Event(id: "b", title: "Login", date: "2024", lane: "x")]"#,
            r#"sources: [Source(id: "log", title: "Log")], events: [Event(id: "a", title: "Login", date: "2024"), Event(id: "b", title: "Login", date: "2024", citations: [Citation(source: "log")])]"#,
            r#"events: [Event(id: "a", title: "Login", date: "2024", tags: ["ssh"]), Event(id: "b", title: "Login", date: "2024", tags: ["console"])]"#,
            r#"events: [Event(id: "a", title: "Strike", date: "2024", place: "Kyiv"), Event(id: "b", title: "Strike", date: "2024", place: "Lviv")]"#,
            r#"events: [Event(id: "a", title: "Strike", date: "2024", actors: ["A"]), Event(id: "b", title: "Strike", date: "2024", actors: ["A", "B"])]"#,
            r#"lanes: [Lane(id: "x", title: "X"), Lane(id: "y", title: "Y")], events: [Event(id: "a", title: "Strike", date: "2024", lane: "x"), Event(id: "b", title: "Strike", date: "2024", lane: "y")]"#,
            r#"events: [Event(id: "a", title: "Strike", date: "2024", standing: Confirmed), Event(id: "b", title: "Strike", date: "2024", standing: Denied)]"#,
            r#"sources: [Source(id: "log", title: "Log")], events: [Event(id: "a", title: "Login", date: "2024", citations: [Citation(source: "log", locator: "line 1")]), Event(id: "b", title: "Login", date: "2024", citations: [Citation(source: "log", locator: "line 2")])]"#,
            r#"events: [Event(id: "a", title: "Second reading", date: "2024"), Event(id: "b", title: "Second reading", date: "2024", links: [Link(to: "a", relation: Contradicts)])]"#,
        ],
    },
    Case {
        code: "dangling-link",
        raises: &[(
            "links.0.to",
            r#"events: [Event(title: "E", date: "2024", links: [Link(to: "nobody", relation: PartOf)])]"#,
        )],
        passes: &[
            r#"events: [Event(id: "a", title: "A", date: "2024", links: [Link(to: "b", relation: PartOf)]), Event(id: "b", title: "B", date: "2024")]"#,
        ],
    },
    Case {
        code: "link-cycle",
        raises: &[(
            "links.0.to",
            r#"events: [Event(id: "a", title: "A", date: "2024", links: [Link(to: "b", relation: Causes)]), Event(id: "b", title: "B", date: "2024", links: [Link(to: "a", relation: Precedes)])]"#,
        )],
        passes: &[
            r#"events: [Event(id: "a", title: "A", date: "2024", links: [Link(to: "b", relation: Causes)]), Event(id: "b", title: "B", date: "2024", links: [Link(to: "a", relation: Implements)])]"#,
            r#"events: [Event(id: "a", title: "A", date: "2024", links: [Link(to: "b", relation: Causes), Link(to: "c", relation: Causes)]), Event(id: "b", title: "B", date: "2024", links: [Link(to: "c", relation: Causes)]), Event(id: "c", title: "C", date: "2024")]"#,
        ],
    },
    Case {
        code: "link-against-time",
        raises: &[
            (
                "links.0.to",
                r#"events: [Event(id: "a", title: "A", date: "2024-06", links: [Link(to: "b", relation: Causes)]), Event(id: "b", title: "B", date: "2024-04")]"#,
            ),
            (
                "links.0.to",
                r#"events: [Event(id: "a", title: "A", date: "2024-10-24T10:00:01Z", links: [Link(to: "b", relation: Precedes)]), Event(id: "b", title: "B", date: "2024-10-24T10:00:00Z")]"#,
            ),
        ],
        passes: &[
            r#"events: [Event(id: "a", title: "A", date: "2024-06", links: [Link(to: "b", relation: Causes)]), Event(id: "b", title: "B", date: "2024-06-01")]"#,
            r#"events: [Event(id: "a", title: "A", date: "2024-06", links: [Link(to: "b", relation: Causes)]), Event(id: "b", title: "B", date: "2024-04~")]"#,
            r#"events: [Event(id: "a", title: "A", date: "2024-06", links: [Link(to: "b", relation: Supersedes)]), Event(id: "b", title: "B", date: "2024-04")]"#,
        ],
    },
    Case {
        code: "unknown-lane",
        raises: &[("lane", r#"events: [Event(title: "E", date: "2024", lane: "l")]"#)],
        passes: &[r#"lanes: [Lane(id: "l", title: "L")], events: [Event(title: "E", date: "2024", lane: "l")]"#],
    },
    Case {
        code: "capture-outside",
        raises: &[
            (
                "captures.0.file",
                r#"sources: [Source(id: "s", title: "S", captures: [Capture(file: "../x", hash: Hash(algorithm: Sha256, value: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))])]"#,
            ),
            (
                "captures.0.file",
                r#"sources: [Source(id: "s", title: "S", captures: [Capture(file: "/etc/hosts", hash: Hash(algorithm: Sha256, value: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))])]"#,
            ),
            (
                "captures.0.file",
                r#"sources: [Source(id: "s", title: "S", captures: [Capture(file: "a\\..\\b", hash: Hash(algorithm: Sha256, value: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))])]"#,
            ),
        ],
        passes: &[
            r#"sources: [Source(id: "s", title: "S", captures: [Capture(file: "t.captures/x..y", hash: Hash(algorithm: Sha256, value: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))])]"#,
        ],
    },
    Case {
        code: "unknown-capture",
        raises: &[(
            "captures.0.alters",
            r#"sources: [Source(id: "s", title: "S", captures: [Capture(file: "x", alters: "y", hash: Hash(algorithm: Sha256, value: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))])]"#,
        )],
        passes: &[
            r#"sources: [Source(id: "s", title: "S", captures: [Capture(file: "x", hash: Hash(algorithm: Sha256, value: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")), Capture(file: "y", alters: "x", hash: Hash(algorithm: Sha256, value: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))])]"#,
        ],
    },
    Case {
        code: "bad-hash",
        raises: &[(
            "captures.0.hash.value",
            r#"sources: [Source(id: "s", title: "S", captures: [Capture(file: "x", hash: Hash(algorithm: Sha256, value: "e3b0"))])]"#,
        )],
        passes: &[
            r#"sources: [Source(id: "s", title: "S", captures: [Capture(file: "x", hash: Hash(algorithm: Sha256, value: "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"))])]"#,
        ],
    },
    Case {
        code: "unknown-zone",
        raises: &[("zone", r#"zone: "Europe/Moskow""#)],
        passes: &[r#"zone: "Europe/Moscow""#],
    },
    Case {
        code: "check-without-effect",
        raises: &[
            ("checks.0.code", r#"checks: [CheckSetting(code: "ungradet", level: Off)]"#),
            ("checks.0.code", r#"checks: [CheckSetting(code: "syntax", level: Off)]"#),
            (
                "checks.0.code",
                r#"checks: [CheckSetting(code: "ungraded", level: Off), CheckSetting(code: "ungraded", level: Error)]"#,
            ),
        ],
        passes: &[
            r#"checks: [CheckSetting(code: "ungraded", level: Off), CheckSetting(code: "unsourced", level: Error)]"#,
        ],
    },
    Case {
        code: "bad-color",
        raises: &[
            ("color", r#"lanes: [Lane(id: "l", title: "L", color: "red")]"#),
            ("color", r##"eras: [Era(id: "e", title: "E", date: "2024", color: "#12345")]"##),
        ],
        passes: &[r##"lanes: [Lane(id: "l", title: "L", color: "#3D6fb6")]"##],
    },
    Case {
        code: "window-not-an-interval",
        raises: &[("window", r#"views: [View(id: "v", title: "V", window: "2024")]"#)],
        passes: &[r#"views: [View(id: "v", title: "V", window: "2024/2025")]"#],
    },
    Case {
        code: "unknown-theme",
        raises: &[("theme", r#"views: [View(id: "v", title: "V", window: "2024/2025", theme: "drak")]"#)],
        passes: &[r#"views: [View(id: "v", title: "V", window: "2024/2025", theme: "dark")]"#],
    },
];

/// Kinds that the text, the files beside it or the command line report; their cases stand with those.
const ELSEWHERE: &[&str] = &[
    "capture-missing",
    "capture-changed",
    "capture-unreadable",
    "unknown-format",
    "syntax",
    "wrong-name",
    "wrong-type",
    "unknown-field",
    "missing-field",
    "duplicate-field",
    "unknown-value",
    "credibility-out-of-range",
    "bad-date",
    "duplicate-id",
    "empty-id",
    "not-formatted",
    "unreadable",
];

fn problems(fields: &str) -> (String, Vec<Diagnostic>) {
    let text = format!("Timeline(format: 1, title: \"t\", {fields})");
    let read = store::read(text.clone());
    assert!(read.text.is_writable(), "{text}: {:#?}", read.diagnostics);
    (text, read.diagnostics)
}

#[test]
fn every_kind_of_problem_is_raised_where_it_is_and_nowhere_else() {
    for case in CASES {
        for (field, fields) in case.raises {
            let (text, problems) = problems(fields);
            let found: Vec<&Diagnostic> = problems.iter().filter(|problem| problem.code == case.code).collect();
            let [problem] = found.as_slice() else { unreachable!("{}: {fields}: {problems:#?}", case.code) };
            assert_eq!(problem.field.join("."), *field, "{}: {fields}", case.code);
            assert!(problem.hint.is_some(), "{}", case.code);
            assert!(
                !problem.message.ends_with('.') && !problem.message.starts_with(char::is_uppercase),
                "{}",
                problem.message
            );
            let level = CHECKS.iter().find(|kind| kind.code == case.code).unwrap().level;
            assert_eq!(Some(problem.severity), level.severity(), "{}", case.code);
            let span = problem.span.unwrap_or_else(|| unreachable!("{} has no place: {fields}", case.code));
            assert!(span.end <= text.len() && span.start < span.end, "{}", case.code);
        }
        for fields in case.passes {
            let (_, problems) = problems(fields);
            let found: Vec<&Diagnostic> = problems.iter().filter(|problem| problem.code == case.code).collect();
            assert!(found.is_empty(), "{}: {fields}: {found:#?}", case.code);
        }
    }
}

/// The same problem among others, wherever its list has moved it.
fn same_problem<'p>(problems: &'p [Diagnostic], problem: &Diagnostic) -> Option<&'p Diagnostic> {
    problems.iter().find(|other| {
        (other.code, &other.subject, &other.message) == (problem.code, &problem.subject, &problem.message)
    })
}

#[test]
fn every_fix_ends_its_problem_and_makes_no_error() {
    for case in CASES {
        let mut fixable = false;
        for (_, fields) in case.raises {
            let timeline = store::read(format!("Timeline(format: 1, title: \"t\", {fields})")).timeline;
            let before = check(&timeline);
            for problem in before.iter().filter(|problem| problem.code == case.code) {
                for fix in fixes(&timeline, problem) {
                    fixable = true;
                    let mut mended = timeline.clone();
                    let inverse = apply(&mut mended, &fix.edit).unwrap_or_else(|e| unreachable!("{}: {e}", fix.label));
                    let after = check(&mended);
                    assert_eq!(same_problem(&after, problem), None, "{}: {fields}", fix.label);
                    let errors =
                        |problems: &[Diagnostic]| problems.iter().filter(|p| p.severity == Severity::Error).count();
                    assert!(errors(&after) <= errors(&before), "{}: {fields}: {after:#?}", fix.label);
                    assert!(!fix.label.ends_with('.') && fix.label.starts_with(char::is_uppercase), "{}", fix.label);
                    apply(&mut mended, &inverse).unwrap();
                    assert_eq!(mended, timeline, "{}", fix.label);
                }
            }
        }
        let kind = CHECKS.iter().find(|kind| kind.code == case.code).unwrap();
        assert_eq!(fixable, kind.fixable, "{}", case.code);
    }
}

#[test]
fn the_first_fix_is_the_likeliest() {
    let cases = [
        (
            r#"sources: [Source(id: "gazette", title: "The gazette")], events: [Event(title: "E", date: "2024", citations: [Citation(source: "gazete")])]"#,
            "unknown-source",
            "Cite “The gazette” instead",
        ),
        (
            r#"lanes: [Lane(id: "votes", title: "Votes")], events: [Event(title: "E", date: "2024", lane: "vote")]"#,
            "unknown-lane",
            "Put it in “Votes”",
        ),
        (
            r#"events: [Event(id: "signing", title: "Signing", date: "2024", links: [Link(to: "signin", relation: PartOf)]), Event(id: "sinning", title: "Sinning", date: "2024")]"#,
            "dangling-link",
            "Link to “Sinning” instead",
        ),
        (
            r#"sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024-10-24", citations: [Citation(source: "s", date: "2024"), Citation(source: "s", date: "2024-10")])]"#,
            "date-finer-than-source",
            "Take “2024-10”, the date of “S”",
        ),
        (
            r#"sources: [Source(id: "a", title: "A", url: "https://a.example"), Source(id: "b", title: "B", url: "https://a.example/")]"#,
            "duplicate-source",
            "Merge it into “A” (“a”)",
        ),
        (
            r#"events: [Event(id: "a", title: "A", date: "2024-06", links: [Link(to: "b", relation: Causes)]), Event(id: "b", title: "B", date: "2023")]"#,
            "link-against-time",
            "Turn the link round: “B” causes",
        ),
        (r#"checks: [CheckSetting(code: "ungradet", level: Off)]"#, "check-without-effect", "Set “ungraded” instead"),
        (r#"zone: "Europe/Moskow""#, "unknown-zone", "Use the zone “Europe/Moscow”"),
    ];
    for (fields, code, label) in cases {
        let timeline = store::read(format!("Timeline(format: 1, title: \"t\", {fields})")).timeline;
        let problems = check(&timeline);
        let problem = problems.iter().find(|problem| problem.code == code).unwrap_or_else(|| unreachable!("{fields}"));
        assert_eq!(fixes(&timeline, problem).first().map(|fix| fix.label.as_str()), Some(label));
    }
}

#[test]
fn evidence_is_not_thrown_away_at_a_keystroke() {
    let fields = r#"sources: [Source(id: "s", title: "S", captures: [Capture(file: "x", hash: Hash(algorithm: Sha256, value: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"))])]"#;
    let timeline = store::read(format!("Timeline(format: 1, title: \"t\", {fields})")).timeline;
    let problems = check(&timeline);
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["unused-source"]);
    assert_eq!(fixes(&timeline, &problems[0]), []);
}

#[test]
fn every_kind_of_problem_has_cases() {
    let mut cases: BTreeSet<&str> = CASES.iter().map(|case| case.code).collect();
    cases.extend(ELSEWHERE);
    let kinds: BTreeSet<&str> = CHECKS.iter().map(|kind| kind.code).collect();
    assert_eq!(cases, kinds);
}

#[test]
fn a_file_decides_what_matters_except_what_makes_it_unreadable() {
    let fields = r#"checks: [CheckSetting(code: "unsourced", level: Off), CheckSetting(code: "unused-source", level: Error)],
        sources: [Source(id: "s", title: "S")], events: [Event(title: "E", date: "2024")]"#;
    let (_, problems) = problems(fields);
    let found: Vec<(&str, Option<Level>)> = problems
        .iter()
        .map(|problem| (problem.code, Level::ALL.into_iter().find(|level| level.severity() == Some(problem.severity))))
        .collect();
    assert_eq!(found, [("unused-source", Some(Level::Error))]);
    let off = r#"Timeline(format: 1, title: "t", checks: [CheckSetting(code: "bad-date", level: Off)], events: [Event(title: "E", date: "yesterday")])"#;
    let read = store::read(off.to_owned());
    assert!(read.diagnostics.iter().any(|problem| problem.code == "bad-date"), "{:#?}", read.diagnostics);
}

#[test]
fn the_page_of_checks_agrees_with_the_registry() {
    let page = include_str!("../../docs/CHECKS.md");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let listed: Vec<[&str; 3]> = rows
        .iter()
        .map(|row| {
            assert_eq!(row.len(), 5, "{row:?}");
            assert!(row[4].len() > 10, "{row:?} does not say what to do");
            [row[0].trim_matches('`'), row[1], row[2]]
        })
        .collect();
    let expected: Vec<[&str; 3]> = CHECKS
        .iter()
        .map(|kind| [kind.code, if kind.tunable { kind.level.label() } else { "Error, always" }, kind.what])
        .collect();
    assert_eq!(listed, expected);
    for (row, kind) in rows.iter().zip(CHECKS) {
        assert_eq!(row[3], if kind.fixable { "yes" } else { "" }, "{}: can it be mended at a key", kind.code);
    }
}
