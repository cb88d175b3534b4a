//! A timeline's whole picture: from options in pixels and dates to a `Scene` with title, legend and footer.
//!
//! Every event is drawn by itself as long as there are no more than [`MOST_DRAWN`] and the height allows it; of the others a count
//! stands in the picture, and a remark says so.

use std::sync::Arc;

use thiserror::Error;

use super::{PixelSize, missing};
use crate::account::{AccountBy, Accounts, Silences};
use crate::activity::Activity;
use crate::geom::Size;
use crate::index::{Band, Hues, Index, Links, MOST_ROWS, Measure, References, Room, Selection};
use crate::layout::{Bands, Folding, Viewport};
use crate::model::{Arrangement, ColorBy, DateLabels, Grouping, ImageDisplay, KnownOn, LinkDisplay, Text, Timeline};
use crate::query::{Hits, Matches, Query, Question};
use crate::scene::{self, Aspect, Edges, Extents, Frame, Measuring, Omission, Plan, Scene, SceneInput, ShownLinks};
use crate::text::Shaper;
use crate::theme::{Theme, ThemeName};
use crate::time::{Instant, Zone};

/// What a picture shall show, and how large.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureOptions {
    /// Left edge of the track; where the timeline begins if not given.
    pub from: Option<Instant>,
    /// Right edge of the track; where the timeline ends if not given.
    pub to: Option<Instant>,
    /// Width in pixels.
    pub width_px: u32,
    /// Height in pixels; as high as its events need if not given, up to what a picture can have. Events for which there is no row
    /// are counted.
    pub height_px: Option<u32>,
    /// The most points that its bands may have together: events for which there is no row are counted. None leaves it to what they need.
    pub bands_pt: Option<f64>,
    /// Pixels per point.
    pub scale: f64,
    /// Colours.
    pub theme: ThemeName,
    /// Only events that match are drawn.
    pub query: Query,
    /// What only may match is drawn too, in pale.
    pub possibly: bool,
    /// Only what was known on a date is drawn.
    pub known_on: Option<KnownOn>,
    /// What colours stand for.
    pub color_by: ColorBy,
    /// Whether labels carry the dates of their events.
    pub dates: DateLabels,
    /// Whether there are frames for images beside labels. Whoever has the pixels fills them ([`super::Images`]).
    pub images: ImageDisplay,
    /// What the bands stand for.
    pub grouping: Grouping,
    /// How they are arranged.
    pub arrangement: Arc<Arrangement>,
    /// Which links are drawn.
    pub links: LinkChoice,
    /// Which stretches of time are left out.
    pub folding: Folding,
    /// Whether gaps and bursts are marked in the bands.
    pub gaps: bool,
    /// The zone on whose clock times are shown; none is the timeline's.
    pub zone: Option<Zone>,
    /// Whether the ruler names ISO weeks.
    pub iso_weeks: bool,
    /// Where the "today" line stands; none draws none, so that the same file gives the same picture tomorrow.
    pub now: Option<Instant>,
}

impl Default for PictureOptions {
    /// The whole timeline, 1600 pixels wide, light.
    fn default() -> Self {
        Self {
            from: None,
            to: None,
            width_px: 1600,
            height_px: None,
            bands_pt: None,
            scale: 1.0,
            theme: ThemeName::Light,
            query: Query::default(),
            possibly: false,
            known_on: None,
            color_by: ColorBy::Lane,
            dates: DateLabels::Auto,
            images: ImageDisplay::Hidden,
            grouping: Grouping::Lane,
            arrangement: Arc::default(),
            links: LinkChoice::None,
            folding: Folding::Auto,
            gaps: false,
            zone: None,
            iso_weeks: false,
            now: None,
        }
    }
}

/// Which links a picture draws as lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum LinkChoice {
    /// None: a picture has no selection.
    #[default]
    None,
    /// Those of the events of these ids.
    Of(Vec<Text>),
    /// All there are; where they are too many, the heaviest, with counts.
    All,
}

impl From<LinkDisplay> for LinkChoice {
    fn from(display: LinkDisplay) -> Self {
        match display {
            LinkDisplay::Selected => Self::None,
            LinkDisplay::All => Self::All,
        }
    }
}

/// Why a timeline cannot be drawn this way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PictureError {
    /// The window in time is empty.
    #[error("the picture would end before it begins")]
    EndsBeforeItBegins,
    /// Too narrow for names and a track.
    #[error("{width_px} pixels are too narrow at this scale: lane names leave no room for the track")]
    TooNarrow {
        /// The width asked for.
        width_px: u32,
    },
    /// Even a row for each band would make it higher than a picture can be.
    #[error(
        "all bands together are {height_px} pixels high, more than {} can be: show a shorter time, or give a height",
        PixelSize::MAX_SIDE_PX
    )]
    TooHigh {
        /// The height needed.
        height_px: u64,
    },
}

/// A picture with what is to be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// What is drawn.
    pub scene: Scene,
    /// What it does not show and why, in sentences without a full stop.
    pub remarks: Vec<String>,
}

/// The most marks that a picture draws one by one; more are drawn as in a window, as crowds with their counts.
pub const MOST_DRAWN: usize = 10_000;

/// How often rows are packed to fit a height: what stands below them changes a little with what they show.
const MOST_PACKINGS: usize = 8;

/// The least width of the track in points.
const MIN_TRACK_PT: f64 = 80.0;

/// Lays a timeline out as a picture that stands alone.
///
/// # Errors
/// Where the window is empty or the picture too narrow or too high.
pub fn render(timeline: &Timeline, options: &PictureOptions, shaper: &mut Shaper) -> Result<Picture, PictureError> {
    render_in(timeline, options, [options.theme], shaper).map(|[picture]| picture)
}

/// [`render`] in each of several themes, one of which the options may name: what is derived and packed is so once.
///
/// # Errors
/// As [`render`].
pub fn render_in<const THEMES: usize>(
    timeline: &Timeline,
    options: &PictureOptions,
    themes: [ThemeName; THEMES],
    shaper: &mut Shaper,
) -> Result<[Picture; THEMES], PictureError> {
    let Some(by) = AccountBy::of(options.grouping) else {
        return drawn(timeline, options, (options.query.text(), None), themes, shaper);
    };
    // Accounts are those of what is asked, and drawn as all there is of a timeline of their own.
    let question = Question { query: &options.query, known_on: options.known_on.as_ref() };
    let hits = question.find(timeline);
    let asked = hits.as_ref().map(|hits| if options.possibly { hits.possible() } else { hits.certain() });
    let accounts = Accounts::of(timeline, by, asked, options.known_on.as_ref());
    let words = options.query.text();
    let options =
        PictureOptions { grouping: Grouping::Lane, query: Query::default(), links: LinkChoice::All, ..options.clone() };
    drawn(accounts.timeline(), &options, (words, Some(&accounts)), themes, shaper)
}

/// The picture of a timeline of which `words` ask, and which may be that of accounts: of these no question is asked any more.
fn drawn<const THEMES: usize>(
    timeline: &Timeline,
    options: &PictureOptions,
    (words, accounts): (&str, Option<&Accounts>),
    themes: [ThemeName; THEMES],
    shaper: &mut Shaper,
) -> Result<[Picture; THEMES], PictureError> {
    let zone = options.zone.map_or(timeline.zone(), |clock| timeline.zone().shown_on(clock));
    let all = match accounts {
        Some(_) => Index::of_accounts(timeline, zone, &options.arrangement),
        None => Index::arranged(timeline, zone, options.grouping, &options.arrangement),
    };
    let all_bands_hidden = all.hidden().len();
    let theme = Theme::named(themes.first().copied().unwrap_or(options.theme));
    let width_pt = f64::from(options.width_px) / options.scale;
    let track_pt = scene::track_width(&all, Frame::Picture, width_pt, shaper);
    if track_pt < MIN_TRACK_PT {
        return Err(PictureError::TooNarrow { width_px: options.width_px });
    }
    let known_on = options.known_on.as_ref().filter(|_| accounts.is_none());
    let question = Question { query: &options.query, known_on };
    let hits = question.find(timeline);
    let shown = hits.as_ref().map(|hits| if options.possibly { hits.possible() } else { hits.certain() });
    let matches = shown.map(|shown| all.select(timeline, shown.iter()));
    // Without a range what matches is shown, as where a window is told to show all.
    let found = matches.as_ref().and_then(|matches| {
        all.extent_of(timeline, (0..timeline.events().len()).filter(|at| all.is_selected(Some(matches), *at)))
    });
    // A range that reaches beyond it is folded as in a window.
    let has_range = options.from.is_some() || options.to.is_some();
    let is_in_range = |(first, last): (Instant, Instant)| {
        options.from.is_none_or(|from| from <= first) && options.to.is_none_or(|to| last <= to)
    };
    let folds = match found {
        Some(found) if has_range && is_in_range(found) => {
            options.folding.folds_of_window(timeline, &all, matches.as_ref(), track_pt)
        }
        _ => options.folding.folds(timeline, &all, matches.as_ref(), track_pt),
    };
    let asked = matches!(options.folding, Folding::Chosen(asked) if !asked.is_empty());
    let unfolded = (asked && folds.is_empty()).then(|| "nothing is folded: no stretch to fold is empty".to_owned());
    let whole = Viewport::fit_folded(found.or(all.extent()), folds, track_pt);
    let (from, to) = (options.from.unwrap_or(whole.origin), options.to.unwrap_or_else(|| whole.end()));
    if to <= from {
        return Err(PictureError::EndsBeforeItBegins);
    }
    let viewport = Viewport::spanning_folded(from, to, folds, track_pt);
    let most_px = options.height_px.map_or_else(|| most_height_px(options.width_px), u64::from);
    let most_pt = most_px as f64 / options.scale;
    let references = (options.links != LinkChoice::None).then(|| References::build(timeline));
    let all_links = (options.links == LinkChoice::All).then(|| Links::build(timeline, &all, matches.as_ref()));
    let linked: Vec<u32> = match &options.links {
        LinkChoice::Of(ids) => {
            let positions = ids.iter().filter_map(|id| timeline.event_position(id));
            positions.filter_map(|at| u32::try_from(at).ok()).collect()
        }
        LinkChoice::None | LinkChoice::All => Vec::new(),
    };
    let hues = Hues::of(timeline, zone, options.color_by);
    let aspect = Aspect {
        color_by: options.color_by,
        certain: hits.as_ref().filter(|_| options.possibly).map(Hits::certain),
        question: Some(words.trim()).filter(|words| !words.is_empty()),
        hues: hues.as_ref(),
        known_on: options.known_on.as_ref(),
        // What a telling is worth is said of the event, not of one account.
        hides_flags: accounts.is_some(),
        // As on the track of a window, whose accounts have none.
        images: options.images == ImageDisplay::Track && accounts.is_none(),
        dates: options.dates,
        selected: None,
        accounts,
        activity: None,
        links: ShownLinks {
            references: references.as_ref(),
            of: &linked,
            all: all_links.as_ref(),
            among: matches.as_ref(),
        },
    };
    let base = SceneInput {
        timeline,
        index: &all,
        theme: &theme,
        viewport,
        size: Size::new(width_pt, most_pt),
        scroll_y: 0.0,
        selection: None,
        hover: None,
        // The index holds no others.
        matches: None,
        now: options.now,
        zone,
        iso_weeks: options.iso_weeks,
        frame: Frame::Picture,
        aspect,
    };

    let (start, end) = scene::drawn_window(&viewport);
    let is_spread = all.touching(matches.as_ref(), start, end).nth(MOST_DRAWN).is_none();
    let (least_micros, most_rows) =
        if is_spread { (scene::least_micros(&viewport), MOST_DRAWN) } else { (0, MOST_ROWS) };
    // A height that is given is used: labels get what marks leave of it. One that is not is as much as all labels need.
    let rows_pt = options.bands_pt.map_or(most_pt, |bands_pt| bands_pt.min(most_pt));
    let labelled_rows = ((rows_pt / Bands::ROW_HEIGHT) as usize).clamp(1, most_rows);
    let room = Room { start, end, seen: (from, to), least_micros, labelled_rows, most_rows, most_lines: None };
    let mut extents = Extents::default();
    let (mut index, mut plan) =
        packed(&base, matches.as_ref(), (room, options.bands_pt), |index| index, &mut extents, shaper);
    let mut left_out = None;
    let is_too_high = |plan: &Plan| options.height_px.is_none() && plan.content_height() > most_pt;
    if is_too_high(&plan) {
        // Even a row for each band is too much, so those go in which nothing of this window stands.
        let bands = index.bands().len();
        (index, plan) =
            packed(&base, matches.as_ref(), (room, options.bands_pt), Index::without_empty_bands, &mut extents, shaper);
        left_out = Some(bands - index.bands().len()).filter(|bands| *bands > 0);
    }
    if let Some(accounts) = accounts.filter(|accounts| accounts.has_silences())
        && index.mixes_its_piles()
    {
        // What is told has too few rows: where it shares the line of silences, neither can be told from the other.
        let told = accounts.without_silences();
        return drawn(told.timeline(), options, (words, Some(&told)), themes, shaper);
    }
    if is_too_high(&plan) {
        return Err(PictureError::TooHigh { height_px: (plan.content_height() * options.scale).ceil() as u64 });
    }
    let asked = (matches.as_ref(), hits.as_ref().map(Hits::possible));
    let activity = options.gaps.then(|| activities(timeline, &all, asked, &index, accounts, zone));
    let input = SceneInput { index: &index, ..base };
    let input = SceneInput { aspect: Aspect { activity: activity.as_deref(), ..input.aspect }, ..input };
    let Omission { undrawn, all } = plan.omission().unwrap_or_default();
    let why = match options.height_px {
        _ if !is_spread => format!("one picture draws up to {MOST_DRAWN} one by one"),
        Some(_) => "the picture is too low to draw each by itself".to_owned(),
        None if options.bands_pt.is_some() => "its bands have as many rows as in the window".to_owned(),
        None => format!("a picture of this width can be no higher than {most_px} pixels"),
    };
    let only_counted = (undrawn > 0).then(|| {
        let (noun, are) = (if all == 1 { "event" } else { "events" }, if undrawn == 1 { "is" } else { "are" });
        format!("{undrawn} of {all} {noun} {are} only counted: {why}")
    });
    let bands = left_out.map(|bands| {
        let bands = if bands == 1 { "1 band".to_owned() } else { format!("{bands} bands") };
        format!("left out: {bands} in which nothing stands, with which the picture would be too high")
    });
    let hidden = match all_bands_hidden {
        0 => None,
        1 => Some("1 band is hidden, as it was asked for".to_owned()),
        count => Some(format!("{count} bands are hidden, as it was asked for")),
    };
    let are_left_out = accounts.is_some_and(|accounts| accounts.silences() == Silences::NoRoom);
    let silences = are_left_out.then(|| "silences are left out: the picture is too low for a line of them".to_owned());
    let remarks: Vec<String> = only_counted
        .into_iter()
        .chain(silences)
        .chain(bands)
        .chain(missing::remark(&input))
        .chain(unfolded)
        .chain(hidden)
        .collect();
    // What was laid out for the packing has the colours of the first theme.
    let mut planned = Some(plan);
    Ok(themes.map(|name| {
        let theme = Theme::named(name);
        let input = SceneInput { theme: &theme, ..input };
        let plan = planned.take().unwrap_or_else(|| Plan::of(&input, shaper));
        let plan = if options.height_px.is_none() { plan.trimmed() } else { plan };
        Picture { scene: scene::draw(&input, &plan, shaper), remarks: remarks.clone() }
    }))
}

/// What is special along the time of each band that is shown: of the events that are drawn in it, whatever only may match in the way
/// of what is certain, as in lists.
fn activities(
    timeline: &Timeline,
    all: &Index,
    (matches, perhaps): (Option<&Selection>, Option<&Matches>),
    shown: &Index,
    accounts: Option<&Accounts>,
    zone: Zone,
) -> Vec<Activity> {
    let of = |band: usize| {
        let is_told = |at: &usize| accounts.is_none_or(|accounts| accounts.is_told(*at));
        let (drawn, others): (Vec<usize>, Vec<usize>) =
            all.positions_in(band).filter(is_told).partition(|at| all.is_selected(matches, *at));
        let event = |at: usize| timeline.events().get(at);
        let others = others.into_iter().filter(|at| perhaps.is_some_and(|perhaps| perhaps.contains(*at)));
        Activity::of(drawn.into_iter().filter_map(event), others.filter_map(event), zone, None)
    };
    let band_of = |band: &Band| all.bands().iter().position(|other| other.key == band.key);
    shown.bands().iter().map(|band| band_of(band).map(of).unwrap_or_default()).collect()
}

/// The index with rows for a picture, as high as `base` has room and its bands may be, of which `shown` may leave something out; and its plan.
fn packed(
    base: &SceneInput<'_>,
    matches: Option<&Selection>,
    (room, bands_pt): (Room, Option<f64>),
    shown: impl Fn(Index) -> Index,
    extents: &mut Extents,
    shaper: &mut Shaper,
) -> (Index, Plan) {
    let mut room = room;
    let (start, end) = (base.viewport.origin, base.viewport.end());
    let edges = Edges { window: (start, end), first: start, last: end };
    let mut spread = |room: &Room, shaper: &mut Shaper| {
        let mut measuring = Measuring { extents: &mut *extents, input: base, edges, shaper };
        // Of more events than are drawn one by one the rows are those of a window, and no label is measured for them.
        let measure: Option<&mut dyn Measure> = if room.least_micros > 0 { Some(&mut measuring) } else { None };
        shown(base.index.spread(matches, room, measure))
    };
    let excess_pt = |plan: &Plan| {
        let of_bands = bands_pt.map_or(f64::NEG_INFINITY, |most| plan.bands.height() - most);
        of_bands.max(plan.content_height() - base.size.height)
    };
    let mut index = spread(&room, shaper);
    let mut plan = Plan::of(&SceneInput { index: &index, ..*base }, shaper);
    for _ in 0..MOST_PACKINGS {
        let lines: usize = index.bands().iter().map(|band| band.rows.max(1) as usize).sum();
        let excess_pt = excess_pt(&plan);
        if excess_pt <= 0.0 || lines <= index.bands().len() {
            break;
        }
        let excess = (excess_pt / Bands::ROW_HEIGHT).ceil() as usize;
        // Bands that are left out have a row each in the index all the same.
        let others = base.index.bands().len() - index.bands().len();
        room.most_lines = Some(lines.saturating_sub(excess).max(index.bands().len()) + others);
        index = spread(&room, shaper);
        plan = Plan::of(&SceneInput { index: &index, ..*base }, shaper);
    }
    // What stands below the track can be lower than when rows were taken away for it: those are given back, if they fit.
    let spare = (-excess_pt(&plan) / Bands::ROW_HEIGHT).floor();
    if let Some(lines) = room.most_lines.filter(|_| spare >= 1.0) {
        room.most_lines = Some(lines + spare as usize);
        let fuller = spread(&room, shaper);
        let fuller_plan = Plan::of(&SceneInput { index: &fuller, ..*base }, shaper);
        if excess_pt(&fuller_plan) <= 0.0 {
            return (fuller, fuller_plan);
        }
    }
    (index, plan)
}

/// The most pixels from top to bottom of a picture of a width.
fn most_height_px(width_px: u32) -> u64 {
    PixelSize::MAX_SIDE_PX.min(PixelSize::MAX_AREA_PX / u64::from(width_px.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Fold, Folds};
    use crate::model::{Event, Header, Lane};
    use crate::time::Date;

    /// So many lanes with an event each, one a month from 1000 CE on.
    fn lanes(count: usize) -> Timeline {
        let id = |at: usize| format!("lane-{at}");
        let lane = |at: usize| Lane { id: id(at).into(), title: id(at).into(), color: None, note: None };
        let event = |at: usize| {
            let date = Date::parse(&format!("{:04}-{:02}", 1000 + at / 12, 1 + at % 12)).unwrap();
            Event { lane: Some(id(at).into()), ..Event::new(format!("e{at}"), "An event", date) }
        };
        let (lanes, events) = ((0..count).map(lane).collect(), (0..count).map(event).collect());
        Timeline::from_records(Header::new("T"), lanes, vec![], events, vec![], vec![])
    }

    #[test]
    fn a_picture_is_as_high_as_five_hundred_lanes_need() {
        let picture = render(&lanes(500), &PictureOptions::default(), &mut Shaper::new()).unwrap();
        assert!(picture.scene.size.height > 500.0 * Bands::ROW_HEIGHT);
        assert_eq!(picture.remarks, Vec::<String>::new());
    }

    #[test]
    fn what_is_advised_where_all_lanes_are_too_high_helps() {
        let timeline = lanes(4_800);
        let render = |options: &PictureOptions| render(&timeline, options, &mut Shaper::new());
        let whole = PictureOptions::default();
        let error = render(&whole).unwrap_err();
        assert!(matches!(error, PictureError::TooHigh { height_px } if height_px > PixelSize::MAX_SIDE_PX), "{error}");
        assert!(error.to_string().ends_with("show a shorter time, or give a height"));
        let instant = |text: &str| Date::parse(text).unwrap().extent(timeline.zone()).earliest_start.instant();
        let part = PictureOptions { from: instant("1010"), to: instant("1020"), ..whole.clone() };
        let Picture { scene, remarks } = render(&part).unwrap();
        assert!(scene.size.height < 150.0 * (Bands::ROW_HEIGHT + 2.0 * Bands::PADDING), "{:?}", scene.size);
        assert!(matches!(&*remarks, [left] if left.starts_with("left out: ")), "{remarks:?}");
        let low = render(&PictureOptions { height_px: Some(4_000), ..whole }).unwrap();
        assert!((low.scene.size.height - 4_000.0).abs() < f64::EPSILON && low.remarks.len() == 1);
    }

    #[test]
    fn a_choice_that_folds_nothing_is_told() {
        let timeline = lanes(24);
        let instant = |text: &str| Date::parse(text).unwrap().extent(timeline.zone()).earliest_start.instant().unwrap();
        let remarks = |from: &str, to: &str| {
            let folds = Folds::of([Fold { start: instant(from), end: instant(to) }]);
            let options = PictureOptions { folding: Folding::Chosen(folds), ..PictureOptions::default() };
            render(&timeline, &options, &mut Shaper::new()).unwrap().remarks
        };
        assert_eq!(remarks("1000-02", "1001-06"), ["nothing is folded: no stretch to fold is empty"]);
        assert_eq!(remarks("1002-02", "1100"), [""; 0]);
    }

    #[test]
    fn a_band_in_which_nothing_can_be_seen_is_a_line_high() {
        let date = |text: &str| Date::parse(text).unwrap();
        let lane = |id: &str| Lane { id: id.into(), title: id.into(), color: None, note: None };
        let of = |lane: &str, day: &str| Event {
            lane: Some(lane.into()),
            ..Event::new(day, format!("What is {lane}"), date(day))
        };
        // Beside the window by less than a mark is wide, far away, and never anything.
        let events = vec![of("in", "2024-06-10"), of("beside", "2024-05-31"), of("far", "2020-06-10")];
        let lanes = ["in", "beside", "far", "never"].map(lane).to_vec();
        let timeline = Timeline::from_records(Header::new("T"), lanes, vec![], events, vec![], vec![]);
        let extent = date("2024-06").extent(timeline.zone());
        let part = PictureOptions {
            from: extent.earliest_start.instant(),
            to: extent.latest_end.instant(),
            ..PictureOptions::default()
        };
        let asked = PictureOptions { query: Query::words("what is in"), ..PictureOptions::default() };
        let tops = |options: &PictureOptions| {
            let scene = render(&timeline, options, &mut Shaper::new()).unwrap().scene;
            let name = |title: &str| {
                scene.items.iter().find_map(|item| match item {
                    scene::Item::Text { run, origin, .. } if *run.text == *title => Some(origin.y),
                    _ => None,
                })
            };
            ["beside", "far", "never"].map(|title| name(title).unwrap())
        };
        for options in [part, asked] {
            let [beside, far, never] = tops(&options);
            assert_eq!([far - beside, never - far], [Bands::FOLDED_HEIGHT; 2]);
        }
        let [beside, far, never] = tops(&PictureOptions { folding: Folding::Off, ..PictureOptions::default() });
        assert!(far - beside > 30.0 && never - far < 30.0, "of all time only what has no event at all");
    }

    #[test]
    fn several_themes_are_drawn_as_each_alone() {
        let timeline = lanes(3);
        let themes = [ThemeName::Light, ThemeName::Dark];
        let together = render_in(&timeline, &PictureOptions::default(), themes, &mut Shaper::new()).unwrap();
        for (theme, picture) in themes.into_iter().zip(together) {
            let options = PictureOptions { theme, ..PictureOptions::default() };
            assert_eq!(render(&timeline, &options, &mut Shaper::new()), Ok(picture));
        }
    }
}
