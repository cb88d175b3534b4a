//! Rows, bands and extents: what stays where while the window moves, and that an edit leaves no trace but in rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;

use super::follow::Limits;
use super::line::Line;
use super::pile::Pile;
use super::*;
use crate::edit::{Edit, LaneEvents, apply, moved_record, remove_lane};
use crate::model::{Citation, Event, EventField, Header, Judgment, Key, Lane, Likelihood, Record, Text};
use crate::query::Matches;
use crate::time::Date;

mod grouping;
mod sight;

fn timeline(events: &[(&str, Option<&str>)]) -> Timeline {
    let lane = |id: &str| Lane { id: id.into(), title: id.to_uppercase().into(), color: None, note: None };
    let events = events
        .iter()
        .enumerate()
        .map(|(at, (date, lane))| {
            let mut event = Event::undated(format!("e{at}"), format!("Event {at}"));
            event.date = (!date.is_empty()).then(|| Date::parse(date).expect(date));
            event.lane = lane.map(Into::into);
            event
        })
        .collect();
    let header = Header::new("T");
    Timeline::from_records(header, vec![lane("a"), lane("b")], vec![], events, vec![], vec![])
}

#[test]
fn events_without_a_known_lane_go_into_a_last_band() {
    let index = Index::build(&timeline(&[("2024", Some("b")), ("2024", None), ("2024", Some("gone"))]), Zone::UTC);
    let titles: Vec<_> = index.bands().iter().map(|band| band.title.as_str()).collect();
    assert_eq!(titles, ["A", "B", ""]);
    let bands: Vec<_> = (0..3).map(|at| index.spot(at).map(|spot| spot.band)).collect();
    assert_eq!(bands, [Some(1), Some(2), Some(2)]);
}

#[test]
fn every_lane_has_a_band_and_an_empty_timeline_has_one() {
    assert_eq!(Index::build(&timeline(&[]), Zone::UTC).bands().len(), 2);
    let empty = Index::build(&Timeline::empty("T"), Zone::UTC);
    assert_eq!((empty.bands().len(), empty.extent()), (1, None));
}

#[test]
fn a_window_holds_what_touches_it() {
    let timeline = timeline(&[("2000/2030", None), ("2010-01-01", None), ("2020-01-01", None), ("2025/..", None)]);
    let index = Index::build(&timeline, Zone::UTC);
    let year = |year| Instant::from_day(crate::time::CivilDay::new(year, 1, 1)).expect("on the axis");
    let within = |from, to| -> Vec<u32> {
        let mut found: Vec<u32> = index.touching(None, year(from), year(to)).map(|seen| seen.event).collect();
        assert_eq!(index.is_touched(None, year(from), year(to)), !found.is_empty());
        found.sort_unstable();
        found
    };
    assert_eq!(within(2005, 2015), [0, 1]);
    assert_eq!(within(2012, 2019), [0]);
    assert_eq!(within(1990, 1999), [0_u32; 0]);
    assert_eq!(within(2100, 2110), [3]);
}

#[test]
fn open_sides_do_not_stretch_the_extent() {
    let index = Index::build(&timeline(&[("2000-01-01", None), ("2010-06-01/..", None)]), Zone::UTC);
    let (start, end) = index.extent().expect("dated");
    assert_eq!((start.day().year, end.day().year), (2000, 2010));
}

#[test]
fn events_come_in_time_order() {
    let index = Index::build(&timeline(&[("2024-10", None), ("1961", None), ("2024-10-01", None)]), Zone::UTC);
    assert_eq!(index.order().collect::<Vec<_>>(), [1, 2, 0]);
}

#[test]
fn what_has_no_date_is_last_and_takes_no_room() {
    let dated = [("2024-10", None), ("../2019", Some("a")), ("Y-17E7", None), ("Y170000002", Some("a"))];
    let all = [("", None), dated[0], ("", Some("gone")), dated[1], dated[2], dated[3], ("", Some("b"))];
    let index = Index::build(&timeline(&all), Zone::UTC);
    assert_eq!(index.order().collect::<Vec<_>>(), [3, 4, 1, 5, 0, 2, 6]);
    assert_eq!(index.undated().collect::<Vec<_>>(), [0, 2, 6]);
    assert_eq!((index.unplaced(), index.spot(0), index.entry(&timeline(&all), 6)), (2, None, None));
    assert_eq!(index.rank(&timeline(&all), 2), Some(5));

    let without = Index::build(&timeline(&dated), Zone::UTC);
    assert_eq!((index.bands(), index.extent()), (without.bands(), without.extent()));
}

#[test]
fn what_has_no_date_brings_up_no_band() {
    for grouping in Grouping::ALL {
        let [dated, with_undated] = [&["2024"][..], &["2024", "", ""]].map(|dates| {
            let mut events = timeline(&dates.iter().map(|date| (*date, Some("a"))).collect::<Vec<_>>());
            for (at, lane) in (1..dates.len()).zip([None, Some("gone")]) {
                let judgment = Judgment { likelihood: Some(Likelihood::ALL[0]), confidence: None, note: None };
                let judgment = lane.map(|_| Box::new(judgment));
                let undated = Event::undated(format!("e{at}"), "Event");
                let (lane, place) = (lane.map(Into::into), lane.map(Into::into));
                let event = Event { lane, place, judgment, weight: 5, standing: Standing::Denied, ..undated };
                apply(&mut events, &Edit::put_event(event)).expect("fits");
            }
            events
        });
        let expected = Index::grouped(&dated, Zone::UTC, grouping);
        assert_eq!(Index::grouped(&with_undated, Zone::UTC, grouping).bands(), expected.bands(), "{grouping:?}");
    }
}

#[test]
fn grouping_by_standing_makes_bands_of_those_that_occur() {
    let index = Index::grouped(&timeline(&[("2024", Some("a"))]), Zone::UTC, Grouping::Standing);
    assert_eq!(index.bands().iter().map(|band| band.title.as_str()).collect::<Vec<_>>(), ["Reported"]);
}

#[test]
fn two_events_moved_by_one_edit_are_both_in_order() {
    let mut timeline = timeline(&[("2001", None), ("2002", None), ("2003", None), ("2004", None)]);
    let mut index = Index::build(&timeline, Zone::UTC);
    let moved = |id: &str, date: &str| Edit::put_event(Event::new(id, "Event", Date::parse(date).expect(date)));
    let edit = Edit::Batch(vec![moved("e0", "2006"), moved("e2", "2005")]);
    let touched = Touched::by(&edit, &timeline);
    apply(&mut timeline, &edit).expect("fits");
    index.follow(&timeline, Zone::UTC, &touched);
    assert_eq!(index.order().collect::<Vec<_>>(), [1, 3, 2, 0]);
}

#[test]
fn a_timeline_begun_from_nothing_keeps_room_for_labels_as_when_it_is_opened_again() {
    let mut timeline = timeline(&[]);
    let mut index = Index::build(&timeline, Zone::UTC);
    let dates = ["2021-03-12", "[2021-01..2021-04]", "2021-04-03", "2020-09", "2021-05/2022-09", "2022-06"];
    for (at, date) in dates.into_iter().enumerate() {
        let edit = Edit::put_event(Event::new(format!("e{at}"), "Event", Date::parse(date).expect(date)));
        let touched = Touched::by(&edit, &timeline);
        apply(&mut timeline, &edit).expect("fits");
        index.follow(&timeline, Zone::UTC, &touched);
    }
    let rows = |index: &Index| (0..dates.len()).map(|at| index.spot(at).map(|spot| spot.row)).collect::<Vec<_>>();
    assert_eq!(rows(&index), rows(&Index::build(&timeline, Zone::UTC)));
}

fn any_date() -> impl Strategy<Value = Date> {
    let day = (2000_i32..2012, 1_u8..=12, 1_u8..=28).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}"));
    let month = (2000_i32..2012, 1_u8..=12).prop_map(|(y, m)| format!("{y}-{m:02}"));
    let near = prop_oneof![day, month];
    let text = prop_oneof![
        8 => near.clone(),
        1 => near.clone().prop_map(|date| format!("{date}/..")),
        1 => near.clone().prop_map(|date| format!("/{date}")),
        1 => near.clone().prop_map(|date| format!("[..{date}]")),
        1 => (near.clone(), near.clone()).prop_map(|(a, b)| format!("{}/{}", (&a).min(&b), (&a).max(&b))),
        1 => (near.clone(), near).prop_map(|(a, b)| format!("{{{a},{b}}}")),
        1 => Just("../..".to_owned()),
        1 => Just("Y-17E7".to_owned()),
        1 => (-9_000_i32..9_000).prop_map(|y| if y < 0 { format!("-{:04}", -y) } else { format!("{y:04}") }),
    ];
    text.prop_filter_map("no date", |text| Date::parse(&text).ok())
}

fn any_event(id: impl Strategy<Value = u32>) -> impl Strategy<Value = Event> {
    let lane = prop::option::of(prop::sample::select(vec!["a", "b"]));
    let standing =
        prop_oneof![6 => Just(Standing::Confirmed), 3 => Just(Standing::Alleged), 1 => Just(Standing::Denied)];
    let likelihood = prop::option::weighted(0.2, prop::sample::select(Likelihood::ALL.to_vec()));
    let place = prop::option::of("[A-Da-d]");
    let texts = (prop::option::weighted(0.9, any_date()), "[a-c]{1,3}", lane, place);
    // Some twice, and more than one of them in most events.
    let lists = prop::collection::vec(prop::collection::vec("[A-Da-d]", 0..4), 3);
    (id, texts, 1_u8..=5, standing, likelihood, lists).prop_map(|(id, texts, weight, standing, likelihood, lists)| {
        let (date, title, lane, place) = texts;
        let list = |at: usize| lists[at].iter().map(|text: &String| Text::from(text.as_str()));
        let mut event = Event { date, ..Event::undated(format!("e{id}"), title) };
        event.lane = lane.map(Into::into);
        event.place = place.map(Into::into);
        event.actors = list(0).collect();
        event.tags = list(1).collect();
        event.citations = list(2).map(Citation::new).collect();
        event.weight = weight;
        event.standing = standing;
        let judgment = |likelihood| Judgment { likelihood: Some(likelihood), confidence: None, note: None };
        event.judgment = likelihood.map(|likelihood| Box::new(judgment(likelihood)));
        event
    })
}

fn lanes() -> Vec<Lane> {
    let lane = |id: &str| Lane { id: id.into(), title: id.to_uppercase().into(), color: None, note: None };
    vec![lane("a"), lane("b")]
}

fn any_timeline(most: usize) -> impl Strategy<Value = Timeline> {
    prop::collection::vec(any_event(0_u32..1_000), 0..most)
        .prop_map(|events| Timeline::from_records(Header::new("T"), lanes(), vec![], events, vec![], vec![]))
}

/// More that lasts at once than there are rows.
fn any_crowded_timeline() -> impl Strategy<Value = Timeline> {
    let lasting =
        (any_event(0_u32..100), 2000_i32..2004, 1_u8..=12, 2008_i32..2012).prop_map(|(mut event, from, month, to)| {
            event.date = Date::parse(&format!("{from}-{month:02}/{to}")).ok();
            event.lane = Some("a".into());
            event
        });
    let event = prop_oneof![4 => lasting, 1 => any_event(0_u32..100)];
    prop::collection::vec(event, 60..160)
        .prop_map(|events| Timeline::from_records(Header::new("T"), lanes(), vec![], events, vec![], vec![]))
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let put = (any_event(0_u32..40), prop::option::of(0_usize..40)).prop_map(|(event, at)| Edit::Put {
        record: Record::Event(event.into()),
        replaces: None,
        at,
    });
    let remove = (0_u32..40).prop_map(|id| Edit::Remove(Key::Event(format!("e{id}").into())));
    let renamed = (any_event(40_u32..80), 0_u32..40).prop_map(|(event, id)| Edit::Put {
        record: Record::Event(event.into()),
        replaces: Some(Key::Event(format!("e{id}").into())),
        at: None,
    });
    let lane = "[a-c]".prop_map(|title| {
        Edit::put(Record::Lane(Lane { id: "a".into(), title: title.into(), color: None, note: None }))
    });
    let one = prop_oneof![6 => put, 3 => remove, 1 => renamed, 1 => lane];
    prop_oneof![4 => one.clone(), 1 => prop::collection::vec(one, 1..5).prop_map(Edit::Batch)]
}

/// What is done to a timeline in which lanes come and go.
#[derive(Debug, Clone)]
enum Step {
    /// A lane is taken out, and its events with it, moved into another one or into none.
    Remove(prop::sample::Index, Option<Option<&'static str>>),
    /// A lane is taken out and its events still name it, as in a file that was edited by hand.
    Lose(prop::sample::Index),
    /// A lane comes, or changes its place.
    Place(&'static str, usize),
    Edit(Edit),
    Undo,
    /// The bands were made anew outside the frame.
    Arrange,
}

impl Step {
    /// The edit of this timeline that it is; `done` are the inverses of those before. None where nothing is edited.
    fn edit(&self, timeline: &Timeline, done: &mut Vec<Edit>) -> Option<Edit> {
        let any_lane = |at: &prop::sample::Index| {
            let lanes = timeline.lanes();
            (!lanes.is_empty()).then(|| lanes[at.index(lanes.len())].id.clone())
        };
        match self {
            Self::Remove(at, to) => {
                let lane = any_lane(at)?;
                let to = to.map(|to| to.filter(|to| *to != &*lane && timeline.lane(to).is_some()).map(Text::from));
                let fate = to.map_or(LaneEvents::Delete, LaneEvents::Move);
                Some(remove_lane(timeline, &lane, &fate, |_| Vec::new())?.edit)
            }
            Self::Lose(at) => Some(Edit::Remove(Key::Lane(any_lane(at)?))),
            Self::Place(id, at) => match timeline.lane(id) {
                Some(_) => moved_record(timeline, &Key::Lane((*id).into()), *at % timeline.lanes().len()),
                None => {
                    let lane = Lane { id: (*id).into(), title: id.to_uppercase().into(), color: None, note: None };
                    let at = Some(*at % (timeline.lanes().len() + 1));
                    Some(Edit::Put { record: Record::Lane(lane), replaces: None, at })
                }
            },
            Self::Edit(edit) => Some(edit.clone()),
            Self::Undo => done.pop(),
            Self::Arrange => None,
        }
    }
}

fn any_step() -> impl Strategy<Value = Step> {
    let lane = || prop::sample::select(vec!["a", "b", "c"]);
    let put = any_event(0_u32..60).prop_map(|event| Step::Edit(Edit::put_event(event)));
    prop_oneof![
        4 => (any::<prop::sample::Index>(), prop::option::of(prop::option::of(lane())))
            .prop_map(|(at, to)| Step::Remove(at, to)),
        1 => any::<prop::sample::Index>().prop_map(Step::Lose),
        3 => (lane(), 0_usize..3).prop_map(|(lane, at)| Step::Place(lane, at)),
        2 => put,
        3 => Just(Step::Undo),
        2 => Just(Step::Arrange),
    ]
}

/// Everything that does not depend on how rows were packed.
fn answers(index: &Index, timeline: &Timeline) -> impl PartialEq + std::fmt::Debug + use<> {
    let touching = |from: i64, to: i64| {
        let found = index.touching(None, Instant::from_micros(from), Instant::from_micros(to));
        found.map(|seen| (seen.event, seen.band, seen.start, seen.end)).collect::<BTreeSet<_>>()
    };
    let year = 366 * Instant::DAY;
    let windows: Vec<_> = (25..45).map(|n| touching(n * year, (n + 1) * year)).collect();
    let bands: Vec<_> = index.bands().iter().map(|band| (format!("{:?}", band.key), band.title.clone())).collect();
    let ranks: Vec<_> = (0..timeline.events().len()).map(|at| index.rank(timeline, at)).collect();
    let bands_of = |at| index.spots(at).map(|spot| spot.band).collect::<Vec<_>>();
    let bands_of: Vec<_> = (0..timeline.events().len()).map(bands_of).collect();
    assert!(
        bands_of.iter().all(|bands| bands.is_sorted_by(|a, b| a < b)),
        "each band once, from the top: {bands_of:?}"
    );
    let placed: usize = bands_of.iter().map(Vec::len).sum();
    assert_eq!((0..index.bands().len()).map(|band| index.events_in(band)).sum::<usize>(), placed);
    let all = touching(i64::MIN, i64::MAX);
    let counted: u32 = index.counts(None).map(|(_, count)| count).sum();
    let apart = (index.unplaced(), index.undated().collect::<Vec<_>>());
    let once = index.events_touching(None, Instant::MIN, Instant::MAX).count();
    (index.order().collect::<Vec<_>>(), ranks, (bands, bands_of), index.extent(), apart, windows, all, (counted, once))
}

fn check_lines(index: &Index) {
    for (band, lines) in (0..).zip(&index.lines) {
        for (row, line) in lines.numbered() {
            for at in 0..line.len() {
                let event = line.get(at).expect("in the line");
                let position = index.slots.position(event.slot) as usize;
                assert_eq!(index.spots(position).filter(|spot| *spot == Spot { band, row }).count(), 1);
                let next = line.get(at + 1);
                assert!(next.is_none_or(|next| event.start <= next.start), "by start");
                let is_pile = row as usize == MOST_ROWS;
                assert!(is_pile || next.is_none_or(|next| event.past() <= next.start), "events of a row overlap");
            }
        }
    }
}

/// Columns that are derived from others say what those do, and weights are those of the events.
fn check_columns(index: &Index, timeline: &Timeline) {
    for (_, line) in bands::each_line(&index.lines) {
        let weight = |slot: &u32| timeline.events()[index.slots.position(*slot) as usize].weight;
        let weights: Vec<u8> = line.slots.iter().map(weight).collect();
        assert_eq!(line.weights, weights);
        for from in 0..line.len() {
            let heaviest = line.heaviest(from..line.len(), &mut Tally::default()).expect("some are left");
            assert_eq!(Some(&weights[heaviest]), weights[from..].iter().max());
            let start = line.starts[from];
            let first = line.starts.iter().position(|other| *other >= start);
            assert_eq!(Some(line.starting(0, 0, start, &mut Tally::default())), first);
        }
    }
    for pile in index.lines.iter().map(|lines| &lines.pile) {
        for end in &pile.line.ends {
            let over = pile.line.ends.iter().filter(|other| *other <= end).count();
            // What goes on for ever is never over.
            let is_open = *end == Instant::MAX;
            assert!(is_open || pile.over(*end, 0, &mut Tally::default()) == over);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn after_any_edits_every_answer_is_that_of_an_index_built_anew(
        timeline in prop_oneof![3 => any_timeline(60), 1 => any_crowded_timeline()],
        edits in prop::collection::vec(any_edit(), 1..12),
        grouping in prop::sample::select(Grouping::ALL.to_vec()),
    ) {
        let mut timeline = timeline;
        let mut index = Index::grouped(&timeline, Zone::UTC, grouping);
        for edit in edits {
            let spots_of = |index: &Index, at| index.spots(at).collect::<Vec<Spot>>();
            let spots: BTreeMap<String, Vec<Spot>> =
                timeline.events().iter().enumerate().map(|(at, event)| (event.id.to_string(), spots_of(&index, at))).collect();
            let events: BTreeMap<String, Event> =
                timeline.events().iter().map(|event| (event.id.to_string(), event.clone())).collect();
            let touched = Touched::by(&edit, &timeline);
            if apply(&mut timeline, &edit).is_err() {
                continue;
            }
            let keys = |index: &Index| index.bands().iter().map(|band| band.key.clone()).collect::<Vec<_>>();
            let (bands, footprint_micros) = (keys(&index), index.footprint_micros);
            index.follow(&timeline, Zone::UTC, &touched);
            let anew = Index::grouped(&timeline, Zone::UTC, grouping);
            prop_assert_eq!(answers(&index, &timeline), answers(&anew, &timeline));
            let held = index.events_touching(None, Instant::MIN, Instant::MAX).count();
            let apart = index.unplaced() + index.undated().len();
            prop_assert_eq!(held + apart, timeline.events().len(), "every dated event stands somewhere");
            let titles: Vec<&str> = index.bands().iter().map(|band| band.title.as_str()).collect();
            for (at, event) in timeline.events().iter().enumerate().filter(|(at, _)| index.spot(*at).is_some()) {
                let own: BTreeSet<&str> = match grouping {
                    Grouping::Actor => event.actors.iter().map(Text::as_str).collect(),
                    Grouping::Tag => event.tags.iter().map(Text::as_str).collect(),
                    Grouping::Stance => event.citations.iter().map(|citation| citation.stance.label()).collect(),
                    // None of the sources is there, so that each is an origin.
                    Grouping::Source | Grouping::Accounts | Grouping::Origin | Grouping::OriginAccounts => event.citations.iter().map(|citation| citation.source.as_str()).collect(),
                    // Of several problems an event stands in the band of each, which only a check can tell.
                    Grouping::Problem => continue,
                    _ => {
                        prop_assert_eq!(index.spots(at).count(), 1);
                        continue;
                    }
                };
                let bands: BTreeSet<&str> = index.spots(at).map(|spot| titles[spot.band as usize]).collect();
                prop_assert!(bands == own || own.is_empty() && bands.iter().all(|title| title.starts_with("No ")), "{bands:?}");
            }
            check_lines(&index);
            check_lines(&anew);
            // Where a value comes or goes, or all take up quite another time, bands and rows are those of an index built anew.
            // So are those of problems, of which a record has some for what another says.
            let is_built_anew = grouping == Grouping::Problem
                || !matches!(grouping, Grouping::Lane | Grouping::Nothing) && keys(&index) != bands
                || index.footprint_micros != footprint_micros;
            for (at, event) in timeline.events().iter().enumerate() {
                if !is_built_anew && events.get(&*event.id) == Some(event) {
                    prop_assert_eq!(&spots_of(&index, at), &spots[&*event.id], "{} was not touched and has moved", &event.id);
                }
            }
        }
    }

    #[test]
    fn lanes_of_a_long_timeline_come_and_go_outside_the_frame_and_come_to_what_an_index_built_anew_says(
        timeline in prop_oneof![3 => any_timeline(60), 1 => any_crowded_timeline()],
        steps in prop::collection::vec(any_step(), 1..10),
        grouping in prop_oneof![3 => Just(Grouping::Lane), 1 => prop::sample::select(Grouping::ALL.to_vec())],
        many in 0_usize..8,
    ) {
        // Every timeline is a long one, and few events are many.
        let limits = Limits { many, most_repacked: 0, most_regrouped: 0 };
        let (mut timeline, mut done) = (timeline, Vec::new());
        let mut index = Index::grouped(&timeline, Zone::UTC, grouping);
        for step in steps {
            if let Some(edit) = step.edit(&timeline, &mut done) {
                let touched = Touched::by(&edit, &timeline);
                let lanes = timeline.lanes().to_vec();
                let Ok(inverse) = apply(&mut timeline, &edit) else { continue };
                if !matches!(step, Step::Undo) {
                    done.push(inverse);
                }
                index.follow_within(&timeline, Zone::UTC, &touched, limits);
                // What has been derived anew within the frame is not behind. Where nothing has a place that takes no time.
                let is_long = timeline.events().len() > index.unplaced() + index.undated().len();
                let has_other_lanes = grouping == Grouping::Lane && lanes != timeline.lanes();
                let may_put_back = matches!(step, Step::Undo);
                prop_assert!(index.is_behind() || !is_long || !has_other_lanes || may_put_back, "{step:?}");
            } else if matches!(step, Step::Arrange) {
                index = index.rearranged(&timeline, grouping, &Arc::default());
            }
            let anew = Index::grouped(&timeline, Zone::UTC, grouping);
            let apart = |index: &Index| (index.order().collect::<Vec<_>>(), index.undated().len(), index.unplaced());
            prop_assert_eq!(apart(&index), apart(&anew));
            check_lines(&index);
            check_columns(&index, &timeline);
            if matches!(grouping, Grouping::Lane | Grouping::Nothing) {
                let shown = |index: &Index| index.events_touching(None, Instant::MIN, Instant::MAX).count();
                prop_assert_eq!((shown(&index), index.extent()), (shown(&anew), anew.extent()));
            }
            for band in index.bands() {
                match &band.key {
                    BandKey::Lane(at) => prop_assert_eq!(&*timeline.lanes()[*at].title, &*band.title),
                    BandKey::Gone(id) => prop_assert!(index.is_behind() && timeline.lane(id).is_none()),
                    _ => {}
                }
            }
            if !index.is_behind() {
                prop_assert_eq!(answers(&index, &timeline), answers(&anew, &timeline));
            }
        }
        let arranged = index.rearranged(&timeline, grouping, &Arc::default());
        let anew = Index::grouped(&timeline, Zone::UTC, grouping);
        prop_assert_eq!(answers(&arranged, &timeline), answers(&anew, &timeline));
    }

    #[test]
    fn many_changes_at_once_come_to_what_an_index_built_anew_says(
        timeline in prop_oneof![3 => any_timeline(60), 1 => any_crowded_timeline()],
        donors in prop::collection::vec((any_event(0_u32..1_000), 0..6_u8), 160),
        coming in prop::collection::vec((any_event(0_u32..1_000), any::<prop::sample::Index>()), 0..20),
        grouping in prop::sample::select(vec![Grouping::Lane, Grouping::Standing, Grouping::Weight, Grouping::Place, Grouping::Year, Grouping::Nothing]),
    ) {
        let mut timeline = timeline;
        let mut index = Index::grouped(&timeline, Zone::UTC, grouping);
        // Some change, some go, and others come among them.
        let changed = timeline.events().iter().zip(donors).filter_map(|(event, (donor, what))| match what {
            0 => Some(Edit::put_event(Event { id: event.id.clone(), ..donor })),
            1 => Some(Edit::Remove(Key::Event(event.id.clone()))),
            2 => Some(Edit::put_event(Event { weight: donor.weight, ..event.clone() })),
            3 => Some(Edit::put_event(Event { lane: donor.lane, ..event.clone() })),
            _ => None,
        });
        let mut edits: Vec<Edit> = changed.collect();
        let came = coming.into_iter().enumerate().map(|(nth, (donor, at))| Edit::Put {
            record: Record::Event(Event { id: format!("new{nth}").into(), ..donor }.into()),
            replaces: None,
            at: Some(at.index(timeline.events().len() + 1)),
        });
        edits.extend(came);
        let edit = Edit::Batch(edits);
        let touched = Touched::by(&edit, &timeline);
        apply(&mut timeline, &edit).unwrap();
        let after = touched.after(&timeline);
        prop_assert!(index.follow_many(&timeline, &touched.before, &after, false), "what stays keeps its order");
        index.measure();
        check_lines(&index);
        check_columns(&index, &timeline);
        // Where a value comes or goes, all is derived anew in any case.
        let anew = Index::grouped(&timeline, Zone::UTC, grouping);
        let keys = |index: &Index| index.bands().iter().map(|band| band.key.clone()).collect::<Vec<_>>();
        if keys(&index) == keys(&anew) {
            prop_assert_eq!(answers(&index, &timeline), answers(&anew, &timeline));
        }
    }

    #[test]
    fn an_index_in_other_bands_is_that_of_these_built_anew(
        timeline in prop_oneof![3 => any_timeline(60), 1 => any_crowded_timeline()],
        edits in prop::collection::vec(any_edit(), 0..4),
        groupings in prop::collection::vec(prop::sample::select(Grouping::ALL.to_vec()), 1..4),
    ) {
        let mut timeline = timeline;
        let mut index = Index::build(&timeline, Zone::UTC);
        for grouping in groupings {
            for edit in &edits {
                let touched = Touched::by(edit, &timeline);
                if apply(&mut timeline, edit).is_ok() {
                    index.follow(&timeline, Zone::UTC, &touched);
                }
            }
            index = index.regrouped(&timeline, grouping);
            let anew = Index::grouped(&timeline, Zone::UTC, grouping);
            prop_assert_eq!(answers(&index, &timeline), answers(&anew, &timeline));
            for at in 0..timeline.events().len() {
                prop_assert_eq!(index.spots(at).collect::<Vec<_>>(), anew.spots(at).collect::<Vec<_>>());
            }
            check_lines(&index);
        }
    }

    #[test]
    fn values_are_counted_once_for_each_event_that_has_them(
        timeline in any_timeline(80),
        facet in prop::sample::select(Facet::all().collect::<Vec<_>>()),
        step in 1_usize..4,
    ) {
        let among = Matches::from_fn(timeline.events().len(), |at| at % step == 0);
        let values = Values::count(facet, &timeline, Zone::UTC, (step > 1).then_some(&among));
        let counted: usize = values.most_frequent().iter().map(|(_, count)| count).sum();
        prop_assert!(values.most_frequent().iter().all(|(value, count)| values.of(value) == *count && *count > 0));
        if facet.is_list() {
            prop_assert!(values.without() <= among.count() && counted + values.without() >= among.count());
        } else {
            prop_assert_eq!(counted + values.without(), among.count());
        }
        if matches!(facet, Facet::Year | Facet::Decade) {
            let undated = among.iter().filter(|at| timeline.events().get(*at).unwrap().date.is_none()).count();
            prop_assert_eq!(values.of(&Value::Undated), undated);
        }
        if facet == Facet::Event(EventField::Tags) {
            let has = |at: usize, tag: &str| timeline.events().get(at).unwrap().tags.iter().any(|own| own == tag);
            for (value, count) in values.most_frequent() {
                let title = facet.title(&timeline, value);
                prop_assert_eq!(among.iter().filter(|at| has(*at, &title)).count(), count);
            }
        }
    }

    #[test]
    fn a_selection_answers_as_an_index_of_the_selected_alone(
        timeline in prop_oneof![3 => any_timeline(60), 1 => any_crowded_timeline()],
        step in 1_usize..5,
        grouping in prop::sample::select(Grouping::ALL.to_vec()),
    ) {
        let index = Index::grouped(&timeline, Zone::UTC, grouping);
        let picked: Vec<usize> = (0..timeline.events().len()).step_by(step).collect();
        let selection = index.select(&timeline, picked.iter().copied().chain([0]));
        prop_assert_eq!(selection.len(), picked.len());
        let all = |selection| -> BTreeSet<u32> {
            index.touching(selection, Instant::MIN, Instant::MAX).map(|seen| seen.event).collect()
        };
        let expected: BTreeSet<u32> =
            all(None).into_iter().filter(|event| picked.contains(&(*event as usize))).collect();
        prop_assert_eq!(all(Some(&selection)), expected);
        for at in 0..timeline.events().len() {
            prop_assert_eq!(index.is_selected(Some(&selection), at), picked.contains(&at));
        }
        let total = |selection| index.counts(selection).map(|(_, count)| count as usize).sum::<usize>();
        let first_known = |at: &&usize| index.entry(&timeline, **at).is_some_and(|entry| entry.known_instants().next().is_some());
        prop_assert_eq!(total(Some(&selection)), picked.iter().filter(first_known).count());
    }

    #[test]
    fn a_sight_counts_every_event_once_and_neither_panning_nor_zooming_in_hides_one(
        timeline in prop_oneof![2 => any_timeline(300), 1 => any_crowded_timeline()],
        days in 1_i64..400,
        center in 10_000_i64..16_000,
        moved in prop_oneof![-40_i64..40, -1500_i64..1500],
        least_shift in 0_u32..10,
        grouping in prop::sample::select(vec![Grouping::Lane, Grouping::Actor]),
    ) {
        let index = Index::grouped(&timeline, Zone::UTC, grouping);
        let least_micros = (Instant::DAY >> 2) << least_shift;
        let lens = |shift: i64, least_micros: i64| {
            let middle = Instant::from_micros((center + shift) * Instant::DAY);
            let half = days * Instant::DAY;
            Lens { start: middle.saturating_add(-half), end: middle.saturating_add(half), least_micros, cell_shift: 5, prominent: 2, folds: Folds::NONE }
        };
        let look = |lens: Lens| {
            let rows = (0..index.bands().len()).flat_map(|band| index.rows_of(band));
            index.sight(None, rows, lens)
        };
        let here = lens(0, least_micros);
        let sight = look(here);
        let visible: BTreeSet<(u32, u32)> =
            index.touching(None, here.start, here.end).map(|seen| (seen.band, seen.event)).collect();

        // Every event that can be seen is either a single or in a crowd of its row, and rows count each once.
        let singles: BTreeSet<(u32, u32)> = sight.singles.iter().map(|single| (single.band, single.event)).collect();
        prop_assert_eq!(singles.len(), sight.singles.len());
        let within = |crowd: &Crowd, seen: &Single| {
            (crowd.band, crowd.row) == (seen.band, seen.row) && seen.start < crowd.end && crowd.start < seen.end
        };
        for seen in index.touching(None, here.start, here.end) {
            let is_crowded = sight.crowds.iter().any(|other| within(&other.crowd, &seen));
            prop_assert_eq!(singles.contains(&(seen.band, seen.event)), !is_crowded, "{:?} is lost, or there twice", seen);
        }
        for Seen { crowd, buckets, .. } in &sight.crowds {
            let touching = index.touching(None, crowd.start, crowd.end).filter(|seen| within(crowd, seen));
            prop_assert_eq!(touching.count(), crowd.count as usize, "{:?}", crowd);
            let counted: u32 = sight.buckets[buckets.clone()].iter().map(|bucket| bucket.count).sum();
            let agrees = counted == crowd.count || (crowd.row as usize == MOST_ROWS && counted > crowd.count);
            prop_assert!(agrees, "{counted} in the buckets of {crowd:?}");
            if crowd.row as usize != MOST_ROWS {
                let few = index.heaviest(None, crowd, 3);
                prop_assert_eq!(few.len(), (crowd.count as usize).min(3));
            }
        }

        // What both of two windows show, they show alike.
        let there = lens(moved, least_micros);
        let other = look(there);
        let (from, to) = (here.start.max(there.start), here.end.min(there.end));
        prop_assert_eq!(within_both(&sight, from, to), within_both(&other, from, to));

        // Nearer by, what had room has it still.
        let nearer = look(lens(0, least_micros / 2));
        let nearer: BTreeSet<(u32, u32)> = nearer.singles.iter().map(|single| (single.band, single.event)).collect();
        for event in singles.intersection(&visible) {
            prop_assert!(nearer.contains(event), "{event:?} had room and has none nearer by");
        }
    }
}

/// What a sight shows of singles that lie between two instants, and of rows' crowds with those that stand for them.
fn within_both(sight: &Sight, from: Instant, to: Instant) -> (Vec<Single>, Vec<(Crowd, Option<Single>)>) {
    let is_within = |start: Instant, end: Instant| start >= from && end <= to;
    let singles = sight.singles.iter().filter(|single| is_within(single.start, single.end)).copied();
    let of_rows = sight.crowds.iter().filter(|seen| (seen.crowd.row as usize) < MOST_ROWS);
    let crowds = of_rows.filter(|seen| is_within(seen.crowd.start, seen.crowd.end));
    (singles.collect(), crowds.map(|seen| (seen.crowd, seen.heaviest)).collect())
}

#[test]
fn years_beyond_the_axis_and_open_ends_stand_in_their_order() {
    let dates = [
        "Y180000000",
        "2024",
        "Y-170000002",
        "Y170000002",
        "../2024",
        "2024/..",
        "Y-180000000",
        "2024",
        "Y170000002/..",
    ];
    let event =
        |(at, date): (usize, &&str)| Event::new(format!("e{at}"), format!("{}", 9 - at), Date::parse(date).unwrap());
    let events: Vec<Event> = dates.iter().enumerate().map(event).collect();
    let mut expected: Vec<usize> = (0..events.len()).collect();
    expected.sort_by_key(|at| events[*at].sort_key(Zone::UTC));
    let header = Timeline::empty("t").header().clone();
    let timeline = Timeline::from_records(header, vec![], vec![], events, vec![], vec![]);
    assert_eq!(Index::build(&timeline, Zone::UTC).order().collect::<Vec<_>>(), expected);
}
