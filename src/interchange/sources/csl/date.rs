//! CSL's date variables and ours.
//!
//! CSL knows days, months, years, seasons, closed ranges and "circa"; what else a date says is written as `literal` words,
//! which a citation processor prints and never sharpens. A date that can be counted is never written finer than it is.
//!
//! Read are the shapes that programs write beside that of `csl-data.json`: lists of dates, bare lists of numbers, and parts
//! by their names. What is not read of a date is given back with it.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::interchange::dates::{self, Beside, Numbers};
use crate::time::{Date, Precision};

/// A date variable as `csl-data.json` has it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Variable {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub date_parts: Vec<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub circa: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub literal: Option<Value>,
}

/// Fields that say the date in words or as a standard has it.
const WORDS: [&str; 4] = ["edtf", "raw", "literal", "date-time"];

/// What a date variable says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Read {
    /// A date, and what beside it could not be read, by the names it has.
    Date(Date, Vec<(String, String)>),
    /// What is no date for certain.
    Text(String),
    /// Zeros, which say that nothing is known.
    Filler(String),
}

/// Reads a value of a date field. None where it says nothing.
pub(super) fn read(value: &Value) -> Option<Read> {
    if is_blank(value) {
        return None;
    }
    Some(match value {
        Value::Array(list) => of_list(list).unwrap_or_else(|| Read::Text(value.to_string())),
        Value::Object(fields) => of_fields(fields).unwrap_or_else(|| Read::Text(value.to_string())),
        _ => of_value(value).unwrap_or_else(|| Read::Text(value.to_string())),
    })
}

/// Words or a number, which is whole: 2016.5 is no May.
fn of_value(value: &Value) -> Option<Read> {
    let text = plain(value)?;
    Some(if value.is_f64() { Read::Text(text) } else { of_words(&text) })
}

/// Words, or EDTF. CSL has no year 0.
fn of_words(text: &str) -> Read {
    let is_filler = text.contains('0') && text.chars().all(|c| matches!(c, '0' | '-' | '/'));
    match dates::read(text) {
        _ if is_filler => Read::Filler(text.to_owned()),
        Some(date) => Read::Date(date, Vec::new()),
        None => Read::Text(text.to_owned()),
    }
}

/// A list where an object should stand: dates, date-parts, or the parts of one date.
fn of_list(list: &[Value]) -> Option<Read> {
    if list.iter().all(Value::is_object) {
        return match list {
            [one] => read(one),
            [from, to] => match (read(from)?, read(to)?) {
                (Read::Date(from, beside), Read::Date(to, also)) if beside.is_empty() && also.is_empty() => {
                    Some(Read::Date(Date::parse(&format!("{from}/{to}")).ok()?, Vec::new()))
                }
                _ => None,
            },
            _ => None,
        };
    }
    if let [one] = list
        && let Some(read) = of_value(one)
    {
        return Some(read);
    }
    of_parts(list, None, false)
}

/// The fields of an object: the date that they count or say, then what the other ones add to it.
fn of_fields(fields: &Map<String, Value>) -> Option<Read> {
    let get = |name: &str| fields.get(name).filter(|value| !is_blank(value));
    let is_approximate = get("circa").is_some_and(is_true);
    let season = get("season").and_then(plain);
    let named: Vec<Value> = ["year", "month", "day"].map(|name| get(name).cloned().unwrap_or_default()).into();
    let counted = match get("date-parts") {
        Some(Value::Array(parts)) => Some((of_parts(parts, season.as_deref(), is_approximate)?, &["date-parts"][..])),
        Some(_) => return None,
        None if get("year").is_some() => {
            let parts = [Value::Array(named)];
            Some((of_parts(&parts, season.as_deref(), is_approximate)?, &["year", "month", "day"][..]))
        }
        None => None,
    };
    let mut rest: Vec<(&str, String)> = fields
        .iter()
        .filter(|(name, value)| !is_blank(value) && *name != "circa" && !(*name == "season" && plain(value).is_some()))
        .map(|(name, value)| (name.as_str(), plain(value).unwrap_or_else(|| value.to_string())))
        .collect();
    let (read, said) = match counted {
        Some((Read::Filler(_), said)) if get("literal").or(get("raw")).is_some() => (None, said),
        Some((read, said)) => (Some(read), said),
        None => (None, &[][..]),
    };
    rest.retain(|(name, _)| !said.contains(name));
    let read = match read {
        Some(read) => read,
        // Nothing is counted: the first of these that there is says the date.
        None => {
            let at = WORDS.iter().find_map(|name| rest.iter().position(|(known, _)| known == name))?;
            let (_, text) = rest.remove(at);
            let edtf = Date::parse(&text).ok().filter(|_| get("edtf").is_some());
            edtf.map_or_else(|| of_words(&text), |date| Read::Date(date, Vec::new()))
        }
    };
    let Read::Date(mut date, mut unread) = read else {
        // A date that is none, with something beside it: all of it is kept.
        return if rest.is_empty() { Some(read) } else { None };
    };
    for (name, text) in rest {
        match WORDS.contains(&name).then(|| dates::beside(&date, &text)) {
            Some(Beside::Said) => {}
            Some(Beside::Finer(finer)) if !is_approximate => date = finer,
            _ => unread.push((name.to_owned(), text)),
        }
    }
    if let Some(season) = season.filter(|_| !is_season(&date)) {
        unread.push(("season".to_owned(), season));
    }
    Some(Read::Date(date, unread))
}

/// One list of year, month and day, or two of them for a range.
fn of_parts(lists: &[Value], season: Option<&str>, is_approximate: bool) -> Option<Read> {
    let mark = if is_approximate { "~" } else { "" };
    let lists: Vec<Vec<&Value>> = if lists.iter().any(Value::is_array) {
        lists.iter().map(|list| Some(list.as_array()?.iter().collect())).collect::<Option<_>>()?
    } else {
        vec![lists.iter().collect()]
    };
    let read = |list: &[&Value]| of_end(list, season.filter(|_| lists.len() == 1));
    let marked = |date: &Date| format!("{date}{mark}");
    match lists.as_slice() {
        [list] => match read(list)? {
            Read::Date(date, unread) => Some(Read::Date(Date::parse(&marked(&date)).ok()?, unread)),
            other => Some(other),
        },
        [from, to] => {
            let Read::Date(from, mut unread) = read(from)? else { return None };
            let text = match read(to) {
                Some(Read::Date(to, beside)) => {
                    unread.extend(beside.into_iter().map(|(name, text)| (format!("end {name}"), text)));
                    format!("{}/{}", marked(&from), marked(&to))
                }
                // Without an end the beginning stands.
                Some(Read::Text(text) | Read::Filler(text)) => {
                    unread.push(("end".to_owned(), text));
                    marked(&from)
                }
                None => {
                    unread.push(("end".to_owned(), "[]".to_owned()));
                    marked(&from)
                }
            };
            Some(Read::Date(Date::parse(&text).ok()?, unread))
        }
        _ => None,
    }
}

/// Year, month and day, each a number or a number as text; a season counts where no month is given. As many of them are
/// read as are a date.
fn of_end(parts: &[&Value], season: Option<&str>) -> Option<Read> {
    let given = parts.iter().rposition(|part| !is_blank(part)).map_or(0, |last| last + 1);
    let text = |part: &&Value| if is_blank(part) { Some("0".to_owned()) } else { plain(part) };
    let texts: Vec<String> = parts.iter().take(given).map(text).collect::<Option<_>>()?;
    let told = || Read::Text(texts.join("-"));
    // Those from `said` on are not read.
    let dated = |date: Date, said: usize| {
        let named =
            ["year", "month", "day"].into_iter().zip(&texts).skip(said).filter(|(_, text)| whole(text) != Some(0));
        let mut unread: Vec<(String, String)> = named.map(|(name, text)| (name.to_owned(), text.clone())).collect();
        let more = texts.get(3..).filter(|more| !more.is_empty()).map(|more| more.join(", "));
        unread.extend(more.map(|more| ("more parts".to_owned(), more)));
        Read::Date(date, unread)
    };
    let read = texts.get(..texts.iter().position(|text| is_fraction(text)).unwrap_or(given))?;
    let numbers: Option<Vec<i64>> = read.iter().map(|text| whole(text)).collect();
    let code = season.and_then(season_code);
    let edtf = |text: &str, said: usize| Date::parse(text).map_or_else(|_| told(), |date| dated(date, said));
    Some(match (numbers.as_deref(), code) {
        // Processors count seasons on from the months.
        (Some([year @ 1..=9999, month @ 13..=16]), _) => edtf(&format!("{year:04}-{}", month + 8), 2),
        (Some([year @ 1..=9999]), Some(code)) => edtf(&format!("{year:04}-{code}"), 1),
        (Some([]), _) if given > 0 => told(),
        (Some(numbers), _) => match dates::of_numbers(numbers) {
            Numbers::Date(date) => dated(date, numbers.len()),
            Numbers::Partly(date, said) => dated(date, said),
            Numbers::Filler if numbers.is_empty() => return None,
            Numbers::Filler => Read::Filler(texts.join("-")),
            // One number may be a whole day: 20240601.
            Numbers::Wrong if texts.len() == 1 => of_words(&texts.concat()),
            Numbers::Wrong => told(),
        },
        // A name of a month, or a year with a mark.
        (None, _) => {
            let first = |count: usize| {
                let words: Vec<&str> = read.iter().take(count).rev().map(String::as_str).collect();
                dates::read(&words.join(" ")).map(|date| dated(date, count))
            };
            (1..=read.len()).rev().find_map(first).unwrap_or_else(told)
        }
    })
}

/// The whole number that a text is; programs write 2016.0, too.
fn whole(text: &str) -> Option<i64> {
    let text = text.trim();
    text.strip_suffix(".0").unwrap_or(text).parse().ok()
}

/// Whether a text is a number and no whole one.
fn is_fraction(text: &str) -> bool {
    let text = text.trim();
    let digits = text.trim_start_matches(['-', '+']);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | 'e' | 'E' | '+' | '-'))
        && digits.contains(['.', ',', 'e', 'E']);
    is_number && whole(text).is_none()
}

/// Whether a date is a season, so that a field which gives one was read.
fn is_season(date: &Date) -> bool {
    date.precision() == Precision::Season
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

fn season_code(text: &str) -> Option<u8> {
    match text.trim().to_lowercase().as_str() {
        "1" | "21" | "spring" => Some(21),
        "2" | "22" | "summer" => Some(22),
        "3" | "23" | "autumn" | "fall" => Some(23),
        "4" | "24" | "winter" => Some(24),
        _ => None,
    }
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

/// Whether a value says nothing.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.iter().all(is_blank),
        Value::Object(fields) => fields.values().all(is_blank),
        _ => false,
    }
}
