//! Reading questions and printing them again.

use proptest::prelude::*;

use super::*;

fn literal(text: &str, is_quoted: bool) -> Literal {
    Literal { text: text.to_owned(), is_quoted, is_exact: false, span: 0..0 }
}

fn node(kind: NodeKind) -> Node {
    Node { span: 0..0, kind }
}

/// Texts with every sign that means something somewhere.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Zж가 ()\":,.*?\\\\<>=\\[\\]{}/-]{1,8}".prop_filter("says something", |text| !text.trim().is_empty()),
        prop::sample::select(vec!["OR", "AND", "NOT", "cite", "link", "..", "-", "*", "“a”", "2024/..", "http://a"])
            .prop_map(str::to_owned),
    ]
}

fn any_literal() -> impl Strategy<Value = Literal> {
    prop_oneof![text().prop_map(|text| literal(&text, true)), "[a-zж]{1,5}[*]?".prop_map(|text| literal(&text, false)),]
}

fn any_value() -> impl Strategy<Value = Literal> {
    (any_literal(), any::<bool>()).prop_map(|(literal, is_exact)| Literal { is_exact, ..literal })
}

fn any_test() -> impl Strategy<Value = Test> {
    let comparison = prop::sample::select(Comparison::ALL.map(|(comparison, _)| comparison).to_vec());
    prop_oneof![
        Just(Test::Any),
        (comparison, any_literal()).prop_map(|(comparison, literal)| Test::Compare(comparison, literal)),
        (any_literal(), prop::option::of(any_literal())).prop_map(|(from, to)| Test::Range(Some(from), to)),
        any_literal().prop_map(|to| Test::Range(None, Some(to))),
        prop::collection::vec(any_value(), 1..4).prop_map(Test::OneOf),
    ]
}

fn any_node() -> impl Strategy<Value = Node> {
    let name = prop_oneof![
        "[a-z]{1,6}(\\.[a-z]{1,5})?".prop_map(|text| literal(&text, false)),
        text().prop_map(|text| literal(&text, true)),
    ];
    let leaf = prop_oneof![
        any_literal().prop_map(|literal| node(NodeKind::Words(literal))),
        (name, any::<bool>(), any_test()).prop_map(|(name, takes_possible, test)| node(NodeKind::Field {
            name,
            takes_possible,
            test
        })),
    ];
    leaf.prop_recursive(4, 20, 3, |part| {
        prop_oneof![
            prop::collection::vec(part.clone(), 2..4).prop_map(|parts| node(NodeKind::And(parts))),
            prop::collection::vec(part.clone(), 2..4).prop_map(|parts| node(NodeKind::Or(parts))),
            part.clone().prop_map(|part| node(NodeKind::Not(Box::new(part)))),
            (prop::sample::select(Scope::ALL.to_vec()), part)
                .prop_map(|(scope, inside)| node(NodeKind::Scope { scope, inside: Box::new(inside) })),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_printed_is_read_as_the_same_question(question in any_node()) {
        let text = question.to_string();
        let read = parse(&text).map_err(|fault| TestCaseError::fail(format!("{text}: {fault}")))?;
        prop_assert_eq!(&read, &question, "{}", text);
        prop_assert_eq!(read.to_string(), text);
    }

    #[test]
    fn a_text_without_colon_bracket_or_quote_is_never_refused(text in "[^:(\"]{0,40}") {
        prop_assert!(parse(&text).is_ok(), "{}", text);
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_place_in_it(text in any::<String>(), signs in "[-a(): \",.*?<>=NOTR“”]{0,30}") {
        for text in [text, signs] {
            match parse(&text) {
                Ok(node) => {
                    // Nothing is left over: each letter that is no sign of the language stands in a part.
                    prop_assert!(text.get(node.span).is_some());
                }
                Err(fault) => prop_assert!(text.get(fault.span).is_some_and(|place| !place.is_empty())),
            }
        }
    }
}

#[test]
fn brackets_and_negations_as_deep_as_one_likes_are_no_trouble() {
    for (open, inside, close) in
        [("(", "a", ")"), ("NOT ", "a", ""), ("-(", "a", ")"), ("cite(", "a", ")"), ("- ", "a", "")]
    {
        let text = open.repeat(100_000) + inside + &close.repeat(100_000);
        let read = parse(&text);
        assert_eq!(read.is_err(), open.contains('('), "{open}");
    }
}

#[test]
fn words_are_split_and_operators_join_as_they_stand() {
    let cases = [
        ("", ""),
        ("  a   b ", "a b"),
        ("a OR b c", "a OR b c"),
        ("(a OR b) c", "(a OR b) c"),
        ("a AND b", "a b"),
        ("AND", "\"AND\""),
        ("a OR", "a \"OR\""),
        ("OR a", "\"OR\" a"),
        ("a OR OR b", "a OR \"OR\" b"),
        ("NOT", "\"NOT\""),
        ("NOT a", "-a"),
        ("--a", "--a"),
        ("- a", "- a"),
        ("a-b", "a-b"),
        ("-(a b)", "-(a b)"),
        ("NOT NOT a", "NOT -a"),
        ("-\"-\"", "NOT -"),
        ("a)b", "\"a)b\""),
        ("(a)b", "a b"),
        ("Kim(Jong)", "Kim Jong"),
        ("“two words”", "\"two words\""),
        ("\"open", "open"),
        ("\"\"", "\"\""),
        ("\"a \\\" b\"", "\"a \\\" b\""),
        ("10:30", "10:30"),
        ("https://example.org/a(b)", "https://example.org/a b"),
        ("f:a,b", "f:a,b"),
        ("f:\"a b\",c*", "f:\"a b\",c*"),
        ("f:>=4", "f:>=4"),
        ("f:1..3", "f:1..3"),
        ("f:..3", "f:..3"),
        ("f:1..", "f:1.."),
        ("f:[2024-10-04,2024-10-24]", "f:[2024-10-04,2024-10-24]"),
        ("f:[2024-10-04..2024-10-24]", "f:[2024-10-04..2024-10-24]"),
        ("f:\"2024/..\"..", "f:\"2024/..\".."),
        ("f:\"A{\",A", "f:\"A{\",A"),
        ("f:../2024", "f:../2024"),
        ("f:2024/..", "f:2024/.."),
        ("f:*", "f:*"),
        ("?f:a", "?f:a"),
        ("\"own name\":a", "\"own name\":a"),
        ("cite(a -b)", "cite(a -b)"),
        ("cite (a)", "cite a"),
    ];
    for (text, printed) in cases {
        assert_eq!(parse(text).unwrap().to_string(), printed, "{text}");
    }
}
