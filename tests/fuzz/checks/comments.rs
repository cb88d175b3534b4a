//! The comments of a RON text, told by a scanner that knows texts and comments and nothing else: so it is wrong about other
//! things than the one it is held against.

use annalist::diagnostic::Span;

/// Where the comments stand, in order, each without the end of its line. Of a text that reads.
pub fn comments(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = if rest.starts_with("//") {
            let length = rest.find('\n').unwrap_or(rest.len());
            found.push(Span::new(at, at + rest[..length].trim_end().len()));
            length
        } else if rest.starts_with("/*") {
            let length = block_length(rest);
            found.push(Span::new(at, at + length));
            length
        } else {
            literal_length(rest).or_else(|| rest.chars().next().map(char::len_utf8)).unwrap_or(1)
        };
        at += length;
    }
    found
}

/// Bytes of the block comment that begins here; blocks hold others.
fn block_length(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    loop {
        match &text[at..] {
            "" => return at,
            rest if rest.starts_with("/*") => (depth, at) = (depth + 1, at + 2),
            rest if rest.starts_with("*/") => (depth, at) = (depth - 1, at + 2),
            rest => at += rest.chars().next().map_or(1, char::len_utf8),
        }
        if depth == 0 {
            return at;
        }
    }
}

/// Bytes of the text in quotation marks that begins here, where one does.
fn literal_length(text: &str) -> Option<usize> {
    if let Some(raw) = text.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let inside = raw[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        return Some(text.len() - inside.len() + inside.find(&end).map_or(inside.len(), |at| at + end.len()));
    }
    let inside = text.strip_prefix('"')?;
    let mut is_escaped = false;
    let end = inside.find(|c| {
        let ends = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        ends
    });
    Some(end.map_or(text.len(), |at| at + 2))
}

#[cfg(test)]
#[test]
fn comments_are_told_from_texts_that_look_like_them() {
    let text = "// a \r\nx: \"// b\", y: r#\"/* \" c */\"#, /* d /* e */ f */ z: \"\\\\\" // \"g\n\"\\\"//\" // h";
    let found: Vec<&str> = comments(text).into_iter().map(|span| span.slice(text)).collect();
    assert_eq!(found, ["// a", "/* d /* e */ f */", "// \"g", "// h"]);
}
