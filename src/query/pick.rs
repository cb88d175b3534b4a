//! Picking values of a facet by changing the question that is asked: the text is read, one of its terms is changed, and it is
//! printed again, so that the question field and the panel of facets say the same.
//!
//! Only terms that stand by themselves beside all others are a facet's: what stands in brackets, in a range or behind a
//! question mark was meant otherwise and stays as it is.

use super::language::{Literal, Node, NodeKind, PROBLEMS, QueryFault, Test, is_same_name, parse, reads_as_own};
use super::{FacetName, FacetValue, fold};

/// How a value is picked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// Only events that have it; all again where it was picked alone.
    Only,
    /// Events that have it beside those that have another that is picked; no longer where it was picked.
    Also,
    /// No events that have it; these too where it was left out.
    Without,
}

/// The values of a facet that a question picks and leaves out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picked {
    wanted: Vec<String>,
    left_out: Vec<String>,
}

impl Picked {
    /// Whether a value is picked (yes) or left out (no); none where the question says nothing of it.
    pub fn of(&self, value: &FacetValue) -> Option<bool> {
        let is_in = |texts: &[String]| texts.iter().any(|text| is_value(text, value));
        if is_in(&self.wanted) { Some(true) } else { is_in(&self.left_out).then_some(false) }
    }

    /// Whether it says nothing of the facet.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.left_out.is_empty()
    }
}

impl FacetName {
    /// The values that a question picks and leaves out.
    ///
    /// # Errors
    /// Where the question cannot be read.
    pub fn picked(&self, question: &str) -> Result<Picked, QueryFault> {
        let mut picked = Picked::default();
        for part in parts(parse(question)?) {
            let texts = |values: &[Literal]| values.iter().map(|value| value.text.clone()).collect::<Vec<_>>();
            match self.term(&part) {
                Some((values, true)) => picked.wanted.extend(texts(values)),
                Some((values, false)) => picked.left_out.extend(texts(values)),
                None => {}
            }
        }
        Ok(picked)
    }

    /// The question without what it says of this facet, under which its other values are counted.
    ///
    /// # Errors
    /// Where the question cannot be read.
    pub fn without(&self, question: &str) -> Result<String, QueryFault> {
        let parts: Vec<Node> = parts(parse(question)?).into_iter().filter(|part| self.term(part).is_none()).collect();
        Ok(joined(parts).to_string())
    }

    /// The question in which a value is picked so.
    ///
    /// # Errors
    /// Where the question cannot be read.
    pub fn pick(&self, question: &str, value: &FacetValue, how: Pick) -> Result<String, QueryFault> {
        let mut others = Vec::new();
        // The terms of the facet with the place of each among the others.
        let (mut wanted, mut left_out) = (Terms::new(), Terms::new());
        for part in parts(parse(question)?) {
            match self.term(&part) {
                Some((values, true)) => wanted.push((others.len(), values.to_vec())),
                Some((values, false)) => left_out.push((others.len(), values.to_vec())),
                None => others.push(part),
            }
        }
        let is_it = |literal: &Literal| is_value(&literal.text, value);
        let drop_it = |terms: &mut Terms| {
            let before: usize = terms.iter().map(|(_, values)| values.len()).sum();
            terms.iter_mut().for_each(|(_, values)| values.retain(|literal| !is_it(literal)));
            terms.retain(|(_, values)| !values.is_empty());
            before > terms.iter().map(|(_, values)| values.len()).sum()
        };
        // Whether there is a value and what it is cannot be asked at once.
        let is_none = |literal: &Literal| !literal.is_quoted && !literal.is_exact && literal.text == NONE;
        let literal = literal(value);
        match how {
            Pick::Only => {
                drop_it(&mut left_out);
                let is_alone =
                    matches!(wanted.as_slice(), [(_, values)] if values.len() == 1 && values.iter().all(is_it));
                let place = wanted.first().map_or(others.len(), |(place, _)| *place);
                wanted = if is_alone { Vec::new() } else { vec![(place, vec![literal])] };
            }
            Pick::Also => {
                drop_it(&mut left_out);
                if !drop_it(&mut wanted) {
                    match wanted.last_mut() {
                        Some((_, values)) if !is_none(&literal) && !values.iter().any(is_none) => values.push(literal),
                        Some((_, values)) => *values = vec![literal],
                        None => wanted.push((others.len(), vec![literal])),
                    }
                }
            }
            Pick::Without => {
                drop_it(&mut wanted);
                if !drop_it(&mut left_out) {
                    match left_out.last_mut() {
                        Some((_, values)) if !is_none(&literal) && !values.iter().any(is_none) => values.push(literal),
                        _ => left_out.push((others.len(), vec![literal])),
                    }
                }
            }
        }
        // From behind, so that the places before stay.
        let wanted = wanted.into_iter().map(|(place, values)| (place, self.field(values)));
        let left_out =
            left_out.into_iter().map(|(place, values)| (place, node(NodeKind::Not(Box::new(self.field(values))))));
        let mut own: Vec<(usize, Node)> = wanted.chain(left_out).collect();
        own.sort_by_key(|(place, _)| *place);
        for (place, term) in own.into_iter().rev() {
            others.insert(place.min(others.len()), term);
        }
        Ok(joined(others).to_string())
    }

    /// The values that a term of this facet names, and whether they are wanted.
    fn term<'n>(&self, part: &'n Node) -> Option<(&'n [Literal], bool)> {
        let (field, is_wanted) = match &part.kind {
            NodeKind::Not(inside) => (&inside.kind, false),
            kind => (kind, true),
        };
        match field {
            NodeKind::Field { name, takes_possible: false, test: Test::OneOf(values) } => {
                let is_problem = |value: &Literal| PROBLEMS.contains(&value.text.to_lowercase().as_str());
                let is_own = is_same_name(name, &self.name());
                let names_values = *self != Self::Problem || values.iter().all(is_problem);
                (is_own && names_values).then_some((values, is_wanted))
            }
            _ => None,
        }
    }

    fn name(&self) -> Literal {
        let text = self.word().to_owned();
        // A field of the user's own that has the name of a built-in one is told by its quotes.
        let is_quoted = matches!(self, Self::Own(_)) && !reads_as_own(&text);
        Literal { text, is_quoted, is_exact: false, span: 0..0 }
    }

    fn field(&self, values: Vec<Literal>) -> Node {
        node(NodeKind::Field { name: self.name(), takes_possible: false, test: Test::OneOf(values) })
    }
}

/// The values of terms of a facet, with the place of each among the other parts.
type Terms = Vec<(usize, Vec<Literal>)>;

/// The value that stands for there being none.
pub(super) const NONE: &str = "none";

impl FacetValue {
    /// The events that have no value.
    pub fn none(title: impl Into<String>, events: usize) -> Self {
        Self { text: NONE.to_owned(), title: title.into(), is_exact: false, events }
    }
}

/// Whether a text in a question means a value: by its own text, or by the title of the record.
fn is_value(text: &str, value: &FacetValue) -> bool {
    let text = fold(text);
    // A decade is written "1990s" too.
    let decade = || text.strip_suffix("0s").is_some_and(|digits| fold(&value.text) == format!("{digits}x"));
    text == fold(&value.text) || text == fold(&value.title) || decade()
}

fn literal(value: &FacetValue) -> Literal {
    let is_none = value.text == NONE && !value.is_exact;
    Literal { text: value.text.clone(), is_quoted: !value.is_exact && !is_none, is_exact: value.is_exact, span: 0..0 }
}

fn node(kind: NodeKind) -> Node {
    Node { span: 0..0, kind }
}

/// The parts that must all hold.
fn parts(node: Node) -> Vec<Node> {
    match node.kind {
        NodeKind::And(parts) => parts,
        _ => vec![node],
    }
}

fn joined(mut parts: Vec<Node>) -> Node {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => {
            parts.extend(last);
            node(NodeKind::And(parts))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventField;

    fn value(text: &str) -> FacetValue {
        FacetValue { text: text.to_owned(), title: format!("The {text}"), is_exact: true, events: 1 }
    }

    #[test]
    fn picking_changes_one_term_of_the_question() {
        use Pick::{Also, Only, Without};
        let lane = FacetName::Event(EventField::Lane);
        let cases = [
            ("", Only, "port", "lane:=port"),
            ("lane:=port", Only, "port", ""),
            ("lane:port", Only, "port", ""),
            ("lane:\"The port\"", Only, "port", ""),
            ("lane:=council treaty", Only, "port", "lane:=port treaty"),
            ("a OR b", Only, "port", "(a OR b) lane:=port"),
            ("treaty -lane:=port", Only, "port", "treaty lane:=port"),
            ("lane:council", Also, "port", "lane:council,=port"),
            ("lane:council,=port", Also, "port", "lane:council"),
            ("lane:=port treaty", Also, "port", "treaty"),
            ("lane:none", Also, "port", "lane:=port"),
            ("treaty", Without, "port", "treaty -lane:=port"),
            ("lane:=port,=council", Without, "port", "lane:=council -lane:=port"),
            ("-lane:=port treaty", Without, "port", "treaty"),
            ("-lane:=port treaty", Without, "council", "-lane:=port,=council treaty"),
            ("(lane:=port OR x) ?lane:port", Only, "port", "(lane:=port OR x) ?lane:port lane:=port"),
            ("", Only, "the \"old\" port", "lane:=\"the \\\"old\\\" port\""),
        ];
        for (question, how, text, expected) in cases {
            let found = lane.pick(question, &value(text), how).unwrap();
            assert_eq!(found, expected, "{question}");
            assert_eq!(parse(&found).unwrap().to_string(), found, "{question}");
        }
        assert!(lane.pick("lane:(", &value("port"), Only).is_err());
        let none = FacetValue::none("No lane", 3);
        assert_eq!(lane.pick("lane:=port", &none, Also).unwrap(), "lane:none");
        assert_eq!(lane.pick("", &none, Without).unwrap(), "-lane:none");
    }

    #[test]
    fn a_question_says_what_is_picked_and_what_is_left_out() {
        let lane = FacetName::Event(EventField::Lane);
        let picked = lane.picked("lane:port,=council -lane:harbour (lane:quay OR x) ?lane:pier").unwrap();
        let of = |text: &str| picked.of(&value(text));
        assert_eq!(
            ["port", "council", "harbour", "quay", "pier"].map(of),
            [Some(true), Some(true), Some(false), None, None]
        );
        assert_eq!(lane.without("a lane:port -lane:x (lane:y OR b)").unwrap(), "a (lane:y OR b)");
        let decade = FacetValue { is_exact: false, ..value("199X") };
        assert_eq!(FacetName::Decade.picked("decade:1990s").unwrap().of(&decade), Some(true));
        // Properties of a date are no problems.
        assert!(FacetName::Problem.picked("is:vague").unwrap().is_empty());
        assert_eq!(FacetName::Problem.without("is:vague is:undated").unwrap(), "is:vague");
        // Names of the user's own beside those of the format.
        let own = FacetName::Own("place".into());
        assert_eq!(own.pick("place:quay", &value("x"), Pick::Only).unwrap(), "place:quay \"place\":=x");
        assert!(own.picked("place:x").unwrap().is_empty() && !own.picked("\"place\":x").unwrap().is_empty());
        let own = FacetName::Own("Case no".into());
        assert_eq!(own.pick("", &value("A-12"), Pick::Only).unwrap(), "\"Case no\":=A-12");
    }
}
