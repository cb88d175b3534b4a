//! Labels of rows: which side, which parts, and that none touches another.

use proptest::prelude::*;

use super::*;

fn wish(text: &str, mark: (f64, f64), priority: u32) -> LabelWish<'_> {
    LabelWish {
        text,
        short: None,
        style: Style::regular(13.0),
        mark,
        inside: None,
        covers: false,
        priority,
        kept: None,
        signs_pt: 0.0,
        has_date: false,
        count_pt: 0.0,
    }
}

fn placed(wishes: &[LabelWish<'_>], bounds: (f64, f64)) -> Vec<Label> {
    let marks: Vec<_> = wishes.iter().map(|wish| wish.mark).collect();
    place_row(wishes, &|_| Some("24 Oct".to_owned()), &marks, bounds, &mut Shaper::new())
}

fn sides(wishes: &[LabelWish<'_>], bounds: (f64, f64)) -> Vec<(LabelSide, String)> {
    placed(wishes, bounds).into_iter().map(|label| (label.side, label.run.text.to_string())).collect()
}

#[test]
fn a_label_prefers_the_right_and_turns_left_at_the_edge() {
    let right = sides(&[wish("Signed", (100.0, 110.0), 3)], (0.0, 400.0));
    assert_eq!(right, [(LabelSide::Right, "Signed".to_owned())]);
    let left = sides(&[wish("Signed", (380.0, 390.0), 3)], (0.0, 400.0));
    assert_eq!(left, [(LabelSide::Left, "Signed".to_owned())]);
}

#[test]
fn a_label_keeps_its_side_as_long_as_it_has_room_there() {
    let kept = |x: f64, kept| {
        let wish = LabelWish { kept, has_date: true, ..wish("Signed", (x, x + 10.0), 3) };
        placed(&[wish], (0.0, 400.0)).remove(0).side
    };
    assert_eq!(kept(200.0, None), LabelSide::Right);
    for side in [LabelSide::Left, LabelSide::Right] {
        assert_eq!(kept(200.0, Some(side)), side);
    }
    // Not even for its date does it turn, and for its title it does.
    assert_eq!(kept(332.0, Some(LabelSide::Right)), LabelSide::Right);
    assert_eq!(kept(380.0, Some(LabelSide::Right)), LabelSide::Left);
    assert_eq!(kept(10.0, Some(LabelSide::Left)), LabelSide::Right);
}

#[test]
fn a_label_with_a_choice_leaves_the_gap_to_one_without() {
    let wishes = [wish("Resolution adopted", (200.0, 210.0), 3), wish("Mandate vetoed", (380.0, 390.0), 3)];
    let sides: Vec<_> = sides(&wishes, (0.0, 400.0)).into_iter().map(|label| label.0).collect();
    assert_eq!(sides, [LabelSide::Left, LabelSide::Left]);
}

#[test]
fn a_label_stays_right_where_another_gains_nothing_from_its_turning_left() {
    // Whichever way the first goes, the second has no room for all of its label.
    let long = "Mandate vetoed ".repeat(9);
    let wishes = [wish("Resolution adopted", (200.0, 210.0), 3), wish(&long, (380.0, 390.0), 3)];
    assert_eq!(sides(&wishes, (0.0, 400.0)).first().map(|label| label.0), Some(LabelSide::Right));
    // A turn to the left would take the room of what has no other.
    let wishes = [
        wish("Envoy recalled", (50.0, 60.0), 2),
        wish("Resolution adopted", (200.0, 210.0), 3),
        wish("Mandate vetoed", (480.0, 490.0), 3),
    ];
    let sides: Vec<_> = sides(&wishes, (40.0, 500.0)).into_iter().map(|label| label.0).collect();
    assert_eq!(sides, [LabelSide::Right, LabelSide::Right, LabelSide::Left]);
}

#[test]
fn the_weightier_label_stays_when_room_is_short() {
    let wishes = [wish("A light matter", (0.0, 10.0), 2), wish("A weighty matter", (130.0, 140.0), 5)];
    assert_eq!(sides(&wishes, (0.0, 144.0)), [(LabelSide::Left, "A weighty matter".to_owned())]);
}

#[test]
fn no_letter_is_narrower_than_is_taken_for_granted() {
    let mut shaper = Shaper::new();
    let ascii = || (b' '..=b'~').map(char::from);
    for style in [Style::regular(13.0), Style::semibold(13.0)] {
        for (a, b) in ascii().flat_map(|a| ascii().map(move |b| (a, b))) {
            let pairs: String = [a, b].repeat(4).into_iter().collect();
            let least = pairs.len() as f64 * LEAST_LETTER * style.size_pt;
            assert!(shaper.shape(&pairs, style).width_pt >= least, "{pairs:?}");
        }
    }
}

#[test]
fn a_mark_out_of_sight_has_no_label() {
    assert!(placed(&[wish("Signed", (401.0, 411.0), 3)], (0.0, 400.0)).is_empty());
}

#[test]
fn a_label_stands_inside_a_wide_body_and_is_cut_in_there() {
    let body = LabelWish { inside: Some((100.0, 260.0)), ..wish("The siege of the city", (100.0, 260.0), 3) };
    let whole = placed(&[body], (0.0, 600.0));
    assert!(whole[0].is_whole() && whole[0].side == LabelSide::Inside);
    let text = "The siege of the city and of the harbour, from both sides of the river";
    let long = LabelWish { text, ..body };
    let cut = placed(&[long, wish("Relief", (440.0, 450.0), 3)], (0.0, 600.0));
    assert!(cut[0].side == LabelSide::Inside && cut[0].run.text.ends_with('…'), "{:?}", cut[0]);
    // Signs that the label would cover stay in sight, unless it has no room elsewhere.
    let crossed = LabelWish { covers: true, ..body };
    assert_eq!(placed(&[crossed], (0.0, 600.0))[0].side, LabelSide::Right);
    let filling = LabelWish { inside: Some((-50.0, 700.0)), mark: (-50.0, 700.0), ..crossed };
    assert_eq!(placed(&[filling], (0.0, 600.0))[0].side, LabelSide::Inside);
    let alone = LabelWish { inside: Some((-50.0, 200.0)), mark: (-50.0, 200.0), ..crossed };
    assert_eq!(placed(&[alone], (0.0, 190.0))[0].side, LabelSide::Inside);
}

#[test]
fn a_label_wider_than_its_body_is_whole_beside_it_or_cut_in_there() {
    let title = "Siege of the northern harbour goes on";
    let width = Shaper::new().width_pt(title, Style::regular(13.0));
    for body in (120..300).step_by(12) {
        for gap in (0..300).step_by(12) {
            let (x0, x1) = (40.0, 40.0 + f64::from(body));
            // What stands in its row begins so far behind it, and nothing has room left of it.
            let other = wish("", (x1 + f64::from(gap), x1 + f64::from(gap) + 10.0), 3);
            let own = LabelWish { inside: Some((x0, x1)), ..wish(title, (x0, x1), 3) };
            let label = placed(&[own, other], (30.0, 900.0)).into_iter().find(|label| label.wish == 0).unwrap();
            let fits_inside = width + 2.0 * (space::XS + 2.0) <= x1 - x0;
            let fits_beside = width + space::XS + space::S <= f64::from(gap);
            let side = if fits_inside || !fits_beside { LabelSide::Inside } else { LabelSide::Right };
            assert_eq!(
                (label.side, label.is_whole()),
                (side, fits_inside || fits_beside),
                "{body} wide, {gap} beside it"
            );
        }
    }
}

#[test]
fn a_count_stands_behind_the_label_and_is_never_cut() {
    let counted = |x: f64| LabelWish { count_pt: 20.0, ..wish("Signed", (x, x + 10.0), 3) };
    let right = placed(&[counted(100.0)], (0.0, 400.0)).remove(0);
    assert_eq!(right.count_x, Some(right.ends().1 + COUNT_GAP));
    let left = placed(&[counted(350.0)], (0.0, 400.0)).remove(0);
    assert_eq!((left.side, left.count_x), (LabelSide::Left, Some(360.0 + COUNT_GAP)));
    assert_eq!(placed(&[counted(380.0)], (0.0, 400.0)).remove(0).count_x, None);
}

#[test]
fn what_neighbours_begin_with_is_left_out_only_where_there_is_no_room_for_it() {
    let wish = LabelWish { short: Some("… Fox News"), ..wish("Interview on Fox News", (0.0, 10.0), 3) };
    assert_eq!(&*placed(&[wish], (0.0, 400.0))[0].run.text, wish.text);
    assert_eq!(&*placed(&[wish], (0.0, 110.0))[0].run.text, "… Fox News");
    assert_eq!(placed(&[wish], (0.0, 76.0)), [], "\"… F…\" says nothing");
}

#[test]
fn a_shortened_title_has_its_date_and_those_words_for_which_there_is_room() {
    let text = "Minister announces the transfer of a further quantity of tanks to the border";
    let short = "… tanks to the border";
    let wish = LabelWish { short: Some(short), has_date: true, ..wish(text, (0.0, 10.0), 3) };
    let said = |right: f64| {
        let label = placed(&[wish], (0.0, right)).remove(0);
        assert!(label.ends().1 <= right, "{label:?}");
        (label.run.text.to_string(), label.date.is_some())
    };
    let mut shaper = Shaper::new();
    let width = |text: &str, shaper: &mut Shaper| 14.0 + shaper.width_pt(text, wish.style);
    let date = Label::DATE_GAP + shaper.width_pt("24 Oct", Label::DATE);
    let narrow = width(short, &mut shaper);
    assert_eq!(said(narrow + 1.0), (short.to_owned(), false));
    assert_eq!(said(narrow + date + 1.0), (short.to_owned(), true));
    let longer = "… further quantity of tanks to the border";
    let most = 14.0 + shaper.most_width_pt(longer, wish.style);
    assert_eq!(said(most + date + 1.0), (longer.to_owned(), true));
    assert_eq!(said(width(text, &mut shaper) + date + 1.0), (text.to_owned(), true));
}

#[test]
fn what_is_cut_to_less_than_a_word_gives_way_to_its_signs() {
    let wish = LabelWish { signs_pt: 14.0, ..wish("Counteroffensive begins", (0.0, 10.0), 3) };
    for (right, is_cut) in [(80.0, false), (120.0, true)] {
        let label = placed(&[wish], (0.0, right)).remove(0);
        assert_eq!(label.run.text.ends_with('…'), is_cut, "{label:?}");
        assert_eq!(label.run.text.is_empty(), !is_cut, "{label:?}");
    }
}

#[test]
fn a_date_stands_behind_the_title_on_either_side() {
    let dated = |x: f64| LabelWish { has_date: true, ..wish("Signed", (x, x + 10.0), 3) };
    for (x, side) in [(100.0, LabelSide::Right), (380.0, LabelSide::Left)] {
        let label = placed(&[dated(x)], (0.0, 400.0)).remove(0);
        let (date_x, date) = label.date.clone().unwrap();
        assert_eq!((&*date.text, label.side), ("24 Oct", side));
        assert!((date_x - label.text_x - label.run.width_pt - Label::DATE_GAP).abs() < 1e-9);
        assert!(label.ends().1 <= if side == LabelSide::Left { x - space::XS + 1e-9 } else { 400.0 });
    }
    assert_eq!(placed(&[dated(100.0)], (90.0, 170.0))[0].date, None, "no room");
    let turned = placed(&[dated(100.0)], (0.0, 170.0)).remove(0);
    assert!(turned.side == LabelSide::Left && turned.date.is_some(), "left is better than none");
    let inside = LabelWish { inside: Some((100.0, 160.0)), mark: (100.0, 160.0), ..dated(0.0) };
    let beside = placed(&[inside], (0.0, 400.0)).remove(0);
    assert!(beside.side == LabelSide::Right && beside.date.is_some(), "both stand beside a body without room for both");
    let inside = placed(&[inside, dated(250.0)], (90.0, 400.0)).remove(0);
    assert_eq!(
        (inside.side, inside.date),
        (LabelSide::Inside, None),
        "beside the body it would be that of another day"
    );
}

#[test]
fn what_belongs_to_a_title_in_a_body_stands_in_there_too() {
    let body = |width: f64| LabelWish {
        inside: Some((100.0, 100.0 + width)),
        count_pt: 20.0,
        has_date: true,
        ..wish("Signed", (100.0, 100.0 + width), 3)
    };
    let wide = placed(&[body(200.0)], (0.0, 600.0)).remove(0);
    let (date_x, date) = wide.date.clone().unwrap();
    assert_eq!((wide.side, wide.count_x), (LabelSide::Inside, Some(date_x + date.width_pt + COUNT_GAP)));
    // Without room for all of it in there, all of it stands beside.
    let narrow = placed(&[body(60.0)], (0.0, 600.0)).remove(0);
    assert!(narrow.side == LabelSide::Right && narrow.date.is_some() && narrow.count_x > Some(160.0), "{narrow:?}");
    // A title is cut in there before its count stands in the next column.
    let text = "Signed by all of the parties at the table";
    let long = LabelWish { text, ..body(140.0) };
    let cut = placed(&[long, wish("Relief", (250.0, 260.0), 3)], (0.0, 400.0)).remove(0);
    assert!(cut.side == LabelSide::Inside && !cut.is_whole() && cut.date.is_none(), "{cut:?}");
    assert!(cut.count_x.is_some_and(|x| x + 20.0 <= 240.0), "{cut:?}");
}

/// What a row holds, made of numbers: marks that do not touch, with labels that want this and that.
fn any_row() -> impl Strategy<Value = Vec<(f64, f64, String, u32, u8)>> {
    prop::collection::vec((0.0_f64..90.0, 5.0_f64..200.0, "[a-z ]{1,40}", 1_u32..6, any::<u8>()), 0..24)
}

fn row<'a>(row: &'a [(f64, f64, String, u32, u8)], has_dates: bool) -> Vec<LabelWish<'a>> {
    let mut x = -60.0;
    let of = |(gap, width, text, priority, parts): &'a (f64, f64, String, u32, u8)| {
        let mark = (x + gap, x + gap + width);
        x = mark.1;
        LabelWish {
            inside: (parts & 1 > 0).then_some(mark),
            covers: parts & 2 > 0,
            signs_pt: if parts & 4 > 0 { 13.0 } else { 0.0 },
            count_pt: if parts & 8 > 0 { 20.0 } else { 0.0 },
            short: (parts & 16 > 0).then(|| text.get(text.len() / 2..).unwrap_or(text)),
            has_date: has_dates,
            ..wish(text, mark, *priority)
        }
    };
    row.iter().map(of).collect()
}

proptest! {
    #[test]
    fn labels_touch_neither_each_other_nor_a_mark(own in any_row(), right in 50.0_f64..1200.0) {
        let wishes = row(&own, true);
        let bounds = (0.0, right);
        let labels = placed(&wishes, bounds);
        // Each part, with the mark in which it may stand.
        let mut parts: Vec<((f64, f64), Option<usize>)> = Vec::new();
        for label in &labels {
            let is_inside = label.side == LabelSide::Inside;
            if label.ends().0 < label.ends().1 {
                parts.push((label.ends(), is_inside.then_some(label.wish)));
            }
            let count = wishes[label.wish].count_pt;
            parts.extend(label.count_x.map(|x| ((x, x + count), is_inside.then_some(label.wish))));
        }
        for (n, (a, within)) in parts.iter().enumerate() {
            prop_assert!(bounds.0 <= a.0 && a.1 <= bounds.1 + 1e-9, "{a:?} is cut off");
            for (b, _) in parts.iter().skip(n + 1) {
                let gap = (b.0 - a.1).max(a.0 - b.1);
                prop_assert!(gap >= COUNT_GAP - 1e-9, "{a:?} and {b:?} are {gap} apart");
            }
            for (at, wish) in wishes.iter().enumerate().filter(|(at, _)| Some(*at) != *within) {
                let b = wish.mark;
                prop_assert!(a.1 <= b.0 || b.1 <= a.0, "{a:?} touches the mark {b:?} of {at}");
            }
        }
        for (n, a) in labels.iter().enumerate() {
            for b in labels.iter().skip(n + 1).filter(|b| !a.run.text.is_empty() && !b.run.text.is_empty()) {
                let gap = (b.ends().0 - a.ends().1).max(a.ends().0 - b.ends().1);
                prop_assert!(gap >= Label::GAP - 1e-9, "{a:?} and {b:?} are read as one");
            }
        }
    }

    #[test]
    fn no_title_is_cut_or_left_out_for_a_date(own in any_row(), right in 50.0_f64..1200.0) {
        let whole = |has_dates: bool| -> Vec<u32> {
            let wishes = row(&own, has_dates);
            let labels = placed(&wishes, (0.0, right));
            let mut whole: Vec<u32> =
                labels.iter().filter(|label| label.is_whole()).map(|label| wishes[label.wish].priority).collect();
            whole.sort_unstable();
            whole
        };
        prop_assert_eq!(whole(true), whole(false));
    }

    #[test]
    fn nothing_is_cut_or_turns_left_while_there_is_room_right_of_it(own in any_row(), right in 50.0_f64..1200.0) {
        let wishes = row(&own, false);
        let labels = placed(&wishes, (0.0, right));
        for label in labels.iter().filter(|label| label.side == LabelSide::Left && label.is_whole()) {
            // Only what stands there now, or another label that needs the room, keeps it from the right.
            let mark = wishes[label.wish].mark;
            let next = wishes.iter().map(|wish| wish.mark.0).filter(|x| *x >= mark.1).fold(right, f64::min);
            let fits = mark.1 + space::XS + wishes[label.wish].signs_pt + label.run.width_pt + 24.0 <= next - space::S;
            let has_neighbour = labels.iter().any(|other| other.side == LabelSide::Left && other.x > mark.1 && other.x < next);
            prop_assert!(!fits || has_neighbour, "{label:?}");
        }
    }
}
