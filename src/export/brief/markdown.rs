//! A brief as CommonMark: headings, paragraphs, lists and links only. Endnotes are a numbered list with anchors, which work
//! on GitHub and through pandoc alike; there are no footnotes and no tables, which are not CommonMark.
//!
//! Whatever an analyst or a source wrote comes out literally, whichever signs it has.

use std::io;

use super::address::is_link;
use super::{Brief, Contest, Entry, Fact, Line, Listed, Note, PASSED_ON_BYTES, Span};

/// Writes the brief as a Markdown document.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn markdown(brief: &Brief<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = Writer::default();
    writer.heading(1, brief.title());
    if let Some(scope) = brief.scope() {
        writer.paragraph(&scope);
    }
    writer.facts(&brief.about(), 0);
    writer.heading(2, "Source summary statement");
    for line in brief.summary() {
        writer.paragraph(&line);
    }
    writer.heading(2, "Chronology");
    for chapter in brief.chapters() {
        if let Some(heading) = &chapter.heading {
            writer.heading(if chapter.is_section { 4 } else { 3 }, heading);
        }
        for entry in chapter.entries.clone().filter_map(|at| brief.entry(at)) {
            writer.entry(&entry);
            writer.pass_on(out)?;
        }
    }
    writer.heading(2, "Contested");
    if brief.contest_count() == 0 {
        writer.paragraph(&Line::words("Nothing that is shown is contested."));
    }
    for contest in brief.contests() {
        writer.contest(&contest);
        writer.pass_on(out)?;
    }
    writer.heading(2, "Notes");
    if brief.note_count() == 0 {
        writer.paragraph(&Line::words("No citation."));
    }
    for note in brief.notes() {
        writer.note(&note);
        writer.pass_on(out)?;
    }
    writer.heading(2, "Sources");
    if brief.source_count() == 0 {
        writer.paragraph(&Line::words("No source."));
    }
    for listed in brief.sources() {
        writer.source(&listed);
        writer.pass_on(out)?;
    }
    let keys = brief.keys();
    if !keys.is_empty() {
        writer.heading(2, "Terms");
    }
    for key in &keys {
        writer.heading(3, key.heading);
        writer.begin_block();
        for (term, meaning) in &key.terms {
            writer.out.push_str("- **");
            writer.inline(term);
            writer.out.push_str("**: ");
            writer.inline(meaning);
            writer.out.push('\n');
        }
    }
    out.write_all(writer.out.as_bytes())
}

/// Whole blocks of the document, up to a point where they are passed on.
#[derive(Default)]
struct Writer {
    out: String,
    /// Whether anything was passed on, so that what comes next is not the first block.
    is_begun: bool,
}

impl Writer {
    /// Passes on what is written, once it is worth a call. Only between blocks, each of which ends its last line: what is
    /// written next looks back no further.
    fn pass_on(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.out.len() >= PASSED_ON_BYTES {
            out.write_all(self.out.as_bytes())?;
            self.out.clear();
            self.is_begun = true;
        }
        Ok(())
    }

    /// Ends the block before, with an empty line.
    fn begin_block(&mut self) {
        if self.is_begun || !self.out.is_empty() {
            if !self.out.is_empty() && !self.out.ends_with('\n') {
                self.out.push('\n');
            }
            self.out.push('\n');
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.begin_block();
        self.out.extend(std::iter::repeat_n('#', level));
        self.out.push(' ');
        self.inline(text);
        self.out.push('\n');
    }

    fn paragraph(&mut self, line: &Line) {
        self.begin_block();
        self.line(line, 0);
        self.out.push('\n');
    }

    fn entry(&mut self, entry: &Entry) {
        self.begin_block();
        self.out.push_str(&format!("<a id=\"event-{}\"></a>**", entry.number));
        self.line(&entry.date.flat(), 0);
        self.out.push_str("** · **");
        self.inline(untitled_if_empty(&entry.title));
        self.out.push_str("**");
        for note in entry.notes.clone() {
            self.out.push_str(&format!(" <a id=\"mark-{note}\"></a>[\\[{note}\\]](#note-{note})"));
        }
        self.out.push_str("\\\n");
        let weight = if entry.warns() { "**" } else { "" };
        self.out.push_str(&format!("{weight}{}{weight}", entry.standing.label()));
        if !entry.about.is_empty() {
            self.out.push_str(" · ");
            self.line(&entry.about.flat(), 0);
        }
        self.out.push('\n');
        if let Some(note) = &entry.note {
            self.paragraph(note);
        }
        self.facts(&entry.facts, 0);
    }

    fn contest(&mut self, contest: &Contest) {
        self.begin_block();
        self.out.push_str("**");
        self.line(&contest.event.flat(), 0);
        self.out.push_str("**\n");
        self.facts(&contest.facts, 0);
    }

    fn note(&mut self, note: &Note) {
        self.begin_block();
        let indent = self.item(&format!("{}.", note.number));
        self.out.push_str(&format!("<a id=\"note-{}\"></a>", note.number));
        self.line(&note.reference, indent);
        self.out.push_str(&format!(" [↩](#mark-{})\n", note.number));
        self.facts(&note.facts, indent);
    }

    fn source(&mut self, listed: &Listed) {
        self.begin_block();
        let indent = self.item(&format!("{}.", listed.number));
        self.out.push_str(&format!("<a id=\"source-{}\"></a>", listed.number));
        self.line(&listed.reference, indent);
        self.out.push('\n');
        let mut facts = vec![
            Fact::new("Kind", Line::words(listed.kind)),
            Fact::new("Reliability", Line::words(listed.grade.as_str())),
        ];
        facts.extend(listed.origin.clone().map(|origin| Fact::new("Derived from", origin)));
        facts.push(Fact::new("Cited for", listed.cited.clone()));
        self.facts(&facts, indent);
    }

    /// Begins an item of a list and says how far its contents are indented. Four spaces at the least: CommonMark takes
    /// fewer, pandoc does not.
    fn item(&mut self, marker: &str) -> usize {
        let indent = (marker.len() + 1).max(4);
        self.out.push_str(marker);
        self.out.extend(std::iter::repeat_n(' ', indent - marker.len()));
        indent
    }

    fn facts(&mut self, facts: &[Fact], indent: usize) {
        if facts.is_empty() {
            return;
        }
        self.begin_block();
        for fact in facts {
            self.out.extend(std::iter::repeat_n(' ', indent));
            self.out.push_str("- **");
            self.inline(fact.label);
            self.out.push_str(":**");
            match fact.lines.as_slice() {
                [line] => {
                    self.out.push(' ');
                    self.line(line, indent + 2);
                    self.out.push('\n');
                }
                lines => {
                    self.out.push('\n');
                    for line in lines {
                        self.out.extend(std::iter::repeat_n(' ', indent + 2));
                        self.out.push_str("- ");
                        self.line(line, indent + 4);
                        self.out.push('\n');
                    }
                }
            }
        }
    }

    /// A line whose further lines of text, where somebody wrote several, are indented as far as its block.
    fn line(&mut self, line: &Line, indent: usize) {
        for span in &line.0 {
            match span {
                Span::Words(text) => push_words(&mut self.out, text),
                Span::Written { text, .. } => push_written(&mut self.out, text, indent),
                Span::Address(address) => push_address(&mut self.out, address),
                Span::Code(text) => push_code(&mut self.out, text),
                Span::Note(number) => self.out.push_str(&format!("[\\[{number}\\]](#note-{number})")),
                Span::Event { number, title } => {
                    self.out.push('[');
                    self.inline(untitled_if_empty(title));
                    self.out.push_str(&format!("](#event-{number})"));
                }
                Span::Source(number) => self.out.push_str(&format!("[source {number}](#source-{number})")),
            }
        }
    }

    fn inline(&mut self, text: &str) {
        push_inline(&mut self.out, text);
    }
}

pub(super) fn untitled_if_empty(title: &str) -> &str {
    if title.is_empty() { "(untitled)" } else { title }
}

/// Text on one line, literally: white space of every kind becomes single spaces.
fn push_inline(out: &mut String, text: &str) {
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        push_word(out, word);
    }
}

/// The brief's own words keep the spaces at their ends, which join them to what stands beside them.
fn push_words(out: &mut String, text: &str) {
    if text.starts_with(' ') {
        out.push(' ');
    }
    push_inline(out, text);
    if text.ends_with(' ') && text.len() > 1 {
        out.push(' ');
    }
}

/// Text that may have lines and paragraphs of its own, literally.
fn push_written(out: &mut String, text: &str, indent: usize) {
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
fn push_word(out: &mut String, word: &str) {
    let begins_line = begins_line(out);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let mut before = None;
    let mut characters = word.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map(|&(_, next)| next);
        let is_run = |sign| character == sign && (before == Some(sign) || after == Some(sign));
        let escaped = match character {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '^' | '$' | '&' => true,
            '-' | '+' | '=' if at == 0 && begins_line => true,
            '.' | ')' if begins_line && at > 0 && at == digits => true,
            '-' | '.' => is_run(character),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        out.push(if character.is_control() { '\u{fffd}' } else { character });
        before = Some(character);
    }
}

fn push_address(out: &mut String, address: &str) {
    let plain = |c: char| !matches!(c, '<' | '>' | '\\' | '&' | '"' | '`');
    // Between angle brackets a backslash escapes nothing, and only what looks like an entity would be read as something else.
    let is_literal = address.chars().all(|c| plain(c) || c == '&') && !has_entity(address);
    if !is_link(address) {
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
fn push_code(out: &mut String, text: &str) {
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
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
