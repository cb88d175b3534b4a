//! The days that a start or an end lies between, as a date that an interval can begin or end with.
//!
//! EDTF has no choice of days at an end of an interval: `[2024-10-03..2024-10-09]/2024-11` is none. It has pieces of the calendar
//! there: ten days of a month (`2024-10-0X`), a month, a season, a quarter, a third or half of a year, a year, a decade, a century.

use crate::time::{CivilDay, Date, DayBound};

/// A piece of the calendar that holds a start, and whether it is no longer than what the start lies between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The piece as a date.
    pub date: Date,
    /// Whether it begins and ends with the two limits.
    pub is_exact: bool,
}

/// The smallest piece of the calendar that holds two dates and what lies between them; none where they lie in two centuries, or the
/// second lies before the first.
pub fn piece(first: &Date, last: &Date) -> Option<Piece> {
    let (DayBound::Day(from), DayBound::Day(to)) = (first.day_bounds().earliest, last.day_bounds().latest) else {
        return None;
    };
    if to < from {
        return None;
    }
    let dates = pieces(from).into_iter().filter_map(|text| Date::parse(&text).ok());
    dates
        .filter_map(|date| {
            let bounds = date.day_bounds();
            let (DayBound::Day(begin), DayBound::Day(end)) = (bounds.earliest, bounds.latest) else { return None };
            let length = end.number() - begin.number();
            (begin <= from && to <= end).then(|| (length, Piece { date, is_exact: begin == from && end == to }))
        })
        // Seasons and quarters are of one length, but not of one place: that which fits is the shorter one of those that hold both.
        .min_by_key(|(length, piece)| (*length, !piece.is_exact))
        .map(|(_, piece)| piece)
}

/// The pieces of the calendar that a day lies in, from ten days on.
fn pieces(day: CivilDay) -> Vec<String> {
    let CivilDay { year, month, day } = day;
    let year_text = match year {
        0..=9999 => format!("{year:04}"),
        -9999..0 => format!("-{:04}", -year),
        _ => return vec![format!("Y{year}")],
    };
    let part = |code: u8| format!("{year_text}-{code:02}");
    let mut pieces = vec![
        format!("{year_text}-{month:02}-{}X", day / 10),
        part(month),
        part(33 + (month - 1) / 3),
        part(37 + (month - 1) / 4),
        part(40 + (month - 1) / 6),
        year_text.clone(),
    ];
    // The winter that a January lies in began the year before.
    match month {
        3..=11 => pieces.push(part(21 + (month - 3) / 3)),
        12 => pieces.push(part(24)),
        _ if (1..=9999).contains(&year) => pieces.push(format!("{:04}-24", year - 1)),
        _ => {}
    }
    if (0..=9999).contains(&year) {
        pieces.push(format!("{:03}X", year / 10));
        pieces.push(format!("{:02}XX", year / 100));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_piece_that_holds_both_is_taken() {
        let of = |first: &str, last: &str| {
            let found = piece(&Date::parse(first).unwrap(), &Date::parse(last).unwrap());
            found.map(|piece| (piece.date.as_str().to_owned(), piece.is_exact))
        };
        for (first, last, text, is_exact) in [
            ("2024-10-01", "2024-10-09", "2024-10-0X", true),
            ("2024-10-03", "2024-10-09", "2024-10-0X", false),
            ("2024-10-09", "2024-10-10", "2024-10", false),
            ("2024-10", "2024-10", "2024-10", true),
            ("2024-10-01", "2024-12-31", "2024-36", true),
            ("2024-09-01", "2024-11-30", "2024-23", true),
            ("2024-03-20", "2024-05-05", "2024-21", false),
            ("2023-12-24", "2024-02-01", "2023-24", false),
            ("2024-01-10", "2024-02-01", "2024-33", false),
            ("2024-05-02", "2024-07-01", "2024-38", false),
            ("2024-01-01", "2024-06-30", "2024-40", true),
            ("2024-02-01", "2024-11-30", "2024", false),
            ("1990", "1999", "199X", true),
            ("1911-03-05", "1914-01-10", "191X", false),
            ("1899-12-31", "1900-01-01", "1899-24", false),
            ("-0043-03-01", "-0043-03-15", "-0043-03", false),
        ] {
            assert_eq!(of(first, last), Some((text.to_owned(), is_exact)), "{first} {last}");
        }
        assert_eq!(of("1899-01-01", "1901-01-01"), None);
        assert_eq!(of("2024-10-09", "2024-10-03"), None);
    }
}
