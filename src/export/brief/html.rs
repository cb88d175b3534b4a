//! A brief as one HTML file that stands alone: its style and its pictures are inside, it loads nothing and runs nothing.
//!
//! The outline is that of a document: one heading of the first level, sections as landmarks, endnotes linked both ways
//! (DPUB-ARIA roles). What an analyst or a source wrote is isolated in its own direction and marked with its language.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

use super::content::untitled_if_empty;
use super::number::push_with_number;
use super::repeats::Repeats;
use super::{AccountPart, Brief, Contest, Entry, Key, Listed, Note, PASSED_ON_BYTES, Painter, Repeat, Span};
use crate::export::base64::push_base64;
use crate::geom::Size;
use crate::model::WebAddress;
use crate::text::{push_visible, shown_sign};

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

/// Writes the brief as an HTML document.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn html(brief: &Brief<'_>, pictures: Option<&Pictures>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut writer = Writer::new(out);
    let keys = brief.keys();
    writer.head(brief.title());
    writer.text.push_str("<body>\n<header>\n<h1 dir=\"auto\">");
    writer.push(untitled_if_empty(brief.title().trim()));
    writer.text.push_str("</h1>\n");
    if let Some(scope) = brief.scope() {
        writer.block("p class=\"scope\"", "p", |out| out.written(scope, None));
    }
    writer.facts("about", |out| brief.about(out));
    writer.text.push_str("</header>\n");
    writer.contents(brief, &keys);
    writer.text.push_str("<main>\n");
    writer.section("summary", "Source summary statement", |writer| {
        for words in brief.summary() {
            writer.block("p", "p", |out| out.words(&words));
        }
        Ok(())
    })?;
    if let Some(pictures) = pictures {
        writer.pictures(pictures, &brief.picture())?;
    }
    writer.section("chronology", "Chronology", |writer| writer.chronology(brief))?;
    writer.section("contested", "Contested", |writer| {
        if brief.contest_count() == 0 {
            writer.text.push_str("<p>Nothing that is shown is contested.</p>\n");
        }
        for contest in brief.contests() {
            writer.contest(&contest);
            writer.pass_on()?;
        }
        Ok(())
    })?;
    let gaps = brief.gaps();
    if !gaps.is_empty() {
        writer.section("gaps", "Gaps and bursts", |writer| {
            writer.text.push_str("<ul>\n");
            for line in &gaps {
                writer.text.push_str("<li>");
                writer.push(line);
                writer.text.push_str("</li>\n");
            }
            writer.text.push_str("</ul>\n");
            Ok(())
        })?;
    }
    if let Some(words) = brief.account_words() {
        writer.section("accounts", "Accounts", |writer| {
            writer.block("p", "p", |out| out.words(&words));
            brief.account_parts().try_for_each(|part| writer.accounts(&part))
        })?;
    }
    writer.notes(brief)?;
    writer.section("sources", "Sources", |writer| writer.sources(brief))?;
    if !keys.is_empty() {
        writer.section("terms", "Terms", |writer| {
            writer.text.push_str("<div class=\"keys\">\n");
            for key in &keys {
                writer.key(key);
            }
            writer.text.push_str("</div>\n");
            Ok(())
        })?;
    }
    writer.text.push_str("</main>\n</body>\n</html>\n");
    writer.out.write_all(writer.text.as_bytes())
}

/// What is written, up to a point where it is passed on.
struct Writer<'w> {
    text: String,
    out: &'w mut dyn io::Write,
    /// Whether what somebody wrote has to stand on one line.
    is_flat: bool,
    repeats: Repeats,
}

impl<'w> Writer<'w> {
    fn new(out: &'w mut dyn io::Write) -> Self {
        Self { text: String::new(), out, is_flat: false, repeats: Repeats::default() }
    }

    /// Passes on what is written, once it is worth a call.
    fn pass_on(&mut self) -> io::Result<()> {
        if self.text.len() >= PASSED_ON_BYTES {
            self.out.write_all(self.text.as_bytes())?;
            self.text.clear();
        }
        Ok(())
    }

    fn head(&mut self, title: &str) {
        self.text.push_str("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        self.text.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        self.text.push_str("<meta name=\"color-scheme\" content=\"light dark\">\n");
        self.text.push_str(
            "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"Annalist\">\n",
        );
        // Even if a painter erred, nothing would be loaded or run.
        self.text
            .push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; ");
        self.text.push_str("style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n<title>");
        self.push(untitled_if_empty(title.trim()));
        let _ = write!(self.text, "</title>\n<style>\n{STYLE}</style>\n</head>\n");
    }

    fn contents(&mut self, brief: &Brief<'_>, keys: &[Key]) {
        let mut parts = vec![
            ("summary", "Source summary".to_owned()),
            ("chronology", "Chronology".to_owned()),
            ("contested", format!("Contested ({})", brief.contest_count())),
            ("gaps", "Gaps and bursts".to_owned()),
            ("accounts", "Accounts".to_owned()),
            ("notes", format!("Notes ({})", brief.note_count())),
            ("sources", format!("Sources ({})", brief.source_count())),
        ];
        parts.retain(|(id, _)| match *id {
            "accounts" => brief.account_words().is_some(),
            "gaps" => brief.has_gaps(),
            _ => true,
        });
        if !keys.is_empty() {
            parts.push(("terms", "Terms".to_owned()));
        }
        self.text.push_str("<nav aria-label=\"Contents\">\n<ul>\n");
        for (id, name) in parts {
            let _ = writeln!(self.text, "<li><a href=\"#{id}\">{name}</a></li>");
        }
        self.text.push_str("</ul>\n</nav>\n");
    }

    fn pictures(&mut self, pictures: &Pictures, alternative: &str) -> io::Result<()> {
        self.text.push_str("<figure>\n");
        for (class, svg) in [("light", &pictures.light), ("dark", &pictures.dark)] {
            let Size { width, height } = pictures.size;
            let _ = write!(self.text, "<img class=\"{class}\" width=\"{width:.0}\" height=\"{height:.0}\" alt=\"");
            self.push(alternative);
            self.text.push_str("\" src=\"data:image/svg+xml;base64,");
            push_base64(&mut self.text, svg.as_bytes());
            self.text.push_str("\">\n");
            self.pass_on()?;
        }
        self.text.push_str("</figure>\n");
        Ok(())
    }

    fn section(
        &mut self,
        id: &str,
        heading: &str,
        contents: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> io::Result<()> {
        let _ = writeln!(self.text, "<section id=\"{id}\" aria-labelledby=\"{id}-heading\">");
        let _ = writeln!(self.text, "<h2 id=\"{id}-heading\">{heading}</h2>");
        contents(self)?;
        self.text.push_str("</section>\n");
        Ok(())
    }

    fn chronology(&mut self, brief: &Brief<'_>) -> io::Result<()> {
        for chapter in brief.chapters() {
            if let Some(heading) = &chapter.heading {
                let level = if chapter.is_section { 4 } else { 3 };
                let _ = write!(self.text, "<h{level}>");
                self.push(heading);
                let _ = writeln!(self.text, "</h{level}>");
            }
            if chapter.entries.is_empty() {
                continue;
            }
            self.text.push_str("<ol class=\"events\">\n");
            for entry in brief.entries(chapter.entries.clone()) {
                self.entry(&entry);
                self.pass_on()?;
            }
            self.text.push_str("</ol>\n");
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Entry<'_, '_>) {
        let class = if entry.warns() { "standing warns" } else { "standing" };
        self.parts(["<li id=\"event-", "\">\n"], entry.number);
        self.block("p class=\"date\"", "p", |out| out.flat(|out| entry.date(out)));
        self.text.push_str("<div>\n<p class=\"title\"><strong dir=\"auto\">");
        self.push(untitled_if_empty(entry.title));
        self.text.push_str("</strong>");
        for (at, note) in entry.notes.clone().enumerate() {
            let separator = if at == 0 { "" } else { "<span class=\"separator\">, </span>" };
            self.text.push_str("<sup>");
            self.text.push_str(separator);
            self.parts(
                [
                    "<a id=\"mark-",
                    "\" href=\"#note-",
                    "\" role=\"doc-noteref\" aria-label=\"Note ",
                    "\">",
                    "</a></sup>",
                ],
                note,
            );
        }
        self.text.push_str("</p>\n");
        for part in ["<p class=\"about\"><span class=\"", class, "\">", entry.standing.label(), "</span>"] {
            self.text.push_str(part);
        }
        entry.about(self);
        self.text.push_str("</p>\n");
        if let Some(note) = entry.note {
            self.block("p class=\"text\"", "p", |out| out.written(note, None));
        }
        self.facts("facts", |out| entry.facts(out));
        self.text.push_str("</div>\n</li>\n");
    }

    fn contest(&mut self, contest: &Contest<'_, '_>) {
        self.text.push_str("<article>\n");
        self.block("h3", "h3", |out| out.flat(|out| contest.event(out)));
        self.facts("facts", |out| contest.facts(out));
        self.text.push_str("</article>\n");
    }

    fn accounts(&mut self, part: &AccountPart<'_, '_>) -> io::Result<()> {
        self.text
            .push_str("<div class=\"wide\">\n<table class=\"accounts\">\n<thead>\n<tr><th scope=\"col\">Date</th>");
        self.text.push_str("<th scope=\"col\">Event</th>");
        for account in part.accounts {
            self.text.push_str("<th scope=\"col\" dir=\"auto\">");
            self.push(account);
            self.text.push_str("</th>");
        }
        self.text.push_str("</tr>\n</thead>\n<tbody>\n");
        for row in part.rows() {
            self.text.push_str("<tr><td>");
            self.push(&row.date);
            self.text.push_str("</td>\n<th scope=\"row\">");
            self.flat(|out| out.span(Span::Event { number: row.number, title: row.title }));
            self.text.push_str("</th>");
            for cell in row.cells {
                match cell.tellings.as_slice() {
                    [] => self
                        .text
                        .push_str("<td class=\"silent\"><span role=\"img\" aria-label=\"does not tell it\">—</span>"),
                    tellings => {
                        self.text.push_str(if cell.conflicts { "<td class=\"against\">" } else { "<td>" });
                        self.push(&tellings.join("; "));
                        if cell.conflicts {
                            self.text.push_str(" <span role=\"img\" aria-label=\"cannot both be right\">≠</span>");
                        }
                    }
                }
                self.text.push_str("</td>");
            }
            self.text.push_str("</tr>\n");
            self.pass_on()?;
        }
        self.text.push_str("</tbody>\n</table>\n</div>\n");
        Ok(())
    }

    fn notes(&mut self, brief: &Brief<'_>) -> io::Result<()> {
        self.text.push_str("<section id=\"notes\" role=\"doc-endnotes\" aria-labelledby=\"notes-heading\">\n");
        self.text.push_str("<h2 id=\"notes-heading\">Notes</h2>\n");
        if brief.note_count() == 0 {
            self.text.push_str("<p>No citation.</p>\n");
        } else {
            self.text.push_str("<ol class=\"notes\">\n");
        }
        for note in brief.notes() {
            self.note(&note);
            self.pass_on()?;
        }
        if brief.note_count() > 0 {
            self.text.push_str("</ol>\n");
        }
        self.text.push_str("</section>\n");
        Ok(())
    }

    fn note(&mut self, note: &Note<'_, '_>) {
        let number = note.number;
        self.parts(["<li id=\"note-", "\" value=\"", "\">\n<p>"], number);
        note.reference(self);
        self.parts(
            [
                " <a class=\"back\" href=\"#mark-",
                "\" role=\"doc-backlink\" aria-label=\"Back to mark ",
                "\">↩</a></p>\n",
            ],
            number,
        );
        self.facts("facts", |out| note.facts(out));
        self.text.push_str("</li>\n");
    }

    fn sources(&mut self, brief: &Brief<'_>) -> io::Result<()> {
        if brief.source_count() == 0 {
            self.text.push_str("<p>No source.</p>\n");
            return Ok(());
        }
        self.text.push_str(
            "<div class=\"wide\">\n<table>\n<thead>\n<tr><th scope=\"col\"><abbr title=\"Number\">No.</abbr></th>",
        );
        for name in ["Source", "Kind", "Reliability", "Cited for"] {
            let _ = write!(self.text, "<th scope=\"col\">{name}</th>");
        }
        self.text.push_str("</tr>\n</thead>\n<tbody>\n");
        for listed in brief.sources() {
            self.source(&listed);
            self.pass_on()?;
        }
        self.text.push_str("</tbody>\n</table>\n</div>\n");
        Ok(())
    }

    fn source(&mut self, listed: &Listed<'_, '_>) {
        self.parts(["<tr id=\"source-", "\"><td class=\"number\">", "</td>\n<td>"], listed.number);
        listed.reference(self);
        if listed.is_derived() {
            self.text.push_str("<br>\n<span class=\"origin\">Derived from ");
            listed.origin(self);
            self.text.push_str("</span>");
        }
        for part in ["</td>\n<td>", listed.kind, "</td>\n<td>"] {
            self.text.push_str(part);
        }
        self.push(&listed.grade);
        self.text.push_str("</td>\n<td>");
        listed.cited(self);
        self.text.push_str("</td></tr>\n");
    }

    fn key(&mut self, key: &Key) {
        self.text.push_str("<div>\n<h3>");
        self.push(key.heading);
        self.text.push_str("</h3>\n<dl>\n");
        for (term, meaning) in &key.terms {
            self.text.push_str("<div><dt>");
            self.push(term);
            self.text.push_str("</dt><dd>");
            self.push(meaning);
            self.text.push_str("</dd></div>\n");
        }
        self.text.push_str("</dl>\n</div>\n");
    }

    /// Markup with a number between every two of its parts.
    fn parts<const N: usize>(&mut self, parts: [&str; N], number: usize) {
        push_with_number(&mut self.text, parts, number);
    }

    /// A list of the facts that `facts` writes; nothing where it writes none.
    fn facts(&mut self, class: &str, facts: impl FnOnce(&mut Self)) {
        let start = self.text.len();
        for part in ["<dl class=\"", class, "\">\n"] {
            self.text.push_str(part);
        }
        let begun = self.text.len();
        facts(self);
        if self.text.len() == begun {
            self.text.truncate(start);
        } else {
            self.text.push_str("</dl>\n");
        }
    }

    fn block(&mut self, open: &str, close: &str, line: impl FnOnce(&mut Self)) {
        for part in ["<", open, ">"] {
            self.text.push_str(part);
        }
        line(self);
        for part in ["</", close, ">\n"] {
            self.text.push_str(part);
        }
    }

    /// A line with nothing in it but single spaces between words, for places that have room for one line.
    fn flat(&mut self, line: impl FnOnce(&mut Self)) {
        self.is_flat = true;
        line(self);
        self.is_flat = false;
    }

    /// In its own direction, so that it does not reorder what stands around it.
    fn written_in(&mut self, text: &str, language: Option<&str>) {
        self.text.push_str("<bdi");
        if let Some(tag) = language.filter(|tag| is_tag(tag)) {
            for part in [" lang=\"", tag, "\""] {
                self.text.push_str(part);
            }
        }
        self.text.push('>');
        for (at, line) in text.lines().enumerate() {
            if at > 0 {
                self.text.push_str("<br>");
            }
            self.push(line);
        }
        self.text.push_str("</bdi>");
    }

    /// As character data or the value of an attribute in quotation marks; signs that are not seen are made visible: controls,
    /// which HTML does not allow, and marks that turn the direction.
    fn push(&mut self, text: &str) {
        let mut rest = text;
        // What stands as it is goes over as a whole.
        loop {
            let (plain, after) = rest.split_at_checked(plain_bytes(rest.as_bytes())).unwrap_or((rest, ""));
            self.text.push_str(plain);
            let mut characters = after.chars();
            match characters.next() {
                Some('&') => self.text.push_str("&amp;"),
                Some('<') => self.text.push_str("&lt;"),
                Some('>') => self.text.push_str("&gt;"),
                Some('"') => self.text.push_str("&quot;"),
                Some('\'') => self.text.push_str("&#39;"),
                Some(blank @ ('\n' | '\t')) => self.text.push(blank),
                // An override works within `bdi` too, and a stray end of an isolate would leave it.
                Some(other) => push_visible(&mut self.text, other),
                None => return,
            }
            rest = characters.as_str();
        }
    }
}

impl Painter for Writer<'_> {
    fn span(&mut self, span: Span<'_>) {
        match span {
            Span::Words(text) => self.push(text),
            Span::Written { text, language } if self.is_flat => self.written_in(&flattened(text), language),
            Span::Written { text, language } => self.written_in(text, language),
            Span::Address(address) if WebAddress::is_link(address) => {
                self.text.push_str("<a class=\"address\" rel=\"noreferrer\" href=\"");
                self.push(address);
                self.text.push_str("\">");
                self.push(address);
                self.text.push_str("</a>");
            }
            Span::Address(address) => {
                self.text.push_str("<bdi class=\"address\">");
                self.push(address);
                self.text.push_str("</bdi>");
            }
            Span::Code(text) => {
                self.text.push_str("<code>");
                self.push(text);
                self.text.push_str("</code>");
            }
            Span::Note(number) => {
                self.parts(["<a href=\"#note-", "\" aria-label=\"Note ", "\">[", "]</a>"], number);
            }
            Span::Event { number, title } => {
                self.parts(["<a href=\"#event-", "\"><bdi>"], number);
                self.push(untitled_if_empty(title));
                self.text.push_str("</bdi></a>");
            }
            Span::Source(number) => {
                self.parts(["<a href=\"#source-", "\">source ", "</a>"], number);
            }
        }
    }

    fn fact(&mut self, label: &'static str, line: impl FnOnce(&mut Self)) {
        for part in ["<div><dt>", label, "</dt><dd>"] {
            self.text.push_str(part);
        }
        line(self);
        self.text.push_str("</dd></div>\n");
    }

    fn list<T>(&mut self, label: &'static str, items: &[T], mut line: impl FnMut(&mut Self, &T)) {
        if items.is_empty() {
            return;
        }
        for part in ["<div><dt>", label, "</dt>"] {
            self.text.push_str(part);
        }
        for item in items {
            self.text.push_str("<dd>");
            line(self, item);
            self.text.push_str("</dd>");
        }
        self.text.push_str("</div>\n");
    }

    fn repeated(&mut self, what: Repeat, write: impl FnOnce(&mut Self)) {
        if let Some(text) = self.repeats.get(what) {
            return self.text.push_str(text);
        }
        let start = self.text.len();
        write(self);
        self.repeats.keep(what, self.text.get(start..).unwrap_or_default());
    }
}

/// How many bytes at the beginning of a text stand in HTML as they are: no markup, and no sign that might be unseen.
fn plain_bytes(text: &[u8]) -> usize {
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        rest = match byte {
            byte if is_plain(*byte) => after,
            0x80.. => match shown_sign(rest) {
                0 => break,
                length => rest.get(length..).unwrap_or_default(),
            },
            _ => break,
        };
    }
    text.len() - rest.len()
}

/// The text with nothing in it but single spaces between words.
fn flattened(text: &str) -> Cow<'_, str> {
    if is_flat(text) { text.into() } else { text.split_whitespace().collect::<Vec<_>>().join(" ").into() }
}

/// Whether a text has no white space but single spaces between words.
fn is_flat(text: &str) -> bool {
    let mut is_space = true;
    let single = text.chars().all(|character| {
        let was_space = std::mem::replace(&mut is_space, character == ' ');
        !character.is_whitespace() || (is_space && !was_space)
    });
    single && (!is_space || text.is_empty())
}

/// Whether a byte is a character that shows itself and means nothing in HTML.
const fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
}

/// Whether a text can be a language tag at all (BCP 47: letters, digits and hyphens).
fn is_tag(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::visible;

    /// What a writer writes.
    fn written(write: impl FnOnce(&mut Writer<'_>)) -> String {
        let mut out = io::sink();
        let mut writer = Writer::new(&mut out);
        write(&mut writer);
        writer.text
    }

    fn escaped(text: &str) -> String {
        written(|writer| writer.push(text))
    }

    fn address(address: &str) -> String {
        written(|writer| writer.span(Span::Address(address)))
    }

    #[test]
    fn a_flat_line_has_single_spaces_between_words() {
        let cases = [
            ("one line", "one line"),
            ("", ""),
            ("two  spaces", "two spaces"),
            ("a\nb\r\n\tc", "a b c"),
            ("a\u{a0}b\u{2003}c", "a b c"),
            ("née", "née"),
        ];
        for (text, expected) in cases {
            assert_eq!(is_flat(text), text == expected, "{text:?}");
            assert_eq!(flattened(text), expected);
        }
        assert!(!is_flat(" a") && !is_flat("a ") && !is_flat(" "));
    }

    #[test]
    fn markup_that_was_written_is_text() {
        assert_eq!(escaped("<script>alert('x & \"y\"')</script>\u{0}"), {
            "&lt;script&gt;alert(&#39;x &amp; &quot;y&quot;&#39;)&lt;/script&gt;␀"
        });
    }

    #[test]
    fn marks_of_direction_are_seen_and_letters_from_right_to_left_stay() {
        let html = written(|writer| writer.written("\u{202e}gnp.exe\u{2069} שלום عليكم", None));
        assert_eq!(html, "<bdi>\\u202egnp.exe\\u2069 שלום عليكم</bdi>");
    }

    #[test]
    fn only_safe_addresses_are_links() {
        assert_eq!(address("javascript:alert(1)"), "<bdi class=\"address\">javascript:alert(1)</bdi>");
        let link = address("https://example.org/?a=\"&b");
        assert!(link.contains("href=\"https://example.org/?a=&quot;&amp;b\""), "{link}");
    }

    #[test]
    fn what_is_no_language_tag_is_not_written_as_one() {
        let html = written(|writer| writer.written("a\nb", Some("ru\" onload=\"x")));
        assert_eq!(html, "<bdi>a<br>b</bdi>");
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
            prop_assert_eq!(read, visible(&text));
        }
    }
}
