//! A part of a timeline as a text by itself, such as a clipboard holds: a whole small timeline, or events alone.

use super::read::read;
use super::text::Read;

/// Whether a text is meant as RON of the format, whether or not it can be read.
pub fn is_ron(text: &str) -> bool {
    let code = without_comments(text);
    ["Timeline(", "Event(", "#!["].iter().any(|start| code.starts_with(start))
        || code.strip_prefix('[').is_some_and(|rest| without_comments(rest).starts_with("Event("))
}

/// Reads such a text: a timeline, a list of events, or events one after another.
///
/// ```
/// use annalist::store::{is_ron, read_excerpt};
///
/// let text = r#"Event(title: "A", date: "2024-10-24"), Event(title: "B"),"#;
/// assert!(is_ron(text) && !is_ron("2024-10-24\tA"));
/// assert_eq!(read_excerpt(text).timeline.events().len(), 2);
/// ```
pub fn read_excerpt(text: &str) -> Read {
    let code = without_comments(text);
    let events = if code.starts_with("Event(") {
        Some(format!("[{text}]"))
    } else {
        code.starts_with('[').then(|| text.trim().trim_end_matches(',').to_owned())
    };
    read(
        events.map_or_else(
            || text.to_owned(),
            |events| format!("Timeline(format: 1, title: \"Pasted\", events: {events})"),
        ),
    )
}

/// The text from its first sign on that is no blank and in no comment of a line.
fn without_comments(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with("//") {
        rest = rest.split_once('\n').map_or("", |(_, below)| below.trim_start());
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_with_and_without_a_timeline_around_them() {
        let event = "Event(id: \"a\", title: \"A\", date: \"2024\")";
        for text in [
            event.to_owned(),
            format!("// copied\n{event},\n// more\n{}", event.replace("\"a\"", "\"b\"")),
            format!("[{event},],"),
            format!("Timeline(format: 1, title: \"T\", events: [{event}])"),
        ] {
            assert!(is_ron(&text), "{text}");
            let read = read_excerpt(&text);
            assert!(read.text.is_writable() && !read.timeline.events().is_empty(), "{text}: {:?}", read.diagnostics);
        }
        assert!(!is_ron("[2024-10-21..2024-10-31]\tTroops seen"), "a date is no list");
        assert!(!read_excerpt("Event(title: \"A\"").text.is_writable());
    }
}
