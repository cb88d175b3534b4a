//! Web addresses in a text, and a title for a page of which nothing but the address is known.

use std::ops::Range;

use url::Url;

use crate::model::Source;

/// Hosts that keep copies of other pages.
const ARCHIVES: [&str; 9] = [
    "web.archive.org",
    "archive.org",
    "archive.ph",
    "archive.today",
    "archive.is",
    "archive.li",
    "archive.vn",
    "perma.cc",
    "ghostarchive.org",
];

/// The text as an address, where it is one and nothing more.
pub(super) fn alone(text: &str) -> Option<String> {
    let text = text.trim_start_matches('<').trim_end_matches('>');
    let is_address = find(text).is_some_and(|range| range == (0..text.len())) || is_host_and_path(text);
    is_address.then(|| complete(text))
}

/// Whether a text is an address as a browser shows it, without a scheme: `example.org/news/1`.
fn is_host_and_path(text: &str) -> bool {
    let Some((host, _)) = text.split_once('/').filter(|_| !text.contains(char::is_whitespace)) else { return false };
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    // Of two letters at least, as all top-level domains are: “z.B./usw.” is none.
    let is_domain = |label: &&str| label.len() >= 2 && label.chars().all(|c| c.is_ascii_lowercase());
    labels.len() >= 2 && labels.iter().all(|label| is_label(label)) && labels.last().is_some_and(is_domain)
}

/// The first address in a text: what begins with `http://`, `https://` or `www.`, or a DOI, up to a space or quotation
/// mark, without the punctuation behind it.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    const STARTS: [&str; 5] = ["https://", "http://", "www.", "doi:10.", "doi.org/10."];
    let lower = text.to_ascii_lowercase();
    let start = STARTS
        .iter()
        .filter_map(|prefix| {
            lower.match_indices(prefix).map(|(at, _)| at).find(|&at| {
                !text
                    .get(..at)
                    .unwrap_or_default()
                    .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '='))
            })
        })
        .min()?;
    let rest = text.get(start..)?;
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '„' | '«' | '»' | '’');
    let whole = rest.find(ends).and_then(|end| rest.get(..end)).unwrap_or(rest);
    let mut address = whole;
    loop {
        let last = address.chars().next_back()?;
        let is_loose = match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '…' => true,
            ')' => address.matches(')').count() > address.matches('(').count(),
            ']' => address.matches(']').count() > address.matches('[').count(),
            '}' => true,
            _ => false,
        };
        if !is_loose {
            break;
        }
        address = address.strip_suffix(last)?;
    }
    let parsed = Url::parse(&complete(address)).ok()?;
    parsed.host_str().filter(|host| host.contains('.'))?;
    Some(start..start + address.len())
}

/// The address as a browser opens it.
pub(super) fn complete(text: &str) -> String {
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("http") {
        text.to_owned()
    } else if let Some(doi) = text.get(4..).filter(|_| lower.starts_with("doi:")) {
        format!("https://doi.org/{doi}")
    } else {
        format!("https://{text}")
    }
}

/// Puts an address where it belongs: that of an archive beside the page's own, which is taken from it where it holds it.
/// Whether there was room; a second address of one sort has none.
pub(super) fn put(source: &mut Source, address: &str) -> bool {
    if !is_archive(address) {
        return place(&mut source.url, address);
    }
    if let Some(original) = archived(address) {
        place(&mut source.url, original);
    }
    place(&mut source.archive_url, address)
}

fn place<T: From<String>>(field: &mut Option<T>, address: &str) -> bool {
    if field.is_none() {
        *field = Some(address.to_owned().into());
        return true;
    }
    false
}

fn is_archive(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let host = url.host_str().unwrap_or_default();
    let is_item = host == "archive.org" && !url.path().starts_with("/web/");
    ARCHIVES.contains(&host) && !is_item
}

/// The address inside one of the Wayback Machine: `https://web.archive.org/web/20241024101500/https://…`.
fn archived(address: &str) -> Option<&str> {
    let rest = address.split_once("/web/")?.1;
    let original = rest.split_once('/')?.1;
    (original.starts_with("http://") || original.starts_with("https://")).then_some(original)
}

/// A title made from an address, in square brackets: the host and the last words of the path.
pub(super) fn title(address: &str) -> String {
    let Ok(url) = Url::parse(address) else { return format!("[{address}]") };
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path: Vec<String> = url.path_segments().into_iter().flatten().filter_map(words).collect();
    let has_letters = |words: &&String| words.chars().any(char::is_alphabetic);
    let last = path.iter().rposition(|words| has_letters(&words)).and_then(|at| path.get(at..)).unwrap_or(&path);
    // An address of numbers only, or with the name of a section before the number of the page, is told as far as it goes.
    if last.is_empty() { format!("[{host}]") } else { format!("[{host}: {}]", last.join(" ")) }
}

/// The words of one part of a path; none where it says nothing.
fn words(segment: &str) -> Option<String> {
    let plain = url::form_urlencoded::parse(format!("x={}", segment.replace('+', "%2B")).as_bytes())
        .next()
        .map_or_else(|| segment.to_owned(), |(_, value)| value.into_owned());
    let stem = match plain.rsplit_once('.') {
        Some((stem, "html" | "htm" | "php" | "aspx" | "asp" | "shtml" | "jsp" | "pdf")) => stem,
        _ => plain.as_str(),
    };
    let words: Vec<&str> =
        stem.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).take(12).collect();
    let says_nothing = words.is_empty() || matches!(words.as_slice(), ["index" | "default" | "home"]);
    (!says_nothing).then(|| words.join(" "))
}
