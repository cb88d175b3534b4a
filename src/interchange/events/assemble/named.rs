//! The sources that records name: one for each address, else for each text, and those that the timeline has already.

use std::collections::{HashMap, HashSet};

use crate::interchange::events::chronology::Named;
use crate::model::{Source, SourceKind, Text, Timeline, derive_id, same_page_key};

/// Sources by what names them.
#[derive(Debug, Default)]
pub struct Sources {
    ids: HashMap<String, Text>,
    taken: HashSet<Text>,
    /// The number that the next id of a stem gets: ids of ten thousand pages of one title are not tried one by one.
    next: HashMap<String, u64>,
    /// Those that are new, in the order in which they were named.
    pub added: Vec<Source>,
}

impl Sources {
    /// The sources of a timeline.
    pub fn of(timeline: &Timeline) -> Self {
        let mut sources = Self::default();
        for source in timeline.sources() {
            sources.taken.insert(source.id.clone());
            sources.ids.entry(name_of(source)).or_insert_with(|| source.id.clone());
        }
        sources
    }

    /// The id of a source that a record names: of one that is there, else of a new one.
    pub fn id(&mut self, named: &Named) -> Text {
        let name = name_of(&named.source);
        if let Some(id) = self.ids.get(&name) {
            return id.clone();
        }
        let mut source = named.source.clone();
        if source.title.trim().is_empty() {
            source.title = source.url.as_deref().map(short_address).unwrap_or_default().as_str().into();
        }
        if source.kind == SourceKind::Other && source.url.is_some() {
            source.kind = SourceKind::Web;
        }
        let id = self.add(source);
        self.ids.insert(name, id.clone());
        id
    }

    /// Adds a source under an id of its own.
    pub fn add(&mut self, mut source: Source) -> Text {
        let stem = derive_id(&source.title, None);
        let id = self.fresh(stem);
        self.taken.insert(id.clone());
        source.id = id.clone();
        self.added.push(source);
        id
    }

    fn fresh(&mut self, stem: String) -> Text {
        if !self.taken.contains(stem.as_str()) {
            return stem.as_str().into();
        }
        let next = self.next.entry(stem.clone()).or_insert(2);
        loop {
            let id = format!("{stem}-{next}");
            *next += 1;
            if !self.taken.contains(id.as_str()) {
                return id.as_str().into();
            }
        }
    }
}

/// What makes two named sources one: the page and the place on it, else title, author, publisher and date.
fn name_of(source: &Source) -> String {
    if let Some(url) = source.url.as_deref().map(str::trim).filter(|url| !url.is_empty()) {
        let place = url.split_once('#').map(|(_, place)| place).unwrap_or_default();
        return format!("address {}#{place}", same_page_key(url).unwrap_or_else(|| url.to_owned()));
    }
    let words = |text: Option<&str>| {
        text.unwrap_or_default().split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
    };
    let published = source.published.as_ref().map(|date| date.as_str());
    let parts = [Some(&*source.title), source.author.as_deref(), source.publisher.as_deref(), published].map(words);
    format!("text {}", parts.join("\u{1f}"))
}

/// An address as a title: the host and the path, without what only browsers need.
pub fn short_address(url: &str) -> String {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.split(['?', '#']).next().unwrap_or(bare).trim_end_matches('/');
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    if bare.is_empty() { url.to_owned() } else { bare.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_one_source_and_one_text_is_one() {
        let mut sources = Sources::default();
        let page = |url: &str, title: &str| {
            let mut source = Source::new("", title);
            source.url = Some(url.into());
            Named::new(source)
        };
        let ids = [
            sources.id(&page("https://a.example/x", "")),
            sources.id(&page("http://www.a.example/x/", "X")),
            sources.id(&page("https://a.example/x#2", "")),
            sources.id(&Named::new(Source::new("", "The Herald"))),
            sources.id(&Named::new(Source::new("", "the  herald"))),
        ];
        assert_eq!(ids[0], ids[1]);
        assert_ne!(ids[0], ids[2]);
        assert_eq!(ids[3], ids[4]);
        let titles: Vec<&str> = sources.added.iter().map(|source| &*source.title).collect();
        assert_eq!(titles, ["a.example/x", "a.example/x", "The Herald"]);
        assert_eq!(sources.added[0].kind, SourceKind::Web);
    }
}
