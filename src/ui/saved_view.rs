//! Saved views and places: the place that a view shows, the view that a place makes, and whether the two still agree.

use std::sync::Arc;

use super::dialog::{ExportForm, ExportFormat, Product};
use super::place::Place;
use crate::account::AccountBy;
use crate::layout::{Folding, Viewport};
use crate::model::{Arrangement, ExportSettings, FoldChoice, Grouping, Text, View};
use crate::theme::ThemeName;
use crate::time::{Date, Instant, Precision, Zone};

/// The share of a window by which each of its ends may stand elsewhere than in the view that it shows: less is rounding.
const SAME_SHARE: f64 = 0.025;
/// The share of a window that a unit of the dates takes at most in which the window is written.
const UNIT_SHARE: f64 = 0.04;

/// The zone of the axis on which times are shown on a clock; none is that of the timeline, whose zone is `own`.
fn axis(own: Zone, clock: Option<Zone>) -> Zone {
    clock.map_or(own, |clock| own.shown_on(clock))
}

/// The window of a view on the axis on which it shows a timeline of the zone `own`. An open or unknown side is where the window of a place
/// has it now.
pub fn window_of(view: &View, own: Zone, now: &Place) -> (Instant, Instant) {
    let extent = view.window.extent(axis(own, view.clock(own)));
    let start = extent.earliest_start.instant().unwrap_or(now.viewport.origin);
    let end = extent.latest_end.instant().unwrap_or_else(|| now.viewport.end());
    (start, end)
}

/// The place that a view shows of a timeline of the zone `own`, in a window as wide as that of the place where one is.
pub fn place_of(view: &View, own: Zone, now: &Place) -> Place {
    let (start, end) = window_of(view, own, now);
    let clock = view.clock(own);
    // Folds and bands that cannot be read are among the problems of the file.
    let folds = view.folds.as_deref().map(FoldChoice::parse).and_then(Result::ok).unwrap_or_default();
    let arrangement = view.bands.as_deref().map(Arrangement::parse).and_then(Result::ok).unwrap_or_default();
    Place {
        viewport: if start < end { now.viewport.showing(start, end) } else { now.viewport },
        folding: Folding::of(&folds, axis(own, clock)),
        zone: clock,
        scroll_y: 0.0,
        query: view.query.as_deref().unwrap_or_default().to_owned(),
        hides_possible: now.hides_possible,
        grouping: view.grouping,
        arrangement: Arc::new(arrangement),
        color_by: view.color_by,
        links: view.links,
        dates: view.dates,
        images: view.images,
        known_on: view.known_on.clone(),
        known_by: view.known_by,
    }
}

/// Whether a place shows something else of a timeline of the zone `own` than the view that was opened.
pub fn differs(view: &View, own: Zone, place: &Place) -> bool {
    let saved = place_of(view, own, place);
    let (start, end) = window_of(view, own, place);
    let width_pt = place.viewport.width_pt.max(1.0);
    // Folds between may be others: what counts is where the window begins and ends.
    let is_off = |at: Instant, x: f64| (place.viewport.x_from_instant(at) - x).abs() > width_pt * SAME_SHARE;
    let other_window = start < end && (is_off(start, 0.0) || is_off(end, width_pt));
    let known_by = |place: &Place| place.known_on.as_ref().map(|_| place.known_by);
    other_window
        || saved.zone != place.zone
        || saved.folding != place.folding
        || saved.query.trim() != place.query.trim()
        || saved.grouping != place.grouping
        || saved.arrangement != place.arrangement
        || saved.color_by != place.color_by
        || saved.links != place.links
        || saved.dates != place.dates
        || saved.images != place.images
        || saved.known_on != place.known_on
        || known_by(&saved) != known_by(place)
}

/// The view that a place of a timeline of the zone `own` makes under an id and a title; none where its window cannot be written as a date.
pub fn view_of(id: Text, title: Text, place: &Place, own: Zone, export: &ExportForm, weeks: bool) -> Option<View> {
    let zone = axis(own, place.zone);
    let window = shown_span(&place.viewport, zone)?;
    let folds = match &place.folding {
        Folding::Auto => None,
        Folding::Off => Some(FoldChoice::Off),
        Folding::Chosen(folds) => Some(FoldChoice::Stretches(
            folds.as_slice().iter().filter_map(|fold| span_of(fold.start, fold.end, Rounding::Outward, zone)).collect(),
        )),
    };
    let text = |text: String| (!text.trim().is_empty()).then(|| Text::from(text.trim()));
    Some(View {
        id,
        title,
        window,
        zone: place.zone.map(|clock| clock.name().into()),
        folds: folds.map(|folds| folds.to_string().into()).filter(|folds: &Text| !folds.is_empty()),
        query: text(place.query.clone()),
        grouping: place.grouping,
        bands: text(place.arrangement.to_string()),
        color_by: place.color_by,
        links: place.links,
        known_on: place.known_on.clone(),
        known_by: place.known_by,
        dates: place.dates,
        images: place.images,
        export: text(settings_of(export, place, weeks).to_string()),
        theme: (export.theme != ThemeName::Light).then(|| export.theme.id().into()),
    })
}

/// A name that says what a place shows: its question, what its bands stand for, and when.
pub fn proposed_name(place: &Place, zone: Zone) -> String {
    let window = shown_span(&place.viewport, zone);
    let window = window.map(|date| date.describe()).unwrap_or_default();
    let query = place.query.trim();
    let mut parts: Vec<String> = Vec::new();
    if !query.is_empty() {
        parts.push(query.to_owned());
    }
    if place.grouping != Grouping::Lane {
        parts.push(format!("by {}", place.grouping.label().to_lowercase()));
    }
    parts.push(window);
    parts.join(", ")
}

/// The export settings of a form, as a view keeps them.
fn settings_of(form: &ExportForm, place: &Place, weeks: bool) -> ExportSettings {
    let is_drawn = !matches!(form.format.product(), Product::Events(_));
    ExportSettings {
        format: ExportSettings::format_named(form.format.extension()).filter(|_| is_drawn),
        width_px: Some(form.width_px),
        height_px: None,
        scale: Some(form.scale),
        gaps: form.gaps,
        weeks,
        possibly: !place.query.trim().is_empty() && !place.hides_possible,
        accounts: form.accounts.map(AccountBy::id).and_then(ExportSettings::account_named),
    }
}

/// Puts the export settings and the theme of a view into the form of exports.
pub fn put_settings(view: &View, form: &mut ExportForm) {
    if let Some(Ok(settings)) = view.export.as_deref().map(ExportSettings::parse) {
        let format = ExportFormat::DRAWN_OR_TOLD.into_iter().find(|known| Some(known.extension()) == settings.format);
        form.format = format.unwrap_or(form.format);
        form.width_px = settings.width_px.unwrap_or(form.width_px);
        form.scale = settings.scale.unwrap_or(form.scale);
        form.gaps = settings.gaps;
        form.accounts = settings.accounts.and_then(AccountBy::parse);
    }
    if let Some(theme) = view.theme.as_deref().and_then(ThemeName::parse) {
        form.theme = theme;
    }
}

/// Which way the ends of a stretch go to whole units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest.
    Nearest,
    /// So that the stretch is held whole.
    Outward,
}

/// A stretch of time as an interval, in the coarsest units that are short beside it.
pub fn span_of(start: Instant, end: Instant, rounding: Rounding, zone: Zone) -> Option<Date> {
    in_units_beside(end.saturating_since(start).max(1) as f64, (start, end), rounding, zone)
}

/// The window of a viewport as an interval, in the coarsest units that are short beside what it shows: what is folded away has no
/// width, and half a year more or less beside it would be seen.
fn shown_span(viewport: &Viewport, zone: Zone) -> Option<Date> {
    let micros = (viewport.width_pt * viewport.micros_per_pt).max(1.0);
    in_units_beside(micros, (viewport.origin, viewport.end()), Rounding::Nearest, zone)
}

/// A stretch of time as an interval, in the coarsest units that are short beside so many microseconds.
fn in_units_beside(micros: f64, (start, end): (Instant, Instant), rounding: Rounding, zone: Zone) -> Option<Date> {
    let units = [
        (Precision::Century, 36_524.0),
        (Precision::Decade, 3_652.0),
        (Precision::Year, 365.0),
        (Precision::Month, 30.0),
        (Precision::Day, 1.0),
        (Precision::Minute, 1.0 / 1_440.0),
    ];
    let unit_micros = |days: f64| days * Instant::DAY as f64;
    let found = units.into_iter().find(|(_, days)| unit_micros(*days) <= micros * UNIT_SHARE);
    let (unit, days) = found.unwrap_or((Precision::Second, 0.0));
    // The unit that begins nearest to an instant is the one that half a unit later lies in.
    let half = if rounding == Rounding::Nearest { (unit_micros(days) / 2.0) as i64 } else { 0 };
    // Where a stretch ends with a unit, the next one is no part of it.
    let (first, last) = (start.saturating_add(half), end.saturating_add(-half - 1).max(start));
    let (first, last) = (Date::at_precision(first, unit, zone), Date::at_precision(last, unit, zone));
    Date::parse(&format!("{first}/{last}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Fold, Folds};
    use crate::model::{DateLabels, ImageDisplay, KnownBy, LinkDisplay};
    use crate::time::CivilDay;

    fn at(year: i64, month: u8, day: u8) -> Instant {
        Instant::from_day(CivilDay::new(year, month, day)).unwrap()
    }

    fn place(start: Instant, end: Instant) -> Place {
        Place { viewport: Viewport::spanning(start, end, 900.0), ..Place::default() }
    }

    fn saved(place: &Place) -> View {
        view_of("v".into(), "V".into(), place, Zone::UTC, &ExportForm::default(), false).unwrap()
    }

    #[test]
    fn a_window_with_long_folds_is_no_other_once_it_is_saved() {
        let folds = Folds::of([Fold { start: at(1962, 3, 1), end: at(2019, 6, 1) }]);
        let viewport = Viewport::spanning_folded(at(1961, 8, 20), at(2025, 2, 10), folds, 900.0);
        let place = Place { viewport, ..Place::default() };
        let view = saved(&place);
        assert_eq!(view.window.as_str(), "1961-09/2025-01");
        assert!(!differs(&view, Zone::UTC, &place));
    }

    #[test]
    fn what_is_saved_of_a_place_is_what_it_shows_again() {
        let folds = Folds::of([Fold { start: at(1962, 3, 1), end: at(1999, 6, 1) }]);
        let arranged = Place {
            folding: Folding::Chosen(folds),
            zone: Zone::parse("Asia/Tokyo").ok(),
            query: "ferry tag:=sea".to_owned(),
            grouping: Grouping::Actor,
            arrangement: Arc::new(Arrangement::parse("by count; at most 3; hidden \"A, B\"").unwrap()),
            color_by: Grouping::Standing,
            links: LinkDisplay::All,
            dates: DateLabels::Hidden,
            images: ImageDisplay::Track,
            known_on: Some(Date::parse("2001-05").unwrap()),
            known_by: KnownBy::Recorded,
            ..place(at(1950, 1, 1), at(2024, 7, 9))
        };
        for place in [
            arranged,
            place(at(2024, 10, 10), at(2024, 11, 15)),
            Place { folding: Folding::Off, ..place(at(-43, 3, 1), at(-43, 3, 20)) },
        ] {
            let view = saved(&place);
            let elsewhere = Place::default();
            let shown = place_of(&view, Zone::UTC, &Place { viewport: place.viewport, ..elsewhere });
            assert!(!differs(&view, Zone::UTC, &shown), "{view:?}");
            assert!(!differs(&view, Zone::UTC, &Place { folding: shown.folding, ..place.clone() }), "{view:?}");
            let more = Place { query: "other".to_owned(), ..shown.clone() };
            assert!(differs(&view, Zone::UTC, &more));
            let zone = if shown.zone.is_some() { None } else { Zone::parse("America/Lima").ok() };
            assert!(differs(&view, Zone::UTC, &Place { zone, ..shown.clone() }));
            let moved = Place { viewport: shown.viewport.panned(60.0), ..shown };
            assert!(differs(&view, Zone::UTC, &moved));
        }
    }

    #[test]
    fn a_window_is_written_in_units_that_are_short_beside_it() {
        let window = |start, end| saved(&place(start, end)).window.to_string();
        assert_eq!(window(at(2024, 10, 10), at(2024, 11, 16)), "2024-10-10/2024-11-15");
        assert_eq!(window(at(1900, 1, 1), at(2025, 1, 1)), "1900/2024");
        assert_eq!(window(at(2020, 1, 1), at(2024, 3, 1)), "2020-01/2024-02");
        assert_eq!(window(at(2020, 1, 14), at(2020, 12, 25)), "2020-01-14/2020-12-24");
        assert_eq!(window(at(2024, 10, 10), at(2024, 10, 12)), "2024-10-10T00:00[UTC]/2024-10-11T23:59[UTC]");
    }

    #[test]
    fn a_window_of_hours_is_the_same_one_on_whatever_clock_it_is_read() {
        let tokyo = Zone::parse("Asia/Tokyo").unwrap();
        let place = Place { zone: Some(tokyo), ..place(at(2024, 10, 10), at(2024, 10, 12)) };
        let view = saved(&place);
        assert_eq!(view.window.as_str(), "2024-10-10T00:00[Asia/Tokyo]/2024-10-11T23:59[Asia/Tokyo]");
        assert_eq!(view.zone.as_deref(), Some("Asia/Tokyo"));
        assert!(!differs(&view, Zone::UTC, &place_of(&view, Zone::UTC, &place)));
        // A name of the timeline's own zone is no other clock, nor is one that there is not.
        assert_eq!(view.clock(tokyo), None);
        assert_eq!(View { zone: Some("Asia/Nowhere".into()), ..view }.clock(Zone::UTC), None);
    }

    #[test]
    fn export_settings_go_into_a_view_and_come_back() {
        let form = ExportForm {
            format: ExportFormat::Svg,
            width_px: 3_840,
            scale: 1.5,
            gaps: true,
            theme: ThemeName::Print,
            ..ExportForm::default()
        };
        let place = place(at(2024, 10, 10), at(2024, 11, 15));
        let view = view_of("v".into(), "V".into(), &place, Zone::UTC, &form, true).unwrap();
        assert_eq!(view.export.as_deref(), Some("format svg; width 3840; scale 1.5; gaps; weeks"));
        let mut other = ExportForm::default();
        put_settings(&view, &mut other);
        assert_eq!(other, form);
    }
}
