//! What dragging an event would write: its date moved by whole units of its own precision, its lane, and the words for it.

use crate::edit::Edit;
use crate::model::{Event, Text, Timeline};
use crate::time::{Date, Edge, Instant, Precision, Shape, Zone};
use crate::ui::Action;

/// What of an event is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grip {
    /// All of it.
    Whole,
    /// Its start.
    Start,
    /// Its end.
    End,
}

/// An event as it would be written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    /// The event with its new date and lane.
    pub(super) event: Event,
    /// Whether the date is another.
    pub(super) dated: bool,
    /// Whether the lane is another.
    pub(super) laned: bool,
}

impl Change {
    /// What comes of holding `event` by `grip` at one instant and letting it go at another, over `lane` (none leaves its
    /// lane alone, `Some(None)` takes it out of all). None where that is nothing new or no date can say it.
    pub(super) fn between(
        event: &Event,
        grip: Grip,
        from: Instant,
        to: Instant,
        lane: Option<Option<Text>>,
        zone: Zone,
    ) -> Option<Self> {
        let micros = to.saturating_since(from);
        let date = match grip {
            Grip::Whole => event.date.moved(micros),
            Grip::Start => {
                start(&event.date, zone).and_then(|at| event.date.with_start(at.saturating_add(micros), zone))
            }
            Grip::End => end(&event.date, zone).and_then(|at| event.date.with_end(at.saturating_add(micros), zone)),
        };
        let date = date.unwrap_or_else(|| event.date.clone());
        let lane = lane.unwrap_or_else(|| event.lane.clone());
        let (dated, laned) = (date != event.date, lane != event.lane);
        if !dated && !laned {
            return None;
        }
        Some(Self { event: Event { date, lane, ..event.clone() }, dated, laned })
    }

    /// For the status line while the button is held.
    pub(super) fn status(&self, timeline: &Timeline) -> String {
        let mut words = if self.dated {
            format!("Will be written as {}, {}", self.event.date, meaning(&self.event.date))
        } else {
            format!("Stays {}", self.event.date)
        };
        if self.laned {
            words.push_str(match self.event.lane {
                Some(_) => ", in lane ",
                None => ", in no lane",
            });
            words.push_str(&lane_title(timeline, &self.event));
        }
        words
    }

    /// The one edit a release commits.
    pub(super) fn into_action(self, timeline: &Timeline, grip: Grip) -> Action {
        let title = &self.event.title;
        let label = match (self.dated, grip) {
            (true, Grip::Whole) => format!("Move “{title}” to {}", self.event.date.describe()),
            (true, Grip::Start | Grip::End) => format!("Resize “{title}” to {}", self.event.date.describe()),
            (false, _) if self.event.lane.is_some() => {
                format!("Move “{title}” to lane {}", lane_title(timeline, &self.event))
            }
            (false, _) => format!("Move “{title}” out of its lane"),
        };
        let select = Some(self.event.id.clone());
        Action::Edit { label, edit: Edit::put_event(self.event), select }
    }
}

fn lane_title(timeline: &Timeline, event: &Event) -> String {
    let lane = event.lane.as_deref().and_then(|id| timeline.lane(id));
    lane.map(|lane| format!("“{}”", lane.title)).unwrap_or_default()
}

fn start(date: &Date, zone: Zone) -> Option<Instant> {
    date.extent(zone).earliest_start.instant()
}

fn end(date: &Date, zone: Zone) -> Option<Instant> {
    match date.extent(zone).latest_end {
        Edge::At(instant) => Some(instant),
        Edge::Open | Edge::Unknown => None,
    }
}

/// How precise a date is, in words that say no more than it does.
fn meaning(date: &Date) -> &'static str {
    match (date.shape(), date.precision()) {
        (Shape::Span, _) => "from the first to the last",
        (Shape::OneOf(_), _) => "one of these",
        (Shape::AllOf(_), _) => "each of these",
        (Shape::Window, _) if date.as_str().starts_with('[') => "once within these days",
        (_, Precision::Second) => "one second",
        (_, Precision::Minute) => "one minute",
        (_, Precision::Day) => "one day",
        (_, Precision::Month) => "some time in that month",
        (_, Precision::Season) => "some time in that season",
        (_, Precision::Year) => "some time in that year",
        (_, Precision::Decade) => "some time in that decade",
        (_, Precision::Century) => "some time in that century",
        (_, Precision::Millennium) => "some time in that millennium",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(date: &str) -> Event {
        let date = Date::parse(date).expect("a date");
        Event::new("e", "Duma ratifies", date)
    }

    fn drag(date: &str, grip: Grip, days: f64) -> Option<Change> {
        let to = Instant::from_micros((days * Instant::DAY as f64) as i64);
        Change::between(&event(date), grip, Instant::default(), to, None, Zone::UTC)
    }

    #[test]
    fn an_event_moves_by_whole_units_of_its_own_precision() {
        let moved = |date, days| drag(date, Grip::Whole, days).map(|change| change.event.date.to_string());
        assert_eq!(moved("2024-10-24", 1.2).as_deref(), Some("2024-10-25"));
        assert_eq!(moved("2024-06", 31.0).as_deref(), Some("2024-07"));
        assert_eq!(moved("2024-10-24", 0.2), None);
        assert_eq!(moved("2024", 20.0), None);
    }

    #[test]
    fn an_edge_moves_alone() {
        let resized =
            |grip, days| drag("2024-10-21/2024-10-31", grip, days).map(|change| change.event.date.to_string());
        assert_eq!(resized(Grip::Start, 2.0).as_deref(), Some("2024-10-23/2024-10-31"));
        assert_eq!(resized(Grip::End, -1.0).as_deref(), Some("2024-10-21/2024-10-30"));
    }

    #[test]
    fn the_status_states_the_precision_that_will_be_written() {
        let timeline = Timeline::empty("t");
        let status = |date, days| drag(date, Grip::Whole, days).map(|change| change.status(&timeline));
        assert_eq!(status("2024-10-24", 1.0).as_deref(), Some("Will be written as 2024-10-25, one day"));
        assert_eq!(status("2024-06", 30.0).as_deref(), Some("Will be written as 2024-07, some time in that month"));
    }

    #[test]
    fn another_lane_alone_is_a_change_and_the_same_is_none() {
        let origin = Instant::default();
        let over = |lane: Option<Option<Text>>| {
            Change::between(&event("2024-10-24"), Grip::Whole, origin, origin, lane, Zone::UTC)
        };
        assert_eq!(over(None), None);
        assert_eq!(over(Some(None)), None);
        assert!(over(Some(Some("treaty".into()))).is_some_and(|change| change.laned && !change.dated));
    }
}
