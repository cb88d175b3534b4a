//! A mapping: what the columns of a table become, with what else was settled about the file.
//!
//! It is proposed from headers and values, written as RON to be edited, and kept beside the timeline, so that next week's
//! file comes in the same way.

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::question::{Answers, Padded};
use crate::model::Standing;

/// How a table is read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// The name of the sheet, in a workbook of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// What stands between two cells of a text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// The row of the headers, from 1; 0 where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<usize>,
    /// What stands for nothing, beside the empty cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nulls: Option<Vec<String>>,
    /// What each column becomes, in the order of the table. A column that is not named here goes to the event's own fields.
    pub columns: Vec<Column>,
    /// What the words of the column for standing mean; a word that means none is kept as a field of the event's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub standings: Vec<(String, Option<Standing>)>,
    /// What the words of the column for weight mean; a word that means none is kept as a field of the event's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub weights: Vec<(String, Option<u8>)>,
    /// What was answered.
    #[serde(skip_serializing_if = "is_nothing")]
    pub answers: Answers,
}

fn is_nothing(answers: &Answers) -> bool {
    *answers == Answers::default()
}

/// What a column becomes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its header.
    pub name: String,
    /// What its cells are.
    pub to: Target,
    /// The number of the source that it tells of, where rows name several.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub group: usize,
    /// What only fills up its dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub padded: Vec<Padded>,
    /// Why that is proposed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if passes a reference")]
fn is_zero(group: &usize) -> bool {
    *group == 0
}

impl Column {
    /// A column that becomes this, for a reason.
    pub fn new(name: impl Into<String>, to: Target, why: impl Into<String>) -> Self {
        Self { name: name.into(), to, group: 0, padded: Vec::new(), why: why.into() }
    }
}

macro_rules! targets {
    ($($(#[$doc:meta])* $name:ident $label:literal,)*) => {
        /// What the cells of a column are.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum Target {
            $($(#[$doc])* $name,)*
        }

        impl Target {
            /// Every one, in the order of menus.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What it is called.
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label,)* }
            }
        }
    };
}

targets! {
    /// A field of the event's own, under the header.
    Own "Own field",
    /// Nothing: it is left out, and said.
    Ignore "Left out",
    /// The id by which the other program knows the event.
    Key "Id",
    /// The title.
    Title "Title",
    /// The note.
    Note "Note",
    /// The date, or the start.
    Date "Date or start",
    /// The end.
    End "End",
    /// The latest that it can have begun.
    LatestStart "Latest start",
    /// The earliest that it can have ended.
    EarliestEnd "Earliest end",
    /// The time of day of the start.
    Time "Time",
    /// The time of day of the end.
    EndTime "End time",
    /// The zone of the times.
    Zone "Zone",
    /// The year of the start.
    Year "Year",
    /// The month of the start.
    Month "Month",
    /// The day of the start.
    Day "Day",
    /// The year of the end.
    EndYear "End year",
    /// The month of the end.
    EndMonth "End month",
    /// The day of the end.
    EndDay "End day",
    /// How fine the date is.
    Precision "Precision",
    /// The date in words.
    Wording "Date in words",
    /// The lane.
    Lane "Lane",
    /// Who acted.
    Actors "Actors",
    /// Where.
    Place "Place",
    /// Degrees north.
    Latitude "Latitude",
    /// Degrees east.
    Longitude "Longitude",
    /// Both.
    Coordinates "Coordinates",
    /// Keywords.
    Tags "Tags",
    /// How the statement stands.
    Standing "Standing",
    /// How much it matters.
    Weight "Weight",
    /// The address of a source.
    Url "Source: address",
    /// The title of a source.
    Source "Source: title",
    /// Who wrote it.
    Author "Source: author",
    /// Who published it.
    Publisher "Source: publisher",
    /// When it was published.
    Published "Source: published",
    /// The words of a source.
    Quote "Source: quotation",
    /// The ids of events that this one relates to.
    Related "Related events",
}

/// RON as people write it in timelines: what may be left out stands without `Some`.
pub fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// A value as RON, to be read and edited.
///
/// # Errors
/// Never, for values of this crate.
pub fn to_ron(value: &impl Serialize) -> Result<String, ron::Error> {
    let config = PrettyConfig::new().depth_limit(3).struct_names(false);
    Ok(options().to_string_pretty(value, config)? + "\n")
}

/// A value that somebody may have edited.
///
/// # Errors
/// With the line and column where the text goes wrong.
pub fn from_ron<T: DeserializeOwned>(text: &str) -> Result<T, ron::error::SpannedError> {
    options().from_str(text)
}

impl Mapping {
    /// What the column of this header becomes.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The headers, by which the mapping of an earlier import is found again.
    pub fn headers(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }
}
