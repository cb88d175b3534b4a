//! A brief as CommonMark: headings, paragraphs, lists and links only. Endnotes are a numbered list with anchors, which work
//! on GitHub and through pandoc alike; there are no footnotes and no tables, which are not CommonMark.
//!
//! Whatever an analyst or a source wrote comes out literally (`export::markdown`), whichever signs it has.

use std::io;

use super::number::{push_number, push_with_number};
use super::{Brief, Contest, Entry, Fact, Line, Listed, Note, PASSED_ON_BYTES, Span};
use crate::export::markdown::{push_address, push_code, push_inline, push_written};

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
            writer.entry(entry);
            writer.pass_on(out)?;
        }
    }
    writer.heading(2, "Contested");
    if brief.contest_count() == 0 {
        writer.paragraph(&Line::words("Nothing that is shown is contested."));
    }
    for contest in brief.contests() {
        writer.contest(contest);
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
        writer.source(listed);
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

    fn paragraph(&mut self, line: &Line<'_>) {
        self.begin_block();
        self.line(line, 0);
        self.out.push('\n');
    }

    fn entry(&mut self, entry: Entry<'_>) {
        self.begin_block();
        self.parts(["<a id=\"event-", "\"></a>**"], entry.number);
        let weight = if entry.warns() { "**" } else { "" };
        self.line(&entry.date.flat(), 0);
        self.out.push_str("** · **");
        self.inline(untitled_if_empty(entry.title));
        self.out.push_str("**");
        for note in entry.notes.clone() {
            self.parts([" <a id=\"mark-", "\"></a>[\\[", "\\]](#note-", ")"], note);
        }
        self.out.push_str("\\\n");
        self.out.push_str(weight);
        self.out.push_str(entry.standing.label());
        self.out.push_str(weight);
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

    fn contest(&mut self, contest: Contest<'_>) {
        self.begin_block();
        self.out.push_str("**");
        self.line(&contest.event.flat(), 0);
        self.out.push_str("**\n");
        self.facts(&contest.facts, 0);
    }

    fn note(&mut self, note: &Note<'_>) {
        self.begin_block();
        let indent = self.item(note.number);
        self.parts(["<a id=\"note-", "\"></a>"], note.number);
        self.line(&note.reference, indent);
        self.parts([" [↩](#mark-", ")\n"], note.number);
        self.facts(&note.facts, indent);
    }

    fn source(&mut self, listed: Listed<'_>) {
        self.begin_block();
        let indent = self.item(listed.number);
        self.parts(["<a id=\"source-", "\"></a>"], listed.number);
        self.line(&listed.reference, indent);
        self.out.push('\n');
        let mut facts =
            vec![Fact::new("Kind", Line::words(listed.kind)), Fact::new("Reliability", Line::words(listed.grade))];
        facts.extend(listed.origin.map(|origin| Fact::new("Derived from", origin)));
        facts.push(Fact::new("Cited for", listed.cited));
        self.facts(&facts, indent);
    }

    /// Begins an item of a numbered list and says how far its contents are indented. Four spaces at the least: CommonMark
    /// takes fewer, pandoc does not.
    fn item(&mut self, number: usize) -> usize {
        let start = self.out.len();
        push_number(&mut self.out, number);
        self.out.push('.');
        let marker = self.out.len() - start;
        let indent = (marker + 1).max(4);
        self.indent(indent - marker);
        indent
    }

    fn indent(&mut self, spaces: usize) {
        self.out.extend(std::iter::repeat_n(' ', spaces));
    }

    /// Markup with a number between every two of its parts.
    fn parts<const N: usize>(&mut self, parts: [&str; N], number: usize) {
        push_with_number(&mut self.out, parts, number);
    }

    fn facts(&mut self, facts: &[Fact<'_>], indent: usize) {
        if facts.is_empty() {
            return;
        }
        self.begin_block();
        for fact in facts {
            self.indent(indent);
            self.out.push_str("- **");
            self.out.push_str(fact.label);
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
                        self.indent(indent + 2);
                        self.out.push_str("- ");
                        self.line(line, indent + 4);
                        self.out.push('\n');
                    }
                }
            }
        }
    }

    /// A line whose further lines of text, where somebody wrote several, are indented as far as its block.
    fn line(&mut self, line: &Line<'_>, indent: usize) {
        for span in &line.0 {
            match span {
                Span::Words(text) => push_words(&mut self.out, text),
                Span::Written { text, .. } => push_written(&mut self.out, text, indent),
                Span::Address(address) => push_address(&mut self.out, address),
                Span::Code(text) => push_code(&mut self.out, text),
                Span::Note(number) => self.parts(["[\\[", "\\]](#note-", ")"], *number),
                Span::Event { number, title } => {
                    self.out.push('[');
                    self.inline(untitled_if_empty(title));
                    self.parts(["](#event-", ")"], *number);
                }
                Span::Source(number) => self.parts(["[source ", "](#source-", ")"], *number),
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
