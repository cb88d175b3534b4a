//! A brief as CommonMark: headings, paragraphs, lists and links only. Endnotes are a numbered list with anchors, which work
//! on GitHub and through pandoc alike; there are no footnotes, which are not CommonMark. The one table, of accounts, is there where it
//! is asked for: lines with strokes between the cells, which read as they stand and are a table on GitHub and through pandoc.
//!
//! Whatever an analyst or a source wrote comes out literally (`export::markdown`), whichever signs it has.

use std::io;

use super::content::untitled_if_empty;
use super::number::{push_number, push_with_number};
use super::repeats::Repeats;
use super::{AccountPart, Brief, Contest, Entry, Listed, Note, PASSED_ON_BYTES, Painter, Repeat, Span};
use crate::export::markdown::{push_address, push_code, push_inline, push_words, push_written};

/// Writes the brief as a Markdown document.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn markdown(brief: &Brief<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = Writer::default();
    writer.heading(1, brief.title());
    if let Some(scope) = brief.scope() {
        writer.paragraph(|out| out.written(scope, None));
    }
    writer.facts(0, |out| brief.about(out));
    writer.heading(2, "Source summary statement");
    for words in brief.summary() {
        writer.paragraph(|out| out.words(&words));
    }
    writer.heading(2, "Chronology");
    for chapter in brief.chapters() {
        if let Some(heading) = &chapter.heading {
            writer.heading(if chapter.is_section { 4 } else { 3 }, heading);
        }
        for entry in brief.entries(chapter.entries.clone()) {
            writer.entry(&entry);
            writer.pass_on(out)?;
        }
    }
    writer.heading(2, "Contested");
    if brief.contest_count() == 0 {
        writer.paragraph(|out| out.words("Nothing that is shown is contested."));
    }
    for contest in brief.contests() {
        writer.contest(&contest);
        writer.pass_on(out)?;
    }
    let gaps = brief.gaps();
    if !gaps.is_empty() {
        writer.heading(2, "Gaps and bursts");
        writer.begin_block();
        for line in gaps {
            writer.out.push_str("- ");
            writer.inline(&line);
            writer.out.push('\n');
        }
    }
    if let Some(words) = brief.account_words() {
        writer.heading(2, "Accounts");
        writer.paragraph(|out| out.words(&words));
        for part in brief.account_parts() {
            writer.accounts(&part, out)?;
        }
    }
    writer.heading(2, "Notes");
    if brief.note_count() == 0 {
        writer.paragraph(|out| out.words("No citation."));
    }
    for note in brief.notes() {
        writer.note(&note);
        writer.pass_on(out)?;
    }
    writer.heading(2, "Sources");
    if brief.source_count() == 0 {
        writer.paragraph(|out| out.words("No source."));
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
    /// How far the further lines of a block are indented, and the facts of an item.
    indent: usize,
    /// Whether what somebody wrote has to stand on one line.
    is_flat: bool,
    repeats: Repeats,
    /// What `repeats` was written with.
    repeats_indent: usize,
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

    fn paragraph(&mut self, line: impl FnOnce(&mut Self)) {
        self.begin_block();
        line(self);
        self.out.push('\n');
    }

    /// A line with nothing in it but single spaces between words, for places that have room for one line.
    fn flat(&mut self, line: impl FnOnce(&mut Self)) {
        self.is_flat = true;
        line(self);
        self.is_flat = false;
    }

    fn entry(&mut self, entry: &Entry<'_, '_>) {
        self.begin_block();
        self.parts(["<a id=\"event-", "\"></a>**"], entry.number);
        let weight = if entry.warns() { "**" } else { "" };
        self.flat(|out| entry.date(out));
        self.out.push_str("** · **");
        self.inline(untitled_if_empty(entry.title));
        self.out.push_str("**");
        for note in entry.notes.clone() {
            self.parts([" <a id=\"mark-", "\"></a>[\\[", "\\]](#note-", ")"], note);
        }
        // A backslash before a line end is CommonMark's hard line break.
        for part in ["\\\n", weight, entry.standing.label(), weight] {
            self.out.push_str(part);
        }
        self.flat(|out| entry.about(out));
        self.out.push('\n');
        if let Some(note) = entry.note {
            self.paragraph(|out| out.written(note, None));
        }
        self.facts(0, |out| entry.facts(out));
    }

    fn contest(&mut self, contest: &Contest<'_, '_>) {
        self.begin_block();
        self.out.push_str("**");
        self.flat(|out| contest.event(out));
        self.out.push_str("**\n");
        self.facts(0, |out| contest.facts(out));
    }

    /// A table of accounts: its lines stand together, each cell on its line.
    fn accounts(&mut self, part: &AccountPart<'_, '_>, out: &mut dyn io::Write) -> io::Result<()> {
        self.begin_block();
        self.out.push_str("| Date | Event |");
        for account in part.accounts {
            self.cell(|out| out.inline(account));
        }
        self.out.push_str("\n|---|---|");
        self.out.extend(part.accounts.iter().map(|_| "---|"));
        self.out.push('\n');
        for row in part.rows() {
            self.out.push('|');
            self.cell(|out| out.inline(&row.date));
            self.cell(|out| out.span(Span::Event { number: row.number, title: row.title }));
            for cell in row.cells {
                self.cell(|out| match cell.tellings.as_slice() {
                    [] => out.out.push('—'),
                    tellings => {
                        out.inline(&tellings.join("; "));
                        out.out.push_str(if cell.conflicts { " ≠" } else { "" });
                    }
                });
            }
            self.out.push('\n');
            self.pass_on(out)?;
        }
        Ok(())
    }

    /// A cell and the stroke behind it.
    fn cell(&mut self, write: impl FnOnce(&mut Self)) {
        self.out.push(' ');
        write(self);
        self.out.push_str(" |");
    }

    fn note(&mut self, note: &Note<'_, '_>) {
        self.begin_block();
        let indent = self.item(note.number);
        // What is repeated holds lines that are indented as those of its item, which are further on as numbers grow.
        if indent != self.repeats_indent {
            self.repeats.clear();
            self.repeats_indent = indent;
        }
        self.parts(["<a id=\"note-", "\"></a>"], note.number);
        self.indented(indent, |out| note.reference(out));
        self.parts([" [↩](#mark-", ")\n"], note.number);
        self.facts(indent, |out| note.facts(out));
    }

    fn source(&mut self, listed: &Listed<'_, '_>) {
        self.begin_block();
        let indent = self.item(listed.number);
        self.parts(["<a id=\"source-", "\"></a>"], listed.number);
        self.indented(indent, |out| listed.reference(out));
        self.out.push('\n');
        self.facts(indent, |out| {
            out.fact("Kind", |out| out.words(listed.kind));
            out.fact("Reliability", |out| out.words(&listed.grade));
            if listed.is_derived() {
                out.fact("Derived from", |out| listed.origin(out));
            }
            out.fact("Cited for", |out| listed.cited(out));
        });
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

    /// A list of the facts that `facts` writes; nothing where it writes none.
    fn facts(&mut self, indent: usize, facts: impl FnOnce(&mut Self)) {
        let start = self.out.len();
        self.begin_block();
        let begun = self.out.len();
        self.indented(indent, facts);
        // Whoever writes the facts knows only then whether there are any: the empty line before them goes again.
        if self.out.len() == begun {
            self.out.truncate(start);
        }
    }

    fn indented(&mut self, indent: usize, write: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.indent, indent);
        write(self);
        self.indent = outer;
    }

    fn label(&mut self, label: &str) {
        self.indent(self.indent);
        for part in ["- **", label, ":**"] {
            self.out.push_str(part);
        }
    }

    fn inline(&mut self, text: &str) {
        push_inline(&mut self.out, text);
    }
}

impl Painter for Writer {
    fn span(&mut self, span: Span<'_>) {
        match span {
            Span::Words(text) => push_words(&mut self.out, text),
            Span::Written { text, .. } if self.is_flat => self.inline(text),
            Span::Written { text, .. } => push_written(&mut self.out, text, self.indent),
            Span::Address(address) => push_address(&mut self.out, address),
            Span::Code(text) => push_code(&mut self.out, text),
            Span::Note(number) => self.parts(["[\\[", "\\]](#note-", ")"], number),
            Span::Event { number, title } => {
                self.out.push('[');
                self.inline(untitled_if_empty(title));
                self.parts(["](#event-", ")"], number);
            }
            Span::Source(number) => self.parts(["[source ", "](#source-", ")"], number),
        }
    }

    fn fact(&mut self, label: &'static str, line: impl FnOnce(&mut Self)) {
        self.label(label);
        self.out.push(' ');
        self.indented(self.indent + 2, line);
        self.out.push('\n');
    }

    /// A single line stands behind its label, several as a list below it.
    fn list<T>(&mut self, label: &'static str, items: &[T], mut line: impl FnMut(&mut Self, &T)) {
        match items {
            [] => {}
            [item] => self.fact(label, |out| line(out, item)),
            items => {
                self.label(label);
                self.out.push('\n');
                for item in items {
                    self.indent(self.indent + 2);
                    self.out.push_str("- ");
                    self.indented(self.indent + 4, |out| line(out, item));
                    self.out.push('\n');
                }
            }
        }
    }

    fn repeated(&mut self, what: Repeat, write: impl FnOnce(&mut Self)) {
        if let Some(text) = self.repeats.get(what) {
            return self.out.push_str(text);
        }
        // Taken from what has just been written, so that the first and all further mentions are the same bytes. Only notes
        // repeat anything, and they are never flat: what is kept depends on the indentation alone.
        let start = self.out.len();
        write(self);
        self.repeats.keep(what, self.out.get(start..).unwrap_or_default());
    }
}
