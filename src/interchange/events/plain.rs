//! HTML and Markdown to plain text: paragraphs and items keep their lines, marks of emphasis go, and addresses are handed on.
//!
//! A text is touched only where it can be nothing else: a known tag, a link in brackets. "a < b" and "2 * 3 * 4" stay.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use crate::interchange::markup;

/// A text without its markup.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plain {
    /// What is left to read.
    pub text: String,
    /// The addresses it led to, with the words they stood behind, in order; no address twice.
    pub links: Vec<(String, String)>,
}

/// Tags that begin a line.
const BLOCKS: [&str; 18] = [
    "p",
    "br",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "table",
    "blockquote",
    "hr",
    "section",
    "article",
];

/// Tags that leave their words where they are.
const INLINE: [&str; 22] = [
    "a", "b", "i", "em", "strong", "u", "s", "span", "font", "small", "big", "sub", "sup", "code", "cite", "q", "td",
    "th", "tbody", "thead", "img", "abbr",
];

/// Tags whose words are no text.
const HIDDEN: [&str; 4] = ["script", "style", "iframe", "svg"];

/// A text without HTML and Markdown, whichever of the two it has.
pub fn plain(text: &str) -> Plain {
    if has_html(text) {
        of_html(text)
    } else if has_markdown(text) {
        of_markdown(text)
    } else {
        Plain { text: if text.contains('&') { markup::removed(text) } else { text.to_owned() }, links: Vec::new() }
    }
}

/// Whether there is a known tag in a text.
pub fn has_html(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let tagged = rest.get(at..).unwrap_or_default();
        if tag(tagged).is_some() {
            return true;
        }
        rest = tagged.get(1..).unwrap_or_default();
    }
    false
}

/// Whether a text has a link or an emphasis as Markdown writes them.
pub fn has_markdown(text: &str) -> bool {
    text.contains("](http") || text.contains("](www.") || {
        let mut marks = text.split("**");
        // The words between two marks begin and end at them.
        marks.next();
        marks.next().is_some_and(|inner| marks.next().is_some() && !inner.is_empty() && inner.trim() == inner)
    }
}

/// A text of HTML without its tags.
pub fn of_html(text: &str) -> Plain {
    let mut plain = Plain::default();
    let mut link: Option<(String, usize)> = None;
    let mut hidden: Option<&str> = None;
    let mut rest = text;
    loop {
        let at = rest.find('<').unwrap_or(rest.len());
        let (words, tagged) = rest.split_at_checked(at).unwrap_or_default();
        if hidden.is_none() {
            push_words(&mut plain.text, words);
        }
        if tagged.is_empty() {
            break;
        }
        let comment = tagged.starts_with("<!--").then(|| tagged.find("-->").map_or(tagged.len(), |end| end + 3));
        if let Some(length) = comment {
            rest = tagged.get(length..).unwrap_or_default();
            continue;
        }
        let Some(found) = tag(tagged) else {
            if hidden.is_none() {
                plain.text.push('<');
            }
            rest = tagged.get(1..).unwrap_or_default();
            continue;
        };
        rest = tagged.get(found.length..).unwrap_or_default();
        match hidden {
            Some(name) if found.is_closing && found.name == name => hidden = None,
            Some(_) => continue,
            None if HIDDEN.contains(&found.name) && !found.is_closing && !found.is_empty => hidden = Some(found.name),
            None => {}
        }
        if BLOCKS.contains(&found.name) {
            break_line(&mut plain.text);
        } else if matches!(found.name, "td" | "th") && !plain.text.is_empty() && !plain.text.ends_with(['\n', ' ']) {
            plain.text.push(' ');
        }
        match (found.name, found.is_closing) {
            ("a", false) => {
                link = attribute(found.attributes, "href").map(|address| (markup::removed(&address), plain.text.len()));
            }
            ("a", true) => {
                if let Some((address, start)) = link.take() {
                    let words = plain.text.get(start..).unwrap_or_default().trim().to_owned();
                    add_link(&mut plain.links, &address, words);
                }
            }
            ("img", false) => {
                if let Some(address) = attribute(found.attributes, "src") {
                    let words = attribute(found.attributes, "alt").unwrap_or_default();
                    add_link(&mut plain.links, &markup::removed(&address), words);
                }
            }
            _ => {}
        }
    }
    if let Some((address, start)) = link {
        let words = plain.text.get(start..).unwrap_or_default().trim().to_owned();
        add_link(&mut plain.links, &address, words);
    }
    plain.text = tidy(&markup::removed(&plain.text));
    plain
}

/// A text of Markdown without its marks.
pub fn of_markdown(text: &str) -> Plain {
    let mut plain = Plain::default();
    let mut link: Option<(String, usize)> = None;
    for event in Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::InlineMath(words) | Event::DisplayMath(words) => {
                plain.text.push_str(&words);
            }
            Event::InlineHtml(html) | Event::Html(html) => match tag(&html) {
                Some(found) if BLOCKS.contains(&found.name) => break_line(&mut plain.text),
                Some(_) => {}
                None => plain.text.push_str(&html),
            },
            Event::SoftBreak | Event::HardBreak | Event::Rule => break_line(&mut plain.text),
            Event::Start(Tag::Link { link_type, dest_url, .. }) if link_type != LinkType::Email => {
                link = Some((dest_url.to_string(), plain.text.len()));
            }
            Event::End(TagEnd::Link) => {
                if let Some((address, start)) = link.take() {
                    let words = plain.text.get(start..).unwrap_or_default().trim().to_owned();
                    add_link(&mut plain.links, &address, words);
                }
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                add_link(&mut plain.links, &dest_url, title.to_string());
            }
            Event::Start(Tag::Item) => {
                break_line(&mut plain.text);
                plain.text.push_str("- ");
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::BlockQuote(_)) => {
                break_line(&mut plain.text);
            }
            _ => {}
        }
    }
    plain.text = tidy(&plain.text);
    plain
}

/// The addresses that stand bare in a text, in order; no address twice.
pub fn addresses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for range in address_ranges(text) {
        let address = text.get(range).unwrap_or_default();
        if !found.iter().any(|known| known == address) {
            found.push(address.to_owned());
        }
    }
    found
}

fn address_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(from..)?;
            let at = from + rest.find("http")?;
            let tail = text.get(at..)?;
            if !(tail.starts_with("http://") || tail.starts_with("https://")) {
                from = at + 4;
                continue;
            }
            let end = tail
                .find(|c: char| {
                    c.is_whitespace() || matches!(c, '<' | '>' | '"' | '|' | '\u{201d}' | '\u{ab}' | '\u{bb}')
                })
                .unwrap_or(tail.len());
            let address = tail.get(..end)?;
            // What ends a sentence or a bracket around it is no part of it.
            let mut bare = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
            while bare.ends_with(')') && bare.matches(')').count() > bare.matches('(').count() {
                bare = bare.get(..bare.len() - 1)?.trim_end_matches(['.', ',', ';']);
            }
            from = at + end.max(1);
            if bare.len() > "https://".len() {
                return Some(at..at + bare.len());
            }
        }
    })
}

fn add_link(links: &mut Vec<(String, String)>, address: &str, words: String) {
    let address = address.trim();
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    if is_web && !links.iter().any(|(known, _)| known == address) {
        links.push((address.to_owned(), words));
    }
}

struct Found<'t> {
    name: &'static str,
    attributes: &'t str,
    is_closing: bool,
    /// Whether it closes itself: `<br/>`.
    is_empty: bool,
    length: usize,
}

/// The known tag that a text begins with.
fn tag(text: &str) -> Option<Found<'_>> {
    let inner = text.strip_prefix('<')?;
    let (inner, is_closing) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let name = inner.get(..end)?;
    let known = BLOCKS.iter().chain(&INLINE).chain(&HIDDEN);
    let name = known.copied().find(|known| known.eq_ignore_ascii_case(name))?;
    let rest = inner.get(end..)?;
    if !rest.starts_with(['>', '/', ' ', '\t', '\n', '\r']) {
        return None;
    }
    // A sign > within quotation marks does not end the tag.
    let mut quote = None;
    let close = rest.char_indices().find_map(|(at, c)| {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '>') => return Some(at),
            _ => {}
        }
        None
    });
    let close = close.or_else(|| rest.find('>'))?;
    let attributes = rest.get(..close)?;
    let length = text.len() - rest.len() + close + 1;
    Some(Found { name, attributes, is_closing, is_empty: attributes.ends_with('/'), length })
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let lower = attributes.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + lower.get(from..)?.find(name)?;
        let is_word = lower.get(..at)?.ends_with([' ', '\t', '\n', '\r', '"', '\'']);
        let rest = attributes.get(at + name.len()..)?.trim_start();
        from = at + name.len();
        let Some(value) = rest.strip_prefix('=').filter(|_| is_word) else { continue };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = match quote {
            Some(quote) => value.get(1..)?.split(quote).next()?,
            None => value.split([' ', '\t', '\n', '\r']).next()?,
        };
        return Some(value.trim().to_owned());
    }
}

/// Words of HTML, in which line ends are blanks.
fn push_words(text: &mut String, words: &str) {
    for c in words.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r') {
            if !text.is_empty() && !text.ends_with([' ', '\n']) {
                text.push(' ');
            }
        } else {
            text.push(c);
        }
    }
}

fn break_line(text: &mut String) {
    let kept = text.trim_end_matches(' ').len();
    text.truncate(kept);
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_goes_and_its_addresses_are_handed_on() {
        let cases = [
            ("Plain text, a < b and 2 * 3 * 4", "Plain text, a < b and 2 * 3 * 4", &[][..]),
            ("<p class=\"lead\">One <b>bold</b>\nword.</p><p>Two.</p>", "One bold word.\nTwo.", &[]),
            (
                "See <a href='https://a.example/x?a=1&amp;b=2'>the report</a>.",
                "See the report.",
                &[("https://a.example/x?a=1&b=2", "the report")],
            ),
            ("a<br>b<br/>c", "a\nb\nc", &[]),
            ("<script>alert(1)</script>Left &amp; right", "Left & right", &[]),
            (
                "A **bold** move, see [the page](https://b.example/p).",
                "A bold move, see the page.",
                &[("https://b.example/p", "the page")],
            ),
            ("War &amp; peace", "War & peace", &[]),
            ("<a href=\"x > y\">z</a>", "z", &[]),
        ];
        for (text, expected, links) in cases {
            let found = plain(text);
            let found_links: Vec<(&str, &str)> =
                found.links.iter().map(|(address, words)| (address.as_str(), words.as_str())).collect();
            assert_eq!((found.text.as_str(), found_links.as_slice()), (expected, links), "{text}");
        }
    }

    #[test]
    fn bare_addresses_end_where_the_sentence_goes_on() {
        let text = "(see https://a.example/x_(y)), https://b.example. and http://";
        assert_eq!(addresses(text), ["https://a.example/x_(y)", "https://b.example"]);
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in r#"(<|>|/|a|href|="|'|p|br|script|\*\*|\[|\]\(http|&amp;|é| |\n|<!--|-->){0,30}"#) {
            plain(&text);
            of_html(&text);
            of_markdown(&text);
            addresses(&text);
        }
    }
}
