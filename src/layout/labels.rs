//! Which labels of a row are shown, where, and with which of their parts.
//!
//! ```text
//!   ● △ Talks begin  24 Oct  +3       right of its mark: signs, title, date, how many more
//!   △ Talks end  9 Nov ● +3           left of it where the right has no room; the count stays right of the mark
//!   ▐△ Siege  Jun–Aug  +3      ▌      inside a body that holds it, with all of its parts
//! ```
//!
//! A label stands inside its mark where that is wide enough for all of it, else right of it, else left of it, whole if it can and
//! cut with an ellipsis if enough of it remains; it never touches another label or mark of its row. The marks have their
//! places already. Labels that the limit of the shaper does not allow are left out.
//!
//! Parts come in the order of what a picture would lie without: counts first, then titles, then signs, and dates in what is
//! left, so that no title is cut or left out for a date; last the words that a shortened title can do without. What belongs to a
//! title never stands apart from it: beside the body that holds the title, its date would be that of the next column. Where a body
//! is wide enough for the title alone, both stand beside it.

use std::sync::Arc;

use super::endings::longer_endings;
use super::taken::Taken;
use crate::text::{Run, Shaper, Style};
use crate::theme::{font, space};

/// A label that would like to be shown.
#[derive(Debug, Clone, Copy)]
pub struct LabelWish<'a> {
    /// The text.
    pub text: &'a str,
    /// What stands for a text that has no room: what is left of it without the words with which its neighbours begin.
    pub short: Option<&'a str>,
    /// How it is set.
    pub style: Style,
    /// Left and right end of its mark.
    pub mark: (f64, f64),
    /// Left and right end of the part of its mark that can hold it.
    pub inside: Option<(f64, f64)>,
    /// In there it would cover signs of the mark, so it rather stands beside it unless enough of these remain.
    pub covers: bool,
    /// The highest is served first; of two the one that comes first.
    pub priority: u32,
    /// The side on which it stood before the window was moved.
    pub kept: Option<LabelSide>,
    /// Width of what stands before the text.
    pub signs_pt: f64,
    /// Whether its date stands behind the text, where there is room.
    pub has_date: bool,
    /// Width of what stands behind all of that, or right of the mark; 0 where there is nothing.
    pub count_pt: f64,
}

impl LabelWish<'_> {
    /// Whether a part of it may have this room, told without setting it: in a crowded row most have none, and what is not set needs
    /// no frame for it.
    fn may_fit(&self, room_pt: f64) -> bool {
        let room_pt = room_pt - self.signs_pt;
        if room_pt >= LEAST_WIDTH || self.short.is_some() {
            return room_pt > 0.0;
        }
        // Less room has only what fits whole. Signs of other scripts, and those that nobody sees, may have no width.
        let least_pt = self.text.len() as f64 * LEAST_LETTER * self.style.size_pt;
        let is_plain = || self.text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        room_pt > 0.0 && (least_pt <= room_pt || !is_plain())
    }
}

/// Where a label stands relative to its mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum LabelSide {
    Inside,
    Right,
    Left,
}

/// A label with a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Position of its wish.
    pub wish: usize,
    /// Its left end, where its signs begin.
    pub x: f64,
    /// Where its text begins.
    pub text_x: f64,
    /// The text, possibly cut; empty where there is room for signs or a count alone.
    pub run: Arc<Run>,
    /// How much of the text it is.
    pub words: Words,
    /// Where the date begins.
    pub date: Option<(f64, Arc<Run>)>,
    /// Where the count begins.
    pub count_x: Option<f64>,
    /// Where it stands.
    pub side: LabelSide,
}

/// How much of its text a label says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// All of it.
    Whole,
    /// What stands for it where it has no room.
    Short,
    /// The beginning of either, or nothing.
    Cut,
}

impl Label {
    /// Whether the text is whole.
    pub fn is_whole(&self) -> bool {
        self.words == Words::Whole
    }

    /// The style of dates.
    pub const DATE: Style = Style::regular(font::SMALL);
    /// Between a title and its date.
    pub const DATE_GAP: f64 = 6.0;
    /// Between two labels: more than between two words.
    pub const GAP: f64 = space::M;

    /// From its signs to the end of its date.
    pub fn ends(&self) -> (f64, f64) {
        let of_text = self.text_x + self.run.width_pt;
        (self.x, self.date.as_ref().map_or(of_text, |(x, run)| x + run.width_pt))
    }
}

/// Less than this of a label is not worth showing: a word and the beginning of another.
const LEAST_WIDTH: f64 = 64.0;
/// Nor is less than this of what stands for it, whose beginning is cut off already.
const LEAST_SHORT: f64 = 96.0;
/// A body that has so much room is wide: what is cut is cut in there.
const WIDE: f64 = 96.0;
/// No letter or sign of ASCII is narrower, whatever stands beside it, in ems.
const LEAST_LETTER: f64 = 0.15;
/// No word is shorter than this.
const LEAST_WORD: f64 = 6.0;
/// No date is shorter than this.
const LEAST_DATE: f64 = 6.0;
/// The most of a label that lies over others.
const MOST_OVER: f64 = 280.0;
/// Room for cut labels is rounded down to this, so that fewer different cuts are shaped.
const CUT_STEP: f64 = 4.0;
/// How much of a body remains to show its signs beside a label that covers them.
pub const UNCOVERED: f64 = 64.0;
/// Between a mark and what stands right of it, and before a count.
const COUNT_GAP: f64 = space::XS;
/// Free ground left of signs that stand alone left of their mark.
const CLEAR: f64 = 32.0;
/// What is kept free around a label beside what is kept free around a mark.
const PAD: f64 = Label::GAP - space::S;
/// How much less a place is worth without the date, and one that is not right of the mark; a title is worth 16 at least.
const DATE_WORTH: f64 = 0.003;
/// How much what stands for a text is worth of it: two of three short ones are worth more than a whole one that costs both their room.
const SHORT_WORTH: f64 = 0.75;
const TURN_WORTH: f64 = 0.000_001;
/// How much more the side is worth on which a label stood: more than a date.
const KEPT_WORTH: f64 = 0.01;

/// Places the labels of one row between `bounds`. `marks` are all that they must not touch, their own marks included. The date of a
/// wish, by its position, is asked for once it is known that there may be room for it: in a crowded row most have none.
pub fn place_row(
    wishes: &[LabelWish<'_>],
    date: &dyn Fn(usize) -> Option<String>,
    marks: &[(f64, f64)],
    bounds: (f64, f64),
    shaper: &mut Shaper,
) -> Vec<Label> {
    let mut row = Row::of(wishes, marks, bounds);
    let wholes = row.each(&row.rooms(), |_, wish, room| {
        wish.may_fit(room.most()).then(|| shaper.try_shape(wish.text, wish.style)).flatten()
    });
    row.keep_for_counts(&wholes);
    // Nothing is put before all have chosen: until then the room around each mark stays what it is.
    let rooms = row.rooms();
    let shorts = row.each(&rooms, |_, wish, room| {
        let short = wish.short.filter(|_| room.most() > wish.signs_pt)?;
        shaper.try_shape(short, wish.style)
    });
    let dates = row.each(&rooms, |at, wish, room| {
        let whole = wholes.get(at)?.as_ref()?;
        let least_pt = shorts.get(at).and_then(Option::as_ref).map_or(whole.width_pt, |short| short.width_pt);
        (wish.has_date && wish.signs_pt + least_pt + Label::DATE_GAP + LEAST_DATE <= room.most())
            .then(|| date(at))
            .flatten()
            .and_then(|date| shaper.try_shape(&date, Label::DATE))
    });
    let sides = row.sides(&rooms, &Runs { wholes: &wholes, dates: &dates, shorts: &shorts });
    let mut turns: Vec<usize> = (0..wishes.len()).collect();
    turns.sort_by_key(|at| std::cmp::Reverse(wishes.get(*at).map_or(0, |wish| wish.priority)));
    for at in &turns {
        if let (Some(Some(chosen)), Some(Some(run))) = (sides.get(*at), wholes.get(*at))
            && !chosen.is_short
        {
            row.put(*at, chosen.side, Arc::clone(run), Words::Whole);
        }
    }
    for at in &turns {
        // Room only ever becomes less.
        let has_room = |room: &Room| room.most() - wishes.get(*at).map_or(0.0, |wish| wish.signs_pt) >= LEAST_WIDTH;
        let is_hopeless = shorts.get(*at).is_none_or(Option::is_none) && !rooms.get(*at).is_some_and(has_room);
        if !is_hopeless && !row.is_placed(*at) && wholes.get(*at).is_some_and(Option::is_some) {
            let short = shorts.get(*at).and_then(Option::as_ref);
            let chosen = sides.get(*at).copied().flatten().filter(|chosen| chosen.is_short);
            let is_put =
                short.zip(chosen).is_some_and(|(run, chosen)| row.put(*at, chosen.side, Arc::clone(run), Words::Short));
            if !is_put {
                row.put_cut(*at, short, shaper);
            }
        }
    }
    let nothing = shaper.shape("", Label::DATE);
    for at in &turns {
        if !row.is_placed(*at) {
            row.put_alone(*at, &nothing);
        }
    }
    // Those first for which sides were chosen.
    turns.sort_by_key(|at| !sides.get(*at).is_some_and(|side| side.is_some_and(|chosen| chosen.is_dated)));
    for at in &turns {
        if let Some(Some(date)) = dates.get(*at) {
            row.add_date(*at, date);
        }
    }
    for at in &turns {
        row.lengthen(*at, shaper);
    }
    row.labels.into_iter().flatten().collect()
}

/// The label of a mark in sight beside it, over whatever stands there: right of it, else left, cut where both are too short.
pub fn place_over(at: usize, wish: &LabelWish<'_>, bounds: (f64, f64), shaper: &mut Shaper) -> Option<Label> {
    let nothing = Taken::new(&[]);
    let room = Room::of(wish, Kept::Nothing, &nothing, bounds);
    let most = room.right.max(room.left).min(MOST_OVER) - wish.signs_pt;
    let run = shaper.shape_to_fit(wish.text, wish.style, most);
    if most < LEAST_WIDTH || run.width_pt > most {
        return None;
    }
    let is_right = wish.signs_pt + run.width_pt <= room.right;
    let side = if is_right { LabelSide::Right } else { LabelSide::Left };
    let words = if *run.text == *wish.text { Words::Whole } else { Words::Cut };
    Some(room.label(at, wish, side, run, words))
}

/// The labels of a row while they are placed.
struct Row<'a> {
    wishes: &'a [LabelWish<'a>],
    bounds: (f64, f64),
    taken: Taken,
    /// Of each wish the room that is kept for its count.
    counts: Vec<Kept>,
    labels: Vec<Option<Label>>,
}

impl<'a> Row<'a> {
    fn of(wishes: &'a [LabelWish<'a>], marks: &[(f64, f64)], bounds: (f64, f64)) -> Self {
        let counts = vec![Kept::Nothing; wishes.len()];
        Self { wishes, bounds, taken: Taken::new(marks), counts, labels: vec![None; wishes.len()] }
    }

    /// Keeps room for the counts: in the bodies that hold what they belong to, else right of their marks.
    fn keep_for_counts(&mut self, wholes: &[Option<Arc<Run>>]) {
        let kept = |(wish, whole): (&LabelWish<'_>, &Option<Arc<Run>>)| {
            let more = COUNT_GAP + wish.count_pt;
            if wish.count_pt <= 0.0 {
                return Kept::Nothing;
            }
            let room = Room::of(wish, Kept::Nothing, &self.taken, self.bounds);
            let x0 = wish.mark.1 + COUNT_GAP;
            let past = self.taken.next_after(wish.mark.1).map_or(self.bounds.1, |x| (x - COUNT_GAP).min(self.bounds.1));
            let has_right = self.bounds.0 <= x0 && x0 + wish.count_pt <= past;
            let spare = if wish.covers { UNCOVERED } else { 0.0 };
            let whole_pt = whole.as_ref().map_or(f64::INFINITY, |whole| wish.signs_pt + whole.width_pt);
            let is_whole_inside = whole_pt + more + spare <= room.inside_width();
            let is_whole_beside = has_right && (whole_pt + more <= room.right || whole_pt <= room.left);
            let has_inside = wish.signs_pt + LEAST_WIDTH + more <= room.inside_width();
            if is_whole_inside || has_inside && !is_whole_beside {
                Kept::Inside(more)
            } else if has_right {
                Kept::Right(more)
            } else {
                Kept::Nothing
            }
        };
        self.counts = self.wishes.iter().zip(wholes).map(kept).collect();
        for (wish, kept) in self.wishes.iter().zip(&self.counts) {
            if let Kept::Right(more) = kept {
                self.taken.add((wish.mark.1, wish.mark.1 + more));
            }
        }
    }

    /// What the count of a wish takes right of its mark.
    fn right_of_mark(&self, at: usize) -> f64 {
        self.counts.get(at).map_or(0.0, |kept| kept.right())
    }

    fn room(&self, at: usize) -> Option<(&'a LabelWish<'a>, Room)> {
        let (wish, count) = (self.wishes.get(at)?, *self.counts.get(at)?);
        Some((wish, Room::of(wish, count, &self.taken, self.bounds)))
    }

    /// The room around each mark as it is now.
    fn rooms(&self) -> Vec<Room> {
        let of = |(wish, count): (&LabelWish<'_>, &Kept)| Room::of(wish, *count, &self.taken, self.bounds);
        self.wishes.iter().zip(&self.counts).map(of).collect()
    }

    /// What each wish is given in view of the room around its mark.
    fn each<T>(
        &self,
        rooms: &[Room],
        mut given: impl FnMut(usize, &LabelWish<'a>, &Room) -> Option<T>,
    ) -> Vec<Option<T>> {
        (0..).zip(self.wishes).zip(rooms).map(|((at, wish), room)| given(at, wish, room)).collect()
    }

    fn is_placed(&self, at: usize) -> bool {
        self.labels.get(at).is_some_and(Option::is_some)
    }

    /// On which side each label stands, whole and whether with its date or shortened, so that as many do as can, the weightiest first. Of what
    /// is as good, what has more dates is better, and then what stands right. What stands for a text is worth less than the text, and
    /// more than nothing.
    ///
    /// Labels meet in the gap between two marks alone, where that of the left one goes right and that of the right one left. So
    /// the best choice is that of a shortest path along the row: by the side of the last label, the most that all up to it are
    /// worth (Viterbi). Marks that lie on each other leave no room in between, and whatever is still wrong then is noticed
    /// when labels are put.
    fn sides(&self, rooms: &[Room], runs: &Runs<'_>) -> Vec<Option<Chosen>> {
        let mut order: Vec<usize> = (0..self.wishes.len()).collect();
        let start = |at: &usize| self.wishes.get(*at).map_or(0.0, |wish| wish.mark.0);
        order.sort_by(|a, b| start(a).total_cmp(&start(b)));
        // The choices of all steps, one step behind the other, each with the worth of the best way to it, and which choice is before it
        // on that. In a crowded row most steps have but one.
        let mut ways: Vec<Way> = Vec::with_capacity(2 * order.len());
        let mut before = 0..0;
        for at in &order {
            let first = ways.len();
            let mut add = |choice: Choice| ways.push(Way { choice, worth: f64::NEG_INFINITY, before: 0 });
            match rooms.get(*at) {
                Some(room) => self.choices(*at, room, runs, &mut add),
                None => add(Choice::NONE),
            }
            let step = first..ways.len();
            let (done, new) = ways.split_at_mut(first);
            for way in new {
                (way.worth, way.before) = if first == 0 {
                    (way.choice.worth, 0)
                } else {
                    let fitting = before.clone().zip(done.get(before.clone()).unwrap_or_default());
                    let fitting = fitting.filter(|(_, other)| other.choice.to + Label::GAP <= way.choice.from);
                    let best = fitting.max_by(|a, b| a.1.worth.total_cmp(&b.1.worth).then(b.0.cmp(&a.0)));
                    best.map_or((f64::NEG_INFINITY, before.start), |(at, other)| (other.worth + way.choice.worth, at))
                };
            }
            before = step;
        }
        let mut sides = vec![None; self.wishes.len()];
        let last = before.clone().zip(ways.get(before).unwrap_or_default());
        let last = last.max_by(|a, b| a.1.worth.total_cmp(&b.1.worth).then(b.0.cmp(&a.0)));
        let mut on = last.map_or(0, |(at, _)| at);
        for at in order.iter().rev() {
            if let (Some(slot), Some(way)) = (sides.get_mut(*at), ways.get(on)) {
                *slot = way.choice.chosen;
                on = way.before;
            }
        }
        sides
    }

    /// Adds where a label can stand, whole or shortened, the best first, and last that it does not.
    fn choices(&self, at: usize, room: &Room, runs: &Runs<'_>, add: &mut dyn FnMut(Choice)) {
        let Some(wish) = self.wishes.get(at) else { return add(Choice::NONE) };
        let count = self.right_of_mark(at);
        // The count stands right of the mark, whatever becomes of the label.
        let to = if count > 0.0 { wish.mark.1 + count } else { f64::NEG_INFINITY };
        let without = Choice { to, ..Choice::NONE };
        let Some(Some(whole)) = runs.wholes.get(at) else { return add(without) };
        let width = wish.signs_pt + whole.width_pt;
        let date_pt = runs.dates.get(at).and_then(Option::as_ref).map(|date| date.width_pt);
        let with_date = date_pt.map(|date| width + Label::DATE_GAP + date);
        // A title is worth more than all dates of a row, and a date more than all that stand right rather than left.
        let worth = 16.0_f64.powi(1 + i32::try_from(wish.priority.min(7)).unwrap_or(7));
        let choice = |side: LabelSide, has_date: bool, less: f64| {
            let missing = if has_date || date_pt.is_none() { 0.0 } else { DATE_WORTH };
            let kept = if wish.kept == Some(side) { KEPT_WORTH } else { 0.0 };
            let chosen = Chosen { side, is_dated: has_date, is_short: false };
            Choice { chosen: Some(chosen), worth: worth + kept - missing - less, ..without }
        };
        let spare = if wish.covers { UNCOVERED } else { 0.0 };
        let inside = |less: f64| {
            let has_date = with_date.is_some_and(|width| width + spare <= room.inside_width());
            choice(LabelSide::Inside, has_date, less)
        };
        if width + spare <= room.inside_width() {
            add(inside(0.0));
            return add(without);
        }
        for (width, has_date) in with_date.map(|width| (width, true)).into_iter().chain([(width, false)]) {
            if width <= room.right {
                add(Choice { to: room.from + width + count, ..choice(LabelSide::Right, has_date, 0.0) });
            }
            if width <= room.left {
                add(Choice { from: room.until - width, ..choice(LabelSide::Left, has_date, TURN_WORTH) });
            }
        }
        if width <= room.inside_width() {
            add(inside(2.0 * TURN_WORTH));
        }
        if let Some(Some(short)) = runs.shorts.get(at) {
            let width = wish.signs_pt + short.width_pt;
            let with_date = date_pt.map(|date| (width + Label::DATE_GAP + date, true));
            for (width, has_date) in with_date.into_iter().chain([(width, false)]) {
                let shortened = |side: LabelSide, less: f64| {
                    let Choice { chosen, worth: of_side, .. } = choice(side, has_date, less);
                    let chosen = chosen.map(|chosen| Chosen { is_short: true, ..chosen });
                    Choice { chosen, worth: of_side - worth * (1.0 - SHORT_WORTH), ..without }
                };
                if width + spare <= room.inside_width() {
                    add(shortened(LabelSide::Inside, 0.0));
                }
                if width <= room.right {
                    add(Choice { to: room.from + width + count, ..shortened(LabelSide::Right, 0.0) });
                }
                if width <= room.left {
                    add(Choice { from: room.until - width, ..shortened(LabelSide::Left, TURN_WORTH) });
                }
            }
        }
        add(without);
    }

    /// Puts a text on a side of its mark, where it still has room there.
    fn put(&mut self, at: usize, side: LabelSide, run: Arc<Run>, words: Words) -> bool {
        let Some((wish, room)) = self.room(at) else { return false };
        if wish.signs_pt + run.width_pt > room.of_side(side) {
            return false;
        }
        let mut label = room.label(at, wish, side, run, words);
        let count = self.right_of_mark(at);
        let (from, to) = label.ends();
        let before_count = match self.counts.get(at) {
            None | Some(Kept::Nothing) => None,
            Some(Kept::Right(_)) if side == LabelSide::Left => Some(wish.mark.1),
            Some(Kept::Right(_) | Kept::Inside(_)) => Some(to),
        };
        label.count_x = before_count.map(|x| x + COUNT_GAP);
        match side {
            LabelSide::Inside => {}
            LabelSide::Right => self.taken.add((wish.mark.1, to + count + PAD)),
            LabelSide::Left => self.taken.add((from - PAD, wish.mark.0)),
        }
        if let Some(slot) = self.labels.get_mut(at) {
            *slot = Some(label);
        }
        true
    }

    /// Puts what stands for a text that has no room, or as much of it as has.
    fn put_cut(&mut self, at: usize, short: Option<&Arc<Run>>, shaper: &mut Shaper) {
        let Some((wish, room)) = self.room(at) else { return };
        if let Some(run) = short {
            let mut sides = [LabelSide::Inside, LabelSide::Right, LabelSide::Left];
            sides.rotate_left(usize::from(wish.covers));
            if sides.into_iter().any(|side| self.put(at, side, Arc::clone(run), Words::Short)) {
                return;
            }
        }
        let is_wide = room.inside_width() - wish.signs_pt >= WIDE && !wish.covers;
        let most = if is_wide { room.inside_width() } else { room.most() };
        let side = if is_wide || room.inside_width() >= most {
            LabelSide::Inside
        } else if let Some(kept) =
            wish.kept.filter(|kept| room.of_side(*kept) - wish.signs_pt >= LEAST_WIDTH + CUT_STEP)
        {
            kept
        } else if room.right >= room.left {
            LabelSide::Right
        } else {
            LabelSide::Left
        };
        let most = if side == LabelSide::Inside { most } else { room.of_side(side) };
        let cut = ((most - wish.signs_pt) / CUT_STEP).floor() * CUT_STEP;
        if cut < if wish.short.is_some() { LEAST_SHORT } else { LEAST_WIDTH } {
            return;
        }
        let text = wish.short.unwrap_or(wish.text);
        if let Some(run) = shaper.try_shape_to_fit(text, wish.style, cut).filter(|run| run.width_pt <= cut) {
            self.put(at, side, run, Words::Cut);
        }
    }

    /// Puts the signs and the count of a label that has no room beside its mark, where they have.
    fn put_alone(&mut self, at: usize, nothing: &Arc<Run>) {
        let Some(wish) = self.wishes.get(at) else { return };
        if wish.signs_pt <= 0.0 && wish.count_pt <= 0.0 {
            return;
        }
        // Left of the mark only where nobody takes them for those of the mark before it.
        let is_clear = self.room(at).is_some_and(|(wish, room)| room.left >= wish.signs_pt + CLEAR);
        let sides = [LabelSide::Right, LabelSide::Inside, LabelSide::Left];
        let mut sides = sides.into_iter().filter(|side| is_clear || *side != LabelSide::Left);
        if wish.signs_pt > 0.0 && sides.any(|side| self.put(at, side, Arc::clone(nothing), Words::Cut)) {
            return;
        }
        let (x, side) = match self.counts.get(at).zip(self.room(at)) {
            Some((Kept::Right(_), _)) => (wish.mark.1 + COUNT_GAP, LabelSide::Right),
            Some((Kept::Inside(_), (_, room))) => (room.inside.map_or(room.from, |(from, _)| from), LabelSide::Inside),
            _ => return,
        };
        if let Some(slot) = self.labels.get_mut(at) {
            let run = Arc::clone(nothing);
            // Without its signs.
            let words = Words::Cut;
            *slot = Some(Label { wish: at, x, text_x: x, run, words, date: None, count_x: Some(x), side });
        }
    }

    /// Adds its date to a label that is not cut, where nothing stands in the way.
    fn add_date(&mut self, at: usize, run: &Arc<Run>) {
        let Some(label) = self.labels.get(at).and_then(Option::as_ref).filter(|label| label.words != Words::Cut) else {
            return;
        };
        let more = Label::DATE_GAP + run.width_pt;
        if more <= self.spare(at, label) || label.side == LabelSide::Inside && self.put_outside(at, more) {
            self.widen(at, more, |label| {
                let (_, to) = label.ends();
                label.date = Some((to + Label::DATE_GAP, Arc::clone(run)));
            });
        }
    }

    /// Takes a label out of a body that is wide enough for its text alone, to where there is room left for so much more.
    fn put_outside(&mut self, at: usize, more: f64) -> bool {
        let Some((wish, room)) = self.room(at) else { return false };
        let Some(Some(Label { run, words, .. })) = self.labels.get(at) else { return false };
        let (run, words) = (Arc::clone(run), *words);
        let width = wish.signs_pt + run.width_pt + more;
        let side = [LabelSide::Right, LabelSide::Left].into_iter().find(|side| width <= room.of_side(*side));
        side.is_some_and(|side| self.put(at, side, run, words))
    }

    /// Gives a shortened label those of the words before it for which there is room.
    fn lengthen(&mut self, at: usize, shaper: &mut Shaper) {
        let Some((wish, label)) = self.wishes.get(at).zip(self.labels.get(at).and_then(Option::as_ref)) else { return };
        let Some(short) = wish.short.filter(|_| label.words == Words::Short) else { return };
        let width = label.run.width_pt;
        let spare = self.spare(at, label);
        if spare < LEAST_WORD {
            return;
        }
        let most = width + spare;
        // To ask how wide they are at most costs less than to set them.
        let fitting = longer_endings(wish.text, short).find(|longer| shaper.most_width_pt(longer, wish.style) <= most);
        let Some(run) = fitting.and_then(|longer| shaper.try_shape(&longer, wish.style)) else { return };
        if width < run.width_pt && run.width_pt <= most {
            self.widen(at, run.width_pt - width, |label| {
                if let Some((x, _)) = &mut label.date {
                    *x += run.width_pt - width;
                }
                label.run = run;
            });
        }
    }

    /// How much wider a label can be where it stands.
    fn spare(&self, at: usize, label: &Label) -> f64 {
        let (from, to) = label.ends();
        match label.side {
            LabelSide::Inside => {
                let Some((wish, room)) = self.room(at) else { return 0.0 };
                let spare = if wish.covers && to - from + UNCOVERED <= room.inside_width() { UNCOVERED } else { 0.0 };
                room.inside.map_or(0.0, |(_, past)| past - spare - to)
            }
            LabelSide::Right => {
                let end = to + self.right_of_mark(at);
                let past = self.taken.next_after(end + PAD);
                past.map_or(self.bounds.1, |x| (x - space::S).min(self.bounds.1)) - end
            }
            LabelSide::Left => {
                let first = self.taken.previous_before(from - PAD);
                from - first.map_or(self.bounds.0, |x| (x + space::S).max(self.bounds.0))
            }
        }
    }

    /// Lets a label reach further by so much, for what is changed of it.
    fn widen(&mut self, at: usize, more: f64, change: impl FnOnce(&mut Label)) {
        let count = self.right_of_mark(at);
        let Some(Some(label)) = self.labels.get_mut(at) else { return };
        let (from, to) = label.ends();
        let shift = if label.side == LabelSide::Left { -more } else { 0.0 };
        label.x += shift;
        label.text_x += shift;
        if let Some((x, _)) = &mut label.date {
            *x += shift;
        }
        change(label);
        match label.side {
            LabelSide::Inside => {}
            LabelSide::Right => self.taken.add((to + count, to + count + more + PAD)),
            LabelSide::Left => self.taken.add((from - more - PAD, from)),
        }
        if label.side != LabelSide::Left {
            label.count_x = label.count_x.map(|x| x + more);
        }
    }
}

/// The room that is kept for the count of a mark, with the gap before it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kept {
    /// It has no count, or there is no room for it.
    Nothing,
    /// Right of the mark.
    Right(f64),
    /// In the body, behind the label.
    Inside(f64),
}

impl Kept {
    /// What is kept right of the mark.
    const fn right(self) -> f64 {
        match self {
            Self::Right(more) => more,
            Self::Nothing | Self::Inside(_) => 0.0,
        }
    }
}

/// What labels of a row may say, by the position of the wish.
struct Runs<'a> {
    wholes: &'a [Option<Arc<Run>>],
    dates: &'a [Option<Arc<Run>>],
    shorts: &'a [Option<Arc<Run>>],
}

/// How a label is to stand.
#[derive(Debug, Clone, Copy)]
struct Chosen {
    side: LabelSide,
    is_dated: bool,
    is_short: bool,
}

/// A place for a label, or none.
#[derive(Debug, Clone, Copy)]
struct Choice {
    chosen: Option<Chosen>,
    worth: f64,
    /// Where what stands left of the mark begins; infinite where nothing does.
    from: f64,
    /// Where what stands right of the mark ends; minus infinity where nothing does.
    to: f64,
}

impl Choice {
    const NONE: Self = Self { chosen: None, worth: 0.0, from: f64::INFINITY, to: f64::NEG_INFINITY };
}

/// A choice with the best way to it along its row.
#[derive(Debug, Clone, Copy)]
struct Way {
    choice: Choice,
    /// What all labels up to it are worth.
    worth: f64,
    /// The position of the choice before it.
    before: usize,
}

/// The room around a mark.
#[derive(Debug, Clone, Copy)]
struct Room {
    /// Left and right end of the room inside the mark.
    inside: Option<(f64, f64)>,
    /// Where a label right of the mark begins.
    from: f64,
    /// Width free right of the mark, without its count.
    right: f64,
    /// Where a label left of the mark ends.
    until: f64,
    /// Width free left of the mark.
    left: f64,
}

impl Room {
    /// The room around a mark for a label with a count that has its room already: a label keeps to the side of its count.
    fn of(wish: &LabelWish<'_>, count: Kept, taken: &Taken, (left, right): (f64, f64)) -> Self {
        let inset = space::XS + 2.0;
        // What is out of sight has no label beside it.
        let is_in_sight = wish.mark.0 < right && left < wish.mark.1;
        let (is_inside, is_beside) = match count {
            Kept::Nothing => (true, true),
            Kept::Right(_) => (false, true),
            Kept::Inside(_) => (true, false),
        };
        let in_body = if let Kept::Inside(more) = count { more } else { 0.0 };
        let inside = wish.inside.filter(|_| is_in_sight && is_inside);
        let inside = inside.map(|(from, to)| (from.max(left) + inset, to.min(right) - inset - in_body));
        let count = count.right();
        let from = wish.mark.1 + space::XS;
        let until = wish.mark.0 - space::XS;
        let right_end = taken.next_after(wish.mark.1 + count).map_or(right, |x| (x - space::S).min(right));
        let left_end = taken.previous_before(wish.mark.0).map_or(left, |x| (x + space::S).max(left));
        let width = |room: f64| if is_in_sight && is_beside { room.max(0.0) } else { 0.0 };
        let right = if from < left { 0.0 } else { width(right_end - from - count) };
        Self { inside, from, right, until, left: width(until - left_end) }
    }

    fn inside_width(&self) -> f64 {
        self.inside.map_or(0.0, |(from, to)| to - from)
    }

    fn most(&self) -> f64 {
        self.inside_width().max(self.right).max(self.left)
    }

    fn of_side(&self, side: LabelSide) -> f64 {
        match side {
            LabelSide::Inside => self.inside_width(),
            LabelSide::Right => self.right,
            LabelSide::Left => self.left,
        }
    }

    fn label(&self, at: usize, wish: &LabelWish<'_>, side: LabelSide, run: Arc<Run>, words: Words) -> Label {
        let x = match side {
            LabelSide::Inside => self.inside.map_or(self.from, |(from, _)| from),
            LabelSide::Right => self.from,
            LabelSide::Left => self.until - wish.signs_pt - run.width_pt,
        };
        let text_x = x + wish.signs_pt;
        Label { wish: at, x, text_x, run, words, date: None, count_x: None, side }
    }
}

#[cfg(test)]
mod tests;
