//! TeX to text and back.
//!
//! Accents, symbols and braces are the `biblatex` crate's to read; what it leaves as commands (italics, links, quotation
//! marks, spaces) is taken away before, and simple formulas become signs. What it refuses is read plainly: a title with a
//! lone dollar sign is still a title.

use biblatex::{Bibliography, Chunks, ChunksExt as _, Pair, Person, RawBibliography, RawChunk, RawEntry, Spanned};

use super::{accent, formula};
use crate::interchange::markup::shifted;

/// Deeper braces, and more of them, are not worth the crate's time.
const DEEPEST: usize = 40;
const MOST_BRACES: usize = 2000;

/// Signs of a formula that a text can hold.
const LONGEST_FORMULA: usize = 200;

/// Commands that change the look of what follows, or say nothing in a text.
const LOOKS: [&str; 31] = [
    "emph",
    "textit",
    "textbf",
    "textsc",
    "textrm",
    "textsf",
    "texttt",
    "textsl",
    "textup",
    "textmd",
    "textnormal",
    "underline",
    "mbox",
    "hbox",
    "text",
    "mkbibemph",
    "mkbibbold",
    "mkbibitalic",
    "url",
    "nolinkurl",
    "path",
    "uppercase",
    "em",
    "it",
    "bf",
    "sc",
    "rm",
    "sf",
    "tt",
    "relax",
    "protect",
];

/// Commands that put their argument in quotation marks.
const QUOTING: [&str; 3] = ["enquote", "mkbibquote", "textquote"];

/// A field of one line as text.
pub(super) fn line(name: &str, raw: &str) -> String {
    let text = chunks(name, raw).map_or_else(|| bare(raw), |chunks| chunks.format_verbatim());
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A field of several lines as text: `\\` ends a line, an empty line a paragraph.
pub(super) fn paragraphs(name: &str, raw: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for piece in cut_at_breaks(raw) {
        let mut paragraphs: Vec<String> = Vec::new();
        let mut paragraph = String::new();
        for text in piece.trim().lines() {
            if text.trim().is_empty() && !paragraph.is_empty() {
                paragraphs.push(std::mem::take(&mut paragraph));
            } else {
                paragraph.push_str(text);
                paragraph.push('\n');
            }
        }
        paragraphs.push(paragraph);
        lines.push(paragraphs.iter().map(|text| line(name, text)).collect::<Vec<_>>().join("\n\n"));
    }
    lines.join("\n")
}

/// An address: nothing in it is TeX but what programs escape all the same.
pub(super) fn address(raw: &str) -> String {
    let raw = raw.trim();
    let inner = raw.strip_prefix("\\url{").and_then(|rest| rest.strip_suffix('}')).unwrap_or(raw);
    let mut text = inner.replace("{\\textasciitilde}", "~").replace("\\textasciitilde{}", "~").replace("\\~{}", "~");
    for escaped in ["\\%", "\\_", "\\&", "\\#", "\\$", "\\~", "\\{", "\\}"] {
        text = text.replace(escaped, escaped.trim_start_matches('\\'));
    }
    if inner.contains("\\{") || inner.contains("\\}") { text } else { text.replace(['{', '}'], "") }
}

/// A list of names: "Jane Roe; John Doe".
pub(super) fn names(raw: &str) -> String {
    let Some(people) = chunks("author", raw).and_then(|chunks| chunks.parse::<Vec<Person>>().ok()) else {
        return bare(raw);
    };
    let names: Vec<String> = people
        .iter()
        .map(|person| {
            if person.name == "others" && person.given_name.is_empty() {
                return "et al.".to_owned();
            }
            [&person.given_name, &person.prefix, &person.name, &person.suffix]
                .into_iter()
                .flat_map(|part| part.split(' '))
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .filter(|name| !name.is_empty())
        .collect();
    names.join("; ")
}

/// A text as TeX, in one line.
pub(super) fn escaped(text: &str) -> String {
    let mut tex = String::with_capacity(text.len());
    let mut before = None;
    for c in text.chars() {
        match c {
            '\\' => tex.push_str("\\textbackslash{}"),
            '{' => tex.push_str("\\textbraceleft{}"),
            '}' => tex.push_str("\\textbraceright{}"),
            '~' => tex.push_str("\\textasciitilde{}"),
            '^' => tex.push_str("\\textasciicircum{}"),
            '`' => tex.push_str("\\textasciigrave{}"),
            '#' | '$' | '%' | '&' | '_' => tex.extend(['\\', c]),
            // Two of them would be a dash or a quotation mark.
            '-' | ',' if before == Some(c) => tex.extend(['{', '}', c]),
            _ if c.is_whitespace() || c.is_control() => tex.push(' '),
            _ => tex.push(c),
        }
        before = Some(c);
    }
    tex
}

/// A text of several lines as TeX.
pub(super) fn escaped_lines(text: &str) -> String {
    text.split('\n').map(escaped).collect::<Vec<_>>().join(" \\\\\n    ")
}

/// The crate's reading of a field; none where it refuses.
fn chunks(name: &str, raw: &str) -> Option<Chunks> {
    let plain = plain(raw);
    let braces = plain.bytes().filter(|byte| matches!(byte, b'{' | b'$')).count();
    if depth(&plain) > DEEPEST || braces > MOST_BRACES {
        return None;
    }
    parsed(name, &plain).or_else(|| parsed(name, &without_maths(&plain)))
}

fn parsed(name: &str, raw: &str) -> Option<Chunks> {
    let value = Spanned::new(vec![Spanned::new(RawChunk::Normal(raw), 0..0)], 0..0);
    let entry = RawEntry {
        key: Spanned::new("key", 0..0),
        kind: Spanned::new("misc", 0..0),
        fields: vec![Pair::new(Spanned::new(name, 0..0), value)],
    };
    let entries = vec![Spanned::new(entry, 0..0)];
    let file = RawBibliography { preamble: String::new(), entries, abbreviations: Vec::new() };
    Bibliography::from_raw(file).ok()?.into_vec().pop()?.fields.into_values().next()
}

/// A text with signs for what the crate would leave as TeX.
fn plain(raw: &str) -> String {
    without_looks(&formula::with_quotation_marks(raw))
}

/// Without commands that only change the look, with quotation marks for those that quote.
fn without_looks(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    let mut depth = 0_usize;
    let mut quoted: Vec<usize> = Vec::new();
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
        match c {
            '\\' => {
                let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                let (name, after) = rest.split_at_checked(end).unwrap_or_default();
                let mark = rest.chars().next();
                if let Some((accented, after)) = accent::accented(rest) {
                    text.push_str(&accented);
                    rest = after;
                } else if let Some((formula, after)) = marked_formula(rest) {
                    text.push_str(&formula::in_signs(formula.trim()).unwrap_or_else(|| format!("${formula}$")));
                    rest = after;
                } else if let Some(sign) = formula::sign(name).or_else(|| accent::letter(name)) {
                    text.push_str(sign);
                    rest = after.strip_prefix("{}").unwrap_or_else(|| after.trim_start());
                } else if let Some((space, mark)) = mark.and_then(|mark| Some((formula::spacing(mark)?, mark))) {
                    text.push_str(space);
                    rest = rest.get(mark.len_utf8()..).unwrap_or_default();
                } else if matches!(name, "textsuperscript" | "textsubscript") && after.starts_with('{') {
                    let (group, behind) = after.split_at_checked(group_length(after)).unwrap_or_default();
                    let inner = group.trim_start_matches('{').trim_end_matches('}');
                    // Letters are ordinals: "19th".
                    match shifted(inner, name == "textsuperscript") {
                        Some(shifted) if !inner.chars().all(char::is_alphabetic) => {
                            text.push_str(&shifted);
                            rest = behind;
                        }
                        _ => rest = after,
                    }
                } else if LOOKS.contains(&name) {
                    rest = after.trim_start();
                } else if QUOTING.contains(&name) && after.starts_with('{') {
                    text.push('“');
                    quoted.push(depth);
                    rest = after;
                } else if matches!(name, "href" | "noopsort") && after.starts_with('{') {
                    rest = after.split_at_checked(group_length(after)).unwrap_or_default().1;
                } else {
                    text.push(c);
                    let taken = if name.is_empty() { rest.chars().next().map_or(0, char::len_utf8) } else { end };
                    let (kept, after) = rest.split_at_checked(taken).unwrap_or_default();
                    text.push_str(kept);
                    // The crate ends a name at fewer signs than TeX does, and passes over this space.
                    if !name.is_empty() && !after.starts_with(['{', ' ']) {
                        text.push(' ');
                    }
                    rest = after;
                }
            }
            '~' => text.push(' '),
            // As pandoc has it: a formula ends before a sign, and no number follows, which a price has.
            '$' if let Some((signs, after)) = formula_at(rest) => {
                text.push_str(&signs);
                rest = after;
            }
            '{' => {
                depth += 1;
                text.push(c);
            }
            '}' => {
                depth = depth.saturating_sub(1);
                text.push(c);
                if quoted.last() == Some(&depth) {
                    quoted.pop();
                    text.push('”');
                }
            }
            _ => text.push(c),
        }
    }
    text
}

/// The formula that a command behind a backslash marks as one, and what follows it.
fn marked_formula(tex: &str) -> Option<(&str, &str)> {
    let near = tex.char_indices().nth(LONGEST_FORMULA).map_or(tex, |(end, _)| tex.get(..end).unwrap_or_default());
    let (formula, behind) = if let Some(rest) = near.strip_prefix('(') {
        rest.split_once("\\)")?
    } else {
        let rest = near.strip_prefix("ensuremath").filter(|rest| rest.starts_with('{'))?;
        let (group, after) = rest.split_at_checked(group_length(rest))?;
        (group.strip_prefix('{')?.strip_suffix('}')?, after)
    };
    let after = tex.get(near.len() - behind.len()..)?;
    (!formula.contains('$')).then_some((formula, after))
}

/// The formula that stands before the next dollar sign, as signs, and what follows it.
fn formula_at(text: &str) -> Option<(String, &str)> {
    let mut is_escaped = false;
    let end = text.find(|c| {
        let is_end = c == '$' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    })?;
    let after = text.get(end + 1..)?;
    let signs = formula::in_signs(text.get(..end)?)?;
    (!after.starts_with(|c: char| c.is_ascii_digit())).then_some((signs, after))
}

/// With every dollar sign that opens or closes a formula as one that is printed.
fn without_maths(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut is_escaped = false;
    for c in raw.chars() {
        if c == '$' && !is_escaped {
            text.push('\\');
        }
        is_escaped = c == '\\' && !is_escaped;
        text.push(c);
    }
    text
}

/// Bytes of the group in braces that a text begins with; all of them where it is not closed.
fn group_length(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => {
                is_escaped = false;
                continue;
            }
            b'\\' => is_escaped = true,
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

/// How deep braces stand in each other.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The lines that `\\` ends.
fn cut_at_breaks(raw: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let (mut start, mut at) = (0, 0);
    let bytes = raw.as_bytes();
    while at < bytes.len() {
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\\'), Some(b'\\')) => {
                lines.push(raw.get(start..at).unwrap_or_default());
                at += 2;
                start = at;
            }
            (Some(b'\\'), _) => at += 2,
            _ => at += 1,
        }
    }
    lines.push(raw.get(start..).unwrap_or_default());
    lines
}

/// A text that is no sound TeX, without its braces.
fn bare(raw: &str) -> String {
    let plain = plain(raw)
        .replace(['{', '}'], "")
        .replace("\\$", "$")
        .replace("\\&", "&")
        .replace("\\%", "%")
        .replace("\\_", "_");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
