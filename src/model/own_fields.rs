//! Fields of the user's own: names and texts that the format has no field for.

use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thin_vec::ThinVec;

use super::{Text, memo};

/// Texts under names of the user's own, in the order in which they were written; `{"Casualties": "14"}` in files.
///
/// Invariant: no name stands twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnFields(ThinVec<(Text, Text)>);

impl OwnFields {
    /// No field.
    pub const NONE: Self = Self(ThinVec::new());

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Names and texts, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Text, &Text)> {
        self.0.iter().map(|(name, text)| (name, text))
    }

    /// The text under a name.
    pub fn get(&self, name: &str) -> Option<&Text> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, text)| text)
    }

    /// Puts a text under a name: in the place of the one that is there, else at the end.
    pub fn put(&mut self, name: impl Into<Text>, text: impl Into<Text>) {
        let (name, text) = (name.into(), text.into());
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, there)) => *there = text,
            None => self.0.push((name, text)),
        }
    }

    /// Gives a field another name, in its place. Whether there is such a field, and none of the new name.
    pub fn rename(&mut self, name: &str, to: impl Into<Text>) -> bool {
        let to = to.into();
        if to != name && self.get(&to).is_some() {
            return false;
        }
        let found = self.0.iter_mut().find(|(known, _)| known == name);
        found.map(|(known, _)| *known = to).is_some()
    }

    /// Takes a field out.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }
}

impl Serialize for OwnFields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, text) in self.iter() {
            map.serialize_entry(name.as_str(), text.as_str())?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for OwnFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OwnFieldsVisitor)
    }
}

struct OwnFieldsVisitor;

impl<'de> Visitor<'de> for OwnFieldsVisitor {
    type Value = OwnFields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("names and texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<OwnFields, A::Error> {
        let mut fields = OwnFields::default();
        // All events of an import have the same names.
        while let Some(memo::Common(name)) = entries.next_key()? {
            if fields.get(&name).is_some() {
                return Err(A::Error::custom(format_args!("\"{name}\" is given twice")));
            }
            if name.trim().is_empty() {
                return Err(A::Error::custom("a field has no name"));
            }
            fields.0.push((name, entries.next_value::<Text>()?));
        }
        fields.0.shrink_to_fit();
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str) -> OwnFields {
        ron::from_str(text).unwrap()
    }

    #[test]
    fn the_order_stays_and_no_name_stands_twice() {
        let mut own = fields(r#"{"b": "1", "a": "2"}"#);
        own.put("b", "3");
        own.put("c", "");
        assert_eq!(ron::to_string(&own).unwrap(), r#"{"b":"3","a":"2","c":""}"#);
        assert!(!own.rename("b", "a") && !own.rename("x", "y") && own.rename("b", "b") && own.rename("b", "d"));
        own.remove("a");
        assert_eq!(own, fields(r#"{"d": "3", "c": ""}"#));
        assert!(ron::from_str::<OwnFields>(r#"{"a": "1", "a": "2"}"#).is_err());
        assert!(ron::from_str::<OwnFields>(r#"{" ": "1"}"#).is_err());
        assert_eq!(fields("{}"), OwnFields::NONE);
    }
}
