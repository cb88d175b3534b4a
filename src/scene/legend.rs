//! What the marks mean: a sample and a few words for each kind of date, each standing, each sign and each colour that occurs.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::density;
use super::flag::{self, Flag};
use super::ink::{self, Swatch};
use super::marks::{Look, Pen};
use super::piece::{End, Piece, is_coarse};
use super::sight::{Crowding, Drawn};
use super::{Item, Relations, Scene, SceneInput, eras, folds, links, text_baseline};
use crate::account::{Accounts, Telling};
use crate::geom::{Point, Rect, Size};
use crate::index::{Entry, EraEntry, Side};
use crate::model::{ColorBy, Event, Relation, Standing};
use crate::text::{Run, Shaper, Style};
use crate::theme::{Color, Theme, font, space};
use crate::time::{Edge, Instant, Precision, Shape};

const LINE: f64 = 20.0;
const SAMPLE: f64 = 32.0;
const HEADING: f64 = 76.0;

/// What a mark says about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the labels are the documentation")]
pub enum DateForm {
    Day,
    Time,
    TimeTwice,
    Window,
    AboutWindow,
    Span,
    CoarseEnd,
    OpenEnd,
    UnknownEnd,
    OneOf,
    AllOf,
    Approximate,
    Uncertain,
}

impl DateForm {
    /// Every form, in the order of the legend.
    pub const ALL: [Self; 13] = [
        Self::Day,
        Self::Time,
        Self::TimeTwice,
        Self::Window,
        Self::AboutWindow,
        Self::Span,
        Self::CoarseEnd,
        Self::OpenEnd,
        Self::UnknownEnd,
        Self::OneOf,
        Self::AllOf,
        Self::Approximate,
        Self::Uncertain,
    ];

    /// What it means.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Day => "Known day",
            Self::Time => "Known time",
            Self::TimeTwice => "Clocks showed it twice: once, within",
            Self::Window => "Once, within",
            Self::AboutWindow => "Once, about then",
            Self::Span => "Lasted",
            Self::CoarseEnd => "Began or ended within the soft part",
            Self::OpenEnd => "Goes on",
            Self::UnknownEnd => "End unknown",
            Self::OneOf => "On one of these",
            Self::AllOf => "On each of these",
            Self::Approximate => "Approximate",
            Self::Uncertain => "Date uncertain",
        }
    }

    fn sample(self, x0: f64) -> Vec<Piece> {
        let (x1, middle) = (x0 + SAMPLE, x0 + SAMPLE / 2.0);
        let (left, right) = (End::Sharp, End::Sharp);
        let small = |x0: f64, x1: f64| Piece::Window { x0, x1, left, right };
        match self {
            // A day is a dot, and as long as it is where there is room.
            Self::Day => vec![Piece::Day { x0, x1: x0 + 11.0 }, Piece::Day { x0: x0 + 14.0, x1 }],
            Self::Approximate | Self::Uncertain => vec![Piece::Day { x0: middle - 5.5, x1: middle + 5.5 }],
            Self::Time => vec![Piece::Time { x0: middle - 7.0, x1: middle + 7.0 }],
            Self::TimeTwice => vec![Piece::Time { x0, x1 }],
            Self::Window => vec![small(x0, x1)],
            Self::AboutWindow => vec![small(x0, x1 - 10.0)],
            Self::Span => vec![Piece::Bar { x0, solid0: x0, solid1: x1, x1, left, right }],
            Self::CoarseEnd => {
                vec![Piece::Bar { x0, solid0: x0 + 10.0, solid1: x1 - 10.0, x1, left: End::Soft, right: End::Soft }]
            }
            Self::OpenEnd => vec![Piece::Bar { x0, solid0: x0, solid1: x1, x1, left, right: End::Open }],
            Self::UnknownEnd => {
                vec![Piece::Bar { x0, solid0: x0, solid1: x0 + 4.0, x1: x1 - 8.0, left, right: End::Soft }]
            }
            Self::OneOf => vec![
                small(x0, x0 + 11.0),
                Piece::Join { x0: x0 + 11.0, x1: x1 - 11.0, is_dotted: true },
                small(x1 - 11.0, x1),
            ],
            Self::AllOf => vec![
                Piece::Day { x0, x1: x0 + 11.0 },
                Piece::Join { x0: x0 + 11.0, x1: x1 - 11.0, is_dotted: false },
                Piece::Day { x0: x1 - 11.0, x1 },
            ],
        }
    }
}

/// What stands along the axis beside events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AxisMark {
    /// A fold.
    Fold,
    /// An era.
    Era,
}

impl AxisMark {
    /// Both, in the order of the legend.
    pub const ALL: [Self; 2] = [Self::Fold, Self::Era];

    /// What it means.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Fold => "Empty time, left out",
            Self::Era => "Era",
        }
    }

    /// Those that stand in the window of a picture.
    fn in_window(input: &SceneInput<'_>) -> BTreeSet<Self> {
        let viewport = &input.viewport;
        let is_in_sight = |era: &EraEntry| era.start < viewport.end() && viewport.origin < era.end;
        let folds = viewport.folded().next().map(|_| Self::Fold);
        folds.into_iter().chain(input.index.eras().iter().any(is_in_sight).then_some(Self::Era)).collect()
    }
}

/// What occurs among the events that a picture shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Legend {
    /// Kinds of dates.
    pub forms: BTreeSet<DateForm>,
    /// Standings, in the order of menus.
    pub standings: Vec<Standing>,
    /// Ways in which accounts tell, in place of standings.
    pub tellings: Vec<Telling>,
    /// Signs beside marks.
    pub flags: BTreeSet<Flag>,
    /// What stands for events without room.
    pub crowds: BTreeSet<Crowding>,
    /// What the axis leaves out and names.
    pub axis: BTreeSet<AxisMark>,
    /// Lines of links.
    pub links: Relations,
    /// Whether these join accounts that cannot both be right.
    pub are_threads: bool,
    /// What colours stand for.
    pub color_by: ColorBy,
    /// Colours with their meaning, where neither the names of lanes nor the standings say it.
    pub swatches: Vec<Swatch>,
    /// Those of lanes where their names do.
    lanes: Vec<Swatch>,
}

impl Legend {
    /// Everything there is, while colours stand for this.
    pub fn complete(color_by: ColorBy, theme: &Theme) -> Self {
        Self {
            forms: DateForm::ALL.into_iter().collect(),
            standings: Standing::ALL.to_vec(),
            tellings: Vec::new(),
            flags: Flag::ALL.into_iter().collect(),
            crowds: Crowding::ALL.into_iter().collect(),
            axis: AxisMark::ALL.into_iter().collect(),
            links: Relations::every(),
            are_threads: false,
            color_by,
            swatches: ink::every_swatch(color_by, theme),
            lanes: Vec::new(),
        }
    }

    /// Whether nothing occurs that it could explain.
    pub fn is_empty(&self) -> bool {
        let Self { forms, standings, flags, crowds, axis, links, swatches, tellings, .. } = self;
        let is_unlinked = links.kinds.is_empty() && !links.are_counted;
        forms.is_empty()
            && standings.is_empty()
            && tellings.is_empty()
            && flags.is_empty()
            && crowds.is_empty()
            && axis.is_empty()
            && swatches.is_empty()
            && is_unlinked
    }

    /// The same of accounts: their marks say how they tell.
    #[must_use]
    pub fn of_accounts(self) -> Self {
        let (tellings, flags) = (Telling::ALL.to_vec(), BTreeSet::new());
        Self { standings: Vec::new(), tellings, flags, are_threads: true, ..self }
    }

    /// The same with the colours of lanes where the names beside the track explain them too.
    #[must_use]
    pub(super) fn with_lanes(mut self) -> Self {
        self.swatches.append(&mut self.lanes);
        self
    }

    /// What occurs in the window of a picture: of a crowd the marks that are drawn, however many events there are.
    pub(super) fn of(input: &SceneInput<'_>, drawn: Drawn) -> Self {
        let mut forms = BTreeSet::new();
        let mut flags = BTreeSet::new();
        let mut events: Vec<(usize, &Event)> = Vec::new();
        let mut told: Vec<Telling> = Vec::new();
        for position in drawn.events.iter().map(|position| *position as usize) {
            let entry = input.index.entry(input.timeline, position);
            let Some((entry, event)) = entry.zip(input.timeline.events().get(position)) else { continue };
            forms.extend(forms_of(&entry));
            events.push((position, event));
            told.extend(input.telling(position));
            if !input.aspect.hides_flags {
                flags.extend(Flag::of(input.timeline, event, input.aspect.known_on));
            }
        }
        let occurs = |standing: &Standing| events.iter().any(|(_, event)| event.standing == *standing);
        let is_told = input.aspect.accounts.is_some();
        let mut crowds = drawn.crowds;
        if input.aspect.accounts.is_some_and(Accounts::has_silences) && !crowds.is_empty() {
            // What stands close there is silent, in an outline as one silence alone; but in a band that is one line high.
            told.push(Telling::Silent);
            if !input.index.bands().iter().any(|band| band.is_collapsed) {
                crowds.clear();
            }
        }
        let standings = Standing::ALL.into_iter().filter(|standing| !is_told && occurs(standing)).collect();
        let tellings = Telling::ALL.into_iter().filter(|telling| told.contains(telling)).collect();
        let swatches = ink::swatches(input, events.iter().copied());
        // Kept apart: the names of lanes beside the track tell these colours, and only some legends tell them again.
        let are_named = input.aspect.color_by == ColorBy::Lane && swatches.is_empty();
        let lanes = if are_named { ink::lanes(input, events.into_iter()) } else { Vec::new() };
        let (links, color_by) = (Relations::of(input), input.aspect.color_by);
        let axis = AxisMark::in_window(input);
        Self { forms, standings, tellings, flags, crowds, axis, links, are_threads: is_told, color_by, swatches, lanes }
    }
}

fn forms_of(entry: &Entry) -> Vec<DateForm> {
    let mut forms = Vec::new();
    match entry.shape {
        Shape::Moment if entry.precision >= Precision::Minute => {
            // It is drawn from the one to the other: a time that is known lasts a minute at most.
            let extent = (entry.extent.earliest_start, entry.extent.latest_end);
            let is_twice =
                matches!(extent, (Edge::At(start), Edge::At(end)) if end.saturating_since(start) > Instant::MINUTE);
            forms.push(if is_twice { DateForm::TimeTwice } else { DateForm::Time });
        }
        Shape::Moment => forms.push(DateForm::Day),
        Shape::Window if entry.certainty.approximate => forms.push(DateForm::AboutWindow),
        Shape::Window => forms.push(DateForm::Window),
        Shape::Span => {
            forms.push(DateForm::Span);
            let extent = entry.extent;
            if is_coarse(extent.earliest_start, extent.latest_start)
                || is_coarse(extent.earliest_end, extent.latest_end)
            {
                forms.push(DateForm::CoarseEnd);
            }
        }
        Shape::OneOf(_) => forms.push(DateForm::OneOf),
        Shape::AllOf(_) => forms.push(DateForm::AllOf),
    }
    // An end that goes on or is not known, and doubts, come on top of any shape.
    let sides = [entry.start_side, entry.end_side];
    if sides.contains(&Side::Open) {
        forms.push(DateForm::OpenEnd);
    }
    if sides.contains(&Side::Unknown) {
        forms.push(DateForm::UnknownEnd);
    }
    if entry.certainty.approximate && !forms.contains(&DateForm::AboutWindow) {
        forms.push(DateForm::Approximate);
    }
    if entry.certainty.uncertain {
        forms.push(DateForm::Uncertain);
    }
    forms
}

/// The legend as a picture of its own, for a popup of this width.
pub fn legend(legend: &Legend, theme: &Theme, width: f64, shaper: &mut Shaper) -> Scene {
    let (items, height) = paint(legend, theme, Point::new(space::M, space::S), width - 2.0 * space::M, shaper);
    Scene { size: Size::new(width, height + 2.0 * space::S), background: theme.background, items, targets: Vec::new() }
}

enum Sample {
    Form(DateForm),
    Standing(Standing, Color),
    Telling(Telling, Color),
    Flag(Flag),
    Crowd(Crowding),
    Axis(AxisMark),
    Link(Option<Relation>),
    Thread,
    Color(Color),
}

/// The legend from a corner in a width, and its height; 0 where nothing occurs.
pub(super) fn paint(
    legend: &Legend,
    theme: &Theme,
    corner: Point,
    width: f64,
    shaper: &mut Shaper,
) -> (Vec<Item>, f64) {
    let mut items = Vec::new();
    let mut y = corner.y;
    let ink = |standing| match legend.color_by {
        ColorBy::Standing => theme.scales.standing(standing),
        _ => theme.no_lane_color(),
    };
    let forms = legend.forms.iter().map(|form| (Sample::Form(*form), form.label())).collect::<Vec<_>>();
    let standings =
        legend.standings.iter().map(|&standing| (Sample::Standing(standing, ink(standing)), standing.label()));
    let plain = theme.no_lane_color();
    let tellings = legend.tellings.iter().map(|telling| (Sample::Telling(*telling, plain), telling.label()));
    let flags = legend.flags.iter().map(|flag| (Sample::Flag(*flag), flag.label()));
    let crowds = legend.crowds.iter().map(|crowd| (Sample::Crowd(*crowd), crowd.label()));
    let axis = legend.axis.iter().map(|mark| (Sample::Axis(*mark), mark.label()));
    let counted = legend.links.are_counted.then_some((Sample::Link(None), "So many links"));
    let link = |relation: Relation| match relation {
        Relation::Contradicts if legend.are_threads => (Sample::Thread, "Cannot both be right"),
        _ => (Sample::Link(Some(relation)), relation.label()),
    };
    let links = legend.links.iter().map(link).chain(counted);
    let colors = legend.swatches.iter().map(|swatch| (Sample::Color(swatch.color), swatch.label.as_str()));
    for (heading, samples) in [
        ("Dates", forms),
        ("Standing", standings.collect()),
        ("Account", tellings.collect()),
        ("Sourcing", flags.collect()),
        ("Crowds", crowds.collect()),
        ("Axis", axis.collect()),
        ("Links", links.collect()),
        (ink::heading(legend.color_by), colors.collect()),
    ] {
        if samples.is_empty() {
            continue;
        }
        let style = Style::regular(font::SMALL);
        let run = shaper.shape(heading, Style::semibold(font::SMALL));
        items.push(text(run, corner.x, y + LINE / 2.0, theme.text_muted));
        let mut x = corner.x + HEADING;
        for (sample, label) in samples {
            let run: Arc<Run> = shaper.shape(label, style);
            let cell = SAMPLE + space::S + run.width_pt;
            if x + cell > corner.x + width && x > corner.x + HEADING {
                x = corner.x + HEADING;
                y += LINE;
            }
            paint_sample(&mut items, &sample, Point::new(x, y + LINE / 2.0), theme, shaper);
            items.push(text(run, x + SAMPLE + space::S, y + LINE / 2.0, theme.text));
            x += cell + space::L;
        }
        y += LINE;
    }
    (items, y - corner.y)
}

fn paint_sample(items: &mut Vec<Item>, sample: &Sample, at: Point, theme: &Theme, shaper: &mut Shaper) {
    let ground = theme.background;
    match sample {
        Sample::Flag(flag) => {
            flag::paint(*flag, Point::new(at.x + SAMPLE / 2.0, at.y), flag::color(*flag, theme), items)
        }
        Sample::Crowd(Crowding::Strip) => {
            items.push(density::sample(Point::new(at.x, at.y), SAMPLE, theme.no_lane_color(), theme));
        }
        Sample::Crowd(Crowding::Count) => {
            // Whatever number stood here, somebody would look for it in the picture.
            let run = shaper.shape("+n", Style::semibold(font::SMALL));
            let x = at.x + (SAMPLE - run.width_pt) / 2.0;
            items.push(text(run, x, at.y, theme.text_muted));
        }
        Sample::Axis(AxisMark::Fold) => items.extend(folds::sample(at, SAMPLE, theme)),
        Sample::Axis(AxisMark::Era) => items.extend(eras::sample(at, SAMPLE, theme)),
        Sample::Link(relation) => links::sample(*relation, at, SAMPLE, theme, items),
        Sample::Thread => links::sample_thread(at, SAMPLE, theme, items),
        Sample::Color(color) => {
            let rect = Rect::new(at.x, at.y - 5.5, at.x + SAMPLE, at.y + 5.5);
            items.push(Item::Rect { rect, radius: 3.0, fill: Some(*color), stroke: None });
        }
        Sample::Standing(..) | Sample::Telling(..) => {
            let look = match sample {
                Sample::Telling(telling, ink) => Look::of_telling(*telling, *ink, ground, theme),
                Sample::Standing(standing, ink) => Look::of(*standing, *ink, ground, theme),
                _ => return,
            };
            let bounds = (at.x, at.x + SAMPLE);
            let mut pen = Pen { items, bounds, ground };
            pen.piece(Piece::Day { x0: at.x, x1: at.x + 11.0 }, at.y, &look, false);
            let (x0, x1, left, right) = (at.x + 16.0, at.x + SAMPLE, End::Sharp, End::Sharp);
            pen.piece(Piece::Bar { x0, solid0: x0, solid1: x1, x1, left, right }, at.y, &look, false);
        }
        Sample::Form(form) => {
            let look = Look::of(Standing::Confirmed, theme.no_lane_color(), ground, theme);
            let is_approximate = matches!(form, DateForm::Approximate | DateForm::AboutWindow);
            let mut pen = Pen { items, bounds: (at.x - 64.0, at.x + SAMPLE), ground };
            for piece in form.sample(at.x) {
                pen.piece(piece, at.y, &look, is_approximate);
            }
            let cue = match form {
                DateForm::Approximate | DateForm::AboutWindow => Some((SAMPLE - 6.0, "≈")),
                DateForm::Uncertain | DateForm::UnknownEnd => Some((SAMPLE - 7.0, "?")),
                _ => None,
            };
            if let Some((x, cue)) = cue {
                let run = shaper.shape(cue, Style::semibold(font::SMALL));
                items.push(text(run, at.x + x, at.y, theme.text_muted));
            }
        }
    }
}

fn text(run: Arc<Run>, x: f64, middle: f64, color: Color) -> Item {
    let origin = Point::new(x, text_baseline(middle, run.style));
    Item::Text { run, origin, color }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_legend_wraps_and_nothing_sticks_out() {
        let theme = Theme::named(crate::theme::ThemeName::Light);
        let mut shaper = Shaper::new();
        let wide = legend(&Legend::complete(ColorBy::Reliability, &theme), &theme, 2000.0, &mut shaper);
        let narrow = legend(&Legend::complete(ColorBy::Reliability, &theme), &theme, 360.0, &mut shaper);
        assert!(narrow.size.height > wide.size.height);
        let frame = Rect::new(0.0, 0.0, narrow.size.width, narrow.size.height);
        for item in &narrow.items {
            if let Item::Text { run, origin, .. } = item {
                assert!(frame.contains(*origin) && origin.x + run.width_pt <= frame.x1, "{} sticks out", run.text);
            }
        }
    }
}
