//! The scenes on the screen, built anew only when something they are made of has changed.

use std::sync::Arc;

use super::glide;
use super::rest::{Rest, Resting};
use super::surface::{CanvasInput, Surface};
use crate::activity::TrackActivity;
use crate::geom::Size;
use crate::index::{Folds, Links, Selection};
use crate::layout::{Bands, Folding, Viewport};
use crate::model::{ColorBy, DateLabels, Grouping, ImageDisplay, LinkDisplay, Text};
use crate::query::Matches;
use crate::scene::{self, Aspect, Frame, LabelSides, Packed, Plan, RowGlide, Scene, SceneInput, ShownLinks};
use crate::text::Shaper;
use crate::theme::ThemeName;
use crate::time::Zone;
use crate::ui::{Document, Place, Selected, ViewState};

/// Height of the overview strip in points.
pub const OVERVIEW_PT: f64 = 40.0;

/// Labels that are shaped in one frame: more would be late. The others come with the next.
pub const NEW_LABELS: usize = 48;

/// The last pictures of a document.
#[derive(Debug, Default)]
pub(super) struct Picture {
    track: Option<(TrackKey, Scene)>,
    /// Where its labels stand.
    sides: LabelSides,
    /// How many pictures of the track there have been.
    number: u64,
    /// How many labels of the track are still to come.
    missing: usize,
    overview: Option<(OverviewKey, Scene)>,
    /// The events that match, with what was asked.
    matches: Option<(Asked, Selection)>,
    /// The tellings of the events that are selected together, by the numbers of these and of the accounts.
    picked: Option<((u64, u64), Matches)>,
    /// The links of these, while all are drawn.
    links: Option<(Asked, Links)>,
    /// The rows for what was last shown, with what they follow from.
    packed: Option<(RowsKey, Arc<Packed>)>,
    /// How many times rows have changed.
    packings: u64,
    /// How many times they were packed anew, other than for a window that was moved or has come to rest.
    packed_anew: u64,
    /// The rows before, and when they were changed in seconds of egui's clock.
    glide: Option<(RowGlide, f64)>,
    /// The folds of the track, with what they follow from.
    folds: Option<(FoldsKey, Folds)>,
    /// Since when the window has not been moved.
    rest: Rest,
}

/// What the folds of the track follow from.
#[derive(Debug, Clone, Copy, PartialEq)]
struct FoldsKey {
    revision: u64,
    arranged: u64,
    answer: u64,
    is_asked: bool,
    folding: Folding,
    most: usize,
}

/// What the rows of the track follow from but the window in time.
#[derive(Debug, Clone, PartialEq)]
struct RowsKey {
    revision: u64,
    answer: u64,
    grouping: Grouping,
    arranged: u64,
    color_by: ColorBy,
    hides_signs: bool,
    images: ImageDisplay,
    dates: DateLabels,
    theme: ThemeName,
    zone: Zone,
    size: Size,
}

/// What a selection of events answers.
#[derive(Debug, PartialEq)]
struct Asked {
    revision: u64,
    answer: u64,
    grouping: Grouping,
    arranged: u64,
}

/// What the overview is made of.
#[derive(Debug, Clone, PartialEq)]
struct OverviewKey {
    /// What its rows would follow from, whatever the window in time.
    rows: RowsKey,
    viewport: Viewport,
    /// The number of the colours of values.
    colored: u64,
    iso_weeks: bool,
    /// The present moment by the pixel.
    now_x: i64,
}

/// What the track is made of.
#[derive(Debug, Clone, PartialEq)]
struct TrackKey {
    common: OverviewKey,
    packings: u64,
    /// How far marks have come to their rows, in thousandths.
    glided: u64,
    scroll_y: f64,
    links: LinkDisplay,
    /// The number of the gaps that are marked; 0 marks none.
    marked: u64,
    selection: Option<Text>,
    /// The number of the set of events that are selected together.
    selected: u64,
    hover: Option<Text>,
}

impl Picture {
    /// Forgets everything: another document is shown. The pictures of it are counted on: whoever remembers the number of one that was
    /// shown before would take it for another.
    pub(super) fn clear(&mut self) {
        *self = Self { number: self.number, ..Self::default() };
    }

    /// What a picture of this size is made of.
    pub(super) fn input<'a>(&'a self, input: CanvasInput<'a>, view: &'a ViewState, size: Size) -> SceneInput<'a> {
        let CanvasInput { doc, theme, preferences } = input;
        let ViewState { place, transient } = view;
        SceneInput {
            timeline: doc.timeline,
            index: doc.index,
            theme,
            viewport: place.viewport,
            size,
            scroll_y: place.scroll_y,
            selection: transient.selection.as_deref(),
            hover: transient.hover.as_deref(),
            matches: self.matches(),
            now: Some(doc.now),
            zone: doc.zone,
            iso_weeks: preferences.iso_weeks,
            frame: Frame::Window,
            aspect: Aspect {
                color_by: color_by(doc, place),
                certain: doc.certain,
                // It stands in its field.
                question: None,
                hues: doc.colored.and_then(|colored| colored.hues.as_ref()),
                known_on: doc.known_on,
                hides_flags: preferences.hides_signs || doc.accounts.is_some(),
                images: place.images == ImageDisplay::Track && doc.accounts.is_none(),
                accounts: doc.accounts,
                activity: marked(doc, view).map(|marked| marked.bands.as_slice()),
                links: ShownLinks {
                    references: Some(doc.references),
                    of: &[],
                    all: self.links.as_ref().map(|(_, links)| links),
                    among: None,
                },
                dates: view.dates(preferences),
                selected: match doc.accounts {
                    Some(_) => self.picked.as_ref().map(|(_, picked)| picked),
                    None => transient.selected.members(),
                },
            },
        }
    }

    /// The events that match; none where there is no query.
    pub(super) fn matches(&self) -> Option<&Selection> {
        self.matches.as_ref().map(|(_, selection)| selection)
    }

    /// The folds of the track: worked out anew where what is shown has changed, or how many there may be.
    pub(super) fn folds(&mut self, doc: Document<'_>, place: &Place, width_pt: f64) -> Folds {
        self.select(doc);
        let Document { revision, answer, arranged, .. } = doc;
        let is_asked = self.matches.is_some();
        let key =
            FoldsKey { revision, arranged, answer, is_asked, folding: place.folding, most: Folding::most(width_pt) };
        if let Some((_, folds)) = self.folds.filter(|(known, _)| *known == key) {
            return folds;
        }
        let folds = place.folding.folds_of_window(doc.timeline, doc.index, self.matches(), width_pt);
        self.folds = Some((key, folds));
        folds
    }

    fn select(&mut self, doc: Document<'_>) {
        // All that match are drawn as all there are.
        let Some(matches) = doc.matches.filter(|matches| matches.count() < doc.timeline.events().len()) else {
            self.matches = None;
            return;
        };
        let Document { revision, answer, grouping, arranged, .. } = doc;
        let asked = Asked { revision, answer, grouping, arranged };
        if self.matches.as_ref().is_none_or(|(known, _)| *known != asked) {
            self.matches = Some((asked, doc.index.select(doc.timeline, matches.iter())));
        }
    }

    /// Finds the tellings of what is selected together, whose positions are those of another timeline.
    fn pick(&mut self, doc: Document<'_>, selected: &Selected) {
        let asked = doc.accounts.zip(selected.members());
        let Some((accounts, members)) = asked else {
            self.picked = None;
            return;
        };
        let key = (selected.number(), doc.answer);
        if self.picked.as_ref().is_none_or(|(known, _)| *known != key) {
            self.picked = Some((key, accounts.tellings_among(members)));
        }
    }

    /// Derives the links of what is drawn anew, where all are to be drawn and anything of them may have changed.
    fn link(&mut self, doc: Document<'_>, place: &Place) {
        // Threads between accounts say that two of them cannot both be right: they are always drawn.
        if place.links != LinkDisplay::All && doc.accounts.is_none() {
            self.links = None;
            return;
        }
        let Document { revision, answer, grouping, arranged, .. } = doc;
        let asked = Asked { revision, answer, grouping, arranged };
        if self.links.as_ref().is_none_or(|(known, _)| *known != asked) {
            self.links = Some((asked, Links::build(doc.timeline, doc.index, self.matches())));
        }
    }

    /// Where everything of the track stands at a moment of egui's clock: in rows for what is shown, which stay as they are while
    /// the window is moved; where they have just changed, on the way there.
    pub(super) fn plan(
        &mut self,
        input: CanvasInput<'_>,
        view: &ViewState,
        size: Size,
        now: f64,
        shaper: &mut Shaper,
    ) -> Plan {
        self.select(input.doc);
        let key = rows_key(input, view, size);
        let before = self.packed.take();
        let packed = match before {
            Some((known, packed)) if known == key && packed.covers(&view.place.viewport) => packed,
            before => {
                self.packings += 1;
                if before.as_ref().is_none_or(|(known, _)| *known != key) {
                    self.packed_anew += 1;
                }
                if before.as_ref().is_some_and(|(known, _)| *known != key) {
                    // The sides of another picture follow from rows that there are no more: a label would stand where it has lost its
                    // date, and after an edit that is taken back a picture would not be what it was.
                    self.sides = LabelSides::default();
                }
                let is_moved = |known: &RowsKey, packed: &Packed| *known == key && packed.is_at(&view.place.viewport);
                let glides = before.as_ref().filter(|(known, packed)| !is_moved(known, packed));
                let glides = glides.filter(|(known, _)| {
                    (known.grouping, known.arranged) == (key.grouping, key.arranged) && !input.preferences.reduce_motion
                });
                if let Some((_, packed)) = glides {
                    self.glide = Some((RowGlide::from(packed), now));
                }
                let scene_input = self.input(input, view, size);
                // What was measured holds as long as no event changes, nor what stands beside it.
                let is_measured = |known: &RowsKey| RowsKey { size, ..known.clone() } == key;
                Arc::new(match before {
                    Some((known, packed)) if known == key => {
                        let heights = packed.heights().to_vec();
                        let is_moved = packed.is_at(&view.place.viewport);
                        let moved = Arc::unwrap_or_clone(packed).moved(&scene_input, shaper);
                        // Marks keep their rows, but those below a band that has grown stand lower.
                        let has_grown = is_moved && moved.heights() != heights.as_slice();
                        if has_grown && !input.preferences.reduce_motion {
                            self.glide = Some((RowGlide::of_bands(&heights, &moved), now));
                        }
                        moved
                    }
                    Some((known, packed)) if is_measured(&known) => {
                        Packed::of(&scene_input, Some(Arc::unwrap_or_clone(packed)), shaper)
                    }
                    _ => Packed::of(&scene_input, None, shaper),
                })
            }
        };
        self.glide = self.glide.take().filter(|(_, began)| now - began < glide::SECONDS);
        let glide = self.glide.as_ref().map(|(glide, began)| glide.at(glide::progress(now - began)));
        let plan = Plan::packed(&self.input(input, view, size), Arc::clone(&packed), shaper).gliding(glide);
        self.packed = Some((key, packed));
        plan
    }

    /// The plan of the picture that was last drawn.
    pub(super) fn last_plan(&self, input: CanvasInput<'_>, view: &ViewState, size: Size, shaper: &mut Shaper) -> Plan {
        let input = self.input(input, view, size);
        match &self.packed {
            Some((_, packed)) => Plan::packed(&input, Arc::clone(packed), shaper),
            None => Plan::of(&input, shaper),
        }
    }

    /// Height of the bands with the rows that they have.
    pub(super) fn bands_pt(&self) -> Option<f64> {
        self.packed.as_ref().map(|(_, packed)| Bands::with_rows(packed.heights().iter().copied()).height())
    }

    /// Whether marks are on their way to other rows.
    pub(super) const fn is_gliding(&self) -> bool {
        self.glide.is_some()
    }

    /// Whether the rows are those for a window.
    pub(super) fn is_packed_for(&self, viewport: &Viewport) -> bool {
        self.packed.as_ref().is_none_or(|(_, packed)| packed.covers(viewport))
    }

    /// The track as it was last drawn, which is what the pointer points at.
    pub(super) fn drawn(&self) -> Option<&Scene> {
        self.track.as_ref().map(|(_, scene)| scene)
    }

    /// Draws the track anew where the document is another than the one that was drawn: what the pointer points at tells events by
    /// their positions in it.
    pub(super) fn catch_up(&mut self, surface: &Surface<'_>, view: &ViewState, shaper: &mut Shaper) {
        let Document { revision, answer, grouping, arranged, .. } = surface.input.doc;
        let is_of = |drawn: &RowsKey| {
            (drawn.revision, drawn.answer, drawn.grouping, drawn.arranged) == (revision, answer, grouping, arranged)
        };
        if self.track.as_ref().is_some_and(|(key, _)| !is_of(&key.common.rows)) {
            self.track(surface, view, shaper);
        }
    }

    /// The number of that picture.
    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    /// Whether the next frame has more labels to show, though nothing else has changed.
    pub(super) fn is_unfinished(&self) -> bool {
        self.missing > 0
    }

    /// The track as it is now, standing as planned.
    pub(super) fn track(&mut self, surface: &Surface<'_>, view: &ViewState, shaper: &mut Shaper) -> &Scene {
        let Surface { input, plan, .. } = *surface;
        self.select(input.doc);
        self.pick(input.doc, &view.transient.selected);
        self.link(input.doc, &view.place);
        let key = TrackKey {
            links: view.place.links,
            marked: marked(input.doc, view).map_or(0, |marked| marked.number),
            common: common_key(input, view, plan.size),
            packings: self.packings,
            glided: plan.glided(),
            scroll_y: view.place.scroll_y,
            selection: view.transient.selection.clone(),
            selected: view.transient.selected.number(),
            hover: view.transient.hover.clone(),
        };
        let scene = match self.track.take() {
            Some((drawn, scene)) if drawn == key && self.missing == 0 => scene,
            last => {
                let before = last.as_ref().filter(|(drawn, _)| *drawn == key).map(|_| self.missing);
                self.number += 1;
                // Its memory is there to be used again: new memory would cost more than the rest of it.
                drop(last);
                shaper.limit(NEW_LABELS);
                let mut sides = self.sides.clone();
                let mut scene = scene::draw_moved(&self.input(input, view, plan.size), plan, &mut sides, shaper);
                self.missing = shaper.unlimit();
                if before.is_some_and(|before| self.missing >= before) {
                    // The shaper forgets as many labels as it learns: they are too long for its memory. Then all of them
                    // are shaped for one late picture, in place of ever new ones that are never whole.
                    sides = self.sides.clone();
                    scene = scene::draw_moved(&self.input(input, view, plan.size), plan, &mut sides, shaper);
                    self.missing = 0;
                }
                // Where a label stands whose date is yet to be set says nothing of where it stands with it.
                if self.missing == 0 {
                    self.sides = sides;
                }
                scene
            }
        };
        &self.track.insert((key, scene)).1
    }

    /// Gives marks whose labels are cut other rows once the window has come to rest, where more labels are whole in these: what stands
    /// at its edge then needs other room than when rows were packed. Says in how many seconds there is something to do.
    pub(super) fn settle(
        &mut self,
        surface: &Surface<'_>,
        view: &ViewState,
        now: f64,
        is_moving: bool,
        shaper: &mut Shaper,
    ) -> Option<f64> {
        let Surface { input, plan, .. } = *surface;
        let is_busy = is_moving || self.is_gliding() || self.is_unfinished();
        match self.rest.of(&view.place.viewport, self.packed_anew, now, is_busy) {
            Resting::Over => return None,
            Resting::For(seconds) => return Some(seconds),
            Resting::Begins => {}
        }
        let (key, packed) = self.packed.clone()?;
        let reseated = scene::settled(&self.input(input, view, plan.size), &packed, &self.sides, shaper)?;
        if !input.preferences.reduce_motion {
            self.glide = Some((RowGlide::from(&packed), now));
        }
        self.packings += 1;
        self.packed = Some((key, Arc::new(reseated)));
        Some(0.0)
    }

    /// The overview strip as it is now.
    pub(super) fn overview(&mut self, surface: &Surface<'_>, view: &ViewState, shaper: &mut Shaper) -> &Scene {
        let Surface { input, strip, .. } = *surface;
        let size = size_of(strip);
        self.select(input.doc);
        let key = common_key(input, view, size);
        let scene = match self.overview.take() {
            Some((drawn, scene)) if drawn == key => scene,
            last => {
                drop(last);
                scene::overview(&self.input(input, view, size), size, shaper)
            }
        };
        &self.overview.insert((key, scene)).1
    }
}

/// What colours stand for.
fn color_by(doc: Document<'_>, place: &Place) -> ColorBy {
    doc.colored.map_or(place.color_by, |colored| colored.by)
}

/// The gaps that are marked in the bands, where they are those of these.
fn marked<'a>(doc: Document<'a>, view: &ViewState) -> Option<&'a TrackActivity> {
    let is_of_bands = |marked: &&TrackActivity| marked.bands.len() == doc.index.bands().len();
    doc.activity.filter(|_| view.transient.marks_gaps).filter(is_of_bands)
}

/// The size of a rectangle of the screen.
pub(super) fn size_of(rect: egui::Rect) -> Size {
    Size::new(f64::from(rect.width()), f64::from(rect.height()))
}

fn rows_key(input: CanvasInput<'_>, view: &ViewState, size: Size) -> RowsKey {
    let CanvasInput { doc, theme, preferences } = input;
    RowsKey {
        revision: doc.revision,
        answer: doc.answer,
        grouping: doc.grouping,
        arranged: doc.arranged,
        color_by: color_by(doc, &view.place),
        hides_signs: preferences.hides_signs,
        images: view.place.images,
        dates: view.dates(preferences),
        theme: theme.name,
        zone: doc.zone,
        size,
    }
}

fn common_key(input: CanvasInput<'_>, view: &ViewState, size: Size) -> OverviewKey {
    let viewport = view.place.viewport;
    OverviewKey {
        rows: rows_key(input, view, size),
        viewport,
        colored: input.doc.colored.map_or(0, |colored| colored.number),
        iso_weeks: input.preferences.iso_weeks,
        now_x: viewport.x_from_instant(input.doc.now).round() as i64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, References};
    use crate::model::{Event, Problems, Timeline};
    use crate::scene::Item;
    use crate::theme::Theme;
    use crate::time::{CivilDay, Date, Instant};
    use crate::ui::Preferences;

    fn timeline(titles: &[&str]) -> Timeline {
        let date = || Date::parse("2024-12-30").expect("a date");
        let events = titles.iter().map(|title| Event::new(*title, *title, date())).collect();
        Timeline::from_records(Timeline::empty("t").header().clone(), vec![], vec![], events, vec![], vec![])
    }

    fn surface<'a>(input: CanvasInput<'a>, plan: &'a Plan) -> Surface<'a> {
        Surface { input, plan, rect: egui::Rect::ZERO, strip: egui::Rect::ZERO }
    }

    fn showing(viewport: Viewport) -> ViewState {
        ViewState { place: Place { viewport, ..Place::default() }, ..ViewState::opened() }
    }

    #[test]
    fn a_later_answer_to_the_same_question_takes_the_place_of_a_stale_one() {
        let timeline = timeline(&["One", "Two", "Three"]);
        let index = Index::build(&timeline, Zone::UTC);
        let (references, problems) = (References::default(), Problems::default());
        let doc = Document::plain(&timeline, &index, &references, &problems);
        let (stale, fresh) = (Matches::from_fn(3, |at| at == 0), Matches::from_fn(3, |at| at == 2));
        let (all, mut picture) = (Matches::from_fn(3, |_| true), Picture::default());
        let shown = |picture: &Picture| {
            let (start, end) = (Instant::MIN, Instant::MAX);
            picture.matches().map(|matches| index.touching(Some(matches), start, end).map(|seen| seen.event).collect())
        };
        picture.select(Document { matches: Some(&stale), answer: 1, ..doc });
        assert_eq!(shown(&picture), Some(vec![0]));
        picture.select(Document { matches: Some(&fresh), answer: 2, ..doc });
        assert_eq!(shown(&picture), Some(vec![2]));
        picture.select(Document { matches: Some(&all), answer: 3, ..doc });
        assert_eq!(shown(&picture), None, "all there are");
    }

    #[test]
    fn a_picture_comes_to_an_end_though_its_labels_do_not_fit_the_memory() {
        let titles: Vec<String> = (0..150).map(|nth| format!("{nth} {}", "long ".repeat(1_600))).collect();
        let timeline = timeline(&titles.iter().map(String::as_str).collect::<Vec<_>>());
        let index = Index::build(&timeline, Zone::UTC);
        let (references, problems) = (References::default(), Problems::default());
        let doc = Document::plain(&timeline, &index, &references, &problems);
        let (theme, mut shaper, mut picture) = (Theme::named(ThemeName::Light), Shaper::new(), Picture::default());
        let size = Size::new(800.0, 150.0 * 24.0);
        let view = showing(Viewport::fit(&index, 700.0));
        let input = CanvasInput { doc, theme: &theme, preferences: Preferences::default() };
        for frame in 0..12 {
            let plan = Plan::of(&picture.input(input, &view, size), &mut shaper);
            let scene = picture.track(&surface(input, &plan), &view, &mut shaper);
            let labels =
                scene.items.iter().filter(|item| matches!(item, Item::Text { run, .. } if run.text.contains("long")));
            let labels = labels.count();
            if !picture.is_unfinished() {
                assert!(labels >= 10, "{labels} labels in frame {frame}");
                return;
            }
        }
        unreachable!("every frame asks for another");
    }

    #[test]
    fn marks_and_bands_glide_to_new_rows_unless_motion_is_reduced() {
        // Titles have room in many rows, and where they differ in few.
        let event = |nth: usize| {
            let date = Date::parse(&format!("2024-12-{:02}", 1 + nth)).expect("a date");
            Event::new(format!("e{nth}"), format!("Report {}on day {nth}", "of what was seen ".repeat(4)), date)
        };
        let (header, events) = (Timeline::empty("t").header().clone(), (0..30).map(event).collect());
        let timeline = Timeline::from_records(header, vec![], vec![], events, vec![], vec![]);
        let index = Index::build(&timeline, Zone::UTC);
        let (references, problems) = (References::default(), Problems::default());
        let doc = Document::plain(&timeline, &index, &references, &problems);
        let (theme, mut shaper) = (Theme::named(ThemeName::Light), Shaper::new());
        let view = showing(Viewport::fit(&index, 700.0));
        for reduce_motion in [false, true] {
            let mut picture = Picture::default();
            let input = CanvasInput {
                doc,
                theme: &theme,
                preferences: Preferences { reduce_motion, ..Preferences::default() },
            };
            let mut height = |size: f64, now: f64| {
                let plan = picture.plan(input, &view, Size::new(800.0, size), now, &mut shaper);
                (plan.bands.height(), picture.is_gliding())
            };
            let (high, _) = height(1_000.0, 0.0);
            let (first, is_gliding) = height(400.0, 1.0);
            let on_way: Vec<f64> = [1.02, 1.06, 1.1].map(|now| height(400.0, now).0).into();
            let (low, is_over) = height(400.0, 1.2);
            assert_eq!((is_gliding, is_over), (!reduce_motion, false));
            let is_between = on_way.iter().all(|height| low < *height && *height < high);
            assert_eq!(is_between, !reduce_motion, "{high}, {first}, {on_way:?}, {low}");
            assert!(on_way.is_sorted_by(|a, b| a >= b), "{on_way:?}");
        }
    }

    #[test]
    fn the_track_is_drawn_anew_when_weeks_are_asked_for() {
        let timeline = timeline(&["Signed"]);
        let index = Index::build(&timeline, Zone::UTC);
        let (references, problems) = (References::default(), Problems::default());
        let doc = Document::plain(&timeline, &index, &references, &problems);
        let (theme, mut shaper, mut picture) = (Theme::named(ThemeName::Light), Shaper::new(), Picture::default());
        let from = Instant::from_day(CivilDay::new(2024, 12, 23)).expect("on the axis");
        let viewport = Viewport::spanning(from, from.saturating_add(14 * Instant::DAY), 400.0);
        let view = showing(viewport);
        let mut names_the_week = |iso_weeks| {
            let preferences = Preferences { iso_weeks, ..Preferences::default() };
            let input = CanvasInput { doc, theme: &theme, preferences };
            let plan = Plan::of(&picture.input(input, &view, Size::new(500.0, 300.0)), &mut shaper);
            let scene = picture.track(&surface(input, &plan), &view, &mut shaper);
            scene.items.iter().any(|item| matches!(item, Item::Text { run, .. } if run.text.contains("Week 1, 2025")))
        };
        assert_eq!([false, true, false].map(&mut names_the_week), [false, true, false]);
    }
}
