//! What earlier imports gave, kept beside the timeline: which event came under which key, what it said then, and how the
//! columns were read.
//!
//! Of each value only a digest is kept: it tells whether a value has changed since, here or there, and that is all that has to
//! be known to bring the two together.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{self, Write as _};
use std::hash::Hasher as _;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use twox_hash::XxHash3_64;

use crate::interchange::events::mapping::{self, Mapping};
use crate::model::{Event, EventField, Field as _, Text, Value};

/// Every import into one timeline, as `NAME.imports.ron` has them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Imports {
    /// One for each file that is brought in again and again.
    pub imports: Vec<Import>,
}

/// What the imports of one file gave.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Import {
    /// The name of the file, as it was last.
    pub name: String,
    /// The name of its format.
    pub format: String,
    /// The ids of the sources that the files became, the last one last.
    pub sources: Vec<Text>,
    /// How the columns were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mapping: Option<Mapping>,
    /// The names of the values that the digests are of, in their order.
    pub parts: Vec<String>,
    /// What the records of the file became.
    pub events: Known,
}

/// What records became: by the key of each, in the order of the file, the id of the event and the digests of what the file said of it
/// last. Keys that are not in the file any more stand behind those that are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known(pub Vec<KnownEvent>);

/// A key, the id of the event and the digests of what the file said of it.
pub type KnownEvent = (String, (Text, String));

impl Serialize for Known {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, known)| (key, known)))
    }
}

impl<'de> Deserialize<'de> for Known {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Known;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from keys to events")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Known, A::Error> {
                let mut known = Vec::new();
                while let Some(entry) = entries.next_entry()? {
                    known.push(entry);
                }
                Ok(Known(known))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

impl Imports {
    /// The import that a file goes on with: that of its name and format, else, for a table, the last of the same columns.
    pub fn of(&self, name: &str, format: &str, headers: &[&str]) -> Option<&Import> {
        let by_name = || self.imports.iter().rev().find(|import| import.name == name && import.format == format);
        let has_headers = |import: &&Import| {
            let mapping = import.mapping.as_ref().filter(|_| import.format == format && !headers.is_empty());
            mapping.is_some_and(|mapping| mapping.headers().eq(headers.iter().copied()))
        };
        by_name().or_else(|| self.imports.iter().rev().find(has_headers))
    }

    /// Puts what an import gave in the place of what an earlier one of the same file did.
    pub fn put(&mut self, import: Import, earlier: Option<&Import>) {
        let there = earlier.and_then(|earlier| self.imports.iter().position(|known| known == earlier));
        match there.and_then(|at| self.imports.get_mut(at)) {
            Some(place) => *place = import,
            None => self.imports.push(import),
        }
    }
}

/// Events that one core writes at least.
const LEAST_SHARED: usize = 64;

/// What stands in a file of imports before the events of its last import and behind them; that import has none. Where none came, the
/// two are the whole file.
///
/// # Errors
/// Never, for values of this crate.
pub fn around_known(imports: &Imports, is_empty: bool) -> Result<(String, String), ron::Error> {
    const NONE: &str = "events: {}";
    let text = mapping::to_ron(imports)?;
    // It is the last field of the last import.
    Ok(match text.rsplit_once(NONE).filter(|_| !is_empty) {
        Some((before, after)) => (format!("{before}events: {{"), format!("}}{after}")),
        None => (text, String::new()),
    })
}

/// Events as they stand in a file of imports, the first of them behind others or not.
///
/// # Errors
/// Never, for values of this crate.
pub fn known_text(known: &[KnownEvent], is_first: bool) -> Result<String, ron::Error> {
    let some = |known: &[KnownEvent]| {
        let mut text = String::with_capacity(known.len() * A_KNOWN_EVENT);
        for (key, (id, digests)) in known {
            let gap = if text.is_empty() { "" } else { ", " };
            for (before, value) in [(gap, key.as_str()), (": (", id), (", ", digests)] {
                text.push_str(before);
                push_ron(&mut text, value)?;
            }
            text.push(')');
        }
        Ok(text)
    };
    let texts: Result<Vec<String>, ron::Error> = known.par_chunks(LEAST_SHARED).map(some).collect();
    let text = texts?.join(", ");
    Ok(if is_first || text.is_empty() { text } else { format!(", {text}") })
}

/// Bytes that an event takes in a file of imports, about.
const A_KNOWN_EVENT: usize = 160;

/// Adds a text as RON.
fn push_ron(to: &mut String, text: &str) -> Result<(), ron::Error> {
    // Most have nothing in them that is written otherwise.
    let is_plain = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\'' | b'\\');
    if text.bytes().all(is_plain) {
        to.extend(["\"", text, "\""]);
    } else {
        to.push_str(&mapping::options().to_string(text)?);
    }
    Ok(())
}

/// The name of a value and its digest.
pub type Part = (Cow<'static, str>, u32);

/// The values of an event, each by its name with a digest; those that are nothing are left out.
///
/// The names are those of the fields in the file; own fields are apart, each as `fields/NAME`. Citations are those that
/// `is_counted`: those of the file itself follow from the rest.
pub fn parts(event: &Event, is_counted: impl Fn(&str) -> bool) -> Vec<Part> {
    let mut parts = Vec::with_capacity(12);
    for &field in EventField::ALL {
        match (field, field.get(event)) {
            (EventField::Id | EventField::Recorded, _) | (_, Value::None) => {}
            (EventField::Fields, Value::Own(own)) => {
                parts.extend(own.iter().map(|(name, text)| (format!("fields/{name}").into(), digest(text))));
            }
            (_, Value::Citations(citations)) => {
                let counted: Vec<String> = citations
                    .iter()
                    .filter(|citation| is_counted(&citation.source))
                    .filter_map(|citation| ron::to_string(citation).ok())
                    .collect();
                if !counted.is_empty() {
                    parts.push((field.name().into(), digest(&counted.join("\n"))));
                }
            }
            (_, Value::Judgment(judgment)) => {
                parts.push((field.name().into(), digest(&ron::to_string(judgment).unwrap_or_default())));
            }
            (_, Value::Links(links)) => {
                parts.push((field.name().into(), digest(&ron::to_string(links).unwrap_or_default())));
            }
            (_, Value::Images(images)) => {
                parts.push((field.name().into(), digest(&ron::to_string(images).unwrap_or_default())));
            }
            (_, value) => {
                let digest = value.as_str().map_or_else(|| digest(&value.to_string()), digest);
                parts.push((field.name().into(), digest));
            }
        }
    }
    parts
}

/// The names of the values, with the place each has in the digests.
#[derive(Debug, Default)]
pub struct Parts {
    names: Vec<String>,
    places: FxHashMap<String, usize>,
}

impl Parts {
    /// The names that an earlier import wrote.
    pub fn of(names: &[String]) -> Self {
        let places = names.iter().enumerate().map(|(at, name)| (name.clone(), at)).collect();
        Self { names: names.to_vec(), places }
    }

    /// The names, in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Digests as one text: in the order of the names, `-` for what is nothing.
    pub fn written(&mut self, parts: &[Part]) -> String {
        let mut row: Vec<Option<u32>> = Vec::with_capacity(parts.len());
        for (name, digest) in parts {
            let at = match self.places.get(&**name) {
                Some(at) => *at,
                None => {
                    let at = self.names.len();
                    self.names.push(name.to_string());
                    self.places.insert(name.to_string(), at);
                    at
                }
            };
            if row.len() <= at {
                row.resize(at + 1, None);
            }
            if let Some(place) = row.get_mut(at) {
                *place = Some(*digest);
            }
        }
        let mut text = String::with_capacity(row.len() * 9);
        for digest in row {
            let gap = if text.is_empty() { "" } else { " " };
            // Writing to a text cannot fail.
            let _ = match digest {
                Some(digest) => write!(text, "{gap}{digest:x}"),
                None => write!(text, "{gap}-"),
            };
        }
        text
    }

    /// The digests that such a text has, by name.
    pub fn read<'a>(&'a self, written: &str) -> HashMap<&'a str, u32> {
        let digests = written.split(' ').map(|word| u32::from_str_radix(word, 16).ok());
        self.names.iter().zip(digests).filter_map(|(name, digest)| Some((name.as_str(), digest?))).collect()
    }
}

/// The key of a record that has none: of its title and its date as the file gives it.
pub fn made_key(title: &str, date_as_given: &str) -> String {
    let mut hasher = XxHash3_64::with_seed(0);
    hasher.write(title.as_bytes());
    hasher.write(&[0]);
    hasher.write(date_as_given.as_bytes());
    format!("#{:016x}", hasher.finish())
}

/// A number that texts share by chance alone: of a million, any two with a chance of one in thirty million.
pub fn hash(text: &str) -> u64 {
    XxHash3_64::oneshot(text.as_bytes())
}

fn digest(text: &str) -> u32 {
    // The lower half of a good hash is one.
    let [a, b, c, d, ..] = hash(text).to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Date;

    #[test]
    fn digests_are_read_as_they_were_written() {
        let mut event = Event::new("e", "Title", Date::parse("2024").unwrap());
        event.rare.fields.put("Casualties", "14");
        let first = parts(&event, |_| true);
        event.note = Some("Note".into());
        let second = parts(&event, |_| true);
        let mut kept = Parts::default();
        let texts = [kept.written(&first), kept.written(&second)];
        let again = Parts::of(kept.names());
        for (text, parts) in texts.iter().zip([&first, &second]) {
            let read = again.read(text);
            assert_eq!(read.len(), parts.len());
            assert!(parts.iter().all(|(name, digest)| read.get(&**name) == Some(digest)), "{text}");
        }
        assert_eq!(
            first.iter().map(|(name, _)| &**name).collect::<Vec<_>>(),
            ["title", "date", "standing", "weight", "fields/Casualties"]
        );
    }

    #[test]
    fn a_file_of_imports_is_the_same_written_at_once_and_as_it_comes() {
        let known: Vec<KnownEvent> = ["a", "events: {}", "q\"\n\u{feff}x", "zz"]
            .iter()
            .map(|key| ((*key).to_owned(), ((*key).into(), "1f - 2".to_owned())))
            .collect();
        for known in [known.as_slice(), known.get(..1).unwrap(), &[]] {
            let import = Import { name: "events: {}".to_owned(), ..Import::default() };
            let mut imports = Imports { imports: vec![import] };
            let (before, after) = around_known(&imports, known.is_empty()).unwrap();
            let mut text = before;
            for (at, one) in known.iter().enumerate() {
                text += &known_text(std::slice::from_ref(one), at == 0).unwrap();
            }
            text += &after;
            imports.imports[0].events = Known(known.to_vec());
            assert_eq!(text, mapping::to_ron(&imports).unwrap());
            assert_eq!(mapping::from_ron::<Imports>(&text).unwrap(), imports);
        }
    }

    #[test]
    fn an_import_is_found_by_name_then_by_columns() {
        let mapping = |names: &[&str]| Mapping {
            columns: names.iter().map(|name| mapping::Column::new(*name, mapping::Target::Own, "")).collect(),
            ..Mapping::default()
        };
        let import = |name: &str, names: &[&str]| Import {
            name: name.to_owned(),
            format: "csv".to_owned(),
            mapping: Some(mapping(names)),
            ..Import::default()
        };
        let imports = Imports { imports: vec![import("a.csv", &["x", "y"]), import("b.csv", &["z"])] };
        let found = |name, headers: &[&str]| imports.of(name, "csv", headers).map(|import| import.name.as_str());
        assert_eq!(found("b.csv", &["x", "y"]), Some("b.csv"));
        assert_eq!(found("a-2.csv", &["x", "y"]), Some("a.csv"));
        assert_eq!(found("a-2.csv", &["x"]), None);
        assert_eq!(found("a-2.csv", &[]), None);
    }
}
