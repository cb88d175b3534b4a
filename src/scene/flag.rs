//! Small signs beside a mark that say how an event is sourced, told apart by shape before colour.
//!
//! ```text
//!   unsourced  △     single origin  [1]     contradicted  ≠     perhaps known by then  ⧗
//! ```
//!
//! They stand before the label, wherever that is. Where the next mark of the row leaves no room they stay away: the name of the
//! event says them all the same.

use arrayvec::ArrayVec;

use super::marks::rounded;
use super::{Item, Scene, SceneInput, Segment, Stroke};
use crate::geom::{Point, Rect, Size};
use crate::model::{Badge, Event, Known, KnownOn, Level, Reliability, Sourcing, Timeline, best_reliability};
use crate::theme::{Color, Theme};

/// Width and height of a sign, in points.
const SIZE: f64 = 10.0;
/// From one sign to the next, and to the label.
const GAP: f64 = 3.0;

/// What can stand beside a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// How it is sourced.
    Sourcing(Badge),
    /// Nobody can tell whether it was known on the date asked about.
    PerhapsKnown,
}

impl Flag {
    /// Every sign, in the order in which they stand.
    pub const ALL: [Self; 4] = [
        Self::Sourcing(Badge::Unsourced),
        Self::Sourcing(Badge::SingleOrigin),
        Self::Sourcing(Badge::Contradicted),
        Self::PerhapsKnown,
    ];

    /// What it means.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Sourcing(badge) => badge.label(),
            Self::PerhapsKnown => "Perhaps known by then",
        }
    }

    /// The signs of an event that the file's checks ask for, as its sources stood on a date where one is asked about.
    pub fn of(timeline: &Timeline, event: &Event, known_on: Option<&KnownOn>) -> Vec<Self> {
        Flags::among(timeline, event, known_on).kinds.to_vec()
    }
}

/// Whether the file asks about what a badge says: a check that it switches off has no signs either.
fn is_checked(timeline: &Timeline, badge: Badge) -> bool {
    badge.check().is_none_or(|code| timeline.header().level(code) != Level::Off)
}

/// A sign alone, as a picture to stand before words about it.
pub fn flag_sign(flag: Flag, theme: &Theme) -> Scene {
    let mut items = Vec::new();
    paint(flag, Point::new(6.0, 7.5), color(flag, theme), &mut items);
    Scene { size: Size::new(12.0, 15.0), background: theme.field.with_alpha(0), items, targets: Vec::new() }
}

/// What the citations of an event amount to, without those whose sources were not out yet.
pub fn sourcing(timeline: &Timeline, event: &Event, known_on: Option<&KnownOn>) -> Sourcing {
    Sourcing::of(timeline, event, |citation| KnownOn::counts(known_on, timeline, citation))
}

/// The best grade of those who support an event, counted as in [`sourcing`].
pub(super) fn grade(timeline: &Timeline, event: &Event, known_on: Option<&KnownOn>) -> Option<Reliability> {
    best_reliability(timeline, event, |citation| KnownOn::counts(known_on, timeline, citation))
}

/// The signs of one event. They stand before its label, on whichever side of the mark that is, and beside the mark where there is
/// room for them alone.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Flags {
    /// Beside what else is known of the event, not elsewhere in memory: a window shows thousands.
    kinds: ArrayVec<Flag, { Flag::ALL.len() }>,
}

impl Flags {
    /// The signs of an event, where a picture shows any.
    pub(super) fn of(input: &SceneInput<'_>, event: &Event) -> Self {
        if input.aspect.hides_flags {
            return Self::default();
        }
        Self::among(input.timeline, event, input.aspect.known_on)
    }

    fn among(timeline: &Timeline, event: &Event, known_on: Option<&KnownOn>) -> Self {
        let sourcing = sourcing(timeline, event, known_on);
        let is_vague = known_on.is_some_and(|known_on| known_on.event(timeline, event) == Known::Perhaps);
        let badges = sourcing.badges().filter(|badge| is_checked(timeline, *badge));
        Self { kinds: badges.map(Flag::Sourcing).chain(is_vague.then_some(Flag::PerhapsKnown)).collect() }
    }

    /// How much room they take, with the gap behind each.
    pub(super) fn width(&self) -> f64 {
        width(self.kinds.len())
    }

    /// Paints them from `x` on, around the middle of a row; in a colour of their own each, where they stand on the ground.
    pub(super) fn paint(&self, x: f64, y: f64, inside: Option<Color>, theme: &Theme, items: &mut Vec<Item>) {
        for (at, kind) in self.kinds.iter().enumerate() {
            let x = x + width(at) + SIZE / 2.0;
            paint(*kind, Point::new(x, y), inside.unwrap_or_else(|| color(*kind, theme)), items);
        }
    }
}

/// How much room signs take with a gap for each.
pub(super) fn width(count: usize) -> f64 {
    count as f64 * (SIZE + GAP)
}

/// Its colour on the ground, at the contrast of text.
pub(super) const fn color(flag: Flag, theme: &Theme) -> Color {
    match flag {
        Flag::Sourcing(Badge::Unsourced) => theme.warning,
        Flag::Sourcing(Badge::Contradicted) => theme.error,
        Flag::Sourcing(Badge::SingleOrigin) | Flag::PerhapsKnown => theme.text_muted,
    }
}

/// One sign around its middle.
pub(super) fn paint(flag: Flag, at: Point, color: Color, items: &mut Vec<Item>) {
    let to = |x: f64, y: f64| Point::new(at.x + x, at.y + y);
    let line = |points: &[(f64, f64)]| {
        let segments = points.iter().enumerate().map(|(first, &(x, y))| match first {
            0 => Segment::MoveTo(to(x, y)),
            _ => Segment::LineTo(to(x, y)),
        });
        segments.collect::<Vec<_>>()
    };
    let closed = |points: &[(f64, f64)]| {
        let mut segments = line(points);
        segments.push(Segment::Close);
        segments
    };
    let mut stroke = |segments: Vec<Segment>, width: f64| {
        items.push(Item::Path { segments, fill: None, stroke: Some(Stroke::solid(width, color)) });
    };
    match flag {
        Flag::Sourcing(Badge::Unsourced) => stroke(closed(&[(0.0, -4.0), (4.6, 4.0), (-4.6, 4.0)]), 1.4),
        Flag::Sourcing(Badge::SingleOrigin) => {
            stroke(rounded(Rect::new(at.x - 4.5, at.y - 4.5, at.x + 4.5, at.y + 4.5), 2.0), 1.2);
            stroke(line(&[(-1.4, -1.4), (0.3, -2.5), (0.3, 2.6)]), 1.3);
        }
        Flag::Sourcing(Badge::Contradicted) => {
            let mut segments = line(&[(-4.0, -1.8), (4.0, -1.8)]);
            segments.extend(line(&[(-4.0, 1.8), (4.0, 1.8)]));
            segments.extend(line(&[(-2.4, 4.6), (2.4, -4.6)]));
            stroke(segments, 1.5);
        }
        Flag::PerhapsKnown => {
            stroke(closed(&[(-3.6, -4.4), (3.6, -4.4), (-3.6, 4.4), (3.6, 4.4)]), 1.3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CheckSetting, Header, Timeline};
    use crate::time::Date;

    #[test]
    fn a_check_that_the_file_switches_off_has_no_sign() {
        let event = Event::new("e", "e", Date::parse("2024").unwrap());
        let signs = |checks: &[(&str, Level)]| {
            let setting =
                |(code, level): &(&str, Level)| CheckSetting { code: (*code).into(), level: *level, note: None };
            let header = Header { checks: checks.iter().map(setting).collect(), ..Header::new("t") };
            Flag::of(&Timeline::from_records(header, vec![], vec![], vec![event.clone()], vec![], vec![]), &event, None)
        };
        let unsourced = vec![Flag::Sourcing(Badge::Unsourced)];
        assert_eq!(signs(&[]), unsourced);
        assert_eq!(signs(&[("unsourced", Level::Info), ("single-origin", Level::Off)]), unsourced);
        assert_eq!(signs(&[("unsourced", Level::Off)]), vec![]);
    }

    #[test]
    fn every_sign_has_a_shape_of_its_own() {
        let outline = |flag: Flag| {
            let mut items = Vec::new();
            paint(flag, Point::default(), Color::BLACK, &mut items);
            assert!(!items.is_empty());
            for item in &items {
                let Item::Path { segments, .. } = item else { unreachable!("signs are strokes") };
                for segment in segments {
                    let points = match *segment {
                        Segment::MoveTo(to) | Segment::LineTo(to) => vec![to],
                        Segment::CubicTo(a, b, to) => vec![a, b, to],
                        Segment::Close => vec![],
                    };
                    assert!(points.iter().all(|p| p.x.abs() <= SIZE / 2.0 && p.y.abs() <= SIZE / 2.0), "{flag:?}");
                }
            }
            format!("{items:?}")
        };
        let outlines: std::collections::BTreeSet<String> = Flag::ALL.into_iter().map(outline).collect();
        assert_eq!(outlines.len(), Flag::ALL.len());
    }
}
