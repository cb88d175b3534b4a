//! Cells of tables: texts that no spreadsheet takes for a formula, and lists in one cell. Each way there has its way back.

use unicode_width::UnicodeWidthChar as _;

/// Stands before a text that a spreadsheet would take for a formula.
const GUARD: char = '\'';

/// A text as a cell that no spreadsheet takes for a formula: with an apostrophe before it where it begins with one of the signs
/// that OWASP names ("CSV Injection"), full width ones included, also behind blanks and signs that nobody sees, unless the whole
/// is a number. A text that begins with apostrophes before such a sign gets one more, so that `unguarded` gives back each.
pub fn guarded(text: &str) -> std::borrow::Cow<'_, str> {
    if begins_formula(text.trim_start_matches(GUARD)) { format!("{GUARD}{text}").into() } else { text.into() }
}

/// The text of a cell that [`guarded`] made. Any other cell stays as it is.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix(GUARD) {
        Some(text) if begins_formula(text.trim_start_matches(GUARD)) => text,
        _ => cell,
    }
}

fn begins_formula(text: &str) -> bool {
    // Most begin with a letter or a figure.
    if text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    let shown = text.trim_start_matches(|c: char| c.is_whitespace() || c.width().unwrap_or(0) == 0);
    let begins =
        text.starts_with(['\t', '\r', '\n']) || shown.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let is_number = || {
        let digits = shown.strip_prefix(['+', '-']).unwrap_or(text);
        digits.starts_with(|c: char| c.is_ascii_digit()) && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    begins && !is_number()
}

/// Adds an item to a cell of several, behind a semicolon unless it is the first. In quotation marks, doubled within, stands an
/// item that has a semicolon, quotation marks or line ends in it, blanks around it, or no sign at all; an item that is not there
/// leaves its place empty, so that lists of one length can stand side by side.
pub fn push_item(cell: &mut String, is_first: bool, item: Option<&str>) {
    if !is_first {
        cell.push_str("; ");
    }
    let Some(item) = item else { return };
    if item.is_empty() || item.contains([';', '"', '\n', '\r']) || item.trim() != item {
        cell.push('"');
        for (at, piece) in item.split('"').enumerate() {
            cell.push_str(if at > 0 { "\"\"" } else { "" });
            cell.push_str(piece);
        }
        cell.push('"');
    } else {
        cell.push_str(item);
    }
}

/// The items of a cell that [`push_item`] filled, or that somebody typed: what stands between semicolons outside quotation
/// marks, without the blanks around it. A cell of nothing has no item.
pub fn items(cell: &str) -> Vec<Option<String>> {
    if cell.trim().is_empty() {
        return Vec::new();
    }
    let (mut items, mut item) = (Vec::new(), Item::default());
    let mut signs = cell.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if item.is_open && signs.peek() == Some(&'"') => {
                item.text.push('"');
                signs.next();
            }
            '"' if item.is_open => {
                item.is_open = false;
                item.kept = item.text.len();
            }
            '"' if !item.is_quoted && item.text.trim().is_empty() => {
                item = Item { is_open: true, is_quoted: true, ..Item::default() }
            }
            ';' if !item.is_open => items.push(std::mem::take(&mut item).read()),
            sign => item.text.push(sign),
        }
    }
    items.push(item.read());
    items
}

/// An item that is being read.
#[derive(Default)]
struct Item {
    text: String,
    /// Whether a quotation mark was opened and not closed.
    is_open: bool,
    is_quoted: bool,
    /// Up to here the text stood in quotation marks, so that its blanks are its own.
    kept: usize,
}

impl Item {
    fn read(mut self) -> Option<String> {
        if !self.is_quoted {
            let text = self.text.trim();
            return (!text.is_empty()).then(|| text.to_owned());
        }
        let end = if self.is_open { self.text.len() } else { self.text.trim_end().len().max(self.kept) };
        self.text.truncate(end);
        Some(self.text)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_numbers_stay() {
        let cases = [
            ("=1+1", "'=1+1"),
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("@SUM(1)", "'@SUM(1)"),
            ("+1+1", "'+1+1"),
            ("-2+3", "'-2+3"),
            ("-A1", "'-A1"),
            ("-", "'-"),
            ("\t=1", "'\t=1"),
            ("\r=1", "'\r=1"),
            ("\n=1", "'\n=1"),
            ("＝1+1", "'＝1+1"),
            (" =1+1", "' =1+1"),
            ("\u{a0}\u{3000}@SUM(1)", "'\u{a0}\u{3000}@SUM(1)"),
            ("\u{feff}=1", "'\u{feff}=1"),
            ("\u{200b}\u{200e}=1", "'\u{200b}\u{200e}=1"),
            ("\0=1", "'\0=1"),
            ("'=1", "''=1"),
            ("'t is", "'t is"),
            (" -5", " -5"),
            (" a=1", " a=1"),
            ("-0043", "-0043"),
            ("+3.5", "+3.5"),
            ("-5 degrees", "'-5 degrees"),
            ("a=1", "a=1"),
            ("", ""),
        ];
        for (text, cell) in cases {
            assert_eq!(guarded(text), cell, "{text}");
            assert_eq!(unguarded(cell), text, "{cell}");
        }
    }

    #[test]
    fn a_cell_that_somebody_typed_is_read_as_it_is_meant() {
        let of = |cell: &str| items(cell).into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>();
        assert_eq!(of(" Duma ;Kremlin;"), ["Duma", "Kremlin", ""]);
        assert_eq!(of("the \"West\"; \"a; b\" "), ["the \"West\"", "a; b"]);
        assert_eq!(of("\"left open; so "), ["left open; so "]);
        assert_eq!(of("  "), [""; 0]);
    }

    proptest! {
        #[test]
        fn what_is_guarded_comes_back(text in "['=+@ \ta1-]{0,5}") {
            let cell = guarded(&text);
            prop_assert_eq!(unguarded(&cell), text.as_str());
            prop_assert!(!begins_formula(&cell));
        }

        #[test]
        fn items_come_back(list in proptest::collection::vec(proptest::option::of("[a\"; \n]{0,4}"), 2..5)) {
            let mut cell = String::new();
            for (at, item) in list.iter().enumerate() {
                push_item(&mut cell, at == 0, item.as_deref());
            }
            prop_assert_eq!(items(&cell), list);
        }

        #[test]
        fn a_single_item_comes_back(item in "[a\"; \n]{0,4}") {
            let mut cell = String::new();
            push_item(&mut cell, true, Some(&item));
            prop_assert_eq!(items(&cell), [Some(item)]);
        }
    }
}
