//! Which colour a mark has: that of its lane, or of what else colours stand for.

use std::collections::BTreeSet;

use super::SceneInput;
use super::flag::grade;
use crate::account::Accounts;
use crate::index::{BandKey, Hue, Hues};
use crate::model::{ColorBy, Event, Lane, Reliability};
use crate::theme::{Color, Theme};

/// The colour of a band: of its name's edge and its tint, and of marks that are coloured by it.
pub(super) fn band_ink(input: &SceneInput<'_>, band: usize) -> Color {
    match input.index.bands().get(band).map(|band| &band.key) {
        // An account is no lane: its tellings have the colours of the lanes of their events.
        Some(BandKey::Lane(_)) if input.aspect.accounts.is_some() => input.theme.no_lane_color(),
        // Nor does a lane keep its colour where colours stand for something else: it would be taken for a value of that.
        Some(BandKey::Lane(_)) if input.aspect.color_by != ColorBy::Lane => input.theme.no_lane_color(),
        Some(BandKey::Lane(at)) => input.theme.lane_color(input.timeline.lanes().get(*at), *at),
        Some(BandKey::Standing(standing)) => input.theme.scales.standing(*standing),
        // Where colours stand for what bands do, a band has the colour of its value. Else values have none, and those of lanes
        // would be taken for lanes.
        Some(BandKey::Value(value)) => {
            let hue = input.aspect.hues.and_then(|hues| hues.of_value(input.index.facet_of_bands(), value));
            hue.map_or_else(|| input.theme.no_lane_color(), |hue| hue_color(input.theme, hue))
        }
        Some(BandKey::Gone(_) | BandKey::Others | BandKey::Rest) | None => input.theme.no_lane_color(),
    }
}

/// The colour of the mark of an event, given with its position.
pub(super) fn event_ink(input: &SceneInput<'_>, (position, event): (usize, &Event), band: usize) -> Color {
    let scales = &input.theme.scales;
    match input.aspect.color_by {
        ColorBy::Lane => lane_of(input, position, event)
            .map_or_else(|| input.theme.no_lane_color(), |(at, lane)| input.theme.lane_color(Some(lane), at)),
        ColorBy::Standing => scales.standing(event.standing),
        ColorBy::Reliability => scales.reliability(grade(input.timeline, event, input.aspect.known_on)),
        ColorBy::Weight => scales.weight(event.weight),
        _ => {
            let Some(hues) = input.aspect.hues else { return input.theme.no_lane_color() };
            // In the band of one of several values it has the colour of that.
            let value = match input.index.bands().get(band).map(|band| &band.key) {
                Some(BandKey::Value(value)) => hues.of_value(input.index.facet_of_bands(), value),
                _ => None,
            };
            hue_color(input.theme, value.unwrap_or_else(|| hues.of_event(input.timeline, event, input.zone)))
        }
    }
}

/// The colour of a value: those of lanes, which are told apart in every theme and by the colour-blind.
fn hue_color(theme: &Theme, hue: Hue) -> Color {
    match hue {
        Hue::Value(number) => theme.lane_color(None, number),
        Hue::Others => theme.lane_color(None, Hues::MOST),
        Hue::Without => theme.no_lane_color(),
    }
}

/// The lane of an event, with its position: of a telling that of the event that is told of.
fn lane_of<'a>(input: &SceneInput<'a>, position: usize, event: &Event) -> Option<(usize, &'a Lane)> {
    if let Some(accounts) = input.aspect.accounts {
        return accounts.lane(position);
    }
    let at = input.timeline.lane_position(event.lane.as_deref()?)?;
    Some((at, input.timeline.lanes().get(at)?))
}

/// A colour of a picture and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swatch {
    /// The colour.
    pub color: Color,
    /// What it stands for.
    pub label: String,
}

/// What a legend explains colours by; nothing where lane names beside the track do.
pub(super) fn heading(color_by: ColorBy) -> &'static str {
    match color_by {
        ColorBy::Lane => "Lane",
        ColorBy::Standing => "Standing",
        ColorBy::Reliability => "Reliability",
        ColorBy::Weight => "Weight",
        other => other.label(),
    }
}

/// The colours that occur among these events, each given with its position, in the order of their scale. Standings have none: their
/// samples are coloured.
pub(super) fn swatches<'a>(input: &SceneInput<'_>, events: impl Iterator<Item = (usize, &'a Event)>) -> Vec<Swatch> {
    if input.aspect.color_by == ColorBy::Lane {
        let is_lane = |key: &BandKey| matches!(key, BandKey::Lane(_)) && input.aspect.accounts.is_none();
        let has_names = input.index.bands().iter().any(|band| is_lane(&band.key));
        return if has_names { Vec::new() } else { lanes(input, events) };
    }
    let events = events.map(|(_, event)| event);
    match input.aspect.color_by {
        ColorBy::Lane | ColorBy::Standing => Vec::new(),
        ColorBy::Reliability => {
            let seen = distinct(events.map(|event| grade(input.timeline, event, input.aspect.known_on)));
            reliability_swatches(input.theme)
                .into_iter()
                .filter(|(grade, _)| seen.contains(grade))
                .map(|(_, s)| s)
                .collect()
        }
        ColorBy::Weight => {
            let seen = distinct(events.map(|event| event.weight));
            weight_swatches(input.theme)
                .into_iter()
                .filter(|(weight, _)| seen.contains(weight))
                .map(|(_, s)| s)
                .collect()
        }
        _ => {
            let Some(hues) = input.aspect.hues else { return Vec::new() };
            let seen: BTreeSet<Hue> = events.map(|event| hues.of_event(input.timeline, event, input.zone)).collect();
            let swatch = |hue: Hue| Swatch { color: hue_color(input.theme, hue), label: hues.title(hue) };
            seen.into_iter().map(swatch).collect()
        }
    }
}

/// The colours of the lanes that occur among these events, each given with its position.
pub(super) fn lanes<'a>(input: &SceneInput<'_>, events: impl Iterator<Item = (usize, &'a Event)>) -> Vec<Swatch> {
    let seen: Vec<Option<usize>> =
        distinct(events.map(|(position, event)| lane_of(input, position, event).map(|(at, _)| at)));
    let lanes = input.aspect.accounts.map_or(input.timeline.lanes(), Accounts::lanes).iter().enumerate();
    let named = lanes
        .filter(|(at, _)| seen.contains(&Some(*at)))
        .map(|(at, lane)| Swatch { color: input.theme.lane_color(Some(lane), at), label: lane.title.to_string() });
    let mut named: Vec<Swatch> = named.collect();
    if !named.is_empty() && seen.contains(&None) {
        named.push(Swatch { color: input.theme.no_lane_color(), label: "No lane".to_owned() });
    }
    named
}

/// Every colour of a scale; none where colours are those of lanes or standings.
pub(super) fn every_swatch(color_by: ColorBy, theme: &Theme) -> Vec<Swatch> {
    match color_by {
        ColorBy::Lane | ColorBy::Standing => Vec::new(),
        ColorBy::Reliability => reliability_swatches(theme).into_iter().map(|(_, swatch)| swatch).collect(),
        ColorBy::Weight => weight_swatches(theme).into_iter().map(|(_, swatch)| swatch).collect(),
        // Which values there are a picture of the timeline knows.
        _ => Vec::new(),
    }
}

fn reliability_swatches(theme: &Theme) -> Vec<(Option<Reliability>, Swatch)> {
    let grades = Reliability::ALL.into_iter().map(Some).chain([None]);
    let swatch = |grade: Option<Reliability>| Swatch {
        color: theme.scales.reliability(grade),
        label: grade.map_or_else(|| "Not graded".to_owned(), |grade| format!("{} {}", grade.letter(), grade.label())),
    };
    grades.map(|grade| (grade, swatch(grade))).collect()
}

fn weight_swatches(theme: &Theme) -> Vec<(u8, Swatch)> {
    let swatch = |weight: u8| Swatch { color: theme.scales.weight(weight), label: weight.to_string() };
    (1..=5).map(|weight| (weight, swatch(weight))).collect()
}

/// Each value once. Few are distinct.
fn distinct<T: PartialEq>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = Vec::new();
    for value in values {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}
