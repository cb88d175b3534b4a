//! What an option names that bands stand for, and fields of the user's own among it.

use super::Failure;
use crate::diagnostic::closest;
use crate::index::Facet;
use crate::model::{Grouping, Timeline};
use crate::query::fold;

/// A grouping as an option gives it; whether there is such a field of the user's own only its timeline tells.
pub fn read(text: &str) -> Result<Grouping, String> {
    if text.trim().is_empty() { Err("the name of a field is needed".to_owned()) } else { Ok(Grouping::named(text)) }
}

/// The grouping that was asked for: one by a field of the user's own as some event names it, whatever the case.
pub fn known(timeline: &Timeline, option: &str, asked: Grouping) -> Result<Grouping, Failure> {
    let Grouping::Own(name) = asked else { return Ok(asked) };
    let own: Vec<Facet> = Facet::own(timeline);
    let exact = own.iter().find(|facet| **facet == Facet::Own(name));
    let alike = || own.iter().find(|facet| fold(facet.label()) == fold(name.as_str()));
    if let Some(Facet::Own(name)) = exact.or_else(alike) {
        return Ok(Grouping::Own(*name));
    }
    let known: Vec<&str> =
        Grouping::ALL.into_iter().map(Grouping::id).chain(own.iter().map(|facet| facet.label())).collect();
    let near = closest(name.as_str(), known.iter().copied());
    let hint =
        near.map_or_else(|| format!("it can be {}", known.join(", ")), |near| format!("did you mean \"{near}\"?"));
    Err(Failure::Usage(format!("{option}: no event has a field \"{}\"; {hint}", name.as_str())))
}
