//! The timeline and its records: what an analyst states, and who says so.
//!
//! Owns the records, their fields as values ([`Field`]), their identifiers, what makes a timeline consistent ([`check`]), what citations amount to ([`Sourcing`]) and
//! what was known when ([`KnownOn`]). Never does I/O. Only `edit` changes a [`Timeline`]; everyone else reads it.

mod address;
mod arrangement;
mod capture;
mod check;
mod coordinates;
mod duplicates;
mod event;
mod event_batch;
mod event_list;
mod events;
mod exact;
mod export_settings;
mod field;
mod folding;
#[cfg(test)]
pub(crate) mod full;
mod grade;
mod grouping;
mod id_table;
mod image;
mod known;
mod memo;
mod origins;
mod own_fields;
mod own_name;
mod problems;
mod rare;
mod record;
mod shared_event;
mod slots;
mod source;
mod sourcing;
mod timeline;
mod view;

pub use address::{NotOpened, WebAddress, same_page_key};
pub use arrangement::{Arrangement, ArrangementError, BandOrder, HOW_TO_ARRANGE};
pub use capture::{Capture, Hash, HashAlgorithm, Outside};
pub use check::{
    CHECKS, CheckKind, EventCheck, MOST_LISTED, THEMES, check, check_across, check_all, check_errors, check_event,
    check_kind, finest_citation, problems_across, unknown_reference,
};
pub use coordinates::Coordinates;
pub use duplicates::{SameSource, duplicate_events, duplicate_sources, event_like, source_like};
pub use event::{Citation, Event, Judgment, Link, Relation, Stance, Standing};
pub use event_batch::{EventBatch, EventBatches};
pub use event_list::EventList;
pub(crate) use events::Piece;
pub use events::{EventIter, Events};
pub use export_settings::{ExportSettings, ExportSettingsError, HOW_TO_EXPORT};
pub use field::{
    CaptureField, CheckField, Choice, CitationField, EraField, EventField, Field, FieldError, FieldInfo, HashField,
    HeaderField, ImageField, JudgmentField, Kind, LaneField, Limits, LinkField, Part, Presence, Search, SourceField,
    Term, Value, ViewField,
};
pub use field::{join, leaves, split};
pub use folding::{FoldChoice, FoldError};
pub use grade::{Confidence, Credibility, Likelihood, Reliability};
pub use grouping::Grouping;
pub use image::Image;
pub use known::{Known, KnownOn, perhaps_words};
pub use memo::TextMemo;
pub use own_fields::OwnFields;
pub use own_name::OwnName;
pub use problems::{Places, Problems};
pub use rare::{Rare, RareFields};
pub use record::{Key, Record, RecordKind};
pub use shared_event::SharedEvent;
pub(crate) use slots::Slots;
pub use source::{Source, SourceKind};
pub use sourcing::{Badge, Sourcing, best_grade, best_reliability, root_origin};
pub use timeline::{CheckSetting, Era, Header, Lane, Level, Timeline, derive_id};
pub use view::{ColorBy, DateLabels, ImageDisplay, KnownBy, LinkDisplay, View};

/// A text in a record: shared where it is the same, never changed in place, one pointer wide.
pub type Text = arcstr::ArcStr;
