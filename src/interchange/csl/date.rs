//! CSL's date variables and ours.
//!
//! CSL knows days, months, years, seasons, closed ranges and "circa"; what else a date says is written as `literal` words,
//! which a citation processor prints and never sharpens. A date that can be counted is never written finer than it is.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::interchange::dates;
use crate::time::Date;

/// A date variable as `csl-data.json` has it. Numbers may come as texts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub(super) struct Variable {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub date_parts: Vec<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub circa: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub literal: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw: Option<Value>,
    /// An EDTF text, as drafts of CSL 1.1 have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edtf: Option<Value>,
}

/// What a date variable says: a date, or a text that is none for certain.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    Date(Date),
    Text(String),
}

/// Reads a value of a date field. None where it says nothing.
pub(super) fn read(value: &Value) -> Option<Read> {
    let variable = match value {
        Value::Object(_) => match serde_json::from_value::<Variable>(value.clone()) {
            Ok(variable) => variable,
            Err(_) => return Some(Read::Text(value.to_string())),
        },
        other => return plain(other).map(|text| from_text(&text)),
    };
    let approximate = variable.circa.as_ref().is_some_and(is_true);
    let told = [&variable.edtf, &variable.raw, &variable.literal].into_iter().flatten().find_map(plain);
    if variable.date_parts.iter().all(Vec::is_empty) {
        return told.map(|text| from_text(&text));
    }
    let season = variable.season.as_ref().and_then(plain);
    let ends: Vec<Option<String>> =
        variable.date_parts.iter().map(|parts| end(parts, season.as_deref(), approximate)).collect();
    let text = match ends.as_slice() {
        [Some(date)] => date.clone(),
        [Some(from), Some(to)] => format!("{from}/{to}"),
        _ => return Some(Read::Text(told.unwrap_or_else(|| value.to_string()))),
    };
    match Date::parse(&text) {
        Ok(date) => Some(Read::Date(date)),
        Err(_) => Some(Read::Text(text)),
    }
}

/// A date variable that says no more than the date.
pub(super) fn write(date: &Date) -> Variable {
    let certainty = date.certainty();
    let circa = (certainty.approximate || certainty.uncertain).then_some(Value::Bool(true));
    let text = date.as_str();
    if let Some((parts, season)) = counted(text) {
        return Variable { date_parts: vec![parts], season, circa, ..Variable::default() };
    }
    if let Some((from, to)) = text.split_once('/')
        && let (Some((from, None)), Some((to, None))) = (counted(from), counted(to))
    {
        return Variable { date_parts: vec![from, to], circa, ..Variable::default() };
    }
    Variable { literal: Some(date.describe().into()), ..Variable::default() }
}

/// Year, month and day of a date without anything else to it, or year and season; a qualifier at its end, digits that
/// are not known and a time of day are left to be said elsewhere.
fn counted(text: &str) -> Option<(Vec<Value>, Option<Value>)> {
    let day = text.split_once('T').map_or(text, |(day, _)| day);
    let bare = day.trim_end_matches(['~', '?', '%']);
    let mut known = bare;
    while let Some(coarser) = known.strip_suffix("-XX") {
        known = coarser;
    }
    let parts: Vec<&str> = known.split('-').collect();
    let number = |text: &str, length: usize| -> Option<u16> {
        (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let (year, rest) = parts.split_first()?;
    // Year 0 and those before it are counted otherwise in CSL.
    let year = number(year, 4).filter(|year| *year > 0)?;
    let rest: Vec<u16> = rest.iter().map(|part| number(part, 2)).collect::<Option<_>>()?;
    match rest.as_slice() {
        [] => Some((vec![year.into()], None)),
        [season @ 21..=24] => Some((vec![year.into()], Some((season - 20).into()))),
        [month @ 1..=12] => Some((vec![year.into(), (*month).into()], None)),
        [month @ 1..=12, day @ 1..=31] => Some((vec![year.into(), (*month).into(), (*day).into()], None)),
        _ => None,
    }
}

/// One end as EDTF: parts beyond the year only as far as they are given.
fn end(parts: &[Value], season: Option<&str>, approximate: bool) -> Option<String> {
    let numbers: Vec<i64> = parts.iter().map(|part| plain(part)?.trim().parse().ok()).collect::<Option<_>>()?;
    let mark = if approximate { "~" } else { "" };
    let (year, rest) = numbers.split_first()?;
    // CSL has no year 0: -1 is the year before 1.
    let year = if *year < 0 { year + 1 } else { *year };
    let year = match year {
        0..=9999 => format!("{year:04}"),
        -9999..0 => format!("-{:04}", -year),
        _ => format!("Y{year}"),
    };
    let season = season.and_then(season_code);
    Some(match (rest, season) {
        ([], None) => format!("{year}{mark}"),
        ([], Some(season)) => format!("{year}-{season}{mark}"),
        // Processors count seasons on from the months.
        ([month @ 13..=16], _) => format!("{year}-{}{mark}", month + 8),
        ([month, rest @ ..], _) => match rest.first() {
            Some(day) => format!("{year}-{month:02}-{day:02}{mark}"),
            None => format!("{year}-{month:02}{mark}"),
        },
    })
}

fn season_code(text: &str) -> Option<u8> {
    match text.trim().to_lowercase().as_str() {
        "1" | "21" | "spring" => Some(21),
        "2" | "22" | "summer" => Some(22),
        "3" | "23" | "autumn" | "fall" => Some(23),
        "4" | "24" | "winter" => Some(24),
        _ => None,
    }
}

fn from_text(text: &str) -> Read {
    dates::read(text).map_or_else(|| Read::Text(text.to_owned()), Read::Date)
}

/// A text or number as text; none where it is empty or anything else.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn is_true(value: &Value) -> bool {
    match value {
        Value::Bool(value) => *value,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !matches!(text.as_str(), "" | "0" | "false"),
        _ => false,
    }
}
