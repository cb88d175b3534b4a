//! The display list: shapes and shaped text in paint order, and what can be pointed at.

use std::sync::Arc;

use crate::geom::{Point, Rect, Size};
use crate::index::Crowd;
use crate::model::{Text, Timeline};
use crate::text::Run;
use crate::theme::Color;

/// A picture: painted in order, later items on top.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// In points.
    pub size: Size,
    /// Behind everything.
    pub background: Color,
    /// What is painted.
    pub items: Vec<Item>,
    /// What can be pointed at; later ones lie on top.
    pub targets: Vec<Target>,
}

/// One thing to paint.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A rectangle with rounded corners.
    Rect {
        /// Where.
        rect: Rect,
        /// Corner radius in points.
        radius: f64,
        /// Its inside.
        fill: Option<Color>,
        /// Its edge, centred on the outline.
        stroke: Option<Stroke>,
    },
    /// A straight line.
    Line {
        /// From here.
        from: Point,
        /// To here.
        to: Point,
        /// How.
        stroke: Stroke,
    },
    /// A path.
    Path {
        /// Its outline.
        segments: Vec<Segment>,
        /// Its inside (non-zero rule).
        fill: Option<Color>,
        /// Its edge.
        stroke: Option<Stroke>,
    },
    /// A rectangle whose colour changes from left to right.
    Gradient {
        /// Where.
        rect: Rect,
        /// The colour of its left edge.
        left: Color,
        /// The colour of its right edge.
        right: Color,
    },
    /// Plain rectangles side by side, which together are one thing: how many events there are along a band.
    Density {
        /// Where, and in which colour.
        bars: Vec<(Rect, Color)>,
    },
    /// A line of text.
    Text {
        /// The shaped text.
        run: Arc<Run>,
        /// Left end of the baseline.
        origin: Point,
        /// Its colour.
        color: Color,
    },
    /// The frame of an image: what it frames is for whoever has its pixels.
    Image {
        /// Where.
        rect: Rect,
        /// The file, as the event has it.
        file: Text,
        /// Its ground.
        fill: Color,
        /// Its edge, centred on the outline.
        stroke: Stroke,
    },
    /// What follows is cut off outside this rectangle, until [`Item::PopClip`]. Clips nest.
    PushClip(Rect),
    /// Ends the innermost clip.
    PopClip,
}

/// A stroke.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// In points.
    pub width: f64,
    /// Its colour.
    pub color: Color,
    /// On and off lengths in points.
    pub dash: Option<(f64, f64)>,
}

impl Stroke {
    /// An unbroken stroke.
    pub const fn solid(width: f64, color: Color) -> Self {
        Self { width, color, dash: None }
    }
}

/// One segment of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Starts a subpath.
    MoveTo(Point),
    /// A straight line.
    LineTo(Point),
    /// A cubic Bézier curve: two controls and the end.
    CubicTo(Point, Point, Point),
    /// Back to the start of the subpath.
    Close,
}

/// Something that can be pointed at.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Where.
    pub rect: Rect,
    /// What.
    pub subject: Hit,
}

/// What lies under a point. Events are told by their positions in the timeline that was drawn: a window shows thousands, and their
/// ids lie anywhere in memory.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Hit {
    /// An event's mark: what can be dragged.
    Event(u32),
    /// What stands beside an event's mark: its label, its cue, its signs.
    EventLabel(u32),
    /// The left (start) edge of an event that lasted.
    EventStart(u32),
    /// The right (end) edge of an event that lasted.
    EventEnd(u32),
    /// The bar of an event that has no room for a mark.
    Bar(u32),
    /// A line between events.
    Link(LinkHit),
    /// Events that stand too close to be told apart.
    Crowd(Crowd),
    /// The name of a lane.
    Lane(Text),
    /// An era, by id.
    Era(Text),
    /// The ruler.
    Ruler,
}

impl Hit {
    /// The event that this is a part of, by its position in the timeline that was drawn.
    pub const fn position(&self) -> Option<u32> {
        match self {
            Self::Event(at) | Self::EventLabel(at) | Self::EventStart(at) | Self::EventEnd(at) | Self::Bar(at) => {
                Some(*at)
            }
            Self::Link(_) | Self::Crowd(_) | Self::Lane(_) | Self::Era(_) | Self::Ruler => None,
        }
    }

    /// The same by id; `timeline` is the one that was drawn.
    pub fn event<'a>(&self, timeline: &'a Timeline) -> Option<&'a Text> {
        timeline.events().get(self.position()? as usize).map(|event| &event.id)
    }
}

/// A link between two events, and how many others run the same way.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LinkHit {
    /// The event that has it, by id.
    pub from: Text,
    /// Which of its links it is.
    pub nth: u32,
    /// The event to which it leads.
    pub to: Text,
    /// How many links the line stands for; this is the heaviest of them.
    pub count: u32,
    /// How many of them contradict.
    pub contradictions: u32,
}

impl Scene {
    /// What lies under a point: the topmost target that contains it.
    pub fn hit_test(&self, at: Point) -> Option<&Target> {
        self.targets.iter().rev().find(|target| target.rect.contains(at))
    }
}
