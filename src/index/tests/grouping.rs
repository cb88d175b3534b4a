//! Which bands there are, what they are called, and in which of them events stand.

use std::sync::Arc;

use super::super::*;
use super::timeline;
use crate::edit::{Edit, LaneEvents, apply, moved_record, remove_lane};
use crate::model::{Arrangement, Citation, Event, Field as _, Header, Key, Lane, OwnName, Record, Source, Text};
use crate::time::Date;

/// The titles of the bands that events with these dates and places have.
fn titles(grouping: Grouping, events: &[(&str, &str)]) -> Vec<String> {
    let dated = events.iter().map(|(date, _)| (*date, None)).collect::<Vec<_>>();
    let mut timeline = timeline(&dated);
    for (at, (_, place)) in events.iter().enumerate() {
        let mut event = timeline.events().get(at).expect("there").clone();
        event.place = (!place.is_empty()).then(|| (*place).into());
        apply(&mut timeline, &Edit::put_event(event)).expect("fits");
    }
    let index = Index::grouped(&timeline, Zone::UTC, grouping);
    index.bands().iter().map(|band| band.title.clone()).collect()
}

#[test]
fn a_year_is_that_of_a_date_that_lies_within_it() {
    let dates =
        ["2024-10", "2024", "[2024-12-31..2025-01-01]", "2023-12-31/2024-01-01", "-0043-03-15", "1950~", "2024/.."];
    let events = dates.map(|date| (date, ""));
    assert_eq!(titles(Grouping::Year, &events), ["44 BCE", "1950", "2024", "Not within one year"]);
    assert_eq!(titles(Grouping::Decade, &events), ["51–42 BCE", "1950s", "2020s", "Not within one decade"]);
    let long = ["Y-12000", "Y13000"].map(|date| (date, ""));
    assert_eq!(titles(Grouping::Year, &long), ["12,001 BCE", "13,000 CE"]);
    assert_eq!(titles(Grouping::Decade, &long), ["12,001–11,992 BCE", "13,000–13,009 CE"]);
}

#[test]
fn places_have_bands_by_their_words_and_what_has_none_the_last() {
    let events = [("2024", "Pyongyang"), ("2024", ""), ("2024", "kursk"), ("2024", "Kursk"), ("2024", "Москва")];
    assert_eq!(titles(Grouping::Place, &events), ["Kursk", "kursk", "Pyongyang", "Москва", "No place"]);
    assert_eq!(titles(Grouping::Place, &[]), ["No place"]);
}

#[test]
fn the_most_frequent_of_many_values_have_bands_and_the_others_share_one() {
    let names: Vec<String> = (0..bands::MOST_VALUES + 3).map(|at| format!("Place {at:03}")).collect();
    let mut events: Vec<(&str, &str)> = names.iter().map(|name| ("2024", name.as_str())).collect();
    events.extend(names.iter().skip(3).map(|name| ("2024", name.as_str())));
    let found = titles(Grouping::Place, &events);
    assert_eq!(found.len(), bands::MOST_VALUES + 1);
    assert_eq!((found[0].as_str(), found.last().map(String::as_str)), ("Place 003", Some("Others")));
}

#[test]
fn fields_that_events_share_are_facets_and_titles_are_none() {
    let facets: Vec<&str> = Facet::all().map(Facet::label).collect();
    for label in ["Lane", "Actors", "Place", "Tags", "Standing", "Weight", "Likelihood", "Source", "Publisher", "Year"]
    {
        assert!(facets.contains(&label), "{label} in {facets:?}");
    }
    assert!(!facets.contains(&"Title") && !facets.contains(&"Id") && !facets.contains(&"Note"), "{facets:?}");
}

#[test]
fn groupings_have_the_names_of_their_fields() {
    for grouping in Grouping::ALL {
        let name = match Facet::of(grouping) {
            Some(Facet::Event(field)) => field.info().each,
            Some(Facet::Judgment(field)) => field.info().each,
            // Accounts stand in bands of their own.
            Some(_) if grouping.label().starts_with("Accounts") => grouping.label(),
            Some(facet) => facet.label(),
            None => "nothing",
        };
        assert_eq!(grouping.label().to_lowercase(), name.to_lowercase());
        assert_eq!(Grouping::parse(grouping.id()), Some(grouping));
        assert!(grouping.id().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{grouping:?}");
    }
    let without: Vec<String> = [Grouping::Actor, Grouping::Tag, Grouping::Source, Grouping::Place]
        .map(|grouping| Facet::of(grouping).map(Facet::without).unwrap_or_default())
        .to_vec();
    assert_eq!(without, ["No actor", "No tag", "No source", "No place"]);
}

/// An event with a field of the user's own, which may be empty.
fn with_own(id: &str, text: &str) -> Event {
    let mut event = Event::new(id, id, Date::parse("2024-06").expect("a date"));
    if !text.is_empty() {
        event.rare.fields.put("Casualties", text);
    }
    event
}

#[test]
fn a_field_of_ones_own_has_bands_and_numbers_are_in_their_order() {
    let own = Grouping::Own(OwnName::new("Casualties"));
    let titles = |texts: &[&str]| {
        let events = texts.iter().zip(0..).map(|(text, at)| with_own(&format!("e{at}"), text)).collect();
        let timeline = Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]);
        let index = Index::grouped(&timeline, Zone::UTC, own);
        index.bands().iter().map(|band| band.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&["10", "9", "", "10", "-1.5"]), ["-1.5", "9", "10", "No Casualties"]);
    assert_eq!(titles(&["10", "9", " many "]), ["9", "10", "many"]);
    assert_eq!(titles(&["ch 10", "ch 2", "Ch 1", "annex"]), ["annex", "Ch 1", "ch 2", "ch 10"]);
    assert_eq!(titles(&["", " "]), ["No Casualties"]);
}

#[test]
fn an_edit_of_a_field_of_ones_own_moves_its_event() {
    let own = Grouping::Own(OwnName::new("Casualties"));
    let events = vec![with_own("a", "9"), with_own("b", "10")];
    let mut timeline = Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]);
    assert_eq!(Facet::own(&timeline), [Facet::Own(OwnName::new("Casualties"))]);
    let mut index = Index::grouped(&timeline, Zone::UTC, own);
    let edit = Edit::put_event(with_own("a", "10"));
    let touched = Touched::by(&edit, &timeline);
    apply(&mut timeline, &edit).expect("fits");
    index.follow(&timeline, Zone::UTC, &touched);
    assert_eq!(index.bands().iter().map(|band| band.title.as_str()).collect::<Vec<_>>(), ["10"]);
    assert_eq!(index.events_in(0), 2);
}

#[test]
fn bands_of_what_sources_say_of_themselves_follow_the_sources() {
    let source = |id: &str, publisher: &str, origin: &str| Source {
        publisher: (!publisher.is_empty()).then(|| publisher.into()),
        origin: (!origin.is_empty()).then(|| origin.into()),
        ..Source::new(id, format!("The {id}"))
    };
    let sources = vec![source("wire", "Agency", ""), source("paper", "Press", "wire"), source("blog", "", "paper")];
    let event = |id: &str, cited: &[&str]| {
        let citations = cited.iter().map(|source| Citation::new(*source)).collect();
        Event { citations, ..Event::new(id, id, Date::parse("2024-06").expect("a date")) }
    };
    let events = vec![event("a", &["paper", "blog"]), event("b", &["wire"]), event("c", &["blog"]), event("d", &[])];
    let mut timeline = Timeline::from_records(Header::new("T"), vec![], sources, events, vec![], vec![]);
    let titles = |index: &Index| index.bands().iter().map(|band| band.title.clone()).collect::<Vec<_>>();
    let mut by_publisher = Index::grouped(&timeline, Zone::UTC, Grouping::Publisher);
    let mut by_origin = Index::grouped(&timeline, Zone::UTC, Grouping::Origin);
    assert_eq!(titles(&by_publisher), ["Agency", "Press", "No publisher"]);
    assert_eq!(titles(&by_origin), ["The wire", "No source"], "three sources, one voice");
    let edit = Edit::put(Record::Source(Box::new(source("paper", "Gazette", ""))));
    let touched = Touched::by(&edit, &timeline);
    apply(&mut timeline, &edit).expect("fits");
    for index in [&mut by_publisher, &mut by_origin] {
        index.follow(&timeline, Zone::UTC, &touched);
    }
    assert_eq!(titles(&by_publisher), ["Agency", "Gazette", "No publisher"]);
    assert_eq!(titles(&by_origin), ["The paper", "The wire", "No source"]);
}

/// Events of a day each, with these actors.
fn acted(events: &[(&str, &[&str])]) -> Timeline {
    let dates: Vec<_> = events.iter().map(|(date, _)| (*date, None)).collect();
    let mut timeline = timeline(&dates);
    for (at, (_, actors)) in events.iter().enumerate() {
        let mut event = timeline.events().get(at).expect("there").clone();
        event.actors = actors.iter().map(|actor| Text::from(*actor)).collect();
        apply(&mut timeline, &Edit::put_event(event)).expect("fits");
    }
    timeline
}

#[test]
fn an_event_of_several_actors_stands_in_the_band_of_each_and_counts_once() {
    let timeline = acted(&[
        ("2024-06-19", &["Putin", "Kim", "Putin"]),
        ("2024-10-24", &["Duma"]),
        ("2024-11-06", &[]),
        ("", &["Nobody"]),
        ("2024-12", &["Kim", "Duma"]),
    ]);
    let index = Index::grouped(&timeline, Zone::UTC, Grouping::Actor);
    let titles: Vec<_> = index.bands().iter().map(|band| band.title.as_str()).collect();
    assert_eq!(titles, ["Duma", "Kim", "Putin", "No actor"]);
    let bands = |at: usize| index.spots(at).map(|spot| spot.band).collect::<Vec<_>>();
    assert_eq!((0..5).map(bands).collect::<Vec<_>>(), [vec![1, 2], vec![0], vec![3], vec![], vec![0, 1]]);
    assert_eq!((0..4).map(|band| index.events_in(band)).collect::<Vec<_>>(), [2, 2, 1, 1]);
    let (start, end) = (Instant::MIN, Instant::MAX);
    assert_eq!(index.touching(None, start, end).count(), 6);
    let once: Vec<_> = index.events_touching(None, start, end).map(|seen| (seen.band, seen.event)).collect();
    assert_eq!(once, [(0, 1), (0, 4), (1, 0), (3, 2)]);
    assert_eq!(index.counts(None).map(|(_, count)| count).sum::<u32>(), 4);
    let selection = index.select(&timeline, [0, 4]);
    assert_eq!(index.touching(Some(&selection), start, end).count(), 4);
    assert_eq!(index.counts(Some(&selection)).map(|(_, count)| count).sum::<u32>(), 2);
    assert_eq!((index.unplaced(), index.undated().collect::<Vec<_>>()), (0, vec![3]));

    let spread =
        index.spread(Some(&index.select(&timeline, [0, 2])), &Room::around(&index), None).without_empty_bands();
    let titles: Vec<_> = spread.bands().iter().map(|band| band.title.as_str()).collect();
    assert_eq!(titles, ["Kim", "Putin", "No actor"]);
    assert_eq!(spread.spots(0).map(|spot| spot.band).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(spread.unplaced(), 0);
}

#[test]
fn of_very_many_actors_those_of_one_event_share_a_band_in_which_it_stands_once() {
    let rare: Vec<String> = (0..3).map(|at| format!("Rare {at}")).collect();
    let often: Vec<String> = (0..bands::MOST_VALUES).map(|at| format!("Often {at:03}")).collect();
    let (rare, often): (Vec<&str>, Vec<&str>) =
        (rare.iter().map(String::as_str).collect(), often.iter().map(String::as_str).collect());
    let all: Vec<&str> = often.iter().chain(&rare).copied().collect();
    let timeline = acted(&[("2024-01", &often), ("2024-02", &all), ("2024-03", &rare)]);
    let index = Index::grouped(&timeline, Zone::UTC, Grouping::Actor);
    // Of those that two events have, each of the first hundred in order has a band.
    assert_eq!(index.bands().len(), bands::MOST_VALUES + 1);
    assert_eq!(index.bands().last().map(|band| band.title.as_str()), Some("Others"));
    assert_eq!(index.spots(2).map(|spot| spot.band).collect::<Vec<_>>(), [bands::MOST_VALUES as u32]);
    assert_eq!(index.spots(1).count(), bands::MOST_VALUES + 1);
}

#[test]
fn bands_of_sources_have_their_titles_and_follow_them() {
    let sources = [("tass", "TASS"), ("kcna", "KCNA Watch"), ("duma", "State Duma")];
    let sources = sources.map(|(id, title)| Source::new(id, title)).to_vec();
    let event = |id: &str, cited: &[&str]| {
        let citations = cited.iter().map(|source| Citation::new(*source)).collect();
        Event { citations, ..Event::new(id, id, Date::parse("2024-06").expect("a date")) }
    };
    let events = vec![event("a", &["tass", "kcna"]), event("b", &["tass", "gone"]), event("c", &[])];
    let mut timeline = Timeline::from_records(Header::new("T"), vec![], sources, events, vec![], vec![]);
    let mut index = Index::grouped(&timeline, Zone::UTC, Grouping::Source);
    let titles = |index: &Index| index.bands().iter().map(|band| band.title.clone()).collect::<Vec<_>>();
    assert_eq!(titles(&index), ["gone", "KCNA Watch", "TASS", "No source"]);
    for (title, expected) in
        [("TASS, Moscow", ["gone", "KCNA Watch", "TASS, Moscow"]), ("AP", ["AP", "gone", "KCNA Watch"])]
    {
        let edit = Edit::put(Record::Source(Box::new(Source::new("tass", title))));
        let touched = Touched::by(&edit, &timeline);
        apply(&mut timeline, &edit).expect("fits");
        index.follow(&timeline, Zone::UTC, &touched);
        assert_eq!(titles(&index)[..3], expected);
    }
    assert_eq!(index.spots(0).map(|spot| spot.band).collect::<Vec<_>>(), [0, 2]);
}

/// The titles of the bands of events with these dates and places, arranged, and of those not shown.
fn arranged(text: &str, events: &[(&str, &str)]) -> (Index, Vec<String>, Vec<String>) {
    let event = |(at, (when, place)): (usize, &(&str, &str))| Event {
        place: (!place.is_empty()).then(|| (*place).into()),
        ..Event::new(format!("e{at}"), "e", Date::parse(when).expect("a date"))
    };
    let events = events.iter().enumerate().map(event).collect();
    let timeline = Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]);
    let arrangement = Arc::new(Arrangement::parse(text).expect("an arrangement"));
    let index = Index::arranged(&timeline, Zone::UTC, Grouping::Place, &arrangement);
    let titles = |bands: &[Band]| bands.iter().map(|band| band.title.clone()).collect::<Vec<_>>();
    let (shown, hidden) = (titles(index.bands()), titles(index.hidden()));
    (index, shown, hidden)
}

#[test]
fn bands_stand_in_the_order_that_is_asked_for_and_others_last() {
    let events = [
        ("2024-03", "Alpha"),
        ("2024-01", "Beta"),
        ("2024-05", "Beta"),
        ("2024-02", "Gamma"),
        ("2024-06", "Gamma"),
        ("2024-07", "Gamma"),
        ("2024-08", ""),
    ];
    for (text, expected) in [
        ("", &["Alpha", "Beta", "Gamma", "No place"][..]),
        ("by count", &["Gamma", "Beta", "Alpha", "No place"]),
        ("by first event", &["Beta", "Gamma", "Alpha", "No place"]),
        ("by count; first Alpha", &["Alpha", "Gamma", "Beta", "No place"]),
        ("first No place, Gamma", &["No place", "Gamma", "Alpha", "Beta"]),
        ("at most 1", &["Gamma", "Others", "No place"]),
        ("hidden Gamma, No place", &["Alpha", "Beta"]),
        ("at most 2; hidden Others", &["Beta", "Gamma", "No place"]),
        // What is not there arranges nothing.
        ("first Delta; hidden Epsilon", &["Alpha", "Beta", "Gamma", "No place"]),
    ] {
        assert_eq!(arranged(text, &events).1, expected, "{text}");
    }
    let (index, shown, hidden) = arranged("hidden Alpha, Beta, Gamma, No place", &events);
    assert_eq!((shown.len(), hidden.len()), (1, 3), "one stays");
    assert_eq!(index.spot(0), None, "it stands nowhere, and is no event beyond the axis");
    assert_eq!(index.unplaced(), 0);
}

#[test]
fn a_collapsed_band_is_one_line_high_and_holds_all_its_events() {
    let events = [("2024-03", "Alpha"); 5];
    let (index, ..) = arranged("collapsed Alpha", &events);
    assert_eq!((index.bands()[0].rows, index.events_in(0)), (1, 5));
    let spread = index.spread(None, &Room::around(&index), None);
    assert_eq!((spread.bands()[0].rows, spread.events_in(0)), (1, 5));
    let (index, ..) = arranged("", &events);
    assert!(index.bands()[0].rows > 1);
}

#[test]
fn an_arrangement_stays_while_events_are_edited_and_what_is_hidden_stays_so() {
    let event = |id: &str, place: &str| Event {
        place: Some(place.into()),
        ..Event::new(id, "e", Date::parse("2024-03").expect("a date"))
    };
    let events = vec![event("a", "Alpha"), event("b", "Beta"), event("c", "Beta"), event("d", "Gamma")];
    let mut timeline = Timeline::from_records(Header::new("T"), vec![], vec![], events, vec![], vec![]);
    let arrangement = Arc::new(Arrangement::parse("by count; hidden Gamma").expect("an arrangement"));
    let mut index = Index::arranged(&timeline, Zone::UTC, Grouping::Place, &arrangement);
    for (edited, expected) in [
        (event("a", "Beta"), &["Beta"][..]),
        (event("a", "Gamma"), &["Beta"]),
        (event("b", "Alpha"), &["Alpha", "Beta"]),
        (event("d", "Alpha"), &["Alpha", "Beta"]),
    ] {
        let edit = Edit::put_event(edited);
        let touched = Touched::by(&edit, &timeline);
        apply(&mut timeline, &edit).expect("fits");
        index.follow(&timeline, Zone::UTC, &touched);
        let titles: Vec<&str> = index.bands().iter().map(|band| band.title.as_str()).collect();
        assert_eq!(titles, expected);
        let anew = Index::arranged(&timeline, Zone::UTC, Grouping::Place, &arrangement);
        assert_eq!(index.bands().len(), anew.bands().len());
        let shown = |index: &Index| (0..4).map(|at| index.spots(at).count()).collect::<Vec<_>>();
        assert_eq!(shown(&index), shown(&anew));
        let plain = index.rearranged(&timeline, Grouping::Place, &Arc::default());
        assert_eq!(shown(&plain), [1, 1, 1, 1]);
    }
}

#[test]
fn bands_of_a_long_timeline_are_behind_an_edit_that_leads_to_others_until_they_are_made_anew() {
    let event = |at: usize| Event {
        place: Some(["Alpha", "Beta"][at % 2].into()),
        citations: vec![Citation::new(["log", "wire"][at % 2])].into(),
        ..Event::new(format!("e{at}"), "e", Date::parse("2024-03").expect("a date"))
    };
    let source = |id: &str, publisher: &str| Source { publisher: Some(publisher.into()), ..Source::new(id, id) };
    let sources = vec![source("log", "One"), source("wire", "Two")];
    let events: Vec<Event> = (0..20_001).map(event).collect();
    let made = Timeline::from_records(Header::new("T"), vec![], sources, events, vec![], vec![]);
    let titles =
        |index: &Index| -> Vec<String> { index.bands().iter().map(|band| band.title.clone()).collect::<Vec<_>>() };
    let moved = Event { place: Some("Gamma".into()), ..event(7) };
    for (grouping, edit, before, after) in [
        (
            Grouping::Publisher,
            Edit::put(Record::Source(Box::new(source("wire", "Three")))),
            ["One", "Two"],
            &["One", "Three"][..],
        ),
        (Grouping::Place, Edit::put_event(moved), ["Alpha", "Beta"], &["Alpha", "Beta", "Gamma"]),
    ] {
        let mut timeline = made.clone();
        let mut index = Index::grouped(&timeline, Zone::UTC, grouping);
        let touched = Touched::by(&edit, &timeline);
        apply(&mut timeline, &edit).expect("fits");
        index.follow(&timeline, Zone::UTC, &touched);
        assert!(index.is_behind() && titles(&index) == before, "{grouping:?}: {:?}", titles(&index));
        let anew = index.rearranged(&timeline, grouping, &Arc::default());
        assert!(!anew.is_behind() && titles(&anew) == after, "{grouping:?}: {:?}", titles(&anew));
        let standing = |index: &Index| (0..20_001).filter(|at| index.spot(*at).is_some()).count();
        assert_eq!((standing(&anew), anew.unplaced()), (20_001, 0));
    }
}

#[test]
fn the_most_frequent_values_have_colours_and_an_event_has_that_of_its_most_frequent() {
    let actors: Vec<String> = (0..9).map(|at| format!("Actor {at}")).collect();
    let mut events: Vec<(&str, Vec<&str>)> = Vec::new();
    for (at, actor) in actors.iter().enumerate() {
        events.extend(std::iter::repeat_n(("2024", vec![actor.as_str()]), 10 - at));
    }
    events.push(("2024", vec!["Actor 8", "Actor 3"]));
    events.push(("2024", vec![]));
    let borrowed: Vec<(&str, &[&str])> = events.iter().map(|(when, actors)| (*when, actors.as_slice())).collect();
    let timeline = acted(&borrowed);
    let hues = Hues::of(&timeline, Zone::UTC, Grouping::Actor).expect("no scale of its own");
    let of = |at: usize| hues.of_event(&timeline, timeline.events().get(at).expect("there"), Zone::UTC);
    assert_eq!((of(0), hues.title(of(0))), (Hue::Value(0), "Actor 0".to_owned()));
    let last = timeline.events().len() - 1;
    assert_eq!((of(last - 1), of(last), of(last - 2)), (Hue::Value(3), Hue::Without, Hue::Others));
    assert_eq!(hues.title(Hue::Without), "No actor");
    assert!(Hues::of(&timeline, Zone::UTC, Grouping::Standing).is_none());
}

#[test]
fn lanes_that_come_go_or_change_places_leave_the_bands_of_a_long_timeline_behind_and_right() {
    let lane = |id: &str| Lane { id: id.into(), title: id.to_uppercase().into(), color: None, note: None };
    let event = |at: usize| {
        let date = Date::parse(&format!("20{:02}-06", at % 90)).expect("a date");
        Event { lane: Some(["a", "b"][at % 2].into()), ..Event::new(format!("e{at}"), "An event", date) }
    };
    let events = (0..20_100).map(event).collect();
    let mut timeline =
        Timeline::from_records(Header::new("T"), vec![lane("a"), lane("b")], vec![], events, vec![], vec![]);
    let mut index = Index::grouped(&timeline, Zone::UTC, Grouping::Lane);
    let place = Edit::Put { record: Record::Lane(lane("new")), replaces: None, at: Some(0) };
    let last = |timeline: &Timeline| moved_record(timeline, &Key::Lane("a".into()), 2).expect("elsewhere");
    let merge = |timeline: &Timeline, lane: &str| {
        remove_lane(timeline, lane, &LaneEvents::Move(Some("new".into())), |_| Vec::new()).expect("there").edit
    };
    // Half of all events are of each lane: more than are followed one by one.
    let edits: [&dyn Fn(&Timeline) -> Edit; 5] = [
        &|_| place.clone(),
        &last,
        &|_| Edit::put_event(Event { lane: Some("new".into()), ..event(3) }),
        &|timeline| merge(timeline, "b"),
        &|_| Edit::put_event(Event { lane: Some("a".into()), ..event(5) }),
    ];
    for edit in edits {
        let edit = edit(&timeline);
        let touched = Touched::by(&edit, &timeline);
        apply(&mut timeline, &edit).expect("fits");
        index.follow(&timeline, Zone::UTC, &touched);
        assert!(index.is_behind());
        // Each band that is shown meanwhile is that of its own lane.
        for band in index.bands() {
            let BandKey::Lane(at) = band.key else { continue };
            assert_eq!(timeline.lanes().get(at).map(|lane| &*lane.title), Some(&*band.title));
        }
    }
    let arranged = index.rearranged(&timeline, Grouping::Lane, &Arc::default());
    assert_eq!(arranged.bands().iter().map(|band| band.title.as_str()).collect::<Vec<_>>(), ["NEW", "A"]);
    let counts = |index: &Index| (0..2).map(|band| index.events_in(band)).collect::<Vec<_>>();
    assert_eq!(counts(&arranged), counts(&Index::grouped(&timeline, Zone::UTC, Grouping::Lane)));
    assert!(!arranged.is_behind());
}
