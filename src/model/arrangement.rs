//! How the bands of a track are arranged: their order, which are hidden or one line high, how many have a band of their own.
//!
//! One line of text says it all, in a saved view and on the command line:
//!
//! ```text
//!   by count; at most 12; first TASS, "Kim, Jong Un"; collapsed KCNA; hidden Reuters
//! ```
//!
//! Bands are named by their titles: those of lanes and sources may change, and then what is said of them no longer holds.

use std::fmt::{self, Write as _};

use super::Text;

/// In which order bands stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum BandOrder {
    /// Lanes as in the file, terms as in the standard, years by time, all else by name.
    #[default]
    Listed,
    /// By the first event of each.
    First,
    /// Those of most events first.
    Count,
    /// By name.
    Name,
}

impl BandOrder {
    /// Every order, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Listed, Self::First, Self::Count, Self::Name];

    /// The words of a menu.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Listed => "As listed",
            Self::First => "By first event",
            Self::Count => "By number of events",
            Self::Name => "By name",
        }
    }

    /// The word behind `by`.
    const fn word(self) -> &'static str {
        match self {
            Self::Listed => "list",
            Self::First => "first event",
            Self::Count => "count",
            Self::Name => "name",
        }
    }
}

/// How bands are arranged.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Arrangement {
    /// The order of those that stand nowhere by hand.
    pub order: BandOrder,
    /// How many values have a band of their own, the others one together; none lets as many as there is sense in.
    pub most: Option<u32>,
    /// The titles of those that stand first, from the top.
    pub first: Vec<Text>,
    /// The titles of those that are one line high.
    pub collapsed: Vec<Text>,
    /// The titles of those that are not shown.
    pub hidden: Vec<Text>,
}

/// What arranges bands, in words behind "write".
pub const HOW_TO_ARRANGE: &str =
    "by list, by first event, by count, by name, at most 12, first …, collapsed … or hidden …, with semicolons between";

/// What of a text is no arrangement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{part}\" does not arrange bands: write {HOW_TO_ARRANGE}")]
pub struct ArrangementError {
    /// The part.
    pub part: String,
}

impl Arrangement {
    /// Reads what [`Arrangement`]'s `Display` writes.
    ///
    /// # Errors
    /// Where a part says nothing about bands.
    pub fn parse(text: &str) -> Result<Self, ArrangementError> {
        let mut arrangement = Self::default();
        for part in split(text, ';') {
            let part = part.trim();
            if part.is_empty() {
                continue;
            }
            let error = || ArrangementError { part: part.to_owned() };
            let (word, rest) = part.split_once(char::is_whitespace).unwrap_or((part, ""));
            let rest = rest.trim();
            match word.to_lowercase().as_str() {
                "by" => {
                    let known = BandOrder::ALL.into_iter().find(|order| order.word().eq_ignore_ascii_case(rest));
                    arrangement.order = known.ok_or_else(error)?;
                }
                "at" => {
                    let number = rest.strip_prefix("most").map(str::trim).and_then(|number| number.parse().ok());
                    arrangement.most = Some(number.filter(|number| *number > 0).ok_or_else(error)?);
                }
                "first" => arrangement.first.extend(titles(rest)),
                "collapsed" => arrangement.collapsed.extend(titles(rest)),
                "hidden" => arrangement.hidden.extend(titles(rest)),
                _ => return Err(error()),
            }
        }
        Ok(arrangement)
    }

    /// Whether it says nothing.
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a band of this title is one line high.
    pub fn is_collapsed(&self, title: &str) -> bool {
        self.collapsed.iter().any(|known| known == title)
    }

    /// Whether a band of this title is not shown.
    pub fn is_hidden(&self, title: &str) -> bool {
        self.hidden.iter().any(|known| known == title)
    }

    /// The same with a band under another title; none where it says nothing of that band.
    pub fn renamed(&self, from: &str, to: &Text) -> Option<Self> {
        let mut after = self.clone();
        let titles = [&mut after.first, &mut after.collapsed, &mut after.hidden].into_iter().flatten();
        titles.filter(|title| *title == from).for_each(|title| title.clone_from(to));
        (after != *self).then_some(after)
    }

    /// Makes a band one line high, or as high as it needs.
    pub fn toggle_collapsed(&mut self, title: &str) {
        toggle(&mut self.collapsed, title);
    }

    /// Hides a band, or shows it again.
    pub fn toggle_hidden(&mut self, title: &str) {
        toggle(&mut self.hidden, title);
    }
}

fn toggle(titles: &mut Vec<Text>, title: &str) {
    let before = titles.len();
    titles.retain(|known| known != title);
    if titles.len() == before {
        titles.push(title.into());
    }
}

impl fmt::Display for Arrangement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<String> = Vec::new();
        if self.order != BandOrder::default() {
            parts.push(format!("by {}", self.order.word()));
        }
        parts.extend(self.most.map(|most| format!("at most {most}")));
        for (word, titles) in [("first", &self.first), ("collapsed", &self.collapsed), ("hidden", &self.hidden)] {
            if !titles.is_empty() {
                let titles: Vec<String> = titles.iter().map(|title| written(title)).collect();
                parts.push(format!("{word} {}", titles.join(", ")));
            }
        }
        f.write_str(&parts.join("; "))
    }
}

/// A title, in quotation marks where it could be taken for several; a mark in it is written twice.
fn written(title: &str) -> String {
    let is_plain = !title.is_empty() && title.trim() == title && !title.contains(['"', ',', ';']);
    if is_plain {
        return title.to_owned();
    }
    let mut quoted = String::from("\"");
    for sign in title.chars() {
        if sign == '"' {
            quoted.push('"');
        }
        let _ = quoted.write_char(sign);
    }
    quoted.push('"');
    quoted
}

fn titles(text: &str) -> impl Iterator<Item = Text> + '_ {
    let all = split(text, ',').into_iter().map(str::trim).filter(|title| !title.is_empty());
    all.map(|title| match title.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(quoted) => quoted.replace("\"\"", "\"").into(),
        None => title.into(),
    })
}

/// The parts between a sign that stands in no quotation marks.
fn split(text: &str, at: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut is_quoted) = (0, false);
    for (position, sign) in text.char_indices() {
        if sign == '"' {
            is_quoted = !is_quoted;
        } else if sign == at && !is_quoted {
            parts.push(text.get(start..position).unwrap_or_default());
            start = position + sign.len_utf8();
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_arrangement_is_read_as_it_is_written() {
        let text = "by count; at most 12; first TASS, \"Kim, Jong Un\"; collapsed KCNA; hidden Reuters";
        let arrangement = Arrangement::parse(text).unwrap();
        assert_eq!((arrangement.order, arrangement.most), (BandOrder::Count, Some(12)));
        assert_eq!(arrangement.first, ["TASS", "Kim, Jong Un"]);
        assert_eq!(arrangement.to_string(), text);
        assert!(Arrangement::parse(" ; ").unwrap().is_plain());
        for wrong in ["by size", "at most none", "at most 0", "twelve"] {
            assert_eq!(Arrangement::parse(wrong).unwrap_err().part, wrong);
        }
    }

    proptest! {
        #[test]
        fn any_titles_are_read_as_they_are_written(titles in prop::collection::vec("[a \",;\u{e9}]{0,6}", 0..4)) {
            let titles: Vec<Text> = titles.iter().map(Text::from).collect();
            let arrangement = Arrangement { hidden: titles.clone(), first: titles, ..Arrangement::default() };
            prop_assert_eq!(Arrangement::parse(&arrangement.to_string()).unwrap(), arrangement);
        }
    }
}
