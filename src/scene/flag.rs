//! Small signs beside a mark that say how an event is sourced, told apart by shape before colour.
//!
//! ```text
//!   unsourced  △     single origin  [1]     contradicted  ≠     perhaps known by then  ⧗
//! ```
//!
//! They stand right of the mark, before its label; left of it where the right end is out of sight; inside a body that fills
//! the window. Where the next mark of the row leaves no room they stay away: the name of the event says them all the same.

use super::marks::{Look, rounded};
use super::piece::Piece;
use super::{Item, Scene, SceneInput, Segment, Stroke};
use crate::geom::{Point, Rect, Size};
use crate::model::{Badge, Event, Known, KnownOn, Level, Reliability, Sourcing, Timeline, best_reliability};
use crate::theme::{Color, Theme};

/// Width and height of a sign, in points.
const SIZE: f64 = 10.0;
/// From one sign to the next, and to the mark.
const GAP: f64 = 3.0;
/// Kept free at the right edge of the track, where a scroll bar may stand.
const EDGE: f64 = 12.0;

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
        let sourcing = sourcing(timeline, event, known_on);
        let is_vague = known_on.is_some_and(|known_on| known_on.event(timeline, event) == Known::Perhaps);
        let badges = sourcing.badges().filter(|badge| is_checked(timeline, *badge));
        badges.map(Self::Sourcing).chain(is_vague.then_some(Self::PerhapsKnown)).collect()
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
    Scene { size: Size::new(12.0, 15.0), background: theme.field, items, targets: Vec::new() }
}

/// What the citations of an event amount to, without those whose sources were not out yet.
pub fn sourcing(timeline: &Timeline, event: &Event, known_on: Option<&KnownOn>) -> Sourcing {
    Sourcing::of(timeline, event, |citation| KnownOn::counts(known_on, timeline, citation))
}

/// The best grade of those who support an event, counted as in [`sourcing`].
pub(super) fn grade(timeline: &Timeline, event: &Event, known_on: Option<&KnownOn>) -> Option<Reliability> {
    best_reliability(timeline, event, |citation| KnownOn::counts(known_on, timeline, citation))
}

/// The signs of one event and where they stand.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Flags {
    kinds: Vec<Flag>,
    /// Left end of the first.
    x: f64,
    is_inside: bool,
}

impl Flags {
    /// Places the signs of an event beside what it takes from `ends.0` to `ends.1`, in the track between `bounds`; says
    /// from where to where event and signs reach.
    pub(super) fn beside(
        input: &SceneInput<'_>,
        event: &Event,
        ends: (f64, f64),
        bounds: (f64, f64),
    ) -> (Self, (f64, f64)) {
        if input.aspect.hides_flags {
            return (Self::default(), ends);
        }
        let kinds = Flag::of(input.timeline, event, input.aspect.known_on);
        let width = width(kinds.len());
        if kinds.is_empty() {
            return (Self::default(), ends);
        }
        if ends.1 + width <= bounds.1 - EDGE {
            return (Self { kinds, x: ends.1 + GAP, is_inside: false }, (ends.0, ends.1 + width));
        }
        if bounds.0 + width <= ends.0 {
            return (Self { kinds, x: ends.0 - width, is_inside: false }, (ends.0 - width, ends.1));
        }
        let from = ends.0.max(bounds.0) + 2.0 * SIZE;
        if from + 2.0 * width <= ends.1.min(bounds.1) {
            return (Self { kinds, x: from, is_inside: true }, ends);
        }
        (Self::default(), ends)
    }

    /// Where a label inside the body may begin at the earliest.
    pub(super) fn inside_end(&self) -> Option<f64> {
        self.is_inside.then(|| self.x + width(self.kinds.len()) - GAP)
    }

    /// Whether signs would lie on something that reaches from `ends.0` to `ends.1`.
    pub(super) fn reach_over(&self, ends: (f64, f64)) -> bool {
        let x1 = self.x + width(self.kinds.len()) - GAP;
        !self.kinds.is_empty() && !self.is_inside && self.x < ends.1 && ends.0 < x1
    }

    /// Paints them around the middle of a row. `body` is the look and the piece in which they stand, where they do.
    pub(super) fn paint(&self, y: f64, theme: &Theme, body: Option<(&Look, &Piece)>, items: &mut Vec<Item>) {
        let inside = body.filter(|_| self.is_inside).map(|(look, piece)| look.label_color(piece, theme));
        let mut x = self.x;
        for kind in &self.kinds {
            paint(*kind, Point::new(x + SIZE / 2.0, y), inside.unwrap_or_else(|| color(*kind, theme)), items);
            x += SIZE + GAP;
        }
    }
}

/// How much room signs take with the gap before each.
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
    use super::super::{Aspect, Frame};
    use super::*;
    use crate::index::{Folds, Index};
    use crate::layout::Viewport;
    use crate::model::{CheckSetting, Header, Timeline};
    use crate::theme::ThemeName;
    use crate::time::{Date, Instant, Zone};

    const BOUNDS: (f64, f64) = (100.0, 900.0);

    /// Where the one sign of an event without a source stands beside something that reaches from `ends.0` to `ends.1`.
    fn placed(ends: (f64, f64), hides_flags: bool) -> (Flags, (f64, f64)) {
        let event = Event::new("e", "e", Date::parse("2024").unwrap());
        let timeline = Timeline::from_records(Header::new("t"), vec![], vec![], vec![event.clone()], vec![], vec![]);
        let (index, theme) = (Index::build(&timeline, Zone::UTC), Theme::named(ThemeName::Light));
        let input = SceneInput {
            timeline: &timeline,
            index: &index,
            theme: &theme,
            viewport: Viewport { origin: Instant::default(), micros_per_pt: 1.0, width_pt: 800.0, folds: Folds::NONE },
            size: Size::new(1000.0, 400.0),
            scroll_y: 0.0,
            selection: None,
            hover: None,
            matches: None,
            now: None,
            zone: Zone::UTC,
            iso_weeks: false,
            frame: Frame::Window,
            aspect: Aspect { hides_flags, ..Aspect::default() },
        };
        Flags::beside(&input, &event, ends, BOUNDS)
    }

    #[test]
    fn signs_stand_where_they_are_in_sight() {
        let (right, ends) = placed((300.0, 311.0), false);
        assert_eq!((right.x, right.is_inside, ends), (314.0, false, (300.0, 324.0)));
        let (left, ends) = placed((300.0, 1_000.0), false);
        assert_eq!((left.x, left.is_inside, ends), (287.0, false, (287.0, 1_000.0)));
        let (inside, ends) = placed((-28.0, 1_000.0), false);
        assert_eq!((inside.x, inside.is_inside, ends), (120.0, true, (-28.0, 1_000.0)));
        assert_eq!(inside.inside_end(), Some(130.0), "a label begins behind them");
        assert_eq!(placed((300.0, 311.0), true), (Flags::default(), (300.0, 311.0)));
    }

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
    fn signs_give_way_to_another_mark_of_the_row() {
        let (flags, ends) = placed((300.0, 311.0), false);
        assert!(flags.reach_over((320.0, 331.0)) && flags.reach_over((305.0, 316.0)));
        assert!(!flags.reach_over((ends.1, 340.0)) && !flags.reach_over((280.0, 311.0)));
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
