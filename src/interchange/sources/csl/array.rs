//! The items of a CSL-JSON file with their places: a list, one item alone, or an object with a list `items`, as Zotero's
//! server gives it.

use crate::diagnostic::Span;

/// Why a text is no file of items.
#[derive(Debug)]
pub(super) struct Fault {
    pub at: usize,
    pub message: String,
}

/// Where each item stands, and what of the text is none. An item is cut at commas outside of its brackets and texts,
/// whatever is in it.
pub(super) fn items(text: &str) -> (Vec<Span>, Option<Fault>) {
    let start = text.len() - text.trim_start().len();
    match text.as_bytes().get(start) {
        Some(b'[') => list(text, start),
        Some(b'{') => {
            let whole = Span::new(start, text.trim_end().len());
            let wrapped = serde_json::from_str::<serde_json::Value>(whole.slice(text)).ok();
            let is_wrapped = wrapped.is_some_and(|value| value.get("items").is_some_and(serde_json::Value::is_array));
            let list_start = text.find("\"items\"").and_then(|at| Some(at + text.get(at..)?.find('[')?));
            match list_start.filter(|_| is_wrapped) {
                Some(start) => (list(text, start).0, None),
                None => (one_behind_another(text, whole), None),
            }
        }
        _ => {
            let message = "this is not CSL-JSON: expected a list of items in square brackets".to_owned();
            (Vec::new(), Some(Fault { at: start, message }))
        }
    }
}

/// Items without a list around them, as in a file of JSON lines; where they are none, the whole is one.
fn one_behind_another(text: &str, whole: Span) -> Vec<Span> {
    let mut stream = serde_json::Deserializer::from_str(whole.slice(text)).into_iter::<serde::de::IgnoredAny>();
    let mut spans = Vec::new();
    let mut end = whole.start;
    while let Some(item) = stream.next() {
        if item.is_err() {
            return vec![whole];
        }
        let next = whole.start + stream.byte_offset();
        push(text, end, next, &mut spans);
        end = next;
    }
    spans
}

/// The elements of the list whose bracket stands at a byte; a fault where it is not closed, or something follows it.
fn list(text: &str, open: usize) -> (Vec<Span>, Option<Fault>) {
    let mut spans = Vec::new();
    let (mut depth, mut in_text, mut is_escaped) = (0_usize, false, false);
    let mut start = open + 1;
    for (at, byte) in text.bytes().enumerate().skip(open + 1) {
        if in_text {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'"' => in_text = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'{' | b'[' => depth += 1,
            b']' if depth == 0 => {
                push(text, start, at, &mut spans);
                let rest = text.get(at + 1..).unwrap_or_default();
                let follows = text.len() - rest.trim_start().len();
                let message = "what follows the list was not read: a file holds one list of items".to_owned();
                return (spans, (!rest.trim().is_empty()).then_some(Fault { at: follows, message }));
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                push(text, start, at, &mut spans);
                start = at + 1;
            }
            _ => {}
        }
    }
    push(text, start, text.len(), &mut spans);
    let message = "the list of items is not closed: the file may have been cut off".to_owned();
    (spans, Some(Fault { at: text.trim_end().len(), message }))
}

fn push(text: &str, start: usize, end: usize, spans: &mut Vec<Span>) {
    let inside = Span::new(start, end).slice(text);
    let trimmed = inside.trim_start();
    if !trimmed.trim_end().is_empty() {
        let start = end - trimmed.len();
        spans.push(Span::new(start, start + trimmed.trim_end().len()));
    }
}
