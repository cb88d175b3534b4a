//! Many events at once: how they come to be selected, by pointer and by keys, and what is done to them.

use annalist::model::Text;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, PointerButton, Pos2, Rect, vec2};
use egui_kittest::kittest::{By, Queryable as _};

use super::window::{Setup, TREATY, Window, key_event};

const DOSSIER: &str = r#"Timeline(
    format: 1,
    title: "Dossier",
    lanes: [Lane(id: "law", title: "Law"), Lane(id: "troops", title: "Troops")],
    sources: [Source(id: "wire", title: "Wire report", url: "https://wire.example/1")],
    events: [
        Event(id: "signing", title: "Treaty signed", date: "2024-06-19", lane: "law", tags: ["treaty", "summit"]),
        Event(id: "duma", title: "Duma ratifies", date: "2024-10-24", lane: "law", tags: ["treaty"]),
        Event(id: "council", title: "Council approves", date: "2024-11-06", lane: "law", tags: ["treaty"]),
        Event(id: "seen", title: "Troops seen", date: "2024-10", lane: "troops", actors: ["KPA"],
              links: [Link(to: "duma", relation: Related)]),
        Event(id: "fight", title: "First fight", date: "2024-11-04", lane: "troops", actors: ["KPA"]),
        Event(id: "talks", title: "Secret talks"),
    ],
)
"#;

/// A place on the track where there is nothing.
const GROUND: Pos2 = Pos2::new(500.0, 800.0);

fn window() -> Window {
    let mut setup = Setup { size: vec2(1400.0, 1100.0), ..Setup::default() };
    setup.settings.reduce_motion = true;
    setup.on(DOSSIER)
}

/// The ids of the selected events, in the order of the file.
fn selected(window: &Window) -> Vec<String> {
    let view = window.app().view();
    let is_selected = |id: &&Text| view.transient.is_selected(window.timeline(), id);
    window.timeline().events().iter().map(|event| &event.id).filter(is_selected).map(ToString::to_string).collect()
}

fn click_with(window: &mut Window, modifiers: Modifiers, at: Pos2) {
    window.press(modifiers, at);
    window.button(modifiers, at, false);
    window.frame([Event::ModifiersChanged(Modifiers::NONE)]);
    window.settle();
}

fn pick(window: &mut Window, modifiers: Modifiers, titles: &[&str]) {
    for title in titles {
        let at = window.mark(title);
        click_with(window, modifiers, at);
    }
}

/// What the clipboard got in the frame in which this arrived.
fn copied(window: &mut Window, event: Event) -> String {
    window.frame([event]);
    let commands = &window.output().platform_output.commands;
    let text = commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    window.settle();
    text.expect("something was copied")
}

#[test]
fn ctrl_click_gathers_and_lets_go_and_delete_is_one_step() {
    let mut window = window();
    window.select("Duma ratifies");
    pick(&mut window, Modifiers::COMMAND, &["Council approves", "First fight", "First fight", "Troops seen"]);
    assert_eq!(selected(&window), ["duma", "council", "seen"]);
    assert!(window.shows("3 selected") && window.shows("3 events"));
    let at = window.mark("Treaty signed");
    window.click_at(at);
    assert_eq!(selected(&window), ["signing"]);
    pick(&mut window, Modifiers::COMMAND, &["Duma ratifies"]);
    window.key(Key::Delete);
    assert_eq!(window.titles(), ["Council approves", "Troops seen", "First fight", "Secret talks"]);
    assert!(window.event("seen").links.is_empty());
    assert!(window.tells("Deleted 2 events and the links to them from 1 event"), "{:?}", window.notices());
    window.click("Undo");
    assert_eq!((window.titles().len(), window.event("seen").links.len()), (6, 1));
}

#[test]
fn shift_click_selects_a_range_in_time_and_escape_leads_back() {
    let mut window = window();
    window.select("Duma ratifies");
    pick(&mut window, Modifiers::SHIFT, &["Council approves"]);
    assert_eq!(selected(&window), ["duma", "council", "fight"]);
    pick(&mut window, Modifiers::SHIFT, &["Treaty signed"]);
    assert_eq!(selected(&window), ["signing", "duma", "seen"], "the range begins where it began");
    window.key(Key::Escape);
    assert_eq!(selected(&window), ["signing"]);
    window.key(Key::Escape);
    assert_eq!(selected(&window), Vec::<String>::new());
}

#[test]
fn a_frame_drawn_with_ctrl_and_shift_selects_what_it_touches() {
    let mut window = window();
    let both = Modifiers::COMMAND | Modifiers::SHIFT;
    let frame = |titles: [&str; 2]| {
        let marks = titles.map(|title| window.mark(title));
        Rect::from_points(&marks).expand(10.0)
    };
    let around = frame(["Duma ratifies", "Council approves"]);
    let fight = frame(["First fight", "First fight"]);
    window.drag(both, around.min, around.size());
    assert_eq!(selected(&window), ["duma", "council"]);
    // Another one adds to it, and one over nothing takes nothing away.
    window.drag(both, fight.max, -fight.size());
    assert_eq!(selected(&window), ["duma", "council", "fight"]);
    assert_eq!(window.titles().len(), 6, "no event was made");
}

#[test]
fn a_frame_selects_what_it_touches_alone_once_the_keys_are_let_go() {
    let mut window = window();
    pick(&mut window, Modifiers::COMMAND, &["Treaty signed", "Troops seen"]);
    let marks = ["Duma ratifies", "Council approves"].map(|title| window.mark(title));
    let around = Rect::from_points(&marks).expand(10.0);
    let both = Modifiers::COMMAND | Modifiers::SHIFT;
    let frame = |window: &mut Window, held: Modifiers, around: Rect, says: &str| {
        window.press(both, around.min);
        window.move_holding(both, around.center());
        window.move_holding(held, around.max);
        window.move_holding(held, around.max);
        assert!(window.shows(says), "{says}");
        window.button(held, around.max, false);
        window.settle();
    };
    frame(&mut window, Modifiers::NONE, around, "Selects what is in the frame alone");
    assert_eq!(selected(&window), ["duma", "council"]);
    // One of the two keys is enough to add.
    let fight = Rect::from_center_size(window.mark("First fight"), vec2(20.0, 20.0));
    // From the corner that is free ground.
    let fight = Rect { min: fight.max, max: fight.min };
    frame(&mut window, Modifiers::SHIFT, fight, "Selects what is in the frame");
    assert_eq!(selected(&window), ["duma", "council", "fight"]);
    // Alone, a frame over nothing leaves nothing selected.
    let ground = Rect::from_min_size(GROUND, vec2(12.0, 4.0));
    frame(&mut window, Modifiers::NONE, ground, "Selects what is in the frame alone");
    assert_eq!(selected(&window), Vec::<String>::new());
}

#[test]
fn keys_select_all_that_match_and_one_more_after_another() {
    let mut window = window();
    window.ctrl(Key::A);
    assert_eq!(selected(&window).len(), 6);
    window.key(Key::Escape);
    window.fill("Find events", "tag:treaty");
    window.click_at(GROUND);
    window.ctrl(Key::A);
    assert_eq!(selected(&window), ["signing", "duma", "council"]);
    window.key(Key::Escape);
    window.key(Key::Home);
    window.ctrl(Key::ArrowRight);
    assert_eq!(selected(&window), ["signing", "duma"]);
    window.ctrl(Key::ArrowLeft);
    assert_eq!(selected(&window), ["signing", "duma"], "nothing leaves");
}

#[test]
fn table_and_tray_take_part() {
    let mut window = window();
    window.ctrl(Key::T);
    let row = |window: &Window, part: &str| {
        let part = part.to_owned();
        let rows = window.query_all(By::new().predicate(move |node| {
            node.role() == Role::ListBoxOption && node.label().is_some_and(|label| label.contains(&part))
        }));
        rows.map(|node| node.rect()).max_by(|a, b| a.top().total_cmp(&b.top())).expect("a row").center()
    };
    let at = row(&window, "Duma ratifies");
    window.click_at(at);
    let at = row(&window, "First fight");
    click_with(&mut window, Modifiers::SHIFT, at);
    assert_eq!(selected(&window), ["duma", "fight"]);
    let at = row(&window, "Secret talks");
    click_with(&mut window, Modifiers::COMMAND, at);
    assert_eq!(selected(&window), ["duma", "fight", "talks"]);
    assert!(window.shows("1 undated"));
}

#[test]
fn the_menu_of_one_of_several_is_about_all_of_them() {
    let mut window = window();
    window.select("Duma ratifies");
    pick(&mut window, Modifiers::COMMAND, &["Council approves"]);
    let at = window.mark("Duma ratifies");
    window.move_to(at);
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Secondary, Modifiers::NONE);
        window.frame([Event::PointerButton { pos: at, button, pressed, modifiers }]);
    }
    window.settle();
    assert_eq!(selected(&window), ["duma", "council"]);
    window.click_part("Merge events");
    assert_eq!(window.titles().len(), 5);
    assert_eq!(selected(&window), ["council"], "the one that had the focus is kept");
}

#[test]
fn while_a_field_has_the_keyboard_its_keys_are_its_own() {
    let mut window = window();
    window.select("Duma ratifies");
    window.field("Title").focus();
    window.settle();
    window.ctrl(Key::A);
    window.paste("Vote of the Duma");
    window.key(Key::Enter);
    assert_eq!(window.event("duma").title, "Vote of the Duma");
    assert_eq!((window.titles().len(), selected(&window)), (6, vec!["duma".to_owned()]));
}

#[test]
fn one_form_moves_marks_and_tags_all_of_them() {
    let mut window = window();
    window.select("Duma ratifies");
    pick(&mut window, Modifiers::COMMAND, &["First fight"]);
    window.click_combo("Lane");
    window.click("Troops");
    assert!(["duma", "fight"].iter().all(|id| window.event(id).lane.as_deref() == Some("troops")));
    assert!(window.tells("Moved 1 event to “Troops”; 1 stayed: so already"), "{:?}", window.notices());
    window.click_combo("Standing");
    window.click("Confirmed");
    assert!(window.tells("Marked 2 events as confirmed"));
    window.fill("Add tags", "front, kursk");
    window.key(Key::Enter);
    assert_eq!(window.event("duma").tags.join(" "), "treaty front kursk");
    assert_eq!(window.undo_label(), "Add the tags “front”, “kursk” to 2 events");
    window.click("Tag treaty, 1 of 2");
    window.click("Add to all 2 events");
    assert_eq!(window.event("fight").tags.join(" "), "front kursk treaty");
    window.click("Tag front, all");
    window.click("Remove from 2 of them");
    assert_eq!(window.event("fight").tags.join(" "), "kursk treaty");
    window.click("Tag treaty, all");
    window.click("Rename everywhere…");
    window.type_text("pact");
    window.key(Key::Enter);
    assert!(window.tells("Renamed the tag “treaty” to “pact” in 4 events"), "{:?}", window.notices());
    window.undo();
    assert_eq!(window.event("signing").tags.join(" "), "treaty summit");
    assert_eq!(selected(&window), ["duma", "fight"], "they are selected still");
}

#[test]
fn a_line_that_adds_keeps_the_keyboard_after_enter() {
    let mut window = window();
    window.select("Duma ratifies");
    pick(&mut window, Modifiers::COMMAND, &["First fight"]);
    for name in ["Add actors", "Add tags"] {
        window.fill(name, "first");
        window.key(Key::Enter);
        assert_eq!((window.focused().as_str(), window.value(name).as_str()), (name, ""));
        window.strike(Key::N, "n");
        window.key(Key::Enter);
        assert_eq!((window.focused().as_str(), window.timeline().events().len()), (name, 6), "N is no command here");
    }
    let event = window.event("fight");
    assert_eq!((event.actors.join(" "), event.tags.join(" ")), ("KPA first n".to_owned(), "first n".to_owned()));
}

#[test]
fn lines_of_many_are_completed_as_those_of_one() {
    let places = DOSSIER.replace("actors: [\"KPA\"]", "actors: [\"KPA\"], place: \"Kursk\"");
    let mut setup = Setup { size: vec2(1400.0, 1100.0), ..Setup::default() };
    setup.settings.reduce_motion = true;
    let mut window = setup.on(&places);
    window.select("Duma ratifies");
    pick(&mut window, Modifiers::COMMAND, &["Council approves"]);
    window.fill("Add actors", "k");
    assert!(window.has("Use KPA"));
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(window.event("duma").actors.join(" "), "KPA");
    assert_eq!((window.focused().as_str(), window.value("Add actors").as_str()), ("Add actors", ""));
    window.fill("Add tags", "first, su");
    window.click("Use summit");
    assert_eq!(window.event("council").tags.join(" "), "treaty first summit");
    assert_eq!(window.undo_label(), "Add the tags “first”, “summit” to 2 events");
    window.fill("Add tags", "tre");
    assert!(!window.has("Use treaty"), "all have it");
    window.key(Key::Escape);
    window.fill("Place", "ku");
    window.click("Use Kursk");
    assert_eq!(window.event("council").place.as_deref(), Some("Kursk"));
    // A press on an offer that is let go elsewhere leaves the line as any click does.
    window.fill("Add actors", "kp");
    assert!(!window.has("Use KPA"), "both have it by now");
    window.fill("Add tags", "s");
    assert!(!window.has("Use summit"));
    window.key(Key::Escape);
}

#[test]
fn a_word_typed_at_a_list_of_many_is_one_step() {
    let mut window = window();
    window.select("Duma ratifies");
    pick(&mut window, Modifiers::COMMAND, &["First fight"]);
    window.combo("Standing").focus();
    window.settle();
    // Within a second, which frames are few of.
    for (key, text) in [(Key::D, "d"), (Key::E, "e")] {
        window.frame([key_event(key, true), Event::Text(text.to_owned()), key_event(key, false)]);
    }
    window.settle();
    assert_eq!(window.event("duma").standing.label(), "Denied");
    assert!(window.tells("Marked 2 events as denied") && !window.tells("as disputed"), "{:?}", window.notices());
    window.undo();
    assert_eq!((window.event("fight").standing.label(), window.undo_label()), ("Reported", ""));
}

#[test]
fn dates_shift_as_vague_as_they_are_and_become_months() {
    let mut window = window();
    window.ctrl(Key::A);
    window.key(Key::D);
    assert_eq!(window.focused(), "Shift by");
    window.type_text("3");
    window.click("Later");
    assert_eq!(window.event("duma").date_as_written(), "2024-10-27");
    assert_eq!(window.event("seen").date_as_written(), "2024-10");
    let said = "Shifted 4 events 3 days later; 2 stayed: 1 undated, 1 too vague to shift by that";
    assert!(window.tells(said), "{:?}", window.notices());
    window.click("Undo");
    assert_eq!(window.event("duma").date_as_written(), "2024-10-24");
    window.click("These are…");
    window.click("Months");
    assert_eq!(window.event("duma").date_as_written(), "2024-10");
    assert!(window.tells("Made the dates of 4 events months"), "{:?}", window.notices());
}

/// A way to press what has a name.
type Press = fn(&mut Window, &str);

/// Something that is done in the form, where what it presses is pressed in one of the ways.
type Deed = fn(&mut Window, Press);

/// What one can do in the form.
const DEEDS: [(&str, Deed); 11] = [
    ("shift", |window, press| {
        window.fill("Shift by", "3");
        press(window, "Later");
    }),
    ("shift back", |window, press| {
        window.fill("Shift by", "3");
        press(window, "Earlier");
    }),
    ("precision", |window, press| {
        press(window, "These are…");
        press(window, "Months");
    }),
    ("no dates", |window, press| press(window, "Remove dates")),
    ("duplicate", |window, press| press(window, "Duplicate")),
    ("merge", |window, press| press(window, "Merge into one")),
    ("delete", |window, press| press(window, "Delete")),
    ("add a tag", |window, press| {
        press(window, "Tag treaty, 1 of 2");
        press(window, "Add to all 2 events");
    }),
    ("remove a tag", |window, press| {
        press(window, "Tag treaty, 1 of 2");
        press(window, "Remove from 1 of them");
    }),
    ("rename a tag", |window, press| {
        press(window, "Tag treaty, 1 of 2");
        press(window, "Rename everywhere…");
        window.type_text("pact");
        press(window, "Rename");
    }),
    ("cite", |window, press| {
        window.fill("Cite a source in all", "wire");
        press(window, "Cite Wire report");
    }),
];

#[test]
fn what_the_form_did_is_undone_by_keys_right_after() {
    let presses: [Press; 2] = [
        |window, name| window.click(name),
        |window, name| {
            window.tab_to(name);
            window.key(Key::Space);
        },
    ];
    for (deed, act) in DEEDS {
        for (way, press) in presses.into_iter().enumerate() {
            let mut window = window();
            window.select("Duma ratifies");
            pick(&mut window, Modifiers::COMMAND, &["First fight"]);
            let before = (**window.app().session().timeline()).clone();
            act(&mut window, press);
            assert!(**window.app().session().timeline() != before, "{deed} by way {way} did nothing");
            window.ctrl(Key::Z);
            assert!(**window.app().session().timeline() == before, "{deed} by way {way} is not undone by Ctrl+Z");
            window.ctrl(Key::Y);
            window.key(Key::Escape);
            window.key(Key::Escape);
            assert_eq!(selected(&window), Vec::<String>::new(), "Escape after {deed} by way {way}");
        }
    }
}

#[test]
fn tags_are_undone_from_the_line_that_has_just_added_them() {
    let mut window = window();
    window.select("Duma ratifies");
    pick(&mut window, Modifiers::COMMAND, &["First fight"]);
    let tags = |window: &Window| ["duma", "fight"].map(|id| window.event(id).tags.join(" "));
    let (before, after) = (["treaty", ""].map(str::to_owned), ["treaty storm", "storm"].map(str::to_owned));
    window.fill("Add tags", "storm");
    window.key(Key::Enter);
    assert_eq!((tags(&window), window.focused().as_str()), (after.clone(), "Add tags"));
    window.ctrl(Key::Z);
    assert_eq!((tags(&window), window.value("Add tags").as_str()), (before.clone(), ""));
    window.ctrl(Key::Y);
    assert_eq!((tags(&window), window.focused().as_str()), (after.clone(), "Add tags"));
    // What is typed is taken back first, and done again first.
    window.type_text("fog");
    window.ctrl(Key::Z);
    assert_eq!((tags(&window), window.value("Add tags").as_str()), (after.clone(), ""));
    window.ctrl(Key::Y);
    assert_eq!((tags(&window), window.value("Add tags").as_str()), (after.clone(), "fog"));
    window.ctrl(Key::Z);
    window.ctrl(Key::Z);
    assert_eq!(tags(&window), before);
    // After Enter with nothing typed too, and after one that was completed.
    window.chord(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.key(Key::Enter);
    window.ctrl(Key::Z);
    assert_eq!(tags(&window), before);
    window.fill("Add tags", "sum");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(tags(&window), ["treaty summit", "summit"]);
    window.ctrl(Key::Z);
    assert_eq!((tags(&window), window.value("Add tags").as_str()), (before, ""));
}

#[test]
fn a_choice_for_many_is_undone_by_keys_right_after() {
    for (name, chosen) in [("Lane", "Troops"), ("Standing", "Confirmed"), ("Weight", "5 (keeps its label longest)")] {
        let mut window = window();
        window.select("Duma ratifies");
        pick(&mut window, Modifiers::COMMAND, &["First fight"]);
        // A number that stands in the form is no text that is being typed.
        window.fill("Shift by", "3");
        window.click_combo(name);
        window.click(chosen);
        assert_ne!(window.undo_label(), "", "{name}");
        window.ctrl(Key::Z);
        assert_eq!(window.undo_label(), "", "{name}");
        window.key(Key::Escape);
        window.key(Key::Escape);
        assert_eq!(selected(&window), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn a_source_is_cited_in_all_and_a_field_of_ones_own_set() {
    let mut window = window();
    window.select("Duma ratifies");
    pick(&mut window, Modifiers::COMMAND, &["First fight"]);
    window.fill("Cite a source in all", "wire");
    window.key(Key::Enter);
    assert!(["duma", "fight"].iter().all(|id| &*window.event(id).citations[0].source == "wire"));
    window.fill("Cite a source in all", "https://other.example/page");
    window.key(Key::Enter);
    assert_eq!((window.timeline().sources().len(), window.event("fight").citations.len()), (2, 2));
    window.fill("Place", "Kursk");
    window.key(Key::Enter);
    assert!(["duma", "fight"].iter().all(|id| window.event(id).place.as_deref() == Some("Kursk")));
    assert_eq!(window.undo_label(), "Set the place of 2 events to “Kursk”");
}

#[test]
fn events_go_to_another_window_with_what_they_name() {
    let mut window = window();
    window.select("Duma ratifies");
    pick(&mut window, Modifiers::COMMAND, &["Troops seen"]);
    window.fill("Cite a source in all", "wire");
    window.key(Key::Enter);
    let at = window.mark("Duma ratifies");
    window.click_at(at);
    pick(&mut window, Modifiers::COMMAND, &["Troops seen"]);
    let text = copied(&mut window, Event::Copy);
    assert!(text.starts_with("Timeline(\n") && text.contains("title: \"Troops seen\""), "{text}");
    let mut other = Window::on(TREATY);
    other.paste(&text);
    assert_eq!(other.titles().len(), 5);
    assert_eq!(selected(&other), ["duma-2", "seen"]);
    assert_eq!(other.event("duma-2").lane.as_deref(), Some("law"));
    assert_eq!(&*other.event("seen").links[0].to, "duma-2");
    assert_eq!(other.source("wire").title, "Wire report");
    assert!(other.tells("Pasted 2 events"), "{:?}", other.notices());
    other.undo();
    assert_eq!((other.titles().len(), other.timeline().sources().len()), (3, 0));
}

#[test]
fn cut_duplicate_and_merge_by_keys_and_menu() {
    let mut window = window();
    window.select("Duma ratifies");
    pick(&mut window, Modifiers::COMMAND, &["Council approves"]);
    window.ctrl(Key::D);
    assert_eq!(window.titles().len(), 8);
    assert_eq!(selected(&window), ["duma-ratifies-copy-2024-10-24", "council-approves-copy-2024-11-06"]);
    window.menu("Edit", "Merge events");
    assert_eq!(window.titles().len(), 7);
    assert!(window.tells("Merged 2 events into “Duma ratifies (copy)”"), "{:?}", window.notices());
    assert!(
        window.event("duma-ratifies-copy-2024-10-24").note.as_deref().is_some_and(|note| note.contains("2024-11-06"))
    );
    window.key(Key::Escape);
    window.select("First fight");
    let text = copied(&mut window, Event::Cut);
    assert!(text.contains("First fight") && !window.titles().contains(&"First fight"));
    window.paste(&text);
    assert_eq!((window.event("fight").lane.as_deref(), selected(&window)), (Some("troops"), vec!["fight".to_owned()]));
}

#[test]
fn a_table_is_copied_and_lines_are_pasted_with_each_bad_one_said() {
    let mut window = window();
    window.ctrl(Key::A);
    window.frame([Event::ModifiersChanged(Modifiers::COMMAND | Modifiers::SHIFT)]);
    let keys = Modifiers::COMMAND | Modifiers::SHIFT;
    let event = Event::Key { key: Key::C, physical_key: None, pressed: true, repeat: false, modifiers: keys };
    let table = copied(&mut window, event);
    window.frame([Event::ModifiersChanged(Modifiers::NONE)]);
    assert!(table.starts_with("Date\tTitle\tAddress\tLane"), "{table}");
    assert!(table.contains("\n2024-10-24\tDuma ratifies\t\tLaw\t"), "{table}");
    window.key(Key::Escape);
    window.paste("2024-12-01\tFirst line\thttps://other.example/1\nnonsense\n5 Dec 2024   Second line\n");
    let added: Vec<&str> = window.titles().into_iter().skip(6).collect();
    assert_eq!(added, ["First line", "Second line"]);
    assert!(window.errors().iter().any(|text| text.starts_with("Not pasted: line 2:")), "{:?}", window.errors());
    assert_eq!(selected(&window).len(), 2);
    window.undo();
    assert_eq!((window.titles().len(), window.timeline().sources().len()), (6, 1));
}

#[test]
fn the_form_says_from_when_to_when_and_what_is_open() {
    let shown = |date: &str, wanted: &str| {
        let text = DOSSIER.replace("\"2024-11-06\"", &format!("\"{date}\""));
        let mut setup = Setup { size: vec2(1400.0, 1100.0), ..Setup::default() };
        setup.settings.reduce_motion = true;
        let mut window = setup.on(&text);
        window.ctrl(Key::A);
        assert!(window.shows(wanted), "{date}: {wanted}");
    };
    shown("2024-11-06", "Jun 2024 – Nov 2024");
    shown("[2024-11-06..]", "Jun 2024 – open");
    shown("2024-11-06/..", "Jun 2024 – open");
    shown("../2024-11-06", "open – Nov 2024");
}
