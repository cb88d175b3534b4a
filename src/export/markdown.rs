//! Literal text in CommonMark: what somebody wrote, with every sign that Markdown would take for its own escaped.
//!
//! Owns escaping. Controls and marks that turn the direction of what follows are made visible; letters that run from right to
//! left do so by themselves. What a document says is its writer's: a brief's, or that of `annalist list`.

use crate::model::WebAddress;
use crate::text::{push_visible, shown_sign, visible};

/// Text on one line, literally: white space of every kind becomes single spaces.
pub fn push_inline(out: &mut String, text: &str) {
    let is_marker = |byte: &u8| matches!(byte, b'-' | b'+' | b'=') || byte.is_ascii_digit();
    // Behind its first word no text begins a line, so what is written is looked back at once.
    let begins_line = text.trim_start().as_bytes().first().is_some_and(is_marker) && begins_line(out);
    if !begins_line && is_literal(text) {
        out.push_str(text);
        return;
    }
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        if at == 0 && begins_line {
            push_word(out, word, true);
        } else if is_literal(word) {
            out.push_str(word);
        } else {
            push_word(out, word, false);
        }
    }
}

/// A document's own words: as [`push_inline`], but the spaces at their ends stay, which join them to what
/// stands beside them.
pub fn push_words(out: &mut String, words: &str) {
    let inner = words.strip_prefix(' ').unwrap_or(words);
    if inner.len() < words.len() {
        out.push(' ');
    }
    match inner.strip_suffix(' ') {
        Some(inner) => {
            push_inline(out, inner);
            out.push(' ');
        }
        None => push_inline(out, inner),
    }
}

/// Whether a text comes out as it is, wherever it does not begin a line: single spaces between words, and no sign that is
/// escaped, unseen or another blank. Most is so, and need not be looked at sign by sign.
fn is_literal(text: &str) -> bool {
    let mut rest = text.as_bytes();
    // A blank at either end goes, as does the second of two; dashes and dots are escaped in runs.
    let mut before = b' ';
    while let [byte, after @ ..] = rest {
        rest = match byte {
            b' ' | b'-' | b'.' if before == *byte => return false,
            b' '..=b'~' if !is_markup(char::from(*byte)) => after,
            0x80.. => match shown_sign(rest) {
                0 => return false,
                length => rest.get(length..).unwrap_or_default(),
            },
            _ => return false,
        };
        before = *byte;
    }
    before != b' '
}

/// Whether a sign is escaped wherever it stands.
const fn is_markup(sign: char) -> bool {
    matches!(sign, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '^' | '$' | '&')
}

/// Text that may have lines and paragraphs of its own, literally.
pub fn push_written(out: &mut String, text: &str, indent: usize) {
    // Most is one line.
    if !text.as_bytes().contains(&b'\n') {
        return push_inline(out, text.trim());
    }
    let mut between = "";
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            if !between.is_empty() {
                between = "\n\n";
            }
            continue;
        }
        if !between.is_empty() {
            out.push_str(between);
            out.extend(std::iter::repeat_n(' ', indent));
        }
        push_inline(out, line);
        between = "\\\n";
    }
}

/// Whether what is written next is the first of its line, or the first behind the marker of a list. Only the end of the
/// text is looked at, so that a long line costs each of its words the same.
fn begins_line(out: &str) -> bool {
    let is_empty = |line: &str| line.is_empty() || line.ends_with('\n');
    let before = out.trim_end_matches(' ');
    is_empty(before) || before.strip_suffix('-').is_some_and(|before| is_empty(before.trim_end_matches(' ')))
}

/// A word without white space. Every sign that means something in CommonMark or in what GitHub and pandoc add to it gets a
/// backslash: anywhere, or at the beginning of a line only (list markers, underlines of headings), or in runs (dashes and
/// dots that pandoc would join).
fn push_word(out: &mut String, word: &str, begins_line: bool) {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let mut before = None;
    let mut characters = word.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map(|&(_, next)| next);
        let is_run = |sign| character == sign && (before == Some(sign) || after == Some(sign));
        let escaped = match character {
            sign if is_markup(sign) => true,
            '-' | '+' | '=' if at == 0 && begins_line => true,
            '.' | ')' if begins_line && at > 0 && at == digits => true,
            '-' | '.' => is_run(character),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        push_visible(out, character);
        before = Some(character);
    }
}

/// An address: a link where it may be followed, else text.
pub fn push_address(out: &mut String, address: &str) {
    let address = &*visible(address);
    let plain = |c: char| !matches!(c, '<' | '>' | '\\' | '&' | '"' | '`');
    // Between angle brackets a backslash escapes nothing, and only what looks like an entity would be read as something else.
    let is_literal = address.chars().all(|c| plain(c) || c == '&') && !has_entity(address);
    if !WebAddress::is_link(address) {
        push_inline(out, address);
    } else if is_literal {
        out.push('<');
        out.push_str(address);
        out.push('>');
    } else {
        out.push('[');
        push_inline(out, address);
        out.push_str("](<");
        for character in address.chars() {
            if !plain(character) {
                out.push('\\');
            }
            out.push(character);
        }
        out.push_str(">)");
    }
}

/// Whether a text holds something like `&amp;`.
fn has_entity(text: &str) -> bool {
    text.split('&').skip(1).any(|rest| {
        let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
        name.len() < rest.len() && name.starts_with(';')
    })
}

/// A code span, fenced with one more backtick than it holds in a row.
pub fn push_code(out: &mut String, text: &str) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = visible(&text);
    if text.is_empty() {
        return;
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let room = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    out.push_str(&format!("{fence}{room}{text}{room}{fence}"));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const SIGNS: &str = "\\`*_{}[]<>#|~^$&";

    fn inline(text: &str) -> String {
        let mut out = String::new();
        push_inline(&mut out, text);
        out
    }

    /// What a reader of CommonMark makes of a line of text without markup: backslashes before ASCII punctuation go.
    fn read(markdown: &str) -> String {
        let mut text = String::new();
        let mut characters = markdown.chars().peekable();
        while let Some(character) = characters.next() {
            match (character, characters.peek()) {
                ('\\', Some(next)) if next.is_ascii_punctuation() => text.extend(characters.next()),
                _ => text.push(character),
            }
        }
        text
    }

    /// Whether a sign stands somewhere without a backslash.
    fn is_bare(markdown: &str, signs: &str) -> bool {
        let mut escaped = false;
        markdown.chars().any(|character| {
            let bare = !escaped && signs.contains(character) && character != '\\';
            escaped = !escaped && character == '\\';
            bare
        })
    }

    #[test]
    fn signs_of_markdown_come_out_literally() {
        let cases = [
            ("A *bold* [claim](x) <b>", r"A \*bold\* \[claim\](x) \<b\>"),
            ("# not a heading", r"\# not a heading"),
            ("- not a list", r"\- not a list"),
            ("+ not a list", r"\+ not a list"),
            ("1. not a list, 2.5 is a number", r"1\. not a list, 2.5 is a number"),
            ("12) nor this", r"12\) nor this"),
            ("=====", r"\====="),
            ("---", r"\-\-\-"),
            ("2024-10-24 a-b", "2024-10-24 a-b"),
            ("a | b", r"a \| b"),
            ("AT&amp;T `x` snake_case ~~gone~~ $1$", r"AT\&amp;T \`x\` snake\_case \~\~gone\~\~ \$1\$"),
            ("two  spaces\nand a line", "two spaces and a line"),
            ("\u{202e}gnp.exe \u{1b}[1m", r"\u202egnp.exe ␛\[1m"),
            ("שלום عليكم", "שלום عليكم"),
            ("and so on... -- really", r"and so on\.\.\. \-\- really"),
        ];
        for (text, expected) in cases {
            assert_eq!(inline(text), expected, "{text}");
        }
    }

    #[test]
    fn lines_and_paragraphs_that_were_written_are_kept() {
        let mut out = String::from("- ");
        push_written(&mut out, "one\n  two\n\n\n- three\n", 2);
        assert_eq!(out, "- one\\\n  two\n\n  \\- three");
    }

    #[test]
    fn own_words_keep_the_spaces_that_join_them() {
        let written = |words| {
            let mut out = String::from("x");
            push_words(&mut out, words);
            out
        };
        for (words, expected) in
            [(" ", "x "), (" (", "x ("), ("; a", "x; a"), (" [a] — b ", r"x \[a\] — b "), ("", "x")]
        {
            assert_eq!(written(words), expected, "{words:?}");
        }
    }

    /// What is passed over as literal comes out as sign by sign.
    #[test]
    fn what_is_copied_as_a_whole_needs_no_escape() {
        let signs = (0..0x3100).chain(0xfe00..0x1_0100).chain(0x1_f600..0x1_f610).filter_map(char::from_u32);
        for sign in signs {
            for text in [format!("{sign}"), format!("a{sign}b"), format!("a{sign}{sign}b"), format!("{sign} {sign}")] {
                let mut by_sign = String::from("x");
                for (at, word) in text.split_whitespace().enumerate() {
                    by_sign.push_str(if at > 0 { " " } else { "" });
                    push_word(&mut by_sign, word, false);
                }
                let mut out = String::from("x");
                push_inline(&mut out, &text);
                assert_eq!(out, by_sign, "{text:?}");
            }
        }
    }

    #[test]
    fn what_begins_an_item_begins_a_line() {
        let mut out = String::from("x\n  - ");
        push_written(&mut out, "1. first", 4);
        assert_eq!(out, "x\n  - 1\\. first");
    }

    #[test]
    fn addresses_become_links_only_where_they_can_be_followed() {
        let cases = [
            ("https://example.org/a_b*c", "<https://example.org/a_b*c>"),
            ("https://example.org/?a=1&b=2", "<https://example.org/?a=1&b=2>"),
            ("https://example.org/?a&lt;b", r"[https://example.org/?a\&lt;b](<https://example.org/?a\&lt;b>)"),
            ("javascript:alert(1)", "javascript:alert(1)"),
            ("<script>", r"\<script\>"),
        ];
        for (address, expected) in cases {
            let mut out = String::from("x ");
            push_address(&mut out, address);
            assert_eq!(out, format!("x {expected}"));
        }
    }

    #[test]
    fn code_is_fenced_by_more_backticks_than_it_holds() {
        for (text, expected) in [("a.txt", "`a.txt`"), ("a``b", "```a``b```"), ("`", "`` ` ``"), ("", "")] {
            let mut out = String::new();
            push_code(&mut out, text);
            assert_eq!(out, expected);
        }
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_it_was_written(text in r"[-+=#>*_`\[\]<>&|~$^{}.)\\!: a-c1-2\n]{0,40}") {
            let markdown = inline(&text);
            let literal = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(read(&markdown), literal);
            prop_assert!(!is_bare(&markdown, SIGNS), "{}", markdown);
            let is_marker = |line: &str| {
                let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
                line.starts_with(['-', '+', '=']) || (rest.len() < line.len() && rest.starts_with(['.', ')']))
            };
            prop_assert!(!is_marker(&markdown), "{}", markdown);
        }

        #[test]
        fn any_text_at_all_keeps_its_letters(text in "\\PC{0,60}") {
            let literal = text.split_whitespace().collect::<Vec<_>>().join(" ");
            prop_assert_eq!(read(&inline(&text)), literal);
        }
    }
}
