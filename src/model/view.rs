//! A saved view, and what it can choose of beside its bands: colours, what counts as known, links and dates that are drawn.

use serde::{Deserialize, Serialize};

use super::{Grouping, Text};
use crate::time::{Date, Zone};

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
    /// IANA name of the zone on whose clock times are shown; the timeline's where not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Text>,
    /// What of the window is folded, as [`FoldChoice`](super::FoldChoice) reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folds: Option<Text>,
    /// Only events that match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query: Option<Text>,
    /// What the bands of the track stand for.
    #[serde(default, skip_serializing_if = "super::event::is_default")]
    pub grouping: Grouping,
    /// How the bands are arranged, as [`Arrangement`](super::Arrangement) reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bands: Option<Text>,
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
    /// Whether small images stand on the track.
    #[serde(default, skip_serializing_if = "super::event::is_default")]
    pub images: ImageDisplay,
    /// How its picture or brief is made, as [`ExportSettings`](super::ExportSettings) reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub export: Option<Text>,
    /// `light`, `dark` or `print`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Text>,
}

impl View {
    /// The clock on which it shows times; none is that of the timeline, whose zone is `own`.
    pub fn clock(&self, own: Zone) -> Option<Zone> {
        let named = self.zone.as_deref().and_then(|name| Zone::parse(name).ok());
        named.filter(|clock| *clock != own)
    }
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

/// What the colours of marks stand for: what bands can stand for too. How an event stands is told by shape whatever they do.
pub type ColorBy = Grouping;

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

/// Whether small images of events stand beside their labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ImageDisplay {
    /// None does.
    #[default]
    Hidden,
    /// On the track of a window and in pictures, where no title or date is lost by that.
    Track,
}

impl ImageDisplay {
    /// Both, in the order of menus.
    pub const ALL: [Self; 2] = [Self::Hidden, Self::Track];

    /// The words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Hidden => "Hidden",
            Self::Track => "On the track",
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
