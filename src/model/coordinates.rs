//! A place on earth as two numbers.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Latitude and longitude in degrees (WGS 84), north and east positive; written `(39.03, 125.75)`.
///
/// Invariant: both are finite, the latitude from -90 to 90 and the longitude from -180 to 180.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "(f64, f64)", into = "(f64, f64)")]
pub struct Coordinates {
    latitude: f64,
    longitude: f64,
}

impl Coordinates {
    /// Coordinates in degrees; none where there is no such place.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let is_on_earth = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        is_on_earth.then_some(Self { latitude, longitude })
    }

    /// Degrees north of the equator.
    pub const fn latitude(self) -> f64 {
        self.latitude
    }

    /// Degrees east of Greenwich.
    pub const fn longitude(self) -> f64 {
        self.longitude
    }

    /// What helps where there is no place at two numbers of degrees: their limits, and the other order where that is a place.
    pub fn remedy(latitude: f64, longitude: f64) -> String {
        let limits = "the latitude lies between -90 and 90, the longitude between -180 and 180";
        match Self::new(longitude, latitude) {
            Some(swapped) => format!("{limits}; perhaps the two are in the wrong order: {swapped}"),
            None => limits.to_owned(),
        }
    }

    /// Two numbers that [`Coordinates::parse`] reads, be there such a place or not.
    pub(super) fn numbers(text: &str) -> Option<(f64, f64)> {
        let text = text.trim().trim_start_matches('(').trim_end_matches(')');
        let parts: Vec<&str> = text.split([',', ';', ' ', '\u{a0}']).filter(|part| !part.is_empty()).collect();
        // A letter may stand off its number.
        match parts.as_slice() {
            [latitude, longitude] => Some((degrees(latitude, "", ['N', 'S'])?, degrees(longitude, "", ['E', 'W'])?)),
            [latitude, north, longitude, east] => {
                Some((degrees(latitude, north, ['N', 'S'])?, degrees(longitude, east, ['E', 'W'])?))
            }
            _ => None,
        }
    }

    /// Reads two numbers of degrees with a comma, a semicolon or a blank between them, each with a minus or one of N, S, E
    /// and W: "39.03, 125.75", "33.86 S 151.21 E", "(39.03, 125.75)". None where it is not two such numbers.
    pub fn parse(text: &str) -> Option<Self> {
        let (latitude, longitude) = Self::numbers(text)?;
        Self::new(latitude, longitude)
    }
}

/// Degrees with the letter behind them, if any: the first of the two keeps the sign, the second turns it.
fn degrees(number: &str, letter: &str, [positive, negative]: [char; 2]) -> Option<f64> {
    let with_letter = format!("{number}{letter}");
    let (number, sign) = match with_letter.chars().last()?.to_ascii_uppercase() {
        last if last == positive => (with_letter.get(..with_letter.len() - 1)?, 1.0),
        last if last == negative => (with_letter.get(..with_letter.len() - 1)?, -1.0),
        _ => (with_letter.as_str(), 1.0),
    };
    let number = number.trim_end_matches('°').replace('\u{2212}', "-");
    let is_decimal = number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    number.parse::<f64>().ok().filter(|_| is_decimal).map(|degrees| sign * degrees)
}

impl TryFrom<(f64, f64)> for Coordinates {
    type Error = String;

    fn try_from((latitude, longitude): (f64, f64)) -> Result<Self, String> {
        Self::new(latitude, longitude).ok_or_else(|| format!("there is no place at ({latitude}, {longitude})"))
    }
}

impl From<Coordinates> for (f64, f64) {
    fn from(place: Coordinates) -> Self {
        (place.latitude, place.longitude)
    }
}

/// As [`Coordinates::parse`] reads it: "39.03, 125.75".
impl fmt::Display for Coordinates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.latitude, self.longitude)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_numbers_of_degrees_are_coordinates() {
        let cases = [
            ("39.03, 125.75", Some((39.03, 125.75))),
            (" (39.03, 125.75) ", Some((39.03, 125.75))),
            ("39.03 125.75", Some((39.03, 125.75))),
            ("-33.86; 151.21", Some((-33.86, 151.21))),
            ("33.86S, 151.21e", Some((-33.86, 151.21))),
            ("33.86° S 70.67° W", Some((-33.86, -70.67))),
            ("\u{2212}33.86, 151.21", Some((-33.86, 151.21))),
            ("90, -180", Some((90.0, -180.0))),
            ("90.01, 0", None),
            ("0, 180.5", None),
            ("39.03", None),
            ("39, 1, 2", None),
            ("NaN, 0", None),
            ("inf, 0", None),
            ("1e1, 0", None),
            ("Pyongyang", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Coordinates::parse(text).map(<(f64, f64)>::from), expected, "{text}");
        }
    }

    #[test]
    fn the_other_order_is_offered_where_that_is_a_place() {
        assert!(Coordinates::remedy(125.75, 39.03).ends_with("perhaps the two are in the wrong order: 39.03, 125.75"));
        assert!(!Coordinates::remedy(95.0, 200.0).contains("order"));
        assert_eq!(Coordinates::numbers("95N, 10"), Some((95.0, 10.0)));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(latitude in -90.0..=90.0, longitude in -180.0..=180.0) {
            let place = Coordinates::new(latitude, longitude).unwrap();
            prop_assert_eq!(Coordinates::parse(&place.to_string()), Some(place));
            let text = ron::to_string(&place).unwrap();
            prop_assert_eq!(ron::from_str::<Coordinates>(&text).unwrap(), place);
        }
    }
}
