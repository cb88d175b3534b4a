//! A brief as one HTML file that stands alone: its style and its pictures are inside, it loads nothing and runs nothing.
//!
//! The outline is that of a document: one heading of the first level, sections as landmarks, endnotes linked both ways
//! (DPUB-ARIA roles). What an analyst or a source wrote is isolated in its own direction and marked with its language.

use std::fmt::Write as _;

use super::address::is_link;
use super::markdown::untitled_if_empty;
use super::{Brief, Chapter, Contest, Entry, Fact, Key, Line, Listed, Note, Span};
use crate::export::base64::push_base64;
use crate::geom::Size;

const STYLE: &str = include_str!("brief.css");

/// The timeline drawn for a brief, as SVG documents, for light and for dark pages. Print takes the light one.
#[derive(Debug, Clone, PartialEq)]
pub struct Pictures {
    /// For light pages and for print.
    pub light: String,
    /// For dark pages.
    pub dark: String,
    /// Of both, in points.
    pub size: Size,
}

/// The brief as an HTML document.
pub fn html(brief: &Brief, pictures: Option<&Pictures>) -> String {
    let mut writer = Writer::default();
    writer.head(&brief.title);
    writer.out.push_str("<body>\n<header>\n<h1 dir=\"auto\">");
    writer.text(untitled_if_empty(brief.title.trim()));
    writer.out.push_str("</h1>\n");
    if let Some(scope) = &brief.scope {
        writer.block("p class=\"scope\"", "p", scope);
    }
    writer.facts(&brief.about, "about");
    writer.out.push_str("</header>\n");
    writer.contents(brief);
    writer.out.push_str("<main>\n");
    writer.section("summary", "Source summary statement", |writer| {
        for line in &brief.summary {
            writer.block("p", "p", line);
        }
    });
    if let Some(pictures) = pictures {
        writer.pictures(pictures, &brief.picture);
    }
    writer.section("chronology", "Chronology", |writer| {
        for chapter in &brief.chronology {
            writer.chapter(chapter, 3);
        }
    });
    writer.section("contested", "Contested", |writer| {
        if brief.contested.is_empty() {
            writer.out.push_str("<p>Nothing that is shown is contested.</p>\n");
        }
        for contest in &brief.contested {
            writer.contest(contest);
        }
    });
    writer.notes(&brief.notes);
    writer.section("sources", "Sources", |writer| writer.sources(&brief.sources));
    if !brief.keys.is_empty() {
        writer.section("terms", "Terms", |writer| {
            writer.out.push_str("<div class=\"keys\">\n");
            for key in &brief.keys {
                writer.key(key);
            }
            writer.out.push_str("</div>\n");
        });
    }
    writer.out.push_str("</main>\n</body>\n</html>\n");
    writer.out
}

#[derive(Default)]
struct Writer {
    out: String,
}

impl Writer {
    fn head(&mut self, title: &str) {
        self.out.push_str("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        self.out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        self.out.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n");
        self.out.push_str(
            "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"Annalist\">\n",
        );
        // Even if a painter erred, nothing would be loaded or run.
        self.out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; ");
        self.out.push_str("style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n<title>");
        self.text(untitled_if_empty(title.trim()));
        let _ = write!(self.out, "</title>\n<style>\n{STYLE}</style>\n</head>\n");
    }

    fn contents(&mut self, brief: &Brief) {
        let mut parts = vec![
            ("summary", "Source summary".to_owned()),
            ("chronology", "Chronology".to_owned()),
            ("contested", format!("Contested ({})", brief.contested.len())),
            ("notes", format!("Notes ({})", brief.notes.len())),
            ("sources", format!("Sources ({})", brief.sources.len())),
        ];
        if !brief.keys.is_empty() {
            parts.push(("terms", "Terms".to_owned()));
        }
        self.out.push_str("<nav aria-label=\"Contents\">\n<ul>\n");
        for (id, name) in parts {
            let _ = writeln!(self.out, "<li><a href=\"#{id}\">{name}</a></li>");
        }
        self.out.push_str("</ul>\n</nav>\n");
    }

    fn pictures(&mut self, pictures: &Pictures, alternative: &str) {
        self.out.push_str("<figure>\n");
        for (class, svg) in [("light", &pictures.light), ("dark", &pictures.dark)] {
            let Size { width, height } = pictures.size;
            let _ = write!(self.out, "<img class=\"{class}\" width=\"{width:.0}\" height=\"{height:.0}\" alt=\"");
            self.text(alternative);
            self.out.push_str("\" src=\"data:image/svg+xml;base64,");
            push_base64(&mut self.out, svg.as_bytes());
            self.out.push_str("\">\n");
        }
        self.out.push_str("</figure>\n");
    }

    fn section(&mut self, id: &str, heading: &str, contents: impl FnOnce(&mut Self)) {
        let _ = writeln!(self.out, "<section id=\"{id}\" aria-labelledby=\"{id}-heading\">");
        let _ = writeln!(self.out, "<h2 id=\"{id}-heading\">{heading}</h2>");
        contents(self);
        self.out.push_str("</section>\n");
    }

    fn chapter(&mut self, chapter: &Chapter, level: usize) {
        if let Some(heading) = &chapter.heading {
            let _ = write!(self.out, "<h{level}>");
            self.text(heading);
            let _ = writeln!(self.out, "</h{level}>");
        }
        if !chapter.entries.is_empty() {
            self.out.push_str("<ol class=\"events\">\n");
            for entry in &chapter.entries {
                self.entry(entry);
            }
            self.out.push_str("</ol>\n");
        }
        for section in &chapter.sections {
            self.chapter(section, level + 1);
        }
    }

    fn entry(&mut self, entry: &Entry) {
        let _ = writeln!(self.out, "<li id=\"event-{}\">", entry.number);
        self.block("p class=\"date\"", "p", &entry.date.flat());
        self.out.push_str("<div>\n<p class=\"title\"><strong dir=\"auto\">");
        self.text(untitled_if_empty(&entry.title));
        self.out.push_str("</strong>");
        for (at, note) in entry.notes.iter().enumerate() {
            let separator = if at == 0 { "" } else { "<span class=\"separator\">, </span>" };
            let _ = write!(
                self.out,
                "<sup>{separator}<a id=\"mark-{note}\" href=\"#note-{note}\" role=\"doc-noteref\" \
                 aria-label=\"Note {note}\">{note}</a></sup>"
            );
        }
        self.out.push_str("</p>\n");
        let class = if entry.warns() { "standing warns" } else { "standing" };
        let _ = write!(self.out, "<p class=\"about\"><span class=\"{class}\">{}</span>", entry.standing.label());
        if !entry.about.is_empty() {
            self.out.push_str(" · ");
            self.line(&entry.about);
        }
        self.out.push_str("</p>\n");
        if let Some(note) = &entry.note {
            self.block("p class=\"text\"", "p", note);
        }
        self.facts(&entry.facts, "facts");
        self.out.push_str("</div>\n</li>\n");
    }

    fn contest(&mut self, contest: &Contest) {
        self.out.push_str("<article>\n");
        self.block("h3", "h3", &contest.event.flat());
        self.facts(&contest.facts, "facts");
        self.out.push_str("</article>\n");
    }

    fn notes(&mut self, notes: &[Note]) {
        self.out.push_str("<section id=\"notes\" role=\"doc-endnotes\" aria-labelledby=\"notes-heading\">\n");
        self.out.push_str("<h2 id=\"notes-heading\">Notes</h2>\n");
        if notes.is_empty() {
            self.out.push_str("<p>No citation.</p>\n");
        } else {
            self.out.push_str("<ol class=\"notes\">\n");
        }
        for note in notes {
            let number = note.number;
            let _ = write!(self.out, "<li id=\"note-{number}\" value=\"{number}\">\n<p>");
            self.line(&note.reference);
            let _ = write!(
                self.out,
                " <a class=\"back\" href=\"#mark-{number}\" role=\"doc-backlink\" aria-label=\"Back to mark {number}\">↩</a>"
            );
            self.out.push_str("</p>\n");
            self.facts(&note.facts, "facts");
            self.out.push_str("</li>\n");
        }
        if !notes.is_empty() {
            self.out.push_str("</ol>\n");
        }
        self.out.push_str("</section>\n");
    }

    fn sources(&mut self, sources: &[Listed]) {
        if sources.is_empty() {
            self.out.push_str("<p>No source.</p>\n");
            return;
        }
        self.out.push_str(
            "<div class=\"wide\">\n<table>\n<thead>\n<tr><th scope=\"col\"><abbr title=\"Number\">No.</abbr></th>",
        );
        for name in ["Source", "Kind", "Reliability", "Cited for"] {
            let _ = write!(self.out, "<th scope=\"col\">{name}</th>");
        }
        self.out.push_str("</tr>\n</thead>\n<tbody>\n");
        for listed in sources {
            let number = listed.number;
            let _ = write!(self.out, "<tr id=\"source-{number}\"><td class=\"number\">{number}</td>\n<td>");
            self.line(&listed.reference);
            if let Some(origin) = &listed.origin {
                self.out.push_str("<br>\n<span class=\"origin\">Derived from ");
                self.line(origin);
                self.out.push_str("</span>");
            }
            let _ = write!(self.out, "</td>\n<td>{}</td>\n<td>", listed.kind);
            self.text(&listed.grade);
            self.out.push_str("</td>\n<td>");
            self.line(&listed.cited);
            self.out.push_str("</td></tr>\n");
        }
        self.out.push_str("</tbody>\n</table>\n</div>\n");
    }

    fn key(&mut self, key: &Key) {
        self.out.push_str("<div>\n<h3>");
        self.text(key.heading);
        self.out.push_str("</h3>\n<dl>\n");
        for (term, meaning) in &key.terms {
            self.out.push_str("<div><dt>");
            self.text(term);
            self.out.push_str("</dt><dd>");
            self.text(meaning);
            self.out.push_str("</dd></div>\n");
        }
        self.out.push_str("</dl>\n</div>\n");
    }

    fn facts(&mut self, facts: &[Fact], class: &str) {
        if facts.is_empty() {
            return;
        }
        let _ = writeln!(self.out, "<dl class=\"{class}\">");
        for fact in facts {
            self.out.push_str("<div><dt>");
            self.text(fact.label);
            self.out.push_str("</dt>");
            for line in &fact.lines {
                self.out.push_str("<dd>");
                self.line(line);
                self.out.push_str("</dd>");
            }
            self.out.push_str("</div>\n");
        }
        self.out.push_str("</dl>\n");
    }

    fn block(&mut self, open: &str, close: &str, line: &Line) {
        let _ = write!(self.out, "<{open}>");
        self.line(line);
        let _ = writeln!(self.out, "</{close}>");
    }

    fn line(&mut self, line: &Line) {
        for span in &line.0 {
            match span {
                Span::Words(text) => self.text(text),
                Span::Written { text, language } => self.written(text, language.as_deref()),
                Span::Address(address) if is_link(address) => {
                    self.out.push_str("<a class=\"address\" rel=\"noreferrer\" href=\"");
                    self.text(address);
                    self.out.push_str("\">");
                    self.text(address);
                    self.out.push_str("</a>");
                }
                Span::Address(address) => {
                    self.out.push_str("<bdi class=\"address\">");
                    self.text(address);
                    self.out.push_str("</bdi>");
                }
                Span::Code(text) => {
                    self.out.push_str("<code>");
                    self.text(text);
                    self.out.push_str("</code>");
                }
                Span::Note(number) => {
                    let _ = write!(self.out, "<a href=\"#note-{number}\" aria-label=\"Note {number}\">[{number}]</a>");
                }
                Span::Event { number, title } => {
                    let _ = write!(self.out, "<a href=\"#event-{number}\"><bdi>");
                    self.text(untitled_if_empty(title));
                    self.out.push_str("</bdi></a>");
                }
                Span::Source(number) => {
                    let _ = write!(self.out, "<a href=\"#source-{number}\">source {number}</a>");
                }
            }
        }
    }

    /// In its own direction, so that it does not reorder what stands around it.
    fn written(&mut self, text: &str, language: Option<&str>) {
        self.out.push_str("<bdi");
        if let Some(tag) = language.filter(|tag| is_tag(tag)) {
            let _ = write!(self.out, " lang=\"{tag}\"");
        }
        self.out.push('>');
        for (at, line) in text.lines().enumerate() {
            if at > 0 {
                self.out.push_str("<br>");
            }
            self.text(line);
        }
        self.out.push_str("</bdi>");
    }

    /// As character data or the value of an attribute in quotation marks; characters HTML does not allow are replaced.
    fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                '\n' | '\t' => self.out.push(character),
                control if control.is_control() => self.out.push('\u{fffd}'),
                plain => self.out.push(plain),
            }
        }
    }
}

/// Whether a text can be a language tag at all (BCP 47: letters, digits and hyphens).
fn is_tag(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn escaped(text: &str) -> String {
        let mut writer = Writer::default();
        writer.text(text);
        writer.out
    }

    #[test]
    fn markup_that_was_written_is_text() {
        assert_eq!(escaped("<script>alert('x & \"y\"')</script>\u{0}"), {
            "&lt;script&gt;alert(&#39;x &amp; &quot;y&quot;&#39;)&lt;/script&gt;\u{fffd}"
        });
    }

    #[test]
    fn only_safe_addresses_are_links() {
        let mut writer = Writer::default();
        writer.line(&Line::default().with(Span::Address("javascript:alert(1)".to_owned())));
        assert_eq!(writer.out, "<bdi class=\"address\">javascript:alert(1)</bdi>");
        let mut writer = Writer::default();
        writer.line(&Line::default().with(Span::Address("https://example.org/?a=\"&b".to_owned())));
        assert!(writer.out.contains("href=\"https://example.org/?a=&quot;&amp;b\""), "{}", writer.out);
    }

    #[test]
    fn what_is_no_language_tag_is_not_written_as_one() {
        let mut writer = Writer::default();
        writer.written("a\nb", Some("ru\" onload=\"x"));
        assert_eq!(writer.out, "<bdi>a<br>b</bdi>");
    }

    proptest! {
        #[test]
        fn escaped_text_has_no_markup_and_reads_as_it_was(text in "\\PC{0,60}") {
            let html = escaped(&text);
            prop_assert!(!html.contains(['<', '>', '"', '\'']), "{}", html);
            let read = html
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
            prop_assert_eq!(read, text);
        }
    }
}
