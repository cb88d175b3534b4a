//! Every row of the EDTF conformance table: validity, level, first and last day.

use annalist::time::{Date, Level};

const TABLE: &str = include_str!("../data/edtf-conformance.tsv");

#[test]
fn every_row_of_the_conformance_table_holds() {
    let rows: Vec<&str> = TABLE.lines().skip_while(|line| !line.starts_with("input\t")).skip(1).collect();
    assert!(rows.len() > 300, "the table has shrunk to {} rows", rows.len());
    let faults: Vec<String> = rows.into_iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What is wrong with how a row was read, if anything.
fn fault(row: &str) -> Option<String> {
    let mut columns = row.split('\t');
    let mut column = || columns.next().unwrap_or_default();
    let (input, validity, level, earliest, latest) = (column(), column(), column(), column(), column());
    match (Date::parse(input), validity) {
        (Err(error), "invalid") => {
            let is_inside = error.offset <= input.len();
            let hint_parses = error.hint.as_deref().is_none_or(|hint| Date::parse(hint).is_ok());
            (!is_inside || !hint_parses).then(|| format!("{input}: {error:?}"))
        }
        (Ok(date), "valid") => {
            let level_read = match date.level() {
                Level::Edtf0 => "0",
                Level::Edtf1 => "1",
                Level::Edtf2 => "2",
                Level::Iso8601 => "beyond EDTF",
            };
            let bounds = date.day_bounds();
            let (first, last) = (bounds.earliest.to_string(), bounds.latest.to_string());
            let bounds_hold = (earliest.is_empty() || first == earliest) && (latest.is_empty() || last == latest);
            (level_read != level || !bounds_hold || date.as_str() != input)
                .then(|| format!("{input}: level {level_read}, {first} to {last}, expected {row:?}"))
        }
        (read, _) => Some(format!("{input}: {read:?}, expected {validity}")),
    }
}
