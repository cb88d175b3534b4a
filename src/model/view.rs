//! A saved view, and what it can choose of: bands, colours, what counts as known, links and dates that are drawn.

use serde::{Deserialize, Serialize};

use super::Text;
use crate::time::Date;

/// A saved window onto the timeline, so that a brief's picture can be made again tomorrow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// Unique among views.
    pub id: Text,
    /// Its name.
    pub title: Text,
    /// The window in time: an interval.
    pub window: Date,
    /// What of the window is folded, as [`FoldChoice`](super::FoldChoice) reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folds: Option<Text>,
    /// Only events that match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<Text>,
    /// What the bands of the track stand for.
    #[serde(default, skip_serializing_if = "super::event::is_default")]
    pub grouping: Grouping,
    /// What the colours of marks stand for.
    #[serde(default, skip_serializing_if = "super::event::is_default")]
    pub color_by: ColorBy,
    /// Which links are drawn.
    #[serde(default, skip_serializing_if = "super::event::is_default")]
    pub links: LinkDisplay,
    /// Only what was known on this date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_on: Option<Date>,
    /// What `known_on` goes by.
    #[serde(default, skip_serializing_if = "super::event::is_default")]
    pub known_by: KnownBy,
    /// Whether labels carry dates.
    #[serde(default, skip_serializing_if = "super::event::is_default")]
    pub dates: DateLabels,
    /// `light`, `dark` or `print`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Text>,
}

/// What a replay of what was known goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum KnownBy {
    /// When sources came out: what anyone could have known.
    #[default]
    Published,
    /// When events were entered: what we knew.
    Recorded,
}

impl KnownBy {
    /// Both, in the order of menus.
    pub const ALL: [Self; 2] = [Self::Published, Self::Recorded];

    /// The words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Published => "Publication",
            Self::Recorded => "Our record",
        }
    }
}

/// What the bands of the track stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Grouping {
    /// A band a lane.
    #[default]
    Lane,
    /// A band a standing.
    Standing,
    /// A band an actor: an event of several stands in the band of each.
    Actor,
    /// A band a place.
    Place,
    /// A band a tag: an event of several stands in the band of each.
    Tag,
    /// A band a source: an event that cites several stands in the band of each.
    Source,
    /// A band a weight, the heaviest first.
    Weight,
    /// A band a term of likelihood.
    Likelihood,
    /// A band a level of confidence.
    Confidence,
    /// A band a year, and one for what may lie in several.
    Year,
    /// A band a decade, and one for what may lie in several.
    Decade,
    /// One band.
    Nothing,
}

impl Grouping {
    /// Every grouping, in the order of menus.
    pub const ALL: [Self; 12] = [
        Self::Lane,
        Self::Standing,
        Self::Actor,
        Self::Place,
        Self::Tag,
        Self::Source,
        Self::Weight,
        Self::Likelihood,
        Self::Confidence,
        Self::Year,
        Self::Decade,
        Self::Nothing,
    ];

    /// The word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lane => "Lane",
            Self::Standing => "Standing",
            Self::Actor => "Actor",
            Self::Place => "Place",
            Self::Tag => "Tag",
            Self::Source => "Source",
            Self::Weight => "Weight",
            Self::Likelihood => "Likelihood",
            Self::Confidence => "Confidence",
            Self::Year => "Year",
            Self::Decade => "Decade",
            Self::Nothing => "Nothing",
        }
    }

    /// The word on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Lane => "lane",
            Self::Standing => "standing",
            Self::Actor => "actor",
            Self::Place => "place",
            Self::Tag => "tag",
            Self::Source => "source",
            Self::Weight => "weight",
            Self::Likelihood => "likelihood",
            Self::Confidence => "confidence",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Nothing => "nothing",
        }
    }

    /// The grouping of this [`Grouping::id`].
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grouping| grouping.id() == id)
    }
}

/// What the colours of marks stand for. How an event stands is told by shape whatever they do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ColorBy {
    /// The lane.
    #[default]
    Lane,
    /// How the event stands.
    Standing,
    /// The best reliability among the sources that support it.
    Reliability,
    /// The weight.
    Weight,
}

impl ColorBy {
    /// Every choice, in the order of menus.
    pub const ALL: [Self; 4] = [Self::Lane, Self::Standing, Self::Reliability, Self::Weight];

    /// The word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Lane => "Lane",
            Self::Standing => "Standing",
            Self::Reliability => "Best reliability",
            Self::Weight => "Weight",
        }
    }

    /// The word on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Lane => "lane",
            Self::Standing => "standing",
            Self::Reliability => "reliability",
            Self::Weight => "weight",
        }
    }

    /// The choice of this [`ColorBy::id`].
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.id() == id)
    }
}

/// Which links between events are drawn as lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum LinkDisplay {
    /// Those of the event that is selected and of the one pointed at.
    #[default]
    Selected,
    /// All there are.
    All,
}

impl LinkDisplay {
    /// Both, in the order of menus.
    pub const ALL: [Self; 2] = [Self::Selected, Self::All];

    /// The words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Selected => "Of the selection",
            Self::All => "All",
        }
    }
}

/// Whether the labels of a picture carry the dates of their events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum DateLabels {
    /// Where there is room for them.
    #[default]
    Auto,
    /// None does.
    Hidden,
}

impl DateLabels {
    /// Both, in the order of menus.
    pub const ALL: [Self; 2] = [Self::Auto, Self::Hidden];

    /// The words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Auto => "Where there is room",
            Self::Hidden => "Hidden",
        }
    }

    /// The word on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Hidden => "none",
        }
    }

    /// The choice of this [`DateLabels::id`].
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|choice| choice.id() == id)
    }
}
