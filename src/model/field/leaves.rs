//! The values of a record and of the records inside it, one after the other.

use super::info::FieldInfo;
use super::table::Field;
use super::value::Value;
use super::{CaptureField, CheckField, CitationField, HashField, ImageField, JudgmentField, LinkField};

/// Hands over each value of a record that is no record itself, those of the records inside it in their place, with what holds
/// of its field.
pub fn leaves<'r, F: Field>(record: &'r F::Record, each: &mut impl FnMut(&'static FieldInfo, Value<'r>)) {
    for &field in F::ALL {
        match field.get(record) {
            Value::None => {}
            Value::Hash(hash) => leaves::<HashField>(hash, each),
            Value::Judgment(judgment) => leaves::<JudgmentField>(judgment, each),
            Value::Citations(citations) => citations.iter().for_each(|it| leaves::<CitationField>(it, each)),
            Value::Links(links) => links.iter().for_each(|it| leaves::<LinkField>(it, each)),
            Value::Captures(captures) => captures.iter().for_each(|it| leaves::<CaptureField>(it, each)),
            Value::Images(images) => images.iter().for_each(|it| leaves::<ImageField>(it, each)),
            Value::Checks(checks) => checks.iter().for_each(|it| leaves::<CheckField>(it, each)),
            value @ (Value::Text(_)
            | Value::Date(_)
            | Value::List(_)
            | Value::Choice(_)
            | Value::Grouping(_)
            | Value::Number(_)
            | Value::Coordinates(_)
            | Value::Own(_)) => each(field.info(), value),
        }
    }
}
