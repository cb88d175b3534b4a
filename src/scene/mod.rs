//! The display list: a timeline seen through a window, as shapes and shaped text with a hit target each.
//!
//! Owns where things stand, what is drawn and in which order. A [`Plan`] is made of a [`SceneInput`], a [`Scene`] of both; whoever
//! points at a picture asks its plan. The screen painter and the exporters turn each [`Item`] into their own terms and
//! match it without a wildcard. Knows neither egui nor files.

mod ahead;
mod areas;
mod build;
mod density;
mod drawn;
mod eras;
mod events;
mod extents;
mod flag;
mod folds;
mod ghosts;
mod images;
mod ink;
mod item;
mod legend;
mod links;
mod marks;
mod name;
mod named;
mod obstacles;
mod overflow;
mod overview;
mod packed;
mod page;
mod piece;
mod plan;
mod sheet;
mod shown;
mod sides;
mod sight;
mod silences;
mod spells;
mod track;

pub use areas::{Areas, track_width};
pub use build::{build, draw, draw_moved, settled};
pub use extents::{Edges, Extents, Measuring};
pub use flag::{Flag, flag_sign, sourcing};
pub use images::image_area;
pub use ink::Swatch;
pub use item::{Hit, Item, LinkHit, Scene, Segment, Stroke, Target};
pub use legend::{AxisMark, DateForm, Legend, legend};
pub use links::{Relations, ShownLinks};
pub use name::{crowd_name, event_name, grouped, link_name, relation_verb};
pub use overview::{overview, overview_viewport};
pub use packed::{Packed, RowGlide, drawn_window, least_micros};
pub use page::Omission;
pub use plan::Plan;
pub use sides::LabelSides;
pub use sight::{Crowding, separates};

use crate::account::{Accounts, Telling};
use crate::activity::Activity;
use crate::geom::Size;
use crate::index::{Entry, Hues, Index, Selection};
use crate::layout::Viewport;
use crate::model::{ColorBy, DateLabels, Event, KnownOn, Timeline};
use crate::query::Matches;
use crate::text::Style;
use crate::theme::Theme;
use crate::time::{Instant, Zone};

/// Height of Inter's capitals, in ems.
const CAP_HEIGHT: f64 = 0.727;

/// What a picture is made of.
#[derive(Debug, Clone, Copy)]
pub struct SceneInput<'a> {
    /// The timeline.
    pub timeline: &'a Timeline,
    /// What is derived from it.
    pub index: &'a Index,
    /// Colours.
    pub theme: &'a Theme,
    /// The window in time; its width is [`track_width`].
    pub viewport: Viewport,
    /// The whole picture.
    pub size: Size,
    /// How far the bands are scrolled down, in points.
    pub scroll_y: f64,
    /// The selected event.
    pub selection: Option<&'a str>,
    /// The event under the pointer.
    pub hover: Option<&'a str>,
    /// Only these events are drawn; none draws all. Rows stay where they are.
    pub matches: Option<&'a Selection>,
    /// Where the "today" line stands.
    pub now: Option<Instant>,
    /// The zone the axis shows.
    pub zone: Zone,
    /// Whether the ruler names ISO weeks.
    pub iso_weeks: bool,
    /// What is drawn around the track.
    pub frame: Frame,
    /// How its events are looked at.
    pub aspect: Aspect<'a>,
}

/// How the events of a picture are looked at: what their colours stand for, as of when, whether signs stand beside them,
/// and which of their links are drawn.
#[derive(Debug, Clone, Copy, Default)]
pub struct Aspect<'a> {
    /// What colours stand for.
    pub color_by: ColorBy,
    /// The events that match the question for certain; the others of those drawn only may, and are pale. None where all do.
    pub certain: Option<&'a Matches>,
    /// What was asked, in the words of the question, to be said above a picture that stands alone: nobody takes what matches for all
    /// there is. None where nothing was.
    pub question: Option<&'a str>,
    /// The colours of values, where colours stand for a field that has no scale of its own.
    pub hues: Option<&'a Hues>,
    /// What was known on a date: citations of later sources do not count, and what cannot be told is marked. Events not
    /// known yet are left out by [`SceneInput::matches`].
    pub known_on: Option<&'a KnownOn>,
    /// No signs beside the marks.
    pub hides_flags: bool,
    /// Frames for the images of events stand beside their labels.
    pub images: bool,
    /// Which links are drawn.
    pub links: ShownLinks<'a>,
    /// Whether labels carry the dates of their events.
    pub dates: DateLabels,
    /// The events that are selected together, by position: their marks are shown so, beside that of [`SceneInput::selection`].
    pub selected: Option<&'a Matches>,
    /// What is special along the time of each band, to be marked in it.
    pub activity: Option<&'a [Activity]>,
    /// The accounts whose derived timeline is drawn: marks then say how an account tells of an event.
    pub accounts: Option<&'a Accounts>,
}

impl<'a> SceneInput<'a> {
    /// The positions of an event: of accounts those of all its tellings.
    fn positions_of(&self, id: &str) -> Vec<usize> {
        match self.aspect.accounts {
            Some(accounts) => accounts.positions(id).collect(),
            None => self.timeline.event_position(id).into_iter().collect(),
        }
    }

    /// Whether an account does not tell of the event at a position.
    fn is_silent(&self, position: u32) -> bool {
        self.telling(position as usize) == Some(Telling::Silent)
    }

    /// How an account tells of the event at a position; none where no accounts are drawn.
    fn telling(&self, position: usize) -> Option<Telling> {
        self.aspect.accounts?.told(position).map(|told| told.telling)
    }

    /// The events among those drawn that touch `start..end`, each once.
    fn events_within(&self, start: Instant, end: Instant) -> impl Iterator<Item = &'a Event> + use<'a> {
        let timeline = self.timeline;
        let touching = self.index.events_touching(self.matches, start, end);
        touching.filter_map(move |seen| timeline.events().get(seen.event as usize))
    }

    /// The same with where each stands.
    fn entries_within(&self, start: Instant, end: Instant) -> impl Iterator<Item = (Entry, &'a Event)> + use<'a> {
        let (timeline, index) = (self.timeline, self.index);
        let touching = index.events_touching(self.matches, start, end);
        touching.filter_map(move |seen| {
            let position = seen.event as usize;
            Some((index.entry(timeline, position)?, timeline.events().get(position)?))
        })
    }
}

/// The baseline of a line of text whose capitals stand around a middle.
pub fn line_baseline(middle: f64, style: Style) -> f64 {
    text_baseline(middle, style)
}

/// As [`line_baseline`].
fn text_baseline(middle: f64, style: Style) -> f64 {
    middle + CAP_HEIGHT * style.size_pt / 2.0
}

/// What is drawn around the track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Frame {
    /// Nothing: the window has its own title, legend and scroll bar.
    #[default]
    Window,
    /// Title, subtitle, legend of the marks that occur, footer and margins: a picture that stands alone.
    Picture,
}
