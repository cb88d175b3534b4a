//! Texts as RON literals: quoted anew, or like the literal they replace.

/// A text as a RON literal on one line. Letters of every script stay readable; only quotation marks, backslashes, control
/// characters and the invisible characters that reorder or break lines are escaped.
pub fn quote(value: &str) -> String {
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    escape(value, &mut out);
    out.push('"');
    out
}

/// What stands between the quotation marks of a literal.
pub fn escape(value: &str, out: &mut String) {
    let mut rest = value;
    // Nearly all of nearly every text is taken over as it stands, at once.
    while let Some(at) = rest.bytes().position(|byte| !matches!(byte, b' '..=b'~') || matches!(byte, b'"' | b'\\')) {
        let (plain, other) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let mut chars = other.chars();
        match chars.next() {
            Some(c) => escape_char(c, out),
            None => break,
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

fn escape_char(c: char, out: &mut String) {
    match c {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {
            out.extend(c.escape_unicode());
        }
        c if c.is_control() => out.extend(c.escape_unicode()),
        c => out.push(c),
    }
}

/// A text as a literal that looks like the one it replaces: raw where that was raw, over lines where that was.
pub fn quote_like(value: &str, old: &str, newline: &str) -> String {
    let lines: Vec<&str> = value.split(newline).collect();
    // A line end of another kind would not survive in a file of this kind.
    let is_foreign = lines.iter().any(|line| line.contains(['\n', '\r']));
    let may_have_lines = !is_foreign && (lines.len() == 1 || old.contains('\n'));
    if old.starts_with('r') && may_have_lines && !value.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\r'))
    {
        let used = old.bytes().skip(1).take_while(|&b| b == b'#').count();
        if let Some(hashes) = (used..used + 8).map(|n| "#".repeat(n)).find(|h| !value.contains(&format!("\"{h}"))) {
            return format!("r{hashes}\"{value}\"{hashes}");
        }
    }
    if !may_have_lines || lines.len() == 1 {
        return quote(value);
    }
    let mut out = String::from("\"");
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            out.push_str(newline);
        }
        escape(line, &mut out);
    }
    out.push('"');
    out
}
