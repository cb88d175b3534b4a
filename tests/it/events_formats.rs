//! Events in the formats of other programs: a vague date is never made finer, and what cannot be said is counted.

use annalist::interchange::events::write::lost::Part;
use annalist::interchange::events::write::{Choice, FORMATS};
use annalist::model::Timeline;
use annalist::store;
use serde_json::{Value, json};

use crate::events_out::{text, written};

const TIMELINE: &str = r##"Timeline(format: 1, title: "Harbour & quay", zone: "Europe/Moscow",
    lanes: [Lane(id: "port", title: "The port", color: "#ff8000"), Lane(id: "court", title: "The court")],
    sources: [
        Source(id: "gazette", title: "Gazette", url: "https://example.org/a", reliability: B),
        Source(id: "photo", title: "A picture", kind: Image, url: "https://example.org/p.jpg", author: "K. Lee"),
    ],
    events: [
        Event(id: "year", title: "Dredging", date: "2024", lane: "port", citations: [Citation(source: "gazette")]),
        Event(id: "month", title: "Strike; <second>", date: "2024-06", lane: "port", standing: Expected, tags: ["strike", "two words"]),
        Event(id: "day", title: "Vote", date: "2024-10-24", wording: "last Thursday", lane: "court", standing: Retracted,
            note: "First: a line\nhttps://example.org", place: "Riga", coordinates: (56.95, 24.11), citations: [Citation(source: "photo", stance: Denies)]),
        Event(id: "window", title: "Talks", date: "[2024-10-21..2024-11-03]", coordinates: (56.0, 24.0), links: [Link(to: "day", relation: PartOf)]),
        Event(id: "span", title: "Blockade", date: "2024-06-19/2024-08-02", coordinates: (56.0, 24.0)),
        Event(id: "open", title: "Closure", date: "2024-11/.."),
        Event(id: "moment", title: "Call", date: "2024-10-24T10:23:00+03:00"),
        Event(id: "minute", title: "Alarm", date: "2024-10-24T10:23[Europe/Moscow]"),
        Event(id: "doubt", title: "Founding", date: "0862~"),
        Event(id: "bce", title: "First quay", date: "-0043-03-15"),
        Event(id: "undated", title: "Rumour"),
    ],
    eras: [Era(id: "e", title: "The long year", date: "2024-02/2025-01")],
)"##;

fn timeline() -> Timeline {
    let loaded = store::load_from(std::path::Path::new("harbour.ron"), TIMELINE.as_bytes()).unwrap();
    assert!(loaded.read.text.is_writable(), "{:?}", loaded.read.diagnostics);
    loaded.read.timeline
}

fn of(id: &str) -> String {
    text(id, &timeline(), &Choice::default())
}

/// The lines of an event of a calendar, unfolded.
fn calendar_event(id: &str) -> Vec<String> {
    let text = of("icalendar").replace("\r\n ", "");
    let events = text.split("BEGIN:VEVENT\r\n").skip(1);
    let event = events.map(|event| event.lines().map(str::to_owned).collect::<Vec<_>>());
    event.into_iter().find(|lines| lines[0] == format!("UID:{id}")).unwrap_or_default()
}

#[test]
fn a_calendar_holds_all_that_a_date_can_be_and_ends_the_day_after() {
    for (id, lines) in [
        ("year", vec!["DTSTART;VALUE=DATE:20240101", "DTEND;VALUE=DATE:20250101", "X-ANNALIST-DATE:2024"]),
        ("month", vec!["DTSTART;VALUE=DATE:20240601", "DTEND;VALUE=DATE:20240701", "STATUS:TENTATIVE"]),
        ("month", vec!["SUMMARY:Strike\\; <second>", "CATEGORIES:The port,strike,two words"]),
        (
            "day",
            vec!["DTSTART;VALUE=DATE:20241024", "DTEND;VALUE=DATE:20241025", "STATUS:CANCELLED", "GEO:56.95;24.11"],
        ),
        ("day", vec!["LOCATION:Riga", "URL:https://example.org/p.jpg"]),
        ("window", vec!["DTSTART;VALUE=DATE:20241021", "DTEND;VALUE=DATE:20241104", "RELATED-TO;RELTYPE=PARENT:day"]),
        ("window", vec!["X-ANNALIST-DATE:[2024-10-21..2024-11-03]"]),
        ("span", vec!["DTSTART;VALUE=DATE:20240619", "DTEND;VALUE=DATE:20240803"]),
        ("open", vec!["DTSTART;VALUE=DATE:20241101", "DTEND;VALUE=DATE:20241102", "X-ANNALIST-DATE:2024-11/.."]),
        ("moment", vec!["DTSTART:20241024T072300Z", "X-ANNALIST-DATE:2024-10-24T10:23:00+03:00"]),
        ("minute", vec!["DTSTART:20241024T072300Z"]),
    ] {
        let event = calendar_event(id);
        for line in lines {
            assert!(event.iter().any(|given| given == line), "{line}: {event:?}");
        }
    }
    assert!(calendar_event("minute").iter().all(|line| !line.starts_with("DTEND")));
    let (bytes, remarks) = written("icalendar", &timeline(), &Choice::default());
    assert!(bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 76));
    let remark = remarks.join("; ");
    assert!(
        remark.contains("1 event that begins and ends at no known day of the years 1 to 9999, 1 undated event"),
        "{remark}"
    );
}

#[test]
fn slides_have_as_many_parts_as_a_date_is_given() {
    let value: Value = serde_json::from_str(&of("timelinejs")).unwrap();
    let slide = |id: &str| value["events"].as_array().unwrap().iter().find(|it| it["unique_id"] == id).unwrap().clone();
    assert_eq!(slide("year")["start_date"], json!({ "year": 2024 }));
    assert_eq!(slide("month")["start_date"], json!({ "year": 2024, "month": 6 }));
    for id in ["year", "month", "day", "moment"] {
        assert_eq!(slide(id)["end_date"], Value::Null, "{id}");
    }
    assert_eq!(slide("month")["text"]["headline"], "Strike; &lt;second&gt;");
    assert_eq!(slide("day")["display_date"], "last Thursday");
    assert_eq!(slide("day")["group"], "The court");
    assert_eq!(
        slide("day")["media"],
        json!({ "url": "https://example.org/p.jpg", "caption": "A picture", "credit": "K. Lee" })
    );
    assert!(
        slide("day")["text"]["text"]
            .as_str()
            .unwrap()
            .ends_with("<a href=\"https://example.org/p.jpg\">A picture</a> (denies)</p>")
    );
    let window = slide("window");
    assert_eq!(window["start_date"], json!({ "year": 2024, "month": 10, "day": 21 }));
    assert_eq!(window["end_date"], json!({ "year": 2024, "month": 11, "day": 3 }));
    assert!(window["display_date"].as_str().unwrap().contains("Oct"), "{window}");
    assert_eq!(slide("open")["display_date"], "Nov 2024 → still going on");
    assert_eq!(
        slide("minute")["start_date"],
        json!({ "year": 2024, "month": 10, "day": 24, "hour": 10, "minute": 23 })
    );
    assert_eq!(slide("bce")["start_date"], json!({ "year": -44, "month": 3, "day": 15 }));
    assert_eq!(value["eras"][0]["end_date"], json!({ "year": 2025, "month": 1 }));
    assert_eq!(value["title"]["text"]["headline"], "Harbour &amp; quay");
}

#[test]
fn a_text_of_markwhen_says_where_a_month_is_not_all_of_it() {
    let text = of("markwhen");
    let block = |id: &str| {
        let block = text.split("\n\n").find(|block| block.lines().any(|line| line == format!("id: {id}"))).unwrap();
        block.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    for (id, first, edtf) in [
        ("year", "2024: Dredging", Some("edtf: \"2024\"")),
        ("month", "2024-06: Strike; <second> #strike", Some("edtf: \"2024-06\"")),
        ("day", "2024-10-24: Vote", None),
        ("window", "2024-10-21/2024-11-03: Talks", Some("edtf: \"[2024-10-21..2024-11-03]\"")),
        ("span", "2024-06-19/2024-08-02: Blockade", None),
        ("open", "2024-11: Closure", Some("edtf: \"2024-11/..\"")),
        ("moment", "2024-10-24T07:23:00Z: Call", Some("edtf: \"2024-10-24T10:23:00+03:00\"")),
        ("bce", "44 BCE: First quay", Some("edtf: \"-0043-03-15\"")),
        ("doubt", "0862: Founding", Some("edtf: \"0862~\"")),
    ] {
        let lines = block(id);
        assert_eq!(lines[0], first);
        assert_eq!(lines.iter().find(|line| line.starts_with("edtf:")).map(String::as_str), edtf, "{lines:?}");
    }
    assert!(block("month").contains(&"tags: [\"two words\"]".to_owned()));
    assert!(block("day").contains(&"> First: a line".to_owned()), "{:?}", block("day"));
    let (first, last) = (text.find("Talks").unwrap(), text.find("# The port").unwrap());
    assert!(first < last && last < text.find("# The court").unwrap(), "what has no lane comes before all sections");
}

#[test]
fn the_timeline_project_knows_what_is_sure_to_the_day() {
    let text = of("thetimelineproj");
    let document = roxmltree::Document::parse(&text).unwrap();
    let event = |title: &str| {
        let is = |node: &roxmltree::Node<'_, '_>| {
            node.has_tag_name("event") && node.children().any(|it| it.text() == Some(title))
        };
        let event = document.descendants().find(is).unwrap();
        let of = |name: &str| {
            event.children().find(|it| it.has_tag_name(name)).and_then(|it| it.text()).unwrap_or_default().to_owned()
        };
        ["start", "end", "fuzzy", "ends_today"].map(of)
    };
    for (title, start, end, fuzzy, ends_today) in [
        ("Dredging", "2024-01-01 00:00:00", "2024-12-31 00:00:00", "True", "False"),
        ("Strike; <second>", "2024-06-01 00:00:00", "2024-06-30 00:00:00", "True", "False"),
        ("Vote", "2024-10-24 00:00:00", "2024-10-24 00:00:00", "False", "False"),
        ("Talks", "2024-10-21 00:00:00", "2024-11-03 00:00:00", "True", "False"),
        ("Blockade", "2024-06-19 00:00:00", "2024-08-02 00:00:00", "False", "False"),
        ("Closure", "2024-11-01 00:00:00", "2024-11-01 00:00:00", "True", "True"),
        ("Call", "2024-10-24 10:23:00", "2024-10-24 10:23:00", "False", "False"),
        ("First quay", "-0043-03-15 00:00:00", "-0043-03-15 00:00:00", "False", "False"),
    ] {
        assert_eq!(event(title), [start, end, fuzzy, ends_today], "{title}");
    }
    assert!(text.contains("<color>255,128,0</color>") && text.contains("EDTF: [2024-10-21..2024-11-03]"));
    assert!(text.contains("<name>The long year</name>"));
}

#[test]
fn timesketch_has_a_row_for_each_edge_that_is_known() {
    let text = of("timesketch");
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let edges = |id: &str| -> Vec<(String, String)> {
        let of = rows.iter().filter(|row| row["event_id"] == id);
        let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
        of.map(|row| (text(row, "timestamp_desc"), text(row, "datetime"))).collect()
    };
    let named = |edges: &[(&str, &str)]| -> Vec<(String, String)> {
        edges.iter().map(|(name, at)| ((*name).to_owned(), (*at).to_owned())).collect()
    };
    let year = [("Earliest", "2024-01-01T00:00:00+00:00"), ("Latest", "2024-12-31T23:59:59.999999+00:00")];
    assert_eq!(edges("year"), named(&year));
    assert_eq!(edges("moment"), named(&[("Event time", "2024-10-24T07:23:00+00:00")]));
    assert_eq!(
        edges("span"),
        named(&[
            ("Earliest start", "2024-06-19T00:00:00+00:00"),
            ("Latest start", "2024-06-19T23:59:59.999999+00:00"),
            ("Earliest end", "2024-08-02T00:00:00+00:00"),
            ("Latest end", "2024-08-02T23:59:59.999999+00:00"),
        ])
    );
    let open = [("Earliest start", "2024-11-01T00:00:00+00:00"), ("Latest start", "2024-11-30T23:59:59.999999+00:00")];
    assert_eq!(edges("open"), named(&open));
    assert_eq!(edges("undated"), []);
    let row = rows.iter().find(|row| row["event_id"] == "year").unwrap();
    assert_eq!(row["timestamp"], 1_704_067_200_000_000_i64);
    assert_eq!((&row["edtf"], &row["sources"][0]), (&json!("2024"), &json!("Gazette <https://example.org/a>")));
}

#[test]
fn maps_have_the_edges_of_what_lasted_and_the_bounds_of_what_was_once() {
    let value: Value = serde_json::from_str(&of("geojson")).unwrap();
    let features = value["features"].as_array().unwrap();
    let feature = |id: &str| features.iter().find(|it| it["id"] == id).unwrap();
    assert_eq!(features.len(), 3);
    assert_eq!(feature("day")["geometry"]["coordinates"], json!([24.11, 56.95]));
    assert_eq!(
        feature("window")["when"]["timespans"],
        json!([{ "start": { "earliest": "2024-10-21" }, "end": { "latest": "2024-11-03" } }])
    );
    assert_eq!(
        feature("span")["when"]["timespans"],
        json!([{
            "start": { "earliest": "2024-06-19", "latest": "2024-06-19" },
            "end": { "earliest": "2024-08-02", "latest": "2024-08-02" },
        }])
    );
}

#[test]
fn a_markdown_table_is_one_whatever_stands_in_it() {
    let text = of("md-table");
    assert!(text.lines().all(|line| line.starts_with('|') && line.ends_with('|')));
    assert!(text.contains("| Jun 2024 | Strike; \\<second\\> | The port | Expected |"), "{text}");
}

#[test]
fn nothing_that_a_timeline_holds_breaks_a_format() {
    let loaded = store::load(std::path::Path::new("tests/data/hostile.ron")).unwrap();
    let timeline = loaded.read.timeline;
    for format in &FORMATS {
        let (bytes, _) = written(format.id, &timeline, &Choice::default());
        let Ok(text) = String::from_utf8(bytes) else { continue };
        match format.id {
            "json" | "timelinejs" | "geojson" => drop(serde_json::from_str::<Value>(&text).unwrap()),
            "timesketch" | "json-lines" => {
                text.lines().for_each(|line| drop(serde_json::from_str::<Value>(line).unwrap()));
            }
            "thetimelineproj" => drop(roxmltree::Document::parse(&text).unwrap()),
            "icalendar" => {
                let begun = text.matches("\r\nBEGIN:VEVENT\r\n").count();
                assert_eq!(begun, text.matches("\r\nEND:VEVENT\r\n").count());
                assert!(begun <= timeline.events().len() && !text.replace("\r\n", "").contains(['\r', '\n']));
            }
            _ => {}
        }
    }
}

#[test]
fn years_before_the_era_leave_as_each_format_counts_them() {
    let timeline = timeline();
    for (id, wanted) in [
        ("csv", ",-0043-03-15,"),
        ("json", "\"date\":\"-0043-03-15\""),
        ("timelinejs", "\"year\":-44,\"month\":3,\"day\":15"),
        ("thetimelineproj", "<start>-0043-03-15 00:00:00</start>"),
        ("markwhen", "\n44 BCE: First quay\n"),
    ] {
        let text = text(id, &timeline, &Choice::default());
        assert!(text.contains(wanted), "{id}: {text}");
    }
    for id in ["icalendar", "timesketch"] {
        let (bytes, remarks) = written(id, &timeline, &Choice::default());
        assert!(!String::from_utf8(bytes).unwrap().contains("First quay") && !remarks.is_empty(), "{id}: {remarks:?}");
    }
}

/// The table of `docs/INTERCHANGE.md` that says what each format has no place for.
fn table_of_losses() -> String {
    let of_events = FORMATS.iter().filter(|format| !format.drops.is_empty());
    let formats: Vec<_> = of_events.collect();
    let labels: Vec<&str> = formats.iter().map(|format| format.label).collect();
    let mut table = format!("| left behind | {} |\n|---|{}\n", labels.join(" | "), "---|".repeat(labels.len()));
    for part in Part::ALL.into_iter().filter(|part| formats.iter().any(|format| format.drops.contains(part))) {
        let marks = formats.iter().map(|format| if format.drops.contains(&part) { "×" } else { "" });
        let marks = marks.collect::<Vec<_>>().join(" | ");
        table.push_str(&format!("| {} | {marks} |\n", part.words().1));
    }
    table
}

#[test]
fn the_page_on_interchange_says_what_each_format_leaves_behind() {
    let page = std::fs::read_to_string("docs/INTERCHANGE.md").unwrap();
    let table = table_of_losses();
    assert!(page.contains(&table), "docs/INTERCHANGE.md needs this table:\n{table}");
}
