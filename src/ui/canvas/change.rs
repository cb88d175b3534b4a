//! What dragging an event would write: its date moved by whole units of its own precision, its lane, and the words for it.

use super::stacking::Landing;
use crate::edit::{Edit, redated};
use crate::index::Facet;
use crate::model::{Citation, Event, Stance, Text, Timeline};
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

/// An event held at one instant of the axis and taken to another.
#[derive(Debug, Clone)]
pub(super) struct Drag<'a> {
    /// The event.
    pub(super) event: &'a Event,
    /// Its date: only what has one can be held on the axis.
    pub(super) date: &'a Date,
    /// What of it is held.
    pub(super) grip: Grip,
    /// Where it was pressed.
    pub(super) from: Instant,
    /// Where the pointer is now.
    pub(super) to: Instant,
    /// What the band under the pointer asks of it.
    pub(super) entered: Entered,
    /// The zone of the axis.
    pub(super) zone: Zone,
    /// How much time a point of the window is.
    pub(super) micros_per_pt: f64,
    /// The pointer is in a fold.
    pub(super) is_in_fold: bool,
}

/// What the band under the pointer asks of an event that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entered {
    /// Nothing: it is its own.
    Nothing,
    /// To stand in a lane, or in none.
    Lane(Option<Text>),
    /// Another value of what the bands stand for. A drag gives none: of several values it could not say which of them goes.
    Value(Facet),
}

/// Why an event does not follow the pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stay {
    /// A point of the window is longer than the unit of the date: nobody could point at one unit and not at the next.
    TooFine(Precision),
    /// The pointer is in a fold, where no point of the window is a date.
    InFold,
    /// No date of its form can be written there.
    Unwritable,
    /// Another band would be another value of what the bands stand for.
    InItsBand(Facet),
}

impl Stay {
    /// What is said of it, with what to do.
    pub(super) fn words(self, date: &Date) -> String {
        match self {
            Self::TooFine(unit) => {
                format!(
                    "Stays {}: a pixel here is longer than a {}. Zoom in to move it",
                    date.describe(),
                    unit_name(unit)
                )
            }
            Self::InFold => {
                format!("Stays {}: time is folded there. Click the fold in the ruler to open it", date.describe())
            }
            Self::Unwritable => {
                format!("Stays {}: no date of this form can be written there. Change it in its form", date.describe())
            }
            Self::InItsBand(facet @ (Facet::Year | Facet::Decade)) => {
                format!("Stays in its band: the {} is that of its date", facet.label().to_lowercase())
            }
            Self::InItsBand(facet) if facet.is_of_sources() => {
                format!("Stays in its band: the {} is that of its sources", facet.label().to_lowercase())
            }
            Self::InItsBand(Facet::Own(name)) => {
                format!("Stays in its band: change “{}” in its form", name.as_str())
            }
            Self::InItsBand(facet) => {
                let what = facet.label().to_lowercase();
                let what = if facet == Facet::Source { "sources".to_owned() } else { what };
                format!("Stays in its band: change the {what} in its form")
            }
        }
    }
}

/// What letting go would come to.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Outcome {
    /// What would be written; none where that is nothing new.
    pub(super) change: Option<Change>,
    /// Why the date stays, where the pointer would have it elsewhere.
    pub(super) stay: Option<Stay>,
    /// Where it would stand among the events of its date, where nothing else changes.
    pub(super) landing: Option<Landing>,
}

impl Drag<'_> {
    /// What letting go here comes to.
    pub(super) fn outcome(&self) -> Outcome {
        let event = self.event;
        let (date, stay) = match self.moved() {
            Ok(date) => (date, None),
            Err(stay) => (self.date.clone(), Some(stay)),
        };
        let lane = if let Entered::Lane(lane) = &self.entered { lane } else { &event.lane };
        let lane = lane.clone();
        let (dated, laned) = (date != *self.date, lane != event.lane);
        // Another lane alone leaves the date as it is written, with the words and the citations that say it.
        let change = (dated || laned).then(|| {
            let moved = if dated { redated(event, Some(date.clone())) } else { event.clone() };
            Change { event: Event { lane, ..moved }, date, dated, laned }
        });
        let stay = match self.entered {
            Entered::Value(facet) => stay.or(Some(Stay::InItsBand(facet))),
            Entered::Nothing | Entered::Lane(_) => stay,
        };
        Outcome { change, stay, landing: None }
    }

    fn moved(&self) -> Result<Date, Stay> {
        let Self { date, grip, from, to, zone, micros_per_pt, is_in_fold, .. } = *self;
        Held { date, grip, from, to, zone, micros_per_pt, is_in_fold }.moved()
    }
}

/// A date held at one instant of the axis and taken to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held<'a> {
    /// The date.
    pub(super) date: &'a Date,
    /// What of it is held.
    pub(super) grip: Grip,
    /// Where it was pressed.
    pub(super) from: Instant,
    /// Where the pointer is now.
    pub(super) to: Instant,
    /// The zone of the axis.
    pub(super) zone: Zone,
    /// How much time a point of the window is.
    pub(super) micros_per_pt: f64,
    /// The pointer is in a fold.
    pub(super) is_in_fold: bool,
}

impl Held<'_> {
    /// The date as it would be written, or why it stays.
    pub(super) fn moved(&self) -> Result<Date, Stay> {
        let (date, zone) = (self.date, self.zone);
        let micros = self.to.saturating_since(self.from);
        if micros == 0 {
            return Ok(date.clone());
        }
        if self.is_in_fold {
            return Err(Stay::InFold);
        }
        // A date moves by the unit in which it is written, and its ends may be written in different ones: 2024-10/2024-11-03.
        let (start_unit, end_unit) = date.end_precisions();
        let unit = match self.grip {
            Grip::Whole => date.precision(),
            Grip::Start => start_unit,
            Grip::End => end_unit,
        };
        // Nobody can point at one of several days in a pixel: what was written then would look as if somebody had chosen it.
        if self.micros_per_pt > unit_micros(unit) {
            return Err(Stay::TooFine(unit));
        }
        let moved = match self.grip {
            Grip::Whole => date.moved(micros),
            Grip::Start => start(date, zone).and_then(|at| date.with_start(at.saturating_add(micros), zone)),
            Grip::End => end(date, zone).and_then(|at| date.with_end(at.saturating_add(micros), zone)),
        };
        moved.ok_or(Stay::Unwritable)
    }
}

/// An event as it would be written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    /// The event with its new date and lane.
    pub(super) event: Event,
    /// Its date, new or not.
    pub(super) date: Date,
    /// Whether the date is another.
    pub(super) dated: bool,
    /// Whether the lane is another.
    pub(super) laned: bool,
}

impl Change {
    /// An event without a date, taken to a date of the axis and to a lane, where there is one under the pointer.
    pub(super) fn dating(event: &Event, date: Date, lane: Option<Option<Text>>) -> Self {
        let lane = lane.unwrap_or_else(|| event.lane.clone());
        let laned = lane != event.lane;
        let event = Event { lane, ..redated(event, Some(date.clone())) };
        Self { event, date, dated: true, laned }
    }

    /// For the status line while the button is held.
    pub(super) fn status(&self, timeline: &Timeline) -> String {
        let mut words = if self.dated {
            format!("Will be written as {}, {}", self.date, meaning(&self.date))
        } else {
            format!("Stays {}", self.date)
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
        let is_first = timeline.event(&self.event.id).is_some_and(|before| before.date.is_none());
        let label = match (self.dated, grip) {
            (true, _) if is_first => format!("Date “{title}” {}", self.date.describe()),
            (true, Grip::Whole) => format!("Move “{title}” to {}", self.date.describe()),
            (true, Grip::Start | Grip::End) => format!("Resize “{title}” to {}", self.date.describe()),
            (false, _) if self.event.lane.is_some() => {
                format!("Move “{title}” to lane {}", lane_title(timeline, &self.event))
            }
            (false, _) => format!("Move “{title}” out of its lane"),
        };
        let said = self.said(timeline, grip);
        let select = Some(self.event.id.clone());
        Action::EditAndTell { label, said, edit: Edit::put_event(self.event), select }
    }

    /// What is said once it is done: "Moved to 3 Nov 2024. Its source keeps 24 Oct 2024".
    fn said(&self, timeline: &Timeline, grip: Grip) -> String {
        let (date, lane) = (self.date.describe(), lane_title(timeline, &self.event));
        let Some(before) = timeline.event(&self.event.id) else { return String::new() };
        if before.date.is_none() {
            return self.said_of_first_date(&lane);
        }
        let mut said = match (self.dated, grip) {
            (true, Grip::Whole) if self.laned && lane.is_empty() => format!("Moved to {date}, in no lane"),
            (true, Grip::Whole) if self.laned => format!("Moved to {date}, in lane {lane}"),
            (true, Grip::Whole) => format!("Moved to {date}"),
            (true, Grip::Start | Grip::End) => format!("Changed to {date}"),
            (false, _) if lane.is_empty() => "Moved out of its lane".to_owned(),
            (false, _) => format!("Moved to lane {lane}"),
        };
        if !self.dated {
            return said;
        }
        if let Some(wording) = &before.wording {
            said.push_str(&format!(". The wording “{wording}” no longer holds and is gone"));
        }
        // Who gave the old date by giving none is made to give it in words: what a source said does not move with the event.
        let kept = before.citations.iter().zip(&self.event.citations).filter(|(was, is)| was.date != is.date).count();
        let old = before.date_in_words();
        match kept {
            0 => {}
            1 => said.push_str(&format!(". Its source keeps {old}")),
            count => said.push_str(&format!(". Its {count} sources keep {old}")),
        }
        said
    }
}

impl Change {
    /// The same of an event that had no date: "Dated Nov 2024. Its source gives no date and stands for this one now".
    fn said_of_first_date(&self, lane: &str) -> String {
        let date = self.date.describe();
        let mut said = match (self.laned, lane.is_empty()) {
            (true, true) => format!("Dated {date}, in no lane"),
            (true, false) => format!("Dated {date}, in lane {lane}"),
            (false, _) => format!("Dated {date}"),
        };
        // A supporting citation without a date of its own gives the event's.
        let gives_none = |citation: &&Citation| citation.stance == Stance::Supports && citation.date.is_none();
        match self.event.citations.iter().filter(gives_none).count() {
            0 => {}
            1 => said.push_str(". Its source gives no date and stands for this one now"),
            count => said.push_str(&format!(". Its {count} sources that give no date stand for this one now")),
        }
        said
    }
}

fn lane_title(timeline: &Timeline, event: &Event) -> String {
    let lane = event.lane.as_deref().and_then(|id| timeline.lane(id));
    lane.map(|lane| lane.title.as_str()).or(event.lane.as_deref()).map(|name| format!("“{name}”")).unwrap_or_default()
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

/// About how long a unit lasts, in microseconds.
pub(super) fn unit_micros(unit: Precision) -> f64 {
    let days = match unit {
        Precision::Second => return Instant::SECOND as f64,
        Precision::Minute => return Instant::MINUTE as f64,
        Precision::Day => 1.0,
        Precision::Month => 30.0,
        Precision::Season => 90.0,
        Precision::Year => 365.0,
        Precision::Decade => 3_652.0,
        Precision::Century => 36_524.0,
        Precision::Millennium => 365_242.0,
    };
    days * Instant::DAY as f64
}

/// What a unit is called.
const fn unit_name(unit: Precision) -> &'static str {
    match unit {
        Precision::Second => "second",
        Precision::Minute => "minute",
        Precision::Day => "day",
        Precision::Month => "month",
        Precision::Season => "season",
        Precision::Year => "year",
        Precision::Decade => "decade",
        Precision::Century => "century",
        Precision::Millennium => "millennium",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventField;

    fn event(date: &str) -> Event {
        let date = Date::parse(date).expect("a date");
        Event::new("e", "Duma ratifies", date)
    }

    const HOUR_A_POINT: f64 = Instant::HOUR as f64;

    fn held(event: &Event, grip: Grip, days: f64) -> Drag<'_> {
        let to = Instant::from_micros((days * Instant::DAY as f64) as i64);
        let from = Instant::default();
        let date = event.date.as_ref().expect("a date");
        let entered = Entered::Nothing;
        Drag { event, date, grip, from, to, entered, zone: Zone::UTC, micros_per_pt: HOUR_A_POINT, is_in_fold: false }
    }

    fn drag(date: &str, grip: Grip, days: f64) -> Option<Change> {
        held(&event(date), grip, days).outcome().change
    }

    #[test]
    fn an_event_moves_by_whole_units_of_its_own_precision() {
        let moved = |date, days| drag(date, Grip::Whole, days).map(|change| change.date.to_string());
        assert_eq!(moved("2024-10-24", 1.2).as_deref(), Some("2024-10-25"));
        assert_eq!(moved("2024-06", 31.0).as_deref(), Some("2024-07"));
        assert_eq!(moved("2024-10-24", 0.2), None);
        assert_eq!(moved("2024", 20.0), None);
    }

    #[test]
    fn an_edge_moves_alone() {
        let resized = |grip, days| drag("2024-10-21/2024-10-31", grip, days).map(|change| change.date.to_string());
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
        let event = event("2024-10-24");
        let over = |entered: Entered| Drag { entered, ..held(&event, Grip::Whole, 0.0) }.outcome().change;
        assert_eq!(over(Entered::Nothing), None);
        assert_eq!(over(Entered::Lane(None)), None);
        assert!(over(Entered::Lane(Some("treaty".into()))).is_some_and(|change| change.laned && !change.dated));
    }

    #[test]
    fn another_value_is_not_written_and_says_where_it_is_changed() {
        let event = event("2024-10-24");
        let over = |facet, days| Drag { entered: Entered::Value(facet), ..held(&event, Grip::Whole, days) }.outcome();
        let words = |facet| over(facet, 0.0).stay.map(|stay| stay.words(&event.date.clone().expect("a date")));
        let actors = Facet::Event(EventField::Actors);
        assert_eq!(words(actors).as_deref(), Some("Stays in its band: change the actors in its form"));
        assert_eq!(words(Facet::Source).as_deref(), Some("Stays in its band: change the sources in its form"));
        assert_eq!(words(Facet::Year).as_deref(), Some("Stays in its band: the year is that of its date"));
        assert_eq!(over(actors, 0.0).change, None);
        assert!(over(actors, 3.0).change.is_some_and(|change| change.dated && change.event.actors == event.actors));
    }

    #[test]
    fn a_date_stays_where_a_point_is_longer_than_its_unit() {
        let (day, month) = (Instant::DAY as f64, 30.0 * Instant::DAY as f64);
        let at = |date: &str, grip, days, micros_per_pt| {
            let event = event(date);
            let outcome = Drag { micros_per_pt, ..held(&event, grip, days) }.outcome();
            (outcome.change.map(|change| change.date.to_string()), outcome.stay)
        };
        let moved = |date: &str| (Some(date.to_owned()), None);
        let stays = |unit| (None, Some(Stay::TooFine(unit)));
        assert_eq!(at("2024-10-24", Grip::Whole, 30.0, day), moved("2024-11-23"));
        assert_eq!(at("2024-10-24", Grip::Whole, 30.0, 7.0 * day), stays(Precision::Day));
        assert_eq!(at("2024-10", Grip::Whole, 30.0, 7.0 * day), moved("2024-11"));
        assert_eq!(at("2024-10", Grip::Whole, 60.0, 2.0 * month), stays(Precision::Month));
        assert_eq!(at("2024-10-24T10:23:00Z", Grip::Whole, 1.0, 60e6), stays(Precision::Second));
        assert_eq!(
            at("2024-10-24T10:23[Europe/Moscow]", Grip::Whole, 1.0, 60e6),
            moved("2024-10-25T10:23[Europe/Moscow]")
        );
        // Of a span each end counts by itself, and all of it as its finest.
        assert_eq!(at("1939-09-01/1945", Grip::End, 365.0, 7.0 * day), moved("1939-09-01/1946"));
        assert_eq!(at("1939-09-01/1945", Grip::Start, 365.0, 7.0 * day), stays(Precision::Day));
        assert_eq!(at("1939-09-01/1945", Grip::Whole, 365.0, 7.0 * day), stays(Precision::Day));
        assert_eq!(at("[1667,1760-12]", Grip::Whole, 365.0, day), (None, Some(Stay::Unwritable)));
        assert_eq!(at("2024-10-24", Grip::Whole, 0.0, 7.0 * day), (None, None), "nothing was asked for");
    }

    #[test]
    fn what_is_said_names_what_no_longer_holds() {
        let mut event = event("2024-10-24");
        event.wording = Some("late October".into());
        event.citations.push(Citation::new("interfax"));
        let (header, events) = (Timeline::empty("t").header().clone(), vec![event.clone()]);
        let timeline = Timeline::from_records(header, vec![], vec![], events, vec![], vec![]);
        let change = held(&event, Grip::Whole, 10.0).outcome().change.expect("a change");
        assert_eq!(
            change.said(&timeline, Grip::Whole),
            "Moved to 3 Nov 2024. The wording “late October” no longer holds and is gone. Its source keeps 24 Oct 2024"
        );
        let laned =
            Drag { entered: Entered::Lane(Some("treaty".into())), ..held(&event, Grip::Whole, 0.0) }.outcome().change;
        assert_eq!(laned.map(|change| change.said(&timeline, Grip::Whole)).as_deref(), Some("Moved to lane “treaty”"));
    }
}
