//! A source: who says something, where, and how far they can be relied on.

use serde::{Deserialize, Serialize};
use thin_vec::ThinVec;

use super::{Capture, Reliability, Text};
use crate::time::Date;

/// A document, page, broadcast or person that citations point to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Unique among sources.
    pub id: Text,
    /// The title, in the original language where `language` says so.
    pub title: Text,
    /// Author or originator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<Text>,
    /// Who published it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Text>,
    /// What sort of thing it is.
    #[serde(default, skip_serializing_if = "super::event::is_default")]
    pub kind: SourceKind,
    /// Document or serial number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Text>,
    /// BCP 47 tag of the title's language, where it is not English.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Text>,
    /// Where it was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Text>,
    /// Where a copy is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub archive_url: Option<Text>,
    /// Date of publication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// Date of the information, which is not the date of publication (ICD 206).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub information: Option<Date>,
    /// Date of access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accessed: Option<Date>,
    /// How far it can be relied on; not graded at all is a third thing beside F.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reliability: Option<Reliability>,
    /// The id of the source it derives from: two sources of one origin count once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Text>,
    /// Files kept as evidence, with the whole history of their alterations.
    #[serde(default, skip_serializing_if = "ThinVec::is_empty")]
    pub captures: ThinVec<Capture>,
    /// Access, expertise, bias, currency, possible deception (ICD 206).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub descriptor: Option<Text>,
    /// The analyst's note on the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

impl Source {
    /// A source with an id and a title and nothing more.
    pub fn new(id: impl Into<Text>, title: impl Into<Text>) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            author: None,
            publisher: None,
            kind: SourceKind::default(),
            number: None,
            language: None,
            url: None,
            archive_url: None,
            published: None,
            information: None,
            accessed: None,
            reliability: None,
            origin: None,
            captures: ThinVec::new(),
            descriptor: None,
            note: None,
        }
    }

    /// What it is called where there is little room: who published it, or its title where nobody is named.
    pub fn short_name(&self) -> &str {
        self.publisher.as_deref().unwrap_or(&self.title)
    }
}

/// What sort of thing a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum SourceKind {
    Web,
    Document,
    Statement,
    Broadcast,
    Interview,
    Image,
    Dataset,
    #[default]
    Other,
}

impl SourceKind {
    /// Every kind, in the order of menus.
    pub const ALL: [Self; 8] = [
        Self::Web,
        Self::Document,
        Self::Statement,
        Self::Broadcast,
        Self::Interview,
        Self::Image,
        Self::Dataset,
        Self::Other,
    ];

    /// The word.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Web => "Web",
            Self::Document => "Document",
            Self::Statement => "Statement",
            Self::Broadcast => "Broadcast",
            Self::Interview => "Interview",
            Self::Image => "Image",
            Self::Dataset => "Dataset",
            Self::Other => "Other",
        }
    }
}
