//! Which columns the table has, in which order and how wide: a choice that is kept from one start to the next.

use egui::Rangef;
use serde::{Deserialize, Serialize};

use super::column::{ALL, Column, FIRST};
use crate::model::Text;

/// The least width that a column can be given, in points.
const LEAST_PT: f32 = 40.0;

/// The most.
const MOST_PT: f32 = 1_600.0;

/// The columns of the table from left to right.
///
/// Invariant: there is at least one, and none twice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<Kept>", into = "Vec<Kept>")]
pub struct TableColumns(Vec<Chosen>);

/// A column that was chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// What it shows.
    pub column: Column,
    /// How wide it was made, in points; none where it is as wide as there is room.
    pub width_pt: Option<f32>,
}

/// A column as it is kept: under its name, so that one of a later version is passed over.
type Kept = (String, Option<f32>);

impl From<Vec<Kept>> for TableColumns {
    fn from(kept: Vec<Kept>) -> Self {
        let mut columns: Vec<Chosen> = Vec::new();
        for (name, width_pt) in kept {
            let Some(column) = Column::named(&name) else { continue };
            if columns.iter().all(|known| known.column != column) {
                let width_pt = width_pt.filter(|width| width.is_finite()).map(|width| width.clamp(LEAST_PT, MOST_PT));
                columns.push(Chosen { column, width_pt });
            }
        }
        if columns.is_empty() { Self::default() } else { Self(columns) }
    }
}

impl From<TableColumns> for Vec<Kept> {
    fn from(columns: TableColumns) -> Self {
        columns.0.into_iter().map(|chosen| (chosen.column.name().into_owned(), chosen.width_pt)).collect()
    }
}

impl Default for TableColumns {
    fn default() -> Self {
        Self(FIRST.into_iter().map(|column| Chosen { column, width_pt: None }).collect())
    }
}

impl TableColumns {
    /// The columns that are shown of a timeline with these fields of the user's own: others that were chosen wait for
    /// theirs. Where no one knows yet which fields it has, all that were chosen.
    pub fn shown(&self, own: Option<&[Text]>) -> Vec<Chosen> {
        let is_there = |chosen: &&Chosen| match &chosen.column {
            Column::Own(name) => own.is_none_or(|own| own.contains(name)),
            _ => true,
        };
        let shown: Vec<Chosen> = self.0.iter().filter(is_there).cloned().collect();
        // A table of nothing but fields that are not here would have no column.
        if shown.is_empty() { Self::default().0 } else { shown }
    }

    /// Whether a column was chosen.
    pub fn has(&self, column: &Column) -> bool {
        self.0.iter().any(|chosen| chosen.column == *column)
    }

    /// Shows a column, at the end, or hides it. The last one stays.
    pub fn toggle(&mut self, column: &Column) {
        if !self.has(column) {
            self.0.push(Chosen { column: column.clone(), width_pt: None });
        } else if self.0.len() > 1 {
            self.0.retain(|chosen| chosen.column != *column);
        }
    }

    /// Makes a column so wide, in points; as wide as there is room where no width is given.
    pub fn set_width(&mut self, column: &Column, width_pt: Option<f32>) {
        if let Some(chosen) = self.0.iter_mut().find(|chosen| chosen.column == *column) {
            chosen.width_pt = width_pt.map(|width| width.clamp(LEAST_PT, MOST_PT));
        }
    }

    /// Moves a column before another, or to the end.
    pub fn move_before(&mut self, column: &Column, before: Option<&Column>) {
        let Some(from) = self.0.iter().position(|chosen| chosen.column == *column) else { return };
        if before == Some(column) {
            return;
        }
        let moved = self.0.remove(from);
        let to = before.and_then(|before| self.0.iter().position(|chosen| chosen.column == *before));
        self.0.insert(to.unwrap_or(self.0.len()), moved);
    }

    /// Every column that can be chosen: those of all timelines, then the fields of the user's own of this one.
    pub fn choices(own: Option<&[Text]>) -> impl Iterator<Item = Column> {
        ALL.into_iter().chain(own.unwrap_or_default().iter().cloned().map(Column::Own))
    }
}

/// The most of a date that is kept whole where the table is scrolled sideways, in points.
const WHOLE_DATE_PT: f32 = 184.0;

/// What a column whose width nobody has set has of the room.
struct Share {
    width_pt: f32,
    least_pt: f32,
    /// What its texts need, in points; 0 where nobody knows.
    need_pt: f32,
    share: f32,
    is_time: bool,
}

/// Where columns stand from left to right, in points from the left edge of the first, in so much room. `needs_pt` is what the texts
/// of each column need.
///
/// Those whose width nobody has set share what the others leave: first dates have what they need and all others what is usual, then
/// these too what their texts need, little needs before great ones, and what is over goes to those that can use it. Where there is too little
/// they give way as far as each can, the most where most is to spare: first what no text needs, then texts but for dates. Where that is not
/// enough either, the table is wider than its room.
pub fn edges(columns: &[Chosen], needs_pt: &[f32], room_pt: f32) -> Vec<Rangef> {
    let needs = needs_pt.iter().copied().chain(std::iter::repeat(0.0));
    let auto = columns.iter().zip(needs).filter(|(chosen, _)| chosen.width_pt.is_none());
    let mut shares: Vec<Share> = auto
        .map(|(Chosen { column, .. }, need_pt)| {
            let room = column.room();
            let is_time = column.is_time();
            let width_pt = if is_time { room.usual_pt.max(need_pt) } else { room.usual_pt };
            // A column of short texts needs no more than these, and half a date says another one.
            let least_pt = match (need_pt > 0.0, is_time) {
                (false, _) => room.least_pt,
                (true, false) => room.least_pt.min(need_pt),
                (true, true) => room.least_pt.max(need_pt.min(WHOLE_DATE_PT)),
            };
            Share { width_pt, least_pt, need_pt, share: room.share, is_time }
        })
        .collect();
    let set: f32 = columns.iter().filter_map(|chosen| chosen.width_pt).sum();
    let spare = room_pt - set - shares.iter().map(|share| share.width_pt).sum::<f32>();
    if spare >= 0.0 {
        widen(&mut shares, spare)
    } else {
        narrow(&mut shares, -spare)
    }
    let mut widths = shares.iter().map(|share| share.width_pt);
    let mut left = 0.0;
    let edge = |chosen: &Chosen| {
        let right = left + chosen.width_pt.or_else(|| widths.next()).unwrap_or_default();
        Rangef::new(std::mem::replace(&mut left, right), right)
    };
    columns.iter().map(edge).collect()
}

/// Hands out what there is more than is usual.
fn widen(shares: &mut [Share], mut spare: f32) {
    let mut needy: Vec<&mut Share> = shares.iter_mut().filter(|share| share.need_pt > share.width_pt).collect();
    let missing = |share: &Share| share.need_pt - share.width_pt;
    needy.sort_by(|a, b| missing(a).total_cmp(&missing(b)));
    let mut others = needy.len() as f32;
    for share in needy {
        let given = missing(share).min(spare / others);
        share.width_pt += given;
        (spare, others) = (spare - given, others - 1.0);
    }
    let all: f32 = shares.iter().map(|share| share.share).sum();
    if all > 0.0 {
        shares.iter_mut().for_each(|share| share.width_pt += spare * share.share / all);
    }
}

/// Takes what is missing.
fn narrow(shares: &mut [Share], mut missing: f32) {
    let needed = |share: &Share| share.need_pt.max(share.least_pt);
    let floors: [&dyn Fn(&Share) -> f32; 3] =
        [&needed, &|share| if share.is_time { needed(share) } else { share.least_pt }, &|share| share.least_pt];
    for floor in floors {
        let slack = |share: &Share| (share.width_pt - floor(share)).max(0.0);
        let all: f32 = shares.iter().map(slack).sum();
        let taken = missing.min(all);
        if taken > 0.0 {
            shares.iter_mut().for_each(|share| share.width_pt -= slack(share) * taken / all);
            missing -= taken;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventField;

    const TITLE: Column = Column::Field(EventField::Title);
    const LANE: Column = Column::Field(EventField::Lane);

    fn names(columns: &TableColumns) -> String {
        Vec::<Kept>::from(columns.clone()).into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn columns_fill_the_room_until_each_has_its_least() {
        let columns = TableColumns::default().shown(None);
        let least: f32 = columns.iter().map(|chosen| chosen.column.room().least_pt).sum();
        for room in [240.0_f32, 600.0, 700.0, 1_600.0, 3_800.0] {
            let edges = edges(&columns, &[], room);
            let (last, title) = (edges.last().unwrap().max, edges[1].span());
            assert!((last - room.max(least)).abs() < 0.1, "{room}: {last}");
            assert!(edges.windows(2).all(|pair| pair[0].max == pair[1].min && pair[1].span() >= 80.0), "{room}");
            assert!(title >= 200.0 && (room < 1_600.0 || title > 0.3 * room), "{room}: {title}");
        }
    }

    #[test]
    fn a_width_that_was_set_stays_and_the_others_take_the_rest() {
        let mut columns = TableColumns::default();
        columns.set_width(&TITLE, Some(400.0));
        columns.set_width(&LANE, Some(1.0));
        let edges = edges(&columns.shown(None), &[], 1_000.0);
        assert_eq!((edges[1].span(), edges[2].span()), (400.0, LEAST_PT));
        assert!((edges[4].max - 1_000.0).abs() < 0.1);
    }

    #[test]
    fn a_date_is_not_cut_while_others_have_room_to_spare() {
        let columns = TableColumns::default().shown(None);
        let spans = |needs: [f32; 5], room| -> Vec<f32> {
            edges(&columns, &needs, room).iter().map(|edge| edge.span()).collect()
        };
        // Date, title, lane, standing, sources.
        let wide = spans([200.0, 300.0, 150.0, 60.0, 200.0], 1_100.0);
        assert!(wide[0] == 200.0 && wide[1] >= 300.0 && wide[2] >= 150.0 && wide[4] >= 200.0, "{wide:?}");
        let crowded = spans([200.0, 360.0, 120.0, 60.0, 360.0], 800.0);
        assert!(crowded[0] == 200.0 && (crowded.iter().sum::<f32>() - 800.0).abs() < 0.1, "{crowded:?}");
        assert!(crowded[2] > 100.0, "little needs come first: {crowded:?}");
        let narrow = spans([130.0, 360.0, 120.0, 60.0, 100.0], 600.0);
        assert!(narrow[0] >= 130.0 && (narrow.iter().sum::<f32>() - 600.0).abs() < 0.1, "{narrow:?}");
        let least = spans([200.0, 360.0, 120.0, 60.0, 360.0], 300.0);
        assert!(
            least.iter().zip([184.0, 200.0, 80.0, 60.0, 96.0]).all(|(own, wanted)| (own - wanted).abs() < 0.1),
            "{least:?}"
        );
        let short = spans([130.0, 360.0, 44.0, 60.0, 100.0], 500.0);
        assert!(short[0] == 130.0 && (short[2] - 44.0).abs() < 0.1, "an empty column gives way to a date: {short:?}");
    }

    #[test]
    fn columns_are_shown_hidden_and_moved() {
        let mut columns = TableColumns::default();
        columns.toggle(&Column::Field(EventField::Tags));
        columns.move_before(&Column::Field(EventField::Tags), Some(&TITLE));
        columns.move_before(&LANE, None);
        columns.move_before(&TITLE, Some(&TITLE));
        assert_eq!(names(&columns), "date tags title standing sources lane");
        for column in columns.shown(None) {
            columns.toggle(&column.column);
        }
        assert_eq!(names(&columns), "lane", "the last one stays");
    }

    #[test]
    fn a_choice_is_kept_and_what_nobody_knows_is_passed_over() {
        let mut columns = TableColumns::default();
        columns.toggle(&Column::Own("Casualties".into()));
        columns.set_width(&TITLE, Some(321.0));
        let text = ron::to_string(&columns).unwrap();
        assert_eq!(ron::from_str::<TableColumns>(&text).unwrap(), columns);
        let kept = r#"[("lane", None), ("of a later version", None), ("lane", Some(9.0)), ("title", Some(1e9))]"#;
        let read: TableColumns = ron::from_str(kept).unwrap();
        assert_eq!(Vec::<Kept>::from(read), [("lane".into(), None), ("title".into(), Some(MOST_PT))]);
        assert_eq!(ron::from_str::<TableColumns>("[]").unwrap(), TableColumns::default());
    }

    #[test]
    fn fields_of_ones_own_are_shown_where_there_are_any() {
        let own: [Text; 1] = ["Casualties".into()];
        let mut columns = TableColumns::default();
        columns.toggle(&Column::Own(own[0].clone()));
        assert_eq!(columns.shown(Some(&own)).len(), 6);
        assert_eq!((columns.shown(Some(&[])).len(), columns.shown(None).len()), (5, 6));
        assert_eq!(TableColumns::choices(Some(&own)).last(), Some(Column::Own(own[0].clone())));
    }
}
