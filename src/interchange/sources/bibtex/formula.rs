//! TeX's marks for print as signs: quotation marks, spaces, ellipses and simple formulas.
//!
//! What a formula cannot say in one line of signs stays as it was written, dollar signs and all, so that "10$^6$" never
//! becomes 106.

use crate::interchange::markup::shifted;

/// Commands of a letter or more that are a sign, in texts and formulas.
const SIGNS: [(&str, &str); 69] = [
    ("ldots", "…"),
    ("cdots", "…"),
    ("glqq", "„"),
    ("grqq", "“"),
    ("glq", "‚"),
    ("grq", "‘"),
    ("flqq", "«"),
    ("frqq", "»"),
    ("lq", "‘"),
    ("rq", "’"),
    ("slash", "/"),
    ("textdegree", "°"),
    ("degree", "°"),
    ("euro", "€"),
    ("texteuro", "€"),
    ("EUR", "€"),
    ("textsterling", "£"),
    ("textyen", "¥"),
    ("textcent", "¢"),
    ("textmu", "µ"),
    ("textpm", "±"),
    ("texttimes", "×"),
    ("textnumero", "№"),
    ("BibTeX", "BibTeX"),
    ("quad", " "),
    ("qquad", " "),
    ("enspace", " "),
    ("thinspace", " "),
    ("space", " "),
    ("newline", " "),
    ("linebreak", " "),
    // As Crossref writes HTML in BibTeX.
    ("mathsemicolon", ";"),
    ("less", "<"),
    ("greater", ">"),
    ("times", "×"),
    ("cdot", "·"),
    ("pm", "±"),
    ("sim", "∼"),
    ("approx", "≈"),
    ("leq", "≤"),
    ("le", "≤"),
    ("geq", "≥"),
    ("ge", "≥"),
    ("neq", "≠"),
    ("to", "→"),
    ("rightarrow", "→"),
    ("leftarrow", "←"),
    ("leftrightarrow", "↔"),
    ("infty", "∞"),
    ("circ", "°"),
    ("prime", "′"),
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("epsilon", "ε"),
    ("theta", "θ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("pi", "π"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("omega", "ω"),
    ("Delta", "Δ"),
    ("Omega", "Ω"),
];

/// Those of them that stand in texts; the others only in formulas.
const IN_TEXTS: usize = 31;

/// Commands whose argument is text within a formula.
const TEXTS: [&str; 6] = ["mathrm", "mathit", "mathbf", "text", "textrm", "rm"];

/// The sign that a command is in a text.
pub(super) fn sign(command: &str) -> Option<&'static str> {
    SIGNS.iter().take(IN_TEXTS).find(|(name, _)| *name == command).map(|(_, sign)| *sign)
}

/// What a backslash and a mark print: a space of some width, or nothing.
pub(super) fn spacing(mark: char) -> Option<&'static str> {
    match mark {
        ',' | ';' | ' ' | '\n' => Some(" "),
        '!' | '/' | '@' => Some(""),
        _ => None,
    }
}

/// A formula, without its dollar signs, as signs in one line; none where it cannot be one.
pub(super) fn in_signs(formula: &str) -> Option<String> {
    let is_marked = formula.contains(['\\', '_', '^', '=', '<', '>']);
    // "US$5 or A$6" holds no formula.
    if formula.is_empty()
        || formula.starts_with(char::is_whitespace)
        || formula.ends_with(char::is_whitespace)
        || formula.contains(char::is_whitespace) && !is_marked
    {
        return None;
    }
    let mut text = String::new();
    let mut rest = formula;
    while let Some(c) = rest.chars().next() {
        rest = rest.get(c.len_utf8()..)?;
        match c {
            '_' | '^' => {
                let (group, after) = group(rest)?;
                let inner = in_group(group)?;
                // A degree is raised of itself.
                let shifted = if inner == "°" || inner == "′" { inner } else { shifted(&inner, c == '^')? };
                text.push_str(&shifted);
                rest = after;
            }
            '\\' => {
                let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                let (name, after) = rest.split_at_checked(end)?;
                if name.is_empty() {
                    let mark = rest.chars().next()?;
                    match (spacing(mark), mark) {
                        (Some(space), _) => text.push_str(space),
                        (None, '%' | '&' | '#' | '_' | '{' | '}') => text.push(mark),
                        (None, ':') => text.push(' '),
                        _ => return None,
                    }
                    rest = rest.get(mark.len_utf8()..)?;
                } else if TEXTS.contains(&name) {
                    let (inner, after) = group(after.trim_start())?;
                    text.push_str(&in_group(inner)?);
                    rest = after;
                } else {
                    text.push_str(SIGNS.iter().find(|(known, _)| *known == name)?.1);
                    rest = after.trim_start();
                }
            }
            '{' | '}' => {}
            '-' => text.push('−'),
            '~' => text.push(' '),
            _ => text.push(c),
        }
    }
    Some(text)
}

/// The content of a group: text or a formula.
fn in_group(group: &str) -> Option<String> {
    if group.chars().all(|c| c.is_alphanumeric() || c == ' ') { Some(group.to_owned()) } else { in_signs(group) }
}

/// The group in braces that a text begins with, or its first letter, or its first command; and what follows.
fn group(text: &str) -> Option<(&str, &str)> {
    if let Some(inner) = text.strip_prefix('{') {
        let mut depth = 0_usize;
        let end = inner.find(|c| match c {
            '{' => {
                depth += 1;
                false
            }
            '}' if depth == 0 => true,
            '}' => {
                depth -= 1;
                false
            }
            _ => false,
        })?;
        return Some((inner.get(..end)?, inner.get(end + 1..)?));
    }
    let first = text.chars().next()?;
    let length = match first {
        '\\' => 1 + text.get(1..)?.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len() - 1),
        _ => first.len_utf8(),
    };
    text.split_at_checked(length)
}

/// A text with the quotation marks of TeX's fonts as signs: ``…'' and `…', ,,…'' and "`…"'. One that is not closed, or a lone
/// apostrophe, stays.
pub(super) fn with_quotation_marks(raw: &str) -> String {
    let chars: Vec<char> = raw.chars().collect();
    let mut text: Vec<String> = Vec::with_capacity(chars.len());
    // Where a quotation was opened, and what closes it: two apostrophes, one, or a straight mark with one.
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    let is = |at: usize, c: char| chars.get(at) == Some(&c);
    while let Some(&c) = chars.get(at) {
        let last = open.last().map(|(_, close)| *close);
        let before = at.checked_sub(1).and_then(|before| chars.get(before));
        let is_word = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric());
        let begins = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric() || matches!(c, '\\' | '{'));
        let is_low = |open: Option<&(usize, &str)>| {
            open.is_some_and(|(at, close)| *close == "''" && text.get(*at).is_some_and(|mark| mark == "„"))
        };
        let (sign, length) = match c {
            '\\' => (None, 2),
            '"' if is(at + 1, '`') => {
                open.push((text.len(), "\"'"));
                (Some('„'), 2)
            }
            '"' if is(at + 1, '\'') && last == Some("\"'") => {
                open.pop();
                (Some('“'), 2)
            }
            ',' if is(at + 1, ',') && begins(chars.get(at + 2)) => {
                open.push((text.len(), "''"));
                (Some('„'), 2)
            }
            // In German the mark that opens in English closes.
            '`' if is(at + 1, '`') && is_low(open.last()) && before.is_some_and(|c| !c.is_whitespace()) => {
                open.pop();
                (Some('“'), 2)
            }
            '?' | '!' if is(at + 1, '`') && !is_word(before) && begins(chars.get(at + 2)) => {
                (Some(if c == '?' { '¿' } else { '¡' }), 2)
            }
            '`' if is(at + 1, '`') => {
                open.push((text.len(), "''"));
                (Some('“'), 2)
            }
            '`' if !is_word(before) => {
                open.push((text.len(), "'"));
                (None, 1)
            }
            // An apostrophe before a word: the mark that seemed to open was a letter, as in "`Abd", or one of its own.
            '\'' if last == Some("'") && !is_word(before) && is_word(chars.get(at + 1)) => {
                open.pop();
                (None, 1)
            }
            '\'' if last == Some("'") && !is_word(chars.get(at + 1)) => {
                let start = open.pop().map_or(0, |(start, _)| start);
                if let Some(mark) = text.get_mut(start) {
                    *mark = "‘".to_owned();
                }
                (Some('’'), 1)
            }
            '\'' if is(at + 1, '\'') && open.iter().any(|(_, close)| *close == "''") => {
                while open.pop().is_some_and(|(_, close)| close != "''") {}
                (Some('”'), 2)
            }
            _ => (None, 1),
        };
        let written = chars.get(at..chars.len().min(at + length)).unwrap_or_default();
        text.push(sign.map_or_else(|| written.iter().collect(), String::from));
        at += length;
    }
    // What only commas opened was an enumeration.
    for (start, close) in open {
        if let Some(mark) = text.get_mut(start).filter(|mark| *mark == "„") {
            *mark = if close == "''" { ",," } else { "\"`" }.to_owned();
        }
    }
    text.concat()
}
