//! The scanner held against `ron`: the same texts are whole, and every part reads on its own.

use proptest::prelude::*;

use super::super::random::{Dice, Scribe, TRICKY, dice};
use super::super::tree::{Kind, Node};
use super::*;

/// What was printed: the place of every value, in the order in which they begin.
struct Printed {
    text: String,
    values: Vec<Span>,
}

fn random_document(dice: &mut Dice) -> Printed {
    let mut scribe = Scribe::new(dice);
    let mut values = Vec::new();
    if scribe.dice.chance(4) {
        scribe.out.push('\u{feff}');
    }
    if scribe.dice.chance(3) {
        for token in ["#", "!", "[", "enable", "(", "implicit_some"] {
            scribe.token(token);
        }
        if scribe.dice.chance(2) {
            scribe.token(",");
        }
        scribe.token(")");
        scribe.token("]");
    }
    random_value(&mut scribe, &mut values, 4);
    scribe.trivia();
    if scribe.dice.chance(5) {
        scribe.out.push_str("// no line end");
    }
    Printed { text: scribe.out.clone(), values }
}

fn random_value(scribe: &mut Scribe<'_>, values: &mut Vec<Span>, depth: usize) {
    let leaves = 7;
    let kind = scribe.dice.roll(if depth == 0 { leaves } else { leaves + 6 });
    let place = values.len();
    scribe.trivia();
    let start = scribe.out.len();
    values.push(Span::new(start, start));
    let leaf = match kind {
        0 => Some(
            scribe.dice.pick(&["1", "-2", "0x1F", "1.5e-3", "-0.5", "1_000", "7u8", "b'x'", "inf", "-inf"]).to_owned(),
        ),
        1 => Some(scribe.dice.pick(&["'x'", "'\\''", "'\"'", "'\\u{41}'", "'\\x41'", "'\\\\'", "'/'"]).to_owned()),
        2 => Some(scribe.dice.pick(&["true", "None", "Word", "r#type", "_x", "bare", "rb", "b1"]).to_owned()),
        3 => Some(scribe.dice.pick(&["b\"by\\\"te\"", "br#\"r\"aw\"#", "b\"\""]).to_owned()),
        4..=6 => {
            let value = scribe.dice.pick(&TRICKY);
            Some(scribe.literal(value))
        }
        _ => None,
    };
    if let Some(leaf) = leaf {
        scribe.out.push_str(&leaf);
    } else {
        let is_struct = kind >= 11;
        let name = scribe.dice.pick(if is_struct { &["", "Name", "N2"] } else { &["", "Name", "Some"] });
        let (open, close) = match kind {
            7 | 8 => ("[", "]"),
            9 => ("{", "}"),
            _ => ("(", ")"),
        };
        if open == "(" && !name.is_empty() {
            scribe.out.push_str(name);
            scribe.token("(");
        } else {
            scribe.out.push_str(open);
        }
        let count = match (name, open) {
            ("Some", "(") if !is_struct => 1,
            _ => scribe.dice.roll(4),
        };
        for at in 0..count {
            if is_struct {
                scribe.token(["a", "bb", "r#c", "_d"][at]);
                scribe.token(":");
            } else if open == "{" {
                let key = format!("\"k{at}\"");
                scribe.token(&key);
                scribe.token(":");
            }
            random_value(scribe, values, depth - 1);
            if at + 1 < count || scribe.dice.chance(2) {
                scribe.token(",");
            }
        }
        scribe.token(close);
    }
    values[place].end = scribe.out.len();
}

/// The places of the values in a tree, in the order in which they begin; keys of maps apart.
fn places(node: &Node, into: &mut Vec<Span>) {
    into.push(node.span);
    match &node.kind {
        Kind::Struct { fields, .. } => fields.iter().for_each(|field| places(&field.value, into)),
        Kind::Tuple { items, .. } | Kind::List { items } => items.iter().for_each(|item| places(&item.value, into)),
        Kind::Map { entries } => entries.iter().for_each(|entry| places(&entry.value, into)),
        _ => {}
    }
}

fn read(text: &str) -> Result<ron::Value, ron::error::SpannedError> {
    let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    options.from_str(text.trim_start_matches('\u{feff}'))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn a_valid_document_scans_to_the_extents_it_was_printed_with(mut dice in dice()) {
        let Printed { text, values } = random_document(&mut dice);
        let expected = read(&text);
        prop_assert!(expected.is_ok(), "ron refuses {text:?}: {expected:?}");
        let scan = scan(&text, usize::MAX);
        prop_assert!(scan.faults.is_empty(), "{text:?}: {:?}", scan.faults);
        let root = scan.root.unwrap();
        let mut found = Vec::new();
        places(&root, &mut found);
        prop_assert_eq!(&found, &values, "{:?}", text);
        for span in values {
            let slice = span.slice(&text);
            prop_assert!(read(slice).is_ok(), "{slice:?} of {text:?} does not read alone");
            let alone = scan_value(&text, span).unwrap();
            prop_assert_eq!(alone.span, span);
        }
        // What is kept of the tree does not change where things stand.
        let shallow = super::scan(&text, 1).root.unwrap();
        prop_assert_eq!(shallow.span, root.span);
        prop_assert_eq!(shallow.slots(), root.slots());
    }

    #[test]
    fn what_ron_accepts_has_no_fault(mut dice in dice(), changes in 1..4_usize) {
        let Printed { mut text, .. } = random_document(&mut dice);
        // With implicit_some, `ron` takes `Some` before any value, brackets or not; no file needs that.
        text = text.replace("Some", "Soma");
        for _ in 0..changes {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            let at = if places.is_empty() { 0 } else { dice.pick(&places) };
            let what = dice.pick(&["\"", "(", ")", "[", "]", ",", ":", "/", "*", "\\", "'", "a", "1", "\n", "#", "r", "{", "}", "//", "/*", "é"]);
            match dice.roll(3) {
                0 => text.insert_str(at, what),
                1 if !places.is_empty() => { text.remove(at); }
                _ if !places.is_empty() => { text.remove(at); text.insert_str(at, what); }
                _ => {}
            }
        }
        let scan = scan(&text, usize::MAX);
        for fault in &scan.faults {
            prop_assert!(fault.span.start <= fault.span.end && fault.span.end <= text.len());
            prop_assert!(text.is_char_boundary(fault.span.start) && text.is_char_boundary(fault.span.end));
        }
        if let Ok(value) = read(&text) {
            prop_assert!(scan.faults.is_empty(), "ron takes {text:?} as {value:?}: {:?}", scan.faults);
            let root = scan.root.unwrap();
            prop_assert_eq!(read(root.span.slice(&text)).unwrap(), value);
        }
    }
}

#[test]
fn deep_nesting_is_a_fault_and_no_overflow() {
    for open in ["[", "(", "{1:", "Some("] {
        let text = open.repeat(200_000);
        let scan = scan(&text, usize::MAX);
        assert!(scan.faults.iter().any(|fault| fault.message.contains("nested too deeply")), "{open}");
        assert!(scan.faults.len() == 1 && !scan.is_cut, "{open}: {:?}", scan.faults);
    }
}

/// The faults of a text as `line:column message`.
fn check(text: &str, expected: &[&str]) {
    let index = crate::diagnostic::LineIndex::new(text);
    let found: Vec<String> = scan(text, 2)
        .faults
        .iter()
        .map(|fault| {
            let place = index.place(fault.span.start);
            format!("{}:{} {}", place.line, place.column, fault.message)
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn what_is_never_closed_is_named_where_it_opens() {
    check(
        "Timeline(\n title: \"never closed,\n format: 1,\n events: [Event(title: \"a\", date: \"2024\")],\n)",
        &["2:9 this text has no closing quotation mark"],
    );
    check("Timeline(\n title: \"last)\n", &["2:9 this text has no closing quotation mark"]);
    check("Timeline(title: r#\"raw\",\n format: 1)", &["1:17 this raw text is never closed"]);
    check("Timeline(\n /* a /* b */ title: \"x\",\n)", &["2:2 this comment is never closed"]);
    check(
        "Timeline(\n events: [\n  Event(title: \"a\",\n  Event(title: \"b\"),\n ],\n)",
        &["3:8 this `(` is never closed"],
    );
    check("Timeline(\n tags: [\"a\", \"b\",\n title: \"x\",\n)", &["2:8 this `[` is never closed"]);
    check("Timeline(\n title: \"x\",\n", &["1:9 this `(` is never closed"]);
    check(
        "Timeline(\n title: \"x\",\n events: [\n  Event(title: \"a\", tags: [\"b\",\n\n",
        &["1:9 this `(` is never closed, nor are 3 brackets inside it: the text ends in line 4"],
    );
}

#[test]
fn a_small_slip_is_named_and_what_follows_is_read() {
    check("T(a: 1 b: 2)", &["1:7 there is no comma after this"]);
    check(
        "T(a: \"x\"\n b: \"y\"\n c: [1 2])",
        &["1:9 there is no comma after this", "2:8 there is no comma after this", "3:7 there is no comma after this"],
    );
    check(
        "T(a: 1, b 2, c = 3)",
        &["1:10 there is no colon after this name", "1:16 a colon stands between a name and its value, not `=`"],
    );
    check("T(a: 1,, b: 2)", &["1:8 there is a comma too many"]);
    check("T(a: 1; b: 2)", &["1:7 `;` does not belong here", "1:7 there is no comma after this"]);
    check("T(a: , b: 2)", &["1:3 `a` has no value"]);
    check("T(a: 1)) x", &["1:8 there is text after the end of the timeline"]);
    check("T(a: [1, 2), b: 3)", &["1:11 this `)` closes a value that `]` must close"]);
    check("T(a: 1, 2)", &["1:9 this value has no field name before it"]);
    check("T(a: \"he said \"no\" to it\", b: 2)", &["1:15 the text goes on after this quotation mark"]);
    check("", &["1:1 there is no timeline in this file"]);
    check(
        "// c\rTimeline(format: 1)\r",
        &["1:5 the lines of this file end in CR alone, so that its first comment goes on to the end"],
    );
    check("// c\r\nTimeline(format: 1)\r", &[]);
}

#[test]
fn a_long_line_costs_no_more_than_many_short_ones() {
    let items = "\"some text\", ".repeat(200_000);
    let scan = scan(&format!("[{items}]"), usize::MAX);
    assert!(scan.faults.is_empty());
    assert_eq!(scan.root.map_or(0, |root| root.items().len()), 200_000);
}
